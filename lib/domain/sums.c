/*
 * The account's months: what was sold in the window and in the one before.
 */
#include "domain/measuring.h"

/* a source that tells the days alone had an order on each */
static int
orders_of(const struct sale *sale)
{
	int n = 0;

	if (sale->orders > 0)
		return sale->orders;
	for (unsigned days = sale_order_days(sale) & ~1U; days; days &= days - 1)
		n++;
	return n;
}

static int
span_add(struct span *span, const struct sale *sale, const struct decimal *revenue)
{
	span->orders += orders_of(sale);
	if (!sale->margin.known && (!span->margin_missing || sale->month < span->margin_missing))
		span->margin_missing = sale->month;
	return decimal_gather(&span->revenue, revenue) | decimal_gather(&span->margin, &sale->margin) |
	       decimal_gather(&span->returns, &sale->returns);
}

/* the last month with orders, and in it the last of the days that any source tells */
static void
note_orders(struct sums *sums, const struct sale *sale)
{
	unsigned days = sale_order_days(sale);
	signed char last = 31;

	sums->orders_told |= orders_of(sale) > 0;
	if (!days || sale->month < sums->last_order)
		return;
	if (sale->month > sums->last_order)
		sums->last_order_day = 0;
	sums->last_order = sale->month;
	while (last && !(days >> last & 1))
		last--;
	if (last > sums->last_order_day)
		sums->last_order_day = last;
}

/* products sold in the window, and whether each of its months that sold something tells them */
static int
sum_products(struct sums *sums, const struct account *account, month first, month last, struct arena *arena)
{
	const struct sale *sale = account->sales.v;
	bool *told = arena_alloc(arena, (size_t)sums->window * sizeof *told);
	size_t n = 0;

	for (size_t i = 0; i < account->sales.n; i++) {
		if (sale[i].month >= first && sale[i].month <= last)
			n += sale[i].products.n;
	}
	sums->product = arena_alloc(arena, (n + 1) * sizeof *sums->product);
	for (size_t i = 0; n && i < account->sales.n; i++) {
		const struct amounts *p = &sale[i].products;

		if (sale[i].month < first || sale[i].month > last || !p->n)
			continue;
		told[sale[i].month - first] = true;
		for (size_t k = 0; k < p->n; k++) {
			if (p->amount[k].known)
				sums->product[sums->products++] = (struct named){p->name[k], p->amount[k]};
		}
	}
	for (int i = 0; i < sums->window; i++) {
		const struct decimal *revenue = &sums->revenue[sums->window + i];

		sums->products_untold |= !told[i] && revenue->known && decimal_sign(revenue) != 0;
	}
	return named_join(sums->product, &sums->products);
}

int
sums_make(struct sums *sums, const struct account *account, month first, month last, struct arena *arena)
{
	const struct sale *sale = account->sales.v;
	int window = last - first + 1, status = 0;

	*sums = (struct sums){.window = window};
	sums->revenue = arena_alloc(arena, 2 * (size_t)window * sizeof *sums->revenue);
	sums->margin = arena_alloc(arena, 2 * (size_t)window * sizeof *sums->margin);
	sums->days = arena_alloc(arena, 2 * (size_t)window * sizeof *sums->days);
	for (size_t i = 0; i < account->sales.n; i++) {
		/* a month with a margin alone is still a month of sales */
		struct decimal revenue = sale[i].revenue.known ? sale[i].revenue : decimal_int(0);
		int at = sale[i].month - (first - window);

		if (!sale_has_figures(&sale[i]) || sale[i].month > last)
			continue;
		if (!sums->first_sale || sale[i].month < sums->first_sale)
			sums->first_sale = sale[i].month;
		note_orders(sums, &sale[i]);
		if (at < 0)
			continue;
		status |= decimal_gather(&sums->revenue[at], &revenue) |
			  decimal_gather(&sums->margin[at], &sale[i].margin);
		sums->days[at] |= sale_order_days(&sale[i]);
		status |= span_add(at < window ? &sums->before : &sums->now, &sale[i], &revenue);
	}
	return status | sum_products(sums, account, first, last, arena);
}

struct date
sums_last_order(const struct sums *sums)
{
	struct date last;

	if (!sums->last_order)
		return (struct date){0};
	last = month_last(sums->last_order);
	if (sums->last_order_day)
		last.day = sums->last_order_day;
	return last;
}

static const struct decimal *
span_amount(const struct span *span, enum basis basis)
{
	static const struct decimal unknown = {0};

	if (basis == BASIS_REVENUE)
		return &span->revenue;
	return span->margin_missing ? &unknown : &span->margin;
}

const struct decimal *
sums_amount(const struct measuring *m)
{
	return span_amount(&m->sums->now, m->basis);
}

const struct decimal *
sums_amount_before(const struct measuring *m)
{
	return span_amount(&m->sums->before, m->basis);
}
