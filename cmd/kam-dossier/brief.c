/*
 * kam-dossier brief: one page before a meeting. A plan that takes more than
 * ten minutes to review is not reviewed, so rows are left out, and counted,
 * until the page fits; where that is not enough, long texts are cut too.
 */
#include <string.h>

#include "view.h"

#define PAGE_LINES 60
#define PAGE_WIDTH 80 /* where there is no screen's */
#define ROWS 12	      /* of a table at first */
#define CLIP 100      /* columns of a long text */
#define ENTRY_LINES 3 /* of an entry, where the least rows do not fit; then fewer */

static const struct cli_option options[] = {
    VIEW_OPTIONS,
    {'f', "format", "FORMAT", "text (default), markdown or html"},
};

/* one part, and how much of it there is room for */
struct slot {
	void (*write)(const struct part *);
	size_t limit; /* rows */
	size_t least; /* it is not cut below them; 0: it has no section of its own */
	size_t lines;
	bool shortest; /* fewer rows would save nothing, or are too few */
};

static const struct slot slots[] = {
    {.write = part_facts},
    {.write = part_alerts},
    {.write = part_people, .limit = ROWS, .least = ACCOUNT_CONTACTS_LEAST},
    {.write = part_log, .limit = ROWS, .least = 2},
    {.write = part_steps, .limit = ROWS, .least = 1},
    {.write = part_complaints, .limit = ROWS, .least = 1},
    {.write = part_deliveries, .limit = ROWS, .least = 1},
    {.write = part_debts, .limit = ROWS, .least = 1},
    {.write = part_deals, .limit = ROWS, .least = 1},
    {.write = part_competitors, .limit = ROWS, .least = 1},
    {.write = part_goals, .limit = ROWS, .least = 1},
    {.write = part_needs, .limit = ROWS, .least = 1},
    {.write = part_birthdays, .limit = ROWS, .least = 1},
};
#define SLOTS (sizeof slots / sizeof *slots)

/* what a page has to fit on */
struct paper {
	size_t width;
	size_t lines; /* of an entry; 0: as many as it takes */
};

static void
slot_write(const struct view *v, const struct slot *slot, struct page *page)
{
	struct arena arena = {0};
	const struct part part = {.account = v->account,
				  .today = v->cli->today,
				  .page = page,
				  .arena = &arena,
				  .limit = slot->limit,
				  .clip = CLIP,
				  .terse = true};

	slot->write(&part);
	arena_free(&arena);
}

/* lines of the slot alone, and the blank one before it */
static void
slot_measure(const struct view *v, struct slot *slot, const struct paper *paper)
{
	struct page *page = page_new("");

	page_cut(page, paper->lines);
	slot_write(v, slot, page);
	slot->lines = page_lines(page, paper->width);
	slot->lines += slot->lines > 0 && slot->least > 0;
	page_free(page);
}

/* fewer rows, by as many as it takes to save a line */
static void
slot_shorten(const struct view *v, struct slot *slot, const struct paper *paper)
{
	const struct slot before = *slot;

	while (slot->limit > slot->least) {
		slot->limit--;
		slot_measure(v, slot, paper);
		if (slot->lines < before.lines)
			return;
	}
	*slot = before;
	slot->shortest = true;
}

/* the longest that may be shortened, or NULL */
static struct slot *
longest(struct slot *slot, size_t *total)
{
	struct slot *found = NULL;

	*total = 0;
	for (size_t i = 0; i < SLOTS; i++) {
		*total += slot[i].lines;
		if (!slot[i].shortest && (!found || slot[i].lines > found->lines))
			found = &slot[i];
	}
	return found;
}

/* as many rows as the page has room for, of entries with so many lines; false: too many even so */
static bool
slots_fit(const struct view *v, struct slot *slot, const char *title, const struct paper *paper)
{
	struct page *page = page_new(title);
	size_t head, total;
	struct slot *cut;

	page_cut(page, paper->lines);
	head = page_lines(page, paper->width);
	page_free(page);
	memcpy(slot, slots, sizeof slots);
	for (size_t i = 0; i < SLOTS; i++)
		slot_measure(v, &slot[i], paper);
	while ((cut = longest(slot, &total)) && total + head > PAGE_LINES)
		slot_shorten(v, cut, paper);
	return total + head <= PAGE_LINES;
}

static void
brief_account(struct view *v, void *data)
{
	const char *title =
	    arena_printf(v->scratch, "%s, brief of %s", view_title(v), say_date(v->scratch, v->cli->today));
	struct paper paper = {.width = v->page.width ? v->page.width : PAGE_WIDTH};
	struct slot slot[SLOTS];
	struct page *page;

	(void)data;
	if (!slots_fit(v, slot, title, &paper)) {
		for (paper.lines = ENTRY_LINES; !slots_fit(v, slot, title, &paper) && paper.lines > 1;)
			paper.lines--;
	}
	page = page_new(title);
	page_cut(page, paper.lines);
	for (size_t i = 0; i < SLOTS; i++)
		slot_write(v, &slot[i], page);
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
