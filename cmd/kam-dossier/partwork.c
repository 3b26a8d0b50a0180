/*
 * Parts of a page that tell of the work for the client: deliveries, complaints
 * and projects.
 */
#include <string.h>

#include "view.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DELIVERY_MONTHS 3 /* for which a delivery that was late is still told of */

/* what is wrong with an order: it is late, or came late or short not long ago; NULL: nothing */
static const char *
delivery_fault(const struct part *p, const struct delivery *d)
{
	struct date recent = date_add_months(p->today, -DELIVERY_MONTHS), end;
	long late;

	end = date_is_set(d->delivered) ? d->delivered : p->today;
	if (date_is_set(d->delivered) && date_cmp(d->delivered, recent) < 0)
		return NULL;
	late = date_is_set(d->promised) ? date_diff(end, d->promised) : 0;
	if (late > 0)
		return arena_printf(p->arena, "%ld days late%s%s", late,
				    date_is_set(d->delivered) ? "" : ", still open",
				    d->in_full == YESNO_NO ? ", not in full" : "");
	return d->in_full == YESNO_NO ? "not in full" : NULL;
}

static void
delivery_rows(const struct part *p, bool open, size_t *shown, size_t *left)
{
	const struct delivery *d = p->account->deliveries.v;

	for (size_t i = 0; i < p->account->deliveries.n; i++, d++) {
		const char *fault = date_is_set(d->delivered) != open ? delivery_fault(p, d) : NULL;

		if (!fault)
			continue;
		if ((*shown)++ >= p->limit) {
			++*left;
			continue;
		}
		if (p->terse) {
			page_item(p->page, open ? PAGE_ALERT : PAGE_PLAIN, "%s%s: %s%s", d->id ? d->id : "?",
				  say_after(p->arena, ", promised for ", say_date(p->arena, d->promised)),
				  fault,
				  say_after(p->arena, "; ", say_clipped(p->arena, d->refused, p->clip)));
			continue;
		}
		page_cell(p->page, d->id);
		page_cell(p->page, say_date(p->arena, d->promised));
		page_cell(p->page, say_date(p->arena, d->delivered));
		page_cell(p->page, fault);
		page_cell(p->page, say_clipped(p->arena, d->refused, p->clip));
		page_row(p->page);
	}
}

void
part_deliveries(const struct part *p)
{
	static const struct column columns[] = {{.name = "order"},
						{.name = "promised"},
						{.name = "delivered"},
						{.name = "what is wrong"},
						{.name = "refused"}};
	size_t shown = 0, left = 0;

	page_section(p->page, "Late and short deliveries");
	page_table(p->page, columns, COUNT(columns));
	delivery_rows(p, true, &shown, &left);
	delivery_rows(p, false, &shown, &left);
	part_left_out(p, left, "deliveries");
}

/* open ones first, of them what waits longest; of those that came the last */
static bool
delivery_is_worse(const struct delivery *d, const struct delivery *than)
{
	bool open = !date_is_set(d->delivered);

	if (!than || open != !date_is_set(than->delivered))
		return !than || open;
	return open ? date_cmp(d->promised, than->promised) < 0 : date_cmp(d->delivered, than->delivered) > 0;
}

const char *
line_deliveries(const struct part *p)
{
	const struct delivery *d = p->account->deliveries.v, *worst = NULL;
	size_t n = 0;

	for (size_t i = 0; i < p->account->deliveries.n; i++, d++) {
		if (!delivery_fault(p, d))
			continue;
		n++;
		if (delivery_is_worse(d, worst))
			worst = d;
	}
	if (!worst)
		return p->account->deliveries.n > 0 ? "none late or short" : NULL;
	return arena_printf(p->arena, "%zu late or short: %s, %s", n, worst->id ? worst->id : "?",
			    delivery_fault(p, worst));
}

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

/* as the field of the account has its words, the worst last */
static size_t
severity_rank(const struct complaint *c)
{
	static const char *const words[] = {"low", "medium", "high"};

	for (size_t i = 0; c->severity && i < COUNT(words); i++)
		if (strcmp(c->severity, words[i]) == 0)
			return i + 1;
	return 0;
}

/* of one severity the older one */
static bool
complaint_is_worse(const struct complaint *c, const struct complaint *than)
{
	if (!than || severity_rank(c) != severity_rank(than))
		return !than || severity_rank(c) > severity_rank(than);
	return date_is_set(c->opened) && date_cmp(c->opened, than->opened) < 0;
}

const char *
line_complaints(const struct part *p)
{
	const struct complaint *c = p->account->complaints.v, *worst = NULL;
	size_t n = 0;

	for (size_t i = 0; i < p->account->complaints.n; i++, c++) {
		if (date_is_set(c->closed))
			continue;
		n++;
		if (complaint_is_worse(c, worst))
			worst = c;
	}
	if (!worst)
		return p->account->complaints.n > 0 ? "none open" : NULL;
	return arena_printf(p->arena, "%zu open: %s%s%s%s%s", n, worst->id ? worst->id : "?",
			    say_after(p->arena, ", ", worst->severity),
			    date_is_set(worst->opened)
				? arena_printf(p->arena, ", %ld days", date_diff(p->today, worst->opened))
				: "",
			    date_is_set(worst->answered) ? "" : ", not answered yet",
			    say_after(p->arena, ": ", worst->subject));
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
