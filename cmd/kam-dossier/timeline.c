/*
 * kam-dossier timeline: all that happened with an account, in order, and
 * between it what git knows of the dossier's file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/audit.h"
#include "domain/people.h"
#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HASH_SHOWN 10 /* characters of a commit's name */

static const struct cli_option options[] = {
    VIEW_OPTIONS,
    {'f', "format", "FORMAT", "text (default), markdown or html"},
    {'k', "kind", "NAME,…", "only what comes from these sections, or git; may be repeated"},
    {0, "since", "DATE", "not what happened before this day"},
    {0, "until", "DATE", "nor what happened after this one (default: today)"},
    {'r', "reverse", NULL, "newest first"},
    {0, "no-git", NULL, "without the history of the file"},
};

struct event_line {
	struct date date;
	const char *kind;
	const char *what;
	const char *who;
	size_t number; /* in the order in which they were found */
};

/* one account's events */
struct timeline {
	const struct view *view;
	const struct account *account;
	struct people people;
	struct arena *arena;
	struct date since, until;
	const char *kind; /* being collected */
	struct event_line *v;
	size_t n, cap;
};

/* something that has a date and lies within the days asked for; what it was, in pieces */
static void
event_add(struct timeline *t, struct date date, const char *who, const char *what, const char *name,
	  const char *more)
{
	if (!date_is_set(date) || date_cmp(date, t->until) > 0 ||
	    (date_is_set(t->since) && date_cmp(date, t->since) < 0))
		return;
	t->v = vec_grow(t->v, &t->cap, t->n + 1, sizeof *t->v);
	t->v[t->n] = (struct event_line){.date = date, .kind = t->kind, .who = who, .number = t->n};
	t->v[t->n++].what = arena_printf(t->arena, "%s%s%s%s%s", what, name && *what ? " " : "",
					 name ? name : "", more ? ": " : "", more ? more : "");
}

static const char *
name_of(const struct timeline *t, const char *id)
{
	const struct person *p = people_find(&t->people, id);

	return p ? person_name(p) : id;
}

static const char *
names_of(const struct timeline *t, const struct texts *ids)
{
	struct buf text = {0};
	const char *copy;

	for (size_t i = 0; i < ids->n; i++)
		buf_printf(&text, "%s%s", i ? ", " : "", name_of(t, ids->v[i]));
	copy = text.len ? arena_copy(t->arena, text.data, text.len) : NULL;
	buf_free(&text);
	return copy;
}

static const char *
money_text(const struct timeline *t, struct decimal amount)
{
	return say_money(t->arena, amount, t->account->currency);
}

static void
collect_log(struct timeline *t)
{
	const struct log_entry *e = t->account->log.v;

	for (size_t i = 0; i < t->account->log.n; i++, e++) {
		const char *with = names_of(t, &e->with);

		event_add(t, e->date, e->by, e->kind ? e->kind : "contact",
			  with ? arena_printf(t->arena, "with %s", with) : NULL, e->about);
	}
}

static void
collect_deals(struct timeline *t)
{
	const struct deal *d = t->account->deals.v;

	for (size_t i = 0; i < t->account->deals.n; i++, d++) {
		const char *name = d->title ? d->title : d->id, *end = d->stage ? d->stage : "closed";

		event_add(t, d->opened, NULL, "opened", name, money_text(t, d->amount));
		event_add(t, d->proposal.sent, NULL, "offer sent", name, NULL);
		event_add(t, d->proposal.acknowledged, NULL, "receipt confirmed", name, NULL);
		event_add(t, d->closed, NULL, end, name, d->reason);
	}
}

static void
collect_deliveries(struct timeline *t)
{
	const struct delivery *d = t->account->deliveries.v;

	for (size_t i = 0; i < t->account->deliveries.n; i++, d++) {
		long late = date_is_set(d->promised) && date_is_set(d->delivered)
				? date_diff(d->delivered, d->promised)
				: 0;

		event_add(t, d->ordered, NULL, "ordered", d->id, NULL);
		event_add(t, d->delivered, NULL,
			  d->in_full == YESNO_NO ? "delivered, not in full" : "delivered", d->id,
			  late > 0 ? arena_printf(t->arena, "%ld days late", late) : d->refused);
		if (!date_is_set(d->delivered))
			event_add(t, d->promised, NULL, "promised, not delivered", d->id, d->refused);
	}
}

static void
collect_complaints(struct timeline *t)
{
	const struct complaint *c = t->account->complaints.v;

	for (size_t i = 0; i < t->account->complaints.n; i++, c++) {
		event_add(t, c->opened, NULL, "opened", c->id, c->subject);
		event_add(t, c->answered, NULL, "answered", c->id, NULL);
		event_add(t, c->closed, NULL, "settled", c->id, c->cause);
	}
}

static void
collect_surveys(struct timeline *t)
{
	const struct survey *s = t->account->surveys.v;

	for (size_t i = 0; i < t->account->surveys.n; i++, s++) {
		const char *kind = s->kind ? s->kind : "survey", *who = name_of(t, s->contact);
		const char *score = say_exact(t->arena, s->score);

		event_add(t, s->sent, who, "sent", kind, NULL);
		if (!s->score.known && !s->comment)
			continue;
		event_add(t, s->date, who, "answered",
			  arena_printf(t->arena, "%s%s", kind, say_after(t->arena, " ", score)), s->comment);
	}
}

static void
collect_invoices(struct timeline *t)
{
	const struct invoice *inv = t->account->invoices.v;

	for (size_t i = 0; i < t->account->invoices.n; i++, inv++) {
		long late = invoice_days_late(inv, t->view->cli->today);

		event_add(t, inv->date, NULL, "issued", inv->id, money_text(t, inv->amount));
		event_add(t, inv->settled, NULL, "paid", inv->id,
			  late > 0 ? arena_printf(t->arena, "%ld days late", late) : NULL);
		if (!date_is_set(inv->settled) && late > 0)
			event_add(t, inv->due, NULL, "due, not paid", inv->id,
				  money_text(t, invoice_open_amount(inv)));
	}
}

static void
collect_projects(struct timeline *t)
{
	const struct project *p = t->account->projects.v;

	for (size_t i = 0; i < t->account->projects.n; i++, p++) {
		const char *name = p->title ? p->title : p->id;

		event_add(t, p->start, NULL, "began", name, NULL);
		event_add(t, p->done, NULL, "done", name, p->result);
	}
}

static void
collect_contracts(struct timeline *t)
{
	const struct contract *c = t->account->contracts.v;

	for (size_t i = 0; i < t->account->contracts.n; i++, c++) {
		event_add(t, c->start, NULL, "began", c->id, money_text(t, c->value));
		event_add(t, c->end, NULL, "ended", c->id, NULL);
	}
}

static void
collect_news(struct timeline *t)
{
	const struct news *n = t->account->news.v;

	for (size_t i = 0; i < t->account->news.n; i++, n++)
		event_add(t, n->date, n->source, n->title ? n->title : "", NULL, n->text);
}

static void
collect_audit(struct timeline *t)
{
	const struct audit *a = t->account->audit.v;

	for (size_t i = 0; i < t->account->audit.n; i++, a++) {
		const struct audit_action *action = a->actions.v;
		size_t yes = 0;

		for (size_t j = 0; j < a->answers.n; j++)
			yes += strcmp(a->answers.text[j], "yes") == 0;
		event_add(t, a->date, NULL, "answered yes",
			  arena_printf(t->arena, "to %zu of %zu questions", yes, a->answers.n), NULL);
		for (size_t j = 0; j < a->actions.n; j++)
			event_add(t, action[j].done, action[j].owner, "done", NULL, action[j].what);
	}
}

static void
collect_promises(struct timeline *t)
{
	const struct promise *p = t->account->promises.v;

	for (size_t i = 0; i < t->account->promises.n; i++, p++) {
		event_add(t, p->kept, p->by, "kept", NULL, p->what);
		if (!date_is_set(p->kept) && date_cmp(p->due, t->view->cli->today) < 0)
			event_add(t, p->due, p->by, "due, not kept", NULL, p->what);
	}
}

static void
collect_plan(struct timeline *t)
{
	const struct plan_action *a = t->account->plan.actions.v;

	for (size_t i = 0; i < t->account->plan.actions.n; i++, a++)
		event_add(t, a->done, a->owner, "done", NULL, a->what);
}

static void
collect_voice(struct timeline *t)
{
	const struct voice *v = t->account->voice.v;

	for (size_t i = 0; i < t->account->voice.n; i++, v++)
		event_add(t, v->date, v->by, "wish of", name_of(t, v->contact ? v->contact : "somebody"),
			  v->wish ? v->wish : v->proposal);
}

static void
collect_referrals(struct timeline *t)
{
	const struct referral *r = t->account->referrals.v;

	for (size_t i = 0; i < t->account->referrals.n; i++, r++)
		event_add(t, r->date, name_of(t, r->by), "recommended us to", r->to ? r->to : "somebody",
			  r->result);
}

static void
collect_contacts(struct timeline *t)
{
	const struct contact *c = t->account->contacts.v;

	for (size_t i = 0; i < t->account->contacts.n; i++, c++)
		event_add(t, c->left, NULL, "left the client:", c->name ? c->name : c->id, c->position);
}

static void
collect_git(struct timeline *t)
{
	struct commits commits;

	if (!t->view->file)
		return;
	history_read(t->view->file, &commits, t->arena);
	/* oldest first, as all else */
	for (size_t i = commits.n; i-- > 0;) {
		const struct commit *c = &commits.v[i];

		event_add(t, c->written, c->author, arena_printf(t->arena, "%.*s", HASH_SHOWN, c->hash), NULL,
			  c->subject);
	}
}

/* where events come from; the names are sections, and git */
static const struct {
	const char *kind;
	void (*collect)(struct timeline *);
} kinds[] = {
    {"contracts", collect_contracts},
    {"deals", collect_deals},
    {"log", collect_log},
    {"complaints", collect_complaints},
    {"deliveries", collect_deliveries},
    {"invoices", collect_invoices},
    {"projects", collect_projects},
    {"promises", collect_promises},
    {"plan", collect_plan},
    {"surveys", collect_surveys},
    {"voice", collect_voice},
    {"referrals", collect_referrals},
    {"news", collect_news},
    {"audit", collect_audit},
    {"contacts", collect_contacts},
    {"git", collect_git},
};
#define KINDS COUNT(kinds)
#define KIND_GIT (KINDS - 1)

/* what was asked for */
struct asked {
	bool kind[KINDS];
	bool kind_given, no_git, reverse;
	struct date since, until;
};

static void
kind_ask(struct asked *asked, const struct cli *cli, const char *name, size_t n)
{
	const char *names[KINDS], *nearest;
	struct buf quoted = {0};
	size_t i;

	for (i = 0; i < KINDS && !(strlen(kinds[i].kind) == n && memcmp(kinds[i].kind, name, n) == 0); i++)
		names[i] = kinds[i].kind;
	if (i < KINDS) {
		asked->kind[i] = true;
		return;
	}
	text_quote(&quoted, name, n);
	nearest = text_nearest(name, names, KINDS);
	cli_usage(cli, "--kind: nothing of %s is in a timeline%s%s%s", quoted.data,
		  nearest ? ", did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

static void
kinds_ask(struct asked *asked, const struct cli *cli, const char *value)
{
	asked->kind_given = true;
	for (;;) {
		size_t n = strcspn(value, ",");

		kind_ask(asked, cli, value, n);
		if (!value[n])
			return;
		value += n + 1;
	}
}

static int
compare_events(const void *a, const void *b)
{
	const struct event_line *x = a, *y = b;
	int c = date_cmp(x->date, y->date);

	return c ? c : (x->number > y->number) - (x->number < y->number);
}

static void
write_events(const struct timeline *t, struct page *page, bool reverse)
{
	static const struct column columns[] = {
	    {.name = "date"}, {.name = "kind"}, {.name = "what"}, {.name = "who"}};

	page_table(page, columns, COUNT(columns));
	for (size_t i = 0; i < t->n; i++) {
		const struct event_line *e = &t->v[reverse ? t->n - 1 - i : i];

		page_cell(page, say_date(t->arena, e->date));
		page_cell(page, e->kind);
		page_cell(page, e->what);
		page_cell(page, e->who);
		page_row(page);
	}
	if (t->n == 0)
		page_line(page, PAGE_QUIET, "Nothing happened in that time.");
}

static void
timeline_account(struct view *v, void *data)
{
	const struct asked *asked = data;
	struct timeline t = {.view = v,
			     .account = v->account,
			     .arena = v->scratch,
			     .since = asked->since,
			     .until = asked->until};
	struct page *page = page_new(arena_printf(v->scratch, "%s, timeline", view_title(v)));

	people_read(&t.people, v->account, v->cli->today, v->scratch);
	for (size_t i = 0; i < KINDS; i++) {
		if (asked->kind_given ? !asked->kind[i] : i == KIND_GIT && asked->no_git)
			continue;
		t.kind = kinds[i].kind;
		kinds[i].collect(&t);
	}
	if (t.n > 0)
		qsort(t.v, t.n, sizeof *t.v, compare_events);
	write_events(&t, page, asked->reverse);
	free(t.v);
	people_free(&t.people);
	view_put(v, page);
}

static void
option_take(struct asked *asked, struct view *view, int option, const char *value)
{
	const struct cli *cli = view->cli;
	struct error err;

	if (option == 'k')
		kinds_ask(asked, cli, value);
	else if (option == 'r')
		asked->reverse = true;
	else if (option == cli_option_id(cli, "since"))
		asked->since = cli_date(cli, "--since", value);
	else if (option == cli_option_id(cli, "until"))
		asked->until = cli_date(cli, "--until", value);
	else if (option == cli_option_id(cli, "no-git"))
		asked->no_git = true;
	else if (page_format_parse(value, &view->page.format, &err) < 0)
		cli_usage(cli, "--format: %s", err.text);
}

int
dossier_timeline(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "All that happened with an account, newest last.",
	    .usage = "timeline [OPTION …] ID|FILE|- …",
	    .option = options,
	    .options = COUNT(options),
	};
	struct asked asked = {0};
	const char *value;
	struct view view;
	char **operands;
	int option;
	size_t n;

	cli_begin(&cli, argc, argv);
	view_begin(&view, &cli);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (!view_option(&view, option, value))
			option_take(&asked, &view, option, value);
	}
	/* what lies ahead has not happened */
	if (!date_is_set(asked.until) || date_cmp(asked.until, cli.today) > 0)
		asked.until = cli.today;
	if (date_is_set(asked.since) && date_cmp(asked.since, asked.until) > 0)
		cli_usage(&cli, "--since is after --until or today");
	operands = cli_operands(&cli, &n);
	return view_run(&view, operands, n, timeline_account, &asked);
}
