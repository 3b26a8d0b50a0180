/*
 * kam-dossier show.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "dossier.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", "folder of the dossiers (default: " DOSSIER_FOLDER ")"},
    {'f', "format", "FORMAT", "text (default) or markdown"},
};

/* What the user named: "-", a file, or an account of the folder. */
static char *
find_input(const struct cli *cli, struct arena *arena, const char *dir, char *operand)
{
	size_t n = strlen(operand), suffix = strlen(DOSSIER_SUFFIX);
	struct stat st;
	char *path;

	if (strcmp(operand, "-") == 0 || strchr(operand, '/') ||
	    (n > suffix && strcmp(operand + n - suffix, DOSSIER_SUFFIX) == 0))
		return operand;
	if (!account_id_is_valid(operand))
		cli_usage(cli, "neither an account's id nor a file: %s", text_quoted(arena, operand));
	path = arena_printf(arena, "%s/%s" DOSSIER_SUFFIX, dir, operand);
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		cli_fatal(cli, "%s: is a symbolic link, which is not followed", path);
	return path;
}

/* accounts shown; their findings have been printed */
static int
show_inputs(const struct cli *cli, char *const *inputs, size_t n, const struct table_options *table_options)
{
	struct stream *stream = stream_open(inputs, n);
	struct cli_sink sink;
	struct doc doc = {0};
	struct arena arena = {0};
	struct chunk chunk;
	struct error err;
	size_t shown = 0;
	int status;

	cli_sink_init(&sink, cli);
	while ((status = stream_next(stream, &chunk, &err)) == 1) {
		struct account account;

		if (doc_parse(&doc, chunk.file, chunk.first_line, chunk.bytes, &err) < 0) {
			sink_put(&sink.sink, SEVERITY_ERROR, "syntax", &err);
		} else {
			account_read(&doc, &account, &arena, &sink.sink);
			if (shown++)
				putchar('\n');
			account_show(&account, cli->today, table_options);
		}
		doc_reset(&doc);
		arena_reset(&arena);
	}
	cli_sink_done(&sink);
	doc_free(&doc);
	arena_free(&arena);
	if (status < 0)
		cli_error(cli, &err);
	stream_free(stream);
	if (status < 0)
		return EXIT_FAILED;
	return sink.sink.errors ? EXIT_LOOK : EXIT_DONE;
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
	const char *value, *dir = DOSSIER_FOLDER;
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
	if (n == 0)
		cli_usage(&cli, "no account to show");
	for (size_t i = 0; i < n; i++)
		operands[i] = find_input(&cli, &arena, dir, operands[i]);
	status = show_inputs(&cli, operands, n, &table_options);
	arena_free(&arena);
	return cli_end(&cli, status);
}
