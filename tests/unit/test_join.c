/* Joining: nothing of either dossier is lost, and joining again changes nothing. */
#include "merging.h"

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
	    cmocka_unit_test(nothing_is_lost),
	    cmocka_unit_test(two_currencies_or_parent_and_child_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
