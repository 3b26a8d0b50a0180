/*
 * kam-followup: what is to be done, by the rules of a playbook.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "cli.h"
#include "data/stream.h"
#include "data/table.h"
#include "domain/builtin.h"
#include "domain/playbook.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define DAYS_MAX 3660 /* of --days */

static const struct cli_option options[] = {
    {'p', "playbook", "FILE", "the rules (default: built in, see --print-playbook)"},
    {'t', "team", "FILE", "managers, their deputies, absences and calendars"},
    {'f', "format", "FORMAT", "text, tsv, csv, json or markdown (default: text)"},
    {0, "manager", "ID", "only what this manager does, stands in for, or is told of; may be repeated"},
    {0, "account", "ID", "only this account; may be repeated"},
    {0, "rule", "ID", "only this rule; may be repeated"},
    {0, "days", "N", "also what falls due in the next N days"},
    {0, "until", "DATE", "what is due by this day (default: today)"},
    {0, "print-playbook", NULL, "print the built-in playbook and exit"},
};

/* what cli_option gives for the rows that have no letter */
enum { OPTION_MANAGER = 256 + 3, OPTION_ACCOUNT, OPTION_RULE, OPTION_DAYS, OPTION_UNTIL, OPTION_PRINT };

/* names, each once, in the order in which they came; those that stand for nothing have the run as their mark */
struct names {
	const char **v;
	size_t n, cap;
	struct hash index; /* name → what it stands for, not NULL */
};

/* what one run knows */
struct run {
	struct cli *cli;
	struct cli_sink sink;
	struct playbook playbook;
	struct team team;
	struct names calendar; /* → struct calendar, without a day where the playbook has no file */
	struct followup_options when;
	struct names account; /* only these; none: all */
	struct names manager; /* the same */
	struct names rule;    /* the same */
	struct names seen;    /* ids of accounts → their file */
	struct names staff;   /* who may be asked for as manager */
	struct followups list;
	struct arena arena; /* of all that lasts for the run */
	bool look;	    /* something needs a look */
	bool nobody;	    /* nothing was read that was asked for: that nothing is due cannot be said */
};

/* what the command line asked for, as given */
struct asked {
	const char *playbook, *team;
	const char *days, *until;
	enum table_format format;
};

/* what the name stands for, or NULL: it is not there */
static void *
names_get(const struct names *names, const char *name)
{
	return hash_get(&names->index, name, strlen(name));
}

/* a name that is there already stays as it is; NULL adds nothing */
static void
names_add(struct names *names, const char *name, const void *value, struct arena *arena)
{
	if (!name || names_get(names, name))
		return;
	name = arena_strdup(arena, name);
	*hash_put(&names->index, name, strlen(name), NULL) = (void *)value;
	names->v = vec_grow(names->v, &names->cap, names->n + 1, sizeof *names->v);
	names->v[names->n++] = name;
}

static void
names_free(struct names *names)
{
	free(names->v);
	hash_free(&names->index);
}

/* no names: everything was asked for */
static bool
is_asked_for(const struct names *names, const char *name)
{
	return names->n == 0 || (name && names_get(names, name));
}

static void
finish_reading(struct run *run, int result)
{
	cli_sink_done(&run->sink);
	if (result < 0)
		exit(cli_end(run->cli, EXIT_FAILED));
}

/* none given: the built-in playbook, no team */
static void
rules_load(struct run *run, const char *playbook, const char *team)
{
	struct sink *sink = &run->sink.sink;
	struct buf text = {0};

	if (playbook) {
		cli_read_file(run->cli, playbook, &text);
		finish_reading(run, playbook_read(&run->playbook, (struct str){text.data, text.len}, playbook,
						  &run->arena, sink));
	} else {
		playbook_builtin(&run->playbook, &run->arena);
	}
	buf_clear(&text);
	if (team) {
		cli_read_file(run->cli, team, &text);
		finish_reading(
		    run, team_read(&run->team, (struct str){text.data, text.len}, team, &run->arena, sink));
		run->when.team = &run->team;
	}
	buf_free(&text);
}

/* a file that the playbook names, seen from the playbook's folder */
static const char *
beside(struct run *run, const char *playbook, const char *file)
{
	const char *slash = strrchr(playbook, '/');

	if (!slash || *file == '/')
		return file;
	return arena_printf(&run->arena, "%.*s/%s", (int)(slash - playbook), playbook, file);
}

/* A playbook without any holidays is one for which weekends will do. */
static void
calendar_load(struct run *run, const char *playbook, const char *name, struct calendar *calendar)
{
	const char *file = playbook_holidays(&run->playbook, name), *path;
	struct buf text = {0};
	struct error err;

	if (!file) {
		error_set(&err, "calendar %s is not among the playbook's holidays: only weekends are off",
			  text_quoted(&run->arena, name));
		if (run->playbook.holidays.n > 0)
			sink_put(&run->sink.sink, SEVERITY_WARNING, "calendar", &err);
		return;
	}
	path = beside(run, playbook, file);
	cli_need_file(run->cli, path);
	cli_read_file(run->cli, path, &text);
	if (calendar_read(calendar, text.data ? text.data : "", text.len, path, &run->arena, &err) < 0)
		cli_fail(run->cli, &err);
	buf_free(&text);
}

/* the calendars that the managers go by; files that nobody needs are not read */
static void
calendars_load(struct run *run, const char *playbook)
{
	const struct manager *m = run->team.managers.v;

	for (size_t i = 0; i < run->team.managers.n; i++) {
		struct calendar *calendar;

		if (!m[i].calendar || names_get(&run->calendar, m[i].calendar))
			continue;
		calendar = arena_alloc(&run->arena, sizeof *calendar);
		names_add(&run->calendar, m[i].calendar, calendar, &run->arena);
		calendar_load(run, playbook ? playbook : "", m[i].calendar, calendar);
	}
}

static const struct calendar *
calendar_of(void *data, const char *manager)
{
	struct run *run = data;
	const struct manager *m = team_find(&run->team, manager);

	return m && m->calendar ? names_get(&run->calendar, m->calendar) : NULL;
}

/* ", did you mean north?" or nothing */
static const char *
meant(struct run *run, const char *name, const struct names *known)
{
	const char *near = text_nearest(name, known->v, known->n);

	return near ? arena_printf(&run->arena, ", did you mean %s?", near) : "";
}

static void
rules_judge(struct run *run)
{
	const struct rule *rule = run->playbook.rules.v;
	struct names known = {0};

	for (size_t i = 0; i < run->playbook.rules.n; i++)
		names_add(&known, rule[i].id, run, &run->arena);
	for (size_t i = 0; i < run->rule.n; i++) {
		if (!names_get(&known, run->rule.v[i]))
			cli_usage(run->cli, "no rule %s%s", text_quoted(&run->arena, run->rule.v[i]),
				  meant(run, run->rule.v[i], &known));
	}
	names_free(&known);
}

/* the managers of the team file, and whoever a rule escalates to */
static void
staff_begin(struct run *run)
{
	const struct manager *m = run->team.managers.v;
	const struct rule *rule = run->playbook.rules.v;

	for (size_t i = 0; i < run->team.managers.n; i++)
		names_add(&run->staff, m[i].id, run, &run->arena);
	names_add(&run->staff, run->team.head, run, &run->arena);
	for (size_t i = 0; i < run->playbook.rules.n; i++)
		names_add(&run->staff, rule[i].escalate.to, run, &run->arena);
}

static void
window_choose(struct run *run, const struct asked *asked)
{
	struct date today = run->cli->today;

	run->when.today = run->when.until = today;
	if (asked->days && asked->until)
		cli_usage(run->cli, "--days and --until together: one of them says it all");
	if (asked->days)
		run->when.until =
		    date_add_days(today, cli_number(run->cli, "--days", asked->days, 0, DAYS_MAX));
	if (asked->until)
		run->when.until = cli_date(run->cli, "--until", asked->until);
}

static void
format_choose(struct run *run, struct asked *asked, const char *value)
{
	struct error err;

	if (table_format_parse(value, &asked->format, &err) < 0)
		cli_usage(run->cli, "--format: %s", err.text);
}

static void
options_take(struct run *run, struct asked *asked)
{
	const char *value;
	int option;

	while ((option = cli_option(run->cli, &value)) != -1) {
		switch (option) {
		case 'p':
			asked->playbook = value;
			break;
		case 't':
			asked->team = value;
			break;
		case OPTION_MANAGER:
			names_add(&run->manager, value, run, &run->arena);
			break;
		case OPTION_ACCOUNT:
			names_add(&run->account, value, run, &run->arena);
			break;
		case OPTION_RULE:
			names_add(&run->rule, value, run, &run->arena);
			break;
		case OPTION_DAYS:
			asked->days = value;
			break;
		case OPTION_UNTIL:
			asked->until = value;
			break;
		case 'f':
			format_choose(run, asked, value);
			break;
		case OPTION_PRINT:
			fputs(builtin_playbook, stdout);
			exit(cli_end(run->cli, EXIT_DONE));
		}
	}
}

/* the first document of an account counts; a second one needs a look */
static bool
is_first(struct run *run, const struct account *a, const struct chunk *chunk)
{
	const char *file = names_get(&run->seen, a->id);
	struct error err;

	if (!file) {
		names_add(&run->seen, a->id, arena_strdup(&run->arena, chunk->file), &run->arena);
		return true;
	}
	error_at(&err, chunk->file, chunk->first_line, 0,
		 "account %s was read before, from %s: this one is left out", a->id, file);
	sink_put(&run->sink.sink, SEVERITY_ERROR, "twice", &err);
	return false;
}

static void
document_take(struct run *run, struct doc *doc, const struct chunk *chunk, struct arena *arena)
{
	struct account account;
	struct error err;

	if (doc_parse(doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		sink_put(&run->sink.sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	if (account_read(doc, &account, arena, &run->sink.sink) < 0 || !is_first(run, &account, chunk))
		return;
	names_add(&run->staff, account.manager, run, &run->arena);
	for (size_t i = 0; i < account.team.n; i++)
		names_add(&run->staff, account.team.v[i], run, &run->arena);
	if (is_asked_for(&run->account, account.id))
		followups_collect(&run->list, &run->playbook, &account, &run->when, &run->arena);
}

/* A file of a folder that cannot be read is left out, as a document with a mistake is; without an input that was named
 * there is no agenda. */
static void
input_failed(struct run *run, char *const *inputs, size_t n, const struct error *err)
{
	bool named = strcmp(err->file, STREAM_STDIN) == 0;

	for (size_t i = 0; i < n && !named; i++)
		named = strcmp(err->file, inputs[i]) == 0;
	if (!named) {
		sink_put(&run->sink.sink, SEVERITY_ERROR, "read", err);
		return;
	}
	cli_sink_done(&run->sink);
	cli_fail(run->cli, err);
}

static void
accounts_read(struct run *run)
{
	size_t n;
	char **inputs = cli_operands(run->cli, &n);
	struct stream *stream = stream_open(inputs, n);
	struct arena arena = {0};
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	int got;

	while ((got = stream_next(stream, &chunk, &err)) != 0) {
		if (got > 0)
			document_take(run, &doc, &chunk, &arena);
		else
			input_failed(run, inputs, n, &err);
		doc_reset(&doc);
		arena_reset(&arena);
	}
	stream_free(stream);
	doc_free(&doc);
	arena_free(&arena);
	cli_sink_done(&run->sink);
	run->look = run->sink.sink.errors > 0;
}

/* Says which of the names asked for are not there; false: none of them is. */
static bool
names_found(struct run *run, const char *what, const struct names *asked, const struct names *known)
{
	size_t missing = 0;

	for (size_t i = 0; i < asked->n; i++) {
		if (names_get(known, asked->v[i]))
			continue;
		missing++;
		cli_warn(run->cli, "no %s %s in the input%s", what, text_quoted(&run->arena, asked->v[i]),
			 meant(run, asked->v[i], known));
	}
	run->look = run->look || missing > 0;
	return missing == 0 || missing < asked->n;
}

/* Was anything read, and is there what was asked for? */
static void
input_judge(struct run *run)
{
	if (run->seen.n == 0) {
		if (!run->look)
			cli_warn(run->cli, "there are no accounts in the input");
		run->look = run->nobody = true;
		return;
	}
	run->nobody = !names_found(run, "account", &run->account, &run->seen);
	run->nobody = !names_found(run, "manager", &run->manager, &run->staff) || run->nobody;
}

/* keeps what was asked for: of rules, and of managers who have to do it or are told of it */
static void
list_narrow(struct run *run)
{
	struct followups *list = &run->list;
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct followup *f = &list->v[i];

		if (is_asked_for(&run->rule, f->rule) &&
		    (is_asked_for(&run->manager, f->owner) || is_asked_for(&run->manager, f->escalated)))
			list->v[kept++] = *f;
	}
	list->n = kept;
}

static long
days_late(const struct run *run, const struct followup *f)
{
	long late = date_diff(run->when.today, f->due);

	return late > 0 ? late : 0;
}

static void
cell_date(struct table *t, struct date d)
{
	struct buf text = {0};

	date_format(&text, d);
	table_cell(t, text.data);
	buf_free(&text);
}

/* one table of everything, for programs */
static void
list_write(const struct run *run, const struct table_options *how)
{
	static const struct column columns[] = {
	    {"due", NULL, COLUMN_TEXT, 0},	{"late", NULL, COLUMN_NUMBER, 0},
	    {"priority", NULL, COLUMN_TEXT, 0}, {"account", NULL, COLUMN_TEXT, 0},
	    {"title", NULL, COLUMN_TEXT, 0},	{"owner", NULL, COLUMN_TEXT, 0},
	    {"what", NULL, COLUMN_TEXT, 0},	{"rule", NULL, COLUMN_TEXT, 0},
	    {"key", NULL, COLUMN_TEXT, 0},	{"escalated", NULL, COLUMN_TEXT, 0},
	    {"since", NULL, COLUMN_TEXT, 0},	{"days", NULL, COLUMN_NUMBER, 0},
	};
	struct table *t = table_new("followups", NULL, columns, COUNT(columns));

	for (size_t i = 0; i < run->list.n; i++) {
		const struct followup *f = &run->list.v[i];

		cell_date(t, f->due);
		table_cellf(t, "%ld", days_late(run, f));
		table_cell(t, f->priority);
		table_cell(t, f->account);
		table_cell(t, f->title);
		table_cell(t, f->owner);
		table_cell(t, f->text);
		table_cell(t, f->rule);
		table_cell(t, f->key);
		table_cell(t, f->escalated);
		cell_date(t, f->since);
		if (date_is_set(f->since) && date_cmp(f->since, run->when.today) <= 0)
			table_cellf(t, "%ld", date_diff(run->when.today, f->since));
		else
			table_cell(t, NULL);
		table_row(t);
	}
	tables_write(&t, 1, how, stdout);
	table_free(t);
}

enum group { OVERDUE, TODAY, COMING, GROUPS };

static enum group
group_of(const struct run *run, const struct followup *f)
{
	int order = date_cmp(f->due, run->when.today);

	return order < 0 ? OVERDUE : order == 0 ? TODAY : COMING;
}

static void
agenda_row(const struct run *run, struct table *t, const struct followup *f)
{
	cell_date(t, f->due);
	if (days_late(run, f) > 0)
		table_cellf(t, "%ld", days_late(run, f));
	else
		table_cell(t, NULL);
	table_cell(t, strcmp(f->priority, "normal") == 0 ? NULL : f->priority);
	table_cell(t, f->title);
	if (f->owner && f->escalated)
		table_cellf(t, "%s → %s", f->owner, f->escalated);
	else if (f->escalated)
		table_cellf(t, "→ %s", f->escalated);
	else
		table_cell(t, f->owner);
	table_cell(t, f->text);
	table_row(t);
}

/* tables of what is overdue, due today and coming, for people */
static void
agenda_write(struct run *run, const struct table_options *how)
{
	static const struct column columns[] = {
	    {"due", "Due", COLUMN_TEXT, 0},	{"late", "Late", COLUMN_NUMBER, 0},
	    {"priority", "", COLUMN_TEXT, 0},	{"title", "Account", COLUMN_TEXT, 0},
	    {"owner", "Owner", COLUMN_TEXT, 0}, {"what", "What to do", COLUMN_TEXT, 0},
	};
	static const char *const titles[GROUPS] = {"Overdue", "Today", "Coming"};
	struct table *group[GROUPS], *shown[GROUPS];
	size_t count[GROUPS] = {0}, n = 0;

	for (size_t i = 0; i < run->list.n; i++)
		count[group_of(run, &run->list.v[i])]++;
	for (size_t i = 0; i < GROUPS; i++) {
		const char *title = arena_printf(&run->arena, "%s: %zu", titles[i], count[i]);

		group[i] = table_new(titles[i], title, columns, COUNT(columns));
		if (count[i] > 0)
			shown[n++] = group[i];
	}
	for (size_t i = 0; i < run->list.n; i++)
		agenda_row(run, group[group_of(run, &run->list.v[i])], &run->list.v[i]);
	tables_write(shown, n, how, stdout);
	for (size_t i = 0; i < GROUPS; i++)
		table_free(group[i]);
}

static void
output_write(struct run *run, enum table_format format)
{
	bool people = format == TABLE_TEXT || format == TABLE_MARKDOWN;
	struct table_options how;
	struct buf day = {0};

	date_format(&day, run->when.until);
	cli_table_options(&how);
	how.format = format;
	if (people && run->list.n == 0 && !run->nobody)
		printf("Nothing is due by %s.\n", day.data);
	else if (people)
		agenda_write(run, &how);
	else
		list_write(run, &how);
	buf_free(&day);
}

static void
run_free(struct run *run)
{
	names_free(&run->calendar);
	names_free(&run->account);
	names_free(&run->manager);
	names_free(&run->rule);
	names_free(&run->seen);
	names_free(&run->staff);
	free(run->list.v);
	arena_free(&run->arena);
}

int
main(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-followup",
	    .purpose = "What is to be done for the accounts, by the rules of a playbook.",
	    .usage = "[OPTION …] [INPUT …]",
	    .option = options,
	    .options = COUNT(options),
	};
	struct run run = {.cli = &cli};
	struct asked asked = {.format = TABLE_TEXT};

	cli_begin(&cli, argc, argv);
	cli_sink_init(&run.sink, &cli);
	options_take(&run, &asked);
	asked.playbook = asked.playbook ? asked.playbook : cli.settings.playbook;
	asked.team = asked.team ? asked.team : cli.settings.team;
	window_choose(&run, &asked);
	rules_load(&run, asked.playbook, asked.team);
	calendars_load(&run, asked.playbook);
	staff_begin(&run);
	rules_judge(&run);
	run.when.calendar = calendar_of;
	run.when.calendar_data = &run;
	accounts_read(&run);
	input_judge(&run);
	list_narrow(&run);
	followups_sort(&run.list);
	output_write(&run, asked.format);
	run_free(&run);
	return cli_end(&cli, run.look ? EXIT_LOOK : EXIT_DONE);
}
