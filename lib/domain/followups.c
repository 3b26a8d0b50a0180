#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "domain/action.h"
#include "domain/playbook.h"

#define UNDATED "undated"

/* what the dossier says of the occurrences of a follow-up, or of one of them */
struct marks {
	struct date done;    /* the latest */
	struct date snoozed; /* the latest */
};

/* the follow-ups of one account while they are collected */
struct collect {
	struct followups *list;
	struct arena *arena; /* the list's */
	const struct followup_options *options;
	const struct account *account;
	const struct calendar *calendar; /* the manager's */
	const struct contact *main;
	struct hash contacts; /* id → struct contact */
	struct hash marks;    /* key → struct marks */
	struct hash stems;    /* "rule:subject" → struct marks of all its occurrences */
	struct arena scratch;
	const struct rule *rule; /* being followed */
};

/* one occurrence of a follow-up */
struct occurrence {
	const struct event *event;
	const char *stem; /* "rule:subject" */
	const char *key;
	struct date due;
};

static struct date
later(struct date a, struct date b)
{
	return date_cmp(a, b) > 0 ? a : b;
}

static void
marks_put(struct collect *c, struct hash *marks, const char *key, size_t n, const struct followup_mark *mark)
{
	void **value = hash_put(marks, key, n, NULL);
	struct marks *m = *value;

	if (!m)
		*value = m = arena_alloc(&c->scratch, sizeof *m);
	m->done = later(m->done, mark->done);
	m->snoozed = later(m->snoozed, mark->snoozed);
}

static struct marks
marks_of(const struct hash *marks, const char *key)
{
	const struct marks *m = hash_get(marks, key, strlen(key));

	return m ? *m : (struct marks){0};
}

/* A key without a date at its end, as nobody but a person writes, is of no rule. */
static void
marks_index(struct collect *c)
{
	const struct followup_mark *mark = c->account->followups.v;

	for (size_t i = 0; i < c->account->followups.n; i++) {
		const char *colon = mark[i].key ? strrchr(mark[i].key, ':') : NULL;

		if (!colon)
			continue;
		marks_put(c, &c->marks, mark[i].key, strlen(mark[i].key), &mark[i]);
		marks_put(c, &c->stems, mark[i].key, (size_t)(colon - mark[i].key), &mark[i]);
	}
}

static void
contacts_index(struct collect *c)
{
	struct contact *contact = c->account->contacts.v;

	for (size_t i = 0; i < c->account->contacts.n; i++) {
		void **value;

		if (!contact[i].id)
			continue;
		value = hash_put(&c->contacts, contact[i].id, strlen(contact[i].id), NULL);
		if (!*value)
			*value = &contact[i];
	}
}

/* the same span of time in days, months or business days */
static struct offset
in_small_units(struct offset span)
{
	if (span.unit == OFFSET_WEEK)
		return (struct offset){7 * span.n, OFFSET_DAY};
	if (span.unit == OFFSET_YEAR)
		return (struct offset){12 * span.n, OFFSET_MONTH};
	return span;
}

/* the latest occurrence that is due by the day, else the first; found without going through all of them, as dates
 * may lie centuries back */
static struct date
occurrence_by(struct date first, struct offset every, struct date day, const struct calendar *calendar)
{
	struct offset step = in_small_units(every);
	struct date due;
	long n;

	if (date_cmp(day, first) <= 0)
		return first;
	switch (step.unit) {
	case OFFSET_BUSINESS_DAY:
		n = date_business_days(first, day, calendar);
		if (n < step.n)
			return first;
		/* back from the day after, so that the day itself counts when it is worked */
		step.n = (int)(n % step.n) + 1;
		return date_add_offset(date_add_days(day, 1), step, -1, calendar);
	case OFFSET_DAY:
		return date_add_days(first, date_diff(day, first) / step.n * step.n);
	case OFFSET_MONTH:
		n = (month_of(day) - month_of(first)) / step.n * step.n;
		due = date_add_months(first, n);
		return date_cmp(due, day) > 0 ? date_add_months(first, n - step.n) : due;
	default:
		return first;
	}
}

/* the occurrence after that one; months are counted from the first, so that the 31st stays the 31st */
static struct date
occurrence_after(struct date due, struct date first, struct offset every, const struct calendar *calendar)
{
	struct offset step = in_small_units(every);

	if (step.unit == OFFSET_MONTH)
		return date_add_months(first, month_of(due) - month_of(first) + step.n);
	return date_add_offset(due, step, 1, calendar);
}

static bool
rule_is_before(const struct rule *rule)
{
	return rule->before_notice || rule->before.unit != OFFSET_NONE;
}

static bool
rule_repeats(const struct rule *rule)
{
	return rule->every.unit != OFFSET_NONE;
}

/* the first day of the event's follow-up; a follow-up that was done may count as the event itself */
static struct date
first_due(const struct collect *c, const struct occurrence *o)
{
	const struct rule *rule = c->rule;
	struct date from = o->event->date;

	if (rule->trigger->flags & TRIGGER_RESTARTS)
		from = later(from, marks_of(&c->stems, o->stem).done);
	if (!rule_is_before(rule))
		return date_add_offset(from, rule->after, 1, c->calendar);
	return date_add_offset(from, rule->before_notice ? o->event->notice : rule->before, -1, c->calendar);
}

static void
occurrence_set(struct collect *c, struct occurrence *o, struct date due)
{
	struct buf day = {0};

	date_format(&day, due);
	o->due = date_is_set(due) ? due : c->options->today;
	o->key = arena_printf(&c->scratch, "%s:%s", o->stem, day.len > 0 ? day.data : UNDATED);
	buf_free(&day);
}

/* Finds the occurrence that is to be listed; false: there is nothing to do. */
static bool
occurrence_find(struct collect *c, struct occurrence *o)
{
	const struct rule *rule = c->rule;
	struct date today = c->options->today, first = first_due(c, o), due = first;

	if (rule_repeats(rule) && date_is_set(first))
		due = occurrence_by(first, rule->every, today, c->calendar);
	/* a date outside of the calendar is of no use to anyone */
	if (date_is_set(o->event->date) && !date_is_set(due))
		return false;
	occurrence_set(c, o, due);
	if (!date_is_set(marks_of(&c->marks, o->key).done))
		return true;
	if (!rule_repeats(rule) || !date_is_set(due))
		return false;
	due = occurrence_after(due, first, rule->every, c->calendar);
	if (!date_is_set(due))
		return false;
	occurrence_set(c, o, due);
	return !date_is_set(marks_of(&c->marks, o->key).done);
}

/* the day on which it is to be done after all, where it was put off or falls into the client's silence */
static struct date
day_allowed(const struct collect *c, const struct occurrence *o)
{
	bool repeats = rule_repeats(c->rule);
	struct marks m = marks_of(repeats ? &c->stems : &c->marks, repeats ? o->stem : o->key);
	struct date day = later(o->due, m.snoozed);

	return c->rule->trigger->flags & TRIGGER_DEBT ? day : later(day, c->account->quiet_until);
}

static const char *
on_duty(const struct collect *c, const char *manager, struct date day)
{
	return c->options->team && manager ? team_on_duty(c->options->team, manager, day) : manager;
}

/* to whom it is escalated by now, or NULL */
static const char *
escalated_to(const struct collect *c, const struct event *event, struct date day)
{
	const struct escalation *e = &c->rule->escalate;
	const struct team *team = c->options->team;
	struct date from = date_add_offset(event->date, e->after, 1, c->calendar);

	if (!e->to || !date_is_set(from) || date_cmp(from, c->options->today) > 0)
		return NULL;
	if (strcmp(e->to, "head") == 0 && team && team->head)
		return on_duty(c, team->head, day);
	return on_duty(c, e->to, day);
}

static const char *
kept(struct collect *c, const char *s)
{
	return s ? arena_strdup(c->arena, s) : NULL;
}

static const char *
action_text(struct collect *c, const struct event *event)
{
	struct filling filling = {c->account, event, c->main, &c->contacts, c->options->today};
	struct buf text = {0};
	const char *s;

	action_fill(&text, c->rule->action, &filling);
	s = arena_copy(c->arena, text.data, text.len);
	buf_free(&text);
	return s;
}

static void
followup_add(struct collect *c, const struct occurrence *o, struct date due)
{
	struct followups *list = c->list;
	struct date day = later(due, c->options->today);

	list->v = vec_grow(list->v, &list->cap, list->n + 1, sizeof *list->v);
	list->v[list->n++] = (struct followup){
	    .due = due,
	    .since = o->event->date,
	    .key = kept(c, o->key),
	    .account = kept(c, c->account->id),
	    .title = kept(c, account_title(c->account)),
	    .owner = kept(c, on_duty(c, c->account->manager, day)),
	    .escalated = kept(c, escalated_to(c, o->event, day)),
	    .priority = kept(c, c->rule->priority ? c->rule->priority : "normal"),
	    .rule = kept(c, c->rule->id),
	    .text = action_text(c, o->event),
	};
}

static void
event_found(void *data, const struct event *event)
{
	struct collect *c = data;
	const struct rule *rule = c->rule;
	struct occurrence o = {.event = event, .stem = rule->id};
	struct date due;

	if (rule->unless && event->settled)
		return;
	if (rule->trigger->flags & TRIGGER_LAPSES && rule_is_before(rule) &&
	    date_cmp(event->date, c->options->today) < 0)
		return;
	if (event->subject)
		o.stem = arena_printf(&c->scratch, "%s:%s", rule->id, event->subject);
	if (!occurrence_find(c, &o))
		return;
	due = day_allowed(c, &o);
	if (date_cmp(due, c->options->until) <= 0)
		followup_add(c, &o, due);
}

/* A person's switch in the dossier wins over the tiers that the rule names. */
static bool
rule_applies(const struct rule *rule, const struct account *a)
{
	for (size_t i = 0; i < a->rules.n; i++) {
		if (strcmp(a->rules.name[i], rule->id) == 0)
			return strcmp(a->rules.text[i], "on") == 0;
	}
	if (rule->tier.n == 0)
		return true;
	for (size_t i = 0; i < rule->tier.n && a->tier; i++) {
		if (strcmp(rule->tier.v[i], a->tier) == 0)
			return true;
	}
	return false;
}

void
followups_collect(struct followups *list, const struct playbook *playbook, const struct account *account,
		  const struct followup_options *options, struct arena *arena)
{
	struct collect c = {.list = list, .arena = arena, .options = options, .account = account};
	const struct rule *rule = playbook->rules.v;

	if (options->calendar && account->manager)
		c.calendar = options->calendar(options->calendar_data, account->manager);
	c.main = account_main_contact(account, options->today);
	contacts_index(&c);
	marks_index(&c);
	for (size_t i = 0; i < playbook->rules.n; i++) {
		if (!rule_applies(&rule[i], account))
			continue;
		c.rule = &rule[i];
		rule[i].trigger->each(account, options->today, &c.scratch, event_found, &c);
	}
	hash_free(&c.contacts);
	hash_free(&c.marks);
	hash_free(&c.stems);
	arena_free(&c.scratch);
}

static int
priority_rank(const char *priority)
{
	return strcmp(priority, "high") == 0 ? 0 : strcmp(priority, "normal") == 0 ? 1 : 2;
}

static int
followup_cmp(const void *a, const void *b)
{
	const struct followup *x = a, *y = b;
	int order = date_cmp(x->due, y->due);

	if (order == 0)
		order = priority_rank(x->priority) - priority_rank(y->priority);
	if (order == 0)
		order = strcmp(x->account, y->account);
	return order ? order : strcmp(x->key, y->key);
}

void
followups_sort(struct followups *list)
{
	if (list->n > 0)
		qsort(list->v, list->n, sizeof *list->v, followup_cmp);
}
