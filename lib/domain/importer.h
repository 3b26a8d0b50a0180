/*
 * The import: rows of exports become accounts of a book. A row that cannot be
 * used is handed to the caller with its reason, and the next one is read.
 */
#ifndef KAM_IMPORTER_H
#define KAM_IMPORTER_H

#include "domain/book.h"
#include "domain/map.h"
#include "domain/sales.h"

/* a row that was not used */
struct reject {
	const char *kind;	   /* few words, the same for like reasons: "no account", "not a date" */
	struct error err;	   /* file, line, column name and value */
	const struct csv_row *row; /* n is 0 when it could not be split */
	const struct csv_row *header;
};

struct importer {
	struct book book;
	struct sales sales;
	struct hash items; /* "entry/section/key" → the item's node */
	/* rows of the run */
	size_t rows; /* read, header aside */
	size_t imported;
	size_t skipped; /* by skip-rows */
	size_t rejected;
	/* the caller's; reject returns −1 to stop (having filled the error) */
	int (*reject)(void *, const struct reject *, struct error *);
	/* a file's header was read: raw titles before it, and its row */
	int (*header)(void *, const struct map *, const struct csvread *, const struct csv_row *,
		      struct error *);
	void *data;
};

/* Reads one export. 0, or -1: the file cannot be read at all, a column is not in its header (all names listed), an
 * account would have two currencies. The map must outlive the importer. */
int importer_file(struct importer *, const struct map *, int fd, const char *file, struct error *);
/* All files are read: gives ids, sorts the book by them and the sales, so that entries know their months. 0, or -1: two
 * accounts want one id, as the findings say. */
int importer_finish(struct importer *, struct sink *);
/* the document of an entry: id, name, external, currency, its fields and sections, in the order of account_fields;
 * "---" first */
void importer_write(const struct importer *, const struct entry *, struct buf *out);
void importer_free(struct importer *);

#endif
