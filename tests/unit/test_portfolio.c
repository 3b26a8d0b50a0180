#include "judging.h"

/* the window of most tests: 2025-11 to 2026-10, and 2024-11 to 2025-10 before it */
#define LAST "2026-10"

static void
begin(struct judging *j)
{
	judging_begin(j, "", LAST, BASIS_AUTO);
}

static void
a_share_is_of_the_margin_and_a_volume_of_the_revenue(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2025-11:800.00:50.00 2026-10:100.00:10.00", "");
	judging_sells(&j, "b", "2026-05:100.00:40.00", "");
	judging_finish(&j);
	assert_int_equal(j.p.basis, BASIS_MARGIN);
	decimal_is(j.p.amount, "100.00");
	decimal_is(j.p.revenue, "1000.00");
	measure_is(&j, "a", "share", "60.0");
	measure_is(&j, "a", "volume", "90.0");
	decimal_is(judged(&j, "a")->cumulative, "60.0");
	measure_is(&j, "b", "share", "40.0");
	measure_is(&j, "b", "volume", "10.0");
	decimal_is(judged(&j, "b")->cumulative, "100.0");
	assert_int_equal(judged(&j, "a")->rank, 1);
	assert_int_equal(judged(&j, "b")->rank, 2);
	judging_free(&j);
}

static void
months_outside_the_window_do_not_count(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2025-10:1:1 2025-11:2:2 2026-10:4:4 2026-11:8:8", "");
	judging_finish(&j);
	decimal_is(judged(&j, "a")->revenue, "6");
	decimal_is(judged(&j, "a")->revenue_before, "1");
	judging_free(&j);
}

static void
sources_of_one_month_are_summed(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_add(&j, "id: a\nsales:\n"
			"  - {month: 2026-10, source: x, revenue: 1.10, margin: 0.1}\n"
			"  - {month: 2026-10, source: y, revenue: 2.205, margin: 0.2}\n");
	judging_finish(&j);
	decimal_is(judged(&j, "a")->revenue, "3.305");
	decimal_is(judged(&j, "a")->amount, "0.3");
	judging_free(&j);
}

static void
shares_are_rounded_half_away_from_zero(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:15:15", "");
	judging_sells(&j, "b", "2026-10:2:2", "");
	judging_sells(&j, "c", "2026-10:-1:-1", "");
	judging_finish(&j);
	measure_is(&j, "a", "share", "93.8");
	measure_is(&j, "b", "share", "12.5");
	measure_is(&j, "c", "share", "-6.3");
	judging_free(&j);
}

/* of the portfolio's margin, the rest being another's: which size? */
static enum account_size
size_of(const char *model, const char *margin, const char *rest)
{
	struct judging j;
	enum account_size size;
	char sales[2][64];

	snprintf(sales[0], sizeof sales[0], "2026-10:1:%s", margin);
	snprintf(sales[1], sizeof sales[1], "2026-10:1:%s", rest);
	judging_begin(&j, model, LAST, BASIS_AUTO);
	judging_sells(&j, "a", sales[0], "");
	judging_sells(&j, "rest", sales[1], "");
	judging_finish(&j);
	size = judged(&j, "a")->size;
	judging_free(&j);
	return size;
}

static void
ten_percent_is_large_and_twenty_not_yet_a_monopoly(void **state)
{
	(void)state;
	assert_int_equal(size_of("", "9.99", "90.01"), SIZE_STANDARD);
	assert_int_equal(size_of("", "10.00", "90.00"), SIZE_LARGE);
	assert_int_equal(size_of("", "0.1", "0.9"), SIZE_LARGE);
	assert_int_equal(size_of("", "20.00", "80.00"), SIZE_LARGE);
	assert_int_equal(size_of("", "20.01", "79.99"), SIZE_MONOPOLY);
	/* 9.996 % is shown as 10.0 and is not large all the same */
	assert_int_equal(size_of("", "9.996", "90.004"), SIZE_STANDARD);
}

static void
the_marks_of_size_are_the_models(void **state)
{
	(void)state;
	assert_int_equal(size_of("share: {large: 5.5, monopoly: 50}\n", "5.4", "94.6"), SIZE_STANDARD);
	assert_int_equal(size_of("share: {large: 5.5, monopoly: 50}\n", "5.5", "94.5"), SIZE_LARGE);
	assert_int_equal(size_of("share: {large: 5.5, monopoly: 50}\n", "50", "50"), SIZE_LARGE);
	assert_int_equal(size_of("share: {large: 5.5, monopoly: 50}\n", "51", "49"), SIZE_MONOPOLY);
}

/* the classes of accounts that bring this much, in their order */
static void
classes_are(const char *model, const char *const *margin, const char *expected)
{
	struct judging j;
	char id[32], sales[64];
	size_t i;

	judging_begin(&j, model, LAST, BASIS_AUTO);
	for (i = 0; i < strlen(expected); i++) {
		snprintf(id, sizeof id, "n%zu", i);
		snprintf(sales, sizeof sales, "2026-10:1:%s", margin[i]);
		judging_sells(&j, id, sales, "");
	}
	judging_finish(&j);
	for (i = 0; i < strlen(expected); i++)
		assert_int_equal(j.p.account[i].abc, expected[i]);
	judging_free(&j);
}

static void
abc_changes_where_the_larger_ones_reach_the_mark(void **state)
{
	(void)state;
	classes_are("", (const char *const[]){"80", "15", "5"}, "ABC");
	classes_are("", (const char *const[]){"5", "15", "80"}, "CBA");
	classes_are("", (const char *const[]){"79.99", "15.00", "5.01"}, "AAB");
	classes_are("", (const char *const[]){"79.99", "15.01", "5.00"}, "AAC");
	classes_are("", (const char *const[]){"100"}, "A");
	classes_are("abc: {a: 50, b: 60}\n", (const char *const[]){"50", "10", "9", "31"}, "ACCB");
}

static void
accounts_that_bring_the_same_have_the_same_class_rank_and_cumulative_share(void **state)
{
	struct judging j;

	(void)state;
	classes_are("", (const char *const[]){"60", "20", "20"}, "AAA");
	classes_are("", (const char *const[]){"90", "5", "5.00"}, "ABB");
	begin(&j);
	judging_sells(&j, "c", "2026-10:1:20", "");
	judging_sells(&j, "a", "2026-10:1:60", "");
	judging_sells(&j, "b", "2026-10:1:20.000", "");
	judging_finish(&j);
	assert_int_equal(judged(&j, "b")->rank, 2);
	assert_int_equal(judged(&j, "c")->rank, 2);
	decimal_is(judged(&j, "b")->cumulative, "100.0");
	decimal_is(judged(&j, "c")->cumulative, "100.0");
	judging_free(&j);
}

static void
five_equal_accounts_are_all_large_and_all_a(void **state)
{
	struct judging j;
	size_t i;

	(void)state;
	begin(&j);
	for (i = 0; i < 5; i++)
		judging_sells(&j, (const char *const[]){"e", "d", "c", "b", "a"}[i], "2026-10:3:0.33", "");
	judging_finish(&j);
	for (i = 0; i < 5; i++) {
		measure_is(&j, j.p.account[i].id, "share", "20.0");
		decimal_is(j.p.account[i].cumulative, "100.0");
		assert_int_equal(j.p.account[i].size, SIZE_LARGE);
		assert_int_equal(j.p.account[i].abc, 'A');
		assert_int_equal(j.p.account[i].rank, 1);
	}
	judging_free(&j);
}

static void
without_any_sales_nothing_is_judged(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_add(&j, "id: a\n");
	judging_finish(&j);
	assert_int_equal(j.p.basis, BASIS_MARGIN);
	measure_is(&j, "a", "share", "");
	measure_is(&j, "a", "volume", "");
	measure_is(&j, "a", "growth", "");
	measure_is(&j, "a", "trend", "");
	measure_is(&j, "a", "penetration", "");
	measure_is(&j, "a", "headroom", "");
	assert_null(account_size_name(judged(&j, "a")->size));
	assert_int_equal(judged(&j, "a")->abc, 0);
	assert_int_equal(j.p.newest, 0);
	judging_free(&j);

	begin(&j);
	judging_finish(&j);
	assert_int_equal(j.p.n, 0);
	judging_free(&j);
}

static void
an_account_without_sales_among_others_brings_nothing(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:10:1", "");
	judging_add(&j, "id: b\n");
	judging_finish(&j);
	measure_is(&j, "b", "share", "0.0");
	measure_is(&j, "b", "volume", "0.0");
	measure_is(&j, "b", "growth", "");
	measure_is(&j, "b", "trend", "");
	assert_int_equal(judged(&j, "b")->size, SIZE_STANDARD);
	assert_int_equal(judged(&j, "b")->abc, 'C');
	judging_free(&j);
}

static void
one_month_is_enough_for_a_share_and_too_little_for_a_trend(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:10:1", "");
	judging_finish(&j);
	measure_is(&j, "a", "share", "100.0");
	measure_is(&j, "a", "growth", "");
	measure_is(&j, "a", "trend", "");
	assert_int_equal(judged(&j, "a")->size, SIZE_MONOPOLY);
	assert_int_equal(judged(&j, "a")->abc, 'A');
	judging_free(&j);
}

static void
returns_alone_leave_no_whole_to_share(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:-100.00:-20.00", "");
	judging_finish(&j);
	measure_is(&j, "a", "share", "");
	measure_is(&j, "a", "volume", "");
	decimal_is(judged(&j, "a")->cumulative, "");
	assert_int_equal(judged(&j, "a")->size, SIZE_UNKNOWN);
	assert_int_equal(judged(&j, "a")->abc, 0);
	assert_false(judged(&j, "a")->dependence);
	judging_free(&j);
}

static void
a_negative_margin_is_a_negative_share(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "good", "2026-10:900:120", "");
	judging_sells(&j, "bad", "2026-10:100:-20", "");
	judging_finish(&j);
	measure_is(&j, "good", "share", "120.0");
	decimal_is(judged(&j, "good")->cumulative, "120.0");
	assert_int_equal(judged(&j, "good")->size, SIZE_MONOPOLY);
	assert_int_equal(judged(&j, "good")->abc, 'A');
	measure_is(&j, "bad", "share", "-20.0");
	measure_is(&j, "bad", "volume", "10.0");
	decimal_is(judged(&j, "bad")->cumulative, "100.0");
	assert_int_equal(judged(&j, "bad")->size, SIZE_STANDARD);
	assert_int_equal(judged(&j, "bad")->abc, 'C');
	judging_free(&j);
}

static void
one_account_above_75_percent_of_the_volume_is_a_dependence(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:75.00:1", "");
	judging_sells(&j, "b", "2026-10:25.00:1", "");
	judging_finish(&j);
	assert_false(judged(&j, "a")->dependence);
	judging_free(&j);

	begin(&j);
	judging_sells(&j, "a", "2026-10:75.01:1", "");
	judging_sells(&j, "b", "2026-10:24.99:1", "");
	judging_finish(&j);
	assert_true(judged(&j, "a")->dependence);
	assert_false(judged(&j, "b")->dependence);
	judging_free(&j);
}

static void
without_any_margin_revenue_stands_in(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:30", "");
	judging_sells(&j, "b", "2026-10:70", "");
	judging_finish(&j);
	assert_int_equal(j.p.basis, BASIS_REVENUE);
	measure_is(&j, "a", "share", "30.0");
	judging_free(&j);
}

static void
a_chosen_revenue_is_taken_though_there_are_margins(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_REVENUE);
	judging_sells(&j, "a", "2026-10:30:29", "");
	judging_sells(&j, "b", "2026-10:70", "");
	judging_finish(&j);
	measure_is(&j, "a", "share", "30.0");
	judging_free(&j);
}

static void
a_month_without_a_margin_among_others_is_an_error_that_names_the_account(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "good", "2026-09:30:29 2026-10:30:29", "");
	judging_sells(&j, "half", "2026-09:70 2026-10:70:5", "");
	judging_sells(&j, "none", "2026-09:70", "");
	judging_refused(&j, "some months of sales have a margin and some have none: half in 2026-09, none in "
			    "2026-09; import their "
			    "costs, or choose --basis revenue");
	judging_free(&j);
}

static void
margins_that_end_are_not_passed_over_in_silence(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2025-09:30:29 2026-10:30", "");
	judging_refused(
	    &j, "some months of sales have a margin and some have none: a in 2026-10; import their costs, or "
		"choose --basis revenue");
	judging_free(&j);
}

static void
a_chosen_margin_must_be_there(void **state)
{
	struct judging j;
	size_t i;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_MARGIN);
	for (i = 0; i < 5; i++)
		judging_sells(&j, (const char *const[]){"a", "b", "c", "d", "e"}[i], "2026-10:30", "");
	judging_refused(&j, "no month of sales has a margin: a in 2026-10, b in 2026-10, c in 2026-10 and 2 "
			    "more; import their costs, or choose "
			    "--basis revenue");
	judging_free(&j);

	judging_begin(&j, "", LAST, BASIS_MARGIN);
	for (i = 0; i < 3; i++)
		judging_sells(&j, (const char *const[]){"a", "b", "c"}[i], "2026-10:30", "");
	judging_refused(&j, "no month of sales has a margin: a in 2026-10, b in 2026-10, c in 2026-10; "
			    "import their costs, or choose "
			    "--basis revenue");
	judging_free(&j);
}

static void
months_outside_the_window_need_no_margin(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2020-01:5 2025-01:5 2026-10:30:3 2026-11:5", "");
	judging_finish(&j);
	assert_int_equal(j.p.basis, BASIS_MARGIN);
	judging_free(&j);
}

static void
a_month_without_a_revenue_is_still_a_sale(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_add(&j, "id: a\nsales: [{month: 2026-10, source: s, margin: 5}]\n");
	judging_finish(&j);
	decimal_is(judged(&j, "a")->revenue, "0");
	measure_is(&j, "a", "share", "100.0");
	judging_free(&j);
}

static void
currencies_are_not_summed(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:1:1", "currency: EUR\n");
	judging_sells(&j, "b", "2026-10:1:1", "currency: EUR\n");
	judging_sells(&j, "c", "2025-10:1:1", "currency: RUB\n");
	judging_refused(&j, "accounts of different currencies cannot be summed: a is in EUR, c in RUB; read "
			    "those of one currency, or choose --currency and --rates");
	judging_free(&j);

	begin(&j);
	judging_sells(&j, "a", "2026-10:1:1", "");
	judging_sells(&j, "b", "2026-10:1:1", "currency: EUR\n");
	judging_refused(&j,
			"accounts of different currencies cannot be summed: a is in none stated, b in EUR; "
			"read those of one currency, or choose --currency and --rates");
	judging_free(&j);
}

static void
a_currency_in_which_nothing_was_sold_is_no_mixture(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "old", "2019-10:1:1", "currency: RUB\n");
	judging_add(&j, "id: new\ncurrency: GBP\n");
	judging_sells(&j, "a", "2026-10:1:1", "currency: EUR\n");
	judging_finish(&j);
	assert_string_equal(j.p.currency, "EUR");
	judging_free(&j);
}

static void
sums_beyond_36_digits_are_an_error(void **state)
{
	static const char most[] = "2026-10:999999999999999999999999999999999999:1 ";
	struct judging j;
	char twice[2 * sizeof most];

	(void)state;
	snprintf(twice, sizeof twice, "%s%s", most, most);
	begin(&j);
	judging_sells(&j, "a", twice, "");
	judging_refused(&j, "account a: sales: a sum is larger than 36 digits");
	judging_free(&j);

	/* one account alone can be summed, but not held against a hundred */
	begin(&j);
	judging_sells(&j, "a", most, "");
	judging_refused(
	    &j, "the sums of the portfolio are larger than 36 digits; the largest sales are of account a");
	judging_free(&j);
}

static void
a_mark_with_many_places_does_not_fail_in_silence(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "share: {large: 10.000000001, monopoly: 20}\n", LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2026-10:1:10000000000000000000000000000", "");
	judging_refused(
	    &j, "the sums of the portfolio are larger than 36 digits; the largest sales are of account a");
	judging_free(&j);
}

static void
the_oldest_and_the_newest_month_are_those_of_all(void **state)
{
	struct judging j;
	month m;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:1:1 2026-12:1:1", "");
	judging_add(&j, "id: b\n");
	judging_sells(&j, "c", "2019-03:1:1 2026-11:1:1", "");
	judging_finish(&j);
	month_parse("2019-03", 7, &m);
	assert_int_equal(j.p.oldest, m);
	month_parse("2026-12", 7, &m);
	assert_int_equal(j.p.newest, m);
	judging_free(&j);
}

static void
the_month_before_a_day_is_the_last_full_one(void **state)
{
	month m;

	(void)state;
	month_parse("2025-12", 7, &m);
	assert_int_equal(month_before((struct date){2026, 1, 1}), m);
	assert_int_equal(month_before((struct date){2026, 1, 31}), m);
}

static void
a_basis_has_two_names(void **state)
{
	enum basis basis = BASIS_AUTO;
	struct error err;

	(void)state;
	assert_int_equal(basis_parse("margin", &basis, &err), 0);
	assert_int_equal(basis, BASIS_MARGIN);
	assert_int_equal(basis_parse("revenue", &basis, &err), 0);
	assert_int_equal(basis, BASIS_REVENUE);
	assert_int_equal(basis_parse("Margin\033", &basis, &err), -1);
	assert_string_equal(err.text, "the basis is margin or revenue, not \"Margin\\x1B\"");
	assert_string_equal(basis_name(BASIS_MARGIN), "margin");
	assert_string_equal(basis_name(BASIS_REVENUE), "revenue");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_share_is_of_the_margin_and_a_volume_of_the_revenue),
	    cmocka_unit_test(months_outside_the_window_do_not_count),
	    cmocka_unit_test(sources_of_one_month_are_summed),
	    cmocka_unit_test(shares_are_rounded_half_away_from_zero),
	    cmocka_unit_test(ten_percent_is_large_and_twenty_not_yet_a_monopoly),
	    cmocka_unit_test(the_marks_of_size_are_the_models),
	    cmocka_unit_test(abc_changes_where_the_larger_ones_reach_the_mark),
	    cmocka_unit_test(accounts_that_bring_the_same_have_the_same_class_rank_and_cumulative_share),
	    cmocka_unit_test(five_equal_accounts_are_all_large_and_all_a),
	    cmocka_unit_test(without_any_sales_nothing_is_judged),
	    cmocka_unit_test(an_account_without_sales_among_others_brings_nothing),
	    cmocka_unit_test(one_month_is_enough_for_a_share_and_too_little_for_a_trend),
	    cmocka_unit_test(returns_alone_leave_no_whole_to_share),
	    cmocka_unit_test(a_negative_margin_is_a_negative_share),
	    cmocka_unit_test(one_account_above_75_percent_of_the_volume_is_a_dependence),
	    cmocka_unit_test(without_any_margin_revenue_stands_in),
	    cmocka_unit_test(a_chosen_revenue_is_taken_though_there_are_margins),
	    cmocka_unit_test(a_month_without_a_margin_among_others_is_an_error_that_names_the_account),
	    cmocka_unit_test(margins_that_end_are_not_passed_over_in_silence),
	    cmocka_unit_test(a_chosen_margin_must_be_there),
	    cmocka_unit_test(months_outside_the_window_need_no_margin),
	    cmocka_unit_test(a_month_without_a_revenue_is_still_a_sale),
	    cmocka_unit_test(currencies_are_not_summed),
	    cmocka_unit_test(a_currency_in_which_nothing_was_sold_is_no_mixture),
	    cmocka_unit_test(sums_beyond_36_digits_are_an_error),
	    cmocka_unit_test(a_mark_with_many_places_does_not_fail_in_silence),
	    cmocka_unit_test(the_oldest_and_the_newest_month_are_those_of_all),
	    cmocka_unit_test(the_month_before_a_day_is_the_last_full_one),
	    cmocka_unit_test(a_basis_has_two_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
