/*
 * Selection: a small expression over what is known of an account.
 *
 *	health<40 and tier=key
 *	(field=star or key=yes) and not manager=north,south
 *	last-order<2026-06-01 or overdue>=10000.50 or name~"ромашка"
 *
 * A comparison is a name, one of = != < <= > >= ~ and a value; = and != take
 * several values with commas, any of which will do (for !=: none of them). ~
 * finds a part of a text or of a map, which nothing else is compared with, whatever its case. A name alone holds if there is a
 * value. `not` binds closest, then `and`, then `or`; brackets group. Names are
 * those of measures (measure.h) and of fields of the account. A word is made
 * of letters, digits, '.', '_' and '-'; anything else needs quotes.
 *
 * Where a value is missing a comparison does not hold, != no more than =.
 */
#ifndef KAM_SELECT_H
#define KAM_SELECT_H

#include "base/decimal.h"
#include "base/error.h"

enum select_type {
	SELECT_NUMBER,
	SELECT_DATE,
	SELECT_WORD,
	SELECT_TEXT,
	SELECT_WORDS,
	SELECT_MAP,
	SELECT_TYPES
};

/* what can be named */
struct select_name {
	const char *name;
	enum select_type type;
	const char *const *words; /* of SELECT_WORD and SELECT_WORDS; NULL: any */
};

/* a value of an account; all unset: it is missing */
struct select_value {
	struct decimal number;	  /* of a date its days since 1970-01-01 */
	const char *text;	  /* of a word, a text and a map */
	const char *const *texts; /* of words: those it has … */
	size_t n;		  /* … and how many */
};

struct select;

/* Parses the expression, by the names there are. NULL: the error tells what is wrong, and its column. All of it lives in
 * the arena; the names must outlive it. */
struct select *select_parse(const char *, const struct select_name *, size_t names, struct arena *,
			    struct error *);
/* Does it hold? get: the value of the i-th of the names. */
bool select_holds(const struct select *, void (*get)(const void *data, size_t name, struct select_value *),
		  const void *data);
/* does it name one of those? is: of the i-th of the names */
bool select_names_any(const struct select *, bool (*is)(size_t name));

#endif
