#include "domain/rowread.h"

#include <stdlib.h>
#include <string.h>

/* which columns should have named the account */
static const char *
no_account_text(struct rowread *r)
{
	size_t i, n = r->map->account.external.n;
	const char *names = r->name ? r->name->name : NULL;

	for (i = n; i-- > 0;)
		names = names ? arena_printf(&r->arena, "%s, %s", r->code[i]->name, names) : r->code[i]->name;
	return arena_printf(&r->arena, "no account: %s %s empty", names,
			    n + (r->name ? 1 : 0) > 1 ? "are" : "is");
}

/* finds every column that the map names, those only cleaned included, so that a misspelt one is not overlooked */
static int
find_columns(struct rowread *r, const char *file, struct error *err)
{
	const struct map *map = r->map;
	const struct map_clean *clean = map->clean.v;
	size_t i, n = map->account.external.n;

	r->code = arena_alloc(&r->arena, n * sizeof(struct csv_column *));
	r->source = arena_alloc(&r->arena, map->columns.n * sizeof *r->source);
	for (i = 0; i < n; i++)
		r->code[i] = columns_find(&r->columns, map->account.external.text[i]);
	if (map->account.name)
		r->name = columns_find(&r->columns, map->account.name);
	for (i = 0; i < map->columns.n; i++) {
		struct source *source = &r->source[r->sources++];

		source->name = map->columns.name[i];
		source->field = map_field(map->type, source->name);
		source->column = columns_find(&r->columns, map->columns.text[i]);
	}
	for (i = 0; i < map->clean.n; i++)
		columns_find(&r->columns, clean[i].column);
	if (map->skip_rows.rx)
		r->skip = columns_find(&r->columns, map->skip_rows.column);
	if (map->returns.rx)
		r->returns = columns_find(&r->columns, map->returns.column);
	return columns_check(&r->columns, file, err);
}

int
rowread_init(struct rowread *r, const struct map *map, const struct csvread *reader,
	     const struct csv_row *header, struct error *err)
{
	*r = (struct rowread){.map = map, .split = csvread_splitter(reader)};
	columns_init(&r->columns, map, header);
	if (find_columns(r, csvread_file(reader)->file, err) < 0)
		return -1;
	rowsales_init(r);
	if (r->skip && !(r->skip_rx = rx_share(map->skip_rows.rx, err)))
		return -1;
	if (r->returns && !(r->returns_rx = rx_share(map->returns.rx, err)))
		return -1;
	r->no_account = no_account_text(r);
	return 0;
}

void
rowread_free(struct rowread *r)
{
	csvsplit_free(r->split);
	columns_free(&r->columns);
	rx_free(r->skip_rx);
	rx_free(r->returns_rx);
	arena_free(&r->arena);
}

void
rows_free(struct rows *rows)
{
	buf_free(&rows->block.text);
	arena_free(&rows->arena);
	free(rows->row);
	free(rows->place);
}

struct row *
rowread_add(struct rowread *r, enum row_kind kind)
{
	struct rows *rows = r->rows;
	struct row *row;

	if (rows->n == rows->cap)
		rows->row = vec_grow(rows->row, &rows->cap, rows->n + 1, sizeof *rows->row);
	row = &rows->row[rows->n++];
	row->kind = kind;
	row->first = (unsigned)rows->places - 1;
	row->n = 1;
	row->client = r->client;
	return row;
}

void
rowread_reject(struct rowread *r, const char *kind, const char *text)
{
	struct row *row = rowread_add(r, ROW_BAD);

	row->as.bad.kind = kind;
	row->as.bad.text = text;
}

void
rowread_reject_cell(struct rowread *r, const struct csv_column *column, const char *kind,
		    const struct error *why)
{
	rowread_reject(r, kind, arena_printf(&r->rows->arena, "%s: %s", column->name, why->text));
}

bool
rowread_test(struct rowread *r, struct rx *rx, const struct csv_column *column, bool *good)
{
	struct error why;
	enum rx_result found = rx_match(rx, column->value.p, column->value.n, &why);

	*good = found >= 0;
	if (found < 0)
		rowread_reject_cell(r, column, "pattern", &why);
	return found == RX_YES;
}

/* grows with every change of a column that names the account */
static size_t
client_version(const struct rowread *r)
{
	size_t i, version = r->name ? r->name->version : 0;

	for (i = 0; i < r->map->account.external.n; i++)
		version += r->code[i]->version;
	return version;
}

static struct row_client *
make_client(struct rowread *r)
{
	struct arena *arena = &r->rows->arena;
	size_t i, n = r->map->account.external.n;
	struct code *codes = arena_alloc(arena, (n + 1) * sizeof *codes);
	struct row_client *client = arena_alloc(arena, sizeof *client);
	bool named = r->name && r->name->value.n > 0;

	for (i = 0; i < n; i++) {
		codes[i].system = r->map->account.external.name[i];
		codes[i].code = arena_copy(arena, r->code[i]->value.p, r->code[i]->value.n);
		named = named || r->code[i]->value.n > 0;
	}
	client->codes = codes;
	if (r->name)
		client->name = arena_copy(arena, r->name->value.p, r->name->value.n);
	return named ? client : NULL;
}

/* a row must name its account; false: it was rejected */
static bool
take_client(struct rowread *r)
{
	size_t version = client_version(r);

	if (r->client_version != version) {
		r->client = make_client(r);
		r->client_version = version;
	}
	if (!r->client)
		rowread_reject(r, "no account", r->no_account);
	return r->client != NULL;
}

bool
rowread_outside(struct rowread *r, struct date date)
{
	month m;

	if (!r->months.since && !r->months.until)
		return false;
	m = month_of(date);
	if ((!r->months.since || m >= r->months.since) && (!r->months.until || m <= r->months.until))
		return false;
	r->rows->outside++;
	return true;
}

/* Cells beyond the header mean that the row was split in the wrong places. */
static bool
has_extra_cells(const struct rowread *r, const struct csv_row *row)
{
	size_t i;

	if (r->map->dialect.headless)
		return false;
	for (i = r->columns.header->n; i < row->n; i++)
		if (row->cell[i].n)
			return true;
	return false;
}

/* was the row left out, or rejected when that was to be found out? */
static bool
is_skipped(struct rowread *r)
{
	bool good = true, found = r->skip && rowread_test(r, r->skip_rx, r->skip, &good);

	r->rows->skipped += found;
	return found || !good;
}

static void
read_row(struct rowread *r, const struct csv_row *row)
{
	struct arena *arena = &r->rows->arena;
	const struct csv_column *bad;
	struct error why;

	if (row->n > r->columns.header->n && has_extra_cells(r, row)) {
		rowread_reject(
		    r, "too many cells",
		    arena_printf(arena, "%zu cells, the header has %zu", row->n, r->columns.header->n));
		return;
	}
	bad = columns_take(&r->columns, row, arena, &why);
	if (bad) {
		rowread_reject_cell(r, bad, "pattern", &why);
		return;
	}
	if (is_skipped(r) || !take_client(r))
		return;
	if (r->map->type->summed)
		rowsales_read(r);
	else
		rowfields_read(r);
}

static void
add_place(struct rows *rows, const struct csv_row *row)
{
	if (rows->places == rows->places_cap)
		rows->place = vec_grow(rows->place, &rows->places_cap, rows->places + 1, sizeof *rows->place);
	rows->place[rows->places++] = (struct row_place){
	    .offset = (unsigned)(row->raw.p - rows->block.text.data),
	    .size = (unsigned)row->raw.n,
	    .line = (unsigned)row->line,
	    .cells = (unsigned)row->n,
	};
}

static void
begin(struct rowread *r, struct rows *rows)
{
	r->rows = rows;
	r->client = NULL;
	r->client_version = r->date_version = r->return_version = 0;
	r->group = 0;
	arena_reset(&rows->arena);
	rows->n = rows->places = rows->skipped = rows->outside = 0;
	columns_begin(&r->columns);
	csvsplit_begin(r->split, &rows->block, 1);
}

void
rowread_block(struct rowread *r, struct rows *rows)
{
	enum csv_result result;
	struct csv_fault fault;
	struct csv_row row;

	begin(r, rows);
	while ((result = csvsplit_next(r->split, &row, &fault)) == CSV_READ_ROW ||
	       result == CSV_READ_REJECT) {
		add_place(rows, &row);
		if (result == CSV_READ_ROW) {
			read_row(r, &row);
			continue;
		}
		rowread_reject(r, "not readable", NULL);
		rows->row[rows->n - 1].as.bad.fault = fault;
	}
	rows->lines = csvsplit_line(r->split) - 1;
	rows->open = csvsplit_offset(r->split);
}
