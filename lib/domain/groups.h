/*
 * Groups: parents roll up their subsidiaries, and each of them stays visible
 * (S2).
 */
#ifndef KAM_GROUPS_H
#define KAM_GROUPS_H

#include "domain/portfolio.h"

/* Sets above, beside, group and top of all figures, with the groups' sums: a part of portfolio_finish, when amounts are
 * known. -1: a sum is larger than 36 digits. */
int groups_make(struct portfolio *);
/* the account joins the sums; -1: one is larger than 36 digits */
int group_add(struct group *, const struct portfolio *, const struct figures *);
/* Those of the accounts that are in a group: by groups, the largest by amount first, then the parent itself, then by
 * amount; *n of them, the array freed by the caller. */
const struct figures **groups_sorted(const struct figures *const *, size_t accounts, size_t *n);

#endif
