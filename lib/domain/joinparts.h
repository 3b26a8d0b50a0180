/*
 * The parts of joining; of join*.c only.
 */
#ifndef KAM_JOINPARTS_H
#define KAM_JOINPARTS_H

#include "domain/account.h"

/* the field that tells what items of the table are; NULL: their keys do */
const struct field *title_field(const struct fields *);

/* The other account as it comes in: its items that are other things than ours of the same ids have ids of their own, by
 * which all of it refers to them. Its own tree where there are none, else a copy in the arena. Findings: a warning
 * "renamed" for each. */
const struct node *join_rename(const struct doc *into, const struct node *from, struct arena *,
			       struct sink *);

#endif
