/*
 * The portfolio: all accounts together, and what each is of it. Sums are
 * exact decimals; a share, class or mark is decided by exact comparison.
 *
 * The measure is margin, not turnover, which can be bought with price cuts
 * (S1). Where no account has a margin, revenue stands in.
 */
#ifndef KAM_PORTFOLIO_H
#define KAM_PORTFOLIO_H

#include "domain/account.h"
#include "domain/model.h"

enum basis { BASIS_AUTO, BASIS_MARGIN, BASIS_REVENUE };

/* by share of the portfolio's margin (S1) */
enum account_size { SIZE_UNKNOWN, SIZE_STANDARD, SIZE_LARGE, SIZE_MONOPOLY };

/* what one account brought in the window, and what that is of the whole */
struct figures {
	const char *id;
	const char *title;
	const char *manager;  /* NULL: none */
	const char *tier;     /* a person's word; NULL: none */
	const char *currency; /* NULL: not stated */

	/* in the window, the account's money; known only when it has sales in it */
	struct decimal revenue;
	struct decimal margin;	       /* of the months that have one */
	struct decimal revenue_before; /* in the window before */
	struct decimal margin_before;
	bool margin_missing; /* it has sales in the window, and a month of them without margin */
	bool margin_before_missing;
	struct decimal potential; /* for the window: its last year's, by months of twelve */
	double slope[2];	  /* of margin and of revenue, as trend; NAN: unknown */
	size_t contacts;	  /* that have not left */
	unsigned functions;	  /* bit i: the i-th word of a contact's function is covered */

	/* set by portfolio_finish */
	struct decimal amount;	      /* margin or revenue, by the basis; 0 without sales */
	struct decimal amount_before; /* unknown without sales before, or where a margin is missing */
	struct decimal share;  /* % of the portfolio's amount, 1 place; unknown when that is not above 0 */
	struct decimal volume; /* % of its revenue, 1 place */
	struct decimal cumulative; /* % together with all that bring as much or more, 1 place */
	bool dependence;	   /* its part of the sales volume alone is above the model's mark (S0) */
	enum account_size size;
	char abc;	       /* 'A' 'B' 'C'; 0: unknown */
	struct decimal growth; /* % against the window before, 1 place */
	struct decimal trend;  /* % a month of the mean month, 1 place; unknown: fewer than three months */
	struct decimal penetration; /* % of potential, 1 place (S1) */
	struct decimal headroom;    /* potential − revenue */
	size_t rank;		    /* by amount, from 1; ties share the lower */
};

struct portfolio {
	const struct model *model;
	month first, last;	 /* the window */
	struct date as_of;	 /* its last day */
	enum basis basis;	 /* AUTO until finished */
	struct figures *account; /* in the order they were added */
	size_t n, cap;
	const char *currency;  /* of all; NULL: not stated */
	struct decimal amount; /* sums */
	struct decimal revenue;
	month oldest, newest; /* months of sales anywhere; 0: none */
	struct arena arena;   /* owns the strings */
};

/* the window ends with that month */
void portfolio_init(struct portfolio *, const struct model *, month last, enum basis);
/* takes what it needs of the account; -1 when its sums overflow */
int portfolio_add(struct portfolio *, const struct account *, struct error *);
/* Sums, shares, classes. -1: currencies are mixed (names them), or only some accounts have a margin (names them and
 * the choice). */
int portfolio_finish(struct portfolio *, struct error *);
void portfolio_free(struct portfolio *);

const char *basis_name(enum basis);
/* "margin", "revenue"; 0, or -1 with the names there are */
int basis_parse(const char *, enum basis *, struct error *);
const char *account_size_name(enum account_size); /* NULL when unknown */
/* how many different functions the contacts have */
int figures_functions(const struct figures *);
/* 100 × part / whole to that many places, half away from zero; unknown when whole is not above 0; -1 on overflow */
int percent_of(struct decimal *, const struct decimal *part, const struct decimal *whole, int places);
/* is part at least (`above`: more than) that many percent of whole? exact; 1 or 0; -1 on overflow */
int percent_reached(const struct decimal *part, const struct decimal *whole, const struct decimal *percent,
		    bool above);
/* the last full month before a day */
month month_before(struct date);

#endif
