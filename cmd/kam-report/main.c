/*
 * kam-report: reports on the whole portfolio.
 */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"
#include "reporting.h"

#define ROWS_FOR_PEOPLE 20

static const struct cli_verb verbs[] = {
    {"portfolio", "[OPTION …] [INPUT …]",
     "concentration, the accounts by what they bring, sums of managers and groups, what clients say of us"},
};

static struct cli_option options[] = {
    {'f', "format", "FORMAT", "text, csv, tsv, json or markdown (default: text)"},
    {'t', "table", "NAME", NULL}, /* its help is made by name_tables */
    {'s', "select", "EXPR", "only accounts for which it holds, as 'health<40 and tier=key', kam-score(1)"},
    {'n', "rows", "N", "accounts to list, 0 for all (default: 20 in text and markdown, else all)"},
    {'m', "model", "MODEL",
     "the marks to judge by, kam-model(5) (default: the workspace's, or else the built-in ones)"},
    {0, "as-of", "DATE",
     "the window ends with the last full month up to DATE, or with the month DATE (default: up to today)"},
    {0, "basis", "BASIS", "margin or revenue (default: margin, or revenue where no account has a margin)"},
    {0, "currency", "CODE", "judge in this currency (default: the accounts' only one, or that of the rates)"},
    {0, "rates", "FILE", "rates by which accounts of other currencies are converted to it"},
    {0, "neutral", NULL, "csv and tsv: a ' before cells that a spreadsheet would take for formulas"},
};

/* the tables of the report, in order; their names are those of --table */
static const struct report_table {
	const char *name;
	struct table *(*make)(struct report *);
	bool whole;  /* judges the portfolio as a whole, of which a selection is but a part */
	bool if_any; /* people need not see it without a row */
} tables[] = {
    {.name = "concentration", .make = concentration_table, .whole = true},
    {.name = "accounts", .make = accounts_table},
    {.name = "managers", .make = managers_table},
    {.name = "groups", .make = groups_table, .if_any = true},
    {.name = "satisfaction", .make = satisfaction_table, .if_any = true},
    {.name = "detractors", .make = detractors_table, .if_any = true},
};
#define TABLES (sizeof tables / sizeof *tables)

/* "concentration, accounts … or detractors" */
static const char *
table_names(struct arena *arena)
{
	const char *names = tables[0].name;

	for (size_t i = 1; i < TABLES; i++)
		names = arena_printf(arena, "%s%s%s", names, i < TABLES - 1 ? ", " : " or ", tables[i].name);
	return names;
}

/* the help of --table */
static void
name_tables(struct arena *arena)
{
	struct cli_option *o = options;

	while (o->letter != 't')
		o++;
	o->help = arena_printf(arena, "only %s (csv and tsv: accounts)", table_names(arena));
}

static const struct report_table *
find_table(struct report *r, const char *name)
{
	const char *names[TABLES], *nearest;
	size_t i;

	for (i = 0; i < TABLES; i++) {
		names[i] = tables[i].name;
		if (strcmp(name, names[i]) == 0)
			return &tables[i];
	}
	nearest = text_nearest(name, names, TABLES);
	cli_usage(&r->cli, "--table: %s, not %s%s%s%s", table_names(&r->arena), text_quoted(&r->arena, name),
		  nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

static void
read_options(struct report *r, int argc, char **argv)
{
	struct cli *cli = &r->cli;
	const char *value;
	struct error err;
	int option;

	cli_begin(cli, argc, argv);
	cli_table_options(&r->out);
	r->options.threads = parallel_default();
	while ((option = cli_option(cli, &value)) >= 0) {
		if (option == 'f') {
			if (table_format_parse(value, &r->out.format, &err) < 0)
				cli_usage(cli, "--format: %s", err.text);
		} else if (option == 't') {
			r->table = find_table(r, value);
		} else if (option == 'n') {
			r->rows = (size_t)cli_number(cli, "--rows", value, 0, 100000000);
			r->rows_given = true;
		} else if (option == 's') {
			r->select = value;
		} else if (option == 'm') {
			r->options.model = value;
		} else if (option == cli_option_id(cli, "as-of")) {
			r->options.as_of = value;
		} else if (option == cli_option_id(cli, "currency")) {
			score_set_currency(cli, &r->options, value);
		} else if (option == cli_option_id(cli, "rates")) {
			r->options.rates = value;
		} else if (option == cli_option_id(cli, "neutral")) {
			r->out.neutral = true;
		} else if (basis_parse(value, &r->options.basis, &err) < 0) {
			cli_usage(cli, "--basis: %s", err.text);
		}
	}
	if (!r->rows_given && for_people(r))
		r->rows = ROWS_FOR_PEOPLE;
	if (!r->table && (r->out.format == TABLE_CSV || r->out.format == TABLE_TSV))
		r->table = find_table(r, "accounts");
	if (r->select && r->table && r->table->whole)
		cli_usage(cli, "--select: the table %s judges the portfolio as a whole, not a part of it",
			  r->table->name);
}

static bool
is_wanted(const struct report *r, const struct report_table *table)
{
	return r->table ? r->table == table : !r->select || !table->whole;
}

/* how many */
static size_t
make_tables(struct report *r, struct table *made[TABLES])
{
	size_t n = 0;

	for (const struct report_table *t = tables; t < tables + TABLES; t++) {
		if (!is_wanted(r, t))
			continue;
		made[n] = t->make(r);
		if (t->if_any && !r->table && for_people(r) && !table_rows(made[n])) {
			table_free(made[n]);
			continue;
		}
		table_hide_heading(made[n]);
		table_hide_empty(made[n++]);
	}
	return n;
}

static int
report_portfolio(struct report *r, char **inputs, size_t n)
{
	struct table *made[TABLES];
	const struct select *selection = NULL;
	struct error err;
	size_t i, count;
	int status;

	if (r->select && !(selection = selection_parse(r->select, &r->arena, &err)))
		cli_fatal(&r->cli, "--select: %s; " SELECTION_MANUAL, err.text);
	score_check_inputs(&r->cli, &r->options, inputs, n);
	score_read_model(&r->cli, &r->options, &r->model, &r->arena);
	score_begin(&r->cli, &r->options, &r->model, &r->portfolio);
	score_read_rates(&r->cli, &r->options, &r->portfolio, &r->arena);
	status = score_read(&r->cli, &r->options, &r->portfolio, inputs, n, NULL, NULL);
	report_select(r, selection);
	if (r->n == 0 && r->portfolio.n) {
		if (!r->cli.quiet)
			cli_warn(&r->cli, "no account is selected");
		status = EXIT_LOOK;
	}
	count = make_tables(r, made);
	tables_write(made, count, &r->out, stdout);
	for (i = 0; i < count; i++)
		table_free(made[i]);
	free(r->account);
	portfolio_free(&r->portfolio);
	return status;
}

int
main(int argc, char **argv)
{
	struct report r = {
	    .cli = {.program = "kam-report",
		    .purpose = "Reports on the portfolio of accounts.",
		    .usage = "portfolio [OPTION …] [INPUT …]",
		    .option = options,
		    .options = sizeof options / sizeof *options,
		    .verb = verbs,
		    .verbs = sizeof verbs / sizeof *verbs},
	};
	char **operands;
	size_t n;
	int status;

	name_tables(&r.arena);
	read_options(&r, argc, argv);
	operands = cli_operands(&r.cli, &n);
	if (n == 0)
		cli_usage(&r.cli, "which report? portfolio");
	if (strcmp(operands[0], "portfolio") != 0)
		cli_usage(&r.cli, "no report is called %s; there is: portfolio",
			  text_quoted(&r.arena, operands[0]));
	status = report_portfolio(&r, operands + 1, n - 1);
	arena_free(&r.judging);
	arena_free(&r.arena);
	return cli_end(&r.cli, status);
}
