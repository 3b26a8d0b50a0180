#include "domain/risk.h"

#include <string.h>

#include "base/text.h"
#include "domain/receivables.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define ELEVATED 2 /* points, from */
#define HIGH 4

#define UNKNOWN (-1)

struct ground {
	enum flag_id flag;
	bool of_client; /* it speaks of paying or of a check, without which there is nothing to grade */
	const char *name;
	int one, two; /* from here on the value earns a point, or two; 0: never two */
	bool (*value)(struct measuring *, struct measured *); /* false: not known */
	int (*points)(struct measuring *, const struct ground *);
};

/* for a value whose arithmetic another measure shows, or a line of its own */
static struct measuring
without_steps(const struct measuring *m)
{
	struct measuring quiet = *m;

	quiet.steps = NULL;
	return quiet;
}

static const char *
points_text(struct measuring *m, int points)
{
	return text_count(m->arena, (size_t)points, "point");
}

/* Grounds that go by a number */

static bool
value_of_overdue_share(struct measuring *m, struct measured *v)
{
	*v = m->have[MEASURE_OVERDUE_SHARE];
	return v->number.known;
}

/* % of what is open */
static bool
value_of_old_debts(struct measuring *m, struct measured *v)
{
	const struct decimal *open = &m->have[MEASURE_EXPOSURE].number;
	struct decimal old = m->have[MEASURE_OVERDUE_90].number;
	struct measuring quiet = without_steps(m);

	if (!old.known)
		return false;
	sum_add(m, &old, &m->have[MEASURE_OVERDUE_OLDER].number);
	measured_percent(&quiet, v, &old, open, 1, "");
	m->overflow |= quiet.overflow;
	if (v->number.known && measuring_explains(m))
		measuring_step(m, "over 60 days past due: 100 × %s ÷ exposure %s = %s",
			       measuring_text(m, old, 2), measuring_text(m, *open, 2),
			       measuring_text(m, v->number, 1));
	return v->number.known;
}

static bool
value_of_days_late(struct measuring *m, struct measured *v)
{
	*v = m->have[MEASURE_DAYS_LATE];
	return v->number.known;
}

static bool
value_of_lateness_trend(struct measuring *m, struct measured *v)
{
	*v = m->have[MEASURE_LATENESS_TREND];
	return v->number.known;
}

/* the service measure, which stands further down in the table */
static bool
value_of_returns(struct measuring *m, struct measured *v)
{
	struct measuring quiet = without_steps(m);

	measure_return_rate(&quiet, v);
	m->overflow |= quiet.overflow;
	return v->number.known;
}

static int
points_of_number(struct measuring *m, const struct ground *g)
{
	struct decimal one = decimal_int(g->one), two = decimal_int(g->two);
	struct measured v = {0};
	int points;

	if (!g->value(m, &v))
		return UNKNOWN;
	points = decimal_cmp(&v.number, &one) >= 0;
	if (g->two)
		points += decimal_cmp(&v.number, &two) >= 0;
	if (measuring_explains(m))
		measuring_step(m, "%s %s, a point from %d%s: %s", g->name, measuring_text(m, v.number, 1),
			       g->one, g->two ? arena_printf(m->arena, ", two from %d", g->two) : "",
			       points_text(m, points));
	return points;
}

/* Above the credit limit at all, and by that many per cent of it; compared exactly, for a limit may be 0. */
static int
points_of_limit(struct measuring *m, const struct ground *g)
{
	struct decimal exposure = m->have[MEASURE_EXPOSURE].number, limit = credit_limit(m),
		       hundred = decimal_int(100), far = decimal_int(g->two);
	int points;

	if (!exposure.known || !limit.known)
		return UNKNOWN;
	points = decimal_sign(&exposure) > 0 && decimal_cmp(&exposure, &limit) > 0;
	if (points) {
		if (decimal_mul(&exposure, &exposure, &hundred) < 0 || decimal_mul(&far, &far, &limit) < 0)
			m->overflow = true;
		points += decimal_cmp(&exposure, &far) >= 0;
	}
	if (measuring_explains(m))
		measuring_step(m, "%s, %s of %s, a point above it, two from %d %% of it: %s", g->name,
			       measuring_text(m, m->have[MEASURE_EXPOSURE].number, 2),
			       measuring_text(m, limit, 2), g->two, points_text(m, points));
	return points;
}

/* Grounds that go by a word of a reliability check */

/* folded; what else a check may say is for people, and counts neither way */
static const struct {
	const char *word;
	int points;
} words[] = {
    {"excellent", 0}, {"good", 0},   {"fair", 0},     {"doubtful", 1},	   {"weak", 1},
    {"bad", 2},	      {"poor", 2},   {"отличная", 0}, {"отличные", 0},	   {"хорошая", 0},
    {"хорошие", 0},   {"слабая", 1}, {"слабые", 1},   {"сомнительная", 1}, {"сомнительные", 1},
    {"плохая", 2},    {"плохие", 2}, {"laba", 0},     {"labas", 0},	   {"vāja", 1},
    {"vājas", 1},     {"slikta", 2}, {"sliktas", 2},
};

static bool
says_reputation(const struct reliability_check *check)
{
	return check->reputation;
}

static bool
says_finances(const struct reliability_check *check)
{
	return check->finances;
}

static int
points_of_word(struct measuring *m, const struct ground *g)
{
	bool reputation = g->flag == FLAG_DOUBTFUL_REPUTATION;
	const struct reliability_check *check = check_of(m, reputation ? says_reputation : says_finances);
	const char *said, *folded;

	if (!check)
		return UNKNOWN;
	said = reputation ? check->reputation : check->finances;
	folded = text_fold(m->arena, said, strlen(said));
	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(words[i].word, folded) != 0)
			continue;
		if (measuring_explains(m))
			measuring_step(m, "%s %s, checked %s: %s", g->name, text_quoted(m->arena, said),
				       measuring_date(m, check->date), points_text(m, words[i].points));
		return words[i].points;
	}
	if (measuring_explains(m))
		measuring_step(m, "%s %s: no word that is graded, and counts neither way", g->name,
			       text_quoted(m->arena, said));
	return UNKNOWN;
}

/* The rule: what counts, and how much. The sources name the signs (S1, S4); the marks are ours. */
static const struct ground grounds[] = {
    {FLAG_OVERDUE_HIGH, true, "overdue-share", 25, 0, value_of_overdue_share, points_of_number},
    {FLAG_OVERDUE_OVER_60, true, "over 60 days past due, % of what is open", 1, 10, value_of_old_debts,
     points_of_number},
    {FLAG_PAYS_LATE, true, "days-late", 10, 30, value_of_days_late, points_of_number},
    {FLAG_PAYMENT_WORSENING, true, "lateness-trend", 5, 15, value_of_lateness_trend, points_of_number},
    {FLAG_OVER_LIMIT, true, "exposure against the credit limit", 100, 150, NULL, points_of_limit},
    {FLAG_DOUBTFUL_REPUTATION, true, "reputation", 0, 0, NULL, points_of_word},
    {FLAG_WEAK_FINANCES, true, "finances", 0, 0, NULL, points_of_word},
    {FLAG_MANY_RETURNS, false, "return-rate", 5, 10, value_of_returns, points_of_number},
};

void
measure_risk(struct measuring *m, struct measured *v)
{
	int sum = 0;
	bool known = false;

	for (size_t i = 0; i < COUNT(grounds); i++) {
		int points = grounds[i].points(m, &grounds[i]);

		if (points == UNKNOWN)
			continue;
		sum += points;
		known |= grounds[i].of_client;
	}
	if (!known) {
		measured_missing(v, "no invoices and no reliability check to judge by");
		return;
	}
	measured_index(v, sum >= HIGH ? 2 : sum >= ELEVATED ? 1 : 0);
	if (measuring_explains(m))
		measuring_step(m, "points %d; elevated from %d, high from %d", sum, ELEVATED, HIGH);
}

bool
risk_has(struct measuring *m, enum flag_id flag)
{
	for (size_t i = 0; i < COUNT(grounds); i++) {
		if (grounds[i].flag == flag)
			return grounds[i].points(m, &grounds[i]) > 0;
	}
	return false;
}
