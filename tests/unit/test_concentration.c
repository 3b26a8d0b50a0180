#include "domain/concentration.h"
#include "judging.h"

#define LAST "2026-10"
#define KEY "tier: key\n"

static void
begin(struct judging *j)
{
	judging_begin(j, "", LAST, BASIS_AUTO);
}

static void
compute(struct judging *j, struct concentration *c)
{
	judging_finish(j);
	assert_int_equal(concentration_compute(&j->p, c, &j->err), 0);
}

/* two key accounts bring these volumes, another the rest */
static void
key_volume_is(const char *one, const char *two, const char *rest, const char *percent,
	      enum key_verdict verdict)
{
	struct judging j;
	struct concentration c;
	char sales[3][64];

	snprintf(sales[0], sizeof sales[0], "2026-10:%s:1", one);
	snprintf(sales[1], sizeof sales[1], "2026-10:%s:1", two);
	snprintf(sales[2], sizeof sales[2], "2026-10:%s:1", rest);
	begin(&j);
	judging_sells(&j, "one", sales[0], KEY);
	judging_sells(&j, "two", sales[1], KEY);
	judging_sells(&j, "rest", sales[2], "tier: large\n");
	compute(&j, &c);
	assert_int_equal(c.key, 2);
	decimal_is(c.key_volume, percent);
	assert_int_equal(c.key_verdict, verdict);
	judging_free(&j);
}

static void
key_accounts_are_held_against_the_band_and_the_mark(void **state)
{
	(void)state;
	key_volume_is("20.00", "9.99", "70.01", "30.0", KEY_BELOW);
	key_volume_is("20.00", "10.00", "70.00", "30.0", KEY_INSIDE);
	key_volume_is("50.00", "5.00", "45.00", "55.0", KEY_INSIDE);
	key_volume_is("50.00", "5.01", "44.99", "55.0", KEY_ABOVE);
	key_volume_is("70.00", "5.00", "25.00", "75.0", KEY_ABOVE);
	key_volume_is("70.00", "5.01", "24.99", "75.0", KEY_DEPENDENT);
	key_volume_is("0", "0", "0", "", KEY_NO_SALES);
	key_volume_is("1", "1", "-2", "", KEY_NO_SALES);
}

static void
key_is_a_persons_word(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:1:1", "tier: large\n");
	judging_sells(&j, "b", "2026-10:1:1", "");
	compute(&j, &c);
	assert_int_equal(c.key, 0);
	decimal_is(c.key_volume, "");
	assert_int_equal(c.key_verdict, KEY_NONE_NAMED);
	judging_free(&j);
}

static void
a_key_account_that_buys_nothing_yet_is_counted(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_add(&j, "id: a\n" KEY);
	judging_sells(&j, "b", "2026-10:1:1", "");
	compute(&j, &c);
	assert_int_equal(c.accounts, 2);
	assert_int_equal(c.active, 1);
	assert_int_equal(c.key, 1);
	decimal_is(c.key_volume, "0.0");
	assert_int_equal(c.key_verdict, KEY_BELOW);
	judging_free(&j);
}

static void
what_was_kept_is_of_those_who_bought_before(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "stays", "2025-10:100:1 2026-10:150:1", "");
	judging_sells(&j, "shrinks", "2024-11:200:1 2025-11:30:1", "");
	judging_sells(&j, "left", "2025-01:60:1", "");
	judging_sells(&j, "back", "2024-10:500:1 2026-01:500:1", "");
	judging_sells(&j, "new", "2026-10:900:1", "");
	compute(&j, &c);
	assert_int_equal(c.before, 3);
	assert_int_equal(c.kept, 2);
	decimal_is(c.clients_kept, "66.7");
	decimal_is(c.revenue_kept, "50.0");
	judging_free(&j);
}

static void
nothing_is_kept_where_nothing_was(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "new", "2026-10:900:1", "");
	compute(&j, &c);
	decimal_is(c.clients_kept, "");
	decimal_is(c.revenue_kept, "");
	judging_free(&j);

	begin(&j);
	judging_sells(&j, "left", "2024-11:-5:-5", "");
	compute(&j, &c);
	decimal_is(c.clients_kept, "");
	decimal_is(c.revenue_kept, "");
	judging_free(&j);
}

static void
what_was_kept_is_unknown_where_sales_begin_inside_the_window_before(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "stays", "2024-12:100:1 2026-10:150:1", "");
	compute(&j, &c);
	decimal_is(c.clients_kept, "");
	decimal_is(c.revenue_kept, "");
	judging_free(&j);

	/* who only sent back now is not kept */
	begin(&j);
	judging_sells(&j, "left", "2024-11:100:1 2026-10:-10:-1", "");
	compute(&j, &c);
	decimal_is(c.clients_kept, "0.0");
	decimal_is(c.revenue_kept, "-10.0");
	judging_free(&j);
}

static void
the_marks_are_the_models(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	judging_begin(&j, "volume: {key-band: [10, 40], dependence: 50}\n", LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2026-10:50:1", KEY);
	judging_sells(&j, "b", "2026-10:50:1", "");
	compute(&j, &c);
	assert_int_equal(c.key_verdict, KEY_ABOVE);
	judging_free(&j);
}

static void
the_largest_by_margin_and_by_volume_may_be_two(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:10:70", "");
	judging_sells(&j, "b", "2026-10:80:19", "");
	judging_sells(&j, "c", "2026-10:10:11", "");
	compute(&j, &c);
	assert_string_equal(c.largest->id, "a");
	assert_string_equal(c.largest_volume->id, "b");
	assert_int_equal(c.monopoly, 1);
	assert_int_equal(c.large, 2);
	judging_free(&j);
}

static void
of_equals_the_first_by_id_is_the_largest_in_any_order(void **state)
{
	static const char *const orders[][3] = {{"a", "b", "c"}, {"c", "b", "a"}, {"b", "c", "a"}};
	struct judging j;
	struct concentration c;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof orders / sizeof *orders; i++) {
		begin(&j);
		judging_add(&j, "id: '0'\n");
		for (k = 0; k < 3; k++)
			judging_sells(&j, orders[i][k], "2026-10:5:2", "");
		compute(&j, &c);
		assert_string_equal(c.largest->id, "a");
		assert_string_equal(c.largest_volume->id, "a");
		judging_free(&j);
	}
}

static void
without_sales_there_is_no_largest(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2025-10:5:5", "");
	compute(&j, &c);
	assert_int_equal(c.active, 0);
	assert_null(c.largest);
	assert_null(c.largest_volume);
	assert_int_equal(c.fifth, 0);
	decimal_is(c.fifth_share, "");
	judging_free(&j);
}

/* of n accounts that bring 1, 2 … n, and two that bring nothing */
static void
fifth_is(int n, size_t fifth, const char *share)
{
	struct judging j;
	struct concentration c;
	char id[32], sales[64];
	int i;

	begin(&j);
	judging_add(&j, "id: idle\n");
	judging_sells(&j, "former", "2025-10:5:5", "");
	for (i = 1; i <= n; i++) {
		snprintf(id, sizeof id, "n%d", i);
		snprintf(sales, sizeof sales, "2026-10:1:%d", i);
		judging_sells(&j, id, sales, "");
	}
	compute(&j, &c);
	assert_int_equal(c.fifth, fifth);
	decimal_is(c.fifth_share, share);
	judging_free(&j);
}

static void
the_largest_fifth_is_of_the_active_accounts_rounded_up(void **state)
{
	(void)state;
	fifth_is(1, 1, "100.0");
	fifth_is(5, 1, "33.3");	 /* 5 of 15 */
	fifth_is(6, 2, "52.4");	 /* 11 of 21 */
	fifth_is(10, 2, "34.5"); /* 19 of 55 */
}

static void
a_loss_above_an_account_that_sold_nothing_is_still_active(void **state)
{
	struct judging j;
	struct concentration c;

	(void)state;
	begin(&j);
	judging_sells(&j, "loss", "2026-10:10:-1", "");
	judging_add(&j, "id: idle\n");
	compute(&j, &c);
	assert_int_equal(c.fifth, 1);
	assert_string_equal(c.largest->id, "loss");
	decimal_is(c.fifth_share, "");
	judging_free(&j);
}

static void
accounts_are_ranked_by_amount_then_id(void **state)
{
	static const char *const expected[] = {"d", "a", "c", "b", "0", "e"};
	struct judging j;
	const struct figures **ranked;
	size_t i;

	(void)state;
	begin(&j);
	judging_sells(&j, "c", "2026-10:1:2", "");
	judging_sells(&j, "e", "2026-10:1:-2", "");
	judging_sells(&j, "b", "2026-10:1:1.5", "");
	judging_add(&j, "id: '0'\n");
	judging_sells(&j, "a", "2026-10:1:2.00", "");
	judging_sells(&j, "d", "2026-10:1:3", "");
	judging_finish(&j);
	ranked = portfolio_ranked(&j.p);
	for (i = 0; i < j.p.n; i++)
		assert_string_equal(ranked[i]->id, expected[i]);
	free(ranked);
	judging_free(&j);
}

static struct manager_sum *
sums_of_all(struct judging *j, size_t *n)
{
	const struct figures **all = portfolio_ranked(&j->p);
	struct manager_sum *sums = manager_sums(&j->p, all, j->p.n, n, &j->err);

	free(all);
	return sums;
}

static void
a_manager_is(const struct manager_sum *m, const char *name, size_t accounts, size_t active, size_t key,
	     const char *revenue, const char *amount, const char *share)
{
	if (name)
		assert_string_equal(m->manager, name);
	else
		assert_null(m->manager);
	assert_int_equal(m->accounts, accounts);
	assert_int_equal(m->active, active);
	assert_int_equal(m->key, key);
	decimal_is(m->revenue, revenue);
	decimal_is(m->amount, amount);
	decimal_is(m->share, share);
}

static void
managers_are_summed_and_the_largest_comes_first(void **state)
{
	struct judging j;
	struct manager_sum *sums;
	size_t n;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:100:10", "manager: south\n" KEY);
	judging_sells(&j, "b", "2026-10:100:40", "");
	judging_sells(&j, "c", "2026-10:50:25", "manager: north\n");
	judging_sells(&j, "d", "2026-10:50:25", "manager: south\n" KEY);
	judging_add(&j, "id: e\nmanager: south\n");
	judging_add(&j, "id: f\nmanager: east\n");
	judging_finish(&j);
	sums = sums_of_all(&j, &n);
	assert_non_null(sums);
	assert_int_equal(n, 4);
	a_manager_is(&sums[0], NULL, 1, 1, 0, "100", "40", "40.0");
	a_manager_is(&sums[1], "south", 3, 2, 2, "150", "35", "35.0");
	a_manager_is(&sums[2], "north", 1, 1, 0, "50", "25", "25.0");
	a_manager_is(&sums[3], "east", 1, 0, 0, "0", "0", "0.0");
	free(sums);
	judging_free(&j);
}

static void
sums_are_of_the_accounts_asked_for_and_shares_of_all(void **state)
{
	struct judging j;
	const struct figures *some[2];
	struct manager_sum *sums;
	size_t n;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:100:10", "manager: south\n" KEY);
	judging_sells(&j, "b", "2026-10:100:40", "manager: south\n");
	judging_sells(&j, "c", "2026-10:50:50", "manager: north\n");
	judging_add(&j, "id: d\nmanager: north\n" KEY);
	judging_finish(&j);
	some[0] = judged(&j, "a");
	some[1] = judged(&j, "d");
	sums = manager_sums(&j.p, some, 2, &n, &j.err);
	assert_non_null(sums);
	assert_int_equal(n, 2);
	a_manager_is(&sums[0], "south", 1, 1, 1, "100", "10", "10.0");
	a_manager_is(&sums[1], "north", 1, 0, 1, "0", "0", "0.0");
	free(sums);
	judging_free(&j);
}

static void
too_many_key_accounts_are_the_models(void **state)
{
	static const char *const models[] = {"key: {most-per-manager: 1}\n", "key: {most-per-manager: 2}\n"};
	struct judging j;
	struct manager_sum *sums;
	size_t n;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		judging_begin(&j, models[i], LAST, BASIS_AUTO);
		judging_sells(&j, "a", "2026-10:100:10", "manager: south\n" KEY);
		judging_sells(&j, "b", "2026-10:100:9", "manager: south\n" KEY);
		judging_sells(&j, "c", "2026-10:100:8", "manager: north\n" KEY);
		judging_sells(&j, "d", "2026-10:100:7", KEY);
		judging_sells(&j, "e", "2026-10:100:6", KEY);
		judging_finish(&j);
		sums = sums_of_all(&j, &n);
		assert_int_equal(n, 3);
		assert_int_equal(sums[0].too_many_key, i == 0);
		assert_null(sums[1].manager);
		assert_false(sums[1].too_many_key);
		assert_false(sums[2].too_many_key);
		free(sums);
		judging_free(&j);
	}
}

static void
managers_of_the_same_amount_come_by_name_and_none_last(void **state)
{
	struct judging j;
	struct manager_sum *sums;
	size_t n;

	(void)state;
	begin(&j);
	judging_sells(&j, "a", "2026-10:1:1", "");
	judging_sells(&j, "b", "2026-10:1:1", "manager: y\n");
	judging_sells(&j, "c", "2026-10:1:1.0", "manager: x\n");
	judging_finish(&j);
	sums = sums_of_all(&j, &n);
	assert_int_equal(n, 3);
	assert_string_equal(sums[0].manager, "x");
	assert_string_equal(sums[1].manager, "y");
	assert_null(sums[2].manager);
	free(sums);
	judging_free(&j);
}

static void
an_empty_portfolio_has_no_managers_and_no_key_accounts(void **state)
{
	struct judging j;
	struct concentration c;
	struct manager_sum *sums;
	size_t n;

	(void)state;
	begin(&j);
	compute(&j, &c);
	assert_int_equal(c.accounts, 0);
	assert_int_equal(c.key_verdict, KEY_NONE_NAMED);
	sums = sums_of_all(&j, &n);
	assert_non_null(sums);
	assert_int_equal(n, 0);
	free(sums);
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(key_accounts_are_held_against_the_band_and_the_mark),
	    cmocka_unit_test(key_is_a_persons_word),
	    cmocka_unit_test(a_key_account_that_buys_nothing_yet_is_counted),
	    cmocka_unit_test(what_was_kept_is_of_those_who_bought_before),
	    cmocka_unit_test(nothing_is_kept_where_nothing_was),
	    cmocka_unit_test(what_was_kept_is_unknown_where_sales_begin_inside_the_window_before),
	    cmocka_unit_test(the_marks_are_the_models),
	    cmocka_unit_test(the_largest_by_margin_and_by_volume_may_be_two),
	    cmocka_unit_test(of_equals_the_first_by_id_is_the_largest_in_any_order),
	    cmocka_unit_test(without_sales_there_is_no_largest),
	    cmocka_unit_test(the_largest_fifth_is_of_the_active_accounts_rounded_up),
	    cmocka_unit_test(a_loss_above_an_account_that_sold_nothing_is_still_active),
	    cmocka_unit_test(accounts_are_ranked_by_amount_then_id),
	    cmocka_unit_test(managers_are_summed_and_the_largest_comes_first),
	    cmocka_unit_test(sums_are_of_the_accounts_asked_for_and_shares_of_all),
	    cmocka_unit_test(too_many_key_accounts_are_the_models),
	    cmocka_unit_test(managers_of_the_same_amount_come_by_name_and_none_last),
	    cmocka_unit_test(an_empty_portfolio_has_no_managers_and_no_key_accounts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
