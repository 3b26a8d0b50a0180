#include "domain/bookparts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/company.h"
#include "domain/taxnumber.h"

/* the key of a code: its system, a NUL, the code; in book->key */
static void
make_key(struct book *book, const char *system, const char *code)
{
	buf_clear(&book->key);
	buf_add(&book->key, system, strlen(system) + 1);
	buf_adds(&book->key, code);
}

struct entry *
book_code(struct book *book, const char *system, const char *code)
{
	make_key(book, system, code);
	return hash_get(&book->by_code, book->key.data, book->key.len);
}

const char *
entry_code(const struct entry *entry, const char *system)
{
	const struct code *c;

	for (c = entry->codes; c; c = c->next)
		if (strcmp(c->system, system) == 0)
			return c->code;
	return NULL;
}

void
book_point_code(struct book *book, struct entry *entry, const char *system, const char *code)
{
	const char **stored;
	void **place;

	make_key(book, system, code);
	place = hash_put(&book->by_code, book->key.data, book->key.len, &stored);
	if (*place)
		return;
	*place = entry;
	*stored = arena_copy(&book->arena, book->key.data, book->key.len);
}

static void
list_add(struct book *book, struct hash *lists, const char *key, struct entry *entry, const char *country)
{
	const char **stored;
	void **place = hash_put(lists, key, strlen(key), &stored);
	struct named_list *list = *place;

	if (!list) {
		*stored = arena_strdup(&book->arena, key);
		*place = list = arena_alloc(&book->arena, sizeof *list);
		list->last = &list->first;
	} else if (list->last->entry == entry && strcmp(list->last->country, country) == 0) {
		return;
	} else {
		list->last = list->last->next = arena_alloc(&book->arena, sizeof *list->last);
	}
	list->n++;
	*list->last = (struct named){entry, *country ? arena_strdup(&book->arena, country) : "", NULL};
}

/* of a tax number the text is kept as it is */
void
book_add_code(struct book *book, struct entry *entry, const char *system, const char *code)
{
	struct code *c = arena_alloc(&book->arena, sizeof *c);
	struct arena scratch = {0};
	struct tax_number tax;

	c->system = arena_strdup(&book->arena, system);
	c->code = arena_strdup(&book->arena, code);
	if (entry->last_code)
		entry->last_code->next = c;
	else
		entry->codes = c;
	entry->last_code = c;
	if (!tax_system(system))
		book_point_code(book, entry, system, code);
	else if (tax_number_read(&tax, code, &scratch))
		list_add(book, &book->by_list[BOOK_BY_TAX], tax.number, entry, tax.country);
	arena_free(&scratch);
}

/* characters without width are no name */
void
book_add_name(struct book *book, struct entry *entry, const char *name, bool alias)
{
	struct arena scratch = {0};
	const char *folded = text_fold(&scratch, name, strlen(name));

	if (!*folded) {
		arena_free(&scratch);
		return;
	}
	if (alias) {
		list_add(book, &book->by_list[BOOK_BY_ALIAS], folded, entry, "");
	} else {
		list_add(book, &book->by_list[BOOK_BY_NAME], name, entry, "");
		list_add(book, &book->by_list[BOOK_BY_FOLDED], folded, entry, "");
	}
	list_add(book, &book->by_list[BOOK_BY_KEY], company_name_key(&scratch, name), entry, "");
	arena_free(&scratch);
}

static size_t
blank_length(const char *s, size_t n)
{
	if (n && ((unsigned char)*s <= ' ' || *s == 0x7F))
		return 1;
	return n > 1 && memcmp(s, "\u00A0", 2) == 0 ? 2 : 0;
}

const char *
name_trimmed(struct arena *arena, const char *name)
{
	size_t n = name ? strlen(name) : 0, blank;

	while ((blank = blank_length(name, n))) {
		name += blank;
		n -= blank;
	}
	while (n && (blank_length(name + n - 1, 1) || (n > 1 && blank_length(name + n - 2, 2) == 2)))
		n -= blank_length(name + n - 1, 1) ? 1 : 2;
	return n ? arena_copy(arena, name, n) : NULL;
}

struct entry *
book_add_entry(struct book *book, const char *name, const char *file, size_t line)
{
	struct entry *entry = arena_alloc(&book->arena, sizeof *entry);

	entry->name = name_trimmed(&book->arena, name);
	entry->file = file;
	entry->line = line;
	entry->number = book->n;
	entry->fields = node_new_map(&book->arena, STYLE_BLOCK);
	entry->items = node_new_map(&book->arena, STYLE_BLOCK);
	book->entry = vec_grow(book->entry, &book->cap, book->n + 1, sizeof(struct entry *));
	book->entry[book->n++] = entry;
	if (entry->name)
		book_add_name(book, entry, entry->name, false);
	return entry;
}

static void
set_id(struct book *book, struct entry *entry, const char *id)
{
	entry->id = arena_strdup(&book->arena, id);
	*hash_put(&book->by_id, entry->id, strlen(entry->id), NULL) = entry;
}

int
book_add_known(struct book *book, const struct account *account, const char *file, struct error *err)
{
	struct entry *entry = hash_get(&book->by_id, account->id, strlen(account->id)), *other;
	size_t i;

	file = arena_strdup(&book->arena, file);
	if (entry)
		return error_at(err, file, 0, 0, "the id %s is that of %s too", account->id, entry->file);
	entry = book_add_entry(book, account->name, file, 1);
	set_id(book, entry, account->id);
	entry->known = true;
	entry->currency = account->currency ? arena_strdup(&book->arena, account->currency) : NULL;
	for (i = 0; i < account->aliases.n; i++)
		book_add_name(book, entry, account->aliases.v[i], true);
	for (i = 0; i < account->external.n; i++) {
		other = tax_system(account->external.name[i])
			    ? NULL
			    : book_code(book, account->external.name[i], account->external.text[i]);
		if (other)
			return error_at(err, file, 0, 0, "the code %.60s of %.60s is that of %s too",
					account->external.text[i], account->external.name[i], other->file);
		book_add_code(book, entry, account->external.name[i], account->external.text[i]);
	}
	return 0;
}

const char *
client_text(struct arena *arena, const char *name, const char *code)
{
	if (name && code)
		return arena_printf(arena, "%s (code %s)", text_quoted(arena, name),
				    text_quoted(arena, code));
	return text_quoted(arena, name ? name : code ? code : "");
}

const char *
book_title(const struct entry *entry, struct arena *arena)
{
	if (entry->known)
		return entry->id;
	return client_text(arena, entry->name, entry->codes ? entry->codes->code : NULL);
}

bool
id_make(const char *text, char id[ACCOUNT_ID_MAX + 1])
{
	struct arena scratch = {0};
	const char *latin = text_translit(&scratch, text, strlen(text));
	size_t n = strlen(latin);

	if (n > ACCOUNT_ID_MAX)
		n = ACCOUNT_ID_MAX;
	while (n && latin[n - 1] == '-')
		n--;
	memcpy(id, latin, n);
	id[n] = '\0';
	arena_free(&scratch);
	return n > 0;
}

static void
report_clash(const struct entry *entry, const struct entry *taken, struct sink *sink)
{
	struct arena scratch = {0};
	struct error err;

	error_at(
	    &err, entry->file, entry->line, 0,
	    "%s would get the id %s, which is that of %s (%s:%zu); give one of them a dossier of its own "
	    "with its code in external:, and import with -a",
	    book_title(entry, &scratch), taken->id,
	    client_text(&scratch, taken->name, taken->codes ? taken->codes->code : NULL), taken->file,
	    taken->line);
	sink_put(sink, SEVERITY_ERROR, "id", &err);
	arena_free(&scratch);
}

static void
give_id(struct book *book, struct entry *entry, struct sink *sink)
{
	char id[ACCOUNT_ID_MAX + 1];
	bool good = entry->name && id_make(entry->name, id);
	const struct entry *taken;
	const struct code *code;

	for (code = entry->codes; code && !good; code = code->next)
		good = id_make(code->code, id);
	taken = hash_get(&book->by_id, id, strlen(id));
	if (taken)
		report_clash(entry, taken, sink);
	else
		set_id(book, entry, id);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;

	if (!x->id || !y->id)
		return x->id ? 1 : y->id ? -1 : 0;
	return strcmp(x->id, y->id);
}

int
book_finish(struct book *book, struct sink *sink)
{
	size_t i, errors = sink->errors;

	for (i = 0; i < book->n; i++)
		if (!book->entry[i]->id && book->entry[i]->touched)
			give_id(book, book->entry[i], sink);
	if (book->n)
		qsort(book->entry, book->n, sizeof *book->entry, compare_entries);
	return sink->errors == errors ? 0 : -1;
}

void
book_free(struct book *book)
{
	size_t i;

	free(book->entry);
	for (i = 0; i < BOOK_LISTS; i++)
		hash_free(&book->by_list[i]);
	hash_free(&book->by_code);
	hash_free(&book->walks);
	hash_free(&book->by_id);
	buf_free(&book->key);
	arena_free(&book->arena);
}
