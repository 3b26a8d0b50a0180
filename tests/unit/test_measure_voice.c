#include "explaining.h"

/* the window of most tests: 2025-11 to 2026-10 */
#define LAST "2026-10"

static void
is(const char *name, const char *lines, const char *expected)
{
	measure_of_one_is("", LAST, lines, name, expected);
}

static void
nps_is_the_last_answer_up_to_the_windows_end(void **state)
{
	const char *surveys = "surveys:\n  - {date: 2026-10-21, kind: nps, contact: x, score: 6}\n"
			      "  - {date: 2026-05-01, kind: nps, contact: x, score: 9}\n"
			      "  - {date: 2026-10-30, kind: nps, contact: y, score: }\n"
			      "  - {date: 2026-10-30, kind: csat, contact: y, score: 1}\n"
			      "  - {date: 2026-11-01, kind: nps, contact: y, score: 2}\n";

	(void)state;
	is("nps", surveys, "6");
	is("nps-age", surveys, "10");
	is("nps", "", "");
	is("nps-age", "", "");
	is("nps", "surveys: [{date: 2026-10-31, kind: nps, score: 0}]\n", "0");
	is("nps-age", "surveys: [{date: 2026-10-31, kind: nps, score: 0}]\n", "0");
	is("nps", "surveys: [{date: 2026-11-01, kind: nps, score: 9}]\n", "");
	is("nps", "surveys: [{date: 2026-10-31, kind: NPS, score: 9}]\n", "9");
	/* two years; what is older is no opinion of today, and yet has its age */
	is("nps", "surveys: [{date: 2024-11-01, kind: nps, score: 9}]\n", "9");
	is("nps", "surveys: [{date: 2024-10-31, kind: nps, score: 9}]\n", "");
	is("nps-age", "surveys: [{date: 2024-10-31, kind: nps, score: 9}]\n", "730");
}

static void
of_two_answers_of_a_day_the_last_in_the_list_stands(void **state)
{
	(void)state;
	is("nps",
	   "surveys: [{date: 2026-10-01, kind: nps, contact: x, score: 9}, {date: 2026-10-01, kind: nps, "
	   "contact: y, score: 4}]\n",
	   "4");
}

static void
an_answer_that_is_not_0_to_10_is_no_score(void **state)
{
	(void)state;
	is("nps",
	   "surveys: [{date: 2026-01-01, kind: nps, score: 10}, {date: 2026-02-01, kind: nps, score: 11}, "
	   "{date: 2026-03-01, kind: nps, score: -1}]\n",
	   "10");
}

static void
the_age_of_an_answer_counts_february_29(void **state)
{
	(void)state;
	measure_of_one_is("", "2024-02", "surveys: [{date: 2024-02-01, kind: nps, score: 9}]\n", "nps-age",
			  "28");
	measure_of_one_is("", "2024-12", "surveys: [{date: 2023-12-31, kind: nps, score: 9}]\n", "nps-age",
			  "366");
}

static void
a_response_is_the_part_of_two_years_surveys_that_was_answered(void **state)
{
	(void)state;
	/* sent 2024-10-31 is too old, sent 2026-11-01 not yet; answered afterwards is not yet answered */
	is("nps-response",
	   "surveys:\n  - {date: 2024-11-05, kind: nps, sent: 2024-10-31, score: 9}\n"
	   "  - {date: 2024-11-05, kind: nps, sent: 2024-11-01, score: 9}\n"
	   "  - {date: 2026-03-01, kind: nps, sent: 2026-03-01, score: }\n"
	   "  - {date: 2026-11-01, kind: nps, sent: 2026-10-31, score: 3}\n"
	   "  - {date: 2026-11-01, kind: nps, sent: 2026-11-01, score: }\n"
	   "  - {date: 2026-03-01, kind: csat, sent: 2026-03-01, score: }\n",
	   "33.3");
	is("nps-response", "surveys: [{date: 2026-03-01, kind: nps, score: 3}]\n", "100.0");
	is("nps-response", "surveys: [{date: 2026-03-01, kind: nps}]\n", "0.0");
	is("nps-response", "surveys: [{date: 2024-10-31, kind: nps, score: 3}]\n", "");
	is("nps-response", "", "");
}

static void
steps_can_be_redone_by_hand(void **state)
{
	(void)state;
	steps_of_one_are(LAST,
			 "id: a\nsurveys: [{date: 2026-03-01, kind: nps, contact: x}, {date: 2026-03-01, "
			 "kind: nps, contact: y, score: 3}, {date: 2026-03-01, kind: nps, contact: z}]\n",
			 "nps-response",
			 "2026-03-01, x: not answered\n2026-03-01, y: answered\n2026-03-01, z: not "
			 "answered\n100 × 1 ÷ 3 = 33.3\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nps_is_the_last_answer_up_to_the_windows_end),
	    cmocka_unit_test(of_two_answers_of_a_day_the_last_in_the_list_stands),
	    cmocka_unit_test(an_answer_that_is_not_0_to_10_is_no_score),
	    cmocka_unit_test(the_age_of_an_answer_counts_february_29),
	    cmocka_unit_test(a_response_is_the_part_of_two_years_surveys_that_was_answered),
	    cmocka_unit_test(steps_can_be_redone_by_hand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
