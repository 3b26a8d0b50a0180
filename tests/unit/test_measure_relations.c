#include "explaining.h"

/* the window of most tests: 2025-11 to 2026-10 */
#define LAST "2026-10"

static void
is(const char *name, const char *lines, const char *expected)
{
	measure_of_one_is("", LAST, lines, name, expected);
}

/* People */

static void
levels_are_counted_once_and_only_of_people_who_are_there(void **state)
{
	(void)state;
	is("levels",
	   "contacts:\n  - {id: a, level: 4}\n  - {id: b, level: 4}\n  - {id: c, level: 1}\n  - {id: d}\n"
	   "  - {id: e, level: 5, left: 2026-10-31}\n  - {id: f, level: 3, left: 2026-11-01}\n",
	   "3");
	is("levels", "", "");
	is("levels", "contacts: [{id: a, level: 2, left: 2026-01-01}]\n", "0");
}

static void
levels_of_which_none_is_told_are_unknown(void **state)
{
	(void)state;
	is("levels", "contacts: [{id: a}, {id: b}]\n", "");
}

/* The log */

static void
the_last_contact_is_the_latest_up_to_the_windows_end(void **state)
{
	const char *log = "log:\n  - {date: 2026-10-30, kind: call}\n  - {date: 2026-08-01, kind: call}\n"
			  "  - {date: 2026-11-01, kind: call}\n";

	(void)state;
	is("last-contact", log, "2026-10-30");
	is("contact-age", log, "1");
	is("last-contact", "log: [{date: 2026-10-31, kind: call}]\n", "2026-10-31");
	is("contact-age", "log: [{date: 2026-10-31, kind: call}]\n", "0");
	is("last-contact", "log: [{date: 2026-11-01, kind: call}]\n", "");
	is("contact-age", "log: [{date: 2026-11-01, kind: call}]\n", "");
	is("last-contact", "", "");
}

static void
days_since_a_contact_count_february_29(void **state)
{
	(void)state;
	measure_of_one_is("", "2024-02", "log: [{date: 2024-02-01, kind: call}]\n", "contact-age", "28");
	measure_of_one_is("", "2024-03", "log: [{date: 2024-02-28, kind: call}]\n", "contact-age", "32");
	measure_of_one_is("", "2024-02", "log: [{date: 2024-02-29, kind: call}]\n", "contact-age", "0");
}

static void
the_most_met_person_is_counted_once_a_contact(void **state)
{
	(void)state;
	/* x in 3 of 4, y in 2 */
	is("one-person",
	   "log:\n  - {date: 2025-11-01, kind: call, with: [y, x, x]}\n"
	   "  - {date: 2025-12-01, kind: call, with: [x]}\n"
	   "  - {date: 2026-01-01, kind: call, with: [y]}\n"
	   "  - {date: 2026-10-31, kind: call, with: [x, z]}\n",
	   "75.0");
}

static void
one_persons_part_needs_three_contacts_of_the_window_that_say_with_whom(void **state)
{
	(void)state;
	is("one-person",
	   "log:\n  - {date: 2025-10-31, kind: call, with: [x]}\n  - {date: 2026-01-01, kind: call, with: "
	   "[x]}\n"
	   "  - {date: 2026-01-02, kind: call}\n  - {date: 2026-02-01, kind: call, with: [x]}\n"
	   "  - {date: 2026-11-01, kind: call, with: [x]}\n",
	   "");
	is("one-person",
	   "log:\n  - {date: 2026-01-01, kind: call, with: [x]}\n  - {date: 2026-01-02, kind: call, with: "
	   "[y]}\n"
	   "  - {date: 2026-02-01, kind: call, with: [z]}\n",
	   "33.3");
	is("one-person", "", "");
}

static void
a_change_of_manager_is_one_of_who_made_most_of_a_half_year(void **state)
{
	(void)state;
	/* half-years from 2024-11, 2025-05, 2025-11, 2026-05: p, none, q, p */
	is("manager-changes",
	   "log:\n  - {date: 2024-11-01, kind: call, by: p}\n  - {date: 2025-04-30, kind: call, by: p}\n"
	   "  - {date: 2025-04-30, kind: visit, by: q}\n  - {date: 2025-11-01, kind: call, by: q}\n"
	   "  - {date: 2026-05-01, kind: call, by: p}\n",
	   "2");
	is("manager-changes",
	   "log:\n  - {date: 2025-04-30, kind: call, by: p}\n  - {date: 2025-05-01, kind: call, by: p}\n",
	   "0");
}

static void
who_made_as_many_as_another_stays_manager(void **state)
{
	(void)state;
	is("manager-changes",
	   "log:\n  - {date: 2026-01-01, kind: call, by: q}\n  - {date: 2026-05-01, kind: call, by: p}\n"
	   "  - {date: 2026-06-01, kind: call, by: q}\n",
	   "0");
	is("manager-changes",
	   "log:\n  - {date: 2026-01-01, kind: call, by: q}\n  - {date: 2026-05-01, kind: call, by: p}\n"
	   "  - {date: 2026-06-01, kind: call, by: r}\n",
	   "1");
}

static void
changes_of_manager_need_two_half_years_of_the_last_four(void **state)
{
	(void)state;
	is("manager-changes", "", "");
	is("manager-changes",
	   "log:\n  - {date: 2024-10-31, kind: call, by: p}\n  - {date: 2026-01-01, kind: call, by: q}\n"
	   "  - {date: 2026-10-31, kind: call}\n  - {date: 2026-11-01, kind: call, by: p}\n",
	   "");
}

/* Needs */

static void
needs_known_are_those_asked_within_a_year(void **state)
{
	const char *needs = "needs:\n  - {what: a, asked: 2025-10-31, state: met}\n"
			    "  - {what: b, asked: 2025-11-01, state: open}\n  - {what: c}\n"
			    "  - {what: d, asked: 2026-11-01, state: met}\n";

	(void)state;
	is("needs-known", needs, "33.3");
	is("needs-met", needs, "33.3");
	is("needs-known", "", "");
	is("needs-met", "", "");
	is("needs-met", "needs: [{what: a, asked: 2026-11-01, state: met}]\n", "");
	is("needs-met", "needs: [{what: a, state: met}]\n", "100.0");
}

/* Competitors */

static void
the_competitive_position_is_a_mean_by_weight_over_all_competitors(void **state)
{
	(void)state;
	/* (5 × −1 + 4 × 2 + 2 × 0) ÷ 11 = 0.27 */
	is("competitive",
	   "competitors:\n  - name: k\n    criteria:\n      - {criterion: p, weight: 5, us: 3, them: 4}\n"
	   "      - {criterion: d, weight: 4, us: 5, them: 3}\n"
	   "      - {criterion: s, weight: 2, us: 4, them: 4}\n",
	   "0.3");
	/* and 1 × −4: (3 − 4) ÷ 12 = −0.08 */
	is("competitive",
	   "competitors:\n  - name: k\n    criteria:\n      - {criterion: p, weight: 5, us: 3, them: 4}\n"
	   "      - {criterion: d, weight: 4, us: 5, them: 3}\n"
	   "      - {criterion: s, weight: 2, us: 4, them: 4}\n"
	   "  - name: l\n    criteria: [{criterion: p, weight: 1, us: 1, them: 5}]\n",
	   "-0.1");
	is("competitive",
	   "competitors:\n  - {name: k, criteria: [{criterion: p, weight: 5, us: 5, them: 1}]}\n", "4.0");
}

static void
a_criterion_that_is_not_told_in_full_is_left_out(void **state)
{
	(void)state;
	is("competitive", "", "");
	is("competitive",
	   "competitors:\n  - name: k\n    criteria:\n      - {criterion: p, weight: 5, us: 3}\n"
	   "      - {criterion: d, us: 5, them: 3}\n      - {criterion: e, weight: 1, us: 9, them: 3}\n",
	   "");
	is("competitive",
	   "competitors:\n  - name: k\n    criteria:\n      - {criterion: p, weight: 5, us: 3}\n"
	   "      - {criterion: d, weight: 3, us: 4, them: 3}\n",
	   "1.0");
	/* one beyond the scale at either end */
	is("competitive",
	   "competitors:\n  - name: k\n    criteria:\n      - {criterion: p, weight: 6, us: 3, them: 1}\n"
	   "      - {criterion: d, weight: 1, us: 6, them: 3}\n      - {criterion: e, weight: 1, us: 3, "
	   "them: 6}\n"
	   "      - {criterion: f, weight: 0, us: 3, them: 1}\n      - {criterion: g, weight: 1, us: 0, "
	   "them: 1}\n",
	   "");
}

/* Relations */

static void
relations_are_the_mean_of_their_parts(void **state)
{
	(void)state;
	/* contacts 2 of 4: 50; functions 2 of 4: 50; levels 2 of 3: 66.7; decider friendly: 100; main: 100;
	 * 105 days: 50; sum 416.7 ÷ 6 */
	steps_of_one_are(
	    LAST,
	    "id: a\ncontacts:\n"
	    "  - {id: x, function: purchasing, level: 4, role: decider, stance: champion, primary: yes}\n"
	    "  - {id: y, function: finance, level: 3}\n"
	    "log: [{date: 2026-07-18, kind: call, with: [x]}]\n",
	    "relations",
	    "contacts 2: 100 × (2 − 0) ÷ (4 − 0) = 50.0 points\n"
	    "functions 2: 100 × (2 − 0) ÷ (4 − 0) = 50.0 points\n"
	    "levels 2: 100 × (2 − 0) ÷ (3 − 0) = 66.7 points\n"
	    "decider for us (x champion): 100.0 points\n"
	    "main contact x: 100.0 points\n"
	    "recency 105: 100 × (105 − 180) ÷ (30 − 180) = 50.0 points\n"
	    "one-person is not known, and counts neither way\n"
	    "manager-changes is not known, and counts neither way\n"
	    "points 416.7 ÷ 6 parts = 69\n");
}

static void
more_than_enough_is_enough(void **state)
{
	(void)state;
	steps_of_one_are(LAST,
			 "id: a\ncontacts: [{id: x}, {id: y}, {id: z}, {id: v}, {id: w}]\n"
			 "log: [{date: 2026-03-01, kind: call}]\n",
			 "relations",
			 "contacts 5: 100 × (5 − 0) ÷ (4 − 0), kept within 0 and 100, = 100.0 points\n"
			 "functions is not known, and counts neither way\n"
			 "levels is not known, and counts neither way\n"
			 "decider not known: 0.0 points\n"
			 "main contact not marked: 0.0 points\n"
			 "recency 244: 100 × (244 − 180) ÷ (30 − 180), kept within 0 and 100, = 0.0 points\n"
			 "one-person is not known, and counts neither way\n"
			 "manager-changes is not known, and counts neither way\n"
			 "points 100.0 ÷ 4 parts = 25\n");
}

static void
parts_without_data_leave_relations(void **state)
{
	struct judging j;

	(void)state;
	is("relations", "", "");
	is("relations", "log: [{date: 2026-11-01, kind: call}]\n", "");
	/* contacts 25, decider 0, main contact 0 */
	is("relations", "contacts: [{id: x}]\n", "8");
	/* a decider of whom it is not told how he stands: (25 + 50 + 0) ÷ 3 */
	is("relations", "contacts: [{id: x, role: decider}]\n", "25");
	is("relations", "contacts: [{id: x, role: decider, stance: neutral}]\n", "25");
	/* one who is against us: (25 + 25 + 0) ÷ 3, unless another decider is not */
	is("relations", "contacts: [{id: x, role: decider, stance: blocker}]\n", "17");
	is("relations", "contacts: [{id: x, role: decider, stance: critic}]\n", "17");
	is("relations",
	   "contacts: [{id: x, role: decider, stance: blocker}, {id: y, role: decider, left: 2020-01-01}]\n",
	   "17");
	/* (50 + 50 + 0) ÷ 3 */
	is("relations", "contacts: [{id: x, role: decider, stance: blocker}, {id: y, role: decider}]\n",
	   "33");
	is("relations", "contacts: [{id: x, role: decider, stance: supporter}]\n", "42");
	/* all have left: contacts, functions, levels, decider, main contact are 0 */
	is("relations", "contacts: [{id: x, role: decider, primary: yes, left: 2026-10-31}]\n", "0");
	/* nobody is known, and yet there was a contact: five are 0, recency 100; but if people are recorded at all */
	is("relations", "log: [{date: 2026-10-31, kind: call}]\n", "");
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, "id: a\nlog: [{date: 2026-10-31, kind: call}]\n");
	judging_add(&j, "id: b\ncontacts: [{id: x}]\n");
	judging_finish(&j);
	measure_is(&j, "a", "relations", "17");
	judging_free(&j);
}

static void
changes_of_our_manager_count(void **state)
{
	(void)state;
	/* contacts 25, decider and main contact 0, recency 100; of one change 50, of two or more 0 */
	is("relations",
	   "contacts: [{id: x}]\nlog:\n  - {date: 2026-10-31, kind: call, by: a}\n"
	   "  - {date: 2026-01-31, kind: call, by: a}\n",
	   "45");
	is("relations",
	   "contacts: [{id: x}]\nlog:\n  - {date: 2026-10-31, kind: call, by: a}\n"
	   "  - {date: 2026-01-31, kind: call, by: b}\n",
	   "35");
	is("relations",
	   "contacts: [{id: x}]\nlog:\n  - {date: 2026-10-31, kind: call, by: a}\n"
	   "  - {date: 2026-01-31, kind: call, by: b}\n  - {date: 2025-09-30, kind: call, by: c}\n"
	   "  - {date: 2025-01-31, kind: call, by: d}\n",
	   "25");
}

static void
recency(const char *date, const char *expected)
{
	struct buf lines = {0};

	buf_printf(&lines, "contacts: [{id: x}]\nlog: [{date: %s, kind: call}]\n", date);
	is("relations", lines.data, expected);
	buf_free(&lines);
}

static void
a_contact_is_recent_up_to_30_days_and_not_from_180(void **state)
{
	(void)state;
	/* 25 of contacts, 0 and 0 of decider and main contact, and recency: ÷ 4 */
	recency("2026-10-31", "31");
	recency("2026-10-01", "31"); /* 30 days */
	recency("2026-09-25", "30"); /* 36 days: 96.0 */
	recency("2026-05-04", "6");  /* 180 days: 0 */
	recency("2020-01-01", "6");
}

static void
dependence_on_one_person_counts_from_half_of_the_contacts(void **state)
{
	(void)state;
	/* contacts 25, decider 0, main 0, recency 100, one-person: 75 %: 50 → 175 ÷ 5 */
	is("relations",
	   "contacts: [{id: x}]\nlog:\n  - {date: 2026-10-31, kind: call, with: [x]}\n"
	   "  - {date: 2026-10-31, kind: visit, with: [x]}\n  - {date: 2026-10-30, kind: call, with: [x]}\n"
	   "  - {date: 2026-10-29, kind: call, with: [y]}\n",
	   "35");
	/* 50 %: 100 → 225 ÷ 5 */
	is("relations",
	   "contacts: [{id: x}]\nlog:\n  - {date: 2026-10-31, kind: call, with: [x]}\n"
	   "  - {date: 2026-10-31, kind: visit, with: [x]}\n  - {date: 2026-10-30, kind: call, with: [y]}\n"
	   "  - {date: 2026-10-29, kind: call, with: [y]}\n",
	   "45");
}

static void
a_model_says_how_many_contacts_are_enough(void **state)
{
	(void)state;
	measure_of_one_is("contacts: {least: 1}\n", LAST, "contacts: [{id: x}]\n", "relations", "33");
	measure_of_one_is("contacts: {least: 0}\n", LAST, "contacts: [{id: x}]\n", "relations", "33");
}

/* Flags */

static bool
is_flagged(const struct judging *j, const char *id, enum flag_id flag)
{
	struct judgement judgement;
	struct arena arena = {0};
	struct error err;

	if (portfolio_judge(&j->p, judged(j, id), &arena, &judgement, &err) < 0)
		fail_msg("%s", err.text);
	arena_free(&arena);
	return flag_is_in(judgement.flags, flag);
}

static bool
one_is_flagged(const char *lines, enum flag_id flag)
{
	struct judging j;
	struct buf text = {0};
	bool flagged;

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	flagged = is_flagged(&j, "a", flag);
	judging_free(&j);
	buf_free(&text);
	return flagged;
}

#define WITH_X "{date: 2026-10-31, kind: call, with: [x]}"
#define FOUR_OF_FIVE \
	"log: [" WITH_X ", " WITH_X ", " WITH_X ", " WITH_X ", {date: 2026-10-30, kind: call, with: [y]}]\n"
#define THREE_OF_FOUR "log: [" WITH_X ", " WITH_X ", " WITH_X ", {date: 2026-10-30, kind: call, with: [y]}]\n"

static void
one_person_is_flagged_where_there_is_another(void **state)
{
	(void)state;
	assert_true(one_is_flagged("contacts: [{id: x}, {id: y}]\n" FOUR_OF_FIVE, FLAG_ONE_PERSON));
	assert_false(one_is_flagged("contacts: [{id: x}, {id: y}]\n" THREE_OF_FOUR, FLAG_ONE_PERSON));
	assert_false(one_is_flagged("contacts: [{id: x}]\n" FOUR_OF_FIVE, FLAG_ONE_PERSON));
	assert_false(one_is_flagged("contacts: [{id: x}, {id: y}]\n", FLAG_ONE_PERSON));
}

static void
a_decider_is_unknown_when_none_is_there(void **state)
{
	(void)state;
	assert_true(one_is_flagged("contacts: [{id: x, role: user}]\n", FLAG_DECIDER_UNKNOWN));
	assert_true(
	    one_is_flagged("contacts: [{id: x, role: decider, left: 2026-10-31}]\n", FLAG_DECIDER_UNKNOWN));
	assert_false(
	    one_is_flagged("contacts: [{id: x, role: decider, left: 2026-11-01}]\n", FLAG_DECIDER_UNKNOWN));
}

/* an export of sales tells of nobody, and would be flagged at every account */
static void
a_decider_is_against_us_where_all_are(void **state)
{
	(void)state;
	assert_true(one_is_flagged("contacts: [{id: x, role: decider, stance: critic}, "
				   "{id: y, role: decider, stance: blocker}]\n",
				   FLAG_DECIDER_AGAINST));
	assert_false(one_is_flagged("contacts: [{id: x, role: decider, stance: critic}, "
				    "{id: y, role: decider, stance: neutral}]\n",
				    FLAG_DECIDER_AGAINST));
	assert_false(
	    one_is_flagged("contacts: [{id: x, role: user, stance: blocker}]\n", FLAG_DECIDER_AGAINST));
	assert_false(one_is_flagged("contacts: [{id: x, role: decider, stance: blocker, left: 2026-01-01}]\n",
				    FLAG_DECIDER_AGAINST));
}

static void
without_any_people_nobody_is_missed(void **state)
{
	struct judging j;

	(void)state;
	assert_false(one_is_flagged("", FLAG_DECIDER_UNKNOWN));
	assert_false(one_is_flagged("", FLAG_FEW_CONTACTS));
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, "id: nobody\n");
	judging_add(&j, "id: somebody\ncontacts: [{id: x, left: 2020-01-01}]\n");
	judging_finish(&j);
	assert_true(is_flagged(&j, "nobody", FLAG_DECIDER_UNKNOWN));
	assert_true(is_flagged(&j, "nobody", FLAG_FEW_CONTACTS));
	judging_free(&j);
}

#define BETTER "{criterion: p, weight: 1, us: 5, them: 4}"
#define SAME "{criterion: p, weight: 1, us: 4, them: 4}"
#define WORSE "{criterion: p, us: 1, them: 4}"
#define HALF_TOLD "{criterion: p, weight: 1, us: 1}"
#define COMPARED(...) "competitors: [{name: k, criteria: [" __VA_ARGS__ "]}]\n"

static void
a_comparison_of_three_criteria_all_alike_is_one_sided(void **state)
{
	(void)state;
	assert_true(one_is_flagged(COMPARED(BETTER ", " BETTER ", " BETTER), FLAG_COMPARISON_ONE_SIDED));
	assert_true(
	    one_is_flagged(COMPARED(WORSE ", " HALF_TOLD ", " WORSE ", " WORSE), FLAG_COMPARISON_ONE_SIDED));
	assert_false(one_is_flagged(COMPARED(BETTER ", " BETTER), FLAG_COMPARISON_ONE_SIDED));
	assert_false(one_is_flagged(COMPARED(BETTER ", " BETTER ", " HALF_TOLD), FLAG_COMPARISON_ONE_SIDED));
	assert_false(one_is_flagged(COMPARED(BETTER ", " BETTER ", " SAME), FLAG_COMPARISON_ONE_SIDED));
	assert_false(one_is_flagged(COMPARED(BETTER ", " BETTER ", " WORSE), FLAG_COMPARISON_ONE_SIDED));
	assert_false(one_is_flagged("", FLAG_COMPARISON_ONE_SIDED));
	/* a criterion each of several competitors */
	assert_true(one_is_flagged("competitors: [{name: k, criteria: [" BETTER ", " BETTER
				   "]}, {name: l, criteria: [" BETTER "]}]\n",
				   FLAG_COMPARISON_ONE_SIDED));
	assert_false(one_is_flagged("competitors: [{name: k, criteria: [" BETTER ", " BETTER
				    "]}, {name: l, criteria: [" SAME "]}]\n",
				    FLAG_COMPARISON_ONE_SIDED));
}

static void
buyers_without_contact_for_half_a_year_are_neglected(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "big", "2026-10:900:900", "log: [{date: 2025-01-01, kind: call}]\n");
	judging_sells(&j, "never", "2026-10:25:25", "");
	judging_sells(&j, "late", "2026-10:25:25", "log: [{date: 2026-04-30, kind: call}]\n");
	judging_sells(&j, "met", "2026-10:25:25", "log: [{date: 2026-05-01, kind: call}]\n");
	judging_sells(&j, "gone", "2025-10:25:25", "");
	judging_sells(&j, "called-key", "", "tier: key\n");
	judging_sells(&j, "after", "2026-10:25:25", "log: [{date: 2026-11-01, kind: call}]\n");
	judging_finish(&j);
	assert_true(is_flagged(&j, "big", FLAG_NEGLECTED));
	assert_true(is_flagged(&j, "called-key", FLAG_NEGLECTED));
	assert_true(is_flagged(&j, "never", FLAG_NEGLECTED));
	assert_true(is_flagged(&j, "late", FLAG_NEGLECTED));
	assert_false(is_flagged(&j, "met", FLAG_NEGLECTED));
	assert_false(is_flagged(&j, "gone", FLAG_NEGLECTED));
	assert_true(is_flagged(&j, "after", FLAG_NEGLECTED));
	judging_free(&j);
}

static void
nobody_is_neglected_where_no_contacts_are_logged(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "big", "2026-10:900:900", "log: [{date: 2026-11-01, kind: call}]\n");
	judging_sells(&j, "never", "2026-10:25:25", "");
	judging_finish(&j);
	assert_false(is_flagged(&j, "never", FLAG_NEGLECTED));
	judging_free(&j);
}

/* Steps */

static void
steps_can_be_redone_by_hand(void **state)
{
	const char *document =
	    "id: a\nlog:\n  - {date: 2025-04-01, kind: call, by: p, with: [x]}\n"
	    "  - {date: 2026-01-01, kind: call, by: p, with: [x]}\n"
	    "  - {date: 2026-02-01, kind: call, by: q, with: [x, y]}\n"
	    "  - {date: 2026-02-02, kind: call, by: q, with: [y, \"z\\e[1m\"]}\n"
	    "competitors: [{name: k, criteria: [{criterion: price, weight: 5, us: 3, them: 4}, {criterion: "
	    "care, weight: 3, us: 4, them: 3}]}]\n"
	    "needs: [{what: a, state: met}, {what: b}]\n";

	(void)state;
	steps_of_one_are(LAST, document, "one-person",
			 "\"x\" took part in 2 of the window's 3 contacts that say with whom\n"
			 "100 × 2 ÷ 3 = 66.7\n");
	steps_of_one_are(LAST, document, "manager-changes",
			 "2024-11 to 2025-04: \"p\" made 1 of 1 contact\n"
			 "2025-11 to 2026-04: \"q\" made 2 of 3 contacts\n"
			 "another than before in 1 of the 2 half-years\n");
	steps_of_one_are(LAST, document, "competitive",
			 "\"price\": (3 − 4) × weight 5 = -5\n\"care\": (4 − 3) × weight 3 = 3\n"
			 "-2 ÷ weights 8 = -0.3\n");
	steps_of_one_are(LAST, document, "needs-met", "met: a\nnot met: b\n100 × 1 ÷ 2 = 50.0\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(levels_are_counted_once_and_only_of_people_who_are_there),
	    cmocka_unit_test(levels_of_which_none_is_told_are_unknown),
	    cmocka_unit_test(the_last_contact_is_the_latest_up_to_the_windows_end),
	    cmocka_unit_test(days_since_a_contact_count_february_29),
	    cmocka_unit_test(the_most_met_person_is_counted_once_a_contact),
	    cmocka_unit_test(one_persons_part_needs_three_contacts_of_the_window_that_say_with_whom),
	    cmocka_unit_test(a_change_of_manager_is_one_of_who_made_most_of_a_half_year),
	    cmocka_unit_test(who_made_as_many_as_another_stays_manager),
	    cmocka_unit_test(changes_of_manager_need_two_half_years_of_the_last_four),
	    cmocka_unit_test(needs_known_are_those_asked_within_a_year),
	    cmocka_unit_test(the_competitive_position_is_a_mean_by_weight_over_all_competitors),
	    cmocka_unit_test(a_criterion_that_is_not_told_in_full_is_left_out),
	    cmocka_unit_test(relations_are_the_mean_of_their_parts),
	    cmocka_unit_test(more_than_enough_is_enough),
	    cmocka_unit_test(parts_without_data_leave_relations),
	    cmocka_unit_test(changes_of_our_manager_count),
	    cmocka_unit_test(a_contact_is_recent_up_to_30_days_and_not_from_180),
	    cmocka_unit_test(dependence_on_one_person_counts_from_half_of_the_contacts),
	    cmocka_unit_test(a_model_says_how_many_contacts_are_enough),
	    cmocka_unit_test(one_person_is_flagged_where_there_is_another),
	    cmocka_unit_test(a_decider_is_unknown_when_none_is_there),
	    cmocka_unit_test(a_decider_is_against_us_where_all_are),
	    cmocka_unit_test(without_any_people_nobody_is_missed),
	    cmocka_unit_test(a_comparison_of_three_criteria_all_alike_is_one_sided),
	    cmocka_unit_test(buyers_without_contact_for_half_a_year_are_neglected),
	    cmocka_unit_test(nobody_is_neglected_where_no_contacts_are_logged),
	    cmocka_unit_test(steps_can_be_redone_by_hand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
