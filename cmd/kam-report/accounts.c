#include <string.h>

#include "domain/verdict.h"
#include "reporting.h"

/* the basis people read in the note */
static void
put_account(struct report *r, struct table *t, const struct figures *f)
{
	const struct decimal none = {0};
	struct judgement j;
	char abc[2] = {f->abc, '\0'};

	report_judge(r, f, &j);

	table_cellf(t, "%zu", f->rank);
	table_cell(t, f->id);
	table_cell(t, strcmp(f->title, f->id) == 0 ? NULL : f->title);
	table_cell(t, f->manager);
	table_cell(t, f->tier);
	table_decimal(t, f->revenue, 2);
	table_decimal(t, f->margin_missing ? none : f->margin, 2);
	table_decimal(t, j.have[MEASURE_SHARE].number, 1);
	table_decimal(t, f->cumulative, 1);
	table_cell(t, f->abc ? abc : NULL);
	table_cell(t, account_size_name(f->size));
	table_decimal(t, j.have[MEASURE_GROWTH].number, 1);
	table_decimal(t, j.have[MEASURE_TREND].number, 1);
	table_decimal(t, j.have[MEASURE_PENETRATION].number, 1);
	/* a column is in one currency */
	table_decimal(t, figures_measured(f, MEASURE_HEADROOM, &j.have[MEASURE_HEADROOM]).number, 2);
	table_cell(t, for_people(r) ? NULL : basis_name(r->portfolio.basis));
	table_row(t);
}

struct table *
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
	struct table *t =
	    table_new("accounts", "Accounts by what they bring", columns, sizeof columns / sizeof *columns);
	size_t i, shown = report_rows(r, t, r->n);

	for (i = 0; i < shown; i++)
		put_account(r, t, r->account[i]);
	note_window(r, t);
	return t;
}
