/*
 * A text file in any encoding, given out in blocks of whole lines, so that
 * memory is bounded by a block and a line.
 *
 * Text that no conversion touches, UTF-8, and text whose encoding keeps ASCII
 * as it is (windows-1251, koi8-r) stands in blocks as it does in the file. All
 * else (UTF-16, UTF-32) is UTF-8 there.
 */
#ifndef KAM_TEXTFILE_H
#define KAM_TEXTFILE_H

#include <iconv.h>
#include <stdbool.h>

#include "base/error.h"

#define TEXTFILE_LINE_MAX (1UL << 20) /* bytes; what a line has beyond them is passed over */

/* What stands in decoded text for bytes that could not be decoded: invalid, so that the line is found out, and one byte
 * away from U+FFFD, which textfile_repair makes of it where the line is shown. */
#define TEXTFILE_UNDECODED "\xFF\xBF\xBD"

struct textblock {
	struct buf text;
	bool last; /* nothing follows */
	bool cut;  /* the last line has more than TEXTFILE_LINE_MAX bytes, of which these are the first */
};

struct textfile {
	int fd;
	const char *file;
	size_t bytes; /* read so far */
	bool eof;     /* read to its end */
	bool done;    /* the last block was given out */

	char *encoding;	   /* of the file */
	iconv_t cd;	   /* (iconv_t)-1: UTF-8, nothing is converted */
	bool streamed;	   /* text is converted before it is given out */
	size_t unit;	   /* streamed: bytes passed over where decoding fails */
	struct buf source; /* streamed: read, but not yet decoded */

	char eol;	 /* '\n', or '\r' where that alone ends the file's first line */
	struct buf rest; /* behind the line end at which the last block was cut */
	bool in_cut;	 /* the rest of a line that was too long is still to be passed over */
	bool
	    heed_quotes; /* set by who finds a record open at a block's end: blocks are then cut outside of quotes */
};

/* Decides on the encoding: a byte order mark wins over the one declared (NULL: utf-8). fd and file are borrowed.
 * 0, or -1 (unknown encoding, unreadable); to be closed in both cases. */
int textfile_open(struct textfile *, int fd, const char *file, const char *encoding, struct error *);
/* The next block; its text's memory is used again. 1; 0: there is no more; -1: reading failed. Only the last block may
 * be empty. */
int textfile_next(struct textfile *, struct textblock *, struct error *);
void textfile_close(struct textfile *);
/* Makes decoded text valid that is shown to people. It must not be split after that: bytes that are wrong would pass. */
void textfile_repair(const struct textfile *, char *, size_t n);

/* Adds to out what the n bytes at *p convert to and advances both; 0 when all are through, else iconv's errno.
 * A NULL p brings what the encoding's state still holds. */
int textfile_convert(iconv_t, struct buf *out, const char **p, size_t *n);

#endif
