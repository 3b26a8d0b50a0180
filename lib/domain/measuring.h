/*
 * What the rows of the table of measures share: the account being measured,
 * its months, what is known already, and the steps by which a person could
 * redo the sum. For the files that have rows of measures or flags, and for
 * those that run them.
 */
#ifndef KAM_MEASURING_H
#define KAM_MEASURING_H

#include "domain/measure.h"
#include "domain/named.h"

enum basis { BASIS_AUTO, BASIS_MARGIN, BASIS_REVENUE };

struct receivables;
struct figures;
struct portfolio;
struct steps;

/* one window of sales, all sources together */
struct span {
	struct decimal revenue; /* net of returns; unknown: nothing sold */
	struct decimal margin;	/* of the months that have one */
	struct decimal returns;
	long long orders;     /* or order days, by a source that tells no number */
	month margin_missing; /* the first month of sales without one; 0: none */
};

/* the account's sales month by month: those of the window before, then those of the window */
struct sums {
	int window;		 /* months of a window; there are twice as many */
	struct decimal *revenue; /* by months since the first; unknown: nothing sold */
	struct decimal *margin;
	struct span now, before;
	unsigned *days;		    /* by months too, of all sources; see sale_order_days */
	bool orders_told;	    /* some month tells orders or their days */
	month first_sale;	    /* ever; 0: none up to the window's end */
	month last_order;	    /* the last month with an order, ever; 0: none up to the window's end */
	signed char last_order_day; /* the last day with one in it; 0: no day is told */
	struct named *product;	    /* sold in the window, by name */
	size_t products;
	bool products_untold; /* a month of the window was sold in, and does not say which */
};

struct measuring {
	const struct account *account;
	const struct model *model;
	month first, last; /* the window */
	struct date as_of; /* its last day */
	enum basis basis;  /* BASIS_MARGIN or BASIS_REVENUE */
	const struct sums *sums;
	const struct receivables *receivables; /* NULL: not yet added up (receivables.h) */
	struct measured *have; /* by enum measure_id: all that stand before this one in the table */
	struct arena *arena;
	struct steps *steps; /* NULL: nobody asks how */
	/* of the whole; NULL while own measures are computed */
	const struct portfolio *portfolio;
	const struct figures *figures;
	/* a sum was larger than a decimal can be: set by the row, the caller's error */
	bool overflow;
	const char *overflow_in; /* the first measure that it came about in */
};

/* Fills the sums of the account, in the arena; -1: larger than 36 digits. */
int sums_make(struct sums *, const struct account *, month first, month last, struct arena *);

/* the day of the last order, or the last of its month where no day is told; unset: nothing was ordered */
struct date sums_last_order(const struct sums *);

/* what a row says: a number, rounded to its row's places by the caller; a word by its index; no value, and why */
void measured_number(struct measured *, struct decimal);
void measured_int(struct measured *, long long);
void measured_double(struct measured *, double, int places); /* NAN, or beyond all sense: missing */
void measured_index(struct measured *, int word);
void measured_date(struct measured *, struct date);
void measured_missing(struct measured *, const char *why);
void measured_flow(const struct measuring *, struct measured *, const struct node *map);

/* sum += amount, an unknown one being none; false sets overflow */
void sum_add(struct measuring *, struct decimal *sum, const struct decimal *amount);
/* 100 × part ÷ whole to that many places; missing, with that reason, when whole is not above 0 */
void measured_percent(struct measuring *, struct measured *, const struct decimal *part,
		      const struct decimal *whole, int places, const char *why);
/* times × part ÷ whole, to one place; missing, with that reason, when whole is 0 */
void measured_counts(struct measuring *, struct measured *, int times, long long part, long long whole,
		     const char *why);
/* is it a day of the window? An unset one is not. */
bool measuring_in_window(const struct measuring *, struct date);
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
/* a name that stands in a document, for a step: control characters made visible, and cut where it is long */
const char *measuring_name(const struct measuring *, const char *);

/* the day as text, in the arena */
const char *measuring_date(const struct measuring *, struct date);

/* names for a step, a dozen of them at the most; zero-initialised is none */
struct measuring_names {
	struct buf text;
	size_t n;
};

void measuring_names_add(const struct measuring *, struct measuring_names *, const char *);
/* "a, b and 3 more", "none", in the arena; there are none again then */
const char *measuring_names_text(const struct measuring *, struct measuring_names *);

/* rows, by the file that has them */

/* measurewhole.c: parts of the portfolio */
void measure_share(struct measuring *, struct measured *);
void measure_size(struct measuring *, struct measured *);
void measure_volume(struct measuring *, struct measured *);
void measure_abc(struct measuring *, struct measured *);

/* rfm.c */
void measure_rfm(struct measuring *, struct measured *);

/* measurerhythm.c: how steadily the client buys */
void measure_variation(struct measuring *, struct measured *);
void measure_xyz(struct measuring *, struct measured *);
void measure_last_order(struct measuring *, struct measured *);
void measure_gap(struct measuring *, struct measured *);
void measure_rhythm(struct measuring *, struct measured *);

/* measuremargin.c: at which prices */
void measure_margin_rate(struct measuring *, struct measured *);
void measure_margin_rate_change(struct measuring *, struct measured *);
void measure_discount(struct measuring *, struct measured *);
void measure_discount_change(struct measuring *, struct measured *);

/* measuresales.c: movement */
void measure_growth(struct measuring *, struct measured *);
void measure_trend(struct measuring *, struct measured *);

/* measurepotential.c */
void measure_potential(struct measuring *, struct measured *);
void measure_penetration(struct measuring *, struct measured *);
void measure_penetration_change(struct measuring *, struct measured *);
void measure_penetration_by(struct measuring *, struct measured *);
void measure_headroom(struct measuring *, struct measured *);
void measure_potential_next(struct measuring *, struct measured *);
void measure_potential_3y(struct measuring *, struct measured *);
void measure_potential_by_year(struct measuring *, struct measured *);
void measure_headroom_by(struct measuring *, struct measured *);
void measure_headroom_division(struct measuring *, struct measured *);
void measure_breadth(struct measuring *, struct measured *);
/* what the divisions that the potential names could buy in the window, by name, in the arena; how many */
size_t potential_divisions(struct measuring *, struct named **);

/* measuregroup.c: a parent with all accounts below it */
void measure_group_share(struct measuring *, struct measured *);
void measure_group_volume(struct measuring *, struct measured *);
void measure_group_penetration(struct measuring *, struct measured *);

/* measurevalue.c */
void measure_net_margin(struct measuring *, struct measured *);
void measure_alive(struct measuring *, struct measured *);
void measure_expected_orders(struct measuring *, struct measured *);
void measure_npv(struct measuring *, struct measured *);

/* measurepayment.c: what the client owes, and how it pays */
void measure_dso(struct measuring *, struct measured *);
void measure_dso_countback(struct measuring *, struct measured *);
void measure_days_late(struct measuring *, struct measured *);
void measure_days_late_worst(struct measuring *, struct measured *);
void measure_overdue(struct measuring *, struct measured *);
void measure_overdue_share(struct measuring *, struct measured *);
void measure_not_due(struct measuring *, struct measured *);
void measure_overdue_30(struct measuring *, struct measured *);
void measure_overdue_60(struct measuring *, struct measured *);
void measure_overdue_90(struct measuring *, struct measured *);
void measure_overdue_older(struct measuring *, struct measured *);
void measure_lateness_trend(struct measuring *, struct measured *);
void measure_exposure(struct measuring *, struct measured *);
void measure_exposure_share(struct measuring *, struct measured *);

/* risk.c */
void measure_risk(struct measuring *, struct measured *);

/* measureservice.c: how well we serve the client */
void measure_on_time_in_full(struct measuring *, struct measured *);
void measure_late_deliveries(struct measuring *, struct measured *);
void measure_refused_deliveries(struct measuring *, struct measured *);
void measure_return_rate(struct measuring *, struct measured *);
void measure_complaint_rate(struct measuring *, struct measured *);
void measure_days_to_settle(struct measuring *, struct measured *);
void measure_open_complaints(struct measuring *, struct measured *);
void measure_repeated_causes(struct measuring *, struct measured *);
void measure_promises_kept(struct measuring *, struct measured *);
/* one that was due in the window; steps name those */
bool promise_is_broken(struct measuring *);

/* measurerelations.c */
void measure_contacts(struct measuring *, struct measured *);
void measure_functions(struct measuring *, struct measured *);
void measure_levels(struct measuring *, struct measured *);
void measure_last_contact(struct measuring *, struct measured *);
void measure_contact_age(struct measuring *, struct measured *);
void measure_one_person(struct measuring *, struct measured *);
void measure_manager_changes(struct measuring *, struct measured *);
void measure_relations(struct measuring *, struct measured *);
void measure_industry_rank(struct measuring *, struct measured *);
/* is a decider known who has not left? A step says who. */
bool decider_is_known(struct measuring *);
/* … and are all of them critics or blockers? */
bool decider_is_against(struct measuring *);

/* measureneeds.c */
void measure_needs_known(struct measuring *, struct measured *);
void measure_needs_met(struct measuring *, struct measured *);
void measure_competitive(struct measuring *, struct measured *);
#define COMPARISON_LEAST 3 /* criteria */
/* is a comparison of so many criteria, or are all comparisons together, all better, or all worse? They are worthless
 * then (S1). */
bool comparison_is_one_sided(struct measuring *);

/* measurevoice.c: satisfaction */
#define SURVEY_MONTHS 24 /* up to the window's end: older surveys do not count */
struct survey_count {
	unsigned sent, answered; /* of kind nps, in those months; answered by the window's end */
};
struct survey_count surveys_count(struct measuring *);
void measure_nps(struct measuring *, struct measured *);
void measure_nps_age(struct measuring *, struct measured *);
void measure_nps_response(struct measuring *, struct measured *);

/* measureplan.c */
void measure_plan_fact(struct measuring *, struct measured *);
void measure_run_rate(struct measuring *, struct measured *);
void measure_run_rate_share(struct measuring *, struct measured *);
void measure_forecast_error(struct measuring *, struct measured *);

/* verdict.c: what the others come to */
void measure_health_known(struct measuring *, struct measured *);
void measure_health(struct measuring *, struct measured *);
void measure_band(struct measuring *, struct measured *);
void measure_attractiveness_known(struct measuring *, struct measured *);
void measure_attractiveness(struct measuring *, struct measured *);
void measure_strength_known(struct measuring *, struct measured *);
void measure_strength(struct measuring *, struct measured *);
void measure_field(struct measuring *, struct measured *);
void measure_key(struct measuring *, struct measured *);

#endif
