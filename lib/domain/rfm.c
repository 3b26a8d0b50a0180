#include "domain/rfm.h"

#include <stdlib.h>

#define FIFTHS 5

typedef int compare_fn(const struct figures *, const struct figures *);

static int
compare_recency(const struct figures *a, const struct figures *b)
{
	return (a->last_order > b->last_order) - (a->last_order < b->last_order);
}

static int
compare_orders(const struct figures *a, const struct figures *b)
{
	return (a->orders > b->orders) - (a->orders < b->orders);
}

static int
compare_amounts(const struct figures *a, const struct figures *b)
{
	return decimal_cmp(&a->amount, &b->amount);
}

/* of two pointers, for qsort */
static int
sort_recency(const void *a, const void *b)
{
	return compare_recency(*(struct figures *const *)a, *(struct figures *const *)b);
}

static int
sort_orders(const void *a, const void *b)
{
	return compare_orders(*(struct figures *const *)a, *(struct figures *const *)b);
}

static int
sort_amounts(const void *a, const void *b)
{
	return compare_amounts(*(struct figures *const *)a, *(struct figures *const *)b);
}

/* the digits, the first first */
static const struct digit {
	const char *name;
	int (*sort)(const void *, const void *);
	compare_fn *compare;
} digits[] = {
    {"recency", sort_recency, compare_recency},
    {"orders", sort_orders, compare_orders},
    {"amount", sort_amounts, compare_amounts},
};
#define DIGITS (sizeof digits / sizeof *digits)

static bool
takes_part(const struct figures *f)
{
	return f->revenue.known && f->ordered;
}

/* the digit of an account, when so many of n have less */
static int
fifth(size_t less, size_t n)
{
	return 1 + (int)(FIFTHS * less / n);
}

void
rfm_judge(struct portfolio *p)
{
	struct figures **sorted = xcalloc(p->n + 1, sizeof *sorted);
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (takes_part(&p->account[i]))
			sorted[n++] = &p->account[i];
	}
	for (size_t d = 0; d < DIGITS; d++) {
		size_t less = 0;

		qsort(sorted, n, sizeof(struct figures *), digits[d].sort);
		for (size_t i = 0; i < n; i++) {
			if (i && digits[d].compare(sorted[i - 1], sorted[i]) != 0)
				less = i;
			sorted[i]->rfm = sorted[i]->rfm * 10 + fifth(less, n);
		}
	}
	free(sorted);
}

static const char *
value_text(const struct measuring *m, size_t digit)
{
	struct buf day = {0};
	const char *text;

	if (digit == 1)
		return measuring_text(m, decimal_int(m->figures->orders), 0);
	if (digit == 2)
		return measuring_text(m, m->figures->amount, 2);
	date_format(&day, date_from_days(m->figures->last_order));
	text = arena_strdup(m->arena, day.data);
	buf_free(&day);
	return text;
}

static void
explain(struct measuring *m)
{
	for (size_t d = 0; d < DIGITS; d++) {
		size_t less = 0, n = 0;

		for (size_t i = 0; i < m->portfolio->n; i++) {
			const struct figures *f = &m->portfolio->account[i];

			n += takes_part(f);
			less += takes_part(f) && digits[d].compare(f, m->figures) < 0;
		}
		measuring_step(m,
			       "%s %s, %zu of %zu accounts have less: 1 + 5 × %zu ÷ %zu, rounded down = %d",
			       digits[d].name, value_text(m, d), less, n, less, n, fifth(less, n));
	}
}

void
measure_rfm(struct measuring *m, struct measured *v)
{
	if (!m->figures->rfm) {
		measured_missing(v, m->figures->revenue.known ? "no order is told in the sales"
							      : "no sales in the window");
		return;
	}
	measured_int(v, m->figures->rfm);
	if (measuring_explains(m))
		explain(m);
}
