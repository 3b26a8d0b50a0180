#include "domain/redact.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/account.h"

/* one list being judged */
struct judging {
	const struct doc *doc;
	const struct node *list;
	struct arena *arena; /* of the messages */
	struct sink *sink;
};

static int
refuse(struct judging *j, const struct node *node, const char *what)
{
	struct error err;

	node_error(&err, j->doc, node, "access: %.900s", what);
	sink_put(j->sink, SEVERITY_ERROR, "access", &err);
	return -1;
}

/* the field of that name, which is not ended */
static const struct field *
part_find(const struct fields *fields, const char *name, size_t n)
{
	for (size_t i = 0; i < fields->n; i++) {
		if (strncmp(fields->field[i].name, name, n) == 0 && fields->field[i].name[n] == '\0')
			return &fields->field[i];
	}
	return NULL;
}

static bool
is_listed(const struct node *list, const char *path, size_t n)
{
	for (const struct node *item = list->first; item; item = item->next) {
		if (item->kind == NODE_SCALAR && item->len == n && memcmp(item->text, path, n) == 0)
			return true;
	}
	return false;
}

/* is something listed that lies deeper than the path? */
static bool
is_on_the_way(const struct node *list, const char *path, size_t n)
{
	for (const struct node *item = list->first; item; item = item->next) {
		if (item->len > n && item->text[n] == '.' && memcmp(item->text, path, n) == 0)
			return true;
	}
	return false;
}

/* by its id an item is found, and it says nothing of itself */
static bool
goes_along(const struct field *f)
{
	return (f->flags & FIELD_REQUIRED) && strcmp(f->name, "id") == 0;
}

/* an item of which the first n bytes of the path are shown in part can be read again only with its required fields */
static int
check_required(struct judging *j, const struct node *item, size_t n, const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		const char *path;

		if (!(f->flags & FIELD_REQUIRED) || goes_along(f))
			continue;
		path = arena_printf(j->arena, "%.*s.%s", (int)n, item->text, f->name);
		if (!is_listed(j->list, path, strlen(path)))
			return refuse(j, item,
				      arena_printf(j->arena, "%s: each %s must have its %s: list %s too",
						   text_quoted(j->arena, item->text), fields->what, f->name,
						   path));
	}
	return 0;
}

static int
refuse_unknown(struct judging *j, const struct node *item, const struct fields *fields, size_t n)
{
	const char *quoted = text_quoted(j->arena, item->text), *nearest, *names[128];
	size_t end = n + strcspn(item->text + n, "."), count = 0;

	for (; count < fields->n && count < sizeof names / sizeof *names; count++)
		names[count] = fields->field[count].name;
	nearest = text_nearest(arena_copy(j->arena, item->text + n, end - n), names, count);
	if (!nearest)
		return refuse(j, item, arena_printf(j->arena, "no such section or field: %s", quoted));
	return refuse(j, item,
		      arena_printf(j->arena, "no such section or field: %s, did you mean %.*s%s?", quoted,
				   (int)n, item->text, nearest));
}

/* is each part of "plan.actions.what" a name of its table? */
static int
check_path(struct judging *j, const struct node *item)
{
	const struct fields *fields = &account_fields;
	size_t at = 0, n;

	if (strcmp(item->text, "access") == 0 || strncmp(item->text, "access.", 7) == 0)
		return refuse(j, item, "who may read what is shown to nobody");
	for (;; at += n + 1) {
		const struct field *f;

		n = strcspn(item->text + at, ".");
		f = fields ? part_find(fields, item->text + at, n) : NULL;
		if (!f)
			return refuse_unknown(j, item, fields ? fields : &account_fields, fields ? at : 0);
		if (item->text[at + n] == '\0')
			return 0;
		fields = f->sub && f->sub->n ? f->sub : NULL;
		if (f->type == FIELD_LIST && check_required(j, item, at + n, f->sub) < 0)
			return -1;
	}
}

/* Against the items before it. They differ and have passed, so there are no more of them than the tables have names. */
static int
check_overlap(struct judging *j, const struct node *item)
{
	for (const struct node *before = j->list->first; before != item; before = before->next) {
		const struct node *wide = before->len < item->len ? before : item,
				  *narrow = wide == before ? item : before;

		if (before->len == item->len && strcmp(before->text, item->text) == 0)
			return refuse(
			    j, item,
			    arena_printf(j->arena, "listed twice: %s", text_quoted(j->arena, item->text)));
		if (memcmp(narrow->text, wide->text, wide->len) == 0 && narrow->text[wide->len] == '.')
			return refuse(
			    j, item,
			    arena_printf(
				j->arena, "%s shows all of it, and %s a part: list the one that is meant",
				text_quoted(j->arena, wide->text), text_quoted(j->arena, narrow->text)));
	}
	return 0;
}

static int
check_list(struct judging *j)
{
	const struct node *item;

	if (j->list->kind != NODE_LIST)
		return refuse(j, j->list,
			      arena_printf(j->arena,
					   "%s: not a list of sections, as [profile, contacts.name]",
					   text_quoted(j->arena, j->list->key)));
	for (item = j->list->first; item; item = item->next) {
		if (item->kind != NODE_SCALAR || item->len == 0)
			return refuse(j, item, "not the name of a section or field");
	}
	for (item = j->list->first; item; item = item->next) {
		if (check_path(j, item) < 0 || check_overlap(j, item) < 0)
			return -1;
	}
	return 0;
}

int
access_check(const struct doc *doc, const struct node *access, struct sink *sink)
{
	struct arena arena = {0};
	struct judging j = {.doc = doc, .arena = &arena, .sink = sink};
	int status = 0;

	if (!access || (access->kind == NODE_SCALAR && access->len == 0))
		return 0;
	if (access->kind != NODE_MAP)
		return refuse(&j, access, "not a map of audiences to lists of sections");
	for (j.list = access->first; j.list; j.list = j.list->next) {
		if (check_list(&j) < 0)
			status = -1;
		arena_reset(&arena);
	}
	arena_free(&arena);
	return status;
}

/* Absent data says nothing, and inside of braces would be an error where no table knows its name. */
static bool
is_absent(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->len == 0 && node->style == STYLE_PLAIN;
}

/* all of a value, anew */
static struct node *
copy(struct arena *arena, const struct node *from)
{
	struct node *to;

	if (from->kind == NODE_SCALAR)
		return node_copy(arena, from);
	to = from->kind == NODE_MAP ? node_new_map(arena, STYLE_FLOW) : node_new_list(arena, STYLE_FLOW);
	for (const struct node *n = from->first; n; n = n->next) {
		if (!is_absent(n) || from->kind == NODE_LIST)
			node_put(arena, to, n->key, copy(arena, n));
	}
	return to;
}

/* what is on the way from the account's top to a value */
struct walk {
	struct arena *arena;
	const struct node *list;
	char path[256]; /* names of tables, joined by dots */
	struct texts *unknown;
	size_t unknown_cap;
};

/* a field of what is listed that no table knows: nobody has judged whether it may be shown */
static void
unknown_add(struct walk *w, size_t n, const struct node *entry)
{
	struct texts *u = w->unknown;
	const char **grown;

	if (is_absent(entry))
		return;
	if (u->n == w->unknown_cap) {
		w->unknown_cap = 2 * u->n + 8;
		grown = arena_alloc(w->arena, w->unknown_cap * sizeof *grown);
		if (u->n > 0)
			memcpy(grown, u->v, u->n * sizeof *grown);
		u->v = grown;
	}
	u->v[u->n++] = arena_printf(w->arena, "%.*s.%s", (int)n, w->path, entry->key);
}

static struct node *shown_part(struct walk *, const struct node *, const struct field *, size_t n, bool all);

/* The entries of a map that are listed, or on the way to what is; along: which go along; all: the map is listed. */
static struct node *
shown_entries(struct walk *w, const struct node *map, const struct fields *fields, size_t n, bool all,
	      bool (*along)(const struct field *))
{
	struct node *out = node_new_map(w->arena, STYLE_FLOW);

	for (const struct node *entry = map->first; entry; entry = entry->next) {
		const struct field *f = field_find(fields, entry->key);
		struct node *value = NULL;
		size_t end;

		if (!f && all)
			unknown_add(w, n, entry);
		/* a name that no table knows may look like a path */
		if (!f || is_absent(entry))
			continue;
		end = n + (size_t)snprintf(w->path + n, sizeof w->path - n, "%s%s", n ? "." : "", f->name);
		if (all || is_listed(w->list, w->path, end) || along(f))
			value = shown_part(w, entry, f, end, true);
		else if (is_on_the_way(w->list, w->path, end))
			value = shown_part(w, entry, f, end, false);
		if (value)
			node_put(w->arena, out, f->name, value);
	}
	return out;
}

/* Of a map, or of each map of a list, the listed fields, or all that its table knows; any other value is shown as a
 * whole or not. NULL: nothing is. */
static struct node *
shown_part(struct walk *w, const struct node *node, const struct field *f, size_t n, bool all)
{
	struct node *out, *item;

	if (f->type != FIELD_MAP && f->type != FIELD_LIST)
		return all ? copy(w->arena, node) : NULL;
	if (node->kind == NODE_MAP && f->type == FIELD_MAP) {
		out = shown_entries(w, node, f->sub, n, all, goes_along);
		return out->count ? out : NULL;
	}
	if (node->kind != NODE_LIST || f->type != FIELD_LIST)
		return NULL;
	out = node_new_list(w->arena, STYLE_FLOW);
	for (const struct node *in = node->first; in; in = in->next) {
		item = in->kind == NODE_MAP ? shown_entries(w, in, f->sub, n, all, goes_along) : NULL;
		if (item && item->count)
			node_put(w->arena, out, NULL, item);
	}
	return out->count ? out : NULL;
}

static bool
is_always_shown(const struct field *f)
{
	return strcmp(f->name, "id") == 0 || strcmp(f->name, "name") == 0;
}

struct node *
redact(struct arena *arena, const struct node *account, const struct node *list, struct texts *unknown)
{
	struct walk w = {.arena = arena, .list = list, .unknown = unknown};
	struct node *out;

	*unknown = (struct texts){0};
	out = shown_entries(&w, account, &account_fields, 0, false, is_always_shown);

	for (struct node *section = out->first; section; section = section->next) {
		const struct field *f = field_find(&account_fields, section->key);

		if (section->kind != NODE_SCALAR && (f->type == FIELD_LIST || f->type == FIELD_MAP))
			section->style = STYLE_BLOCK;
	}
	return out;
}

int
redact_write(struct buf *out, const struct node *tree, const char *file, struct error *err)
{
	size_t before = out->len;
	struct doc again = {0};
	int status;

	for (const struct node *section = tree->first; section; section = section->next)
		node_write_section(out, section->key, section, "\n");
	status = doc_parse(&again, file, 1, (struct str){out->data + before, out->len - before}, err);
	if (status == 0 && !node_equal(again.root, tree))
		status = error_at(err, file, 0, 0, "what is shown of it cannot be written");
	doc_free(&again);
	if (status < 0)
		out->len = before;
	return status;
}
