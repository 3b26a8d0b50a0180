/*
 * Rows whose cells become fields: of the account itself, or of an item in one
 * of its lists.
 */
#include <string.h>

#include "base/text.h"
#include "domain/cell.h"
#include "domain/rowread.h"

struct node *
fields_get(const struct node *fields, const char *name)
{
	const char *dot = strchr(name, '.');
	struct node *n;

	if (!dot)
		return node_get(fields, name);
	for (n = fields->first; n; n = n->next)
		if (strncmp(n->key, name, (size_t)(dot - name)) == 0 && n->key[dot - name] == '\0')
			return n->kind == NODE_MAP ? node_get(n, dot + 1) : NULL;
	return NULL;
}

/* The map in which a dotted name's value stands, made where it is missing: a map, or the one entry of a list. */
static struct node *
make_inner(struct rowread *r, struct node *fields, const char *name, const char *dot)
{
	struct arena *arena = &r->rows->arena;
	char *head = arena_copy(arena, name, (size_t)(dot - name));
	struct node *inner = node_get(fields, head);
	bool list = field_find(r->map->type->fields, head)->type == FIELD_LIST;

	if (inner)
		return list ? inner->first : inner;
	if (!list)
		return node_put(arena, fields, head, node_new_map(arena, fields->style));
	inner = node_put(arena, fields, head, node_new_list(arena, fields->style));
	return node_put(arena, inner, NULL, node_new_map(arena, STYLE_FLOW));
}

static void
put_value(struct rowread *r, struct node *fields, const char *name, struct node *value)
{
	const char *dot = strchr(name, '.');

	if (dot)
		node_put(&r->rows->arena, make_inner(r, fields, name, dot), dot + 1, value);
	else
		node_put(&r->rows->arena, fields, name, value);
}

/* puts the row's values into the map; false: it was rejected, a cell does not fit */
static bool
take_fields(struct rowread *r, struct node *fields)
{
	struct node *value;
	const char *kind;
	struct error why;
	size_t i;

	for (i = 0; i < r->sources; i++) {
		const struct source *s = &r->source[i];

		if (cell_node(r->map, s->field, s->column->value.p, s->column->value.n, &r->rows->arena,
			      &value, &kind, &why) < 0) {
			rowread_reject_cell(r, s->column, kind, &why);
			return false;
		}
		if (value)
			put_value(r, fields, s->name, value);
	}
	return true;
}

/* is it of a month that is not wanted? a row without the date is of none */
static bool
is_outside(struct rowread *r, const struct node *fields)
{
	const char *text = r->dated ? node_get_text(fields, r->dated->name) : NULL;
	struct date date;

	return text && date_parse(text, strlen(text), &date) == 0 && rowread_outside(r, date);
}

/* the item with an id made from its name, where no column gives one and its section wants it */
static struct node *
with_id(const struct map *map, struct node *item, struct arena *arena)
{
	const char *name = node_get_text(item, "name");
	struct node *made, *other;

	if (!name || node_get(item, "id") || !field_find(map->type->fields, "id"))
		return item;
	made = node_new_map(arena, STYLE_FLOW);
	node_put_text(arena, made, "id", text_translit(arena, name, strlen(name)));
	for (other = item->first; other; other = other->next)
		node_put(arena, made, other->key, node_copy(arena, other));
	return made;
}

/* a field of the item that its kind needs and the row does not tell; NULL: all are there */
static const char *
find_lack(const struct map *map, const struct node *item)
{
	const char *const *name;

	for (name = map->type->required; *name; name++)
		if (!fields_get(item, *name))
			return *name;
	return NULL;
}

/* the key that tells the item from others; NULL: the row was rejected, it has none */
static const char *
take_key(struct rowread *r, const struct node *item)
{
	const char *lack = find_lack(r->map, item);
	const struct source *source;
	struct error why;
	const char *key;
	size_t i;

	key = lack ? NULL : account_item_key(r->map->type->fields, item, &r->rows->arena);
	if (key && *key)
		return key;
	if (!lack) {
		rowread_reject(r, "no id", "nothing tells this row from others: it needs an id");
		return NULL;
	}
	for (i = 0; strcmp(r->source[i].name, lack) != 0; i++)
		;
	source = &r->source[i];
	error_set(&why, "empty cell, the %s is needed", lack);
	rowread_reject_cell(r, source->column, "empty cell", &why);
	return NULL;
}

void
rowfields_read(struct rowread *r)
{
	bool item = r->map->type->section != NULL;
	struct node *fields = node_new_map(&r->rows->arena, item ? STYLE_FLOW : STYLE_BLOCK);
	const char *key = NULL;
	struct row *row;

	if (!take_fields(r, fields) || is_outside(r, fields))
		return;
	if (item) {
		fields = with_id(r->map, fields, &r->rows->arena);
		key = take_key(r, fields);
		if (!key)
			return;
	}
	row = rowread_add(r, ROW_FIELDS);
	row->as.said.fields = fields;
	row->as.said.key = key;
}
