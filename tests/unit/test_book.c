#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/book.h"
#include "findings.h"

static struct book book;
static struct error err;

static int
set_up(void **state)
{
	(void)state;
	book = (struct book){0};
	memset(&err, 0, sizeof err);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	book_free(&book);
	return 0;
}

/* a row that gives two codes, "" for none, and a name */
static enum book_result
find(const char *code, const char *shop, const char *name, size_t line, struct entry **entry)
{
	const struct code codes[] = {{"crm", code, NULL}, {"shop", shop, NULL}};
	const struct client client = {codes, 2, name, "s.csv", line};
	enum book_result result;

	*entry = NULL;
	result = book_find(&book, &client, entry, &err);
	if (*entry)
		(*entry)->touched = true;
	return result;
}

/* the account that the row finds or makes, as people know it: the id of a dossier, else name and code */
static const char *
found(const char *code, const char *shop, const char *name)
{
	struct entry *entry;

	if (find(code, shop, name, 2, &entry) != BOOK_FOUND)
		fail_msg("%s", err.text);
	return book_title(entry, &book.arena);
}

/* all ids at the end, sorted */
static void
ids_are(const char *expected)
{
	struct findings findings;
	struct buf ids = {0};
	size_t i;

	findings_init(&findings);
	assert_int_equal(book_finish(&book, &findings.sink), 0);
	for (i = 0; i < book.n; i++)
		buf_printf(&ids, "%s%s", i ? " " : "", book.entry[i]->id ? book.entry[i]->id : "(none)");
	assert_string_equal(ids.data, expected);
	buf_free(&ids);
}

/* all is read, and this is found */
static void
clashes(const char *expected)
{
	struct findings findings;

	findings_init(&findings);
	assert_int_equal(book_finish(&book, &findings.sink), -1);
	assert_string_equal(findings_text(&findings), expected);
	buf_free(&findings.text);
}

static const char *
code_of(const struct entry *entry, const char *system)
{
	const struct code *c;

	for (c = entry->codes; c; c = c->next)
		if (strcmp(c->system, system) == 0)
			return c->code;
	return NULL;
}

static int
add_dossier(const char *text)
{
	struct findings findings;
	struct doc doc = {0};
	struct account account;
	int status;

	findings_init(&findings);
	assert_int_equal(doc_parse(&doc, "d.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	assert_int_equal(account_read(&doc, &account, &doc.arena, &findings.sink), 0);
	assert_string_equal(findings_text(&findings), "");
	status = book_add_known(&book, &account, "d.yaml", &err);
	doc_free(&doc);
	buf_free(&findings.text);
	return status;
}

static void
dossier(const char *text)
{
	if (add_dossier(text) < 0)
		fail_msg("%s", err.text);
}

static void
an_id_is_made_of_the_name_by_transliteration(void **state)
{
	(void)state;
	found("1", "", "ООО «Ромашка»");
	found("2", "", "SIA Ķeguma Koks");
	found("3", "", "../../etc/passwd");
	found("4", "", ".hidden");
	ids_are("etc-passwd hidden ooo-romashka sia-keguma-koks");
}

static void
where_a_name_has_no_letters_the_first_code_makes_the_id(void **state)
{
	(void)state;
	found("K/17", "", NULL);
	found("18", "", "«…»");
	found("-", "LV-400", "");
	ids_are("18 k-17 lv-400");
}

static void
a_name_that_comes_late_still_makes_the_id(void **state)
{
	(void)state;
	found("17", "", NULL);
	found("17", "", "Alpha");
	ids_are("alpha");
}

static void
an_account_whose_rows_were_all_rejected_gets_no_id(void **state)
{
	struct entry *entry;

	(void)state;
	assert_int_equal(find("1", "", "Alpha", 2, &entry), BOOK_FOUND);
	entry->touched = false;
	found("2", "", "Alpha");
	ids_are("(none) alpha");
}

static void
an_id_has_a_hundred_characters_at_most(void **state)
{
	char name[400], ids[202];

	(void)state;
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	found("1", "", name);
	memset(name, 'y', sizeof name - 1);
	name[99] = ' ';
	found("2", "", name);
	memset(ids, 'x', 100);
	ids[100] = ' ';
	memset(ids + 101, 'y', 99);
	ids[200] = '\0';
	ids_are(ids);
}

static void
what_has_neither_letter_nor_digit_gets_no_account(void **state)
{
	struct entry *entry;

	(void)state;
	assert_int_equal(find("-", "", "«»", 7, &entry), BOOK_NO_ID);
	assert_null(entry);
	assert_string_equal(err.text, "no id can be made of \"«»\" (code \"-\")");
	assert_int_equal(err.line, 7);
	assert_int_equal(book.n, 0);
}

static void
codes_come_first_then_aliases_then_names(void **state)
{
	(void)state;
	dossier("id: one\nname: Alpha\nexternal: {crm: \"1\"}\n");
	dossier("id: two\nname: Beta\naliases: [Gamma, Delta]\n");
	dossier("id: three\nname: Gamma\nexternal: {shop: \"30\"}\n");
	assert_string_equal(found("1", "", "Beta"), "one");
	assert_string_equal(found("", "30", "Alpha"), "three");
	assert_string_equal(found("", "", "Gamma"), "two");
	assert_string_equal(found("", "", "Delta"), "two");
	assert_string_equal(found("", "", "Beta"), "two");
	assert_string_equal(found("", "", "Epsilon"), "\"Epsilon\"");
	ids_are("epsilon one three two");
}

static void
names_are_equal_whatever_their_case_blanks_and_yo(void **state)
{
	(void)state;
	dossier("id: elka\nname: ООО  «Ёлка»\n");
	assert_string_equal(found("", "", "ооо «елка» "), "elka");
	assert_string_equal(found("", "", "ООО\u00A0«ЁЛКА»"), "elka");
}

static void
the_first_code_that_is_known_decides(void **state)
{
	struct entry *entry;

	(void)state;
	found("1", "", "Alpha");
	found("1", "70", "Other");
	found("", "70", "Third");
	/* another card of the same client, by its code in the shop; its own code stays unknown */
	assert_int_equal(find("2", "70", "Alpha 2", 3, &entry), BOOK_FOUND);
	assert_string_equal(code_of(entry, "crm"), "1");
	ids_are("alpha");
}

static void
codes_of_two_accounts_in_one_row_are_refused_and_neither_is_lost(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: alpha\nexternal: {crm: \"1\"}\n");
	found("", "80", "Beta");
	assert_int_equal(find("1", "80", "Alpha", 9, &entry), BOOK_UNSURE);
	assert_string_equal(
	    err.text,
	    "the code \"1\" is that of the account alpha, but \"80\" that of \"Beta\" (code \"80\")");
	assert_int_equal(err.line, 9);
	assert_string_equal(found("", "80", NULL), "\"Beta\" (code \"80\")");
	assert_string_equal(found("1", "", NULL), "alpha");
}

static void
an_account_with_another_code_of_the_system_is_not_meant_by_name(void **state)
{
	(void)state;
	dossier("id: north\nname: Alpha\nexternal: {crm: \"1\"}\n");
	dossier("id: south\nname: Alpha\n");
	assert_string_equal(found("2", "", "Alpha"), "south");
	assert_string_equal(found("3", "", "Alpha"), "\"Alpha\" (code \"3\")");
	ids_are("alpha north south");
}

static void
a_name_that_two_accounts_share_finds_neither(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: north\nname: Alpha\n");
	dossier("id: south\nname: Alpha\n");
	assert_int_equal(find("", "", "Alpha", 4, &entry), BOOK_UNSURE);
	assert_string_equal(err.text, "\"Alpha\" is the name of two accounts, north and south");
	assert_null(entry);
	found("1", "", "北");
	found("2", "", "北");
	assert_int_equal(find("", "", "北", 4, &entry), BOOK_UNSURE);
	assert_string_equal(
	    err.text, "\"北\" is the name of two accounts, \"北\" (code \"1\") and \"北\" (code \"2\")");
}

static void
an_account_may_bear_its_name_as_an_alias_too(void **state)
{
	(void)state;
	dossier("id: north\nname: Alpha\naliases: [alpha, ALPHA, Beta, beta]\n");
	assert_string_equal(found("", "", "Alpha"), "north");
	assert_string_equal(found("", "", "Beta"), "north");
}

static void
codes_and_names_that_were_lacking_are_added(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: alpha\nexternal: {crm: \"1\"}\n");
	assert_int_equal(find("1", "70", "Alpha", 2, &entry), BOOK_FOUND);
	assert_string_equal(entry->name, "Alpha");
	assert_string_equal(code_of(entry, "crm"), "1");
	assert_string_equal(code_of(entry, "shop"), "70");
	assert_string_equal(found("", "", "Alpha"), "alpha");
	/* a name that there is stays */
	assert_int_equal(find("1", "", "Beta", 3, &entry), BOOK_FOUND);
	assert_string_equal(entry->name, "Alpha");
}

static void
codes_keep_their_leading_zeros(void **state)
{
	(void)state;
	assert_string_equal(found("007", "", NULL), "\"007\"");
	assert_string_equal(found("7", "", NULL), "\"7\"");
	ids_are("007 7");
}

static void
a_code_of_any_length_is_found_again(void **state)
{
	char code[5000];
	struct entry *a, *b;

	(void)state;
	memset(code, '7', sizeof code - 1);
	code[sizeof code - 1] = '\0';
	assert_int_equal(find(code, "", NULL, 2, &a), BOOK_FOUND);
	assert_int_equal(find(code, "", NULL, 3, &b), BOOK_FOUND);
	assert_ptr_equal(a, b);
}

static void
a_system_and_its_code_do_not_run_together(void **state)
{
	const struct code ab = {"a", "bc", NULL}, abc = {"ab", "c", NULL};
	const struct client first = {&ab, 1, NULL, "s.csv", 2}, second = {&abc, 1, NULL, "s.csv", 3};
	struct entry *x, *y;

	(void)state;
	assert_int_equal(book_find(&book, &first, &x, &err), BOOK_FOUND);
	assert_int_equal(book_find(&book, &second, &y, &err), BOOK_FOUND);
	assert_ptr_not_equal(x, y);
}

static void
clients_of_one_id_are_all_named_with_their_lines(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: beta\nname: Beta\nexternal: {crm: \"0\"}\n");
	assert_int_equal(find("1", "", "Ромашка", 2, &entry), BOOK_FOUND);
	assert_int_equal(find("2", "", "Romashka", 17, &entry), BOOK_FOUND);
	assert_int_equal(find("3", "", "BETA", 18, &entry), BOOK_FOUND);
	clashes(
	    "error id: s.csv:17: \"Romashka\" (code \"2\") would get the id romashka, which is that of "
	    "\"Ромашка\" (code \"1\") (s.csv:2); give one of them a dossier of its own with its code in "
	    "external:, and import with -a\n"
	    "error id: s.csv:18: \"BETA\" (code \"3\") would get the id beta, which is that of \"Beta\" "
	    "(code "
	    "\"0\") (d.yaml:1); give one of them a dossier of its own with its code in external:, and import "
	    "with -a\n");
}

static void
dossiers_that_contradict_each_other_are_refused(void **state)
{
	(void)state;
	dossier("id: alpha\nexternal: {crm: \"1\"}\n");
	assert_int_equal(add_dossier("id: alpha\n"), -1);
	assert_string_equal(err.text, "the id alpha is that of d.yaml too");
	assert_int_equal(add_dossier("id: beta\nexternal: {crm: \"1\"}\n"), -1);
	assert_string_equal(err.text, "the code 1 of crm is that of d.yaml too");
}

static void
entries_keep_their_numbers_when_they_are_sorted(void **state)
{
	(void)state;
	found("1", "", "b");
	found("2", "", "c");
	found("3", "", "a");
	ids_are("a b c");
	assert_int_equal(book.entry[0]->number, 2);
	assert_int_equal(book.entry[1]->number, 0);
	assert_int_equal(book.entry[2]->number, 1);
}

/* quadratic time would show as minutes */
static void
a_hundred_thousand_accounts_are_no_matter(void **state)
{
	char name[64], code[32];
	struct entry *entry;
	size_t i, round;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = 0; i < 100000; i++) {
			snprintf(name, sizeof name, "Клиент № %zu", i);
			snprintf(code, sizeof code, "%06zu", i);
			assert_int_equal(find(code, "", name, i, &entry), BOOK_FOUND);
		}
	}
	assert_int_equal(book.n, 100000);
}

static void
nor_are_they_when_all_have_one_name(void **state)
{
	char code[32];
	struct entry *entry;
	size_t i;

	(void)state;
	dossier("id: north\nname: Alpha\nexternal: {crm: X}\n");
	for (i = 0; i < 100000; i++) {
		snprintf(code, sizeof code, "%06zu", i);
		assert_int_equal(find(code, "", "Alpha", i, &entry), BOOK_FOUND);
	}
	assert_int_equal(book.n, 100001);
	assert_int_equal(find("", "", "Alpha", 9, &entry), BOOK_UNSURE);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(an_id_is_made_of_the_name_by_transliteration),
	    TEST(where_a_name_has_no_letters_the_first_code_makes_the_id),
	    TEST(a_name_that_comes_late_still_makes_the_id),
	    TEST(an_account_whose_rows_were_all_rejected_gets_no_id),
	    TEST(an_id_has_a_hundred_characters_at_most),
	    TEST(what_has_neither_letter_nor_digit_gets_no_account),
	    TEST(codes_come_first_then_aliases_then_names),
	    TEST(names_are_equal_whatever_their_case_blanks_and_yo),
	    TEST(the_first_code_that_is_known_decides),
	    TEST(codes_of_two_accounts_in_one_row_are_refused_and_neither_is_lost),
	    TEST(an_account_with_another_code_of_the_system_is_not_meant_by_name),
	    TEST(a_name_that_two_accounts_share_finds_neither),
	    TEST(an_account_may_bear_its_name_as_an_alias_too),
	    TEST(codes_and_names_that_were_lacking_are_added),
	    TEST(codes_keep_their_leading_zeros),
	    TEST(a_code_of_any_length_is_found_again),
	    TEST(a_system_and_its_code_do_not_run_together),
	    TEST(clients_of_one_id_are_all_named_with_their_lines),
	    TEST(dossiers_that_contradict_each_other_are_refused),
	    TEST(entries_keep_their_numbers_when_they_are_sorted),
	    TEST(a_hundred_thousand_accounts_are_no_matter),
	    TEST(nor_are_they_when_all_have_one_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
