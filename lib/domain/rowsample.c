#include <string.h>

#include "domain/cell.h"
#include "domain/rowread.h"

static const char *
text_of(struct rowread *r, struct str text)
{
	return arena_copy(&r->rows->arena, text.p, text.n);
}

static void
give(struct rowread *r, struct row_sample *sample, const char *field, const struct csv_column *column,
     row_sample_fn *fn, void *data)
{
	sample->field = field;
	sample->column = column->name;
	sample->cell = text_of(r, column->raw);
	if (!sample->value)
		sample->value = text_of(r, column->value);
	fn(data, sample);
	sample->value = sample->fault = NULL;
}

/* what is read of a field's column */
static void
give_source(struct rowread *r, struct row_sample *sample, const struct source *source, row_sample_fn *fn,
	    void *data)
{
	struct arena *arena = &r->rows->arena;
	struct str value = source->column->value;
	struct buf text = {0};
	struct error why;
	struct node *node;
	const char *kind;

	if (cell_node(r->map, source->field, value.p, value.n, arena, &node, &kind, &why) < 0) {
		sample->fault = arena_strdup(arena, why.text);
	} else if (node && node->kind == NODE_SCALAR) {
		sample->value = node->text;
	} else if (node) {
		node_write_flow(&text, node);
		sample->value = arena_copy(arena, text.data, text.len);
	}
	give(r, sample, source->name, source->column, fn, data);
	buf_free(&text);
}

static void
give_row(struct rowread *r, struct row_sample *sample, row_sample_fn *fn, void *data)
{
	const struct pairs *codes = &r->map->account.external;
	size_t i;

	for (i = 0; i < codes->n; i++)
		give(r, sample, codes->name[i], r->code[i], fn, data);
	if (r->name)
		give(r, sample, "name", r->name, fn, data);
	for (i = 0; i < r->sources; i++)
		give_source(r, sample, &r->source[i], fn, data);
}

void
rowread_sample(struct rowread *r, struct rows *rows, size_t most, row_sample_fn *fn, void *data)
{
	struct row_sample sample = {0};
	struct csv_fault fault;
	struct csv_row row;
	struct error why;
	enum csv_result result;

	r->rows = rows;
	columns_begin(&r->columns);
	csvsplit_begin(r->split, &rows->block, 1);
	while (most > 0 && ((result = csvsplit_next(r->split, &row, &fault)) == CSV_READ_ROW ||
			    result == CSV_READ_REJECT)) {
		if (result == CSV_READ_REJECT || columns_take(&r->columns, &row, &rows->arena, &why))
			continue;
		sample.line = row.line;
		give_row(r, &sample, fn, data);
		most--;
	}
}
