/*
 * --guess: a map for exports that nobody has described yet.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/guess.h"
#include "import.h"

/* a file that can be read twice: a pipe is copied first */
static int
open_input(struct import *import, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	char block[65536];
	struct error err;
	ssize_t n = 0;
	FILE *spool;

	if (fd < 0) {
		error_sys(&err, path, "cannot be opened");
		cli_fail(&import->cli, &err);
	}
	if (lseek(fd, 0, SEEK_CUR) >= 0)
		return fd;
	spool = cli_spool(&import->cli);
	while ((n = read(fd, block, sizeof block)) > 0)
		fwrite(block, 1, (size_t)n, spool);
	if (n < 0 || fflush(spool) != 0) {
		error_sys(&err, path, "cannot be copied to a temporary file");
		cli_fail(&import->cli, &err);
	}
	rewind(spool);
	return fileno(spool);
}

int
write_map(struct import *import)
{
	static char *const standard_input[] = {"-"};
	char *const *path = import->files ? import->file : standard_input;
	size_t i, n = import->files ? import->files : 1;
	struct guess_file *file = xcalloc(n, sizeof *file);
	struct buf map = {0};
	struct error err;

	for (i = 0; i < n; i++)
		file[i] = (struct guess_file){open_input(import, path[i]), path[i]};
	if (guess_map(file, n, &map, &err) < 0)
		cli_fail(&import->cli, &err);
	fwrite(map.data, 1, map.len, stdout);
	buf_free(&map);
	free(file);
	return cli_end(&import->cli, EXIT_DONE);
}
