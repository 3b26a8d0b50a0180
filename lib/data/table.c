#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/tablewrite.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define BYTE_ORDER "\xEF\xBB\xBF"  /* U+FEFF */

struct table *
table_new(const char *name, const char *title, const struct column *column, size_t n)
{
	struct table *t = xcalloc(1, sizeof *t);

	t->name = name;
	t->title = title;
	t->column = column;
	t->n = n;
	return t;
}

/* the next cell, in the arena already; one too many is left out */
static void
cell_put(struct table *t, const char *s)
{
	if (t->filled == t->n)
		return;
	t->cell = vec_grow(t->cell, &t->cap, (t->rows + 1) * t->n, sizeof *t->cell);
	t->cell[t->rows * t->n + t->filled++] = s;
}

void
table_cell(struct table *t, const char *s)
{
	cell_put(t, s ? arena_strdup(&t->arena, s) : NULL);
}

static const char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	int n;
	char *s;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return "";
	s = arena_alloc(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

void
table_cellf(struct table *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	cell_put(t, arena_vprintf(&t->arena, fmt, ap));
	va_end(ap);
}

void
table_decimal(struct table *t, struct decimal d, int places)
{
	struct buf text = {0};

	decimal_format(&text, d, places);
	table_cell(t, text.data);
	buf_free(&text);
}

void
table_note(struct table *t, const char *fmt, ...)
{
	va_list ap;

	t->note = vec_grow(t->note, &t->notes_cap, t->notes + 1, sizeof *t->note);
	va_start(ap, fmt);
	t->note[t->notes++] = arena_vprintf(&t->arena, fmt, ap);
	va_end(ap);
}

void
table_hide_empty(struct table *t)
{
	t->hide_empty = true;
}

void
table_hide_heading(struct table *t)
{
	t->hide_heading = true;
}

size_t
table_rows(const struct table *t)
{
	return t->rows + t->streamed;
}

void
table_free(struct table *t)
{
	if (!t)
		return;
	arena_free(&t->arena);
	free(t->cell);
	free(t->note);
	free(t);
}

const char *
table_at(const struct table *t, size_t row, size_t i)
{
	return row == HEADING ? t->column[i].name : t->cell[row * t->n + i];
}

const char *
table_shown_at(const struct table *t, size_t row, size_t i)
{
	return row == HEADING && t->column[i].title ? t->column[i].title : table_at(t, row, i);
}

void
writer_line(struct writer *w)
{
	buf_addc(&w->line, '\n');
	fwrite(w->line.data, 1, w->line.len, w->file);
	buf_clear(&w->line);
}

void
writer_valid(struct buf *out, const char *s, size_t n)
{
	size_t valid;

	while ((valid = utf8_check(s, n)) < n) {
		buf_add(out, s, valid);
		buf_adds(out, REPLACEMENT);
		s += valid + 1;
		n -= valid + 1;
	}
	buf_add(out, s, n);
}

const char *
writer_digits_end(const char *s)
{
	return s + strspn(s, "0123456789");
}

/* CSV (RFC 4180) and TSV */

/* -12.50 */
static bool
is_negative(const char *s)
{
	const char *end;

	if (*s++ != '-')
		return false;
	end = writer_digits_end(s);
	if (end > s && *end == '.' && writer_digits_end(end + 1) > end + 1)
		end = writer_digits_end(end + 1);
	return end > s && *end == '\0';
}

static bool
is_formula(const char *s)
{
	return *s != '\0' && strchr("=+-@\t\r", *s);
}

static bool
is_risky(enum column_type type, const char *s)
{
	return (type == COLUMN_TEXT && is_formula(s)) ||
	       (type == COLUMN_VALUE && is_formula(s) && !is_negative(s));
}

/* alone: the only cell of its line, which must not look blank */
static void
csv_cell(struct buf *out, const char *s, bool neutral, bool alone)
{
	bool quoted = s[strcspn(s, ",\"\r\n")] != '\0' || (alone && *s == '\0') ||
		      strncmp(s, BYTE_ORDER, strlen(BYTE_ORDER)) == 0;
	size_t n;

	if (quoted)
		buf_addc(out, '"');
	if (neutral)
		buf_addc(out, '\'');
	for (; *s; s += n) {
		n = strcspn(s, "\"");
		writer_valid(out, s, n);
		if (s[n] == '"') {
			buf_adds(out, "\"\"");
			n++;
		}
	}
	if (quoted)
		buf_addc(out, '"');
}

static void
tsv_cell(struct buf *out, const char *s, bool neutral)
{
	static const char special[] = "\t\n\r\\", letter[] = "tnr\\";
	size_t n;

	if (neutral)
		buf_addc(out, '\'');
	for (; *s; s += n) {
		n = strcspn(s, special);
		writer_valid(out, s, n);
		if (s[n] != '\0') {
			buf_addc(out, '\\');
			buf_addc(out, letter[strchr(special, s[n]) - special]);
			n++;
		}
	}
}

static void
delimited_row(struct writer *w, const struct table *t, size_t row)
{
	bool tabs = w->options->format == TABLE_TSV;
	size_t i;

	for (i = 0; i < t->n; i++) {
		const char *value = table_at(t, row, i), *s = value ? value : "";
		bool neutral = w->options->neutral && row != HEADING && is_risky(t->column[i].type, s);

		if (w->options->terminal) {
			buf_clear(&w->cell);
			text_safe(&w->cell, s, strlen(s));
			s = w->cell.data ? w->cell.data : "";
		}
		if (i > 0)
			buf_addc(&w->line, tabs ? '\t' : ',');
		if (tabs)
			tsv_cell(&w->line, s, neutral);
		else
			csv_cell(&w->line, s, neutral, t->n == 1);
	}
	writer_line(w);
}

static void
delimited_write(struct writer *w, const struct table *t)
{
	size_t row;

	if (w->options->header)
		delimited_row(w, t, HEADING);
	for (row = 0; row < t->rows; row++)
		delimited_row(w, t, row);
}

/* Rows as they come */

void
table_stream(struct table *t, const struct table_options *options, FILE *file)
{
	t->stream = xcalloc(1, sizeof *t->stream);
	t->stream->options = options;
	t->stream->file = file;
	if (options->format == TABLE_JSON)
		json_begin(t->stream);
	else if (options->header)
		delimited_row(t->stream, t, HEADING);
}

/* the row that is complete; what is held is forgotten with it */
static void
row_stream(struct table *t)
{
	if (t->stream->options->format == TABLE_JSON)
		json_row(t->stream, t, 0, t->streamed == 0);
	else
		delimited_row(t->stream, t, 0);
	t->streamed++;
	arena_reset(&t->arena);
}

void
table_row(struct table *t)
{
	while (t->filled < t->n)
		cell_put(t, NULL);
	t->filled = 0;
	if (t->stream)
		row_stream(t);
	else
		t->rows++;
}

void
table_stream_end(struct table *t)
{
	if (t->stream->options->format == TABLE_JSON) {
		json_end(t->stream, t->streamed > 0);
		writer_line(t->stream);
	}
	buf_free(&t->stream->line);
	buf_free(&t->stream->cell);
	free(t->stream);
	t->stream = NULL;
}

/* All formats */

int
table_format_parse(const char *s, enum table_format *format, struct error *err)
{
	static const char *const names[] = {
	    "text", "csv", "tsv", "json", "markdown", /* as enum table_format */
	};
	struct buf quoted = {0};
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(s, names[i]) == 0) {
			*format = (enum table_format)i;
			return 0;
		}
	}
	text_quote(&quoted, s, strlen(s));
	error_set(err, "unknown format %s; there are text, csv, tsv, json and markdown", quoted.data);
	buf_free(&quoted);
	return -1;
}

static bool
column_is_shown(const struct table *t, size_t i)
{
	size_t row;

	if (!t->hide_empty || t->rows == 0 || i == 0)
		return true;
	for (row = 0; row < t->rows; row++)
		if (table_at(t, row, i) && *table_at(t, row, i))
			return true;
	return false;
}

/* text or Markdown, through a table of the columns that are shown */
static void
write_for_people(struct writer *w, const struct table *t)
{
	struct column *column = xcalloc(t->n, sizeof *column);
	size_t *kept = xcalloc(t->n, sizeof *kept), i, row;
	struct table shown = *t;

	shown.n = 0;
	for (i = 0; i < t->n; i++) {
		if (!column_is_shown(t, i))
			continue;
		column[shown.n] = t->column[i];
		kept[shown.n++] = i;
	}
	shown.column = column;
	shown.cell = xcalloc(t->rows * shown.n, sizeof *shown.cell);
	for (row = 0; row < t->rows; row++)
		for (i = 0; i < shown.n; i++)
			shown.cell[row * shown.n + i] = table_at(t, row, kept[i]);
	if (w->options->format == TABLE_TEXT)
		table_write_text(w, &shown);
	else
		table_write_markdown(w, &shown);
	free(column);
	free(kept);
	free(shown.cell);
}

void
tables_write(struct table *const *t, size_t n, const struct table_options *options, FILE *file)
{
	struct writer w = {.options = options, .file = file};
	size_t i;

	if (options->format == TABLE_JSON)
		tables_write_json(&w, t, n);
	for (i = 0; i < n && options->format != TABLE_JSON; i++) {
		if (i > 0)
			writer_line(&w);
		if (options->format == TABLE_TEXT || options->format == TABLE_MARKDOWN)
			write_for_people(&w, t[i]);
		else
			delimited_write(&w, t[i]);
	}
	buf_free(&w.line);
	buf_free(&w.cell);
}
