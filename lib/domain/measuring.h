/*
 * What the rows of the table of measures share: the account being measured,
 * its months, what is known already, and the steps by which a person could
 * redo the sum. Used by measure.c, portfolio.c and the measure….c files only.
 */
#ifndef KAM_MEASURING_H
#define KAM_MEASURING_H

#include "domain/measure.h"

enum basis { BASIS_AUTO, BASIS_MARGIN, BASIS_REVENUE };

struct figures;
struct portfolio;
struct steps;

/* one window of sales, all sources together */
struct span {
	struct decimal revenue; /* net of returns; unknown: nothing sold */
	struct decimal margin;	/* of the months that have one */
	struct decimal returns;
	int orders;
	bool margin_missing; /* there are sales without one */
};

/* the account's sales month by month: those of the window before, then those of the window */
struct sums {
	int window;		 /* months of a window; there are twice as many */
	struct decimal *revenue; /* by months since the first; unknown: nothing sold */
	struct decimal *margin;
	struct span now, before;
	month first_sale; /* ever; 0: none up to the window's end */
};

struct measuring {
	const struct account *account;
	const struct model *model;
	month first, last; /* the window */
	struct date as_of; /* its last day */
	enum basis basis;  /* BASIS_MARGIN or BASIS_REVENUE */
	const struct sums *sums;
	struct measured *have; /* by enum measure_id: all that stand before this one in the table */
	struct arena *arena;
	struct steps *steps; /* NULL: nobody asks how */
	/* of the whole; NULL while own measures are computed */
	const struct portfolio *portfolio;
	const struct figures *figures;
	/* a sum was larger than a decimal can be: set by the row, the caller's error */
	bool overflow;
};

/* Fills the sums of the account, in the arena; -1: larger than 36 digits. */
int sums_make(struct sums *, const struct account *, month first, month last, struct arena *);

/* what a row says: a number, rounded to its row's places by the caller; a word by its index; no value, and why */
void measured_number(struct measured *, struct decimal);
void measured_int(struct measured *, long long);
void measured_double(struct measured *, double, int places); /* NAN, or beyond all sense: missing */
void measured_index(struct measured *, int word);
void measured_date(struct measured *, struct date);
void measured_missing(struct measured *, const char *why);

/* sum += amount, an unknown one being none; false sets overflow */
void sum_add(struct measuring *, struct decimal *sum, const struct decimal *amount);
/* 100 × part ÷ whole to that many places; missing, with that reason, when whole is not above 0 */
void measured_percent(struct measuring *, struct measured *, const struct decimal *part,
		      const struct decimal *whole, int places, const char *why);
/* 100 × part ÷ whole of things counted, to one place; whole is above 0 */
void measured_percent_counted(struct measuring *, struct measured *, long part, long whole);
/* amount of the window by the basis, and of the window before */
const struct decimal *sums_amount(const struct measuring *);
const struct decimal *sums_amount_before(const struct measuring *);

/* A line of how the measure was computed, kept when somebody asks. Formatting its values costs: ask measuring_explains
 * first. */
bool measuring_explains(const struct measuring *);
void measuring_step(struct measuring *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* the decimal as text, in the arena */
const char *measuring_text(const struct measuring *, struct decimal, int places);

/* the same, with the places it has */
const char *measuring_exact(const struct measuring *, struct decimal);

/* rows, by the file that has them */

/* measurewhole.c: parts of the portfolio */
void measure_share(struct measuring *, struct measured *);
void measure_size(struct measuring *, struct measured *);
void measure_volume(struct measuring *, struct measured *);
void measure_abc(struct measuring *, struct measured *);

/* measuresales.c: movement */
void measure_growth(struct measuring *, struct measured *);
void measure_trend(struct measuring *, struct measured *);

/* measurepotential.c */
void measure_potential(struct measuring *, struct measured *);
void measure_penetration(struct measuring *, struct measured *);
void measure_headroom(struct measuring *, struct measured *);

/* measurevalue.c */
void measure_net_margin(struct measuring *, struct measured *);
void measure_alive(struct measuring *, struct measured *);
void measure_expected_orders(struct measuring *, struct measured *);
void measure_npv(struct measuring *, struct measured *);

/* measurerelations.c */
void measure_contacts(struct measuring *, struct measured *);
void measure_functions(struct measuring *, struct measured *);
void measure_levels(struct measuring *, struct measured *);
void measure_last_contact(struct measuring *, struct measured *);
void measure_contact_age(struct measuring *, struct measured *);
void measure_one_person(struct measuring *, struct measured *);
void measure_manager_changes(struct measuring *, struct measured *);
void measure_needs_known(struct measuring *, struct measured *);
void measure_needs_met(struct measuring *, struct measured *);
void measure_competitive(struct measuring *, struct measured *);
void measure_relations(struct measuring *, struct measured *);
void measure_industry_rank(struct measuring *, struct measured *);
#define COMPARISON_LEAST 3 /* criteria */
/* is a comparison of so many criteria all better, or all worse? It is worthless then (S1). */
bool comparison_is_one_sided(const struct account *);
/* is a decider known who has not left? */
bool decider_is_known(const struct account *, struct date today);

/* measurevoice.c: satisfaction */
void measure_nps(struct measuring *, struct measured *);
void measure_nps_age(struct measuring *, struct measured *);
void measure_nps_response(struct measuring *, struct measured *);

/* measureplan.c */
void measure_plan_fact(struct measuring *, struct measured *);
void measure_run_rate(struct measuring *, struct measured *);
void measure_run_rate_share(struct measuring *, struct measured *);
void measure_forecast_error(struct measuring *, struct measured *);

/* verdict.c: what the others come to */
void measure_health(struct measuring *, struct measured *);
void measure_band(struct measuring *, struct measured *);
void measure_attractiveness(struct measuring *, struct measured *);
void measure_strength(struct measuring *, struct measured *);
void measure_field(struct measuring *, struct measured *);
void measure_key(struct measuring *, struct measured *);

#endif
