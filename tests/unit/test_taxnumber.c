#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/taxnumber.h"

static void
reads(const char *cell, const char *country, const char *number)
{
	struct arena arena = {0};
	struct tax_number tax;

	assert_true(tax_number_read(&tax, cell, &arena));
	assert_string_equal(tax.country, country);
	assert_string_equal(tax.number, number);
	arena_free(&arena);
}

static void
is_none(const char *cell)
{
	struct arena arena = {0};
	struct tax_number tax;

	if (tax_number_read(&tax, cell, &arena))
		fail_msg("%s is a tax number", cell);
	arena_free(&arena);
}

static bool
equal(const char *a, const char *b)
{
	struct arena arena = {0};
	struct tax_number x, y;
	bool same;

	assert_true(tax_number_read(&x, a, &arena) && tax_number_read(&y, b, &arena));
	same = tax_number_equal(&x, &y);
	assert_int_equal(tax_number_equal(&y, &x), same);
	arena_free(&arena);
	return same;
}

static void
systems_of_tax_numbers_are_known_by_name(void **state)
{
	(void)state;
	assert_true(tax_system("inn"));
	assert_true(tax_system("INN"));
	assert_true(tax_system("ИНН"));
	assert_true(tax_system("инн"));
	assert_true(tax_system("tax-number"));
	assert_true(tax_system("Tax_Number"));
	assert_true(tax_system("USt-Id"));
	assert_false(tax_system("1c"));
	assert_false(tax_system("crm"));
	assert_false(tax_system("uid"));
	assert_false(tax_system("in"));
	assert_false(tax_system("inner"));
	assert_false(tax_system(""));
	assert_false(tax_system("-"));
}

static void
blanks_hyphens_dots_and_case_do_not_count(void **state)
{
	(void)state;
	reads("7701234567", "", "7701234567");
	reads(" 77 01-23.45\u00A067 ", "", "7701234567");
	reads("007701234567", "", "007701234567");
	reads("u-12345678", "", "u12345678");
	reads("12/345/67890", "", "1234567890");
}

static void
a_country_stands_apart(void **state)
{
	(void)state;
	reads("LV40003000000", "lv", "40003000000");
	reads("lv 4000-3000-000", "lv", "40003000000");
	reads("ATU12345678", "at", "u12345678");
	assert_true(equal("LV40003000000", "40003000000"));
	assert_true(equal("LV40003000000", "lv-40003000000"));
	assert_false(equal("LV40003000000", "LT40003000000"));
	assert_false(equal("40003000000", "40003000001"));
}

static void
of_inn_and_kpp_the_inn_counts(void **state)
{
	(void)state;
	reads("7701234567/770101001", "", "7701234567");
	reads("7701234567 / 770101001", "", "7701234567");
	reads("770123456789/7701AB001", "", "770123456789");
	/* not so written */
	reads("7701234567/77", "", "770123456777");
	reads("7701234567/770101001/1", "", "77012345677701010011");
	reads("77012345/770101001", "", "77012345770101001");
}

static void
what_stands_for_none_is_none(void **state)
{
	(void)state;
	is_none("");
	is_none("-");
	is_none("n/a");
	is_none("нет");
	is_none("0");
	is_none("123");
	is_none("0000000000");
	is_none("LV1");
	is_none("7777777777/000000000");
}

static void
cells_of_any_length_and_bytes_are_read(void **state)
{
	char *cell = malloc(65537);
	struct arena arena = {0};
	struct tax_number tax;

	(void)state;
	memset(cell, '/', 65536);
	cell[65536] = '\0';
	assert_false(tax_number_read(&tax, cell, &arena));
	memset(cell, '1', 65536);
	cell[0] = '2';
	assert_true(tax_number_read(&tax, cell, &arena));
	assert_int_equal(strlen(tax.number), 65536);
	assert_true(tax_number_read(&tax,
				    "\xFF"
				    "1234",
				    &arena));
	arena_free(&arena);
	free(cell);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(systems_of_tax_numbers_are_known_by_name),
	    cmocka_unit_test(blanks_hyphens_dots_and_case_do_not_count),
	    cmocka_unit_test(a_country_stands_apart),
	    cmocka_unit_test(of_inn_and_kpp_the_inn_counts),
	    cmocka_unit_test(what_stands_for_none_is_none),
	    cmocka_unit_test(cells_of_any_length_and_bytes_are_read),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
