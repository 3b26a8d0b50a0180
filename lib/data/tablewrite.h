/*
 * What the writers of the formats share: the table's inside and lines out.
 */
#ifndef KAM_TABLEWRITE_H
#define KAM_TABLEWRITE_H

#include "data/table.h"

#define HEADING ((size_t)-1) /* the row of column names */

struct table {
	const char *name;
	const char *title;
	const struct column *column;
	size_t n;
	struct arena arena;
	const char **cell; /* row after row, the one being filled last */
	size_t cap;
	size_t rows;
	size_t filled; /* cells given of the row being filled */
	const char **note;
	size_t notes;
	size_t notes_cap;
	bool hide_empty;
	bool hide_heading;     /* … of no rows */
	struct writer *stream; /* rows go to it, and are not held; NULL: they are */
	size_t streamed;       /* rows that went */
};

/* what a line is written with */
struct writer {
	const struct table_options *options;
	FILE *file;
	struct buf line;
	struct buf cell;
};

/* a cell as data formats have it; NULL: no value */
const char *table_at(const struct table *, size_t row, size_t column);
/* a cell as people read it: the headings are titles */
const char *table_shown_at(const struct table *, size_t row, size_t column);

/* what is not UTF-8 becomes U+FFFD, byte by byte */
void writer_valid(struct buf *, const char *, size_t n);
/* the end of digits that s begins with */
const char *writer_digits_end(const char *s);
/* -1234567.00 as -1 234 567.00; false, and nothing added, if s is not such a number */
bool writer_add_grouped(struct buf *, const char *s);
/* writes the line with its end */
void writer_line(struct writer *);

/* one table as an array: before its rows, one of them, after them */
void json_begin(struct writer *);
void json_row(struct writer *, const struct table *, size_t row, bool first);
void json_end(struct writer *, bool any);
void tables_write_json(struct writer *, struct table *const *, size_t n);
void table_write_text(struct writer *, const struct table *);
void table_write_markdown(struct writer *, const struct table *);

#endif
