#include "data/table.h"
#include "hostile.h"
#include "reading.h"
#include "records.h"

/* Random text, well-formed and not: what csvread gives is what libcsv gives, line by line */

struct trial {
	FILE *f;
	struct hostile hostile;
	struct buf want, turn, blocks;
};

static struct trial
trial(unsigned long long seed)
{
	struct trial t = {.f = tmpfile(), .hostile = {.seed = seed}};

	assert_non_null(t.f);
	return t;
}

static void
trial_end(struct trial *t)
{
	fclose(t->f);
	buf_free(&t->hostile.out);
	buf_free(&t->want);
	buf_free(&t->turn);
	buf_free(&t->blocks);
}

static struct csvread *
trial_open(struct trial *t, const struct csv_dialect *dialect)
{
	struct csvread *csv;
	struct error err;

	assert_int_equal(lseek(fileno(t->f), 0, SEEK_SET), 0);
	csv = csvread_open(fileno(t->f), "t.csv", dialect, &err);
	if (!csv)
		fail_msg("%s", err.text);
	return csv;
}

/* the text is read by all three ways, of which the last begins behind some records and cuts some blocks */
static void
trial_compare(struct trial *t, size_t skip, size_t cuts)
{
	struct hostile *h = &t->hostile;
	struct csv_dialect dialect = {.encoding = h->encoding->name, .delimiter = h->delimiter, .skip = skip};
	unsigned long long seed = h->seed;
	struct csvread *csv;

	rewind(t->f);
	assert_int_equal(ftruncate(fileno(t->f), 0), 0);
	assert_int_equal(fwrite(h->out.data, 1, h->out.len, t->f), h->out.len);
	assert_int_equal(fflush(t->f), 0);
	buf_clear(&t->want);
	buf_clear(&t->turn);
	buf_clear(&t->blocks);
	csv = trial_open(t, &dialect);
	records_judged((struct str){h->out.data, h->out.len}, &dialect, csvread_file(csv), &t->want);
	records_in_turn(csv, SIZE_MAX, &t->turn);
	csvread_close(csv);
	if (!records_same(&t->turn, &t->want))
		fail_msg("one by one: seed %llu", seed);
	csv = trial_open(t, &dialect);
	records_in_turn(csv, hostile_chance(h, 3), &t->blocks);
	records_by_blocks(csv, cuts, seed, &t->blocks);
	csvread_close(csv);
	if (!records_same(&t->blocks, &t->want))
		fail_msg("by blocks: seed %llu", seed);
}

static void
twenty_four_thousand_small_texts_are_read_as_libcsv_reads_their_lines(void **state)
{
	struct trial t = trial(20261122);
	struct hostile *h = &t.hostile;
	size_t round, i;

	(void)state;
	for (round = 0; round < 24000; round++) {
		hostile_begin(h, round % HOSTILE_ENCODINGS, 1 + hostile_chance(h, 20));
		if (hostile_chance(h, 2))
			for (i = hostile_chance(h, 12); i > 0; i--)
				hostile_row(h);
		else
			hostile_wild(h, hostile_chance(h, 40));
		if (h->out.len && hostile_chance(h, 4) == 0)
			h->out.len--;
		trial_compare(&t, hostile_chance(h, 6) ? 0 : hostile_chance(h, 3), 1 + round % 4);
	}
	trial_end(&t);
}

/* rows up to a size; one of many has a cell of many bytes, some of which no record may have */
static void
rows_up_to(struct hostile *h, size_t size)
{
	size_t n, most;

	while (h->out.len < size) {
		hostile_row(h);
		if (hostile_chance(h, 20000) > 0)
			continue;
		most = 1UL << (10 + hostile_chance(h, 12));
		hostile_char(h, '"');
		for (n = hostile_chance(h, most); n > 0; n--)
			hostile_ascii(h, hostile_chance(h, 30) ? "x" : "\r\n");
		hostile_ascii(h, "\"\n");
	}
}

static void
two_hundred_texts_of_several_blocks_are(void **state)
{
	struct trial t = trial(7);
	struct hostile *h = &t.hostile;
	size_t round;

	(void)state;
	for (round = 0; round < 200; round++) {
		hostile_begin(h, round % HOSTILE_ENCODINGS, 1UL << (5 + hostile_chance(h, 14)));
		hostile_ascii(h, "a");
		hostile_ascii(h, h->eol);
		rows_up_to(h, (1UL << 20) + hostile_chance(h, 1UL << 18));
		trial_compare(&t, 0, round % 10 ? 0 : 500);
	}
	trial_end(&t);
}

/* Random tables: what the table writer writes is what is read */

static const char *
random_cell(struct hostile *h, const char *const *pieces, size_t n_pieces, struct buf *cell)
{
	size_t n = hostile_chance(h, 6);

	buf_clear(cell);
	buf_adds(cell, "");
	while (n-- > 0)
		buf_adds(cell, pieces[hostile_chance(h, n_pieces)]);
	return cell->data;
}

struct tables {
	struct hostile hostile; /* for its chances */
	FILE *f;
	char *cells[4 * 3];
	size_t n, rows;
	struct buf cell, text, bytes;
};

static void
tables_begin(struct tables *t, unsigned long long seed)
{
	*t = (struct tables){.hostile = {.seed = seed}, .f = tmpfile()};
	assert_non_null(t->f);
}

static void
tables_end(struct tables *t)
{
	fclose(t->f);
	buf_free(&t->cell);
	buf_free(&t->text);
	buf_free(&t->bytes);
}

static struct table *
random_table(struct tables *t, const char *const *pieces, size_t n_pieces)
{
	static const struct column columns[] = {{"first", NULL, COLUMN_TEXT, 0},
						{"a \"b\",\nc", NULL, COLUMN_TEXT, 0},
						{"", NULL, COLUMN_TEXT, 0}};
	struct table *table;
	size_t i;

	t->n = 1 + hostile_chance(&t->hostile, 3);
	t->rows = hostile_chance(&t->hostile, 5);
	table = table_new("t", NULL, columns, t->n);
	for (i = 0; i < t->n * t->rows; i++) {
		t->cells[i] = xstrdup(random_cell(&t->hostile, pieces, n_pieces, &t->cell));
		table_cell(table, t->cells[i]);
		if (i % t->n == t->n - 1)
			table_row(table);
	}
	return table;
}

static void
table_is_read_back(struct tables *t, const struct csv_dialect *dialect)
{
	struct reading r = {.file = t->f};
	size_t row, i;

	assert_int_equal(fflush(t->f), 0);
	assert_int_equal(lseek(fileno(t->f), 0, SEEK_SET), 0);
	r.csv = csvread_open(fileno(t->f), "t.csv", dialect, &r.err);
	assert_non_null(r.csv);
	assert_int_equal(next(&r), CSV_READ_ROW);
	for (row = 0; row < t->rows; row++) {
		assert_int_equal(next(&r), CSV_READ_ROW);
		assert_int_equal(r.row.n, t->n);
		for (i = 0; i < t->n; i++)
			cell_is(&r, i, t->cells[row * t->n + i]);
	}
	assert_int_equal(next(&r), CSV_READ_END);
	csvread_close(r.csv);
	for (i = 0; i < t->n * t->rows; i++)
		free(t->cells[i]);
}

static void
ten_thousand_random_tables_are_read_back_as_written(void **state)
{
	static const char *const pieces[] = {
	    ",", "\"",	 "\n",	 "\r",	"\r\n", " ", "\t",	 ";",
	    "'", "=",	 "a",	 "5\"", "\"\"", "Ж", "株",	 "𐍈",
	    BOM, "\x01", "0.50", "\\",	"\\n",	"|", "\xC2\xA0", "long enough to matter",
	};
	struct table_options options = {.format = TABLE_CSV, .header = true};
	struct table *table;
	struct tables t;
	int round;

	(void)state;
	tables_begin(&t, 20261122);
	for (round = 0; round < 10000; round++) {
		table = random_table(&t, pieces, sizeof pieces / sizeof *pieces);
		rewind(t.f);
		assert_int_equal(ftruncate(fileno(t.f), 0), 0);
		tables_write(&table, 1, &options, t.f);
		table_is_read_back(&t, &(struct csv_dialect){0});
		table_free(table);
	}
	tables_end(&t);
}

/* The writer knows the comma alone: text of another delimiter is had from it by letting the two change places, in the
 * cells as well, which it quotes for the one that it knows. */
static void
delimiters_swap(char *p, size_t n, char delimiter)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] == delimiter)
			p[i] = ',';
		else if (p[i] == ',')
			p[i] = delimiter;
	}
}

static void
text_converted(struct tables *t, const char *encoding, const char *mark, size_t mark_n)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char *in = t->text.data, *out;
	size_t n = t->text.len, room;

	assert_true(cd != (iconv_t)-1);
	buf_clear(&t->bytes);
	buf_add(&t->bytes, mark, mark_n);
	room = n * 4 + 16;
	out = buf_room(&t->bytes, room);
	assert_int_equal(iconv(cd, &in, &n, &out, &room), 0);
	t->bytes.len = (size_t)(out - t->bytes.data);
	iconv_close(cd);
}

/* what the writer writes, in a dialect, to the file */
static void
table_written(struct tables *t, struct table *table, char delimiter, const char *encoding, struct str mark)
{
	struct table_options options = {.format = TABLE_CSV, .header = true};
	char *text = NULL;
	size_t n = 0, i;
	FILE *f = open_memstream(&text, &n);

	assert_non_null(f);
	tables_write(&table, 1, &options, f);
	assert_int_equal(fclose(f), 0);
	delimiters_swap(text, n, delimiter);
	for (i = 0; i < t->n * t->rows; i++)
		delimiters_swap(t->cells[i], strlen(t->cells[i]), delimiter);
	buf_clear(&t->text);
	buf_add(&t->text, text, n);
	free(text);
	text_converted(t, encoding, mark.p, mark.n);
	rewind(t->f);
	assert_int_equal(ftruncate(fileno(t->f), 0), 0);
	assert_int_equal(fwrite(t->bytes.data, 1, t->bytes.len, t->f), t->bytes.len);
}

static void
tables_of_any_delimiter_and_encoding_are_read_back(void **state)
{
#define ASCII ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", " ", "a", "5\"", "\"\"", "0,50", "=", "'"
	static const struct {
		const char *name;     /* iconv's */
		const char *declared; /* in the dialect */
		struct str mark;
		const char *pieces[20];
	} encodings[] = {
	    {"utf-8", NULL, {"", 0}, {ASCII, "Ж", "株", "𐍈", BOM, "\x01"}},
	    {"utf-8", "windows-1251", {BOM, 3}, {ASCII, "Ж", "株", "𐍈", BOM, "\x01"}},
	    {"utf-16le", "utf-16le", {"", 0}, {ASCII, "Ж", "株", "𐍈", BOM, "∢"}},
	    {"utf-16le", NULL, {"\xFF\xFE", 2}, {ASCII, "Ж", "株", "𐍈", BOM, "∢"}},
	    {"utf-16be", "utf-16be", {"", 0}, {ASCII, "Ж", "株", "𐍈", BOM, "∢"}},
	    {"utf-16be", "utf-16", {"\xFE\xFF", 2}, {ASCII, "Ж", "株", "𐍈", BOM, "∢"}},
	    {"windows-1251", "windows-1251", {"", 0}, {ASCII, "Ж", "ё", "№", "«", "\xC2\xA0"}},
	    {"windows-1252", "windows-1252", {"", 0}, {ASCII, "é", "ß", "€", "«", "\xC2\xA0"}},
	    {"windows-1257", "windows-1257", {"", 0}, {ASCII, "Ķ", "ū", "ž", "«", "\xC2\xA0"}},
	    {"koi8-r", "koi8-r", {"", 0}, {ASCII, "Ж", "ё", "я", "─", "\xC2\xA0"}},
	    {"cp866", "cp866", {"", 0}, {ASCII, "Ж", "ё", "№", "─", "\xC2\xA0"}},
	};
#undef ASCII
	static const char delimiters[] = ",;\t|";
	struct table *table;
	struct tables t;
	size_t round, i;

	(void)state;
	tables_begin(&t, 11);
	for (round = 0; round < 11000; round++) {
		struct csv_dialect dialect = {.delimiter = delimiters[round % 4]};

		i = round % 11;
		dialect.encoding = encodings[i].declared;
		table = random_table(&t, encodings[i].pieces, 20);
		table_written(&t, table, dialect.delimiter, encodings[i].name, encodings[i].mark);
		table_is_read_back(&t, &dialect);
		table_free(table);
	}
	tables_end(&t);
}

/* bytes of no meaning: reading comes to an end, and every line that is not blank is in some row or rejected */
static void
random_bytes_lose_no_line(void **state)
{
	static const char pieces[] = "\"\"\",,\n\n\r\rab \x80\xD0";
	static const char *const encodings[] = {NULL, "windows-1251", "utf-16le", "shift_jis", "utf-7"};
	struct hostile chances = {.seed = 7};
	int round;

	(void)state;
	for (round = 0; round < 5000; round++) {
		char text[64];
		size_t n = hostile_chance(&chances, sizeof text), i, given = 0, bytes = 0;
		struct reading r;

		for (i = 0; i < n; i++) {
			text[i] = pieces[hostile_chance(&chances, sizeof pieces - 1)];
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
	    cmocka_unit_test(twenty_four_thousand_small_texts_are_read_as_libcsv_reads_their_lines),
	    cmocka_unit_test(two_hundred_texts_of_several_blocks_are),
	    cmocka_unit_test(ten_thousand_random_tables_are_read_back_as_written),
	    cmocka_unit_test(tables_of_any_delimiter_and_encoding_are_read_back),
	    cmocka_unit_test(random_bytes_lose_no_line),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
