/*
 * One kind of account at the edge after another, and what all measures that it
 * touches say of it, worked by hand. The window is 2025-11-01 to 2026-10-31.
 * Other tests have the measures one by one.
 */
#include "explainone.h"

#define LAST "2026-10"

/* each line of the text is a measure and its value, which is left out where it is missing */
static void
measures_are(const struct judging *j, const char *id, const char *text)
{
	char line[128], *value;

	for (size_t n; *text; text += n + 1) {
		n = strcspn(text, "\n");
		assert_true(n < sizeof line);
		memcpy(line, text, n);
		line[n] = '\0';
		value = strchr(line, ' ');
		if (value)
			*value++ = '\0';
		measure_is(j, id, line, value ? value : "");
	}
}

/* account a, which is that text behind its id, beside b */
static void
begin(struct judging *j, const char *last, const char *a, const char *b)
{
	struct buf text = {0};

	judging_begin(j, "", last, BASIS_AUTO);
	buf_printf(&text, "id: a\n%s", a);
	judging_add(j, text.data);
	judging_sells(j, "b", b, "");
	judging_finish(j);
	buf_free(&text);
}

static void
of_a_client_that_never_bought_what_it_could_buy_and_owes_is_said(void **state)
{
	struct judging j;

	(void)state;
	begin(&j, LAST,
	      "division: paper\n"
	      "potential: [{year: 2026, product: film, division: paper, amount: 1200}, {year: 2027, amount: "
	      "600}]\n"
	      "contracts: [{id: k, value: 5, discount: 5}]\n"
	      "plan: {year: 2026, revenue: 1200, forecast: {2026-10: 100}}\n"
	      "complaints: [{id: r, opened: 2026-10-01}]\n"
	      "invoices: [{id: i, date: 2026-10-01, due: 2026-10-21, amount: 50}]\n",
	      "2026-10:100:10");
	measures_are(
	    &j, "a",
	    "share 0.0\nsize standard\nvolume 0.0\nabc C\nvariation\nxyz\nrfm\ngrowth\ntrend\n"
	    "last-order\ngap\nrhythm\nmargin-rate\nmargin-rate-change\ndiscount 5.0\ndiscount-change 0.0\n"
	    "potential 1200.00\npenetration 0.0\nheadroom 1200.00\nheadroom-by\n"
	    "headroom-division {paper: 1200.00}\npotential-next 600.00\npotential-3y 600.00\nbreadth\n"
	    "group-share\ngroup-volume\ngroup-penetration\nnet-margin\nalive\nexpected-orders\nnpv\n"
	    "dso\ndso-countback\ndays-late 10.0\noverdue 50.00\nexposure 50.00\nreturn-rate\n"
	    "complaint-rate\nopen-complaints 1\nplan-fact 0.0\nrun-rate 0.00\nrun-rate-share 0.0\n"
	    "forecast-error\n");
	judging_free(&j);
}

static void
one_month_has_no_movement_but_all_that_is_a_part(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(
	    &j,
	    "id: a\n"
	    "potential: [{year: 2026, product: film, amount: 600}, {year: 2026, product: carton, amount: "
	    "600}]\n"
	    "invoices: [{id: i, date: 2026-10-01, due: 2026-11-01, amount: 100}]\n"
	    "complaints: [{id: r, opened: 2026-10-31}]\n"
	    "plan: {year: 2026, revenue: 1200, forecast: {2026-10: 150}}\n"
	    "sales:\n"
	    "  - {month: 2026-10, source: s, revenue: 200, margin: 50, returns: 50, orders: 2, on: [5, 15], "
	    "products: {film: 150, carton: 50}}\n"
	    "  - {month: 2026-11, source: s, revenue: 999, margin: 999, orders: 9, on: [1]}\n");
	judging_add(&j,
		    "id: b\nsales: [{month: 2026-10, source: s, revenue: 600, margin: 150, orders: 1, on: "
		    "[20]}]\n");
	judging_finish(&j);
	/* rfm: 0, 1 and 0 of 2 have less. 50 × 2.2083001 = 110.415006; 100 ÷ 200 × 365 and × 31 days; 50 of 250 sent back;
	 * plan of ten months 1000; 200 ÷ 1 × 3; |150 − 200| ÷ 200 */
	measures_are(
	    &j, "a",
	    "share 25.0\nsize monopoly\nvolume 25.0\nabc A\nvariation\nxyz\nrfm 131\ngrowth\ntrend\n"
	    "last-order 2026-10-15\ngap\nrhythm\nmargin-rate 25.0\nmargin-rate-change\n"
	    "penetration 16.7\nheadroom 1000.00\nheadroom-by {carton: 550.00, film: 450.00}\nbreadth 2\n"
	    "net-margin 50.00\nnpv 110.42\nalive\ndso 182.5\ndso-countback 15.5\nreturn-rate 20.0\n"
	    "complaint-rate 50.0\nplan-fact 20.0\nrun-rate 600.00\nrun-rate-share 50.0\n"
	    "forecast-error 25.0\n");
	measures_are(&j, "b", "share 75.0\nvolume 75.0\nabc A\nrfm 313\nbreadth\n");
	judging_free(&j);
}

static void
a_loss_is_less_than_nothing_in_every_measure_of_margin(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, "id: a\nsales:\n"
			"  - {month: 2025-10, source: s, revenue: 100, margin: 50, orders: 1, on: [1]}\n"
			"  - {month: 2026-08, source: s, revenue: 100, margin: -10, orders: 1, on: [1]}\n"
			"  - {month: 2026-09, source: s, revenue: 100, margin: -20, orders: 1, on: [1]}\n"
			"  - {month: 2026-10, source: s, revenue: 100, margin: -30, orders: 1, on: [1]}\n");
	judging_add(&j,
		    "id: b\nparent: a\n"
		    "sales: [{month: 2026-10, source: s, revenue: 100, margin: 40, orders: 1, on: [1]}]\n");
	judging_add(&j, "id: c\n"
			"sales: [{month: 2024-11, source: s, revenue: 0, margin: 0}, {month: 2026-10, "
			"source: s, revenue: 600, margin: 220, orders: 3, on: [1]}]\n");
	judging_finish(&j);
	/* −60 of 200; revenue 300 of 1000; (−60 − 50) ÷ 50. Months: nine of 0 and three of 100, mean 25, deviation
	 * √((9 × 625 + 3 × 5625) ÷ 12) = 43.30. −20 % after 50 %. −60 × 2.20830 = −132.498. With b −20 of 200. */
	measures_are(&j, "a",
		     "share -30.0\nsize standard\nvolume 30.0\nabc C\nvariation 173.2\nxyz Z\nrfm 121\n"
		     "growth -220.0\ntrend\nmargin-rate -20.0\nmargin-rate-change -70.0\ngroup-share -10.0\n"
		     "group-volume 40.0\nnet-margin -60.00\nnpv -132.50\n");
	measures_are(&j, "c", "share 110.0\nabc A\nsize monopoly\nrfm 124\n");
	judging_free(&j);
}

/* the months of two years up to the window's end, 100 each, with an order on the 10th */
static void
add_steady(struct judging *j, const char *id)
{
	struct buf text = {0};

	buf_printf(&text,
		   "id: %s\n"
		   "plan: {year: 2026, revenue: 1200, forecast: {2026-09: 100, 2026-10: 100}}\n"
		   "complaints: [{id: r, opened: 2025-10-31, closed: 2025-10-31}]\n"
		   "competitors: [{name: k, criteria: [{criterion: p, weight: 3, us: 4, them: 4}]}]\n"
		   "log: [{date: 2025-01-01, kind: call, by: p}, {date: 2026-10-01, kind: call, by: p}]\n"
		   "invoices:\n",
		   id);
	for (int i = 1; i <= 9; i++)
		buf_printf(&text, "  - {id: i%d, due: 2026-0%d-01, amount: 5, settled: 2026-0%d-06}\n", i, i,
			   i);
	buf_adds(&text, "sales:\n");
	for (int i = 10; i < 34; i++)
		buf_printf(&text,
			   "  - {month: %d-%02d, source: s, revenue: 100, margin: 20, returns: 0, orders: 1, "
			   "on: [10]}\n",
			   2024 + i / 12, i % 12 + 1);
	judging_add(j, text.data);
	buf_free(&text);
}

static void
where_all_are_equal_and_nothing_changes_all_is_said_to_be_so(void **state)
{
	static const char *const ids[] = {"a", "b", "c", "d", "e"};
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	for (size_t i = 0; i < 5; i++)
		add_steady(&j, ids[i]);
	judging_finish(&j);
	/* 2024-11-10 to 2026-10-10 are 699 days, ÷ 23 = 30.4; 21 days since then ÷ 30.4. Invoices 5 days late: 4 due
	 * from January to April, 5 after. 1000 of the plan's ten months. */
	for (size_t i = 0; i < 5; i++)
		measures_are(&j, ids[i],
			     "share 20.0\nsize large\nvolume 20.0\nabc A\nvariation 0.0\nxyz X\nrfm 111\n"
			     "growth 0.0\ntrend 0.0\nlast-order 2026-10-10\ngap 30.4\nrhythm 0.7\n"
			     "margin-rate 20.0\nmargin-rate-change 0.0\nnet-margin 240.00\nnpv 529.99\n"
			     "days-late 5.0\ndays-late-worst 5\nlateness-trend 0.0\nexposure 0.00\ndso 0.0\n"
			     "dso-countback 0.0\nreturn-rate 0.0\ncomplaint-rate 0.0\nmanager-changes 0\n"
			     "competitive 0.0\nplan-fact 100.0\nrun-rate 1200.00\nrun-rate-share 100.0\n"
			     "forecast-error 0.0\n");
	judging_free(&j);
}

static void
of_returns_alone_nothing_is_a_part_and_the_rest_is_below_0(void **state)
{
	struct judging j;

	(void)state;
	begin(&j, LAST,
	      "potential: [{year: 2026, product: film, amount: 1200}]\n"
	      "complaints: [{id: r, opened: 2026-10-01}]\n"
	      "invoices: [{id: i, date: 2026-10-01, due: 2026-10-21, amount: 50}]\n"
	      "plan: {year: 2026, revenue: 1200, forecast: {2026-10: 5}}\n"
	      "sales:\n"
	      "  - {month: 2026-08, source: s, revenue: -10, margin: -2, returns: 10, orders: 0, on: [], "
	      "products: {film: -10}}\n"
	      "  - {month: 2026-10, source: s, revenue: -90, margin: -18, returns: 90, orders: 0, on: [], "
	      "products: {film: -90}}\n",
	      "2026-10:1100:120");
	/* −20 of 100, −100 of 1000; −100 ÷ 1200; 1200 + 100; −20 × 2.20830; −100 of 1000 planned; −100 ÷ 3 × 5 */
	measures_are(
	    &j, "a",
	    "share -20.0\nsize standard\nvolume -10.0\nabc C\nvariation\nxyz\nrfm\ngrowth\ntrend\n"
	    "last-order\ngap\nrhythm\nmargin-rate\nmargin-rate-change\npenetration -8.3\n"
	    "headroom 1300.00\nheadroom-by {film: 1300.00}\nbreadth 0\nnet-margin -20.00\nnpv -44.17\n"
	    "alive\nexpected-orders\ndso\ndso-countback\nreturn-rate\ncomplaint-rate\n"
	    "plan-fact -10.0\nrun-rate -166.67\nrun-rate-share -13.9\nforecast-error\n");
	measures_are(&j, "b", "share 120.0\nvolume 110.0\nabc A\n");
	judging_free(&j);
}

static void
of_a_potential_of_0_there_is_no_part_and_more_was_sold_than_could_be(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(
	    &j,
	    "id: a\ndivision: paper\n"
	    "potential: [{year: 2026, product: film, division: paper, amount: 0}, {year: 2027, amount: 0}]\n"
	    "sales: [{month: 2026-10, source: s, revenue: 100, margin: 20, products: {film: 100}}]\n");
	judging_sells(&j, "b", "2026-10:-50:-10", "parent: a\npotential: [{year: 2026, amount: 0}]\n");
	judging_sells(&j, "c", "2026-10:50:90", "");
	judging_finish(&j);
	/* attractiveness: potential-next and headroom 0 points, margin-rate (20 − 5) ÷ 25 = 60 by 3 of weights 11 */
	measures_are(&j, "a",
		     "potential 0.00\npenetration\nheadroom -100.00\nheadroom-by {film: -100.00}\n"
		     "headroom-division {paper: -100.00}\npotential-next 0.00\npotential-3y 0.00\n"
		     "group-share 10.0\ngroup-volume 50.0\ngroup-penetration\nattractiveness 16\n");
	measures_are(&j, "b", "potential 0.00\npenetration\nheadroom 50.00\n");
	judging_free(&j);
}

static void
a_group_that_only_sent_back_is_a_part_below_0(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, "id: a\npotential: [{year: 2026, amount: 200}]\n");
	judging_sells(&j, "b", "2026-10:-50:-10", "parent: a\n");
	judging_sells(&j, "c", "2026-10:150:110", "");
	judging_sells(&j, "e", "", "parent: d\n");
	judging_sells(&j, "d", "2026-11:7:7", "");
	judging_finish(&j);
	measures_are(&j, "a", "group-share -10.0\ngroup-volume -50.0\ngroup-penetration -25.0\n");
	measures_are(&j, "d", "group-share 0.0\ngroup-volume 0.0\ngroup-penetration\n");
	judging_free(&j);
}

static void
what_is_dated_after_the_window_is_not_known(void **state)
{
	struct judging j;

	(void)state;
	begin(
	    &j, LAST,
	    "contracts: [{id: k, start: 2026-11-01, discount: 5}]\n"
	    "programmes: [{name: p, start: 2026-11-01, end: 2026-12-31, cost: 5}]\n"
	    "reliability: [{date: 2026-11-01, reputation: bad, finances: bad, limit: 5}]\n"
	    "needs: [{what: w, asked: 2026-11-01, state: met}]\n"
	    "promises: [{id: o, due: 2026-11-01}]\n"
	    "complaints:\n"
	    "  - {id: r, opened: 2026-11-01, closed: 2026-11-02, cause: x}\n"
	    "  - {id: t, opened: 2026-11-01, cause: x}\n"
	    "surveys: [{date: 2026-11-01, kind: nps, sent: 2026-11-01, score: 1}]\n"
	    "log: [{date: 2026-11-01, kind: call, by: p, with: [x]}, {date: 2026-12-01, kind: call, by: q}]\n"
	    "plan: {year: 2027, revenue: 5, forecast: {2026-11: 5}}\n"
	    "sales:\n"
	    "  - {month: 2026-11, source: s, revenue: 5, margin: 5, returns: 5, orders: 3, on: [1, 2, 3], "
	    "products: "
	    "{film: 5}}\n"
	    "deliveries: [{id: d, ordered: 2026-11-01, promised: 2026-11-02, refused: no truck}]\n"
	    "invoices: [{id: i, date: 2026-11-01, due: 2026-11-01, amount: 50}]\n",
	    "2026-10:100:10");
	measures_are(
	    &j, "a",
	    "share 0.0\nsize standard\nvolume 0.0\nabc C\nvariation\nxyz\nrfm\ngrowth\ntrend\n"
	    "last-order\ngap\nrhythm\nmargin-rate\nmargin-rate-change\ndiscount\ndiscount-change\nbreadth\n"
	    "net-margin\nnpv\nalive\nexpected-orders\ndso\ndso-countback\ndays-late\ndays-late-worst\n"
	    "overdue\noverdue-share\nnot-due\noverdue-30\noverdue-60\noverdue-90\noverdue-older\n"
	    "lateness-trend\nexposure\nexposure-share\nrisk\non-time-in-full\nlate-deliveries\n"
	    "refused-deliveries\nreturn-rate\ncomplaint-rate\ndays-to-settle\nopen-complaints 0\n"
	    "repeated-causes 0\npromises-kept\nlast-contact\ncontact-age\none-person\nmanager-changes\n"
	    "needs-known\nneeds-met\nrelations\nnps\nnps-age\nnps-response\nplan-fact\nrun-rate\n"
	    "run-rate-share\nforecast-error\n");
	flags_are(&j, "");
	judging_free(&j);
}

static void
february_29_is_the_last_day_of_a_window_of_366(void **state)
{
	struct judging j;

	(void)state;
	begin(&j, "2024-02",
	      "contracts:\n  - {id: k, end: 2023-02-28, discount: 5}\n  - {id: l, start: 2024-02-29, "
	      "discount: 6}\n"
	      "programmes: [{name: p, start: 2024-02-29, end: 2024-03-01, cost: 10}]\n"
	      "reliability: [{date: 2024-02-29, reputation: good, limit: 400}]\n"
	      "needs: [{what: w, asked: 2023-03-01}, {what: x, asked: 2023-02-28}]\n"
	      "promises: [{id: o, due: 2024-02-29, kept: 2024-02-29}, {id: q, due: 2024-02-29, kept: "
	      "2024-03-01}]\n"
	      "complaints: [{id: r, opened: 2024-02-28, closed: 2024-02-29}, {id: t, opened: 2024-02-29}]\n"
	      "surveys: [{date: 2024-02-29, kind: nps, sent: 2024-02-29, score: 7}]\n"
	      "log: [{date: 2024-02-29, kind: call}]\n"
	      "plan: {year: 2024, revenue: 1200, forecast: {2024-02: 366}}\n"
	      "sales: [{month: 2024-02, source: s, revenue: 366, margin: 36.6, orders: 3, on: [1, 15, 29]}]\n"
	      "deliveries:\n"
	      "  - {id: d, promised: 2024-02-29, delivered: 2024-02-29, in-full: yes}\n"
	      "  - {id: e, promised: 2024-02-29, delivered: 2024-03-01, in-full: yes}\n"
	      "invoices: [{id: i, date: 2024-02-01, due: 2024-02-28, amount: 100}]\n",
	      "2024-02:1:1");
	/* 100 ÷ 366 × 366 and × 29 days; 36.60 − 10 × 1 ÷ 2; × 2.20830; 366 of 200 planned, and ÷ 1 × 11 */
	measures_are(
	    &j, "a",
	    "last-order 2024-02-29\ngap 14.0\nrhythm 0.0\ndiscount 6.0\ndiscount-change 1.0\n"
	    "net-margin 31.60\nnpv 69.78\ndso 100.0\ndso-countback 7.9\ndays-late 1.0\ndays-late-worst 1\n"
	    "overdue 100.00\noverdue-30 100.00\nexposure-share 25.0\non-time-in-full 50.0\n"
	    "late-deliveries 1\ncomplaint-rate 66.7\ndays-to-settle 1.0\nopen-complaints 1\n"
	    "promises-kept 50.0\nlast-contact 2024-02-29\ncontact-age 0\nneeds-known 50.0\nnps 7\n"
	    "nps-age 0\nnps-response 100.0\nplan-fact 183.0\nrun-rate 4026.00\nforecast-error 0.0\n");
	judging_free(&j);
}

/*
 * Health by the built-in model: trend 0.0 of −5 to 3: 62.5 points by 20; days-late 9.0 of 45 to 0: 80 by 20;
 * on-time-in-full 100.0: 100 by 10; return-rate 12.50 of 312.50, 4.0 of 10 to 0: 60 by 10; rhythm 30 days ÷ 20.0 =
 * 1.5 of 3 to 1: 75 by 15; relations 8, the mean of 25, 0 and 0: 8 by 20; nps 6: 60 by 15. 6635 ÷ 110 = 60.3.
 * Attractiveness: potential-next 25 of 50 millions: 50 by 5; headroom 700 of 30 millions: 0 by 3; margin-rate 15.0 of 5
 * to 30: 40 by 3. 370 ÷ 11 = 33.6. Strength: penetration 30.0 of 60: 50 by 4; relations 8 by 3; competitive 1.0 of −2
 * to 2: 75 by 3. 449 ÷ 10.
 */
static void
the_built_in_model_judges_as_it_says(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(
	    &j,
	    "id: a\nprofile: {industry-rank: 3}\n"
	    "contacts: [{id: x}]\n"
	    "competitors: [{name: k, criteria: [{criterion: p, weight: 1, us: 4, them: 3}]}]\n"
	    "potential: [{year: 2026, amount: 1000}, {year: 2027, amount: 25000000}]\n"
	    "surveys: [{date: 2026-10-01, kind: nps, score: 6}]\n"
	    "sales:\n"
	    "  - {month: 2026-08, source: s, revenue: 100, margin: 15, returns: 12.5, orders: 1, on: [22]}\n"
	    "  - {month: 2026-09, source: s, revenue: 100, margin: 15, returns: 0, orders: 1, on: [11]}\n"
	    "  - {month: 2026-10, source: s, revenue: 100, margin: 15, returns: 0, orders: 1, on: [1]}\n"
	    "deliveries: [{id: d, promised: 2026-10-05, delivered: 2026-10-05, in-full: yes}]\n"
	    "invoices: [{id: i, due: 2026-10-01, amount: 5, settled: 2026-10-10}]\n");
	judging_finish(&j);
	measures_are(
	    &j, "a",
	    "trend 0.0\ndays-late 9.0\non-time-in-full 100.0\nreturn-rate 4.0\nrhythm 1.5\nrelations 8\n"
	    "nps 6\nhealth 60\npotential-next 25000000.00\nheadroom 700.00\nmargin-rate 15.0\n"
	    "attractiveness 34\npenetration 30.0\ncompetitive 1.0\nstrength 45\nfield streamline\n"
	    "industry-rank 3\nkey yes\n");
	measure_is(&j, "a", "band", "watch");
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(of_a_client_that_never_bought_what_it_could_buy_and_owes_is_said),
	    cmocka_unit_test(one_month_has_no_movement_but_all_that_is_a_part),
	    cmocka_unit_test(a_loss_is_less_than_nothing_in_every_measure_of_margin),
	    cmocka_unit_test(where_all_are_equal_and_nothing_changes_all_is_said_to_be_so),
	    cmocka_unit_test(of_returns_alone_nothing_is_a_part_and_the_rest_is_below_0),
	    cmocka_unit_test(of_a_potential_of_0_there_is_no_part_and_more_was_sold_than_could_be),
	    cmocka_unit_test(a_group_that_only_sent_back_is_a_part_below_0),
	    cmocka_unit_test(what_is_dated_after_the_window_is_not_known),
	    cmocka_unit_test(february_29_is_the_last_day_of_a_window_of_366),
	    cmocka_unit_test(the_built_in_model_judges_as_it_says),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
