#include "domain/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* the key of a code: its system, a NUL, the code; in book->key */
static void
make_key(struct book *book, const char *system, const char *code)
{
	buf_clear(&book->key);
	buf_add(&book->key, system, strlen(system) + 1);
	buf_adds(&book->key, code);
}

static struct entry *
find_code(struct book *book, const char *system, const char *code)
{
	make_key(book, system, code);
	return hash_get(&book->by_code, book->key.data, book->key.len);
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

/* the code must be nobody's yet */
static void
add_code(struct book *book, struct entry *entry, const char *system, const char *code)
{
	struct code *c = arena_alloc(&book->arena, sizeof *c);
	const char **stored;

	c->system = arena_strdup(&book->arena, system);
	c->code = arena_strdup(&book->arena, code);
	if (entry->last_code)
		entry->last_code->next = c;
	else
		entry->codes = c;
	entry->last_code = c;
	make_key(book, system, code);
	*hash_put(&book->by_code, book->key.data, book->key.len, &stored) = entry;
	*stored = arena_copy(&book->arena, book->key.data, book->key.len);
}

/* New accounts of one name do not each lengthen its list, or an export full of them would take for ever. They stand
 * before the known ones. */
static void
add_name(struct book *book, struct entry *entry, const char *name, bool alias)
{
	char *folded = text_fold(&book->arena, name, strlen(name));
	void **place = hash_put(&book->by_name, folded, strlen(folded), NULL);
	struct named *first = *place, *named;

	if (first && !first->entry->known && !entry->known) {
		first->also = entry;
		return;
	}
	named = arena_alloc(&book->arena, sizeof *named);
	*named = (struct named){entry, NULL, alias, first};
	*place = named;
}

static struct entry *
add_entry(struct book *book, const char *name, const char *file, size_t line)
{
	struct entry *entry = arena_alloc(&book->arena, sizeof *entry);

	entry->name = name ? arena_strdup(&book->arena, name) : NULL;
	entry->file = file;
	entry->line = line;
	entry->number = book->n;
	entry->fields = node_new_map(&book->arena, STYLE_BLOCK);
	entry->items = node_new_map(&book->arena, STYLE_BLOCK);
	book->entry = vec_grow(book->entry, &book->cap, book->n + 1, sizeof(struct entry *));
	book->entry[book->n++] = entry;
	if (name)
		add_name(book, entry, name, false);
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
	entry = add_entry(book, account->name, file, 1);
	set_id(book, entry, account->id);
	entry->known = true;
	entry->currency = account->currency ? arena_strdup(&book->arena, account->currency) : NULL;
	for (i = 0; i < account->aliases.n; i++)
		add_name(book, entry, account->aliases.v[i], true);
	for (i = 0; i < account->external.n; i++) {
		other = find_code(book, account->external.name[i], account->external.text[i]);
		if (other)
			return error_at(err, file, 0, 0, "the code %.60s of %.60s is that of %s too",
					account->external.text[i], account->external.name[i], other->file);
		add_code(book, entry, account->external.name[i], account->external.text[i]);
	}
	return 0;
}

/* name and code */
static const char *
describe(struct arena *arena, const char *name, const char *code)
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
	return describe(arena, entry->name, entry->codes ? entry->codes->code : NULL);
}

/* has it another code of a system that the row names? then it is not the row's account, whatever it is called */
static bool
has_other_code(const struct entry *entry, const struct client *client)
{
	const char *own;
	size_t i;

	for (i = 0; i < client->n; i++) {
		own = *client->codes[i].code ? entry_code(entry, client->codes[i].system) : NULL;
		if (own && strcmp(own, client->codes[i].code) != 0)
			return true;
	}
	return false;
}

/* the first of the accounts called so that it can be, and another one in *second */
static struct entry *
choose_named(const struct named *named, bool alias, const struct client *client, struct entry **second)
{
	struct entry *first = NULL;

	for (*second = NULL; named && !*second; named = named->next) {
		if (named->alias != alias || named->entry == first || has_other_code(named->entry, client))
			continue;
		*second = first ? named->entry : named->also;
		if (!first)
			first = named->entry;
	}
	return first;
}

static enum book_result
find_name(struct book *book, const struct client *client, struct entry **found, struct error *err)
{
	struct arena scratch = {0};
	const char *folded = text_fold(&scratch, client->name, strlen(client->name));
	const struct named *named = hash_get(&book->by_name, folded, strlen(folded));
	enum book_result result = BOOK_FOUND;
	struct entry *second;

	*found = choose_named(named, false, client, &second);
	if (!*found)
		*found = choose_named(named, true, client, &second);
	if (second) {
		error_at(err, client->file, client->line, 0, "%s is the name of two accounts, %s and %s",
			 text_quoted(&scratch, client->name), book_title(second, &scratch),
			 book_title(*found, &scratch));
		result = BOOK_UNSURE;
	}
	arena_free(&scratch);
	return result;
}

/* by the first code that is known; another one must not be known as a different account's */
static enum book_result
find_codes(struct book *book, const struct client *client, struct entry **found, struct error *err)
{
	const struct code *first = NULL, *code;
	struct arena scratch = {0};
	struct entry *entry;

	*found = NULL;
	for (code = client->codes; code < client->codes + client->n; code++) {
		entry = *code->code ? find_code(book, code->system, code->code) : NULL;
		if (entry && *found && entry != *found) {
			error_at(err, client->file, client->line, 0,
				 "the code %s is that of the account %s, but %s that of %s",
				 text_quoted(&scratch, first->code), book_title(*found, &scratch),
				 text_quoted(&scratch, code->code), book_title(entry, &scratch));
			arena_free(&scratch);
			return BOOK_UNSURE;
		}
		if (entry && !*found) {
			*found = entry;
			first = code;
		}
	}
	return BOOK_FOUND;
}

/* Latin letters and digits of the text as an id has them; false if there are none */
static bool
make_id(const char *text, char id[ACCOUNT_ID_MAX + 1])
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

static enum book_result
add_new(struct book *book, const struct client *client, struct entry **entry, struct error *err)
{
	char id[ACCOUNT_ID_MAX + 1];
	struct arena scratch = {0};
	const char *code = NULL;
	bool good = client->name && make_id(client->name, id);
	size_t i;

	for (i = 0; i < client->n && !good; i++)
		good = make_id(client->codes[i].code, id);
	if (good) {
		*entry = add_entry(book, client->name, client->file, client->line);
		return BOOK_FOUND;
	}
	for (i = client->n; i-- > 0;)
		if (*client->codes[i].code)
			code = client->codes[i].code;
	error_at(err, client->file, client->line, 0, "no id can be made of %s",
		 describe(&scratch, client->name, code));
	arena_free(&scratch);
	return BOOK_NO_ID;
}

enum book_result
book_find(struct book *book, const struct client *given, struct entry **found, struct error *err)
{
	struct client client = *given;
	struct entry *entry;
	enum book_result result = find_codes(book, &client, &entry, err);
	size_t i;

	if (client.name && !*client.name)
		client.name = NULL;
	if (result == BOOK_FOUND && !entry && client.name)
		result = find_name(book, &client, &entry, err);
	if (result == BOOK_FOUND && !entry)
		result = add_new(book, &client, &entry, err);
	if (result != BOOK_FOUND)
		return result;
	for (i = 0; i < client.n; i++)
		if (*client.codes[i].code && !entry_code(entry, client.codes[i].system))
			add_code(book, entry, client.codes[i].system, client.codes[i].code);
	if (client.name && !entry->name) {
		entry->name = arena_strdup(&book->arena, client.name);
		add_name(book, entry, entry->name, false);
	}
	*found = entry;
	return BOOK_FOUND;
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
	    describe(&scratch, taken->name, taken->codes ? taken->codes->code : NULL), taken->file,
	    taken->line);
	sink_put(sink, SEVERITY_ERROR, "id", &err);
	arena_free(&scratch);
}

static void
give_id(struct book *book, struct entry *entry, struct sink *sink)
{
	char id[ACCOUNT_ID_MAX + 1];
	bool good = entry->name && make_id(entry->name, id);
	const struct entry *taken;
	const struct code *code;

	for (code = entry->codes; code && !good; code = code->next)
		good = make_id(code->code, id);
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
	free(book->entry);
	hash_free(&book->by_code);
	hash_free(&book->by_name);
	hash_free(&book->by_id);
	buf_free(&book->key);
	arena_free(&book->arena);
}
