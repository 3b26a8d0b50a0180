#include "explaining.h"
#include "ordering.h"

/* the window of most tests: 2025-11 to 2026-10 */
#define LAST "2026-10"

static void
begin(struct judging *j, const char *model)
{
	judging_begin(j, model, LAST, BASIS_AUTO);
}

/* Net margin */

static void
net_margin_is(const char *model, const char *sales, const char *lines, const char *expected)
{
	struct judging j;

	begin(&j, model);
	judging_sells(&j, "a", sales, lines);
	judging_finish(&j);
	measure_is(&j, "a", "net-margin", expected);
	judging_free(&j);
}

static void
a_net_margin_is_that_of_the_window_scaled_to_a_year(void **state)
{
	(void)state;
	net_margin_is("", "2025-10:7:7 2025-11:50:20.10 2026-10:60:10.005 2026-11:9:9", "", "30.11");
	net_margin_is("", "2026-10:60:-10.25", "", "-10.25");
	net_margin_is("window: 5\n", "2026-06:1:1 2026-10:60:9", "", "24.00");
	net_margin_is("window: 36\n", "2024-06:1:1 2026-10:60:9", "", "3.33");
	net_margin_is("", "2026-10:0:-5", "", "-5.00");
}

static void
a_net_margin_needs_the_margin_of_each_month(void **state)
{
	struct judging j;

	(void)state;
	net_margin_is("", "2026-10:60", "", "");
	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", "2026-09:60 2026-10:60:20", "");
	judging_sells(&j, "b", "2026-10:60:20", "");
	judging_finish(&j);
	measure_is(&j, "a", "net-margin", "");
	measure_is(&j, "a", "npv", "");
	measure_is(&j, "b", "net-margin", "20.00");
	judging_free(&j);
}

static void
nothing_sold_in_the_window_is_a_margin_of_0_only_where_margins_are_known(void **state)
{
	(void)state;
	net_margin_is("", "", "", "");
	net_margin_is("", "2024-01:60", "", "");
	net_margin_is("", "2026-11:60:10", "", "");
	net_margin_is("", "2019-01:60:10", "", "0.00");
	net_margin_is("", "2019-01:60:10",
		      "programmes: [{name: p, start: 2026-10-31, end: 2026-11-01, cost: 5}]\n", "-2.50");
}

static void
of_a_programme_the_days_inside_the_window_cost(void **state)
{
	(void)state;
	/* 31 of 62 days, at either end */
	net_margin_is("", "2026-10:60:10",
		      "programmes: [{name: p, start: 2026-10-01, end: 2026-12-01, cost: 8}]\n", "6.00");
	net_margin_is("", "2026-10:60:10",
		      "programmes: [{name: p, start: 2025-10-31, end: 2025-11-01, cost: 8}]\n", "6.00");
	/* a day; the whole window and a year on each side, with the leap year before: 365 of 1096 days */
	net_margin_is("", "2026-10:60:10",
		      "programmes: [{name: p, start: 2026-10-31, end: 2026-10-31, cost: 8}]\n", "2.00");
	net_margin_is("", "2026-10:60:1000",
		      "programmes: [{name: p, start: 2024-10-31, end: 2027-10-31, cost: 1096}]\n", "635.00");
	/* beside the window; what it brought stands in the margin */
	net_margin_is("", "2026-10:60:10",
		      "programmes:\n"
		      "  - {name: p, start: 2025-10-01, end: 2025-10-31, cost: 8}\n"
		      "  - {name: q, start: 2026-11-01, end: 2026-11-30, cost: 8}\n"
		      "  - {name: r, start: 2026-02-01, end: 2026-02-28, effect: 100}\n"
		      "  - {name: s, start: 2026-02-01, end: 2026-02-28, cost: 3, effect: 100}\n",
		      "7.00");
}

static void
a_programme_of_no_known_time_leaves_the_net_margin_open(void **state)
{
	(void)state;
	net_margin_is("", "2026-10:60:10", "programmes: [{name: p, start: 2026-10-01, cost: 8}]\n", "");
	net_margin_is("", "2026-10:60:10", "programmes: [{name: p, end: 2026-10-01, cost: 8}]\n", "");
	net_margin_is("", "2026-10:60:10", "programmes: [{name: p, cost: 8}]\n", "");
	net_margin_is("", "2026-10:60:10",
		      "programmes: [{name: p, start: 2026-10-02, end: 2026-10-01, cost: 8}]\n", "");
	/* none is needed */
	net_margin_is("", "2026-10:60:10", "programmes: [{name: p, cost: 0}, {name: q}]\n", "10.00");
	net_margin_is("", "2026-10:60:10", "programmes: [{name: p, end: 2025-10-31, cost: 8}]\n", "10.00");
	net_margin_is("", "2026-10:60:10", "programmes: [{name: p, start: 2026-11-01, cost: 8}]\n", "10.00");
}

/* Net present value */

static void
npv_is(const char *model, const char *margin, const char *expected)
{
	char sales[64];
	struct judging j;

	snprintf(sales, sizeof sales, "2026-10:1:%s", margin);
	begin(&j, model);
	judging_sells(&j, "a", sales, "");
	judging_finish(&j);
	measure_is(&j, "a", "npv", expected);
	judging_free(&j);
}

static void
a_net_present_value_is_the_sum_of_years_that_count_less_and_less(void **state)
{
	(void)state;
	npv_is("", "1000", "2208.30");
	npv_is("", "170360.10", "376206.23");
	npv_is("", "-500", "-1104.15");
	npv_is("", "0", "0.00");
	npv_is("npv: {years: 1}\n", "115", "85.00");
	npv_is("npv: {discount: 0, years: 7, retention: 100}\n", "1000", "7000.00");
	npv_is("npv: {retention: 0}\n", "1000", "0.00");
	npv_is("npv: {discount: 12.5, years: 50, retention: 97}\n", "1000", "6254.29");
	npv_is("npv: {discount: 0.001, years: 50, retention: 99.999}\n", "1234567890.12", "61696923620.89");
}

static void
a_net_present_value_can_be_redone(void **state)
{
	static const char document[] =
	    "id: a\n"
	    "programmes: [{name: p, start: 2026-01-01, end: 2026-12-31, cost: 240000.00}]\n"
	    "sales: [{month: 2026-10, source: s, revenue: 9, margin: 370250.51}]\n";
	struct judging j;

	(void)state;
	begin(&j, "window: 24\nnpv: {years: 2}\n");
	judging_add(&j, document);
	judging_finish(&j);
	/* 304 days from January to October */
	steps_are(&j, document, "net-margin",
		  "programme: 240000.00 × 304 ÷ 365 days = 199890.41\n"
		  "margin of the window 370250.51 − programmes 199890.41 = 170360.10\n"
		  "170360.10 × 12 ÷ 24 months = 85180.05\n");
	steps_are(&j, document, "npv",
		  "of each year's margin the next has 85 ÷ 115 = 0.739130434782609, in today's money\n"
		  "sum of its powers 1 to 2: 1.285444234404537; 85180.05 × that = 109494.20\n");
	judging_free(&j);
}

/* Order days */

/* how many clients ordered on so many days after the first one, the last of all so many days after it, and began so
 * many days before the window's end */
static const struct {
	int clients;
	int repeats, recency, age;
} histories[] = {
    {8, 0, 0, 120},   {9, 0, 0, 200},	{12, 0, 0, 270},   {4, 1, 14, 260},  {2, 1, 30, 100},
    {3, 1, 90, 230},  {3, 2, 60, 250},	{2, 2, 180, 210},  {2, 3, 150, 240}, {2, 4, 200, 260},
    {1, 6, 240, 265}, {1, 9, 120, 255}, {1, 12, 250, 262},
};

/* accounts named by history and number, as h6-0 */
static void
add_clients(struct judging *j)
{
	long day[16], end = date_days(j->p.as_of);
	char id[16];

	for (size_t i = 0; i < sizeof histories / sizeof *histories; i++) {
		for (int k = 0; k <= histories[i].repeats; k++)
			day[k] = end - histories[i].age + k;
		day[histories[i].repeats] = end - histories[i].age + histories[i].recency;
		for (int k = 0; k < histories[i].clients; k++) {
			snprintf(id, sizeof id, "h%zu-%d", i, k);
			ordering_add(j, id, day, (size_t)histories[i].repeats + 1);
		}
	}
}

static void
who_is_alive_and_orders_follows_from_all_order_days(void **state)
{
	struct judging j;

	(void)state;
	begin(&j, "");
	add_clients(&j);
	judging_finish(&j);
	assert_int_equal(j.p.orders.clients, 50);
	assert_int_equal(j.p.orders.repeated, 21);
	measure_is(&j, "h0-7", "alive", "1.00");
	measure_is(&j, "h0-7", "expected-orders", "0.5");
	measure_is(&j, "h6-2", "alive", "0.24");
	measure_is(&j, "h6-2", "expected-orders", "0.6");
	measure_is(&j, "h11-0", "alive", "0.04");
	measure_is(&j, "h11-0", "expected-orders", "0.4");
	measure_is(&j, "h12-0", "alive", "0.92");
	measure_is(&j, "h12-0", "expected-orders", "10.5");
	judging_free(&j);
}

static void
being_alive_can_be_redone(void **state)
{
	/* 2026-02-23 is 250 days before the window's end */
	static const char document[] =
	    "id: h6-0\nsales:\n"
	    "  - {month: 2026-02, source: s, on: [23, 24], orders: 2, revenue: 2, margin: 1}\n"
	    "  - {month: 2026-04, source: s, on: [24], orders: 1, revenue: 1, margin: 1}\n";
	struct judging j;

	(void)state;
	begin(&j, "npv: {retention: alive}\n");
	add_clients(&j);
	judging_finish(&j);
	steps_are(
	    &j, document, "alive",
	    "fitted to 50 accounts, 21 of which ordered again: r 0.2827, α 4.45 weeks, a 0.7136, b 1.877; "
	    "log-likelihood "
	    "-225.2\n"
	    "x = 2 order days after the first, the last of all t = 60 ÷ 7 = 8.5714 weeks after it; known "
	    "are T = 250 ÷ 7 = 35.7143 weeks\n"
	    "1 ÷ (1 + a ÷ (b + x − 1) × ((α + T) ÷ (α + t))^(r + x)) = 0.24\n");
	steps_are(&j, document, "expected-orders",
		  "r, α, a, b, x and T as in alive; in the n = 52.1429 weeks that come, if it is alive: "
		  "(a + b + x − 1) ÷ (a − 1) × (1 − ((α + T) ÷ (α + T + n))^(r + x) × "
		  "F(r + x, b + x; a + b + x − 1; n ÷ (α + T + n))) = 2.3166 days, F being Gauss's "
		  "hypergeometric function\n2.3166 × 0.24 = 0.6\n");
	/* 2.00 of margin: 2 × (f + f² + … + f⁵) */
	steps_are(&j, document, "npv",
		  "of each year's margin the next has 24.00 ÷ 115 = 0.208695652173913, in today's money\n"
		  "sum of its powers 1 to 5: 0.263631854995920; 2.00 × that = 0.53\n");
	judging_free(&j);
}

static void
a_value_may_go_by_the_accounts_own_chance(void **state)
{
	struct judging j;

	(void)state;
	begin(&j, "npv: {retention: alive, discount: 0, years: 2}\n");
	add_clients(&j);
	judging_sells(&j, "undated", "2026-10:5:5", "");
	judging_finish(&j);
	/* margins of 10 an order day */
	measure_is(&j, "h0-0", "npv", "20.00");
	measure_is(&j, "h6-0", "npv", "8.93"); /* 30 × (0.24 + 0.0576) */
	measure_is(&j, "undated", "net-margin", "5.00");
	measure_is(&j, "undated", "npv", "");
	judging_free(&j);
}

/* the account beside enough others */
static void
alive_is(const char *document, const char *expected)
{
	struct judging j;

	begin(&j, "");
	add_clients(&j);
	judging_add(&j, document);
	judging_finish(&j);
	measure_is(&j, "a", "alive", expected);
	measure_is(&j, "a", "expected-orders", *expected ? "0.5" : "");
	if (!*expected)
		assert_int_equal(j.p.orders.clients, 50);
	judging_free(&j);
}

static void
a_month_that_does_not_tell_its_days_leaves_the_chance_open(void **state)
{
	(void)state;
	/* 120 days before the window's end */
	alive_is("id: a\nsales: [{month: 2026-07, source: s, on: [3], orders: 1, revenue: 5, margin: 1}]\n",
		 "1.00");
	alive_is("id: a\nsales:\n  - {month: 2026-07, source: s, on: [3], orders: 1, revenue: 5, margin: 1}\n"
		 "  - {month: 2026-08, source: s, orders: 1, revenue: 5, margin: 1}\n",
		 "");
	alive_is("id: a\nsales:\n  - {month: 2026-07, source: s, on: [3], orders: 1, revenue: 5, margin: 1}\n"
		 "  - {month: 2026-08, source: s, revenue: 5, margin: 1}\n",
		 "");
	alive_is("id: a\nsales:\n  - {month: 2026-07, source: s, on: [3], orders: 1, revenue: 5, margin: 1}\n"
		 "  - {month: 2026-08, source: s, revenue: -2, returns: 7, margin: 1}\n",
		 "");
	/* returns alone, products alone, and what comes later tell of no order */
	alive_is("id: a\nsales:\n  - {month: 2026-07, source: s, on: [3], orders: 1, revenue: 5, margin: 1}\n"
		 "  - {month: 2026-08, source: s, revenue: -7, returns: 7, margin: 1}\n"
		 "  - {month: 2026-09, source: s, products: {p: 5}}\n"
		 "  - {month: 2026-11, source: s, orders: 1, revenue: 5, margin: 1}\n",
		 "1.00");
	/* nothing at all, and returns at all */
	alive_is("id: a\n", "");
	alive_is("id: a\nsales: [{month: 2026-10, source: s, revenue: -7, returns: 7, margin: -1}]\n", "");
}

static void
order_days_are_of_all_sources_each_once(void **state)
{
	struct judging j;
	const struct order_days *days;

	(void)state;
	judging_begin(&j, "", "2024-02", BASIS_AUTO);
	judging_add(&j, "id: a\nsales:\n"
			"  - {month: 2024-02, source: t, on: [1, 29], orders: 2, revenue: 5, margin: 1}\n"
			"  - {month: 2023-12, source: s, on: [31], orders: 3, revenue: 5, margin: 1}\n"
			"  - {month: 2024-02, source: s, on: [1, 2], orders: 2, revenue: 5, margin: 1}\n"
			"  - {month: 2024-03, source: s, on: [1], orders: 2, revenue: 5, margin: 1}\n");
	judging_finish(&j);
	days = &judged(&j, "a")->order_days;
	assert_false(days->unknown);
	assert_int_equal(days->count, 4);
	assert_int_equal(days->first, date_days((struct date){2023, 12, 31}));
	assert_int_equal(days->last, date_days((struct date){2024, 2, 29}));
	judging_free(&j);
}

static void
a_fit_needs_thirty_accounts_of_which_ten_ordered_again(void **state)
{
	long day[12], end;
	struct judging j;
	char id[16];

	(void)state;
	for (int repeated = 9; repeated <= 10; repeated++) {
		for (int clients = 29; clients <= 30; clients++) {
			begin(&j, "");
			end = date_days(j.p.as_of);
			for (int i = 0; i < clients; i++) {
				for (int k = 0; k < 12; k++)
					day[k] = end - 200 + i + (7 + i) * k;
				snprintf(id, sizeof id, "c%d", i);
				ordering_add(&j, id, day, i < repeated ? (size_t)i + 2 : 1);
			}
			judging_finish(&j);
			measure_is(&j, "c20", "alive", repeated == 10 && clients == 30 ? "1.00" : "");
			if (repeated == 9 && clients == 30)
				assert_string_equal(
				    measured_of(&j, "c20", "alive").missing,
				    "order days are known of 30 accounts, 9 of which ordered again; "
				    "a fit needs 30 and 10");
			judging_free(&j);
		}
	}
}

static void
the_order_of_accounts_changes_no_chance(void **state)
{
	struct judging j, other;

	(void)state;
	begin(&j, "");
	judging_add(
	    &j,
	    "id: a\nsales: [{month: 2026-07, source: s, on: [3, 9], orders: 2, revenue: 5, margin: 1}]\n");
	add_clients(&j);
	judging_finish(&j);
	begin(&other, "");
	add_clients(&other);
	judging_add(
	    &other,
	    "id: a\nsales: [{month: 2026-07, source: s, on: [3, 9], orders: 2, revenue: 5, margin: 1}]\n");
	judging_finish(&other);
	assert_memory_equal(&j.p.orders.model, &other.p.orders.model, sizeof j.p.orders.model);
	judging_free(&j);
	judging_free(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_net_margin_is_that_of_the_window_scaled_to_a_year),
	    cmocka_unit_test(a_net_margin_needs_the_margin_of_each_month),
	    cmocka_unit_test(nothing_sold_in_the_window_is_a_margin_of_0_only_where_margins_are_known),
	    cmocka_unit_test(of_a_programme_the_days_inside_the_window_cost),
	    cmocka_unit_test(a_programme_of_no_known_time_leaves_the_net_margin_open),
	    cmocka_unit_test(a_net_present_value_is_the_sum_of_years_that_count_less_and_less),
	    cmocka_unit_test(a_net_present_value_can_be_redone),
	    cmocka_unit_test(who_is_alive_and_orders_follows_from_all_order_days),
	    cmocka_unit_test(being_alive_can_be_redone),
	    cmocka_unit_test(a_value_may_go_by_the_accounts_own_chance),
	    cmocka_unit_test(a_month_that_does_not_tell_its_days_leaves_the_chance_open),
	    cmocka_unit_test(order_days_are_of_all_sources_each_once),
	    cmocka_unit_test(a_fit_needs_thirty_accounts_of_which_ten_ordered_again),
	    cmocka_unit_test(the_order_of_accounts_changes_no_chance),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
