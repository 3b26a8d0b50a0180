#include "merging.h"

static void
a_month_of_a_source_is_replaced_and_other_sources_stay(void **state)
{
	(void)state;
	gives("id: a\n"
	      "sales: # kept\n"
	      "  - {month: 2026-08, source: 1c, revenue: 10.00, margin: 2.00} # was\n"
	      "  - {month: 2026-08, source: shop, revenue: 5.00}\n"
	      "  - {month: 2026-09, source: 1c, revenue: 7.00}\n",
	      "id: a\nsales:\n  - {month: 2026-08, source: 1c, revenue: 11.00, orders: 1}\n",
	      "id: a\n"
	      "sales: # kept\n"
	      "  - {month: 2026-08, source: 1c, revenue: 11.00, orders: 1} # was\n"
	      "  - {month: 2026-08, source: shop, revenue: 5.00}\n"
	      "  - {month: 2026-09, source: 1c, revenue: 7.00}\n");
}

static void
items_that_say_the_same_in_another_style_are_left_alone(void **state)
{
	(void)state;
	gives("id: a\n"
	      "sales:\n"
	      "  - month: \"2026-08\"\n"
	      "    source: '1c'   # by hand\n"
	      "    revenue: 10.00\n",
	      "id: a\nsales:\n  - {month: 2026-08, source: 1c, revenue: 10.00}\n",
	      "id: a\n"
	      "sales:\n"
	      "  - month: \"2026-08\"\n"
	      "    source: '1c'   # by hand\n"
	      "    revenue: 10.00\n");
}

static void
new_months_stand_in_order(void **state)
{
	(void)state;
	gives("id: a\n"
	      "sales:\n"
	      "  - {month: 2026-03, source: x}\n"
	      "  - {month: 2026-06, source: x}\n",
	      "id: a\n"
	      "sales:\n"
	      "  - {month: 2026-05, source: x}\n"
	      "  - {month: 2026-09, source: x}\n"
	      "  - {month: 2026-04, source: x}\n"
	      "  - {month: 2026-03, source: a}\n"
	      "  - {month: 2026-08, source: x}\n",
	      "id: a\n"
	      "sales:\n"
	      "  - {month: 2026-03, source: a}\n"
	      "  - {month: 2026-03, source: x}\n"
	      "  - {month: 2026-04, source: x}\n"
	      "  - {month: 2026-05, source: x}\n"
	      "  - {month: 2026-06, source: x}\n"
	      "  - {month: 2026-08, source: x}\n"
	      "  - {month: 2026-09, source: x}\n");
}

static void
a_new_month_goes_before_the_first_later_one_of_a_list_out_of_order(void **state)
{
	(void)state;
	gives("id: a\n"
	      "sales:\n"
	      "  - {month: 2026-03, source: x}\n"
	      "  - {month: 2026-09, source: x}\n"
	      "  - {month: 2026-01, source: x}\n",
	      "id: a\nsales:\n  - {month: 2026-05, source: x}\n",
	      "id: a\n"
	      "sales:\n"
	      "  - {month: 2026-03, source: x}\n"
	      "  - {month: 2026-05, source: x}\n"
	      "  - {month: 2026-09, source: x}\n"
	      "  - {month: 2026-01, source: x}\n");
}

static void
a_month_that_stands_twice_is_replaced_by_one(void **state)
{
	(void)state;
	gives("id: a\n"
	      "sales:\n"
	      "  - {month: 2026-03, source: x, revenue: 1.00}\n"
	      "  - {month: 2026-04, source: x, revenue: 2.00}\n"
	      "  - {month: 2026-03, source: x, revenue: 3.00}\n",
	      "id: a\nsales:\n  - {month: 2026-03, source: x, revenue: 4.00}\n",
	      "id: a\n"
	      "sales:\n"
	      "  - {month: 2026-03, source: x, revenue: 4.00}\n"
	      "  - {month: 2026-04, source: x, revenue: 2.00}\n");
}

static void
invoices_are_replaced_by_number_and_new_ones_follow(void **state)
{
	(void)state;
	gives("id: a\n"
	      "invoices:\n"
	      "  - {id: 2, amount: 5.00, paid: 0.00}\n"
	      "  - {id: 1, amount: 3.00, paid: 0.00}\n",
	      "id: a\n"
	      "invoices:\n"
	      "  - {id: 0, amount: 9.00}\n"
	      "  - {id: 2, amount: 5.00, paid: 5.00, settled: 2026-10-01}\n",
	      "id: a\n"
	      "invoices:\n"
	      "  - {id: 2, amount: 5.00, paid: 5.00, settled: 2026-10-01}\n"
	      "  - {id: 1, amount: 3.00, paid: 0.00}\n"
	      "  - {id: 0, amount: 9.00}\n");
}

static void
a_list_on_one_line_takes_months_in_order(void **state)
{
	(void)state;
	gives(
	    "id: a\nsales: [{month: 2026-03, source: x, revenue: 1.00}, {month: 2026-05, source: x}]\n",
	    "id: a\nsales:\n  - {month: 2026-03, source: x, revenue: 2.00}\n  - {month: 2026-02, source: x}\n"
	    "  - {month: 2026-06, source: x}\n",
	    "id: a\nsales: [{month: 2026-02, source: x}, {month: 2026-03, source: x, revenue: 2.00}, "
	    "{month: 2026-05, source: x}, {month: 2026-06, source: x}]\n");
}

static void
a_fall_by_more_than_half_gives_a_warning(void **state)
{
	static const struct merge_options plain = {0};

	(void)state;
	finds("id: a\nsales:\n  - {month: 2026-01, source: x, revenue: 10.00}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x, revenue: 4.99}\n", &plain, 0,
	      "warning fell: into.yaml:3:5: sales 2026-01/x: revenue falls from 10.00 to 4.99\n");
	finds("id: a\nsales:\n  - {month: 2026-01, source: x, revenue: 10.00}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x}\n", &plain, 0,
	      "warning fell: into.yaml:3:5: sales 2026-01/x: revenue falls from 10.00 to nothing\n");
	finds("id: a\nsales:\n  - {month: 2026-01, source: x, revenue: 10.00}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x, revenue: 5.00}\n", &plain, 0, "");
	finds("id: a\nsales:\n  - {month: 2026-01, source: x, revenue: -10.00}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x, revenue: -50.00}\n", &plain, 0, "");
}

static void
an_imported_section_that_is_no_list_is_an_error(void **state)
{
	(void)state;
	finds("id: a\nsales: none yet\n", "id: a\nsales:\n  - {month: 2026-01, source: x}\n",
	      &(struct merge_options){0}, -1,
	      "error layout: into.yaml:2:8: sales: not a list, so nothing can be merged into it\n");
}

#define HEAD "id: a\nsales:\n"
#define MONTH "  - {month: 2026-08, source: 1c, "

static void
figures_without_products_leave_the_products(void **state)
{
	(void)state;
	gives(
	    HEAD MONTH "revenue: 10.00, margin: 2.00, returns: 0.00, orders: 1, on: [3], products: {carton: "
		       "7.00, film: 3.00}} # was\n",
	    HEAD MONTH "revenue: 11.00, returns: 0.00, orders: 2, on: [3, 4]}\n",
	    HEAD MONTH "revenue: 11.00, returns: 0.00, orders: 2, on: [3, 4], products: {carton: 7.00, film: "
		       "3.00}} # was\n");
	/* none told before: they are added */
	gives(HEAD MONTH "products: {carton: 7.00}}\n", HEAD MONTH "revenue: 11.00, margin: 1.00}\n",
	      HEAD MONTH "revenue: 11.00, margin: 1.00, products: {carton: 7.00}}\n");
}

static void
products_without_figures_leave_the_figures(void **state)
{
	(void)state;
	gives(HEAD MONTH
	      "revenue: 10.00, margin: 2.00, returns: 0.50, orders: 1, on: [3], products: {carton: 7.00, "
	      "film: 3.00}}\n",
	      HEAD MONTH "products: {carton: 8.00}}\n",
	      HEAD MONTH
	      "revenue: 10.00, margin: 2.00, returns: 0.50, orders: 1, on: [3], products: {carton: "
	      "8.00}}\n");
	gives(HEAD MONTH "revenue: 10.00, on: [3]}\n", HEAD MONTH "products: {\"a, b\": 8.00}}\n",
	      HEAD MONTH "revenue: 10.00, on: [3], products: {\"a, b\": 8.00}}\n");
	gives(HEAD MONTH "products: {film: 8.00}}\n", HEAD MONTH "products: {carton: 8.00}}\n",
	      HEAD MONTH "products: {carton: 8.00}}\n");
}

static void
a_month_that_comes_with_both_is_replaced_but_for_fields_of_ones_own(void **state)
{
	(void)state;
	gives(HEAD MONTH "revenue: 10.00, margin: 2.00, products: {carton: 7.00}, note: ours}\n",
	      HEAD MONTH "revenue: 9.00, products: {film: 9.00}}\n",
	      HEAD MONTH "revenue: 9.00, products: {film: 9.00}, note: ours}\n");
}

static void
figures_and_products_of_two_imports_come_to_the_same_in_either_order(void **state)
{
	static const char figures[] = HEAD MONTH "revenue: 10.00, margin: 2.00}\n";
	static const char products[] = HEAD MONTH "products: {carton: 7.00}}\n";
	static const char both[] = HEAD MONTH "revenue: 10.00, margin: 2.00, products: {carton: 7.00}}\n";

	(void)state;
	gives("id: a\n", figures, figures);
	gives(figures, products, both);
	gives(products, figures, both);
	gives(both, products, both);
	gives(both, figures, both);
}

/* "products:" without a value is data that is absent, and so is an empty map */
static void
an_empty_group_is_not_told(void **state)
{
	(void)state;
	gives(HEAD MONTH "revenue: 10.00, products: {carton: 7.00}}\n",
	      HEAD MONTH "revenue: 11.00, products: {}}\n",
	      HEAD MONTH "revenue: 11.00, products: {carton: 7.00}}\n");
	gives(HEAD MONTH "revenue: 10.00, products: {carton: 7.00}}\n",
	      HEAD MONTH "revenue: , on: [], products: {film: 7.00}}\n",
	      HEAD MONTH "revenue: 10.00, products: {film: 7.00}}\n");
	gives(HEAD MONTH "revenue: , products: {carton: 7.00}}\n", HEAD MONTH "products: {film: 7.00}}\n",
	      HEAD MONTH "products: {film: 7.00}}\n");
}

static void
groups_written_by_hand_are_put_together_once(void **state)
{
	(void)state;
	gives(HEAD "  - month: 2026-08 # by hand\n    source: '1c'\n    products:\n      carton: 7.00\n"
		   "    revenue: 10.00\n",
	      HEAD MONTH "revenue: 12.00}\n", HEAD MONTH "revenue: 12.00, products: {carton: 7.00}}\n");
	gives(HEAD "  - month: 2026-08 # by hand\n    source: '1c'\n    revenue: 10.00\n    products:\n"
		   "      carton: 7.00\n",
	      HEAD MONTH "revenue: 10.00}\n",
	      HEAD "  - month: 2026-08 # by hand\n    source: '1c'\n    revenue: 10.00\n    products:\n"
		   "      carton: 7.00\n");
}

static void
months_of_another_source_or_month_lend_no_group(void **state)
{
	(void)state;
	gives(HEAD MONTH "revenue: 10.00}\n  - {month: 2026-08, source: shop, products: {carton: 7.00}}\n",
	      HEAD MONTH "revenue: 11.00}\n  - {month: 2026-09, source: 1c, products: {film: 1.00}}\n",
	      HEAD MONTH "revenue: 11.00}\n  - {month: 2026-08, source: shop, products: {carton: 7.00}}\n"
			 "  - {month: 2026-09, source: 1c, products: {film: 1.00}}\n");
}

static void
a_fall_of_products_gives_no_warning(void **state)
{
	static const struct merge_options plain = {0};

	(void)state;
	finds(HEAD MONTH "revenue: 10.00, products: {carton: 10.00}}\n",
	      HEAD MONTH "products: {carton: 1.00}}\n", &plain, 0, "");
	finds(HEAD MONTH "revenue: 10.00, products: {carton: 10.00}}\n", HEAD MONTH "revenue: 1.00}\n",
	      &plain, 0, "warning fell: into.yaml:3:5: sales 2026-08/1c: revenue falls from 10.00 to 1.00\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_month_of_a_source_is_replaced_and_other_sources_stay),
	    cmocka_unit_test(items_that_say_the_same_in_another_style_are_left_alone),
	    cmocka_unit_test(new_months_stand_in_order),
	    cmocka_unit_test(a_new_month_goes_before_the_first_later_one_of_a_list_out_of_order),
	    cmocka_unit_test(a_month_that_stands_twice_is_replaced_by_one),
	    cmocka_unit_test(invoices_are_replaced_by_number_and_new_ones_follow),
	    cmocka_unit_test(a_list_on_one_line_takes_months_in_order),
	    cmocka_unit_test(a_fall_by_more_than_half_gives_a_warning),
	    cmocka_unit_test(an_imported_section_that_is_no_list_is_an_error),
	    cmocka_unit_test(figures_without_products_leave_the_products),
	    cmocka_unit_test(products_without_figures_leave_the_figures),
	    cmocka_unit_test(a_month_that_comes_with_both_is_replaced_but_for_fields_of_ones_own),
	    cmocka_unit_test(figures_and_products_of_two_imports_come_to_the_same_in_either_order),
	    cmocka_unit_test(an_empty_group_is_not_told),
	    cmocka_unit_test(groups_written_by_hand_are_put_together_once),
	    cmocka_unit_test(months_of_another_source_or_month_lend_no_group),
	    cmocka_unit_test(a_fall_of_products_gives_no_warning),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
