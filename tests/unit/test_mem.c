#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"

static void
arena_memory_is_zeroed_and_aligned(void **state)
{
	struct arena a = {0};

	(void)state;
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *p = arena_alloc(&a, size);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAA, size);
	}
	arena_reset(&a);
	for (int i = 0; i < 200; i++) {
		unsigned char *p = arena_alloc(&a, 100);

		for (size_t j = 0; j < 100; j++)
			assert_int_equal(p[j], 0);
	}
	arena_free(&a);
}

static void
arena_pieces_do_not_overlap(void **state)
{
	struct arena a = {0};
	char *piece[2000];

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		char text[64];
		size_t n = i % 61;

		memset(text, (int)('a' + i % 26), sizeof(text));
		piece[i] = i % 97 == 0 ? arena_alloc(&a, 20000) : arena_copy(&a, text, n);
	}
	for (size_t i = 0; i < 2000; i++) {
		if (i % 97 == 0)
			continue;
		assert_int_equal(strlen(piece[i]), i % 61);
		for (size_t j = 0; j < i % 61; j++)
			assert_int_equal(piece[i][j], 'a' + (int)(i % 26));
	}
	arena_free(&a);
}

static void
a_reset_arena_keeps_one_block_and_gives_up_a_huge_one(void **state)
{
	struct arena a = {0};
	size_t kept;

	(void)state;
	for (int i = 0; i < 10000; i++)
		arena_alloc(&a, 100);
	assert_true(arena_size(&a) >= 1000000);
	arena_reset(&a);
	kept = arena_size(&a);
	assert_true(kept > 0 && kept <= 64 * 1024);
	arena_alloc(&a, 1000);
	assert_int_equal(arena_size(&a), kept);
	arena_free(&a);
	assert_int_equal(arena_size(&a), 0);
	arena_alloc(&a, 5 << 20);
	arena_reset(&a);
	assert_int_equal(arena_size(&a), 0);
	arena_free(&a);
}

static void
an_empty_arena_can_be_reset_and_freed(void **state)
{
	struct arena a = {0};

	(void)state;
	arena_reset(&a);
	arena_free(&a);
	assert_string_equal(arena_strdup(&a, ""), "");
	arena_free(&a);
}

static void
printing_keeps_texts_of_any_length_whole(void **state)
{
	struct arena a = {0};
	struct buf b = {0};
	char text[1000];

	(void)state;
	for (size_t n = 0; n < sizeof(text); n++) {
		memset(text, 'x', n);
		text[n] = '\0';
		buf_clear(&b);
		buf_adds(&b, "<");
		buf_printf(&b, "%s%d", text, 7);
		assert_int_equal(b.len, n + 2);
		assert_int_equal(strlen(b.data), b.len);
		assert_int_equal(b.data[b.len - 1], '7');
		assert_int_equal(strlen(arena_printf(&a, "%s", text)), n);
	}
	buf_free(&b);
	arena_free(&a);
}

static void
a_buffer_holds_any_bytes_and_stays_terminated(void **state)
{
	struct buf b = {0};
	char *room;

	(void)state;
	buf_clear(&b);
	assert_null(b.data);
	buf_add(&b, NULL, 0);
	assert_string_equal(b.data, "");
	buf_add(&b, "a\0b", 3);
	for (int i = 0; i < 1000; i++)
		buf_addc(&b, 'c');
	assert_int_equal(b.len, 1003);
	assert_memory_equal(b.data, "a\0bccc", 6);
	assert_int_equal(b.data[b.len], '\0');
	room = buf_room(&b, 5000);
	memset(room, 'd', 5000);
	b.len += 5000;
	assert_int_equal(b.data[b.len], '\0');
	buf_clear(&b);
	assert_int_equal(b.len, 0);
	assert_string_equal(b.data, "");
	buf_free(&b);
	assert_null(b.data);
	assert_int_equal(b.cap, 0);
}

static void
a_vector_grows_by_doubling_and_keeps_its_contents(void **state)
{
	int *v = NULL;
	size_t cap = 0, growths = 0;

	(void)state;
	for (size_t n = 0; n < 100000; n++) {
		size_t before = cap;

		v = vec_grow(v, &cap, n + 1, sizeof(*v));
		growths += cap != before;
		v[n] = (int)n;
	}
	assert_true(growths < 20);
	for (size_t n = 0; n < 100000; n++)
		assert_int_equal(v[n], n);
	assert_ptr_equal(vec_grow(v, &cap, 5, sizeof(*v)), v);
	free(v);
}

static void
an_error_shows_what_is_known_of_its_place(void **state)
{
	struct error err;
	struct buf b = {0};

	(void)state;
	assert_int_equal(error_at(&err, "accounts/romashka.yaml", 112, 14, "not a number: \"%s\"", "12.5O"),
			 -1);
	error_format(&err, &b);
	assert_string_equal(b.data, "accounts/romashka.yaml:112:14: not a number: \"12.5O\"");
	buf_clear(&b);
	error_at(&err, "a.yaml", 3, 0, "cut");
	error_format(&err, &b);
	assert_string_equal(b.data, "a.yaml:3: cut");
	buf_clear(&b);
	error_at(&err, "a.yaml", 0, 9, "cut");
	error_format(&err, &b);
	assert_string_equal(b.data, "a.yaml: cut");
	buf_clear(&b);
	assert_int_equal(error_set(&err, "%s", ""), -1);
	error_format(&err, &b);
	assert_string_equal(b.data, "");
	assert_int_equal(error_set(NULL, "nobody listens"), -1);
	buf_free(&b);
}

static void
an_error_can_quote_itself_and_neutralises_what_it_quotes(void **state)
{
	struct error err;
	struct buf b = {0};

	(void)state;
	error_set(&err, "bad cell \x1b[2J");
	error_at(&err, "evil\nname", 2, 0, "row 7: %s", err.text);
	error_format(&err, &b);
	assert_string_equal(b.data, "evil\\x0Aname:2: row 7: bad cell \\x1B[2J");
	buf_free(&b);
}

static void
a_long_error_is_cut_between_characters(void **state)
{
	static const char *const characters[] = {"x", "я", "€", "😀"};
	struct error err;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct buf b = {0};

		while (b.len < 2000)
			buf_adds(&b, characters[i]);
		for (size_t before = 0; before < 8; before++) {
			size_t n;

			error_set(&err, "%.*s%s", (int)before, "........", b.data);
			n = strlen(err.text);
			assert_int_equal(n, 1023 - (1023 - before) % (i + 1));
			assert_int_equal(utf8_check(err.text, n), n);
		}
		buf_free(&b);
	}
	error_set(&err, "%01024d", 7);
	assert_int_equal(strlen(err.text), 1023);
}

static void
a_system_error_adds_its_reason(void **state)
{
	struct error err;
	const char *reason = strerror(ENOENT);

	(void)state;
	errno = ENOENT;
	assert_int_equal(error_sys(&err, "maps/none.yaml", "cannot open %s", "it"), -1);
	assert_memory_equal(err.text, "cannot open it: ", 16);
	assert_string_equal(err.text + 16, reason);
	assert_string_equal(err.file, "maps/none.yaml");
	assert_int_equal(err.line, 0);
}

struct counting {
	struct sink sink;
	int calls;
	const char *rule;
};

static void
counting_put(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct counting *c = (struct counting *)sink;

	(void)severity;
	(void)err;
	c->calls++;
	c->rule = rule;
}

static void
a_sink_counts_errors_and_warnings(void **state)
{
	struct counting c = {.sink = {.put = counting_put}};
	struct error err;

	(void)state;
	error_set(&err, "x");
	sink_put(&c.sink, SEVERITY_ERROR, "type", &err);
	sink_put(&c.sink, SEVERITY_WARNING, NULL, &err);
	sink_put(&c.sink, SEVERITY_WARNING, "size", &err);
	assert_int_equal(c.sink.errors, 1);
	assert_int_equal(c.sink.warnings, 2);
	assert_int_equal(c.calls, 3);
	assert_string_equal(c.rule, "size");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(arena_memory_is_zeroed_and_aligned),
	    cmocka_unit_test(arena_pieces_do_not_overlap),
	    cmocka_unit_test(a_reset_arena_keeps_one_block_and_gives_up_a_huge_one),
	    cmocka_unit_test(an_empty_arena_can_be_reset_and_freed),
	    cmocka_unit_test(printing_keeps_texts_of_any_length_whole),
	    cmocka_unit_test(a_buffer_holds_any_bytes_and_stays_terminated),
	    cmocka_unit_test(a_vector_grows_by_doubling_and_keeps_its_contents),
	    cmocka_unit_test(an_error_shows_what_is_known_of_its_place),
	    cmocka_unit_test(an_error_can_quote_itself_and_neutralises_what_it_quotes),
	    cmocka_unit_test(a_long_error_is_cut_between_characters),
	    cmocka_unit_test(a_system_error_adds_its_reason),
	    cmocka_unit_test(a_sink_counts_errors_and_warnings),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
