#include "domain/facts.h"

#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/path.h"

#define PART_BYTES 200 /* of one name or key in a path */

struct fact {
	const char *path;
	const char *value;
	const char *key; /* the path, or what tells it from an earlier fact of the same path */
	size_t number;	 /* in the document */
	struct fact *next;
};

/* one walk over a document; what it finds goes to put */
struct walk {
	void (*put)(struct walk *, const struct node *value);
	struct buf path, value;
	struct buf *out;
	struct arena scratch; /* keys of items */
	/* of a comparison */
	struct fact *first, *last;
	size_t n;
	struct hash count;  /* of facts of each path: size_t */
	struct hash by_key; /* facts */
	struct arena arena;
};

/* the longest beginning of at most `max` bytes that cuts no character */
static size_t
cut(const char *s, size_t n, size_t max)
{
	if (n <= max)
		return n;
	for (n = max; n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80;)
		n--;
	return n;
}

/* behind a '/' where something stands before it */
static void
add_part(struct buf *path, struct buf *part)
{
	size_t kept = cut(part->data, part->len, PART_BYTES);

	if (path->len)
		buf_addc(path, '/');
	text_safe(path, part->data, kept);
	if (kept < part->len)
		buf_printf(path, "…%016llx", text_hash(part->data, part->len));
	buf_free(part);
}

void
fact_path_name(struct buf *path, const char *name)
{
	struct buf part = {0};

	path_add_name(&part, name);
	add_part(path, &part);
}

void
fact_path_item(struct buf *path, const struct fields *fields, const struct node *item, size_t number,
	       struct arena *arena)
{
	struct buf part = {0};

	path_add_item(&part, fields, item, number, arena);
	add_part(path, &part);
}

static void
add_quoted(struct buf *out, const struct node *text)
{
	const char *s = text->text;
	size_t n = text->len, run;

	buf_addc(out, '"');
	while (n > 0) {
		for (run = 0; run < n && !strchr("\"\\\n\t", s[run]);)
			run++;
		text_safe(out, s, run);
		s += run;
		n -= run;
		if (n == 0)
			break;
		buf_addc(out, '\\');
		buf_addc(out, *s == '\n' ? 'n' : *s == '\t' ? 't' : *s);
		s++;
		n--;
	}
	buf_addc(out, '"');
}

static bool
is_words(const struct node *list)
{
	for (const struct node *n = list->first; n; n = n->next) {
		if (n->kind != NODE_SCALAR)
			return false;
	}
	return list->count > 0;
}

static void
value_write(struct buf *out, const struct node *value)
{
	if (value->kind == NODE_SCALAR) {
		add_quoted(out, value);
		return;
	}
	for (const struct node *n = value->first; n; n = n->next) {
		if (n != value->first)
			buf_adds(out, ", ");
		add_quoted(out, n);
	}
}

/* fields: of the map's names or the list's items, NULL where no table knows them */
static void
walk_node(struct walk *w, const struct fields *fields, const struct node *node)
{
	size_t before = w->path.len, number = 0;

	if (node->len + node->count == 0)
		return;
	if (node->kind == NODE_SCALAR || (node->kind == NODE_LIST && is_words(node))) {
		w->put(w, node);
		return;
	}
	for (const struct node *n = node->first; n; n = n->next) {
		const struct field *f = n->key && fields ? field_find(fields, n->key) : NULL;

		if (n->key)
			fact_path_name(&w->path, n->key);
		else
			fact_path_item(&w->path, fields, n, ++number, &w->scratch);
		walk_node(w, !n->key ? fields : f ? f->sub : NULL, n);
		w->path.len = before;
		if (before == 0)
			arena_reset(&w->scratch);
	}
}

static void
put_line(struct walk *w, const struct node *value)
{
	buf_add(w->out, w->path.data, w->path.len);
	buf_adds(w->out, ": ");
	value_write(w->out, value);
	buf_addc(w->out, '\n');
}

static void
walk_free(struct walk *w)
{
	buf_free(&w->path);
	buf_free(&w->value);
	arena_free(&w->scratch);
	arena_free(&w->arena);
	hash_free(&w->count);
	hash_free(&w->by_key);
}

void
facts_write(const struct node *root, struct buf *out)
{
	struct walk w = {.put = put_line, .out = out};

	walk_node(&w, &account_fields, root);
	walk_free(&w);
}

/* a fact kept for comparing; twins of one path are told apart by a number that no path has in it */
static void
put_fact(struct walk *w, const struct node *value)
{
	struct fact *fact = arena_alloc(&w->arena, sizeof *fact);
	size_t *count;
	void **place;

	buf_clear(&w->value);
	value_write(&w->value, value);
	fact->path = fact->key = arena_copy(&w->arena, w->path.data, w->path.len);
	fact->value = arena_copy(&w->arena, w->value.data, w->value.len);
	fact->number = w->n++;
	place = hash_put(&w->count, fact->path, w->path.len, NULL);
	count = *place;
	if (!count)
		count = *place = arena_alloc(&w->arena, sizeof *count);
	else
		fact->key = arena_printf(&w->arena, "%s\n%zu", fact->path, *count);
	++*count;
	*hash_put(&w->by_key, fact->key, strlen(fact->key), NULL) = fact;
	if (w->last)
		w->last->next = fact;
	else
		w->first = fact;
	w->last = fact;
}

static const struct fact *
same_fact(const struct walk *w, const struct fact *fact)
{
	return hash_get(&w->by_key, fact->key, strlen(fact->key));
}

/* the old facts from there to the fact or, for NULL, the end, that the new document does not have */
static size_t
put_gone(const struct fact *old, const struct fact *end, const struct walk *new, struct buf *out)
{
	size_t count = 0;

	for (; old && old != end; old = old->next) {
		if (same_fact(new, old))
			continue;
		buf_adds(out, "- ");
		buf_adds(out, old->path);
		buf_adds(out, ": ");
		buf_adds(out, old->value);
		buf_addc(out, '\n');
		count++;
	}
	return count;
}

/* was: the old fact, or NULL; returns whether there is anything to tell */
static bool
put_change(const struct fact *was, const struct fact *fact, struct buf *out)
{
	if (was && strcmp(was->value, fact->value) == 0)
		return false;
	buf_adds(out, was ? "" : "+ ");
	buf_adds(out, fact->path);
	buf_adds(out, ": ");
	if (was) {
		buf_adds(out, was->value);
		buf_adds(out, " → ");
	}
	buf_adds(out, fact->value);
	buf_addc(out, '\n');
	return true;
}

size_t
facts_write_changes(const struct node *old, const struct node *new, struct buf *out)
{
	struct walk before = {.put = put_fact}, after = {.put = put_fact};
	const struct fact *rest;
	size_t count = 0;

	walk_node(&before, &account_fields, old);
	walk_node(&after, &account_fields, new);
	rest = before.first;
	for (const struct fact *f = after.first; f; f = f->next) {
		const struct fact *was = same_fact(&before, f);

		if (was && rest && was->number >= rest->number) {
			count += put_gone(rest, was, &after, out);
			rest = was->next;
		}
		count += put_change(was, f, out);
	}
	count += put_gone(rest, NULL, &after, out);
	walk_free(&before);
	walk_free(&after);
	return count;
}
