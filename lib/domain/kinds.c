/*
 * The kinds of exports: what a row of each is about, and which fields its
 * columns may fill. A kind whose rows make items of a section has that
 * section's own table of fields; rows that are summed have one of theirs.
 */
#include <string.h>

#include "base/text.h"
#include "domain/account.h"
#include "domain/cell.h"
#include "domain/map.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define FIELDS_MAX 64 /* of a table, looked at for the nearest name */
#define HEAD_MAX 64   /* bytes of a name before its dot */

static const struct field sales_table[] = {
    {"date", FIELD_DATE, FIELD_UNREAD, NULL, NULL, FIELD_REQUIRED, NULL, "day of the sale"},
    {"document", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "number of the invoice or order: distinct ones that are not returns are counted as orders; without this "
     "column all rows of one day are one order"},
    {"line", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "number of the row inside its document: the same line of the same document counts once"},
    {"product", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "product or product line: the revenue is summed by it too"},
    {"revenue", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money",
     "amount without tax, negative for a return"},
    {"cost", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money",
     "cost of the goods; margin = revenue − cost"},
    {"margin", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money", "margin itself, where there is no cost"},
    {"quantity", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, NULL, "revenue = quantity × price"},
    {"price", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money", "for one unit"},
};
const struct fields sales_columns = {"row of sales", sales_table, COUNT(sales_table), 0, false};

static const struct field product_table[] = {
    {"date", FIELD_DATE, FIELD_UNREAD, NULL, NULL, FIELD_REQUIRED, NULL, "a day of the month"},
    {"product", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, FIELD_REQUIRED, NULL, "product or product line"},
    {"revenue", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money",
     "amount without tax, negative for a return"},
    {"quantity", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, NULL, "revenue = quantity × price"},
    {"price", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, "money", "for one unit"},
    {"document", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "number of the invoice or order, of use only with the line"},
    {"line", FIELD_TEXT, FIELD_UNREAD, NULL, NULL, 0, NULL,
     "number of the row inside its document: the same line of the same document counts once"},
};
const struct fields product_columns = {"row of products", product_table, COUNT(product_table), 0, false};

static const char *const needs_none[] = {NULL};
static const char *const needs_id[] = {"id", NULL};
static const char *const needs_date[] = {"date", NULL};
static const char *const needs_name[] = {"name", NULL};
static const char *const invoices_need[] = {"id", "amount", NULL};
static const char *const log_needs[] = {"date", "kind", NULL};
static const char *const potential_needs[] = {"year", "amount", NULL};
static const char *const products_need[] = {"date", "product", NULL};
static const char *const news_needs[] = {"date", "title", NULL};

const struct map_kind map_kinds[] = {
    {"accounts", NULL, &account_fields, needs_none, NULL, false, "one account a row, its own fields"},
    {"contacts", "contacts", &contact_fields, needs_name, NULL, false,
     "people of the clients; without an id column the id is made from the name"},
    {"sales", "sales", &sales_columns, needs_date, "date", true,
     "rows of sales, summed by account, month and source while they are read"},
    {"invoices", "invoices", &invoice_fields, invoices_need, "date", false, "claims, with what was paid"},
    {"deliveries", "deliveries", &delivery_fields, needs_id, "ordered", false,
     "orders, with what was promised and what came"},
    {"deals", "deals", &deal_fields, needs_id, "opened", false,
     "sales to be won, each with its proposal, as a CRM has them"},
    {"log", "log", &log_entry_fields, log_needs, "date", false,
     "meetings, calls, visits and letters, as a calendar or CRM has them"},
    {"complaints", "complaints", &complaint_fields, needs_id, "opened", false, "complaints of the clients"},
    {"surveys", "surveys", &survey_fields, needs_date, "date", false, "answers to questionnaires, one a row"},
    {"voice", "voice", &voice_fields, needs_date, "date", false,
     "what our people on site were told, and what they propose"},
    {"potential", "potential", &potential_fields, potential_needs, NULL, false,
     "what the clients could buy in a year"},
    {"competitors", "competitors", &competitor_fields, needs_name, NULL, false,
     "who else sells to the clients; each row adds one criterion of the comparison, where it has one"},
    {"contracts", "contracts", &contract_fields, needs_id, "start", false, "terms agreed"},
    {"products", "sales", &product_columns, products_need, "date", true,
     "sales by product, summed by account, month and source; they add the products to the months, and "
     "nothing "
     "else"},
    {"news", "news", &news_fields, news_needs, "date", false, "news about the clients and their competitors"},
};
const size_t n_map_kinds = COUNT(map_kinds);

const char *const map_kind_words[] = {
    "accounts", "contacts", "sales",	 "invoices",	"deliveries", "deals",	  "log",  "complaints",
    "surveys",	"voice",    "potential", "competitors", "contracts",  "products", "news", NULL};

const struct map_kind *
map_kind_find(const char *name)
{
	size_t i;

	for (i = 0; i < n_map_kinds; i++)
		if (strcmp(map_kinds[i].name, name) == 0)
			return &map_kinds[i];
	return NULL;
}

/* Fields of a map inside; of a list inside an item too, one row being one entry of it. Lists of the account itself
 * are kinds of their own. */
static const struct fields *
fields_below(const struct map_kind *kind, const char *name, size_t n)
{
	const struct field *field;
	char head[HEAD_MAX];

	if (n >= sizeof head)
		return NULL;
	memcpy(head, name, n);
	head[n] = '\0';
	field = field_find(kind->fields, head);
	if (field && (field->type == FIELD_MAP || (field->type == FIELD_LIST && kind->section)))
		return field->sub;
	return NULL;
}

const struct field *
map_field(const struct map_kind *kind, const char *name)
{
	const char *dot = strchr(name, '.');
	const struct fields *fields = dot ? fields_below(kind, name, (size_t)(dot - name)) : kind->fields;

	return fields ? field_find(fields, dot ? dot + 1 : name) : NULL;
}

const char *
map_field_nearest(const struct map_kind *kind, const char *name, struct arena *arena)
{
	const char *names[FIELDS_MAX], *dot = strchr(name, '.'), *nearest;
	const struct fields *fields = dot ? fields_below(kind, name, (size_t)(dot - name)) : kind->fields;
	size_t i, n = 0;

	for (i = 0; fields && i < fields->n && n < FIELDS_MAX; i++)
		if (cell_fits(fields->field[i].type))
			names[n++] = fields->field[i].name;
	nearest = text_nearest(dot ? dot + 1 : name, names, n);
	return nearest && dot ? arena_printf(arena, "%.*s.%s", (int)(dot - name), name, nearest) : nearest;
}
