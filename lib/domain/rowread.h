/*
 * Rows of an export, read block by block: what a row says is put together
 * from its cells. That needs nothing but the map, so several threads do it,
 * each for a block. Whom a row is about, and how it goes with the rows before
 * it, is found out by the importer, which takes the blocks in their order.
 */
#ifndef KAM_ROWREAD_H
#define KAM_ROWREAD_H

#include "data/csvread.h"
#include "domain/book.h"
#include "domain/columns.h"
#include "domain/sales.h"

/* where a row stands in its block, for when it is rejected */
struct row_place {
	unsigned offset, size; /* of its raw bytes */
	unsigned line;	       /* in the block, from 1 */
	unsigned cells;	       /* 0: it could not be split */
	unsigned origin; /* of a mended row: its line in the export that it was rejected from; 0: none */
};

/* the cells that name an account, the same for rows that stand together and have the same */
struct row_client {
	const struct code *codes; /* as in struct client */
	const char *name;
	struct entry *entry; /* the importer's: found already */
};

enum row_kind {
	ROW_SALE, /* a row of sales, or several that stand together, of one client, day, document and product */
	ROW_FIELDS, /* fields of the account or of an item */
	ROW_BAD,    /* rejected */
};

struct row {
	enum row_kind kind;
	unsigned first, n; /* its places */
	struct row_client *client;
	union {
		struct {
			struct sales_row sum; /* of the rows */
			struct str line;      /* of the document; with it the row stands alone */
		} sale;
		struct {
			struct node *fields;
			const char *key; /* of the item; NULL: of the account */
		} said;
		struct {
			const char *kind;	/* few words, the same for like reasons */
			const char *text;	/* NULL: the fault says it */
			struct csv_fault fault; /* of a row that could not be split */
		} bad;
	} as;
};

/* a block of an export, and what was read in it */
struct rows {
	struct textblock block;
	struct arena arena; /* of all that the rows point to, beside the block */
	struct row *row;
	size_t n, cap;
	struct row_place *place;
	size_t places, places_cap;
	size_t skipped; /* rows, by the map's skip-rows */
	size_t outside; /* rows of months that are not wanted */
	size_t lines;	/* through which it came */
	size_t open;	/* offset of a record that the block does not end; the text's length: there is none */
};

/* months that are wanted; 0: from the first, or up to the last */
struct months {
	month since, until;
};

/* a field, and the column it is read from */
struct source {
	const char *name; /* as in the map: "profile.region" */
	const struct field *field;
	struct csv_column *column;
};

/* the columns of sales and products; NULL: not named */
struct sales_sources {
	const struct source *date, *document, *line, *product, *revenue, *cost, *margin, *quantity, *price;
};

/* what one thread needs to read blocks of one file */
struct rowread {
	const struct map *map;
	struct months months;
	bool single; /* rows of one document stay rows */
	size_t
	    origin; /* the column that tells a mended row's line; the header's number of cells: there is none */
	struct csvsplit *split;
	struct columns columns;
	struct csv_column **code; /* of map->account.external */
	struct csv_column *name;
	struct source *source;
	size_t sources;
	struct sales_sources sales;
	const struct source *dated; /* that places a row in a month; NULL: none */
	struct csv_column *skip, *returns;
	struct rx *skip_rx, *returns_rx;
	const char *no_account; /* why a row without one is rejected */

	/* the block at work */
	struct rows *rows;
	struct row_client
	    *client; /* kept from a row before, with the version of the columns it was made of */
	size_t client_version;
	struct date date;
	size_t date_version;
	bool is_return;
	size_t return_version;
	size_t
	    group; /* of the last sale: versions of the columns that sales which are added up have in common */
	struct arena arena;
};

/* Finds the columns; the header must outlive it. -1: some are not there, or no memory; free it either way. */
int rowread_init(struct rowread *, const struct map *, const struct csvread *, const struct csv_row *header,
		 struct error *);
void rowread_free(struct rowread *);
/* reads the rows of rows->block; what was in *rows before is forgotten */
void rowread_block(struct rowread *, struct rows *);
void rows_free(struct rows *);

/* a cell of a row, for people to look at */
struct row_sample {
	size_t line;	    /* of the row, in its block */
	const char *field;  /* of the account or item; a system of codes; "name" */
	const char *column; /* as in the map */
	const char *cell;   /* as it stands in the file */
	const char *value;  /* as it is read, or where it cannot be read, cleaned */
	const char *fault;  /* why it cannot be read; NULL: it can */
};
typedef void row_sample_fn(void *data, const struct row_sample *);
/* Gives the cells of the block's first rows that can be split and cleaned; the block's rows, read before, stay. */
void rowread_sample(struct rowread *, struct rows *, size_t most, row_sample_fn *, void *data);

/* The rest is for the files of rowread alone. */

/* Rejects the row that is read, for what its column's cell says; for any other reason, text living as long as the block. */
void rowread_reject_cell(struct rowread *, const struct csv_column *, const char *kind,
			 const struct error *why);
void rowread_reject(struct rowread *, const char *kind, const char *text);
/* does the column's value match? *good is false when the row was rejected: a limit stopped the pattern */
bool rowread_test(struct rowread *, struct rx *, const struct csv_column *, bool *good);
/* a row of the block */
struct row *rowread_add(struct rowread *, enum row_kind);
/* counts the row and returns true if its month is not wanted */
bool rowread_outside(struct rowread *, struct date);

/* finds the columns of sales */
void rowsales_init(struct rowread *);
/* Reads the row at hand: of sales; of fields. It becomes a row of the block, is added to the last one, or rejected. */
void rowsales_read(struct rowread *);
void rowfields_read(struct rowread *);

/* the value that a name, dotted for a map inside, has in a map of fields; or NULL, also if it is inside a list */
struct node *fields_get(const struct node *fields, const char *name);

#endif
