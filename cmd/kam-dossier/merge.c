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
#include "domain/merge.h"
#include "domain/taxnumber.h"
#include "dossier.h"

#define SHOWN 20 /* errors, and warnings of falling revenue; more of them are counted */
#define TRIES 3	 /* a dossier that somebody saves meanwhile is read again so often */

/* a dossier that something comes in for */
struct target {
	char *name; /* of its file */
	const struct incoming *in;
	size_t n;
	bool there;	     /* the file exists */
	bool planned;	     /* result and findings are made */
	bool refused;	     /* it was reported why */
	struct stat state;   /* of the file when it was read */
	struct buf result;   /* what the file is to say; empty: what it says */
	struct buf findings; /* texts, each behind its mark */
};

struct run {
	struct cli cli;
	struct merge_options options;
	bool dry;
	struct inbox inbox;
	struct target *target;
	size_t targets;
	struct folder folder;
	struct hash by_name; /* targets */
	struct hash by_code; /* "system NUL code", or "NUL id": the file that holds it */
	struct arena arena;
	size_t created, changed, same, refused;
	size_t errors, falls; /* found; the first of them are shown */
	int status;
};

static const struct cli_option options[] = {
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {0, "replace", "SECTION,…", "take these sections whole from the input"},
    {0, "with-score", NULL, "take score: too"},
    {'v', "verbose", NULL, "tell where a dossier says something else and keeps it"},
};

enum mark { MARK_ERROR = 'e', MARK_FALL = 'f', MARK_KEPT = 'k' };

/* collects findings as texts, because an account may still be refused, or read again */
struct collector {
	struct sink sink;
	const struct run *run;
	struct buf *texts;
};

static void
collect(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct collector *c = (struct collector *)sink;
	bool warning = severity == SEVERITY_WARNING, fall = warning && strcmp(rule, "fell") == 0;

	if (warning && c->run->cli.quiet)
		return;
	buf_addc(c->texts, (char)(fall ? MARK_FALL : warning ? MARK_KEPT : MARK_ERROR));
	if (warning)
		buf_adds(c->texts, "warning: ");
	error_format(err, c->texts);
	buf_addc(c->texts, '\0');
}

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

static void
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

/* What changes */

/* the text of a dossier that is not there yet */
static int
make_new(const struct run *run, const struct doc *from, struct arena *arena, struct buf *out,
	 struct error *err)
{
	struct edits edits = {0};
	struct buf text = {0};
	char *framed = NULL;
	size_t size = 0;
	FILE *file;
	int result;

	merge_new(from, &run->options, &edits, arena);
	result = edits_apply(from, &edits, &text, err);
	file = result == 0 ? open_memstream(&framed, &size) : NULL;
	if (file) {
		stream_write(file, (struct str){text.data, text.len});
		fclose(file);
		buf_add(out, framed, size);
		free(framed);
	} else if (result == 0) {
		result = error_sys(err, from->file, "cannot be framed");
	}
	buf_free(&text);
	return result;
}

/* one document into the text so far; result: the new text, if there is anything new */
static int
merge_one(const struct run *run, struct target *t, const struct doc *into, const struct incoming *in,
	  struct buf *result, struct error *err)
{
	struct collector collector = {{.put = collect}, run, &t->findings};
	struct edits edits = {0};
	struct arena arena = {0};
	struct doc from = {0};
	int status;

	err->text[0] = '\0';
	status = doc_parse(&from, in->chunk.file, in->chunk.first_line, in->chunk.bytes, err);
	if (status == 0 && !into)
		status = make_new(run, &from, &arena, result, err);
	else if (status == 0)
		status = merge_account(into, &from, &run->options, &edits, &arena, &collector.sink);
	if (status == 0 && edits.count)
		status = edits_apply(into, &edits, result, err);
	doc_free(&from);
	arena_free(&arena);
	return status;
}

/* Makes the target's result. into: what its file says now, or NULL. */
static void
plan(struct run *run, struct target *t, const struct doc *into)
{
	const char *path = folder_path(&run->folder, t->name);
	struct doc again = {0};
	struct error err;
	struct buf next = {0};
	int status = 0;

	buf_clear(&t->result);
	buf_clear(&t->findings);
	t->planned = true;
	if (!into)
		path = arena_printf(&run->arena, "%s (not yet written)", path);
	for (size_t i = 0; i < t->n && status == 0; i++) {
		status = merge_one(run, t, into, &t->in[i], &next, &err);
		if (status < 0 || next.len == 0)
			continue;
		buf_clear(&t->result);
		buf_add(&t->result, next.data, next.len);
		buf_clear(&next);
		doc_free(&again);
		status = doc_parse(&again, path, 1, (struct str){t->result.data, t->result.len}, &err);
		into = &again;
	}
	if (status < 0) {
		findings_print(run, &t->findings);
		refuse(run, t, err.text[0] ? &err : NULL);
	}
	doc_free(&again);
	buf_free(&next);
}

/* who holds a code first keeps it; its file's name */
static const char *
claim(struct run *run, const char *system, const char *code, char *name)
{
	size_t a = strlen(system), b = strlen(code);
	char *key = arena_alloc(&run->arena, a + b + 2);
	void **place;

	/* of one company may be several clients */
	if (tax_system(system))
		return name;
	memcpy(key, system, a);
	memcpy(key + a + 1, code, b);
	place = hash_put(&run->by_code, key, a + 1 + b, NULL);
	if (!*place)
		*place = name;
	return *place;
}

static void
claim_all(struct run *run, const struct doc *doc, char *name)
{
	const struct node *external = node_get(doc->root, "external");
	const char *id = node_get_text(doc->root, "id");

	if (id)
		claim(run, "", id, name);
	for (const struct node *n = external ? external->first : NULL; n; n = n->next) {
		if (n->key && n->kind == NODE_SCALAR && n->len)
			claim(run, n->key, n->text, name);
	}
}

static void
check_own_id(struct run *run, struct target *t, const struct doc *doc)
{
	const struct node *id = node_get(doc->root, "id");
	struct error err;

	if (id && id->kind == NODE_SCALAR && strcmp(id->text, t->in->id) == 0)
		return;
	node_error(&err, doc, id ? id : doc->root,
		   "the file of %s has another id, or none; nothing was merged into it", t->in->id);
	refuse(run, t, &err);
}

/* reads a dossier; a target's result is made at once, while it is parsed */
static void
read_dossier(struct run *run, char *name, bool again)
{
	struct target *t = hash_get(&run->by_name, name, strlen(name));
	const char *path = folder_path(&run->folder, name);
	struct buf bytes = {0};
	struct doc doc = {0};
	struct error err;
	struct stat state;
	int status = atomic_read(run->folder.fd, name, DOC_SIZE_MAX, &bytes, &state, &err);

	err.file = path;
	if (status == 0)
		status =
		    doc_parse(&doc, path, 1, (struct str){bytes.data ? bytes.data : "", bytes.len}, &err);
	if (status == 0 && doc.root->count == 0)
		status = error_at(&err, path, 0, 0, "holds no account");
	if (t)
		t->there = true;
	if (status < 0)
		show_error(run, &err);
	if (status < 0 && t)
		t->refused = true;
	if (status == 0 && !again)
		claim_all(run, &doc, name);
	if (status == 0 && t) {
		t->state = state;
		check_own_id(run, t, &doc);
		if (!t->refused)
			plan(run, t, &doc);
	}
	doc_free(&doc);
	buf_free(&bytes);
}

/* may it be merged, or does another dossier hold its id or one of its codes? */
static void
check_codes(struct run *run, struct target *t)
{
	struct error err;

	for (size_t i = 0; i < t->n && !t->refused; i++) {
		const struct incoming *in = &t->in[i];
		const char *holder = claim(run, "", in->id, t->name);

		if (strcmp(holder, t->name) != 0) {
			error_at(&err, in->chunk.file, in->chunk.first_line, 0,
				 "the id %s is that of %s already", in->id,
				 folder_path(&run->folder, holder));
			refuse(run, t, &err);
		}
		for (size_t k = 0; k < in->external.n && !t->refused; k++) {
			holder = claim(run, in->external.name[k], in->external.text[k], t->name);
			if (strcmp(holder, t->name) == 0)
				continue;
			error_at(&err, in->chunk.file, in->chunk.first_line, 0,
				 "the code %.100s of %.100s, which %s brings, is held by %s; nothing was "
				 "merged into %s",
				 in->external.text[k], in->external.name[k], in->id,
				 folder_path(&run->folder, holder), t->name);
			refuse(run, t, &err);
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
	diff_write(stdout, path, before, (struct str){t->result.data, t->result.len}, isatty(STDOUT_FILENO));
	buf_free(&old);
}

/* False: the disk refuses, and there is no point in going on. */
static bool
write_result(struct run *run, struct target *t)
{
	enum atomic_result result = ATOMIC_CHANGED;
	struct error err;

	for (int i = 0; i < TRIES && result == ATOMIC_CHANGED && t->result.len && !t->refused; i++) {
		struct str bytes = {t->result.data, t->result.len};

		if (t->there)
			result = atomic_replace(run->folder.fd, t->name, bytes, &t->state, &err);
		else
			result = atomic_create(run->folder.fd, t->name, bytes, &err);
		if (result == ATOMIC_CHANGED)
			read_dossier(run, t->name, true);
	}
	if (result == ATOMIC_CHANGED && t->result.len && !t->refused) {
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

	if (!t->refused && !t->planned)
		plan(run, t, NULL);
	if (!t->refused)
		check_codes(run, t);
	if (!t->refused && t->result.len) {
		if (run->dry)
			show_change(run, t);
		else if (!write_result(run, t))
			return false;
	}
	if (t->refused) {
		run->refused++;
		return true;
	}
	findings_print(run, &t->findings);
	created = !t->there;
	if (created)
		run->created++;
	else if (t->result.len)
		run->changed++;
	else
		run->same++;
	buf_free(&t->result);
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
	say_more(run, run->falls, "warning of falling revenue", "warnings of falling revenue");
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
	for (size_t i = 0; i < run->folder.n; i++)
		read_dossier(run, run->folder.name[i], false);
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
		buf_free(&run->target[i].result);
		buf_free(&run->target[i].findings);
	}
	free(run->target);
	hash_free(&run->by_name);
	hash_free(&run->by_code);
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
		    .usage = "merge [-nqv] [--replace SECTION,…] [--with-score] DIR [INPUT …]",
		    .option = options,
		    .options = sizeof options / sizeof *options,
		},
	};
	const char *value;
	char **operands;
	size_t n;
	int option, status;

	cli_begin(&run.cli, argc, argv);
	while ((option = cli_option(&run.cli, &value)) != -1) {
		if (option == 'n')
			run.dry = true;
		else if (option == 'v')
			run.options.kept = true;
		else if (option == cli_option_id(&run.cli, "replace"))
			take_sections(&run, value);
		else
			run.options.with_score = true;
	}
	operands = cli_operands(&run.cli, &n);
	if (n == 0)
		cli_usage(&run.cli, "no folder to merge into");
	/* whoever read the messages may go away; half of a merge would help nobody */
	if (!run.dry)
		signal(SIGPIPE, SIG_IGN);
	inbox_read(&run.inbox, &run.cli, operands + 1, n - 1);
	find_targets(&run);
	if (run.inbox.n == 0) {
		cli_warn(&run.cli, "no account came in");
		run.status = EXIT_LOOK;
	}
	status = merge(&run, operands[0]);
	run_free(&run);
	return cli_end(&run.cli, status);
}
