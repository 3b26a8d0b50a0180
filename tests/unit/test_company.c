#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/company.h"

static void
key_is(const char *name, const char *expected)
{
	struct arena arena = {0};

	assert_string_equal(company_name_key(&arena, name), expected);
	arena_free(&arena);
}

static void
case_quotes_punctuation_and_yo_do_not_count(void **state)
{
	(void)state;
	key_is("Ёлка-Плюс", "елка плюс");
	key_is("«ЕЛКА, плюс»", "елка плюс");
	key_is("  \"Елка\"\u00A0\u2014 „плюс“ ", "елка плюс");
	key_is("Магазин № 12", "магазин 12");
	key_is("Магазин №12", "магазин 12");
	key_is("Канцлер+", "канцлер+");
	key_is("ＡＢＣ", "abc");
	key_is("O'Neil & Sons", "o neil sons");
}

static void
legal_forms_are_left_out_before_and_after_the_name(void **state)
{
	(void)state;
	key_is("ООО «Ромашка»", "ромашка");
	key_is("Ромашка, ООО", "ромашка");
	key_is("ООО\"Ромашка\"", "ромашка");
	key_is("Общество с ограниченной ответственностью «Ромашка»", "ромашка");
	key_is("ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО РОМАШКА", "ромашка");
	key_is("ФГУП Ромашка", "ромашка");
	key_is("OOO Romashka", "romashka");
	key_is("SIA \"Ķeguma Koks\"", "ķeguma koks");
	key_is("Ķeguma Koks SIA", "ķeguma koks");
	key_is("Sabiedrība ar ierobežotu atbildību \"Ķeguma Koks\"", "ķeguma koks");
	key_is("AS Koks", "koks");
	key_is("Harbour Cartons Ltd.", "harbour cartons");
	key_is("Harbour Cartons Limited", "harbour cartons");
	key_is("Harbour Cartons, Inc", "harbour cartons");
	key_is("Hafen SE", "hafen");
	key_is("Hafen UG (haftungsbeschränkt)", "hafen");
}

static void
several_forms_go_together(void **state)
{
	(void)state;
	key_is("Hafen GmbH & Co. KG", "hafen");
	key_is("Hafen & Co", "hafen");
	key_is("ООО Ромашка Ltd", "ромашка");
	key_is("Hafen Gesellschaft m.b.H.", "hafen");
}

static void
forms_may_have_dots_and_slashes(void **state)
{
	(void)state;
	key_is("О.О.О. Ромашка", "ромашка");
	key_is("Harbour Cartons L.L.C.", "harbour cartons");
	key_is("Hafen G.m.b.H", "hafen");
	key_is("Koks A/S", "koks");
	key_is("Hafen e.K.", "hafen");
	key_is("Hafen e. K.", "hafen");
}

/* or ИП Иванов А. О. and ИП Иванов И. П. were one person */
static void
initials_are_no_forms(void **state)
{
	(void)state;
	key_is("ИП Иванов А.О.", "иванов а о");
	key_is("ИП Иванов И. П.", "иванов и п");
	key_is("Ozols K.S.", "ozols k s");
}

static void
forms_inside_a_name_or_a_word_stay(void **state)
{
	(void)state;
	key_is("Дом АО Мебель", "дом ао мебель");
	key_is("Асилия", "асилия");
	key_is("Siala", "siala");
	key_is("Cosmo Inclusive", "cosmo inclusive");
	key_is("Ип-поддром", "поддром");
	key_is("Too Good", "too good");
}

static void
numbers_and_marks_stay(void **state)
{
	(void)state;
	key_is("Магазин 1-2", "магазин 1 2");
	key_is("Магазин 12", "магазин 12");
	key_is("Keguma", "keguma");
	key_is("Ķeguma", "ķeguma");
}

static void
a_name_of_nothing_but_forms_stays_whole(void **state)
{
	(void)state;
	key_is("ООО", "ооо");
	key_is("SIA", "sia");
	key_is("«АО» Company", "ао company");
	key_is("GmbH & Co. KG", "gmbh co kg");
}

static void
a_key_is_empty_only_for_a_blank_name(void **state)
{
	(void)state;
	key_is("", "");
	key_is(" \t\u00A0\u200B", "");
	key_is("«—»", "«—»");
	key_is("№", "");
	key_is("北", "北");
}

static void
a_key_is_its_own_key(void **state)
{
	static const char *const names[] = {"ООО «Ромашка»", "Hafen GmbH & Co. KG", "О.О.О.", "A/S", "№ 5"};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *key = company_name_key(&arena, names[i]);

		assert_string_equal(company_name_key(&arena, key), key);
	}
	arena_free(&arena);
}

static void
bytes_that_are_no_text_stay_different(void **state)
{
	(void)state;
	key_is("A\xFF", "a xff");
	key_is("A\xFE", "a xfe");
}

/* forms without end, letters without blanks, dots alone: time must not grow with the square */
static void
names_of_any_length_have_keys(void **state)
{
	static const char *const pieces[] = {"ооо ", "x", "a.", ".", "a/", "\xCC\x81"};
	struct arena arena = {0};
	struct buf name = {0};

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		buf_clear(&name);
		while (name.len < 65536)
			buf_adds(&name, pieces[i]);
		assert_true(strlen(company_name_key(&arena, name.data)) > 0);
		buf_adds(&name, " Ромашка");
		assert_non_null(strstr(company_name_key(&arena, name.data), "ромашка"));
	}
	buf_free(&name);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(case_quotes_punctuation_and_yo_do_not_count),
	    cmocka_unit_test(legal_forms_are_left_out_before_and_after_the_name),
	    cmocka_unit_test(several_forms_go_together),
	    cmocka_unit_test(forms_may_have_dots_and_slashes),
	    cmocka_unit_test(initials_are_no_forms),
	    cmocka_unit_test(forms_inside_a_name_or_a_word_stay),
	    cmocka_unit_test(numbers_and_marks_stay),
	    cmocka_unit_test(a_name_of_nothing_but_forms_stays_whole),
	    cmocka_unit_test(a_key_is_empty_only_for_a_blank_name),
	    cmocka_unit_test(a_key_is_its_own_key),
	    cmocka_unit_test(bytes_that_are_no_text_stay_different),
	    cmocka_unit_test(names_of_any_length_have_keys),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
