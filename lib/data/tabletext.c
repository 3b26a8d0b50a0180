#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/tablewrite.h"

#define ELLIPSIS "\xE2\x80\xA6"	  /* U+2026 */
#define NO_BREAK_SPACE "\xC2\xA0" /* U+00A0 */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"
#define GAP 2	      /* blanks between columns of text */
#define LEAST_WIDTH 8 /* a column is not cut below it */

bool
writer_add_grouped(struct buf *out, const char *s)
{
	const char *whole = s + (*s == '-' || *s == '+'), *point = writer_digits_end(whole), *end = point;
	const char *p;

	if (*point == '.')
		end = writer_digits_end(point + 1);
	if (point == whole || *end != '\0')
		return false;
	buf_add(out, s, (size_t)(whole - s));
	for (p = whole; p < point; p++) {
		if (p > whole && (point - p) % 3 == 0)
			buf_adds(out, NO_BREAK_SPACE);
		buf_addc(out, *p);
	}
	buf_adds(out, point);
	return true;
}

/* the cell as it is shown, in w->cell */
static void
text_cell(struct writer *w, const struct table *t, size_t row, size_t i)
{
	const char *s = table_shown_at(t, row, i);

	buf_clear(&w->cell);
	if (!s || (row != HEADING && t->column[i].group && writer_add_grouped(&w->cell, s)))
		return;
	text_safe(&w->cell, s, strlen(s));
}

static void
pad(struct buf *out, size_t n)
{
	memset(buf_room(out, n), ' ', n);
	out->len += n;
}

static void
text_row(struct writer *w, const struct table *t, size_t row, const size_t *width)
{
	struct buf *line = &w->line, *cell = &w->cell;
	size_t i;

	for (i = 0; i < t->n; i++) {
		size_t wide;

		text_cell(w, t, row, i);
		wide = text_width(cell->data, cell->len);
		if (wide > width[i]) {
			cell->len = text_fit(cell->data, cell->len, width[i] - 1);
			buf_adds(cell, ELLIPSIS);
			wide = text_width(cell->data, cell->len);
		}
		if (i > 0)
			pad(line, GAP);
		if (t->column[i].type == COLUMN_NUMBER)
			pad(line, width[i] - wide);
		buf_add(line, cell->data, cell->len);
		if (t->column[i].type != COLUMN_NUMBER)
			pad(line, width[i] - wide);
	}
	while (line->len > 0 && line->data[line->len - 1] == ' ')
		line->len--;
}

static void
bold_line(struct writer *w)
{
	if (w->options->colour && w->line.len > 0) {
		fputs(BOLD, w->file);
		buf_adds(&w->line, PLAIN);
	}
	writer_line(w);
}

/* the widths that the cells need; title and data */
static void
widths_measure(struct writer *w, const struct table *t, size_t *width)
{
	size_t row = HEADING, i;

	do {
		for (i = 0; i < t->n; i++) {
			size_t wide;

			text_cell(w, t, row, i);
			wide = text_width(w->cell.data, w->cell.len);
			if (wide > width[i])
				width[i] = wide;
		}
		row = row == HEADING ? 0 : row + 1;
	} while (row < t->rows);
}

static bool
is_text(enum column_type type)
{
	return type == COLUMN_TEXT || type == COLUMN_VALUE;
}

/* narrows the widest text column, character by character and so all wide ones alike, until a line has at most `limit`
 * columns */
static void
widths_fit(const struct table *t, size_t *width, size_t limit)
{
	size_t i, total = GAP * (t->n - 1);

	for (i = 0; i < t->n; i++)
		total += width[i];
	for (; total > limit; total--) {
		size_t widest = t->n;

		for (i = 0; i < t->n; i++)
			if (is_text(t->column[i].type) && (widest == t->n || width[i] >= width[widest]))
				widest = i;
		if (widest == t->n || width[widest] <= LEAST_WIDTH)
			return;
		width[widest]--;
	}
}

void
table_write_text(struct writer *w, const struct table *t)
{
	size_t *width = xcalloc(t->n, sizeof *width), i;

	if (t->title) {
		text_safe(&w->line, t->title, strlen(t->title));
		bold_line(w);
	}
	widths_measure(w, t, width);
	if (w->options->width > 0)
		widths_fit(t, width, w->options->width);
	if (t->rows > 0 || !t->hide_heading) {
		text_row(w, t, HEADING, width);
		bold_line(w);
	}
	for (i = 0; i < t->rows; i++) {
		text_row(w, t, i, width);
		writer_line(w);
	}
	for (i = 0; i < t->notes; i++) {
		text_safe(&w->line, t->note[i], strlen(t->note[i]));
		writer_line(w);
	}
	free(width);
}

/* Markdown */

/* valid text with a backslash before each of the characters in special, which are printable ASCII */
static void
add_escaped(struct buf *out, const char *s, const char *special)
{
	size_t n;

	for (; *s; s += n) {
		n = strcspn(s, special);
		buf_add(out, s, n);
		if (s[n] != '\0') {
			buf_addc(out, '\\');
			buf_addc(out, s[n++]);
		}
	}
}

/* fit to be shown, and nothing in it is taken for markup */
static void
markdown_add(struct writer *w, const char *s)
{
	buf_clear(&w->cell);
	text_safe(&w->cell, s, strlen(s));
	if (w->cell.len > 0)
		add_escaped(&w->line, w->cell.data, "\\|<[*`");
}

static void
markdown_row(struct writer *w, const struct table *t, size_t row)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		const char *s = table_shown_at(t, row, i);

		buf_adds(&w->line, "| ");
		if (s && *s) {
			markdown_add(w, s);
			buf_addc(&w->line, ' ');
		}
	}
	buf_addc(&w->line, '|');
	writer_line(w);
}

static void
markdown_heading(struct writer *w, const struct table *t)
{
	markdown_row(w, t, HEADING);
	for (size_t i = 0; i < t->n; i++)
		buf_adds(&w->line, t->column[i].type == COLUMN_NUMBER ? "| ---: " : "| --- ");
	buf_addc(&w->line, '|');
	writer_line(w);
}

void
table_write_markdown(struct writer *w, const struct table *t)
{
	size_t row, i;

	if (t->title) {
		buf_adds(&w->line, "## ");
		markdown_add(w, t->title);
		writer_line(w);
	}
	if (t->rows > 0 || !t->hide_heading) {
		if (t->title)
			writer_line(w);
		markdown_heading(w, t);
	}
	for (row = 0; row < t->rows; row++)
		markdown_row(w, t, row);
	for (i = 0; i < t->notes; i++) {
		writer_line(w);
		markdown_add(w, t->note[i]);
		writer_line(w);
	}
}
