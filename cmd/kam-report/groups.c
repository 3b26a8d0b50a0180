#include "domain/groups.h"

#include <stdlib.h>
#include <string.h>

#include "reporting.h"

#define TOO_LARGE "the sums of the groups are larger than 36 digits"

static void
put_member(struct report *r, struct table *t, const struct figures *f)
{
	const struct decimal none = {0};
	struct judgement j;

	report_judge(r, f, &j);
	table_cell(t, f->top->id);
	table_cell(t, f->id);
	table_cell(t, strcmp(f->title, f->id) == 0 ? NULL : f->title);
	/* people need not read what the group says */
	table_cell(t, for_people(r) && f->above == f->top ? NULL : f->parent);
	table_cell(t, f->division);
	table_cell(t, f->key_for);
	table_cell(t, for_people(r) ? NULL : "1");
	table_decimal(t, f->revenue, 2);
	table_decimal(t, for_people(r) && r->portfolio.basis == BASIS_REVENUE ? none : f->amount, 2);
	table_decimal(t, j.have[MEASURE_SHARE].number, 1);
	table_decimal(t, j.have[MEASURE_PENETRATION].number, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(r->portfolio.basis));
	table_row(t);
}

/* those of a group together: no account is named */
static void
put_group(struct report *r, struct table *t, const struct group *g)
{
	const struct portfolio *p = &r->portfolio;
	struct decimal share, penetration, revenue = g->revenue.known ? g->revenue : decimal_int(0),
					   none = {0};

	if (percent_of(&share, &g->amount, &p->amount, 1) < 0 ||
	    percent_of(&penetration, &revenue, &g->potential, 1) < 0)
		cli_fatal(&r->cli, TOO_LARGE);
	table_cell(t, g->id);
	table_cell(t, NULL);
	table_cell(t, for_people(r) ? "(together)" : NULL);
	for (int i = 0; i < 3; i++)
		table_cell(t, NULL);
	table_cellf(t, "%zu", g->accounts);
	table_decimal(t, revenue, 2);
	table_decimal(t, for_people(r) && p->basis == BASIS_REVENUE ? none : g->amount, 2);
	table_decimal(t, share, 1);
	table_decimal(t, penetration, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(p->basis));
	table_row(t);
}

/* a line for each account of a group, then the group's: parents with their subsidiaries, and our units that count each
 * as key (S2) */
struct table *
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
	struct group together = {0};
	size_t i, n;

	member = groups_sorted(r->account, r->n, &n);
	for (i = 0; i < n; i++) {
		if (i == 0 || member[i]->top != member[i - 1]->top)
			together = (struct group){.id = member[i]->top->id};
		put_member(r, t, member[i]);
		if (group_add(&together, &r->portfolio, member[i]) < 0)
			cli_fatal(&r->cli, TOO_LARGE);
		if (i == n - 1 || member[i + 1]->top != member[i]->top)
			put_group(r, t, &together);
	}
	note_window(r, t);
	free(member);
	return t;
}
