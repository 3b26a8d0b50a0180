#include "data/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/readback.h"

/* bytes [start, end) of the document become a run of the text buffer */
struct splice {
	size_t start, end;
	size_t text, len;
	size_t seq; /* splices at one place keep the order of their edits */
};

struct plan {
	const struct doc *doc;
	struct splice *splice;
	size_t n, cap;
	struct buf text;
	const struct edit **by_target; /* edits sorted by their target, in order */
	size_t edits;
};

static void
edits_add(struct edits *edits, struct arena *arena, enum edit_op op, const struct node *target,
    const struct node *value)
{
	struct edit *edit = arena_alloc(arena, sizeof *edit);

	edit->op = op;
	edit->target = target;
	edit->value = value;
	if (edits->last)
		edits->last->next = edit;
	else
		edits->first = edit;
	edits->last = edit;
	edits->count++;
}

void
edit_replace(struct edits *edits, struct arena *arena, const struct node *target, const struct node *value)
{
	edits_add(edits, arena, EDIT_REPLACE, target, value);
}

void
edit_drop(struct edits *edits, struct arena *arena, const struct node *target)
{
	edits_add(edits, arena, EDIT_DROP, target, NULL);
}

void
edit_insert(struct edits *edits, struct arena *arena, const struct node *before, const struct node *value)
{
	edits_add(edits, arena, EDIT_INSERT, before, value);
}

void
edit_append(struct edits *edits, struct arena *arena, const struct node *parent, const struct node *value)
{
	edits_add(edits, arena, EDIT_APPEND, parent, value);
}

void
edit_section(struct edits *edits, struct arena *arena, const struct doc *doc, const char *key,
    const struct node *value)
{
	const struct node *old = node_get(doc->root, key);
	struct node *entry;

	if (old) {
		edit_replace(edits, arena, old, value);
		return;
	}
	entry = node_copy(arena, value);
	entry->key = arena_strdup(arena, key);
	edit_append(edits, arena, doc->root, entry);
}

static size_t
line_start(const struct doc *doc, size_t at)
{
	while (at > 0 && doc->bytes.p[at - 1] != '\n')
		at--;
	return at;
}

/* after the line on which a node ended; a block scalar ended there already */
static size_t
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
	while (at > 0 && (doc->bytes.p[at - 1] == ' ' || doc->bytes.p[at - 1] == '\t'))
		at--;
	return at == 0 || doc->bytes.p[at - 1] == '\n';
}

static size_t
column_of(const struct doc *doc, size_t at)
{
	size_t start = line_start(doc, at);

	return utf8_count(doc->bytes.p + start, at - start);
}

/* begins a splice; its text is what is added to plan->text until plan_end */
static struct splice *
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

static void
plan_end(struct plan *plan, struct splice *s)
{
	s->len = plan->text.len - s->text;
}

/* a new line of the document at `at`, the start of a line or the document's end without one */
static void
plan_line(struct plan *plan, size_t at, size_t indent, const struct node *value)
{
	const struct doc *doc = plan->doc;
	bool unended = at > 0 && doc->bytes.p[at - 1] != '\n';
	struct splice *s = plan_begin(plan, at, at);

	if (unended)
		buf_adds(&plan->text, doc->eol);
	while (indent-- > 0)
		buf_addc(&plan->text, ' ');
	if (value->key) {
		node_write_entry(&plan->text, value->key, value);
	} else {
		buf_adds(&plan->text, "- ");
		node_write_flow(&plan->text, value);
	}
	if (!unended)
		buf_adds(&plan->text, doc->eol);
	plan_end(plan, s);
}

/* a section for the bytes [start, end), which are whole lines or nothing; at the document's end a last line without
 * end gets one before it, and the section then has none */
static void
write_section(struct buf *out, struct str bytes, size_t start, size_t end, const char *eol, const char *key,
    const struct node *value)
{
	bool after_unended = start == end && start > 0 && bytes.p[start - 1] != '\n';
	bool unended = start < end && bytes.p[end - 1] != '\n';

	if (after_unended)
		buf_adds(out, eol);
	node_write_section(out, key, value, eol);
	if (after_unended || unended)
		out->len -= strlen(eol);
}

static void
plan_section(struct plan *plan, size_t start, size_t end, const char *key, const struct node *value)
{
	struct splice *s = plan_begin(plan, start, end);

	write_section(&plan->text, plan->doc->bytes, start, end, plan->doc->eol, key, value);
	plan_end(plan, s);
}

static bool
is_section(const struct plan *plan, const struct node *node)
{
	return node->parent == plan->doc->root;
}

static bool
is_empty_scalar(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->start == node->end;
}

static void
plan_replace(struct plan *plan, const struct node *target, const struct node *value)
{
	const struct doc *doc = plan->doc;
	size_t end = target->end;
	struct splice *s;
	char before;

	if (is_section(plan, target) && (target->kind != NODE_SCALAR || value->kind != NODE_SCALAR)) {
		plan_section(plan, target->key_start, line_after(doc, target->end), target->key, value);
		return;
	}
	while (end > target->start && (doc->bytes.p[end - 1] == '\n' || doc->bytes.p[end - 1] == '\r'))
		end--;
	s = plan_begin(plan, target->start, end);
	if (is_empty_scalar(target) && target->start > 0) {
		before = doc->bytes.p[target->start - 1];
		buf_adds(&plan->text, before == ':' || before == '-' ? " " : ": ");
	}
	if (value->kind != NODE_SCALAR || value->len || value->style != STYLE_PLAIN)
		node_write_flow(&plan->text, value);
	plan_end(plan, s);
}

static const struct node *
previous(const struct node *node)
{
	const struct node *p = node->parent->first;

	if (p == node)
		return NULL;
	while (p->next != node)
		p = p->next;
	return p;
}

static void
plan_drop(struct plan *plan, const struct node *target)
{
	const struct doc *doc = plan->doc;
	const struct node *before;
	size_t start = target->key_start, end = target->end;

	if (target->parent->style != STYLE_FLOW && starts_line(doc, start)) {
		start = line_start(doc, start);
		end = line_after(doc, end);
	} else if (target->next) {
		end = target->next->key_start;
	} else if ((before = previous(target))) {
		start = before->end;
	}
	plan_end(plan, plan_begin(plan, start, end));
}

static void
plan_insert(struct plan *plan, const struct node *before, const struct node *value)
{
	const struct doc *doc = plan->doc;
	const struct node *prev = previous(before);
	struct splice *s;

	if (before->parent->style == STYLE_FLOW) {
		s = plan_begin(plan, before->start, before->start);
		node_write_flow(&plan->text, value);
		buf_adds(&plan->text, ", ");
		plan_end(plan, s);
		return;
	}
	plan_line(plan, prev ? line_after(doc, prev->end) : line_start(doc, before->key_start),
	    column_of(doc, before->key_start), value);
}

/* where a section is added: at the document's end; before the last one if that is a block scalar whose last line has
 * no end, to which an end would add a character */
static size_t
new_section_site(const struct doc *doc)
{
	const struct node *last = doc->root->last, *leaf = last;
	size_t at = doc->body_end;

	while (leaf && leaf->last)
		leaf = leaf->last;
	if (at > 0 && doc->bytes.p[at - 1] != '\n' && leaf && leaf->style == STYLE_LITERAL)
		at = last->key_start;
	return at;
}

static void
plan_append_flow(struct plan *plan, const struct node *target, const struct node *value)
{
	const struct node *last = target->last;
	size_t at = last ? last->end : target->end - 1;
	struct splice *s = plan_begin(plan, at, at);

	if (last)
		buf_adds(&plan->text, plan->doc->bytes.p[at - 1] == ':' ? " , " : ", ");
	if (value->key)
		node_write_entry(&plan->text, value->key, value);
	else
		node_write_flow(&plan->text, value);
	plan_end(plan, s);
}

/* the first entry of a place that has none: lines under its key, or a flow collection inside one */
static void
plan_append_first(struct plan *plan, const struct node *target, const struct node *value)
{
	const struct doc *doc = plan->doc;
	struct splice *s;

	if (target->parent->style == STYLE_FLOW || !target->key) {
		s = plan_begin(plan, target->start, target->end);
		buf_adds(&plan->text, value->key ? " {" : " [");
		if (value->key)
			node_write_entry(&plan->text, value->key, value);
		else
			node_write_flow(&plan->text, value);
		buf_adds(&plan->text, value->key ? "}" : "]");
		plan_end(plan, s);
		return;
	}
	if (target->start < target->end)
		plan_end(plan, plan_begin(plan, target->start, target->end));
	plan_line(plan, line_after(doc, target->end), column_of(doc, target->key_start) + 2, value);
}

static void
plan_append(struct plan *plan, const struct node *target, const struct node *value)
{
	const struct doc *doc = plan->doc;

	if (target == doc->root)
		plan_section(plan, new_section_site(doc), new_section_site(doc), value->key, value);
	else if (target->count == 0 && (target->kind == NODE_SCALAR || is_section(plan, target)))
		plan_append_first(plan, target, value);
	else if (target->style == STYLE_FLOW)
		plan_append_flow(plan, target, value);
	else
		plan_line(plan, line_after(doc, target->end), column_of(doc, target->first->key_start), value);
}

static int
compare_targets(const void *a, const void *b)
{
	const struct edit *const *x = a, *const *y = b;

	return ((*x)->target > (*y)->target) - ((*x)->target < (*y)->target);
}

static int
compare_splices(const void *a, const void *b)
{
	const struct splice *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
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
		spare[k++] = compare_targets(&v[j], &v[i]) < 0 ? v[j++] : v[i++];
	while (i < half)
		spare[k++] = v[i++];
	memcpy(v, spare, k * sizeof *v);
}

static void
plan_edits(struct plan *plan, const struct edits *edits)
{
	const struct edit *edit, **spare;

	plan->by_target = xcalloc(edits->count + 1, sizeof *plan->by_target);
	for (edit = edits->first; edit; edit = edit->next) {
		plan->by_target[plan->edits++] = edit;
		switch (edit->op) {
		case EDIT_REPLACE:
			plan_replace(plan, edit->target, edit->value);
			break;
		case EDIT_DROP:
			plan_drop(plan, edit->target);
			break;
		case EDIT_INSERT:
			plan_insert(plan, edit->target, edit->value);
			break;
		case EDIT_APPEND:
			plan_append(plan, edit->target, edit->value);
			break;
		}
	}
	spare = xcalloc(plan->edits + 1, sizeof *spare);
	sort_by_target(plan->by_target, spare, plan->edits);
	free(spare);
	if (plan->n)
		qsort(plan->splice, plan->n, sizeof *plan->splice, compare_splices);
}

/* the first edit of a node, in by_target; the others follow it */
static size_t
find_edits(const struct plan *plan, const struct node *target)
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

static const struct edit *
find_edit(const struct plan *plan, const struct node *target, enum edit_op op)
{
	size_t i;

	for (i = find_edits(plan, target); i < plan->edits && plan->by_target[i]->target == target; i++)
		if (plan->by_target[i]->op == op)
			return plan->by_target[i];
	return NULL;
}

/* do the values that edits of this kind put at the target stand at *next, in order? moves *next past them */
static bool
expect_values(const struct plan *plan, const struct node *target, enum edit_op op, const struct node **next)
{
	const struct edit *edit;
	size_t i;

	for (i = find_edits(plan, target); i < plan->edits && plan->by_target[i]->target == target; i++) {
		edit = plan->by_target[i];
		if (edit->op != op)
			continue;
		if (!*next || !node_equal(edit->value, *next))
			return false;
		if (edit->value->key && (!(*next)->key || strcmp(edit->value->key, (*next)->key) != 0))
			return false;
		*next = (*next)->next;
	}
	return true;
}

/* is `new` what the edits make of `old`? */
static bool
expect(const struct plan *plan, const struct node *old, const struct node *new)
{
	const struct edit *edit = find_edit(plan, old, EDIT_REPLACE);
	const struct node *entry, *next = new->first;
	bool emptied;

	if (edit)
		return node_equal(edit->value, new);
	if (old->kind == NODE_SCALAR && !find_edit(plan, old, EDIT_APPEND))
		return node_equal(old, new);
	for (entry = old->first; entry; entry = entry->next) {
		if (!expect_values(plan, entry, EDIT_INSERT, &next))
			return false;
		if (find_edit(plan, entry, EDIT_DROP))
			continue;
		if (!next || (entry->key && (!next->key || strcmp(entry->key, next->key) != 0)) ||
		    !expect(plan, entry, next))
			return false;
		next = next->next;
	}
	if (!expect_values(plan, old, EDIT_APPEND, &next))
		return false;
	emptied = new->count == 0 && new->len == 0;
	return !next && (emptied || old->kind == NODE_SCALAR || new->kind == old->kind);
}

/* appends the document with the splices made */
static int
plan_write(const struct plan *plan, struct buf *out, struct error *err)
{
	const struct doc *doc = plan->doc;
	size_t i, at = 0;

	for (i = 0; i < plan->n; i++) {
		const struct splice *s = &plan->splice[i];

		if (s->start < at)
			return error_at(err, doc->file, doc->first_line, 0, "two changes of the same place");
		buf_add(out, doc->bytes.p + at, s->start - at);
		if (s->len)
			buf_add(out, plan->text.data + s->text, s->len);
		at = s->end;
	}
	buf_add(out, doc->bytes.p + at, doc->bytes.n - at);
	return 0;
}

int
edits_apply(const struct doc *doc, const struct edits *edits, struct buf *out, struct error *err)
{
	struct plan plan = {.doc = doc};
	struct doc result = {0};
	size_t before = out->len;
	int status;

	plan_edits(&plan, edits);
	status = plan_write(&plan, out, err);
	if (status == 0) {
		struct str bytes = {out->data ? out->data + before : "", out->len - before};

		status = doc_parse(&result, doc->file, doc->first_line, bytes, err);
		if (status == 0 && !expect(&plan, doc->root, result.root))
			status = error_at(err, doc->file, doc->first_line, 0,
			    "the document is laid out so that it cannot be changed safely; nothing was written");
	}
	if (status < 0)
		out->len = before;
	doc_free(&result);
	free(plan.by_target);
	free(plan.splice);
	buf_free(&plan.text);
	return status;
}

void
section_site(struct section_site *site, const struct doc *doc, const char *key)
{
	const struct node *old = node_get(doc->root, key);

	site->start = old ? old->key_start : new_section_site(doc);
	site->end = old ? line_after(doc, old->end) : site->start;
	site->eol = doc->eol;
}

/* does the section that was just written say what was meant? libyaml is asked where the plain case does not show it */
static int
judge_section(struct doc *scratch, const char *file, size_t first_line, struct str written, const char *key,
    const struct node *value, const char *eol, struct error *err)
{
	const struct node *section;

	if (readback_section(written, key, value, eol))
		return 0;
	doc_reset(scratch);
	if (doc_parse(scratch, file, first_line, written, err) < 0)
		return -1;
	section = node_get(scratch->root, key);
	if (section && scratch->root->count == 1 && node_equal(section, value))
		return 0;
	return error_at(err, file, first_line, 0, "the section %s cannot be written", key);
}

int
section_splice(const struct section_site *site, struct doc *scratch, const char *file, size_t first_line,
    struct str bytes, const char *key, const struct node *value, struct buf *out, struct error *err)
{
	size_t before = out->len, start;
	struct str written;

	buf_add(out, bytes.p, site->start);
	start = out->len;
	write_section(out, bytes, site->start, site->end, site->eol, key, value);
	written.p = out->data + start;
	written.n = out->len - start;
	if (judge_section(scratch, file, first_line, written, key, value, site->eol, err) < 0) {
		out->len = before;
		return -1;
	}
	buf_add(out, bytes.p + site->end, bytes.n - site->end);
	return 0;
}
