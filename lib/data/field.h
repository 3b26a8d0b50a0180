/*
 * Fields: the one table that says, for each name in a map, what type its value
 * has, where it goes in a struct, and what people need to know of it. Reading,
 * checking, messages and manual pages are made from it.
 *
 * A struct that is read this way begins with `const struct node *node`, the
 * map it came from. Absent and empty values leave zeroed memory.
 */
#ifndef KAM_FIELD_H
#define KAM_FIELD_H

#include <stdbool.h>

#include "base/date.h"
#include "base/decimal.h"
#include "data/doc.h"

enum field_type {
	FIELD_TEXT,	/* const char * */
	FIELD_ID,	/* const char *: [a-z0-9][a-z0-9._-]{0,99} */
	FIELD_YESNO,	/* enum yesno */
	FIELD_CURRENCY, /* const char *: three capitals, as ISO 4217 has them */
	FIELD_INT,	/* int, 0 … 999999999 */
	FIELD_DECIMAL,	/* struct decimal; money in the account's currency, percentages, quantities */
	FIELD_DATE,	/* struct date */
	FIELD_MONTH,	/* month */
	FIELD_MONTHDAY, /* struct date with year 0, or a whole date */
	FIELD_OFFSET,	/* struct offset; "90d" */
	FIELD_WORD,	/* const char *, one of .words */
	FIELD_WORDS,	/* struct texts, each one of .words (any if NULL) */
	FIELD_DAYS,	/* unsigned: bit d set for day d of the month */
	FIELD_PAIRS,	/* struct pairs: names to texts, each one of .words (any if NULL) */
	FIELD_CODES,	/* struct pairs: names to a text, or to a list of texts, each of which makes a pair */
	FIELD_DECIMALS, /* struct amounts: names to decimals */
	FIELD_MAP,	/* a struct described by .sub, in place */
	FIELD_LIST,	/* struct items of structs described by .sub */
	FIELD_ANY,	/* const struct node *: not looked into */
};

enum yesno { YESNO_UNSET, YESNO_NO, YESNO_YES };

struct texts {
	const char **v;
	size_t n;
};

struct pairs {
	const char **name;
	const char **text;
	size_t n;
};

struct amounts {
	const char **name;
	struct decimal *amount;
	size_t n;
};

/* structs of a list, one after another; cast v to their type */
struct items {
	void *v;
	size_t n;
};

#define FIELD_UNREAD ((size_t)-1) /* checked, kept in the file, read into no struct */

enum field_flag {
	FIELD_KEY = 1,	    /* part of the list item's key */
	FIELD_REQUIRED = 2, /* absence is an error */
	FIELD_TITLE = 4,    /* tells what the item is, whose key is but a number or a short name */
	/* 16 to 128 and 4096: of sections, account.h */
	/* Limits, which kam-dossier check looks at and reading does not: what came from elsewhere is read as it is. */
	FIELD_POSITIVE = 256, /* 0 or more; of a map of numbers, each */
	FIELD_PERCENT = 512,  /* 0 to 100 */
	FIELD_SCALE = 1024,   /* 1 to 5 */
	FIELD_MONTHS = 2048,  /* a map's names are months */
};

/* what a number of the field can be */
struct field_limit {
	unsigned flag;
	int least, most;  /* most < least: there is none */
	const char *text; /* "0 to 100", for messages and the manual */
};

struct field {
	const char *name;
	enum field_type type;
	size_t offset; /* in the struct, or FIELD_UNREAD */
	const struct fields *sub;
	const char *const *words; /* NULL-terminated */
	unsigned flags;
	const char *unit; /* "%", "money" (in the account's currency), "days", NULL */
	const char
	    *help; /* one line for the manual; ends with a source tag where a rule comes from one: (S1) */
};

/* the fields of one kind of map */
struct fields {
	const char *what; /* "contact", for messages and the manual */
	const struct field *field;
	size_t n;
	size_t size; /* of the struct; 0: there is none, the map is only checked */
	bool open;   /* names that are not in the table are kept, not errors (accounts, not settings) */
};

const struct field *field_find(const struct fields *, const char *name);
/* the same, looked for from that row on and around: files mostly keep the table's order, so the next is the likeliest */
const struct field *field_find_from(const struct fields *, const char *name, size_t from);
/* "amount of money", "date, as 2026-11-22": for messages and the manual */
const char *field_type_name(enum field_type);
/* NULL: it has none */
const struct field_limit *field_limit(const struct field *);
/* is the text no number, or one within the limit? */
bool field_limit_holds(const struct field_limit *, const char *text);
/* as a FIELD_ID must be, so that it is safe as a file's name */
bool field_id_is_valid(const char *);
/* as a FIELD_CURRENCY must be: "rub" would not be the same as "RUB" when currencies are compared */
bool field_currency_is_valid(const char *);

/* Reads the map into the struct (zeroed by the caller, of fields->size), strings from the doc or the arena.
 * Every finding goes to the sink with its place and path: "sales[2].revenue: not a number: "12.5O"". A value that
 * does not fit its type is left zero. In flow maps a name without a value that the table does not know is an
 * error, {amount: 12,5}; a known one is absent data. A struct that holds values already keeps those that the map does
 * not name: so a settings file is read over its defaults.
 * Returns 0, or -1 if any error was put. */
int fields_read(const struct doc *, const struct node *map, const struct fields *, void *out, struct arena *,
		struct sink *);

#endif
