/*
 * Parts of a page that tell of people: who the client is, whom we know there, and
 * what must be heeded.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/people.h"
#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BIRTHDAY_DAYS 30 /* ahead */

static void
cell_text(const struct part *p, const char *text)
{
	page_cell(p->page, say_clipped(p->arena, text, p->clip));
}

static const char *
last_contact(const struct part *p)
{
	struct date last = account_last_contact(p->account, p->today);

	if (!date_is_set(last))
		return NULL;
	return arena_printf(p->arena, "%s, %ld days ago", say_date(p->arena, last),
			    date_diff(p->today, last));
}

/* is somebody said to be it? else the contact is only taken for it, by the role or the place in the file */
static bool
main_is_named(const struct contact *main)
{
	return main->primary == YESNO_YES;
}

void
part_main_note(struct page *page, const struct contact *main)
{
	if (main && main_is_named(main))
		page_line(page, PAGE_QUIET, "* the main contact, told of every contact (S2)");
	else if (main)
		page_line(page, PAGE_QUIET, "* taken for the main contact, for nobody is named (S2)");
}

static const char *
main_contact(const struct part *p)
{
	const struct contact *c = account_main_contact(p->account, p->today);

	if (!c)
		return NULL;
	return arena_printf(p->arena, "%s%s%s%s",
			    c->name ? c->name
			    : c->id ? c->id
				    : "?",
			    main_is_named(c) ? "" : " (taken for it: nobody is named)",
			    say_after(p->arena, ", ", c->position),
			    say_after(p->arena, ", ", c->phone ? c->phone : c->email));
}

static void
fact_clipped(const struct part *p, const char *name, const char *value)
{
	page_fact(p->page, name, say_clipped(p->arena, value, p->clip));
}

/* the account's own words; its title and id are the heading */
void
part_facts(const struct part *p)
{
	const struct account *a = p->account;
	const char *team = say_texts(p->arena, &a->team), *manager = a->manager;
	const char *categories = say_texts(p->arena, &a->categories);

	if (manager && team)
		manager = arena_printf(p->arena, "%s, with %s", manager, team);
	page_fact(p->page, "tier",
		  a->tier && categories ? arena_printf(p->arena, "%s: %s", a->tier, categories) : a->tier);
	page_fact(p->page, "categories", a->tier ? NULL : categories);
	page_fact(p->page, "manager", manager);
	page_fact(p->page, "parent", p->terse ? NULL : a->parent);
	page_fact(p->page, "division", p->terse ? NULL : a->division);
	page_fact(p->page, "industry", a->profile.industry);
	fact_clipped(p, "its goals", a->profile.goals);
	fact_clipped(p, "its tasks", a->profile.tasks);
	page_fact(p->page, "main contact", main_contact(p));
	page_fact(p->page, "last contact", last_contact(p));
}

static void
alert_debts(const struct part *p)
{
	const struct invoice *inv = p->account->invoices.v;
	struct decimal sum = decimal_int(0), open;
	size_t n = 0;

	for (size_t i = 0; i < p->account->invoices.n; i++) {
		if (date_is_set(inv[i].settled) || invoice_days_late(&inv[i], p->today) == 0)
			continue;
		open = invoice_open_amount(&inv[i]);
		if (open.known && decimal_sign(&open) == 0)
			continue;
		n++;
		if (decimal_add(&sum, &sum, &open) < 0)
			sum.known = false;
	}
	if (n > 0)
		page_line(p->page, PAGE_ALERT,
			  "Overdue: %s in %zu %s; collected at once and with full effort (S1).",
			  sum.known ? say_money(p->arena, sum, p->account->currency)
				    : "a sum that is not known",
			  n, n == 1 ? "invoice" : "invoices");
}

void
part_dependence(const struct part *p, const struct people *people)
{
	struct dependence d;

	people_dependence(people, p->account, p->today, &d);
	if (d.only_one)
		page_line(
		    p->page, PAGE_ALERT,
		    "All hangs on one contact: nobody but %s is known there (S1: at least four contacts).",
		    person_name(d.only_one));
	if (d.only_met && d.only_met != d.only_one)
		page_line(p->page, PAGE_ALERT,
			  "All hangs on one contact: since %s %s with %s alone (S1: at least four contacts).",
			  say_date(p->arena, d.since),
			  d.contacts == 1 ? "the only talk was"
					  : arena_printf(p->arena, "all %zu talks were", d.contacts),
			  person_name(d.only_met));
	if (d.only_friend)
		page_line(p->page, PAGE_ALERT, "All hangs on one contact: only %s is not against us (S1).",
			  person_name(d.only_friend));
}

void
part_alerts(const struct part *p)
{
	const struct account *a = p->account;
	struct people people;

	if (date_cmp(a->quiet_until, p->today) > 0)
		page_line(p->page, PAGE_ALERT,
			  "The client asked for silence until %s; only debts break it (S2).",
			  say_date(p->arena, a->quiet_until));
	alert_debts(p);
	people_read(&people, a, p->today, p->arena);
	part_dependence(p, &people);
	people_free(&people);
}

void
part_contacts(const struct part *p)
{
	static const struct column columns[] = {{.name = "id"},	  {.name = "name"},	 {.name = "position"},
						{.name = "role"}, {.name = "influence"}, {.name = "stance"},
						{.name = "reach"}};
	const struct contact *c = p->account->contacts.v, *main = account_main_contact(p->account, p->today);
	size_t shown = 0, left = 0;

	page_section(p->page, "Contacts");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < p->account->contacts.n; i++, c++) {
		if (contact_has_left(c, p->today))
			continue;
		if (shown++ >= p->limit) {
			left++;
			continue;
		}
		page_cellf(p->page, "%s%s", c->id ? c->id : "", c == main ? " *" : "");
		page_cell(p->page, c->name);
		cell_text(p, c->position);
		page_cell(p->page, c->role);
		page_cell(p->page, c->influence);
		page_cell(p->page, c->stance);
		page_cell(p->page, c->phone ? c->phone : c->email);
		page_row(p->page);
	}
	part_left_out(p, left, "contacts");
	part_main_note(p->page, main);
}

/* main contact first, then from the top down */
struct rank {
	const struct contact *contact;
	bool main;
};

static int
compare_ranks(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->main != y->main)
		return y->main - x->main;
	if (x->contact->level != y->contact->level)
		return y->contact->level - x->contact->level;
	return (x->contact > y->contact) - (x->contact < y->contact);
}

static struct rank *
ranks(const struct part *p, size_t *n)
{
	const struct contact *c = p->account->contacts.v, *main = account_main_contact(p->account, p->today);
	struct rank *rank = arena_alloc(p->arena, (p->account->contacts.n + 1) * sizeof *rank);

	*n = 0;
	for (size_t i = 0; i < p->account->contacts.n; i++)
		if (!contact_has_left(&c[i], p->today))
			rank[(*n)++] = (struct rank){&c[i], &c[i] == main};
	if (*n > 0)
		qsort(rank, *n, sizeof *rank, compare_ranks);
	return rank;
}

/* "decider, high, supporter" */
static const char *
standing(struct arena *arena, const struct contact *c)
{
	const char *words[3];
	struct texts texts = {words, 0};

	if (c->role)
		words[texts.n++] = c->role;
	if (c->influence)
		words[texts.n++] = c->influence;
	if (c->stance)
		words[texts.n++] = c->stance;
	return say_texts(arena, &texts);
}

void
part_people(const struct part *p)
{
	size_t n;
	const struct rank *rank = ranks(p, &n);

	page_section(p->page, "Who they are, and what each cares about");
	for (size_t i = 0; i < n && i < p->limit; i++) {
		const struct contact *c = rank[i].contact;
		const char *concern = contact_concern(c),
			   *bonus = say_clipped(p->arena, c->motivation, p->clip);

		page_item(p->page, PAGE_PLAIN, "%s%s%s%s%s%s%s",
			  c->name ? c->name
			  : c->id ? c->id
				  : "?",
			  rank[i].main ? " *" : "",
			  say_after(p->arena, ", ", say_clipped(p->arena, c->position, p->clip)),
			  say_after(p->arena, ": ", standing(p->arena, c)), say_after(p->arena, "; ", bonus),
			  *concern ? "; " : "", concern);
	}
	part_left_out(p, n > p->limit ? n - p->limit : 0, "contacts");
}

/* the next one from today on; 29 February is kept on the 28th of other years */
static struct date
next_birthday(struct date birthday, struct date today)
{
	struct date next = birthday;

	for (int year = today.year; year <= today.year + 1; year++) {
		next = (struct date){(short)year, birthday.month, birthday.day};
		if (!date_is_valid(next))
			next.day = 28;
		if (date_cmp(next, today) >= 0)
			break;
	}
	return next;
}

/* follow-ups may be switched off for an account, and so is the reminder */
static bool
birthdays_are_off(const struct account *a)
{
	for (size_t i = 0; i < a->rules.n; i++)
		if (strcmp(a->rules.name[i], "birthday") == 0)
			return strcmp(a->rules.text[i], "off") == 0;
	return false;
}

struct celebration {
	const struct contact *contact;
	struct date day;
	long days; /* from today */
};

/* those of one day in the order of the file */
static int
compare_celebrations(const void *a, const void *b)
{
	const struct celebration *x = a, *y = b;

	if (x->days != y->days)
		return x->days < y->days ? -1 : 1;
	return (x->contact > y->contact) - (x->contact < y->contact);
}

/* the next that are to be thought of */
static struct celebration *
celebrations(const struct part *p, size_t *n)
{
	const struct contact *c = p->account->contacts.v;
	struct celebration *v = arena_alloc(p->arena, (p->account->contacts.n + 1) * sizeof *v);

	*n = 0;
	for (size_t i = 0; i < p->account->contacts.n && !birthdays_are_off(p->account); i++) {
		struct date day;

		if (contact_has_left(&c[i], p->today) || c[i].birthday.month == 0)
			continue;
		day = next_birthday(c[i].birthday, p->today);
		if (date_diff(day, p->today) <= BIRTHDAY_DAYS)
			v[(*n)++] = (struct celebration){&c[i], day, date_diff(day, p->today)};
	}
	if (*n > 0)
		qsort(v, *n, sizeof *v, compare_celebrations);
	return v;
}

void
part_birthdays(const struct part *p)
{
	size_t n;
	const struct celebration *v = celebrations(p, &n);

	page_section(p->page, "Birthdays");
	for (size_t i = 0; i < n && i < p->limit; i++) {
		const struct contact *c = v[i].contact;

		page_item(p->page, PAGE_PLAIN, "%s: %s, in %ld days",
			  c->name ? c->name
			  : c->id ? c->id
				  : "?",
			  say_date(p->arena, v[i].day), v[i].days);
	}
	part_left_out(p, n > p->limit ? n - p->limit : 0, "contacts");
}
