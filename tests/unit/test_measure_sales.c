/*
 * Steadiness, rhythm, margin rate and discounts, each worked by hand.
 */
#include "explaining.h"

/* the window of most tests: 2025-11 to 2026-10, and 2024-11 to 2025-10 before it */
#define LAST "2026-10"

/* of account a, alone, by the revenue of its sales */
static void
sold(const char *sales, const char *measure, const char *expected)
{
	struct judging j;

	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", sales, "");
	judging_finish(&j);
	measure_is(&j, "a", measure, expected);
	judging_free(&j);
}

/* of the account of these lines, alone, in the window that ends with the month */
static void
told(const char *last, const char *lines, const char *measure, const char *expected)
{
	struct judging j;
	struct buf text = {0};

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, "", last, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	measure_is(&j, "a", measure, expected);
	judging_free(&j);
	buf_free(&text);
}

static void
variation_is_the_deviation_of_months_in_percent_of_their_mean(void **state)
{
	(void)state;
	/* mean 110, (100 + 0 + 100) ÷ 3 = 66.67, its root 8.165 */
	sold("2026-08:100 2026-09:110 2026-10:120", "variation", "7.4");
	sold("2026-08:7 2026-09:7 2026-10:7", "variation", "0.0");
	/* a month without sales is 0: mean 100, (0 + 10000 + 10000) ÷ 3, root 81.65 */
	sold("2026-08:100 2026-10:200", "variation", "81.6");
	/* a first sale long ago: eleven months of 0; mean 10, (11 × 100 + 12100) ÷ 12 = 1100, root 33.17 */
	sold("2019-01:5 2026-10:120", "variation", "331.7");
	/* what comes after the window does not count */
	sold("2026-08:7 2026-09:7 2026-10:7 2026-11:900", "variation", "0.0");
}

static void
variation_needs_three_months_and_something_sold(void **state)
{
	(void)state;
	sold("", "variation", "");
	sold("2026-09:100 2026-10:200", "variation", "");
	sold("2026-09:100 2026-10:200", "xyz", "");
	sold("2026-08:0 2026-09:0 2026-10:0", "variation", "");
	sold("2026-08:-5 2026-10:-5", "variation", "");
	sold("2026-08:-5 2026-10:5", "variation", "");
	sold("2025-05:5", "variation", "");
	sold("2026-11:5 2026-12:5", "variation", "");
}

static void
xyz_goes_by_the_models_marks_up_to_and_with_them(void **state)
{
	struct judging j;

	(void)state;
	sold("2026-07:90 2026-08:110 2026-09:90 2026-10:110", "variation", "10.0");
	sold("2026-07:90 2026-08:110 2026-09:90 2026-10:110", "xyz", "X");
	sold("2026-07:89 2026-08:111 2026-09:89 2026-10:111", "xyz", "Y");
	sold("2026-07:75 2026-08:125 2026-09:75 2026-10:125", "xyz", "Y");
	sold("2026-07:74 2026-08:126 2026-09:74 2026-10:126", "xyz", "Z");

	judging_begin(&j, "xyz: {x: 11}\n", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", "2026-07:89 2026-08:111 2026-09:89 2026-10:111", "");
	judging_finish(&j);
	measure_is(&j, "a", "xyz", "X");
	judging_free(&j);
}

static void
what_lies_between_two_tenths_goes_away_from_zero_at_any_scale(void **state)
{
	(void)state;
	/* 0.10 ÷ 1.60 and 1 ÷ 16 are 6.25 % */
	sold("2026-08:1.50 2026-09:1.60 2026-10:1.70", "trend", "6.3");
	sold("2026-08:1.70 2026-09:1.60 2026-10:1.50", "trend", "-6.3");
	sold("2026-08:15 2026-09:16 2026-10:17", "trend", "6.3");
	sold("2026-07:1.50 2026-08:1.70 2026-09:1.50 2026-10:1.70", "variation", "6.3");
	sold("2026-07:15 2026-08:17 2026-09:15 2026-10:17", "variation", "6.3");
	/* 0.40 ÷ 800.00 is 0.05 % */
	sold("2026-07:799.60 2026-08:800.40 2026-09:799.60 2026-10:800.40", "variation", "0.1");
}

static void
cents_that_sum_to_nothing_are_nothing(void **state)
{
	(void)state;
	/* 0.1 + 0.2 − 0.3 is above 0 in binary fractions */
	sold("2026-08:0.10 2026-09:0.20 2026-10:-0.30", "variation", "");
	sold("2026-08:0.10 2026-09:0.20 2026-10:-0.30", "trend", "");
	sold("2026-08:0.10 2026-09:0.20 2026-10:-0.30", "xyz", "");
}

static void
amounts_that_are_too_large_have_no_variation_and_no_trend(void **state)
{
	(void)state;
	/* squares of 10^18 take 37 digits; 100 × 3 × 10^33 is too much too */
	sold("2026-08:1000000000000000000 2026-09:0 2026-10:0", "variation", "");
	sold("2026-08:100000000000000000 2026-09:0 2026-10:0", "variation", "141.4");
	sold("2026-08:1000000000000000000 2026-09:0 2026-10:0", "trend", "-150.0");
	sold("2026-08:1000000000000000000000000000000000 2026-09:0 2026-10:0", "trend", "");
}

#define SALE(month, rest) "  - {month: " month ", source: s, revenue: 5" rest "}\n"

static void
the_last_order_is_the_last_order_day_or_its_months_end(void **state)
{
	(void)state;
	told(LAST, "sales:\n" SALE("2026-08", ", orders: 2, on: [3, 17]"), "last-order", "2026-08-17");
	told(LAST,
	     "sales:\n" SALE("2026-08", ", orders: 2, on: [3, 17]")
		 SALE("2026-09", ", orders: 1") "  - {month: 2026-10, source: s, revenue: -5, returns: 5}\n",
	     "last-order", "2026-09-30");
	/* of several sources that one tells days */
	told(LAST,
	     "sales:\n" SALE("2026-09",
			     ", orders: 1") "  - {month: 2026-09, source: t, revenue: 1, on: [9]}\n",
	     "last-order", "2026-09-09");
	/* after the window nothing is known */
	told(LAST, "sales:\n" SALE("2020-02", ", on: [29]") SALE("2026-11", ", on: [1]"), "last-order",
	     "2020-02-29");
	/* what was sold was ordered, if nobody says when */
	told(LAST, "sales:\n" SALE("2026-10", ""), "last-order", "2026-10-31");
	told(LAST, "sales: [{month: 2026-10, source: s, revenue: 0}]\n", "last-order", "");
	told(LAST, "sales: [{month: 2026-10, source: s, revenue: 0, orders: 1}]\n", "last-order",
	     "2026-10-31");
	told(LAST, "sales: [{month: 2026-10, source: s, revenue: -5, returns: 9}]\n", "last-order",
	     "2026-10-31");
	told(LAST, "", "last-order", "");
}

static void
a_day_that_a_month_does_not_have_is_none(void **state)
{
	(void)state;
	told(LAST, "sales:\n" SALE("2026-02", ", orders: 1, on: [28, 29]"), "last-order", "2026-02-28");
	told("2024-02", "sales:\n" SALE("2024-02", ", orders: 1, on: [28, 29, 30]"), "last-order",
	     "2024-02-29");
	told(LAST, "sales:\n" SALE("2026-09", ", orders: 1, on: [31]"), "last-order", "2026-09-30");
	told(LAST, "sales:\n" SALE("2026-10", ", on: [31]"), "last-order", "2026-10-31");
}

static void
the_gap_is_the_mean_of_days_between_order_days(void **state)
{
	(void)state;
	/* 20 days from 4 to 24 August, 50 to 13 October */
	told(LAST, "sales:\n" SALE("2026-08", ", on: [4, 24]") SALE("2026-10", ", on: [13]"), "gap", "35.0");
	/* the same day of two sources is one */
	told(LAST,
	     "sales:\n" SALE("2026-08", ", on: [4, 24]")
		 SALE("2026-10", ", on: [13]") "  - {month: 2026-08, source: t, revenue: 1, on: [4]}\n",
	     "gap", "35.0");
	/* both windows count, and nothing before them: 1 November 2024 to 31 October 2026 */
	told(LAST,
	     "sales:\n" SALE("2024-10", ", on: [1]") SALE("2024-11", ", on: [1]") SALE("2025-01", ", on: [1]")
		 SALE("2026-10", ", on: [31]"),
	     "gap", "364.5");
	/* over a leap day: 28 February, 29 February, 1 March */
	told("2024-03", "sales:\n" SALE("2024-02", ", on: [28, 29]") SALE("2024-03", ", on: [1]"), "gap",
	     "1.0");
	told(LAST, "sales:\n" SALE("2026-08", ", on: [4, 24]"), "gap", "");
	told(LAST, "sales:\n" SALE("2026-08", ", orders: 5"), "gap", "");
	/* months that do not tell their days: 31 July, 31 August, 30 September; of two sources the one that tells */
	told(LAST, "sales:\n" SALE("2026-07", "") SALE("2026-08", ", orders: 5") SALE("2026-09", ""), "gap",
	     "30.5");
	told(LAST,
	     "sales:\n" SALE("2026-08", ", on: [4, 24]")
		 SALE("2026-10", ", on: [13]") "  - {month: 2026-08, source: t, revenue: 1}\n  - {month: "
					       "2026-08, source: u, revenue: 1, orders: 3}\n",
	     "gap", "35.0");
	/* who stopped has the gap of all time: 1 January to 1 March 2020, a leap year, in three orders */
	told(LAST,
	     "sales:\n" SALE("2020-01", ", on: [1]") SALE("2020-02", ", on: [1]") SALE("2020-03", ", on: [1]")
		 SALE("2025-01", ", on: [1]"),
	     "gap", "609.0");
	told(LAST, "sales:\n" SALE("2020-01", "") SALE("2020-02", "") SALE("2020-03", ""), "gap", "30.0");
}

static void
rhythm_is_the_days_since_the_last_order_over_the_gap(void **state)
{
	(void)state;
	/* 18 days since 13 October */
	told(LAST, "sales:\n" SALE("2026-08", ", on: [4, 24]") SALE("2026-10", ", on: [13]"), "rhythm",
	     "0.5");
	/* 148 days since 5 June, gap 2 */
	told(LAST, "sales:\n" SALE("2026-06", ", on: [1, 3, 5]"), "rhythm", "74.0");
	told(LAST, "sales:\n" SALE("2026-10", ", on: [29, 30, 31]"), "rhythm", "0.0");
	told(LAST, "sales:\n" SALE("2026-10", ", on: [30, 31]"), "rhythm", "");
	/* 31 March 2020 to 31 October 2026: 2405 days of 30 each */
	told(LAST, "sales:\n" SALE("2020-01", "") SALE("2020-02", "") SALE("2020-03", ""), "rhythm", "80.2");
}

static void
margin_is(const char *sales, const char *rate, const char *change)
{
	struct judging j;

	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", sales, "");
	judging_finish(&j);
	measure_is(&j, "a", "margin-rate", rate);
	measure_is(&j, "a", "margin-rate-change", change);
	judging_free(&j);
}

static void
the_margin_rate_is_of_the_windows_revenue(void **state)
{
	(void)state;
	margin_is("2025-09:50:20 2025-10:50:10 2026-09:100:50 2026-10:200:10", "20.0", "-10.0");
	margin_is("2026-10:200:-30", "-15.0", "");
	margin_is("2025-10:200:30", "", "");
	margin_is("2026-10:0:30", "", "");
	margin_is("2026-10:-100:-30", "", "");
	/* what is written is what the change is of: 33.3 − 66.7, not −33.3 */
	margin_is("2025-10:3:2 2026-10:3:1", "33.3", "-33.4");
	margin_is("2025-10:3 2025-09:3:1 2026-10:3:1", "33.3", "");
	margin_is("2025-10:3:1 2026-10:3", "", "");
}

static void
the_discount_is_that_of_the_contracts_in_force_by_value(void **state)
{
	(void)state;
	/* (100 × 5 + 300 × 6) ÷ 400 = 5.75 */
	told(LAST, "contracts: [{id: a, value: 100, discount: 5}, {id: b, value: 300, discount: 6}]\n",
	     "discount", "5.8");
	told(LAST, "contracts: [{id: a, value: 100, discount: 5}, {id: b, discount: 6}]\n", "discount",
	     "5.5");
	told(LAST, "contracts: [{id: a, value: 0, discount: 5}, {id: b, value: 9, discount: 6}]\n",
	     "discount", "5.5");
	told(LAST,
	     "contracts:\n  - {id: a, start: 2026-10-31, discount: 1}\n"
	     "  - {id: b, end: 2026-10-31, discount: 3}\n  - {id: c, end: 2026-10-30, discount: 50}\n"
	     "  - {id: d, start: 2026-11-01, discount: 50}\n  - {id: e, value: 100}\n",
	     "discount", "2.0");
	told(LAST, "contracts: [{id: a, discount: 0}]\n", "discount", "0.0");
	told(LAST, "contracts: [{id: a, value: 5}]\n", "discount", "");
	told(LAST, "", "discount", "");
}

static void
the_discounts_change_is_against_a_year_before(void **state)
{
	(void)state;
	told(LAST,
	     "contracts:\n  - {id: a, end: 2025-12-31, discount: 5}\n"
	     "  - {id: b, start: 2026-01-01, discount: 8}\n",
	     "discount-change", "3.0");
	told(LAST, "contracts: [{id: a, discount: 5}]\n", "discount-change", "0.0");
	told(LAST, "contracts: [{id: b, start: 2025-11-01, discount: 8}]\n", "discount-change", "");
	told(LAST, "contracts: [{id: b, end: 2025-11-01, discount: 8}]\n", "discount-change", "");
	/* a year before the end of February 2025 is 29 February 2024 */
	told("2025-02",
	     "contracts:\n  - {id: a, start: 2024-02-29, end: 2024-02-29, discount: 5}\n"
	     "  - {id: b, start: 2025-02-28, discount: 4}\n",
	     "discount-change", "-1.0");
}

/* is a, which has a part of 50 or of 1 in 100 of the margin, flagged? */
static bool
yields(const char *sales, const char *other, const char *lines)
{
	struct judgement judgement;
	struct arena arena = {0};
	struct error err;
	struct judging j;

	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "a", sales, lines);
	judging_sells(&j, "b", other, "");
	judging_finish(&j);
	assert_int_equal(portfolio_judge(&j.p, judged(&j, "a"), &arena, &judgement, &err), 0);
	judging_free(&j);
	arena_free(&arena);
	return flag_is_in(judgement.flags, FLAG_YIELDING);
}

static void
we_yield_to_large_clients_when_margin_falls_or_discounts_grow(void **state)
{
	static const char falls[] = "2025-10:1000:200 2026-10:1000:179",
			  falls_by_two[] = "2025-10:1000:200 2026-10:1000:180",
			  discounts[] = "contracts:\n  - {id: a, end: 2025-12-31, discount: 5}\n"
					"  - {id: b, start: 2026-01-01, discount: 5.1}\n";

	(void)state;
	assert_true(yields(falls, "2026-10:200:200", ""));
	assert_false(yields(falls_by_two, "2026-10:200:200", ""));
	assert_true(yields(falls_by_two, "2026-10:200:200", discounts));
	assert_false(yields(falls, "2026-10:20000:20000", ""));
	assert_true(yields(falls, "2026-10:20000:20000", "tier: key\n"));
	assert_false(yields(falls, "2026-10:20000:20000", "tier: large\n"));
	assert_false(yields("2026-10:1000:179", "2026-10:200:200", "tier: key\n"));
}

/* two years from 2024-11 on, of each by its number in the year: `month` and `more` in the second; one month apart */
static void
two_years(struct buf *sales, const int first[12], const int second[12])
{
	for (int i = 0; i < 24; i++)
		buf_printf(sales, "%s%d-%02d:1:%d", i ? " " : "", 2024 + (i + 10) / 12, (i + 10) % 12 + 1,
			   i < 12 ? first[i] : second[i - 12]);
}

static void
seasonal_trend_is(const int first[12], const int second[12], const char *expected)
{
	struct buf sales = {0};
	struct judging j;

	two_years(&sales, first, second);
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "a", sales.data, "");
	judging_finish(&j);
	measure_is(&j, "a", "trend", expected);
	judging_free(&j);
	buf_free(&sales);
}

static void
a_trend_of_two_years_is_that_of_the_same_months(void **state)
{
	static const int flat[12] = {100, 1300, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100},
			 grown[12] = {112, 1312, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112},
			 odd[12] = {112, 5000, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112},
			 rising[12] = {100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200},
			 lower[12] = {76, 176, 276, 376, 476, 576, 676, 776, 876, 976, 1076, 1176};

	(void)state;
	/* each month 12 more than a year before, 1 a month; the mean month is (11 × 112 + 1312) ÷ 12 = 212 */
	seasonal_trend_is(flat, grown, "0.5");
	seasonal_trend_is(flat, flat, "0.0");
	/* the middle of twelve slopes stays 1; the mean month is 519.33 */
	seasonal_trend_is(flat, odd, "0.2");
	/* rising through the year, 24 less than a year before: −2 a month of 626 */
	seasonal_trend_is(rising, lower, "-0.3");
}

static void
a_trend_of_less_than_two_years_is_that_of_the_window(void **state)
{
	struct judging j;

	(void)state;
	/* the first sale one month too late: months 0 and 900 of the window before do not count */
	judging_begin(&j, "window: 3\n", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", "2026-05:900 2026-08:100 2026-09:110 2026-10:120", "");
	judging_finish(&j);
	measure_is(&j, "a", "trend", "9.1");
	judging_free(&j);
	sold("2024-12:900 2026-08:100 2026-09:110 2026-10:120", "trend", "0.0");
}

static void
the_steps_name_the_months_and_days(void **state)
{
	static const char text[] = "id: a\nsales:\n"
				   "  - {month: 2026-08, source: s, revenue: 100, orders: 2, on: [4, 24]}\n"
				   "  - {month: 2026-09, source: s, revenue: 110}\n"
				   "  - {month: 2026-10, source: s, revenue: 120, orders: 1, on: [13]}\n";
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_add(&j, text);
	judging_finish(&j);
	steps_are(&j, text, "trend",
		  "2026-08 on: 100.00, 110.00, 120.00\n"
		  "slopes between all pairs of months, each divided by the months between them: 3, their "
		  "median 10.0000\n"
		  "100 × 10.0000 ÷ 110.0000, the mean month of the window, = 9.1\n");
	steps_are(&j, text, "variation",
		  "2026-08 on: 100.00, 110.00, 120.00\n"
		  "100 × 8.1650, the standard deviation, ÷ 110.0000, the mean, = 7.4\n");
	steps_are(&j, text, "last-order",
		  "2026-10 is the last month with an order; the last of its order days\n");
	steps_are(&j, text, "gap", "4 order days, the last 70 days after the first: 70 ÷ 3 = 23.3\n");
	steps_are(&j, text, "rhythm", "18 days since the last order ÷ 23.3 = 0.8\n");
	steps_are(&j, text, "rfm",
		  "recency 2026-10-13, 0 of 1 accounts have less: 1 + 5 × 0 ÷ 1, rounded down = 1\n"
		  "orders 3, 0 of 1 accounts have less: 1 + 5 × 0 ÷ 1, rounded down = 1\n"
		  "amount 330.00, 0 of 1 accounts have less: 1 + 5 × 0 ÷ 1, rounded down = 1\n");
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(variation_is_the_deviation_of_months_in_percent_of_their_mean),
	    cmocka_unit_test(variation_needs_three_months_and_something_sold),
	    cmocka_unit_test(xyz_goes_by_the_models_marks_up_to_and_with_them),
	    cmocka_unit_test(what_lies_between_two_tenths_goes_away_from_zero_at_any_scale),
	    cmocka_unit_test(cents_that_sum_to_nothing_are_nothing),
	    cmocka_unit_test(amounts_that_are_too_large_have_no_variation_and_no_trend),
	    cmocka_unit_test(the_last_order_is_the_last_order_day_or_its_months_end),
	    cmocka_unit_test(a_day_that_a_month_does_not_have_is_none),
	    cmocka_unit_test(the_gap_is_the_mean_of_days_between_order_days),
	    cmocka_unit_test(rhythm_is_the_days_since_the_last_order_over_the_gap),
	    cmocka_unit_test(the_margin_rate_is_of_the_windows_revenue),
	    cmocka_unit_test(the_discount_is_that_of_the_contracts_in_force_by_value),
	    cmocka_unit_test(the_discounts_change_is_against_a_year_before),
	    cmocka_unit_test(we_yield_to_large_clients_when_margin_falls_or_discounts_grow),
	    cmocka_unit_test(a_trend_of_two_years_is_that_of_the_same_months),
	    cmocka_unit_test(a_trend_of_less_than_two_years_is_that_of_the_window),
	    cmocka_unit_test(the_steps_name_the_months_and_days),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
