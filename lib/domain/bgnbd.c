/*
 * The likelihood, its maximum, and what follows from it. All of it in
 * logarithms and sums of positive terms, in one order.
 */
#include "domain/bgnbd.h"

#include <math.h>
#include <nlopt.h>
#include <stdlib.h>

#include "base/mem.h"

#define WEEK 7.0

#define PARAMETERS 4
#define EVALUATIONS_MAX 2000
#define ROUNDS_MAX 5	     /* of the search, each from where the one before ended */
#define STEP 0.5	     /* of a logarithm, the search's first */
#define STEP_NEAR 0.05	     /* … near the maximum */
#define PART 5000	     /* groups that are enough to come near it */
#define PART_OTHER 1000	     /* … of which another maximum shows */
#define GAIN_LEAST 1e-3	     /* of the log-likelihood, for which another maximum is looked at */
#define NEAR_BOUND 1.5	     /* times a bound is at it */
#define SLOPE_MAX 0.05	     /* of the log-likelihood at its maximum, by the logarithm of a parameter */
#define SLOPE_STEP 1e-3	     /* over which it is taken */
#define DIGITS 4	     /* of a parameter */
#define TERMS_MAX 100000     /* of a series */
#define SERIES_ERROR 1e-10   /* what its rest may amount to */
#define NEGLIGIBLE 40	     /* e^-40 against 1 */
#define LOG_UNDERFLOW -600.0 /* below, a weight is kept as a logarithm */

/* Groups */

static int
compare_groups(const void *a, const void *b)
{
	const struct order_history *x = &((const struct order_group *)a)->history;
	const struct order_history *y = &((const struct order_group *)b)->history;

	if (x->repeats != y->repeats)
		return x->repeats < y->repeats ? -1 : 1;
	if (x->recency != y->recency)
		return x->recency < y->recency ? -1 : 1;
	return (x->age > y->age) - (x->age < y->age);
}

size_t
order_groups_join(struct order_group *group, size_t n)
{
	size_t left = 0;

	qsort(group, n, sizeof *group, compare_groups);
	for (size_t i = 0; i < n; i++) {
		if (left && compare_groups(&group[left - 1], &group[i]) == 0)
			group[left - 1].clients += group[i].clients;
		else
			group[left++] = group[i];
	}
	return left;
}

/* The likelihood */

/* groups, with the days that occur in them, so that the logarithm of each is taken but once */
struct likelihood {
	const struct order_group *group;
	size_t n;
	struct {
		unsigned recency, age; /* among the days */
	} * at;
	int *day; /* rising */
	double *log_of;
	size_t days;
};

static void
likelihood_init(struct likelihood *l, const struct order_group *group, size_t n)
{
	size_t oldest = 0;
	unsigned *place;

	for (size_t i = 0; i < n; i++)
		oldest = (size_t)group[i].history.age > oldest ? (size_t)group[i].history.age : oldest;
	place = xcalloc(oldest + 1, sizeof *place);
	*l = (struct likelihood){.group = group, .n = n};
	for (size_t i = 0; i < n; i++)
		place[group[i].history.recency] = place[group[i].history.age] = 1;
	for (size_t day = 0; day <= oldest; day++)
		l->days += place[day];
	l->day = xcalloc(l->days + 1, sizeof *l->day);
	l->log_of = xcalloc(l->days + 1, sizeof *l->log_of);
	l->days = 0;
	for (size_t day = 0; day <= oldest; day++) {
		if (!place[day])
			continue;
		l->day[l->days] = (int)day;
		place[day] = (unsigned)l->days++;
	}
	l->at = xcalloc(n + 1, sizeof *l->at);
	for (size_t i = 0; i < n; i++) {
		l->at[i].recency = place[group[i].history.recency];
		l->at[i].age = place[group[i].history.age];
	}
	free(place);
}

static void
likelihood_free(struct likelihood *l)
{
	free(l->at);
	free(l->day);
	free(l->log_of);
}

/* ln(1 + e^x) */
static double
log_one_and_exp(double x)
{
	return x > NEGLIGIBLE ? x : x < -NEGLIGIBLE ? 0 : log1p(exp(x));
}

/*
 * Of one client with x repeats, the last after t_x, of T weeks, it is
 *   Γ(r+x) α^r / Γ(r) × B(a, b+x) / B(a, b) × [(α+T)^−(r+x) + a/(b+x−1) (α+t_x)^−(r+x)],
 * the second term of the sum for x > 0 only. The quotients of gamma functions
 * are products of x factors, which groups that follow each other share.
 */
static double
likelihood_log(const struct likelihood *l, const struct bgnbd *f)
{
	double sum = 0, products = 0, start = f->r * log(f->alpha), stayed = 0;
	int k = 0;

	for (size_t i = 0; i < l->days; i++)
		l->log_of[i] = log(f->alpha + l->day[i] / WEEK);
	for (size_t i = 0; i < l->n; i++) {
		double log_recency = l->log_of[l->at[i].recency], log_age = l->log_of[l->at[i].age];
		int x = l->group[i].history.repeats;
		double value;

		for (; k < x; k++) {
			products += log((f->r + k) * (f->b + k) / (f->a + f->b + k));
			stayed = log((f->b + k) / f->a);
		}
		if (x == 0)
			value = start - f->r * log_age;
		else
			value = start + products - stayed - (f->r + x) * log_recency +
				log_one_and_exp(stayed + (f->r + x) * (log_recency - log_age));
		sum += (double)l->group[i].clients * value;
	}
	return sum;
}

double
bgnbd_log_likelihood(const struct bgnbd *f, const struct order_group *group, size_t n)
{
	struct likelihood l;
	double value;

	likelihood_init(&l, group, n);
	value = likelihood_log(&l, f);
	likelihood_free(&l);
	return value;
}

/* The maximum */

/* What is sought are logarithms of quantities that hardly hang on each other: r, the mean gap between orders alpha ÷ r,
 * a + b, a ÷ b. */
static const double lowest[PARAMETERS] = {0.01, 0.01, 0.01, 0.0001};
static const double highest[PARAMETERS] = {100, 10000, 1000, 100};

static struct bgnbd
bgnbd_at(const double *point)
{
	double r = exp(point[0]), sum = exp(point[2]), ratio = exp(point[3]);

	return (struct bgnbd){
	    .r = r, .alpha = r * exp(point[1]), .a = sum * ratio / (1 + ratio), .b = sum / (1 + ratio)};
}

static double
likelihood_at(unsigned n, const double *point, double *gradient, void *data)
{
	struct bgnbd f = bgnbd_at(point);

	(void)n;
	(void)gradient;
	return likelihood_log(data, &f);
}

static double
clamp(double value, double low, double high)
{
	return value < low ? low : value > high ? high : value;
}

/* Where the search begins: rates as different as those of exponential waiting times, gaps as the clients' own; a + b and
 * a ÷ b as they are given. */
static void
begin_search(const struct likelihood *l, double *point, double sum, double ratio)
{
	double weeks = 0, repeats = 0;

	for (size_t i = 0; i < l->n; i++) {
		weeks += (double)l->group[i].clients * l->group[i].history.recency / WEEK;
		repeats += (double)l->group[i].clients * l->group[i].history.repeats;
	}
	point[0] = 0;
	point[1] = log(clamp(weeks / repeats, 2 * lowest[1], highest[1] / 2));
	point[2] = log(sum);
	point[3] = log(ratio);
}

/* Powell's BOBYQA: by a quadratic model, without derivatives, the same in every run; the value it came to */
static double
climb(struct likelihood *l, double *point, double step)
{
	nlopt_opt opt = nlopt_create(NLOPT_LN_BOBYQA, PARAMETERS);
	double low[PARAMETERS], high[PARAMETERS], value = -HUGE_VAL;

	for (int i = 0; i < PARAMETERS; i++) {
		low[i] = log(lowest[i]);
		high[i] = log(highest[i]);
		point[i] = clamp(point[i], low[i], high[i]);
	}
	nlopt_set_lower_bounds(opt, low);
	nlopt_set_upper_bounds(opt, high);
	nlopt_set_max_objective(opt, likelihood_at, l);
	nlopt_set_initial_step1(opt, step);
	nlopt_set_xtol_abs1(opt, 1e-7);
	nlopt_set_maxeval(opt, EVALUATIONS_MAX);
	/* whether it is a maximum is looked at by itself, whatever ended the search */
	nlopt_optimize(opt, point, &value);
	nlopt_destroy(opt);
	return value;
}

/* no way up, bounds apart */
static bool
is_maximum(struct likelihood *l, const double *point, double value)
{
	for (int i = 0; i < PARAMETERS; i++) {
		for (int sign = -1; sign <= 1; sign += 2) {
			double beside[PARAMETERS];

			for (int k = 0; k < PARAMETERS; k++)
				beside[k] = point[k];
			beside[i] = clamp(point[i] + sign * SLOPE_STEP, log(lowest[i]), log(highest[i]));
			if (likelihood_at(PARAMETERS, beside, NULL, l) - value > SLOPE_MAX * SLOPE_STEP)
				return false;
		}
	}
	return true;
}

/* to four digits, as people are told it */
static double
to_digits(double value)
{
	double unit = pow(10, floor(log10(value)) + 1 - DIGITS);

	return unit < 1 ? round(value * round(1 / unit)) / round(1 / unit) : round(value / unit) * unit;
}

/* to near the maximum: where that of a part of very many groups is, each so many of them; false: they are not so many */
static bool
approach(const struct order_group *group, size_t n, size_t enough, double *point)
{
	size_t every = n / enough, taken = 0;
	struct order_group *part;
	struct likelihood l;

	if (every < 2)
		return false;
	part = xcalloc(n / every + 1, sizeof *part);
	for (size_t i = 0; i < n; i += every)
		part[taken++] = group[i];
	likelihood_init(&l, part, taken);
	climb(&l, point, STEP);
	likelihood_free(&l);
	free(part);
	return true;
}

/* to the maximum; its value, or -HUGE_VAL */
static double
search(struct likelihood *l, double *point, double step)
{
	for (int i = 0; i < ROUNDS_MAX; i++) {
		double value = climb(l, point, step);

		if (isfinite(value) && is_maximum(l, point, value))
			return value;
	}
	return -HUGE_VAL;
}

/* Few clients can have two maxima, the other where all leave with nearly the same chance: the greater one counts. */
static double
search_other(struct likelihood *l, double *point, double value)
{
	double other[PARAMETERS], found;

	begin_search(l, other, 100, 0.02);
	if (!approach(l->group, l->n, PART_OTHER, other))
		climb(l, other, STEP);
	if (likelihood_at(PARAMETERS, other, NULL, l) <= value + GAIN_LEAST)
		return value;
	found = search(l, other, STEP_NEAR);
	if (found <= value)
		return value;
	for (int i = 0; i < PARAMETERS; i++)
		point[i] = other[i];
	return found;
}

static bool
is_near(double logarithm, double bound)
{
	return fabs(logarithm - log(bound)) < log(NEAR_BOUND);
}

/* What the search ended at is no chance of leaving; NULL: it is one. Where a + b or r is at its greatest clients are all
 * alike, which is a model as good as any. */
static const char *
fit_fault(const double *point)
{
	if (is_near(point[3], lowest[3]))
		return "the order days show no client leaving, so that its chance cannot be told";
	if (is_near(point[3], highest[3]) || is_near(point[2], lowest[2]))
		return "by the order days clients leave at once or never, so that no chance of it can be "
		       "told";
	if (is_near(point[0], lowest[0]) || is_near(point[1], lowest[1]) || is_near(point[1], highest[1]))
		return "the order days fit no rate at which clients order";
	return NULL;
}

int
bgnbd_fit(struct bgnbd *fit, const struct order_group *group, size_t n, struct error *err)
{
	struct likelihood l;
	double point[PARAMETERS], value;
	const char *fault;

	/* the last has the most */
	if (n == 0 || group[n - 1].history.repeats == 0)
		return error_set(err, "no client ordered on a second day");
	likelihood_init(&l, group, n);
	begin_search(&l, point, 2, 0.25);
	value = search(&l, point, approach(group, n, PART, point) ? STEP_NEAR : STEP);
	value = search_other(&l, point, value);
	likelihood_free(&l);
	fault = value > -HUGE_VAL ? fit_fault(point) : "the likelihood of the order days comes to no maximum";
	if (fault)
		return error_set(err, "%s", fault);
	*fit = bgnbd_at(point);
	fit->r = to_digits(fit->r);
	fit->alpha = to_digits(fit->alpha);
	fit->a = to_digits(fit->a);
	fit->b = to_digits(fit->b);
	return 0;
}

/* What follows from it */

double
bgnbd_alive(const struct bgnbd *f, const struct order_history *h)
{
	double gone;

	if (h->repeats == 0)
		return 1;
	gone = log(f->a / (f->b + h->repeats - 1)) +
	       (f->r + h->repeats) * (log(f->alpha + h->age / WEEK) - log(f->alpha + h->recency / WEEK));
	return 1 / (1 + exp(gone));
}

/*
 * Equation (10) of the paper, divided by the chance of being alive:
 *   (a+b+x−1)/(a−1) × [1 − ((α+T)/(α+T+t))^(r+x) 2F1(r+x, b+x; a+b+x−1; z)], z = t/(α+T+t).
 * It has no value at a = 1 and loses digits near by. So here the same as a sum
 * of positive terms: the client would make N orders, N being negative binomial
 * (r+x, z), if it did not leave, and the k + 1st of them comes about if it did
 * not leave after k others: Σ P(N > k) × (b+x)_k / (a+b+x)_k over k ≥ 0.
 */
double
bgnbd_orders_if_alive(const struct bgnbd *f, const struct order_history *h, double weeks)
{
	double shape = f->r + h->repeats, z = weeks / (f->alpha + h->age / WEEK + weeks), growth, most;
	double log_weight = shape * log1p(-z), weight = exp(log_weight), up_to = 0, stays = 1, sum = 0;

	for (int k = 0; k < TERMS_MAX; k++) {
		up_to += weight;
		sum += up_to < 1 ? (1 - up_to) * stays : 0;
		stays *= (f->b + h->repeats + k) / (f->a + f->b + h->repeats + k);
		growth = (shape + k) / (k + 1) * z;
		/* weights fall at least so fast from here on */
		most = growth > z ? growth : z;
		if (most < 1 && weight * stays < SERIES_ERROR * (1 - most) * (1 - most))
			return sum;
		if (log_weight > LOG_UNDERFLOW) {
			weight *= growth;
		} else {
			log_weight += log(growth);
			weight = exp(log_weight);
		}
	}
	return NAN;
}
