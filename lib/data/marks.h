/*
 * The bytes at which delimited text is cut, found sixteen at a time where the
 * processor can.
 */
#ifndef KAM_MARKS_H
#define KAM_MARKS_H

#include <stdbool.h>
#include <stddef.h>

/* Puts the offsets of all delimiters, quotes, line feeds and carriage returns in the n bytes into mark, which has room
 * for n; returns how many there are. *plain: no byte is NUL or beyond ASCII. */
size_t marks_find(const char *, size_t n, char delimiter, unsigned *mark, bool *plain);

#endif
