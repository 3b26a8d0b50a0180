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

static inline bool
same_document(const struct doc *a, const struct doc *b)
{
	if (a->body != b->body || a->body_end != b->body_end || a->bom != b->bom ||
	    a->bytes.p != b->bytes.p || a->bytes.n != b->bytes.n || !a->root != !b->root)
		return false;
	return !a->root || (!a->root->parent && !a->root->next && same_node(a->root, b->root));
}

/* *plain: the plain one takes it. What it leaves must be as it was. */
static inline bool
parsers_agree(struct str bytes, bool *plain)
{
	struct doc one = {0}, other = {0};
	bool agree = true, ascii;

	*plain = false;
	if (doc_begin(&one, "a", 1, bytes, &ascii, NULL) == 0) {
		doc_begin(&other, "a", 1, bytes, &ascii, NULL);
		*plain = doc_parse_plain(&one);
		agree =
		    (!*plain || doc_parse_libyaml(&other, ascii, NULL) == 0) && same_document(&one, &other);
	}
	doc_free(&one);
	doc_free(&other);
	return agree;
}

#endif
