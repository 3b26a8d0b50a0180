#include <stdlib.h>

#include "domain/merge3parts.h"

/* all that a value says, and no other value says */
static void
add_content(struct buf *out, const struct node *node)
{
	if (node->kind == NODE_SCALAR) {
		buf_printf(out, "%zu:", node->len);
		buf_add(out, node->text, node->len);
		return;
	}
	buf_addc(out, node->kind == NODE_MAP ? '{' : '[');
	for (const struct node *n = node->first; n; n = n->next) {
		if (n->key)
			buf_printf(out, "%zu:%s", strlen(n->key), n->key);
		add_content(out, n);
	}
	buf_addc(out, ']');
}

const char *
content_key(const struct node *item, struct arena *arena)
{
	struct buf content = {0};
	const char *key;

	/* no key begins so */
	buf_addc(&content, '\1');
	add_content(&content, item);
	key = arena_copy(arena, content.data, content.len);
	buf_free(&content);
	return key;
}

void
entries_index(struct entries *e, const struct node *node, const struct fields *fields,
	      const struct names *names, struct arena *arena)
{
	size_t count = node ? node->count : 0;

	*e = (struct entries){.unique = true, .keyed = true};
	e->v = xcalloc(count, sizeof *e->v);
	for (const struct node *n = count ? node->first : NULL; n; n = n->next) {
		struct entry *entry = &e->v[e->n];
		const char *key = n->key ? n->key : fields ? account_item_key(fields, n, arena) : "";
		void **place;

		if (!*key && !n->key) {
			key = names ? names_get(names, n) : NULL;
			key = key ? key : content_key(n, arena);
			e->keyed = false;
		}
		*entry = (struct entry){key, n, e->n};
		e->n++;
		place = hash_put(&e->by_key, key, strlen(key), NULL);
		if (*place)
			e->unique = false;
		else
			*place = entry;
	}
}

const struct entry *
entries_get(const struct entries *e, const char *key)
{
	return hash_get(&e->by_key, key, strlen(key));
}

void
entries_free(struct entries *e)
{
	free(e->v);
	hash_free(&e->by_key);
}

const struct fields *
entry_fields(const struct fields *fields, const struct node *entry)
{
	const struct field *f;

	if (!entry->key)
		return fields;
	f = fields ? field_find(fields, entry->key) : NULL;
	return f ? f->sub : NULL;
}

/* the field of the key that tells when */
static const struct field *
order_field(const struct fields *fields)
{
	for (size_t i = 0; fields && i < fields->n; i++) {
		const struct field *f = &fields->field[i];

		if ((f->flags & FIELD_KEY) && (f->type == FIELD_DATE || f->type == FIELD_MONTH))
			return f;
	}
	return NULL;
}

bool
is_ordered(const struct fields *fields)
{
	return order_field(fields);
}

const char *
item_order(const struct fields *fields, const struct node *item, const char *key)
{
	const struct field *f = order_field(fields);
	const char *text = f ? node_get_text(item, f->name) : NULL;

	/* the sources of a month have an order too; what was done on a day only that in which it was written */
	return f && f->type == FIELD_MONTH ? key : text ? text : "";
}
