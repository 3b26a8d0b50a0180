/*
 * Tax numbers among the codes of an account, by which the state knows a
 * company: several accounts may share one, as branches do, while a code of
 * any other system is that of one account.
 */
#ifndef KAM_TAXNUMBER_H
#define KAM_TAXNUMBER_H

#include <stdbool.h>

#include "base/mem.h"

/* does a name in external: say that its codes are tax numbers? Letter case, hyphens and underscores do not matter. */
bool tax_system(const char *system);

struct tax_number {
	const char *number; /* folded, without blanks and punctuation, without the country */
	char country[3];    /* two lower-case letters that stood before it; "": none did */
};

/* Reads a cell; of "INN/KPP" the INN. Strings go to the arena. false: it is no tax number, having fewer than four
 * digits or all of them the same, as "-", "none" and "0000000000" where there is none. */
bool tax_number_read(struct tax_number *, const char *cell, struct arena *);
/* the same number, and not of two countries */
bool tax_number_equal(const struct tax_number *, const struct tax_number *);

#endif
