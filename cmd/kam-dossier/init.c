/*
 * kam-dossier init: a workspace. What is there already stays as it is, so that
 * a second run, in a clone too, only adds what is missing.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/text.h"
#include "domain/builtin.h"
#include "dossier.h"
#include "gitrun.h"

#define HOOK "pre-commit"
#define HOOK_IS_YOURS "is yours; add at its end"
#define HOOK_TO_MAKE \
	"would be a hook of all that use that folder; make it, executable, with \"#!/bin/sh\" and"
#define HOOK_IS_OLD \
	"checks files that are not committed, and not those that are; put in the place of its line"
#define CHECK "kam-dossier check -q --staged"
#define OLD_CHECK "kam-dossier check -q " DOSSIER_FOLDER /* of what is not committed, too */
#define PATTERN DOSSIER_FOLDER "/**/*" DOSSIER_SUFFIX
#define OLD_PATTERN DOSSIER_FOLDER "/*" DOSSIER_SUFFIX " " /* not that of the archive */
/* Git's variables say where the repository is as seen from its top, where hooks and aliases run. */
#define KNOW_REPOSITORY "export GIT_DIR=\"$(git rev-parse --absolute-git-dir)\" GIT_WORK_TREE=\"$PWD\" && "
#define COMMENT_COLUMN 24

static const struct cli_option options[] = {
    {0, "currency", "CODE", "of the money in exports whose map states none, as EUR"},
    {0, "language", "LANGUAGE", "of the questions of kam-dossier audit: ru, lv or en"},
    {0, "git", NULL, "make it a git repository, if it is in none"},
};

static const char attributes[] = "# The bytes of dossiers stay as they are, those of the archive too; "
				 "kam-dossier merges them by keys.\n" PATTERN " -text merge=kam diff=kam\n";

/* what git has to know of the drivers that the attributes name; it is not cloned */
static const struct {
	const char *name, *value;
} git_settings[] = {
    {"merge.kam.name", "account dossiers, merged by keys"},
    {"merge.kam.driver", "kam-dossier merge-driver %O %A %B %P"},
    {"diff.kam.xfuncname", "^([^-# \t][^:]*):"},
    {"alias.facts", "!" KNOW_REPOSITORY "cd \"./$GIT_PREFIX\" && "
		    "git -c diff.kam.textconv='kam-dossier facts --textconv' diff"},
};
#define GIT_SETTINGS (sizeof git_settings / sizeof *git_settings)

struct init {
	struct cli cli;
	const char *dir, *currency, *language;
	int fd; /* of the folder */
	struct arena arena;
};

static const char *
path_of(struct init *in, const char *name)
{
	size_t n = strlen(in->dir);

	if (*name == '/')
		return name;
	return arena_printf(&in->arena, "%s%s%s", in->dir, in->dir[n - 1] == '/' ? "" : "/", name);
}

/* a line for people; paths are theirs, and may be of any bytes */
static void
say(const struct init *in, const char *what, const char *path)
{
	struct buf line = {0};

	if (in->cli.quiet)
		return;
	text_safe(&line, path, strlen(path));
	printf("%-5s %s\n", what, line.data);
	buf_free(&line);
}

static _Noreturn void
fail_at(struct init *in, struct error *err, const char *name)
{
	err->file = path_of(in, name);
	cli_fail(&in->cli, err);
}

/* Folders */

static void
make_dir(struct init *in)
{
	struct error err;

	if (mkdir(in->dir, 0777) == 0) {
		say(in, "made", in->dir);
	} else if (errno != EEXIST) {
		error_sys(&err, in->dir, "cannot be made");
		cli_fail(&in->cli, &err);
	}
	in->fd = folder_open(in->dir, &err);
	if (in->fd < 0)
		cli_fail(&in->cli, &err);
}

/* Files */

/* true: it was made; false: there is one, which stays */
static bool
make_file(struct init *in, int folder, const char *name, const char *shown, struct str text)
{
	struct error err;
	enum atomic_result result = atomic_create(folder, name, text, &err);

	if (result == ATOMIC_FAILED)
		fail_at(in, &err, shown);
	say(in, result == ATOMIC_DONE ? "made" : "kept", path_of(in, shown));
	return result == ATOMIC_DONE;
}

static struct str
str_of(const char *text)
{
	return (struct str){text, strlen(text)};
}

/* git keeps no empty folders, and the programs look for this one: so it is not empty */
static void
make_accounts(struct init *in)
{
	static const char name[] = DOSSIER_FOLDER "/";
	bool made = mkdirat(in->fd, DOSSIER_FOLDER, 0777) == 0;
	struct error err;
	int fd =
	    made || errno == EEXIST ? openat(in->fd, DOSSIER_FOLDER, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd < 0) {
		error_sys(&err, NULL, "cannot be made");
		fail_at(in, &err, name);
	}
	say(in, made ? "made" : "kept", path_of(in, name));
	if (made)
		make_file(in, fd, ".gitkeep", DOSSIER_FOLDER "/.gitkeep", str_of(""));
	close(fd);
}

static const char *
setting_of(const struct init *in, const char *name)
{
	const struct {
		const char *name, *value;
	} values[] = {
	    {"currency", in->currency}, {"language", in->language},    {"accounts", DOSSIER_FOLDER},
	    {"model", "model.yaml"},	{"playbook", "playbook.yaml"}, {"team", "team.yaml"},
	};

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (strcmp(values[i].name, name) == 0 && values[i].value)
			return values[i].value;
	}
	return "";
}

static void
make_settings(struct init *in)
{
	struct buf text = {0};

	buf_adds(
	    &text,
	    "# The settings of this workspace. Programs take from the nearest " WORKSPACE_FILE
	    ", in the working\n# folder or above it, what no option says. Paths are as seen from here.\n");
	for (size_t i = 0; i < workspace_fields.n; i++) {
		const struct field *f = &workspace_fields.field[i];
		const char *value = setting_of(in, f->name);
		size_t line = text.len;

		buf_printf(&text, "%s:%s%s", f->name, *value ? " " : "", value);
		do
			buf_addc(&text, ' ');
		while (text.len - line < COMMENT_COLUMN);
		buf_printf(&text, "# %s\n", f->help);
	}
	make_file(in, in->fd, WORKSPACE_FILE, WORKSPACE_FILE, (struct str){text.data, text.len});
	buf_free(&text);
}

/* does a file of a person's say it already? */
static bool
has_text(int folder, const char *name, const char *text)
{
	struct buf bytes = {0};
	struct stat state;
	bool has = atomic_read(folder, name, 1UL << 20, &bytes, &state, NULL) == 0 && bytes.len &&
		   strstr(bytes.data, text);

	buf_free(&bytes);
	return has;
}

/* what a person has to do with a file that is theirs */
static void
say_change(const struct init *in, const char *path, const char *what, const char *line)
{
	struct buf safe = {0};

	if (in->cli.quiet)
		return;
	text_safe(&safe, path, strlen(path));
	printf("      %s %s:\n", safe.data, what);
	buf_clear(&safe);
	text_safe(&safe, line, strcspn(line, "\n"));
	printf("          %s\n", safe.data);
	buf_free(&safe);
}

static void
make_attributes(struct init *in)
{
	static const char name[] = ".gitattributes";
	const char *line = strchr(attributes, '\n') + 1;

	if (make_file(in, in->fd, name, name, str_of(attributes)))
		return;
	if (!has_text(in->fd, name, "merge=kam"))
		say_change(in, path_of(in, name), "is yours; add to it", line);
	else if (has_text(in->fd, name, OLD_PATTERN) && !has_text(in->fd, name, PATTERN))
		say_change(in, path_of(in, name),
			   "says nothing of " DOSSIER_FOLDER "/" DOSSIER_ARCHIVE
			   "; put in the place of its line for dossiers",
			   line);
}

static void
make_files(struct init *in)
{
	make_dir(in);
	make_accounts(in);
	make_settings(in);
	make_file(in, in->fd, "model.yaml", "model.yaml", str_of(builtin_model));
	make_file(in, in->fd, "playbook.yaml", "playbook.yaml", str_of(builtin_playbook));
	make_file(in, in->fd, "team.yaml", "team.yaml", str_of(builtin_team));
	make_attributes(in);
}

/* Git */

static int
git(struct init *in, struct buf *out, const char *a, const char *b, const char *c, const char *d)
{
	const char *const args[] = {a, b, c, d, NULL};
	bool asks = strcmp(a, "rev-parse") == 0 || strcmp(c ? c : "", "--get") == 0;

	buf_clear(out);
	return git_run(in->fd, args, -1, out, !asks);
}

static void
set_drivers(struct init *in)
{
	struct buf now = {0};

	for (size_t i = 0; i < GIT_SETTINGS; i++) {
		const char *name = git_settings[i].name, *value = git_settings[i].value;
		int status = git(in, &now, "config", "--local", "--get", name);

		if (status == 0) {
			say(in, "kept", name);
			if (strcmp(now.data, value) != 0 && !in->cli.quiet)
				printf("      which is not: %s\n", value);
			continue;
		}
		if (git(in, &now, "config", "--local", name, value) != 0)
			cli_fatal(&in->cli, "git config %s: cannot be set", name);
		say(in, "set", name);
	}
	buf_free(&now);
}

/* in quotes for a shell */
static void
add_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_adds(out, "'\\''");
		else
			buf_addc(out, *text);
	}
	buf_addc(out, '\'');
}

/* The line of the hook; prefix: from the top of the repository, where it runs, to the workspace, "" or with a '/' at
 * its end. */
static const char *
hook_line(struct init *in, const char *prefix)
{
	struct buf line = {0};
	const char *copy;

	if (*prefix) {
		buf_adds(&line, "(" KNOW_REPOSITORY "cd ./");
		add_quoted(&line, prefix);
		buf_adds(&line, " && " CHECK ") || exit");
	} else {
		buf_adds(&line, CHECK " || exit");
	}
	copy = arena_copy(&in->arena, line.data, line.len);
	buf_free(&line);
	return copy;
}

/* the folder of hooks; -1: there is none and it cannot be made */
static int
open_hooks(struct init *in, const char *path)
{
	if (mkdirat(in->fd, path, 0777) < 0 && errno != EEXIST)
		return -1;
	return openat(in->fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void
make_hook(struct init *in, const char *prefix)
{
	const char *line = hook_line(in, prefix), *hooks,
		   *text = arena_printf(&in->arena,
					"#!/bin/sh\n# No dossier with an error is committed.\n%s\n", line);
	struct buf out = {0};
	mode_t mask = umask(0);
	int fd;

	umask(mask);
	/* hooks that are shared with other repositories are left to their owner */
	if (git(in, &out, "config", "core.hooksPath", NULL, NULL) == 0) {
		hooks = arena_printf(&in->arena, "%s/" HOOK, out.data);
		say_change(in, hooks, access(hooks, F_OK) == 0 ? HOOK_IS_YOURS : HOOK_TO_MAKE, line);
		buf_free(&out);
		return;
	}
	if (git(in, &out, "rev-parse", "--git-path", "hooks", NULL) != 0)
		cli_fatal(&in->cli, "git does not tell where its hooks are");
	hooks = arena_strdup(&in->arena, out.data);
	buf_free(&out);
	fd = open_hooks(in, hooks);
	if (fd < 0)
		cli_fatal(&in->cli, "%s: cannot be opened: %s", hooks, strerror(errno));
	hooks = arena_printf(&in->arena, "%s/" HOOK, hooks);
	if (make_file(in, fd, HOOK, hooks, str_of(text))) {
		if (fchmodat(fd, HOOK, 0777 & ~mask, 0) < 0)
			cli_fatal(&in->cli, "%s: cannot be made a program: %s", hooks, strerror(errno));
	} else if (!has_text(fd, HOOK, line)) {
		say_change(in, hooks, has_text(fd, HOOK, OLD_CHECK) ? HOOK_IS_OLD : HOOK_IS_YOURS, line);
	}
	close(fd);
}

/* a setting of an earlier version, which hides from "git diff" what is no fact */
static void
say_leftover(struct init *in)
{
	struct buf now = {0};

	if (git(in, &now, "config", "--local", "--get", "diff.kam.textconv") == 0 && !in->cli.quiet)
		puts("      diff.kam.textconv is set: git diff shows facts, and no comments. \"git facts\" "
		     "shows\n"
		     "      them when asked; for lines again:\n"
		     "          git config --unset diff.kam.textconv");
	buf_free(&now);
}

static void
print_git(void)
{
	struct buf line = {0};

	puts("\nNot in a git repository. To make it one, in that folder:\n"
	     "    git init");
	for (size_t i = 0; i < GIT_SETTINGS; i++) {
		buf_clear(&line);
		buf_printf(&line, "    git config %s ", git_settings[i].name);
		add_quoted(&line, git_settings[i].value);
		puts(line.data);
	}
	puts("or all of it, and a hook that checks what is committed, by\n    kam-dossier init --git .");
	buf_free(&line);
}

static void
set_git(struct init *in, bool make)
{
	struct buf prefix = {0}, out = {0};
	int status = git(in, &prefix, "rev-parse", "--show-prefix", NULL, NULL);

	if (status != 0 && make) {
		if (git(in, &out, "init", "-q", NULL, NULL) != 0)
			cli_fatal(&in->cli, "git init: cannot be done");
		say(in, "made", path_of(in, ".git/"));
		status = git(in, &prefix, "rev-parse", "--show-prefix", NULL, NULL);
	}
	if (status == 0) {
		set_drivers(in);
		say_leftover(in);
		make_hook(in, prefix.data);
	} else if (!in->cli.quiet) {
		print_git();
	}
	buf_free(&prefix);
	buf_free(&out);
}

static void
print_steps(const struct init *in)
{
	struct buf dir = {0};

	if (in->cli.quiet)
		return;
	text_safe(&dir, in->dir, strlen(in->dir));
	printf("\nNext, in %s:\n"
	       "    kam-dossier new ID NAME            an account, to be filled in\n"
	       "    kam-import -m MAP FILE | kam-dossier merge accounts\n"
	       "                                       accounts from exports\n"
	       "    kam-dossier check                  what is wrong with them\n"
	       "    git add -A && git commit           and in each clone: kam-dossier init .\n",
	       dir.data);
	buf_free(&dir);
}

/* is it one of the words that the setting knows? */
static void
check_language(const struct init *in)
{
	const struct field *f = field_find(&workspace_fields, "language");
	struct arena arena = {0};

	for (const char *const *word = f->words; *word; word++) {
		if (strcmp(*word, in->language) == 0)
			return;
	}
	cli_usage(&in->cli, "--language: ru, lv or en, not %s", text_quoted(&arena, in->language));
}

int
dossier_init(int argc, char **argv)
{
	struct init in = {
	    .cli =
		{
		    .program = "kam-dossier",
		    .purpose =
			"Makes a workspace: a folder for dossiers, settings and files to be filled in, "
			"and what git needs. What is there already is kept.",
		    .usage = "init [--git] [--currency CODE] [--language LANGUAGE] DIR",
		    .option = options,
		    .options = sizeof options / sizeof *options,
		},
	};
	bool make_git = false;
	const char *value;
	char **operands;
	int option;
	size_t n;

	/* a workspace above is none of this one's business */
	in.cli.no_config = true;
	cli_begin(&in.cli, argc, argv);
	while ((option = cli_option(&in.cli, &value)) != -1) {
		if (option == cli_option_id(&in.cli, "currency"))
			in.currency = value;
		else if (option == cli_option_id(&in.cli, "language"))
			in.language = value;
		else
			make_git = true;
	}
	operands = cli_operands(&in.cli, &n);
	if (n != 1 || !*operands[0])
		cli_usage(&in.cli, "one folder, as init . for this one");
	if (in.currency && !field_currency_is_valid(in.currency))
		cli_usage(&in.cli, "--currency: three capitals, as EUR, not %s",
			  text_quoted(&in.arena, in.currency));
	if (in.language)
		check_language(&in);
	in.dir = operands[0];
	make_files(&in);
	set_git(&in, make_git);
	print_steps(&in);
	close(in.fd);
	arena_free(&in.arena);
	return cli_end(&in.cli, EXIT_DONE);
}
