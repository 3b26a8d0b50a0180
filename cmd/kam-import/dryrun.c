/*
 * --dry-run: what would come of the exports, in tables.
 */
#include <stdlib.h>
#include <string.h>

#include "import.h"

#define SAMPLE_ROWS 3	       /* of each file */
#define ACCOUNTS_FOR_PEOPLE 20 /* new ones, in text */

struct dry_run {
	struct table *samples;
	const char *sampled; /* the file that samples were taken of last */
	size_t lines;	     /* before the block that they are taken of */
};

static const struct column sample_columns[] = {
    {"file", NULL, COLUMN_TEXT, 0},	      {"line", NULL, COLUMN_NUMBER, 0},
    {"field", NULL, COLUMN_TEXT, 0},	      {"column", NULL, COLUMN_TEXT, 0},
    {"cell", "as it stands", COLUMN_TEXT, 0}, {"value", "as it is read", COLUMN_TEXT, 0},
    {"fault", "why not", COLUMN_TEXT, 0},
};
static const struct column month_columns[] = {
    {"source", NULL, COLUMN_TEXT, 0},	  {"month", NULL, COLUMN_TEXT, 0},
    {"accounts", NULL, COLUMN_NUMBER, 1}, {"revenue", NULL, COLUMN_NUMBER, 1},
    {"returns", NULL, COLUMN_NUMBER, 1},  {"orders", NULL, COLUMN_NUMBER, 1},
};
static const struct column account_columns[] = {
    {"id", NULL, COLUMN_TEXT, 0},   {"name", NULL, COLUMN_TEXT, 0},   {"code", NULL, COLUMN_TEXT, 0},
    {"file", NULL, COLUMN_TEXT, 0}, {"line", NULL, COLUMN_NUMBER, 0},
};
static const struct column reject_columns[] = {
    {"reason", NULL, COLUMN_TEXT, 0},
    {"rows", NULL, COLUMN_NUMBER, 1},
    {"example", "the first", COLUMN_TEXT, 0},
};
static const struct column count_columns[] = {
    {"count", "counted", COLUMN_TEXT, 0},
    {"n", "number", COLUMN_NUMBER, 1},
};

#define TABLE(name, title, columns) table_new(name, title, columns, sizeof(columns) / sizeof *(columns))

void
dry_run_begin(struct import *import)
{
	import->dry_run = xcalloc(1, sizeof *import->dry_run);
	import->dry_run->samples = TABLE("samples", "Sample rows", sample_columns);
	table_hide_empty(import->dry_run->samples);
}

static void
add_sample(void *data, const struct row_sample *sample)
{
	struct import *import = data;
	struct table *t = import->dry_run->samples;

	table_cell(t, import->path);
	table_cellf(t, "%zu", import->dry_run->lines + sample->line);
	table_cell(t, sample->field);
	table_cell(t, sample->column);
	table_cell(t, sample->cell);
	table_cell(t, sample->fault ? NULL : sample->value);
	table_cell(t, sample->fault);
	table_row(t);
}

void
dry_run_sample(void *data, struct rowread *reader, struct rows *rows, size_t lines)
{
	struct import *import = data;

	if (!import->dry_run || import->dry_run->sampled == import->path)
		return;
	import->dry_run->sampled = import->path;
	import->dry_run->lines = lines;
	rowread_sample(reader, rows, SAMPLE_ROWS, add_sample, import);
}

static int
compare_months(const void *a, const void *b)
{
	const struct sales_month *x = *(struct sales_month *const *)a, *y = *(struct sales_month *const *)b;
	int order = strcmp(x->source, y->source);

	return order ? order : x->month < y->month ? -1 : x->month > y->month;
}

static void
add_money(struct table *t, struct decimal d)
{
	struct buf text = {0};

	decimal_format(&text, d, 2);
	table_cell(t, d.known ? text.data : NULL);
	buf_free(&text);
}

/* one row of months that are of one source and time, of as many accounts */
static size_t
add_month(struct table *t, struct sales_month *const *of, size_t n)
{
	struct decimal revenue = decimal_int(0), returns = decimal_int(0);
	bool fits = true, known = false;
	struct buf text = {0};
	size_t i, orders = 0;

	for (i = 0; i < n && compare_months(&of[0], &of[i]) == 0; i++) {
		known = known || of[i]->revenue.known;
		if (of[i]->revenue.known)
			fits = fits && decimal_add(&revenue, &revenue, &of[i]->revenue) == 0;
		if (of[i]->returns.known)
			fits = fits && decimal_add(&returns, &returns, &of[i]->returns) == 0;
		orders += sales_orders(of[i]);
	}
	month_format(&text, of[0]->month);
	table_cell(t, of[0]->source);
	table_cell(t, text.data);
	table_cellf(t, "%zu", i);
	add_money(t, fits && known ? revenue : (struct decimal){0});
	add_money(t, fits && known ? returns : (struct decimal){0});
	table_cellf(t, "%zu", orders);
	table_row(t);
	buf_free(&text);
	return i;
}

static struct table *
months_table(const struct import *import)
{
	struct table *t = TABLE("months", "Months of sales", month_columns);
	const struct sales *sales = &import->importer.sales;
	struct sales_month **sorted = xcalloc(sales->n + 1, sizeof(struct sales_month *));
	size_t i;

	if (sales->n) {
		memcpy(sorted, sales->month, sales->n * sizeof(struct sales_month *));
		qsort(sorted, sales->n, sizeof *sorted, compare_months);
	}
	for (i = 0; i < sales->n;)
		i += add_month(t, sorted + i, sales->n - i);
	free(sorted);
	return t;
}

static struct table *
accounts_table(const struct import *import)
{
	struct table *t = TABLE("new-accounts", "New accounts", account_columns);
	size_t i, most = import->out.format == TABLE_TEXT ? ACCOUNTS_FOR_PEOPLE : import->added;
	const struct entry *entry;

	for (i = 0; i < import->importer.book.n && table_rows(t) < most; i++) {
		entry = import->importer.book.entry[i];
		if (entry->known || !entry->touched)
			continue;
		table_cell(t, entry->id);
		table_cell(t, entry->name);
		table_cell(t, entry->codes ? entry->codes->code : NULL);
		table_cell(t, entry->file);
		table_cellf(t, "%zu", entry->line);
		table_row(t);
	}
	if (import->added > most)
		table_note(t, "and %zu more; --format csv lists them all", import->added - most);
	return t;
}

static struct table *
rejects_table(const struct import *import)
{
	struct table *t = TABLE("rejects", "Rejected rows", reject_columns);
	size_t i;

	for (i = 0; i < import->kinds; i++) {
		table_cell(t, import->kind[i].kind);
		table_cellf(t, "%zu", import->kind[i].n);
		table_cell(t, import->kind[i].example);
		table_row(t);
	}
	return t;
}

static struct table *
counts_table(const struct import *import)
{
	const struct importer *importer = &import->importer;
	const struct {
		const char *name;
		size_t n;
	} counts[] = {
	    {"rows read", importer->rows},
	    {"rows imported", importer->imported},
	    {"rows rejected", importer->rejected},
	    {"rows left out", importer->skipped},
	    {"rows of other months", importer->outside},
	    {"rows repeated", importer->repeated},
	    {"accounts", import->written},
	    {"new accounts", import->added},
	    {"months of accounts", importer->sales.n},
	};
	struct table *t = TABLE("counts", "In all", count_columns);
	size_t i;

	for (i = 0; i < sizeof counts / sizeof *counts; i++) {
		table_cell(t, counts[i].name);
		table_cellf(t, "%zu", counts[i].n);
		table_row(t);
	}
	return t;
}

void
dry_run_write(struct import *import)
{
	struct table *tables[5] = {import->dry_run->samples};
	size_t i, n = 1;

	if (import->importer.sales.n)
		tables[n++] = months_table(import);
	if (import->added)
		tables[n++] = accounts_table(import);
	if (import->kinds)
		tables[n++] = rejects_table(import);
	tables[n++] = counts_table(import);
	tables_write(tables, n, &import->out, stdout);
	for (i = 0; i < n; i++)
		table_free(tables[i]);
	free(import->dry_run);
	import->dry_run = NULL;
}
