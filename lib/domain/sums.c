/*
 * The account's months: what was sold in the window and in the one before.
 */
#include "domain/measuring.h"

/* sum += amount, an unknown sum being none yet */
static int
add(struct decimal *sum, const struct decimal *amount)
{
	if (!amount->known)
		return 0;
	if (sum->known)
		return decimal_add(sum, sum, amount);
	*sum = *amount;
	return 0;
}

static int
span_add(struct span *span, const struct sale *sale, const struct decimal *revenue)
{
	span->orders += sale->orders;
	span->margin_missing |= !sale->margin.known;
	return add(&span->revenue, revenue) | add(&span->margin, &sale->margin) |
	       add(&span->returns, &sale->returns);
}

int
sums_make(struct sums *sums, const struct account *account, month first, month last, struct arena *arena)
{
	const struct sale *sale = account->sales.v;
	int window = last - first + 1, status = 0;

	*sums = (struct sums){.window = window};
	sums->revenue = arena_alloc(arena, 2 * (size_t)window * sizeof *sums->revenue);
	sums->margin = arena_alloc(arena, 2 * (size_t)window * sizeof *sums->margin);
	for (size_t i = 0; i < account->sales.n; i++) {
		/* a month with a margin alone is still a month of sales */
		struct decimal revenue = sale[i].revenue.known ? sale[i].revenue : decimal_int(0);
		int at = sale[i].month - (first - window);

		if (!sale_has_figures(&sale[i]) || sale[i].month > last)
			continue;
		if (!sums->first_sale || sale[i].month < sums->first_sale)
			sums->first_sale = sale[i].month;
		if (at < 0)
			continue;
		status |= add(&sums->revenue[at], &revenue) | add(&sums->margin[at], &sale[i].margin);
		status |= span_add(at < window ? &sums->before : &sums->now, &sale[i], &revenue);
	}
	return status;
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
