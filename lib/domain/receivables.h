/*
 * Receivables: what the client owes us on a day, and how late it pays, from its
 * invoices as they were known on that day.
 *
 * An invoice that is dated later is not there yet; one without a date is. One
 * that was settled later is still open then, with its whole amount. Payments
 * in part have no dates, so that what is paid of an unsettled invoice counts
 * as paid, whatever the day. Credits (amounts not above 0) and what is paid
 * beyond an amount are not set off against other invoices.
 */
#ifndef KAM_RECEIVABLES_H
#define KAM_RECEIVABLES_H

#include "domain/measuring.h"

enum receivable_state {
	RECEIVABLE_NONE,    /* not there yet, or a credit */
	RECEIVABLE_SETTLED, /* by that day */
	RECEIVABLE_PAID,    /* in full, but nobody says when */
	RECEIVABLE_OPEN,
};

/* an invoice as it was on a day */
struct receivable {
	enum receivable_state state;
	struct decimal open; /* above 0; unknown unless it is open and has an amount */
	long late; /* days past due, until it was settled, or so far; 0 if in time or without a due day */
};

enum receivable_age { AGE_NOT_DUE, AGE_30, AGE_60, AGE_90, AGE_OLDER, AGES };

/* days late of some invoices */
struct lateness {
	int n;
	long days;
};

/* all of an account on the last day of the window */
struct receivables {
	size_t n;		   /* invoices that are there */
	bool amount_missing;	   /* an open one has none, so that no sum is known */
	struct decimal open;	   /* without a known amount of any: 0 */
	struct decimal aged[AGES]; /* of it, by days past due */
	struct lateness late;	   /* of those due in the window */
	struct lateness half[2]; /* … in its first and its second half; the odd middle month is in neither */
	long worst;		 /* days, of those due in the window and of those still open */
	bool any_due;		 /* there is one of these */
};

/* on that day; `overflow` is set where the open amount cannot be computed */
struct receivable receivable_at(const struct invoice *, struct date day, bool *overflow);
/* where so many days past due belong */
enum receivable_age receivable_age(long late);
/* of the account being measured; added up once, and kept */
const struct receivables *receivables_of(struct measuring *);
/* does it tell how late the client pays in the window: it fell due in it, and was settled or is open? */
bool receivable_tells_lateness(const struct measuring *, const struct invoice *, const struct receivable *);

/* The newest reliability check not after the window that says what is asked for; of one day the last. NULL: none. */
const struct reliability_check *check_of(const struct measuring *,
					 bool (*says)(const struct reliability_check *));
/* the credit limit by these checks; unknown: none */
struct decimal credit_limit(const struct measuring *);

#endif
