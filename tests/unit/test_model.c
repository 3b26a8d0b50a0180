#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/builtin.h"
#include "domain/model.h"
#include "findings.h"

struct reading {
	struct arena arena;
	struct findings found;
	struct model model;
	int result;
};

/* through a copy that is gone afterwards: a model does not live on its text */
static void
read_text(struct reading *r, const char *text)
{
	char *copy = xstrdup(text), *file = xstrdup("m.yaml");

	memset(r, 0, sizeof *r);
	findings_init(&r->found);
	r->result = model_read(&r->model, (struct str){copy, strlen(copy)}, file, &r->arena, &r->found.sink);
	free(copy);
	free(file);
}

static void
reading_free(struct reading *r)
{
	buf_free(&r->found.text);
	arena_free(&r->arena);
}

static void
expect_findings(const char *text, const char *expected)
{
	struct reading r;

	read_text(&r, text);
	assert_string_equal(findings_text(&r.found), expected);
	assert_int_equal(r.result, strstr(expected, "error ") ? -1 : 0);
	reading_free(&r);
}

static void
assert_decimal(struct decimal d, const char *text)
{
	struct buf b = {0};

	assert_true(d.known);
	decimal_format_exact(&b, d);
	assert_string_equal(b.data, text);
	buf_free(&b);
}

static void
the_built_in_model_has_the_figures_of_the_sources(void **state)
{
	struct arena arena = {0};
	struct model m;

	(void)state;
	model_builtin(&m, &arena);
	assert_string_equal(m.name, "built-in");
	assert_int_equal(m.window, 12);
	assert_decimal(m.share.large, "10");
	assert_decimal(m.share.monopoly, "20");
	assert_decimal(m.volume.band_from, "30");
	assert_decimal(m.volume.band_to, "55");
	assert_decimal(m.volume.dependence, "75");
	assert_decimal(m.abc.a, "80");
	assert_decimal(m.abc.b, "95");
	assert_decimal(m.npv.discount, "15");
	assert_int_equal(m.npv.years, 5);
	assert_decimal(m.npv.retained, "85");
	assert_false(m.npv.by_alive);
	assert_int_equal(m.contacts.least, 4);
	arena_free(&arena);
}

static void
the_built_in_model_gives_no_finding(void **state)
{
	(void)state;
	expect_findings(builtin_model, "");
}

static void
what_a_model_does_not_name_stays_built_in(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "share: {large: 12.5}\nvolume: {key-band: [20, 60.5]}\n");
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.result, 0);
	assert_string_equal(r.model.name, "m.yaml");
	assert_decimal(r.model.share.large, "12.5");
	assert_decimal(r.model.share.monopoly, "20");
	assert_decimal(r.model.volume.band_from, "20");
	assert_decimal(r.model.volume.band_to, "60.5");
	assert_decimal(r.model.volume.dependence, "75");
	assert_int_equal(r.model.window, 12);
	assert_string_equal(r.model.share.node->key, "share");
	reading_free(&r);
	expect_findings(
	    "# nothing\n",
	    "warning model: m.yaml:1:1: the file names nothing, so that it is the built-in model\n");
	expect_findings("share:\nvolume: {dependence: , key-band: }\nwindow:\n", "");
}

static void
criteria_name_measures_that_are_numbers(void **state)
{
	(void)state;
	expect_findings("health:\n  - {measure: trend, zero: 0, full: 1, weight: 1}\n", "");
	expect_findings("health:\n  - {measure: trnd, zero: 0, full: 1, weight: 1}\n",
			"error value: m.yaml:2:15: health: not the name of a measure: \"trnd\"; did you mean "
			"\"trend\"?\n");
	expect_findings("strength:\n  - {measure: size, zero: 0, full: 1, weight: 1}\n",
			"error value: m.yaml:2:15: strength: not a measure that is a number: \"size\"\n");
	expect_findings("health:\n  - {measure: rfm, zero: 111, full: 555, weight: 1}\n",
			"error value: m.yaml:2:15: health: not a measure that is a number: \"rfm\"\n");
	expect_findings("health:\n  - {measure: trend, zero: 2, full: 2.0, weight: 0}\n",
			"error value: m.yaml:2:37: health: trend: zero and full are the same: \"2.0\"\n"
			"error value: m.yaml:2:50: health: trend: not a weight, above 0: \"0\"\n");
	expect_findings("health:\n  - {measure: trend, full: 2, weight: 1}\n",
			"error missing: m.yaml:2:5: health[0].zero: missing\n");
}

static void
a_verdict_rests_on_what_is_known_before_it(void **state)
{
	(void)state;
	expect_findings(
	    "health:\n  - {measure: health, zero: 0, full: 1, weight: 1}\n",
	    "error value: m.yaml:2:15: health: not known yet when health is judged: \"health\"\n");
	expect_findings(
	    "health:\n  - {measure: strength, zero: 0, full: 1, weight: 1}\n",
	    "error value: m.yaml:2:15: health: not known yet when health is judged: \"strength\"\n");
	expect_findings("strength:\n  - {measure: health, zero: 0, full: 1, weight: 1}\n", "");
	expect_findings("key: {least: 1, of: [{measure: key, is: [yes]}]}\n",
			"error value: m.yaml:1:32: key: not known yet when key is judged: \"key\"\n");
}

static void
how_much_has_to_be_known_is_a_percentage(void **state)
{
	(void)state;
	expect_findings("known: {least: 0}\n", "");
	expect_findings("known: {least: 100}\n", "");
	expect_findings("known: {least: 100.5}\n",
			"error value: m.yaml:1:16: known.least: not a percentage, 0 to 100: \"100.5\"\n");
	expect_findings("known: {least: -1}\n",
			"error value: m.yaml:1:16: known.least: not a percentage, 0 to 100: \"-1\"\n");
}

static void
a_line_of_the_key_profile_holds_a_number_or_words(void **state)
{
	(void)state;
	expect_findings("key: {least: 1, of: [{measure: abc, is: [A, B]}]}\n", "");
	expect_findings("key: {least: 1, of: [{measure: share}]}\n",
			"error value: m.yaml:1:22: key: share: give at-least or at-most, or words by is\n");
	expect_findings("key: {least: 1, of: [{measure: share, is: [A]}]}\n",
			"error value: m.yaml:1:32: key: not a measure that is a word: \"share\"\n");
	expect_findings("key: {least: 1, of: [{measure: category, at-least: 1}]}\n",
			"error value: m.yaml:1:22: key: category: give the words by is: [partner]\n");
	expect_findings("key: {least: 2, of: [{measure: share, at-least: 1}]}\n",
			"error value: m.yaml:1:14: key.least: not 1 to 1, the number of lines: \"2\"\n");
	expect_findings("key: {least: 9}\n",
			"error value: m.yaml:1:14: key.least: not 1 to 5, the number of lines: \"9\"\n");
	expect_findings("key: {least: 1, of: []}\n",
			"error value: m.yaml:1:21: key.of: no lines, so that no account could be key\n");
}

static void
a_line_that_could_never_hold_is_an_error(void **state)
{
	(void)state;
	expect_findings(
	    "key: {least: 1, of: [{measure: size, is: [large, lage, huge]}]}\n",
	    "error value: m.yaml:1:50: key: size: not one of standard, large, monopoly: \"lage\"; did you "
	    "mean "
	    "\"large\"?\n"
	    "error value: m.yaml:1:56: key: size: not one of standard, large, monopoly: \"huge\"\n");
	expect_findings(
	    "key: {least: 1, of: [{measure: category, is: [renownd]}]}\n",
	    "error value: m.yaml:1:47: key: category: not one of breadwinner, prospective, renowned, "
	    "mentor, partner, innovator: \"renownd\"; did you mean \"renowned\"?\n");
	expect_findings("key: {least: 1, of: [{measure: categry, is: [partner]}]}\n",
			"error value: m.yaml:1:32: key: not the name of a measure: \"categry\"; did you mean "
			"\"category\"?\n");
	expect_findings("key: {least: 1, of: [{measure: share, at-least: 9, at-most: 5.5}]}\n",
			"error value: m.yaml:1:49: key: share: at-least is above at-most, 5.5: \"9\"\n");
	expect_findings("key: {least: 1, of: [{measure: share, at-least: 5, at-most: 5}]}\n", "");
}

static void
marks_of_verdicts_are_0_to_100_and_in_order(void **state)
{
	(void)state;
	expect_findings(
	    "bands: {good: 30}\nfield: {strength: 101}\n",
	    "error value: m.yaml:1:15: bands.good: below bands.watch, which is 40 in the built-in "
	    "model: \"30\"\n"
	    "error value: m.yaml:2:19: field.strength: not a mark, 0 to 100: \"101\"\n");
	expect_findings("bands: {good: 30, watch: 40}\n",
			"error value: m.yaml:1:26: bands.watch: above bands.good, which is 30: \"40\"\n");
	expect_findings("bands: {good: many}\n",
			"error type: m.yaml:1:15: bands.good: not a number: \"many\"\n");
	expect_findings("bands: {watch: -1}\n",
			"error value: m.yaml:1:16: bands.watch: not a mark of health, 0 to 100: \"-1\"\n");
}

static void
numbers_have_24_digits_and_9_places_at_the_most(void **state)
{
	(void)state;
	expect_findings("share: {large: 0.123456789}\n", "");
	expect_findings("share: {large: 0.1234567891}\n",
			"error value: m.yaml:1:16: large: more than 24 digits, or 9 decimal places: "
			"\"0.1234567891\"\n");
	expect_findings("health:\n  - {measure: trend, zero: 0, full: 999999999999999999999999, weight: 1}\n",
			"");
	expect_findings(
	    "health:\n  - {measure: trend, zero: -1000000000000000000000000, full: 1, weight: 1}\n",
	    "error value: m.yaml:2:28: zero: more than 24 digits, or 9 decimal places: "
	    "\"-1000000000000000000000000\"\n");
	expect_findings("key: {least: 1, of: [{measure: share, at-least: 0.0000000001}]}\n",
			"error value: m.yaml:1:49: at-least: more than 24 digits, or 9 decimal places: "
			"\"0.0000000001\"\n");
}

static void
the_marks_of_variation_may_be_above_a_hundred(void **state)
{
	(void)state;
	expect_findings("xyz: {x: 50, y: 150}\n", "");
	expect_findings(
	    "xyz: {x: 26}\n",
	    "error value: m.yaml:1:10: xyz.x: above xyz.y, which is 25 in the built-in model: \"26\"\n");
	expect_findings("xyz: {x: -1}\n", "error value: m.yaml:1:10: xyz.x: below 0: \"-1\"\n");
	expect_findings(
	    "xyz: {y: 9}\n",
	    "error value: m.yaml:1:10: xyz.y: below xyz.x, which is 10 in the built-in model: \"9\"\n");
}

static void
names_that_no_model_has_are_errors(void **state)
{
	(void)state;
	expect_findings("windw: 6\n",
			"error name: m.yaml:1:1: windw: not a known name; did you mean \"window\"?\n");
	expect_findings(
	    "share:\n  large: 5\n  monoply: 6\n",
	    "error name: m.yaml:3:3: share.monoply: not a known name; did you mean \"monopoly\"?\n");
	expect_findings("share: {large: 7,5}\n",
			"error name: m.yaml:1:18: share.5: a name without a value; write amounts "
			"with a point: 7.5\n");
}

static void
the_window_is_1_to_120_months(void **state)
{
	(void)state;
	expect_findings("window: 1\n", "");
	expect_findings("window: 120\n", "");
	expect_findings("window: 0\n", "error value: m.yaml:1:9: window: not 1 to 120 months: \"0\"\n");
	expect_findings("window: 121\n", "error value: m.yaml:1:9: window: not 1 to 120 months: \"121\"\n");
	expect_findings("window: a year\n",
			"error type: m.yaml:1:9: window: not a whole number: \"a year\"\n");
}

static void
percentages_are_0_to_100(void **state)
{
	(void)state;
	expect_findings("share: {large: 0, monopoly: 100}\nabc: {a: 100, b: 100}\n", "");
	expect_findings("share: {monopoly: 100.01}\n",
			"error value: m.yaml:1:19: share.monopoly: not a percentage, 0 to 100: \"100.01\"\n");
	expect_findings("abc: {a: -1}\n",
			"error value: m.yaml:1:10: abc.a: not a percentage, 0 to 100: \"-1\"\n");
	expect_findings("volume: {dependence: 101}\n",
			"error value: m.yaml:1:22: volume.dependence: not a percentage, 0 to 100: \"101\"\n");
	expect_findings("volume: {key-band: [30, 5O]}\n",
			"error value: m.yaml:1:25: volume.key-band[1]: not a percentage, 0 to 100: \"5O\"\n");
}

static void
percentages_stand_in_order(void **state)
{
	(void)state;
	expect_findings("share: {large: 25}\n",
			"error value: m.yaml:1:16: share.large: above share.monopoly, which is 20 in the "
			"built-in model: \"25\"\n");
	expect_findings("share: {monopoly: 9.99}\n",
			"error value: m.yaml:1:19: share.monopoly: below share.large, which is 10 in the "
			"built-in model: \"9.99\"\n");
	expect_findings("abc: {a: 90, b: 80}\n",
			"error value: m.yaml:1:10: abc.a: above abc.b, which is 80: \"90\"\n");
	expect_findings("volume: {key-band: [55, 30]}\n",
			"error value: m.yaml:1:20: volume.key-band: its end lies below its beginning\n");
	expect_findings("volume: {dependence: 54}\n",
			"error value: m.yaml:1:22: volume.dependence: below the end of volume.key-band, "
			"which is 55 in the built-in model: \"54\"\n");
	expect_findings("volume: {key-band: [30, 80]}\n",
			"error value: m.yaml:1:20: volume.key-band: its end lies above volume.dependence, "
			"which is 75 in the built-in model\n");
}

static void
a_retention_is_a_rate_or_alive(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "npv: {retention: alive, years: 50}\n");
	assert_string_equal(findings_text(&r.found), "");
	assert_true(r.model.npv.by_alive);
	assert_false(r.model.npv.retained.known);
	assert_int_equal(r.model.npv.years, 50);
	assert_decimal(r.model.npv.discount, "15");
	reading_free(&r);
	read_text(&r, "npv: {retention: 87.125, discount: 0}\n");
	assert_decimal(r.model.npv.retained, "87.125");
	assert_false(r.model.npv.by_alive);
	reading_free(&r);
	expect_findings("npv: {years: 1, retention: 0}\n", "");
	expect_findings("npv: {retention: }\n", "");
	expect_findings(
	    "npv: {retention: Alive}\n",
	    "error value: m.yaml:1:18: npv.retention: not a percentage, 0 to 100 with at most 3 places, "
	    "nor the word alive: \"Alive\"\n");
	expect_findings(
	    "npv: {retention: 100.1}\n",
	    "error value: m.yaml:1:18: npv.retention: not a percentage, 0 to 100 with at most 3 places, "
	    "nor the word alive: \"100.1\"\n");
	expect_findings(
	    "npv: {retention: 85.1234}\n",
	    "error value: m.yaml:1:18: npv.retention: not a percentage, 0 to 100 with at most 3 places, "
	    "nor the word alive: \"85.1234\"\n");
	expect_findings("npv: {years: 0}\n", "error value: m.yaml:1:14: npv.years: not 1 to 50: \"0\"\n");
	expect_findings("npv: {years: 51}\n", "error value: m.yaml:1:14: npv.years: not 1 to 50: \"51\"\n");
	expect_findings("npv: {discount: 101}\n",
			"error value: m.yaml:1:17: npv.discount: not a percentage, 0 to 100: \"101\"\n");
}

static void
a_band_is_two_numbers(void **state)
{
	(void)state;
	expect_findings("volume: {key-band: [30]}\n",
			"error value: m.yaml:1:20: volume.key-band: not two percentages, as [30, 55]\n");
	expect_findings("volume: {key-band: [30, 40, 50]}\n",
			"error value: m.yaml:1:20: volume.key-band: not two percentages, as [30, 55]\n");
	expect_findings("volume: {key-band: 30}\n",
			"error type: m.yaml:1:20: volume.key-band: not a list, as [one, two], but a text\n");
}

static void
a_text_that_is_no_document_is_refused(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "share: {large: 10\n");
	assert_int_equal(r.result, -1);
	assert_int_equal(r.found.sink.errors, 1);
	assert_int_equal(strncmp(findings_text(&r.found), "error syntax: m.yaml:", 21), 0);
	assert_int_equal(r.model.window, 12);
	reading_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_built_in_model_has_the_figures_of_the_sources),
	    cmocka_unit_test(the_built_in_model_gives_no_finding),
	    cmocka_unit_test(what_a_model_does_not_name_stays_built_in),
	    cmocka_unit_test(criteria_name_measures_that_are_numbers),
	    cmocka_unit_test(a_verdict_rests_on_what_is_known_before_it),
	    cmocka_unit_test(how_much_has_to_be_known_is_a_percentage),
	    cmocka_unit_test(a_line_of_the_key_profile_holds_a_number_or_words),
	    cmocka_unit_test(a_line_that_could_never_hold_is_an_error),
	    cmocka_unit_test(marks_of_verdicts_are_0_to_100_and_in_order),
	    cmocka_unit_test(numbers_have_24_digits_and_9_places_at_the_most),
	    cmocka_unit_test(the_marks_of_variation_may_be_above_a_hundred),
	    cmocka_unit_test(names_that_no_model_has_are_errors),
	    cmocka_unit_test(the_window_is_1_to_120_months),
	    cmocka_unit_test(percentages_are_0_to_100),
	    cmocka_unit_test(percentages_stand_in_order),
	    cmocka_unit_test(a_retention_is_a_rate_or_alive),
	    cmocka_unit_test(a_band_is_two_numbers),
	    cmocka_unit_test(a_text_that_is_no_document_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
