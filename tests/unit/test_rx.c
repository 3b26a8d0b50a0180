#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rx.h"

static struct rx *
compile(const char *pattern)
{
	struct error err;
	struct rx *rx = rx_new(pattern, &err);

	if (rx == NULL)
		fail_msg("%s", err.text);
	return rx;
}

static enum rx_result
match(const char *pattern, const char *subject)
{
	struct rx *rx = compile(pattern);
	enum rx_result result = rx_match(rx, subject, strlen(subject), NULL);

	rx_free(rx);
	return result;
}

static void
assert_replaced(const char *pattern, const char *subject, const char *replacement, const char *expected)
{
	struct rx *rx = compile(pattern);
	struct buf b = {0};
	struct error err;

	buf_adds(&b, "<");
	if (rx_replace(rx, subject, strlen(subject), replacement, &b, &err) < 0)
		fail_msg("%s", err.text);
	assert_string_equal(b.data + 1, expected);
	assert_int_equal(b.len, strlen(b.data));
	buf_free(&b);
	rx_free(rx);
}

static void
patterns_know_cyrillic_and_blanks_of_all_kinds(void **state)
{
	(void)state;
	assert_int_equal(match("^(ООО|ЗАО)\\s+", "ООО\u00A0Ромашка"), RX_YES);
	assert_int_equal(match("\\bдом\\b", "дом, милый"), RX_YES);
	assert_int_equal(match("\\bдом\\b", "домик"), RX_NO);
	assert_int_equal(match("(?i)^ромашка$", "РОМАШКА"), RX_YES);
	assert_int_equal(match("^.$", "я"), RX_YES);
	assert_int_equal(match("^\\w+$", "Ķeguma"), RX_YES);
	assert_int_equal(match("", ""), RX_YES);
}

static void
a_bad_pattern_is_refused_with_its_place(void **state)
{
	struct error err;
	char *huge = malloc(20001);

	(void)state;
	assert_null(rx_new("ab(c", &err));
	assert_string_equal(err.text, "pattern, at offset 4: missing closing parenthesis");
	assert_null(rx_new("a\\Cb", &err));
	assert_null(rx_new("\xFF", &err));
	assert_non_null(huge);
	memset(huge, '(', 20000);
	huge[20000] = '\0';
	assert_null(rx_new(huge, &err));
	huge[10000] = '\0';
	assert_null(rx_new(huge, &err));
	assert_null(rx_new("((a{1,1000}){1,1000}){1,1000}", &err));
	assert_null(rx_new("(", NULL));
	free(huge);
}

static void
the_first_match_is_found_with_its_place(void **state)
{
	struct rx *rx = compile("б+");
	const char *subject = "аббаб";
	struct str found = {0};

	(void)state;
	assert_int_equal(rx_find(rx, subject, strlen(subject), &found, NULL), RX_YES);
	assert_ptr_equal(found.p, subject + 2);
	assert_int_equal(found.n, 4);
	assert_int_equal(rx_find(rx, "а", 2, &found, NULL), RX_NO);
	rx_free(rx);
}

static void
assert_begins(const char *pattern, const char *start, bool can)
{
	struct rx *rx = compile(pattern);

	if (rx_can_begin(rx, start, strlen(start)) != can)
		fail_msg("%s: %s", pattern, start);
	rx_free(rx);
}

static void
what_could_become_a_match_is_told_from_what_could_not(void **state)
{
	(void)state;
	assert_begins("ворота|забор", "во", true);
	assert_begins("ворота|забор", "за", true);
	assert_begins("ворота|забор", "до", false);
	assert_begins("ворота", "ворота и", true);
	assert_begins("(?i)ВОР\\b", "вор", true);
	assert_begins("вор(?!о)", "вор", true);
	assert_begins("вор(?!о)", "воро", false);
	assert_begins("(?<!от )вор", "вор", true);
	assert_begins("он .*вор", "он ва", true);
	assert_begins("вор", "а вор", false);
}

static void
every_match_is_replaced(void **state)
{
	(void)state;
	assert_replaced("\\s+", "a  b\u00A0 c", " ", "a b c");
	assert_replaced("^(ООО|ЗАО|ПАО|АО|ИП)\\s+(.+)$", "ООО Ромашка", "$2", "Ромашка");
	assert_replaced("(a)(b)?", "ab a", "[$2${1}]", "[ba] [a]");
	assert_replaced("(?<n>[0-9]+)", "7 и 8", "<${n}>", "<7> и <8>");
	assert_replaced("[0-9]+", "12", "$$1", "$1");
	assert_replaced("x", "axb", "\\n", "a\\nb");
	assert_replaced("\\.0$", "17850.0", "", "17850");
	assert_replaced("a", "a", "", "");
}

static void
empty_matches_advance_by_whole_characters(void **state)
{
	(void)state;
	assert_replaced("x*", "абв", "-", "-а-б-в-");
	assert_replaced("x*", "", "-", "-");
	assert_replaced("$", "漢字", "!", "漢字!");
	assert_replaced("(?=б)", "абаб", "|", "а|ба|б");
	assert_replaced("х*", "ахб", "-", "-а--б-");
}

static void
without_a_match_nothing_is_appended(void **state)
{
	struct rx *rx = compile("x");
	struct buf b = {0};

	(void)state;
	assert_int_equal(rx_replace(rx, "abc", 3, "y", &b, NULL), RX_NO);
	assert_int_equal(b.len, 0);
	buf_adds(&b, "kept");
	assert_int_equal(rx_replace(rx, "abc", 3, "y", &b, NULL), RX_NO);
	assert_string_equal(b.data, "kept");
	buf_free(&b);
	rx_free(rx);
}

static void
a_result_longer_than_its_subject_is_whole(void **state)
{
	struct rx *rx = compile("a");
	struct buf b = {0};
	char text[1000];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(rx_replace(rx, text, sizeof(text), "0123456789", &b, NULL), RX_YES);
	assert_int_equal(b.len, 10000);
	assert_int_equal(strlen(b.data), 10000);
	assert_string_equal(b.data + 9990, "0123456789");
	buf_free(&b);
	rx_free(rx);
}

static void
a_replacement_that_does_not_suit_is_an_error(void **state)
{
	struct rx *rx = compile("(a)");
	struct error err = {0};
	struct buf b = {0};

	(void)state;
	buf_adds(&b, "kept");
	assert_int_equal(rx_replace(rx, "a", 1, "$2", &b, &err), RX_ERROR);
	assert_non_null(strstr(err.text, "\"$2\" does not suit"));
	assert_int_equal(rx_replace(rx, "xa", 2, "${1", &b, &err), RX_ERROR);
	assert_non_null(strstr(err.text, "\"${1\" does not suit"));
	assert_int_equal(rx_replace(rx, "xa", 2, "$", &b, &err), RX_ERROR);
	assert_non_null(strstr(err.text, "\"$\" does not suit"));
	assert_int_equal(rx_replace(rx, "xa", 2, "${none}", &b, &err), RX_ERROR);
	assert_non_null(strstr(err.text, "\"${none}\" does not suit"));
	assert_string_equal(b.data, "kept");
	buf_free(&b);
	rx_free(rx);
}

static void
a_match_that_would_take_for_ever_is_given_up(void **state)
{
	static const char *const slow[] = {"(a+)+$",
					   "(a|a)*$",
					   "(a|aa)+$",
					   "^(a?){60}a{60}$",
					   "(.*)(.*)(.*)(.*)(.*)[bz]$",
					   "(?:(?=(a+))a)+(?:x|y)",
					   "(*NO_JIT)(a+)+$",
					   "(*LIMIT_MATCH=4000000000)(a+)+$"};
	char text[61];

	(void)state;
	memset(text, 'a', 59);
	strcpy(text + 59, "!");
	for (size_t i = 0; i < sizeof(slow) / sizeof(slow[0]); i++) {
		struct rx *rx = compile(slow[i]);
		struct error err = {0};
		struct buf b = {0};
		enum rx_result result = rx_match(rx, text, 60, &err);

		assert_true(result == RX_LIMIT || result == RX_NO);
		if (result == RX_LIMIT)
			assert_non_null(strstr(err.text, "too many steps"));
		assert_int_equal(rx_replace(rx, text, 60, "x", &b, NULL), result);
		assert_int_equal(b.len, 0);
		rx_free(rx);
	}
	assert_int_equal(match("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), RX_LIMIT);
	assert_int_equal(match("(*NO_JIT)(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
			 RX_LIMIT);
}

static void
deep_recursion_is_given_up(void **state)
{
	struct rx *rx = compile("^(\\((?1)*\\)|a)+$");
	char *text = malloc(RX_SUBJECT_MAX);
	struct error err = {0};

	(void)state;
	assert_non_null(text);
	memset(text, '(', RX_SUBJECT_MAX);
	assert_int_equal(rx_match(rx, text, RX_SUBJECT_MAX, &err), RX_LIMIT);
	assert_int_equal(rx_match(rx, "((a)a)", 6, &err), RX_YES);
	free(text);
	rx_free(rx);
}

static void
a_long_match_has_the_stack_it_needs(void **state)
{
	struct rx *rx = compile("^(?:a|b)*c$");
	char text[20001];

	(void)state;
	memset(text, 'a', 20000);
	text[20000] = 'c';
	assert_int_equal(rx_match(rx, text, sizeof(text), NULL), RX_YES);
	rx_free(rx);
}

static void
subject_and_result_have_a_longest_length(void **state)
{
	struct rx *rx = compile("a");
	char *text = malloc(RX_SUBJECT_MAX + 1);
	struct error err = {0};
	struct buf b = {0};

	(void)state;
	assert_non_null(text);
	memset(text, 'a', RX_SUBJECT_MAX + 1);
	assert_int_equal(rx_match(rx, text, RX_SUBJECT_MAX, &err), RX_YES);
	assert_int_equal(rx_match(rx, text, RX_SUBJECT_MAX + 1, &err), RX_LIMIT);
	assert_non_null(strstr(err.text, "65537 bytes"));
	assert_int_equal(rx_replace(rx, text, RX_SUBJECT_MAX, "0123456789", &b, &err), RX_YES);
	assert_int_equal(b.len, 655360);
	buf_clear(&b);
	assert_int_equal(rx_replace(rx, text, RX_SUBJECT_MAX, "0123456789abcdefX", &b, &err), RX_LIMIT);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	free(text);
	rx_free(rx);
}

static void
a_subject_that_is_not_utf8_is_an_error(void **state)
{
	struct rx *rx = compile("a");
	struct error err = {0};

	(void)state;
	assert_int_equal(rx_match(rx, "a\xFF", 2, &err), RX_ERROR);
	assert_non_null(strstr(err.text, "UTF-8"));
	assert_int_equal(rx_match(rx, "a\0b", 3, &err), RX_YES);
	rx_free(rx);
	rx_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(patterns_know_cyrillic_and_blanks_of_all_kinds),
	    cmocka_unit_test(a_bad_pattern_is_refused_with_its_place),
	    cmocka_unit_test(the_first_match_is_found_with_its_place),
	    cmocka_unit_test(what_could_become_a_match_is_told_from_what_could_not),
	    cmocka_unit_test(every_match_is_replaced),
	    cmocka_unit_test(empty_matches_advance_by_whole_characters),
	    cmocka_unit_test(without_a_match_nothing_is_appended),
	    cmocka_unit_test(a_result_longer_than_its_subject_is_whole),
	    cmocka_unit_test(a_replacement_that_does_not_suit_is_an_error),
	    cmocka_unit_test(a_match_that_would_take_for_ever_is_given_up),
	    cmocka_unit_test(deep_recursion_is_given_up),
	    cmocka_unit_test(a_long_match_has_the_stack_it_needs),
	    cmocka_unit_test(subject_and_result_have_a_longest_length),
	    cmocka_unit_test(a_subject_that_is_not_utf8_is_an_error),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
