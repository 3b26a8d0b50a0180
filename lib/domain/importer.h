/*
 * The import: rows of exports become accounts of a book. A row that cannot be
 * used is handed to the caller with its reason, and the next one is read.
 */
#ifndef KAM_IMPORTER_H
#define KAM_IMPORTER_H

#include "domain/book.h"
#include "domain/rowread.h"
#include "domain/sales.h"

/* a row that was not used */
struct reject {
	const char *kind; /* few words, the same for like reasons: "no account", "not a date" */
	const char *file; /* where, as in an error: a line other than the row's where the fault is there */
	size_t line, column;
	const char *text;	   /* name of the column and value */
	const struct csv_row *row; /* line, raw and n, which is 0 when it could not be split */
};

/* lines that were rejected of the exports of a map */
struct rejected_lines {
	const struct map *map;
	bool read;	    /* an export was read by it, and not mended rows alone */
	unsigned char *bit; /* of line n: bit n % 8 of byte n / 8 */
	size_t bytes;
};

struct importer {
	struct book book;
	struct sales sales;
	struct months months; /* the caller's: rows of others are left out */
	int threads;	      /* the caller's; what comes out does not depend on them */
	struct hash items;    /* "entry/section/key" → the item's node */
	struct hash lines;    /* of documents, where maps name them → where each was read */
	struct rejected_lines *lines_rejected; /* one for each map; a mended row must be of one of them */
	size_t maps;
	/* rows of the run */
	size_t rows; /* read, header aside */
	size_t imported;
	size_t skipped;	 /* by skip-rows */
	size_t outside;	 /* of months that are not wanted */
	size_t repeated; /* lines of documents that were read before */
	size_t rejected;
	/* the caller's, any but reject and header NULL; those that return a status stop with −1, having filled the error */
	int (*reject)(void *, const struct reject *, struct error *);
	/* a file's header was read: raw titles before it, and its row */
	int (*header)(void *, const struct map *, const struct csvread *, const struct csv_row *,
		      struct error *);
	/* a row was a repetition of one before, which the error names */
	void (*repeat)(void *, const struct error *);
	/* a block was read, and its rows not yet taken; rowread_sample may be called; its lines come after so many */
	void (*block)(void *, struct rowread *, struct rows *, size_t lines);
	/* how much of the file was read so far, now and then */
	void (*progress)(void *, size_t bytes);
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
