/*
 * Parts of a page that tell of the work for the client: complaints and
 * projects.
 */
#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

void
part_complaints(const struct part *p)
{
	static const struct column columns[] = {
	    {.name = "complaint"}, {.name = "subject"},	 {.name = "severity"},
	    {.name = "opened"},	   {.name = "answered"}, {.name = "days open", .type = COLUMN_NUMBER}};
	const struct complaint *c = p->account->complaints.v;
	size_t shown = 0, left = 0;

	page_section(p->page, "Open complaints");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < p->account->complaints.n; i++, c++) {
		if (date_is_set(c->closed))
			continue;
		if (shown++ >= p->limit) {
			left++;
			continue;
		}
		if (p->terse) {
			page_item(p->page, PAGE_ALERT, "%s%s%s%s%s", c->id ? c->id : "?",
				  say_after(p->arena, ": ", say_clipped(p->arena, c->subject, p->clip)),
				  say_after(p->arena, ", ", c->severity),
				  say_after(p->arena, ", opened ", say_date(p->arena, c->opened)),
				  date_is_set(c->answered) ? "" : ", not answered yet");
			continue;
		}
		page_cell(p->page, c->id);
		page_cell(p->page, say_clipped(p->arena, c->subject, p->clip));
		page_cell(p->page, c->severity);
		page_cell(p->page, say_date(p->arena, c->opened));
		page_cell(p->page, date_is_set(c->answered) ? say_date(p->arena, c->answered) : "not yet");
		if (date_is_set(c->opened))
			page_cellf(p->page, "%ld", date_diff(p->today, c->opened));
		page_row(p->page);
	}
	part_left_out(p, left, "complaints");
}

void
part_projects(const struct part *p)
{
	static const struct column columns[] = {{.name = "project"}, {.name = "title"},	 {.name = "stage"},
						{.name = "due"},     {.name = "review"}, {.name = "note"}};
	const struct project *project = p->account->projects.v;
	size_t shown = 0, left = 0;

	page_section(p->page, "Projects");
	page_table(p->page, columns, COUNT(columns));
	for (size_t i = 0; i < p->account->projects.n; i++, project++) {
		if (date_is_set(project->done))
			continue;
		if (shown++ >= p->limit) {
			left++;
			continue;
		}
		page_cell(p->page, project->id);
		page_cell(p->page, say_clipped(p->arena, project->title, p->clip));
		page_cell(p->page, project->stage);
		page_cell(p->page, say_date(p->arena, project->due));
		page_cell(p->page, say_date(p->arena, project->review));
		if (date_is_set(project->due) && date_cmp(project->due, p->today) < 0)
			page_cellf(p->page, "%ld days late", date_diff(p->today, project->due));
		page_row(p->page);
	}
	part_left_out(p, left, "projects");
}
