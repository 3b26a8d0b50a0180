/*
 * Parts of a page that tell of people: who the client is, whom we know there, and
 * what must be heeded.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/audit.h"
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

const char *
line_main_contact(const struct part *p)
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

const char *
line_industry(const struct part *p)
{
	return p->account->profile.industry;
}

const char *
line_manager(const struct part *p)
{
	const char *team = say_texts(p->arena, &p->account->team), *manager = p->account->manager;

	return manager && team ? arena_printf(p->arena, "%s, with %s", manager, team) : manager;
}

const char *
line_tier(const struct part *p)
{
	const char *categories = say_texts(p->arena, &p->account->categories), *tier = p->account->tier;

	return tier && categories ? arena_printf(p->arena, "%s: %s", tier, categories) : tier;
}

/* the account's own words; its title and id are the heading */
void
part_facts(const struct part *p)
{
	const struct account *a = p->account;

	page_fact(p->page, "tier", line_tier(p));
	page_fact(p->page, "categories", a->tier ? NULL : say_texts(p->arena, &a->categories));
	page_fact(p->page, "manager", line_manager(p));
	page_fact(p->page, "parent", p->terse ? NULL : a->parent);
	page_fact(p->page, "division", p->terse ? NULL : a->division);
	page_fact(p->page, "industry", a->profile.industry);
	fact_clipped(p, "its goals", a->profile.goals);
	fact_clipped(p, "its tasks", a->profile.tasks);
	page_fact(p->page, "main contact", line_main_contact(p));
	page_fact(p->page, "last contact", last_contact(p));
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
part_silence(const struct part *p)
{
	if (date_cmp(p->account->quiet_until, p->today) > 0)
		page_line(p->page, PAGE_ALERT,
			  "The client asked for silence until %s; only debts break it (S2).",
			  say_date(p->arena, p->account->quiet_until));
}

void
part_alerts(const struct part *p)
{
	const struct account *a = p->account;
	struct people people;

	part_silence(p);
	part_overdue(p);
	people_read(&people, a, p->today, p->arena);
	part_dependence(p, &people);
	people_free(&people);
}

/* "1 champion, 2 critic" of those who are there */
static void
add_stances(struct buf *text, const struct account *a, struct date today)
{
	static const char *const stances[] = {"champion", "supporter", "neutral", "critic", "blocker"};
	const struct contact *c = a->contacts.v;
	const char *mark = ": ";

	for (size_t i = 0; i < COUNT(stances); i++) {
		size_t n = 0;

		for (size_t k = 0; k < a->contacts.n; k++)
			n += !contact_has_left(&c[k], today) && c[k].stance &&
			     strcmp(c[k].stance, stances[i]) == 0;
		if (n == 0)
			continue;
		buf_printf(text, "%s%zu %s", mark, n, stances[i]);
		mark = ", ";
	}
}

static void
add_dependence(struct buf *text, const struct part *p)
{
	struct dependence d;
	struct people people;
	const struct person *one;

	people_read(&people, p->account, p->today, p->arena);
	people_dependence(&people, p->account, p->today, &d);
	one = d.only_one ? d.only_one : d.only_met ? d.only_met : d.only_friend;
	if (one)
		buf_printf(text, "; all hangs on %s", person_name(one));
	people_free(&people);
}

/* the last answers: of a survey, of an audit */
static void
add_judgements(struct buf *text, const struct part *p)
{
	const struct audit *audit = audit_last(&p->account->audit, p->today);
	const struct survey *s = p->account->surveys.v, *last = NULL;
	struct audit_tally tally = {0};

	for (size_t i = 0; i < p->account->surveys.n; i++, s++)
		if (s->score.known && date_cmp(s->date, p->today) <= 0 &&
		    (!last || date_cmp(s->date, last->date) >= 0))
			last = s;
	if (last)
		buf_printf(text, "; %s %s", last->kind ? last->kind : "survey",
			   say_exact(p->arena, last->score));
	for (size_t i = 0; i < n_audit_groups; i++)
		if (audit_groups[i].of_client)
			audit_count(audit, &audit_groups[i], &tally);
	if (audit_score(&tally) >= 0)
		buf_printf(text, "; audit %d %%", audit_score(&tally));
}

const char *
line_relations(const struct part *p)
{
	size_t n = account_contact_count(p->account, p->today);
	struct buf text = {0};
	const char *copy;

	buf_printf(&text, "%zu contact%s", n, n == 1 ? "" : "s");
	add_stances(&text, p->account, p->today);
	add_dependence(&text, p);
	add_judgements(&text, p);
	copy = arena_copy(p->arena, text.data, text.len);
	buf_free(&text);
	return copy;
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
