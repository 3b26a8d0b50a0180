/*
 * What several accounts say against each other: ids and codes that two of them
 * claim, parents that are not there, circles of parents, accounts that were
 * joined into others and are there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "check.h"

#define CIRCLE_SHOWN 8 /* accounts of a circle that a message names */

/* an account */
struct known {
	const char *id;
	const char *parent; /* NULL: it names none */
	const char *file;
	size_t line;		   /* of its id, or of the code by which it is found */
	struct claim parent_place; /* its place */
	struct known *up;	   /* the parent, if it is known */
	size_t walk;		   /* on which it was met first */
	bool silent;
};

/* an account that was joined into another, by what the other says */
struct absorbed {
	const char *id;
	const char *into;
	const char *file;
	size_t line, column;
};

static const char *
place_of(struct arena *arena, const struct known *k)
{
	return arena_printf(arena, "%s:%zu", k->file, k->line);
}

/* who claimed the code first; NULL: nobody, and now it is this one */
static const struct known *
claim_code(struct across *a, const struct claim *claim, const char *file)
{
	size_t system = strlen(claim->system), code = strlen(claim->code);
	char *key = arena_alloc(&a->arena, system + code + 2);
	const struct known *first;
	struct known *k;
	void **place;

	memcpy(key, claim->system, system);
	memcpy(key + system + 1, claim->code, code);
	place = hash_put(&a->by_code, key, system + 1 + code, NULL);
	first = *place;
	if (first)
		return first;
	k = arena_alloc(&a->arena, sizeof *k);
	k->file = file;
	k->line = claim->line;
	*place = k;
	return NULL;
}

static void
put(const struct across *a, struct paper *p, struct arena *arena, const char *rule, const struct claim *at,
    const char *text)
{
	paper_put(p, arena, a->report, check_rule_find(rule), at->line, at->column, text);
}

static void
add_id(struct across *a, struct paper *p, struct arena *arena, bool silent)
{
	const char *id = arena_strdup(&a->arena, p->id.code);
	void **place = hash_put(&a->by_id, id, strlen(id), NULL);
	struct known *k = *place;

	if (k) {
		put(a, p, arena, "duplicate-id", &p->id,
		    arena_printf(arena, "id: %.100s is that of %s too", id, place_of(arena, k)));
		return;
	}
	*place = k = arena_alloc(&a->arena, sizeof *k);
	*k = (struct known){.id = id, .file = p->file, .line = p->id.line, .silent = silent};
	if (p->parent.code)
		k->parent = arena_strdup(&a->arena, p->parent.code);
	k->parent_place = p->parent;
	a->known = vec_grow(a->known, &a->cap, a->n + 1, sizeof *a->known);
	a->known[a->n++] = k;
}

static void
add_joined(struct across *a, const struct paper *p)
{
	const char *into = p->joins && p->id.code ? arena_strdup(&a->arena, p->id.code) : "";

	for (size_t i = 0; i < p->joins; i++) {
		const struct claim *claim = &p->joined[i];

		a->absorbed = vec_grow(a->absorbed, &a->cap_absorbed, a->n_absorbed + 1, sizeof *a->absorbed);
		a->absorbed[a->n_absorbed++] = (struct absorbed){arena_strdup(&a->arena, claim->code), into,
								 p->file, claim->line, claim->column};
	}
}

void
across_add(struct across *a, struct paper *p, struct arena *arena, bool silent)
{
	if (p->id.code)
		add_id(a, p, arena, silent);
	if (!silent)
		add_joined(a, p);
	for (size_t i = 0; i < p->claims; i++) {
		const struct known *other = claim_code(a, &p->claim[i], p->file);

		if (other)
			put(a, p, arena, "duplicate-code", &p->claim[i],
			    arena_printf(arena, "external: the code %s of %.100s is that of %s too",
					 text_quoted(arena, p->claim[i].code), p->claim[i].system,
					 place_of(arena, other)));
	}
}

static void
report_parent(struct report *r, const struct known *k, const char *rule, const char *text)
{
	struct finding f = {check_rule_find(rule), k->parent_place.line, k->parent_place.column, text};

	report_put(r, k->file, &f);
}

/* a circle of which k is one; said once, at the first of it that is checked */
static void
report_circle(struct report *r, const struct known *k)
{
	const struct known *first = k, *at;
	struct buf text = {0};
	size_t n = 0;

	while (first->silent && first->up != k)
		first = first->up;
	if (first->silent)
		return;
	buf_printf(&text, "parent: a circle: %s", first->id);
	for (at = first->up; at != first && n++ < CIRCLE_SHOWN; at = at->up)
		buf_printf(&text, ", %.40s", at->id);
	buf_printf(&text, "%s, %.40s", at == first ? "" : ", …", first->id);
	report_parent(r, first, "parent-circle", text.data);
	buf_free(&text);
}

void
across_parents(struct across *a, struct report *r, bool whole)
{
	for (size_t i = 0; i < a->n; i++) {
		struct known *k = a->known[i];

		if (!k->parent)
			continue;
		k->up = hash_get(&a->by_id, k->parent, strlen(k->parent));
		if (whole && !k->up && !k->silent)
			report_parent(r, k, "parent",
				      arena_printf(&a->arena, "parent: there is no dossier of %s",
						   text_quoted(&a->arena, k->parent)));
	}
	/* each account is walked over once */
	for (size_t i = 0; i < a->n; i++) {
		struct known *k = a->known[i];

		for (; k && !k->walk; k = k->up)
			k->walk = i + 1;
		if (k && k->walk == i + 1)
			report_circle(r, k);
	}
}

void
across_joined(struct across *a, struct report *r)
{
	for (size_t i = 0; i < a->n_absorbed; i++) {
		const struct absorbed *j = &a->absorbed[i];
		const struct known *k = hash_get(&a->by_id, j->id, strlen(j->id));
		struct finding f = {check_rule_find("joined"), j->line, j->column, NULL};

		if (!k || strcmp(j->id, j->into) == 0)
			continue;
		f.text = arena_printf(&a->arena,
				      "joined: %.100s is in %s still; if the joining was broken off, "
				      "kam-dossier join %s %.100s ends it",
				      j->id, k->file, j->into, j->id);
		report_put(r, j->file, &f);
	}
}

void
across_free(struct across *a)
{
	free(a->absorbed);
	hash_free(&a->by_code);
	hash_free(&a->by_id);
	free(a->known);
	arena_free(&a->arena);
}
