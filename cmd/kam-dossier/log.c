/*
 * kam-dossier log: a contact that was made with the client.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "change.h"
#include "domain/value.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {'k', "kind", "KIND", "meeting, call, visit, e-mail, proposal, …"},
    {'b', "by", "WHO", "who of us (default: $KAM_USER)"},
    {'w', "with", "ID,…", "contacts of the client"},
    {'a', "about", "TEXT", "what was said"},
    {0, "next", "DATE", "the next contact, as agreed: a date, or how long from today, as 3bd or 1w"},
    {0, "told", "yes|no", "the main contact knows of it"},
    {0, "date", "DATE", "when it was, if not today"},
    {0, "again", NULL, "one more contact, although the same is noted already"},
    {0, "force", NULL, "although kam-dossier check will find mistakes"},
};

/* the entry's fields, as given; NULL: not */
struct entry_texts {
	bool again;
	bool noted; /* the same contact was noted before, and nothing is added */
	const char *date;
	const char *kind;
	const char *by;
	const char *with;
	const char *about;
	const char *next;
	const char *told;
	char *untold; /* what to say of the main contact once the entry stands; NULL: nothing */
	bool force;
};

/* who is not among the contacts cannot have been met */
static void
check_contacts(const struct change *c, struct draft *d, const struct node *with)
{
	const struct contact *contact = d->account.contacts.v;
	size_t count = d->account.contacts.n, known = 0;
	const char **ids = arena_alloc(&d->arena, (count + 1) * sizeof *ids), *nearest;
	const struct node *section = node_get(d->doc.root, "contacts");

	for (size_t i = 0; i < count; i++) {
		if (contact[i].id)
			ids[known++] = contact[i].id;
	}
	for (const struct node *n = with ? with->first : NULL; n; n = n->next) {
		size_t i = 0;

		while (i < known && strcmp(ids[i], n->text) != 0)
			i++;
		if (i < known)
			continue;
		nearest = text_nearest(n->text, ids, known);
		if (nearest)
			draft_fail(c, d, section, "contacts: no contact has the id %s; did you mean %s?",
				   text_quoted(&d->arena, n->text), nearest);
		draft_fail(
		    c, d, section ? section : d->doc.root,
		    "contacts: no contact has the id %s; add it: kam-dossier add %s contacts id=… name=…",
		    text_quoted(&d->arena, n->text), d->id);
	}
}

static void
put_text(const struct change *c, struct draft *d, struct node *entry, const char *name, const char *text)
{
	const struct field *f = field_find(&log_entry_fields, name);
	struct node *value;
	struct error err;

	if (!text)
		return;
	value = value_make(f, text, &d->arena, &err);
	if (value)
		node_put(&d->arena, entry, name, value);
	else
		cli_fatal(c->cli, "--%s: %s", name, err.text);
}

/* the texts of a list of plain words that was made here */
static struct texts
texts_of(const struct node *list, struct arena *arena)
{
	struct texts texts = {.v = arena_alloc(arena, ((list ? list->count : 0) + 1) * sizeof *texts.v)};

	for (const struct node *n = list ? list->first : NULL; n; n = n->next)
		texts.v[texts.n++] = n->text;
	return texts;
}

/* what is not written down is not done: the main contact is told of every contact (S2) */
static void
note_untold(struct entry_texts *t, const struct change *c, struct draft *d, const struct node *entry)
{
	const struct contact *main = account_main_contact(&d->account, c->cli->today);
	const struct log_entry made = {.with = texts_of(node_get(entry, "with"), &d->arena)};
	const char *key = path_item(&log_entry_fields, entry, &d->arena);
	struct buf say = {0};

	free(t->untold);
	t->untold = NULL;
	if (t->told || log_entry_is_known(&made, main))
		return;
	buf_printf(&say, "%s: the main contact%s%.200s was not there; once told of it, ", d->path,
		   main->name ? ", " : "", main->name ? arena_printf(&d->arena, "%s,", main->name) : "");
	if (strchr(key, '\''))
		buf_printf(&say, "set told: yes of %s", text_quoted(&d->arena, key));
	else
		buf_printf(&say, "kam-dossier set %s 'log/%s/told' yes", d->id, key);
	t->untold = xstrdup(say.data);
	buf_free(&say);
}

/* the entry of the log with that text in the field, NULL: in its key; NULL: none */
static const struct node *
entry_find(const struct node *log, const char *field, const char *text, struct arena *arena)
{
	for (const struct node *n = log ? log->first : NULL; n; n = n->next) {
		const char *says = NULL;

		if (n->kind == NODE_MAP)
			says =
			    field ? node_get_text(n, field) : account_item_key(&log_entry_fields, n, arena);
		if (says && strcmp(says, text) == 0)
			return n;
	}
	return NULL;
}

/* an id tells the entry from another that says the same; the fields stand in the order of their table */
static struct node *
with_own_id(const struct node *log, const struct node *entry, struct arena *arena)
{
	struct node *new = node_new_map(arena, STYLE_FLOW);
	const char *day = node_get_text(entry, "date"), *id = "";
	unsigned number = 2;

	do
		id = arena_printf(arena, "%s-%u", day, number++);
	while (entry_find(log, "id", id, arena));
	node_put_text(arena, new, "id", id);
	for (const struct node *n = entry->first; n; n = n->next)
		node_put(arena, new, n->key, node_copy(arena, n));
	return new;
}

/* A contact that is noted already is perhaps a second one of that day, or the same command given twice: nothing is noted. */
static void
refuse_repeated(struct change *c, const struct draft *d, const struct node *same, const struct node *entry,
		struct entry_texts *t)
{
	struct error err;

	t->noted = node_equal(same, entry);
	node_error(&err, &d->doc, same,
		   "log: the same contact is noted already%s; give it other words, or --again",
		   t->noted ? "" : ", with other details");
	if (!t->noted)
		cli_fail(c->cli, &err);
	c->tells_changes_only = true;
	cli_error(c->cli, &err);
}

static void
log_contact(struct change *c, struct draft *d, void *data)
{
	struct entry_texts *t = data;
	const struct node *same;
	struct node *entry = node_new_map(&d->arena, STYLE_FLOW);
	struct place place;

	change_find(c, d, "log", &place);
	put_text(c, d, entry, "date", t->date);
	put_text(c, d, entry, "kind", t->kind);
	put_text(c, d, entry, "by", t->by);
	put_text(c, d, entry, "with", t->with);
	put_text(c, d, entry, "about", t->about);
	put_text(c, d, entry, "next", t->next);
	put_text(c, d, entry, "told", t->told);
	if (!t->force)
		check_contacts(c, d, node_get(entry, "with"));
	same = entry_find(place.node, NULL, account_item_key(&log_entry_fields, entry, &d->arena), &d->arena);
	if (same && t->again)
		entry = with_own_id(place.node, entry, &d->arena);
	if (same && !t->again) {
		refuse_repeated(c, d, same, entry, t);
		return;
	}
	change_add(c, d, &place, "log", entry);
	note_untold(t, c, d, entry);
}

static void
take_option(struct entry_texts *t, const struct cli *cli, int option, const char *value)
{
	if (option == 'k')
		t->kind = value;
	else if (option == 'b')
		t->by = value;
	else if (option == 'w')
		t->with = value;
	else if (option == 'a')
		t->about = value;
	else if (option == cli_option_id(cli, "next"))
		t->next = value;
	else if (option == cli_option_id(cli, "told"))
		t->told = value;
	else if (option == cli_option_id(cli, "again"))
		t->again = true;
	else if (option == cli_option_id(cli, "date"))
		t->date = value;
	else
		t->force = true;
}

/* what can be judged without the dossier, and what today decides */
static void
settle(struct entry_texts *t, const struct cli *cli, struct arena *arena)
{
	struct date date = t->date ? cli_date(cli, "--date", t->date) : cli->today, next;

	if (!t->kind || !*t->kind)
		cli_usage(cli, "say what kind of contact it was: --kind call, meeting, visit, e-mail, …");
	if (date_cmp(date, cli->today) > 0)
		cli_usage(cli, "--date: %s is not yet; what is agreed for later goes into --next", t->date);
	if (t->told && strcmp(t->told, "yes") != 0 && strcmp(t->told, "no") != 0)
		cli_usage(cli, "--told: not yes or no: \"%.60s\"", t->told);
	t->date = change_day_text(arena, date);
	if (!t->by || !*t->by)
		t->by = change_user();
	if (!t->next)
		return;
	next = change_day(cli, "--next", t->next);
	if (date_cmp(next, date) <= 0)
		cli_usage(cli, "--next: %s is not after the contact itself", t->next);
	t->next = change_day_text(arena, next);
}

int
dossier_log(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose =
		"Notes a contact with the client in the dossier's log, which stays in order of the dates.",
	    .usage = "log [-n] [-d DIR] -k KIND [-b WHO] [-w ID,…] [-a TEXT] [--next DATE] [--told yes|no] "
		     "[--date DATE] [--force] ID",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct entry_texts texts = {0};
	struct arena arena = {0};
	struct change change;
	bool dry = false;
	char **operands;
	size_t n;
	int option;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd')
			dir = value;
		else if (option == 'n')
			dry = true;
		else
			take_option(&texts, &cli, option, value);
	}
	operands = cli_operands(&cli, &n);
	if (n != 1)
		cli_usage(&cli, n ? "one ID; a text of several words needs quotes" : "no ID");
	settle(&texts, &cli, &arena);
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	change.tells_rule = "not-told";
	change.has_force = true;
	change.force = texts.force;
	change_run(&change, operands[0], log_contact, &texts);
	if (texts.untold && !cli.quiet)
		cli_warn(&cli, "%s", texts.untold);
	free(texts.untold);
	change_end(&change);
	arena_free(&arena);
	return cli_end(&cli, texts.noted ? EXIT_LOOK : EXIT_DONE);
}
