/*
 * Comments in a merged document: are they right, and how to make them so.
 */
#include <stdlib.h>

#include "domain/merge3parts.h"

/* one change of the bytes */
struct splice {
	size_t at, cut;	   /* cut: bytes that go */
	struct str before; /* the blanks in front of what is put in */
	struct str text;
	const char *after; /* its line's end, or "" */
	size_t number;
};

/* the look at a document */
struct look {
	const struct remarks_want *want;
	struct remarks *all;
	struct remark_list list;
	struct hash by_about; /* of the nodes that remarks are about */
	struct splice *splice;
	size_t n, cap;
	const char *eol;
};

static struct remark_count *
id_count(const struct look *l, const struct remark *remark)
{
	return hash_get(&l->all->by_id, remark->id, strlen(remark->id));
}

static struct remark_count *
text_count(const struct look *l, const struct remark *remark)
{
	return hash_get(&l->all->by_text, remark->text.p, remark->text.n);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* how many fresh ones of that id there should be */
static size_t
wanted_fresh(const struct look *l, const struct remark_count *id)
{
	size_t of[MERGE3_SIDES] = {0};

	for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++)
		of[side] = id->fresh[side] - (side == (int)l->want->prefer ? 0 : id->disputed[side]);
	return of[MERGE3_OURS] > of[MERGE3_THEIRS] ? of[MERGE3_OURS] : of[MERGE3_THEIRS];
}

/* how many that base has are left */
static size_t
wanted_old(const struct remark_count *c)
{
	return least(least(c->n[MERGE3_BASE], c->n[MERGE3_OURS]), c->n[MERGE3_THEIRS]);
}

/* how many may be left where values are in conflict */
static size_t
most_old(const struct remark_count *c)
{
	size_t most = 0;

	for (int side = 0; side < MERGE3_SIDES; side++)
		most = c->n[side] - c->fresh[side] > most ? c->n[side] - c->fresh[side] : most;
	return most;
}

/* how many of an id there should be, moved ones too */
static size_t
wanted(const struct remark_count *c)
{
	const size_t *n = c->n;

	if (n[MERGE3_OURS] == n[MERGE3_BASE])
		return n[MERGE3_THEIRS];
	if (n[MERGE3_THEIRS] == n[MERGE3_BASE])
		return n[MERGE3_OURS];
	return n[MERGE3_OURS] > n[MERGE3_BASE] || n[MERGE3_THEIRS] > n[MERGE3_BASE]
		   ? (n[MERGE3_OURS] > n[MERGE3_THEIRS] ? n[MERGE3_OURS] : n[MERGE3_THEIRS])
		   : least(n[MERGE3_OURS], n[MERGE3_THEIRS]);
}

static void
reset(struct hash *hash)
{
	for (size_t i = 0; i < hash->cap; i++) {
		struct remark_count *c = hash->entry[i].key ? hash->entry[i].value : NULL;

		if (c)
			c->found = c->wanted = 0;
	}
}

static void
look_end(struct look *l)
{
	remark_list_free(&l->list);
	hash_free(&l->by_about);
	free(l->splice);
}

static void
index_about(struct look *l, const struct node *node, const struct fields *fields, struct buf *about)
{
	struct entries e;
	size_t length = about->len;

	*hash_put(&l->by_about, arena_strdup(l->list.arena, about->data), about->len, NULL) = (void *)node;
	if (node->kind == NODE_SCALAR)
		return;
	entries_index(&e, node, fields, l->list.names, l->list.arena);
	for (size_t i = 0; i < e.n; i++) {
		remark_add_key(about, e.v[i].key);
		index_about(l, e.v[i].node, entry_fields(fields, e.v[i].node), about);
		about->len = length;
		about->data[length] = '\0';
	}
	entries_free(&e);
}

/* what the remark of another document is about, in this one; NULL: it is not there */
static const struct node *
find_node(struct look *l, const struct remark *remark)
{
	if (!l->by_about.used) {
		struct buf about = {0};

		buf_adds(&about, "");
		index_about(l, l->list.doc->root, &account_fields, &about);
		buf_free(&about);
	}
	return hash_get(&l->by_about, remark->about, strlen(remark->about));
}

static bool
is_wanted(struct look *l, const struct remark *remark, enum merge3_side side)
{
	return remark->is_fresh && !(remark->is_disputed && side != l->want->prefer) &&
	       !(l->want->partial && !find_node(l, remark));
}

static void
look_begin(struct look *l, const struct remarks_want *want, const struct doc *doc, const struct names *names,
	   struct arena *arena)
{
	*l = (struct look){.want = want, .all = want->of};
	reset(&l->all->by_id);
	reset(&l->all->by_text);
	remark_list_read(&l->list, doc, names, arena);
	for (size_t i = 0; i < l->list.n; i++) {
		struct remark_count *id = id_count(l, &l->list.v[i]), *text = text_count(l, &l->list.v[i]);

		if (id)
			id->found++;
		if (text)
			text->found++;
	}
	for (int side = MERGE3_OURS; side < MERGE3_SIDES; side++) {
		for (size_t i = 0; i < l->all->side[side].n; i++) {
			const struct remark *remark = &l->all->side[side].v[i];
			struct remark_count *id = id_count(l, remark);

			if (!id->wanted && is_wanted(l, remark, (enum merge3_side)side)) {
				id->wanted = 1;
				text_count(l, remark)->wanted += wanted_fresh(l, id);
			}
		}
	}
}

static bool
is_right(struct look *l, const struct remark *remark, enum merge3_side side)
{
	const struct remark_count *id = id_count(l, remark), *text = text_count(l, remark);
	size_t most = wanted_old(text);

	if (is_wanted(l, remark, side) && id->found < wanted_fresh(l, id))
		return false;
	if (l->want->partial)
		most = most_old(text);
	else if (text->found < wanted_old(text) + text->wanted)
		return false;
	return text->found <= most + text->wanted;
}

/* is every comment about what it is about on some side? */
static bool
is_about_right(const struct look *l)
{
	for (size_t i = 0; i < l->list.n; i++) {
		if (!id_count(l, &l->list.v[i]))
			return false;
	}
	return true;
}

bool
remarks_right(const struct remarks_want *want, const struct doc *doc, const struct names *names,
	      struct arena *arena)
{
	struct look l;
	bool right;

	look_begin(&l, want, doc, names, arena);
	right = is_about_right(&l);
	for (int side = 0; side < MERGE3_SIDES && right; side++) {
		for (size_t i = 0; i < want->of->side[side].n && right; i++)
			right = is_right(&l, &want->of->side[side].v[i], (enum merge3_side)side);
	}
	look_end(&l);
	return right;
}

static struct splice *
splice_new(struct look *l)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->splice = xrealloc(l->splice, l->cap * sizeof(*l->splice));
	}
	l->splice[l->n] = (struct splice){.after = "", .number = l->n};
	return &l->splice[l->n++];
}

static size_t
line_start(const struct doc *doc, size_t at)
{
	while (at > doc->bom && doc->bytes.p[at - 1] != '\n')
		at--;
	return at;
}

/* of the line's end, or of the document's */
static size_t
line_end(const struct doc *doc, size_t at)
{
	const char *nl = memchr(doc->bytes.p + at, '\n', doc->bytes.n - at);

	return nl ? (size_t)(nl - doc->bytes.p) : doc->bytes.n;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* the blanks in front of it */
static struct str
blanks_before(const struct doc *doc, struct str text)
{
	const char *p = text.p;

	while (p > doc->bytes.p + doc->bom && is_blank(p[-1]))
		p--;
	return (struct str){p, (size_t)(text.p - p)};
}

static void
cut(struct look *l, const struct remark *remark)
{
	const struct doc *doc = l->list.doc;
	size_t at = (size_t)(remark->text.p - doc->bytes.p);
	struct str blanks = blanks_before(doc, remark->text);
	struct splice *splice = splice_new(l);

	splice->at = at - blanks.n;
	splice->cut = blanks.n + remark->text.n;
	if (remark->place != REMARK_BEHIND) {
		splice->cut = line_end(doc, at) - splice->at;
		splice->cut += splice->at + splice->cut < doc->bytes.n;
	}
}

/* the place of a line of its own in front of the node; false: the node does not begin a line */
static bool
put_above(struct splice *splice, const struct doc *doc, const struct node *node)
{
	splice->at = line_start(doc, node->key_start);
	splice->before = (struct str){doc->bytes.p + splice->at, node->key_start - splice->at};
	for (size_t i = 0; i < splice->before.n; i++) {
		if (!is_blank(splice->before.p[i]))
			return false;
	}
	return true;
}

static bool
put_last(struct splice *splice, const struct doc *doc, const struct node *node)
{
	splice->at = node->parent ? node->end : doc->body_end;
	if (splice->at > doc->bom && doc->bytes.p[splice->at - 1] == '\n')
		return true;
	splice->at = line_end(doc, splice->at);
	if (splice->at == doc->bytes.n)
		return false;
	splice->at++;
	return true;
}

static bool
put(struct look *l, const struct doc *of, const struct remark *remark)
{
	const struct doc *doc = l->list.doc;
	const struct node *node = find_node(l, remark);
	struct splice *splice = splice_new(l);

	if (!node)
		return false;
	splice->text = remark->text;
	splice->before = blanks_before(of, remark->text);
	if (remark->place == REMARK_BEHIND) {
		splice->at = line_end(doc, node->key_start);
		while (splice->at > node->key_start &&
		       (is_blank(doc->bytes.p[splice->at - 1]) || doc->bytes.p[splice->at - 1] == '\r'))
			splice->at--;
		return node->parent;
	}
	splice->after = l->eol;
	return remark->place == REMARK_ABOVE ? put_above(splice, doc, node) : put_last(splice, doc, node);
}

static bool
put_missing(struct look *l, enum merge3_side side)
{
	const struct remark_list *list = &l->all->side[side];

	for (size_t i = 0; i < list->n; i++) {
		struct remark_count *id = id_count(l, &list->v[i]);

		if (!is_wanted(l, &list->v[i], side) || id->found >= wanted_fresh(l, id))
			continue;
		if (!put(l, list->doc, &list->v[i]))
			return false;
		id->found++;
		text_count(l, &list->v[i])->found++;
	}
	return true;
}

static void
cut_surplus(struct look *l)
{
	for (size_t i = 0; i < l->list.n; i++) {
		struct remark_count *id = id_count(l, &l->list.v[i]), *text = text_count(l, &l->list.v[i]);

		/* what it was about has gone, or it has */
		if (id && (id->found <= wanted(id) || text->found <= wanted_old(text) + text->wanted))
			continue;
		cut(l, &l->list.v[i]);
		if (id)
			id->found--;
		if (text)
			text->found--;
	}
}

static int
compare_splices(const void *a, const void *b)
{
	const struct splice *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static void
apply(struct look *l, struct buf *out)
{
	struct str bytes = l->list.doc->bytes;
	size_t at = 0;

	if (l->n)
		qsort(l->splice, l->n, sizeof *l->splice, compare_splices);
	for (size_t i = 0; i < l->n; i++) {
		const struct splice *s = &l->splice[i];

		if (s->at > at)
			buf_add(out, bytes.p + at, s->at - at);
		at = s->at > at ? s->at : at;
		buf_add(out, s->before.p, s->before.n);
		buf_add(out, s->text.p, s->text.n);
		buf_adds(out, s->after);
		at = s->at + s->cut > at ? s->at + s->cut : at;
	}
	buf_add(out, bytes.p + at, bytes.n - at);
}

bool
remarks_put(const struct remarks_want *want, const struct doc *doc, const struct names *names,
	    struct arena *arena, const char *eol, struct buf *out)
{
	struct look l;
	bool done;

	look_begin(&l, want, doc, names, arena);
	l.eol = eol;
	cut_surplus(&l);
	done = put_missing(&l, MERGE3_OURS) && put_missing(&l, MERGE3_THEIRS);
	if (done)
		apply(&l, out);
	look_end(&l);
	return done;
}
