#include "domain/columns.h"

#include <string.h>

#include "base/text.h"

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

/* the same names, blanks around them aside? */
static bool
is_same_name(const char *a, const char *b)
{
	struct str x = trim(a, strlen(a)), y = trim(b, strlen(b));

	return x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
}

static void
copy_header(struct columns *columns, const struct csv_row *row)
{
	const char **cell = arena_alloc(&columns->arena, (row->n + 1) * sizeof *cell);
	size_t *len = arena_alloc(&columns->arena, (row->n + 1) * sizeof *len), i;

	for (i = 0; i < row->n; i++) {
		cell[i] = arena_copy(&columns->arena, row->cell[i], row->len[i]);
		len[i] = row->len[i];
	}
	columns->header = (struct csv_row){
	    .n = row->n,
	    .cell = cell,
	    .len = len,
	    .line = row->line,
	    .raw = {arena_copy(&columns->arena, row->raw.p, row->raw.n), row->raw.n},
	};
}

void
columns_init(struct columns *columns, const struct map *map, const struct csv_row *header)
{
	*columns = (struct columns){.map = map};
	copy_header(columns, header);
	columns->column = arena_alloc(&columns->arena, (header->n + 1) * sizeof *columns->column);
}

static void
note(struct buf *names, const char *name)
{
	if (names->len)
		buf_adds(names, ", ");
	text_quote(names, name, strlen(name));
}

static struct column *
add_column(struct columns *columns, const char *name, size_t index)
{
	const struct map *map = columns->map;
	struct map_clean *clean = map->clean.v;
	struct column *column = &columns->column[columns->n++];
	size_t i;

	column->name = name;
	column->index = index;
	column->clean = arena_alloc(&columns->arena, (map->clean.n + 1) * sizeof(struct map_clean *));
	for (i = 0; i < map->clean.n; i++)
		if (is_same_name(clean[i].column, name))
			column->clean[column->cleans++] = &clean[i];
	return column;
}

struct column *
columns_find(struct columns *columns, const char *name)
{
	const struct csv_row *header = &columns->header;
	size_t i, index = header->n;

	for (i = 0; i < columns->n; i++)
		if (is_same_name(columns->column[i].name, name))
			return &columns->column[i];
	for (i = 0; i < header->n; i++) {
		if (!is_same_name(header->cell[i], name))
			continue;
		if (index < header->n) {
			note(&columns->doubled, name);
			return NULL;
		}
		index = i;
	}
	if (index < header->n)
		return add_column(columns, name, index);
	note(&columns->missing, name);
	columns->lacks++;
	return NULL;
}

int
columns_check(const struct columns *columns, const char *file, struct error *err)
{
	bool several = columns->lacks > 1;
	struct buf names = {0};
	size_t i;

	if (columns->lacks) {
		for (i = 0; i < columns->header.n; i++)
			note(&names, columns->header.cell[i]);
		error_at(err, file, columns->header.line, 0,
			 "%s names the column%s %s, which %s not in the header: %s", columns->map->file,
			 several ? "s" : "", columns->missing.data, several ? "are" : "is", names.data);
		buf_free(&names);
		return -1;
	}
	if (columns->doubled.len)
		return error_at(err, file, columns->header.line, 0,
				"%s names %s, which is in the header twice", columns->map->file,
				columns->doubled.data);
	return 0;
}

static int
clean_cell(struct column *column, struct error *why)
{
	struct str text;
	struct buf swap;
	size_t i;

	buf_clear(&column->value);
	buf_add(&column->value, column->raw.data, column->raw.len);
	for (i = 0; i < column->cleans; i++) {
		enum rx_result found;

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

const struct column *
columns_take(struct columns *columns, const struct csv_row *row, struct error *why)
{
	struct column *column;
	const char *cell;
	size_t i, n;

	for (i = 0; i < columns->n; i++) {
		column = &columns->column[i];
		cell = column->index < row->n ? row->cell[column->index] : "";
		n = column->index < row->n ? row->len[column->index] : 0;
		if (column->version && n == column->raw.len && memcmp(cell, column->raw.data, n) == 0)
			continue;
		column->version++;
		buf_clear(&column->raw);
		buf_add(&column->raw, cell, n);
		if (clean_cell(column, why) < 0) {
			column->raw.len = (size_t)-1; /* equals no cell: nothing was made of it */
			return column;
		}
	}
	return NULL;
}

void
columns_free(struct columns *columns)
{
	size_t i;

	for (i = 0; i < columns->n; i++) {
		buf_free(&columns->column[i].raw);
		buf_free(&columns->column[i].spare);
		buf_free(&columns->column[i].value);
	}
	buf_free(&columns->missing);
	buf_free(&columns->doubled);
	arena_free(&columns->arena);
}
