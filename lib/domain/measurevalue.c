/*
 * Value: what an account is worth over the years, and whether it is still
 * there to be worth it.
 */
#include "domain/portfolio.h"

#define WEEK 7.0 /* days */
/* of powers of a rate: with the three of the rate, or the two of money, a decimal holds their products */
#define PLACES 15

/* Net margin */

/* its margin of some month up to the window's end is known: then having sold nothing in the window is a margin of 0 */
static bool
has_margin(const struct measuring *m)
{
	const struct sale *sale = m->account->sales.v;

	for (size_t i = 0; i < m->account->sales.n; i++) {
		if (sale[i].month <= m->last && sale[i].margin.known)
			return true;
	}
	return false;
}

/* days of the programme inside of the window; -1: it is not told when it runs */
static long
days_inside(const struct measuring *m, const struct programme *p)
{
	struct date first = month_first(m->first), begin = p->start, end = p->end;

	if (date_is_set(begin) && date_cmp(begin, m->as_of) > 0)
		return 0;
	if (date_is_set(end) && date_cmp(end, first) < 0)
		return 0;
	if (!date_is_set(begin) || !date_is_set(end) || date_cmp(end, begin) < 0)
		return -1;
	begin = date_cmp(begin, first) < 0 ? first : begin;
	end = date_cmp(end, m->as_of) > 0 ? m->as_of : end;
	return date_diff(end, begin) + 1;
}

/* amount × by ÷ of, to the cent */
static struct decimal
fraction(struct measuring *m, struct decimal amount, long by, long of)
{
	struct decimal times = decimal_int(by), parts = decimal_int(of), part = {0};

	if (decimal_mul(&part, &amount, &times) < 0 || decimal_div(&part, &part, &parts, 2) < 0)
		m->overflow = true;
	return part;
}

/* -1: of one it is not told when it runs */
static int
sum_programmes(struct measuring *m, struct decimal *cost)
{
	const struct programme *p = m->account->programmes.v;

	*cost = decimal_int(0);
	for (size_t i = 0; i < m->account->programmes.n; i++) {
		struct decimal part;
		long inside, all;

		if (!p[i].cost.known || decimal_sign(&p[i].cost) == 0)
			continue;
		inside = days_inside(m, &p[i]);
		if (inside < 0)
			return -1;
		if (inside == 0)
			continue;
		all = date_diff(p[i].end, p[i].start) + 1;
		part = fraction(m, p[i].cost, inside, all);
		sum_add(m, cost, &part);
		if (measuring_explains(m))
			measuring_step(m, "programme: %s × %ld ÷ %ld days = %s",
				       measuring_text(m, p[i].cost, 2), inside, all,
				       measuring_text(m, part, 2));
	}
	return 0;
}

void
measure_net_margin(struct measuring *m, struct measured *v)
{
	struct decimal margin = m->sums->now.margin, cost, net;
	int window = m->sums->window;

	if (m->sums->now.margin_missing || (!margin.known && !has_margin(m))) {
		measured_missing(v, m->sums->now.margin_missing ? "a month of the window has no margin"
								: "no margin of any month is known");
		return;
	}
	if (sum_programmes(m, &cost) < 0) {
		measured_missing(v,
				 "a programme has a cost and no start or end, so that it is not known what "
				 "of it falls into the window");
		return;
	}
	if (!margin.known)
		margin = decimal_int(0);
	if (decimal_sub(&net, &margin, &cost) < 0) {
		m->overflow = true;
		return;
	}
	if (measuring_explains(m))
		measuring_step(m, "margin of the window %s − programmes %s = %s",
			       measuring_text(m, margin, 2), measuring_text(m, cost, 2),
			       measuring_text(m, net, 2));
	measured_number(v, fraction(m, net, MONTHS_A_YEAR, window));
	if (window != MONTHS_A_YEAR && measuring_explains(m))
		measuring_step(m, "%s × 12 ÷ %d months = %s", measuring_text(m, net, 2), window,
			       measuring_text(m, v->number, 2));
}

/* Order days */

/* its history, or why there is none, or no model */
static bool
has_history(struct measuring *m, struct measured *v, struct order_history *history)
{
	const struct order_days *days = &m->figures->order_days;

	if (days->unknown)
		measured_missing(v, "something was sold in a month that does not tell its order days");
	else if (!days->count)
		measured_missing(v, "it has not ordered yet");
	else if (m->portfolio->orders.missing)
		measured_missing(v, m->portfolio->orders.missing);
	else
		*history = order_days_history(days, m->as_of);
	return !v->missing;
}

void
measure_alive(struct measuring *m, struct measured *v)
{
	const struct bgnbd *f = &m->portfolio->orders.model;
	struct order_history h;

	if (!has_history(m, v, &h))
		return;
	measured_double(v, bgnbd_alive(f, &h), 2);
	if (!measuring_explains(m))
		return;
	measuring_step(
	    m,
	    "fitted to %zu accounts, %zu of which ordered again: r %.4g, α %.4g weeks, a %.4g, b %.4g; "
	    "log-likelihood %.1f",
	    m->portfolio->orders.clients, m->portfolio->orders.repeated, f->r, f->alpha, f->a, f->b,
	    m->portfolio->orders.log_likelihood);
	measuring_step(m,
		       "x = %d order days after the first, the last of all t = %d ÷ 7 = %.4f weeks after it; "
		       "known are T = %d ÷ 7 = %.4f weeks",
		       h.repeats, h.recency, h.recency / WEEK, h.age, h.age / WEEK);
	if (h.repeats)
		measuring_step(m, "1 ÷ (1 + a ÷ (b + x − 1) × ((α + T) ÷ (α + t))^(r + x)) = %s",
			       measuring_text(m, v->number, 2));
	else
		measuring_step(m, "nobody is taken to leave before a second order: 1.00");
}

void
measure_expected_orders(struct measuring *m, struct measured *v)
{
	const struct measured *alive = &m->have[MEASURE_ALIVE];
	struct order_history h;
	double weeks, orders;

	if (!has_history(m, v, &h))
		return;
	weeks = (double)date_diff(month_last(m->last + MONTHS_A_YEAR), m->as_of) / WEEK;
	orders = bgnbd_orders_if_alive(&m->portfolio->orders.model, &h, weeks);
	measured_double(v, orders * decimal_double(alive->number), 1);
	if (!measuring_explains(m))
		return;
	measuring_step(m,
		       "r, α, a, b, x and T as in alive; in the n = %.4f weeks that come, if it is alive: "
		       "(a + b + x − 1) ÷ (a − 1) × (1 − ((α + T) ÷ (α + T + n))^(r + x) × "
		       "F(r + x, b + x; a + b + x − 1; n ÷ (α + T + n))) = %.4f days, F being Gauss's "
		       "hypergeometric function",
		       weeks, orders);
	measuring_step(m, "%.4f × %s = %s", orders, measuring_text(m, alive->number, 2),
		       measuring_text(m, v->number, 1));
}

/* Net present value */

/* per cent that stay from year to year; unknown: alive is missing */
static struct decimal
retained(struct measuring *m)
{
	struct decimal hundred = decimal_int(100), percent = m->model->npv.retained;

	if (m->model->npv.by_alive)
		decimal_mul(&percent, &m->have[MEASURE_ALIVE].number, &hundred);
	return percent;
}

/* what a margin of 1 a year is worth today, the first of them in a year's time; -1: overflow */
static int
annuity(struct measuring *m, const struct decimal *percent, struct decimal *sum)
{
	struct decimal hundred = decimal_int(100), power = decimal_int(1), year;

	*sum = decimal_int(0);
	if (decimal_add(&year, &hundred, &m->model->npv.discount) < 0)
		return -1;
	for (int i = 0; i < m->model->npv.years; i++) {
		if (decimal_mul(&power, &power, percent) < 0 ||
		    decimal_div(&power, &power, &year, PLACES) < 0 || decimal_add(sum, sum, &power) < 0)
			return -1;
		if (i == 0 && measuring_explains(m))
			measuring_step(m, "of each year's margin the next has %s ÷ %s = %s, in today's money",
				       measuring_text(m, *percent, percent->places),
				       measuring_text(m, year, year.places),
				       measuring_text(m, power, PLACES));
	}
	return 0;
}

void
measure_npv(struct measuring *m, struct measured *v)
{
	const struct measured *margin = &m->have[MEASURE_NET_MARGIN], *alive = &m->have[MEASURE_ALIVE];
	struct decimal percent = retained(m), sum, value;

	if (!margin->number.known || !percent.known) {
		measured_missing(v, margin->number.known ? alive->missing
							 : "no net margin of the window is known");
		return;
	}
	if (annuity(m, &percent, &sum) < 0 || decimal_mul(&value, &margin->number, &sum) < 0) {
		measured_missing(v, "it has more than 36 digits");
		return;
	}
	measured_number(v, decimal_round(value, 2));
	if (measuring_explains(m))
		measuring_step(m, "sum of its powers 1 to %d: %s; %s × that = %s", m->model->npv.years,
			       measuring_text(m, sum, PLACES), measuring_text(m, margin->number, 2),
			       measuring_text(m, v->number, 2));
}
