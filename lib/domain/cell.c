#include "domain/cell.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define MONEY_PLACES 2
#define WHOLE_MAX 999999999 /* of a FIELD_INT */

static const char empty_kind[] = "empty cell";
static const char wrong_kind[] = "wrong value";

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
	case FIELD_CURRENCY:
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

/* money of another currency is never summed with the map's */
static int
check_mark(const struct map *map, struct str mark, const char *cell, size_t n, const char **kind,
	   struct error *err)
{
	char than[32];

	if (mark.n == 0 || (map->currency && currency_has_mark(map->currency, mark)))
		return 0;
	if (!map->currency)
		return misfit(err, kind, "currency not stated", " in the map; add currency: to it", cell, n);
	snprintf(than, sizeof than, " than the map's %.3s", map->currency);
	return misfit(err, kind, "another currency", than, cell, n);
}

int
cell_decimal(const struct map *map, const char *cell, size_t n, struct decimal *d, const char **kind,
	     struct error *err)
{
	char format[64];
	struct str mark;

	if (n == 0)
		return misfit(err, kind, empty_kind, ", a number is needed", cell, n);
	if (decimal_parse_format(cell, n, &map->number_format, d, &mark) == 0)
		return check_mark(map, mark, cell, n, kind, err);
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

static int
misfit_word(const char *const *words, const char *cell, size_t n, const char **kind, struct error *err)
{
	struct buf text = {0};
	size_t i;
	int status;

	for (i = 0; words[i]; i++)
		buf_printf(&text, "%s%s", i ? ", " : ", not one of ", words[i]);
	status = misfit(err, kind, wrong_kind, text.data, cell, n);
	buf_free(&text);
	return status;
}

static bool
is_word_end(char c)
{
	return c == ',' || c == ';';
}

/* words between commas or semicolons, of those that the field knows; *list NULL: there is none */
static int
words_node(const struct field *field, const char *cell, size_t n, struct arena *arena, struct node **list,
	   const char **kind, struct error *err)
{
	size_t i = 0, end, next;
	const char *word;

	for (; i < n; i = next) {
		while (i < n && (cell[i] == ' ' || is_word_end(cell[i])))
			i++;
		for (next = i; next < n && !is_word_end(cell[next]); next++)
			;
		for (end = next; end > i && cell[end - 1] == ' '; end--)
			;
		if (end == i)
			continue;
		word = field->words ? find_word(field->words, cell + i, end - i, arena)
				    : arena_copy(arena, cell + i, end - i);
		if (!word)
			return misfit_word(field->words, cell + i, end - i, kind, err);
		if (!*list)
			*list = node_new_list(arena, STYLE_FLOW);
		node_put(arena, *list, NULL, node_new_text(arena, word));
	}
	return 0;
}

/* text of a number: money with cents, rounded here, once; a whole number without places; else as it was */
static int
number_text(const struct map *map, const struct field *field, const char *cell, size_t n, struct arena *arena,
	    struct buf *out, const char **kind, struct error *err)
{
	struct decimal d, whole, most = decimal_int(WHOLE_MAX);

	if (cell_decimal(map, cell, n, &d, kind, err) < 0)
		return -1;
	if (field->type == FIELD_INT) {
		whole = decimal_round(d, 0);
		if (decimal_cmp(&d, &whole) != 0 || decimal_sign(&d) < 0 || decimal_cmp(&d, &most) > 0)
			return misfit(err, kind, "not a whole number", ", 0 to 999999999", cell, n);
		decimal_format(out, d, 0);
		if (field->words && !find_word(field->words, out->data, out->len, arena))
			return misfit_word(field->words, cell, n, kind, err);
	} else if (field->unit && strcmp(field->unit, "money") == 0) {
		if (!decimal_fits(d, MONEY_PLACES))
			return misfit(err, kind, "too large", ", more than 34 digits before the point", cell,
				      n);
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
		return number_text(map, field, cell, n, arena, out, kind, err) < 0 ? NULL : out->data;
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
		if (!found)
			misfit_word(field->words, cell, n, kind, err);
		return found;
	case FIELD_CURRENCY:
		found = arena_copy(arena, cell, n);
		found = field_currency_is_valid(found) ? found : NULL;
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
		misfit(err, kind, wrong_kind,
		       arena_printf(arena, ", not %s%s", field->type == FIELD_YESNO ? "" : "a ",
				    field_type_name(field->type)),
		       cell, n);
	return found;
}

/* a cell with line breaks, however the file writes them */
static const char *
text_of_lines(struct arena *arena, const char *cell, size_t n)
{
	char *text = arena_copy(arena, cell, n), *to = text;

	if (!memchr(cell, '\r', n))
		return text;
	for (const char *p = text; p < text + n; p++) {
		if (*p != '\r')
			*to++ = *p;
		else if (p + 1 == text + n || p[1] != '\n')
			*to++ = '\n';
	}
	*to = '\0';
	return text;
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
	if (field->type == FIELD_WORDS)
		return words_node(field, cell, n, arena, node, kind, err);
	if (field->type == FIELD_TEXT || field->type == FIELD_ID) {
		*node = node_new_text(arena, text_of_lines(arena, cell, n));
		if (field->type == FIELD_ID && !field_id_is_valid((*node)->text))
			return misfit(err, kind, wrong_kind, ", not an identifier", cell, n);
		return 0;
	}
	plain = plain_text(map, field, cell, n, arena, &text, kind, err);
	if (plain)
		*node = node_new_plain(arena, plain);
	buf_free(&text);
	return plain ? 0 : -1;
}
