#include "domain/measure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "domain/measuring.h"
#include "domain/steps.h"

static const char *const sizes[] = {"standard", "large", "monopoly", NULL};
static const char *const yes_no[] = {"no", "yes", NULL};
static const char *const bands[] = {"good", "watch", "at-risk", NULL};
static const char *const account_fields_of[] = {"strategic", "star", "status", "streamline", NULL};
static const char *const classes[] = {"A", "B", "C", NULL};

const struct measure measures[MEASURES] = {
    [MEASURE_SHARE] = {.name = "share",
		       .of_size = true,
		       .stage = MEASURE_WHOLE,
		       .places = 1,
		       .unit = "%",
		       .needs = "sales, of this or any other account",
		       .help =
			   "part of the portfolio's margin, or by the basis of its revenue, in the window",
		       .source = "S1",
		       .measure = measure_share},
    [MEASURE_SIZE] =
	{.name = "size",
	 .of_size = true,
	 .type = MEASURE_WORD,
	 .stage = MEASURE_WHOLE,
	 .words = sizes,
	 .needs = "sales",
	 .help = "by share: standard; large from the model's mark, 10 %; monopoly above the other, 20 %",
	 .source = "S1",
	 .measure = measure_size},
    [MEASURE_VOLUME] = {.name = "volume",
			.of_size = true,
			.stage = MEASURE_WHOLE,
			.places = 1,
			.unit = "%",
			.needs = "sales",
			.help = "part of the portfolio's sales volume, returns taken off, in the window",
			.source = "S0",
			.measure = measure_volume},
    [MEASURE_ABC] =
	{.name = "abc",
	 .of_size = true,
	 .type = MEASURE_WORD,
	 .stage = MEASURE_WHOLE,
	 .words = classes,
	 .needs = "sales",
	 .help = "A while all larger accounts together bring less than the model's mark, 80 %; B below the "
		 "next, 95 %; then C; as much brings the same class",
	 .source = "S1",
	 .measure = measure_abc},
    [MEASURE_GROWTH] = {.name = "growth",
			.places = 1,
			.by_basis = true,
			.unit = "%",
			.needs = "sales in the window before",
			.help = "change against the window before",
			.source = "S1",
			.measure = measure_growth},
    [MEASURE_TREND] =
	{.name = "trend",
	 .places = 1,
	 .by_basis = true,
	 .unit = "% a month",
	 .needs = "three months since the first sale",
	 .help = "median of the slopes between all pairs of the window's months, in per cent of the mean "
		 "month",
	 .source = "S1",
	 .measure = measure_trend},
    [MEASURE_POTENTIAL] =
	{.name = "potential",
	 .type = MEASURE_MONEY,
	 .places = 2,
	 .needs = "potential of the year in which the window ends",
	 .help = "what the client could buy of us in as many months as the window has, by that year's "
		 "potential",
	 .source = "S1",
	 .measure = measure_potential},
    [MEASURE_PENETRATION] = {.name = "penetration",
			     .places = 1,
			     .unit = "%",
			     .needs = "potential of the year in which the window ends",
			     .help = "share of wallet: sales volume of the window as part of the potential",
			     .source = "S1",
			     .measure = measure_penetration},
    [MEASURE_HEADROOM] = {.name = "headroom",
			  .type = MEASURE_MONEY,
			  .places = 2,
			  .needs = "potential of the year in which the window ends",
			  .help = "white space: potential less sales volume",
			  .source = "S1",
			  .measure = measure_headroom},
    [MEASURE_NET_MARGIN] =
	{.name = "net-margin",
	 .type = MEASURE_MONEY,
	 .places = 2,
	 .needs = "a margin of every month sold in, start and end of programmes that cost something",
	 .help =
	     "margin of the window less the cost of programmes by their days inside it, scaled to a year; "
	     "what they brought stands in the margin; 0 less that cost for a client that has bought before, "
	     "not in the window",
	 .source = "S0, S2",
	 .measure = measure_net_margin},
    [MEASURE_ALIVE] =
	{.name = "alive",
	 .stage = MEASURE_WHOLE,
	 .places = 2,
	 .needs = "the days of its orders, and those of 30 accounts, 10 of which ordered again",
	 .help = "chance, 0 to 1, that it still is a client, by the BG/NBD model fitted to the order days of "
		 "all accounts; 1 after a single order day",
	 .measure = measure_alive},
    [MEASURE_EXPECTED_ORDERS] =
	{.name = "expected-orders",
	 .stage = MEASURE_WHOLE,
	 .places = 1,
	 .unit = "days",
	 .needs = "what alive needs",
	 .help = "days on which it will order in the twelve months after the window, by the same model",
	 .measure = measure_expected_orders},
    [MEASURE_NPV] = {.name = "npv",
		     .type = MEASURE_MONEY,
		     .stage = MEASURE_WHOLE,
		     .places = 2,
		     .needs = "net-margin; also alive where the model's npv.retention is that",
		     .help =
			 "net present value: the net margin of each of the model's coming years, as far as "
			 "the client stays, in today's money",
		     .source = "S2",
		     .measure = measure_npv},
    [MEASURE_CONTACTS] = {.name = "contacts",
			  .needs = "nothing",
			  .help = "people known who have not left; the model wants four at the least",
			  .source = "S1",
			  .measure = measure_contacts},
    [MEASURE_FUNCTIONS] = {.name = "functions",
			   .needs = "nothing",
			   .help = "how many functions of the client these people come from",
			   .source = "S1",
			   .measure = measure_functions},
    [MEASURE_LEVELS] = {.name = "levels",
			.needs = "nothing; with people, the level of one",
			.help = "how many levels of the client, of five, these people stand on",
			.source = "S1",
			.measure = measure_levels},
    [MEASURE_LAST_CONTACT] = {.name = "last-contact",
			      .type = MEASURE_DATE,
			      .needs = "the log",
			      .help = "the last contact with the client in the log, up to the window's end",
			      .source = "S1",
			      .measure = measure_last_contact},
    [MEASURE_CONTACT_AGE] = {.name = "contact-age",
			     .unit = "days",
			     .needs = "the log",
			     .help = "days from the last contact to the window's end",
			     .source = "S1",
			     .measure = measure_contact_age},
    [MEASURE_ONE_PERSON] = {.name = "one-person",
			    .places = 1,
			    .unit = "%",
			    .needs = "three contacts in the window that say with whom",
			    .help = "of the window's contacts in the log that say with whom, those in which "
				    "the client's most met person took part",
			    .source = "S0",
			    .measure = measure_one_person},
    [MEASURE_MANAGER_CHANGES] =
	{.name = "manager-changes",
	 .needs = "contacts in the log that say by whom, in two half-years",
	 .help = "how often in two years another of us made most of a half-year's contacts than in the one "
		 "before; half-years without contacts are passed over, and who made as many as another stays",
	 .source = "S1",
	 .measure = measure_manager_changes},
    [MEASURE_NEEDS_KNOWN] = {.name = "needs-known",
			     .places = 1,
			     .unit = "%",
			     .needs = "needs",
			     .help = "of the client's needs, those asked about in the twelve months to the "
				     "window's end; what was asked first after it is left out",
			     .source = "S0, S1",
			     .measure = measure_needs_known},
    [MEASURE_NEEDS_MET] = {.name = "needs-met",
			   .places = 1,
			   .unit = "%",
			   .needs = "needs",
			   .help =
			       "of the client's needs, those that are met; without a state a need is open",
			   .source = "S0, S1",
			   .measure = measure_needs_met},
    [MEASURE_COMPETITIVE] = {.name = "competitive",
			     .places = 1,
			     .needs = "a criterion of a comparison with weight, us and them",
			     .help = "as the client sees it: mean of us less them by weight, over all "
				     "criteria of all competitors; −4 to 4",
			     .source = "S1",
			     .measure = measure_competitive},
    [MEASURE_RELATIONS] = {.name = "relations",
			   .needs = "people or contacts with them",
			   .help =
			       "0 to 100: the mean of contacts, functions, levels, decider, main contact, "
			       "recency and one-person, as the manual has it; parts without data left out",
			   .source = "S1, S2",
			   .measure = measure_relations},
    [MEASURE_NPS] = {.name = "nps",
		     .needs = "an answered survey of kind nps",
		     .help = "the last answer, 0 to 10, up to the window's end",
		     .source = "S0, S1",
		     .measure = measure_nps},
    [MEASURE_NPS_AGE] = {.name = "nps-age",
			 .unit = "days",
			 .needs = "an answered survey of kind nps",
			 .help = "days from that answer to the window's end",
			 .source = "S1",
			 .measure = measure_nps_age},
    [MEASURE_NPS_RESPONSE] = {.name = "nps-response",
			      .places = 1,
			      .unit = "%",
			      .needs = "a survey of kind nps sent in the two years to the window's end",
			      .help = "of those sent, the answered ones",
			      .source = "S0, S2",
			      .measure = measure_nps_response},
    [MEASURE_PLAN_FACT] = {.name = "plan-fact",
			   .places = 1,
			   .unit = "%",
			   .needs = "a plan of the year in which the window ends",
			   .help = "revenue from January to the window's end, as part of the plan of these "
				   "months; what of the plan is not named by month is spread evenly",
			   .source = "S0, S1",
			   .measure = measure_plan_fact},
    [MEASURE_RUN_RATE] =
	{.name = "run-rate",
	 .type = MEASURE_MONEY,
	 .places = 2,
	 .needs = "a plan of the year in which the window ends",
	 .help = "what the year will bring if it goes on so: revenue since January, by months, times 12",
	 .source = "S1",
	 .measure = measure_run_rate},
    [MEASURE_RUN_RATE_SHARE] = {.name = "run-rate-share",
				.places = 1,
				.unit = "%",
				.needs = "a plan of the year in which the window ends",
				.help = "run-rate as part of the year's plan",
				.source = "S1",
				.measure = measure_run_rate_share},
    [MEASURE_FORECAST_ERROR] =
	{.name = "forecast-error",
	 .places = 1,
	 .unit = "%",
	 .needs = "a forecast of a month of the window with sales",
	 .help = "how far forecasts were from the fact: the mean distance, as part of the mean fact",
	 .source = "S1",
	 .measure = measure_forecast_error},
    [MEASURE_INDUSTRY_RANK] = {.name = "industry-rank",
			       .needs = "profile.industry-rank",
			       .help =
				   "the client's place by size in its industry or territory, 1 the largest",
			       .source = "S0",
			       .measure = measure_industry_rank},
    [MEASURE_HEALTH] =
	{.name = "health",
	 .stage = MEASURE_WHOLE,
	 .needs = "any measure of the model's health",
	 .help = "0 to 100: is the relationship well? The mean of the points of the model's criteria, by "
		 "their weights; those without data left out",
	 .measure = measure_health},
    [MEASURE_BAND] =
	{.name = "band",
	 .type = MEASURE_WORD,
	 .stage = MEASURE_WHOLE,
	 .words = bands,
	 .needs = "health",
	 .help = "of health by the model's marks: good from 70, watch from 40, else at-risk; written with "
		 "the band before and since when, where an earlier score told it",
	 .measure = measure_band},
    [MEASURE_ATTRACTIVENESS] = {.name = "attractiveness",
				.stage = MEASURE_WHOLE,
				.needs = "any measure of the model's attractiveness",
				.help = "0 to 100: what the client could be worth, by the model's criteria",
				.source = "S1",
				.measure = measure_attractiveness},
    [MEASURE_STRENGTH] = {.name = "strength",
			  .stage = MEASURE_WHOLE,
			  .needs = "any measure of the model's strength",
			  .help = "0 to 100: where we stand with it, by the model's criteria",
			  .measure = measure_strength},
    [MEASURE_FIELD] =
	{.name = "field",
	 .type = MEASURE_WORD,
	 .stage = MEASURE_WHOLE,
	 .words = account_fields_of,
	 .needs = "attractiveness and strength",
	 .help = "strategic: both are high by the model's marks; star: attractive, and we are not strong "
		 "yet; status: we are strong where little is to be won; streamline: neither",
	 .measure = measure_field},
    [MEASURE_KEY] =
	{.name = "key",
	 .type = MEASURE_WORD,
	 .stage = MEASURE_WHOLE,
	 .words = yes_no,
	 .needs = "nothing",
	 .help = "yes if enough lines of the model's profile hold, two, and not those of size alone or of "
		 "a name alone; a line without data does not hold",
	 .source = "S1",
	 .measure = measure_key},
};

const struct measure *
measure_find(const char *name)
{
	for (size_t i = 0; i < MEASURES; i++) {
		if (strcmp(measures[i].name, name) == 0)
			return &measures[i];
	}
	return NULL;
}

bool
measured_known(const struct measured *v)
{
	return v->number.known || v->flow;
}

const char *
measured_word(const struct measure *m, const struct measured *v)
{
	return m->type == MEASURE_WORD && v->number.known ? m->words[v->number.units] : NULL;
}

void
measured_format(const struct measure *m, const struct measured *v, struct buf *out)
{
	if (!measured_known(v))
		return;
	switch (m->type) {
	case MEASURE_WORD:
		buf_adds(out, measured_word(m, v));
		break;
	case MEASURE_DATE:
		date_format(out, date_from_days((long)v->number.units));
		break;
	case MEASURE_FLOW:
		buf_adds(out, v->flow);
		break;
	default:
		decimal_format(out, v->number, m->places);
	}
}

/* What rows say */

void
measured_number(struct measured *v, struct decimal number)
{
	*v = (struct measured){.number = number};
}

void
measured_int(struct measured *v, long long number)
{
	*v = (struct measured){.number = decimal_int(number)};
}

void
measured_double(struct measured *v, double number, int places)
{
	double units = round(number * pow(10, places));

	if (fabs(units) < 1e30)
		measured_number(v, (struct decimal){(int128)units, places, true});
	else
		measured_missing(v, "it cannot be computed from such figures");
}

void
measured_index(struct measured *v, int word)
{
	measured_int(v, word);
}

void
measured_date(struct measured *v, struct date date)
{
	measured_int(v, date_days(date));
}

void
measured_missing(struct measured *v, const char *why)
{
	*v = (struct measured){.missing = why};
}

void
sum_add(struct measuring *m, struct decimal *sum, const struct decimal *amount)
{
	if (!amount->known)
		return;
	if (!sum->known)
		*sum = *amount;
	else if (decimal_add(sum, sum, amount) < 0)
		m->overflow = true;
}

void
measured_percent(struct measuring *m, struct measured *v, const struct decimal *part,
		 const struct decimal *whole, int places, const char *why)
{
	struct decimal hundred = decimal_int(100), scaled, percent;

	if (!part->known || !whole->known || decimal_sign(whole) <= 0) {
		measured_missing(v, why);
		return;
	}
	if (decimal_mul(&scaled, part, &hundred) < 0 || decimal_div(&percent, &scaled, whole, places) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, percent);
	if (measuring_explains(m))
		measuring_step(m, "100 × %s ÷ %s = %s", measuring_text(m, *part, 2),
			       measuring_text(m, *whole, 2), measuring_text(m, percent, places));
}

void
measured_percent_counted(struct measuring *m, struct measured *v, long part, long whole)
{
	struct decimal hundredfold = decimal_int(100LL * part), of = decimal_int(whole), percent = {0};

	decimal_div(&percent, &hundredfold, &of, 1);
	measured_number(v, percent);
	if (measuring_explains(m))
		measuring_step(m, "100 × %ld ÷ %ld = %s", part, whole, measuring_text(m, percent, 1));
}

/* Steps */

bool
measuring_explains(const struct measuring *m)
{
	return m->steps;
}

void
measuring_step(struct measuring *m, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	if (!m->steps)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	buf_adds(&m->steps->of[m->steps->now], line);
	buf_addc(&m->steps->of[m->steps->now], '\n');
}

const char *
measuring_text(const struct measuring *m, struct decimal d, int places)
{
	struct buf text = {0};
	const char *kept;

	decimal_format(&text, d, places);
	kept = arena_strdup(m->arena, text.len ? text.data : "unknown");
	buf_free(&text);
	return kept;
}

const char *
measuring_exact(const struct measuring *m, struct decimal d)
{
	return measuring_text(m, d, d.places);
}

void
steps_free(struct steps *steps)
{
	for (size_t i = 0; i < MEASURES; i++)
		buf_free(&steps->of[i]);
}
