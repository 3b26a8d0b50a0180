/*
 * Files that programs read whole, and their temporary ones.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

#define FILE_MAX (64UL << 20)

void
cli_need_file(const struct cli *cli, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		cli_fatal(cli, "%s: is not a file", path);
}

void
cli_need_folder(const struct cli *cli, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		cli_fatal(cli, "%s: is not a folder", path);
}

/* the very text of the settings, not one that a person gave instead */
static bool
is_of_settings(const struct workspace *w, const char *path)
{
	return path == w->model || path == w->playbook || path == w->team || path == w->ethics ||
	       path == w->access;
}

void
cli_read_file(const struct cli *cli, const char *path, struct buf *out)
{
	struct error err;
	ssize_t got;
	int fd;

	if (is_of_settings(&cli->settings, path))
		cli_need_file(cli, path);
	fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		error_sys(&err, path, "cannot be opened");
		cli_fail(cli, &err);
	}
	while ((got = read(fd, buf_room(out, 65536), 65536)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			error_sys(&err, path, "cannot be read");
			cli_fail(cli, &err);
		}
		out->len += (size_t)got;
		if (out->len > FILE_MAX)
			cli_fatal(cli, "%s: larger than %lu bytes", path, FILE_MAX);
	}
	if (fd > STDIN_FILENO)
		close(fd);
}

FILE *
cli_spool(const struct cli *cli)
{
	const char *folder = getenv("TMPDIR");
	struct buf path = {0};
	FILE *file = NULL;
	int fd;

	buf_printf(&path, "%s/kam.XXXXXX", folder && *folder ? folder : "/tmp");
	fd = mkstemp(path.data);
	if (fd >= 0) {
		unlink(path.data);
		file = fdopen(fd, "w+b");
	}
	if (!file)
		cli_fatal(cli, "no temporary file can be made as %s: %s; set TMPDIR", path.data,
			  strerror(errno));
	buf_free(&path);
	return file;
}
