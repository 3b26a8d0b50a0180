/*
 * Comments: which there are, what they are about, what each side did to them.
 */
#include <stdlib.h>

#include "base/text.h"
#include "data/comments.h"
#include "domain/merge3parts.h"
#include "domain/path.h"

#define KEY_MAX 200 /* bytes of a key in a way; of a longer one a number stands there */

/* entries in the order of the document */
struct order {
	const struct node **v;
	size_t n, cap;
};

struct reading {
	struct remark_list *list;
	struct order order;
	size_t next; /* the first entry behind the comments so far */
};

static void
add_entries(struct order *order, const struct node *node)
{
	for (const struct node *n = node->first; n; n = n->next) {
		if (order->n == order->cap) {
			order->cap = order->cap ? 2 * order->cap : 64;
			order->v = xrealloc(order->v, order->cap * sizeof(*order->v));
		}
		order->v[order->n++] = n;
		add_entries(order, n);
	}
}

static size_t
line_start(const struct doc *doc, size_t at)
{
	while (at > doc->bom && doc->bytes.p[at - 1] != '\n')
		at--;
	return at;
}

static bool
is_blank_between(const struct doc *doc, size_t start, size_t end)
{
	for (; start < end; start++) {
		if (doc->bytes.p[start] != ' ' && doc->bytes.p[start] != '\t')
			return false;
	}
	return true;
}

static size_t
column(const struct doc *doc, const struct node *node)
{
	return node->key_start - line_start(doc, node->key_start);
}

/* what stands behind the last entry of a map or list: that whose entries begin in this column or left of it */
static const struct node *
find_open(const struct doc *doc, const struct node *last, size_t indent)
{
	while (last->parent && last->parent->parent && column(doc, last) > indent)
		last = last->parent;
	return last->parent;
}

static void
find_about_above(const struct reading *r, size_t indent, struct remark *remark)
{
	const struct doc *doc = r->list->doc;
	const struct node *next = r->next < r->order.n ? r->order.v[r->next] : NULL;

	remark->place = REMARK_ABOVE;
	remark->node = next;
	if (next && indent <= column(doc, next))
		return;
	remark->place = REMARK_LAST;
	remark->node = r->next ? find_open(doc, r->order.v[r->next - 1], indent) : doc->root;
}

static void
find_about_behind(const struct reading *r, size_t start, size_t at, struct remark *remark)
{
	size_t i = r->next;

	remark->place = REMARK_BEHIND;
	remark->node = r->list->doc->root;
	while (i > 0 && r->order.v[i - 1]->key_start >= start)
		i--;
	if (i < r->next) {
		remark->node = r->order.v[i];
	} else if (i > 0) {
		/* behind the end of a value of several lines */
		remark->node = r->order.v[i - 1];
		while (remark->node->parent->parent && remark->node->parent->end <= at &&
		       remark->node->parent->end >= start)
			remark->node = remark->node->parent;
	}
}

static void
add_remark(void *arg, struct str text)
{
	struct reading *r = arg;
	struct remark_list *list = r->list;
	size_t at = (size_t)(text.p - list->doc->bytes.p), start = line_start(list->doc, at);
	struct remark *remark;

	while (r->next < r->order.n && r->order.v[r->next]->key_start < at)
		r->next++;
	if (list->n == list->cap) {
		list->cap = list->cap ? 2 * list->cap : 16;
		list->v = xrealloc(list->v, list->cap * sizeof(*list->v));
	}
	remark = &list->v[list->n++];
	*remark = (struct remark){.text = text};
	if (is_blank_between(list->doc, start, at))
		find_about_above(r, at - start, remark);
	else
		find_about_behind(r, start, at, remark);
	remark->about = remark_about(remark->node, list->names, list->arena);
	remark->id = arena_printf(list->arena, "%s %.*s", remark->about, (int)text.n, text.p);
}

void
remark_list_read(struct remark_list *list, const struct doc *doc, const struct names *names,
		 struct arena *arena)
{
	struct reading r = {.list = list};

	*list = (struct remark_list){.doc = doc, .names = names, .arena = arena};
	if (!memchr(doc->bytes.p, '#', doc->bytes.n))
		return;
	add_entries(&r.order, doc->root);
	comments_each(doc, add_remark, &r);
	free(r.order.v);
}

void
remark_list_free(struct remark_list *list)
{
	free(list->v);
}

void
remark_add_key(struct buf *about, const char *key)
{
	size_t n = strlen(key);

	if (n <= KEY_MAX)
		buf_printf(about, "%zu:%s", n, key);
	else
		buf_printf(about, "%zu#%llx", n, text_hash(key, n));
}

/* returns the table of the node's entries */
static const struct fields *
add_about(struct buf *out, const struct node *node, const struct names *names, struct arena *arena)
{
	const struct fields *fields;
	const char *key = node->key;

	if (!node->parent)
		return &account_fields;
	fields = add_about(out, node->parent, names, arena);
	if (!key && fields)
		key = account_item_key(fields, node, arena);
	if (!node->key && (!key || !*key)) {
		key = names_get(names, node);
		key = key ? key : content_key(node, arena);
	}
	remark_add_key(out, key);
	return entry_fields(fields, node);
}

const char *
remark_about(const struct node *node, const struct names *names, struct arena *arena)
{
	struct buf out = {0};
	const char *about;

	buf_adds(&out, "");
	add_about(&out, node, names, arena);
	about = arena_strdup(arena, out.data);
	buf_free(&out);
	return about;
}

static struct remark_count *
count_of(struct hash *hash, const char *key, size_t n, struct arena *arena)
{
	void **place = hash_put(hash, key, n, NULL);

	if (!*place)
		*place = arena_alloc(arena, sizeof(struct remark_count));
	return *place;
}

static void
count_all(struct remarks *r)
{
	for (int side = 0; side < MERGE3_SIDES; side++) {
		for (size_t i = 0; i < r->side[side].n; i++) {
			const struct remark *remark = &r->side[side].v[i];

			count_of(&r->by_id, remark->id, strlen(remark->id), r->arena)->n[side]++;
			count_of(&r->by_text, remark->text.p, remark->text.n, r->arena)->n[side]++;
		}
	}
}

/* One that only stands elsewhere now is not fresh: base has its text as often. */
static void
find_fresh(struct remarks *r, enum merge3_side side)
{
	for (size_t i = 0; i < r->side[side].n; i++) {
		struct remark *remark = &r->side[side].v[i];
		struct remark_count *id = hash_get(&r->by_id, remark->id, strlen(remark->id));
		struct remark_count *text = hash_get(&r->by_text, remark->text.p, remark->text.n);

		if (id->n[side] - id->fresh[side] <= id->n[MERGE3_BASE] ||
		    text->n[side] <= text->n[MERGE3_BASE])
			continue;
		remark->is_fresh = true;
		id->fresh[side]++;
		text->fresh[side]++;
		for (const struct node *n = remark->node; n; n = n->parent) {
			if (!node_hash_get(&r->fresh, n))
				*node_hash_put(&r->fresh, n, r->arena) = remark;
		}
	}
}

/* what happened to the comments at one place */
struct spot {
	bool fresh[MERGE3_SIDES]; /* a fresh one that the other side does not have */
	bool gone[MERGE3_SIDES];  /* one of base is not there any more */
};

static struct spot *
spot_of(struct remarks *r, struct hash *spots, const struct remark *remark)
{
	const char *key = arena_printf(r->arena, "%d%s", (int)remark->place, remark->about);
	void **place = hash_put(spots, key, strlen(key), NULL);

	if (!*place)
		*place = arena_alloc(r->arena, sizeof(struct spot));
	return *place;
}

static bool
is_own(const struct remarks *r, enum merge3_side side, const struct remark *remark)
{
	const struct remark_count *id = hash_get(&r->by_id, remark->id, strlen(remark->id));

	return remark->is_fresh && id->fresh[MERGE3_OURS + MERGE3_THEIRS - side] < id->fresh[side];
}

static void
fill_spots(struct remarks *r, struct hash *spots)
{
	for (size_t i = 0; i < r->side[MERGE3_BASE].n; i++) {
		const struct remark *remark = &r->side[MERGE3_BASE].v[i];
		const struct remark_count *id = hash_get(&r->by_id, remark->id, strlen(remark->id));

		for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++)
			if (id->n[side] < id->n[MERGE3_BASE])
				spot_of(r, spots, remark)->gone[side] = true;
	}
	for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++) {
		for (size_t i = 0; i < r->side[side].n; i++)
			if (is_own(r, (enum merge3_side)side, &r->side[side].v[i]))
				spot_of(r, spots, &r->side[side].v[i])->fresh[side] = true;
	}
}

/* There is place for one comment behind a line; above it there is for those of both, unless both changed one of base. */
static void
find_disputes(struct remarks *r)
{
	struct hash spots = {0};

	fill_spots(r, &spots);
	for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++) {
		for (size_t i = 0; i < r->side[side].n; i++) {
			struct remark *remark = &r->side[side].v[i];
			const struct spot *spot;
			struct remark_count *id;

			if (!is_own(r, (enum merge3_side)side, remark))
				continue;
			spot = spot_of(r, &spots, remark);
			if (!spot->fresh[MERGE3_OURS] || !spot->fresh[MERGE3_THEIRS] ||
			    (remark->place != REMARK_BEHIND &&
			     (!spot->gone[MERGE3_OURS] || !spot->gone[MERGE3_THEIRS])))
				continue;
			id = hash_get(&r->by_id, remark->id, strlen(remark->id));
			remark->is_disputed = true;
			id->disputed[side]++;
		}
	}
	hash_free(&spots);
}

void
remarks_read(struct remarks *r, const struct doc doc[MERGE3_SIDES], const struct names *names,
	     struct arena *arena)
{
	*r = (struct remarks){.arena = arena};
	for (int side = 0; side < MERGE3_SIDES; side++)
		remark_list_read(&r->side[side], &doc[side], names, arena);
	count_all(r);
	find_fresh(r, MERGE3_OURS);
	find_fresh(r, MERGE3_THEIRS);
	find_disputes(r);
}

void
remarks_free(struct remarks *r)
{
	for (int side = 0; side < MERGE3_SIDES; side++)
		remark_list_free(&r->side[side]);
	hash_free(&r->by_id);
	hash_free(&r->by_text);
	hash_free(&r->fresh);
}

const struct remark *
remarks_fresh(const struct remarks *r, const struct node *node)
{
	return node_hash_get(&r->fresh, node);
}

/* what the other side wrote at the same place */
static const struct remark *
find_other(const struct remarks *r, const struct remark *remark)
{
	const struct remark_list *theirs = &r->side[MERGE3_THEIRS];

	for (size_t i = 0; i < theirs->n; i++) {
		if (theirs->v[i].is_disputed && theirs->v[i].place == remark->place &&
		    strcmp(theirs->v[i].about, remark->about) == 0)
			return &theirs->v[i];
	}
	return remark;
}

size_t
remarks_disputes(const struct remarks *r, const char *file, struct sink *sink)
{
	const struct remark_list *ours = &r->side[MERGE3_OURS];
	const char *before = NULL;
	size_t count = 0;

	for (size_t i = 0; i < ours->n; i++) {
		const struct remark *remark = &ours->v[i];
		const char *path;
		struct buf text = {0};
		struct error err;

		if (!remark->is_disputed || (before && strcmp(before, remark->about) == 0))
			continue;
		before = remark->about;
		count++;
		if (!sink)
			continue;
		path = path_of(remark->node, r->arena);
		buf_adds(&text, "ours ");
		remark_quote(&text, remark);
		buf_adds(&text, ", theirs ");
		remark_quote(&text, find_other(r, remark));
		error_at(&err, file, 0, 0, "conflict: %.500s%sthe comment: %s", path, *path ? ": " : "",
			 text.data);
		sink_put(sink, SEVERITY_ERROR, "comments", &err);
		buf_free(&text);
	}
	return count;
}
