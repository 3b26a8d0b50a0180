/*
 * Marks that git leaves in a file whose sides it could not merge:
 *
 *	<<<<<<< ours
 *	=======
 *	>>>>>>> theirs
 *
 * A document with them cannot be parsed, and the parser's own words for it
 * help nobody.
 */
#ifndef KAM_CONFLICT_H
#define KAM_CONFLICT_H

#include <stdbool.h>

#include "base/mem.h"

/* Do such lines stand in the text, one after another? *at is the first byte of the first. */
bool conflict_find(struct str text, size_t *at);

#endif
