/*
 * How a row finds its account: by codes, tax numbers and names in the order
 * that book.h states.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/bookparts.h"
#include "domain/company.h"
#include "domain/taxnumber.h"

#define SHORT_LIST 8 /* accounts that are looked through each time */

/* how far a long list has been walked on behalf of rows that name the same systems */
struct walk {
	struct named *first;  /* accounts before it cannot be meant */
	struct named *second; /* nor those between them */
};

enum step { STEP_TAX, STEP_TAX_ANY, STEP_NAME };

/* a code of the row that can lead to an account, or keep one from being it */
struct wanted {
	const struct code *code;
	bool is_tax;
	struct tax_number tax;
};

/* one look for an account, once its codes have failed */
struct search {
	struct book *book;
	const struct client *client;
	const char *name; /* without blanks around it; NULL: none */
	struct wanted *wanted;
	size_t n;
	enum step step;
	const char *country;		  /* of the tax number, or "" */
	const char *text;		  /* by which it is looked up now */
	struct entry *first, *second;	  /* the accounts that answer, two at the most */
	const char *first_by, *second_by; /* to which text */
	struct arena arena;
};

/* false: it leads to nobody, being empty or no tax number */
static bool
code_wanted(const struct code *code, struct wanted *wanted, struct arena *arena)
{
	*wanted = (struct wanted){.code = code, .is_tax = tax_system(code->system)};
	return *code->code && (!wanted->is_tax || tax_number_read(&wanted->tax, code->code, arena));
}

static bool
leads(const struct code *code)
{
	struct arena scratch = {0};
	struct wanted wanted;
	bool does = code_wanted(code, &wanted, &scratch);

	arena_free(&scratch);
	return does;
}

/* Has it another code of a system that the row names? Whoever is looked for by name has none of the row's codes, or they
 * would have led to it: so any code of such a system is another one. By tax number, tax numbers do not count. */
static bool
has_other_code(const struct search *s, const struct entry *entry)
{
	const struct code *own;
	size_t i;

	for (i = 0; i < s->n; i++) {
		if (s->wanted[i].is_tax && s->step == STEP_TAX)
			continue;
		for (own = entry->codes; own; own = own->next)
			if (strcmp(own->system, s->wanted[i].code->system) == 0 && leads(own))
				return true;
	}
	return false;
}

static bool
can_be_meant(const struct search *s, const struct named *named)
{
	if (*s->country && *named->country && strcmp(s->country, named->country) != 0)
		return false;
	return s->step == STEP_TAX_ANY || !has_other_code(s, named->entry);
}

/* moves on to the next account that can be meant and is not `other`; stays at the last one if there is none, NULL */
static struct entry *
walk_on(const struct search *s, struct named **at, const struct entry *other)
{
	for (;;) {
		if ((*at)->entry != other && can_be_meant(s, *at))
			return (*at)->entry;
		if (!(*at)->next)
			return NULL;
		*at = (*at)->next;
	}
}

/* whatever decides which accounts can be meant is in the key */
static struct walk *
kept_walk(struct search *s, struct named_list *list)
{
	struct book *book = s->book;
	const char **stored;
	struct walk *walk;
	void **place;
	size_t i;

	buf_clear(&book->key);
	buf_add(&book->key, (const char *)&list, sizeof list);
	buf_addc(&book->key, (char)('0' + s->step));
	buf_add(&book->key, s->country, strlen(s->country) + 1);
	for (i = 0; i < s->n; i++)
		buf_add(&book->key, s->wanted[i].code->system, strlen(s->wanted[i].code->system) + 1);
	place = hash_put(&book->walks, book->key.data, book->key.len, &stored);
	if (*place)
		return *place;
	*stored = arena_copy(&book->arena, book->key.data, book->key.len);
	*place = walk = arena_alloc(&book->arena, sizeof *walk);
	*walk = (struct walk){&list->first, &list->first};
	return walk;
}

static void
take_answer(struct search *s, struct entry *entry)
{
	if (!s->first) {
		s->first = entry;
		s->first_by = s->text;
	} else if (entry != s->first && !s->second) {
		s->second = entry;
		s->second_by = s->text;
	}
}

/* adds the accounts of a list that can be meant to the answers */
static void
look_up(struct search *s, size_t by, const char *key)
{
	struct named_list *list = hash_get(&s->book->by_list[by], key, strlen(key));
	struct walk fresh, *walk = &fresh;
	struct entry *first, *second;

	if (!list)
		return;
	fresh = (struct walk){&list->first, &list->first};
	if (list->n > SHORT_LIST)
		walk = kept_walk(s, list);
	first = walk_on(s, &walk->first, NULL);
	if (!first)
		return;
	take_answer(s, first);
	second = walk_on(s, &walk->second, first);
	if (second)
		take_answer(s, second);
}

/* the answers: none, one in *found, or several, which is an error */
static enum book_result
decide(struct search *s, const char *what, struct entry **found, struct error *err)
{
	const char *one, *two;

	*found = s->second ? NULL : s->first;
	if (!s->second)
		return BOOK_FOUND;
	one = book_title(s->first, &s->arena);
	two = book_title(s->second, &s->arena);
	if (s->first_by == s->second_by)
		error_at(err, s->client->file, s->client->line, 0, "%s is the %s of two accounts, %s and %s",
			 text_quoted(&s->arena, s->first_by), what, one, two);
	else
		error_at(err, s->client->file, s->client->line, 0,
			 "the %s %s is that of %s, but %s that of %s", what,
			 text_quoted(&s->arena, s->first_by), one, text_quoted(&s->arena, s->second_by), two);
	return BOOK_UNSURE;
}

/* two tax numbers in one row may be those of two accounts */
static enum book_result
find_tax(struct search *s, struct entry **found, struct error *err)
{
	size_t i;

	for (s->step = STEP_TAX; s->step <= STEP_TAX_ANY && !s->first; s->step++) {
		for (i = 0; i < s->n; i++) {
			if (!s->wanted[i].is_tax)
				continue;
			s->text = s->wanted[i].code->code;
			s->country = s->wanted[i].tax.country;
			look_up(s, BOOK_BY_TAX, s->wanted[i].tax.number);
		}
	}
	s->country = "";
	return decide(s, "tax number", found, err);
}

static enum book_result
find_name(struct search *s, struct entry **found, struct error *err)
{
	const char *folded;

	s->step = STEP_NAME;
	s->text = s->name;
	folded = text_fold(&s->arena, s->name, strlen(s->name));
	if (!*folded)
		return BOOK_FOUND;
	look_up(s, BOOK_BY_ALIAS, folded);
	if (!s->first)
		look_up(s, BOOK_BY_NAME, s->name);
	if (!s->first)
		look_up(s, BOOK_BY_FOLDED, folded);
	if (!s->first)
		look_up(s, BOOK_BY_KEY, company_name_key(&s->arena, s->name));
	return decide(s, "name", found, err);
}

/* by the first code that is known, of those that are no tax numbers; another one must not be known as a different
 * account's */
static enum book_result
find_codes(struct book *book, const struct client *client, struct entry **found, struct error *err)
{
	const struct code *first = NULL, *code;
	struct arena scratch = {0};
	struct entry *entry;

	*found = NULL;
	for (code = client->codes; code < client->codes + client->n; code++) {
		if (!*code->code || tax_system(code->system))
			continue;
		entry = book_code(book, code->system, code->code);
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

/* "Alpha" (code "17"), of what the row says */
static const char *
describe_client(struct search *s)
{
	const char *code = NULL;
	size_t i;

	for (i = s->client->n; i-- > 0;)
		if (*s->client->codes[i].code)
			code = s->client->codes[i].code;
	return client_text(&s->arena, s->client->name && *s->client->name ? s->client->name : NULL, code);
}

static enum book_result
add_new(struct search *s, struct entry **entry, struct error *err)
{
	const struct client *client = s->client;
	char id[ACCOUNT_ID_MAX + 1];
	bool good = s->name && id_make(s->name, id);
	size_t i;

	if (s->book->known_only) {
		error_at(err, client->file, client->line, 0, "no account is known as %s", describe_client(s));
		return BOOK_UNKNOWN;
	}
	for (i = 0; i < s->n && !good; i++)
		good = id_make(s->wanted[i].code->code, id);
	if (good) {
		*entry = book_add_entry(s->book, s->name, client->file, client->line);
		return BOOK_FOUND;
	}
	error_at(err, client->file, client->line, 0, "no id can be made of %s", describe_client(s));
	return BOOK_NO_ID;
}

/* by tax number and name; a new one if it need be */
static enum book_result
find_otherwise(struct book *book, const struct client *client, struct entry **entry, struct error *err)
{
	struct search s = {.book = book, .client = client, .country = ""};
	enum book_result result;
	size_t i;

	s.name = name_trimmed(&s.arena, client->name);
	s.wanted = arena_alloc(&s.arena, client->n * sizeof *s.wanted);
	for (i = 0; i < client->n; i++)
		s.n += code_wanted(&client->codes[i], &s.wanted[s.n], &s.arena);
	result = find_tax(&s, entry, err);
	for (i = 0; result == BOOK_FOUND && *entry && i < s.n; i++)
		if (!s.wanted[i].is_tax)
			book_point_code(book, *entry, s.wanted[i].code->system, s.wanted[i].code->code);
	if (result == BOOK_FOUND && !*entry && s.name)
		result = find_name(&s, entry, err);
	if (result == BOOK_FOUND && !*entry)
		result = add_new(&s, entry, err);
	arena_free(&s.arena);
	return result;
}

/* what the row says of the account, and nobody has said before */
static void
take_on(struct book *book, struct entry *entry, const struct client *client)
{
	struct arena scratch = {0};
	struct wanted wanted;
	size_t i;

	for (i = 0; i < client->n; i++)
		if (!entry_code(entry, client->codes[i].system) &&
		    code_wanted(&client->codes[i], &wanted, &scratch))
			book_add_code(book, entry, client->codes[i].system, client->codes[i].code);
	if (!entry->name && client->name) {
		entry->name = name_trimmed(&book->arena, client->name);
		if (entry->name)
			book_add_name(book, entry, entry->name, false);
	}
	arena_free(&scratch);
}

enum book_result
book_find(struct book *book, const struct client *client, struct entry **found, struct error *err)
{
	struct entry *entry;
	enum book_result result = find_codes(book, client, &entry, err);

	if (result == BOOK_FOUND && !entry)
		result = find_otherwise(book, client, &entry, err);
	if (result != BOOK_FOUND)
		return result;
	take_on(book, entry, client);
	*found = entry;
	return BOOK_FOUND;
}
