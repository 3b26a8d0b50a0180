#include "domain/receivables.h"

static long
days_late(const struct invoice *inv, struct date end)
{
	long late;

	if (!date_is_set(inv->due))
		return 0;
	late = date_diff(end, inv->due);
	return late > 0 ? late : 0;
}

/* amount less what was paid, which is never less than nothing */
static struct decimal
still_open(const struct invoice *inv, bool *overflow)
{
	struct decimal open = inv->amount;

	if (inv->paid.known && decimal_sign(&inv->paid) > 0 &&
	    decimal_sub(&open, &inv->amount, &inv->paid) < 0)
		*overflow = true;
	return open;
}

struct receivable
receivable_at(const struct invoice *inv, struct date day, bool *overflow)
{
	struct receivable receivable = {.state = RECEIVABLE_NONE};

	if (date_cmp(inv->date, day) > 0 || (inv->amount.known && decimal_sign(&inv->amount) <= 0))
		return receivable;
	if (date_is_set(inv->settled) && date_cmp(inv->settled, day) <= 0) {
		receivable.state = RECEIVABLE_SETTLED;
		receivable.late = days_late(inv, inv->settled);
		return receivable;
	}
	/* what settled it later is among what is paid */
	receivable.open = date_is_set(inv->settled) ? inv->amount : still_open(inv, overflow);
	if (receivable.open.known && decimal_sign(&receivable.open) <= 0) {
		receivable.state = RECEIVABLE_PAID;
		receivable.open = (struct decimal){0};
		return receivable;
	}
	receivable.state = RECEIVABLE_OPEN;
	receivable.late = days_late(inv, day);
	return receivable;
}

enum receivable_age
receivable_age(long late)
{
	if (late <= 0)
		return AGE_NOT_DUE;
	return late <= 30 ? AGE_30 : late <= 60 ? AGE_60 : late <= 90 ? AGE_90 : AGE_OLDER;
}

/* was that day in the first half of the window (0), the second (1), or neither (-1)? */
static int
half_of(const struct measuring *m, struct date due)
{
	int window = m->last - m->first + 1, half = window / 2, at = month_of(due) - m->first;

	if (at < half)
		return 0;
	return at >= window - half ? 1 : -1;
}

bool
receivable_tells_lateness(const struct measuring *m, const struct invoice *inv,
			  const struct receivable *receivable)
{
	return (receivable->state == RECEIVABLE_SETTLED || receivable->state == RECEIVABLE_OPEN) &&
	       measuring_in_window(m, inv->due);
}

static void
lateness_add(struct lateness *lateness, long days)
{
	lateness->n++;
	lateness->days += days;
}

static void
add_lateness(struct measuring *m, struct receivables *receivables, const struct invoice *inv,
	     const struct receivable *receivable)
{
	bool told = receivable_tells_lateness(m, inv, receivable);
	int half;

	/* what fell due before the window counts for as long as it is open */
	if (told || (receivable->state == RECEIVABLE_OPEN && receivable->late > 0)) {
		receivables->any_due = true;
		receivables->worst =
		    receivable->late > receivables->worst ? receivable->late : receivables->worst;
	}
	if (!told)
		return;
	lateness_add(&receivables->late, receivable->late);
	half = half_of(m, inv->due);
	if (half >= 0)
		lateness_add(&receivables->half[half], receivable->late);
}

const struct receivables *
receivables_of(struct measuring *m)
{
	const struct invoice *inv = m->account->invoices.v;
	struct receivables *receivables;

	if (m->receivables)
		return m->receivables;
	receivables = arena_alloc(m->arena, sizeof *receivables);
	receivables->open = decimal_int(0);
	for (size_t i = 0; i < AGES; i++)
		receivables->aged[i] = decimal_int(0);
	for (size_t i = 0; i < m->account->invoices.n; i++) {
		struct receivable receivable = receivable_at(&inv[i], m->as_of, &m->overflow);

		if (receivable.state == RECEIVABLE_NONE)
			continue;
		receivables->n++;
		add_lateness(m, receivables, &inv[i], &receivable);
		if (receivable.state != RECEIVABLE_OPEN)
			continue;
		receivables->amount_missing |= !receivable.open.known;
		sum_add(m, &receivables->open, &receivable.open);
		sum_add(m, &receivables->aged[receivable_age(receivable.late)], &receivable.open);
	}
	m->receivables = receivables;
	return receivables;
}

const struct reliability_check *
check_of(const struct measuring *m, bool (*says)(const struct reliability_check *))
{
	const struct reliability_check *check = m->account->reliability.v, *newest = NULL;

	for (size_t i = 0; i < m->account->reliability.n; i++) {
		if (!date_is_set(check[i].date) || date_cmp(check[i].date, m->as_of) > 0 || !says(&check[i]))
			continue;
		if (!newest || date_cmp(check[i].date, newest->date) >= 0)
			newest = &check[i];
	}
	return newest;
}

static bool
says_limit(const struct reliability_check *check)
{
	return check->limit.known;
}

struct decimal
credit_limit(const struct measuring *m)
{
	const struct reliability_check *check = check_of(m, says_limit);

	return check ? check->limit : (struct decimal){0};
}
