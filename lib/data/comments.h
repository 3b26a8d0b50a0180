/*
 * The comments of a document: what people say of its values, so that it can be
 * read, and kept where the values go into another one.
 */
#ifndef KAM_COMMENTS_H
#define KAM_COMMENTS_H

#include "data/doc.h"

/* Calls take for each comment, in their order: from '#' on, without blanks and the line end behind it; the bytes are the
 * document's. Where there is none, nothing is walked. */
void comments_each(const struct doc *, void (*take)(void *data, struct str comment), void *data);
/* Appends each comment, without '#' and the blanks around it, to the list as a text; empty ones are left out, and those
 * that the table of texts has (value: the node); new ones are put into it. The arena owns both. */
struct hash;
void comments_collect(const struct doc *, struct node *list, struct hash *seen, struct arena *);

#endif
