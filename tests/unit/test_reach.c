#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/reach.h"

/* all numbers of a cell, a blank behind each */
static void
phones_are(const char *cell, const char *expected)
{
	char key[PHONE_DIGITS + 1];
	struct buf all = {0};

	buf_adds(&all, "");
	while (phone_next(&cell, key))
		buf_printf(&all, "%s ", key);
	assert_string_equal(all.data, expected);
	buf_free(&all);
}

/* all domains, of public providers the addresses */
static void
emails_are(const char *cell, const char *expected)
{
	struct arena arena = {0};
	struct email email;
	struct buf all = {0};

	buf_adds(&all, "");
	while (email_next(&cell, &email, &arena))
		buf_printf(&all, "%s ", email.is_public ? email.address : email.domain);
	assert_string_equal(all.data, expected);
	buf_free(&all);
	arena_free(&arena);
}

static void
a_phone_is_its_last_ten_digits(void **state)
{
	(void)state;
	phones_are("+7 (487) 200-00-01", "4872000001 ");
	phones_are("8 487 2000001", "4872000001 ");
	phones_are("4872000001", "4872000001 ");
	phones_are("200\u00A000\u201301", "2000001 ");
	phones_are("тел. 200-00-01", "2000001 ");
}

static void
a_latvian_phone_is_its_eight_digits(void **state)
{
	(void)state;
	phones_are("+371 20 000 001", "20000001 ");
	phones_are("00371 20000001", "20000001 ");
	phones_are("20000001", "20000001 ");
}

static void
several_phones_stand_in_a_cell_and_extensions_are_none(void **state)
{
	(void)state;
	phones_are("+7 487 200-00-01, доб. 1234567; +7 487 200-00-02", "4872000001 1234567 4872000002 ");
	phones_are("+7 487 200-00-01 доб. 1234567", "4872000001 ");
	phones_are("+7 487 200-00-01 ext 1234567 / 20000001", "4872000001 20000001 ");
	phones_are("+7 487 200-00-01 +7 487 200-00-02", "4872000001 4872000002 ");
	phones_are("200-00-01/02\n2000003", "2000001 2000003 ");
}

static void
what_is_no_phone_is_passed_over(void **state)
{
	(void)state;
	phones_are("", "");
	phones_are("-", "");
	phones_are("+++;;", "");
	phones_are("112", "");
	phones_are("123456", "");
	phones_are("0000000", "");
	phones_are("+0000000000", "");
	phones_are("1234567890123456", "");
	phones_are("0012345", "");
	phones_are("нет", "");
}

static void
an_email_is_its_domain_or_at_a_provider_itself(void **state)
{
	(void)state;
	emails_are("Volkov@Romashka.Example", "romashka.example ");
	emails_are("<volkov@romashka.example>, \"A. Ozols\" <a@koks.example.>",
		   "romashka.example koks.example ");
	emails_are("mailto:volkov@romashka.example", "romashka.example ");
	emails_are("Anna.Example@MAIL.RU", "anna.example@mail.ru ");
	emails_are("anna@inbox.lv;anna@gmail.com", "anna@inbox.lv anna@gmail.com ");
}

static void
what_is_no_address_is_passed_over(void **state)
{
	(void)state;
	emails_are("", "");
	emails_are("-", "");
	emails_are("@", "");
	emails_are("volkov", "");
	emails_are("volkov@", "");
	emails_are("@romashka.example", "");
	emails_are("volkov@localhost", "");
	emails_are("volkov@.example", "");
	emails_are("volkov@...", "");
	emails_are(";;, ,", "");
}

static void
cells_of_any_length_are_read(void **state)
{
	static const char bytes[] = "1+@.;a\xD0\xFF ,";
	char key[PHONE_DIGITS + 1], *cell = malloc(65537);
	struct arena arena = {0};
	struct email email;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++) {
		const char *at = cell;

		memset(cell, bytes[i], 65536);
		cell[65536] = '\0';
		for (n = 0; phone_next(&at, key);)
			n++;
		assert_int_equal(n, 0);
		for (at = cell; email_next(&at, &email, &arena);)
			n++;
		assert_int_equal(n, 0);
	}
	free(cell);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_phone_is_its_last_ten_digits),
	    cmocka_unit_test(a_latvian_phone_is_its_eight_digits),
	    cmocka_unit_test(several_phones_stand_in_a_cell_and_extensions_are_none),
	    cmocka_unit_test(what_is_no_phone_is_passed_over),
	    cmocka_unit_test(an_email_is_its_domain_or_at_a_provider_itself),
	    cmocka_unit_test(what_is_no_address_is_passed_over),
	    cmocka_unit_test(cells_of_any_length_are_read),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
