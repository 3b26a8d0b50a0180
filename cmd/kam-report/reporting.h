/*
 * The parts of kam-report: each table of the portfolio, and what they share.
 */
#ifndef KAM_REPORTING_H
#define KAM_REPORTING_H

#include "score.h"

struct report {
	struct cli cli;
	struct score_options options;
	struct table_options out;
	const char *table; /* the only one to write; NULL: all that the format can hold */
	size_t rows;	   /* of the table of accounts; 0: all */
	bool rows_given;
	struct model model;
	struct portfolio portfolio;
	struct arena arena;
};

/* is the format one for people? They need not read what is said below the table, or twice. */
bool for_people(const struct report *);
/* the next cell; nothing where it is not known */
void put_decimal(struct table *, struct decimal, int places);
/* the note below every table: window, basis, currency, model */
void note_window(struct table *, const struct portfolio *);
/* all of one account; texts live in the report's arena; a sum that overflows: exits 2 */
void report_judge(struct report *, const struct figures *, struct judgement *);

/* the tables, freed by the caller */
struct table *concentration_table(struct report *);
struct table *accounts_table(struct report *);
struct table *managers_table(struct report *);
struct table *groups_table(struct report *);

#endif
