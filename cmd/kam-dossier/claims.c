/*
 * What the dossiers of a folder claim, each for itself: its id, its codes in
 * other systems; and to whom it rolls up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "change.h"
#include "check.h"

static void
say_unread(struct claims *claims, const struct paper *p)
{
	struct error err;

	claims->unread++;
	if (p->unread)
		err = *p->unread;
	else if (p->findings)
		error_at(&err, p->file, p->finding->line, p->finding->column, "%s", p->finding->text);
	else
		error_at(&err, p->file, p->first_line, 0, "a second account in one dossier's file");
	cli_error(claims->cli, &err);
}

static void
add_code(struct claims *claims, const struct claimant *of, const struct claim *claim)
{
	size_t system = strlen(claim->system), code = strlen(claim->code);
	char *key = arena_alloc(&claims->arena, system + code + 2);
	struct claimant *c = arena_alloc(&claims->arena, sizeof *c);
	void **place;

	memcpy(key, claim->system, system);
	memcpy(key + system + 1, claim->code, code);
	place = hash_put(&claims->by_code, key, system + 1 + code, NULL);
	*c = *of;
	c->next = *place;
	c->line = claim->line;
	*place = c;
}

static void
take(void *data, struct paper *p, struct arena *arena)
{
	struct claims *claims = data;
	struct claimant *c, *last = claims->n ? claims->v[claims->n - 1] : NULL;
	const char *slash;

	(void)arena;
	if (p->unread || !p->parsed || (last && strcmp(last->path, p->file) == 0)) {
		say_unread(claims, p);
		return;
	}
	c = arena_alloc(&claims->arena, sizeof *c);
	c->path = arena_strdup(&claims->arena, p->file);
	slash = strrchr(c->path, '/');
	c->name = slash ? slash + 1 : c->path;
	c->id = arena_copy(&claims->arena, c->name, strlen(c->name) - strlen(DOSSIER_SUFFIX));
	if (p->parent.code)
		c->parent = arena_strdup(&claims->arena, p->parent.code);
	claims->v = vec_grow(claims->v, &claims->cap, claims->n + 1, sizeof *claims->v);
	claims->v[claims->n++] = c;
	*hash_put(&claims->by_id, c->id, strlen(c->id), NULL) = c;
	for (size_t i = 0; i < p->claims; i++)
		add_code(claims, c, &p->claim[i]);
}

void
claims_read(struct change *c, struct claims *claims)
{
	char *input = xstrdup(c->folder.path);
	struct stream *stream = stream_open(&input, 1);
	struct report report;
	const struct check_run run = {
	    .report = &report,
	    .threads = parallel_default(),
	    .claims_only = true,
	    .take = take,
	    .data = claims,
	};

	*claims = (struct claims){.cli = c->cli};
	report_init(&report, c->cli);
	check_documents(&run, stream);
	report_end(&report);
	stream_free(stream);
	free(input);
}

const struct claimant *
claims_find(const struct claims *claims, const char *system, const char *code)
{
	struct buf key = {0};
	const struct claimant *found;

	buf_adds(&key, system);
	buf_addc(&key, '\0');
	buf_adds(&key, code);
	found = hash_get(&claims->by_code, key.data, key.len);
	buf_free(&key);
	return found;
}

bool
claims_reach(const struct claims *claims, const char *parent, const char *other)
{
	/* a circle that is there already has no end */
	for (size_t i = 0; parent && i <= claims->n; i++) {
		const struct claimant *c = hash_get(&claims->by_id, parent, strlen(parent));

		if (strcmp(parent, other) == 0)
			return true;
		parent = c ? c->parent : NULL;
	}
	return false;
}

void
claims_free(struct claims *claims)
{
	free(claims->v);
	hash_free(&claims->by_id);
	hash_free(&claims->by_code);
	arena_free(&claims->arena);
}
