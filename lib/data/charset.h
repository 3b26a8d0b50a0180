/*
 * Text of an encoding in which ASCII stands for itself, decoded line by line.
 * Encodings of one byte a character are decoded by a table, which iconv fills.
 */
#ifndef KAM_CHARSET_H
#define KAM_CHARSET_H

#include "base/mem.h"

struct charset;

/* for an encoding that iconv knows; one for each thread */
struct charset *charset_new(const char *encoding);
void charset_free(struct charset *);
/* adds the text in UTF-8; returns how many bytes were decoded: fewer than there are, where one is not of the encoding */
size_t charset_decode(struct charset *, struct str, struct buf *utf8);

#endif
