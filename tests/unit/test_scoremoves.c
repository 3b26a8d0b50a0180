#include "judging.h"

#include "domain/scoremoves.h"

#define THREE                                                                                              \
	"health: [{measure: trend, zero: 0, full: 100, weight: 1}, {measure: growth, zero: 0, full: 100, " \
	"weight: 1}, {measure: share, zero: 0, full: 100, weight: 1}]\n"

/* the section score: of these lines in a flow map, packed and unpacked */
static void
said(struct score_said *s, struct arena *arena, const char *score)
{
	struct doc doc = {0};
	struct error err;
	struct buf text = {0};

	buf_printf(&text, "score: {%s}\n", score);
	if (doc_parse(&doc, "f.yaml", 1, (struct str){text.data, text.len}, &err) < 0)
		fail_msg("%s", err.text);
	score_said_read(s, node_get(doc.root, "score"), arena);
	score_said_unpack(s, score_said_pack(s, arena));
	doc_free(&doc);
	buf_free(&text);
}

/* "trend -13.3, growth 6.6, rounding -0.3" of health by the model; "no": it does not come to what is written */
static void
moved_is(const char *model, const char *before, const char *now, const char *expected)
{
	struct score_said was, is;
	struct score_move move;
	struct judging j;
	struct buf text = {0};

	judging_begin(&j, model, "2026-10", BASIS_AUTO);
	said(&was, &j.arena, before);
	said(&is, &j.arena, now);
	if (!score_moved_by(&move, MEASURE_HEALTH, &j.model.health, &was, &is, &j.arena)) {
		assert_string_equal("no", expected);
		judging_free(&j);
		return;
	}
	for (size_t i = 0; i < move.n; i++) {
		buf_printf(&text, "%s ", measures[move.part[i].of].name);
		decimal_format(&text, move.part[i].change, 1);
		buf_adds(&text, ", ");
	}
	buf_adds(&text, "rounding ");
	decimal_format(&text, move.rounding, 1);
	assert_string_equal(text.data, expected);
	buf_free(&text);
	judging_free(&j);
}

static void
parts_add_up_and_the_largest_comes_first(void **state)
{
	(void)state;
	/* 30 to 40: by 20 ÷ 3, 15 ÷ 3 and −5 ÷ 3 */
	moved_is(THREE, "trend: 30, growth: 30, share: 30, health: 30",
		 "trend: 25, growth: 50, share: 45, health: 40",
		 "growth 6.7, share 5.0, trend -1.7, rounding 0.0");
	/* three times 1 ÷ 3: 0.3, 0.4 and 0.3 */
	moved_is(THREE, "trend: 30, growth: 30, share: 30, health: 30",
		 "trend: 31, growth: 31, share: 31, health: 31",
		 "trend 0.3, growth 0.4, share 0.3, rounding 0.0");
	/* the mean moved by 0.3, from 30.3 to 30.7, what is written by 1 */
	moved_is(THREE, "trend: 31, growth: 30, share: 30, health: 30",
		 "trend: 32, growth: 30, share: 30, health: 31", "trend 0.3, rounding 0.7");
}

static void
data_that_comes_or_goes_is_part_of_it(void **state)
{
	(void)state;
	/* 60 of one; with 0 beside it 30: the part of trend is half of 60 then */
	moved_is(THREE, "trend: 60, health: 60", "trend: 60, growth: 0, health: 30",
		 "trend -30.0, rounding 0.0");
	moved_is(THREE, "trend: 60, growth: 20, health: 40", "trend: 60, health: 60",
		 "trend 30.0, growth -10.0, rounding 0.0");
}

static void
what_the_model_does_not_come_to_is_not_explained(void **state)
{
	(void)state;
	moved_is(THREE, "trend: 30, health: 31", "trend: 40, health: 40", "no");
	moved_is(THREE, "trend: 30, health: 30", "trend: 40, health: 41", "no");
	moved_is(THREE, "health: 30", "trend: 40, health: 40", "no");
	moved_is(THREE, "trend: 30, health: 30", "trend: x, health: 40", "no");
	moved_is(THREE, "trend: 30, health: x", "trend: 40, health: 40", "no");
	moved_is(THREE, "trend: 999999999999999999999999999999999999, health: 100", "trend: 40, health: 40",
		 "no");
}

static void
money_goes_by_the_rate_that_is_said(void **state)
{
	const char *model = "health: [{measure: headroom, zero: 0, full: 100, weight: 7}]\n";

	(void)state;
	moved_is(model, "headroom: 100.00, rate: 0.5, health: 50", "headroom: 100.00, rate: 0.6, health: 60",
		 "headroom 10.0, rounding 0.0");
}

static void
a_section_says_no_more_than_it_does(void **state)
{
	const char *text = "score: {as-of: 2026-10-31, band: {now: watch, was: good}, share: 1.0, x: y, "
			   "flags: [few-contacts, x, [y]]}\n";
	struct doc doc = {0};
	struct error err;
	struct score_said s;
	struct arena arena = {0};

	(void)state;
	assert_int_equal(doc_parse(&doc, "f.yaml", 1, (struct str){text, strlen(text)}, &err), 0);
	score_said_read(&s, node_get(doc.root, "score"), &arena);
	assert_true(s.scored);
	assert_string_equal(s.as_of, "2026-10-31");
	assert_null(s.model);
	assert_string_equal(s.text[MEASURE_BAND], "watch");
	assert_string_equal(s.text[MEASURE_SHARE], "1.0");
	assert_null(s.text[MEASURE_HEALTH]);
	assert_true(s.flags == 1ULL << FLAG_FEW_CONTACTS);
	score_said_read(&s, NULL, &arena);
	assert_false(s.scored);
	doc_free(&doc);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parts_add_up_and_the_largest_comes_first),
	    cmocka_unit_test(data_that_comes_or_goes_is_part_of_it),
	    cmocka_unit_test(what_the_model_does_not_come_to_is_not_explained),
	    cmocka_unit_test(money_goes_by_the_rate_that_is_said),
	    cmocka_unit_test(a_section_says_no_more_than_it_does),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
