/*
 * Accounts that roll up to one that gets another id, or becomes part of
 * another.
 */
#include <string.h>

#include "change.h"

void
draft_put_id(struct draft *d, const struct node *node, const char *id)
{
	struct node *value = node_new_text(&d->arena, id);

	if (node->style == STYLE_QUOTED)
		value->style = STYLE_QUOTED;
	edit_replace(&d->edits, &d->arena, node, value);
}

static void
change_parent(struct change *c, struct draft *d, void *data)
{
	const struct node *parent = node_get(d->doc.root, "parent");
	const struct parents *p = data;

	(void)c;
	if (parent && parent->kind == NODE_SCALAR && strcmp(parent->text, p->old) == 0)
		draft_put_id(d, parent, p->new);
}

int
change_says(struct change *c, const char *name, const char *field, const char *text)
{
	const char *path = folder_path(&c->folder, name), *says;
	struct buf bytes = {0};
	struct doc doc = {0};
	struct stat state;
	struct error err;
	int status = atomic_read(c->folder.fd, name, DOC_SIZE_MAX, &bytes, &state, &err);

	err.file = path;
	buf_adds(&bytes, "");
	if (status == 0)
		status = doc_parse(&doc, path, 1, (struct str){bytes.data, bytes.len}, &err);
	if (status < 0) {
		cli_error(c->cli, &err);
	} else {
		says = node_get_text(doc.root, field);
		status = says && strcmp(says, text) == 0;
	}
	doc_free(&doc);
	buf_free(&bytes);
	return status;
}

void
parents_find(struct change *c, struct parents *p, const char *old, const char *new)
{
	*p = (struct parents){.old = old, .new = new};
	claims_read(c, &p->claims);
	if (p->claims.unread)
		cli_fatal(c->cli, "%s: it cannot be told which dossiers roll up to %s; nothing was changed",
			  c->folder.path, old);
	p->child = arena_alloc(&c->folder.arena, (p->claims.n + 1) * sizeof *p->child);
	for (size_t i = 0; i < p->claims.n; i++) {
		const struct claimant *k = p->claims.v[i];

		if (k->parent && strcmp(k->parent, old) == 0)
			p->child[p->n++] = k->id;
	}
}

void
parents_free(struct parents *p)
{
	claims_free(&p->claims);
}

static const char *
parent_of(const struct claims *claims, const char *id)
{
	const struct claimant *c = hash_get(&claims->by_id, id, strlen(id));

	return c ? c->parent : NULL;
}

void
parents_refuse_circle(const struct change *c, const struct parents *p)
{
	const char *const id[] = {p->new, p->old, p->new};

	for (int i = 0; i < 2; i++) {
		const char *parent = parent_of(&p->claims, id[i]);

		if (claims_reach(&p->claims, parent, id[i]))
			cli_fatal(c->cli, "parent: %s is in a circle of parents already; mend that first",
				  id[i]);
		if (claims_reach(&p->claims, parent, id[i + 1]))
			cli_fatal(c->cli,
				  "parent: one of the two rolls up to the other, %s to %s, so they are two "
				  "companies; if not, empty the parent first",
				  id[i], id[i + 1]);
	}
}

void
parents_change(struct change *c, struct parents *p)
{
	for (size_t i = 0; i < p->n; i++)
		change_run(c, p->child[i], change_parent, p);
}
