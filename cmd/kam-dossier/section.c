/*
 * A section in depth: every item with every field, by the table of fields;
 * what the table does not know stands together at the end of its row.
 */
#include <string.h>

#include "base/text.h"
#include "view.h"

/* "a, b" of a list, "key value, key value" of a map; a document's depth is bounded, and so is this one's */
static void
add_value(struct buf *out, const struct node *n)
{
	bool first = true;

	if (n->kind == NODE_SCALAR) {
		buf_add(out, n->text, n->len);
		return;
	}
	for (const struct node *item = n->first; item; item = item->next) {
		if (item->kind == NODE_SCALAR && item->len == 0)
			continue;
		buf_adds(out, first ? "" : item->kind == NODE_MAP ? "; " : ", ");
		if (item->key)
			buf_printf(out, "%s ", item->key);
		add_value(out, item);
		first = false;
	}
}

static const char *
value_text(struct arena *arena, const struct node *n)
{
	struct buf text = {0};
	const char *copy = NULL;

	if (n)
		add_value(&text, n);
	if (text.len > 0)
		copy = arena_copy(arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

/* the entries of a map that the table does not know */
static const char *
other_text(struct arena *arena, const struct fields *fields, const struct node *map)
{
	struct buf text = {0};
	const char *copy = NULL;

	for (const struct node *n = map->first; n; n = n->next) {
		if (field_find(fields, n->key) || (n->kind == NODE_SCALAR && n->len == 0))
			continue;
		buf_printf(&text, "%s%s ", text.len > 0 ? ", " : "", n->key);
		add_value(&text, n);
	}
	if (text.len > 0)
		copy = arena_copy(arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

static struct column *
columns_of(struct arena *arena, const struct fields *fields)
{
	struct column *column = arena_alloc(arena, (fields->n + 1) * sizeof *column);

	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		bool number = f->type == FIELD_DECIMAL || f->type == FIELD_INT;

		column[i] = (struct column){.name = f->name, .type = number ? COLUMN_NUMBER : COLUMN_TEXT};
		column[i].group = number && f->unit && strcmp(f->unit, "money") == 0;
	}
	column[fields->n] = (struct column){.name = "other"};
	return column;
}

/* maps of a table that is known */
static void
list_show(const struct view *v, struct page *page, const struct fields *fields, const struct node *list)
{
	page_table(page, columns_of(v->scratch, fields), fields->n + 1);
	for (const struct node *item = list->first; item; item = item->next) {
		if (item->kind != NODE_MAP)
			continue;
		for (size_t i = 0; i < fields->n; i++)
			page_cell(page, value_text(v->scratch, node_get(item, fields->field[i].name)));
		page_cell(page, other_text(v->scratch, fields, item));
		page_row(page);
	}
}

static bool
is_known_list(const struct field *f, const struct node *n)
{
	return f && f->type == FIELD_LIST && f->sub && n->kind == NODE_LIST;
}

/* first what is said in one line, then the lists in it */
static void
map_show(const struct view *v, struct page *page, const char *name, const struct fields *fields,
	 const struct node *map)
{
	for (const struct node *n = map->first; n; n = n->next)
		if (!is_known_list(fields ? field_find(fields, n->key) : NULL, n))
			page_fact(page, n->key, value_text(v->scratch, n));
	for (const struct node *n = map->first; n; n = n->next) {
		const struct field *f = fields ? field_find(fields, n->key) : NULL;

		if (!is_known_list(f, n))
			continue;
		page_section(page, arena_printf(v->scratch, "%s: %s", name, n->key));
		list_show(v, page, f->sub, n);
	}
}

void
section_show(struct view *v, struct page *page, const char *name)
{
	const struct node *n = node_get(v->account->node, name);
	const struct field *f = field_find(&account_fields, name);

	page_section(page, name);
	if (!n || (n->kind == NODE_SCALAR ? n->len : n->count) == 0)
		page_line(page, PAGE_QUIET, "nothing");
	else if (is_known_list(f, n))
		list_show(v, page, f->sub, n);
	else if (n->kind == NODE_MAP)
		map_show(v, page, name, f && f->type == FIELD_MAP ? f->sub : NULL, n);
	else if (n->kind == NODE_SCALAR)
		page_line(page, PAGE_PLAIN, "%s", n->text);
	else
		for (const struct node *item = n->first; item; item = item->next)
			page_item(page, PAGE_PLAIN, "%s", value_text(v->scratch, item));
}

/* the next one behind n with something in it; from NULL the first */
static const struct node *
next_section(const struct account *a, const struct node *n)
{
	n = n ? n->next : a->node ? a->node->first : NULL;
	while (n && (n->kind == NODE_SCALAR || n->count == 0))
		n = n->next;
	return n;
}

/* "contacts 4" */
static const char *
section_text(struct arena *arena, const struct node *n)
{
	return n->kind == NODE_LIST ? arena_printf(arena, "%s %zu", n->key, n->count) : n->key;
}

const char *
section_list(const struct account *a, struct arena *arena)
{
	struct buf text = {0};
	const char *copy;

	for (const struct node *n = next_section(a, NULL); n; n = next_section(a, n))
		buf_printf(&text, "%s%s", text.len > 0 ? ", " : "", section_text(arena, n));
	copy = text.len > 0 ? arena_copy(arena, text.data, text.len) : NULL;
	buf_free(&text);
	return copy;
}

/* the same, but for plain lists of words */
static const struct node *
next_of_items(const struct account *a, const struct node *n)
{
	do
		n = next_section(a, n);
	while (n && n->kind == NODE_LIST && n->first->kind == NODE_SCALAR);
	return n;
}

void
section_list_put(struct page *page, const struct account *a, size_t columns, size_t lines,
		 struct arena *arena)
{
	const struct node *n = next_of_items(a, NULL);
	struct buf line = {0};
	size_t left = 0;

	for (; n && lines > 0; lines--) {
		buf_clear(&line);
		for (; n; n = next_of_items(a, n)) {
			const char *text = section_text(arena, n);
			size_t wide = text_width(line.data, line.len) + text_width(text, strlen(text));

			/* ", " before it, and "," behind */
			if (columns > 0 && line.len > 0 && wide + 3 > columns)
				break;
			buf_printf(&line, "%s%s", line.len > 0 ? ", " : "", text);
		}
		page_line(page, PAGE_QUIET, "%s%s", line.data, n ? "," : "");
	}
	for (; n; n = next_of_items(a, n))
		left++;
	if (left > 0)
		page_line(page, PAGE_QUIET, "and %zu more", left);
	buf_free(&line);
}
