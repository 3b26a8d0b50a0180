/*
 * Rows whose cells become fields: of the account itself, or of an item in one
 * of its lists. What a row says is put together first, and kept only when all
 * of it is good.
 */
#include <string.h>

#include "base/text.h"
#include "domain/cell.h"
#include "domain/importrun.h"

/* the value that a dotted name has in a map of fields, or NULL */
static struct node *
fields_get(const struct node *fields, const char *name, struct arena *scratch)
{
	const char *dot = strchr(name, '.');

	if (!dot)
		return node_get(fields, name);
	return node_get(node_get(fields, arena_copy(scratch, name, (size_t)(dot - name))), dot + 1);
}

static void
fields_put(struct arena *arena, struct node *fields, const char *name, struct node *value)
{
	const char *dot = strchr(name, '.');
	struct node *map;
	char *head;

	if (!dot) {
		node_put(arena, fields, name, value);
		return;
	}
	head = arena_copy(arena, name, (size_t)(dot - name));
	map = node_get(fields, head);
	if (!map)
		map = node_put(arena, fields, head, node_new_map(arena, STYLE_BLOCK));
	node_put(arena, map, dot + 1, value);
}

/* puts the row's values into the map, in the scratch arena; 1: rejected, a cell does not fit */
static int
take_fields(struct run *run, const struct csv_row *row, struct node *fields, struct error *err)
{
	struct node *value;
	const char *kind;
	struct error why;
	size_t i;

	for (i = 0; i < run->sources; i++) {
		const struct source *s = &run->source[i];

		if (cell_node(run->map, s->field, s->column->value.data, s->column->value.len, &run->scratch,
			      &value, &kind, &why) < 0)
			return run_reject_cell(run, row, s->column, kind, &why, err);
		if (value)
			fields_put(&run->scratch, fields, s->name, value);
	}
	return 0;
}

/* 1: rejected, a row before says otherwise of the account */
static int
check_fields(struct run *run, const struct csv_row *row, const struct node *fields, struct error *err)
{
	const struct node *value, *before;
	struct buf text = {0};
	struct error why;
	size_t i;

	for (i = 0; i < run->sources; i++) {
		const struct source *s = &run->source[i];

		value = fields_get(fields, s->name, &run->scratch);
		before = fields_get(run->entry->fields, s->name, &run->scratch);
		if (!value || !before || node_equal(before, value))
			continue;
		node_write_flow(&text, before);
		error_set(&why, "a row before says otherwise: %s", text.data);
		buf_free(&text);
		return run_reject_cell(run, row, s->column, "contradiction", &why, err);
	}
	return 0;
}

/* the row's own currency is that of the account; 1: rejected, it has another */
static int
take_currency(struct run *run, const struct csv_row *row, const struct node *fields, struct error *err)
{
	const char *currency = node_get_text(fields, "currency");
	struct entry *entry = run->entry;
	struct error why;

	if (!currency || (entry->currency && strcmp(entry->currency, currency) == 0))
		return 0;
	if (!entry->currency) {
		entry->currency = arena_strdup(&run->importer->book.arena, currency);
		return 0;
	}
	error_set(&why, "the account %s is in %s, the row says %s", book_title(entry, &run->scratch),
		  entry->currency, currency);
	return run_reject(run, row, "contradiction", &why, err);
}

int
run_import_account(struct run *run, const struct csv_row *row, struct error *err)
{
	struct arena *arena = &run->importer->book.arena;
	struct node *fields = node_new_map(&run->scratch, STYLE_BLOCK), *value;
	int status = take_fields(run, row, fields, err);
	size_t i;

	if (!status)
		status = run_find_account(run, row, err);
	if (!status)
		status = check_fields(run, row, fields, err);
	if (!status)
		status = take_currency(run, row, fields, err);
	for (i = 0; !status && i < run->sources; i++) {
		const char *name = run->source[i].name;

		value = fields_get(fields, name, &run->scratch);
		if (value && !fields_get(run->entry->fields, name, &run->scratch))
			fields_put(arena, run->entry->fields, name, node_copy(arena, value));
	}
	return status;
}

/* the item with an id made from its name, where no column gives one */
static struct node *
item_with_id(struct node *item, struct arena *arena)
{
	const char *name = node_get_text(item, "name");
	struct node *with_id, *other;

	if (!name || node_get(item, "id"))
		return item;
	with_id = node_new_map(arena, STYLE_FLOW);
	node_put_text(arena, with_id, "id", text_translit(arena, name, strlen(name)));
	for (other = item->first; other; other = other->next)
		node_put(arena, with_id, other->key, node_copy(arena, other));
	return with_id;
}

static void
keep_item(struct run *run, const char *key, const struct node *item)
{
	struct arena *arena = &run->importer->book.arena;
	struct node *items = run->entry->items, *list = node_get(items, run->map->type->section);

	if (!list)
		list = node_put(arena, items, run->map->type->section, node_new_list(arena, STYLE_BLOCK));
	*hash_put(&run->importer->items, arena_strdup(arena, key), strlen(key), NULL) =
	    node_put(arena, list, NULL, node_copy(arena, item));
}

int
run_import_item(struct run *run, const struct csv_row *row, struct error *err)
{
	struct arena *scratch = &run->scratch;
	struct node *item = node_new_map(scratch, STYLE_FLOW), *other;
	const char *section = run->map->type->section, *key, *own;
	struct error why;
	int status = take_fields(run, row, item, err);

	if (status)
		return status;
	item = item_with_id(item, scratch);
	own = account_item_key(run->map->type->fields, item, scratch);
	if (!*own) {
		error_set(&why, "nothing tells this row from others: it needs an id");
		return run_reject(run, row, "no id", &why, err);
	}
	status = run_find_account(run, row, err);
	if (status)
		return status;
	key = arena_printf(scratch, "%zu/%s/%s", run->entry->number, section, own);
	other = hash_get(&run->importer->items, key, strlen(key));
	if (other && !node_equal(other, item)) {
		error_set(&why, "a second row for %s of %s, and it says otherwise", text_quoted(scratch, own),
			  section);
		return run_reject(run, row, "contradiction", &why, err);
	}
	if (!other)
		keep_item(run, key, item);
	return 0;
}
