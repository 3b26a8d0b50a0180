#include "domain/rowread.h"

#include <string.h>

#include "domain/cell.h"

/* Rows of one document are added up here only as far as no sum can become too large: the importer judges sums. */
#define SUM_UNITS_MAX 1000000000000000000LL

static const struct source *
find_source(const struct rowread *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->sources; i++)
		if (strcmp(r->source[i].name, name) == 0)
			return &r->source[i];
	return NULL;
}

void
rowsales_init(struct rowread *r)
{
	struct sales_sources *s = &r->sales;

	r->dated = r->map->type->dated ? find_source(r, r->map->type->dated) : NULL;
	if (!r->map->type->summed)
		return;
	s->date = find_source(r, "date");
	s->document = find_source(r, "document");
	s->line = find_source(r, "line");
	s->product = find_source(r, "product");
	s->revenue = find_source(r, "revenue");
	s->cost = find_source(r, "cost");
	s->margin = find_source(r, "margin");
	s->quantity = find_source(r, "quantity");
	s->price = find_source(r, "price");
}

static bool
take_number(struct rowread *r, const struct source *source, struct decimal *d)
{
	const struct csv_column *column = source->column;
	const char *kind;
	struct error why;

	if (cell_decimal(r->map, column->value.p, column->value.n, d, &kind, &why) == 0)
		return true;
	rowread_reject_cell(r, column, kind, &why);
	return false;
}

static void
reject_too_large(struct rowread *r, const char *what)
{
	rowread_reject(r, "too large", arena_printf(&r->rows->arena, "%s: too large or too precise", what));
}

static bool
take_revenue(struct rowread *r, struct decimal *revenue)
{
	const struct sales_sources *s = &r->sales;
	struct decimal quantity, price;

	if (s->revenue)
		return take_number(r, s->revenue, revenue);
	if (!take_number(r, s->quantity, &quantity) || !take_number(r, s->price, &price))
		return false;
	if (decimal_mul(revenue, &quantity, &price) == 0)
		return true;
	reject_too_large(
	    r, arena_printf(&r->rows->arena, "%s × %s", s->quantity->column->name, s->price->column->name));
	return false;
}

/* leaves the margin unknown where the row says neither it nor the cost */
static bool
take_margin(struct rowread *r, struct sales_row *sale)
{
	const struct source *source = r->sales.margin ? r->sales.margin : r->sales.cost;
	struct decimal amount;

	if (!source || source->column->value.n == 0)
		return true;
	if (!take_number(r, source, &amount))
		return false;
	if (source == r->sales.margin) {
		sale->margin = amount;
		return true;
	}
	if (decimal_sub(&sale->margin, &sale->revenue, &amount) == 0)
		return true;
	reject_too_large(r, source->column->name);
	return false;
}

/* the row's date, kept while its cell stays */
static bool
take_date(struct rowread *r, struct date *date)
{
	const struct csv_column *column = r->sales.date->column;
	const char *kind;
	struct error why;

	if (column->version != r->date_version) {
		r->date_version = 0;
		if (cell_date(r->map, column->value.p, column->value.n, &r->date, &kind, &why) < 0) {
			rowread_reject_cell(r, column, kind, &why);
			return false;
		}
		r->date_version = column->version;
	}
	*date = r->date;
	return true;
}

/* is the row a return? */
static bool
take_return(struct rowread *r, struct sales_row *sale)
{
	struct error why;
	bool good;

	sale->is_return = decimal_sign(&sale->revenue) < 0;
	if (!r->returns)
		return true;
	if (r->returns->version != r->return_version) {
		r->return_version = 0;
		r->is_return = rowread_test(r, r->returns_rx, r->returns, &good);
		if (!good)
			return false;
		r->return_version = r->returns->version;
	}
	sale->is_return = r->is_return;
	if (!sale->is_return || decimal_sign(&sale->revenue) <= 0)
		return true;
	error_set(&why, "the row is a return, but its amount is above zero");
	rowread_reject_cell(r, r->returns, "contradiction", &why);
	return false;
}

static struct str
value_of(const struct source *source)
{
	return source ? source->column->value : (struct str){NULL, 0};
}

/* without a product its row says nothing */
static bool
take_product(struct rowread *r, struct sales_row *sale)
{
	struct str product = value_of(r->sales.product);
	struct error why;

	if (product.n) {
		sale->product = product.p;
		sale->product_len = product.n;
	}
	sale->products_only = r->map->type->fields == &product_columns;
	if (product.n || !sale->products_only)
		return true;
	error_set(&why, "empty cell, a product is needed");
	rowread_reject_cell(r, r->sales.product->column, "empty cell", &why);
	return false;
}

static bool
is_small(const struct decimal *d)
{
	return d->units < SUM_UNITS_MAX && d->units > -SUM_UNITS_MAX;
}

/* grows with every change of a column that tells sales apart: client, day, document, product */
static size_t
group_of(const struct rowread *r)
{
	const struct sales_sources *s = &r->sales;

	return r->client_version + s->date->column->version +
	       (s->document ? s->document->column->version : 0) +
	       (s->product ? s->product->column->version : 0);
}

/* adds the sale to the one of the row before, if both count as one; false: they do not, and nothing was added */
static bool
add_to_last(struct rowread *r, const struct sales_row *sale)
{
	struct rows *rows = r->rows;
	struct row *last = rows->n ? &rows->row[rows->n - 1] : NULL;
	struct sales_row *sum = last ? &last->as.sale.sum : NULL;
	struct decimal revenue, margin;

	if (r->single || r->sales.line || !last || last->kind != ROW_SALE ||
	    last->first + last->n + 1 != rows->places || r->group != group_of(r) ||
	    sum->is_return != sale->is_return || sum->margin.known != sale->margin.known)
		return false;
	if (!is_small(&sum->revenue) || !is_small(&sale->revenue) || !is_small(&sum->margin) ||
	    !is_small(&sale->margin) || decimal_add(&revenue, &sum->revenue, &sale->revenue) < 0 ||
	    decimal_add(&margin, &sum->margin, &sale->margin) < 0)
		return false;
	sum->revenue = revenue;
	sum->margin = margin;
	last->n++;
	return true;
}

void
rowsales_read(struct rowread *r)
{
	struct str document = value_of(r->sales.document);
	struct sales_row sale = {0};
	struct row *row;

	if (!take_date(r, &sale.date) || rowread_outside(r, sale.date) || !take_revenue(r, &sale.revenue) ||
	    !take_margin(r, &sale) || !take_return(r, &sale) || !take_product(r, &sale))
		return;
	if (document.n) {
		sale.document = document.p;
		sale.document_len = document.n;
	}
	if (add_to_last(r, &sale))
		return;
	r->group = group_of(r);
	row = rowread_add(r, ROW_SALE);
	row->as.sale.sum = sale;
	row->as.sale.line = value_of(r->sales.line);
}
