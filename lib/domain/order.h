/*
 * Lists that are kept in order of time: months of sales by their keys, the
 * log by its dates, oldest first. In other lists what is new comes last.
 */
#ifndef KAM_ORDER_H
#define KAM_ORDER_H

#include "domain/account.h"

/* a list of items, so that the places of many new ones are found quickly */
struct order {
	const struct fields *fields;
	const struct node **item;
	const char **highest; /* of the items up to there: grows, so it can be searched */
	size_t n;
	struct arena *arena;
};

void order_init(struct order *, const struct fields *, const struct node *list, struct arena *);
/* the item of the list before which the new one belongs; NULL: after the last */
const struct node *order_place(const struct order *, const struct node *item);
/* by what items of that kind are ordered; NULL: by nothing */
const char *order_key(const struct fields *, const struct node *item, struct arena *);

#endif
