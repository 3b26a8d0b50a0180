/*
 * What is read: maps, dossiers, exports.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/stream.h"
#include "import.h"

/* an operand and its map, as the system knows them */
struct input {
	const char *path;
	struct stat file, map;
};

bool
stat_input(const char *path, struct stat *state)
{
	return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, state) : stat(path, state)) == 0;
}

size_t
job_end(const struct import *import, size_t i)
{
	return i + 1 < import->jobs ? import->job[i + 1].first : import->files;
}

static bool
names_column(const struct map *map, const char *field)
{
	size_t i;

	for (i = 0; i < map->columns.n; i++)
		if (strcmp(map->columns.name[i], field) == 0)
			return true;
	return false;
}

/* sales that tell their products, and products of the same source, would tell them twice */
static void
check_products(const struct import *import)
{
	size_t i, k;

	for (i = 0; i < import->jobs; i++)
		for (k = 0; k < import->jobs; k++) {
			const struct job *a = &import->job[i], *b = &import->job[k];

			if (a->map.type->fields == &sales_columns && names_column(&a->map, "product") &&
			    b->map.type->fields == &product_columns &&
			    strcmp(a->map.source, b->map.source) == 0)
				cli_fatal(&import->cli,
					  "%s and %s both tell the products of the source %s, which would be "
					  "counted twice; leave product: out of the columns of %s",
					  a->path, b->path, a->map.source, a->path);
		}
}

void
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
		if (!job->map.currency)
			job->map.currency = import->cli.settings.currency;
	}
	cli_sink_done(&sink);
	if (sink.sink.errors)
		exit(EXIT_FAILED);
	check_products(import);
}

/* the accounts that rows may be about */
void
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
		else if (import->outcome == OUTCOME_DUPLICATES)
			duplicates_add_account(&import->duplicates, &account);
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
void
check_inputs(const struct import *import)
{
	struct input *input = xcalloc(import->files + 1, sizeof *input);
	const struct job *job = import->job;
	char **file = import->file;
	size_t i, k = 0, n = import->files;

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
