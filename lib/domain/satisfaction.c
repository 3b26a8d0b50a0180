#include "domain/satisfaction.h"

#include <math.h>

#define PROMOTERS_FROM 9
#define PASSIVES_FROM 7

/* of the adjusted Wald interval */
#define ADDED_PROMOTERS 0.75
#define ADDED_PASSIVES 1.5
#define ADDED_DETRACTORS 0.75
#define Z_95 1.96

static enum opinion
opinion_of(const struct decimal *score)
{
	struct decimal promoters = decimal_int(PROMOTERS_FROM), passives = decimal_int(PASSIVES_FROM);

	if (decimal_cmp(score, &promoters) >= 0)
		return OPINION_PROMOTER;
	return decimal_cmp(score, &passives) >= 0 ? OPINION_PASSIVE : OPINION_DETRACTOR;
}

struct answer
satisfaction_answer(const struct portfolio *p, const struct figures *f)
{
	struct measured have[MEASURES];
	struct answer a;

	figures_own(p, f, have);
	a = (struct answer){OPINION_NONE, have[MEASURE_NPS].number, have[MEASURE_NPS_AGE].number};
	if (a.age.known)
		a.opinion = a.score.known ? opinion_of(&a.score) : OPINION_OLD;
	return a;
}

static size_t
count(const struct opinions *v)
{
	return v->promoters + v->passives + v->detractors;
}

struct decimal
net_promoter_score(const struct opinions *v)
{
	struct decimal net = decimal_int((long long)v->promoters - (long long)v->detractors),
		       all = decimal_int((long long)count(v)), score;

	(void)percent_of(&score, &net, &all, 1); /* counts are far from 36 digits */
	return score;
}

/* −1 … 1 as −100.0 … 100.0 */
static struct decimal
in_percent(double part)
{
	return (struct decimal){(int128)round(fmin(fmax(part, -1), 1) * 1000), 1, true};
}

void
net_promoter_interval(const struct opinions *v, struct decimal *from, struct decimal *to)
{
	double promoters = (double)v->promoters + ADDED_PROMOTERS,
	       detractors = (double)v->detractors + ADDED_DETRACTORS,
	       n = promoters + detractors + (double)v->passives + ADDED_PASSIVES,
	       score = (promoters - detractors) / n, variance = (promoters + detractors) / n - score * score,
	       margin = Z_95 * sqrt(variance / n);

	*from = *to = (struct decimal){0};
	if (count(v) == 0)
		return;
	*from = in_percent(score - margin);
	*to = in_percent(score + margin);
}

static void
add(struct satisfaction *s, const struct answer *a, struct decimal *days)
{
	s->old += a->opinion == OPINION_OLD;
	s->opinions.promoters += a->opinion == OPINION_PROMOTER;
	s->opinions.passives += a->opinion == OPINION_PASSIVE;
	s->opinions.detractors += a->opinion == OPINION_DETRACTOR;
	if (a->opinion > OPINION_OLD)
		(void)decimal_add(days, days, &a->age);
}

void
satisfaction_compute(const struct portfolio *p, const struct figures *const *account, size_t accounts,
		     struct satisfaction *s)
{
	struct decimal days = decimal_int(0), n, sent, answered;

	*s = (struct satisfaction){.accounts = accounts};
	for (size_t i = 0; i < accounts; i++) {
		struct answer a = satisfaction_answer(p, account[i]);

		add(s, &a, &days);
		s->sent += account[i]->surveys.sent;
		s->answered += account[i]->surveys.answered;
	}
	s->score = net_promoter_score(&s->opinions);
	net_promoter_interval(&s->opinions, &s->from, &s->to);
	n = decimal_int((long long)count(&s->opinions));
	sent = decimal_int((long long)s->sent);
	answered = decimal_int((long long)s->answered);
	(void)decimal_div(&s->age, &days, &n, 0);
	(void)percent_of(&s->response, &answered, &sent, 1);
}
