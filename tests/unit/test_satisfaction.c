#include "domain/concentration.h"
#include "domain/satisfaction.h"
#include "judging.h"

#define LAST "2026-10"

static void
interval_is(struct opinions v, const char *score, const char *from, const char *to)
{
	struct decimal low, high;

	net_promoter_interval(&v, &low, &high);
	decimal_is(net_promoter_score(&v), score);
	decimal_is(low, from);
	decimal_is(high, to);
}

/* with 3 added: n', promoters' − detractors', and both together, of which score ± 1.96 √(((p' + d') ÷ n' − score²) ÷ n') */
static void
an_interval_is_that_of_the_adjusted_counts(void **state)
{
	(void)state;
	/* 23; 5; 16.5: 0.21739 ± 1.96 × √(0.67013 ÷ 23) = 0.21739 ± 0.33456 */
	interval_is((struct opinions){10, 5, 5}, "25.0", "-11.7", "55.2");
	/* 8; 0; 5.5: 0 ± 1.96 × √(0.6875 ÷ 8) = 0 ± 0.57458 */
	interval_is((struct opinions){2, 1, 2}, "0.0", "-57.5", "57.5");
	/* 9; 0; 1.5: 0 ± 1.96 × √(0.16667 ÷ 9) = 0 ± 0.26672 */
	interval_is((struct opinions){0, 6, 0}, "0.0", "-26.7", "26.7");
	/* 100003; 20000; 60001.5: 0.19999 ± 1.96 × √(0.56000 ÷ 100003) = 0.19999 ± 0.00464 */
	interval_is((struct opinions){40000, 40000, 20000}, "20.0", "19.5", "20.5");
}

static void
one_opinion_says_little(void **state)
{
	(void)state;
	/* 4; 1; 2.5: 0.25 ± 1.96 × √(0.5625 ÷ 4) = 0.25 ± 0.735 */
	interval_is((struct opinions){1, 0, 0}, "100.0", "-48.5", "98.5");
	interval_is((struct opinions){0, 0, 1}, "-100.0", "-98.5", "48.5");
	/* 4; 0; 1.5: 0 ± 1.96 × √(0.375 ÷ 4) = 0 ± 0.60012 */
	interval_is((struct opinions){0, 1, 0}, "0.0", "-60.0", "60.0");
}

static void
an_interval_of_one_opinion_is_cut_at_its_end(void **state)
{
	(void)state;
	/* 12; 9; 10.5: 0.75 ± 1.96 × √(0.3125 ÷ 12) = 0.75 ± 0.31629 */
	interval_is((struct opinions){9, 0, 0}, "100.0", "43.4", "100.0");
	interval_is((struct opinions){0, 0, 9}, "-100.0", "-100.0", "-43.4");
}

static void
without_an_opinion_there_is_no_score(void **state)
{
	(void)state;
	interval_is((struct opinions){0}, "", "", "");
}

static void
a_score_is_rounded_half_away_from_zero(void **state)
{
	struct opinions third = {2, 0, 1}, sixteenth = {1, 15, 0}, other = {0, 15, 1};

	(void)state;
	decimal_is(net_promoter_score(&third), "33.3");
	decimal_is(net_promoter_score(&sixteenth), "6.3"); /* 6.25 */
	decimal_is(net_promoter_score(&other), "-6.3");
}

static void
satisfied(const struct judging *j, struct satisfaction *s)
{
	const struct figures **all = portfolio_ranked(&j->p);

	satisfaction_compute(&j->p, all, j->p.n, s);
	free(all);
}

static void
answers(struct judging *j, const char *id, const char *date, const char *score)
{
	char text[256];

	snprintf(text, sizeof text, "id: %s\nsurveys: [{date: %s, kind: nps, contact: x, score: %s}]\n", id,
		 date, score);
	judging_add(j, text);
}

static void
marks_of_the_groups_are_nine_and_seven(void **state)
{
	static const enum opinion expected[] = {
	    OPINION_DETRACTOR, OPINION_DETRACTOR, OPINION_DETRACTOR, OPINION_DETRACTOR,
	    OPINION_DETRACTOR, OPINION_DETRACTOR, OPINION_DETRACTOR, OPINION_PASSIVE,
	    OPINION_PASSIVE,   OPINION_PROMOTER,  OPINION_PROMOTER,
	};
	struct judging j;
	struct satisfaction s;
	char id[16];

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	for (int i = 0; i <= 10; i++) {
		snprintf(id, sizeof id, "%d", i);
		answers(&j, id, "2026-10-01", id);
	}
	judging_add(&j, "id: silent\n");
	judging_finish(&j);
	for (int i = 0; i <= 10; i++) {
		struct answer a;

		snprintf(id, sizeof id, "%d", i);
		a = satisfaction_answer(&j.p, judged(&j, id));
		assert_int_equal(a.opinion, expected[i]);
		decimal_is(a.score, id);
		decimal_is(a.age, "30");
	}
	assert_int_equal(satisfaction_answer(&j.p, judged(&j, "silent")).opinion, OPINION_NONE);
	satisfied(&j, &s);
	assert_int_equal(s.accounts, 12);
	assert_int_equal(s.opinions.promoters, 2);
	assert_int_equal(s.opinions.passives, 2);
	assert_int_equal(s.opinions.detractors, 7);
	decimal_is(s.score, "-45.5"); /* 100 × −5 ÷ 11 */
	judging_free(&j);
}

static void
an_answer_counts_for_two_years_up_to_the_windows_end(void **state)
{
	struct judging j;
	struct satisfaction s;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	answers(&j, "first-day", "2024-11-01", "9");
	answers(&j, "too-old", "2024-10-31", "2");
	answers(&j, "last-day", "2026-10-31", "10");
	answers(&j, "to-come", "2026-11-01", "1");
	judging_finish(&j);
	assert_int_equal(satisfaction_answer(&j.p, judged(&j, "first-day")).opinion, OPINION_PROMOTER);
	assert_int_equal(satisfaction_answer(&j.p, judged(&j, "too-old")).opinion, OPINION_OLD);
	assert_int_equal(satisfaction_answer(&j.p, judged(&j, "to-come")).opinion, OPINION_NONE);
	satisfied(&j, &s);
	assert_int_equal(s.opinions.promoters, 2);
	assert_int_equal(s.opinions.detractors, 0);
	assert_int_equal(s.old, 1);
	decimal_is(s.age, "365"); /* of 729 and 0: 364.5 */
	judging_free(&j);
}

static void
a_window_of_another_length_changes_no_opinion(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "window: 3\n", LAST, BASIS_AUTO);
	answers(&j, "a", "2024-11-01", "9");
	judging_finish(&j);
	assert_int_equal(satisfaction_answer(&j.p, judged(&j, "a")).opinion, OPINION_PROMOTER);
	judging_free(&j);
}

static void
surveys_of_all_accounts_are_counted_by_one(void **state)
{
	struct judging j;
	struct satisfaction s;
	const struct figures *one;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(
	    &j,
	    "id: a\nsurveys:\n  - {date: 2026-01-01, kind: nps, contact: x, score: 9}\n"
	    "  - {date: 2026-01-01, kind: nps, contact: y}\n  - {date: 2026-01-01, kind: nps, contact: z}\n");
	judging_add(&j, "id: b\nsurveys: [{date: 2026-01-01, kind: nps, contact: x, score: 3}]\n");
	judging_add(&j, "id: c\nsurveys: [{date: 2024-10-01, kind: nps, contact: x, score: 3}]\n");
	judging_add(&j, "id: d\n");
	judging_finish(&j);
	satisfied(&j, &s);
	assert_int_equal(s.sent, 4);
	assert_int_equal(s.answered, 2);
	decimal_is(s.response, "50.0"); /* and not the mean of 33.3 and 100.0 */
	one = judged(&j, "a");
	satisfaction_compute(&j.p, &one, 1, &s);
	assert_int_equal(s.accounts, 1);
	decimal_is(s.response, "33.3");
	decimal_is(s.score, "100.0");
	judging_free(&j);
}

static void
who_was_never_asked_says_nothing(void **state)
{
	struct judging j;
	struct satisfaction s;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, "id: a\nsurveys: [{date: 2026-01-01, kind: csat, contact: x, score: 3}]\n");
	judging_finish(&j);
	satisfied(&j, &s);
	assert_int_equal(s.sent, 0);
	decimal_is(s.score, "");
	decimal_is(s.from, "");
	decimal_is(s.to, "");
	decimal_is(s.age, "");
	decimal_is(s.response, "");
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_interval_is_that_of_the_adjusted_counts),
	    cmocka_unit_test(one_opinion_says_little),
	    cmocka_unit_test(an_interval_of_one_opinion_is_cut_at_its_end),
	    cmocka_unit_test(without_an_opinion_there_is_no_score),
	    cmocka_unit_test(a_score_is_rounded_half_away_from_zero),
	    cmocka_unit_test(marks_of_the_groups_are_nine_and_seven),
	    cmocka_unit_test(an_answer_counts_for_two_years_up_to_the_windows_end),
	    cmocka_unit_test(a_window_of_another_length_changes_no_opinion),
	    cmocka_unit_test(surveys_of_all_accounts_are_counted_by_one),
	    cmocka_unit_test(who_was_never_asked_says_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
