/*
 * Splices inside of {…} and […].
 */
#include <string.h>

#include "data/bytes.h"
#include "data/splice.h"

/* an entry of a flow list or map; libyaml takes no bracket or comma right behind a colon */
static void
write_flow_entry(struct buf *out, const struct node *entry)
{
	plan_write_entry(out, entry);
	if (entry->key && plan_is_absent(entry))
		buf_addc(out, ' ');
}

/* the first of the dropped entries at the end of the list or map, or NULL; *kept is the last entry that stays */
static const struct node *
dropped_tail(const struct plan *plan, const struct node *parent, const struct node **kept)
{
	const struct node *entry, *tail = NULL;

	*kept = NULL;
	for (entry = parent->first; entry; entry = entry->next) {
		if (!plan_is_dropped(plan, entry)) {
			*kept = entry;
			tail = NULL;
		} else if (!tail) {
			tail = entry;
		}
	}
	return tail;
}

/* where a dropped tail begins, behind the entry that stays, or with itself; a blank after a colon has to stay */
static size_t
tail_start(const struct doc *doc, const struct node *tail, const struct node *kept)
{
	size_t at = kept ? kept->end : tail->key_start;

	if (kept && doc->bytes.p[at - 1] == ':')
		at += strspn(doc->bytes.p + at, " \t\r\n");
	return at;
}

/* where a dropped tail ends: with nothing left before it, the comma behind it goes too */
static size_t
tail_end(const struct doc *doc, const struct node *parent, bool all)
{
	size_t end = parent->last->end, comma;

	if (!all)
		return end;
	comma = bytes_skip_comments(doc->bytes.p, end, parent->end - 1);
	return comma + 1 < parent->end ? comma + 1 : end;
}

/* entries go in before `before`; `behind`: behind what stands at that byte */
static void
plan_flow_inserts(struct plan *plan, const struct node *before, size_t at, bool behind)
{
	size_t i = plan_find(plan, before);
	const struct edit *edit;
	struct splice *s;

	while ((edit = plan_next_edit(plan, &i, before, EDIT_INSERT))) {
		s = plan_begin(plan, at, at);
		if (behind)
			buf_adds(&plan->text, ", ");
		write_flow_entry(&plan->text, edit->value);
		if (!behind)
			buf_adds(&plan->text, ", ");
		plan_end(plan, s);
		plan->planned++;
	}
}

static void
plan_flow_appends(struct plan *plan, const struct node *parent, size_t at, const struct node *kept)
{
	size_t i = plan_find(plan, parent);
	const struct edit *edit;
	const char *comma = "";
	struct splice *s;

	if (kept)
		comma = plan->doc->bytes.p[at - 1] == ':' ? " , " : ", ";
	while ((edit = plan_next_edit(plan, &i, parent, EDIT_APPEND))) {
		s = plan_begin(plan, at, at);
		buf_adds(&plan->text, comma);
		write_flow_entry(&plan->text, edit->value);
		plan_end(plan, s);
		plan->planned++;
		comma = ", ";
	}
}

void
plan_flow(struct plan *plan, const struct node *parent)
{
	const struct node *kept, *tail = dropped_tail(plan, parent, &kept), *entry;
	size_t start = tail ? tail_start(plan->doc, tail, kept) : 0;
	size_t end =
	    parent->last ? parent->last->end + plan_blank_behind(plan->doc, parent->last) : parent->end - 1;

	for (entry = parent->first; entry != tail; entry = entry->next) {
		plan_flow_inserts(plan, entry, entry->key_start, false);
		if (plan_is_dropped(plan, entry)) {
			plan_cut(plan, entry->key_start, entry->next->key_start);
			plan->planned++;
		} else {
			plan_entry(plan, entry);
		}
	}
	for (; entry; entry = entry->next) {
		plan_flow_inserts(plan, entry, start, kept);
		plan->planned++;
	}
	if (tail) {
		end = tail_end(plan->doc, parent, !kept);
		plan_cut(plan, start, end);
	}
	plan_flow_appends(plan, parent, end, kept);
}

void
plan_brackets(struct plan *plan, const struct node *target)
{
	size_t i = plan_find(plan, target);
	const struct edit *edit = plan_next_edit(plan, &i, target, EDIT_APPEND);
	bool map = edit->value->key;
	struct buf text = {0};
	struct splice *s;

	buf_addc(&text, map ? '{' : '[');
	while (edit) {
		write_flow_entry(&text, edit->value);
		plan->planned++;
		edit = plan_next_edit(plan, &i, target, EDIT_APPEND);
		if (edit)
			buf_adds(&text, ", ");
	}
	buf_addc(&text, map ? '}' : ']');
	if (target->start == target->end) {
		plan_fill(plan, target, &text);
	} else {
		s = plan_begin(plan, target->start, plan_content_end(plan->doc, target));
		buf_add(&plan->text, text.data, text.len);
		plan_end(plan, s);
	}
	buf_free(&text);
}
