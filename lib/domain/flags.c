#include "domain/flags.h"

#include "domain/portfolio.h"

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
