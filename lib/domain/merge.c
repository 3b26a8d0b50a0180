#include "domain/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/codes.h"
#include "domain/order.h"
#include "domain/sales.h"

/* a map of more names is searched by hash */
#define NAMES_WALKED 32

struct merge {
	const struct doc *into;
	const struct merge_options *options;
	struct edits *edits;
	struct arena *arena;
	struct sink *sink;
	size_t notes;
	int result;
};

/* an incoming item, and the dossier's of the same key */
struct pair {
	const char *key;
	const struct node *from;
	const struct node *into; /* NULL: the key is new */
};

/* a list of the dossier and what comes in for it, item by item */
struct match {
	const struct fields *fields;
	const struct node *into;
	struct pair *pair; /* in the incoming order */
	size_t n;
	struct hash by_key; /* of the pairs */
	size_t repeated;    /* items of the dossier whose key stands before them already */
};

/* the entries of a map, found without walking over them each time */
struct names {
	const struct node *map;
	struct hash by_name;
};

static void
names_index(struct names *names, const struct node *map)
{
	*names = (struct names){.map = map};
	if (map->count <= NAMES_WALKED)
		return;
	for (struct node *n = map->first; n; n = n->next)
		*hash_put(&names->by_name, n->key, strlen(n->key), NULL) = n;
}

static const struct node *
names_get(const struct names *names, const char *name)
{
	if (names->map->count <= NAMES_WALKED)
		return node_get(names->map, name);
	return hash_get(&names->by_name, name, strlen(name));
}

static bool
has_keys(const struct field *f)
{
	return f && f->type == FIELD_LIST && fields_have_keys(f->sub);
}

static bool
is_by_month(const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		if ((fields->field[i].flags & FIELD_KEY) && fields->field[i].type == FIELD_MONTH)
			return true;
	}
	return false;
}

/* "contacts[x].phone": the way to a node, by keys; *fields: the table of its names, or NULL */
static const char *
node_path(struct arena *arena, const struct node *node, const struct fields **fields)
{
	const struct field *f;
	const char *up;

	*fields = &account_fields;
	if (!node->parent)
		return "";
	up = node_path(arena, node->parent, fields);
	if (!node->key)
		return arena_printf(arena, "%s[%s]", up,
				    *fields ? account_item_key(*fields, node, arena) : "");
	f = *fields ? field_find(*fields, node->key) : NULL;
	*fields = f ? f->sub : NULL;
	return arena_printf(arena, "%s%s%s", up, *up ? "." : "", node->key);
}

/* a text as it reads, or a map or list as it is written, in quotes */
static void
add_quoted(struct buf *out, const struct node *node)
{
	struct buf flow = {0};

	if (node->kind == NODE_SCALAR) {
		text_quote(out, node->text, node->len);
		return;
	}
	node_write_flow(&flow, node);
	text_quote(out, flow.data, flow.len);
	buf_free(&flow);
}

static void
note_kept(struct merge *m, const struct node *into, const struct node *from)
{
	const struct fields *fields;
	struct buf text = {0};
	struct error e = {0};

	if (!m->options->kept || node_equal(into, from) || m->notes++ >= MERGE_FINDINGS_MAX)
		return;
	add_quoted(&text, into);
	buf_adds(&text, "; the import says ");
	add_quoted(&text, from);
	node_error(&e, m->into, into, "%.200s: kept: %s", node_path(m->arena, into, &fields), text.data);
	sink_put(m->sink, SEVERITY_WARNING, "kept", &e);
	buf_free(&text);
}

static void
match_free(struct match *match)
{
	free(match->pair);
	hash_free(&match->by_key);
}

static struct pair *
match_find(const struct match *match, const struct node *item, struct arena *arena)
{
	const char *key = account_item_key(match->fields, item, arena);

	return hash_get(&match->by_key, key, strlen(key));
}

static void
match_lists(struct match *match, const struct fields *fields, const struct node *into,
	    const struct node *from, struct arena *arena)
{
	*match = (struct match){.fields = fields, .into = into};
	match->pair = xcalloc(from->count, sizeof *match->pair);
	for (const struct node *n = from->first; n; n = n->next) {
		struct pair *p = &match->pair[match->n++];

		p->from = n;
		p->key = account_item_key(fields, n, arena);
		*hash_put(&match->by_key, p->key, strlen(p->key), NULL) = p;
	}
	for (const struct node *n = into->first; n; n = n->next) {
		struct pair *p = match_find(match, n, arena);

		if (p && p->into)
			match->repeated++;
		else if (p)
			p->into = n;
	}
}

/*
 * Where a list or map ends, the one around it may end too: what is appended to the inner one must come first. So each
 * function below goes into what is there before it appends, and whole sections are replaced last.
 */
static void fill_map(struct merge *, const struct fields *, const struct node *into, const struct node *from);

static void
fill_list(struct merge *m, const struct fields *fields, const struct node *into, const struct node *from)
{
	struct match match;

	match_lists(&match, fields, into, from, m->arena);
	for (size_t i = 0; i < match.n; i++) {
		if (match.pair[i].into)
			fill_map(m, fields, match.pair[i].into, match.pair[i].from);
	}
	for (size_t i = 0; i < match.n; i++) {
		if (!match.pair[i].into)
			edit_append(m->edits, m->arena, into, match.pair[i].from);
	}
	match_free(&match);
}

/* systems that are not there yet, and further codes of those that are */
static void
fill_codes(struct merge *m, const struct node *into, const struct node *from)
{
	struct names names;

	names_index(&names, into);
	for (const struct node *n = from->first; n; n = n->next) {
		const struct node *old = names_get(&names, n->key);

		if (old && node_is_empty(old))
			edit_fill(m->edits, m->arena, m->into, old, n);
		else if (old && old->kind != NODE_MAP)
			codes_add(m->edits, m->arena, old, n);
	}
	for (const struct node *n = from->first; n; n = n->next) {
		if (!node_is_empty(n) && !names_get(&names, n->key))
			edit_append(m->edits, m->arena, into, n);
	}
	hash_free(&names.by_name);
}

/* f: NULL where no table knows the name */
static void
fill_value(struct merge *m, const struct field *f, const struct node *into, const struct node *from)
{
	bool map = f && (f->type == FIELD_MAP || f->type == FIELD_PAIRS || f->type == FIELD_DECIMALS);
	bool codes = f && f->type == FIELD_CODES;

	if (node_is_empty(from))
		return;
	if (node_is_empty(into))
		edit_fill(m->edits, m->arena, m->into, into, from);
	else if (codes && into->kind == NODE_MAP && from->kind == NODE_MAP)
		fill_codes(m, into, from);
	else if (map && into->kind == NODE_MAP && from->kind == NODE_MAP)
		fill_map(m, f->sub, into, from);
	else if (has_keys(f) && into->kind == NODE_LIST && from->kind == NODE_LIST)
		fill_list(m, f->sub, into, from);
	else
		note_kept(m, into, from);
}

/* fields: NULL for names that are the user's own */
static void
fill_map(struct merge *m, const struct fields *fields, const struct node *into, const struct node *from)
{
	struct names names;

	names_index(&names, into);
	for (const struct node *n = from->first; n; n = n->next) {
		const struct node *old = names_get(&names, n->key);

		if (old)
			fill_value(m, fields ? field_find(fields, n->key) : NULL, old, n);
	}
	for (const struct node *n = from->first; n; n = n->next) {
		if (!node_is_empty(n) && !names_get(&names, n->key))
			edit_append(m->edits, m->arena, into, n);
	}
	hash_free(&names.by_name);
}

/* a figure of a month that was more than twice as much: perhaps a part of the month was exported; true: it is said */
static bool
warn_fall(struct merge *m, const struct pair *p, const struct node *item, const char *figure)
{
	const char *was = node_get_text(p->into, figure), *now = node_get_text(item, figure);
	struct decimal before, after, twice;
	struct error e = {0};

	if (!was || decimal_parse(was, strlen(was), &before) < 0 || decimal_sign(&before) <= 0)
		return false;
	if (!now || decimal_parse(now, strlen(now), &after) < 0)
		after = decimal_int(0);
	if (decimal_add(&twice, &after, &after) < 0 || decimal_cmp(&twice, &before) >= 0)
		return false;
	if (m->notes++ >= MERGE_FINDINGS_MAX)
		return true;
	node_error(&e, m->into, p->into, "sales %.100s: %s falls from %s to %s", p->key, figure, was,
		   now ? now : "nothing");
	sink_put(m->sink, SEVERITY_WARNING, "fell", &e);
	return true;
}

static bool
is_own(const struct fields *fields, const struct node *entry, const struct node *item)
{
	return !field_find(fields, entry->key) && !node_get(item, entry->key);
}

static void
note_own(struct merge *m, const struct node *own)
{
	const struct fields *fields;
	struct buf text = {0};
	struct error e = {0};

	if (!m->options->kept || m->notes++ >= MERGE_FINDINGS_MAX)
		return;
	add_quoted(&text, own);
	node_error(&e, m->into, own, "%.200s: kept: %s; imports know no such field",
		   node_path(m->arena, own, &fields), text.data);
	sink_put(m->sink, SEVERITY_WARNING, "kept", &e);
	buf_free(&text);
}

static size_t
count_own(const struct fields *fields, const struct node *into, const struct node *item)
{
	size_t own = 0;

	for (const struct node *n = into->kind == NODE_MAP ? into->first : NULL; n; n = n->next)
		own += is_own(fields, n, item);
	return own;
}

/* Fields that no table knows are a person's, and stay with the item. Where nothing else differs it is the dossier's
 * own, wherever in it they stand. */
static const struct node *
with_own_fields(struct merge *m, const struct fields *fields, const struct node *into,
		const struct node *item)
{
	struct node *known, *all;

	if (count_own(fields, into, item) == 0)
		return item;
	known = node_new_map(m->arena, item->style);
	all = node_copy(m->arena, item);
	for (const struct node *n = into->first; n; n = n->next)
		node_put(m->arena, is_own(fields, n, item) ? all : known, n->key, node_copy(m->arena, n));
	if (node_equal(known, item))
		return into;
	for (const struct node *n = into->first; n; n = n->next) {
		if (is_own(fields, n, item))
			note_own(m, n);
	}
	return all;
}

static int
compare_keys(const void *a, const void *b)
{
	return strcmp((*(struct pair *const *)a)->key, (*(struct pair *const *)b)->key);
}

/* New items in the order of their keys, each before the first item of the dossier whose key is greater. */
static void
insert_by_key(struct merge *m, const struct match *match, struct pair **new, size_t n)
{
	const struct node *before;
	struct order order;

	qsort(new, n, sizeof *new, compare_keys);
	order_init(&order, match->fields, match->into, m->arena);
	for (size_t i = 0; i < n; i++) {
		before = order_place(&order, new[i]->from);
		if (before)
			edit_insert(m->edits, m->arena, before, new[i]->from);
		else
			edit_append(m->edits, m->arena, match->into, new[i]->from);
	}
}

static void
add_new_items(struct merge *m, const struct match *match)
{
	struct pair **new = xcalloc(match->n, sizeof(struct pair *));
	size_t n = 0;

	for (size_t i = 0; i < match->n; i++) {
		if (!match->pair[i].into)
			new[n++] = &match->pair[i];
	}
	if (n && is_by_month(match->fields)) {
		insert_by_key(m, match, new, n);
	} else {
		for (size_t i = 0; i < n; i++)
			edit_append(m->edits, m->arena, match->into, new[i]->from);
	}
	free(new);
}

/* An import says all there is to say of the keys it names, of a month's figures or products where it tells them; what it
 * does not name stays. */
static void
replace_items(struct merge *m, const struct fields *fields, const struct node *into, const struct node *from)
{
	bool months = is_by_month(fields);
	struct match match;

	match_lists(&match, fields, into, from, m->arena);
	/* new items first: in a flow list one may stand at the very byte where an item is replaced */
	add_new_items(m, &match);
	for (size_t i = 0; i < match.n; i++) {
		const struct pair *p = &match.pair[i];
		const struct node *item = p->from;

		if (p->into && months)
			item = sales_item_join(p->into, p->from, m->arena);
		if (!p->into || node_equal(p->into, item))
			continue;
		item = with_own_fields(m, fields, p->into, item);
		if (item == p->into)
			continue;
		if (months && !warn_fall(m, p, item, "revenue"))
			warn_fall(m, p, item, "margin");
		edit_replace(m->edits, m->arena, p->into, item);
	}
	for (const struct node *n = match.repeated ? into->first : NULL; n; n = n->next) {
		const struct pair *p = match_find(&match, n, m->arena);

		if (p && p->into != n)
			edit_drop(m->edits, m->arena, n);
	}
	match_free(&match);
}

static bool
is_replaced(const struct merge_options *options, const char *name)
{
	for (size_t i = 0; i < options->n_replace; i++) {
		if (strcmp(options->replace[i], name) == 0)
			return true;
	}
	return false;
}

static bool
is_taken_whole(const struct merge *m, const struct field *f, const char *name)
{
	return (f && (f->flags & SECTION_COMPUTED)) || is_replaced(m->options, name);
}

static void
merge_section(struct merge *m, const struct field *f, const struct node *into, const struct node *from)
{
	struct error e = {0};

	if (!f || !(f->flags & SECTION_IMPORTED) || !has_keys(f)) {
		fill_value(m, f, into, from);
	} else if (into->kind == NODE_LIST) {
		replace_items(m, f->sub, into, from);
	} else {
		m->result = node_error(&e, m->into, into, "%s: not a list, so nothing can be merged into it",
				       from->key);
		sink_put(m->sink, SEVERITY_ERROR, "layout", &e);
	}
}

/* kam-score's section stays out unless asked for */
static bool
is_left_out(const struct merge_options *options, const struct node *section)
{
	const struct field *f = field_find(&account_fields, section->key);

	return f && (f->flags & SECTION_COMPUTED) && !options->with_score &&
	       !is_replaced(options, section->key);
}

enum step { STEP_INTO, STEP_WHOLE, STEP_APPEND, STEPS };

static enum step
section_step(const struct merge *m, const struct field *f, const struct node *into, const struct node *from)
{
	if (!into)
		return STEP_APPEND;
	if (node_is_empty(into))
		return edit_fills_entries(m->into, into, from) ? STEP_INTO : STEP_WHOLE;
	return is_taken_whole(m, f, from->key) ? STEP_WHOLE : STEP_INTO;
}

/* both say something, and not the same: then the account is another one, or cannot be added to this */
static void
refuse(struct merge *m, const struct doc *from, const char *rule, const struct node *ours,
       const struct node *theirs, const char *advice)
{
	struct buf here = {0}, there = {0};
	struct error e = {0};
	size_t line, column;

	node_quote(&here, ours);
	node_quote(&there, theirs);
	doc_place(from, theirs->start, &line, &column);
	m->result = node_error(&e, m->into, ours, "%.100s: %s here, but %s in %.300s:%zu; %s", ours->key,
			       here.data, there.data, from->file, line, advice);
	sink_put(m->sink, SEVERITY_ERROR, rule, &e);
	buf_free(&here);
	buf_free(&there);
}

/* amounts of two currencies make no sum */
static void
check_currency(struct merge *m, const struct doc *from, const struct names *sections)
{
	const struct node *ours = names_get(sections, "currency"), *theirs = node_get(from->root, "currency");

	if (!ours || !theirs || is_replaced(m->options, "currency") || ours->kind != NODE_SCALAR ||
	    theirs->kind != NODE_SCALAR)
		return;
	if (ours->len && theirs->len && strcmp(ours->text, theirs->text) != 0)
		refuse(m, from, "currency", ours, theirs, "amounts of two currencies do not mix");
}

/* other codes of the same system are another client, whose months would take the place of this one's */
static void
check_codes(struct merge *m, const struct doc *from, const struct names *sections)
{
	const struct node *ours = names_get(sections, "external"), *theirs = node_get(from->root, "external");
	struct names codes;

	if (!ours || !theirs || is_replaced(m->options, "external") || ours->kind != NODE_MAP)
		return;
	names_index(&codes, ours);
	for (const struct node *n = theirs->first; n && n->key && m->result == 0; n = n->next) {
		const struct node *own = names_get(&codes, n->key);

		if (own && codes_first(own) && codes_first(n) && !node_equal(own, n) && !codes_share(own, n))
			refuse(m, from, "code", own, n,
			       "another client? give it a dossier of its own, and import with -a");
	}
	hash_free(&codes.by_name);
}

int
merge_account(const struct doc *into, const struct doc *from, const struct merge_options *options,
	      struct edits *edits, struct arena *arena, struct sink *sink)
{
	struct merge m = {into, options, edits, arena, sink, 0, 0};
	struct names names;

	names_index(&names, into->root);
	check_currency(&m, from, &names);
	if (m.result == 0)
		check_codes(&m, from, &names);
	for (enum step step = STEP_INTO; step < STEPS && m.result == 0; step++) {
		for (const struct node *n = from->root->first; n; n = n->next) {
			const struct field *f = field_find(&account_fields, n->key);
			const struct node *old = names_get(&names, n->key);

			if (node_is_empty(n) || (old && node_equal(old, n)) ||
			    section_step(&m, f, old, n) != step)
				continue;
			if (strcmp(n->key, "id") == 0 || is_left_out(options, n))
				continue;
			if (step == STEP_APPEND)
				edit_append(edits, arena, into->root, n);
			else if (step == STEP_WHOLE)
				edit_replace(edits, arena, old, n);
			else if (node_is_empty(old))
				edit_fill(edits, arena, into, old, n);
			else
				merge_section(&m, f, old, n);
		}
	}
	hash_free(&names.by_name);
	return m.result;
}

void
merge_new(const struct doc *from, const struct merge_options *options, struct edits *edits,
	  struct arena *arena)
{
	for (const struct node *n = from->root->first; n; n = n->next) {
		if (is_left_out(options, n))
			edit_drop(edits, arena, n);
	}
}
