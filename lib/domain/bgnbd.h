/*
 * BG/NBD: who of the clients still buys, and how often, told from the days of
 * their orders alone. P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your
 * Customers" the Easy Way, Marketing Science 24 (2005) 275–284.
 *
 * A client that is alive orders at random at a rate of its own, λ a week;
 * after each order from its second on it leaves with a chance of its own, p.
 * Over all clients λ has a gamma distribution (r, alpha), p a beta
 * distribution (a, b). What is known of a client is when it ordered first and
 * last, and on how many days: orders of one day are one. Since nobody leaves
 * before a second order, one that ordered only once counts as alive.
 */
#ifndef KAM_BGNBD_H
#define KAM_BGNBD_H

#include <stddef.h>

#include "base/error.h"

struct bgnbd {
	double r;     /* shape of the rates: the larger, the more alike they are */
	double alpha; /* their scale, weeks: r ÷ alpha orders a week on average */
	double a, b;  /* of the chances to leave: a ÷ (a + b) on average */
};

/* what is known of a client */
struct order_history {
	int repeats; /* days of orders after the first one */
	int recency; /* days from the first order to the last */
	int age;     /* days from the first order to the end of what is known; not below recency */
};

/* how many clients have the same */
struct order_group {
	struct order_history history;
	size_t clients;
};

/* Sorts and joins groups of the same history; how many are left. The fit depends on what it makes of them, so on no order
 * of clients. */
size_t order_groups_join(struct order_group *, size_t n);

/* of joined groups */
double bgnbd_log_likelihood(const struct bgnbd *, const struct order_group *, size_t n);
/* The parameters of greatest likelihood, of joined groups, to four digits, within bounds: r from 0.01 to 100, a mean gap
 * alpha ÷ r from 0.01 to 10000 weeks, a + b from 0.01 to 1000, a ÷ b from 0.0001 to 100. Where r or a + b is
 * at its greatest all clients are alike, and what is told of them hardly changes beyond it. -1: no client ordered again,
 * the search does not come to a maximum, or it ends where no chance of leaving can be told: nobody leaves, or clients
 * leave at once or never. */
int bgnbd_fit(struct bgnbd *, const struct order_group *, size_t n, struct error *);

/* the chance that it is still a client, 0 … 1 */
double bgnbd_alive(const struct bgnbd *, const struct order_history *);
/* days of orders to be expected in the next weeks of a client that is still one; times the chance of that, of any. NAN:
 * it takes too long to compute */
double bgnbd_orders_if_alive(const struct bgnbd *, const struct order_history *, double weeks);

#endif
