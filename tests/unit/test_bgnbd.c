/*
 * The model of order days against figures that were computed in another way:
 * the likelihood and the search for its maximum with the gamma function and
 * the method of Nelder and Mead, what is expected with the paper's closed form
 * in numbers of eighty digits.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/bgnbd.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* the paper's parameters */
static const struct bgnbd paper = {.r = 0.243, .alpha = 4.414, .a = 0.793, .b = 2.426};

static const struct order_group clients[] = {
    {{0, 0, 120}, 8},	{{0, 0, 200}, 9},   {{0, 0, 270}, 12},	 {{1, 14, 260}, 4},  {{1, 30, 100}, 2},
    {{1, 90, 230}, 3},	{{2, 60, 250}, 3},  {{2, 180, 210}, 2},	 {{3, 150, 240}, 2}, {{4, 200, 260}, 2},
    {{6, 240, 265}, 1}, {{9, 120, 255}, 1}, {{12, 250, 262}, 1},
};

static void
near(double value, double expected, double tolerance)
{
	if (!(fabs(value - expected) <= tolerance))
		fail_msg("%.12g is not %.12g", value, expected);
}

static void
the_likelihood_of_one_client_is_that_of_the_formula(void **state)
{
	const struct bgnbd f = {.r = 0.5, .alpha = 3, .a = 0.7, .b = 2};
	const struct order_group once = {{0, 0, 70}, 1}, often = {{3, 35, 70}, 1},
				 to_the_end = {{1, 7, 7}, 1};

	(void)state;
	near(bgnbd_log_likelihood(&f, &once, 1), -0.7331685343967135, 1e-12);
	near(bgnbd_log_likelihood(&f, &often, 1), -7.798961408406903, 1e-12);
	near(bgnbd_log_likelihood(&f, &to_the_end, 1), -2.223282577905728, 1e-12);
}

static void
clients_of_the_same_history_count_each(void **state)
{
	const struct bgnbd other = {.r = 2, .alpha = 10, .a = 1, .b = 5};

	(void)state;
	near(bgnbd_log_likelihood(&paper, clients, COUNT(clients)), -225.4478790322033, 1e-9);
	near(bgnbd_log_likelihood(&other, clients, COUNT(clients)), -272.5293869633492, 1e-9);
	assert_true(bgnbd_log_likelihood(&paper, NULL, 0) == 0);
}

static void
a_likelihood_beyond_the_range_of_numbers_has_a_logarithm(void **state)
{
	const struct bgnbd f = {.r = 100, .alpha = 1e-2, .a = 1e-4, .b = 1000};
	const struct order_group many = {{20000, 200000, 3000000}, 1}, daily = {{20000, 20000, 20000}, 1};

	(void)state;
	assert_true(isfinite(bgnbd_log_likelihood(&f, &many, 1)));
	assert_true(isfinite(bgnbd_log_likelihood(&f, &daily, 1)));
}

/* the clients one by one, from another place on */
static size_t
shuffle(struct order_group *group, size_t from)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(clients); i++) {
		for (size_t k = 0; k < clients[i].clients; k++)
			group[n++] = (struct order_group){clients[i].history, 1};
	}
	for (size_t i = 0; i < n; i++) {
		struct order_group kept = group[i];
		size_t with = (i * 17 + from) % n;

		group[i] = group[with];
		group[with] = kept;
	}
	return n;
}

static void
groups_are_joined_whatever_the_order_of_clients(void **state)
{
	struct order_group group[100];

	(void)state;
	for (size_t from = 0; from < 50; from++) {
		assert_int_equal(order_groups_join(group, shuffle(group, from)), COUNT(clients));
		for (size_t i = 0; i < COUNT(clients); i++) {
			assert_memory_equal(&group[i].history, &clients[i].history,
					    sizeof clients[i].history);
			assert_int_equal(group[i].clients, clients[i].clients);
		}
	}
	assert_int_equal(order_groups_join(group, 0), 0);
}

static void
the_fit_is_where_the_likelihood_is_greatest(void **state)
{
	struct bgnbd f, again;
	struct error err;

	(void)state;
	assert_int_equal(bgnbd_fit(&f, clients, COUNT(clients), &err), 0);
	near(f.r, 0.2827, 1e-12);
	near(f.alpha, 4.450, 1e-12);
	near(f.a, 0.7136, 1e-12);
	near(f.b, 1.877, 1e-12);
	near(bgnbd_log_likelihood(&f, clients, COUNT(clients)), -225.21311775996793, 1e-6);
	assert_int_equal(bgnbd_fit(&again, clients, COUNT(clients), &err), 0);
	assert_memory_equal(&f, &again, sizeof f);
}

/* the likelihood has a second maximum, -2783.8, where nobody leaves */
static void
a_few_of_many_regular_clients_who_left_are_seen(void **state)
{
	const struct order_group regular[] = {{{14, 470, 700}, 2},
					      {{18, 500, 690}, 1},
					      {{24, 660, 690}, 13},
					      {{30, 690, 700}, 14},
					      {{36, 695, 701}, 13}};
	struct bgnbd f;
	struct error err;

	(void)state;
	assert_int_equal(bgnbd_fit(&f, regular, COUNT(regular), &err), 0);
	assert_true(bgnbd_log_likelihood(&f, regular, COUNT(regular)) > -2780);
	assert_true(f.a + f.b > 990);
	assert_true(bgnbd_alive(&f, &regular[0].history) < 0.1);
	assert_true(bgnbd_alive(&f, &regular[3].history) > 0.99);
}

static void
where_nobody_leaves_there_is_no_chance_of_it(void **state)
{
	const struct order_group monthly = {{23, 690, 705}, 100};
	struct bgnbd f;
	struct error err;

	(void)state;
	assert_int_equal(bgnbd_fit(&f, &monthly, 1, &err), -1);
	assert_string_equal(err.text,
			    "the order days show no client leaving, so that its chance cannot be told");
}

static void
without_a_second_order_there_is_no_fit(void **state)
{
	const struct order_group once[] = {{{0, 0, 10}, 50}, {{0, 0, 100}, 50}};
	struct bgnbd f;
	struct error err;

	(void)state;
	assert_int_equal(bgnbd_fit(&f, once, 2, &err), -1);
	assert_string_equal(err.text, "no client ordered on a second day");
	assert_int_equal(bgnbd_fit(&f, once, 0, &err), -1);
}

static void
a_client_of_the_paper_is_alive_and_buys_as_it_says(void **state)
{
	const struct order_history h = {.repeats = 2, .recency = 213, .age = 272};
	double alive = bgnbd_alive(&paper, &h);

	(void)state;
	near(alive, 0.727, 0.0005);
	near(alive * bgnbd_orders_if_alive(&paper, &h, 39), 1.226, 0.0005);
}

static void
whoever_ordered_once_is_alive(void **state)
{
	const struct order_history once = {0, 0, 3000000};

	(void)state;
	assert_true(bgnbd_alive(&paper, &once) == 1);
}

static void
silence_and_haste_make_a_death_likely(void **state)
{
	const struct order_history patient = {2, 100, 300}, hasty = {20, 100, 300},
				   gone = {5000, 100, 3000000};

	(void)state;
	assert_true(bgnbd_alive(&paper, &hasty) < bgnbd_alive(&paper, &patient));
	assert_true(bgnbd_alive(&paper, &gone) == 0);
}

static void
what_is_expected_is_the_closed_form(void **state)
{
	static const struct {
		struct bgnbd f;
		struct order_history h;
		double weeks, alive, orders;
	} cases[] = {
	    {{0.243, 4.414, 0.793, 2.426}, {2, 213, 272}, 39, 0.7265897218, 1.6874940139},
	    {{0.243, 4.414, 0.793, 2.426}, {0, 0, 7}, 52, 1, 1.2654343702},
	    {{0.243, 4.414, 0.793, 2.426}, {0, 0, 272}, 52, 1, 0.2520876569},
	    /* a = 1, where the closed form has no value */
	    {{2, 5, 1.000001, 3}, {10, 300, 365}, 52, 0.5882891912, 7.9185522285},
	    {{2, 5, 0.999999, 3}, {10, 300, 365}, 52, 0.5882896756, 7.9185567778},
	    {{2, 5, 1, 3}, {10, 300, 365}, 52, 0.5882894334, 7.9185545032},
	    /* a + b below 1 */
	    {{0.5, 0.1, 0.3, 0.5}, {0, 0, 0}, 52, 1, 38.8930803875},
	    {{2, 1, 3, 1}, {1, 1, 2}, 1000, 0.1896998888, 1.9999902387},
	    {{20, 100, 0.05, 30}, {40, 700, 730}, 52, 0.9974208330, 15.1940114837},
	    {{1, 0.2, 0.01, 5}, {3650, 3649, 3650}, 52, 0.9999925607, 363.7846536917},
	    /* the first weight is below the smallest number */
	    {{1, 0.1, 0.001, 9}, {30, 30, 30}, 520, 0.9999736849, 3662.2444691819},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		near(bgnbd_alive(&cases[i].f, &cases[i].h), cases[i].alive, 2e-10);
		near(bgnbd_orders_if_alive(&cases[i].f, &cases[i].h, cases[i].weeks), cases[i].orders,
		     1e-9 * (1 + cases[i].orders));
	}
	assert_true(bgnbd_orders_if_alive(&paper, &cases[0].h, 0) == 0);
}

static void
a_series_that_takes_too_long_has_no_sum(void **state)
{
	const struct bgnbd f = {.r = 100, .alpha = 1e-4, .a = 1e-4, .b = 1000};
	const struct order_history h = {0, 0, 0};

	(void)state;
	assert_true(isnan(bgnbd_orders_if_alive(&f, &h, 1000)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_likelihood_of_one_client_is_that_of_the_formula),
	    cmocka_unit_test(clients_of_the_same_history_count_each),
	    cmocka_unit_test(a_likelihood_beyond_the_range_of_numbers_has_a_logarithm),
	    cmocka_unit_test(groups_are_joined_whatever_the_order_of_clients),
	    cmocka_unit_test(the_fit_is_where_the_likelihood_is_greatest),
	    cmocka_unit_test(a_few_of_many_regular_clients_who_left_are_seen),
	    cmocka_unit_test(where_nobody_leaves_there_is_no_chance_of_it),
	    cmocka_unit_test(without_a_second_order_there_is_no_fit),
	    cmocka_unit_test(a_client_of_the_paper_is_alive_and_buys_as_it_says),
	    cmocka_unit_test(whoever_ordered_once_is_alive),
	    cmocka_unit_test(silence_and_haste_make_a_death_likely),
	    cmocka_unit_test(what_is_expected_is_the_closed_form),
	    cmocka_unit_test(a_series_that_takes_too_long_has_no_sum),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
