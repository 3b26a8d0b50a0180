/*
 * libcsv is fed one line at a time, and a record is complete when libcsv says
 * so at a line's end. A stray quote so costs the line it stands on, not the
 * file; line numbers and raw bytes are exact. A record without any quote is
 * one line, cut at its delimiters here: there is nothing to judge.
 *
 * A record that is given up is read again from its second line. That stays
 * linear: to libcsv in strict mode a record is open at a line's end when its
 * quotes are odd in number so far. A record that grows thus begins with an
 * odd line, and all that follow it are even. An even line, read again as the
 * beginning of a record, ends there. So no line is parsed more than twice.
 */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/csvread.h"
#include "data/lines.h"

#define ENTRY_BLOCK 65536      /* by which libcsv's cell grows; its own 128 would copy a long cell often */
#define RECORD_LINES_MAX 10000 /* rows that a quote may swallow before it is taken for a stray one */
#define STRICT (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)

enum fault_kind { FAULT_NONE, FAULT_BYTES, FAULT_NUL, FAULT_BREAK, FAULT_CELLS };

/* the first thing found wrong with a record of which the end is certain all the same */
struct fault {
	enum fault_kind kind;
	size_t line;
	size_t column;
};

struct csvread {
	const char *file;
	struct lines lines;
	struct buf skipped;
	struct csv_parser parser;
	struct buf cells; /* of the record, each with a NUL */
	size_t n;	  /* cells of the record, those over CSVREAD_CELLS_MAX counted but not kept */
	size_t rows;	  /* that libcsv has ended */
	const char **cell;
	size_t *len;
	struct fault fault;
};

/* no blank is trimmed */
static int
space_none(unsigned char c)
{
	(void)c;
	return 0;
}

static void
cell_add(void *s, size_t n, void *data)
{
	struct csvread *r = data;

	if (r->n < CSVREAD_CELLS_MAX) {
		buf_add(&r->cells, s, n + 1);
		r->len[r->n] = n;
	}
	r->n++;
}

static void
row_end(int c, void *data)
{
	struct csvread *r = data;

	(void)c;
	r->rows++;
}

/* ready for the beginning of a record, whatever state an error left: csv_fini resets only what is not strict */
static void
parser_reset(struct csvread *r)
{
	csv_set_opts(&r->parser, 0);
	csv_fini(&r->parser, NULL, NULL, NULL);
	csv_set_opts(&r->parser, STRICT);
}

static void
fault_note(struct csvread *r, enum fault_kind kind, size_t column)
{
	if (r->fault.kind == FAULT_NONE)
		r->fault = (struct fault){kind, r->lines.line + r->lines.n - 1, column};
}

/* the cells of a line without quotes */
static void
line_split(struct csvread *r, struct str line)
{
	char *p = buf_room(&r->cells, line.n + 1), *end = p + line.n, *next;
	char other = r->lines.eol == '\n' ? '\r' : '\n';

	memcpy(p, line.p, line.n);
	*end = '\0';
	if (memchr(p, other, line.n))
		fault_note(r, FAULT_BREAK, 0);
	do {
		next = memchr(p, r->parser.delim_char, (size_t)(end - p));
		if (!next)
			next = end;
		*next = '\0';
		if (r->n < CSVREAD_CELLS_MAX)
			r->len[r->n] = (size_t)(next - p);
		r->n++;
		p = next + 1;
	} while (next < end);
	r->rows = 1;
}

/* Parses the record's last line, which begins at `from` in it; r->rows is 0 while the record is open. Returns 0, or
 * the column of a stray quote. */
static size_t
line_parse(struct csvread *r, size_t from)
{
	struct str body = lines_body(&r->lines, from), line;
	size_t end = r->lines.size - from - body.n, column, at;
	enum decoded decoded = lines_decode(&r->lines, body, &line, &column);

	if (decoded != DECODED_FINE)
		fault_note(r, decoded == DECODED_NUL ? FAULT_NUL : FAULT_BYTES, column);
	if (from == 0 && !memchr(line.p, '"', line.n)) {
		line_split(r, line);
		return 0;
	}
	at = csv_parse(&r->parser, line.p, line.n, cell_add, row_end, r);
	if (at < line.n)
		return utf8_check(line.p, at) == at ? utf8_count(line.p, at) + 1 : at + 1;
	if (r->rows > 0) {
		fault_note(r, FAULT_BREAK, 0);
		parser_reset(r);
		return 0;
	}
	csv_parse(&r->parser, end > 0 ? body.p + body.n : "\n", end > 0 ? end : 1, cell_add, row_end, r);
	return 0;
}

static enum csv_result
record_reject(struct csvread *r, struct csv_row *row)
{
	lines_repair(&r->lines);
	row->n = 0;
	row->line = r->lines.line;
	row->raw = lines_body(&r->lines, 0);
	return CSV_READ_REJECT;
}

/* rejects the record's first line alone; the next record begins with its second */
static enum csv_result
first_reject(struct csvread *r, struct csv_row *row)
{
	lines_return(&r->lines);
	parser_reset(r);
	return record_reject(r, row);
}

static enum csv_result
stray_reject(struct csvread *r, struct csv_row *row, size_t column, struct error *err)
{
	const struct lines *l = &r->lines;

	if (l->n == 1)
		error_at(
		    err, r->file, l->line, column,
		    "stray quote: a cell that holds quotes stands in quotes, and each inside is doubled");
	else
		error_at(err, r->file, l->line, 0,
			 "a quote that opens here is not closed before the stray one in line %zu, column %zu",
			 l->line + l->n - 1, column);
	return first_reject(r, row);
}

static enum csv_result
long_reject(struct csvread *r, struct csv_row *row, struct error *err)
{
	if (r->lines.n > 0) {
		error_at(err, r->file, r->lines.line, 0,
			 "a quote that opens here is not closed within %lu bytes", CSVREAD_RECORD_MAX);
		return first_reject(r, row);
	}
	error_at(err, r->file, r->lines.line, 0, "a line of more than %lu bytes, cut there",
		 CSVREAD_RECORD_MAX);
	lines_cut(&r->lines, CSVREAD_RECORD_MAX);
	return record_reject(r, row);
}

static enum csv_result
fault_reject(struct csvread *r, struct csv_row *row, struct error *err)
{
	const struct fault *f = &r->fault;

	switch (f->kind) {
	case FAULT_BYTES:
		error_at(err, r->file, f->line, f->column, "bytes that are not %s", r->lines.encoding);
		break;
	case FAULT_NUL:
		error_at(err, r->file, f->line, f->column, "a NUL byte");
		break;
	case FAULT_CELLS:
		error_at(err, r->file, r->lines.line, 0, "more than %d cells", CSVREAD_CELLS_MAX);
		break;
	default:
		error_at(err, r->file, f->line, f->column, "a bare %s in the middle of a line",
			 r->lines.eol == '\n' ? "carriage return" : "line feed");
	}
	return record_reject(r, row);
}

static enum csv_result
record_finish(struct csvread *r, struct csv_row *row, struct error *err)
{
	const char *p = r->cells.data;
	size_t i;

	if (r->n > CSVREAD_CELLS_MAX)
		fault_note(r, FAULT_CELLS, 0);
	if (r->fault.kind != FAULT_NONE)
		return fault_reject(r, row, err);
	for (i = 0; i < r->n; i++) {
		r->cell[i] = p;
		p += r->len[i] + 1;
	}
	row->n = r->n;
	row->cell = r->cell;
	row->len = r->len;
	row->line = r->lines.line;
	row->raw = lines_body(&r->lines, 0);
	return CSV_READ_ROW;
}

/* takes the record's first line, and passes over those that are blank */
static enum line_result
first_take(struct csvread *r, struct error *err)
{
	enum line_result taken;

	do {
		if (lines_drop(&r->lines, err) < 0)
			return LINE_FAIL;
		taken = lines_take(&r->lines, CSVREAD_RECORD_MAX, err);
	} while (taken == LINE_TAKEN && lines_body(&r->lines, 0).n == 0);
	return taken;
}

enum csv_result
csvread_next(struct csvread *r, struct csv_row *row, struct error *err)
{
	enum line_result taken = first_take(r, err);
	size_t from = 0;

	r->n = r->rows = 0;
	r->fault.kind = FAULT_NONE;
	buf_clear(&r->cells);
	for (; taken == LINE_TAKEN; taken = lines_take(&r->lines, CSVREAD_RECORD_MAX, err)) {
		size_t column = line_parse(r, from);

		if (column > 0)
			return stray_reject(r, row, column, err);
		if (r->rows > 0)
			return record_finish(r, row, err);
		if (r->lines.n == RECORD_LINES_MAX) {
			error_at(err, r->file, r->lines.line, 0,
				 "a quote that opens here is not closed within %d lines", RECORD_LINES_MAX);
			return first_reject(r, row);
		}
		from = r->lines.size;
	}
	if (taken == LINE_FAIL)
		return CSV_READ_FAIL;
	if (taken == LINE_LONG)
		return long_reject(r, row, err);
	if (r->lines.n == 0)
		return CSV_READ_END;
	error_at(err, r->file, r->lines.line, 0, "a quote that opens here is never closed");
	return first_reject(r, row);
}

/* passes over the lines before the header, which are kept */
static int
lines_skip(struct csvread *r, size_t skip, struct error *err)
{
	for (; skip > 0; skip--) {
		enum line_result taken = lines_take(&r->lines, CSVREAD_RECORD_MAX - r->skipped.len, err);

		if (taken == LINE_LONG)
			return error_at(err, r->file, r->lines.line, 0,
					"the lines to skip are more than %lu bytes", CSVREAD_RECORD_MAX);
		if (taken != LINE_TAKEN)
			return taken == LINE_FAIL ? -1 : 0;
		lines_repair(&r->lines);
		buf_add(&r->skipped, r->lines.text.data + r->lines.start, r->lines.size);
		lines_drop(&r->lines, err);
	}
	return 0;
}

static int
dialect_open(struct csvread *r, int fd, const struct csv_dialect *d, struct error *err)
{
	unsigned char delimiter = d->delimiter ? (unsigned char)d->delimiter : ',';

	csv_set_delim(&r->parser, delimiter);
	if (lines_open(&r->lines, fd, r->file, d->encoding, err) < 0)
		return -1;
	if (delimiter > 127 || strchr("\"\r\n", delimiter))
		return error_at(err, r->file, 0, 0, "the delimiter must be an ASCII character, and no quote");
	return lines_skip(r, d->skip, err);
}

struct csvread *
csvread_open(int fd, const char *file, const struct csv_dialect *dialect, struct error *err)
{
	struct csvread *r = xcalloc(1, sizeof *r);

	r->file = file;
	r->cell = xcalloc(CSVREAD_CELLS_MAX, sizeof *r->cell);
	r->len = xcalloc(CSVREAD_CELLS_MAX, sizeof *r->len);
	csv_init(&r->parser, STRICT);
	csv_set_space_func(&r->parser, space_none);
	csv_set_realloc_func(&r->parser, xrealloc);
	csv_set_blk_size(&r->parser, ENTRY_BLOCK);
	if (dialect_open(r, fd, dialect, err) < 0) {
		csvread_close(r);
		return NULL;
	}
	return r;
}

size_t
csvread_bytes(const struct csvread *r)
{
	return r->lines.bytes;
}

struct str
csvread_skipped(const struct csvread *r)
{
	return (struct str){r->skipped.data, r->skipped.len};
}

const char *
csvread_raw_encoding(const struct csvread *r)
{
	return lines_encoding(&r->lines);
}

void
csvread_close(struct csvread *r)
{
	if (!r)
		return;
	lines_close(&r->lines);
	csv_free(&r->parser);
	buf_free(&r->skipped);
	buf_free(&r->cells);
	free(r->cell);
	free(r->len);
	free(r);
}
