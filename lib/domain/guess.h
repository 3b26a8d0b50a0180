/*
 * A map for exports that nobody has described yet: encoding, delimiter, header,
 * formats of numbers and dates, and what the columns are, by their titles and
 * by all of their cells. What each guess rests on stands in the map as a
 * comment, and so does what is unsure. The map can be imported with as it is.
 */
#ifndef KAM_GUESS_H
#define KAM_GUESS_H

#include "base/error.h"

/* An export. It is read from where the descriptor stands, and twice: a pipe is to be copied to a file first. */
struct guess_file {
	int fd;		  /* borrowed */
	const char *name; /* for the map's comments and source, and for messages; "-" is standard input */
};

/* Adds to *map the text of a map, kam-map(5), for n exports of one kind, n > 0. 0, or -1: one cannot be read or is
 * empty, or a later one is written otherwise than the first, or lacks a column that it has. */
int guess_map(const struct guess_file *, size_t n, struct buf *map, struct error *);

#endif
