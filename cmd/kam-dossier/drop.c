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

struct dropping {
	const char *source;
	month since, until; /* 0: any */
	bool all;
	size_t dropped; /* of the dossier */
	size_t total;
};

/* the sources that the dossier has months of */
static _Noreturn void
fail_source(const struct change *c, struct draft *d, const struct node *sales, const char *source)
{
	const char **names = arena_alloc(&d->arena, (d->account.sales.n + 1) * sizeof *names), *nearest;
	const struct sale *sale = d->account.sales.v;
	struct buf text = {0};
	size_t n = 0;

	for (size_t i = 0; i < d->account.sales.n; i++) {
		size_t k = 0;

		while (k < n && sale[i].source && strcmp(names[k], sale[i].source) != 0)
			k++;
		if (k == n && sale[i].source && n < 8)
			names[n++] = sale[i].source;
	}
	nearest = text_nearest(source, names, n);
	if (nearest)
		buf_printf(&text, "; did you mean %s?", nearest);
	for (size_t i = 0; i < n && !nearest; i++)
		buf_printf(&text, "%s%s", i ? ", " : "; there are months of: ", names[i]);
	draft_fail(c, d, sales ? sales : d->doc.root, "sales: nothing of the source %s%s",
		   text_quoted(&d->arena, source), text.len ? text.data : "");
}

static void
drop(struct change *c, struct draft *d, void *data)
{
	const struct sale *sale = d->account.sales.v;
	struct dropping *p = data;
	bool known = false;

	p->dropped = 0;
	for (size_t i = 0; i < d->account.sales.n; i++) {
		if (!sale[i].source || strcmp(sale[i].source, p->source) != 0)
			continue;
		known = true;
		if ((p->since && sale[i].month < p->since) || (p->until && sale[i].month > p->until))
			continue;
		edit_drop(&d->edits, &d->arena, sale[i].node);
		p->dropped++;
	}
	if (!known && !p->all)
		fail_source(c, d, node_get(d->doc.root, "sales"), p->source);
}

static void
drop_from(struct change *c, struct dropping *p, const char *id)
{
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
		p->since = p->until = take_month(cli, "--month", value);
	else if (option == cli_option_id(cli, "since"))
		p->since = take_month(cli, "--since", value);
	else if (option == cli_option_id(cli, "until"))
		p->until = take_month(cli, "--until", value);
	else
		p->all = true;
}

static void
drop_all(struct change *c, struct dropping *p)
{
	c->tells_changes_only = true;
	for (size_t i = 0; i < c->folder.n; i++) {
		size_t n = strlen(c->folder.name[i]) - strlen(DOSSIER_SUFFIX);

		drop_from(c, p, arena_copy(&c->folder.arena, c->folder.name[i], n));
	}
}

int
dossier_drop(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Takes the months of a source out of dossiers: undoes an import of sales.",
	    .usage = "drop [-n] [-d DIR] -s SOURCE [-m MONTH | --since MONTH --until MONTH] ID … | --all",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value, *dir = NULL;
	struct dropping dropping = {0};
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
			take_option(&dropping, &cli, option, value);
	}
	operands = cli_operands(&cli, &n);
	if (!dropping.source)
		cli_usage(&cli, "say whose months: --source SOURCE");
	if (dropping.all ? n > 0 : n == 0)
		cli_usage(&cli, dropping.all ? "--all takes no ID"
					     : "no ID; for all dossiers of the folder: --all");
	if (dropping.since && dropping.until && dropping.since > dropping.until)
		cli_usage(&cli, "--since is after --until");
	change_begin(&change, &cli, dossier_folder(&cli, dir), dry);
	for (size_t i = 0; i < n; i++)
		drop_from(&change, &dropping, operands[i]);
	if (dropping.all)
		drop_all(&change, &dropping);
	change_end(&change);
	return cli_end(&cli, EXIT_DONE);
}
