/*
 * The steps by which a measure was computed; shared by the tests of measures.
 */
#ifndef KAM_TESTS_EXPLAINING_H
#define KAM_TESTS_EXPLAINING_H

#include "domain/steps.h"
#include "judging.h"

/* how the measure of that name was computed, in the account of a document */
static inline void
explained_is(const struct judging *j, const char *id, const char *document, const char *name,
	     const char *expected)
{
	size_t at = (size_t)(measure_find(name) - measures);
	struct doc doc = {0};
	struct account account;
	struct findings found;
	struct judgement judgement;
	struct steps steps = {0};
	struct error err;

	findings_init(&found);
	assert_int_equal(doc_parse(&doc, "f.yaml", 1, (struct str){document, strlen(document)}, &err), 0);
	assert_int_equal(account_read(&doc, &account, &doc.arena, &found.sink), 0);
	assert_int_equal(
	    portfolio_explain(&j->p, judged(j, id), &account, &doc.arena, &judgement, &steps, &err), 0);
	assert_string_equal(steps.of[at].len ? steps.of[at].data : "", expected);
	steps_free(&steps);
	buf_free(&found.text);
	doc_free(&doc);
}

/* the steps in a portfolio of that account alone, whose id is a */
static inline void
steps_of_one_are(const char *last, const char *document, const char *name, const char *expected)
{
	struct judging j;

	judging_begin(&j, "", last, BASIS_AUTO);
	judging_add(&j, document);
	judging_finish(&j);
	explained_is(&j, "a", document, name, expected);
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
