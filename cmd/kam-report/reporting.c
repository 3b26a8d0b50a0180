#include "reporting.h"

bool
for_people(const struct report *r)
{
	return r->out.format == TABLE_TEXT || r->out.format == TABLE_MARKDOWN;
}

void
put_decimal(struct table *t, struct decimal d, int places)
{
	struct buf text = {0};

	decimal_format(&text, d, places);
	table_cell(t, text.data);
	buf_free(&text);
}

void
note_window(struct table *t, const struct portfolio *p)
{
	struct buf text = {0};

	month_format(&text, p->first);
	buf_adds(&text, " to ");
	month_format(&text, p->last);
	table_note(t, "Window: %s. Basis: %s. Currency: %s. Model: %s.", text.data, basis_name(p->basis),
		   p->currency ? p->currency : "not stated", p->model->name);
	buf_free(&text);
}

void
report_judge(struct report *r, const struct figures *f, struct judgement *j)
{
	struct error err;

	if (portfolio_judge(&r->portfolio, f, &r->arena, j, &err) < 0)
		cli_fail(&r->cli, &err);
}
