/*
 * Satisfaction: what the portfolio's clients say when asked whether they would
 * recommend us, 0 to 10 (S0, S1: regular polls).
 *
 * Each account has one opinion, its last answer, measure nps. An answer older
 * than two years at the window's end is none any more, as a survey of those
 * days does not count for the measure nps-response.
 */
#ifndef KAM_SATISFACTION_H
#define KAM_SATISFACTION_H

#include "domain/portfolio.h"

enum opinion {
	OPINION_NONE, /* no answer */
	OPINION_OLD,  /* one that does not count any more */
	OPINION_DETRACTOR,
	OPINION_PASSIVE,
	OPINION_PROMOTER,
};

/* an account's last answer */
struct answer {
	enum opinion opinion;
	struct decimal score; /* 0 … 10; unknown: none */
	struct decimal age;   /* days up to the window's end */
};

/* how many accounts say what */
struct opinions {
	size_t promoters;  /* 9 and 10 */
	size_t passives;   /* 7 and 8 */
	size_t detractors; /* up to 6 */
};

struct satisfaction {
	size_t accounts;
	struct opinions opinions;
	size_t old;		     /* accounts whose last answer is too old */
	struct decimal score;	     /* the net promoter score */
	struct decimal from, to;     /* its interval */
	struct decimal age;	     /* mean of the answers that count, days, no places */
	unsigned long long sent;     /* surveys of the two years, of all people of all accounts */
	unsigned long long answered; /* of these */
	struct decimal response;     /* %, 1 place */
};

/* what an account of a finished portfolio says */
struct answer satisfaction_answer(const struct portfolio *, const struct figures *);
/* these accounts together; what has no data is unknown */
void satisfaction_compute(const struct portfolio *, const struct figures *const *, size_t accounts,
			  struct satisfaction *);
/* % promoters − % detractors, -100.0 to 100.0; unknown without an opinion */
struct decimal net_promoter_score(const struct opinions *);
/* Where the score of all clients lies with 95 % confidence, those that answered being a sample of them: the adjusted Wald
 * interval. Three quarters of an opinion are added to promoters, as much to detractors, one and a half to passives, 3 in
 * all; of the proportions that this gives, score ± 1.96 × √(variance ÷ n), cut to -100 … 100, 1 place. Unknown without an
 * opinion. (B. Rocks, Interval Estimation for the "Net Promoter Score", The American Statistician, 2016) */
void net_promoter_interval(const struct opinions *, struct decimal *from, struct decimal *to);

#endif
