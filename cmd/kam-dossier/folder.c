#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/atomic.h"
#include "dossier.h"

const char *
dossier_folder(const struct cli *cli, const char *given)
{
	if (given)
		return given;
	given = cli->settings.accounts ? cli->settings.accounts : DOSSIER_FOLDER;
	cli_need_folder(cli, given);
	return given;
}

void
folder_need(const struct cli *cli, const char *path)
{
	if (cli->settings.file || strcmp(path, DOSSIER_FOLDER) != 0 || access(path, F_OK) == 0 ||
	    errno != ENOENT)
		return;
	cli_fatal(cli, "%s: there is no such folder here; make a workspace: kam-dossier init .", path);
}

void
folder_begin(struct folder *f, const struct cli *cli, const char *path, bool writing)
{
	struct error err;
	int locked, how = writing ? LOCK_EX : LOCK_SH;

	*f = (struct folder){.path = path};
	folder_need(cli, path);
	/* a file that grows beyond a limit is an error of writing, not the end */
	signal(SIGXFSZ, SIG_IGN);
	f->fd = folder_open(path, &err);
	if (f->fd < 0)
		cli_fail(cli, &err);
	locked = flock(f->fd, how | LOCK_NB);
	if (locked < 0 && errno == EWOULDBLOCK && !cli->quiet)
		cli_warn(cli, "%s: another kam-dossier is at work there; waiting until it is done", path);
	while (locked < 0 && (errno == EWOULDBLOCK || errno == EINTR))
		locked = flock(f->fd, how);
	if (locked < 0) {
		error_sys(&err, path, "cannot be locked");
		cli_fail(cli, &err);
	}
}

static bool
is_dossier(const char *name)
{
	size_t n = strlen(name), suffix = strlen(DOSSIER_SUFFIX);

	return name[0] != '.' && n > suffix && strcmp(name + n - suffix, DOSSIER_SUFFIX) == 0;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
take_name(struct folder *f, const char *name, bool writing)
{
	if (is_dossier(name)) {
		f->name = vec_grow(f->name, &f->cap, f->n + 1, sizeof *f->name);
		f->name[f->n++] = arena_strdup(&f->arena, name);
	} else if (writing && atomic_is_leftover(name) && strstr(name, DOSSIER_SUFFIX ".")) {
		/* whoever wrote it held the lock, which is ours now */
		unlinkat(f->fd, name, 0);
	}
}

void
folder_list(struct folder *f, const struct cli *cli, bool writing)
{
	int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	struct error err;

	while (dir && (errno = 0, entry = readdir(dir)))
		take_name(f, entry->d_name, writing);
	if (!dir || errno) {
		error_sys(&err, f->path, "cannot be read");
		cli_fail(cli, &err);
	}
	closedir(dir);
	if (f->n)
		qsort(f->name, f->n, sizeof *f->name, compare_names);
}

const char *
folder_path(struct folder *f, const char *name)
{
	size_t n = strlen(f->path);

	return arena_printf(&f->arena, "%s%s%s", f->path, n && f->path[n - 1] == '/' ? "" : "/", name);
}

void
folder_end(struct folder *f)
{
	close(f->fd);
	free(f->name);
	arena_free(&f->arena);
}
