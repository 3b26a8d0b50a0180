#include "judging.h"

/* the window of most tests: 2025-11 to 2026-10, and 2024-11 to 2025-10 before it */
#define LAST "2026-10"

static void
begin(struct judging *j)
{
	judging_begin(j, "", LAST, BASIS_AUTO);
}

static void
growth_is(const char *sales, const char *expected)
{
	struct judging j;

	begin(&j);
	judging_sells(&j, "a", sales, "");
	judging_sells(&j, "since-2024-11", "2024-11:1:1", "");
	judging_finish(&j);
	measure_is(&j, "a", "growth", expected);
	judging_free(&j);
}

static void
growth_is_against_the_window_before(void **state)
{
	(void)state;
	growth_is("2024-11:60:60 2025-10:40:40 2025-11:150:150", "50.0");
	growth_is("2025-10:3:3 2026-10:4:4", "33.3");
	growth_is("2025-10:100:100", "-100.0");
	growth_is("2025-10:100:100 2026-10:-50:-50", "-150.0");
	/* what was sold before that is no base */
	growth_is("2024-10:100:100 2026-10:5:5", "");
}

static void
growth_from_zero_is_unknown_and_from_a_loss_goes_by_its_size(void **state)
{
	(void)state;
	growth_is("2025-10:0:0 2026-10:5:5", "");
	growth_is("2025-09:7:7 2025-10:-7:-7 2026-10:5:5", "");
	growth_is("2025-10:1:-50 2026-10:1:50", "200.0");
	growth_is("2025-10:1:-50 2026-10:1:-100", "-100.0");
}

static void
growth_is_unknown_where_sales_begin_inside_the_window_before(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2024-12:100:100 2026-10:100:100", "");
	judging_finish(&j);
	measure_is(&j, "a", "growth", "");
	judging_free(&j);
	growth_is("2024-12:100:100 2026-10:100:100", "0.0");
}

static void
growth_is_unknown_where_a_month_before_has_no_margin(void **state)
{
	struct judging j;

	(void)state;
	growth_is("2025-09:100 2025-10:10:10 2026-10:20:20", "");

	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", "2025-09:90 2025-10:10:10 2026-10:20:20", "");
	judging_sells(&j, "since-2024-11", "2024-11:1:1", "");
	judging_finish(&j);
	measure_is(&j, "a", "growth", "-80.0");
	judging_free(&j);
}

static void
trend_is(const char *sales, const char *expected)
{
	struct judging j;

	begin(&j);
	judging_sells(&j, "a", sales, "");
	judging_finish(&j);
	measure_is(&j, "a", "trend", expected);
	judging_free(&j);
}

static void
a_trend_is_in_percent_of_the_mean_month(void **state)
{
	(void)state;
	/* 10 a month of 110 */
	trend_is("2026-08:1:100 2026-09:1:110 2026-10:1:120", "9.1");
	trend_is("2026-08:1:120 2026-09:1:110 2026-10:1:100", "-9.1");
	trend_is("2026-08:1:5 2026-09:1:5 2026-10:1:5", "0.0");
	/* of the slopes 10, 10, 13⅓, 15, 15, 20 the middle is 14⅙; the mean month is 30 */
	trend_is("2026-07:1:10 2026-08:1:20 2026-09:1:40 2026-10:1:50", "47.2");
}

static void
one_odd_month_does_not_turn_a_trend(void **state)
{
	(void)state;
	/* of ten slopes six are 10; the mean month is 84 */
	trend_is("2026-06:1:10 2026-07:1:20 2026-08:1:300 2026-09:1:40 2026-10:1:50", "11.9");
}

static void
a_trend_begins_with_the_first_sale_and_needs_three_months(void **state)
{
	(void)state;
	trend_is("2026-09:1:100 2026-10:1:200", "");
	trend_is("2026-08:1:100 2026-10:1:200", "50.0"); /* 100, 0, 200: slopes −100, 50, 200 of 100 */
	/* a first sale long ago: the ten months without any count */
	trend_is("2019-01:1:1 2026-09:1:100 2026-10:1:200", "0.0");
	trend_is("2025-11:1:1 2025-12:1:2", "0.0");
}

static void
a_trend_needs_something_sold(void **state)
{
	(void)state;
	trend_is("2026-08:1:0 2026-09:1:0 2026-10:1:0", "");
	trend_is("2026-08:1:-5 2026-09:1:-5 2026-10:1:-5", "");
	trend_is("2025-05:1:5", "");
}

static void
a_trend_too_small_to_show_is_not_minus_zero(void **state)
{
	(void)state;
	trend_is("2026-08:1:10000 2026-09:1:10000 2026-10:1:9999", "0.0");
}

static void
a_trend_goes_by_the_basis(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", "2026-08:100:3 2026-09:110:2 2026-10:120:1", "");
	judging_finish(&j);
	measure_is(&j, "a", "trend", "9.1");
	judging_free(&j);
	trend_is("2026-08:100:3 2026-09:110:2 2026-10:120:1", "-50.0");
}

static void
penetration_is(const char *model, const char *potential, const char *penetration, const char *headroom)
{
	struct judging j;

	judging_begin(&j, model, LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2026-10:250.00:1", potential);
	judging_finish(&j);
	measure_is(&j, "a", "penetration", penetration);
	measure_is(&j, "a", "headroom", headroom);
	judging_free(&j);
}

static void
penetration_is_the_part_of_the_potential_that_was_sold(void **state)
{
	(void)state;
	penetration_is("", "potential: [{year: 2026, amount: 1000.00}]\n", "25.0", "750.00");
	penetration_is("", "potential: [{year: 2026, amount: 200}]\n", "125.0", "-50.00");
	penetration_is("",
		       "potential:\n"
		       "  - {year: 2025, product: p, amount: 7}\n"
		       "  - {year: 2026, product: p, amount: 400}\n"
		       "  - {year: 2026, product: q, amount: 100.00}\n"
		       "  - {year: 2027, product: p, amount: 7}\n",
		       "50.0", "250.00");
	penetration_is("", "potential: [{year: 2025, amount: 1000.00}]\n", "", "");
}

static void
the_potential_of_a_year_is_for_as_many_months_as_the_window_has(void **state)
{
	(void)state;
	penetration_is("window: 6\n", "potential: [{year: 2026, amount: 1000.00}]\n", "50.0", "250.00");
	penetration_is("window: 1\n", "potential: [{year: 2026, amount: 1000.00}]\n", "300.0", "-166.67");
	penetration_is("window: 24\n", "potential: [{year: 2026, amount: 1000.00}]\n", "12.5", "1750.00");
}

static void
nothing_can_be_a_part_of_no_potential(void **state)
{
	struct judging j;

	(void)state;
	penetration_is("", "potential: [{year: 2026, amount: 0}]\n", "", "-250.00");
	penetration_is("", "potential: [{year: 2026}]\n", "", "");

	begin(&j);
	judging_add(&j, "id: a\npotential: [{year: 2026, amount: 1000}]\n");
	judging_finish(&j);
	measure_is(&j, "a", "penetration", "0.0");
	measure_is(&j, "a", "headroom", "1000.00");
	judging_free(&j);
}

static void
a_window_may_reach_over_a_years_end(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "window: 3\n", "2026-01", BASIS_AUTO);
	judging_sells(&j, "a", "2025-07:7:7 2025-08:1:1 2025-10:2:2 2025-11:3:3 2026-01:9:9 2026-02:7:7",
		      "potential: [{year: 2025, amount: 1}, {year: 2026, amount: 160}]\n");
	judging_finish(&j);
	decimal_is(judged(&j, "a")->revenue, "12");
	decimal_is(judged(&j, "a")->revenue_before, "3");
	measure_is(&j, "a", "growth", "300.0");
	measure_is(&j, "a", "penetration", "30.0");
	judging_free(&j);
}

static size_t
contacts_at_end_of(const char *last)
{
	struct judging j;
	size_t n;

	judging_begin(&j, "", last, BASIS_AUTO);
	judging_add(&j, "id: a\ncontacts:\n"
			"  - {id: a, left: 2024-02-28}\n"
			"  - {id: b, left: 2024-02-29}\n"
			"  - {id: c, left: 2024-03-01}\n"
			"  - {id: d}\n");
	judging_finish(&j);
	n = (size_t)measured_of(&j, "a", "contacts").number.units;
	judging_free(&j);
	return n;
}

static void
a_window_ends_with_february_29_in_leap_years(void **state)
{
	struct judging j;

	(void)state;
	assert_int_equal(contacts_at_end_of("2024-01"), 4);
	assert_int_equal(contacts_at_end_of("2024-02"), 2);
	assert_int_equal(contacts_at_end_of("2024-03"), 1);
	judging_begin(&j, "", "2024-02", BASIS_AUTO);
	assert_int_equal(date_cmp(j.p.as_of, (struct date){2024, 2, 29}), 0);
	judging_free(&j);
	judging_begin(&j, "", "2026-02", BASIS_AUTO);
	assert_int_equal(date_cmp(j.p.as_of, (struct date){2026, 2, 28}), 0);
	judging_free(&j);
}

static void
functions_are_counted_once_and_only_of_people_who_are_there(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_add(&j, "id: a\ncontacts:\n"
			"  - {id: a, function: purchasing}\n"
			"  - {id: b, function: purchasing}\n"
			"  - {id: c, function: hr}\n"
			"  - {id: d}\n"
			"  - {id: e, function: finance, left: 2026-10-31}\n"
			"  - {id: f, function: logistics, left: 2026-11-01}\n");
	judging_finish(&j);
	measure_is(&j, "a", "contacts", "5");
	measure_is(&j, "a", "functions", "3");
	judging_free(&j);
}

static void
a_month_of_products_alone_is_not_sold(void **state)
{
	struct judging j;
	month only;

	(void)state;
	begin(&j);
	judging_add(&j, "id: a\nsales:\n  - {month: 2026-09, source: s, revenue: 30, margin: 5}\n"
			"  - {month: 2026-09, source: p, products: {film: 30}}\n"
			"  - {month: 2026-10, source: s, products: {film: 7}}\n"
			"  - {month: 2024-10, source: s, products: {film: 7}}\n");
	judging_add(&j, "id: b\nsales: [{month: 2026-10, source: s, products: {film: 100}}]\n");
	judging_finish(&j);
	assert_int_equal(j.p.basis, BASIS_MARGIN);
	decimal_is(judged(&j, "a")->revenue, "30");
	decimal_is(judged(&j, "a")->margin, "5");
	measure_is(&j, "a", "share", "100.0");
	assert_false(judged(&j, "a")->revenue_before.known);
	assert_false(judged(&j, "a")->margin_missing);
	assert_false(judged(&j, "b")->revenue.known);
	month_parse("2026-09", 7, &only);
	assert_int_equal(j.p.oldest, only);
	assert_int_equal(j.p.newest, only);
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(growth_is_against_the_window_before),
	    cmocka_unit_test(growth_from_zero_is_unknown_and_from_a_loss_goes_by_its_size),
	    cmocka_unit_test(growth_is_unknown_where_sales_begin_inside_the_window_before),
	    cmocka_unit_test(growth_is_unknown_where_a_month_before_has_no_margin),
	    cmocka_unit_test(a_trend_is_in_percent_of_the_mean_month),
	    cmocka_unit_test(one_odd_month_does_not_turn_a_trend),
	    cmocka_unit_test(a_trend_begins_with_the_first_sale_and_needs_three_months),
	    cmocka_unit_test(a_trend_needs_something_sold),
	    cmocka_unit_test(a_trend_too_small_to_show_is_not_minus_zero),
	    cmocka_unit_test(a_trend_goes_by_the_basis),
	    cmocka_unit_test(penetration_is_the_part_of_the_potential_that_was_sold),
	    cmocka_unit_test(the_potential_of_a_year_is_for_as_many_months_as_the_window_has),
	    cmocka_unit_test(nothing_can_be_a_part_of_no_potential),
	    cmocka_unit_test(a_window_may_reach_over_a_years_end),
	    cmocka_unit_test(a_window_ends_with_february_29_in_leap_years),
	    cmocka_unit_test(a_month_of_products_alone_is_not_sold),
	    cmocka_unit_test(functions_are_counted_once_and_only_of_people_who_are_there),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
