/*
 * The verbs of kam-score that print for people instead of scoring.
 */
#ifndef KAM_SCORING_H
#define KAM_SCORING_H

#include "score.h"

/* how each measure and verdict of the account was computed; the exit status */
int score_explain(const struct cli *, const struct score_options *, const struct model *, const char *id,
		  char *const *inputs, size_t n);

#endif
