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
	const char *what;	  /* is counted: "rows", "accounts" */
	unsigned long long total; /* bytes; 0: not known */
	bool on;		  /* standard error is a terminal that can redraw a line */
	bool shown;
	struct timespec begun, last;
};

/* quiet: nothing is ever shown */
void progress_begin(struct progress *, const char *program, const char *what, unsigned long long total,
		    bool quiet);
/* so many bytes and rows, or what else is counted, are done; cheap to call often */
void progress_at(struct progress *, unsigned long long bytes, size_t n);
/* bytes of all inputs, "-" or none being standard input; 0: some is no plain file */
unsigned long long progress_inputs_size(char *const *path, size_t n);
/* the line is taken away */
void progress_clear(struct progress *);

#endif
