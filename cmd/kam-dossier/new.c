/*
 * kam-dossier new: an empty dossier, made from the table of the account's
 * fields, so that what can be written in it is said in it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/atomic.h"
#include "base/text.h"
#include "dossier.h"

#define COMMENT_COLUMN 26

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'p', "print", NULL, "write it to standard output"},
};

/* the help without its source, which is for those who judge the rules */
static size_t
help_length(const char *help)
{
	size_t n = strlen(help);

	if (n > 5 && strncmp(help + n - 5, " (S", 3) == 0 && help[n - 1] == ')')
		n -= 5;
	return n;
}

static void
add_comment(struct buf *out, size_t line, const struct field *f)
{
	size_t width = text_width(out->data + line, out->len - line);
	const char *const *word = f->words;

	do
		buf_addc(out, ' ');
	while (++width < COMMENT_COLUMN);
	buf_adds(out, "# ");
	buf_add(out, f->help, help_length(f->help));
	if (f->type == FIELD_WORDS)
		buf_adds(out, "; as [one, two]");
	else if (f->type == FIELD_PAIRS)
		buf_printf(out, "; as {name: %s}", word ? *word : "text");
	else if (f->type == FIELD_DATE)
		buf_adds(out, "; as 2026-11-22");
	for (; f->type != FIELD_PAIRS && word && *word; word++)
		buf_printf(out, "%s%s", word == f->words ? ": " : ", ", *word);
	buf_addc(out, '\n');
}

/* "{id: , name: , …}" */
static void
add_names(struct buf *out, const struct fields *fields)
{
	buf_addc(out, '{');
	for (size_t i = 0; i < fields->n; i++)
		buf_printf(out, "%s%s: ", i ? ", " : "", fields->field[i].name);
	buf_addc(out, '}');
}

static void
add_fields(struct buf *out, const struct fields *fields, size_t indent, const char *id, const char *name)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		bool names = f->type == FIELD_MAP && f->sub->n;
		size_t line = out->len;

		if (f->flags & (SECTION_IMPORTED | SECTION_COMPUTED | SECTION_OWN))
			continue;
		if (indent == 0 && (f->type == FIELD_LIST || f->type == FIELD_MAP)) {
			buf_addc(out, '\n');
			line++;
		}
		buf_printf(out, "%*s%s:", (int)indent, "", f->name);
		if (indent == 0 && strcmp(f->name, "id") == 0)
			buf_printf(out, " %s", id);
		if (indent == 0 && strcmp(f->name, "name") == 0)
			buf_printf(out, " %s", name);
		if (indent && names) {
			buf_addc(out, ' ');
			add_names(out, f->sub);
		}
		add_comment(out, line, f);
		if (indent == 0 && names)
			add_fields(out, f->sub, indent + 2, id, name);
		if (f->type == FIELD_LIST) {
			buf_printf(out, "#%*s- ", (int)indent + 2, "");
			add_names(out, f->sub);
			buf_addc(out, '\n');
		}
	}
}

static void
add_imported(struct buf *out)
{
	const char *before = "\n# Imports bring the rest, through kam-dossier merge: ";

	for (size_t i = 0; i < account_fields.n; i++) {
		if (!(account_fields.field[i].flags & SECTION_IMPORTED))
			continue;
		buf_printf(out, "%s%s", before, account_fields.field[i].name);
		before = ", ";
	}
	buf_adds(out, ".\n");
}

/* the text as a value, in quotes where it needs them; NULL: nothing */
static const char *
as_value(struct arena *arena, const char *text)
{
	struct buf written = {0};
	const char *value = "";

	if (text) {
		node_write_flow(&written, node_new_text(arena, text));
		value = arena_copy(arena, written.data, written.len);
	}
	buf_free(&written);
	return value;
}

static void
make_dossier(struct buf *out, const char *id, const char *name)
{
	struct arena arena = {0};

	buf_adds(out, "---\n# Fill in what is known. What has no value is not known yet; "
		      "a line of a list begins with \"- \", as in the comments.\n");
	add_fields(out, &account_fields, 0, as_value(&arena, id), as_value(&arena, name));
	add_imported(out);
	arena_free(&arena);
}

static void
write_dossier(const struct cli *cli, const char *dir, const char *id, const struct buf *text)
{
	struct folder folder;
	struct error err;
	char name[ACCOUNT_ID_MAX + sizeof DOSSIER_SUFFIX];
	enum atomic_result result;
	const char *archived;

	folder_begin(&folder, cli, dir, true);
	archived = archived_say(&folder.arena, dir, id);
	if (archived)
		cli_fatal(cli, "%s", archived);
	snprintf(name, sizeof name, "%s" DOSSIER_SUFFIX, id);
	result = atomic_create(folder.fd, name, (struct str){text->data, text->len}, &err);
	if (result == ATOMIC_CHANGED)
		error_set(&err, "is there already");
	else if (result == ATOMIC_DONE && atomic_sync(folder.fd, &err) < 0)
		result = ATOMIC_FAILED;
	if (result != ATOMIC_DONE) {
		err.file = folder_path(&folder, name);
		cli_fail(cli, &err);
	}
	puts(folder_path(&folder, name));
	folder_end(&folder);
}

/* said at once, while it is known why; a reader that went away needs no word */
static void
print_dossier(const struct cli *cli, const struct buf *text)
{
	if (fwrite(text->data, 1, text->len, stdout) == text->len)
		return;
	if (errno == EPIPE)
		exit(EXIT_FAILED);
	cli_fatal(cli, "standard output cannot be written: %s", strerror(errno));
}

int
dossier_new(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Writes an empty dossier with a comment for every section, and prints its name.",
	    .usage = "new [-p] [-d DIR] ID [NAME]",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct buf text = {0}, quoted = {0};
	bool print = false;
	char **operands;
	size_t n;
	int option;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd')
			dir = value;
		else
			print = true;
	}
	operands = cli_operands(&cli, &n);
	dir = dossier_folder(&cli, dir);
	if (n < 1 || n > 2)
		cli_usage(&cli, n ? "too many arguments; a name of several words needs quotes"
				  : "no id for the account");
	if (!account_id_is_valid(operands[0])) {
		text_quote(&quoted, operands[0], strlen(operands[0]));
		cli_fatal(&cli, "not an id (a-z, 0-9, then also '.', '_', '-'; at most %d): %s",
			  ACCOUNT_ID_MAX, quoted.data);
	}
	if (n == 2 && utf8_check(operands[1], strlen(operands[1])) < strlen(operands[1]))
		cli_fatal(&cli, "the name is not UTF-8");
	make_dossier(&text, operands[0], n == 2 ? operands[1] : NULL);
	if (print)
		print_dossier(&cli, &text);
	else
		write_dossier(&cli, dir, operands[0], &text);
	buf_free(&text);
	return cli_end(&cli, EXIT_DONE);
}
