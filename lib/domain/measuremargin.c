/*
 * Margin rate and discounts: at which prices a client buys (S1).
 */
#include "domain/measuring.h"

#define VALUE_PLACES 2	  /* of a contract's value as a weight */
#define DISCOUNT_PLACES 4 /* of a discount in a mean */

/* The rate of a span, as a measure, without its steps: the caller says them. */
static void
margin_rate(struct measuring *m, struct measured *v, const struct span *span)
{
	struct measuring quiet = *m;

	quiet.steps = NULL;
	if (span->margin_missing)
		measured_missing(v, "a month has no margin");
	else
		measured_percent(&quiet, v, &span->margin, &span->revenue, 1, "no revenue");
	m->overflow |= quiet.overflow;
}

void
measure_margin_rate(struct measuring *m, struct measured *v)
{
	const struct span *now = &m->sums->now;

	margin_rate(m, v, now);
	if (v->number.known && measuring_explains(m))
		measuring_step(m, "100 × %s ÷ %s = %s", measuring_text(m, now->margin, 2),
			       measuring_text(m, now->revenue, 2), measuring_text(m, v->number, 1));
}

void
measure_margin_rate_change(struct measuring *m, struct measured *v)
{
	const struct decimal *now = &m->have[MEASURE_MARGIN_RATE].number;
	const struct span *span = &m->sums->before;
	struct measured before = {0};
	struct decimal change;

	margin_rate(m, &before, span);
	if (!now->known || !before.number.known) {
		measured_missing(v, now->known ? "no margin rate of the window before" : "no margin rate");
		return;
	}
	m->overflow |= decimal_sub(&change, now, &before.number) < 0;
	measured_number(v, change);
	if (!measuring_explains(m))
		return;
	measuring_step(m, "in the window before: 100 × %s ÷ %s = %s", measuring_text(m, span->margin, 2),
		       measuring_text(m, span->revenue, 2), measuring_text(m, before.number, 1));
	measuring_step(m, "%s − %s = %s", measuring_text(m, *now, 1), measuring_text(m, before.number, 1),
		       measuring_text(m, change, 1));
}

static bool
counts_on(const struct contract *c, struct date day)
{
	return c->discount.known && (!date_is_set(c->start) || date_cmp(c->start, day) <= 0) &&
	       (!date_is_set(c->end) || date_cmp(c->end, day) >= 0);
}

static bool
all_have_values(const struct measuring *m, struct date day)
{
	const struct contract *c = m->account->contracts.v;

	for (size_t i = 0; i < m->account->contracts.n; i++) {
		if (counts_on(&c[i], day) && (!c[i].value.known || decimal_sign(&c[i].value) <= 0))
			return false;
	}
	return true;
}

/* The mean discount of the contracts in force on a day; unknown: none tells one. Where a contract has no value, none
 * can be weighed. */
static struct decimal
discount_on(struct measuring *m, struct date day)
{
	const struct contract *c = m->account->contracts.v;
	struct decimal sum = decimal_int(0), weights = decimal_int(0), mean = {0};
	bool by_value = all_have_values(m, day);

	for (size_t i = 0; i < m->account->contracts.n; i++) {
		struct decimal weight = by_value ? decimal_round(c[i].value, VALUE_PLACES) : decimal_int(1),
			       weighted;

		if (!counts_on(&c[i], day))
			continue;
		weighted = decimal_round(c[i].discount, DISCOUNT_PLACES);
		m->overflow |= decimal_mul(&weighted, &weighted, &weight) < 0;
		sum_add(m, &sum, &weighted);
		sum_add(m, &weights, &weight);
		if (measuring_explains(m))
			measuring_step(m, "%s: %s, by weight %s",
				       c[i].id ? measuring_name(m, c[i].id) : "a contract",
				       measuring_exact(m, c[i].discount), measuring_exact(m, weight));
	}
	if (decimal_sign(&weights) > 0) {
		m->overflow |= decimal_div(&mean, &sum, &weights, 1) < 0;
		if (measuring_explains(m))
			measuring_step(m, "%s ÷ %s = %s", measuring_exact(m, sum),
				       measuring_exact(m, weights), measuring_text(m, mean, 1));
	}
	return mean;
}

void
measure_discount(struct measuring *m, struct measured *v)
{
	struct decimal mean = discount_on(m, m->as_of);

	if (mean.known)
		measured_number(v, mean);
	else
		measured_missing(v, "no contract in force tells a discount");
}

void
measure_discount_change(struct measuring *m, struct measured *v)
{
	const struct decimal *now = &m->have[MEASURE_DISCOUNT].number;
	struct decimal before, change;

	if (!now->known) {
		measured_missing(v, "no discount");
		return;
	}
	before = discount_on(m, month_last(m->last - MONTHS_A_YEAR));
	if (!before.known) {
		measured_missing(v, "no contract that was in force a year before tells a discount");
		return;
	}
	m->overflow |= decimal_sub(&change, now, &before) < 0;
	measured_number(v, change);
	if (measuring_explains(m))
		measuring_step(m, "%s − %s = %s", measuring_text(m, *now, 1), measuring_text(m, before, 1),
			       measuring_text(m, change, 1));
}
