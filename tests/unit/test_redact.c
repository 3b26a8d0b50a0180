#include "docs.h"
#include "domain/account.h"
#include "domain/redact.h"
#include "findings.h"
#include "randomdoc.h"

static const char romashka[] =
    "# secret before\n---\nid: romashka # secret behind\nname: ООО «Ромашка»\nmanager: i.petrova\n"
    "external: {inn: \"7701234567\"}\n"
    "profile:\n  # secret inside\n  region: Тула\n  goals: second line\n"
    "  financials: {year: 2025, budget: 300000.00}\n"
    "contacts:\n"
    "  - id: volkov  # secret\n    name: Волков С. И.\n    phone: \"+7 487 200-00-01\"\n"
    "    birthday: 04-17\n    nickname: Сергеич\n    left:\n"
    "  - {id: belova, name: Белова Н., interests: chess}\n"
    "deals:\n  - {id: D-88, title: carton, amount: 12.00, proposal: {sent: 2026-11-16}}\n"
    "access:\n  logistics: [profile]\n"
    "log:\n  - date: 2026-11-12\n    kind: call\n    with: [volkov, belova]\n"
    "    about: |\n      third line\n      and more\n";

/* the account as the list shows it, and behind it what was left out for no table knows it */
static void
shows(const char *text, const char *list, const char *expected)
{
	char *access = xmalloc(strlen(list) + 20);
	struct doc doc = {0}, lists = {0};
	struct arena arena = {0};
	struct findings found;
	struct buf out = {0};
	struct error err = {0};
	struct texts unknown;

	sprintf(access, "a: [%s]\n", list);
	doc_must_parse(&doc, str_of(text));
	doc_must_parse(&lists, str_of(access));
	findings_init(&found);
	if (access_check(&lists, lists.root, &found.sink) < 0)
		fail_msg("%s", findings_text(&found));
	assert_int_equal(
	    redact_write(&out, redact(&arena, doc.root, lists.root->first, &unknown), "a.yaml", &err), 0);
	for (size_t i = 0; i < unknown.n; i++)
		buf_printf(&out, "unknown %s\n", unknown.v[i]);
	assert_string_equal(out.data, expected);
	buf_free(&out);
	buf_free(&found.text);
	arena_free(&arena);
	doc_free(&doc);
	doc_free(&lists);
	free(access);
}

static void
finds(const char *access, const char *expected)
{
	struct doc doc = {0};
	struct findings found;

	doc_must_parse(&doc, str_of(access));
	findings_init(&found);
	assert_int_equal(access_check(&doc, doc.root, &found.sink), *expected ? -1 : 0);
	assert_string_equal(findings_text(&found), expected);
	buf_free(&found.text);
	doc_free(&doc);
}

static void
an_empty_list_shows_id_and_name_alone(void **state)
{
	(void)state;
	shows(romashka, "", "id: romashka\nname: ООО «Ромашка»\n");
}

static void
a_section_is_shown_whole_without_its_comments(void **state)
{
	(void)state;
	shows(romashka, "profile, manager",
	      "id: romashka\nname: ООО «Ромашка»\nmanager: i.petrova\nprofile:\n  region: Тула\n"
	      "  goals: second line\n  financials: {year: 2025, budget: 300000.00}\n");
}

static void
of_an_item_only_listed_fields_are_shown_and_its_id(void **state)
{
	(void)state;
	shows(romashka, "contacts.phone, contacts.interests",
	      "id: romashka\nname: ООО «Ромашка»\ncontacts:\n"
	      "  - {id: volkov, phone: \"+7 487 200-00-01\"}\n  - {id: belova, interests: chess}\n");
	shows(romashka, "deals.proposal.sent, profile.financials.year",
	      "id: romashka\nname: ООО «Ромашка»\nprofile:\n  financials: {year: 2025}\n"
	      "deals:\n  - {id: D-88, proposal: {sent: 2026-11-16}}\n");
}

static void
what_no_table_knows_is_never_shown_and_told_of_where_it_was_to_be_expected(void **state)
{
	(void)state;
	shows(romashka, "contacts",
	      "id: romashka\nname: ООО «Ромашка»\ncontacts:\n"
	      "  - {id: volkov, name: Волков С. И., phone: \"+7 487 200-00-01\", birthday: 04-17}\n"
	      "  - {id: belova, name: Белова Н., interests: chess}\n"
	      "unknown contacts.nickname\n");
	shows("id: a\nplan:\n  mood: bad\n  empty:\n  actions:\n    - {what: x, health: {a: b}, due: "
	      "2026-01-01}\n"
	      "    - {health: c}\n",
	      "plan",
	      "id: a\nplan:\n  actions: [{what: x, due: 2026-01-01}]\n"
	      "unknown plan.mood\nunknown plan.actions.health\nunknown plan.actions.health\n");
	shows("id: a\nplan:\n  mood: bad\n  actions: [{what: x, health: y}]\n", "plan.actions",
	      "id: a\nplan:\n  actions: [{what: x}]\nunknown plan.actions.health\n");
	shows("id: a\ncontacts:\n  - {health: y}\n", "contacts", "id: a\nunknown contacts.health\n");
	shows("id: a\nexternal: {own: x}\n", "external", "id: a\nexternal: {own: x}\n");
	finds("a: [contacts.health]\n", "error access: a.yaml:1:5: access: no such section or field: "
					"\"contacts.health\"\n");
	shows("id: a\ncontacts.name: x\nnotes: {contacts.name: y}\ncontacts:\n"
	      "  - {id: b, name: z, contacts.name: v}\n",
	      "contacts.name", "id: a\ncontacts:\n  - {id: b, name: z}\n");
}

static void
people_stay_ids_where_others_refer_to_them(void **state)
{
	(void)state;
	shows(romashka, "log.date, log.with, log.about",
	      "id: romashka\nname: ООО «Ромашка»\nlog:\n"
	      "  - {date: 2026-11-12, with: [volkov, belova], about: \"third line\\nand more\\n\"}\n");
}

static void
unknown_names_are_refused_with_their_place(void **state)
{
	(void)state;
	finds("a: [profile, contcts]\n", "error access: a.yaml:1:14: access: no such section or field: "
					 "\"contcts\", did you mean contacts?\n");
	finds("a: [contacts.phon]\n",
	      "error access: a.yaml:1:5: access: no such section or field: \"contacts.phon\", did you mean "
	      "contacts.phone?\n");
	finds("a: [deals.proposal.when]\n",
	      "error access: a.yaml:1:5: access: no such section or field: \"deals.proposal.when\"\n");
	finds("a: [external.inn]\n", "error access: a.yaml:1:5: access: no such section or field: "
				     "\"external.inn\", did you mean external?\n");
	finds("a: [\"\"]\n", "error access: a.yaml:1:5: access: not the name of a section or field\n");
	finds("a: [contacts.]\n",
	      "error access: a.yaml:1:5: access: no such section or field: \"contacts.\"\n");
	finds("a: [[contacts]]\n", "error access: a.yaml:1:5: access: not the name of a section or field\n");
	finds("a: [access]\n", "error access: a.yaml:1:5: access: who may read what is shown to nobody\n");
}

static void
what_is_no_list_is_not_taken_for_one(void **state)
{
	(void)state;
	finds(
	    "a: profile\nb:\n",
	    "error access: a.yaml:1:4: access: \"a\": not a list of sections, as [profile, contacts.name]\n"
	    "error access: a.yaml:2:3: access: \"b\": not a list of sections, as [profile, contacts.name]\n");
	finds("a: []\nb:\n  - log\n", "");
}

static void
a_list_that_means_two_things_is_refused(void **state)
{
	(void)state;
	finds("a: [contacts, contacts.name]\n", "error access: a.yaml:1:15: access: \"contacts\" shows all "
						"of it, and \"contacts.name\" a part: list "
						"the one that is meant\n");
	finds("a: [deals.proposal.sent, deals.proposal]\n",
	      "error access: a.yaml:1:26: access: \"deals.proposal\" shows all of it, and "
	      "\"deals.proposal.sent\" a "
	      "part: list the one that is meant\n");
	finds("a: [log, log]\n", "error access: a.yaml:1:10: access: listed twice: \"log\"\n");
}

static void
an_item_needs_what_it_is_told_by(void **state)
{
	(void)state;
	finds("a: [sales.revenue]\n", "error access: a.yaml:1:5: access: \"sales.revenue\": each sale must "
				      "have its month: list sales.month "
				      "too\n");
	finds("a: [sales.revenue, sales.month, contacts.name, plan.actions.what]\n", "");
	finds("a: [competitors.criteria.us]\n",
	      "error access: a.yaml:1:5: access: \"competitors.criteria.us\": each competitor must have its "
	      "name: list "
	      "competitors.name too\n");
}

/* Random accounts: every value has a mark of its own, and the path by which it could be shown. */

#define MARKS_MAX 600

struct mark {
	char path[128];
	bool known; /* the tables know every name of the path */
	bool id;    /* of an item, or always shown */
};

struct sample {
	struct random *random;
	struct buf text;
	struct mark mark[MARKS_MAX];
	size_t marks, comments;
};

/* "«17»" stands in no other value; every style of text */
static void
put_value(struct sample *s, const char *path, bool known, bool id, bool flow)
{
	struct mark *m = &s->mark[s->marks];

	assert_true(s->marks < MARKS_MAX);
	snprintf(m->path, sizeof m->path, "%s", path);
	m->known = known;
	m->id = id;
	switch (below(s->random, flow ? 3 : 5)) {
	case 0:
		buf_printf(&s->text, "'v«%zu»'", s->marks);
		break;
	case 1:
		buf_printf(&s->text, "\"\\u0041 «%zu»: {\\\"\"", s->marks);
		break;
	default:
		buf_printf(&s->text, "v«%zu»", s->marks);
	}
	s->marks++;
}

static void
put_comment(struct sample *s)
{
	if (below(s->random, 4) == 0)
		buf_printf(&s->text, "  # c«c%zu»", s->comments++);
	buf_addc(&s->text, '\n');
}

static void
put_braces(struct sample *s, const struct fields *fields, const char *path, bool item)
{
	char inner[128];
	bool first = true;

	buf_addc(&s->text, '{');
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		bool id = item && strcmp(f->name, "id") == 0 && (f->flags & FIELD_REQUIRED);

		if (!id && below(s->random, 3) == 0)
			continue;
		snprintf(inner, sizeof inner, "%s.%s", path, f->name);
		buf_printf(&s->text, "%s%s: ", first ? "" : ", ", f->name);
		first = false;
		if (f->type == FIELD_MAP) {
			put_braces(s, f->sub, inner, false);
		} else if (f->type == FIELD_LIST) {
			buf_addc(&s->text, '[');
			put_braces(s, f->sub, inner, true);
			buf_addc(&s->text, ']');
		} else {
			put_value(s, inner, true, id, true);
		}
	}
	if (below(s->random, 4) == 0) {
		buf_printf(&s->text, "%sown: ", first ? "" : ", ");
		snprintf(inner, sizeof inner, "%s.own", path);
		put_value(s, inner, false, false, true);
	}
	buf_addc(&s->text, '}');
}

static void
put_section(struct sample *s, const struct field *f)
{
	unsigned n = 1 + below(s->random, 2);

	buf_printf(&s->text, "%s:", f->name);
	if (f->type == FIELD_LIST) {
		put_comment(s);
		for (unsigned i = 0; i < n; i++) {
			buf_adds(&s->text, "  - ");
			put_braces(s, f->sub, f->name, true);
			put_comment(s);
		}
		return;
	}
	buf_addc(&s->text, ' ');
	if (f->type == FIELD_MAP)
		put_braces(s, f->sub, f->name, false);
	else
		put_value(s, f->name, true, strcmp(f->name, "id") == 0 || strcmp(f->name, "name") == 0,
			  false);
	put_comment(s);
}

static void
put_account(struct sample *s)
{
	s->marks = s->comments = 0;
	buf_clear(&s->text);
	put_comment(s);
	buf_adds(&s->text, "---\n");
	for (size_t i = 0; i < account_fields.n; i++) {
		if (strcmp(account_fields.field[i].name, "id") == 0 || below(s->random, 3) > 0)
			put_section(s, &account_fields.field[i]);
	}
	buf_adds(&s->text, "contacts.phone: ");
	put_value(s, "own", false, false, false);
	put_comment(s);
}

/* names that pass, each with what it needs; the judge itself is asked, and tested above */
static void
put_list(struct sample *s, struct buf *list)
{
	char path[128];

	buf_clear(list);
	buf_adds(list, "a: [");
	for (size_t i = 0; i < account_fields.n; i++) {
		const struct field *f = &account_fields.field[i];
		unsigned kind = below(s->random, 4);

		if (kind < 2 || strcmp(f->name, "access") == 0)
			continue;
		if (kind == 2 || !f->sub || f->sub->n == 0) {
			buf_printf(list, "%s, ", f->name);
			continue;
		}
		for (size_t k = 0; k < f->sub->n; k++) {
			const struct field *sub = &f->sub->field[k];

			snprintf(path, sizeof path, "%s.%s", f->name, sub->name);
			if ((sub->flags & FIELD_REQUIRED) || below(s->random, 2))
				buf_printf(list, "%s, ", path);
		}
	}
	buf_adds(list, "]\n");
}

static bool
is_to_be_shown(const struct mark *m, const struct node *list)
{
	size_t n = strlen(m->path);
	bool on_the_way = false;
	const char *dot = strrchr(m->path, '.');

	for (const struct node *item = list->first; item; item = item->next) {
		if (m->known && item->len <= n && memcmp(m->path, item->text, item->len) == 0 &&
		    (m->path[item->len] == '\0' || m->path[item->len] == '.'))
			return true;
		if (dot && strncmp(item->text, m->path, (size_t)(dot - m->path) + 1) == 0)
			on_the_way = true;
	}
	return m->id && (!dot || on_the_way);
}

static void
judge_sample(struct sample *s, const struct buf *list)
{
	struct doc doc = {0}, lists = {0};
	struct arena arena = {0};
	struct findings found;
	struct buf out = {0};
	struct error err = {0};
	struct texts unknown;
	char mark[32];

	doc_must_parse(&doc, (struct str){s->text.data, s->text.len});
	doc_must_parse(&lists, (struct str){list->data, list->len});
	findings_init(&found);
	if (access_check(&lists, lists.root, &found.sink) < 0)
		fail_msg("%s", findings_text(&found));
	assert_int_equal(
	    redact_write(&out, redact(&arena, doc.root, lists.root->first, &unknown), "a.yaml", &err), 0);
	assert_null(strstr(out.data, "«c"));
	for (size_t i = 0; i < s->marks; i++) {
		bool shown;

		snprintf(mark, sizeof mark, "«%zu»", i);
		shown = strstr(out.data, mark) != NULL;
		if (shown != is_to_be_shown(&s->mark[i], lists.root->first))
			fail_msg("%s of %s is %s\nby %sin %sgives %s", mark, s->mark[i].path,
				 shown ? "shown" : "hidden", list->data, s->text.data, out.data);
	}
	buf_free(&out);
	buf_free(&found.text);
	arena_free(&arena);
	doc_free(&doc);
	doc_free(&lists);
}

static void
no_value_that_is_hidden_stands_anywhere_in_the_bytes(void **state)
{
	struct random random = {2026};
	struct sample *s = xcalloc(1, sizeof *s);
	struct buf list = {0};

	(void)state;
	s->random = &random;
	for (unsigned round = 0; round < 2000; round++) {
		put_account(s);
		put_list(s, &list);
		judge_sample(s, &list);
	}
	buf_free(&s->text);
	buf_free(&list);
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_list_shows_id_and_name_alone),
	    cmocka_unit_test(a_section_is_shown_whole_without_its_comments),
	    cmocka_unit_test(of_an_item_only_listed_fields_are_shown_and_its_id),
	    cmocka_unit_test(what_no_table_knows_is_never_shown_and_told_of_where_it_was_to_be_expected),
	    cmocka_unit_test(people_stay_ids_where_others_refer_to_them),
	    cmocka_unit_test(unknown_names_are_refused_with_their_place),
	    cmocka_unit_test(what_is_no_list_is_not_taken_for_one),
	    cmocka_unit_test(a_list_that_means_two_things_is_refused),
	    cmocka_unit_test(an_item_needs_what_it_is_told_by),
	    cmocka_unit_test(no_value_that_is_hidden_stands_anywhere_in_the_bytes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
