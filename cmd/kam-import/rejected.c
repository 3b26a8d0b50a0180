/*
 * Rows that cannot be used: shown, counted, kept.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/stream.h"
#include "import.h"

#define REPEATS_SHOWN 3

int
on_header(void *data, const struct map *map, const struct csvread *reader, const struct csv_row *header,
	  struct error *err)
{
	struct import *import = data;

	if (!import->rejects || rejects_header(import->rejects, &map->dialect, reader, header, err) == 0)
		return 0;
	if (!err->file)
		err->file = import->path;
	return -1;
}

static void
count_kind(struct import *import, const struct reject *reject)
{
	struct buf text = {0};
	struct error shown;
	size_t i;

	for (i = 0; i < import->kinds && strcmp(import->kind[i].kind, reject->kind) != 0; i++)
		;
	if (i == KINDS_MAX)
		return;
	if (i == import->kinds) {
		error_at(&shown, reject->file, reject->line, reject->column, "%s", reject->text);
		error_format(&shown, &text);
		import->kind[i].kind = reject->kind;
		import->kind[i].example = text.data;
		import->kinds++;
	}
	import->kind[i].n++;
}

int
on_reject(void *data, const struct reject *reject, struct error *err)
{
	struct import *import = data;
	struct error shown;

	count_kind(import, reject);
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

void
on_repeat(void *data, const struct error *why)
{
	struct import *import = data;

	if (!import->cli.quiet && import->importer.repeated <= REPEATS_SHOWN)
		cli_error(&import->cli, why);
}

static _Noreturn void
refuse_rejects(struct import *import, const char *what)
{
	rejects_discard(import->rejects);
	cli_fatal(&import->cli, "%s: is read and, as --rejects, written; write the rejects elsewhere", what);
}

static bool
is_dossier(const char *name)
{
	const char *end = strrchr(name, '.');

	return end && end != name && name[0] != '.' && strcmp(end, ".yaml") == 0;
}

/* would the file be a new dossier of the folder? */
static bool
is_new_dossier(const struct import *import, DIR *dir)
{
	const char *path = import->rejects_path, *slash = strrchr(path, '/');
	char *folder = xstrdup(slash ? path : ".");
	struct stat of_path, of_dossiers;
	bool same;

	if (slash)
		folder[slash == path ? 1 : slash - path] = '\0';
	same = stat(folder, &of_path) == 0 && fstat(dirfd(dir), &of_dossiers) == 0 &&
	       of_path.st_dev == of_dossiers.st_dev && of_path.st_ino == of_dossiers.st_ino;
	free(folder);
	return same && is_dossier(slash ? slash + 1 : path);
}

/* would the rejects be, or replace, a dossier of the folder? its name to the buffer */
static bool
find_dossier(const struct import *import, DIR *dir, struct buf *path)
{
	const struct dirent *found;
	struct stat state;

	if (is_new_dossier(import, dir)) {
		buf_adds(path, import->rejects_path);
		return true;
	}
	while ((found = readdir(dir)))
		if (is_dossier(found->d_name) && fstatat(dirfd(dir), found->d_name, &state, 0) == 0 &&
		    rejects_is_file(import->rejects, &state)) {
			buf_printf(path, "%s/%s", import->accounts, found->d_name);
			return true;
		}
	return false;
}

/* the dossiers of -a are read as well */
static void
check_dossiers(struct import *import)
{
	DIR *dir = opendir(import->accounts);
	struct buf path = {0};
	struct stat state;
	bool found;

	if (!dir) {
		if (stat_input(import->accounts, &state) && rejects_is_file(import->rejects, &state))
			refuse_rejects(import, import->accounts);
		return;
	}
	found = find_dossier(import, dir, &path);
	closedir(dir);
	if (found)
		refuse_rejects(import, path.data);
}

/* the file of rejects must be none of those that are read, nor the one that accounts are written to */
static void
check_rejects(struct import *import)
{
	size_t i, n = import->files;
	struct stat state;

	if (fstat(STDOUT_FILENO, &state) == 0 && rejects_is_file(import->rejects, &state))
		cli_fatal(&import->cli, "%s: is standard output and --rejects; write the rejects elsewhere",
			  import->rejects_path);
	for (i = 0; i < n + import->jobs; i++) {
		const char *path = i < n ? import->file[i] : import->job[i - n].path;

		if (stat_input(path, &state) && rejects_is_file(import->rejects, &state))
			refuse_rejects(import, path);
	}
	if (n == 0 && stat_input("-", &state) && rejects_is_file(import->rejects, &state))
		refuse_rejects(import, STREAM_STDIN);
	if (import->accounts)
		check_dossiers(import);
}

void
begin_rejects(struct import *import)
{
	struct error err;

	import->rejects = rejects_open(import->rejects_path, cli_spool(&import->cli), &err);
	if (!import->rejects)
		cli_fail(&import->cli, &err);
	import->mendable = rejects_stay(import->rejects);
	check_rejects(import);
}

void
end_rejects(struct import *import)
{
	struct error err;

	if (rejects_close(import->rejects, &err) < 0)
		cli_fail(&import->cli, &err);
}
