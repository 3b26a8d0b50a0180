/*
 * Items without a key that say the same: a merge by lines of two branches that
 * both added one leaves it twice, and nothing else could tell.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "domain/checkrun.h"

static int
compare_keys(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

static void
add_text(struct buf *out, const char *text, size_t n)
{
	buf_printf(out, "%zu:", n);
	buf_add(out, text, n);
}

/* What a value says, so that two values say the same if and only if their bytes here are: whatever the order of a map's
 * names, and without names that have no value. Nests no deeper than documents do. */
static void
add_said(struct buf *out, struct arena *arena, const struct node *value)
{
	const struct node **entry;
	size_t n = 0;

	if (value->kind == NODE_SCALAR) {
		add_text(out, value->text, value->len);
		return;
	}
	entry = arena_alloc(arena, value->count * sizeof *entry);
	for (const struct node *e = value->first; e; e = e->next) {
		if (!e->key || e->len || e->count)
			entry[n++] = e;
	}
	if (value->kind == NODE_MAP && n)
		qsort(entry, n, sizeof *entry, compare_keys);
	buf_adds(out, value->kind == NODE_MAP ? "{" : "[");
	for (size_t i = 0; i < n; i++) {
		if (entry[i]->key)
			add_text(out, entry[i]->key, strlen(entry[i]->key));
		add_said(out, arena, entry[i]);
	}
	buf_adds(out, value->kind == NODE_MAP ? "}" : "]");
}

static void
check_list(const struct check *c, const struct field *f, const struct node *list)
{
	struct hash seen = {0};
	size_t line, column;

	for (struct node *n = list->first; n; n = n->next) {
		struct buf said = {0};
		void **place;

		if (n->len + n->count == 0)
			continue;
		add_said(&said, c->arena, n);
		place = hash_put(&seen, arena_copy(c->arena, said.data, said.len), said.len, NULL);
		buf_free(&said);
		if (*place) {
			doc_place(c->doc, ((const struct node *)*place)->start, &line, &column);
			check_put(c, "same-item", n, "%s: the same %s as on line %zu", f->name, f->sub->what,
				  line);
		} else {
			*place = n;
		}
	}
	hash_free(&seen);
}

/* tables nest no deeper than the program has them */
static void
check_map(const struct check *c, const struct fields *fields, const struct node *map)
{
	for (const struct node *n = map->first; n; n = n->next) {
		const struct field *f = field_find(fields, n->key);

		if (!f)
			continue;
		if (f->type == FIELD_MAP && n->kind == NODE_MAP)
			check_map(c, f->sub, n);
		if (f->type != FIELD_LIST || n->kind != NODE_LIST)
			continue;
		if (!fields_have_keys(f->sub))
			check_list(c, f, n);
		for (const struct node *item = n->first; item; item = item->next) {
			if (item->kind == NODE_MAP)
				check_map(c, f->sub, item);
		}
	}
}

void
check_same(const struct check *c)
{
	check_map(c, &account_fields, c->doc->root);
}
