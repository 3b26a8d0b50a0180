/*
 * The days on which a client ordered, all sources together, and what the days
 * of all clients tell of each: bgnbd.h.
 */
#ifndef KAM_ORDERDAYS_H
#define KAM_ORDERDAYS_H

#include "domain/account.h"
#include "domain/bgnbd.h"

/* a fit needs as many clients with order days, and as many of them that ordered on a second one */
#define ORDER_CLIENTS_LEAST 30
#define ORDER_REPEATED_LEAST 10

struct order_days {
	int first, last; /* days since 1970-01-01; with a count only */
	int count;
	bool unknown; /* something was sold in a month that does not tell its order days */
};

/* what was fitted to all clients */
struct order_fit {
	struct bgnbd model;
	double log_likelihood;
	size_t clients;	     /* whose order days are known, and that have some */
	size_t repeated;     /* of these: ordered on a second day */
	const char *missing; /* why there is no model; NULL: there is one */
};

/* what becomes of months that sold something and do not tell the days */
enum untold { UNTOLD_LEFT_OUT, UNTOLD_ON_LAST_DAY };

/* those up to that day, from the account's sales; the arena is used while it runs */
void order_days_find(struct order_days *, const struct account *, struct date as_of, enum untold,
		     struct arena *);
/* as the model takes them; with a count only */
struct order_history order_days_history(const struct order_days *, struct date as_of);

#endif
