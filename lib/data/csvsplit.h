/*
 * Records of delimited text (CSV) in a block of lines. libcsv judges a record
 * with quotes, iconv decodes. A record that cannot be read (a stray quote,
 * bytes that are not of the encoding) is rejected alone; reading goes on at
 * the line after its first.
 */
#ifndef KAM_CSVSPLIT_H
#define KAM_CSVSPLIT_H

#include "data/textfile.h"

#define CSV_RECORD_MAX TEXTFILE_LINE_MAX /* bytes of one record, quoted line breaks included */
#define CSV_CELLS_MAX 4096

enum csv_result {
	CSV_READ_FAIL = -1,
	CSV_READ_END = 0,
	CSV_READ_ROW = 1,
	CSV_READ_REJECT = 2,
	CSV_READ_OPEN = 3, /* of csvsplit_next alone: the block ends inside the record */
};

/* raw is the record as it stands in the file, its line end left out, in UTF-8 where the encoding is UTF-16 or UTF-32;
 * a line of more than CSV_RECORD_MAX bytes is cut there. It stands in the block, so that textfile_repair must make a
 * copy of it fit to be shown. */
struct csv_row {
	size_t n;		/* cells */
	const struct str *cell; /* UTF-8, blanks kept; the array lives until the next record is read */
	bool stays;		/* the cells' bytes live as long as the block; else as the array */
	size_t line;		/* where it begins, from 1 */
	struct str raw;
};

enum csv_fault_kind {
	CSV_FAULT_NONE,
	CSV_FAULT_STRAY, /* a quote where none may stand */
	CSV_FAULT_OPEN,	 /* a quote opens and is never closed */
	CSV_FAULT_MEETS, /* …not before a stray one, there */
	CSV_FAULT_MANY,	 /* …not within as many lines as a record may have */
	CSV_FAULT_LARGE, /* …not within as many bytes */
	CSV_FAULT_LONG,	 /* a line of more bytes than that, cut there */
	CSV_FAULT_BYTES, /* not of the encoding */
	CSV_FAULT_NUL,
	CSV_FAULT_BREAK, /* a line end of another kind in the middle of a line */
	CSV_FAULT_CELLS, /* more than CSV_CELLS_MAX */
};

/* why a record is rejected; columns count characters from 1 */
struct csv_fault {
	enum csv_fault_kind kind;
	size_t line; /* where, from 1 */
	size_t column;
	size_t meets_line; /* of the stray quote */
};

struct csvsplit;

/* For the blocks of this file, which is borrowed; several may be at work for one file, each by one thread. */
struct csvsplit *csvsplit_new(const struct textfile *, char delimiter);
void csvsplit_free(struct csvsplit *);
/* Begins with a block, whose first line has this number. The block must live as long as its rows. */
void csvsplit_begin(struct csvsplit *, struct textblock *, size_t line);
/* The next record that is not blank. CSV_READ_REJECT: the row has line and raw alone, and the fault says why. */
enum csv_result csvsplit_next(struct csvsplit *, struct csv_row *, struct csv_fault *);
/* passes over one line; false: there is none */
bool csvsplit_skip(struct csvsplit *, struct str *line);
/* goes back to a record whose offset and line these were */
void csvsplit_back(struct csvsplit *, size_t offset, size_t line);
/* where the next record, or the one that is open, begins: offset in the block's text, number of the line */
size_t csvsplit_offset(const struct csvsplit *);
size_t csvsplit_line(const struct csvsplit *);

/* the fault in words, for people, with its place; `before` lines stand in the file before those that it counts */
void csv_fault_error(const struct csv_fault *, const struct textfile *, size_t before, struct error *);

#endif
