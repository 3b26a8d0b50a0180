/*
 * kam-dossier show: an account on one screen, the most important first; in
 * depth, section by section or all of them, where it is asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "view.h"

#define SCREEN_LINES 24 /* of the first screen, at SCREEN_WIDTH or wider; those of a terminal at the least */
#define SCREEN_WIDTH 80
#define ENTRY_LINES 3 /* of a line's text, where there is room for them */
#define LIST_LINES 3  /* for the names of the sections */
#define SHOWN 6	      /* rows of a table with --all; --section has them all */

static const struct cli_option options[] = {
    VIEW_OPTIONS,
    {'f', "format", "FORMAT", "text (default), markdown or html"},
    {'s', "section", "NAME,…", "only these sections, with all that stands in them; may be repeated"},
    {'a', "all", NULL, "not one screen, but the first rows of everything"},
};

/* the screen: who it is and how we stand with them, what is to be done, what went wrong, when we met last */
static const struct {
	const char *name;
	const char *(*say)(const struct part *);
} facts[] = {
    {"industry", line_industry},
    {"main contact", line_main_contact},
    {"tier", line_tier},
    {"manager", line_manager},
    {"money", line_money},
    {"relations", line_relations},
    {"next step", line_next_step},
    {"promises", line_promises},
    {"complaints", line_complaints},
    {"overdue", line_debts},
    {"deliveries", line_deliveries},
    {"deals", line_deals},
    {"last contact", line_last_contact},
};
#define FACTS (sizeof facts / sizeof *facts)

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
	bool all; /* the first rows of everything */
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

/* the screen with the first facts as they are, and of the others a line each */
static struct page *
screen_page(const struct view *v, const char *const value[], size_t whole)
{
	bool wraps = v->page.format == PAGE_TEXT && v->page.width > 0;
	struct page *page = page_new(view_title(v));
	const struct part part = {
	    .account = v->account, .today = v->cli->today, .page = page, .arena = v->scratch};

	page_cut(page, whole > 0 ? ENTRY_LINES : 1);
	part_silence(&part);
	for (size_t i = 0; i < FACTS; i++) {
		page_cut(page, i < whole ? ENTRY_LINES : 1);
		page_fact(page, facts[i].name, value[i]);
	}
	page_section(page, "More by --section NAME, or --all");
	section_list_put(page, v->account, wraps ? v->page.width : 0, LIST_LINES, v->scratch);
	return page;
}

/* what matters less is cut first */
static struct page *
show_screen(const struct view *v)
{
	const struct part part = {.account = v->account, .today = v->cli->today, .arena = v->scratch};
	size_t width = v->page.width ? v->page.width : SCREEN_WIDTH, whole = FACTS;
	const char *value[FACTS];
	struct page *page;

	for (size_t i = 0; i < FACTS; i++)
		value[i] = facts[i].say(&part);
	page = screen_page(v, value, whole);
	while (whole > 0 && page_lines(page, width) > SCREEN_LINES) {
		page_free(page);
		page = screen_page(v, value, --whole);
	}
	return page;
}

static void
show_all(const struct view *v, struct page *page)
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
	struct page *page;

	if (sections->given || sections->all)
		page = page_new(view_title(v));
	else
		page = show_screen(v);
	if (sections->given)
		show_sections(v, page, sections);
	else if (sections->all)
		show_all(v, page);
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
		else if (option == 'a')
			sections.all = true;
		else if (page_format_parse(value, &view.page.format, &err) < 0)
			cli_usage(&cli, "--format: %s", err.text);
	}
	if (sections.all && sections.given)
		cli_usage(&cli, "--all and --section: which of the two?");
	operands = cli_operands(&cli, &n);
	status = view_run(&view, operands, n, show_account, &sections);
	free(sections.name);
	return status;
}
