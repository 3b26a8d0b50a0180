/*
 * A portfolio made of accounts that a test writes down in a line or two;
 * shared by the tests of what is computed from all accounts together.
 */
#ifndef KAM_TESTS_JUDGING_H
#define KAM_TESTS_JUDGING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/portfolio.h"
#include "findings.h"

struct judging {
	struct arena arena;
	struct model model;
	struct portfolio p;
	struct error err;
	int status; /* of the additions */
};

/* the model's text stands over the built-in one; the window ends with the month */
static inline void
judging_begin(struct judging *j, const char *model, const char *last, enum basis basis)
{
	struct findings found;
	month m;

	memset(j, 0, sizeof *j);
	findings_init(&found);
	if (model_read(&j->model, (struct str){model, strlen(model)}, "m.yaml", &j->arena, &found.sink) < 0)
		fail_msg("%s", findings_text(&found));
	buf_free(&found.text);
	assert_int_equal(month_parse(last, strlen(last), &m), 0);
	portfolio_init(&j->p, &j->model, m, basis);
}

/* the account of a document */
static inline void
judging_add(struct judging *j, const char *text)
{
	struct doc doc = {0};
	struct account account;
	struct findings found;
	struct error err;
	struct own own;

	findings_init(&found);
	if (doc_parse(&doc, "f.yaml", 1, (struct str){text, strlen(text)}, &err) < 0)
		fail_msg("%zu:%zu: %s in:\n%s", err.line, err.column, err.text, text);
	if (account_read(&doc, &account, &doc.arena, &found.sink) < 0)
		fail_msg("%s", findings_text(&found));
	j->status |= portfolio_measure(&j->p, &account, &doc.arena, &own, &j->err);
	if (j->status == 0)
		portfolio_add(&j->p, &own);
	buf_free(&found.text);
	doc_free(&doc);
}

/* an account with these sales, each MONTH:REVENUE or MONTH:REVENUE:MARGIN with blanks between, and other lines */
static inline void
judging_sells(struct judging *j, const char *id, const char *sales, const char *lines)
{
	struct buf text = {0};
	char when[16], revenue[64], margin[64];
	int parts, used;

	buf_printf(&text, "id: %s\n%s", id, lines);
	if (*sales)
		buf_adds(&text, "sales:\n");
	for (; *sales; sales += (size_t)used + strspn(sales + used, " ")) {
		used = 0;
		parts = sscanf(sales, " %15[^: ]:%63[^: ]%n:%63[^: ]%n", when, revenue, &used, margin, &used);
		assert_true(parts >= 2);
		buf_printf(&text, "  - {month: %s, source: s, revenue: %s", when, revenue);
		if (parts == 3)
			buf_printf(&text, ", margin: %s", margin);
		buf_adds(&text, "}\n");
	}
	judging_add(j, text.data);
	buf_free(&text);
}

static inline void
judging_finish(struct judging *j)
{
	if (j->status < 0 || portfolio_finish(&j->p, &j->err) < 0)
		fail_msg("%s", j->err.text);
}

/* the portfolio cannot be judged, for this reason */
static inline void
judging_refused(struct judging *j, const char *reason)
{
	if (j->status == 0)
		assert_int_equal(portfolio_finish(&j->p, &j->err), -1);
	assert_string_equal(j->err.text, reason);
}

static inline void
judging_free(struct judging *j)
{
	portfolio_free(&j->p);
	arena_free(&j->arena);
}

static inline const struct figures *
judged(const struct judging *j, const char *id)
{
	size_t i;

	for (i = 0; i < j->p.n; i++)
		if (strcmp(j->p.account[i].id, id) == 0)
			return &j->p.account[i];
	fail_msg("no account %s", id);
	return NULL;
}

/* the account's measure of that name; a flow of it lives in the arena */
static inline struct measured
measured_in(const struct judging *j, const char *id, const char *name, struct arena *arena)
{
	const struct measure *m = measure_find(name);
	struct judgement judgement;
	struct error err;

	if (!m)
		fail_msg("no measure %s", name);
	if (portfolio_judge(&j->p, judged(j, id), arena, &judgement, &err) < 0)
		fail_msg("%s", err.text);
	return judgement.have[m - measures];
}

/* one that is no flow */
static inline struct measured
measured_of(const struct judging *j, const char *id, const char *name)
{
	struct arena arena = {0};
	struct measured v = measured_in(j, id, name, &arena);

	arena_free(&arena);
	return v;
}

/* as it is written; "": missing */
static inline void
measure_is(const struct judging *j, const char *id, const char *name, const char *text)
{
	struct arena arena = {0};
	struct measured v = measured_in(j, id, name, &arena);
	struct buf b = {0};

	measured_format(measure_find(name), &v, &b);
	if (strcmp(b.len ? b.data : "", text) != 0)
		fail_msg("%s of %s: \"%s\" != \"%s\"", name, id, b.len ? b.data : "", text);
	buf_free(&b);
	arena_free(&arena);
}

/* "": unknown */
static inline void
decimal_is(struct decimal d, const char *text)
{
	struct buf b = {0};

	decimal_format_exact(&b, d);
	assert_string_equal(b.len ? b.data : "", text);
	buf_free(&b);
}

/* numbers that are the same in every run */
static inline unsigned
random_below(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33) % n;
}

#endif
