#include "domain/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "domain/checkrun.h"
#include "domain/redact.h"

const struct check_rule check_rules[] = {
    {"read", SEVERITY_ERROR, "the file can be read, and a written stream is whole"},
    {"syntax", SEVERITY_ERROR, "the document is YAML of the kind that dossiers are written in"},
    {"type", SEVERITY_ERROR, "a value is of its field's type: a date, a number, a list"},
    {"word", SEVERITY_ERROR, "a word is one of those that its field knows"},
    {"value", SEVERITY_ERROR, "a value is one that its field can have"},
    {"access", SEVERITY_ERROR, "an audience's list names sections and fields that there are, each once"},
    {"name", SEVERITY_ERROR, "every name in a {…} has a value: {amount: 12,5} has a comma too many"},
    {"missing", SEVERITY_ERROR, "what must be there is there: an account's id, an item's key"},
    {"file-name", SEVERITY_ERROR,
     "a dossier's file is called as its id, to the letter, and holds one account"},
    {"duplicate-id", SEVERITY_ERROR, "no two accounts have the same id"},
    {"duplicate-code", SEVERITY_ERROR,
     "no two accounts have the same code of another system; a tax number may be that of several"},
    {"duplicate-key", SEVERITY_ERROR, "no two items of a list have the same key"},
    {"same-item", SEVERITY_ERROR, "no two items of a list without keys say the same"},
    {"parent-circle", SEVERITY_ERROR, "no account is its own parent, nor its parent's parent, and so on"},
    {"reference", SEVERITY_ERROR, "a contact that something refers to is among the contacts"},
    {"manager", SEVERITY_ERROR, "manager and team of the account are in the team file"},
    {"date-order", SEVERITY_ERROR, "what comes first has the earlier date"},
    {"future", SEVERITY_ERROR,
     "what has happened has no date after today, and no month after this one was sold in"},
    {"birthday", SEVERITY_ERROR, "a date of birth lies between today and 120 years ago"},
    {"paid", SEVERITY_ERROR, "no more is paid than was claimed, and not less than nothing"},
    {"settled", SEVERITY_WARNING, "an invoice that is settled was paid in full"},
    {"negative", SEVERITY_ERROR, "where kam-account(5) says 0 or more, it is"},
    {"range", SEVERITY_ERROR,
     "a percentage is 0 to 100, a point of a comparison 1 to 5, the answer to a survey of kind nps 0 to 10"},
    {"month", SEVERITY_ERROR,
     "plans and forecasts are for months that there are, orders came on days that their month has"},
    {"question", SEVERITY_ERROR, "the answers and actions of an audit are to questions of the audit"},
    {"reports-circle", SEVERITY_ERROR,
     "nobody reports to oneself, nor to somebody who reports to them, and so on"},
    {"repeated", SEVERITY_WARNING, "no word stands twice in a list of words"},
    {"defamation", SEVERITY_ERROR,
     "nobody is defamed (S2); kam-dossier check --print-ethics shows the words"},
    {"private", SEVERITY_WARNING,
     "nothing is written of a person's health, religion, politics, origin or intimate life, which are no "
     "business "
     "of a supplier; family, interests, values and birthdays are part of the standard form (S0, S2)"},
    {"unknown-name", SEVERITY_WARNING,
     "names are those that kam-account(5) lists; others are kept, but nothing reads them: a slip of the pen "
     "is "
     "likely"},
    {"main-contact", SEVERITY_WARNING,
     "one contact, and only one, is the main one, primary: yes, and has not left (S2)"},
    {"few-contacts", SEVERITY_WARNING, "an account has four contacts at least (S1)"},
    {"links", SEVERITY_WARNING,
     "contacts are of several functions, horizontal links, and of several levels, vertical ones (S1)"},
    {"not-told", SEVERITY_WARNING,
     "the main contact was told of every contact with the client, or took part in it (S2)"},
    {"deputy", SEVERITY_WARNING,
     "a manager of the team file has a deputy, to whom duties pass on absence (S1)"},
    {"colleague", SEVERITY_WARNING,
     "who made a contact, promised something or closed a follow-up is in the team file or of the account's "
     "team"},
    {"close-date", SEVERITY_WARNING,
     "a deal that is won or lost has the date when it was closed, and no other has"},
    {"stale", SEVERITY_WARNING,
     "a fact is not older than it holds, and has a date; a key account has been reviewed (S1, S2); --stale "
     "changes "
     "the ages"},
    {"parent", SEVERITY_WARNING, "the parent of an account has a dossier in the folder"},
    {"joined", SEVERITY_WARNING,
     "a dossier that was joined into another is gone; else the joining was broken off, and goes on when it "
     "is "
     "given again"},
    {"no-final-newline", SEVERITY_WARNING,
     "the last line of a file has an end; else \"cat accounts/*.yaml\" would join it and the next document"},
    {"not-read", SEVERITY_WARNING,
     "no file of a folder looks like a dossier and is not read, as koks.yml or KOKS.YAML"},
};
const size_t n_check_rules = sizeof check_rules / sizeof *check_rules;

const struct check_rule *
check_rule_find(const char *name)
{
	for (size_t i = 0; i < n_check_rules; i++) {
		if (strcmp(check_rules[i].name, name) == 0)
			return &check_rules[i];
	}
	return NULL;
}

static void
put(struct sink *sink, const struct doc *doc, const char *name, const struct node *node, const char *text)
{
	const struct check_rule *rule = check_rule_find(name);
	struct error err;

	node_error(&err, doc, node, "%s", text);
	sink_put(sink, rule ? rule->severity : SEVERITY_ERROR, name, &err);
}

void
check_put(const struct check *c, const char *rule, const struct node *node, const char *fmt, ...)
{
	char text[sizeof((struct error *)0)->text];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put(c->sink, c->doc, rule, node, text);
}

const struct node *
check_items(const struct check *c, const char *section)
{
	const struct node *list = node_get(c->doc->root, section);

	return list && list->kind == NODE_LIST ? list->first : NULL;
}

const char *
check_path(const struct check *c, const struct node *node)
{
	const char *up = node->parent ? check_path(c, node->parent) : "";

	return node->key ? arena_printf(c->arena, "%s%s%.100s", up, *up ? "." : "", node->key) : up;
}

/* the entry of a map by the n bytes of its key */
static const struct node *
entry_of(const struct node *map, const char *key, size_t n)
{
	for (const struct node *e = map->first; e; e = e->next) {
		if (*e->key == *key && strncmp(e->key, key, n) == 0 && e->key[n] == '\0')
			return e;
	}
	return NULL;
}

/* a path has three names at the most, and lists of lists are not gone into */
static void
visit_each(const struct check *c, const struct node *map, const char *path, check_visit *visit,
	   const void *row)
{
	size_t n = strcspn(path, ".");
	const struct node *value;

	if (n == 0) {
		visit(c, map, row);
		return;
	}
	value = entry_of(map, path, n);
	path += path[n] ? n + 1 : n;
	if (value && value->kind == NODE_MAP)
		visit_each(c, value, path, visit, row);
	if (!value || value->kind != NODE_LIST)
		return;
	for (const struct node *item = value->first; item; item = item->next) {
		if (item->kind == NODE_MAP)
			visit_each(c, item, path, visit, row);
	}
}

void
check_each(const struct check *c, const char *path, check_visit *visit, const void *row)
{
	visit_each(c, c->doc->root, path, visit, row);
}

void
check_account(const struct doc *doc, const struct account *account, const struct check_options *options,
	      struct arena *arena, struct sink *sink)
{
	const struct check c = {doc, account, options, arena, sink};

	check_fields(&c);
	check_same(&c);
	if (node_get(doc->root, "access"))
		access_check(doc, node_get(doc->root, "access"), sink);
	check_dates(&c);
	check_people(&c);
}

void
check_team(const struct doc *doc, const struct team *team, struct sink *sink)
{
	const struct manager *m = team->managers.v;
	char text[sizeof((struct error *)0)->text];

	for (size_t i = 0; i < team->managers.n; i++) {
		if (m[i].deputy)
			continue;
		snprintf(text, sizeof text, "managers[%zu]: %.100s has no deputy (S1)", i, m[i].id);
		put(sink, doc, "deputy", m[i].node, text);
	}
}
