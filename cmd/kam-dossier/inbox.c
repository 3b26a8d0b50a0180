/*
 * What comes in for a merge. The whole stream is read before anything is
 * written: what was cut, or is wrong in one place, changes no dossier.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/merge.h"
#include "dossier.h"

static const char **
copy_texts(struct arena *arena, const char *const *v, size_t n)
{
	const char **copy = arena_alloc(arena, n * sizeof *copy);

	for (size_t i = 0; i < n; i++)
		copy[i] = arena_strdup(arena, v[i]);
	return copy;
}

/* judges one document, and keeps its bytes if it is sound */
static void
take(struct inbox *inbox, const struct chunk *chunk, struct doc *doc, struct arena *scratch,
     struct sink *sink)
{
	struct account account;
	struct incoming *in;
	struct error err;

	if (doc_parse(doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		sink_put(sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	if (account_read(doc, &account, scratch, sink) < 0 || merge_check_keys(doc, scratch, sink) < 0)
		return;
	if (!account_id_is_valid(account.id)) {
		node_error(&err, doc, node_get(doc->root, "id"), "not an account's id");
		sink_put(sink, SEVERITY_ERROR, "type", &err);
		return;
	}
	inbox->in = vec_grow(inbox->in, &inbox->cap, inbox->n + 1, sizeof *inbox->in);
	in = &inbox->in[inbox->n];
	in->id = arena_strdup(&inbox->arena, account.id);
	in->chunk = *chunk;
	in->chunk.bytes.p = arena_copy(&inbox->arena, chunk->bytes.p, chunk->bytes.n);
	in->external.n = account.external.n;
	in->external.name = copy_texts(&inbox->arena, account.external.name, account.external.n);
	in->external.text = copy_texts(&inbox->arena, account.external.text, account.external.n);
	in->number = inbox->n++;
}

static int
compare_incoming(const void *a, const void *b)
{
	const struct incoming *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c ? c : (x->number > y->number) - (x->number < y->number);
}

void
inbox_read(struct inbox *inbox, const struct cli *cli, char *const *inputs, size_t n)
{
	struct cli_sink sink;
	struct arena scratch = {0};
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	int status;

	*inbox = (struct inbox){.stream = stream_open(inputs, n)};
	cli_sink_init(&sink, cli);
	while ((status = stream_next(inbox->stream, &chunk, &err)) == 1) {
		take(inbox, &chunk, &doc, &scratch, &sink.sink);
		doc_reset(&doc);
		arena_reset(&scratch);
	}
	cli_sink_done(&sink);
	if (status < 0)
		cli_error(cli, &err);
	if (status < 0 || sink.sink.errors)
		cli_fatal(cli, "nothing was written");
	doc_free(&doc);
	arena_free(&scratch);
	if (inbox->n)
		qsort(inbox->in, inbox->n, sizeof *inbox->in, compare_incoming);
}

void
inbox_free(struct inbox *inbox)
{
	free(inbox->in);
	stream_free(inbox->stream);
	arena_free(&inbox->arena);
}
