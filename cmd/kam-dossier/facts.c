/*
 * kam-dossier facts: for comparing what dossiers say.
 */
#include <string.h>

#include "base/text.h"
#include "domain/facts.h"
#include "dossier.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {0, "diff", NULL, "what became of the facts of the first in the second"},
    {0, "textconv", NULL, "for git diff: what is no dossier is shown as it is"},
};

enum mode { MODE_LIST, MODE_DIFF, MODE_TEXTCONV };

static void
put(struct buf *out)
{
	if (out->len)
		fwrite(out->data, 1, out->len, stdout);
	buf_free(out);
}

/* goes on behind an input that holds no account, or was cut */
static int
list_inputs(const struct cli *cli, char *const *inputs, size_t n)
{
	struct stream *stream = stream_open(inputs, n);
	struct doc doc = {0};
	struct cli_sink sink;
	struct chunk chunk;
	struct error err;
	size_t shown = 0;
	int status;

	cli_sink_init(&sink, cli);
	while ((status = stream_next(stream, &chunk, &err)) != 0) {
		struct buf out = {0};

		if (status < 0 || doc_parse(&doc, chunk.file, chunk.first_line, chunk.bytes, &err) < 0) {
			sink_put(&sink.sink, SEVERITY_ERROR, status < 0 ? "read" : "syntax", &err);
		} else {
			if (shown++)
				putchar('\n');
			facts_write(doc.root, &out);
			put(&out);
		}
		doc_reset(&doc);
	}
	cli_sink_done(&sink);
	doc_free(&doc);
	stream_free(stream);
	return sink.sink.errors || shown == 0 ? EXIT_LOOK : EXIT_DONE;
}

/* git stops a whole diff at the first status that is not 0, so a file with marks of a conflict is shown by its lines */
static int
show_textconv(const struct cli *cli, const char *file)
{
	struct buf bytes = {0}, out = {0};
	struct doc doc = {0};
	struct error err;

	cli_read_file(cli, file, &bytes);
	if (doc_parse(&doc, file, 1, (struct str){bytes.data, bytes.len}, &err) == 0) {
		facts_write(doc.root, &out);
	} else {
		for (size_t at = 0; at < bytes.len;) {
			size_t n = strcspn(bytes.data + at, "\n");

			text_safe(&out, bytes.data + at, n);
			buf_addc(&out, '\n');
			at += n + 1;
		}
	}
	put(&out);
	doc_free(&doc);
	buf_free(&bytes);
	return EXIT_DONE;
}

static void
read_dossier(const struct cli *cli, const char *file, struct buf *bytes, struct doc *doc)
{
	struct error err;

	cli_read_file(cli, file, bytes);
	if (doc_parse(doc, file, 1, (struct str){bytes->data, bytes->len}, &err) < 0)
		cli_fail(cli, &err);
}

static int
show_changes(const struct cli *cli, char *const *file)
{
	struct buf bytes[2] = {{0}, {0}}, out = {0};
	struct doc old = {0}, new = {0};

	read_dossier(cli, file[0], &bytes[0], &old);
	read_dossier(cli, file[1], &bytes[1], &new);
	facts_write_changes(old.root, new.root, &out);
	put(&out);
	doc_free(&old);
	doc_free(&new);
	buf_free(&bytes[0]);
	buf_free(&bytes[1]);
	return EXIT_DONE;
}

static int
show_facts(struct cli *cli, enum mode mode, const char *dir)
{
	struct arena arena = {0};
	char **operands;
	int status;
	size_t n;

	operands = cli_operands(cli, &n);
	if (n == 0)
		cli_usage(cli, "no account to show");
	if (mode == MODE_DIFF && n != 2)
		cli_usage(cli, "--diff compares two");
	if (mode == MODE_TEXTCONV && n != 1)
		cli_usage(cli, "--textconv takes one file");
	for (size_t i = 0; i < n && mode != MODE_TEXTCONV; i++)
		operands[i] = dossier_input(cli, &arena, dir, operands[i]);
	if (mode == MODE_DIFF)
		status = show_changes(cli, operands);
	else if (mode == MODE_TEXTCONV)
		status = show_textconv(cli, operands[0]);
	else
		status = list_inputs(cli, operands, n);
	arena_free(&arena);
	return status;
}

int
dossier_facts(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Shows what accounts say, one fact to a line, for comparing: an id in the folder, a "
		       "file, or - for standard input.",
	    .usage = "facts [-d DIR] [--diff | --textconv] ID|FILE|- …",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	enum mode mode = MODE_LIST;
	int option;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd') {
			dir = value;
		} else if (option == cli_option_id(&cli, "diff")) {
			mode = MODE_DIFF;
		} else {
			mode = MODE_TEXTCONV;
			/* the settings may be in conflict themselves */
			cli.no_config = true;
		}
	}
	return cli_end(&cli, show_facts(&cli, mode, dossier_folder(&cli, dir)));
}
