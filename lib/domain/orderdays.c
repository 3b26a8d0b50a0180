#include "domain/orderdays.h"

#include <stdlib.h>

struct order_month {
	month month;
	unsigned on; /* see sale_order_days */
};

static int
compare_months(const void *a, const void *b)
{
	const struct order_month *x = a, *y = b;

	return (x->month > y->month) - (x->month < y->month);
}

/* bits of the days that the month has, up to that one */
static unsigned
days_until(month m, struct date as_of)
{
	int last = m == month_of(as_of) ? as_of.day : month_last(m).day;

	return (2U << last) - 2;
}

/* the months in which there are orders, rising; how many */
static size_t
gather(struct order_days *days, const struct account *account, struct date as_of, enum untold untold,
       struct order_month *months)
{
	const struct sale *sale = account->sales.v;
	bool sorted = true;
	unsigned on;
	size_t n = 0;

	for (size_t i = 0; i < account->sales.n; i++) {
		if (sale[i].month > month_of(as_of) || !sale_has_figures(&sale[i]))
			continue;
		days->unknown |= !sale[i].on && sale_has_orders(&sale[i]);
		on = untold == UNTOLD_ON_LAST_DAY ? sale_order_days(&sale[i]) : sale[i].on;
		on &= days_until(sale[i].month, as_of) | 1;
		if (!on)
			continue;
		sorted &= !n || months[n - 1].month <= sale[i].month;
		months[n++] = (struct order_month){sale[i].month, on};
	}
	if (!sorted)
		qsort(months, n, sizeof *months, compare_months);
	return n;
}

static void
add_days(struct order_days *days, const struct order_month *m)
{
	int begin = (int)date_days(month_first(m->month)) - 1;
	unsigned on = order_days_settled(m->on, m->month);

	for (int day = 1; day <= 31; day++) {
		if (!(on >> day & 1))
			continue;
		if (!days->count++)
			days->first = begin + day;
		days->last = begin + day;
	}
}

void
order_days_find(struct order_days *days, const struct account *account, struct date as_of, enum untold untold,
		struct arena *arena)
{
	struct order_month *months;
	size_t n;

	*days = (struct order_days){0};
	if (!account->sales.n)
		return;
	months = arena_alloc(arena, account->sales.n * sizeof *months);
	n = gather(days, account, as_of, untold, months);
	for (size_t i = 0, end; i < n; i = end) {
		struct order_month m = months[i];

		for (end = i + 1; end < n && months[end].month == m.month; end++)
			m.on |= months[end].on;
		add_days(days, &m);
	}
}

struct order_history
order_days_history(const struct order_days *days, struct date as_of)
{
	return (struct order_history){.repeats = days->count - 1,
				      .recency = days->last - days->first,
				      .age = (int)date_days(as_of) - days->first};
}
