/*
 * Groups: what a parent is with all that rolls up to it (S2).
 */
#include "base/text.h"
#include "domain/verdict.h"

#define NO_GROUP "it is nobody's parent"

/* what is summed, of an account and of all in a group */
struct part {
	struct decimal (*of)(const struct measuring *, const struct figures *);
	struct decimal (*of_group)(const struct group *);
};

static struct decimal
amount_of(const struct measuring *m, const struct figures *f)
{
	(void)m;
	return f->amount;
}

static struct decimal
group_amount(const struct group *g)
{
	return g->amount;
}

static struct decimal
revenue_of(const struct measuring *m, const struct figures *f)
{
	(void)m;
	return f->revenue.known ? f->revenue : decimal_int(0);
}

static struct decimal
group_revenue(const struct group *g)
{
	return g->revenue.known ? g->revenue : decimal_int(0);
}

static struct decimal
potential_of(const struct measuring *m, const struct figures *f)
{
	struct measured have[MEASURES];

	figures_own(m->portfolio, f, have);
	return figures_measured(f, MEASURE_POTENTIAL, &have[MEASURE_POTENTIAL]).number;
}

static struct decimal
group_potential(const struct group *g)
{
	return g->potential;
}

static const struct part by_amount = {.of = amount_of, .of_group = group_amount};
static const struct part by_revenue = {.of = revenue_of, .of_group = group_revenue};
static const struct part by_potential = {.of = potential_of, .of_group = group_potential};

/* "a 100.00 + b 250.00 + …", one to a line */
static void
explain(struct measuring *m, const char *what, const struct part *part)
{
	const struct group *g = m->figures->group;

	if (!measuring_explains(m))
		return;
	measuring_step(m, "%s: its own %s", what, measuring_text(m, part->of(m, m->figures), 2));
	for (const struct figures *f = g->first; f; f = f->beside) {
		struct decimal d = f->group ? part->of_group(f->group) : part->of(m, f);

		if (f->group)
			measuring_step(m, "+ %s %s, %s", f->id, measuring_text(m, d, 2),
				       text_count(m->arena, f->group->accounts, "account"));
		else
			measuring_step(m, "+ %s %s", f->id, measuring_text(m, d, 2));
	}
}

void
measure_group_share(struct measuring *m, struct measured *v)
{
	const struct group *g = m->figures->group;

	if (!g) {
		measured_missing(v, NO_GROUP);
		return;
	}
	explain(m, m->basis == BASIS_REVENUE ? "revenue" : "margin", &by_amount);
	measured_percent(m, v, &g->amount, &m->portfolio->amount, 1, "all accounts together brought nothing");
}

void
measure_group_volume(struct measuring *m, struct measured *v)
{
	const struct group *g = m->figures->group;
	struct decimal sold;

	if (!g) {
		measured_missing(v, NO_GROUP);
		return;
	}
	sold = group_revenue(g);
	explain(m, "revenue", &by_revenue);
	measured_percent(m, v, &sold, &m->portfolio->revenue, 1, "nothing was sold");
}

void
measure_group_penetration(struct measuring *m, struct measured *v)
{
	const struct group *g = m->figures->group;
	struct decimal sold;

	if (!g) {
		measured_missing(v, NO_GROUP);
		return;
	}
	sold = group_revenue(g);
	explain(m, "potential", &by_potential);
	measured_percent(m, v, &sold, &g->potential, 1,
			 g->potential.known ? "their potential is 0" : "none of them tells a potential");
}
