/* Writing nodes: whatever the text, reading it back gives it again. */
#include "docs.h"

static unsigned long long prng = 20261122;

static unsigned
below(unsigned n)
{
	prng = prng * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(prng >> 33) % n;
}

static void
write_utf8(struct buf *out, unsigned c)
{
	if (c < 0x80) {
		buf_addc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addc(out, (char)(0xC0 | c >> 6));
	} else if (c < 0x10000) {
		buf_addc(out, (char)(0xE0 | c >> 12));
		buf_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
	} else {
		buf_addc(out, (char)(0xF0 | c >> 18));
		buf_addc(out, (char)(0x80 | (c >> 12 & 0x3F)));
		buf_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	buf_addc(out, (char)(0x80 | (c & 0x3F)));
}

/* what means something to YAML, or stands at the edge of a class of characters */
static const char *const pieces[] = {
    " ",      "  ",	    "\t",	  "\n",		"\r",	    "\r\n",	":",
    ": ",     "#",	    " #",	  "'",		"\"",	    "\\",	"- ",
    "-",      "--- ",	    "---",	  "...",	"?",	    "? ",	"!",
    "!!",     "&a",	    "*a",	  "|",		">",	    "%",	"@",
    "`",      "{",	    "}",	  "[",		"]",	    ",",	"<<",
    "=",      "~",	    "null",	  "no",		"08",	    "1:30",	"1e5",
    "0x1F",   ".5",	    "+1",	  "2026-11-22", "true",	    "k: v",	"a#b",
    "\x01",   "\x1B",	    "\x7F",	  "\xC2\x80",	"\xC2\x85", "\xC2\x9F", "\u00A0",
    "\u2028", "\u2029",	    "\uFEFF",	  "\uFFFE",	"\uFFFF",   "ё",	"Ж",
    "€",      "😀",	    "\uFDD0",	  "\uFFFD",	"\u200B",   "\u202E",	"\uD7FF",
    "\uE000", "\U0001FFFE", "\U0010FFFF", "\n...\n",	"\n---\n",  "\\n",	"\\x41",
    "${x}",   "a",	    "word",	  "two words",	"12,5",	    "c:\\d",	"http://a.example/b?c=d&e#f"};

static void
random_text(struct buf *out)
{
	unsigned c, n = below(6);

	buf_clear(out);
	buf_adds(out, "");
	while (n-- > 0) {
		if (below(4)) {
			buf_adds(out, pieces[below(sizeof pieces / sizeof *pieces)]);
			continue;
		}
		do
			c = 1 + below(below(2) ? 0x10FFFF : 0x2FF);
		while (c >= 0xD800 && c <= 0xDFFF);
		write_utf8(out, c);
	}
}

/* the text as key and value, in a section, a block map, a block list, and flow style of both kinds, two deep */
static struct node *
tree_of(struct arena *arena, const char *key, const char *text)
{
	struct node *root = node_new_map(arena, STYLE_BLOCK), *map, *list, *flow;

	node_put(arena, root, key, node_new_text(arena, text));
	map = node_put(arena, root, "(map)", node_new_map(arena, STYLE_BLOCK));
	node_put(arena, map, key, node_new_plain(arena, text));
	flow = node_put(arena, map, "(flow)", node_new_map(arena, STYLE_FLOW));
	node_put(arena, flow, key, node_new_text(arena, text));
	node_put(arena, flow, "(plain)", node_new_plain(arena, text));
	list = node_put(arena, root, "(list)", node_new_list(arena, STYLE_BLOCK));
	node_put(arena, list, NULL, node_new_plain(arena, text));
	flow = node_put(arena, list, NULL, node_new_map(arena, STYLE_FLOW));
	node_put(arena, flow, key, node_new_text(arena, text));
	flow = node_put(arena, list, NULL, node_new_list(arena, STYLE_FLOW));
	node_put(arena, flow, NULL, node_new_plain(arena, text));
	node_put(arena, flow, NULL, node_new_text(arena, text));
	return root;
}

static void
comes_back(const char *key, const char *text, const char *eol)
{
	struct arena arena = {0};
	struct buf out = {0};
	struct doc doc = {0};
	const struct node *tree = tree_of(&arena, key, text);

	for (const struct node *n = tree->first; n; n = n->next)
		node_write_section(&out, n->key, n, eol);
	doc_must_parse(&doc, (struct str){out.data, out.len});
	if (!node_equal(doc.root, tree))
		fail_msg("another text came back: %s", out.data);
	doc_free(&doc);
	buf_free(&out);
	arena_free(&arena);
}

static void
any_text_comes_back(void **state)
{
	struct buf key = {0}, text = {0};

	(void)state;
	for (int round = 0; round < 20000; round++) {
		random_text(&key);
		random_text(&text);
		comes_back(key.data, text.data, below(2) ? "\n" : "\r\n");
	}
	buf_free(&key);
	buf_free(&text);
}

static void
every_character_comes_back(void **state)
{
	struct buf text = {0};

	(void)state;
	for (unsigned c = 1; c < 0x3000; c++) {
		buf_clear(&text);
		write_utf8(&text, c);
		comes_back(text.data, text.data, "\n");
	}
	for (unsigned c = 0xD000; c < 0x11000; c++) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		buf_clear(&text);
		buf_addc(&text, 'a');
		write_utf8(&text, c);
		buf_addc(&text, 'b');
		comes_back("k", text.data, "\n");
	}
	buf_free(&text);
}

static void
long_texts_come_back(void **state)
{
	struct buf text = {0}, key = {0};

	(void)state;
	for (size_t n = 1; n <= 1000; n += 111) {
		buf_clear(&key);
		while (key.len < n)
			buf_adds(&key, n % 2 ? "k" : "\xD1\x91");
		comes_back(key.data, "x", "\n");
	}
	for (int kind = 0; kind < 3; kind++) {
		buf_clear(&text);
		while (text.len < 100000)
			buf_adds(&text, kind == 0 ? "word " : kind == 1 ? "ё\n" : "x");
		comes_back("k", text.data, "\n");
	}
	buf_free(&key);
	buf_free(&text);
}

static void
flow_is(const char *want, const struct node *node)
{
	struct buf out = {0};

	node_write_flow(&out, node);
	assert_string_equal(out.data, want);
	buf_free(&out);
}

/* what is plain here is plain to every reader of YAML; the rest is quoted */
static void
plain_is_only_what_is_safe(void **state)
{
	static const struct {
		const char *text, *plain, *free;
	} cases[] = {
	    {"a", "a", "a"},
	    {"Ромашка и Ко.", "Ромашка и Ко.", "Ромашка и Ко."},
	    {"12", "12", "\"12\""},
	    {"-12.50", "-12.50", "\"-12.50\""},
	    {"2026-11-22", "2026-11-22", "\"2026-11-22\""},
	    {"no", "no", "\"no\""},
	    {"No", "No", "\"No\""},
	    {"nO", "nO", "\"nO\""},
	    {"Null", "Null", "\"Null\""},
	    {"yes sir", "yes sir", "yes sir"},
	    {"0x1F", "0x1F", "\"0x1F\""},
	    {"1:30", "1:30", "\"1:30\""},
	    {"1_000", "1_000", "\"1_000\""},
	    {"12 pieces", "12 pieces", "12 pieces"},
	    {"~", "\"~\"", "\"~\""},
	    {"", "\"\"", "\"\""},
	    {" a", "\" a\"", "\" a\""},
	    {"a ", "\"a \"", "\"a \""},
	    {"a: b", "\"a: b\"", "\"a: b\""},
	    {"a:", "\"a:\"", "\"a:\""},
	    {"a:b", "a:b", "a:b"},
	    {"a #b", "\"a #b\"", "\"a #b\""},
	    {"a,b", "\"a,b\"", "\"a,b\""},
	    {"-", "\"-\"", "\"-\""},
	    {"---", "\"---\"", "\"---\""},
	    {"- a", "\"- a\"", "\"- a\""},
	    {".5", "\".5\"", "\".5\""},
	    {"a\"b\\c", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\""},
	    {"a\nb\t\r\x1B", "\"a\\nb\\t\\x0d\\x1b\"", "\"a\\nb\\t\\x0d\\x1b\""},
	    {"\xC2\x85\u2028\uFEFF\uFFFF", "\"\\x85\\u2028\\ufeff\\uffff\"",
	     "\"\\x85\\u2028\\ufeff\\uffff\""},
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		flow_is(cases[i].plain, node_new_plain(&arena, cases[i].text));
		flow_is(cases[i].free, node_new_text(&arena, cases[i].text));
	}
	arena_free(&arena);
}

static void
section_is(const char *want, const char *text)
{
	struct doc doc = {0};
	struct buf out = {0};

	doc_must_parse(&doc, str_of(text));
	for (const struct node *n = doc.root->first; n; n = n->next)
		node_write_section(&out, n->key, n, doc.eol);
	assert_string_equal(out.data, want);
	buf_free(&out);
	doc_free(&doc);
}

static void
sections_are_laid_out_one_entry_to_a_line(void **state)
{
	(void)state;
	section_is("a: b\n", "a: b\n");
	section_is("a:\n", "a:\n");
	section_is("a: \"\"\n", "a: ''\n");
	section_is("a: []\nb: {}\n", "a: []\nb: {}\n");
	section_is("a: [1, {b: , c: [x]}]\n", "a: [1, {b, c: [x]}]\n");
	section_is("a:\r\n  - 1\r\n  - {b: 2, c: [3]}\r\n  - [4, \"\", \"\"]\r\n",
		   "a:\r\n- 1\r\n- b: 2\r\n  c:\r\n  - 3\r\n- - 4\r\n  - ''\r\n  -\r\n");
	section_is("\"a b:\":\n  c: 1\n  d:\n  e: {f: 2}\n",
		   "'a b:':\n    c: 1\n    d:\n    e:\n      f: 2\n");
	section_is("a: \"x\\ny\\n\"\n", "a: |\n  x\n  y\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_text_comes_back),
	    cmocka_unit_test(every_character_comes_back),
	    cmocka_unit_test(long_texts_come_back),
	    cmocka_unit_test(plain_is_only_what_is_safe),
	    cmocka_unit_test(sections_are_laid_out_one_entry_to_a_line),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
