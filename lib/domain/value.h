/*
 * Values as people give them on a command line, one text for each field, and
 * the edits that put them in their place.
 *
 * A list of words is given as a,b; a comma or backslash in a word has a
 * backslash before it.
 */
#ifndef KAM_VALUE_H
#define KAM_VALUE_H

#include "data/edit.h"
#include "domain/path.h"

/* The text as a value of the type (NULL: any text); no text: no value. NULL: not UTF-8, longer than a document may
 * have it, or the type is a map or a list of maps, which have no value of their own; the error says it without a
 * place. */
struct node *value_make(const struct field *type, const char *text, struct arena *, struct error *);

/* is it a map, whose values have names? NULL: it is not */
bool value_has_names(const struct field *);

/* Judges a made value, or a made map by its table's fields, as if it stood where `at` is; findings begin with the
 * path. 0, or -1 if any error was put. */
int value_check(const struct doc *, const struct node *at, const struct field *type, const char *path,
		const struct node *value, struct arena *, struct sink *);

/* The edits that make the place say the value; none if it does. What is new stands in the order of its table. */
void value_put(const struct doc *, const struct place *, struct node *value, struct edits *, struct arena *);

#endif
