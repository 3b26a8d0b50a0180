/*
 * Loaded before the C library (LD_PRELOAD): the calls by which files are
 * looked at and changed are counted, and at the one of number KAM_FAULT_AT
 * something happens, by KAM_FAULT:
 *
 *	kill	the program is killed before the call
 *	ENOSPC, EIO, …	the call fails so
 *	save	somebody saves KAM_FAULT_FILE first: adds a line to it
 *	short	a read or write does half of what it was asked for
 *
 * KAM_FAULT_LOG is a file that gets a line, the call's name, when it happens.
 */
#define _GNU_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SAVED "# saved meanwhile\n"

static const struct {
	const char *name;
	int number;
} failures[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO},	  {"EACCES", EACCES},
    {"EDQUOT", EDQUOT}, {"EROFS", EROFS}, {"EINTR", EINTR},
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

/* half of the bytes are read or written next */
static bool halves;

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
	halves = strcmp(fault, "short") == 0;
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

static size_t
asked(size_t n)
{
	size_t half = halves && n > 1 ? n / 2 : n;

	halves = false;
	return half;
}

ssize_t
read(int fd, void *bytes, size_t n)
{
	return fd > STDERR_FILENO && strikes("read") ? -1 : syscall(SYS_read, fd, bytes, asked(n));
}

ssize_t
write(int fd, const void *bytes, size_t n)
{
	return fd > STDERR_FILENO && strikes("write") ? -1 : syscall(SYS_write, fd, bytes, asked(n));
}

int
fstatat(int folder, const char *restrict path, struct stat *restrict st, int flags)
{
	return strikes("fstatat") ? -1 : (int)syscall(SYS_newfstatat, folder, path, st, flags);
}

int
fstat(int fd, struct stat *st)
{
	return fd > STDERR_FILENO && strikes("fstat") ? -1 : (int)syscall(SYS_fstat, fd, st);
}

int
flock(int fd, int how)
{
	return strikes("flock") ? -1 : (int)syscall(SYS_flock, fd, how);
}

int
fcntl(int fd, int command, ...)
{
	va_list ap;
	long argument;

	va_start(ap, command);
	argument = va_arg(ap, long);
	va_end(ap);
	return strikes("fcntl") ? -1 : (int)syscall(SYS_fcntl, fd, command, argument);
}

/* the C library's own, which reads by a call that cannot be struck at */
struct dirent *
readdir(DIR *dir)
{
	static struct dirent *(*own)(DIR *);

	if (strikes("readdir"))
		return NULL;
	if (!own)
		*(void **)&own = dlsym(RTLD_NEXT, "readdir");
	return own(dir);
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
