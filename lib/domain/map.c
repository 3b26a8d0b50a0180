#include "domain/map.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/account.h"
#include "domain/cell.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define FIELDS_MAX 64 /* of a table, looked at for the nearest name */
#define PIVOT 68      /* POSIX strptime: 69–99 are 19yy */

static const struct field sales_table[] = {
    {"date", FIELD_DATE, FIELD_UNREAD, NULL, NULL, FIELD_REQUIRED, NULL, "day of the sale"},
    {"document", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "number of the invoice or order: distinct ones that are not returns are counted as orders; without this "
     "column "
     "all rows of one day are one order"},
    {"revenue", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money",
     "amount without tax, negative for a return"},
    {"cost", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money",
     "cost of the goods; margin = revenue − cost"},
    {"margin", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money", "margin itself, where there is no cost"},
    {"quantity", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, NULL, "revenue = quantity × price"},
    {"price", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money", "for one unit"},
};
const struct fields sales_columns = {"row of sales", sales_table, COUNT(sales_table), 0, false};

static const char *const sales_required[] = {"date", NULL};
static const char *const contacts_required[] = {"name", NULL};
static const char *const invoices_required[] = {"id", "amount", NULL};
static const char *const none_required[] = {NULL};

const struct map_kind map_kinds[] = {
    {"sales", "sales", &sales_columns, sales_required,
     "rows of sales, summed by account, month and source while they are read"},
    {"accounts", NULL, &account_fields, none_required, "one account a row, its own fields"},
    {"contacts", "contacts", &contact_fields, contacts_required,
     "people of the clients; without an id column the id is made from the name"},
    {"invoices", "invoices", &invoice_fields, invoices_required, "claims, with what was paid"},
};
const size_t n_map_kinds = COUNT(map_kinds);

static const char *const kind_words[] = {"sales", "accounts", "contacts", "invoices", NULL};

static const struct field csv_table[] = {
    {"encoding", FIELD_TEXT, offsetof(struct map_csv, encoding), NULL, NULL, 0, NULL,
     "as iconv names it: utf-8 (the default), windows-1251, windows-1257, utf-16 …"},
    {"delimiter", FIELD_TEXT, offsetof(struct map_csv, delimiter), NULL, NULL, 0, NULL,
     "between cells: one character, or the word tab; \",\" by default"},
    {"skip", FIELD_INT, offsetof(struct map_csv, skip), NULL, NULL, 0, "lines",
     "title lines before the header"},
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
    {"kind", FIELD_WORD, offsetof(struct map, kind), NULL, kind_words, FIELD_REQUIRED, NULL, "what a row is"},
    {"source", FIELD_TEXT, offsetof(struct map, source), NULL, NULL, 0, NULL,
     "name of the system; needed for sales: a month of one source replaces that month of the same source "
     "only"},
    {"currency", FIELD_CURRENCY, offsetof(struct map, currency), NULL, NULL, 0, NULL,
     "three capitals, as EUR; stated in the account, and compared with signs and codes in cells"},
    {"csv", FIELD_MAP, offsetof(struct map, csv), &csv_fields, NULL, 0, NULL, "how the file is written"},
    {"number", FIELD_MAP, offsetof(struct map, number), &number_fields, NULL, 0, NULL,
     "how numbers are written"},
    {"date", FIELD_TEXT, offsetof(struct map, date), NULL, NULL, 0, NULL,
     "how dates are written, as for strptime(3): \"%d.%m.%Y\"; by default \"%Y-%m-%d\""},
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

const struct field *
map_field(const struct map_kind *kind, const char *name)
{
	const char *dot = strchr(name, '.');
	const struct field *field;
	char head[64];

	if (!dot)
		return field_find(kind->fields, name);
	if ((size_t)(dot - name) >= sizeof head)
		return NULL;
	memcpy(head, name, (size_t)(dot - name));
	head[dot - name] = '\0';
	field = field_find(kind->fields, head);
	return field && field->type == FIELD_MAP ? field_find(field->sub, dot + 1) : NULL;
}

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

/* the field that is nearest to an unknown name and can be read from a column, written as in the map; or NULL */
static const char *
nearest_field(struct map *map, const char *name)
{
	const struct fields *fields = map->type->fields;
	const char *names[FIELDS_MAX], *dot = strchr(name, '.'), *nearest, *head = "";
	const struct field *outer;
	size_t i, n = 0;

	if (dot) {
		head = arena_copy(&map->arena, name, (size_t)(dot - name));
		outer = field_find(fields, head);
		if (!outer || outer->type != FIELD_MAP)
			return NULL;
		fields = outer->sub;
		name = dot + 1;
	}
	for (i = 0; i < fields->n && n < FIELDS_MAX; i++)
		if (cell_fits(fields->field[i].type))
			names[n++] = fields->field[i].name;
	nearest = text_nearest(name, names, n);
	return nearest && dot ? arena_printf(&map->arena, "%s.%s", head, nearest) : nearest;
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
	nearest = field ? NULL : nearest_field(map, name);
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

static void
check_sales(struct map *map, struct sink *sink)
{
	const struct node *columns = node_get(map->node, "columns");
	bool product = has_column(map, "quantity") && has_column(map, "price");

	if (!map->source)
		map_error(map, NULL, sink, "source: needed for sales; name the system they come from");
	if (!has_column(map, "revenue") && !product)
		map_error(map, columns, sink,
			  "columns: sales need \"revenue\", or \"quantity\" and \"price\"");
	if (has_column(map, "revenue") && (has_column(map, "quantity") || has_column(map, "price")))
		map_error(map, columns, sink,
			  "columns: \"revenue\", or \"quantity\" and \"price\", not both");
	if (has_column(map, "cost") && has_column(map, "margin"))
		map_error(map, columns, sink, "columns: \"cost\" or \"margin\", not both");
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
	size_t errors = sink->errors, i;
	struct error err;

	*map = (struct map){.file = file};
	if (doc_parse(&map->doc, file, 1, text, &err) < 0) {
		sink_put(sink, SEVERITY_ERROR, "yaml", &err);
		return -1;
	}
	fields_read(&map->doc, map->doc.root, &map_fields, map, &map->arena, sink);
	if (!map->kind)
		return -1;
	for (i = 0; i < n_map_kinds; i++)
		if (strcmp(map_kinds[i].name, map->kind) == 0)
			map->type = &map_kinds[i];
	check_dialect(map, sink);
	check_columns(map, sink);
	check_patterns(map, sink);
	if (map->type->fields == &sales_columns)
		check_sales(map, sink);
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
