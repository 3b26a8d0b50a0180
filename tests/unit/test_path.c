/* Paths into an account: what they name, how nodes are named, and what leads nowhere. */
#include "docs.h"

#include "domain/path.h"

static const char dossier[] = "id: x\n"
			      "name: N\n"
			      "aliases: [A, B]\n"
			      "external: {1c: \"1\", a/b: \"2\"}\n"
			      "tier:\n"
			      "contacts:\n"
			      "  - {id: anna, phone: \"1\"}\n"
			      "  - {id: a/b, phone: \"2\"}\n"
			      "  - {id: \"#1\", phone: \"3\"}\n"
			      "  - {id: anna, phone: \"4\"}\n"
			      "  - {name: nobody}\n"
			      "  - {id: 'c\\d', level: 1}\n"
			      "potential:\n"
			      "  - {year: 2026, amount: 1}\n"
			      "  - {year: 2026, product: carton, amount: 2}\n"
			      "  - {year: 2026, product: a/b, division: d, amount: 3}\n"
			      "plan:\n"
			      "  goals:\n"
			      "    - {goal: g, due: 2026-01-01}\n"
			      "    - {goal: h}\n"
			      "  months: {2026-11: 5.00}\n"
			      "deals:\n"
			      "  - {id: D-8, proposal: }\n"
			      "  - {id: D-8/1, title: longer}\n"
			      "log:\n"
			      "  - {id: crm/7, date: 2026-01-01, about: one}\n"
			      "  - {date: 2026-01-02, kind: call, about: b/c}\n"
			      "sales:\n"
			      "  - {month: 2026-08, source: 1c, revenue: 1}\n"
			      "own: {list: [p, q], map: {k: v}}\n";

struct finding_place {
	struct doc doc;
	struct arena arena;
	struct place place;
	struct error err;
};

static int
find(struct finding_place *f, const char *path)
{
	memset(f, 0, sizeof *f);
	doc_must_parse(&f->doc, str_of(dossier));
	return path_find(&f->doc, path, &f->arena, &f->place, &f->err);
}

static void
done(struct finding_place *f)
{
	doc_free(&f->doc);
	arena_free(&f->arena);
}

/* the path leads to this text */
static void
leads_to(const char *path, const char *value)
{
	struct finding_place f;

	if (find(&f, path) < 0)
		fail_msg("%s: %s", path, f.err.text);
	if (!f.place.node)
		fail_msg("%s: nothing there", path);
	if (strcmp(f.place.node->text, value) != 0)
		fail_msg("%s: %s, not %s", path, f.place.node->text, value);
	done(&f);
}

static void
leads_nowhere(const char *path, const char *words)
{
	struct finding_place f;

	if (find(&f, path) == 0)
		fail_msg("%s leads somewhere", path);
	if (!strstr(f.err.text, words))
		fail_msg("%s: not in: %s", words, f.err.text);
	done(&f);
}

static void
names_and_keys_lead_to_values(void **state)
{
	(void)state;
	leads_to("name", "N");
	leads_to("aliases/2", "B");
	leads_to("external/1c", "1");
	leads_to("external/a\\/b", "2");
	leads_to("contacts/anna/phone", "1");
	leads_to("plan/goals/1/due", "2026-01-01");
	leads_to("plan/months/2026-11", "5.00");
	leads_to("sales/2026-08/1c/revenue", "1");
	leads_to("log/2026-01-02/call//b\\/c/kind", "call");
	leads_to("own/list/2", "q");
	leads_to("own/map/k", "v");
}

static void
a_slash_in_a_key_needs_no_backslash_where_nothing_else_is_meant(void **state)
{
	(void)state;
	leads_to("contacts/a/b/phone", "2");
	leads_to("contacts/a\\/b/phone", "2");
	leads_to("log/crm/7/about", "one");
	leads_to("contacts/c\\\\d/level", "1");
}

static void
where_a_key_begins_another_the_longer_one_is_meant(void **state)
{
	(void)state;
	leads_to("potential/2026/amount", "1");
	leads_to("potential/2026/carton/amount", "2");
	leads_to("potential/2026/a\\/b/d/amount", "3");
	/* escaped, D-8 is no other's beginning; plain, it is */
	leads_to("deals/D-8\\/1/title", "longer");
	leads_to("deals/D-8/proposal", "");
}

static void
a_number_names_an_item_of_any_list(void **state)
{
	(void)state;
	leads_to("contacts/#4/phone", "4");
	leads_to("contacts/\\#1/phone", "3");
	leads_to("plan/goals/#2/goal", "h");
	leads_to("aliases/#1", "A");
}

static void
what_leads_nowhere_is_told_with_what_is_near(void **state)
{
	(void)state;
	leads_nowhere("", "empty path");
	leads_nowhere("contacts/ana/phone", "no contact \"ana\"; did you mean anna?");
	leads_nowhere("contacts/zzzzzz", "there are: anna, a\\/b, \\#1");
	leads_nowhere("contacts/#7", "no contact \"#7\"");
	leads_nowhere("contacts/#0", "no contact");
	leads_nowhere("plan/goals/3", "no goal \"3\"");
	leads_nowhere("plan/goals/0", "no goal");
	leads_nowhere("aliases/4", "no item \"4\"; there are 2");
	leads_nowhere("name/first", "name: one value");
	leads_nowhere("needs/speed/state", "there is none yet");
	leads_nowhere("own/list/3", "no item");
	leads_nowhere("own/map/k/z", "not a map");
	leads_nowhere("\xff", "not UTF-8");
}

/* where what is missing would stand: the parent's path, the names from there on */
static void
would_stand(const char *path, const char *parent, size_t names, const char *first, enum field_type type)
{
	struct finding_place f;

	assert_int_equal(find(&f, path), 0);
	assert_null(f.place.node);
	assert_string_equal(path_of(f.place.parent, &f.arena), parent);
	assert_int_equal(f.place.names, names);
	if (names)
		assert_string_equal(f.place.name[0], first);
	assert_non_null(f.place.type);
	assert_int_equal(f.place.type->type, type);
	done(&f);
}

static void
what_is_absent_has_its_place(void **state)
{
	struct finding_place f;

	(void)state;
	would_stand("profile/industry", "", 2, "profile", FIELD_TEXT);
	would_stand("contacts/anna/level", "contacts/anna", 1, "level", FIELD_INT);
	would_stand("deals/D-8/proposal/sent", "deals/D-8/proposal", 1, "sent", FIELD_DATE);
	would_stand("aliases/3", "aliases", 0, NULL, FIELD_TEXT);
	would_stand("team/1", "", 1, "team", FIELD_TEXT);
	would_stand("rules/birthday", "", 2, "rules", FIELD_WORD);
	would_stand("plan/forecast/2026-12", "plan", 2, "forecast", FIELD_DECIMAL);
	assert_int_equal(find(&f, "nobody/knows"), 0);
	assert_null(f.place.node);
	assert_null(f.place.type);
	assert_null(f.place.section);
	assert_ptr_equal(f.place.in, &account_fields);
	done(&f);
}

static void
the_section_is_known_at_any_depth(void **state)
{
	struct finding_place f;

	(void)state;
	assert_int_equal(find(&f, "sales/2026-08/1c/revenue"), 0);
	assert_string_equal(f.place.section->name, "sales");
	done(&f);
	assert_int_equal(find(&f, "sales"), 0);
	assert_ptr_equal(f.place.section, f.place.type);
	done(&f);
}

/* every node but a second one of a key is found by its own path */
static size_t
finds_itself(struct finding_place *f, const struct node *node)
{
	const char *path = path_of(node, &f->arena);
	size_t count = 1;

	if (node->parent) {
		if (path_find(&f->doc, path, &f->arena, &f->place, &f->err) < 0)
			fail_msg("%s: %s", path, f->err.text);
		if (f->place.node != node && strncmp(path, "contacts/anna", 13) != 0)
			fail_msg("%s leads to another", path);
	}
	for (const struct node *n = node->first; n; n = n->next)
		count += finds_itself(f, n);
	return count;
}

static void
a_node_is_found_by_its_path(void **state)
{
	struct finding_place f;

	(void)state;
	assert_int_equal(find(&f, "name"), 0);
	assert_int_equal(finds_itself(&f, f.doc.root), 77);
	done(&f);
}

static void
paths_are_written_with_keys_or_numbers(void **state)
{
	struct finding_place f;

	(void)state;
	assert_int_equal(find(&f, "contacts/#5/name"), 0);
	assert_string_equal(path_of(f.place.node, &f.arena), "contacts/#5/name");
	done(&f);
	assert_int_equal(find(&f, "contacts/a/b/phone"), 0);
	assert_string_equal(path_of(f.place.node, &f.arena), "contacts/a\\/b/phone");
	assert_string_equal(path_item(&contact_fields, f.place.node->parent, &f.arena), "a\\/b");
	done(&f);
	assert_int_equal(find(&f, "plan/goals/2"), 0);
	assert_string_equal(path_of(f.place.node, &f.arena), "plan/goals/2");
	assert_string_equal(path_of(f.doc.root, &f.arena), "");
	done(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_and_keys_lead_to_values),
	    cmocka_unit_test(a_slash_in_a_key_needs_no_backslash_where_nothing_else_is_meant),
	    cmocka_unit_test(where_a_key_begins_another_the_longer_one_is_meant),
	    cmocka_unit_test(a_number_names_an_item_of_any_list),
	    cmocka_unit_test(what_leads_nowhere_is_told_with_what_is_near),
	    cmocka_unit_test(what_is_absent_has_its_place),
	    cmocka_unit_test(the_section_is_known_at_any_depth),
	    cmocka_unit_test(a_node_is_found_by_its_path),
	    cmocka_unit_test(paths_are_written_with_keys_or_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
