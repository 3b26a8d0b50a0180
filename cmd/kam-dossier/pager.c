/*
 * The pager, as git's: $KAM_PAGER, else $PAGER, else less where it is there;
 * empty or "cat" is none. LESS=FRX leaves a page that fits one screen on it.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "view.h"

extern char **environ;

static const char *
pager_wanted(void)
{
	const char *pager = getenv("KAM_PAGER");

	return pager ? pager : getenv("PAGER");
}

/* the pager, reading from fd */
static int
spawn_pager(const char *command, int fd, pid_t *pid)
{
	char less[] = "less", shell[] = "sh", option[] = "-c", *copy = command ? xstrdup(command) : NULL;
	char *argv[] = {command ? shell : less, command ? option : NULL, copy, NULL};
	posix_spawn_file_actions_t actions;
	int failed;

	if (posix_spawn_file_actions_init(&actions) != 0) {
		free(copy);
		return -1;
	}
	failed = posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO) ||
		 posix_spawnp(pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	free(copy);
	return failed ? -1 : 0;
}

long
pager_start(void)
{
	const char *command = pager_wanted();
	int fd[2];
	pid_t pid;

	if (command && (!*command || strcmp(command, "cat") == 0))
		return 0;
	if (pipe(fd) < 0)
		return 0;
	setenv("LESS", "FRX", 0);
	setenv("LESSCHARSET", "utf-8", 0);
	fflush(stdout);
	/* the pager must not hold the end it is to see closed */
	if (fcntl(fd[1], F_SETFD, FD_CLOEXEC) < 0 || fcntl(fd[0], F_SETFD, FD_CLOEXEC) < 0 ||
	    spawn_pager(command, fd[0], &pid) < 0) {
		close(fd[0]);
		close(fd[1]);
		return 0;
	}
	close(fd[0]);
	dup2(fd[1], STDOUT_FILENO);
	close(fd[1]);
	return pid;
}

void
pager_wait(long pager)
{
	int fd;

	if (pager == 0)
		return;
	fflush(stdout);
	/* what closes standard output at the end needs one */
	fd = open("/dev/null", O_WRONLY);
	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		close(fd);
	}
	while (waitpid((pid_t)pager, NULL, 0) < 0 && errno == EINTR)
		;
}
