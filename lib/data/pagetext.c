/*
 * A page as text: aligned by the width of its characters on a terminal, and
 * wrapped to the terminal's. A table that is too wide gets cells of several
 * lines; one that would not fit even so is written row by row, a line for
 * each value.
 */
#include <stdlib.h>

#include "base/text.h"
#include "data/pagewrite.h"

#define GAP 2	      /* blanks between columns */
#define LEAST_WIDTH 8 /* a column of text is not narrowed below it, */
#define WORD_WIDTH 14 /* nor below its longest word, if that is not longer than this */
#define LEAST_ROOM 10 /* columns in which text is still wrapped, however deep it stands */
#define NAME_WIDTH 24 /* of the facts' names; the value of a longer one begins behind it */

static const char *const tone_starts[] = {"", "\033[31m", "\033[2m"}; /* as enum page_tone */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* what a page is written with */
struct text_writer {
	struct buf *out;
	size_t width; /* 0: nothing is wrapped */
	size_t lines; /* at most, of one text; 0: as many as it takes */
	bool colour;
	bool more[PAGE_DEPTH_MAX + 1]; /* of a tree: more nodes of that depth follow under the same one */
	struct buf scratch;
};

static void
pad(struct buf *out, size_t n)
{
	memset(buf_room(out, n), ' ', n);
	out->len += n;
}

static void
trim_line(struct buf *out)
{
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		out->len--;
	buf_addc(out, '\n');
}

/* Bytes of s that go on a line of that width; *taken with the blanks behind them. */
static size_t
wrap_next(const char *s, size_t n, size_t width, size_t *taken)
{
	size_t fit = text_fit(s, n, width), cut;

	*taken = fit;
	if (fit == n)
		return n;
	for (cut = fit; cut > 0 && s[cut] != ' '; cut--)
		;
	if (cut > 0) {
		for (*taken = cut; *taken < n && s[*taken] == ' '; ++*taken)
			;
		return cut;
	}
	if (fit == 0)
		for (fit = 1; fit < n && ((unsigned char)s[fit] & 0xC0) == 0x80; fit++)
			;
	*taken = fit;
	return fit;
}

/* columns for text behind an indent */
static size_t
room(const struct text_writer *w, size_t indent)
{
	if (w->width == 0)
		return (size_t)-1;
	return w->width > indent + LEAST_ROOM ? w->width - indent : LEAST_ROOM;
}

/* the last line that there is room for, with a mark of what was cut */
static void
write_cut(struct text_writer *w, const char *s, size_t n, size_t width)
{
	size_t taken;

	buf_add(w->out, s, wrap_next(s, n, width - 1, &taken));
	buf_adds(w->out, "…\n");
}

/* The text, wrapped; the cursor stands at the indent, and lines after the first begin with `rest`, or blanks. */
static void
write_wrapped(struct text_writer *w, const char *text, size_t indent, const char *rest)
{
	size_t n, taken, line, width = room(w, indent), lines = 0;
	const char *s;

	buf_clear(&w->scratch);
	page_add_safe(&w->scratch, text);
	if (w->scratch.len == 0)
		trim_line(w->out);
	for (s = w->scratch.data, n = w->scratch.len; n > 0; s += taken, n -= taken) {
		line = wrap_next(s, n, width, &taken);
		if (s != w->scratch.data && rest)
			buf_adds(w->out, rest);
		else if (s != w->scratch.data)
			pad(w->out, indent);
		if (++lines == w->lines && taken < n) {
			write_cut(w, s, n, width);
			return;
		}
		buf_add(w->out, s, line);
		trim_line(w->out);
	}
}

static void
write_heading(struct text_writer *w, const char *text)
{
	buf_adds(w->out, w->colour ? BOLD : "");
	write_wrapped(w, text, 0, NULL);
	if (w->colour) {
		w->out->len--;
		buf_adds(w->out, PLAIN "\n");
	}
}

static void
write_toned(struct text_writer *w, const struct block *b)
{
	bool coloured = w->colour && b->tone != PAGE_PLAIN;
	const char *mark = b->tone == PAGE_ALERT ? "! " : b->kind == BLOCK_ITEM ? "- " : "";

	buf_adds(w->out, coloured ? tone_starts[b->tone] : "");
	buf_adds(w->out, mark);
	write_wrapped(w, b->text, strlen(mark), NULL);
	if (coloured) {
		w->out->len--;
		buf_adds(w->out, PLAIN "\n");
	}
}

/* of the run of facts that begins at i */
static size_t
names_width(const struct page *p, size_t i)
{
	size_t width = 0, wide;

	for (; i < p->n && p->block[i].kind == BLOCK_FACT; i++) {
		wide = text_width(p->block[i].text, strlen(p->block[i].text));
		if (wide > width && wide <= NAME_WIDTH)
			width = wide;
	}
	return width;
}

static void
write_pair(struct text_writer *w, const char *name, const char *value, size_t indent, size_t width)
{
	size_t at = w->out->len, wide;

	pad(w->out, indent);
	page_add_safe(w->out, name);
	wide = text_width(w->out->data + at, w->out->len - at);
	if (wide > indent + width) {
		buf_addc(w->out, '\n');
		wide = 0;
	}
	pad(w->out, indent + width + GAP - wide);
	write_wrapped(w, value, indent + width + GAP, NULL);
}

/* Which nodes of the run that ends before `end` are the last under theirs; from behind. */
static bool *
tree_last(const struct page *p, size_t first, size_t end)
{
	bool seen[PAGE_DEPTH_MAX + 2] = {false}, *last = xcalloc(end - first, sizeof *last);

	for (size_t i = end; i-- > first;) {
		size_t depth = p->block[i].depth;

		last[i - first] = !seen[depth];
		seen[depth] = true;
		for (size_t d = depth + 1; d <= PAGE_DEPTH_MAX; d++)
			seen[d] = false;
	}
	return last;
}

/* the lines of the nodes above; then the node's own branch, or below its first line what goes on */
static void
tree_prefix(struct buf *out, const struct text_writer *w, size_t depth, const char *branch)
{
	for (size_t d = 1; d < depth; d++)
		buf_adds(out, w->more[d] ? "│  " : "   ");
	if (depth > 0)
		buf_adds(out, branch);
}

/* a whole tree, from its first block; gives the block after it */
static size_t
write_tree(struct text_writer *w, const struct page *p, size_t first)
{
	struct buf rest = {0};
	size_t end = first;
	bool *last;

	while (end < p->n && p->block[end].kind == BLOCK_TREE)
		end++;
	last = tree_last(p, first, end);
	for (size_t i = first; i < end; i++) {
		size_t depth = p->block[i].depth;

		w->more[depth] = !last[i - first];
		tree_prefix(w->out, w, depth, w->more[depth] ? "├─ " : "└─ ");
		buf_clear(&rest);
		tree_prefix(&rest, w, depth, w->more[depth] ? "│  " : "   ");
		buf_adds(&rest, i + 1 < end && p->block[i + 1].depth > depth ? "│ " : "  ");
		write_wrapped(w, p->block[i].text, 3 * depth + 2, rest.data);
	}
	free(last);
	buf_free(&rest);
	return end;
}

/* Tables */

/* one table being laid out: the columns that are shown, and its cells as they are shown */
struct layout {
	const struct grid *grid;
	size_t n;
	size_t *column; /* of the grid */
	size_t *width;
	size_t *least;	  /* to which the width may be narrowed */
	struct str *cell; /* row after row, first the titles */
	struct buf text;  /* of all cells */
	size_t total;
};

static size_t
longest_word(struct str text)
{
	size_t longest = 0, n, wide;

	for (const char *p = text.p, *end = p + text.n; p < end; p += n + 1) {
		const char *blank = memchr(p, ' ', (size_t)(end - p));

		n = blank ? (size_t)(blank - p) : (size_t)(end - p);
		wide = text_width(p, n);
		if (wide > longest)
			longest = wide;
	}
	return longest;
}

static void
layout_measure(struct layout *l, size_t most)
{
	for (size_t i = 0; i < l->n; i++) {
		for (size_t row = 0; row <= l->grid->rows; row++) {
			size_t wide = text_width(l->cell[row * l->n + i].p, l->cell[row * l->n + i].n);

			if (wide > l->width[i])
				l->width[i] = wide;
			wide = longest_word(l->cell[row * l->n + i]);
			if (wide > l->least[i] && wide <= WORD_WIDTH)
				l->least[i] = wide;
		}
		if (l->least[i] < LEAST_WIDTH)
			l->least[i] = LEAST_WIDTH;
		if (most && l->width[i] > most)
			l->width[i] = most;
		l->total += l->width[i] + (i > 0 ? GAP : 0);
	}
}

static void
layout_begin(struct layout *l, const struct grid *g, size_t most)
{
	size_t *end, cells;

	*l = (struct layout){.grid = g};
	l->column = xcalloc(g->n, sizeof *l->column);
	for (size_t i = 0; i < g->n; i++)
		if (g->shown[i])
			l->column[l->n++] = i;
	cells = (g->rows + 1) * l->n;
	l->width = xcalloc(l->n, sizeof *l->width);
	l->least = xcalloc(l->n, sizeof *l->least);
	l->cell = xcalloc(cells, sizeof *l->cell);
	end = xcalloc(cells, sizeof *end);
	for (size_t i = 0; i < cells; i++) {
		if (i < l->n)
			page_add_safe(&l->text, grid_title(g, l->column[i]));
		else
			grid_add_cell(&l->text, g, i / l->n - 1, l->column[i % l->n]);
		end[i] = l->text.len;
	}
	/* the text does not move any more */
	for (size_t i = 0, at = 0; i < cells; at = end[i++])
		l->cell[i] = (struct str){l->text.data ? l->text.data + at : "", end[i] - at};
	free(end);
	layout_measure(l, most);
}

static void
layout_end(struct layout *l)
{
	free(l->column);
	free(l->width);
	free(l->least);
	free(l->cell);
	buf_free(&l->text);
}

/* narrows the widest columns of text, all alike; false: it cannot be made to fit */
static bool
layout_fit(struct layout *l, size_t limit)
{
	for (; l->total > limit; l->total--) {
		size_t widest = l->n;

		for (size_t i = 0; i < l->n; i++)
			if (l->grid->column[l->column[i]].type != COLUMN_NUMBER &&
			    l->width[i] > l->least[i] && (widest == l->n || l->width[i] >= l->width[widest]))
				widest = i;
		if (widest == l->n)
			return false;
		l->width[widest]--;
	}
	return true;
}

/* The lines of one row, of which each cell has its own number; takes from the cells what it writes. */
static void
layout_row(struct text_writer *w, const struct layout *l, struct str *cell)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < l->n; i++) {
			bool number = l->grid->column[l->column[i]].type == COLUMN_NUMBER;
			size_t taken, n = wrap_next(cell[i].p, cell[i].n, l->width[i], &taken);
			size_t blanks = l->width[i], wide = text_width(cell[i].p, n);

			blanks -= wide < blanks ? wide : blanks;
			pad(w->out, (i > 0 ? GAP : 0) + (number ? blanks : 0));
			buf_add(w->out, cell[i].p, n);
			pad(w->out, number ? 0 : blanks);
			cell[i].p += taken;
			cell[i].n -= taken;
			more |= cell[i].n > 0;
		}
		trim_line(w->out);
	}
}

static void
layout_columns(struct text_writer *w, const struct layout *l)
{
	size_t start;

	buf_adds(w->out, w->colour ? BOLD : "");
	start = w->out->len;
	layout_row(w, l, l->cell);
	if (w->colour && w->out->len > start) {
		w->out->len--;
		buf_adds(w->out, PLAIN "\n");
	}
	for (size_t row = 1; row <= l->grid->rows; row++)
		layout_row(w, l, l->cell + row * l->n);
}

static const char *
cell_copy(struct buf *copy, struct str cell)
{
	buf_clear(copy);
	buf_add(copy, cell.p, cell.n);
	return copy->data;
}

/* each row as a line of its first value and one for each other value */
static void
layout_records(struct text_writer *w, const struct layout *l)
{
	struct buf title = {0}, value = {0};
	size_t width = 0;

	for (size_t i = 1; i < l->n; i++) {
		size_t wide = text_width(l->cell[i].p, l->cell[i].n);

		if (wide > width && wide <= NAME_WIDTH)
			width = wide;
	}
	for (size_t row = 1; row <= l->grid->rows; row++) {
		const struct str *cell = l->cell + row * l->n;

		write_wrapped(w, cell[0].n > 0 ? cell_copy(&value, cell[0]) : "-", 0, NULL);
		for (size_t i = 1; i < l->n; i++)
			if (cell[i].n > 0)
				write_pair(w, cell_copy(&title, l->cell[i]), cell_copy(&value, cell[i]), GAP,
					   width);
	}
	buf_free(&title);
	buf_free(&value);
}

static void
write_table(struct text_writer *w, const struct grid *g)
{
	struct layout l;

	layout_begin(&l, g, w->width);
	if (w->width == 0 || layout_fit(&l, w->width))
		layout_columns(w, &l);
	else
		layout_records(w, &l);
	layout_end(&l);
}

void
page_write_text(const struct page *p, const struct page_options *options, struct buf *out)
{
	struct text_writer w = {.out = out, .width = options->width, .colour = options->colour};
	size_t i = 0, facts = 0;

	w.lines = p->title_lines;
	if (*p->title)
		write_heading(&w, p->title);
	while (i < p->n) {
		const struct block *b = &p->block[i];

		if (!block_is_shown(p, i)) {
			i++;
			continue;
		}
		w.lines = b->lines;
		if (b->kind == BLOCK_TREE) {
			i = write_tree(&w, p, i);
			continue;
		}
		if (b->kind == BLOCK_SECTION) {
			buf_adds(out, out->len > 0 ? "\n" : "");
			write_heading(&w, b->text);
		} else if (b->kind == BLOCK_TABLE) {
			write_table(&w, b->grid);
		} else if (b->kind == BLOCK_FACT) {
			if (!block_continues(p, i))
				facts = names_width(p, i);
			write_pair(&w, b->text, b->value, 0, facts);
		} else {
			write_toned(&w, b);
		}
		i++;
	}
	buf_free(&w.scratch);
}
