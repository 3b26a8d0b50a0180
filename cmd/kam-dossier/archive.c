/*
 * kam-dossier archive: the dossier of a lost client goes into a folder of its
 * own, which no program reads, and says when and why; --back gets it back.
 *
 * The dossier says so before its file is moved, and says it no more only after
 * it was moved back. Broken off between, it is in one of the two places, or
 * under both names the same file, and the same command goes on.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "change.h"
#include "domain/value.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {'r', "reason", "TEXT", "why the client was lost or given up"},
    {'b', "by", "WHO", "who of us (default: $KAM_USER)"},
    {0, "back", NULL, "get an archived dossier back"},
    {0, "force", NULL, "although invoices or deals are open"},
};

struct archiving {
	const char *reason;
	const char *by;
	bool back;
	bool force;
	int folder; /* the archive's; -1: there is none yet */
};

static int archive_open(struct change *, bool make);

/* claims not settled and deals not decided: somebody has still to look after them */
static void
refuse_open(const struct change *c, const struct draft *d)
{
	const struct invoice *invoice = d->account.invoices.v;
	const struct deal *deal = d->account.deals.v;
	struct cli_sink say;
	struct error err;

	cli_sink_init(&say, c->cli);
	for (size_t i = 0; i < d->account.invoices.n; i++) {
		struct decimal open = invoice_open_amount(&invoice[i]);

		if (date_is_set(invoice[i].settled) || (open.known && decimal_sign(&open) <= 0))
			continue;
		node_error(&err, &d->doc, invoice[i].node, "invoices: %.100s is not settled",
			   invoice[i].id ? invoice[i].id : "one without a number");
		sink_put(&say.sink, SEVERITY_ERROR, "open", &err);
	}
	for (size_t i = 0; i < d->account.deals.n; i++) {
		if (!deal_is_open(&deal[i]))
			continue;
		node_error(&err, &d->doc, deal[i].node, "deals: %.100s is open",
			   deal[i].id ? deal[i].id : "one without a number");
		sink_put(&say.sink, SEVERITY_ERROR, "open", &err);
	}
	cli_sink_done(&say);
	if (say.sink.errors)
		cli_fatal(c->cli, "%s: not archived; close what is open, or use --force", d->path);
}

static void
put_text(const struct change *c, struct draft *d, struct node *map, const char *name, const char *text)
{
	struct node *value;
	struct error err;

	if (!text)
		return;
	value =
	    value_make(field_find(field_find(&account_fields, "archived")->sub, name), text, &d->arena, &err);
	if (value)
		node_put(&d->arena, map, name, value);
	else
		cli_fatal(c->cli, "--%s: %s", name, err.text);
}

/* what it says already stays, as when the same command was broken off */
static void
note(struct change *c, struct draft *d, void *data)
{
	struct archiving *a = data;
	struct node *map = node_new_map(&d->arena, STYLE_FLOW);
	const struct node *old = node_get(d->doc.root, "archived");

	if (!a->force)
		refuse_open(c, d);
	/* not before it is known that something goes there */
	if (a->folder < 0 && !c->dry)
		a->folder = archive_open(c, true);
	if (old && old->len + old->count)
		return;
	put_text(c, d, map, "date", change_day_text(&d->arena, c->cli->today));
	put_text(c, d, map, "reason", a->reason);
	put_text(c, d, map, "by", a->by);
	edit_section(&d->edits, &d->arena, &d->doc, "archived", map);
}

static void
unnote(struct change *c, struct draft *d, void *data)
{
	const struct node *section = node_get(d->doc.root, "archived");

	(void)c;
	(void)data;
	if (section)
		edit_drop(&d->edits, &d->arena, section);
}

/* the archive's folder, made when it is needed; -1: there is none, and nothing is to be written */
static int
archive_open(struct change *c, bool make)
{
	const char *path = folder_path(&c->folder, DOSSIER_ARCHIVE);
	struct error err;
	int fd;

	if (make && mkdirat(c->folder.fd, DOSSIER_ARCHIVE, 0777) < 0 && errno != EEXIST) {
		error_sys(&err, path, "cannot be made");
		cli_fail(c->cli, &err);
	}
	fd = openat(c->folder.fd, DOSSIER_ARCHIVE, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && (make || errno != ENOENT)) {
		error_sys(&err, path, "cannot be opened as a folder");
		cli_fail(c->cli, &err);
	}
	if (make && atomic_sync(c->folder.fd, &err) < 0) {
		err.file = c->folder.path;
		cli_fail(c->cli, &err);
	}
	return fd;
}

static void
move(struct change *from, const char *id, int to, const char *to_path)
{
	for (int i = 0; i < CHANGE_TRIES; i++) {
		struct draft d;
		bool done;

		draft_read(from, &d, id, id, true);
		done = draft_move(from, &d, to, d.name, to_path);
		draft_free(&d);
		if (done)
			return;
	}
	change_give_up(from, to_path);
}

/* Nothing is changed before it is known that the place in the archive is free, or has the same file already, as when the
 * same command was broken off. */
static void
check_free(struct change *c, const struct archiving *a, const char *id, const char *path)
{
	const char *name = arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, id);
	struct stat own, there;

	if (a->folder < 0 || fstatat(a->folder, name, &there, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (fstatat(c->folder.fd, name, &own, AT_SYMLINK_NOFOLLOW) == 0 && own.st_dev == there.st_dev &&
	    own.st_ino == there.st_ino)
		return;
	cli_fatal(c->cli,
		  "%s: is there already; nothing was changed. To make one of the two: kam-dossier rename %s "
		  "NEW, archive --back %s, join %s NEW",
		  path, id, id, id);
}

static void
archive(struct change *c, struct archiving *a, const char *id)
{
	const char *name = arena_printf(&c->folder.arena, DOSSIER_ARCHIVE "/%s" DOSSIER_SUFFIX, id);
	const char *path = folder_path(&c->folder, name);

	a->folder = archive_open(c, false);
	check_free(c, a, id, path);
	change_run(c, id, note, a);
	move(c, id, a->folder < 0 ? c->folder.fd : a->folder, path);
	change_say(c, path, "archived", "would be archived");
	if (a->folder >= 0)
		close(a->folder);
}

/* another may have got its codes meanwhile */
static void
refuse_claimed(struct change *c, struct change *archived, const char *id)
{
	struct draft d;

	draft_read(archived, &d, id, id, true);
	judge_claims(c, &d);
	draft_free(&d);
}

/* the archive's folder is locked beside that of the dossiers, which comes first */
static void
get_back(struct change *c, const char *id)
{
	const char *name = arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, id);
	const char *path = folder_path(&c->folder, name);
	struct change archived;
	struct stat st;
	int fd = archive_open(c, false);

	if (fd >= 0)
		close(fd);
	if (fstatat(c->folder.fd, arena_printf(&c->folder.arena, DOSSIER_ARCHIVE "/%s", name), &st,
		    AT_SYMLINK_NOFOLLOW) == 0) {
		change_begin(&archived, c->cli, folder_path(&c->folder, DOSSIER_ARCHIVE), c->dry);
		refuse_claimed(c, &archived, id);
		if (c->dry)
			change_run(&archived, id, unnote, NULL);
		move(&archived, id, c->folder.fd, path);
		change_end(&archived);
	} else if (!change_has(c, id)) {
		cli_fatal(c->cli, "%s: no dossier %s in the archive",
			  folder_path(&c->folder, DOSSIER_ARCHIVE), id);
	}
	if (!c->dry)
		change_run(c, id, unnote, NULL);
}

int
dossier_archive(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Puts the dossier of a lost client away, out of all reports; --back gets it back.",
	    .usage =
		"archive [-n] [-d DIR] [-r TEXT] [-b WHO] [--force] ID | archive [-n] [-d DIR] --back ID",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct archiving archiving = {.by = change_user()};
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
		else if (option == 'r')
			archiving.reason = value;
		else if (option == 'b')
			archiving.by = value;
		else if (option == cli_option_id(&cli, "back"))
			archiving.back = true;
		else
			archiving.force = true;
	}
	operands = cli_operands(&cli, &n);
	if (n != 1)
		cli_usage(&cli, n ? "one ID; a reason of several words needs quotes" : "no ID");
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	change.in_steps = true;
	if (!change_has(&change, operands[0]) && !archiving.back)
		change_missing(&change, operands[0]);
	if (archiving.back)
		get_back(&change, operands[0]);
	else
		archive(&change, &archiving, operands[0]);
	change_end(&change);
	return cli_end(&cli, EXIT_DONE);
}
