/*
 * The lines of a text file in any encoding, taken one or several at a time,
 * in memory that one block and the lines taken bound.
 *
 * Text that no conversion touches, UTF-8, and text whose encoding keeps ASCII
 * as it is (windows-1251, koi8-r) are split as they stand and decoded line by
 * line. All else (UTF-16, UTF-32) is a stream of UTF-8 before it is split.
 */
#ifndef KAM_LINES_H
#define KAM_LINES_H

#include <iconv.h>
#include <stdbool.h>

#include "base/error.h"

struct lines {
	int fd;
	const char *file;
	size_t bytes; /* read so far */
	bool eof;     /* read to its end */

	char *encoding;	    /* of the file */
	iconv_t cd;	    /* (iconv_t)-1: UTF-8, nothing is converted */
	bool streamed;	    /* text is converted before it is split */
	size_t unit;	    /* streamed: bytes passed over where decoding fails */
	struct buf source;  /* streamed: read, but not yet decoded */
	struct buf decoded; /* a line in UTF-8 */

	char eol; /* '\n', or '\r' where that alone ends the file's first line */
	struct buf text;
	size_t start; /* in text, of the lines taken */
	size_t size;  /* bytes taken */
	size_t first; /* bytes of the first line taken */
	size_t line;  /* number of the first line taken, from 1 */
	size_t n;     /* lines taken */
	bool cut;     /* the rest of a line that was too long is still to be passed over */
};

/* Decides on the encoding: a byte order mark wins over the one declared (NULL: utf-8). fd and file are borrowed.
 * 0, or -1 (unknown encoding, unreadable); to be closed in both cases. */
int lines_open(struct lines *, int fd, const char *file, const char *encoding, struct error *);
void lines_close(struct lines *);

enum line_result { LINE_FAIL = -1, LINE_END, LINE_TAKEN, LINE_LONG };

/* takes one more line, or what stands behind the last line end; LINE_LONG: not taken, it would make the lines taken
 * longer than max */
enum line_result lines_take(struct lines *, size_t max, struct error *);
/* lets go of the lines taken; 0, or -1 if the rest of a cut line could not be read */
int lines_drop(struct lines *, struct error *);
/* gives back all lines taken but the first */
void lines_return(struct lines *);
/* takes max bytes, or a character less, of a line that is too long; the rest is never seen */
void lines_cut(struct lines *, size_t max);

/* the bytes taken from offset `from` on, the line end at their end left out */
struct str lines_body(const struct lines *, size_t from);
/* for lines that are shown as they stand: streamed text is made valid, U+FFFD where it was not */
void lines_repair(struct lines *);
/* the encoding in which the lines stand: that of the file, or "utf-8" */
const char *lines_encoding(const struct lines *);

enum decoded { DECODED_FINE, DECODED_NUL, DECODED_INVALID };

/* the line in UTF-8, valid until the next call; DECODED_INVALID: as it stands, and the column where it goes wrong */
enum decoded lines_decode(struct lines *, struct str line, struct str *utf8, size_t *column);

#endif
