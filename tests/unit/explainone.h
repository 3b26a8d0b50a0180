/*
 * The steps of a measure, literally; shared by the tests of what a person can
 * redo by hand.
 */
#ifndef KAM_TESTS_EXPLAINONE_H
#define KAM_TESTS_EXPLAINONE_H

#include "domain/steps.h"
#include "judging.h"

/* the steps of the measure of account a, which is the text, alone in its portfolio; window to 2026-10 */
static inline void
steps_are(const char *model, const char *text, const char *measure, const char *expected)
{
	const struct measure *m = measure_find(measure);
	struct judgement judgement;
	struct steps steps = {0};
	struct account account;
	struct arena arena = {0};
	struct findings found;
	struct doc doc = {0};
	struct judging j;
	struct error err;
	const char *lines;

	assert_non_null(m);
	judging_begin(&j, model, "2026-10", BASIS_AUTO);
	judging_add(&j, text);
	judging_finish(&j);
	findings_init(&found);
	assert_int_equal(doc_parse(&doc, "f.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	assert_int_equal(account_read(&doc, &account, &doc.arena, &found.sink), 0);
	assert_int_equal(portfolio_explain(&j.p, judged(&j, "a"), &account, &arena, &judgement, &steps, &err),
			 0);
	lines = steps.of[m - measures].len ? steps.of[m - measures].data : "";
	assert_string_equal(lines, expected);
	steps_free(&steps);
	buf_free(&found.text);
	doc_free(&doc);
	arena_free(&arena);
	judging_free(&j);
}

/* the flags of account a with a blank behind each, but for those of few contacts, of being all there is and of no decider */
static inline void
flags_are(const struct judging *j, const char *expected)
{
	struct judgement judgement;
	struct arena arena = {0};
	struct buf text = {0};
	struct error err;

	assert_int_equal(portfolio_judge(&j->p, judged(j, "a"), &arena, &judgement, &err), 0);
	for (size_t i = 0; i < FLAGS; i++)
		if (flag_is_in(judgement.flags, (enum flag_id)i) && i != FLAG_FEW_CONTACTS &&
		    i != FLAG_DEPENDENCE && i != FLAG_DECIDER_UNKNOWN)
			buf_printf(&text, "%s ", flags[i].name);
	assert_string_equal(text.len ? text.data : "", expected);
	buf_free(&text);
	arena_free(&arena);
}

/* the measure of account a, which has these lines, in the window that ends with the month */
static inline void
said_on(const char *last, const char *lines, const char *measure, const char *expected)
{
	struct judging j;
	struct buf text = {0};

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, "", last, BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	measure_is(&j, "a", measure, expected);
	buf_free(&text);
	judging_free(&j);
}

static inline void
said(const char *lines, const char *measure, const char *expected)
{
	said_on("2026-10", lines, measure, expected);
}

/* the flags of account a, which has these lines */
static inline void
flagged(const char *lines, const char *expected)
{
	struct judging j;
	struct buf text = {0};

	buf_printf(&text, "id: a\n%s", lines);
	judging_begin(&j, "", "2026-10", BASIS_AUTO);
	judging_add(&j, text.data);
	judging_finish(&j);
	flags_are(&j, expected);
	buf_free(&text);
	judging_free(&j);
}

#endif
