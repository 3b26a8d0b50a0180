/*
 * kam-dossier merge. The whole stream is read and judged before the folder is
 * looked at; then every dossier is read once, for the codes it holds and for
 * what the import changes in it; then what changes is written.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/pipeline.h"
#include "domain/codes.h"
#include "domain/taxnumber.h"
#include "mergerun.h"

#define SHOWN 20 /* errors, and warnings of falling sales; more of them are counted */
#define THREADS_ASKED 9999
#define TRIES 3 /* a dossier that somebody saves meanwhile is read again so often */

static const struct cli_option options[] = {
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {0, "replace", "SECTION,…", "take these sections whole from the input"},
    {0, "with-score", NULL, "take score: too"},
    {'v', "verbose", NULL, "tell where a dossier says something else and keeps it"},
    {'j', "threads", "N", "threads (default: one for each processor); what comes of it is the same"},
};

/* counts it; what a person asked to be told is told whole */
static bool
is_shown(struct run *run, enum mark mark)
{
	if (mark == MARK_KEPT)
		return true;
	return (mark == MARK_ERROR ? run->errors++ : run->falls++) < SHOWN;
}

static void
findings_print(struct run *run, struct buf *texts)
{
	for (size_t i = 0; i < texts->len; i += strlen(texts->data + i) + 1) {
		enum mark mark = (enum mark)texts->data[i];

		if (is_shown(run, mark))
			cli_warn(&run->cli, "%s", texts->data + i + 1);
	}
	buf_clear(texts);
}

void
show_error(struct run *run, const struct error *err)
{
	if (is_shown(run, MARK_ERROR))
		cli_error(&run->cli, err);
	run->status = EXIT_LOOK;
}

/* NULL: it was said why */
static void
refuse(struct run *run, struct target *t, const struct error *err)
{
	if (err)
		show_error(run, err);
	t->refused = true;
	run->status = EXIT_LOOK;
}

/* documents of the same id are merged one after another */
static void
find_targets(struct run *run)
{
	const struct inbox *inbox = &run->inbox;

	run->target = xcalloc(inbox->n, sizeof *run->target);
	for (size_t i = 0; i < inbox->n; i++) {
		struct target *t = &run->target[run->targets];

		if (i > 0 && strcmp(inbox->in[i - 1].id, inbox->in[i].id) == 0) {
			t[-1].n++;
			continue;
		}
		t->name = arena_printf(&run->arena, "%s" DOSSIER_SUFFIX, inbox->in[i].id);
		t->in = &inbox->in[i];
		t->n = 1;
		*hash_put(&run->by_name, t->name, strlen(t->name), NULL) = t;
		run->targets++;
	}
}

/* "system NUL code" */
static char *
code_key(struct run *run, const char *system, const char *code, size_t *n)
{
	size_t a = strlen(system), b = strlen(code);
	char *key = arena_alloc(&run->arena, a + b + 2);

	memcpy(key, system, a);
	memcpy(key + a + 1, code, b);
	*n = a + 1 + b;
	return key;
}

/* the other dossier of the folder, or what came in before, that holds a code; NULL: there is none, and now it is this */
static const char *
claim(struct run *run, const char *system, const char *code, char *name)
{
	void **place;
	char *key;
	size_t n;

	/* of one company may be several clients */
	if (tax_system(system))
		return NULL;
	key = code_key(run, system, code, &n);
	place = hash_put(&run->by_code, key, n, NULL);
	if (!*place)
		*place = name;
	if (strcmp(*place, name) != 0)
		return *place;
	return hash_get(&run->twice, key, n);
}

/* a code that a dossier of the folder holds */
static void
note_code(struct run *run, const char *system, const char *code, char *name)
{
	const char *holder = claim(run, system, code, name);
	void **place;
	char *key;
	size_t n;

	if (!holder || strcmp(holder, name) == 0)
		return;
	key = code_key(run, system, code, &n);
	place = hash_put(&run->twice, key, n, NULL);
	if (!*place)
		*place = name;
}

/* the dossier's id and codes */
static void
each_code(struct run *run, const struct doc *doc, char *name,
	  void (*note)(struct run *, const char *system, const char *code, char *name))
{
	const struct node *external = node_get(doc->root, "external");
	const char *id = node_get_text(doc->root, "id");

	if (id)
		note(run, "", id, name);
	for (const struct node *n = external ? external->first : NULL; n; n = n->next) {
		for (const struct node *code = codes_first(n); code; code = codes_next(code))
			note(run, n->key, code->text, name);
	}
}

static void
claim_free(struct run *run, const char *system, const char *code, char *name)
{
	claim(run, system, code, name);
}

void
claim_all(struct run *run, const struct doc *doc, char *name)
{
	each_code(run, doc, name, claim_free);
}

/* of one that is what comes in */
static void
note_incoming(struct run *run, const struct incoming *in, char *name)
{
	note_code(run, "", in->id, name);
	for (size_t i = 0; i < in->external.n; i++)
		note_code(run, in->external.name[i], in->external.text[i], name);
}

/* says why nothing comes of the target's plan */
static void
refuse_plan(struct run *run, struct target *t)
{
	findings_print(run, &t->plan.findings);
	refuse(run, t, t->plan.why.text[0] ? &t->plan.why : NULL);
}

static void
refuse_other_id(struct run *run, struct target *t, const struct doc *doc)
{
	const struct node *id = node_get(doc->root, "id");
	struct error err;

	node_error(&err, doc, id ? id : doc->root,
		   "the file of %s has another id, or none; nothing was merged into it", t->in->id);
	refuse(run, t, &err);
}

/* what was read of a dossier becomes known to the run */
static void
take_dossier(struct run *run, struct dossier *d, bool again)
{
	struct target *t = d->target;
	struct intake plan;

	if (t)
		t->there = true;
	if (!d->good) {
		show_error(run, &d->why);
		if (t)
			t->refused = true;
		return;
	}
	if (!again && d->same)
		note_incoming(run, t->in, d->name);
	else if (!again)
		each_code(run, &d->doc, d->name, note_code);
	if (!t)
		return;
	t->state = d->state;
	if (!d->own_id) {
		refuse_other_id(run, t, &d->doc);
		return;
	}
	plan = t->plan;
	t->plan = d->plan;
	d->plan = plan;
	t->planned = true;
	if (t->plan.failed)
		refuse_plan(run, t);
}

/* somebody saved it meanwhile */
static void
read_again(struct run *run, char *name)
{
	struct dossier d = {0};

	dossier_read(run, &d, name);
	take_dossier(run, &d, true);
	dossier_free(&d);
}

static int
next_name(void *data, void *item)
{
	struct run *run = data;
	struct dossier *d = item;

	if (run->next == run->folder.n)
		return 0;
	d->name = run->folder.name[run->next++];
	return 1;
}

static void
read_name(void *data, void *item, int worker)
{
	struct dossier *d = item;

	(void)worker;
	dossier_read(data, d, d->name);
}

static int
take_read(void *data, void *item)
{
	take_dossier(data, item, false);
	return 0;
}

static void
read_folder(struct run *run)
{
	struct pipeline pipeline = {run->threads, next_name, read_name, take_read, run};
	size_t n = pipeline_items(run->threads);
	struct dossier **d = xcalloc(n, sizeof(struct dossier *));

	for (size_t i = 0; i < n; i++)
		d[i] = xcalloc(1, sizeof *d[i]);
	pipeline_run(&pipeline, (void *const *)d, n);
	for (size_t i = 0; i < n; i++) {
		dossier_free(d[i]);
		free(d[i]);
	}
	free(d);
}

/* what `of` the incoming account, its id or a code, is another dossier's */
static void
refuse_held(struct run *run, struct target *t, const struct incoming *in, const char *of, const char *holder)
{
	const char *archived = archive_holds(run, holder);
	struct error err;

	if (archived)
		error_at(&err, in->chunk.file, in->chunk.first_line, 0,
			 "%s is in the archive: %s, and merge again; nothing was merged into %s", of,
			 archived, t->name);
	else
		error_at(&err, in->chunk.file, in->chunk.first_line, 0,
			 "%s is held by %s; nothing was merged into %s", of,
			 folder_path(&run->folder, holder), t->name);
	refuse(run, t, &err);
}

/* may it be merged, or does another dossier hold its id or one of its codes? */
static void
check_codes(struct run *run, struct target *t)
{
	struct arena *arena = &run->arena;

	for (size_t i = 0; i < t->n && !t->refused; i++) {
		const struct incoming *in = &t->in[i];
		const char *holder = claim(run, "", in->id, t->name);

		if (holder)
			refuse_held(run, t, in, arena_printf(arena, "the id %s", in->id), holder);
		for (size_t k = 0; k < in->external.n && !t->refused; k++) {
			holder = claim(run, in->external.name[k], in->external.text[k], t->name);
			if (holder)
				refuse_held(run, t, in,
					    arena_printf(arena, "the code %.100s of %.100s, which %s brings,",
							 in->external.text[k], in->external.name[k], in->id),
					    holder);
		}
	}
}

/* What is written */

static void
show_change(struct run *run, const struct target *t)
{
	const char *path = folder_path(&run->folder, t->name);
	struct buf old = {0};
	struct stat state;
	struct error err;
	struct str before = {NULL, 0};

	if (t->there && atomic_read(run->folder.fd, t->name, DOC_SIZE_MAX, &old, &state, &err) == 0)
		before = (struct str){old.data, old.len};
	diff_write(stdout, path, before, (struct str){t->plan.result.data, t->plan.result.len},
		   isatty(STDOUT_FILENO));
	buf_free(&old);
}

/* False: the disk refuses, and there is no point in going on. */
static bool
write_result(struct run *run, struct target *t)
{
	enum atomic_result result = ATOMIC_CHANGED;
	struct error err;

	for (int i = 0; i < TRIES && result == ATOMIC_CHANGED && t->plan.result.len && !t->refused; i++) {
		struct str bytes = {t->plan.result.data, t->plan.result.len};

		if (t->there)
			result = atomic_replace(run->folder.fd, t->name, bytes, &t->state, &err);
		else
			result = atomic_create(run->folder.fd, t->name, bytes, &err);
		if (result == ATOMIC_CHANGED)
			read_again(run, t->name);
	}
	if (result == ATOMIC_CHANGED && t->plan.result.len && !t->refused) {
		error_at(&err, folder_path(&run->folder, t->name), 0, 0,
			 "is being changed by somebody else; merge again");
		refuse(run, t, &err);
	}
	if (result != ATOMIC_FAILED)
		return true;
	err.file = folder_path(&run->folder, t->name);
	cli_error(&run->cli, &err);
	return false;
}

/* False: nothing more can be written. */
static bool
settle(struct run *run, struct target *t)
{
	bool created;

	if (!t->refused && !t->planned) {
		intake_plan(run, t, NULL, &t->plan);
		if (t->plan.failed)
			refuse_plan(run, t);
	}
	if (!t->refused)
		check_codes(run, t);
	if (!t->refused && t->plan.result.len) {
		if (run->dry)
			show_change(run, t);
		else if (!write_result(run, t))
			return false;
	}
	if (t->refused) {
		run->refused++;
		return true;
	}
	findings_print(run, &t->plan.findings);
	created = !t->there;
	if (created)
		run->created++;
	else if (t->plan.result.len)
		run->changed++;
	else
		run->same++;
	intake_free(&t->plan);
	t->plan = (struct intake){0};
	return true;
}

static void
say_more(const struct run *run, size_t found, const char *one, const char *several)
{
	if (found > SHOWN)
		cli_warn(&run->cli, "%zu more %s", found - SHOWN, found - SHOWN == 1 ? one : several);
}

static void
summary(const struct run *run, bool complete)
{
	struct buf line = {0};

	say_more(run, run->errors, "error", "errors");
	say_more(run, run->falls, "warning of falling sales", "warnings of falling sales");
	if (run->cli.quiet && complete)
		return;
	buf_printf(&line,
		   run->dry ? "would be %zu created, %zu changed, %zu same"
			    : "%zu created, %zu changed, %zu same",
		   run->created, run->changed, run->same);
	if (run->refused)
		buf_printf(&line, ", %zu refused", run->refused);
	if (!complete)
		buf_printf(&line, ", %zu not written",
			   run->targets - run->created - run->changed - run->same - run->refused);
	cli_warn(&run->cli, "%s", line.data);
	buf_free(&line);
}

static int
merge(struct run *run, const char *path)
{
	struct error err;
	bool complete = true;

	folder_begin(&run->folder, &run->cli, path, !run->dry);
	folder_list(&run->folder, &run->cli, !run->dry);
	run->prefix = folder_path(&run->folder, "");
	read_folder(run);
	archive_claim(run);
	for (size_t i = 0; i < run->targets && complete; i++)
		complete = settle(run, &run->target[i]);
	if (run->created + run->changed && !run->dry && atomic_sync(run->folder.fd, &err) < 0) {
		err.file = path;
		cli_error(&run->cli, &err);
		run->status = EXIT_FAILED;
	}
	summary(run, complete);
	return complete ? run->status : EXIT_FAILED;
}

static void
run_free(struct run *run)
{
	for (size_t i = 0; i < run->targets; i++) {
		intake_free(&run->target[i].plan);
	}
	free(run->target);
	hash_free(&run->by_name);
	hash_free(&run->by_code);
	hash_free(&run->twice);
	folder_end(&run->folder);
	inbox_free(&run->inbox);
	arena_free(&run->arena);
}

/* "contacts,log" */
static void
take_sections(struct run *run, const char *value)
{
	struct merge_options *o = &run->options;
	char *name, *rest = arena_strdup(&run->arena, value);
	const char **list = arena_alloc(&run->arena, (o->n_replace + strlen(value) + 1) * sizeof *list),
		   *nearest;

	if (o->n_replace)
		memcpy(list, o->replace, o->n_replace * sizeof *list);
	while ((name = strtok_r(rest, ",", &rest))) {
		if (field_find(&account_fields, name) && strcmp(name, "id") != 0) {
			list[o->n_replace++] = name;
			continue;
		}
		if (strcmp(name, "id") == 0)
			cli_usage(&run->cli, "--replace: id is no section; by it the dossier is found");
		nearest = name_nearest(&account_fields, name);
		if (nearest)
			cli_usage(&run->cli, "--replace: no such section: %s, did you mean %s?", name,
				  nearest);
		cli_usage(&run->cli, "--replace: no such section: %s", name);
	}
	o->replace = list;
}

int
dossier_merge(int argc, char **argv)
{
	struct run run = {
	    .cli =
		{
		    .program = "kam-dossier",
		    .purpose = "Brings accounts into the folder's dossiers; bytes that nothing comes in for "
			       "stay as they are.",
		    .usage = "merge [-nqv] [-j N] [--replace SECTION,…] [--with-score] [DIR [INPUT …]]",
		    .option = options,
		    .options = sizeof options / sizeof *options,
		},
	};
	const char *value, *path;
	char **operands;
	size_t n;
	int option, status;

	run.threads = parallel_default();
	cli_begin(&run.cli, argc, argv);
	while ((option = cli_option(&run.cli, &value)) != -1) {
		if (option == 'n')
			run.dry = true;
		else if (option == 'j')
			run.threads = cli_number(&run.cli, "--threads", value, 1, THREADS_ASKED);
		else if (option == 'v')
			run.options.kept = true;
		else if (option == cli_option_id(&run.cli, "replace"))
			take_sections(&run, value);
		else
			run.options.with_score = true;
	}
	operands = cli_operands(&run.cli, &n);
	path = n ? operands[0] : run.cli.settings.accounts;
	if (!path)
		cli_usage(&run.cli,
			  "no folder to merge into; name it, or make a workspace: kam-dossier init .");
	/* whoever read the messages may go away; half of a merge would help nobody */
	if (!run.dry)
		signal(SIGPIPE, SIG_IGN);
	inbox_read(&run.inbox, &run.cli, operands + (n > 0), n - (n > 0), run.threads);
	find_targets(&run);
	if (run.inbox.n == 0) {
		cli_warn(&run.cli, "no account came in");
		run.status = EXIT_LOOK;
	}
	status = merge(&run, path);
	run_free(&run);
	return cli_end(&run.cli, status);
}
