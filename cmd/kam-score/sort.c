/*
 * kam-score --sort: the accounts in the order of one of their measures.
 */
#include <stdlib.h>

#include "domain/selection.h"
#include "domain/verdict.h"
#include "scoring.h"

struct placed {
	struct select_value value;
	size_t account;
	const struct sort_by *by;
};

void
score_check_sort(const struct cli *cli, const char *name)
{
	struct arena arena = {0};
	struct sort_by by;
	struct error err;

	if (sort_by_parse(&by, name, &arena, &err) < 0)
		cli_usage(cli, "--sort: %s", err.text);
	arena_free(&arena);
}

static int
compare(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int c = sort_compare(x->by, &x->value, &y->value);

	return c ? c : (x->account > y->account) - (x->account < y->account);
}

/* amounts of several currencies have no order */
static void
in_one_currency(const struct figures *f, struct judgement *judgement)
{
	for (size_t i = 0; f->rate && i < MEASURES; i++)
		judgement->have[i] = figures_measured(f, (enum measure_id)i, &judgement->have[i]);
}

size_t *
score_order(const struct cli *cli, const struct portfolio *p, const char *name)
{
	struct placed *placed = xcalloc(p->n + 1, sizeof *placed);
	size_t *order = xcalloc(p->n + 1, sizeof *order);
	struct arena arena = {0};
	struct judgement judgement;
	struct sort_by by;
	struct error err;

	if (sort_by_parse(&by, name, &arena, &err) < 0)
		cli_usage(cli, "--sort: %s", err.text);
	for (size_t i = 0; i < p->n; i++) {
		arena_reset(&arena);
		if (portfolio_judge(p, &p->account[i], &arena, &judgement, &err) < 0)
			cli_fail(cli, &err);
		in_one_currency(&p->account[i], &judgement);
		placed[i] = (struct placed){sort_value(&by, &p->account[i], &judgement), i, &by};
	}
	qsort(placed, p->n, sizeof *placed, compare);
	for (size_t i = 0; i < p->n; i++)
		order[i] = placed[i].account;
	arena_free(&arena);
	free(placed);
	return order;
}
