/*
 * Rhythm: how steadily a client buys, and whether its next order is late.
 */
#include <math.h>

#include "domain/measuring.h"
#include "domain/orderdays.h"

#define VARIATION_LEAST 3 /* months */
#define GAP_LEAST 3	  /* order days */

/* the window's months from the first sale on: where they begin; a missing value says why there are too few */
static int
steady_from(const struct measuring *m, struct measured *v)
{
	int from = m->sums->first_sale > m->first ? m->sums->first_sale - m->first : 0;

	if (!m->sums->first_sale)
		measured_missing(v, "no sales");
	else if (m->sums->window - from < VARIATION_LEAST)
		measured_missing(v, "fewer than three months since the first sale");
	return from;
}

static void
explain_variation(struct measuring *m, const struct measured *v, int from, double mean, double deviation)
{
	const struct decimal *revenue = m->sums->revenue + m->sums->window;
	struct buf line = {0};

	for (int i = from; i < m->sums->window; i++) {
		if ((i - from) % MONTHS_A_YEAR == 0)
			month_format(&line, m->first + i);
		buf_adds(&line, (i - from) % MONTHS_A_YEAR == 0 ? " on: " : ", ");
		buf_adds(&line, revenue[i].known ? measuring_text(m, revenue[i], 2) : "0");
		if ((i - from) % MONTHS_A_YEAR != MONTHS_A_YEAR - 1 && i != m->sums->window - 1)
			continue;
		measuring_step(m, "%s", line.data);
		buf_clear(&line);
	}
	buf_free(&line);
	measuring_step(m, "100 × %.4f, the standard deviation, ÷ %.4f, the mean, = %s", deviation, mean,
		       measuring_text(m, v->number, 1));
}

/*
 * The square of the variation in tenths of a per cent, 1,000,000 × (n × the
 * sum of squares − sum²) ÷ sum²: exact wherever its root lies between two
 * tenths. False: too large.
 */
static bool
variation_squared(const struct measuring *m, int from, struct decimal *squared)
{
	const struct decimal *revenue = m->sums->revenue + m->sums->window, *sum = &m->sums->now.revenue;
	const struct decimal n = decimal_int(m->sums->window - from), million = decimal_int(1000000);
	struct decimal squares = decimal_int(0), square;

	for (int i = from; i < m->sums->window; i++) {
		if (revenue[i].known && (decimal_mul(&square, &revenue[i], &revenue[i]) < 0 ||
					 decimal_add(&squares, &squares, &square) < 0))
			return false;
	}
	return decimal_mul(&squares, &squares, &n) == 0 && decimal_mul(&square, sum, sum) == 0 &&
	       decimal_sub(&squares, &squares, &square) == 0 &&
	       decimal_div(squared, &squares, &square, DECIMAL_PLACES_MAX) == 0 &&
	       decimal_mul(squared, squared, &million) == 0;
}

void
measure_variation(struct measuring *m, struct measured *v)
{
	const struct decimal *sum = &m->sums->now.revenue;
	int from = steady_from(m, v);
	struct decimal squared;
	double tenths, mean;

	if (v->missing)
		return;
	if (!sum->known || decimal_sign(sum) <= 0) {
		measured_missing(v, "the window brought nothing");
		return;
	}
	if (!variation_squared(m, from, &squared)) {
		measured_missing(v, "it cannot be computed from such figures");
		return;
	}
	tenths = sqrt(decimal_double(squared));
	measured_number(v, (struct decimal){(int128)round(tenths), 1, true});
	mean = decimal_double(*sum) / (m->sums->window - from);
	if (measuring_explains(m))
		explain_variation(m, v, from, mean, tenths / 1000 * mean);
}

void
measure_xyz(struct measuring *m, struct measured *v)
{
	const struct decimal *variation = &m->have[MEASURE_VARIATION].number;
	const struct model_xyz *mark = &m->model->xyz;

	if (!variation->known) {
		measured_missing(v, "variation is not known");
		return;
	}
	measured_index(v, decimal_cmp(variation, &mark->x) <= 0	  ? 0
			  : decimal_cmp(variation, &mark->y) <= 0 ? 1
								  : 2);
	if (measuring_explains(m))
		measuring_step(m, "variation %s; X up to %s, Y up to %s", measuring_text(m, *variation, 1),
			       measuring_exact(m, mark->x), measuring_exact(m, mark->y));
}

void
measure_last_order(struct measuring *m, struct measured *v)
{
	struct date last = sums_last_order(m->sums);
	struct buf text = {0};

	if (!date_is_set(last)) {
		measured_missing(v, "nothing was ordered up to the window's end");
		return;
	}
	measured_date(v, last);
	if (!measuring_explains(m))
		return;
	month_format(&text, m->sums->last_order);
	measuring_step(m, "%s is the last month with an order; %s", text.data,
		       m->sums->last_order_day ? "the last of its order days"
					       : "it tells no days, so its last is taken");
	buf_free(&text);
}

/* order days of both windows: how many, the first and the last, as days since 1970-01-01 */
static int
order_days(const struct measuring *m, long *first, long *last)
{
	int n = 0;

	for (int i = 0; i < 2 * m->sums->window; i++) {
		month at = m->first - m->sums->window + i;
		long before = date_days(month_first(at)) - 1;
		unsigned on = order_days_settled(m->sums->days[i], at);

		for (int day = 1; on && day <= 31; day++) {
			if (!(on >> day & 1))
				continue;
			if (n++ == 0)
				*first = before + day;
			*last = before + day;
		}
	}
	return n;
}

/* A client that has stopped has few order days there: then those of all time tell its usual gap. */
void
measure_gap(struct measuring *m, struct measured *v)
{
	struct order_days ever = {0};
	long first = 0, last = 0;
	int n = order_days(m, &first, &last);
	struct decimal days, gaps, mean;

	if (n < GAP_LEAST) {
		order_days_find(&ever, m->account, m->as_of, UNTOLD_ON_LAST_DAY, m->arena);
		first = ever.first;
		last = ever.last;
		n = ever.count;
	}
	if (n < GAP_LEAST) {
		measured_missing(v, "fewer than three order days");
		return;
	}
	/* the gaps between neighbours sum to what lies between the first and the last */
	days = decimal_int(last - first);
	gaps = decimal_int(n - 1);
	m->overflow |= decimal_div(&mean, &days, &gaps, 1) < 0;
	measured_number(v, mean);
	if (measuring_explains(m))
		measuring_step(m,
			       "%d order days%s, the first %s, the last %s, %ld days after it: %ld ÷ %d = %s",
			       n, ever.count ? " of all time" : "", measuring_date(m, date_from_days(first)),
			       measuring_date(m, date_from_days(last)), last - first, last - first, n - 1,
			       measuring_text(m, mean, 1));
}

void
measure_rhythm(struct measuring *m, struct measured *v)
{
	const struct decimal *gap = &m->have[MEASURE_GAP].number;
	struct decimal since, rhythm;

	if (!gap->known) {
		measured_missing(v, "gap is not known");
		return;
	}
	since = decimal_int(date_diff(m->as_of, sums_last_order(m->sums)));
	m->overflow |= decimal_div(&rhythm, &since, gap, 1) < 0;
	measured_number(v, rhythm);
	if (measuring_explains(m))
		measuring_step(m, "%s − last order %s = %s days; %s ÷ gap %s = %s",
			       measuring_date(m, m->as_of), measuring_date(m, sums_last_order(m->sums)),
			       measuring_text(m, since, 0), measuring_text(m, since, 0),
			       measuring_text(m, *gap, 1), measuring_text(m, rhythm, 1));
}
