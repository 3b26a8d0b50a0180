/*
 * What an account says, one fact to a line: the path to a value, and the
 * value. For comparing two versions of a dossier by what they say: comments,
 * quotes and layout do not show, nor do names without a value.
 *
 *	contacts/volkov/phone: "+7 487 200-00-01"
 *	log/2026-11-12/meeting/i.petrova/third line/with: "orlov", "volkov"
 *
 * Paths are those of path.h, with very long names and keys cut. A list of
 * plain words is one fact. Everything is safe for a terminal.
 */
#ifndef KAM_FACTS_H
#define KAM_FACTS_H

#include "domain/account.h"

/* Appends a name of a map, behind a '/' where something stands before it; a very long one is cut and ends in a number
 * that tells it from others. */
void fact_path_name(struct buf *path, const char *name);
/* the same for an item of a list, the number-th; fields: of the items, or NULL */
void fact_path_item(struct buf *path, const struct fields *, const struct node *item, size_t number,
		    struct arena *);

/* Appends the facts in the order of the document, each with its line end. */
void facts_write(const struct node *root, struct buf *out);

/* Appends what became of the facts: "path: old → new", "- path: old", "+ path: new", in the order of the new document,
 * what is gone where it stood. Returns how many there are. */
size_t facts_write_changes(const struct node *old, const struct node *new, struct buf *out);

#endif
