/*
 * Errors with places. Library code never prints and never exits: it fills a
 * struct error and returns -1, or puts several into a sink.
 *
 * As printed: "kam-score: accounts/romashka.yaml:112:14: sales[2].revenue:
 * not a number: "12.5O"": program, place, what is wrong, the text that was.
 */
#ifndef KAM_ERROR_H
#define KAM_ERROR_H

#include "mem.h"

struct error {
	const char *file; /* as the user named it, borrowed; NULL when no file is to blame */
	size_t line;	  /* from 1; 0: not known */
	size_t column;	  /* in characters, from 1; 0: not known */
	char text[1024];  /* what is wrong, what to do; any bytes: neutralised when printed */
};

/* each fills the error and returns -1; a NULL error is allowed, nothing is filled */
int error_set(struct error *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int error_at(struct error *, const char *file, size_t line, size_t column, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* as error_at without a line, and adds ": " and the system's reason for errno */
int error_sys(struct error *, const char *file, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* "file:line:column: text", whatever of the place is known, safe for a terminal, without line end */
void error_format(const struct error *, struct buf *);

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

/* Where several findings go; the owner embeds it and sets put. */
struct sink {
	/* rule: short name of the rule that found it, as "type", or NULL */
	void (*put)(struct sink *, enum severity, const char *rule, const struct error *);
	size_t errors;	 /* counted by sink_put */
	size_t warnings; /* counted by sink_put */
};

void sink_put(struct sink *, enum severity, const char *rule, const struct error *);

#endif
