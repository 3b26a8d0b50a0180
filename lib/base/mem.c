#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* blocks of an arena double from the least to the most; an account's arena is mostly a few of them */
#define BLOCK_LEAST 1024
#define BLOCK_MOST ((size_t)64 * 1024)
/* a reset arena does not hold on to what one huge document needed */
#define BLOCK_KEPT ((size_t)1024 * 1024)

#define VECTOR_LEAST 8
#define BUF_LEAST 64
#define PRINT_LEAST 128 /* bytes that a printed text is first tried in */

struct arena_block {
	struct arena_block *next;
	size_t size; /* bytes of data */
	max_align_t data[];
};

static const char *program = "kam";

void
mem_program(const char *name)
{
	program = name;
}

static _Noreturn void
out_of_memory(void)
{
	fputs(program, stderr);
	fputs(": out of memory\n", stderr);
	exit(2);
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = n > 0 && size > 0 ? calloc(n, size) : calloc(1, 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size > 0 ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

char *
xstrdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(xmalloc(size), s, size);
}

void *
vec_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap < VECTOR_LEAST ? VECTOR_LEAST : *cap;

	if (need <= *cap)
		return p;
	if (need > SIZE_MAX / 2 / size)
		out_of_memory();
	while (n < need)
		n *= 2;
	*cap = n;
	return xrealloc(p, n * size);
}

static struct arena_block *
block_new(size_t size)
{
	struct arena_block *block = xmalloc(sizeof(*block) + size);

	block->next = NULL;
	block->size = size;
	return block;
}

static size_t
block_next_size(const struct arena *a)
{
	size_t size = BLOCK_LEAST;

	if (a->head != NULL)
		size = 2 * (a->head->size + sizeof(*a->head));
	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	return size - sizeof(struct arena_block);
}

/* A large piece gets a block of its own behind the head, so that the head's rest is not lost. */
static void *
arena_take_block(struct arena *a, size_t size)
{
	size_t usual = block_next_size(a);
	struct arena_block *block = block_new(size > usual ? size : usual);

	if (a->head != NULL && size > usual / 4) {
		block->next = a->head->next;
		a->head->next = block;
		return block->data;
	}
	block->next = a->head;
	a->head = block;
	a->used = size;
	return block->data;
}

static void *
arena_take(struct arena *a, size_t size, size_t align)
{
	size_t at = (a->used + align - 1) & ~(align - 1);
	char *p;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	if (a->head == NULL || at > a->head->size || size > a->head->size - at)
		return arena_take_block(a, size);
	p = (char *)a->head->data + at;
	a->used = at + size;
	return p;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *p = arena_take(a, size, _Alignof(max_align_t));

	return memset(p, 0, size);
}

char *
arena_copy(struct arena *a, const char *s, size_t n)
{
	char *p;

	if (n == SIZE_MAX)
		out_of_memory();
	p = arena_take(a, n + 1, 1);
	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_copy(a, s, strlen(s));
}

/* what vsnprintf says of a text's length; it fails only for lack of memory */
static size_t
printed_length(int n)
{
	if (n < 0)
		out_of_memory();
	return (size_t)n;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	char small[PRINT_LEAST], *p;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	n = printed_length(vsnprintf(small, sizeof(small), fmt, ap));
	va_end(ap);
	if (n < sizeof(small))
		return arena_copy(a, small, n);
	p = arena_take(a, n + 1, 1);
	va_start(ap, fmt);
	vsnprintf(p, n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *head = a->head;

	if (head != NULL && head->size <= BLOCK_KEPT) {
		struct arena rest = {.head = head->next};

		arena_free(&rest);
		head->next = NULL;
		a->used = 0;
		return;
	}
	arena_free(a);
}

void
arena_free(struct arena *a)
{
	struct arena_block *next;

	for (struct arena_block *block = a->head; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	a->head = NULL;
	a->used = 0;
}

size_t
arena_size(const struct arena *a)
{
	size_t size = 0;

	for (const struct arena_block *block = a->head; block != NULL; block = block->next)
		size += sizeof(*block) + block->size;
	return size;
}

char *
buf_room(struct buf *b, size_t n)
{
	size_t cap = b->cap < BUF_LEAST ? BUF_LEAST : b->cap;

	if (n > SIZE_MAX / 2 - 1 - b->len)
		out_of_memory();
	while (cap < b->len + n + 1)
		cap *= 2;
	if (cap != b->cap) {
		b->data = xrealloc(b->data, cap);
		b->cap = cap;
	}
	b->data[b->len + n] = '\0';
	return b->data + b->len;
}

void
buf_add(struct buf *b, const char *s, size_t n)
{
	char *p = buf_room(b, n);

	if (n > 0)
		memcpy(p, s, n);
	b->len += n;
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addc(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->len++;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	char *room = buf_room(b, PRINT_LEAST);
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	n = printed_length(vsnprintf(room, PRINT_LEAST, fmt, ap));
	va_end(ap);
	if (n >= PRINT_LEAST) {
		room = buf_room(b, n);
		va_start(ap, fmt);
		vsnprintf(room, n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += n;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
