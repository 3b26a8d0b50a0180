/*
 * Streams of documents. A document starts with a line "---", in files too, so
 * that concatenated files are a stream; what stands before the first one
 * belongs to it. A byte order mark at the start of a line begins another file.
 * A stream that a program wrote opens with "# kam-stream 1" and closes with
 * "..."; one that opens so and does not close was cut.
 *
 * Inputs are "-" (standard input), a file, or a folder, whose *.yaml files
 * are read in the order of their names' bytes; hidden ones are not, links are not followed.
 */
#ifndef KAM_STREAM_H
#define KAM_STREAM_H

#include <stdbool.h>
#include <stdio.h>

#include "data/doc.h"

#define STREAM_OPENER "# kam-stream 1"
#define STREAM_CLOSER "..."

/* One document as framed: bytes, and where they stood. */
struct chunk {
	const char *file;  /* as shown to people: "-" is "(standard input)"; lives as long as the stream */
	size_t first_line; /* from 1 */
	struct str bytes;  /* valid until the next chunk is asked for */
};

struct stream;

#define STREAM_STDIN "(standard input)"

/* reads the inputs in turn; n 0 means standard input; the array is borrowed */
struct stream *stream_open(char *const *inputs, size_t n);
/* 1: *chunk is the next document; 0: the end, every written stream was closed; -1: the error says what and where
 * (unreadable, too large, cut), and the next call goes on with the next input. A chunk without anything but blanks
 * and comments is passed over; an input of nothing else is an error, for it is what a failed program leaves. A written
 * stream of no documents is none. */
int stream_next(struct stream *, struct chunk *, struct error *);
void stream_free(struct stream *);

/* writing: the opener, documents, the closer */
void stream_begin(FILE *);
/* one document's bytes (a chunk, a file, or made by edits_apply), framed by a line "---": what stood before its own
 * "---" comes after it, its "..." is left out, a last line without end gets one */
void stream_write(FILE *, struct str bytes);
void stream_end(FILE *);

#endif
