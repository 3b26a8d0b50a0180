#include "agenda.h"

#define SENT "id: receipt, on: proposal-sent, unless: proposal-acknowledged, after: 1bd, do: Call"
#define DEBT                                                                                                 \
	"id: debt, on: invoice-due, unless: invoice-settled, after: 1bd, every: 3bd, do: 'Collect {amount} " \
	"on {invoice}, {days} days late', escalate: {after: 15d, to: head}"
#define OWED "invoices:\n  - {id: I-1, due: 2026-10-30, amount: 120.5}\n"
#define TOUCH "id: touch, on: last-contact, tier: [key], after: 1w, do: 'Call {contact}, {date}, {days}'"
#define SPOKE "tier: key\nlog:\n  - {date: 2026-11-10, kind: call}\n"

static void
a_proposal_sent_on_friday_is_asked_about_on_monday(void **state)
{
	struct fixture *f = *state;

	rule_is(f, SENT);
	assert_string_equal(keys_for(f, "deals:\n  - {id: D-1, proposal: {sent: 2026-11-13}}\n"),
			    "2026-11-16 receipt:D-1:2026-11-16\n");
	assert_string_equal(keys_for(f, "deals:\n  - {id: D-1, proposal: {sent: 2026-11-20}}\n"), "");
	f->options.until = day("2026-11-23");
	assert_string_equal(keys_for(f, "deals:\n  - {id: D-1, proposal: {sent: 2026-11-20}}\n"),
			    "2026-11-23 receipt:D-1:2026-11-23\n");
}

static void
a_holiday_of_the_managers_calendar_is_no_business_day(void **state)
{
	struct fixture *f = *state;
	const char *deal = "manager: m\ndeals:\n  - {id: D-1, proposal: {sent: 2026-11-03}}\n";

	rule_is(f, SENT);
	assert_string_equal(keys_for(f, deal), "2026-11-04 receipt:D-1:2026-11-04\n");
	holidays_are(f, "2026-11-04\n2026-11-05\n");
	assert_string_equal(keys_for(f, deal), "2026-11-06 receipt:D-1:2026-11-06\n");
	assert_string_equal(keys_for(f, strchr(deal, '\n') + 1), "2026-11-04 receipt:D-1:2026-11-04\n");
}

static void
an_acknowledged_proposal_waits_for_interim_results(void **state)
{
	struct fixture *f = *state;
	const char *deal = "deals:\n  - {id: D-1, proposal: {sent: 2026-11-09, acknowledged: 2026-11-13}}\n";

	rule_is(f, SENT);
	assert_string_equal(keys_for(f, deal), "");
	rule_is(f, "id: interim, on: proposal-acknowledged, after: 5bd, do: Agree");
	assert_string_equal(keys_for(f, deal), "2026-11-20 interim:D-1:2026-11-20\n");
}

static void
a_deal_that_is_won_or_lost_asks_for_nothing_more(void **state)
{
	struct fixture *f = *state;

	rule_is(f, SENT);
	assert_string_equal(keys_for(f, "deals:\n"
					"  - {id: D-1, stage: won, proposal: {sent: 2026-11-09}}\n"
					"  - {id: D-2, stage: lost, proposal: {sent: 2026-11-09}}\n"
					"  - {id: D-3, closed: 2026-11-12, proposal: {sent: 2026-11-09}}\n"
					"  - {id: D-4, stage: negotiation, proposal: {sent: 2026-11-09}}\n"),
			    "2026-11-10 receipt:D-4:2026-11-10\n");
}

static void
a_proposal_is_renewed_business_days_before_it_expires(void **state)
{
	struct fixture *f = *state;

	rule_is(f, "id: expiry, on: proposal-valid-until, before: 5bd, do: Renew");
	f->options.until = day("2026-12-31");
	assert_string_equal(keys_for(f, "deals:\n  - {id: D-1, proposal: {valid-until: 2026-12-31}}\n"),
			    "2026-12-24 expiry:D-1:2026-12-24\n");
}

static void
a_tender_is_prepared_months_before_and_void_once_held(void **state)
{
	struct fixture *f = *state;

	rule_is(f, "id: prepare, on: tender, before: 9m, do: Prepare");
	assert_string_equal(keys_for(f, "deals:\n"
					"  - {id: D-1, tender: 2027-06-01}\n"
					"  - {id: D-2, tender: 2027-11-30}\n"
					"  - {id: D-3, tender: 2026-11-21}\n"
					"  - {id: D-4, tender: 2026-11-22}\n"),
			    "2026-02-22 prepare:D-4:2026-02-22\n2026-09-01 prepare:D-1:2026-09-01\n");
	rule_is(f, "id: result, on: tender, after: 1d, do: Ask");
	assert_string_equal(keys_for(f, "deals:\n  - {id: D-3, tender: 2026-11-21}\n"),
			    "2026-11-22 result:D-3:2026-11-22\n");
}

static void
the_schedule_of_calls_goes_by_tier(void **state)
{
	struct fixture *f = *state;

	rule_is(f, TOUCH);
	assert_string_equal(keys_for(f, SPOKE), "2026-11-17 touch:2026-11-17\n");
	assert_string_equal(keys_for(f, "tier: large\nlog:\n  - {date: 2026-11-10}\n"), "");
	assert_string_equal(keys_for(f, "log:\n  - {date: 2026-11-10}\n"), "");
}

static void
a_person_switches_a_rule_off_or_on_against_the_tier(void **state)
{
	struct fixture *f = *state;

	rule_is(f, TOUCH);
	assert_string_equal(keys_for(f, "rules: {touch: off}\n" SPOKE), "");
	assert_string_equal(keys_for(f, "rules: {touch: on}\nlog:\n  - {date: 2026-11-10}\n"),
			    "2026-11-17 touch:2026-11-17\n");
	assert_string_equal(keys_for(f, "rules: {other: off}\n" SPOKE), "2026-11-17 touch:2026-11-17\n");
}

static void
a_contact_in_the_future_was_not_made_yet(void **state)
{
	struct fixture *f = *state;

	rule_is(f, TOUCH);
	assert_string_equal(keys_for(f, SPOKE "  - {date: 2026-11-30, kind: visit}\n"),
			    "2026-11-17 touch:2026-11-17\n");
}

static void
a_client_nobody_spoke_to_is_due_at_once(void **state)
{
	struct fixture *f = *state;

	rule_is(f, TOUCH);
	assert_string_equal(keys_for(f, "tier: key\n"), TODAY " touch:undated\n");
	assert_false(date_is_set(f->list.v[0].since));
	assert_string_equal(f->list.v[0].text, "Call a, never, ?");
	assert_string_equal(
	    keys_for(f, "tier: key\nfollowups:\n  - {key: 'touch:undated', snoozed: 2026-11-23}\n"), "");
}

static void
a_call_that_was_done_counts_as_a_contact(void **state)
{
	struct fixture *f = *state;

	rule_is(f, TOUCH);
	f->options.until = day("2026-11-30");
	assert_string_equal(
	    keys_for(f, SPOKE "followups:\n  - {key: 'touch:2026-11-17', done: 2026-11-18}\n"),
	    "2026-11-25 touch:2026-11-25\n");
	assert_string_equal(
	    keys_for(f, "tier: key\nfollowups:\n  - {key: 'touch:undated', done: 2026-11-20}\n"),
	    "2026-11-27 touch:2026-11-27\n");
	assert_string_equal(
	    keys_for(f, SPOKE "followups:\n  - {key: 'touchy:2026-11-17', done: 2026-11-18}\n"),
	    "2026-11-17 touch:2026-11-17\n");
}

static void
a_debt_is_one_line_the_latest_that_is_due(void **state)
{
	struct fixture *f = *state;
	const struct followup *item;

	/* Mon 2, Thu 5, Tue 10, Fri 13, Wed 18, Mon 23 November */
	rule_is(f, DEBT);
	item = item_for(f, "currency: RUB\n" OWED);
	assert_string_equal(item->key, "debt:I-1:2026-11-18");
	assert_int_equal(date_cmp(item->since, day("2026-10-30")), 0);
	assert_string_equal(item->text, "Collect 120.50 RUB on I-1, 23 days late");
	f->options.today = f->options.until = day("2026-11-02");
	assert_string_equal(keys_for(f, OWED), "2026-11-02 debt:I-1:2026-11-02\n");
	f->options.today = f->options.until = day("2026-11-04");
	assert_string_equal(keys_for(f, OWED), "2026-11-02 debt:I-1:2026-11-02\n");
	f->options.today = f->options.until = day("2026-11-05");
	assert_string_equal(keys_for(f, OWED), "2026-11-05 debt:I-1:2026-11-05\n");
}

static void
a_done_occurrence_gives_way_to_the_next(void **state)
{
	struct fixture *f = *state;
	const char *done = OWED "followups:\n  - {key: 'debt:I-1:2026-11-18', done: 2026-11-19}\n";

	rule_is(f, DEBT);
	assert_string_equal(keys_for(f, done), "");
	f->options.until = day("2026-11-30");
	assert_string_equal(keys_for(f, done), "2026-11-23 debt:I-1:2026-11-23\n");
	f->options.today = day("2026-11-23");
	assert_string_equal(keys_for(f, done), "2026-11-23 debt:I-1:2026-11-23\n");
	assert_string_equal(
	    keys_for(f, OWED "followups:\n  - {key: 'debt:I-1:2026-11-02', done: 2026-11-03}\n"),
	    "2026-11-23 debt:I-1:2026-11-23\n");
}

static void
putting_off_a_debt_puts_off_its_repetitions(void **state)
{
	struct fixture *f = *state;
	const char *snoozed = OWED "followups:\n  - {key: 'debt:I-1:2026-11-13', snoozed: 2026-11-27}\n";

	rule_is(f, DEBT);
	assert_string_equal(keys_for(f, snoozed), "");
	f->options.until = day("2026-11-30");
	assert_string_equal(keys_for(f, snoozed), "2026-11-27 debt:I-1:2026-11-18\n");
	f->options.today = day("2026-11-27");
	assert_string_equal(keys_for(f, snoozed), "2026-11-27 debt:I-1:2026-11-26\n");
}

static void
a_mark_on_one_invoice_leaves_the_other_alone(void **state)
{
	struct fixture *f = *state;

	rule_is(f, DEBT);
	assert_string_equal(keys_for(f,
				     OWED "  - {id: 'I-1:2026-11-18', due: 2026-10-30, amount: 1}\n"
					  "followups:\n"
					  "  - {key: 'debt:I-1:2026-11-18:2026-11-18', done: 2026-11-19}\n"),
			    "2026-11-18 debt:I-1:2026-11-18\n");
}

static void
a_paid_invoice_is_no_debt(void **state)
{
	struct fixture *f = *state;

	rule_is(f, DEBT);
	assert_string_equal(keys_for(f, "invoices:\n"
					"  - {id: I-1, due: 2026-10-30, amount: 10, settled: 2026-11-20}\n"
					"  - {id: I-2, due: 2026-10-30, amount: 10.00, paid: 10}\n"
					"  - {id: I-3, amount: 10}\n"),
			    "");
	assert_string_equal(
	    item_for(f, "invoices:\n  - {id: I-1, due: 2026-10-30, amount: 10, paid: 9.5}\n")->text,
	    "Collect 0.50 on I-1, 23 days late");
	assert_string_equal(item_for(f, "invoices:\n  - {id: I-1, due: 2026-10-30}\n")->text,
			    "Collect an unknown amount on I-1, 23 days late");
}

static void
a_debt_is_escalated_on_the_day_its_offset_is_over(void **state)
{
	struct fixture *f = *state;

	rule_is(f, DEBT);
	f->options.today = f->options.until = day("2026-11-13");
	assert_null(item_for(f, OWED)->escalated);
	f->options.today = f->options.until = day("2026-11-14");
	assert_string_equal(item_for(f, OWED)->escalated, "head");
	team_is(f, "head: boss\nmanagers:\n  - {id: m}\n");
	assert_string_equal(item_for(f, OWED)->escalated, "boss");
}

static void
silence_that_the_client_asked_for_is_broken_by_debts_only(void **state)
{
	struct fixture *f = *state;

	rule_is(f, TOUCH);
	assert_string_equal(keys_for(f, "quiet-until: 2026-12-01\n" SPOKE), "");
	f->options.until = day("2026-12-01");
	assert_string_equal(keys_for(f, "quiet-until: 2026-12-01\n" SPOKE), "2026-12-01 touch:2026-11-17\n");
	f->options.until = day(TODAY);
	assert_string_equal(keys_for(f, "quiet-until: 2026-11-01\n" SPOKE), "2026-11-17 touch:2026-11-17\n");
	rule_is(f, DEBT);
	assert_string_equal(keys_for(f, "quiet-until: 2026-12-01\n" OWED),
			    "2026-11-18 debt:I-1:2026-11-18\n");
}

static void
a_deputy_owns_what_falls_into_an_absence(void **state)
{
	struct fixture *f = *state;

	team_is(f, "managers:\n"
		   "  - {id: m, deputy: d, absent: [{from: 2026-11-25, to: 2026-11-30}]}\n"
		   "  - {id: d}\n");
	rule_is(f, TOUCH);
	assert_string_equal(item_for(f, "manager: m\n" SPOKE)->owner, "m");
	f->options.until = day("2026-11-30");
	assert_string_equal(item_for(f, "manager: m\ntier: key\nlog:\n  - {date: 2026-11-18}\n")->owner, "d");
	f->options.today = day("2026-11-26");
	assert_string_equal(item_for(f, "manager: m\n" SPOKE)->owner, "d");
	assert_string_equal(item_for(f, "manager: x\n" SPOKE)->owner, "x");
	assert_null(item_for(f, SPOKE)->owner);
}

static void
a_contract_is_renewed_by_its_own_notice_or_ninety_days(void **state)
{
	struct fixture *f = *state;

	rule_is(f, "id: renewal, on: contract-end, unless: contract-renewed, before: notice, do: Renew");
	f->options.until = day("2027-12-31");
	assert_string_equal(keys_for(f, "contracts:\n"
					"  - {id: K-1, start: 2025-01-01, end: 2027-02-28, notice: 3m}\n"
					"  - {id: K-2, start: 2025-01-01, end: 2027-02-28}\n"
					"  - {id: K-3, start: 2025-01-01}\n"),
			    "2026-11-28 renewal:K-1:2026-11-28\n2026-11-30 renewal:K-2:2026-11-30\n");
	assert_string_equal(keys_for(f, "contracts:\n"
					"  - {id: K-1, start: 2024-01-01, end: 2025-12-31}\n"
					"  - {id: K-2, start: 2026-01-01, end: 2026-12-31}\n"),
			    "2026-10-02 renewal:K-2:2026-10-02\n");
}

static void
months_are_counted_from_the_first_day(void **state)
{
	struct fixture *f = *state;
	const char *owed = "invoices:\n  - {id: I-1, due: 2026-08-31, amount: 1}\n";

	rule_is(f, "id: debt, on: invoice-due, unless: invoice-settled, every: 1m, do: Collect");
	assert_string_equal(keys_for(f, owed), "2026-10-31 debt:I-1:2026-10-31\n");
	f->options.today = f->options.until = day("2026-10-30");
	assert_string_equal(keys_for(f, owed), "2026-09-30 debt:I-1:2026-09-30\n");
	f->options.until = day("2026-12-31");
	assert_string_equal(keys_for(f, "invoices:\n  - {id: I-1, due: 2026-08-31, amount: 1}\n"
					"followups:\n  - {key: 'debt:I-1:2026-09-30', done: 2026-10-01}\n"),
			    "2026-10-31 debt:I-1:2026-10-31\n");
}

/* the occurrence found by going through all of them */
static struct date
latest_by_steps(struct date first, struct offset every, struct date today, const struct calendar *calendar)
{
	struct date due = first;
	struct offset span = every;

	for (int i = 1;; i++) {
		struct date next;

		span.n = every.n * i;
		next = date_add_offset(first, span, 1, calendar);
		if (date_cmp(next, today) > 0)
			return due;
		due = next;
	}
}

static void
repetitions_are_found_as_if_all_were_gone_through(void **state)
{
	static const char *const spans[] = {"1bd", "3bd", "7bd", "1d", "10d", "2w", "1m", "5m", "1y"};
	struct fixture *f = *state;

	holidays_are(f, "2026-11-04\n2026-09-07\n+2026-11-01\n2026-05-01\n2026-05-11\n+2026-11-22\n");
	for (size_t s = 0; s < sizeof spans / sizeof *spans; s++) {
		struct offset every;

		assert_int_equal(offset_parse(spans[s], strlen(spans[s]), &every), 0);
		rule_is(f, arena_printf(&f->arena, "id: r, on: invoice-due, every: %s, do: x", spans[s]));
		for (long back = 0; back < 400; back++) {
			struct date first = date_add_days(f->options.today, -back);
			struct buf iso = {0};
			const struct followup *item;

			date_format(&iso, first);
			item = item_for(f, arena_printf(&f->arena,
							"manager: m\ninvoices:\n  - {id: I, due: %s}\n",
							iso.data));
			assert_int_equal(date_cmp(item->due, latest_by_steps(first, every, f->options.today,
									     &f->calendar)),
					 0);
			buf_free(&iso);
		}
	}
}

static void
a_debt_of_ancient_date_takes_no_time(void **state)
{
	struct fixture *f = *state;

	/* today is a Sunday, so the latest business day is Friday */
	rule_is(f, "id: debt, on: invoice-due, every: 1bd, do: Collect");
	assert_string_equal(keys_for(f, "invoices:\n  - {id: I-1, due: 0001-01-01, amount: 1}\n"),
			    "2026-11-20 debt:I-1:2026-11-20\n");
	rule_is(f, "id: debt, on: invoice-due, before: 9m, do: Collect");
	assert_string_equal(keys_for(f, "invoices:\n  - {id: I-1, due: 0001-01-01, amount: 1}\n"), "");
}

static void
a_birthday_comes_every_year_and_lasts_a_week(void **state)
{
	struct fixture *f = *state;

	rule_is(f, "id: birthday, on: birthday, before: 1d, do: 'Congratulate {contact}'");
	f->options.until = day("2027-11-21");
	assert_string_equal(keys_for(f, "contacts:\n"
					"  - {id: c1, name: C One, birthday: 11-23}\n"
					"  - {id: c2, birthday: 1980-02-29}\n"
					"  - {id: c3, birthday: 11-15}\n"
					"  - {id: c4, birthday: 11-14}\n"
					"  - {id: c5, birthday: 11-23, left: 2026-01-01}\n"),
			    "2026-11-14 birthday:c3:2026-11-14\n"
			    "2026-11-22 birthday:c1:2026-11-22\n"
			    "2027-02-27 birthday:c2:2027-02-27\n"
			    "2027-11-13 birthday:c4:2027-11-13\n");
	assert_string_equal(f->list.v[1].text, "Congratulate C One");
}

static void
an_agreed_contact_is_open_until_that_day_brings_one(void **state)
{
	struct fixture *f = *state;

	rule_is(f, "id: promised, on: log-next, do: '{about}: agreed with {with} by {by}'");
	assert_string_equal(
	    item_for(f,
		     "contacts:\n  - {id: c1, name: C One}\n"
		     "log:\n"
		     "  - {date: 2026-11-12, kind: call, by: m, with: [c1, c9], about: A, next: 2026-11-20}\n"
		     "  - {date: 2026-11-17, kind: call}\n")
		->text,
	    "A: agreed with C One, c9 by m");
	assert_string_equal(f->list.v[0].key, "promised:2026-11-12/call/m/A:2026-11-20");
	assert_string_equal(keys_for(f, "log:\n"
					"  - {date: 2026-11-12, next: 2026-11-20}\n"
					"  - {date: 2026-11-20}\n"),
			    "");
}

static void
the_main_contact_is_told_of_every_other_contact(void **state)
{
	static const char people[] = "contacts:\n  - {id: c1, name: Main, primary: yes}\n  - {id: c2}\n";
	static const char nobody_primary[] = "contacts:\n  - {id: c1}\n  - {id: c2}\n";
	static const char log[] = "log:\n"
				  "  - {date: 2026-11-01, kind: call, with: [c2], told: yes}\n"
				  "  - {date: 2026-11-02, kind: call, with: [c1, c2]}\n"
				  "  - {date: 2026-11-03, kind: call, with: [c2]}\n"
				  "  - {date: 2026-11-04, kind: call, with: [c2], told: no}\n"
				  "  - {date: 2026-11-30, kind: call, with: [c2], told: no}\n";
	struct fixture *f = *state;

	rule_is(f, "id: inform, on: contact-made, unless: primary-told, after: 0d, do: 'Tell {primary}'");
	assert_string_equal(keys_for(f, arena_printf(&f->arena, "%s%s", people, log)),
			    "2026-11-03 inform:2026-11-03/call:2026-11-03\n"
			    "2026-11-04 inform:2026-11-04/call:2026-11-04\n");
	assert_string_equal(f->list.v[0].text, "Tell Main");
	assert_string_equal(keys_for(f, arena_printf(&f->arena, "%s%s", nobody_primary, log)),
			    "2026-11-04 inform:2026-11-04/call:2026-11-04\n");
	assert_string_equal(keys_for(f, log), "");
}

static void
too_few_contacts_are_named_with_what_is_missing(void **state)
{
	struct fixture *f = *state;

	rule_is(f, "id: widen, on: contacts-below, do: 'Only {n}, missing {missing}'");
	assert_string_equal(item_for(f, "contacts:\n"
					"  - {id: c1, function: purchasing}\n"
					"  - {id: c2, function: finance}\n"
					"  - {id: c3, function: logistics}\n"
					"  - {id: c4, function: management, left: 2026-11-22}\n")
				->text,
			    "Only 3, missing management, production, technical, legal, clerical, hr");
	assert_string_equal(f->list.v[0].key, "widen:undated");
	assert_string_equal(keys_for(f, "contacts:\n  - {id: a}\n  - {id: b}\n  - {id: c}\n  - {id: d}\n"),
			    "");
	assert_string_equal(keys_for(f, "followups:\n  - {key: 'widen:undated', done: 2026-11-01}\n"), "");
}

static void
sooner_and_more_urgent_things_come_first(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    playbook_read(&f->playbook,
			  text("rules:\n"
			       "- {id: low, on: invoice-due, do: x, priority: low}\n"
			       "- {id: normal, on: invoice-due, do: x}\n"
			       "- {id: high, on: invoice-due, do: x, priority: high}\n"
			       "- {id: early, on: invoice-due, before: 1d, do: x, priority: low}\n"),
			  "p.yaml", &f->arena, &f->findings.sink),
	    0);
	assert_string_equal(keys_for(f, "invoices:\n"
					"  - {id: I-2, due: 2026-11-20}\n"
					"  - {id: I-1, due: 2026-11-20}\n"),
			    "2026-11-19 early:I-1:2026-11-19\n"
			    "2026-11-19 early:I-2:2026-11-19\n"
			    "2026-11-20 high:I-1:2026-11-20\n"
			    "2026-11-20 high:I-2:2026-11-20\n"
			    "2026-11-20 normal:I-1:2026-11-20\n"
			    "2026-11-20 normal:I-2:2026-11-20\n"
			    "2026-11-20 low:I-1:2026-11-20\n"
			    "2026-11-20 low:I-2:2026-11-20\n");
}

static void
what_is_listed_outlives_the_account(void **state)
{
	struct fixture *f = *state;
	const struct followup *item;

	rule_is(f, DEBT);
	item = item_for(f, "name: Romashka\nmanager: m\n" OWED);
	doc_free(&f->doc);
	assert_string_equal(item->account, "a");
	assert_string_equal(item->title, "Romashka");
	assert_string_equal(item->owner, "m");
	assert_string_equal(item->rule, "debt");
	assert_string_equal(item->priority, "normal");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	    T(a_proposal_sent_on_friday_is_asked_about_on_monday),
	    T(a_holiday_of_the_managers_calendar_is_no_business_day),
	    T(an_acknowledged_proposal_waits_for_interim_results),
	    T(a_deal_that_is_won_or_lost_asks_for_nothing_more),
	    T(a_proposal_is_renewed_business_days_before_it_expires),
	    T(a_tender_is_prepared_months_before_and_void_once_held),
	    T(the_schedule_of_calls_goes_by_tier),
	    T(a_person_switches_a_rule_off_or_on_against_the_tier),
	    T(a_contact_in_the_future_was_not_made_yet),
	    T(a_client_nobody_spoke_to_is_due_at_once),
	    T(a_call_that_was_done_counts_as_a_contact),
	    T(a_debt_is_one_line_the_latest_that_is_due),
	    T(a_done_occurrence_gives_way_to_the_next),
	    T(putting_off_a_debt_puts_off_its_repetitions),
	    T(a_mark_on_one_invoice_leaves_the_other_alone),
	    T(a_paid_invoice_is_no_debt),
	    T(a_debt_is_escalated_on_the_day_its_offset_is_over),
	    T(silence_that_the_client_asked_for_is_broken_by_debts_only),
	    T(a_deputy_owns_what_falls_into_an_absence),
	    T(a_contract_is_renewed_by_its_own_notice_or_ninety_days),
	    T(months_are_counted_from_the_first_day),
	    T(repetitions_are_found_as_if_all_were_gone_through),
	    T(a_debt_of_ancient_date_takes_no_time),
	    T(a_birthday_comes_every_year_and_lasts_a_week),
	    T(an_agreed_contact_is_open_until_that_day_brings_one),
	    T(the_main_contact_is_told_of_every_other_contact),
	    T(too_few_contacts_are_named_with_what_is_missing),
	    T(sooner_and_more_urgent_things_come_first),
	    T(what_is_listed_outlives_the_account),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
