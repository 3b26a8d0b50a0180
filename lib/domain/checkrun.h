/*
 * What the checks of one account share; of check*.c only.
 */
#ifndef KAM_CHECKRUN_H
#define KAM_CHECKRUN_H

#include "domain/check.h"

struct check {
	const struct doc *doc;
	const struct account *account;
	const struct check_options *options;
	struct arena *arena;
	struct sink *sink;
};

/* a finding at a node of the document */
void check_put(const struct check *, const char *rule, const struct node *, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* the first item of a section that is a list, else NULL */
const struct node *check_items(const struct check *, const char *section);
/* calls visit for every map at the path, "deals.proposal": the names of a section and of what stands in its items */
typedef void check_visit(const struct check *, const struct node *map, const void *row);
void check_each(const struct check *c, const char *path, check_visit *visit, const void *row);

/* of that row of check_ages, as asked for */
struct offset check_age(const struct check *, const char *section);

/* the way to a node by names alone, "competitors.criteria" */
const char *check_path(const struct check *, const struct node *);

/* names, references: what fields say (checkfields.c) */
void check_fields(const struct check *);
/* items that say the same (checksame.c) */
void check_same(const struct check *);
/* what the value of a field can be, beyond its type (checkvalues.c) */
void check_value(const struct check *, const struct field *, const struct node *);
/* surveys, audits, who reports to whom, days of months: what values say beside others (checkvalues.c) */
void check_values(const struct check *);
/* what dates say (checkdates.c) */
void check_dates(const struct check *);
/* contacts, and who of us serves the account (checkpeople.c) */
void check_people(const struct check *);

#endif
