#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/page.h"

#define HOSTILE "<script>alert(\"1\")</script> & 'x' [a](b) *b* `c` | \\ \033[31m\xE2\x80\xAE"

static const struct column columns[] = {{.name = "name"},
					{.name = "empty"},
					{.name = "about"},
					{.name = "sum", .type = COLUMN_NUMBER, .group = 1}};

static void
expect(struct page *p, enum page_format format, size_t width, const char *expected)
{
	const struct page_options options = {.format = format, .width = width};
	char *data = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&data, &n);

	assert_non_null(f);
	pages_write(&p, 1, &options, f);
	fclose(f);
	assert_string_equal(data, expected);
	free(data);
}

static const char *
html_of(struct page *p, char **data)
{
	const struct page_options options = {.format = PAGE_HTML};
	size_t n = 0;
	FILE *f = open_memstream(data, &n);
	const char *body;

	pages_write(&p, 1, &options, f);
	fclose(f);
	body = strstr(*data, "<body>\n");
	assert_non_null(body);
	return body + strlen("<body>\n");
}

static struct page *
table_page(void)
{
	struct page *p = page_new("");

	page_table(p, columns, 4);
	page_cell(p, "Ромашка");
	page_cell(p, NULL);
	page_cell(p, "первая встреча на складе");
	page_cell(p, "-1234567.00");
	page_row(p);
	page_cell(p, "ab");
	page_row(p);
	return p;
}

static void
a_table_aligns_cyrillic_groups_digits_and_hides_empty_columns(void **state)
{
	struct page *p = table_page();

	(void)state;
	expect(p, PAGE_TEXT, 0,
	       "name     about                               sum\n"
	       "Ромашка  первая встреча на складе  -1 234 567.00\n"
	       "ab\n");
	page_free(p);
}

static void
a_table_that_is_too_wide_gets_cells_of_several_lines(void **state)
{
	struct page *p = table_page();

	(void)state;
	expect(p, PAGE_TEXT, 40,
	       "name     about                       sum\n"
	       "Ромашка  первая встреча    -1 234 567.00\n"
	       "         на складе\n"
	       "ab\n");
	page_free(p);
}

static void
a_table_that_cannot_fit_is_written_value_by_value(void **state)
{
	struct page *p = table_page();

	(void)state;
	expect(p, PAGE_TEXT, 30,
	       "Ромашка\n"
	       "  about  первая встреча на\n"
	       "         складе\n"
	       "  sum    -1 234 567.00\n"
	       "ab\n");
	page_free(p);
}

static void
what_has_more_lines_than_it_may_is_cut_but_not_the_title_of_a_section(void **state)
{
	const struct page_options options = {.width = 12};
	struct page *p = page_new("A title of three lines, or four");
	char *data = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&data, &n);

	(void)state;
	page_cut(p, 2);
	page_fact(p, "f", "one two three four five");
	page_line(p, PAGE_ALERT, "just enough, twice");
	page_section(p, "Left out of it were so many");
	page_item(p, PAGE_PLAIN, "\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b");
	page_cut(p, 0);
	page_line(p, PAGE_PLAIN, "this one is whole");
	pages_write(&p, 1, &options, f);
	fclose(f);
	assert_string_equal(data, "A title of\n"
				  "three…\n"
				  "f  one two\n"
				  "   three…\n"
				  "! just\n"
				  "  enough,…\n"
				  "\n"
				  "Left out of\n"
				  "it were so\n"
				  "many\n"
				  "- \\x1B\\x1B\\x\n"
				  "  1B\\x1B\\x1…\n"
				  "this one is\n"
				  "whole\n");
	assert_int_equal(page_lines(p, 12), 14);
	free(data);
	page_free(p);
}

static void
text_is_wrapped_at_blanks_and_long_words_are_cut(void **state)
{
	struct page *p = page_new("Title");

	(void)state;
	page_line(p, PAGE_PLAIN, "%s", "one two  three\nfour");
	page_item(p, PAGE_PLAIN, "%s", "five six seven eight");
	page_line(p, PAGE_ALERT, "абвгдеёжзийклмнопрст");
	expect(p, PAGE_TEXT, 12,
	       "Title\n"
	       "one two\n"
	       "three four\n"
	       "- five six\n"
	       "  seven\n"
	       "  eight\n"
	       "! абвгдеёжзи\n"
	       "  йклмнопрст\n");
	assert_int_equal(page_lines(p, 12), 8);
	assert_int_equal(page_lines(p, 0), 4);
	page_free(p);
}

static void
what_holds_nothing_is_left_out(void **state)
{
	struct page *p = page_new("T");
	char *html;

	(void)state;
	page_section(p, "Nothing");
	page_table(p, columns, 4);
	page_fact(p, "empty", "");
	page_fact(p, "none", NULL);
	page_section(p, "Something");
	page_fact(p, "name", "x");
	page_fact(p, "длинное имя", "y");
	expect(p, PAGE_TEXT, 0, "T\n\nSomething\nname         x\nдлинное имя  y\n");
	expect(p, PAGE_MARKDOWN, 0, "# T\n\n## Something\n\n- **name:** x\n- **длинное имя:** y\n");
	assert_string_equal(html_of(p, &html),
			    "<article>\n<h1>T</h1>\n<h2>Something</h2>\n<dl>\n<dt>name</dt><dd>x</dd>\n"
			    "<dt>длинное имя</dt><dd>y</dd>\n</dl>\n</article>\n</body>\n</html>\n");
	free(html);
	page_free(p);
}

static void
a_tree_shows_who_stands_under_whom(void **state)
{
	struct page *p = page_new("");
	char *html;

	(void)state;
	page_tree(p, 0, "a");
	page_tree(p, 1, "b");
	page_tree(p, 2, "c and more of it");
	page_tree(p, 1, "d");
	page_tree(p, 9, "e");
	page_tree(p, 0, "f");
	expect(p, PAGE_TEXT, 18,
	       "a\n"
	       "├─ b\n"
	       "│  └─ c and more\n"
	       "│       of it\n"
	       "└─ d\n"
	       "   └─ e\n"
	       "f\n");
	expect(p, PAGE_MARKDOWN, 0, "- a\n  - b\n    - c and more of it\n  - d\n    - e\n- f\n");
	assert_string_equal(
	    html_of(p, &html),
	    "<article>\n<h1></h1>\n<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c and more of it</li>\n</ul></li>\n"
	    "<li>d\n<ul>\n<li>e</li>\n</ul></li>\n</ul></li>\n<li>f</li>\n</ul>\n</article>\n</body>\n</"
	    "html>\n");
	free(html);
	page_free(p);
}

static void
a_tree_is_not_drawn_deeper_than_it_can_be_read(void **state)
{
	struct page *p = page_new("");

	(void)state;
	for (size_t i = 0; i < 100000; i++)
		page_tree(p, i, "x");
	assert_int_equal(page_lines(p, 80), 100000);
	page_free(p);
}

static void
nothing_in_the_text_is_taken_for_markup(void **state)
{
	struct page *p = page_new("");
	char *html;

	(void)state;
	page_item(p, PAGE_PLAIN, "%s", HOSTILE);
	page_item(p, PAGE_PLAIN, "1. one");
	page_item(p, PAGE_PLAIN, "# two");
	expect(p, PAGE_TEXT, 0,
	       "- <script>alert(\"1\")</script> & 'x' [a](b) *b* `c` | \\ \\x1B[31m\\u202E\n- 1. one\n- # "
	       "two\n");
	expect(p, PAGE_MARKDOWN, 0,
	       "- \\<script\\>alert(\"1\")\\</script\\> \\& 'x' \\[a\\](b) \\*b\\* \\`c\\` \\| \\\\ "
	       "\\\\x1B\\[31m\\\\u202E\n- 1\\. one\n- \\# two\n");
	assert_string_equal(
	    html_of(p, &html),
	    "<article>\n<h1></h1>\n<ul>\n<li>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; "
	    "&#39;x&#39; [a](b) *b* `c` | \\ \\x1B[31m\\u202E</li>\n<li>1. one</li>\n"
	    "<li># two</li>\n</ul>\n</article>\n</body>\n</html>\n");
	free(html);
	page_free(p);
}

static void
the_title_and_columns_are_escaped_too(void **state)
{
	static const struct column hostile[] = {{.name = "a"}, {.name = "\"><b>\033"}};
	struct page *p = page_new("</title><b>");
	char *html;

	(void)state;
	page_table(p, hostile, 2);
	page_cell(p, "1");
	page_cell(p, "2");
	page_row(p);
	html_of(p, &html);
	assert_null(strstr(html, "<b>"));
	assert_non_null(strstr(html, "<title>&lt;/title&gt;&lt;b&gt;</title>"));
	assert_non_null(strstr(html, "data-title=\"&quot;&gt;&lt;b&gt;\\x1B\""));
	assert_null(strchr(html, '\033'));
	assert_null(strstr(html, "<script"));
	expect(p, PAGE_MARKDOWN, 0,
	       "# \\</title\\>\\<b\\>\n\n| a | \"\\>\\<b\\>\\\\x1B |\n| --- | --- |\n| 1 | 2 |\n");
	free(html);
	page_free(p);
}

static void
colour_is_for_headings_and_alerts(void **state)
{
	const struct page_options options = {.colour = true};
	struct page *p = page_new("T");
	char *data = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&data, &n);

	(void)state;
	page_line(p, PAGE_ALERT, "late");
	page_line(p, PAGE_PLAIN, "plain");
	page_line(p, PAGE_QUIET, "small");
	pages_write(&p, 1, &options, f);
	fclose(f);
	assert_string_equal(data, "\033[1mT\033[0m\n\033[31m! late\033[0m\nplain\n\033[2msmall\033[0m\n");
	free(data);
	page_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_table_aligns_cyrillic_groups_digits_and_hides_empty_columns),
	    cmocka_unit_test(a_table_that_is_too_wide_gets_cells_of_several_lines),
	    cmocka_unit_test(a_table_that_cannot_fit_is_written_value_by_value),
	    cmocka_unit_test(what_has_more_lines_than_it_may_is_cut_but_not_the_title_of_a_section),
	    cmocka_unit_test(text_is_wrapped_at_blanks_and_long_words_are_cut),
	    cmocka_unit_test(what_holds_nothing_is_left_out),
	    cmocka_unit_test(a_tree_shows_who_stands_under_whom),
	    cmocka_unit_test(a_tree_is_not_drawn_deeper_than_it_can_be_read),
	    cmocka_unit_test(nothing_in_the_text_is_taken_for_markup),
	    cmocka_unit_test(the_title_and_columns_are_escaped_too),
	    cmocka_unit_test(colour_is_for_headings_and_alerts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
