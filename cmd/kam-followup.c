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
#define NAMES_MAX 256 /* compared with one that is not known */

static const struct cli_option options[] = {
    {'p', "playbook", "FILE", "the rules (default: built in, see --print-playbook)"},
    {'t', "team", "FILE", "managers, their deputies, absences and calendars"},
    {'f', "format", "FORMAT", "text, tsv, csv, json or markdown (default: text)"},
    {0, "manager", "ID", "only what this manager does, stands in for, or is told of"},
    {0, "account", "ID", "only this account"},
    {0, "rule", "ID", "only this rule"},
    {0, "days", "N", "also what falls due in the next N days"},
    {0, "until", "DATE", "what is due by this day (default: today)"},
    {0, "print-playbook", NULL, "print the built-in playbook and exit"},
};

/* what cli_option gives for the rows that have no letter */
enum { OPTION_MANAGER = 256 + 3, OPTION_ACCOUNT, OPTION_RULE, OPTION_DAYS, OPTION_UNTIL, OPTION_PRINT };

/* the calendar of one name */
struct named_calendar {
	const char *name;
	struct calendar calendar;
};

/* what one run knows */
struct run {
	struct cli *cli;
	struct cli_sink sink;
	struct playbook playbook;
	struct team team;
	bool has_team;
	struct named_calendar *calendar;
	size_t calendars;
	struct followup_options when;
	const char *account; /* only this one; NULL: all */
	const char *manager; /* the same */
	const char *rule;    /* the same */
	struct hash seen;    /* ids of accounts → their file */
	struct followups list;
	struct arena arena; /* of all that lasts for the run */
	bool look;	    /* something needs a look */
};

/* what the command line asked for, as given */
struct asked {
	const char *playbook, *team;
	const char *days, *until;
	enum table_format format;
};

static void
finish_reading(struct run *run, int result)
{
	cli_sink_done(&run->sink);
	if (result < 0)
		exit(cli_end(run->cli, EXIT_FAILED));
}

static void
playbook_load(struct run *run, const char *path)
{
	struct buf text = {0};
	int result;

	if (!path) {
		playbook_builtin(&run->playbook, &run->arena);
		return;
	}
	cli_read_file(run->cli, path, &text);
	result = playbook_read(&run->playbook, (struct str){text.data, text.len}, path, &run->arena,
			       &run->sink.sink);
	buf_free(&text);
	finish_reading(run, result);
}

static void
team_load(struct run *run, const char *path)
{
	struct buf text = {0};
	int result;

	if (!path)
		return;
	cli_read_file(run->cli, path, &text);
	result = team_read(&run->team, (struct str){text.data, text.len}, path, &run->arena, &run->sink.sink);
	buf_free(&text);
	finish_reading(run, result);
	run->has_team = true;
	run->when.team = &run->team;
}

static struct calendar *
calendar_find(struct run *run, const char *name)
{
	for (size_t i = 0; i < run->calendars; i++) {
		if (strcmp(run->calendar[i].name, name) == 0)
			return &run->calendar[i].calendar;
	}
	return NULL;
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

static void
calendar_load(struct run *run, const char *playbook, const char *name)
{
	const struct pairs *holidays = &run->playbook.holidays;
	struct calendar *calendar;
	struct buf text = {0};
	struct error err;
	const char *path;
	size_t i;

	for (i = 0; i < holidays->n && strcmp(holidays->name[i], name) != 0; i++)
		;
	if (i == holidays->n) {
		error_set(&err, "calendar %s is not among the playbook's holidays: only weekends are off",
			  text_quoted(&run->arena, name));
		sink_put(&run->sink.sink, SEVERITY_WARNING, "calendar", &err);
		return;
	}
	path = beside(run, playbook, holidays->text[i]);
	calendar = &run->calendar[run->calendars].calendar;
	run->calendar[run->calendars++].name = name;
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
	struct hash met = {0};

	run->calendar = arena_alloc(&run->arena, (run->team.managers.n + 1) * sizeof *run->calendar);
	for (size_t i = 0; i < run->team.managers.n; i++) {
		void **known;

		if (!m[i].calendar)
			continue;
		known = hash_put(&met, m[i].calendar, strlen(m[i].calendar), NULL);
		if (!*known)
			calendar_load(run, playbook ? playbook : "", m[i].calendar);
		*known = run;
	}
	hash_free(&met);
}

static const struct calendar *
calendar_of(void *data, const char *manager)
{
	struct run *run = data;
	const struct manager *m = run->has_team ? team_find(&run->team, manager) : NULL;

	return m && m->calendar ? calendar_find(run, m->calendar) : NULL;
}

/* a name on the command line that nothing has: exit 2, with the nearest that there is */
static _Noreturn void
refuse_name(struct run *run, const char *what, const char *name, const char *const *names, size_t n)
{
	const char *near = text_nearest(name, names, n);

	if (near)
		cli_usage(run->cli, "no %s %s, did you mean %s?", what, text_quoted(&run->arena, name), near);
	cli_usage(run->cli, "no %s %s", what, text_quoted(&run->arena, name));
}

static void
rule_choose(struct run *run)
{
	struct rule *rule = run->playbook.rules.v;
	const char *names[NAMES_MAX];
	size_t n = run->playbook.rules.n, i;

	if (!run->rule)
		return;
	for (i = 0; i < n && strcmp(rule[i].id, run->rule) != 0; i++) {
		if (i < NAMES_MAX)
			names[i] = rule[i].id;
	}
	if (i == n)
		refuse_name(run, "rule", run->rule, names, n < NAMES_MAX ? n : NAMES_MAX);
	rule[0] = rule[i];
	run->playbook.rules.n = 1;
}

/* without a team file any name may be a manager's */
static void
manager_choose(struct run *run)
{
	const struct manager *m = run->team.managers.v;
	const char *names[NAMES_MAX];
	size_t n = run->team.managers.n;

	if (!run->manager || !run->has_team || team_find(&run->team, run->manager) ||
	    (run->team.head && strcmp(run->team.head, run->manager) == 0))
		return;
	for (size_t i = 0; i < n && i < NAMES_MAX; i++)
		names[i] = m[i].id;
	refuse_name(run, "manager", run->manager, names, n < NAMES_MAX ? n : NAMES_MAX);
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
			run->manager = value;
			break;
		case OPTION_ACCOUNT:
			run->account = value;
			break;
		case OPTION_RULE:
			run->rule = value;
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
	char *id = arena_strdup(&run->arena, a->id);
	void **known = hash_put(&run->seen, id, strlen(id), NULL);
	struct error err;

	if (!*known) {
		*known = arena_strdup(&run->arena, chunk->file);
		return true;
	}
	error_at(&err, chunk->file, chunk->first_line, 0,
		 "account %s was read before, from %s: this one is left out", id, (const char *)*known);
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
	if (!run->account || strcmp(run->account, account.id) == 0)
		followups_collect(&run->list, &run->playbook, &account, &run->when, &run->arena);
}

static void
accounts_read(struct run *run)
{
	struct arena arena = {0};
	struct doc doc = {0};
	struct stream *stream;
	struct chunk chunk;
	struct error err;
	char **inputs;
	size_t n;
	int got;

	inputs = cli_operands(run->cli, &n);
	stream = stream_open(inputs, n);
	while ((got = stream_next(stream, &chunk, &err)) > 0) {
		document_take(run, &doc, &chunk, &arena);
		doc_reset(&doc);
		arena_reset(&arena);
	}
	if (got < 0)
		cli_fail(run->cli, &err);
	stream_free(stream);
	doc_free(&doc);
	arena_free(&arena);
	cli_sink_done(&run->sink);
	if (run->sink.sink.errors > 0)
		run->look = true;
	if (run->account && !hash_get(&run->seen, run->account, strlen(run->account))) {
		cli_warn(run->cli, "no account %s in the input", text_quoted(&run->arena, run->account));
		run->look = true;
	}
}

static bool
is_of(const char *manager, const char *name)
{
	return name && strcmp(name, manager) == 0;
}

/* keeps what the manager has to do or is told of */
static void
list_narrow(struct run *run)
{
	struct followups *list = &run->list;
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct followup *f = &list->v[i];

		if (!run->manager || is_of(run->manager, f->owner) || is_of(run->manager, f->escalated))
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
	else
		table_cell(t, f->owner ? f->owner : f->escalated);
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
nothing_write(const struct run *run)
{
	struct buf day = {0};

	date_format(&day, run->when.until);
	printf("Nothing is due by %s.\n", day.data);
	buf_free(&day);
}

static void
output_write(struct run *run, enum table_format format)
{
	bool people = format == TABLE_TEXT || format == TABLE_MARKDOWN;
	struct table_options how;

	cli_table_options(&how);
	how.format = format;
	if (people && run->list.n == 0)
		nothing_write(run);
	else if (people)
		agenda_write(run, &how);
	else
		list_write(run, &how);
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
	window_choose(&run, &asked);
	playbook_load(&run, asked.playbook);
	team_load(&run, asked.team);
	calendars_load(&run, asked.playbook);
	rule_choose(&run);
	manager_choose(&run);
	run.when.calendar = calendar_of;
	run.when.calendar_data = &run;

	accounts_read(&run);
	list_narrow(&run);
	followups_sort(&run.list);
	output_write(&run, asked.format);

	free(run.list.v);
	hash_free(&run.seen);
	arena_free(&run.arena);
	return cli_end(&cli, run.look ? EXIT_LOOK : EXIT_DONE);
}
