#include "domain/order.h"

#include <string.h>

static bool
is_by_month(const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		if ((fields->field[i].flags & FIELD_KEY) && fields->field[i].type == FIELD_MONTH)
			return true;
	}
	return false;
}

const char *
order_key(const struct fields *fields, const struct node *item, struct arena *arena)
{
	const char *date;

	if (is_by_month(fields))
		return account_item_key(fields, item, arena);
	if (fields != &log_entry_fields)
		return NULL;
	date = node_get_text(item, "date");
	return date ? date : "";
}

void
order_init(struct order *order, const struct fields *fields, const struct node *list, struct arena *arena)
{
	const char *key, *highest = "";

	*order = (struct order){.fields = fields, .arena = arena};
	order->item = arena_alloc(arena, (list->count + 1) * sizeof *order->item);
	order->highest = arena_alloc(arena, (list->count + 1) * sizeof *order->highest);
	for (const struct node *n = list->first; n; n = n->next) {
		key = order_key(fields, n, arena);
		if (!key)
			return;
		if (strcmp(key, highest) > 0)
			highest = key;
		order->item[order->n] = n;
		order->highest[order->n++] = highest;
	}
}

const struct node *
order_place(const struct order *order, const struct node *item)
{
	const char *key = order->n ? order_key(order->fields, item, order->arena) : NULL;
	size_t low = 0, high = order->n, mid;

	if (!key)
		return NULL;
	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(order->highest[mid], key) > 0)
			high = mid;
		else
			low = mid + 1;
	}
	return low < order->n ? order->item[low] : NULL;
}
