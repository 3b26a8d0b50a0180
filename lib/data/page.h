/*
 * A page for people to read: sections of sentences, facts, lists, trees and
 * tables, written as text for a terminal, as Markdown, or as one HTML file.
 *
 * All text is taken as it comes and copied: blanks and line breaks in it
 * become one blank, control characters are shown and not obeyed, and nothing
 * in it is taken for markup. A section or table that holds nothing is left
 * out, and of a table the columns that do, but for the first.
 */
#ifndef KAM_PAGE_H
#define KAM_PAGE_H

#include <stdio.h>

#include "data/table.h"

#define PAGE_DEPTH_MAX 16 /* of trees; what is deeper stands at this depth */

enum page_format { PAGE_TEXT, PAGE_MARKDOWN, PAGE_HTML };

enum page_tone {
	PAGE_PLAIN,
	PAGE_ALERT, /* somebody should act on it */
	PAGE_QUIET, /* beside the matter: sources, what was left out */
};

struct page;

struct page *page_new(const char *title);
/* As text each sentence, entry and fact added from here on takes at most so many lines, and is cut with a …; before
 * any is added, the page's title too. 0: as many as it takes. */
void page_cut(struct page *, size_t lines);
void page_section(struct page *, const char *title);
/* adds words in parentheses to the title of the section that was begun last */
void page_section_note(struct page *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* a sentence, or several */
void page_line(struct page *, enum page_tone, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* an entry of a list */
void page_item(struct page *, enum page_tone, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* a node of a tree: under the nearest one before it that is less deep; roots have depth 0 */
void page_tree(struct page *, size_t depth, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* a name and what it is; an absent or empty value adds nothing */
void page_fact(struct page *, const char *name, const char *value);
/* a table; its cells follow */
void page_table(struct page *, const struct column *, size_t n);
/* the next cell of the last table; NULL: no value */
void page_cell(struct page *, const char *);
void page_cellf(struct page *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void page_row(struct page *);
void page_free(struct page *);

struct page_options {
	enum page_format format;
	bool colour;  /* text: headings bold, alerts red */
	size_t width; /* text: wrapped to so many columns; 0: not at all */
};

/* "text", "markdown", "html"; 0, or -1 with the names there are */
int page_format_parse(const char *, enum page_format *, struct error *);
/* Writes the pages, one after another; as HTML they are one file. Errors of the file show in ferror. */
void pages_write(struct page *const *, size_t n, const struct page_options *, FILE *);
/* lines that it takes as text of that width */
size_t page_lines(const struct page *, size_t width);

#endif
