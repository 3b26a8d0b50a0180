#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static size_t
check(const char *s)
{
	return utf8_check(s, strlen(s));
}

static void
valid_text_of_every_length_is_accepted(void **state)
{
	const char *text = "abcdefgh Ромашка ķ € 漢字 😀 \U0010FFFF \uD7FF\uE000 и ещё ASCII до конца строки";

	(void)state;
	assert_int_equal(check(text), strlen(text));
	assert_int_equal(utf8_check("", 0), 0);
	assert_int_equal(utf8_check(NULL, 0), 0);
	assert_int_equal(utf8_check("a\0b", 3), 3);
}

static void
overlong_forms_surrogates_and_cut_characters_are_refused(void **state)
{
	static const char *const bad[] = {
	    "\x80",		/* continuation alone */
	    "\xC0\x80",		/* NUL in two bytes */
	    "\xC1\xBF",		/* overlong */
	    "\xE0\x9F\xBF",	/* overlong */
	    "\xED\xA0\x80",	/* surrogate */
	    "\xED\xBF\xBF",	/* surrogate */
	    "\xF0\x8F\xBF\xBF", /* overlong */
	    "\xF4\x90\x80\x80", /* beyond U+10FFFF */
	    "\xF5\x80\x80\x80",
	    "\xFF",
	    "\xD0",
	    "\xE2\x82",
	    "\xF0\x9F\x98",
	    "\xD0x",
	    "\xE2\x82x",
	    "\xE2x\x82",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		for (size_t before = 0; before < 20; before++) {
			char text[64];

			memset(text, 'a', before);
			memcpy(text + before, bad[i], strlen(bad[i]) + 1);
			assert_int_equal(check(text), before);
		}
	}
	assert_int_equal(utf8_check("Ром\xD0", 7), 6);
}

static void
characters_and_columns_are_counted_apart(void **state)
{
	(void)state;
	assert_int_equal(utf8_count("Ķeguma", strlen("Ķeguma")), 6);
	assert_int_equal(utf8_count("漢字😀", strlen("漢字😀")), 3);
	assert_int_equal(text_width("Ромашка", strlen("Ромашка")), 7);
	assert_int_equal(text_width("漢字", strlen("漢字")), 4);
	assert_int_equal(text_width("😀", strlen("😀")), 2);
	assert_int_equal(text_width("e\u0301", strlen("e\u0301")), 1);
	assert_int_equal(text_width("", 0), 0);
}

static void
a_fitting_prefix_keeps_characters_and_their_marks_whole(void **state)
{
	const char *marked = "e\u0301\u0302x";

	(void)state;
	assert_int_equal(text_fit("Ромашка", strlen("Ромашка"), 3), 6);
	assert_int_equal(text_fit("漢字", strlen("漢字"), 3), 3);
	assert_int_equal(text_fit(marked, strlen(marked), 1), 5);
	assert_int_equal(text_fit("abc", 3, 10), 3);
	assert_int_equal(text_fit("abc", 3, 0), 0);
}

static void
assert_safe(const char *text, const char *expected)
{
	struct buf b = {0};

	text_safe(&b, text, strlen(text));
	assert_string_equal(b.data, expected);
	buf_free(&b);
}

static void
no_control_character_survives_safe_printing(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_safe("ООО «Ромашка» 漢", "ООО «Ромашка» 漢");
	assert_safe("a\x1b[31mb", "a\\x1B[31mb");
	assert_safe("a\nb\tc\x7F", "a\\x0Ab\\x09c\\x7F");
	assert_safe("\xC2\x85\xC2\x9B", "\\u0085\\u009B");
	assert_safe("a\u202Eb\u2066c\u200Fd\u061C", "a\\u202Eb\\u2066c\\u200Fd\\u061C");
	assert_safe("a\u2028b", "a\\u2028b");
	assert_safe("\xD0\xFFz\xE2\x82", "\\xD0\\xFFz\\xE2\\x82");
	assert_safe("", "");
	text_safe(&b, "a\0b", 3);
	text_safe(&b, NULL, 0);
	assert_string_equal(b.data, "a\\x00b");
	buf_free(&b);
}

static void
a_count_takes_the_plural_but_of_one(void **state)
{
	struct arena a = {0};

	(void)state;
	assert_string_equal(text_count(&a, 0, "verdict"), "0 verdicts");
	assert_string_equal(text_count(&a, 1, "verdict"), "1 verdict");
	assert_string_equal(text_count(&a, 2, "verdict"), "2 verdicts");
	arena_free(&a);
}

static void
a_quotation_has_at_most_sixty_columns(void **state)
{
	struct arena a = {0};
	char text[2001];
	const char *quoted;

	(void)state;
	assert_string_equal(text_quoted(&a, "12.5O"), "\"12.5O\"");
	assert_string_equal(text_quoted(&a, ""), "\"\"");
	assert_string_equal(text_quoted(&a, "a\nb"), "\"a\\x0Ab\"");
	for (size_t i = 0; i < 2000; i += 2)
		memcpy(text + i, "ж", 3);
	text[120] = '\0';
	quoted = text_quoted(&a, text);
	assert_int_equal(text_width(quoted, strlen(quoted)), 62);
	assert_null(strstr(quoted, "…"));
	memcpy(text + 120, "ж", 3);
	quoted = text_quoted(&a, text);
	assert_int_equal(text_width(quoted, strlen(quoted)), 62);
	assert_string_equal(quoted + strlen(quoted) - 4, "…\"");
	for (size_t i = 0; i < 2000; i += 2)
		memcpy(text + i, "\u0301", 3);
	quoted = text_quoted(&a, text);
	assert_true(strlen(quoted) < 600);
	assert_string_equal(quoted + strlen(quoted) - 4, "…\"");
	assert_int_equal(utf8_check(quoted, strlen(quoted)), strlen(quoted));
	arena_free(&a);
}

static void
assert_folds(const char *text, const char *expected)
{
	struct arena a = {0};

	assert_string_equal(text_fold(&a, text, strlen(text)), expected);
	arena_free(&a);
}

static void
names_that_people_take_for_equal_fold_alike(void **state)
{
	(void)state;
	assert_folds("ООО «РОМАШКА»", "ооо «ромашка»");
	assert_folds("  Королёв\u00A0\u202F и\t\nСыновья  ", "королев и сыновья");
	assert_folds("КОРОЛЕ\u0308В", "королев");
	assert_folds("Ёлка", "елка");
	assert_folds("И\u0306ога", "йога");
	assert_folds("SIA ĶEGUMA", "sia ķeguma");
	assert_folds("Straße", "strasse");
	assert_folds("ＡＢＣ ﬁn №", "abc fin no");
	assert_folds("co\u00ADop\u200B", "coop");
	assert_folds("   ", "");
	assert_folds("", "");
	assert_folds("ABC  d", "abc d");
	assert_folds("я\u1680б\u2028в\u2029\u3000г\x7F", "я б в г");
}

static void
folding_invalid_bytes_keeps_different_names_different(void **state)
{
	struct arena a = {0};

	(void)state;
	assert_string_not_equal(text_fold(&a, "a\xC0", 2), text_fold(&a, "a\xC1", 2));
	arena_free(&a);
}

static void
long_text_folds_as_its_parts_do(void **state)
{
	struct arena a = {0};
	struct buf b = {0}, expected = {0};
	const char *folded;

	(void)state;
	for (int i = 0; i < 500; i++) {
		buf_adds(&b, "Ёжик Й ");
		buf_adds(&expected, i > 0 ? " ежик й" : "ежик й");
	}
	assert_string_equal(text_fold(&a, b.data, b.len), expected.data);
	buf_clear(&b);
	for (int i = 0; i < 3000; i++)
		buf_adds(&b, "Щ");
	folded = text_fold(&a, b.data, b.len);
	assert_int_equal(strlen(folded), 6000);
	assert_memory_equal(folded + 5998, "щ", 2);
	buf_free(&b);
	buf_free(&expected);
	arena_free(&a);
}

/* a megabyte of marks in the worst order takes hours if they are sorted at once */
static void
a_megabyte_of_combining_marks_is_folded_in_time(void **state)
{
	struct arena a = {0};
	struct buf b = {0};

	(void)state;
	for (int i = 0; i < 1 << 18; i++)
		buf_adds(&b, "\u0301\u0323");
	assert_true(strlen(text_fold(&a, b.data, b.len)) > 0);
	assert_string_equal(text_translit(&a, b.data, b.len), "");
	buf_clear(&b);
	for (int i = 0; i < 1 << 16; i++)
		buf_adds(&b, "\uFDFA");
	assert_true(strlen(text_fold(&a, b.data, b.len)) > 20u << 16);
	buf_free(&b);
	arena_free(&a);
}

static void
assert_translit(const char *text, const char *expected)
{
	struct arena a = {0};

	assert_string_equal(text_translit(&a, text, strlen(text)), expected);
	arena_free(&a);
}

static void
cyrillic_becomes_latin(void **state)
{
	(void)state;
	assert_translit("ООО «Ромашка»", "ooo-romashka");
	assert_translit("Щёлковский съезд", "shchelkovskiy-sezd");
	assert_translit("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "abvgdeezhziyklmnoprstufkhtschshshchyeyuya");
	assert_translit("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "abvgdeezhziyklmnoprstufkhtschshshchyeyuya");
	assert_translit("Її Єднання ґанок", "yiyi-yednannya-ganok");
	assert_translit("Слуцкі хлеб ў", "slutski-khleb-u");
	assert_translit("И\u0306од", "yod");
	assert_translit("ъ", "");
}

static void
latin_with_marks_loses_them(void **state)
{
	(void)state;
	assert_translit("SIA Ķeguma Koks", "sia-keguma-koks");
	assert_translit("āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ", "acegiklnsuz-acegiklnsuz");
	assert_translit("ąčęėįšųūž", "aceeisuuz");
	assert_translit("õäöü šž", "oaou-sz");
	assert_translit("Łódź żółć ĄĘ", "lodz-zolc-ae");
	assert_translit("Größe Ærø Đorđe", "grosse-aero-dorde");
	assert_translit("K\u0327eguma", "keguma");
	assert_translit("æðøþđħıĸłŋœŧƀƒǥə", "aedothdhiklnoetbfga");
	assert_translit("ѣґғҗқңүұҳҷһәө", "eggzhknuukhchhao");
	assert_translit("ђѓєѕіїјљњћќѝўџ", "djgyeziyijljnjckiudz");
}

static void
all_else_becomes_one_dash_and_none_at_the_ends(void **state)
{
	(void)state;
	assert_translit("  --A & B, (C)!  ", "a-b-c");
	assert_translit("7-я Верста/2", "7-ya-versta-2");
	assert_translit("az 0189", "az-0189");
	assert_translit("../../etc/passwd", "etc-passwd");
	assert_translit("漢字", "");
	assert_translit("", "");
}

static void
the_nearest_word_is_found_within_two_edits(void **state)
{
	static const char *const words[] = {"revenue", "margin", "returns", "Контрагент", "id"};

	(void)state;
	assert_string_equal(text_nearest("revenu", words, 5), "revenue");
	assert_string_equal(text_nearest("ervenue", words, 5), "revenue");
	assert_string_equal(text_nearest("revennuee", words, 5), "revenue");
	assert_string_equal(text_nearest("reenu", words, 5), "revenue");
	assert_string_equal(text_nearest("margni", words, 5), "margin");
	assert_string_equal(text_nearest("Кантрогент", words, 5), "Контрагент");
	assert_null(text_nearest("Кантрогенд", words, 5));
	assert_null(text_nearest("quantity", words, 5));
	assert_string_equal(text_nearest("ie", words, 5), "id");
	assert_null(text_nearest("xy", words, 5));
	assert_string_equal(text_nearest("di", words, 5), "id");
	assert_null(text_nearest("", words, 5));
	assert_null(text_nearest("revenue", words, 0));
}

static void
a_short_word_has_its_nearest_within_one_edit(void **state)
{
	static const char *const words[] = {"log", "tier", "drop"};

	(void)state;
	assert_null(text_nearest("foo", words, 3));
	assert_null(text_nearest("time", words, 3));
	assert_string_equal(text_nearest("lgo", words, 3), "log");
	assert_string_equal(text_nearest("teir", words, 3), "tier");
	assert_string_equal(text_nearest("drp", words, 3), "drop");
}

static void
a_word_of_a_thousand_letters_has_no_nearest(void **state)
{
	char text[1001];
	const char *const words[] = {text};

	(void)state;
	memset(text, 'a', 1000);
	text[1000] = '\0';
	assert_null(text_nearest(text, words, 1));
	text[64] = '\0';
	assert_ptr_equal(text_nearest(text, words, 1), text);
}

/* every bit of the text moves about half of the hash */
static void
a_hash_depends_on_every_bit(void **state)
{
	char text[80] = {0};

	(void)state;
	for (size_t n = 1; n < sizeof(text); n++) {
		unsigned long long plain = text_hash(text, n);

		for (size_t bit = 0; bit < n * 8; bit++) {
			int changed;

			text[bit / 8] = (char)(1 << bit % 8);
			changed = __builtin_popcountll(text_hash(text, n) ^ plain);
			text[bit / 8] = 0;
			assert_in_range(changed, 10, 54);
		}
	}
	assert_true(text_hash("a", 1) != text_hash("a\0", 2));
}

static int
compare_hashes(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a, y = *(const unsigned long long *)b;

	return (x > y) - (x < y);
}

static void
hashes_of_numbered_names_do_not_collide_nor_crowd(void **state)
{
	enum { NAMES = 100000, BUCKETS = 1024 };
	unsigned long long *hash = calloc(NAMES, sizeof(*hash));
	size_t bucket[BUCKETS] = {0};

	(void)state;
	assert_non_null(hash);
	for (int i = 0; i < NAMES; i++) {
		struct buf b = {0};

		buf_printf(&b, "account-%d", i);
		hash[i] = text_hash(b.data, b.len);
		bucket[hash[i] % BUCKETS]++;
		buf_free(&b);
	}
	for (size_t i = 0; i < BUCKETS; i++)
		assert_in_range(bucket[i], 45, 165);
	qsort(hash, NAMES, sizeof(*hash), compare_hashes);
	for (int i = 1; i < NAMES; i++)
		assert_true(hash[i] != hash[i - 1]);
	free(hash);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(valid_text_of_every_length_is_accepted),
	    cmocka_unit_test(overlong_forms_surrogates_and_cut_characters_are_refused),
	    cmocka_unit_test(characters_and_columns_are_counted_apart),
	    cmocka_unit_test(a_fitting_prefix_keeps_characters_and_their_marks_whole),
	    cmocka_unit_test(no_control_character_survives_safe_printing),
	    cmocka_unit_test(a_quotation_has_at_most_sixty_columns),
	    cmocka_unit_test(a_count_takes_the_plural_but_of_one),
	    cmocka_unit_test(names_that_people_take_for_equal_fold_alike),
	    cmocka_unit_test(folding_invalid_bytes_keeps_different_names_different),
	    cmocka_unit_test(long_text_folds_as_its_parts_do),
	    cmocka_unit_test(a_megabyte_of_combining_marks_is_folded_in_time),
	    cmocka_unit_test(cyrillic_becomes_latin),
	    cmocka_unit_test(latin_with_marks_loses_them),
	    cmocka_unit_test(all_else_becomes_one_dash_and_none_at_the_ends),
	    cmocka_unit_test(the_nearest_word_is_found_within_two_edits),
	    cmocka_unit_test(a_short_word_has_its_nearest_within_one_edit),
	    cmocka_unit_test(a_word_of_a_thousand_letters_has_no_nearest),
	    cmocka_unit_test(a_hash_depends_on_every_bit),
	    cmocka_unit_test(hashes_of_numbered_names_do_not_collide_nor_crowd),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
