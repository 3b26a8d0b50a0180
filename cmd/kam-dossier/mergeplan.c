/*
 * What a dossier becomes by what comes in for it. Any thread may find out:
 * what is found is kept with the dossier, and taken in the order of the names.
 */
#include <stdlib.h>
#include <string.h>

#include "base/atomic.h"
#include "mergerun.h"

/* collects findings as texts, because an account may still be refused, or read again */
struct collector {
	struct sink sink;
	const struct run *run;
	struct buf *texts;
};

static void
collect(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct collector *c = (struct collector *)sink;
	bool warning = severity == SEVERITY_WARNING, fall = warning && strcmp(rule, "fell") == 0;

	if (warning && c->run->cli.quiet)
		return;
	buf_addc(c->texts, (char)(fall ? MARK_FALL : warning ? MARK_KEPT : MARK_ERROR));
	if (warning)
		buf_adds(c->texts, "warning: ");
	error_format(err, c->texts);
	buf_addc(c->texts, '\0');
}

/* the text of a dossier that is not there yet */
static int
make_new(const struct run *run, const struct doc *from, struct arena *arena, struct buf *out,
	 struct error *err)
{
	struct edits edits = {0};
	struct buf text = {0};
	char *framed = NULL;
	size_t size = 0;
	FILE *file;
	int result;

	merge_new(from, &run->options, &edits, arena);
	result = edits_apply(from, &edits, &text, err);
	file = result == 0 ? open_memstream(&framed, &size) : NULL;
	if (file) {
		stream_write(file, (struct str){text.data, text.len});
		fclose(file);
		buf_add(out, framed, size);
		free(framed);
	} else if (result == 0) {
		result = error_sys(err, from->file, "cannot be framed");
	}
	buf_free(&text);
	return result;
}

/* Does the dossier say it already, byte for byte? Then nothing comes of a merge, and it need not be parsed again. */
static bool
says_already(const struct run *run, const struct doc *into, const struct incoming *in)
{
	for (size_t i = 0; i < in->sections; i++) {
		const struct section *s = &in->section[i];
		const struct node *own;

		if (!run->options.with_score && strcmp(s->key, "score") == 0)
			continue;
		own = node_get(into->root, s->key);
		if (!own ||
		    !str_equal((struct str){into->bytes.p + own->start, own->end - own->start}, s->value))
			return false;
	}
	return true;
}

/* one document into the text so far; result: the new text, if there is anything new */
static int
merge_one(const struct run *run, struct intake *plan, const struct doc *into, const struct incoming *in,
	  struct buf *result)
{
	struct collector collector = {{.put = collect}, run, &plan->findings};
	struct edits edits = {0};
	struct arena arena = {0};
	struct doc from = {0};
	struct error *err = &plan->why;
	int status;

	err->text[0] = '\0';
	if (into && says_already(run, into, in))
		return 0;
	status = doc_parse(&from, in->chunk.file, in->chunk.first_line, in->chunk.bytes, err);
	if (status == 0 && !into)
		status = make_new(run, &from, &arena, result, err);
	else if (status == 0)
		status = merge_account(into, &from, &run->options, &edits, &arena, &collector.sink);
	if (status == 0 && edits.count)
		status = edits_apply(into, &edits, result, err);
	doc_free(&from);
	arena_free(&arena);
	return status;
}

static void
intake_clear(struct intake *plan)
{
	buf_clear(&plan->result);
	buf_clear(&plan->findings);
	arena_reset(&plan->arena);
	plan->failed = false;
}

void
intake_plan(const struct run *run, const struct target *t, const struct doc *into, struct intake *plan)
{
	struct doc again = {0};
	struct buf next = {0};
	const char *path;
	int status = 0;

	intake_clear(plan);
	path = arena_printf(&plan->arena, "%s%s%s", run->prefix, t->name, into ? "" : " (not yet written)");
	for (size_t i = 0; i < t->n && status == 0; i++) {
		status = merge_one(run, plan, into, &t->in[i], &next);
		if (status < 0 || next.len == 0)
			continue;
		buf_clear(&plan->result);
		buf_add(&plan->result, next.data, next.len);
		buf_clear(&next);
		doc_free(&again);
		status =
		    doc_parse(&again, path, 1, (struct str){plan->result.data, plan->result.len}, &plan->why);
		into = &again;
	}
	plan->failed = status < 0;
	doc_free(&again);
	buf_free(&next);
}

void
intake_free(struct intake *plan)
{
	buf_free(&plan->result);
	buf_free(&plan->findings);
	arena_free(&plan->arena);
}

static bool
holds(const struct doc *doc, const char *account)
{
	const struct node *id = node_get(doc->root, "id");

	return id && id->kind == NODE_SCALAR && strcmp(id->text, account) == 0;
}

/* is the file what comes in, and nothing else? */
static bool
is_same(const struct dossier *d)
{
	const struct target *t = d->target;
	struct str file = {d->bytes.data, d->bytes.len};

	return t && t->n == 1 && str_equal(file, t->in->chunk.bytes);
}

void
dossier_read(const struct run *run, struct dossier *d, char *name)
{
	int status;

	buf_clear(&d->bytes);
	doc_reset(&d->doc);
	arena_reset(&d->arena);
	d->name = name;
	d->target = hash_get(&run->by_name, name, strlen(name));
	d->path = arena_printf(&d->arena, "%s%s", run->prefix, name);
	status = atomic_read(run->folder.fd, name, DOC_SIZE_MAX, &d->bytes, &d->state, &d->why);
	d->why.file = d->path;
	d->same = status == 0 && is_same(d);
	if (status == 0 && !d->same)
		status = doc_parse(&d->doc, d->path, 1,
				   (struct str){d->bytes.data ? d->bytes.data : "", d->bytes.len}, &d->why);
	if (status == 0 && !d->same && d->doc.root->count == 0)
		status = error_at(&d->why, d->path, 0, 0, "holds no account");
	d->good = status == 0;
	d->own_id = d->same || (d->good && d->target && holds(&d->doc, d->target->in->id));
	intake_clear(&d->plan);
	if (d->own_id && !d->same)
		intake_plan(run, d->target, &d->doc, &d->plan);
}

void
dossier_free(struct dossier *d)
{
	buf_free(&d->bytes);
	doc_free(&d->doc);
	intake_free(&d->plan);
	arena_free(&d->arena);
}
