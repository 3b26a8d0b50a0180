#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/duplicates.h"
#include "findings.h"

#define MANY 100000

static struct duplicates d;

static int
set_up(void **state)
{
	(void)state;
	d = (struct duplicates){0};
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	duplicates_free(&d);
	return 0;
}

static struct duplicate_account *
account(const char *id, const char *name)
{
	return duplicates_account(&d, id, name, NULL);
}

/* an account with a tax number, a phone and an e-mail, "" for none */
static void
facts(const char *id, const char *name, const char *tax, const char *phone, const char *email)
{
	struct duplicate_account *a = account(id, name);

	duplicates_add_tax(&d, a, tax);
	duplicates_add_contact(&d, a, phone, email);
}

static void
dossier(const char *text)
{
	struct findings findings;
	struct doc doc = {0};
	struct account a;
	struct error err;

	findings_init(&findings);
	assert_int_equal(doc_parse(&doc, "d.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	assert_int_equal(account_read(&doc, &a, &doc.arena, &findings.sink), 0);
	assert_string_equal(findings_text(&findings), "");
	duplicates_add_account(&d, &a);
	doc_free(&doc);
	buf_free(&findings.text);
}

/* a line for each pair, then one for what is common to too many */
static void
pairs_are(const char *expected)
{
	struct buf text = {0};
	size_t i;

	buf_adds(&text, "");
	duplicates_find(&d);
	for (i = 0; i < d.pairs; i++) {
		buf_printf(&text, "%d %s %s: ", d.pair[i]->similarity, d.pair[i]->a->id, d.pair[i]->b->id);
		duplicate_reasons_add(d.pair[i], &text);
		buf_addc(&text, '\n');
	}
	for (i = 0; i < d.commons; i++)
		buf_printf(&text, "%s %s: %zu\n", duplicate_reason_text(d.common[i].reason), d.common[i].text,
			   d.common[i].accounts);
	assert_string_equal(text.data, expected);
	buf_free(&text);
}

static void
each_reason_has_its_weight(void **state)
{
	(void)state;
	facts("a1", "Alpha", "7701234567", "", "");
	facts("a2", "Beta", "7701234567/770101001", "", "");
	facts("b1", "ООО «Ромашка»", "", "", "");
	facts("b2", "Ромашка, ЗАО", "", "", "");
	facts("c1", "Harbour Cartons", "", "", "");
	facts("c2", "Harbor Cartons Ltd", "", "", "");
	facts("d1", "Gamma", "", "+7 487 200-00-01", "");
	facts("d2", "Delta", "", "8 (487) 2000001", "");
	facts("e1", "Epsilon", "", "", "anna.example@gmail.com");
	facts("e2", "Zeta", "", "", "Anna.Example@gmail.com");
	facts("f1", "Eta", "", "", "a@koks.example");
	facts("f2", "Theta", "", "", "b@koks.example");
	/* 14 letters, one left out: 92; 85 % of that is 78.2 */
	pairs_are("95 a1 a2: same tax number\n"
		  "90 b1 b2: same name\n"
		  "78 c1 c2: near names\n"
		  "60 d1 d2: same phone\n"
		  "60 e1 e2: same e-mail\n"
		  "40 f1 f2: same e-mail domain\n");
}

static void
reasons_add_up(void **state)
{
	(void)state;
	facts("a", "Romashka", "", "2000001", "a@romashka.example");
	facts("b", "Romashka Ltd", "40003000000", "2000001", "b@romashka.example");
	facts("c", "Romashkaa", "LV40003000000", "", "");
	/* a b: 10 % of 40 % of 60 % is open; b c: 5 % of 100 - 85 × 88 %; a c: near alone */
	pairs_are("98 b c: same tax number, near names\n"
		  "97 a b: same name, same phone, same e-mail domain\n"
		  "74 a c: near names\n");
}

static void
pairs_stand_in_order_whatever_the_order_of_adding(void **state)
{
	static const char expected[] = "90 a b: same name\n90 a c: same name\n90 b c: same name\n"
				       "60 a d: same phone\n";
	static const char *const ids[][4] = {
	    {"a", "b", "c", "d"}, {"d", "c", "b", "a"}, {"b", "d", "a", "c"}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < 4; k++) {
			char c = *ids[i][k];

			facts(ids[i][k], c == 'd' ? "Other" : "Alpha", "",
			      c == 'a' || c == 'd' ? "2000001" : "", "");
		}
		pairs_are(expected);
		duplicates_free(&d);
		d = (struct duplicates){0};
	}
}

static void
one_account_met_twice_is_one(void **state)
{
	struct book book = {0};
	const struct code codes[] = {{"crm", "1", NULL}, {"inn", "7701234567", NULL}};
	const struct client client = {codes, 2, "Ромашка", "s.csv", 2};
	struct findings findings;
	struct entry *entry;
	struct error err;
	struct node *list, *contact;

	(void)state;
	findings_init(&findings);
	assert_int_equal(book_find(&book, &client, &entry, &err), BOOK_FOUND);
	entry->touched = true;
	list = node_put(&book.arena, entry->items, "contacts", node_new_list(&book.arena, STYLE_BLOCK));
	contact = node_put(&book.arena, list, NULL, node_new_map(&book.arena, STYLE_FLOW));
	node_put_text(&book.arena, contact, "phone", "2000001");
	contact = node_put(&book.arena, list, NULL, node_new_map(&book.arena, STYLE_FLOW));
	node_put_text(&book.arena, contact, "email", "a@gone.example");
	node_put_text(&book.arena, contact, "left", "2026-01-31");
	duplicates_add_entry(&d, entry);
	assert_int_equal(d.n, 0);
	assert_int_equal(book_finish(&book, &findings.sink), 0);
	duplicates_add_entry(&d, entry);
	dossier("id: romashka\nname: Ромашка\naliases: [Ромашка ООО]\nexternal: {inn: \"7701234567\"}\n"
		"contacts:\n  - {id: x, email: x@romashka.example}\n"
		"  - {id: y, email: y@gone.example, left: 2026-01-31}\n");
	dossier("id: other\nname: Other\nexternal: {tax: \"7701 234 567\"}\n"
		"contacts: [{id: x, email: z@romashka.example, phone: 200-00-01}]\n");
	dossier("id: third\nname: Third\naliases: [ромашка]\ncontacts: [{id: x, email: b@gone.example}]\n");
	assert_int_equal(d.n, 3);
	/* 5 % of 40 % of 60 % are 1.2 % */
	pairs_are("98 other romashka: same tax number, same phone, same e-mail domain\n"
		  "90 romashka third: same name\n");
	assert_string_equal(d.pair[0]->b->name, "Ромашка");
	book_free(&book);
}

static void
parents_and_their_divisions_are_expected_to_share(void **state)
{
	(void)state;
	dossier("id: group\nname: Ромашка\nexternal: {inn: \"7701234567\"}\n");
	dossier("id: north\nname: Ромашка\nparent: group\nexternal: {inn: \"7701234567\"}\n");
	dossier("id: south\nname: Ромашка Юг\nparent: group\nexternal: {inn: \"7701234567\"}\n");
	dossier("id: stranger\nname: Other\nexternal: {inn: \"7701234567\"}\n");
	pairs_are("95 group stranger: same tax number\n"
		  "95 north stranger: same tax number\n"
		  "95 south stranger: same tax number\n");
}

static void
numbers_of_two_countries_are_two(void **state)
{
	(void)state;
	facts("a", "", "LV40003000000", "", "");
	facts("b", "", "LT40003000000", "", "");
	facts("c", "", "40003000000", "", "");
	pairs_are("95 a c: same tax number\n95 b c: same tax number\n");
}

static void
what_says_nothing_makes_no_pairs(void **state)
{
	(void)state;
	facts("a", "", "-", "-", "-");
	facts("b", "", "0000000000", "0000000", "@");
	facts("c", NULL, "", NULL, NULL);
	facts("d", " \u200B", "", "", "");
	facts("e", "Магазин 12", "", "", "shop12@mail.ru");
	facts("f", "Магазин 21", "", "", "shop21@mail.ru");
	pairs_are("");
	assert_int_equal(d.n, 6);
}

static void
what_too_many_share_is_listed_instead(void **state)
{
	char id[32], name[32];

	(void)state;
	for (size_t i = 0; i < DUPLICATE_SHARED + 1; i++) {
		snprintf(id, sizeof id, "a%03zu", i);
		snprintf(name, sizeof name, "%zu", i);
		facts(id, name, "7701234567", "", "x@host.example");
	}
	facts("b", "50", "", "", "");
	pairs_are("90 a050 b: same name\n"
		  "same tax number 7701234567: 51\n"
		  "same e-mail domain host.example: 51\n");
}

static void
divisions_may_be_many(void **state)
{
	char id[32];

	(void)state;
	account("group", "Ромашка");
	for (size_t i = 0; i < 100; i++) {
		snprintf(id, sizeof id, "north-%zu", i);
		duplicates_add_tax(&d, duplicates_account(&d, id, "Ромашка", "group"), "7701234567");
	}
	pairs_are("");
}

static void
a_hundred_thousand_names_take_seconds(void **state)
{
	static const char *const what[] = {"торговый дом", "магазин", "завод", "склад", "компания"};
	char id[32], name[128];
	unsigned long long seed = 1;
	size_t i, k, n;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(id, sizeof id, "a%06zu", i);
		n = (size_t)snprintf(name, sizeof name, "%s ", what[i % 5]);
		for (k = 0; k < 5 + i % 7; k++) {
			seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
			n +=
			    (size_t)snprintf(name + n, sizeof name - n, "%c", (int)('a' + (seed >> 33) % 26));
		}
		account(id, name);
	}
	account("zz", "Торговый дом \"Abcdefghijkl\"");
	account("zzz", "Торговый дом \"Abcdefghikjl\"");
	duplicates_find(&d);
	assert_true(d.pairs > 0);
	for (i = 0; i < d.pairs && strcmp(d.pair[i]->a->id, "zz") != 0;)
		i++;
	assert_true(i < d.pairs);
	assert_string_equal(d.pair[i]->b->id, "zzz");
	assert_false(d.cut);
}

/* all near to all: bounded, and the counts say so */
static void
names_that_are_all_alike_stay_bounded(void **state)
{
	char id[32], name[] = "abcdefghijklmnopqrstuvwxyz";
	size_t i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(id, sizeof id, "a%06zu", i);
		name[2] = (char)('a' + i % 26);
		name[12] = (char)('a' + i / 26 % 26);
		name[22] = (char)('a' + i / 676 % 26);
		name[10] = (char)('a' + i / 17576 % 26);
		account(id, name);
	}
	duplicates_find(&d);
	assert_true(d.crowds > 0);
	assert_in_range(d.pairs, 0, DUPLICATE_PAIRS);
}

static void
pairs_have_a_limit(void **state)
{
	char id[32], name[32];
	size_t i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		snprintf(id, sizeof id, "a%06zu", i);
		snprintf(name, sizeof name, "name %zu", i / 50);
		account(id, name);
	}
	account("z1", "unique");
	account("z2", "UNIQUE");
	duplicates_find(&d);
	assert_true(d.cut);
	assert_int_equal(d.pairs, DUPLICATE_PAIRS);
	assert_int_equal(d.pair[0]->similarity, 90);
}

static void
names_and_cells_of_any_length_are_taken(void **state)
{
	static const char *const pieces[] = {"ооо ",	    "x", "a.", "1", "\xFF", "+371 20000001, ",
					     "a@b.example "};
	struct buf text = {0};
	char id[2] = "a";

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		buf_clear(&text);
		while (text.len < 65536)
			buf_adds(&text, pieces[i]);
		id[0] = (char)('a' + i);
		facts(id, text.data, text.data, text.data, text.data);
		id[0] = (char)('A' + i);
		facts(id, text.data, "", "", "");
	}
	duplicates_find(&d);
	assert_int_equal(d.pairs, 7);
	buf_free(&text);
}

static void
of_no_accounts_there_are_no_pairs(void **state)
{
	(void)state;
	pairs_are("");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(each_reason_has_its_weight),
	    TEST(reasons_add_up),
	    TEST(pairs_stand_in_order_whatever_the_order_of_adding),
	    TEST(one_account_met_twice_is_one),
	    TEST(parents_and_their_divisions_are_expected_to_share),
	    TEST(numbers_of_two_countries_are_two),
	    TEST(what_says_nothing_makes_no_pairs),
	    TEST(what_too_many_share_is_listed_instead),
	    TEST(divisions_may_be_many),
	    TEST(a_hundred_thousand_names_take_seconds),
	    TEST(names_that_are_all_alike_stay_bounded),
	    TEST(pairs_have_a_limit),
	    TEST(names_and_cells_of_any_length_are_taken),
	    TEST(of_no_accounts_there_are_no_pairs),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
