#include "domain/importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/cell.h"

static const char empty_text[] = "";

/* A column that the map uses. Rows of one document stand together and repeat much, so what was made of the cell
 * before is kept until the cell changes. */
struct column {
	const char *name;
	size_t index; /* in the row */
	struct map_clean **clean;
	size_t cleans;
	struct buf raw;	  /* the cell as it stood in the row before */
	struct buf spare; /* for cleaning */
	struct buf value; /* cleaned and trimmed */
	size_t version;	  /* counts its changes: what was made of one stays good as long as this does */
};

/* a field of the account or item, and the column it is read from */
struct source {
	const char *name; /* as in the map: "profile.region" */
	const struct field *field;
	struct column *column;
};

/* the import of one file */
struct run {
	struct importer *importer;
	struct map *map;
	const char *file;
	struct csv_row header; /* copied */
	struct column *column;
	size_t columns;
	struct column **code; /* of map->account.external */
	struct code *codes;
	struct column *name;
	struct source *source;
	size_t sources;
	struct column *skip, *returns;
	/* kept from a row before, with the versions of the columns they were made of */
	struct entry *entry;
	size_t entry_version;
	struct date date;
	size_t date_version;
	struct arena arena;
};

/* the columns of sales */
struct sales_sources {
	const struct source *date, *document, *revenue, *cost, *margin, *quantity, *price;
};

static int
reject(struct run *run, const struct csv_row *row, const char *kind, struct error *why, struct error *err)
{
	struct reject r = {.kind = kind, .err = *why, .row = row, .header = &run->header};

	r.err.file = run->file;
	r.err.line = row->line;
	run->importer->rejected++;
	return run->importer->reject(run->importer->data, &r, err);
}

/* a reject because of a column's cell */
static int
reject_cell(struct run *run, const struct csv_row *row, const struct column *column, const char *kind,
	    const struct error *why, struct error *err)
{
	struct error full;

	error_set(&full, "%.100s: %.900s", column->name, why->text);
	return reject(run, row, kind, &full, err);
}

static void
copy_header(struct run *run, const struct csv_row *row)
{
	size_t i;
	const char **cell = arena_alloc(&run->arena, (row->n + 1) * sizeof *cell);

	run->header.n = row->n;
	run->header.line = row->line;
	run->header.cell = cell;
	for (i = 0; i < row->n; i++)
		cell[i] = arena_copy(&run->arena, row->cell[i], row->len[i]);
	run->header.raw.p = arena_copy(&run->arena, row->raw.p, row->raw.n);
	run->header.raw.n = row->raw.n;
}

static bool
is_blank_at(const char *s, size_t n, size_t *len)
{
	*len = 1;
	if (n && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		return true;
	*len = 2;
	return n >= 2 && s[0] == '\xC2' && s[1] == '\xA0';
}

/* drops blanks around it; U+00A0 counts as one */
static struct str
trim(const char *s, size_t n)
{
	size_t len;

	while (is_blank_at(s, n, &len)) {
		s += len;
		n -= len;
	}
	for (;;) {
		if (n && is_blank_at(s + n - 1, 1, &len))
			n--;
		else if (n >= 2 && is_blank_at(s + n - 2, 2, &len) && len == 2)
			n -= 2;
		else
			return (struct str){s, n};
	}
}

static int
missing_column(struct run *run, const char *name, struct error *err)
{
	struct buf names = {0};
	size_t i;

	for (i = 0; i < run->header.n; i++) {
		buf_adds(&names, i ? ", " : "");
		text_quote(&names, run->header.cell[i], strlen(run->header.cell[i]));
	}
	error_at(err, run->file, run->header.line, 0,
		 "%s names the column \"%.100s\", which is not in the header: %.700s", run->map->file, name,
		 names.data ? names.data : "(no columns)");
	buf_free(&names);
	return -1;
}

/* the column of that name, noted once; NULL with the error if the header lacks it */
static struct column *
find_column(struct run *run, const char *name, struct error *err)
{
	struct map_clean *clean = run->map->clean.v;
	struct column *column;
	struct str cell, want = trim(name, strlen(name));
	size_t i;

	for (i = 0; i < run->columns; i++)
		if (strcmp(run->column[i].name, name) == 0)
			return &run->column[i];
	for (i = 0; i < run->header.n; i++) {
		cell = trim(run->header.cell[i], strlen(run->header.cell[i]));
		if (cell.n == want.n && memcmp(cell.p, want.p, cell.n) == 0)
			break;
	}
	if (i == run->header.n) {
		missing_column(run, name, err);
		return NULL;
	}
	column = &run->column[run->columns++];
	column->name = name;
	column->index = i;
	column->clean = arena_alloc(&run->arena, (run->map->clean.n + 1) * sizeof(struct map_clean *));
	for (i = 0; i < run->map->clean.n; i++)
		if (strcmp(clean[i].column, name) == 0)
			column->clean[column->cleans++] = &clean[i];
	return column;
}

/* finds every column that the map names, those only cleaned included, so that a misspelt one is not overlooked */
static int
resolve_columns(struct run *run, struct error *err)
{
	const struct map *map = run->map;
	const struct map_clean *clean = map->clean.v;
	size_t i, most = map->account.external.n + map->columns.n + map->clean.n + 3;

	run->column = arena_alloc(&run->arena, most * sizeof *run->column);
	run->code = arena_alloc(&run->arena, most * sizeof(struct column *));
	run->codes = arena_alloc(&run->arena, most * sizeof *run->codes);
	run->source = arena_alloc(&run->arena, most * sizeof *run->source);
	for (i = 0; i < map->account.external.n; i++) {
		run->codes[i].system = map->account.external.name[i];
		if (!(run->code[i] = find_column(run, map->account.external.text[i], err)))
			return -1;
	}
	if (map->account.name && !(run->name = find_column(run, map->account.name, err)))
		return -1;
	for (i = 0; i < map->columns.n; i++) {
		struct source *source = &run->source[run->sources++];

		source->name = map->columns.name[i];
		source->field = map_field(map->type, source->name);
		if (!(source->column = find_column(run, map->columns.text[i], err)))
			return -1;
	}
	for (i = 0; i < map->clean.n; i++)
		if (!find_column(run, clean[i].column, err))
			return -1;
	if (map->skip_rows.rx && !(run->skip = find_column(run, map->skip_rows.column, err)))
		return -1;
	if (map->returns.rx && !(run->returns = find_column(run, map->returns.column, err)))
		return -1;
	return 0;
}

static int
clean_cell(struct column *column, const char *cell, size_t n, struct error *why)
{
	struct str text;
	size_t i;

	buf_clear(&column->value);
	buf_add(&column->value, cell, n);
	for (i = 0; i < column->cleans; i++) {
		enum rx_result found;
		struct buf swap;

		buf_clear(&column->spare);
		found = rx_replace(column->clean[i]->rx, column->value.data, column->value.len,
				   column->clean[i]->replace, &column->spare, why);
		if (found < 0)
			return -1;
		if (found == RX_NO)
			continue;
		swap = column->value;
		column->value = column->spare;
		column->spare = swap;
	}
	text = trim(column->value.data, column->value.len);
	if (text.n < column->value.len) {
		memmove(column->value.data, text.p, text.n);
		column->value.data[text.n] = '\0';
		column->value.len = text.n;
	}
	return 0;
}

/* takes the row's cells; missing ones at its end are empty. NULL, or the column that cannot be cleaned */
static const struct column *
take_cells(struct run *run, const struct csv_row *row, struct error *why)
{
	struct column *column;
	const char *cell;
	size_t i, n;

	for (i = 0; i < run->columns; i++) {
		column = &run->column[i];
		cell = column->index < row->n ? row->cell[column->index] : empty_text;
		n = column->index < row->n ? row->len[column->index] : 0;
		if (column->version && n == column->raw.len && memcmp(cell, column->raw.data, n) == 0)
			continue;
		column->version++;
		buf_clear(&column->raw);
		buf_add(&column->raw, cell, n);
		if (clean_cell(column, cell, n, why) < 0) {
			column->raw.len = (size_t)-1; /* equals no cell: nothing was made of it */
			return column;
		}
	}
	return NULL;
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
		text =
		    text ? arena_printf(&run->arena, "%s, %s", run->code[i]->name, text) : run->code[i]->name;
	return text;
}

/* sets run->entry; 1: the row was rejected */
static int
find_account(struct run *run, const struct csv_row *row, struct error *err)
{
	enum book_result result;
	struct error why;
	bool given = run->name && run->name->value.len;
	size_t i;

	if (run->entry && run->entry_version == account_version(run))
		return 0;
	run->entry = NULL;
	run->entry_version = account_version(run);
	for (i = 0; i < run->map->account.external.n; i++) {
		run->codes[i].code = run->code[i]->value.data;
		given = given || run->code[i]->value.len;
	}
	if (!given) {
		error_set(&why, "no account: %s %s empty", account_columns_text(run),
			  run->map->account.external.n + (run->name ? 1 : 0) > 1 ? "are" : "is");
		return reject(run, row, "no account", &why, err) < 0 ? -1 : 1;
	}
	result = book_find(&run->importer->book, run->codes, run->map->account.external.n,
			   run->name ? run->name->value.data : NULL, run->file, row->line, &run->entry, &why);
	if (result == BOOK_REJECT)
		return reject(run, row, "no id", &why, err) < 0 ? -1 : 1;
	if (result == BOOK_STOP) {
		if (err)
			*err = why;
		return -1;
	}
	if (!run->map->currency)
		return 0;
	if (run->entry->currency && strcmp(run->entry->currency, run->map->currency) != 0)
		return error_at(err, run->file, row->line, 0,
				"the account %s is in %s, this map's money is in %s", run->entry->id,
				run->entry->currency, run->map->currency);
	run->entry->currency = run->map->currency;
	return 0;
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
	return reject_cell(run, row, column, kind, &why, err) < 0 ? -1 : 1;
}

static int
take_amounts(struct run *run, const struct csv_row *row, const struct sales_sources *s,
	     struct sales_row *sale, struct error *err)
{
	struct decimal quantity, price, cost;
	struct error why;
	int status;

	if (s->revenue) {
		status = take_number(run, row, s->revenue, &sale->revenue, err);
		if (status)
			return status;
	} else {
		status = take_number(run, row, s->quantity, &quantity, err);
		if (!status)
			status = take_number(run, row, s->price, &price, err);
		if (status)
			return status;
		if (decimal_mul(&sale->revenue, &quantity, &price) < 0) {
			error_set(&why, "%s × %s: too large or too precise", s->quantity->column->name,
				  s->price->column->name);
			return reject(run, row, "too large", &why, err) < 0 ? -1 : 1;
		}
	}
	if (s->margin)
		return take_number(run, row, s->margin, &sale->margin, err);
	if (!s->cost)
		return 0;
	status = take_number(run, row, s->cost, &cost, err);
	if (status == 0 && decimal_sub(&sale->margin, &sale->revenue, &cost) < 0) {
		error_set(&why, "%s: too large or too precise", s->cost->column->name);
		return reject(run, row, "too large", &why, err) < 0 ? -1 : 1;
	}
	return status;
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
			return reject_cell(run, row, column, kind, &why, err) < 0 ? -1 : 1;
		run->date_version = column->version;
	}
	*date = run->date;
	return 0;
}

static int
import_sale(struct run *run, const struct csv_row *row, const struct sales_sources *s, struct error *err)
{
	struct sales_row sale = {0};
	struct error why;
	int status = take_date(run, row, s->date->column, &sale.date, err);

	if (!status)
		status = take_amounts(run, row, s, &sale, err);
	if (status)
		return status;
	if (s->document && s->document->column->value.len) {
		sale.document = s->document->column->value.data;
		sale.document_len = s->document->column->value.len;
	}
	sale.is_return = decimal_sign(&sale.revenue) < 0;
	if (run->returns) {
		status = test_column(&run->map->returns, run->returns, &why);
		if (status < 0)
			return reject_cell(run, row, run->returns, "pattern", &why, err) < 0 ? -1 : 1;
		sale.is_return = status > 0;
	}
	if (sales_add(&run->importer->sales, run->entry->number, run->map->source, &sale, &why) < 0)
		return reject(run, row, "too large", &why, err) < 0 ? -1 : 1;
	return 0;
}

/* the map inside `fields` that a dotted name lies in, made if absent; *last: the name's last part */
static struct node *
fields_place(struct arena *arena, struct node *fields, const char *name, const char **last)
{
	const char *dot = strchr(name, '.');
	struct node *map;
	char *head;

	*last = dot ? dot + 1 : name;
	if (!dot)
		return fields;
	head = arena_copy(arena, name, (size_t)(dot - name));
	map = node_get(fields, head);
	return map ? map : node_put(arena, fields, head, node_new_map(arena, STYLE_BLOCK));
}

/* puts the row's values into the map; 1: rejected, a cell does not fit or says other than a row before */
static int
take_fields(struct run *run, const struct csv_row *row, struct node *fields, struct error *err)
{
	struct arena *arena = &run->importer->book.arena;
	struct node *place, *value, *before;
	const char *last, *kind;
	struct error why;
	size_t i;

	for (i = 0; i < run->sources; i++) {
		const struct source *s = &run->source[i];

		if (cell_node(run->map, s->field, s->column->value.data, s->column->value.len, arena, &value,
			      &kind, &why) < 0)
			return reject_cell(run, row, s->column, kind, &why, err) < 0 ? -1 : 1;
		if (!value)
			continue;
		place = fields_place(arena, fields, s->name, &last);
		before = node_get(place, last);
		if (!before) {
			node_put(arena, place, last, value);
		} else if (!node_equal(before, value)) {
			error_set(&why, "a row before says otherwise: \"%.200s\"", before->text);
			return reject_cell(run, row, s->column, "contradiction", &why, err) < 0 ? -1 : 1;
		}
	}
	return 0;
}

/* an item of the entry's section; its id, where no column gives one, is made from its name. 1: rejected */
static int
import_item(struct run *run, const struct csv_row *row, struct error *err)
{
	struct book *book = &run->importer->book;
	struct arena *arena = &book->arena;
	struct node *item = node_new_map(arena, STYLE_FLOW), *with_id, *list, *other, *id;
	const char *section = run->map->type->section, *key, *name;
	struct error why;
	int status = take_fields(run, row, item, err);

	if (status)
		return status;
	id = node_get(item, "id");
	name = node_get_text(item, "name");
	if (!id && name) {
		with_id = node_new_map(arena, STYLE_FLOW);
		node_put_text(arena, with_id, "id", text_translit(arena, name, strlen(name)));
		for (other = item->first; other; other = other->next)
			node_put(arena, with_id, other->key, node_copy(arena, other));
		item = with_id;
	}
	key = account_item_key(run->map->type->fields, item, arena);
	if (!*key) {
		error_set(&why, "nothing tells this row from others: it needs an id");
		return reject(run, row, "no id", &why, err) < 0 ? -1 : 1;
	}
	key = arena_printf(arena, "%zu/%s/%s", run->entry->number, section, key);
	other = hash_get(&run->importer->items, key, strlen(key));
	if (other && node_equal(other, item))
		return 0;
	if (other) {
		error_set(&why, "a second row for %.200s, and it says otherwise", strchr(key, '/') + 1);
		return reject(run, row, "contradiction", &why, err) < 0 ? -1 : 1;
	}
	list = node_get(run->entry->items, section);
	if (!list)
		list = node_put(arena, run->entry->items, section, node_new_list(arena, STYLE_BLOCK));
	*hash_put(&run->importer->items, key, strlen(key), NULL) = item;
	node_put(arena, list, NULL, item);
	return 0;
}

/* cells beyond the header mean that the row was split in the wrong places */
static bool
has_extra_cells(const struct run *run, const struct csv_row *row)
{
	size_t i;

	for (i = run->header.n; i < row->n; i++)
		if (row->len[i])
			return true;
	return false;
}

static int
import_row(struct run *run, const struct csv_row *row, const struct sales_sources *s, struct error *err)
{
	const struct column *bad;
	struct error why;
	int status;

	if (has_extra_cells(run, row)) {
		error_set(&why, "%zu cells, the header has %zu", row->n, run->header.n);
		return reject(run, row, "too many cells", &why, err) < 0 ? -1 : 1;
	}
	bad = take_cells(run, row, &why);
	if (bad)
		return reject_cell(run, row, bad, "pattern", &why, err) < 0 ? -1 : 1;
	if (run->skip) {
		status = test_column(&run->map->skip_rows, run->skip, &why);
		if (status < 0)
			return reject_cell(run, row, run->skip, "pattern", &why, err) < 0 ? -1 : 1;
		if (status > 0) {
			run->importer->skipped++;
			return 1;
		}
	}
	status = find_account(run, row, err);
	if (status)
		return status;
	if (run->map->type->fields == &sales_columns)
		return import_sale(run, row, s, err);
	if (run->map->type->section)
		return import_item(run, row, err);
	return take_fields(run, row, run->entry->fields, err);
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
		if (result == CSV_READ_FAIL) {
			if (err)
				*err = why;
			return -1;
		}
		run->importer->rows++;
		if (result == CSV_READ_REJECT) {
			row.n = 0;
			status = reject(run, &row, "not readable", &why, err) < 0 ? -1 : 1;
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

	if (result == CSV_READ_END)
		return error_at(err, run->file, 0, 0, "the file is empty: there is no header");
	if (result != CSV_READ_ROW)
		return -1;
	copy_header(run, &row);
	if (resolve_columns(run, err) < 0)
		return -1;
	return run->importer->header(run->importer->data, run->map, reader, &run->header, err);
}

static void
run_free(struct run *run)
{
	size_t i;

	for (i = 0; i < run->columns; i++) {
		buf_free(&run->column[i].raw);
		buf_free(&run->column[i].spare);
		buf_free(&run->column[i].value);
	}
	arena_free(&run->arena);
}

int
importer_file(struct importer *importer, struct map *map, int fd, const char *file, struct error *err)
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
	run_free(&run);
	return status;
}

void
importer_free(struct importer *importer)
{
	book_free(&importer->book);
	sales_free(&importer->sales);
	hash_free(&importer->items);
}
