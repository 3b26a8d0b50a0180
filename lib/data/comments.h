/*
 * The comments of a document, so that they can be kept where its values go
 * into another one.
 */
#ifndef KAM_COMMENTS_H
#define KAM_COMMENTS_H

#include "data/doc.h"

/* Calls each for every comment in the order of the document: from '#' on, without blanks and the line end behind it; the
 * bytes are the document's. */
void comments_each(const struct doc *, void (*each)(void *arg, struct str comment), void *arg);

/* Appends each comment, without '#' and the blanks around it, to the list as a text; empty ones are left out, and those
 * that the table of texts has (value: the node); new ones are put into it. The arena owns both. */
struct hash;
void comments_collect(const struct doc *, struct node *list, struct hash *seen, struct arena *);

#endif
