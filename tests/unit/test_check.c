#include "docs.h"
#include "domain/audit.h"
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
	assert_checked("id: a\naudit: [{date: 2020-01-01}, {date: 2026-05-22}, {date: 2019-01-01}]\n", "");
	assert_checked("id: a\npotential: [{year: 2025, assessed: 2020-01-01}]\n", "");
	assert_checked("id: a\nreliability: [{by: me}]\naudit: []\n", "");
}

static void
a_fact_without_a_date_is_stale_from_the_first(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\nneeds: [{what: x}]\n",
	    "warning stale: a.yaml:2:9: needs: asked is missing; needs are asked about regularly (S1)\n");
	assert_checked(
	    "id: a\npotential: [{year: 2026}, {year: 2025}]\n",
	    "warning stale: a.yaml:2:13: potential: assessed is missing; potential is assessed again, for "
	    "this year and those to come (S1, S2)\n");
	/* only a key account has to have reviews */
	assert_checked("id: a\ntier: large\ncontacts: [{id: a, primary: yes}, {id: b}, {id: c}, {id: d}]\n",
		       "");
	assert_checked("id: a\ntier: key\ncontacts: [{id: a, primary: yes}, {id: b}, {id: c}, {id: d}]\n"
		       "surveys: [{date: 2026-11-01}]\naudit: []\n",
		       "warning stale: a.yaml:1:1: reliability: a key account has none; reliability is "
		       "checked before and "
		       "during the work (S1)\n"
		       "warning stale: a.yaml:5:8: audit: a key account has none; the whole work is audited "
		       "every half-year "
		       "or year at least (S2)\n");
}

static void
an_audit_is_stale_when_it_is_overdue(void **state)
{
	const struct date today = {2026, 11, 22};

	(void)state;
	for (signed char day = 20; day <= 23; day++) {
		struct audit audit = {.date = {2026, 5, day}};

		assert_int_equal(audit_is_overdue(&audit, today), day < 22);
		assert_int_equal(check_age_is_past("audit", audit.date, today), day < 22);
	}
	assert_checked("id: a\naudit: [{date: 2026-05-22}]\n", "");
	assert_checked(
	    "id: a\naudit: [{date: 2026-05-21}]\n",
	    "warning stale: a.yaml:2:16: audit: date 2026-05-21 is too long ago; the whole work is audited "
	    "every half-year or year at least (S2)\n");
}

#define PEOPLE "contacts: [{id: m, primary: yes}, {id: w}, {id: x}, {id: y}]\n"

static void
the_main_contact_knows_of_every_contact(void **state)
{
	struct checking c;
	struct error err;

	(void)state;
	assert_checked(
	    "id: a\n" PEOPLE "log:\n  - {date: 2026-11-01, with: [w, m]}\n"
	    "  - {date: 2026-11-02, with: [w], told: yes}\n  - {date: 2026-11-03, with: [m], told: no}\n",
	    "");
	assert_checked(
	    "id: a\n" PEOPLE "log:\n  - {date: 2026-11-01, kind: call, with: [w]}\n"
	    "  - {date: 2026-11-02, kind: visit}\n  - {date: 2020-01-01, kind: call, told: no}\n",
	    "warning not-told: a.yaml:4:5: log: the main contact was not told, as far as is written, of "
	    "this call (S2)\n"
	    "warning not-told: a.yaml:5:5: log: the main contact was not told, as far as is written, of "
	    "this visit (S2)\n"
	    "warning not-told: a.yaml:6:42: log: the main contact does not know of this call (S2)\n");
	/* what nobody wrote down long ago is let rest: 90 days, to the day */
	assert_checked("id: a\n" PEOPLE "log: [{date: 2026-08-23, with: [w]}]\n", "");
	checking_begin(&c);
	check_text(&c, "id: a\n" PEOPLE "log: [{date: 2026-08-24, with: [w]}]\n");
	assert_non_null(strstr(findings_text(&c.found), "not-told"));
	buf_clear(&c.found.text);
	assert_int_equal(check_age_set(&c.options, "told=30d", &err), 0);
	check_text(&c, "id: a\n" PEOPLE "log: [{date: 2026-10-22, with: [w]}]\n");
	assert_int_equal(check_age_set(&c.options, "told=off", &err), 0);
	check_text(&c, "id: a\n" PEOPLE "log: [{date: 2026-11-22, with: [w]}]\n");
	assert_string_equal(findings_text(&c.found), "");
	buf_free(&c.found.text);
}

static void
who_has_left_is_no_main_contact(void **state)
{
	(void)state;
	assert_checked("id: a\ncontacts:\n  - {id: a, primary: yes, left: 2026-01-01}\n"
		       "  - {id: b, primary: yes}\n  - {id: c}\n  - {id: d}\n  - {id: e}\n",
		       "");
	assert_checked("id: a\ncontacts:\n  - {id: a, primary: yes, left: 2026-01-01}\n"
		       "  - {id: b}\n  - {id: c}\n  - {id: d}\n  - {id: e}\n",
		       "warning main-contact: a.yaml:3:5: contacts: the main contact has left\n");
	assert_checked("id: a\ncontacts:\n  - {id: a, primary: yes}\n"
		       "  - {id: b, primary: yes}\n  - {id: c}\n  - {id: d}\n",
		       "warning main-contact: a.yaml:4:5: contacts: a second main contact\n");
}

static void
numbers_keep_within_the_limits_of_their_fields(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\ndeals: [{id: 1, probability: 100}, {id: 2, probability: 0}]\n"
	    "competitors: [{name: x, share: 100.0, criteria: [{weight: 1, us: 5, them: 3}]}]\n"
	    "plan: {revenue: 0, margin: -5, months: {2026-12: 0}}\nprogrammes: [{name: x, effect: -1}]\n"
	    "surveys: [{date: 2026-11-01, kind: nps, score: 10}, {date: 2026-11-02, kind: x, score: 11}]\n",
	    "");
	assert_checked("id: a\ndeals: [{id: 1, probability: 100.01}]\ncontracts: [{id: 1, discount: 150}]\n"
		       "competitors: [{name: x, share: -1, criteria: [{weight: 9, us: 7, them: 0}]}]\n"
		       "surveys: [{date: 2026-11-01, kind: nps, score: 11}]\n",
		       "error range: a.yaml:2:30: deals: probability is not 0 to 100: 100.01\n"
		       "error range: a.yaml:3:31: contracts: discount is not 0 to 100: 150\n"
		       "error range: a.yaml:4:32: competitors: share is not 0 to 100: -1\n"
		       "error range: a.yaml:4:56: competitors.criteria: weight is not 1 to 5: 9\n"
		       "error range: a.yaml:4:63: competitors.criteria: us is not 1 to 5: 7\n"
		       "error range: a.yaml:4:72: competitors.criteria: them is not 1 to 5: 0\n"
		       "error range: a.yaml:5:48: surveys: score is not 0 to 10: 11\n");
	assert_checked(
	    "id: a\nplan: {revenue: -5, forecast: {2026-12: -1}}\nprogrammes: [{name: x, cost: -5}]\n",
	    "error negative: a.yaml:2:17: plan: revenue is less than nothing: -5\n"
	    "error negative: a.yaml:2:41: plan.forecast: 2026-12 is less than nothing: -1\n"
	    "error negative: a.yaml:3:30: programmes: cost is less than nothing: -5\n");
}

static void
months_and_days_are_those_of_the_calendar(void **state)
{
	(void)state;
	assert_checked("id: a\nplan: {months: {2026-13: 1, foo: 2, 2026-12: 3}, forecast: {2026-00: 5}}\n",
		       "error month: a.yaml:2:17: plan.months: not a month, as 2026-11: \"2026-13\"\n"
		       "error month: a.yaml:2:29: plan.months: not a month, as 2026-11: \"foo\"\n"
		       "error month: a.yaml:2:61: plan.forecast: not a month, as 2026-11: \"2026-00\"\n");
	assert_checked("id: a\nsales:\n  - {month: 2024-02, source: s, on: [1, 29]}\n"
		       "  - {month: 2026-02, source: s, on: [28, 29, 30]}\n",
		       "error month: a.yaml:4:42: sales: 2026-02 has no day 29\n"
		       "error month: a.yaml:4:46: sales: 2026-02 has no day 30\n");
}

static void
answers_are_to_questions_that_there_are(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\naudit: [{date: 2026-11-01, answers: {relations.decision: yes, relations.bogus: yes},\n"
	    "  actions: [{answer: status.rissing, what: x}]}]\n",
	    "error question: a.yaml:2:63: audit.answers: the audit has no question "
	    "\"relations.bogus\"\n"
	    "error question: a.yaml:3:22: audit.actions: the audit has no question \"status.rissing\"; did "
	    "you mean \"status.rising\"?\n");
}

static void
nobody_reports_in_a_circle(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\ncontacts:\n  - {id: a, primary: yes, reports-to: b}\n  - {id: b, reports-to: c}\n"
	    "  - {id: c, reports-to: b}\n  - {id: d, reports-to: d}\n",
	    "error reports-circle: a.yaml:4:25: contacts: \"b\" reports to somebody who reports to them\n"
	    "error reports-circle: a.yaml:6:25: contacts: \"d\" reports to oneself\n");
}

static void
no_word_stands_twice(void **state)
{
	(void)state;
	assert_checked(
	    "id: a\naliases: [x, y, x]\nlog: [{date: 2026-11-01, with: [x, x]}]\ncontacts: [{id: x, "
	    "primary: yes}, {id: b}, {id: c}, {id: d}]\n",
	    "warning repeated: a.yaml:2:17: aliases: \"x\" stands twice\n"
	    "warning repeated: a.yaml:3:36: log.with: \"x\" stands twice\n");
}

static void
an_invoice_that_is_settled_was_paid_in_full(void **state)
{
	(void)state;
	assert_checked("id: a\ninvoices:\n  - {id: 1, amount: 10, paid: 10, settled: 2026-11-01}\n"
		       "  - {id: 2, amount: 10, settled: 2026-11-01}\n  - {id: 3, amount: 10, paid: 1}\n"
		       "  - {id: 4, amount: -10, paid: -10, settled: 2026-11-01}\n"
		       "  - {id: 5, amount: 10, paid: 9.99, settled: 2026-11-01}\n",
		       "warning settled: a.yaml:7:46: invoices: settled, but only 9.99 of 10 is paid\n");
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
	    cmocka_unit_test(a_fact_without_a_date_is_stale_from_the_first),
	    cmocka_unit_test(an_audit_is_stale_when_it_is_overdue),
	    cmocka_unit_test(ages_can_be_set),
	    cmocka_unit_test(the_main_contact_knows_of_every_contact),
	    cmocka_unit_test(who_has_left_is_no_main_contact),
	    cmocka_unit_test(numbers_keep_within_the_limits_of_their_fields),
	    cmocka_unit_test(months_and_days_are_those_of_the_calendar),
	    cmocka_unit_test(answers_are_to_questions_that_there_are),
	    cmocka_unit_test(nobody_reports_in_a_circle),
	    cmocka_unit_test(no_word_stands_twice),
	    cmocka_unit_test(an_invoice_that_is_settled_was_paid_in_full),
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
