/*
 * Satisfaction: what the client's people answer when asked whether they would
 * recommend us, 0 to 10, and how many of them answer.
 */
#include "domain/measuring.h"

#define SCORE_MOST 10

static bool
is_nps(const struct survey *s)
{
	return survey_kind_is_nps(s->kind);
}

/* had it been answered by the window's end? */
static bool
is_answered(const struct measuring *m, const struct survey *s)
{
	return s->score.known && date_is_set(s->date) && date_cmp(s->date, m->as_of) <= 0;
}

static bool
is_score(const struct decimal *score)
{
	struct decimal most = decimal_int(SCORE_MOST);

	return decimal_sign(score) >= 0 && decimal_cmp(score, &most) <= 0;
}

/* of several answers of the last day the last in the list; NULL: none */
static const struct survey *
last_answer(const struct measuring *m)
{
	const struct survey *s = m->account->surveys.v, *last = NULL;

	for (size_t i = 0; i < m->account->surveys.n; i++) {
		if (is_nps(&s[i]) && is_answered(m, &s[i]) && is_score(&s[i].score) &&
		    (!last || date_cmp(s[i].date, last->date) >= 0))
			last = &s[i];
	}
	return last;
}

/* "2026-05-01, anna" */
static const char *
survey_text(const struct measuring *m, const struct survey *s)
{
	return arena_printf(m->arena, "%s%s%s", measuring_date(m, date_is_set(s->date) ? s->date : s->sent),
			    s->contact ? ", " : "", s->contact ? measuring_name(m, s->contact) : "");
}

#define NO_ANSWER "no survey of kind nps was answered with 0 to 10 up to the window's end"

void
measure_nps(struct measuring *m, struct measured *v)
{
	const struct survey *last = last_answer(m);

	if (!last) {
		measured_missing(v, NO_ANSWER);
		return;
	}
	/* what was said before is no opinion of today */
	if (month_of(last->date) <= m->last - SURVEY_MONTHS) {
		measured_missing(v, "the last answer is older than two years");
		return;
	}
	measured_number(v, decimal_round(last->score, 0));
	if (measuring_explains(m))
		measuring_step(m, "%s: %s", survey_text(m, last), measuring_exact(m, last->score));
}

void
measure_nps_age(struct measuring *m, struct measured *v)
{
	const struct survey *last = last_answer(m);

	if (!last) {
		measured_missing(v, NO_ANSWER);
		return;
	}
	measured_int(v, date_diff(m->as_of, last->date));
	if (measuring_explains(m))
		measuring_step(m, "%s − %s = %s days", measuring_date(m, m->as_of),
			       measuring_date(m, last->date), measuring_text(m, v->number, 0));
}

struct survey_count
surveys_count(struct measuring *m)
{
	const struct survey *s = m->account->surveys.v;
	struct survey_count count = {0};

	for (size_t i = 0; i < m->account->surveys.n; i++) {
		struct date when = date_is_set(s[i].sent) ? s[i].sent : s[i].date;

		if (!is_nps(&s[i]) || !date_is_set(when) || month_of(when) <= m->last - SURVEY_MONTHS ||
		    date_cmp(when, m->as_of) > 0)
			continue;
		count.sent++;
		count.answered += is_answered(m, &s[i]);
		if (measuring_explains(m))
			measuring_step(m, "%s: %s", survey_text(m, &s[i]),
				       is_answered(m, &s[i]) ? "answered" : "not answered");
	}
	return count;
}

void
measure_nps_response(struct measuring *m, struct measured *v)
{
	struct survey_count count = surveys_count(m);

	if (count.sent)
		measured_counts(m, v, 100, count.answered, count.sent, "nothing to count");
	else
		measured_missing(v, "no survey of kind nps was sent in the two years to the window's end");
}
