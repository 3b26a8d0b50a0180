#include "domain/value.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static struct node *
word_make(const struct field *type, const char *word, struct arena *arena)
{
	/* a word of the field's own looks like nothing else */
	if (!type || type->type == FIELD_TEXT || (type->type == FIELD_WORDS && !type->words))
		return node_new_text(arena, word);
	return node_new_plain(arena, word);
}

/* without the blanks around it, which an escaped one is not */
static void
add_word(struct node *list, const struct field *type, struct buf *word, struct arena *arena)
{
	size_t start = 0;

	while (start < word->len && word->data[start] == ' ')
		start++;
	while (word->len > start && word->data[word->len - 1] == ' ')
		word->data[--word->len] = '\0';
	node_put(arena, list, NULL, word_make(type, word->len ? word->data + start : "", arena));
	buf_clear(word);
}

static struct node *
words_make(const struct field *type, const char *text, struct arena *arena)
{
	struct node *list = node_new_list(arena, STYLE_FLOW);
	struct buf word = {0};

	for (; *text; text++) {
		if (*text == ',') {
			add_word(list, type, &word, arena);
			continue;
		}
		if (*text == '\\' && (text[1] == ',' || text[1] == '\\'))
			text++;
		buf_addc(&word, *text);
	}
	add_word(list, type, &word, arena);
	buf_free(&word);
	return list;
}

bool
value_has_names(const struct field *f)
{
	return f && (f->type == FIELD_MAP || f->type == FIELD_PAIRS || f->type == FIELD_CODES ||
		     f->type == FIELD_DECIMALS);
}

struct node *
value_make(const struct field *type, const char *text, struct arena *arena, struct error *err)
{
	size_t n = strlen(text);

	if (utf8_check(text, n) < n)
		error_set(err, "not UTF-8: %s", text_quoted(arena, text));
	else if (n > DOC_SCALAR_MAX)
		error_set(err, "longer than %lu bytes", DOC_SCALAR_MAX);
	else if (value_has_names(type))
		error_set(err, "a map, which has values by name");
	else if (type && type->type == FIELD_LIST)
		error_set(err, "a list, whose items are added with kam-dossier add");
	else if (type && type->type == FIELD_ANY)
		error_set(err, "not one value");
	else if (n && type && (type->type == FIELD_WORDS || type->type == FIELD_DAYS))
		return words_make(type, text, arena);
	else
		return n ? word_make(type, text, arena) : node_new_plain(arena, "");
	return NULL;
}

/* findings with the path to what was judged */
struct prefixed {
	struct sink sink;
	struct sink *to;
	const char *prefix;
};

static void
put_prefixed(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct prefixed *p = (struct prefixed *)sink;
	struct error e = *err;

	snprintf(e.text, sizeof e.text, "%.300s%.700s", p->prefix, err->text);
	sink_put(p->to, severity, rule, &e);
}

/* made nodes have no place of their own */
static void
place_nodes(struct node *node, size_t offset)
{
	node->start = node->key_start = node->end = offset;
	for (struct node *n = node->first; n; n = n->next)
		place_nodes(n, offset);
}

/* what stands before the findings: of a map its path, else the way to the name that they begin with */
static const char *
prefix_of(const struct field *type, const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	if (type && type->type == FIELD_MAP)
		return arena_printf(arena, "%s: ", path);
	return slash ? arena_copy(arena, path, (size_t)(slash + 1 - path)) : "";
}

int
value_check(const struct doc *doc, const struct node *at, const struct field *type, const char *path,
	    const struct node *value, struct arena *arena, struct sink *sink)
{
	struct prefixed prefixed = {{.put = put_prefixed}, sink, prefix_of(type, path, arena)};
	struct node *copy = node_copy(arena, value), *map;
	struct field field;
	struct fields one = {.what = "", .field = &field, .n = 1, .open = true};

	if (!type)
		return 0;
	if (type->type == FIELD_MAP) {
		place_nodes(copy, at->start);
		return fields_read(doc, copy, type->sub, NULL, arena, &prefixed.sink);
	}
	field = *type;
	field.offset = FIELD_UNREAD;
	field.flags = 0;
	map = node_new_map(arena, STYLE_BLOCK);
	node_put(arena, map, field.name, copy);
	place_nodes(map, at->start);
	return fields_read(doc, map, &one, NULL, arena, &prefixed.sink);
}

/* one by one, so that comments in and behind the list stay */
static void
replace_words(const struct node *old, const struct node *value, struct edits *edits, struct arena *arena)
{
	const struct node *to = value->first;

	for (const struct node *n = old->first; n; n = n->next) {
		if (!to)
			edit_drop(edits, arena, n);
		else if (!node_equal(n, to))
			edit_replace(edits, arena, n, to);
		to = to ? to->next : NULL;
	}
	for (; to; to = to->next)
		edit_append(edits, arena, old, to);
}

static void
replace_value(const struct doc *doc, const struct place *p, struct node *value, struct edits *edits,
	      struct arena *arena)
{
	const struct node *old = p->node;
	bool words = p->type && (p->type->type == FIELD_WORDS || p->type->type == FIELD_DAYS);

	if (node_equal(old, value))
		return;
	/* whoever put it in quotes did so on purpose */
	if (old->style == STYLE_QUOTED && value->kind == NODE_SCALAR && value->len)
		value->style = STYLE_QUOTED;
	if (words && old->kind == NODE_LIST && old->count)
		replace_words(old, value, edits, arena);
	else if (old->len + old->count == 0)
		edit_fill(edits, arena, doc, old, value);
	else
		edit_replace(edits, arena, old, value);
}

/* the first entry of the map that its table names later, so that the new one belongs before it; NULL: none */
static const struct node *
entry_after(const struct fields *fields, const struct node *map, const char *name)
{
	const struct field *f = fields ? field_find(fields, name) : NULL, *other;

	for (const struct node *n = f ? map->first : NULL; n; n = n->next) {
		other = field_find(fields, n->key);
		if (other > f)
			return n;
	}
	return NULL;
}

/* the names that are missing, around the value; sections of several lines are written at the end of the document */
static void
put_new(const struct doc *doc, const struct place *p, struct node *value, struct edits *edits,
	struct arena *arena)
{
	bool section = p->parent == doc->root, lines = section && p->names > 1;
	const struct node *before;
	struct node *map;

	for (size_t i = p->names; i-- > 1;) {
		map = node_new_map(arena, i == 1 && lines && p->section && p->section->type == FIELD_MAP
					      ? STYLE_BLOCK
					      : STYLE_FLOW);
		node_put(arena, map, p->name[i], value);
		value = map;
	}
	lines = section && value->style == STYLE_BLOCK;
	value->key = arena_strdup(arena, p->name[0]);
	before = p->parent->kind == NODE_MAP && !lines ? entry_after(p->in, p->parent, p->name[0]) : NULL;
	if (before)
		edit_insert(edits, arena, before, value);
	else
		edit_append(edits, arena, p->parent, value);
}

void
value_put(const struct doc *doc, const struct place *p, struct node *value, struct edits *edits,
	  struct arena *arena)
{
	struct node *list;

	if (p->node) {
		replace_value(doc, p, value, edits, arena);
		return;
	}
	/* no value where there is none */
	if (value->kind == NODE_SCALAR && value->len == 0)
		return;
	if (p->append) {
		list = node_new_list(arena, STYLE_FLOW);
		node_put(arena, list, NULL, value);
		if (p->names == 0 && p->parent->len + p->parent->count == 0)
			edit_fill(edits, arena, doc, p->parent, list);
		else if (p->names == 0)
			edit_append(edits, arena, p->parent, value);
		if (p->names == 0)
			return;
		value = list;
	}
	put_new(doc, p, value, edits, arena);
}
