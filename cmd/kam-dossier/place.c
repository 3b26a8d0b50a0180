/*
 * What the verbs do at a place of a dossier: find it, refuse what is not to be
 * changed by hand, judge a value, add an item to a list.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "change.h"
#include "domain/order.h"
#include "domain/value.h"

void
change_find(const struct change *c, struct draft *d, const char *path, struct place *place)
{
	struct error err;

	if (path_find(&d->doc, path, &d->arena, place, &err) < 0)
		cli_fail(c->cli, &err);
}

static const struct node *
somewhere(const struct place *p)
{
	return p->node ? p->node : p->parent;
}

void
change_guard(const struct change *c, const struct draft *d, const struct place *p, bool force)
{
	const struct field *section = p->section;

	if (section && strcmp(section->name, "id") == 0)
		draft_fail(c, d, somewhere(p), "the id is the file's name too; use kam-dossier rename %s NEW",
			   d->id);
	if (force || !section)
		return;
	if (section->flags & SECTION_IMPORTED)
		draft_fail(
		    c, d, somewhere(p),
		    "%s: imports bring this, and the next one would undo the change; mend the source and "
		    "import it again, or use --force",
		    section->name);
	if (section->flags & SECTION_COMPUTED)
		draft_fail(
		    c, d, somewhere(p),
		    "%s: this is computed, not written; use --force if it is to be changed all the same",
		    section->name);
}

/* the name of its table nearest to the first one on the way that is not known, or NULL */
static const char *
nearest_on_way(const struct place *p)
{
	const struct fields *in = p->in;
	const char *nearest = NULL;

	for (size_t i = 0; i < p->names && in; i++) {
		const struct field *f = field_find(in, p->name[i]);

		nearest = f ? NULL : name_nearest(in, p->name[i]);
		in = f ? f->sub : NULL;
	}
	return nearest;
}

void
change_guard_name(const struct change *c, const struct draft *d, const struct place *p, const char *path)
{
	const char *nearest = nearest_on_way(p);

	if (p->type || p->node)
		return;
	if (nearest)
		draft_fail(c, d, p->parent,
			   "%.300s: not a known name; did you mean \"%s\"? (any other: --force)", path,
			   nearest);
	draft_fail(c, d, p->parent,
		   "%.300s: not a known name; kam-account(5) lists them (any other: --force)", path);
}

void
change_guard_drop(const struct change *c, const struct draft *d, const struct place *p, const char *path)
{
	const char *nearest = nearest_on_way(p);

	if (p->type || p->node)
		return;
	if (nearest)
		draft_fail(c, d, p->parent, "%.300s: not there, nor a known name; did you mean \"%s\"?", path,
			   nearest);
	draft_fail(c, d, p->parent, "%.300s: not there, nor a known name; kam-account(5) lists them", path);
}

void
change_check(const struct change *c, struct draft *d, const struct place *p, const char *path,
	     const struct node *value)
{
	struct cli_sink say;

	cli_sink_init(&say, c->cli);
	value_check(&d->doc, somewhere(p), p->type, path, value, &d->arena, &say.sink);
	cli_sink_done(&say);
	if (say.sink.errors)
		cli_fatal(c->cli, "%s: nothing was changed", d->path);
}

/* an item of the list with that key, or NULL */
static const struct node *
item_find(const struct node *list, const struct fields *fields, const char *key, struct arena *arena)
{
	for (const struct node *n = *key ? list->first : NULL; n; n = n->next) {
		if (n->kind == NODE_MAP && strcmp(account_item_key(fields, n, arena), key) == 0)
			return n;
	}
	return NULL;
}

static void
put_item(struct draft *d, const struct place *p, struct node *item)
{
	const struct node *list = p->node, *before;
	struct node *new;
	struct order order;

	if (list && list->count) {
		order_init(&order, p->type->sub, list, &d->arena);
		before = order_place(&order, item);
		if (before)
			edit_insert(&d->edits, &d->arena, before, item);
		else
			edit_append(&d->edits, &d->arena, list, item);
		return;
	}
	new = node_new_list(&d->arena, p->section == p->type ? STYLE_BLOCK : STYLE_FLOW);
	node_put(&d->arena, new, NULL, item);
	value_put(&d->doc, p, new, &d->edits, &d->arena);
}

void
change_add(struct change *c, struct draft *d, const struct place *p, const char *path, struct node *item)
{
	const struct fields *fields = p->type->sub;
	const char *key = account_item_key(fields, item, &d->arena);
	const struct node *same;
	struct place at = *p;
	struct field type = {.name = fields->what, .type = FIELD_MAP, .sub = fields};

	if (p->node && p->node->len)
		draft_fail(c, d, p->node, "%.300s: not a list, so nothing can be added to it", path);
	at.type = &type;
	change_check(c, d, &at, path, item);
	same = p->node ? item_find(p->node, fields, key, &d->arena) : NULL;
	if (same && node_equal(same, item))
		return;
	if (same)
		draft_fail(c, d, same, "%.300s: this %s is there already: %s; change it with kam-dossier set",
			   path, fields->what, text_quoted(&d->arena, key));
	put_item(d, p, item);
}

struct date
change_day(const struct cli *cli, const char *what, const char *text)
{
	struct offset offset;
	struct date day;

	if (date_parse(text, strlen(text), &day) == 0)
		return day;
	if (offset_parse(text, strlen(text), &offset) == 0) {
		day = date_add_offset(cli->today, offset, 1, NULL);
		if (date_is_set(day))
			return day;
	}
	cli_usage(cli,
		  "%s: neither a date, as 2026-11-22, nor a span of time from today, as 3bd, 10d, 1w, 2m: "
		  "\"%.60s\"",
		  what, text);
}

const char *
change_day_text(struct arena *arena, struct date day)
{
	struct buf text = {0};
	const char *copy;

	date_format(&text, day);
	copy = arena_copy(arena, text.len ? text.data : "", text.len);
	buf_free(&text);
	return copy;
}

const char *
change_user(void)
{
	const char *user = getenv("KAM_USER");

	return user && *user ? user : NULL;
}
