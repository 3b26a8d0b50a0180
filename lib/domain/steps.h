/*
 * How measures were computed, line by line, so that a person can redo them:
 * "margin of the window 6170.00", "100 × 6170.00 ÷ 49740.00 = 12.4".
 */
#ifndef KAM_STEPS_H
#define KAM_STEPS_H

#include "domain/measure.h"

/* zero-initialised is none */
struct steps {
	struct buf of[MEASURES]; /* lines, each with its end */
	enum measure_id now;	 /* whose lines are coming */
};

void steps_free(struct steps *);

#endif
