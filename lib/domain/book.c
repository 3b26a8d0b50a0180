#include "domain/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* the key of a code: its system, a NUL, the code */
static char *
code_key(struct arena *arena, const char *system, const char *code, size_t *n)
{
	size_t a = strlen(system), b = strlen(code);
	char *key = arena_alloc(arena, a + b + 2);

	memcpy(key, system, a);
	memcpy(key + a + 1, code, b);
	*n = a + 1 + b;
	return key;
}

static struct entry *
find_code(struct book *book, const char *system, const char *code)
{
	char key[512];
	size_t a = strlen(system), b = strlen(code);

	if (a + b + 1 > sizeof key)
		return NULL;
	memcpy(key, system, a + 1);
	memcpy(key + a + 1, code, b);
	return hash_get(&book->by_code, key, a + 1 + b);
}

static const char *
entry_code(const struct entry *entry, const char *system)
{
	const struct code *c;

	for (c = entry->codes; c; c = c->next)
		if (strcmp(c->system, system) == 0)
			return c->code;
	return NULL;
}

static void
add_code(struct book *book, struct entry *entry, const char *system, const char *code)
{
	struct code *c = arena_alloc(&book->arena, sizeof *c);
	size_t n;
	char *key = code_key(&book->arena, system, code, &n);

	c->system = arena_strdup(&book->arena, system);
	c->code = arena_strdup(&book->arena, code);
	if (entry->last_code)
		entry->last_code->next = c;
	else
		entry->codes = c;
	entry->last_code = c;
	*hash_put(&book->by_code, key, n, NULL) = entry;
}

/* the first account of a name keeps it */
static void
add_name(struct book *book, struct entry *entry, const char *name)
{
	char *folded = text_fold(&book->arena, name, strlen(name));
	void **place = hash_put(&book->by_name, folded, strlen(folded), NULL);

	if (!*place)
		*place = entry;
}

static struct entry *
add_entry(struct book *book, const char *id, const char *name, const char *file, size_t line)
{
	struct entry *entry = arena_alloc(&book->arena, sizeof *entry);

	entry->id = arena_strdup(&book->arena, id);
	entry->name = name ? arena_strdup(&book->arena, name) : NULL;
	entry->file = file;
	entry->line = line;
	entry->number = book->n;
	entry->fields = node_new_map(&book->arena, STYLE_BLOCK);
	entry->items = node_new_map(&book->arena, STYLE_BLOCK);
	book->entry = vec_grow(book->entry, &book->cap, book->n + 1, sizeof(struct entry *));
	book->entry[book->n++] = entry;
	*hash_put(&book->by_id, entry->id, strlen(entry->id), NULL) = entry;
	if (name)
		add_name(book, entry, name);
	return entry;
}

int
book_add_known(struct book *book, const struct account *account, const char *file, struct error *err)
{
	struct entry *entry = hash_get(&book->by_id, account->id, strlen(account->id)), *other;
	size_t i;

	file = arena_strdup(&book->arena, file);
	if (entry)
		return error_at(err, file, 0, 0, "the id %s is that of %s too", account->id, entry->file);
	entry = add_entry(book, account->id, account->name, file, 1);
	entry->known = true;
	entry->currency = account->currency ? arena_strdup(&book->arena, account->currency) : NULL;
	for (i = 0; i < account->aliases.n; i++)
		add_name(book, entry, account->aliases.v[i]);
	for (i = 0; i < account->external.n; i++) {
		other = find_code(book, account->external.name[i], account->external.text[i]);
		if (other)
			return error_at(err, file, 0, 0, "the code %.60s of %.60s is that of %s too",
					account->external.text[i], account->external.name[i], other->file);
		add_code(book, entry, account->external.name[i], account->external.text[i]);
	}
	return 0;
}

/* by name, but not one that has another code of a system that the row names */
static struct entry *
find_name(struct book *book, const struct code *codes, size_t n, const char *name)
{
	struct arena scratch = {0};
	struct entry *entry;
	const char *own, *folded = text_fold(&scratch, name, strlen(name));
	size_t i;

	entry = hash_get(&book->by_name, folded, strlen(folded));
	arena_free(&scratch);
	for (i = 0; entry && i < n; i++) {
		own = *codes[i].code ? entry_code(entry, codes[i].system) : NULL;
		if (own && strcmp(own, codes[i].code) != 0)
			entry = NULL;
	}
	return entry;
}

/* an id from the name, else from the first code that has letters or digits; "" if neither has */
static void
make_id(const struct code *codes, size_t n, const char *name, char id[ACCOUNT_ID_MAX + 1])
{
	struct arena scratch = {0};
	const char *made = name ? text_translit(&scratch, name, strlen(name)) : "";
	size_t i, len;

	for (i = 0; i < n && !*made; i++)
		made = text_translit(&scratch, codes[i].code, strlen(codes[i].code));
	len = strlen(made);
	if (len > ACCOUNT_ID_MAX)
		len = ACCOUNT_ID_MAX;
	while (len && made[len - 1] == '-')
		len--;
	memcpy(id, made, len);
	id[len] = '\0';
	arena_free(&scratch);
}

/* what tells an account to people, when its id is taken */
static const char *
describe(struct arena *arena, const char *name, const char *code)
{
	if (name && code)
		return arena_printf(arena, "%s (code %s)", text_quoted(arena, name),
				    text_quoted(arena, code));
	return text_quoted(arena, name ? name : code ? code : "");
}

static enum book_result
add_new(struct book *book, const struct code *codes, size_t n, const char *name, const char *file,
	size_t line, struct entry **entry, struct error *err)
{
	char id[ACCOUNT_ID_MAX + 1];
	struct entry *taken;
	const char *code = NULL;
	size_t i;

	make_id(codes, n, name, id);
	for (i = n; i-- > 0;)
		if (*codes[i].code)
			code = codes[i].code;
	if (!*id) {
		error_at(err, file, line, 0, "no id can be made of %s", describe(&book->arena, name, code));
		return BOOK_REJECT;
	}
	taken = hash_get(&book->by_id, id, strlen(id));
	if (!taken) {
		*entry = add_entry(book, id, name, file, line);
		return BOOK_FOUND;
	}
	error_at(err, file, line, 0,
		 "%s would get the id %s, which is that of %s (%s:%zu); give one of them a dossier of its "
		 "own with its code "
		 "in external:, and import with -a",
		 describe(&book->arena, name, code), id,
		 describe(&book->arena, taken->name, taken->codes ? taken->codes->code : NULL), taken->file,
		 taken->line);
	return BOOK_STOP;
}

enum book_result
book_find(struct book *book, const struct code *codes, size_t n, const char *name, const char *file,
	  size_t line, struct entry **found, struct error *err)
{
	struct entry *entry = NULL;
	enum book_result result;
	size_t i;

	name = name && *name ? name : NULL;
	for (i = 0; i < n && !entry; i++)
		if (*codes[i].code)
			entry = find_code(book, codes[i].system, codes[i].code);
	if (!entry && name)
		entry = find_name(book, codes, n, name);
	if (!entry) {
		result = add_new(book, codes, n, name, file, line, &entry, err);
		if (result != BOOK_FOUND)
			return result;
	}
	for (i = 0; i < n; i++)
		if (*codes[i].code && !entry_code(entry, codes[i].system))
			add_code(book, entry, codes[i].system, codes[i].code);
	if (name && !entry->name) {
		entry->name = arena_strdup(&book->arena, name);
		add_name(book, entry, name);
	}
	entry->touched = true;
	*found = entry;
	return BOOK_FOUND;
}

static int
compare_entries(const void *a, const void *b)
{
	return strcmp((*(struct entry *const *)a)->id, (*(struct entry *const *)b)->id);
}

void
book_sort(struct book *book)
{
	if (book->n)
		qsort(book->entry, book->n, sizeof *book->entry, compare_entries);
}

void
book_free(struct book *book)
{
	free(book->entry);
	hash_free(&book->by_code);
	hash_free(&book->by_name);
	hash_free(&book->by_id);
	arena_free(&book->arena);
}
