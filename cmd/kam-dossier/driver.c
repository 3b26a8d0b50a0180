/*
 * kam-dossier merge-driver: for git's merges.
 */
#include <string.h>

#include "base/atomic.h"
#include "domain/merge3.h"
#include "dossier.h"

/* the file that holds our version and takes the result */
struct target {
	int folder;
	const char *name; /* in the folder */
	struct buf bytes;
	struct stat state;
};

static void
target_open(struct target *target, const struct cli *cli, struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? arena_copy(arena, path, (size_t)(slash - path) + 1) : ".";
	struct error err;

	*target = (struct target){.name = slash ? slash + 1 : path};
	target->folder = folder_open(folder, &err);
	if (target->folder < 0)
		cli_fail(cli, &err);
	if (atomic_read(target->folder, target->name, DOC_SIZE_MAX, &target->bytes, &target->state, &err) <
	    0) {
		err.file = path;
		cli_fail(cli, &err);
	}
}

static void
target_write(const struct target *target, const struct cli *cli, const char *path, struct str result)
{
	struct error err;
	enum atomic_result written;

	if (str_equal(result, (struct str){target->bytes.data, target->bytes.len}))
		return;
	written = atomic_replace(target->folder, target->name, result, &target->state, &err);
	if (written == ATOMIC_CHANGED)
		error_set(&err, "was changed by somebody else meanwhile");
	if (written != ATOMIC_DONE) {
		err.file = path;
		cli_fail(cli, &err);
	}
}

static enum merge3_result
merge(const struct cli *cli, char *const *file, const char *path, struct arena *arena)
{
	struct buf base = {0}, theirs = {0}, out = {0};
	struct str text[MERGE3_SIDES];
	enum merge3_result result;
	struct cli_sink sink;
	struct target ours;

	cli_read_file(cli, file[MERGE3_BASE], &base);
	target_open(&ours, cli, arena, file[MERGE3_OURS]);
	cli_read_file(cli, file[MERGE3_THEIRS], &theirs);
	text[MERGE3_BASE] = (struct str){base.data, base.len};
	text[MERGE3_OURS] = (struct str){ours.bytes.data, ours.bytes.len};
	text[MERGE3_THEIRS] = (struct str){theirs.data, theirs.len};
	cli_sink_init(&sink, cli);
	result = merge3(path, text, &out, &sink.sink);
	cli_sink_done(&sink);
	target_write(&ours, cli, file[MERGE3_OURS], (struct str){out.data, out.len});
	buf_free(&base);
	buf_free(&ours.bytes);
	buf_free(&theirs);
	buf_free(&out);
	return result;
}

int
dossier_merge_driver(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Merges what OURS and THEIRS made of the dossier BASE into the file OURS, for git's "
		       "%O %A %B; PATH, git's %P, is its name in messages.",
	    .usage = "merge-driver BASE OURS THEIRS PATH",
	    /* while git merges, the settings may be in conflict themselves */
	    .no_config = true,
	};
	struct arena arena = {0};
	enum merge3_result result;
	const char *value;
	char **operands;
	size_t n;

	cli_begin(&cli, argc, argv);
	while (cli_option(&cli, &value) != -1)
		;
	operands = cli_operands(&cli, &n);
	if (n != MERGE3_SIDES + 1)
		cli_usage(&cli, "merge-driver takes four files, as git's %%O %%A %%B %%P");
	result = merge(&cli, operands, operands[MERGE3_SIDES], &arena);
	arena_free(&arena);
	return cli_end(&cli, result == MERGE3_DONE ? EXIT_DONE : EXIT_LOOK);
}
