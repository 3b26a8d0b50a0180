/*
 * Payment: what the client owes, and how it pays. What the invoices come to is
 * in receivables.h.
 */
#include "base/text.h"
#include "domain/receivables.h"

#define TREND_LEAST 3 /* invoices in each half of the window */

#define NO_INVOICES "no invoices"

/* are the sums of what is open known? Else says why not. */
static bool
open_is_known(struct measured *v, const struct receivables *receivables)
{
	if (receivables->n && !receivables->amount_missing)
		return true;
	measured_missing(v, receivables->n ? "an open invoice has no amount" : NO_INVOICES);
	return false;
}

/* all that is open, as it is written */
static struct decimal
owed(const struct receivables *receivables)
{
	return decimal_round(receivables->open, 2);
}

/* Days sales outstanding */

void
measure_dso(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);
	const struct decimal *revenue = &m->sums->now.revenue;
	long days = date_diff(m->as_of, month_first(m->first)) + 1;
	struct decimal open = owed(receivables), window = decimal_int(days), scaled, dso;

	if (!open_is_known(v, receivables))
		return;
	if (!revenue->known || decimal_sign(revenue) <= 0) {
		measured_missing(v, revenue->known ? "returns took all revenue of the window"
						   : "no sales in the window");
		return;
	}
	if (decimal_mul(&scaled, &open, &window) < 0 || decimal_div(&dso, &scaled, revenue, 1) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, dso);
	if (measuring_explains(m))
		measuring_step(m, "%s open ÷ %s revenue × %ld days = %s", measuring_text(m, open, 2),
			       measuring_text(m, *revenue, 2), days, measuring_text(m, dso, 1));
}

static void
explain_month(struct measuring *m, month of, struct decimal taken, struct decimal revenue,
	      struct decimal days)
{
	const char *day = measuring_date(m, month_first(of));

	if (decimal_sign(&revenue) <= 0)
		measuring_step(m, "%.7s: brought nothing, %s days", day, measuring_exact(m, days));
	else
		measuring_step(m, "%.7s: %s of its revenue %s, %s of %d days", day,
			       measuring_text(m, taken, 2), measuring_text(m, revenue, 2),
			       measuring_exact(m, days), month_last(of).day);
}

/* Takes the month's revenue off what is left, and adds its days, in part where less is left than it brought. */
static void
count_month(struct measuring *m, month of, const struct decimal *revenue, struct decimal *left,
	    struct decimal *days)
{
	struct decimal n = decimal_int(month_last(of).day), nothing = decimal_int(0), scaled, taken = nothing;
	const struct decimal *brought = revenue->known ? revenue : &nothing;

	if (decimal_sign(brought) > 0) {
		taken = decimal_cmp(left, brought) < 0 ? *left : *brought;
		if (decimal_mul(&scaled, &taken, &n) < 0 || decimal_div(&n, &scaled, brought, 1) < 0 ||
		    decimal_sub(left, left, &taken) < 0)
			m->overflow = true;
	}
	sum_add(m, days, &n);
	if (measuring_explains(m))
		explain_month(m, of, taken, *brought, n);
}

void
measure_dso_countback(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);
	struct decimal left = owed(receivables), days = decimal_int(0);
	int at = 2 * m->sums->window - 1;

	if (!open_is_known(v, receivables))
		return;
	if (measuring_explains(m))
		measuring_step(m, "%s open", measuring_text(m, left, 2));
	for (month of = m->last; at >= 0 && decimal_sign(&left) > 0 && !m->overflow; at--, of--)
		count_month(m, of, &m->sums->revenue[at], &left, &days);
	if (decimal_sign(&left) > 0)
		measured_missing(v, "more is open than the window and the one before it brought");
	else
		measured_number(v, days);
}

/* Lateness */

static void
explain_late(struct measuring *m, const struct invoice *inv, const struct receivable *receivable)
{
	bool settled = receivable->state == RECEIVABLE_SETTLED;

	measuring_step(m, "%s: due %s, %s%s: %ld", text_quoted(m->arena, inv->id),
		       measuring_date(m, inv->due), settled ? "settled " : "open",
		       settled ? measuring_date(m, inv->settled) : "", receivable->late);
}

/* those due in the window; of_worst: only such as are that late, from before the window too */
static void
explain_lateness(struct measuring *m, bool of_worst, long worst)
{
	const struct invoice *inv = m->account->invoices.v;

	for (size_t i = 0; i < m->account->invoices.n; i++) {
		struct receivable receivable = receivable_at(&inv[i], m->as_of, &m->overflow);
		bool told = receivable_tells_lateness(m, &inv[i], &receivable);

		if (of_worst ? worst > 0 && receivable.late == worst &&
				   (told || receivable.state == RECEIVABLE_OPEN)
			     : told)
			explain_late(m, &inv[i], &receivable);
		else if (!of_worst && receivable.state == RECEIVABLE_PAID &&
			 measuring_in_window(m, inv[i].due))
			measuring_step(m, "%s: paid, nobody says when: left out",
				       text_quoted(m->arena, inv[i].id));
	}
}

void
measure_days_late(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);

	if (measuring_explains(m) && receivables->late.n)
		explain_lateness(m, false, 0);
	measured_counts(m, v, 1, receivables->late.days, receivables->late.n,
			receivables->n ? "no invoice fell due in the window of which is known how late it was"
				       : NO_INVOICES);
}

void
measure_days_late_worst(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);

	if (!receivables->any_due) {
		measured_missing(v, receivables->n ? "no invoice fell due in the window or is past due"
						   : NO_INVOICES);
		return;
	}
	measured_int(v, receivables->worst);
	if (measuring_explains(m))
		explain_lateness(m, true, receivables->worst);
}

void
measure_lateness_trend(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);
	const struct lateness *before = &receivables->half[0], *now = &receivables->half[1];
	struct decimal change, over;

	if (before->n < TREND_LEAST || now->n < TREND_LEAST) {
		measured_missing(v, receivables->n
					? "fewer than three invoices fell due in a half of the window"
					: NO_INVOICES);
		return;
	}
	/* one fraction, so that it is rounded once */
	change = decimal_int((long long)now->days * before->n - (long long)before->days * now->n);
	over = decimal_int((long long)now->n * before->n);
	decimal_div(&change, &change, &over, 1);
	measured_number(v, change);
	if (measuring_explains(m))
		measuring_step(m, "%ld days ÷ %d invoices in the second half − %ld ÷ %d in the first = %s",
			       now->days, now->n, before->days, before->n, measuring_text(m, change, 1));
}

/* What is open, and for how long */

static void
explain_open(struct measuring *m, const struct invoice *inv, const struct receivable *receivable)
{
	bool part = decimal_cmp(&receivable->open, &inv->amount) != 0;
	const char *late = receivable->late == 0 ? "not past due"
			   : receivable->late == 1
			       ? "1 day late"
			       : arena_printf(m->arena, "%ld days late", receivable->late);

	measuring_step(
	    m, "%s: %s%s%s%s%s, %s%s%s", text_quoted(m->arena, inv->id), measuring_text(m, inv->amount, 2),
	    part ? " − " : "", part ? measuring_text(m, inv->paid, 2) : "", part ? " = " : "",
	    part ? measuring_text(m, receivable->open, 2) : "", date_is_set(inv->due) ? "due " : "no due day",
	    date_is_set(inv->due) ? measuring_date(m, inv->due) : "",
	    date_is_set(inv->due) ? arena_printf(m->arena, ", %s", late) : "");
}

static void
measure_age(struct measuring *m, struct measured *v, enum receivable_age age)
{
	const struct receivables *receivables = receivables_of(m);
	const struct invoice *inv = m->account->invoices.v;

	if (!open_is_known(v, receivables))
		return;
	measured_number(v, decimal_round(receivables->aged[age], 2));
	for (size_t i = 0; measuring_explains(m) && i < m->account->invoices.n; i++) {
		struct receivable receivable = receivable_at(&inv[i], m->as_of, &m->overflow);

		if (receivable.state == RECEIVABLE_OPEN && receivable_age(receivable.late) == age)
			explain_open(m, &inv[i], &receivable);
	}
}

void
measure_not_due(struct measuring *m, struct measured *v)
{
	measure_age(m, v, AGE_NOT_DUE);
}

void
measure_overdue_30(struct measuring *m, struct measured *v)
{
	measure_age(m, v, AGE_30);
}

void
measure_overdue_60(struct measuring *m, struct measured *v)
{
	measure_age(m, v, AGE_60);
}

void
measure_overdue_90(struct measuring *m, struct measured *v)
{
	measure_age(m, v, AGE_90);
}

void
measure_overdue_older(struct measuring *m, struct measured *v)
{
	measure_age(m, v, AGE_OLDER);
}

void
measure_overdue(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);
	struct decimal sum = decimal_int(0);

	if (!open_is_known(v, receivables))
		return;
	for (size_t age = AGE_30; age < AGES; age++)
		sum_add(m, &sum, &receivables->aged[age]);
	measured_number(v, decimal_round(sum, 2));
	if (measuring_explains(m))
		measuring_step(m, "1 to 30 days %s + 31 to 60 %s + 61 to 90 %s + older %s",
			       measuring_text(m, receivables->aged[AGE_30], 2),
			       measuring_text(m, receivables->aged[AGE_60], 2),
			       measuring_text(m, receivables->aged[AGE_90], 2),
			       measuring_text(m, receivables->aged[AGE_OLDER], 2));
}

void
measure_overdue_share(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);
	struct decimal open = owed(receivables);

	if (open_is_known(v, receivables))
		measured_percent(m, v, &m->have[MEASURE_OVERDUE].number, &open, 1, "nothing is open");
}

void
measure_exposure(struct measuring *m, struct measured *v)
{
	const struct receivables *receivables = receivables_of(m);

	if (!open_is_known(v, receivables))
		return;
	measured_number(v, owed(receivables));
	if (measuring_explains(m))
		measuring_step(m, "not due %s + overdue %s",
			       measuring_text(m, m->have[MEASURE_NOT_DUE].number, 2),
			       measuring_text(m, m->have[MEASURE_OVERDUE].number, 2));
}

void
measure_exposure_share(struct measuring *m, struct measured *v)
{
	struct decimal limit = credit_limit(m);

	if (open_is_known(v, receivables_of(m)))
		measured_percent(m, v, &m->have[MEASURE_EXPOSURE].number, &limit, 1,
				 limit.known ? "the credit limit is 0"
					     : "no reliability check has a credit limit");
}
