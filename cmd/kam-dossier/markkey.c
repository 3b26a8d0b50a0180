/*
 * Does a follow-up's key name something: a rule of the playbook, and a thing
 * of the dossier? A slip of the pen would close nothing, and look as if it had.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "mark.h"

#define LOOK_AHEAD 366 /* days: of the follow-ups due until then a key may be meant */
#define KEYS_NAMED 5   /* by a message */

void
marking_load(struct marking *m, const struct cli *cli, struct arena *arena)
{
	const char *file = cli->settings.playbook;
	struct buf text = {0};
	struct sink quiet = {0};

	if (!file) {
		playbook_builtin(&m->playbook, arena);
		return;
	}
	cli_read_file(cli, file, &text);
	if (playbook_read(&m->playbook, (struct str){text.len ? text.data : "", text.len}, file, arena,
			  &quiet) < 0)
		cli_fatal(cli, "%s: has mistakes, as kam-followup tells; mend them, or use --force", file);
	buf_free(&text);
}

static const struct rule *
rule_of(const struct playbook *playbook, const char *key)
{
	const struct rule *rule = playbook->rules.v;
	size_t n = strcspn(key, ":");

	for (size_t i = 0; i < playbook->rules.n; i++) {
		if (strlen(rule[i].id) == n && memcmp(rule[i].id, key, n) == 0)
			return &rule[i];
	}
	return NULL;
}

/* what stands between the rule and the date; NULL: nothing */
static const char *
subject_of(const char *key, struct arena *arena)
{
	const char *first = strchr(key, ':'), *last = strrchr(key, ':');

	return first < last ? arena_copy(arena, first + 1, (size_t)(last - first - 1)) : NULL;
}

/* subject: NULL: an item that has no key */
static bool
list_has(const struct draft *d, const char *section, const char *subject, struct arena *arena)
{
	const struct fields *fields = field_find(&account_fields, section)->sub;
	const struct node *list = node_get(d->doc.root, section);

	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		if (n->kind == NODE_MAP &&
		    strcmp(account_item_key(fields, n, arena), subject ? subject : "") == 0)
			return true;
	}
	return false;
}

/* "; did you mean …?", from what is or will be due for the account, and from the names of rules */
static const char *
meant(const struct draft *d, const struct marking *m, const struct cli *cli, const char *key, bool rule_known)
{
	struct followup_options options = {.today = cli->today,
					   .until = date_add_days(cli->today, LOOK_AHEAD)};
	const struct rule *rule = m->playbook.rules.v;
	struct arena *arena = (struct arena *)&d->arena;
	struct followups list = {0};
	const char **names, *nearest, *hint = "";
	size_t n = 0;

	followups_collect(&list, &m->playbook, &d->account, &options, arena);
	followups_sort(&list);
	names = arena_alloc(arena, (list.n + m->playbook.rules.n + 1) * sizeof *names);
	for (size_t i = 0; i < list.n; i++)
		names[n++] = list.v[i].key;
	nearest = text_nearest(key, names, n);
	for (size_t i = 0; i < n && i < KEYS_NAMED && !nearest; i++)
		hint = arena_printf(arena, "%s%s%s", hint, i ? ", " : "; there are: ", names[i]);
	for (size_t i = n = 0; i < m->playbook.rules.n; i++)
		names[n++] = rule[i].id;
	if (!nearest && !rule_known)
		nearest = text_nearest(arena_copy(arena, key, strcspn(key, ":")), names, n);
	free(list.v);
	return nearest ? arena_printf(arena, "; did you mean %s?", nearest) : hint;
}

void
marking_check(const struct change *c, struct draft *d, const struct marking *m, const char *key)
{
	const struct rule *rule = rule_of(&m->playbook, key);
	const char *subject = subject_of(key, &d->arena), *section = rule ? rule->trigger->section : NULL;
	const char *file = c->cli->settings.playbook ? c->cli->settings.playbook : "the built-in playbook";

	if (!rule)
		draft_fail(c, d, d->doc.root, "%.200s: no rule of %.200s%.400s (any other: --force)",
			   text_quoted(&d->arena, key), file, meant(d, m, c->cli, key, false));
	if (section ? list_has(d, section, subject, &d->arena) : !subject)
		return;
	draft_fail(c, d, d->doc.root, "%.200s: nothing of %.100s is called so%.400s (any other: --force)",
		   text_quoted(&d->arena, key), section ? section : rule->id, meant(d, m, c->cli, key, true));
}
