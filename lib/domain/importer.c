#include "domain/importer.h"

#include <string.h>

#include "domain/cell.h"
#include "domain/importrun.h"

/* the columns of sales */
struct sales_sources {
	const struct source *date, *document, *revenue, *cost, *margin, *quantity, *price;
};

int
run_reject(struct run *run, const struct csv_row *row, const char *kind, const struct error *why,
	   struct error *err)
{
	struct reject r = {.kind = kind, .err = *why, .row = row, .header = &run->columns.header};

	r.err.file = run->file;
	if (r.err.line == 0)
		r.err.line = row->line;
	run->importer->rejected++;
	return run->importer->reject(run->importer->data, &r, err) < 0 ? -1 : 1;
}

static int
fail(struct error *err, const struct error *why)
{
	if (err)
		*err = *why;
	return -1;
}

int
run_reject_cell(struct run *run, const struct csv_row *row, const struct column *column, const char *kind,
		const struct error *why, struct error *err)
{
	struct error full;

	error_set(&full, "%s: %s", column->name, why->text);
	return run_reject(run, row, kind, &full, err);
}

/* finds every column that the map names, those only cleaned included, so that a misspelt one is not overlooked */
static int
resolve_columns(struct run *run, struct error *err)
{
	const struct map *map = run->map;
	const struct map_clean *clean = map->clean.v;
	size_t i, n = map->account.external.n;

	run->code = arena_alloc(&run->arena, n * sizeof(struct column *));
	run->codes = arena_alloc(&run->arena, n * sizeof *run->codes);
	run->source = arena_alloc(&run->arena, map->columns.n * sizeof *run->source);
	for (i = 0; i < n; i++) {
		run->codes[i].system = map->account.external.name[i];
		run->code[i] = columns_find(&run->columns, map->account.external.text[i]);
	}
	if (map->account.name)
		run->name = columns_find(&run->columns, map->account.name);
	for (i = 0; i < map->columns.n; i++) {
		struct source *source = &run->source[run->sources++];

		source->name = map->columns.name[i];
		source->field = map_field(map->type, source->name);
		source->column = columns_find(&run->columns, map->columns.text[i]);
	}
	for (i = 0; i < map->clean.n; i++)
		columns_find(&run->columns, clean[i].column);
	if (map->skip_rows.rx)
		run->skip = columns_find(&run->columns, map->skip_rows.column);
	if (map->returns.rx)
		run->returns = columns_find(&run->columns, map->returns.column);
	return columns_check(&run->columns, run->file, err);
}

/* a pattern's answer for a column: 1 yes, 0 no, -1 stopped by its limit */
static int
test_column(const struct map_test *test, const struct column *column, struct error *why)
{
	enum rx_result found = rx_match(test->rx, column->value.data, column->value.len, why);

	return found < 0 ? -1 : found == RX_YES;
}

/* grows with every change of a column that names the account */
static size_t
account_version(const struct run *run)
{
	size_t i, version = run->name ? run->name->version : 0;

	for (i = 0; i < run->map->account.external.n; i++)
		version += run->code[i]->version;
	return version;
}

/* which columns should have named the account, for the message */
static const char *
account_columns_text(struct run *run)
{
	const char *text = run->name ? run->name->name : NULL;
	size_t i;

	for (i = run->map->account.external.n; i-- > 0;)
		text = text ? arena_printf(&run->scratch, "%s, %s", run->code[i]->name, text)
			    : run->code[i]->name;
	return text;
}

/* a row must name its account; 1: rejected, it does not */
static int
check_account(struct run *run, const struct csv_row *row, struct error *err)
{
	size_t i, n = run->map->account.external.n;
	struct error why;

	if (run->name && run->name->value.len)
		return 0;
	for (i = 0; i < n; i++)
		if (run->code[i]->value.len)
			return 0;
	error_set(&why, "no account: %s %s empty", account_columns_text(run),
		  n + (run->name ? 1 : 0) > 1 ? "are" : "is");
	return run_reject(run, row, "no account", &why, err);
}

static int
check_currency(struct run *run, const struct csv_row *row, struct error *err)
{
	const char *currency = run->map->currency;

	if (!currency)
		return 0;
	if (run->entry->currency && strcmp(run->entry->currency, currency) != 0)
		return error_at(err, run->file, row->line, 0,
				"the account %s is in %s, this map's money is in %s",
				book_title(run->entry, &run->scratch), run->entry->currency, currency);
	run->entry->currency = currency;
	return 0;
}

int
run_find_account(struct run *run, const struct csv_row *row, struct error *err)
{
	size_t i, version = account_version(run);
	struct client client = {run->codes, run->map->account.external.n, NULL, run->file, row->line};
	enum book_result result;
	struct error why;

	if (run->entry && run->entry_version == version)
		return 0;
	run->entry = NULL;
	run->entry_version = version;
	for (i = 0; i < client.n; i++)
		run->codes[i].code = run->code[i]->value.data;
	if (run->name)
		client.name = run->name->value.data;
	result = book_find(&run->importer->book, &client, &run->entry, &why);
	if (result != BOOK_FOUND)
		return run_reject(run, row, result == BOOK_NO_ID ? "no id" : "two accounts", &why, err);
	return check_currency(run, row, err);
}

static const struct source *
find_source(const struct run *run, const char *name)
{
	size_t i;

	for (i = 0; i < run->sources; i++)
		if (strcmp(run->source[i].name, name) == 0)
			return &run->source[i];
	return NULL;
}

static void
find_sales_sources(const struct run *run, struct sales_sources *s)
{
	s->date = find_source(run, "date");
	s->document = find_source(run, "document");
	s->revenue = find_source(run, "revenue");
	s->cost = find_source(run, "cost");
	s->margin = find_source(run, "margin");
	s->quantity = find_source(run, "quantity");
	s->price = find_source(run, "price");
}

/* a number of the row; 1: rejected */
static int
take_number(struct run *run, const struct csv_row *row, const struct source *source, struct decimal *d,
	    struct error *err)
{
	const struct column *column = source->column;
	const char *kind;
	struct error why;

	if (cell_decimal(run->map, column->value.data, column->value.len, d, &kind, &why) == 0)
		return 0;
	return run_reject_cell(run, row, column, kind, &why, err);
}

static int
reject_too_large(struct run *run, const struct csv_row *row, const char *what, struct error *err)
{
	struct error why;

	error_set(&why, "%s: too large or too precise", what);
	return run_reject(run, row, "too large", &why, err);
}

static int
take_revenue(struct run *run, const struct csv_row *row, const struct sales_sources *s,
	     struct decimal *revenue, struct error *err)
{
	struct decimal quantity, price;
	int status;

	if (s->revenue)
		return take_number(run, row, s->revenue, revenue, err);
	status = take_number(run, row, s->quantity, &quantity, err);
	if (!status)
		status = take_number(run, row, s->price, &price, err);
	if (status || decimal_mul(revenue, &quantity, &price) == 0)
		return status;
	return reject_too_large(
	    run, row,
	    arena_printf(&run->scratch, "%s × %s", s->quantity->column->name, s->price->column->name), err);
}

/* leaves the margin unknown where the row says neither it nor the cost */
static int
take_margin(struct run *run, const struct csv_row *row, const struct sales_sources *s, struct sales_row *sale,
	    struct error *err)
{
	const struct source *source = s->margin ? s->margin : s->cost;
	struct decimal amount;
	int status;

	if (!source || source->column->value.len == 0)
		return 0;
	status = take_number(run, row, source, &amount, err);
	if (status)
		return status;
	if (source == s->margin)
		sale->margin = amount;
	else if (decimal_sub(&sale->margin, &sale->revenue, &amount) < 0)
		return reject_too_large(run, row, source->column->name, err);
	return 0;
}

/* the row's date, kept while its cell stays; 1: rejected */
static int
take_date(struct run *run, const struct csv_row *row, const struct column *column, struct date *date,
	  struct error *err)
{
	const char *kind;
	struct error why;

	if (column->version != run->date_version) {
		run->date_version = 0;
		if (cell_date(run->map, column->value.data, column->value.len, &run->date, &kind, &why) < 0)
			return run_reject_cell(run, row, column, kind, &why, err);
		run->date_version = column->version;
	}
	*date = run->date;
	return 0;
}

/* is the row a return? 1: rejected */
static int
take_return(struct run *run, const struct csv_row *row, struct sales_row *sale, struct error *err)
{
	struct error why;
	int found;

	sale->is_return = decimal_sign(&sale->revenue) < 0;
	if (!run->returns)
		return 0;
	found = test_column(&run->map->returns, run->returns, &why);
	if (found < 0)
		return run_reject_cell(run, row, run->returns, "pattern", &why, err);
	sale->is_return = found > 0;
	if (!sale->is_return || decimal_sign(&sale->revenue) <= 0)
		return 0;
	error_set(&why, "the row is a return, but its amount is above zero");
	return run_reject_cell(run, row, run->returns, "contradiction", &why, err);
}

static int
import_sale(struct run *run, const struct csv_row *row, const struct sales_sources *s, struct error *err)
{
	struct sales_row sale = {0};
	struct error why;
	int status = take_date(run, row, s->date->column, &sale.date, err);

	if (!status)
		status = take_revenue(run, row, s, &sale.revenue, err);
	if (!status)
		status = take_margin(run, row, s, &sale, err);
	if (!status)
		status = take_return(run, row, &sale, err);
	if (!status)
		status = run_find_account(run, row, err);
	if (status)
		return status;
	if (s->document && s->document->column->value.len) {
		sale.document = s->document->column->value.data;
		sale.document_len = s->document->column->value.len;
	}
	if (sales_add(&run->importer->sales, run->entry->number, run->map->source, &sale, &why) < 0)
		return run_reject(run, row, "too large", &why, err);
	return 0;
}

/* cells beyond the header mean that the row was split in the wrong places */
static bool
has_extra_cells(const struct run *run, const struct csv_row *row)
{
	size_t i;

	for (i = run->columns.header.n; i < row->n; i++)
		if (row->len[i])
			return true;
	return false;
}

/* 1: the row was left out, or rejected */
static int
test_skip(struct run *run, const struct csv_row *row, struct error *err)
{
	struct error why;
	int found = run->skip ? test_column(&run->map->skip_rows, run->skip, &why) : 0;

	if (found < 0)
		return run_reject_cell(run, row, run->skip, "pattern", &why, err);
	if (found)
		run->importer->skipped++;
	return found;
}

/* 0: used; 1: left out or rejected */
static int
import_row(struct run *run, const struct csv_row *row, const struct sales_sources *s, struct error *err)
{
	const struct column *bad;
	struct error why;
	int status;

	arena_reset(&run->scratch);
	if (has_extra_cells(run, row)) {
		error_set(&why, "%zu cells, the header has %zu", row->n, run->columns.header.n);
		return run_reject(run, row, "too many cells", &why, err);
	}
	bad = columns_take(&run->columns, row, &why);
	if (bad)
		return run_reject_cell(run, row, bad, "pattern", &why, err);
	status = test_skip(run, row, err);
	if (!status)
		status = check_account(run, row, err);
	if (status)
		return status;
	if (run->map->type->fields == &sales_columns)
		status = import_sale(run, row, s, err);
	else if (run->map->type->section)
		status = run_import_item(run, row, err);
	else
		status = run_import_account(run, row, err);
	if (status == 0)
		run->entry->touched = true;
	return status;
}

static int
import_rows(struct run *run, struct csvread *reader, struct error *err)
{
	struct sales_sources sources = {0};
	struct csv_row row;
	struct error why;
	enum csv_result result;
	int status;

	find_sales_sources(run, &sources);
	while ((result = csvread_next(reader, &row, &why)) != CSV_READ_END) {
		if (result == CSV_READ_FAIL)
			return fail(err, &why);
		run->importer->rows++;
		if (result == CSV_READ_REJECT) {
			row.n = 0;
			status = run_reject(run, &row, "not readable", &why, err);
		} else {
			status = import_row(run, &row, &sources, err);
		}
		if (status < 0)
			return -1;
		if (status == 0)
			run->importer->imported++;
	}
	return 0;
}

static int
read_header(struct run *run, struct csvread *reader, struct error *err)
{
	struct csv_row row;
	enum csv_result result = csvread_next(reader, &row, err);

	if (result == CSV_READ_END && csvread_skipped(reader).n)
		return error_at(err, run->file, 0, 0,
				"there is no header: csv.skip is %zu, and the file has no more lines than "
				"that, blank ones aside",
				run->map->dialect.skip);
	if (result == CSV_READ_END)
		return error_at(err, run->file, 0, 0, "the file is empty: there is no header");
	if (result != CSV_READ_ROW)
		return -1;
	columns_init(&run->columns, run->map, &row);
	if (resolve_columns(run, err) < 0)
		return -1;
	return run->importer->header(run->importer->data, run->map, reader, &run->columns.header, err);
}

int
importer_file(struct importer *importer, const struct map *map, int fd, const char *file, struct error *err)
{
	struct run run = {.importer = importer, .map = map};
	struct csvread *reader = csvread_open(fd, file, &map->dialect, err);
	int status;

	if (!reader)
		return -1;
	/* entries remember where they came from */
	run.file = arena_strdup(&importer->book.arena, file);
	status = read_header(&run, reader, err);
	if (status == 0)
		status = import_rows(&run, reader, err);
	csvread_close(reader);
	columns_free(&run.columns);
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
}
