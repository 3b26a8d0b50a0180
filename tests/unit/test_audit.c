#include "docs.h"
#include "domain/account.h"
#include "domain/audit.h"
#include "findings.h"

static const struct date today = {2026, 11, 22};

/* The questionnaire */

static void
there_are_26_questions_in_seven_groups(void **state)
{
	static const size_t counts[] = {7, 2, 4, 4, 5, 2, 2};
	static const bool of_client[] = {false, false, true, true, true, false, false};

	(void)state;
	assert_int_equal(n_audit_groups, 7);
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(audit_groups[i].n, counts[i]);
		assert_int_equal(audit_groups[i].of_client, of_client[i]);
	}
}

static void
every_question_has_its_own_id_and_three_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_audit_groups; i++) {
		const struct audit_group *g = &audit_groups[i], *found = NULL;
		size_t n = strlen(g->id);

		for (size_t k = 0; k < g->n; k++) {
			const struct audit_question *q = &g->question[k];

			assert_ptr_equal(audit_question_find(q->id, &found), q);
			assert_ptr_equal(found, g);
			assert_int_equal(strncmp(q->id, g->id, n), 0);
			assert_int_equal(q->id[n], '.');
			for (size_t l = 0; l < AUDIT_LANGUAGES; l++) {
				assert_non_null(q->text[l]);
				assert_int_equal(q->text[l][strlen(q->text[l]) - 1], '?');
			}
		}
	}
	assert_null(audit_question_find("relations.decisions", NULL));
	assert_string_equal(audit_question_nearest("relations.decisions"), "relations.decision");
}

static void
hints_are_there_in_three_languages(void **state)
{
	(void)state;
	assert_int_equal(n_audit_hints, 11);
	for (size_t i = 0; i < n_audit_hints; i++)
		for (size_t l = 0; l < AUDIT_LANGUAGES; l++)
			assert_non_null(audit_hints[i].text[l]);
}

/* Results */

static struct audit
audit_of(const char *const *names, const char *const *texts, size_t n)
{
	return (struct audit){.answers = {(const char **)names, (const char **)texts, n}};
}

static void
a_partly_counts_a_half_and_what_is_open_nothing(void **state)
{
	static const char *const names[] = {"relations.decision", "relations.influencers", "relations.joint",
					    "status.place"};
	static const char *const texts[] = {"yes", "partly", "no", "yes"};
	struct audit audit = audit_of(names, texts, 4);
	struct audit_tally t = {0};
	const struct audit_group *group;

	(void)state;
	audit_question_find("relations.decision", &group);
	audit_count(&audit, group, &t);
	assert_int_equal(t.yes, 1);
	assert_int_equal(t.partly, 1);
	assert_int_equal(t.no, 1);
	assert_int_equal(t.open, 1);
	assert_int_equal(audit_score(&t), 50);
	assert_int_equal(audit_score(&(struct audit_tally){.open = 4}), -1);
	assert_int_equal(audit_score(&(struct audit_tally){.yes = 2, .no = 1}), 67);
	assert_int_equal(audit_score(&(struct audit_tally){.yes = 1, .no = 2}), 33);
	/* 1 of 8 is 12.5 */
	assert_int_equal(audit_score(&(struct audit_tally){.yes = 1, .no = 7}), 13);
	assert_int_equal(audit_score(&(struct audit_tally){.no = 7}), 0);
}

static void
audits_are_compared_over_the_questions_that_both_answer(void **state)
{
	static const char *const names[] = {"relations.decision", "relations.joint", "relations.plan"};
	static const char *const first[] = {"no", "partly", ""}, *const second[] = {"yes", "", "yes"};
	struct audit before = audit_of(names, first, 3), now = audit_of(names, second, 3);
	struct audit_tally then_tally = {0}, now_tally = {0};
	const struct audit_group *group;

	(void)state;
	audit_question_find("relations.decision", &group);
	audit_compare(&now, &before, group, &now_tally, &then_tally);
	assert_int_equal(now_tally.yes, 1);
	assert_int_equal(now_tally.partly + now_tally.no + now_tally.open, 0);
	assert_int_equal(then_tally.no, 1);
	assert_int_equal(then_tally.yes + then_tally.partly + then_tally.open, 0);
	audit_compare(&now, NULL, group, &now_tally, &then_tally);
	assert_int_equal(now_tally.yes, 1);
}

static void
an_answer_stands_until_a_later_audit_gives_another(void **state)
{
	static const char *const names[] = {"status.key", "status.place"};
	static const char *const first[] = {"no", "yes"}, *const second[] = {"", "partly"};
	struct audit v[] = {audit_of(names, second, 2), audit_of(names, first, 2), audit_of(names, first, 2)};
	const struct items audits = {v, 3};

	(void)state;
	v[0].date = (struct date){2026, 7, 1};
	v[1].date = (struct date){2026, 1, 1};
	v[2].date = (struct date){2027, 1, 1};
	assert_ptr_equal(audit_last_answering(&audits, "status.key", today), &v[1]);
	assert_ptr_equal(audit_last_answering(&audits, "status.place", today), &v[0]);
	assert_null(audit_last_answering(&audits, "status.rising", today));
}

static void
the_last_audit_is_found_by_its_date(void **state)
{
	struct audit v[] = {{.date = {2026, 7, 1}}, {.date = {2027, 1, 1}}, {.date = {2025, 3, 1}}};
	struct items audits = {v, 3};

	(void)state;
	assert_ptr_equal(audit_last(&audits, today), &v[0]);
	assert_ptr_equal(audit_before(&audits, &v[0]), &v[2]);
	assert_null(audit_before(&audits, &v[2]));
	assert_null(audit_last(&(struct items){0}, today));
}

static void
an_audit_is_overdue_after_half_a_year(void **state)
{
	(void)state;
	assert_false(audit_is_overdue(&(struct audit){.date = {2026, 5, 22}}, today));
	assert_true(audit_is_overdue(&(struct audit){.date = {2026, 5, 21}}, today));
	assert_true(audit_is_overdue(NULL, today));
}

/* Forms */

static void
fills(const char *text, const char *id, const char *expected, const char *item)
{
	struct doc doc = {0};
	struct arena arena = {0};
	struct findings found;
	struct audit_form form;
	struct buf out = {0};
	size_t open;

	doc_must_parse(&doc, str_of(text));
	findings_init(&found);
	assert_int_equal(audit_form_read(&form, &doc, id, today, &open, &arena, &found.sink), item ? 0 : -1);
	assert_string_equal(findings_text(&found), expected);
	if (item) {
		node_write_flow(&out, audit_form_item(&arena, &form));
		buf_printf(&out, " %zu open", open);
		assert_string_equal(out.data, item);
	}
	buf_free(&out);
	buf_free(&found.text);
	arena_free(&arena);
	doc_free(&doc);
}

static void
a_filled_form_becomes_an_item(void **state)
{
	(void)state;
	fills("account: a\ndate: 2026-11-20\nanswers:\n  relations.decision: yes\n  status.rising: no\n  "
	      "status.key:\n"
	      "actions:\n  - {answer: status.rising, what: \"talk, soon\", owner: north, due: 2026-12-01}\n",
	      NULL, "",
	      "{date: 2026-11-20, answers: {relations.decision: yes, status.rising: no}, actions: [{answer: "
	      "status.rising, what: \"talk, soon\", owner: north, due: 2026-12-01, done: }]} 11 open");
	fills("answers: {team.roles: yes}\n", NULL, "",
	      "{date: 2026-11-22, answers: {team.roles: yes}} 12 open");
	fills("answers: {closeness.focus: yes}\n", "a", "",
	      "{date: 2026-11-22, answers: {closeness.focus: yes}} 12 open");
}

static void
a_weak_answer_without_an_action_is_warned_of(void **state)
{
	(void)state;
	fills("account: a\nanswers:\n  status.rising: partly\n", NULL,
	      "warning action: a.yaml:3:18: status.rising is answered partly, and no action mends it\n",
	      "{date: 2026-11-22, answers: {status.rising: partly}} 12 open");
	fills("account: a\nanswers:\n  status.rising: no\n  status.key: yes\nactions:\n"
	      "  - {answer: status.rising, what: x, due: 2026-12-01}\n  - {answer: status.key, what: talk, "
	      "owner: east}\n",
	      NULL,
	      "warning action: a.yaml:6:5: the action for \"status.rising\" has no owner\n"
	      "warning action: a.yaml:7:5: an action for \"status.key\", which is no weak answer\n"
	      "warning action: a.yaml:7:5: the action for \"status.key\" has no day on which it is due\n",
	      "{date: 2026-11-22, answers: {status.rising: no, status.key: yes}, actions: [{answer: "
	      "status.rising, "
	      "what: x, owner: , due: 2026-12-01, done: }, {answer: status.key, what: talk, owner: east, "
	      "due: , "
	      "done: }]} "
	      "11 open");
}

static void
wrong_forms_are_refused_with_the_line(void **state)
{
	(void)state;
	fills("answers:\n  team.roles: maybe\n", NULL,
	      "error word: a.yaml:2:15: answers.team.roles: not one of yes, partly, no: \"maybe\"\n", NULL);
	fills("answers:\n  team.rules: yes\n", NULL,
	      "error question: a.yaml:2:15: no such question: \"team.rules\", did you mean team.roles?\n",
	      NULL);
	fills("answers:\n  status.key: yes\n", NULL,
	      "error question: a.yaml:2:15: status.key is asked for each client: which account is it?\n",
	      NULL);
	fills("account: a\nanswers:\n  team.roles: yes\n", NULL,
	      "error question: a.yaml:3:15: team.roles is asked of the supplier, not for each client\n",
	      NULL);
	fills("account: a\nanswers: {status.key: yes}\n", "b",
	      "error account: a.yaml:1:10: the form is that of a, not of b\n", NULL);
	fills("date: 2026-11-23\nanswers: {team.roles: yes}\n", NULL,
	      "error date: a.yaml:1:7: a day that is still to come\n", NULL);
	fills("answers:\n  team.roles:\n", NULL, "error answers: a.yaml:1:1: no question is answered\n",
	      NULL);
	fills("answers: {team.roles: no}\nactions:\n  - {answer: team.roles, owner: x}\n", NULL,
	      "error action: a.yaml:3:5: an action that does not say what is to be done\n", NULL);
}

static void
a_written_form_asks_each_question_once_and_can_be_read(void **state)
{
	static const char *const names[] = {"status.key"}, *const texts[] = {"partly"};
	const struct pairs answers = {(const char **)names, (const char **)texts, 1};
	/* later ones leave the question open, or are not yet */
	struct audit v[] = {{.date = {2026, 1, 5}, .answers = answers},
			    {.date = {2026, 7, 1}},
			    {.date = {2027, 1, 5}, .answers = answers}};
	const struct items audits = {v, 3};

	(void)state;
	for (int language = 0; language < AUDIT_LANGUAGES; language++) {
		for (int of_client = 0; of_client < 2; of_client++) {
			struct buf text = {0};
			struct doc doc = {0};

			audit_form_write(&text, (enum audit_language)language, of_client ? "12345" : NULL,
					 "two\nlines: \x1b[1m", today, &audits);
			doc_must_parse(&doc, (struct str){text.data, text.len});
			assert_int_equal(node_get(doc.root, "answers")->count, 13);
			assert_int_equal(node_get(doc.root, "account") != NULL, of_client);
			assert_int_equal(strstr(text.data, "# 2026-01-05: partly\n  status.key:\n") != NULL,
					 of_client);
			assert_null(strchr(text.data, '\x1b'));
			doc_free(&doc);
			fills(text.data, NULL,
			      of_client ? "error answers: a.yaml:6:1: no question is answered\n"
					: "error answers: a.yaml:5:1: no question is answered\n",
			      NULL);
			buf_free(&text);
		}
	}
}

static void
the_suppliers_file_is_a_list_of_audits(void **state)
{
	static const char text[] = "audit:\n  - {date: 2026-07-01, answers: {team.roles: yes}}\n";
	struct arena arena = {0};
	struct findings found;
	struct items audits;
	char *copy = xstrdup(text);

	(void)state;
	findings_init(&found);
	assert_int_equal(audit_read(&audits, str_of(copy), "f", &arena, &found.sink), 0);
	free(copy);
	assert_int_equal(audits.n, 1);
	assert_string_equal(audit_answer(audits.v, "team.roles"), "yes");
	assert_null(audit_answer(audits.v, "team.communication"));
	assert_int_equal(audit_read(&audits, str_of("log: []\n"), "f", &arena, &found.sink), -1);
	assert_int_equal(audit_read(&audits, str_of("{"), "f", &arena, &found.sink), -1);
	arena_free(&arena);
	buf_free(&found.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(there_are_26_questions_in_seven_groups),
	    cmocka_unit_test(every_question_has_its_own_id_and_three_texts),
	    cmocka_unit_test(hints_are_there_in_three_languages),
	    cmocka_unit_test(a_partly_counts_a_half_and_what_is_open_nothing),
	    cmocka_unit_test(audits_are_compared_over_the_questions_that_both_answer),
	    cmocka_unit_test(an_answer_stands_until_a_later_audit_gives_another),
	    cmocka_unit_test(the_last_audit_is_found_by_its_date),
	    cmocka_unit_test(an_audit_is_overdue_after_half_a_year),
	    cmocka_unit_test(a_filled_form_becomes_an_item),
	    cmocka_unit_test(a_weak_answer_without_an_action_is_warned_of),
	    cmocka_unit_test(wrong_forms_are_refused_with_the_line),
	    cmocka_unit_test(a_written_form_asks_each_question_once_and_can_be_read),
	    cmocka_unit_test(the_suppliers_file_is_a_list_of_audits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
