#include "domain/portfolio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/groups.h"
#include "domain/rfm.h"

#define NAMES_SHOWN 3 /* accounts named in a message */

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
	return size == SIZE_UNKNOWN ? NULL : measures[MEASURE_SIZE].words[size - SIZE_STANDARD];
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
	*p = (struct portfolio){.model = model, .basis = basis, .both_bases = basis == BASIS_AUTO};
	p->last = last;
	p->first = last - model->window + 1;
	p->as_of = month_last(last);
}

static const char *
keep_text(struct portfolio *p, const char *text)
{
	return text ? arena_strdup(&p->arena, text) : NULL;
}

static struct str
keep_bytes(struct portfolio *p, struct str bytes)
{
	return (struct str){arena_copy(&p->arena, bytes.p ? bytes.p : "", bytes.n), bytes.n};
}

static struct named *
keep_named(struct portfolio *p, const struct named *v, size_t n)
{
	struct named *kept = n ? arena_alloc(&p->arena, n * sizeof *kept) : NULL;

	for (size_t i = 0; i < n; i++)
		kept[i] = (struct named){keep_text(p, v[i].name), v[i].amount};
	return kept;
}

void
portfolio_add(struct portfolio *p, const struct own *own)
{
	struct figures *f;

	p->account = vec_grow(p->account, &p->cap, p->n + 1, sizeof *p->account);
	f = &p->account[p->n++];
	*f = own->figures;
	f->id = keep_text(p, f->id);
	f->title = keep_text(p, f->title);
	f->manager = keep_text(p, f->manager);
	f->tier = keep_text(p, f->tier);
	f->currency = keep_text(p, f->currency);
	f->parent = keep_text(p, f->parent);
	f->division = keep_text(p, f->division);
	f->key_for = keep_text(p, f->key_for);
	f->could = keep_named(p, f->could, f->divisions);
	for (int i = 0; i < 2; i++)
		f->own[i] = keep_bytes(p, f->own[i]);
	if (own->oldest && (!p->oldest || own->oldest < p->oldest))
		p->oldest = own->oldest;
	if (own->newest > p->newest)
		p->newest = own->newest;
	p->records |= own->records;
	p->shared += own->share.known;
	/* what sums to more than 36 digits is no sum of shares */
	if (decimal_gather(&p->shares, &own->share) < 0)
		p->shared = 0;
}

static bool
lacks_margin(const struct figures *f)
{
	return f->revenue.known && f->margin_missing;
}

/* "a in 2026-08, b in 2026-10, c in 2026-08 and 5 more": the accounts that lack a margin, and the first month that does */
static void
name_unpriced(const struct portfolio *p, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct figures *f = &p->account[i];

		if (!lacks_margin(f))
			continue;
		if (n++ >= NAMES_SHOWN)
			continue;
		buf_printf(out, "%s%s in ", n > 1 ? ", " : "", f->id);
		month_format(out, f->margin_missing);
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
	name_unpriced(p, &names);
	error_set(err, "%s: %s; import their costs, or choose --basis revenue",
		  any(p, has_margin) ? "some months of sales have a margin and some have none"
				     : "no month of sales has a margin",
		  names.data);
	buf_free(&names);
	return -1;
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

/* the account's amount by the basis, into the sums */
static int
sum_account(struct portfolio *p, struct figures *f)
{
	f->amount = p->basis == BASIS_REVENUE ? f->revenue : f->margin;
	if (!f->amount.known)
		f->amount = decimal_int(0);
	return decimal_gather(&p->amount, &f->amount) | decimal_gather(&p->revenue, &f->revenue);
}

/* key accounts of each manager, by people's word (S1: two to three) */
static void
count_key_accounts(struct portfolio *p)
{
	struct hash counts = {0};
	size_t *count;
	void **place;

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < p->n; i++) {
			struct figures *f = &p->account[i];

			if (!f->manager || !tier_is_key(f->tier))
				continue;
			place = hash_put(&counts, f->manager, strlen(f->manager), NULL);
			if (!*place)
				*place = arena_alloc(&p->arena, sizeof *count);
			count = *place;
			*count += pass == 0;
			f->too_many_key = *count > (size_t)p->model->key.most_per_manager;
		}
	}
	hash_free(&counts);
}

static int
refuse_sums(const struct portfolio *p, struct error *err)
{
	const struct figures *most = NULL;

	for (size_t i = 0; i < p->n; i++) {
		const struct figures *f = &p->account[i];

		if (f->revenue.known && (!most || decimal_cmp(&f->revenue, &most->revenue) > 0))
			most = f;
	}
	return error_set(err, "the sums of the portfolio are larger than 36 digits%s%s",
			 most ? "; the largest sales are of account " : "", most ? most->id : "");
}

int
portfolio_finish(struct portfolio *p, struct error *err)
{
	int status = 0;
	size_t i;

	if (portfolio_convert(p, err) < 0 || choose_basis(p, err) < 0)
		return -1;
	if (p->oldest && p->oldest <= p->first - p->model->window)
		p->records |= RECORD_BEFORE;
	p->amount = p->revenue = decimal_int(0);
	for (i = 0; i < p->n; i++)
		status |= sum_account(p, &p->account[i]);
	if (status == 0)
		status = classify(p);
	for (i = 0; i < p->n; i++)
		status |= judge_size(p, &p->account[i]) | judge_dependence(p, &p->account[i]);
	if (status == 0)
		status = groups_make(p);
	rfm_judge(p);
	portfolio_fit(p);
	count_key_accounts(p);
	return status ? refuse_sums(p, err) : 0;
}

/* shares are written with one place, and sum to 100 but for what each was rounded by */
bool
portfolio_is_part(const struct portfolio *p)
{
	struct decimal rounded = {(int128)p->n, 1, true}, hundred = decimal_int(100), least;

	return p->n && p->shared == p->n && decimal_sub(&least, &hundred, &rounded) == 0 &&
	       decimal_cmp(&p->shares, &least) < 0;
}

void
portfolio_free(struct portfolio *p)
{
	free(p->account);
	arena_free(&p->arena);
}
