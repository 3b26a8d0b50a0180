/*
 * Measures: what is found out about an account. One table, a row to each,
 * makes the section score:, the lists and the manual, and is what a model's
 * criteria and expressions of selection name.
 *
 * A measure is computed by itself, in the order of the table: own ones from
 * the account alone, on any thread; those of the whole when all accounts are
 * known. Each is rounded once, to its places, half away from zero; what goes
 * by a measure (points, classes of a verdict) goes by the rounded value, so
 * that a person can redo it from what is written.
 *
 * Data that is missing counts as neither good nor bad: the measure is absent,
 * and says why.
 */
#ifndef KAM_MEASURE_H
#define KAM_MEASURE_H

#include "domain/account.h"
#include "domain/model.h"

enum measure_id {
	MEASURE_SHARE,
	MEASURE_SIZE,
	MEASURE_VOLUME,
	MEASURE_ABC,
	MEASURE_VARIATION,
	MEASURE_XYZ,
	MEASURE_RFM,
	MEASURE_GROWTH,
	MEASURE_TREND,
	MEASURE_LAST_ORDER,
	MEASURE_GAP,
	MEASURE_RHYTHM,
	MEASURE_MARGIN_RATE,
	MEASURE_MARGIN_RATE_CHANGE,
	MEASURE_DISCOUNT,
	MEASURE_DISCOUNT_CHANGE,
	MEASURE_POTENTIAL,
	MEASURE_PENETRATION,
	MEASURE_PENETRATION_CHANGE,
	MEASURE_PENETRATION_BY,
	MEASURE_HEADROOM,
	MEASURE_HEADROOM_BY,
	MEASURE_HEADROOM_DIVISION,
	MEASURE_POTENTIAL_NEXT,
	MEASURE_POTENTIAL_3Y,
	MEASURE_POTENTIAL_BY_YEAR,
	MEASURE_BREADTH,
	MEASURE_GROUP_SHARE,
	MEASURE_GROUP_VOLUME,
	MEASURE_GROUP_PENETRATION,
	MEASURE_NET_MARGIN,
	MEASURE_ALIVE,
	MEASURE_EXPECTED_ORDERS,
	MEASURE_NPV,
	MEASURE_DSO,
	MEASURE_DSO_COUNTBACK,
	MEASURE_DAYS_LATE,
	MEASURE_DAYS_LATE_WORST,
	MEASURE_OVERDUE,
	MEASURE_OVERDUE_SHARE,
	MEASURE_NOT_DUE,
	MEASURE_OVERDUE_30,
	MEASURE_OVERDUE_60,
	MEASURE_OVERDUE_90,
	MEASURE_OVERDUE_OLDER,
	MEASURE_LATENESS_TREND,
	MEASURE_EXPOSURE,
	MEASURE_EXPOSURE_SHARE,
	MEASURE_RISK,
	MEASURE_ON_TIME_IN_FULL,
	MEASURE_LATE_DELIVERIES,
	MEASURE_REFUSED_DELIVERIES,
	MEASURE_RETURN_RATE,
	MEASURE_COMPLAINT_RATE,
	MEASURE_DAYS_TO_SETTLE,
	MEASURE_OPEN_COMPLAINTS,
	MEASURE_REPEATED_CAUSES,
	MEASURE_PROMISES_KEPT,
	MEASURE_CONTACTS,
	MEASURE_FUNCTIONS,
	MEASURE_LEVELS,
	MEASURE_LAST_CONTACT,
	MEASURE_CONTACT_AGE,
	MEASURE_ONE_PERSON,
	MEASURE_MANAGER_CHANGES,
	MEASURE_NEEDS_KNOWN,
	MEASURE_NEEDS_MET,
	MEASURE_COMPETITIVE,
	MEASURE_RELATIONS,
	MEASURE_NPS,
	MEASURE_NPS_AGE,
	MEASURE_NPS_RESPONSE,
	MEASURE_PLAN_FACT,
	MEASURE_RUN_RATE,
	MEASURE_RUN_RATE_SHARE,
	MEASURE_FORECAST_ERROR,
	MEASURE_INDUSTRY_RANK,
	MEASURE_HEALTH_KNOWN,
	MEASURE_HEALTH,
	MEASURE_BAND,
	MEASURE_ATTRACTIVENESS_KNOWN,
	MEASURE_ATTRACTIVENESS,
	MEASURE_STRENGTH_KNOWN,
	MEASURE_STRENGTH,
	MEASURE_FIELD,
	MEASURE_KEY,
	MEASURES
};

enum measure_type {
	MEASURE_NUMBER, /* with the row's places */
	MEASURE_MONEY,	/* the account's; two places */
	MEASURE_WORD,	/* one of the row's words */
	MEASURE_DATE,
	MEASURE_DIGITS, /* classes, a digit each, in the order of their weight: no number to reckon with */
	MEASURE_FLOW,	/* a small map, as {carton: 5.00}: for people, no criterion can name it */
};

enum measure_stage {
	MEASURE_OWN,   /* of the account alone */
	MEASURE_WHOLE, /* of its part in the portfolio */
};

/* Records that a portfolio may not keep at all: then what speaks of them is not known, rather than nothing. */
enum record {
	RECORD_PEOPLE = 1,     /* some account tells of people */
	RECORD_LOG = 2,	       /* … logs a contact up to the window's end */
	RECORD_COMPLAINTS = 4, /* … has a complaint, opened until then */
	RECORD_BEFORE = 8,     /* sales are known as far back as the window before begins */
};

/* what a measure found */
struct measured {
	struct decimal number; /* rounded; of a word its index; of a date days since 1970-01-01 */
	const char *flow;      /* of MEASURE_FLOW, as YAML; in the arena */
	const char *missing;   /* why there is no value, for people; NULL: there is one */
};

struct measuring;

struct measure {
	const char *name;
	enum measure_type type;
	enum measure_stage stage;
	int places;		  /* of a number */
	bool by_basis;		  /* computed from margin or from revenue, by the portfolio's basis */
	unsigned records;	  /* bits of enum record: missing where the portfolio does not keep them */
	bool rises;		  /* of a word: the last one is the most, and first when sorted */
	bool of_size;		  /* it speaks of the account's size, which alone makes no key account (S1) */
	const char *const *words; /* of a word; NULL-terminated */
	const char *unit;	  /* "%", "% a month", "days"; NULL: none, or the account's money */
	const char *needs;	  /* the data without which it is missing */
	const char *help;	  /* what it says */
	const char *source;	  /* "S1", or NULL */
	void (*measure)(struct measuring *, struct measured *);
};

extern const struct measure measures[MEASURES];

/* by name; NULL: there is none */
const struct measure *measure_find(const char *name);
/* has the measure a value? */
bool measured_known(const struct measured *);
/* why a measure is missing where these records are not kept */
const char *record_lacking(unsigned records);
/* the word of a MEASURE_WORD, or NULL */
const char *measured_word(const struct measure *, const struct measured *);
/* appends the value as it is written in the section score:; nothing where it is missing */
void measured_format(const struct measure *, const struct measured *, struct buf *);

#endif
