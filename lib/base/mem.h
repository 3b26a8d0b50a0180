/*
 * Memory: allocation that cannot fail (running out ends the program), arenas
 * freed at once, and growing byte buffers.
 */
#ifndef KAM_MEM_H
#define KAM_MEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* the program's name, for when memory runs out; borrowed */
void mem_program(const char *name);
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *, size_t size);
char *xstrdup(const char *);

/* a vector's storage grown to hold at least `need` elements of `size` bytes; doubles, updates *cap */
void *vec_grow(void *, size_t *cap, size_t need, size_t size);

/* Everything one account or document owns; zero-initialised is empty. */
struct arena {
	struct arena_block *head; /* the block being filled, older ones behind it */
	size_t used;		  /* bytes taken from head */
};

/* zeroed memory, aligned for any type; lives until the arena is reset or freed */
void *arena_alloc(struct arena *, size_t size);
/* a NUL-terminated copy of n bytes */
char *arena_copy(struct arena *, const char *, size_t n);
char *arena_strdup(struct arena *, const char *);
char *arena_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* forget all contents, keep one block for reuse */
void arena_reset(struct arena *);
void arena_free(struct arena *);
/* bytes that the arena holds from the system */
size_t arena_size(const struct arena *);

/* Bytes that grow; zero-initialised is empty. data is NUL-terminated once anything was added. */
struct buf {
	char *data;
	size_t len; /* without the NUL */
	size_t cap;
};

/* room for n more bytes and a NUL; returns where they go (the caller advances len) */
char *buf_room(struct buf *, size_t n);
void buf_add(struct buf *, const char *, size_t n);
void buf_adds(struct buf *, const char *);
void buf_addc(struct buf *, char);
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *);
void buf_free(struct buf *);

/* A borrowed run of bytes, not NUL-terminated. */
struct str {
	const char *p;
	size_t n;
};

/* the same bytes? Inline, for cells of exports are short and there are many. */
static inline bool
str_equal(struct str a, struct str b)
{
	unsigned long long x, y;
	unsigned u, v;
	size_t i;

	if (a.n != b.n)
		return false;
	if (a.n < sizeof u) {
		for (i = 0; i < a.n; i++)
			if (a.p[i] != b.p[i])
				return false;
		return true;
	}
	if (a.n < sizeof x) {
		memcpy(&u, a.p, sizeof u);
		memcpy(&v, b.p, sizeof v);
		if (u != v)
			return false;
		memcpy(&u, a.p + a.n - sizeof u, sizeof u);
		memcpy(&v, b.p + b.n - sizeof v, sizeof v);
		return u == v;
	}
	for (i = 0; i < a.n - sizeof x; i += sizeof x) {
		memcpy(&x, a.p + i, sizeof x);
		memcpy(&y, b.p + i, sizeof y);
		if (x != y)
			return false;
	}
	memcpy(&x, a.p + a.n - sizeof x, sizeof x);
	memcpy(&y, b.p + b.n - sizeof y, sizeof y);
	return x == y;
}

#endif
