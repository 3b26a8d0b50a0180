#include "domain/team.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct field absence_table[] = {
    {"from", FIELD_DATE, offsetof(struct absence, from), NULL, NULL, FIELD_REQUIRED, NULL, "first day away"},
    {"to", FIELD_DATE, offsetof(struct absence, to), NULL, NULL, 0, NULL,
     "last day away; empty: not known yet"},
};
static const struct fields absence_fields = {"absence", absence_table, COUNT(absence_table),
					     sizeof(struct absence), false};

static const struct field capacity_table[] = {
    {"key", FIELD_INT, FIELD_UNREAD, NULL, NULL, 0, "accounts", "key accounts one can serve, 2 to 3 (S1)"},
    {"actions-a-day", FIELD_INT, FIELD_UNREAD, NULL, NULL, 0, NULL, "follow-ups one can do in a day"},
};
static const struct fields capacity_fields = {"capacity", capacity_table, COUNT(capacity_table), 0, false};

static const struct field plan_table[] = {
    {"year", FIELD_INT, FIELD_UNREAD, NULL, NULL, 0, NULL, "the year planned"},
    {"revenue", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money", "sales to reach (S1)"},
    {"active", FIELD_INT, FIELD_UNREAD, NULL, NULL, 0, "accounts", "active client base to reach (S1)"},
    {"new", FIELD_INT, FIELD_UNREAD, NULL, NULL, 0, "accounts", "new clients to win (S1)"},
};
static const struct fields plan_fields = {"plan", plan_table, COUNT(plan_table), 0, false};

static const struct field manager_table[] = {
    {"id", FIELD_TEXT, offsetof(struct manager, id), NULL, NULL, FIELD_KEY | FIELD_REQUIRED, NULL,
     "as accounts name their manager"},
    {"name", FIELD_TEXT, offsetof(struct manager, name), NULL, NULL, 0, NULL, "in full"},
    {"email", FIELD_TEXT, offsetof(struct manager, email), NULL, NULL, 0, NULL, "address of business mail"},
    {"deputy", FIELD_TEXT, offsetof(struct manager, deputy), NULL, NULL, 0, NULL,
     "id of the manager who stands in (S1)"},
    {"calendar", FIELD_TEXT, offsetof(struct manager, calendar), NULL, NULL, 0, NULL,
     "which of the playbook's holidays count"},
    {"absent", FIELD_LIST, offsetof(struct manager, absent), &absence_fields, NULL, 0, NULL,
     "days on which the deputy stands in"},
    {"capacity", FIELD_MAP, FIELD_UNREAD, &capacity_fields, NULL, 0, NULL, "how much one can carry (S1)"},
    {"discount-limit", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "%", "beyond it the head decides (S1)"},
    {"plan", FIELD_MAP, FIELD_UNREAD, &plan_fields, NULL, 0, NULL, "what to reach in a year (S1)"},
};
static const struct fields manager_fields = {"manager", manager_table, COUNT(manager_table),
					     sizeof(struct manager), false};

static const struct field team_table[] = {
    {"head", FIELD_TEXT, offsetof(struct team, head), NULL, NULL, 0, NULL,
     "id of the head, to whom things are escalated (S1)"},
    {"managers", FIELD_LIST, offsetof(struct team, managers), &manager_fields, NULL, 0, NULL,
     "who manages accounts"},
    {"members", FIELD_WORDS, offsetof(struct team, members), NULL, NULL, 0, NULL,
     "ids of colleagues of other units who work with the managers, and manage no account themselves (S1)"},
};
const struct fields team_fields = {"team", team_table, COUNT(team_table), sizeof(struct team), false};

/* a team being judged; its managers sorted by id, so that a long list takes no long time */
struct check {
	const struct doc *doc;
	struct sink *sink;
	const struct team *team;
	const struct manager **by_id;
	bool failed;
};

/* at the value of that name, or at the manager */
static void
check_put(struct check *c, const struct manager *m, const char *name, const char *what)
{
	const struct node *n = node_get(m->node, name);
	const struct manager *first = c->team->managers.v;
	struct error e = {0};

	node_error(&e, c->doc, n ? n : m->node, "managers[%zu].%s: %s", (size_t)(m - first), name, what);
	sink_put(c->sink, SEVERITY_ERROR, "value", &e);
	c->failed = true;
}

/* by id, those of the same id as they stand in the file */
static int
manager_cmp(const void *a, const void *b)
{
	const struct manager *x = *(const struct manager *const *)a, *y = *(const struct manager *const *)b;
	int order = strcmp(x->id, y->id);

	return order ? order : (x > y) - (x < y);
}

static int
id_cmp(const void *id, const void *m)
{
	return strcmp(id, (*(const struct manager *const *)m)->id);
}

static void
deputy_check(struct check *c, const struct manager *m, struct arena *arena)
{
	if (!m->deputy)
		return;
	if (strcmp(m->deputy, m->id) == 0)
		check_put(c, m, "deputy", "nobody is their own deputy");
	else if (!bsearch(m->deputy, c->by_id, c->team->managers.n, sizeof *c->by_id, id_cmp))
		check_put(c, m, "deputy",
			  arena_printf(arena, "no manager has the id %s", text_quoted(arena, m->deputy)));
}

static void
absences_check(struct check *c, const struct manager *m)
{
	const struct absence *a = m->absent.v;

	for (size_t i = 0; i < m->absent.n; i++) {
		if (date_is_set(a[i].to) && date_cmp(a[i].to, a[i].from) < 0)
			check_put(c, m, "absent", "an absence that ends before it begins");
	}
}

/* Of a team that was read without a finding, so that a manager's number is that of the list's item. */
static int
team_check(const struct doc *doc, const struct team *team, struct arena *arena, struct sink *sink)
{
	struct check c = {doc, sink, team, NULL, false};
	const struct manager *m = team->managers.v;
	size_t n = team->managers.n;

	if (n == 0)
		return 0;
	c.by_id = arena_alloc(arena, n * sizeof *c.by_id);
	for (size_t i = 0; i < n; i++)
		c.by_id[i] = &m[i];
	qsort(c.by_id, n, sizeof *c.by_id, manager_cmp);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(c.by_id[i - 1]->id, c.by_id[i]->id) == 0)
			check_put(&c, c.by_id[i], "id", "another manager has it already");
	}
	for (size_t i = 0; i < n; i++) {
		deputy_check(&c, &m[i], arena);
		absences_check(&c, &m[i]);
	}
	return c.failed ? -1 : 0;
}

int
team_read(struct team *team, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	/* the tree grows in the caller's arena, lent to the document, as the team's strings lie in it */
	struct doc doc = {.arena = *arena};
	struct error e = {0};
	int result;

	memset(team, 0, sizeof *team);
	result = doc_parse(&doc, file, 1, text, &e);
	if (result < 0)
		sink_put(sink, SEVERITY_ERROR, "syntax", &e);
	else
		result = fields_read(&doc, doc.root, &team_fields, team, &doc.arena, sink);
	if (result == 0)
		result = team_check(&doc, team, &doc.arena, sink);
	*arena = doc.arena;
	return result;
}

const struct manager *
team_find(const struct team *team, const char *id)
{
	const struct manager *m = team->managers.v;

	for (size_t i = 0; i < team->managers.n; i++) {
		if (m[i].id && strcmp(m[i].id, id) == 0)
			return &m[i];
	}
	return NULL;
}

bool
team_has(const struct team *team, const char *id)
{
	for (size_t i = 0; i < team->members.n; i++) {
		if (strcmp(team->members.v[i], id) == 0)
			return true;
	}
	return team_find(team, id) || (team->head && strcmp(team->head, id) == 0);
}

static bool
is_absent(const struct manager *m, struct date day)
{
	const struct absence *a = m->absent.v;

	for (size_t i = 0; i < m->absent.n; i++) {
		if (date_is_set(a[i].from) && date_cmp(a[i].from, day) <= 0 &&
		    (!date_is_set(a[i].to) || date_cmp(day, a[i].to) <= 0))
			return true;
	}
	return false;
}

const char *
team_on_duty(const struct team *team, const char *id, struct date day)
{
	const struct manager *m = team_find(team, id);

	/* deputies may stand in for each other: nobody is asked twice */
	for (size_t asked = 0; m && asked < team->managers.n; asked++) {
		if (!is_absent(m, day))
			return m->id;
		m = m->deputy ? team_find(team, m->deputy) : NULL;
	}
	return id;
}
