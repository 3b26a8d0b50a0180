/*
 * Parts of a page that tell of what was said, needed, promised and planned.
 */
#include <stdlib.h>
#include <string.h>

#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
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

static void
log_row(const struct part *p, const struct log_entry *e)
{
	const char *with = say_texts(p->arena, &e->with);

	if (p->terse) {
		page_item(p->page, PAGE_PLAIN, "%s%s%s%s%s",
			  date_is_set(e->date) ? say_date(p->arena, e->date) : "?",
			  say_after(p->arena, " ", e->kind), say_after(p->arena, " by ", e->by),
			  say_after(p->arena, " with ", with),
			  say_after(p->arena, ": ", say_clipped(p->arena, e->about, p->clip)));
		return;
	}
	cell_date(p, e->date);
	page_cell(p->page, e->kind);
	page_cell(p->page, e->by);
	page_cell(p->page, with);
	cell_text(p, e->about);
	page_row(p->page);
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
	for (size_t i = 0; i < n && i < p->limit; i++)
		log_row(p, entry[i]);
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

static void
need_row(const struct part *p, const struct need *need, const char *age)
{
	const char *state = need->state ? need->state : "open", *whose = say_contact(p->account, need->whose);

	if (p->terse) {
		page_item(p->page, PAGE_PLAIN, "%s%s: %s%s%s",
			  say_clipped(p->arena, need->what ? need->what : "?", p->clip),
			  say_after(p->arena, ", of ", whose), state,
			  say_after(p->arena, ", asked ", say_date(p->arena, need->asked)),
			  say_after(p->arena, ", ", age));
		return;
	}
	cell_text(p, need->what);
	page_cell(p->page, whose);
	cell_text(p, need->answer);
	page_cell(p->page, state);
	cell_date(p, need->asked);
	page_cell(p->page, age);
	page_row(p->page);
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
		need_row(p, need, age);
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
step_row(const struct part *p, const struct step *step)
{
	const char *due = date_is_set(step->due) ? say_date(p->arena, step->due) : "-";
	const char *to = say_contact(p->account, step->to);
	long late = date_is_set(step->due) ? date_diff(p->today, step->due) : 0;

	if (p->terse) {
		page_item(p->page, late > 0 ? PAGE_ALERT : PAGE_PLAIN, "%s %s%s%s%s", due,
			  say_clipped(p->arena, step->what, p->clip), say_after(p->arena, ", to ", to),
			  say_after(p->arena, " (", step->who), step->who ? ")" : "");
		return;
	}
	page_cell(p->page, due);
	cell_text(p, step->what);
	page_cell(p->page, to);
	page_cell(p->page, step->who);
	cell_late(p, step->due);
	page_row(p->page);
}

static void
steps_write(const struct part *p, const struct steps *steps)
{
	static const struct column columns[] = {{.name = "due"},
						{.name = "what"},
						{.name = "to"},
						{.name = "who"},
						{.name = "days late", .type = COLUMN_NUMBER}};

	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < steps->n && i < p->limit; i++)
		step_row(p, &steps->v[i]);
	part_left_out(p, steps->n > p->limit ? steps->n - p->limit : 0, "plan,promises");
}

static void
steps_add_promises(const struct part *p, struct steps *steps)
{
	const struct promise *promise = p->account->promises.v;

	for (size_t i = 0; i < p->account->promises.n; i++) {
		if (date_is_set(promise[i].kept) || !promise[i].what)
			continue;
		steps_add(steps, promise[i].due, arena_printf(p->arena, "promised: %s", promise[i].what),
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

/* all that is open, what is due first before the rest */
static struct steps
steps_find(const struct part *p)
{
	const struct plan_action *action = p->account->plan.actions.v;
	struct steps steps = steps_begin(p);

	steps_add_contact(p, &steps);
	for (size_t i = 0; i < p->account->plan.actions.n; i++)
		if (!date_is_set(action[i].done))
			steps_add(&steps, action[i].due, action[i].what, action[i].owner);
	steps_add_promises(p, &steps);
	if (steps.n > 0)
		qsort(steps.v, steps.n, sizeof *steps.v, compare_steps);
	return steps;
}

void
part_steps(const struct part *p)
{
	const struct steps steps = steps_find(p);

	page_section(p->page, "Promises and next steps");
	steps_write(p, &steps);
}

/* ", 2 days late", or "" */
static const char *
late_text(const struct part *p, struct date due)
{
	long late = date_is_set(due) ? date_diff(p->today, due) : 0;

	return late > 0 ? arena_printf(p->arena, ", %ld days late", late) : "";
}

const char *
line_next_step(const struct part *p)
{
	const struct steps steps = steps_find(p);
	const struct step *step = steps.v;

	if (steps.n == 0)
		return "none is agreed";
	return arena_printf(p->arena, "%s%s%s%s%s",
			    date_is_set(step->due) ? say_date(p->arena, step->due) : "no day",
			    say_after(p->arena, " by ", step->who), late_text(p, step->due),
			    say_after(p->arena, ": ", step->what),
			    steps.n > 1 ? arena_printf(p->arena, "; %zu more", steps.n - 1) : "");
}

const char *
line_promises(const struct part *p)
{
	const struct promise *promise = p->account->promises.v, *worst = NULL;
	size_t open = 0, late = 0;

	for (size_t i = 0; i < p->account->promises.n; i++, promise++) {
		if (date_is_set(promise->kept))
			continue;
		open++;
		late += *late_text(p, promise->due) != '\0';
		if (!worst || (date_is_set(promise->due) &&
			       (!date_is_set(worst->due) || date_cmp(promise->due, worst->due) < 0)))
			worst = promise;
	}
	if (!worst)
		return p->account->promises.n > 0 ? "none open" : NULL;
	return arena_printf(p->arena, "%zu open%s%s%s%s: %s", open,
			    late ? arena_printf(p->arena, ", %zu late", late) : "",
			    say_after(p->arena, "; due ", say_date(p->arena, worst->due)),
			    say_after(p->arena, " to ", say_contact(p->account, worst->to)),
			    say_after(p->arena, " by ", worst->by), worst->what ? worst->what : "?");
}

const char *
line_last_contact(const struct part *p)
{
	const struct log_entry **entry = log_sorted(p), *e;
	size_t i = 0, n = p->account->log.n;

	while (i < n && date_cmp(entry[i]->date, p->today) > 0)
		i++;
	if (i == n || !date_is_set(entry[i]->date))
		return "none is noted";
	e = entry[i];
	return arena_printf(p->arena, "%s, %ld days ago%s%s%s%s", say_date(p->arena, e->date),
			    date_diff(p->today, e->date), say_after(p->arena, ": ", e->kind),
			    say_after(p->arena, " by ", e->by),
			    say_after(p->arena, " with ", say_texts(p->arena, &e->with)),
			    say_after(p->arena, ": ", e->about));
}

static void
goal_row(const struct part *p, const struct plan_goal *goal)
{
	const char *milestone = say_clipped(p->arena, goal->milestone, p->clip);
	const char *target = say_exact(p->arena, goal->target);

	if (p->terse) {
		bool late = date_is_set(goal->due) && date_cmp(goal->due, p->today) < 0;

		page_item(p->page, late ? PAGE_ALERT : PAGE_PLAIN, "%s%s%s%s%s%s%s",
			  say_clipped(p->arena, goal->goal ? goal->goal : "?", p->clip),
			  say_after(p->arena, " (", goal->whose), goal->whose ? ")" : "",
			  say_after(p->arena, ": ", goal->measure), say_after(p->arena, " ", target),
			  say_after(p->arena, ": ", milestone),
			  say_after(p->arena, ", by ", say_date(p->arena, goal->due)));
		return;
	}
	cell_text(p, goal->goal);
	page_cell(p->page, goal->whose);
	page_cell(p->page, goal->measure);
	page_cell(p->page, target);
	page_cell(p->page, milestone);
	cell_date(p, goal->due);
	cell_late(p, goal->due);
	page_row(p->page);
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
	for (size_t i = 0; i < n && i < p->limit; i++)
		goal_row(p, &goal[i]);
	part_left_out(p, n > p->limit ? n - p->limit : 0, "plan");
}
