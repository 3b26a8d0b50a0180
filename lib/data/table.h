/*
 * Tables out: the one writer of aligned text, CSV, TSV, JSON and Markdown.
 * A report is one or more named tables; rows are given cell by cell as text,
 * already formatted, so that every format shows the same digits.
 */
#ifndef KAM_TABLE_H
#define KAM_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/decimal.h"
#include "base/error.h"

enum table_format { TABLE_TEXT, TABLE_CSV, TABLE_TSV, TABLE_JSON, TABLE_MARKDOWN };

enum column_type {
	COLUMN_TEXT,   /* left; a JSON string */
	COLUMN_NUMBER, /* right; a JSON number; the cell is a plain decimal or NULL */
	COLUMN_VALUE,  /* as text; what is a number is a JSON number, and -5.0 no formula */
	COLUMN_YESNO,  /* a JSON boolean; cells "yes", "no" */
};

struct column {
	const char *name;  /* in CSV and JSON: "share-of-margin" */
	const char *title; /* in text and Markdown: "% of margin"; NULL: the name */
	enum column_type type;
	int group; /* digits are grouped in text (1 234 567.00, with U+00A0) */
};

struct table;

/* name: for JSON keys; title: shown above in text and Markdown, may be NULL; both and columns borrowed */
struct table *table_new(const char *name, const char *title, const struct column *, size_t n);
/* the next cell, copied; NULL: no value (empty in text and CSV, null in JSON) */
void table_cell(struct table *, const char *);
void table_cellf(struct table *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* with so many places; nothing where it is unknown */
void table_decimal(struct table *, struct decimal, int places);
/* the row is complete; cells not given are NULL */
void table_row(struct table *);
/* a line of plain words under the table, in text and Markdown; in JSON one of "notes" */
void table_note(struct table *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* text and Markdown leave out the columns, but for the first, in which no row has a value; without rows all stay */
void table_hide_empty(struct table *);
/* text and Markdown leave out the line of names where there is no row: a note says so better */
void table_hide_heading(struct table *);
/* those that were written already too */
size_t table_rows(const struct table *);
void table_free(struct table *);

struct table_options {
	enum table_format format;
	bool header; /* CSV, TSV: a line of names first */
	bool colour; /* text: bold titles and headers */
	bool
	    terminal; /* CSV, TSV: control characters are escaped as in text; to a file or pipe cells go as they are */
	bool neutral; /* CSV, TSV: cells that a spreadsheet would take for a formula get a leading ' */
	size_t width; /* text: columns of the terminal, the widest text column is cut to fit; 0: no cutting */
};

/* "text", "csv", "tsv", "json", "markdown"; 0, or -1 with the names there are */
int table_format_parse(const char *, enum table_format *, struct error *);
/* CSV, TSV and JSON of a table that is too long to be held: from here on each row is written once it is complete, and
 * forgotten; options and file are borrowed until table_stream_end. It is the only table of its output, as with
 * tables_write, and has no notes. */
void table_stream(struct table *, const struct table_options *, FILE *);
void table_stream_end(struct table *);
/* Writes the tables: one after another with a blank line between (text, Markdown, CSV, TSV); in JSON one table
 * alone is an array of objects, several an object of them by name. Errors of the file show in ferror. */
void tables_write(struct table *const *, size_t n, const struct table_options *, FILE *);

#endif
