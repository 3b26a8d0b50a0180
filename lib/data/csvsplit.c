/*
 * A line in which quotes stand around whole cells alone, if at all, is cut at
 * its marks. Any other record is judged by libcsv, which is fed one line at a
 * time: the record is complete when libcsv says so at a line's end. A stray
 * quote so costs the line it stands on, not the file; line numbers and raw
 * bytes are exact.
 *
 * A record that is given up is read again from its second line. That stays
 * linear: to libcsv in strict mode a record is open at a line's end when its
 * quotes are odd in number so far. A record that grows thus begins with an
 * odd line, and all that follow it are even. An even line, read again as the
 * beginning of a record, ends there. So no line is parsed more than twice.
 */
#include "data/csvsplit.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/charset.h"
#include "data/marks.h"

#define WINDOW 8192	       /* bytes of which the marks are found at once */
#define ENTRY_BLOCK 65536      /* by which libcsv's cell grows; its own 128 would copy a long cell often */
#define RECORD_LINES_MAX 10000 /* rows that a quote may swallow before it is taken for a stray one */
#define STRICT (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)

struct csvsplit {
	const struct textfile *file;
	struct charset *charset; /* NULL: the text is UTF-8 */
	char delimiter;
	struct textblock *block;
	size_t start; /* of the next record in the block's text */
	size_t line;  /* and its number */

	unsigned mark[WINDOW]; /* offsets from window */
	size_t marks, next;
	size_t window, window_end; /* in the text */
	bool plain;		   /* no byte of it is NUL or beyond ASCII */

	/* a record that is judged */
	size_t size;  /* bytes of the lines taken */
	size_t first; /* bytes of the first one */
	size_t lines;
	size_t rows; /* that libcsv has ended */
	struct csv_parser parser;
	struct buf cells;   /* each with a NUL */
	struct buf decoded; /* a line in UTF-8 */
	struct csv_fault
	    fault; /* the first thing found wrong with a record of which the end is certain all the same */

	struct str *cell;
	size_t n; /* cells of the record, those over CSV_CELLS_MAX counted but not kept */
};

/* no blank is trimmed */
static int
space_none(unsigned char c)
{
	(void)c;
	return 0;
}

struct csvsplit *
csvsplit_new(const struct textfile *file, char delimiter)
{
	struct csvsplit *s = xcalloc(1, sizeof *s);

	s->file = file;
	s->delimiter = delimiter;
	s->cell = xcalloc(CSV_CELLS_MAX, sizeof *s->cell);
	if (file->cd != (iconv_t)-1 && !file->streamed)
		s->charset = charset_new(file->encoding);
	csv_init(&s->parser, STRICT);
	csv_set_delim(&s->parser, (unsigned char)delimiter);
	csv_set_space_func(&s->parser, space_none);
	csv_set_realloc_func(&s->parser, xrealloc);
	csv_set_blk_size(&s->parser, ENTRY_BLOCK);
	return s;
}

void
csvsplit_free(struct csvsplit *s)
{
	if (!s)
		return;
	charset_free(s->charset);
	csv_free(&s->parser);
	buf_free(&s->cells);
	buf_free(&s->decoded);
	free(s->cell);
	free(s);
}

void
csvsplit_begin(struct csvsplit *s, struct textblock *block, size_t line)
{
	s->block = block;
	s->line = line;
	s->start = s->window = s->window_end = s->marks = s->next = 0;
}

size_t
csvsplit_offset(const struct csvsplit *s)
{
	return s->start;
}

size_t
csvsplit_line(const struct csvsplit *s)
{
	return s->line;
}

void
csvsplit_back(struct csvsplit *s, size_t offset, size_t line)
{
	s->start = offset;
	s->line = line;
}

static void
marks_refill(struct csvsplit *s, size_t from)
{
	size_t left = s->block->text.len - from;

	s->window = from;
	s->window_end = from + (left < WINDOW ? left : WINDOW);
	s->marks =
	    marks_find(s->block->text.data + from, s->window_end - from, s->delimiter, s->mark, &s->plain);
	s->next = 0;
}

/* moves to the record's first mark; those of one that was judged may be ahead of it or behind */
static void
marks_sync(struct csvsplit *s)
{
	if (s->start < s->window || s->start >= s->window_end)
		marks_refill(s, s->start);
	while (s->next > 0 && s->window + s->mark[s->next - 1] >= s->start)
		s->next--;
	while (s->next < s->marks && s->window + s->mark[s->next] < s->start)
		s->next++;
}

/* the marks of the windows that follow, up to one that has some; false: there is none */
static bool
marks_more(struct csvsplit *s, bool *plain)
{
	while (s->next == s->marks) {
		if (s->window_end == s->block->text.len)
			return false;
		marks_refill(s, s->window_end);
		*plain = *plain && s->plain;
	}
	return true;
}

/* the next mark's offset, or the text's length if there is none; *plain: so is all up to it, as far as windows tell */
static inline size_t
mark_take(struct csvsplit *s, bool *plain)
{
	if (s->next == s->marks && !marks_more(s, plain))
		return s->block->text.len;
	return s->window + s->mark[s->next++];
}

/* the quote that closes a cell on its line and has nothing but the cell's end behind it; 0: there is none */
static size_t
quote_close(struct csvsplit *s, bool *plain)
{
	const char *p = s->block->text.data;
	size_t n = s->block->text.len, at;

	do
		at = mark_take(s, plain);
	while (at < n && p[at] == s->delimiter);
	if (at == n || p[at] != '"')
		return 0;
	return at + 1 == n || p[at + 1] == s->delimiter || p[at + 1] == '\n' || p[at + 1] == '\r' ? at : 0;
}

/* are these bytes text as they stand? */
static bool
is_text(const struct csvsplit *s, const char *p, size_t n)
{
	return !s->charset && !memchr(p, '\0', n) && utf8_check(p, n) == n;
}

enum cut { CUT_JUDGE, CUT_ROW, CUT_BLANK };

/* how a line ends at a mark that is not the delimiter: its end in *body, that of its line end in *end; false: it does
 * not end there */
static bool
line_ends(const struct csvsplit *s, size_t at, size_t *body, size_t *end)
{
	const char *p = s->block->text.data;
	size_t n = s->block->text.len;

	*body = at;
	*end = at + 1;
	if (at == n) {
		*end = at;
		return s->block->last;
	}
	if (p[at] == s->file->eol)
		return true;
	*end = at + 2;
	return p[at] == '\r' && at + 1 < n && p[at + 1] == '\n';
}

/* Cuts the record at its marks. CUT_JUDGE: it has something that must be judged, and nothing is done. */
static enum cut
record_cut(struct csvsplit *s, struct csv_row *row)
{
	const char *p = s->block->text.data;
	size_t size = s->block->text.len, from = s->start, shut = 0, n = 0, at, body, end;
	bool plain;
	char c;

	marks_sync(s);
	plain = s->plain;
	for (;;) {
		at = mark_take(s, &plain);
		c = at < size ? p[at] : s->file->eol;
		if (c == '"') {
			shut = at == from && !shut ? quote_close(s, &plain) : 0;
			if (!shut)
				return CUT_JUDGE;
			from++;
			continue;
		}
		if (n == CSV_CELLS_MAX || (shut && at != shut + 1))
			return CUT_JUDGE;
		s->cell[n].p = p + from;
		s->cell[n++].n = (shut ? shut : at) - from;
		if (c != s->delimiter)
			break;
		shut = 0;
		from = at + 1;
	}
	if (!line_ends(s, at, &body, &end) || end - s->start > CSV_RECORD_MAX ||
	    (!plain && !is_text(s, p + s->start, body - s->start)))
		return CUT_JUDGE;
	*row = (struct csv_row){n, s->cell, true, s->line, {p + s->start, body - s->start}};
	s->start = end;
	s->line++;
	return row->raw.n ? CUT_ROW : CUT_BLANK;
}

static void
cell_add(void *text, size_t n, void *data)
{
	struct csvsplit *s = data;

	if (s->n < CSV_CELLS_MAX) {
		buf_add(&s->cells, text, n + 1);
		s->cell[s->n].n = n;
	}
	s->n++;
}

static void
row_end(int c, void *data)
{
	struct csvsplit *s = data;

	(void)c;
	s->rows++;
}

/* ready for the beginning of a record, whatever state an error left: csv_fini resets only what is not strict */
static void
parser_reset(struct csvsplit *s)
{
	csv_set_opts(&s->parser, 0);
	csv_fini(&s->parser, NULL, NULL, NULL);
	csv_set_opts(&s->parser, STRICT);
}

static void
fault_note(struct csvsplit *s, enum csv_fault_kind kind, size_t column)
{
	if (s->fault.kind == CSV_FAULT_NONE)
		s->fault = (struct csv_fault){.kind = kind, .line = s->line + s->lines - 1, .column = column};
}

enum taken { TAKEN_NONE, TAKEN_LINE, TAKEN_LONG, TAKEN_OPEN };

/* takes one more line of the record; TAKEN_OPEN: the block has no more */
static enum taken
line_take(struct csvsplit *s)
{
	const char *p = s->block->text.data + s->start, *end;
	size_t left = s->block->text.len - s->start, size;

	if (s->size == left)
		return s->block->last ? TAKEN_NONE : TAKEN_OPEN;
	end = memchr(p + s->size, s->file->eol, left - s->size);
	size = end ? (size_t)(end + 1 - p) : left;
	if (size > CSV_RECORD_MAX)
		return TAKEN_LONG;
	if (s->lines++ == 0)
		s->first = size;
	s->size = size;
	return TAKEN_LINE;
}

/* the bytes taken from offset `from` on, the line end at their end left out */
static struct str
lines_body(const struct csvsplit *s, size_t from)
{
	const char *p = s->block->text.data + s->start + from;
	size_t n = s->size - from;

	while (n > 0 && (p[n - 1] == '\n' || p[n - 1] == '\r'))
		n--;
	return (struct str){p, n};
}

/* the line in UTF-8, what is wrong with it noted */
static struct str
line_decode(struct csvsplit *s, struct str line)
{
	size_t valid;

	if (memchr(line.p, '\0', line.n)) {
		fault_note(s, CSV_FAULT_NUL, 0);
		return line;
	}
	if (s->charset) {
		buf_clear(&s->decoded);
		valid = charset_decode(s->charset, line, &s->decoded);
		if (valid == line.n)
			return (struct str){s->decoded.data, s->decoded.len};
		fault_note(s, CSV_FAULT_BYTES, utf8_count(s->decoded.data, s->decoded.len) + 1);
		return line;
	}
	valid = utf8_check(line.p, line.n);
	if (valid < line.n)
		fault_note(s, CSV_FAULT_BYTES, utf8_count(line.p, valid) + 1);
	return line;
}

/* the cells of a line without quotes */
static void
line_split(struct csvsplit *s, struct str line)
{
	char *p = buf_room(&s->cells, line.n + 1), *end = p + line.n, *next;
	char other = s->file->eol == '\n' ? '\r' : '\n';

	memcpy(p, line.p, line.n);
	*end = '\0';
	if (memchr(p, other, line.n))
		fault_note(s, CSV_FAULT_BREAK, 0);
	do {
		next = memchr(p, s->delimiter, (size_t)(end - p));
		if (!next)
			next = end;
		*next = '\0';
		if (s->n < CSV_CELLS_MAX)
			s->cell[s->n].n = (size_t)(next - p);
		s->n++;
		p = next + 1;
	} while (next < end);
	s->rows = 1;
}

/* Parses the record's last line, which begins at `from` in it; s->rows is 0 while the record is open. Returns 0, or
 * the column of a stray quote. */
static size_t
line_parse(struct csvsplit *s, size_t from)
{
	struct str body = lines_body(s, from), line = line_decode(s, body);
	size_t end = s->size - from - body.n, at;

	if (from == 0 && !memchr(line.p, '"', line.n)) {
		line_split(s, line);
		return 0;
	}
	/* libcsv takes it for the end of a blank line */
	if (from == 0 && (*line.p == '\r' || *line.p == '\n'))
		fault_note(s, CSV_FAULT_BREAK, 0);
	at = csv_parse(&s->parser, line.p, line.n, cell_add, row_end, s);
	if (at < line.n)
		return utf8_check(line.p, at) == at ? utf8_count(line.p, at) + 1 : at + 1;
	if (s->rows > 0) {
		fault_note(s, CSV_FAULT_BREAK, 0);
		parser_reset(s);
		return 0;
	}
	csv_parse(&s->parser, end > 0 ? body.p + body.n : "\n", end > 0 ? end : 1, cell_add, row_end, s);
	return 0;
}

/* moves behind the lines taken */
static void
lines_drop(struct csvsplit *s)
{
	s->start += s->size;
	s->line += s->lines;
}

bool
csvsplit_skip(struct csvsplit *s, struct str *line)
{
	const char *p = s->block->text.data + s->start, *end;
	size_t left = s->block->text.len - s->start;

	if (left == 0)
		return false;
	end = memchr(p, s->file->eol, left);
	s->size = end ? (size_t)(end + 1 - p) : left;
	s->lines = 1;
	*line = (struct str){p, s->size};
	lines_drop(s);
	return true;
}

static enum csv_result
record_reject(struct csvsplit *s, struct csv_row *row, struct csv_fault fault, struct csv_fault *why)
{
	*row = (struct csv_row){.line = s->line, .raw = lines_body(s, 0)};
	*why = fault;
	lines_drop(s);
	return CSV_READ_REJECT;
}

/* rejects the record's first line alone; the next record begins with its second */
static enum csv_result
first_reject(struct csvsplit *s, struct csv_row *row, struct csv_fault fault, struct csv_fault *why)
{
	s->size = s->first;
	s->lines = 1;
	parser_reset(s);
	return record_reject(s, row, fault, why);
}

/* rejects a line of which only the first bytes are kept */
static enum csv_result
long_reject(struct csvsplit *s, struct csv_row *row, struct csv_fault *why)
{
	const char *p = s->block->text.data + s->start, *end;
	size_t left = s->block->text.len - s->start;
	enum csv_result result;

	end = memchr(p, s->file->eol, left);
	s->lines = 1;
	s->size = CSV_RECORD_MAX;
	while (s->size > CSV_RECORD_MAX - 3 && ((unsigned char)p[s->size] & 0xC0) == 0x80)
		s->size--;
	result = record_reject(s, row, (struct csv_fault){.kind = CSV_FAULT_LONG, .line = s->line}, why);
	s->start += (end ? (size_t)(end + 1 - p) : left) - s->size;
	return result;
}

static enum csv_result
record_finish(struct csvsplit *s, struct csv_row *row, struct csv_fault *why)
{
	const char *p = s->cells.data;
	size_t i;

	if (s->n > CSV_CELLS_MAX)
		fault_note(s, CSV_FAULT_CELLS, 0);
	if (s->fault.kind == CSV_FAULT_CELLS)
		s->fault.line = s->line;
	if (s->fault.kind != CSV_FAULT_NONE)
		return record_reject(s, row, s->fault, why);
	for (i = 0; i < s->n; i++) {
		s->cell[i].p = p;
		p += s->cell[i].n + 1;
	}
	*row = (struct csv_row){s->n, s->cell, false, s->line, lines_body(s, 0)};
	lines_drop(s);
	return CSV_READ_ROW;
}

static enum csv_result
stray_reject(struct csvsplit *s, struct csv_row *row, size_t column, struct csv_fault *why)
{
	struct csv_fault fault = {.kind = CSV_FAULT_STRAY, .line = s->line, .column = column};

	if (s->lines > 1) {
		fault.kind = CSV_FAULT_MEETS;
		fault.meets_line = s->line + s->lines - 1;
	}
	return first_reject(s, row, fault, why);
}

/* judges the record, line by line */
static enum csv_result
record_judge(struct csvsplit *s, struct csv_row *row, struct csv_fault *why)
{
	struct csv_fault open = {.kind = CSV_FAULT_OPEN, .line = s->line};
	enum taken taken;
	size_t from;

	s->n = s->rows = s->lines = 0;
	s->size = s->first = from = 0;
	s->fault.kind = CSV_FAULT_NONE;
	buf_clear(&s->cells);
	while ((taken = line_take(s)) == TAKEN_LINE) {
		size_t column = line_parse(s, from);

		if (column > 0)
			return stray_reject(s, row, column, why);
		if (s->rows > 0)
			return record_finish(s, row, why);
		if (s->lines == RECORD_LINES_MAX) {
			open.kind = CSV_FAULT_MANY;
			return first_reject(s, row, open, why);
		}
		from = s->size;
	}
	if (taken == TAKEN_OPEN) {
		parser_reset(s);
		return CSV_READ_OPEN;
	}
	if (taken == TAKEN_LONG && s->lines == 0)
		return long_reject(s, row, why);
	if (taken == TAKEN_LONG)
		open.kind = CSV_FAULT_LARGE;
	return first_reject(s, row, open, why);
}

enum csv_result
csvsplit_next(struct csvsplit *s, struct csv_row *row, struct csv_fault *why)
{
	enum csv_result result;

	while (s->start < s->block->text.len) {
		enum cut cut = record_cut(s, row);

		if (cut == CUT_ROW)
			return CSV_READ_ROW;
		if (cut == CUT_BLANK)
			continue;
		result = record_judge(s, row, why);
		/* a line of nothing but line ends is blank, however these are written */
		if (result != CSV_READ_ROW || row->raw.n > 0)
			return result;
	}
	return CSV_READ_END;
}

void
csv_fault_error(const struct csv_fault *fault, const struct textfile *file, size_t before, struct error *err)
{
	const char *path = file->file;
	size_t line = fault->line + before;

	switch (fault->kind) {
	case CSV_FAULT_STRAY:
		error_at(
		    err, path, line, fault->column,
		    "stray quote: a cell that holds quotes stands in quotes, and each inside is doubled");
		break;
	case CSV_FAULT_MEETS:
		error_at(err, path, line, 0,
			 "a quote that opens here is not closed before the stray one in line %zu, column %zu",
			 fault->meets_line + before, fault->column);
		break;
	case CSV_FAULT_MANY:
		error_at(err, path, line, 0, "a quote that opens here is not closed within %d lines",
			 RECORD_LINES_MAX);
		break;
	case CSV_FAULT_LARGE:
		error_at(err, path, line, 0, "a quote that opens here is not closed within %lu bytes",
			 CSV_RECORD_MAX);
		break;
	case CSV_FAULT_LONG:
		error_at(err, path, line, 0, "a line of more than %lu bytes, cut there", CSV_RECORD_MAX);
		break;
	case CSV_FAULT_BYTES:
		error_at(err, path, line, fault->column, "bytes that are not %s", file->encoding);
		break;
	case CSV_FAULT_NUL:
		error_at(err, path, line, 0, "a NUL byte");
		break;
	case CSV_FAULT_BREAK:
		error_at(err, path, line, 0, "a bare %s in the middle of a line",
			 file->eol == '\n' ? "carriage return" : "line feed");
		break;
	case CSV_FAULT_CELLS:
		error_at(err, path, line, 0, "more than %d cells", CSV_CELLS_MAX);
		break;
	default:
		error_at(err, path, line, 0, "a quote that opens here is never closed");
	}
}
