#include "domain/columns.h"

#include <stdlib.h>
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
trim(struct str text)
{
	const char *s = text.p;
	size_t n = text.n, len;

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

/* the same titles, blanks around them aside? */
static bool
is_same_title(struct str a, struct str b)
{
	struct str x = trim(a), y = trim(b);

	return str_equal(x, y);
}

void
columns_init(struct columns *columns, const struct map *map, const struct csv_row *header)
{
	*columns = (struct columns){.map = map, .header = header};
	columns->column = arena_alloc(&columns->arena, (header->n + 1) * sizeof *columns->column);
}

static void
note(struct buf *names, const char *name, size_t n)
{
	if (names->len)
		buf_adds(names, ", ");
	text_quote(names, name, n);
}

/* columns of that title; the place of number `which` among them, from 1, into *index */
static size_t
count_titles(const struct columns *columns, struct str title, size_t which, size_t *index)
{
	size_t i, found = 0;

	for (i = 0; i < columns->header->n && !columns->map->dialect.headless; i++)
		if (is_same_title(columns->header->cell[i], title) && ++found == which)
			*index = i;
	return found;
}

/* how many columns the name could mean; of one, its place into *index */
static size_t
resolve(const struct columns *columns, const char *name, size_t *index)
{
	size_t found = count_titles(columns, (struct str){name, strlen(name)}, 1, index), which;
	const char *mark = strrchr(name, '#');

	if (found || !mark)
		return found;
	which = map_column_number(mark);
	if (mark == name) {
		*index = which - 1;
		return which > 0 && which <= columns->header->n;
	}
	return which > 0 &&
	       count_titles(columns, (struct str){name, (size_t)(mark - name)}, which, index) >= which;
}

/* those replacements of the map that mean the column */
static void
find_cleans(struct columns *columns, struct csv_column *column)
{
	const struct map_clean *rule = columns->map->clean.v;
	size_t i, n = columns->map->clean.n, index;

	column->clean = arena_alloc(&columns->arena, (n + 1) * sizeof *column->clean);
	for (i = 0; i < n; i++)
		if (resolve(columns, rule[i].column, &index) == 1 && index == column->index)
			column->clean[column->cleans++] =
			    (struct column_clean){&rule[i], rx_share(rule[i].rx, NULL)};
}

struct csv_column *
columns_find(struct columns *columns, const char *name)
{
	size_t i, index = 0, found = resolve(columns, name, &index);
	struct csv_column *column;

	if (found != 1) {
		note(found ? &columns->doubled : &columns->missing, name, strlen(name));
		columns->lacks += found ? 0 : 1;
		return NULL;
	}
	for (i = 0; i < columns->n; i++)
		if (columns->column[i].index == index)
			return &columns->column[i];
	column = &columns->column[columns->n++];
	column->name = name;
	column->index = index;
	find_cleans(columns, column);
	return column;
}

/* what the file has instead */
static void
add_titles(const struct columns *columns, struct buf *text)
{
	size_t i;

	if (columns->map->dialect.headless) {
		buf_printf(text, "by csv.header: no, columns are called \"#1\" to \"#%zu\"",
			   columns->header->n);
		return;
	}
	for (i = 0; i < columns->header->n; i++)
		note(text, columns->header->cell[i].p, columns->header->cell[i].n);
}

int
columns_check(const struct columns *columns, const char *file, struct error *err)
{
	bool several = columns->lacks > 1;
	struct buf names = {0};

	if (columns->lacks) {
		add_titles(columns, &names);
		error_at(err, file, columns->header->line, 0,
			 "%s names the column%s %s, which %s not in the header: %s", columns->map->file,
			 several ? "s" : "", columns->missing.data, several ? "are" : "is", names.data);
		buf_free(&names);
		return -1;
	}
	if (columns->doubled.len)
		return error_at(err, file, columns->header->line, 0,
				"%s names %s, which is in the header twice; add #1, #2 … to the name, or "
				"call it by its place, as \"#4\"",
				columns->map->file, columns->doubled.data);
	return 0;
}

void
columns_begin(struct columns *columns)
{
	size_t i;

	for (i = 0; i < columns->n; i++)
		columns->column[i].raw.n = (size_t)-1; /* equals no cell */
}

/* replaces in the column's value, which becomes a copy if anything is */
static int
clean_cell(struct columns *columns, struct csv_column *column, struct arena *arena, struct error *why)
{
	struct buf swap;
	size_t i;

	for (i = 0; i < column->cleans; i++) {
		const struct column_clean *clean = &column->clean[i];
		enum rx_result found;

		if (!clean->rx) {
			error_set(why, "pattern: no memory to match it with");
			return -1;
		}
		buf_clear(&columns->spare);
		found = rx_replace(clean->rx, column->value.p, column->value.n, clean->rule->replace,
				   &columns->spare, why);
		if (found < 0)
			return -1;
		if (found == RX_NO)
			continue;
		swap = columns->cleaned;
		columns->cleaned = columns->spare;
		columns->spare = swap;
		column->value = (struct str){columns->cleaned.data, columns->cleaned.len};
	}
	if (column->value.p == columns->cleaned.data)
		column->value.p = arena_copy(arena, column->value.p, column->value.n);
	return 0;
}

/* surely no blank, which is ASCII or the no-break space */
static bool
is_solid(char c)
{
	return c > ' ' && c < '\x7F';
}

/* what the column makes of a cell that is new */
static int
take_cell(struct columns *columns, struct csv_column *column, struct arena *arena, struct error *why)
{
	column->value.p = column->raw.p;
	column->value.n = column->raw.n;
	if (column->cleans && clean_cell(columns, column, arena, why) < 0) {
		column->raw.n = (size_t)-1; /* equals no cell */
		return -1;
	}
	if (column->value.n && is_solid(column->value.p[0]) && is_solid(column->value.p[column->value.n - 1]))
		return 0;
	column->value = trim(column->value);
	return 0;
}

const struct csv_column *
columns_take(struct columns *columns, const struct csv_row *row, struct arena *arena, struct error *why)
{
	struct csv_column *column = columns->column, *end = column + columns->n;
	const struct str none = {"", 0}, *cell;

	for (; column < end; column++) {
		cell = column->index < row->n ? &row->cell[column->index] : &none;
		if (str_equal(*cell, column->raw))
			continue;
		column->version++;
		column->raw.p = row->stays ? cell->p : arena_copy(arena, cell->p, cell->n);
		column->raw.n = cell->n;
		if (take_cell(columns, column, arena, why) < 0)
			return column;
	}
	return NULL;
}

void
columns_free(struct columns *columns)
{
	size_t i, k;

	for (i = 0; i < columns->n; i++)
		for (k = 0; k < columns->column[i].cleans; k++)
			rx_free(columns->column[i].clean[k].rx);
	buf_free(&columns->missing);
	buf_free(&columns->doubled);
	buf_free(&columns->cleaned);
	buf_free(&columns->spare);
	arena_free(&columns->arena);
}
