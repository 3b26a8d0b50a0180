/*
 * How well we serve a client, worked by hand. The window is 2025-11-01 to
 * 2026-10-31.
 */
#include "explainone.h"

/*
 * In the window a to i: good a b; late c, never came d, short e, refused f,
 * refused in part and late g, late though not told whether in full h; not told i
 */
#define TABLE                                                                                              \
	"deliveries:\n"                                                                                    \
	"  - {id: a, ordered: 2026-10-01, promised: 2026-10-05, delivered: 2026-10-05, in-full: yes}\n"    \
	"  - {id: b, ordered: 2025-10-01, promised: 2025-11-01, delivered: 2025-10-20, in-full: yes}\n"    \
	"  - {id: c, ordered: 2026-10-01, promised: 2026-10-05, delivered: 2026-10-06, in-full: yes}\n"    \
	"  - {id: d, ordered: 2026-10-01, promised: 2026-10-31}\n"                                         \
	"  - {id: e, ordered: 2026-10-01, promised: 2026-10-05, delivered: 2026-10-05, in-full: no}\n"     \
	"  - {id: f, ordered: 2026-10-01, promised: 2026-10-05, refused: out of film}\n"                   \
	"  - {id: g, ordered: 2026-10-01, promised: 2026-10-05, delivered: 2026-10-06, refused: 2 of 9}\n" \
	"  - {id: h, ordered: 2026-10-01, promised: 2026-10-05, delivered: 2026-10-06}\n"                  \
	"  - {id: i, ordered: 2026-10-01, promised: 2026-10-05, delivered: 2026-10-04}\n"                  \
	"  - {id: j, ordered: 2026-10-01, promised: 2026-11-01}\n"                                         \
	"  - {id: k, ordered: 2025-10-01, promised: 2025-10-31, delivered: 2025-12-01, in-full: no}\n"     \
	"  - {id: l, ordered: 2026-11-01, promised: 2026-10-01}\n"                                         \
	"  - {id: m, ordered: 2026-10-31, refused: no truck}\n"                                            \
	"  - {id: n, ordered: 2026-11-01, refused: no truck}\n"                                            \
	"  - {id: o, refused: no truck}\n"

static void
a_delivery_is_good_when_it_came_by_its_day_and_in_full(void **state)
{
	(void)state;
	said(TABLE, "on-time-in-full", "25.0"); /* a b of a to h */
	said(TABLE, "late-deliveries", "4");	/* c d g h */
	said(TABLE, "refused-deliveries", "3"); /* f g m */
	steps_alone_are(
	    "", "id: a\n" TABLE, "on-time-in-full",
	    "\"c\": promised 2026-10-05, came 2026-10-06\n"
	    "\"d\": promised 2026-10-31, did not come\n"
	    "\"e\": promised 2026-10-05, came 2026-10-05, not in full\n"
	    "\"f\": promised 2026-10-05, did not come, refused\n"
	    "\"g\": promised 2026-10-05, came 2026-10-06, refused\n"
	    "\"h\": promised 2026-10-05, came 2026-10-06\n"
	    "\"i\": promised 2026-10-05, came 2026-10-04, nobody says whether in full: left out\n"
	    "promised in the window: 2 in time and in full, 6 not, 1 left out\n100 × 2 ÷ 8 = 25.0\n");
	steps_alone_are("", "id: a\n" TABLE, "refused-deliveries",
			"\"f\": promised 2026-10-05, \"out of film\"\n"
			"\"g\": promised 2026-10-05, \"2 of 9\"\n"
			"\"m\": ordered 2026-10-31, \"no truck\"\ndeliveries: 3 of 10\n");
}

static void
a_delivery_that_came_after_the_window_had_not_come(void **state)
{
	static const char lines[] =
	    "deliveries:\n"
	    "  - {id: a, ordered: 2024-02-01, promised: 2024-02-29, delivered: 2024-02-29, in-full: yes}\n"
	    "  - {id: b, ordered: 2024-02-01, promised: 2024-02-29, delivered: 2024-03-01, in-full: yes}\n"
	    "  - {id: c, promised: 2024-03-01, delivered: 2024-03-01, in-full: yes}\n";

	(void)state;
	said_on("2024-02", lines, "on-time-in-full", "50.0");
	said_on("2024-02", lines, "late-deliveries", "1");
	said_on("2024-03", lines, "on-time-in-full", "66.7");
	said_on("2024-01", lines, "on-time-in-full", "");
}

static void
without_deliveries_nothing_is_said_of_them(void **state)
{
	static const char *const names[] = {"on-time-in-full", "late-deliveries", "refused-deliveries"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		said("", names[i], "");
		said("deliveries: [{id: a, delivered: 2026-10-01, in-full: yes}]\n", names[i], "");
		said("deliveries: [{id: a, promised: 2025-10-31, refused: yes}]\n", names[i], "");
	}
	said("deliveries: [{id: a, promised: 2026-10-31, delivered: 2026-10-31}]\n", "on-time-in-full", "");
	said("deliveries: [{id: a, promised: 2026-10-31, delivered: 2026-10-31}]\n", "late-deliveries", "0");
	said("deliveries: [{id: a, ordered: 2026-10-31}]\n", "refused-deliveries", "0");
}

static void
returns_are_part_of_gross_sales(void **state)
{
	(void)state;
	/* 25 of 475 + 25 */
	said("sales:\n  - {month: 2025-11, source: s, revenue: 500, returns: 0}\n"
	     "  - {month: 2026-10, source: s, revenue: -25, returns: 25}\n"
	     "  - {month: 2026-10, source: t, revenue: 0}\n"
	     "  - {month: 2025-10, source: s, revenue: 1, returns: 900}\n"
	     "  - {month: 2026-11, source: s, revenue: 1, returns: 900}\n",
	     "return-rate", "5.0");
	said("sales: [{month: 2026-10, source: s, revenue: 5, returns: 0.00}]\n", "return-rate", "0.0");
	/* only returns, of what was sold before: nothing to be a part of */
	said("sales: [{month: 2026-10, source: s, revenue: -25, returns: 25}]\n", "return-rate", "");
	said("sales: [{month: 2026-10, source: s, revenue: -30, returns: 25}]\n", "return-rate", "");
	said("sales: [{month: 2026-10, source: s, revenue: 5}]\n", "return-rate", "");
	said("sales: [{month: 2026-10, source: s, revenue: 500, returns: -5}]\n", "return-rate", "");
	said("", "return-rate", "");
	steps_alone_are("", "id: a\nsales: [{month: 2026-10, source: s, revenue: 90, returns: 10}]\n",
			"return-rate",
			"gross sales: revenue 90.00 + returns 10.00 = 100.00\n100 × 10.00 ÷ 100.00 = 10.0\n");
}

/* opened in the window: a b c d; closed in it: a b e */
#define COMPLAINTS                                                                        \
	"complaints:\n"                                                                   \
	"  - {id: a, opened: 2025-11-01, closed: 2025-11-05, cause: Proof  not signed}\n" \
	"  - {id: b, opened: 2026-10-30, closed: 2026-10-31, cause: proof not signed}\n"  \
	"  - {id: c, opened: 2026-10-31, closed: 2026-11-01, cause: ёлка}\n"          \
	"  - {id: d, opened: 2026-10-31}\n"                                               \
	"  - {id: e, opened: 2025-10-21, closed: 2025-11-01, cause: ЕЛКА}\n"          \
	"  - {id: f, opened: 2026-11-01}\n"                                               \
	"  - {id: g, opened: 2025-01-01, closed: 2025-10-31, cause: елка}\n"          \
	"  - {id: h, opened: 2026-11-05, closed: 2026-10-05}\n"                           \
	"  - {id: i, closed: 2026-10-05}\n"                                               \
	"  - {id: j}\n"

static void
complaints_are_counted_to_orders(void **state)
{
	(void)state;
	/* 4 to 30 + 18 orders */
	said(COMPLAINTS "sales:\n  - {month: 2025-11, source: s, revenue: 5, orders: 30}\n"
			"  - {month: 2026-10, source: s, revenue: 5, orders: 18}\n"
			"  - {month: 2025-10, source: s, revenue: 5, orders: 99}\n",
	     "complaint-rate", "8.3");
	said("complaints: [{id: a, opened: 2020-01-01}]\nsales: [{month: 2026-10, source: s, revenue: 5, "
	     "orders: 2}]\n",
	     "complaint-rate", "0.0");
	/* nobody records any */
	said("sales: [{month: 2026-10, source: s, revenue: 5, orders: 2}]\n", "complaint-rate", "");
	said(COMPLAINTS, "complaint-rate", "");
	said(COMPLAINTS "sales: [{month: 2026-10, source: s, revenue: 5, orders: 0}]\n", "complaint-rate",
	     "");
	steps_alone_are(
	    "", "id: a\n" COMPLAINTS "sales: [{month: 2026-10, source: s, revenue: 5, orders: 3}]\n",
	    "complaint-rate",
	    "complaints opened in the window, 4: a, b, c, d\norders in the window: 3\n100 × 4 ÷ 3 = 133.3\n");
}

static void
orders_may_be_very_many(void **state)
{
	(void)state;
	said("complaints: [{id: a, opened: 2026-10-01}]\nsales:\n"
	     "  - {month: 2026-10, source: s, revenue: 5, orders: 999999999}\n"
	     "  - {month: 2026-09, source: s, revenue: 5, orders: 999999999}\n"
	     "  - {month: 2026-08, source: s, revenue: 5, orders: 999999999}\n",
	     "complaint-rate", "0.0");
}

static void
days_to_settle_are_of_what_was_closed_in_the_window(void **state)
{
	(void)state;
	steps_alone_are("", "id: a\n" COMPLAINTS, "days-to-settle",
			"\"a\": opened 2025-11-01, closed 2025-11-05: 4\n"
			"\"b\": opened 2026-10-30, closed 2026-10-31: 1\n"
			"\"e\": opened 2025-10-21, closed 2025-11-01: 11\n"
			"16 ÷ 3 = 5.3\n");
	said(COMPLAINTS, "days-to-settle", "5.3");
	said("complaints: [{id: a, opened: 2024-02-28, closed: 2024-03-01}]\n", "days-to-settle", "");
	said_on("2024-03", "complaints: [{id: a, opened: 2024-02-28, closed: 2024-03-01}]\n",
		"days-to-settle", "2.0");
	said("", "days-to-settle", "");
}

static void
a_complaint_is_open_until_its_day(void **state)
{
	(void)state;
	said(COMPLAINTS, "open-complaints", "3"); /* c d j */
	steps_alone_are(
	    "", "id: a\n" COMPLAINTS, "open-complaints",
	    "\"c\": opened 2026-10-31\n\"d\": opened 2026-10-31\n\"j\": opened on a day that nobody says\n"
	    "open on 2026-10-31: 3 of 10 complaints\n");
	said_on("2026-11", COMPLAINTS, "open-complaints", "3"); /* d f j; h is closed, if oddly */
	said("complaints: [{id: a, opened: 2020-01-01, closed: 2020-01-02}]\n", "open-complaints", "0");
	said("", "open-complaints", "");
}

static void
a_cause_is_repeated_whatever_its_letters(void **state)
{
	(void)state;
	said(COMPLAINTS, "repeated-causes", "1");
	steps_alone_are(
	    "", "id: a\n" COMPLAINTS, "repeated-causes",
	    "of those opened in the window tell a cause: 3 complaints\n\"proof not signed\": 2 times\n");
	said_on("2025-11", COMPLAINTS, "repeated-causes", "1"); /* e and g */
	said(
	    "complaints:\n  - {id: a, opened: 2026-10-01, cause: x}\n  - {id: b, opened: 2026-10-01, cause: "
	    "y}\n"
	    "  - {id: c, opened: 2026-10-01, cause: X}\n  - {id: d, opened: 2026-10-01, cause: Y}\n"
	    "  - {id: e, opened: 2026-10-01, cause: Y}\n  - {id: f, opened: 2026-10-01, cause: z}\n"
	    "  - {id: g, opened: 2026-10-01, cause: \" \"}\n  - {id: h, opened: 2026-10-01, cause: \"  \"}\n",
	    "repeated-causes", "2");
	said("complaints: [{id: a, opened: 2026-10-01, cause: x}]\n", "repeated-causes", "0");
	said("", "repeated-causes", "");
	flagged(COMPLAINTS, "repeated-cause ");
	flagged(
	    "complaints: [{id: a, opened: 2026-10-01, cause: x}, {id: b, opened: 2025-10-01, cause: x}]\n",
	    "");
}

/* due in the window: a kept on its day, b early, c late, d never, e after the window */
#define PROMISES                                           \
	"promises:\n"                                      \
	"  - {id: a, due: 2026-10-31, kept: 2026-10-31}\n" \
	"  - {id: b, due: 2025-11-01, kept: 2025-10-01}\n" \
	"  - {id: c, due: 2026-02-28, kept: 2026-03-01}\n" \
	"  - {id: d, due: 2026-02-28}\n"                   \
	"  - {id: e, due: 2026-10-31, kept: 2026-11-01}\n" \
	"  - {id: f, due: 2026-11-01}\n"                   \
	"  - {id: g, due: 2025-10-31}\n"                   \
	"  - {id: h, kept: 2026-10-31}\n"

static void
a_promise_is_kept_by_its_day_or_not(void **state)
{
	(void)state;
	said(PROMISES, "promises-kept", "40.0");
	steps_alone_are("", "id: a\n" PROMISES, "promises-kept",
			"\"c\": due 2026-02-28, kept 2026-03-01\n"
			"\"d\": due 2026-02-28, not kept\n"
			"\"e\": due 2026-10-31, not kept\n"
			"kept by their day: 2 of the 5 due in the window\n100 × 2 ÷ 5 = 40.0\n");
	said_on("2025-10", PROMISES, "promises-kept", "0.0");
	said_on("2024-10", PROMISES, "promises-kept", "");
	said("promises: [{id: a, due: 2026-11-27}]\n", "promises-kept", "");
	said("", "promises-kept", "");
	flagged(PROMISES, "promise-broken ");
	flagged("promises: [{id: a, due: 2026-10-31, kept: 2026-10-31}, {id: b, due: 2026-11-01}]\n", "");
}

static void
a_single_broken_promise_of_thousands_is_flagged(void **state)
{
	struct buf text = {0};

	(void)state;
	buf_adds(&text, "promises:\n  - {id: broken, due: 2026-10-31}\n");
	for (int i = 0; i < 2500; i++)
		buf_printf(&text, "  - {id: n%d, due: 2026-10-31, kept: 2026-10-31}\n", i);
	said(text.data, "promises-kept", "100.0");
	flagged(text.data, "promise-broken ");
	buf_free(&text);
}

/* by the built-in model: days-late 9 of 45 earn 80, two of three good deliveries of 80 to 99 % earn 0, returns of 1 % 90 */
static void
health_counts_payment_and_service(void **state)
{
	static const char lines[] = "invoices: [{id: a, due: 2026-10-01, amount: 5, settled: 2026-10-10}]\n"
				    "deliveries:\n"
				    "  - {id: a, promised: 2026-10-05, delivered: 2026-10-05, in-full: yes}\n"
				    "  - {id: b, promised: 2026-10-05, delivered: 2026-10-05, in-full: yes}\n"
				    "  - {id: c, promised: 2026-10-05, delivered: 2026-10-07, in-full: yes}\n"
				    "sales: [{month: 2026-10, source: s, revenue: 99, returns: 1}]\n";
	struct buf text = {0};

	(void)state;
	buf_printf(&text, "id: a\n%s", lines);
	/* (80 × 20 + 0 × 10 + 90 × 10) ÷ 40 = 62.5 */
	said(lines, "health", "63");
	steps_alone_are("health:\n  - {measure: days-late, zero: 45, full: 0, weight: 20}\n"
			"  - {measure: on-time-in-full, zero: 80, full: 99, weight: 10}\n",
			text.data, "health",
			"days-late 9.0: 100 × (9.0 − 45) ÷ (0 − 45) = 80.0 points, by weight 20\n"
			"on-time-in-full 66.7: 100 × (66.7 − 80) ÷ (99 − 80), kept within 0 and 100, = 0.0 "
			"points, by weight 10\n"
			"points by weight 1600.0 ÷ weights 30 = 53\n");
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_delivery_is_good_when_it_came_by_its_day_and_in_full),
	    cmocka_unit_test(a_delivery_that_came_after_the_window_had_not_come),
	    cmocka_unit_test(without_deliveries_nothing_is_said_of_them),
	    cmocka_unit_test(returns_are_part_of_gross_sales),
	    cmocka_unit_test(complaints_are_counted_to_orders),
	    cmocka_unit_test(orders_may_be_very_many),
	    cmocka_unit_test(days_to_settle_are_of_what_was_closed_in_the_window),
	    cmocka_unit_test(a_complaint_is_open_until_its_day),
	    cmocka_unit_test(a_cause_is_repeated_whatever_its_letters),
	    cmocka_unit_test(a_promise_is_kept_by_its_day_or_not),
	    cmocka_unit_test(a_single_broken_promise_of_thousands_is_flagged),
	    cmocka_unit_test(health_counts_payment_and_service),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
