/*
 * Keys of lists, by which items are told apart (account_item_key): what stands
 * twice would be merged into either of two, and counted twice.
 */
#ifndef KAM_ITEMKEYS_H
#define KAM_ITEMKEYS_H

#include "domain/account.h"

#define ITEM_KEYS_FINDINGS_MAX 100

/* Errors "duplicate-key" where two items of a list have the same key, or an item has none. Looked at are all lists of the
 * account that have keys or, with a flag of its sections, those that have it, as SECTION_COUNTED. Costs next to nothing
 * where a list is in the order of its keys. 0, or -1. */
int item_keys_check(const struct doc *, unsigned flag, struct arena *, struct sink *);

#endif
