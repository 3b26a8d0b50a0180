#include "domain/sales.h"

#include <stdlib.h>
#include <string.h>

#define MONEY_PLACES 2

/* the place of a month in the index: account, source, month */
struct sales_key {
	size_t account;
	const char *source;
	size_t month;
};

static struct sales_month *
find_month(struct sales *sales, size_t account, const char *source, month m)
{
	struct sales_key key = {account, source, (size_t)m};
	struct sales_month *found = sales->last;
	const char **stored;
	void **place;

	if (found && found->account == account && found->month == m && found->source == source)
		return found;
	place = hash_put(&sales->index, (const char *)&key, sizeof key, &stored);
	if (!*place) {
		*stored = arena_copy(&sales->arena, (const char *)&key, sizeof key);
		found = arena_alloc(&sales->arena, sizeof *found);
		found->account = account;
		found->month = m;
		found->source = source;
		sales->month =
		    vec_grow(sales->month, &sales->cap, sales->n + 1, sizeof(struct sales_month *));
		sales->month[sales->n++] = found;
		*place = found;
	}
	sales->last = *place;
	return *place;
}

/* counts the row's document once in its month; rows of one document mostly stand together */
static void
count_order(struct sales *sales, struct sales_month *m, const struct sales_row *row)
{
	struct buf key = {0};
	const char **stored;
	char *copy;
	void **place;

	if (!row->document) {
		if (!(m->on & 1U << row->date.day))
			m->orders++;
		return;
	}
	if (m->last_document && m->last_document_len == row->document_len &&
	    memcmp(m->last_document, row->document, row->document_len) == 0)
		return;
	buf_add(&key, (const char *)&m, sizeof m);
	buf_add(&key, row->document, row->document_len);
	place = hash_put(&sales->documents, key.data, key.len, &stored);
	if (!*place) {
		copy = arena_copy(&sales->arena, key.data, key.len);
		*stored = copy;
		*place = copy + sizeof m;
		m->orders++;
	}
	m->last_document = *place;
	m->last_document_len = row->document_len;
	buf_free(&key);
}

static int
add_to(struct decimal *sum, const struct decimal *amount)
{
	if (sum->known)
		return decimal_add(sum, sum, amount);
	*sum = *amount;
	return 0;
}

int
sales_add(struct sales *sales, size_t account, const char *source, const struct sales_row *row,
	  struct error *err)
{
	struct sales_month *m = find_month(sales, account, source, month_of(row->date));
	struct decimal returned = decimal_neg(row->revenue);
	int status = add_to(&m->revenue, &row->revenue);

	if (row->margin.known)
		status |= add_to(&m->margin, &row->margin);
	else
		m->margin_missing = true;
	if (row->is_return) {
		status |= add_to(&m->returns, &returned);
	} else {
		count_order(sales, m, row);
		m->on |= 1U << row->date.day;
	}
	return status ? error_set(err, "the sum of the month is larger than 36 digits") : 0;
}

static int
compare_months(const void *a, const void *b)
{
	const struct sales_month *x = *(struct sales_month *const *)a, *y = *(struct sales_month *const *)b;

	if (x->account != y->account)
		return x->account < y->account ? -1 : 1;
	if (x->month != y->month)
		return x->month < y->month ? -1 : 1;
	return strcmp(x->source, y->source);
}

void
sales_sort(struct sales *sales)
{
	if (sales->n)
		qsort(sales->month, sales->n, sizeof *sales->month, compare_months);
}

static void
put_money(struct node *item, const char *key, struct decimal amount, struct arena *arena)
{
	struct buf text = {0};

	if (!amount.known)
		amount = decimal_int(0);
	decimal_format(&text, amount, MONEY_PLACES);
	node_put_plain(arena, item, key, text.data);
	buf_free(&text);
}

struct node *
sales_item(const struct sales_month *m, struct arena *arena)
{
	struct node *item = node_new_map(arena, STYLE_FLOW), *days;
	struct buf text = {0};
	int day;

	month_format(&text, m->month);
	node_put_plain(arena, item, "month", text.data);
	node_put_text(arena, item, "source", m->source);
	put_money(item, "revenue", m->revenue, arena);
	if (m->margin.known && !m->margin_missing)
		put_money(item, "margin", m->margin, arena);
	put_money(item, "returns", m->returns, arena);
	node_put_plain(arena, item, "orders", arena_printf(arena, "%u", m->orders));
	days = node_put(arena, item, "on", node_new_list(arena, STYLE_FLOW));
	for (day = 1; day <= 31; day++)
		if (m->on & 1U << day)
			node_put(arena, days, NULL, node_new_plain(arena, arena_printf(arena, "%d", day)));
	buf_free(&text);
	return item;
}

void
sales_free(struct sales *sales)
{
	free(sales->month);
	hash_free(&sales->index);
	hash_free(&sales->documents);
	arena_free(&sales->arena);
}
