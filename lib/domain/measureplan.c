/*
 * Plan: what was sold against what was planned and foretold, in the plan's
 * year up to the window's end.
 */
#include <string.h>

#include "domain/measuring.h"

#define NO_PLAN "no plan of the year in which the window ends"

/* the plan's year, month by month as far as it is named */
struct phases {
	struct decimal month[MONTHS_A_YEAR];
	struct decimal named; /* their sum */
	int unnamed;	      /* months that are not */
};

static bool
has_plan(const struct measuring *m)
{
	return m->account->plan.year && m->account->plan.year == m->as_of.year;
}

static struct phases
read_phases(struct measuring *m)
{
	const struct amounts *months = &m->account->plan.months;
	month january = m->last - (m->as_of.month - 1), when;
	struct phases phases = {.named = decimal_int(0), .unnamed = MONTHS_A_YEAR};

	for (size_t i = 0; i < months->n; i++) {
		if (!months->amount[i].known ||
		    month_parse(months->name[i], strlen(months->name[i]), &when) < 0 || when < january ||
		    when >= january + MONTHS_A_YEAR || phases.month[when - january].known)
			continue;
		phases.month[when - january] = months->amount[i];
		phases.unnamed--;
		sum_add(m, &phases.named, &months->amount[i]);
	}
	return phases;
}

/* Plan of the months up to the window's end: those that are named, and of the others as many parts of what the year has
 * left. What is missing, or NULL. */
static const char *
plan_to_date(struct measuring *m, struct decimal *plan)
{
	const struct decimal *year = &m->account->plan.revenue;
	struct phases phases = read_phases(m);
	struct decimal rest, times, of, even, named = decimal_int(0);
	int unnamed = 0;

	for (int i = 0; i < m->as_of.month; i++) {
		unnamed += !phases.month[i].known;
		sum_add(m, &named, &phases.month[i]);
	}
	*plan = named;
	if (!unnamed || m->overflow) {
		if (measuring_explains(m))
			measuring_step(m, "plan to date: each of its months is named, together %s",
				       measuring_text(m, named, 2));
		return NULL;
	}
	if (!year->known)
		return "neither the plan's revenue nor each of its months to date is given";
	times = decimal_int(unnamed);
	of = decimal_int(phases.unnamed);
	if (decimal_sub(&rest, year, &phases.named) < 0 || decimal_mul(&even, &rest, &times) < 0 ||
	    decimal_div(&even, &even, &of, 2) < 0 || decimal_add(plan, &named, &even) < 0) {
		m->overflow = true;
		return NULL;
	}
	if (decimal_sign(&rest) < 0)
		return "the plan's months come to more than its revenue";
	if (measuring_explains(m))
		measuring_step(m, "plan to date: named months %s + (%s − %s) × %d ÷ %d months = %s",
			       measuring_text(m, named, 2), measuring_text(m, *year, 2),
			       measuring_text(m, phases.named, 2), unnamed, phases.unnamed,
			       measuring_text(m, *plan, 2));
	return NULL;
}

/* revenue of the year's months up to the window's end */
static struct decimal
sold_to_date(struct measuring *m)
{
	const struct sale *sale = m->account->sales.v;
	struct decimal sum = decimal_int(0);

	for (size_t i = 0; i < m->account->sales.n; i++) {
		if (sale[i].month > m->last - m->as_of.month && sale[i].month <= m->last)
			sum_add(m, &sum, &sale[i].revenue);
	}
	return sum;
}

void
measure_plan_fact(struct measuring *m, struct measured *v)
{
	const char *missing = NO_PLAN;
	struct decimal plan, sold;

	if (has_plan(m))
		missing = plan_to_date(m, &plan);
	if (missing) {
		measured_missing(v, missing);
		return;
	}
	sold = sold_to_date(m);
	measured_percent(m, v, &sold, &plan, 1, "the plan to date is 0");
}

/* months of the year up to the window's end, from the first sale on: before it there was no client */
static int
months_sold(const struct measuring *m)
{
	month january = m->last - m->as_of.month + 1;
	month from = m->sums->first_sale > january ? m->sums->first_sale : january;

	return m->last - from + 1;
}

/* sold × (months + those that are left of the year) ÷ months */
void
measure_run_rate(struct measuring *m, struct measured *v)
{
	int n = months_sold(m), left = MONTHS_A_YEAR - m->as_of.month;
	struct decimal sold, months = decimal_int(n), all = decimal_int(n + left), rate = {0};

	if (!has_plan(m)) {
		measured_missing(v, NO_PLAN);
		return;
	}
	sold = sold_to_date(m);
	if (decimal_mul(&rate, &sold, &all) < 0 || decimal_div(&rate, &rate, &months, 2) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, rate);
	if (measuring_explains(m))
		measuring_step(m, "%s ÷ %d months × (%d + %d months left of the year) = %s",
			       measuring_text(m, sold, 2), n, n, left, measuring_text(m, rate, 2));
}

void
measure_run_rate_share(struct measuring *m, struct measured *v)
{
	struct decimal year = m->account->plan.revenue;
	struct phases phases;

	if (!has_plan(m)) {
		measured_missing(v, NO_PLAN);
		return;
	}
	phases = read_phases(m);
	if (!year.known && !phases.unnamed)
		year = phases.named;
	measured_percent(m, v, &m->have[MEASURE_RUN_RATE].number, &year, 1,
			 year.known ? "the year's plan is 0"
				    : "neither the plan's revenue nor each of its months is given");
}

/* Forecasts */

/* a month that was foretold and has passed: adds both, and how far they are apart */
static void
add_forecast(struct measuring *m, month when, const struct decimal *told, struct decimal *apart,
	     struct decimal *sold)
{
	const struct decimal *revenue = &m->sums->revenue[m->sums->window + (when - m->first)];
	const struct decimal fact = revenue->known ? *revenue : decimal_int(0);
	struct decimal error;

	if (decimal_sub(&error, told, &fact) < 0) {
		m->overflow = true;
		return;
	}
	if (decimal_sign(&error) < 0)
		error = decimal_neg(error);
	sum_add(m, apart, &error);
	sum_add(m, sold, &fact);
	if (measuring_explains(m))
		measuring_step(m, "%d-%02d: forecast %s, fact %s, apart %s", when / MONTHS_A_YEAR,
			       when % MONTHS_A_YEAR + 1, measuring_text(m, *told, 2),
			       measuring_text(m, fact, 2), measuring_text(m, error, 2));
}

void
measure_forecast_error(struct measuring *m, struct measured *v)
{
	const struct amounts *told = &m->account->plan.forecast;
	struct decimal apart = {0}, sold = {0};
	month when;

	for (size_t i = 0; i < told->n; i++) {
		if (told->amount[i].known && month_parse(told->name[i], strlen(told->name[i]), &when) == 0 &&
		    when >= m->first && when <= m->last)
			add_forecast(m, when, &told->amount[i], &apart, &sold);
	}
	measured_percent(m, v, &apart, &sold, 1,
			 sold.known ? "what was sold in the forecast months comes to nothing"
				    : "no month of the window has a forecast");
}
