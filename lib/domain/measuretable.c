/*
 * The table of measures, in the order in which they are computed and written.
 */
#include "domain/measuring.h"

static const char *const sizes[] = {"standard", "large", "monopoly", NULL};
static const char *const yes_no[] = {"no", "yes", NULL};
static const char *const bands[] = {"good", "watch", "at-risk", NULL};
static const char *const account_fields_of[] = {"strategic", "star", "status", "streamline", NULL};
static const char *const risks[] = {"low", "elevated", "high", NULL};
static const char *const classes[] = {"A", "B", "C", NULL};
static const char *const steadiness[] = {"X", "Y", "Z", NULL};

/* A row is its kind, what it needs, what it says, where that comes from and who computes it. */
/* clang-format off */
const struct measure measures[MEASURES] = {
    [MEASURE_SHARE] = {
	.name = "share", .stage = MEASURE_WHOLE, .places = 1, .unit = "%", .of_size = true,
	.needs = "sales, of this or any other account",
	.help = "part of the portfolio's margin, or by the basis of its revenue, in the window",
	.source = "S1", .measure = measure_share,
    },
    [MEASURE_SIZE] = {
	.name = "size", .type = MEASURE_WORD, .stage = MEASURE_WHOLE, .words = sizes, .rises = true,
	.of_size = true,
	.needs = "sales",
	.help = "by share: standard; large from the model's mark, 10 %; monopoly above the other, 20 %",
	.source = "S1", .measure = measure_size,
    },
    [MEASURE_VOLUME] = {
	.name = "volume", .stage = MEASURE_WHOLE, .places = 1, .unit = "%", .of_size = true,
	.needs = "sales",
	.help = "part of the portfolio's sales volume, returns taken off, in the window",
	.source = "S0", .measure = measure_volume,
    },
    [MEASURE_ABC] = {
	.name = "abc", .type = MEASURE_WORD, .stage = MEASURE_WHOLE, .words = classes, .of_size = true,
	.needs = "sales",
	.help = "A while all larger accounts together bring less than the model's mark, 80 %; B below "
	        "the next, 95 %; then C; as much brings the same class",
	.source = "S1", .measure = measure_abc,
    },
    [MEASURE_VARIATION] = {
	.name = "variation", .places = 1, .unit = "%",
	.needs = "three months since the first sale, revenue in the window",
	.help = "how far monthly revenue strays: standard deviation of the window's months since the "
	        "first sale, in per cent of their mean; a month without sales is 0",
	.measure = measure_variation,
    },
    [MEASURE_XYZ] = {
	.name = "xyz", .type = MEASURE_WORD, .words = steadiness,
	.needs = "variation",
	.help = "by variation: X, steady, up to the model's mark, 10 %; Y up to the other, 25 %; then "
	        "Z",
	.measure = measure_xyz,
    },
    [MEASURE_RFM] = {
	.name = "rfm", .type = MEASURE_DIGITS, .stage = MEASURE_WHOLE,
	.needs = "sales in the window, and an order",
	.help = "three digits, 5 the best fifth of the accounts with sales: recency of the last order, "
	        "number of orders in the window, amount; a digit is 1 and one more for each full fifth "
	        "of these accounts that has less, so that equals have the same",
	.measure = measure_rfm,
    },
    [MEASURE_GROWTH] = {
	.name = "growth", .places = 1, .unit = "%", .by_basis = true, .records = RECORD_BEFORE,
	.needs = "sales in the window before, and as far back as it begins, of this or any other "
	         "account",
	.help = "change against the window before",
	.source = "S1", .measure = measure_growth,
    },
    [MEASURE_TREND] = {
	.name = "trend", .places = 1, .unit = "% a month", .by_basis = true,
	.needs = "three months since the first sale",
	.help = "median of the slopes between all pairs of the window's months, or where two years are "
	        "known of the same months of two years, in per cent of the mean month",
	.source = "S1", .measure = measure_trend,
    },
    [MEASURE_LAST_ORDER] = {
	.name = "last-order", .type = MEASURE_DATE,
	.needs = "sales",
	.help = "day of the last order; where its month does not tell the days, the month's last",
	.measure = measure_last_order,
    },
    [MEASURE_GAP] = {
	.name = "gap", .places = 1, .unit = "days",
	.needs = "three order days",
	.help = "the usual time between orders: mean number of days from one order day to the next, of "
	        "the window and the one before, or of all time where these have fewer than three",
	.measure = measure_gap,
    },
    [MEASURE_RHYTHM] = {
	.name = "rhythm", .places = 1,
	.needs = "gap",
	.help = "days since the last order over the usual gap: above 1 an order is overdue",
	.measure = measure_rhythm,
    },
    [MEASURE_MARGIN_RATE] = {
	.name = "margin-rate", .places = 1, .unit = "%",
	.needs = "revenue in the window, a margin in each of its months",
	.help = "margin of the window in per cent of its revenue",
	.source = "S1", .measure = measure_margin_rate,
    },
    [MEASURE_MARGIN_RATE_CHANGE] = {
	.name = "margin-rate-change", .places = 1, .unit = "points",
	.needs = "margin rates of the window and of the one before",
	.help = "margin rate less that of the window before",
	.source = "S1", .measure = measure_margin_rate_change,
    },
    [MEASURE_DISCOUNT] = {
	.name = "discount", .places = 1, .unit = "%",
	.needs = "a contract in force that tells its discount",
	.help = "discount of the contracts in force on the window's last day, their mean by value; by "
	        "number, unless each has a value above 0",
	.source = "S1", .measure = measure_discount,
    },
    [MEASURE_DISCOUNT_CHANGE] = {
	.name = "discount-change", .places = 1, .unit = "points",
	.needs = "contracts that tell a discount, in force now and a year before",
	.help = "discount less that of the contracts in force a year before",
	.source = "S1", .measure = measure_discount_change,
    },
    [MEASURE_POTENTIAL] = {
	.name = "potential", .type = MEASURE_MONEY, .places = 2,
	.needs = "potential of the year in which the window ends",
	.help = "what the client could buy of us in as many months as the window has, by that year's "
	        "potential",
	.source = "S1", .measure = measure_potential,
    },
    [MEASURE_PENETRATION] = {
	.name = "penetration", .places = 1, .unit = "%",
	.needs = "potential of the year in which the window ends",
	.help = "share of wallet: sales volume of the window as part of the potential",
	.source = "S1", .measure = measure_penetration,
    },
    [MEASURE_PENETRATION_CHANGE] = {
	.name = "penetration-change", .places = 1, .unit = "points", .records = RECORD_BEFORE,
	.needs = "penetration, sales in the window before, potential of the year in which that ends",
	.help = "penetration less that of the window before, by the potential of the year in which "
	        "that one ends",
	.source = "S1", .measure = measure_penetration_change,
    },
    [MEASURE_PENETRATION_BY] = {
	.name = "penetration-by", .type = MEASURE_FLOW, .unit = "%",
	.needs = "potential by product, and products in each month with sales",
	.help = "penetration by product: what was sold of it in the window as part of what the "
	        "potential names of it",
	.source = "S1", .measure = measure_penetration_by,
    },
    [MEASURE_HEADROOM] = {
	.name = "headroom", .type = MEASURE_MONEY, .places = 2,
	.needs = "potential of the year in which the window ends",
	.help = "white space: potential less sales volume",
	.source = "S1", .measure = measure_headroom,
    },
    [MEASURE_HEADROOM_BY] = {
	.name = "headroom-by", .type = MEASURE_FLOW,
	.needs = "potential by product, and products in each month with sales",
	.help = "headroom by product: what the potential names of it, less what was sold of it in the "
	        "window",
	.source = "S1", .measure = measure_headroom_by,
    },
    [MEASURE_HEADROOM_DIVISION] = {
	.name = "headroom-division", .type = MEASURE_FLOW, .stage = MEASURE_WHOLE,
	.needs = "potential by division, and accounts of these divisions",
	.help = "headroom by the client's division, of those that are an account: this one, or one "
	        "whose parent it is; in the portfolio's currency",
	.source = "S1", .measure = measure_headroom_division,
    },
    [MEASURE_POTENTIAL_NEXT] = {
	.name = "potential-next", .type = MEASURE_MONEY, .places = 2,
	.needs = "potential of that year",
	.help = "what the client could buy of us in the year after the one in which the window ends",
	.source = "S1", .measure = measure_potential_next,
    },
    [MEASURE_POTENTIAL_3Y] = {
	.name = "potential-3y", .type = MEASURE_MONEY, .places = 2,
	.needs = "potential of one of these years",
	.help = "the same of the three years after it together; of a year without potential nothing is "
	        "known, and nothing is added",
	.source = "S1", .measure = measure_potential_3y,
    },
    [MEASURE_POTENTIAL_BY_YEAR] = {
	.name = "potential-by-year", .type = MEASURE_FLOW,
	.needs = "potential of the year in which the window ends, or of a later one",
	.help = "what the client could buy of us in each full year from the one in which the window "
	        "ends, as far as it is told",
	.source = "S1", .measure = measure_potential_by_year,
    },
    [MEASURE_BREADTH] = {
	.name = "breadth",
	.needs = "products in the window's sales",
	.help = "how many different products brought more than 0 in the window",
	.source = "S1", .measure = measure_breadth,
    },
    [MEASURE_GROUP_SHARE] = {
	.name = "group-share", .stage = MEASURE_WHOLE, .places = 1, .unit = "%", .of_size = true,
	.needs = "accounts whose parent it is",
	.help = "share of the account and all below it together: accounts whose parent it is, and "
	        "theirs",
	.source = "S2", .measure = measure_group_share,
    },
    [MEASURE_GROUP_VOLUME] = {
	.name = "group-volume", .stage = MEASURE_WHOLE, .places = 1, .unit = "%", .of_size = true,
	.needs = "accounts whose parent it is",
	.help = "their part of the portfolio's sales volume together",
	.source = "S2", .measure = measure_group_volume,
    },
    [MEASURE_GROUP_PENETRATION] = {
	.name = "group-penetration", .stage = MEASURE_WHOLE, .places = 1, .unit = "%",
	.needs = "accounts whose parent it is, and a potential of any of them",
	.help = "their sales volume as part of their potentials, both together",
	.source = "S2", .measure = measure_group_penetration,
    },
    [MEASURE_NET_MARGIN] = {
	.name = "net-margin", .type = MEASURE_MONEY, .places = 2,
	.needs = "a margin of every month sold in, start and end of programmes that cost something",
	.help = "margin of the window less the cost of programmes by their days inside it, scaled to a "
	        "year; what they brought stands in the margin; 0 less that cost for a client that has "
	        "bought before, not in the window",
	.source = "S0, S2", .measure = measure_net_margin,
    },
    [MEASURE_ALIVE] = {
	.name = "alive", .stage = MEASURE_WHOLE, .places = 2,
	.needs = "the days of its orders, and those of 30 accounts, 10 of which ordered again",
	.help = "chance, 0 to 1, that it still is a client, by the BG/NBD model fitted to the order "
	        "days of all accounts; 1 after a single order day",
	.measure = measure_alive,
    },
    [MEASURE_EXPECTED_ORDERS] = {
	.name = "expected-orders", .stage = MEASURE_WHOLE, .places = 1, .unit = "days",
	.needs = "what alive needs",
	.help = "days on which it will order in the twelve months after the window, by the same model",
	.measure = measure_expected_orders,
    },
    [MEASURE_NPV] = {
	.name = "npv", .type = MEASURE_MONEY, .stage = MEASURE_WHOLE, .places = 2,
	.needs = "net-margin; also alive where the model's npv.retention is that",
	.help = "net present value: the net margin of each of the model's coming years, as far as the "
	        "client stays, in today's money",
	.source = "S2", .measure = measure_npv,
    },
    [MEASURE_DSO] = {
	.name = "dso", .places = 1, .unit = "days",
	.needs = "invoices, and revenue in the window",
	.help = "days sales outstanding: what is open ÷ revenue of the window × its days",
	.measure = measure_dso,
    },
    [MEASURE_DSO_COUNTBACK] = {
	.name = "dso-countback", .places = 1, .unit = "days",
	.needs = "invoices, and as much revenue in the window and the one before as is open",
	.help = "the same by counting back: days of the last months whose revenue uses up what is "
	        "open, the last of them in part; a month that brought nothing counts in full",
	.measure = measure_dso_countback,
    },
    [MEASURE_DAYS_LATE] = {
	.name = "days-late", .places = 1, .unit = "days",
	.needs = "an invoice that fell due in the window, settled or open",
	.help = "mean days past due of the invoices that fell due in the window, until each was "
	        "settled or so far; early ones count 0; what is paid in full without a day of "
	        "settlement is left out",
	.source = "S1", .measure = measure_days_late,
    },
    [MEASURE_DAYS_LATE_WORST] = {
	.name = "days-late-worst", .unit = "days",
	.needs = "an invoice that fell due in the window, or is past due",
	.help = "the most of these, and of those that fell due before the window and are open",
	.source = "S1", .measure = measure_days_late_worst,
    },
    [MEASURE_OVERDUE] = {
	.name = "overdue", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "what is open past its due day; without a due day nothing is",
	.source = "S1", .measure = measure_overdue,
    },
    [MEASURE_OVERDUE_SHARE] = {
	.name = "overdue-share", .places = 1, .unit = "%",
	.needs = "open invoices, each with an amount",
	.help = "part that is past due of all that is open",
	.source = "S1", .measure = measure_overdue_share,
    },
    [MEASURE_NOT_DUE] = {
	.name = "not-due", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "ageing: what is open and not past due, or has no due day",
	.measure = measure_not_due,
    },
    [MEASURE_OVERDUE_30] = {
	.name = "overdue-30", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "ageing: what is 1 to 30 days past due",
	.measure = measure_overdue_30,
    },
    [MEASURE_OVERDUE_60] = {
	.name = "overdue-60", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "ageing: 31 to 60 days",
	.measure = measure_overdue_60,
    },
    [MEASURE_OVERDUE_90] = {
	.name = "overdue-90", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "ageing: 61 to 90 days",
	.measure = measure_overdue_90,
    },
    [MEASURE_OVERDUE_OLDER] = {
	.name = "overdue-older", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "ageing: over 90 days",
	.measure = measure_overdue_older,
    },
    [MEASURE_LATENESS_TREND] = {
	.name = "lateness-trend", .places = 1, .unit = "days",
	.needs = "three invoices that fell due in each half of the window",
	.help = "change of the mean days late, second half of the window against the first; above 0 it "
	        "pays later; the middle month of an odd window is in neither half",
	.source = "S1, S4", .measure = measure_lateness_trend,
    },
    [MEASURE_EXPOSURE] = {
	.name = "exposure", .type = MEASURE_MONEY, .places = 2,
	.needs = "invoices; an amount of each that is open",
	.help = "all that is open, due or not; what was ordered and not yet invoiced is not in it",
	.source = "S1", .measure = measure_exposure,
    },
    [MEASURE_EXPOSURE_SHARE] = {
	.name = "exposure-share", .places = 1, .unit = "%",
	.needs = "invoices, and a reliability check with a limit",
	.help = "exposure as part of the credit limit of the newest check that has one",
	.source = "S1", .measure = measure_exposure_share,
    },
    [MEASURE_RISK] = {
	.name = "risk", .type = MEASURE_WORD, .words = risks, .rises = true,
	.needs = "invoices, or a reliability check",
	.help = "low, elevated or high by the points of its grounds: what is overdue and for how long, "
	        "how late and how much later it pays, the credit limit, reputation and finances by the "
	        "newest check, returns; each ground that earns points raises a flag, and those without "
	        "data earn none",
	.source = "S1, S4", .measure = measure_risk,
    },
    [MEASURE_ON_TIME_IN_FULL] = {
	.name = "on-time-in-full", .places = 1, .unit = "%",
	.needs = "deliveries promised in the window",
	.help = "part of the deliveries promised in the window that came by the promised day and in "
	        "full; a refused one did not; one that came in time and does not say whether in full "
	        "is left out",
	.source = "S0, S1", .measure = measure_on_time_in_full,
    },
    [MEASURE_LATE_DELIVERIES] = {
	.name = "late-deliveries",
	.needs = "deliveries promised in the window",
	.help = "how many of them came after the promised day, or have not come and are not refused",
	.source = "S0, S1", .measure = measure_late_deliveries,
    },
    [MEASURE_REFUSED_DELIVERIES] = {
	.name = "refused-deliveries",
	.needs = "deliveries promised in the window, or without a promised day ordered in it",
	.help = "how many of them were refused, wholly or in part",
	.source = "S3", .measure = measure_refused_deliveries,
    },
    [MEASURE_RETURN_RATE] = {
	.name = "return-rate", .places = 1, .unit = "%",
	.needs = "sales in the window that tell of returns, and more of them than returns",
	.help = "returns as part of gross sales, which are revenue and returns together",
	.source = "S0", .measure = measure_return_rate,
    },
    [MEASURE_COMPLAINT_RATE] = {
	.name = "complaint-rate", .places = 1, .unit = "per 100 orders", .records = RECORD_COMPLAINTS,
	.needs = "orders in the window; complaints, of this or any other account",
	.help = "complaints opened in the window to 100 orders of it; none recorded is none",
	.source = "S0", .measure = measure_complaint_rate,
    },
    [MEASURE_DAYS_TO_SETTLE] = {
	.name = "days-to-settle", .places = 1, .unit = "days",
	.needs = "complaints closed in the window",
	.help = "mean days from opening to closing of the complaints closed in the window; those that "
	        "are open are not in it, see open-complaints",
	.source = "S0", .measure = measure_days_to_settle,
    },
    [MEASURE_OPEN_COMPLAINTS] = {
	.name = "open-complaints", .records = RECORD_COMPLAINTS,
	.needs = "complaints, of this or any other account",
	.help = "complaints that are not closed at the window's end",
	.source = "S0", .measure = measure_open_complaints,
    },
    [MEASURE_REPEATED_CAUSES] = {
	.name = "repeated-causes", .records = RECORD_COMPLAINTS,
	.needs = "complaints, of this or any other account",
	.help = "how many causes two or more complaints opened in the window have, whatever the case "
	        "of their letters",
	.source = "S0, S1", .measure = measure_repeated_causes,
    },
    [MEASURE_PROMISES_KEPT] = {
	.name = "promises-kept", .places = 1, .unit = "%",
	.needs = "promises due in the window",
	.help = "part of the promises due in the window that were kept by their day",
	.source = "S2", .measure = measure_promises_kept,
    },
    [MEASURE_CONTACTS] = {
	.name = "contacts", .records = RECORD_PEOPLE,
	.needs = "people, of this or any other account",
	.help = "people known who have not left; the model wants four at the least",
	.source = "S1", .measure = measure_contacts,
    },
    [MEASURE_FUNCTIONS] = {
	.name = "functions", .records = RECORD_PEOPLE,
	.needs = "people, of this or any other account",
	.help = "how many functions of the client these people come from",
	.source = "S1", .measure = measure_functions,
    },
    [MEASURE_LEVELS] = {
	.name = "levels", .records = RECORD_PEOPLE,
	.needs = "people, of this or any other account; with people, the level of one",
	.help = "how many levels of the client, of five, these people stand on",
	.source = "S1", .measure = measure_levels,
    },
    [MEASURE_LAST_CONTACT] = {
	.name = "last-contact", .type = MEASURE_DATE,
	.needs = "the log",
	.help = "the last contact with the client in the log, up to the window's end",
	.source = "S1", .measure = measure_last_contact,
    },
    [MEASURE_CONTACT_AGE] = {
	.name = "contact-age", .unit = "days",
	.needs = "the log",
	.help = "days from the last contact to the window's end",
	.source = "S1", .measure = measure_contact_age,
    },
    [MEASURE_ONE_PERSON] = {
	.name = "one-person", .places = 1, .unit = "%",
	.needs = "three contacts in the window that say with whom",
	.help = "of the window's contacts in the log that say with whom, those in which the client's "
	        "most met person took part",
	.source = "S0", .measure = measure_one_person,
    },
    [MEASURE_MANAGER_CHANGES] = {
	.name = "manager-changes",
	.needs = "contacts in the log that say by whom, in two half-years",
	.help = "how often in two years another of us made most of a half-year's contacts than in the "
	        "one before; half-years without contacts are passed over, and who made as many as "
	        "another stays",
	.source = "S1", .measure = measure_manager_changes,
    },
    [MEASURE_NEEDS_KNOWN] = {
	.name = "needs-known", .places = 1, .unit = "%",
	.needs = "needs",
	.help = "of the client's needs, those asked about in the twelve months to the window's end; "
	        "what was asked first after it is left out",
	.source = "S0, S1", .measure = measure_needs_known,
    },
    [MEASURE_NEEDS_MET] = {
	.name = "needs-met", .places = 1, .unit = "%",
	.needs = "needs",
	.help = "of the client's needs, those that are met; without a state a need is open",
	.source = "S0, S1", .measure = measure_needs_met,
    },
    [MEASURE_COMPETITIVE] = {
	.name = "competitive", .places = 1,
	.needs = "a criterion of a comparison with weight, us and them",
	.help = "as the client sees it: mean of us less them by weight, over all criteria of all "
	        "competitors; −4 to 4",
	.source = "S1", .measure = measure_competitive,
    },
    [MEASURE_RELATIONS] = {
	.name = "relations", .records = RECORD_PEOPLE,
	.needs = "people or contacts with them; people, of this or any other account",
	.help = "0 to 100: the mean of contacts, functions, levels, decider, main contact, recency, "
	        "one-person and manager-changes, as the manual has it; parts without data left out",
	.source = "S1, S2", .measure = measure_relations,
    },
    [MEASURE_NPS] = {
	.name = "nps",
	.needs = "a survey of kind nps, answered in the two years to the window's end",
	.help = "the last answer, 0 to 10, of the two years to the window's end",
	.source = "S0, S1", .measure = measure_nps,
    },
    [MEASURE_NPS_AGE] = {
	.name = "nps-age", .unit = "days",
	.needs = "an answered survey of kind nps",
	.help = "days from the last answer, however old, to the window's end",
	.source = "S1", .measure = measure_nps_age,
    },
    [MEASURE_NPS_RESPONSE] = {
	.name = "nps-response", .places = 1, .unit = "%",
	.needs = "a survey of kind nps sent in the two years to the window's end",
	.help = "of those sent, the answered ones",
	.source = "S0, S2", .measure = measure_nps_response,
    },
    [MEASURE_PLAN_FACT] = {
	.name = "plan-fact", .places = 1, .unit = "%",
	.needs = "a plan of the year in which the window ends",
	.help = "revenue from January to the window's end, as part of the plan of these months; what "
	        "of the plan is not named by month is spread evenly",
	.source = "S0, S1", .measure = measure_plan_fact,
    },
    [MEASURE_RUN_RATE] = {
	.name = "run-rate", .type = MEASURE_MONEY, .places = 2,
	.needs = "a plan of the year in which the window ends",
	.help = "what the year will bring if it goes on so: revenue since January, or since the first "
	        "sale where that is later, by its months, times these and those that are left",
	.source = "S1", .measure = measure_run_rate,
    },
    [MEASURE_RUN_RATE_SHARE] = {
	.name = "run-rate-share", .places = 1, .unit = "%",
	.needs = "a plan of the year in which the window ends",
	.help = "run-rate as part of the year's plan",
	.source = "S1", .measure = measure_run_rate_share,
    },
    [MEASURE_FORECAST_ERROR] = {
	.name = "forecast-error", .places = 1, .unit = "%",
	.needs = "a forecast of a month of the window, and sales in such months",
	.help = "how far forecasts were from the fact: the mean distance, as part of the mean fact",
	.source = "S1", .measure = measure_forecast_error,
    },
    [MEASURE_INDUSTRY_RANK] = {
	.name = "industry-rank",
	.needs = "profile.industry-rank",
	.help = "the client's place by size in its industry or territory, 1 the largest",
	.source = "S0", .measure = measure_industry_rank,
    },
    [MEASURE_HEALTH_KNOWN] = {
	.name = "health-known", .stage = MEASURE_WHOLE, .unit = "%",
	.needs = "criteria of it in the model",
	.help = "how much is known for it: of the weights of the model's health, those whose measures "
	        "have data",
	.measure = measure_health_known,
    },
    [MEASURE_HEALTH] = {
	.name = "health", .stage = MEASURE_WHOLE,
	.needs = "health-known of the model's known.least, 31",
	.help = "0 to 100: is the relationship well? The mean of the points of the model's criteria, "
	        "by their weights; those without data left out",
	.measure = measure_health,
    },
    [MEASURE_BAND] = {
	.name = "band", .type = MEASURE_WORD, .stage = MEASURE_WHOLE, .words = bands,
	.needs = "health, unless lapsed",
	.help = "of health by the model's marks: good from 70, watch from 40, else at-risk; at-risk too, "
	        "whatever its health, who has lapsed; written with the band before and since when, "
	        "where an earlier score told it",
	.measure = measure_band,
    },
    [MEASURE_ATTRACTIVENESS_KNOWN] = {
	.name = "attractiveness-known", .stage = MEASURE_WHOLE, .unit = "%",
	.needs = "criteria of it in the model",
	.help = "the same of the model's attractiveness",
	.measure = measure_attractiveness_known,
    },
    [MEASURE_ATTRACTIVENESS] = {
	.name = "attractiveness", .stage = MEASURE_WHOLE,
	.needs = "attractiveness-known of known.least",
	.help = "0 to 100: what the client could be worth, by the model's criteria",
	.source = "S1", .measure = measure_attractiveness,
    },
    [MEASURE_STRENGTH_KNOWN] = {
	.name = "strength-known", .stage = MEASURE_WHOLE, .unit = "%",
	.needs = "criteria of it in the model",
	.help = "the same of the model's strength",
	.measure = measure_strength_known,
    },
    [MEASURE_STRENGTH] = {
	.name = "strength", .stage = MEASURE_WHOLE,
	.needs = "strength-known of known.least",
	.help = "0 to 100: where we stand with it, by the model's criteria",
	.measure = measure_strength,
    },
    [MEASURE_FIELD] = {
	.name = "field", .type = MEASURE_WORD, .stage = MEASURE_WHOLE, .words = account_fields_of,
	.needs = "attractiveness and strength",
	.help = "strategic: both are high by the model's marks; star: attractive, and we are not "
	        "strong yet; status: we are strong where little is to be won; streamline: neither",
	.measure = measure_field,
    },
    [MEASURE_KEY] = {
	.name = "key", .type = MEASURE_WORD, .stage = MEASURE_WHOLE, .words = yes_no, .rises = true,
	.needs = "nothing",
	.help = "yes if enough lines of the model's profile hold, two, and not those of size alone or "
	        "of a name alone; a line without data does not hold",
	.source = "S1", .measure = measure_key,
    },
};
/* clang-format on */
