/*
 * kam-dossier join: two dossiers of one company become one. The other's file
 * is removed only when all of it is on the disk in this one; broken off
 * before, the same join goes on.
 */
#include <string.h>
#include <unistd.h>

#include "change.h"
#include "domain/join.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {'b', "by", "WHO", "who of us (default: $KAM_USER)"},
};

struct joining {
	const char *into;
	const char *from;
	struct join_options options;
	struct parents parents;
	int status;
};

/* what differs, for standard output, once it is settled; errors go out at once */
struct listing {
	struct sink sink;
	const struct cli *cli;
	struct buf lines;
};

static void
list(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct listing *l = (struct listing *)sink;

	(void)rule;
	if (severity == SEVERITY_ERROR) {
		cli_error(l->cli, err);
		return;
	}
	error_format(err, &l->lines);
	buf_addc(&l->lines, '\n');
}

static void
read_sound(struct change *c, struct draft *d, const char *id, bool again)
{
	draft_read(c, d, id, id, again);
	if (d->faults.n)
		cli_fatal(c->cli, "%s: has mistakes; nothing is joined until they are corrected", d->path);
}

/* the other dossier goes; false: somebody saved it meanwhile */
static bool
remove_other(struct change *c, struct draft *from)
{
	enum atomic_result result;
	struct error err;

	if (c->dry) {
		diff_write(stdout, from->path, (struct str){from->bytes.data, from->bytes.len},
			   (struct str){0}, isatty(STDOUT_FILENO));
		return true;
	}
	result = atomic_remove(c->folder.fd, from->name, &from->state, &err);
	if (result == ATOMIC_FAILED) {
		err.file = from->path;
		cli_fail(c->cli, &err);
	}
	return result == ATOMIC_DONE;
}

/* false: again, for somebody saved one of the two meanwhile */
static bool
join_once(struct change *c, struct joining *j, bool again)
{
	struct listing listing = {{.put = list}, c->cli, {0}};
	struct draft into, from;
	bool done;

	read_sound(c, &into, j->into, again);
	read_sound(c, &from, j->from, again);
	into.also = &from;
	if (join_account(&into.doc, &from.doc, &j->options, &into.edits, &into.arena, &listing.sink) < 0)
		cli_fatal(c->cli, "%s and %s: nothing was joined", into.path, from.path);
	if (c->dry && listing.lines.len)
		fwrite(listing.lines.data, 1, listing.lines.len, stdout);
	done = !draft_make(c, &into) || draft_write(c, &into);
	if (done) {
		parents_change(c, &j->parents);
		done = remove_other(c, &from);
	}
	if (done && !c->dry && listing.lines.len)
		fwrite(listing.lines.data, 1, listing.lines.len, stdout);
	if (done && listing.lines.len)
		j->status = EXIT_LOOK;
	buf_free(&listing.lines);
	draft_free(&into);
	draft_free(&from);
	return done;
}

static void
join(struct change *c, struct joining *j)
{
	const char *path =
	    folder_path(&c->folder, arena_printf(&c->folder.arena, "%s" DOSSIER_SUFFIX, j->from));

	if (!change_has(c, j->from))
		change_missing(c, j->from);
	if (!change_has(c, j->into))
		change_missing(c, j->into);
	parents_find(c, &j->parents, j->from, j->into);
	parents_refuse_circle(c, &j->parents);
	for (int i = 0; i < CHANGE_TRIES; i++) {
		if (!join_once(c, j, i > 0))
			continue;
		change_say(c, path, arena_printf(&c->folder.arena, "joined into %s", j->into),
			   arena_printf(&c->folder.arena, "would be joined into %s", j->into));
		parents_free(&j->parents);
		return;
	}
	change_give_up(c, path);
}

int
dossier_join(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Makes one dossier of two of the same company; lists what they say differently, and "
		       "keeps both.",
	    .usage = "join [-n] [-d DIR] [-b WHO] ID OTHER",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct joining joining = {.options.by = change_user()};
	struct arena arena = {0};
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
		else
			joining.options.by = value;
	}
	operands = cli_operands(&cli, &n);
	if (n != 2)
		cli_usage(&cli, "join needs the ID that stays and the OTHER");
	if (strcmp(operands[0], operands[1]) == 0)
		cli_usage(&cli, "a dossier cannot be joined with itself");
	joining.into = operands[0];
	joining.from = operands[1];
	joining.options.date = change_day_text(&arena, cli.today);
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	join(&change, &joining);
	change_end(&change);
	arena_free(&arena);
	return cli_end(&cli, joining.status);
}
