/*
 * What is said of people: the contacts at the client, and who of us serves it.
 */
#include <string.h>

#include "base/text.h"
#include "domain/checkrun.h"

/* fields that hold the id of one of us; others, as voice.by, may name a unit */
static const struct ours {
	const char *path;
	const char *field;
	bool or_theirs; /* or of a contact */
} ours[] = {
    {"log", "by", false},
    {"promises", "by", false},
    {"plan.actions", "owner", true},
    {"audit.actions", "owner", true},
    {"followups", "by", false},
};

/* one who is marked, and is there still */
static void
check_main_contact(const struct check *c, const struct node *place)
{
	const struct contact *contact = c->account->contacts.v,
			     *main = account_main_contact(c->account, c->options->today), *gone = NULL;

	if (main && main->primary != YESNO_YES)
		main = NULL;
	for (size_t i = 0; i < c->account->contacts.n; i++) {
		if (contact[i].primary != YESNO_YES || &contact[i] == main)
			continue;
		if (!contact_has_left(&contact[i], c->options->today))
			check_put(c, "main-contact", contact[i].node, "contacts: a second main contact");
		else if (!gone)
			gone = &contact[i];
	}
	if (!main && gone)
		check_put(c, "main-contact", gone->node, "contacts: the main contact has left");
	else if (!main)
		check_put(c, "main-contact", place, "contacts: none is the main contact, primary: yes (S2)");
}

/* people who are known at the client, all on one line across it or up it */
static void
check_links(const struct check *c, const struct node *place)
{
	const struct contact *contact = c->account->contacts.v, *across = NULL, *up = NULL;
	size_t functions = 0, levels = 0;
	bool one_function = true, one_level = true;

	for (size_t i = 0; i < c->account->contacts.n; i++) {
		const struct contact *p = &contact[i];

		if (contact_has_left(p, c->options->today))
			continue;
		if (p->function && functions++)
			one_function = one_function && strcmp(p->function, across->function) == 0;
		if (p->function)
			across = p;
		if (p->level && levels++)
			one_level = one_level && p->level == up->level;
		if (p->level)
			up = p;
	}
	if (functions > 1 && one_function)
		check_put(c, "links", place, "contacts: all are in %s; horizontal links are missing (S1)",
			  across->function);
	if (levels > 1 && one_level)
		check_put(c, "links", place, "contacts: all are of level %d; vertical links are missing (S1)",
			  up->level);
}

/* Contacts are asked for where people keep them: in accounts of the upper tiers, and where there are any. */
static void
check_contacts(const struct check *c)
{
	const struct account *a = c->account;
	const struct node *place = node_get(a->node, "contacts");
	bool upper = a->tier && (tier_is_key(a->tier) || strcmp(a->tier, "large") == 0);
	size_t n = account_contact_count(a, c->options->today);

	if (!upper && a->contacts.n == 0)
		return;
	place = place ? place : a->node;
	if (n < ACCOUNT_CONTACTS_LEAST)
		check_put(c, "few-contacts", place, "contacts: %zu of at least %d (S1)", n,
			  ACCOUNT_CONTACTS_LEAST);
	check_main_contact(c, place);
	check_links(c, place);
}

/* Is it of the time for which the log has to say who was told? Histories of years in which nobody wrote it down would
 * drown all else. */
static bool
is_recent(const struct check *c, struct date date)
{
	struct offset age = check_age(c, "told");

	return age.unit != OFFSET_NONE && date_is_set(date) && date_cmp(date, c->options->today) <= 0 &&
	       date_cmp(date_add_offset(date, age, 1, NULL), c->options->today) >= 0;
}

static void
check_told(const struct check *c)
{
	const struct log_entry *entry = c->account->log.v;
	const struct contact *main = account_main_contact(c->account, c->options->today);

	for (size_t i = 0; i < c->account->log.n; i++) {
		const struct log_entry *e = &entry[i];
		bool said = e->told == YESNO_NO;

		if (log_entry_is_known(e, main) || (!said && !is_recent(c, e->date)))
			continue;
		check_put(c, "not-told", said ? node_get(e->node, "told") : e->node,
			  "log: the main contact %s of this %.60s (S2)",
			  said ? "does not know" : "was not told, as far as is written,",
			  e->kind ? e->kind : "contact");
	}
}

static bool
is_contact(const struct check *c, const char *id)
{
	const struct contact *contact = c->account->contacts.v;

	for (size_t i = 0; i < c->account->contacts.n; i++) {
		if (contact[i].id && strcmp(contact[i].id, id) == 0)
			return true;
	}
	return false;
}

static bool
serves(const struct check *c, const char *id)
{
	const struct account *a = c->account;

	if (team_has(c->options->team, id) || (a->manager && strcmp(a->manager, id) == 0))
		return true;
	for (size_t i = 0; i < a->team.n; i++) {
		if (strcmp(a->team.v[i], id) == 0)
			return true;
	}
	return false;
}

static void
visit_ours(const struct check *c, const struct node *map, const void *row)
{
	const struct ours *o = row;
	const char *id = node_get_text(map, o->field);

	if (id && !serves(c, id) && !(o->or_theirs && is_contact(c, id)))
		check_put(c, "colleague", node_get(map, o->field),
			  "%s: %s is neither in the team file nor of the account's team", o->path,
			  text_quoted(c->arena, id));
}

static void
check_colleagues(const struct check *c)
{
	const struct account *a = c->account;
	const struct node *team = node_get(a->node, "team");

	if (a->manager && !team_find(c->options->team, a->manager))
		check_put(c, "manager", node_get(a->node, "manager"),
			  "manager: no manager of the team file has the id %s",
			  text_quoted(c->arena, a->manager));
	for (const struct node *n = team ? team->first : NULL; n; n = n->next) {
		if (n->kind == NODE_SCALAR && n->len && !team_has(c->options->team, n->text))
			check_put(c, "manager", n,
				  "team: neither a manager nor a member of the team file is called %s",
				  text_quoted(c->arena, n->text));
	}
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		check_each(c, ours[i].path, visit_ours, &ours[i]);
}

void
check_people(const struct check *c)
{
	check_contacts(c);
	check_told(c);
	/* a team file without managers says nothing of them: they are as the accounts name them */
	if (c->options->team && c->options->team->managers.n)
		check_colleagues(c);
}
