/*
 * kam-dossier set: one value, by its path.
 */
#include <string.h>

#include "base/text.h"
#include "change.h"
#include "domain/references.h"
#include "domain/value.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {0, "drop", NULL, "take the field, item or section out, with its name"},
    {0, "force", NULL, "also what imports bring, what is computed, names that no table knows, and mistakes"},
};

struct setting {
	const char *path;
	const char *text; /* NULL: it is to be dropped */
	bool force;
	size_t references; /* that were changed too */
};

/* a reference being changed */
struct following {
	struct draft *draft;
	struct setting *setting;
};

static void
follow(void *data, struct node *value, const char *text)
{
	struct following *f = data;

	draft_put_id(f->draft, value, text);
	f->setting->references++;
}

/* who refers to an item by its id does so by its new one */
static void
follow_id(struct draft *d, const struct place *place, struct setting *s)
{
	const struct node *item = place->node ? place->node->parent : NULL;
	struct following f = {d, s};
	struct hash names = {0};

	if (!*s->text || !item || !item->parent || item->parent->kind != NODE_LIST ||
	    strcmp(place->node->key, "id") != 0 || place->node->kind != NODE_SCALAR ||
	    place->node->len == 0 || strcmp(place->node->text, s->text) == 0)
		return;
	*hash_put(&names, place->node->text, place->node->len, NULL) = (void *)s->text;
	references_rename(d->doc.root, path_of(item->parent, &d->arena), &names, &d->arena, follow, &f);
	hash_free(&names);
}

static void
set(struct change *c, struct draft *d, void *data)
{
	struct setting *s = data;
	struct place place;
	struct node *value;
	struct error err;

	s->references = 0;
	change_find(c, d, s->path, &place);
	change_guard(c, d, &place, s->force);
	if (!s->text) {
		change_guard_drop(c, d, &place, s->path);
		if (place.node)
			edit_drop(&d->edits, &d->arena, place.node);
		return;
	}
	if (!s->force)
		change_guard_name(c, d, &place, s->path);
	value = value_make(place.type, s->text, &d->arena, &err);
	if (!value)
		draft_fail(
		    c, d, place.node ? place.node : place.parent, "%.300s: %.600s%s", s->path, err.text,
		    value_has_names(place.type) ? arena_printf(&d->arena, ": %.300s/NAME", s->path) : "");
	if (!place.type && place.node && place.node->count)
		draft_fail(c, d, place.node,
			   "%.300s: holds more than one value; name one of them, or use --drop", s->path);
	change_check(c, d, &place, s->path, value);
	value_put(&d->doc, &place, value, &d->edits, &d->arena);
	follow_id(d, &place, s);
}

int
dossier_set(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Sets one value of a dossier, as contacts/volkov/phone; an empty VALUE empties it.",
	    .usage = "set [-n] [-d DIR] [--force] ID PATH VALUE | set [-n] [-d DIR] [--force] --drop ID PATH",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *text, *dir = NULL;
	bool dry = false, drop = false;
	struct setting setting = {0};
	struct change change;
	char **operands;
	size_t n;
	int option;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &text)) != -1) {
		if (option == 'd')
			dir = text;
		else if (option == 'n')
			dry = true;
		else if (option == cli_option_id(&cli, "drop"))
			drop = true;
		else
			setting.force = true;
	}
	operands = cli_operands(&cli, &n);
	if (n != (drop ? 2 : 3))
		cli_usage(&cli,
			  drop
			      ? "--drop needs an ID and a PATH, and no VALUE"
			      : "set needs an ID, a PATH and a VALUE; a value of several words needs quotes, "
				"one that begins with '-' needs -- before the ID");
	setting.path = operands[1];
	setting.text = drop ? NULL : operands[2];
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	change.has_force = change.compares = true;
	change.force = setting.force;
	change_run(&change, operands[0], set, &setting);
	if (setting.references && !cli.quiet)
		cli_warn(&cli, "%s: %zu reference%s to it %s too", operands[1], setting.references,
			 setting.references == 1 ? "" : "s", dry ? "would be changed" : "changed");
	change_end(&change);
	return cli_end(&cli, EXIT_DONE);
}
