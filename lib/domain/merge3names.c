/*
 * What items without a key are called, so that one that was changed is known
 * again: by what it said in base.
 */
#include <stdlib.h>

#include "domain/merge3parts.h"

#define PAIRS_MAX 100000UL /* comparisons in one list; beyond, items are told by all they say */

void *
node_hash_get(const struct hash *by_node, const struct node *node)
{
	return hash_get(by_node, (const char *)&node, sizeof(node));
}

void **
node_hash_put(struct hash *by_node, const struct node *node, struct arena *arena)
{
	const struct node **address = arena_alloc(arena, sizeof(*address));

	*address = node;
	return hash_put(by_node, (const char *)address, sizeof(*address), NULL);
}

const char *
names_get(const struct names *names, const struct node *item)
{
	return node_hash_get(&names->by_node, item);
}

void
names_put(struct names *names, const struct node *item, const char *name)
{
	*node_hash_put(&names->by_node, item, names->arena) = arena_strdup(names->arena, name);
}

void
names_free(struct names *names)
{
	hash_free(&names->by_node);
}

/* how many fields say the same in both? */
static size_t
count_shared(const struct node *a, const struct node *b)
{
	size_t shared = 0;

	for (const struct node *n = a->first; n; n = n->next) {
		const struct node *other = node_get(b, n->key);

		shared += other && node_equal(n, other);
	}
	return shared;
}

/* How alike an item is to what it may have been; 0: it is another. The first field of a table says what the item is. */
static size_t
likeness(const struct fields *fields, const struct node *was, const struct node *is)
{
	const char *what = fields && fields->n ? fields->field[0].name : NULL;
	size_t shared, most = was->count > is->count ? was->count : is->count;
	const struct node *a, *b;

	if (was->kind != NODE_MAP || is->kind != NODE_MAP)
		return 0;
	shared = count_shared(was, is);
	a = what ? node_get(was, what) : NULL;
	b = what ? node_get(is, what) : NULL;
	if (a && b && fields->field[0].type == FIELD_TEXT && node_equal(a, b))
		return shared + most;
	return 2 * shared >= most ? shared : 0;
}

static bool
is_unnamed(const struct entry *entry)
{
	return entry->key[0] == NAME_BY_CONTENT;
}

/* Items of base that are gone, and those of the side that base does not have: which of these was which of those? */
static void
pair_items(struct names *names, const struct fields *fields, const struct entries *base,
	   const struct entries *side)
{
	const struct entry **added = xcalloc(side->n, sizeof *added), **gone = xcalloc(base->n, sizeof *gone);
	size_t n_added = 0, n_gone = 0;

	for (size_t i = 0; i < side->n; i++) {
		if (is_unnamed(&side->v[i]) && !entries_get(base, side->v[i].key))
			added[n_added++] = &side->v[i];
	}
	for (size_t i = 0; i < base->n; i++) {
		if (is_unnamed(&base->v[i]) && !entries_get(side, base->v[i].key))
			gone[n_gone++] = &base->v[i];
	}
	for (size_t i = 0; i < n_gone && n_added && n_gone <= PAIRS_MAX / n_added; i++) {
		size_t best = 0, most = 0;

		for (size_t k = 0; k < n_added; k++) {
			size_t alike = added[k] ? likeness(fields, gone[i]->node, added[k]->node) : 0;

			if (alike > most) {
				most = alike;
				best = k;
			}
		}
		if (most) {
			names_put(names, added[best]->node, gone[i]->key);
			added[best] = NULL;
		}
	}
	free(added);
	free(gone);
}

static void
pair(struct names *names, const struct fields *fields, const struct node *const v[MERGE3_SIDES])
{
	struct entries e[MERGE3_SIDES];

	for (int side = 0; side < MERGE3_SIDES; side++)
		entries_index(&e[side], v[side], fields, NULL, names->arena);
	for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++) {
		if (v[MERGE3_BASE]->kind != NODE_LIST || !v[side] || v[side]->kind != NODE_LIST ||
		    !e[MERGE3_BASE].unique || !e[side].unique)
			continue;
		pair_items(names, fields, &e[MERGE3_BASE], &e[side]);
		entries_free(&e[side]);
		entries_index(&e[side], v[side], fields, names, names->arena);
	}
	for (size_t i = 0; i < e[MERGE3_BASE].n; i++) {
		const struct entry *was = &e[MERGE3_BASE].v[i];
		const struct entry *ours = entries_get(&e[MERGE3_OURS], was->key),
				   *theirs = entries_get(&e[MERGE3_THEIRS], was->key);

		if (ours || theirs)
			pair(names, entry_fields(fields, was->node),
			     (const struct node *const[]){was->node, ours ? ours->node : NULL,
							  theirs ? theirs->node : NULL});
	}
	for (int side = 0; side < MERGE3_SIDES; side++)
		entries_free(&e[side]);
}

void
names_pair(struct names *names, const struct node *const root[MERGE3_SIDES])
{
	pair(names, &account_fields, root);
}

void
names_follow(struct names *names, const struct names *given, const struct fields *fields,
	     const struct node *from, const struct node *to)
{
	struct entries e, other;
	const struct node *a = from->first;

	if (from->kind != to->kind || from->count != to->count || from->count == 0)
		return;
	entries_index(&e, to, fields, NULL, names->arena);
	entries_index(&other, from, fields, NULL, names->arena);
	for (size_t i = 0; i < e.n; i++, a = a->next) {
		const struct entry *entry = e.keyed && e.unique ? entries_get(&other, e.v[i].key) : NULL;
		const struct node *source = entry ? entry->node : a;
		const char *name = source->key ? NULL : names_get(given, source);

		if (name)
			names_put(names, e.v[i].node, name);
		names_follow(names, given, entry_fields(fields, source), source, e.v[i].node);
	}
	entries_free(&e);
	entries_free(&other);
}
