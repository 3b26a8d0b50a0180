/*
 * kam-dossier show.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "dossier.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", "folder of the dossiers (default: " DOSSIER_FOLDER ")"},
    {'f', "format", "FORMAT", "text (default) or markdown"},
};

static bool
names_file(const char *operand)
{
	size_t n = strlen(operand), suffix = strlen(DOSSIER_SUFFIX);

	return strchr(operand, '/') || (n > suffix && strcmp(operand + n - suffix, DOSSIER_SUFFIX) == 0);
}

/* the dossier of an account of the folder */
static char *
find_dossier(const struct cli *cli, struct arena *arena, const char *dir, const char *id)
{
	struct stat st;
	char *path;

	if (!account_id_is_valid(id))
		cli_usage(cli, "neither an account's id nor a file: %s", text_quoted(arena, id));
	path = arena_printf(arena, "%s/%s" DOSSIER_SUFFIX, dir, id);
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		cli_fatal(cli, "%s: is a symbolic link, which is not followed", path);
	return path;
}

char *
dossier_input(const struct cli *cli, struct arena *arena, const char *dir, char *operand)
{
	struct error err;
	char *path;

	if (strcmp(operand, "-") == 0)
		return operand;
	path = names_file(operand) ? operand : find_dossier(cli, arena, dir, operand);
	if (access(path, R_OK) < 0) {
		error_sys(&err, path, "cannot be opened");
		cli_fail(cli, &err);
	}
	return path;
}

/* what one showing needs for each document */
struct showing {
	const struct cli *cli;
	const struct table_options *table_options;
	struct cli_sink sink;
	struct doc doc;
	struct arena arena;
	size_t shown;
};

static void
show_document(struct showing *s, const struct chunk *chunk)
{
	struct account account;
	struct error err;

	if (doc_parse(&s->doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		sink_put(&s->sink.sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	account_read(&s->doc, &account, &s->arena, &s->sink.sink);
	if (s->shown++)
		putchar('\n');
	account_show(&account, s->cli->today, s->table_options);
}

/* goes on behind an input that holds no account, or was cut */
static int
show_inputs(const struct cli *cli, char *const *inputs, size_t n, const struct table_options *table_options)
{
	struct showing s = {.cli = cli, .table_options = table_options};
	struct stream *stream = stream_open(inputs, n);
	struct chunk chunk;
	struct error err;
	int status;

	cli_sink_init(&s.sink, cli);
	while ((status = stream_next(stream, &chunk, &err)) != 0) {
		if (status < 0)
			sink_put(&s.sink.sink, SEVERITY_ERROR, "read", &err);
		else
			show_document(&s, &chunk);
		doc_reset(&s.doc);
		arena_reset(&s.arena);
	}
	cli_sink_done(&s.sink);
	if (s.shown == 0 && s.sink.sink.errors == 0)
		cli_warn(cli, "no account came in");
	doc_free(&s.doc);
	arena_free(&s.arena);
	stream_free(stream);
	return s.sink.sink.errors || s.shown == 0 ? EXIT_LOOK : EXIT_DONE;
}

int
dossier_show(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Shows accounts for reading: an id in the folder, a file, or - for standard input.",
	    .usage = "show [-d DIR] [-f FORMAT] [--today DATE] ID|FILE|- …",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	struct table_options table_options;
	const char *value, *dir = NULL;
	struct arena arena = {0};
	struct error err;
	char **operands;
	int option, status;
	size_t n;

	cli_table_options(&table_options);
	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd') {
			dir = value;
			continue;
		}
		if (table_format_parse(value, &table_options.format, &err) < 0)
			cli_fail(&cli, &err);
		if (table_options.format != TABLE_TEXT && table_options.format != TABLE_MARKDOWN)
			cli_usage(&cli, "show writes text or markdown; kam-report writes %s", value);
	}
	operands = cli_operands(&cli, &n);
	dir = dossier_folder(&cli, dir);
	if (n == 0)
		cli_usage(&cli, "no account to show");
	for (size_t i = 0; i < n; i++)
		operands[i] = dossier_input(&cli, &arena, dir, operands[i]);
	status = show_inputs(&cli, operands, n, &table_options);
	arena_free(&arena);
	return cli_end(&cli, status);
}
