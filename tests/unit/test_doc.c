/* Parsing a document: the byte range of every kind of node. */
#include "docs.h"

/* every kind and style of node, in the odd ways in which people write them */
static const char everything[] = "# first\n"
				 "---   # begins\n"
				 "\n"
				 "plain: a b  # c\n"
				 "\"key one\":   'it''s'\n"
				 "'key two' : \"two\n"
				 "  lines\\n\"\n"
				 "long: one\n"
				 "  two\n"
				 "\n"
				 "  three # c\n"
				 "absent:   # none\n"
				 "literal: |\n"
				 "  x\n"
				 "\n"
				 "   y\n"
				 "\n"
				 "\n"
				 "# between\n"
				 "folded: >- # c\n"
				 "    a\n"
				 "    b\n"
				 "kept: |+\n"
				 "  k\n"
				 "\n"
				 "\n"
				 "indented: |2\n"
				 "    i\n"
				 "flow: { a: 1, b: [x, 'y,',\n"
				 "   z ], c: , d, \"e\":f, g: } # c\n"
				 "list:\n"
				 "  # - not this\n"
				 "  - one\n"
				 "  -\n"
				 "  # - nor this\n"
				 "  - \"three\" # - nor that\n"
				 "  -   {k: v}\n"
				 "  - - a\n"
				 "    - b: 1\n"
				 "      c:\n"
				 "      d: -2\n"
				 "    -\n"
				 "      late\n"
				 "indentless:\n"
				 "- m: 1\n"
				 "  n: 2\n"
				 "-\n"
				 "map:\n"
				 "  x: 1\n"
				 "  y:\n"
				 "    z: [a: 1 , b]\n"
				 "имя: ООО «Ромашка» 😀 # ё\n"
				 "after: 😀ё\n"
				 "last: |\n"
				 "  end\n"
				 "\n"
				 "# closing\n"
				 "... # over\n"
				 "# behind\n";

static const struct {
	const char *path;
	const char *key_line; /* what stands from the key, or dash, on */
	const char *bytes;
	const char *text; /* NULL: a map or list */
} places[] = {
    {"plain", "plain:", "a b", "a b"},
    {"key one", "\"key one\"", "'it''s'", "it's"},
    {"key two", "'key two' :", "\"two\n  lines\\n\"", "two lines\n"},
    {"long", "long:", "one\n  two\n\n  three", "one two\nthree"},
    {"absent", "absent:", "", ""},
    {"literal", "literal:", "|\n  x\n\n   y\n", "x\n\n y\n"},
    {"folded", "folded:", ">- # c\n    a\n    b\n", "a b"},
    {"kept", "kept:", "|+\n  k\n\n\n", "k\n\n\n"},
    {"indented", "indented:", "|2\n    i\n", "  i\n"},
    {"flow", "flow:", "{ a: 1, b: [x, 'y,',\n   z ], c: , d, \"e\":f, g: }", NULL},
    {"flow.a", "a: 1", "1", "1"},
    {"flow.b", "b: [", "[x, 'y,',\n   z ]", NULL},
    {"flow.b.1", "'y,'", "'y,'", "y,"},
    {"flow.b.2", "z ]", "z", "z"},
    {"flow.c", "c: ,", "", ""},
    {"flow.d", "d, ", "", ""},
    {"flow.e", "\"e\":f", "f", "f"},
    {"flow.g", "g: }", "", ""},
    {"list.0", "- one", "one", "one"},
    {"list.1", "-\n  # - nor", "", ""},
    {"list.2", "- \"three\"", "\"three\"", "three"},
    {"list.3", "-   {k", "{k: v}", NULL},
    {"list.3.k", "k: v", "v", "v"},
    {"list.4", "- - a", "- a\n    - b: 1\n      c:\n      d: -2\n    -\n      late", NULL},
    {"list.4.0", "- a", "a", "a"},
    {"list.4.1", "- b: 1", "b: 1\n      c:\n      d: -2", NULL},
    {"list.4.1.c", "c:\n", "", ""},
    {"list.4.1.d", "d: -2", "-2", "-2"},
    {"list.4.2", "-\n      late", "late", "late"},
    {"indentless", "indentless:", "- m: 1\n  n: 2\n-", NULL},
    {"indentless.0", "- m", "m: 1\n  n: 2", NULL},
    {"indentless.1", "-\nmap", "", ""},
    {"map", "map:", "x: 1\n  y:\n    z: [a: 1 , b]", NULL},
    {"map.y.z.0", "a: 1", "a: 1", NULL},
    {"map.y.z.0.a", "a: 1", "1", "1"},
    {"map.y.z.1", "b]", "b", "b"},
    {"имя", "имя:", "ООО «Ромашка» 😀", "ООО «Ромашка» 😀"},
    {"after", "after:", "😀ё", "😀ё"},
    {"last", "last:", "|\n  end\n", "end\n"},
};

/* the same with other line ends, and with or without a byte order mark */
static void
write_variant(struct buf *out, const char *text, const char *eol, const char *bom)
{
	buf_adds(out, bom);
	for (; *text; text++) {
		if (*text == '\n')
			buf_adds(out, eol);
		else
			buf_addc(out, *text);
	}
}

static void
check_places(const char *eol, const char *bom)
{
	struct buf text = {0}, want = {0};
	struct doc doc = {0};

	write_variant(&text, everything, eol, bom);
	doc_must_parse(&doc, (struct str){text.data, text.len});
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const struct node *node = node_at(doc.root, places[i].path);

		buf_clear(&want);
		write_variant(&want, places[i].bytes, eol, "");
		assert_int_equal(node->end - node->start, want.len);
		if (want.len)
			assert_memory_equal(doc.bytes.p + node->start, want.data, want.len);
		buf_clear(&want);
		write_variant(&want, places[i].key_line, eol, "");
		assert_memory_equal(doc.bytes.p + node->key_start, want.data, want.len);
		assert_int_equal(node->kind == NODE_SCALAR, places[i].text != NULL);
		if (places[i].text)
			assert_string_equal(node->text, places[i].text);
	}
	check_ranges(&doc, doc.root);
	assert_string_equal(doc.eol, eol);
	assert_int_equal(doc.bom, strlen(bom));
	assert_memory_equal(doc.bytes.p + doc.body_end, "... # over", 10);
	assert_int_equal(doc.body, strlen(bom) + strlen("# first---   # begins") + 2 * strlen(eol));
	doc_free(&doc);
	buf_free(&text);
	buf_free(&want);
}

static void
every_node_knows_its_bytes(void **state)
{
	(void)state;
	check_places("\n", "");
	check_places("\r\n", "");
	check_places("\n", BOM);
	check_places("\r\n", BOM);
}

/* what stands between: nothing is told of where a document was cut short */
static void
every_beginning_of_a_document_keeps_its_ranges(void **state)
{
	struct buf text = {0};

	(void)state;
	write_variant(&text, everything, "\n", BOM);
	for (size_t n = 0; n <= text.len; n++) {
		struct doc doc = {0};
		char *copy = xmalloc(n + 1);

		memcpy(copy, text.data, n);
		if (doc_parse(&doc, "a.yaml", 1, (struct str){copy, n}, NULL) == 0)
			check_ranges(&doc, doc.root);
		doc_free(&doc);
		free(copy);
	}
	buf_free(&text);
}

static void
a_block_scalar_ends_where_its_text_does(void **state)
{
	static const struct {
		const char *doc, *bytes, *text;
	} cases[] = {
	    {"k: |\n  x", "|\n  x", "x"},
	    {"k: |\n  x\n", "|\n  x\n", "x\n"},
	    {"k: |-\n  x\n\n\n", "|-\n  x\n", "x"},
	    {"k: |\n  x\n\n \n  \nl: 1\n", "|\n  x\n", "x\n"},
	    {"k: |\n  x\n   \nl: 1\n", "|\n  x\n   \n", "x\n \n"},
	    {"k: |+\n  x\n\n", "|+\n  x\n\n", "x\n\n"},
	    {"k: |+\n  x\n\n# c\n", "|+\n  x\n\n", "x\n\n"},
	    {"k: |+\n  x", "|+\n  x", "x"},
	    {"k: >+\n\n\nl: 1\n", ">+\n\n\n", "\n\n"},
	    {"k: |\n\n\nl: 1\n", "|\n", ""},
	    {"k: | # + +\n  x\n\nl: 1\n", "| # + +\n  x\n", "x\n"},
	    {"k: |\n  + + \n\nl: 1\n", "|\n  + + \n", "+ + \n"},
	    {"k: |", "|", ""},
	    {"k: |\n", "|\n", ""},
	    {"k: >\n  a\n\n  b\n   c\n\nl: 1\n", ">\n  a\n\n  b\n   c\n", "a\nb\n c\n"},
	    {"k: |1-\n  x\n\nl: 1\n", "|1-\n  x\n", " x"},
	    {"k: |\r\n  x\r\n\r\nl: 1\r\n", "|\r\n  x\r\n", "x\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct doc doc = {0};
		const struct node *node;

		doc_must_parse(&doc, str_of(cases[i].doc));
		node = node_at(doc.root, "k");
		assert_string_equal(node->text, cases[i].text);
		assert_int_equal(node->end - node->start, strlen(cases[i].bytes));
		assert_memory_equal(doc.bytes.p + node->start, cases[i].bytes, strlen(cases[i].bytes));
		doc_free(&doc);
	}
}

static void
documents_without_anything_are_empty_maps(void **state)
{
	static const char *const texts[] = {"",
					    "\n",
					    "# c",
					    "---",
					    "---\n",
					    BOM,
					    BOM "---\n# c\n",
					    "---\n...\n",
					    "---\n...\n...\n# c\n...",
					    "# c\n--- # d\n\n...\n# e\n",
					    "\r\n"};
	struct doc nothing = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct doc doc = {0};

		doc_must_parse(&doc, str_of(texts[i]));
		assert_int_equal(doc.root->kind, NODE_MAP);
		assert_int_equal(doc.root->count, 0);
		assert_true(doc.body <= doc.body_end && doc.body_end <= doc.bytes.n);
		doc_free(&doc);
	}
	assert_int_equal(doc_parse(&nothing, "a", 1, (struct str){0}, NULL), 0);
	assert_int_equal(nothing.root->count, 0);
	doc_free(&nothing);
}

static void
every_scalar_is_the_text_that_stands_there(void **state)
{
	static const char *const texts[] = {"no",	  "08",	  "1:30", "~",	  "null",
					    "2026-11-22", "0x1F", "1e5",  ".inf", "="};
	struct buf text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct doc doc = {0};

		buf_clear(&text);
		buf_printf(&text, "k: %s\n", texts[i]);
		doc_must_parse(&doc, (struct str){text.data, text.len});
		assert_string_equal(node_get_text(doc.root, "k"), texts[i]);
		doc_free(&doc);
	}
	buf_free(&text);
}

static void
a_key_may_be_empty_and_its_colon_apart(void **state)
{
	struct doc doc = {0};

	(void)state;
	doc_must_parse(&doc, str_of("\"\": x\na \t : y\n\"\\n\": z\n"));
	assert_string_equal(node_at(doc.root, "a")->text, "y");
	assert_string_equal(node_get_text(doc.root, ""), "x");
	assert_string_equal(node_get_text(doc.root, "\n"), "z");
	check_ranges(&doc, doc.root);
	doc_free(&doc);
}

static void
tabs_may_stand_where_they_indent_nothing(void **state)
{
	struct doc doc = {0};

	(void)state;
	doc_must_parse(&doc, str_of("a:\tx\t\t# c\nb: [x,\n\ty]\nc: |\n  y\n  \tz\nd:\t\n"));
	assert_string_equal(node_at(doc.root, "a")->text, "x");
	assert_string_equal(node_at(doc.root, "b.1")->text, "y");
	assert_string_equal(node_at(doc.root, "c")->text, "y\n\tz\n");
	doc_free(&doc);
}

static void
a_doc_is_used_again_after_a_reset(void **state)
{
	struct doc doc = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(doc_parse(&doc, "a", 1, str_of("a: *x\n"), &err), -1);
	for (int i = 0; i < 3; i++) {
		doc_reset(&doc);
		assert_null(doc.root);
		doc_must_parse(&doc, str_of("---\r\nb: 1\r\n"));
		assert_string_equal(doc.eol, "\r\n");
		assert_int_equal(doc.root->count, 1);
	}
	doc_free(&doc);
}

/* Trees */

static void
trees_are_equal_if_they_say_the_same(void **state)
{
	static const char *const same[] = {"a: {b: [1, 'x y'], c: }\n",
					   "a:\n  b:\n  - \"1\"\n  - x y\n  c: ''\n",
					   "'a': {\"b\": [1, >-\n x\n y\n], c}\n"};
	static const char *const other[] = {"a: {c: , b: [1, x y]}\n",	   "a: {b: [1, x y]}\n",
					    "a: {b: [1, x y], d: }\n",	   "a: {b: [1], c: }\n",
					    "a: {b: [1, x  y], c: }\n",	   "a: {b: [x y, 1], c: }\n",
					    "a: {b: [1, x y, ''], c: }\n", "a: [b, c]\n"};
	struct doc one = {0}, two = {0};

	(void)state;
	doc_must_parse(&one, str_of(same[0]));
	doc_must_parse(&two, str_of(same[1]));
	assert_true(node_equal(one.root, two.root));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
		doc_reset(&two);
		doc_must_parse(&two, str_of(other[i]));
		assert_false(node_equal(one.root, two.root));
		assert_false(node_equal(two.root, one.root));
	}
	doc_reset(&two);
	assert_true(node_equal(node_copy(&two.arena, one.root), one.root));
	doc_free(&one);
	doc_free(&two);
}

static void
entries_are_found_by_name(void **state)
{
	struct doc doc = {0};

	(void)state;
	doc_must_parse(&doc, str_of("a: 1\nb: ''\nc: [x]\n"));
	assert_string_equal(node_get_text(doc.root, "a"), "1");
	assert_null(node_get_text(doc.root, "b"));
	assert_non_null(node_get(doc.root, "b"));
	assert_null(node_get_text(doc.root, "c"));
	assert_null(node_get(doc.root, "d"));
	assert_null(node_get(node_get(doc.root, "c"), "x"));
	assert_null(node_get(node_get(doc.root, "a"), "x"));
	assert_null(node_get(NULL, "x"));
	doc_free(&doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_node_knows_its_bytes),
	    cmocka_unit_test(every_beginning_of_a_document_keeps_its_ranges),
	    cmocka_unit_test(a_block_scalar_ends_where_its_text_does),
	    cmocka_unit_test(documents_without_anything_are_empty_maps),
	    cmocka_unit_test(every_scalar_is_the_text_that_stands_there),
	    cmocka_unit_test(a_key_may_be_empty_and_its_colon_apart),
	    cmocka_unit_test(tabs_may_stand_where_they_indent_nothing),
	    cmocka_unit_test(a_doc_is_used_again_after_a_reset),
	    cmocka_unit_test(trees_are_equal_if_they_say_the_same),
	    cmocka_unit_test(entries_are_found_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
