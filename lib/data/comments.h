/*
 * The comments of a document: what people say of its values, so that it can be
 * read, and kept where the values go into another one.
 */
#ifndef KAM_COMMENTS_H
#define KAM_COMMENTS_H

#include "data/doc.h"

/* Calls take for each comment, in their order: its first byte in the document is the '#', its last the last of the
 * line. Where there is none, nothing is walked. */
void comments_each(const struct doc *, void (*take)(void *data, size_t start, size_t n), void *data);
/* Appends each comment, without '#' and the blanks around it, to the list as a text; empty ones are left out, and those
 * that the table of texts has (value: the node); new ones are put into it. The arena owns both. */
struct hash;
void comments_collect(const struct doc *, struct node *list, struct hash *seen, struct arena *);

#endif
