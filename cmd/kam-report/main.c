/*
 * kam-report: reports on the whole portfolio.
 */
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"
#include "reporting.h"

#define ROWS_FOR_PEOPLE 20

static const struct cli_verb verbs[] = {
    {"portfolio", "[OPTION …] [INPUT …]",
     "concentration, the accounts by what they bring, sums of managers and groups"},
};

static const struct cli_option options[] = {
    {'f', "format", "FORMAT", "text, csv, tsv, json or markdown (default: text)"},
    {'t', "table", "NAME", "only concentration, accounts, managers or groups (csv and tsv: accounts)"},
    {'n', "rows", "N", "accounts to list, 0 for all (default: 20 in text and markdown, else all)"},
    {'m', "model", "MODEL", "the marks to judge by, kam-model(5) (default: the built-in ones)"},
    {0, "as-of", "DATE",
     "the window ends with the last full month up to DATE, or with the month DATE (default: up to today)"},
    {0, "basis", "BASIS", "margin or revenue (default: margin, or revenue where no account has a margin)"},
    {0, "currency", "CODE", "judge in this currency (default: the accounts' only one, or that of the rates)"},
    {0, "rates", "FILE", "rates by which accounts of other currencies are converted to it"},
    {0, "neutral", NULL, "csv and tsv: a ' before cells that a spreadsheet would take for formulas"},
};

/* the tables of the report, in order; the first names those of --table */
static const struct {
	const char *name;
	struct table *(*make)(struct report *);
} tables[] = {
    {"concentration", concentration_table},
    {"accounts", accounts_table},
    {"managers", managers_table},
    {"groups", groups_table},
};
#define TABLES (sizeof tables / sizeof *tables)

static void
check_table(struct report *r)
{
	const char *names[TABLES], *nearest;
	size_t i;

	for (i = 0; i < TABLES; i++) {
		names[i] = tables[i].name;
		if (strcmp(r->table, names[i]) == 0)
			return;
	}
	nearest = text_nearest(r->table, names, TABLES);
	cli_usage(&r->cli, "--table: concentration, accounts, managers or groups, not %s%s%s%s",
		  text_quoted(&r->arena, r->table), nearest ? "; did you mean " : "", nearest ? nearest : "",
		  nearest ? "?" : "");
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
			r->table = value;
			check_table(r);
		} else if (option == 'n') {
			r->rows = (size_t)cli_number(cli, "--rows", value, 0, 100000000);
			r->rows_given = true;
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
		r->table = "accounts";
}

static int
report_portfolio(struct report *r, char **inputs, size_t n)
{
	struct table *made[TABLES];
	size_t i, count = 0;
	int status;

	score_read_model(&r->cli, &r->options, &r->model, &r->arena);
	score_begin(&r->cli, &r->options, &r->model, &r->portfolio);
	score_read_rates(&r->cli, &r->options, &r->portfolio, &r->arena);
	status = score_read(&r->cli, &r->options, &r->portfolio, inputs, n, NULL, NULL);
	for (i = 0; i < TABLES; i++) {
		if (r->table && strcmp(r->table, tables[i].name) != 0)
			continue;
		made[count] = tables[i].make(r);
		/* people who have no groups need not read of them */
		if (tables[i].make == groups_table && !r->table && for_people(r) && !table_rows(made[count]))
			table_free(made[count]);
		else
			count++;
	}
	for (i = 0; i < count; i++)
		table_hide_empty(made[i]);
	tables_write(made, count, &r->out, stdout);
	for (i = 0; i < count; i++)
		table_free(made[i]);
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

	read_options(&r, argc, argv);
	operands = cli_operands(&r.cli, &n);
	if (n == 0)
		cli_usage(&r.cli, "which report? portfolio");
	if (strcmp(operands[0], "portfolio") != 0)
		cli_usage(&r.cli, "no report is called %s; there is: portfolio",
			  text_quoted(&r.arena, operands[0]));
	status = report_portfolio(&r, operands + 1, n - 1);
	arena_free(&r.arena);
	return cli_end(&r.cli, status);
}
