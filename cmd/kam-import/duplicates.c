/*
 * --duplicates: accounts that are probably one company, for a person to decide.
 */
#include "import.h"

#define PAIRS_FOR_PEOPLE 50

static const struct column columns[] = {
    {"similarity", NULL, COLUMN_NUMBER, 0},
    {"account", NULL, COLUMN_TEXT, 0},
    {"name", NULL, COLUMN_TEXT, 0},
    {"other", NULL, COLUMN_TEXT, 0},
    {"other-name", "its name", COLUMN_TEXT, 0},
    {"reasons", NULL, COLUMN_TEXT, 0},
};

static void
add_pair(struct table *t, const struct duplicate_pair *pair)
{
	struct buf reasons = {0};

	duplicate_reasons_add(pair, &reasons);
	table_cellf(t, "%d", pair->similarity);
	table_cell(t, pair->a->id);
	table_cell(t, pair->a->name);
	table_cell(t, pair->b->id);
	table_cell(t, pair->b->name);
	table_cell(t, reasons.data);
	table_row(t);
	buf_free(&reasons);
}

/* what was not compared, so that nobody takes silence for an answer */
static void
add_notes(struct table *t, const struct duplicates *d)
{
	size_t i;

	for (i = 0; i < d->commons; i++)
		table_note(t, "%zu accounts share one %s, %s: too many to list their pairs",
			   d->common[i].accounts, duplicate_reason_text(d->common[i].reason),
			   d->common[i].text);
	if (d->crowds)
		table_note(
		    t, "names that begin or end alike in more than %d accounts were not compared for that",
		    DUPLICATE_CROWD);
	if (d->cut)
		table_note(t, "there are more than %d pairs; those of the weightiest reasons are listed",
			   DUPLICATE_PAIRS);
}

void
write_duplicates(struct import *import)
{
	struct table *t = table_new("duplicates", "Accounts that are probably one company", columns,
				    sizeof columns / sizeof *columns);
	struct duplicates *d = &import->duplicates;
	size_t i, most;

	for (i = 0; i < import->importer.book.n; i++)
		if (import->importer.book.entry[i]->touched)
			duplicates_add_entry(d, import->importer.book.entry[i]);
	duplicates_find(d);
	most = import->out.format == TABLE_TEXT && d->pairs > PAIRS_FOR_PEOPLE ? PAIRS_FOR_PEOPLE : d->pairs;
	for (i = 0; i < most; i++)
		add_pair(t, d->pair[i]);
	if (most < d->pairs)
		table_note(t, "and %zu more; --format csv lists them all", d->pairs - most);
	add_notes(t, d);
	tables_write(&t, 1, &import->out, stdout);
	table_free(t);
}
