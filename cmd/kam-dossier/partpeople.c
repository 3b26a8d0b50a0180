/*
 * Parts of a page that tell of people: who the client is, whom we know there,
 * what was said, what is needed, promised and planned.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/people.h"
#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BIRTHDAY_DAYS 30    /* ahead */
#define NEED_STALE_MONTHS 6 /* since it was asked about; regular research is asked for (S1) */

static void
cell_date(const struct part *p, struct date date)
{
	page_cell(p->page, say_date(p->arena, date));
}

static void
cell_text(const struct part *p, const char *text)
{
	page_cell(p->page, say_clipped(p->arena, text, p->clip));
}

/* days past due, or nothing */
static void
cell_late(const struct part *p, struct date due)
{
	long late = date_is_set(due) ? date_diff(p->today, due) : 0;

	page_cell(p->page, late > 0 ? arena_printf(p->arena, "%ld", late) : NULL);
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

static const char *
main_contact(const struct part *p)
{
	const struct contact *c = account_main_contact(p->account, p->today);
	const char *reach;

	if (!c)
		return NULL;
	reach = c->phone ? c->phone : c->email;
	return arena_printf(p->arena, "%s%s%s%s%s",
			    c->name ? c->name
			    : c->id ? c->id
				    : "?",
			    c->position ? ", " : "", c->position ? c->position : "", reach ? ", " : "",
			    reach ? reach : "");
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

	if (manager && team)
		manager = arena_printf(p->arena, "%s, with %s", manager, team);
	page_fact(p->page, "tier", a->tier);
	page_fact(p->page, "categories", say_texts(p->arena, &a->categories));
	page_fact(p->page, "manager", manager);
	page_fact(p->page, "parent", a->parent);
	page_fact(p->page, "division", a->division);
	page_fact(p->page, "industry", a->profile.industry);
	fact_clipped(p, "its goals", a->profile.goals);
	fact_clipped(p, "its tasks", a->profile.tasks);
	page_fact(p->page, "quiet until",
		  date_cmp(a->quiet_until, p->today) > 0 ? say_date(p->arena, a->quiet_until) : NULL);
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
			  "Overdue: %s%s%s in %zu %s; collected at once and with full effort (S1).",
			  sum.known ? say_decimal(p->arena, sum, 2) : "a sum that is not known",
			  p->account->currency ? " " : "", p->account->currency ? p->account->currency : "",
			  n, n == 1 ? "invoice" : "invoices");
}

void
part_alerts(const struct part *p)
{
	const struct account *a = p->account;
	struct dependence d;
	struct people people;

	if (date_cmp(a->quiet_until, p->today) > 0)
		page_line(p->page, PAGE_ALERT,
			  "The client asked for silence until %s; only debts break it (S2).",
			  say_date(p->arena, a->quiet_until));
	alert_debts(p);
	people_read(&people, a, p->today, p->arena);
	people_dependence(&people, a, p->today, &d);
	if (d.only_met)
		page_line(p->page, PAGE_ALERT,
			  "All hangs on one contact: since %s we spoke with %s alone (S1).",
			  say_date(p->arena, d.since), person_name(d.only_met));
	if (d.only_friend)
		page_line(p->page, PAGE_ALERT, "All hangs on one contact: only %s is not against us (S1).",
			  person_name(d.only_friend));
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
	if (main)
		page_line(p->page, PAGE_QUIET, "* the main contact, told of every contact (S2)");
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
	static const struct column columns[] = {{.name = "who"},
						{.name = "position"},
						{.name = "standing", .title = "role, influence, stance"},
						{.name = "cares about"}};
	size_t n;
	const struct rank *rank = ranks(p, &n);

	page_section(p->page, "Who they are, and what each cares about");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < n && i < p->limit; i++) {
		const struct contact *c = rank[i].contact;
		const char *concern = contact_concern(c),
			   *bonus = say_clipped(p->arena, c->motivation, p->clip);

		page_cellf(p->page, "%s%s",
			   c->name ? c->name
			   : c->id ? c->id
				   : "?",
			   rank[i].main ? " *" : "");
		cell_text(p, c->position);
		page_cell(p->page, standing(p->arena, c));
		page_cellf(p->page, "%s%s%s", bonus ? bonus : "", bonus && *concern ? "; " : "", concern);
		page_row(p->page);
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

void
part_birthdays(const struct part *p)
{
	const struct contact *c = p->account->contacts.v;
	size_t shown = 0, left = 0;

	page_section(p->page, "Birthdays");
	for (size_t i = 0; i < p->account->contacts.n && !birthdays_are_off(p->account); i++) {
		struct date day;
		long days;

		if (contact_has_left(&c[i], p->today) || c[i].birthday.month == 0)
			continue;
		day = next_birthday(c[i].birthday, p->today);
		days = date_diff(day, p->today);
		if (days > BIRTHDAY_DAYS)
			continue;
		if (shown++ >= p->limit) {
			left++;
			continue;
		}
		page_item(p->page, PAGE_PLAIN, "%s: %s, in %ld days",
			  c[i].name ? c[i].name
			  : c[i].id ? c[i].id
				    : "?",
			  say_date(p->arena, day), days);
	}
	part_left_out(p, left, "contacts");
}

static int
compare_entries(const void *a, const void *b)
{
	const struct log_entry *x = *(const struct log_entry *const *)a,
			       *y = *(const struct log_entry *const *)b;
	int c = date_cmp(y->date, x->date);

	/* of one day, what stands later in the log came later */
	return c ? c : (y > x) - (y < x);
}

/* the log, newest first */
static const struct log_entry **
log_sorted(const struct part *p)
{
	const struct log_entry *entry = p->account->log.v, **sorted;

	sorted = arena_alloc(p->arena, (p->account->log.n + 1) * sizeof *sorted);
	for (size_t i = 0; i < p->account->log.n; i++)
		sorted[i] = &entry[i];
	if (p->account->log.n)
		qsort(sorted, p->account->log.n, sizeof *sorted, compare_entries);
	return sorted;
}

void
part_log(const struct part *p)
{
	static const struct column columns[] = {
	    {.name = "date"}, {.name = "kind"}, {.name = "by"}, {.name = "with"}, {.name = "about"}};
	const struct log_entry **entry = log_sorted(p);
	size_t n = p->account->log.n;

	page_section(p->page, "Last contacts");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < n && i < p->limit; i++) {
		cell_date(p, entry[i]->date);
		page_cell(p->page, entry[i]->kind);
		page_cell(p->page, entry[i]->by);
		page_cell(p->page, say_texts(p->arena, &entry[i]->with));
		cell_text(p, entry[i]->about);
		page_row(p->page);
	}
	part_left_out(p, n > p->limit ? n - p->limit : 0, "log");
}

/* what there is to say of when we asked; NULL: nothing */
static const char *
need_age(const struct part *p, const struct need *need)
{
	if (!date_is_set(need->asked))
		return "never asked about";
	if (date_cmp(need->asked, date_add_months(p->today, -NEED_STALE_MONTHS)) < 0)
		return arena_printf(p->arena, "not asked about for %ld days",
				    date_diff(p->today, need->asked));
	return NULL;
}

void
part_needs(const struct part *p)
{
	static const struct column columns[] = {{.name = "need"},  {.name = "whose"}, {.name = "our answer"},
						{.name = "state"}, {.name = "asked"}, {.name = "note"}};
	const struct need *need = p->account->needs.v;
	size_t shown = 0, left = 0;

	page_section(p->page, "Needs, open and stale");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < p->account->needs.n; i++, need++) {
		const char *age = need_age(p, need);

		if (need->state && strcmp(need->state, "met") == 0 && !age)
			continue;
		if (shown++ >= p->limit) {
			left++;
			continue;
		}
		cell_text(p, need->what);
		page_cell(p->page, say_contact(p->account, need->whose));
		cell_text(p, need->answer);
		page_cell(p->page, need->state ? need->state : "open");
		cell_date(p, need->asked);
		page_cell(p->page, age);
		page_row(p->page);
	}
	part_left_out(p, left, "needs");
}

/* what is to be done next */
struct step {
	struct date due;
	const char *what;
	const char *to;
	const char *who;
	size_t number;
};

struct steps {
	struct step *v;
	size_t n;
};

static void
steps_add(struct steps *steps, struct date due, const char *what, const char *who)
{
	if (what)
		steps->v[steps->n] = (struct step){.due = due, .what = what, .who = who, .number = steps->n};
	steps->n += what != NULL;
}

/* the next contact as last agreed */
static void
steps_add_contact(const struct part *p, struct steps *steps)
{
	const struct log_entry **entry = log_sorted(p);

	for (size_t i = 0; i < p->account->log.n; i++) {
		const struct log_entry *e = entry[i];

		if (!date_is_set(e->next))
			continue;
		/* a contact since that day was it */
		if (date_cmp(account_last_contact(p->account, p->today), e->next) < 0)
			steps_add(steps, e->next,
				  arena_printf(p->arena, "next contact%s%s", e->about ? ": " : "",
					       e->about ? e->about : ""),
				  e->by);
		return;
	}
}

/* by their dates, those without one last */
static int
compare_steps(const void *a, const void *b)
{
	const struct step *x = a, *y = b;
	bool x_due = date_is_set(x->due), y_due = date_is_set(y->due);
	int c = x_due && y_due ? date_cmp(x->due, y->due) : y_due - x_due;

	return c ? c : (x->number > y->number) - (x->number < y->number);
}

static void
steps_write(const struct part *p, struct steps *steps, const char *section)
{
	static const struct column columns[] = {{.name = "due"},
						{.name = "what"},
						{.name = "to"},
						{.name = "who"},
						{.name = "days late", .type = COLUMN_NUMBER}};

	if (steps->n > 0)
		qsort(steps->v, steps->n, sizeof *steps->v, compare_steps);
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < steps->n && i < p->limit; i++) {
		const struct step *step = &steps->v[i];

		page_cell(p->page, date_is_set(step->due) ? say_date(p->arena, step->due) : "-");
		cell_text(p, step->what);
		page_cell(p->page, say_contact(p->account, step->to));
		page_cell(p->page, step->who);
		cell_late(p, step->due);
		page_row(p->page);
	}
	part_left_out(p, steps->n > p->limit ? steps->n - p->limit : 0, section);
}

static void
steps_add_promises(const struct part *p, struct steps *steps, const char *prefix)
{
	const struct promise *promise = p->account->promises.v;

	for (size_t i = 0; i < p->account->promises.n; i++) {
		if (date_is_set(promise[i].kept) || !promise[i].what)
			continue;
		steps_add(steps, promise[i].due, arena_printf(p->arena, "%s%s", prefix, promise[i].what),
			  promise[i].by);
		steps->v[steps->n - 1].to = promise[i].to;
	}
}

static struct steps
steps_begin(const struct part *p)
{
	const struct account *a = p->account;

	return (struct steps){
	    arena_alloc(p->arena, (a->promises.n + a->plan.actions.n + 1) * sizeof(struct step)), 0};
}

void
part_steps(const struct part *p)
{
	const struct plan_action *action = p->account->plan.actions.v;
	struct steps steps = steps_begin(p);

	page_section(p->page, "Next steps");
	steps_add_contact(p, &steps);
	for (size_t i = 0; i < p->account->plan.actions.n; i++)
		if (!date_is_set(action[i].done))
			steps_add(&steps, action[i].due, action[i].what, action[i].owner);
	steps_add_promises(p, &steps, "promised: ");
	steps_write(p, &steps, "plan");
}

void
part_promises(const struct part *p)
{
	struct steps steps = steps_begin(p);

	page_section(p->page, "Our open promises");
	steps_add_promises(p, &steps, "");
	steps_write(p, &steps, "promises");
}

void
part_goals(const struct part *p)
{
	static const struct column columns[] = {{.name = "goal"},
						{.name = "whose"},
						{.name = "measure"},
						{.name = "target", .type = COLUMN_NUMBER},
						{.name = "milestone"},
						{.name = "due"},
						{.name = "days late", .type = COLUMN_NUMBER}};
	const struct plan_goal *goal = p->account->plan.goals.v;
	size_t n = p->account->plan.goals.n;

	page_section(p->page, "Goals");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < n && i < p->limit; i++, goal++) {
		struct buf target = {0};

		decimal_format_exact(&target, goal->target);
		cell_text(p, goal->goal);
		page_cell(p->page, goal->whose);
		page_cell(p->page, goal->measure);
		page_cell(p->page, target.data);
		cell_text(p, goal->milestone);
		cell_date(p, goal->due);
		cell_late(p, goal->due);
		page_row(p->page);
		buf_free(&target);
	}
	part_left_out(p, n > p->limit ? n - p->limit : 0, "plan");
}
