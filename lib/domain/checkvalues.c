/*
 * What values say beyond their types: limits, months and days that there are,
 * words that stand twice, questions of the audit, who reports to whom.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/checkrun.h"

#define NPS_MOST 10 /* of the answer to "would you recommend us?" */

static void
check_limit(const struct check *c, const struct field_limit *limit, const struct node *n)
{
	if (!node_is_text(n) || field_limit_holds(limit, n->text))
		return;
	if (limit->flag == FIELD_POSITIVE)
		check_put(c, "negative", n, "%s: %s is less than nothing: %.100s", check_path(c, n->parent),
			  n->key, n->text);
	else
		check_put(c, "range", n, "%s: %s is not %s: %.100s", check_path(c, n->parent), n->key,
			  limit->text, n->text);
}

static void
check_months(const struct check *c, const struct node *map)
{
	for (const struct node *n = map->first; n; n = n->next) {
		const struct node name = {.start = n->key_start};
		month m;

		if (n->key && month_parse(n->key, strlen(n->key), &m) < 0)
			check_put(c, "month", &name, "%s: not a month, as 2026-11: %s", check_path(c, map),
				  text_quoted(c->arena, n->key));
	}
}

static void
check_twice(const struct check *c, const struct node *list)
{
	struct hash words = {0};

	for (const struct node *n = list->count > 1 ? list->first : NULL; n; n = n->next) {
		void **seen = node_is_text(n) ? hash_put(&words, n->text, n->len, NULL) : NULL;

		if (seen && *seen)
			check_put(c, "repeated", n, "%s: %s stands twice", check_path(c, list),
				  text_quoted(c->arena, n->text));
		else if (seen)
			*seen = &words; /* anything but NULL */
	}
	hash_free(&words);
}

void
check_value(const struct check *c, const struct field *f, const struct node *n)
{
	const struct field_limit *limit = field_limit(f);

	/* what only stands there for people, as the comments of an account that was joined, may well be twice the same */
	if (f->type == FIELD_WORDS && f->offset != FIELD_UNREAD && n->kind == NODE_LIST)
		check_twice(c, n);
	if (limit)
		check_limit(c, limit, n);
	for (const struct node *e = limit && n->kind == NODE_MAP ? n->first : NULL; e; e = e->next)
		check_limit(c, limit, e);
	if ((f->flags & FIELD_MONTHS) && n->kind == NODE_MAP)
		check_months(c, n);
}

/* other questionnaires have scales of their own */
static void
check_surveys(const struct check *c)
{
	static const struct field_limit nps = {0, 0, NPS_MOST, "0 to 10"};

	for (const struct node *n = check_items(c, "surveys"); n; n = n->next) {
		const char *kind = node_get_text(n, "kind");

		const struct node *score = node_get(n, "score");

		if (score && survey_kind_is_nps(kind))
			check_limit(c, &nps, score);
	}
}

static void
check_days(const struct check *c)
{
	for (const struct node *n = check_items(c, "sales"); n; n = n->next) {
		const struct node *on = node_get(n, "on");
		const char *text = node_get_text(n, "month");
		month m;

		if (!on || on->kind != NODE_LIST || !text || month_parse(text, strlen(text), &m) < 0)
			continue;
		for (const struct node *day = on->first; day; day = day->next) {
			long d = node_is_text(day) && day->len <= 2 ? strtol(day->text, NULL, 10) : 0;

			if (d > month_last(m).day && d <= 31)
				check_put(c, "month", day, "sales: %s has no day %ld", text, d);
		}
	}
}

static void
refuse_question(const struct check *c, const char *path, const struct node *place, const char *id)
{
	const char *nearest = audit_question_nearest(id);

	check_put(c, "question", place, "%s: the audit has no question %s%s%s%s", path,
		  text_quoted(c->arena, id), nearest ? "; did you mean \"" : "", nearest ? nearest : "",
		  nearest ? "\"?" : "");
}

static void
visit_answers(const struct check *c, const struct node *audit, const void *row)
{
	const struct node *answers = node_get(audit, "answers");

	(void)row;
	if (!answers || answers->kind != NODE_MAP)
		return;
	for (const struct node *n = answers->first; n; n = n->next) {
		const struct node name = {.start = n->key_start};

		if (node_is_text(n) && !audit_question_find(n->key, NULL))
			refuse_question(c, "audit.answers", &name, n->key);
	}
}

static void
visit_action(const struct check *c, const struct node *action, const void *row)
{
	const char *id = node_get_text(action, "answer");

	(void)row;
	if (id && !audit_question_find(id, NULL))
		refuse_question(c, "audit.actions", node_get(action, "answer"), id);
}

/* a contact on the way up */
struct superior {
	const struct node *node;
	struct superior *up;
	size_t walk; /* on which it was met first */
};

/* each contact is walked over once, so that each circle is found once */
static void
find_circles(const struct check *c, struct superior *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct superior *at = &s[i];

		for (; at && !at->walk; at = at->up)
			at->walk = i + 1;
		if (!at || at->walk != i + 1)
			continue;
		check_put(c, "reports-circle", node_get(at->node, "reports-to"),
			  at->up == at ? "contacts: %s reports to oneself"
				       : "contacts: %s reports to somebody who reports to them",
			  text_quoted(c->arena, node_get_text(at->node, "id")));
	}
}

static void
check_superiors(const struct check *c)
{
	const struct node *first = check_items(c, "contacts");
	size_t count = first ? first->parent->count : 0, n = 0;
	struct superior *s = arena_alloc(c->arena, (count + 1) * sizeof *s);
	struct hash by_id = {0};

	for (const struct node *item = first; item; item = item->next) {
		const char *id = node_get_text(item, "id");
		void **at = id ? hash_put(&by_id, id, strlen(id), NULL) : NULL;

		if (!at || *at)
			continue;
		s[n] = (struct superior){item, NULL, 0};
		*at = &s[n++];
	}
	for (size_t i = 0; i < n; i++) {
		const char *up = node_get_text(s[i].node, "reports-to");

		s[i].up = up ? hash_get(&by_id, up, strlen(up)) : NULL;
	}
	find_circles(c, s, n);
	hash_free(&by_id);
}

void
check_values(const struct check *c)
{
	check_surveys(c);
	check_days(c);
	check_each(c, "audit", visit_answers, NULL);
	check_each(c, "audit.actions", visit_action, NULL);
	check_superiors(c);
}
