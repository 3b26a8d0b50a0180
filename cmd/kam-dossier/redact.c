/*
 * kam-dossier redact. Everything is read and judged before anything is shown:
 * what is shown waits in a temporary file, and one wrong word in one list of
 * one account ends the run without a byte.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/atomic.h"
#include "base/text.h"
#include "domain/redact.h"
#include "dossier.h"

#define UNKNOWN_SHOWN 20 /* fields that are named in messages; the others are counted */

static const struct cli_option options[] = {
    {'a', "audience", "NAME", "who is to read it; needed"},
    {0, "access", "FILE", "what audiences read of accounts that say nothing of them"},
    {'o', "output", "DIR", "write a file for each account there, not a stream"},
};

/* an account that is shown; its text stands in the spool */
struct shown {
	const char *id;
	long offset;
	size_t size;
};

/* a field that was not shown although the section that it stands in is */
struct unknown {
	const char *path;
	size_t n;
	struct unknown *next;
};

struct publishing {
	struct cli cli;
	const char *audience;
	const char *access_file; /* NULL: none */
	const char *folder;	 /* NULL: a stream */
	struct buf access_text;
	struct doc access; /* its top is a map as that of an account's `access` */
	struct cli_sink sink;
	FILE *spool;
	struct shown *shown;
	size_t n, cap, left_out;
	struct hash ids, audiences;		      /* those that came in */
	struct hash unknown;			      /* path → struct unknown */
	struct unknown *first_unknown, *last_unknown; /* in the order in which they came */
	struct arena arena;
	struct buf mark;  /* the first lines of a published file */
	struct buf bytes; /* of one account */
	int status;
};

/* Who may read what */

static void
read_access(struct publishing *p)
{
	struct error err;

	if (!p->access_file)
		return;
	cli_read_file(&p->cli, p->access_file, &p->access_text);
	if (doc_parse(&p->access, p->access_file, 1,
		      (struct str){p->access_text.data ? p->access_text.data : "", p->access_text.len},
		      &err) < 0)
		cli_fail(&p->cli, &err);
	if (access_check(&p->access, p->access.root, &p->sink.sink) < 0)
		cli_fatal(&p->cli, "nothing was shown");
}

static _Noreturn void
refuse_audience(const struct publishing *p, const char *const *names, size_t n)
{
	struct arena arena = {0};
	const char *nearest = text_nearest(p->audience, names, n), *quoted = text_quoted(&arena, p->audience);

	if (nearest)
		cli_fatal(&p->cli, "unknown audience: %s, did you mean %s? Nothing was shown", quoted,
			  text_quoted(&arena, nearest));
	cli_fatal(&p->cli, "unknown audience: %s; %s names it. Nothing was shown", quoted,
		  p->access_file ? "neither an account nor the access file" : "no account");
}

/* with a file of audiences, one that it does not name is a slip of the pen, by which another list than meant would
 * count */
static int
check_known(struct publishing *p, const struct doc *doc, const struct node *access)
{
	int status = 0;
	struct error err;

	for (const struct node *n = access ? access->first : NULL; n; n = n->next) {
		const char *name;

		if (p->access_file && !node_get(p->access.root, n->key)) {
			node_error(&err, doc, n, "access: %s does not name the audience %s", p->access_file,
				   text_quoted(&p->arena, n->key));
			sink_put(&p->sink.sink, SEVERITY_ERROR, "access", &err);
			status = -1;
		} else if (!hash_get(&p->audiences, n->key, strlen(n->key))) {
			name = arena_strdup(&p->arena, n->key);
			*hash_put(&p->audiences, name, strlen(name), NULL) = p;
		}
	}
	return status;
}

/* no account and no file names the audience */
static void
check_audience(struct publishing *p)
{
	const char **names;
	size_t n = 0;

	if (hash_get(&p->audiences, p->audience, strlen(p->audience)) ||
	    (p->access_file && node_get(p->access.root, p->audience)))
		return;
	names = arena_alloc(&p->arena, (p->audiences.used + (p->access.root ? p->access.root->count : 0)) *
					   sizeof *names);
	for (size_t i = 0; i < p->audiences.cap; i++) {
		if (p->audiences.entry[i].key)
			names[n++] = p->audiences.entry[i].key;
	}
	for (const struct node *a = p->access_file ? p->access.root->first : NULL; a; a = a->next)
		names[n++] = a->key;
	refuse_audience(p, names, n);
}

/* What comes in */

static void
count_unknown(struct publishing *p, const char *path)
{
	struct unknown *u = hash_get(&p->unknown, path, strlen(path));

	if (!u) {
		u = arena_alloc(&p->arena, sizeof *u);
		*u = (struct unknown){.path = arena_strdup(&p->arena, path)};
		*hash_put(&p->unknown, u->path, strlen(u->path), NULL) = u;
		if (p->last_unknown)
			p->last_unknown->next = u;
		else
			p->first_unknown = u;
		p->last_unknown = u;
	}
	u->n++;
}

static void
report_unknown(struct publishing *p)
{
	size_t shown = 0;

	for (const struct unknown *u = p->first_unknown; u && shown < UNKNOWN_SHOWN; u = u->next, shown++)
		cli_warn(&p->cli, "%s: left out %zu time%s, for it is not a known name",
			 text_quoted(&p->arena, u->path), u->n, u->n == 1 ? "" : "s");
	if (p->unknown.used > shown)
		cli_warn(&p->cli, "%zu more fields left out that are not known names",
			 p->unknown.used - shown);
}

static void
keep(struct publishing *p, const struct doc *doc, const struct account *account, const struct node *list,
     struct arena *scratch)
{
	struct shown *s;
	struct texts unknown;
	struct node *tree = redact(scratch, doc->root, list, &unknown);
	struct error err;

	for (size_t i = 0; i < unknown.n; i++)
		count_unknown(p, unknown.v[i]);
	buf_clear(&p->bytes);
	if (redact_write(&p->bytes, tree, doc->file, &err) < 0) {
		sink_put(&p->sink.sink, SEVERITY_ERROR, "written", &err);
		return;
	}
	p->shown = vec_grow(p->shown, &p->cap, p->n + 1, sizeof *p->shown);
	s = &p->shown[p->n++];
	*s = (struct shown){arena_strdup(&p->arena, account->id), ftell(p->spool), p->bytes.len};
	if (s->offset < 0 || fwrite(p->bytes.data, 1, p->bytes.len, p->spool) != p->bytes.len)
		cli_fatal(&p->cli, "the temporary file cannot be written: nothing was shown");
}

static bool
is_first(struct publishing *p, const struct doc *doc, const struct account *account)
{
	char *id = arena_strdup(&p->arena, account->id);
	void **place = hash_put(&p->ids, id, strlen(id), NULL);
	struct error err;

	if (!*place) {
		*place = p;
		return true;
	}
	node_error(&err, doc, node_get(doc->root, "id"), "id: %s came in before", id);
	sink_put(&p->sink.sink, SEVERITY_ERROR, "twice", &err);
	return false;
}

static void
take(struct publishing *p, const struct chunk *chunk, struct doc *doc, struct arena *scratch)
{
	const struct node *access, *list;
	struct account account;
	struct error err;

	if (doc_parse(doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		sink_put(&p->sink.sink, SEVERITY_ERROR, "syntax", &err);
		return;
	}
	access = node_get(doc->root, "access");
	if (account_read(doc, &account, scratch, &p->sink.sink) < 0 || !is_first(p, doc, &account) ||
	    access_check(doc, access, &p->sink.sink) < 0 || check_known(p, doc, access) < 0)
		return;
	list = node_get(access, p->audience);
	if (!list && p->access_file)
		list = node_get(p->access.root, p->audience);
	if (list && list->count)
		keep(p, doc, &account, list, scratch);
	else
		p->left_out++;
}

static void
read_inputs(struct publishing *p, char *const *inputs, size_t n)
{
	struct stream *stream = stream_open(inputs, n);
	struct arena scratch = {0};
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	int status;

	while ((status = stream_next(stream, &chunk, &err)) != 0) {
		if (status < 0)
			sink_put(&p->sink.sink, SEVERITY_ERROR, "read", &err);
		else
			take(p, &chunk, &doc, &scratch);
		doc_reset(&doc);
		arena_reset(&scratch);
	}
	cli_sink_done(&p->sink);
	if (p->sink.sink.errors)
		cli_fatal(&p->cli, "nothing was shown");
	if (p->n + p->left_out == 0)
		cli_fatal(&p->cli, "no account came in");
	check_audience(p);
	doc_free(&doc);
	arena_free(&scratch);
	stream_free(stream);
}

/* What goes out */

/* the account's text, framed or behind the mark */
static void
fetch(struct publishing *p, const struct shown *s, const struct buf *mark)
{
	buf_clear(&p->bytes);
	if (mark)
		buf_add(&p->bytes, mark->data, mark->len);
	if (fseek(p->spool, s->offset, SEEK_SET) < 0 ||
	    fread(buf_room(&p->bytes, s->size), 1, s->size, p->spool) != s->size)
		cli_fatal(&p->cli, "the temporary file cannot be read");
	p->bytes.len += s->size;
}

static void
write_stream(struct publishing *p)
{
	stream_begin(stdout);
	for (size_t i = 0; i < p->n; i++) {
		fetch(p, &p->shown[i], NULL);
		stream_write(stdout, (struct str){p->bytes.data, p->bytes.len});
	}
	stream_end(stdout);
}

/* A file that was published bears the mark; dossiers, and what is meant for others, do not. */
static bool
is_published(const struct publishing *p, const struct buf *bytes)
{
	return bytes->len >= p->mark.len && memcmp(bytes->data, p->mark.data, p->mark.len) == 0;
}

/* 0: there is none; 1: it was published; what cannot be replaced ends the run */
static int
look_at(struct publishing *p, struct folder *f, const char *name, bool needed, struct stat *state,
	struct buf *bytes)
{
	struct error err;
	struct stat there;

	buf_clear(bytes);
	if (fstatat(f->fd, name, &there, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	err.text[0] = '\0';
	if (atomic_read(f->fd, name, DOC_SIZE_MAX, bytes, state, &err) == 0 && is_published(p, bytes))
		return 1;
	if (!needed)
		return 0;
	if (!err.text[0])
		error_set(&err, "was not published for this audience, and is not written over; nothing was "
				"written");
	err.file = folder_path(f, name);
	cli_fail(&p->cli, &err);
}

static const char *
file_name(struct publishing *p, const struct shown *s)
{
	return arena_printf(&p->arena, "%s" DOSSIER_SUFFIX, s->id);
}

/* what was published before, and is not now, stays until somebody takes it away */
static void
report_stale(struct publishing *p, struct folder *f, struct buf *old)
{
	struct hash now = {0};
	struct stat state;

	for (size_t i = 0; i < p->n; i++) {
		const char *name = file_name(p, &p->shown[i]);

		*hash_put(&now, name, strlen(name), NULL) = p;
	}
	folder_list(f, &p->cli, true);
	for (size_t i = 0; i < f->n; i++) {
		if (hash_get(&now, f->name[i], strlen(f->name[i])) ||
		    !look_at(p, f, f->name[i], false, &state, old))
			continue;
		cli_warn(&p->cli, "%s: was published before, and would not be now: remove it",
			 folder_path(f, f->name[i]));
		p->status = EXIT_LOOK;
	}
	hash_free(&now);
}

static void
write_file(struct publishing *p, struct folder *f, const struct shown *s, struct buf *old)
{
	const char *name = file_name(p, s);
	enum atomic_result result = ATOMIC_DONE;
	struct stat state;
	struct error err;
	struct str new;
	int there = look_at(p, f, name, true, &state, old);

	fetch(p, s, &p->mark);
	new = (struct str){p->bytes.data, p->bytes.len};
	if (!there)
		result = atomic_create(f->fd, name, new, &err);
	else if (!str_equal(new, (struct str){old->data, old->len}))
		result = atomic_replace(f->fd, name, new, &state, &err);
	if (result == ATOMIC_DONE)
		return;
	if (result == ATOMIC_CHANGED)
		error_set(&err, "is being changed by somebody else");
	err.file = folder_path(f, name);
	cli_fail(&p->cli, &err);
}

static void
write_folder(struct publishing *p)
{
	struct buf old = {0};
	struct folder f;
	struct stat state;
	struct error err;

	folder_begin(&f, &p->cli, p->folder, true);
	for (size_t i = 0; i < p->n; i++)
		look_at(p, &f, file_name(p, &p->shown[i]), true, &state, &old);
	for (size_t i = 0; i < p->n; i++)
		write_file(p, &f, &p->shown[i], &old);
	report_stale(p, &f, &old);
	if (atomic_sync(f.fd, &err) < 0) {
		err.file = p->folder;
		cli_fail(&p->cli, &err);
	}
	folder_end(&f);
	buf_free(&old);
}

static void
publishing_free(struct publishing *p)
{
	fclose(p->spool);
	free(p->shown);
	hash_free(&p->ids);
	hash_free(&p->audiences);
	hash_free(&p->unknown);
	doc_free(&p->access);
	buf_free(&p->access_text);
	buf_free(&p->mark);
	buf_free(&p->bytes);
	arena_free(&p->arena);
}

static void
take_options(struct publishing *p)
{
	const char *value;
	int option;

	while ((option = cli_option(&p->cli, &value)) != -1) {
		if (option == 'a')
			p->audience = value;
		else if (option == 'o')
			p->folder = value;
		else
			p->access_file = value;
	}
	if (!p->access_file)
		p->access_file = p->cli.settings.access;
	if (!p->audience)
		cli_usage(&p->cli, "for whom? --audience is needed");
}

int
dossier_redact(int argc, char **argv)
{
	struct publishing p = {
	    .cli =
		{
		    .program = "kam-dossier",
		    .purpose = "Shows of accounts what an audience may read, and nothing else.",
		    .usage = "redact -a NAME [--access FILE] [-o DIR] [INPUT …]",
		    .option = options,
		    .options = sizeof options / sizeof *options,
		},
	};
	char **inputs;
	size_t n;

	cli_begin(&p.cli, argc, argv);
	take_options(&p);
	inputs = cli_operands(&p.cli, &n);
	cli_sink_init(&p.sink, &p.cli);
	read_access(&p);
	buf_adds(&p.mark, "---\n# Written by kam-dossier redact; what is changed here is lost. Audience: ");
	node_write_flow(&p.mark, node_new_text(&p.arena, p.audience));
	buf_addc(&p.mark, '\n');
	p.spool = cli_spool(&p.cli);
	read_inputs(&p, inputs, n);
	if (p.folder)
		write_folder(&p);
	else
		write_stream(&p);
	if (!p.cli.quiet) {
		report_unknown(&p);
		cli_warn(&p.cli, "%zu account%s for %s, %zu left out", p.n, p.n == 1 ? "" : "s", p.audience,
			 p.left_out);
	}
	publishing_free(&p);
	return cli_end(&p.cli, p.status);
}
