/*
 * Conflicts in words.
 */
#include "base/text.h"
#include "domain/facts.h"
#include "domain/merge3parts.h"

#define SAME_MAX 40 /* bytes that two values may begin with alike before these are cut */
#define SAME_LEFT 16

static void
add_way(struct buf *path, const struct way *way, struct arena *arena)
{
	if (!way->up)
		return;
	add_way(path, way->up, arena);
	if (way->entry->key)
		fact_path_name(path, way->entry->key);
	else
		fact_path_item(path, way->fields, way->entry, way->number, arena);
}

void
remark_quote(struct buf *out, const struct remark *remark)
{
	text_quote(out, remark->text.p, remark->text.n);
}

/* in quotes, without the first bytes; or "nothing" */
static void
add_from(struct buf *out, const struct buf *text, size_t from)
{
	struct buf cut = {0};

	if (!text->data) {
		buf_adds(out, "nothing");
		return;
	}
	if (from)
		buf_adds(&cut, "…");
	buf_add(&cut, text->data + from, text->len - from);
	text_quote(out, cut.data, cut.len);
	buf_free(&cut);
}

static void
value_text(struct buf *out, const struct node *node)
{
	if (!node)
		return;
	buf_adds(out, "");
	if (node->kind == NODE_SCALAR)
		buf_add(out, node->text, node->len);
	else
		node_write_flow(out, node);
}

/* Two values, cut so that it shows where they differ. */
static void
add_values(struct buf *out, const char *first, const struct node *a, const char *second, const struct node *b)
{
	struct buf x = {0}, y = {0};
	size_t same = 0, from = 0;

	value_text(&x, a);
	value_text(&y, b);
	while (same < x.len && same < y.len && x.data[same] == y.data[same])
		same++;
	if (same > SAME_MAX)
		from = same - SAME_LEFT;
	while (from && ((unsigned char)x.data[from] & 0xC0U) == 0x80U)
		from--;
	buf_adds(out, first);
	add_from(out, &x, from);
	buf_adds(out, second);
	add_from(out, &y, from);
	buf_free(&x);
	buf_free(&y);
}

/* two values of one place, and the way there */
struct difference {
	struct buf path;
	const struct fields *fields;
	const struct node *a, *b;
};

/* Goes on to the first entry in which the two differ. False: there is none that could be named. */
static bool
go_in(struct difference *d, const struct merge3_job *job)
{
	const struct node *a = d->a, *b = d->b;
	struct entries x, y;
	const struct entry *at = NULL, *other = NULL;
	bool in = a && b && a->kind == b->kind && a->kind != NODE_SCALAR && a->count && b->count;

	if (!in)
		return false;
	entries_index(&x, a, d->fields, job->names, job->arena);
	entries_index(&y, b, d->fields, job->names, job->arena);
	in = x.unique && y.unique;
	for (size_t i = 0; i < x.n && !at && in; i++) {
		other = entries_get(&y, x.v[i].key);
		if (!other || !node_equal(x.v[i].node, other->node))
			at = &x.v[i];
	}
	d->a = at ? at->node : NULL;
	d->b = at && other ? other->node : NULL;
	for (size_t i = 0; i < y.n && !at && in; i++) {
		if (!entries_get(&x, y.v[i].key))
			at = &y.v[i];
		d->b = at ? at->node : NULL;
	}
	in = in && at && (at->node->key || at->node->kind != NODE_SCALAR);
	if (in) {
		if (at->node->key)
			fact_path_name(&d->path, at->node->key);
		else
			fact_path_item(&d->path, d->fields, at->node, at->number + 1, job->arena);
		d->fields = entry_fields(d->fields, at->node);
	} else {
		d->a = a;
		d->b = b;
	}
	entries_free(&x);
	entries_free(&y);
	return in;
}

static struct difference
first_difference(const struct merge3_job *job, const char *path, const struct fields *fields,
		 const struct node *a, const struct node *b)
{
	struct difference d = {.fields = fields, .a = a, .b = b};

	buf_adds(&d.path, path);
	while (go_in(&d, job))
		;
	return d;
}

/* one side dropped what the other changed, or wrote about */
static void
add_dropped(struct buf *out, const struct merge3_job *job, const char *path, const struct fields *fields,
	    const struct node *const v[MERGE3_SIDES], const struct remark *remark)
{
	const struct node *left = v[MERGE3_OURS] ? v[MERGE3_OURS] : v[MERGE3_THEIRS];
	const char *dropper = v[MERGE3_OURS] ? "theirs" : "ours", *other = v[MERGE3_OURS] ? "ours" : "theirs";
	struct difference d;

	buf_printf(out, "%s: %s dropped it, %s ", path, dropper, other);
	if (remark) {
		buf_adds(out, "wrote a comment about it: ");
		remark_quote(out, remark);
		return;
	}
	d = first_difference(job, path, fields, v[MERGE3_BASE], left);
	buf_printf(out, "changed %s", d.path.data);
	add_values(out, ": ", d.a, " → ", d.b);
	buf_free(&d.path);
}

void
merge3_report(const struct merge3_job *job, struct sink *sink, const struct way *way,
	      const struct fields *fields, const struct node *const v[MERGE3_SIDES],
	      const struct remark *remark)
{
	struct buf path = {0}, text = {0};
	struct difference d;
	struct error err;

	buf_adds(&path, "");
	add_way(&path, way, job->arena);
	if (v[MERGE3_BASE] && !(v[MERGE3_OURS] && v[MERGE3_THEIRS])) {
		add_dropped(&text, job, path.data, fields, v, remark);
	} else {
		d = first_difference(job, path.data, fields, v[MERGE3_OURS], v[MERGE3_THEIRS]);
		buf_adds(&text, d.path.data);
		add_values(&text, ": ours ", d.a, ", theirs ", d.b);
		buf_free(&d.path);
	}
	error_at(&err, job->file, 0, 0, "conflict: %.950s", text.data);
	sink_put(sink, SEVERITY_ERROR, "conflict", &err);
	buf_free(&path);
	buf_free(&text);
}
