#include "domain/satisfaction.h"

#include <stdlib.h>
#include <string.h>

#include "reporting.h"

/* what, the value, its unit, what part of the accounts with an answer that is, and what that says */
static void
put_row(struct table *t, const char *what, struct decimal value, int places, const char *unit,
	struct decimal share, const char *verdict)
{
	table_cell(t, what);
	table_decimal(t, value, places);
	table_cell(t, unit);
	table_decimal(t, share, 1);
	table_cell(t, verdict);
	table_row(t);
}

static void
put_accounts(struct table *t, const char *what, size_t n, size_t of)
{
	struct decimal count = decimal_int((long long)n), all = decimal_int((long long)of), share;

	(void)percent_of(&share, &count, &all, 1); /* counts are far from 36 digits */
	put_row(t, what, count, 0, "accounts", share, NULL);
}

static void
put_satisfaction(struct report *r, struct table *t, const struct satisfaction *s)
{
	const struct decimal none = {0};
	size_t answers = s->opinions.promoters + s->opinions.passives + s->opinions.detractors;
	const char *asked = arena_printf(&r->arena, "%llu of %llu", s->answered, s->sent);

	put_accounts(t, "accounts", s->accounts, 0);
	put_accounts(t, "accounts with an answer", answers, 0);
	put_accounts(t, "promoters", s->opinions.promoters, answers);
	put_accounts(t, "passives", s->opinions.passives, answers);
	put_accounts(t, "detractors", s->opinions.detractors, answers);
	put_row(t, "net promoter score", s->score, 1, "points", none,
		answers ? NULL : "no account has an answer");
	put_row(t, "95 % interval from", s->from, 1, "points", none, NULL);
	put_row(t, "95 % interval to", s->to, 1, "points", none, NULL);
	put_row(t, "mean age of answers", s->age, 0, "days", none, NULL);
	put_accounts(t, "accounts with an old answer", s->old, 0);
	put_row(t, "response rate", s->response, 1, "% of surveys", none,
		s->sent ? asked : "no survey was sent");
}

struct table *
satisfaction_table(struct report *r)
{
	static const struct column columns[] = {{.name = "what"},
						{.name = "value", .type = COLUMN_NUMBER},
						{.name = "unit"},
						{.name = "share", .title = "%", .type = COLUMN_NUMBER},
						{.name = "verdict"}};
	struct table *t = table_new("satisfaction", "Satisfaction: would they recommend us?", columns,
				    sizeof columns / sizeof *columns);
	struct satisfaction s;
	bool asked;

	satisfaction_compute(&r->portfolio, r->account, r->n, &s);
	asked = s.sent || s.old || s.score.known;
	/* people who ask no client need not read that none answered */
	if (asked || r->table || !for_people(r))
		put_satisfaction(r, t, &s);
	note_window(r, t);
	return t;
}

/* those of the selected accounts whose last answer is a detractor's, by rank; *n of them, the array freed by the
 * caller */
static const struct figures **
find_detractors(const struct report *r, size_t *n)
{
	const struct figures **found = xcalloc(r->n + 1, sizeof *found);

	*n = 0;
	for (size_t i = 0; i < r->n; i++) {
		if (satisfaction_answer(&r->portfolio, r->account[i]).opinion == OPINION_DETRACTOR)
			found[(*n)++] = r->account[i];
	}
	return found;
}

static void
put_detractor(struct report *r, struct table *t, const struct figures *f)
{
	struct answer a = satisfaction_answer(&r->portfolio, f);
	struct decimal share;

	if (percent_of(&share, &f->amount, &r->portfolio.amount, 1) < 0)
		cli_fatal(&r->cli, "the sums of the portfolio are larger than 36 digits");
	table_cell(t, f->id);
	table_cell(t, strcmp(f->title, f->id) == 0 ? NULL : f->title);
	table_cell(t, f->manager);
	table_decimal(t, a.score, 0);
	table_decimal(t, a.age, 0);
	table_decimal(t, share, 1);
	table_cell(t, for_people(r) ? NULL : basis_name(r->portfolio.basis));
	table_row(t);
}

struct table *
detractors_table(struct report *r)
{
	static const struct column columns[] = {{.name = "account"},
						{.name = "name"},
						{.name = "manager"},
						{.name = "nps", .title = "NPS", .type = COLUMN_NUMBER},
						{.name = "age", .title = "age, days", .type = COLUMN_NUMBER},
						{.name = "share", .title = "%", .type = COLUMN_NUMBER},
						{.name = "basis"}};
	struct table *t = table_new("detractors", "Detractors: accounts that would not recommend us", columns,
				    sizeof columns / sizeof *columns);
	const struct figures **found;
	size_t n, shown;

	found = find_detractors(r, &n);
	shown = report_rows(r, t, n);
	for (size_t i = 0; i < shown; i++)
		put_detractor(r, t, found[i]);
	note_window(r, t);
	free(found);
	return t;
}
