/*
 * The merge of three trees by keys.
 */
#include <stdlib.h>

#include "data/lines.h"
#include "domain/merge3parts.h"
#include "domain/sales.h"

#define CLASHES_MAX 100000UL /* comparisons of items in one list */

struct merge {
	const struct merge3_job *job;
	enum merge3_side prefer;
	struct arena *arena;
	struct sink *sink;
	size_t conflicts;
};

/* What three sides have in one place; NULL: nothing. */
struct three {
	const struct node *v[MERGE3_SIDES];
};

/* An entry of the merged map or list. */
struct seat {
	const char *key;
	const char *order; /* of an item that theirs adds, in a list by date */
	struct three three;
	size_t number; /* from 1, in the side that has it */
	bool is_clash; /* it has one side's new key for an item that the other side gave another one */
	struct seat *next;
};

/* The merge of a map's or a list's entries. */
struct seats {
	struct merge *m;
	const struct fields *fields;
	struct entries side[MERGE3_SIDES];
	struct hash by_key;
	struct seat *first, *last;
	struct seat **added; /* to a list by date, by theirs */
	size_t n_added;
};

static void
report(struct merge *m, const struct way *way, const struct fields *fields, const struct three *three,
       const struct remark *remark)
{
	m->conflicts++;
	if (m->sink)
		merge3_report(m->job, m->sink, way, fields, three->v, remark);
}

/* fields: of the entries of what is there */
static struct node *
copy(struct merge *m, const struct fields *fields, const struct node *node)
{
	struct node *made = node ? node_copy(m->arena, node) : NULL;

	if (made && m->job->names->by_node.used)
		names_follow(m->job->names, m->job->names, fields, node, made);
	return made;
}

static struct node *
conflict(struct merge *m, const struct way *way, const struct fields *fields, const struct three *three,
	 const struct remark *remark)
{
	report(m, way, fields, three, remark);
	return copy(m, fields, three->v[m->prefer]);
}

static bool
same(const struct node *a, const struct node *b)
{
	return a && b ? node_equal(a, b) : a == b;
}

/* is everything that ours and theirs have there of that kind, or empty? */
static bool
are_of(const struct three *three, enum node_kind kind)
{
	for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++) {
		if (!node_is_empty(three->v[side]) && three->v[side]->kind != kind)
			return false;
	}
	return true;
}

static bool
are_block_texts(const struct three *three)
{
	for (int side = 0; side < MERGE3_SIDES; side++) {
		if (!three->v[side] || three->v[side]->style != STYLE_LITERAL)
			return false;
	}
	return true;
}

/* NULL: both changed the same lines */
static struct node *
merge_texts(struct merge *m, const struct three *three)
{
	struct str text[MERGE3_SIDES];
	struct node *node = NULL;
	struct buf out = {0};

	for (int side = 0; side < MERGE3_SIDES; side++)
		text[side] = (struct str){three->v[side]->text, three->v[side]->len};
	buf_adds(&out, "");
	if (lines_merge(text[MERGE3_BASE], text[MERGE3_OURS], text[MERGE3_THEIRS], LINES_APART, LINES_OURS,
			"\n", &out) == 0) {
		node = node_new_text(m->arena, out.data);
		node->style = STYLE_LITERAL;
	}
	buf_free(&out);
	return node;
}

static struct node *merge_entries(struct merge *, const struct way *, const struct fields *, enum node_kind,
				  const struct three *);

/* one of ours and theirs is not there */
static struct node *
merge_dropped(struct merge *m, const struct way *way, const struct fields *fields, const struct three *three)
{
	const struct node *left = three->v[MERGE3_OURS] ? three->v[MERGE3_OURS] : three->v[MERGE3_THEIRS];
	const struct remark *remark;

	if (!left || !three->v[MERGE3_BASE])
		return copy(m, fields, left);
	if (!same(left, three->v[MERGE3_BASE]))
		return conflict(m, way, fields, three, NULL);
	remark = remarks_fresh(m->job->remarks, left);
	return remark ? conflict(m, way, fields, three, remark) : NULL;
}

/* What comes of a place, or NULL for nothing. fields: of the entries of what is there. */
static struct node *
merge_value(struct merge *m, const struct way *way, const struct fields *fields, const struct three *three)
{
	const struct node *base = three->v[MERGE3_BASE], *ours = three->v[MERGE3_OURS],
			  *theirs = three->v[MERGE3_THEIRS];
	struct node *text;

	if (!ours || !theirs)
		return merge_dropped(m, way, fields, three);
	if (same(ours, theirs))
		return copy(m, fields, ours);
	/* what one left alone may bear its comments, and what these are about may be dropped */
	if (same(ours, base) && !remarks_fresh(m->job->remarks, ours))
		return copy(m, fields, theirs);
	if (same(theirs, base) && !remarks_fresh(m->job->remarks, theirs))
		return copy(m, fields, ours);
	if (are_of(three, NODE_MAP))
		return merge_entries(m, way, fields, NODE_MAP, three);
	if (are_of(three, NODE_LIST))
		return merge_entries(m, way, fields, NODE_LIST, three);
	if (same(ours, base) || same(theirs, base))
		return copy(m, fields, same(ours, base) ? theirs : ours);
	text = are_block_texts(three) ? merge_texts(m, three) : NULL;
	return text ? text : conflict(m, way, fields, three, NULL);
}

/* Seats */

static const struct node *
side_get(const struct seats *s, enum merge3_side side, const char *key)
{
	const struct entry *entry = entries_get(&s->side[side], key);

	return entry ? entry->node : NULL;
}

static struct seat *
seat_new(struct seats *s, enum merge3_side side, const struct entry *entry)
{
	struct seat *seat = arena_alloc(s->m->arena, sizeof *seat);

	seat->key = entry->key;
	seat->number = entry->number + 1;
	seat->three.v[side] = entry->node;
	seat->three.v[MERGE3_BASE] = side_get(s, MERGE3_BASE, entry->key);
	*hash_put(&s->by_key, entry->key, strlen(entry->key), NULL) = seat;
	return seat;
}

/* after: NULL: in front of all */
static void
seat_insert(struct seats *s, struct seat *after, struct seat *seat)
{
	seat->next = after ? after->next : s->first;
	if (after)
		after->next = seat;
	else
		s->first = seat;
	if (after == s->last)
		s->last = seat;
}

static bool
is_added(const struct seat *seat)
{
	return !seat->three.v[MERGE3_BASE];
}

/* what ours adds there stands first */
static struct seat *
pass_ours(struct seats *s, struct seat *after)
{
	struct seat *next = after ? after->next : s->first;

	while (next && is_added(next) && !next->three.v[MERGE3_THEIRS]) {
		after = next;
		next = next->next;
	}
	return after;
}

static void
seat_ours(struct seats *s)
{
	const struct entries *ours = &s->side[MERGE3_OURS];

	for (size_t i = 0; i < ours->n; i++) {
		struct seat *seat = seat_new(s, MERGE3_OURS, &ours->v[i]);

		seat->three.v[MERGE3_THEIRS] = side_get(s, MERGE3_THEIRS, seat->key);
		seat_insert(s, s->last, seat);
	}
}

/* Does theirs have the order of the dates? Else what it adds stands where theirs has it: the merged list must not turn
 * the order of theirs around. */
static bool
is_by_date(const struct seats *s)
{
	const struct entries *theirs = &s->side[MERGE3_THEIRS];
	const char *before = "", *order;
	bool added = false;

	for (size_t i = 0; i < theirs->n; i++, before = order) {
		const char *key = theirs->v[i].key;
		bool was_added = added;

		order = item_order(s->fields, theirs->v[i].node, key);
		added = !side_get(s, MERGE3_BASE, key) && !side_get(s, MERGE3_OURS, key);
		if ((was_added && !added ? strcmp(before, order) >= 0 : strcmp(before, order) > 0))
			return false;
	}
	return true;
}

static void
seat_theirs(struct seats *s, bool by_date)
{
	const struct entries *theirs = &s->side[MERGE3_THEIRS];
	struct seat *after = NULL;
	bool passed = false;

	s->added = xcalloc(theirs->n, sizeof(struct seat *));
	for (size_t i = 0; i < theirs->n; i++) {
		struct seat *seat = hash_get(&s->by_key, theirs->v[i].key, strlen(theirs->v[i].key));

		if (seat) {
			after = seat;
			passed = false;
			continue;
		}
		seat = seat_new(s, MERGE3_THEIRS, &theirs->v[i]);
		if (by_date && is_added(seat)) {
			seat->order = item_order(s->fields, theirs->v[i].node, seat->key);
			s->added[s->n_added++] = seat;
			continue;
		}
		if (!passed)
			after = pass_ours(s, after);
		passed = true;
		seat_insert(s, after, seat);
		after = seat;
	}
}

static int
compare_orders(const void *a, const void *b)
{
	const struct seat *x = *(struct seat *const *)a, *y = *(struct seat *const *)b;
	int c = strcmp(x->order, y->order);

	return c ? c : (x->number > y->number) - (x->number < y->number);
}

/* Puts what theirs adds to a list by date where its date belongs: behind all that is not later. */
static void
seat_by_date(struct seats *s)
{
	struct seat *seat = s->first, *before = NULL;
	size_t count = 0, n = s->side[MERGE3_OURS].n + s->side[MERGE3_THEIRS].n, i = s->n_added;
	struct seat **at = xcalloc(n, sizeof(struct seat *));
	const char **lowest = xcalloc(n + 1, sizeof *lowest); /* order from there on: grows with the list */

	if (s->n_added)
		qsort(s->added, s->n_added, sizeof(struct seat *), compare_orders);
	for (; seat; seat = seat->next)
		at[count++] = seat;
	for (size_t k = count; k-- > 0;) {
		const struct three *three = &at[k]->three;
		const struct node *item =
		    three->v[MERGE3_OURS] ? three->v[MERGE3_OURS] : three->v[MERGE3_THEIRS];
		const char *order = item_order(s->fields, item, at[k]->key);

		lowest[k] = lowest[k + 1] && strcmp(lowest[k + 1], order) < 0 ? lowest[k + 1] : order;
	}
	/* the latest first; each goes in front of all that is later in an unbroken run up to the end */
	for (; i > 0; i--) {
		while (count > 0 && strcmp(lowest[count - 1], s->added[i - 1]->order) > 0)
			count--;
		before = count ? at[count - 1] : NULL;
		seat_insert(s, before, s->added[i - 1]);
	}
	free(at);
	free(lowest);
}

/* Clashes: both sides gave an item another key, and not the same. */

/* The field in which alone two items differ, at least two others being the same; or NULL. */
static const char *
renamed_field(const struct node *was, const struct node *is)
{
	const char *field = NULL;
	size_t shared = 0;

	if (was->kind != NODE_MAP || is->kind != NODE_MAP)
		return NULL;
	for (const struct node *n = was->first; n; n = n->next) {
		if (same(n, node_get(is, n->key)))
			shared++;
		else if (field)
			return NULL;
		else
			field = n->key;
	}
	/* an entry that was not there before would be one more difference */
	return field && shared >= 2 && is->count == was->count && node_get(is, field) ? field : NULL;
}

/* the item that only this side has, and that was an item of base under another key */
static struct seat *
find_renamed(const struct seats *s, enum merge3_side side, const struct node *was, const char **field)
{
	enum merge3_side other = side == MERGE3_OURS ? MERGE3_THEIRS : MERGE3_OURS;

	for (struct seat *seat = s->first; seat; seat = seat->next) {
		if (seat->three.v[side] && !seat->three.v[MERGE3_BASE] && !seat->three.v[other] &&
		    !seat->is_clash && (*field = renamed_field(was, seat->three.v[side])))
			return seat;
	}
	return NULL;
}

static void
find_clashes(struct seats *s, const struct way *way)
{
	const struct entries *base = &s->side[MERGE3_BASE];
	size_t gone = 0, most = s->side[MERGE3_OURS].n + s->side[MERGE3_THEIRS].n;

	for (size_t i = 0; i < base->n; i++) {
		const struct node *was = base->v[i].node;
		const char *key = base->v[i].key, *by_ours, *by_theirs;
		struct seat *ours, *theirs;
		struct way here = {way, was, s->fields, i + 1};

		if (side_get(s, MERGE3_OURS, key) || side_get(s, MERGE3_THEIRS, key))
			continue;
		if (most == 0 || ++gone > CLASHES_MAX / most)
			return;
		ours = find_renamed(s, MERGE3_OURS, was, &by_ours);
		theirs = ours ? find_renamed(s, MERGE3_THEIRS, was, &by_theirs) : NULL;
		if (!theirs || strcmp(by_ours, by_theirs) != 0)
			continue;
		ours->is_clash = theirs->is_clash = true;
		report(s->m, &here, s->fields,
		       &(struct three){{was, ours->three.v[MERGE3_OURS], theirs->three.v[MERGE3_THEIRS]}},
		       NULL);
	}
}

/* did both sides change the figures of a month, and not to the same? */
static bool
figures_clash(const struct seats *s)
{
	bool ours = false, theirs = false, differ = false;

	if (s->fields != field_find(&account_fields, "sales")->sub)
		return false;
	for (const struct seat *seat = s->first; seat; seat = seat->next) {
		const struct node *const *v = seat->three.v;

		if (!sales_is_figure(seat->key))
			continue;
		ours = ours || !same(v[MERGE3_OURS], v[MERGE3_BASE]);
		theirs = theirs || !same(v[MERGE3_THEIRS], v[MERGE3_BASE]);
		differ = differ || !same(v[MERGE3_OURS], v[MERGE3_THEIRS]);
	}
	return ours && theirs && differ;
}

static void
merge_seats(struct seats *s, const struct way *way, bool by_figures, struct node *into)
{
	for (struct seat *seat = s->first; seat; seat = seat->next) {
		const struct three *three = &seat->three;
		const struct node *entry =
		    three->v[MERGE3_OURS] ? three->v[MERGE3_OURS] : three->v[MERGE3_THEIRS];
		struct way here = {way, entry, s->fields, seat->number};
		struct node *value;

		if (seat->is_clash)
			value = copy(s->m, s->fields, three->v[s->m->prefer]);
		else if (by_figures && sales_is_figure(seat->key) &&
			 !same(three->v[MERGE3_OURS], three->v[MERGE3_THEIRS]))
			value = conflict(s->m, &here, NULL, three, NULL);
		else
			value = merge_value(s->m, &here, entry_fields(s->fields, entry), three);
		if (!value)
			continue;
		node_put(s->m->arena, into, into->kind == NODE_MAP ? seat->key : NULL, value);
		if (into->kind == NODE_LIST && seat->key[0] == NAME_BY_CONTENT &&
		    strcmp(seat->key, content_key(value, s->m->arena)) != 0)
			names_put(s->m->job->names, value, seat->key);
	}
}

static void
seats_free(struct seats *s)
{
	for (int side = 0; side < MERGE3_SIDES; side++)
		entries_free(&s->side[side]);
	hash_free(&s->by_key);
	free(s->added);
}

static struct node *
merge_entries(struct merge *m, const struct way *way, const struct fields *fields, enum node_kind kind,
	      const struct three *three)
{
	const struct node *ours = three->v[MERGE3_OURS];
	enum node_style style = node_is_empty(ours) ? three->v[MERGE3_THEIRS]->style : ours->style;
	struct node *into;
	struct seats s = {.m = m, .fields = fields};
	bool unique = true;

	for (int side = 0; side < MERGE3_SIDES; side++) {
		const struct node *node = three->v[side];

		entries_index(&s.side[side], node && node->kind == kind ? node : NULL, fields, m->job->names,
			      m->arena);
		unique = unique && s.side[side].unique;
	}
	if (!unique) {
		seats_free(&s);
		if (same(ours, three->v[MERGE3_BASE]))
			return copy(m, fields, three->v[MERGE3_THEIRS]);
		if (same(three->v[MERGE3_THEIRS], three->v[MERGE3_BASE]))
			return copy(m, fields, ours);
		return conflict(m, way, fields, three, NULL);
	}
	into = kind == NODE_MAP ? node_new_map(m->arena, style) : node_new_list(m->arena, style);
	seat_ours(&s);
	seat_theirs(&s, kind == NODE_LIST && is_ordered(fields) && is_by_date(&s));
	if (s.n_added)
		seat_by_date(&s);
	if (kind == NODE_LIST)
		find_clashes(&s, way);
	merge_seats(&s, way, kind == NODE_MAP && figures_clash(&s), into);
	seats_free(&s);
	return into;
}

struct node *
merge3_tree(const struct merge3_job *job, enum merge3_side prefer, struct sink *sink, size_t *conflicts)
{
	struct merge m = {job, prefer, job->arena, sink, 0};
	struct way top = {0};
	struct three three;
	struct node *tree;

	for (int side = 0; side < MERGE3_SIDES; side++)
		three.v[side] = job->root[side];
	tree = merge_value(&m, &top, &account_fields, &three);
	*conflicts = m.conflicts;
	return tree;
}
