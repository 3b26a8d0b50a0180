#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/account.h"
#include "findings.h"

#ifndef TEST_DATA
#define TEST_DATA "tests/data" /* as seen from where the tests are run, the project's folder */
#endif

struct reading {
	struct buf text;
	struct doc doc;
	struct arena arena;
	struct findings found;
	struct account account;
	int result;
};

/* the buffer's text as an account */
static void
read_buffered(struct reading *r, const char *file)
{
	struct error e = {0};

	findings_init(&r->found);
	if (doc_parse(&r->doc, file, 1, (struct str){r->text.data, r->text.len}, &e) < 0)
		fail_msg("%s:%zu:%zu: %s", file, e.line, e.column, e.text);
	r->result = account_read(&r->doc, &r->account, &r->arena, &r->found.sink);
}

static void
read_text(struct reading *r, const char *text)
{
	memset(r, 0, sizeof *r);
	buf_adds(&r->text, text);
	read_buffered(r, "f.yaml");
}

static void
read_full(struct reading *r)
{
	FILE *f = fopen(TEST_DATA "/full.yaml", "rb");
	size_t n;

	assert_non_null(f);
	memset(r, 0, sizeof *r);
	while ((n = fread(buf_room(&r->text, 4096), 1, 4096, f)) > 0)
		r->text.len += n;
	assert_int_equal(ferror(f), 0);
	fclose(f);
	read_buffered(r, "full.yaml");
}

static void
reading_free(struct reading *r)
{
	buf_free(&r->found.text);
	buf_free(&r->text);
	arena_free(&r->arena);
	doc_free(&r->doc);
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

static struct date
day(int y, int m, int d)
{
	return (struct date){(short)y, (signed char)m, (signed char)d};
}

static void
assert_date(struct date date, int y, int m, int d)
{
	assert_int_equal(date_cmp(date, day(y, m, d)), 0);
}

static void
assert_decimal(struct decimal d, const char *text)
{
	struct buf b = {0};

	buf_adds(&b, d.known ? "" : "unknown");
	decimal_format_exact(&b, d);
	assert_string_equal(b.data, text);
	buf_free(&b);
}

static void
a_full_dossier_gives_no_finding(void **state)
{
	struct reading r;

	(void)state;
	read_full(&r);
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.result, 0);
	reading_free(&r);
}

static void
each_field_of_a_full_dossier_reaches_its_struct(void **state)
{
	struct reading r;
	const struct account *a = &r.account;

	(void)state;
	read_full(&r);
	assert_string_equal(a->id, "zilais-skapis");
	assert_string_equal(account_title(a), "SIA «Zilais Skapis»");
	assert_int_equal(a->aliases.n, 2);
	assert_string_equal(a->aliases.v[1], "Blue Wardrobe, Ltd");
	assert_int_equal(a->external.n, 2);
	assert_string_equal(a->external.text[0], "0042");
	assert_string_equal(a->parent, "skapis-grupa");
	assert_string_equal(a->division, "virtuves mēbeles");
	assert_string_equal(a->key_for.v[1], "hardware");
	assert_string_equal(a->manager, "north-desk");
	assert_string_equal(a->team.v[1], "design-desk");
	assert_string_equal(a->currency, "EUR");
	assert_string_equal(a->tier, "large");
	assert_string_equal(a->categories.v[2], "innovator");
	assert_date(a->quiet_until, 2026, 12, 1);
	assert_string_equal(a->rules.name[0], "birthday");
	assert_string_equal(a->rules.text[0], "off");
	assert_int_equal(a->contacts.n, 4);
	assert_int_equal(a->potential.n, 2);
	assert_int_equal(a->contracts.n, 1);
	assert_int_equal(a->deals.n, 2);
	assert_int_equal(a->log.n, 2);
	assert_int_equal(a->followups.n, 2);
	assert_int_equal(a->sales.n, 2);
	assert_int_equal(a->invoices.n, 2);
	reading_free(&r);
}

static void
people_reach_their_structs(void **state)
{
	struct reading r;
	const struct contact *c;

	(void)state;
	read_full(&r);
	c = r.account.contacts.v;
	assert_string_equal(c[0].id, "buying");
	assert_string_equal(c[0].name, "Iepirkumu daļa");
	assert_string_equal(c[0].position, "Head of purchasing");
	assert_string_equal(c[0].function, "purchasing");
	assert_int_equal(c[0].level, 3);
	assert_string_equal(c[0].role, "decider");
	assert_string_equal(c[0].influence, "high");
	assert_string_equal(c[0].stance, "neutral");
	assert_int_equal(c[0].primary, YESNO_YES);
	assert_string_equal(c[0].reports_to, "board");
	assert_string_equal(c[0].email, "buying@zilais-skapis.example");
	assert_string_equal(c[0].phone, "+371 00000001");
	assert_date(c[0].birthday, 0, 2, 29);
	assert_false(date_is_set(c[0].left));
	assert_date(c[2].birthday, 1990, 6, 30);
	assert_date(c[3].left, 2026, 5, 31);
	reading_free(&r);
}

static void
business_reaches_its_structs(void **state)
{
	struct reading r;
	const struct potential *p;
	const struct contract *k;
	const struct deal *d;

	(void)state;
	read_full(&r);
	p = r.account.potential.v;
	assert_int_equal(p[0].year, 2026);
	assert_string_equal(p[0].product, "plywood");
	assert_string_equal(p[0].division, "kitchens");
	assert_decimal(p[0].amount, "640000.00");
	assert_date(p[1].assessed, 2026, 1, 12);
	k = r.account.contracts.v;
	assert_string_equal(k->id, "L-7/2026");
	assert_date(k->start, 2026, 1, 1);
	assert_date(k->end, 2027, 12, 31);
	assert_int_equal(k->notice.n, 3);
	assert_int_equal(k->notice.unit, OFFSET_MONTH);
	assert_decimal(k->value, "1000000.00");
	assert_decimal(k->discount, "4.25");
	d = r.account.deals.v;
	assert_string_equal(d->id, "D-5");
	assert_string_equal(d->title, "Plywood for the second hall");
	assert_string_equal(d->stage, "negotiation");
	assert_decimal(d->amount, "210000.00");
	assert_decimal(d->probability, "55");
	assert_date(d->opened, 2026, 8, 20);
	assert_date(d->expected_close, 2027, 1, 31);
	assert_date(d->proposal.approved, 2026, 10, 1);
	assert_date(d->proposal.sent, 2026, 10, 2);
	assert_date(d->proposal.acknowledged, 2026, 10, 5);
	assert_date(d->proposal.valid_until, 2026, 12, 15);
	assert_date(d->tender, 2027, 9, 1);
	assert_date(d[1].closed, 2026, 6, 6);
	reading_free(&r);
}

static void
what_happened_reaches_its_structs(void **state)
{
	struct reading r;
	const struct log_entry *l;
	const struct followup_mark *f;
	const struct sale *s;
	const struct invoice *i;

	(void)state;
	read_full(&r);
	l = r.account.log.v;
	assert_date(l[0].date, 2026, 10, 2);
	assert_string_equal(l[0].kind, "proposal");
	assert_string_equal(l[0].by, "north-desk");
	assert_date(l[0].next, 2026, 10, 12);
	assert_int_equal(l[0].told, YESNO_YES);
	assert_int_equal(l[1].with.n, 2);
	assert_string_equal(l[1].with.v[1], "lab");
	assert_string_equal(l[1].about, "lighter packs;\nsecond hall\n");
	assert_int_equal(l[1].told, YESNO_NO);
	f = r.account.followups.v;
	assert_string_equal(f[0].key, "debt:L-100:2026-09-01");
	assert_date(f[0].done, 2026, 9, 3);
	assert_date(f[1].snoozed, 2026, 11, 30);
	assert_string_equal(f[1].by, "north-desk");
	s = r.account.sales.v;
	assert_int_equal(s[0].month, 2026 * 12 + 7);
	assert_string_equal(s[0].source, "erp");
	assert_decimal(s[0].revenue, "41000.00");
	assert_decimal(s[0].margin, "8200.00");
	assert_decimal(s[1].returns, "120.50");
	assert_int_equal(s[0].orders, 2);
	assert_int_equal(s[0].on, 1U << 5 | 1U << 31);
	assert_int_equal(s[0].products.n, 2);
	assert_decimal(s[0].products.amount[1], "1000.00");
	i = r.account.invoices.v;
	assert_string_equal(i[1].id, "L-101");
	assert_date(i[1].date, 2026, 9, 30);
	assert_date(i[1].due, 2026, 10, 20);
	assert_decimal(i[1].amount, "9000.00");
	assert_decimal(i[1].paid, "2500.00");
	assert_date(i[0].settled, 2026, 9, 4);
	reading_free(&r);
}

/* Does any map of a kind of map hold the name? `nodes` are all the maps there are of it. */
static bool
any_has(const struct node *const *nodes, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (node_get(nodes[i], name))
			return true;
	}
	return false;
}

/* calls itself for each sub-table with all maps that it describes */
static void
every_field_is_used(const struct fields *fields, const struct node *const *maps, size_t n)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		const struct node *below[32];
		size_t found = 0;

		if (!any_has(maps, n, f->name))
			fail_msg("full.yaml: no %s in any %s", f->name, fields->what);
		for (size_t m = 0; f->sub && m < n; m++) {
			const struct node *value = node_get(maps[m], f->name);

			if (value && value->kind == NODE_MAP)
				below[found++] = value;
			for (value = value && value->kind == NODE_LIST ? value->first : NULL; value;
			     value = value->next)
				below[found++] = value;
		}
		assert_true(found < 32);
		if (f->sub)
			every_field_is_used(f->sub, below, found);
	}
}

static void
a_full_dossier_shows_every_field(void **state)
{
	struct reading r;
	const struct node *top;

	(void)state;
	read_full(&r);
	top = r.doc.root;
	every_field_is_used(&account_fields, &top, 1);
	reading_free(&r);
}

/* what kam-account(5) is made from; a help without words or an unknown source would stand in it */
static void
every_field_is_documented(const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		const char *tag = strstr(f->help, "(S");

		assert_true(f->help[0] != '\0');
		assert_true(!tag || (tag[2] >= '0' && tag[2] <= '4' && strcmp(tag + 3, ")") == 0));
		assert_true((f->type == FIELD_WORD) <= (f->words != NULL));
		assert_int_equal(f->type == FIELD_MAP || f->type == FIELD_LIST, f->sub != NULL);
		assert_true(f->offset == FIELD_UNREAD || f->offset < fields->size);
		assert_ptr_equal(field_find(fields, f->name), f);
		assert_true(fields->open);
		if (f->sub)
			every_field_is_documented(f->sub);
	}
}

static void
the_tables_are_sound(void **state)
{
	(void)state;
	every_field_is_documented(&account_fields);
}

static void
sections_know_their_owners(void **state)
{
	(void)state;
	assert_int_equal(field_find(&account_fields, "sales")->flags, SECTION_IMPORTED | SECTION_COUNTED);
	assert_int_equal(field_find(&account_fields, "deliveries")->flags,
			 SECTION_IMPORTED | SECTION_COUNTED);
	assert_int_equal(field_find(&account_fields, "score")->flags, SECTION_COMPUTED);
	assert_int_equal(field_find(&account_fields, "needs")->flags, SECTION_COUNTED);
	assert_int_equal(field_find(&account_fields, "log")->flags, 0);
	assert_int_equal(field_find(&account_fields, "contacts")->flags, SECTION_FACTS | SECTION_COUNTED);
}

static void
mistakes_are_reported_with_place_and_path(void **state)
{
	(void)state;
	expect_findings(
	    "id: ābele\ntier: Key\ncontacts:\n  - {id: a, level: 2}\n  - {id: b, level: high, role: decidr}\n"
	    "sales:\n  - {month: 2026-08, source: 1c, revenue: \"12.5O\"}\n"
	    "plan:\n  actions: [{id: A-1, due: soon}]\naudit:\n  - {date: 2026-07-01, answers: {a.b: "
	    "maybe}}\n",
	    "error type: f.yaml:1:5: id: not an identifier (a-z, 0-9, then also '.', '_', '-'; at most 100): "
	    "\"ābele\"\n"
	    "error word: f.yaml:2:7: tier: not one of key, large, standard, prospect: \"Key\"; did you mean "
	    "\"key\"?\n"
	    "error word: f.yaml:5:20: contacts[1].level: not one of 1, 2, 3, 4, 5: \"high\"\n"
	    "error word: f.yaml:5:32: contacts[1].role: not one of decider, influencer, approver, user, "
	    "gatekeeper: "
	    "\"decidr\"; did you mean \"decider\"?\n"
	    "error type: f.yaml:7:43: sales[0].revenue: not a number: \"12.5O\"\n"
	    "error type: f.yaml:9:28: plan.actions[0].due: not a date, as 2026-11-22: \"soon\"\n"
	    "error word: f.yaml:11:39: audit[0].answers.a.b: not one of yes, partly, no: \"maybe\"\n");
}

static void
a_decimal_comma_in_an_invoice_is_an_error(void **state)
{
	(void)state;
	expect_findings(
	    "id: a\ninvoices:\n  - {id: И-1, amount: 12,5, settled: }\n",
	    "error name: f.yaml:3:26: invoices[0].5: a name without a value; write amounts with a point: "
	    "12.5\n");
}

static void
an_account_needs_a_safe_id(void **state)
{
	(void)state;
	assert_true(account_id_is_valid("1c-000123"));
	assert_false(account_id_is_valid(".."));
	expect_findings("name: x\n", "error missing: f.yaml:1:1: id: missing\n");
	expect_findings("id:\n", "error missing: f.yaml:1:4: id: missing\n");
	expect_findings("# nothing\n", "error missing: f.yaml:1:1: id: missing\n");
	expect_findings(
	    "id: ../../etc/passwd\n",
	    "error type: f.yaml:1:5: id: not an identifier (a-z, 0-9, then also '.', '_', '-'; at most 100): "
	    "\"../../etc/passwd\"\n");
}

static void
items_need_what_tells_them_apart(void **state)
{
	(void)state;
	expect_findings("id: a\nsales:\n  - {source: 1c}\nneeds:\n  - {state: open}\nlog: [{kind: call}]\n",
			"error missing: f.yaml:3:5: sales[0].month: missing\n"
			"error missing: f.yaml:5:5: needs[0].what: missing\n"
			"error missing: f.yaml:6:7: log[0].date: missing\n");
}

static void
currencies_are_codes_in_capitals(void **state)
{
	(void)state;
	expect_findings("id: a\ncurrency: eur\n",
			"error type: f.yaml:2:11: currency: not a currency's code, as EUR: \"eur\"\n");
	expect_findings("id: a\ncurrency: EURO\n",
			"error type: f.yaml:2:11: currency: not a currency's code, as EUR: \"EURO\"\n");
	expect_findings("id: a\ncurrency:\n", "");
}

static void
levels_end_at_5(void **state)
{
	(void)state;
	expect_findings("id: a\ncontacts: [{id: a, level: 5}, x, {id: b, level: 6}]\n",
			"error type: f.yaml:2:31: contacts[1]: not a map, as {name: value}, but a text\n"
			"error word: f.yaml:2:49: contacts[2].level: not one of 1, 2, 3, 4, 5: \"6\"\n");
}

static void
an_account_without_a_name_is_titled_by_its_id(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "id: a.b-c_1\nname:\n");
	assert_string_equal(account_title(&r.account), "a.b-c_1");
	reading_free(&r);
}

/* the key of the item numbered `index` of a list on top */
static const char *
key_of(struct reading *r, const char *section, size_t index)
{
	const struct node *n = node_get(r->doc.root, section)->first;

	while (index-- > 0)
		n = n->next;
	return account_item_key(field_find(&account_fields, section)->sub, n, &r->arena);
}

static void
items_are_told_apart_by_their_keys(void **state)
{
	struct reading r;

	(void)state;
	read_full(&r);
	assert_string_equal(key_of(&r, "contacts", 0), "buying");
	assert_string_equal(key_of(&r, "contracts", 0), "L-7/2026");
	assert_string_equal(key_of(&r, "sales", 0), "2026-08/erp");
	assert_string_equal(key_of(&r, "needs", 1), "samples within a week");
	assert_string_equal(key_of(&r, "competitors", 0), "Ozola Plātne");
	assert_string_equal(key_of(&r, "potential", 0), "2026/plywood/kitchens");
	assert_string_equal(key_of(&r, "potential", 1), "2027/plywood");
	assert_string_equal(key_of(&r, "programmes", 0), "spring bonus/2026-03-01");
	assert_string_equal(key_of(&r, "surveys", 0), "2026-05-20/nps/buying");
	assert_string_equal(key_of(&r, "voice", 0), "2026-09-15/service job/store");
	assert_string_equal(key_of(&r, "audit", 0), "2026-06-30");
	assert_string_equal(key_of(&r, "followups", 0), "debt:L-100:2026-09-01");
	assert_string_equal(key_of(&r, "log", 0), "crm-881");
	assert_string_equal(key_of(&r, "log", 1),
			    "2026-10-20/visit/service-desk/lighter packs;\nsecond hall\n");
	assert_string_equal(key_of(&r, "referrals", 0), "");
	assert_string_equal(key_of(&r, "reliability", 0), "");
	reading_free(&r);
}

static void
keys_of_several_parts_do_not_meet(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "id: a\npotential:\n  - {year: 2026, product: a/b, division: c}\n"
		      "  - {year: 2026, product: a, division: b/c}\n  - {year: 2026, division: x}\n"
		      "  - {year: 2026, product: x}\n  - {year: 2026, product: \"a\\\\\", division: b}\n");
	assert_string_equal(findings_text(&r.found), "");
	assert_string_equal(key_of(&r, "potential", 0), "2026/a\\/b/c");
	assert_string_equal(key_of(&r, "potential", 1), "2026/a/b\\/c");
	assert_string_equal(key_of(&r, "potential", 2), "2026//x");
	assert_string_equal(key_of(&r, "potential", 3), "2026/x");
	assert_string_equal(key_of(&r, "potential", 4), "2026/a\\\\/b");
	reading_free(&r);
}

static void
a_settled_invoice_is_as_late_as_its_settlement(void **state)
{
	struct invoice inv = {.due = day(2026, 10, 30)};

	(void)state;
	assert_int_equal(invoice_days_late(&inv, day(2026, 10, 30)), 0);
	assert_int_equal(invoice_days_late(&inv, day(2026, 10, 31)), 1);
	assert_int_equal(invoice_days_late(&inv, day(2026, 11, 29)), 30);
	assert_int_equal(invoice_days_late(&inv, day(2026, 1, 1)), 0);
	inv.settled = day(2026, 11, 5);
	assert_int_equal(invoice_days_late(&inv, day(2027, 11, 29)), 6);
	inv.due = (struct date){0};
	assert_int_equal(invoice_days_late(&inv, day(2027, 11, 29)), 0);
}

static void
what_is_open_is_the_amount_less_what_was_paid(void **state)
{
	struct reading r;
	const struct invoice *i;

	(void)state;
	read_text(&r, "id: a\ninvoices:\n  - {id: 1, amount: 100.10, paid: 0.2}\n  - {id: 2, amount: 7}\n"
		      "  - {id: 3, paid: 7}\n");
	i = r.account.invoices.v;
	assert_decimal(invoice_open_amount(&i[0]), "99.90");
	assert_decimal(invoice_open_amount(&i[1]), "7");
	assert_decimal(invoice_open_amount(&i[2]), "unknown");
	reading_free(&r);
}

static void
the_last_contact_is_not_in_the_future(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "id: a\nlog:\n  - {date: 2026-11-12, kind: call}\n  - {date: 2026-11-01, kind: call}\n"
		      "  - {date: 2026-12-01, kind: call}\n");
	assert_date(account_last_contact(&r.account, day(2026, 11, 22)), 2026, 11, 12);
	assert_date(account_last_contact(&r.account, day(2026, 12, 1)), 2026, 12, 1);
	assert_false(date_is_set(account_last_contact(&r.account, day(2026, 10, 31))));
	reading_free(&r);
}

static void
the_main_contact_is_one_who_has_not_left(void **state)
{
	struct reading r;
	struct date today = day(2026, 11, 22);

	(void)state;
	read_text(&r, "id: a\ncontacts:\n  - {id: first, level: 1}\n  - {id: decides, role: decider}\n"
		      "  - {id: main, primary: yes, left: 2026-11-22}\n");
	assert_string_equal(account_main_contact(&r.account, today)->id, "decides");
	assert_string_equal(account_main_contact(&r.account, day(2026, 11, 21))->id, "main");
	assert_int_equal(account_contact_count(&r.account, today), 2);
	assert_int_equal(account_contact_count(&r.account, day(2026, 11, 21)), 3);
	reading_free(&r);
	read_text(&r, "id: a\ncontacts:\n  - {id: gone, left: 2020-01-01}\n  - {id: next, primary: no}\n  - "
		      "{id: more}\n");
	assert_string_equal(account_main_contact(&r.account, today)->id, "next");
	reading_free(&r);
	read_text(&r, "id: a\ncontacts:\n  - {id: gone, left: 2020-01-01}\n");
	assert_null(account_main_contact(&r.account, today));
	assert_int_equal(account_contact_count(&r.account, today), 0);
	reading_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_full_dossier_gives_no_finding),
	    cmocka_unit_test(each_field_of_a_full_dossier_reaches_its_struct),
	    cmocka_unit_test(people_reach_their_structs),
	    cmocka_unit_test(business_reaches_its_structs),
	    cmocka_unit_test(what_happened_reaches_its_structs),
	    cmocka_unit_test(a_full_dossier_shows_every_field),
	    cmocka_unit_test(the_tables_are_sound),
	    cmocka_unit_test(sections_know_their_owners),
	    cmocka_unit_test(mistakes_are_reported_with_place_and_path),
	    cmocka_unit_test(a_decimal_comma_in_an_invoice_is_an_error),
	    cmocka_unit_test(an_account_needs_a_safe_id),
	    cmocka_unit_test(items_need_what_tells_them_apart),
	    cmocka_unit_test(currencies_are_codes_in_capitals),
	    cmocka_unit_test(levels_end_at_5),
	    cmocka_unit_test(an_account_without_a_name_is_titled_by_its_id),
	    cmocka_unit_test(items_are_told_apart_by_their_keys),
	    cmocka_unit_test(keys_of_several_parts_do_not_meet),
	    cmocka_unit_test(a_settled_invoice_is_as_late_as_its_settlement),
	    cmocka_unit_test(what_is_open_is_the_amount_less_what_was_paid),
	    cmocka_unit_test(the_last_contact_is_not_in_the_future),
	    cmocka_unit_test(the_main_contact_is_one_who_has_not_left),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
