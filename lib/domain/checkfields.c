/*
 * What fields say: names that no table knows, amounts, references.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/checkrun.h"
#include "domain/references.h"

#define NAMES_MAX 64 /* of a table, compared with one that it does not know */

struct referring {
	const struct reference *reference;
	const struct hash *contacts; /* by id */
};

static void
check_reference(const struct check *c, const struct hash *contacts, const char *section,
		const struct node *id)
{
	if (id->kind != NODE_SCALAR || id->len == 0 || hash_get(contacts, id->text, id->len))
		return;
	check_put(c, "reference", id, "%s: no contact has the id %s", section,
		  text_quoted(c->arena, id->text));
}

static void
visit_reference(const struct check *c, const struct node *map, const void *row)
{
	const struct referring *r = row;
	const struct node *value = node_get(map, r->reference->field);

	if (value && value->kind == NODE_SCALAR)
		check_reference(c, r->contacts, r->reference->path, value);
	for (const struct node *id = value ? value->first : NULL; id; id = id->next)
		check_reference(c, r->contacts, r->reference->path, id);
}

static void
check_references(const struct check *c)
{
	struct hash contacts = {0};

	for (const struct node *n = check_items(c, "contacts"); n; n = n->next) {
		struct node *id = node_get(n, "id");

		if (id && id->kind == NODE_SCALAR)
			*hash_put(&contacts, id->text, id->len, NULL) = id;
	}
	for (size_t i = 0; i < n_references; i++) {
		struct referring r = {&references[i], &contacts};

		if (!references[i].may)
			check_each(c, references[i].path, visit_reference, &r);
	}
	hash_free(&contacts);
}

static void
check_invoices(const struct check *c)
{
	const struct invoice *inv = c->account->invoices.v;

	for (size_t i = 0; i < c->account->invoices.n; i++, inv++) {
		if (!inv->paid.known)
			continue;
		if (decimal_sign(&inv->paid) < 0 && !(inv->amount.known && decimal_sign(&inv->amount) < 0))
			check_put(c, "paid", node_get(inv->node, "paid"),
				  "invoices: less than nothing is paid");
		else if (inv->amount.known && decimal_sign(&inv->amount) >= 0 &&
			 decimal_cmp(&inv->paid, &inv->amount) > 0)
			check_put(c, "paid", node_get(inv->node, "paid"),
				  "invoices: more is paid than was claimed");
		else if (date_is_set(inv->settled) && inv->amount.known &&
			 decimal_cmp(&inv->paid, &inv->amount) < 0)
			check_put(c, "settled", node_get(inv->node, "settled"),
				  "invoices: settled, but only %.60s of %.60s is paid",
				  node_get_text(inv->node, "paid"), node_get_text(inv->node, "amount"));
	}
}

/* in {a, b}: a comma too many, which is an error already */
static bool
is_stray(const struct node *map, const struct node *n)
{
	return map->style == STYLE_FLOW && n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && n->len == 0;
}

static void
refuse_name(const struct check *c, const struct fields *fields, const struct node *n)
{
	struct node name = {.start = n->key_start};
	const char *names[NAMES_MAX], *nearest;
	size_t count = 0;

	for (; count < fields->n && count < NAMES_MAX; count++)
		names[count] = fields->field[count].name;
	nearest = text_nearest(n->key, names, count);
	check_put(c, "unknown-name", &name, "%.100s: no such field of %s %s%s%s%s", n->key,
		  strchr("aeiou", fields->what[0]) ? "an" : "a", fields->what,
		  nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
}

/* tables nest no deeper than the program has them */
static void
check_names(const struct check *c, const struct fields *fields, const struct node *map)
{
	size_t next = 0;

	if (map->kind != NODE_MAP || fields->n == 0)
		return;
	for (const struct node *n = map->first; n; n = n->next) {
		const struct field *f = field_find_from(fields, n->key, next);

		if (!f && !is_stray(map, n))
			refuse_name(c, fields, n);
		if (!f)
			continue;
		next = (size_t)(f - fields->field) + 1;
		check_value(c, f, n);
		if (f->type == FIELD_MAP)
			check_names(c, f->sub, n);
		else if (f->type == FIELD_LIST)
			for (const struct node *item = n->first; item; item = item->next)
				check_names(c, f->sub, item);
	}
}

void
check_fields(const struct check *c)
{
	check_names(c, &account_fields, c->doc->root);
	check_references(c);
	check_values(c);
	check_invoices(c);
}
