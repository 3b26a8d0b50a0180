#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/atomic.h"

#define MAX 4096

/* a folder of its own for each test */
struct place {
	char path[64];
	int fd;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	struct error e;

	if (!p)
		return -1;
	strcpy(p->path, "/tmp/kam-atomic.XXXXXX");
	p->fd = mkdtemp(p->path) ? folder_open(p->path, &e) : -1;
	*state = p;
	return p->fd < 0 ? -1 : 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	DIR *dir = fdopendir(p->fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(p->fd, entry->d_name, 0);
	closedir(dir);
	rmdir(p->path);
	free(p);
	return 0;
}

static struct str
text(const char *s)
{
	return (struct str){s, strlen(s)};
}

/* what the file says, and its state */
static void
says(const struct place *p, const char *name, const char *want, struct stat *st)
{
	struct buf got = {0};
	struct error e;

	assert_int_equal(atomic_read(p->fd, name, MAX, &got, st, &e), 0);
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.data, want, got.len);
	buf_free(&got);
}

static size_t
count_names(const struct place *p)
{
	DIR *dir = opendir(p->path);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static void
a_file_is_created_and_never_over_another(void **state)
{
	struct place *p = *state;
	struct error e;
	struct stat st;

	assert_int_equal(atomic_create(p->fd, "a.yaml", text("one\n"), &e), ATOMIC_DONE);
	assert_int_equal(atomic_create(p->fd, "a.yaml", text("two\n"), &e), ATOMIC_CHANGED);
	says(p, "a.yaml", "one\n", &st);
	assert_int_equal(count_names(p), 1);
	assert_int_equal(atomic_sync(p->fd, &e), 0);
}

static void
a_replaced_file_keeps_its_mode(void **state)
{
	struct place *p = *state;
	struct error e;
	struct stat st;

	assert_int_equal(atomic_create(p->fd, "a.yaml", text("one\n"), &e), ATOMIC_DONE);
	assert_int_equal(fchmodat(p->fd, "a.yaml", 0640, 0), 0);
	says(p, "a.yaml", "one\n", &st);
	assert_int_equal(atomic_replace(p->fd, "a.yaml", text("two\n"), &st, &e), ATOMIC_DONE);
	says(p, "a.yaml", "two\n", &st);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(count_names(p), 1);
}

static void
a_file_that_somebody_saved_meanwhile_stays(void **state)
{
	struct place *p = *state;
	struct error e;
	struct stat st, now;
	int fd;

	assert_int_equal(atomic_create(p->fd, "a.yaml", text("one\n"), &e), ATOMIC_DONE);
	says(p, "a.yaml", "one\n", &st);
	fd = openat(p->fd, "a.yaml", O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "more\n", 5), 5);
	close(fd);
	assert_int_equal(atomic_replace(p->fd, "a.yaml", text("two\n"), &st, &e), ATOMIC_CHANGED);
	says(p, "a.yaml", "one\nmore\n", &now);
	assert_int_equal(unlinkat(p->fd, "a.yaml", 0), 0);
	assert_int_equal(atomic_replace(p->fd, "a.yaml", text("two\n"), &now, &e), ATOMIC_CHANGED);
	assert_int_equal(count_names(p), 0);
}

static void
links_folders_and_pipes_are_not_read(void **state)
{
	struct place *p = *state;
	struct buf got = {0};
	struct error e;
	struct stat st;

	assert_int_equal(symlinkat("/etc/passwd", p->fd, "link"), 0);
	assert_int_equal(mkfifoat(p->fd, "pipe", 0600), 0);
	assert_int_equal(atomic_read(p->fd, "link", MAX, &got, &st, &e), -1);
	assert_string_equal(e.text, "is a symbolic link, which is not followed");
	assert_int_equal(atomic_read(p->fd, "pipe", MAX, &got, &st, &e), -1);
	assert_string_equal(e.text, "is not a file");
	assert_int_equal(atomic_read(p->fd, ".", MAX, &got, &st, &e), -1);
	assert_string_equal(e.text, "is not a file");
	assert_int_equal(atomic_read(p->fd, "none", MAX, &got, &st, &e), -1);
	assert_string_equal(e.text, "cannot be opened: No such file or directory");
	assert_int_equal(got.len, 0);
	assert_int_equal(atomic_create(p->fd, "link", text("x"), &e), ATOMIC_CHANGED);
}

static void
a_file_larger_than_allowed_is_refused(void **state)
{
	struct place *p = *state;
	struct buf got = {0};
	struct error e;
	struct stat st;

	assert_int_equal(atomic_create(p->fd, "a.yaml", text("12345"), &e), ATOMIC_DONE);
	assert_int_equal(atomic_read(p->fd, "a.yaml", 5, &got, &st, &e), 0);
	assert_int_equal(atomic_read(p->fd, "a.yaml", 4, &got, &st, &e), -1);
	assert_string_equal(e.text, "larger than 4 bytes");
	buf_free(&got);
}

static void
a_disk_that_refuses_leaves_the_old_file_and_no_other(void **state)
{
	struct place *p = *state;
	struct rlimit before, tiny;
	char *large = calloc(1, 100001);
	struct error e;
	struct stat st;

	assert_non_null(large);
	memset(large, 'x', 100000);
	assert_int_equal(atomic_create(p->fd, "a.yaml", text("one\n"), &e), ATOMIC_DONE);
	says(p, "a.yaml", "one\n", &st);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	tiny = before;
	tiny.rlim_cur = 5000;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tiny), 0);
	assert_int_equal(atomic_replace(p->fd, "a.yaml", text(large), &st, &e), ATOMIC_FAILED);
	assert_string_equal(e.text, "cannot be written: File too large");
	assert_int_equal(atomic_create(p->fd, "b.yaml", text(large), &e), ATOMIC_FAILED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	says(p, "a.yaml", "one\n", &st);
	assert_int_equal(count_names(p), 1);
	free(large);
}

static void
a_name_too_long_is_an_error(void **state)
{
	struct place *p = *state;
	char name[300];
	struct error e;

	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_int_equal(atomic_create(p->fd, name, text("x"), &e), ATOMIC_FAILED);
	assert_non_null(strstr(e.text, "File name too long"));
}

static void
leftovers_are_known_by_name(void **state)
{
	static const char *const ours[] = {".a.yaml.1f-0.tmp", ".a-1.yaml.123-a.tmp"};
	static const char *const others[] = {"a.yaml.1f-0.tmp",
					     ".a.yaml.tmp",
					     ".a.yaml.swp",
					     ".a.yaml.-0.tmp",
					     ".a.yaml.1f-.tmp",
					     ".a.yaml.1g-0.tmp",
					     ".1f-0.tmp",
					     ".tmp",
					     ".",
					     "",
					     ".a.yaml.1f-0.tmp~"};

	(void)state;
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		assert_true(atomic_is_leftover(ours[i]));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(atomic_is_leftover(others[i]));
}

static void
a_file_is_moved_and_never_over_another(void **state)
{
	const struct place *p = *state;
	struct stat st, moved;
	struct error e;

	assert_int_equal(atomic_create(p->fd, "a", text("one"), &e), ATOMIC_DONE);
	assert_int_equal(fchmodat(p->fd, "a", 0600, 0), 0);
	assert_int_equal(atomic_create(p->fd, "b", text("two"), &e), ATOMIC_DONE);
	says(p, "a", "one", &st);
	assert_int_equal(atomic_move(p->fd, "a", &st, p->fd, "b", &e), ATOMIC_CHANGED);
	says(p, "b", "two", &moved);
	assert_int_equal(atomic_move(p->fd, "a", &st, p->fd, "c", &e), ATOMIC_DONE);
	says(p, "c", "one", &moved);
	assert_int_equal(moved.st_ino, st.st_ino);
	assert_int_equal(moved.st_mode & 07777, 0600);
	assert_int_equal(count_names(p), 2);
	assert_int_equal(atomic_move(p->fd, "a", &st, p->fd, "d", &e), ATOMIC_FAILED);
}

static void
a_move_that_was_broken_off_goes_on(void **state)
{
	const struct place *p = *state;
	struct stat st;
	struct error e;

	assert_int_equal(atomic_create(p->fd, "a", text("one"), &e), ATOMIC_DONE);
	assert_int_equal(linkat(p->fd, "a", p->fd, "b", 0), 0);
	says(p, "a", "one", &st);
	assert_int_equal(atomic_move(p->fd, "a", &st, p->fd, "b", &e), ATOMIC_DONE);
	says(p, "b", "one", &st);
	assert_int_equal(count_names(p), 1);
}

static void
what_somebody_saved_meanwhile_is_neither_moved_nor_removed(void **state)
{
	const struct place *p = *state;
	struct stat st, now;
	struct error e;

	assert_int_equal(atomic_create(p->fd, "a", text("one"), &e), ATOMIC_DONE);
	says(p, "a", "one", &st);
	assert_int_equal(atomic_replace(p->fd, "a", text("saved"), &st, &e), ATOMIC_DONE);
	assert_int_equal(atomic_move(p->fd, "a", &st, p->fd, "b", &e), ATOMIC_CHANGED);
	assert_int_equal(atomic_remove(p->fd, "a", &st, &e), ATOMIC_CHANGED);
	says(p, "a", "saved", &now);
	assert_int_equal(count_names(p), 1);
	/* making and taking away the other name has changed the file's state */
	says(p, "a", "saved", &now);
	assert_int_equal(atomic_remove(p->fd, "a", &now, &e), ATOMIC_DONE);
	assert_int_equal(count_names(p), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_file_is_created_and_never_over_another, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_replaced_file_keeps_its_mode, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_file_that_somebody_saved_meanwhile_stays, setup, teardown),
	    cmocka_unit_test_setup_teardown(links_folders_and_pipes_are_not_read, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_file_larger_than_allowed_is_refused, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_disk_that_refuses_leaves_the_old_file_and_no_other, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(a_name_too_long_is_an_error, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_file_is_moved_and_never_over_another, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_move_that_was_broken_off_goes_on, setup, teardown),
	    cmocka_unit_test_setup_teardown(what_somebody_saved_meanwhile_is_neither_moved_nor_removed, setup,
					    teardown),
	    cmocka_unit_test(leftovers_are_known_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
