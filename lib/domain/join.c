#include "domain/join.h"

#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "data/comments.h"
#include "domain/codes.h"
#include "domain/joinparts.h"
#include "domain/order.h"
#include "domain/path.h"
#include "domain/taxnumber.h"
#include "domain/value.h"

struct join {
	const struct doc *into, *from;
	const struct node *theirs; /* the root of `from` as it comes in */
	const struct join_options *options;
	struct edits *edits;
	struct arena *arena;
	struct sink *sink;
	struct node *differs; /* paths to values of `from` */
};

static void
differ(struct join *j, const struct node *into, const struct node *from)
{
	const char *path = path_of(from, j->arena);
	struct buf text = {0};
	struct error e;

	node_put(j->arena, j->differs, path, node_copy(j->arena, from));
	node_quote(&text, into);
	buf_adds(&text, " stays; the other says ");
	node_quote(&text, from);
	node_error(&e, j->into, into, "%.300s: %s", path, text.data);
	sink_put(j->sink, SEVERITY_WARNING, "differs", &e);
	buf_free(&text);
}

/* items and words that are not there yet, by what they say */
static void
join_plain_list(struct join *j, const struct node *into, const struct node *from)
{
	struct hash there = {0};
	struct buf flow = {0};

	for (int pass = 0; pass < 2; pass++) {
		for (struct node *n = pass ? from->first : into->first; n; n = n->next) {
			void **place;

			buf_clear(&flow);
			buf_addc(&flow, n->kind == NODE_SCALAR ? '.' : ' ');
			if (n->kind == NODE_SCALAR)
				buf_add(&flow, n->text, n->len);
			else
				node_write_flow(&flow, n);
			place = hash_put(&there, arena_copy(j->arena, flow.data, flow.len), flow.len, NULL);
			if (pass && !*place)
				edit_append(j->edits, j->arena, into, n);
			*place = n;
		}
	}
	hash_free(&there);
	buf_free(&flow);
}

static void join_map(struct join *, const struct fields *, const struct node *into, const struct node *from);

static void
add_items(struct join *j, const struct fields *fields, const struct node *into,
	  const struct node *const *item, size_t n)
{
	struct order order;

	order_init(&order, fields, into, j->arena);
	for (size_t i = 0; i < n; i++) {
		const struct node *before = order_place(&order, item[i]);

		if (before)
			edit_insert(j->edits, j->arena, before, item[i]);
		else
			edit_append(j->edits, j->arena, into, item[i]);
	}
}

/* do both say something, and not the same? The field that is passed over is but another spelling. */
static bool
contradicts(const struct node *into, const struct node *from, const struct field *over)
{
	struct hash names = {0};
	bool found = false;

	if (node_is_empty(into) || node_is_empty(from))
		return false;
	if (into->kind != NODE_MAP || from->kind != NODE_MAP)
		return !node_equal(into, from);
	for (struct node *n = into->first; n; n = n->next)
		*hash_put(&names, n->key, strlen(n->key), NULL) = n;
	for (const struct node *n = from->first; n && !found; n = n->next) {
		const struct node *old = hash_get(&names, n->key, strlen(n->key));

		if (old && !(over && strcmp(n->key, over->name) == 0))
			found = contradicts(old, n, NULL);
	}
	hash_free(&names);
	return found;
}

/* an item that both have: filled up, or the one or the other, not a mixture */
static void
join_item(struct join *j, const struct field *list, const struct node *into, const struct node *from)
{
	bool whole = (list->flags & SECTION_IMPORTED) ||
		     (!(list->flags & SECTION_FACTS) && contradicts(into, from, title_field(list->sub)));

	if (!whole)
		join_map(j, list->sub, into, from);
	else if (!node_equal(into, from))
		differ(j, into, from);
}

static void
join_items(struct join *j, const struct field *list, const struct node *into, const struct node *from)
{
	const struct fields *fields = list->sub;
	const struct node **new = arena_alloc(j->arena, (from->count + 1) * sizeof *new);
	struct hash by_key = {0};
	size_t count = 0;

	for (struct node *n = into->first; n; n = n->next) {
		const char *key = account_item_key(fields, n, j->arena);

		*hash_put(&by_key, key, strlen(key), NULL) = n;
	}
	for (const struct node *n = from->first; n; n = n->next) {
		const char *key = account_item_key(fields, n, j->arena);
		const struct node *old = hash_get(&by_key, key, strlen(key));

		if (old)
			join_item(j, list, old, n);
		else
			new[count++] = n;
	}
	add_items(j, fields, into, new, count);
	hash_free(&by_key);
}

static void
warn_tax(struct join *j, const struct node *into, const struct node *from)
{
	struct buf text = {0};
	struct error e;

	node_quote(&text, into);
	buf_adds(&text, " and ");
	node_quote(&text, from);
	node_error(&e, j->into, into, "external/%.100s: %s are both kept; are they of one company?",
		   into->key, text.data);
	sink_put(j->sink, SEVERITY_WARNING, "tax-number", &e);
	buf_free(&text);
}

/* Rows with the codes of either find the account from now on. Two tax numbers may yet be two companies. */
static void
join_codes(struct join *j, const struct node *into, const struct node *from)
{
	for (const struct node *n = from->first; n; n = n->next) {
		const struct node *old = node_get(into, n->key);

		if (!old || node_is_empty(n))
			continue;
		if (node_is_empty(old))
			edit_fill(j->edits, j->arena, j->into, old, n);
		else if (old->kind == NODE_MAP || n->kind == NODE_MAP)
			differ(j, old, n);
		else if (codes_add(j->edits, j->arena, old, n) && tax_system(n->key))
			warn_tax(j, old, n);
	}
	for (const struct node *n = from->first; n; n = n->next) {
		if (!node_is_empty(n) && !node_get(into, n->key))
			edit_append(j->edits, j->arena, into, n);
	}
}

/* f: NULL where no table knows the name */
static void
join_value(struct join *j, const struct field *f, const struct node *into, const struct node *from)
{
	enum field_type type = f ? f->type : FIELD_ANY;
	bool lists = into->kind == NODE_LIST && from->kind == NODE_LIST;
	bool maps = into->kind == NODE_MAP && from->kind == NODE_MAP;

	if (node_is_empty(from) || node_equal(into, from))
		return;
	if (node_is_empty(into))
		edit_fill(j->edits, j->arena, j->into, into, from);
	else if (maps && type == FIELD_CODES)
		join_codes(j, into, from);
	else if (lists && type == FIELD_LIST && fields_have_keys(f->sub))
		join_items(j, f, into, from);
	else if (lists && (type == FIELD_LIST || type == FIELD_WORDS))
		join_plain_list(j, into, from);
	else if (maps)
		join_map(j, type == FIELD_MAP ? f->sub : NULL, into, from);
	else
		differ(j, into, from);
}

/* does join_account itself see to the section? */
static bool
is_special(const struct node *map, const struct node *entry)
{
	static const char *const names[] = {"id", "name", "aliases", "joined"};
	const struct field *f = map->parent ? NULL : field_find(&account_fields, entry->key);

	for (size_t i = 0; !map->parent && i < sizeof names / sizeof *names; i++) {
		if (strcmp(entry->key, names[i]) == 0)
			return true;
	}
	return f && (f->flags & SECTION_COMPUTED);
}

/* fields: NULL for names that are the user's own */
static void
join_map(struct join *j, const struct fields *fields, const struct node *into, const struct node *from)
{
	struct hash names = {0};

	for (struct node *n = into->first; n; n = n->next)
		*hash_put(&names, n->key, strlen(n->key), NULL) = n;
	for (const struct node *n = from->first; n; n = n->next) {
		const struct node *old = hash_get(&names, n->key, strlen(n->key));

		if (old && !is_special(from, n))
			join_value(j, fields ? field_find(fields, n->key) : NULL, old, n);
	}
	for (const struct node *n = from->first; n; n = n->next) {
		if (!node_is_empty(n) && !is_special(from, n) && !hash_get(&names, n->key, strlen(n->key)))
			edit_append(j->edits, j->arena, into, n);
	}
	hash_free(&names);
}

/* The section's place, for what is put there as a whole. */
static struct place
section_place(const struct doc *doc, const char *name, struct arena *arena)
{
	const struct field *f = field_find(&account_fields, name);
	struct place place = {.node = node_get(doc->root, name),
			      .type = f,
			      .section = f,
			      .parent = doc->root,
			      .in = &account_fields,
			      .names = 1};

	place.name = arena_alloc(arena, sizeof *place.name);
	place.name[0] = name;
	return place;
}

/* entries for a list that is there, or not yet */
static void
add_entries(struct join *j, const char *section, struct node *list)
{
	struct place place = section_place(j->into, section, j->arena);

	if (list->count == 0)
		return;
	if (!place.node || node_is_empty(place.node)) {
		value_put(j->into, &place, list, j->edits, j->arena);
		return;
	}
	for (const struct node *n = list->first; n; n = n->next)
		edit_append(j->edits, j->arena, place.node, n);
}

static bool
is_named(const struct node *root, const char *name)
{
	const struct node *aliases = node_get(root, "aliases");
	const char *own = node_get_text(root, "name");

	for (const struct node *n = aliases ? aliases->first : NULL; n; n = n->next) {
		if (n->kind == NODE_SCALAR && strcmp(n->text, name) == 0)
			return true;
	}
	return own && strcmp(own, name) == 0;
}

/* all names of the other are names of this one */
static void
join_names(struct join *j)
{
	const struct node *into = j->into->root, *from = j->theirs, *aliases = node_get(from, "aliases");
	const struct node *ours = node_get(into, "name"), *theirs = node_get(from, "name");
	struct node *list = node_new_list(j->arena, STYLE_FLOW);
	struct place place = section_place(j->into, "name", j->arena);

	if (theirs && !node_is_empty(theirs) && (!ours || node_is_empty(ours)))
		value_put(j->into, &place, node_copy(j->arena, theirs), j->edits, j->arena);
	else if (theirs && !node_is_empty(theirs) && !is_named(into, theirs->text))
		node_put(j->arena, list, NULL, node_new_text(j->arena, theirs->text));
	for (const struct node *n = aliases ? aliases->first : NULL; n; n = n->next) {
		if (n->kind == NODE_SCALAR && !is_named(into, n->text))
			node_put(j->arena, list, NULL, node_copy(j->arena, n));
	}
	add_entries(j, "aliases", list);
}

static const struct node *
item_of(const struct node *list, const char *id)
{
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		const char *text = node_get_text(n, "id");

		if (text && strcmp(text, id) == 0)
			return n;
	}
	return NULL;
}

static struct node *
comments_of(struct join *j)
{
	struct node *ours = node_new_list(j->arena, STYLE_FLOW),
		    *theirs = node_new_list(j->arena, STYLE_FLOW);
	struct hash seen = {0};

	comments_collect(j->into, ours, &seen, j->arena);
	comments_collect(j->from, theirs, &seen, j->arena);
	hash_free(&seen);
	return theirs;
}

/* what a joining that was broken off, or another dossier of that id, has noted already stays */
static void
update_item(struct join *j, const struct node *old, const struct node *comments)
{
	const struct node *differs = node_get(old, "differs"), *kept = node_get(old, "comments");

	if (differs && differs->kind == NODE_MAP && differs->count)
		for (const struct node *n = j->differs->first; n; n = n->next) {
			const struct node *noted = node_get(differs, n->key);

			if (!noted)
				edit_append(j->edits, j->arena, differs, n);
			else if (!node_equal(noted, n))
				edit_replace(j->edits, j->arena, noted, n);
		}
	else if (j->differs->count)
		edit_append(j->edits, j->arena, old, j->differs);
	if (kept && kept->count)
		join_plain_list(j, kept, comments);
	else if (comments->count)
		edit_append(j->edits, j->arena, old, comments);
}

/* the other's own `joined`, and the item for this joining */
static void
note_joining(struct join *j)
{
	const struct node *ours = node_get(j->into->root, "joined"), *theirs = node_get(j->theirs, "joined");
	struct node *list = node_new_list(j->arena, STYLE_BLOCK), *item, *comments = comments_of(j);
	const char *id = node_get_text(j->from->root, "id");
	const struct node *old = item_of(ours, id);

	j->differs->key = "differs";
	comments->key = "comments";
	for (const struct node *n = theirs ? theirs->first : NULL; n; n = n->next) {
		const char *other = node_get_text(n, "id");
		const struct node *taken = other ? item_of(ours, other) : NULL;

		if (!taken && !(other && strcmp(other, id) == 0))
			node_put(j->arena, list, NULL, node_copy(j->arena, n));
		else if (!taken || !node_equal(taken, n))
			differ(j, taken ? taken : j->into->root, n);
	}
	if (old) {
		update_item(j, old, comments);
	} else {
		item = node_new_map(j->arena, STYLE_FLOW);
		node_put_text(j->arena, item, "id", id);
		node_put_plain(j->arena, item, "date", j->options->date);
		node_put_text(j->arena, item, "by", j->options->by);
		if (j->differs->count)
			node_put(j->arena, item, "differs", j->differs);
		if (comments->count)
			node_put(j->arena, item, "comments", comments);
		node_put(j->arena, list, NULL, item);
	}
	add_entries(j, "joined", list);
}

static int
refuse(struct join *j, const char *rule, const struct node *at, const char *text)
{
	struct error e;

	node_error(&e, j->into, at, "%s", text);
	sink_put(j->sink, SEVERITY_ERROR, rule, &e);
	return -1;
}

static bool
is_parent(const struct node *child, const struct node *other)
{
	const char *parent = node_get_text(child, "parent"), *id = node_get_text(other, "id");

	return parent && id && strcmp(parent, id) == 0;
}

static int
check(struct join *j)
{
	const struct node *into = j->into->root, *from = j->from->root;
	const char *ours = node_get_text(into, "currency"), *theirs = node_get_text(from, "currency");

	if (ours && theirs && strcmp(ours, theirs) != 0)
		return refuse(
		    j, "currency", node_get(into, "currency"),
		    arena_printf(j->arena,
				 "currency: %.40s here, %.40s in the other; amounts of two currencies do not "
				 "mix: convert the other's first",
				 ours, theirs));
	if (is_parent(into, from) || is_parent(from, into))
		return refuse(
		    j, "parent", node_get(into, "id"),
		    "parent: one of the two rolls up to the other, so they are two companies; if not, empty "
		    "the parent first");
	return 0;
}

int
join_account(const struct doc *into, const struct doc *from, const struct join_options *options,
	     struct edits *edits, struct arena *arena, struct sink *sink)
{
	struct join j = {.into = into,
			 .from = from,
			 .options = options,
			 .edits = edits,
			 .arena = arena,
			 .sink = sink,
			 .differs = node_new_map(arena, STYLE_FLOW)};

	if (check(&j) < 0)
		return -1;
	j.theirs = join_rename(into, from->root, arena, sink);
	join_names(&j);
	join_map(&j, &account_fields, into->root, j.theirs);
	note_joining(&j);
	return 0;
}
