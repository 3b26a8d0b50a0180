/* renameat2, where there is one, exchanges two files in one step */
#define _GNU_SOURCE

#include "base/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* a temporary file is called .NAME.PID-N.tmp */
#define TEMP_SUFFIX ".tmp"
#define TEMP_DIGITS "0123456789abcdef"
#define TEMP_TRIES 1000
#define NAME_MAX_BYTES 256
#define READ_SIZE 65536UL

int
folder_open(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? error_sys(err, path, "cannot be opened as a folder") : fd;
}

static int
read_all(int fd, const char *name, size_t max, struct buf *out, struct error *err)
{
	size_t before = out->len;
	ssize_t got;

	while ((got = read(fd, buf_room(out, READ_SIZE), READ_SIZE)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_sys(err, name, "cannot be read");
		out->len += (size_t)got;
		if (out->len - before > max)
			return error_at(err, name, 0, 0, "larger than %zu bytes", max);
	}
	return 0;
}

int
atomic_read(int folder, const char *name, size_t max, struct buf *out, struct stat *state, struct error *err)
{
	/* without O_NONBLOCK, a pipe of that name would wait for its writer */
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), result;

	if (fd < 0 && errno == ELOOP)
		return error_at(err, name, 0, 0, "is a symbolic link, which is not followed");
	if (fd < 0)
		return error_sys(err, name, "cannot be opened");
	if (fstat(fd, state) < 0)
		result = error_sys(err, name, "cannot be read");
	else if (!S_ISREG(state->st_mode))
		result = error_at(err, name, 0, 0, "is not a file");
	else
		result = read_all(fd, name, max, out, err);
	close(fd);
	return result;
}

static int
write_all(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t written = write(fd, bytes.p, bytes.n);

		if (written < 0 && errno != EINTR)
			return -1;
		if (written > 0) {
			bytes.p += written;
			bytes.n -= (size_t)written;
		}
	}
	return 0;
}

/* the whole of the file that is open as `from` */
static int
copy_all(int fd, int from)
{
	char block[65536];
	ssize_t n = lseek(from, 0, SEEK_SET) < 0 ? -1 : 0;

	while (n >= 0) {
		n = read(from, block, sizeof block);
		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n > 0 && write_all(fd, (struct str){block, (size_t)n}) < 0)
			return -1;
	}
	return -1;
}

static int
temp_open(int folder, const char *name, char *temp, size_t size)
{
	for (unsigned n = 0; n < TEMP_TRIES; n++) {
		int len = snprintf(temp, size, ".%s.%lx-%x" TEMP_SUFFIX, name, (unsigned long)getpid(), n);
		int fd;

		if (len < 0 || (size_t)len >= size) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = openat(folder, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

/* The owner is given first, because that takes some bits of the mode away; who may not give it keeps the file. */
static int
take_mode(int fd, const struct stat *state)
{
	struct stat own;

	if (fstat(fd, &own) < 0)
		return -1;
	if (own.st_uid != state->st_uid || own.st_gid != state->st_gid) {
		if (fchown(fd, state->st_uid, state->st_gid) < 0 && errno != EPERM)
			return -1;
	}
	return fchmod(fd, state->st_mode & 07777);
}

/* what a file is to hold: bytes, or all that stands in an open file */
struct content {
	struct str bytes;
	int from; /* -1: none */
};

static int
write_content(int fd, const struct content *content)
{
	return content->from < 0 ? write_all(fd, content->bytes) : copy_all(fd, content->from);
}

/* the content in a new hidden file, on the disk; state: whose mode it takes, or NULL */
static int
temp_write(int folder, const char *name, const struct content *content, const struct stat *state, char *temp,
	   size_t size)
{
	int fd = temp_open(folder, name, temp, size), failure = 0;

	if (fd < 0)
		return -1;
	if (write_content(fd, content) < 0 || (state && take_mode(fd, state) < 0) || fsync(fd) < 0)
		failure = errno;
	if (close(fd) < 0 && !failure)
		failure = errno;
	if (!failure)
		return 0;
	unlinkat(folder, temp, 0);
	errno = failure;
	return -1;
}

/* signals wait until *before is set again */
static void
signals_hold(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, before);
}

static bool
is_same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool
is_in_state(int folder, const char *name, const struct stat *state)
{
	struct stat now;

	return fstatat(folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_dev == state->st_dev &&
	       now.st_ino == state->st_ino && now.st_size == state->st_size &&
	       is_same_time(now.st_mtim, state->st_mtim) && is_same_time(now.st_ctim, state->st_ctim);
}

/* Is it still the file that it was, under whichever name? Another name changes the time of its state, and no other. */
static bool
is_unchanged(int folder, const char *name, const struct stat *state)
{
	struct stat now;

	return fstatat(folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_dev == state->st_dev &&
	       now.st_ino == state->st_ino && now.st_size == state->st_size &&
	       is_same_time(now.st_mtim, state->st_mtim);
}

/* Between a look at the file and its replacement somebody may save it. So the two change names, and when the old one
 * turns out to be newer than was known, they change back. 0; 1: it is newer; 2: it is, and stands under the other name,
 * as they could not change back; -1. */
static int
replace(int folder, const char *temp, const char *name, const struct stat *state)
{
#ifdef RENAME_EXCHANGE
	if (renameat2(folder, temp, folder, name, RENAME_EXCHANGE) == 0) {
		if (is_unchanged(folder, temp, state)) {
			unlinkat(folder, temp, 0);
			return 0;
		}
		return renameat2(folder, temp, folder, name, RENAME_EXCHANGE) == 0 ? 1 : 2;
	}
	if (errno != ENOSYS && errno != EINVAL)
		return -1;
#endif
	return renameat(folder, temp, folder, name);
}

static enum atomic_result
put(int folder, const char *name, struct str bytes, const struct stat *state, struct error *err)
{
	struct content content = {bytes, -1};
	char temp[NAME_MAX_BYTES];
	int status;

	if (temp_write(folder, name, &content, state, temp, sizeof temp) < 0)
		return error_sys(err, name, "cannot be written");
	if (state && !is_in_state(folder, name, state))
		status = 1;
	else if (state)
		status = replace(folder, temp, name, state);
	else
		status = linkat(folder, temp, folder, name, 0);
	if (state && status == 0)
		return ATOMIC_DONE;
	if (status == 2)
		return error_at(err, name, 0, 0,
				"was saved by somebody else meanwhile; that version is in %s", temp);
	if (status < 0 && !state && errno == EEXIST)
		status = 1;
	if (status < 0)
		error_sys(err, name, "cannot be written");
	unlinkat(folder, temp, 0);
	return status > 0 ? ATOMIC_CHANGED : status < 0 ? ATOMIC_FAILED : ATOMIC_DONE;
}

static enum atomic_result
put_undisturbed(int folder, const char *name, struct str bytes, const struct stat *state, struct error *err)
{
	enum atomic_result result;
	sigset_t before;

	signals_hold(&before);
	result = put(folder, name, bytes, state, err);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return result;
}

enum atomic_result
atomic_replace(int folder, const char *name, struct str bytes, const struct stat *state, struct error *err)
{
	return put_undisturbed(folder, name, bytes, state, err);
}

enum atomic_result
atomic_create(int folder, const char *name, struct str bytes, struct error *err)
{
	return put_undisturbed(folder, name, bytes, NULL, err);
}

static enum atomic_result
move(int folder, const char *name, const struct stat *state, int to, const char *to_name, struct error *err)
{
	if (linkat(folder, name, to, to_name, 0) < 0 &&
	    !(errno == EEXIST && is_unchanged(to, to_name, state)))
		return errno == EEXIST ? ATOMIC_CHANGED : error_sys(err, to_name, "cannot be written");
	if (!is_unchanged(folder, name, state) || !is_unchanged(to, to_name, state)) {
		/* somebody saved the file meanwhile; what got its new name was that, or what it replaced */
		unlinkat(to, to_name, 0);
		return ATOMIC_CHANGED;
	}
	if (atomic_sync(to, err) < 0)
		return ATOMIC_FAILED;
	if (unlinkat(folder, name, 0) < 0)
		return error_sys(err, name, "cannot be removed");
	return atomic_sync(folder, err) < 0 ? ATOMIC_FAILED : ATOMIC_DONE;
}

enum atomic_result
atomic_move(int folder, const char *name, const struct stat *state, int to, const char *to_name,
	    struct error *err)
{
	enum atomic_result result;
	sigset_t before;

	signals_hold(&before);
	result = move(folder, name, state, to, to_name, err);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return result;
}

enum atomic_result
atomic_remove(int folder, const char *name, const struct stat *state, struct error *err)
{
	if (!is_in_state(folder, name, state))
		return ATOMIC_CHANGED;
	if (unlinkat(folder, name, 0) < 0)
		return error_sys(err, name, "cannot be removed");
	return atomic_sync(folder, err) < 0 ? ATOMIC_FAILED : ATOMIC_DONE;
}

int
atomic_copy(int folder, const char *name, int from, struct error *err)
{
	struct content content = {.from = from};
	char temp[NAME_MAX_BYTES];
	struct stat state;
	sigset_t before;
	bool there = fstatat(folder, name, &state, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(state.st_mode);
	int status = 0;

	signals_hold(&before);
	if (temp_write(folder, name, &content, there ? &state : NULL, temp, sizeof temp) < 0) {
		status = error_sys(err, name, "cannot be written");
	} else if (renameat(folder, temp, folder, name) < 0) {
		status = error_sys(err, name, "cannot be written");
		unlinkat(folder, temp, 0);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

int
atomic_sync(int folder, struct error *err)
{
	/* EINVAL: a file system that has nothing to synchronise */
	if (fsync(folder) < 0 && errno != EINVAL)
		return error_sys(err, NULL, "the folder cannot be written to the disk");
	return 0;
}

bool
atomic_is_leftover(const char *name)
{
	size_t suffix = strlen(TEMP_SUFFIX), n = strlen(name);

	if (n < suffix + 6 || name[0] != '.' || strcmp(name + n - suffix, TEMP_SUFFIX) != 0)
		return false;
	n -= suffix;
	if (!strchr(TEMP_DIGITS, name[n - 1]))
		return false;
	while (n > 0 && strchr(TEMP_DIGITS, name[n - 1]))
		n--;
	if (n == 0 || name[n - 1] != '-')
		return false;
	for (n--; n > 0 && strchr(TEMP_DIGITS, name[n - 1]); n--)
		;
	return n > 2 && name[n - 1] == '.' && name[n] != '-';
}
