/*
 * kam-dossier show: an account on one screen, the most important first; a
 * section in depth where one is asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "view.h"

#define SHOWN 6 /* rows of a table on the screen; --section has them all */

static const struct cli_option options[] = {
    VIEW_OPTIONS,
    {'f', "format", "FORMAT", "text (default), markdown or html"},
    {'s', "section", "NAME,…", "only these sections, with all that stands in them; may be repeated"},
};

static void (*const parts[])(const struct part *) = {
    part_facts,	   part_alerts, part_steps,	 part_sales,	   part_contacts,
    part_deals,	   part_debts,	part_complaints, part_deliveries,  part_needs,
    part_projects, part_goals,	part_contracts,	 part_competitors, part_log,
};

/* sections that were asked for; none: the screen */
struct sections {
	char **name;
	size_t n, cap;
	bool given;
};

static void
sections_add(struct sections *s, struct view *v, const char *value)
{
	char *name = arena_strdup(&v->arena, value), *end;

	s->given = true;
	for (; name; name = end) {
		end = strchr(name, ',');
		if (end)
			*end++ = '\0';
		if (!*name)
			cli_usage(v->cli, "--section: an empty name in %s", text_quoted(&v->arena, value));
		s->name = vec_grow(s->name, &s->cap, s->n + 1, sizeof *s->name);
		s->name[s->n++] = name;
	}
}

static void
check_section(const struct view *v, const char *name)
{
	const char *nearest;

	if (field_find(&account_fields, name) || node_get(v->account->node, name))
		return;
	nearest = name_nearest(&account_fields, name);
	cli_usage(v->cli, "--section: no field of an account is called %s%s%s%s",
		  text_quoted(v->scratch, name), nearest ? ", did you mean " : "", nearest ? nearest : "",
		  nearest ? "?" : "");
}

static void
show_sections(struct view *v, struct page *page, const struct sections *s)
{
	for (size_t i = 0; i < s->n; i++)
		check_section(v, s->name[i]);
	for (size_t i = 0; i < s->n; i++)
		section_show(v, page, s->name[i]);
}

static void
show_screen(const struct view *v, struct page *page)
{
	const struct part part = {
	    .account = v->account, .today = v->cli->today, .page = page, .arena = v->scratch, .limit = SHOWN};
	const char *list = section_list(v->account, v->scratch);

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		parts[i](&part);
	page_section(page, "In the dossier, by show --section");
	if (list)
		page_line(page, PAGE_QUIET, "%s", list);
}

static void
show_account(struct view *v, void *data)
{
	const struct sections *sections = data;
	struct page *page = page_new(view_title(v));

	if (sections->given)
		show_sections(v, page, sections);
	else
		show_screen(v, page);
	view_put(v, page);
}

int
dossier_show(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Shows accounts for reading: an id in the folder, a file, or - for standard input.",
	    .usage = "show [OPTION …] ID|FILE|- …",
	    .option = options,
	    .options = sizeof options / sizeof *options,
	};
	struct sections sections = {0};
	const char *value;
	struct view view;
	struct error err;
	char **operands;
	int option, status;
	size_t n;

	cli_begin(&cli, argc, argv);
	view_begin(&view, &cli);
	while ((option = cli_option(&cli, &value)) != -1) {
		if (view_option(&view, option, value))
			continue;
		if (option == 's')
			sections_add(&sections, &view, value);
		else if (page_format_parse(value, &view.page.format, &err) < 0)
			cli_usage(&cli, "--format: %s", err.text);
	}
	operands = cli_operands(&cli, &n);
	status = view_run(&view, operands, n, show_account, &sections);
	free(sections.name);
	return status;
}
