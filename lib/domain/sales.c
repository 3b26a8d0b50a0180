#include "domain/sales.h"

#include <stdlib.h>
#include <string.h>

#define MONEY_PLACES 2

/* A product's name is a key, and libyaml reads no key of more than 1024 characters: of so many bytes it is never longer,
 * however it is escaped. */
#define NAME_SHORT 250
#define NAME_MAX_WRITTEN 1000

/* as they stand in an account */
static const char *const figure_names[] = {"revenue", "margin", "returns", "orders", "on"};

/* a month's figures, while it is not certain that they fit */
struct sales_sums {
	struct decimal revenue, margin, returns;
};

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

/* is the name, as it is written, short enough for a key? */
static bool
is_key(const char *name, size_t n)
{
	size_t written = 0;

	if (n <= NAME_SHORT)
		return true;
	for (size_t i = 0; i < n && written <= NAME_MAX_WRITTEN; i++) {
		unsigned char c = (unsigned char)name[i];

		/* controls and quotes are escaped for certain, some characters of several bytes may be */
		written += c < 0x20 || c == 0x7F ? 4 : c >= 0x80 || c == '"' || c == '\\' ? 2 : 1;
	}
	return written <= NAME_MAX_WRITTEN;
}

static void
make_product_key(struct buf *key, const struct sales_month *m, const struct sales_row *row)
{
	buf_clear(key);
	buf_add(key, (const char *)&m, sizeof m);
	buf_add(key, row->product, row->product_len);
}

/* the month's sum of the row's product, or NULL */
static struct sales_product *
find_product(struct sales *sales, const struct sales_month *m, const struct sales_row *row)
{
	struct sales_product *last = m->last_product;

	if (last && last->len == row->product_len && memcmp(last->name, row->product, last->len) == 0)
		return last;
	make_product_key(&sales->key, m, row);
	return hash_get(&sales->products, sales->key.data, sales->key.len);
}

static struct sales_product *
add_product(struct sales *sales, struct sales_month *m, const struct sales_row *row)
{
	struct sales_product *added = arena_alloc(&sales->arena, sizeof *added);
	const char *key;

	make_product_key(&sales->key, m, row);
	key = arena_copy(&sales->arena, sales->key.data, sales->key.len);
	*hash_put(&sales->products, key, sales->key.len, NULL) = added;
	added->name = key + sizeof m;
	added->len = row->product_len;
	added->next = m->product;
	m->product = added;
	m->products++;
	return added;
}

/* the month's figures with the row; -1: too large */
static int
sum_figures(struct sales_sums *sums, const struct sales_month *m, const struct sales_row *row)
{
	struct decimal returned = decimal_neg(row->revenue);

	sums->margin = m->margin;
	sums->returns = m->returns;
	if (sum_of(&sums->revenue, &m->revenue, &row->revenue) < 0 ||
	    (row->margin.known && sum_of(&sums->margin, &m->margin, &row->margin) < 0) ||
	    (row->is_return && sum_of(&sums->returns, &m->returns, &returned) < 0))
		return -1;
	return 0;
}

static void
set_figures(struct sales *sales, struct sales_month *m, const struct sales_row *row,
	    const struct sales_sums *sums)
{
	m->revenue = sums->revenue;
	m->margin = sums->margin;
	m->returns = sums->returns;
	if (!row->margin.known)
		m->margin_missing = true;
	if (!row->is_return)
		count_order(sales, m, row);
}

int
sales_add(struct sales *sales, size_t account, const char *source, const struct sales_row *row,
	  struct error *err)
{
	struct sales_product *product = NULL;
	struct decimal of_product = row->revenue;
	struct sales_sums sums;
	struct sales_month *m;

	/* looked at first, so that a row that is refused makes no month */
	if (!decimal_fits(row->revenue, MONEY_PLACES) || !decimal_fits(row->margin, MONEY_PLACES))
		return error_set(err, "the amount has more than 34 digits before the point");
	if (row->product && !is_key(row->product, row->product_len))
		return error_set(err, "the product's name is too long");
	m = find_month(sales, account, source, month_of(row->date));
	if (row->product)
		product = find_product(sales, m, row);
	if ((product && sum_of(&of_product, &product->revenue, &row->revenue) < 0) ||
	    (!row->products_only && sum_figures(&sums, m, row) < 0))
		return error_set(err, "the sum of the month has more than 34 digits before the point");
	if (!row->products_only)
		set_figures(sales, m, row, &sums);
	if (!row->product)
		return 0;
	m->last_product = product ? product : add_product(sales, m, row);
	m->last_product->revenue = of_product;
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

unsigned
sales_orders(const struct sales_month *m)
{
	return m->documents + count_days(m->days);
}

static void
put_figures(struct node *item, const struct sales_month *m, struct arena *arena)
{
	struct node *days;
	int day;

	put_money(item, "revenue", m->revenue, arena);
	if (m->margin.known && !m->margin_missing)
		put_money(item, "margin", m->margin, arena);
	put_money(item, "returns", m->returns, arena);
	node_put_plain(arena, item, "orders", arena_printf(arena, "%u", sales_orders(m)));
	days = node_put(arena, item, "on", node_new_list(arena, STYLE_FLOW));
	for (day = 1; day <= 31; day++)
		if (m->on & 1U << day)
			node_put(arena, days, NULL, node_new_plain(arena, arena_printf(arena, "%d", day)));
}

static int
compare_products(const void *a, const void *b)
{
	const struct sales_product *x = *(struct sales_product *const *)a;
	const struct sales_product *y = *(struct sales_product *const *)b;

	return strcmp(x->name, y->name);
}

static void
put_products(struct node *item, const struct sales_month *m, struct arena *arena)
{
	struct sales_product **sorted = xcalloc(m->products, sizeof(struct sales_product *)), *product;
	struct node *map = node_put(arena, item, "products", node_new_map(arena, STYLE_FLOW));
	size_t i, n = 0;

	for (product = m->product; product; product = product->next)
		sorted[n++] = product;
	qsort(sorted, n, sizeof *sorted, compare_products);
	for (i = 0; i < n; i++)
		put_money(map, sorted[i]->name, sorted[i]->revenue, arena);
	free(sorted);
}

struct node *
sales_item(const struct sales_month *m, struct arena *arena)
{
	struct node *item = node_new_map(arena, STYLE_FLOW);
	struct buf text = {0};

	month_format(&text, m->month);
	node_put_plain(arena, item, "month", text.data);
	node_put_text(arena, item, "source", m->source);
	if (m->revenue.known)
		put_figures(item, m, arena);
	if (m->products)
		put_products(item, m, arena);
	buf_free(&text);
	return item;
}

bool
sales_is_figure(const char *name)
{
	for (size_t i = 0; i < sizeof figure_names / sizeof *figure_names; i++)
		if (strcmp(name, figure_names[i]) == 0)
			return true;
	return false;
}

static bool
is_figure(const struct node *entry)
{
	return sales_is_figure(entry->key);
}

static bool
is_products(const struct node *entry)
{
	return strcmp(entry->key, "products") == 0;
}

/* has the item an entry of that group, and with a value? */
static bool
tells(const struct node *item, bool (*is_of_group)(const struct node *))
{
	for (const struct node *n = item->first; n; n = n->next)
		if (n->len + n->count && is_of_group(n))
			return true;
	return false;
}

static void
put_entries(struct node *joined, const struct node *item, bool (*is_of_group)(const struct node *),
	    struct arena *arena)
{
	for (const struct node *n = item->first; n; n = n->next)
		if (is_of_group(n))
			node_put(arena, joined, n->key, node_copy(arena, n));
}

const struct node *
sales_item_join(const struct node *into, const struct node *from, struct arena *arena)
{
	bool products = tells(from, is_products), figures = !products || tells(from, is_figure);
	struct node *joined;

	if (figures && (products || !tells(into, is_products)))
		return from;
	if (products && !tells(into, is_figure))
		return from;
	joined = node_new_map(arena, from->style);
	for (const struct node *n = from->first; n; n = n->next)
		if (!is_figure(n) && !is_products(n))
			node_put(arena, joined, n->key, node_copy(arena, n));
	put_entries(joined, figures ? from : into, is_figure, arena);
	put_entries(joined, products ? from : into, is_products, arena);
	return joined;
}

void
sales_free(struct sales *sales)
{
	free(sales->month);
	hash_free(&sales->index);
	hash_free(&sales->documents);
	hash_free(&sales->products);
	buf_free(&sales->key);
	arena_free(&sales->arena);
}
