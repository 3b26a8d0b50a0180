/*
 * Relations: whom of the client's people we know, how lately we spoke with
 * them, and how much hangs on one of them or of us (S1).
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/verdict.h"

#define HALF_YEAR (MONTHS_A_YEAR / 2)
#define TWO_YEARS (2 * MONTHS_A_YEAR)
#define CONTACTS_LEAST 3 /* with the client, before one speaks of one person's part in them */
#define LEVEL_LEAST 1
#define LEVEL_MOST 5

/* People */

static const char *
person(const struct contact *c)
{
	return c->id ? c->id : c->name ? c->name : "somebody";
}

/* How many of the people who have not left are so; a step names them after these words. */
static int
count_people(struct measuring *m, const char *words, bool (*is)(const struct contact *, const void *),
	     const void *what)
{
	const struct contact *c = m->account->contacts.v;
	struct measuring_names names = {0};
	int n = 0;

	for (size_t i = 0; i < m->account->contacts.n; i++) {
		if (contact_has_left(&c[i], m->as_of) || !is(&c[i], what))
			continue;
		n++;
		if (measuring_explains(m))
			measuring_names_add(m, &names, person(&c[i]));
	}
	if (n && measuring_explains(m))
		measuring_step(m, "%s: %s", words, measuring_names_text(m, &names));
	return n;
}

static bool
is_anybody(const struct contact *c, const void *nothing)
{
	(void)c;
	(void)nothing;
	return true;
}

void
measure_contacts(struct measuring *m, struct measured *v)
{
	int n = count_people(m, "have not left", is_anybody, NULL);

	measured_int(v, n);
	if (!n && measuring_explains(m))
		measuring_step(m, m->account->contacts.n ? "all people that are written down have left"
							 : "no people are written down");
}

static bool
has_function(const struct contact *c, const void *function)
{
	return c->function && strcmp(c->function, function) == 0;
}

void
measure_functions(struct measuring *m, struct measured *v)
{
	const char *const *words = field_find(&contact_fields, "function")->words;
	int covered = 0;

	for (unsigned k = 0; words[k]; k++)
		covered += count_people(m, words[k], has_function, words[k]) > 0;
	measured_int(v, covered);
	if (!covered && measuring_explains(m))
		measuring_step(m, "of nobody the function is told");
}

static bool
has_level(const struct contact *c, const void *level)
{
	return c->level == *(const int *)level;
}

void
measure_levels(struct measuring *m, struct measured *v)
{
	int covered = 0;

	for (int level = LEVEL_LEAST; level <= LEVEL_MOST; level++) {
		const char *words = measuring_explains(m) ? arena_printf(m->arena, "level %d", level) : "";

		covered += count_people(m, words, has_level, &level) > 0;
	}
	if (!covered && decimal_sign(&m->have[MEASURE_CONTACTS].number) > 0) {
		measured_missing(v, "of none of the people the level is told");
		return;
	}
	measured_int(v, covered);
	if (!covered && measuring_explains(m))
		measuring_step(m, "nobody is known there");
}

void
measure_industry_rank(struct measuring *m, struct measured *v)
{
	if (!m->account->profile.industry_rank) {
		measured_missing(v, "no industry-rank in the profile");
		return;
	}
	measured_int(v, m->account->profile.industry_rank);
	if (measuring_explains(m))
		measuring_step(m, "profile.industry-rank, as it is written");
}

/* Contacts with the client */

/* the entries of that day */
static void
explain_contact(struct measuring *m, struct date day)
{
	const struct log_entry *entry = m->account->log.v;

	for (size_t i = 0; i < m->account->log.n; i++) {
		struct measuring_names with = {0};
		const char *names;

		if (date_cmp(entry[i].date, day) != 0)
			continue;
		for (size_t k = 0; k < entry[i].with.n; k++)
			measuring_names_add(m, &with, entry[i].with.v[k]);
		names = measuring_names_text(m, &with);
		measuring_step(m, "%s: %s%s%s%s%s", measuring_date(m, day),
			       measuring_name(m, entry[i].kind ? entry[i].kind : "a contact"),
			       entry[i].by ? ", by " : "", entry[i].by ? measuring_name(m, entry[i].by) : "",
			       entry[i].with.n ? ", with " : "", entry[i].with.n ? names : "");
	}
}

void
measure_last_contact(struct measuring *m, struct measured *v)
{
	struct date last = account_last_contact(m->account, m->as_of);

	if (!date_is_set(last)) {
		measured_missing(v, "the log has no contact up to the window's end");
		return;
	}
	measured_date(v, last);
	if (measuring_explains(m))
		explain_contact(m, last);
}

void
measure_contact_age(struct measuring *m, struct measured *v)
{
	const struct measured *last = &m->have[MEASURE_LAST_CONTACT];

	if (!last->number.known) {
		measured_missing(v, last->missing);
		return;
	}
	measured_int(v, date_days(m->as_of) - (long)last->number.units);
	if (measuring_explains(m))
		measuring_step(m, "%s − %s = %s days", measuring_date(m, m->as_of),
			       measuring_date(m, date_from_days((long)last->number.units)),
			       measuring_text(m, v->number, 0));
}

/* somebody took part in something: in a contact, or in a half-year's contacts */
struct part_taken {
	const char *who;
	size_t in;
};

static int
compare_who_first(const void *a, const void *b)
{
	const struct part_taken *x = a, *y = b;
	int c = strcmp(x->who, y->who);

	return c ? c : (x->in > y->in) - (x->in < y->in);
}

static int
compare_when_first(const void *a, const void *b)
{
	const struct part_taken *x = a, *y = b;

	return x->in != y->in ? (x->in > y->in) - (x->in < y->in) : strcmp(x->who, y->who);
}

static bool
is_in_months(const struct measuring *m, struct date day, month first)
{
	return date_is_set(day) && month_of(day) >= first && date_cmp(day, m->as_of) <= 0;
}

/* the one that took part in most different things; of several the first by name */
static const char *
most_met(const struct part_taken *taken, size_t n, long *most)
{
	const char *who = NULL;
	long in = 0;

	*most = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(taken[i].who, taken[i - 1].who) != 0)
			in = 1;
		else if (taken[i].in != taken[i - 1].in)
			in++;
		if (in > *most) {
			*most = in;
			who = taken[i].who;
		}
	}
	return who;
}

void
measure_one_person(struct measuring *m, struct measured *v)
{
	const struct log_entry *entry = m->account->log.v;
	struct part_taken *taken;
	size_t places = 0, n = 0;
	long contacts = 0, most;
	const char *who;

	for (size_t i = 0; i < m->account->log.n; i++)
		places += entry[i].with.n;
	taken = arena_alloc(m->arena, (places + 1) * sizeof *taken);
	for (size_t i = 0; i < m->account->log.n; i++) {
		if (!entry[i].with.n || !is_in_months(m, entry[i].date, m->first))
			continue;
		contacts++;
		for (size_t k = 0; k < entry[i].with.n; k++)
			taken[n++] = (struct part_taken){entry[i].with.v[k], i};
	}
	if (contacts < CONTACTS_LEAST) {
		measured_missing(v, "the window's log has fewer than three contacts that say with whom");
		return;
	}
	qsort(taken, n, sizeof *taken, compare_who_first);
	who = most_met(taken, n, &most);
	if (measuring_explains(m))
		measuring_step(m, "%s took part in %ld of the window's %ld contacts that say with whom",
			       text_quoted(m->arena, who), most, contacts);
	measured_counts(m, v, 100, most, contacts, "nothing to count");
}

/* Our manager there */

/* Who made most of the contacts of the half-year with which the list begins: of several that made as many the one who
 * did before, else the first by name. end: where the half-year's entries end. */
static const char *
manager_of_half(const struct part_taken *made, size_t n, const char *before, size_t *end, size_t *most)
{
	const char *who = NULL;
	size_t from, i;

	*most = 0;
	for (from = 0; from < n && made[from].in == made[0].in; from = i) {
		for (i = from; i < n && made[i].in == made[0].in; i++) {
			if (strcmp(made[i].who, made[from].who) != 0)
				break;
		}
		if (i - from > *most ||
		    (i - from == *most && before && strcmp(made[from].who, before) == 0)) {
			*most = i - from;
			who = made[from].who;
		}
	}
	*end = from;
	return who;
}

static void
explain_half(struct measuring *m, size_t half, const char *who, size_t most, size_t all)
{
	month first = m->last - TWO_YEARS + 1 + (month)half * HALF_YEAR;
	struct buf months = {0};

	month_format(&months, first);
	buf_adds(&months, " to ");
	month_format(&months, first + HALF_YEAR - 1);
	measuring_step(m, "%s: %s made %zu of %s", months.data, text_quoted(m->arena, who), most,
		       text_count(m->arena, all, "contact"));
	buf_free(&months);
}

void
measure_manager_changes(struct measuring *m, struct measured *v)
{
	const struct log_entry *entry = m->account->log.v;
	struct part_taken *made = arena_alloc(m->arena, (m->account->log.n + 1) * sizeof *made);
	month begin = m->last - TWO_YEARS + 1;
	size_t n = 0, end, most;
	const char *manager = NULL, *now;
	int halves = 0, changes = 0;

	for (size_t i = 0; i < m->account->log.n; i++) {
		if (entry[i].by && is_in_months(m, entry[i].date, begin))
			made[n++] = (struct part_taken){
			    entry[i].by, (size_t)(month_of(entry[i].date) - begin) / HALF_YEAR};
	}
	qsort(made, n, sizeof *made, compare_when_first);
	for (size_t i = 0; i < n; i += end) {
		now = manager_of_half(made + i, n - i, manager, &end, &most);
		if (measuring_explains(m))
			explain_half(m, made[i].in, now, most, end);
		changes += manager && strcmp(manager, now) != 0;
		halves++;
		manager = now;
	}
	if (halves < 2) {
		measured_missing(v, "fewer than two half-years have contacts that say who of us made them");
		return;
	}
	measured_int(v, changes);
	if (measuring_explains(m))
		measuring_step(m, "another than before in %d of the %d half-years", changes, halves);
}

/* All together */

static struct decimal
contacts_of(const struct measuring *m)
{
	return m->have[MEASURE_CONTACTS].number;
}

/* where of nobody the function is told, it is not known how many there are */
static struct decimal
functions_of(const struct measuring *m)
{
	const struct decimal *functions = &m->have[MEASURE_FUNCTIONS].number;
	const struct decimal unknown = {0}, people = contacts_of(m);

	return decimal_sign(functions) == 0 && decimal_sign(&people) > 0 ? unknown : *functions;
}

static struct decimal
levels_of(const struct measuring *m)
{
	return m->have[MEASURE_LEVELS].number;
}

static bool
is_decider(const struct measuring *m, const struct contact *c)
{
	return c->role && strcmp(c->role, "decider") == 0 && !contact_has_left(c, m->as_of);
}

static bool
has_stance(const struct contact *c, const char *a, const char *b)
{
	return c->stance && (strcmp(c->stance, a) == 0 || strcmp(c->stance, b) == 0);
}

enum decider { DECIDER_UNKNOWN, DECIDER_AGAINST, DECIDER_KNOWN, DECIDER_FOR_US };

/* the best of those known */
static enum decider
decider_known(const struct measuring *m)
{
	const struct contact *c = m->account->contacts.v;
	enum decider found = DECIDER_UNKNOWN, one;

	for (size_t i = 0; i < m->account->contacts.n; i++) {
		if (!is_decider(m, &c[i]))
			continue;
		one = has_stance(&c[i], "champion", "supporter") ? DECIDER_FOR_US
		      : has_stance(&c[i], "critic", "blocker")	 ? DECIDER_AGAINST
								 : DECIDER_KNOWN;
		found = one > found ? one : found;
	}
	return found;
}

/* one who is against us is worth half of one of whom nobody knows on which side they are */
static struct decimal
decider_of(const struct measuring *m)
{
	static const int worth[] = {0, 1, 2, 4};

	return decimal_int(worth[decider_known(m)]);
}

/* each with what they think of us: "anna critic, boris" */
static const char *
deciders(const struct measuring *m)
{
	const struct contact *c = m->account->contacts.v;
	struct measuring_names names = {0};

	for (size_t i = 0; i < m->account->contacts.n; i++) {
		if (is_decider(m, &c[i]))
			measuring_names_add(m, &names,
					    arena_printf(m->arena, "%s%s%s", person(&c[i]),
							 c[i].stance ? " " : "",
							 c[i].stance ? c[i].stance : ""));
	}
	return measuring_names_text(m, &names);
}

bool
decider_is_known(struct measuring *m)
{
	if (measuring_explains(m))
		measuring_step(m, "deciders: %s", deciders(m));
	return decider_known(m) != DECIDER_UNKNOWN;
}

bool
decider_is_against(struct measuring *m)
{
	return decider_is_known(m) && decider_known(m) == DECIDER_AGAINST;
}

static const char *
decider_words(const struct measuring *m)
{
	static const char *const words[] = {"not known", "against us", "known, on no side", "for us"};
	enum decider known = decider_known(m);

	return arena_printf(m->arena, "decider %s%s%s%s", words[known], known ? " (" : "",
			    known ? deciders(m) : "", known ? ")" : "");
}

/* the first that is marked so; NULL: nobody */
static const struct contact *
main_contact(const struct measuring *m)
{
	const struct contact *c = m->account->contacts.v;

	for (size_t i = 0; i < m->account->contacts.n; i++) {
		if (c[i].primary == YESNO_YES && !contact_has_left(&c[i], m->as_of))
			return &c[i];
	}
	return NULL;
}

static struct decimal
main_contact_of(const struct measuring *m)
{
	return decimal_int(main_contact(m) != NULL);
}

static const char *
main_contact_words(const struct measuring *m)
{
	const struct contact *c = main_contact(m);

	return arena_printf(m->arena, "main contact %s", c ? measuring_name(m, person(c)) : "not marked");
}

static struct decimal
age_of(const struct measuring *m)
{
	return m->have[MEASURE_CONTACT_AGE].number;
}

static struct decimal
one_person_of(const struct measuring *m)
{
	return m->have[MEASURE_ONE_PERSON].number;
}

static struct decimal
manager_changes_of(const struct measuring *m)
{
	return m->have[MEASURE_MANAGER_CHANGES].number;
}

#define BY_MODEL (-1) /* the model's contacts.least */

/* What relations are the mean of (S1, S2): each 0 to 100, from `zero` to `full`, linear between. */
static const struct relation_part {
	const char *name;
	int zero, full;
	int places;
	struct decimal (*value)(const struct measuring *); /* unknown: it leaves the mean */
	const char *(*words)(const struct measuring *); /* what the value stands for; NULL: it is a number */
} relation_parts[] = {
    {"contacts", 0, BY_MODEL, 0, contacts_of, NULL},
    {"functions", 0, 4, 0, functions_of, NULL},
    {"levels", 0, 3, 0, levels_of, NULL},
    {"decider", 0, 4, 0, decider_of, decider_words},
    {"main contact", 0, 1, 0, main_contact_of, main_contact_words},
    {"recency", 180, 30, 0, age_of, NULL}, /* days */
    {"one-person", 100, 50, 1, one_person_of, NULL},
    {"manager-changes", 2, 0, 0, manager_changes_of, NULL},
};

static struct decimal
part_points(struct measuring *m, const struct relation_part *part, const struct measured *value)
{
	int full = part->full == BY_MODEL ? m->model->contacts.least : part->full;
	const struct model_criterion c = {.zero = decimal_int(part->zero), .full = decimal_int(full)};
	struct decimal points = decimal_int(100);
	const char *text;

	if (full != part->zero)
		m->overflow |= criterion_points(&c, value, &points) < 0;
	if (!measuring_explains(m))
		return points;
	text = measuring_text(m, value->number, part->places);
	if (!points.known)
		measuring_step(m, "%s is not known, and counts neither way", part->name);
	else if (part->words)
		measuring_step(m, "%s: %s points", part->words(m), measuring_text(m, points, 1));
	else if (full == part->zero)
		measuring_step(m, "%s %s: none is wanted, 100.0 points", part->name, text);
	else
		measuring_step(m, "%s %s: 100 × (%s − %d) ÷ (%d − %d)%s = %s points", part->name, text, text,
			       part->zero, full, part->zero,
			       criterion_is_passed(&c, &value->number) ? CRITERION_KEPT_WITHIN : "",
			       measuring_text(m, points, 1));
	return points;
}

void
measure_relations(struct measuring *m, struct measured *v)
{
	struct decimal sum = decimal_int(0), count, mean = {0};
	long long parts = 0;

	if (!m->account->contacts.n && !m->have[MEASURE_LAST_CONTACT].number.known) {
		measured_missing(v, "neither people nor contacts with them are written down");
		return;
	}
	for (size_t i = 0; i < sizeof relation_parts / sizeof *relation_parts; i++) {
		struct measured value = {.number = relation_parts[i].value(m)};
		struct decimal points = part_points(m, &relation_parts[i], &value);

		parts += points.known;
		sum_add(m, &sum, &points);
	}
	count = decimal_int(parts);
	decimal_div(&mean, &sum, &count, 0);
	measured_number(v, mean);
	if (measuring_explains(m))
		measuring_step(m, "points %s ÷ %lld parts = %s", measuring_text(m, sum, 1), parts,
			       measuring_text(m, mean, 0));
}
