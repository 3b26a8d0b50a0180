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

/* 0 … n − 1, the same in each run */
static unsigned
next_random(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33) % n;
}

/* measures that are their points, by weights 1, 2 and 3, one in four without data, and the health that they come to */
static void
random_score(struct buf *text, unsigned long long *state)
{
	static const char *const names[] = {"trend", "growth", "share"};
	unsigned sum = 0, weights = 0, points;

	buf_clear(text);
	for (unsigned i = 0; i < 3; i++) {
		if (next_random(state, 4) == 0)
			continue;
		points = next_random(state, 101);
		buf_printf(text, "%s: %u, ", names[i], points);
		sum += (i + 1) * points;
		weights += i + 1;
	}
	buf_adds(text, "x: y");
	if (weights)
		buf_printf(text, ", health: %u", (2 * sum + weights) / (2 * weights));
}

/* the parts and the rounding of a move together */
static struct decimal
total_of(const struct score_move *move)
{
	struct decimal total = move->rounding;

	for (size_t i = 0; i < move->n; i++)
		assert_int_equal(decimal_add(&total, &total, &move->part[i].change), 0);
	return total;
}

static void
parts_of_any_scores_add_up_and_are_opposite_backwards(void **state)
{
	const char *model =
	    "health: [{measure: trend, zero: 0, full: 100, weight: 1}, {measure: growth, zero: "
	    "0, full: 100, weight: 2}, {measure: share, zero: 0, full: 100, weight: 3}]\n";
	struct score_said was, is;
	struct score_move forth, back;
	struct decimal change, total, none = decimal_int(0);
	unsigned long long random = 1;
	struct buf text = {0};
	struct judging j;
	size_t explained = 0;

	(void)state;
	judging_begin(&j, model, "2026-10", BASIS_AUTO);
	for (int i = 0; i < 2000; i++) {
		random_score(&text, &random);
		said(&was, &j.arena, text.data);
		random_score(&text, &random);
		said(&is, &j.arena, text.data);
		if (!was.text[MEASURE_HEALTH] || !is.text[MEASURE_HEALTH])
			continue;
		assert_true(score_moved_by(&forth, MEASURE_HEALTH, &j.model.health, &was, &is, &j.arena));
		assert_true(score_moved_by(&back, MEASURE_HEALTH, &j.model.health, &is, &was, &j.arena));
		change = score_change(MEASURE_HEALTH, &was, &is);
		total = total_of(&forth);
		assert_int_equal(decimal_cmp(&total, &change), 0);
		assert_int_equal(forth.n, back.n);
		for (size_t k = 0; k < forth.n; k++) {
			assert_int_equal(forth.part[k].of, back.part[k].of);
			assert_int_equal(decimal_add(&total, &forth.part[k].change, &back.part[k].change), 0);
			assert_int_equal(decimal_cmp(&total, &none), 0);
		}
		explained++;
	}
	assert_true(explained > 1500);
	buf_free(&text);
	judging_free(&j);
}

static void
only_what_differs_has_moved(void **state)
{
	enum measure_id moved[MEASURES];
	struct score_said was, is;
	struct arena arena = {0};

	(void)state;
	said(&was, &arena, "share: 1.0, size: large, growth: 2.0, health: 60");
	said(&is, &arena, "share: 1.0, size: standard, trend: 2.0, health: 60.0");
	assert_int_equal(score_moved(moved, &was, &was), 0);
	assert_int_equal(score_moved(moved, &was, &is), 4);
	assert_int_equal(moved[0], MEASURE_SIZE);
	assert_int_equal(moved[1], MEASURE_GROWTH);
	assert_int_equal(moved[2], MEASURE_TREND);
	assert_int_equal(moved[3], MEASURE_HEALTH);
	assert_true(score_is_verdict(MEASURE_SIZE));
	assert_false(score_is_verdict(MEASURE_GROWTH));
	arena_free(&arena);
}

static void
packing_keeps_all_that_is_said(void **state)
{
	struct score_said s;
	struct arena arena = {0};
	struct buf text = {0};

	(void)state;
	buf_adds(&text, "rate: 0.92, flags: [promise-broken, dependence]");
	for (size_t i = 0; i < MEASURES; i++)
		buf_printf(&text, ", %s: v%zu", measures[i].name, i);
	said(&s, &arena, text.data);
	assert_true(s.scored);
	assert_string_equal(s.rate, "0.92");
	assert_true(s.flags == (1ULL << FLAG_PROMISE_BROKEN | 1ULL << FLAG_DEPENDENCE));
	for (size_t i = 0; i < MEASURES; i++) {
		buf_clear(&text);
		buf_printf(&text, "v%zu", i);
		assert_string_equal(s.text[i], text.data);
	}
	said(&s, &arena, "x: y");
	assert_true(s.scored);
	assert_null(s.rate);
	assert_null(s.text[MEASURE_SHARE]);
	score_said_read(&s, NULL, &arena);
	score_said_unpack(&s, score_said_pack(&s, &arena));
	assert_false(s.scored);
	buf_free(&text);
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
	    cmocka_unit_test(parts_of_any_scores_add_up_and_are_opposite_backwards),
	    cmocka_unit_test(only_what_differs_has_moved),
	    cmocka_unit_test(packing_keeps_all_that_is_said),
	    cmocka_unit_test(a_section_says_no_more_than_it_does),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
