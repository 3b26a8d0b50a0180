/*
 * Potential: what the client could buy of us, and how much of it it does.
 */
#include "domain/measuring.h"

#define YEAR 12

#define NO_POTENTIAL "no potential of the year in which the window ends"

/* the year's, for as many months as the window has */
void
measure_potential(struct measuring *m, struct measured *v)
{
	const struct potential *p = m->account->potential.v;
	struct decimal year = {0}, window = decimal_int(m->sums->window), twelve = decimal_int(YEAR), part;

	for (size_t i = 0; i < m->account->potential.n; i++) {
		if (p[i].year == m->as_of.year)
			sum_add(m, &year, &p[i].amount);
	}
	if (!year.known) {
		measured_missing(v, NO_POTENTIAL);
		return;
	}
	if (decimal_mul(&part, &year, &window) < 0 || decimal_div(&part, &part, &twelve, 2) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, part);
	if (measuring_explains(m))
		measuring_step(m, "%s in %d × %d months ÷ 12", measuring_text(m, year, 2), m->as_of.year,
			       m->sums->window);
}

static struct decimal
sold(const struct measuring *m)
{
	return m->sums->now.revenue.known ? m->sums->now.revenue : decimal_int(0);
}

void
measure_penetration(struct measuring *m, struct measured *v)
{
	const struct measured *potential = &m->have[MEASURE_POTENTIAL];
	struct decimal revenue = sold(m);

	measured_percent(m, v, &revenue, &potential->number, 1,
			 potential->number.known ? "the potential is 0" : NO_POTENTIAL);
}

void
measure_headroom(struct measuring *m, struct measured *v)
{
	const struct measured *potential = &m->have[MEASURE_POTENTIAL];
	struct decimal revenue = sold(m), room;

	if (!potential->number.known) {
		measured_missing(v, NO_POTENTIAL);
		return;
	}
	if (decimal_sub(&room, &potential->number, &revenue) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, decimal_round(room, 2));
	if (measuring_explains(m))
		measuring_step(m, "%s − %s", measuring_text(m, potential->number, 2),
			       measuring_text(m, revenue, 2));
}
