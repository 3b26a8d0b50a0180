/*
 * For tests that begin with an account: one made of YAML, without findings.
 */
#ifndef KAM_TESTS_ACCOUNTS_H
#define KAM_TESTS_ACCOUNTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/account.h"
#include "findings.h"

#ifndef TEST_DATA
#define TEST_DATA "tests/data" /* as seen from where the tests are run, the project's folder */
#endif

struct made {
	struct buf text;
	struct doc doc;
	struct arena arena;
	struct account account;
};

/* the account that the text is; to be freed */
static inline struct made *
made_from_buffer(struct made *m)
{
	struct findings found;
	struct error e = {0};

	findings_init(&found);
	if (doc_parse(&m->doc, "f.yaml", 1, (struct str){m->text.data, m->text.len}, &e) < 0)
		fail_msg("%zu:%zu: %s", e.line, e.column, e.text);
	account_read(&m->doc, &m->account, &m->arena, &found.sink);
	assert_string_equal(findings_text(&found), "");
	buf_free(&found.text);
	return m;
}

static inline struct made *
made_from(const char *text)
{
	struct made *m = xcalloc(1, sizeof *m);

	buf_adds(&m->text, text);
	return made_from_buffer(m);
}

static inline struct made *
made_from_file(const char *path)
{
	struct made *m = xcalloc(1, sizeof *m);
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	while ((n = fread(buf_room(&m->text, 4096), 1, 4096, f)) > 0)
		m->text.len += n;
	assert_int_equal(ferror(f), 0);
	fclose(f);
	return made_from_buffer(m);
}

static inline void
made_free(struct made *m)
{
	doc_free(&m->doc);
	arena_free(&m->arena);
	buf_free(&m->text);
	free(m);
}

static inline struct date
day(const char *s)
{
	struct date d = {0};

	assert_int_equal(date_parse(s, strlen(s), &d), 0);
	return d;
}

#endif
