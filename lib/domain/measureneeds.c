/*
 * What the client needs, and how we stand against competitors in its eyes
 * (S0, S1).
 */
#include <string.h>

#include "base/text.h"
#include "domain/measuring.h"

#define SCALE_LEAST 1
#define SCALE_MOST 5

/* Needs */

static bool
is_asked(const struct measuring *m, const struct need *need)
{
	return date_is_set(need->asked) && month_of(need->asked) > m->last - MONTHS_A_YEAR;
}

static bool
is_met(const struct measuring *m, const struct need *need)
{
	(void)m;
	return need->state && strcmp(need->state, "met") == 0;
}

/* the part of the needs that is so; what was asked after the window's end is not known yet */
static void
measure_part_of_needs(struct measuring *m, struct measured *v,
		      bool (*is)(const struct measuring *, const struct need *), const char *word)
{
	const struct need *need = m->account->needs.v;
	struct measuring_names names[2] = {{{0}, 0}, {{0}, 0}};
	long part[2] = {0, 0};

	for (size_t i = 0; i < m->account->needs.n; i++) {
		bool so = is(m, &need[i]);

		if (date_cmp(need[i].asked, m->as_of) > 0)
			continue;
		part[so]++;
		if (measuring_explains(m))
			measuring_names_add(m, &names[so], need[i].what ? need[i].what : "a need");
	}
	if (measuring_explains(m)) {
		measuring_step(m, "%s: %s", word, measuring_names_text(m, &names[1]));
		measuring_step(m, "not %s: %s", word, measuring_names_text(m, &names[0]));
	}
	measured_counts(m, v, 100, part[1], part[0] + part[1], "no needs are written down");
}

void
measure_needs_known(struct measuring *m, struct measured *v)
{
	measure_part_of_needs(m, v, is_asked, "asked within twelve months");
}

void
measure_needs_met(struct measuring *m, struct measured *v)
{
	measure_part_of_needs(m, v, is_met, "met");
}

/* Comparison with competitors */

static bool
is_on_scale(int value)
{
	return value >= SCALE_LEAST && value <= SCALE_MOST;
}

static bool
is_compared(const struct criterion *c)
{
	return is_on_scale(c->us) && is_on_scale(c->them);
}

void
measure_competitive(struct measuring *m, struct measured *v)
{
	const struct competitor *them = m->account->competitors.v;
	long long sum = 0, weights = 0;
	struct decimal total, of, mean = {0};

	for (size_t i = 0; i < m->account->competitors.n; i++) {
		const struct criterion *c = them[i].criteria.v;

		for (size_t k = 0; k < them[i].criteria.n; k++) {
			if (!is_compared(&c[k]) || !is_on_scale(c[k].weight))
				continue;
			sum += (long long)c[k].weight * (c[k].us - c[k].them);
			weights += c[k].weight;
			if (measuring_explains(m))
				measuring_step(m, "%s: (%d − %d) × weight %d = %d",
					       text_quoted(m->arena, c[k].criterion ? c[k].criterion : ""),
					       c[k].us, c[k].them, c[k].weight,
					       c[k].weight * (c[k].us - c[k].them));
		}
	}
	if (!weights) {
		measured_missing(v, "no comparison tells weight, us and them of a criterion");
		return;
	}
	total = decimal_int(sum);
	of = decimal_int(weights);
	decimal_div(&mean, &total, &of, 1);
	measured_number(v, mean);
	if (measuring_explains(m))
		measuring_step(m, "%lld ÷ weights %lld = %s", sum, weights, measuring_text(m, mean, 1));
}

/* how criteria compare */
struct sides {
	size_t told, better, worse;
};

static void
sides_add(struct sides *sides, const struct items *criteria)
{
	const struct criterion *c = criteria->v;

	for (size_t i = 0; i < criteria->n; i++) {
		if (!is_compared(&c[i]))
			continue;
		sides->told++;
		sides->better += c[i].us > c[i].them;
		sides->worse += c[i].us < c[i].them;
	}
}

static bool
is_one_sided(const struct sides *s)
{
	return s->told >= COMPARISON_LEAST && (s->better == s->told || s->worse == s->told);
}

/* says so of a comparison with somebody */
static bool
told_one_sided(struct measuring *m, const struct sides *s, const char *with)
{
	if (!is_one_sided(s))
		return false;
	if (measuring_explains(m))
		measuring_step(m, "%s: all %zu criteria %s", measuring_name(m, with), s->told,
			       s->better ? "better" : "worse");
	return true;
}

bool
comparison_is_one_sided(struct measuring *m)
{
	const struct competitor *them = m->account->competitors.v;
	struct sides all = {0}, one;

	for (size_t i = 0; i < m->account->competitors.n; i++) {
		one = (struct sides){0};
		sides_add(&one, &them[i].criteria);
		sides_add(&all, &them[i].criteria);
		if (told_one_sided(m, &one, them[i].name ? them[i].name : "a competitor"))
			return true;
	}
	return told_one_sided(m, &all, "all competitors");
}
