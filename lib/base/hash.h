/*
 * A table from byte strings to pointers: open addressing, grows, never
 * shrinks. Its order is never seen from outside.
 */
#ifndef KAM_HASH_H
#define KAM_HASH_H

#include "base/mem.h"

struct hash_entry {
	const char *key; /* borrowed; NULL: free */
	size_t n;
	unsigned long long hash;
	void *value;
};

/* zero-initialised is empty */
struct hash {
	struct hash_entry *entry;
	size_t used;
	size_t cap; /* a power of two */
};

/* the value, or NULL */
void *hash_get(const struct hash *, const char *key, size_t n);
/* the place of the value, NULL in it for a key that is new; the key must then stay alive (set *stored, which points
 * at the table's copy of the pointer, to a longer-lived one). Valid until the next hash_put. */
void **hash_put(struct hash *, const char *key, size_t n, const char ***stored);
void hash_free(struct hash *);

#endif
