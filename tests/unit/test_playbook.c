#include "agenda.h"
#include "domain/action.h"
#include "domain/builtin.h"

static void
the_built_in_playbook_has_no_finding(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    playbook_read(&f->playbook, text(builtin_playbook), "built-in", &f->arena, &f->findings.sink), 0);
	assert_string_equal(findings(f), "");
	assert_int_equal(f->playbook.rules.n, 9);
	playbook_builtin(&f->playbook, &f->arena);
	assert_int_equal(f->playbook.rules.n, 9);
}

static void
tiers_of_rules_are_those_of_accounts(void **state)
{
	const struct fields *rules = field_find(&playbook_fields, "rules")->sub;
	const char *const *of_rules = field_find(rules, "tier")->words;
	const char *const *of_accounts = field_find(&account_fields, "tier")->words;
	size_t i;

	(void)state;
	for (i = 0; of_rules[i] && of_accounts[i]; i++)
		assert_string_equal(of_rules[i], of_accounts[i]);
	assert_null(of_rules[i]);
	assert_null(of_accounts[i]);
}

static void
fields_that_triggers_fill_are_fields_of_actions(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_triggers; i++) {
		for (const char *const *says = triggers[i].says; *says; says++) {
			size_t k;

			for (k = 0; k < n_action_fields && strcmp(action_fields[k].name, *says) != 0; k++)
				;
			assert_true(k < n_action_fields);
			assert_false(action_fields[k].common);
		}
	}
}

/* the rule is refused, at that column of line 2, in these words among others */
static void
refuses(struct fixture *f, const char *rule, const char *place, const char *words)
{
	buf_clear(&f->findings.text);
	assert_int_equal(rule_read(f, rule), -1);
	if (!strstr(findings(f), place) || !strstr(findings(f), words))
		fail_msg("not \"%s\", \"%s\" in: %s", place, words, findings(f));
}

static void
a_rule_that_makes_no_sense_is_refused_with_its_place(void **state)
{
	struct fixture *f = *state;

	refuses(f, "id: r, on: proposal-snet, do: x",
		"p.yaml:2:17: rules[0].on: no such trigger: \"proposal-snet\"",
		"did you mean \"proposal-sent\"?");
	refuses(f, "id: r, on: complaint-open, do: x", "p.yaml:2:17: rules[0].on: ", "contacts-below");
	refuses(f, "id: r, on: tender, befor: 1d, do: x", "p.yaml:2:25: rules[0].befor: not a known name",
		"did you mean \"before\"?");
	refuses(f, "id: r, on: tender, after: 1d, before: 1d, do: x",
		"p.yaml:2:44: rules[0].before: ", "not both");
	refuses(f, "id: r, on: tender, before: soon, do: x", "p.yaml:2:33: rules[0].before: ", "\"soon\"");
	refuses(f, "id: r, on: tender, before: notice, do: x", "rules[0].before: ", "tender has no notice");
	refuses(f, "id: r, on: tender, every: 0d, do: x", "p.yaml:2:32: rules[0].every: ", "0 days");
	refuses(f, "id: r, on: tender, unless: won, do: x", "rules[0].unless: ", "tender has no condition");
	refuses(f, "id: r, on: invoice-due, unless: paid, do: x",
		"rules[0].unless: ", "the condition of invoice-due is invoice-settled, not \"paid\"");
	refuses(f, "id: r, on: tender, tier: [kay], do: x", "rules[0].tier[0]: ", "did you mean \"key\"?");
	refuses(f, "id: r, on: tender", "rules[0].do: ", "missing");
	refuses(f, "id: r, on: tender, do: x, escalate: {to: head}", "rules[0].escalate.after: ", "missing");
}

static void
an_action_names_only_what_its_trigger_fills(void **state)
{
	struct fixture *f = *state;

	refuses(f, "id: r, on: tender, do: 'Call {contcat}'",
		"p.yaml:2:29: rules[0].do: ", "did you mean {contact}?");
	refuses(f, "id: r, on: tender, do: 'Collect {invoice}'",
		"rules[0].do: ", "\"invoice\" is no field of tender, which fills {client}, {contact}");
	refuses(f, "id: r, on: tender, do: 'Call {contact'", "rules[0].do: ", "a brace without its pair");
	refuses(f, "id: r, on: tender, do: 'Call }'", "rules[0].do: ", "a brace without its pair");
	refuses(f, "id: r, on: tender, do: 'Call {{contact}}'", "rules[0].do: ", "a brace without its pair");
	refuses(f, "id: r, on: tender, do: 'Call {}'", "rules[0].do: ", "is no field of tender");
}

static void
two_rules_of_one_name_are_refused(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    playbook_read(&f->playbook,
			  text("rules:\n- {id: r, on: tender, do: x}\n- {id: r, on: tender, do: y}\n"),
			  "p.yaml", &f->arena, &f->findings.sink),
	    -1);
	assert_string_equal(findings(f), "p.yaml:3:8: rules[1].id: another rule has it already\n");
}

static void
rules_of_a_later_version_are_left_out_with_a_warning(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    playbook_read(
		&f->playbook,
		text("rules:\n"
		     "- {id: c, on: complaint-opened, unless: complaint-closed, do: 'Settle {complaint}'}\n"
		     "- {id: n, on: deal-won, if: 'nps>=9', do: x}\n"
		     "- {id: t, on: tender, do: x}\n"),
		"p.yaml", &f->arena, &f->findings.sink),
	    0);
	assert_int_equal(f->playbook.rules.n, 1);
	assert_string_equal(((const struct rule *)f->playbook.rules.v)->id, "t");
	assert_string_equal(findings(f),
			    "warning: p.yaml:2:15: rules[0].on: complaint-opened is not watched by this "
			    "version: rule c is left out\n"
			    "warning: p.yaml:3:29: rules[1].if: conditions are not evaluated by this "
			    "version: rule n is left out\n");
}

static void
a_playbook_without_a_rule_to_follow_is_refused(void **state)
{
	static const char *const nothing[] = {"",	  "# later\n",	 "{}\n",
					      "rules:\n", "rules: []\n", "holidays: {a: b}\n"};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
		buf_clear(&f->findings.text);
		assert_int_equal(
		    playbook_read(&f->playbook, text(nothing[i]), "p.yaml", &f->arena, &f->findings.sink),
		    -1);
		assert_non_null(strstr(findings(f), "p.yaml:"));
	}
	assert_int_equal(rule_read(f, "id: r, on: audit-date, do: x"), -1);
	assert_non_null(strstr(findings(f), "p.yaml:2:3: rules: there is none that this version can follow"));
}

static void
holidays_are_found_by_the_calendars_name(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    playbook_read(&f->playbook,
			  text("holidays: {lv: a.txt, ru: b.txt}\nrules:\n- {id: r, on: tender, do: x}\n"),
			  "p.yaml", &f->arena, &f->findings.sink),
	    0);
	assert_string_equal(playbook_holidays(&f->playbook, "ru"), "b.txt");
	assert_null(playbook_holidays(&f->playbook, "r"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	    T(the_built_in_playbook_has_no_finding),
	    T(tiers_of_rules_are_those_of_accounts),
	    T(fields_that_triggers_fill_are_fields_of_actions),
	    T(a_rule_that_makes_no_sense_is_refused_with_its_place),
	    T(an_action_names_only_what_its_trigger_fills),
	    T(two_rules_of_one_name_are_refused),
	    T(rules_of_a_later_version_are_left_out_with_a_warning),
	    T(a_playbook_without_a_rule_to_follow_is_refused),
	    T(holidays_are_found_by_the_calendars_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
