/*
 * How far long work has come: a line on a terminal, after a second, that is
 * gone when the work is done or anything else is said.
 */
#ifndef KAM_PROGRESS_H
#define KAM_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct progress {
	const char *program;
	unsigned long long total; /* bytes; 0: not known */
	bool on;		  /* standard error is a terminal that can redraw a line */
	bool shown;
	struct timespec begun, last;
};

/* quiet: nothing is ever shown */
void progress_begin(struct progress *, const char *program, unsigned long long total, bool quiet);
/* so many bytes and rows are done; cheap to call often */
void progress_at(struct progress *, unsigned long long bytes, size_t rows);
/* the line is taken away */
void progress_clear(struct progress *);

#endif
