#include "domain/flags.h"

#include <string.h>

#include "domain/verdict.h"

#define ONE_PERSON 80	  /* % of contacts from which on it is too much */
#define CONTACT_OVERDUE 6 /* months without one */

static bool
is_depended_on(struct measuring *m)
{
	return m->figures->dependence;
}

static bool
has_few_contacts(struct measuring *m)
{
	struct decimal least = decimal_int(m->model->contacts.least);

	return decimal_cmp(&m->have[MEASURE_CONTACTS].number, &least) < 0;
}

static bool
has_no_decider(struct measuring *m)
{
	return !decider_is_known(m->account, m->as_of);
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

/* Where nobody's contacts are logged, the log says nothing. */
static bool
is_neglected(struct measuring *m)
{
	const struct decimal *last = &m->have[MEASURE_LAST_CONTACT].number;
	enum account_size size = m->figures->size;

	if (!m->portfolio->logged || !m->figures->revenue.known || size == SIZE_LARGE ||
	    size == SIZE_MONOPOLY)
		return false;
	return !last->known || month_of(date_from_days((long)last->units)) <= m->last - CONTACT_OVERDUE;
}

static bool
is_compared_one_sidedly(struct measuring *m)
{
	return comparison_is_one_sided(m->account);
}

static bool
is_called_key(const struct measuring *m)
{
	return m->figures->tier && strcmp(m->figures->tier, "key") == 0;
}

static bool
is_key_by_size(struct measuring *m)
{
	return is_called_key(m) && key_by_size_alone(m->portfolio, m->figures, m->have);
}

static bool
is_one_of_too_many(struct measuring *m)
{
	return m->figures->too_many_key;
}

static bool
has_another_tier(struct measuring *m)
{
	const char *proposed = tier_proposed(m->portfolio, m->figures, m->have);

	return m->figures->tier && proposed && strcmp(m->figures->tier, proposed) != 0;
}

const struct flag flags[FLAGS] = {
    [FLAG_DEPENDENCE] =
	{.name = "dependence",
	 .stage = MEASURE_WHOLE,
	 .help = "its part of the sales volume alone is above the model's mark, 75 %: the supplier "
		 "depends on it",
	 .source = "S0",
	 .raised = is_depended_on},
    [FLAG_FEW_CONTACTS] = {.name = "few-contacts",
			   .help = "fewer people are known there than the model wants, four",
			   .source = "S1",
			   .raised = has_few_contacts},
    [FLAG_DECIDER_UNKNOWN] = {.name = "decider-unknown",
			      .help = "none of the people known there is a decider",
			      .source = "S1, S2",
			      .raised = has_no_decider},
    [FLAG_ONE_PERSON] = {.name = "one-person",
			 .help = "one of the people known there took part in 80 % of the contacts or more",
			 .source = "S0",
			 .raised = hangs_on_one_person},
    [FLAG_NEGLECTED] = {.name = "neglected",
			.stage = MEASURE_WHOLE,
			.help = "it buys, is not large, and the log has no contact with it for half a year, "
				"while contacts are logged",
			.source = "S1",
			.raised = is_neglected},
    [FLAG_COMPARISON_ONE_SIDED] = {.name = "comparison-one-sided",
				   .help = "a comparison with a competitor, of three criteria or more, is "
					   "all better or all worse, and so worthless",
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
};

flag_set
flags_raised(struct measuring *m, enum measure_stage stage)
{
	flag_set set = 0;

	for (size_t i = 0; i < FLAGS; i++) {
		if (flags[i].stage == stage && flags[i].raised(m))
			set |= 1ULL << i;
	}
	return set;
}

bool
flag_is_in(flag_set set, enum flag_id id)
{
	return set >> id & 1;
}
