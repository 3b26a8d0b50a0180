/*
 * What is wrong with a dossier beyond the types of its fields: the rules of
 * kam-dossier check, and those of them that look into one account alone.
 *
 * Which dates are compared, which facts grow stale, who refers to whom stands
 * in tables beside the functions that read them.
 */
#ifndef KAM_CHECK_H
#define KAM_CHECK_H

#include "domain/account.h"
#include "domain/team.h"

struct check_rule {
	const char *name;
	enum severity severity;
	const char *help; /* what it asks for; ends with a source tag where it comes from one: (S1) */
};

/* all rules, also those of readings and of several dossiers against each other */
extern const struct check_rule check_rules[];
extern const size_t n_check_rules;
/* NULL: there is none of that name */
const struct check_rule *check_rule_find(const char *name);

/*
 * A fact that grows stale: an item's date, and how long it holds. Of reviews
 * only the latest counts, and a key account has one; of other facts each, and
 * one without a date is stale from the first.
 *
 * "told" is no section: so long the log has to say that the main contact was
 * told of a contact; off: never.
 */
struct check_age {
	const char *section;
	const char *field; /* a date; NULL: of "told" */
	const char *until; /* a field with the date up to which it holds, where it has one; or NULL */
	bool latest;	   /* a list of reviews */
	const char *age;   /* by default, as FIELD_OFFSET has them */
	const char *help;
};
extern const struct check_age check_ages[];
extern const size_t n_check_ages;
#define CHECK_AGES_MAX 8

struct check_options {
	struct date today;
	const struct team *team;	   /* NULL: not known, its rules are left out */
	struct offset age[CHECK_AGES_MAX]; /* as check_ages; no unit: never stale */
};

/* the ages of the table */
void check_options_init(struct check_options *, struct date today);
/* "needs=3m", "audit=off"; 0, or -1 */
int check_age_set(struct check_options *, const char *text, struct error *);

/* was it at that date longer ago than the table's age of the section? */
bool check_age_is_past(const char *section, struct date, struct date today);

/* Puts what the account says against itself into the sink, by the names of the rules; it was read from the document.
 * Its findings are of the severity that the table has. */
void check_account(const struct doc *, const struct account *, const struct check_options *, struct arena *,
		   struct sink *);

/* Puts what a team says against the duties of its managers: each has a deputy (S1). doc is its file's. */
void check_team(const struct doc *, const struct team *, struct sink *);

#endif
