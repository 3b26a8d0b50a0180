/*
 * Verdicts, each worked by hand from the measures and the model beside it.
 */
#include "domain/verdict.h"
#include "explaining.h"

#define LAST "2026-10"

/* a model of lines that tests can work with: shares and potentials as they come */
#define MODEL                                                                    \
	"health:\n"                                                              \
	"  - {measure: growth, zero: -50, full: 50, weight: 1}\n"                \
	"  - {measure: contacts, zero: 4, full: 0, weight: 3}\n"                 \
	"bands: {good: 70, watch: 40}\n"                                         \
	"attractiveness: [{measure: headroom, zero: 0, full: 200, weight: 2}]\n" \
	"strength: [{measure: penetration, zero: 0, full: 50, weight: 1}]\n"     \
	"key:\n  least: 2\n  of:\n    - {measure: share, at-least: 50}\n"        \
	"    - {measure: volume, at-least: 50}\n"                                \
	"    - {measure: category, is: [renowned, partner]}\n"                   \
	"    - {measure: industry-rank, at-most: 3}\n  most-per-manager: 1\n"

static void
one(struct judging *j, const char *sales, const char *lines)
{
	judging_begin(j, MODEL, LAST, BASIS_AUTO);
	judging_sells(j, "a", sales, lines);
	judging_sells(j, "other", "2024-11:1:1 2026-10:100:100", "");
	judging_finish(j);
}

static void
said(const char *sales, const char *lines, const char *measure, const char *text)
{
	struct judging j;

	one(&j, sales, lines);
	measure_is(&j, "a", measure, text);
	judging_free(&j);
}

static void
health_is_the_mean_of_points_by_weight(void **state)
{
	(void)state;
	/* growth 10 %: 60 points; one contact of four to none: 75. (60 × 1 + 75 × 3) ÷ 4 = 71.25 */
	said("2025-10:100:100 2026-10:110:110", "contacts: [{id: x}]\n", "health", "71");
	/* growth is clamped at 100; 75 × 3 */
	said("2025-10:100:100 2026-10:900:900", "contacts: [{id: x}]\n", "health", "81");
	/* 5 contacts earn no less than 0 */
	said("2025-10:100:100 2026-10:1:1", "contacts: [{id: x}, {id: y}, {id: z}, {id: u}, {id: v}]\n",
	     "health", "0");
}

static void
what_is_missing_counts_neither_way(void **state)
{
	(void)state;
	said("2026-10:110:110", "contacts: [{id: x}]\n", "health", "75");
	said("2026-10:110:110", "", "attractiveness", "");
	said("2026-10:110:110", "", "field", "");
}

/* nps, answered with 8, of that weight; the rest of 100 has no data */
static void
known_of_100(const char *weight, const char *rest, const char *known, const char *health)
{
	static const char nps[] =
	    "surveys: [{date: 2026-10-01, kind: nps, answered: 2026-10-02, score: 8}]\n";
	struct buf model = {0};

	buf_printf(&model, "health: [{measure: nps, zero: 0, full: 10, weight: %s}, ", weight);
	buf_printf(&model, "{measure: industry-rank, zero: 0, full: 4, weight: %s}]\n", rest);
	measure_of_one_is(model.data, LAST, nps, "health-known", known);
	measure_of_one_is(model.data, LAST, nps, "health", health);
	buf_free(&model);
}

static void
a_verdict_of_too_little_is_not_given(void **state)
{
	(void)state;
	known_of_100("31", "69", "31", "80");
	known_of_100("30.5", "69.5", "31", "80"); /* as it is written */
	known_of_100("30.4", "69.6", "30", "");
	measure_of_one_is("", LAST, "", "health-known", "0");
	measure_of_one_is("", LAST, "", "strength-known", "0");
	measure_of_one_is("known: {least: 0}\n", LAST, "", "health", "");
	/* the margin rate alone, 3 of 11 by weight, says little of attractiveness */
	measure_of_one_is("", LAST, "sales: [{month: 2026-10, source: s, revenue: 10, margin: 2}]\n",
			  "attractiveness-known", "27");
	measure_of_one_is("", LAST, "sales: [{month: 2026-10, source: s, revenue: 10, margin: 2}]\n",
			  "attractiveness", "");
	measure_of_one_is("known: {least: 27}\n", LAST,
			  "sales: [{month: 2026-10, source: s, revenue: 10, margin: 2}]\n", "attractiveness",
			  "60");
	steps_of_one_are(LAST, "id: a\nsales: [{month: 2026-10, source: s, revenue: 10, margin: 2}]\n",
			 "attractiveness",
			 "potential-next is missing, and counts neither way: no potential of the year after\n"
			 "headroom is missing, and counts neither way: no potential of the year in which the "
			 "window ends\n"
			 "margin-rate 20.0: 100 × (20.0 − 5) ÷ (30 − 5) = 60.0 points, by weight 3\n"
			 "27 % of the weights have data, and the model wants 31 at the least\n");
}

static void
bands_go_by_the_rounded_health(void **state)
{
	(void)state;
	said("", "contacts: [{id: x}]\n", "band", "good");
	said("", "contacts: [{id: x}, {id: y}]\n", "band", "watch");
	said("", "contacts: [{id: x}, {id: y}, {id: z}]\n", "band", "at-risk");
	/* 31 July to 31 October, gap 30: who stopped is at risk */
	said("2026-05:1:1 2026-06:1:1 2026-07:1:1", "contacts: [{id: x}]\n", "band", "at-risk");
	said("2026-06:1:1 2026-07:1:1 2026-08:1:1", "contacts: [{id: x}]\n", "band", "good");
	/* too few orders for a gap: by the window; else by the gap */
	said("2024-09:1:1 2024-10:1:1", "contacts: [{id: x}]\n", "band", "at-risk");
	said("2025-11:1:1", "contacts: [{id: x}]\n", "band", "good");
	/* three Octobers, 365 days apart, and none is due yet */
	said("2023-10:1:1 2024-10:1:1 2025-10:1:1", "contacts: [{id: x}]\n", "band", "watch");
	/* without health too */
	measure_of_one_is("", LAST, "sales: [{month: 2025-10, source: s, revenue: 10, margin: 2}]\n", "band",
			  "at-risk");
	measure_of_one_is("", LAST, "sales: [{month: 2025-11, source: s, revenue: 10, margin: 2}]\n", "band",
			  "");
}

static void
attractiveness_and_strength_span_four_fields(void **state)
{
	(void)state;
	/* potential 200: headroom 100, 50 points; penetration 50 %, 100 points */
	said("2026-10:100:100", "potential: [{year: 2026, amount: 200}]\n", "field", "strategic");
	said("2026-10:10:10", "potential: [{year: 2026, amount: 200}]\n", "field", "star");
	said("2026-10:100:100", "potential: [{year: 2026, amount: 110}]\n", "field", "status");
	said("2026-10:1:1", "potential: [{year: 2026, amount: 9}]\n", "field", "streamline");
}

static void
neither_size_nor_a_name_alone_makes_an_account_key(void **state)
{
	(void)state;
	said("2026-10:100:100", "", "key", "no"); /* share and volume */
	said("2026-10:1:1", "categories: [renowned]\n", "key", "no");
	said("2026-10:100:100", "categories: [renowned]\n", "key", "yes"); /* both */
	said("2026-10:1:1", "categories: [renowned]\nprofile: {industry-rank: 3}\n", "key", "yes");
	said("2026-10:1:1", "categories: [partner]\nprofile: {industry-rank: 4}\n", "key", "no");
	said("", "categories: [partner]\nprofile: {industry-rank: 1}\n", "key",
	     "yes"); /* it buys nothing today */
}

/* the flags of account a that are not of the people known there, with a blank behind each */
static void
flags_are(struct judging *j, const char *expected)
{
	struct judgement judgement;
	struct arena arena = {0};
	struct buf text = {0};
	struct error err;

	assert_int_equal(portfolio_judge(&j->p, judged(j, "a"), &arena, &judgement, &err), 0);
	for (size_t i = 0; i < FLAGS; i++)
		if (flag_is_in(judgement.flags, (enum flag_id)i) && i != FLAG_FEW_CONTACTS &&
		    i != FLAG_DECIDER_UNKNOWN)
			buf_printf(&text, "%s ", flags[i].name);
	assert_string_equal(text.len ? text.data : "", expected);
	buf_free(&text);
	arena_free(&arena);
}

static void
flags_tell_where_people_and_data_differ(void **state)
{
	struct judging j;

	(void)state;
	one(&j, "2026-10:100:100", "tier: key\n");
	/* categories and rank are not known: they do not speak against it */
	flags_are(&j, "key-by-size ");
	judging_free(&j);
	one(&j, "2026-10:1:1", "tier: key\ncategories: [mentor]\nprofile: {industry-rank: 4}\n");
	flags_are(&j, "tier-differs ");
	judging_free(&j);
	one(&j, "2026-10:100:100", "tier: large\n");
	flags_are(&j, "");
	judging_free(&j);
	one(&j, "2026-10:100:100", "tier: key\nprofile: {industry-rank: 1}\n");
	flags_are(&j, "");
	judging_free(&j);
}

static void
a_manager_of_too_many_key_accounts_is_flagged_on_each(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, MODEL, LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2026-10:100:100",
		      "tier: key\nmanager: m\ncategories: [partner]\nprofile: {industry-rank: 1}\n");
	judging_sells(&j, "b", "2026-10:1:1", "tier: key\nmanager: n\n");
	judging_sells(&j, "c", "2026-10:100:100", "tier: large\nmanager: m\n");
	judging_finish(&j);
	flags_are(&j, "");
	judging_free(&j);
	judging_begin(&j, MODEL, LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2026-10:100:100",
		      "tier: key\nmanager: m\ncategories: [partner]\nprofile: {industry-rank: 1}\n");
	judging_sells(&j, "b", "2026-10:100:100", "tier: key\nmanager: m\n");
	judging_finish(&j);
	flags_are(&j, "too-many-key ");
	judging_free(&j);
}

/* the line of the section that begins so */
static void
line_is(const struct judging *j, const char *name, const char *expected)
{
	struct judgement judgement;
	struct arena arena = {0};
	struct buf out = {0}, line = {0};
	struct error err;
	const struct figures *f = judged(j, "a");
	const char *at;

	assert_int_equal(portfolio_judge(&j->p, f, &arena, &judgement, &err), 0);
	node_write_section(&out, "score", score_section(&j->p, f, &judgement, &arena), "\n");
	buf_printf(&line, "\n  %s: ", name);
	at = strstr(out.data, line.data);
	buf_clear(&line);
	if (at)
		buf_add(&line, at + 1, strcspn(at + 1, "\n"));
	assert_string_equal(line.len ? line.data : "", expected);
	buf_free(&line);
	buf_free(&out);
	arena_free(&arena);
}

static void
band_line_is(const char *score, const char *expected)
{
	struct judging j;
	struct buf lines = {0};

	/* one contact: 75 points, good */
	buf_printf(&lines, "contacts: [{id: x}]\n%s", score);
	one(&j, "", lines.data);
	line_is(&j, "band", expected);
	buf_free(&lines);
	judging_free(&j);
}

static void
a_band_tells_the_one_before_and_since_when(void **state)
{
	(void)state;
	band_line_is("", "  band: {now: good}");
	band_line_is("score: {as-of: 2026-09-30, band: {now: watch}}\n",
		     "  band: {now: good, was: watch, since: 2026-10-31}");
	band_line_is("score: {as-of: 2026-09-30, band: {now: good, was: at-risk, since: 2026-06-30}}\n",
		     "  band: {now: good, was: at-risk, since: 2026-06-30}");
	band_line_is("score: {as-of: 2026-09-30, band: {now: good}}\n", "  band: {now: good}");
	/* judged again, of the same day and data; and of the same day with others */
	band_line_is("score: {as-of: 2026-10-31, band: {now: good, was: watch, since: 2026-10-31}}\n",
		     "  band: {now: good, was: watch, since: 2026-10-31}");
	band_line_is("score: {as-of: 2026-10-31, band: {now: at-risk, was: watch, since: 2026-10-31}}\n",
		     "  band: {now: good, was: watch, since: 2026-10-31}");
	/* a later score says nothing of the past; nor does one that makes no sense */
	band_line_is("score: {as-of: 2026-11-30, band: {now: watch}}\n", "  band: {now: good}");
	band_line_is("score: {as-of: never, band: [watch]}\n", "  band: {now: good}");
}

static void
the_reasons_and_the_proposals_are_written(void **state)
{
	struct judging j;

	(void)state;
	one(&j, "2026-10:100:100", "categories: [mentor, partner]\npotential: [{year: 2026, amount: 300}]\n");
	line_is(&j, "key", "  key: yes");
	line_is(&j, "why", "  why: [share 50.0 of 50, volume 50.0 of 50, category partner]");
	line_is(&j, "proposes", "  proposes: {tier: key, categories: [breadwinner, prospective]}");
	judging_free(&j);
	one(&j, "", "potential: [{year: 2026, amount: 300}]\n");
	line_is(&j, "proposes", "  proposes: {tier: prospect, categories: [prospective]}");
	judging_free(&j);
	one(&j, "", "");
	line_is(&j, "proposes", "");
	judging_free(&j);
}

static void
the_steps_can_be_redone_by_hand(void **state)
{
	struct judgement judgement;
	struct steps steps = {0};
	struct account account;
	struct arena arena = {0};
	struct findings found;
	struct doc doc = {0};
	struct judging j;
	struct error err;
	static const char text[] = "id: a\ncontacts: [{id: x}]\nsales:\n"
				   "  - {month: 2025-10, source: s, revenue: 100, margin: 100}\n"
				   "  - {month: 2026-10, source: s, revenue: 110, margin: 110}\n";

	(void)state;
	judging_begin(&j, MODEL, LAST, BASIS_AUTO);
	judging_add(&j, text);
	judging_sells(&j, "since-2024-11", "2024-11:1:1", "");
	judging_finish(&j);
	findings_init(&found);
	assert_int_equal(doc_parse(&doc, "f.yaml", 1, (struct str){text, sizeof text - 1}, &err), 0);
	assert_int_equal(account_read(&doc, &account, &doc.arena, &found.sink), 0);
	assert_int_equal(portfolio_explain(&j.p, judged(&j, "a"), &account, &arena, &judgement, &steps, &err),
			 0);
	assert_string_equal(steps.of[MEASURE_HEALTH].data,
			    "growth 10.0: 100 × (10.0 − -50) ÷ (50 − -50) = 60.0 points, by weight 1\n"
			    "contacts 1: 100 × (1 − 4) ÷ (0 − 4) = 75.0 points, by weight 3\n"
			    "points by weight 285.0 ÷ weights 4 = 71\n");
	assert_string_equal(
	    steps.of[MEASURE_ATTRACTIVENESS].data,
	    "headroom is missing, and counts neither way: no potential of the year in which the "
	    "window ends\n");
	steps_free(&steps);
	buf_free(&found.text);
	doc_free(&doc);
	arena_free(&arena);
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(health_is_the_mean_of_points_by_weight),
	    cmocka_unit_test(what_is_missing_counts_neither_way),
	    cmocka_unit_test(a_verdict_of_too_little_is_not_given),
	    cmocka_unit_test(bands_go_by_the_rounded_health),
	    cmocka_unit_test(attractiveness_and_strength_span_four_fields),
	    cmocka_unit_test(neither_size_nor_a_name_alone_makes_an_account_key),
	    cmocka_unit_test(flags_tell_where_people_and_data_differ),
	    cmocka_unit_test(a_manager_of_too_many_key_accounts_is_flagged_on_each),
	    cmocka_unit_test(a_band_tells_the_one_before_and_since_when),
	    cmocka_unit_test(the_reasons_and_the_proposals_are_written),
	    cmocka_unit_test(the_steps_can_be_redone_by_hand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
