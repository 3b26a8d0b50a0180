/*
 * The parts of kam-score: what it prints for people instead of scoring, and the
 * order in which it writes.
 */
#ifndef KAM_SCORING_H
#define KAM_SCORING_H

#include "domain/select.h"
#include "score.h"

/* how each measure and verdict of the account was computed; the exit status */
int score_explain(const struct cli *, const struct score_options *, const struct model *, const char *id,
		  char *const *inputs, size_t n);

/* Tables of what moved between two inputs that carry scores, and which measures moved the verdicts by the model. Of the
 * accounts for which the expression holds, by the new score, or of one that is gone by the old one; NULL: of all. The
 * exit status. */
int score_compare(const struct cli *, const struct score_options *, const struct model *,
		  const struct select *, const struct table_options *, char *const *inputs);

/* a wrong name to sort by: exits 2 */
void score_check_sort(const struct cli *, const char *name);
/* the accounts' numbers in the order of that name, those of the same value as they came; freed by the caller */
size_t *score_order(const struct cli *, const struct portfolio *, const char *name);

#endif
