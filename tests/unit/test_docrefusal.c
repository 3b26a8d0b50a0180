/* Documents that are refused, at which place, and limits. */
#include <time.h>

#include "docs.h"

static void
refused(struct str bytes, size_t line, size_t column, const char *words)
{
	struct doc doc = {0};
	struct error err = {0};
	char *copy = xmalloc(bytes.n + 1); /* of its own size, so that a sanitizer sees what lies behind */

	memcpy(copy, bytes.p, bytes.n);
	if (doc_parse(&doc, "dir/a.yaml", 1, (struct str){copy, bytes.n}, &err) == 0)
		fail_msg("taken: %.*s", (int)(bytes.n < 200 ? bytes.n : 200), bytes.p);
	if (err.line != line || err.column != column || !strstr(err.text, words))
		fail_msg("%zu:%zu: %s\nbut expected %zu:%zu: %s\nin %.*s", err.line, err.column, err.text,
			 line, column, words, (int)(bytes.n < 200 ? bytes.n : 200), bytes.p);
	assert_string_equal(err.file, "dir/a.yaml");
	doc_free(&doc);
	assert_int_equal(doc_parse(&doc, "dir/a.yaml", 1, (struct str){copy, bytes.n}, NULL), -1);
	doc_free(&doc);
	free(copy);
}

static void
what_is_not_of_the_subset_is_refused_at_its_place(void **state)
{
	static const struct {
		const char *text;
		size_t line, column;
		const char *words;
	} cases[] = {
	    {"a: 1\nb: &x 1\n", 2, 4, "an anchor (&x)"},
	    {"a: 1\nb: &x\n  - 1\n", 2, 4, "an anchor (&x)"},
	    {"имя: ё\nключ: *ab\n", 2, 7, "an alias (*ab)"},
	    {"a:\n  - [1, *x]\n", 2, 9, "an alias (*x)"},
	    {"a: 1\n? *x\n: 1\n", 2, 3, "an alias"},
	    {"a: !!str 1\n", 1, 4, "a tag (tag:yaml.org,2002:str)"},
	    {"a: !x {}\n", 1, 4, "a tag (!x)"},
	    {"a: ! 1\n", 1, 4, "a tag"},
	    {"%YAML 1.2\n---\na: 1\n", 1, 1, "directive (%…)"},
	    {"# c\n%TAG ! x\n---\na: 1\n", 2, 1, "directive (%…)"},
	    {BOM "...\n%TAG ! x\n---\na: 1\n", 2, 1, "directive (%…)"},
	    {"a: 1\n...\n%TAG ! x\n---\na: 1\n", 3, 1, "a second document"},
	    {"a: 1\n%TAG ! x\n---\na: 1\n", 2, 1, "a second document"},
	    {"a: 1\n---\nb: 2\n", 2, 1, "a second document"},
	    {"---\na: 1\n---\n", 3, 1, "a second document"},
	    {"a: 1\n...\n# c\n---\nb: 1\n", 4, 1, "a second document"},
	    {"a: 1\n...\nb: 1\n", 3, 1, "a second document"},
	    {"a: 1\n... b: 1\n", 2, 5, "a second document"},
	    {"---\n---\na: 1\n", 2, 1, "a second document"},
	    {"a: 1\nb: 2\na: 3\n", 3, 1, "a second \"a\""},
	    {"a: {x: 1, \"y\": 2, 'x': 3}\n", 1, 19, "a second \"x\""},
	    {"a:\n  x: 1\n  \"\\x78\": 2\n", 3, 3, "a second \"x\""},
	    {" a: 1\n", 1, 2, "from column 1"},
	    {"---\n  a: 1\n  b: 2\n", 2, 3, "from column 1"},
	    {"- a\n", 1, 1, "names and values"},
	    {"{a: 1}\n", 1, 1, "from column 1"},
	    {"--- {a: 1}\n", 1, 5, "names and values"},
	    {"a\n", 1, 1, "names and values"},
	    {"--- ''\n", 1, 5, "names and values"},
	    {"--- |\n a\n", 1, 5, "names and values"},
	    {"? a\n: 1\n", 1, 3, "written with \"?\""},
	    {"a: 1\n? b\n", 2, 3, "written with \"?\""},
	    {"a:\n  - ? b\n    : 1\n", 2, 7, "written with \"?\""},
	    {"a: 1\n?\n\"b\"\n: 1\n", 4, 1, "could not find expected ':'"},
	    {"a: 1\n? # c\n|\n  b\n: 1\n", 3, 1, "written with \"?\""},
	    {"a: 1\n? # c\n|\n  b", 3, 1, "written with \"?\""},
	    {"a: 1\n?\n: 1\n", 2, 2, "written with \"?\""},
	    {"? |\n  b\n: 1\n", 1, 3, "written with \"?\""},
	    {"? [a]\n: 1\n", 1, 3, "a key must be a plain text"},
	    {"a: {[b]: c}\n", 1, 5, "a key must be a plain text"},
	    {"a: {? {b: c} : d}\n", 1, 7, "a key must be a plain text"},
	    {"a:\n\tb: 1\n", 2, 1, "tab"},
	    {"ё:\n  - ё\n\t- b\n", 3, 1, "tab"},
	    {"a: x\n \t\nb: 1\n", 2, 2, "tab"},
	    {"a: x\n\n  \t# c\nb: 1\n", 3, 3, "tab"},
	    {"a: 'x'\n \t\nb: 1\n", 2, 2, "tab"},
	    {"a: \"\\0\"\n", 1, 4, "a NUL character in a text"},
	    {"a: 1\rb: 2\n", 1, 5, "a CR without LF"},
	    {"a: 1\n# ё\r", 2, 4, "a CR without LF"},
	    {"a: \"x\r\r\n\"\n", 1, 6, "a CR without LF"},
	    {"a: x\xC2\x85"
	     "b: 1\n",
	     1, 5, "U+0085; in double quotes it is written \\u0085"},
	    {"# ё\xE2\x80\xA8"
	     "b: 1\n",
	     1, 4, "U+2028"},
	    {"a: ёё\xE2\x80\xA9\n", 1, 6, "U+2029"},
	    {"a: \"ё\x01\"\n", 1, 6, "control characters are not allowed"},
	    {"a: x\x7F\n", 1, 5, "control characters are not allowed"},
	    {"a: ё\n  \xC2\x9F\n", 2, 3, "control characters are not allowed"},
	    {"ё: ё\nb: ёё\xFF\n", 2, 6, "not UTF-8: byte 0xff"},
	    {"a: \xC0\x80\n", 1, 4, "not UTF-8: byte 0xc0"},
	    {"a: \xED\xA0\x80\n", 1, 4, "not UTF-8: byte 0xed"},
	    {"a: \xF0\x9F\x98", 1, 4, "not UTF-8: byte 0xf0"},
	    {BOM "a: *x\n", 1, 4, "an alias"},
	    {BOM "имя: *x\n", 1, 6, "an alias"},
	    {"a: 1\n" BOM "b: 1\n", 2, 1, "a byte order mark within"},
	    {"a: 1\n" BOM "# c\n", 2, 1, "two files joined"},
	    {BOM BOM "a: 1\n", 1, 1, "a byte order mark within"},
	    {"a: [1, 2\nb: 3\n", 2, 2, "did not find expected ',' or ']'"},
	    {"ключ: \"ё\n", 2, 1, "unexpected end of stream"},
	    {"a: 'ё' b\n", 1, 8, "did not find expected key"},
	    {"a: b: c\n", 1, 5, "mapping values are not allowed"},
	    {"ё: 1\n  ё: c\n", 2, 4, "mapping values are not allowed"},
	    {"a: @b\n", 1, 4, "cannot start any token"},
	    {"a: \"\\y\"\n", 1, 5, "unknown escape character"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		refused(str_of(cases[i].text), cases[i].line, cases[i].column, cases[i].words);
	refused((struct str){"a: 1\nb: \0\n", 10}, 2, 4, "a NUL byte");
}

static void
marks_of_a_conflict_are_called_so(void **state)
{
	static const char words[] = "marks of a merge conflict; resolve it first";

	(void)state;
	refused(str_of("id: a\n<<<<<<< ours\nname: b\n=======\nname: c\n>>>>>>> theirs\n"), 2, 1, words);
	refused(str_of("id: a\r\nlog:\r\n<<<<<<< HEAD\r\n=======\r\n  - {date: 2026-01-01}\r\n>>>>>>> x"), 3,
		1, words);
	refused(str_of("id: a\n<<<<<<< ours\n||||||| base\nx: 1\n=======\nx: 2\n>>>>>>> theirs\n"), 2, 1,
		words);
	/* not all three, not in this order, not at the beginning of a line, not seven */
	refused(str_of("id: a\n<<<<<<< ours\nname: b\n=======\n"), 3, 1, "scanning");
	refused(str_of("id: a\n=======\n>>>>>>> theirs\n: [\n"), 3, 1, "scanning");
	refused(str_of("id: a\n <<<<<<< a\n =======\n >>>>>>> b\n- [\n"), 5, 1, "");
}

static void
places_count_from_the_chunk_s_first_line(void **state)
{
	struct doc doc = {0};
	struct error err = {0};
	size_t line, column;

	(void)state;
	assert_int_equal(doc_parse(&doc, "a", 100, str_of("a: 1\nb: *x\n"), &err), -1);
	assert_int_equal(err.line, 101);
	doc_reset(&doc);
	assert_int_equal(doc_parse(&doc, "a", 7, str_of(BOM "ё: 1\nb: 😀\n"), &err), 0);
	doc_place(&doc, 0, &line, &column);
	assert_true(line == 7 && column == 1);
	doc_place(&doc, doc.root->first->start, &line, &column);
	assert_true(line == 7 && column == 4);
	doc_place(&doc, doc.root->last->end, &line, &column);
	assert_true(line == 8 && column == 5);
	doc_place(&doc, doc.bytes.n, &line, &column);
	assert_true(line == 9 && column == 1);
	assert_int_equal(node_error(&err, &doc, doc.root->last, "what: %d", 5), -1);
	assert_true(err.line == 8 && err.column == 4);
	assert_string_equal(err.text, "what: 5");
	assert_int_equal(node_error(NULL, &doc, doc.root->last, "what"), -1);
	doc_free(&doc);
}

static void
a_second_key_is_found_among_many(void **state)
{
	static const int counts[] = {2, 15, 16, 17, 18, 100, 5000};

	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		struct buf text = {0};
		struct doc doc = {0};

		for (int k = 0; k < counts[i]; k++)
			buf_printf(&text, "key-%d: %d\n", k, k);
		doc_must_parse(&doc, (struct str){text.data, text.len});
		doc_free(&doc);
		buf_printf(&text, "key-%d: again\n", counts[i] / 2);
		refused((struct str){text.data, text.len}, (size_t)counts[i] + 1, 1,
			"joined without a line \"---\"");
		buf_free(&text);
	}
}

/* Limits */

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
nest(struct buf *text, const char *open, size_t n)
{
	buf_clear(text);
	buf_adds(text, "a: ");
	while (n-- > 0)
		buf_adds(text, open);
}

static void
nesting_ends_at_64(void **state)
{
	struct buf text = {0};
	struct doc doc = {0};

	(void)state;
	nest(&text, "[", 63);
	for (int i = 0; i < 63; i++)
		buf_addc(&text, ']');
	doc_must_parse(&doc, (struct str){text.data, text.len});
	doc_free(&doc);
	nest(&text, "[", 64);
	for (int i = 0; i < 64; i++)
		buf_addc(&text, ']');
	refused((struct str){text.data, text.len}, 1, 4 + 63, "nested more than 64 deep");
	nest(&text, "\n- ", 1);
	for (int i = 0; i < 62; i++)
		buf_adds(&text, "- ");
	doc_must_parse(&doc, (struct str){text.data, text.len});
	doc_free(&doc);
	buf_adds(&text, "- ");
	refused((struct str){text.data, text.len}, 2, 127, "nested more than 64 deep");
	buf_free(&text);
}

static void
what_would_take_long_is_refused_at_once(void **state)
{
	static const char *const opens[] = {"[", "[\n", "{a: ", "{a: \n", "[a, ", "? ", "{? ", "\n- "};
	struct buf text = {0};
	struct doc doc = {0};
	double begin = seconds();

	(void)state;
	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		nest(&text, opens[i], 100000);
		assert_int_equal(doc_parse(&doc, "a", 1, (struct str){text.data, text.len}, NULL),
				 opens[i][1] == '-' ? 0 : -1);
		doc_free(&doc);
	}
	buf_clear(&text);
	for (int i = 0; i < 200000; i++)
		buf_printf(&text, "%%TAG !%d! x\n", i);
	refused((struct str){text.data, text.len}, 1, 1, "directive");
	buf_clear(&text);
	buf_adds(&text, "a: 1\n...\n");
	for (int i = 0; i < 200000; i++)
		buf_printf(&text, "%%TAG !%d! x\n", i);
	refused((struct str){text.data, text.len}, 3, 1, "second document");
	assert_true(seconds() - begin < 5);
	buf_free(&text);
}

static void
an_alias_bomb_does_not_go_off(void **state)
{
	(void)state;
	refused(str_of("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"), 1, 4, "an anchor");
	refused(str_of("a:\n  <<: *a\n"), 2, 7, "an alias");
}

static void
sizes_have_limits(void **state)
{
	struct buf text = {0};
	struct error err = {0};
	struct doc doc = {0};
	size_t n;

	(void)state;
	for (n = DOC_SCALAR_MAX; n <= 10 * DOC_SCALAR_MAX; n += 9 * DOC_SCALAR_MAX) {
		buf_clear(&text);
		buf_adds(&text, "a: 1\nb: ");
		memset(buf_room(&text, n), 'x', n);
		text.len += n;
		if (n > DOC_SCALAR_MAX)
			refused((struct str){text.data, text.len}, 2, 4, "a text of 10485760 bytes");
		else
			doc_must_parse(&doc, (struct str){text.data, text.len});
	}
	doc_free(&doc);
	buf_free(&text);

	n = DOC_SIZE_MAX + 1;
	text.data = calloc(n, 1);
	assert_non_null(text.data);
	assert_int_equal(doc_parse(&doc, "a", 5, (struct str){text.data, n}, &err), -1);
	assert_true(err.line == 5 && err.column == 0);
	assert_string_equal(err.text, "a document of 67108865 bytes; the limit is 67108864");
	free(text.data);
	doc_free(&doc);
}

static void
the_number_of_values_has_a_limit(void **state)
{
	struct buf text = {0};
	struct doc doc = {0};

	(void)state;
	buf_adds(&text, "a: [x");
	for (size_t i = 3; i < DOC_NODES_MAX; i++)
		buf_adds(&text, ",x");
	buf_addc(&text, ']');
	doc_must_parse(&doc, (struct str){text.data, text.len});
	doc_free(&doc);
	text.data[text.len - 1] = ',';
	buf_adds(&text, "x]");
	assert_int_equal(doc_parse(&doc, "a", 1, (struct str){text.data, text.len}, NULL), -1);
	doc_free(&doc);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_not_of_the_subset_is_refused_at_its_place),
	    cmocka_unit_test(marks_of_a_conflict_are_called_so),
	    cmocka_unit_test(places_count_from_the_chunk_s_first_line),
	    cmocka_unit_test(a_second_key_is_found_among_many),
	    cmocka_unit_test(nesting_ends_at_64),
	    cmocka_unit_test(what_would_take_long_is_refused_at_once),
	    cmocka_unit_test(an_alias_bomb_does_not_go_off),
	    cmocka_unit_test(sizes_have_limits),
	    cmocka_unit_test(the_number_of_values_has_a_limit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
