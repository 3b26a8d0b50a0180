#include "domain/itemkeys.h"

#include <string.h>

#include "base/hash.h"
#include "base/text.h"

#define PARTS_MAX 4 /* of a key that is compared with the one before */

/* the check of one document's keys */
struct keys {
	const struct doc *doc;
	struct arena *arena;
	struct sink *sink;
	size_t found;
};

static void
refuse_key(struct keys *k, const struct field *f, const struct node *item, const struct node *first,
	   const char *key)
{
	struct error e = {0};
	size_t line, column;

	if (k->found++ >= ITEM_KEYS_FINDINGS_MAX)
		return;
	if (first) {
		doc_place(k->doc, first->start, &line, &column);
		node_error(&e, k->doc, item, "%s: the same %s as on line %zu: %s", f->name, f->sub->what,
			   line, text_quoted(k->arena, key));
	} else {
		node_error(&e, k->doc, item, "%s: nothing tells this %s from others", f->name, f->sub->what);
	}
	sink_put(k->sink, SEVERITY_ERROR, "duplicate-key", &e);
}

static void
check_each(struct keys *k, const struct field *f, const struct node *list)
{
	struct hash seen = {0};

	for (struct node *n = list->first; n; n = n->next) {
		const char *key = account_item_key(f->sub, n, k->arena);
		void **place = *key ? hash_put(&seen, key, strlen(key), NULL) : NULL;

		if (!place || *place)
			refuse_key(k, f, n, place ? *place : NULL, key);
		else
			*place = n;
	}
	hash_free(&seen);
}

/* The names of which keys consist; 0: too many, or an id stands for them where an item has one. */
static size_t
key_names(const struct fields *fields, const char *names[PARTS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		bool key = f->flags & FIELD_KEY;

		if ((key && n == PARTS_MAX) || (!key && strcmp(f->name, "id") == 0))
			return 0;
		if (key)
			names[n++] = f->name;
	}
	return n;
}

/* Does each item have a greater key than the one before? So lists are written, and then none stands twice. */
static bool
keys_rise(const struct fields *fields, const struct node *list)
{
	const char *names[PARTS_MAX], *parts[2][PARTS_MAX] = {{NULL}};
	size_t n = key_names(fields, names), at = 0;

	for (const struct node *item = list->first; item; item = item->next, at ^= 1) {
		int c = 0;

		for (size_t i = 0; i < n; i++) {
			const char *part = node_get_text(item, names[i]), *before = parts[!at][i];

			parts[at][i] = part ? part : "";
			if (c == 0)
				c = strcmp(parts[at][i], before ? before : "");
		}
		if (c <= 0)
			return false;
	}
	return true;
}

static void
check_map(struct keys *k, const struct fields *fields, const struct node *map, unsigned flag)
{
	size_t next = 0;

	for (const struct node *n = map->first; n; n = n->next) {
		const struct field *f = field_find_from(fields, n->key, next);

		if (!f)
			continue;
		next = (size_t)(f - fields->field) + 1;
		if ((f->flags & flag) != flag)
			continue;
		if (f->type == FIELD_MAP && n->kind == NODE_MAP)
			check_map(k, f->sub, n, 0);
		else if (f->type == FIELD_LIST && n->kind == NODE_LIST && fields_have_keys(f->sub) &&
			 !keys_rise(f->sub, n))
			check_each(k, f, n);
	}
}

int
item_keys_check(const struct doc *doc, unsigned flag, struct arena *arena, struct sink *sink)
{
	struct keys k = {doc, arena, sink, 0};

	check_map(&k, &account_fields, doc->root, flag);
	return k.found ? -1 : 0;
}
