#include "domain/people.h"

#include <stdlib.h>
#include <string.h>

/* How participants of a decision differ (S0). */
static const struct {
	const char *function;
	const char *concern;
} concerns[] = {
    {"management", "exclusivity, respect for status (S0)"},
    {"hr", "people and references (S0)"},
    {"finance", "numbers and details (S0)"},
    {"technical", "numbers and details (S0)"},
};
#define HEAD_LEVEL 4 /* from it on somebody is a head, whatever the function */
#define HEADS_CONCERN 0

/* Contacts go across the client and up and down: "purchasing and contract deciders, logistics, accounting, even
 * clerks" are named by S1, and the differences between functions by S0. */
const struct wanted people_functions[PEOPLE_FUNCTIONS] = {
    {"purchasing", "who buys and signs contracts (S1)"},
    {"management", "heads want exclusivity and respect (S0)"},
    {"finance", "accounting pays, and wants details (S1)"},
    {"logistics", "who receives the goods (S1)"},
    {"production", NULL},
    {"technical", NULL},
    {"legal", NULL},
    {"clerical", "even clerks know what is going on (S1)"},
    {"hr", NULL},
};

const struct wanted people_roles[PEOPLE_ROLES] = {
    {"decider", "without one there is nobody to convince (S2)"},
    {"influencer", "know the influencers, concentrate on them (S2)"},
    {"approver", NULL},
    {"user", NULL},
    {"gatekeeper", NULL},
};

static bool
is_word(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

struct person *
people_find(const struct people *people, const char *id)
{
	return id ? hash_get(&people->by_id, id, strlen(id)) : NULL;
}

const char *
person_name(const struct person *p)
{
	return p->contact && p->contact->name ? p->contact->name : p->id;
}

bool
person_is_for_us(const struct person *p)
{
	return p->contact && !p->gone &&
	       (is_word(p->contact->stance, "champion") || is_word(p->contact->stance, "supporter"));
}

bool
person_is_against_us(const struct person *p)
{
	return p->contact &&
	       (is_word(p->contact->stance, "critic") || is_word(p->contact->stance, "blocker"));
}

/* the first contact of an id; the others of it are nobody */
static void
person_add(struct people *people, const char *id, const struct contact *contact, struct date today)
{
	struct person *p = &people->person[people->n];
	void **at;

	if (!id)
		return;
	at = hash_put(&people->by_id, id, strlen(id), NULL);
	if (*at)
		return;
	*p = (struct person){
	    .id = id, .contact = contact, .gone = contact && contact_has_left(contact, today)};
	*at = p;
	people->n++;
}

static int
person_level(const struct person *p)
{
	return p->contact ? p->contact->level : 0;
}

/* cuts the circle in which p is, above its highest */
static void
circle_cut(struct person *p)
{
	struct person *top = p;

	for (struct person *q = p->boss; q != p; q = q->boss) {
		if (person_level(q) > person_level(top) || (person_level(q) == person_level(top) && q < top))
			top = q;
	}
	top->circle = top->boss;
	top->boss = NULL;
}

/* follows everybody upwards once; whom the same walk meets twice is in a circle */
static void
circles_cut(struct people *people)
{
	size_t *walk = xcalloc(people->n + 1, sizeof *walk);

	for (size_t i = 0; i < people->n; i++) {
		struct person *p = &people->person[i];

		while (p && walk[p - people->person] == 0) {
			walk[p - people->person] = i + 1;
			p = p->boss;
		}
		if (p && walk[p - people->person] == i + 1)
			circle_cut(p);
	}
	free(walk);
}

static void
children_link(struct people *people)
{
	for (size_t i = 0; i < people->n; i++) {
		struct person *p = &people->person[i], *boss = p->boss;

		if (!boss)
			continue;
		if (boss->last)
			boss->last->next = p;
		else
			boss->first = p;
		boss->last = p;
	}
}

void
people_read(struct people *people, const struct account *a, struct date today, struct arena *arena)
{
	const struct contact *c = a->contacts.v;

	*people = (struct people){0};
	people->person = arena_alloc(arena, (2 * a->contacts.n + 1) * sizeof *people->person);
	for (size_t i = 0; i < a->contacts.n; i++)
		person_add(people, c[i].id, &c[i], today);
	people->contacts = people->n;
	for (size_t i = 0; i < people->contacts; i++) {
		const char *boss = people->person[i].contact->reports_to;

		person_add(people, boss, NULL, today);
		people->person[i].boss = people_find(people, boss);
	}
	circles_cut(people);
	children_link(people);
	for (const struct person *p = people_next(people, NULL); p; p = people_next(people, p))
		people->person[p - people->person].depth = p->boss ? p->boss->depth + 1 : 0;
}

void
people_free(struct people *people)
{
	hash_free(&people->by_id);
}

static const struct person *
next_root(const struct people *people, const struct person *p)
{
	for (p = p ? p + 1 : people->person; p < people->person + people->n; p++)
		if (!p->boss)
			return p;
	return NULL;
}

const struct person *
people_next(const struct people *people, const struct person *p)
{
	if (!p)
		return next_root(people, NULL);
	if (p->first)
		return p->first;
	while (p->boss && !p->next)
		p = p->boss;
	return p->boss ? p->next : next_root(people, p);
}

const char *
contact_concern(const struct contact *c)
{
	if (c->level >= HEAD_LEVEL)
		return concerns[HEADS_CONCERN].concern;
	for (size_t i = 0; i < sizeof concerns / sizeof *concerns; i++)
		if (is_word(c->function, concerns[i].function))
			return concerns[i].concern;
	return "";
}

static void
count_word(const char *word, const struct wanted *wanted, size_t n, size_t *count)
{
	for (size_t i = 0; i < n; i++)
		count[i] += is_word(word, wanted[i].word);
}

void
people_coverage(const struct people *people, struct coverage *cover)
{
	*cover = (struct coverage){0};
	for (size_t i = 0; i < people->contacts; i++) {
		const struct contact *c = people->person[i].contact;

		if (people->person[i].gone)
			continue;
		cover->present++;
		count_word(c->function, people_functions, PEOPLE_FUNCTIONS, cover->function);
		count_word(c->role, people_roles, PEOPLE_ROLES, cover->role);
		if (c->level > cover->highest)
			cover->highest = c->level;
		if (c->level > 0 && (cover->lowest == 0 || c->level < cover->lowest))
			cover->lowest = c->level;
	}
}

/* whom of the people all recent contacts were with, if it is one */
static void
find_only_met(const struct people *people, const struct account *a, struct date today, struct dependence *d)
{
	const struct log_entry *e = a->log.v;
	bool several = false;

	for (size_t i = 0; i < a->log.n; i++) {
		if (date_cmp(e[i].date, d->since) < 0 || date_cmp(e[i].date, today) > 0 || e[i].with.n == 0)
			continue;
		d->contacts++;
		for (size_t j = 0; j < e[i].with.n; j++) {
			const struct person *p = people_find(people, e[i].with.v[j]);

			several |= !p || (d->only_met && p != d->only_met);
			d->only_met = p;
		}
	}
	if (several)
		d->only_met = NULL;
}

void
people_dependence(const struct people *people, const struct account *a, struct date today,
		  struct dependence *d)
{
	const struct person *last = NULL;
	size_t present = 0, ours = 0;

	*d = (struct dependence){.since = date_add_months(today, -PEOPLE_RECENT_MONTHS)};
	find_only_met(people, a, today, d);
	for (size_t i = 0; i < people->contacts; i++) {
		const struct person *p = &people->person[i];

		if (p->gone)
			continue;
		present++;
		last = p;
		if (person_is_against_us(p))
			continue;
		ours++;
		d->only_friend = p;
	}
	if (ours != 1 || present < 2)
		d->only_friend = NULL;
	if (present == 1)
		d->only_one = last;
}
