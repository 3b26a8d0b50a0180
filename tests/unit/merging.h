/*
 * A merge of two texts, and what is to come of it; shared by the tests of
 * merging.
 */
#ifndef KAM_TESTS_MERGING_H
#define KAM_TESTS_MERGING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/merge.h"
#include "findings.h"

/* one merge of two texts */
struct merging {
	struct doc into, from;
	struct arena arena;
	struct edits edits;
	struct findings found;
	struct buf out;
	int result;
};

static inline void
parse(struct doc *doc, const char *file, const char *text)
{
	struct error e = {0};

	*doc = (struct doc){0};
	if (doc_parse(doc, file, 1, (struct str){text, strlen(text)}, &e) < 0)
		fail_msg("%s:%zu:%zu: %s in\n%s", file, e.line, e.column, e.text, text);
}

static inline void
merge_begin(struct merging *m, const char *into, const char *from, const struct merge_options *options)
{
	struct error e = {0};

	memset(m, 0, sizeof *m);
	findings_init(&m->found);
	parse(&m->into, "into.yaml", into);
	parse(&m->from, "from.yaml", from);
	m->result = merge_account(&m->into, &m->from, options, &m->edits, &m->arena, &m->found.sink);
	if (m->result == 0 && edits_apply(&m->into, &m->edits, &m->out, &e) < 0)
		fail_msg("%s in\n%s\nand\n%s", e.text, into, from);
}

static inline void
merge_end(struct merging *m)
{
	doc_free(&m->into);
	doc_free(&m->from);
	arena_free(&m->arena);
	buf_free(&m->found.text);
	buf_free(&m->out);
}

/* into and from give `want`, and from merged into that again changes nothing */
static inline void
gives_with(const char *into, const char *from, const struct merge_options *options, const char *want)
{
	struct merging first, second;

	merge_begin(&first, into, from, options);
	assert_int_equal(first.result, 0);
	assert_string_equal(first.out.data, want);
	merge_begin(&second, first.out.data, from, options);
	assert_int_equal(second.edits.count, 0);
	merge_end(&second);
	merge_end(&first);
}

static inline void
gives(const char *into, const char *from, const char *want)
{
	gives_with(into, from, &(struct merge_options){0}, want);
}

static inline void
finds(const char *into, const char *from, const struct merge_options *options, int result, const char *want)
{
	struct merging m;

	merge_begin(&m, into, from, options);
	assert_int_equal(m.result, result);
	assert_string_equal(findings_text(&m.found), want);
	merge_end(&m);
}

#endif
