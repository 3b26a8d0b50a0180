/*
 * The account as a part of the portfolio.
 */
#include "domain/portfolio.h"

#define NO_SHARE "all accounts together brought nothing"

/* "1000.00 USD × 0.92 = 920.00 EUR" */
static void
explain_rate(struct measuring *m, const struct decimal *own)
{
	const struct figures *f = m->figures;
	struct decimal converted = *own;

	if (!f->rate || !own->known || !f->rate->known || rate_apply(f->rate, &converted) < 0)
		return;
	measuring_step(m, "%s %s × %s = %s %s", measuring_text(m, *own, 2), f->currency,
		       measuring_exact(m, *f->rate), measuring_text(m, converted, 2), m->portfolio->currency);
}

void
measure_share(struct measuring *m, struct measured *v)
{
	if (measuring_explains(m))
		explain_rate(m, sums_amount(m));
	measured_percent(m, v, &m->figures->amount, &m->portfolio->amount, 1, NO_SHARE);
}

/* "10 % = 50.00": so much of all is the mark, not rounded */
static const char *
mark_text(const struct measuring *m, const struct decimal *percent)
{
	const struct decimal hundred = decimal_int(100), *all = &m->portfolio->amount;
	int places = all->places + percent->places + 2;
	struct decimal part;

	if (decimal_mul(&part, all, percent) < 0 || decimal_div(&part, &part, &hundred, places) < 0)
		return arena_printf(m->arena, "%s %%", measuring_exact(m, *percent));
	for (; part.places > 2 && part.units % 10 == 0; part.places--)
		part.units /= 10;
	return arena_printf(m->arena, "%s %% = %s", measuring_exact(m, *percent), measuring_exact(m, part));
}

void
measure_size(struct measuring *m, struct measured *v)
{
	if (m->figures->size == SIZE_UNKNOWN) {
		measured_missing(v, NO_SHARE);
		return;
	}
	measured_index(v, (int)(m->figures->size - SIZE_STANDARD));
	if (measuring_explains(m))
		measuring_step(m, "%s of %s; large from %s, monopoly above %s",
			       measuring_exact(m, m->figures->amount),
			       measuring_exact(m, m->portfolio->amount), mark_text(m, &m->model->share.large),
			       mark_text(m, &m->model->share.monopoly));
}

void
measure_volume(struct measuring *m, struct measured *v)
{
	struct decimal sold = m->figures->revenue.known ? m->figures->revenue : decimal_int(0);

	if (measuring_explains(m))
		explain_rate(m, &m->sums->now.revenue);
	measured_percent(m, v, &sold, &m->portfolio->revenue, 1, "nothing was sold");
}

/* those that bring more, which decide */
static void
explain_abc(struct measuring *m)
{
	const struct figures *f = m->figures;
	struct decimal larger = decimal_int(0), part;
	size_t n = 0;

	for (size_t i = 0; i < m->portfolio->n; i++) {
		const struct decimal *amount = &m->portfolio->account[i].amount;

		if (decimal_cmp(amount, &f->amount) <= 0)
			continue;
		n++;
		sum_add(m, &larger, amount);
	}
	if (percent_of(&part, &larger, &m->portfolio->amount, 1) < 0)
		m->overflow = true;
	measuring_step(m, "accounts that bring more than its %s: %zu, together %s, which is %s %% of %s",
		       measuring_exact(m, f->amount), n, measuring_exact(m, larger),
		       measuring_text(m, part, 1), measuring_exact(m, m->portfolio->amount));
	measuring_step(m, "A where that is below %s, B below %s", mark_text(m, &m->model->abc.a),
		       mark_text(m, &m->model->abc.b));
	measuring_step(m, "together with it and those that bring as much: %s %%",
		       measuring_text(m, f->cumulative, 1));
}

void
measure_abc(struct measuring *m, struct measured *v)
{
	if (!m->figures->abc) {
		measured_missing(v, NO_SHARE);
		return;
	}
	measured_index(v, m->figures->abc - 'A');
	if (measuring_explains(m))
		explain_abc(m);
}
