#include "domain/itemkeys.h"
#include "merging.h"

static void
what_a_person_wrote_is_not_overwritten(void **state)
{
	static const char text[] =
	    "id: a\nname: Ours\ntier: key\nexternal: {1c: \"1\"}\nquiet-until: 2027-01-01\n"
	    "contacts:\n  - {id: x, name: Anna}\n";

	(void)state;
	gives(text,
	      "id: a\nname: Theirs\ntier: large\nexternal: {1c: \"1\"}\nquiet-until: 2026-01-01\n"
	      "contacts:\n  - {id: x, name: Bella}\n",
	      text);
}

static void
absent_and_empty_values_are_filled_and_comments_stay(void **state)
{
	(void)state;
	gives("id: a\n"
	      "name:            # as people know it\n"
	      "tier: \"\"\n"
	      "profile:         # facts\n"
	      "  region: Тула\n"
	      "  industry:      # what it does\n",
	      "id: a\nname: Ромашка\ntier: key\nmanager: i.petrova\nprofile: {industry: boxes, goals: \"a, "
	      "b\"}\n",
	      "id: a\n"
	      "name: Ромашка    # as people know it\n"
	      "tier: key\n"
	      "profile:         # facts\n"
	      "  region: Тула\n"
	      "  industry: boxes # what it does\n"
	      "  goals: \"a, b\"\n"
	      "manager: i.petrova\n");
}

static void
an_empty_section_keeps_the_comment_behind_its_name(void **state)
{
	(void)state;
	gives("id: a\ncontacts:   # people\n# an example\nneeds:\n",
	      "id: a\ncontacts:\n  - {id: x}\n  - {id: y}\n",
	      "id: a\ncontacts:   # people\n  - {id: x}\n  - {id: y}\n# an example\nneeds:\n");
}

static void
an_empty_list_in_brackets_takes_several_items(void **state)
{
	(void)state;
	gives(
	    "id: a\nsales: [] # none yet\nplan: {actions: [], months: {}}\n",
	    "id: a\nsales:\n  - {month: 2026-01, source: x}\n  - {month: 2026-02, source: x}\n"
	    "plan: {actions: [{id: 1, what: b}, {id: 2, what: c}], months: {2026-11: 1.00, 2026-12: 2.00}}\n",
	    "id: a\nsales:    # none yet\n  - {month: 2026-01, source: x}\n  - {month: 2026-02, source: x}\n"
	    "plan: {actions: [{id: 1, what: b}, {id: 2, what: c}], months: {2026-11: 1.00, 2026-12: "
	    "2.00}}\n");
}

static void
people_are_added_by_id_and_their_empty_fields_filled(void **state)
{
	(void)state;
	gives("id: a\n"
	      "contacts:\n"
	      "  - id: x\n"
	      "    name: Anna      # deputy\n"
	      "    left:           # when\n"
	      "  - {id: y, phone: , name: Boris}\n",
	      "id: a\n"
	      "contacts:\n"
	      "  - {id: y, phone: \"+371 2\", email: y@romashka.example}\n"
	      "  - {id: z, name: Clara}\n"
	      "  - {id: x, left: 2026-02-01, phone: \"+371 1\"}\n",
	      "id: a\n"
	      "contacts:\n"
	      "  - id: x\n"
	      "    name: Anna      # deputy\n"
	      "    left: 2026-02-01 # when\n"
	      "    phone: \"+371 1\"\n"
	      "  - {id: y, phone: \"+371 2\", name: Boris, email: y@romashka.example}\n"
	      "  - {id: z, name: Clara}\n");
}

static void
lists_inside_maps_are_filled_by_key(void **state)
{
	(void)state;
	gives("id: a\nplan:\n  year: 2026\n  months: {2026-11: 1.00}\n  actions:\n    - {id: 1, what: b}\n",
	      "id: a\nplan: {year: 2027, months: {2026-11: 2.00, 2026-12: 3.00}, actions: [{id: 1, due: "
	      "2026-12-01}, {id: "
	      "2}]}\n",
	      "id: a\nplan:\n  year: 2026\n  months: {2026-11: 1.00, 2026-12: 3.00}\n  actions:\n"
	      "    - {id: 1, what: b, due: 2026-12-01}\n    - {id: 2}\n");
}

static void
what_ends_where_the_map_around_it_ends_is_added_first(void **state)
{
	(void)state;
	gives("id: a\nplan:\n  year: 2026\n  actions:\n    - id: 1\n      what: b\n",
	      "id: a\nmanager: x\nplan:\n  margin: 2.00\n  actions:\n    - {id: 2}\n    - {id: 1, due: "
	      "2026-12-01}\n",
	      "id: a\nplan:\n  year: 2026\n  actions:\n    - id: 1\n      what: b\n      due: 2026-12-01\n   "
	      " - {id: 2}\n"
	      "  margin: 2.00\nmanager: x\n");
}

static void
a_section_taken_whole_may_stand_behind_one_that_grows(void **state)
{
	(void)state;
	gives_with("id: a\nsales:\n  - {month: 2026-01, source: x}\nscore:\n  share: 1.0\n",
		   "id: a\nscore:\n  share: 2.0\nsales:\n  - {month: 2026-02, source: x}\n",
		   &(struct merge_options){.with_score = true},
		   "id: a\nsales:\n  - {month: 2026-01, source: x}\n  - {month: 2026-02, source: "
		   "x}\nscore:\n  share: 2.0\n");
}

static void
words_that_a_person_took_out_do_not_come_back(void **state)
{
	(void)state;
	gives("id: a\naliases: [One]\nteam:\n",
	      "id: a\naliases: [One, Two]\nteam: [s.kim]\ncategories: [partner]\n",
	      "id: a\naliases: [One]\nteam:\n  - s.kim\ncategories: [partner]\n");
}

static void
lists_without_keys_are_taken_only_where_there_is_none(void **state)
{
	(void)state;
	gives(
	    "id: a\nreliability:\n  - {date: 2026-01-01, by: us}\n",
	    "id: a\nreliability:\n  - {date: 2026-02-01}\nreferrals:\n  - {date: 2026-02-01, to: SIA Koks}\n",
	    "id: a\nreliability:\n  - {date: 2026-01-01, by: us}\nreferrals:\n  - {date: 2026-02-01, to: SIA "
	    "Koks}\n");
}

static void
unknown_sections_are_added_if_absent_and_else_left(void **state)
{
	(void)state;
	gives("id: a\nown: {x: 1}\n", "id: a\nown: {x: 2, y: 3}\nother: [p, q]\nempty:\n",
	      "id: a\nown: {x: 1}\nother: [p, q]\n");
}

static void
the_score_is_left_out_unless_asked_for(void **state)
{
	static const char into[] = "id: a\nscore:\n  share: 1.0 # %\n",
			  from[] = "id: a\nscore:\n  share: 2.0\n";
	static const char *const sections[] = {"score"};

	(void)state;
	gives(into, from, into);
	gives_with(into, from, &(struct merge_options){.with_score = true}, "id: a\nscore:\n  share: 2.0\n");
	gives_with(into, from, &(struct merge_options){.replace = sections, .n_replace = 1},
		   "id: a\nscore:\n  share: 2.0\n");
	gives("id: a\n", from, "id: a\n");
}

static void
sections_named_are_taken_whole(void **state)
{
	static const char *const sections[] = {"contacts", "tier", "sales"};

	(void)state;
	gives_with(
	    "id: a\ntier: key  # ours\nname: Ours\ncontacts:\n  - {id: x, name: Anna}\n  - {id: y}\nsales:\n"
	    "  - {month: 2026-01, source: x}\n",
	    "id: a\ntier: large\nname: Theirs\ncontacts:\n  - {id: x, name: Bella}\nsales:\n"
	    "  - {month: 2026-02, source: x}\n",
	    &(struct merge_options){.replace = sections, .n_replace = 3},
	    "id: a\ntier: large  # ours\nname: Ours\ncontacts:\n  - {id: x, name: Bella}\nsales:\n"
	    "  - {month: 2026-02, source: x}\n");
}

static void
a_section_named_but_not_brought_stays(void **state)
{
	static const char *const sections[] = {"contacts"};

	(void)state;
	gives_with("id: a\ncontacts:\n  - {id: x}\n", "id: a\ncontacts:\n",
		   &(struct merge_options){.replace = sections, .n_replace = 1},
		   "id: a\ncontacts:\n  - {id: x}\n");
}

static void
line_ends_marks_and_a_missing_last_one_survive(void **state)
{
	(void)state;
	gives("\xEF\xBB\xBF---\r\nid: a\r\nsales:\r\n  - {month: 2026-01, source: x}\r\nnote: |\r\n  last",
	      "id: a\nsales:\n  - {month: 2026-02, source: x}\n",
	      "\xEF\xBB\xBF---\r\nid: a\r\nsales:\r\n  - {month: 2026-01, source: x}\r\n"
	      "  - {month: 2026-02, source: x}\r\nnote: |\r\n  last");
}

static void
values_kept_are_told_when_asked(void **state)
{
	static const char into[] = "id: a\nname: Ours\naliases: [One]\ncontacts:\n  - {id: x, name: Anna}\n";
	static const char from[] =
	    "id: a\nname: Theirs\naliases: [One, Two]\ncontacts:\n  - {id: x, name: Bella}\n";

	(void)state;
	finds(into, from, &(struct merge_options){.kept = true}, 0,
	      "warning kept: into.yaml:2:7: name: kept: \"Ours\"; the import says \"Theirs\"\n"
	      "warning kept: into.yaml:3:10: aliases: kept: \"[One]\"; the import says \"[One, Two]\"\n"
	      "warning kept: into.yaml:5:19: contacts[x].name: kept: \"Anna\"; the import says \"Bella\"\n");
	finds(into, from, &(struct merge_options){0}, 0, "");
	finds(into, into, &(struct merge_options){.kept = true}, 0, "");
}

static void
another_currency_is_refused(void **state)
{
	static const char *const sections[] = {"currency"};

	(void)state;
	finds(
	    "id: a\ncurrency: EUR\n", "id: a\ncurrency: RUB\nname: x\n", &(struct merge_options){0}, -1,
	    "error currency: into.yaml:2:11: currency: \"EUR\" here, but \"RUB\" in from.yaml:2; amounts of "
	    "two currencies do not mix\n");
	gives("id: a\ncurrency:\n", "id: a\ncurrency: RUB\n", "id: a\ncurrency: RUB\n");
	gives("id: a\ncurrency: EUR\n", "id: a\ncurrency:\nname: x\n", "id: a\ncurrency: EUR\nname: x\n");
	gives_with("id: a\ncurrency: EUR\n", "id: a\ncurrency: RUB\n",
		   &(struct merge_options){.replace = sections, .n_replace = 1}, "id: a\ncurrency: RUB\n");
}

static void
another_code_of_the_same_system_is_refused(void **state)
{
	static const char *const sections[] = {"external"};

	(void)state;
	finds("id: a\nexternal: {shop: C1, tax: \"7\"}\n", "id: a\nexternal: {tax: \"7\", shop: C2}\n",
	      &(struct merge_options){0}, -1,
	      "error code: into.yaml:2:18: shop: \"C1\" here, but \"C2\" in from.yaml:2; another client? "
	      "give it "
	      "a dossier of its own, and import with -a\n");
	gives("id: a\nexternal: {shop: C1}\n", "id: a\nexternal: {shop: C1, 1c: \"2\"}\n",
	      "id: a\nexternal: {shop: C1, 1c: \"2\"}\n");
	gives_with("id: a\nexternal: {shop: C1}\n", "id: a\nexternal: {shop: C2}\n",
		   &(struct merge_options){.replace = sections, .n_replace = 1},
		   "id: a\nexternal: {shop: C2}\n");
}

static void
an_empty_section_at_the_end_of_a_line_leaves_no_blank(void **state)
{
	(void)state;
	gives("id: a\nsales: []\nplan: {}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x}\nplan:\n  actions:\n    - {id: 1}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x}\nplan:\n  actions: [{id: 1}]\n");
	gives("id: a\nsales: []", "id: a\nsales:\n  - {month: 2026-01, source: x}\n",
	      "id: a\nsales:\n  - {month: 2026-01, source: x}");
}

static void
keys_found_in(const char *text, unsigned flag, const char *want)
{
	struct findings found;
	struct arena arena = {0};
	struct doc doc;

	findings_init(&found);
	parse(&doc, "f.yaml", text);
	assert_int_equal(item_keys_check(&doc, flag, &arena, &found.sink), *want ? -1 : 0);
	assert_string_equal(findings_text(&found), want);
	buf_free(&found.text);
	arena_free(&arena);
	doc_free(&doc);
}

static void
keys_found(const char *text, const char *want)
{
	keys_found_in(text, 0, want);
}

static void
keys_that_stand_twice_are_found(void **state)
{
	(void)state;
	keys_found("id: a\nsales:\n  - {month: 2026-01, source: x}\n  - {month: 2026-01, source: y}\n"
		   "plan:\n  actions: [{id: 1}, {id: 2}]\nreferrals:\n  - {to: x}\n  - {to: x}\n",
		   "");
	keys_found("id: a\nsales:\n  - {month: 2026-01, source: x}\n  - {month: 2026-01, source: x, revenue: "
		   "1.00}\n",
		   "error duplicate-key: f.yaml:4:5: sales: the same sale as on line 3: \"2026-01/x\"\n");
	keys_found("id: a\nplan:\n  actions: [{id: 1}, {id: 1}]\ncontacts:\n  - {name: Anna}\n",
		   "error duplicate-key: f.yaml:3:22: actions: the same action as on line 3: \"1\"\n"
		   "error duplicate-key: f.yaml:5:5: contacts: nothing tells this contact from others\n");
}

static void
keys_that_stand_twice_are_found_in_any_order(void **state)
{
	(void)state;
	keys_found(
	    "id: a\ncontacts: [{id: y}, {id: x}, {id: a}]\n"
	    "potential:\n  - {year: 2026, division: d}\n  - {year: 2026}\n  - {year: 2026, product: d}\n"
	    "log: [{date: 2026-01-01, kind: x}, {date: 2026-01-02, kind: x, id: b}]\n",
	    "");
	keys_found(
	    "id: a\ncontacts: [{id: y}, {id: x}, {id: y}]\n"
	    "potential:\n  - {year: 2026, division: d}\n  - {year: 2027}\n  - {division: d, year: 2026}\n"
	    "log: [{date: 2026-01-01, id: b}, {date: 2026-01-02, id: b}]\n",
	    "error duplicate-key: f.yaml:2:30: contacts: the same contact as on line 2: \"y\"\n"
	    "error duplicate-key: f.yaml:6:5: potential: the same potential as on line 4: \"2026//d\"\n"
	    "error duplicate-key: f.yaml:7:34: log: the same log entry as on line 7: \"b\"\n");
}

static void
of_what_is_counted_alone_no_other_keys_are_looked_at(void **state)
{
	(void)state;
	keys_found_in("id: a\nlog: [{date: 2026-01-01}, {date: 2026-01-01}]\ndeals: [{id: 1}, {id: 1}]\n"
		      "plan:\n  actions: [{id: 1}, {id: 1}]\ninvoices: [{id: 1}, {id: 1}]\n",
		      SECTION_COUNTED,
		      "error duplicate-key: f.yaml:6:21: invoices: the same invoice as on line 6: \"1\"\n");
}

static void
a_new_dossier_is_the_account_without_its_score(void **state)
{
	struct merging m = {0};
	struct error e;

	(void)state;
	parse(&m.from, "from.yaml", "---\n# of the shop\nid: a\nscore:\n  share: 1.0\nname: A # b\n");
	merge_new(&m.from, &(struct merge_options){0}, &m.edits, &m.arena);
	assert_int_equal(edits_apply(&m.from, &m.edits, &m.out, &e), 0);
	assert_string_equal(m.out.data, "---\n# of the shop\nid: a\nname: A # b\n");
	merge_new(&m.from, &(struct merge_options){.with_score = true}, &m.edits, &m.arena);
	assert_int_equal(m.edits.count, 1);
	merge_end(&m);
}

static unsigned
random_below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 16) % n;
}

/* lines of a section, each of them there or not, in one of two styles */
static void
add_random(struct buf *text, unsigned *seed)
{
	static const char *const scalars[][2] = {
	    {"name: A", "name: B # b"},
	    {"tier:", "tier: key"},
	    {"own: {p: 1}", "own:"},
	    {"aliases: [a, b]", "aliases:\n  - c"},
	    {"plan: {year: 2026}", "plan:\n  actions:\n    - id: 1\n      what: b"}};
	static const char *const groups[] = {"revenue: 0.00",
					     "revenue: 1.00, margin: 1.00",
					     "products: {p: 1.00}",
					     "products: {q: 1.00, p: 2.00}, on: [1]",
					     "revenue: , products: {q: 1.00}",
					     "orders: 1, products:  "};
	static const char *const months[] = {"01", "02", "03", "05", "08", "11"};
	bool flow;

	buf_adds(text, "id: a\n");
	for (size_t i = 0; i < 5; i++) {
		if (random_below(seed, 2))
			buf_printf(text, "%s\n", scalars[i][random_below(seed, 2)]);
	}
	if (random_below(seed, 2))
		buf_printf(text, "\n# people\ncontacts:%s\n", random_below(seed, 4) ? "" : " # none");
	else
		buf_adds(text, "contacts:\n");
	for (unsigned i = 0; i < 4; i++) {
		if (random_below(seed, 3) == 0)
			buf_printf(text,
				   random_below(seed, 2) ? "  - {id: c%u, phone: , name: n%u}\n"
							 : "  - id: c%u\n    name: n%u # c\n",
				   i, random_below(seed, 3));
	}
	flow = random_below(seed, 3) == 0;
	buf_printf(text, "sales:%s", flow ? " [" : "\n");
	for (unsigned i = 0; i < 6; i++) {
		if (random_below(seed, 2))
			buf_printf(text,
				   flow ? "{month: 2026-%s, source: s, %s}, "
					: "  - {month: 2026-%s, source: s, %s}\n",
				   months[i], groups[random_below(seed, sizeof groups / sizeof *groups)]);
	}
	buf_adds(text, flow ? "]\n" : "");
	if (random_below(seed, 3) == 0)
		buf_adds(text, "profile:\n  region: r\n  goals: |\n    one\n\n    two\n");
	else if (random_below(seed, 2))
		buf_adds(text, "profile: {industry: i, region: }");
}

static void
random_accounts_merge_once_and_not_again(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct buf into = {0}, from = {0};
		struct merging first, second;

		add_random(&into, &seed);
		add_random(&from, &seed);
		merge_begin(&first, into.data, from.data, &(struct merge_options){0});
		assert_int_equal(first.result, 0);
		merge_begin(&second, first.out.data, from.data, &(struct merge_options){0});
		if (second.edits.count)
			fail_msg("merged again:\n%s\ninto\n%s\ngives\n%s", from.data, first.out.data,
				 second.out.data);
		merge_end(&first);
		merge_end(&second);
		buf_free(&into);
		buf_free(&from);
	}
}

/* in a second or so, which pairwise comparison would not do */
static void
long_lists_merge_in_reasonable_time(void **state)
{
	struct buf into = {0}, from = {0};
	struct merging m;

	(void)state;
	buf_adds(&into, "id: a\nexternal:\n");
	buf_adds(&from, "id: a\nexternal:\n");
	for (int i = 0; i < 20000; i++) {
		buf_printf(&into, "  s%d: x\n", i);
		buf_printf(&from, "  s%d: x\n", i + 10000);
	}
	buf_adds(&into, "invoices:\n");
	buf_adds(&from, "invoices:\n");
	for (int i = 0; i < 20000; i++) {
		buf_printf(&into, "  - {id: %d}\n", i);
		buf_printf(&from, "  - {id: %d}\n", i + 10000);
	}
	merge_begin(&m, into.data, from.data, &(struct merge_options){0});
	assert_int_equal(m.edits.count, 20000);
	merge_end(&m);
	buf_free(&into);
	buf_free(&from);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_a_person_wrote_is_not_overwritten),
	    cmocka_unit_test(absent_and_empty_values_are_filled_and_comments_stay),
	    cmocka_unit_test(an_empty_section_keeps_the_comment_behind_its_name),
	    cmocka_unit_test(an_empty_list_in_brackets_takes_several_items),
	    cmocka_unit_test(people_are_added_by_id_and_their_empty_fields_filled),
	    cmocka_unit_test(lists_inside_maps_are_filled_by_key),
	    cmocka_unit_test(what_ends_where_the_map_around_it_ends_is_added_first),
	    cmocka_unit_test(a_section_taken_whole_may_stand_behind_one_that_grows),
	    cmocka_unit_test(words_that_a_person_took_out_do_not_come_back),
	    cmocka_unit_test(lists_without_keys_are_taken_only_where_there_is_none),
	    cmocka_unit_test(unknown_sections_are_added_if_absent_and_else_left),
	    cmocka_unit_test(the_score_is_left_out_unless_asked_for),
	    cmocka_unit_test(sections_named_are_taken_whole),
	    cmocka_unit_test(a_section_named_but_not_brought_stays),
	    cmocka_unit_test(line_ends_marks_and_a_missing_last_one_survive),
	    cmocka_unit_test(values_kept_are_told_when_asked),
	    cmocka_unit_test(another_currency_is_refused),
	    cmocka_unit_test(another_code_of_the_same_system_is_refused),
	    cmocka_unit_test(an_empty_section_at_the_end_of_a_line_leaves_no_blank),
	    cmocka_unit_test(keys_that_stand_twice_are_found),
	    cmocka_unit_test(keys_that_stand_twice_are_found_in_any_order),
	    cmocka_unit_test(of_what_is_counted_alone_no_other_keys_are_looked_at),
	    cmocka_unit_test(a_new_dossier_is_the_account_without_its_score),
	    cmocka_unit_test(random_accounts_merge_once_and_not_again),
	    cmocka_unit_test(long_lists_merge_in_reasonable_time),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
