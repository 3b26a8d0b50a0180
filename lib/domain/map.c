#include "domain/map.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/account.h"
#include "domain/cell.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define PIVOT 68 /* POSIX strptime: 69–99 are 19yy */

static const struct field csv_table[] = {
    {"encoding", FIELD_TEXT, offsetof(struct map_csv, encoding), NULL, NULL, 0, NULL,
     "as iconv names it: utf-8 (the default), windows-1251, windows-1257, utf-16 …"},
    {"delimiter", FIELD_TEXT, offsetof(struct map_csv, delimiter), NULL, NULL, 0, NULL,
     "between cells: one character, or the word tab; \",\" by default"},
    {"skip", FIELD_INT, offsetof(struct map_csv, skip), NULL, NULL, 0, "lines",
     "title lines before the header"},
    {"header", FIELD_YESNO, offsetof(struct map_csv, header), NULL, NULL, 0, NULL,
     "whether the first line holds the columns' titles; yes by default"},
};
static const struct fields csv_fields = {"csv", csv_table, COUNT(csv_table), sizeof(struct map_csv), false};

static const struct field number_table[] = {
    {"decimal", FIELD_TEXT, offsetof(struct map_number, decimal), NULL, NULL, 0, NULL,
     "decimal mark: \".\" (the default) or \",\""},
    {"group", FIELD_TEXT, offsetof(struct map_number, group), NULL, NULL, 0, NULL,
     "marks between groups of three digits; a blank is also U+00A0 and U+202F"},
};
static const struct fields number_fields = {"number", number_table, COUNT(number_table),
					    sizeof(struct map_number), false};

static const struct field account_table[] = {
    {"external", FIELD_PAIRS, offsetof(struct map_account, external), NULL, NULL, 0, NULL,
     "system → the column with the client's code in it; looked up first, in this order"},
    {"name", FIELD_TEXT, offsetof(struct map_account, name), NULL, NULL, 0, NULL,
     "the column with the client's name; looked up among names and aliases when no code is known"},
};
static const struct fields account_columns = {"account", account_table, COUNT(account_table),
					      sizeof(struct map_account), false};

static const struct field clean_table[] = {
    {"column", FIELD_TEXT, offsetof(struct map_clean, column), NULL, NULL, FIELD_REQUIRED, NULL, "which"},
    {"match", FIELD_TEXT, offsetof(struct map_clean, match), NULL, NULL, FIELD_REQUIRED, NULL,
     "a Perl-compatible regular expression"},
    {"replace", FIELD_TEXT, offsetof(struct map_clean, replace), NULL, NULL, 0, NULL,
     "what every match becomes, $1 being the first group; nothing by default"},
};
static const struct fields clean_fields = {"clean", clean_table, COUNT(clean_table), sizeof(struct map_clean),
					   false};

static const struct field test_table[] = {
    {"column", FIELD_TEXT, offsetof(struct map_test, column), NULL, NULL, FIELD_REQUIRED, NULL, "which"},
    {"match", FIELD_TEXT, offsetof(struct map_test, match), NULL, NULL, FIELD_REQUIRED, NULL,
     "a Perl-compatible regular expression"},
};
static const struct fields test_fields = {"test", test_table, COUNT(test_table), sizeof(struct map_test),
					  false};

static const struct field map_table[] = {
    {"kind", FIELD_WORD, offsetof(struct map, kind), NULL, map_kind_words, FIELD_REQUIRED, NULL,
     "what a row is"},
    {"source", FIELD_TEXT, offsetof(struct map, source), NULL, NULL, 0, NULL,
     "name of the system; needed for sales and products: a month of one source replaces that month of the "
     "same source only"},
    {"currency", FIELD_CURRENCY, offsetof(struct map, currency), NULL, NULL, 0, NULL,
     "three capitals, as EUR; stated in the account, and compared with signs and codes in cells"},
    {"csv", FIELD_MAP, offsetof(struct map, csv), &csv_fields, NULL, 0, NULL, "how the file is written"},
    {"number", FIELD_MAP, offsetof(struct map, number), &number_fields, NULL, 0, NULL,
     "how numbers are written"},
    {"date", FIELD_TEXT, offsetof(struct map, date), NULL, NULL, 0, NULL,
     "how dates are written, as for strptime(3): \"%d.%m.%Y\", or excel; by default \"%Y-%m-%d\""},
    {"pivot", FIELD_INT, offsetof(struct map, pivot), NULL, NULL, 0, NULL,
     "two-digit years up to it are 20yy, those above 19yy; 68 by default"},
    {"account", FIELD_MAP, offsetof(struct map, account), &account_columns, NULL, FIELD_REQUIRED, NULL,
     "how a row finds its account"},
    {"columns", FIELD_PAIRS, offsetof(struct map, columns), NULL, NULL, 0, NULL,
     "field → the column it is read from"},
    {"clean", FIELD_LIST, offsetof(struct map, clean), &clean_fields, NULL, 0, NULL,
     "replacements in columns, in order, before anything is read"},
    {"skip-rows", FIELD_MAP, offsetof(struct map, skip_rows), &test_fields, NULL, 0, NULL,
     "rows that are left out: totals, titles between"},
    {"returns", FIELD_MAP, offsetof(struct map, returns), &test_fields, NULL, 0, NULL,
     "rows of sales that are returns; without it those with a negative amount are"},
};
const struct fields map_fields = {"map", map_table, COUNT(map_table), sizeof(struct map), false};

static void __attribute__((format(printf, 4, 5)))
map_error(struct map *map, const struct node *at, struct sink *sink, const char *fmt, ...)
{
	struct error err;
	char text[sizeof err.text];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	node_error(&err, &map->doc, at ? at : map->doc.root, "%s", text);
	sink_put(sink, SEVERITY_ERROR, "map", &err);
}

static bool
is_delimiter(const char *s)
{
	return (unsigned char)s[0] < 0x80 && !strchr("\"\r\n", s[0]) && !s[1];
}

static void
check_dialect(struct map *map, struct sink *sink)
{
	const char *delimiter = map->csv.delimiter;

	map->dialect.encoding = map->csv.encoding;
	map->dialect.skip = (size_t)map->csv.skip;
	map->dialect.headless = map->csv.header == YESNO_NO;
	map->dialect.delimiter = ',';
	if (delimiter && strcmp(delimiter, "tab") == 0)
		map->dialect.delimiter = '\t';
	else if (delimiter && is_delimiter(delimiter))
		map->dialect.delimiter = delimiter[0];
	else if (delimiter)
		map_error(map, node_get(map->csv.node, "delimiter"), sink,
			  "csv.delimiter: neither one ASCII character nor the word tab");
	map->number_format.decimal = '.';
	map->number_format.group = map->number.group;
	if (map->number.decimal) {
		map->number_format.decimal = map->number.decimal[0];
		if (strcmp(map->number.decimal, ".") != 0 && strcmp(map->number.decimal, ",") != 0)
			map_error(map, node_get(map->number.node, "decimal"), sink,
				  "number.decimal: neither \".\" nor \",\"");
	}
	if (map->number.group && strchr(map->number.group, map->number_format.decimal))
		map_error(map, node_get(map->number.node, "group"), sink,
			  "number.group: the decimal mark cannot be a group mark too");
}

size_t
map_column_number(const char *column)
{
	size_t n = 0;

	if (column[0] != '#' || column[1] == '0')
		return 0;
	for (const char *p = column + 1; *p; p++) {
		if (*p < '0' || *p > '9')
			return 0;
		n = n * 10 + (size_t)(*p - '0');
		if (n > CSV_CELLS_MAX)
			return 0;
	}
	return n;
}

static void
count_column(size_t *most, const char *column)
{
	size_t number = column ? map_column_number(column) : 0;

	if (number > *most)
		*most = number;
}

size_t
map_columns_most(const struct map *map)
{
	const struct map_clean *clean = map->clean.v;
	size_t i, most = 0;

	for (i = 0; i < map->account.external.n; i++)
		count_column(&most, map->account.external.text[i]);
	for (i = 0; i < map->columns.n; i++)
		count_column(&most, map->columns.text[i]);
	for (i = 0; i < map->clean.n; i++)
		count_column(&most, clean[i].column);
	count_column(&most, map->account.name);
	count_column(&most, map->skip_rows.column);
	count_column(&most, map->returns.column);
	return most;
}

static void
check_number(struct map *map, const struct node *parent, const char *key, const char *column,
	     struct sink *sink)
{
	if (column && map_column_number(column) == 0)
		map_error(
		    map, node_get(parent, key), sink,
		    "%s: no number of a column, as \"#1\", and csv.header says that there are no titles",
		    text_quoted(&map->arena, column));
}

/* where there is no header, all columns go by their numbers */
static void
check_header(struct map *map, struct sink *sink)
{
	const struct node *external = node_get(map->account.node, "external");
	const struct node *columns = node_get(map->node, "columns");
	const struct map_clean *clean = map->clean.v;
	const struct pairs *codes = &map->account.external;
	size_t i;

	if (map->csv.header != YESNO_NO)
		return;
	for (i = 0; i < codes->n; i++)
		check_number(map, external, codes->name[i], codes->text[i], sink);
	check_number(map, map->account.node, "name", map->account.name, sink);
	for (i = 0; i < map->columns.n; i++)
		check_number(map, columns, map->columns.name[i], map->columns.text[i], sink);
	for (i = 0; i < map->clean.n; i++)
		check_number(map, clean[i].node, "column", clean[i].column, sink);
	check_number(map, map->skip_rows.node, "column", map->skip_rows.column, sink);
	check_number(map, map->returns.node, "column", map->returns.column, sink);
}

static void
check_column(struct map *map, const char *name, struct sink *sink)
{
	const struct node *at = node_get(node_get(map->node, "columns"), name);
	const struct field *field = map_field(map->type, name);
	const char *quoted, *nearest;

	if (field && cell_fits(field->type))
		return;
	quoted = text_quoted(&map->arena, name);
	nearest = field ? NULL : map_field_nearest(map->type, name, &map->arena);
	if (field)
		map_error(map, at, sink, "columns: %s of kind %s cannot be read from a column", quoted,
			  map->type->name);
	else if (nearest)
		map_error(map, at, sink, "columns: kind %s has no field %s; did you mean \"%s\"?",
			  map->type->name, quoted, nearest);
	else
		map_error(map, at, sink, "columns: kind %s has no field %s", map->type->name, quoted);
}

static bool
has_column(const struct map *map, const char *field)
{
	size_t i;

	for (i = 0; i < map->columns.n; i++)
		if (strcmp(map->columns.name[i], field) == 0)
			return true;
	return false;
}

static void
check_columns(struct map *map, struct sink *sink)
{
	const char *const *required;
	size_t i;

	for (i = 0; i < map->columns.n; i++)
		check_column(map, map->columns.name[i], sink);
	for (required = map->type->required; *required; required++)
		if (!has_column(map, *required))
			map_error(map, node_get(map->node, "columns"), sink, "columns: kind %s needs \"%s\"",
				  map->type->name, *required);
}

/* what finds an account is said under account: alone */
static void
check_accounts(struct map *map, struct sink *sink)
{
	const struct node *columns = node_get(map->node, "columns");

	if (has_column(map, "id"))
		map_error(map, node_get(columns, "id"), sink,
			  "columns: the id is not read, it is made from the account's name or code");
	if (has_column(map, "name"))
		map_error(map, node_get(columns, "name"), sink,
			  "columns: the column of the name stands under account:, as name");
}

/* rows that are summed: where they come from, and one way to an amount */
static void
check_summed(struct map *map, struct sink *sink)
{
	const struct node *columns = node_get(map->node, "columns");
	bool product = has_column(map, "quantity") && has_column(map, "price");

	if (!map->source)
		map_error(map, NULL, sink, "source: needed for %s; name the system they come from",
			  map->type->name);
	if (!has_column(map, "revenue") && !product)
		map_error(map, columns, sink, "columns: %s need \"revenue\", or \"quantity\" and \"price\"",
			  map->type->name);
	if (has_column(map, "revenue") && (has_column(map, "quantity") || has_column(map, "price")))
		map_error(map, columns, sink,
			  "columns: \"revenue\", or \"quantity\" and \"price\", not both");
	if (has_column(map, "cost") && has_column(map, "margin"))
		map_error(map, columns, sink, "columns: \"cost\" or \"margin\", not both");
	if (has_column(map, "line") && !has_column(map, "document"))
		map_error(
		    map, node_get(columns, "line"), sink,
		    "columns: \"line\" is the row's number inside its document, so it needs \"document\" "
		    "too");
}

static struct rx *
compile(struct map *map, const struct node *node, const char *pattern, struct sink *sink)
{
	struct error err;
	struct rx *rx;

	if (!pattern)
		return NULL;
	rx = rx_new(pattern, &err);
	if (!rx)
		map_error(map, node_get(node, "match"), sink, "match: %s", err.text);
	return rx;
}

static void
check_patterns(struct map *map, struct sink *sink)
{
	struct map_clean *clean = map->clean.v;
	struct error err;
	size_t i;

	for (i = 0; i < map->clean.n; i++) {
		clean[i].rx = compile(map, clean[i].node, clean[i].match, sink);
		if (!clean[i].replace)
			clean[i].replace = "";
		if (clean[i].rx && rx_check_replacement(clean[i].match, clean[i].replace, &err) < 0)
			map_error(map, node_get(clean[i].node, "replace"), sink, "replace: %s", err.text);
	}
	map->skip_rows.rx = compile(map, map->skip_rows.node, map->skip_rows.match, sink);
	map->returns.rx = compile(map, map->returns.node, map->returns.match, sink);
	if (date_pattern_init(&map->pattern, map->date ? map->date : "%Y-%m-%d", &err) < 0)
		map_error(map, node_get(map->node, "date"), sink, "%s", err.text);
	map->pattern.pivot = node_get_text(map->node, "pivot") ? map->pivot : PIVOT;
	if (map->pivot > 99)
		map_error(map, node_get(map->node, "pivot"), sink,
			  "pivot: not a year of two digits, 0 to 99");
}

int
map_read(struct map *map, struct str text, const char *file, struct sink *sink)
{
	size_t errors = sink->errors;
	struct error err;

	*map = (struct map){.file = file};
	if (doc_parse(&map->doc, file, 1, text, &err) < 0) {
		sink_put(sink, SEVERITY_ERROR, "yaml", &err);
		return -1;
	}
	fields_read(&map->doc, map->doc.root, &map_fields, map, &map->arena, sink);
	if (!map->kind)
		return -1;
	map->type = map_kind_find(map->kind);
	check_dialect(map, sink);
	check_header(map, sink);
	check_columns(map, sink);
	check_patterns(map, sink);
	if (map->type->summed)
		check_summed(map, sink);
	if (map->type->fields == &account_fields)
		check_accounts(map, sink);
	if (map->account.external.n == 0 && !map->account.name)
		map_error(
		    map, map->account.node, sink,
		    "account: no column finds the account; give external: {system: column}, or name: column");
	return sink->errors == errors ? 0 : -1;
}

void
map_free(struct map *map)
{
	struct map_clean *clean = map->clean.v;
	size_t i;

	for (i = 0; i < map->clean.n; i++)
		rx_free(clean[i].rx);
	rx_free(map->skip_rows.rx);
	rx_free(map->returns.rx);
	doc_free(&map->doc);
	arena_free(&map->arena);
}
