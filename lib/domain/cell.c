#include "domain/cell.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define MONEY_PLACES 2

static const char empty_kind[] = "empty cell";

/* words for yes and no, folded, in the languages of those who export */
static const struct {
	const char *word;
	const char *value;
} switches[] = {
    {"yes", "yes"}, {"no", "no"},  {"true", "yes"}, {"false", "no"}, {"1", "yes"},
    {"0", "no"},    {"да", "yes"}, {"нет", "no"},   {"jā", "yes"},   {"nē", "no"},
};

bool
cell_fits(enum field_type type)
{
	switch (type) {
	case FIELD_TEXT:
	case FIELD_ID:
	case FIELD_YESNO:
	case FIELD_INT:
	case FIELD_DECIMAL:
	case FIELD_DATE:
	case FIELD_MONTH:
	case FIELD_MONTHDAY:
	case FIELD_OFFSET:
	case FIELD_WORD:
	case FIELD_WORDS:
		return true;
	default:
		return false;
	}
}

static int
misfit(struct error *err, const char **kind, const char *why, const char *format, const char *cell, size_t n)
{
	struct buf quoted = {0};

	*kind = why;
	text_quote(&quoted, cell, n);
	error_set(err, "%s%s: %s", why, format, quoted.data);
	buf_free(&quoted);
	return -1;
}

int
cell_decimal(const struct map *map, const char *cell, size_t n, struct decimal *d, const char **kind,
	     struct error *err)
{
	char format[64];

	if (n == 0)
		return misfit(err, kind, empty_kind, ", a number is needed", cell, n);
	if (decimal_parse_format(cell, n, &map->number_format, d) == 0)
		return 0;
	snprintf(format, sizeof format, " with decimal mark '%c'", map->number_format.decimal);
	return misfit(err, kind, "not a number", format, cell, n);
}

int
cell_date(const struct map *map, const char *cell, size_t n, struct date *d, const char **kind,
	  struct error *err)
{
	char format[128];

	if (n == 0)
		return misfit(err, kind, empty_kind, ", a date is needed", cell, n);
	if (date_pattern_parse(&map->pattern, cell, n, d) == 0)
		return 0;
	snprintf(format, sizeof format, " as \"%.100s\"", map->pattern.format);
	return misfit(err, kind, "not a date", format, cell, n);
}

static const char *
find_switch(const char *cell, size_t n, struct arena *arena)
{
	const char *folded = text_fold(arena, cell, n);
	size_t i;

	for (i = 0; i < sizeof switches / sizeof *switches; i++)
		if (strcmp(folded, switches[i].word) == 0)
			return switches[i].value;
	return NULL;
}

static const char *
find_word(const char *const *words, const char *cell, size_t n, struct arena *arena)
{
	const char *folded = text_fold(arena, cell, n);

	for (; *words; words++)
		if (strcmp(folded, *words) == 0)
			return *words;
	return NULL;
}

/* words between commas or semicolons */
static struct node *
words_node(const char *cell, size_t n, struct arena *arena)
{
	struct node *list = node_new_list(arena, STYLE_FLOW);
	size_t i = 0, end;

	while (i < n) {
		while (i < n && (cell[i] == ' ' || cell[i] == ',' || cell[i] == ';'))
			i++;
		for (end = i; end < n && cell[end] != ',' && cell[end] != ';'; end++)
			;
		while (end > i && cell[end - 1] == ' ')
			end--;
		if (end > i)
			node_put(arena, list, NULL,
				 node_new_text(arena, arena_copy(arena, cell + i, end - i)));
		while (end < n && cell[end] != ',' && cell[end] != ';')
			end++;
		i = end;
	}
	return list;
}

/* text of a number: money with cents, rounded here, once; a whole number without places; else as it was */
static int
number_text(const struct map *map, const struct field *field, const char *cell, size_t n, struct buf *out,
	    const char **kind, struct error *err)
{
	struct decimal d;

	if (cell_decimal(map, cell, n, &d, kind, err) < 0)
		return -1;
	if (field->type == FIELD_INT) {
		if (d.places > 0 || decimal_sign(&d) < 0)
			return misfit(err, kind, "not a whole number", "", cell, n);
		decimal_format(out, d, 0);
	} else if (field->unit && strcmp(field->unit, "money") == 0) {
		decimal_format(out, d, MONEY_PLACES);
	} else {
		decimal_format_exact(out, d);
	}
	return 0;
}

/* text of a value that is written plain; NULL with the error when the cell does not fit */
static const char *
plain_text(const struct map *map, const struct field *field, const char *cell, size_t n, struct arena *arena,
	   struct buf *out, const char **kind, struct error *err)
{
	const char *found = NULL;
	struct offset offset;
	struct date date;
	month m;

	switch (field->type) {
	case FIELD_DECIMAL:
	case FIELD_INT:
		return number_text(map, field, cell, n, out, kind, err) < 0 ? NULL : out->data;
	case FIELD_MONTHDAY:
	case FIELD_DATE:
		if (cell_date(map, cell, n, &date, kind, err) < 0)
			return NULL;
		date_format(out, date);
		return out->data;
	case FIELD_YESNO:
		found = find_switch(cell, n, arena);
		break;
	case FIELD_WORD:
		found = find_word(field->words, cell, n, arena);
		break;
	case FIELD_MONTH:
		found = month_parse(cell, n, &m) == 0 ? arena_copy(arena, cell, n) : NULL;
		break;
	case FIELD_OFFSET:
		found = offset_parse(cell, n, &offset) == 0 ? arena_copy(arena, cell, n) : NULL;
		break;
	default:
		break;
	}
	if (!found)
		misfit(err, kind, "wrong value",
		       arena_printf(arena, ", not a %s", field_type_name(field->type)), cell, n);
	return found;
}

int
cell_node(const struct map *map, const struct field *field, const char *cell, size_t n, struct arena *arena,
	  struct node **node, const char **kind, struct error *err)
{
	struct buf text = {0};
	const char *plain;

	*node = NULL;
	if (n == 0)
		return 0;
	if (field->type == FIELD_WORDS) {
		*node = words_node(cell, n, arena);
		return 0;
	}
	if (field->type == FIELD_TEXT || field->type == FIELD_ID) {
		*node = node_new_text(arena, arena_copy(arena, cell, n));
		if (field->type == FIELD_ID && !field_id_is_valid((*node)->text))
			return misfit(err, kind, "wrong value", ", not an identifier", cell, n);
		return 0;
	}
	plain = plain_text(map, field, cell, n, arena, &text, kind, err);
	if (plain)
		*node = node_new_plain(arena, plain);
	buf_free(&text);
	return plain ? 0 : -1;
}
