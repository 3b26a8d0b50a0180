/*
 * Documents on their way through kam-dossier check: read in turn, checked each
 * by itself on several threads, given back in their order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/pipeline.h"
#include "check.h"
#include "domain/codes.h"
#include "domain/itemkeys.h"
#include "domain/merge.h"
#include "domain/taxnumber.h"

/* what goes to a thread at once: enough to outweigh handing it over, little enough to hold */
#define BATCH_DOCUMENTS 64
#define BATCH_BYTES (256UL << 10)

/* what a thread keeps from document to document */
struct worker {
	struct doc doc;
	struct account account;
	struct arena scratch; /* of the document */
	struct ethics_reader *ethics;
};

struct run {
	const struct check_run *asked;
	struct stream *stream;
	struct worker worker[PARALLEL_MAX];
};

/* where the findings of one document are kept */
struct paper_sink {
	struct sink sink;
	struct paper *paper;
	struct arena *arena;
	const struct report *report;
};

static void
keep(struct sink *sink, enum severity severity, const char *name, const struct error *err)
{
	static const struct check_rule other = {"other", SEVERITY_ERROR, ""};
	struct paper_sink *s = (struct paper_sink *)sink;
	const struct check_rule *rule = check_rule_find(name ? name : "other");

	(void)severity;
	paper_put(s->paper, s->arena, s->report, rule ? rule : &other, err->line, err->column, err->text);
}

static void
claim_node(struct claim *claim, struct arena *arena, const struct doc *doc, const struct node *n)
{
	claim->code = arena_copy(arena, n->text, n->len);
	doc_place(doc, n->start, &claim->line, &claim->column);
}

static void
note_joined(struct paper *p, struct arena *arena, const struct doc *doc)
{
	const struct node *joined = node_get(doc->root, "joined");

	if (!joined || joined->kind != NODE_LIST)
		return;
	p->joined = arena_alloc(arena, joined->count * sizeof *p->joined);
	for (const struct node *n = joined->first; n; n = n->next) {
		const struct node *id = node_get(n, "id");

		if (node_is_text(id))
			claim_node(&p->joined[p->joins++], arena, doc, id);
	}
}

static void
note_claims(struct paper *p, struct arena *arena, const struct doc *doc)
{
	const struct node *id = node_get(doc->root, "id"), *parent = node_get(doc->root, "parent"),
			  *external = node_get(doc->root, "external");
	size_t codes = 0;

	if (node_is_text(id))
		claim_node(&p->id, arena, doc, id);
	if (node_is_text(parent))
		claim_node(&p->parent, arena, doc, parent);
	doc_place(doc, doc->root->start, &p->root_line, &p->root_column);
	note_joined(p, arena, doc);
	if (!external || external->kind != NODE_MAP)
		return;
	for (const struct node *n = external->first; n; n = n->next)
		codes += codes_count(n);
	p->claim = arena_alloc(arena, codes * sizeof *p->claim);
	for (const struct node *n = external->first; n; n = n->next) {
		/* of one company may be several clients, and one tax number theirs */
		if (tax_system(n->key))
			continue;
		for (const struct node *code = codes_first(n); code; code = codes_next(code)) {
			p->claim[p->claims].system = arena_strdup(arena, n->key);
			claim_node(&p->claim[p->claims++], arena, doc, code);
		}
	}
}

/* only the last line of a file can lack its end */
static void
check_last_line(const struct doc *doc, struct sink *sink)
{
	struct node end = {.start = doc->bytes.n};
	struct error err;

	if (doc->bytes.n == 0 || doc->bytes.p[doc->bytes.n - 1] == '\n')
		return;
	node_error(&err, doc, &end, "the last line has no end: what is joined to the file begins on it");
	sink_put(sink, SEVERITY_WARNING, "no-final-newline", &err);
}

static void
check_paper(const struct check_run *run, struct worker *w, struct batch *b, struct paper *p)
{
	struct paper_sink s = {{.put = keep}, p, &b->arena, run->report};
	struct str bytes = {b->bytes.data + p->offset, p->n};
	struct error err;

	doc_reset(&w->doc);
	arena_reset(&w->scratch);
	p->parsed = doc_parse(&w->doc, p->file, p->first_line, bytes, &err) == 0;
	if (!p->parsed) {
		sink_put(&s.sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	note_claims(p, &b->arena, &w->doc);
	if (run->claims_only)
		return;
	account_read(&w->doc, &w->account, &w->scratch, &s.sink);
	item_keys_check(&w->doc, 0, &w->scratch, &s.sink);
	check_account(&w->doc, &w->account, run->options, &w->scratch, &s.sink);
	if (w->ethics)
		ethics_check(w->ethics, &w->doc, &s.sink);
	check_last_line(&w->doc, &s.sink);
}

static void
work(void *data, void *item, int worker)
{
	struct run *run = data;
	struct batch *b = item;

	for (size_t i = 0; i < b->n; i++) {
		if (!b->paper[i].unread)
			check_paper(run->asked, &run->worker[worker], b, &b->paper[i]);
	}
}

/* goes on behind an input that cannot be read */
static int
make(void *data, void *item)
{
	struct run *run = data;
	struct batch *b = item;
	struct chunk chunk;
	struct error err;
	int status = 1;

	b->n = 0;
	buf_clear(&b->bytes);
	arena_reset(&b->arena);
	while (b->n < BATCH_DOCUMENTS && b->bytes.len < BATCH_BYTES &&
	       (status = stream_next(run->stream, &chunk, &err)) != 0) {
		struct paper p = {.file = chunk.file, .first_line = chunk.first_line, .offset = b->bytes.len};

		if (status < 0) {
			p.unread = arena_alloc(&b->arena, sizeof *p.unread);
			*p.unread = err;
			p.file = err.file;
		} else {
			p.n = chunk.bytes.n;
			buf_add(&b->bytes, chunk.bytes.p, chunk.bytes.n);
		}
		b->paper = vec_grow(b->paper, &b->cap, b->n + 1, sizeof *b->paper);
		b->paper[b->n++] = p;
	}
	return b->n > 0;
}

static int
take(void *data, void *item)
{
	struct run *run = data;
	struct batch *b = item;

	for (size_t i = 0; i < b->n; i++)
		run->asked->take(run->asked->data, &b->paper[i], &b->arena);
	return 0;
}

static void
batch_free(struct batch *b)
{
	buf_free(&b->bytes);
	free(b->paper);
	arena_free(&b->arena);
}

void
check_documents(const struct check_run *asked, struct stream *stream)
{
	struct run run = {.asked = asked, .stream = stream};
	int threads = asked->threads < PARALLEL_MAX ? asked->threads : PARALLEL_MAX;
	const struct pipeline pipeline = {threads, make, work, take, &run};
	size_t n = pipeline_items(threads);
	struct batch *batch = xcalloc(n, sizeof *batch);
	void **items = xcalloc(n, sizeof *items);

	for (size_t i = 0; i < n; i++)
		items[i] = &batch[i];
	for (int i = 0; asked->ethics && i < threads; i++)
		run.worker[i].ethics = ethics_reader_new(asked->ethics);
	pipeline_run(&pipeline, items, n);
	for (int i = 0; i < threads; i++) {
		doc_free(&run.worker[i].doc);
		arena_free(&run.worker[i].scratch);
		if (run.worker[i].ethics)
			ethics_reader_free(run.worker[i].ethics);
	}
	for (size_t i = 0; i < n; i++)
		batch_free(&batch[i]);
	free(batch);
	free(items);
}
