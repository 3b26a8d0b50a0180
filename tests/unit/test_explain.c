/*
 * Every figure of a score, every flag and every proposal can be redone from
 * its steps: an account of which all is known, and such as raise all flags.
 */
#include "explaining.h"

#define LAST "2026-10"
#define CLIENTS 30 /* whose order days suffice for the chance of being alive */

/* all but its sales, of which each measure has something */
#define RICH                                                                                                 \
	"id: rich\nmanager: north\ndivision: south\ntier: large\ncategories: [partner]\n"                    \
	"profile: {industry-rank: 2}\n"                                                                      \
	"reliability: [{date: 2026-01-01, reputation: good, finances: good, limit: 1000.00}]\n"              \
	"contacts:\n"                                                                                        \
	"  - {id: anna, function: purchasing, level: 3, role: decider, stance: supporter, primary: yes}\n"   \
	"  - {id: boris, function: finance, level: 4}\n"                                                     \
	"  - {id: gone, function: logistics, level: 2, left: 2026-01-01}\n"                                  \
	"needs: [{what: speed, state: met, asked: 2026-04-01}, {what: price, asked: 2024-01-01}]\n"          \
	"competitors: [{name: Other, criteria: [{criterion: price, weight: 5, us: 2, them: 4}]}]\n"          \
	"potential:\n"                                                                                       \
	"  - {year: 2025, product: carton, division: north, amount: 3000.00}\n"                              \
	"  - {year: 2026, product: carton, division: north, amount: 2500.00}\n"                              \
	"  - {year: 2026, product: film, division: south, amount: 1500.00}\n"                                \
	"  - {year: 2027, product: carton, amount: 5000.00}\n"                                               \
	"contracts: [{id: K-1, start: 2025-01-01, end: 2027-12-31, value: 100.00, discount: 4}]\n"           \
	"programmes: [{name: bonus, start: 2026-03-01, end: 2026-05-31, cost: 92.00}]\n"                     \
	"promises: [{id: O-1, what: a sample, due: 2026-04-30, kept: 2026-04-28}]\n"                         \
	"plan: {year: 2026, revenue: 1500.00, forecast: {2026-09: 90.00}}\n"                                 \
	"complaints: [{id: R-3, opened: 2026-07-01, closed: 2026-07-09, cause: labels}]\n"                   \
	"surveys: [{date: 2026-05-20, kind: nps, contact: anna, sent: 2026-05-11, score: 8}]\n"              \
	"log:\n"                                                                                             \
	"  - {date: 2025-12-01, kind: call, by: p, with: [anna]}\n"                                          \
	"  - {date: 2026-02-01, kind: call, by: p, with: [anna]}\n"                                          \
	"  - {date: 2026-08-20, kind: visit, by: q, with: [anna, boris]}\n"                                  \
	"deliveries: [{id: Z-1, ordered: 2026-08-05, promised: 2026-08-10, delivered: 2026-08-10, in-full: " \
	"yes}]\n"                                                                                            \
	"invoices:\n"                                                                                        \
	"  - {id: a, date: 2025-12-01, due: 2025-12-31, amount: 10.00, settled: 2025-12-31}\n"               \
	"  - {id: b, date: 2025-12-01, due: 2026-01-31, amount: 10.00, settled: 2026-01-31}\n"               \
	"  - {id: c, date: 2025-12-01, due: 2026-02-28, amount: 10.00, settled: 2026-02-28}\n"               \
	"  - {id: d, date: 2025-12-01, due: 2026-06-30, amount: 10.00, settled: 2026-06-30}\n"               \
	"  - {id: e, date: 2025-12-01, due: 2026-07-31, amount: 10.00, settled: 2026-07-31}\n"               \
	"  - {id: f, date: 2026-10-01, due: 2026-11-15, amount: 10.00}\n"                                    \
	"  - {id: g, date: 2025-12-01, due: 2026-08-31, amount: 10.00, settled: 2026-08-31}\n"

/* key by people's word, and much speaks against it */
#define BAD                                                                                              \
	"id: bad\nmanager: m\ntier: key\n"                                                               \
	"reliability: [{date: 2026-01-01, reputation: bad, finances: bad, limit: 10.00}]\n"              \
	"contacts: [{id: carl, role: decider, stance: critic}, {id: dora}]\n"                            \
	"competitors:\n  - name: Rival\n    criteria:\n"                                                 \
	"      - {criterion: price, weight: 1, us: 2, them: 1}\n"                                        \
	"      - {criterion: speed, weight: 1, us: 2, them: 1}\n"                                        \
	"      - {criterion: style, weight: 1, us: 2, them: 1}\n"                                        \
	"promises: [{id: O-9, what: a visit, due: 2026-04-30}]\n"                                        \
	"complaints: [{id: R-1, opened: 2026-07-01, cause: torn}, {id: R-2, opened: 2026-08-01, cause: " \
	"torn}]\n"                                                                                       \
	"log:\n  - {date: 2026-02-01, with: [carl]}\n  - {date: 2026-03-01, with: [carl]}\n"             \
	"  - {date: 2026-04-01, with: [carl]}\n"                                                         \
	"invoices:\n"                                                                                    \
	"  - {id: a, date: 2025-12-01, due: 2025-12-31, amount: 10.00, settled: 2025-12-31}\n"           \
	"  - {id: b, date: 2025-12-01, due: 2026-01-31, amount: 10.00, settled: 2026-01-31}\n"           \
	"  - {id: c, date: 2025-12-01, due: 2026-02-28, amount: 10.00, settled: 2026-02-28}\n"           \
	"  - {id: d, date: 2025-12-01, due: 2026-05-31, amount: 10.00}\n"                                \
	"  - {id: e, date: 2025-12-01, due: 2026-06-30, amount: 10.00}\n"                                \
	"  - {id: f, date: 2025-12-01, due: 2026-07-31, amount: 10.00}\n"                                \
	"sales:\n"                                                                                       \
	"  - {month: 2024-11, source: s, revenue: 1000.00, margin: 200.00, on: [5]}\n"                   \
	"  - {month: 2025-11, source: s, revenue: 800000.00, margin: 80000.00, returns: 200000.00, "     \
	"on: [1, 3, 5, 7, 9, 11, 13, 15]}\n"

/* a buyer of whom little is known */
#define SMALL                      \
	"id: small\ntier: large\n" \
	"sales:\n  - {month: 2026-10, source: s, revenue: 10.00, margin: 1.00}\n"

static struct buf rich;

/* one that ordered on one day, every other one on a second */
static void
add_client(struct judging *j, int i)
{
	struct buf text = {0};

	buf_printf(&text, "id: c%d\n", i);
	if (i == 0)
		buf_adds(&text, "parent: rich\ndivision: north\n");
	if (i >= CLIENTS - 3)
		buf_adds(&text, "manager: m\ntier: key\n");
	buf_adds(
	    &text,
	    "sales:\n  - {month: 2025-01, source: s, revenue: 10.00, margin: 1.00, orders: 1, on: [5]}\n");
	if (i % 2)
		buf_adds(&text, "  - {month: 2026-02, source: s, revenue: 10.00, margin: 1.00, orders: 1, "
				"on: [7]}\n");
	judging_add(j, text.data);
	buf_free(&text);
}

static void
begin(struct judging *j)
{
	buf_clear(&rich);
	buf_adds(&rich, RICH "sales:\n");
	for (int i = 0; i < 24; i++)
		buf_printf(&rich,
			   "  - {month: %d-%02d, source: s, revenue: %d.00, margin: 20.00, returns: 1.00, "
			   "orders: 2, on: [5, 20], products: {carton: 60.00, film: 40.00}}\n",
			   2024 + (i + 10) / 12, (i + 10) % 12 + 1, 100 + i);
	judging_begin(j, "", LAST, BASIS_AUTO);
	judging_add(j, rich.data);
	judging_add(j, BAD);
	judging_add(j, SMALL);
	for (int i = 0; i < CLIENTS; i++)
		add_client(j, i);
	judging_finish(j);
}

static void
end(struct judging *j)
{
	buf_free(&rich);
	judging_free(j);
}

static void
every_measure_has_steps(void **state)
{
	struct judging j;
	struct explained e;

	(void)state;
	begin(&j);
	explain(&j, rich.data, &e);
	for (size_t i = 0; i < MEASURES; i++) {
		if (!measured_known(&e.judgement.have[i]))
			fail_msg("%s is missing: %s", measures[i].name,
				 e.judgement.have[i].missing ? e.judgement.have[i].missing : "");
		if (!e.steps.of[i].len)
			fail_msg("%s has no steps", measures[i].name);
	}
	explained_free(&e);
	end(&j);
}

static void
every_flag_has_steps(void **state)
{
	const char *const documents[] = {BAD, SMALL};
	struct judging j;
	struct explained e;
	flag_set seen = 0;

	(void)state;
	begin(&j);
	for (size_t k = 0; k < sizeof documents / sizeof *documents; k++) {
		explain(&j, documents[k], &e);
		for (size_t i = 0; i < FLAGS; i++) {
			if (flag_is_in(e.judgement.flags, (enum flag_id)i) != (e.steps.flag[i].len > 0))
				fail_msg("%s: steps without the flag, or the other way round", flags[i].name);
		}
		seen |= e.judgement.flags;
		explained_free(&e);
	}
	for (size_t i = 0; i < FLAGS; i++) {
		if (!flag_is_in(seen, (enum flag_id)i))
			fail_msg("%s is raised by none", flags[i].name);
	}
	end(&j);
}

static void
flag_steps_are(const struct explained *e, enum flag_id flag, const char *expected)
{
	assert_string_equal(e->steps.flag[flag].len ? e->steps.flag[flag].data : "", expected);
}

static void
a_flag_tells_what_raised_it(void **state)
{
	struct judging j;
	struct explained e;

	(void)state;
	begin(&j);
	explain(&j, BAD, &e);
	flag_steps_are(&e, FLAG_FEW_CONTACTS, "contacts 2\nthe model wants 4 at the least\n");
	flag_steps_are(&e, FLAG_DECIDER_AGAINST, "deciders: carl critic\n");
	flag_steps_are(&e, FLAG_COMPARISON_ONE_SIDED, "Rival: all 3 criteria better\n");
	flag_steps_are(&e, FLAG_TOO_MANY_KEY, "4 of \"m\", and the model allows 3: bad, c27, c28, c29\n");
	/* 375 days ÷ 8 gaps = 46.9; 350 days since 2025-11-15 */
	flag_steps_are(&e, FLAG_LAPSED, "rhythm 7.5\nlast-order 2025-11-15\n");
	flag_steps_are(&e, FLAG_PROMISE_BROKEN, "promises-kept 0.0 %\n\"O-9\": due 2026-04-30, not kept\n");
	flag_steps_are(&e, FLAG_MANY_RETURNS, "return-rate 20.0, a point from 5, two from 10: 2 points\n");
	explained_free(&e);
	explain(&j, SMALL, &e);
	flag_steps_are(&e, FLAG_DECIDER_UNKNOWN, "deciders: none\n");
	flag_steps_are(&e, FLAG_TIER_DIFFERS,
		       "people say large\ntier standard: it buys, or bought in the window before, and is "
		       "neither key by the profile nor large\n");
	explained_free(&e);
	end(&j);
}

static void
proposals_are(const struct judging *j, const char *document, const char *expected)
{
	struct explained e;

	explain(j, document, &e);
	assert_string_equal(e.steps.proposals.data, expected);
	explained_free(&e);
}

static void
a_proposal_tells_its_grounds(void **state)
{
	static const char parent[] = "id: p\npotential: [{year: 2026, amount: 400.00}]\n"
				     "sales: [{month: 2026-10, source: s, revenue: 100.00, margin: 10.00}]\n";
	static const char idle[] = "id: idle\npotential: [{year: 2026, amount: 1.00}]\n";
	static const char called[] = "id: called\ntier: key\n";
	static const char stranger[] = "id: stranger\n";
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, parent);
	judging_add(&j, idle);
	judging_add(&j, called);
	judging_add(&j, stranger);
	judging_sells(&j, "child", "2026-10:50:900", "parent: p\n");
	judging_finish(&j);
	/* of 150 in all 10 % are 15; with its child it sold 150 of 400 */
	proposals_are(
	    &j, parent,
	    "tier standard: it buys, or bought in the window before, and is neither key by the profile nor "
	    "large\n"
	    "group-penetration 37.5 %, to be under 50; the group's potential less its revenue 250.00, "
	    "100 × 250.00 ÷ 150.00 = 166.7 % of the portfolio's revenue, to be 10 or more: "
	    "prospective\n");
	proposals_are(
	    &j, idle,
	    "tier prospect: it bought nothing in the window and the one before, and has a potential\n"
	    "penetration 0.0 %, to be under 50; headroom 1.00, 100 × 1.00 ÷ 150.00 = 0.7 % of the "
	    "portfolio's revenue, to be 10 or more: not prospective\n");
	proposals_are(&j, called,
		      "tier not proposed: people call it key, and what is not known could make it key by the "
		      "profile\nlines that hold: 0, not known: 4, wanted: 2\n");
	proposals_are(&j, stranger,
		      "tier not proposed: it bought nothing in the window and the one before, and has no "
		      "potential\n");
	judging_free(&j);
}

static void
size_and_class_tell_what_decides(void **state)
{
	static const char b[] =
	    "id: b\nsales: [{month: 2026-10, source: s, revenue: 15.00, margin: 15.00}]\n";
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "a", "2026-10:80.05:80.05", "");
	judging_add(&j, b);
	judging_sells(&j, "c", "2026-10:15.00:15.00", "");
	judging_sells(&j, "d", "2026-10:0.45:0.45", "");
	judging_finish(&j);
	/* 110.50 in all: 10 % are 11.05, 80 % 88.40, 95 % 104.975; 100 × 80.05 ÷ 110.50 = 72.44 */
	steps_are(&j, b, "size", "15.00 of 110.50; large from 10 % = 11.05, monopoly above 20 % = 22.10\n");
	steps_are(&j, b, "abc",
		  "accounts that bring more than its 15.00: 1, together 80.05, which is 72.4 % of 110.50\n"
		  "A where that is below 80 % = 88.40, B below 95 % = 104.975\n"
		  "together with it and those that bring as much: 99.6 %\n");
	judging_free(&j);
}

static void
of_many_names_a_dozen_are_shown_and_made_safe(void **state)
{
	struct buf text = {0};

	(void)state;
	buf_adds(&text, "id: a\ncontacts:\n  - {id: \"x\\e[2J\", level: 1}\n");
	for (int i = 1; i < 15; i++)
		buf_printf(&text, "  - {id: p%d, level: 2}\n", i);
	steps_of_one_are(
	    LAST, text.data, "contacts",
	    "have not left: x\\x1B[2J, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11 and 3 more\n");
	steps_of_one_are(LAST, text.data, "levels",
			 "level 1: x\\x1B[2J\n"
			 "level 2: p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12 and 2 more\n");
	buf_free(&text);
}

static void
a_band_tells_the_one_before(void **state)
{
	static const char text[] = "id: a\ncontacts: [{id: x}]\nlog: [{date: 2026-10-01}]\n"
				   "score: {as-of: 2026-09-30, band: {now: good, since: 2026-06-30}}\n";
	static const char model[] = "health: [{measure: contacts, zero: 0, full: 2, weight: 1}]\n";
	struct judging j;

	(void)state;
	judging_begin(&j, model, LAST, BASIS_AUTO);
	judging_add(&j, text);
	judging_finish(&j);
	steps_are(&j, text, "band",
		  "health 50; good from 70, watch from 40\n"
		  "before it good, by the score that the account came with\n"
		  "since 2026-10-31, the first window's end with this band\n");
	judging_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_measure_has_steps),
	    cmocka_unit_test(every_flag_has_steps),
	    cmocka_unit_test(a_flag_tells_what_raised_it),
	    cmocka_unit_test(a_proposal_tells_its_grounds),
	    cmocka_unit_test(size_and_class_tell_what_decides),
	    cmocka_unit_test(of_many_names_a_dozen_are_shown_and_made_safe),
	    cmocka_unit_test(a_band_tells_the_one_before),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
