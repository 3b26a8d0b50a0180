/*
 * Items of two dossiers that have one id and are two things: the other's get
 * ids of their own. The same joining, given again, gives them the same ones.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/joinparts.h"
#include "domain/path.h"
#include "domain/references.h"

/* a list with items that get other ids */
struct renamed {
	const char *path; /* "plan/actions" */
	const struct fields *fields;
	struct node *list;  /* of the copy */
	struct hash ours;   /* our items by id */
	struct hash names;  /* old id to new id */
	struct hash called; /* the same, as they are called in paths */
};

struct renaming {
	const struct doc *into;
	const char *id; /* of the other dossier */
	struct node *copy;
	struct renamed *list;
	size_t n, cap;
	struct arena *arena;
	struct sink *sink;
};

const struct field *
title_field(const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		if (fields->field[i].flags & FIELD_TITLE)
			return &fields->field[i];
	}
	return NULL;
}

static const char *
title_of(const struct field *title, const struct node *item, struct arena *arena)
{
	const char *text = node_get_text(item, title->name);

	return text ? text_fold(arena, text, strlen(text)) : NULL;
}

static void
index_items(struct hash *hash, const struct node *list)
{
	for (struct node *n = list->first; n; n = n->next) {
		const char *id = node_get_text(n, "id");

		if (id)
			*hash_put(hash, id, strlen(id), NULL) = n;
	}
}

/* an id that neither has, or that ours has of the very thing, from when the same two were joined before */
static const char *
new_id(const struct renaming *r, const struct renamed *l, const struct hash *theirs, const char *id,
       const char *title)
{
	const struct field *f = title_field(l->fields);

	for (size_t i = 1;; i++) {
		const char *new = i == 1 ? arena_printf(r->arena, "%s-%s", id, r->id)
					 : arena_printf(r->arena, "%s-%s-%zu", id, r->id, i);
		const struct node *ours = hash_get(&l->ours, new, strlen(new));
		const char *its = ours ? title_of(f, ours, r->arena) : NULL;

		if (hash_get(theirs, new, strlen(new)))
			continue;
		if (!ours || (its && strcmp(its, title) == 0))
			return new;
	}
}

static void
find_items(struct renaming *r, const struct fields *fields, const char *path, const struct node *into,
	   struct node *from)
{
	struct renamed l = {.path = path, .fields = fields, .list = from};
	const struct field *f = title_field(fields);
	struct hash theirs = {0};

	index_items(&l.ours, into);
	index_items(&theirs, from);
	for (struct node *n = from->first; n; n = n->next) {
		const char *id = node_get_text(n, "id"), *new;
		const struct node *ours = id ? hash_get(&l.ours, id, strlen(id)) : NULL;
		const char *mine = ours ? title_of(f, ours, r->arena) : NULL,
			   *its = mine ? title_of(f, n, r->arena) : NULL;

		if (!its || strcmp(mine, its) == 0)
			continue;
		new = new_id(r, &l, &theirs, id, its);
		*hash_put(&theirs, new, strlen(new), NULL) = n;
		*hash_put(&l.names, id, strlen(id), NULL) = (void *)new;
	}
	hash_free(&theirs);
	if (l.names.used == 0) {
		hash_free(&l.ours);
		return;
	}
	r->list = vec_grow(r->list, &r->cap, r->n + 1, sizeof *r->list);
	r->list[r->n++] = l;
}

/* all lists whose items have titles; tables nest no deeper than the program has them */
static void
find(struct renaming *r, const struct fields *fields, const char *path, const struct node *into,
     const struct node *from)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		const struct node *ours = node_get(into, f->name);
		struct node *theirs = node_get(from, f->name);
		enum node_kind kind = f->type == FIELD_MAP ? NODE_MAP : NODE_LIST;
		const char *name;

		if ((f->type != FIELD_MAP && f->type != FIELD_LIST) || !ours || !theirs ||
		    ours->kind != kind || theirs->kind != kind)
			continue;
		name = arena_printf(r->arena, "%s%s%s", path, *path ? "/" : "", f->name);
		if (f->type == FIELD_MAP)
			find(r, f->sub, name, ours, theirs);
		else if (title_field(f->sub))
			find_items(r, f->sub, name, ours, theirs);
	}
}

static void
put_text(void *data, struct node *value, const char *text)
{
	struct arena *arena = data;
	const struct node *new = node_new_text(arena, text);

	value->text = new->text;
	value->len = new->len;
	if (value->style != STYLE_QUOTED)
		value->style = new->style;
}

static void
say(const struct renaming *r, const struct renamed *l, const struct node *ours, const char *was,
    const struct node *item)
{
	struct error e;

	node_error(&e, r->into, ours, "%.300s comes in as %.300s: another %s, %s", was,
		   path_of(item, r->arena), l->fields->what,
		   text_quoted(r->arena, node_get_text(item, title_field(l->fields)->name)));
	sink_put(r->sink, SEVERITY_WARNING, "renamed", &e);
}

static void
rename_items(struct renaming *r, struct renamed *l)
{
	for (const struct node *n = l->list->first; n; n = n->next) {
		struct node *id = node_get(n, "id");
		const char *new = id && id->len ? hash_get(&l->names, id->text, id->len) : NULL, *was,
			   *called;
		const struct node *ours;

		if (!new)
			continue;
		ours = hash_get(&l->ours, id->text, id->len);
		was = path_of(n, r->arena);
		called = path_item(l->fields, n, r->arena);
		put_text(r->arena, id, new);
		*hash_put(&l->called, called, strlen(called), NULL) =
		    (void *)path_item(l->fields, n, r->arena);
		say(r, l, ours, was, n);
	}
}

/* bytes up to a '/' that is not escaped */
static size_t
part_length(const char *path)
{
	size_t n;

	for (n = 0; path[n] && path[n] != '/'; n++) {
		if (path[n] == '\\' && path[n + 1])
			n++;
	}
	return n;
}

/* what an earlier joining noted by the paths of the items */
static void
rename_paths(const struct renaming *r, const struct renamed *l, const struct node *differs)
{
	size_t n = strlen(l->path);
	struct hash there = {0};

	for (struct node *e = differs->first; e; e = e->next)
		*hash_put(&there, e->key, strlen(e->key), NULL) = e;
	for (struct node *e = differs->first; e; e = e->next) {
		const char *part = e->key + n + 1, *new, *key;
		size_t length;

		if (strncmp(e->key, l->path, n) != 0 || e->key[n] != '/')
			continue;
		length = part_length(part);
		new = hash_get(&l->called, part, length);
		key = new ? arena_printf(r->arena, "%s/%s%s", l->path, new, part + length) : NULL;
		if (key && !hash_get(&there, key, strlen(key)))
			e->key = key;
	}
	hash_free(&there);
}

static void
rename_joined(const struct renaming *r, const struct renamed *l)
{
	const struct node *joined = node_get(r->copy, "joined");

	for (const struct node *n = joined ? joined->first : NULL; n; n = n->next) {
		const struct node *differs = node_get(n, "differs");

		if (differs && differs->kind == NODE_MAP)
			rename_paths(r, l, differs);
	}
}

/* the list of that path in the copy */
static struct node *
copied(const struct renaming *r, const char *path)
{
	const char *slash = strchr(path, '/');

	if (!slash)
		return node_get(r->copy, path);
	return node_get(node_get(r->copy, arena_copy(r->arena, path, (size_t)(slash - path))), slash + 1);
}

const struct node *
join_rename(const struct doc *into, const struct node *from, struct arena *arena, struct sink *sink)
{
	struct renaming r = {.into = into, .arena = arena, .sink = sink};

	r.id = node_get_text(from, "id");
	find(&r, &account_fields, "", into->root, from);
	if (r.n)
		r.copy = node_copy(arena, from);
	/* who refers to whom is told by the old ids */
	for (size_t i = 0; i < r.n; i++)
		references_rename(r.copy, r.list[i].path, &r.list[i].names, arena, put_text, arena);
	for (size_t i = 0; i < r.n; i++) {
		r.list[i].list = copied(&r, r.list[i].path);
		rename_items(&r, &r.list[i]);
		rename_joined(&r, &r.list[i]);
		hash_free(&r.list[i].ours);
		hash_free(&r.list[i].names);
		hash_free(&r.list[i].called);
	}
	free(r.list);
	return r.copy ? r.copy : from;
}
