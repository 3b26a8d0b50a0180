/*
 * The accounts that are to be read, and the way to whoever reads them.
 */
#include "view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define WIDTH_LEAST 20
#define WIDTH_MOST 10000

void
view_begin(struct view *v, struct cli *cli)
{
	struct table_options terminal;

	cli_table_options(&terminal);
	*v = (struct view){.cli = cli};
	v->page.width = terminal.width;
	v->page.colour = terminal.colour;
}

bool
view_option(struct view *v, int option, const char *value)
{
	if (option == 'd') {
		v->dir = value;
	} else if (option == 'w') {
		int width = cli_number(v->cli, "--width", value, 0, WIDTH_MOST);

		v->page.width = width > 0 && width < WIDTH_LEAST ? WIDTH_LEAST : (size_t)width;
	} else if (option == cli_option_id(v->cli, "no-pager")) {
		v->no_pager = true;
	} else {
		return false;
	}
	return true;
}

/* what a run needs for each document */
struct showing {
	struct view *view;
	struct cli_sink sink;
	struct doc doc;
	struct arena arena;
	void (*show)(struct view *, void *);
	void *data;
};

static void
show_document(struct showing *s, const struct chunk *chunk)
{
	struct view *v = s->view;
	struct account account;
	struct error err;

	if (doc_parse(&s->doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		sink_put(&s->sink.sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	account_read(&s->doc, &account, &s->arena, &s->sink.sink);
	v->account = &account;
	v->file = strcmp(chunk->file, STREAM_STDIN) == 0 ? NULL : chunk->file;
	v->scratch = &s->arena;
	s->show(v, s->data);
	v->shown++;
}

/* goes on behind an input that holds no account, or was cut */
static int
show_inputs(struct showing *s, char *const *inputs, size_t n)
{
	const struct cli *cli = s->view->cli;
	struct stream *stream = stream_open(inputs, n);
	struct chunk chunk;
	struct error err;
	int status;

	cli_sink_init(&s->sink, cli);
	while ((status = stream_next(stream, &chunk, &err)) != 0) {
		if (status < 0)
			sink_put(&s->sink.sink, SEVERITY_ERROR, "read", &err);
		else
			show_document(s, &chunk);
		doc_reset(&s->doc);
		arena_reset(&s->arena);
	}
	cli_sink_done(&s->sink);
	if (s->view->shown == 0 && s->sink.sink.errors == 0)
		cli_warn(cli, "no account came in");
	doc_free(&s->doc);
	arena_free(&s->arena);
	stream_free(stream);
	return s->sink.sink.errors || s->view->shown == 0 ? EXIT_LOOK : EXIT_DONE;
}

/* Puts the files that can be had in the place of the operands, and says which cannot; how many there are. */
static size_t
find_inputs(struct view *v, char **operands, size_t n)
{
	size_t found = 0;
	struct error err;

	for (size_t i = 0; i < n; i++) {
		char *path = dossier_find(v->cli, &v->arena, v->dir, operands[i], &err);

		if (path)
			operands[found++] = path;
		else
			cli_error(v->cli, &err);
	}
	return found;
}

int
view_run(struct view *v, char **operands, size_t n, void (*show)(struct view *, void *), void *data)
{
	struct showing s = {.view = v, .show = show, .data = data};
	size_t found;
	int status;

	if (n == 0)
		cli_usage(v->cli, "no account to show");
	v->dir = dossier_folder(v->cli, v->dir);
	found = find_inputs(v, operands, n);
	if (found == 0) {
		arena_free(&v->arena);
		return cli_end(v->cli, EXIT_FAILED);
	}
	if (!v->no_pager && isatty(STDOUT_FILENO))
		v->pager = pager_start(v->cli);
	status = show_inputs(&s, operands, found);
	if (v->n_kept > 0)
		pages_write(v->kept, v->n_kept, &v->page, stdout);
	for (size_t i = 0; i < v->n_kept; i++)
		page_free(v->kept[i]);
	free(v->kept);
	pager_wait(v->pager);
	arena_free(&v->arena);
	return cli_end(v->cli, found < n ? EXIT_FAILED : status);
}

void
view_put(struct view *v, struct page *page)
{
	if (v->page.format == PAGE_HTML) {
		v->kept = vec_grow(v->kept, &v->cap, v->n_kept + 1, sizeof *v->kept);
		v->kept[v->n_kept++] = page;
		return;
	}
	if (v->shown > 0)
		putchar('\n');
	pages_write(&page, 1, &v->page, stdout);
	page_free(page);
}

const char *
view_title(const struct view *v)
{
	const struct account *a = v->account;

	if (!a->name || !a->id)
		return account_title(a) ? account_title(a) : "";
	return arena_printf(v->scratch, "%s (%s)", a->name, a->id);
}
