/*
 * Expressions of selection, over one account that is written down below.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "domain/select.h"

static const char *const tiers[] = {"key", "large", "standard", NULL};
static const char *const categories[] = {"renowned", "mentor", "partner", NULL};

static const struct select_name names[] = {
    {"health", SELECT_NUMBER, NULL}, {"share", SELECT_NUMBER, NULL}, {"last-order", SELECT_DATE, NULL},
    {"tier", SELECT_WORD, tiers},    {"name", SELECT_TEXT, NULL},    {"categories", SELECT_WORDS, categories},
    {"manager", SELECT_TEXT, NULL},  {"nps", SELECT_NUMBER, NULL},
};
#define NAMES (sizeof names / sizeof *names)

/* health 39, share -0.5, last-order 2026-03-01, tier key, a name, two categories; no manager, no nps */
static void
get(const void *data, size_t name, struct select_value *v)
{
	static const char *const has[] = {"renowned", "partner"};
	struct date date = {2026, 3, 1};

	(void)data;
	switch (name) {
	case 0:
		v->number = decimal_int(39);
		break;
	case 1:
		assert_int_equal(decimal_parse("-0.5", 4, &v->number), 0);
		break;
	case 2:
		v->number = decimal_int(date_days(date));
		break;
	case 3:
		v->text = "key";
		break;
	case 4:
		v->text = "ООО «Ромашка»";
		break;
	case 5:
		v->texts = has;
		v->n = 2;
		break;
	default:
		break;
	}
}

static void
holds(const char *text, bool expected)
{
	struct arena arena = {0};
	struct error err = {0};
	struct select *s = select_parse(text, names, NAMES, &arena, &err);

	if (!s)
		fail_msg("%s: %s", text, err.text);
	if (select_holds(s, get, NULL) != expected)
		fail_msg("%s does %shold", text, expected ? "not " : "");
	arena_free(&arena);
}

static void
refused(const char *text, const char *expected)
{
	struct arena arena = {0};
	struct error err = {0};

	assert_null(select_parse(text, names, NAMES, &arena, &err));
	assert_string_equal(err.text, expected);
	arena_free(&arena);
}

static void
numbers_and_dates_are_compared_by_their_value(void **state)
{
	(void)state;
	holds("health<40", true);
	holds("health < 39", false);
	holds("health <= 39.00", true);
	holds("health=39.0", true);
	holds("health!=39", false);
	holds("share<0", true);
	holds("share>=-0.5", true);
	holds("share > -0.5", false);
	holds("last-order<2026-03-02", true);
	holds("last-order=2026-03-01", true);
	holds("last-order>2026-03-01", false);
}

static void
words_and_texts_are_compared_as_they_stand(void **state)
{
	(void)state;
	holds("tier=key", true);
	holds("tier!=key", false);
	holds("tier=large,key", true);
	holds("tier!=large,standard", true);
	holds("categories=partner", true);
	holds("categories=mentor", false);
	holds("categories!=mentor", true);
	holds("name~ромаш", true);
	holds("name ~ 'РОМАШКА'", true);
	holds("name~\"лютик\"", false);
	holds("name='ООО «Ромашка»'", true);
}

static void
not_binds_closest_then_and_then_or(void **state)
{
	(void)state;
	holds("tier=large and health<40 or share<0", true);
	holds("tier=large and (health<40 or share<0)", false);
	holds("share<0 or tier=large and health>40", true);
	holds("not tier=large and health<40", true);
	holds("not (tier=large or health<40)", false);
	holds("not not tier=key", true);
	holds("(((tier=key)))", true);
}

static void
what_is_missing_holds_in_no_comparison(void **state)
{
	(void)state;
	holds("nps<5", false);
	holds("nps>=5", false);
	holds("nps!=5", false);
	holds("manager=x", false);
	holds("manager!=x", false);
	holds("nps", false);
	holds("not nps and health", true);
}

static void
what_is_wrong_is_told_with_its_place(void **state)
{
	(void)state;
	refused("", "it ends where a name is wanted, at column 1 of \"\"");
	refused("helth<4", "nothing is called \"helth\"; did you mean health, at column 1 of \"helth<4\"");
	refused("tier=key and", "it ends where a name is wanted, at column 13 of \"tier=key and\"");
	refused("(tier=key", "a bracket is not closed, at column 1 of \"(tier=key\"");
	refused("tier=key)", "and, or, or the end is wanted, at column 9 of \"tier=key)\"");
	refused(
	    "tier=kee",
	    "tier is compared with one of key, large, standard, not \"kee\", at column 6 of \"tier=kee\"");
	refused("health<x",
		"health is compared with a number, as 12.5, not \"x\", at column 8 of \"health<x\"");
	refused("last-order<2026",
		"last-order is compared with a date, as 2026-11-22, not \"2026\", at column 12 of "
		"\"last-order<2026\"");
	refused("tier<key", "tier is a word, and takes = and !=, at column 5 of \"tier<key\"");
	refused("health~4", "health is a number, and takes = != < <= > >=, at column 7 of \"health~4\"");
	refused("name=\"x", "a quote that does not end, at column 6 of \"name=\"x\"");
	refused("health<", "a value is missing, at column 8 of \"health<\"");
	refused("name='я' и", "and, or, or the end is wanted, at column 10 of \"name='я' и\"");
}

static void
nesting_has_a_limit(void **state)
{
	char text[256];

	(void)state;
	memset(text, '(', 200);
	text[200] = '\0';
	refused(text, "more than 64 brackets and nots in each other, at column 65 of "
		      "\"(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…\"");
}

static bool
is_health_or_nps(size_t name)
{
	return name == 0 || name == 7;
}

static void
what_is_named_is_found_anywhere_in_an_expression(void **state)
{
	static const struct {
		const char *text;
		bool named;
	} of[] = {{"tier=key", false},
		  {"health", true},
		  {"not not nps=3", true},
		  {"tier=key and (share>1 or nps)", true},
		  {"(health<40 or tier) and manager", true},
		  {"tier=key and not (share>1 or name~health)", false}};
	struct arena arena = {0};
	struct error err = {0};
	struct select *s;

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		s = select_parse(of[i].text, names, NAMES, &arena, &err);
		assert_non_null(s);
		if (select_names_any(s, is_health_or_nps) != of[i].named)
			fail_msg("%s", of[i].text);
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_and_dates_are_compared_by_their_value),
	    cmocka_unit_test(words_and_texts_are_compared_as_they_stand),
	    cmocka_unit_test(not_binds_closest_then_and_then_or),
	    cmocka_unit_test(what_is_missing_holds_in_no_comparison),
	    cmocka_unit_test(what_is_wrong_is_told_with_its_place),
	    cmocka_unit_test(nesting_has_a_limit),
	    cmocka_unit_test(what_is_named_is_found_anywhere_in_an_expression),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
