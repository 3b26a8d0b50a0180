/*
 * Concentration: how much of the business hangs on how few accounts, and who
 * manages what.
 */
#ifndef KAM_CONCENTRATION_H
#define KAM_CONCENTRATION_H

#include "domain/portfolio.h"

enum key_verdict {
	KEY_NONE_NAMED, /* no account has tier: key */
	KEY_NO_SALES,	/* there is nothing to share */
	KEY_BELOW,	/* of the band */
	KEY_INSIDE,
	KEY_ABOVE,
	KEY_DEPENDENT, /* above the mark of dependence (S0) */
};

struct concentration {
	size_t accounts;
	size_t active;		     /* with sales in the window */
	size_t before;		     /* with sales in the window before */
	size_t kept;		     /* of these: with sales in the window too */
	struct decimal clients_kept; /* %, 1 place: retention of clients (S1, S3) */
	struct decimal
	    revenue_kept; /* revenue of those before, now as % of then, 1 place: may be above 100 (S1, S3) */
	size_t key;	  /* tier: key, a person's word */
	struct decimal key_volume; /* their revenue together, % of all, 1 place */
	enum key_verdict key_verdict;
	const struct figures *largest;	      /* by amount; NULL: none with sales */
	const struct figures *largest_volume; /* by revenue */
	size_t large, monopoly;		      /* accounts of these sizes */
	size_t fifth;			      /* a fifth of the active accounts, rounded up */
	struct decimal
	    fifth_share; /* what the largest of them bring, % of amount, 1 place: 80 by Pareto (S1, S3) */
};

/* one manager's accounts together, those that were asked for */
struct manager_sum {
	const char *manager; /* NULL: accounts without one */
	size_t accounts, active, key;
	struct decimal revenue, amount;
	struct decimal share; /* of amount, %, 1 place */
	bool too_many_key;    /* in the whole portfolio more than the model's key.most-per-manager (S1) */
};

/* of a finished portfolio; -1 on overflow */
int concentration_compute(const struct portfolio *, struct concentration *, struct error *);
/* Of these accounts of a finished portfolio, the shares of the whole; by amount, most first; *n managers, the array freed
 * by the caller. NULL on overflow. */
struct manager_sum *manager_sums(const struct portfolio *, const struct figures *const *, size_t accounts,
				 size_t *n, struct error *);

/* accounts by rank, then id; the array freed by the caller */
const struct figures **portfolio_ranked(const struct portfolio *);
/* "inside", "dependent" … */
const char *key_verdict_text(enum key_verdict);

#endif
