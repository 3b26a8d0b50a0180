/*
 * Movement: how what an account brings changes.
 */
#include <stdlib.h>

#include "domain/measuring.h"

#define TREND_LEAST 3 /* months */

/* An account without sales in the window brought nothing, by a margin that is missing it is not known what. */
void
measure_growth(struct measuring *m, struct measured *v)
{
	const struct decimal *before = sums_amount_before(m), nothing = decimal_int(0), *now = sums_amount(m);
	struct decimal change, base;

	if (!before->known) {
		measured_missing(v, m->sums->before.margin_missing
					? "a month of the window before has no margin"
					: "no sales in the window before");
		return;
	}
	if (!now->known && m->sums->now.margin_missing) {
		measured_missing(v, "a month of the window has no margin");
		return;
	}
	if (!now->known)
		now = &nothing;
	base = decimal_sign(before) < 0 ? decimal_neg(*before) : *before;
	if (decimal_sub(&change, now, before) < 0) {
		m->overflow = true;
		return;
	}
	if (measuring_explains(m))
		measuring_step(m, "%s in the window, %s in the one before", measuring_text(m, *now, 2),
			       measuring_text(m, *before, 2));
	measured_percent(m, v, &change, &base, 1, "the window before brought 0");
}

/* between two months of a series; by doubles they are sorted */
struct slope {
	double value;
	int from, to;
};

static int
compare_slopes(const void *a, const void *b)
{
	double x = ((const struct slope *)a)->value, y = ((const struct slope *)b)->value;

	return (x > y) - (x < y);
}

/* The months as numbers, from the first sale on, a month without sales being 0; how many. -1: a margin is missing */
static int
trend_series(const struct measuring *m, double *value, int from)
{
	const struct decimal *amount = m->basis == BASIS_REVENUE ? m->sums->revenue : m->sums->margin;
	int n = 2 * m->sums->window - from;

	for (int i = 0; i < n; i++) {
		if (!amount[from + i].known && m->sums->revenue[from + i].known)
			return -1;
		value[i] = amount[from + i].known ? decimal_double(amount[from + i]) : 0;
	}
	return n;
}

/* the months' amounts, a line for each twelve */
static void
explain_series(struct measuring *m, int from, int n)
{
	const struct decimal *amount = m->basis == BASIS_REVENUE ? m->sums->revenue : m->sums->margin;
	struct buf line = {0};

	for (int i = 0; i < n; i++) {
		if (i % MONTHS_A_YEAR == 0)
			month_format(&line, m->first - m->sums->window + from + i);
		buf_adds(&line, i % MONTHS_A_YEAR == 0 ? " on: " : ", ");
		buf_adds(&line, amount[from + i].known ? measuring_text(m, amount[from + i], 2) : "0");
		if (i % MONTHS_A_YEAR != MONTHS_A_YEAR - 1 && i != n - 1)
			continue;
		measuring_step(m, "%s", line.data);
		buf_clear(&line);
	}
	buf_free(&line);
}

/* what the slope rose, times the months of another */
static bool
rise(struct decimal *risen, const struct decimal *amount, const struct slope *of, const struct slope *other)
{
	const struct decimal nothing = decimal_int(0), months = decimal_int(other->to - other->from);
	const struct decimal *from = amount[of->from].known ? &amount[of->from] : &nothing,
			     *to = amount[of->to].known ? &amount[of->to] : &nothing;

	return decimal_sub(risen, to, from) == 0 && decimal_mul(risen, risen, &months) == 0;
}

/*
 * 100 × the mean of the two slopes ÷ the mean of n months that sum to that, as
 * one fraction of exact numbers: doubles would round what lies between two
 * values one way or the other.
 */
static void
measured_trend(struct measured *v, const struct decimal *amount, const struct slope *low,
	       const struct slope *high, int n, const struct decimal *sum)
{
	const struct decimal times = decimal_int(100 * n),
			     months = decimal_int(2 * (low->to - low->from) * (high->to - high->from));
	struct decimal part, other, whole, trend;

	if (rise(&part, amount, low, high) && rise(&other, amount, high, low) &&
	    decimal_add(&part, &part, &other) == 0 && decimal_mul(&part, &part, &times) == 0 &&
	    decimal_mul(&whole, sum, &months) == 0 && decimal_div(&trend, &part, &whole, 1) == 0)
		measured_number(v, trend);
	else
		measured_missing(v, "it cannot be computed from such figures");
}

/*
 * Theil–Sen: the median of the slopes between all pairs of months, robust
 * against one odd month. Where two years are known, of the pairs of the same
 * month of two years alone, so that seasons do not count (the seasonal
 * Kendall slope of Hirsch, Slack and Smith 1982).
 */
void
measure_trend(struct measuring *m, struct measured *v)
{
	int window = m->sums->window, step = 1, from = window, n;
	month begin = m->first - window;
	double *value = arena_alloc(m->arena, 2 * (size_t)window * sizeof *value), middle;
	const struct decimal *sum = sums_amount(m);
	struct slope *slope, *low, *high;
	size_t slopes = 0;

	if (!m->sums->first_sale) {
		measured_missing(v, "no sales");
		return;
	}
	if (m->sums->first_sale > begin)
		from = m->sums->first_sale - begin > window ? m->sums->first_sale - begin : window;
	else if (2 * window >= 2 * MONTHS_A_YEAR) {
		from = 0;
		step = MONTHS_A_YEAR;
	}
	n = trend_series(m, value, from);
	if (n < 0 || n < TREND_LEAST) {
		measured_missing(v, n < 0 ? "a month has no margin"
					  : "fewer than three months since the first sale");
		return;
	}
	slope = arena_alloc(m->arena, (size_t)n * (size_t)n / 2 * sizeof *slope);
	for (int i = 0; i < n; i++) {
		for (int j = i + step; j < n; j += step)
			slope[slopes++] = (struct slope){(value[j] - value[i]) / (j - i), from + i, from + j};
	}
	if (!sum->known || decimal_sign(sum) <= 0) {
		measured_missing(v, "the window brought nothing");
		return;
	}
	qsort(slope, slopes, sizeof *slope, compare_slopes);
	low = &slope[(slopes - 1) / 2];
	high = &slope[slopes / 2];
	window = n < window ? n : window;
	measured_trend(v, m->basis == BASIS_REVENUE ? m->sums->revenue : m->sums->margin, low, high, window,
		       sum);
	if (!measuring_explains(m))
		return;
	middle = (low->value + high->value) / 2;
	explain_series(m, from, n);
	measuring_step(m,
		       "slopes between %s, each divided by the months between them: %zu, their median %.4f",
		       step == 1 ? "all pairs of months" : "the same months of two years", slopes, middle);
	measuring_step(m, "100 × %.4f ÷ %.4f, the mean month of the window, = %s", middle,
		       decimal_double(*sum) / window, measuring_text(m, v->number, 1));
}
