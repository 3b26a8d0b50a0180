/*
 * Names that are nearly the same, as a slip of the hand, another alphabet or
 * another order of words make them.
 *
 * Normalised names (company.h) are compared in Latin letters, as ids have
 * them, and without blanks. Two are near if they have the same numbers in the
 * same order, for "Store 12" is not "Store 21", and besides
 *   - the same words, in whatever order, or
 *   - so few differences, each a letter more, less or other, or two
 *     neighbours exchanged (Damerau, optimal string alignment): of the shorter
 *     name's letters and digits 7 allow 1, 14 allow 2, 20 allow 3.
 */
#ifndef KAM_NEARNAME_H
#define KAM_NEARNAME_H

#include <stdint.h>

#include "base/mem.h"

#define NEAR_LENGTH 128 /* longer names are near to none */
#define NEAR_BLOCKS 32

struct near_name {
	const int32_t *letter; /* n of them; n is 0 for a name that is not compared */
	size_t n;
	const char *numbers; /* its runs of digits, without leading zeros, each with a blank behind it */
	const char *sorted;  /* its words in alphabetical order */
};

/* of a normalised name; the arena keeps what it points at */
void near_name_make(struct near_name *, const char *key, struct arena *);
/* 0: not near; else 100 less the differences in % of the longer name, rounded down; 100 for the same words */
int near_name_similarity(const struct near_name *, const struct near_name *);
/* Hashes of which any two near names share one; most others do not. Fills the array and returns how many. */
size_t near_name_blocks(const struct near_name *, unsigned long long block[NEAR_BLOCKS]);

#endif
