/*
 * For tests of documents: parsing that must succeed, nodes by their path, and
 * what holds of the byte ranges in every document.
 */
#ifndef DOCS_H
#define DOCS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/doc.h"

#define BOM "\xEF\xBB\xBF"

static inline struct str
str_of(const char *s)
{
	return (struct str){s, strlen(s)};
}

static inline void
doc_must_parse(struct doc *doc, struct str bytes)
{
	struct error err = {0};

	if (doc_parse(doc, "a.yaml", 1, bytes, &err) == 0)
		return;
	print_error("%zu:%zu: %s\nin: %.*s\n", err.line, err.column, err.text, (int)bytes.n, bytes.p);
	fail();
}

/* "list.2.name": keys, and numbers of items from 0 */
static inline const struct node *
node_at(const struct node *node, const char *path)
{
	char part[256];
	size_t n;

	while (node && *path) {
		n = strcspn(path, ".");
		memcpy(part, path, n);
		part[n] = '\0';
		path += n + (path[n] == '.');
		if (node->kind == NODE_MAP) {
			node = node_get(node, part);
			continue;
		}
		n = strtoul(part, NULL, 10);
		for (node = node->first; node && n > 0; n--)
			node = node->next;
	}
	if (!node)
		fail_msg("no node %s", path);
	return node;
}

/* has the block scalar a digit in its header? Then it cannot be read in another place. */
static inline int
is_indented_by_number(const struct doc *doc, const struct node *node)
{
	if (node->style != STYLE_LITERAL)
		return 0;
	for (size_t i = node->start + 1; i < node->end && i < node->start + 3; i++)
		if (doc->bytes.p[i] >= '1' && doc->bytes.p[i] <= '9')
			return 1;
	return 0;
}

/* put where it stands, but under another name: do its bytes say the same? */
static inline void
reads_alone(const struct doc *doc, const struct node *node)
{
	struct buf text = {0};
	struct doc alone = {0};
	size_t start = node->start;

	buf_adds(&text, "k:\n");
	for (; start > doc->bom && doc->bytes.p[start - 1] != '\n'; start--)
		if ((doc->bytes.p[start - 1] & 0xC0) != 0x80)
			buf_addc(&text, ' ');
	buf_add(&text, doc->bytes.p + node->start, node->end - node->start);
	doc_must_parse(&alone, (struct str){text.data, text.len});
	if (!node_equal(node_at(alone.root, "k"), node)) {
		print_error("alone it says something else: [%s]\nof [%.*s]\n", text.data, (int)doc->bytes.n,
			    doc->bytes.p);
		fail();
	}
	doc_free(&alone);
	buf_free(&text);
}

static inline void
check_key(const struct doc *doc, const struct node *node)
{
	const char *at = doc->bytes.p + node->key_start;

	assert_true(node->key_start <= node->start);
	if (!node->key && node->parent->style == STYLE_BLOCK)
		assert_int_equal(*at, '-');
	else if (!node->key)
		assert_int_equal(node->key_start, node->start);
	else if (*at != '"' && *at != '\'' && *at != ':')
		assert_memory_equal(at, node->key, strlen(node->key));
}

static inline void
check_scalar(const struct doc *doc, const struct node *node)
{
	const char *s = doc->bytes.p + node->start;
	size_t n = node->end - node->start;

	if (node->style == STYLE_PLAIN && !memchr(s, '\n', n)) {
		assert_int_equal(n, node->len);
		assert_memory_equal(s, node->text, n);
	} else if (node->style == STYLE_QUOTED) {
		assert_true(n >= 2 && (*s == '"' || *s == '\''));
		assert_int_equal(s[n - 1], *s);
	} else if (node->style == STYLE_LITERAL) {
		assert_true(*s == '|' || *s == '>');
		assert_true(s[n - 1] == '\n' || node->end == doc->bytes.n);
	}
	if (n == 0 && node->style == STYLE_PLAIN && node->key && node->parent->style == STYLE_BLOCK)
		assert_int_equal(s[-1], ':');
}

static inline void
check_ranges(const struct doc *doc, const struct node *node)
{
	const struct node *entry;
	size_t at = node->start, count = 0;

	assert_true(node->start <= node->end && node->end <= doc->body_end);
	if (node->parent) {
		check_key(doc, node);
		if (!is_indented_by_number(doc, node) &&
		    (node->kind == NODE_SCALAR || node->end - node->start < 200))
			reads_alone(doc, node);
	}
	if (node->kind == NODE_SCALAR)
		check_scalar(doc, node);
	for (entry = node->first; entry; entry = entry->next) {
		assert_true(entry->key_start >= at && entry->end <= node->end);
		assert_ptr_equal(entry->parent, node);
		assert_true(!entry->key == (node->kind == NODE_LIST));
		check_ranges(doc, entry);
		at = entry->end;
		count++;
	}
	assert_int_equal(count, node->count);
}

#endif
