#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/marks.h"

#define MOST 300

/* in memory of just that size, so that a byte read beyond it is found out */
static void
same_as_one_by_one(const char *bytes, size_t n, char delimiter)
{
	char *p = malloc(n ? n : 1);
	unsigned mark[MOST], want[MOST];
	size_t i, found = 0;
	bool plain, all = true;

	assert_non_null(p);
	memcpy(p, bytes, n);
	for (i = 0; i < n; i++) {
		if (p[i] == delimiter || p[i] == '"' || p[i] == '\n' || p[i] == '\r')
			want[found++] = (unsigned)i;
		all = all && p[i] != '\0' && (unsigned char)p[i] < 0x80;
	}
	assert_int_equal(marks_find(p, n, delimiter, mark, &plain), found);
	for (i = 0; i < found; i++)
		assert_int_equal(mark[i], want[i]);
	assert_int_equal(plain, all);
	free(p);
}

static void
a_mark_is_found_wherever_it_stands(void **state)
{
	static const char marks[] = ";\"\n\r";
	char bytes[MOST];
	size_t n, i, k;

	(void)state;
	for (n = 0; n <= 200; n++) {
		memset(bytes, 'a', sizeof bytes);
		same_as_one_by_one(bytes, n, ';');
		for (i = 0; i < n; i++) {
			for (k = 0; k < 4; k++) {
				bytes[i] = marks[k];
				same_as_one_by_one(bytes, n, ';');
			}
			bytes[i] = 'a';
		}
	}
}

static void
a_byte_that_is_not_plain_is_found_wherever_it_stands(void **state)
{
	static const char odd[] = {'\0', '\x80', '\xFF', '\x7F', '\x01'};
	char bytes[MOST];
	size_t n, i, k;

	(void)state;
	for (n = 1; n <= 200; n++) {
		memset(bytes, ',', sizeof bytes);
		for (i = 0; i < n; i++) {
			for (k = 0; k < sizeof odd; k++) {
				bytes[i] = odd[k];
				same_as_one_by_one(bytes, n, ',');
			}
			bytes[i] = ',';
		}
	}
}

static void
any_bytes_have_the_marks_that_they_have(void **state)
{
	static const char delimiters[] = ",;\t| \x01\x7F";
	unsigned long long seed = 3;
	char bytes[MOST];
	size_t round, i;

	(void)state;
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < sizeof bytes; i++) {
			seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
			bytes[i] = (char)((seed >> 33) % (round % 3 ? 256 : 64));
		}
		same_as_one_by_one(bytes, (seed >> 20) % MOST, delimiters[round % 7]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_mark_is_found_wherever_it_stands),
	    cmocka_unit_test(a_byte_that_is_not_plain_is_found_wherever_it_stands),
	    cmocka_unit_test(any_bytes_have_the_marks_that_they_have),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
