/*
 * kam-dossier audit: forms to fill in, filled forms read back, results.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auditing.h"
#include "base/atomic.h"
#include "base/text.h"

static const struct cli_option options[] = {
    {0, "form", NULL, "print the questions as a form: with ID of that client, else of the supplier"},
    {0, "apply", "FILE", "read a filled form back, and add it to the dossier"},
    {0, "replace", NULL, "with --apply: instead of an audit of the same day"},
    {0, "hints", NULL, "print what usually goes wrong beside the questions"},
    {'l', "language", "LANGUAGE", "of the questions: en, ru or lv"},
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {0, "supplier", "FILE", "the supplier's own audits (default: " AUDIT_FILE " of the workspace)"},
    {'f', "format", "FORMAT", "of results: text (default), csv, tsv, json, markdown"},
};

void
audited_read(struct auditing *a, struct audited *d, const char *id)
{
	struct folder folder;
	struct stat state;
	struct error err;
	const char *name, *own;

	*d = (struct audited){0};
	if (!account_id_is_valid(id))
		cli_usage(&a->cli, "not an account's id: %s", text_quoted(&a->arena, id));
	folder_begin(&folder, &a->cli, a->dir, false);
	name = arena_printf(&a->arena, "%s" DOSSIER_SUFFIX, id);
	if (atomic_read(folder.fd, name, DOC_SIZE_MAX, &d->bytes, &state, &err) < 0) {
		err.file = folder_path(&folder, name);
		cli_fail(&a->cli, &err);
	}
	name = arena_strdup(&a->arena, folder_path(&folder, name));
	folder_end(&folder);
	if (doc_parse(&d->doc, name, 1, (struct str){d->bytes.data ? d->bytes.data : "", d->bytes.len},
		      &err) < 0)
		cli_fail(&a->cli, &err);
	account_read(&d->doc, &d->account, &a->arena, &a->sink.sink);
	own = d->account.id;
	if (!own || strcmp(own, id) != 0)
		cli_fatal(&a->cli, "%s: is not the dossier of %s", name, id);
}

void
audited_free(struct audited *d)
{
	doc_free(&d->doc);
	buf_free(&d->bytes);
}

void
audit_read_supplier(struct auditing *a, struct items *audits)
{
	struct buf text = {0};

	*audits = (struct items){0};
	if (!a->supplier || (access(a->supplier, F_OK) < 0 && errno == ENOENT))
		return;
	cli_need_file(&a->cli, a->supplier);
	cli_read_file(&a->cli, a->supplier, &text);
	if (audit_read(audits, (struct str){text.data ? text.data : "", text.len}, a->supplier, &a->arena,
		       &a->sink.sink) < 0) {
		cli_sink_done(&a->sink);
		cli_fatal(&a->cli, "the supplier's audits cannot be read");
	}
	buf_free(&text);
}

static void
print_form(struct auditing *a, const char *id)
{
	struct items audits;
	struct audited d;
	struct buf form = {0};

	if (id) {
		audited_read(a, &d, id);
		audit_form_write(&form, a->language, id, account_title(&d.account), a->cli.today,
				 &d.account.audit);
		audited_free(&d);
	} else {
		audit_read_supplier(a, &audits);
		audit_form_write(&form, a->language, NULL, NULL, a->cli.today, &audits);
	}
	fwrite(form.data, 1, form.len, stdout);
	buf_free(&form);
}

static void
print_hints(const struct auditing *a)
{
	for (size_t i = 0; i < n_audit_hints; i++)
		puts(audit_hints[i].text[a->language]);
}

static void
show_one(struct auditing *a, const char *id)
{
	struct audited d;

	audited_read(a, &d, id);
	audit_show(a, &d.account);
	audited_free(&d);
}

/* what was asked for beside the settings */
struct asked {
	bool form, hints;
	const char *apply, *language;
};

static void
take_options(struct auditing *a, struct asked *asked)
{
	const char *value;
	struct error err;
	int option;

	while ((option = cli_option(&a->cli, &value)) != -1) {
		if (option == 'd')
			a->dir = value;
		else if (option == 'l')
			asked->language = value;
		else if (option == 'f' && table_format_parse(value, &a->table.format, &err) < 0)
			cli_fail(&a->cli, &err);
		else if (option == cli_option_id(&a->cli, "form"))
			asked->form = true;
		else if (option == cli_option_id(&a->cli, "hints"))
			asked->hints = true;
		else if (option == cli_option_id(&a->cli, "apply"))
			asked->apply = value;
		else if (option == cli_option_id(&a->cli, "replace"))
			a->replace = true;
		else if (option == cli_option_id(&a->cli, "supplier"))
			a->supplier = value;
	}
	if (asked->form + asked->hints + (asked->apply != NULL) > 1)
		cli_usage(&a->cli, "one of --form, --apply and --hints at a time");
	if (a->replace && !asked->apply)
		cli_usage(&a->cli, "--replace goes with --apply");
}

/* what no option said */
static void
settle(struct auditing *a, const struct asked *asked)
{
	const struct workspace *w = &a->cli.settings;
	const char *language = asked->language ? asked->language : w->language, *slash;

	a->dir = dossier_folder(&a->cli, a->dir);
	if (language && audit_language_parse(language, &a->language) < 0)
		cli_usage(&a->cli, "--language: en, ru or lv, not %s", text_quoted(&a->arena, language));
	if (a->supplier || !w->file)
		return;
	slash = strrchr(w->file, '/');
	a->supplier =
	    arena_printf(&a->arena, "%.*s" AUDIT_FILE, slash ? (int)(slash - w->file) + 1 : 0, w->file);
}

int
dossier_audit(int argc, char **argv)
{
	struct auditing a = {
	    .cli =
		{
		    .program = "kam-dossier",
		    .purpose = "The audit of the work with key accounts: forms, and what came of them.",
		    .usage = "audit [--form | --apply FILE | --hints] [-d DIR] [-f FORMAT] [ID]",
		    .option = options,
		    .options = sizeof options / sizeof *options,
		},
	};
	struct asked asked = {0};
	int status = EXIT_DONE;
	char **operands;
	const char *id;
	size_t n;

	cli_table_options(&a.table);
	cli_begin(&a.cli, argc, argv);
	take_options(&a, &asked);
	operands = cli_operands(&a.cli, &n);
	if (n > 1)
		cli_usage(&a.cli, "one account at a time, or none for all of them");
	id = n ? operands[0] : NULL;
	settle(&a, &asked);
	cli_sink_init(&a.sink, &a.cli);
	if (asked.hints)
		print_hints(&a);
	else if (asked.form)
		print_form(&a, id);
	else if (asked.apply)
		status = audit_apply(&a, asked.apply, id);
	else if (id)
		show_one(&a, id);
	else
		status = audit_overview(&a);
	cli_sink_done(&a.sink);
	if (a.sink.sink.errors && status == EXIT_DONE)
		status = EXIT_LOOK;
	arena_free(&a.arena);
	return cli_end(&a.cli, status);
}
