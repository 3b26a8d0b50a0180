#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/account.h"
#include "domain/cell.h"

/* how the cells of these tests are written: 1 200,50 and 31.01.26 */
static struct map map = {.currency = "EUR", .number_format = {',', " "}};

static int
set_up(void **state)
{
	struct error err;

	(void)state;
	return date_pattern_init(&map.pattern, "%d.%m.%y", &err);
}

/* the cell as a field of that type is written in an account, "" when it is empty */
static void
gives(const struct field *field, const char *cell, const char *written)
{
	struct arena arena = {0};
	struct buf out = {0};
	struct node *node;
	const char *kind;
	struct error err;

	if (cell_node(&map, field, cell, strlen(cell), &arena, &node, &kind, &err) < 0)
		fail_msg("%s: %s", cell, err.text);
	if (node)
		node_write_flow(&out, node);
	assert_string_equal(out.data ? out.data : "", written);
	buf_free(&out);
	arena_free(&arena);
}

static void
refused(const struct field *field, const char *cell, const char *kind_wanted, const char *text)
{
	struct arena arena = {0};
	struct node *node;
	const char *kind;
	struct error err;

	assert_int_equal(cell_node(&map, field, cell, strlen(cell), &arena, &node, &kind, &err), -1);
	assert_string_equal(kind, kind_wanted);
	assert_string_equal(err.text, text);
	arena_free(&arena);
}

static const struct field *
field_of(const struct fields *fields, const char *name)
{
	const struct field *field = field_find(fields, name);

	assert_non_null(field);
	return field;
}

static void
text_is_kept_and_quoted_where_it_looks_like_another_type(void **state)
{
	const struct field *name = field_of(&account_fields, "manager");

	(void)state;
	gives(name, "i.petrova", "i.petrova");
	gives(name, "007", "\"007\"");
	gives(name, "no", "\"no\"");
	gives(name, "a: b, {c}", "\"a: b, {c}\"");
	gives(name, "\x1b[31mred\n", "\"\\x1b[31mred\\n\"");
	gives(name, "", "");
}

static void
money_is_rounded_half_away_from_zero_to_cents(void **state)
{
	const struct field *amount = field_of(&invoice_fields, "amount");

	(void)state;
	gives(amount, "1 200,5", "1200.50");
	gives(amount, "1\u00A0200,505", "1200.51");
	gives(amount, "-0,005", "-0.01");
	gives(amount, "(1 200,504)", "-1200.50");
	gives(amount, "0,004", "0.00");
	gives(amount, "12,00 €", "12.00");
	refused(amount, "12.50", "not a number", "not a number with decimal mark ',': \"12.50\"");
	refused(amount, "12,5O", "not a number", "not a number with decimal mark ',': \"12,5O\"");
	refused(amount, "-", "not a number", "not a number with decimal mark ',': \"-\"");
}

static void
a_currency_is_the_map_s_or_the_cell_is_refused(void **state)
{
	const struct field *amount = field_of(&invoice_fields, "amount");

	(void)state;
	gives(amount, "12 EUR", "12.00");
	refused(amount, "100 USD", "another currency", "another currency than the map's EUR: \"100 USD\"");
	refused(amount, "$100", "another currency", "another currency than the map's EUR: \"$100\"");
	map.currency = "CAD";
	gives(amount, "$100", "100.00");
	refused(amount, "100 USD", "another currency", "another currency than the map's CAD: \"100 USD\"");
	map.currency = NULL;
	refused(amount, "12 €", "currency not stated",
		"currency not stated in the map; add currency: to it: \"12 €\"");
	gives(amount, "12", "12.00");
	map.currency = "EUR";
}

/* the cell is money in each of these currencies, and in none of those */
static void
stands_for(const char *cell, const char *fits, const char *others)
{
	const char *lists[] = {fits, others}, *code, *kind;
	struct decimal d;
	struct error err;
	char currency[4];
	size_t i;

	for (i = 0; i < 2; i++)
		for (code = lists[i]; *code; code += code[3] ? 4 : 3) {
			snprintf(currency, sizeof currency, "%.3s", code);
			map.currency = currency;
			if (cell_decimal(&map, cell, strlen(cell), &d, &kind, &err) != (i ? -1 : 0))
				fail_msg("%s in %s", cell, currency);
		}
	map.currency = "EUR";
}

static void
a_code_stands_for_itself_and_a_sign_for_all_that_share_it(void **state)
{
	(void)state;
	stands_for("1 200,50 EUR", "EUR", "USD RUB GBP");
	stands_for("(100USD)", "USD", "EUR CAD");
	stands_for("€5", "EUR", "USD GBP");
	stands_for("-$5", "USD CAD AUD NZD", "EUR GBP JPY");
	stands_for("£ 5", "GBP", "EUR USD");
	stands_for("5 ₽", "RUB", "EUR USD BYN");
	stands_for("5 руб.", "RUB BYN", "EUR");
	stands_for("5 руб", "RUB", "EUR");
	stands_for("5р.", "RUB", "EUR");
	stands_for("¥5-", "JPY CNY", "EUR USD");
	stands_for(" -5", "EUR JPY", "");
}

static void
money_that_could_not_be_read_again_is_refused(void **state)
{
	const struct field *amount = field_of(&invoice_fields, "amount");
	const char *words = "too large, more than 34 digits before the point: ";
	char text[128];

	(void)state;
	gives(amount, "9999999999999999999999999999999999", "9999999999999999999999999999999999.00");
	snprintf(text, sizeof text, "%s\"10000000000000000000000000000000000\"", words);
	refused(amount, "10000000000000000000000000000000000", "too large", text);
	snprintf(text, sizeof text, "%s\"-999999999999999999999999999999999999\"", words);
	refused(amount, "-999999999999999999999999999999999999", "too large", text);
}

static void
other_numbers_keep_their_places(void **state)
{
	const struct field share = {.name = "share", .type = FIELD_DECIMAL, .unit = "%"};

	(void)state;
	gives(&share, "12,3456", "12.3456");
	gives(&share, "5", "5");
}

static void
a_whole_number_has_no_fraction_and_nine_digits_at_most(void **state)
{
	const struct field *level = field_of(&contact_fields, "level");

	(void)state;
	gives(level, "3", "3");
	gives(level, "003", "3");
	gives(level, "3,00", "3");
	refused(level, "6", "wrong value", "wrong value, not one of 1, 2, 3, 4, 5: \"6\"");
	refused(level, "3,5", "not a whole number", "not a whole number, 0 to 999999999: \"3,5\"");
	refused(level, "-1", "not a whole number", "not a whole number, 0 to 999999999: \"-1\"");
	refused(level, "1000000000", "not a whole number",
		"not a whole number, 0 to 999999999: \"1000000000\"");
	refused(level, "three", "not a number", "not a number with decimal mark ',': \"three\"");
}

static void
dates_are_read_in_the_file_s_format_and_written_in_iso(void **state)
{
	const struct field *due = field_of(&invoice_fields, "due");

	(void)state;
	gives(due, "1.2.26", "2026-02-01");
	gives(due, "29.02.24", "2024-02-29");
	refused(due, "29.02.26", "not a date", "not a date as \"%d.%m.%y\": \"29.02.26\"");
	refused(due, "2026-02-01", "not a date", "not a date as \"%d.%m.%y\": \"2026-02-01\"");
}

static void
yes_and_no_are_understood_in_three_languages(void **state)
{
	const struct field *primary = field_of(&contact_fields, "primary");

	(void)state;
	gives(primary, "YES", "yes");
	gives(primary, "Да", "yes");
	gives(primary, "нет", "no");
	gives(primary, "Jā", "yes");
	gives(primary, "NĒ", "no");
	gives(primary, "0", "no");
	refused(primary, "maybe", "wrong value", "wrong value, not yes or no: \"maybe\"");
}

static void
a_word_is_one_of_those_that_the_field_knows(void **state)
{
	const struct field *tier = field_of(&account_fields, "tier");

	(void)state;
	gives(tier, "Key", "key");
	refused(tier, "gold", "wrong value",
		"wrong value, not one of key, large, standard, prospect: \"gold\"");
}

static void
lists_of_words_are_split_and_checked(void **state)
{
	const struct field *aliases = field_of(&account_fields, "aliases");
	const struct field *categories = field_of(&account_fields, "categories");

	(void)state;
	gives(aliases, " ; Ромашка,  Romashka Ltd ;;no", "[Ромашка, Romashka Ltd, \"no\"]");
	gives(aliases, ";;  , ", "");
	gives(categories, "Mentor; PARTNER", "[mentor, partner]");
	refused(categories, "mentor, friend", "wrong value",
		"wrong value, not one of breadwinner, prospective, renowned, mentor, partner, innovator: "
		"\"friend\"");
}

static void
ids_months_and_spans_have_their_own_form(void **state)
{
	const struct field id = {.name = "id", .type = FIELD_ID};
	const struct field due = {.name = "month", .type = FIELD_MONTH};
	const struct field notice = {.name = "notice", .type = FIELD_OFFSET};

	(void)state;
	gives(&id, "a.b-1", "a.b-1");
	refused(&id, "../x", "wrong value", "wrong value, not an identifier: \"../x\"");
	gives(&due, "2026-08", "2026-08");
	refused(&due, "2026-13", "wrong value", "wrong value, not a month, as 2026-11: \"2026-13\"");
	gives(&notice, "90d", "90d");
	refused(&notice, "90", "wrong value", "wrong value, not a span of time, as 90d: bd d w m y: \"90\"");
}

static void
an_empty_cell_is_no_zero_where_a_number_or_date_is_needed(void **state)
{
	struct decimal d = {0};
	struct date date;
	const char *kind;
	struct error err;

	(void)state;
	assert_int_equal(cell_decimal(&map, "", 0, &d, &kind, &err), -1);
	assert_string_equal(kind, "empty cell");
	assert_string_equal(err.text, "empty cell, a number is needed: \"\"");
	assert_false(d.known);
	assert_int_equal(cell_date(&map, "", 0, &date, &kind, &err), -1);
	assert_string_equal(kind, "empty cell");
}

static void
a_refused_cell_is_shown_cut_and_without_controls(void **state)
{
	struct decimal d;
	const char *kind;
	struct error err;
	char cell[3000] = "\x1b]0;title\a";

	(void)state;
	memset(cell + 10, '9', sizeof cell - 11);
	assert_int_equal(cell_decimal(&map, cell, strlen(cell), &d, &kind, &err), -1);
	assert_null(strpbrk(err.text, "\x1b\a"));
	assert_true(strlen(err.text) < 150);
	assert_non_null(strstr(err.text, "\"\\x1B]0;title\\x07999"));
}

static void
lists_and_maps_fit_no_cell(void **state)
{
	(void)state;
	assert_true(cell_fits(FIELD_TEXT));
	assert_true(cell_fits(FIELD_WORDS));
	assert_false(cell_fits(FIELD_LIST));
	assert_false(cell_fits(FIELD_MAP));
	assert_false(cell_fits(FIELD_PAIRS));
	assert_false(cell_fits(FIELD_DECIMALS));
	assert_false(cell_fits(FIELD_DAYS));
	assert_false(cell_fits(FIELD_ANY));
}

static void
a_currency_is_three_capitals(void **state)
{
	const struct field *currency = field_of(&account_fields, "currency");

	(void)state;
	gives(currency, "EUR", "EUR");
	refused(currency, "eur", "wrong value", "wrong value, not a currency, as EUR: \"eur\"");
	refused(currency, "EURO", "wrong value", "wrong value, not a currency, as EUR: \"EURO\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_is_kept_and_quoted_where_it_looks_like_another_type),
	    cmocka_unit_test(money_is_rounded_half_away_from_zero_to_cents),
	    cmocka_unit_test(a_currency_is_the_map_s_or_the_cell_is_refused),
	    cmocka_unit_test(a_code_stands_for_itself_and_a_sign_for_all_that_share_it),
	    cmocka_unit_test(money_that_could_not_be_read_again_is_refused),
	    cmocka_unit_test(other_numbers_keep_their_places),
	    cmocka_unit_test(a_whole_number_has_no_fraction_and_nine_digits_at_most),
	    cmocka_unit_test(dates_are_read_in_the_file_s_format_and_written_in_iso),
	    cmocka_unit_test(yes_and_no_are_understood_in_three_languages),
	    cmocka_unit_test(a_word_is_one_of_those_that_the_field_knows),
	    cmocka_unit_test(lists_of_words_are_split_and_checked),
	    cmocka_unit_test(ids_months_and_spans_have_their_own_form),
	    cmocka_unit_test(an_empty_cell_is_no_zero_where_a_number_or_date_is_needed),
	    cmocka_unit_test(a_refused_cell_is_shown_cut_and_without_controls),
	    cmocka_unit_test(lists_and_maps_fit_no_cell),
	    cmocka_unit_test(a_currency_is_three_capitals),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, NULL);
}
