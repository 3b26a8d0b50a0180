/*
 * What reading by a table of fields finds wrong: each finding with its place
 * in the file, the path to the value and the words that help to mend it.
 * Shared by field.c and finding.c only.
 */
#ifndef KAM_FINDING_H
#define KAM_FINDING_H

#include "data/field.h"

/* One reading. The place of the last finding is kept, so that placing many of them passes over the bytes once. */
struct field_reading {
	const struct doc *doc;
	struct arena *arena;
	struct sink *sink;
	void *scratch; /* where a scalar goes that is checked but read into no struct */
	bool failed;   /* an error was put */
	size_t offset; /* of the last finding … */
	size_t line;   /* … its line … */
	size_t column; /* … and its column */
};

/* the way from the top to a value, kept on the stack and put in words only for a finding */
struct path {
	const struct path *up; /* NULL at the top */
	const char *name;      /* in a map; NULL: an item of a list */
	size_t index;	       /* of the item, from 0 */
};

/* an error at that byte of the document */
void finding_put(struct field_reading *, const char *rule, size_t offset, const struct path *,
		 const char *text);
/* the value is of another kind than its type: "not a text, but a map" */
void refuse_kind(struct field_reading *, enum field_type, const struct node *, const struct path *);
/* the text is not of the type: "not a number: "12.5O"" */
void refuse_text(struct field_reading *, enum field_type, const struct node *, const struct path *);
/* the same in the caller's words: "not a day of the month, 1 to 31: "32"" */
void refuse_value(struct field_reading *, const char *refusal, const struct node *, const struct path *);
/* the text is none of the words */
void refuse_word(struct field_reading *, const char *const *words, const struct node *, const struct path *);
/* the table has no such name */
void refuse_name(struct field_reading *, const struct fields *, const struct node *, const struct path *);
/* A name without a value that no table knows, in a flow map: what a comma too many leaves. `before` is the entry
 * before it or NULL, fields the names that could be meant or NULL. */
void refuse_stray(struct field_reading *, const struct fields *, const struct node *before,
		  const struct node *, const struct path *);
/* is s, of n bytes, nothing but digits, and at least one? */
bool text_is_digits(const char *s, size_t n);

#endif
