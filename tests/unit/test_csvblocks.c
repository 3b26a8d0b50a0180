#include "hostile.h"
#include "reading.h"
#include "records.h"

/* Blocks: wherever a file is cut, its records are those of the whole */

#define BLOCK (256UL * 1024) /* of textfile.c */

static void
put(struct buf *text, size_t n, const char *line)
{
	while (n-- > 0)
		buf_adds(text, line);
}

/* text of an encoding from ASCII and U+0416, which stand in all of these */
static void
encoded(struct buf *out, const struct buf *utf8, const char *encoding)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char *in = utf8->data, *to;
	size_t n = utf8->len, room = n * 4 + 16;

	assert_true(cd != (iconv_t)-1);
	buf_clear(out);
	to = buf_room(out, room);
	assert_int_equal(iconv(cd, &in, &n, &to, &room), 0);
	out->len = (size_t)(to - out->data);
	iconv_close(cd);
}

/* all ways of reading the file give the same; head: records that are read one by one before the blocks */
static void
reads_the_same(const struct buf *bytes, const char *encoding, size_t head, struct buf *want)
{
	struct csv_dialect dialect = {.encoding = encoding, .delimiter = ','};
	struct reading r = reading_dialect(bytes->data, bytes->len, dialect);
	struct buf turn = {0}, blocks = {0};

	buf_clear(want);
	records_judged((struct str){bytes->data, bytes->len}, &dialect, csvread_file(r.csv), want);
	records_in_turn(r.csv, SIZE_MAX, &turn);
	assert_true(records_same(&turn, want));
	ends(&r);
	r = reading_dialect(bytes->data, bytes->len, dialect);
	records_in_turn(r.csv, head, &blocks);
	records_by_blocks(r.csv, 0, 0, &blocks);
	assert_true(records_same(&blocks, want));
	csvread_close(r.csv);
	fclose(r.file);
	buf_free(&turn);
	buf_free(&blocks);
}

static size_t
lines_of(const struct buf *log, const char *kind)
{
	const char *p = log->data;
	size_t n = 0;

	for (; p && *p; p = strchr(p, '\n'), p += p != NULL)
		n += strncmp(p, kind, strlen(kind)) == 0;
	return n;
}

/* lines of `line` up to the byte before which a block would end, and a tricky part that begins so many bytes before */
static void
straddle(struct buf *text, size_t before, const char *tricky)
{
	size_t i;

	buf_clear(text);
	buf_adds(text, "a,b\n");
	while (text->len + 64 < BLOCK - before)
		buf_adds(text, "2026-11-22,\"5\"\" pipe\",12.50\n");
	for (i = BLOCK - before - text->len - 1; i > 0; i--)
		buf_addc(text, 'x');
	buf_addc(text, '\n');
	assert_int_equal(text->len, BLOCK - before);
	buf_adds(text, tricky);
	put(text, 300, "last,\"l\"\"a\nst\",1\n");
}

static void
straddles(const char *tricky)
{
	static const char *const encodings[] = {NULL, "windows-1251", "utf-16le", "cp932"};
	struct buf text = {0}, bytes = {0}, want = {0};
	size_t before;

	for (before = 0; before <= strlen(tricky) + 2; before++) {
		const char *encoding = encodings[before % 4];

		straddle(&text, before, tricky);
		encoded(&bytes, &text, encoding ? encoding : "utf-8");
		reads_the_same(&bytes, encoding, before % 3, &want);
	}
	buf_free(&text);
	buf_free(&bytes);
	buf_free(&want);
}

static void
a_cut_at_any_byte_of_quoted_cells_changes_nothing(void **state)
{
	(void)state;
	straddles(
	    "a,\"b\n\n\"\"c\"\"\r\n,\",\"\"\nd,\"\"\"\n\"\"\",e\r\n\r\n\"Ж\r\",\"\"\"\"\r\n\"\n\n\n\"\n");
}

static void
a_cut_at_any_byte_among_stray_quotes_changes_nothing(void **state)
{
	(void)state;
	straddles("5\" x,1\n\"a\"b\n\"open\nc,\"d\ne\",f\n\"\n\"x\n\"y,1\"\n\r\"z\",\"w\"\r\nЖ\"\n\"\n,,\n");
}

static void
a_cut_at_any_byte_of_mixed_line_ends_changes_nothing(void **state)
{
	(void)state;
	straddles("a\r\n\r\n\n\r\nb\rc\n\"d\r\"\r\r\n\r\r\n\n\"e\r\n\"\r\nf\r");
}

/* each line end of the tricky part is where a block ends */
static void
a_cut_behind_every_line_end_changes_nothing(void **state)
{
	struct hostile h = {.seed = 5};
	struct buf want = {0}, blocks = {0};
	size_t round, i;

	(void)state;
	for (round = 0; round < 2000; round++) {
		struct csv_dialect dialect;
		struct reading r;

		hostile_begin(&h, round % HOSTILE_ENCODINGS, 10);
		for (i = hostile_chance(&h, 30); i > 0; i--)
			hostile_row(&h);
		dialect = (struct csv_dialect){.encoding = h.encoding->name, .delimiter = h.delimiter};
		r = reading_dialect(h.out.data, h.out.len, dialect);
		buf_clear(&want);
		buf_clear(&blocks);
		records_judged((struct str){h.out.data, h.out.len}, &dialect, csvread_file(r.csv), &want);
		records_by_blocks(r.csv, 1, 0, &blocks);
		assert_true(records_same(&blocks, &want));
		csvread_close(r.csv);
		fclose(r.file);
	}
	buf_free(&h.out);
	buf_free(&want);
	buf_free(&blocks);
}

static void
cells_of_many_lines_are_whole_in_any_block(void **state)
{
	struct buf text = {0}, want = {0};
	size_t i, k;

	(void)state;
	buf_adds(&text, "a,b\n");
	for (i = 0; i < 600; i++) {
		buf_printf(&text, "%zu,\"", i);
		for (k = 0; k < i * 37 % 997; k++)
			buf_adds(&text, "a \"\"line\"\", of many\n");
		buf_adds(&text, "end\",x\r\n");
	}
	assert_true(text.len > 4 * BLOCK);
	reads_the_same(&text, NULL, 1, &want);
	assert_int_equal(lines_of(&want, "row "), 601);
	buf_free(&text);
	buf_free(&want);
}

/* once a record was begun in one block and ended in the next, blocks are cut outside of quotes: a stray quote turns
 * outside into inside for all that follow */
static void
a_stray_quote_before_many_blocks_costs_one_row(void **state)
{
	struct buf text = {0}, want = {0};

	(void)state;
	buf_adds(&text, "a,b\n");
	put(&text, 20000, "12.50,\"two\nlines\"\n");
	buf_adds(&text, "5\" pipe,1\n");
	put(&text, 40000, "12.50,\"two\nlines\"\n");
	reads_the_same(&text, NULL, 1, &want);
	assert_int_equal(lines_of(&want, "row "), 60001);
	assert_int_equal(lines_of(&want, "reject "), 1);
	buf_free(&text);
	buf_free(&want);
}

static void
an_open_quote_at_a_blocks_end_costs_one_line(void **state)
{
	struct buf text = {0}, want = {0};

	(void)state;
	buf_adds(&text, "a,b\n");
	while (text.len < BLOCK - 100)
		buf_adds(&text, "c,d\n");
	buf_adds(&text, "\"open,1\n");
	put(&text, 20000, "e,12345678\n");
	reads_the_same(&text, NULL, 1, &want);
	assert_int_equal(lines_of(&want, "reject "), 1);
	buf_free(&text);
	buf_free(&want);
}

static void
a_line_of_several_blocks_is_cut_wherever_it_begins(void **state)
{
	static const size_t sizes[] = {TEXTFILE_LINE_MAX - 1, TEXTFILE_LINE_MAX, TEXTFILE_LINE_MAX + 1,
				       TEXTFILE_LINE_MAX + BLOCK + 1, 3 * TEXTFILE_LINE_MAX};
	struct buf text = {0}, want = {0};
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (k = 0; k < 3; k++) {
			buf_clear(&text);
			buf_adds(&text, k == 1 ? "a,b\n\"open\n" : "a,b\n");
			put(&text, k == 2 ? 60000 : 5, "c,d\n");
			put(&text, sizes[i], "x");
			buf_adds(&text, "\ne,f\n\"g\nh\",i\n");
			reads_the_same(&text, NULL, k, &want);
		}
	}
	buf_free(&text);
	buf_free(&want);
}

/* a block is split as if a record began with it, and again when it turns out that one goes on */
static void
bytes_that_could_not_be_decoded_are_found_out_each_time(void **state)
{
	static const char bytes[] = "a\0,\0b\0\n\0\"\0c\0\n\0\"\0\n\0\x00\xD8,\0d\0\n\0e\0,\0f\0\n\0";
	struct reading r = reading_bytes(bytes, sizeof bytes - 1, "utf-16le");
	struct textblock block = {0};
	struct csvsplit *split = csvread_splitter(r.csv);
	struct csv_fault fault;
	struct csv_row row;
	int i;

	(void)state;
	assert_int_equal(csvread_block(r.csv, &block, &r.err), 1);
	for (i = 0; i < 3; i++) {
		csvsplit_begin(split, &block, 1);
		assert_int_equal(csvsplit_next(split, &row, &fault), CSV_READ_ROW);
		assert_int_equal(csvsplit_next(split, &row, &fault), CSV_READ_ROW);
		assert_int_equal(csvsplit_next(split, &row, &fault), CSV_READ_REJECT);
		assert_int_equal(row.line, 4);
		assert_int_equal(fault.kind, CSV_FAULT_BYTES);
		assert_int_equal(csvsplit_next(split, &row, &fault), CSV_READ_ROW);
		assert_int_equal(csvsplit_next(split, &row, &fault), CSV_READ_END);
	}
	csvsplit_free(split);
	buf_free(&block.text);
	csvread_close(r.csv);
	fclose(r.file);
}

static void
blocks_begin_behind_what_was_read(void **state)
{
	struct reading r = reading_dialect("t\nh\n1\n2\n", 8, (struct csv_dialect){.skip = 1});
	struct reading all = reading("h\n1\n"), none = reading("");
	struct textblock block = {0};

	(void)state;
	gives(&r, 2, "h");
	assert_int_equal(csvread_lines(r.csv), 2);
	assert_int_equal(csvread_block(r.csv, &block, &r.err), 1);
	assert_int_equal(block.text.len, 4);
	assert_memory_equal(block.text.data, "1\n2\n", 4);
	assert_true(block.last);
	assert_int_equal(csvread_block(r.csv, &block, &r.err), 0);
	csvread_close(r.csv);
	fclose(r.file);
	gives(&all, 1, "h");
	csvread_back(all.csv);
	assert_int_equal(csvread_lines(all.csv), 0);
	assert_int_equal(csvread_block(all.csv, &block, &r.err), 1);
	assert_int_equal(block.text.len, 4);
	csvread_close(all.csv);
	fclose(all.file);
	assert_int_equal(csvread_block(none.csv, &block, &r.err), 0);
	csvread_close(none.csv);
	fclose(none.file);
	buf_free(&block.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_cut_at_any_byte_of_quoted_cells_changes_nothing),
	    cmocka_unit_test(a_cut_at_any_byte_among_stray_quotes_changes_nothing),
	    cmocka_unit_test(a_cut_at_any_byte_of_mixed_line_ends_changes_nothing),
	    cmocka_unit_test(a_cut_behind_every_line_end_changes_nothing),
	    cmocka_unit_test(cells_of_many_lines_are_whole_in_any_block),
	    cmocka_unit_test(a_stray_quote_before_many_blocks_costs_one_row),
	    cmocka_unit_test(an_open_quote_at_a_blocks_end_costs_one_line),
	    cmocka_unit_test(a_line_of_several_blocks_is_cut_wherever_it_begins),
	    cmocka_unit_test(bytes_that_could_not_be_decoded_are_found_out_each_time),
	    cmocka_unit_test(blocks_begin_behind_what_was_read),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
