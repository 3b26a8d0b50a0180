#include "data/comments.h"

#include <string.h>

#include "base/hash.h"

struct look {
	const struct doc *doc;
	void (*take)(void *, struct str);
	void *arg;
	size_t at; /* all before it was looked at */
};

struct collect {
	struct node *list;
	struct hash *seen;
	struct arena *arena;
};

static void
take(void *arg, struct str comment)
{
	struct collect *c = arg;
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

/* without the blanks and the line end behind it */
static struct str
trimmed(const char *p, size_t n)
{
	while (n && (p[n - 1] == ' ' || p[n - 1] == '\t' || p[n - 1] == '\r'))
		n--;
	return (struct str){p, n};
}

/* in bytes that belong to no value: '#' at the start of a line or behind a blank */
static void
look(struct look *c, size_t end)
{
	const char *bytes = c->doc->bytes.p;

	for (size_t i = c->at; i < end; i++) {
		const char *nl;
		size_t n;

		if (bytes[i] != '#' || (i > c->doc->bom && !strchr(" \t\n", bytes[i - 1])))
			continue;
		nl = memchr(bytes + i, '\n', end - i);
		n = nl ? (size_t)(nl - (bytes + i)) : end - i;
		c->take(c->arg, trimmed(bytes + i, n));
		i += n;
	}
	if (c->at < end)
		c->at = end;
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
walk(struct look *c, const struct node *node)
{
	if (node->parent) {
		look(c, node->key_start);
		c->at = key_end(c->doc, node);
	}
	if (node->kind == NODE_SCALAR) {
		look(c, value_start(c->doc, node));
		c->at = node->end;
	}
	for (const struct node *n = node->first; n; n = n->next)
		walk(c, n);
}

void
comments_each(const struct doc *doc, void (*each)(void *, struct str), void *arg)
{
	struct look c = {doc, each, arg, doc->bom};

	walk(&c, doc->root);
	look(&c, doc->bytes.n);
}

void
comments_collect(const struct doc *doc, struct node *list, struct hash *seen, struct arena *arena)
{
	struct collect c = {list, seen, arena};

	comments_each(doc, take, &c);
}
