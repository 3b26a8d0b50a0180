#include "domain/codes.h"

#include <string.h>

#include "base/hash.h"

static const struct node *
code_from(const struct node *n)
{
	while (n && !(n->kind == NODE_SCALAR && n->len))
		n = n->next;
	return n;
}

const struct node *
codes_first(const struct node *entry)
{
	if (entry->kind == NODE_LIST)
		return code_from(entry->first);
	return entry->kind == NODE_SCALAR && entry->len ? entry : NULL;
}

const struct node *
codes_next(const struct node *code)
{
	return code->parent && code->parent->kind == NODE_LIST ? code_from(code->next) : NULL;
}

/* a code is a text, whatever it looks like */
static struct node *
code_new(const char *code, struct arena *arena)
{
	struct node *value = node_new_text(arena, code);

	value->style = STYLE_QUOTED;
	return value;
}

void
codes_put(struct node *external, const char *system, const char *code, struct arena *arena)
{
	struct node *entry = node_get(external, system), *first;

	if (!entry) {
		node_put(arena, external, system, code_new(code, arena));
		return;
	}
	if (entry->kind == NODE_SCALAR) {
		first = code_new(entry->text, arena);
		entry->kind = NODE_LIST;
		entry->style = STYLE_FLOW;
		entry->text = NULL;
		entry->len = 0;
		node_put(arena, entry, NULL, first);
	}
	node_put(arena, entry, NULL, code_new(code, arena));
}

size_t
codes_count(const struct node *entry)
{
	return entry->kind == NODE_LIST ? entry->count : 1;
}

static void
codes_index(struct hash *codes, const struct node *entry)
{
	for (const struct node *n = codes_first(entry); n; n = codes_next(n))
		*hash_put(codes, n->text, n->len, NULL) = (void *)n;
}

bool
codes_share(const struct node *a, const struct node *b)
{
	struct hash codes = {0};
	bool shared = false;

	codes_index(&codes, a);
	for (const struct node *n = codes_first(b); n && !shared; n = codes_next(n))
		shared = hash_get(&codes, n->text, n->len) != NULL;
	hash_free(&codes);
	return shared;
}

bool
codes_add(struct edits *edits, struct arena *arena, const struct node *into, const struct node *from)
{
	struct node *list = node_new_list(arena, STYLE_FLOW);
	struct hash codes = {0};
	bool added = false;

	codes_index(&codes, into);
	node_put(arena, list, NULL, node_copy(arena, into));
	for (const struct node *n = codes_first(from); n; n = codes_next(n)) {
		if (hash_get(&codes, n->text, n->len))
			continue;
		*hash_put(&codes, n->text, n->len, NULL) = (void *)n;
		added = true;
		if (into->kind == NODE_LIST)
			edit_append(edits, arena, into, n);
		else
			node_put(arena, list, NULL, node_copy(arena, n));
	}
	if (added && into->kind == NODE_SCALAR)
		edit_replace(edits, arena, into, list);
	hash_free(&codes);
	return added;
}
