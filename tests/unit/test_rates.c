#include "judging.h"

#include "domain/rates.h"

/* what is found in the text; "": nothing */
static void
found_is(const char *text, const char *expected)
{
	struct findings found;
	struct arena arena = {0};
	struct rates rates;

	findings_init(&found);
	assert_int_equal(
	    rates_read(&rates, (struct str){text, strlen(text)}, "r.yaml", &arena, &found.sink) == 0,
	    !*expected);
	if (!strstr(findings_text(&found), expected))
		fail_msg("%s: not in: %s", expected, findings_text(&found));
	buf_free(&found.text);
	arena_free(&arena);
}

static void
what_is_no_rate_is_found(void **state)
{
	(void)state;
	found_is("currency: EUR\nrates: {USD: 0.92, EUR: 1.0}\n", "");
	found_is("rates: {USD: 0.92}\n", "currency");
	found_is("currency: EUR\n", "rates");
	found_is("currency: EUR\nrates: {USD: 0.0}\n", "above 0");
	found_is("currency: EUR\nrates: {USD: -1}\n", "above 0");
	found_is("currency: EUR\nrates: {Usd: 1}\n", "not a currency");
	found_is("currency: EUR\nrates: {EUR: 1.01}\n", "one of which is 1");
	found_is("currency: EUR\nrates: {USD: 0.00000000001}\n", "ten decimal places");
	found_is("currency: EUR\nrates: [USD]\n", "rates");
	found_is("currency: EUR\nrates: {USD: 1}\nrate: {RUB: 1}\n", "rate");
}

/* the portfolio of EUR with rates of this text */
static void
begin(struct judging *j, struct rates *rates, const char *text)
{
	struct findings found;

	judging_begin(j, "", "2026-10", BASIS_AUTO);
	findings_init(&found);
	if (rates_read(rates, (struct str){text, strlen(text)}, "r.yaml", &j->arena, &found.sink) < 0)
		fail_msg("%s", findings_text(&found));
	portfolio_use_rates(&j->p, rates->currency, rates);
	buf_free(&found.text);
}

static void
each_sum_is_rounded_once_half_away_from_zero(void **state)
{
	struct rates rates;
	struct judging j;

	(void)state;
	begin(&j, &rates, "currency: EUR\nrates: {USD: 0.5, AAA: 3, ZZZ: 0.0000000001}\n");
	/* 0.01 + 0.02 are 0.03, half of which is 0.015; months by themselves would give 0.01 + 0.01 */
	judging_sells(&j, "a", "2026-09:0.01:-0.01 2026-10:0.02:-0.02 2025-10:0.05:0.05", "currency: USD\n");
	judging_sells(&j, "b", "2026-10:1:1", "currency: AAA\n");
	judging_sells(&j, "c", "2026-10:1:1", "currency: ZZZ\n");
	judging_sells(&j, "d", "2026-10:0.005:0.005", "currency: EUR\n");
	judging_finish(&j);
	decimal_is(judged(&j, "a")->revenue, "0.02");
	decimal_is(judged(&j, "a")->margin, "-0.02");
	decimal_is(judged(&j, "a")->margin_before, "0.03");
	decimal_is(judged(&j, "b")->revenue, "3");
	assert_int_equal(decimal_sign(&judged(&j, "c")->revenue), 0);
	decimal_is(judged(&j, "d")->revenue, "0.005");
	judging_free(&j);
}

static void
an_amount_with_too_many_digits_is_an_error(void **state)
{
	struct rates rates;
	struct judging j;

	(void)state;
	begin(&j, &rates, "currency: EUR\nrates: {USD: 1000000000000}\n");
	judging_sells(&j, "a", "2026-10:999999999999999999999999999999:1", "currency: USD\n");
	judging_refused(&j, "account a: its sums in EUR have too many digits");
	judging_free(&j);
}

/* tenfold money by a tenth of the rate is the same money */
static void
shares_do_not_depend_on_the_unit_of_a_currency(void **state)
{
	static const char *const texts[] = {"currency: EUR\nrates: {USD: 0.9}\n",
					    "currency: EUR\nrates: {USD: 0.09}\n"};
	static const char *const sales[] = {"2026-10:333.30:77.70", "2026-10:3333.00:777.00"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct rates rates;
		struct judging j;

		begin(&j, &rates, texts[i]);
		judging_sells(&j, "a", sales[i], "currency: USD\n");
		judging_sells(&j, "b", "2026-10:100:30.07", "currency: EUR\n");
		judging_finish(&j);
		/* 69.93 of 100.00; 299.97 of 399.97 */
		measure_is(&j, "a", "share", "69.9");
		measure_is(&j, "a", "volume", "75.0");
		judging_free(&j);
	}
}

static void
the_room_of_divisions_is_in_the_currency_of_the_sums(void **state)
{
	struct rates rates;
	struct judging j;

	(void)state;
	begin(&j, &rates, "currency: EUR\nrates: {USD: 0.5, RUB: 0.01}\n");
	judging_sells(&j, "a", "2026-10:10:1",
		      "currency: USD\ndivision: north\npotential:\n"
		      "  - {year: 2026, division: north, amount: 100}\n"
		      "  - {year: 2026, division: south, amount: 200}\n");
	judging_sells(&j, "b", "2026-10:3000:1", "currency: RUB\nparent: a\ndivision: south\n");
	judging_finish(&j);
	/* 50 − 5, 100 − 30 */
	measure_is(&j, "a", "headroom-division", "{north: 45.00, south: 70.00}");
	/* 35 of 150 */
	measure_is(&j, "a", "group-penetration", "23.3");
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_rate_is_found),
	    cmocka_unit_test(each_sum_is_rounded_once_half_away_from_zero),
	    cmocka_unit_test(an_amount_with_too_many_digits_is_an_error),
	    cmocka_unit_test(shares_do_not_depend_on_the_unit_of_a_currency),
	    cmocka_unit_test(the_room_of_divisions_is_in_the_currency_of_the_sums),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
