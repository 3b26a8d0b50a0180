#include "domain/portfolio.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define WINDOW_MAX 120 /* months; model_read allows no more */
#define NAMES_SHOWN 3  /* accounts named in a message */

/* the sums of each month of the window, all sources together */
struct months {
	struct decimal revenue[WINDOW_MAX];
	struct decimal margin[WINDOW_MAX];
	month first_sale; /* ever; 0: none */
};

const char *
basis_name(enum basis basis)
{
	return basis == BASIS_REVENUE ? "revenue" : "margin";
}

static int
refuse_basis(const char *text, struct error *err)
{
	struct buf quoted = {0};

	text_quote(&quoted, text, strlen(text));
	error_set(err, "the basis is margin or revenue, not %s", quoted.data);
	buf_free(&quoted);
	return -1;
}

int
basis_parse(const char *text, enum basis *basis, struct error *err)
{
	if (strcmp(text, "margin") == 0)
		*basis = BASIS_MARGIN;
	else if (strcmp(text, "revenue") == 0)
		*basis = BASIS_REVENUE;
	else
		return refuse_basis(text, err);
	return 0;
}

const char *
account_size_name(enum account_size size)
{
	static const char *const names[] = {
	    [SIZE_STANDARD] = "standard", [SIZE_LARGE] = "large", [SIZE_MONOPOLY] = "monopoly"};

	return names[size];
}

int
figures_functions(const struct figures *f)
{
	unsigned bits;
	int n = 0;

	for (bits = f->functions; bits; bits &= bits - 1)
		n++;
	return n;
}

month
month_before(struct date day)
{
	return month_of(day) - 1;
}

int
percent_of(struct decimal *percent, const struct decimal *part, const struct decimal *whole, int places)
{
	struct decimal hundred = decimal_int(100), scaled;

	*percent = (struct decimal){0};
	if (!part->known || !whole->known || decimal_sign(whole) <= 0)
		return 0;
	if (decimal_mul(&scaled, part, &hundred) < 0)
		return -1;
	return decimal_div(percent, &scaled, whole, places);
}

int
percent_reached(const struct decimal *part, const struct decimal *whole, const struct decimal *percent,
		bool above)
{
	struct decimal hundred = decimal_int(100), left, right;
	int c;

	if (!part->known || !whole->known)
		return 0;
	if (decimal_mul(&left, part, &hundred) < 0 || decimal_mul(&right, whole, percent) < 0)
		return -1;
	c = decimal_cmp(&left, &right);
	return above ? c > 0 : c >= 0;
}

void
portfolio_init(struct portfolio *p, const struct model *model, month last, enum basis basis)
{
	*p = (struct portfolio){.model = model, .basis = basis};
	p->last = last;
	p->first = last - model->window + 1;
	p->as_of = month_last(last);
}

/* sum += amount, an unknown sum being none yet */
static int
add(struct decimal *sum, const struct decimal *amount)
{
	if (!amount->known)
		return 0;
	if (sum->known)
		return decimal_add(sum, sum, amount);
	*sum = *amount;
	return 0;
}

static int
add_sale(const struct portfolio *p, struct figures *f, struct months *months, const struct sale *sale)
{
	int status = 0, window = p->last - p->first + 1;
	/* a month with a margin alone is still a month of sales */
	struct decimal revenue = sale->revenue.known ? sale->revenue : decimal_int(0);

	if (sale->month >= p->first && sale->month <= p->last) {
		status |= add(&f->revenue, &revenue);
		status |= add(&f->margin, &sale->margin);
		status |= add(&months->revenue[sale->month - p->first], &revenue);
		status |= add(&months->margin[sale->month - p->first], &sale->margin);
		f->margin_missing |= !sale->margin.known;
	} else if (sale->month >= p->first - window && sale->month < p->first) {
		status |= add(&f->revenue_before, &revenue);
		status |= add(&f->margin_before, &sale->margin);
		f->margin_before_missing |= !sale->margin.known;
	}
	if (!months->first_sale || sale->month < months->first_sale)
		months->first_sale = sale->month;
	return status;
}

static int
compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Theil–Sen: the median of the slopes between all pairs of months, robust against one odd month; in % of the mean
 * month. A month without sales since the first one counts as 0. */
static double
slope_percent(const struct decimal *amount, int first, int n)
{
	double value[WINDOW_MAX], *slope, sum = 0, median;
	size_t slopes = 0;
	int i, j;

	if (n - first < 3)
		return NAN;
	for (i = first; i < n; i++) {
		value[i] = amount[i].known ? decimal_double(amount[i]) : 0;
		sum += value[i];
	}
	if (sum <= 0)
		return NAN;
	slope = xcalloc((size_t)(n * n) / 2, sizeof *slope);
	for (i = first; i < n; i++)
		for (j = i + 1; j < n; j++)
			slope[slopes++] = (value[j] - value[i]) / (j - i);
	qsort(slope, slopes, sizeof *slope, compare_doubles);
	median = (slope[(slopes - 1) / 2] + slope[slopes / 2]) / 2;
	free(slope);
	return 100 * median / (sum / (n - first));
}

/* the potential of the year in which the window ends, for as many months as the window has */
static int
add_potential(const struct portfolio *p, struct figures *f, const struct account *account)
{
	const struct potential *v = account->potential.v;
	struct decimal year = {0}, window = decimal_int(p->last - p->first + 1), twelve = decimal_int(12);
	int status = 0;
	size_t i;

	for (i = 0; i < account->potential.n; i++)
		if (v[i].year == p->as_of.year)
			status |= add(&year, &v[i].amount);
	if (!year.known)
		return status;
	status |= decimal_mul(&year, &year, &window);
	return status | decimal_div(&f->potential, &year, &twelve, 2);
}

static void
add_contacts(const struct portfolio *p, struct figures *f, const struct account *account)
{
	const char *const *words = field_find(&contact_fields, "function")->words;
	const struct contact *c = account->contacts.v;
	size_t i, k;

	f->contacts = account_contact_count(account, p->as_of);
	for (i = 0; i < account->contacts.n; i++) {
		if (!c[i].function || (date_is_set(c[i].left) && date_cmp(c[i].left, p->as_of) <= 0))
			continue;
		for (k = 0; words[k]; k++)
			if (strcmp(words[k], c[i].function) == 0)
				f->functions |= 1U << k;
	}
}

static const char *
keep_text(struct portfolio *p, const char *text)
{
	return text ? arena_strdup(&p->arena, text) : NULL;
}

int
portfolio_add(struct portfolio *p, const struct account *account, struct error *err)
{
	const struct sale *sale = account->sales.v;
	struct months months = {0};
	struct figures *f;
	int first, status = 0, window = p->last - p->first + 1;
	size_t i;

	p->account = vec_grow(p->account, &p->cap, p->n + 1, sizeof *p->account);
	f = &p->account[p->n++];
	*f = (struct figures){0};
	f->id = keep_text(p, account->id);
	f->title = keep_text(p, account_title(account));
	f->manager = keep_text(p, account->manager);
	f->tier = keep_text(p, account->tier);
	f->currency = keep_text(p, account->currency);
	for (i = 0; i < account->sales.n; i++) {
		if (!sale_has_figures(&sale[i]))
			continue;
		status |= add_sale(p, f, &months, &sale[i]);
		if (sale[i].month > p->newest)
			p->newest = sale[i].month;
	}
	if (months.first_sale && (!p->oldest || months.first_sale < p->oldest))
		p->oldest = months.first_sale;
	first = months.first_sale > p->first ? months.first_sale - p->first : 0;
	f->slope[0] = f->margin_missing ? NAN : slope_percent(months.margin, first, window);
	f->slope[1] = slope_percent(months.revenue, first, window);
	status |= add_potential(p, f, account);
	add_contacts(p, f, account);
	return status ? error_set(err, "account %s: its sums are larger than 36 digits", f->id) : 0;
}

/* "a, b, c and 5 more" of the accounts for which `which` holds */
static void
name_accounts(const struct portfolio *p, bool (*which)(const struct figures *), struct buf *out)
{
	size_t i, n = 0;

	for (i = 0; i < p->n; i++) {
		if (!which(&p->account[i]))
			continue;
		if (n < NAMES_SHOWN)
			buf_printf(out, "%s%s", n ? ", " : "", p->account[i].id);
		n++;
	}
	if (n > NAMES_SHOWN)
		buf_printf(out, " and %zu more", n - NAMES_SHOWN);
}

static bool
has_sales(const struct figures *f)
{
	return f->revenue.known || f->revenue_before.known;
}

static bool
lacks_margin(const struct figures *f)
{
	return f->revenue.known && f->margin_missing;
}

static bool
has_margin(const struct figures *f)
{
	return f->margin.known || f->margin_before.known;
}

static bool
any(const struct portfolio *p, bool (*which)(const struct figures *))
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (which(&p->account[i]))
			return true;
	return false;
}

/* Margin if every account with sales has one, revenue if none ever had; only some: the user must choose. Margin
 * chosen: those without it are an error all the same, for their share cannot be known. */
static int
choose_basis(struct portfolio *p, struct error *err)
{
	struct buf names = {0};

	if (p->basis == BASIS_REVENUE)
		return 0;
	if (!any(p, lacks_margin)) {
		if (p->basis == BASIS_AUTO)
			p->basis = any(p, has_margin) || !any(p, has_sales) ? BASIS_MARGIN : BASIS_REVENUE;
		return 0;
	}
	if (p->basis == BASIS_AUTO && !any(p, has_margin)) {
		p->basis = BASIS_REVENUE;
		return 0;
	}
	name_accounts(p, lacks_margin, &names);
	error_set(err, "%s: %s; import their costs, or choose --basis revenue",
		  any(p, has_margin) ? "some months of sales have a margin and some have none"
				     : "no month of sales has a margin",
		  names.data);
	buf_free(&names);
	return -1;
}

static int
check_currency(struct portfolio *p, struct error *err)
{
	const struct figures *first = NULL, *f;
	size_t i;

	for (i = 0; i < p->n; i++) {
		f = &p->account[i];
		if (!has_sales(f))
			continue;
		if (!first)
			first = f;
		if ((!f->currency && !first->currency) ||
		    (f->currency && first->currency && strcmp(f->currency, first->currency) == 0))
			continue;
		return error_set(err,
				 "accounts of different currencies cannot be summed: %s is in %s, %s in %s; "
				 "read those of one currency",
				 first->id, first->currency ? first->currency : "none stated", f->id,
				 f->currency ? f->currency : "none stated");
	}
	p->currency = first ? first->currency : NULL;
	return 0;
}

static int
compare_amounts(const void *a, const void *b)
{
	const struct figures *x = *(struct figures *const *)a, *y = *(struct figures *const *)b;
	int c = decimal_cmp(&y->amount, &x->amount);

	return c ? c : strcmp(x->id, y->id);
}

/* A while all that bring more bring less than the first mark together, then B, then C (S1, S3) */
static int
judge_abc(const struct portfolio *p, struct figures *f, const struct decimal *larger)
{
	const struct model_abc *mark = &p->model->abc;
	int a, b;

	if (decimal_sign(&p->amount) <= 0)
		return 0;
	a = percent_reached(larger, &p->amount, &mark->a, false);
	b = percent_reached(larger, &p->amount, &mark->b, false);
	if (a < 0 || b < 0)
		return -1;
	f->abc = b ? 'C' : a ? 'B' : 'A';
	return 0;
}

/* Rank, cumulative share, ABC. Accounts that bring the same get the same of each. */
static int
classify(struct portfolio *p)
{
	struct figures **sorted = xcalloc(p->n + 1, sizeof *sorted);
	struct decimal larger = decimal_int(0), sum = decimal_int(0);
	size_t i, k, end;
	int status = 0;

	for (i = 0; i < p->n; i++)
		sorted[i] = &p->account[i];
	qsort(sorted, p->n, sizeof *sorted, compare_amounts);
	for (i = 0; i < p->n && status == 0; i = end) {
		for (end = i; end < p->n && decimal_cmp(&sorted[end]->amount, &sorted[i]->amount) == 0; end++)
			status |= decimal_add(&sum, &sum, &sorted[end]->amount);
		for (k = i; k < end; k++) {
			sorted[k]->rank = i + 1;
			status |= percent_of(&sorted[k]->cumulative, &sum, &p->amount, 1);
			status |= judge_abc(p, sorted[k], &larger);
		}
		larger = sum;
	}
	free(sorted);
	return status;
}

static int
judge_size(const struct portfolio *p, struct figures *f)
{
	const struct model_share *mark = &p->model->share;
	int large, monopoly;

	if (decimal_sign(&p->amount) <= 0)
		return 0;
	large = percent_reached(&f->amount, &p->amount, &mark->large, false);
	monopoly = percent_reached(&f->amount, &p->amount, &mark->monopoly, true);
	if (large < 0 || monopoly < 0)
		return -1;
	f->size = monopoly ? SIZE_MONOPOLY : large ? SIZE_LARGE : SIZE_STANDARD;
	return 0;
}

/* does the supplier depend on this account alone? (S0) */
static int
judge_dependence(const struct portfolio *p, struct figures *f)
{
	int above;

	if (decimal_sign(&p->revenue) <= 0)
		return 0;
	above = percent_reached(&f->revenue, &p->revenue, &p->model->volume.dependence, true);
	f->dependence = above > 0;
	return above < 0 ? -1 : 0;
}

/* a percentage to one place, half away from zero; NAN or beyond all sense: unknown */
static struct decimal
to_tenths(double percent)
{
	double tenths = round(percent * 10);

	if (!(fabs(tenths) < 1e30))
		return (struct decimal){0};
	return (struct decimal){.units = (int128)tenths, .places = 1, .known = true};
}

static int
finish_account(const struct portfolio *p, struct figures *f)
{
	struct decimal change, base, sold = f->revenue.known ? f->revenue : decimal_int(0);
	int status = percent_of(&f->share, &f->amount, &p->amount, 1);

	status |= percent_of(&f->volume, &sold, &p->revenue, 1);
	status |= judge_size(p, f) | judge_dependence(p, f);
	f->trend = to_tenths(f->slope[p->basis == BASIS_REVENUE]);
	if (f->amount_before.known) {
		base = decimal_sign(&f->amount_before) < 0 ? decimal_neg(f->amount_before) : f->amount_before;
		status |= decimal_sub(&change, &f->amount, &f->amount_before);
		status |= percent_of(&f->growth, &change, &base, 1);
	}
	if (f->potential.known) {
		status |= percent_of(&f->penetration, &sold, &f->potential, 1);
		status |= decimal_sub(&f->headroom, &f->potential, &sold);
	}
	return status;
}

/* the account's amounts by the basis, into the sums */
static int
sum_account(struct portfolio *p, struct figures *f)
{
	if (p->basis == BASIS_REVENUE) {
		f->amount = f->revenue;
		f->amount_before = f->revenue_before;
	} else {
		f->amount = f->margin;
		if (!f->margin_before_missing)
			f->amount_before = f->margin_before;
	}
	if (!f->amount.known)
		f->amount = decimal_int(0);
	return add(&p->amount, &f->amount) | add(&p->revenue, &f->revenue);
}

int
portfolio_finish(struct portfolio *p, struct error *err)
{
	int status = 0;
	size_t i;

	if (check_currency(p, err) < 0 || choose_basis(p, err) < 0)
		return -1;
	p->amount = p->revenue = decimal_int(0);
	for (i = 0; i < p->n; i++)
		status |= sum_account(p, &p->account[i]);
	if (status == 0)
		status = classify(p);
	for (i = 0; i < p->n; i++)
		status |= finish_account(p, &p->account[i]);
	return status ? error_set(err, "the sums of the portfolio are larger than 36 digits") : 0;
}

void
portfolio_free(struct portfolio *p)
{
	free(p->account);
	arena_free(&p->arena);
}
