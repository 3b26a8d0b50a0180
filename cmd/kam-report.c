/*
 * kam-report: reports on the whole portfolio.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"
#include "domain/concentration.h"
#include "score.h"

#define ROWS_FOR_PEOPLE 20

struct report {
	struct cli cli;
	struct score_options options;
	struct table_options out;
	const char *table; /* the only one to write; NULL: all that the format can hold */
	size_t rows;	   /* of the table of accounts; 0: all */
	bool rows_given;
	struct model model;
	struct portfolio portfolio;
	struct arena arena;
};

static const struct cli_verb verbs[] = {
    {"portfolio", "[OPTION …] [INPUT …]", "concentration, the accounts by what they bring, sums of managers"},
};

static const struct cli_option options[] = {
    {'f', "format", "FORMAT", "text, csv, tsv, json or markdown (default: text)"},
    {'t', "table", "NAME", "only concentration, accounts or managers (csv and tsv: accounts)"},
    {'n', "rows", "N", "accounts to list, 0 for all (default: 20 in text and markdown, else all)"},
    {'m', "model", "MODEL", "the marks to judge by, kam-model(5) (default: the built-in ones)"},
    {0, "as-of", "DATE",
     "the window ends with the last full month up to DATE, or with that month (default: before today)"},
    {0, "basis", "BASIS", "margin or revenue (default: margin, or revenue where no account has a margin)"},
    {0, "neutral", NULL, "csv and tsv: a ' before cells that a spreadsheet would take for formulas"},
};

static void
put_decimal(struct table *t, struct decimal d, int places)
{
	struct buf text = {0};

	decimal_format(&text, d, places);
	table_cell(t, text.data);
	buf_free(&text);
}

static void
note_window(struct table *t, const struct portfolio *p)
{
	struct buf text = {0};

	month_format(&text, p->first);
	buf_adds(&text, " to ");
	month_format(&text, p->last);
	table_note(t, "Window: %s. Basis: %s. Currency: %s. Model: %s.", text.data, basis_name(p->basis),
		   p->currency ? p->currency : "not stated", p->model->name);
	buf_free(&text);
}

/* what, the value, its unit, the mark it is held against, and what that says */
static void
put_fact(struct table *t, const char *what, const char *value, const char *unit, const char *mark,
	 const char *verdict)
{
	table_cell(t, what);
	table_cell(t, value);
	table_cell(t, unit);
	table_cell(t, mark);
	table_cell(t, verdict);
	table_row(t);
}

static void
put_percent(struct table *t, const char *what, struct decimal percent, const char *unit, const char *mark,
	    const char *verdict)
{
	struct buf value = {0};

	decimal_format(&value, percent, 1);
	put_fact(t, what, value.data, unit, mark, verdict);
	buf_free(&value);
}

static void
put_count(struct table *t, const char *what, size_t n, const char *mark, const char *verdict)
{
	char value[32];

	snprintf(value, sizeof value, "%zu", n);
	put_fact(t, what, value, "accounts", mark, verdict);
}

/* "30 to 55", with the places that the model gives */
static const char *
mark_text(struct arena *arena, const char *before, struct decimal a, const char *between, struct decimal b)
{
	struct buf text = {0};
	const char *kept;

	buf_adds(&text, before);
	decimal_format_exact(&text, a);
	buf_adds(&text, between);
	decimal_format_exact(&text, b);
	kept = arena_strdup(arena, text.data);
	buf_free(&text);
	return kept;
}

static struct table *
concentration_table(struct report *r)
{
	static const struct column columns[] = {{.name = "what"},
						{.name = "value", .type = COLUMN_NUMBER, .group = 1},
						{.name = "unit"},
						{.name = "mark"},
						{.name = "verdict"}};
	struct table *t =
	    table_new("concentration", "Concentration", columns, sizeof columns / sizeof *columns);
	const struct portfolio *p = &r->portfolio;
	const struct model *m = &r->model;
	struct decimal none = {0};
	struct concentration c;
	struct error err;
	struct buf money = {0};
	const char *amount_unit = p->basis == BASIS_REVENUE ? "% of revenue" : "% of margin";

	if (concentration_compute(p, &c, &err) < 0)
		cli_fail(&r->cli, &err);
	put_count(t, "accounts", c.accounts, NULL, NULL);
	put_count(t, "accounts with sales", c.active, NULL, NULL);
	decimal_format(&money, p->revenue, 2);
	put_fact(t, "sales volume", money.data, p->currency, NULL, NULL);
	if (p->basis == BASIS_MARGIN) {
		buf_clear(&money);
		decimal_format(&money, p->amount, 2);
		put_fact(t, "margin", money.data, p->currency, NULL, NULL);
	}
	put_count(t, "key accounts", c.key, NULL, NULL);
	put_percent(t, "key accounts together", c.key_volume, "% of sales volume",
		    mark_text(&r->arena, "", m->volume.band_from, " to ", m->volume.band_to),
		    key_verdict_text(c.key_verdict));
	put_percent(t, "largest account by volume", c.largest_volume ? c.largest_volume->volume : none,
		    "% of sales volume", mark_text(&r->arena, "above ", m->volume.dependence, "", none),
		    !c.largest_volume ? NULL
		    : c.largest_volume->dependence
			? arena_printf(&r->arena, "%s: dependent on it", c.largest_volume->title)
			: c.largest_volume->title);
	put_percent(t, "largest account", c.largest ? c.largest->share : none, amount_unit,
		    mark_text(&r->arena, "from ", m->share.large, ", above ", m->share.monopoly),
		    c.largest ? arena_printf(&r->arena, "%s: %s", c.largest->title,
					     c.largest->size ? account_size_name(c.largest->size) : "unknown")
			      : NULL);
	put_count(t, "large accounts", c.large, mark_text(&r->arena, "from ", m->share.large, " %", none),
		  NULL);
	put_count(t, "monopoly accounts", c.monopoly,
		  mark_text(&r->arena, "above ", m->share.monopoly, " %", none), NULL);
	put_percent(t, "largest fifth of accounts", c.fifth_share, amount_unit, "80",
		    arena_printf(&r->arena, "%zu of %zu", c.fifth, c.active));
	note_window(t, p);
	buf_free(&money);
	return t;
}

static void
put_account(struct table *t, const struct portfolio *p, const struct figures *f)
{
	double trend = f->trend[p->basis == BASIS_REVENUE];
	char abc[2] = {f->abc, '\0'};

	table_cellf(t, "%zu", f->rank);
	table_cell(t, f->id);
	table_cell(t, f->title);
	table_cell(t, f->manager);
	table_cell(t, f->tier);
	put_decimal(t, f->revenue, 2);
	put_decimal(t, f->margin_missing ? (struct decimal){0} : f->margin, 2);
	put_decimal(t, f->share, 1);
	put_decimal(t, f->cumulative, 1);
	table_cell(t, f->abc ? abc : NULL);
	table_cell(t, account_size_name(f->size));
	put_decimal(t, f->growth, 1);
	if (isnan(trend))
		table_cell(t, NULL);
	else
		table_cellf(t, "%.1f", trend == 0 ? 0 : trend);
	put_decimal(t, f->penetration, 1);
	put_decimal(t, f->headroom, 2);
	table_cell(t, basis_name(p->basis));
	table_row(t);
}

static bool
for_people(const struct report *r)
{
	return r->out.format == TABLE_TEXT || r->out.format == TABLE_MARKDOWN;
}

static struct table *
accounts_table(struct report *r)
{
	static const struct column columns[] = {
	    {.name = "rank", .title = "#", .type = COLUMN_NUMBER},
	    {.name = "account"},
	    {.name = "name"},
	    {.name = "manager"},
	    {.name = "tier"},
	    {.name = "revenue", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "margin", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "share", .title = "%", .type = COLUMN_NUMBER},
	    {.name = "cumulative", .title = "cum. %", .type = COLUMN_NUMBER},
	    {.name = "abc", .title = "ABC"},
	    {.name = "size"},
	    {.name = "growth", .title = "growth %", .type = COLUMN_NUMBER},
	    {.name = "trend", .title = "trend %/m", .type = COLUMN_NUMBER},
	    {.name = "penetration", .title = "penetr. %", .type = COLUMN_NUMBER},
	    {.name = "headroom", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "basis"}};
	const struct portfolio *p = &r->portfolio;
	const struct figures **ranked = portfolio_ranked(p);
	/* people read the basis in the note */
	size_t i, shown = r->rows && r->rows < p->n ? r->rows : p->n,
		  n = sizeof columns / sizeof *columns - (for_people(r) ? 1 : 0);
	struct table *t = table_new("accounts", "Accounts by what they bring", columns, n);

	for (i = 0; i < shown; i++)
		put_account(t, p, ranked[i]);
	if (shown < p->n)
		table_note(t, "%zu more accounts; --rows 0 lists all.", p->n - shown);
	note_window(t, p);
	free(ranked);
	return t;
}

static struct table *
managers_table(struct report *r)
{
	static const struct column columns[] = {{.name = "manager"},
						{.name = "accounts", .type = COLUMN_NUMBER},
						{.name = "active", .type = COLUMN_NUMBER},
						{.name = "key", .type = COLUMN_NUMBER},
						{.name = "revenue", .type = COLUMN_NUMBER, .group = 1},
						{.name = "amount", .type = COLUMN_NUMBER, .group = 1},
						{.name = "share", .title = "%", .type = COLUMN_NUMBER},
						{.name = "basis"},
						{.name = "verdict"}};
	const struct portfolio *p = &r->portfolio;
	struct table *t = table_new("managers", "Managers", columns, sizeof columns / sizeof *columns);
	struct manager_sum *sums;
	struct error err;
	size_t i, n;

	if (!(sums = manager_sums(p, &n, &err)))
		cli_fail(&r->cli, &err);
	for (i = 0; i < n; i++) {
		table_cell(t, sums[i].manager ? sums[i].manager : for_people(r) ? "(none)" : NULL);
		table_cellf(t, "%zu", sums[i].accounts);
		table_cellf(t, "%zu", sums[i].active);
		table_cellf(t, "%zu", sums[i].key);
		put_decimal(t, sums[i].revenue, 2);
		put_decimal(t, sums[i].amount, 2);
		put_decimal(t, sums[i].share, 1);
		table_cell(t, basis_name(p->basis));
		table_cell(t, sums[i].manager && sums[i].key > MANAGER_KEY_ACCOUNTS
				  ? "more than 3 key accounts"
				  : NULL);
		table_row(t);
	}
	note_window(t, p);
	free(sums);
	return t;
}

/* the tables of the report, in order; the first names those of --table */
static const struct {
	const char *name;
	struct table *(*make)(struct report *);
} tables[] = {
    {"concentration", concentration_table},
    {"accounts", accounts_table},
    {"managers", managers_table},
};
#define TABLES (sizeof tables / sizeof *tables)

static void
check_table(const struct report *r)
{
	const char *names[TABLES], *nearest;
	size_t i;

	for (i = 0; i < TABLES; i++) {
		names[i] = tables[i].name;
		if (strcmp(r->table, names[i]) == 0)
			return;
	}
	nearest = text_nearest(r->table, names, TABLES);
	cli_usage(&r->cli, "--table: concentration, accounts or managers, not \"%.60s\"%s%s%s", r->table,
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
			r->table = value;
			check_table(r);
		} else if (option == 'n') {
			r->rows = (size_t)cli_number(cli, "--rows", value, 0, 100000000);
			r->rows_given = true;
		} else if (option == 'm') {
			r->options.model = value;
		} else if (option == cli_option_id(cli, "as-of")) {
			r->options.as_of = value;
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

static void
report_portfolio(struct report *r, char **inputs, size_t n)
{
	struct table *made[TABLES];
	size_t i, count = 0;

	score_read_model(&r->cli, &r->options, &r->model, &r->arena);
	score_begin(&r->cli, &r->options, &r->model, &r->portfolio);
	score_read(&r->cli, &r->options, &r->portfolio, inputs, n, NULL, NULL);
	for (i = 0; i < TABLES; i++)
		if (!r->table || strcmp(r->table, tables[i].name) == 0)
			made[count++] = tables[i].make(r);
	tables_write(made, count, &r->out, stdout);
	for (i = 0; i < count; i++)
		table_free(made[i]);
	portfolio_free(&r->portfolio);
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

	read_options(&r, argc, argv);
	operands = cli_operands(&r.cli, &n);
	if (n == 0)
		cli_usage(&r.cli, "which report? portfolio");
	if (strcmp(operands[0], "portfolio") != 0)
		cli_usage(&r.cli, "no report is called \"%.60s\"; there is: portfolio", operands[0]);
	report_portfolio(&r, operands + 1, n - 1);
	arena_free(&r.arena);
	return cli_end(&r.cli, EXIT_DONE);
}
