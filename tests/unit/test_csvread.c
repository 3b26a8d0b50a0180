#include <fcntl.h>
#include <sys/resource.h>

#include "reading.h"

#define MIB (1UL << 20)

/* Cells and lines */

static void
cells_keep_their_blanks(void **state)
{
	struct reading r = reading("a, b ,\tc \n,,\n x\n");

	(void)state;
	gives(&r, 1, "a| b |\tc ");
	gives(&r, 2, "||");
	gives(&r, 3, " x");
	ends(&r);
}

static void
quoted_cells_lose_their_quotes(void **state)
{
	struct reading r = reading("\"a,b\",\"say \"\"hi\"\"\",\"\",\" c \"\n\"\"\"\"\n");

	(void)state;
	gives(&r, 1, "a,b|say \"hi\"|| c ");
	raw_is(&r, "\"a,b\",\"say \"\"hi\"\"\",\"\",\" c \"");
	gives(&r, 2, "\"");
	ends(&r);
}

static void
a_quoted_cell_keeps_its_line_breaks(void **state)
{
	struct reading r = reading("x,\"one\r\ntwo\n\n\rthree\",y\r\nnext,1\r\n");

	(void)state;
	gives(&r, 1, "x|one\r\ntwo\n\n\rthree|y");
	raw_is(&r, "x,\"one\r\ntwo\n\n\rthree\",y");
	gives(&r, 5, "next|1");
	raw_is(&r, "next,1");
	ends(&r);
}

static void
blank_lines_are_skipped_but_counted(void **state)
{
	struct reading r = reading("\n\r\na\n\n\n\"\"\n,\n \n\n");

	(void)state;
	gives(&r, 3, "a");
	gives(&r, 6, "");
	assert_int_equal(r.row.n, 1);
	gives(&r, 7, "|");
	gives(&r, 8, " ");
	ends(&r);
}

static void
the_last_line_may_lack_its_end(void **state)
{
	struct reading plain = reading("a,b\nc,d"), quoted = reading("a\r\n\"c\nd\"");
	struct reading comma = reading("a,"), cr = reading("a,b\r\nc,d\r");

	(void)state;
	gives(&plain, 1, "a|b");
	gives(&plain, 2, "c|d");
	ends(&plain);
	gives(&quoted, 1, "a");
	gives(&quoted, 2, "c\nd");
	raw_is(&quoted, "\"c\nd\"");
	ends(&quoted);
	gives(&comma, 1, "a|");
	ends(&comma);
	gives(&cr, 1, "a|b");
	gives(&cr, 2, "c|d");
	ends(&cr);
}

static void
an_empty_file_has_no_rows(void **state)
{
	struct reading empty = reading(""), bom = reading(BOM), blank = reading("\n\n");

	(void)state;
	ends(&empty);
	ends(&bom);
	ends(&blank);
}

static void
any_ascii_delimiter_is_understood(void **state)
{
	struct reading semicolon = reading_dialect("a;\"b;c\";1,5\n", strlen("a;\"b;c\";1,5\n"),
						   (struct csv_dialect){.delimiter = ';'});
	struct reading tab = reading_dialect("a\t\t \"\nb\t \"c\n", strlen("a\t\t \"\nb\t \"c\n"),
					     (struct csv_dialect){.delimiter = '\t'});

	(void)state;
	gives(&semicolon, 1, "a|b;c|1,5");
	ends(&semicolon);
	rejects(&tab, 1, "a\t\t \"", 1, 5, "stray quote");
	rejects(&tab, 2, "b\t \"c", 2, 4, "stray quote");
	ends(&tab);
}

static void
a_delimiter_that_cannot_be_is_refused(void **state)
{
	static const char bad[] = {'"', '\n', '\r', '\xC3'};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad; i++)
		refused((struct csv_dialect){.delimiter = bad[i]}, "a,b\n", "delimiter");
}

static void
lines_before_the_header_are_kept_raw(void **state)
{
	const char *text = BOM "Report \"Q1\r\n\r\nname,n\r\nx,1\r\n";
	struct reading r = reading_dialect(text, strlen(text), (struct csv_dialect){.skip = 2});
	struct reading none = reading_dialect("a\nb\n", 4, (struct csv_dialect){.skip = 3});
	struct str skipped = csvread_skipped(r.csv);

	(void)state;
	assert_int_equal(skipped.n, 14);
	assert_memory_equal(skipped.p, "Report \"Q1\r\n\r\n", 14);
	gives(&r, 3, "name|n");
	gives(&r, 4, "x|1");
	ends(&r);
	assert_int_equal(csvread_skipped(none.csv).n, 4);
	ends(&none);
}

static void
skipped_lines_are_bounded(void **state)
{
	char *text = malloc(3 * MIB + 1);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', 3 * MIB);
	text[3 * MIB] = '\0';
	refused((struct csv_dialect){.skip = 1}, text, "lines to skip");
	memset(text, '\n', 3 * MIB);
	refused((struct csv_dialect){.skip = 3 * MIB}, text, "lines to skip");
	free(text);
}

static void
bytes_read_are_counted(void **state)
{
	struct reading r = reading("a,b\n1,2\n");

	(void)state;
	gives(&r, 1, "a|b");
	gives(&r, 2, "1|2");
	assert_int_equal(csvread_bytes(r.csv), 8);
	ends(&r);
}

static void
what_cannot_be_read_is_an_error(void **state)
{
	struct csv_dialect dialect = {0};
	struct error err = {0};
	int fd = open(".", O_RDONLY);

	(void)state;
	assert_true(fd >= 0);
	assert_null(csvread_open(fd, "folder", &dialect, &err));
	assert_string_equal(err.file, "folder");
	assert_non_null(strstr(err.text, "cannot read"));
	close(fd);
	assert_null(csvread_open(-1, "none", &dialect, NULL));
}

/* Quotes gone wrong */

static void
a_stray_quote_costs_its_own_row_only(void **state)
{
	struct reading r = reading("a,b\nЩ 5\" pipe,1\nc,d\n\"e\" x,f\n g\"h\"\ni,j\n");

	(void)state;
	gives(&r, 1, "a|b");
	rejects(&r, 2, "Щ 5\" pipe,1", 2, 4, "stray quote");
	gives(&r, 3, "c|d");
	rejects(&r, 4, "\"e\" x,f", 4, 4, "stray quote");
	rejects(&r, 5, " g\"h\"", 5, 3, "stray quote");
	gives(&r, 6, "i|j");
	ends(&r);
}

static void
an_unclosed_quote_at_the_end_costs_one_line(void **state)
{
	struct reading r = reading("a,b\r\nc,\"d\r\ne,f\r\n\r\ng,h"), last = reading("a\n\"b");

	(void)state;
	gives(&r, 1, "a|b");
	rejects(&r, 2, "c,\"d", 2, 0, "never closed");
	gives(&r, 3, "e|f");
	gives(&r, 5, "g|h");
	ends(&r);
	gives(&last, 1, "a");
	rejects(&last, 2, "\"b", 2, 0, "never closed");
	ends(&last);
}

static void
an_unclosed_quote_that_meets_another_costs_its_first_line(void **state)
{
	struct reading r = reading("a,\"b\nc,d\ne,\"f\"\ng,h\n");

	(void)state;
	rejects(&r, 1, "a,\"b", 1, 0, "line 3, column 4");
	gives(&r, 2, "c|d");
	gives(&r, 3, "e|f");
	gives(&r, 4, "g|h");
	ends(&r);
}

static void
a_row_after_many_rejected_ones_is_read_whole(void **state)
{
	struct reading r = reading("\"a\"b\n\"\n\"x\n\"y,1\"\n\"z\",\"w\"\n");

	(void)state;
	rejects(&r, 1, "\"a\"b", 1, 4, "stray quote");
	rejects(&r, 2, "\"", 2, 0, "line 3, column 2");
	rejects(&r, 3, "\"x", 3, 0, "line 4, column 2");
	gives(&r, 4, "y,1");
	gives(&r, 5, "z|w");
	ends(&r);
}

static void
a_quote_swallows_no_more_than_its_limit_of_lines(void **state)
{
	struct buf text = {0};
	struct reading r;
	size_t i;

	(void)state;
	buf_adds(&text, "a,\"b\n");
	for (i = 0; i < 20000; i++)
		buf_adds(&text, "c,d\n");
	buf_adds(&text, "e,\"f\n");
	r = reading_bytes(text.data, text.len, NULL);
	rejects(&r, 1, "a,\"b", 1, 0, "within 10000 lines");
	for (i = 0; i < 20000; i++)
		gives(&r, i + 2, "c|d");
	rejects(&r, 20002, "e,\"f", 20002, 0, "never closed");
	ends(&r);
	buf_free(&text);
}

/* Each block of lines opens a quote and leaves it open; all are taken into a record, and all are read again. */
static void
hostile_quotes_are_read_in_linear_time(void **state)
{
	struct buf text = {0};
	struct reading r;
	size_t i, k, rows = 0, rejected = 0;
	enum csv_result result;

	(void)state;
	for (i = 0; i < 50; i++) {
		buf_adds(&text, "\"open\n");
		for (k = 0; k < 9998; k++)
			buf_adds(&text, "\"\",even\n");
		buf_adds(&text, "\"open again\n");
	}
	r = reading_bytes(text.data, text.len, NULL);
	while ((result = next(&r)) != CSV_READ_END) {
		rows += result == CSV_READ_ROW;
		rejected += result == CSV_READ_REJECT;
	}
	assert_int_equal(rows, 50 * 9998);
	assert_int_equal(rejected, 100);
	ends(&r);
	buf_free(&text);
}

/* Limits */

static size_t
peak_kib(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return (size_t)usage.ru_maxrss;
}

static void
put_run(FILE *f, const char *s, size_t n)
{
	for (; n > 0; n--)
		assert_true(fputs(s, f) >= 0);
}

static void
a_huge_cell_is_rejected_in_bounded_memory(void **state)
{
	FILE *f = tmpfile();
	size_t before;
	struct reading r;

	(void)state;
	assert_non_null(f);
	fputs("a,b\n", f);
	put_run(f, "xyxyxyxyxyxyxyxy", 2 * MIB); /* 32 MiB */
	fputs(",1\nc,d\n\"", f);
	put_run(f, "xyxyxyxyxyxyxyxy", 2 * MIB);
	fputs("\",2\ne,f", f);
	before = peak_kib();
	r = reading_file(f, NULL);
	gives(&r, 1, "a|b");
	assert_int_equal(next(&r), CSV_READ_REJECT);
	assert_int_equal(r.row.line, 2);
	assert_int_equal(r.row.raw.n, CSV_RECORD_MAX);
	assert_memory_equal(r.row.raw.p, "xyxy", 4);
	assert_non_null(strstr(r.err.text, "more than 1048576 bytes"));
	gives(&r, 3, "c|d");
	assert_int_equal(next(&r), CSV_READ_REJECT);
	assert_int_equal(r.row.line, 4);
	gives(&r, 5, "e|f");
	ends(&r);
	assert_in_range(peak_kib() - before, 0, 16 * 1024);
}

static void
a_cut_line_is_not_cut_within_a_character(void **state)
{
	FILE *f = tmpfile();
	struct reading r;

	(void)state;
	assert_non_null(f);
	fputs("x", f);
	put_run(f, "Ж", MIB);
	fputs("\ny\n", f);
	r = reading_file(f, NULL);
	assert_int_equal(next(&r), CSV_READ_REJECT);
	assert_int_equal(r.row.raw.n, CSV_RECORD_MAX - 1);
	gives(&r, 2, "y");
	ends(&r);
}

static void
a_record_of_the_greatest_size_is_read(void **state)
{
	FILE *f = tmpfile();
	struct reading r;

	(void)state;
	assert_non_null(f);
	fputs("a\n\"", f);
	put_run(f, "0123456\n", CSV_RECORD_MAX / 8 / 16);
	put_run(f, "x", CSV_RECORD_MAX - CSV_RECORD_MAX / 16 - 3);
	fputs("\"\nb\n\"\n", f);
	put_run(f, "x", CSV_RECORD_MAX - 1);
	fputs("\"\nc", f);
	r = reading_file(f, NULL);
	gives(&r, 1, "a");
	assert_int_equal(next(&r), CSV_READ_ROW);
	assert_int_equal(r.row.cell[0].n, CSV_RECORD_MAX - 3);
	gives(&r, 3 + CSV_RECORD_MAX / 8 / 16, "b");
	rejects(&r, r.row.line + 1, "\"", r.row.line + 1, 0, "within 1048576 bytes");
	assert_int_equal(next(&r), CSV_READ_REJECT);
	gives(&r, r.row.line + 1, "c");
	ends(&r);
}

static void
the_line_end_counts_towards_the_limit(void **state)
{
	FILE *f = tmpfile();
	struct reading r;

	(void)state;
	assert_non_null(f);
	put_run(f, "x", CSV_RECORD_MAX - 1);
	fputs("\n", f);
	put_run(f, "x", CSV_RECORD_MAX);
	fputs("\ny", f);
	r = reading_file(f, NULL);
	assert_int_equal(next(&r), CSV_READ_ROW);
	assert_int_equal(r.row.cell[0].n, CSV_RECORD_MAX - 1);
	assert_int_equal(next(&r), CSV_READ_REJECT);
	gives(&r, 3, "y");
	ends(&r);
}

static void
too_many_cells_are_rejected(void **state)
{
	const char *cell[] = {",", "\"\","};
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		FILE *f = tmpfile();
		struct reading r;

		assert_non_null(f);
		put_run(f, cell[i], CSV_CELLS_MAX - 1);
		fputs("x\n", f);
		put_run(f, cell[i], CSV_CELLS_MAX);
		fputs("\nlast\n", f);
		r = reading_file(f, NULL);
		assert_int_equal(next(&r), CSV_READ_ROW);
		assert_int_equal(r.row.n, CSV_CELLS_MAX);
		cell_is(&r, CSV_CELLS_MAX - 1, "x");
		cell_is(&r, 0, "");
		assert_int_equal(next(&r), CSV_READ_REJECT);
		assert_int_equal(r.row.raw.n, CSV_CELLS_MAX * strlen(cell[i]));
		assert_string_equal(r.err.text, "more than 4096 cells");
		gives(&r, 3, "last");
		ends(&r);
	}
}

static void
a_nul_byte_costs_its_row(void **state)
{
	static const char bytes[] = "a,b\nc\0,d\ne,\"f\n\0\"\ng,h\n";
	struct reading r = reading_bytes(bytes, sizeof bytes - 1, NULL);

	(void)state;
	gives(&r, 1, "a|b");
	assert_int_equal(next(&r), CSV_READ_REJECT);
	assert_string_equal(r.err.text, "a NUL byte");
	assert_int_equal(r.row.raw.n, 4);
	assert_memory_equal(r.row.raw.p, "c\0,d", 4);
	assert_int_equal(next(&r), CSV_READ_REJECT);
	assert_int_equal(r.row.line, 3);
	assert_int_equal(r.err.line, 4);
	assert_int_equal(r.row.raw.n, 7);
	gives(&r, 5, "g|h");
	ends(&r);
}

/* Line ends */

static void
bare_carriage_returns_end_lines_where_the_first_line_does(void **state)
{
	struct reading r = reading("a,\"x\ny\"\rb,\"1\r2\"\r\rc,d"), one = reading("a,b\r");

	(void)state;
	gives(&r, 1, "a|x\ny");
	gives(&r, 2, "b|1\r2");
	gives(&r, 5, "c|d");
	ends(&r);
	gives(&one, 1, "a|b");
	ends(&one);
}

static void
the_other_line_end_within_a_line_costs_its_row(void **state)
{
	struct reading lf = reading("a,b\nc\rd\n\"e\"\rf\n\"g\"\r\"h\nu\n\ri,j\r\r\nk\n\r\"l\",m\n"),
		       cr = reading("a,b\rc\nd\re,f\r");

	(void)state;
	gives(&lf, 1, "a|b");
	rejects(&lf, 2, "c\rd", 2, 0, "bare carriage return");
	rejects(&lf, 3, "\"e\"\rf", 3, 0, "bare carriage return");
	rejects(&lf, 4, "\"g\"\r\"h", 4, 0, "bare carriage return");
	gives(&lf, 5, "u");
	rejects(&lf, 6, "\ri,j", 6, 0, "bare carriage return");
	gives(&lf, 7, "k");
	rejects(&lf, 8, "\r\"l\",m", 8, 0, "bare carriage return");
	ends(&lf);
	gives(&cr, 1, "a|b");
	rejects(&cr, 2, "c\nd", 2, 0, "bare line feed");
	gives(&cr, 3, "e|f");
	ends(&cr);
}

/* Whole files */

static void
rows_are_whole_across_blocks(void **state)
{
	struct buf text = {0};
	struct reading r;
	char expected[64];
	size_t i, line = 1;

	(void)state;
	for (i = 0; i < 60000; i++)
		buf_printf(&text, i % 7 == 0 ? "%zu,\"%zu\n\"\"q\"\"\",x\r\n" : "%zu,%zu,x\n", i, i * i);
	r = reading_bytes(text.data, text.len, NULL);
	for (i = 0; i < 60000; i++) {
		snprintf(expected, sizeof expected, i % 7 == 0 ? "%zu|%zu\n\"q\"|x" : "%zu|%zu|x", i, i * i);
		gives(&r, line, expected);
		line += i % 7 == 0 ? 2 : 1;
	}
	ends(&r);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells_keep_their_blanks),
	    cmocka_unit_test(quoted_cells_lose_their_quotes),
	    cmocka_unit_test(a_quoted_cell_keeps_its_line_breaks),
	    cmocka_unit_test(blank_lines_are_skipped_but_counted),
	    cmocka_unit_test(the_last_line_may_lack_its_end),
	    cmocka_unit_test(an_empty_file_has_no_rows),
	    cmocka_unit_test(any_ascii_delimiter_is_understood),
	    cmocka_unit_test(a_delimiter_that_cannot_be_is_refused),
	    cmocka_unit_test(lines_before_the_header_are_kept_raw),
	    cmocka_unit_test(skipped_lines_are_bounded),
	    cmocka_unit_test(bytes_read_are_counted),
	    cmocka_unit_test(what_cannot_be_read_is_an_error),
	    cmocka_unit_test(a_stray_quote_costs_its_own_row_only),
	    cmocka_unit_test(an_unclosed_quote_at_the_end_costs_one_line),
	    cmocka_unit_test(an_unclosed_quote_that_meets_another_costs_its_first_line),
	    cmocka_unit_test(a_row_after_many_rejected_ones_is_read_whole),
	    cmocka_unit_test(a_quote_swallows_no_more_than_its_limit_of_lines),
	    cmocka_unit_test(hostile_quotes_are_read_in_linear_time),
	    cmocka_unit_test(a_huge_cell_is_rejected_in_bounded_memory),
	    cmocka_unit_test(a_cut_line_is_not_cut_within_a_character),
	    cmocka_unit_test(a_record_of_the_greatest_size_is_read),
	    cmocka_unit_test(the_line_end_counts_towards_the_limit),
	    cmocka_unit_test(too_many_cells_are_rejected),
	    cmocka_unit_test(a_nul_byte_costs_its_row),
	    cmocka_unit_test(bare_carriage_returns_end_lines_where_the_first_line_does),
	    cmocka_unit_test(the_other_line_end_within_a_line_costs_its_row),
	    cmocka_unit_test(rows_are_whole_across_blocks),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
