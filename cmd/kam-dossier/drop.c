/*
 * kam-dossier drop: undoes an import, by taking out what it brought: the
 * months of a source.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "change.h"

static const struct cli_option options[] = {
    {'d', "dir", "DIR", DOSSIER_DIR_HELP},
    {'n', "dry-run", NULL, "write nothing, show what would change as a unified diff"},
    {'s', "source", "SOURCE", "the system whose months are taken out"},
    {'m', "month", "MONTH", "only this month, as 2026-10"},
    {0, "since", "MONTH", "only from this month on"},
    {0, "until", "MONTH", "only up to this month"},
    {0, "all", NULL, "out of all dossiers of the folder"},
};

#define SOURCES_NAMED 8 /* by a message */

/* sources that there are months of, each once */
struct sources {
	const char *name[SOURCES_NAMED];
	size_t n;
};

struct dropping {
	const char *source;
	month only, since, until; /* 0: any */
	bool all;
	bool known; /* some dossier has months of the source */
	struct sources sources;
	size_t dropped; /* of the dossier */
	size_t total;
};

static void
sources_add(struct sources *s, const char *name, struct arena *arena)
{
	for (size_t i = 0; i < s->n; i++) {
		if (strcmp(s->name[i], name) == 0)
			return;
	}
	if (s->n < SOURCES_NAMED)
		s->name[s->n++] = arena_strdup(arena, name);
}

/* "; did you mean 1c?", or which there are */
static const char *
sources_hint(const struct sources *s, const char *source, struct arena *arena)
{
	const char *nearest = text_nearest(source, s->name, s->n), *hint = "";

	if (nearest)
		return arena_printf(arena, "; did you mean %s?", nearest);
	for (size_t i = 0; i < s->n; i++)
		hint = arena_printf(arena, "%s%s%s", hint, i ? ", " : "; there are months of: ", s->name[i]);
	return hint;
}

static bool
is_dropped(const struct dropping *p, month m)
{
	return !(p->since && m < p->since) && !(p->until && m > p->until);
}

static void
drop(struct change *c, struct draft *d, void *data)
{
	const struct node *sales = node_get(d->doc.root, "sales");
	const struct sale *sale = d->account.sales.v;
	struct dropping *p = data;
	bool known = false;

	p->dropped = 0;
	for (size_t i = 0; i < d->account.sales.n; i++) {
		if (!sale[i].source)
			continue;
		sources_add(&p->sources, sale[i].source, &c->folder.arena);
		if (strcmp(sale[i].source, p->source) != 0)
			continue;
		known = true;
		if (!is_dropped(p, sale[i].month))
			continue;
		edit_drop(&d->edits, &d->arena, sale[i].node);
		p->dropped++;
	}
	p->known |= known;
	if (!known && !p->all)
		draft_fail(c, d, sales ? sales : d->doc.root, "sales: nothing of the source %s%s",
			   text_quoted(&d->arena, p->source),
			   sources_hint(&p->sources, p->source, &d->arena));
}

static void
drop_from(struct change *c, struct dropping *p, const char *id)
{
	p->sources.n = p->all ? p->sources.n : 0;
	if (!change_run(c, id, drop, p))
		return;
	p->total += p->dropped;
	if (!c->cli->quiet)
		cli_warn(c->cli, "%s: %zu month%s of %s %s", id, p->dropped, p->dropped == 1 ? "" : "s",
			 p->source, c->dry ? "would be dropped" : "dropped");
}

static month
take_month(const struct cli *cli, const char *option, const char *value)
{
	month m;

	if (month_parse(value, strlen(value), &m) < 0)
		cli_usage(cli, "%s: not a month, as 2026-10: \"%.60s\"", option, value);
	return m;
}

static void
take_option(struct dropping *p, const struct cli *cli, int option, const char *value)
{
	if (option == 's')
		p->source = value;
	else if (option == 'm')
		p->only = take_month(cli, "--month", value);
	else if (option == cli_option_id(cli, "since"))
		p->since = take_month(cli, "--since", value);
	else if (option == cli_option_id(cli, "until"))
		p->until = take_month(cli, "--until", value);
	else
		p->all = true;
}

/* the status: no dossier that has anything of the source is perhaps a slip of the pen */
static int
drop_all(struct change *c, struct dropping *p)
{
	struct arena *arena = &c->folder.arena;

	c->tells_changes_only = true;
	for (size_t i = 0; i < c->folder.n; i++) {
		size_t n = strlen(c->folder.name[i]) - strlen(DOSSIER_SUFFIX);

		drop_from(c, p, arena_copy(arena, c->folder.name[i], n));
	}
	if (p->known)
		return EXIT_DONE;
	cli_warn(c->cli, "%s: no dossier has months of the source %s%s", c->folder.path,
		 text_quoted(arena, p->source), sources_hint(&p->sources, p->source, arena));
	return EXIT_LOOK;
}

static void
check_options(const struct cli *cli, struct dropping *p, size_t operands)
{
	if (!p->source)
		cli_usage(cli, "say whose months: --source SOURCE");
	if (p->all ? operands > 0 : operands == 0)
		cli_usage(cli, p->all ? "--all takes no ID" : "no ID; for all dossiers of the folder: --all");
	if (p->only && (p->since || p->until))
		cli_usage(cli, "--month is one month; it does not go with --since or --until");
	if (p->since && p->until && p->since > p->until)
		cli_usage(cli, "--since is after --until");
	if (p->only)
		p->since = p->until = p->only;
}

int
dossier_drop(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Takes the months of a source out of dossiers: undoes an import of sales.",
	    .usage = "drop [-n] [-d DIR] -s SOURCE [-m MONTH | [--since MONTH] [--until MONTH]] ID … | --all",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct dropping dropping = {0};
	struct change change;
	bool dry = false;
	char **operands;
	int option, status = EXIT_DONE;
	size_t n;

	cli_begin(&cli, argc, argv);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (option == 'd')
			dir = value;
		else if (option == 'n')
			dry = true;
		else
			take_option(&dropping, &cli, option, value);
	}
	operands = cli_operands(&cli, &n);
	check_options(&cli, &dropping, n);
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	for (size_t i = 0; i < n; i++)
		drop_from(&change, &dropping, operands[i]);
	if (dropping.all)
		status = drop_all(&change, &dropping);
	change_end(&change);
	return cli_end(&cli, status);
}
