/*
 * Keys of lists, by which a merge tells items apart.
 */
#include "base/hash.h"
#include "base/text.h"
#include "domain/merge.h"

#include <string.h>

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

	if (k->found++ >= MERGE_FINDINGS_MAX)
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
check_list(struct keys *k, const struct field *f, const struct node *list)
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

static void
check_map(struct keys *k, const struct fields *fields, const struct node *map)
{
	for (const struct node *n = map->first; n; n = n->next) {
		const struct field *f = field_find(fields, n->key);

		if (f && f->type == FIELD_MAP && n->kind == NODE_MAP)
			check_map(k, f->sub, n);
		else if (f && f->type == FIELD_LIST && fields_have_keys(f->sub) && n->kind == NODE_LIST)
			check_list(k, f, n);
	}
}

int
merge_check_keys(const struct doc *doc, struct arena *arena, struct sink *sink)
{
	struct keys k = {doc, arena, sink, 0};

	check_map(&k, &account_fields, doc->root);
	return k.found ? -1 : 0;
}
