/*
 * Documents as programs and most people write them, read in one pass over
 * their bytes: what libyaml would make of them, several times as fast.
 *
 * It takes block maps and lists, values in brackets that end on their line,
 * and plain and quoted texts of one line, with comments and blank lines
 * between. It knows no errors: whatever else it meets, it gives up, and
 * libyaml reads the document from its beginning. So it need not know all of
 * YAML, but has to give up
 *
 *  - where libyaml or doc.c would refuse something: control characters, keys of
 *    more than 1024 characters, repeated keys, too much depth;
 *  - where a text could go on in the next line: at a line that stands deeper
 *    than what is open, unless that still awaits a value;
 *  - at all tabs, all escapes but the usual ones, anchors, tags, block scalars.
 *
 * Tests hold its trees against libyaml's, byte range for byte range.
 */
#include <stdint.h>
#include <string.h>

#include "data/bytes.h"
#include "data/docparse.h"

/* Larger documents are libyaml's: so no text and no number of values can be beyond the limits of doc.h, and not much
 * is ever read twice. */
#define PLAIN_MAX (1UL << 20)
/* bytes from the start of a key to its colon; libyaml takes 1024 characters */
#define KEY_MAX 1000

/* an open collection */
struct level {
	struct node *node;
	size_t column;	  /* of its entries in block style, from 0 */
	bool awaits;	  /* the value of its last key or dash is still to come */
	const char *key;  /* in a map */
	size_t key_start; /* of the key or the dash */
	size_t absent;	  /* where the value stands if it never comes: behind the colon or the dash */
};

struct plain {
	struct doc *doc;
	const char *s;	  /* the document */
	const char *at;	  /* read up to here */
	const char *line; /* the line that is read … */
	const char *end;  /* … its end, before LF or CR LF … */
	const char *next; /* … and the next one */
	bool marked;	  /* there was a line "---" */
	struct level level[DOC_DEPTH_MAX];
	size_t depth;
};

struct text {
	const char *p; /* in the arena */
	size_t n;
	enum node_style style;
	size_t start, end; /* with its quotes */
};

/* sets of bytes */
typedef uint64_t byteset[4];

#define BIT(c) (1ULL << ((c) % 64))

/* may end a plain text, or a word of one, in block style and in brackets */
static const byteset ends_block = {BIT(' ') | BIT(':')};
static const byteset ends_flow = {BIT(' ') | BIT(':') | BIT(','), BIT('[') | BIT(']') | BIT('{') | BIT('}')};
/* begin no plain text; a dash may, with no blank behind it */
static const byteset indicators = {BIT('?') | BIT(':') | BIT(',') | BIT('#') | BIT('&') | BIT('*') |
				       BIT('!') | BIT('>') | BIT('\'') | BIT('"') | BIT('%'),
				   BIT('[') | BIT(']') | BIT('{') | BIT('}') | BIT('|') | BIT('@') |
				       BIT('`')};

static bool
is_in(const byteset set, char c)
{
	return set[(unsigned char)c / 64] >> ((unsigned char)c % 64) & 1;
}

static size_t
offset(const struct plain *p, const char *at)
{
	return (size_t)(at - p->s);
}

static struct level *
top(struct plain *p)
{
	return &p->level[p->depth - 1];
}

static bool
is_blank_or_end(const struct plain *p, const char *at)
{
	return at == p->end || *at == ' ';
}

static void
skip_blanks(struct plain *p)
{
	while (p->at < p->end && *p->at == ' ')
		p->at++;
}

/* does nothing follow in the line, but perhaps a comment? One must stand behind a blank. */
static bool
ends_line(struct plain *p)
{
	const char *before = p->at;

	skip_blanks(p);
	return p->at == p->end || (*p->at == '#' && p->at > before);
}

/* goes to the first character of the next line that has more than a comment */
static bool
next_line(struct plain *p)
{
	const char *all = p->s + p->doc->bytes.n, *nl;

	while (p->next < all) {
		p->line = p->at = p->next;
		nl = memchr(p->line, '\n', (size_t)(all - p->line));
		p->end = nl ? nl : all;
		p->next = nl ? nl + 1 : all;
		if (nl && nl > p->line && nl[-1] == '\r')
			p->end--;
		skip_blanks(p);
		if (p->at < p->end && *p->at != '#')
			return true;
	}
	return false;
}

/* makes the node the value of what is open */
static void
attach(struct plain *p, struct node *node)
{
	struct level *in = top(p);

	node->parent = in->node;
	node->key = in->key;
	node->key_start = in->key_start;
	if (in->node->last)
		in->node->last->next = node;
	else
		in->node->first = node;
	in->node->last = node;
	in->node->count++;
	in->awaits = false;
}

static void
add_text(struct plain *p, const struct text *text)
{
	struct node *node = arena_alloc(&p->doc->arena, sizeof *node);

	node->kind = NODE_SCALAR;
	node->style = text->style;
	node->text = text->p;
	node->len = text->n;
	node->start = text->start;
	node->end = text->end;
	attach(p, node);
}

static void
add_absent(struct plain *p)
{
	size_t at = top(p)->absent;
	struct text text = {"", 0, STYLE_PLAIN, at, at};

	add_text(p, &text);
}

static bool
open_level(struct plain *p, enum node_kind kind, enum node_style style, size_t start)
{
	struct node *node;

	if (p->depth == DOC_DEPTH_MAX)
		return false;
	node = arena_alloc(&p->doc->arena, sizeof *node);
	node->kind = kind;
	node->style = style;
	node->text = "";
	node->start = start;
	if (p->depth)
		attach(p, node);
	else
		p->doc->root = node;
	p->level[p->depth++] = (struct level){.node = node, .column = start - offset(p, p->line)};
	return true;
}

static bool
close_level(struct plain *p)
{
	struct node *node = top(p)->node;

	if (top(p)->awaits)
		add_absent(p);
	if (node->style == STYLE_BLOCK)
		node->end = node->last->end;
	p->depth--;
	return node->kind == NODE_LIST || !node_repeated(node);
}

/* up to blanks at the end of the line, a comment, a colon before a blank, or in brackets a comma or bracket */
static bool
read_plain(struct plain *p, bool flow, struct text *text)
{
	const uint64_t *ends = flow ? ends_flow : ends_block;
	const char *start = p->at, *i = start, *last = start;

	if (is_in(indicators, *i) || (*i == '-' && is_blank_or_end(p, i + 1)))
		return false;
	for (;; i++) {
		while (i < p->end && !is_in(ends, *i))
			last = ++i;
		if (i == p->end)
			break;
		if (*i == ':') {
			if (is_blank_or_end(p, i + 1))
				break;
			if (flow && strchr(",?[]{}", i[1]))
				return false;
			last = i + 1;
		} else if (*i != ' ' || (i + 1 < p->end && i[1] == '#')) {
			break;
		}
	}
	p->at = last;
	text->n = (size_t)(last - start);
	text->p = arena_copy(&p->doc->arena, start, text->n);
	text->style = STYLE_PLAIN;
	return true;
}

/* a quoted text with escapes: what it says replaces the copy of its bytes */
static bool
unescape(char *copy, size_t *n, char quote)
{
	static const char escapes[] = "\"\\nt", meant[] = "\"\\\n\t";
	const char *from = copy, *end = copy + *n, *found;
	char *to = copy;

	while (from < end) {
		if (quote == '\'') {
			from += *from == '\'';
		} else if (*from == '\\') {
			from++;
			if (!(found = strchr(escapes, *from)))
				return false;
			*to++ = meant[found - escapes];
			from++;
			continue;
		}
		*to++ = *from++;
	}
	*to = '\0';
	*n = (size_t)(to - copy);
	return true;
}

static bool
read_quoted(struct plain *p, struct text *text)
{
	const char *start = p->at + 1, *i = start;
	char quote = *p->at, *copy;
	bool escaped = false;

	for (; i < p->end; i++) {
		if (*i == quote) {
			if (quote == '"' || i + 1 == p->end || i[1] != quote)
				break;
		} else if (quote == '\'' || *i != '\\') {
			continue;
		}
		/* the second character of two is not looked at */
		escaped = true;
		if (++i == p->end)
			return false;
	}
	if (i == p->end)
		return false;
	p->at = i + 1;
	text->n = (size_t)(i - start);
	text->p = copy = arena_copy(&p->doc->arena, start, text->n);
	text->style = STYLE_QUOTED;
	return !escaped || unescape(copy, &text->n, quote);
}

static bool
read_text(struct plain *p, bool flow, struct text *text)
{
	text->start = offset(p, p->at);
	if (!(*p->at == '"' || *p->at == '\'' ? read_quoted(p, text) : read_plain(p, flow, text)))
		return false;
	text->end = offset(p, p->at);
	return true;
}

/* Is the text a key, with a colon and a blank behind it? Then its value is awaited. */
static bool
take_key(struct plain *p, const struct text *text)
{
	struct level *in = top(p);

	if (p->at == p->end || *p->at != ':' || !is_blank_or_end(p, p->at + 1) ||
	    offset(p, p->at) - text->start > KEY_MAX)
		return false;
	in->key = text->p;
	in->key_start = text->start;
	in->absent = offset(p, ++p->at);
	in->awaits = true;
	return true;
}

static bool read_flow(struct plain *);

static bool
read_value(struct plain *p, bool flow)
{
	struct text text;

	if (*p->at == '[' || *p->at == '{')
		return read_flow(p);
	if (!read_text(p, flow, &text))
		return false;
	add_text(p, &text);
	return true;
}

static bool
read_flow_entry(struct plain *p)
{
	struct level *in = top(p);
	struct text key;

	if (in->node->kind == NODE_LIST) {
		in->key_start = offset(p, p->at);
		return read_value(p, true);
	}
	if (!read_text(p, true, &key))
		return false;
	skip_blanks(p);
	if (!take_key(p, &key)) {
		/* A key alone. Should there be a colon, it is not one of those that are taken. */
		in->key = key.p;
		in->key_start = key.start;
		in->absent = key.end;
		add_absent(p);
		return true;
	}
	skip_blanks(p);
	if (p->at == p->end)
		return false;
	if (*p->at != ',' && *p->at != '}')
		return read_value(p, true);
	add_absent(p);
	return true;
}

/* from the bracket to the one that closes it, in one line; no deeper than documents are nested */
static bool
read_flow(struct plain *p)
{
	bool map = *p->at == '{';
	char closing = map ? '}' : ']';
	struct node *node;

	if (!open_level(p, map ? NODE_MAP : NODE_LIST, STYLE_FLOW, offset(p, p->at)))
		return false;
	node = top(p)->node;
	for (p->at++;; p->at++) {
		skip_blanks(p);
		if (p->at == p->end)
			return false;
		if (*p->at == closing)
			break;
		if (!read_flow_entry(p))
			return false;
		skip_blanks(p);
		if (p->at == p->end || *p->at != ',')
			break;
	}
	if (p->at == p->end || *p->at != closing)
		return false;
	node->end = offset(p, ++p->at);
	return close_level(p);
}

/* Makes the block collection that an entry at `start` belongs to the top one: one that is open, or a new one, which
 * must be awaited. */
static bool
enter(struct plain *p, enum node_kind kind, size_t start)
{
	size_t column = start - offset(p, p->line);

	if (p->depth == 0)
		return kind == NODE_MAP && column == 0 && open_level(p, kind, STYLE_BLOCK, start);
	while (top(p)->column > column)
		if (!close_level(p))
			return false;
	/* a list may stand at the column of the map whose value it is */
	if (kind == NODE_MAP && top(p)->node->kind == NODE_LIST && top(p)->column == column &&
	    !close_level(p))
		return false;
	if (top(p)->column < column || (kind == NODE_LIST && top(p)->node->kind == NODE_MAP))
		return top(p)->awaits && open_level(p, kind, STYLE_BLOCK, start);
	if (top(p)->awaits)
		add_absent(p);
	return true;
}

/* a key with its colon, and the value if it is in the line; or what stands behind a dash */
static bool
read_entry(struct plain *p, bool dash)
{
	const char *behind;
	struct text text;

	if (dash && (*p->at == '[' || *p->at == '{'))
		return read_flow(p) && ends_line(p);
	if (!read_text(p, false, &text))
		return false;
	behind = p->at;
	skip_blanks(p);
	if (p->at < p->end && *p->at == ':') {
		if (!enter(p, NODE_MAP, text.start) || !take_key(p, &text))
			return false;
		return ends_line(p) || (read_value(p, false) && ends_line(p));
	}
	p->at = behind;
	if (!dash)
		return false;
	add_text(p, &text);
	return ends_line(p);
}

static bool
read_line(struct plain *p)
{
	bool dash = false;

	for (; *p->at == '-' && is_blank_or_end(p, p->at + 1); dash = true) {
		if (!enter(p, NODE_LIST, offset(p, p->at)))
			return false;
		top(p)->key_start = offset(p, p->at);
		top(p)->absent = offset(p, ++p->at);
		top(p)->awaits = true;
		if (ends_line(p))
			return true;
	}
	return read_entry(p, dash);
}

static bool
is_marker(const struct plain *p, const char *marker)
{
	return p->at == p->line && p->end - p->at >= 3 && memcmp(p->at, marker, 3) == 0;
}

static bool
begin_document(struct plain *p)
{
	if (p->marked || p->depth)
		return false;
	p->marked = true;
	p->doc->body = offset(p, p->next);
	p->at += 3;
	return ends_line(p);
}

/* nothing but comments and more such lines may follow */
static bool
end_document(struct plain *p)
{
	p->doc->body_end = offset(p, p->at);
	p->at += 3;
	return ends_line(p) && bytes_skip_nothing(p->doc->bytes, p->doc->body_end + 3) == p->doc->bytes.n;
}

static bool
read_document(struct plain *p)
{
	bool ended = false, good = true;

	while (good && !ended && next_line(p)) {
		ended = is_marker(p, "...");
		if (ended)
			good = end_document(p);
		else
			good = is_marker(p, "---") ? begin_document(p) : read_line(p);
	}
	good = good && p->depth;
	while (good && p->depth)
		good = close_level(p);
	return good;
}

bool
doc_parse_plain(struct doc *doc)
{
	struct plain p = {.doc = doc, .s = doc->bytes.p, .next = doc->bytes.p + doc->bom};

	if (doc->bytes.n > PLAIN_MAX || bytes_have_controls((struct str){p.next, doc->bytes.n - doc->bom}))
		return false;
	if (read_document(&p))
		return true;
	doc->root = NULL;
	doc->body = doc->bom;
	doc->body_end = doc->bytes.n;
	return false;
}
