/*
 * The account as a part of the portfolio.
 */
#include "domain/portfolio.h"

#define NO_SHARE "all accounts together brought nothing"

void
measure_share(struct measuring *m, struct measured *v)
{
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
