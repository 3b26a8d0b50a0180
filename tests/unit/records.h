/*
 * The records of a file, written down so that two ways of reading it can be
 * compared: as csvread_next gives them, as the blocks of csvread_block do when
 * several threads would split them, and as a reader without blocks, threads or
 * a way around libcsv finds them. Shared by tests and fuzzers.
 */
#ifndef KAM_TESTS_RECORDS_H
#define KAM_TESTS_RECORDS_H

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/csvread.h"

#define JUDGED_LINES_MAX 10000

/* One line to a record, text in the bytes it has: "row 2 raw cell|cell", each text led by its size. */

static inline void
record_number(struct buf *log, size_t n)
{
	char digits[24];
	size_t i = sizeof digits;

	do
		digits[--i] = (char)('0' + n % 10);
	while (n /= 10);
	buf_add(log, digits + i, sizeof digits - i);
}

static inline void
record_text(struct buf *log, struct str text)
{
	buf_addc(log, ' ');
	record_number(log, text.n);
	buf_addc(log, ':');
	buf_add(log, text.n ? text.p : "", text.n);
}

static inline void
record_row(struct buf *log, const struct csv_row *row, size_t before)
{
	size_t i;

	buf_adds(log, "row ");
	record_number(log, row->line + before);
	record_text(log, row->raw);
	for (i = 0; i < row->n; i++)
		record_text(log, row->cell[i]);
	buf_addc(log, '\n');
}

static inline void
record_reject(struct buf *log, const struct csv_row *row, size_t before, const struct error *err)
{
	buf_printf(log, "reject %zu", row->line + before);
	record_text(log, row->raw);
	buf_printf(log, " %zu:%zu: %s\n", err->line, err->column, err->text);
}

/* a reject of which the raw bytes are still as they were decoded */
static inline void
record_fault(struct buf *log, const struct csv_row *row, size_t before, const struct csv_fault *fault,
	     const struct textfile *file)
{
	struct csv_row shown = *row;
	struct error err;
	struct buf raw = {0};

	buf_add(&raw, row->raw.p, row->raw.n);
	textfile_repair(file, raw.data, raw.len);
	shown.raw.p = raw.data;
	csv_fault_error(fault, file, before, &err);
	record_reject(log, &shown, before, &err);
	buf_free(&raw);
}

/* Record by record */

/* up to `most` of them; how many there were */
static inline size_t
records_in_turn(struct csvread *csv, size_t most, struct buf *log)
{
	enum csv_result result;
	struct csv_row row;
	struct error err;
	size_t n = 0;

	while (n < most && (result = csvread_next(csv, &row, &err)) > 0) {
		if (result == CSV_READ_ROW)
			record_row(log, &row, 0);
		else
			record_reject(log, &row, 0, &err);
		n++;
	}
	return n;
}

/* Block by block, as the importer does */

struct blocks {
	struct csvread *csv;
	struct csvsplit *split;
	struct buf *log;
	struct buf begun; /* of a record that the last block did not end */
	size_t lines;	  /* before the next block */
	unsigned long long seed;
	size_t cuts; /* a block is cut again behind one of so many line ends; 0: behind none */
};

/* what a thread does with a block; the log NULL: of which nothing is kept */
static inline void
block_split(struct blocks *b, struct textblock *block, struct buf *log)
{
	enum csv_result result;
	struct csv_fault fault;
	struct csv_row row;

	csvsplit_begin(b->split, block, 1);
	while ((result = csvsplit_next(b->split, &row, &fault)) == CSV_READ_ROW ||
	       result == CSV_READ_REJECT) {
		if (log && result == CSV_READ_ROW)
			record_row(log, &row, b->lines);
		else if (log)
			record_fault(log, &row, b->lines, &fault, csvread_file(b->csv));
	}
}

static inline void
block_take(struct blocks *b, struct textblock *block)
{
	block_split(b, block, b->begun.len ? NULL : b->log);
	if (b->begun.len) {
		csvread_join(b->csv, (struct str){b->begun.data, b->begun.len}, block);
		block_split(b, block, b->log);
	}
	buf_clear(&b->begun);
	buf_add(&b->begun, block->text.data + csvsplit_offset(b->split),
		block->text.len - csvsplit_offset(b->split));
	b->lines += csvsplit_line(b->split) - 1;
}

/* the size of the piece that begins a block: up to some line end, or all of it */
static inline size_t
block_cut(struct blocks *b, struct str text)
{
	char eol = csvread_file(b->csv)->eol;
	size_t i;

	for (i = 0; b->cuts && i < text.n; i++) {
		if (text.p[i] != eol)
			continue;
		b->seed = b->seed * 6364136223846793005ULL + 1442695040888963407ULL;
		if ((b->seed >> 33) % b->cuts == 0)
			return i + 1;
	}
	return text.n;
}

/* the reader's next records, from where it stands to the end */
static inline void
records_by_blocks(struct csvread *csv, size_t cuts, unsigned long long seed, struct buf *log)
{
	struct blocks b = {.csv = csv, .log = log, .cuts = cuts, .seed = seed};
	struct textblock block = {0}, piece = {0};
	struct error err;
	size_t at, n;

	b.split = csvread_splitter(csv);
	b.lines = csvread_lines(csv);
	while (csvread_block(csv, &block, &err) > 0) {
		at = 0;
		do {
			struct str rest = {block.text.data + at, block.text.len - at};

			n = block_cut(&b, rest);
			buf_clear(&piece.text);
			buf_add(&piece.text, rest.p, n);
			piece.last = block.last && n == rest.n;
			piece.cut = block.cut && n == rest.n;
			block_take(&b, &piece);
			at += n;
		} while (at < block.text.len);
	}
	csvsplit_free(b.split);
	buf_free(&block.text);
	buf_free(&piece.text);
	buf_free(&b.begun);
}

/* As libcsv judges */

struct judge {
	const struct textfile *file; /* its name and encoding, for messages */
	struct str text;	     /* all of it; UTF-8 where the file is decoded before it is split */
	char eol, delimiter;
	iconv_t cd; /* of lines, to UTF-8; (iconv_t)-1: none */
	size_t at, line;

	struct csv_parser parser;
	struct buf cells, decoded;
	struct str *cell;
	size_t n, cap, rows;
};

static inline int
judge_space(unsigned char c)
{
	(void)c;
	return 0;
}

static inline void
judge_cell(void *text, size_t n, void *data)
{
	struct judge *j = data;

	j->cell = vec_grow(j->cell, &j->cap, j->n + 1, sizeof *j->cell);
	j->cell[j->n].p = NULL;
	j->cell[j->n++].n = n;
	buf_add(&j->cells, text ? text : "", n);
}

static inline void
judge_row(int c, void *data)
{
	(void)c;
	((struct judge *)data)->rows++;
}

/* bytes in UTF-8; how many could be decoded */
static inline size_t
judge_convert(iconv_t cd, struct str text, struct buf *out)
{
	char *in = (char *)text.p;
	size_t n = text.n, room = n * 8 + 64;
	char *begin = buf_room(out, room), *end = begin;

	if (iconv(cd, &in, &n, &end, &room) != (size_t)-1)
		iconv(cd, NULL, NULL, &end, &room);
	out->len += (size_t)(end - begin);
	return text.n - n;
}

/* a file's text, decoded as a whole, for encodings in which its lines cannot be found before */
static inline void
judge_decode(const char *encoding, size_t unit, struct str bytes, struct buf *out)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	size_t done;

	while ((done = judge_convert(cd, bytes, out)) < bytes.n) {
		bytes.p += done;
		bytes.n -= done;
		done = bytes.n < unit ? bytes.n : unit;
		bytes.p += done;
		bytes.n -= done;
		buf_adds(out, TEXTFILE_UNDECODED);
	}
	iconv_close(cd);
}

/* '\r' where that alone ends the first line outside of quotes */
static inline char
judge_eol(struct str text)
{
	size_t i, quotes = 0;

	for (i = 0; i < text.n; i++) {
		quotes += text.p[i] == '"';
		if (quotes % 2 == 0 && (text.p[i] == '\n' || text.p[i] == '\r'))
			break;
	}
	if (i == text.n)
		return '\n';
	while (i < text.n && text.p[i] == '\r')
		i++;
	return i < text.n && text.p[i] == '\n' ? '\n' : '\r';
}

static inline struct str
judge_line(const struct judge *j, size_t at)
{
	const char *p = j->text.p + at, *end = memchr(p, j->eol, j->text.n - at);

	return (struct str){p, end ? (size_t)(end + 1 - p) : j->text.n - at};
}

static inline struct str
judge_body(struct str line)
{
	while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line;
}

static inline void
judge_note(struct csv_fault *fault, enum csv_fault_kind kind, size_t line, size_t column)
{
	if (fault->kind == CSV_FAULT_NONE)
		*fault = (struct csv_fault){.kind = kind, .line = line, .column = column};
}

/* the line in UTF-8, or as it is and a fault */
static inline struct str
judge_utf8(struct judge *j, struct str line, size_t number, struct csv_fault *fault)
{
	size_t good;

	if (line.n > 0 && memchr(line.p, '\0', line.n)) {
		judge_note(fault, CSV_FAULT_NUL, number, 0);
		return line;
	}
	if (j->cd == (iconv_t)-1) {
		good = utf8_check(line.p, line.n);
		if (good < line.n)
			judge_note(fault, CSV_FAULT_BYTES, number, utf8_count(line.p, good) + 1);
		return line;
	}
	buf_clear(&j->decoded);
	iconv(j->cd, NULL, NULL, NULL, NULL);
	if (judge_convert(j->cd, line, &j->decoded) == line.n)
		return (struct str){j->decoded.data, j->decoded.len};
	judge_note(fault, CSV_FAULT_BYTES, number, utf8_count(j->decoded.data, j->decoded.len) + 1);
	return line;
}

/* rejects the next size bytes, so many lines, of which the first `shown` are shown */
static inline void
judge_reject(struct judge *j, size_t size, size_t lines, size_t shown, const struct csv_fault *fault,
	     struct buf *log)
{
	struct csv_row row = {.line = j->line, .raw = judge_body((struct str){j->text.p + j->at, shown})};

	record_fault(log, &row, 0, fault, j->file);
	j->at += size;
	j->line += lines;
}

static inline void
judge_give(struct judge *j, size_t size, size_t lines, struct csv_fault *fault, struct buf *log)
{
	struct csv_row row = {.n = j->n, .cell = j->cell, .line = j->line};
	const char *p = j->cells.data;
	size_t i;

	if (j->n > CSV_CELLS_MAX)
		judge_note(fault, CSV_FAULT_CELLS, j->line, 0);
	if (fault->kind != CSV_FAULT_NONE) {
		judge_reject(j, size, lines, size, fault, log);
		return;
	}
	for (i = 0; i < j->n; i++) {
		j->cell[i].p = p;
		p += j->cell[i].n;
	}
	row.raw = judge_body((struct str){j->text.p + j->at, size});
	record_row(log, &row, 0);
	j->at += size;
	j->line += lines;
}

/* a line that is too long is shown up to the limit, but no part of a character */
static inline void
judge_long(struct judge *j, size_t size, struct buf *log)
{
	struct csv_fault fault = {.kind = CSV_FAULT_LONG, .line = j->line};
	const char *p = j->text.p + j->at;
	size_t shown = CSV_RECORD_MAX;

	while (shown > CSV_RECORD_MAX - 3 && ((unsigned char)p[shown] & 0xC0) == 0x80)
		shown--;
	judge_reject(j, size, 1, shown, &fault, log);
}

/* the column of the byte at which libcsv stopped */
static inline size_t
judge_column(struct str line, size_t at)
{
	return utf8_check(line.p, at) == at ? utf8_count(line.p, at) + 1 : at + 1;
}

/* parses a line; 0, or the column of a stray quote */
static inline size_t
judge_parse(struct judge *j, struct str line, size_t number, bool first, struct csv_fault *fault)
{
	struct str body = judge_body(line), text = judge_utf8(j, body, number, fault);
	const char *end = line.n > body.n ? line.p + body.n : "\n";
	size_t n, eol = line.n > body.n ? line.n - body.n : 1;

	n = csv_parse(&j->parser, text.p, text.n, judge_cell, judge_row, j);
	if (n < text.n)
		return judge_column(text, n);
	if (j->rows > 0 || (first && body.n > 0 && (*body.p == '\n' || *body.p == '\r')))
		judge_note(fault, CSV_FAULT_BREAK, number, 0);
	if (j->rows == 0)
		csv_parse(&j->parser, end, eol, judge_cell, judge_row, j);
	return 0;
}

/* why a record of so many lines and bytes cannot go on with this one */
static inline enum csv_fault_kind
judge_limit(struct str line, size_t size, size_t lines)
{
	if (lines == JUDGED_LINES_MAX)
		return CSV_FAULT_MANY;
	if (line.n == 0)
		return CSV_FAULT_OPEN;
	return size + line.n > CSV_RECORD_MAX ? CSV_FAULT_LARGE : CSV_FAULT_NONE;
}

/* Reads a record's lines until libcsv ends it. Returns their bytes, 0 where it is given up, for the fault then. */
static inline size_t
judge_lines(struct judge *j, size_t *lines, struct csv_fault *fault)
{
	size_t size = 0, column;

	for (*lines = 0; j->rows == 0;) {
		struct str line = judge_line(j, j->at + size);
		enum csv_fault_kind why = judge_limit(line, size, *lines);

		if (why != CSV_FAULT_NONE) {
			*fault = (struct csv_fault){.kind = why, .line = j->line};
			return 0;
		}
		size += line.n;
		column = judge_parse(j, line, j->line + (*lines)++, size == line.n, fault);
		if (column == 0)
			continue;
		*fault = (struct csv_fault){.kind = CSV_FAULT_STRAY, .line = j->line, .column = column};
		if (*lines > 1) {
			fault->kind = CSV_FAULT_MEETS;
			fault->meets_line = j->line + *lines - 1;
		}
		return 0;
	}
	return size;
}

static inline void
judge_record(struct judge *j, struct buf *log)
{
	struct str first = judge_line(j, j->at);
	struct csv_fault fault = {0};
	size_t size, lines;

	if (judge_body(first).n == 0) {
		j->at += first.n;
		j->line++;
		return;
	}
	if (first.n > CSV_RECORD_MAX) {
		judge_long(j, first.n, log);
		return;
	}
	csv_init(&j->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&j->parser, (unsigned char)j->delimiter);
	csv_set_space_func(&j->parser, judge_space);
	buf_clear(&j->cells);
	buf_adds(&j->cells, "");
	j->n = j->rows = 0;
	size = judge_lines(j, &lines, &fault);
	csv_free(&j->parser);
	if (size > 0)
		judge_give(j, size, lines, &fault, log);
	else
		judge_reject(j, first.n, 1, first.n, &fault, log);
}

/* the records of a file of these bytes; `file` is that of a reader which has opened it */
static inline void
records_judged(struct str bytes, const struct csv_dialect *dialect, const struct textfile *file,
	       struct buf *log)
{
	static const struct str marks[] = {
	    {"\xEF\xBB\xBF", 3}, {"\xFF\xFE\0\0", 4}, {"\0\0\xFE\xFF", 4}, {"\xFF\xFE", 2}, {"\xFE\xFF", 2}};
	struct judge j = {.file = file, .delimiter = dialect->delimiter, .cd = (iconv_t)-1, .line = 1};
	struct buf text = {0};
	size_t i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (bytes.n < marks[i].n || memcmp(bytes.p, marks[i].p, marks[i].n) != 0)
			continue;
		bytes.p += marks[i].n;
		bytes.n -= marks[i].n;
		break;
	}
	j.text = bytes;
	buf_adds(&text, "");
	if (file->streamed) {
		judge_decode(file->encoding, file->unit, bytes, &text);
		j.text = (struct str){text.data, text.len};
	} else if (file->cd != (iconv_t)-1) {
		j.cd = iconv_open("UTF-8", file->encoding);
	}
	j.eol = judge_eol(j.text);
	for (i = 0; i < dialect->skip && j.at < j.text.n; i++) {
		j.at += judge_line(&j, j.at).n;
		j.line++;
	}
	while (j.at < j.text.n)
		judge_record(&j, log);
	if (j.cd != (iconv_t)-1)
		iconv_close(j.cd);
	buf_free(&text);
	buf_free(&j.cells);
	buf_free(&j.decoded);
	free(j.cell);
}

/* Comparing; where they differ, the records at which they do so are shown */

static inline void
records_show(const char *whose, const struct buf *log, size_t at)
{
	size_t n = log->len - at < 300 ? log->len - at : 300;
	struct buf safe = {0};

	text_safe(&safe, log->data + at, n);
	fprintf(stderr, "%s: %s\n", whose, safe.data ? safe.data : "");
	buf_free(&safe);
}

static inline bool
records_same(const struct buf *got, const struct buf *want)
{
	size_t at = 0, begin = 0;

	if (got->len == want->len && (want->len == 0 || memcmp(got->data, want->data, want->len) == 0))
		return true;
	for (; at < got->len && at < want->len && got->data[at] == want->data[at]; at++)
		if (want->data[at] == '\n')
			begin = at + 1;
	records_show("got", got, begin);
	records_show("want", want, begin);
	return false;
}

#endif
