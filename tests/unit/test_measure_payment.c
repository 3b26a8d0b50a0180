/*
 * What a client owes and how it pays, worked by hand. The window is 2025-11-01
 * to 2026-10-31, 365 days.
 */
#include "explainone.h"

/*
 * On 2026-10-31:
 *   a   300, due 10-31: not past due
 *   b   200 of 500,    1 day late        c  40,  30 days      d  50,  31 days
 *   e    60,  60 days  f   70,  61 days  g  80,  90 days      h  90,  91 days
 *   i   100, no due day: not past due
 *   s   settled 10 days late             t   settled early
 * open 990; overdue 200 + 40 + 50 + 60 + 70 + 80 + 90 = 590
 */
#define TABLE                                                                                       \
	"invoices:\n"                                                                               \
	"  - {id: a, date: 2026-10-01, due: 2026-10-31, amount: 300.00}\n"                          \
	"  - {id: b, date: 2026-10-01, due: 2026-10-30, amount: 500.00, paid: 300}\n"               \
	"  - {id: c, date: 2026-09-01, due: 2026-10-01, amount: 40}\n"                              \
	"  - {id: d, date: 2026-09-01, due: 2026-09-30, amount: 50, paid: 0}\n"                     \
	"  - {id: e, date: 2026-08-01, due: 2026-09-01, amount: 60}\n"                              \
	"  - {id: f, date: 2026-08-01, due: 2026-08-31, amount: 70}\n"                              \
	"  - {id: g, date: 2026-07-01, due: 2026-08-02, amount: 80}\n"                              \
	"  - {id: h, date: 2026-07-01, due: 2026-08-01, amount: 90}\n"                              \
	"  - {id: i, date: 2026-07-01, amount: 100}\n"                                              \
	"  - {id: s, date: 2025-10-01, due: 2025-11-01, amount: 1, paid: 1, settled: 2025-11-11}\n" \
	"  - {id: t, date: 2025-10-01, due: 2025-11-30, amount: 1, paid: 1, settled: 2025-11-11}\n"

static void
what_is_open_is_sorted_by_days_past_due(void **state)
{
	(void)state;
	said(TABLE, "exposure", "990.00");
	said(TABLE, "overdue", "590.00");
	said(TABLE, "overdue-share", "59.6"); /* 59.596 */
	said(TABLE, "not-due", "400.00");
	said(TABLE, "overdue-30", "240.00");
	said(TABLE, "overdue-60", "110.00");
	said(TABLE, "overdue-90", "150.00");
	said(TABLE, "overdue-older", "90.00");
}

static void
lateness_is_the_mean_of_what_fell_due_in_the_window(void **state)
{
	(void)state;
	/* 0 1 30 31 60 61 90 91 and 10 0: 374 ÷ 10 */
	said(TABLE, "days-late", "37.4");
	said(TABLE, "days-late-worst", "91");
	/* due on the day before the window, and on its first and last */
	said("invoices:\n"
	     "  - {id: a, due: 2025-10-31, amount: 1, paid: 1, settled: 2026-10-31}\n"
	     "  - {id: b, due: 2025-11-01, amount: 1, paid: 1, settled: 2025-11-08}\n"
	     "  - {id: c, due: 2026-10-31, amount: 1, settled: 2026-10-31}\n"
	     "  - {id: d, due: 2026-11-01, amount: 1}\n",
	     "days-late", "3.5");
	/* what was settled long ago tells nothing of the worst, what is still open does */
	said("invoices: [{id: a, due: 2025-10-31, amount: 1, settled: 2026-10-31}]\n", "days-late-worst", "");
	said("invoices: [{id: a, due: 2025-10-31, amount: 1}]\n", "days-late-worst", "365");
	said("invoices: [{id: a, due: 2025-10-31, amount: 1}]\n", "days-late", "");
}

static void
an_early_payment_is_not_late_and_makes_up_for_none(void **state)
{
	(void)state;
	said("invoices:\n  - {id: a, due: 2026-10-31, amount: 1, settled: 2026-10-01}\n"
	     "  - {id: b, due: 2026-10-01, amount: 1, settled: 2026-10-16}\n",
	     "days-late", "7.5");
}

static void
leap_days_are_days(void **state)
{
	static const char lines[] =
	    "invoices:\n  - {id: a, date: 2024-01-01, due: 2024-02-28, amount: 1, settled: 2024-03-01}\n"
	    "  - {id: b, date: 2024-01-01, due: 2024-01-30, amount: 1}\n"
	    "sales: [{month: 2024-02, source: s, revenue: 58}]\n";

	(void)state;
	said_on("2024-03", lines, "days-late", "31.5"); /* 2 and 61 */
	said_on("2023-03", lines, "days-late", "");
	/* on 2024-02-29 both are open: 1 and 30 days */
	said_on("2024-02", lines, "overdue-30", "2.00");
	said_on("2024-02", lines, "days-late", "15.5");
	said_on("2024-02", lines, "dso", "12.6");	   /* 2 ÷ 58 × 366 = 12.62 */
	said_on("2024-02", lines, "dso-countback", "1.0"); /* 2 ÷ 58 × 29 */
}

static void
nothing_is_known_of_what_came_after_the_window(void **state)
{
	static const char lines[] =
	    "invoices:\n  - {id: a, date: 2026-09-01, due: 2026-09-20, amount: 100, paid: 100, settled: "
	    "2026-10-06}\n"
	    "  - {id: b, date: 2026-10-01, due: 2026-10-30, amount: 1000, paid: 400}\n"
	    "  - {id: c, date: 2026-11-01, due: 2026-11-30, amount: 7}\n";

	(void)state;
	/* a was open, with its whole amount; b and c were not there */
	said_on("2026-09", lines, "exposure", "100.00");
	said_on("2026-09", lines, "overdue", "100.00");
	said_on("2026-09", lines, "days-late", "10.0");
	said_on("2026-09", lines, "days-late-worst", "10");
	/* payments in part have no dates: they count */
	said_on("2026-10", lines, "exposure", "600.00");
	said_on("2026-10", lines, "days-late", "8.5"); /* 16, 1 */
	said_on("2026-11", lines, "exposure", "607.00");
	said_on("2026-08", lines, "exposure", "");
}

static void
days_sales_outstanding_are_of_the_window(void **state)
{
	(void)state;
	/* 990 ÷ 7300 × 365 */
	said(
	    TABLE
	    "sales:\n  - {month: 2025-10, source: s, revenue: 9999}\n"
	    "  - {month: 2025-11, source: s, revenue: 7000}\n  - {month: 2026-10, source: s, revenue: 300}\n",
	    "dso", "49.5");
	/* a short window: 300 ÷ 300 × 31 */
	steps_alone_are("window: 1\n",
			"id: a\ninvoices: [{id: a, date: 2026-10-01, due: 2026-12-01, amount: 300}]\n"
			"sales: [{month: 2026-10, source: s, revenue: 300}]\n",
			"dso", "300.00 open ÷ 300.00 revenue × 31 days = 31.0\n");
	said("invoices: [{id: a, date: 2026-10-01, amount: 5, settled: 2026-10-02}]\n"
	     "sales: [{month: 2026-10, source: s, revenue: 300}]\n",
	     "dso", "0.0");
	said(TABLE, "dso", "");
	said(TABLE "sales: [{month: 2026-10, source: s, revenue: 0}]\n", "dso", "");
	said(TABLE "sales: [{month: 2026-10, source: s, revenue: -50, returns: 50}]\n", "dso", "");
	said("sales: [{month: 2026-10, source: s, revenue: 300}]\n", "dso", "");
}

static void
counting_back_uses_up_the_last_months(void **state)
{
	static const char three[] = "id: a\ninvoices: [{id: a, date: 2026-08-01, amount: 350}]\nsales:\n"
				    "  - {month: 2026-10, source: s, revenue: 100}\n"
				    "  - {month: 2026-09, source: s, revenue: -20, returns: 20}\n"
				    "  - {month: 2026-08, source: s, revenue: 200}\n"
				    "  - {month: 2026-06, source: s, revenue: 400}\n";

	(void)state;
	/* October 31, September 30, August 31, July 31, and 50 of June's 400: 3.75 of 30 days */
	steps_alone_are("", three, "dso-countback",
			"350.00 open\n"
			"2026-10: 100.00 of its revenue 100.00, 31.0 of 31 days\n"
			"2026-09: brought nothing, 30 days\n"
			"2026-08: 200.00 of its revenue 200.00, 31.0 of 31 days\n"
			"2026-07: brought nothing, 31 days\n"
			"2026-06: 50.00 of its revenue 400.00, 3.8 of 30 days\n");
	said(three + sizeof "id: a", "dso-countback", "126.8");
	/* exactly a month; all of both windows; a cent more than all */
	said("invoices: [{id: a, amount: 5}]\nsales: [{month: 2026-10, source: s, revenue: 5}]\n",
	     "dso-countback", "31.0");
	said("invoices: [{id: a, amount: 5}]\nsales: [{month: 2024-11, source: s, revenue: 5}]\n",
	     "dso-countback", "730.0");
	said("invoices: [{id: a, amount: 5.01}]\nsales: [{month: 2024-11, source: s, revenue: 5}]\n",
	     "dso-countback", "");
	said("invoices: [{id: a, amount: 5}]\nsales: [{month: 2024-10, source: s, revenue: 5}]\n",
	     "dso-countback", "");
	said("invoices: [{id: a, amount: 5, paid: 5}]\n", "dso-countback", "0.0");
	said("invoices: [{id: a, amount: 5}]\n", "dso-countback", "");
	said("", "dso-countback", "");
}

static void
without_invoices_nothing_is_said_and_when_all_are_settled_nothing_is_owed(void **state)
{
	static const char *const names[] = {"days-late",     "days-late-worst",
					    "overdue",	     "overdue-share",
					    "not-due",	     "overdue-30",
					    "overdue-60",    "overdue-90",
					    "overdue-older", "lateness-trend",
					    "exposure",	     "exposure-share",
					    "risk",	     "dso"};
	static const char settled[] =
	    "invoices: [{id: a, due: 2026-10-01, amount: 5, settled: 2026-10-01}]\n";

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		said("", names[i], "");
	said(settled, "overdue", "0.00");
	said(settled, "exposure", "0.00");
	said(settled, "overdue-30", "0.00");
	said(settled, "overdue-share", "");
	said(settled, "days-late", "0.0");
	said(settled, "days-late-worst", "0");
}

static void
an_open_invoice_without_amount_leaves_no_sum(void **state)
{
	static const char lines[] = "invoices:\n  - {id: a, due: 2026-10-21}\n  - {id: b, amount: 5}\n"
				    "sales: [{month: 2026-10, source: s, revenue: 5}]\n";

	(void)state;
	said(lines, "exposure", "");
	said(lines, "overdue", "");
	said(lines, "not-due", "");
	said(lines, "dso", "");
	said(lines, "dso-countback", "");
	said(lines, "days-late", "10.0");
	/* one that is settled does no harm */
	said("invoices:\n  - {id: a, due: 2026-10-21, settled: 2026-10-21}\n  - {id: b, amount: 5}\n",
	     "exposure", "5.00");
}

static void
credits_and_overpayments_are_not_set_off(void **state)
{
	static const char lines[] = "invoices:\n  - {id: a, due: 2026-10-21, amount: 100}\n"
				    "  - {id: b, due: 2026-10-01, amount: -30}\n"
				    "  - {id: c, due: 2026-10-01, amount: 40, paid: 50}\n"
				    "  - {id: d, due: 2026-10-11, amount: 10, paid: -5}\n"
				    "  - {id: e, due: 2026-10-01, amount: 0}\n";

	(void)state;
	said(lines, "exposure", "110.00");
	said(lines, "overdue", "110.00");
	/* c was paid on a day that nobody says: a and d, 10 and 20 */
	said(lines, "days-late", "15.0");
	said(lines, "days-late-worst", "20");
	said("invoices: [{id: b, due: 2026-10-01, amount: -30}]\n", "exposure", "");
}

/* due in the first half (to 2026-04-30) 0, 3, 6 days late; in the second 10, 10, 5, 4 */
#define WORSE                                                            \
	"invoices:\n"                                                    \
	"  - {id: a, due: 2025-11-01, amount: 1, settled: 2025-11-01}\n" \
	"  - {id: b, due: 2026-01-01, amount: 1, settled: 2026-01-04}\n" \
	"  - {id: c, due: 2026-04-30, amount: 1, settled: 2026-05-06}\n" \
	"  - {id: d, due: 2026-05-01, amount: 1, settled: 2026-05-11}\n" \
	"  - {id: e, due: 2026-08-01, amount: 1, settled: 2026-08-11}\n" \
	"  - {id: f, due: 2026-10-26, amount: 1}\n"

static void
lateness_of_the_halves_of_the_window_is_compared(void **state)
{
	(void)state;
	/* 29 ÷ 4 − 9 ÷ 3 = 4.25 */
	said(WORSE "  - {id: g, due: 2026-10-27, amount: 1}\n", "lateness-trend", "4.3");
	/* 25 ÷ 3 − 9 ÷ 3 */
	said(WORSE, "lateness-trend", "5.3");
	steps_alone_are("", "id: a\n" WORSE, "lateness-trend",
			"by days-late, months in a half 6: 25 days ÷ 3 invoices due in the second − 9 ÷ 3 in "
			"the first = 5.3\n");
	/* an odd window leaves its middle month out: 3 × 0 against 3 × 2 */
	steps_alone_are("window: 3\n",
			"id: a\ninvoices:\n"
			"  - {id: n1, due: 2026-08-01, amount: 1, settled: 2026-08-01}\n"
			"  - {id: n2, due: 2026-08-01, amount: 1, settled: 2026-08-01}\n"
			"  - {id: n3, due: 2026-08-31, amount: 1, settled: 2026-08-31}\n"
			"  - {id: n4, due: 2026-09-01, amount: 1, settled: 2026-10-01}\n"
			"  - {id: n5, due: 2026-10-01, amount: 1, settled: 2026-10-03}\n"
			"  - {id: n6, due: 2026-10-01, amount: 1, settled: 2026-10-03}\n"
			"  - {id: n7, due: 2026-10-29, amount: 1}\n",
			"lateness-trend",
			"by days-late, months in a half 1: 6 days ÷ 3 invoices due in the second − 0 ÷ 3 in "
			"the first = 2.0\n");
	/* two are not enough in either half */
	said("invoices:\n  - {id: n8, due: 2026-10-01, amount: 1}\n  - {id: n9, due: 2026-10-01, amount: 1}\n"
	     "  - {id: n10, due: 2026-10-01, amount: 1}\n  - {id: n11, due: 2026-01-01, amount: 1}\n  - {id: "
	     "n12, due: 2026-01-01, "
	     "amount: 1}\n",
	     "lateness-trend", "");
}

static void
a_client_that_pays_later_is_flagged(void **state)
{
	(void)state;
	flagged(WORSE, "overdue-high payment-worsening ");
	flagged(WORSE "  - {id: g, due: 2026-10-27, amount: 1}\n", "overdue-high ");
}

static void
exposure_is_part_of_the_newest_limit(void **state)
{
	static const char lines[] = "invoices: [{id: a, due: 2026-12-01, amount: 150}]\nreliability:\n"
				    "  - {date: 2026-01-01, limit: 100}\n"
				    "  - {date: 2025-01-01, limit: 500}\n"
				    "  - {date: 2026-05-01, reputation: good}\n"
				    "  - {limit: 7}\n"
				    "  - {date: 2026-10-31, limit: 200}\n"
				    "  - {date: 2026-11-01, limit: 1000}\n";

	(void)state;
	said(lines, "exposure-share", "75.0");
	said_on("2026-09", lines, "exposure-share", "150.0");
	said_on("2025-12", lines, "exposure-share", "30.0");
	said_on("2024-12", lines, "exposure-share", "");
	said("invoices: [{id: a, amount: 150}]\n", "exposure-share", "");
	said("invoices: [{id: a, amount: 150}]\nreliability: [{date: 2026-01-01, limit: 0}]\n",
	     "exposure-share", "");
	steps_alone_are(
	    "", "id: a\ninvoices: [{id: a, amount: 1}]\nreliability: [{date: 2026-01-01, limit: 3}]\n",
	    "exposure-share",
	    "credit limit 3.00, by the newest check that has one\n100 × 1.00 ÷ 3.00 = 33.3\n");
}

static void
more_than_the_limit_is_flagged_to_the_cent(void **state)
{
	(void)state;
	flagged(
	    "invoices: [{id: a, amount: 100000.00}]\nreliability: [{date: 2026-01-01, limit: 100000.00}]\n",
	    "");
	flagged(
	    "invoices: [{id: a, amount: 100000.01}]\nreliability: [{date: 2026-01-01, limit: 100000.00}]\n",
	    "over-limit ");
	flagged("invoices: [{id: a, amount: 1}]\nreliability: [{date: 2026-01-01, limit: 0}]\n",
		"over-limit ");
	flagged("invoices: [{id: a, amount: 1, paid: 1}]\nreliability: [{date: 2026-01-01, limit: 0}]\n", "");
	flagged("invoices: [{id: a, amount: 1}]\n", "");
}

static void
an_age_lists_its_invoices(void **state)
{
	(void)state;
	steps_alone_are("", "id: a\n" TABLE, "overdue-30",
			"\"b\": 500.00 − 300.00 = 200.00, due 2026-10-30, 1 day late\n"
			"\"c\": 40.00, due 2026-10-01, 30 days late\n"
			"open invoices: 2, together 240.00\n");
	steps_alone_are("", "id: a\n" TABLE, "not-due",
			"\"a\": 300.00, due 2026-10-31, not past due\n\"i\": 100.00, no due day\n"
			"open invoices: 2, together 400.00\n");
	steps_alone_are("", "id: a\n" TABLE, "overdue",
			"1 to 30 days 240.00 + 31 to 60 110.00 + 61 to 90 150.00 + older 90.00 = 590.00\n");
	steps_alone_are("", "id: a\n" TABLE, "exposure",
			"not due 400.00 + overdue 590.00; all that is open, rounded once, 990.00\n");
	steps_alone_are("", "id: a\n" TABLE, "days-late-worst", "\"h\": due 2026-08-01, open: 91\n");
	steps_alone_are(
	    "",
	    "id: a\ninvoices:\n  - {id: n13, due: 2026-10-01, amount: 1, settled: 2026-10-08}\n"
	    "  - {id: \"x\\e\", due: 2026-10-30, amount: 1}\n  - {id: p, due: 2026-10-02, amount: 1, "
	    "paid: 1}\n",
	    "days-late",
	    "\"n13\": due 2026-10-01, settled 2026-10-08: 7\n"
	    "\"x\\x1B\": due 2026-10-30, open: 1\n"
	    "\"p\": paid, nobody says when: left out\n"
	    "8 ÷ 2 = 4.0\n");
}

static void
a_sum_that_is_too_large_is_an_error(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", "2026-10", BASIS_AUTO);
	judging_add(&j, "id: a\ninvoices:\n  - {id: a, amount: 999999999999999999999999999999999999}\n"
			"  - {id: b, amount: 1}\n");
	judging_refused(&j, "account a: dso: a sum is larger than 36 digits");
	judging_free(&j);
}

static void
risk_grows_with_its_grounds(void **state)
{
	(void)state;
	said("reliability: [{date: 2026-01-01, reputation: good, finances: Good}]\n", "risk", "low");
	said("reliability: [{date: 2026-01-01, finances: weak}]\n", "risk", "low");
	said("reliability: [{date: 2026-01-01, finances: poor}]\n", "risk", "elevated");
	said("reliability: [{date: 2026-01-01, finances: слабые, reputation: Сомнительная}]\n", "risk",
	     "elevated");
	said("reliability: [{date: 2026-01-01, finances: vājas, reputation: slikta}]\n", "risk", "elevated");
	said("reliability: [{date: 2026-01-01, finances: плохие, reputation: bad}]\n", "risk", "high");
	/* the newest that says it, and nothing from after the window */
	said("reliability:\n  - {date: 2026-01-01, finances: poor}\n  - {date: 2026-02-01, finances: good}\n"
	     "  - {date: 2026-03-01, reputation: good}\n  - {date: 2026-11-01, reputation: poor}\n",
	     "risk", "low");
	/* a sentence is for people; it speaks neither for nor against */
	said("reliability: [{date: 2026-01-01, reputation: two claims in court}]\n", "risk", "");
	/* returns alone are no ground to grade a payer */
	said("sales: [{month: 2026-10, source: s, revenue: 50, returns: 50}]\n", "risk", "");
	/* due in time, and nothing open */
	said("invoices: [{id: n14, due: 2026-10-01, amount: 1, settled: 2026-10-01}]\n", "risk", "low");
	said("invoices: [{id: n15, due: 2026-10-01, amount: 1, settled: 2026-10-11}]\n", "risk", "low");
	said("invoices: [{id: n16, due: 2026-01-01, amount: 1, settled: 2026-02-01}]\n", "risk", "elevated");
}

static void
the_grounds_of_a_risk_are_steps_and_flags(void **state)
{
	/* 100 of 400 overdue, 40 of them over 60 days; late 0, 20, 70 in the window: 30; limit 200 */
	static const char lines[] =
	    "invoices:\n"
	    "  - {id: a, date: 2026-10-01, due: 2026-10-31, amount: 300}\n"
	    "  - {id: b, date: 2026-10-01, due: 2026-10-11, amount: 60}\n"
	    "  - {id: c, date: 2026-08-01, due: 2026-08-22, amount: 40}\n"
	    "reliability: [{date: 2026-01-01, reputation: doubtful, finances: a sentence, limit: 200}]\n"
	    "sales: [{month: 2026-10, source: s, revenue: 95, returns: 5}]\n";
	struct buf text = {0};

	(void)state;
	buf_printf(&text, "id: a\n%s", lines);
	steps_alone_are(
	    "", text.data, "risk",
	    "overdue-share 25.0, a point from 25: 1 point\n"
	    "over 60 days past due: 100 × 40.00 ÷ exposure 400.00 = 10.0\n"
	    "over 60 days past due, % of what is open 10.0, a point from 1, two from 10: 2 points\n"
	    "days-late 30.0, a point from 10, two from 30: 2 points\n"
	    "exposure against the credit limit, 400.00 of 200.00, a point above it, two from 150 % of it: 2 "
	    "points\n"
	    "reputation \"doubtful\", checked 2026-01-01: 1 point\n"
	    "finances \"a sentence\": no word that is graded, and counts neither way\n"
	    "return-rate 5.0, a point from 5, two from 10: 1 point\n"
	    "points 9; elevated from 2, high from 4\n");
	said(lines, "risk", "high");
	flagged(lines, "overdue-high overdue-over-60 pays-late over-limit doubtful-reputation many-returns ");
	flagged("reliability: [{date: 2026-01-01, reputation: good, finances: weak}]\n", "weak-finances ");
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_open_is_sorted_by_days_past_due),
	    cmocka_unit_test(lateness_is_the_mean_of_what_fell_due_in_the_window),
	    cmocka_unit_test(an_early_payment_is_not_late_and_makes_up_for_none),
	    cmocka_unit_test(leap_days_are_days),
	    cmocka_unit_test(nothing_is_known_of_what_came_after_the_window),
	    cmocka_unit_test(days_sales_outstanding_are_of_the_window),
	    cmocka_unit_test(counting_back_uses_up_the_last_months),
	    cmocka_unit_test(without_invoices_nothing_is_said_and_when_all_are_settled_nothing_is_owed),
	    cmocka_unit_test(an_open_invoice_without_amount_leaves_no_sum),
	    cmocka_unit_test(credits_and_overpayments_are_not_set_off),
	    cmocka_unit_test(lateness_of_the_halves_of_the_window_is_compared),
	    cmocka_unit_test(a_client_that_pays_later_is_flagged),
	    cmocka_unit_test(exposure_is_part_of_the_newest_limit),
	    cmocka_unit_test(more_than_the_limit_is_flagged_to_the_cent),
	    cmocka_unit_test(an_age_lists_its_invoices),
	    cmocka_unit_test(a_sum_that_is_too_large_is_an_error),
	    cmocka_unit_test(risk_grows_with_its_grounds),
	    cmocka_unit_test(the_grounds_of_a_risk_are_steps_and_flags),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
