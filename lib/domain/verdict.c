#include "domain/verdict.h"

#define GAPS_LAPSED 3

int
criterion_points(const struct model_criterion *c, const struct measured *v, struct decimal *points)
{
	const struct decimal hundred = decimal_int(100), none = decimal_int(0);
	struct decimal above, range, scaled;

	*points = (struct decimal){0};
	if (!v->number.known)
		return 0;
	if (decimal_sub(&above, &v->number, &c->zero) < 0 || decimal_sub(&range, &c->full, &c->zero) < 0 ||
	    decimal_mul(&scaled, &above, &hundred) < 0 || decimal_div(points, &scaled, &range, 1) < 0)
		return -1;
	if (decimal_sign(points) < 0)
		*points = none;
	if (decimal_cmp(points, &hundred) > 0)
		*points = hundred;
	return 0;
}

bool
criterion_is_passed(const struct model_criterion *c, const struct decimal *value)
{
	int from_zero = decimal_cmp(value, &c->zero), from_full = decimal_cmp(value, &c->full);

	return (from_zero < 0 && from_full < 0) || (from_zero > 0 && from_full > 0);
}

struct measured
figures_measured(const struct figures *f, enum measure_id id, const struct measured *v)
{
	struct measured of_whole = *v;

	if (measures[id].type == MEASURE_MONEY && rate_apply(f->rate, &of_whole.number) < 0)
		of_whole.number = (struct decimal){0};
	if (v->number.known && !of_whole.number.known)
		of_whole.missing = "it is in a currency without a rate";
	return of_whole;
}

void
figures_explain_rate(struct measuring *m, enum measure_id id)
{
	const struct figures *f = m->figures;
	const struct measured *v = &m->have[id];
	struct measured converted;

	if (measures[id].type != MEASURE_MONEY || !f->rate || !f->rate->known || !v->number.known)
		return;
	converted = figures_measured(f, id, v);
	measuring_step(m, "%s %s %s × %s = %s %s", measures[id].name, measuring_text(m, v->number, 2),
		       f->currency, measuring_exact(m, *f->rate), measuring_text(m, converted.number, 2),
		       m->portfolio->currency);
}

static void
explain_points(struct measuring *m, const struct model_criterion *c, const struct measured *v,
	       struct decimal points)
{
	const struct measure *of = &measures[c->of];

	figures_explain_rate(m, (enum measure_id)c->of);
	if (points.known)
		measuring_step(m, "%s %s: 100 × (%s − %s) ÷ (%s − %s)%s = %s points, by weight %s", of->name,
			       measuring_text(m, v->number, of->places),
			       measuring_text(m, v->number, of->places), measuring_exact(m, c->zero),
			       measuring_exact(m, c->full), measuring_exact(m, c->zero),
			       criterion_is_passed(c, &v->number) ? CRITERION_KEPT_WITHIN : "",
			       measuring_text(m, points, 1), measuring_exact(m, c->weight));
	else
		measuring_step(m, "%s is missing, and counts neither way: %s", of->name,
			       v->missing ? v->missing : of->needs);
}

/* % of the weights of the criteria whose measures have data */
static void
weigh_known(struct measuring *m, struct measured *v, const struct items *criteria)
{
	const struct model_criterion *c = criteria->v;
	struct decimal known = decimal_int(0), all = decimal_int(0);

	for (size_t i = 0; i < criteria->n; i++) {
		struct measured of =
		    figures_measured(m->figures, (enum measure_id)c[i].of, &m->have[c[i].of]);

		sum_add(m, &all, &c[i].weight);
		if (of.number.known)
			sum_add(m, &known, &c[i].weight);
		if (measuring_explains(m))
			measuring_step(m, "%s, weight %s: %s", measures[c[i].of].name,
				       measuring_exact(m, c[i].weight),
				       of.number.known ? "known" : "missing");
	}
	measured_percent(m, v, &known, &all, 0, "the model has no criteria for it");
}

/* is so much known that a verdict can be given? */
static bool
is_known_enough(struct measuring *m, struct measured *v, enum measure_id known)
{
	const struct decimal *part = &m->have[known].number, *least = &m->model->known.least;

	if (part->known && decimal_cmp(part, least) >= 0)
		return true;
	measured_missing(v, !part->known ? m->have[known].missing : "too little is known");
	if (part->known && measuring_explains(m))
		measuring_step(m, "%s %% of the weights have data, and the model wants %s at the least",
			       measuring_text(m, *part, 0), measuring_exact(m, *least));
	return false;
}

/* the mean of the points by their weights */
static void
weigh(struct measuring *m, struct measured *v, const struct items *criteria, enum measure_id known)
{
	const struct model_criterion *c = criteria->v;
	struct decimal sum = decimal_int(0), weights = decimal_int(0), points, weighted, mean;
	struct measured of;

	for (size_t i = 0; i < criteria->n; i++) {
		of = figures_measured(m->figures, (enum measure_id)c[i].of, &m->have[c[i].of]);
		m->overflow |= criterion_points(&c[i], &of, &points) < 0;
		if (measuring_explains(m))
			explain_points(m, &c[i], &of, points);
		if (!points.known)
			continue;
		m->overflow |= decimal_mul(&weighted, &points, &c[i].weight) < 0 ||
			       decimal_add(&sum, &sum, &weighted) < 0 ||
			       decimal_add(&weights, &weights, &c[i].weight) < 0;
	}
	if (m->overflow || decimal_sign(&weights) == 0) {
		measured_missing(v, "none of its measures has data");
		return;
	}
	if (!is_known_enough(m, v, known))
		return;
	m->overflow |= decimal_div(&mean, &sum, &weights, 0) < 0;
	measured_number(v, mean);
	if (measuring_explains(m))
		measuring_step(m, "points by weight %s ÷ weights %s = %s", measuring_exact(m, sum),
			       measuring_exact(m, weights), measuring_text(m, mean, 0));
}

void
measure_health_known(struct measuring *m, struct measured *v)
{
	weigh_known(m, v, &m->model->health);
}

void
measure_health(struct measuring *m, struct measured *v)
{
	weigh(m, v, &m->model->health, MEASURE_HEALTH_KNOWN);
}

void
measure_attractiveness_known(struct measuring *m, struct measured *v)
{
	weigh_known(m, v, &m->model->attractiveness);
}

void
measure_attractiveness(struct measuring *m, struct measured *v)
{
	weigh(m, v, &m->model->attractiveness, MEASURE_ATTRACTIVENESS_KNOWN);
}

void
measure_strength_known(struct measuring *m, struct measured *v)
{
	weigh_known(m, v, &m->model->strength);
}

void
measure_strength(struct measuring *m, struct measured *v)
{
	weigh(m, v, &m->model->strength, MEASURE_STRENGTH_KNOWN);
}

/* where orders were too few to tell a usual gap the window stands for it */
bool
has_lapsed(const struct measuring *m)
{
	const struct decimal *rhythm = &m->have[MEASURE_RHYTHM].number, least = decimal_int(GAPS_LAPSED),
			     *last = &m->have[MEASURE_LAST_ORDER].number;

	if (rhythm->known)
		return decimal_cmp(rhythm, &least) >= 0;
	return last->known && last->units < date_days(month_first(m->first));
}

/* what it was by the score that the account came with */
static void
explain_band_before(struct measuring *m, const struct measured *v)
{
	struct band_change change = band_changed(m->figures, m->as_of, v);

	if (change.was >= 0)
		measuring_step(m, "before it %s, by the score that the account came with",
			       measures[MEASURE_BAND].words[change.was]);
	if (date_is_set(change.since))
		measuring_step(m, "since %s, the first window's end with this band",
			       measuring_date(m, change.since));
}

static void
explain_band(struct measuring *m)
{
	const struct measured *rhythm = &m->have[MEASURE_RHYTHM];

	if (!has_lapsed(m))
		measuring_step(m, "health %s; good from %s, watch from %s",
			       measuring_text(m, m->have[MEASURE_HEALTH].number, 0),
			       measuring_exact(m, m->model->bands.good),
			       measuring_exact(m, m->model->bands.watch));
	else if (rhythm->number.known)
		measuring_step(m, "lapsed, whatever its health: rhythm %s, from %d",
			       measuring_text(m, rhythm->number, 1), GAPS_LAPSED);
	else
		measuring_step(m, "lapsed, whatever its health: last order %s, before the window",
			       measuring_date(m, sums_last_order(m->sums)));
}

/* who has stopped buying is at risk, however good all else is */
void
measure_band(struct measuring *m, struct measured *v)
{
	const struct decimal *health = &m->have[MEASURE_HEALTH].number;
	const struct model_bands *mark = &m->model->bands;

	if (!health->known && !has_lapsed(m)) {
		measured_missing(v, "health is not known");
		return;
	}
	measured_index(v, has_lapsed(m)				   ? 2
			  : decimal_cmp(health, &mark->good) >= 0  ? 0
			  : decimal_cmp(health, &mark->watch) >= 0 ? 1
								   : 2);
	if (!measuring_explains(m))
		return;
	explain_band(m);
	explain_band_before(m, v);
}

/* strategic: both are high; star: attractive, and we are not strong yet; status: strong where little is to be won;
 * streamline: neither */
void
measure_field(struct measuring *m, struct measured *v)
{
	const struct decimal *attractiveness = &m->have[MEASURE_ATTRACTIVENESS].number,
			     *strength = &m->have[MEASURE_STRENGTH].number;
	bool attractive, strong;

	if (!attractiveness->known || !strength->known) {
		measured_missing(v, attractiveness->known ? "strength is not known"
							  : "attractiveness is not known");
		return;
	}
	attractive = decimal_cmp(attractiveness, &m->model->field.attractiveness) >= 0;
	strong = decimal_cmp(strength, &m->model->field.strength) >= 0;
	measured_index(v, attractive ? (strong ? 0 : 1) : (strong ? 2 : 3));
	if (measuring_explains(m))
		measuring_step(m, "attractiveness %s, high from %s; strength %s, high from %s",
			       measuring_text(m, *attractiveness, 0),
			       measuring_exact(m, m->model->field.attractiveness),
			       measuring_text(m, *strength, 0), measuring_exact(m, m->model->field.strength));
}

/* Bands over time */

struct band_change
band_changed(const struct figures *f, struct date as_of, const struct measured *band)
{
	const struct band_noted *before = &f->band;
	struct band_change change = {.was = -1};
	int days;

	if (!band->number.known || !date_is_set(before->as_of) || before->now < 0)
		return change;
	days = date_cmp(before->as_of, as_of);
	if (days > 0)
		return change;
	if (before->now == (int)band->number.units)
		return (struct band_change){before->was, before->since};
	/* judged again of the same day: what was before the corrected band is before this one */
	change.was = days < 0 ? before->now : before->was;
	if (change.was == (int)band->number.units)
		change.was = -1;
	else
		change.since = as_of;
	return change;
}
