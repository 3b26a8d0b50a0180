/*
 * The model of order days, fitted to all accounts of a portfolio.
 */
#include <stdlib.h>

#include "domain/portfolio.h"

static const char *
say_too_few(struct portfolio *p)
{
	struct buf text = {0};
	const char *kept;

	buf_printf(&text,
		   "order days are known of %zu accounts, %zu of which ordered again; a fit needs %d and %d",
		   p->orders.clients, p->orders.repeated, ORDER_CLIENTS_LEAST, ORDER_REPEATED_LEAST);
	kept = arena_strdup(&p->arena, text.data);
	buf_free(&text);
	return kept;
}

static void
fit_groups(struct portfolio *p, const struct order_group *group, size_t n)
{
	struct order_fit *fit = &p->orders;
	struct error err;

	if (bgnbd_fit(&fit->model, group, n, &err) < 0)
		fit->missing = arena_strdup(&p->arena, err.text);
	else
		fit->log_likelihood = bgnbd_log_likelihood(&fit->model, group, n);
}

void
portfolio_fit(struct portfolio *p)
{
	struct order_fit *fit = &p->orders;
	struct order_group *group = xcalloc(p->n + 1, sizeof *group);

	*fit = (struct order_fit){0};
	for (size_t i = 0; i < p->n; i++) {
		const struct order_days *days = &p->account[i].order_days;

		if (days->unknown || !days->count)
			continue;
		group[fit->clients++] = (struct order_group){order_days_history(days, p->as_of), 1};
		fit->repeated += days->count > 1;
	}
	if (fit->clients < ORDER_CLIENTS_LEAST || fit->repeated < ORDER_REPEATED_LEAST)
		fit->missing = say_too_few(p);
	else
		fit_groups(p, group, order_groups_join(group, fit->clients));
	free(group);
}
