/*
 * A page as Markdown (CommonMark, and the tables of GitHub's), and as one HTML
 * file that needs no other: no scripts, nothing fetched, legible on a
 * telephone, where each row of a table becomes a list.
 */
#include "base/text.h"
#include "data/pagewrite.h"

/* Markdown */

/* what a line of Markdown may begin with and mean: a list, a heading, a rule */
static bool
begins_block(const char *s)
{
	size_t digits = strspn(s, "0123456789");

	return strchr("#+-=", *s) || (digits > 0 && (s[digits] == '.' || s[digits] == ')'));
}

/* starts: on a line of its own, behind a list's mark or not */
static void
markdown_add(struct buf *out, const char *text, bool starts)
{
	struct buf safe = {0};
	const char *s;

	page_add_safe(&safe, text);
	s = safe.len > 0 ? safe.data : "";
	if (starts && *s && begins_block(s)) {
		size_t digits = strspn(s, "0123456789");

		buf_add(out, s, digits);
		buf_addc(out, '\\');
		buf_addc(out, s[digits]);
		s += digits + 1;
	}
	for (; *s; s++) {
		if (strchr("\\`*_[]<>|&~", *s))
			buf_addc(out, '\\');
		buf_addc(out, *s);
	}
	buf_free(&safe);
}

static void
markdown_table(struct buf *out, const struct grid *g)
{
	struct buf cell = {0};

	for (size_t row = 0; row < g->rows + 2; row++) {
		for (size_t i = 0; i < g->n; i++) {
			if (!g->shown[i])
				continue;
			buf_adds(out, "| ");
			buf_clear(&cell);
			buf_adds(&cell, "");
			if (row == 0)
				markdown_add(out, grid_title(g, i), false);
			else if (row == 1)
				buf_adds(out, g->column[i].type == COLUMN_NUMBER ? "---:" : "---");
			else
				grid_add_cell(&cell, g, row - 2, i);
			markdown_add(out, cell.data, false);
			buf_addc(out, ' ');
		}
		buf_adds(out, "|\n");
	}
	buf_free(&cell);
}

static void
markdown_block(struct buf *out, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_SECTION:
		buf_adds(out, "## ");
		break;
	case BLOCK_LINE:
		buf_adds(out, b->tone == PAGE_ALERT ? "**Attention:** " : "");
		break;
	case BLOCK_ITEM:
		buf_adds(out, b->tone == PAGE_ALERT ? "- **Attention:** " : "- ");
		break;
	case BLOCK_TREE:
		for (size_t d = 0; d < b->depth; d++)
			buf_adds(out, "  ");
		buf_adds(out, "- ");
		break;
	case BLOCK_FACT:
		buf_adds(out, "- **");
		markdown_add(out, b->text, false);
		buf_adds(out, ":** ");
		markdown_add(out, b->value, false);
		buf_addc(out, '\n');
		return;
	case BLOCK_TABLE:
		markdown_table(out, b->grid);
		return;
	}
	markdown_add(out, b->text, true);
	buf_addc(out, '\n');
}

void
page_write_markdown(const struct page *p, struct buf *out)
{
	if (*p->title) {
		buf_adds(out, "# ");
		markdown_add(out, p->title, true);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < p->n; i++) {
		enum block_kind kind = p->block[i].kind;
		bool list = kind == BLOCK_ITEM || kind == BLOCK_TREE || kind == BLOCK_FACT;

		if (!block_is_shown(p, i))
			continue;
		if (out->len > 0 && !(list && block_continues(p, i)))
			buf_addc(out, '\n');
		markdown_block(out, &p->block[i]);
	}
}

/* HTML */

static const char html_head[] = "<!DOCTYPE html>\n"
				"<html lang=\"en\">\n"
				"<head>\n"
				"<meta charset=\"utf-8\">\n"
				"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
				"style-src 'unsafe-inline'\">\n"
				"<meta name=\"referrer\" content=\"no-referrer\">\n"
				"<title>";

static const char html_style[] =
    "</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --line: #8886; --quiet: #767676; --alert: #b00020 }\n"
    "@media (prefers-color-scheme: dark) { :root { --quiet: #9a9a9a; --alert: #ff8a8a } }\n"
    "body { font: 1rem/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; "
    "overflow-wrap: anywhere }\n"
    "h1 { font-size: 1.4rem; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 1.2rem 0 .3rem }\n"
    "p { margin: .3rem 0 } ul { margin: .3rem 0; padding-left: 1.2rem }\n"
    "dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .1rem 1rem; margin: "
    ".3rem 0 }\n"
    "dt { color: var(--quiet) } dd { margin: 0 }\n"
    "table { border-collapse: collapse; width: 100% } th, td { border-bottom: 1px solid var(--line); "
    "padding: .25rem .5rem .25rem 0; text-align: left; vertical-align: top }\n"
    ".number { text-align: right; font-variant-numeric: tabular-nums }\n"
    ".alert { color: var(--alert); font-weight: 600 } .quiet { color: var(--quiet) }\n"
    "@media screen and (max-width: 40rem) {\n"
    "thead { display: none } tr { display: block; border-bottom: 1px solid var(--line); padding: .3rem 0 }\n"
    "td { display: flex; gap: 1rem; border: 0; padding: 0; text-align: left } td:empty { display: none }\n"
    "td::before { content: attr(data-title); color: var(--quiet); flex: 0 0 7rem }\n"
    "}\n"
    "article + article { margin-top: 2rem }\n"
    "@media print { body { font-size: .8rem; padding: 0 } article + article { break-before: page } }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n";

static void
html_add(struct buf *out, const char *text)
{
	struct buf safe = {0};

	page_add_safe(&safe, text);
	for (size_t i = 0; i < safe.len; i++) {
		switch (safe.data[i]) {
		case '&':
			buf_adds(out, "&amp;");
			break;
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '"':
			buf_adds(out, "&quot;");
			break;
		case '\'':
			buf_adds(out, "&#39;");
			break;
		default:
			buf_addc(out, safe.data[i]);
		}
	}
	buf_free(&safe);
}

static void
html_element(struct buf *out, const char *open, const char *text, const char *close)
{
	buf_adds(out, open);
	html_add(out, text);
	buf_adds(out, close);
}

static void
html_row(struct buf *out, const struct grid *g, size_t row)
{
	struct buf cell = {0};

	buf_adds(out, "<tr>");
	for (size_t i = 0; i < g->n; i++) {
		bool number = g->column[i].type == COLUMN_NUMBER;

		if (!g->shown[i])
			continue;
		buf_clear(&cell);
		buf_adds(&cell, "");
		grid_add_cell(&cell, g, row, i);
		html_element(out, "<td data-title=\"", grid_title(g, i),
			     number ? "\" class=\"number\">" : "\">");
		html_element(out, "", cell.data, "</td>");
	}
	buf_adds(out, "</tr>\n");
	buf_free(&cell);
}

static void
html_table(struct buf *out, const struct grid *g)
{
	buf_adds(out, "<table>\n<thead><tr>");
	for (size_t i = 0; i < g->n; i++)
		if (g->shown[i])
			html_element(out,
				     g->column[i].type == COLUMN_NUMBER
					 ? "<th scope=\"col\" class=\"number\">"
					 : "<th scope=\"col\">",
				     grid_title(g, i), "</th>");
	buf_adds(out, "</tr></thead>\n<tbody>\n");
	for (size_t row = 0; row < g->rows; row++)
		html_row(out, g, row);
	buf_adds(out, "</tbody>\n</table>\n");
}

/* a node, whose element stays open for those under it; then those that end before the next one are closed */
static void
html_tree(struct buf *out, const struct page *p, size_t i)
{
	size_t depth = p->block[i].depth, next, d;
	bool continued = block_is_continued(p, i);

	next = continued ? p->block[i + 1].depth : 0;
	html_element(out, "<li>", p->block[i].text, "");
	if (continued && next > depth) {
		buf_adds(out, "\n<ul>\n");
		return;
	}
	buf_adds(out, "</li>\n");
	for (d = depth; d > next; d--)
		buf_adds(out, "</ul></li>\n");
}

static void
html_block(struct buf *out, const struct page *p, size_t i)
{
	static const char *const lines[] = {"<p>", "<p class=\"alert\">", "<p class=\"quiet\">"};
	static const char *const items[] = {"<li>", "<li class=\"alert\">", "<li class=\"quiet\">"};
	const struct block *b = &p->block[i];

	switch (b->kind) {
	case BLOCK_SECTION:
		html_element(out, "<h2>", b->text, "</h2>\n");
		break;
	case BLOCK_LINE:
		html_element(out, lines[b->tone], b->text, "</p>\n");
		break;
	case BLOCK_ITEM:
		html_element(out, items[b->tone], b->text, "</li>\n");
		break;
	case BLOCK_TREE:
		html_tree(out, p, i);
		break;
	case BLOCK_FACT:
		html_element(out, "<dt>", b->text, "</dt>");
		html_element(out, "<dd>", b->value, "</dd>\n");
		break;
	case BLOCK_TABLE:
		html_table(out, b->grid);
	}
}

/* the element around a run of blocks of one kind, or NULL */
static const char *
html_list(enum block_kind kind)
{
	switch (kind) {
	case BLOCK_ITEM:
	case BLOCK_TREE:
		return "ul";
	case BLOCK_FACT:
		return "dl";
	default:
		return NULL;
	}
}

static void
html_article(const struct page *p, struct buf *out)
{
	html_element(out, "<article>\n<h1>", p->title, "</h1>\n");
	for (size_t i = 0; i < p->n; i++) {
		const char *list = html_list(p->block[i].kind);

		if (!block_is_shown(p, i))
			continue;
		if (list && !block_continues(p, i))
			buf_printf(out, "<%s>\n", list);
		html_block(out, p, i);
		if (list && !block_is_continued(p, i))
			buf_printf(out, "</%s>\n", list);
	}
	buf_adds(out, "</article>\n");
}

void
pages_write_html(struct page *const *pages, size_t n, struct buf *out)
{
	buf_adds(out, html_head);
	html_add(out, n > 0 ? pages[0]->title : "");
	if (n > 1)
		buf_printf(out, " and %zu more", n - 1);
	buf_adds(out, html_style);
	for (size_t i = 0; i < n; i++)
		html_article(pages[i], out);
	buf_adds(out, "</body>\n</html>\n");
}
