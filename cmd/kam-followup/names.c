/*
 * Names, each once, in the order in which they came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "followup.h"

void *
names_get(const struct names *names, const char *name)
{
	return hash_get(&names->index, name, strlen(name));
}

void
names_add(struct names *names, const char *name, const void *value, struct arena *arena)
{
	if (!name || names_get(names, name))
		return;
	name = arena_strdup(arena, name);
	*hash_put(&names->index, name, strlen(name), NULL) = (void *)value;
	names->v = vec_grow(names->v, &names->cap, names->n + 1, sizeof *names->v);
	names->v[names->n++] = name;
}

void
names_free(struct names *names)
{
	free(names->v);
	hash_free(&names->index);
}

bool
is_asked_for(const struct names *names, const char *name)
{
	return names->n == 0 || (name && names_get(names, name));
}

const char *
names_meant(const struct names *known, const char *name, struct arena *arena)
{
	const char *near = text_nearest(name, known->v, known->n);

	return near ? arena_printf(arena, ", did you mean %s?", near) : "";
}
