/*
 * Who is key by the model's profile, and what the data propose that people put
 * in words: a tier, categories.
 */
#include <string.h>

#include "domain/verdict.h"

/* share of wallet below which a client buys mainly from others, % */
#define MOSTLY_OTHERS 50

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

/* those of the bits, with blanks between */
static void
add_categories(struct buf *text, unsigned bits)
{
	const char *const *words = category_words();

	for (unsigned i = 0; words[i]; i++) {
		if (bits >> i & 1)
			buf_printf(text, " %s", words[i]);
	}
}

/* "share 12.4, at least 10", "category mentor, one of renowned mentor" */
static void
add_line(struct measuring *m, const struct model_key_line *line, struct buf *text)
{
	struct measured held;

	buf_adds(text, line->measure);
	if (line->of == MODEL_OF_CATEGORY) {
		add_categories(text, m->figures->categories);
	} else {
		figures_explain_rate(m, (enum measure_id)line->of);
		held = figures_measured(m->figures, (enum measure_id)line->of, &m->have[line->of]);
		buf_adds(text, held.number.known ? " " : "");
		measured_format(&measures[line->of], &held, text);
	}
	if (line->is.n)
		buf_adds(text, ", one of");
	for (size_t i = 0; i < line->is.n; i++)
		buf_printf(text, " %s", line->is.v[i]);
	if (line->at_least.known)
		buf_printf(text, ", at least %s", measuring_exact(m, line->at_least));
	if (line->at_most.known)
		buf_printf(text, ", at most %s", measuring_exact(m, line->at_most));
}

void
key_lines_explain(struct measuring *m)
{
	static const char *const states[] = {"not known", "does not hold", "holds"};
	const struct model_key_line *line = m->model->key.of.v;
	struct buf text = {0};

	for (size_t i = 0; i < m->model->key.of.n; i++) {
		buf_clear(&text);
		add_line(m, &line[i], &text);
		measuring_step(m, "%s: %s", text.data, states[key_line_state(&line[i], m->figures, m->have)]);
	}
	buf_free(&text);
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
	key_lines_explain(m);
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

static bool
is_large(const struct figures *f)
{
	return f->size == SIZE_LARGE || f->size == SIZE_MONOPOLY;
}

enum tier_ground {
	TIER_BY_PROFILE,
	TIER_MAY_BE_KEY,
	TIER_BY_SIZE,
	TIER_BY_POTENTIAL,
	TIER_BY_NOTHING,
	TIER_BY_SALES
};

/* the rule: the first ground that holds decides */
static const struct {
	const char *tier; /* NULL: none is proposed */
	const char *why;
} tiers[] = {
    [TIER_BY_PROFILE] = {"key", "it is key by the model's profile"},
    [TIER_MAY_BE_KEY] = {NULL, "people call it key, and what is not known could make it key by the profile"},
    [TIER_BY_SIZE] = {"large", "it is not key by the profile, and large or monopoly by its share"},
    [TIER_BY_POTENTIAL] = {"prospect",
			   "it bought nothing in the window and the one before, and has a potential"},
    [TIER_BY_NOTHING] = {NULL, "it bought nothing in the window and the one before, and has no potential"},
    [TIER_BY_SALES] =
	{"standard", "it buys, or bought in the window before, and is neither key by the profile nor large"},
};

static enum tier_ground
tier_ground(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	const struct decimal *potential = &have[MEASURE_POTENTIAL].number;

	if (have[MEASURE_KEY].number.units)
		return TIER_BY_PROFILE;
	if (tier_is_key(f->tier) && may_be_key(p, f, have))
		return TIER_MAY_BE_KEY;
	if (is_large(f))
		return TIER_BY_SIZE;
	if (f->revenue.known || f->revenue_before.known)
		return TIER_BY_SALES;
	return potential->known && decimal_sign(potential) > 0 ? TIER_BY_POTENTIAL : TIER_BY_NOTHING;
}

const char *
tier_proposed(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	return tiers[tier_ground(p, f, have)].tier;
}

void
tier_explain(struct measuring *m)
{
	enum tier_ground ground = tier_ground(m->portfolio, m->figures, m->have);
	struct holding h = lines_holding(m->model, m->figures, m->have);

	measuring_step(m, "tier %s: %s", tiers[ground].tier ? tiers[ground].tier : "not proposed",
		       tiers[ground].why);
	if (ground == TIER_MAY_BE_KEY)
		measuring_step(m, "lines that hold: %d, not known: %d, wanted: %d", h.n, h.unknown,
			       m->model->key.least);
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

/* a parent may tell the potential for all below it */
static enum measure_id
penetration_of(const struct figures *f)
{
	return f->group ? MEASURE_GROUP_PENETRATION : MEASURE_PENETRATION;
}

/* in the portfolio's currency */
static struct decimal
room_of(const struct figures *f, const struct measured have[MEASURES])
{
	return f->group ? group_headroom(f->group)
			: figures_measured(f, MEASURE_HEADROOM, &have[MEASURE_HEADROOM]).number;
}

/* It buys mainly from others, and its room is high: as large as what would make an account large by volume. */
static bool
is_prospective(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	const struct decimal *penetration = &have[penetration_of(f)].number,
			     half = decimal_int(MOSTLY_OTHERS);
	struct decimal room = room_of(f, have);

	return penetration->known && decimal_cmp(penetration, &half) < 0 &&
	       percent_reached(&room, &p->revenue, &p->model->share.large, false) > 0;
}

unsigned
categories_proposed(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES])
{
	return (is_large(f) ? category_bit("breadwinner") : 0U) |
	       (is_prospective(p, f, have) ? category_bit("prospective") : 0U);
}

static void
explain_prospective(struct measuring *m)
{
	const struct figures *f = m->figures;
	const struct measured *penetration = &m->have[penetration_of(f)];
	struct decimal room = room_of(f, m->have), part;

	if (!penetration->number.known || !room.known)
		return;
	if (!f->group)
		figures_explain_rate(m, MEASURE_HEADROOM);
	if (percent_of(&part, &room, &m->portfolio->revenue, 1) < 0 || !part.known)
		return;
	measuring_step(m,
		       "%s %s %%, to be under %d; %s %s, 100 × %s ÷ %s = %s %% of the portfolio's revenue, "
		       "to be %s or more: %sprospective",
		       measures[penetration_of(f)].name, measuring_text(m, penetration->number, 1),
		       MOSTLY_OTHERS, f->group ? "the group's potential less its revenue" : "headroom",
		       measuring_text(m, room, 2), measuring_text(m, room, 2),
		       measuring_text(m, m->portfolio->revenue, 2), measuring_text(m, part, 1),
		       measuring_exact(m, m->model->share.large),
		       is_prospective(m->portfolio, f, m->have) ? "" : "not ");
}

void
proposals_explain(struct measuring *m)
{
	tier_explain(m);
	if (is_large(m->figures))
		measuring_step(m, "breadwinner: it is large or monopoly by its share");
	explain_prospective(m);
}
