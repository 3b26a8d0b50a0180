/*
 * Accounts with order days; shared by the tests of what follows from them.
 */
#ifndef KAM_TESTS_ORDERING_H
#define KAM_TESTS_ORDERING_H

#include "judging.h"

/* an account with these order days, rising, a day being days since 1970-01-01; each brings 100, 10 of it margin */
static inline void
ordering_add(struct judging *j, const char *id, const long *day, size_t n)
{
	struct buf text = {0};

	buf_printf(&text, "id: %s\n%s", id, n ? "sales:\n" : "");
	for (size_t i = 0, end; i < n; i = end) {
		month m = month_of(date_from_days(day[i]));

		buf_adds(&text, "  - {month: ");
		month_format(&text, m);
		buf_printf(&text, ", source: s, on: [%d", date_from_days(day[i]).day);
		for (end = i + 1; end < n && month_of(date_from_days(day[end])) == m; end++)
			buf_printf(&text, ", %d", date_from_days(day[end]).day);
		buf_printf(&text, "], orders: %zu, revenue: %zu.00, margin: %zu.00}\n", end - i,
			   100 * (end - i), 10 * (end - i));
	}
	judging_add(j, text.data);
	buf_free(&text);
}

#endif
