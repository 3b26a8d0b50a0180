#include "staged.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gitrun.h"

#define PATH_SIZE 4096

static volatile sig_atomic_t worker; /* the process that works */

static void
pass_on(int number)
{
	if (worker)
		kill((pid_t)worker, number);
}

/* those that end the program */
static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
#define SIGNALS (sizeof signals / sizeof *signals)

/* such a signal goes to the worker, so that the folder can be taken away; handler SIG_DFL: no longer */
static void
catch_signals(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &action, NULL);
}

/* The worker does not end before git has, which would go on writing into the folder. */
static int
run(struct staged *s, const char *const *args, int in, struct buf *out, bool messages)
{
	sigset_t held, before;
	int status;

	sigemptyset(&held);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&held, signals[i]);
	sigprocmask(SIG_BLOCK, &held, &before);
	status = git_run(s->work, args, in, out, messages);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

static void
remove_folder(const char *folder)
{
	pid_t child = fork();

	if (child == 0) {
		execlp("rm", "rm", "-rf", "--", folder, (char *)NULL);
		_exit(EXIT_FAILED);
	}
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
}

static _Noreturn void
wait_for_worker(const char *folder)
{
	int status = 0;
	pid_t ended;

	while ((ended = waitpid((pid_t)worker, &status, 0)) < 0 && errno == EINTR)
		;
	worker = 0;
	remove_folder(folder);
	_exit(ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED);
}

/* by its whole path, for the working folder will be another */
static char *
make_folder(struct staged *s)
{
	const char *where = getenv("TMPDIR");
	char here[PATH_SIZE] = "", *folder;

	if (!where || !*where)
		where = "/tmp";
	if (*where != '/' && !getcwd(here, sizeof here))
		cli_fatal(s->cli, "the path of the working folder is not to be had: %s", strerror(errno));
	folder = arena_printf(&s->arena, "%s%s%s/kam.XXXXXX", here, *where == '/' ? "" : "/", where);
	if (!mkdtemp(folder))
		cli_fatal(s->cli, "no temporary folder can be made as %s: %s; set TMPDIR", folder,
			  strerror(errno));
	return folder;
}

/* what git says; nothing to be had: exits 2 */
static const char *
ask(struct staged *s, const char *what)
{
	const char *const args[] = {"rev-parse", what, NULL};
	struct buf out = {0};
	const char *answer;

	if (run(s, args, -1, &out, false) != 0)
		cli_fatal(s->cli, "--staged: not in the working tree of a git repository");
	answer = arena_strdup(&s->arena, out.data);
	buf_free(&out);
	return answer;
}

static void
git(struct staged *s, const char *const *args, int in, struct buf *out)
{
	if (run(s, args, in, out, true) != 0)
		cli_fatal(s->cli, "--staged: git %s failed", args[0]);
}

/* whatever the letters of the suffix: those that are no dossiers' are findings */
static void
take_files(struct staged *s)
{
	static const char *const list[] = {"ls-files",		"-z", "--cached", "--", ":(top,icase)*.yaml",
					   ":(top,icase)*.yml", NULL};
	const char *const take[] = {"checkout-index",
				    "-q",
				    "-z",
				    "--stdin",
				    arena_printf(&s->arena, "--prefix=%s/", s->folder),
				    NULL};
	FILE *names = cli_spool(s->cli);
	struct buf out = {0};

	git(s, list, -1, &out);
	if (out.len)
		fwrite(out.data, 1, out.len, names);
	if (fflush(names) != 0 || fseek(names, 0, SEEK_SET) != 0)
		cli_fatal(s->cli, "--staged: a temporary file cannot be written: %s", strerror(errno));
	buf_clear(&out);
	git(s, take, fileno(names), &out);
	fclose(names);
	buf_free(&out);
}

/* files that "git add -N" only announced are in the index, and will not be in the commit */
static void
leave_announced(struct staged *s)
{
	static const char *const list[] = {"diff-files",	  "-z", "--name-only", "--diff-filter=A",
					   "--ignore-submodules", NULL};
	struct buf out = {0};

	git(s, list, -1, &out);
	for (size_t at = 0; at < out.len; at += strlen(out.data + at) + 1)
		unlink(arena_printf(&s->arena, "%s/%s", s->folder, out.data + at));
	buf_free(&out);
}

/* into the folder that stands for the working folder, which may hold none of the files */
static void
enter(struct staged *s)
{
	char *path = arena_printf(&s->arena, "%s/%s", s->folder, s->prefix);

	for (char *slash = path + strlen(s->folder) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	if (chdir(path) < 0)
		cli_fatal(s->cli, "%s: cannot be entered: %s", path, strerror(errno));
}

void
staged_begin(struct staged *s, const struct cli *cli)
{
	*s = (struct staged){.cli = cli};
	s->work = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->work < 0)
		cli_fatal(cli, "the working folder cannot be opened: %s", strerror(errno));
	s->top = ask(s, "--show-toplevel");
	s->prefix = ask(s, "--show-prefix");
	s->folder = make_folder(s);
	fflush(NULL);
	catch_signals(pass_on);
	worker = fork();
	if (worker > 0)
		wait_for_worker(s->folder);
	catch_signals(SIG_DFL);
	if (worker < 0) {
		rmdir(s->folder);
		cli_fatal(cli, "no process can be started: %s", strerror(errno));
	}
	take_files(s);
	leave_announced(s);
	enter(s);
}

/* The path from the top of the working tree; NULL: it leads out of it. */
static const char *
path_from_top(struct staged *s, const char *path)
{
	size_t top = strlen(s->top), n = *path == '/' ? 0 : strlen(s->prefix), step;
	char *whole = arena_alloc(&s->arena, n + strlen(path) + 2);

	if (*path == '/' && (strncmp(path, s->top, top) != 0 || path[top] != '/'))
		return NULL;
	memcpy(whole, s->prefix, n);
	for (path += *path == '/' ? top : 0; *path; path += step + (path[step] == '/')) {
		step = strcspn(path, "/");
		if (step == 2 && memcmp(path, "..", 2) == 0) {
			if (n == 0)
				return NULL;
			for (n--; n > 0 && whole[n - 1] != '/';)
				n--;
		} else if (step && !(step == 1 && *path == '.')) {
			memcpy(whole + n, path, step);
			whole[n + step] = '/';
			n += step + 1;
		}
	}
	whole[n ? n - 1 : 0] = '\0';
	return whole;
}

static bool
is_there(struct staged *s, const char *from_top)
{
	struct stat state;

	return lstat(arena_printf(&s->arena, "%s/%s", s->folder, from_top), &state) == 0;
}

bool
staged_has(struct staged *s, const char *path)
{
	const char *const args[] = {
	    "checkout-index", "-q", arena_printf(&s->arena, "--prefix=%s/", s->folder), "--", path, NULL};
	const char *from_top = path_from_top(s, path);
	struct buf out = {0};

	if (!from_top || is_there(s, from_top))
		return from_top != NULL;
	/* it may be called otherwise than YAML files are */
	run(s, args, -1, &out, false);
	buf_free(&out);
	return is_there(s, from_top);
}

/* to what stands at that path from the top, as seen from the folder that was entered */
static const char *
path_from_here(struct staged *s, const char *from_top)
{
	struct buf path = {0};
	const char *copy;

	for (const char *p = s->prefix; *p; p++)
		buf_adds(&path, *p == '/' ? "../" : "");
	buf_adds(&path, *from_top ? from_top : ".");
	copy = arena_copy(&s->arena, path.data, path.len);
	buf_free(&path);
	return copy;
}

const char *
staged_path(struct staged *s, const char *path)
{
	if (!path || strcmp(path, "-") == 0)
		return path;
	if (staged_has(s, path))
		return *path == '/' ? path_from_here(s, path_from_top(s, path)) : path;
	return *path == '/' ? path : arena_printf(&s->arena, "%s/%s%s", s->top, s->prefix, path);
}

/* in the folder that was entered, or above it up to the top */
static bool
has_settings(struct staged *s)
{
	const char *path = WORKSPACE_FILE, *slash = s->prefix;

	while (access(path, F_OK) < 0) {
		slash = strchr(slash, '/');
		if (!slash)
			return false;
		slash++;
		path = arena_printf(&s->arena, "../%s", path);
	}
	return true;
}

void
staged_settings(struct staged *s, struct cli *cli)
{
	bool kept = has_settings(s);

	if (!kept && fchdir(s->work) < 0)
		cli_fatal(cli, "the working folder cannot be entered: %s", strerror(errno));
	cli_read_settings(cli);
	if (!kept)
		enter(s);
	cli->settings.team = staged_path(s, cli->settings.team);
	cli->settings.ethics = staged_path(s, cli->settings.ethics);
}

void
staged_end(struct staged *s)
{
	close(s->work);
	arena_free(&s->arena);
}
