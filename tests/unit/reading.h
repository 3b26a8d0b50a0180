/*
 * Reading a CSV file from bytes and saying what is expected of it, record by
 * record; shared by the tests of the CSV reader.
 */
#ifndef KAM_TESTS_READING_H
#define KAM_TESTS_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/csvread.h"

#define BOM "\xEF\xBB\xBF"

/* a file being read, and what came last */
struct reading {
	FILE *file;
	struct csvread *csv;
	struct csv_row row;
	struct error err;
};

static inline void
file_with(struct reading *r, const char *bytes, size_t n)
{
	r->file = tmpfile();
	assert_non_null(r->file);
	assert_int_equal(fwrite(bytes, 1, n, r->file), n);
	assert_int_equal(fflush(r->file), 0);
	assert_int_equal(lseek(fileno(r->file), 0, SEEK_SET), 0);
}

static inline struct reading
reading_dialect(const char *bytes, size_t n, struct csv_dialect dialect)
{
	struct reading r = {0};

	file_with(&r, bytes, n);
	r.csv = csvread_open(fileno(r.file), "t.csv", &dialect, &r.err);
	assert_non_null(r.csv);
	return r;
}

static inline struct reading
reading_bytes(const char *bytes, size_t n, const char *encoding)
{
	return reading_dialect(bytes, n, (struct csv_dialect){.encoding = encoding});
}

static inline struct reading
reading(const char *text)
{
	return reading_bytes(text, strlen(text), NULL);
}

static inline enum csv_result
next(struct reading *r)
{
	return csvread_next(r->csv, &r->row, &r->err);
}

/* the next record is a row with these cells, joined by | */
static inline void
gives(struct reading *r, size_t line, const char *cells)
{
	struct buf joined = {0};
	size_t i;

	buf_adds(&joined, "");
	assert_int_equal(next(r), CSV_READ_ROW);
	assert_int_equal(r->row.line, line);
	for (i = 0; i < r->row.n; i++) {
		if (i > 0)
			buf_addc(&joined, '|');
		buf_add(&joined, r->row.cell[i].p, r->row.cell[i].n);
	}
	assert_string_equal(joined.data, cells);
	buf_free(&joined);
}

static inline void
cell_is(const struct reading *r, size_t i, const char *text)
{
	assert_true(i < r->row.n);
	assert_int_equal(r->row.cell[i].n, strlen(text));
	assert_memory_equal(r->row.cell[i].p, text, strlen(text));
}

static inline void
raw_is(const struct reading *r, const char *raw)
{
	assert_int_equal(r->row.raw.n, strlen(raw));
	assert_memory_equal(r->row.raw.p, raw, strlen(raw));
}

/* the next record is rejected: its first line and raw bytes, the place and words of the error */
static inline void
rejects(struct reading *r, size_t line, const char *raw, size_t error_line, size_t column, const char *words)
{
	assert_int_equal(next(r), CSV_READ_REJECT);
	assert_int_equal(r->row.line, line);
	raw_is(r, raw);
	assert_int_equal(r->row.n, 0);
	assert_string_equal(r->err.file, "t.csv");
	assert_int_equal(r->err.line, error_line);
	assert_int_equal(r->err.column, column);
	if (!strstr(r->err.text, words))
		fail_msg("%s: not in: %s", words, r->err.text);
}

static inline void
ends(struct reading *r)
{
	assert_int_equal(next(r), CSV_READ_END);
	assert_int_equal(next(r), CSV_READ_END);
	csvread_close(r->csv);
	fclose(r->file);
}

/* cannot be opened, for this reason */
static inline void
refused(struct csv_dialect dialect, const char *text, const char *words)
{
	struct reading r = {0};

	file_with(&r, text, strlen(text));
	assert_null(csvread_open(fileno(r.file), "t.csv", &dialect, &r.err));
	if (!strstr(r.err.text, words))
		fail_msg("%s: not in: %s", words, r.err.text);
	fclose(r.file);
}

static inline struct reading
reading_file(FILE *f, const char *encoding)
{
	struct reading r = {.file = f};
	struct csv_dialect dialect = {.encoding = encoding};

	assert_int_equal(fflush(f), 0);
	assert_int_equal(lseek(fileno(f), 0, SEEK_SET), 0);
	r.csv = csvread_open(fileno(f), "t.csv", &dialect, &r.err);
	assert_non_null(r.csv);
	return r;
}

#endif
