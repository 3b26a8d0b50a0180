#include "data/page.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/pagewrite.h"
#include "data/tablewrite.h"

struct page *
page_new(const char *title)
{
	struct page *p = xcalloc(1, sizeof *p);

	p->title = arena_strdup(&p->arena, title);
	return p;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* blanks squeezed to one, none at the ends; in place */
static const char *
squeeze(char *text)
{
	size_t n = 0;

	for (const char *p = text; *p; p++) {
		if (!is_blank(*p))
			text[n++] = *p;
		else if (n > 0 && text[n - 1] != ' ')
			text[n++] = ' ';
	}
	while (n > 0 && text[n - 1] == ' ')
		n--;
	text[n] = '\0';
	return text;
}

static struct block *
block_add(struct page *p, enum block_kind kind)
{
	p->block = vec_grow(p->block, &p->cap, p->n + 1, sizeof *p->block);
	p->block[p->n] = (struct block){.kind = kind, .lines = p->cut};
	return &p->block[p->n++];
}

static const char *
format_text(struct page *p, const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return "";
	text = arena_alloc(&p->arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	return squeeze(text);
}

void
page_cut(struct page *p, size_t lines)
{
	p->cut = lines;
	if (p->n == 0)
		p->title_lines = lines;
}

void
page_section(struct page *p, const char *title)
{
	struct block *b = block_add(p, BLOCK_SECTION);

	b->text = squeeze(arena_strdup(&p->arena, title));
	/* it says what was left out */
	b->lines = 0;
}

void
page_section_note(struct page *p, const char *fmt, ...)
{
	size_t i = p->n;
	const char *note;
	va_list ap;

	va_start(ap, fmt);
	note = format_text(p, fmt, ap);
	va_end(ap);
	while (i > 0 && p->block[i - 1].kind != BLOCK_SECTION)
		i--;
	if (i > 0)
		p->block[i - 1].text = arena_printf(&p->arena, "%s (%s)", p->block[i - 1].text, note);
}

void
page_line(struct page *p, enum page_tone tone, const char *fmt, ...)
{
	struct block *b = block_add(p, BLOCK_LINE);
	va_list ap;

	va_start(ap, fmt);
	b->text = format_text(p, fmt, ap);
	b->tone = tone;
	va_end(ap);
}

void
page_item(struct page *p, enum page_tone tone, const char *fmt, ...)
{
	struct block *b = block_add(p, BLOCK_ITEM);
	va_list ap;

	va_start(ap, fmt);
	b->text = format_text(p, fmt, ap);
	b->tone = tone;
	va_end(ap);
}

void
page_tree(struct page *p, size_t depth, const char *fmt, ...)
{
	struct block *b = block_add(p, BLOCK_TREE);
	const struct block *above = p->n > 1 && b[-1].kind == BLOCK_TREE ? b - 1 : NULL;
	size_t deepest = above ? above->depth + 1 : 0;
	va_list ap;

	va_start(ap, fmt);
	b->text = format_text(p, fmt, ap);
	if (!*b->text)
		b->text = "?";
	b->depth = depth < deepest ? depth : deepest;
	if (b->depth > PAGE_DEPTH_MAX)
		b->depth = PAGE_DEPTH_MAX;
	va_end(ap);
}

void
page_fact(struct page *p, const char *name, const char *value)
{
	struct block *b;

	if (!value || !*value)
		return;
	b = block_add(p, BLOCK_FACT);
	b->text = squeeze(arena_strdup(&p->arena, name));
	b->value = squeeze(arena_strdup(&p->arena, value));
}

void
page_table(struct page *p, const struct column *column, size_t n)
{
	struct grid *g = arena_alloc(&p->arena, sizeof *g);

	struct column *copy = arena_alloc(&p->arena, n * sizeof *copy);

	for (size_t i = 0; i < n; i++) {
		copy[i] = column[i];
		copy[i].name = arena_strdup(&p->arena, column[i].name);
		copy[i].title = column[i].title ? arena_strdup(&p->arena, column[i].title) : NULL;
	}
	g->column = copy;
	g->n = n;
	g->shown = arena_alloc(&p->arena, n * sizeof *g->shown);
	g->shown[0] = true;
	block_add(p, BLOCK_TABLE)->grid = g;
}

/* one cell too many is left out */
static void
cell_put(struct page *p, const char *text)
{
	struct grid *g = p->block[p->n - 1].grid;

	if (g->filled == g->n)
		return;
	g->cell = vec_grow(g->cell, &g->cap, (g->rows + 1) * g->n, sizeof *g->cell);
	if (text && *text)
		g->shown[g->filled] = true;
	g->cell[g->rows * g->n + g->filled++] = text;
}

void
page_cell(struct page *p, const char *text)
{
	cell_put(p, text ? squeeze(arena_strdup(&p->arena, text)) : NULL);
}

void
page_cellf(struct page *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	cell_put(p, format_text(p, fmt, ap));
	va_end(ap);
}

void
page_row(struct page *p)
{
	struct grid *g = p->block[p->n - 1].grid;

	while (g->filled < g->n)
		cell_put(p, NULL);
	g->filled = 0;
	g->rows++;
}

void
page_free(struct page *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		if (p->block[i].grid)
			free(p->block[i].grid->cell);
	free(p->block);
	arena_free(&p->arena);
	free(p);
}

static bool
block_has_content(const struct block *b)
{
	return b->kind == BLOCK_TABLE ? b->grid->rows > 0 : b->text[0] != '\0';
}

bool
block_is_shown(const struct page *p, size_t i)
{
	if (p->block[i].kind != BLOCK_SECTION)
		return block_has_content(&p->block[i]);
	while (++i < p->n && p->block[i].kind != BLOCK_SECTION)
		if (block_has_content(&p->block[i]))
			return true;
	return false;
}

bool
block_continues(const struct page *p, size_t i)
{
	enum block_kind kind = p->block[i].kind;

	while (i-- > 0 && p->block[i].kind != BLOCK_SECTION)
		if (block_has_content(&p->block[i]))
			return p->block[i].kind == kind;
	return false;
}

bool
block_is_continued(const struct page *p, size_t i)
{
	enum block_kind kind = p->block[i].kind;

	while (++i < p->n && p->block[i].kind != BLOCK_SECTION)
		if (block_has_content(&p->block[i]))
			return p->block[i].kind == kind;
	return false;
}

const char *
grid_title(const struct grid *g, size_t i)
{
	return g->column[i].title ? g->column[i].title : g->column[i].name;
}

void
page_add_safe(struct buf *out, const char *text)
{
	text_safe(out, text, strlen(text));
}

void
grid_add_cell(struct buf *out, const struct grid *g, size_t row, size_t i)
{
	const char *text = g->cell[row * g->n + i];

	if (text && !(g->column[i].group && writer_add_grouped(out, text)))
		page_add_safe(out, text);
}

int
page_format_parse(const char *s, enum page_format *format, struct error *err)
{
	static const char *const names[] = {"text", "markdown", "html"}; /* as enum page_format */
	struct buf quoted = {0};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(s, names[i]) == 0) {
			*format = (enum page_format)i;
			return 0;
		}
	}
	text_quote(&quoted, s, strlen(s));
	error_set(err, "unknown format %s; there are text, markdown and html", quoted.data);
	buf_free(&quoted);
	return -1;
}

void
pages_write(struct page *const *pages, size_t n, const struct page_options *options, FILE *file)
{
	struct buf out = {0};

	if (options->format == PAGE_HTML)
		pages_write_html(pages, n, &out);
	for (size_t i = 0; i < n && options->format != PAGE_HTML; i++) {
		if (i > 0)
			buf_addc(&out, '\n');
		if (options->format == PAGE_TEXT)
			page_write_text(pages[i], options, &out);
		else
			page_write_markdown(pages[i], &out);
	}
	if (out.len > 0)
		fwrite(out.data, 1, out.len, file);
	buf_free(&out);
}

size_t
page_lines(const struct page *p, size_t width)
{
	const struct page_options options = {.format = PAGE_TEXT, .width = width};
	struct buf out = {0};
	size_t lines = 0;

	page_write_text(p, &options, &out);
	for (size_t i = 0; i < out.len; i++)
		lines += out.data[i] == '\n';
	buf_free(&out);
	return lines;
}
