#include "domain/playbook.h"

#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/action.h"
#include "domain/builtin.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define NAMES_MAX 64 /* of triggers, compared with one that is not known */

static const char *const tiers[] = {"key", "large", "standard", "prospect", NULL};
static const char *const priorities[] = {"high", "normal", "low", NULL};

static const struct field escalation_table[] = {
    {"after", FIELD_OFFSET, offsetof(struct escalation, after), NULL, NULL, FIELD_REQUIRED, NULL,
     "how long after the trigger's date"},
    {"to", FIELD_TEXT, offsetof(struct escalation, to), NULL, NULL, FIELD_REQUIRED, NULL,
     "head, or a manager's id"},
};
static const struct fields escalation_fields = {"escalation", escalation_table, COUNT(escalation_table),
						sizeof(struct escalation), false};

static const struct field rule_table[] = {
    {"id", FIELD_ID, offsetof(struct rule, id), NULL, NULL, FIELD_KEY | FIELD_REQUIRED, NULL,
     "unique name; accounts switch the rule by it"},
    {"on", FIELD_TEXT, offsetof(struct rule, on), NULL, NULL, FIELD_REQUIRED, NULL,
     "the trigger it waits for"},
    {"unless", FIELD_TEXT, offsetof(struct rule, unless), NULL, NULL, 0, NULL,
     "the trigger's condition, under which there is nothing to do"},
    {"after", FIELD_OFFSET, offsetof(struct rule, after), NULL, NULL, 0, NULL,
     "due so long after the trigger's date"},
    {"before", FIELD_TEXT, offsetof(struct rule, before_given), NULL, NULL, 0, NULL,
     "due so long before it; notice: the contract's own"},
    {"every", FIELD_OFFSET, offsetof(struct rule, every), NULL, NULL, 0, NULL,
     "due again and again until it is settled"},
    {"tier", FIELD_WORDS, offsetof(struct rule, tier), NULL, tiers, 0, NULL,
     "only accounts of these tiers; none: all"},
    {"if", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "a condition on measures; this version leaves such a rule out"},
    {"do", FIELD_TEXT, offsetof(struct rule, action), NULL, NULL, FIELD_REQUIRED, NULL,
     "what is to be done, with {fields}"},
    {"priority", FIELD_WORD, offsetof(struct rule, priority), NULL, priorities, 0, NULL, "else normal"},
    {"escalate", FIELD_MAP, offsetof(struct rule, escalate), &escalation_fields, NULL, 0, NULL,
     "who else is to know when it stays open"},
};
static const struct fields rule_fields = {"rule", rule_table, COUNT(rule_table), sizeof(struct rule), false};

static const struct field playbook_table[] = {
    {"holidays", FIELD_PAIRS, offsetof(struct playbook, holidays), NULL, NULL, 0, NULL,
     "calendar to its file, relative to the playbook's folder"},
    {"rules", FIELD_LIST, offsetof(struct playbook, rules), &rule_fields, NULL, 0, NULL,
     "what is to be done when"},
};
const struct fields playbook_fields = {"playbook", playbook_table, COUNT(playbook_table),
				       sizeof(struct playbook), false};

/* a playbook being judged */
struct check {
	const struct doc *doc;
	struct arena *arena;
	struct sink *sink;
	size_t index; /* of the rule */
	struct rule *rule;
	bool failed;
};

/* a finding at the value of that name in the rule */
static void
check_put(struct check *c, enum severity severity, const char *name, const char *what)
{
	const struct node *n = node_get(c->rule->node, name);
	struct error e = {0};

	node_error(&e, c->doc, n ? n : c->rule->node, "rules[%zu].%s: %s", c->index, name, what);
	sink_put(c->sink, severity, severity == SEVERITY_ERROR ? "value" : "left-out", &e);
	if (severity == SEVERITY_ERROR)
		c->failed = true;
}

static void
trigger_refuse(struct check *c)
{
	const char *names[NAMES_MAX], *near;
	struct buf text = {0}, known = {0};
	size_t n = 0;

	for (; n < n_triggers && n < NAMES_MAX; n++) {
		names[n] = triggers[n].name;
		buf_printf(&known, "%s%s", n > 0 ? ", " : "", triggers[n].name);
	}
	for (size_t i = 0; triggers_unwatched[i] && n < NAMES_MAX; i++)
		names[n++] = triggers_unwatched[i];
	near = text_nearest(c->rule->on, names, n);
	buf_printf(&text, "no such trigger: %s; there are %s", text_quoted(c->arena, c->rule->on),
		   known.data);
	if (near)
		buf_printf(&text, "; did you mean \"%s\"?", near);
	check_put(c, SEVERITY_ERROR, "on", text.data);
	buf_free(&text);
	buf_free(&known);
}

/* Can this version follow the rule? What it cannot is said. */
static bool
rule_is_followed(struct check *c)
{
	const char *on = c->rule->on;

	if (node_get_text(c->rule->node, "if")) {
		check_put(c, SEVERITY_WARNING, "if",
			  arena_printf(c->arena,
				       "conditions are not evaluated by this version: rule %s is left out",
				       c->rule->id));
		return false;
	}
	for (size_t i = 0; triggers_unwatched[i]; i++) {
		if (strcmp(triggers_unwatched[i], on) != 0)
			continue;
		check_put(c, SEVERITY_WARNING, "on",
			  arena_printf(c->arena, "%s is not watched by this version: rule %s is left out", on,
				       c->rule->id));
		return false;
	}
	return true;
}

static void
unless_check(struct check *c)
{
	const char *unless = c->rule->unless, *known = c->rule->trigger->unless;

	if (!unless || (known && strcmp(unless, known) == 0))
		return;
	if (known)
		check_put(c, SEVERITY_ERROR, "unless",
			  arena_printf(c->arena, "the condition of %s is %s, not %s", c->rule->on, known,
				       text_quoted(c->arena, unless)));
	else
		check_put(c, SEVERITY_ERROR, "unless",
			  arena_printf(c->arena, "%s has no condition", c->rule->on));
}

static void
before_check(struct check *c)
{
	struct rule *r = c->rule;

	if (!r->before_given)
		return;
	if (r->after.unit != OFFSET_NONE) {
		check_put(c, SEVERITY_ERROR, "before", "a rule is due before or after its trigger, not both");
		return;
	}
	if (strcmp(r->before_given, "notice") == 0) {
		r->before_notice = true;
		if (!(r->trigger->flags & TRIGGER_NOTICE))
			check_put(c, SEVERITY_ERROR, "before",
				  arena_printf(c->arena, "%s has no notice; contract-end has", r->on));
	} else if (offset_parse(r->before_given, strlen(r->before_given), &r->before) < 0) {
		check_put(c, SEVERITY_ERROR, "before",
			  arena_printf(c->arena,
				       "not a span of time, as 1bd, 90d, 2w, 3m, 1y, nor notice: %s",
				       text_quoted(c->arena, r->before_given)));
	}
}

static void
action_judge(struct check *c)
{
	struct error e = {0};

	if (action_check(c->rule->action, c->rule->trigger, &e) < 0)
		check_put(c, SEVERITY_ERROR, "do", e.text);
}

/* false: the rule is left out */
static bool
rule_check(struct check *c)
{
	struct rule *r = c->rule;

	if (!rule_is_followed(c))
		return false;
	r->trigger = trigger_find(r->on);
	if (!r->trigger) {
		trigger_refuse(c);
		return false;
	}
	unless_check(c);
	before_check(c);
	if (r->every.unit != OFFSET_NONE && r->every.n == 0)
		check_put(c, SEVERITY_ERROR, "every", "nothing can be due every 0 days");
	action_judge(c);
	return true;
}

/* a playbook that asks for nothing would look as if nothing were due */
static void
rules_refuse(struct check *c, const struct node *playbook, size_t given)
{
	const struct node *rules = node_get(playbook, "rules");
	struct error e = {0};

	node_error(&e, c->doc, rules ? rules : playbook, "rules: %s",
		   given > 0 ? "there is none that this version can follow" : "there is none");
	sink_put(c->sink, SEVERITY_ERROR, "value", &e);
	c->failed = true;
}

/* Checks the rules of a playbook that was read without a finding, so that a rule's number is that of the list's item,
 * and keeps those that can be followed. */
static int
rules_check(struct playbook *p, const struct doc *doc, struct arena *arena, struct sink *sink)
{
	struct check c = {.doc = doc, .arena = arena, .sink = sink};
	struct rule *rule = p->rules.v;
	struct hash ids = {0};
	size_t given = p->rules.n, kept = 0;

	for (; c.index < given; c.index++) {
		void **known = hash_put(&ids, rule[c.index].id, strlen(rule[c.index].id), NULL);

		c.rule = &rule[c.index];
		if (*known)
			check_put(&c, SEVERITY_ERROR, "id", "another rule has it already");
		*known = c.rule;
		if (rule_check(&c))
			rule[kept++] = *c.rule;
	}
	p->rules.n = kept;
	hash_free(&ids);
	if (kept == 0 && !c.failed)
		rules_refuse(&c, doc->root, given);
	return c.failed ? -1 : 0;
}

int
playbook_read(struct playbook *p, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	/* the tree grows in the caller's arena, lent to the document, as the playbook's strings lie in it */
	struct doc doc = {.arena = *arena};
	struct error e = {0};
	int result;

	memset(p, 0, sizeof *p);
	result = doc_parse(&doc, file, 1, text, &e);
	if (result < 0)
		sink_put(sink, SEVERITY_ERROR, "syntax", &e);
	else
		result = fields_read(&doc, doc.root, &playbook_fields, p, &doc.arena, sink);
	if (result == 0)
		result = rules_check(p, &doc, &doc.arena, sink);
	*arena = doc.arena;
	return result;
}

void
playbook_builtin(struct playbook *p, struct arena *arena)
{
	/* a test sees to it that there is nothing to find */
	struct sink sink = {0};
	struct str text = {builtin_playbook, strlen(builtin_playbook)};

	playbook_read(p, text, "built-in", arena, &sink);
}

const char *
playbook_holidays(const struct playbook *p, const char *calendar)
{
	for (size_t i = 0; i < p->holidays.n; i++) {
		if (strcmp(p->holidays.name[i], calendar) == 0)
			return p->holidays.text[i];
	}
	return NULL;
}
