/*
 * From what a document says to what it is to say, as edits of its bytes.
 */
#include <stdlib.h>

#include "domain/merge3parts.h"

struct toward {
	const struct doc *doc;
	const struct names *names;
	struct edits edits;
	struct arena arena;
	bool leave_texts;
	bool lossy; /* comments would go */
};

/* does nothing stand behind the node on its line, not even a blank? */
static bool
ends_line(const struct doc *doc, const struct node *node)
{
	return node->end == doc->bytes.n || doc->bytes.p[node->end] == '\n' ||
	       doc->bytes.p[node->end] == '\r';
}

/* Can entries go one by one where there is none, under a bare name on a line or into brackets, so that a comment behind
 * it stays? */
static bool
takes_entries(const struct toward *t, const struct node *old, const struct node *new)
{
	if (!node_is_empty(old) || node_is_empty(new) || new->kind == NODE_SCALAR)
		return false;
	if (old->kind == NODE_SCALAR)
		return old->parent && old->parent->style == STYLE_BLOCK && old->start == old->end;
	return old->kind == new->kind && !(old->parent && !old->parent->parent && ends_line(t->doc, old));
}

/* what is between brackets goes, or the brackets themselves */
static void
note_loss(struct toward *t, const struct node *old)
{
	if (old->kind != NODE_SCALAR && memchr(t->doc->bytes.p + old->start, '#', old->end - old->start))
		t->lossy = true;
}

static void
append_all(struct toward *t, const struct node *old, const struct node *new)
{
	if (old->parent)
		note_loss(t, old);
	for (const struct node *n = new->first; n; n = n->next)
		edit_append(&t->edits, &t->arena, old, n);
}

static void
replace(struct toward *t, const struct node *old, const struct node *new)
{
	note_loss(t, old);
	edit_replace(&t->edits, &t->arena, old, new);
}

static void toward_value(struct toward *, const struct fields *, const struct node *old,
			 const struct node *new);

/* Which of the entries that were there stay where they are, by their numbers: all of those that have keys, for their
 * order tells nothing; of others those that come in the same order. The rest goes, and comes in where it is to be. */
static bool *
staying(const struct entries *was, const struct entries *is)
{
	bool *stays = xcalloc(was->n + 1, sizeof *stays), keyed = was->keyed && is->keyed;
	size_t next = 0;

	for (size_t i = 0; i < is->n; i++) {
		const struct entry *entry = entries_get(was, is->v[i].key);

		if (!entry || (!keyed && entry->number < next))
			continue;
		stays[entry->number] = true;
		next = entry->number + 1;
	}
	return stays;
}

/* Entries that are not there yet go in front of the next one that is, so that they stand at the same place in each of
 * several documents. */
static void
toward_entries(struct toward *t, const struct fields *fields, const struct node *old,
	       const struct entries *was, const struct entries *is)
{
	const struct node **before = xcalloc(is->n + 1, sizeof *before), *next = NULL;
	bool *stays = staying(was, is);

	for (size_t i = is->n; i-- > 0;) {
		const struct entry *entry = entries_get(was, is->v[i].key);

		before[i] = next;
		if (entry && stays[entry->number])
			next = entry->node;
	}
	for (size_t i = 0; i < is->n; i++) {
		const struct entry *entry = entries_get(was, is->v[i].key);

		if (entry && stays[entry->number])
			toward_value(t, entry_fields(fields, entry->node), entry->node, is->v[i].node);
		else if (before[i])
			edit_insert(&t->edits, &t->arena, before[i], is->v[i].node);
		else
			edit_append(&t->edits, &t->arena, old, is->v[i].node);
	}
	for (size_t i = 0; i < was->n; i++) {
		if (stays[was->v[i].number])
			continue;
		if (entries_get(is, was->v[i].key))
			note_loss(t, was->v[i].node);
		edit_drop(&t->edits, &t->arena, was->v[i].node);
	}
	free(stays);
	free(before);
}

static void
toward_collection(struct toward *t, const struct fields *fields, const struct node *old,
		  const struct node *new)
{
	struct entries was, is;

	entries_index(&was, old, fields, t->names, &t->arena);
	entries_index(&is, new, fields, t->names, &t->arena);
	if (was.unique && is.unique)
		toward_entries(t, fields, old, &was, &is);
	else
		replace(t, old, new);
	entries_free(&was);
	entries_free(&is);
}

static void
toward_value(struct toward *t, const struct fields *fields, const struct node *old, const struct node *new)
{
	if (node_equal(old, new))
		return;
	if (t->leave_texts && old->style == STYLE_LITERAL && new->style == STYLE_LITERAL)
		return;
	if (takes_entries(t, old, new) || (!old->parent && old->count == 0))
		append_all(t, old, new);
	else if (old->count && (node_is_empty(new) || old->kind == new->kind))
		toward_collection(t, fields, old, new);
	else
		replace(t, old, new);
}

int
merge3_apply(const struct doc *doc, const struct node *account, const struct names *names, bool leave_texts,
	     struct buf *out)
{
	struct toward t = {.doc = doc, .names = names, .leave_texts = leave_texts};
	struct error err;
	int status = -1;

	toward_value(&t, &account_fields, doc->root, account);
	if (!t.lossy)
		status = edits_apply(doc, &t.edits, out, &err);
	arena_free(&t.arena);
	return status;
}

static bool
says(const struct fields *fields, const struct node *a, const struct node *b, struct arena *arena)
{
	struct entries x, y;
	bool same, by_key;

	if (node_equal(a, b))
		return true;
	if (a->kind != b->kind || a->kind == NODE_SCALAR || a->count != b->count)
		return false;
	entries_index(&x, a, fields, NULL, arena);
	entries_index(&y, b, fields, NULL, arena);
	by_key = x.unique && y.unique && x.keyed && y.keyed;
	same = true;
	for (size_t i = 0; i < x.n && same; i++) {
		const struct entry *other = by_key ? entries_get(&y, x.v[i].key) : &y.v[i];

		same = other && says(entry_fields(fields, x.v[i].node), x.v[i].node, other->node, arena);
	}
	entries_free(&x);
	entries_free(&y);
	return same;
}

bool
merge3_says(const struct node *a, const struct node *b, struct arena *arena)
{
	return says(&account_fields, a, b, arena);
}
