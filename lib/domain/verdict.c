#include "domain/verdict.h"

#include <string.h>

/* share of wallet below which a client buys mainly from others, % */
#define MOSTLY_OTHERS 50
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

/* "headroom 1000.00 USD × 0.92 = 920.00 EUR" */
static void
explain_rate(struct measuring *m, enum measure_id id)
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

	explain_rate(m, (enum measure_id)c->of);
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

bool
has_lapsed(const struct measured have[MEASURES])
{
	const struct decimal *rhythm = &have[MEASURE_RHYTHM].number, least = decimal_int(GAPS_LAPSED);

	return rhythm->known && decimal_cmp(rhythm, &least) >= 0;
}

/* who has stopped buying is not well, however good all else is */
void
measure_band(struct measuring *m, struct measured *v)
{
	const struct decimal *health = &m->have[MEASURE_HEALTH].number;
	const struct model_bands *mark = &m->model->bands;
	bool lapsed = has_lapsed(m->have);

	if (!health->known) {
		measured_missing(v, "health is not known");
		return;
	}
	measured_index(v, decimal_cmp(health, &mark->good) >= 0	   ? lapsed
			  : decimal_cmp(health, &mark->watch) >= 0 ? 1
								   : 2);
	if (measuring_explains(m))
		measuring_step(m, "health %s; good from %s%s, watch from %s", measuring_text(m, *health, 0),
			       measuring_exact(m, mark->good),
			       lapsed ? " while it orders, which it has stopped to do" : "",
			       measuring_exact(m, mark->watch));
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

/* Who is key */

const char *const *
category_words(void)
{
	return field_find(&account_fields, "categories")->words;
}

static unsigned
category_bit(const char *word)
{
	const char *const *words = category_words();

	for (unsigned i = 0; words[i]; i++) {
		if (strcmp(words[i], word) == 0)
			return 1U << i;
	}
	return 0;
}

unsigned
category_bits(const struct texts *words)
{
	unsigned bits = 0;

	for (size_t i = 0; i < words->n; i++)
		bits |= category_bit(words->v[i]);
	return bits;
}

static bool
is_among(const struct texts *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++) {
		if (strcmp(words->v[i], word) == 0)
			return true;
	}
	return false;
}

bool
key_line_holds(const struct model_key_line *line, const struct decimal *number, const char *word)
{
	if (line->is.n)
		return word && is_among(&line->is, word);
	return (!line->at_least.known || decimal_cmp(number, &line->at_least) >= 0) &&
	       (!line->at_most.known || decimal_cmp(number, &line->at_most) <= 0);
}

enum line_state
key_line_state(const struct model_key_line *line, const struct figures *f,
	       const struct measured have[MEASURES])
{
	struct measured v;

	if (line->of == MODEL_OF_CATEGORY) {
		/* none given is not known, for nobody may have thought of it */
		if (!f->categories)
			return LINE_UNKNOWN;
		return f->categories & category_bits(&line->is) ? LINE_HOLDS : LINE_FAILS;
	}
	v = figures_measured(f, (enum measure_id)line->of, &have[line->of]);
	if (!v.number.known)
		return LINE_UNKNOWN;
	return key_line_holds(line, &v.number, measured_word(&measures[line->of], &v)) ? LINE_HOLDS
										       : LINE_FAILS;
}

/* what kinds of lines hold, and how many */
struct holding {
	int n, unknown;
	bool of_size, of_name, of_else;
};

static struct holding
lines_holding(const struct model *model, const struct figures *f, const struct measured have[MEASURES])
{
	const struct model_key_line *line = model->key.of.v;
	struct holding h = {0};
	unsigned matched;

	for (size_t i = 0; i < model->key.of.n; i++) {
		enum line_state state = key_line_state(&line[i], f, have);

		h.unknown += state == LINE_UNKNOWN;
		if (state != LINE_HOLDS)
			continue;
		h.n++;
		if (line[i].of == MODEL_OF_CATEGORY) {
			matched = f->categories & category_bits(&line[i].is);
			h.of_name |= matched == category_bit("renowned");
			h.of_else |= matched != category_bit("renowned");
		} else {
			h.of_size |= measures[line[i].of].of_size;
			h.of_else |= !measures[line[i].of].of_size;
		}
	}
	return h;
}

static void
explain_lines(struct measuring *m)
{
	static const char *const states[] = {"not known", "does not hold", "holds"};
	const struct model_key_line *line = m->model->key.of.v;

	for (size_t i = 0; i < m->model->key.of.n; i++) {
		const char *state = states[key_line_state(&line[i], m->figures, m->have)];
		struct buf value = {0};

		if (line[i].of != MODEL_OF_CATEGORY) {
			explain_rate(m, (enum measure_id)line[i].of);
			measured_format(&measures[line[i].of], &m->have[line[i].of], &value);
		}
		measuring_step(m, "%s%s%s%s%s%s%s: %s", line[i].measure, value.len ? " " : "",
			       value.len ? value.data : "", line[i].at_least.known ? ", at least " : "",
			       line[i].at_least.known ? measuring_exact(m, line[i].at_least) : "",
			       line[i].at_most.known ? ", at most " : "",
			       line[i].at_most.known ? measuring_exact(m, line[i].at_most) : "", state);
		buf_free(&value);
	}
}

/* Neither share alone nor a name alone makes an account key (S1). */
void
measure_key(struct measuring *m, struct measured *v)
{
	struct holding h = lines_holding(m->model, m->figures, m->have);
	bool key = h.n >= m->model->key.least && (h.of_else || (h.of_size && h.of_name));

	measured_index(v, key);
	if (!measuring_explains(m))
		return;
	explain_lines(m);
	measuring_step(m, "%d of at least %d lines%s", h.n, m->model->key.least,
		       h.n >= m->model->key.least && !key ? ", but of one kind alone: of size, or of a name"
							  : "");
}

bool
key_by_size_alone(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	struct holding h = lines_holding(p->model, f, have);

	return h.of_size && !h.of_name && !h.of_else;
}

/* What people may put in words */

/* What is not known does not speak against an account that people call key. */
static bool
may_be_key(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	struct holding h = lines_holding(p->model, f, have);

	return h.n + h.unknown >= p->model->key.least;
}

const char *
tier_proposed(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	const struct decimal *potential = &have[MEASURE_POTENTIAL].number;

	if (have[MEASURE_KEY].number.units)
		return "key";
	if (tier_is_key(f->tier) && may_be_key(p, f, have))
		return NULL;
	if (f->size == SIZE_LARGE || f->size == SIZE_MONOPOLY)
		return "large";
	if (!f->revenue.known && !f->revenue_before.known)
		return potential->known && decimal_sign(potential) > 0 ? "prospect" : NULL;
	return "standard";
}

/* in the portfolio's currency; unknown: nobody tells a potential */
static struct decimal
group_headroom(const struct group *g)
{
	const struct decimal nothing = decimal_int(0);
	struct decimal room = {0};

	if (g->potential.known &&
	    decimal_sub(&room, &g->potential, g->revenue.known ? &g->revenue : &nothing) < 0)
		room = (struct decimal){0};
	return room;
}

unsigned
categories_proposed(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	/* a parent may tell the potential for all below it */
	const struct decimal *penetration =
				 &have[f->group ? MEASURE_GROUP_PENETRATION : MEASURE_PENETRATION].number,
			     half = decimal_int(MOSTLY_OTHERS);
	struct decimal room = f->group
				  ? group_headroom(f->group)
				  : figures_measured(f, MEASURE_HEADROOM, &have[MEASURE_HEADROOM]).number;
	unsigned proposed = 0;

	if (f->size == SIZE_LARGE || f->size == SIZE_MONOPOLY)
		proposed |= category_bit("breadwinner");
	/* high: as large as what would make an account large by volume */
	if (penetration->known && decimal_cmp(penetration, &half) < 0 &&
	    percent_reached(&room, &p->revenue, &p->model->share.large, false) > 0)
		proposed |= category_bit("prospective");
	return proposed;
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
