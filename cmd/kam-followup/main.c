/*
 * kam-followup: what is to be done, by the rules of a playbook.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/builtin.h"
#include "followup.h"

#define DAYS_MAX 3660 /* of --days */

static const struct cli_option options[] = {
    {'p', "playbook", "FILE", "the rules (default: the workspace's, or else those of --print-playbook)"},
    {'t', "team", "FILE", "managers, their deputies, absences and calendars (default: the workspace's)"},
    {'f', "format", "FORMAT", "text, tsv, csv, json or markdown (default: text)"},
    {'s', "select", "EXPR",
     "only accounts for which it holds, as 'health<70 and tier=key', by what kam-score found"},
    {0, "manager", "ID", "only what this manager does, stands in for, or is told of; may be repeated"},
    {0, "account", "ID", "only this account; may be repeated"},
    {0, "rule", "ID", "only this rule; may be repeated"},
    {0, "days", "N", "also what falls due in the next N days"},
    {0, "until", "DATE", "what is due by this day (default: today)"},
    {0, "neutral", NULL, "csv and tsv: a ' before cells that a spreadsheet would take for formulas"},
    {0, "print-playbook", NULL, "print the built-in playbook and exit"},
};

/* what cli_option gives for the rows that have no letter */
enum {
	OPTION_MANAGER = 256 + 4,
	OPTION_ACCOUNT,
	OPTION_RULE,
	OPTION_DAYS,
	OPTION_UNTIL,
	OPTION_NEUTRAL,
	OPTION_PRINT
};

/* what the command line asked for, as given */
struct asked {
	const char *playbook, *team;
	const char *days, *until;
	const char *select;
	struct table_options out;
};

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

	if (table_format_parse(value, &asked->out.format, &err) < 0)
		cli_usage(run->cli, "--format: %s", err.text);
}

static void
options_take(struct run *run, struct asked *asked)
{
	const char *value;
	bool print = false;
	int option;

	while ((option = cli_option(run->cli, &value)) != -1) {
		switch (option) {
		case 'p':
			asked->playbook = value;
			break;
		case 't':
			asked->team = value;
			break;
		case 's':
			asked->select = value;
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
		case OPTION_NEUTRAL:
			asked->out.neutral = true;
			break;
		case OPTION_PRINT:
			print = true;
			break;
		}
	}
	if (!print) {
		cli_read_settings(run->cli);
		return;
	}
	cli_need_no_operands(run->cli, "--print-playbook");
	fputs(builtin_playbook, stdout);
	exit(cli_end(run->cli, EXIT_DONE));
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
	    .late_settings = true, /* what only prints needs none */
	    .option = options,
	    .options = COUNT(options),
	};
	struct run run = {.cli = &cli};
	struct asked asked = {0};

	cli_begin(&cli, argc, argv);
	cli_sink_init(&run.sink, &cli);
	cli_table_options(&asked.out);
	options_take(&run, &asked);
	asked.playbook = asked.playbook ? asked.playbook : cli.settings.playbook;
	asked.team = asked.team ? asked.team : cli.settings.team;
	window_choose(&run, &asked);
	selecting_begin(&run, asked.select);
	rules_load(&run, asked.playbook, asked.team);
	accounts_read(&run);
	input_judge(&run);
	list_narrow(&run);
	followups_sort(&run.list);
	output_write(&run, &asked.out);
	run_free(&run);
	return cli_end(&cli, run.look ? EXIT_LOOK : EXIT_DONE);
}
