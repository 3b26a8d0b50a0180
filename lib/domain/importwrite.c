#include <string.h>

#include "domain/codes.h"
#include "domain/importer.h"

static struct node *
external_node(const struct entry *entry, struct arena *arena)
{
	struct node *map = node_new_map(arena, STYLE_FLOW);
	const struct code *c;

	for (c = entry->codes; c; c = c->next)
		codes_put(map, c->system, c->code, arena);
	return map->count ? map : NULL;
}

static struct node *
sales_node(const struct importer *importer, const struct entry *entry, struct arena *arena)
{
	struct node *list = node_new_list(arena, STYLE_BLOCK);
	size_t i;

	for (i = 0; i < entry->sales_count; i++)
		node_put(arena, list, NULL, sales_item(importer->sales.month[entry->sales_first + i], arena));
	return list->count ? list : NULL;
}

int
importer_finish(struct importer *importer, struct sink *sink)
{
	struct sales *sales = &importer->sales;
	struct entry *entry;
	size_t i;

	sales_sort(sales);
	/* entries still stand in the order of their numbers */
	for (i = 0; i < sales->n; i++) {
		entry = importer->book.entry[sales->month[i]->account];
		if (entry->sales_count++ == 0)
			entry->sales_first = i;
	}
	return book_finish(&importer->book, sink);
}

void
importer_write(const struct importer *importer, const struct entry *entry, struct buf *out)
{
	struct arena arena = {0};
	struct node *value, *own_sales = sales_node(importer, entry, &arena);
	const char *name;
	size_t i;

	buf_adds(out, "---\n");
	for (i = 0; i < account_fields.n; i++) {
		name = account_fields.field[i].name;
		if (strcmp(name, "id") == 0)
			value = node_new_text(&arena, entry->id);
		else if (strcmp(name, "name") == 0)
			value = entry->name ? node_new_text(&arena, entry->name) : NULL;
		else if (strcmp(name, "external") == 0)
			value = external_node(entry, &arena);
		else if (strcmp(name, "currency") == 0)
			value = entry->currency ? node_new_plain(&arena, entry->currency) : NULL;
		else if (strcmp(name, "sales") == 0)
			value = own_sales;
		else
			value = node_get(entry->fields, name);
		if (!value)
			value = node_get(entry->items, name);
		if (value)
			node_write_section(out, name, value, "\n");
	}
	arena_free(&arena);
}
