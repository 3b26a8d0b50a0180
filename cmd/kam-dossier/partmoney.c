/*
 * Parts of a page that tell of money: sales, deals, debts, contracts and
 * competitors.
 */
#include <stdlib.h>
#include <string.h>

#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define WINDOW 12	 /* months that count as now, and as many before them */
#define CRITERIA_LEAST 4 /* of a competitor that are told in one line, however short of room */

void
part_left_out(const struct part *p, size_t rows, const char *section)
{
	if (rows > 0 && p->terse)
		page_section_note(p->page, "%zu more: show --section %s", rows, section);
	else if (rows > 0)
		page_line(p->page, PAGE_QUIET, "%zu more: show --section %s", rows, section);
}

static void
cell_date(const struct part *p, struct date date)
{
	page_cell(p->page, say_date(p->arena, date));
}

static void
cell_money(const struct part *p, struct decimal d)
{
	page_cell(p->page, say_decimal(p->arena, d, 2));
}

static void
cell_text(const struct part *p, const char *text)
{
	page_cell(p->page, say_clipped(p->arena, text, p->clip));
}

/* adds what is known; what is too large to add makes the sum unknown */
static void
sum_add(struct decimal *sum, struct decimal d)
{
	if (decimal_add(sum, sum, &d) < 0)
		sum->known = false;
}

static const char *
sum_text(const struct part *p, struct decimal sum)
{
	return sum.known ? say_money(p->arena, sum, p->account->currency) : "a sum that is not known";
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
		sum_add(revenue, sale[i].revenue);
		sum_add(margin, sale[i].margin);
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
			sum = decimal_int(0);
		sum_add(&sum, p[i].amount);
	}
	return sum;
}

/* how much more than before, in %, or NULL where that says nothing */
static const char *
growth(struct arena *arena, struct decimal now, struct decimal before)
{
	struct decimal more = {0};

	if (!before.known || decimal_sign(&before) <= 0 || decimal_sub(&more, &now, &before) < 0)
		return NULL;
	return say_percent(arena, more, before);
}

static void
money_row(const struct part *p, const char *name, struct decimal now, struct decimal before)
{
	if (!now.known && !before.known)
		return;
	page_cell(p->page, name);
	cell_money(p, now);
	cell_money(p, before);
	page_cell(p->page, growth(p->arena, now, before));
	page_row(p->page);
}

/* the last full months up to today, and as many before */
void
part_sales(const struct part *p)
{
	month last = month_of(p->today) - 1, first = last - WINDOW + 1;
	struct column *columns = arena_alloc(p->arena, 4 * sizeof *columns);
	struct decimal revenue, margin, revenue_before, margin_before, potential;
	const struct account *a = p->account;
	int year = last / 12;

	columns[0] = (struct column){.name = "sales"};
	columns[1] = (struct column){.type = COLUMN_NUMBER, .group = 1};
	columns[1].name =
	    arena_printf(p->arena, "%s to %s", say_month(p->arena, first), say_month(p->arena, last));
	columns[2] = (struct column){.name = "12 months before", .type = COLUMN_NUMBER, .group = 1};
	columns[3] = (struct column){.name = "change %", .type = COLUMN_NUMBER};
	page_section(p->page, a->currency ? arena_printf(p->arena, "Sales, %s", a->currency) : "Sales");
	page_table(p->page, columns, 4);
	sum_sales(a, first, last, &revenue, &margin);
	sum_sales(a, first - WINDOW, first - 1, &revenue_before, &margin_before);
	potential = sum_potential(a, year);
	money_row(p, "revenue", revenue, revenue_before);
	money_row(p, "margin", margin, margin_before);
	money_row(p, arena_printf(p->arena, "potential %d", year), potential, sum_potential(a, year - 1));
	if (revenue.known && potential.known && decimal_sign(&potential) > 0)
		page_line(p->page, PAGE_PLAIN, "Our share of the potential: %s %%",
			  say_percent(p->arena, revenue, potential));
}

const char *
line_money(const struct part *p)
{
	month last = month_of(p->today) - 1, first = last - WINDOW + 1;
	struct decimal revenue, margin, revenue_before, margin_before, potential;
	const struct account *a = p->account;
	const char *more, *share = NULL;

	sum_sales(a, first, last, &revenue, &margin);
	sum_sales(a, first - WINDOW, first - 1, &revenue_before, &margin_before);
	potential = sum_potential(a, last / 12);
	if (!revenue.known)
		return potential.known ? arena_printf(p->arena, "no sales in a year; potential %s",
						      say_money(p->arena, potential, a->currency))
				       : NULL;
	more = growth(p->arena, revenue, revenue_before);
	if (potential.known && decimal_sign(&potential) > 0)
		share = say_percent(p->arena, revenue, potential);
	return arena_printf(p->arena, "%s in a year%s%s%s%s%s%s", say_money(p->arena, revenue, a->currency),
			    more ? *more == '-' ? ", " : ", +" : "", more ? more : "", more ? " %" : "",
			    say_after(p->arena, "; margin ", say_money(p->arena, margin, NULL)),
			    say_after(p->arena, "; share ", share), share ? " %" : "");
}

/* when it was sent, how long it holds, and what is wrong with it; NULL: none was made */
static const char *
offer_text(const struct part *p, const struct proposal *offer)
{
	long days = date_diff(offer->valid_until, p->today);
	const char *sent = say_date(p->arena, offer->sent), *valid = say_date(p->arena, offer->valid_until),
		   *until;

	if (!sent && !valid)
		return NULL;
	if (!valid)
		until = ", no validity period (S0)";
	else if (days < 0)
		until = arena_printf(p->arena, ", expired on %s", valid);
	else
		until = arena_printf(p->arena, ", valid until %s", valid);
	return arena_printf(p->arena, "%s%s%s%s", sent ? "sent " : "not sent", sent ? sent : "", until,
			    sent && date_cmp(offer->sent, p->today) < 0 && !date_is_set(offer->acknowledged)
				? ", receipt not confirmed (S0)"
				: "");
}

static bool
offer_has_expired(const struct part *p, const struct deal *d)
{
	return date_is_set(d->proposal.valid_until) && date_cmp(d->proposal.valid_until, p->today) < 0;
}

static void
deal_line(const struct part *p, const struct deal *d)
{
	const char *offer = offer_text(p, &d->proposal), *chance = say_exact(p->arena, d->probability);

	page_item(p->page, offer_has_expired(p, d) ? PAGE_ALERT : PAGE_PLAIN, "%s%s%s%s%s%s%s%s",
		  d->id ? d->id : "?", say_after(p->arena, " ", say_clipped(p->arena, d->title, p->clip)),
		  say_after(p->arena, ": ", d->stage),
		  say_after(p->arena, ", ", say_money(p->arena, d->amount, p->account->currency)),
		  say_after(p->arena, ", ", chance), chance ? " %" : "",
		  say_after(p->arena, ", decided by ", say_date(p->arena, d->expected_close)),
		  say_after(p->arena, "; offer ", offer));
}

static void
deal_row(const struct part *p, const struct deal *d)
{
	if (p->terse) {
		deal_line(p, d);
		return;
	}
	page_cell(p->page, d->id);
	cell_text(p, d->title);
	page_cell(p->page, d->stage);
	cell_money(p, d->amount);
	page_cell(p->page, say_exact(p->arena, d->probability));
	cell_date(p, d->expected_close);
	page_cell(p->page, offer_text(p, &d->proposal));
	page_row(p->page);
}

/* those whose offer has expired first */
void
part_deals(const struct part *p)
{
	static const struct column columns[] = {{.name = "id"},
						{.name = "title"},
						{.name = "stage"},
						{.name = "amount", .type = COLUMN_NUMBER, .group = 1},
						{.name = "%", .type = COLUMN_NUMBER},
						{.name = "decided by"},
						{.name = "offer"}};
	const struct deal *d = p->account->deals.v;
	size_t n = p->account->deals.n, open = 0;

	page_section(p->page, "Open deals and offers");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < 2 * n; i++) {
		const struct deal *deal = &d[i % n];

		if (deal_is_open(deal) && offer_has_expired(p, deal) == (i < n) && open++ < p->limit)
			deal_row(p, deal);
	}
	part_left_out(p, open > p->limit ? open - p->limit : 0, "deals");
}

/* the one whose offer has expired, else whose decision is the next */
static bool
deal_is_nearer(const struct part *p, const struct deal *d, const struct deal *than)
{
	bool expired = offer_has_expired(p, d);

	if (!than || expired != offer_has_expired(p, than))
		return !than || expired;
	if (expired)
		return date_cmp(d->proposal.valid_until, than->proposal.valid_until) < 0;
	return date_is_set(d->expected_close) &&
	       (!date_is_set(than->expected_close) || date_cmp(d->expected_close, than->expected_close) < 0);
}

const char *
line_deals(const struct part *p)
{
	const struct deal *d = p->account->deals.v, *named = NULL;
	struct decimal sum = decimal_int(0);
	size_t open = 0, told = 0;
	const char *note;

	for (size_t i = 0; i < p->account->deals.n; i++, d++) {
		if (!deal_is_open(d))
			continue;
		open++;
		if (d->amount.known) {
			told++;
			sum_add(&sum, d->amount);
		}
		if (deal_is_nearer(p, d, named))
			named = d;
	}
	if (!named)
		return p->account->deals.n > 0 ? "none open" : NULL;
	if (offer_has_expired(p, named))
		note = arena_printf(p->arena, ", offer expired on %s",
				    say_date(p->arena, named->proposal.valid_until));
	else
		note = say_after(p->arena, ", decided by ", say_date(p->arena, named->expected_close));
	return arena_printf(p->arena, "%zu open%s%s; %s%s%s", open,
			    !told	  ? ""
			    : told < open ? ", at least "
					  : ", ",
			    told ? sum_text(p, sum) : "", named->id ? named->id : "?", note,
			    say_after(p->arena, ": ", named->title));
}

static bool
invoice_is_open(const struct invoice *inv)
{
	struct decimal open = invoice_open_amount(inv);

	return !date_is_set(inv->settled) && (!open.known || decimal_sign(&open) != 0);
}

/* those that are overdue: how many, their sum, and the one that waits longest */
static size_t
find_overdue(const struct part *p, struct decimal *sum, const struct invoice **longest)
{
	const struct invoice *inv = p->account->invoices.v;
	size_t n = 0;

	*sum = decimal_int(0);
	*longest = NULL;
	for (size_t i = 0; i < p->account->invoices.n; i++, inv++) {
		if (!invoice_is_open(inv) || invoice_days_late(inv, p->today) == 0)
			continue;
		n++;
		sum_add(sum, invoice_open_amount(inv));
		if (!*longest || date_cmp(inv->due, (*longest)->due) < 0)
			*longest = inv;
	}
	return n;
}

void
part_overdue(const struct part *p)
{
	const struct invoice *longest;
	struct decimal sum;
	size_t n = find_overdue(p, &sum, &longest);

	if (n > 0)
		page_line(p->page, PAGE_ALERT,
			  "Overdue: %s in %zu %s; collected at once and with full effort (S1).",
			  sum_text(p, sum), n, n == 1 ? "invoice" : "invoices");
}

const char *
line_debts(const struct part *p)
{
	const struct invoice *longest;
	struct decimal sum;
	size_t n = find_overdue(p, &sum, &longest);

	if (n == 0)
		return p->account->invoices.n > 0 ? "none" : NULL;
	return arena_printf(p->arena, "%s in %zu %s; %s is %ld days late", sum_text(p, sum), n,
			    n == 1 ? "invoice" : "invoices", longest->id ? longest->id : "?",
			    invoice_days_late(longest, p->today));
}

/* longest overdue first, without a due date last */
static int
compare_debts(const void *a, const void *b)
{
	const struct invoice *x = *(const struct invoice *const *)a, *y = *(const struct invoice *const *)b;
	bool x_due = date_is_set(x->due), y_due = date_is_set(y->due);
	int c = x_due && y_due ? date_cmp(x->due, y->due) : y_due - x_due;

	return c ? c : (x > y) - (x < y);
}

static void
debt_row(const struct part *p, const struct invoice *inv)
{
	long late = invoice_days_late(inv, p->today);

	if (p->terse) {
		page_item(p->page, late > 0 ? PAGE_ALERT : PAGE_PLAIN, "%s%s%s%s", inv->id ? inv->id : "?",
			  say_after(p->arena, ": ",
				    say_money(p->arena, invoice_open_amount(inv), p->account->currency)),
			  say_after(p->arena, ", due ", say_date(p->arena, inv->due)),
			  late > 0 ? arena_printf(p->arena, ", %ld days late", late) : "");
		return;
	}
	page_cell(p->page, inv->id);
	cell_date(p, inv->date);
	cell_date(p, inv->due);
	cell_money(p, invoice_open_amount(inv));
	page_cell(p->page, late > 0 ? arena_printf(p->arena, "%ld", late) : NULL);
	page_row(p->page);
}

void
part_debts(const struct part *p)
{
	static const struct column columns[] = {{.name = "invoice"},
						{.name = "of"},
						{.name = "due"},
						{.name = "open", .type = COLUMN_NUMBER, .group = 1},
						{.name = "days late", .type = COLUMN_NUMBER}};
	const struct invoice *inv = p->account->invoices.v, **open;
	size_t n = 0;

	open = arena_alloc(p->arena, (p->account->invoices.n + 1) * sizeof *open);
	for (size_t i = 0; i < p->account->invoices.n; i++)
		if (invoice_is_open(&inv[i]))
			open[n++] = &inv[i];
	if (n > 0)
		qsort(open, n, sizeof *open, compare_debts);
	page_section(p->page, "Open debts");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < n && i < p->limit; i++)
		debt_row(p, open[i]);
	part_left_out(p, n > p->limit ? n - p->limit : 0, "invoices");
}

void
part_contracts(const struct part *p)
{
	static const struct column columns[] = {{.name = "contract"},
						{.name = "from"},
						{.name = "to"},
						{.name = "notice by"},
						{.name = "value", .type = COLUMN_NUMBER, .group = 1},
						{.name = "discount %", .type = COLUMN_NUMBER}};
	const struct contract *c = p->account->contracts.v;
	size_t shown = 0, left = 0;

	page_section(p->page, "Contracts");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < p->account->contracts.n; i++, c++) {
		if (date_is_set(c->end) && date_cmp(c->end, p->today) < 0)
			continue;
		if (shown++ >= p->limit) {
			left++;
			continue;
		}
		page_cell(p->page, c->id);
		cell_date(p, c->start);
		cell_date(p, c->end);
		cell_date(p,
			  c->notice.unit ? date_add_offset(c->end, c->notice, -1, NULL) : (struct date){0});
		cell_money(p, c->value);
		page_cell(p->page, say_exact(p->arena, c->discount));
		page_row(p->page);
	}
	part_left_out(p, left, "contracts");
}

/* one criterion of one competitor */
struct comparison {
	const struct competitor *rival;
	const struct criterion *c;
	int weighted; /* weight × (us − them) */
	size_t number;
};

/* of each competitor where we lose most first */
static int
compare_comparisons(const void *a, const void *b)
{
	const struct comparison *x = a, *y = b;

	if (x->rival != y->rival)
		return x->rival < y->rival ? -1 : 1;
	if (x->weighted != y->weighted)
		return x->weighted < y->weighted ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static bool
criterion_is_told(const struct criterion *c)
{
	return c->weight >= 1 && c->weight <= 5 && c->us >= 1 && c->us <= 5 && c->them >= 1 && c->them <= 5;
}

/* of several criteria all are better, or all are worse */
static const char *
extreme(const struct comparison *v, size_t n)
{
	size_t better = 0, worse = 0;

	for (size_t i = 0; i < n; i++) {
		better += v[i].weighted > 0;
		worse += v[i].weighted < 0;
	}
	return n < 2 ? NULL : better == n ? "better" : worse == n ? "worse" : NULL;
}

/* how we stand against one competitor in all, and where there is no table criterion by criterion */
static void
rival_line(const struct part *p, const struct competitor *rival, const struct comparison *v, size_t n)
{
	const char *name = rival->name ? rival->name : "?", *share = say_exact(p->arena, rival->share);
	size_t most = p->limit > CRITERIA_LEAST ? p->limit : CRITERIA_LEAST;
	struct buf each = {0};
	long sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += v[i].weighted;
		if (p->terse && i < most)
			buf_printf(&each, "%s%s %+d", i > 0 ? ", " : ": ",
				   v[i].c->criterion ? v[i].c->criterion : "?", v[i].weighted);
	}
	if (p->terse && n > most)
		buf_printf(&each, ", and %zu more", n - most);
	page_item(p->page, PAGE_PLAIN, "%s%s%s, %+ld in all%s", name, say_after(p->arena, ", ", share),
		  share ? " % of the purchases" : "", sum, each.data ? each.data : "");
	if (extreme(v, n))
		page_item(p->page, PAGE_ALERT, "%s: %s in everything; such a comparison is worthless (S1)",
			  name, extreme(v, n));
	buf_free(&each);
}

/* all that is compared, by competitor */
static struct comparison *
comparisons(const struct part *p, size_t *n)
{
	const struct competitor *rival = p->account->competitors.v;
	struct comparison *v;
	size_t total = 0;

	for (size_t i = 0; i < p->account->competitors.n; i++)
		total += rival[i].criteria.n;
	v = arena_alloc(p->arena, (total + 1) * sizeof *v);
	*n = 0;
	for (size_t i = 0; i < p->account->competitors.n; i++) {
		const struct criterion *c = rival[i].criteria.v;

		for (size_t j = 0; j < rival[i].criteria.n; j++)
			if (criterion_is_told(&c[j]))
				v[(*n)++] = (struct comparison){&rival[i], &c[j],
								c[j].weight * (c[j].us - c[j].them), j};
	}
	if (*n > 0)
		qsort(v, *n, sizeof *v, compare_comparisons);
	return v;
}

static void
comparison_row(const struct part *p, const struct comparison *v)
{
	page_cell(p->page, v->rival->name);
	cell_text(p, v->c->criterion);
	page_cellf(p->page, "%d", v->c->weight);
	page_cellf(p->page, "%d", v->c->us);
	page_cellf(p->page, "%d", v->c->them);
	page_cellf(p->page, "%+d", v->weighted);
	page_row(p->page);
}

void
part_competitors(const struct part *p)
{
	static const struct column columns[] = {{.name = "competitor"},
						{.name = "criterion"},
						{.name = "weight", .type = COLUMN_NUMBER},
						{.name = "us", .type = COLUMN_NUMBER},
						{.name = "them", .type = COLUMN_NUMBER},
						{.name = "weight × (us − them)", .type = COLUMN_NUMBER}};
	struct comparison *v;
	size_t n, first, end, rivals = 0, left = 0;

	page_section(p->page, p->terse ? "Competitors, weight × (us − them) as the client sees it"
				       : "Competitors, as the client sees them");
	v = comparisons(p, &n);
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < n && i < p->limit && !p->terse; i++)
		comparison_row(p, &v[i]);
	part_left_out(p, !p->terse && n > p->limit ? n - p->limit : 0, "competitors");
	for (first = 0; first < n; first = end) {
		for (end = first; end < n && v[end].rival == v[first].rival; end++)
			;
		if (rivals++ < p->limit)
			rival_line(p, v[first].rival, v + first, end - first);
		else
			left++;
	}
	part_left_out(p, left, "competitors");
}
