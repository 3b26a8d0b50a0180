/*
 * Two documents, cut at the first line "%%": what one brings is merged into
 * the other, and several edits derived from the bytes are made together. What
 * comes out must parse, keep what nobody asked to change, and a second merge
 * of the same must find nothing to do.
 *
 *	make fuzz && build-fuzz/fuzz_edit -max_len=4096 tests/fuzz/corpus/edit
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/itemkeys.h"
#include "domain/merge.h"

#define CUT "\n%%\n"
#define EDITS_MAX 5

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static void
ignore(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	(void)sink;
	(void)severity;
	(void)rule;
	(void)err;
}

static unsigned
below(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33) % n;
}

static size_t
count_nodes(const struct node *node)
{
	size_t n = 1;

	for (const struct node *entry = node->first; entry; entry = entry->next)
		n += count_nodes(entry);
	return n;
}

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

/* does one stand inside the other, or at it? */
static bool
touches(const struct node *a, const struct node *b)
{
	for (const struct node *n = a; n; n = n->parent)
		if (n == b)
			return true;
	for (const struct node *n = b; n; n = n->parent)
		if (n == a)
			return true;
	return false;
}

/* a scalar of the document that the edits leave alone says in the result what it said */
static void
check_untouched(const struct doc *doc, const struct edits *edits, const struct node *node,
		const struct doc *result)
{
	const struct node *here = result->root;
	const char *key[64];
	size_t depth = 0;

	for (const struct node *n = node; n->parent; n = n->parent) {
		if (!n->key || depth == sizeof key / sizeof *key)
			return;
		key[depth++] = n->key;
	}
	for (const struct edit *e = edits->first; e; e = e->next)
		if (touches(e->target, node))
			return;
	while (depth > 0 && here)
		here = node_get(here, key[--depth]);
	must(here && node_equal(here, node), "what nobody asked to change was changed");
	(void)doc;
}

static void
try_edits(const struct doc *doc, unsigned long long *state)
{
	struct arena arena = {0};
	struct edits edits = {0};
	struct buf out = {0};
	struct doc result = {0};
	const struct node *target[EDITS_MAX];
	size_t nodes = count_nodes(doc->root), n = 0;

	for (unsigned tries = 0; tries < 2 * EDITS_MAX && n < EDITS_MAX; tries++) {
		size_t number = below(state, (unsigned)nodes), i;
		const struct node *node = pick(doc->root, &number);

		for (i = 0; i < n && !touches(target[i], node); i++)
			;
		if (i < n || !node->parent)
			continue;
		target[n++] = node;
		if (below(state, 2))
			edit_drop(&edits, &arena, node);
		else
			edit_replace(&edits, &arena, node,
				     node_new_text(&arena, below(state, 2) ? "new # one" : ""));
	}
	if (edits_apply(doc, &edits, &out, NULL) == 0) {
		must(doc_parse(&result, "r", 1, (struct str){out.data, out.len}, NULL) == 0,
		     "the result of edits");
		for (unsigned i = 0; i < 8; i++) {
			size_t number = below(state, (unsigned)nodes);

			check_untouched(doc, &edits, pick(doc->root, &number), &result);
		}
	}
	doc_free(&result);
	buf_free(&out);
	arena_free(&arena);
}

/* true: there was something to do, and the dossier with it stands in out */
static bool
merge(const struct doc *into, const struct doc *from, struct buf *out)
{
	struct merge_options options = {0};
	struct sink sink = {.put = ignore};
	struct arena arena = {0};
	struct edits edits = {0};
	bool made = merge_account(into, from, &options, &edits, &arena, &sink) == 0 && edits.count > 0 &&
		    edits_apply(into, &edits, out, NULL) == 0;

	arena_free(&arena);
	return made;
}

static void
try_merge(const struct doc *into, const struct doc *from)
{
	struct account account;
	struct sink sink = {.put = ignore};
	struct arena arena = {0};
	struct buf out = {0}, again = {0};
	struct doc merged = {0};

	if (account_read(from, &account, &arena, &sink) == 0 &&
	    item_keys_check(from, 0, &arena, &sink) == 0 && merge(into, from, &out)) {
		must(doc_parse(&merged, "m", 1, (struct str){out.data, out.len}, NULL) == 0,
		     "a merged dossier");
		must(!merge(&merged, from, &again), "a second merge of the same finds something to do");
	}
	doc_free(&merged);
	buf_free(&out);
	buf_free(&again);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = xmalloc(n + 1), *cut;
	unsigned long long state = n;
	struct doc into = {0}, from = {0};

	memcpy(text, data, n);
	text[n] = '\0';
	for (size_t i = 0; i < n; i++)
		state = state * 31 + data[i];
	cut = strlen(text) == n ? strstr(text, CUT) : NULL;
	if (doc_parse(&into, "i", 1, (struct str){text, cut ? (size_t)(cut + 1 - text) : n}, NULL) == 0) {
		try_edits(&into, &state);
		if (cut && doc_parse(&from, "f", 1,
				     (struct str){cut + strlen(CUT), strlen(cut + strlen(CUT))}, NULL) == 0)
			try_merge(&into, &from);
	}
	doc_free(&into);
	doc_free(&from);
	free(text);
	return 0;
}
