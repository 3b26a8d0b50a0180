#include "accounts.h"
#include "domain/audit.h"

static void
assert_decimal(struct decimal d, const char *text)
{
	struct buf b = {0};

	buf_adds(&b, d.known ? "" : "unknown");
	decimal_format_exact(&b, d);
	assert_string_equal(b.data, text);
	buf_free(&b);
}

static void
what_people_keep_of_a_client_reaches_its_structs(void **state)
{
	const struct competitor *rival;
	const struct criterion *criteria;
	const struct plan_goal *goals;
	const struct account *a;
	struct made *m = made_from_file(TEST_DATA "/full.yaml");

	(void)state;
	a = &m->account;
	assert_string_equal(a->profile.industry, "kitchen furniture");
	assert_int_equal(a->profile.industry_rank, 3);
	assert_decimal(a->profile.financials.budget, "2100000.50");
	assert_string_equal(((const struct contact *)a->contacts.v)->motivation, "bonus on lead times");
	assert_int_equal(a->needs.n, 2);
	assert_string_equal(((const struct need *)a->needs.v)[1].whose, "lab");
	rival = a->competitors.v;
	assert_decimal(rival->share, "42.5");
	criteria = rival->criteria.v;
	assert_int_equal(rival->criteria.n, 2);
	assert_int_equal(criteria[1].us - criteria[1].them, 3);
	goals = a->plan.goals.v;
	assert_string_equal(goals[1].milestone, "stock at our side");
	assert_int_equal(date_cmp(((const struct plan_action *)a->plan.actions.v)->done, day("2026-11-20")),
			 0);
	assert_int_equal(((const struct plan_value *)a->plan.value_to_client.v)->agreed, YESNO_YES);
	assert_int_equal(a->plan.months.n, 2);
	assert_int_equal(date_cmp(((const struct promise *)a->promises.v)->kept, day("2026-04-28")), 0);
	assert_string_equal(((const struct complaint *)a->complaints.v)->cause, "labels mixed");
	assert_decimal(((const struct survey *)a->surveys.v)->score, "8");
	assert_string_equal(((const struct voice *)a->voice.v)->proposal, "packs of ten");
	assert_string_equal(((const struct referral *)a->referrals.v)->by, "board");
	assert_string_equal(((const struct news *)a->news.v)->source, "Trade Weekly");
	assert_int_equal(((const struct audit *)a->audit.v)->answers.n, 3);
	assert_int_equal(((const struct audit *)a->audit.v)->actions.n, 1);
	assert_int_equal(((const struct delivery *)a->deliveries.v)->in_full, YESNO_NO);
	assert_int_equal(date_cmp(((const struct project *)a->projects.v)->done, day("2026-09-12")), 0);
	assert_decimal(((const struct programme *)a->programmes.v)->effect, "21000.00");
	assert_decimal(((const struct reliability_check *)a->reliability.v)->limit, "150000.00");
	assert_non_null(node_get(a->score, "share"));
	made_free(m);
}

static void
what_is_not_there_leaves_nothing(void **state)
{
	struct made *m = made_from("id: a\nplan: {year: 2026}\nneeds: []\nprofile:\n");

	(void)state;
	assert_int_equal(m->account.plan.year, 2026);
	assert_false(m->account.plan.revenue.known);
	assert_int_equal(m->account.plan.goals.n, 0);
	assert_int_equal(m->account.needs.n, 0);
	assert_null(m->account.profile.goals);
	assert_null(m->account.score);
	made_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_people_keep_of_a_client_reaches_its_structs),
	    cmocka_unit_test(what_is_not_there_leaves_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
