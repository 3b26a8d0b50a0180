#include "gitrun.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGS_MAX 16
#define NO_GIT 127

static _Noreturn void
become_git(int folder, const char *const *args, int in, int out, bool messages)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	char *argv[ARGS_MAX + 2] = {(char[]){"git"}};

	for (size_t i = 0; i < ARGS_MAX && args[i]; i++)
		argv[i + 1] = xstrdup(args[i]);
	if (null >= 0 && fchdir(folder) == 0 && dup2(in < 0 ? null : in, STDIN_FILENO) >= 0 &&
	    dup2(out, STDOUT_FILENO) >= 0 && (messages || dup2(null, STDERR_FILENO) >= 0))
		execvp("git", argv);
	_exit(NO_GIT);
}

static void
read_all(int fd, struct buf *out)
{
	ssize_t n;

	while ((n = read(fd, buf_room(out, 4096), 4096)) != 0) {
		if (n > 0)
			out->len += (size_t)n;
		else if (errno != EINTR)
			break;
	}
	if (out->len && out->data[out->len - 1] == '\n')
		out->len--;
	buf_adds(out, "");
	out->data[out->len] = '\0';
}

int
git_run(int folder, const char *const *args, int in, struct buf *out, bool messages)
{
	int ends[2], status;
	pid_t child;

	/* the child has its own copy of what is not yet written */
	fflush(NULL);
	if (pipe(ends) < 0)
		return -1;
	child = fork();
	if (child == 0) {
		close(ends[0]);
		become_git(folder, args, in, ends[1], messages);
	}
	close(ends[1]);
	if (child > 0)
		read_all(ends[0], out);
	close(ends[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == NO_GIT)
		return -1;
	return WEXITSTATUS(status);
}
