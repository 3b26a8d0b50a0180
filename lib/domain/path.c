#include "domain/path.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define NUMBER_DIGITS 9
#define NAMED_MAX 8 /* keys that a message lists */

static const struct field account_field = {
    .name = "account", .type = FIELD_MAP, .offset = FIELD_UNREAD, .sub = &account_fields};

static const struct field *
entry_field(struct arena *arena, const struct field *of, enum field_type type, const char *name)
{
	struct field *f = arena_alloc(arena, sizeof *f);

	*f = (struct field){
	    .name = name, .type = type, .offset = FIELD_UNREAD, .words = of->words, .unit = of->unit};
	if (type == FIELD_MAP)
		f->sub = of->sub;
	return f;
}

/* The names of a map whose table has none are the user's own, and list words, as audiences what they may read. NULL:
 * something else stands there. */
static const struct field *
own_name_type(struct arena *arena, const struct field *of, const char *name, const struct node *entry)
{
	for (const struct node *n = entry ? entry->first : NULL; n; n = n->next) {
		if (n->kind != NODE_SCALAR || n->key)
			return NULL;
	}
	return entry_field(arena, of, FIELD_WORDS, name);
}

/* the type of an entry: of that name in a map, or an item of a list; NULL where no table knows it. entry: NULL if it is
 * not there yet */
static const struct field *
entry_type(struct arena *arena, const struct field *of, const char *name, const struct node *entry)
{
	switch (of ? of->type : FIELD_ANY) {
	case FIELD_MAP:
		if (of->sub->n == 0)
			return own_name_type(arena, of, name, entry);
		return field_find(of->sub, name);
	case FIELD_LIST:
		return entry_field(arena, of, FIELD_MAP, of->sub->what);
	case FIELD_PAIRS:
	case FIELD_WORDS:
		return entry_field(arena, of, of->words ? FIELD_WORD : FIELD_TEXT, name ? name : of->name);
	case FIELD_CODES:
		return entry_field(arena, of, entry && entry->kind == NODE_LIST ? FIELD_WORDS : FIELD_TEXT,
				   name);
	case FIELD_DECIMALS:
		return entry_field(arena, of, FIELD_DECIMAL, name);
	case FIELD_DAYS:
		return entry_field(arena, of, FIELD_INT, of->name);
	default:
		return NULL;
	}
}

/* does the item's key consist of several parts, in which account_item_key has escaped the slashes? */
static bool
is_of_parts(const struct fields *fields, const struct node *item)
{
	size_t parts = 0;

	if (field_find(fields, "id") && node_get_text(item, "id"))
		return false;
	for (size_t i = 0; i < fields->n; i++)
		parts += (fields->field[i].flags & FIELD_KEY) != 0;
	return parts > 1;
}

void
path_add_name(struct buf *out, const char *name)
{
	for (; *name; name++) {
		if (*name == '/' || *name == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *name);
	}
}

static size_t
item_number(const struct node *item)
{
	size_t number = 1;

	for (const struct node *n = item->parent ? item->parent->first : NULL; n && n != item; n = n->next)
		number++;
	return number;
}

static void
add_key(struct buf *out, const struct fields *fields, const struct node *item, const char *key)
{
	if (*key == '#')
		buf_addc(out, '\\');
	if (is_of_parts(fields, item))
		buf_adds(out, key);
	else
		path_add_name(out, key);
}

void
path_add_item(struct buf *out, const struct fields *fields, const struct node *item, size_t number,
	      struct arena *arena)
{
	const char *key = fields && item->kind == NODE_MAP ? account_item_key(fields, item, arena) : "";

	if (*key)
		add_key(out, fields, item, key);
	else
		buf_printf(out, "%s%zu", fields_have_keys(fields) ? "#" : "",
			   number ? number : item_number(item));
}

/* its type */
static const struct field *
add_path(struct buf *out, const struct node *node, struct arena *arena)
{
	const struct field *of;

	if (!node->parent)
		return &account_field;
	of = add_path(out, node->parent, arena);
	if (out->len)
		buf_addc(out, '/');
	if (node->key)
		path_add_name(out, node->key);
	else
		path_add_item(out, of && of->type == FIELD_LIST ? of->sub : NULL, node, 0, arena);
	return entry_type(arena, of, node->key, node);
}

static const char *
kept(struct buf *text, struct arena *arena)
{
	const char *copy = arena_copy(arena, text->len ? text->data : "", text->len);

	buf_free(text);
	return copy;
}

const char *
path_of(const struct node *node, struct arena *arena)
{
	struct buf path = {0};

	add_path(&path, node, arena);
	return kept(&path, arena);
}

const char *
path_item(const struct fields *fields, const struct node *item, struct arena *arena)
{
	struct buf path = {0};

	path_add_item(&path, fields, item, 0, arena);
	return kept(&path, arena);
}

/* Finding */

/* a path being followed */
struct walk {
	const struct doc *doc;
	struct arena *arena;
	struct place *place;
	const char *path;
	const char *rest; /* what is still to be followed */
	struct error *err;
};

static int __attribute__((format(printf, 2, 3))) lost(struct walk *w, const char *fmt, ...)
{
	const struct place *p = w->place;
	char text[sizeof w->err->text];
	size_t n = (size_t)(w->rest - w->path);
	struct buf way = {0};
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	text_safe(&way, w->path, n > 0 && w->path[n - 1] == '/' ? n - 1 : n);
	node_error(w->err, w->doc, p->node ? p->node : p->parent, "%.200s%s%s", n ? way.data : "",
		   n ? ": " : "", text);
	buf_free(&way);
	return -1;
}

/* bytes of the first part of a path, up to a '/' that is not escaped */
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

/* the first part, in quotes */
static const char *
part_quoted(const struct walk *w)
{
	return text_quoted(w->arena, arena_copy(w->arena, w->rest, part_length(w->rest)));
}

static void
pass(struct walk *w, size_t n)
{
	w->rest += n;
	if (*w->rest == '/')
		w->rest++;
}

static const char *
take_name(struct walk *w)
{
	size_t n = part_length(w->rest);
	struct buf name = {0};

	for (size_t i = 0; i < n; i++) {
		if (w->rest[i] == '\\' && i + 1 < n && strchr("/\\#", w->rest[i + 1]))
			i++;
		buf_addc(&name, w->rest[i]);
	}
	pass(w, n);
	return kept(&name, w->arena);
}

static bool
is_empty(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->len == 0;
}

/* what is looked for is in the node's place, if that says nothing yet */
static void
leave_empty(struct place *p, const struct fields *fields)
{
	if (!p->node || !is_empty(p->node))
		return;
	p->parent = p->node;
	p->in = fields;
	p->node = NULL;
}

/* fields: NULL where the names are the user's own */
static int
enter_name(struct walk *w, const struct fields *fields)
{
	struct place *p = w->place;
	const struct node *entry;
	const char *name;

	leave_empty(p, fields);
	if (p->node && p->node->kind != NODE_MAP)
		return lost(w, "not a map, so there is no %s in it", part_quoted(w));
	name = take_name(w);
	entry = node_get(p->node, name);
	if (p->node && !entry) {
		p->parent = p->node;
		p->in = fields;
	}
	p->type = entry_type(w->arena, p->type, name, entry);
	p->node = entry;
	if (!entry)
		p->name[p->names++] = name;
	return 0;
}

/* the number that the part is, from 1; 0: it is none */
static size_t
part_number(const char *part)
{
	size_t n = part_length(part), number = 0;

	if (n == 0 || n > NUMBER_DIGITS)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (part[i] < '0' || part[i] > '9')
			return 0;
		number = number * 10 + (size_t)(part[i] - '0');
	}
	return number;
}

static const struct node *
item_by_number(const struct node *list, size_t number)
{
	const struct node *n;

	for (n = list->first; n && number > 1; n = n->next)
		number--;
	return number ? n : NULL;
}

static bool
begins_with(const char *path, const char *part, size_t n)
{
	return strncmp(path, part, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* what names the item, "" if nothing does: its key; where items have none, what their table's first field says */
static const char *
item_name(const struct fields *fields, const struct node *item, struct arena *arena)
{
	const char *name = "";

	if (item->kind == NODE_MAP && fields_have_keys(fields))
		name = account_item_key(fields, item, arena);
	else if (item->kind == NODE_MAP && fields->n > 0)
		name = node_get_text(item, fields->field[0].name);
	return name ? name : "";
}

/* the item whose name the path begins with, the longest; escaped: as paths write it; *n: its bytes */
static const struct node *
item_by_name(const struct walk *w, const struct fields *fields, bool escaped, size_t *n)
{
	const struct node *found = NULL;
	struct buf part = {0};

	*n = 0;
	for (const struct node *item = w->place->node->first; item; item = item->next) {
		const char *key = item_name(fields, item, w->arena);

		buf_clear(&part);
		if (escaped && *key)
			add_key(&part, fields, item, key);
		else
			buf_adds(&part, key);
		if (part.len > *n && begins_with(w->rest, part.data, part.len)) {
			found = item;
			*n = part.len;
		}
	}
	buf_free(&part);
	return found;
}

/* the items' keys, and which of them is nearest to what was asked for */
static int
no_item(struct walk *w, const struct fields *fields)
{
	const struct node *list = w->place->node;
	const char **keys = arena_alloc(w->arena, (list->count + 1) * sizeof *keys), *nearest;
	const char *part = arena_copy(w->arena, w->rest, part_length(w->rest));
	struct buf text = {0};
	size_t n = 0;

	for (const struct node *item = list->first; item; item = item->next) {
		const char *name = fields_have_keys(fields) ? "" : item_name(fields, item, w->arena);

		keys[n++] = *name ? name : path_item(fields, item, w->arena);
	}
	nearest = text_nearest(part, keys, n);
	buf_printf(&text, "no %s ", fields->what);
	text_quote(&text, part, strlen(part));
	if (nearest)
		buf_printf(&text, "; did you mean %s?", nearest);
	for (size_t i = 0; i < n && i < NAMED_MAX && !nearest; i++)
		buf_printf(&text, "%s%s", i ? ", " : "; there are: ", keys[i]);
	if (n > NAMED_MAX && !nearest)
		buf_adds(&text, ", …");
	lost(w, "%s", text.data);
	buf_free(&text);
	return -1;
}

static int
enter_item(struct walk *w, const struct fields *fields)
{
	struct place *p = w->place;
	const struct node *item = NULL;
	size_t n = 0;

	leave_empty(p, NULL);
	if (!p->node)
		return lost(w, "no %s %s: there is none yet", fields->what, part_quoted(w));
	if (p->node->kind != NODE_LIST)
		return lost(w, "not a list, so there is no %s in it", part_quoted(w));
	if (*w->rest == '#' || !fields_have_keys(fields)) {
		n = part_length(w->rest);
		item = item_by_number(p->node, part_number(w->rest + (*w->rest == '#')));
	}
	if (!item && *w->rest != '#')
		item = item_by_name(w, fields, true, &n);
	if (!item && *w->rest != '#')
		item = item_by_name(w, fields, false, &n);
	if (!item)
		return no_item(w, fields);
	pass(w, n);
	p->type = entry_type(w->arena, p->type, NULL, NULL);
	p->node = item;
	return 0;
}

/* an item of a list of plain words, or one behind the last; of a list that no table knows any that is there */
static int
enter_number(struct walk *w)
{
	struct place *p = w->place;
	size_t number = part_number(w->rest + (*w->rest == '#')), count;

	leave_empty(p, NULL);
	if (p->node && p->node->kind != NODE_LIST)
		return lost(w, "not a list, so there is no %s in it", part_quoted(w));
	count = p->node ? p->node->count : 0;
	if (number == 0 || number > count + (p->type != NULL))
		return lost(w, "no item %s; there are %zu", part_quoted(w), count);
	pass(w, part_length(w->rest));
	p->append = number > count;
	if (p->append && p->node)
		p->parent = p->node;
	p->type = entry_type(w->arena, p->type, NULL, NULL);
	p->node = p->append ? NULL : item_by_number(p->node, number);
	return 0;
}

static int
step(struct walk *w)
{
	const struct place *p = w->place;

	switch (p->type ? p->type->type : FIELD_ANY) {
	case FIELD_MAP:
		return enter_name(w, p->type->sub);
	case FIELD_PAIRS:
	case FIELD_CODES:
	case FIELD_DECIMALS:
		return enter_name(w, NULL);
	case FIELD_LIST:
		return enter_item(w, p->type->sub);
	case FIELD_WORDS:
	case FIELD_DAYS:
		return enter_number(w);
	case FIELD_ANY:
		if (p->node && p->node->kind == NODE_LIST)
			return enter_number(w);
		return enter_name(w, NULL);
	default:
		return lost(w, "one value, so there is no %s in it", part_quoted(w));
	}
}

int
path_find(const struct doc *doc, const char *path, struct arena *arena, struct place *place,
	  struct error *err)
{
	struct walk w = {.doc = doc, .arena = arena, .path = path, .rest = path};

	*place = (struct place){.node = doc->root, .type = &account_field};
	w.place = place;
	w.err = err;
	place->name = arena_alloc(arena, (strlen(path) + 1) * sizeof *place->name);
	if (utf8_check(path, strlen(path)) < strlen(path))
		return error_at(err, doc->file, 0, 0, "the path is not UTF-8");
	if (*path == '\0')
		return error_at(err, doc->file, 0, 0, "an empty path; write it as contacts/ID/phone");
	do {
		if (step(&w) < 0)
			return -1;
		if (!place->section)
			place->section = place->type;
	} while (*w.rest && place->section);
	while (*w.rest) {
		if (step(&w) < 0)
			return -1;
	}
	return 0;
}
