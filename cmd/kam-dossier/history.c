/*
 * A file's history, asked of git itself: no shell, nothing on its standard
 * input, its complaints unheard, and none of what a repository's settings
 * could make it run.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "view.h"

#define OUTPUT_MAX (64UL << 20) /* bytes of git's answer that are read */
#define MARK '\036'		/* begins a commit */
#define FIELD '\037'

extern char **environ;

/* reads until the other end is closed; more than OUTPUT_MAX: -1 */
static int
read_all(int fd, struct buf *out)
{
	for (;;) {
		ssize_t got = read(fd, buf_room(out, 65536), 65536);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return (int)got;
		out->len += (size_t)got;
		out->data[out->len] = '\0';
		if (out->len > OUTPUT_MAX)
			return -1;
	}
}

static int
spawn_git(char *const argv[], int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int failed;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return -1;
	failed = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
		 posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) ||
		 posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) ||
		 posix_spawnp(pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed ? -1 : 0;
}

/* what git writes; -1: it is not there, or failed */
static int
git_run(char *const argv[], struct buf *out)
{
	int fd[2], status, result;
	pid_t pid;

	if (pipe(fd) < 0)
		return -1;
	fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	result = spawn_git(argv, fd[1], &pid);
	close(fd[1]);
	if (result == 0)
		result = read_all(fd[0], out);
	else
		pid = -1;
	close(fd[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return result < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0 ? -1 : 0;
}

/* the folder in which git is to work */
static char *
folder_of(struct arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!slash)
		return arena_strdup(arena, ".");
	return arena_copy(arena, file, slash == file ? 1 : (size_t)(slash - file));
}

static char *
name_of(struct arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/');

	return arena_strdup(arena, slash ? slash + 1 : file);
}

/* the next of the fields of a line, which it cuts */
static char *
field_take(char **line)
{
	char *field = *line, *end = strchr(field, FIELD);

	*line = end ? end + 1 : field + strlen(field);
	if (end)
		*end = '\0';
	return field;
}

static void
commit_add(struct commits *commits, char *line, struct arena *arena)
{
	struct commit c = {0};
	const char *written;

	c.hash = field_take(&line);
	written = field_take(&line);
	c.author = field_take(&line);
	c.subject = line;
	if (date_parse(written, strlen(written), &c.written) < 0)
		return;
	if (commits->n == commits->cap) {
		struct commit *grown = arena_alloc(arena, (2 * commits->cap + 16) * sizeof *grown);

		if (commits->n > 0)
			memcpy(grown, commits->v, commits->n * sizeof *grown);
		commits->v = grown;
		commits->cap = 2 * commits->cap + 16;
	}
	commits->v[commits->n++] = c;
}

/* Each commit is a line ended by NUL, and then, behind a line end, the file's name at the time, ended so too. */
static void
commits_parse(struct commits *commits, const struct buf *out, struct arena *arena)
{
	char *p = arena_copy(arena, out->data ? out->data : "", out->len), *end = p + out->len;

	for (; p < end; p += strlen(p) + 1) {
		if (*p == MARK)
			commit_add(commits, p + 1, arena);
		else if (commits->n > 0 && *p == '\n')
			commits->v[commits->n - 1].path = p + 1;
	}
}

void
history_read(const char *file, struct commits *commits, struct arena *arena)
{
	char *argv[] = {"git",
			"--no-pager",
			"--no-optional-locks",
			"--literal-pathspecs",
			"-c",
			"core.fsmonitor=false",
			"-c",
			"protocol.allow=never",
			"-C",
			folder_of(arena, file),
			"log",
			"--follow",
			"-z",
			"--name-only",
			"--no-ext-diff",
			"--no-textconv",
			"--no-show-signature",
			"--no-color",
			"--encoding=UTF-8",
			"--format=%x1e%H%x1f%as%x1f%an%x1f%s",
			"--",
			name_of(arena, file),
			NULL};
	struct buf out = {0};

	*commits = (struct commits){0};
	if (git_run(argv, &out) == 0)
		commits_parse(commits, &out, arena);
	buf_free(&out);
}

int
history_file(const char *file, const struct commit *commit, struct buf *out)
{
	struct arena arena = {0};
	char *argv[] = {"git",
			"--no-pager",
			"--no-optional-locks",
			"-c",
			"protocol.allow=never",
			"-C",
			folder_of(&arena, file),
			"cat-file",
			"blob",
			arena_printf(&arena, "%s:%s", commit->hash, commit->path ? commit->path : ""),
			NULL};
	int result = git_run(argv, out);

	arena_free(&arena);
	return result;
}
