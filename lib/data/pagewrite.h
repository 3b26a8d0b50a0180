/*
 * What the writers of a page share: its inside.
 */
#ifndef KAM_PAGEWRITE_H
#define KAM_PAGEWRITE_H

#include "data/page.h"

enum block_kind { BLOCK_SECTION, BLOCK_LINE, BLOCK_ITEM, BLOCK_TREE, BLOCK_FACT, BLOCK_TABLE };

struct grid {
	const struct column *column;
	size_t n;
	const char **cell; /* row after row, NULL where there is no value */
	size_t rows, filled, cap;
	bool *shown; /* by column: some row has a value there, or it is the first */
};

struct block {
	enum block_kind kind;
	enum page_tone tone;
	size_t depth;	   /* of a tree's node */
	const char *text;  /* of a fact the name */
	const char *value; /* of a fact */
	struct grid *grid;
	size_t lines; /* at most; 0: as many as it takes */
};

struct page {
	const char *title;
	struct block *block;
	size_t n, cap;
	size_t title_lines, cut; /* at most: of the title, of what is added next */
	struct arena arena;
};

/* is there anything of it to be shown? */
bool block_is_shown(const struct page *, size_t i);
/* does the block before it that is shown have the same kind, with no section between them? */
bool block_continues(const struct page *, size_t i);
bool block_is_continued(const struct page *, size_t i);
const char *grid_title(const struct grid *, size_t i);
/* a cell as people read it: safe, digits grouped */
void grid_add_cell(struct buf *, const struct grid *, size_t row, size_t i);
/* text that no control character survives */
void page_add_safe(struct buf *, const char *);

void page_write_text(const struct page *, const struct page_options *, struct buf *);
void page_write_markdown(const struct page *, struct buf *);
void pages_write_html(struct page *const *, size_t n, struct buf *);

#endif
