/*
 * Potential of coming years, headroom by product and division, breadth, each
 * worked by hand.
 */
#include "explaining.h"

#define LAST "2026-10"

static void
told(const char *model, const char *lines, const char *measure, const char *expected)
{
	struct judging j;
	struct buf text = {0};

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, model, LAST, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	measure_is(&j, "a", measure, expected);
	judging_free(&j);
	buf_free(&text);
}

static void
potential_ahead_is_of_whole_years_after_the_windows(void **state)
{
	static const char years[] = "potential:\n"
				    "  - {year: 2026, amount: 1}\n"
				    "  - {year: 2027, product: p, amount: 20.50}\n"
				    "  - {year: 2027, product: q, amount: 20.50}\n"
				    "  - {year: 2028}\n"
				    "  - {year: 2029, amount: 100}\n"
				    "  - {year: 2030, amount: 1000}\n";

	(void)state;
	told("", years, "potential-next", "41.00");
	told("", years, "potential-3y", "141.00");
	/* a window of three months changes nothing: the years are whole */
	told("window: 3\n", years, "potential-next", "41.00");
	told("", "potential: [{year: 2026, amount: 1}]\n", "potential-next", "");
	told("", "potential: [{year: 2026, amount: 1}]\n", "potential-3y", "");
	told("", "potential: [{year: 2029, amount: 0}]\n", "potential-3y", "0.00");
	told("", "", "potential-3y", "");
}

static void
each_year_from_the_windows_on_stays_visible(void **state)
{
	static const char years[] = "potential:\n"
				    "  - {year: 2037, amount: 9}\n"
				    "  - {year: 2036, amount: 8}\n"
				    "  - {year: 2025, amount: 5}\n"
				    "  - {year: 2027, product: p, amount: 20.50}\n"
				    "  - {year: 2027, product: q, amount: 20.50}\n"
				    "  - {year: 2028}\n"
				    "  - {year: 2026, amount: 0}\n";

	(void)state;
	told("window: 3\n", years, "potential-by-year", "{2026: 0.00, 2027: 41.00, 2036: 8.00}");
	told("", "potential: [{year: 2025, amount: 5}, {year: 2037, amount: 5}]\n", "potential-by-year", "");
	told("", "", "potential-by-year", "");
}

/* the portfolio knows sales as far back as the window before begins */
static void
change_is(const char *model, const char *lines, const char *expected)
{
	struct judging j;
	struct buf text = {0};

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, model, LAST, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_sells(&j, "since-2024-11", "2024-11:1:1", "");
	judging_finish(&j);
	measure_is(&j, "a", "penetration-change", expected);
	judging_free(&j);
	buf_free(&text);
}

#define SOLD_TWICE                                                      \
	"sales: [{month: 2025-10, source: s, revenue: 30, margin: 1}, " \
	"{month: 2026-10, source: s, revenue: 25, margin: 1}]\n"

static void
penetration_changes_with_what_could_be_sold(void **state)
{
	static const char text[] =
	    "id: a\n" SOLD_TWICE "potential: [{year: 2025, amount: 120}, {year: 2026, amount: 200}]\n";
	struct judging j;

	(void)state;
	/* 25 of 200 against 30 of 120 */
	change_is("", SOLD_TWICE "potential: [{year: 2025, amount: 120}, {year: 2026, amount: 200}]\n",
		  "-12.5");
	/* windows of six months: to 2026-10, 25 of 100; to 2026-04 nothing was sold */
	change_is("window: 6\n", SOLD_TWICE "potential: [{year: 2026, amount: 200}]\n", "");
	change_is("", SOLD_TWICE "potential: [{year: 2026, amount: 200}]\n", "");
	change_is("", SOLD_TWICE "potential: [{year: 2025, amount: 0}, {year: 2026, amount: 200}]\n", "");
	change_is("", SOLD_TWICE "potential: [{year: 2025, amount: 120}]\n", "");
	/* sold in the window before alone: 0 % against 25 % */
	change_is("",
		  "sales: [{month: 2025-10, source: s, revenue: 30, margin: 1}]\n"
		  "potential: [{year: 2025, amount: 120}, {year: 2026, amount: 200}]\n",
		  "-25.0");
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, text);
	judging_sells(&j, "since-2024-11", "2024-11:1:1", "");
	judging_finish(&j);
	steps_are(&j, text, "penetration-change", "12.5 − 100 × 30.00 ÷ 120.00 = 12.5 − 25.0\n");
	judging_free(&j);
}

#define PRODUCTS                                                                 \
	"potential:\n  - {year: 2026, product: film, division: x, amount: 60}\n" \
	"  - {year: 2026, product: carton, amount: 1200}\n"                      \
	"  - {year: 2026, product: film, division: y, amount: 60}\n"             \
	"  - {year: 2026, amount: 7}\n"                                          \
	"  - {year: 2027, product: glue, amount: 7}\n"

static void
headroom_by_product_is_potential_less_what_was_sold_of_it(void **state)
{
	(void)state;
	told("",
	     PRODUCTS
	     "sales:\n"
	     "  - {month: 2025-10, source: s, revenue: 9, margin: 1, products: {film: 9}}\n"
	     "  - {month: 2026-09, source: s, revenue: 400, margin: 1, products: {carton: 300, tape: 100}}\n"
	     "  - {month: 2026-10, source: s, revenue: 50, margin: 1}\n"
	     "  - {month: 2026-10, source: t, products: {carton: 50.25}}\n"
	     "  - {month: 2026-11, source: s, revenue: 9, margin: 1, products: {film: 9}}\n",
	     "headroom-by", "{carton: 849.75, film: 120.00}");
	/* for as many months as the window has; more was sold than could be */
	told("window: 1\n",
	     PRODUCTS
	     "sales: [{month: 2026-10, source: s, revenue: 150, margin: 1, products: {carton: 150}}]\n",
	     "headroom-by", "{carton: -50.00, film: 10.00}");
}

static void
penetration_by_product_is_what_was_sold_of_what_it_names(void **state)
{
	(void)state;
	told("",
	     PRODUCTS "sales: [{month: 2026-10, source: s, revenue: 350.25, margin: 1, "
		      "products: {carton: 350.25, board: 5}}]\n",
	     "penetration-by", "{carton: 29.2, film: 0.0}");
	/* 1300 of 1200; what could not be sold is no whole */
	told("",
	     "potential: [{year: 2026, product: carton, amount: 1200}, {year: 2026, product: film, amount: "
	     "0}]\n"
	     "sales: [{month: 2026-10, source: s, revenue: 1300, margin: 1, products: {carton: 1300}}]\n",
	     "penetration-by", "{carton: 108.3}");
	told("",
	     "potential: [{year: 2026, product: film, amount: 0}]\n"
	     "sales: [{month: 2026-10, source: s, revenue: 1300, margin: 1, products: {carton: 1300}}]\n",
	     "penetration-by", "");
}

static void
headroom_by_product_needs_products_on_both_sides(void **state)
{
	(void)state;
	told("", PRODUCTS, "headroom-by", "");
	told("", PRODUCTS "sales: [{month: 2026-10, source: s, revenue: 150, margin: 1}]\n", "headroom-by",
	     "");
	/* what the other month sold is not known */
	told("",
	     PRODUCTS "sales:\n  - {month: 2026-09, source: s, revenue: 9, margin: 1}\n"
		      "  - {month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9}}\n",
	     "headroom-by", "");
	told("",
	     PRODUCTS "sales:\n  - {month: 2026-09, source: s, revenue: 0, margin: 1}\n"
		      "  - {month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9}}\n",
	     "headroom-by", "{carton: 1200.00, film: 111.00}");
	told("",
	     "potential: [{year: 2026, amount: 7}]\n"
	     "sales: [{month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9}}]\n",
	     "headroom-by", "");
}

static void
odd_names_are_written_as_yaml(void **state)
{
	static const char sales[] =
	    "sales: [{month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9}}]\n";
	struct buf text = {0};

	(void)state;
	buf_printf(&text, "potential: [{year: 2026, product: \"a: b, {c}\\n#\", amount: 7}]\n%s", sales);
	told("", text.data, "headroom-by", "{\"a: b, {c}\\n#\": 7.00}");
	buf_clear(&text);
	buf_printf(&text, "potential: [{year: 2026, product: %0250d, amount: 7}]\n%s", 1, sales);
	told("", text.data, "breadth", "1");
	buf_clear(&text);
	buf_printf(&text, "potential: [{year: 2026, product: %0251d, amount: 7}]\n%s", 1, sales);
	told("", text.data, "headroom-by", "");
	buf_free(&text);
}

static void
a_flow_comes_into_the_section_as_a_map(void **state)
{
	static const char escaped[] = "\\x01";
	struct buf text = {0};
	struct judgement judgement;
	struct arena arena = {0};
	struct error err;
	struct judging j;
	struct node *section;

	(void)state;
	/* the longest name that there may be, each of its bytes escaped */
	buf_adds(&text, "id: a\npotential: [{year: 2026, product: \"");
	for (int i = 0; i < 250; i++)
		buf_adds(&text, escaped);
	buf_adds(&text, "\", amount: 7}]\n"
			"sales: [{month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9}}]\n");
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	assert_int_equal(portfolio_judge(&j.p, judged(&j, "a"), &arena, &judgement, &err), 0);
	section = score_section(&j.p, judged(&j, "a"), &judgement, &arena);
	assert_non_null(node_get(section, "headroom-by"));
	assert_int_equal(node_get(section, "headroom-by")->kind, NODE_MAP);
	assert_string_equal(node_get(section, "headroom-by")->first->text, "7.00");
	arena_free(&arena);
	judging_free(&j);
	buf_free(&text);
}

static void
breadth_counts_products_that_brought_something(void **state)
{
	(void)state;
	told(
	    "",
	    "sales:\n"
	    "  - {month: 2025-10, source: s, revenue: 9, margin: 1, products: {old: 9}}\n"
	    "  - {month: 2026-09, source: s, revenue: 9, margin: 1, products: {film: 9, back: 5, glue: -1}}\n"
	    "  - {month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9, back: -5, tape: "
	    "0.01}}\n",
	    "breadth", "2");
	told("", "sales: [{month: 2026-10, source: s, revenue: -9, margin: 1, products: {film: -9}}]\n",
	     "breadth", "0");
	told("", "sales: [{month: 2026-10, source: s, revenue: 9, margin: 1}]\n", "breadth", "");
	told("", "sales: [{month: 2025-10, source: s, revenue: 9, margin: 1, products: {old: 9}}]\n",
	     "breadth", "");
}

#define DIVISIONS                                                       \
	"potential:\n  - {year: 2026, division: paper, amount: 1200}\n" \
	"  - {year: 2026, division: glass, product: p, amount: 300}\n"  \
	"  - {year: 2026, division: glass, product: q, amount: 300}\n"  \
	"  - {year: 2026, division: wood, amount: 5}\n"

static void
headroom_by_division_is_of_divisions_that_are_accounts(void **state)
{
	struct judging j;

	(void)state;
	told("", DIVISIONS "sales: [{month: 2026-10, source: s, revenue: 9, margin: 1}]\n",
	     "headroom-division", "");
	told("", DIVISIONS "division: paper\nsales: [{month: 2026-10, source: s, revenue: 9, margin: 1}]\n",
	     "headroom-division", "{paper: 1191.00}");
	told("", "division: paper\npotential: [{year: 2026, amount: 5}]\n", "headroom-division", "");

	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "p1", "2026-10:100:1", "parent: a\ndivision: paper\n");
	judging_sells(&j, "a", "2026-10:50:1", DIVISIONS "division: paper\n");
	judging_sells(&j, "p1-north", "2026-09:10:1 2025-09:7:1", "parent: p1\n");
	judging_sells(&j, "p2", "2026-10:1:1", "parent: a\ndivision: paper\n");
	judging_sells(&j, "g", "", "parent: a\ndivision: glass\n");
	judging_sells(&j, "wood", "2026-10:1:1", "parent: b\ndivision: wood\n");
	judging_finish(&j);
	measure_is(&j, "a", "headroom-division", "{glass: 600.00, paper: 1039.00}");
	judging_free(&j);
}

static void
the_steps_name_years_and_products(void **state)
{
	static const char text[] =
	    "id: a\npotential:\n  - {year: 2026, product: film, amount: 60}\n  - {year: 2028, amount: 5}\n"
	    "sales: [{month: 2026-10, source: s, revenue: 9, margin: 1, products: {film: 9}}]\n";
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, text);
	judging_finish(&j);
	steps_are(&j, text, "headroom-by", "film: 60.00 − 9.00 = 51.00\n");
	steps_are(&j, text, "potential-3y",
		  "no potential of 2027, which adds nothing\n5.00 in 2028\n"
		  "no potential of 2029, which adds nothing\n");
	steps_are(&j, text, "breadth", "film: 9.00\n");
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(potential_ahead_is_of_whole_years_after_the_windows),
	    cmocka_unit_test(each_year_from_the_windows_on_stays_visible),
	    cmocka_unit_test(penetration_changes_with_what_could_be_sold),
	    cmocka_unit_test(headroom_by_product_is_potential_less_what_was_sold_of_it),
	    cmocka_unit_test(penetration_by_product_is_what_was_sold_of_what_it_names),
	    cmocka_unit_test(headroom_by_product_needs_products_on_both_sides),
	    cmocka_unit_test(odd_names_are_written_as_yaml),
	    cmocka_unit_test(a_flow_comes_into_the_section_as_a_map),
	    cmocka_unit_test(breadth_counts_products_that_brought_something),
	    cmocka_unit_test(headroom_by_division_is_of_divisions_that_are_accounts),
	    cmocka_unit_test(the_steps_name_years_and_products),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
