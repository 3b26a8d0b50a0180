/*
 * Loaded before the C library (LD_PRELOAD): the calls by which files are
 * changed are counted, and at the one of number KAM_FAULT_AT something
 * happens, by KAM_FAULT:
 *
 *	kill	the program is killed before the call
 *	ENOSPC, EIO, …	the call fails so
 *	save	somebody saves KAM_FAULT_FILE first: adds a line to it
 *
 * KAM_FAULT_LOG is a file that gets a line, the call's name, when it happens.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SAVED "# saved meanwhile\n"

static const struct {
	const char *name;
	int number;
} failures[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EACCES", EACCES}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS},
};

static void
append(const char *path, const char *text)
{
	long fd = path ? syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT, 0666) : -1;

	if (fd < 0)
		return;
	syscall(SYS_write, fd, text, strlen(text));
	syscall(SYS_close, fd);
}

/* counts the call; true: it fails, errno says how */
static bool
strikes(const char *call)
{
	static long calls;
	const char *at = getenv("KAM_FAULT_AT"), *fault = getenv("KAM_FAULT");

	if (!at || !fault || ++calls != atol(at))
		return false;
	append(getenv("KAM_FAULT_LOG"), call);
	append(getenv("KAM_FAULT_LOG"), "\n");
	if (strcmp(fault, "kill") == 0)
		kill(getpid(), SIGKILL);
	if (strcmp(fault, "save") == 0)
		append(getenv("KAM_FAULT_FILE"), SAVED);
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
		if (strcmp(fault, failures[i].name) == 0) {
			errno = failures[i].number;
			return true;
		}
	}
	return false;
}

int
openat(int folder, const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return strikes("openat") ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

ssize_t
write(int fd, const void *bytes, size_t n)
{
	return fd > STDERR_FILENO && strikes("write") ? -1 : syscall(SYS_write, fd, bytes, n);
}

int
fsync(int fd)
{
	return strikes("fsync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fchmod(int fd, mode_t mode)
{
	return strikes("fchmod") ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int
close(int fd)
{
	bool struck = fd > STDERR_FILENO && strikes("close");
	int reason = errno, status = (int)syscall(SYS_close, fd);

	/* a file is closed even where closing fails */
	errno = struck ? reason : errno;
	return struck ? -1 : status;
}

int
renameat(int from, const char *old, int to, const char *new)
{
	return strikes("renameat") ? -1 : (int)syscall(SYS_renameat2, from, old, to, new, 0);
}

int
renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
	return strikes("renameat2") ? -1 : (int)syscall(SYS_renameat2, from, old, to, new, flags);
}

int
linkat(int from, const char *old, int to, const char *new, int flags)
{
	return strikes("linkat") ? -1 : (int)syscall(SYS_linkat, from, old, to, new, flags);
}

int
unlinkat(int folder, const char *path, int flags)
{
	return strikes("unlinkat") ? -1 : (int)syscall(SYS_unlinkat, folder, path, flags);
}
