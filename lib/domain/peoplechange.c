/*
 * What became different about the people between two versions of a dossier.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "domain/people.h"

/* texts of a contact that are compared */
static const struct {
	const char *name;
	size_t offset;
} compared[] = {
    {"position", offsetof(struct contact, position)}, {"function", offsetof(struct contact, function)},
    {"role", offsetof(struct contact, role)},	      {"influence", offsetof(struct contact, influence)},
    {"stance", offsetof(struct contact, stance)},     {"reports-to", offsetof(struct contact, reports_to)},
};
#define FIELDS (sizeof compared / sizeof *compared + 2) /* left and primary too */

static const char *
contact_text(const struct contact *c, size_t field)
{
	return *(const char *const *)(const void *)((const char *)c + compared[field].offset);
}

static const char *
left_text(const struct contact *c, struct arena *arena)
{
	struct buf text = {0};
	const char *copy;

	date_format(&text, c->left);
	copy = text.len > 0 ? arena_copy(arena, text.data, text.len) : NULL;
	buf_free(&text);
	return copy;
}

static bool
texts_differ(const char *a, const char *b)
{
	return !a || !b ? a != b : strcmp(a, b) != 0;
}

static void
change_add(struct people_changes *changes, const struct contact *c, const char *field, const char *old,
	   const char *now)
{
	if (texts_differ(old, now))
		changes->v[changes->n++] = (struct people_change){
		    .id = c->id, .name = c->name, .field = field, .old = old, .now = now};
}

static void
contacts_compare(const struct contact *old, const struct contact *now, struct people_changes *changes,
		 struct arena *arena)
{
	static const char *const yes[] = {NULL, NULL, "yes"}; /* as enum yesno */

	change_add(changes, now, "left", left_text(old, arena), left_text(now, arena));
	change_add(changes, now, "main contact", yes[old->primary], yes[now->primary]);
	for (size_t i = 0; i < sizeof compared / sizeof *compared; i++)
		change_add(changes, now, compared[i].name, contact_text(old, i), contact_text(now, i));
}

/* the first of each id */
static void
contacts_index(struct hash *index, const struct account *a)
{
	const struct contact *c = a->contacts.v;

	for (size_t i = 0; i < a->contacts.n; i++) {
		void **at = c[i].id ? hash_put(index, c[i].id, strlen(c[i].id), NULL) : NULL;

		if (at && !*at)
			*at = (void *)&c[i];
	}
}

static const struct contact *
index_find(const struct hash *index, const struct contact *c)
{
	return c->id ? hash_get(index, c->id, strlen(c->id)) : NULL;
}

void
people_compare(const struct account *old, const struct account *now, struct people_changes *changes,
	       struct arena *arena)
{
	const struct contact *c = now->contacts.v, *gone = old->contacts.v, *before;
	struct hash old_index = {0}, now_index = {0};

	contacts_index(&old_index, old);
	contacts_index(&now_index, now);
	*changes = (struct people_changes){
	    .v = arena_alloc(arena, (FIELDS * now->contacts.n + old->contacts.n + 1) * sizeof *changes->v)};
	for (size_t i = 0; i < now->contacts.n; i++) {
		if (index_find(&now_index, &c[i]) != &c[i])
			continue;
		if ((before = index_find(&old_index, &c[i])))
			contacts_compare(before, &c[i], changes, arena);
		else
			changes->v[changes->n++] = (struct people_change){
			    .id = c[i].id, .name = c[i].name, .now = c[i].position, .came = true};
	}
	for (size_t i = 0; i < old->contacts.n; i++)
		if (index_find(&old_index, &gone[i]) == &gone[i] && !index_find(&now_index, &gone[i]))
			changes->v[changes->n++] = (struct people_change){
			    .id = gone[i].id, .name = gone[i].name, .old = gone[i].position, .went = true};
	hash_free(&old_index);
	hash_free(&now_index);
}
