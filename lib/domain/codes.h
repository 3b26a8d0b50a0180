/*
 * The codes by which other systems know an account, as `external` has them:
 * system to code, or to a list where a system has several, as it has of a
 * client that was entered twice: {1c: ["000123", "000451"], inn: "7701234567"}
 */
#ifndef KAM_CODES_H
#define KAM_CODES_H

#include "data/edit.h"

/* the codes of a system's entry one by one: the first, and the one after; NULL: no more. Those without a text are
 * passed over. */
const struct node *codes_first(const struct node *entry);
const struct node *codes_next(const struct node *code);
/* a code more in a map that is being made */
void codes_put(struct node *external, const char *system, const char *code, struct arena *);
/* how many they are at most */
size_t codes_count(const struct node *entry);
/* have the two entries a code in common? */
bool codes_share(const struct node *a, const struct node *b);
/* Adds the codes of `from` that `into` lacks; it becomes a list if it is none. Both say something, and are no maps. True
 * if there were any. */
bool codes_add(struct edits *, struct arena *, const struct node *into, const struct node *from);

#endif
