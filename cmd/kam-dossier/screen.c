/*
 * An account on one screen, the most important first.
 */
#include <stdlib.h>
#include <string.h>

#include "dossier.h"

#define WINDOW 12 /* months that count as now, and as many before them */
#define LOG_SHOWN 5
#define TABLES_MAX 8

/* one account being shown */
struct show {
	const struct account *account;
	struct date today;
	struct arena *arena;
	struct table *table[TABLES_MAX];
	size_t n;
};

static struct table *
add_table(struct show *s, const char *title, const struct column *columns, size_t n)
{
	struct table *t = table_new(title, title, columns, n);

	s->table[s->n++] = t;
	return t;
}

/* a table without rows is not shown */
static void
drop_if_empty(struct show *s)
{
	if (table_rows(s->table[s->n - 1]) == 0)
		table_free(s->table[--s->n]);
}

static const char *
date_text(struct arena *arena, struct date date)
{
	struct buf text = {0};
	const char *copy;

	date_format(&text, date);
	copy = text.len ? arena_copy(arena, text.data, text.len) : NULL;
	buf_free(&text);
	return copy;
}

static const char *
month_text(struct arena *arena, month m)
{
	struct buf text = {0};
	const char *copy;

	month_format(&text, m);
	copy = arena_copy(arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

static const char *
decimal_text(struct arena *arena, struct decimal d, int places)
{
	struct buf text = {0};
	const char *copy;

	decimal_format(&text, d, places);
	copy = text.len ? arena_copy(arena, text.data, text.len) : NULL;
	buf_free(&text);
	return copy;
}

/* a text of several lines in one */
static const char *
one_line(struct arena *arena, const char *text)
{
	char *line = text ? arena_strdup(arena, text) : NULL;
	size_t n = 0;

	for (const char *p = text; p && *p; p++) {
		if (*p != '\n' && *p != '\t')
			line[n++] = *p;
		else if (n > 0 && line[n - 1] != ' ')
			line[n++] = ' ';
	}
	while (n > 0 && line[n - 1] == ' ')
		n--;
	if (line)
		line[n] = '\0';
	return line;
}

static void
cell_money(struct show *s, struct table *t, struct decimal d)
{
	table_cell(t, decimal_text(s->arena, d, 2));
}

static const char *
texts_joined(struct arena *arena, const struct texts *texts)
{
	struct buf text = {0};
	const char *copy;

	for (size_t i = 0; i < texts->n; i++)
		buf_printf(&text, "%s%s", i ? ", " : "", texts->v[i]);
	copy = text.len ? arena_copy(arena, text.data, text.len) : NULL;
	buf_free(&text);
	return copy;
}

static void
fact(struct table *t, const char *name, const char *value)
{
	if (!value)
		return;
	table_cell(t, name);
	table_cell(t, value);
	table_row(t);
}

static const char *
last_contact(const struct show *s)
{
	struct date last = account_last_contact(s->account, s->today);

	if (!date_is_set(last))
		return NULL;
	return arena_printf(s->arena, "%s, %ld days ago", date_text(s->arena, last),
			    date_diff(s->today, last));
}

static const char *
main_contact(const struct show *s)
{
	const struct contact *c = account_main_contact(s->account, s->today);
	const char *reach;

	if (!c)
		return NULL;
	reach = c->phone ? c->phone : c->email;
	return arena_printf(s->arena, "%s%s%s%s%s", c->name ? c->name : c->id, c->position ? ", " : "",
			    c->position ? c->position : "", reach ? ", " : "", reach ? reach : "");
}

/* the account's own words; its title and id are the heading */
static void
show_facts(struct show *s)
{
	const struct account *a = s->account;
	struct column *columns = arena_alloc(s->arena, 2 * sizeof *columns);
	const char *team = texts_joined(s->arena, &a->team), *manager = a->manager;
	struct table *t;

	columns[0] = (struct column){.name = "id", .title = a->id ? a->id : ""};
	columns[1] = (struct column){.name = "name", .title = account_title(a) ? account_title(a) : ""};
	t = add_table(s, NULL, columns, 2);
	if (manager && team)
		manager = arena_printf(s->arena, "%s, with %s", manager, team);
	fact(t, "tier", a->tier);
	fact(t, "categories", texts_joined(s->arena, &a->categories));
	fact(t, "manager", manager);
	fact(t, "parent", a->parent);
	fact(t, "division", a->division);
	fact(t, "currency", a->currency);
	fact(t, "quiet until",
	     date_cmp(a->quiet_until, s->today) > 0 ? date_text(s->arena, a->quiet_until) : NULL);
	fact(t, "main contact", main_contact(s));
	fact(t, "last contact", last_contact(s));
}

/* Sums of the months from first to last; unknown without any, with one that has no figure, and when too large. */
static void
sum_sales(const struct account *a, month first, month last, struct decimal *revenue, struct decimal *margin)
{
	const struct sale *sale = a->sales.v;
	bool any = false;

	*revenue = *margin = (struct decimal){0};
	for (size_t i = 0; i < a->sales.n; i++) {
		if (sale[i].month < first || sale[i].month > last || !sale_has_figures(&sale[i]))
			continue;
		if (!any)
			*revenue = *margin = decimal_int(0);
		any = true;
		if (decimal_add(revenue, revenue, &sale[i].revenue) < 0)
			revenue->known = false;
		if (decimal_add(margin, margin, &sale[i].margin) < 0)
			margin->known = false;
	}
}

static struct decimal
sum_potential(const struct account *a, int year)
{
	const struct potential *p = a->potential.v;
	struct decimal sum = {0};

	for (size_t i = 0; i < a->potential.n; i++) {
		if (p[i].year != year || !p[i].amount.known)
			continue;
		if (!sum.known)
			sum = p[i].amount;
		else if (decimal_add(&sum, &sum, &p[i].amount) < 0)
			return (struct decimal){0};
	}
	return sum;
}

/* a of b in percent, to one place */
static const char *
percent(struct arena *arena, struct decimal a, struct decimal b)
{
	struct decimal hundred = decimal_int(100), part = {0};

	if (decimal_mul(&part, &a, &hundred) < 0 || decimal_div(&part, &part, &b, 1) < 0)
		return NULL;
	return decimal_text(arena, part, 1);
}

static const char *
growth(struct arena *arena, struct decimal now, struct decimal before)
{
	struct decimal more = {0};

	if (!before.known || decimal_sign(&before) <= 0 || decimal_sub(&more, &now, &before) < 0)
		return NULL;
	return percent(arena, more, before);
}

static void
money_row(struct show *s, struct table *t, const char *name, struct decimal now, struct decimal before,
	  const char *change)
{
	if (!now.known && !before.known)
		return;
	table_cell(t, name);
	cell_money(s, t, now);
	cell_money(s, t, before);
	table_cell(t, change);
	table_row(t);
}

/* the last full months up to today, and as many before */
static void
show_money(struct show *s)
{
	month last = month_of(s->today) - 1, first = last - WINDOW + 1;
	struct column *columns = arena_alloc(s->arena, 4 * sizeof *columns);
	struct decimal revenue, margin, revenue_before, margin_before, potential, potential_before;
	int year = last / 12;
	struct table *t;

	columns[0] = (struct column){.name = "sales"};
	columns[1] = (struct column){.type = COLUMN_NUMBER, .group = 1};
	columns[1].name =
	    arena_printf(s->arena, "%s to %s", month_text(s->arena, first), month_text(s->arena, last));
	columns[2] = (struct column){.name = "12 months before", .type = COLUMN_NUMBER, .group = 1};
	columns[3] = (struct column){.name = "change %", .type = COLUMN_NUMBER};
	t = add_table(s, NULL, columns, 4);
	sum_sales(s->account, first, last, &revenue, &margin);
	sum_sales(s->account, first - WINDOW, first - 1, &revenue_before, &margin_before);
	potential = sum_potential(s->account, year);
	potential_before = sum_potential(s->account, year - 1);
	money_row(s, t, "revenue", revenue, revenue_before, growth(s->arena, revenue, revenue_before));
	money_row(s, t, "margin", margin, margin_before, growth(s->arena, margin, margin_before));
	money_row(s, t, arena_printf(s->arena, "potential %d", year), potential, potential_before,
		  growth(s->arena, potential, potential_before));
	if (revenue.known && potential.known && decimal_sign(&potential) > 0)
		table_note(t, "Our share of the potential: %s %%", percent(s->arena, revenue, potential));
	drop_if_empty(s);
}

static void
show_contacts(struct show *s)
{
	static const struct column columns[] = {{.name = "id"},	  {.name = "name"},	 {.name = "position"},
						{.name = "role"}, {.name = "influence"}, {.name = "stance"},
						{.name = "reach"}};
	const struct contact *c = s->account->contacts.v, *main = account_main_contact(s->account, s->today);
	struct table *t = add_table(s, "Contacts", columns, sizeof columns / sizeof *columns);

	for (size_t i = 0; i < s->account->contacts.n; i++, c++) {
		if (date_is_set(c->left) && date_cmp(c->left, s->today) <= 0)
			continue;
		table_cellf(t, "%s%s", c->id ? c->id : "", c == main ? " *" : "");
		table_cell(t, c->name);
		table_cell(t, c->position);
		table_cell(t, c->role);
		table_cell(t, c->influence);
		table_cell(t, c->stance);
		table_cell(t, c->phone ? c->phone : c->email);
		table_row(t);
	}
	if (main)
		table_note(t, "* the main contact, told of every contact (S2)");
	drop_if_empty(s);
}

static void
show_deals(struct show *s)
{
	static const struct column columns[] = {{.name = "id"},
						{.name = "title"},
						{.name = "stage"},
						{.name = "amount", .type = COLUMN_NUMBER, .group = 1},
						{.name = "%", .type = COLUMN_NUMBER},
						{.name = "decided by"}};
	const struct deal *d = s->account->deals.v;
	struct table *t = add_table(s, "Open deals", columns, sizeof columns / sizeof *columns);

	for (size_t i = 0; i < s->account->deals.n; i++, d++) {
		if (!deal_is_open(d))
			continue;
		table_cell(t, d->id);
		table_cell(t, one_line(s->arena, d->title));
		table_cell(t, d->stage);
		cell_money(s, t, d->amount);
		table_cell(t, decimal_text(s->arena, d->probability, 0));
		table_cell(t, date_text(s->arena, d->expected_close));
		table_row(t);
	}
	drop_if_empty(s);
}

static void
show_debts(struct show *s)
{
	static const struct column columns[] = {{.name = "invoice"},
						{.name = "of"},
						{.name = "due"},
						{.name = "open", .type = COLUMN_NUMBER, .group = 1},
						{.name = "days late", .type = COLUMN_NUMBER}};
	const struct invoice *inv = s->account->invoices.v;
	struct table *t = add_table(s, "Open debts", columns, sizeof columns / sizeof *columns);

	for (size_t i = 0; i < s->account->invoices.n; i++, inv++) {
		struct decimal open = invoice_open_amount(inv);

		if (date_is_set(inv->settled) || (open.known && decimal_sign(&open) == 0))
			continue;
		table_cell(t, inv->id);
		table_cell(t, date_text(s->arena, inv->date));
		table_cell(t, date_text(s->arena, inv->due));
		cell_money(s, t, open);
		table_cellf(t, "%ld", invoice_days_late(inv, s->today));
		table_row(t);
	}
	drop_if_empty(s);
}

static void
show_contracts(struct show *s)
{
	static const struct column columns[] = {{.name = "contract"},
						{.name = "from"},
						{.name = "to"},
						{.name = "notice by"},
						{.name = "value", .type = COLUMN_NUMBER, .group = 1},
						{.name = "discount %", .type = COLUMN_NUMBER}};
	const struct contract *c = s->account->contracts.v;
	struct table *t = add_table(s, "Contracts", columns, sizeof columns / sizeof *columns);

	for (size_t i = 0; i < s->account->contracts.n; i++, c++) {
		if (date_is_set(c->end) && date_cmp(c->end, s->today) < 0)
			continue;
		table_cell(t, c->id);
		table_cell(t, date_text(s->arena, c->start));
		table_cell(t, date_text(s->arena, c->end));
		table_cell(t, c->notice.unit
				  ? date_text(s->arena, date_add_offset(c->end, c->notice, -1, NULL))
				  : NULL);
		cell_money(s, t, c->value);
		table_cell(t, decimal_text(s->arena, c->discount, 1));
		table_row(t);
	}
	drop_if_empty(s);
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
log_sorted(const struct show *s)
{
	const struct log_entry *entry = s->account->log.v, **sorted;

	sorted = arena_alloc(s->arena, (s->account->log.n + 1) * sizeof *sorted);
	for (size_t i = 0; i < s->account->log.n; i++)
		sorted[i] = &entry[i];
	if (s->account->log.n)
		qsort(sorted, s->account->log.n, sizeof *sorted, compare_entries);
	return sorted;
}

static void
show_log(struct show *s)
{
	static const struct column columns[] = {
	    {.name = "date"}, {.name = "kind"}, {.name = "by"}, {.name = "with"}, {.name = "about"}};
	const struct log_entry **entry = log_sorted(s);
	struct table *t = add_table(s, "Last contacts", columns, sizeof columns / sizeof *columns);

	for (size_t i = 0; i < s->account->log.n && i < LOG_SHOWN; i++) {
		table_cell(t, date_text(s->arena, entry[i]->date));
		table_cell(t, entry[i]->kind);
		table_cell(t, entry[i]->by);
		table_cell(t, texts_joined(s->arena, &entry[i]->with));
		table_cell(t, one_line(s->arena, entry[i]->about));
		table_row(t);
	}
	drop_if_empty(s);
}

/* what is to be done next */
struct step {
	const char *due; /* ISO 8601, or what stands there; NULL: no date */
	const char *what;
	const char *who;
};

struct steps {
	struct step *v;
	size_t n, cap;
};

static void
steps_add(struct steps *steps, const char *due, const char *what, const char *who)
{
	steps->v = vec_grow(steps->v, &steps->cap, steps->n + 1, sizeof *steps->v);
	steps->v[steps->n++] = (struct step){due, what, who};
}

/* open items of a list: those whose `done` has no value */
static void
steps_add_open(struct show *s, struct steps *steps, const struct node *list, const char *done,
	       const char *owner, const char *prefix)
{
	for (const struct node *n = list && list->kind == NODE_LIST ? list->first : NULL; n; n = n->next) {
		const char *what = node_get_text(n, "what");

		if (!node_get_text(n, done) && what)
			steps_add(steps, node_get_text(n, "due"),
				  arena_printf(s->arena, "%s%s", prefix, what), node_get_text(n, owner));
	}
}

/* the next contact as last agreed */
static void
steps_add_contact(struct show *s, struct steps *steps)
{
	const struct log_entry **entry = log_sorted(s);

	for (size_t i = 0; i < s->account->log.n; i++) {
		const struct log_entry *e = entry[i];

		if (!date_is_set(e->next))
			continue;
		/* a contact since that day was it */
		if (date_cmp(account_last_contact(s->account, s->today), e->next) < 0)
			steps_add(steps, date_text(s->arena, e->next),
				  arena_printf(s->arena, "next contact%s%s", e->about ? ": " : "",
					       e->about ? e->about : ""),
				  e->by);
		return;
	}
}

static int
compare_steps(const void *a, const void *b)
{
	const struct step *x = a, *y = b;
	int c = strcmp(x->due ? x->due : "~", y->due ? y->due : "~");

	return c ? c : strcmp(x->what, y->what);
}

static void
show_steps(struct show *s)
{
	static const struct column columns[] = {
	    {.name = "due"}, {.name = "what"}, {.name = "who"}, {.name = "days late", .type = COLUMN_NUMBER}};
	struct table *t = add_table(s, "Next steps", columns, sizeof columns / sizeof *columns);
	const struct node *root = s->account->node;
	struct steps steps = {0};

	steps_add_contact(s, &steps);
	steps_add_open(s, &steps, node_get(node_get(root, "plan"), "actions"), "done", "owner", "");
	steps_add_open(s, &steps, node_get(root, "promises"), "kept", "by", "promised: ");
	if (steps.n)
		qsort(steps.v, steps.n, sizeof *steps.v, compare_steps);
	for (size_t i = 0; i < steps.n; i++) {
		const struct step *step = &steps.v[i];
		struct date due = {0};

		table_cell(t, step->due);
		table_cell(t, one_line(s->arena, step->what));
		table_cell(t, step->who);
		if (step->due && date_parse(step->due, strlen(step->due), &due) == 0 &&
		    date_cmp(due, s->today) < 0)
			table_cellf(t, "%ld", date_diff(s->today, due));
		table_row(t);
	}
	free(steps.v);
	drop_if_empty(s);
}

void
account_show(const struct account *account, struct date today, const struct table_options *table_options)
{
	struct arena arena = {0};
	struct show s = {.account = account, .today = today, .arena = &arena};

	show_facts(&s);
	show_money(&s);
	show_contacts(&s);
	show_deals(&s);
	show_debts(&s);
	show_contracts(&s);
	show_log(&s);
	show_steps(&s);
	tables_write(s.table, s.n, table_options, stdout);
	for (size_t i = 0; i < s.n; i++)
		table_free(s.table[i]);
	arena_free(&arena);
}
