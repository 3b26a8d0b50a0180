/*
 * The agenda: what was asked for of it, for people or for programs.
 */
#include <string.h>

#include "followup.h"

void
list_narrow(struct run *run)
{
	struct followups *list = &run->list;
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct followup *f = &list->v[i];

		if (is_asked_for(&run->rule, f->rule) &&
		    (is_asked_for(&run->manager, f->owner) || is_asked_for(&run->manager, f->escalated)))
			list->v[kept++] = *f;
	}
	list->n = kept;
}

static long
days_late(const struct run *run, const struct followup *f)
{
	long late = date_diff(run->when.today, f->due);

	return late > 0 ? late : 0;
}

static void
cell_date(struct table *t, struct date d)
{
	struct buf text = {0};

	date_format(&text, d);
	table_cell(t, text.data);
	buf_free(&text);
}

/* one table of everything, for programs */
static void
list_write(const struct run *run, const struct table_options *how)
{
	static const struct column columns[] = {
	    {"due", NULL, COLUMN_TEXT, 0},	{"late", NULL, COLUMN_NUMBER, 0},
	    {"priority", NULL, COLUMN_TEXT, 0}, {"account", NULL, COLUMN_TEXT, 0},
	    {"title", NULL, COLUMN_TEXT, 0},	{"owner", NULL, COLUMN_TEXT, 0},
	    {"what", NULL, COLUMN_TEXT, 0},	{"rule", NULL, COLUMN_TEXT, 0},
	    {"key", NULL, COLUMN_TEXT, 0},	{"escalated", NULL, COLUMN_TEXT, 0},
	    {"since", NULL, COLUMN_TEXT, 0},	{"days", NULL, COLUMN_NUMBER, 0},
	};
	struct table *t = table_new("followups", NULL, columns, COUNT(columns));

	for (size_t i = 0; i < run->list.n; i++) {
		const struct followup *f = &run->list.v[i];

		cell_date(t, f->due);
		table_cellf(t, "%ld", days_late(run, f));
		table_cell(t, f->priority);
		table_cell(t, f->account);
		table_cell(t, f->title);
		table_cell(t, f->owner);
		table_cell(t, f->text);
		table_cell(t, f->rule);
		table_cell(t, f->key);
		table_cell(t, f->escalated);
		cell_date(t, f->since);
		if (date_is_set(f->since) && date_cmp(f->since, run->when.today) <= 0)
			table_cellf(t, "%ld", date_diff(run->when.today, f->since));
		else
			table_cell(t, NULL);
		table_row(t);
	}
	tables_write(&t, 1, how, stdout);
	table_free(t);
}

enum group { OVERDUE, TODAY, COMING, GROUPS };

static enum group
group_of(const struct run *run, const struct followup *f)
{
	int order = date_cmp(f->due, run->when.today);

	return order < 0 ? OVERDUE : order == 0 ? TODAY : COMING;
}

static void
agenda_row(const struct run *run, struct table *t, const struct followup *f)
{
	cell_date(t, f->due);
	if (days_late(run, f) > 0)
		table_cellf(t, "%ld", days_late(run, f));
	else
		table_cell(t, NULL);
	table_cell(t, strcmp(f->priority, "normal") == 0 ? NULL : f->priority);
	table_cell(t, f->title);
	if (f->owner && f->escalated)
		table_cellf(t, "%s → %s", f->owner, f->escalated);
	else if (f->escalated)
		table_cellf(t, "→ %s", f->escalated);
	else
		table_cell(t, f->owner);
	table_cell(t, f->text);
	table_row(t);
}

/* tables of what is overdue, due today and coming, for people */
static void
agenda_write(struct run *run, const struct table_options *how)
{
	static const struct column columns[] = {
	    {"due", "Due", COLUMN_TEXT, 0},	{"late", "Late", COLUMN_NUMBER, 0},
	    {"priority", "", COLUMN_TEXT, 0},	{"title", "Account", COLUMN_TEXT, 0},
	    {"owner", "Owner", COLUMN_TEXT, 0}, {"what", "What to do", COLUMN_TEXT, 0},
	};
	static const char *const titles[GROUPS] = {"Overdue", "Today", "Coming"};
	struct table *group[GROUPS], *shown[GROUPS];
	size_t count[GROUPS] = {0}, n = 0;

	for (size_t i = 0; i < run->list.n; i++)
		count[group_of(run, &run->list.v[i])]++;
	for (size_t i = 0; i < GROUPS; i++) {
		const char *title = arena_printf(&run->arena, "%s: %zu", titles[i], count[i]);

		group[i] = table_new(titles[i], title, columns, COUNT(columns));
		if (count[i] > 0)
			shown[n++] = group[i];
	}
	for (size_t i = 0; i < run->list.n; i++)
		agenda_row(run, group[group_of(run, &run->list.v[i])], &run->list.v[i]);
	tables_write(shown, n, how, stdout);
	for (size_t i = 0; i < GROUPS; i++)
		table_free(group[i]);
}

void
output_write(struct run *run, const struct table_options *how)
{
	bool people = how->format == TABLE_TEXT || how->format == TABLE_MARKDOWN;
	struct buf day = {0};

	date_format(&day, run->when.until);
	if (people && run->list.n == 0 && !run->nobody)
		printf("Nothing is due by %s.\n", day.data);
	else if (people)
		agenda_write(run, how);
	else
		list_write(run, how);
	buf_free(&day);
}
