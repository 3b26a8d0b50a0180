/*
 * Parents with all that rolls up to them, and the fifths of RFM, worked by
 * hand.
 */
#include "domain/concentration.h"
#include "domain/groups.h"
#include "explaining.h"

#define LAST "2026-10"

static void
begin(struct judging *j)
{
	judging_begin(j, "", LAST, BASIS_AUTO);
}

static void
a_parent_rolls_up_all_that_is_below_it(void **state)
{
	static const char head[] = "id: h\nsales: [{month: 2026-10, source: s, revenue: 100, margin: 10}]\n"
				   "potential: [{year: 2026, amount: 500}]\n";
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "low", "2026-10:300:30", "parent: mid\npotential: [{year: 2026, amount: 300}]\n");
	judging_sells(&j, "mid", "", "parent: h\n");
	judging_add(&j, head);
	judging_sells(&j, "side", "2026-10:100:-10", "parent: h\n");
	judging_sells(&j, "other", "2026-10:500:70", "");
	judging_finish(&j);
	/* margins 10, 0, 30, −10 of 100; revenues 100, 0, 300, 100 of 1000; 500 of potentials of 800 */
	measure_is(&j, "h", "group-share", "30.0");
	measure_is(&j, "h", "group-volume", "50.0");
	measure_is(&j, "h", "group-penetration", "62.5");
	measure_is(&j, "mid", "group-share", "30.0");
	measure_is(&j, "mid", "group-volume", "30.0");
	measure_is(&j, "mid", "group-penetration", "100.0");
	measure_is(&j, "low", "group-share", "");
	measure_is(&j, "other", "group-share", "");
	assert_int_equal(judged(&j, "h")->group->accounts, 4);
	assert_int_equal(judged(&j, "h")->group->told, 2);
	assert_ptr_equal(judged(&j, "low")->top, judged(&j, "h")->group);
	assert_ptr_equal(judged(&j, "h")->top, judged(&j, "h")->group);
	assert_null(judged(&j, "other")->top);
	steps_are(&j, head, "group-share",
		  "margin: its own 10.00\n+ mid 30.00, 2 accounts\n+ side -10.00\n"
		  "100 × 30.00 ÷ 100.00 = 30.0\n");
	steps_are(&j, head, "group-penetration",
		  "potential: its own 500.00\n+ mid 300.00, 2 accounts\n+ side unknown\n"
		  "100 × 500.00 ÷ 800.00 = 62.5\n");
	judging_free(&j);
}

static void
a_group_may_be_named_by_a_parent_that_is_no_account(void **state)
{
	const struct figures **sorted, **all;
	struct judging j;
	size_t n;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:100:10", "parent: holding\n");
	judging_sells(&j, "b", "2026-10:300:30", "parent: holding\n");
	judging_sells(&j, "h", "2026-10:300:10", "");
	judging_sells(&j, "c", "2026-10:300:50", "parent: h\n");
	judging_sells(&j, "alone", "2026-10:900:90", "parent: alone\n");
	judging_finish(&j);
	assert_string_equal(judged(&j, "a")->top->id, "holding");
	assert_null(judged(&j, "a")->top->head);
	assert_int_equal(judged(&j, "a")->top->accounts, 2);
	decimal_is(judged(&j, "a")->top->amount, "40");
	assert_null(judged(&j, "alone")->group);
	assert_null(judged(&j, "alone")->top);
	/* the group of 60 first, in it the parent */
	all = portfolio_ranked(&j.p);
	sorted = groups_sorted(all, j.p.n, &n);
	assert_int_equal(n, 4);
	assert_string_equal(sorted[0]->id, "h");
	assert_string_equal(sorted[1]->id, "c");
	assert_string_equal(sorted[2]->id, "b");
	assert_string_equal(sorted[3]->id, "a");
	free(sorted);
	free(all);
	judging_free(&j);
}

/* x hangs on a circle of b, c, d: whatever the order, b is on top, and each is counted once */
static void
circle(const char *order)
{
	static const char *const parents[][2] = {{"b", "d"}, {"c", "b"}, {"d", "c"}, {"x", "c"}};
	char lines[32];
	struct judging j;

	begin(&j);
	for (; *order; order++) {
		const char *const *pair = parents[*order - '0'];

		snprintf(lines, sizeof lines, "parent: %s\n", pair[1]);
		judging_sells(&j, pair[0], "2026-10:10:10", lines);
	}
	judging_sells(&j, "z", "2026-10:60:60", "");
	judging_finish(&j);
	measure_is(&j, "b", "group-share", "40.0");
	measure_is(&j, "c", "group-share", "30.0");
	measure_is(&j, "d", "group-share", "");
	assert_null(judged(&j, "b")->above);
	assert_string_equal(judged(&j, "x")->top->id, "b");
	assert_int_equal(judged(&j, "d")->top->accounts, 4);
	judging_free(&j);
}

static void
circles_of_parents_end(void **state)
{
	struct judging j;

	(void)state;
	circle("0123");
	circle("3210");
	circle("2031");
	begin(&j);
	judging_sells(&j, "a", "2026-10:10:10", "parent: b\n");
	judging_sells(&j, "b", "2026-10:10:10", "parent: a\n");
	judging_finish(&j);
	measure_is(&j, "a", "group-share", "100.0");
	measure_is(&j, "b", "group-share", "");
	judging_free(&j);
}

static void
a_chain_may_be_as_long_as_the_portfolio(void **state)
{
	enum { LONG = 20000 };
	char id[16], lines[32];
	struct judging j;

	(void)state;
	begin(&j);
	for (int i = 0; i < LONG; i++) {
		snprintf(id, sizeof id, "n%d", i);
		snprintf(lines, sizeof lines, "parent: n%d\n", i + 1);
		judging_sells(&j, id, "2026-10:1:1", lines);
	}
	judging_finish(&j);
	assert_int_equal(j.p.account[0].top->accounts, LONG);
	assert_string_equal(j.p.account[0].top->id, "n20000");
	assert_int_equal(j.p.account[LONG - 1].group->accounts, LONG);
	assert_int_equal(j.p.account[1].group->accounts, 2);
	judging_free(&j);
}

/* an account that ordered on a day of October, so often, for so much */
static void
orders(struct judging *j, const char *id, int day, int count, int margin)
{
	struct buf text = {0};

	buf_printf(
	    &text,
	    "id: %s\nsales: [{month: 2026-10, source: s, revenue: 1, margin: %d, orders: %d, on: [%d]}]\n",
	    id, margin, count, day);
	judging_add(j, text.data);
	buf_free(&text);
}

static void
each_digit_of_rfm_is_a_fifth_of_the_accounts(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	orders(&j, "a", 1, 5, 30);
	orders(&j, "b", 2, 4, 40);
	orders(&j, "c", 3, 3, 50);
	orders(&j, "d", 4, 2, 10);
	orders(&j, "e", 5, 1, 20);
	/* who sold nothing in the window changes nobody's */
	judging_sells(&j, "idle", "2025-10:5:5", "");
	judging_finish(&j);
	measure_is(&j, "a", "rfm", "153");
	measure_is(&j, "b", "rfm", "244");
	measure_is(&j, "c", "rfm", "335");
	measure_is(&j, "d", "rfm", "421");
	measure_is(&j, "e", "rfm", "512");
	measure_is(&j, "idle", "rfm", "");
	judging_free(&j);
}

static void
equals_have_the_same_digit(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	/* recency: 0, 0, 2, 2, 2, 5 of 6 have less; 1 + 10 ÷ 6 = 2, 1 + 25 ÷ 6 = 5 */
	orders(&j, "a", 7, 1, 5);
	orders(&j, "b", 7, 1, 5);
	orders(&j, "c", 8, 1, 5);
	orders(&j, "d", 8, 1, 5);
	orders(&j, "e", 8, 1, 5);
	orders(&j, "f", 9, 1, 6);
	judging_finish(&j);
	measure_is(&j, "a", "rfm", "111");
	measure_is(&j, "b", "rfm", "111");
	measure_is(&j, "c", "rfm", "211");
	measure_is(&j, "e", "rfm", "211");
	measure_is(&j, "f", "rfm", "515");
	judging_free(&j);
}

static void
who_never_ordered_has_no_rfm(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_sells(&j, "untold", "2026-10:5:5", "");
	judging_add(
	    &j, "id: returns\nsales:\n"
		"  - {month: 2026-10, source: s, revenue: -5, margin: -5, returns: 5, orders: 0, on: []}\n");
	/* its last order was long ago: none in the window, but recency is known */
	judging_add(
	    &j, "id: back\nsales:\n"
		"  - {month: 2024-03, source: s, revenue: 5, margin: 5, orders: 1, on: [2]}\n"
		"  - {month: 2026-10, source: s, revenue: -5, margin: -5, returns: 5, orders: 0, on: []}\n");
	orders(&j, "a", 7, 1, 5);
	judging_finish(&j);
	measure_is(&j, "untold", "rfm", "");
	measure_is(&j, "returns", "rfm", "");
	measure_is(&j, "back", "rfm", "111");
	measure_is(&j, "a", "rfm", "333");
	judging_free(&j);
}

static void
days_alone_count_as_orders(void **state)
{
	struct judging j;

	(void)state;
	begin(&j);
	judging_add(&j,
		    "id: a\nsales: [{month: 2026-10, source: s, revenue: 1, margin: 1, on: [1, 2, 3]}]\n");
	judging_add(
	    &j, "id: b\nsales:\n  - {month: 2026-10, source: s, revenue: 1, margin: 1, orders: 999999999}\n"
		"  - {month: 2026-10, source: t, revenue: 1, margin: 1, orders: 999999999}\n"
		"  - {month: 2026-10, source: u, revenue: 1, margin: 1, orders: 999999999}\n");
	judging_finish(&j);
	assert_true(judged(&j, "a")->orders == 3);
	assert_true(judged(&j, "b")->orders == 2999999997LL);
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_parent_rolls_up_all_that_is_below_it),
	    cmocka_unit_test(a_group_may_be_named_by_a_parent_that_is_no_account),
	    cmocka_unit_test(circles_of_parents_end),
	    cmocka_unit_test(a_chain_may_be_as_long_as_the_portfolio),
	    cmocka_unit_test(each_digit_of_rfm_is_a_fifth_of_the_accounts),
	    cmocka_unit_test(equals_have_the_same_digit),
	    cmocka_unit_test(who_never_ordered_has_no_rfm),
	    cmocka_unit_test(days_alone_count_as_orders),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
