#include "data/splice.h"

#include <string.h>

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

/* does nothing stand behind the node on its line, not even a blank? */
static bool
ends_line(const struct doc *doc, const struct node *node)
{
	return node->end == doc->bytes.n || doc->bytes.p[node->end] == '\n' ||
	       doc->bytes.p[node->end] == '\r';
}

/* A section's "[]" at the end of a line would leave the blank before it. */
bool
edit_fills_entries(const struct doc *doc, const struct node *empty, const struct node *value)
{
	if (value->kind == NODE_SCALAR)
		return false;
	if (empty->kind == NODE_SCALAR)
		return empty->parent->style == STYLE_BLOCK && empty->start == empty->end;
	return empty->kind == value->kind && !(!empty->parent->parent && ends_line(doc, empty));
}

void
edit_fill(struct edits *edits, struct arena *arena, const struct doc *doc, const struct node *empty,
	  const struct node *value)
{
	if (!edit_fills_entries(doc, empty, value)) {
		edit_replace(edits, arena, empty, value);
		return;
	}
	for (const struct node *n = value->first; n; n = n->next)
		edit_append(edits, arena, empty, n);
}

/* do the values that edits of this kind put at the target stand at *next, in order? moves *next past them */
static bool
expect_values(const struct plan *plan, const struct node *target, enum edit_op op, const struct node **next)
{
	const struct edit *edit;
	size_t i;

	for (i = plan_find(plan, target); i < plan->edits && plan->by_target[i]->target == target; i++) {
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
	const struct edit *edit = plan_find_op(plan, old, EDIT_REPLACE);
	const struct node *entry, *next = new->first;
	bool emptied;

	if (edit)
		return node_equal(edit->value, new);
	if (old->kind == NODE_SCALAR && !plan_find_op(plan, old, EDIT_APPEND))
		return node_equal(old, new);
	for (entry = old->first; entry; entry = entry->next) {
		if (!expect_values(plan, entry, EDIT_INSERT, &next))
			return false;
		if (entry == plan->new_before && !expect_values(plan, old, EDIT_APPEND, &next))
			return false;
		if (plan_find_op(plan, entry, EDIT_DROP))
			continue;
		if (!next || (entry->key && (!next->key || strcmp(entry->key, next->key) != 0)) ||
		    !expect(plan, entry, next))
			return false;
		next = next->next;
	}
	if (!(old->last && old->last == plan->new_before) && !expect_values(plan, old, EDIT_APPEND, &next))
		return false;
	emptied = new->count == 0 && new->len == 0;
	return !next && (emptied || old->kind == NODE_SCALAR || new->kind == old->kind);
}

int
edits_apply(const struct doc *doc, const struct edits *edits, struct buf *out, struct error *err)
{
	struct plan plan = {.doc = doc};
	struct doc result = {0};
	size_t before = out->len;
	int status;

	status = plan_edits(&plan, edits, err);
	if (status == 0) {
		plan_write(&plan, out);
		status = doc_parse(&result, doc->file, doc->first_line,
				   (struct str){out->data + before, out->len - before}, err);
	}
	if (status == 0 && !expect(&plan, doc->root, result.root))
		status = error_at(
		    err, doc->file, doc->first_line, 0,
		    "the document is laid out so that it cannot be changed safely; nothing was written");
	if (status < 0)
		out->len = before;
	doc_free(&result);
	plan_free(&plan);
	return status;
}
