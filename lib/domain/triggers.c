/*
 * The triggers: what in a dossier has a date and asks for something to be
 * done. The table at the end is the single source of reading, matching and
 * the manual; each trigger is one small function above it.
 */
#include <stddef.h>
#include <string.h>

#include "domain/playbook.h"

#define NOTICE_DAYS 90	       /* of a contract that names none */
#define BIRTHDAY_LASTS_DAYS 7  /* a birthday that was missed is still worth a word */
#define LEAP_YEAR 2000	       /* in which 29 February is a day */
#define DAYS_LATE_FOR_NEWER 31 /* a contract that begins so long before another's end, or later, follows it */

typedef void found_fn(void *, const struct event *);

static struct event
deal_event(const struct deal *d, struct date date)
{
	return (struct event){
	    .date = date,
	    .subject = d->id,
	    .deal = d->title ? d->title : d->id,
	    .amount = d->amount,
	};
}

/* open deals by one of their dates, which lies at `offset` in the struct */
static void
each_open_deal(const struct account *a, size_t offset, found_fn *found, void *data)
{
	const struct deal *d = a->deals.v;

	for (size_t i = 0; i < a->deals.n; i++) {
		const struct date *date = (const struct date *)((const char *)&d[i] + offset);
		struct event e = deal_event(&d[i], *date);

		/* a condition that only proposal-sent knows */
		e.settled = date_is_set(d[i].proposal.acknowledged);
		if (date_is_set(e.date) && deal_is_open(&d[i]))
			found(data, &e);
	}
}

/* no acknowledgement: call to confirm receipt (S0) */
static void
each_proposal_sent(const struct account *a, struct date today, struct arena *arena, found_fn *found,
		   void *data)
{
	(void)today;
	(void)arena;
	each_open_deal(a, offsetof(struct deal, proposal.sent), found, data);
}

static void
each_proposal_acknowledged(const struct account *a, struct date today, struct arena *arena, found_fn *found,
			   void *data)
{
	(void)today;
	(void)arena;
	each_open_deal(a, offsetof(struct deal, proposal.acknowledged), found, data);
}

static void
each_proposal_valid_until(const struct account *a, struct date today, struct arena *arena, found_fn *found,
			  void *data)
{
	(void)today;
	(void)arena;
	each_open_deal(a, offsetof(struct deal, proposal.valid_until), found, data);
}

static void
each_tender(const struct account *a, struct date today, struct arena *arena, found_fn *found, void *data)
{
	(void)today;
	(void)arena;
	each_open_deal(a, offsetof(struct deal, tender), found, data);
}

static void
each_deal_won(const struct account *a, struct date today, struct arena *arena, found_fn *found, void *data)
{
	const struct deal *d = a->deals.v;

	(void)today;
	(void)arena;
	for (size_t i = 0; i < a->deals.n; i++) {
		struct event e = deal_event(&d[i], d[i].closed);

		if (date_is_set(e.date) && d[i].stage && strcmp(d[i].stage, "won") == 0)
			found(data, &e);
	}
}

/* always one event; without a date where nobody ever spoke to the client */
static void
each_last_contact(const struct account *a, struct date today, struct arena *arena, found_fn *found,
		  void *data)
{
	struct event e = {.date = account_last_contact(a, today)};

	(void)arena;
	found(data, &e);
}

/* an amount that is not known is owed until it is settled */
static bool
invoice_is_paid(const struct invoice *inv)
{
	struct decimal open = invoice_open_amount(inv);

	return date_is_set(inv->settled) || (open.known && decimal_sign(&open) <= 0);
}

static void
each_invoice_due(const struct account *a, struct date today, struct arena *arena, found_fn *found, void *data)
{
	const struct invoice *inv = a->invoices.v;

	(void)today;
	(void)arena;
	for (size_t i = 0; i < a->invoices.n; i++) {
		struct event e = {.date = inv[i].due,
				  .subject = inv[i].id,
				  .invoice = inv[i].id,
				  .settled = invoice_is_paid(&inv[i]),
				  .amount = invoice_open_amount(&inv[i])};

		if (date_is_set(e.date))
			found(data, &e);
	}
}

/* the day on which the account's newest contract begins */
static struct date
newest_start(const struct account *a)
{
	const struct contract *c = a->contracts.v;
	struct date newest = {0};

	for (size_t i = 0; i < a->contracts.n; i++) {
		if (date_cmp(c[i].start, newest) > 0)
			newest = c[i].start;
	}
	return newest;
}

static void
each_contract_end(const struct account *a, struct date today, struct arena *arena, found_fn *found,
		  void *data)
{
	const struct contract *c = a->contracts.v;
	struct date newest = newest_start(a);

	(void)today;
	(void)arena;
	for (size_t i = 0; i < a->contracts.n; i++) {
		struct event e = {.date = c[i].end,
				  .subject = c[i].id,
				  .contract = c[i].id,
				  .amount = c[i].value,
				  .notice = c[i].notice};

		if (e.notice.unit == OFFSET_NONE)
			e.notice = (struct offset){NOTICE_DAYS, OFFSET_DAY};
		e.settled = date_cmp(newest, c[i].start) > 0 &&
			    date_cmp(newest, date_add_days(c[i].end, -DAYS_LATE_FOR_NEWER)) >= 0;
		if (date_is_set(e.date))
			found(data, &e);
	}
}

static const struct fields *
log_fields(void)
{
	return field_find(&account_fields, "log")->sub;
}

/* A contact on the day agreed or later keeps the agreement; one before it was another matter. */
static void
each_log_next(const struct account *a, struct date today, struct arena *arena, found_fn *found, void *data)
{
	const struct log_entry *entry = a->log.v;
	struct date last = account_last_contact(a, today);

	for (size_t i = 0; i < a->log.n; i++) {
		struct event e = {.date = entry[i].next, .entry = &entry[i]};

		if (!date_is_set(e.date) || date_cmp(last, e.date) >= 0)
			continue;
		e.subject = account_item_key(log_fields(), entry[i].node, arena);
		found(data, &e);
	}
}

/* the main contact is always told who met whom (S2) */
static void
each_contact_made(const struct account *a, struct date today, struct arena *arena, found_fn *found,
		  void *data)
{
	const struct log_entry *entry = a->log.v;
	const struct contact *main = account_main_contact(a, today);

	if (!main)
		return;
	for (size_t i = 0; i < a->log.n; i++) {
		struct event e = {.date = entry[i].date, .entry = &entry[i]};

		if (date_cmp(e.date, today) > 0)
			continue;
		e.settled = log_entry_is_known(&entry[i], main);
		e.subject = account_item_key(log_fields(), entry[i].node, arena);
		found(data, &e);
	}
}

static bool
contact_is_there(const struct contact *c, struct date today)
{
	return !date_is_set(c->left) || date_cmp(c->left, today) > 0;
}

/* the first birthday that is not so long ago that a word would come too late */
static struct date
birthday_near(struct date birthday, struct date today)
{
	struct date from = date_add_days(today, -BIRTHDAY_LASTS_DAYS), near;
	long years = from.year - LEAP_YEAR;

	birthday.year = LEAP_YEAR;
	near = date_add_months(birthday, years * 12);
	return date_cmp(near, from) < 0 ? date_add_months(birthday, (years + 1) * 12) : near;
}

static void
each_birthday(const struct account *a, struct date today, struct arena *arena, found_fn *found, void *data)
{
	const struct contact *c = a->contacts.v;

	(void)arena;
	for (size_t i = 0; i < a->contacts.n; i++) {
		struct event e = {.subject = c[i].id, .contact = &c[i]};

		if (c[i].birthday.month == 0 || !contact_is_there(&c[i], today))
			continue;
		e.date = birthday_near(c[i].birthday, today);
		found(data, &e);
	}
}

/* names of the functions that no contact who is still there has */
static const char *
functions_missing(const struct account *a, struct date today, struct arena *arena)
{
	const char *const *function = field_find(&contact_fields, "function")->words, *missing = "";
	const struct contact *c = a->contacts.v;

	for (; *function; function++) {
		bool covered = false;

		for (size_t i = 0; i < a->contacts.n && !covered; i++)
			covered = contact_is_there(&c[i], today) && c[i].function &&
				  strcmp(c[i].function, *function) == 0;
		if (!covered)
			missing = arena_printf(arena, "%s%s%s", missing, *missing ? ", " : "", *function);
	}
	return missing;
}

static void
each_contacts_below(const struct account *a, struct date today, struct arena *arena, found_fn *found,
		    void *data)
{
	struct event e = {.contacts = account_contact_count(a, today)};

	if (e.contacts >= ACCOUNT_CONTACTS_LEAST)
		return;
	e.missing = functions_missing(a, today, arena);
	found(data, &e);
}

static const char *const deal_says[] = {"date", "days", "deal", "amount", NULL};
static const char *const date_says[] = {"date", "days", NULL};
static const char *const invoice_says[] = {"date", "days", "invoice", "amount", NULL};
static const char *const contract_says[] = {"date", "days", "contract", "amount", NULL};
static const char *const log_says[] = {"date", "days", "with", "by", "about", NULL};
static const char *const contacts_say[] = {"n", "missing", NULL};

const struct trigger triggers[] = {
    {"proposal-sent", "proposal-acknowledged", each_proposal_sent, deal_says, 0, "deals",
     "a proposal went out for a deal that is open (S0)"},
    {"proposal-acknowledged", NULL, each_proposal_acknowledged, deal_says, 0, "deals",
     "its receipt was confirmed, the deal is open (S0)"},
    {"proposal-valid-until", NULL, each_proposal_valid_until, deal_says, 0, "deals",
     "a proposal expires, the deal is open (S0)"},
    {"tender", NULL, each_tender, deal_says, TRIGGER_LAPSES, "deals",
     "a tender is held; what is due before it is void once it was (S0)"},
    {"deal-won", NULL, each_deal_won, deal_says, 0, "deals", "a deal was closed as won (S0)"},
    {"last-contact", NULL, each_last_contact, date_says, TRIGGER_RESTARTS, NULL,
     "the latest log entry; without any, at once (S0)"},
    {"log-next", NULL, each_log_next, log_says, 0, "log",
     "a next contact was agreed, and none was made on that day or since (S0)"},
    {"contact-made", "primary-told", each_contact_made, log_says, 0, "log",
     "someone at the client was met; the main contact is to know (S2)"},
    {"invoice-due", "invoice-settled", each_invoice_due, invoice_says, TRIGGER_DEBT, "invoices",
     "the last day to pay an invoice; breaks a client's silence (S1)"},
    {"contract-end", "contract-renewed", each_contract_end, contract_says, TRIGGER_NOTICE, "contracts",
     "a contract ends; renewed: another began in its last month or later (S0)"},
    {"birthday", NULL, each_birthday, date_says, 0, "contacts",
     "of a contact who has not left, for a week after it too (S0)"},
    {"contacts-below", NULL, each_contacts_below, contacts_say, 0, NULL,
     "fewer than four contacts are known, at once (S1)"},
};
const size_t n_triggers = sizeof triggers / sizeof *triggers;

const char *const triggers_unwatched[] = {
    "complaint-opened",	 "audit-date",	     "plan-action",
    "delivery-promised", "promise-due",	     "project-review",
    "need-asked",	 "reliability-next", NULL,
};

const struct trigger *
trigger_find(const char *name)
{
	for (size_t i = 0; i < n_triggers; i++) {
		if (strcmp(triggers[i].name, name) == 0)
			return &triggers[i];
	}
	return NULL;
}
