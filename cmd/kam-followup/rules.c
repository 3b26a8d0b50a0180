/*
 * What is followed: the playbook, the team, the calendars that its managers go
 * by.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "followup.h"

static void
finish_reading(struct run *run, int result)
{
	cli_sink_done(&run->sink);
	if (result < 0)
		exit(cli_end(run->cli, EXIT_FAILED));
}

/* none given: the built-in playbook, no team */
static void
rules_read(struct run *run, const char *playbook, const char *team)
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
rules_judge(struct run *run)
{
	const struct rule *rule = run->playbook.rules.v;
	struct names known = {0};

	for (size_t i = 0; i < run->playbook.rules.n; i++)
		names_add(&known, rule[i].id, run, &run->arena);
	for (size_t i = 0; i < run->rule.n; i++) {
		if (!names_get(&known, run->rule.v[i]))
			cli_usage(run->cli, "no rule %s%s", text_quoted(&run->arena, run->rule.v[i]),
				  names_meant(&known, run->rule.v[i], &run->arena));
	}
	names_free(&known);
}

void
rules_load(struct run *run, const char *playbook, const char *team)
{
	rules_read(run, playbook, team);
	calendars_load(run, playbook);
	staff_begin(run);
	rules_judge(run);
	run->when.calendar = calendar_of;
	run->when.calendar_data = run;
}
