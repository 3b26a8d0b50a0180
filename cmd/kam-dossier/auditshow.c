/*
 * Results of audits: of one account or the supplier group by group, of all
 * accounts in a table.
 */
#include <stdlib.h>
#include <string.h>

#include "auditing.h"

#define TABLES_MAX 8

struct tables {
	struct table *v[TABLES_MAX];
	size_t n;
};

static struct table *
add_table(struct tables *tables, const char *name, const char *title, const struct column *columns, size_t n)
{
	return tables->v[tables->n++] = table_new(name, title, columns, n);
}

static void
drop_if_empty(struct tables *tables)
{
	if (table_rows(tables->v[tables->n - 1]) == 0)
		table_free(tables->v[--tables->n]);
}

static void
write_tables(const struct auditing *a, struct tables *tables)
{
	tables_write(tables->v, tables->n, &a->table, stdout);
	for (size_t i = 0; i < tables->n; i++)
		table_free(tables->v[i]);
}

/* for reading; programs want the names that do not depend on a language */
static bool
is_for_people(const struct auditing *a)
{
	return a->table.format == TABLE_TEXT || a->table.format == TABLE_MARKDOWN;
}

static const char *
date_text(struct arena *arena, struct date date)
{
	struct buf text = {0};
	const char *copy;

	if (!date_is_set(date))
		return NULL;
	date_format(&text, date);
	copy = arena_copy(arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

static void
cell_score(struct table *t, int score)
{
	if (score < 0)
		table_cell(t, NULL);
	else
		table_cellf(t, "%d", score);
}

/* between two audits, over the questions that both answer */
struct change {
	struct audit_tally now, before;
};

static int
change_questions(const struct change *c)
{
	return c->now.yes + c->now.partly + c->now.no;
}

/* in points; nothing where there is no such question */
static void
cell_change(struct table *t, const struct change *c)
{
	if (change_questions(c) == 0)
		table_cell(t, NULL);
	else
		table_cellf(t, "%d", audit_score(&c->now) - audit_score(&c->before));
}

static void
cell_compared(struct table *t, const struct change *c)
{
	if (change_questions(c) == 0)
		table_cell(t, NULL);
	else
		table_cellf(t, "%d", change_questions(c));
}

static void
note_change(struct auditing *a, struct table *t, const struct audit *before, const struct change *all)
{
	int n = change_questions(all);

	if (before && n == 0)
		table_note(t, "No change is told: no question is answered both now and on %s",
			   date_text(&a->arena, before->date));
	else if (before)
		table_note(t, "Change: in points since %s, over the %d question%s that both answered",
			   date_text(&a->arena, before->date), n, n == 1 ? "" : "s");
}

/* what is to be said of the last audit's age; NULL: nothing */
static const char *
overdue_text(struct arena *arena, const struct audit *last, struct date today)
{
	if (!audit_is_overdue(last, today))
		return NULL;
	if (!last)
		return "Never audited; an audit is due every half-year or year (S2)";
	return arena_printf(arena, "The last audit is %ld days old; one is due every half-year or year (S2)",
			    date_diff(today, last->date));
}

/* The groups */

static void
group_row(struct table *t, const char *title, const struct audit_tally *all, const struct change *change)
{
	table_cell(t, title);
	table_cellf(t, "%d", all->yes);
	table_cellf(t, "%d", all->partly);
	table_cellf(t, "%d", all->no);
	table_cellf(t, "%d", all->open);
	cell_score(t, audit_score(all));
	cell_change(t, change);
	cell_compared(t, change);
	table_row(t);
}

static void
show_groups(struct auditing *a, struct tables *tables, const char *title, bool of_client,
	    const struct audit *last, const struct audit *before)
{
	static const struct column columns[] = {
	    {.name = "group"},
	    {.name = "yes", .type = COLUMN_NUMBER},
	    {.name = "partly", .type = COLUMN_NUMBER},
	    {.name = "no", .type = COLUMN_NUMBER},
	    {.name = "open", .type = COLUMN_NUMBER},
	    {.name = "score", .title = "score %", .type = COLUMN_NUMBER},
	    {.name = "change", .type = COLUMN_NUMBER},
	    {.name = "compared", .type = COLUMN_NUMBER},
	};
	struct table *t = add_table(tables, "groups", title, columns, sizeof columns / sizeof *columns);
	struct audit_tally all = {0};
	struct change all_change = {0};
	const char *overdue = overdue_text(&a->arena, last, a->cli.today);

	for (size_t i = 0; last && i < n_audit_groups; i++) {
		const struct audit_group *g = &audit_groups[i];
		struct audit_tally now = {0};
		struct change change = {0};

		if (g->of_client != of_client)
			continue;
		audit_count(last, g, &now);
		audit_count(last, g, &all);
		audit_compare(last, before, g, &change.now, &change.before);
		audit_compare(last, before, g, &all_change.now, &all_change.before);
		group_row(t, is_for_people(a) ? g->title[a->language] : g->id, &now, &change);
	}
	if (last)
		group_row(t, "all", &all, &all_change);
	note_change(a, t, before, &all_change);
	if (overdue)
		table_note(t, "%s", overdue);
}

/* Answers that are not what they were */

static void
show_changes(struct auditing *a, struct tables *tables, bool of_client, const struct audit *last,
	     const struct audit *before)
{
	static const struct column columns[] = {
	    {.name = "answer"}, {.name = "question"}, {.name = "before"}, {.name = "now"}};
	struct table *t = add_table(tables, "changes", "Answers that changed", columns, 4);

	for (size_t i = 0; before && i < n_audit_groups; i++) {
		const struct audit_group *g = &audit_groups[i];

		for (size_t k = 0; g->of_client == of_client && k < g->n; k++) {
			const char *then = audit_answer(before, g->question[k].id),
				   *now = audit_answer(last, g->question[k].id);

			if (!then || !now || strcmp(then, now) == 0)
				continue;
			table_cell(t, g->question[k].id);
			table_cell(t, g->question[k].text[a->language]);
			table_cell(t, then);
			table_cell(t, now);
			table_row(t);
		}
	}
	drop_if_empty(tables);
}

/* What is to be done */

struct pending {
	const struct audit_action **v; /* open ones of all audits, those that are due first */
	size_t n, late;
};

static int
compare_actions(const void *a, const void *b)
{
	const struct audit_action *x = *(const struct audit_action *const *)a,
				  *y = *(const struct audit_action *const *)b;
	bool dated = date_is_set(x->due);

	if (dated != date_is_set(y->due))
		return dated ? -1 : 1;
	if (date_cmp(x->due, y->due))
		return date_cmp(x->due, y->due);
	return (x > y) - (x < y);
}

static bool
is_late(const struct audit_action *action, struct date today)
{
	return date_is_set(action->due) && date_cmp(action->due, today) < 0;
}

static void
pending_find(struct pending *pending, const struct items *audits, struct date today, struct arena *arena)
{
	const struct audit *audit = audits->v;
	size_t n = 0;

	*pending = (struct pending){0};
	for (size_t i = 0; i < audits->n; i++)
		n += audit[i].actions.n;
	pending->v = arena_alloc(arena, (n + 1) * sizeof *pending->v);
	for (size_t i = 0; i < audits->n; i++) {
		const struct audit_action *action = audit[i].actions.v;

		for (size_t k = 0; k < audit[i].actions.n; k++) {
			if (date_is_set(action[k].done))
				continue;
			pending->v[pending->n++] = &action[k];
			pending->late += is_late(&action[k], today);
		}
	}
	if (pending->n)
		qsort(pending->v, pending->n, sizeof *pending->v, compare_actions);
}

static bool
has_action(const struct audit *audit, const char *question)
{
	const struct audit_action *action = audit->actions.v;

	for (size_t i = 0; i < audit->actions.n; i++) {
		if (action[i].answer && strcmp(action[i].answer, question) == 0)
			return true;
	}
	return false;
}

/* an open action, or one since the question was answered that is done already? */
static bool
is_acted_on(const struct pending *pending, const struct items *audits, const struct audit *answering,
	    const char *question)
{
	const struct audit *audit = audits->v;

	for (size_t i = 0; i < audits->n; i++) {
		if (date_cmp(audit[i].date, answering->date) >= 0 && has_action(&audit[i], question))
			return true;
	}
	for (size_t i = 0; i < pending->n; i++) {
		if (pending->v[i]->answer && strcmp(pending->v[i]->answer, question) == 0)
			return true;
	}
	return false;
}

static void
action_row(struct auditing *a, struct table *t, const char *id, const struct items *audits,
	   const struct audit_action *action)
{
	const struct audit_question *q = id ? audit_question_find(id, NULL) : NULL;
	const struct audit *answering = id ? audit_last_answering(audits, id, a->cli.today) : NULL;

	table_cell(t, id);
	table_cell(t, answering ? audit_answer(answering, id) : NULL);
	table_cell(t, answering ? date_text(&a->arena, answering->date) : NULL);
	table_cell(t, q ? q->text[a->language] : NULL);
	table_cell(t, action ? action->what : is_for_people(a) ? "(nothing yet)" : NULL);
	table_cell(t, action ? action->owner : NULL);
	table_cell(t, action ? date_text(&a->arena, action->due) : NULL);
	if (action && is_late(action, a->cli.today))
		table_cellf(t, "%ld", date_diff(a->cli.today, action->due));
	table_row(t);
}

static void
show_actions(struct auditing *a, struct tables *tables, bool of_client, const struct items *audits)
{
	static const struct column columns[] = {
	    {.name = "answer"},	  {.name = "is"},
	    {.name = "answered"}, {.name = "question"},
	    {.name = "what"},	  {.name = "owner"},
	    {.name = "due"},	  {.name = "late", .title = "days late", .type = COLUMN_NUMBER},
	};
	struct table *t =
	    add_table(tables, "actions", "What is to be done", columns, sizeof columns / sizeof *columns);
	struct pending pending;

	pending_find(&pending, audits, a->cli.today, &a->arena);
	for (size_t i = 0; i < pending.n; i++)
		action_row(a, t, pending.v[i]->answer, audits, pending.v[i]);
	for (size_t i = 0; i < n_audit_groups; i++) {
		const struct audit_group *g = &audit_groups[i];

		for (size_t k = 0; g->of_client == of_client && k < g->n; k++) {
			const char *id = g->question[k].id;
			const struct audit *answering = audit_last_answering(audits, id, a->cli.today);

			if (audit_answer_is_weak(audit_answer(answering, id)) &&
			    !is_acted_on(&pending, audits, answering, id))
				action_row(a, t, id, audits, NULL);
		}
	}
	drop_if_empty(tables);
}

static void
show_audits(struct auditing *a, struct tables *tables, const char *whose, bool of_client,
	    const struct items *audits)
{
	const struct audit *last = audit_last(audits, a->cli.today), *before = audit_before(audits, last);
	const char *title = arena_printf(&a->arena, "%s%s%s", whose, last ? ", " : "",
					 last ? date_text(&a->arena, last->date) : "");

	show_groups(a, tables, title, of_client, last, before);
	show_changes(a, tables, of_client, last, before);
	show_actions(a, tables, of_client, audits);
}

void
audit_show(struct auditing *a, const struct account *account)
{
	struct tables tables = {0};

	show_audits(a, &tables, account_title(account), true, &account->audit);
	write_tables(a, &tables);
}

/* All accounts */

struct overview_row {
	const char *id;
	struct date date; /* of the last audit; unset: never */
	bool overdue;
	int score;	      /* of all groups */
	struct change change; /* the same */
	int group[16];	      /* scores, by the number of the group */
	size_t open, late;
};

struct overview {
	struct overview_row *v;
	size_t n, cap, left_out;
};

/* key and large accounts are to be audited; others may be */
static bool
is_audited(const struct account *account)
{
	return account->audit.n ||
	       (account->tier && (tier_is_key(account->tier) || strcmp(account->tier, "large") == 0));
}

static void
overview_add(struct auditing *a, struct overview *o, const struct account *account, struct arena *scratch)
{
	const struct audit *last = audit_last(&account->audit, a->cli.today),
			   *before = audit_before(&account->audit, last);
	struct audit_tally all = {0};
	struct overview_row *row;
	struct pending pending;

	o->v = vec_grow(o->v, &o->cap, o->n + 1, sizeof *o->v);
	row = &o->v[o->n++];
	*row = (struct overview_row){.id = arena_strdup(&a->arena, account->id)};
	row->date = last ? last->date : (struct date){0};
	row->overdue = audit_is_overdue(last, a->cli.today);
	for (size_t i = 0; i < n_audit_groups; i++) {
		struct audit_tally now = {0};

		if (!audit_groups[i].of_client)
			continue;
		audit_count(last, &audit_groups[i], &now);
		audit_count(last, &audit_groups[i], &all);
		audit_compare(last, before, &audit_groups[i], &row->change.now, &row->change.before);
		row->group[i] = audit_score(&now);
	}
	row->score = audit_score(&all);
	pending_find(&pending, &account->audit, a->cli.today, scratch);
	row->open = pending.n;
	row->late = pending.late;
}

/* what is overdue first, of that what waited longest */
static int
compare_rows(const void *a, const void *b)
{
	const struct overview_row *x = a, *y = b;

	if (x->overdue != y->overdue)
		return x->overdue ? -1 : 1;
	if (date_cmp(x->date, y->date))
		return date_cmp(x->date, y->date);
	return strcmp(x->id, y->id);
}

/* the folder's accounts, behind those that cannot be read too */
static void
overview_read(struct auditing *a, struct overview *o)
{
	char *dir = arena_strdup(&a->arena, a->dir);
	struct stream *stream = stream_open(&dir, 1);
	struct arena scratch = {0};
	struct account account;
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	int status;

	while ((status = stream_next(stream, &chunk, &err)) != 0) {
		if (status < 0 || doc_parse(&doc, chunk.file, chunk.first_line, chunk.bytes, &err) < 0) {
			sink_put(&a->sink.sink, SEVERITY_ERROR, "read", &err);
		} else {
			account_read(&doc, &account, &scratch, &a->sink.sink);
			if (account.id && is_audited(&account))
				overview_add(a, o, &account, &scratch);
			else
				o->left_out++;
		}
		doc_reset(&doc);
		arena_reset(&scratch);
	}
	doc_free(&doc);
	arena_free(&scratch);
	stream_free(stream);
}

static void
overview_row(struct auditing *a, struct table *t, const struct overview_row *row)
{
	table_cell(t, row->id);
	table_cell(t, date_text(&a->arena, row->date));
	table_cell(t, row->overdue ? "yes" : "no");
	for (size_t i = 0; i < n_audit_groups; i++) {
		if (audit_groups[i].of_client)
			cell_score(t, row->group[i]);
	}
	cell_score(t, row->score);
	cell_change(t, &row->change);
	cell_compared(t, &row->change);
	table_cellf(t, "%zu", row->open);
	table_cellf(t, "%zu", row->late);
	table_row(t);
}

static void
show_overview(struct auditing *a, struct tables *tables, struct overview *o)
{
	struct column columns[32] = {{.name = "account"}, {.name = "audited"}};
	struct table *t;
	size_t n = 2;

	columns[n++] = (struct column){.name = "overdue", .type = COLUMN_YESNO};
	for (size_t i = 0; i < n_audit_groups; i++) {
		if (audit_groups[i].of_client)
			columns[n++] = (struct column){.name = audit_groups[i].id, .type = COLUMN_NUMBER};
	}
	columns[n++] = (struct column){.name = "score", .title = "score %", .type = COLUMN_NUMBER};
	columns[n++] = (struct column){.name = "change", .type = COLUMN_NUMBER};
	columns[n++] = (struct column){.name = "compared", .type = COLUMN_NUMBER};
	columns[n++] = (struct column){.name = "actions", .type = COLUMN_NUMBER};
	columns[n++] = (struct column){.name = "late", .type = COLUMN_NUMBER};
	t = add_table(tables, "accounts", "Accounts", columns, n);
	if (o->n)
		qsort(o->v, o->n, sizeof *o->v, compare_rows);
	for (size_t i = 0; i < o->n; i++)
		overview_row(a, t, &o->v[i]);
	table_note(t, "Change: in points since the audit before, over the questions that both answered");
	if (o->left_out)
		table_note(t, "%zu account%s neither key nor large, and never audited, left out", o->left_out,
			   o->left_out == 1 ? "" : "s");
	write_tables(a, tables);
}

int
audit_overview(struct auditing *a)
{
	struct tables tables = {0};
	struct overview o = {0};
	struct items supplier;

	audit_read_supplier(a, &supplier);
	if (a->supplier)
		show_audits(a, &tables, "Ourselves", false, &supplier);
	overview_read(a, &o);
	show_overview(a, &tables, &o);
	free(o.v);
	return EXIT_DONE;
}
