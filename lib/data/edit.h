/*
 * Edits of a document as splices of its bytes: replace or drop one section,
 * one list item or one scalar; append an item; add a section or a field.
 * Everything outside the splices is copied byte for byte, and the result is
 * parsed again and must say what was meant, or the edit fails.
 */
#ifndef KAM_EDIT_H
#define KAM_EDIT_H

#include "data/doc.h"

enum edit_op {
	EDIT_REPLACE, /* the value of `target` */
	EDIT_DROP,    /* `target` with its key or dash, and its line when nothing else is on it */
	EDIT_INSERT,  /* `value` before `target`, an item of a list or an entry of a map (with value->key) */
	EDIT_APPEND,  /* `value` after the last entry of `target`, a map (with value->key) or a list */
};

struct edit {
	enum edit_op op;
	const struct node *target; /* of the document's tree */
	const struct node *value;  /* what the place says afterwards; NULL for EDIT_DROP */
	struct edit *next;
};

/* Edits of one document, applied together; zero-initialised is none. */
struct edits {
	struct edit *first, *last;
	size_t count;
};

/* Nodes must outlive edits_apply; the edits themselves live in the arena, in any order but for those of one target.
 * A node is replaced or dropped once, and then nothing inside of it is edited. */
void edit_replace(struct edits *, struct arena *, const struct node *target, const struct node *value);
void edit_drop(struct edits *, struct arena *, const struct node *target);
void edit_insert(struct edits *, struct arena *, const struct node *before, const struct node *value);
void edit_append(struct edits *, struct arena *, const struct node *parent, const struct node *value);
/* replace the top-level section, or add it at the document's end */
void edit_section(struct edits *, struct arena *, const struct doc *, const char *key,
		  const struct node *value);

/*
 * Appends to out the document's bytes with the edits made. 0, or -1 when the
 * result, parsed again, would not say what was meant (out is then as before).
 * That is so where bytes that are not to be touched would change their sense:
 * an item behind a block scalar whose last line has no end, which would get
 * one; an entry dropped between a block scalar and blank lines that it would
 * count; the last section of a document that has a "..." but no "---".
 */
int edits_apply(const struct doc *, const struct edits *, struct buf *out, struct error *);

/*
 * One section spliced without keeping the tree: a program that must see all
 * documents before it can write the first notes the site of its section while
 * it has the tree, and later needs the bytes alone.
 *
 * Only the new section is parsed again. A site lies between two entries of the
 * top-level map, at the start of a line, where nothing of what stands before
 * is still open: quoted and flow values have closed, a block scalar ends at
 * the first line in column 1. So the lines before and after say what they
 * said; the tests hold this against parsing all of it, for random documents.
 */
struct section_site {
	size_t start, end; /* bytes to be replaced; equal: the section is added there */
	const char *eol;
};

void section_site(struct section_site *, const struct doc *, const char *key);
/* Appends to out the bytes with the section in its place. -1 if the section, read back, would not say `value`.
 * `scratch` is memory for that. */
int section_splice(const struct section_site *, struct doc *scratch, const char *file, size_t first_line,
		   struct str bytes, const char *key, const struct node *value, struct buf *out,
		   struct error *);

#endif
