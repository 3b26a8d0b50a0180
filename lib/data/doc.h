/*
 * A document: its bytes, and a parsed tree that knows the byte range of every
 * node. Bytes that nobody asked to change are never written anew: see edit.h.
 *
 * The subset of YAML: UTF-8; a block mapping in column 1 on top; no anchors,
 * aliases, tags, directives, "? " keys or duplicate keys; no line breaks but LF
 * and CR LF, no byte order mark but the first; nesting up to DOC_DEPTH_MAX.
 * Every scalar is read as the string it is; types come from field.h.
 */
#ifndef KAM_DOC_H
#define KAM_DOC_H

#include <stdbool.h>

#include "base/error.h"

#define DOC_DEPTH_MAX 64
#define DOC_SIZE_MAX (64UL << 20)  /* bytes of one document */
#define DOC_SCALAR_MAX (1UL << 20) /* bytes of one scalar */
#define DOC_NODES_MAX (2UL << 20)  /* values of one document */

enum node_kind { NODE_SCALAR, NODE_MAP, NODE_LIST };

enum node_style {
	STYLE_PLAIN, /* written plain where that is safe */
	STYLE_QUOTED,
	STYLE_LITERAL, /* block scalar, | or > */
	STYLE_FLOW,    /* {…} or […] */
	STYLE_BLOCK,   /* one entry to a line */
};

/*
 * A value. Maps and lists hold their entries in order; an entry of a map also
 * carries its key. Nodes made by programs (node_new_…) have no range.
 */
struct node {
	enum node_kind kind;
	enum node_style style;
	const char *key;     /* in a map, else NULL */
	const char *text;    /* of a scalar, decoded, no NUL inside; "" when empty */
	size_t len;	     /* bytes of text */
	struct node *parent; /* the map or list it is an entry of; NULL for the root */
	struct node *first;  /* first entry of a map or list */
	struct node *last;   /* last entry */
	struct node *next;   /* next entry of the same parent */
	size_t count;	     /* entries */
	size_t key_start;    /* byte offset of the key, or of the list item's '-' in a block list */
	size_t start;	     /* byte offset of the value */
	size_t end; /* byte offset after its last leaf or closing bracket; for a block scalar after its
	                     * last line's end, blank lines only where they count (|+); an absent value is empty,
	                     * right after its colon or dash */
};

struct doc {
	const char *file;   /* for messages, borrowed */
	struct str bytes;   /* the whole chunk as it stands, borrowed */
	size_t first_line;  /* of bytes in the file, from 1 */
	size_t bom;	    /* bytes of a byte order mark before all else */
	size_t body;	    /* offset of the first byte after the line of '---', or after a BOM */
	size_t body_end;    /* offset of the '...' line or of what stands after the end */
	struct node *root;  /* a map; of count 0 if the document is empty */
	const char *eol;    /* "\n" or "\r\n": what new lines in it end with */
	struct arena arena; /* owns the tree */
};

/* Parses the chunk. bytes must live as long as the doc. 0, or -1 with the place; free it either way. */
int doc_parse(struct doc *, const char *file, size_t first_line, struct str bytes, struct error *);
void doc_free(struct doc *);
/* parse another chunk into the same memory */
void doc_reset(struct doc *);

/* entry of a map by key, or NULL (also when the node is NULL or no map) */
struct node *node_get(const struct node *map, const char *key);
/* text of a scalar entry, or NULL if there is none or it is empty */
const char *node_get_text(const struct node *map, const char *key);
/* does it say nothing: no text, no entries? NULL says nothing */
bool node_is_empty(const struct node *);
/* is it a text that is not empty? NULL is none */
bool node_is_text(const struct node *);
/* same kind, texts, keys and order; styles and places do not matter */
bool node_equal(const struct node *, const struct node *);
/* line and column, both from 1, of a byte of the document */
void doc_place(const struct doc *, size_t offset, size_t *line, size_t *column);
/* fills the error with the place of the node's value; -1 */
int node_error(struct error *, const struct doc *, const struct node *, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Trees made by programs. Text is copied into the arena. */
struct node *node_new_map(struct arena *, enum node_style);
struct node *node_new_list(struct arena *, enum node_style);
/* free text: quoted where another reader of YAML could take it for a number, a date, a boolean or null */
struct node *node_new_text(struct arena *, const char *);
/* a value of a known type (number, date, yes): plain */
struct node *node_new_plain(struct arena *, const char *);
/* append an entry; key (copied) for maps, NULL for lists; returns the value */
struct node *node_put(struct arena *, struct node *parent, const char *key, struct node *value);
/* short for node_put of node_new_text, node_new_plain; a NULL text adds nothing */
void node_put_text(struct arena *, struct node *map, const char *key, const char *text);
void node_put_plain(struct arena *, struct node *map, const char *key, const char *text);
/* a deep copy */
struct node *node_copy(struct arena *, const struct node *);

/* Writing, judged by parsing back (edit.h, tests). A scalar is plain if provably safe, else double-quoted. */
void node_write_flow(struct buf *, const struct node *);
/* for messages, as text_quote has it: a scalar's text, of another its flow style */
void node_quote(struct buf *, const struct node *);
/* "key: value", the value in flow style; "key:" when it is absent */
void node_write_entry(struct buf *, const char *key, const struct node *value);
/* as a top-level section: "key: value", a list one flow item to a line ("  - {…}"), a block map one entry to a
 * line; ends with eol */
void node_write_section(struct buf *, const char *key, const struct node *, const char *eol);

#endif
