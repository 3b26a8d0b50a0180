/*
 * Amounts by name: what products sold, what divisions could buy.
 */
#ifndef KAM_NAMED_H
#define KAM_NAMED_H

#include "base/decimal.h"

struct named {
	const char *name;
	struct decimal amount;
};

/* Sorts by name and makes one of those that share a name; *n becomes how many are left. -1: a sum is larger than 36
 * digits. */
int named_join(struct named *, size_t *n);
/* of joined ones, that of the name, or NULL */
const struct named *named_find(const struct named *, size_t n, const char *name);

#endif
