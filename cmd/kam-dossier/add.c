/*
 * kam-dossier add: an item for a list, from its fields; or words for a list of
 * plain words.
 */
#include <string.h>

#include "base/text.h"
#include "change.h"
#include "domain/value.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {0, "force", NULL, "also to what imports bring, names that no table knows, and mistakes"},
};

struct adding {
	const char *path;
	char *const *arg; /* "name=value", or words */
	size_t n;
	bool force;
};

/* one item being made */
struct making {
	const struct change *change;
	struct draft *d;
	const struct adding *adding;
	const struct node *at;
};

static _Noreturn void
fail_name(const struct making *m, const struct fields *fields, const char *name)
{
	const char *nearest = name_nearest(fields, name);

	if (nearest)
		draft_fail(m->change, m->d, m->at, "%.200s: a %s has no field \"%.100s\"; did you mean %s?",
			   m->adding->path, fields->what, name, nearest);
	draft_fail(m->change, m->d, m->at,
		   "%.200s: a %s has no field \"%.100s\"; kam-account(5) lists them (any other: --force)",
		   m->adding->path, fields->what, name);
}

/* the map below the item under that name, made where it is missing */
static struct node *
map_below(struct node *item, const char *name, struct arena *arena)
{
	struct node *map = node_get(item, name);

	return map ? map : node_put(arena, item, name, node_new_map(arena, STYLE_FLOW));
}

static void
put_value(const struct making *m, struct node *map, const struct field *type, const char *name,
	  const char *text)
{
	struct arena *arena = &m->d->arena;
	struct node *old = node_get(map, name), *value;
	struct error err;

	value = value_make(type, text, arena, &err);
	if (!value)
		draft_fail(m->change, m->d, m->at, "%.200s: %.100s: %.600s", m->adding->path, name, err.text);
	if (!old) {
		node_put(arena, map, name, value);
		return;
	}
	if (old->kind != NODE_LIST || value->kind != NODE_LIST)
		draft_fail(m->change, m->d, m->at, "%.200s: %.100s is given twice", m->adding->path, name);
	for (struct node *n = value->first, *next; n; n = next) {
		next = n->next;
		node_put(arena, old, NULL, n);
	}
}

/* "proposal.sent" is a field of a map in the item; of a map of the user's own names all behind the dot is the name */
static void
take_field(const struct making *m, struct node *item, const struct fields *fields, const char *name,
	   const char *text)
{
	struct arena *arena = &m->d->arena;
	const struct field *f = field_find(fields, name);
	const char *dot = f ? NULL : strchr(name, '.');
	struct field entry = {.type = FIELD_DECIMAL};

	if (dot)
		f = field_find(fields, arena_copy(arena, name, (size_t)(dot - name)));
	if (!f && !m->adding->force)
		fail_name(m, fields, name);
	if (!f || !dot) {
		put_value(m, item, f, name, text);
	} else if (f->type == FIELD_MAP) {
		take_field(m, map_below(item, f->name, arena), f->sub, dot + 1, text);
	} else if (f->type == FIELD_PAIRS || f->type == FIELD_DECIMALS) {
		entry.name = dot + 1;
		entry.words = f->words;
		if (f->type == FIELD_PAIRS)
			entry.type = f->words ? FIELD_WORD : FIELD_TEXT;
		put_value(m, map_below(item, f->name, arena), &entry, dot + 1, text);
	} else {
		draft_fail(m->change, m->d, m->at, "%.200s: %s has no fields of its own", m->adding->path,
			   f->name);
	}
}

static struct node *
in_order(const struct node *item, const struct fields *fields, struct arena *arena)
{
	struct node *map = node_new_map(arena, STYLE_FLOW);

	for (size_t i = 0; i < fields->n; i++) {
		const struct node *n = node_get(item, fields->field[i].name);

		if (n)
			node_put(arena, map, n->key, node_copy(arena, n));
	}
	for (const struct node *n = item->first; n; n = n->next) {
		if (!field_find(fields, n->key))
			node_put(arena, map, n->key, node_copy(arena, n));
	}
	return map;
}

/* a person's id is made of the name where none is given, as imports make it */
static void
make_id(struct node *item, const struct fields *fields, struct arena *arena)
{
	const char *name = node_get_text(item, "name"), *id;

	if (!name || node_get(item, "id") || !field_find(fields, "id") || !field_find(fields, "name"))
		return;
	id = text_translit(arena, name, strlen(name));
	if (*id)
		node_put_text(arena, item, "id", id);
}

static void
add_item(struct change *c, struct draft *d, const struct place *place, const struct adding *a)
{
	struct node *item = node_new_map(&d->arena, STYLE_FLOW);
	struct making m = {c, d, a, place->node ? place->node : place->parent};
	const struct fields *fields = place->type->sub;

	for (size_t i = 0; i < a->n; i++) {
		const char *arg = a->arg[i];
		size_t n = strcspn(arg, "=");

		if (n == 0 || arg[n] == '\0')
			cli_usage(c->cli, "not a field, as name=value: \"%.60s\"", arg);
		take_field(&m, item, fields, arena_copy(&d->arena, arg, n), arg + n + 1);
	}
	make_id(item, fields, &d->arena);
	change_add(c, d, place, a->path, in_order(item, fields, &d->arena));
}

static bool
has_word(const struct node *list, const char *word)
{
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		if (n->kind == NODE_SCALAR && strcmp(n->text, word) == 0)
			return true;
	}
	return false;
}

/* each as it is given, commas and all */
static void
add_words(struct change *c, struct draft *d, const struct place *place, const struct adding *a)
{
	struct node *list = node_new_list(&d->arena, STYLE_FLOW);
	struct place at = *place;

	for (size_t i = 0; i < a->n; i++) {
		if (utf8_check(a->arg[i], strlen(a->arg[i])) < strlen(a->arg[i]))
			draft_fail(c, d, place->node ? place->node : place->parent, "%.300s: not UTF-8: %s",
				   a->path, text_quoted(&d->arena, a->arg[i]));
		if (!has_word(place->node, a->arg[i]) && !has_word(list, a->arg[i]))
			node_put(&d->arena, list, NULL, node_new_text(&d->arena, a->arg[i]));
	}
	if (list->count == 0)
		return;
	change_check(c, d, place, a->path, list);
	if (!place->node || place->node->count == 0) {
		value_put(&d->doc, &at, list, &d->edits, &d->arena);
		return;
	}
	for (const struct node *n = list->first; n; n = n->next)
		edit_append(&d->edits, &d->arena, place->node, n);
}

/* A list that no table knows: of items where a field is given, else of words. */
static const struct fields own_item = {"item", NULL, 0, 0, true};
static const struct field own_items = {
    .name = "items", .type = FIELD_LIST, .offset = FIELD_UNREAD, .sub = &own_item};
static const struct field own_words = {.name = "words", .type = FIELD_WORDS, .offset = FIELD_UNREAD};

static void
take_for_list(const struct draft *d, struct place *place, const struct adding *a)
{
	const struct node *node = place->node;
	const struct node *in = node ? node->parent : place->parent;

	if (node && node->kind != NODE_LIST && node->len + node->count)
		return;
	place->type = strchr(a->arg[0], '=') ? &own_items : &own_words;
	place->section = in == d->doc.root && place->names <= 1 ? place->type : NULL;
}

static void
add(struct change *c, struct draft *d, void *data)
{
	const struct adding *a = data;
	struct place place;

	change_find(c, d, a->path, &place);
	change_guard(c, d, &place, a->force);
	if (!place.type && !a->force)
		change_guard_name(c, d, &place, a->path);
	if (!place.type && a->force)
		take_for_list(d, &place, a);
	if (place.type && place.type->type == FIELD_LIST)
		add_item(c, d, &place, a);
	else if (place.type && place.type->type == FIELD_WORDS)
		add_words(c, d, &place, a);
	else
		draft_fail(c, d, place.node ? place.node : place.parent,
			   "%.300s: not a list, so nothing can be added to it; use kam-dossier set", a->path);
}

int
dossier_add(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose =
		"Adds an item to a list of a dossier, as contacts; or words to a list of words, as aliases.",
	    .usage = "add [-n] [-d DIR] [--force] ID SECTION NAME=VALUE … | add … ID SECTION WORD …",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct adding adding = {0};
	struct change change;
	bool dry = false;
	char **operands;
	size_t n;
	int option;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd')
			dir = value;
		else if (option == 'n')
			dry = true;
		else
			adding.force = true;
	}
	operands = cli_operands(&cli, &n);
	if (n < 3)
		cli_usage(&cli, "add needs an ID, a SECTION and what to add");
	adding.path = operands[1];
	adding.arg = operands + 2;
	adding.n = n - 2;
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	change.has_force = change.compares = true;
	change.force = adding.force;
	change_run(&change, operands[0], add, &adding);
	change_end(&change);
	return cli_end(&cli, EXIT_DONE);
}
