/*
 * What comes in for a merge. The whole stream is read before anything is
 * written: what was cut, or is wrong in one place, changes no dossier.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/itemkeys.h"
#include "domain/merge.h"
#include "domain/reader.h"
#include "dossier.h"

static const char **
copy_texts(struct arena *arena, const char *const *v, size_t n)
{
	const char **copy = arena_alloc(arena, n * sizeof *copy);

	for (size_t i = 0; i < n; i++)
		copy[i] = arena_strdup(arena, v[i]);
	return copy;
}

static void
copy_sections(struct inbox *inbox, struct incoming *in, const struct doc *doc)
{
	const char *bytes = in->chunk.bytes.p;

	in->section = arena_alloc(&inbox->arena, doc->root->count * sizeof *in->section);
	for (const struct node *n = doc->root->first; n; n = n->next)
		in->section[in->sections++] = (struct section){arena_strdup(&inbox->arena, n->key),
							       {bytes + n->start, n->end - n->start}};
}

/* judges one document, and keeps its bytes if it is sound */
static void
take(struct inbox *inbox, const struct reading *reading, struct arena *scratch, struct sink *sink)
{
	const struct account *account = &reading->account;
	const struct doc *doc = &reading->doc;
	struct incoming *in;
	struct error err;

	if (!reading->usable || item_keys_check(doc, 0, scratch, sink) < 0)
		return;
	if (!account_id_is_valid(account->id)) {
		node_error(&err, doc, node_get(doc->root, "id"), "not an account's id");
		sink_put(sink, SEVERITY_ERROR, "type", &err);
		return;
	}
	inbox->in = vec_grow(inbox->in, &inbox->cap, inbox->n + 1, sizeof *inbox->in);
	in = &inbox->in[inbox->n];
	*in = (struct incoming){.id = arena_strdup(&inbox->arena, account->id)};
	in->chunk.file = doc->file;
	in->chunk.first_line = doc->first_line;
	in->chunk.bytes = (struct str){arena_copy(&inbox->arena, doc->bytes.p, doc->bytes.n), doc->bytes.n};
	copy_sections(inbox, in, doc);
	in->external.n = account->external.n;
	in->external.name = copy_texts(&inbox->arena, account->external.name, account->external.n);
	in->external.text = copy_texts(&inbox->arena, account->external.text, account->external.n);
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
inbox_read(struct inbox *inbox, const struct cli *cli, char *const *inputs, size_t n, int threads)
{
	struct cli_sink sink;
	struct arena scratch = {0};
	struct reading *reading;
	struct error err;
	int status;

	*inbox = (struct inbox){.reader = reader_open(inputs, n, threads)};
	cli_sink_init(&sink, cli);
	while ((status = reader_next(inbox->reader, &reading, &sink.sink, &err)) == 1) {
		take(inbox, reading, &scratch, &sink.sink);
		arena_reset(&scratch);
	}
	cli_sink_done(&sink);
	if (status < 0)
		cli_error(cli, &err);
	if (status < 0 || sink.sink.errors)
		cli_fatal(cli, "nothing was written");
	arena_free(&scratch);
	if (inbox->n)
		qsort(inbox->in, inbox->n, sizeof *inbox->in, compare_incoming);
}

void
inbox_free(struct inbox *inbox)
{
	free(inbox->in);
	reader_free(inbox->reader);
	arena_free(&inbox->arena);
}
