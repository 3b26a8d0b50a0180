/*
 * The accounts: read one by one, and what is to be done for each.
 */
#include <string.h>

#include "base/text.h"
#include "data/stream.h"
#include "followup.h"

/* the first document of an account counts; a second one needs a look */
static bool
is_first(struct run *run, const struct account *a, const struct chunk *chunk)
{
	const char *file = names_get(&run->seen, a->id);
	struct error err;

	if (!file) {
		names_add(&run->seen, a->id, arena_strdup(&run->arena, chunk->file), &run->arena);
		return true;
	}
	error_at(&err, chunk->file, chunk->first_line, 0,
		 "account %s was read before, from %s: this one is left out", a->id, file);
	sink_put(&run->sink.sink, SEVERITY_ERROR, "twice", &err);
	return false;
}

static void
document_take(struct run *run, struct doc *doc, const struct chunk *chunk, struct arena *arena)
{
	struct account account;
	struct error err;

	if (doc_parse(doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		sink_put(&run->sink.sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	if (account_read(doc, &account, arena, &run->sink.sink) < 0 || !is_first(run, &account, chunk))
		return;
	names_add(&run->staff, account.manager, run, &run->arena);
	for (size_t i = 0; i < account.team.n; i++)
		names_add(&run->staff, account.team.v[i], run, &run->arena);
	if (is_asked_for(&run->account, account.id) && selecting_holds(run, &account))
		followups_collect(&run->list, &run->playbook, &account, &run->when, &run->arena);
}

/* A file of a folder that cannot be read is left out, as a document with a mistake is; without an input that was named
 * there is no agenda. */
static void
input_failed(struct run *run, char *const *inputs, size_t n, const struct error *err)
{
	bool named = strcmp(err->file, STREAM_STDIN) == 0;

	for (size_t i = 0; i < n && !named; i++)
		named = strcmp(err->file, inputs[i]) == 0;
	if (!named) {
		sink_put(&run->sink.sink, SEVERITY_ERROR, "read", err);
		return;
	}
	cli_sink_done(&run->sink);
	cli_fail(run->cli, err);
}

void
accounts_read(struct run *run)
{
	size_t n;
	char **inputs = cli_operands(run->cli, &n);
	struct stream *stream = stream_open(inputs, n);
	struct arena arena = {0};
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	int got;

	cli_tell_terminal(run->cli, n);
	while ((got = stream_next(stream, &chunk, &err)) != 0) {
		if (got > 0)
			document_take(run, &doc, &chunk, &arena);
		else
			input_failed(run, inputs, n, &err);
		doc_reset(&doc);
		arena_reset(&arena);
	}
	stream_free(stream);
	doc_free(&doc);
	arena_free(&arena);
	cli_sink_done(&run->sink);
	run->look = run->sink.sink.errors > 0;
}

/* Says which of the names asked for are not there; false: none of them is. */
static bool
names_found(struct run *run, const char *what, const struct names *asked, const struct names *known)
{
	size_t missing = 0;

	for (size_t i = 0; i < asked->n; i++) {
		if (names_get(known, asked->v[i]))
			continue;
		missing++;
		cli_warn(run->cli, "no %s %s in the input%s", what, text_quoted(&run->arena, asked->v[i]),
			 names_meant(known, asked->v[i], &run->arena));
	}
	run->look = run->look || missing > 0;
	return missing == 0 || missing < asked->n;
}

void
input_judge(struct run *run)
{
	if (run->seen.n == 0) {
		if (!run->look)
			cli_warn(run->cli, "there are no accounts in the input");
		run->look = run->nobody = true;
		return;
	}
	run->nobody = !names_found(run, "account", &run->account, &run->seen);
	run->nobody = !names_found(run, "manager", &run->manager, &run->staff) || run->nobody;
	selecting_judge(run);
}
