#include "domain/references.h"

#include <string.h>

const struct reference references[] = {
    {"contacts", "reports-to", false}, {"log", "with", false},		{"surveys", "contact", false},
    {"voice", "contact", false},       {"promises", "to", false},	{"referrals", "by", false},
    {"needs", "whose", true},	       {"plan.actions", "owner", true}, {"audit.actions", "owner", true},
};
const size_t n_references = sizeof references / sizeof *references;

/* lists whose items are subjects of follow-ups, or may be those of a playbook to come */
static const char *const subjects[] = {"contacts", "deals",	 "contracts",	 "invoices",  "promises",
				       "projects", "complaints", "plan/actions", "deliveries"};

struct renaming {
	const struct node *account;
	const struct hash *names;
	struct hash ours; /* ids of our people */
	struct arena *arena;
	reference_fn *found;
	void *data;
};

static void
note_text(struct hash *hash, struct node *node)
{
	if (node && node->kind == NODE_SCALAR && node->len)
		*hash_put(hash, node->text, node->len, NULL) = node;
}

/* the account's manager and its team; and "business", the client itself */
static void
note_ours(struct renaming *r)
{
	static const char business[] = "business";
	const struct node *team = node_get(r->account, "team");

	note_text(&r->ours, node_get(r->account, "manager"));
	for (struct node *n = team ? team->first : NULL; n; n = n->next)
		note_text(&r->ours, n);
	*hash_put(&r->ours, business, strlen(business), NULL) = (void *)business;
}

static void
rename_text(const struct renaming *r, struct node *value, bool may)
{
	const char *new =
	    value->kind == NODE_SCALAR && value->len ? hash_get(r->names, value->text, value->len) : NULL;

	if (new && !(may && hash_get(&r->ours, value->text, value->len)))
		r->found(r->data, value, new);
}

/* path: names of a section and of what stands in its items */
static void
rename_fields(const struct renaming *r, const struct node *map, const char *path,
	      const struct reference *reference)
{
	size_t n = strcspn(path, ".");
	struct node *value = node_get(map, n ? arena_copy(r->arena, path, n) : reference->field);

	if (!value)
		return;
	if (n == 0) {
		rename_text(r, value, reference->may);
		for (struct node *text = value->first; text; text = text->next)
			rename_text(r, text, reference->may);
		return;
	}
	path += path[n] ? n + 1 : n;
	if (value->kind == NODE_MAP)
		rename_fields(r, value, path, reference);
	for (struct node *item = value->kind == NODE_LIST ? value->first : NULL; item; item = item->next)
		rename_fields(r, item, path, reference);
}

static const struct node *
list_at(const struct node *account, const char *path, struct arena *arena)
{
	size_t n = strcspn(path, "/");
	const struct node *section = node_get(account, arena_copy(arena, path, n));

	return path[n] ? node_get(section, path + n + 1) : section;
}

/* Are items of the list subjects of follow-ups? Then notes the ids of other lists that have some. */
static bool
note_others(const struct renaming *r, const char *list, struct hash *others)
{
	bool subject = false;

	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		const struct node *other = list_at(r->account, subjects[i], r->arena);

		subject = subject || strcmp(subjects[i], list) == 0;
		if (!other || strcmp(subjects[i], list) == 0)
			continue;
		for (const struct node *n = other->first; n; n = n->next)
			note_text(others, node_get(n, "id"));
	}
	return subject;
}

static void
rename_followup(const struct renaming *r, const struct hash *others, struct node *key)
{
	const char *subject = strchr(key->text, ':'), *end = strrchr(key->text, ':'), *new;
	size_t n;

	if (!subject || end == subject)
		return;
	n = (size_t)(end - subject) - 1;
	new = hash_get(r->names, subject + 1, n);
	if (new && !hash_get(others, subject + 1, n))
		r->found(
		    r->data, key,
		    arena_printf(r->arena, "%.*s:%s%s", (int)(subject - key->text), key->text, new, end));
}

static void
rename_followups(const struct renaming *r, const char *list)
{
	const struct node *marks = node_get(r->account, "followups");
	struct hash others = {0};

	if (marks && note_others(r, list, &others)) {
		for (const struct node *item = marks->first; item; item = item->next) {
			struct node *key = node_get(item, "key");

			if (key && key->kind == NODE_SCALAR)
				rename_followup(r, &others, key);
		}
	}
	hash_free(&others);
}

void
references_rename(const struct node *account, const char *list, const struct hash *names, struct arena *arena,
		  reference_fn *found, void *data)
{
	struct renaming r = {account, names, {0}, arena, found, data};

	note_ours(&r);
	for (size_t i = 0; strcmp(list, "contacts") == 0 && i < n_references; i++)
		rename_fields(&r, account, references[i].path, &references[i]);
	rename_followups(&r, list);
	hash_free(&r.ours);
}
