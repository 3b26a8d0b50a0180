/*
 * Potential: what the client could buy of us, and how much of it it does.
 */
#include "data/doc.h"
#include "domain/portfolio.h"

#define YEARS_AHEAD 3
#define YEARS_SHOWN 10 /* after the one in which the window ends */
#define KEY_MOST 250   /* bytes of a name that can stand as a key, each perhaps escaped; YAML ends at 1024 */

#define NO_POTENTIAL "no potential of the year in which the window ends"

/* of a year in full; unknown: none is told */
static struct decimal
year_potential(struct measuring *m, int year)
{
	const struct potential *p = m->account->potential.v;
	struct decimal sum = {0};

	for (size_t i = 0; i < m->account->potential.n; i++) {
		if (p[i].year == year)
			sum_add(m, &sum, &p[i].amount);
	}
	return sum;
}

/* "2026, carton, north: 1000.00", a line for each item of the year that has an amount */
static void
explain_year(struct measuring *m, int year)
{
	const struct potential *p = m->account->potential.v;

	for (size_t i = 0; i < m->account->potential.n; i++) {
		if (p[i].year != year || !p[i].amount.known)
			continue;
		measuring_step(m, "%d%s%s%s%s: %s", year, p[i].product ? ", " : "",
			       p[i].product ? measuring_name(m, p[i].product) : "", p[i].division ? ", " : "",
			       p[i].division ? measuring_name(m, p[i].division) : "",
			       measuring_text(m, p[i].amount, 2));
	}
}

void
measure_potential_by_year(struct measuring *m, struct measured *v)
{
	struct node *map = node_new_map(m->arena, STYLE_FLOW);

	for (int year = m->as_of.year; year <= m->as_of.year + YEARS_SHOWN; year++) {
		struct decimal sum = year_potential(m, year);

		if (!sum.known)
			continue;
		node_put_plain(m->arena, map, arena_printf(m->arena, "%d", year), measuring_text(m, sum, 2));
		if (measuring_explains(m))
			explain_year(m, year);
	}
	if (map->count)
		measured_flow(m, v, map);
	else
		measured_missing(v, "no potential of that year or of the ten years after");
}

/* a year's, for as many months as the window has */
static struct decimal
window_part(struct measuring *m, const struct decimal *year)
{
	struct decimal window = decimal_int(m->model->window), twelve = decimal_int(MONTHS_A_YEAR), part;

	if (decimal_mul(&part, year, &window) < 0 || decimal_div(&part, &part, &twelve, 2) < 0) {
		m->overflow = true;
		return *year;
	}
	return part;
}

void
measure_potential(struct measuring *m, struct measured *v)
{
	struct decimal year = year_potential(m, m->as_of.year);

	if (!year.known) {
		measured_missing(v, NO_POTENTIAL);
		return;
	}
	measured_number(v, window_part(m, &year));
	if (!measuring_explains(m))
		return;
	explain_year(m, m->as_of.year);
	measuring_step(m, "%s × %d months ÷ 12 = %s", measuring_text(m, year, 2), m->sums->window,
		       measuring_text(m, v->number, 2));
}

/* the sum of the years after the one in which the window ends; one that is not told adds nothing */
static void
potential_ahead(struct measuring *m, struct measured *v, int years)
{
	struct decimal sum = {0};

	for (int year = m->as_of.year + 1; year <= m->as_of.year + years; year++) {
		struct decimal one = year_potential(m, year);

		sum_add(m, &sum, &one);
		if (!measuring_explains(m))
			continue;
		if (one.known)
			explain_year(m, year);
		else
			measuring_step(m, "no potential of %d, which adds nothing", year);
	}
	if (sum.known && measuring_explains(m))
		measuring_step(m, "together %s", measuring_text(m, sum, 2));
	if (sum.known)
		measured_number(v, decimal_round(sum, 2));
	else
		measured_missing(v, years == 1 ? "no potential of the year after"
					       : "no potential of the three years after");
}

void
measure_potential_next(struct measuring *m, struct measured *v)
{
	potential_ahead(m, v, 1);
}

void
measure_potential_3y(struct measuring *m, struct measured *v)
{
	potential_ahead(m, v, YEARS_AHEAD);
}

static struct decimal
sold(const struct measuring *m)
{
	return m->sums->now.revenue.known ? m->sums->now.revenue : decimal_int(0);
}

void
measure_penetration(struct measuring *m, struct measured *v)
{
	const struct measured *potential = &m->have[MEASURE_POTENTIAL];
	struct decimal revenue = sold(m);

	measured_percent(m, v, &revenue, &potential->number, 1,
			 potential->number.known ? "the potential is 0" : NO_POTENTIAL);
}

/* What the potential of its year was in the window before is told only where something was sold in it: else nobody knows
 * whether the account was one. */
void
measure_penetration_change(struct measuring *m, struct measured *v)
{
	const struct decimal *now = &m->have[MEASURE_PENETRATION].number,
			     *sold_before = &m->sums->before.revenue;
	struct decimal potential = year_potential(m, month_first(m->first - 1).year), before, change;

	if (!now->known || !sold_before->known || decimal_sign(&potential) <= 0) {
		measured_missing(v, !now->known ? "penetration is not known"
				    : !sold_before->known
					? "no sales in the window before"
					: "no potential of the year in which the window before ends");
		return;
	}
	potential = window_part(m, &potential);
	if (percent_of(&before, sold_before, &potential, 1) < 0 || !before.known ||
	    decimal_sub(&change, now, &before) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, change);
	if (measuring_explains(m))
		measuring_step(m, "%s − 100 × %s ÷ %s = %s − %s", measuring_text(m, *now, 1),
			       measuring_text(m, *sold_before, 2), measuring_text(m, potential, 2),
			       measuring_text(m, *now, 1), measuring_text(m, before, 1));
}

void
measure_headroom(struct measuring *m, struct measured *v)
{
	const struct measured *potential = &m->have[MEASURE_POTENTIAL];
	struct decimal revenue = sold(m), room;

	if (!potential->number.known) {
		measured_missing(v, NO_POTENTIAL);
		return;
	}
	if (decimal_sub(&room, &potential->number, &revenue) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, decimal_round(room, 2));
	if (measuring_explains(m))
		measuring_step(m, "%s − %s = %s", measuring_text(m, potential->number, 2),
			       measuring_text(m, revenue, 2), measuring_text(m, v->number, 2));
}

/* Potential by a name that its items give: what could be bought in the window, in the arena; how many names. */
static size_t
potential_by(struct measuring *m, bool division, struct named **by)
{
	const struct potential *p = m->account->potential.v;
	struct named *v = arena_alloc(m->arena, (m->account->potential.n + 1) * sizeof *v);
	size_t n = 0;

	for (size_t i = 0; i < m->account->potential.n; i++) {
		const char *name = division ? p[i].division : p[i].product;

		if (name && p[i].amount.known && p[i].year == m->as_of.year)
			v[n++] = (struct named){name, p[i].amount};
	}
	m->overflow |= named_join(v, &n) < 0;
	for (size_t i = 0; i < n; i++)
		v[i].amount = window_part(m, &v[i].amount);
	*by = v;
	return n;
}

size_t
potential_divisions(struct measuring *m, struct named **by)
{
	return potential_by(m, true, by);
}

static bool
names_fit(const struct named *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strlen(v[i].name) > KEY_MOST)
			return false;
	}
	return true;
}

/* could − sold, into the map, by name */
static void
put_room(struct measuring *m, struct node *map, const struct named *could, const struct decimal *revenue)
{
	struct decimal room;

	if (decimal_sub(&room, &could->amount, revenue) < 0) {
		m->overflow = true;
		return;
	}
	node_put_plain(m->arena, map, could->name, measuring_text(m, room, 2));
	if (measuring_explains(m))
		measuring_step(m, "%s: %s − %s = %s", measuring_name(m, could->name),
			       measuring_text(m, could->amount, 2), measuring_text(m, *revenue, 2),
			       measuring_text(m, room, 2));
}

/* sold ÷ could in %, into the map, by name; of what could not be sold it is no part */
static void
put_part(struct measuring *m, struct node *map, const struct named *could, const struct decimal *revenue)
{
	struct decimal part;

	if (percent_of(&part, revenue, &could->amount, 1) < 0) {
		m->overflow = true;
		return;
	}
	if (!part.known)
		return;
	node_put_plain(m->arena, map, could->name, measuring_text(m, part, 1));
	if (measuring_explains(m))
		measuring_step(m, "%s: 100 × %s ÷ %s = %s", measuring_name(m, could->name),
			       measuring_text(m, *revenue, 2), measuring_text(m, could->amount, 2),
			       measuring_text(m, part, 1));
}

/* of each product that the potential names, what was sold of it in the window */
static void
by_product(struct measuring *m, struct measured *v,
	   void (*put)(struct measuring *, struct node *, const struct named *, const struct decimal *))
{
	const struct decimal nothing = decimal_int(0);
	struct named *could;
	size_t n = potential_by(m, false, &could);
	struct node *map;

	if (!n || !m->sums->products || m->sums->products_untold) {
		measured_missing(v, !n ? "no potential of that year names a product"
				    : !m->sums->products
					? "the window's sales name no products"
					: "a month of the window does not tell its products");
		return;
	}
	if (!names_fit(could, n)) {
		measured_missing(v, "a product's name is too long to be written");
		return;
	}
	map = node_new_map(m->arena, STYLE_FLOW);
	for (size_t i = 0; i < n; i++) {
		const struct named *bought = named_find(m->sums->product, m->sums->products, could[i].name);

		put(m, map, &could[i], bought ? &bought->amount : &nothing);
	}
	if (map->count)
		measured_flow(m, v, map);
	else
		measured_missing(v, "the potential of all products that it names is 0");
}

void
measure_headroom_by(struct measuring *m, struct measured *v)
{
	by_product(m, v, put_room);
}

void
measure_penetration_by(struct measuring *m, struct measured *v)
{
	by_product(m, v, put_part);
}

/* What was sold to the divisions that are accounts: this one, and those of which it is the parent, with what is below
 * them; in the arena, by name. */
static size_t
sold_by_division(struct measuring *m, struct named **by)
{
	const struct figures *f = m->figures, *c = f->group ? f->group->first : NULL;
	size_t n = 0, cap = 1;
	struct named *v;

	for (; c; c = c->beside)
		cap++;
	v = arena_alloc(m->arena, cap * sizeof *v);
	if (f->division)
		v[n++] = (struct named){f->division, f->revenue.known ? f->revenue : decimal_int(0)};
	for (c = f->group ? f->group->first : NULL; c; c = c->beside) {
		if (c->division)
			v[n++] = (struct named){c->division, c->group		? c->group->revenue
							     : c->revenue.known ? c->revenue
										: decimal_int(0)};
	}
	m->overflow |= named_join(v, &n) < 0;
	*by = v;
	return n;
}

void
measure_headroom_division(struct measuring *m, struct measured *v)
{
	const struct figures *f = m->figures;
	struct node *map;
	struct named *by;
	size_t n;

	if (!f->divisions || !names_fit(f->could, f->divisions)) {
		measured_missing(v, !f->divisions ? "no potential of that year names a division"
						  : "a division's name is too long to be written");
		return;
	}
	n = sold_by_division(m, &by);
	map = node_new_map(m->arena, STYLE_FLOW);
	for (size_t i = 0; i < f->divisions; i++) {
		const struct named *bought = named_find(by, n, f->could[i].name);
		struct named could = f->could[i];

		/* what was sold is of several accounts, and in the portfolio's currency */
		m->overflow |= rate_apply(f->rate, &could.amount) < 0;
		if (bought && could.amount.known)
			put_room(m, map, &could, &bought->amount);
	}
	if (map->count)
		measured_flow(m, v, map);
	else
		measured_missing(v, "no division that the potential names is an account");
}

void
measure_breadth(struct measuring *m, struct measured *v)
{
	long long bought = 0;

	for (size_t i = 0; i < m->sums->products; i++)
		bought += decimal_sign(&m->sums->product[i].amount) > 0;
	if (!m->sums->products) {
		measured_missing(v, "the window's sales name no products");
		return;
	}
	measured_int(v, bought);
	if (measuring_explains(m)) {
		for (size_t i = 0; i < m->sums->products; i++)
			measuring_step(m, "%s: %s", measuring_name(m, m->sums->product[i].name),
				       measuring_text(m, m->sums->product[i].amount, 2));
		measuring_step(m, "above 0: %lld of %zu", bought, m->sums->products);
	}
}
