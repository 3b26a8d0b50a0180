/*
 * How edits become splices of a document's bytes. Shared by edit.c, splice.c,
 * spliceblank.c, spliceflow.c and section.c only.
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

/* begins a splice; its text is what is added to plan->text until plan_end */
struct splice *plan_begin(struct plan *, size_t start, size_t end);
void plan_end(struct plan *, struct splice *);
/* takes the bytes away */
void plan_cut(struct plan *, size_t start, size_t end);
/* the next edit of that kind of the target, from *i on, which moves behind it; NULL: no more */
const struct edit *plan_next_edit(const struct plan *, size_t *i, const struct node *target, enum edit_op);
bool plan_is_dropped(const struct plan *, const struct node *);
/* what must stand before a value where there was none */
const char *plan_lead(const struct doc *, const struct node *absent);
/* Puts the text where no value is: a comment behind the place stays in its column if the blanks before it allow that. */
void plan_fill(struct plan *, const struct node *absent, const struct buf *text);
/* Takes the value away: no blank is left at the line's end, and a comment behind it stays in its column. */
void plan_empty(struct plan *, const struct node *);
/* bytes of the blank, one or none, between the colon of an entry without a value in {…} and what follows */
size_t plan_blank_behind(const struct doc *, const struct node *entry);
/* where the node ends without its last line's end */
size_t plan_content_end(const struct doc *, const struct node *);
/* no value at all, not even ""? */
bool plan_is_absent(const struct node *value);
/* the value behind its key, if it has one, in flow style */
void plan_write_entry(struct buf *, const struct node *entry);
/* what is done inside of an entry that is not dropped; of {…} or […]; the first entries of an empty place, in brackets */
void plan_entry(struct plan *, const struct node *);
void plan_flow(struct plan *, const struct node *parent);
void plan_brackets(struct plan *, const struct node *target);

/* offset of the line after the one on which a node ended; a block scalar ended at its start already */
size_t line_after(const struct doc *, size_t end);
/* where a section is added that the document does not have: at its end; or before the last one, then in *before */
size_t section_new_place(const struct doc *, const struct node **before);
/* writes a section that takes the place of the bytes [start, end): whole lines, or nothing */
void section_write(struct buf *out, struct str bytes, size_t start, size_t end, const char *eol,
		   const char *key, const struct node *value);

#endif
