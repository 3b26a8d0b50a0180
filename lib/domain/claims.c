#include "domain/claims.h"

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

struct claim
claim_at(const struct invoice *inv, struct date day, bool *overflow)
{
	struct claim claim = {.state = CLAIM_NONE};

	if (date_cmp(inv->date, day) > 0 || (inv->amount.known && decimal_sign(&inv->amount) <= 0))
		return claim;
	if (date_is_set(inv->settled) && date_cmp(inv->settled, day) <= 0) {
		claim.state = CLAIM_SETTLED;
		claim.late = days_late(inv, inv->settled);
		return claim;
	}
	/* what settled it later is among what is paid */
	claim.open = date_is_set(inv->settled) ? inv->amount : still_open(inv, overflow);
	if (claim.open.known && decimal_sign(&claim.open) <= 0) {
		claim.state = CLAIM_PAID;
		claim.open = (struct decimal){0};
		return claim;
	}
	claim.state = CLAIM_OPEN;
	claim.late = days_late(inv, day);
	return claim;
}

enum claim_age
claim_age(long late)
{
	if (late <= 0)
		return AGE_NOT_DUE;
	return late <= 30 ? AGE_30 : late <= 60 ? AGE_60 : late <= 90 ? AGE_90 : AGE_OLDER;
}

int
claims_half(const struct measuring *m, struct date due)
{
	int window = m->last - m->first + 1, half = window / 2, at = month_of(due) - m->first;

	if (at < half)
		return 0;
	return at >= window - half ? 1 : -1;
}

bool
claim_tells_lateness(const struct measuring *m, const struct invoice *inv, const struct claim *claim)
{
	return (claim->state == CLAIM_SETTLED || claim->state == CLAIM_OPEN) &&
	       measuring_in_window(m, inv->due);
}

static void
lateness_add(struct lateness *lateness, long days)
{
	lateness->n++;
	lateness->days += days;
}

static void
add_lateness(struct measuring *m, struct claims *claims, const struct invoice *inv, const struct claim *claim)
{
	bool told = claim_tells_lateness(m, inv, claim);
	int half;

	/* what fell due before the window counts for as long as it is open */
	if (told || (claim->state == CLAIM_OPEN && claim->late > 0)) {
		claims->any_due = true;
		claims->worst = claim->late > claims->worst ? claim->late : claims->worst;
	}
	if (!told)
		return;
	lateness_add(&claims->late, claim->late);
	half = claims_half(m, inv->due);
	if (half >= 0)
		lateness_add(&claims->half[half], claim->late);
}

const struct claims *
claims_of(struct measuring *m)
{
	const struct invoice *inv = m->account->invoices.v;
	struct claims *claims;

	if (m->claims)
		return m->claims;
	claims = arena_alloc(m->arena, sizeof *claims);
	claims->open = decimal_int(0);
	for (size_t i = 0; i < AGES; i++)
		claims->aged[i] = decimal_int(0);
	for (size_t i = 0; i < m->account->invoices.n; i++) {
		struct claim claim = claim_at(&inv[i], m->as_of, &m->overflow);

		if (claim.state == CLAIM_NONE)
			continue;
		claims->n++;
		add_lateness(m, claims, &inv[i], &claim);
		if (claim.state != CLAIM_OPEN)
			continue;
		claims->amount_missing |= !claim.open.known;
		sum_add(m, &claims->open, &claim.open);
		sum_add(m, &claims->aged[claim_age(claim.late)], &claim.open);
	}
	m->claims = claims;
	return claims;
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
