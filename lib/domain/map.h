/*
 * The map: how one export of another system is read, kam-map(5).
 */
#ifndef KAM_MAP_H
#define KAM_MAP_H

#include "base/rx.h"
#include "data/csvread.h"
#include "data/field.h"

struct map_csv {
	const struct node *node;
	const char *encoding;
	const char *delimiter; /* one ASCII character, or "tab" */
	int skip;	       /* lines before the header */
};

struct map_number {
	const struct node *node;
	const char *decimal; /* "." or "," */
	const char *group;
};

/* how a row finds its account */
struct map_account {
	const struct node *node;
	struct pairs external; /* system → column */
	const char *name;      /* column */
};

struct map_clean {
	const struct node *node;
	const char *column;
	const char *match;   /* PCRE2 */
	const char *replace; /* "" when absent */
	struct rx *rx;
};

struct map_test {
	const struct node *node;
	const char *column;
	const char *match;
	struct rx *rx; /* NULL: no test */
};

/* What a row is about; the table of all kinds is map_kinds. */
struct map_kind {
	const char *name;	     /* as in kind: sales */
	const char *section;	     /* of the account that its rows make items of; NULL: see the importer */
	const struct fields *fields; /* names that `columns` may use, with their types */
	const char *const *required; /* of them, NULL-terminated */
	const char *help;
};

extern const struct map_kind map_kinds[];
extern const size_t n_map_kinds;
extern const struct fields sales_columns; /* date document revenue cost margin quantity price */

struct map {
	const struct node *node;
	const char *kind;
	const char *source; /* months of one source replace each other */
	const char *currency;
	struct map_csv csv;
	struct map_number number;
	const char *date; /* strptime format; NULL: ISO 8601 */
	int pivot;	  /* two-digit years up to it are 20yy */
	struct map_account account;
	struct pairs columns; /* field → column */
	struct items clean;   /* struct map_clean, applied in order before anything is read */
	struct map_test skip_rows;
	struct map_test returns;

	/* made from the above */
	const char *file;
	const struct map_kind *type;
	struct csv_dialect dialect;
	struct number_format number_format;
	struct date_pattern pattern;
	struct doc doc;
	struct arena arena;
};

extern const struct fields map_fields;

/* Reads and checks a map; 0, or -1 with findings in the sink. file is borrowed. Free it either way. */
int map_read(struct map *, struct str text, const char *file, struct sink *);
void map_free(struct map *);

/* the field that a name in `columns` means: of the kind's table, dotted for a map inside an account
 * ("profile.region"); NULL: none */
const struct field *map_field(const struct map_kind *, const char *name);

#endif
