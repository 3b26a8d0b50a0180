/*
 * kam-report: reports on the whole portfolio.
 */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"
#include "domain/concentration.h"
#include "domain/groups.h"
#include "domain/verdict.h"
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

static bool
for_people(const struct report *r)
{
	return r->out.format == TABLE_TEXT || r->out.format == TABLE_MARKDOWN;
}

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

/* the table of concentration being filled */
struct facts {
	struct table *table;
	const char *basis; /* NULL: for people, who read it in the note */
};

/* what, the value, its unit, the mark it is held against, and what that says */
static void
put_fact(struct facts *f, const char *what, const char *value, const char *unit, const char *mark,
	 const char *verdict)
{
	table_cell(f->table, what);
	table_cell(f->table, value);
	table_cell(f->table, unit);
	table_cell(f->table, mark);
	table_cell(f->table, verdict);
	table_cell(f->table, f->basis);
	table_row(f->table);
}

static void
put_number(struct facts *f, const char *what, struct decimal d, int places, const char *unit,
	   const char *mark, const char *verdict)
{
	struct buf value = {0};

	decimal_format(&value, d, places);
	put_fact(f, what, value.data, unit, mark, verdict);
	buf_free(&value);
}

static void
put_count(struct facts *f, const char *what, size_t n, const char *mark)
{
	put_number(f, what, decimal_int((long long)n), 0, "accounts", mark, NULL);
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

static void
put_sums(struct facts *f, const struct portfolio *p, const struct concentration *c)
{
	put_count(f, "accounts", c->accounts, NULL);
	put_count(f, "accounts with sales", c->active, NULL);
	put_number(f, "sales volume", p->revenue, 2, p->currency, NULL, NULL);
	if (p->basis == BASIS_MARGIN)
		put_number(f, "margin", p->amount, 2, p->currency, NULL, NULL);
}

static void
judge(struct report *r, const struct figures *f, struct judgement *j)
{
	struct error err;

	if (portfolio_judge(&r->portfolio, f, &r->arena, j, &err) < 0)
		cli_fail(&r->cli, &err);
}

/* one of its measures */
static struct decimal
part(struct report *r, const struct figures *f, enum measure_id id)
{
	struct judgement j;

	judge(r, f, &j);
	return j.have[id].number;
}

/* parts of the sales volume against the marks of S0 */
static void
put_volumes(struct facts *f, struct report *r, const struct concentration *c)
{
	const struct model_volume *mark = &r->model.volume;
	const struct figures *largest = c->largest_volume;
	struct decimal none = {0};
	const char *verdict = NULL;

	if (largest)
		verdict = largest->dependence ? arena_printf(&r->arena, "%s: dependent on it", largest->title)
					      : largest->title;
	put_count(f, "key accounts", c->key, NULL);
	put_number(f, "key accounts together", c->key_volume, 1, "% of volume",
		   mark_text(&r->arena, "", mark->band_from, " to ", mark->band_to),
		   key_verdict_text(c->key_verdict));
	put_number(f, "largest account by volume", largest ? part(r, largest, MEASURE_VOLUME) : none, 1,
		   "% of volume", mark_text(&r->arena, "above ", mark->dependence, "", none), verdict);
}

/* parts of the amount against the marks of S1 */
static void
put_shares(struct facts *f, struct report *r, const struct concentration *c)
{
	const struct model_share *mark = &r->model.share;
	const struct figures *largest = c->largest;
	const char *unit = r->portfolio.basis == BASIS_REVENUE ? "% of revenue" : "% of margin";
	struct decimal none = {0};
	const char *verdict = NULL;

	if (largest)
		verdict = arena_printf(&r->arena, "%s: %s", largest->title,
				       largest->size ? account_size_name(largest->size) : "unknown");
	put_number(f, "largest account", largest ? part(r, largest, MEASURE_SHARE) : none, 1, unit,
		   mark_text(&r->arena, "from ", mark->large, ", above ", mark->monopoly), verdict);
	put_count(f, "large accounts", c->large, mark_text(&r->arena, "from ", mark->large, " %", none));
	put_count(f, "monopoly accounts", c->monopoly,
		  mark_text(&r->arena, "above ", mark->monopoly, " %", none));
	put_number(f, "largest fifth of accounts", c->fifth_share, 1, unit, "80",
		   arena_printf(&r->arena, "%zu of %zu", c->fifth, c->active));
}

/* what stayed of the window before */
static void
put_kept(struct facts *f, struct report *r, const struct concentration *c)
{
	const char *clients = arena_printf(&r->arena, "%zu of %zu", c->kept, c->before);

	put_number(f, "clients kept", c->clients_kept, 1, "%", NULL, c->before ? clients : NULL);
	put_number(f, "revenue kept", c->revenue_kept, 1, "%", NULL, NULL);
}

static struct table *
concentration_table(struct report *r)
{
	static const struct column columns[] = {
	    {.name = "what"},	 {.name = "value", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "unit"},	 {.name = "mark"},
	    {.name = "verdict"}, {.name = "basis"}};
	struct facts f = {
	    .table = table_new("concentration", "Concentration", columns, sizeof columns / sizeof *columns),
	    .basis = for_people(r) ? NULL : basis_name(r->portfolio.basis),
	};
	struct concentration c;
	struct error err;

	if (concentration_compute(&r->portfolio, &c, &err) < 0)
		cli_fail(&r->cli, &err);
	put_sums(&f, &r->portfolio, &c);
	put_volumes(&f, r, &c);
	put_shares(&f, r, &c);
	put_kept(&f, r, &c);
	note_window(f.table, &r->portfolio);
	return f.table;
}

/* the basis people read in the note */
static void
put_account(struct report *r, struct table *t, const struct figures *f)
{
	const struct decimal none = {0};
	struct judgement j;
	char abc[2] = {f->abc, '\0'};

	judge(r, f, &j);

	table_cellf(t, "%zu", f->rank);
	table_cell(t, f->id);
	table_cell(t, strcmp(f->title, f->id) == 0 ? NULL : f->title);
	table_cell(t, f->manager);
	table_cell(t, f->tier);
	put_decimal(t, f->revenue, 2);
	put_decimal(t, f->margin_missing ? none : f->margin, 2);
	put_decimal(t, j.have[MEASURE_SHARE].number, 1);
	put_decimal(t, f->cumulative, 1);
	table_cell(t, f->abc ? abc : NULL);
	table_cell(t, account_size_name(f->size));
	put_decimal(t, j.have[MEASURE_GROWTH].number, 1);
	put_decimal(t, j.have[MEASURE_TREND].number, 1);
	put_decimal(t, j.have[MEASURE_PENETRATION].number, 1);
	/* a column is in one currency */
	put_decimal(t, figures_measured(f, MEASURE_HEADROOM, &j.have[MEASURE_HEADROOM]).number, 2);
	table_cell(t, for_people(r) ? NULL : basis_name(r->portfolio.basis));
	table_row(t);
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
	struct table *t =
	    table_new("accounts", "Accounts by what they bring", columns, sizeof columns / sizeof *columns);
	size_t i, shown = r->rows && r->rows < p->n ? r->rows : p->n;

	for (i = 0; i < shown; i++)
		put_account(r, t, ranked[i]);
	if (shown < p->n)
		table_note(t, "%zu more accounts; --rows 0 lists all.", p->n - shown);
	note_window(t, p);
	free(ranked);
	return t;
}

static void
put_manager(struct table *t, const struct report *r, const struct manager_sum *sum)
{
	const struct portfolio *p = &r->portfolio;
	const struct decimal none = {0};

	table_cell(t, sum->manager ? sum->manager : for_people(r) ? "(none)" : NULL);
	table_cellf(t, "%zu", sum->accounts);
	table_cellf(t, "%zu", sum->active);
	table_cellf(t, "%zu", sum->key);
	put_decimal(t, sum->revenue, 2);
	/* people need not read the same figure twice */
	put_decimal(t, for_people(r) && p->basis == BASIS_REVENUE ? none : sum->amount, 2);
	put_decimal(t, sum->share, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(p->basis));
	if (sum->manager && sum->key > MANAGER_KEY_ACCOUNTS)
		table_cellf(t, "more than %d key accounts", MANAGER_KEY_ACCOUNTS);
	table_row(t);
}

static struct table *
managers_table(struct report *r)
{
	static const struct column columns[] = {
	    {.name = "manager"},
	    {.name = "accounts", .type = COLUMN_NUMBER},
	    {.name = "active", .type = COLUMN_NUMBER},
	    {.name = "key", .type = COLUMN_NUMBER},
	    {.name = "revenue", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "amount", .title = "margin", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "share", .title = "%", .type = COLUMN_NUMBER},
	    {.name = "basis"},
	    {.name = "verdict"}};
	struct table *t = table_new("managers", "Managers", columns, sizeof columns / sizeof *columns);
	struct manager_sum *sums;
	struct error err;
	size_t i, n;

	if (!(sums = manager_sums(&r->portfolio, &n, &err)))
		cli_fail(&r->cli, &err);
	for (i = 0; i < n; i++)
		put_manager(t, r, &sums[i]);
	note_window(t, &r->portfolio);
	free(sums);
	return t;
}

static void
put_member(struct report *r, struct table *t, const struct figures *f)
{
	const struct decimal none = {0};
	struct judgement j;

	judge(r, f, &j);
	table_cell(t, f->top->id);
	table_cell(t, f->id);
	table_cell(t, strcmp(f->title, f->id) == 0 ? NULL : f->title);
	/* people need not read what the group says */
	table_cell(t, for_people(r) && f->above == f->top ? NULL : f->parent);
	table_cell(t, f->division);
	table_cell(t, f->key_for);
	table_cell(t, for_people(r) ? NULL : "1");
	put_decimal(t, f->revenue, 2);
	put_decimal(t, for_people(r) && r->portfolio.basis == BASIS_REVENUE ? none : f->amount, 2);
	put_decimal(t, j.have[MEASURE_SHARE].number, 1);
	put_decimal(t, j.have[MEASURE_PENETRATION].number, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(r->portfolio.basis));
	table_row(t);
}

/* all of a group together: no account is named */
static void
put_group(struct report *r, struct table *t, const struct group *g)
{
	const struct portfolio *p = &r->portfolio;
	struct decimal share, penetration, revenue = g->revenue.known ? g->revenue : decimal_int(0),
					   none = {0};

	if (percent_of(&share, &g->amount, &p->amount, 1) < 0 ||
	    percent_of(&penetration, &revenue, &g->potential, 1) < 0)
		cli_fatal(&r->cli, "the sums of the groups are larger than 36 digits");
	table_cell(t, g->id);
	table_cell(t, NULL);
	table_cell(t, for_people(r) ? "(together)" : NULL);
	for (int i = 0; i < 3; i++)
		table_cell(t, NULL);
	table_cellf(t, "%zu", g->accounts);
	put_decimal(t, revenue, 2);
	put_decimal(t, for_people(r) && p->basis == BASIS_REVENUE ? none : g->amount, 2);
	put_decimal(t, share, 1);
	put_decimal(t, penetration, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(p->basis));
	table_row(t);
}

/* a line for each account of a group, then the group's: parents with their subsidiaries, and our units that count each
 * as key (S2) */
static struct table *
groups_table(struct report *r)
{
	static const struct column columns[] = {
	    {.name = "group"},
	    {.name = "account"},
	    {.name = "name"},
	    {.name = "parent"},
	    {.name = "division"},
	    {.name = "key-for", .title = "key for"},
	    {.name = "accounts", .type = COLUMN_NUMBER},
	    {.name = "revenue", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "amount", .title = "margin", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "share", .title = "%", .type = COLUMN_NUMBER},
	    {.name = "penetration", .title = "penetr. %", .type = COLUMN_NUMBER},
	    {.name = "basis"}};
	struct table *t = table_new("groups", "Groups: parents with all that roll up to them", columns,
				    sizeof columns / sizeof *columns);
	const struct figures **member;
	size_t i, n;

	member = groups_sorted(&r->portfolio, &n);
	for (i = 0; i < n; i++) {
		put_member(r, t, member[i]);
		if (i == n - 1 || member[i + 1]->top != member[i]->top)
			put_group(r, t, member[i]->top);
	}
	note_window(t, &r->portfolio);
	free(member);
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
