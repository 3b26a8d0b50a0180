#include <stdlib.h>

#include "domain/concentration.h"
#include "reporting.h"

static void
put_manager(struct table *t, const struct report *r, const struct manager_sum *sum)
{
	const struct portfolio *p = &r->portfolio;
	const struct decimal none = {0};

	table_cell(t, sum->manager ? sum->manager : for_people(r) ? "(none)" : NULL);
	table_cellf(t, "%zu", sum->accounts);
	table_cellf(t, "%zu", sum->active);
	table_cellf(t, "%zu", sum->key);
	table_decimal(t, sum->revenue, 2);
	/* people need not read the same figure twice */
	table_decimal(t, for_people(r) && p->basis == BASIS_REVENUE ? none : sum->amount, 2);
	table_decimal(t, sum->share, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(p->basis));
	if (sum->too_many_key)
		table_cellf(t, "more than %d key accounts", r->model.key.most_per_manager);
	table_row(t);
}

struct table *
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

	if (!(sums = manager_sums(&r->portfolio, r->account, r->n, &n, &err)))
		cli_fail(&r->cli, &err);
	for (i = 0; i < n; i++)
		put_manager(t, r, &sums[i]);
	note_window(r, t);
	free(sums);
	return t;
}
