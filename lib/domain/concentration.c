#include "domain/concentration.h"

#include <stdlib.h>
#include <string.h>

static int
compare_ranks(const void *a, const void *b)
{
	const struct figures *x = *(const struct figures *const *)a, *y = *(const struct figures *const *)b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->id, y->id);
}

const struct figures **
portfolio_ranked(const struct portfolio *p)
{
	const struct figures **ranked = xcalloc(p->n + 1, sizeof *ranked);
	size_t i;

	for (i = 0; i < p->n; i++)
		ranked[i] = &p->account[i];
	qsort(ranked, p->n, sizeof *ranked, compare_ranks);
	return ranked;
}

const char *
key_verdict_text(enum key_verdict verdict)
{
	static const char *const texts[] = {
	    [KEY_NONE_NAMED] = "no account has tier: key", [KEY_NO_SALES] = "no sales in the window",
	    [KEY_BELOW] = "below the normal band",	   [KEY_INSIDE] = "normal",
	    [KEY_ABOVE] = "above the normal band",	   [KEY_DEPENDENT] = "dependent on key accounts",
	};

	return texts[verdict];
}

static bool
is_key(const struct figures *f)
{
	return tier_is_key(f->tier);
}

static int
add_known(struct decimal *sum, const struct decimal *amount)
{
	return amount->known ? decimal_add(sum, sum, amount) : 0;
}

/* where the key accounts' part of the sales volume lies (S0) */
static int
judge_key(const struct portfolio *p, struct concentration *c, const struct decimal *revenue)
{
	const struct model_volume *mark = &p->model->volume;
	int from, to, dependent;

	c->key_verdict = c->key ? KEY_NO_SALES : KEY_NONE_NAMED;
	if (!c->key || decimal_sign(&p->revenue) <= 0)
		return 0;
	from = percent_reached(revenue, &p->revenue, &mark->band_from, false);
	to = percent_reached(revenue, &p->revenue, &mark->band_to, true);
	dependent = percent_reached(revenue, &p->revenue, &mark->dependence, true);
	if (from < 0 || to < 0 || dependent < 0)
		return -1;
	c->key_verdict = dependent ? KEY_DEPENDENT : to ? KEY_ABOVE : from ? KEY_INSIDE : KEY_BELOW;
	return percent_of(&c->key_volume, revenue, &p->revenue, 1);
}

/* by revenue, then id */
static bool
is_larger(const struct figures *f, const struct figures *than)
{
	int difference;

	if (!than)
		return true;
	difference = decimal_cmp(&f->revenue, &than->revenue);
	return difference > 0 || (difference == 0 && strcmp(f->id, than->id) < 0);
}

/* what the largest fifth of the active accounts bring */
static int
compute_fifth(const struct portfolio *p, struct concentration *c)
{
	const struct figures **ranked = portfolio_ranked(p);
	struct decimal sum = decimal_int(0);
	size_t i, taken = 0;
	int status = 0;

	c->fifth = (c->active + 4) / 5;
	for (i = 0; i < p->n && taken < c->fifth; i++) {
		if (!ranked[i]->revenue.known)
			continue;
		if (!c->largest)
			c->largest = ranked[i];
		status |= decimal_add(&sum, &sum, &ranked[i]->amount);
		taken++;
	}
	free(ranked);
	return status | percent_of(&c->fifth_share, &sum, &p->amount, 1);
}

/* Who bought in the window before, and what of them and of what they brought is still there; not known where sales begin
 * inside that window, for who had left before that is not known. */
static int
compute_kept(const struct portfolio *p, struct concentration *c)
{
	struct decimal then = decimal_int(0), now = decimal_int(0), clients, kept;
	int status = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct figures *f = &p->account[i];

		if (!f->revenue_before.known || decimal_sign(&f->revenue_before) <= 0)
			continue;
		c->before++;
		c->kept += f->revenue.known && decimal_sign(&f->revenue) > 0;
		status |= add_known(&then, &f->revenue_before) | add_known(&now, &f->revenue);
	}
	if (!(p->records & RECORD_BEFORE))
		return status;
	clients = decimal_int((long long)c->before);
	kept = decimal_int((long long)c->kept);
	return status | percent_of(&c->clients_kept, &kept, &clients, 1) |
	       percent_of(&c->revenue_kept, &now, &then, 1);
}

int
concentration_compute(const struct portfolio *p, struct concentration *c, struct error *err)
{
	struct decimal key_revenue = decimal_int(0);
	const struct figures *f;
	int status = 0;
	size_t i;

	*c = (struct concentration){.accounts = p->n};
	for (i = 0; i < p->n; i++) {
		f = &p->account[i];
		c->large += f->size == SIZE_LARGE;
		c->monopoly += f->size == SIZE_MONOPOLY;
		c->key += is_key(f);
		if (is_key(f))
			status |= add_known(&key_revenue, &f->revenue);
		if (!f->revenue.known)
			continue;
		c->active++;
		if (is_larger(f, c->largest_volume))
			c->largest_volume = f;
	}
	status |= judge_key(p, c, &key_revenue);
	status |= compute_fifth(p, c) | compute_kept(p, c);
	return status ? error_set(err, "the sums of the portfolio are larger than 36 digits") : 0;
}

static bool
same_manager(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int
compare_managers(const void *a, const void *b)
{
	const struct manager_sum *x = a, *y = b;
	int c = decimal_cmp(&y->amount, &x->amount);

	if (c)
		return c;
	if (!x->manager || !y->manager)
		return !x->manager - !y->manager;
	return strcmp(x->manager, y->manager);
}

static int
compare_by_manager(const void *a, const void *b)
{
	const struct figures *x = *(const struct figures *const *)a, *y = *(const struct figures *const *)b;

	if (!x->manager || !y->manager)
		return !x->manager - !y->manager;
	return strcmp(x->manager, y->manager);
}

struct manager_sum *
manager_sums(const struct portfolio *p, const struct figures *const *account, size_t accounts, size_t *n,
	     struct error *err)
{
	const struct figures **sorted = xcalloc(accounts + 1, sizeof *sorted), *f;
	struct manager_sum *sums = xcalloc(accounts + 1, sizeof *sums), *sum = NULL;
	int status = 0;
	size_t i;

	*n = 0;
	for (i = 0; i < accounts; i++)
		sorted[i] = account[i];
	qsort(sorted, accounts, sizeof *sorted, compare_by_manager);
	for (i = 0; i < accounts; i++) {
		f = sorted[i];
		if (!sum || !same_manager(sum->manager, f->manager)) {
			sum = &sums[(*n)++];
			sum->manager = f->manager;
			sum->revenue = sum->amount = decimal_int(0);
		}
		sum->accounts++;
		sum->active += f->revenue.known;
		sum->key += is_key(f);
		sum->too_many_key |= f->too_many_key;
		status |= add_known(&sum->revenue, &f->revenue) |
			  decimal_add(&sum->amount, &sum->amount, &f->amount);
	}
	free(sorted);
	for (i = 0; i < *n; i++)
		status |= percent_of(&sums[i].share, &sums[i].amount, &p->amount, 1);
	qsort(sums, *n, sizeof *sums, compare_managers);
	if (!status)
		return sums;
	free(sums);
	error_set(err, "the sums of the managers are larger than 36 digits");
	return NULL;
}
