#include "domain/flags.h"

#include <string.h>

#include "base/text.h"
#include "domain/risk.h"
#include "domain/steps.h"
#include "domain/verdict.h"

/* percentage points that the margin rate of a large client may fall without a word */
#define RATE_MAY_FALL 2
#define ONE_PERSON 80	  /* % of contacts from which on it is too much */
#define CONTACT_OVERDUE 6 /* months without one */

static bool
is_depended_on(struct measuring *m)
{
	if (measuring_explains(m))
		measuring_step(m, "above %s %% of the sales volume",
			       measuring_exact(m, m->model->volume.dependence));
	return m->figures->dependence;
}

static bool
has_few_contacts(struct measuring *m)
{
	struct decimal least = decimal_int(m->model->contacts.least);

	if (measuring_explains(m))
		measuring_step(m, "the model wants %d at the least", m->model->contacts.least);
	return decimal_cmp(&m->have[MEASURE_CONTACTS].number, &least) < 0;
}

static bool
has_no_decider(struct measuring *m)
{
	return !decider_is_known(m);
}

/* is there somebody else, and we meet the one alone? */
static bool
hangs_on_one_person(struct measuring *m)
{
	const struct decimal *part = &m->have[MEASURE_ONE_PERSON].number, most = decimal_int(ONE_PERSON);
	const struct decimal two = decimal_int(2);

	return part->known && decimal_cmp(part, &most) >= 0 &&
	       decimal_cmp(&m->have[MEASURE_CONTACTS].number, &two) >= 0;
}

static bool
is_called_key(const struct measuring *m)
{
	return tier_is_key(m->figures->tier);
}

static bool
is_neglected(struct measuring *m)
{
	const struct decimal *last = &m->have[MEASURE_LAST_CONTACT].number;

	if (!m->figures->revenue.known && !is_called_key(m))
		return false;
	return !last->known || month_of(date_from_days((long)last->units)) <= m->last - CONTACT_OVERDUE;
}

static bool
is_compared_one_sidedly(struct measuring *m)
{
	return comparison_is_one_sided(m);
}

static bool
is_key_by_size(struct measuring *m)
{
	if (measuring_explains(m))
		key_lines_explain(m);
	return is_called_key(m) && key_by_size_alone(m->portfolio, m->figures, m->have);
}

static void
explain_too_many(struct measuring *m)
{
	const char *manager = m->figures->manager;
	struct measuring_names names = {0};
	size_t n = 0;

	for (const struct figures *f = m->portfolio->account; f < m->portfolio->account + m->portfolio->n;
	     f++) {
		if (!manager || !f->manager || strcmp(f->manager, manager) != 0 || !tier_is_key(f->tier))
			continue;
		measuring_names_add(m, &names, f->id);
		n++;
	}
	measuring_step(m, "%zu of %s, and the model allows %d: %s", n,
		       text_quoted(m->arena, manager ? manager : ""), m->model->key.most_per_manager,
		       measuring_names_text(m, &names));
}

static bool
is_one_of_too_many(struct measuring *m)
{
	if (measuring_explains(m))
		explain_too_many(m);
	return m->figures->too_many_key;
}

static bool
has_another_tier(struct measuring *m)
{
	const char *proposed = tier_proposed(m->portfolio, m->figures, m->have);

	if (measuring_explains(m) && m->figures->tier)
		measuring_step(m, "people say %s", measuring_name(m, m->figures->tier));
	if (measuring_explains(m))
		tier_explain(m);
	return m->figures->tier && proposed && strcmp(m->figures->tier, proposed) != 0;
}

/* a large client presses, and our price goes with it */
static bool
is_yielded_to(struct measuring *m)
{
	const struct decimal *rate = &m->have[MEASURE_MARGIN_RATE_CHANGE].number,
			     *discount = &m->have[MEASURE_DISCOUNT_CHANGE].number,
			     least = decimal_int(-RATE_MAY_FALL);
	bool presses =
	    m->figures->size == SIZE_LARGE || m->figures->size == SIZE_MONOPOLY || is_called_key(m);

	return presses && ((rate->known && decimal_cmp(rate, &least) < 0) ||
			   (discount->known && decimal_sign(discount) > 0));
}

static bool
is_lapsed(struct measuring *m)
{
	return has_lapsed(m);
}

static bool
has_a_decider_against_us(struct measuring *m)
{
	return decider_is_against(m);
}

static bool
has_much_overdue(struct measuring *m)
{
	return risk_has(m, FLAG_OVERDUE_HIGH);
}

static bool
has_old_debts(struct measuring *m)
{
	return risk_has(m, FLAG_OVERDUE_OVER_60);
}

static bool
pays_late(struct measuring *m)
{
	return risk_has(m, FLAG_PAYS_LATE);
}

static bool
pays_ever_later(struct measuring *m)
{
	return risk_has(m, FLAG_PAYMENT_WORSENING);
}

static bool
is_over_limit(struct measuring *m)
{
	return risk_has(m, FLAG_OVER_LIMIT);
}

static bool
has_doubtful_reputation(struct measuring *m)
{
	return risk_has(m, FLAG_DOUBTFUL_REPUTATION);
}

static bool
has_weak_finances(struct measuring *m)
{
	return risk_has(m, FLAG_WEAK_FINANCES);
}

static bool
returns_much(struct measuring *m)
{
	return risk_has(m, FLAG_MANY_RETURNS);
}

static bool
has_repeated_cause(struct measuring *m)
{
	return decimal_sign(&m->have[MEASURE_REPEATED_CAUSES].number) > 0;
}

/* what flags go by */
static const enum measure_id by_volume[] = {MEASURE_VOLUME, MEASURES};
static const enum measure_id by_contacts[] = {MEASURE_CONTACTS, MEASURES};
static const enum measure_id by_one_person[] = {MEASURE_ONE_PERSON, MEASURE_CONTACTS, MEASURES};
static const enum measure_id by_last_contact[] = {MEASURE_LAST_CONTACT, MEASURE_CONTACT_AGE, MEASURE_SIZE,
						  MEASURES};
static const enum measure_id by_price[] = {MEASURE_SIZE, MEASURE_MARGIN_RATE_CHANGE, MEASURE_DISCOUNT_CHANGE,
					   MEASURES};
static const enum measure_id by_rhythm[] = {MEASURE_RHYTHM, MEASURE_LAST_ORDER, MEASURES};
static const enum measure_id by_causes[] = {MEASURE_REPEATED_CAUSES, MEASURES};
static const enum measure_id by_promises[] = {MEASURE_PROMISES_KEPT, MEASURES};

const struct flag flags[FLAGS] = {
    [FLAG_DEPENDENCE] =
	{.name = "dependence",
	 .stage = MEASURE_WHOLE,
	 .help = "its part of the sales volume alone is above the model's mark, 75 %: the supplier "
		 "depends on it",
	 .source = "S0",
	 .by = by_volume,
	 .raised = is_depended_on},
    [FLAG_FEW_CONTACTS] =
	{.name = "few-contacts",
	 .records = RECORD_PEOPLE,
	 .help = "fewer people are known there than the model wants, four, while people of some client are",
	 .source = "S1",
	 .by = by_contacts,
	 .raised = has_few_contacts},
    [FLAG_DECIDER_UNKNOWN] =
	{.name = "decider-unknown",
	 .records = RECORD_PEOPLE,
	 .help = "none of the people known there is a decider, while people of some client are known",
	 .source = "S1, S2",
	 .raised = has_no_decider},
    [FLAG_DECIDER_AGAINST] = {.name = "decider-against",
			      .help = "all deciders known there are critics or blockers",
			      .raised = has_a_decider_against_us},
    [FLAG_ONE_PERSON] = {.name = "one-person",
			 .help = "one of the people known there took part in 80 % of the contacts or more",
			 .source = "S0",
			 .by = by_one_person,
			 .raised = hangs_on_one_person},
    [FLAG_NEGLECTED] = {.name = "neglected",
			.stage = MEASURE_WHOLE,
			.records = RECORD_LOG,
			.help =
			    "it buys, or is of tier key, and the log has no contact with it for half a year, "
			    "while contacts are logged",
			.source = "S1",
			.by = by_last_contact,
			.raised = is_neglected},
    [FLAG_COMPARISON_ONE_SIDED] =
	{.name = "comparison-one-sided",
	 .help = "the comparison with a competitor, or with all of them, of three "
		 "criteria or more, is all better or all worse: a sign that it is worthless",
	 .source = "S1",
	 .raised = is_compared_one_sidedly},
    [FLAG_KEY_BY_SIZE] = {.name = "key-by-size",
			  .stage = MEASURE_WHOLE,
			  .help = "people call it key, and nothing but its size speaks for it",
			  .source = "S1",
			  .raised = is_key_by_size},
    [FLAG_TOO_MANY_KEY] =
	{.name = "too-many-key",
	 .stage = MEASURE_WHOLE,
	 .help = "its manager has more accounts of tier key than one can serve, three by the model",
	 .source = "S1, S2",
	 .raised = is_one_of_too_many},
    [FLAG_TIER_DIFFERS] = {.name = "tier-differs",
			   .stage = MEASURE_WHOLE,
			   .help =
			       "the data speak for another tier than the one that people gave, which stands",
			   .raised = has_another_tier},
    [FLAG_YIELDING] = {.name = "yielding",
		       .stage = MEASURE_WHOLE,
		       .help =
			   "large, monopoly or of tier key, and its margin rate fell by more than 2 points "
			   "against the window before, or its discount grew within a year",
		       .source = "S1",
		       .by = by_price,
		       .raised = is_yielded_to},
    [FLAG_LAPSED] = {.name = "lapsed",
		     .help = "no order for three of its usual gaps or longer, rhythm from 3; or, where its "
			     "orders are too few to tell a gap, none in the window",
		     .by = by_rhythm,
		     .raised = is_lapsed},
    [FLAG_OVERDUE_HIGH] = {.name = "overdue-high",
			   .help = "much of what it owes is past due: overdue-share from 25 %",
			   .source = "S1",
			   .raised = has_much_overdue},
    [FLAG_OVERDUE_OVER_60] = {.name = "overdue-over-60",
			      .help = "1 % or more of what it owes is over 60 days past due",
			      .source = "S1",
			      .raised = has_old_debts},
    [FLAG_PAYS_LATE] = {.name = "pays-late",
			.help = "it pays 10 days late or more in the mean",
			.source = "S1",
			.raised = pays_late},
    [FLAG_PAYMENT_WORSENING] = {.name = "payment-worsening",
				.help = "it pays later than half a window ago, by 5 days or more in the mean",
				.source = "S1, S4",
				.raised = pays_ever_later},
    [FLAG_OVER_LIMIT] = {.name = "over-limit",
			 .help = "it owes more than its credit limit",
			 .source = "S1",
			 .raised = is_over_limit},
    [FLAG_DOUBTFUL_REPUTATION] =
	{.name = "doubtful-reputation",
	 .help = "the newest reliability check that speaks of it calls its reputation doubtful or bad",
	 .source = "S1, S4",
	 .raised = has_doubtful_reputation},
    [FLAG_WEAK_FINANCES] =
	{.name = "weak-finances",
	 .help = "the newest reliability check that speaks of them calls its finances weak or bad",
	 .source = "S1, S4",
	 .raised = has_weak_finances},
    [FLAG_MANY_RETURNS] = {.name = "many-returns",
			   .help = "it sends back 5 % or more of what it buys",
			   .source = "S0",
			   .raised = returns_much},
    [FLAG_REPEATED_CAUSE] =
	{.name = "repeated-cause",
	 .help = "complaints of the window have a cause in common, which should not have returned",
	 .source = "S0, S1",
	 .by = by_causes,
	 .raised = has_repeated_cause},
    [FLAG_PROMISE_BROKEN] = {.name = "promise-broken",
			     .help = "a promise due in the window was not kept by its day",
			     .source = "S2",
			     .by = by_promises,
			     .raised = promise_is_broken},
};

flag_set
flags_raised(struct measuring *m, enum measure_stage stage)
{
	struct measuring quiet = *m;
	flag_set set = 0;

	quiet.steps = NULL;
	for (size_t i = 0; i < FLAGS; i++) {
		if (flags[i].stage == stage && flags[i].raised(&quiet))
			set |= 1ULL << i;
	}
	m->overflow |= quiet.overflow;
	return set;
}

static void
explain_by(struct measuring *m, const enum measure_id *by)
{
	for (; by && *by != MEASURES; by++) {
		const struct measure *of = &measures[*by];
		struct buf value = {0};

		measured_format(of, &m->have[*by], &value);
		if (value.len)
			measuring_step(m, "%s %s%s%s", of->name, value.data, of->unit ? " " : "",
				       of->unit ? of->unit : "");
		else
			measuring_step(m, "%s is missing: %s", of->name,
				       m->have[*by].missing ? m->have[*by].missing : of->needs);
		buf_free(&value);
	}
}

void
flags_explain(struct measuring *m, flag_set set)
{
	for (size_t i = 0; i < FLAGS; i++) {
		if (!flag_is_in(set, (enum flag_id)i))
			continue;
		m->steps->now = &m->steps->flag[i];
		explain_by(m, flags[i].by);
		flags[i].raised(m);
	}
}

flag_set
flags_of_records(flag_set set, unsigned records)
{
	for (size_t i = 0; i < FLAGS; i++) {
		if (flags[i].records & ~records)
			set &= ~(1ULL << i);
	}
	return set;
}

bool
flag_is_in(flag_set set, enum flag_id id)
{
	return set >> id & 1;
}
