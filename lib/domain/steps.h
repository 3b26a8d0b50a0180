/*
 * How measures were computed, and why flags and proposals were made, line by
 * line, so that a person can redo them: "margin of the window 6170.00",
 * "100 × 6170.00 ÷ 49740.00 = 12.4".
 */
#ifndef KAM_STEPS_H
#define KAM_STEPS_H

#include "domain/flags.h"

/* zero-initialised is none; of each its lines, with their ends */
struct steps {
	struct buf of[MEASURES];
	struct buf flag[FLAGS]; /* of those that are raised */
	struct buf proposals;
	struct buf *now; /* whose lines are coming */
};

void steps_free(struct steps *);

#endif
