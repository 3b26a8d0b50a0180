#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/sales.h"

static struct sales sales;
static struct error err;

static int
set_up(void **state)
{
	(void)state;
	sales = (struct sales){0};
	memset(&err, 0, sizeof err);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	sales_free(&sales);
	return 0;
}

static struct decimal
decimal_of(const char *text)
{
	struct decimal d = {0};

	if (text && decimal_parse(text, strlen(text), &d) < 0)
		fail_msg("not a decimal: %s", text);
	return d;
}

/* a row; NULL: no document, no margin */
static int
add_to(size_t account, const char *source, const char *day, const char *document, const char *revenue,
       const char *margin)
{
	struct sales_row row = {.document = document,
				.document_len = document ? strlen(document) : 0,
				.revenue = decimal_of(revenue),
				.margin = decimal_of(margin)};

	assert_int_equal(date_parse(day, strlen(day), &row.date), 0);
	row.is_return = decimal_sign(&row.revenue) < 0;
	return sales_add(&sales, account, source, &row, &err);
}

static void
add(const char *day, const char *document, const char *revenue)
{
	if (add_to(1, "shop", day, document, revenue, NULL) < 0)
		fail_msg("%s", err.text);
}

/* the i-th month as it is written */
static void
item_is(size_t i, const char *written)
{
	struct arena arena = {0};
	struct buf out = {0};

	assert_true(i < sales.n);
	node_write_flow(&out, sales_item(sales.month[i], &arena));
	assert_string_equal(out.data, written);
	buf_free(&out);
	arena_free(&arena);
}

static void
half_a_cent_rounds_away_from_zero_once_on_output(void **state)
{
	(void)state;
	add("2026-01-01", "a", "0.005");
	item_is(0, "{month: 2026-01, source: shop, revenue: 0.01, returns: 0.00, orders: 1, on: [1]}");
	add("2026-01-01", "a", "0.005");
	item_is(0, "{month: 2026-01, source: shop, revenue: 0.01, returns: 0.00, orders: 1, on: [1]}");
	add("2026-01-01", "a", "0.0049");
	item_is(0, "{month: 2026-01, source: shop, revenue: 0.01, returns: 0.00, orders: 1, on: [1]}");
	add("2026-01-01", "a", "0.0001");
	item_is(0, "{month: 2026-01, source: shop, revenue: 0.02, returns: 0.00, orders: 1, on: [1]}");
}

static void
half_a_cent_of_returns_rounds_away_from_zero_too(void **state)
{
	(void)state;
	add("2026-01-31", "a", "-0.005");
	item_is(0, "{month: 2026-01, source: shop, revenue: -0.01, returns: 0.01, orders: 0, on: []}");
}

static void
returns_are_taken_off_and_told_apart_and_are_no_orders(void **state)
{
	(void)state;
	add("2026-02-03", "1", "100.00");
	add("2026-02-04", "2", "-30.00");
	add("2026-02-05", "3", "-0.50");
	item_is(0, "{month: 2026-02, source: shop, revenue: 69.50, returns: 30.50, orders: 1, on: [3]}");
}

static void
orders_are_distinct_documents_of_a_month(void **state)
{
	(void)state;
	add("2026-03-02", "A-1", "1");
	add("2026-03-02", "A-1", "1");
	add("2026-03-09", "A-2", "1");
	add("2026-03-16", "A-1", "1");
	add("2026-03-16", "A-10", "1");
	add("2026-04-01", "A-1", "1");
	item_is(0, "{month: 2026-03, source: shop, revenue: 5.00, returns: 0.00, orders: 3, on: [2, 9, 16]}");
	item_is(1, "{month: 2026-04, source: shop, revenue: 1.00, returns: 0.00, orders: 1, on: [1]}");
}

static void
documents_of_other_accounts_and_sources_are_others(void **state)
{
	(void)state;
	add_to(1, "a", "2026-03-02", "1", "1", NULL);
	add_to(2, "a", "2026-03-02", "1", "1", NULL);
	add_to(1, "b", "2026-03-02", "1", "1", NULL);
	add_to(1, "a", "2026-03-02", "1", "1", NULL);
	assert_int_equal(sales.n, 3);
	item_is(0, "{month: 2026-03, source: a, revenue: 2.00, returns: 0.00, orders: 1, on: [2]}");
	item_is(1, "{month: 2026-03, source: a, revenue: 1.00, returns: 0.00, orders: 1, on: [2]}");
	item_is(2, "{month: 2026-03, source: b, revenue: 1.00, returns: 0.00, orders: 1, on: [2]}");
}

static void
rows_without_a_document_are_one_order_a_day(void **state)
{
	(void)state;
	add("2026-05-31", NULL, "1");
	add("2026-05-01", NULL, "1");
	add("2026-05-31", NULL, "1");
	add("2026-05-07", NULL, "-1");
	item_is(0, "{month: 2026-05, source: shop, revenue: 2.00, returns: 1.00, orders: 2, on: [1, 31]}");
}

static void
orders_do_not_depend_on_the_order_of_rows(void **state)
{
	(void)state;
	add("2026-05-31", NULL, "1");
	add("2026-05-31", "a", "1");
	add("2026-06-30", "a", "1");
	add("2026-06-30", NULL, "1");
	item_is(0, "{month: 2026-05, source: shop, revenue: 2.00, returns: 0.00, orders: 2, on: [31]}");
	item_is(1, "{month: 2026-06, source: shop, revenue: 2.00, returns: 0.00, orders: 2, on: [30]}");
}

static void
sources_of_equal_names_are_one(void **state)
{
	char first[] = "shop", second[] = "shop";

	(void)state;
	add_to(1, first, "2026-05-31", "a", "1", NULL);
	add_to(2, first, "2026-05-31", "a", "1", NULL);
	add_to(1, second, "2026-05-31", "b", "2", NULL);
	assert_int_equal(sales.n, 2);
	/* nothing of what was given is needed any more */
	memset(first, 'x', 4);
	memset(second, 'x', 4);
	item_is(0, "{month: 2026-05, source: shop, revenue: 3.00, returns: 0.00, orders: 2, on: [31]}");
}

static void
a_month_has_a_margin_when_each_of_its_rows_has_one(void **state)
{
	(void)state;
	add_to(1, "shop", "2026-05-01", "a", "10", "2.505");
	add_to(1, "shop", "2026-05-01", "a", "-4", "-1.5");
	add_to(1, "shop", "2026-06-01", "b", "10", "2");
	add_to(1, "shop", "2026-06-01", "b", "10", NULL);
	item_is(
	    0,
	    "{month: 2026-05, source: shop, revenue: 6.00, margin: 1.01, returns: 4.00, orders: 1, on: [1]}");
	item_is(1, "{month: 2026-06, source: shop, revenue: 20.00, returns: 0.00, orders: 1, on: [1]}");
}

static void
sums_go_beyond_64_bits_exactly(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 10; i++)
		add("2026-07-01", "a", "99999999999999999999.99");
	add("2026-07-01", "a", "0.1");
	item_is(
	    0, "{month: 2026-07, source: shop, revenue: 1000000000000000000000.00, returns: 0.00, orders: 1, "
	       "on: [1]}");
}

static void
a_sum_that_overflows_is_an_error_and_adds_nothing(void **state)
{
	const char *most = "9999999999999999999999999999999999";

	(void)state;
	assert_int_equal(add_to(1, "shop", "2026-07-01", "a", "1", most), 0);
	assert_int_equal(add_to(1, "shop", "2026-07-02", "b", "5", "1"), -1);
	assert_string_equal(err.text, "the sum of the month has more than 34 digits before the point");
	assert_int_equal(add_to(1, "shop", "2026-07-03", "c", most, "-1"), -1);
	assert_int_equal(add_to(1, "shop", "2026-08-03", "c", "10000000000000000000000000000000000", "1"),
			 -1);
	assert_string_equal(err.text, "the amount has more than 34 digits before the point");
	assert_int_equal(add_to(1, "shop", "2026-08-03", "c", "1", "-10000000000000000000000000000000000"),
			 -1);
	assert_int_equal(sales.n, 1);
	assert_int_equal(add_to(1, "shop", "2026-07-04", "d", "2", "-1"), 0);
	item_is(
	    0, "{month: 2026-07, source: shop, revenue: 3.00, margin: 9999999999999999999999999999999998.00, "
	       "returns: 0.00, orders: 2, on: [1, 4]}");
}

static void
months_are_sorted_by_account_month_and_source(void **state)
{
	(void)state;
	add_to(2, "a", "2026-01-01", "1", "1", NULL);
	add_to(1, "b", "2026-02-01", "1", "2", NULL);
	add_to(1, "a", "2026-02-01", "1", "3", NULL);
	add_to(1, "b", "2025-12-01", "1", "4", NULL);
	sales_sort(&sales);
	item_is(0, "{month: 2025-12, source: b, revenue: 4.00, returns: 0.00, orders: 1, on: [1]}");
	item_is(1, "{month: 2026-02, source: a, revenue: 3.00, returns: 0.00, orders: 1, on: [1]}");
	item_is(2, "{month: 2026-02, source: b, revenue: 2.00, returns: 0.00, orders: 1, on: [1]}");
	item_is(3, "{month: 2026-01, source: a, revenue: 1.00, returns: 0.00, orders: 1, on: [1]}");
}

/* a row of a product; revenue only of the product, or of the month too */
static int
add_product(const char *day, const char *product, const char *revenue, bool only)
{
	struct sales_row row = {.product = product,
				.product_len = product ? strlen(product) : 0,
				.products_only = only,
				.document = "a",
				.document_len = 1,
				.revenue = decimal_of(revenue)};

	assert_int_equal(date_parse(day, strlen(day), &row.date), 0);
	row.is_return = decimal_sign(&row.revenue) < 0;
	return sales_add(&sales, 1, "shop", &row, &err);
}

static void
revenue_is_summed_by_product_in_the_order_of_bytes(void **state)
{
	(void)state;
	assert_int_equal(add_product("2026-01-05", "плёнка", "1.005", false), 0);
	assert_int_equal(add_product("2026-01-05", "film", "2.10", false), 0);
	assert_int_equal(add_product("2026-01-06", "carton", "10", false), 0);
	assert_int_equal(add_product("2026-01-06", "film", "-0.5", false), 0);
	assert_int_equal(add_product("2026-01-06", "Film", "3", false), 0);
	assert_int_equal(add_product("2026-01-06", "plёnka, 5\"", "1", false), 0);
	assert_int_equal(add_product("2026-01-07", NULL, "0.40", false), 0);
	assert_int_equal(add_product("2026-02-07", "film", "7", false), 0);
	item_is(0,
		"{month: 2026-01, source: shop, revenue: 17.01, returns: 0.50, orders: 1, on: [5, 6, 7], "
		"products: {Film: 3.00, carton: 10.00, film: 1.60, \"plёnka, 5\\\"\": 1.00, плёнка: 1.01}}");
	item_is(1,
		"{month: 2026-02, source: shop, revenue: 7.00, returns: 0.00, orders: 1, on: [7], products: "
		"{film: 7.00}}");
}

static void
a_product_whose_rows_cancel_out_is_zero_and_not_absent(void **state)
{
	(void)state;
	assert_int_equal(add_product("2026-01-05", "film", "2.10", true), 0);
	assert_int_equal(add_product("2026-01-06", "film", "-2.10", true), 0);
	item_is(0, "{month: 2026-01, source: shop, products: {film: 0.00}}");
}

static void
rows_of_products_alone_tell_no_figures(void **state)
{
	(void)state;
	assert_int_equal(add_product("2026-01-05", "film", "2.10", true), 0);
	assert_int_equal(add_product("2026-01-06", "carton", "-1", true), 0);
	item_is(0, "{month: 2026-01, source: shop, products: {carton: -1.00, film: 2.10}}");
	assert_false(sales.month[0]->revenue.known);
	assert_int_equal(sales.documents.used, 0);
}

static void
rows_of_products_alone_join_the_figures_of_other_rows(void **state)
{
	(void)state;
	assert_int_equal(add_product("2026-01-05", "film", "2.10", true), 0);
	assert_int_equal(add_to(1, "shop", "2026-01-09", "x", "3", "1"), 0);
	assert_int_equal(add_product("2026-01-06", "film", "1", true), 0);
	/* that rows of products have no margin does not take it from the month */
	item_is(0,
		"{month: 2026-01, source: shop, revenue: 3.00, margin: 1.00, returns: 0.00, orders: 1, on: "
		"[9], products: {film: 3.10}}");
	assert_int_equal(sales.n, 1);
}

static void
a_product_that_overflows_is_an_error_and_adds_nothing(void **state)
{
	const char *most = "9999999999999999999999999999999999",
		   *least = "-9999999999999999999999999999999999";

	(void)state;
	assert_int_equal(add_product("2026-01-05", "film", most, true), 0);
	assert_int_equal(add_product("2026-01-05", "film", "1", true), -1);
	assert_string_equal(err.text, "the sum of the month has more than 34 digits before the point");
	/* the month has room for it, the product has not */
	assert_int_equal(add_product("2026-01-05", "film", "1", false), -1);
	/* the product has room for it, the month has not */
	assert_int_equal(add_product("2026-01-06", "carton", most, false), 0);
	assert_int_equal(add_product("2026-01-07", "other", "2", false), -1);
	assert_int_equal(add_product("2026-01-08", "film", least, true), 0);
	assert_int_equal(add_product("2026-02-08", "film", "10000000000000000000000000000000000", true), -1);
	assert_int_equal(sales.n, 1);
	item_is(0,
		"{month: 2026-01, source: shop, revenue: 9999999999999999999999999999999999.00, returns: "
		"0.00, orders: 1, on: [6], products: {carton: 9999999999999999999999999999999999.00, film: "
		"0.00}}");
}

/* a name is a key of a map, and a key of more than 1024 characters could not be read again */
static void
a_product_is_refused_whose_name_is_too_long_to_be_read_again(void **state)
{
	char name[1201], unit[8];
	/* the longest that is taken of each character */
	static const struct {
		const char *character;
		size_t most;
	} longest[] = {{"x", 1000},	      {"ж", 250},	{"\"", 500}, {"\x01", 250},
		       {"\xE2\x80\xA8", 166}, {"\xC2\x85", 250}};
	size_t i, k, n;

	(void)state;
	for (i = 0; i < sizeof longest / sizeof *longest; i++) {
		struct buf out = {0};
		struct arena arena = {0};
		struct doc doc = {0};

		n = strlen(strcpy(unit, longest[i].character));
		for (k = 0; k <= longest[i].most; k++)
			memcpy(name + k * n, unit, n);
		name[k * n] = '\0';
		assert_int_equal(add_product("2026-02-05", name, "1", true), -1);
		assert_string_equal(err.text, "the product's name is too long");
		assert_int_equal(sales.n, i ? 1 : 0);
		name[(k - 1) * n] = '\0';
		assert_int_equal(add_product("2026-01-05", name, "1", true), 0);
		buf_adds(&out, "sales:\n  - ");
		node_write_flow(&out, sales_item(sales.month[0], &arena));
		if (doc_parse(&doc, "f.yaml", 1, (struct str){out.data, out.len}, &err) < 0)
			fail_msg("%s: %s", err.text, out.data);
		doc_free(&doc);
		buf_free(&out);
		arena_free(&arena);
	}
}

static void
products_said_again_take_no_more_memory(void **state)
{
	size_t once = 0, round, i;
	char name[32];

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 1000; i++) {
			snprintf(name, sizeof name, "%zu", i % 10);
			assert_int_equal(add_product(i % 2 ? "2026-01-05" : "2026-02-05", name, "1.10", true),
					 0);
		}
		if (round == 0)
			once = arena_size(&sales.arena);
	}
	assert_int_equal(arena_size(&sales.arena), once);
	assert_int_equal(sales.products.used, 10);
	item_is(1, "{month: 2026-01, source: shop, products: {1: 330.00, 3: 330.00, 5: 330.00, 7: 330.00, 9: "
		   "330.00}}");
}

static void
rows_said_again_take_no_more_memory(void **state)
{
	size_t once = 0, round, i;
	char number[32];

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 1000; i++) {
			snprintf(number, sizeof number, "%zu", i);
			add(i % 2 ? "2026-01-05" : "2026-02-05", number, "1.10");
		}
		if (round == 0)
			once = arena_size(&sales.arena);
	}
	assert_int_equal(arena_size(&sales.arena), once);
	item_is(1, "{month: 2026-01, source: shop, revenue: 1650.00, returns: 0.00, orders: 500, on: [5]}");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(half_a_cent_rounds_away_from_zero_once_on_output),
	    TEST(half_a_cent_of_returns_rounds_away_from_zero_too),
	    TEST(returns_are_taken_off_and_told_apart_and_are_no_orders),
	    TEST(orders_are_distinct_documents_of_a_month),
	    TEST(documents_of_other_accounts_and_sources_are_others),
	    TEST(rows_without_a_document_are_one_order_a_day),
	    TEST(orders_do_not_depend_on_the_order_of_rows),
	    TEST(sources_of_equal_names_are_one),
	    TEST(a_month_has_a_margin_when_each_of_its_rows_has_one),
	    TEST(sums_go_beyond_64_bits_exactly),
	    TEST(a_sum_that_overflows_is_an_error_and_adds_nothing),
	    TEST(months_are_sorted_by_account_month_and_source),
	    TEST(revenue_is_summed_by_product_in_the_order_of_bytes),
	    TEST(a_product_whose_rows_cancel_out_is_zero_and_not_absent),
	    TEST(rows_of_products_alone_tell_no_figures),
	    TEST(rows_of_products_alone_join_the_figures_of_other_rows),
	    TEST(a_product_that_overflows_is_an_error_and_adds_nothing),
	    TEST(a_product_is_refused_whose_name_is_too_long_to_be_read_again),
	    TEST(products_said_again_take_no_more_memory),
	    TEST(rows_said_again_take_no_more_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
