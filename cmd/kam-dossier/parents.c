/*
 * Accounts that roll up to one that gets another id, or becomes part of
 * another.
 */
#include <string.h>

#include "change.h"

struct ids {
	const char *old;
	const char *new;
};

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
	const struct ids *ids = data;

	(void)c;
	if (parent && parent->kind == NODE_SCALAR && strcmp(parent->text, ids->old) == 0)
		draft_put_id(d, parent, ids->new);
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

int
change_parents(struct change *c, const char *old, const char *new)
{
	struct ids ids = {old, new};
	int status = EXIT_DONE;

	for (size_t i = 0; i < c->folder.n; i++) {
		const char *name = c->folder.name[i];
		size_t n = strlen(name) - strlen(DOSSIER_SUFFIX);
		int found = change_says(c, name, "parent", old);

		if (found < 0)
			status = EXIT_LOOK;
		else if (found)
			change_run(c, arena_copy(&c->folder.arena, name, n), change_parent, &ids);
	}
	return status;
}
