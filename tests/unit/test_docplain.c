/*
 * The parser of plain documents against libyaml: it takes what is plain, and
 * what it takes is the same tree; what is not, it leaves alone.
 */
#include <dirent.h>

#include "parsers.h"
#include "randomdoc.h"

#define ROUNDS 12000
#define SHORT_ROUNDS 400000
#define SEED 20261122

static bool
is_plain(const char *text)
{
	bool plain;

	if (!parsers_agree(str_of(text), &plain))
		fail_msg("the parsers do not agree on: %s", text);
	return plain;
}

static void
what_programs_and_people_write_is_plain(void **state)
{
	static const char *const texts[] = {
	    "a: 1",
	    "a:",
	    "a: \nb: # c\n\n  # d\n# e\nc: x # f\n",
	    "---\na: 1\n...\n",
	    "# kept\n--- # here\na: 1\n... # there\n\n# end\n...\n",
	    BOM "a: 1\r\nb:\r\n  - x\r\n",
	    "a:\n- 1\n- 2\nb:\n  - 1\n  -\n  - 3\n",
	    "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n",
	    "a:\n  - b: 1\n    c: 2\n\n  - d: 3\n",
	    "a:\n  - - 1\n    - 2\n  - - - 3\n",
	    "a:\n-\n  b: 1\n-\n- - 2\n",
	    "a: {b: 1, c: [x, y z, {}], d: , e, f: {g: []}, }\n",
	    "a: {b: }\n",
	    "a: [1, ]\nb: [ ]\nc: { d : 1 }\n",
	    "\"a b\": \"x \\\"y\\\" \\\\ \\n\\t\"\n'c''d' : 'it''s'\n",
	    "a: {'b': \"c, d\", \"e\": ''}\n",
	    "a: x:y http://z?a=b#c -d 'e' [f] {g}, h\n",
	    "a: -1\nb: ~\nc: -x\nd: [-1, -x]\n",
	    "имя: Ёжик № 5 😀\n1c: \xC2\xABx\xC2\xBB\n",
	    "\"\": \"\"\n",
	    "a: 1   \n   \nb: 2",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!is_plain(texts[i]))
			fail_msg("not plain: %s", texts[i]);
}

static void
what_is_not_is_left_to_libyaml(void **state)
{
	static const char *const texts[] = {
	    "",
	    "# a\n",
	    "---\n",
	    "text\n",
	    "- a\n",
	    " a: 1\n",
	    "{a: 1}\n",
	    "a: 1\n---\nb: 2\n",
	    "--- a: 1\n",
	    "a: 1\n...\nb: 2\n",
	    "a: 1\n... b\n",
	    "a: |\n  x\n",
	    "a: >-\n  x\n",
	    "a: x\n  y\n",
	    "a: x\n\n  # c\n  y: z\n",
	    "a:\n  x\n",
	    "a:\n  'x'\n",
	    "a:\n  [x]\n",
	    "a: 'x\n  y'\n",
	    "a: [x,\n  y]\n",
	    "a: &x 1\n",
	    "a: *x\n",
	    "a: !x 1\n",
	    "? a\n: 1\n",
	    "a: b: c\n",
	    "a: - b\n",
	    "a: 1\n  b: 2\n",
	    "a:\n  b: 1\n c: 2\n",
	    "a:\n- b\nc: 1\n- d\n",
	    "a:\n  - b\n  c: 1\n",
	    "a: 1\na: 2\n",
	    "a: {b: 1, b: 2}\n",
	    "a: \tx\n",
	    "a: x # \t\n",
	    "a: \x01\n",
	    "a: \x7F\n",
	    "a: \xC2\x80\n",
	    "a: x" BOM "\n",
	    "a: \xEF\xBF\xBF\n",
	    "a: [b: c]\n",
	    "a: [[b]: c]\n",
	    "a: {[b]: c}\n",
	    "a: {b:}\n",
	    "a: {b:c, \"d\":e}\n",
	    "a: {b: c: d}\n",
	    "a: [,]\n",
	    "a: [b,, c]\n",
	    "a: {, }\n",
	    "a: [b] c\n",
	    "a: [b}\n",
	    "a: [b]#c\n",
	    "a: 'b'#c\n",
	    "a: 'b' c\n",
	    "a: [b #]\n]\n",
	    "a: \"\\x41\\0\\u2028\"\n",
	    "a: \"x\\\n",
	    "a: 'x''\n",
	    "a\n",
	    "a:b\n",
	    "\"a\":b\n",
	    "a: @b\n",
	    "a: `b\n",
	    "a: %b\n",
	    "a: ,b\n",
	    "%a: 1\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (is_plain(texts[i]))
			fail_msg("taken: %s", texts[i]);
}

static void
add_character(struct buf *text, unsigned c)
{
	if (c < 0x80) {
		buf_addc(text, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addc(text, (char)(0xC0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_addc(text, (char)(0xE0 | c >> 12));
		} else {
			buf_addc(text, (char)(0xF0 | c >> 18));
			buf_addc(text, (char)(0x80 | (c >> 12 & 0x3F)));
		}
		buf_addc(text, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	buf_addc(text, (char)(0x80 | (c & 0x3F)));
}

/* wherever it stands among the eight bytes that are looked at together */
static void
every_character_is_taken_or_left(void **state)
{
	struct buf text = {0};

	(void)state;
	for (unsigned c = 0x80; c < 0x110000; c += c == 0xD7FF ? 0x801 : c < 0x10000 ? 1 : 7) {
		bool odd =
		    c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;

		buf_clear(&text);
		buf_printf(&text, "a: %.*s", (int)(c % 8), "xxxxxxxx");
		add_character(&text, c);
		buf_adds(&text, c % 3 ? "y\nb: 2345\n" : "");
		if (is_plain(text.data) == odd)
			fail_msg("U+%04X", c);
	}
	for (unsigned c = 1; c < 0x80; c++) {
		bool odd = (c < 0x20 && c != '\n') || c == 0x7F;

		for (unsigned i = 0; i < 16; i++) {
			buf_clear(&text);
			buf_printf(&text, "# %.*s%c%.*s\na: 1\n", (int)i, "xxxxxxxxxxxxxxxx",
				   c == '\n' ? 'x' : (int)c, 16 - (int)i, "yyyyyyyyyyyyyyyy");
			if (is_plain(text.data) == odd)
				fail_msg("U+%04X", c);
		}
	}
	buf_free(&text);
}

/* "key: 1" with a key of n bytes, behind what stands before it */
static bool
is_key_plain(const char *before, const char *behind, size_t n)
{
	struct buf text = {0};
	bool plain;

	buf_adds(&text, before);
	memset(buf_room(&text, n), 'k', n);
	text.len += n;
	buf_adds(&text, behind);
	plain = is_plain(text.data);
	buf_free(&text);
	return plain;
}

static void
long_keys_are_left_to_libyaml(void **state)
{
	(void)state;
	assert_true(is_key_plain("", ": 1\n", 1000));
	assert_true(is_key_plain("a: {", ": 1}\n", 1000));
	assert_true(is_key_plain("a: {", "}\n", 3000));
	for (size_t n = 1001; n < 1050; n++) {
		assert_false(is_key_plain("", ": 1\n", n));
		assert_false(is_key_plain("a: {", ": , b: 2}\n", n));
		assert_false(is_key_plain("- ", " : 1\n", n));
	}
}

static void
depth_is_limited_alike(void **state)
{
	(void)state;
	for (unsigned depth = 60; depth < 70; depth++) {
		struct buf flow = {0}, block = {0};

		buf_adds(&flow, "a: ");
		for (unsigned i = 0; i < depth; i++) {
			buf_adds(&flow, "[");
			for (unsigned k = 0; k < i; k++)
				buf_addc(&block, ' ');
			buf_adds(&block, "a:\n");
		}
		for (unsigned i = 0; i < depth; i++)
			buf_adds(&flow, "]");
		assert_int_equal(is_plain(flow.data), depth < DOC_DEPTH_MAX);
		assert_int_equal(is_plain(block.data), depth <= DOC_DEPTH_MAX);
		buf_free(&flow);
		buf_free(&block);
	}
}

static void
large_documents_are_left_to_libyaml(void **state)
{
	struct buf text = {0};

	(void)state;
	buf_adds(&text, "a: ");
	while (text.len < (1UL << 20))
		buf_adds(&text, "x");
	assert_true(is_plain(text.data));
	buf_adds(&text, "\n");
	assert_false(is_plain(text.data));
	buf_free(&text);
}

static void
many_keys_take_no_square_of_time(void **state)
{
	struct buf text = {0};

	(void)state;
	for (unsigned i = 0; text.len < (1UL << 20) - 100; i++)
		buf_printf(&text, "k%u:\n", i);
	assert_true(is_plain(text.data));
	buf_adds(&text, "k77: 1\n");
	assert_false(is_plain(text.data));
	buf_free(&text);
}

static void
read_whole(struct buf *text, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t n;

	assert_non_null(file);
	while ((n = fread(buf_room(text, 4096), 1, 4096, file)) > 0)
		text->len += n;
	fclose(file);
}

/* run in the project's folder, as all tests */
static void
the_parsers_agree_on_the_files_of_the_project(void **state)
{
	static const char *const folders[] = {"tests/data", "tests/fuzz/corpus/doc", "tests/fuzz/corpus/edit",
					      "lib/domain"};
	unsigned taken = 0;

	(void)state;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		DIR *dir = opendir(folders[i]);
		struct dirent *entry;

		assert_non_null(dir);
		while ((entry = readdir(dir))) {
			struct buf text = {0};
			char path[512];
			bool plain;

			if (!strstr(entry->d_name, ".yaml"))
				continue;
			snprintf(path, sizeof path, "%s/%.255s", folders[i], entry->d_name);
			read_whole(&text, path);
			if (!parsers_agree((struct str){text.data, text.len}, &plain))
				fail_msg("%s", path);
			taken += plain;
			buf_free(&text);
		}
		closedir(dir);
	}
	assert_true(taken >= 4);
}

/* a byte or two of it become others */
static void
spoil(struct random *r, struct buf *text)
{
	static const char bytes[] = " \n\r\t:-#'\"[]{},?&*!|>%@`\\.a0\xEF\xC2\x80\x01";

	for (unsigned n = 1 + below(r, 2); n > 0 && text->len > 0; n--)
		text->data[below(r, (unsigned)text->len)] = bytes[below(r, sizeof bytes - 1)];
}

static void
the_parsers_agree_on_random_documents(void **state)
{
	unsigned taken = 0;

	(void)state;
	for (unsigned long long seed = SEED; seed < SEED + ROUNDS; seed++) {
		struct random r = {seed};
		struct arena arena = {0};
		struct buf text = {0};
		bool plain;

		random_document(&r, &arena, &text);
		for (unsigned i = 0; i < 4; i++) {
			if (!parsers_agree((struct str){text.data, text.len}, &plain))
				fail_msg("seed %llu: %.*s", seed, (int)text.len, text.data);
			taken += plain;
			spoil(&r, &text);
		}
		buf_free(&text);
		arena_free(&arena);
	}
	assert_true(taken > ROUNDS / 10);
}

static void
the_parsers_agree_on_short_texts_of_marks(void **state)
{
	static const char *const parts[] = {
	    "a",    "b",     ": ",     ":",    ":\n",	  "- ",	     "-",	"\n",	    "\n  ",  "\n    ",
	    "\n- ", "\na: ", "\n  - ", " ",    "  ",	  "#",	     " #",	"[",	    "]",     "{",
	    "}",    ", ",    ",",      "'",    "\"",	  "\\",	     "''",	"?",	    "|",     "1",
	    "---",  "...",   "ё",      "\r\n", "\n---\n", "\n...\n", "\n  b: ", "\n    c:", "\n  #",
	};
	struct random r = {SEED};
	unsigned taken = 0;
	char text[256];

	(void)state;
	for (unsigned round = 0; round < SHORT_ROUNDS; round++) {
		unsigned n = 1 + below(&r, 12);

		strcpy(text, below(&r, 4) ? "a: " : "");
		if (below(&r, 3) == 0)
			strcpy(text, below(&r, 2) ? "a: [" : "a: {");
		for (unsigned i = 0; i < n; i++)
			strcat(text, parts[below(&r, sizeof parts / sizeof *parts)]);
		taken += is_plain(text);
	}
	assert_true(taken > SHORT_ROUNDS / 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_programs_and_people_write_is_plain),
	    cmocka_unit_test(what_is_not_is_left_to_libyaml),
	    cmocka_unit_test(every_character_is_taken_or_left),
	    cmocka_unit_test(long_keys_are_left_to_libyaml),
	    cmocka_unit_test(depth_is_limited_alike),
	    cmocka_unit_test(large_documents_are_left_to_libyaml),
	    cmocka_unit_test(many_keys_take_no_square_of_time),
	    cmocka_unit_test(the_parsers_agree_on_the_files_of_the_project),
	    cmocka_unit_test(the_parsers_agree_on_random_documents),
	    cmocka_unit_test(the_parsers_agree_on_short_texts_of_marks),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
