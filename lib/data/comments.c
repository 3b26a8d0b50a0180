#include "data/comments.h"

#include <string.h>

#include "base/hash.h"

/* a walk along the bytes between the values */
struct walk {
	const struct doc *doc;
	void (*take)(void *data, struct str comment);
	void *data;
	size_t
	    next; /* the first byte not passed yet that could begin a comment; the end of the bytes: none */
};

/* '#' at the start of a line or behind a blank */
static size_t
find_next(const struct doc *doc, size_t at)
{
	const char *bytes = doc->bytes.p, *p;

	for (; at < doc->bytes.n && (p = memchr(bytes + at, '#', doc->bytes.n - at)); at++) {
		at = (size_t)(p - bytes);
		if (at == doc->bom || bytes[at - 1] == ' ' || bytes[at - 1] == '\t' || bytes[at - 1] == '\n')
			return at;
	}
	return doc->bytes.n;
}

/* without the blanks and the line end behind it */
static struct str
trimmed(const char *p, size_t n)
{
	while (n && (p[n - 1] == ' ' || p[n - 1] == '\t' || p[n - 1] == '\r'))
		n--;
	return (struct str){p, n};
}

/* in bytes that belong to no value */
static void
look(struct walk *w, size_t end)
{
	while (w->next < end) {
		const char *start = w->doc->bytes.p + w->next, *nl = memchr(start, '\n', end - w->next);
		size_t n = nl ? (size_t)(nl - start) : end - w->next;

		w->take(w->data, trimmed(start, n));
		w->next = find_next(w->doc, w->next + n);
	}
}

/* bytes up to there are a value's */
static void
skip(struct walk *w, size_t end)
{
	if (w->next < end)
		w->next = find_next(w->doc, end);
}

/* the byte behind a key; no plain one has a comment's sign in it */
static size_t
key_end(const struct doc *doc, const struct node *node)
{
	const char *p = doc->bytes.p;
	size_t i = node->key_start;
	char quote = p[i];

	if (!node->key || (quote != '"' && quote != '\''))
		return i;
	for (i++; i < node->start; i++) {
		if (quote == '"' ? p[i] == '\\' : p[i] == quote && p[i + 1] == quote)
			i++;
		else if (p[i] == quote)
			break;
	}
	return i;
}

/* a block scalar's header may have a comment behind it */
static size_t
value_start(const struct doc *doc, const struct node *node)
{
	const char *nl;

	if (node->style != STYLE_LITERAL)
		return node->start;
	nl = memchr(doc->bytes.p + node->start, '\n', node->end - node->start);
	return nl ? (size_t)(nl - doc->bytes.p) : node->end;
}

static void
walk(struct walk *w, const struct node *node)
{
	if (w->next >= node->end)
		return;
	if (node->parent) {
		look(w, node->key_start);
		skip(w, key_end(w->doc, node));
	}
	if (node->kind == NODE_SCALAR) {
		look(w, value_start(w->doc, node));
		skip(w, node->end);
	}
	for (const struct node *n = node->first; n; n = n->next)
		walk(w, n);
}

void
comments_each(const struct doc *doc, void (*take)(void *, struct str), void *data)
{
	struct walk w = {doc, take, data, find_next(doc, doc->bom)};

	if (w.next == doc->bytes.n)
		return;
	walk(&w, doc->root);
	look(&w, doc->bytes.n);
}

struct collect {
	struct node *list;
	struct hash *seen;
	struct arena *arena;
};

static void
collect(void *data, struct str comment)
{
	struct collect *c = data;
	const char *p = comment.p, *text;
	size_t n = comment.n;
	void **place;

	while (n && (*p == '#' || *p == ' ' || *p == '\t')) {
		p++;
		n--;
	}
	if (n == 0)
		return;
	text = arena_copy(c->arena, p, n);
	place = hash_put(c->seen, text, n, NULL);
	if (*place)
		return;
	*place = node_put(c->arena, c->list, NULL, node_new_text(c->arena, text));
}

void
comments_collect(const struct doc *doc, struct node *list, struct hash *seen, struct arena *arena)
{
	struct collect c = {list, seen, arena};

	comments_each(doc, collect, &c);
}
