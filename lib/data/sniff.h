/*
 * What the bytes of a delimited text file tell of how it is written: encoding,
 * line ends, delimiter, title lines and header. Nobody is asked; how far the
 * bytes carry is said with each.
 */
#ifndef KAM_SNIFF_H
#define KAM_SNIFF_H

#include <stdbool.h>

#include "base/error.h"

#define SNIFF_SAMPLE (1UL << 20) /* bytes looked at */

/* what the encoding rests on */
enum sniff_basis {
	SNIFF_ASCII,   /* nothing beyond ASCII: many encodings would do */
	SNIFF_BOM,     /* a byte order mark */
	SNIFF_UTF8,    /* sequences that hardly are anything but UTF-8 */
	SNIFF_NULS,    /* every other byte of much is zero: UTF-16 */
	SNIFF_LETTERS, /* how often which letter would stand there, and in which case */
};

enum sniff_eol { SNIFF_LF, SNIFF_CRLF, SNIFF_CR };

enum sniff_header {
	SNIFF_HEADER_NO,     /* the first row is one like those below it */
	SNIFF_HEADER_YES,    /* words above numbers, dates and addresses */
	SNIFF_HEADER_UNSURE, /* words above words */
};

struct sniff {
	const char *encoding; /* as iconv names it */
	enum sniff_basis basis;
	size_t letters;	   /* characters beyond ASCII that SNIFF_LETTERS rests on */
	const char *rival; /* of SNIFF_LETTERS: an encoding that fits nearly as well, or NULL */
	enum sniff_eol eol;
	char delimiter; /* ',' if there is none */
	size_t records; /* looked at, blank ones aside */
	size_t width;	/* cells that most of them have; 0: nothing was there */
	size_t even;	/* those that have as many */
	size_t skip;	/* lines before the header, or before the first row where there is none */
	enum sniff_header header;
};

/* Reads up to SNIFF_SAMPLE bytes, from where the file stands. 0, or -1 when it cannot be read. */
int sniff_file(struct sniff *, int fd, const char *file, struct error *);
/* the same of bytes; whole: nothing follows them */
void sniff_bytes(struct sniff *, struct str bytes, bool whole);
/* encoding, basis, letters and rival alone; for bytes that the sample had not */
void sniff_encoding(struct sniff *, struct str bytes);

#endif
