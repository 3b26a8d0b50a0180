/*
 * kam-import: rows of exports become accounts, by maps that tell how each
 * export is read.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/parallel.h"
#include "base/text.h"
#include "cli.h"
#include "data/rejects.h"
#include "data/stream.h"
#include "domain/importer.h"

#define REJECTS_SHOWN 10
#define KINDS_MAX 32

/* threads that may be asked for, as -j$(nproc); how many are used is pipeline_run's affair */
#define THREADS_ASKED 1024

/* what a shell takes for itself anywhere in a word but, with '-', at its start */
#define SHELL_PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,=@"

/* a map and the first of its files among the operands */
struct job {
	const char *path;
	size_t first;
	struct buf text;
	struct map map;
};

/* an operand and its map, as the system knows them */
struct input {
	const char *path;
	struct stat file, map;
};

struct import {
	struct cli cli;
	struct job *job;
	size_t jobs, jobs_cap;
	const struct job *now;	   /* the one at work */
	const char *file;	   /* and its export, as in messages */
	const struct job *mending; /* the one that rejected rows are of */
	const char *accounts;	   /* -a */
	const char *rejects_path;  /* --rejects */
	struct rejects *rejects;
	struct importer importer;
	struct {
		const char *kind;
		size_t n;
	} kind[KINDS_MAX]; /* rejects by reason */
	size_t kinds;
	size_t written, added; /* accounts; those of them that no folder had */
};

static const struct cli_option options[] = {
    {'m', "map", "MAP", "how the files that follow it are read, kam-map(5); may be given again"},
    {'a', "accounts", "DIR", "dossiers among which rows find their accounts"},
    {0, "rejects", "FILE", "write rows that cannot be used to FILE, with line and reason"},
    {'j', "threads", "N", "threads (default: one for each processor); the output is the same"},
};

static int
on_header(void *data, const struct map *map, const struct csvread *reader, const struct csv_row *header,
	  struct error *err)
{
	struct import *import = data;

	if (!import->rejects || rejects_header(import->rejects, &map->dialect, reader, header, err) == 0)
		return 0;
	if (!err->file)
		err->file = import->file;
	return -1;
}

static void
count_kind(struct import *import, const char *kind)
{
	size_t i;

	for (i = 0; i < import->kinds && strcmp(import->kind[i].kind, kind) != 0; i++)
		;
	if (i == KINDS_MAX)
		return;
	import->kind[i].kind = kind;
	import->kind[i].n++;
	if (i == import->kinds)
		import->kinds++;
}

static int
on_reject(void *data, const struct reject *reject, struct error *err)
{
	struct import *import = data;
	struct error shown;

	count_kind(import, reject->kind);
	if (!import->cli.quiet && import->importer.rejected <= REJECTS_SHOWN) {
		error_at(&shown, reject->file, reject->line, reject->column, "%s", reject->text);
		cli_error(&import->cli, &shown);
	}
	if (!import->rejects)
		return 0;
	if (import->mending && import->mending != import->now)
		return error_at(
		    err, import->rejects_path, 0, 0,
		    "rows of two maps, %s and %s, are rejected, and one file of them could be read "
		    "by neither; import by one map at a time",
		    import->mending->path, import->now->path);
	import->mending = import->now;
	return rejects_row(import->rejects, reject->row, reject->text, err);
}

/* the accounts that rows may be about */
static void
read_accounts(struct import *import)
{
	char *dir = xstrdup(import->accounts);
	struct stream *stream = stream_open(&dir, 1);
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	struct cli_sink sink;
	int status;

	cli_sink_init(&sink, &import->cli);
	while ((status = stream_next(stream, &chunk, &err)) > 0) {
		struct account account = {0};

		if (doc_parse(&doc, chunk.file, chunk.first_line, chunk.bytes, &err) < 0)
			sink_put(&sink.sink, SEVERITY_ERROR, "yaml", &err);
		else if (account_read(&doc, &account, &doc.arena, &sink.sink) == 0 &&
			 book_add_known(&import->importer.book, &account, chunk.file, &err) < 0)
			sink_put(&sink.sink, SEVERITY_ERROR, "account", &err);
		doc_reset(&doc);
	}
	if (status < 0)
		cli_fail(&import->cli, &err);
	doc_free(&doc);
	stream_free(stream);
	cli_sink_done(&sink);
	if (sink.sink.errors)
		cli_fatal(&import->cli,
			  "the dossiers of %s must be read whole, or rows could miss their accounts", dir);
	free(dir);
}

static void
read_maps(struct import *import)
{
	struct cli_sink sink;
	size_t i;

	cli_sink_init(&sink, &import->cli);
	for (i = 0; i < import->jobs; i++) {
		struct job *job = &import->job[i];

		cli_read_file(&import->cli, job->path, &job->text);
		map_read(&job->map, (struct str){job->text.data ? job->text.data : "", job->text.len},
			 job->path, &sink.sink);
	}
	cli_sink_done(&sink);
	if (sink.sink.errors)
		exit(EXIT_FAILED);
}

static _Noreturn void
refuse_rejects(struct import *import, const char *what)
{
	rejects_discard(import->rejects);
	cli_fatal(&import->cli, "%s: is read and, as --rejects, written; write the rejects elsewhere", what);
}

/* the status of a file that is read, "-" being standard input; false: it has none */
static bool
stat_input(const char *path, struct stat *state)
{
	return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, state) : stat(path, state)) == 0;
}

static bool
is_dossier(const char *name)
{
	const char *end = strrchr(name, '.');

	return end && end != name && name[0] != '.' && strcmp(end, ".yaml") == 0;
}

/* the dossiers of -a are read as well */
static void
check_dossiers(struct import *import)
{
	DIR *dir = opendir(import->accounts);
	const struct dirent *found;
	struct buf path = {0};
	struct stat state;

	if (!dir) {
		if (stat_input(import->accounts, &state) && rejects_is_file(import->rejects, &state))
			refuse_rejects(import, import->accounts);
		return;
	}
	while ((found = readdir(dir))) {
		if (!is_dossier(found->d_name) || fstatat(dirfd(dir), found->d_name, &state, 0) < 0 ||
		    !rejects_is_file(import->rejects, &state))
			continue;
		buf_printf(&path, "%s/%s", import->accounts, found->d_name);
		refuse_rejects(import, path.data);
	}
	closedir(dir);
}

/* the file of rejects must be none of those that are read, nor the one that accounts are written to */
static void
check_rejects(struct import *import, char **file, size_t n)
{
	struct stat state;
	size_t i;

	if (fstat(STDOUT_FILENO, &state) == 0 && rejects_is_file(import->rejects, &state))
		cli_fatal(&import->cli, "%s: is standard output and --rejects; write the rejects elsewhere",
			  import->rejects_path);
	for (i = 0; i < n + import->jobs; i++) {
		const char *path = i < n ? file[i] : import->job[i - n].path;

		if (stat_input(path, &state) && rejects_is_file(import->rejects, &state))
			refuse_rejects(import, path);
	}
	if (n == 0 && stat_input("-", &state) && rejects_is_file(import->rejects, &state))
		refuse_rejects(import, STREAM_STDIN);
	if (import->accounts)
		check_dossiers(import);
}

static int
compare_numbers(unsigned long long a, unsigned long long b)
{
	return a < b ? -1 : a > b;
}

/* the same map and file stand together */
static int
compare_inputs(const void *a, const void *b)
{
	const struct input *x = a, *y = b;
	int order = compare_numbers(x->map.st_dev, y->map.st_dev);

	if (!order)
		order = compare_numbers(x->map.st_ino, y->map.st_ino);
	if (!order)
		order = compare_numbers(x->file.st_dev, y->file.st_dev);
	return order ? order : compare_numbers(x->file.st_ino, y->file.st_ino);
}

/* an export that one map reads twice would count twice */
static void
check_inputs(const struct import *import, char **file, size_t n)
{
	struct input *input = xcalloc(n + 1, sizeof *input);
	const struct job *job = import->job;
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		while (job + 1 < import->job + import->jobs && job[1].first <= i)
			job++;
		input[k].path = file[i];
		if (stat_input(file[i], &input[k].file) && S_ISREG(input[k].file.st_mode) &&
		    stat_input(job->path, &input[k].map))
			k++;
	}
	qsort(input, k, sizeof *input, compare_inputs);
	for (i = 1; i < k; i++)
		if (compare_inputs(&input[i - 1], &input[i]) == 0)
			cli_fatal(&import->cli,
				  "%s and %s are the same file: its rows would be counted twice",
				  input[i - 1].path, input[i].path);
	free(input);
}

static void
import_file(struct import *import, const struct job *job, const char *path)
{
	struct error err;
	bool is_stdin = strcmp(path, "-") == 0;
	int status, fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		error_sys(&err, path, "cannot be opened");
		cli_fail(&import->cli, &err);
	}
	import->now = job;
	import->file = is_stdin ? STREAM_STDIN : path;
	status = importer_file(&import->importer, &job->map, fd, import->file, &err);
	if (!is_stdin)
		close(fd);
	if (status < 0)
		cli_fail(&import->cli, &err);
}

/* the files of a job stand up to those of the next */
static size_t
job_end(const struct import *import, size_t i, size_t n)
{
	return i + 1 < import->jobs ? import->job[i + 1].first : n;
}

static void
import_files(struct import *import, char **file, size_t n)
{
	size_t i, k, end;

	for (i = 0; i < import->jobs; i++) {
		end = job_end(import, i, n);
		if (import->job[i].first == end && import->jobs > 1)
			cli_usage(&import->cli, "--map %s: no file follows it", import->job[i].path);
	}
	for (i = 0; i < import->jobs; i++) {
		end = job_end(import, i, n);
		if (import->job[i].first == end)
			import_file(import, &import->job[i], "-");
		for (k = import->job[i].first; k < end; k++)
			import_file(import, &import->job[i], file[k]);
	}
}

static void
write_accounts(struct import *import)
{
	struct importer *importer = &import->importer;
	struct buf out = {0};
	struct cli_sink sink;
	size_t i;

	cli_sink_init(&sink, &import->cli);
	if (importer_finish(importer, &sink.sink) < 0) {
		cli_sink_done(&sink);
		exit(EXIT_FAILED);
	}
	stream_begin(stdout);
	for (i = 0; i < importer->book.n; i++) {
		if (!importer->book.entry[i]->touched)
			continue;
		buf_clear(&out);
		importer_write(importer, importer->book.entry[i], &out);
		fwrite(out.data, 1, out.len, stdout);
		import->written++;
		import->added += importer->book.entry[i]->known ? 0 : 1;
	}
	stream_end(stdout);
	buf_free(&out);
}

/* can a terminal show it as it is? */
static bool
is_safe(const char *word)
{
	struct buf safe = {0};
	bool same;

	text_safe(&safe, word, strlen(word));
	same = strcmp(safe.data, word) == 0;
	buf_free(&safe);
	return same;
}

/* a word of which a shell makes these bytes, though a terminal shows none but ASCII */
static void
add_printed(struct buf *line, const char *word)
{
	buf_adds(line, "\"$(printf '");
	for (; *word; word++) {
		if (strchr(SHELL_PLAIN, *word))
			buf_addc(line, *word);
		else
			buf_printf(line, "\\%03o", (unsigned)(unsigned char)*word);
	}
	buf_adds(line, "')\"");
}

/* a file's name as a shell reads it, and not as an option */
static void
add_path(struct buf *line, const char *path)
{
	buf_addc(line, ' ');
	if (path[0] == '-' && path[1])
		buf_adds(line, "./");
	if (*path && strspn(path, SHELL_PLAIN "-") == strlen(path)) {
		buf_adds(line, path);
		return;
	}
	if (!is_safe(path)) {
		add_printed(line, path);
		return;
	}
	buf_addc(line, '\'');
	for (; *path; path++) {
		if (*path == '\'')
			buf_adds(line, "'\\''");
		else
			buf_addc(line, *path);
	}
	buf_addc(line, '\'');
}

/* the command that imports the mended rejects together with the original */
static void
advise(const struct import *import, char **file, size_t n)
{
	struct buf line = {0};
	size_t i, k;

	buf_printf(&line, "%s: mend", import->cli.program);
	add_path(&line, import->rejects_path);
	buf_printf(&line, ", then import it together with the original: %s", import->cli.program);
	if (import->accounts) {
		buf_adds(&line, " -a");
		add_path(&line, import->accounts);
	}
	for (i = 0; i < import->jobs; i++) {
		buf_adds(&line, " -m");
		add_path(&line, import->job[i].path);
		for (k = import->job[i].first; k < job_end(import, i, n); k++)
			add_path(&line, file[k]);
		if (n == 0)
			add_path(&line, "-");
		if (&import->job[i] == import->mending)
			add_path(&line, import->rejects_path);
	}
	buf_addc(&line, '\n');
	fwrite(line.data, 1, line.len, stderr);
	buf_free(&line);
}

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void
add_reasons(const struct import *import, struct buf *line)
{
	size_t i;

	for (i = 0; i < import->kinds; i++)
		buf_printf(line, "%s%s: %zu", i ? ", " : " (", import->kind[i].kind, import->kind[i].n);
	buf_adds(line, import->kinds ? ")" : "");
}

static void
summarise(const struct import *import, char **file, size_t n)
{
	const struct importer *importer = &import->importer;
	size_t months = importer->sales.n;
	struct buf line = {0};

	if (importer->rejected > REJECTS_SHOWN)
		cli_warn(&import->cli, "%zu more rejected row%s%s", importer->rejected - REJECTS_SHOWN,
			 plural(importer->rejected - REJECTS_SHOWN),
			 import->rejects ? "" : "; --rejects FILE keeps them all");
	buf_printf(&line, "%zu row%s read, %zu imported, %zu rejected", importer->rows,
		   plural(importer->rows), importer->imported, importer->rejected);
	add_reasons(import, &line);
	buf_printf(&line, ", %zu left out; %zu account%s, ", importer->skipped, import->written,
		   plural(import->written));
	if (import->accounts)
		buf_printf(&line, "%zu %snew, ", import->added, import->written == 1 ? "" : "of them ");
	buf_printf(&line, "%zu month%s", months, plural(months));
	cli_warn(&import->cli, "%s", line.data);
	if (importer->rejected && import->rejects)
		advise(import, file, n);
	buf_free(&line);
}

static void
read_options(struct import *import, int argc, char **argv)
{
	const char *value;
	int option;

	import->importer.threads = parallel_default();
	cli_begin(&import->cli, argc, argv);
	while ((option = cli_option(&import->cli, &value)) >= 0) {
		if (option == 'm') {
			import->job =
			    vec_grow(import->job, &import->jobs_cap, import->jobs + 1, sizeof *import->job);
			import->job[import->jobs++] =
			    (struct job){.path = value, .first = import->cli.operands};
		} else if (option == 'a') {
			import->accounts = value;
		} else if (option == 'j') {
			import->importer.threads =
			    cli_number(&import->cli, "--threads", value, 1, THREADS_ASKED);
		} else if (strcmp(value, "-") == 0) {
			cli_usage(&import->cli, "--rejects -: standard output is for the accounts");
		} else {
			import->rejects_path = value;
		}
	}
	if (!import->jobs)
		cli_usage(&import->cli, "-m MAP is needed: it tells how the files are read");
	if (import->cli.operands && import->job[0].first > 0)
		cli_usage(&import->cli, "-m MAP must stand before the files that it is for");
}

static void
import_free(struct import *import)
{
	size_t i;

	for (i = 0; i < import->jobs; i++) {
		map_free(&import->job[i].map);
		buf_free(&import->job[i].text);
	}
	free(import->job);
	importer_free(&import->importer);
}

int
main(int argc, char **argv)
{
	struct import import = {
	    .cli = {.program = "kam-import",
		    .purpose = "Reads CSV exports by a map and writes a stream of accounts.",
		    .usage = "-m MAP [FILE …] [-m MAP FILE …] [-a DIR] [--rejects FILE]",
		    .option = options,
		    .options = sizeof options / sizeof *options},
	    .importer = {.reject = on_reject, .header = on_header},
	};
	struct error err;
	size_t n;
	char **file;
	int status;

	import.importer.data = &import;
	read_options(&import, argc, argv);
	file = cli_operands(&import.cli, &n);
	read_maps(&import);
	check_inputs(&import, file, n);
	if (import.accounts)
		read_accounts(&import);
	if (import.rejects_path && !(import.rejects = rejects_open(import.rejects_path, &err)))
		cli_fail(&import.cli, &err);
	if (import.rejects)
		check_rejects(&import, file, n);
	import_files(&import, file, n);
	if (import.rejects && rejects_close(import.rejects, &err) < 0)
		cli_fail(&import.cli, &err);
	write_accounts(&import);
	status = cli_end(&import.cli, import.importer.rejected ? EXIT_LOOK : EXIT_DONE);
	if (!import.cli.quiet && status != EXIT_FAILED)
		summarise(&import, file, n);
	import_free(&import);
	return status;
}
