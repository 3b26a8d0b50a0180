/*
 * What dates say: their order, what cannot lie in the future, what has grown
 * stale.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/checkrun.h"

#define YEARS_MOST 120 /* of a person's age */

/* dates of one map, the first of which is not after the second */
static const struct order {
	const char *path;
	const char *first;
	const char *second;
} orders[] = {
    {"reliability", "date", "next"},
    {"contracts", "start", "end"},
    {"programmes", "start", "end"},
    {"deals", "opened", "expected-close"},
    {"deals", "opened", "closed"},
    {"deals.proposal", "approved", "sent"},
    {"deals.proposal", "sent", "acknowledged"},
    {"deals.proposal", "sent", "valid-until"},
    {"projects", "start", "due"},
    {"projects", "start", "review"},
    {"projects", "start", "done"},
    {"complaints", "opened", "answered"},
    {"complaints", "opened", "closed"},
    {"surveys", "sent", "date"},
    {"log", "date", "next"},
    {"deliveries", "ordered", "promised"},
    {"deliveries", "ordered", "delivered"},
    {"invoices", "date", "due"},
    {"invoices", "date", "settled"},
};

/* dates of what has happened, and the month of what was sold */
static const struct past {
	const char *path;
	const char *field;
} pasts[] = {
    {"reliability", "date"},	{"needs", "asked"},
    {"potential", "assessed"},	{"deals", "opened"},
    {"deals", "closed"},	{"deals.proposal", "approved"},
    {"deals.proposal", "sent"}, {"deals.proposal", "acknowledged"},
    {"projects", "done"},	{"promises", "kept"},
    {"plan.actions", "done"},	{"complaints", "opened"},
    {"complaints", "answered"}, {"complaints", "closed"},
    {"surveys", "sent"},	{"surveys", "date"},
    {"voice", "date"},		{"referrals", "date"},
    {"news", "date"},		{"audit", "date"},
    {"audit.actions", "done"},	{"log", "date"},
    {"followups", "done"},	{"sales", "month"},
    {"deliveries", "ordered"},	{"deliveries", "delivered"},
    {"invoices", "settled"},
};

/* a year, where the sources say "regularly" and no more; the audit's is that of kam-dossier audit too */
const struct check_age check_ages[] = {
    {"needs", "asked", NULL, false, "1y", "needs are asked about regularly (S1)"},
    {"potential", "assessed", NULL, false, "1y",
     "potential is assessed again, for this year and those to come (S1, S2)"},
    {"reliability", "date", "next", true, "1y", "reliability is checked before and during the work (S1)"},
    {"surveys", "date", NULL, true, "1y", "satisfaction is asked about regularly (S0, S1)"},
    {"audit", "date", NULL, true, "6m", "the whole work is audited every half-year or year at least (S2)"},
    {"told", NULL, NULL, false, "90d", "the main contact is told of every contact with the client (S2)"},
};
const size_t n_check_ages = sizeof check_ages / sizeof *check_ages;

_Static_assert(sizeof check_ages / sizeof *check_ages <= CHECK_AGES_MAX,
	       "an age has no place in the options");

void
check_options_init(struct check_options *options, struct date today)
{
	*options = (struct check_options){.today = today};
	for (size_t i = 0; i < n_check_ages; i++)
		offset_parse(check_ages[i].age, strlen(check_ages[i].age), &options->age[i]);
}

int
check_age_set(struct check_options *options, const char *text, struct error *err)
{
	size_t n = strcspn(text, "=");
	const char *age = text[n] ? text + n + 1 : "";

	for (size_t i = 0; i < n_check_ages; i++) {
		if (strlen(check_ages[i].section) != n || memcmp(check_ages[i].section, text, n) != 0)
			continue;
		options->age[i] = (struct offset){0};
		if (strcmp(age, "off") == 0 || offset_parse(age, strlen(age), &options->age[i]) == 0)
			return 0;
		return error_set(err, "not an age, as 90d, 6m, 1y, or off: \"%.60s\"", age);
	}
	return error_set(
	    err, "no age is known of \"%.*s\"; it is of needs, potential, reliability, surveys, audit, told",
	    n < 60 ? (int)n : 60, text);
}

struct offset
check_age(const struct check *c, const char *section)
{
	size_t i = 0;

	while (i + 1 < n_check_ages && strcmp(check_ages[i].section, section) != 0)
		i++;
	return c->options->age[i];
}

bool
check_age_is_past(const char *section, struct date date, struct date today)
{
	struct check_options defaults;
	const struct check c = {.options = &defaults};

	check_options_init(&defaults, today);
	return date_cmp(date_add_offset(date, check_age(&c, section), 1, NULL), today) < 0;
}

static struct date
date_of(const struct node *map, const char *name)
{
	const char *text = node_get_text(map, name);
	struct date date = {0};

	if (text)
		date_parse(text, strlen(text), &date);
	return date;
}

static void
visit_order(const struct check *c, const struct node *map, const void *row)
{
	const struct order *o = row;
	struct date first = date_of(map, o->first), second;

	if (!date_is_set(first))
		return;
	second = date_of(map, o->second);
	if (date_is_set(second) && date_cmp(first, second) > 0)
		check_put(c, "date-order", node_get(map, o->second), "%s: %s %s is before %s %s", o->path,
			  o->second, node_get_text(map, o->second), o->first, node_get_text(map, o->first));
}

static void
visit_past(const struct check *c, const struct node *map, const void *row)
{
	const struct past *p = row;
	const char *text = node_get_text(map, p->field);
	struct date date = {0}, today = c->options->today;
	month sold;
	bool late;

	if (!text)
		return;
	if (date_parse(text, strlen(text), &date) == 0)
		late = date_cmp(date, today) > 0;
	else
		late = month_parse(text, strlen(text), &sold) == 0 && sold > month_of(today);
	if (late)
		check_put(c, "future", node_get(map, p->field), "%s: %s %.20s has not come yet", p->path,
			  p->field, text);
}

/* a day of the year alone always lies behind */
static void
check_birthdays(const struct check *c)
{
	const struct contact *contact = c->account->contacts.v;
	struct date today = c->options->today, oldest = date_add_months(today, -12 * YEARS_MOST);

	for (size_t i = 0; i < c->account->contacts.n; i++) {
		struct date born = contact[i].birthday;

		if (born.year && (date_cmp(born, today) > 0 || date_cmp(born, oldest) < 0))
			check_put(c, "birthday", node_get(contact[i].node, "birthday"),
				  "contacts: nobody who is alive was born on %s",
				  node_get_text(contact[i].node, "birthday"));
	}
}

static void
check_deals(const struct check *c)
{
	const struct deal *deal = c->account->deals.v;

	for (size_t i = 0; i < c->account->deals.n; i++, deal++) {
		bool over =
		    deal->stage && (strcmp(deal->stage, "won") == 0 || strcmp(deal->stage, "lost") == 0);

		if (over && !node_get_text(deal->node, "closed"))
			check_put(c, "close-date", node_get(deal->node, "stage"),
				  "deals: %s without a date, closed", deal->stage);
		else if (!over && deal->stage && date_is_set(deal->closed))
			check_put(c, "close-date", node_get(deal->node, "closed"),
				  "deals: closed, but its stage is %s", deal->stage);
	}
}

/* a year that is over is history, whenever it was assessed */
static bool
is_over(const struct node *item, struct date today)
{
	const char *text = node_get_text(item, "year");
	char year[8];

	snprintf(year, sizeof year, "%04d", today.year);
	return text && strlen(text) == 4 && strcmp(text, year) < 0;
}

static void
judge_age(const struct check *c, const struct check_age *age, struct offset holds, const struct node *item)
{
	struct date date = date_of(item, age->field),
		    until = age->until ? date_of(item, age->until) : (struct date){0};
	const char *field = date_is_set(until) ? age->until : age->field;
	struct date end = date_is_set(until) ? until : date_add_offset(date, holds, 1, NULL);

	if (is_over(item, c->options->today))
		return;
	if (!node_get_text(item, field))
		check_put(c, "stale", item, "%s: %s is missing; %s", age->section, field, age->help);
	else if (date_is_set(end) && date_cmp(end, c->options->today) < 0)
		check_put(c, "stale", node_get(item, field), "%s: %s %s is %s; %s", age->section, field,
			  node_get_text(item, field), field == age->until ? "past" : "too long ago",
			  age->help);
}

/* the item with the latest date, the last of several */
static const struct node *
latest_item(const struct node *items, const char *field)
{
	const struct node *latest = NULL;
	struct date best = {0};

	for (const struct node *n = items; n; n = n->next) {
		struct date date = date_of(n, field);

		if (date_is_set(date) && (!latest || date_cmp(date, best) >= 0)) {
			latest = n;
			best = date;
		}
	}
	return latest;
}

/* a key account without any review is as one whose last is too long ago */
static void
judge_latest(const struct check *c, const struct check_age *age, struct offset holds)
{
	const struct node *latest = latest_item(check_items(c, age->section), age->field),
			  *section = node_get(c->doc->root, age->section);
	const char *tier = c->account->tier;

	if (latest)
		judge_age(c, age, holds, latest);
	else if (tier_is_key(tier))
		check_put(c, "stale", section ? section : c->doc->root, "%s: a key account has none; %s",
			  age->section, age->help);
}

static void
check_stale(const struct check *c)
{
	for (size_t i = 0; i < n_check_ages; i++) {
		const struct check_age *age = &check_ages[i];
		struct offset holds = c->options->age[i];

		if (!age->field || holds.unit == OFFSET_NONE)
			continue;
		if (age->latest)
			judge_latest(c, age, holds);
		for (const struct node *n = age->latest ? NULL : check_items(c, age->section); n; n = n->next)
			if (n->kind == NODE_MAP)
				judge_age(c, age, holds, n);
	}
}

void
check_dates(const struct check *c)
{
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		check_each(c, orders[i].path, visit_order, &orders[i]);
	for (size_t i = 0; i < sizeof pasts / sizeof *pasts; i++)
		check_each(c, pasts[i].path, visit_past, &pasts[i]);
	check_birthdays(c);
	check_deals(c);
	check_stale(c);
}
