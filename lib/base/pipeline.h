/*
 * A pipeline: things are made one after another, worked on by several
 * threads at once, and taken in the order in which they were made. What comes
 * out so does not depend on the number of threads.
 */
#ifndef KAM_PIPELINE_H
#define KAM_PIPELINE_H

#include <stddef.h>

#include "base/parallel.h"

struct pipeline {
	int threads; /* the calling one among them */
	/* Make and take run on the calling thread alone, never both at once. Make gives 1, 0 when there is nothing more,
	 * or -1 to stop; take gives 0, or -1 to stop. */
	int (*make)(void *data, void *item);
	/* on any thread; worker is 0 … threads − 1, and no two calls at once have the same */
	void (*work)(void *data, void *item, int worker);
	int (*take)(void *data, void *item);
	void *data;
};

/* items that keep that many threads busy while the calling one makes and takes */
size_t pipeline_items(int threads);
/* Runs until everything that was made has been taken; the n items are used again and again. 0, or -1 as make or take
 * said, when all work has come to its end. */
int pipeline_run(const struct pipeline *, void *const *items, size_t n);

#endif
