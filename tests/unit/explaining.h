/*
 * The steps by which a measure of a portfolio's account was computed; shared
 * by the tests of measures.
 */
#ifndef KAM_TESTS_EXPLAINING_H
#define KAM_TESTS_EXPLAINING_H

#include "domain/steps.h"
#include "judging.h"

/* the text is the account's document, which was added to the portfolio; a line for each step */
static inline void
steps_are(const struct judging *j, const char *text, const char *measure, const char *lines)
{
	const struct measure *m = measure_find(measure);
	struct judgement judgement;
	struct steps steps = {0};
	struct account account;
	struct arena arena = {0};
	struct findings found;
	struct doc doc = {0};
	struct error err;

	assert_non_null(m);
	findings_init(&found);
	assert_int_equal(doc_parse(&doc, "f.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	assert_int_equal(account_read(&doc, &account, &doc.arena, &found.sink), 0);
	if (portfolio_explain(&j->p, judged(j, account.id), &account, &arena, &judgement, &steps, &err) < 0)
		fail_msg("%s", err.text);
	assert_string_equal(steps.of[m - measures].len ? steps.of[m - measures].data : "", lines);
	steps_free(&steps);
	buf_free(&found.text);
	doc_free(&doc);
	arena_free(&arena);
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
