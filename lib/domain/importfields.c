/*
 * What rows say is taken into the accounts: fields, items and sales. A row
 * that says otherwise than one before is kept out whole.
 */
#include <string.h>

#include "base/text.h"
#include "domain/importrun.h"

/* the name of a field of which a row before says otherwise, with the reason, `whose` being the words for whose it is;
 * NULL: there is none */
static const char *
find_contradiction(struct run *run, const struct node *before, const struct node *said, const char *whose,
		   struct error *why)
{
	const struct rowread *r = run->worker;
	const struct node *value, *other;
	struct buf text = {0};
	size_t i;

	for (i = 0; i < r->sources; i++) {
		value = fields_get(said, r->source[i].name);
		other = value ? fields_get(before, r->source[i].name) : NULL;
		if (!other || node_equal(other, value))
			continue;
		node_write_flow(&text, other);
		error_set(why, "a row before says otherwise%s: %s", whose, text.data);
		buf_free(&text);
		return r->source[i].name;
	}
	return NULL;
}

static bool
is_inner_list(const struct fields *fields, const char *name)
{
	const struct field *field = field_find(fields, name);

	return field && field->type == FIELD_LIST;
}

/* adds the entries that are not there yet; key tells the list from all others */
static void
fill_list(struct run *run, struct node *list, const struct node *said, const char *key)
{
	struct arena *arena = &run->importer->book.arena;
	const struct node *entry;
	struct buf name = {0};
	void **place;

	for (entry = said->first; entry; entry = entry->next) {
		buf_clear(&name);
		buf_printf(&name, "%s\n%s\n", key, said->key);
		node_write_flow(&name, entry);
		if (hash_get(&run->importer->items, name.data, name.len))
			continue;
		place =
		    hash_put(&run->importer->items, arena_copy(arena, name.data, name.len), name.len, NULL);
		*place = node_put(arena, list, NULL, node_copy(arena, entry));
	}
	buf_free(&name);
}

/* adds what is not told yet; nothing in it contradicts */
static void
fill(struct run *run, struct node *into, const struct node *said, const char *key)
{
	struct arena *arena = &run->importer->book.arena;
	const struct node *value;
	struct node *before;

	for (value = said->first; value; value = value->next) {
		before = node_get(into, value->key);
		if (key && is_inner_list(run->map->type->fields, value->key)) {
			if (!before)
				before = node_put(arena, into, value->key, node_new_list(arena, STYLE_FLOW));
			fill_list(run, before, value, key);
		} else if (!before) {
			node_put(arena, into, value->key, node_copy(arena, value));
		} else if (value->kind == NODE_MAP) {
			fill(run, before, value, NULL);
		}
	}
}

/* the row's own currency is that of the account; 1: rejected, it has another */
static int
take_currency(struct run *run, const struct row *row, struct entry *entry)
{
	const char *currency = node_get_text(row->as.said.fields, "currency");
	struct error why;

	if (!currency || (entry->currency && strcmp(entry->currency, currency) == 0))
		return 0;
	if (!entry->currency) {
		entry->currency = arena_strdup(&run->importer->book.arena, currency);
		return 0;
	}
	error_set(&why, "the account %s is in %s, the row says %s", book_title(entry, &run->scratch),
		  entry->currency, currency);
	return run_reject(run, row, "contradiction", why.text);
}

int
run_take_account(struct run *run, const struct row *row, struct entry *entry)
{
	const struct node *said = row->as.said.fields;
	struct error why;
	const char *name = find_contradiction(run, entry->fields, said, "", &why);
	int status;

	if (name)
		return run_reject_field(run, row, name, "contradiction", why.text);
	status = take_currency(run, row, entry);
	if (status == 0)
		fill(run, entry->fields, said, NULL);
	return status;
}

static struct node *
add_item(struct run *run, struct entry *entry, const char *key)
{
	struct arena *arena = &run->importer->book.arena;
	const char *section = run->map->type->section;
	struct node *list = node_get(entry->items, section), *item;

	if (!list)
		list = node_put(arena, entry->items, section, node_new_list(arena, STYLE_BLOCK));
	item = node_put(arena, list, NULL, node_new_map(arena, STYLE_FLOW));
	*hash_put(&run->importer->items, arena_strdup(arena, key), strlen(key), NULL) = item;
	return item;
}

int
run_take_item(struct run *run, const struct row *row, struct entry *entry)
{
	const struct node *said = row->as.said.fields;
	const char *key = arena_printf(&run->scratch, "%zu/%s/%s", entry->number, run->map->type->section,
				       row->as.said.key);
	struct node *item = hash_get(&run->importer->items, key, strlen(key));
	const char *name = NULL, *whose;
	struct error why;

	whose = arena_printf(&run->scratch, " of %s", text_quoted(&run->scratch, row->as.said.key));
	if (item)
		name = find_contradiction(run, item, said, whose, &why);
	if (name)
		return run_reject_field(run, row, name, "contradiction", why.text);
	if (!item)
		item = add_item(run, entry, key);
	fill(run, item, said, key);
	return 0;
}

/* a line of a document, where it was read first */
struct document_line {
	const struct entry *entry;
	struct date date;
	struct decimal revenue, margin;
	bool is_return;
	const char *file;
	size_t line;
};

/* Numbers of documents begin anew each year, in many systems. */
static const char *
line_key(struct run *run, const struct row *row, size_t *n)
{
	const struct sales_row *sale = &row->as.sale.sum;
	struct str line = row->as.sale.line;
	struct buf key = {0};
	const char *copy;

	buf_printf(&key, "%s%c%s%c%d%c", run->map->kind, 0, run->map->source, 0, sale->date.year, 0);
	buf_add(&key, sale->document, sale->document_len);
	buf_addc(&key, '\0');
	buf_add(&key, line.p, line.n);
	*n = key.len;
	copy = arena_copy(&run->scratch, key.data, key.len);
	buf_free(&key);
	return copy;
}

static bool
is_equal(const struct decimal *a, const struct decimal *b)
{
	return a->known == b->known && (!a->known || decimal_cmp(a, b) == 0);
}

static bool
says_same(const struct document_line *before, const struct row *row, const struct entry *entry)
{
	const struct sales_row *sale = &row->as.sale.sum;

	return before->entry == entry && date_cmp(before->date, sale->date) == 0 &&
	       is_equal(&before->revenue, &sale->revenue) && is_equal(&before->margin, &sale->margin) &&
	       before->is_return == sale->is_return;
}

/* Is the line of the document read for the first time? 0; 1: it is not, and was counted as repeated or rejected; -1 */
static int
check_repetition(struct run *run, const struct row *row, const struct entry *entry)
{
	struct importer *importer = run->importer;
	const struct sales_row *sale = &row->as.sale.sum;
	size_t n, at = run->lines + run->rows->place[row->first].line;
	const char *key = line_key(run, row, &n), **stored;
	void **place = hash_put(&importer->lines, key, n, &stored);
	struct document_line *before = *place;
	struct error why;

	if (!before) {
		*stored = arena_copy(&importer->book.arena, key, n);
		*place = before = arena_alloc(&importer->book.arena, sizeof *before);
		*before = (struct document_line){
		    entry, sale->date, sale->revenue, sale->margin, sale->is_return, run->file, at};
		return 0;
	}
	if (!says_same(before, row, entry)) {
		error_set(&why, "this line of document %.*s stands in %s:%zu too, and says otherwise",
			  (int)(sale->document_len < 60 ? sale->document_len : 60), sale->document,
			  before->file, before->line);
		return run_reject(run, row, "contradiction", why.text);
	}
	importer->repeated++;
	error_at(&why, run->file, at, 0, "this line of document %.*s stands in %s:%zu too; it counts once",
		 (int)(sale->document_len < 60 ? sale->document_len : 60), sale->document, before->file,
		 before->line);
	if (importer->repeat)
		importer->repeat(importer->data, &why);
	return 1;
}

int
run_take_sale(struct run *run, const struct row *row, struct entry *entry)
{
	const struct sales_row *sale = &row->as.sale.sum;
	struct error why;
	int status;

	if (sale->document_len && row->as.sale.line.n) {
		status = check_repetition(run, row, entry);
		if (status)
			return status;
	}
	if (sales_add(&run->importer->sales, entry->number, run->map->source, sale, &why) == 0)
		return 0;
	return row->n > 1 ? 2 : run_reject(run, row, "too large", why.text);
}
