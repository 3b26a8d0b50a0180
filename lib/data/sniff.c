#include "data/sniff.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/csvsplit.h"

#define CELLS_MAX 512	     /* of a record, looked at; more are counted */
#define RECORDS_MAX 5000     /* looked at for the delimiter */
#define QUOTED_LINES_MAX 100 /* of a cell, before its quote is taken for a stray one */
#define TITLES_MAX 60	     /* records that may stand before the header */
#define HEADER_REACH 300     /* records below the header that it is compared with */

/* the sample in UTF-8, gone through record by record */
struct scan {
	const char *p;
	const char *end;
	bool whole;
	char eol;
	char delimiter;
	size_t line;		    /* that p stands on, from 1 */
	struct str cell[CELLS_MAX]; /* of the record, their quotes left out */
	size_t n;		    /* its cells */
	size_t at;		    /* line where it begins */
	size_t between_digits;	    /* delimiters so far with a digit on both sides */
	size_t delimiters;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* the end of the line at p, its line end left out */
static const char *
line_end(const struct scan *scan, const char *p)
{
	const char *eol = memchr(p, scan->eol, (size_t)(scan->end - p));

	return eol ? eol : scan->end;
}

/* the end of the quoted cell that opens at p, behind its closing quote; NULL: it is never closed, or not well */
static const char *
quoted_end(const struct scan *scan, const char *p)
{
	size_t lines = 0;

	for (p++; p < scan->end && lines < QUOTED_LINES_MAX; p++) {
		lines += *p == scan->eol;
		if (*p != '"')
			continue;
		if (p + 1 == scan->end || p[1] == scan->delimiter || p[1] == '\r' || p[1] == '\n')
			return p + 1;
		if (p[1] != '"')
			return NULL;
		p++;
	}
	return NULL;
}

static void
cell_add(struct scan *scan, const char *p, const char *end)
{
	if (scan->n < CELLS_MAX)
		scan->cell[scan->n] = (struct str){p, (size_t)(end - p)};
	scan->n++;
}

/* a delimiter at p, and whether it could be a decimal comma */
static void
delimiter_note(struct scan *scan, const char *begin, const char *p)
{
	scan->delimiters++;
	if (p > begin && is_digit(p[-1]) && p + 1 < scan->end && is_digit(p[1]))
		scan->between_digits++;
}

/* Cuts the record at p; its end, or NULL if its quotes are not in order. Of one with more cells than a record may have
 * the rest of the line is its last. */
static const char *
record_cut(struct scan *scan, const char *p)
{
	const char *begin = p, *end = line_end(scan, p), *next;

	for (;;) {
		bool quoted = p < scan->end && *p == '"';

		next = quoted ? quoted_end(scan, p) : p;
		if (!next)
			return NULL;
		/* a line break in quotes; to look for the line's end at every cell would be quadratic */
		if (next > end)
			end = line_end(scan, next);
		if (!quoted) {
			next = scan->n < CSV_CELLS_MAX ? memchr(p, scan->delimiter, (size_t)(end - p)) : NULL;
			if (!next)
				next = end > p && end[-1] == '\r' ? end - 1 : end;
			cell_add(scan, p, next);
		} else {
			cell_add(scan, p + 1, next - 1);
		}
		if (scan->n > CSV_CELLS_MAX || next >= end || *next != scan->delimiter)
			return end;
		delimiter_note(scan, begin, next);
		p = next + 1;
	}
}

/* the next record that is not blank, a malformed one with a single cell; false: none is left, or it is cut */
static bool
record_next(struct scan *scan)
{
	const char *p, *end;

	while (scan->p < scan->end && (*scan->p == '\n' || *scan->p == '\r')) {
		scan->line += *scan->p == scan->eol;
		scan->p++;
	}
	if (scan->p == scan->end)
		return false;
	scan->n = 0;
	scan->at = scan->line;
	end = record_cut(scan, scan->p);
	if (!end) {
		scan->n = 0;
		end = line_end(scan, scan->p);
		cell_add(scan, scan->p, end);
	}
	for (p = scan->p; p < end; p++)
		scan->line += *p == scan->eol;
	scan->p = end;
	return end < scan->end || scan->whole;
}

static void
scan_begin(struct scan *scan, const struct sniff *s, const struct buf *text, bool whole, char delimiter)
{
	scan->p = text->data;
	scan->end = text->data + text->len;
	scan->whole = whole;
	scan->eol = s->eol == SNIFF_CR ? '\r' : '\n';
	scan->delimiter = delimiter;
	scan->line = 1;
	scan->between_digits = scan->delimiters = 0;
}

/* cells of the record that were kept */
static size_t
cells_kept(const struct scan *scan)
{
	return scan->n < CELLS_MAX ? scan->n : CELLS_MAX;
}

/* cells with something in them */
static size_t
cells_filled(const struct scan *scan)
{
	size_t filled = 0;

	for (size_t i = 0; i < cells_kept(scan); i++)
		filled += scan->cell[i].n > 0;
	return filled;
}

/* how a delimiter cuts the sample; the better the higher */
static double
delimiter_try(struct sniff *s, struct scan *scan)
{
	size_t *with = xcalloc(CELLS_MAX + 1, sizeof *with), width = 1;
	double even, value;

	s->records = 0;
	while (s->records < RECORDS_MAX && record_next(scan)) {
		with[scan->n < CELLS_MAX ? scan->n : CELLS_MAX]++;
		s->records++;
	}
	for (size_t i = 2; i <= CELLS_MAX; i++)
		if (with[i] > 0 && (width == 1 || with[i] >= with[width]))
			width = i;
	s->width = s->records > 0 ? width : 0;
	s->even = with[width];
	free(with);
	if (width == 1)
		return 0;
	even = (double)s->even / (double)s->records;
	value = even * even * (1 - 1 / (double)width);
	/* 1,50;2,75 has a comma as often as a semicolon */
	if (scan->delimiter == ',' && scan->between_digits * 5 > scan->delimiters * 4)
		value /= 2;
	return value;
}

static void
sniff_delimiter(struct sniff *s, struct scan *scan, const struct buf *text, bool whole)
{
	static const char delimiters[] = {'\t', ';', '|', ','};
	struct sniff tried = *s;
	double best = 0;

	for (size_t i = 0; i < sizeof delimiters; i++) {
		double value;

		tried.delimiter = delimiters[i];
		scan_begin(scan, s, text, whole, delimiters[i]);
		value = delimiter_try(&tried, scan);
		if (value <= best && !(best == 0 && delimiters[i] == ','))
			continue;
		best = value;
		*s = tried;
	}
}

/* a cell as titles are: more letters than digits, no address */
static bool
is_word(struct str cell)
{
	size_t letters = 0, digits = 0;

	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
		digits += is_digit(c);
		if (c == '@')
			return false;
	}
	return letters > 0 && letters >= digits;
}

static bool
has_digit(struct str cell)
{
	for (size_t i = 0; i < cell.n; i++)
		if (is_digit(cell.p[i]) || cell.p[i] == '@')
			return true;
	return false;
}

/* the first record that is filled as the table is; false: there is none */
static bool
first_full(struct scan *scan, size_t width)
{
	size_t least = width < 2 ? 1 : 2;

	for (size_t i = 0; i < TITLES_MAX && record_next(scan); i++) {
		size_t filled = cells_filled(scan);

		if (filled >= least && filled * 10 >= (width < CELLS_MAX ? width : CELLS_MAX) * 6)
			return true;
	}
	return false;
}

/* what stands below a cell of the first row */
struct below {
	size_t filled;
	size_t digits; /* cells with digits, or addresses */
	size_t same;   /* as the cell itself */
};

/* Is the scan's record, the first of the table, a header? */
static enum sniff_header
header_judge(struct scan *scan, struct below *below)
{
	struct str first[CELLS_MAX];
	size_t n = cells_kept(scan), filled = cells_filled(scan), words = 0;
	bool repeated = false;

	for (size_t i = 0; i < n; i++) {
		first[i] = scan->cell[i];
		words += is_word(first[i]);
	}
	if (words * 10 < filled * 7)
		return SNIFF_HEADER_NO;
	for (size_t i = 0; i < HEADER_REACH && record_next(scan); i++) {
		for (size_t j = 0; j < n && j < scan->n; j++) {
			struct str cell = scan->cell[j];

			below[j].filled += cell.n > 0;
			below[j].digits += has_digit(cell);
			below[j].same +=
			    cell.n > 0 && cell.n == first[j].n && memcmp(cell.p, first[j].p, cell.n) == 0;
		}
	}
	for (size_t j = 0; j < n; j++) {
		if (is_word(first[j]) && !has_digit(first[j]) && below[j].digits > 0 &&
		    below[j].digits * 10 >= below[j].filled * 8)
			return SNIFF_HEADER_YES;
		repeated = repeated || below[j].same > 0;
	}
	return repeated ? SNIFF_HEADER_NO : SNIFF_HEADER_UNSURE;
}

static void
sniff_header(struct sniff *s, struct scan *scan, const struct buf *text, bool whole)
{
	struct below *below;

	s->header = SNIFF_HEADER_UNSURE;
	scan_begin(scan, s, text, whole, s->delimiter);
	if (!first_full(scan, s->width))
		return;
	s->skip = scan->at - 1;
	below = xcalloc(CELLS_MAX, sizeof *below);
	s->header = header_judge(scan, below);
	free(below);
	/* blank lines before it are passed over anyway */
	scan_begin(scan, s, text, whole, s->delimiter);
	if (record_next(scan) && scan->at == s->skip + 1)
		s->skip = 0;
}

static void
sniff_eol(struct sniff *s, const struct buf *text)
{
	size_t i;

	s->eol = SNIFF_LF;
	for (i = 0; i < text->len && text->data[i] != '\n' && text->data[i] != '\r'; i++)
		;
	if (i < text->len && text->data[i] == '\r')
		s->eol = i + 1 < text->len && text->data[i + 1] == '\n' ? SNIFF_CRLF : SNIFF_CR;
}

/* the sample in UTF-8, a question mark for what cannot be decoded, without byte order mark */
static void
sample_decode(struct buf *out, const char *encoding, struct str bytes)
{
	size_t unit = strncmp(encoding, "utf-16", 6) == 0 ? 2 : strncmp(encoding, "utf-32", 6) == 0 ? 4 : 1;
	iconv_t cd = strcmp(encoding, "utf-8") == 0 ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
	char *from = (char *)bytes.p;
	size_t n = bytes.n;

	if (cd == (iconv_t)-1) {
		bool mark = n >= 3 && memcmp(from, "\xEF\xBB\xBF", 3) == 0;

		buf_add(out, from + (mark ? 3 : 0), n - (mark ? 3 : 0));
		return;
	}
	while (n > 0) {
		size_t room = n * 3 + 16, skip;
		char *begin = buf_room(out, room), *to = begin;
		int reason = iconv(cd, &from, &n, &to, &room) == (size_t)-1 ? errno : 0;

		out->len += (size_t)(to - begin);
		if (reason == 0 || reason == EINVAL)
			break;
		if (reason == E2BIG)
			continue;
		buf_addc(out, '?');
		skip = n < unit ? n : unit;
		from += skip;
		n -= skip;
	}
	iconv_close(cd);
}

void
sniff_bytes(struct sniff *s, struct str bytes, bool whole)
{
	struct buf text = {0};
	struct scan *scan = xmalloc(sizeof *scan);

	*s = (struct sniff){.delimiter = ','};
	sniff_encoding(s, bytes);
	buf_room(&text, 1);
	sample_decode(&text, s->encoding, bytes);
	sniff_eol(s, &text);
	/* of a line longer than the sample its beginning must do */
	if (!memchr(text.data, s->eol == SNIFF_CR ? '\r' : '\n', text.len))
		whole = true;
	sniff_delimiter(s, scan, &text, whole);
	sniff_header(s, scan, &text, whole);
	free(scan);
	buf_free(&text);
}

int
sniff_file(struct sniff *s, int fd, const char *file, struct error *err)
{
	struct buf sample = {0};
	ssize_t n = 1;
	int status = 0;

	while (sample.len < SNIFF_SAMPLE && n != 0) {
		char *p = buf_room(&sample, SNIFF_SAMPLE);

		n = read(fd, p, SNIFF_SAMPLE - sample.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		sample.len += (size_t)n;
	}
	if (n < 0)
		status = error_sys(err, file, "cannot read");
	else
		sniff_bytes(s, (struct str){sample.data, sample.len}, sample.len < SNIFF_SAMPLE);
	buf_free(&sample);
	return status;
}
