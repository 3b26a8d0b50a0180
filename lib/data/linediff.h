/*
 * What differs between two texts, as hunks of lines. Shared by lines.c and
 * linediff.c only.
 */
#ifndef KAM_LINEDIFF_H
#define KAM_LINEDIFF_H

#include "base/hash.h"

/* blanks and line ends */
static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* numbers of byte strings, from 0, in the order in which they come */
struct numbers {
	struct hash by_text; /* to size_t in the arena */
	size_t n;
	struct arena arena;
};

/* equal lines have equal numbers in all texts that were split with the same struct */
struct line_ids {
	struct numbers lines;
	struct numbers words; /* of lines without their blanks and ends; 0: nothing is left */
	struct buf scratch;
};

/* A text as lines with their ends; the last may have none. */
struct lines {
	struct str *v;
	size_t *id;
	size_t *words; /* its number when blanks do not count … */
	size_t *core;  /* … nor a comment behind other text */
	size_t n;
};

/* Lines [old, old_end) of one text became [new, new_end) of the other. */
struct hunk {
	size_t old, old_end;
	size_t new, new_end;
};

/* in order; with at least one common line between two of them, unless refined */
struct hunks {
	struct hunk *v;
	size_t n, cap;
};

/* the text must outlive the lines and the ids */
void lines_split(struct lines *, struct str text, struct line_ids *);
void lines_free(struct lines *);
/* the line without a comment behind other text, as far as that is seen without reading it: a "#" in quotes may be
 * taken for one, but always the same */
struct str line_core(struct str line);
void line_ids_free(struct line_ids *);
/* both texts were split with these ids */
void lines_diff(const struct lines *old, const struct lines *new, const struct line_ids *, struct hunks *);
/* takes apart hunks in which only the comments or blanks of lines changed: each such line is a hunk of its own then */
void hunks_refine(struct hunks *, const struct lines *old, const struct lines *new, const struct line_ids *);
/* n lines from `start` on; they live in the others */
struct lines lines_part(const struct lines *, size_t start, size_t n);
void hunks_free(struct hunks *);

#endif
