#include "docs.h"
#include "domain/check.h"
#include "findings.h"

/* the findings of a document, read as an account, by these options; today is 2026-11-22 */
struct checking {
	struct check_options options;
	struct findings found;
};

static void
checking_begin(struct checking *c)
{
	findings_init(&c->found);
	check_options_init(&c->options, (struct date){2026, 11, 22});
}

static void
check_text(struct checking *c, const char *text)
{
	struct account account;
	struct doc doc = {0};

	doc_must_parse(&doc, str_of(text));
	account_read(&doc, &account, &doc.arena, &c->found.sink);
	check_account(&doc, &account, &c->options, &doc.arena, &c->found.sink);
	doc_free(&doc);
}

static void
assert_checked(const char *text, const char *expected)
{
	struct checking c;

	checking_begin(&c);
	check_text(&c, text);
	assert_string_equal(findings_text(&c.found), expected);
	buf_free(&c.found.text);
}

static void
every_rule_is_named_once_and_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_check_rules; i++) {
		assert_ptr_equal(check_rule_find(check_rules[i].name), &check_rules[i]);
		assert_true(strlen(check_rules[i].help) > 10);
	}
	assert_null(check_rule_find("nonsense"));
}

static void
what_has_happened_is_not_later_than_today(void **state)
{
	(void)state;
	assert_checked("id: a\nlog: [{date: 2026-11-22}]\nsales: [{month: 2026-11, source: s}]\n", "");
	assert_checked("id: a\nlog: [{date: 2026-11-23}]\n",
		       "error future: a.yaml:2:14: log: date 2026-11-23 has not come yet\n");
	assert_checked("id: a\nsales: [{month: 2026-12, source: s}]\n",
		       "error future: a.yaml:2:17: sales: month 2026-12 has not come yet\n");
	/* plans may lie ahead */
	assert_checked("id: a\npromises: [{id: 1, due: 2027-01-01}]\ninvoices: [{id: 1, date: 2026-11-30}]\n",
		       "");
}

static void
dates_of_an_item_come_in_their_order(void **state)
{
	(void)state;
	assert_checked("id: a\ninvoices: [{id: 1, date: 2026-02-01, settled: 2026-02-01}]\n", "");
	assert_checked(
	    "id: a\ninvoices: [{id: 1, date: 2026-02-01, settled: 2026-01-31}]\n",
	    "error date-order: a.yaml:2:47: invoices: settled 2026-01-31 is before date 2026-02-01\n");
	assert_checked("id: a\ndeals: [{id: 1, proposal: {sent: 2026-02-01, acknowledged: 2026-01-31}}]\n",
		       "error date-order: a.yaml:2:60: deals.proposal: acknowledged 2026-01-31 is before "
		       "sent 2026-02-01\n");
}

static void
a_fact_holds_for_its_age_to_the_day(void **state)
{
	(void)state;
	assert_checked("id: a\nneeds: [{what: x, asked: 2025-11-22}]\n", "");
	assert_checked(
	    "id: a\nneeds: [{what: x, asked: 2025-11-21}]\n",
	    "warning stale: a.yaml:2:26: needs: asked 2025-11-21 is too long ago; needs are asked about "
	    "regularly (S1)\n");
	/* of reviews only the latest counts, of facts each one, and a year that is over is history */
	assert_checked("id: a\naudit: [{date: 2020-01-01}, {date: 2026-01-01}, {date: 2019-01-01}]\n", "");
	assert_checked("id: a\npotential: [{year: 2025, assessed: 2020-01-01}]\n", "");
	assert_checked("id: a\nneeds: [{what: x}]\nreliability: [{by: me}]\n", "");
}

static void
ages_can_be_set(void **state)
{
	struct checking c;
	struct error err;

	(void)state;
	checking_begin(&c);
	assert_int_equal(check_age_set(&c.options, "needs=1m", &err), 0);
	assert_int_equal(check_age_set(&c.options, "audit=off", &err), 0);
	check_text(&c, "id: a\nneeds: [{what: x, asked: 2026-10-22}]\naudit: [{date: 2000-01-01}]\n");
	assert_string_equal(findings_text(&c.found), "");
	check_text(&c, "id: a\nneeds: [{what: x, asked: 2026-10-21}]\n");
	assert_string_not_equal(findings_text(&c.found), "");
	assert_int_equal(check_age_set(&c.options, "needs=later", &err), -1);
	assert_int_equal(check_age_set(&c.options, "contacts=1y", &err), -1);
	assert_int_equal(check_age_set(&c.options, "needs", &err), -1);
	buf_free(&c.found.text);
}

static void
a_birthday_lies_in_the_life_of_somebody_alive(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\ncontacts: [{id: a, primary: yes, birthday: 1906-11-22}, {id: b}, {id: c}, {id: d}]\n",
	    "");
	assert_checked(
	    "id: a\ncontacts: [{id: a, primary: yes, birthday: 1906-11-21}, {id: b}, {id: c}, {id: d}]\n",
	    "error birthday: a.yaml:2:44: contacts: nobody who is alive was born on 1906-11-21\n");
}

static void
links_are_missing_where_all_known_are_of_one_kind(void **state)
{
	(void)state;
	assert_checked("id: a\ncontacts: [{id: a, primary: yes, function: hr}, {id: b}, {id: c}, {id: d}]\n",
		       "");
	assert_checked(
	    "id: a\ncontacts: [{id: a, primary: yes, function: hr}, {id: b, function: legal}, {id: c}, "
	    "{id: d}]\n",
	    "");
	assert_checked(
	    "id: a\ncontacts: [{id: a, primary: yes, function: hr, level: 2}, {id: b, function: hr, "
	    "level: 3}, {id: c}, {id: d}, {id: e, function: legal, left: 2020-01-01}]\n",
	    "warning links: a.yaml:2:11: contacts: all are in hr; horizontal links are missing (S1)\n");
}

static void
a_deal_that_is_over_has_its_date(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\ndeals: [{id: 1, stage: won, closed: 2026-01-01}, {id: 2, stage: lead}, {id: 3}]\n", "");
	assert_checked("id: a\ndeals: [{id: 1, stage: lost}]\n",
		       "warning close-date: a.yaml:2:24: deals: lost without a date, closed\n");
}

static void
two_items_without_keys_that_say_the_same_are_one_too_many(void **state)
{
	(void)state;
	assert_checked("id: a\nplan:\n  goals:\n    - {goal: g, whose: o}\n    - {goal: h}\n"
		       "    - {whose: \"o\", due: , goal: g}   # the same\n",
		       "error same-item: a.yaml:6:7: goals: the same goal as on line 4\n");
	assert_checked(
	    "id: a\nplan:\n  goals: [{goal: g, whose: o}, {goal: g, whose: p}, {goal: go}, {}, {}]\n", "");
	assert_checked("id: a\naliases: [a, b, a]\n",
		       "error same-item: a.yaml:2:17: aliases: the same word as on line 2\n");
	assert_checked("id: a\njoined:\n  - {id: b, comments: [same, same]}\n", "");
	/* what has keys is judged by them */
	assert_checked("id: a\nlog: [{date: 2026-01-01}, {date: 2026-01-01}]\n", "");
}

static void
a_team_file_without_managers_says_nothing_of_them(void **state)
{
	static const char text[] = "head: h\nmembers: [c]\n";
	struct arena arena = {0};
	struct findings f;
	struct checking c;
	struct team team;

	(void)state;
	findings_init(&f);
	assert_int_equal(team_read(&team, str_of(text), "t.yaml", &arena, &f.sink), 0);
	checking_begin(&c);
	c.options.team = &team;
	check_text(&c, "id: a\nmanager: x\nteam: [y]\nlog: [{date: 2026-01-01, by: z}]\n");
	assert_string_equal(findings_text(&c.found), "");
	buf_free(&c.found.text);
	buf_free(&f.text);
	arena_free(&arena);
}

static void
the_team_knows_its_managers_members_and_head(void **state)
{
	static const char text[] = "head: h\nmanagers: [{id: a, deputy: b}, {id: b}]\nmembers: [c]\n";
	struct doc place = {.file = "t.yaml", .first_line = 1, .bytes = {text, sizeof text - 1}};
	struct arena arena = {0};
	struct findings f;
	struct checking c;
	struct team team;

	(void)state;
	findings_init(&f);
	assert_int_equal(team_read(&team, place.bytes, "t.yaml", &arena, &f.sink), 0);
	assert_true(team_has(&team, "h") && team_has(&team, "b") && team_has(&team, "c"));
	assert_false(team_has(&team, "d"));
	check_team(&place, &team, &f.sink);
	assert_string_equal(findings_text(&f),
			    "warning deputy: t.yaml:2:32: managers[1]: b has no deputy (S1)\n");
	checking_begin(&c);
	c.options.team = &team;
	check_text(
	    &c,
	    "id: a\nmanager: c\nteam: [h, d]\nlog: [{date: 2026-01-01, by: d}, {date: 2026-01-02, by: e}]\n");
	assert_string_equal(
	    findings_text(&c.found),
	    "error manager: a.yaml:2:10: manager: no manager of the team file has the id \"c\"\n"
	    "error manager: a.yaml:3:11: team: neither a manager nor a member of the team file is called "
	    "\"d\"\n"
	    "warning colleague: a.yaml:4:57: log: \"e\" is neither in the team file nor of the account's "
	    "team\n");
	buf_free(&c.found.text);
	buf_free(&f.text);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_rule_is_named_once_and_explained),
	    cmocka_unit_test(what_has_happened_is_not_later_than_today),
	    cmocka_unit_test(dates_of_an_item_come_in_their_order),
	    cmocka_unit_test(a_fact_holds_for_its_age_to_the_day),
	    cmocka_unit_test(ages_can_be_set),
	    cmocka_unit_test(a_birthday_lies_in_the_life_of_somebody_alive),
	    cmocka_unit_test(links_are_missing_where_all_known_are_of_one_kind),
	    cmocka_unit_test(a_deal_that_is_over_has_its_date),
	    cmocka_unit_test(two_items_without_keys_that_say_the_same_are_one_too_many),
	    cmocka_unit_test(the_team_knows_its_managers_members_and_head),
	    cmocka_unit_test(a_team_file_without_managers_says_nothing_of_them),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
