/*
 * Verdicts: what the measures of an account come to by the model. Each can be
 * redone by hand from the measures as they are written.
 */
#ifndef KAM_VERDICT_H
#define KAM_VERDICT_H

#include "domain/portfolio.h"

/* An account's measure as it is held against the model's marks and the sums of the portfolio: money in the portfolio's
 * currency, missing without a rate to it. */
struct measured figures_measured(const struct figures *, enum measure_id, const struct measured *);
/* a step of that: "headroom 1000.00 USD × 0.92 = 920.00 EUR"; none where nothing is converted */
void figures_explain_rate(struct measuring *, enum measure_id);
/* 0 to 100 points for a value, 1 place; unknown without a value; -1 on overflow */
int criterion_points(const struct model_criterion *, const struct measured *, struct decimal *points);
/* is the value on one side of both ends, so that its points are those of the nearer one? */
bool criterion_is_passed(const struct model_criterion *, const struct decimal *value);
#define CRITERION_KEPT_WITHIN ", kept within 0 and 100," /* what a step says then */

enum line_state { LINE_UNKNOWN, LINE_FAILS, LINE_HOLDS };
/* does a line hold for a known value: a number, or a word? */
bool key_line_holds(const struct model_key_line *, const struct decimal *, const char *word);
/* does a line of the key profile hold for the account? */
enum line_state key_line_state(const struct model_key_line *, const struct figures *,
			       const struct measured have[MEASURES]);

/* a step for each line of the key profile */
void key_lines_explain(struct measuring *);

/* the band before the present one, and since when the present one is; unset: it is not known */
struct band_change {
	int was; /* word of the measure band; -1 */
	struct date since;
};
/* By the score that the account had when it was read: the band of the same day stays as it was noted, that of an earlier
 * day is the one before when it is another; a later day says nothing. */
struct band_change band_changed(const struct figures *, struct date as_of, const struct measured *band);

/* "key", "large", "prospect" or "standard": what the data speak for; NULL: nothing, or they do not suffice to speak
 * against the tier that people gave */
const char *tier_proposed(const struct portfolio *, const struct figures *,
			  const struct measured have[MEASURES]);
/* the steps of it, or of there being none */
void tier_explain(struct measuring *);
/* categories that follow from data, as bits of the field's words (S1): breadwinner, prospective */
unsigned categories_proposed(const struct portfolio *, const struct figures *,
			     const struct measured have[MEASURES]);
/* the steps of both, as far as there are any */
void proposals_explain(struct measuring *);
/* the words of categories, NULL-terminated; bit i is the i-th */
const char *const *category_words(void);
unsigned category_bits(const struct texts *);
/* has the client let so many of its usual gaps pass, or the window, that it may be gone? */
bool has_lapsed(const struct measuring *);
/* does nothing but size speak for the account's being key? */
bool key_by_size_alone(const struct portfolio *, const struct figures *,
		       const struct measured have[MEASURES]);

#endif
