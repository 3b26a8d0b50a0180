/*
 * kam-dossier check: findings like a compiler's, one to a line.
 */
#include "check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/parallel.h"
#include "base/text.h"
#include "domain/builtin.h"
#include "staged.h"

#define THREADS_ASKED 1024

static const struct cli_option options[] = {
    {'d', "dir", "DIR", "ids and codes of INPUT must not be those of others in this folder"},
    {'f', "format", "FORMAT", "text (one finding to a line), json, csv, tsv or markdown"},
    {0, "json", NULL, "the same as --format json"},
    {0, "staged", NULL, "what is staged for the next commit of git, not what is in the working tree"},
    {0, "rules", "RULE,…", "look for these alone"},
    {0, "no-rule", "RULE,…", "do not look for these"},
    {0, "strict", NULL, "warnings are errors"},
    {'t', "team", "FILE", "managers and colleagues are to be in this file, kam-team(5)"},
    {0, "stale", "SECTION=AGE", "facts of the section grow stale after that time, as 90d, 6m; off: never"},
    {0, "ethics", "FILE", "words to look for besides, and to allow"},
    {'j', "threads", "N", "threads (default: one for each processor); the output is the same"},
    {0, "print-ethics", NULL, "print the built-in words, in the form of such a file"},
    {0, "list-rules", NULL, "list what is looked for"},
};

/* the whole of a check */
struct check_main {
	struct cli cli;
	struct check_options options;
	struct report report;
	struct across across;
	const char *dir, *team_file, *ethics_file; /* as asked */
	int threads;
	bool is_staged;
	struct staged staged;
	struct team team;
	struct ethics ethics;
	struct arena arena; /* of the team */
	char **input;
	size_t inputs;
	bool named; /* by operands */
	char *standard[1];
	size_t accounts;
	bool whole;	  /* what was named could be read */
	const char *file; /* of the last document */
	/* its name is not its id; an error unless more documents follow in it */
	bool pending;
	struct finding misnamed;
};

static bool
is_operand(const struct check_main *c, const char *file)
{
	for (size_t i = 0; i < c->inputs; i++) {
		if (strcmp(c->input[i], file) == 0)
			return true;
	}
	return strcmp(file, STREAM_STDIN) == 0;
}

/* of the file's name, without its folder and suffix; NULL: it is no dossier's */
static const char *
stem_of(const char *file, size_t *n)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	size_t suffix = strlen(DOSSIER_SUFFIX);

	*n = strlen(name);
	if (*n < suffix || strcmp(name + *n - suffix, DOSSIER_SUFFIX) != 0)
		return NULL;
	*n -= suffix;
	return name;
}

/* Names that people take for equal are told from other wrong ones: on some file systems they are one file. */
static const char *
misnaming(struct arena *arena, const char *stem, size_t n, const char *id)
{
	const char *quoted = text_quoted(arena, id), *named = text_fold(arena, stem, n);

	if (strcmp(named, text_fold(arena, id, strlen(id))) == 0)
		return arena_printf(
		    arena, "id: the file of %s is called so but for the case or the form of its letters",
		    quoted);
	return arena_printf(arena, "id: the file of %s should be called %.120s" DOSSIER_SUFFIX, quoted, id);
}

/* the name of the last file is settled: no other document followed in it */
static void
settle_name(struct check_main *c)
{
	if (c->pending)
		report_put(&c->report, c->file, &c->misnamed);
	c->pending = false;
}

/* A file of a folder is a dossier; one that was named may be a stream of many, and then has no name to check. */
static void
check_file_name(struct check_main *c, struct paper *p, struct arena *arena)
{
	const struct check_rule *rule = check_rule_find("file-name");
	bool again = c->file && strcmp(c->file, p->file) == 0, in_folder = !is_operand(c, p->file);
	const char *stem, *text;
	size_t n;

	if (again && in_folder)
		paper_put(p, arena, &c->report, rule, p->root_line, p->root_column,
			  "a second account in one dossier's file");
	if (again) {
		c->pending = false;
		return;
	}
	settle_name(c);
	c->file = p->file;
	stem = stem_of(p->file, &n);
	if (!stem || !p->id.code || (strlen(p->id.code) == n && memcmp(p->id.code, stem, n) == 0))
		return;
	text = misnaming(arena, stem, n, p->id.code);
	if (in_folder) {
		paper_put(p, arena, &c->report, rule, p->id.line, p->id.column, text);
		return;
	}
	c->pending = true;
	c->misnamed = (struct finding){rule, p->id.line, p->id.column, arena_strdup(&c->arena, text)};
}

static void
take_checked(void *data, struct paper *p, struct arena *arena)
{
	struct check_main *c = data;

	if (p->unread) {
		report_error(&c->report, "read", p->unread);
		/* a link or an empty file among the dossiers of a folder is one of their errors */
		c->whole = c->whole && !is_operand(c, p->file);
		return;
	}
	c->accounts++;
	if (p->parsed) {
		check_file_name(c, p, arena);
		across_add(&c->across, p, arena, false);
	}
	report_paper(&c->report, p);
}

/* is it one of the inputs, by whatever path? */
static bool
is_input(const struct check_main *c, const char *file)
{
	struct stat a, b;

	if (stat(file, &a) < 0)
		return false;
	for (size_t i = 0; i < c->inputs; i++) {
		if (stat(c->input[i], &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
			return true;
	}
	return false;
}

/* an account of the folder that is not checked itself */
static void
take_known(void *data, struct paper *p, struct arena *arena)
{
	struct check_main *c = data;

	if (p->parsed && !is_input(c, p->file))
		across_add(&c->across, p, arena, true);
}

/* "a.yml" and "A.YAML": a dossier to a person's eye */
static int
is_unread(const struct dirent *entry)
{
	const char *name = entry->d_name, *suffix = strrchr(name, '.');

	if (name[0] == '.' || !suffix || strcmp(suffix, DOSSIER_SUFFIX) == 0)
		return 0;
	return strcasecmp(suffix, ".yaml") == 0 || strcasecmp(suffix, ".yml") == 0;
}

static int
compare_entries(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* false: an input that is no folder, and has no such files */
static bool
check_unread(struct check_main *c, const char *folder)
{
	size_t n = strlen(folder);
	struct dirent **entry;
	int count = scandir(folder, &entry, is_unread, compare_entries);
	struct error err;

	for (int i = 0; i < count; i++) {
		error_at(&err,
			 arena_printf(&c->arena, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/",
				      entry[i]->d_name),
			 0, 0, "is not read: the name of a dossier ends in " DOSSIER_SUFFIX);
		report_error(&c->report, "not-read", &err);
		free(entry[i]);
	}
	if (count >= 0)
		free(entry);
	return count >= 0;
}

static bool
wants_ethics(const struct check_main *c)
{
	return report_wants(&c->report, check_rule_find("defamation")) ||
	       report_wants(&c->report, check_rule_find("private"));
}

static void
check_inputs(struct check_main *c)
{
	char *dir = c->dir ? xstrdup(c->dir) : NULL;
	struct stream *others = NULL, *stream;
	struct check_run run = {.options = &c->options,
				.report = &c->report,
				.threads = c->threads,
				.claims_only = true,
				.take = take_known,
				.data = c};
	bool whole = dir != NULL;

	/* accounts that are known come first, so that what collides with them is said of the inputs */
	if (dir && !is_input(c, dir)) {
		others = stream_open(&dir, 1);
		check_documents(&run, others);
	}
	run.claims_only = false;
	run.take = take_checked;
	run.ethics = wants_ethics(c) ? &c->ethics : NULL;
	stream = stream_open(c->input, c->inputs);
	check_documents(&run, stream);
	settle_name(c);
	for (size_t i = 0; i < c->inputs; i++)
		whole = check_unread(c, c->input[i]) || whole;
	across_parents(&c->across, &c->report, whole);
	across_joined(&c->across, &c->report);
	stream_free(stream);
	if (others)
		stream_free(others);
	free(dir);
}

static void
list_rules(void)
{
	static const struct column columns[] = {
	    {.name = "rule"}, {.name = "severity"}, {.name = "asks that"}};
	struct table *table = table_new("rules", NULL, columns, sizeof columns / sizeof *columns);
	struct table_options table_options;

	for (size_t i = 0; i < n_check_rules; i++) {
		table_cell(table, check_rules[i].name);
		table_cell(table, check_rules[i].severity == SEVERITY_WARNING ? "warning" : "error");
		table_cell(table, check_rules[i].help);
		table_row(table);
	}
	cli_table_options(&table_options);
	tables_write(&table, 1, &table_options, stdout);
	table_free(table);
}

static void
summary(const struct check_main *c)
{
	const struct report *r = &c->report;

	if (!c->cli.quiet)
		cli_warn(&c->cli, "%zu account%s, %zu error%s, %zu warning%s", c->accounts,
			 c->accounts == 1 ? "" : "s", r->errors, r->errors == 1 ? "" : "s", r->warnings,
			 r->warnings == 1 ? "" : "s");
}

/* findings that stand in no dossier */
struct report_sink {
	struct sink sink;
	struct report *report;
};

static void
put_reported(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	(void)severity;
	report_error(((struct report_sink *)sink)->report, rule, err);
}

static void
load_team(struct check_main *c)
{
	const char *file = c->team_file ? c->team_file : c->cli.settings.team;
	struct report_sink reported = {{.put = put_reported}, &c->report};
	struct buf text = {0};
	struct doc place = {.file = file, .first_line = 1};

	if (!file)
		return;
	check_load_team(&c->cli, file, &c->team, &text, &c->arena);
	place.bytes = (struct str){text.data, text.len};
	check_team(&place, &c->team, &reported.sink);
	c->options.team = &c->team;
	buf_free(&text);
}

static void
take_rules(struct check_main *c, const char *value, bool only)
{
	if (only)
		report_only(&c->report, value);
	else
		report_without(&c->report, value);
}

/* -1, or the exit status where there is nothing else to do */
static int
take_options(struct check_main *c, const char **format)
{
	struct cli *cli = &c->cli;
	const char *value;
	struct error err;
	int option;

	while ((option = cli_option(cli, &value)) != -1) {
		if (option == 'd') {
			c->dir = value;
		} else if (option == 'f') {
			*format = value;
		} else if (option == 't') {
			c->team_file = value;
		} else if (option == 'j') {
			c->threads = cli_number(cli, "--threads", value, 1, THREADS_ASKED);
		} else if (option == cli_option_id(cli, "json")) {
			*format = "json";
		} else if (option == cli_option_id(cli, "rules") || option == cli_option_id(cli, "no-rule")) {
			take_rules(c, value, option == cli_option_id(cli, "rules"));
		} else if (option == cli_option_id(cli, "staged")) {
			c->is_staged = cli->late_settings = true;
		} else if (option == cli_option_id(cli, "strict")) {
			c->report.strict = true;
		} else if (option == cli_option_id(cli, "ethics")) {
			c->ethics_file = value;
		} else if (option == cli_option_id(cli, "stale")) {
			if (check_age_set(&c->options, value, &err) < 0)
				cli_usage(cli, "--stale: %s", err.text);
		} else if (option == cli_option_id(cli, "print-ethics")) {
			fputs(builtin_ethics, stdout);
			return cli_end(cli, EXIT_DONE);
		} else {
			list_rules();
			return cli_end(cli, EXIT_DONE);
		}
	}
	return -1;
}

/* No account at all is more likely the wrong folder than good news; but a workspace is empty at first, and so may be a
 * commit. */
static bool
lacks_accounts(const struct check_main *c)
{
	if (c->accounts || c->report.errors || !c->whole || c->is_staged)
		return false;
	if (!c->named && c->cli.settings.accounts) {
		if (!c->cli.quiet)
			cli_warn(&c->cli, "there is no dossier yet; kam-dossier new makes one");
		return false;
	}
	cli_warn(&c->cli, "%s: there is no account; is it the right folder?", c->input[0]);
	return true;
}

/* what is staged takes the place of what is in the working tree */
static void
go_to_staged(struct check_main *c)
{
	staged_begin(&c->staged, &c->cli);
	staged_settings(&c->staged, &c->cli);
	c->dir = staged_path(&c->staged, c->dir);
	c->team_file = staged_path(&c->staged, c->team_file);
	c->ethics_file = staged_path(&c->staged, c->ethics_file);
}

/* an operand as it stands in the index */
static char *
staged_operand(struct check_main *c, const char *path)
{
	if (strcmp(path, "-") != 0 && !staged_has(&c->staged, path))
		cli_fatal(&c->cli, "%s: git has nothing of that name to commit", path);
	return arena_strdup(&c->arena, staged_path(&c->staged, path));
}

/* The inputs that were named, or the folder of dossiers. Of that nothing needs to be staged. */
static void
take_inputs(struct check_main *c)
{
	const char *folder = dossier_folder(&c->cli, NULL);

	c->input = cli_operands(&c->cli, &c->inputs);
	c->named = c->inputs > 0;
	for (size_t i = 0; c->is_staged && i < c->inputs; i++)
		c->input[i] = staged_operand(c, c->input[i]);
	if (c->named)
		return;
	if (!c->is_staged)
		folder_need(&c->cli, folder);
	c->input = c->standard;
	c->inputs = !c->is_staged || staged_has(&c->staged, folder);
	c->standard[0] = arena_strdup(&c->arena, c->is_staged ? staged_path(&c->staged, folder) : folder);
}

static int
finish(struct check_main *c)
{
	bool wrong = c->report.errors > 0 || lacks_accounts(c);

	report_end(&c->report);
	summary(c);
	if (c->is_staged)
		staged_end(&c->staged);
	across_free(&c->across);
	ethics_free(&c->ethics);
	arena_free(&c->arena);
	if (!c->whole)
		return cli_end(&c->cli, EXIT_FAILED);
	return cli_end(&c->cli, wrong ? EXIT_LOOK : EXIT_DONE);
}

int
dossier_check(int argc, char **argv)
{
	struct check_main c = {
	    .cli = {.program = "kam-dossier",
		    .purpose =
			"Says what is wrong with dossiers, one finding to a line; without INPUT, with those "
			"in the folder of the settings, or " DOSSIER_FOLDER "/.",
		    .usage = "check [OPTION …] [INPUT …]",
		    .option = options,
		    .options = sizeof options / sizeof *options},
	    .threads = parallel_default(),
	    .whole = true,
	};
	const char *format = NULL;
	int status;

	cli_begin(&c.cli, argc, argv);
	check_options_init(&c.options, c.cli.today);
	report_init(&c.report, &c.cli);
	c.across.report = &c.report;
	status = take_options(&c, &format);
	if (status >= 0) {
		report_end(&c.report);
		return status;
	}
	report_begin(&c.report, format);
	c.options.today = c.cli.today;
	if (c.is_staged)
		go_to_staged(&c);
	take_inputs(&c);
	load_team(&c);
	if (wants_ethics(&c))
		check_load_ethics(&c.cli, c.ethics_file ? c.ethics_file : c.cli.settings.ethics, &c.ethics);
	if (c.inputs)
		check_inputs(&c);
	return finish(&c);
}
