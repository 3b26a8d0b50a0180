#include <string.h>

#include "data/doc.h"

struct node *
node_get(const struct node *map, const char *key)
{
	struct node *entry;

	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (entry = map->first; entry; entry = entry->next)
		if (*entry->key == *key && strcmp(entry->key, key) == 0)
			return entry;
	return NULL;
}

const char *
node_get_text(const struct node *map, const char *key)
{
	const struct node *entry = node_get(map, key);

	return entry && entry->kind == NODE_SCALAR && entry->len ? entry->text : NULL;
}

bool
node_is_empty(const struct node *node)
{
	return !node || node->len + node->count == 0;
}

bool
node_is_text(const struct node *node)
{
	return node && node->kind == NODE_SCALAR && node->len > 0;
}

bool
node_equal(const struct node *a, const struct node *b)
{
	const struct node *x, *y;

	if (a->kind != b->kind)
		return a->len + a->count + b->len + b->count == 0;
	if (a->kind == NODE_SCALAR)
		return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
	if (a->count != b->count)
		return false;
	for (x = a->first, y = b->first; x; x = x->next, y = y->next) {
		if (a->kind == NODE_MAP && strcmp(x->key, y->key) != 0)
			return false;
		if (!node_equal(x, y))
			return false;
	}
	return true;
}

static struct node *
node_new(struct arena *arena, enum node_kind kind, enum node_style style)
{
	struct node *node = arena_alloc(arena, sizeof *node);

	node->kind = kind;
	node->style = style;
	node->text = "";
	return node;
}

struct node *
node_new_map(struct arena *arena, enum node_style style)
{
	return node_new(arena, NODE_MAP, style);
}

struct node *
node_new_list(struct arena *arena, enum node_style style)
{
	return node_new(arena, NODE_LIST, style);
}

struct node *
node_new_plain(struct arena *arena, const char *text)
{
	struct node *node = node_new(arena, NODE_SCALAR, STYLE_PLAIN);

	node->len = strlen(text);
	node->text = arena_copy(arena, text, node->len);
	return node;
}

/* would a reader with YAML's own types take the text for a number, date, boolean or null? */
static bool
looks_typed(const char *text)
{
	static const char *const words[] = {"y", "n", "yes", "no", "true", "false", "on", "off", "null", "~"};
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
	static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t i, k, n = strlen(text);
	const char *c;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i]) != n)
			continue;
		for (k = 0; k < n; k++) {
			c = text[k] ? strchr(upper, text[k]) : NULL;
			if ((c ? lower[c - upper] : text[k]) != words[i][k])
				break;
		}
		if (k == n)
			return true;
	}
	i = strspn(text, "+-.");
	return text[i] >= '0' && text[i] <= '9' && strspn(text, "0123456789abcdefABCDEFxXoO_.:,+-TZtz ") == n;
}

struct node *
node_new_text(struct arena *arena, const char *text)
{
	struct node *node = node_new_plain(arena, text);

	if (looks_typed(text))
		node->style = STYLE_QUOTED;
	return node;
}

struct node *
node_put(struct arena *arena, struct node *parent, const char *key, struct node *value)
{
	value->key = key ? arena_strdup(arena, key) : NULL;
	value->parent = parent;
	value->next = NULL;
	if (parent->last)
		parent->last->next = value;
	else
		parent->first = value;
	parent->last = value;
	parent->count++;
	return value;
}

void
node_put_text(struct arena *arena, struct node *map, const char *key, const char *text)
{
	if (text)
		node_put(arena, map, key, node_new_text(arena, text));
}

void
node_put_plain(struct arena *arena, struct node *map, const char *key, const char *text)
{
	if (text)
		node_put(arena, map, key, node_new_plain(arena, text));
}

struct node *
node_copy(struct arena *arena, const struct node *node)
{
	struct node *copy = node_new(arena, node->kind, node->style);
	const struct node *entry;

	copy->key = node->key ? arena_strdup(arena, node->key) : NULL;
	if (node->kind == NODE_SCALAR) {
		copy->len = node->len;
		copy->text = arena_copy(arena, node->text, node->len);
		return copy;
	}
	for (entry = node->first; entry; entry = entry->next)
		node_put(arena, copy, entry->key, node_copy(arena, entry));
	return copy;
}
