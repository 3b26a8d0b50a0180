/*
 * kam-dossier audit --apply: a filled form becomes an item of a list of
 * audits, in the account's dossier or in the supplier's file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auditing.h"
#include "base/atomic.h"
#include "base/text.h"
#include "data/edit.h"

#define TRIES 3 /* a file that somebody saves meanwhile is read again so often */
#define LIST "audit"

static const char supplier_top[] = "---\n# Audits of our own part in the work with key accounts, one item "
				   "each; kam-dossier audit adds them.\n";

enum applied { APPLIED_ADDED, APPLIED_REPLACED, APPLIED_SAME };

struct applying {
	struct auditing *a;
	struct audit_form form;
	const struct node *item;
	struct folder folder;
	const char *name, *path; /* of the file */
	struct buf bytes, result;
	enum applied done;
};

static void
read_form(struct applying *p, const char *file, struct buf *text, struct doc *doc, const char *id)
{
	struct auditing *a = p->a;
	size_t open;
	struct error err;

	cli_read_file(&a->cli, file, text);
	if (strcmp(file, "-") == 0)
		file = STREAM_STDIN;
	if (doc_parse(doc, file, 1, (struct str){text->data ? text->data : "", text->len}, &err) < 0)
		cli_fail(&a->cli, &err);
	if (audit_form_read(&p->form, doc, id, a->cli.today, &open, &a->arena, &a->sink.sink) < 0) {
		cli_sink_done(&a->sink);
		cli_fatal(&a->cli, "nothing was written");
	}
	if (open && !a->cli.quiet)
		cli_warn(&a->cli, "%zu question%s not answered", open, open == 1 ? " is" : "s are");
	p->item = audit_form_item(&a->arena, &p->form);
}

/* the folder and the name in it */
static void
find_file(struct applying *p)
{
	struct auditing *a = p->a;
	const char *slash;

	if (p->form.account) {
		folder_begin(&p->folder, &a->cli, a->dir, true);
		p->name = arena_printf(&a->arena, "%s" DOSSIER_SUFFIX, p->form.account);
		p->path = folder_path(&p->folder, p->name);
		return;
	}
	if (!a->supplier)
		cli_fatal(&a->cli,
			  "no workspace, so no file for the supplier's audit: name it with --supplier, or "
			  "the account that the form is for");
	slash = strrchr(a->supplier, '/');
	p->name = slash ? slash + 1 : a->supplier;
	p->path = a->supplier;
	folder_begin(
	    &p->folder, &a->cli,
	    slash ? arena_printf(&a->arena, "%.*s", (int)(slash - a->supplier) + 1, a->supplier) : ".", true);
}

/* the audit of the same day in the list, or NULL */
static const struct node *
find_item(const struct applying *p, const struct node *list)
{
	const char *date = node_get_text(p->item, "date"), *day;

	for (const struct node *n = list && list->kind == NODE_LIST ? list->first : NULL; n; n = n->next) {
		day = node_get_text(n, "date");
		if (day && strcmp(day, date) == 0)
			return n;
	}
	return NULL;
}

/* the edits that bring the item into the list; none when it is there already */
static void
plan(struct applying *p, const struct doc *doc, struct edits *edits, struct arena *arena)
{
	const struct node *list = node_get(doc->root, LIST), *there = find_item(p, list);
	struct node *section;
	struct error err;

	p->done = there ? APPLIED_REPLACED : APPLIED_ADDED;
	if (there && node_equal(there, p->item)) {
		p->done = APPLIED_SAME;
	} else if (there && p->a->replace) {
		edit_replace(edits, arena, there, p->item);
	} else if (there) {
		node_error(&err, doc, there, "there is an audit of this day; --replace takes its place");
		cli_fail(&p->a->cli, &err);
	} else if (list &&
		   (list->kind == NODE_LIST || (list->kind == NODE_SCALAR && list->start == list->end))) {
		/* under a bare name too, whose comment stays */
		edit_append(edits, arena, list, p->item);
	} else if (list && (list->kind != NODE_SCALAR || list->len)) {
		node_error(&err, doc, list, LIST ": is no list");
		cli_fail(&p->a->cli, &err);
	} else {
		section = node_new_list(arena, STYLE_BLOCK);
		node_put(arena, section, NULL, node_copy(arena, p->item));
		edit_section(edits, arena, doc, LIST, section);
	}
}

/* what the file is to say, from what it says */
static void
make_result(struct applying *p)
{
	struct str bytes = {p->bytes.data ? p->bytes.data : "", p->bytes.len};
	struct arena arena = {0};
	struct edits edits = {0};
	struct doc doc = {0};
	struct error err;
	const char *id;

	if (doc_parse(&doc, p->path, 1, bytes, &err) < 0)
		cli_fail(&p->a->cli, &err);
	id = node_get_text(doc.root, "id");
	if (p->form.account && (!id || strcmp(id, p->form.account) != 0))
		cli_fatal(&p->a->cli, "%s: is not the dossier of %s", p->path, p->form.account);
	plan(p, &doc, &edits, &arena);
	buf_clear(&p->result);
	if (edits.count && edits_apply(&doc, &edits, &p->result, &err) < 0) {
		err.file = p->path;
		cli_fail(&p->a->cli, &err);
	}
	arena_free(&arena);
	doc_free(&doc);
}

/* once; what somebody else did at the same time makes it ATOMIC_CHANGED */
static enum atomic_result
change_file(struct applying *p, struct error *err)
{
	struct stat state;
	bool create = !p->form.account && access(p->a->supplier, F_OK) < 0 && errno == ENOENT;
	struct str result;

	buf_clear(&p->bytes);
	if (create)
		buf_adds(&p->bytes, supplier_top);
	else if (atomic_read(p->folder.fd, p->name, DOC_SIZE_MAX, &p->bytes, &state, err) < 0)
		return ATOMIC_FAILED;
	make_result(p);
	result = (struct str){p->result.data, p->result.len};
	if (p->done == APPLIED_SAME)
		return ATOMIC_DONE;
	if (create)
		return atomic_create(p->folder.fd, p->name, result, err);
	return atomic_replace(p->folder.fd, p->name, result, &state, err);
}

static void
write_file(struct applying *p)
{
	enum atomic_result result = ATOMIC_CHANGED;
	struct error err;

	for (int i = 0; i < TRIES && result == ATOMIC_CHANGED; i++)
		result = change_file(p, &err);
	if (result == ATOMIC_DONE)
		result = atomic_sync(p->folder.fd, &err) < 0 ? ATOMIC_FAILED : ATOMIC_DONE;
	if (result == ATOMIC_DONE)
		return;
	if (result == ATOMIC_CHANGED)
		error_set(&err, "is being changed by somebody else; apply again");
	err.file = p->path;
	cli_fail(&p->a->cli, &err);
}

int
audit_apply(struct auditing *a, const char *file, const char *id)
{
	static const char *const words[] = {"added", "replaced", "there already"};
	struct applying p = {.a = a};
	struct buf text = {0};
	struct doc doc = {0};

	if (id && !account_id_is_valid(id))
		cli_usage(&a->cli, "not an account's id: %s", text_quoted(&a->arena, id));
	read_form(&p, file, &text, &doc, id);
	find_file(&p);
	folder_list(&p.folder, &a->cli, true);
	write_file(&p);
	if (!a->cli.quiet)
		cli_warn(&a->cli, "%s: audit of %s %s", p.path, node_get_text(p.item, "date"), words[p.done]);
	folder_end(&p.folder);
	buf_free(&p.bytes);
	buf_free(&p.result);
	buf_free(&text);
	doc_free(&doc);
	return EXIT_DONE;
}
