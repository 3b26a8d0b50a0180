/*
 * Parsing a document with libyaml 0.2.5 into a tree that knows its bytes. Most
 * documents are plain enough to need no libyaml: see docplain.c, which has to
 * agree with what stands here.
 *
 * libyaml's marks count characters, so a cursor turns them into bytes as they
 * come. A block collection's end mark lies after the comments and blank lines
 * that follow it; ours ends with its last leaf. A block scalar's end mark lies
 * after trailing blank lines; ours before them, unless it keeps them (|+).
 */
#include "data/bytes.h"
#include "data/conflict.h"
#include "data/docparse.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define BOM "\xEF\xBB\xBF"

#define TAB_ERROR "a tab where only blanks may stand"

/* keys of a map compared pair by pair up to this count, sorted above */
#define KEYS_PAIRWISE 16

struct frame {
	struct node *node;
	const char *key; /* read, its value is still to come */
	size_t key_start;
	size_t column; /* where it begins, from 0 */
};

struct parse {
	struct doc *doc;
	struct error *err;
	yaml_parser_t yaml;
	const char *text; /* what libyaml reads: the bytes after a BOM */
	size_t bom;	  /* bytes before text */
	bool ascii;	  /* characters are bytes: no cursor is needed */
	bool tabs;	  /* there are some */
	size_t chars;	  /* the cursor: characters … */
	size_t byte;	  /* … and bytes of text */
	size_t seen;	  /* the last scalar, key or bracket ended here */
	size_t nodes;
	struct frame stack[DOC_DEPTH_MAX];
	size_t depth;
};

/* bytes of the character that begins with this one */
static size_t
character_size(char lead)
{
	unsigned char c = (unsigned char)lead;

	if (c < 0x80)
		return 1;
	return c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* byte offset in the document of a mark */
static size_t
parse_offset(struct parse *p, const yaml_mark_t *mark)
{
	size_t n = p->doc->bytes.n - p->bom, chars = p->chars, byte = p->byte;

	if (p->ascii)
		return (mark->index < n ? mark->index : n) + p->bom;
	for (; chars < mark->index && byte < n; chars++)
		byte += character_size(p->text[byte]);
	for (; chars > mark->index && byte > 0; chars--)
		do
			byte--;
		while (byte > 0 && (p->text[byte] & 0xC0) == 0x80);
	p->chars = chars;
	p->byte = byte;
	return byte + p->bom;
}

/* libyaml's own error; of invalid characters it knows the byte, of all else the mark */
static int
parse_yaml_error(struct parse *p)
{
	const char *problem = p->yaml.problem ? p->yaml.problem : "not YAML";
	size_t at;

	if (p->yaml.error == YAML_READER_ERROR)
		at = p->bom + p->yaml.problem_offset;
	else
		at = parse_offset(p, &p->yaml.problem_mark);
	if (at > p->doc->bytes.n)
		at = p->doc->bytes.n;
	if (at < p->doc->bytes.n && p->doc->bytes.p[at] == '\t')
		problem = TAB_ERROR;
	if (p->yaml.context)
		return doc_error(p->err, p->doc, at, "%s, %s", p->yaml.context, problem);
	return doc_error(p->err, p->doc, at, "%s", problem);
}

/* is its last line made of blanks that count? Such a line looks like those that do not. */
static bool
ends_in_blanks(const char *text, size_t len)
{
	while (len > 0 && text[len - 1] == '\n')
		len--;
	if (len == 0 || (text[len - 1] != ' ' && text[len - 1] != '\t'))
		return false;
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	return len == 0 || text[len - 1] == '\n';
}

/* where a block scalar really ends: its marks reach over the blank lines that follow */
static size_t
block_scalar_end(const struct doc *doc, const struct node *node, size_t end)
{
	const char *s = doc->bytes.p;
	size_t header = node->start, line;

	if (ends_in_blanks(node->text, node->len))
		return end;
	while (header < end && s[header] != '\n' && s[header] != '#')
		if (s[header++] == '+')
			return end;
	for (; end > header; end = line) {
		line = end;
		if (s[line - 1] == '\n')
			line--;
		while (line > header && (s[line - 1] == ' ' || s[line - 1] == '\t' || s[line - 1] == '\r'))
			line--;
		if (line == header || s[line - 1] != '\n')
			break;
	}
	return end;
}

/* the dash of a block list's item, which lies before its value with blanks, line ends and comments between */
static size_t
item_dash(struct parse *p, size_t value_start)
{
	size_t dash = bytes_skip_comments(p->doc->bytes.p, p->seen, value_start);

	p->seen = dash < value_start ? dash + 1 : value_start;
	return dash;
}

/* an absent value of a flow map: after the colon, or after the key if there is none; libyaml sees it at what follows */
static size_t
absent_place(const struct parse *p, size_t mark)
{
	size_t colon = bytes_skip_comments(p->doc->bytes.p, p->seen, mark);

	return colon < mark ? colon + 1 : p->seen;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct node *x = *(struct node *const *)a, *y = *(struct node *const *)b;
	int c = strcmp(x->key, y->key);

	if (c)
		return c;
	return (x->key_start > y->key_start) - (x->key_start < y->key_start);
}

const struct node *
node_repeated(const struct node *map)
{
	const struct node **sorted, *a, *b, *again = NULL;
	size_t i = 0;

	if (map->count <= KEYS_PAIRWISE) {
		for (a = map->first; a; a = a->next)
			for (b = map->first; b != a; b = b->next)
				if (*a->key == *b->key && strcmp(a->key, b->key) == 0)
					return a;
		return NULL;
	}
	sorted = xcalloc(map->count, sizeof *sorted);
	for (a = map->first; a; a = a->next)
		sorted[i++] = a;
	qsort(sorted, map->count, sizeof *sorted, compare_keys);
	for (i = 1; i < map->count && !again; i++)
		if (strcmp(sorted[i - 1]->key, sorted[i]->key) == 0)
			again = sorted[i];
	free(sorted);
	return again;
}

static int
check_keys(struct parse *p, const struct node *map)
{
	const struct node *again = node_repeated(map);

	if (!again)
		return 0;
	return doc_error(p->err, p->doc, again->key_start,
			 "a second \"%.60s\" in the same map; two documents joined without a line \"---\"?",
			 again->key);
}

/* puts the node where the parser stands: the root, a list's next item or the value of the pending key */
static int
attach(struct parse *p, struct node *node)
{
	struct frame *top = p->depth ? &p->stack[p->depth - 1] : NULL;

	if (++p->nodes > DOC_NODES_MAX)
		return doc_error(p->err, p->doc, node->start, "more than %lu values", DOC_NODES_MAX);
	if (!top) {
		p->doc->root = node;
		return 0;
	}
	if (top->node->kind == NODE_MAP) {
		node->key = top->key;
		node->key_start = top->key_start;
		top->key = NULL;
	} else if (top->node->style == STYLE_BLOCK) {
		node->key_start = item_dash(p, node->start);
	} else {
		node->key_start = node->start;
	}
	node->parent = top->node;
	if (top->node->last)
		top->node->last->next = node;
	else
		top->node->first = node;
	top->node->last = node;
	top->node->count++;
	return 0;
}

static bool
expects_key(const struct parse *p)
{
	return p->depth && p->stack[p->depth - 1].node->kind == NODE_MAP && !p->stack[p->depth - 1].key;
}

/* Is it a key of a block map as all others? One written with "? " may stand elsewhere, have several lines, or its colon
 * on another. */
static bool
is_simple_key(const struct parse *p, const yaml_event_t *ev, size_t end)
{
	struct str s = p->doc->bytes;

	if (ev->start_mark.column != p->stack[p->depth - 1].column ||
	    ev->start_mark.line != ev->end_mark.line)
		return false;
	while (end < s.n && (s.p[end] == ' ' || s.p[end] == '\t'))
		end++;
	return end < s.n && s.p[end] == ':';
}

static int
on_key(struct parse *p, const yaml_event_t *ev, const char *text, size_t start, size_t end)
{
	struct frame *top = &p->stack[p->depth - 1];

	if (top->node->style == STYLE_BLOCK && !is_simple_key(p, ev, end))
		return doc_error(p->err, p->doc, start,
				 "a key written with \"?\" is not understood; write \"key: …\"");
	top->key = text;
	top->key_start = start;
	p->seen = end;
	return 0;
}

static void
set_style(struct parse *p, struct node *node, yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		node->style = STYLE_LITERAL;
		node->end = block_scalar_end(p->doc, node, node->end);
		break;
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		node->style = STYLE_QUOTED;
		break;
	default:
		node->style = STYLE_PLAIN;
		if (node->start == node->end && p->stack[p->depth - 1].node->style == STYLE_FLOW)
			node->start = node->end = absent_place(p, node->start);
	}
}

/*
 * libyaml passes over tabs at the start of blank lines and comments behind a
 * plain text, and nowhere else: they would become errors when that text is
 * replaced by another value.
 */
static int
refuse_tabs(struct parse *p, size_t at)
{
	const char *s = p->doc->bytes.p;
	bool begun = false;

	for (; at < p->doc->bytes.n && strchr(" \t\r\n", s[at]); at++) {
		if (begun && s[at] == '\t')
			return doc_error(p->err, p->doc, at, TAB_ERROR);
		begun |= s[at] == '\n';
	}
	return 0;
}

static int
on_scalar(struct parse *p, const yaml_event_t *ev)
{
	size_t start = parse_offset(p, &ev->start_mark), end = parse_offset(p, &ev->end_mark);
	const char *value = (const char *)ev->data.scalar.value;
	size_t len = ev->data.scalar.length;
	struct node *node;
	char *text;

	if (len > DOC_SCALAR_MAX)
		return doc_error(p->err, p->doc, start, "a text of %zu bytes; the limit is %lu", len,
				 DOC_SCALAR_MAX);
	if (memchr(value, '\0', len))
		return doc_error(p->err, p->doc, start, "a NUL character in a text");
	text = arena_copy(&p->doc->arena, value, len);
	if (expects_key(p))
		return on_key(p, ev, text, start, end);
	node = arena_alloc(&p->doc->arena, sizeof *node);
	node->kind = NODE_SCALAR;
	node->text = text;
	node->len = len;
	node->start = start;
	node->end = end;
	set_style(p, node, ev->data.scalar.style);
	if (attach(p, node) < 0)
		return -1;
	p->seen = node->end;
	if (p->tabs && node->style == STYLE_PLAIN && node->parent->style == STYLE_BLOCK)
		return refuse_tabs(p, node->end);
	return 0;
}

static int
on_start(struct parse *p, const yaml_event_t *ev, enum node_kind kind, bool flow)
{
	struct node *node;
	size_t start = parse_offset(p, &ev->start_mark);

	if (p->depth == DOC_DEPTH_MAX)
		return doc_error(p->err, p->doc, start, "nested more than %d deep", DOC_DEPTH_MAX);
	if (expects_key(p))
		return doc_error(p->err, p->doc, start, "a key must be a plain text");
	if (p->depth == 0 && (kind != NODE_MAP || flow || ev->start_mark.column != 0))
		return doc_error(p->err, p->doc, start,
				 "a document must be names and values, as \"name: value\", from column 1");
	node = arena_alloc(&p->doc->arena, sizeof *node);
	node->kind = kind;
	node->style = flow ? STYLE_FLOW : STYLE_BLOCK;
	node->text = "";
	node->start = node->end = start;
	if (attach(p, node) < 0)
		return -1;
	p->stack[p->depth].node = node;
	p->stack[p->depth].key = NULL;
	p->stack[p->depth].column = ev->start_mark.column;
	p->depth++;
	p->seen = start;
	return 0;
}

static int
on_end(struct parse *p, const yaml_event_t *ev)
{
	struct node *node = p->stack[--p->depth].node;
	const char *s = p->doc->bytes.p;

	if (node->style == STYLE_FLOW && (s[node->start] == '{' || s[node->start] == '['))
		p->seen = node->end = parse_offset(p, &ev->end_mark);
	else if (node->last)
		node->end = node->last->end;
	return node->kind == NODE_MAP ? check_keys(p, node) : 0;
}

static void
on_document(struct parse *p, const yaml_event_t *ev)
{
	const char *s = p->doc->bytes.p, *nl;
	size_t end;

	if (ev->data.document_start.implicit)
		return;
	end = parse_offset(p, &ev->end_mark);
	nl = memchr(s + end, '\n', p->doc->bytes.n - end);
	p->doc->body = nl ? (size_t)(nl - s) + 1 : p->doc->bytes.n;
}

static int
on_document_end(struct parse *p, const yaml_event_t *ev)
{
	struct doc *doc = p->doc;
	size_t at;

	if (!ev->data.document_end.implicit)
		doc->body_end = parse_offset(p, &ev->start_mark);
	at = bytes_skip_nothing(doc->bytes, parse_offset(p, &ev->end_mark));
	if (at < doc->bytes.n)
		return doc_error(p->err, doc, at, "a second document; documents begin with a line \"---\"");
	return 0;
}

/* anchors, aliases and tags: each could make a value other than the text that stands there */
static int
refuse_extra(struct parse *p, const yaml_event_t *ev, const char *what, const yaml_char_t *name)
{
	return doc_error(p->err, p->doc, parse_offset(p, &ev->start_mark),
			 "%s%.40s) is not understood; quote the text", what, (const char *)name);
}

static int
refuse_extras(struct parse *p, const yaml_event_t *ev)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	switch (ev->type) {
	case YAML_ALIAS_EVENT:
		return refuse_extra(p, ev, "an alias (*", ev->data.alias.anchor);
	case YAML_SCALAR_EVENT:
		anchor = ev->data.scalar.anchor;
		tag = ev->data.scalar.tag;
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = ev->data.mapping_start.anchor;
		tag = ev->data.mapping_start.tag;
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = ev->data.sequence_start.anchor;
		tag = ev->data.sequence_start.tag;
		break;
	default:
		return 0;
	}
	if (anchor)
		return refuse_extra(p, ev, "an anchor (&", anchor);
	if (tag)
		return refuse_extra(p, ev, "a tag (", tag);
	return 0;
}

static int
on_event(struct parse *p, const yaml_event_t *ev)
{
	if (refuse_extras(p, ev) < 0)
		return -1;
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		on_document(p, ev);
		return 0;
	case YAML_DOCUMENT_END_EVENT:
		return on_document_end(p, ev);
	case YAML_SCALAR_EVENT:
		if (p->depth == 0) {
			if (ev->data.scalar.length == 0 && ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
				return 0;
			return doc_error(p->err, p->doc, parse_offset(p, &ev->start_mark),
					 "a document must be names and values, as \"name: value\"");
		}
		return on_scalar(p, ev);
	case YAML_MAPPING_START_EVENT:
		return on_start(p, ev, NODE_MAP, ev->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
	case YAML_SEQUENCE_START_EVENT:
		return on_start(p, ev, NODE_LIST, ev->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return on_end(p, ev);
	default:
		return 0;
	}
}

static int
parse_events(struct parse *p)
{
	yaml_event_t ev;
	int done = 0, result = 0;

	while (!done && result == 0) {
		if (!yaml_parser_parse(&p->yaml, &ev))
			return parse_yaml_error(p);
		result = on_event(p, &ev);
		done = ev.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&ev);
	}
	return result;
}

int
doc_parse_libyaml(struct doc *doc, bool ascii, struct error *err)
{
	struct parse p = {.doc = doc, .err = err, .bom = doc->bom, .seen = doc->bom, .ascii = ascii};
	struct str bytes = doc->bytes;
	int result;

	p.text = bytes.p + p.bom;
	p.tabs = memchr(bytes.p, '\t', bytes.n);
	if (!yaml_parser_initialize(&p.yaml))
		return error_set(err, "out of memory");
	yaml_parser_set_encoding(&p.yaml, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p.yaml, (const unsigned char *)p.text, bytes.n - p.bom);
	result = parse_events(&p);
	yaml_parser_delete(&p.yaml);
	return result;
}

/* says of a document with marks of a conflict what is wrong with it, and not where that first shows; -1 */
static int
explain(const struct doc *doc, struct error *err)
{
	size_t at;

	if (conflict_find(doc->bytes, &at))
		doc_error(err, doc, at, "marks of a merge conflict; resolve it first");
	return -1;
}

int
doc_begin(struct doc *doc, const char *file, size_t first_line, struct str bytes, bool *ascii,
	  struct error *err)
{
	const char *nl;

	if (bytes.n == 0)
		bytes.p = "";
	nl = memchr(bytes.p, '\n', bytes.n);
	doc->file = file;
	doc->first_line = first_line;
	doc->bytes = bytes;
	doc->body = doc->bom = bytes.n >= 3 && memcmp(bytes.p, BOM, 3) == 0 ? 3 : 0;
	doc->body_end = bytes.n;
	doc->root = NULL;
	doc->eol = nl && nl > bytes.p && nl[-1] == '\r' ? "\r\n" : "\n";
	return bytes_check(doc, ascii, err);
}

int
doc_parse(struct doc *doc, const char *file, size_t first_line, struct str bytes, struct error *err)
{
	bool ascii;

	if (doc_begin(doc, file, first_line, bytes, &ascii, err) < 0)
		return explain(doc, err);
	if (!doc_parse_plain(doc) && doc_parse_libyaml(doc, ascii, err) < 0)
		return explain(doc, err);
	if (!doc->root)
		doc->root = node_new_map(&doc->arena, STYLE_BLOCK);
	return 0;
}

void
doc_reset(struct doc *doc)
{
	arena_reset(&doc->arena);
	doc->root = NULL;
}

void
doc_free(struct doc *doc)
{
	arena_free(&doc->arena);
	doc->root = NULL;
}
