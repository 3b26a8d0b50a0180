/*
 * Any bytes as a document. Where they parse, the ranges of the nodes are
 * looked at, one edit and one spliced section derived from the bytes are made,
 * and it is written to a stream: what comes out must say what was meant.
 *
 *	make fuzz && build-fuzz/fuzz_doc -max_len=4096 tests/fuzz/corpus/doc
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/edit.h"
#include "data/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static unsigned
below(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33) % n;
}

static size_t
check_ranges(const struct doc *doc, const struct node *node)
{
	const struct node *entry;
	size_t at = node->start, count = 0;

	must(node->start <= node->end && node->end <= doc->body_end, "a range");
	must(!node->parent || node->key_start <= node->start, "a key's place");
	if (node->parent && node->parent->kind == NODE_LIST && node->parent->style == STYLE_BLOCK)
		must(doc->bytes.p[node->key_start] == '-', "a dash");
	for (entry = node->first; entry; entry = entry->next) {
		must(entry->key_start >= at && entry->end <= node->end, "the order of entries");
		count += check_ranges(doc, entry);
		at = entry->end;
	}
	return count + 1;
}

/* the node with that number */
static const struct node *
pick(const struct node *node, size_t *number)
{
	const struct node *entry, *found;

	if ((*number)-- == 0)
		return node;
	for (entry = node->first; entry; entry = entry->next)
		if ((found = pick(entry, number)))
			return found;
	return NULL;
}

static struct node *
derive_value(unsigned long long *state, struct arena *arena, unsigned depth)
{
	static const char *const texts[] = {"",	      "a",  "no",     "5", "a: b", "# c",
					    "x\ny\n", "- ", "\u2028", "ё", "]",	   "\"'"};
	unsigned kind = below(state, depth < 2 ? 6 : 4), n = below(state, 3);
	const char *text = texts[below(state, sizeof texts / sizeof *texts)];
	struct node *node;

	if (kind < 2)
		return node_new_plain(arena, text);
	if (kind < 4)
		return node_new_text(arena, text);
	node = kind == 4 ? node_new_map(arena, STYLE_BLOCK) : node_new_list(arena, STYLE_FLOW);
	for (unsigned i = 0; i < n; i++)
		node_put(arena, node, kind == 4 ? arena_printf(arena, "k%u", i) : NULL,
			 derive_value(state, arena, depth + 1));
	return node;
}

static bool
is_value(const struct edit *edit, const struct node *node)
{
	if (!node || !node_equal(edit->value, node))
		return false;
	return !edit->value->key || (node->key && strcmp(edit->value->key, node->key) == 0);
}

/* is `new` the old tree with the one edit made? */
static bool
is_edited(const struct edit *edit, const struct node *old, const struct node *new)
{
	const struct node *entry, *next = new->first;

	if (edit->op == EDIT_REPLACE && edit->target == old)
		return node_equal(edit->value, new);
	if (edit->op == EDIT_APPEND && edit->target == old && old->len > 0)
		return false;
	if (old->kind == NODE_SCALAR && edit->target != old)
		return node_equal(old, new);
	for (entry = old->first; entry; entry = entry->next) {
		if (edit->op == EDIT_INSERT && edit->target == entry) {
			if (!is_value(edit, next))
				return false;
			next = next->next;
		}
		if (edit->op == EDIT_DROP && edit->target == entry)
			continue;
		/* before a block scalar that has no last line's end */
		if (edit->op == EDIT_APPEND && edit->target == old && !old->parent && next &&
		    is_value(edit, next))
			next = next->next;
		if (!next || (entry->key && (!next->key || strcmp(entry->key, next->key) != 0)) ||
		    !is_edited(edit, entry, next))
			return false;
		next = next->next;
	}
	if (edit->op == EDIT_APPEND && edit->target == old && next && is_value(edit, next))
		next = next->next;
	return !next;
}

static void
try_edit(const struct doc *doc, size_t nodes, unsigned long long *state)
{
	struct arena arena = {0};
	struct edits edits = {0};
	struct buf out = {0};
	struct doc result = {0};
	struct error err;
	size_t number = below(state, (unsigned)nodes);
	const struct node *target = pick(doc->root, &number);
	struct node *value = derive_value(state, &arena, 0);

	switch (below(state, 4)) {
	case 0:
		edit_replace(&edits, &arena, target, value);
		break;
	case 1:
		edit_drop(&edits, &arena, target);
		break;
	case 2:
		if (!target->parent || target->parent->kind == NODE_MAP)
			value->key = "a new: key";
		edit_insert(&edits, &arena, target, value);
		break;
	default:
		if (target->kind == NODE_MAP || (target->kind == NODE_SCALAR && below(state, 2)))
			value->key = "a new: key";
		edit_append(&edits, &arena, target, value);
	}
	if (edits_apply(doc, &edits, &out, &err) == 0) {
		must(doc_parse(&result, "r", 1, (struct str){out.data, out.len}, NULL) == 0,
		     "an edit's result");
		must(is_edited(edits.first, doc->root, result.root), "an edit made something else");
	}
	doc_free(&result);
	buf_free(&out);
	arena_free(&arena);
}

static void
try_section(const struct doc *doc, unsigned long long *state)
{
	struct arena arena = {0};
	struct buf out = {0};
	struct doc scratch = {0}, result = {0};
	struct section_site site;
	struct edit edit = {.value = derive_value(state, &arena, 0)};
	const struct node *old = doc->root->count && below(state, 2) ? doc->root->first : doc->root->last;
	const char *key = old && below(state, 2) && strlen(old->key) < 200 ? old->key : "score";

	edit.target = node_get(doc->root, key);
	edit.op = edit.target ? EDIT_REPLACE : EDIT_APPEND;
	if (!edit.target) {
		edit.target = doc->root;
		((struct node *)(uintptr_t)edit.value)->key = key;
	}
	section_site(&site, doc, key);
	if (section_splice(&site, &scratch, "s", 1, doc->bytes, key, edit.value, &out, NULL) == 0) {
		must(doc_parse(&result, "r", 1, (struct str){out.data, out.len}, NULL) == 0,
		     "a spliced section");
		must(is_edited(&edit, doc->root, result.root), "a spliced section made something else");
	} else {
		must(false, "a section that cannot be written");
	}
	doc_free(&result);
	doc_free(&scratch);
	buf_free(&out);
	arena_free(&arena);
}

static void
write_framed(struct str bytes, struct buf *out)
{
	char *data = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&data, &size);

	must(file, "memory");
	stream_write(file, bytes);
	fclose(file);
	buf_clear(out);
	buf_add(out, data, size);
	free(data);
}

/* the end that a last line gets in a stream is a character of a block scalar that it ends */
static bool
gets_end(const struct doc *doc)
{
	const struct node *leaf = doc->root;

	while (leaf->last)
		leaf = leaf->last;
	return leaf->style == STYLE_LITERAL && doc->bytes.p[doc->bytes.n - 1] != '\n';
}

/* such a line never reaches a document: framing takes it */
static bool
has_opener(struct str bytes)
{
	size_t n = strlen(STREAM_OPENER);

	for (size_t i = 0; i + n <= bytes.n; i++)
		if (memcmp(bytes.p + i, STREAM_OPENER, n) == 0)
			return true;
	return false;
}

static void
try_stream(const struct doc *doc)
{
	struct buf once = {0}, twice = {0};
	struct doc result = {0};

	if (has_opener(doc->bytes))
		return;
	write_framed(doc->bytes, &once);
	must(doc_parse(&result, "r", 1, (struct str){once.data, once.len}, NULL) == 0, "a framed document");
	must(gets_end(doc) || node_equal(result.root, doc->root), "a framed document says something else");
	write_framed((struct str){once.data, once.len}, &twice);
	must(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0,
	     "framed twice, it changes");
	doc_free(&result);
	buf_free(&once);
	buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned long long state = text_hash((const char *)data, n);
	struct str bytes = {(const char *)data, n};
	struct doc doc = {0};
	struct error err;
	size_t nodes;

	if (doc_parse(&doc, "f", 1, bytes, &err) == 0 && n > 0) {
		nodes = check_ranges(&doc, doc.root);
		try_edit(&doc, nodes, &state);
		try_section(&doc, &state);
		try_stream(&doc);
	}
	doc_free(&doc);
	return 0;
}
