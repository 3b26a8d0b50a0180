#include "explaining.h"

/* the window of most tests: 2025-11 to 2026-10, ten months of which are of the plan's year */
#define LAST "2026-10"

/* the measure of an account that sells 900 in 2026-03, -100 in 2026-10, and something around the plan's months */
static void
is(const char *name, const char *plan, const char *expected)
{
	struct judging j;

	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2025-12:7777 2026-03:900.00 2026-10:-100.00 2026-11:7777", plan);
	judging_finish(&j);
	measure_is(&j, "a", name, expected);
	judging_free(&j);
}

static void
a_plan_is_spread_evenly(void **state)
{
	(void)state;
	/* 10 of 12 months: 1000; sold 800 */
	is("plan-fact", "plan: {year: 2026, revenue: 1200}\n", "80.0");
	is("plan-fact", "plan: {year: 2026, revenue: 0}\n", "");
	is("plan-fact", "plan: {year: 2026}\n", "");
	is("plan-fact", "", "");
}

static void
months_of_a_plan_that_are_named_stand(void **state)
{
	(void)state;
	/* the other ten have 1000 */
	is("plan-fact", "plan: {year: 2026, revenue: 1600, months: {2026-11: 300, 2026-12: 300}}\n", "80.0");
	/* 200 + nine of the eleven others, that have 1100: 1100 */
	is("plan-fact", "plan: {year: 2026, revenue: 1300, months: {2026-01: 200, 2025-12: 7, 2027-01: 7}}\n",
	   "72.7");
	is("plan-fact",
	   "plan: {year: 2026, months: {2026-01: 100, 2026-02: 100, 2026-03: 100, 2026-04: 100, 2026-05: "
	   "100, "
	   "2026-06: 100, 2026-07: 100, 2026-08: 100, 2026-09: 100, 2026-10: 700}}\n",
	   "50.0");
	is("plan-fact", "plan: {year: 2026, months: {2026-01: 100}}\n", "");
	is("plan-fact", "plan: {year: 2026, revenue: 100, months: {2026-01: 101}}\n", "");
}

static void
a_plan_of_another_year_says_nothing(void **state)
{
	(void)state;
	is("plan-fact", "plan: {year: 2025, revenue: 1200}\n", "");
	is("plan-fact", "plan: {year: 2027, revenue: 1200}\n", "");
	is("plan-fact", "plan: {revenue: 1200}\n", "");
	is("run-rate", "plan: {year: 2025, revenue: 1200}\n", "");
	is("run-rate-share", "plan: {year: 2025, revenue: 1200}\n", "");
}

static void
the_run_rate_is_the_year_at_the_pace_so_far(void **state)
{
	(void)state;
	is("run-rate", "plan: {year: 2026, revenue: 1920}\n", "960.00");
	is("run-rate-share", "plan: {year: 2026, revenue: 1920}\n", "50.0");
	is("run-rate", "plan: {year: 2026}\n", "960.00");
	is("run-rate-share", "plan: {year: 2026}\n", "");
	is("run-rate-share", "plan: {year: 2026, revenue: 0}\n", "");
	is("run-rate", "", "");
	is("run-rate-share",
	   "plan: {year: 2026, months: {2026-01: 0, 2026-02: 0, 2026-03: 0, 2026-04: 0, 2026-05: 0, 2026-06: "
	   "0, "
	   "2026-07: 0, 2026-08: 0, 2026-09: 0, 2026-10: 0, 2026-11: 0, 2026-12: 480}}\n",
	   "200.0");
}

static void
a_plan_reaches_before_a_short_window_and_ends_with_the_year(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "window: 1\n", "2026-12", BASIS_AUTO);
	judging_sells(&j, "a", "2025-12:7 2026-01:500 2026-12:700 2027-01:7",
		      "plan: {year: 2026, revenue: 1000}\n");
	judging_finish(&j);
	measure_is(&j, "a", "plan-fact", "120.0");
	measure_is(&j, "a", "run-rate", "1200.00");
	judging_free(&j);
	measure_of_one_is("", "2024-02", "plan: {year: 2024, revenue: 1200}\n", "plan-fact", "0.0");
	measure_of_one_is("", "2024-02", "plan: {year: 2024, revenue: 1200}\n", "run-rate", "0.00");
}

static void
returns_alone_are_a_negative_part_of_the_plan(void **state)
{
	(void)state;
	measure_of_one_is("", "2026-01",
			  "plan: {year: 2026, revenue: 1200}\n"
			  "sales: [{month: 2026-01, source: s, revenue: -50, margin: -50}]\n",
			  "plan-fact", "-50.0");
}

/* who first bought in September is not measured by the months before it */
static void
the_pace_of_a_new_client_is_that_since_its_first_sale(void **state)
{
	static const char lines[] =
	    "plan: {year: 2026, months: {2026-09: 1000, 2026-10: 1000, 2026-11: 1000, "
	    "2026-12: 1000}, revenue: 4000}\n"
	    "sales:\n  - {month: 2026-09, source: s, revenue: 900}\n"
	    "  - {month: 2026-10, source: s, revenue: 1100}\n";

	(void)state;
	/* 2000 ÷ 2 × 4 */
	measure_of_one_is("", LAST, lines, "run-rate", "4000.00");
	measure_of_one_is("", LAST, lines, "run-rate-share", "100.0");
	measure_of_one_is("", LAST, lines, "plan-fact", "100.0");
}

static void
a_forecast_is_held_against_the_fact_of_the_window(void **state)
{
	(void)state;
	/* |1000 − 900| ÷ 900 */
	is("forecast-error", "plan: {year: 2026, forecast: {2026-03: 1000}}\n", "11.1");
	is("forecast-error", "plan: {year: 2026, forecast: {2026-03: 800}}\n", "11.1");
	/* (100 + 5 + 150) ÷ (900 + 0 − 100); 2026-11 is after the window */
	is("forecast-error",
	   "plan: {year: 2026, forecast: {2026-03: 800, 2026-04: 5, 2026-10: 50, 2026-11: 1}}\n", "31.9");
	is("forecast-error", "plan: {year: 2026, forecast: {2026-03: 900}}\n", "0.0");
	is("forecast-error", "plan: {year: 2026, forecast: {2026-04: 5, 2026-11: 1}}\n", "");
	is("forecast-error", "plan: {year: 2026, forecast: {2026-10: 5}}\n", "");
	is("forecast-error", "", "");
	/* a forecast needs no plan of that year */
	is("forecast-error", "plan: {year: 2027, forecast: {2025-12: 7777}}\n", "0.0");
}

static void
steps_can_be_redone_by_hand(void **state)
{
	const char *document = "id: a\nplan: {year: 2026, revenue: 1300, months: {2026-01: 200}, forecast: "
			       "{2026-03: 1000, 2026-10: 50}}\n"
			       "sales:\n  - {month: 2026-03, source: s, revenue: 900}\n"
			       "  - {month: 2026-10, source: s, revenue: -100}\n";

	(void)state;
	steps_of_one_are(LAST, document, "plan-fact",
			 "plan to date: named months 200.00 + (1300.00 − 200.00) × 9 ÷ 11 months = 1100.00\n"
			 "100 × 800.00 ÷ 1100.00 = 72.7\n");
	steps_of_one_are(LAST, document, "run-rate",
			 "800.00 ÷ 8 months × (8 + 2 months left of the year) = 1000.00\n");
	steps_of_one_are(LAST, document, "run-rate-share", "100 × 1000.00 ÷ 1300.00 = 76.9\n");
	steps_of_one_are(LAST, document, "forecast-error",
			 "2026-03: forecast 1000.00, fact 900.00, apart 100.00\n"
			 "2026-10: forecast 50.00, fact -100.00, apart 150.00\n"
			 "100 × 250.00 ÷ 800.00 = 31.3\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_plan_is_spread_evenly),
	    cmocka_unit_test(months_of_a_plan_that_are_named_stand),
	    cmocka_unit_test(a_plan_of_another_year_says_nothing),
	    cmocka_unit_test(the_run_rate_is_the_year_at_the_pace_so_far),
	    cmocka_unit_test(a_plan_reaches_before_a_short_window_and_ends_with_the_year),
	    cmocka_unit_test(returns_alone_are_a_negative_part_of_the_plan),
	    cmocka_unit_test(the_pace_of_a_new_client_is_that_since_its_first_sale),
	    cmocka_unit_test(a_forecast_is_held_against_the_fact_of_the_window),
	    cmocka_unit_test(steps_can_be_redone_by_hand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
