/*
 * Values that come where there were none, and values that go: what becomes of
 * the blanks around them. Filled and emptied again, a place is as it was.
 *
 *	industry:            # what they make
 *	industry: carton     # what they make
 */
#include <string.h>

#include "base/text.h"
#include "data/splice.h"

#define PADDING_MAX 100 /* columns of a value that goes which blanks take the place of */

static size_t
blanks_at(const struct doc *doc, size_t at)
{
	size_t n = 0;

	while (at + n < doc->bytes.n && doc->bytes.p[at + n] == ' ')
		n++;
	return n;
}

static size_t
blanks_and_tabs_at(const struct doc *doc, size_t at)
{
	size_t n = 0;

	while (at + n < doc->bytes.n && (doc->bytes.p[at + n] == ' ' || doc->bytes.p[at + n] == '\t'))
		n++;
	return n;
}

static bool
is_line_end(const struct doc *doc, size_t at)
{
	return at == doc->bytes.n || doc->bytes.p[at] == '\n' || doc->bytes.p[at] == '\r';
}

/* is the byte the '#' of a comment, behind blanks that can be counted? */
static bool
is_comment(const struct doc *doc, size_t at, size_t blanks)
{
	return blanks > 0 && at < doc->bytes.n && doc->bytes.p[at] == '#';
}

static bool
is_in_block(const struct node *node)
{
	return node->parent->style == STYLE_BLOCK;
}

size_t
plan_blank_behind(const struct doc *doc, const struct node *entry)
{
	return entry->start == entry->end && entry->kind == NODE_SCALAR && entry->end < doc->bytes.n &&
	       doc->bytes.p[entry->end] == ' ' && doc->bytes.p[entry->end - 1] == ':';
}

void
plan_fill(struct plan *plan, const struct node *target, const struct buf *text)
{
	const struct doc *doc = plan->doc;
	const char *lead = plan_lead(doc, target);
	size_t start = target->start, end = start, blanks = blanks_at(doc, start), width;
	size_t rest = start + blanks_and_tabs_at(doc, start);
	struct splice *s;

	if (!is_in_block(target)) {
		end += plan_blank_behind(doc, target);
	} else if (is_line_end(doc, rest)) {
		end = rest;
	} else if (is_comment(doc, start + blanks, blanks)) {
		width = strlen(lead) + text_width(text->data, text->len);
		end += width < blanks ? width : blanks - 1;
	}
	s = plan_begin(plan, start, end);
	buf_adds(&plan->text, lead);
	buf_add(&plan->text, text->data, text->len);
	plan_end(plan, s);
}

void
plan_empty(struct plan *plan, const struct node *target)
{
	const struct doc *doc = plan->doc;
	size_t start = target->start, end = plan_content_end(doc, target), before = start;
	size_t blanks = blanks_at(doc, end), rest = end + blanks_and_tabs_at(doc, end);
	size_t width = text_width(doc->bytes.p + start, end - start);
	bool flow = !is_in_block(target), one_line = !memchr(doc->bytes.p + start, '\n', end - start);
	bool padded = !flow && one_line && width <= PADDING_MAX && is_comment(doc, end + blanks, blanks);
	struct splice *s;

	while (before > 0 && (doc->bytes.p[before - 1] == ' ' || doc->bytes.p[before - 1] == '\t'))
		before--;
	if (is_line_end(doc, rest) && !flow) {
		plan_cut(plan, before, rest);
		return;
	}
	/* between other values only the value goes; libyaml takes no comma right behind a colon */
	s = plan_begin(plan, flow || padded ? start : before, end);
	if (flow && target->parent->kind == NODE_LIST)
		buf_adds(&plan->text, "\"\"");
	else if (padded)
		buf_printf(&plan->text, "%*s", (int)width, "");
	plan_end(plan, s);
}
