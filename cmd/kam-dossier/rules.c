/*
 * The rules of kam-dossier check, and those of them that look into one
 * account alone.
 */
#include <string.h>

#include "base/text.h"
#include "dossier.h"

const struct rule rules[] = {
    {"read", SEVERITY_ERROR, "the file can be read, and a written stream is whole"},
    {"syntax", SEVERITY_ERROR, "the document is YAML of the kind that dossiers are written in"},
    {"type", SEVERITY_ERROR, "a value is of its field's type: a date, a number, a list"},
    {"word", SEVERITY_ERROR, "a word is one of those that its field knows"},
    {"value", SEVERITY_ERROR, "a value is one that its field can have"},
    {"name", SEVERITY_ERROR, "every name in a {…} has a value: {amount: 12,5} has a comma too many"},
    {"missing", SEVERITY_ERROR, "what must be there is there: an account's id, an item's key"},
    {"file-name", SEVERITY_ERROR, "a dossier's file is called as its id, and holds one account"},
    {"duplicate-id", SEVERITY_ERROR, "no two accounts have the same id"},
    {"duplicate-code", SEVERITY_ERROR, "no two accounts have the same code of another system"},
    {"duplicate-key", SEVERITY_ERROR, "no two items of a list have the same key"},
    {"reference", SEVERITY_ERROR, "a contact that something refers to is among the contacts"},
    {"date-order", SEVERITY_ERROR, "what comes first has the earlier date"},
    {"paid", SEVERITY_ERROR, "no more is paid than was claimed, and not less than nothing"},
    {"negative", SEVERITY_ERROR, "returns, a potential, a deal's amount, a contract's value are 0 or more"},
    {"unknown-name", SEVERITY_WARNING,
     "names are those that kam-account(5) lists; others are kept, and not used"},
    {"main-contact", SEVERITY_WARNING, "one contact is the main one (primary: yes) and has not left (S2)"},
    {"few-contacts", SEVERITY_WARNING, "an account has four contacts at least (S1)"},
    {"not-told", SEVERITY_WARNING, "the main contact is told of every contact with the client (S2)"},
    {"no-final-newline", SEVERITY_WARNING,
     "the last line of a file has an end, so that files can be joined: cat accounts/*.yaml"},
    {"not-read", SEVERITY_WARNING, "no file of a folder looks like a dossier, as a.yml, and is not read"},
};
const size_t n_rules = sizeof rules / sizeof *rules;

/* fields that hold the id of a contact, or a list of them */
static const struct reference {
	const char *section;
	const char *field;
} references[] = {
    {"contacts", "reports-to"}, {"log", "with"},    {"surveys", "contact"},
    {"voice", "contact"},	{"promises", "to"}, {"referrals", "by"},
};

/* dates of an item, the first of which is not after the second; map: they stand in a map of the item */
static const struct order {
	const char *section;
	const char *map;
	const char *first;
	const char *second;
} orders[] = {
    {"contracts", NULL, "start", "end"},
    {"programmes", NULL, "start", "end"},
    {"deals", NULL, "opened", "expected-close"},
    {"deals", NULL, "opened", "closed"},
    {"deals", "proposal", "approved", "sent"},
    {"deals", "proposal", "sent", "acknowledged"},
    {"deals", "proposal", "sent", "valid-until"},
    {"projects", NULL, "start", "due"},
    {"projects", NULL, "start", "done"},
    {"complaints", NULL, "opened", "answered"},
    {"complaints", NULL, "opened", "closed"},
    {"surveys", NULL, "sent", "date"},
    {"deliveries", NULL, "ordered", "promised"},
    {"deliveries", NULL, "ordered", "delivered"},
    {"invoices", NULL, "date", "due"},
};

/* fields of items that are 0 or more */
static const struct amount {
	const char *section;
	const char *field;
} amounts[] = {
    {"sales", "returns"},
    {"potential", "amount"},
    {"deals", "amount"},
    {"contracts", "value"},
};

const struct rule *
rule_find(const char *name)
{
	static const struct rule other = {"other", SEVERITY_ERROR, ""};

	for (size_t i = 0; i < n_rules; i++) {
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	}
	return &other;
}

/* the first item of a section that is a list, else NULL */
static const struct node *
items_of(const struct check *c, const char *section)
{
	const struct node *list = node_get(c->doc->root, section);

	return list && list->kind == NODE_LIST ? list->first : NULL;
}

static void
check_reference(struct check *c, const struct hash *contacts, const char *section, const struct node *id)
{
	if (id->kind != NODE_SCALAR || id->len == 0 || hash_get(contacts, id->text, id->len))
		return;
	check_put(c, "reference", id, "%s: no contact has the id %s", section,
		  text_quoted(&c->scratch, id->text));
}

static void
check_references(struct check *c)
{
	struct hash contacts = {0};

	for (const struct node *n = items_of(c, "contacts"); n; n = n->next) {
		struct node *id = node_get(n, "id");

		if (id && id->kind == NODE_SCALAR)
			*hash_put(&contacts, id->text, id->len, NULL) = id;
	}
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		for (const struct node *n = items_of(c, references[i].section); n; n = n->next) {
			const struct node *value = node_get(n, references[i].field);

			if (value && value->kind == NODE_SCALAR)
				check_reference(c, &contacts, references[i].section, value);
			for (const struct node *id = value ? value->first : NULL; id; id = id->next)
				check_reference(c, &contacts, references[i].section, id);
		}
	}
	hash_free(&contacts);
}

static struct date
date_of(const struct node *map, const char *name)
{
	const char *text = node_get_text(map, name);
	struct date date = {0};

	if (text)
		date_parse(text, strlen(text), &date);
	return date;
}

static void
check_dates(struct check *c)
{
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		const struct order *o = &orders[i];

		for (const struct node *n = items_of(c, o->section); n; n = n->next) {
			const struct node *map = o->map ? node_get(n, o->map) : n;
			struct date first = date_of(map, o->first), second = date_of(map, o->second);

			if (!date_is_set(first) || !date_is_set(second) || date_cmp(first, second) <= 0)
				continue;
			check_put(c, "date-order", node_get(map, o->second), "%s: %s %s is before %s %s",
				  o->section, o->second, node_get_text(map, o->second), o->first,
				  node_get_text(map, o->first));
		}
	}
}

static void
check_amounts(struct check *c)
{
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
		for (const struct node *n = items_of(c, amounts[i].section); n; n = n->next) {
			const char *text = node_get_text(n, amounts[i].field);
			struct decimal amount;

			if (text && decimal_parse(text, strlen(text), &amount) == 0 &&
			    decimal_sign(&amount) < 0)
				check_put(c, "negative", node_get(n, amounts[i].field),
					  "%s: %s is less than nothing: %.100s", amounts[i].section,
					  amounts[i].field, text);
		}
	}
}

static void
check_invoices(struct check *c)
{
	const struct invoice *inv = c->account.invoices.v;

	for (size_t i = 0; i < c->account.invoices.n; i++, inv++) {
		if (!inv->paid.known)
			continue;
		if (decimal_sign(&inv->paid) < 0 && !(inv->amount.known && decimal_sign(&inv->amount) < 0))
			check_put(c, "paid", node_get(inv->node, "paid"),
				  "invoices: less than nothing is paid");
		else if (inv->amount.known && decimal_sign(&inv->amount) >= 0 &&
			 decimal_cmp(&inv->paid, &inv->amount) > 0)
			check_put(c, "paid", node_get(inv->node, "paid"),
				  "invoices: more is paid than was claimed");
	}
}

static const struct contact *
main_contact(const struct check *c)
{
	const struct contact *contact = c->account.contacts.v;

	for (size_t i = 0; i < c->account.contacts.n; i++) {
		if (contact[i].primary == YESNO_YES)
			return &contact[i];
	}
	return NULL;
}

/* Contacts are asked for where people keep them: in accounts of the upper tiers, and where there are any. */
static void
check_contacts(struct check *c)
{
	const struct account *a = &c->account;
	const struct node *place = node_get(a->node, "contacts");
	const struct contact *main = main_contact(c), *contact = a->contacts.v;
	struct date today = c->cli->today;
	bool upper = a->tier && (strcmp(a->tier, "key") == 0 || strcmp(a->tier, "large") == 0);
	size_t n = account_contact_count(a, today);

	if (!upper && a->contacts.n == 0)
		return;
	place = place ? place : a->node;
	if (n < ACCOUNT_CONTACTS_LEAST)
		check_put(c, "few-contacts", place, "contacts: %zu of at least %d (S1)", n,
			  ACCOUNT_CONTACTS_LEAST);
	if (!main)
		check_put(c, "main-contact", place, "contacts: none is the main contact, primary: yes (S2)");
	else if (date_is_set(main->left) && date_cmp(main->left, today) <= 0)
		check_put(c, "main-contact", main->node, "contacts: the main contact has left");
	for (size_t i = 0; i < a->contacts.n; i++) {
		if (contact[i].primary == YESNO_YES && &contact[i] != main)
			check_put(c, "main-contact", contact[i].node, "contacts: a second main contact");
	}
}

static bool
was_with(const struct log_entry *entry, const struct contact *contact)
{
	for (size_t i = 0; contact && contact->id && i < entry->with.n; i++) {
		if (strcmp(entry->with.v[i], contact->id) == 0)
			return true;
	}
	return false;
}

static void
check_told(struct check *c)
{
	const struct log_entry *entry = c->account.log.v;
	const struct contact *main = main_contact(c);

	for (size_t i = 0; i < c->account.log.n; i++) {
		if (entry[i].told == YESNO_NO && !was_with(&entry[i], main))
			check_put(c, "not-told", node_get(entry[i].node, "told"),
				  "log: the main contact does not know of this %s (S2)",
				  entry[i].kind ? entry[i].kind : "contact");
	}
}

/* in {a, b}: a comma too many, which is an error already */
static bool
is_stray(const struct node *map, const struct node *n)
{
	return map->style == STYLE_FLOW && n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && n->len == 0;
}

/* tables nest no deeper than the program has them */
static void
check_names(struct check *c, const struct fields *fields, const struct node *map)
{
	if (map->kind != NODE_MAP || fields->n == 0)
		return;
	for (const struct node *n = map->first; n; n = n->next) {
		const struct field *f = field_find(fields, n->key);
		const char *nearest = f ? NULL : name_nearest(fields, n->key);
		struct node name = {.start = n->key_start};

		if (!f && is_stray(map, n))
			continue;
		if (!f)
			check_put(c, "unknown-name", &name, "%.100s: no such field of %s %s%s%s%s", n->key,
				  strchr("aeiou", fields->what[0]) ? "an" : "a", fields->what,
				  nearest ? "; did you mean \"" : "", nearest ? nearest : "",
				  nearest ? "\"?" : "");
		else if (f->type == FIELD_MAP)
			check_names(c, f->sub, n);
		else if (f->type == FIELD_LIST)
			for (const struct node *item = n->first; item; item = item->next)
				check_names(c, f->sub, item);
	}
}

void
check_account(struct check *c)
{
	check_names(c, &account_fields, c->doc->root);
	check_references(c);
	check_dates(c);
	check_amounts(c);
	check_invoices(c);
	check_contacts(c);
	check_told(c);
}
