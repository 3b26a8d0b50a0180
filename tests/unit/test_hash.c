#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

#define MANY 100000

static void
an_empty_table_has_nothing(void **state)
{
	struct hash h = {0};

	(void)state;
	assert_null(hash_get(&h, "a", 1));
	assert_null(hash_get(&h, "", 0));
	hash_free(&h);
}

static void
a_new_key_has_no_value_and_an_old_one_keeps_its_own(void **state)
{
	struct hash h = {0};
	char key[] = "key";
	void **place = hash_put(&h, key, 3, NULL);

	(void)state;
	assert_null(*place);
	*place = key;
	assert_ptr_equal(hash_get(&h, "key", 3), key);
	assert_ptr_equal(*hash_put(&h, "key", 3, NULL), key);
	assert_int_equal(h.used, 1);
	hash_free(&h);
	assert_null(hash_get(&h, "key", 3));
}

static void
keys_are_bytes_with_a_length(void **state)
{
	static const struct {
		const char *key;
		size_t n;
	} keys[] = {{"", 0},	{"\0", 1},   {"\0\0", 2}, {"a", 1},
		    {"a\0", 2}, {"a\0b", 3}, {"ab", 2},	  {"abcdefghi", 9}};
	struct hash h = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof keys / sizeof *keys; i++) {
		void **place = hash_put(&h, keys[i].key, keys[i].n, NULL);

		assert_null(*place);
		*place = (void *)&keys[i];
	}
	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		assert_ptr_equal(hash_get(&h, keys[i].key, keys[i].n), &keys[i]);
	assert_null(hash_get(&h, "abcdefghj", 9));
	assert_null(hash_get(&h, "abcdefgh", 8));
	hash_free(&h);
}

static void
a_key_can_be_moved_to_where_it_lives_longer(void **state)
{
	struct hash h = {0};
	char short_lived[] = "key", other[] = "yek";
	const char **stored;
	void **place = hash_put(&h, short_lived, 3, &stored);

	(void)state;
	assert_ptr_equal(*stored, short_lived);
	*stored = "key";
	*place = &h;
	memcpy(short_lived, other, sizeof other);
	assert_ptr_equal(hash_get(&h, "key", 3), &h);
	assert_null(hash_get(&h, "yek", 3));
	hash_put(&h, "key", 3, &stored);
	assert_string_equal(*stored, "key");
	hash_free(&h);
}

static void
many_keys_are_all_found_again(void **state)
{
	static char key[MANY][12];
	struct hash h = {0};
	size_t i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(key[i], sizeof key[i], "%zu", i);
		*hash_put(&h, key[i], strlen(key[i]), NULL) = key[i];
	}
	assert_int_equal(h.used, MANY);
	assert_true(h.cap >= 2 * h.used && h.cap <= 8 * h.used);
	for (i = 0; i < MANY; i++)
		assert_ptr_equal(hash_get(&h, key[i], strlen(key[i])), key[i]);
	assert_null(hash_get(&h, "100000", 6));
	assert_null(hash_get(&h, "00", 2));
	hash_free(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_table_has_nothing),
	    cmocka_unit_test(a_new_key_has_no_value_and_an_old_one_keeps_its_own),
	    cmocka_unit_test(keys_are_bytes_with_a_length),
	    cmocka_unit_test(a_key_can_be_moved_to_where_it_lives_longer),
	    cmocka_unit_test(many_keys_are_all_found_again),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
