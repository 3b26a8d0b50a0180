/*
 * The parts of kam-report: each table of the portfolio, and what they share.
 */
#ifndef KAM_REPORTING_H
#define KAM_REPORTING_H

#include "domain/selection.h"
#include "score.h"

struct report_table;

struct report {
	struct cli cli;
	struct score_options options;
	struct table_options out;
	const struct report_table *table; /* the only one to write; NULL: all that the format can hold */
	const char *select;		  /* an expression; NULL: all accounts */
	size_t rows;			  /* of the tables that list accounts; 0: all */
	bool rows_given;
	struct model model;
	struct portfolio portfolio;
	const struct figures **account; /* those selected, by rank, then id */
	size_t n;
	struct arena arena;
	struct arena judging; /* of the last judgement */
};

/* is the format one for people? They need not read what is said below the table, or twice. */
bool for_people(const struct report *);
/* how many of n accounts a table lists, which is said below it where it is not all */
size_t report_rows(struct report *, struct table *, size_t n);
/* the notes below every table: window, basis, currency, model, and of how many accounts it speaks */
void note_window(struct report *, struct table *);
/* the accounts that people asked for, of the whole portfolio; a sum that overflows: exits 2 */
void report_select(struct report *, const struct select *);
/* all of one account; its texts live until the next is judged; a sum that overflows: exits 2 */
void report_judge(struct report *, const struct figures *, struct judgement *);

/* the tables, freed by the caller */
struct table *concentration_table(struct report *);
struct table *accounts_table(struct report *);
struct table *managers_table(struct report *);
struct table *groups_table(struct report *);
struct table *satisfaction_table(struct report *);
struct table *detractors_table(struct report *);

#endif
