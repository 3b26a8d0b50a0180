#include "domain/importer.h"

#include <stdlib.h>
#include <string.h>

#include "base/pipeline.h"
#include "domain/importrun.h"

/* its bytes, fit to be shown; the block keeps its own, as it may be read again */
static struct str
place_raw(struct run *run, const struct row_place *place)
{
	char *raw = arena_copy(&run->scratch, run->rows->block.text.data + place->offset, place->size);

	textfile_repair(csvread_file(run->reader), raw, place->size);
	return (struct str){raw, place->size};
}

/* One of the places that a row has; where holds the fault's own line and column, 0 for none. */
static int
reject_place(struct run *run, const struct row_place *place, const char *kind, const struct error *where,
	     const char *text)
{
	struct csv_row raw = {
	    .n = place->cells,
	    .line = run->lines + place->line,
	    .raw = place_raw(run, place),
	};
	struct reject r = {kind, run->file, where ? where->line : raw.line, where ? where->column : 0,
			   text, &raw};

	run->importer->rejected++;
	return run->importer->reject(run->importer->data, &r, run->err) < 0 ? -1 : 1;
}

int
run_reject(struct run *run, const struct row *row, const char *kind, const char *text)
{
	int status = 1;
	unsigned i;

	for (i = 0; i < row->n && status > 0; i++)
		status = reject_place(run, &run->rows->place[row->first + i], kind, NULL, text);
	return status;
}

int
run_reject_field(struct run *run, const struct row *row, const char *field, const char *kind,
		 const char *text)
{
	const struct rowread *r = run->worker;
	size_t i;

	for (i = 0; i + 1 < r->sources && strcmp(r->source[i].name, field) != 0; i++)
		;
	return run_reject(run, row, kind,
			  arena_printf(&run->scratch, "%s: %s", r->source[i].column->name, text));
}

static int
take_bad(struct run *run, const struct row *row)
{
	struct error why;

	if (row->as.bad.text)
		return run_reject(run, row, row->as.bad.kind, row->as.bad.text);
	csv_fault_error(&row->as.bad.fault, csvread_file(run->reader), run->lines, &why);
	return reject_place(run, &run->rows->place[row->first], row->as.bad.kind, &why, why.text);
}

static int
check_currency(struct run *run, size_t line, struct entry *entry)
{
	const char *currency = run->map->currency;

	if (!currency)
		return 0;
	if (entry->currency && strcmp(entry->currency, currency) != 0)
		return error_at(run->err, run->file, line, 0,
				"the account %s is in %s, this map's money is in %s",
				book_title(entry, &run->scratch), entry->currency, currency);
	entry->currency = currency;
	return 0;
}

static const char *
reason_of(enum book_result result)
{
	static const char *const reasons[] = {
	    [BOOK_NO_ID] = "no id", [BOOK_UNSURE] = "two accounts", [BOOK_UNKNOWN] = "unknown account"};

	return reasons[result];
}

/* 0; 1: rejected, it cannot be told whose the row is; -1: stop */
static int
find_entry(struct run *run, const struct row *row, struct entry **entry)
{
	struct row_client *cells = row->client;
	struct client client = {cells->codes, run->map->account.external.n, cells->name, run->file,
				run->lines + run->rows->place[row->first].line};
	enum book_result result;
	struct error why;

	*entry = cells->entry;
	if (*entry)
		return 0;
	result = book_find(&run->importer->book, &client, entry, &why);
	if (result != BOOK_FOUND)
		return run_reject(run, row, reason_of(result), why.text);
	cells->entry = *entry;
	return check_currency(run, client.line, *entry);
}

static int
take_row(struct run *run, const struct row *row)
{
	struct entry *entry;
	int status;

	arena_reset(&run->scratch);
	if (row->kind == ROW_BAD)
		return take_bad(run, row);
	status = find_entry(run, row, &entry);
	if (status)
		return status;
	if (row->kind == ROW_SALE)
		status = run_take_sale(run, row, entry);
	else if (row->as.said.key)
		status = run_take_item(run, row, entry);
	else
		status = run_take_account(run, row, entry);
	if (status)
		return status;
	entry->touched = true;
	run->importer->imported += row->n;
	return 0;
}

/* reads the block again, each row for itself; returns the number of the row that begins at the place */
static size_t
read_singly(struct run *run, unsigned place)
{
	struct rowread *r = run->worker;
	size_t i;

	r->single = true;
	rowread_block(r, run->rows);
	r->single = false;
	for (i = 0; run->rows->row[i].first != place; i++)
		;
	return i;
}

static int
take_rows(struct run *run)
{
	struct importer *importer = run->importer;
	struct rows *rows = run->rows;
	size_t i;
	int status;

	importer->rows += rows->skipped + rows->outside;
	importer->skipped += rows->skipped;
	importer->outside += rows->outside;
	for (i = 0; i < rows->n; i++) {
		status = take_row(run, &rows->row[i]);
		if (status == 2) {
			i = read_singly(run, rows->row[i].first) - 1;
			continue;
		}
		importer->rows += rows->row[i].n;
		if (status < 0)
			return -1;
	}
	return 0;
}

static int
make_block(void *data, void *item)
{
	struct run *run = data;
	struct rows *rows = item;

	return csvread_block(run->reader, &rows->block, run->err);
}

static void
read_block(void *data, void *item, int worker)
{
	struct run *run = data;

	rowread_block(&run->worker[worker], item);
}

static int
take_block(void *data, void *item)
{
	struct run *run = data;
	struct importer *importer = run->importer;
	struct rows *rows = item;
	const struct buf *text = &rows->block.text;
	int status;

	/* it was split as if a record began with it, but one that was begun before goes on */
	if (run->begun.len) {
		csvread_join(run->reader, (struct str){run->begun.data, run->begun.len}, &rows->block);
		rowread_block(run->worker, rows);
	}
	run->rows = rows;
	if (importer->block)
		importer->block(importer->data, run->worker, rows, run->lines);
	status = take_rows(run);
	buf_clear(&run->begun);
	buf_add(&run->begun, text->data + rows->open, text->len - rows->open);
	run->lines += rows->lines;
	if (importer->progress)
		importer->progress(importer->data, csvread_bytes(run->reader));
	return status;
}

static int
import_rows(struct run *run)
{
	struct pipeline pipeline = {run->workers, make_block, read_block, take_block, run};
	size_t i, n = pipeline_items(run->workers);
	struct rows **rows = xcalloc(n, sizeof(struct rows *));
	int status;

	for (i = 0; i < n; i++)
		rows[i] = xcalloc(1, sizeof **rows);
	run->lines = csvread_lines(run->reader);
	status = pipeline_run(&pipeline, (void *const *)rows, n);
	for (i = 0; i < n; i++) {
		rows_free(rows[i]);
		free(rows[i]);
	}
	free(rows);
	return status;
}

/* The header outlives the block it was read in. Where there is none, the first row has as many cells as the map knows
 * columns: those at its end may lack. */
static void
keep_header(struct run *run, const struct csv_row *row)
{
	size_t i, known = run->map->dialect.headless ? map_columns_most(run->map) : 0;
	size_t n = row->n < known ? known : row->n;
	struct str *cell = arena_alloc(&run->arena, (n + 1) * sizeof *cell);

	for (i = 0; i < n; i++) {
		cell[i].n = i < row->n ? row->cell[i].n : 0;
		cell[i].p = arena_copy(&run->arena, i < row->n ? row->cell[i].p : "", cell[i].n);
	}
	run->header = *row;
	run->header.n = n;
	run->header.cell = cell;
	run->header.raw.p = arena_copy(&run->arena, row->raw.p, row->raw.n);
}

static int
read_header(struct run *run)
{
	const struct csv_dialect *dialect = &run->map->dialect;
	struct csv_row row;
	enum csv_result result = csvread_next(run->reader, &row, run->err);

	if (result == CSV_READ_END && csvread_skipped(run->reader).n)
		return error_at(run->err, run->file, 0, 0,
				"there is no header: csv.skip is %zu, and the file has no more lines than "
				"that, blank ones aside",
				dialect->skip);
	if (result == CSV_READ_END)
		return error_at(run->err, run->file, 0, 0, "the file is empty: there is no header");
	if (result != CSV_READ_ROW)
		return -1;
	keep_header(run, &row);
	if (dialect->headless)
		csvread_back(run->reader);
	return 0;
}

static int
make_workers(struct run *run)
{
	int i, n = run->importer->threads;

	n = n < 1 ? 1 : n > PARALLEL_MAX ? PARALLEL_MAX : n;
	run->worker = xcalloc((size_t)n, sizeof *run->worker);
	for (i = 0; i < n; i++) {
		run->workers++;
		if (rowread_init(&run->worker[i], run->map, run->reader, &run->header, run->err) < 0)
			return -1;
		run->worker[i].months = run->importer->months;
	}
	return 0;
}

int
importer_file(struct importer *importer, const struct map *map, int fd, const char *file, struct error *err)
{
	struct run run = {.importer = importer, .map = map, .err = err};
	int i, status;

	run.reader = csvread_open(fd, file, &map->dialect, err);
	if (!run.reader)
		return -1;
	/* entries remember where they came from */
	run.file = arena_strdup(&importer->book.arena, file);
	status = read_header(&run);
	if (status == 0)
		status = make_workers(&run);
	if (status == 0)
		status = importer->header(importer->data, map, run.reader, &run.header, err);
	if (status == 0)
		status = import_rows(&run);
	for (i = 0; i < run.workers; i++)
		rowread_free(&run.worker[i]);
	free(run.worker);
	csvread_close(run.reader);
	buf_free(&run.begun);
	arena_free(&run.arena);
	arena_free(&run.scratch);
	return status;
}

void
importer_free(struct importer *importer)
{
	book_free(&importer->book);
	sales_free(&importer->sales);
	hash_free(&importer->items);
	hash_free(&importer->lines);
}
