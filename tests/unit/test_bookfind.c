/* whom a row means: tax numbers, aliases, names, and lists of accounts that share them */
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

#define MANY 100000

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

/* a row that gives the code of a customer system, a tax number and a name, "" for none */
static enum book_result
find(const char *code, const char *inn, const char *name, struct entry **entry)
{
	const struct code codes[] = {{"crm", code, NULL}, {"inn", inn, NULL}};
	const struct client client = {codes, 2, name, "s.csv", 5};

	*entry = NULL;
	return book_find(&book, &client, entry, &err);
}

/* the account that the row finds or makes: its id, else name and code */
static const char *
found(const char *code, const char *inn, const char *name)
{
	struct entry *entry;

	if (find(code, inn, name, &entry) != BOOK_FOUND)
		fail_msg("%s", err.text);
	return book_title(entry, &book.arena);
}

static void
is_unsure(const char *code, const char *inn, const char *name, const char *why)
{
	struct entry *entry;

	assert_int_equal(find(code, inn, name, &entry), BOOK_UNSURE);
	assert_null(entry);
	assert_string_equal(err.text, why);
	assert_string_equal(err.file, "s.csv");
	assert_int_equal(err.line, 5);
}

static void
dossier(const char *text)
{
	struct findings findings;
	struct doc doc = {0};
	struct account account;

	findings_init(&findings);
	assert_int_equal(doc_parse(&doc, "d.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	assert_int_equal(account_read(&doc, &account, &doc.arena, &findings.sink), 0);
	assert_string_equal(findings_text(&findings), "");
	if (book_add_known(&book, &account, "d.yaml", &err) < 0)
		fail_msg("%s", err.text);
	doc_free(&doc);
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

static void
a_tax_number_is_found_however_it_is_written(void **state)
{
	(void)state;
	dossier("id: north\nexternal: {vat: \"LV 4000-3000-000\"}\n");
	dossier("id: south\nexternal: {inn: \"7701234567/770101001\"}\n");
	assert_string_equal(found("", "40003000000", "Whoever"), "north");
	assert_string_equal(found("", "lv40003000000", "Whoever"), "north");
	assert_string_equal(found("", "7701234567", ""), "south");
	assert_string_equal(found("", "7701234567 / 770201001", ""), "south");
	dossier("id: west\nexternal: {vat: LV40009999999}\n");
	assert_string_equal(found("", "LT40009999999", "Other"), "\"Other\" (code \"LT40009999999\")");
}

static void
a_cell_that_holds_no_tax_number_is_nobody_s(void **state)
{
	struct entry *a, *b;

	(void)state;
	dossier("id: north\nname: North\nexternal: {inn: \"-\"}\n");
	assert_int_equal(find("", "0000000000", "Alpha", &a), BOOK_FOUND);
	assert_int_equal(find("", "0000000000", "Beta", &b), BOOK_FOUND);
	assert_ptr_not_equal(a, b);
	assert_null(a->codes);
	assert_string_equal(found("", "-", "Gamma"), "\"Gamma\"");
	/* nor does it keep a name from finding its account */
	assert_string_equal(found("", "7701234567", "North"), "north");
	assert_int_equal(find("", "-", "", &a), BOOK_NO_ID);
	assert_int_equal(find("", "0", NULL, &a), BOOK_NO_ID);
	assert_string_equal(err.text, "no id can be made of \"0\"");
}

static void
each_way_of_finding_goes_before_the_next(void **state)
{
	(void)state;
	dossier("id: by-code\nname: A1\nexternal: {crm: \"1\"}\n");
	dossier("id: by-tax\nname: A2\nexternal: {inn: \"7701234567\"}\n");
	dossier("id: by-alias\nname: A3\naliases: [ООО «Ромашка»]\n");
	dossier("id: by-name\nname: ООО «Ромашка»\n");
	dossier("id: by-folded\nname: ооо «Елка»\n");
	dossier("id: by-exact\nname: ООО «Ёлка»\n");
	dossier("id: by-key\nname: Елка-плюс, ЗАО\n");
	assert_string_equal(found("1", "", "ООО «Ромашка»"), "by-code");
	assert_string_equal(found("", "7701234567", "ООО «Ромашка»"), "by-tax");
	assert_string_equal(found("", "", "ооо «РОМАШКА»"), "by-alias");
	assert_string_equal(found("", "", " ООО «Ёлка»\u00A0"), "by-exact");
	assert_string_equal(found("", "", "ооо «Елка»"), "by-folded");
	assert_string_equal(found("", "", "Елка Плюс"), "by-key");
}

static void
normalised_names_and_aliases_answer_together(void **state)
{
	(void)state;
	dossier("id: north\nname: ООО Ромашка\n");
	assert_string_equal(found("", "", "«Ромашка»"), "north");
	dossier("id: south\nname: South\naliases: [ЗАО Ромашка]\n");
	assert_string_equal(found("", "", "ООО Ромашка"), "north");
	assert_string_equal(found("", "", "Зао  ромашка"), "south");
	is_unsure("", "", "Ромашка", "\"Ромашка\" is the name of two accounts, north and south");
}

static void
a_shared_tax_number_needs_something_better(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: north\nname: North\nexternal: {crm: \"1\", inn: \"7701234567\"}\n");
	dossier("id: south\nname: South\nexternal: {crm: \"2\", inn: \"7701234567\"}\n");
	is_unsure("", "7701234567", "North",
		  "\"7701234567\" is the tax number of two accounts, north and south");
	is_unsure("3", "7701234567", "East",
		  "\"7701234567\" is the tax number of two accounts, north and south");
	assert_string_equal(found("2", "7701234567", "North"), "south");
	/* one that the customer system does not know yet */
	dossier("id: west\nexternal: {inn: \"7701234567\"}\n");
	assert_int_equal(find("3", "7701234567", "", &entry), BOOK_FOUND);
	assert_string_equal(entry->id, "west");
	assert_string_equal(code_of(entry, "crm"), "3");
	is_unsure("4", "7701234567", "", "\"7701234567\" is the tax number of two accounts, north and south");
}

static void
a_second_record_of_a_client_is_found_by_its_tax_number_and_then_by_its_code(void **state)
{
	struct entry *entry;

	(void)state;
	assert_string_equal(found("1", "7701234567", "Alpha"), "\"Alpha\" (code \"1\")");
	assert_string_equal(found("2", "7701234567", "Alpha (old)"), "\"Alpha\" (code \"1\")");
	assert_int_equal(find("2", "", "Alpha (old)", &entry), BOOK_FOUND);
	assert_string_equal(code_of(entry, "crm"), "1");
	assert_int_equal(book.n, 1);
}

static void
two_tax_numbers_of_two_accounts_find_neither(void **state)
{
	const struct code codes[] = {{"inn", "7701234567", NULL}, {"vat", "LV40003000000", NULL}};
	const struct client client = {codes, 2, "Alpha", "s.csv", 5};
	struct entry *entry;

	(void)state;
	dossier("id: north\nexternal: {inn: \"7701234567\"}\n");
	dossier("id: south\nexternal: {vat: \"40003000000\"}\n");
	assert_int_equal(book_find(&book, &client, &entry, &err), BOOK_UNSURE);
	assert_string_equal(
	    err.text, "the tax number \"7701234567\" is that of north, but \"LV40003000000\" that of south");
}

static void
another_tax_number_keeps_a_name_from_meaning_the_account(void **state)
{
	(void)state;
	dossier("id: north\nname: Alpha\nexternal: {inn: \"7701234567\"}\n");
	assert_string_equal(found("", "", "\"Alpha\", Ltd"), "north");
	assert_string_equal(found("", "7709876543", "Alpha"), "\"Alpha\" (code \"7709876543\")");
}

/* the first of them has the row's other code already, so only the second can be meant */
static void
of_new_accounts_of_one_name_each_is_looked_at(void **state)
{
	const struct code shop[] = {{"shop", "5", NULL}, {"shop", "6", NULL}, {"shop", "7", NULL}};
	const struct client first = {&shop[0], 1, "Alpha", "s.csv", 2};
	const struct client second = {&shop[1], 1, "Alpha", "s.csv", 3};
	const struct client third = {&shop[2], 1, "Alpha", "s.csv", 4};
	struct entry *one, *two, *entry;

	(void)state;
	assert_int_equal(find("1", "", "Alpha", &one), BOOK_FOUND);
	assert_int_equal(book_find(&book, &first, &entry, &err), BOOK_FOUND);
	assert_ptr_equal(entry, one);
	assert_int_equal(find("2", "", "Alpha", &two), BOOK_FOUND);
	assert_ptr_not_equal(two, one);
	assert_int_equal(book_find(&book, &second, &entry, &err), BOOK_FOUND);
	assert_ptr_equal(entry, two);
	assert_int_equal(book_find(&book, &third, &entry, &err), BOOK_FOUND);
	assert_int_equal(book.n, 3);
}

static void
names_without_anything_to_see_are_none(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: north\naliases: [\" \", \"\u200B\"]\nname: \"\"\n");
	dossier("id: south\nname: \"\u200B\"\n");
	assert_int_equal(find("", "", "\u200B", &entry), BOOK_NO_ID);
	assert_int_equal(find("", "", "\u200B\u200B", &entry), BOOK_NO_ID);
	assert_int_equal(find("", "", " \t\u00A0", &entry), BOOK_NO_ID);
	assert_int_equal(find("", "", NULL, &entry), BOOK_NO_ID);
	assert_int_equal(find("9", "", "  ", &entry), BOOK_FOUND);
	assert_null(entry->name);
}

static void
a_name_is_kept_without_blanks_around_it(void **state)
{
	struct entry *entry;

	(void)state;
	assert_int_equal(find("1", "", "\u00A0 Alpha  Beta \u00A0\n", &entry), BOOK_FOUND);
	assert_string_equal(entry->name, "Alpha  Beta");
}

static void
a_name_of_any_length_is_found_again(void **state)
{
	char *name = malloc(65536);
	struct entry *a, *b;

	(void)state;
	memset(name, 'x', 65535);
	name[65535] = '\0';
	assert_int_equal(find("", "", name, &a), BOOK_FOUND);
	name[3] = 'X';
	assert_int_equal(find("", "", name, &b), BOOK_FOUND);
	assert_ptr_equal(a, b);
	free(name);
}

static void
where_only_known_accounts_count_none_is_made(void **state)
{
	struct entry *entry;

	(void)state;
	dossier("id: north\nname: Alpha\nexternal: {inn: \"7701234567\"}\n");
	book.known_only = true;
	assert_string_equal(found("1", "", "ALPHA Ltd"), "north");
	assert_string_equal(found("1", "", ""), "north");
	assert_int_equal(find("2", "", "Beta", &entry), BOOK_UNKNOWN);
	assert_null(entry);
	assert_string_equal(err.text, "no account is known as \"Beta\" (code \"2\")");
	assert_int_equal(err.line, 5);
	assert_int_equal(find("2", "", "", &entry), BOOK_UNKNOWN);
	assert_string_equal(err.text, "no account is known as \"2\"");
	assert_int_equal(find("", "", "«»", &entry), BOOK_UNKNOWN);
	assert_int_equal(book.n, 1);
}

static const char *
number(size_t i)
{
	static char text[32];

	snprintf(text, sizeof text, "%06zu", i);
	return text;
}

/* quadratic time would show as minutes, here and below */
static void
names_that_differ_in_case_alone_may_be_many(void **state)
{
	char name[] = "abcdefghijklmnopq";
	struct entry *entry;

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		for (size_t k = 0; k < 17; k++)
			name[k] = (char)((i >> k & 1 ? 'A' : 'a') + (int)k);
		assert_int_equal(find(number(i), "", name, &entry), BOOK_FOUND);
	}
	assert_int_equal(book.n, MANY);
	/* unsure, again and again */
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(find("", "", "\"ABCDEFGHIJKLMNOPQ\"", &entry), BOOK_UNSURE);
}

static void
accounts_of_one_tax_number_may_be_many(void **state)
{
	struct entry *entry;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(find(number(i), "", "", &entry), BOOK_FOUND);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(find(number(i), "7701234567", "Alpha", &entry), BOOK_FOUND);
	assert_int_equal(book.n, MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(find(number(MANY + i), "7701234567", "", &entry), BOOK_UNSURE);
}

/* accounts with a code of the row's system stand between the two that can be meant */
static void
those_that_cannot_be_meant_are_passed_over_once(void **state)
{
	const struct code other = {"crm", "X", NULL};
	const struct client unsure = {&other, 1, "Alpha", "s.csv", 3};
	struct entry *entry;

	(void)state;
	dossier("id: first\nname: Alpha\n");
	for (size_t i = 1; i < MANY; i++) {
		assert_int_equal(find(number(i), "", "", &entry), BOOK_FOUND);
		assert_int_equal(find(number(i), "", "Alpha", &entry), BOOK_FOUND);
	}
	dossier("id: last\nname: Alpha\n");
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(book_find(&book, &unsure, &entry, &err), BOOK_UNSURE);
	assert_string_equal(err.text, "\"Alpha\" is the name of two accounts, first and last");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(a_tax_number_is_found_however_it_is_written),
	    TEST(a_cell_that_holds_no_tax_number_is_nobody_s),
	    TEST(each_way_of_finding_goes_before_the_next),
	    TEST(normalised_names_and_aliases_answer_together),
	    TEST(a_shared_tax_number_needs_something_better),
	    TEST(a_second_record_of_a_client_is_found_by_its_tax_number_and_then_by_its_code),
	    TEST(two_tax_numbers_of_two_accounts_find_neither),
	    TEST(another_tax_number_keeps_a_name_from_meaning_the_account),
	    TEST(of_new_accounts_of_one_name_each_is_looked_at),
	    TEST(names_without_anything_to_see_are_none),
	    TEST(a_name_is_kept_without_blanks_around_it),
	    TEST(a_name_of_any_length_is_found_again),
	    TEST(where_only_known_accounts_count_none_is_made),
	    TEST(names_that_differ_in_case_alone_may_be_many),
	    TEST(accounts_of_one_tax_number_may_be_many),
	    TEST(those_that_cannot_be_meant_are_passed_over_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
