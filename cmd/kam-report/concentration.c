#include "domain/concentration.h"

#include "reporting.h"

/* the table of concentration being filled */
struct facts {
	struct table *table;
	const char *basis;			/* NULL: for people, who read it in the note */
	struct decimal largest, largest_volume; /* %; unknown: none */
};

/* what, the value, its unit, the mark it is held against, and what that says */
static void
put_fact(struct facts *f, const char *what, const char *value, const char *unit, const char *mark,
	 const char *verdict)
{
	table_cell(f->table, what);
	table_cell(f->table, value);
	table_cell(f->table, unit);
	table_cell(f->table, mark);
	table_cell(f->table, verdict);
	table_cell(f->table, f->basis);
	table_row(f->table);
}

static void
put_number(struct facts *f, const char *what, struct decimal d, int places, const char *unit,
	   const char *mark, const char *verdict)
{
	struct buf value = {0};

	decimal_format(&value, d, places);
	put_fact(f, what, value.data, unit, mark, verdict);
	buf_free(&value);
}

static void
put_count(struct facts *f, const char *what, size_t n, const char *mark)
{
	put_number(f, what, decimal_int((long long)n), 0, "accounts", mark, NULL);
}

/* "30 to 55", with the places that the model gives */
static const char *
mark_text(struct arena *arena, const char *before, struct decimal a, const char *between, struct decimal b)
{
	struct buf text = {0};
	const char *kept;

	buf_adds(&text, before);
	decimal_format_exact(&text, a);
	buf_adds(&text, between);
	decimal_format_exact(&text, b);
	kept = arena_strdup(arena, text.data);
	buf_free(&text);
	return kept;
}

static void
put_sums(struct facts *f, const struct portfolio *p, const struct concentration *c)
{
	put_count(f, "accounts", c->accounts, NULL);
	put_count(f, "accounts with sales", c->active, NULL);
	put_number(f, "sales volume", p->revenue, 2, p->currency, NULL, NULL);
	if (p->basis == BASIS_MARGIN)
		put_number(f, "margin", p->amount, 2, p->currency, NULL, NULL);
}

/* the parts of the largest by amount and by volume, who may be one */
static void
judge_largest(struct facts *f, struct report *r, const struct concentration *c)
{
	struct judgement j;

	if (!c->largest)
		return;
	report_judge(r, c->largest, &j);
	f->largest = j.have[MEASURE_SHARE].number;
	if (c->largest_volume != c->largest)
		report_judge(r, c->largest_volume, &j);
	f->largest_volume = j.have[MEASURE_VOLUME].number;
}

/* parts of the sales volume against the marks of S0 */
static void
put_volumes(struct facts *f, struct report *r, const struct concentration *c)
{
	const struct model_volume *mark = &r->model.volume;
	const struct figures *largest = c->largest_volume;
	struct decimal none = {0};
	const char *verdict = NULL;

	if (largest)
		verdict = largest->dependence ? arena_printf(&r->arena, "%s: dependent on it", largest->title)
					      : largest->title;
	put_count(f, "key accounts", c->key, NULL);
	put_number(f, "key accounts together", c->key_volume, 1, "% of volume",
		   mark_text(&r->arena, "", mark->band_from, " to ", mark->band_to),
		   key_verdict_text(c->key_verdict));
	put_number(f, "largest account by volume", f->largest_volume, 1, "% of volume",
		   mark_text(&r->arena, "above ", mark->dependence, "", none), verdict);
}

/* parts of the amount against the marks of S1 */
static void
put_shares(struct facts *f, struct report *r, const struct concentration *c)
{
	const struct model_share *mark = &r->model.share;
	const struct figures *largest = c->largest;
	const char *unit = r->portfolio.basis == BASIS_REVENUE ? "% of revenue" : "% of margin";
	struct decimal none = {0};
	const char *verdict = NULL;

	if (largest)
		verdict = arena_printf(&r->arena, "%s: %s", largest->title,
				       largest->size ? account_size_name(largest->size) : "unknown");
	put_number(f, "largest account", f->largest, 1, unit,
		   mark_text(&r->arena, "from ", mark->large, ", above ", mark->monopoly), verdict);
	put_count(f, "large accounts", c->large, mark_text(&r->arena, "from ", mark->large, " %", none));
	put_count(f, "monopoly accounts", c->monopoly,
		  mark_text(&r->arena, "above ", mark->monopoly, " %", none));
	put_number(f, "largest fifth of accounts", c->fifth_share, 1, unit, "80",
		   arena_printf(&r->arena, "%zu of %zu", c->fifth, c->active));
}

/* what stayed of the window before */
static void
put_kept(struct facts *f, struct report *r, const struct concentration *c)
{
	const char *clients = c->clients_kept.known
				  ? arena_printf(&r->arena, "%zu of %zu", c->kept, c->before)
				  : "sales begin inside the window before";

	put_number(f, "clients kept", c->clients_kept, 1, "%", NULL, c->before ? clients : NULL);
	put_number(f, "revenue kept", c->revenue_kept, 1, "%", NULL, NULL);
}

struct table *
concentration_table(struct report *r)
{
	static const struct column columns[] = {
	    {.name = "what"},	 {.name = "value", .type = COLUMN_NUMBER, .group = 1},
	    {.name = "unit"},	 {.name = "mark"},
	    {.name = "verdict"}, {.name = "basis"}};
	struct facts f = {
	    .table = table_new("concentration", "Concentration", columns, sizeof columns / sizeof *columns),
	    .basis = for_people(r) ? NULL : basis_name(r->portfolio.basis),
	};
	struct concentration c;
	struct error err;

	if (concentration_compute(&r->portfolio, &c, &err) < 0)
		cli_fail(&r->cli, &err);
	judge_largest(&f, r, &c);
	put_sums(&f, &r->portfolio, &c);
	put_volumes(&f, r, &c);
	put_shares(&f, r, &c);
	put_kept(&f, r, &c);
	note_window(r, f.table);
	return f.table;
}
