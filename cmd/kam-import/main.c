/*
 * kam-import: rows of exports become accounts, by maps that tell how each
 * export is read.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/parallel.h"
#include "data/stream.h"
#include "import.h"

/* threads that may be asked for, as -j$(nproc); how many are used is pipeline_run's affair */
#define THREADS_ASKED 9999

static const struct cli_option options[] = {
    {'m', "map", "MAP", "how the files that follow it are read, kam-map(5); may be given again"},
    {'a', "accounts", "DIR", "dossiers among which rows find their accounts"},
    {0, "rejects", "FILE", "write rows that cannot be used to FILE, with line and reason"},
    {0, "known-only", NULL, "reject rows of clients that have no dossier in the folder of -a"},
    {0, "since", "MONTH", "leave out rows of earlier months, as 2026-01"},
    {0, "until", "MONTH", "leave out rows of later months"},
    {'n', "dry-run", NULL, "show what would come: samples, months, new accounts, rejects; write no accounts"},
    {0, "duplicates", NULL, "list accounts, also of the folder of -a, that are probably one company"},
    {0, "guess", NULL, "write a map for the files, to be looked through"},
    {'f', "format", "FORMAT",
     "of --dry-run and --duplicates: text, csv, tsv, json or markdown (default: text)"},
    {0, "neutral", NULL,
     "in CSV and TSV, mark cells that a spreadsheet would take for a formula with a leading '"},
    {'j', "threads", "N", "threads (default: one for each processor); the output is the same"},
};

static void
on_progress(void *data, size_t bytes)
{
	struct import *import = data;

	progress_at(&import->progress, import->bytes + bytes, import->importer.rows);
}

/* An export that is written while it is read may lack rows, or half of its last one. */
static void
check_unchanged(struct import *import, int fd, const struct stat *before)
{
	struct stat after;

	if (fstat(fd, &after) < 0 || after.st_size == before->st_size)
		return;
	if (after.st_size < before->st_size)
		cli_fatal(&import->cli, "%s: became shorter while it was read; import it when it is complete",
			  import->path);
	cli_warn(&import->cli,
		 "%s: grew while it was read; its last row may be a part of one: import it again when "
		 "it is complete",
		 import->path);
	import->grown = true;
}

static void
import_file(struct import *import, const struct job *job, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int status, fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct stat before = {0};
	struct error err;

	if (fd < 0) {
		error_sys(&err, path, "cannot be opened");
		cli_fail(&import->cli, &err);
	}
	fstat(fd, &before);
	import->now = job;
	import->path = is_stdin ? STREAM_STDIN : path;
	status = importer_file(&import->importer, &job->map, fd, import->path, &err);
	if (status < 0)
		cli_fail(&import->cli, &err);
	if (S_ISREG(before.st_mode)) {
		import->bytes += (unsigned long long)before.st_size;
		check_unchanged(import, fd, &before);
	}
	if (!is_stdin)
		close(fd);
}

static void
import_files(struct import *import)
{
	size_t i, k;

	for (i = 0; i < import->jobs; i++)
		if (import->job[i].first == job_end(import, i) && import->jobs > 1)
			cli_usage(&import->cli, "--map %s: no file follows it", import->job[i].path);
	progress_begin(&import->progress, import->cli.program, "rows",
		       progress_inputs_size(import->file, import->files), import->cli.quiet);
	for (i = 0; i < import->jobs; i++) {
		if (import->job[i].first == job_end(import, i))
			import_file(import, &import->job[i], "-");
		for (k = import->job[i].first; k < job_end(import, i); k++)
			import_file(import, &import->job[i], import->file[k]);
	}
	progress_clear(&import->progress);
}

static void
finish(struct import *import)
{
	struct importer *importer = &import->importer;
	struct cli_sink sink;
	size_t i;

	cli_sink_init(&sink, &import->cli);
	if (importer_finish(importer, &sink.sink) < 0) {
		cli_sink_done(&sink);
		exit(EXIT_FAILED);
	}
	for (i = 0; i < importer->book.n; i++) {
		import->written += importer->book.entry[i]->touched;
		import->added += importer->book.entry[i]->touched && !importer->book.entry[i]->known;
	}
}

static void
write_accounts(struct import *import)
{
	struct importer *importer = &import->importer;
	struct buf out = {0};
	size_t i;

	stream_begin(stdout);
	for (i = 0; i < importer->book.n; i++) {
		if (!importer->book.entry[i]->touched)
			continue;
		buf_clear(&out);
		importer_write(importer, importer->book.entry[i], &out);
		fwrite(out.data, 1, out.len, stdout);
	}
	buf_free(&out);
	/* a stream without its end is acted on by nobody: it comes when the rejects are safe */
	if (import->rejects)
		end_rejects(import, fflush(stdout) == 0 && !ferror(stdout));
	stream_end(stdout);
}

static month
read_month(struct import *import, const char *option, const char *value)
{
	month m;

	if (month_parse(value, strlen(value), &m) < 0)
		cli_usage(&import->cli, "%s: not a month, as 2026-01: \"%s\"", option, value);
	return m;
}

/* one outcome at a time */
static void
choose(struct import *import, enum outcome outcome)
{
	if (import->outcome != OUTCOME_ACCOUNTS && import->outcome != outcome)
		cli_usage(&import->cli, "--dry-run, --duplicates and --guess: one of them at a time");
	import->outcome = outcome;
}

static void
read_option(struct import *import, int option, const char *value)
{
	struct cli *cli = &import->cli;
	struct error err;

	if (option == 'm') {
		import->job = vec_grow(import->job, &import->jobs_cap, import->jobs + 1, sizeof *import->job);
		import->job[import->jobs++] = (struct job){.path = value, .first = cli->operands};
	} else if (option == 'a') {
		import->accounts = value;
		import->accounts_asked = true;
	} else if (option == 'j') {
		import->importer.threads = cli_number(cli, "--threads", value, 1, THREADS_ASKED);
	} else if (option == 'n') {
		choose(import, OUTCOME_DRY_RUN);
	} else if (option == 'f') {
		if (table_format_parse(value, &import->out.format, &err) < 0)
			cli_usage(cli, "--format: %s", err.text);
		import->tables_asked = true;
	} else if (option == cli_option_id(cli, "neutral")) {
		import->out.neutral = import->tables_asked = true;
	} else if (option == cli_option_id(cli, "known-only")) {
		import->importer.book.known_only = true;
	} else if (option == cli_option_id(cli, "since")) {
		import->importer.months.since = read_month(import, "--since", value);
	} else if (option == cli_option_id(cli, "until")) {
		import->importer.months.until = read_month(import, "--until", value);
	} else if (option == cli_option_id(cli, "duplicates")) {
		choose(import, OUTCOME_DUPLICATES);
	} else if (option == cli_option_id(cli, "guess")) {
		choose(import, OUTCOME_MAP);
	} else if (strcmp(value, "-") == 0) {
		cli_usage(cli, "--rejects -: standard output is for the accounts");
	} else {
		import->rejects_path = value;
	}
}

/* options that go together, and those that do not */
static void
check_options(struct import *import)
{
	struct cli *cli = &import->cli;
	const struct months *months = &import->importer.months;

	if (import->tables_asked && import->outcome != OUTCOME_DRY_RUN &&
	    import->outcome != OUTCOME_DUPLICATES)
		cli_usage(cli, "--format and --neutral are for the tables of --dry-run and --duplicates");
	if (import->outcome == OUTCOME_MAP &&
	    (import->jobs || import->rejects_path || import->accounts_asked || months->since ||
	     months->until || import->importer.book.known_only))
		cli_usage(cli, "--guess writes a map, and takes nothing but files");
	if (import->outcome == OUTCOME_MAP)
		return;
	if (import->outcome == OUTCOME_DUPLICATES && !import->jobs && import->accounts && !import->files)
		return;
	if (!import->jobs)
		cli_usage(cli, "-m MAP is needed: it tells how the files are read; --guess FILE writes one");
	if (import->files && import->job[0].first > 0)
		cli_usage(cli, "-m MAP must stand before the files that it is for");
	if (import->importer.book.known_only && !import->accounts)
		cli_usage(cli, "--known-only: -a DIR must tell which accounts are known");
	if (months->since && months->until && months->since > months->until)
		cli_usage(cli, "--since is later than --until: no month is between them");
	if (import->rejects_path && import->outcome != OUTCOME_ACCOUNTS)
		cli_usage(cli, "--%s writes no file, so that --rejects has no place beside it",
			  import->outcome == OUTCOME_DRY_RUN ? "dry-run" : "duplicates");
}

static void
read_options(struct import *import, int argc, char **argv)
{
	const char *value;
	int option;

	import->importer.threads = parallel_default();
	cli_table_options(&import->out);
	cli_begin(&import->cli, argc, argv);
	while ((option = cli_option(&import->cli, &value)) >= 0)
		read_option(import, option, value);
	import->file = cli_operands(&import->cli, &import->files);
	if (!import->accounts && import->cli.settings.accounts) {
		import->accounts = import->cli.settings.accounts;
		cli_need_folder(&import->cli, import->accounts);
	}
	check_options(import);
}

static void
import_free(struct import *import)
{
	size_t i;

	for (i = 0; i < import->jobs; i++) {
		map_free(&import->job[i].map);
		buf_free(&import->job[i].text);
	}
	for (i = 0; i < import->kinds; i++)
		free(import->kind[i].example);
	free(import->job);
	importer_free(&import->importer);
	duplicates_free(&import->duplicates);
}

/* reads all that is named: maps, dossiers, exports */
static void
read_all(struct import *import)
{
	read_maps(import);
	check_inputs(import);
	if (import->accounts)
		read_accounts(import);
	if (import->rejects_path)
		begin_rejects(import);
	if (import->outcome == OUTCOME_DRY_RUN)
		dry_run_begin(import);
	import_files(import);
	finish(import);
}

int
main(int argc, char **argv)
{
	struct import import = {
	    .cli = {.program = "kam-import",
		    .purpose = "Reads CSV exports by a map and writes a stream of accounts.",
		    .usage = "-m MAP [FILE …] [-m MAP FILE …] [-a DIR] [--rejects FILE]\n"
			     "--duplicates [-a DIR] [-m MAP [FILE …]]\n"
			     "--guess FILE …",
		    .option = options,
		    .options = sizeof options / sizeof *options},
	    .importer = {.reject = on_reject,
			 .header = on_header,
			 .repeat = on_repeat,
			 .block = dry_run_sample,
			 .progress = on_progress},
	};
	int status;

	import.cli.progress = &import.progress;
	import.importer.data = &import;
	read_options(&import, argc, argv);
	if (import.outcome == OUTCOME_MAP)
		return write_map(&import);
	read_all(&import);
	if (import.outcome == OUTCOME_ACCOUNTS)
		write_accounts(&import);
	else if (import.outcome == OUTCOME_DRY_RUN)
		dry_run_write(&import);
	else
		write_duplicates(&import);
	status = cli_end(&import.cli, import.importer.rejected || import.grown ? EXIT_LOOK : EXIT_DONE);
	if (!import.cli.quiet && status != EXIT_FAILED && import.jobs)
		summarise(&import);
	import_free(&import);
	return status;
}
