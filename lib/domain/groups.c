#include "domain/groups.h"

#include <stdlib.h>

#include "base/hash.h"

/* the account above, or NULL: none, or a name that no account has */
static struct figures *
head_above(const struct figures *f)
{
	return f->above ? f->above->head : NULL;
}

/* each account's parent, by its id */
static void
find_parents(struct portfolio *p)
{
	struct hash ids = {0}, groups = {0};
	struct group *group;
	void **place;

	for (size_t i = 0; i < p->n; i++) {
		const char *id = p->account[i].id;

		*hash_put(&ids, id, strlen(id), NULL) = &p->account[i];
	}
	for (size_t i = 0; i < p->n; i++) {
		struct figures *f = &p->account[i];

		if (!f->parent || strcmp(f->parent, f->id) == 0)
			continue;
		place = hash_put(&groups, f->parent, strlen(f->parent), NULL);
		if (!*place) {
			*place = group = arena_alloc(&p->arena, sizeof *group);
			group->id = f->parent;
			group->head = hash_get(&ids, f->parent, strlen(f->parent));
		}
		f->above = *place;
	}
	hash_free(&ids);
	hash_free(&groups);
}

/* Upwards from each account until one that was met: if on the same way, it is a circle, which is cut over its first
 * account by id. */
static void
cut_circles(struct portfolio *p)
{
	size_t *met = xcalloc(p->n + 1, sizeof *met);

	for (size_t i = 0; i < p->n; i++) {
		struct figures *f = &p->account[i], *first, *at;

		for (; f && !met[f - p->account]; f = head_above(f))
			met[f - p->account] = i + 1;
		if (!f || met[f - p->account] != i + 1)
			continue;
		first = f;
		for (at = head_above(f); at && at != f; at = head_above(at)) {
			if (strcmp(at->id, first->id) < 0)
				first = at;
		}
		if (at)
			first->above = NULL;
	}
	free(met);
}

/* the lists of those below, in the order of the accounts */
static void
link_children(struct portfolio *p)
{
	for (size_t i = p->n; i-- > 0;) {
		struct figures *f = &p->account[i];

		if (!f->above)
			continue;
		f->beside = f->above->first;
		f->above->first = f;
		if (f->above->head)
			f->above->head->group = f->above;
	}
}

int
group_add(struct group *g, const struct portfolio *p, const struct figures *f)
{
	struct measured have[MEASURES];
	struct decimal potential;
	int status;

	figures_own(p, f, have);
	potential = have[MEASURE_POTENTIAL].number;
	g->accounts++;
	g->told += potential.known;
	/* converted before it is added: operands of | have no order */
	status = rate_apply(f->rate, &potential);
	return status | decimal_gather(&g->revenue, &f->revenue) | decimal_gather(&g->amount, &f->amount) |
	       decimal_gather(&g->potential, &potential);
}

static int
add_group(struct group *g, const struct group *below)
{
	g->accounts += below->accounts;
	g->told += below->told;
	return decimal_gather(&g->revenue, &below->revenue) | decimal_gather(&g->amount, &below->amount) |
	       decimal_gather(&g->potential, &below->potential);
}

static size_t
count_children(const struct figures *f)
{
	size_t n = 0;

	for (const struct figures *c = f->group ? f->group->first : NULL; c; c = c->beside)
		n++;
	return n;
}

/* From the accounts that are nobody's parent upwards; a parent is passed on when all below it are summed. */
static int
sum_groups(struct portfolio *p)
{
	size_t *waiting = xcalloc(p->n + 1, sizeof *waiting);
	int status = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct figures *f = &p->account[i];

		waiting[i] = count_children(f);
		if (f->group)
			status |= group_add(f->group, p, f);
	}
	for (size_t i = 0; i < p->n; i++) {
		struct figures *f = &p->account[i];

		if (f->group)
			continue;
		while (f && f->above) {
			status |= f->group ? add_group(f->above, f->group) : group_add(f->above, p, f);
			f = f->above->head;
			if (f && --waiting[f - p->account])
				break;
		}
	}
	free(waiting);
	return status;
}

/* the group on top of an account whose parent has none; NULL: it is in none */
static const struct group *
top_of_chain(const struct figures *f)
{
	if (f->above && !f->above->head)
		return f->above;
	return f->above ? NULL : f->group;
}

/* Upwards to an account whose top is known, then the same way again to say it. */
static void
find_tops(struct portfolio *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct figures *f = &p->account[i], *at = f;
		const struct group *top;

		while (!at->top && head_above(at))
			at = head_above(at);
		top = at->top ? at->top : top_of_chain(at);
		for (; f && !f->top && top; f = head_above(f))
			f->top = top;
	}
}

int
groups_make(struct portfolio *p)
{
	size_t i = 0;
	int status;

	while (i < p->n && !p->account[i].parent)
		i++;
	if (i == p->n)
		return 0;
	find_parents(p);
	cut_circles(p);
	link_children(p);
	status = sum_groups(p);
	find_tops(p);
	return status;
}

static int
compare_members(const void *a, const void *b)
{
	const struct figures *x = *(const struct figures *const *)a, *y = *(const struct figures *const *)b;
	int c;

	if (x->top != y->top) {
		c = decimal_cmp(&y->top->amount, &x->top->amount);
		return c ? c : strcmp(x->top->id, y->top->id);
	}
	if (x->top->head == x || x->top->head == y)
		return x->top->head == x ? -1 : 1;
	c = decimal_cmp(&y->amount, &x->amount);
	return c ? c : strcmp(x->id, y->id);
}

const struct figures **
groups_sorted(const struct figures *const *account, size_t accounts, size_t *n)
{
	const struct figures **sorted = xcalloc(accounts + 1, sizeof *sorted);

	*n = 0;
	for (size_t i = 0; i < accounts; i++) {
		if (account[i]->top)
			sorted[(*n)++] = account[i];
	}
	qsort(sorted, *n, sizeof *sorted, compare_members);
	return sorted;
}
