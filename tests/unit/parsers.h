/*
 * Two parsers of one document (data/docparse.h): where the plain one takes
 * it, libyaml takes it too, and their trees are the same to the byte.
 */
#ifndef PARSERS_H
#define PARSERS_H

#include "data/docparse.h"

static inline bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static inline bool
same_node(const struct node *a, const struct node *b)
{
	const struct node *x = a->first, *y = b->first;

	if (a->kind != b->kind || a->style != b->style || !same_text(a->key, b->key) || a->len != b->len ||
	    !same_text(a->text, b->text) || a->count != b->count || a->key_start != b->key_start ||
	    a->start != b->start || a->end != b->end)
		return false;
	for (; x && y; x = x->next, y = y->next)
		if (x->parent != a || y->parent != b || !x->next != (x == a->last) || !same_node(x, y))
			return false;
	return !x && !y;
}

/* *plain: the plain one takes it */
static inline bool
parsers_agree(struct str bytes, bool *plain)
{
	struct doc one = {0}, other = {0};
	bool agree = true, ascii;

	*plain = doc_begin(&one, "a", 1, bytes, &ascii, NULL) == 0 && doc_parse_plain(&one);
	if (*plain) {
		doc_begin(&other, "a", 1, bytes, &ascii, NULL);
		agree = doc_parse_libyaml(&other, ascii, NULL) == 0 && other.root && one.body == other.body &&
			one.body_end == other.body_end && one.bytes.p == other.bytes.p &&
			one.bytes.n == other.bytes.n && one.bom == other.bom && !one.root->parent &&
			!one.root->next && same_node(one.root, other.root);
	}
	doc_free(&one);
	doc_free(&other);
	return agree;
}

#endif
