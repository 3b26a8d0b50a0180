/*
 * The measures: one table that makes the score: section, its manual and the
 * list that kam-score prints.
 */
#ifndef KAM_MEASURE_H
#define KAM_MEASURE_H

#include "domain/portfolio.h"

struct measure {
	const char *name;
	const char *unit;   /* "%", "% a month", "money", or NULL */
	const char *needs;  /* the data without which it is missing */
	const char *help;   /* what it says */
	const char *source; /* "S1", or NULL */
	/* adds its text for the account; false, and nothing added: no data */
	bool (*text)(const struct figures *, struct buf *);
};

extern const struct measure measures[];
extern const size_t n_measures;

/* The score: section of an account: a map, one measure to a line, then flags, and `missing`: the measures that have
 * no data, which count as neither good nor bad. The tree lives in the arena. */
struct node *score_section(const struct portfolio *, const struct figures *, struct arena *);

#endif
