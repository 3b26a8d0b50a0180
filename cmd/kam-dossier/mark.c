/*
 * kam-dossier done and snooze: a follow-up is closed, or put off.
 */
#include <string.h>

#include "base/text.h"
#include "domain/value.h"
#include "mark.h"

#define UNDATED ":undated"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {'b', "by", "WHO", "who of us (default: $KAM_USER)"},
    {0, "force", NULL, "keys of no rule of the playbook, or of nothing in the dossier, too"},
};

/* sets one field of the follow-up's item */
static void
put_field(struct draft *d, const struct node *item, const struct field *type, const char *name,
	  const char *text)
{
	const char **names = arena_alloc(&d->arena, sizeof *names);
	struct place place = {.node = node_get(item, name),
			      .section = type,
			      .parent = item,
			      .in = type->sub,
			      .name = names,
			      .names = 1};
	const struct field *f = field_find(type->sub, name);

	names[0] = name;
	if (text)
		value_put(&d->doc, &place, value_make(f, text, &d->arena, NULL), &d->edits, &d->arena);
}

static const struct node *
item_of(const struct node *list, const char *key)
{
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		const char *text = node_get_text(n, "key");

		if (text && strcmp(text, key) == 0)
			return n;
	}
	return NULL;
}

static void
mark_one(struct change *c, struct draft *d, const struct marking *m, const char *key)
{
	const struct node *item;
	struct node *new;
	struct place place;

	change_find(c, d, "followups", &place);
	item = item_of(place.node, key);
	if (!item) {
		if (!m->force)
			marking_check(c, d, m, key);
		new = node_new_map(&d->arena, STYLE_FLOW);
		node_put_text(&d->arena, new, "key", key);
		node_put_plain(&d->arena, new, m->field, m->day);
		node_put_text(&d->arena, new, "by", m->by);
		change_add(c, d, &place, "followups", new);
		return;
	}
	/* closed is closed, on the first day */
	if (strcmp(m->field, "done") == 0 && node_get_text(item, "done"))
		return;
	put_field(d, item, place.type, m->field, m->day);
	put_field(d, item, place.type, "by", m->by);
}

static void
mark(struct change *c, struct draft *d, void *data)
{
	const struct marking *m = data;

	for (size_t i = 0; i < m->keys; i++)
		mark_one(c, d, m, m->key[i]);
}

/* rule:subject:date, or rule:date; the date may be "undated" */
static void
check_key(const struct cli *cli, const char *key)
{
	const char *colon = strrchr(key, ':');
	struct buf quoted = {0};
	struct date day;

	if (colon && colon > key && utf8_check(key, strlen(key)) == strlen(key) &&
	    (strcmp(colon, UNDATED) == 0 || date_parse(colon + 1, strlen(colon + 1), &day) == 0))
		return;
	text_quote(&quoted, key, strlen(key));
	cli_fatal(cli, "not a follow-up's key, as kam-followup -f csv prints it (debt:I-9:2026-11-20): %s",
		  quoted.data);
}

/* the same key twice in one run would be two items */
static void
check_keys(const struct cli *cli, char *const *key, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_key(cli, key[i]);
		for (size_t k = 0; k < i; k++) {
			if (strcmp(key[k], key[i]) == 0)
				cli_usage(cli, "the key %.100s is given twice", key[i]);
		}
	}
}

static int
run(struct cli *cli, int argc, char **argv, struct marking *m, bool snooze)
{
	const char *value, *dir = NULL;
	struct arena arena = {0};
	struct change change;
	bool dry = false;
	struct date day;
	char **operands;
	size_t n;
	int option;

	cli_begin(cli, argc, argv);
	while ((option = cli_option(cli, &value)) != -1) {
		if (option == 'd')
			dir = value;
		else if (option == 'n')
			dry = true;
		else if (option == 'b')
			m->by = value;
		else
			m->force = true;
	}
	operands = cli_operands(cli, &n);
	if (snooze ? n != 3 : n < 2)
		cli_usage(cli,
			  snooze ? "snooze needs an ID, a KEY and UNTIL when" : "done needs an ID and a KEY");
	day = snooze ? change_day(cli, "UNTIL", operands[2]) : cli->today;
	if (snooze && date_cmp(day, cli->today) <= 0)
		cli_usage(cli, "UNTIL: %s is not after today", operands[2]);
	m->key = operands + 1;
	m->keys = snooze ? 1 : n - 1;
	m->day = change_day_text(&arena, day);
	if (!m->by || !*m->by)
		m->by = change_user();
	if (m->by && utf8_check(m->by, strlen(m->by)) < strlen(m->by))
		cli_usage(cli, "--by: not UTF-8");
	check_keys(cli, m->key, m->keys);
	if (!m->force)
		marking_load(m, cli, &arena);
	change_begin(&change, cli, dossier_folder(cli, dir), dry);
	change_run(&change, operands[0], mark, m);
	change_end(&change);
	arena_free(&arena);
	return cli_end(cli, EXIT_DONE);
}

int
dossier_done(int argc, char **argv)
{
	struct marking m = {.field = "done"};
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Closes follow-ups of an account, by the keys that kam-followup prints.",
	    .usage = "done [-n] [-d DIR] [-b WHO] [--force] ID KEY …",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};

	return run(&cli, argc, argv, &m, false);
}

int
dossier_snooze(int argc, char **argv)
{
	struct marking m = {.field = "snoozed"};
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Puts a follow-up of an account off, until a date or as long as 3bd or 2w from today.",
	    .usage = "snooze [-n] [-d DIR] [-b WHO] [--force] ID KEY UNTIL",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};

	return run(&cli, argc, argv, &m, true);
}
