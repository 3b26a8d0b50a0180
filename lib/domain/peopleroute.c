/*
 * The way to the decider: Dijkstra's over the people and the meetings at which
 * several of them were. A meeting is a node too, so that one with many people
 * is no more than many links.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/people.h"

/* What it costs to go through somebody: ours to choose, so that a way of a few friends is better than one opponent. */
static const struct {
	const char *stance;
	unsigned weight;
} weights[] = {{"champion", 1}, {"supporter", 2}, {"neutral", 6}, {"critic", 30}, {"blocker", 100}};
#define STANCE_UNKNOWN 6

#define STEP 1ULL
#define WEIGHT (1ULL << 32) /* one unit outweighs any number of steps */
#define FAR (~0ULL)

struct heap_entry {
	unsigned long long cost;
	size_t node;
};

struct search {
	const struct people *people;
	const struct log_entry *meeting;
	size_t n; /* people; behind them the entries of the log */
	size_t *first_meeting, *meetings;
	unsigned long long *cost;
	size_t *from; /* the node before; itself: the way begins here */
	struct heap_entry *heap;
	size_t waiting, cap;
	size_t to;
};

static unsigned long long
person_weight(const struct person *p)
{
	for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
		if (p->contact->stance && strcmp(p->contact->stance, weights[i].stance) == 0)
			return weights[i].weight * WEIGHT;
	return STANCE_UNKNOWN * WEIGHT;
}

static bool
entry_is_less(struct heap_entry a, struct heap_entry b)
{
	return a.cost != b.cost ? a.cost < b.cost : a.node < b.node;
}

static void
heap_push(struct search *s, struct heap_entry e)
{
	size_t i = s->waiting++;

	s->heap = vec_grow(s->heap, &s->cap, s->waiting, sizeof *s->heap);
	for (; i > 0 && entry_is_less(e, s->heap[(i - 1) / 2]); i = (i - 1) / 2)
		s->heap[i] = s->heap[(i - 1) / 2];
	s->heap[i] = e;
}

static struct heap_entry
heap_pop(struct search *s)
{
	struct heap_entry top = s->heap[0], e = s->heap[--s->waiting];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < s->waiting) {
		if (child + 1 < s->waiting && entry_is_less(s->heap[child + 1], s->heap[child]))
			child++;
		if (!entry_is_less(s->heap[child], e))
			break;
		s->heap[i] = s->heap[child];
		i = child;
	}
	s->heap[i] = e;
	return top;
}

static void
reach(struct search *s, size_t node, size_t from, unsigned long long cost)
{
	if (cost >= s->cost[node])
		return;
	s->cost[node] = cost;
	s->from[node] = from;
	heap_push(s, (struct heap_entry){cost, node});
}

/* from a node that was reached to a person */
static void
reach_person(struct search *s, const struct person *p, size_t from)
{
	size_t node;

	if (!p || !p->contact || p->gone)
		return;
	node = (size_t)(p - s->people->person);
	reach(s, node, from, s->cost[from] + STEP + (node == s->to ? 0 : person_weight(p)));
}

static bool
is_meeting(const struct log_entry *e, struct date today)
{
	return e->with.n > 1 && date_cmp(e->date, today) <= 0;
}

/* which meetings everybody was at */
static void
meetings_index(struct search *s, const struct account *a, struct date today)
{
	const struct person *p;
	size_t total = 0;

	s->first_meeting = xcalloc(s->n + 2, sizeof *s->first_meeting);
	for (size_t i = 0; i < a->log.n; i++) {
		for (size_t j = 0; is_meeting(&s->meeting[i], today) && j < s->meeting[i].with.n; j++) {
			if (!(p = people_find(s->people, s->meeting[i].with.v[j])))
				continue;
			s->first_meeting[p - s->people->person + 2]++;
			total++;
		}
	}
	for (size_t i = 2; i < s->n + 2; i++)
		s->first_meeting[i] += s->first_meeting[i - 1];
	s->meetings = xcalloc(total + 1, sizeof *s->meetings);
	for (size_t i = 0; i < a->log.n; i++) {
		for (size_t j = 0; is_meeting(&s->meeting[i], today) && j < s->meeting[i].with.n; j++) {
			if ((p = people_find(s->people, s->meeting[i].with.v[j])))
				s->meetings[s->first_meeting[p - s->people->person + 1]++] = i;
		}
	}
}

static void
search_begin(struct search *s, const struct people *people, const struct account *a, struct date today)
{
	size_t nodes = people->n + a->log.n;

	*s = (struct search){.people = people, .meeting = a->log.v, .n = people->n};
	s->cost = xcalloc(nodes + 1, sizeof *s->cost);
	s->from = xcalloc(nodes + 1, sizeof *s->from);
	for (size_t i = 0; i < nodes; i++)
		s->cost[i] = FAR;
	meetings_index(s, a, today);
}

static void
search_end(struct search *s)
{
	free(s->first_meeting);
	free(s->meetings);
	free(s->cost);
	free(s->from);
	free(s->heap);
}

static void
start_with(struct search *s, const struct person *p)
{
	size_t node = (size_t)(p - s->people->person);

	reach(s, node, node, node == s->to ? 0 : person_weight(p));
}

/* false: there are none */
static bool
start_with_friends(struct search *s)
{
	const struct person *p = s->people->person;
	bool any = false;

	for (size_t i = 0; i < s->n; i++) {
		if (!person_is_for_us(&p[i]))
			continue;
		start_with(s, &p[i]);
		any = true;
	}
	return any;
}

static void
start_with_met(struct search *s, const struct account *a, struct date today)
{
	for (size_t i = 0; i < a->log.n; i++) {
		const struct log_entry *e = &s->meeting[i];

		for (size_t j = 0; j < e->with.n && date_cmp(e->date, today) <= 0; j++) {
			const struct person *met = people_find(s->people, e->with.v[j]);

			if (met && met->contact && !met->gone)
				start_with(s, met);
		}
	}
}

static void
search_run(struct search *s)
{
	while (s->waiting > 0) {
		struct heap_entry e = heap_pop(s);
		const struct person *p;

		if (e.cost > s->cost[e.node])
			continue;
		if (e.node == s->to)
			return;
		if (e.node >= s->n) {
			const struct texts *with = &s->meeting[e.node - s->n].with;

			for (size_t j = 0; j < with->n; j++)
				reach_person(s, people_find(s->people, with->v[j]), e.node);
			continue;
		}
		p = &s->people->person[e.node];
		reach_person(s, p->boss ? p->boss : p->circle, e.node);
		for (const struct person *q = p->first; q; q = q->next)
			reach_person(s, q, e.node);
		for (size_t j = s->first_meeting[e.node]; j < s->first_meeting[e.node + 1]; j++)
			reach(s, s->n + s->meetings[j], e.node, e.cost);
	}
}

static bool
was_at(const struct log_entry *e, const char *id)
{
	for (size_t j = 0; j < e->with.n; j++)
		if (strcmp(e->with.v[j], id) == 0)
			return true;
	return false;
}

/* how the one comes to the other; the meeting by which the search came need not be their last */
static void
step_explain(const struct search *s, const struct account *a, struct date today, size_t before,
	     struct route_step *step)
{
	const struct person *p = &s->people->person[before];

	if (p->boss == step->person || p->circle == step->person)
		step->link = LINK_REPORTS;
	else if (step->person->boss == p || step->person->circle == p)
		step->link = LINK_LEADS;
	else
		step->link = LINK_MET;
	for (size_t i = 0; i < a->log.n && step->link == LINK_MET; i++) {
		const struct log_entry *e = &s->meeting[i];

		if (is_meeting(e, today) && date_cmp(e->date, step->met) > 0 && was_at(e, p->id) &&
		    was_at(e, step->person->id))
			step->met = e->date;
	}
}

/* from the end, so that the way is as long as it turns out to be */
static void
route_trace(const struct search *s, const struct account *a, struct date today, struct route *route,
	    struct arena *arena)
{
	struct route_step *step;
	size_t node, before, i;

	for (node = s->to, i = 0;; node = s->from[node]) {
		i += node < s->n;
		if (s->from[node] == node)
			break;
	}
	step = arena_alloc(arena, i * sizeof *step);
	route->step = step;
	route->n = i;
	for (node = s->to; i > 0; node = before) {
		before = s->from[node] < s->n ? s->from[node] : s->from[s->from[node]];
		step[--i].person = &s->people->person[node];
		if (i > 0)
			step_explain(s, a, today, before, &step[i]);
	}
}

void
people_route(const struct people *people, const struct account *a, const struct person *to, struct date today,
	     struct route *route, struct arena *arena)
{
	struct search s;

	*route = (struct route){0};
	search_begin(&s, people, a, today);
	s.to = (size_t)(to - people->person);
	route->friends = start_with_friends(&s);
	search_run(&s);
	route->friendly = s.cost[s.to] != FAR;
	if (!route->friendly) {
		/* links go both ways: whom a friend comes to leads nowhere that the friend does not */
		start_with_met(&s, a, today);
		search_run(&s);
	}
	if (s.cost[s.to] != FAR)
		route_trace(&s, a, today, route, arena);
	search_end(&s);
}
