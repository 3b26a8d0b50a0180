#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/map.h"
#include "findings.h"

#define ACCOUNT "account: {external: {shop: Code}}\n"
#define COLUMNS "columns: {date: Date, revenue: Net}\n"
#define SALES "kind: sales\nsource: shop\n" ACCOUNT COLUMNS

struct reading {
	struct findings found;
	struct map map;
	char *text;
	int result;
};

static void
read_text(struct reading *r, const char *text)
{
	memset(r, 0, sizeof *r);
	findings_init(&r->found);
	r->text = xstrdup(text);
	r->result = map_read(&r->map, (struct str){r->text, strlen(r->text)}, "m.yaml", &r->found.sink);
}

static void
reading_free(struct reading *r)
{
	map_free(&r->map);
	buf_free(&r->found.text);
	free(r->text);
}

/* the map is wrong, and this is all that is said of it */
static void
expect_errors(const char *text, const char *expected)
{
	struct reading r;

	read_text(&r, text);
	assert_string_equal(findings_text(&r.found), expected);
	assert_int_equal(r.result, -1);
	reading_free(&r);
}

/* the map is wrong for these words among others */
static void
expect_words(const char *text, const char *words)
{
	struct reading r;

	read_text(&r, text);
	assert_int_equal(r.result, -1);
	if (!strstr(findings_text(&r.found), words))
		fail_msg("%s: not in: %s", words, findings_text(&r.found));
	reading_free(&r);
}

static void
expect_good(struct reading *r, const char *text)
{
	read_text(r, text);
	assert_string_equal(findings_text(&r->found), "");
	assert_int_equal(r->result, 0);
}

static void
the_least_map_has_the_defaults(void **state)
{
	struct reading r;

	(void)state;
	expect_good(&r, SALES);
	assert_string_equal(r.map.type->name, "sales");
	assert_null(r.map.dialect.encoding);
	assert_int_equal(r.map.dialect.delimiter, ',');
	assert_int_equal(r.map.dialect.skip, 0);
	assert_int_equal(r.map.number_format.decimal, '.');
	assert_null(r.map.number_format.group);
	assert_string_equal(r.map.pattern.format, "%Y-%m-%d");
	assert_int_equal(r.map.pattern.pivot, 68);
	assert_int_equal(r.map.csv.header, YESNO_UNSET);
	assert_null(r.map.returns.rx);
	assert_null(r.map.skip_rows.rx);
	reading_free(&r);
}

static void
every_setting_is_taken(void **state)
{
	struct reading r;
	const struct map_clean *clean;

	(void)state;
	expect_good(
	    &r, "kind: sales\nsource: 1c\ncurrency: RUB\n"
		"csv: {encoding: windows-1251, delimiter: tab, skip: 3, header: yes}\n"
		"number: {decimal: \",\", group: \" \"}\ndate: \"%d.%m.%y\"\npivot: 0\n"
		"account: {external: {1c: Код, inn: ИНН}, name: Контрагент}\n"
		"columns: {date: Дата, quantity: Кол, price: Цена, cost: Себестоимость}\n"
		"clean:\n  - {column: Код, match: '\\.0$'}\n  - {column: Код, match: '^(K)(?<n>x)?|(L)',\n"
		"     replace: 'C$2${n}${3}$$'}\n"
		"skip-rows: {column: Дата, match: ^Итого}\nreturns: {column: Документ, match: ^В}\n");
	clean = r.map.clean.v;
	assert_string_equal(r.map.currency, "RUB");
	assert_string_equal(r.map.dialect.encoding, "windows-1251");
	assert_int_equal(r.map.dialect.delimiter, '\t');
	assert_int_equal(r.map.dialect.skip, 3);
	assert_int_equal(r.map.csv.header, YESNO_YES);
	assert_int_equal(r.map.number_format.decimal, ',');
	assert_string_equal(r.map.number_format.group, " ");
	assert_int_equal(r.map.pattern.pivot, 0);
	assert_int_equal(r.map.account.external.n, 2);
	assert_string_equal(r.map.account.external.name[0], "1c");
	assert_string_equal(r.map.account.external.text[1], "ИНН");
	assert_string_equal(r.map.account.name, "Контрагент");
	assert_int_equal(r.map.clean.n, 2);
	assert_string_equal(clean[0].replace, "");
	assert_string_equal(clean[1].replace, "C$2${n}${3}$$");
	assert_non_null(clean[1].rx);
	assert_non_null(r.map.skip_rows.rx);
	assert_non_null(r.map.returns.rx);
	reading_free(&r);
}

static void
a_misspelt_key_is_said_with_its_place_and_the_nearest(void **state)
{
	(void)state;
	expect_errors("kind: sales\nsuorce: shop\nsource: shop\n" ACCOUNT COLUMNS,
		      "error name: m.yaml:2:1: suorce: not a known name; did you mean \"source\"?\n");
	expect_errors(
	    SALES "csv: {delimeter: \";\"}\n",
	    "error name: m.yaml:5:7: csv.delimeter: not a known name; did you mean \"delimiter\"?\n");
}

static void
an_unknown_kind_is_said_with_those_there_are(void **state)
{
	(void)state;
	expect_errors("kind: sale\n" ACCOUNT, "error word: m.yaml:1:7: kind: not one of accounts, contacts, "
					      "sales, invoices, deliveries, deals, "
					      "log, complaints, surveys, voice, potential, competitors, "
					      "contracts, products, news: \"sale\"; did "
					      "you mean \"sales\"?\n");
}

static void
what_is_needed_is_asked_for(void **state)
{
	(void)state;
	expect_errors(
	    "", "error missing: m.yaml:1:1: kind: missing\nerror missing: m.yaml:1:1: account: missing\n");
	expect_errors("kind: sales\n" ACCOUNT COLUMNS,
		      "error map: m.yaml:1:1: source: needed for sales; name the system they come from\n");
	expect_errors("kind: accounts\naccount: {}\n",
		      "error map: m.yaml:2:10: account: no column finds the account; give external: {system: "
		      "column}, or name: column\n");
	expect_errors("kind: contacts\n" ACCOUNT,
		      "error map: m.yaml:1:1: columns: kind contacts needs \"name\"\n");
	expect_errors("kind: invoices\n" ACCOUNT "columns: {date: D}\n",
		      "error map: m.yaml:3:10: columns: kind invoices needs \"id\"\n"
		      "error map: m.yaml:3:10: columns: kind invoices needs \"amount\"\n");
	expect_errors(
	    "kind: sales\nsource: s\n" ACCOUNT "columns: {date: D}\n",
	    "error map: m.yaml:4:10: columns: sales need \"revenue\", or \"quantity\" and \"price\"\n");
	expect_errors("kind: products\n" ACCOUNT "columns: {date: D}\n",
		      "error map: m.yaml:3:10: columns: kind products needs \"product\"\n"
		      "error map: m.yaml:1:1: source: needed for products; name the system they come from\n"
		      "error map: m.yaml:3:10: columns: products need \"revenue\", or \"quantity\" and "
		      "\"price\"\n");
	expect_errors(SALES "clean: [{column: Net}]\nreturns: {match: x}\n",
		      "error missing: m.yaml:5:9: clean[0].match: missing\n"
		      "error missing: m.yaml:6:10: returns.column: missing\n");
}

static void
an_amount_is_read_in_one_way(void **state)
{
	(void)state;
	expect_errors(
	    "kind: sales\nsource: s\n" ACCOUNT "columns: {date: D, revenue: R, price: P}\n",
	    "error map: m.yaml:4:10: columns: \"revenue\", or \"quantity\" and \"price\", not both\n");
	expect_errors("kind: sales\nsource: s\n" ACCOUNT
		      "columns: {date: D, revenue: R, cost: C, margin: M}\n",
		      "error map: m.yaml:4:10: columns: \"cost\" or \"margin\", not both\n");
	expect_errors(
	    "kind: sales\nsource: s\n" ACCOUNT "columns: {date: D, quantity: Q}\n",
	    "error map: m.yaml:4:10: columns: sales need \"revenue\", or \"quantity\" and \"price\"\n");
}

/* a field whose column is left empty is not named at all */
static void
a_field_without_its_column_is_as_if_absent(void **state)
{
	struct reading r;

	(void)state;
	expect_errors(
	    "kind: sales\nsource: s\n" ACCOUNT "columns:\n  date: D\n  quantity:\n  price: P\n",
	    "error map: m.yaml:5:3: columns: sales need \"revenue\", or \"quantity\" and \"price\"\n");
	expect_good(&r, "kind: sales\nsource: s\n" ACCOUNT "columns:\n  date: D\n  revenue: R\n  price:\n");
	reading_free(&r);
}

static void
a_field_that_the_kind_has_not_is_said_with_the_nearest(void **state)
{
	(void)state;
	expect_errors("kind: sales\nsource: s\n" ACCOUNT "columns: {date: D, revenue: R, dokument: N}\n",
		      "error map: m.yaml:4:42: columns: kind sales has no field \"dokument\"; did you mean "
		      "\"document\"?\n");
	expect_errors(
	    "kind: accounts\n" ACCOUNT "columns: {profile.regoin: R, xyz: X, sales.month: M}\n",
	    "error map: m.yaml:3:27: columns: kind accounts has no field \"profile.regoin\"; did you mean "
	    "\"profile.region\"?\n"
	    "error map: m.yaml:3:35: columns: kind accounts has no field \"xyz\"\n"
	    "error map: m.yaml:3:51: columns: kind accounts has no field \"sales.month\"\n");
}

static void
a_line_needs_its_document(void **state)
{
	struct reading r;

	(void)state;
	expect_errors(
	    "kind: sales\nsource: s\n" ACCOUNT "columns: {date: D, revenue: R, line: L}\n",
	    "error map: m.yaml:4:38: columns: \"line\" is the row's number inside its document, so it "
	    "needs \"document\" too\n");
	expect_errors(
	    "kind: products\nsource: s\n" ACCOUNT "columns: {date: D, product: P, revenue: R, line: L}\n",
	    "error map: m.yaml:4:50: columns: \"line\" is the row's number inside its document, so it "
	    "needs \"document\" too\n");
	expect_good(&r, "kind: products\nsource: s\n" ACCOUNT
			"columns: {date: D, product: P, quantity: Q, price: R, line: L, document: N}\n");
	reading_free(&r);
}

static void
without_a_header_columns_go_by_number(void **state)
{
	struct reading r;

	(void)state;
	expect_good(&r, "kind: sales\nsource: s\ncsv: {header: no}\n"
			"account: {external: {1c: \"#3\"}, name: \"#4\"}\n"
			"columns: {date: \"#1\", revenue: \"#4096\"}\n"
			"clean: [{column: \"#1\", match: x}]\nskip-rows: {column: \"#1\", match: x}\n");
	assert_int_equal(r.map.csv.header, YESNO_NO);
	reading_free(&r);
	expect_errors(
	    "kind: contacts\ncsv: {header: no}\naccount: {external: {1c: Code}, name: \"#0\"}\n"
	    "columns: {name: \"#4097\"}\nclean: [{column: \"#01\", match: x}]\n"
	    "skip-rows: {column: \"1\", match: x}\n",
	    "error map: m.yaml:3:26: \"Code\": no number of a column, as \"#1\", and csv.header says "
	    "that there are no titles\n"
	    "error map: m.yaml:3:39: \"#0\": no number of a column, as \"#1\", and csv.header says "
	    "that there are no titles\n"
	    "error map: m.yaml:4:17: \"#4097\": no number of a column, as \"#1\", and csv.header says "
	    "that there are no titles\n"
	    "error map: m.yaml:5:18: \"#01\": no number of a column, as \"#1\", and csv.header says "
	    "that there are no titles\n"
	    "error map: m.yaml:6:21: \"1\": no number of a column, as \"#1\", and csv.header says "
	    "that there are no titles\n");
}

static void
a_column_by_number_is_told_from_a_title(void **state)
{
	static const char *const titles[] = {
	    "", "#", "#0", "#01", "# 1", "#1 ", "#-1", "Amount#2", "#4097", "#1.0", "#99999999999999999999",
	    "4"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof titles / sizeof *titles; i++)
		assert_int_equal(map_column_number(titles[i]), 0);
	assert_int_equal(map_column_number("#1"), 1);
	assert_int_equal(map_column_number("#40"), 40);
	assert_int_equal(map_column_number("#4096"), 4096);
}

static void
lists_and_computed_sections_are_not_read_from_a_column(void **state)
{
	(void)state;
	expect_errors(
	    "kind: accounts\n" ACCOUNT "columns: {contacts: C, score: S, profile: P, external: E}\n",
	    "error map: m.yaml:3:21: columns: \"contacts\" of kind accounts cannot be read from a column\n"
	    "error map: m.yaml:3:31: columns: \"score\" of kind accounts cannot be read from a column\n"
	    "error map: m.yaml:3:43: columns: \"profile\" of kind accounts cannot be read from a column\n"
	    "error map: m.yaml:3:56: columns: \"external\" of kind accounts cannot be read from a column\n");
}

static void
what_finds_an_account_is_no_field_of_it(void **state)
{
	(void)state;
	expect_errors(
	    "kind: accounts\n" ACCOUNT "columns: {id: I, name: N}\n",
	    "error map: m.yaml:3:15: columns: the id is not read, it is made from the account's name or "
	    "code\n"
	    "error map: m.yaml:3:24: columns: the column of the name stands under account:, as name\n");
}

static void
a_bad_pattern_is_said_with_the_offset_in_it(void **state)
{
	(void)state;
	expect_errors(SALES "clean: [{column: Net, match: 'a(b'}]\n",
		      "error map: m.yaml:5:30: match: pattern, at offset 3: missing closing parenthesis\n");
	expect_errors(SALES "clean: [{column: Net, match: 'a(b)', replace: 'x$9'}]\n",
		      "error map: m.yaml:5:47: replace: the replacement \"x$9\" does not suit the pattern: "
		      "unknown substring\n");
	expect_words(SALES "clean: [{column: Net, match: a, replace: '${1'}]\n",
		     "error map: m.yaml:5:42: replace: the replacement \"${1\" does not suit the pattern: ");
	expect_words(SALES "clean: [{column: Net, match: '(?<n>a)', replace: '$m'}]\n",
		     "error map: m.yaml:5:50: replace: the replacement \"$m\" does not suit the pattern: ");
	expect_words(SALES "skip-rows: {column: Net, match: '[z-a]'}\n",
		     "error map: m.yaml:5:33: match: pattern, at offset 3: ");
	expect_words(SALES "returns: {column: Net, match: '*'}\n",
		     "error map: m.yaml:5:31: match: pattern, at offset 0: ");
}

static void
a_delimiter_is_one_ascii_character_or_tab(void **state)
{
	static const char *const bad[] = {"\";;\"", "\"ж\"", "'\"'", "\"\\n\"", "\"\\r\"", "TAB"};
	char text[256];
	struct reading r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		snprintf(text, sizeof text, SALES "csv: {delimiter: %s}\n", bad[i]);
		expect_errors(text,
			      "error map: m.yaml:5:18: csv.delimiter: neither one ASCII character nor the "
			      "word tab\n");
	}
	expect_good(&r, SALES "csv: {delimiter: \"|\"}\n");
	assert_int_equal(r.map.dialect.delimiter, '|');
	reading_free(&r);
}

static void
a_date_format_tells_a_whole_date(void **state)
{
	(void)state;
	expect_errors(SALES "date: \"%d.%m\"\n",
		      "error map: m.yaml:5:7: date format \"%d.%m\": lacks the year (%Y or %y)\n");
	expect_errors(
	    SALES "date: \"%d.%m.%Q\"\n",
	    "error map: m.yaml:5:7: date format \"%d.%m.%Q\": %Q is not a conversion that is known\n");
	expect_errors(SALES "pivot: 100\n",
		      "error map: m.yaml:5:8: pivot: not a year of two digits, 0 to 99\n");
}

static void
marks_of_numbers_are_told_apart(void **state)
{
	(void)state;
	expect_errors(SALES "number: {decimal: \"'\"}\n",
		      "error map: m.yaml:5:19: number.decimal: neither \".\" nor \",\"\n");
	expect_errors(SALES "number: {decimal: \",\", group: \" ,\"}\n",
		      "error map: m.yaml:5:31: number.group: the decimal mark cannot be a group mark too\n");
	expect_errors(SALES "number: {group: \".\"}\n",
		      "error map: m.yaml:5:17: number.group: the decimal mark cannot be a group mark too\n");
}

static void
a_currency_is_three_capitals(void **state)
{
	(void)state;
	expect_errors(SALES "currency: eur\n",
		      "error type: m.yaml:5:11: currency: not a currency's code, as EUR: \"eur\"\n");
	expect_errors(SALES "currency: EURO\n",
		      "error type: m.yaml:5:11: currency: not a currency's code, as EUR: \"EURO\"\n");
}

static void
a_text_that_is_no_document_is_refused(void **state)
{
	(void)state;
	expect_words("kind: sales\n\tsource: x\n", "error yaml: m.yaml:2:");
	expect_words("kind: sales\nkind: sales\n", "error yaml: m.yaml:2:");
	expect_words("kind: &a sales\n", "error yaml: m.yaml:1:7");
	expect_words("[kind, sales]\n", "error yaml: m.yaml:1:1");
}

static void
all_that_is_wrong_is_said_at_once(void **state)
{
	struct reading r;

	(void)state;
	read_text(
	    &r, "kind: sales\ncurrency: e\naccount: {}\ndate: x\ncsv: {delimiter: ab}\ncolumns: {dat: D}\n");
	assert_int_equal(r.result, -1);
	assert_int_equal(r.found.sink.errors, 8);
	reading_free(&r);
}

static void
long_and_odd_names_are_quoted_safely(void **state)
{
	char text[70000] = "kind: accounts\n" ACCOUNT "columns:\n  \"", *end = text + strlen(text);
	struct reading r;

	(void)state;
	memset(end, 'n', 900);
	strcpy(end + 900, "\\e[31m\": C\n");
	read_text(&r, text);
	assert_int_equal(r.found.sink.errors, 1);
	assert_non_null(strstr(findings_text(&r.found), "nnn…\""));
	assert_null(strchr(findings_text(&r.found), '\x1b'));
	reading_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_least_map_has_the_defaults),
	    cmocka_unit_test(every_setting_is_taken),
	    cmocka_unit_test(a_misspelt_key_is_said_with_its_place_and_the_nearest),
	    cmocka_unit_test(an_unknown_kind_is_said_with_those_there_are),
	    cmocka_unit_test(what_is_needed_is_asked_for),
	    cmocka_unit_test(an_amount_is_read_in_one_way),
	    cmocka_unit_test(a_field_without_its_column_is_as_if_absent),
	    cmocka_unit_test(a_field_that_the_kind_has_not_is_said_with_the_nearest),
	    cmocka_unit_test(a_line_needs_its_document),
	    cmocka_unit_test(without_a_header_columns_go_by_number),
	    cmocka_unit_test(a_column_by_number_is_told_from_a_title),
	    cmocka_unit_test(lists_and_computed_sections_are_not_read_from_a_column),
	    cmocka_unit_test(what_finds_an_account_is_no_field_of_it),
	    cmocka_unit_test(a_bad_pattern_is_said_with_the_offset_in_it),
	    cmocka_unit_test(a_delimiter_is_one_ascii_character_or_tab),
	    cmocka_unit_test(a_date_format_tells_a_whole_date),
	    cmocka_unit_test(marks_of_numbers_are_told_apart),
	    cmocka_unit_test(a_currency_is_three_capitals),
	    cmocka_unit_test(a_text_that_is_no_document_is_refused),
	    cmocka_unit_test(all_that_is_wrong_is_said_at_once),
	    cmocka_unit_test(long_and_odd_names_are_quoted_safely),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
