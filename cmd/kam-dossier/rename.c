/*
 * kam-dossier rename: another id for an account, which is its file's name too.
 *
 * First the dossiers that roll up to it are changed, then the file gets its
 * new name, then the id in it is changed. Broken off anywhere, nothing is
 * lost, kam-dossier check finds a file that is not called as its id, and the
 * same rename goes on where the other ended.
 */
#include <fcntl.h>
#include <string.h>

#include "base/text.h"
#include "change.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
};

struct renaming {
	const char *old;
	const char *new;
};

/* the file called `id` says the old id still */
static void
change_id(struct change *c, struct renaming *r, const char *id)
{
	const char *path = "";

	for (int i = 0; i < CHANGE_TRIES; i++) {
		struct draft d;
		bool done;

		draft_read(c, &d, id, r->old, i > 0);
		draft_put_id(&d, node_get(d.doc.root, "id"), r->new);
		done = !draft_make(c, &d) || draft_write(c, &d);
		path = d.path;
		draft_free(&d);
		if (done)
			return;
	}
	change_give_up(c, path);
}

static void
move(struct change *c, struct renaming *r)
{
	const char *name = arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, r->new);
	const char *path = folder_path(&c->folder, name);

	for (int i = 0; i < CHANGE_TRIES; i++) {
		struct draft d;
		bool done;

		draft_read(c, &d, r->old, r->old, i > 0);
		done = draft_move(c, &d, c->folder.fd, name, path);
		draft_free(&d);
		if (done)
			return;
	}
	change_give_up(c, path);
}

/* nothing is touched before it is known that the new name is free, or the old file's */
static void
check_free(struct change *c, const struct renaming *r)
{
	struct stat old, new;
	const char *old_name = arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, r->old);
	const char *new_name = arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, r->new);

	if (fstatat(c->folder.fd, new_name, &new, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (fstatat(c->folder.fd, old_name, &old, AT_SYMLINK_NOFOLLOW) == 0 && old.st_dev == new.st_dev &&
	    old.st_ino == new.st_ino)
		return;
	cli_fatal(c->cli, "%s: is there already; to make one dossier of the two: kam-dossier join %s %s",
		  folder_path(&c->folder, new_name), r->new, r->old);
}

static void
rename_dossier(struct change *c, struct renaming *r)
{
	bool there = change_has(c, r->old), moved = change_has(c, r->new);
	struct parents parents;
	struct draft d;

	if (!there && !(moved && change_says(c, arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, r->new),
					     "id", r->old) > 0))
		change_missing(c, r->old);
	if (there) {
		check_free(c, r);
		parents_find(c, &parents, r->old, r->new);
		/* what is wrong with it is said before anything is changed */
		draft_read(c, &d, r->old, r->old, true);
		draft_free(&d);
		parents_change(c, &parents);
		parents_free(&parents);
		move(c, r);
	}
	change_id(c, r, there && c->dry ? r->old : r->new);
	change_say(c, folder_path(&c->folder, arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, r->old)),
		   arena_printf(&c->folder.arena, "renamed %s" DOSSIER_SUFFIX, r->new),
		   arena_printf(&c->folder.arena, "would be renamed %s" DOSSIER_SUFFIX, r->new));
}

int
dossier_rename(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose =
		"Gives an account another id: in its file's name, in it, and where others roll up to it.",
	    .usage = "rename [-n] [-d DIR] OLD NEW",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct renaming renaming = {0};
	struct change change;
	bool dry = false;
	char **operands;
	size_t n;
	int option;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd')
			dir = value;
		else
			dry = true;
	}
	operands = cli_operands(&cli, &n);
	if (n != 2)
		cli_usage(&cli, "rename needs an OLD and a NEW id");
	if (strcmp(operands[0], operands[1]) == 0)
		cli_usage(&cli, "OLD and NEW are the same id");
	renaming.old = operands[0];
	renaming.new = operands[1];
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	change.in_steps = true;
	rename_dossier(&change, &renaming);
	change_end(&change);
	return cli_end(&cli, EXIT_DONE);
}
