#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/company.h"
#include "domain/nearname.h"

static int
similarity(const char *x, const char *y)
{
	struct arena arena = {0};
	struct near_name a, b;
	int near;

	near_name_make(&a, company_name_key(&arena, x), &arena);
	near_name_make(&b, company_name_key(&arena, y), &arena);
	near = near_name_similarity(&a, &b);
	assert_int_equal(near_name_similarity(&b, &a), near);
	arena_free(&arena);
	return near;
}

static void
alphabets_marks_and_the_order_of_words_make_no_difference(void **state)
{
	(void)state;
	assert_int_equal(similarity("ООО Ромашка", "Romashka LLC"), 100);
	assert_int_equal(similarity("SIA Ķeguma Koks", "Keguma koks"), 100);
	assert_int_equal(similarity("Волга Трейд", "Трейд-Волга"), 100);
	assert_int_equal(similarity("Волга Трейд", "ВолгаТрейд"), 100);
	assert_int_equal(similarity("北 2", "北 2"), 100);
}

static void
few_differences_are_near_the_more_the_longer_the_name(void **state)
{
	(void)state;
	/* 7 letters, one other, one more, two exchanged */
	assert_int_equal(similarity("Romahka", "Romakka"), 85);
	assert_int_equal(similarity("Romashka", "Romashkas"), 88);
	assert_int_equal(similarity("Romashka", "Roamshka"), 87);
	assert_int_equal(similarity("Romashka", "Roamshkas"), 0);
	assert_int_equal(similarity("Alphas", "Alphaz"), 0);
	/* 13 and 14 letters */
	assert_int_equal(similarity("abcdefghijklm", "abXdefghijkYm"), 0);
	assert_int_equal(similarity("abcdefghijklmn", "abXdefghijkYmn"), 85);
	/* 19 and 20 */
	assert_int_equal(similarity("abcdefghijklmnopqrs", "Xbcdefghijklmnopqrstu"), 0);
	assert_int_equal(similarity("abcdefghijklmnopqrst", "Xbcdefghijklmnopqrstuv"), 86);
}

static void
names_with_other_numbers_are_other_names(void **state)
{
	(void)state;
	assert_int_equal(similarity("Магазин 12", "Магазин 21"), 0);
	assert_int_equal(similarity("Магазин северный 12", "Магазин северный"), 0);
	assert_int_equal(similarity("Магазин 1 2", "Магазин 12"), 0);
	assert_int_equal(similarity("Магазин 2 на 1", "Магазин 1 на 2"), 0);
	assert_int_equal(similarity("Магазин №12", "Магазины 12"), 90);
	assert_int_equal(similarity("Магазин 07", "Магазин 7"), 88);
}

static void
letters_without_a_latin_form_count(void **state)
{
	(void)state;
	assert_int_equal(similarity("北 2", "南 2"), 0);
	assert_int_equal(similarity("北a", "南a"), 0);
	assert_int_equal(similarity("Ь", "Ъ"), 0);
}

static void
nothing_is_near_to_nothing_and_to_names_too_long(void **state)
{
	char *name = malloc(65537);

	(void)state;
	memset(name, 'x', 65536);
	name[65536] = '\0';
	assert_int_equal(similarity("", ""), 0);
	assert_int_equal(similarity("«»", ""), 0);
	assert_int_equal(similarity(name, name), 0);
	name[129] = '\0';
	assert_int_equal(similarity(name, name), 0);
	name[128] = '\0';
	assert_int_equal(similarity(name, name), 100);
	for (size_t i = 1; i < 128; i += 2)
		name[i] = ' ';
	assert_int_equal(similarity(name, name), 100);
	free(name);
}

static unsigned long long seed = 20261122;

static size_t
random_below(size_t n)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (size_t)(seed >> 33) % n;
}

/* one letter less, more, other, or two exchanged */
static void
change(char *s)
{
	size_t n = strlen(s), at = random_below(n);
	char c = (char)('a' + random_below(3));

	switch (random_below(4)) {
	case 0:
		memmove(s + at, s + at + 1, n - at);
		break;
	case 1:
		memmove(s + at + 1, s + at, n - at + 1);
		s[at] = c;
		break;
	case 2:
		s[at] = c;
		break;
	default:
		if (at + 1 < n) {
			c = s[at];
			s[at] = s[at + 1];
			s[at + 1] = c;
		}
	}
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* as the textbook has it, without a limit */
static size_t
plain_differences(const char *a, const char *b)
{
	static size_t d[140][140];
	size_t n = strlen(a), m = strlen(b);

	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
					d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[n][m];
}

static int
expected(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), shorter = least(n, m), longer = n + m - shorter;
	size_t d = plain_differences(a, b);

	if (d > (size_t)((shorter >= 7) + (shorter >= 14) + (shorter >= 20)))
		return 0;
	return (int)((longer - d) * 100 / longer);
}

static bool
share_a_block(const struct near_name *a, const struct near_name *b)
{
	unsigned long long x[NEAR_BLOCKS], y[NEAR_BLOCKS];
	size_t n = near_name_blocks(a, x), m = near_name_blocks(b, y);

	assert_in_range(n, 1, NEAR_BLOCKS);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (x[i] == y[k])
				return true;
	return false;
}

static void
changed_names_are_as_near_as_a_plain_computation_says_and_found_by_a_block(void **state)
{
	size_t near = 0;

	(void)state;
	for (size_t round = 0; round < 100000; round++) {
		char a[160] = "", b[160];
		struct arena arena = {0};
		struct near_name x, y;
		size_t n = 3 + random_below(random_below(20) ? 25 : 120), i;

		for (i = 0; i < n; i++)
			a[i] = (char)('a' + random_below(3));
		memcpy(b, a, sizeof a);
		for (i = random_below(5); i > 0 && strlen(b) > 2; i--)
			change(b);
		near_name_make(&x, a, &arena);
		near_name_make(&y, b, &arena);
		if (near_name_similarity(&x, &y) != expected(a, b))
			fail_msg("%s and %s: %d, not %d", a, b, near_name_similarity(&x, &y), expected(a, b));
		if (expected(a, b)) {
			near++;
			if (!share_a_block(&x, &y))
				fail_msg("%s and %s share no block", a, b);
		}
		arena_free(&arena);
	}
	assert_true(near > 30000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(alphabets_marks_and_the_order_of_words_make_no_difference),
	    cmocka_unit_test(few_differences_are_near_the_more_the_longer_the_name),
	    cmocka_unit_test(names_with_other_numbers_are_other_names),
	    cmocka_unit_test(letters_without_a_latin_form_count),
	    cmocka_unit_test(nothing_is_near_to_nothing_and_to_names_too_long),
	    cmocka_unit_test(changed_names_are_as_near_as_a_plain_computation_says_and_found_by_a_block),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
