/*
 * One currency for the whole: what accounts of several ones brought is
 * converted before it is summed.
 */
#include <string.h>

#include "domain/portfolio.h"
#include "domain/rates.h"

#define NAMES_SHOWN 3 /* accounts of a currency, and currencies, that are named in a message */

static const struct decimal no_rate = {0};

void
portfolio_use_rates(struct portfolio *p, const char *currency, const struct rates *rates)
{
	p->asked = currency;
	p->rates = rates;
}

static bool
has_sales(const struct figures *f)
{
	return f->revenue.known || f->revenue_before.known;
}

static bool
same_currency(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int
refuse_mixed(const struct figures *first, const struct figures *f, struct error *err)
{
	return error_set(
	    err,
	    "accounts of different currencies cannot be summed: %s is in %s, %s in %s; read those "
	    "of one currency, or choose --currency and --rates",
	    first->id, first->currency ? first->currency : "none stated", f->id,
	    f->currency ? f->currency : "none stated");
}

/* nobody chose: all that sold are in one */
static int
find_currency(struct portfolio *p, struct error *err)
{
	const struct figures *first = NULL, *f;

	for (size_t i = 0; i < p->n; i++) {
		f = &p->account[i];
		if (!has_sales(f))
			continue;
		if (!first)
			first = f;
		if (!same_currency(f->currency, first->currency))
			return refuse_mixed(first, f, err);
	}
	p->currency = first ? first->currency : NULL;
	return 0;
}

static const struct decimal *
rate_of(const struct portfolio *p, const char *currency)
{
	const struct decimal *rate;

	if (!currency || !p->currency || strcmp(currency, p->currency) == 0)
		return NULL;
	rate = p->rates ? rates_find(p->rates, currency) : NULL;
	return rate ? rate : &no_rate;
}

/* "a, b, c and 2 more": the accounts with sales in that currency, or in none */
static void
name_those_in(const struct portfolio *p, const char *currency, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct figures *f = &p->account[i];

		if (!has_sales(f) || !same_currency(f->currency, currency))
			continue;
		if (n < NAMES_SHOWN)
			buf_printf(out, "%s%s", n ? ", " : "", f->id);
		n++;
	}
	if (n > NAMES_SHOWN)
		buf_printf(out, " and %zu more", n - NAMES_SHOWN);
}

/* accounts in no currency are taken for the portfolio's only where none is in any */
static int
refuse_unstated(const struct portfolio *p, struct error *err)
{
	struct buf names = {0};

	name_those_in(p, NULL, &names);
	error_set(err, "accounts without a currency cannot be judged in %s: %s; add currency: to them",
		  p->currency, names.data);
	buf_free(&names);
	return -1;
}

static bool
is_unrated(const struct figures *f)
{
	return has_sales(f) && f->rate && !f->rate->known;
}

/* was the currency among the accounts before already? Of the first few only, for few are named. */
static bool
is_listed(const char *const *listed, size_t n, const char *currency)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(listed[i], currency) == 0)
			return true;
	}
	return false;
}

static int
refuse_unrated(const struct portfolio *p, struct error *err)
{
	const char *listed[NAMES_SHOWN] = {NULL};
	struct buf text = {0};
	size_t n = 0;
	bool more = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct figures *f = &p->account[i];

		if (!is_unrated(f) || is_listed(listed, n, f->currency))
			continue;
		if (n == NAMES_SHOWN) {
			more = true;
			break;
		}
		listed[n++] = f->currency;
		buf_printf(&text, "%s%s (", n > 1 ? ", " : "", f->currency);
		name_those_in(p, f->currency, &text);
		buf_addc(&text, ')');
	}
	if (p->rates)
		error_set(err,
			  "no rate in %s for %s%s; add how many %s one of it is worth, as rates: {%s: …}",
			  p->rates->file, text.data, more ? " and others" : "", p->currency, listed[0]);
	else
		error_set(err, "no rate for %s%s; give --rates FILE with currency: %s and rates: {%s: …}",
			  text.data, more ? " and others" : "", p->currency, listed[0]);
	buf_free(&text);
	return -1;
}

int
rate_apply(const struct decimal *rate, struct decimal *money)
{
	if (!rate || !money->known)
		return 0;
	if (decimal_mul(money, money, rate) < 0)
		return -1;
	*money = decimal_round(*money, 2);
	return 0;
}

static int
convert(struct figures *f)
{
	return rate_apply(f->rate, &f->revenue) | rate_apply(f->rate, &f->margin) |
	       rate_apply(f->rate, &f->revenue_before) | rate_apply(f->rate, &f->margin_before);
}

int
portfolio_convert(struct portfolio *p, struct error *err)
{
	bool stated = false, unstated = false, unrated = false;

	if (!p->asked && find_currency(p, err) < 0)
		return -1;
	if (p->asked)
		p->currency = p->asked;
	if (p->model->currency && p->currency && strcmp(p->model->currency, p->currency) != 0)
		return error_set(err,
				 "the model %s names amounts in %s, and the accounts are judged in %s; "
				 "choose another of them by --model or --currency",
				 p->model->name, p->model->currency, p->currency);
	for (size_t i = 0; i < p->n; i++) {
		struct figures *f = &p->account[i];

		f->rate = rate_of(p, f->currency);
		stated |= f->currency != NULL;
		unstated |= has_sales(f) && !f->currency;
		unrated |= is_unrated(f);
	}
	if (p->asked && stated && unstated)
		return refuse_unstated(p, err);
	if (unrated)
		return refuse_unrated(p, err);
	for (size_t i = 0; i < p->n; i++) {
		if (convert(&p->account[i]) < 0)
			return error_set(err, "account %s: its sums in %s have too many digits",
					 p->account[i].id, p->currency);
	}
	return 0;
}
