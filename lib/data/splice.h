/*
 * How edits become splices of a document's bytes. Shared by edit.c, splice.c
 * and section.c only.
 */
#ifndef KAM_SPLICE_H
#define KAM_SPLICE_H

#include "data/edit.h"

/* bytes [start, end) of the document become a run of the plan's text */
struct splice {
	size_t start, end;
	size_t text, len;
	size_t seq; /* splices at one place keep the order in which they were planned */
};

/* zero-initialised but for the doc */
struct plan {
	const struct doc *doc;
	struct splice *splice;
	size_t n, cap;
	struct buf text;
	const struct edit **by_target; /* edits sorted by their target, in order */
	size_t edits;
	size_t planned;		       /* edits that found their place */
	const struct node *new_before; /* the last section, if new ones stand before it */
};

/* 0, or -1: edits exclude each other, as one inside of what another drops */
int plan_edits(struct plan *, const struct edits *, struct error *);
/* appends the document with the splices made */
void plan_write(const struct plan *, struct buf *out);
void plan_free(struct plan *);
/* the node's edits are by_target[i] from here, while their target is the node */
size_t plan_find(const struct plan *, const struct node *target);
/* the node's first edit of that kind, or NULL */
const struct edit *plan_find_op(const struct plan *, const struct node *target, enum edit_op);

/* offset of the line after the one on which a node ended; a block scalar ended at its start already */
size_t line_after(const struct doc *, size_t end);
/* where a section is added that the document does not have: at its end; or before the last one, then in *before */
size_t section_new_place(const struct doc *, const struct node **before);
/* writes a section that takes the place of the bytes [start, end): whole lines, or nothing */
void section_write(struct buf *out, struct str bytes, size_t start, size_t end, const char *eol,
		   const char *key, const struct node *value);

#endif
