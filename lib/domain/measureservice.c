/*
 * Service: how well we serve the client. Our own reliability is the duty that
 * the sources repeat most (S0, S1, S3, S4).
 *
 * What is dated after the window is not known yet: a delivery that came, a
 * complaint that was closed or a promise that was kept later was not then.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/measuring.h"

#define NO_DELIVERIES "no delivery was promised in the window"

static bool
is_by(struct date day, struct date last)
{
	return date_is_set(day) && date_cmp(day, last) <= 0;
}

/* Deliveries */

/* one promised in the window; what was refused in part and came late is both */
struct outcome {
	bool late, refused, not_full;
	bool unknown; /* in time, and nobody says whether in full */
};

static bool
is_promised(const struct measuring *m, const struct delivery *d)
{
	return date_cmp(d->ordered, m->as_of) <= 0 && measuring_in_window(m, d->promised);
}

static struct outcome
delivery_outcome(const struct measuring *m, const struct delivery *d)
{
	bool came = is_by(d->delivered, m->as_of);
	struct outcome o = {.refused = d->refused, .not_full = d->in_full == YESNO_NO};

	o.late = came ? date_cmp(d->delivered, d->promised) > 0 : !o.refused;
	o.unknown = !o.late && !o.refused && d->in_full == YESNO_UNSET;
	return o;
}

static void
explain_delivery(struct measuring *m, const struct delivery *d, const struct outcome *o)
{
	bool came = is_by(d->delivered, m->as_of);

	measuring_step(m, "%s: promised %s%s%s%s%s%s", text_quoted(m->arena, d->id),
		       measuring_date(m, d->promised), came ? ", came " : ", did not come",
		       came ? measuring_date(m, d->delivered) : "", o->refused ? ", refused" : "",
		       o->not_full ? ", not in full" : "",
		       o->unknown ? ", nobody says whether in full: left out" : "");
}

void
measure_on_time_in_full(struct measuring *m, struct measured *v)
{
	const struct delivery *d = m->account->deliveries.v;
	long long good = 0, failures = 0, left_out = 0;

	for (size_t i = 0; i < m->account->deliveries.n; i++) {
		struct outcome o = delivery_outcome(m, &d[i]);
		bool failed = o.late || o.refused || o.not_full;

		if (!is_promised(m, &d[i]))
			continue;
		left_out += o.unknown;
		failures += failed;
		good += !failed && !o.unknown;
		if (measuring_explains(m) && (failed || o.unknown))
			explain_delivery(m, &d[i], &o);
	}
	if (measuring_explains(m))
		measuring_step(m, "promised in the window: %lld in time and in full, %lld not, %lld left out",
			       good, failures, left_out);
	measured_counts(m, v, 100, good, good + failures,
			"no delivery was promised in the window of which is known how it came");
}

/* how many of the deliveries that count */
static void
measure_part_of_deliveries(struct measuring *m, struct measured *v, long long part, long long all,
			   const char *missing)
{
	if (!all) {
		measured_missing(v, missing);
		return;
	}
	measured_int(v, part);
	if (measuring_explains(m))
		measuring_step(m, "deliveries: %lld of %lld", part, all);
}

void
measure_late_deliveries(struct measuring *m, struct measured *v)
{
	const struct delivery *d = m->account->deliveries.v;
	long long promised = 0, late = 0;

	for (size_t i = 0; i < m->account->deliveries.n; i++) {
		struct outcome o = delivery_outcome(m, &d[i]);

		if (!is_promised(m, &d[i]))
			continue;
		promised++;
		late += o.late;
		if (measuring_explains(m) && o.late)
			explain_delivery(m, &d[i], &o);
	}
	measure_part_of_deliveries(m, v, late, promised, NO_DELIVERIES);
}

/* by the promised day, and where there is none by the day of the order */
void
measure_refused_deliveries(struct measuring *m, struct measured *v)
{
	const struct delivery *d = m->account->deliveries.v;
	long long all = 0, refused = 0;

	for (size_t i = 0; i < m->account->deliveries.n; i++) {
		bool promised = date_is_set(d[i].promised);

		if (promised ? !is_promised(m, &d[i]) : !measuring_in_window(m, d[i].ordered))
			continue;
		all++;
		refused += d[i].refused != NULL;
		if (measuring_explains(m) && d[i].refused)
			measuring_step(m, "%s: %s %s, %s", text_quoted(m->arena, d[i].id),
				       promised ? "promised" : "ordered",
				       measuring_date(m, promised ? d[i].promised : d[i].ordered),
				       text_quoted(m->arena, d[i].refused));
	}
	measure_part_of_deliveries(m, v, refused, all, "no delivery was promised or ordered in the window");
}

void
measure_return_rate(struct measuring *m, struct measured *v)
{
	const struct span *now = &m->sums->now;
	struct decimal gross = now->returns;

	if (!now->returns.known) {
		measured_missing(v, now->revenue.known ? "the sales of the window do not tell of returns"
						       : "no sales in the window");
		return;
	}
	if (decimal_sign(&now->returns) < 0) {
		measured_missing(v, "the returns of the window are below 0");
		return;
	}
	sum_add(m, &gross, &now->revenue);
	if (measuring_explains(m))
		measuring_step(m, "gross sales: revenue %s + returns %s = %s",
			       measuring_text(m, now->revenue, 2), measuring_text(m, now->returns, 2),
			       measuring_text(m, gross, 2));
	measured_percent(m, v, &now->returns, &gross, 1, "nothing was sold in the window");
}

/* Complaints */

/* those opened in the window; a step names them */
static long long
count_opened(struct measuring *m)
{
	const struct complaint *c = m->account->complaints.v;
	struct measuring_names names = {0};
	long long n = 0;

	for (size_t i = 0; i < m->account->complaints.n; i++) {
		if (!measuring_in_window(m, c[i].opened))
			continue;
		n++;
		if (measuring_explains(m))
			measuring_names_add(m, &names, c[i].id ? c[i].id : "a complaint");
	}
	if (measuring_explains(m))
		measuring_step(m, "complaints opened in the window, %lld: %s", n,
			       measuring_names_text(m, &names));
	return n;
}

void
measure_complaint_rate(struct measuring *m, struct measured *v)
{
	long long opened = count_opened(m);

	if (measuring_explains(m))
		measuring_step(m, "orders in the window: %lld", m->sums->now.orders);
	measured_counts(m, v, 100, opened, m->sums->now.orders, "no orders in the window");
}

void
measure_days_to_settle(struct measuring *m, struct measured *v)
{
	const struct complaint *c = m->account->complaints.v;
	long long days = 0, n = 0;

	for (size_t i = 0; i < m->account->complaints.n; i++) {
		/* closed before it was opened is a mistake of one of the days, and no haste */
		if (!measuring_in_window(m, c[i].closed) || !is_by(c[i].opened, c[i].closed))
			continue;
		days += date_diff(c[i].closed, c[i].opened);
		n++;
		if (measuring_explains(m))
			measuring_step(m, "%s: opened %s, closed %s: %ld", text_quoted(m->arena, c[i].id),
				       measuring_date(m, c[i].opened), measuring_date(m, c[i].closed),
				       date_diff(c[i].closed, c[i].opened));
	}
	measured_counts(m, v, 1, days, n, "no complaint was closed in the window");
}

void
measure_open_complaints(struct measuring *m, struct measured *v)
{
	const struct complaint *c = m->account->complaints.v;
	long long n = 0;

	for (size_t i = 0; i < m->account->complaints.n; i++) {
		if (date_cmp(c[i].opened, m->as_of) > 0 || is_by(c[i].closed, m->as_of))
			continue;
		n++;
		if (measuring_explains(m))
			measuring_step(m, "%s: opened %s", text_quoted(m->arena, c[i].id),
				       date_is_set(c[i].opened) ? measuring_date(m, c[i].opened)
								: "on a day that nobody says");
	}
	measured_int(v, n);
	if (measuring_explains(m))
		measuring_step(m, "open on %s: %lld of %s", measuring_date(m, m->as_of), n,
			       text_count(m->arena, m->account->complaints.n, "complaint"));
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* the causes of the complaints opened in the window, folded and sorted, so that equal ones stand together */
static const char **
causes(struct measuring *m, size_t *n)
{
	const struct complaint *c = m->account->complaints.v;
	const char **cause = arena_alloc(m->arena, m->account->complaints.n * sizeof *cause);

	*n = 0;
	for (size_t i = 0; i < m->account->complaints.n; i++) {
		if (!c[i].cause || !measuring_in_window(m, c[i].opened))
			continue;
		cause[*n] = text_fold(m->arena, c[i].cause, strlen(c[i].cause));
		*n += *cause[*n] != '\0';
	}
	if (*n)
		qsort(cause, *n, sizeof *cause, compare_texts);
	return cause;
}

void
measure_repeated_causes(struct measuring *m, struct measured *v)
{
	size_t n, same;
	const char **cause = causes(m, &n);
	long long repeated = 0;

	if (measuring_explains(m))
		measuring_step(m, "of those opened in the window tell a cause: %s",
			       text_count(m->arena, n, "complaint"));
	for (size_t i = 0; i < n; i += same) {
		for (same = 1; i + same < n && strcmp(cause[i], cause[i + same]) == 0;)
			same++;
		if (same < 2)
			continue;
		repeated++;
		if (measuring_explains(m))
			measuring_step(m, "%s: %zu times", text_quoted(m->arena, cause[i]), same);
	}
	measured_int(v, repeated);
}

/* Promises */

struct promises {
	long long due, kept; /* of those due in the window; kept: by their day */
};

static bool
is_kept(const struct promise *p)
{
	return is_by(p->kept, p->due);
}

static void
explain_promise(struct measuring *m, const struct promise *p)
{
	bool kept = is_by(p->kept, m->as_of);

	measuring_step(m, "%s: due %s, %s%s", text_quoted(m->arena, p->id ? p->id : "a promise"),
		       measuring_date(m, p->due), kept ? "kept " : "not kept",
		       kept ? measuring_date(m, p->kept) : "");
}

/* steps name those that were not kept */
static struct promises
promises_of(struct measuring *m)
{
	const struct promise *p = m->account->promises.v;
	struct promises promises = {0};

	for (size_t i = 0; i < m->account->promises.n; i++) {
		if (!measuring_in_window(m, p[i].due))
			continue;
		promises.due++;
		promises.kept += is_kept(&p[i]);
		if (measuring_explains(m) && !is_kept(&p[i]))
			explain_promise(m, &p[i]);
	}
	return promises;
}

void
measure_promises_kept(struct measuring *m, struct measured *v)
{
	struct promises promises = promises_of(m);

	if (measuring_explains(m))
		measuring_step(m, "kept by their day: %lld of the %lld due in the window", promises.kept,
			       promises.due);
	measured_counts(m, v, 100, promises.kept, promises.due, "no promise was due in the window");
}

bool
promise_is_broken(struct measuring *m)
{
	struct promises promises = promises_of(m);

	return promises.kept < promises.due;
}
