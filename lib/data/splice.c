/*
 * Planning: one walk over the tree, in the order of its bytes, in which each
 * edit becomes a splice. What is appended to an inner list or map therefore
 * comes before what is appended to the one around it, though both stand at
 * the same byte.
 */
#include "data/splice.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/bytes.h"

static size_t
line_start(const struct doc *doc, size_t at)
{
	while (at > doc->bom && doc->bytes.p[at - 1] != '\n')
		at--;
	return at;
}

size_t
line_after(const struct doc *doc, size_t end)
{
	const char *nl;

	if (end > 0 && doc->bytes.p[end - 1] == '\n')
		return end;
	nl = memchr(doc->bytes.p + end, '\n', doc->bytes.n - end);
	return nl ? (size_t)(nl - doc->bytes.p) + 1 : doc->bytes.n;
}

/* are there only blanks between the start of its line and the byte? */
static bool
starts_line(const struct doc *doc, size_t at)
{
	size_t start = line_start(doc, at);

	while (at > start && (doc->bytes.p[at - 1] == ' ' || doc->bytes.p[at - 1] == '\t'))
		at--;
	return at == start;
}

static size_t
column_of(const struct doc *doc, size_t at)
{
	size_t start = line_start(doc, at);

	return utf8_count(doc->bytes.p + start, at - start);
}

size_t
plan_content_end(const struct doc *doc, const struct node *node)
{
	size_t end = node->end;

	while (end > node->start && (doc->bytes.p[end - 1] == '\n' || doc->bytes.p[end - 1] == '\r'))
		end--;
	return end;
}

struct splice *
plan_begin(struct plan *plan, size_t start, size_t end)
{
	struct splice *s;

	plan->splice = vec_grow(plan->splice, &plan->cap, plan->n + 1, sizeof *s);
	s = &plan->splice[plan->n];
	s->start = start;
	s->end = end;
	s->text = plan->text.len;
	s->seq = plan->n++;
	return s;
}

void
plan_end(struct plan *plan, struct splice *s)
{
	s->len = plan->text.len - s->text;
}

void
plan_cut(struct plan *plan, size_t start, size_t end)
{
	plan_end(plan, plan_begin(plan, start, end));
}

bool
plan_is_absent(const struct node *value)
{
	return value->kind == NODE_SCALAR && value->len == 0 && value->style == STYLE_PLAIN;
}

void
plan_write_entry(struct buf *out, const struct node *entry)
{
	if (entry->key)
		node_write_entry(out, entry->key, entry);
	else
		node_write_flow(out, entry);
}

/* an entry as a line of its block list or map, without the line's indentation and end */
static void
write_line(struct buf *out, const struct node *entry)
{
	if (!entry->key)
		buf_adds(out, "- ");
	plan_write_entry(out, entry);
}

static void
write_blanks(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_addc(out, ' ');
}

/* a new line of the document at `at`, the start of a line or the document's end without one */
static void
plan_line(struct plan *plan, size_t at, size_t indent, const struct node *entry)
{
	const struct doc *doc = plan->doc;
	bool unended = at > 0 && doc->bytes.p[at - 1] != '\n';
	struct splice *s = plan_begin(plan, at, at);

	if (unended)
		buf_adds(&plan->text, doc->eol);
	write_blanks(&plan->text, indent);
	write_line(&plan->text, entry);
	if (!unended)
		buf_adds(&plan->text, doc->eol);
	plan_end(plan, s);
}

static void
plan_section(struct plan *plan, size_t start, size_t end, const char *key, const struct node *value)
{
	struct splice *s = plan_begin(plan, start, end);

	section_write(&plan->text, plan->doc->bytes, start, end, plan->doc->eol, key, value);
	plan_end(plan, s);
}

static bool
is_section(const struct plan *plan, const struct node *node)
{
	return node->parent == plan->doc->root;
}

const char *
plan_lead(const struct doc *doc, const struct node *absent)
{
	return absent->key && doc->bytes.p[absent->start - 1] != ':' ? ": " : " ";
}

/* is it a block list as wide as its key, so that it ends where anything else stands in its first column? */
static bool
is_indentless(const struct doc *doc, const struct node *node)
{
	return node->kind == NODE_LIST && node->style == STYLE_BLOCK && node->key &&
	       column_of(doc, node->start) <= column_of(doc, node->key_start);
}

static void
plan_replace(struct plan *plan, const struct node *target, const struct node *value)
{
	const struct doc *doc = plan->doc;
	struct buf text = {0};
	struct splice *s;

	if (is_section(plan, target) && (target->kind != NODE_SCALAR || value->kind != NODE_SCALAR)) {
		plan_section(plan, target->key_start, line_after(doc, target->end), target->key, value);
		return;
	}
	if (plan_is_absent(value)) {
		if (target->start < target->end)
			plan_empty(plan, target);
		return;
	}
	node_write_flow(&text, value);
	if (target->start == target->end) {
		plan_fill(plan, target, &text);
	} else {
		s = plan_begin(plan, target->start, plan_content_end(doc, target));
		if (is_indentless(doc, target))
			buf_adds(&plan->text, "  ");
		buf_add(&plan->text, text.data, text.len);
		plan_end(plan, s);
	}
	buf_free(&text);
}

size_t
plan_find(const struct plan *plan, const struct node *target)
{
	size_t low = 0, high = plan->edits, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (plan->by_target[mid]->target < target)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct edit *
plan_next_edit(const struct plan *plan, size_t *i, const struct node *target, enum edit_op op)
{
	const struct edit *edit;

	while (*i < plan->edits && (edit = plan->by_target[*i])->target == target) {
		(*i)++;
		if (edit->op == op)
			return edit;
	}
	return NULL;
}

const struct edit *
plan_find_op(const struct plan *plan, const struct node *target, enum edit_op op)
{
	size_t i = plan_find(plan, target);

	return plan_next_edit(plan, &i, target, op);
}

bool
plan_is_dropped(const struct plan *plan, const struct node *node)
{
	return plan_find_op(plan, node, EDIT_DROP);
}

static void
plan_block_appends(struct plan *plan, const struct node *parent, size_t at, size_t indent)
{
	size_t i = plan_find(plan, parent);
	const struct edit *edit;

	while ((edit = plan_next_edit(plan, &i, parent, EDIT_APPEND))) {
		plan_line(plan, at, indent, edit->value);
		plan->planned++;
	}
}

/* the first entries of a place that is empty: as lines under its name if it stands in block style */
static void
plan_first(struct plan *plan, const struct node *target)
{
	const struct doc *doc = plan->doc;

	if (!plan_find_op(plan, target, EDIT_APPEND))
		return;
	if (target->parent->style == STYLE_FLOW || !target->key) {
		plan_brackets(plan, target);
		return;
	}
	if (target->start < target->end)
		plan_empty(plan, target);
	plan_block_appends(plan, target, line_after(doc, target->end), column_of(doc, target->key_start) + 2);
}

/* the first of the comments that stand right above the line that starts at `at`, as far in as what is on it */
static size_t
comments_above(const struct doc *doc, size_t at, size_t indent)
{
	size_t start, mark;

	for (; at > doc->body; at = start) {
		start = line_start(doc, at - 1);
		mark = start + indent;
		if (mark >= at || doc->bytes.p[mark] != '#' || !starts_line(doc, mark))
			break;
	}
	return at;
}

/* where entries go in before the one at `at`: behind the entry before it, or before it with its comments */
static size_t
insert_place(const struct plan *plan, const struct node *before, const struct node *previous, size_t indent)
{
	size_t line = line_start(plan->doc, before->key_start);

	if (previous)
		return line_after(plan->doc, previous->end);
	return is_section(plan, before) ? line : comments_above(plan->doc, line, indent);
}

static void
plan_block_inserts(struct plan *plan, const struct node *before, const struct node *previous)
{
	const struct doc *doc = plan->doc;
	size_t i = plan_find(plan, before), at = before->key_start, indent, line;
	const struct edit *edit = plan_next_edit(plan, &i, before, EDIT_INSERT);
	struct splice *s;

	if (!edit)
		return;
	indent = column_of(doc, at);
	line = insert_place(plan, before, previous, indent);
	for (; edit; edit = plan_next_edit(plan, &i, before, EDIT_INSERT)) {
		plan->planned++;
		if (is_section(plan, before)) {
			plan_section(plan, line, line, edit->value->key, edit->value);
			continue;
		}
		if (previous || starts_line(doc, at)) {
			plan_line(plan, line, indent, edit->value);
			continue;
		}
		s = plan_begin(plan, at, at);
		write_line(&plan->text, edit->value);
		buf_adds(&plan->text, doc->eol);
		write_blanks(&plan->text, indent);
		plan_end(plan, s);
	}
}

/* An entry that shares its line with a dash before it leaves that dash, and the next entry on its own line. */
static void
plan_block_drop(struct plan *plan, const struct node *entry)
{
	const struct doc *doc = plan->doc;

	if (starts_line(doc, entry->key_start))
		plan_cut(plan, line_start(doc, entry->key_start), line_after(doc, entry->end));
	else
		plan_cut(plan, entry->key_start, plan_content_end(doc, entry));
	plan->planned++;
}

static void
plan_block(struct plan *plan, const struct node *parent)
{
	const struct doc *doc = plan->doc;
	const struct node *entry, *previous = NULL;

	for (entry = parent->first; entry; previous = entry, entry = entry->next) {
		plan_block_inserts(plan, entry, previous);
		if (plan_is_dropped(plan, entry))
			plan_block_drop(plan, entry);
		else
			plan_entry(plan, entry);
	}
	if (parent != doc->root)
		plan_block_appends(plan, parent, line_after(doc, parent->end),
				   column_of(doc, parent->first->key_start));
}

void
plan_entry(struct plan *plan, const struct node *entry)
{
	const struct edit *edit = plan_find_op(plan, entry, EDIT_REPLACE);

	if (edit) {
		plan_replace(plan, entry, edit->value);
		plan->planned++;
	} else if (entry->count > 0 && entry->style == STYLE_BLOCK) {
		plan_block(plan, entry);
	} else if (entry->count > 0 || (entry->kind != NODE_SCALAR && !is_section(plan, entry))) {
		plan_flow(plan, entry);
	} else if (entry->len == 0) {
		plan_first(plan, entry);
	}
}

static void
plan_new_sections(struct plan *plan)
{
	const struct node *root = plan->doc->root;
	size_t i = plan_find(plan, root), at = section_new_place(plan->doc, &plan->new_before);
	const struct edit *edit;

	while ((edit = plan_next_edit(plan, &i, root, EDIT_APPEND))) {
		plan_section(plan, at, at, edit->value->key, edit->value);
		plan->planned++;
	}
}

/* merge sort keeps the order of edits of one target; the C library's qsort promises nothing */
static void
sort_by_target(const struct edit **v, const struct edit **spare, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort_by_target(v, spare, half);
	sort_by_target(v + half, spare, n - half);
	while (i < half && j < n)
		spare[k++] = v[j]->target < v[i]->target ? v[j++] : v[i++];
	while (i < half)
		spare[k++] = v[i++];
	memcpy(v, spare, k * sizeof *v);
}

static void
index_edits(struct plan *plan, const struct edits *edits)
{
	const struct edit *edit, **spare = xcalloc(edits->count + 1, sizeof *spare);

	plan->by_target = xcalloc(edits->count + 1, sizeof *plan->by_target);
	for (edit = edits->first; edit; edit = edit->next)
		plan->by_target[plan->edits++] = edit;
	sort_by_target(plan->by_target, spare, plan->edits);
	free(spare);
}

/* additions at a byte come before what is cut from there on */
static int
compare_splices(const void *a, const void *b)
{
	const struct splice *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if ((x->end > x->start) != (y->end > y->start))
		return x->end > x->start ? 1 : -1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

int
plan_edits(struct plan *plan, const struct edits *edits, struct error *err)
{
	const struct doc *doc = plan->doc;
	size_t i;

	index_edits(plan, edits);
	plan_block(plan, doc->root);
	plan_new_sections(plan);
	if (plan->n)
		qsort(plan->splice, plan->n, sizeof *plan->splice, compare_splices);
	for (i = 1; i < plan->n; i++)
		if (plan->splice[i].start < plan->splice[i - 1].end)
			break;
	if (i < plan->n || plan->planned < plan->edits)
		return error_at(err, doc->file, doc->first_line, 0, "two changes of the same place");
	return 0;
}

void
plan_write(const struct plan *plan, struct buf *out)
{
	const struct doc *doc = plan->doc;
	size_t i, at = 0;

	for (i = 0; i < plan->n; i++) {
		const struct splice *s = &plan->splice[i];

		buf_add(out, doc->bytes.p + at, s->start - at);
		if (s->len)
			buf_add(out, plan->text.data + s->text, s->len);
		at = s->end;
	}
	buf_add(out, doc->bytes.p + at, doc->bytes.n - at);
}

void
plan_free(struct plan *plan)
{
	free(plan->by_target);
	free(plan->splice);
	buf_free(&plan->text);
}
