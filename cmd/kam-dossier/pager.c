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

#define COMMAND_MAX 200 /* bytes of a command that is run without a shell */

extern char **environ;

static const char *
pager_wanted(void)
{
	const char *pager = getenv("KAM_PAGER");

	return pager ? pager : getenv("PAGER");
}

/* The words of a command that has no need of a shell, at blanks, in argv; else "sh -c" and the command. Cuts it. */
static void
command_split(char *command, char **argv)
{
	static char shell[] = "sh", option[] = "-c";
	size_t n = 0;

	if (strlen(command) >= COMMAND_MAX || command[strcspn(command, "|&;<>()$`\\\"'*?[]#~=%{}\n")]) {
		argv[0] = shell;
		argv[1] = option;
		argv[2] = command;
		argv[3] = NULL;
		return;
	}
	for (char *save, *word = strtok_r(command, " \t", &save); word; word = strtok_r(NULL, " \t", &save))
		argv[n++] = word;
	argv[n] = NULL;
}

/* The pager, reading from fd. 0, or what errno would say. A shell would only say so when the page is lost. */
static int
spawn_pager(const char *command, int fd, pid_t *pid)
{
	char *argv[COMMAND_MAX / 2 + 4], *copy = xstrdup(command);
	posix_spawn_file_actions_t actions;
	int failed = posix_spawn_file_actions_init(&actions);

	command_split(copy, argv);
	if (!failed) {
		failed = posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
		if (!failed)
			failed = argv[0] ? posix_spawnp(pid, argv[0], &actions, NULL, argv, environ) : ENOENT;
		posix_spawn_file_actions_destroy(&actions);
	}
	free(copy);
	return failed;
}

long
pager_start(const struct cli *cli)
{
	const char *command = pager_wanted();
	int fd[2], failed = 0;
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
	    (failed = spawn_pager(command ? command : "less", fd[0], &pid)) != 0) {
		close(fd[0]);
		close(fd[1]);
		if (command && failed)
			cli_warn(cli, "the pager %s cannot be run: %s", command, strerror(failed));
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
