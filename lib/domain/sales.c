#include "domain/sales.h"

#include <stdlib.h>
#include <string.h>

#define MONEY_PLACES 2

static struct sales_month *
add_month(struct sales *sales, size_t account, const char *source, month m)
{
	struct sales_month *added = arena_alloc(&sales->arena, sizeof *added);

	added->account = account;
	added->month = m;
	added->source = source;
	sales->month = vec_grow(sales->month, &sales->cap, sales->n + 1, sizeof(struct sales_month *));
	sales->month[sales->n++] = added;
	return added;
}

static struct sales_month *
find_month(struct sales *sales, size_t account, const char *source, month m)
{
	struct sales_month *last = sales->last;
	struct buf *key = &sales->key;
	const char **stored;
	void **place;

	if (last && last->account == account && last->month == m && strcmp(last->source, source) == 0)
		return last;
	buf_clear(key);
	buf_add(key, (const char *)&account, sizeof account);
	buf_add(key, (const char *)&m, sizeof m);
	buf_adds(key, source);
	place = hash_put(&sales->index, key->data, key->len, &stored);
	if (!*place) {
		*stored = arena_copy(&sales->arena, key->data, key->len);
		*place = add_month(sales, account, *stored + sizeof account + sizeof m, m);
	}
	sales->last = *place;
	return *place;
}

/* counts the row's document once in its month; rows of one document mostly stand together */
static void
count_document(struct sales *sales, struct sales_month *m, const struct sales_row *row)
{
	struct buf *key = &sales->key;
	const char **stored;
	char *copy;
	void **place;

	if (m->last_document && m->last_document_len == row->document_len &&
	    memcmp(m->last_document, row->document, row->document_len) == 0)
		return;
	buf_clear(key);
	buf_add(key, (const char *)&m, sizeof m);
	buf_add(key, row->document, row->document_len);
	place = hash_put(&sales->documents, key->data, key->len, &stored);
	if (!*place) {
		copy = arena_copy(&sales->arena, key->data, key->len);
		*stored = copy;
		*place = copy + sizeof m;
		m->documents++;
	}
	m->last_document = *place;
	m->last_document_len = row->document_len;
}

/* -1: it would be too large to be read again */
static int
sum_of(struct decimal *sum, const struct decimal *before, const struct decimal *amount)
{
	if (!before->known) {
		*sum = *amount;
		return 0;
	}
	return decimal_add(sum, before, amount) == 0 && decimal_fits(*sum, MONEY_PLACES) ? 0 : -1;
}

static void
count_order(struct sales *sales, struct sales_month *m, const struct sales_row *row)
{
	if (row->document)
		count_document(sales, m, row);
	else
		m->days |= 1U << row->date.day;
	m->on |= 1U << row->date.day;
}

int
sales_add(struct sales *sales, size_t account, const char *source, const struct sales_row *row,
	  struct error *err)
{
	struct decimal revenue, margin, returns, returned = decimal_neg(row->revenue);
	struct sales_month *m;

	/* looked at first, so that a row that is refused makes no month */
	if (!decimal_fits(row->revenue, MONEY_PLACES) || !decimal_fits(row->margin, MONEY_PLACES))
		return error_set(err, "the amount has more than 34 digits before the point");
	m = find_month(sales, account, source, month_of(row->date));
	margin = m->margin;
	returns = m->returns;
	if (sum_of(&revenue, &m->revenue, &row->revenue) < 0 ||
	    (row->margin.known && sum_of(&margin, &m->margin, &row->margin) < 0) ||
	    (row->is_return && sum_of(&returns, &m->returns, &returned) < 0))
		return error_set(err, "the sum of the month has more than 34 digits before the point");
	m->revenue = revenue;
	m->margin = margin;
	m->returns = returns;
	if (!row->margin.known)
		m->margin_missing = true;
	if (!row->is_return)
		count_order(sales, m, row);
	return 0;
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

/* days whose bits are set */
static unsigned
count_days(unsigned days)
{
	unsigned n = 0;

	for (; days; days &= days - 1)
		n++;
	return n;
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
	node_put_plain(arena, item, "orders", arena_printf(arena, "%u", m->documents + count_days(m->days)));
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
	buf_free(&sales->key);
	arena_free(&sales->arena);
}
