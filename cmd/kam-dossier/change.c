#include "change.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

void
change_begin(struct change *c, const struct cli *cli, const char *dir, bool dry)
{
	*c = (struct change){.cli = cli, .dry = dry};
	folder_begin(&c->folder, cli, dir, !dry);
	folder_list(&c->folder, cli, !dry);
}

void
change_end(struct change *c)
{
	judge_free(c->judge);
	folder_end(&c->folder);
}

void
change_say(const struct change *c, const char *path, const char *what, const char *would)
{
	if (!c->cli->quiet)
		cli_warn(c->cli, "%s: %s", path, c->dry ? would : what);
}

void
draft_fail(const struct change *c, const struct draft *d, const struct node *node, const char *fmt, ...)
{
	struct error err;
	char text[sizeof err.text];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	node_error(&err, &d->doc, node, "%s", text);
	cli_fail(c->cli, &err);
}

bool
change_has(struct change *c, const char *id)
{
	char name[ACCOUNT_ID_MAX + sizeof DOSSIER_SUFFIX];
	struct stat st;
	struct buf quoted = {0};

	if (!account_id_is_valid(id)) {
		text_quote(&quoted, id, strlen(id));
		cli_fatal(c->cli, "not an id (a-z, 0-9, then also '.', '_', '-'; at most %d): %s",
			  ACCOUNT_ID_MAX, quoted.data);
	}
	snprintf(name, sizeof name, "%s" DOSSIER_SUFFIX, id);
	return fstatat(c->folder.fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* no such dossier: which could be meant? */
void
change_missing(struct change *c, const char *id)
{
	const struct folder *f = &c->folder;
	const char **ids = xcalloc(f->n + 1, sizeof *ids), *nearest;
	const char *archived = archived_say(&c->folder.arena, f->path, id);

	if (archived)
		cli_fatal(c->cli, "%s", archived);
	for (size_t i = 0; i < f->n; i++)
		ids[i] =
		    arena_copy(&c->folder.arena, f->name[i], strlen(f->name[i]) - strlen(DOSSIER_SUFFIX));
	nearest = text_nearest(id, ids, f->n);
	free(ids);
	if (nearest)
		cli_fatal(c->cli, "%s: no dossier %s; did you mean %s?", f->path, id, nearest);
	cli_fatal(c->cli, "%s: no dossier %s; new ones are made with kam-dossier new", f->path, id);
}

static void
check_id(const struct change *c, const struct draft *d, const char *says)
{
	const struct node *id = node_get(d->doc.root, "id");

	if (d->doc.root->count == 0)
		cli_fatal(c->cli, "%s: holds no account", d->path);
	if (!id || id->kind != NODE_SCALAR || strcmp(id->text, says) != 0)
		draft_fail(
		    c, d, id ? id : d->doc.root,
		    "the file of %s has another id, or none; correct it, or finish the rename that was "
		    "broken off",
		    d->id);
}

void
draft_read(struct change *c, struct draft *d, const char *id, const char *says, bool again)
{
	struct error err;

	*d = (struct draft){.id = id};
	if (!change_has(c, id))
		change_missing(c, id);
	d->name = arena_printf(&d->arena, "%s" DOSSIER_SUFFIX, id);
	d->path = folder_path(&c->folder, d->name);
	if (atomic_read(c->folder.fd, d->name, DOC_SIZE_MAX, &d->bytes, &d->state, &err) < 0) {
		err.file = d->path;
		cli_fail(c->cli, &err);
	}
	buf_adds(&d->bytes, "");
	if (doc_parse(&d->doc, d->path, 1, (struct str){d->bytes.data, d->bytes.len}, &err) < 0)
		cli_fail(c->cli, &err);
	check_id(c, d, says);
	judge_draft(c, d, !again);
}

bool
draft_make(struct change *c, struct draft *d)
{
	struct error err;

	buf_clear(&d->result);
	if (d->edits.count == 0)
		return false;
	if (edits_apply(&d->doc, &d->edits, &d->result, &err) < 0)
		cli_fail(c->cli, &err);
	if (d->result.len == d->bytes.len && memcmp(d->result.data, d->bytes.data, d->bytes.len) == 0)
		return false;
	judge_result(c, d);
	return true;
}

/* what a verb of several steps left half done the same command finishes */
static _Noreturn void
fail_writing(const struct change *c, const struct draft *d, struct error *err)
{
	err->file = d->path;
	cli_error(c->cli, err);
	if (c->in_steps)
		cli_fatal(c->cli, "it may be half done; repeat the same command once that is mended");
	exit(EXIT_FAILED);
}

bool
draft_write(struct change *c, struct draft *d)
{
	struct str old = {d->bytes.data, d->bytes.len}, new = {d->result.data, d->result.len};
	enum atomic_result result;
	struct error err;

	if (c->dry) {
		diff_write(stdout, d->path, old, new, isatty(STDOUT_FILENO));
		return true;
	}
	result = atomic_replace(c->folder.fd, d->name, new, &d->state, &err);
	if (result == ATOMIC_DONE && atomic_sync(c->folder.fd, &err) < 0)
		result = ATOMIC_FAILED;
	if (result == ATOMIC_FAILED)
		fail_writing(c, d, &err);
	return result == ATOMIC_DONE;
}

bool
draft_move(struct change *c, struct draft *d, int to, const char *to_name, const char *to_path)
{
	enum atomic_result result;
	struct stat there;
	struct error err;
	bool taken = fstatat(to, to_name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
		     !(there.st_dev == d->state.st_dev && there.st_ino == d->state.st_ino);

	if (taken)
		cli_fatal(c->cli, "%s: is there already; nothing was moved", to_path);
	if (c->dry) {
		printf("rename from %s\nrename to %s\n", d->path, to_path);
		return true;
	}
	result = atomic_move(c->folder.fd, d->name, &d->state, to, to_name, &err);
	if (result == ATOMIC_FAILED)
		fail_writing(c, d, &err);
	return result == ATOMIC_DONE;
}

void
draft_free(struct draft *d)
{
	faults_free(&d->faults);
	doc_free(&d->doc);
	buf_free(&d->bytes);
	buf_free(&d->result);
	arena_free(&d->arena);
}

void
change_give_up(const struct change *c, const char *path)
{
	cli_fatal(c->cli, "%s: is being changed by somebody else; try again", path);
}

bool
change_run(struct change *c, const char *id, change_fn *fn, void *data)
{
	const char *path;

	for (int i = 0; i < CHANGE_TRIES; i++) {
		struct draft d;
		bool changed, done;

		draft_read(c, &d, id, id, i > 0);
		fn(c, &d, data);
		changed = draft_make(c, &d);
		done = !changed || draft_write(c, &d);
		path = d.path;
		draft_free(&d);
		if (!done)
			continue;
		if (changed || !c->tells_changes_only)
			change_say(c, path, changed ? "changed" : "same",
				   changed ? "would be changed" : "same");
		return changed;
	}
	change_give_up(c, path);
}
