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

void
measure_size(struct measuring *m, struct measured *v)
{
	if (m->figures->size == SIZE_UNKNOWN)
		measured_missing(v, NO_SHARE);
	else
		measured_index(v, (int)(m->figures->size - SIZE_STANDARD));
}

void
measure_volume(struct measuring *m, struct measured *v)
{
	struct decimal sold = m->figures->revenue.known ? m->figures->revenue : decimal_int(0);

	if (measuring_explains(m))
		explain_rate(m, &m->sums->now.revenue);
	measured_percent(m, v, &sold, &m->portfolio->revenue, 1, "nothing was sold");
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
		measuring_step(m, "together with all that bring as much or more: %s %%",
			       measuring_text(m, m->figures->cumulative, 1));
}
