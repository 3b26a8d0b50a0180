#include "data/table.h"
#include "reading.h"

/* Random tables: what the table writer writes is what is read */

static unsigned long long
chance(unsigned long long *seed, unsigned long long n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % n;
}

static const char *
random_cell(unsigned long long *seed, struct buf *cell)
{
	static const char *const pieces[] = {
	    ",", "\"",	 "\n",	 "\r",	"\r\n", " ", "\t",	 ";",
	    "'", "=",	 "a",	 "5\"", "\"\"", "Ж", "株",	 "𐍈",
	    BOM, "\x01", "0.50", "\\",	"\\n",	"|", "\xC2\xA0", "long enough to matter",
	};
	size_t n = chance(seed, 6);

	buf_clear(cell);
	buf_adds(cell, "");
	while (n-- > 0)
		buf_adds(cell, pieces[chance(seed, sizeof pieces / sizeof pieces[0])]);
	return cell->data;
}

static void
table_is_read_back(struct table *t, char *cells[], size_t rows, size_t n, FILE *f)
{
	struct table_options options = {.format = TABLE_CSV, .header = true};
	struct reading r;
	size_t row, i;

	rewind(f);
	assert_int_equal(ftruncate(fileno(f), 0), 0);
	tables_write(&t, 1, &options, f);
	r = reading_file(f, NULL);
	assert_int_equal(next(&r), CSV_READ_ROW);
	for (row = 0; row < rows; row++) {
		assert_int_equal(next(&r), CSV_READ_ROW);
		assert_int_equal(r.row.n, n);
		for (i = 0; i < n; i++)
			cell_is(&r, i, cells[row * n + i]);
	}
	assert_int_equal(next(&r), CSV_READ_END);
	csvread_close(r.csv);
}

static void
ten_thousand_random_tables_are_read_back_as_written(void **state)
{
	static const struct column columns[] = {{"first", NULL, COLUMN_TEXT, 0},
						{"a \"b\",\nc", NULL, COLUMN_TEXT, 0},
						{"", NULL, COLUMN_TEXT, 0}};
	unsigned long long seed = 20261122;
	char *cells[4 * 3];
	struct buf cell = {0};
	FILE *f = tmpfile();
	int round;

	(void)state;
	assert_non_null(f);
	for (round = 0; round < 10000; round++) {
		size_t n = 1 + chance(&seed, 3), rows = chance(&seed, 5), i;
		struct table *t = table_new("t", NULL, columns, n);

		for (i = 0; i < n * rows; i++) {
			cells[i] = xstrdup(random_cell(&seed, &cell));
			table_cell(t, cells[i]);
			if (i % n == n - 1)
				table_row(t);
		}
		table_is_read_back(t, cells, rows, n, f);
		for (i = 0; i < n * rows; i++)
			free(cells[i]);
		table_free(t);
	}
	fclose(f);
	buf_free(&cell);
}

/* bytes of no meaning: reading comes to an end, and every line that is not blank is in some row or rejected */
static void
random_bytes_lose_no_line(void **state)
{
	static const char pieces[] = "\"\"\",,\n\n\r\rab \x80\xD0";
	static const char *const encodings[] = {NULL, "windows-1251", "utf-16le", "shift_jis", "utf-7"};
	unsigned long long seed = 7;
	int round;

	(void)state;
	for (round = 0; round < 5000; round++) {
		char text[64];
		size_t n = chance(&seed, sizeof text), i, given = 0, bytes = 0;
		struct reading r;

		for (i = 0; i < n; i++) {
			text[i] = pieces[chance(&seed, sizeof pieces - 1)];
			bytes += text[i] != '\n' && text[i] != '\r';
		}
		r = reading_bytes(text, n, encodings[round % 5]);
		while (next(&r) != CSV_READ_END)
			for (i = 0; i < r.row.raw.n; i++)
				given += r.row.raw.p[i] != '\n' && r.row.raw.p[i] != '\r';
		if (round % 5 < 2)
			assert_int_equal(given, bytes);
		ends(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ten_thousand_random_tables_are_read_back_as_written),
	    cmocka_unit_test(random_bytes_lose_no_line),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
