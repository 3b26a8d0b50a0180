/*
 * Random documents as people might write them, each with the tree that it
 * says: comments, blank lines, every style of text, lists and maps in block
 * and flow style, CR LF, byte order marks, no final newline.
 */
#ifndef RANDOMDOC_H
#define RANDOMDOC_H

#include "docs.h"

struct random {
	unsigned long long state;
};

static inline unsigned
below(struct random *r, unsigned n)
{
	r->state = r->state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(r->state >> 33) % n;
}

struct writer {
	struct random *random;
	struct arena *arena;
	struct buf out;
	bool crlf, mixed;
	unsigned comments;    /* each has its number, "#17#" */
	struct node *literal; /* the block scalar just written, while nothing follows it */
	bool keeps;	      /* it counts blank lines behind it */
};

static inline void
end_line(struct writer *w)
{
	if (w->mixed ? below(w->random, 2) : w->crlf)
		buf_addc(&w->out, '\r');
	buf_addc(&w->out, '\n');
}

static inline void
blanks(struct writer *w, unsigned n)
{
	while (n-- > 0)
		buf_addc(&w->out, ' ');
}

static inline void
comment(struct writer *w)
{
	static const char *const words[] = {"", " - a", " key: \"v", " ё [", "---", " |", " 😀'", " {a: 1}"};

	buf_printf(&w->out, "#%u#%s", w->comments++, words[below(w->random, 8)]);
}

/* the end of a line, often with a comment */
static inline void
line_ends(struct writer *w)
{
	if (below(w->random, 5) == 0) {
		blanks(w, 1 + below(w->random, 3));
		comment(w);
	} else if (below(w->random, 10) == 0) {
		blanks(w, 1);
	}
	end_line(w);
}

/* blank lines and comments between entries that stand at the column */
static inline void
between(struct writer *w, unsigned column)
{
	while (below(w->random, 4) == 0) {
		if (below(w->random, 2)) {
			blanks(w, below(w->random, column + 1));
			comment(w);
			w->literal = NULL;
		} else if (w->literal && w->keeps) {
			continue;
		} else if (!w->literal) {
			blanks(w, below(w->random, 3));
		}
		end_line(w);
	}
}

static inline const char *
random_word(struct random *r)
{
	static const char *const words[] = {"a",      "no",	"08",	"1:30", "Ромашка",    "😀",
					    "-5",     "x.y",	"12,5", "ёж",	"2026-11-22", "a#b",
					    "Ķegums", "e-mail", "€",	"null", "a:b",	      "it's",
					    "\"",     "~x",	"word", "tel",	"x@y.example"};

	return words[below(r, sizeof words / sizeof *words)];
}

static inline bool
is_plain_word(const char *word, bool flow)
{
	return word[0] != '"' && !(flow && strchr(word, ','));
}

/* words, in several lines if there is a column for them; the text is theirs with single blanks and line breaks */
static inline void
plain_words(struct writer *w, struct buf *text, unsigned column, bool flow)
{
	unsigned n = 1 + below(w->random, 4);
	const char *word;

	for (unsigned i = 0; i < n; i++) {
		do
			word = random_word(w->random);
		while (!is_plain_word(word, flow) || (i == 0 && word[0] == '-'));
		if (i > 0 && column > 0 && below(w->random, 6) == 0) {
			unsigned empty = below(w->random, 2);

			end_line(w);
			for (unsigned k = 0; k < empty; k++)
				end_line(w);
			blanks(w, column + below(w->random, 3));
			buf_addc(text, empty ? '\n' : ' ');
		} else if (i > 0) {
			buf_addc(&w->out, ' ');
			buf_addc(text, ' ');
		}
		buf_adds(&w->out, word);
		buf_adds(text, word);
	}
}

static inline void
quoted_words(struct writer *w, struct buf *text, unsigned column)
{
	static const char *const odd[] = {": ", " #", "- ", "[", "}", "&a", "*", "---", "\\", "%", "''"};
	char quote = below(w->random, 2) ? '"' : '\'';
	unsigned n = below(w->random, 5);
	const char *word;

	buf_addc(&w->out, quote);
	for (unsigned i = 0; i < n; i++) {
		word = below(w->random, 2) ? random_word(w->random) : odd[below(w->random, 11)];
		if (i > 0 && i + 1 < n && column > 0 && word[0] != ' ' && text->data[text->len - 1] != ' ' &&
		    below(w->random, 5) == 0) {
			end_line(w);
			blanks(w, column);
			buf_addc(text, ' ');
		}
		buf_adds(text, word);
		for (; *word; word++) {
			if (quote == '\'' ? *word == '\'' : *word == '"' || *word == '\\')
				buf_addc(&w->out, quote == '\'' ? '\'' : '\\');
			buf_addc(&w->out, *word);
		}
	}
	if (quote == '"' && below(w->random, 4) == 0) {
		buf_adds(&w->out, "\\n\\u2028");
		buf_adds(text, "\n\u2028");
	}
	buf_addc(&w->out, quote);
}

/* from the header to the last line's end; what comes behind it may still change the text: see `keeps` */
static inline void
block_words(struct writer *w, struct buf *text, unsigned parent)
{
	bool folded = below(w->random, 2), number = below(w->random, 4) == 0;
	unsigned chomp = below(w->random, 3), step = 1 + below(w->random, 3), lines = below(w->random, 4),
		 empty = 0;
	const char *word;

	buf_addc(&w->out, folded ? '>' : '|');
	if (number)
		buf_printf(&w->out, "%u", step);
	if (chomp > 0)
		buf_addc(&w->out, chomp == 1 ? '-' : '+');
	line_ends(w);
	for (unsigned i = 0; i < lines; i++) {
		if (i > 0 && below(w->random, 4) == 0) {
			end_line(w);
			empty = 1;
		}
		if (i > 0)
			buf_addc(text, folded && !empty ? ' ' : '\n');
		if (i > 0 && empty && !folded)
			buf_addc(text, '\n');
		empty = 0;
		blanks(w, parent + step);
		if (number && !folded && below(w->random, 2)) {
			blanks(w, 2);
			buf_adds(text, "  ");
		}
		word = random_word(w->random);
		buf_printf(&w->out, "# %s", word);
		buf_printf(text, "# %s", word);
		end_line(w);
	}
	w->keeps = chomp == 2;
	if (lines > 0 && chomp != 1)
		buf_addc(text, '\n');
	for (empty = below(w->random, 3); empty > 0; empty--) {
		end_line(w);
		if (w->keeps)
			buf_addc(text, '\n');
	}
}

static inline struct node *
text_node(struct writer *w, struct buf *text)
{
	struct node *node;

	buf_adds(text, "");
	node = node_new_plain(w->arena, text->data);
	buf_free(text);
	return node;
}

/* between two tokens inside of brackets */
static inline void
flow_gap(struct writer *w)
{
	if (below(w->random, 12) == 0) {
		line_ends(w);
		if (below(w->random, 4) == 0) {
			comment(w);
			end_line(w);
		}
		blanks(w, 2 + below(w->random, 8));
	} else {
		blanks(w, below(w->random, 8) == 0);
	}
}

static inline struct node *flow_value(struct writer *, unsigned depth);

static inline const char *
write_key(struct writer *w, unsigned number, bool flow)
{
	static const char *const names[] = {"a", "имя", "two words", "😀", "key-for", "no", "x.y"};
	const char *name = names[below(w->random, 7)], *quote = "\"";
	unsigned style = below(w->random, 5);

	quote = style == 0 ? "\"" : style == 1 ? "'" : "";
	buf_printf(&w->out, "%s%s%u%s", quote, name, number, quote);
	if (!flow && below(w->random, 8) == 0)
		blanks(w, 1);
	return arena_printf(w->arena, "%s%u", name, number);
}

static inline void
flow_entry(struct writer *w, struct node *map, unsigned number, unsigned depth)
{
	const char *key = write_key(w, number, true);

	switch (below(w->random, 8)) {
	case 0:
		node_put(w->arena, map, key, node_new_plain(w->arena, ""));
		break;
	case 1:
		buf_adds(&w->out, ": ");
		node_put(w->arena, map, key, node_new_plain(w->arena, ""));
		break;
	default:
		buf_adds(&w->out, ": ");
		flow_gap(w);
		node_put(w->arena, map, key, flow_value(w, depth));
	}
}

static inline struct node *
flow_collection(struct writer *w, unsigned depth)
{
	unsigned n = below(w->random, 4);
	bool map = below(w->random, 2);
	struct node *node = map ? node_new_map(w->arena, STYLE_FLOW) : node_new_list(w->arena, STYLE_FLOW);

	buf_addc(&w->out, map ? '{' : '[');
	for (unsigned i = 0; i < n; i++) {
		flow_gap(w);
		if (map)
			flow_entry(w, node, i, depth + 1);
		else
			node_put(w->arena, node, NULL, flow_value(w, depth + 1));
		flow_gap(w);
		if (i + 1 < n || below(w->random, 6) == 0)
			buf_addc(&w->out, ',');
	}
	flow_gap(w);
	buf_addc(&w->out, map ? '}' : ']');
	return node;
}

static inline struct node *
flow_value(struct writer *w, unsigned depth)
{
	unsigned kind = below(w->random, depth < 5 ? 6 : 4);
	struct buf text = {0};

	if (kind > 3)
		return flow_collection(w, depth);
	if (kind < 2)
		plain_words(w, &text, 2, true);
	else
		quoted_words(w, &text, 2);
	return text_node(w, &text);
}

static inline struct node *block_list(struct writer *, unsigned column, unsigned depth);
static inline struct node *block_map(struct writer *, unsigned column, unsigned depth);

/* a value that begins on this line and whose further lines stand deeper than `parent`; ends the line */
static inline struct node *
line_value(struct writer *w, unsigned parent, unsigned depth)
{
	struct buf text = {0};
	struct node *node;

	w->literal = NULL;
	switch (below(w->random, 8)) {
	case 0:
		block_words(w, &text, parent);
		return w->literal = text_node(w, &text);
	case 1:
	case 2:
		quoted_words(w, &text, parent + 1);
		node = text_node(w, &text);
		break;
	case 3:
	case 4:
		node = flow_collection(w, depth);
		break;
	default:
		plain_words(w, &text, parent + 1, false);
		node = text_node(w, &text);
	}
	line_ends(w);
	return node;
}

/* what stands behind "key:" or, in a list, "-", which is at the column; `key` tells which */
static inline struct node *
block_value(struct writer *w, unsigned column, unsigned depth, bool key)
{
	unsigned gap = 1 + below(w->random, 3), kind = below(w->random, depth < 5 ? 9 : 5),
		 deeper = column + gap;

	w->literal = NULL;
	if (kind == 0) {
		line_ends(w);
		return node_new_plain(w->arena, "");
	}
	if (kind < 6) {
		blanks(w, gap);
		return line_value(w, column, depth);
	}
	if (!key && below(w->random, 2)) {
		blanks(w, gap);
		deeper = column + 1 + gap;
		return kind == 6 ? block_list(w, deeper, depth + 1) : block_map(w, deeper, depth + 1);
	}
	line_ends(w);
	between(w, column);
	if (key && kind == 6 && below(w->random, 3) == 0)
		deeper = column;
	blanks(w, deeper);
	return kind == 6 ? block_list(w, deeper, depth + 1) : block_map(w, deeper, depth + 1);
}

/* the first entry's line has its blanks already */
static inline struct node *
block_list(struct writer *w, unsigned column, unsigned depth)
{
	struct node *list = node_new_list(w->arena, STYLE_BLOCK);
	unsigned n = 1 + below(w->random, 3);

	for (unsigned i = 0; i < n; i++) {
		if (i > 0) {
			between(w, column);
			blanks(w, column);
		}
		buf_addc(&w->out, '-');
		node_put(w->arena, list, NULL, block_value(w, column, depth, false));
	}
	return list;
}

static inline struct node *
block_map(struct writer *w, unsigned column, unsigned depth)
{
	struct node *map = node_new_map(w->arena, STYLE_BLOCK);
	unsigned n = 1 + below(w->random, depth ? 3 : 6);

	for (unsigned i = 0; i < n; i++) {
		const char *key;

		if (i > 0) {
			between(w, column);
			blanks(w, column);
		}
		key = write_key(w, i, false);
		buf_addc(&w->out, ':');
		node_put(w->arena, map, key, block_value(w, column, depth, true));
	}
	return map;
}

/* cuts the last line's end; what that takes from a block scalar's text goes from the tree too */
static inline void
unend(struct writer *w)
{
	size_t n = w->out.len;
	bool empty;

	n -= n > 1 && w->out.data[n - 2] == '\r' ? 2 : 1;
	w->out.data[w->out.len = n] = '\0';
	empty = n > 0 && w->out.data[n - 1] == '\n';
	if (w->literal && w->literal->len > 0 && w->literal->text[w->literal->len - 1] == '\n' &&
	    (w->keeps || !empty))
		w->literal->text = arena_copy(w->arena, w->literal->text, --w->literal->len);
}

/* adds the document's bytes to `out`; its tree */
static inline struct node *
random_document(struct random *r, struct arena *arena, struct buf *out)
{
	struct writer w = {.random = r, .arena = arena, .out = *out};
	struct node *root;

	w.crlf = below(r, 3) == 0;
	w.mixed = below(r, 10) == 0;
	if (below(r, 4) == 0)
		buf_adds(&w.out, BOM);
	if (below(r, 2)) {
		between(&w, 0);
		buf_adds(&w.out, "---");
		line_ends(&w);
	}
	between(&w, 0);
	root = block_map(&w, 0, 0);
	between(&w, 0);
	if (below(r, 4) == 0) {
		w.literal = NULL;
		buf_adds(&w.out, "...");
		line_ends(&w);
		between(&w, 0);
	}
	if (below(r, 3) == 0)
		unend(&w);
	*out = w.out;
	return root;
}

#endif
