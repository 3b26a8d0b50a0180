#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/table.h"

#define NBSP "\xC2\xA0"

static const struct column columns[] = {
    {"account", "Account", COLUMN_TEXT, 0},
    {"revenue", "Revenue", COLUMN_NUMBER, 1},
    {"key", NULL, COLUMN_YESNO, 0},
};

static const struct column words[] = {{"one", NULL, COLUMN_TEXT, 0}, {"two", NULL, COLUMN_TEXT, 0}};
static const struct column word[] = {{"only", NULL, COLUMN_TEXT, 0}};
static const struct column value[] = {{"only", NULL, COLUMN_VALUE, 0}};
static const struct column number[] = {{"n", NULL, COLUMN_NUMBER, 1}};

static struct table *
sample(void)
{
	struct table *t = table_new("portfolio", "Portfolio", columns, 3);

	table_cell(t, "romashka");
	table_cell(t, "1234567.50");
	table_cell(t, "yes");
	table_row(t);
	table_cell(t, "ООО «Лютик»");
	table_cell(t, "-950");
	table_cell(t, "no");
	table_row(t);
	table_cell(t, "vasilek");
	table_row(t);
	return t;
}

/* what is written, to be freed */
static char *
written(struct table *const *t, size_t n, struct table_options options)
{
	char *s = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&s, &size);

	assert_non_null(f);
	tables_write(t, n, &options, f);
	assert_int_equal(ferror(f), 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(strlen(s), size);
	return s;
}

static void
writes(struct table *t, struct table_options options, const char *expected)
{
	char *s = written(&t, 1, options);

	assert_string_equal(s, expected);
	free(s);
	table_free(t);
}

static struct table *
cell_of(const struct column *column, const char *s)
{
	struct table *t = table_new("t", NULL, column, 1);

	table_cell(t, s);
	table_row(t);
	return t;
}

static struct table *
pair_of(const char *one, const char *two)
{
	struct table *t = table_new("t", NULL, words, 2);

	table_cell(t, one);
	table_cell(t, two);
	table_row(t);
	return t;
}

static void
text_is_aligned_and_numbers_are_grouped(void **state)
{
	struct table *t = sample();

	(void)state;
	table_note(t, "basis: %s, %d accounts", "margin", 3);
	writes(t, (struct table_options){.format = TABLE_TEXT},
	       "Portfolio\n"
	       "Account           Revenue  key\n"
	       "romashka     1" NBSP "234" NBSP "567.50  yes\n"
	       "ООО «Лютик»          -950  no\n"
	       "vasilek\n"
	       "basis: margin, 3 accounts\n");
}

static void
people_are_spared_empty_columns_where_asked(void **state)
{
	static const char *const expected[] = {
	    [TABLE_TEXT] = "Account  key\n\nb        no\n",
	    [TABLE_CSV] = "account,revenue,key\n,,\nb,,no\n",
	};
	struct table *t;
	int i;

	(void)state;
	for (i = TABLE_TEXT; i <= TABLE_CSV; i++) {
		t = table_new("t", NULL, columns, 3);
		table_hide_empty(t);
		table_row(t);
		table_cell(t, "b");
		table_cell(t, "");
		table_cell(t, "no");
		table_row(t);
		writes(t, (struct table_options){.format = (enum table_format)i, .header = true},
		       expected[i]);
	}
}

static void
an_empty_table_can_do_without_its_heading(void **state)
{
	static const char *const expected[] = {
	    [TABLE_TEXT] = "Title\nnone\n",
	    [TABLE_CSV] = "account,revenue,key\n",
	    [TABLE_MARKDOWN] = "## Title\n\nnone\n",
	};
	struct table *t;

	(void)state;
	for (int i = TABLE_TEXT; i <= TABLE_MARKDOWN; i++) {
		if (!expected[i])
			continue;
		t = table_new("t", "Title", columns, 3);
		table_hide_heading(t);
		table_note(t, "none");
		writes(t, (struct table_options){.format = (enum table_format)i, .header = true},
		       expected[i]);
	}
}

static void
digits_are_grouped_by_three_from_the_point(void **state)
{
	static const struct {
		const char *cell, *shown;
	} cases[] = {
	    {"0", "0"},
	    {"999", "999"},
	    {"1000", "1" NBSP "000"},
	    {"-100000.1234", "-100" NBSP "000.1234"},
	    {"-1000000", "-1" NBSP "000" NBSP "000"},
	    {"+12345", "+12" NBSP "345"},
	    {"12345 kg", "12345 kg"},
	    {"12.345.678", "12.345.678"},
	    {"-", "-"},
	    {".5", ".5"},
	    {"1e10000", "1e10000"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct table *t = cell_of(number, cases[i].cell);
		char *s = written(&t, 1, (struct table_options){.format = TABLE_TEXT});
		const char *line = strchr(s, '\n') + 1;

		assert_int_equal(strlen(line), strlen(cases[i].shown) + 1);
		assert_memory_equal(line, cases[i].shown, strlen(cases[i].shown));
		free(s);
		table_free(t);
	}
}

static void
wide_characters_take_two_columns_and_marks_none(void **state)
{
	struct table *t = table_new("t", NULL, words, 2);

	(void)state;
	table_cell(t, "株式会社");
	table_cell(t, "x");
	table_row(t);
	table_cell(t, "e\xCC\x81"); /* e and a combining acute */
	table_cell(t, "y");
	table_row(t);
	writes(t, (struct table_options){.format = TABLE_TEXT},
	       "one       two\n"
	       "株式会社  x\n"
	       "e\xCC\x81         y\n");
}

static void
trailing_blanks_are_trimmed(void **state)
{
	(void)state;
	writes(pair_of("long enough  ", NULL), (struct table_options){.format = TABLE_TEXT},
	       "one            two\n"
	       "long enough\n");
}

static void
text_neutralises_control_characters(void **state)
{
	(void)state;
	writes(pair_of("\033[31mred", "a\nb"), (struct table_options){.format = TABLE_TEXT},
	       "one          two\n"
	       "\\x1B[31mred  a\\x0Ab\n");
}

static void
the_widest_text_column_is_cut_to_the_width(void **state)
{
	(void)state;
	writes(pair_of("short", "abcdefghijklmnopqrstuvwxyz"),
	       (struct table_options){.format = TABLE_TEXT, .width = 20},
	       "one    two\n"
	       "short  abcdefghijkl…\n");
}

static void
a_line_as_wide_as_the_terminal_is_not_cut(void **state)
{
	(void)state;
	writes(pair_of("short", "abcdefghijklm"), (struct table_options){.format = TABLE_TEXT, .width = 20},
	       "one    two\n"
	       "short  abcdefghijklm\n");
}

static void
a_wide_character_is_not_cut_in_half(void **state)
{
	(void)state;
	writes(pair_of("株式会社株式会社", "x"), (struct table_options){.format = TABLE_TEXT, .width = 15},
	       "one         two\n"
	       "株式会社…   x\n");
}

static void
no_column_is_cut_below_eight(void **state)
{
	(void)state;
	writes(pair_of("abcdefghijklmnop", "0123456789"),
	       (struct table_options){.format = TABLE_TEXT, .width = 5},
	       "one       two\n"
	       "abcdefg…  0123456…\n");
}

static void
numbers_are_never_cut(void **state)
{
	(void)state;
	writes(cell_of(number, "1234567890123"), (struct table_options){.format = TABLE_TEXT, .width = 10},
	       "                n\n"
	       "1" NBSP "234" NBSP "567" NBSP "890" NBSP "123\n");
}

static void
titles_and_headings_are_bold_with_colour(void **state)
{
	struct table *t = table_new("t", "Title", word, 1);

	(void)state;
	table_cell(t, "x");
	table_row(t);
	writes(t, (struct table_options){.format = TABLE_TEXT, .colour = true},
	       "\033[1mTitle\033[0m\n"
	       "\033[1monly\033[0m\n"
	       "x\n");
}

static void
an_empty_table_shows_its_headings(void **state)
{
	(void)state;
	writes(table_new("t", NULL, words, 2), (struct table_options){.format = TABLE_TEXT}, "one  two\n");
}

static void
tables_of_text_stand_a_blank_line_apart(void **state)
{
	struct table *t[] = {cell_of(word, "x"), cell_of(word, "y")};
	char *s = written(t, 2, (struct table_options){.format = TABLE_TEXT});

	(void)state;
	assert_string_equal(s, "only\nx\n\nonly\ny\n");
	free(s);
	table_free(t[0]);
	table_free(t[1]);
}

static void
csv_has_names_and_plain_digits(void **state)
{
	struct table *t = sample();

	(void)state;
	table_note(t, "not in CSV");
	writes(t, (struct table_options){.format = TABLE_CSV, .header = true},
	       "account,revenue,key\n"
	       "romashka,1234567.50,yes\n"
	       "ООО «Лютик»,-950,no\n"
	       "vasilek,,\n");
}

static void
csv_quotes_only_what_needs_it(void **state)
{
	(void)state;
	writes(pair_of("a,b", "say \"hi\""), (struct table_options){.format = TABLE_CSV},
	       "\"a,b\",\"say \"\"hi\"\"\"\n");
	writes(pair_of("two\nlines", "\r"), (struct table_options){.format = TABLE_CSV},
	       "\"two\nlines\",\"\r\"\n");
	writes(pair_of(" blanks ", "semi;colon"), (struct table_options){.format = TABLE_CSV},
	       " blanks ,semi;colon\n");
}

static void
a_lone_empty_cell_is_not_a_blank_line(void **state)
{
	(void)state;
	writes(cell_of(word, NULL), (struct table_options){.format = TABLE_CSV}, "\"\"\n");
	writes(pair_of(NULL, ""), (struct table_options){.format = TABLE_CSV}, ",\n");
}

static void
a_first_cell_is_not_taken_for_a_byte_order_mark(void **state)
{
	(void)state;
	writes(cell_of(word, "\xEF\xBB\xBFx"), (struct table_options){.format = TABLE_CSV},
	       "\"\xEF\xBB\xBFx\"\n");
}

static void
formulas_are_neutralised_in_text_columns_only(void **state)
{
	static const char *const risky[] = {"=1+2", "+1", "-1", "@sum", "\tx"};
	static const char *const shown[] = {"'=1+2\n", "'+1\n", "'-1\n", "'@sum\n", "'\tx\n"};
	struct table_options options = {.format = TABLE_CSV, .neutral = true};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof risky / sizeof risky[0]; i++)
		writes(cell_of(word, risky[i]), options, shown[i]);
	writes(cell_of(word, "\rx"), options, "\"'\rx\"\n");
	writes(cell_of(word, "=HYPERLINK(\"x\",1)"), options, "\"'=HYPERLINK(\"\"x\"\",1)\"\n");
	writes(cell_of(word, "a=1"), options, "a=1\n");
	writes(cell_of(word, ""), options, "\"\"\n");
	writes(cell_of(number, "-5"), options, "-5\n");
	writes(cell_of(value, "-5"), options, "-5\n");
	writes(cell_of(value, "-5.25"), options, "-5.25\n");
	writes(cell_of(value, "-5."), options, "'-5.\n");
	writes(cell_of(value, "-5+A1"), options, "'-5+A1\n");
	writes(cell_of(value, "-"), options, "'-\n");
	writes(cell_of(value, "+5"), options, "'+5\n");
	writes(cell_of(word, "=1"), (struct table_options){.format = TABLE_CSV}, "=1\n");
	writes(cell_of(word, "=1"), (struct table_options){.format = TABLE_TSV, .neutral = true}, "'=1\n");
}

static void
tsv_escapes_tabs_breaks_and_backslashes(void **state)
{
	(void)state;
	writes(pair_of("a\tb\nc\rd\\e", NULL), (struct table_options){.format = TABLE_TSV, .header = true},
	       "one\ttwo\n"
	       "a\\tb\\nc\\rd\\\\e\t\n");
	writes(pair_of("\"quoted\"", "a,b"), (struct table_options){.format = TABLE_TSV},
	       "\"quoted\"\ta,b\n");
	writes(cell_of(word, "\033[31m"), (struct table_options){.format = TABLE_TSV}, "\033[31m\n");
	writes(cell_of(word, "\033[31m"), (struct table_options){.format = TABLE_CSV, .terminal = true},
	       "\\x1B[31m\n");
}

static void
json_is_an_object_a_line(void **state)
{
	struct table *t = sample();

	(void)state;
	table_note(t, "an array has no place for it");
	writes(t, (struct table_options){.format = TABLE_JSON},
	       "[\n"
	       "{\"account\":\"romashka\",\"revenue\":1234567.50,\"key\":true},\n"
	       "{\"account\":\"ООО «Лютик»\",\"revenue\":-950,\"key\":false},\n"
	       "{\"account\":\"vasilek\",\"revenue\":null,\"key\":null}\n"
	       "]\n");
}

static void
json_of_an_empty_table_is_an_empty_array(void **state)
{
	(void)state;
	writes(table_new("t", "T", words, 2), (struct table_options){.format = TABLE_JSON}, "[]\n");
}

static void
json_escapes_control_characters_and_quotes(void **state)
{
	(void)state;
	writes(pair_of("\b\f\n\r\t\"\\/\x01\x1F\x7F", "\xC2\x9B\xC2\xA0"),
	       (struct table_options){.format = TABLE_JSON},
	       "[\n{\"one\":\"\\b\\f\\n\\r\\t\\\"\\\\/"
	       "\\u0001\\u001f\\u007f\",\"two\":\"\\u009b\xC2\xA0\"}\n]\n");
	writes(pair_of("\xE2\x80\xAE"
		       "a",
		       "\xE2\x81\xA6\xE2\x80\x9C"),
	       (struct table_options){.format = TABLE_JSON},
	       "[\n{\"one\":\"\\u202ea\",\"two\":\"\\u2066\xE2\x80\x9C\"}\n]\n");
}

static void
json_numbers_that_json_does_not_know_are_strings(void **state)
{
	static const char *const numbers[] = {"0", "-0", "0.5", "-12.30", "1e5", "1E-5", "10e+02"};
	static const char *const strings[] = {"",    "-",    "+1",  "01",    "-01", ".5", "1.", "1e",
					      "1e+", "0x10", "NaN", "1 000", "1,5", "5 ", "--1"};
	char expected[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		snprintf(expected, sizeof expected, "[\n{\"n\":%s}\n]\n", numbers[i]);
		writes(cell_of(number, numbers[i]), (struct table_options){.format = TABLE_JSON}, expected);
	}
	for (i = 0; i < sizeof strings / sizeof strings[0]; i++) {
		snprintf(expected, sizeof expected, "[\n{\"n\":\"%s\"}\n]\n", strings[i]);
		writes(cell_of(number, strings[i]), (struct table_options){.format = TABLE_JSON}, expected);
	}
}

static void
json_of_several_tables_is_an_object_by_name(void **state)
{
	struct table *t[] = {
	    table_new("first", NULL, word, 1),
	    table_new("second", NULL, word, 1),
	    table_new("third", NULL, word, 1),
	};
	char *s;
	size_t i;

	(void)state;
	table_cell(t[1], "x");
	table_row(t[1]);
	s = written(t, 2, (struct table_options){.format = TABLE_JSON});
	assert_string_equal(s, "{\n\"first\":[],\n\"second\":[\n{\"only\":\"x\"}\n]\n}\n");
	free(s);
	table_note(t[0], "a \"note\"");
	table_note(t[0], "and one more");
	table_note(t[2], "100 %%");
	s = written(t, 3, (struct table_options){.format = TABLE_JSON});
	assert_string_equal(
	    s, "{\n\"first\":[],\n\"second\":[\n{\"only\":\"x\"}\n],\n\"third\":[],\n"
	       "\"notes\":{\"first\":[\"a \\\"note\\\"\",\"and one more\"],\"third\":[\"100 %\"]}\n}\n");
	free(s);
	for (i = 0; i < 3; i++)
		table_free(t[i]);
}

static void
markdown_has_an_alignment_row_and_a_heading(void **state)
{
	struct table *t = sample();

	(void)state;
	table_note(t, "basis: margin");
	table_note(t, "a|b");
	writes(t, (struct table_options){.format = TABLE_MARKDOWN},
	       "## Portfolio\n"
	       "\n"
	       "| Account | Revenue | key |\n"
	       "| --- | ---: | --- |\n"
	       "| romashka | 1234567.50 | yes |\n"
	       "| ООО «Лютик» | -950 | no |\n"
	       "| vasilek | | |\n"
	       "\n"
	       "basis: margin\n"
	       "\n"
	       "a\\|b\n");
}

static void
markdown_escapes_what_would_be_markup(void **state)
{
	(void)state;
	writes(pair_of("a|b\\c", "<b>*x*</b> [y](z) `q`\n"), (struct table_options){.format = TABLE_MARKDOWN},
	       "| one | two |\n"
	       "| --- | --- |\n"
	       "| a\\|b\\\\c | \\<b>\\*x\\*\\</b> \\[y](z) \\`q\\`\\\\x0A |\n");
}

static void
invalid_utf8_never_comes_out(void **state)
{
	const char *bad = "a\xFFz\xC3";

	(void)state;
	writes(cell_of(word, bad), (struct table_options){.format = TABLE_JSON},
	       "[\n{\"only\":\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"}\n]\n");
	writes(cell_of(word, bad), (struct table_options){.format = TABLE_CSV},
	       "a\xEF\xBF\xBDz\xEF\xBF\xBD\n");
	writes(cell_of(word, "\xC3\"\xA9"), (struct table_options){.format = TABLE_CSV},
	       "\"\xEF\xBF\xBD\"\"\xEF\xBF\xBD\"\n");
	writes(cell_of(word, bad), (struct table_options){.format = TABLE_TSV},
	       "a\xEF\xBF\xBDz\xEF\xBF\xBD\n");
	writes(cell_of(word, bad), (struct table_options){.format = TABLE_TEXT}, "only\na\\xFFz\\xC3\n");
}

static void
a_cell_too_many_is_left_out(void **state)
{
	struct table *t = table_new("t", NULL, word, 1);

	(void)state;
	table_cellf(t, "%d-%s", 7, "x");
	table_cell(t, "over");
	table_row(t);
	assert_int_equal(table_rows(t), 1);
	writes(t, (struct table_options){.format = TABLE_CSV}, "7-x\n");
}

static void
many_rows_keep_their_order(void **state)
{
	struct table *t = table_new("t", NULL, words, 2);
	char *s, *p;
	long i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		table_cellf(t, "%ld", i);
		table_cell(t, i % 2 ? "odd" : NULL);
		table_row(t);
	}
	assert_int_equal(table_rows(t), 5000);
	s = p = written(&t, 1, (struct table_options){.format = TABLE_CSV});
	for (i = 0; i < 5000; i++) {
		assert_int_equal(strtol(p, &p, 10), i);
		assert_memory_equal(p, i % 2 ? ",odd\n" : ",\n", i % 2 ? 5 : 2);
		p += i % 2 ? 5 : 2;
	}
	assert_int_equal(*p, '\0');
	free(s);
	table_free(t);
}

static void
formats_are_known_by_name(void **state)
{
	static const char *const names[] = {"text", "csv", "tsv", "json", "markdown"};
	enum table_format format = TABLE_TEXT;
	struct error err;
	int i;

	(void)state;
	for (i = TABLE_TEXT; i <= TABLE_MARKDOWN; i++) {
		assert_int_equal(table_format_parse(names[i], &format, &err), 0);
		assert_int_equal(format, i);
	}
	assert_int_equal(table_format_parse("xm\033l", &format, &err), -1);
	assert_int_equal(format, TABLE_MARKDOWN);
	assert_string_equal(err.text,
			    "unknown format \"xm\\x1Bl\"; there are text, csv, tsv, json and markdown");
	assert_int_equal(table_format_parse("", &format, NULL), -1);
}

static void
a_full_disk_shows_in_ferror(void **state)
{
	struct table *t = sample();
	struct table_options options = {.format = TABLE_CSV};
	FILE *f = fopen("/dev/full", "w");

	(void)state;
	if (!f)
		skip();
	setvbuf(f, NULL, _IONBF, 0);
	tables_write(&t, 1, &options, f);
	assert_int_not_equal(ferror(f), 0);
	fclose(f);
	table_free(t);
}

/* what a table of so many rows writes, held or as they come */
static char *
rows_written(size_t rows, struct table_options options, bool held)
{
	struct table *t = table_new("t", "T", words, 2);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	if (!held)
		table_stream(t, &options, f);
	for (size_t i = 0; i < rows; i++) {
		table_cellf(t, "r%zu, \"x\"", i);
		table_row(t);
	}
	assert_int_equal(table_rows(t), rows);
	if (held)
		tables_write(&t, 1, &options, f);
	else
		table_stream_end(t);
	fclose(f);
	table_free(t);
	return text;
}

static void
rows_as_they_come_are_those_of_a_table_that_is_held(void **state)
{
	static const enum table_format formats[] = {TABLE_CSV, TABLE_TSV, TABLE_JSON};
	char *held, *streamed;

	(void)state;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		for (size_t rows = 0; rows < 4; rows++) {
			struct table_options options = {.format = formats[i], .header = rows % 2 == 0};

			held = rows_written(rows, options, true);
			streamed = rows_written(rows, options, false);
			assert_string_equal(streamed, held);
			free(held);
			free(streamed);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_is_aligned_and_numbers_are_grouped),
	    cmocka_unit_test(people_are_spared_empty_columns_where_asked),
	    cmocka_unit_test(an_empty_table_can_do_without_its_heading),
	    cmocka_unit_test(digits_are_grouped_by_three_from_the_point),
	    cmocka_unit_test(wide_characters_take_two_columns_and_marks_none),
	    cmocka_unit_test(trailing_blanks_are_trimmed),
	    cmocka_unit_test(text_neutralises_control_characters),
	    cmocka_unit_test(the_widest_text_column_is_cut_to_the_width),
	    cmocka_unit_test(a_line_as_wide_as_the_terminal_is_not_cut),
	    cmocka_unit_test(a_wide_character_is_not_cut_in_half),
	    cmocka_unit_test(no_column_is_cut_below_eight),
	    cmocka_unit_test(numbers_are_never_cut),
	    cmocka_unit_test(titles_and_headings_are_bold_with_colour),
	    cmocka_unit_test(an_empty_table_shows_its_headings),
	    cmocka_unit_test(tables_of_text_stand_a_blank_line_apart),
	    cmocka_unit_test(csv_has_names_and_plain_digits),
	    cmocka_unit_test(csv_quotes_only_what_needs_it),
	    cmocka_unit_test(a_lone_empty_cell_is_not_a_blank_line),
	    cmocka_unit_test(a_first_cell_is_not_taken_for_a_byte_order_mark),
	    cmocka_unit_test(formulas_are_neutralised_in_text_columns_only),
	    cmocka_unit_test(tsv_escapes_tabs_breaks_and_backslashes),
	    cmocka_unit_test(json_is_an_object_a_line),
	    cmocka_unit_test(json_of_an_empty_table_is_an_empty_array),
	    cmocka_unit_test(json_escapes_control_characters_and_quotes),
	    cmocka_unit_test(json_numbers_that_json_does_not_know_are_strings),
	    cmocka_unit_test(json_of_several_tables_is_an_object_by_name),
	    cmocka_unit_test(markdown_has_an_alignment_row_and_a_heading),
	    cmocka_unit_test(markdown_escapes_what_would_be_markup),
	    cmocka_unit_test(invalid_utf8_never_comes_out),
	    cmocka_unit_test(a_cell_too_many_is_left_out),
	    cmocka_unit_test(many_rows_keep_their_order),
	    cmocka_unit_test(rows_as_they_come_are_those_of_a_table_that_is_held),
	    cmocka_unit_test(formats_are_known_by_name),
	    cmocka_unit_test(a_full_disk_shows_in_ferror),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
