#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static struct hash_entry *
find(struct hash_entry *entry, size_t cap, const char *key, size_t n, unsigned long long hash)
{
	size_t i = (size_t)hash & (cap - 1);

	while (entry[i].key &&
	       (entry[i].hash != hash || entry[i].n != n || memcmp(entry[i].key, key, n) != 0))
		i = (i + 1) & (cap - 1);
	return &entry[i];
}

void *
hash_get(const struct hash *h, const char *key, size_t n)
{
	return h->cap ? find(h->entry, h->cap, key, n, text_hash(key, n))->value : NULL;
}

static void
grow(struct hash *h)
{
	size_t i, cap = h->cap ? h->cap * 2 : 64;
	struct hash_entry *entry = xcalloc(cap, sizeof *entry);

	for (i = 0; i < h->cap; i++)
		if (h->entry[i].key)
			*find(entry, cap, h->entry[i].key, h->entry[i].n, h->entry[i].hash) = h->entry[i];
	free(h->entry);
	h->entry = entry;
	h->cap = cap;
}

void **
hash_put(struct hash *h, const char *key, size_t n, const char ***stored)
{
	unsigned long long hash = text_hash(key, n);
	struct hash_entry *e;

	if (h->used * 2 >= h->cap)
		grow(h);
	e = find(h->entry, h->cap, key, n, hash);
	if (!e->key) {
		e->key = key;
		e->n = n;
		e->hash = hash;
		h->used++;
	}
	if (stored)
		*stored = &e->key;
	return &e->value;
}

void
hash_free(struct hash *h)
{
	free(h->entry);
	*h = (struct hash){0};
}
