/*
 * The closing line, and what to do with rejected rows.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "import.h"

/* what a shell takes for itself anywhere in a word but, with '-', at its start */
#define SHELL_PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,=@"

/* can a terminal show it as it is? */
static bool
is_safe(const char *word)
{
	struct buf safe = {0};
	bool same;

	text_safe(&safe, word, strlen(word));
	same = strcmp(safe.data, word) == 0;
	buf_free(&safe);
	return same;
}

/* a word of which a shell makes these bytes, though a terminal shows none but ASCII */
static void
add_printed(struct buf *line, const char *word)
{
	buf_adds(line, "\"$(printf '");
	for (; *word; word++) {
		if (strchr(SHELL_PLAIN, *word))
			buf_addc(line, *word);
		else
			buf_printf(line, "\\%03o", (unsigned)(unsigned char)*word);
	}
	buf_adds(line, "')\"");
}

/* a file's name as a shell reads it, and not as an option */
static void
add_path(struct buf *line, const char *path)
{
	buf_addc(line, ' ');
	if (path[0] == '-' && path[1])
		buf_adds(line, "./");
	if (*path && strspn(path, SHELL_PLAIN "-") == strlen(path)) {
		buf_adds(line, path);
		return;
	}
	if (!is_safe(path)) {
		add_printed(line, path);
		return;
	}
	buf_addc(line, '\'');
	for (; *path; path++) {
		if (*path == '\'')
			buf_adds(line, "'\\''");
		else
			buf_addc(line, *path);
	}
	buf_addc(line, '\'');
}

static void
add_month(struct buf *line, const char *option, month m)
{
	if (!m)
		return;
	buf_printf(line, " %s ", option);
	month_format(line, m);
}

/* the command that imports the mended rejects together with the original */
static void
advise(const struct import *import)
{
	struct buf line = {0};
	size_t i, k;

	buf_printf(&line, "%s: mend", import->cli.program);
	add_path(&line, import->rejects_path);
	buf_printf(&line, ", then import it together with the original: %s", import->cli.program);
	if (import->accounts) {
		buf_adds(&line, " -a");
		add_path(&line, import->accounts);
	}
	buf_adds(&line, import->importer.book.known_only ? " --known-only" : "");
	add_month(&line, "--since", import->importer.months.since);
	add_month(&line, "--until", import->importer.months.until);
	for (i = 0; i < import->jobs; i++) {
		buf_adds(&line, " -m");
		add_path(&line, import->job[i].path);
		for (k = import->job[i].first; k < job_end(import, i); k++)
			add_path(&line, import->file[k]);
		if (import->files == 0)
			add_path(&line, "-");
		if (&import->job[i] == import->mending)
			add_path(&line, import->rejects_path);
	}
	buf_addc(&line, '\n');
	fwrite(line.data, 1, line.len, stderr);
	buf_free(&line);
}

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void
add_reasons(const struct import *import, struct buf *line)
{
	size_t i;

	for (i = 0; i < import->kinds; i++)
		buf_printf(line, "%s%s: %zu", i ? ", " : " (", import->kind[i].kind, import->kind[i].n);
	buf_adds(line, import->kinds ? ")" : "");
}

void
summarise(struct import *import)
{
	const struct importer *importer = &import->importer;
	size_t months = importer->sales.n;
	struct buf line = {0};

	if (importer->rejected > REJECTS_SHOWN)
		cli_warn(&import->cli, "%zu more rejected row%s%s", importer->rejected - REJECTS_SHOWN,
			 plural(importer->rejected - REJECTS_SHOWN),
			 import->rejects ? "" : "; --rejects FILE keeps them all");
	buf_printf(&line, "%zu row%s read, %zu imported, %zu rejected", importer->rows,
		   plural(importer->rows), importer->imported, importer->rejected);
	add_reasons(import, &line);
	if (importer->outside)
		buf_printf(&line, ", %zu of other months", importer->outside);
	if (importer->repeated)
		buf_printf(&line, ", %zu repeated", importer->repeated);
	buf_printf(&line, ", %zu left out; %zu account%s, ", importer->skipped, import->written,
		   plural(import->written));
	if (import->accounts)
		buf_printf(&line, "%zu %snew, ", import->added, import->written == 1 ? "" : "of them ");
	buf_printf(&line, "%zu month%s", months, plural(months));
	cli_warn(&import->cli, "%s", line.data);
	if (importer->rejected && import->mendable)
		advise(import);
	buf_free(&line);
}
