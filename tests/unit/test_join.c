/* Joining: nothing of either dossier is lost, and joining again changes nothing. */
#include "merging.h"

#include "base/text.h"
#include "domain/itemkeys.h"
#include "domain/join.h"

static const struct join_options options = {"2026-11-22", NULL};

static void
join(struct merging *m, const char *into, const char *from)
{
	struct error e = {0};

	memset(m, 0, sizeof *m);
	findings_init(&m->found);
	parse(&m->into, "into.yaml", into);
	parse(&m->from, "from.yaml", from);
	m->result = join_account(&m->into, &m->from, &options, &m->edits, &m->arena, &m->found.sink);
	if (m->result == 0 && edits_apply(&m->into, &m->edits, &m->out, &e) < 0)
		fail_msg("%s in\n%s\nand\n%s", e.text, into, from);
}

static void
becomes(const char *into, const char *from, const char *result)
{
	struct merging m;

	join(&m, into, from);
	assert_int_equal(m.result, 0);
	assert_string_equal(m.out.data, result);
	merge_end(&m);
}

static bool
says(const struct node *node, const char *text)
{
	if (node->kind == NODE_SCALAR && strcmp(node->text, text) == 0)
		return true;
	for (const struct node *n = node->first; n; n = n->next) {
		if (says(n, text))
			return true;
	}
	return false;
}

static void
all_is_said(const struct node *result, const struct node *of)
{
	if (of->key && strcmp(of->key, "score") == 0)
		return;
	if (of->kind == NODE_SCALAR && of->len && !says(result, of->text))
		fail_msg("lost: %s", of->text);
	for (const struct node *n = of->first; n; n = n->next)
		all_is_said(result, n);
}

/* every text of both is in the result, which joined again stays as it is */
static void
loses_nothing(const char *into, const char *from)
{
	struct merging m, again;
	struct doc result;

	join(&m, into, from);
	assert_int_equal(m.result, 0);
	parse(&result, "result.yaml", m.out.data);
	all_is_said(result.root, m.into.root);
	all_is_said(result.root, m.from.root);
	join(&again, m.out.data, from);
	assert_int_equal(again.result, 0);
	assert_int_equal(again.edits.count, 0);
	merge_end(&again);
	doc_free(&result);
	merge_end(&m);
}

static void
what_only_the_other_has_is_added(void **state)
{
	(void)state;
	becomes(
	    "id: a\nname: A\n", "id: b\nname: A\ntier: key\nprofile: {region: Riga}\n",
	    "id: a\nname: A\ntier: key\nprofile: {region: Riga}\njoined:\n  - {id: b, date: 2026-11-22}\n");
	becomes("id: a\ntier: # who\nteam: [x]\n", "id: b\ntier: large\nteam: [x, z]\n",
		"id: a\ntier: large # who\nteam: [x, z]\njoined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
a_name_becomes_an_alias(void **state)
{
	(void)state;
	becomes("id: a\nname: A\n", "id: b\nname: B\n",
		"id: a\nname: A\naliases: [B]\njoined:\n  - {id: b, date: 2026-11-22}\n");
	becomes("id: a\nname:\naliases: []\n", "id: b\nname: B\naliases: [C]\n",
		"id: a\nname: B\naliases: [C]\njoined:\n  - {id: b, date: 2026-11-22}\n");
	becomes("id: a\nname: A\naliases: [B]\n", "id: b\nname: B\naliases: [A]\n",
		"id: a\nname: A\naliases: [B]\njoined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
codes_of_both_are_kept(void **state)
{
	(void)state;
	becomes("id: a\nexternal: {1c: \"1\", crm: x}\n", "id: b\nexternal: {1c: \"2\", crm: x, web: 7}\n",
		"id: a\nexternal: {1c: [\"1\", \"2\"], crm: x, web: 7}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
	becomes("id: a\nexternal:\n  1c: [1, 2]   # two cards\n  crm:\n  web: 5\n",
		"id: b\nexternal: {1c: [2, 3, 3], crm: y, web: []}\n",
		"id: a\nexternal:\n  1c: [1, 2, 3]   # two cards\n  crm: y\n  web: 5\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
what_differs_is_kept_by_its_path(void **state)
{
	(void)state;
	becomes("id: a\nmanager: x\n", "id: b\nmanager: z\n",
		"id: a\nmanager: x\njoined:\n  - {id: b, date: 2026-11-22, differs: {manager: z}}\n");
	becomes(
	    "id: a\nsales:\n  - {month: 2026-01, source: s, revenue: 1}\n",
	    "id: b\nsales:\n  - {month: 2026-01, source: s, revenue: 2, margin: 1}\n",
	    "id: a\nsales:\n  - {month: 2026-01, source: s, revenue: 1}\n"
	    "joined:\n  - {id: b, date: 2026-11-22, differs: {sales/2026-01/s: {month: 2026-01, source: s, "
	    "revenue: 2, margin: 1}}}\n");
	becomes("id: a\nown: [1, 2]\n", "id: b\nown: [2, 1]\n",
		"id: a\nown: [1, 2]\njoined:\n  - {id: b, date: 2026-11-22, differs: {own: [2, 1]}}\n");
}

static void
items_go_where_their_dates_belong(void **state)
{
	(void)state;
	becomes("id: a\nlog:\n  - {date: 2026-01-01, kind: k}\n  - {date: 2026-03-01, kind: k}\n",
		"id: b\nlog:\n  - {date: 2026-02-01, kind: k}\n  - {date: 2026-04-01, kind: k}\n",
		"id: a\nlog:\n  - {date: 2026-01-01, kind: k}\n  - {date: 2026-02-01, kind: k}\n"
		"  - {date: 2026-03-01, kind: k}\n  - {date: 2026-04-01, kind: k}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
one_id_of_two_things_becomes_two(void **state)
{
	(void)state;
	becomes("id: a\npromises:\n  - {id: O-1, what: colour proof, due: 2026-12-01}\n",
		"id: b\npromises:\n  - {id: O-1, what: samples, kept: 2026-11-20}\n",
		"id: a\npromises:\n  - {id: O-1, what: colour proof, due: 2026-12-01}\n"
		"  - {id: O-1-b, what: samples, kept: 2026-11-20}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
	becomes("id: a\ndeals:\n  - {id: D-1, title: Film}\n  - {id: D-1-b, title: x}\n",
		"id: b\ndeals:\n  - {id: D-1, title: box}\n  - {id: D-1-b-2, title: y}\n",
		"id: a\ndeals:\n  - {id: D-1, title: Film}\n  - {id: D-1-b, title: x}\n"
		"  - {id: D-1-b-3, title: box}\n  - {id: D-1-b-2, title: y}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
	becomes("id: a\nplan:\n  actions:\n    - {id: 7, what: call}\n",
		"id: b\nplan: {actions: [{id: 7, what: write}]}\n",
		"id: a\nplan:\n  actions:\n    - {id: 7, what: call}\n    - {id: \"7-b\", what: write}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
one_title_differently_spelt_is_one_thing(void **state)
{
	(void)state;
	becomes("id: a\ncontacts:\n  - {id: p, name: Пётр  И.}\n",
		"id: b\ncontacts:\n  - {id: p, name: петр и., email: p@x.example}\n",
		"id: a\ncontacts:\n  - {id: p, name: Пётр  И., email: p@x.example}\n"
		"joined:\n  - {id: b, date: 2026-11-22, differs: {contacts/p/name: петр и.}}\n");
	becomes("id: a\nprojects:\n  - {id: P, stage: x}\n",
		"id: b\nprojects:\n  - {id: P, title: T, due: 2026-12-01}\n",
		"id: a\nprojects:\n  - {id: P, stage: x, title: T, due: 2026-12-01}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
nothing_is_filled_into_an_item_that_is_contradicted(void **state)
{
	(void)state;
	becomes("id: a\ndeals:\n  - {id: D, title: film, stage: lead}\n",
		"id: b\ndeals:\n  - {id: D, title: film, stage: won, closed: 2026-11-01, reason: price}\n",
		"id: a\ndeals:\n  - {id: D, title: film, stage: lead}\n"
		"joined:\n  - {id: b, date: 2026-11-22, differs: {deals/D: {id: D, title: film, stage: won, "
		"closed: 2026-11-01, reason: price}}}\n");
	becomes("id: a\ndeals:\n  - {id: D, proposal: {sent: 2026-11-01}}\n",
		"id: b\ndeals:\n  - {id: D, source: tender, proposal: {sent: 2026-11-02}}\n",
		"id: a\ndeals:\n  - {id: D, proposal: {sent: 2026-11-01}}\n"
		"joined:\n  - {id: b, date: 2026-11-22, differs: {deals/D: {id: D, source: tender, "
		"proposal: {sent: 2026-11-02}}}}\n");
	becomes("id: a\nneeds:\n  - {what: speed, state: open}\n",
		"id: b\nneeds:\n  - {what: speed, state: open, asked: 2026-11-02}\n",
		"id: a\nneeds:\n  - {what: speed, state: open, asked: 2026-11-02}\n"
		"joined:\n  - {id: b, date: 2026-11-22}\n");
}

static void
who_refers_to_a_renamed_item_goes_along(void **state)
{
	(void)state;
	becomes(
	    "id: a\ncontacts:\n  - {id: iv, name: Sergey}\ndeals:\n  - {id: D, title: film}\n",
	    "id: b\nmanager: me\ncontacts:\n  - {id: iv, name: Peter}\n  - {id: ol, name: Olga, reports-to: "
	    "iv}\n"
	    "needs: [{what: speed, whose: iv}]\n"
	    "deals:\n  - {id: D, title: box}\npromises:\n  - {id: O, to: iv}\n"
	    "plan: {actions: [{id: 1, owner: iv}, {id: 2, owner: me}]}\n"
	    "surveys:\n  - {date: 2026-01-01, contact: iv}\nlog:\n  - {date: 2026-01-01, with: [ol, iv]}\n"
	    "followups:\n  - {key: \"receipt:D:2026-01-01\"}\n  - {key: birthday:iv:2026-02-02}\n"
	    "  - {key: debt:X:2026-01-01}\n"
	    "joined:\n  - {id: c, differs: {contacts/iv/phone: 1, contacts/ivo/phone: 2}}\n",
	    "id: a\ncontacts:\n  - {id: iv, name: Sergey}\n  - {id: iv-b, name: Peter}\n"
	    "  - {id: ol, name: Olga, reports-to: iv-b}\n"
	    "deals:\n  - {id: D, title: film}\n  - {id: D-b, title: box}\nmanager: me\n"
	    "needs: [{what: speed, whose: iv-b}]\npromises:\n  - {id: O, to: iv-b}\n"
	    "plan: {actions: [{id: 1, owner: iv-b}, {id: 2, owner: me}]}\n"
	    "surveys:\n  - {date: 2026-01-01, contact: iv-b}\n"
	    "log:\n  - {date: 2026-01-01, with: [ol, iv-b]}\n"
	    "followups:\n  - {key: \"receipt:D-b:2026-01-01\"}\n  - {key: birthday:iv-b:2026-02-02}\n"
	    "  - {key: debt:X:2026-01-01}\n"
	    "joined:\n  - {id: c, differs: {contacts/iv-b/phone: 1, contacts/ivo/phone: 2}}\n"
	    "  - {id: b, date: 2026-11-22}\n");
}

static void
what_comes_in_under_another_id_is_told(void **state)
{
	struct merging m;

	(void)state;
	join(&m, "id: a\npromises:\n  - {id: O-1, what: proof}\n",
	     "id: b\npromises:\n  - {id: O-1, what: samples}\n");
	assert_string_equal(
	    findings_text(&m.found),
	    "warning renamed: into.yaml:3:5: promises/O-1 comes in as promises/O-1-b: another promise, "
	    "\"samples\"\n");
	merge_end(&m);
}

/* Random dossiers of few ids and fewer titles */

static unsigned
below(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33) % n;
}

/* each value is found nowhere else but in its dossier */
static void
add_random(struct buf *out, unsigned long long *state, const char *id)
{
	static const char *const ids[] = {"1", "2", "1-b", "1-b-2", "2-a"};
	static const char *const titles[] = {"film", "Film", "box", ""};

	buf_printf(out, "id: %s\npromises:\n", id);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		if (below(state, 2))
			continue;
		buf_printf(out, "  - {id: %s, what: %s", ids[i], titles[below(state, 4)]);
		if (below(state, 2))
			buf_printf(out, ", by: %s%u", below(state, 2) ? "x" : id, below(state, 2));
		if (below(state, 2))
			buf_printf(out, ", own: %s", id);
		buf_adds(out, "}\n");
	}
}

static bool
same_title(const struct node *a, const struct node *b, struct arena *arena)
{
	const char *x = node_get_text(a, "what"), *y = node_get_text(b, "what");

	return !x || !y || strcmp(text_fold(arena, x, strlen(x)), text_fold(arena, y, strlen(y))) == 0;
}

static bool
says_all_of(const struct node *item, const struct node *of)
{
	for (const struct node *n = of->first; n; n = n->next) {
		const char *text = node_get_text(item, n->key);

		if (n->len && strcmp(n->key, "id") != 0 && strcmp(n->key, "what") != 0 &&
		    (!text || strcmp(text, n->text) != 0))
			return false;
	}
	return true;
}

/* all of it in one item of its title, or in `differs` */
static void
is_kept_whole(const struct node *result, const struct node *item, struct arena *arena)
{
	const struct node *list = node_get(result, "promises"), *joined = node_get(result, "joined");

	for (const struct node *n = list->first; n; n = n->next) {
		if (same_title(n, item, arena) && says_all_of(n, item))
			return;
	}
	for (const struct node *j = joined ? joined->first : NULL; j; j = j->next) {
		const struct node *differs = node_get(j, "differs");

		for (const struct node *n = differs ? differs->first : NULL; n; n = n->next) {
			if (n->kind == NODE_MAP && says_all_of(n, item))
				return;
		}
	}
	fail_msg("%s is not whole any more", node_get_text(item, "id"));
}

static void
no_item_is_a_mixture_of_what_contradicts(void **state)
{
	unsigned long long random = 1;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct buf a = {0}, b = {0};
		struct doc from, into, result;
		struct arena arena = {0};
		struct merging m;

		add_random(&a, &random, "a");
		add_random(&b, &random, "b");
		loses_nothing(a.data, b.data);
		join(&m, a.data, b.data);
		parse(&result, "result.yaml", m.out.data);
		parse(&into, "into.yaml", a.data);
		parse(&from, "from.yaml", b.data);
		assert_int_equal(item_keys_check(&result, 0, &arena, &m.found.sink), 0);
		for (const struct node *n = node_get(from.root, "promises")->first; n; n = n->next)
			is_kept_whole(result.root, n, &arena);
		for (const struct node *n = node_get(into.root, "promises")->first; n; n = n->next)
			is_kept_whole(result.root, n, &arena);
		doc_free(&from);
		doc_free(&into);
		doc_free(&result);
		merge_end(&m);
		arena_free(&arena);
		buf_free(&a);
		buf_free(&b);
	}
}

static void
nothing_is_lost(void **state)
{
	static const char rich[] =
	    "# c1\nid: b\nname: 'B: x'\naliases: [\"n, 1\", n2]\nexternal: {1c: \"2\", crm: \"7\"}\ntier: "
	    "large\n"
	    "profile: {region: Riga, financials: {year: 2025, revenue: 5}, own: {deep: [q, {r: s}]}}\n"
	    "reliability:\n  - {date: 2026-01-01, by: f}\n  - {date: 2026-02-01, by: g}\n"
	    "contacts:\n  - {id: x, name: X2, phone: \"+9\", own: o}\n  - {id: v, name: V}\n"
	    "competitors:\n  - name: C\n    criteria:\n      - {criterion: price, us: 2}\n"
	    "plan: {year: 2026, months: {2026-01: 4.00, 2026-02: 6.00}, goals: [{goal: g2}]}\n"
	    "referrals:\n  - {to: T}\nsales:\n  - {month: 2026-01, source: s, revenue: 8, on: [3]}\n"
	    "invoices:\n  - {id: I, amount: 9}\nscore: {a: never}\nfree: |\n  line\n\nodd: \"\\x01\"\n";

	(void)state;
	loses_nothing("id: a\n", rich);
	loses_nothing(rich + 5,
		      "id: c\nname: C\nprofile: {own: other, region: Tula}\nplan: {goals: [{goal: g3}]}\n");
	loses_nothing(
	    "id: a\nname: A\nexternal: {1c: \"1\"}\ntier: key\nprofile:\n  region: Tula\n  own: plain\n"
	    "reliability: [{date: 2026-01-01, by: f}]\ncontacts:\n- id: x\n  name: X\n  phone: \"+1\"\n"
	    "competitors: [{name: C, criteria: [{criterion: price, us: 3}]}]\n"
	    "plan:\n  months: {2026-01: 3.00}\n  goals:\n    - {goal: g1}\n"
	    "sales:\n  - {month: 2026-01, source: s, revenue: 7}\ninvoices: []\nfree: x\nodd:\n",
	    rich);
}

static void
two_currencies_or_parent_and_child_are_refused(void **state)
{
	struct merging m;

	(void)state;
	join(&m, "id: a\ncurrency: EUR\n", "id: b\ncurrency: USD\n");
	assert_int_equal(m.result, -1);
	assert_int_equal(m.edits.count, 0);
	merge_end(&m);
	join(&m, "id: a\nparent: b\n", "id: b\n");
	assert_int_equal(m.result, -1);
	merge_end(&m);
	join(&m, "id: a\n", "id: b\nparent: a\n");
	assert_int_equal(m.result, -1);
	merge_end(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_only_the_other_has_is_added),
	    cmocka_unit_test(a_name_becomes_an_alias),
	    cmocka_unit_test(codes_of_both_are_kept),
	    cmocka_unit_test(what_differs_is_kept_by_its_path),
	    cmocka_unit_test(items_go_where_their_dates_belong),
	    cmocka_unit_test(one_id_of_two_things_becomes_two),
	    cmocka_unit_test(one_title_differently_spelt_is_one_thing),
	    cmocka_unit_test(nothing_is_filled_into_an_item_that_is_contradicted),
	    cmocka_unit_test(who_refers_to_a_renamed_item_goes_along),
	    cmocka_unit_test(what_comes_in_under_another_id_is_told),
	    cmocka_unit_test(no_item_is_a_mixture_of_what_contradicts),
	    cmocka_unit_test(nothing_is_lost),
	    cmocka_unit_test(two_currencies_or_parent_and_child_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
