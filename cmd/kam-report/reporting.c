#include "reporting.h"

#include "base/text.h"
#include "domain/concentration.h"

bool
for_people(const struct report *r)
{
	return r->out.format == TABLE_TEXT || r->out.format == TABLE_MARKDOWN;
}

size_t
report_rows(struct report *r, struct table *t, size_t n)
{
	if (!r->rows || n <= r->rows)
		return n;
	table_note(t, "%s; --rows 0 lists all.", text_count(&r->arena, n - r->rows, "more account"));
	return r->rows;
}

void
note_window(struct report *r, struct table *t)
{
	const struct portfolio *p = &r->portfolio;
	struct buf text = {0};

	if (for_people(r) && !table_rows(t))
		table_note(t, r->select && !r->n ? "No account is selected." : "Nothing to list.");
	month_format(&text, p->first);
	buf_adds(&text, " to ");
	month_format(&text, p->last);
	table_note(t, "Window: %s. Basis: %s. Currency: %s. Model: %s.", text.data, basis_name(p->basis),
		   p->currency ? p->currency : "not stated", p->model->name);
	buf_free(&text);
	if (r->select)
		table_note(t, "Selected by %s: %zu of %zu accounts.", text_quoted(&r->arena, r->select), r->n,
			   p->n);
}

void
report_judge(struct report *r, const struct figures *f, struct judgement *j)
{
	struct error err;

	arena_reset(&r->judging);
	if (portfolio_judge(&r->portfolio, f, &r->judging, j, &err) < 0)
		cli_fail(&r->cli, &err);
}

void
report_select(struct report *r, const struct select *selection)
{
	struct judgement j;
	size_t n = 0;

	r->account = portfolio_ranked(&r->portfolio);
	r->n = r->portfolio.n;
	if (!selection)
		return;
	for (size_t i = 0; i < r->n; i++) {
		report_judge(r, r->account[i], &j);
		if (selection_holds(selection, r->account[i], &j))
			r->account[n++] = r->account[i];
	}
	r->n = n;
}
