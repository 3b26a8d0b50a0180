/*
 * The portfolio: all accounts together, and what each is of it. Sums are
 * exact decimals; a share's class or mark is decided by exact comparison.
 *
 * The measure is margin, not turnover, which can be bought with price cuts
 * (S1). Where no account has a margin, revenue stands in.
 */
#ifndef KAM_PORTFOLIO_H
#define KAM_PORTFOLIO_H

#include "domain/flags.h"
#include "domain/orderdays.h"
#include "domain/rates.h"

/* by share of the portfolio's margin (S1) */
enum account_size { SIZE_UNKNOWN, SIZE_STANDARD, SIZE_LARGE, SIZE_MONOPOLY };

/* what the score that it came with says of its band; as_of unset: nothing */
struct band_noted {
	struct date as_of, since;
	signed char now, was; /* words of the measure band; -1: none */
};

struct figures;

/* A parent and all that rolls up to it: the accounts whose parent it is, theirs, and so on (S2). The parent may be no
 * account at all, but a name that accounts give. Of a circle of parents the first by id is on top. */
struct group {
	const char *id;
	struct figures *head;  /* the account of that id; NULL: there is none */
	struct figures *first; /* whose parent it is; the next one is `beside` */
	size_t accounts;       /* with the head */
	/* of all of them together */
	struct decimal revenue, amount; /* 0 without sales */
	struct decimal potential;	/* unknown: none tells one */
	size_t told;			/* accounts that tell a potential */
};

/* what one account brought in the window, and what that is of the whole; small, for there are many */
struct figures {
	const char *id;
	const char *title;
	const char *manager;  /* NULL: none */
	const char *tier;     /* a person's word; NULL: none */
	const char *currency; /* NULL: not stated */

	/* In the window, known only when it has sales in it; the account's money until portfolio_finish, the portfolio's
	 * after it. */
	struct decimal revenue;
	struct decimal margin;	       /* of the months that have one */
	struct decimal revenue_before; /* in the window before */
	struct decimal margin_before;
	month margin_missing; /* the first month of sales in the window without a margin; 0: none */
	bool margin_before_missing;
	struct order_days order_days; /* up to the window's end */
	flag_set flags;		      /* those of the account alone */
	struct band_noted band;
	unsigned categories;  /* a person's; bits of the words (verdict.h) */
	const char *parent;   /* NULL: none */
	const char *division; /* NULL: not told */
	const char *key_for;  /* our units, with commas between; NULL: none */
	struct survey_count surveys;
	struct named *could; /* by the potential of its divisions in the window, by name */
	size_t divisions;
	long long orders;  /* in the window */
	int last_order;	   /* days since 1970-01-01 */
	bool ordered;	   /* orders are told */
	struct str own[2]; /* own measures, packed: by margin, and those of them that are others by revenue */

	/* set by portfolio_finish */
	/* How many of the portfolio's currency one of its own is; NULL: they are the same. It may be not known where
	 * nothing was sold. */
	const struct decimal *rate;
	struct decimal amount;	   /* margin or revenue, by the basis; 0 without sales */
	struct decimal cumulative; /* % together with all that bring as much or more, 1 place */
	bool too_many_key; /* its manager has more key accounts, by people's word, than the model allows */
	bool dependence;   /* its part of the sales volume alone is above the model's mark (S0) */
	enum account_size size;
	char abc;		 /* 'A' 'B' 'C'; 0: unknown */
	size_t rank;		 /* by amount, from 1; ties share the lower */
	int rfm;		 /* 111 to 555; 0: unknown */
	struct group *above;	 /* whose parent it is; NULL: none */
	struct figures *beside;	 /* the next one of its parent's */
	struct group *group;	 /* it and all below it; NULL: it is nobody's parent */
	const struct group *top; /* the group that it is in, whose parent has none; NULL: none */
};

/* an account by itself, before it joins the others */
struct own {
	struct figures figures;
	month oldest, newest; /* months of sales anywhere; 0: none */
	unsigned records;     /* bits of enum record that it keeps */
	struct decimal share; /* by the score that it came with, %; unknown: none */
};

struct portfolio {
	const struct model *model;
	month first, last;	 /* the window */
	struct date as_of;	 /* its last day */
	enum basis basis;	 /* AUTO until finished */
	bool both_bases;	 /* own measures were computed by both, the basis being still open */
	struct figures *account; /* in the order they were added */
	size_t n, cap;
	const char *asked;	   /* the currency to judge in; NULL: that of all accounts */
	const struct rates *rates; /* to it; NULL: none */
	const char *currency;	   /* of all sums, set by portfolio_finish; NULL: not stated */
	struct decimal amount;	   /* sums */
	struct decimal revenue;
	month oldest, newest;	 /* months of sales anywhere; 0: none */
	unsigned records;	 /* bits of enum record that some account keeps */
	struct decimal shares;	 /* by the scores that accounts came with, %; unknown: none has one */
	size_t shared;		 /* accounts with such a share */
	struct order_fit orders; /* set by portfolio_finish */
	struct arena arena;	 /* owns the strings and groups */
};

/* the window ends with that month */
void portfolio_init(struct portfolio *, const struct model *, month last, enum basis);
/* Before portfolio_finish: judge in this currency, converting accounts of others by the rates, which are to this one, or
 * NULL. Both are borrowed. */
void portfolio_use_rates(struct portfolio *, const char *currency, const struct rates *);
/* What the portfolio needs of one account, in the arena, and its months from first to last sale: on any thread. -1: a sum
 * overflows; the error has the account and the measure, and no place. */
int portfolio_measure(const struct portfolio *, const struct account *, struct arena *, struct own *,
		      struct error *);
/* takes it; what it holds is copied */
void portfolio_add(struct portfolio *, const struct own *);
/* Sums, shares, classes, the fit of order days. -1: currencies are mixed, or one has no rate (names them), or only some
 * accounts have a margin (names them and the choice). */
int portfolio_finish(struct portfolio *, struct error *);
/* One currency: finds it, and converts what is summed, each sum of an account once, to two places, half away from zero.
 * A part of portfolio_finish. */
int portfolio_convert(struct portfolio *, struct error *);
/* An account's money in the portfolio's currency, by its rate: NULL leaves it, one that is not known makes it unknown. -1
 * on overflow. */
int rate_apply(const struct decimal *rate, struct decimal *money);
/* fits the model of order days: a part of portfolio_finish */
void portfolio_fit(struct portfolio *);
/* Do the accounts carry shares of a portfolio that was larger than this one? */
bool portfolio_is_part(const struct portfolio *);
void portfolio_free(struct portfolio *);

/* what is found out about an account */
struct judgement {
	struct measured have[MEASURES];
	flag_set flags;
};

/* All of one account of a finished portfolio; what is missing says why only where it is of the whole. On any thread. -1:
 * a sum overflows, as above. */
int portfolio_judge(const struct portfolio *, const struct figures *, struct arena *, struct judgement *,
		    struct error *);
/* The same, from the account itself, with the steps by which each was computed. */
int portfolio_explain(const struct portfolio *, const struct figures *, const struct account *,
		      struct arena *, struct judgement *, struct steps *, struct error *);
/* its own measures, by the basis; flows live as long as the portfolio */
void figures_own(const struct portfolio *, const struct figures *, struct measured have[MEASURES]);

/* The section score: of an account: a map, one measure to a line, then flags, and `missing`: the measures that have no
 * data. The tree lives in the arena. */
struct node *score_section(const struct portfolio *, const struct figures *, const struct judgement *,
			   struct arena *);

const char *basis_name(enum basis);
/* "margin", "revenue"; 0, or -1 with the names there are */
int basis_parse(const char *, enum basis *, struct error *);
const char *account_size_name(enum account_size); /* NULL when unknown */
/* 100 × part / whole to that many places, half away from zero; unknown when whole is not above 0; -1 on overflow */
int percent_of(struct decimal *, const struct decimal *part, const struct decimal *whole, int places);
/* is part at least (`above`: more than) that many percent of whole? exact; 1 or 0; -1 on overflow */
int percent_reached(const struct decimal *part, const struct decimal *whole, const struct decimal *percent,
		    bool above);
/* the last full month before a day */
month month_before(struct date);

#endif
