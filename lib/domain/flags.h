/*
 * Flags: what a person should look at, beside the measures. One table, a row
 * to each, makes the list `flags` of the section score: and the manual.
 */
#ifndef KAM_FLAGS_H
#define KAM_FLAGS_H

#include "domain/measuring.h"

enum flag_id {
	FLAG_DEPENDENCE,
	FLAG_FEW_CONTACTS,
	FLAG_DECIDER_UNKNOWN,
	FLAG_DECIDER_AGAINST,
	FLAG_ONE_PERSON,
	FLAG_NEGLECTED,
	FLAG_COMPARISON_ONE_SIDED,
	FLAG_KEY_BY_SIZE,
	FLAG_TOO_MANY_KEY,
	FLAG_TIER_DIFFERS,
	FLAG_YIELDING,
	FLAG_LAPSED,
	FLAG_OVERDUE_HIGH,
	FLAG_OVERDUE_OVER_60,
	FLAG_PAYS_LATE,
	FLAG_PAYMENT_WORSENING,
	FLAG_OVER_LIMIT,
	FLAG_DOUBTFUL_REPUTATION,
	FLAG_WEAK_FINANCES,
	FLAG_MANY_RETURNS,
	FLAG_REPEATED_CAUSE,
	FLAG_PROMISE_BROKEN,
	FLAGS /* 64 at the most */
};

struct flag {
	const char *name;
	enum measure_stage stage; /* of the account alone, or of the whole */
	unsigned records;	  /* bits of enum record: not raised where the portfolio does not keep them */
	const char *help;
	const char *source; /* "S1", or NULL */
	/* is it raised? The measures of its stage, and those of the one before, are known. */
	bool (*raised)(struct measuring *);
};

extern const struct flag flags[FLAGS];

typedef unsigned long long flag_set;
/* those of the stage that are raised */
flag_set flags_raised(struct measuring *, enum measure_stage);
bool flag_is_in(flag_set, enum flag_id);
/* the set without those that speak of records which the portfolio does not keep */
flag_set flags_of_records(flag_set, unsigned records);

#endif
