/*
 * kam-dossier brief: one page before a meeting. A plan that takes more than
 * ten minutes to review is not reviewed, so the tables are cut until the page
 * fits, and what was left out is counted.
 */
#include "view.h"

#define PAGE_LINES 60
#define PAGE_WIDTH 80 /* where there is no screen's */
#define ROWS 12	      /* of a table at first */
#define CLIP 100      /* columns of a long text */

static const struct cli_option options[] = {
    VIEW_OPTIONS,
    {'f', "format", "FORMAT", "text (default), markdown or html"},
};

static void (*const parts[])(const struct part *) = {
    part_facts, part_alerts, part_people,      part_log,   part_promises, part_complaints, part_deliveries,
    part_debts, part_deals,  part_competitors, part_goals, part_steps,	  part_needs,	   part_birthdays,
};

static struct page *
brief_page(const struct view *v, size_t limit)
{
	struct page *page = page_new(
	    arena_printf(v->scratch, "%s, brief of %s", view_title(v), say_date(v->scratch, v->cli->today)));
	const struct part part = {.account = v->account,
				  .today = v->cli->today,
				  .page = page,
				  .arena = v->scratch,
				  .limit = limit,
				  .clip = CLIP};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		parts[i](&part);
	return page;
}

static void
brief_account(struct view *v, void *data)
{
	size_t width = v->page.width ? v->page.width : PAGE_WIDTH, limit = ROWS;
	struct page *page = brief_page(v, limit);

	(void)data;
	while (limit > 1 && page_lines(page, width) > PAGE_LINES) {
		page_free(page);
		page = brief_page(v, --limit);
	}
	view_put(v, page);
}

int
dossier_brief(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "One page before a meeting: people, promises, debts, offers, competitors, next steps.",
	    .usage = "brief [OPTION …] ID|FILE|- …",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	const char *value;
	struct view view;
	struct error err;
	char **operands;
	int option;
	size_t n;

	cli_begin(&cli, argc, argv);
	view_begin(&view, &cli);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (!view_option(&view, option, value) &&
		    page_format_parse(value, &view.page.format, &err) < 0)
			cli_usage(&cli, "--format: %s", err.text);
	}
	operands = cli_operands(&cli, &n);
	return view_run(&view, operands, n, brief_account, NULL);
}
