/*
 * Steps, measures and flags of an account that is alone in its portfolio;
 * shared by the tests of measures.
 */
#ifndef KAM_TESTS_EXPLAINONE_H
#define KAM_TESTS_EXPLAINONE_H

#include "explaining.h"

/* the steps of the measure of account a, which is the text, alone in its portfolio; window to 2026-10 */
static inline void
steps_alone_are(const char *model, const char *text, const char *measure, const char *expected)
{
	struct judging j;

	judging_begin(&j, model, "2026-10", BASIS_AUTO);
	judging_add(&j, text);
	judging_finish(&j);
	steps_are(&j, text, measure, expected);
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
