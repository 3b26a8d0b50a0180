#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/team.h"
#include "findings.h"

/* three desks, each standing in for the one before; two away over the new year, one of them twice */
static const char desks[] =
    "head: board-desk\n"
    "managers:\n"
    "  - id: north\n"
    "    name: Northern desk\n"
    "    email: north@supplier.example\n"
    "    deputy: south\n"
    "    calendar: lv\n"
    "    absent: [{from: 2026-12-21, to: 2027-01-08}, {from: 2027-03-01, to: 2027-03-01}]\n"
    "    capacity: {key: 3, actions-a-day: 8}\n"
    "    discount-limit: 7.5\n"
    "    plan: {year: 2026, revenue: 120000000.00, active: 40, new: 6}\n"
    "  - {id: south, deputy: west, absent: [{from: 2027-01-04, to: 2027-01-06}, {from: 2027-06-01}]}\n"
    "  - {id: west, name: Западный отдел, deputy: north, absent: [{from: 2027-01-05, to: 2027-01-05}]}\n";

struct reading {
	struct arena arena;
	struct findings found;
	struct team team;
	int result;
};

/* through a copy that is gone afterwards: a team does not live on its text */
static void
read_text(struct reading *r, const char *text)
{
	char *copy = xstrdup(text);

	memset(r, 0, sizeof *r);
	findings_init(&r->found);
	r->result =
	    team_read(&r->team, (struct str){copy, strlen(copy)}, "t.yaml", &r->arena, &r->found.sink);
	free(copy);
}

static void
reading_free(struct reading *r)
{
	buf_free(&r->found.text);
	arena_free(&r->arena);
}

static void
expect_findings(const char *text, const char *expected)
{
	struct reading r;

	read_text(&r, text);
	assert_string_equal(findings_text(&r.found), expected);
	assert_int_equal(r.result, expected[0] ? -1 : 0);
	reading_free(&r);
}

static const char *
on_duty(const struct reading *r, const char *id, int y, int m, int d)
{
	return team_on_duty(&r->team, id, (struct date){(short)y, (signed char)m, (signed char)d});
}

static void
a_team_is_read_whole(void **state)
{
	struct reading r;
	const struct manager *m;
	const struct absence *a;

	(void)state;
	read_text(&r, desks);
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.result, 0);
	assert_string_equal(r.team.head, "board-desk");
	assert_int_equal(r.team.managers.n, 3);
	m = team_find(&r.team, "north");
	assert_string_equal(m->name, "Northern desk");
	assert_string_equal(m->email, "north@supplier.example");
	assert_string_equal(m->deputy, "south");
	assert_string_equal(m->calendar, "lv");
	assert_int_equal(m->absent.n, 2);
	a = m->absent.v;
	assert_int_equal(date_cmp(a[0].to, (struct date){2027, 1, 8}), 0);
	assert_string_equal(team_find(&r.team, "west")->name, "Западный отдел");
	assert_null(team_find(&r.team, "east"));
	reading_free(&r);
}

static void
an_empty_team_has_no_managers(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "# nobody yet\n");
	assert_int_equal(r.result, 0);
	assert_null(team_find(&r.team, "north"));
	assert_string_equal(on_duty(&r, "north", 2026, 1, 1), "north");
	reading_free(&r);
}

static void
the_deputy_stands_in_from_the_first_to_the_last_day(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, desks);
	assert_string_equal(on_duty(&r, "north", 2026, 12, 20), "north");
	assert_string_equal(on_duty(&r, "north", 2026, 12, 21), "south");
	assert_string_equal(on_duty(&r, "north", 2027, 1, 8), "south");
	assert_string_equal(on_duty(&r, "north", 2027, 1, 9), "north");
	assert_string_equal(on_duty(&r, "north", 2027, 3, 1), "south");
	reading_free(&r);
}

static void
an_absent_deputy_has_a_deputy(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, desks);
	assert_string_equal(on_duty(&r, "north", 2027, 1, 4), "west");
	assert_string_equal(on_duty(&r, "south", 2027, 1, 4), "west");
	reading_free(&r);
}

static void
when_all_are_absent_the_manager_is_on_duty(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, desks);
	assert_string_equal(on_duty(&r, "north", 2027, 1, 5), "north");
	assert_string_equal(on_duty(&r, "west", 2027, 1, 5), "west");
	assert_string_equal(on_duty(&r, "east", 2027, 1, 5), "east");
	reading_free(&r);
}

static void
an_absence_without_an_end_lasts(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, desks);
	assert_string_equal(on_duty(&r, "south", 2027, 5, 31), "south");
	assert_string_equal(on_duty(&r, "south", 2031, 1, 1), "west");
	reading_free(&r);
}

static void
an_absent_manager_without_a_deputy_stays_on_duty(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "managers: [{id: solo, absent: [{from: 2027-01-01}]}]\n");
	assert_string_equal(on_duty(&r, "solo", 2027, 2, 1), "solo");
	reading_free(&r);
}

static void
a_deputy_is_another_manager(void **state)
{
	(void)state;
	expect_findings("managers:\n  - {id: a, deputy: b}\n  - {id: b, deputy: c}\n",
			"error value: t.yaml:3:21: managers[1].deputy: no manager has the id \"c\"\n");
	expect_findings("managers: [{id: a, deputy: a}]\n",
			"error value: t.yaml:1:28: managers[0].deputy: nobody is their own deputy\n");
}

static void
an_id_is_given_once(void **state)
{
	(void)state;
	expect_findings("managers:\n  - {id: b}\n  - {id: a}\n  - {id: b}\n",
			"error value: t.yaml:4:10: managers[2].id: another manager has it already\n");
	expect_findings("managers: [{name: a}]\n", "error missing: t.yaml:1:12: managers[0].id: missing\n");
}

static void
an_absence_ends_after_it_begins(void **state)
{
	(void)state;
	expect_findings(
	    "managers: [{id: a, absent: [{from: 2027-01-02, to: 2027-01-01}]}]\n",
	    "error value: t.yaml:1:28: managers[0].absent: an absence that ends before it begins\n");
	expect_findings("managers: [{id: a, absent: [{to: 2027-01-01}]}]\n",
			"error missing: t.yaml:1:29: managers[0].absent[0].from: missing\n");
}

static void
unknown_names_are_errors(void **state)
{
	(void)state;
	expect_findings(
	    "boss: a\nmanagers:\n  - {id: a, capacity: {keys: 3}, plan: {revenue: 1,5}, discount-limit: "
	    "ten}\n",
	    "error name: t.yaml:1:1: boss: not a known name\n"
	    "error name: t.yaml:3:24: managers[0].capacity.keys: not a known name; did you mean \"key\"?\n"
	    "error name: t.yaml:3:52: managers[0].plan.5: a name without a value; write amounts with a "
	    "point: 1.5\n"
	    "error type: t.yaml:3:72: managers[0].discount-limit: not a number: \"ten\"\n");
}

static void
a_text_that_is_no_document_is_refused(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "managers: [\n");
	assert_int_equal(r.result, -1);
	assert_int_equal(r.found.sink.errors, 1);
	reading_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_team_is_read_whole),
	    cmocka_unit_test(an_empty_team_has_no_managers),
	    cmocka_unit_test(the_deputy_stands_in_from_the_first_to_the_last_day),
	    cmocka_unit_test(an_absent_deputy_has_a_deputy),
	    cmocka_unit_test(when_all_are_absent_the_manager_is_on_duty),
	    cmocka_unit_test(an_absence_without_an_end_lasts),
	    cmocka_unit_test(an_absent_manager_without_a_deputy_stays_on_duty),
	    cmocka_unit_test(a_deputy_is_another_manager),
	    cmocka_unit_test(an_id_is_given_once),
	    cmocka_unit_test(an_absence_ends_after_it_begins),
	    cmocka_unit_test(unknown_names_are_errors),
	    cmocka_unit_test(a_text_that_is_no_document_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
