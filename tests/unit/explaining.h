/*
 * The steps by which a measure of a portfolio's account was computed; shared
 * by the tests of measures.
 */
#ifndef KAM_TESTS_EXPLAINING_H
#define KAM_TESTS_EXPLAINING_H

#include "domain/steps.h"
#include "judging.h"

/* an account of the portfolio with all its steps */
struct explained {
	struct judgement judgement;
	struct steps steps;
	struct arena arena;
	struct doc doc;
};

/* the text is the account's document, which was added to the portfolio */
static inline void
explain(const struct judging *j, const char *text, struct explained *e)
{
	struct account account;
	struct findings found;
	struct error err;

	memset(e, 0, sizeof *e);
	findings_init(&found);
	assert_int_equal(doc_parse(&e->doc, "f.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	assert_int_equal(account_read(&e->doc, &account, &e->doc.arena, &found.sink), 0);
	if (portfolio_explain(&j->p, judged(j, account.id), &account, &e->arena, &e->judgement, &e->steps,
			      &err) < 0)
		fail_msg("%s", err.text);
	buf_free(&found.text);
}

static inline void
explained_free(struct explained *e)
{
	steps_free(&e->steps);
	doc_free(&e->doc);
	arena_free(&e->arena);
}

/* a line for each step */
static inline void
steps_are(const struct judging *j, const char *text, const char *measure, const char *lines)
{
	const struct measure *m = measure_find(measure);
	struct explained e;

	assert_non_null(m);
	explain(j, text, &e);
	assert_string_equal(e.steps.of[m - measures].len ? e.steps.of[m - measures].data : "", lines);
	explained_free(&e);
}

/* the steps in a portfolio of that account alone, whose id is a */
static inline void
steps_of_one_are(const char *last, const char *document, const char *name, const char *expected)
{
	struct judging j;

	judging_begin(&j, "", last, BASIS_AUTO);
	judging_add(&j, document);
	judging_finish(&j);
	steps_are(&j, document, name, expected);
	judging_free(&j);
}

/* the measure of an account of these lines, alone in its portfolio */
static inline void
measure_of_one_is(const char *model, const char *last, const char *lines, const char *name,
		  const char *expected)
{
	struct judging j;
	struct buf text = {0};

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, model, last, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	measure_is(&j, "a", name, expected);
	judging_free(&j);
	buf_free(&text);
}

#endif
