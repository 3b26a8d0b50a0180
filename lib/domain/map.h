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
	enum yesno header;     /* NO: the first row is data, columns are "#1", "#2" … */
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
	const char *section;	     /* of the account that its rows make items of; NULL: they are accounts */
	const struct fields *fields; /* names that `columns` may use, with their types */
	const char *const *required; /* of them, NULL-terminated: without these a row is of no use */
	const char *dated;	     /* the field that places a row in a month, or NULL */
	bool summed;		     /* rows are added up by month, see sales.h; else each makes an item */
	const char *help;
};

extern const struct map_kind map_kinds[];
extern const size_t n_map_kinds;
extern const char *const map_kind_words[]; /* their names, NULL-terminated */
/* of rows that are summed: those of sales; those of products alone, which add to `products` and nothing else */
extern const struct fields sales_columns, product_columns;

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

/* by name, or NULL */
const struct map_kind *map_kind_find(const char *name);
/* The field that a name in `columns` means: of the kind's table, dotted for a map inside ("profile.region") and for one
 * entry of a list inside an item ("criteria.us"); NULL: none. */
const struct field *map_field(const struct map_kind *, const char *name);
/* the nearest name that map_field knows and a column can fill, or NULL */
const char *map_field_nearest(const struct map_kind *, const char *name, struct arena *);
/* the greatest number of a column, as "#4", that the map names; 0: none */
size_t map_columns_most(const struct map *);
/* 4 of "#4", the fourth column of a file; 0: the text is no number of a column */
size_t map_column_number(const char *);

#endif
