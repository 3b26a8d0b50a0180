/*
 * kam-dossier check: findings like a compiler's, one to a line.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "domain/merge.h"
#include "domain/taxnumber.h"
#include "dossier.h"

#define FOUND_MAX 200 /* findings of one document; a file of nothing but mistakes is not listed to its end */

static const struct cli_option options[] = {
    {0, "list-rules", NULL, "list what is looked for"},
};

/* where the documents of a file stand */
struct place {
	char *const *input;
	size_t inputs;
	const char *file; /* of the last document */
	bool pending;	  /* its name is not its id; an error unless more documents follow in it */
	struct error error;
};

static void
print(struct check *c, const struct rule *rule, const struct error *err)
{
	bool warning = rule->severity == SEVERITY_WARNING;
	struct error e = *err;
	struct buf line = {0};

	if (warning)
		c->warnings++;
	else
		c->errors++;
	if (warning && c->cli->quiet)
		return;
	snprintf(e.text, sizeof e.text, "%s: %.900s [%s]", warning ? "warning" : "error", err->text,
		 rule->name);
	error_format(&e, &line);
	buf_addc(&line, '\n');
	fwrite(line.data, 1, line.len, stdout);
	buf_free(&line);
}

/* false: the document had its share; said once */
static bool
has_room(struct check *c, const struct rule *rule)
{
	struct error err;

	if (c->found++ < FOUND_MAX)
		return true;
	if (c->found == FOUND_MAX + 1) {
		error_at(&err, c->doc->file, c->doc->first_line, 0,
			 "more than %d findings; the rest is not listed", FOUND_MAX);
		print(c, rule, &err);
	}
	return false;
}

void
check_put(struct check *c, const char *name, const struct node *node, const char *fmt, ...)
{
	const struct rule *rule = rule_find(name);
	struct error err;
	char text[sizeof err.text];
	va_list ap;

	if (!has_room(c, rule))
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	node_error(&err, c->doc, node, "%s", text);
	print(c, rule, &err);
}

static void
put_read(struct sink *sink, enum severity severity, const char *name, const struct error *err)
{
	struct check *c = (struct check *)sink;
	const struct rule *rule = rule_find(name ? name : "other");

	(void)severity;
	if (has_room(c, rule))
		print(c, rule, err);
}

/* the first place of a code stays; NULL if this is it */
static const char *
claim(struct check *c, const char *system, const char *code, const struct node *node)
{
	size_t a = strlen(system), b = strlen(code), line, column;
	char *key = arena_alloc(&c->arena, a + b + 2);
	const char *first;
	void **place;

	memcpy(key, system, a);
	memcpy(key + a + 1, code, b);
	place = hash_put(&c->by_code, key, a + 1 + b, NULL);
	first = *place;
	if (first)
		return first;
	doc_place(c->doc, node->start, &line, &column);
	*place = arena_printf(&c->arena, "%s:%zu", c->doc->file, line);
	return NULL;
}

static void
check_codes(struct check *c)
{
	const struct node *id = node_get(c->doc->root, "id"), *external = node_get(c->doc->root, "external");
	const char *other;

	if (id && id->kind == NODE_SCALAR && id->len && (other = claim(c, "", id->text, id)))
		check_put(c, "duplicate-id", id, "id: %s is that of %s too", id->text, other);
	for (const struct node *n = external ? external->first : NULL; n; n = n->next) {
		/* of one company may be several clients, and one tax number theirs */
		if (!n->key || n->kind != NODE_SCALAR || n->len == 0 || tax_system(n->key))
			continue;
		other = claim(c, n->key, n->text, n);
		if (other)
			check_put(c, "duplicate-code", n, "external: the code %s of %.100s is that of %s too",
				  text_quoted(&c->scratch, n->text), n->key, other);
	}
}

static bool
is_operand(const struct place *p, const char *file)
{
	for (size_t i = 0; i < p->inputs; i++) {
		if (strcmp(p->input[i], file) == 0)
			return true;
	}
	return strcmp(file, STREAM_STDIN) == 0;
}

static bool
is_named(const char *file, const char *id)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	size_t n = strlen(id);

	return strncmp(name, id, n) == 0 && strcmp(name + n, DOSSIER_SUFFIX) == 0;
}

/* the name of the last file is settled: no other document followed in it */
static void
settle_name(struct check *c, struct place *p)
{
	if (p->pending)
		print(c, rule_find("file-name"), &p->error);
	p->pending = false;
}

/* A file of a folder is a dossier; one that was named may be a stream of many, and then has no name to check. */
static void
check_file_name(struct check *c, struct place *p)
{
	const struct node *id = node_get(c->doc->root, "id");
	bool again = p->file && strcmp(p->file, c->doc->file) == 0, in_folder = !is_operand(p, c->doc->file);
	size_t n = strlen(c->doc->file), suffix = strlen(DOSSIER_SUFFIX);

	if (again && in_folder)
		check_put(c, "file-name", c->doc->root, "a second account in one dossier's file");
	if (again) {
		p->pending = false;
		return;
	}
	settle_name(c, p);
	p->file = c->doc->file;
	if (n < suffix || strcmp(c->doc->file + n - suffix, DOSSIER_SUFFIX) != 0)
		return;
	if (!id || id->kind != NODE_SCALAR || id->len == 0 || is_named(c->doc->file, id->text))
		return;
	p->pending = true;
	node_error(&p->error, c->doc, id, "id: the file of %s should be called %.120s" DOSSIER_SUFFIX,
		   text_quoted(&c->scratch, id->text), id->text);
	if (in_folder)
		settle_name(c, p);
}

/* only the last line of a file can lack its end */
static void
check_last_line(struct check *c, const struct chunk *chunk)
{
	struct node end = {.start = chunk->bytes.n};

	if (chunk->bytes.n && chunk->bytes.p[chunk->bytes.n - 1] != '\n')
		check_put(c, "no-final-newline", &end,
			  "the last line has no end: what is joined to the file begins on it");
}

static void
check_document(struct check *c, struct place *place, const struct chunk *chunk, struct doc *doc)
{
	struct error err;

	c->found = 0;
	c->doc = doc;
	c->accounts++;
	if (doc_parse(doc, chunk->file, chunk->first_line, chunk->bytes, &err) < 0) {
		print(c, rule_find("syntax"), &err);
		return;
	}
	check_file_name(c, place);
	account_read(doc, &c->account, &c->scratch, &c->sink);
	merge_check_keys(doc, &c->scratch, &c->sink);
	check_codes(c);
	check_account(c);
	check_last_line(c, chunk);
}

/* "a.yml" and "A.YAML": a dossier to a person's eye */
static int
is_unread(const struct dirent *entry)
{
	const char *name = entry->d_name, *suffix = strrchr(name, '.');

	if (name[0] == '.' || !suffix || strcmp(suffix, DOSSIER_SUFFIX) == 0)
		return 0;
	return strcasecmp(suffix, ".yaml") == 0 || strcasecmp(suffix, ".yml") == 0;
}

static int
compare_entries(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* an input that is no folder has no such files */
static void
check_unread(struct check *c, const char *folder)
{
	size_t n = strlen(folder);
	struct dirent **entry;
	int count = scandir(folder, &entry, is_unread, compare_entries);
	struct error err;

	for (int i = 0; i < count; i++) {
		error_at(&err,
			 arena_printf(&c->scratch, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/",
				      entry[i]->d_name),
			 0, 0, "is not read: the name of a dossier ends in " DOSSIER_SUFFIX);
		print(c, rule_find("not-read"), &err);
		free(entry[i]);
	}
	if (count >= 0)
		free(entry);
	arena_reset(&c->scratch);
}

/* Goes on behind an input that cannot be read. False: it was named, or is standard input; a link or an empty file among
 * the dossiers of a folder is one of their errors. */
static bool
check_inputs(struct check *c, char *const *inputs, size_t n)
{
	struct place place = {.input = inputs, .inputs = n};
	struct stream *stream = stream_open(inputs, n);
	struct doc doc = {0};
	struct chunk chunk;
	struct error err;
	bool whole = true;
	int status;

	while ((status = stream_next(stream, &chunk, &err)) != 0) {
		if (status < 0) {
			print(c, rule_find("read"), &err);
			whole = whole && !is_operand(&place, err.file);
			continue;
		}
		check_document(c, &place, &chunk, &doc);
		doc_reset(&doc);
		arena_reset(&c->scratch);
	}
	settle_name(c, &place);
	doc_free(&doc);
	stream_free(stream);
	return whole;
}

static void
list_rules(void)
{
	static const struct column columns[] = {
	    {.name = "rule"}, {.name = "severity"}, {.name = "asks that"}};
	struct table *table = table_new("rules", NULL, columns, sizeof columns / sizeof *columns);
	struct table_options table_options;

	for (size_t i = 0; i < n_rules; i++) {
		table_cell(table, rules[i].name);
		table_cell(table, rules[i].severity == SEVERITY_WARNING ? "warning" : "error");
		table_cell(table, rules[i].help);
		table_row(table);
	}
	cli_table_options(&table_options);
	tables_write(&table, 1, &table_options, stdout);
	table_free(table);
}

static void
summary(const struct check *c)
{
	if (!c->cli->quiet)
		cli_warn(c->cli, "%zu account%s, %zu error%s, %zu warning%s", c->accounts,
			 c->accounts == 1 ? "" : "s", c->errors, c->errors == 1 ? "" : "s", c->warnings,
			 c->warnings == 1 ? "" : "s");
}

int
dossier_check(int argc, char **argv)
{
	static char folder[] = DOSSIER_FOLDER, *const standard[] = {folder};
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Says what is wrong with dossiers, one finding to a line; without INPUT, with those "
		       "in " DOSSIER_FOLDER "/.",
	    .usage = "check [-q] [--today DATE] [--list-rules] [INPUT …]",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	struct check c = {.sink = {.put = put_read}, .cli = &cli};
	const char *value;
	char *const *inputs;
	bool whole;
	size_t n;

	cli_begin(&cli, argc, argv);
	while (cli_option(&cli, &value) != -1) {
		list_rules();
		return cli_end(&cli, EXIT_DONE);
	}
	inputs = cli_operands(&cli, &n);
	if (n == 0) {
		inputs = standard;
		n = 1;
	}
	whole = check_inputs(&c, inputs, n);
	for (size_t i = 0; i < n; i++)
		check_unread(&c, inputs[i]);
	summary(&c);
	hash_free(&c.by_code);
	arena_free(&c.arena);
	arena_free(&c.scratch);
	if (!whole)
		return cli_end(&cli, EXIT_FAILED);
	/* no account at all is more likely the wrong folder than good news */
	return cli_end(&cli, c.errors || !c.accounts ? EXIT_LOOK : EXIT_DONE);
}
