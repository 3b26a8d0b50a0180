#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

#define NINES_36 "999999999999999999999999999999999999"

static struct decimal
number(const char *s)
{
	struct decimal d = {0};

	if (decimal_parse(s, strlen(s), &d) < 0)
		fail_msg("not a number: %s", s);
	return d;
}

static void
assert_decimal(struct decimal d, const char *expected)
{
	struct buf b = {0};

	decimal_format_exact(&b, d);
	assert_string_equal(b.data != NULL ? b.data : "unknown", expected);
	buf_free(&b);
}

static void
assert_formats(const char *s, int places, const char *expected)
{
	struct buf b = {0};

	decimal_format(&b, number(s), places);
	assert_string_equal(b.data, expected);
	buf_free(&b);
}

static void
plain_numbers_are_read_exactly(void **state)
{
	(void)state;
	assert_decimal(number("0"), "0");
	assert_decimal(number("-123.45"), "-123.45");
	assert_decimal(number("+7"), "7");
	assert_decimal(number(".5"), "0.5");
	assert_decimal(number("-0.00"), "0.00");
	assert_decimal(number("00012.50"), "12.50");
	assert_decimal(number("9223372036854775808"), "9223372036854775808");
	assert_decimal(number("18446744073709551616"), "18446744073709551616");
	assert_decimal(number("123456789012345678.123456789012345678"),
		       "123456789012345678.123456789012345678");
	assert_decimal(number(NINES_36), NINES_36);
	assert_decimal(number("-" NINES_36), "-" NINES_36);
	assert_decimal(number("100000000000000000000000000000000.001"),
		       "100000000000000000000000000000000.001");
	assert_decimal(decimal_int(-42), "-42");
}

static void
what_is_no_plain_number_is_refused(void **state)
{
	static const char *const bad[] = {"",
					  "-",
					  "+",
					  ".",
					  "5.",
					  "-.",
					  "1e5",
					  "1,5",
					  " 1",
					  "1 ",
					  "1.2.3",
					  "--1",
					  "0x10",
					  "1_000",
					  "nan",
					  "inf",
					  "١",
					  "1-",
					  "1" NINES_36,
					  NINES_36 "0",
					  "0.1234567890123456789",
					  "12.5O",
					  "000000000000000001000000000000000000000000000000000000"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct decimal d = {.units = 77, .known = true};

		assert_int_equal(decimal_parse(bad[i], strlen(bad[i]), &d), -1);
		assert_decimal(d, "77");
	}
}

static void
only_the_given_bytes_are_read(void **state)
{
	struct decimal d;

	(void)state;
	assert_int_equal(decimal_parse("12.345", 4, &d), 0);
	assert_decimal(d, "12.3");
	assert_int_equal(decimal_parse("1\0002", 3, &d), -1);
}

static void
half_a_cent_rounds_away_from_zero(void **state)
{
	(void)state;
	assert_formats("0.005", 2, "0.01");
	assert_formats("-0.005", 2, "-0.01");
	assert_formats("0.00499999", 2, "0.00");
	assert_formats("-0.004", 2, "0.00");
	assert_formats("2.5", 0, "3");
	assert_formats("-2.5", 0, "-3");
	assert_formats("1.005", 2, "1.01");
	assert_formats("999.995", 2, "1000.00");
	assert_formats("12.5", 2, "12.50");
	assert_formats("12", 0, "12");
	assert_formats("12", 3, "12.000");
	assert_formats("0", 2, "0.00");
	assert_formats("0.000000000000000005", 17, "0.00000000000000001");
	assert_formats("123456789012345678901234567890.125", 2, "123456789012345678901234567890.13");
	assert_formats("7", 20, "7.00000000000000000000");
	assert_decimal(decimal_round(number("12.3456"), 2), "12.35");
	assert_decimal(decimal_round(number("12.3"), 5), "12.3");
	assert_decimal(decimal_round(number("17.5"), -3), "18");
}

static void
sums_and_products_are_exact(void **state)
{
	struct decimal a = number("0.1"), b = number("0.02"), r;

	(void)state;
	assert_int_equal(decimal_add(&r, &a, &b), 0);
	assert_decimal(r, "0.12");
	assert_int_equal(decimal_sub(&r, &b, &a), 0);
	assert_decimal(r, "-0.08");
	a = number("-2.55");
	b = number("6");
	assert_int_equal(decimal_mul(&r, &a, &b), 0);
	assert_decimal(r, "-15.30");
	a = number("123456789012345678901234567890");
	b = number("1000.00");
	assert_int_equal(decimal_mul(&r, &a, &b), 0);
	assert_decimal(r, "123456789012345678901234567890000");
	a = number("0.500000000000");
	b = number("0.250000000000");
	assert_int_equal(decimal_mul(&r, &a, &b), 0);
	assert_decimal(r, "0.125000000000000000");
	b = number("0");
	b.places = 2;
	a = number(NINES_36);
	assert_int_equal(decimal_mul(&r, &b, &a), 0);
	assert_int_equal(decimal_sign(&r), 0);
	a = number("0.500000000000");
	assert_int_equal(decimal_add(&a, &a, &a), 0);
	assert_decimal(a, "1.000000000000");
}

static void
overflow_fails_and_leaves_the_result_alone(void **state)
{
	struct decimal most = number(NINES_36), one = number("1"), fine = number("0.01"), r = number("5");
	struct decimal tiny = number("0.000000000000000001"), wide = number("10000000000000000000");

	(void)state;
	assert_int_equal(decimal_add(&r, &most, &one), -1);
	assert_int_equal(decimal_add(&r, &most, &fine), -1);
	assert_int_equal(decimal_add(&r, &most, &most), -1);
	assert_int_equal(decimal_mul(&r, &most, &most), -1);
	assert_int_equal(decimal_mul(&r, &wide, &wide), -1);
	assert_int_equal(decimal_mul(&r, &tiny, &fine), -1);
	assert_int_equal(decimal_div(&r, &most, &fine, 0), -1);
	assert_int_equal(decimal_div(&r, &most, &one, 1), -1);
	assert_int_equal(decimal_div(&r, &one, &one, 19), -1);
	assert_int_equal(decimal_div(&r, &one, &one, -1), -1);
	assert_decimal(r, "5");
	assert_int_equal(decimal_sub(&r, &most, &one), 0);
	assert_decimal(r, "999999999999999999999999999999999998");
}

static void
assert_quotient(const char *a, const char *b, int places, const char *expected)
{
	struct decimal x = number(a), y = number(b), r = {0};

	assert_int_equal(decimal_div(&r, &x, &y, places), 0);
	assert_decimal(r, expected);
}

static void
a_sum_begins_with_what_is_known_first(void **state)
{
	struct decimal sum = {0}, unknown = {0}, a = number("1.5"), most = number(NINES_36);

	(void)state;
	assert_int_equal(decimal_gather(&sum, &unknown), 0);
	assert_false(sum.known);
	assert_int_equal(decimal_gather(&sum, &a), 0);
	assert_int_equal(decimal_gather(&sum, &unknown), 0);
	assert_decimal(sum, "1.5");
	assert_int_equal(decimal_gather(&sum, &a), 0);
	assert_decimal(sum, "3.0");
	assert_int_equal(decimal_gather(&sum, &most), -1);
	assert_decimal(sum, "3.0");
}

static void
quotients_round_half_away_from_zero(void **state)
{
	(void)state;
	assert_quotient("1", "3", 4, "0.3333");
	assert_quotient("2", "3", 4, "0.6667");
	assert_quotient("-2", "3", 0, "-1");
	assert_quotient("1", "8", 2, "0.13");
	assert_quotient("-1", "8", 2, "-0.13");
	assert_quotient("0.001", "1000", 2, "0.00");
	assert_quotient("0.000000000000000005", "1", 17, "0.00000000000000001");
	assert_quotient("1.000000000000000000", "3.0", 2, "0.33");
	assert_quotient("1.249999999999999999", "2.5", 1, "0.5");
	assert_quotient("10.499999999999999999", "10", 0, "1");
	assert_quotient("100000000000000000", "0.000000000000000001", 0,
			"100000000000000000000000000000000000");
	assert_quotient("1000000000000", "1.000000000000000000", 18, "1000000000000.000000000000000000");
	assert_quotient("1", "70000000000000000000000", 18, "0.000000000000000000");
	assert_quotient("22", "7000000000000000000000", 0, "0");
	assert_quotient("22000000000000000000000", "7000000000000000000000", 18, "3.142857142857142857");
}

static void
the_unknown_stays_unknown(void **state)
{
	struct decimal unknown = {0}, one = number("1"), zero = number("0"), r = one;
	struct buf b = {0};

	(void)state;
	assert_int_equal(decimal_add(&r, &one, &unknown), 0);
	assert_false(r.known);
	r = one;
	assert_int_equal(decimal_sub(&r, &unknown, &one), 0);
	assert_false(r.known);
	r = one;
	assert_int_equal(decimal_mul(&r, &one, &unknown), 0);
	assert_false(r.known);
	r = one;
	assert_int_equal(decimal_div(&r, &one, &zero, 2), 0);
	assert_false(r.known);
	assert_false(decimal_neg(unknown).known);
	assert_false(decimal_round(unknown, 2).known);
	decimal_format(&b, unknown, 2);
	assert_int_equal(b.len, 0);
	assert_true(decimal_double(unknown) != decimal_double(unknown));
	buf_free(&b);
}

static void
assert_order(const char *a, const char *b, int expected)
{
	struct decimal x = number(a), y = number(b);
	int forth = decimal_cmp(&x, &y), back = decimal_cmp(&y, &x);

	assert_int_equal((forth > 0) - (forth < 0), expected);
	assert_int_equal((back > 0) - (back < 0), -expected);
}

static void
comparison_is_exact_whatever_the_places(void **state)
{
	(void)state;
	assert_order("1", "1.000", 0);
	assert_order("0", "-0.00", 0);
	assert_order("1", "1.000000000000000001", -1);
	assert_order("-1", "-1.000000000000000001", 1);
	assert_order("-5", "3", -1);
	assert_order(NINES_36, "1.5", 1);
	assert_order("-" NINES_36, "-1.5", -1);
	assert_order("0.05", "0.049", 1);
	assert_order("999999999999999999.999999999999999999", "1000000000000000000", -1);
}

static void
the_double_is_the_nearest(void **state)
{
	(void)state;
	assert_true(decimal_double(number("0.1")) == 0.1);
	assert_true(decimal_double(number("-123.45")) == -123.45);
	assert_true(decimal_double(number("0")) == 0.0);
	assert_true(decimal_double(number("9007199254740993")) == 9007199254740992.0);
	assert_true(decimal_double(number("9007199254740993.000000000000000001")) == 9007199254740994.0);
	assert_true(decimal_double(number("9007199254740995")) == 9007199254740996.0);
	assert_true(decimal_double(number("0.123456789012345678")) == 0.123456789012345678);
	assert_true(decimal_double(number("123456789012345678.9")) == 123456789012345678.9);
	assert_true(decimal_double(number(NINES_36)) == 1e36);
	assert_true(decimal_double(number("17.999999999999999999")) == 18.0);
}

static void
assert_reads(const struct number_format *f, const char *s, const char *expected)
{
	struct decimal d = {0};
	struct str mark;

	if (decimal_parse_format(s, strlen(s), f, &d, &mark) < 0)
		fail_msg("refused: %s", s);
	assert_decimal(d, expected);
}

static void
assert_refused(const struct number_format *f, const char *s)
{
	struct decimal d = {.units = 77, .known = true};
	struct str mark;

	if (decimal_parse_format(s, strlen(s), f, &d, &mark) == 0)
		fail_msg("accepted: %s", s);
	assert_decimal(d, "77");
}

static void
a_comma_and_blanks_read_as_the_format_says(void **state)
{
	const struct number_format f = {',', " "};

	(void)state;
	assert_reads(&f, "1 234,50", "1234.50");
	assert_reads(&f, "1\u00A0234,50", "1234.50");
	assert_reads(&f, "12\u202F345\u00A0678", "12345678");
	assert_reads(&f, "1234,5", "1234.5");
	assert_reads(&f, "-1 000", "-1000");
	assert_reads(&f, ",5", "0.5");
	assert_reads(&f, "42", "42");
	assert_refused(&f, "1.5");
	assert_refused(&f, "1 23,50");
	assert_refused(&f, "1 2345");
	assert_refused(&f, "1234 567");
	assert_refused(&f, "1  234");
	assert_refused(&f, "1'234");
	assert_refused(&f, "1,234 5");
	assert_refused(&f, "1,234 567");
	assert_refused(&f, "1,2,3");
	assert_refused(&f, "5,");
	assert_refused(&f, ",");
}

static void
group_marks_stand_between_groups_of_three(void **state)
{
	const struct number_format comma = {'.', ","}, apostrophe = {0, "'"}, point = {',', "."},
				   mixed = {'.', ", "}, either = {'.', "',"};

	(void)state;
	assert_reads(&comma, "1,234", "1234");
	assert_reads(&comma, "12,345,678.90", "12345678.90");
	assert_refused(&comma, "12,34,567");
	assert_refused(&comma, "12,5");
	assert_refused(&comma, ",123");
	assert_refused(&comma, "123,");
	assert_refused(&comma, "1,,234");
	assert_refused(&comma, "1,234.567,890");
	assert_refused(&comma, "1234,567");
	assert_reads(&apostrophe, "1'234.5", "1234.5");
	assert_reads(&apostrophe, "1\u2019234'567", "1234567");
	assert_reads(&point, "1.234,5", "1234.5");
	assert_refused(&point, "1.5");
	assert_reads(&mixed, "1,234,567", "1234567");
	assert_refused(&mixed, "1,234 567");
	assert_refused(&either, "1,234'567");
}

static void
without_group_marks_none_is_taken(void **state)
{
	const struct number_format f = {0, NULL};

	(void)state;
	assert_reads(&f, "12.5", "12.5");
	assert_reads(&f, "  12.5\t", "12.5");
	assert_reads(&f, "\u00A012", "12");
	assert_refused(&f, "12,5");
	assert_refused(&f, "1 234");
	assert_refused(&f, "1e5");
	assert_refused(&f, "");
	assert_refused(&f, "   ");
	assert_refused(&f, "-");
	assert_refused(&f, "12.5O");
	assert_refused(&f, "\xFF");
	assert_refused(&f, "1\xFF");
}

static void
a_sign_stands_once_in_any_customary_place(void **state)
{
	const struct number_format f = {0, NULL};

	(void)state;
	assert_reads(&f, "(12.50)", "-12.50");
	assert_reads(&f, "( 12.50 )", "-12.50");
	assert_reads(&f, "12.50-", "-12.50");
	assert_reads(&f, "12.50 -", "-12.50");
	assert_reads(&f, "\u221212.50", "-12.50");
	assert_reads(&f, "- 5", "-5");
	assert_reads(&f, "+ 5", "5");
	assert_reads(&f, "(0.00)", "0.00");
	assert_refused(&f, "-5-");
	assert_refused(&f, "--5");
	assert_refused(&f, "+-5");
	assert_refused(&f, "+5-");
	assert_refused(&f, "(-5)");
	assert_refused(&f, "-(5)");
	assert_refused(&f, "((5))");
	assert_refused(&f, "(5");
	assert_refused(&f, "5)");
	assert_refused(&f, ")5(");
	assert_refused(&f, "()");
	assert_refused(&f, "5+");
	assert_refused(&f, "\u20135");
}

static void
a_currency_stands_once_before_or_behind(void **state)
{
	const struct number_format f = {0, NULL}, comma = {',', " "};

	(void)state;
	assert_reads(&f, "€ 12", "12");
	assert_reads(&f, "€12.50", "12.50");
	assert_reads(&f, "12 руб.", "12");
	assert_reads(&f, "12 руб", "12");
	assert_reads(&f, "12р.", "12");
	assert_reads(&f, "RUB 12", "12");
	assert_reads(&f, "12EUR", "12");
	assert_reads(&f, "$-5", "-5");
	assert_reads(&f, "-$5", "-5");
	assert_reads(&f, "($5)", "-5");
	assert_reads(&f, "(5) USD", "-5");
	assert_reads(&f, "£1", "1");
	assert_reads(&f, "¥1", "1");
	assert_reads(&comma, "1 234,50\u00A0₽", "1234.50");
	assert_reads(&comma, "-1 234,50 руб.", "-1234.50");
	assert_refused(&f, "€ 12 EUR");
	assert_refused(&f, "12 PCS");
	assert_refused(&f, "12 eur");
	assert_refused(&f, "12 EURO");
	assert_refused(&f, "EUR");
	assert_refused(&f, "€");
	assert_refused(&f, "1 RUB 2");
	assert_refused(&f, "5 BUSD");
	assert_refused(&f, "5 D A");
}

static void
what_fits_is_read_again_when_written_with_its_places(void **state)
{
	const char *nines = "9999999999999999999999999999999999"; /* 34 */
	char text[64];

	(void)state;
	assert_true(decimal_fits(number(nines), 2));
	assert_true(decimal_fits(number("-0.005"), 2));
	assert_true(decimal_fits((struct decimal){0}, 2));
	snprintf(text, sizeof text, "-%s.99", nines);
	assert_true(decimal_fits(number(text), 2));
	snprintf(text, sizeof text, "%s1", nines);
	assert_false(decimal_fits(number(text), 2));
	assert_true(decimal_fits(number(text), 1));
	assert_true(decimal_fits(number(NINES_36), 0));
	assert_false(decimal_fits(number(NINES_36), 2));
}

static void
hostile_cells_are_refused_in_time(void **state)
{
	enum { SIZE = 1 << 20 };
	const struct number_format f = {',', " '.x"};
	static const char *const part[] = {" ", "1",	  "1 ", "123 ", "(",	   "-",
					   "€", "\u00A0", "0",	"'",	"\xE2\x80"};
	char *cell = malloc(SIZE + 8);

	(void)state;
	assert_non_null(cell);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		size_t n = strlen(part[i]);
		struct decimal d;
		struct str mark;

		for (size_t at = 0; at < SIZE; at += n)
			memcpy(cell + at, part[i], n);
		assert_int_equal(decimal_parse_format(cell, SIZE, &f, &d, &mark), -1);
	}
	free(cell);
}

static unsigned long long seed = 20261122;

static unsigned long long
random_next(void)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return seed >> 24;
}

/* up to 30 digits, so that no sum of two overflows at 0 … 5 places */
static struct decimal
random_decimal(void)
{
	struct decimal d = {.places = (int)(random_next() % 6), .known = true};
	unsigned long long digits = random_next() % 31;

	while (digits-- > 0)
		d.units = d.units * 10 + (int)(random_next() % 10);
	if (random_next() % 2 == 1)
		d.units = -d.units;
	return d;
}

static void
adding_and_taking_away_again_changes_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 10000; i++) {
		struct decimal a = random_decimal(), b = random_decimal(), sum, back;

		assert_int_equal(decimal_add(&sum, &a, &b), 0);
		assert_int_equal(decimal_sub(&back, &sum, &b), 0);
		assert_int_equal(decimal_cmp(&back, &a), 0);
		assert_int_equal(decimal_cmp(&sum, &a) > 0, decimal_sign(&b) > 0);
	}
}

static void
what_is_written_reads_back(void **state)
{
	const struct number_format f = {',', " "};

	(void)state;
	for (int i = 0; i < 10000; i++) {
		struct decimal a = random_decimal(), back;
		struct buf b = {0};
		struct str mark;

		decimal_format_exact(&b, a);
		assert_int_equal(decimal_parse(b.data, b.len, &back), 0);
		assert_int_equal(decimal_cmp(&back, &a), 0);
		assert_int_equal(back.places, a.places);
		if (strchr(b.data, '.') != NULL)
			*strchr(b.data, '.') = ',';
		assert_int_equal(decimal_parse_format(b.data, b.len, &f, &back, &mark), 0);
		assert_int_equal(decimal_cmp(&back, &a), 0);
		buf_free(&b);
	}
}

static void
a_quotient_times_the_divisor_is_within_half_a_place(void **state)
{
	int tried = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		struct decimal a = random_decimal(), b = random_decimal(), q, product, rest, twice;
		struct decimal half_place = {
		    .units = b.units < 0 ? -b.units : b.units, .places = b.places + 3, .known = true};

		if (b.units == 0 || decimal_div(&q, &a, &b, 3) < 0 || decimal_mul(&product, &q, &b) < 0)
			continue;
		if (decimal_sub(&rest, &a, &product) < 0 || decimal_add(&twice, &rest, &rest) < 0)
			continue;
		twice.units = twice.units < 0 ? -twice.units : twice.units;
		assert_true(decimal_cmp(&twice, &half_place) <= 0);
		tried++;
	}
	assert_true(tried > 5000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_numbers_are_read_exactly),
	    cmocka_unit_test(what_is_no_plain_number_is_refused),
	    cmocka_unit_test(only_the_given_bytes_are_read),
	    cmocka_unit_test(half_a_cent_rounds_away_from_zero),
	    cmocka_unit_test(sums_and_products_are_exact),
	    cmocka_unit_test(overflow_fails_and_leaves_the_result_alone),
	    cmocka_unit_test(a_sum_begins_with_what_is_known_first),
	    cmocka_unit_test(quotients_round_half_away_from_zero),
	    cmocka_unit_test(the_unknown_stays_unknown),
	    cmocka_unit_test(comparison_is_exact_whatever_the_places),
	    cmocka_unit_test(the_double_is_the_nearest),
	    cmocka_unit_test(a_comma_and_blanks_read_as_the_format_says),
	    cmocka_unit_test(group_marks_stand_between_groups_of_three),
	    cmocka_unit_test(without_group_marks_none_is_taken),
	    cmocka_unit_test(a_sign_stands_once_in_any_customary_place),
	    cmocka_unit_test(a_currency_stands_once_before_or_behind),
	    cmocka_unit_test(what_fits_is_read_again_when_written_with_its_places),
	    cmocka_unit_test(hostile_cells_are_refused_in_time),
	    cmocka_unit_test(adding_and_taking_away_again_changes_nothing),
	    cmocka_unit_test(what_is_written_reads_back),
	    cmocka_unit_test(a_quotient_times_the_divisor_is_within_half_a_place),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
