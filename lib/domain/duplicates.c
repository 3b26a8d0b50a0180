#include "domain/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "domain/company.h"
#include "domain/nearname.h"
#include "domain/reach.h"
#include "domain/taxnumber.h"

#define WHOLE 1000000 /* of what reasons leave open */

/* what an account can have in common with others */
struct duplicate_fact {
	enum duplicate_reason reason;
	const char *text;
	const char *country; /* of a tax number, or "" */
	const struct duplicate_account *account;
};

struct duplicate_name {
	struct near_name name;
	const struct duplicate_account *account;
};

/* a name under one of its hashes */
struct block {
	unsigned long long hash;
	size_t rank; /* of the account */
	size_t name;
};

/* by weight in %, the greatest first */
static const struct reason {
	enum duplicate_reason reason;
	int weight;
	const char *text;
} reasons[] = {
    {DUPLICATE_TAX, 95, "same tax number"}, {DUPLICATE_NAME, 90, "same name"},
    {DUPLICATE_NEAR, 85, "near names"},	    {DUPLICATE_PHONE, 60, "same phone"},
    {DUPLICATE_EMAIL, 60, "same e-mail"},   {DUPLICATE_DOMAIN, 40, "same e-mail domain"},
};

#define REASONS (sizeof reasons / sizeof *reasons)

struct duplicate_account *
duplicates_account(struct duplicates *d, const char *id, const char *name, const char *parent)
{
	struct duplicate_account *account = hash_get(&d->by_id, id, strlen(id));

	if (!account) {
		account = arena_alloc(&d->arena, sizeof *account);
		account->id = arena_strdup(&d->arena, id);
		*hash_put(&d->by_id, account->id, strlen(id), NULL) = account;
		d->account = vec_grow(d->account, &d->cap, d->n + 1, sizeof(struct duplicate_account *));
		d->account[d->n++] = account;
	}
	if (parent && *parent && !account->parent)
		account->parent = arena_strdup(&d->arena, parent);
	if (name && *name) {
		if (!account->name)
			account->name = arena_strdup(&d->arena, name);
		duplicates_add_name(d, account, name);
	}
	return account;
}

/* false: it is known of the account already */
static bool
add_fact(struct duplicates *d, enum duplicate_reason reason, const char *text, const char *country,
	 const struct duplicate_account *account)
{
	size_t n = strlen(text) + 1;
	const char **stored;
	struct buf key = {0};
	void **place;

	buf_add(&key, text, n);
	buf_add(&key, country, strlen(country) + 1);
	buf_printf(&key, "%d %s", (int)reason, account->id);
	place = hash_put(&d->seen, key.data, key.len, &stored);
	if (!*place) {
		*stored = *place = arena_copy(&d->arena, key.data, key.len);
		d->fact = vec_grow(d->fact, &d->facts_cap, d->facts + 1, sizeof *d->fact);
		d->fact[d->facts++] = (struct duplicate_fact){reason, *stored, *stored + n, account};
		buf_free(&key);
		return true;
	}
	buf_free(&key);
	return false;
}

void
duplicates_add_name(struct duplicates *d, const struct duplicate_account *account, const char *name)
{
	struct arena scratch = {0};
	const char *key = company_name_key(&scratch, name);
	struct duplicate_name near = {.account = account};

	if (*key && add_fact(d, DUPLICATE_NAME, key, "", account)) {
		near_name_make(&near.name, key, &d->arena);
		d->name = vec_grow(d->name, &d->names_cap, d->names + 1, sizeof *d->name);
		d->name[d->names++] = near;
	}
	arena_free(&scratch);
}

void
duplicates_add_tax(struct duplicates *d, const struct duplicate_account *account, const char *cell)
{
	struct arena scratch = {0};
	struct tax_number tax;

	if (tax_number_read(&tax, cell, &scratch))
		add_fact(d, DUPLICATE_TAX, tax.number, tax.country, account);
	arena_free(&scratch);
}

void
duplicates_add_contact(struct duplicates *d, const struct duplicate_account *account, const char *phone,
		       const char *email)
{
	struct arena scratch = {0};
	char key[PHONE_DIGITS + 1];
	struct email one;

	while (phone && phone_next(&phone, key))
		add_fact(d, DUPLICATE_PHONE, key, "", account);
	while (email && email_next(&email, &one, &scratch)) {
		if (one.is_public)
			add_fact(d, DUPLICATE_EMAIL, one.address, "", account);
		else
			add_fact(d, DUPLICATE_DOMAIN, one.domain, "", account);
	}
	arena_free(&scratch);
}

/* a field of texts may be one text */
static void
add_aliases(struct duplicates *d, const struct duplicate_account *account, const struct node *aliases)
{
	const struct node *alias;

	if (!aliases)
		return;
	if (aliases->kind == NODE_SCALAR)
		duplicates_add_name(d, account, aliases->text);
	for (alias = aliases->first; alias; alias = alias->next)
		if (alias->kind == NODE_SCALAR)
			duplicates_add_name(d, account, alias->text);
}

void
duplicates_add_entry(struct duplicates *d, const struct entry *entry)
{
	const struct node *contacts = node_get(entry->items, "contacts"), *contact;
	struct duplicate_account *account;
	const struct code *code;

	if (!entry->id)
		return;
	account = duplicates_account(d, entry->id, entry->name, node_get_text(entry->fields, "parent"));
	add_aliases(d, account, node_get(entry->fields, "aliases"));
	for (code = entry->codes; code; code = code->next)
		if (tax_system(code->system))
			duplicates_add_tax(d, account, code->code);
	for (contact = contacts ? contacts->first : NULL; contact; contact = contact->next)
		if (!node_get_text(contact, "left"))
			duplicates_add_contact(d, account, node_get_text(contact, "phone"),
					       node_get_text(contact, "email"));
}

void
duplicates_add_account(struct duplicates *d, const struct account *from)
{
	const struct contact *contact = from->contacts.v;
	struct duplicate_account *account = duplicates_account(d, from->id, from->name, from->parent);
	size_t i;

	for (i = 0; i < from->aliases.n; i++)
		duplicates_add_name(d, account, from->aliases.v[i]);
	for (i = 0; i < from->external.n; i++)
		if (tax_system(from->external.name[i]))
			duplicates_add_tax(d, account, from->external.text[i]);
	for (i = 0; i < from->contacts.n; i++)
		if (!date_is_set(contact[i].left))
			duplicates_add_contact(d, account, contact[i].phone, contact[i].email);
}

static bool
is_related(const struct duplicate_account *a, const struct duplicate_account *b)
{
	if (a->parent && (strcmp(a->parent, b->id) == 0 || (b->parent && strcmp(a->parent, b->parent) == 0)))
		return true;
	return b->parent && strcmp(b->parent, a->id) == 0;
}

static void
add_pair(struct duplicates *d, const struct duplicate_account *a, const struct duplicate_account *b,
	 enum duplicate_reason reason, int near)
{
	size_t key[2] = {a->rank < b->rank ? a->rank : b->rank, a->rank < b->rank ? b->rank : a->rank};
	struct duplicate_pair *pair;

	if (a == b || is_related(a, b))
		return;
	pair = hash_get(&d->by_pair, (const char *)key, sizeof key);
	if (!pair && d->pairs == DUPLICATE_PAIRS) {
		d->cut = true;
		return;
	}
	if (!pair) {
		pair = arena_alloc(&d->arena, sizeof *pair);
		*pair = (struct duplicate_pair){d->account[key[0]], d->account[key[1]], 0, 0};
		*hash_put(&d->by_pair, arena_copy(&d->arena, (const char *)key, sizeof key), sizeof key,
			  NULL) = pair;
		d->pair = vec_grow(d->pair, &d->pairs_cap, d->pairs + 1, sizeof(struct duplicate_pair *));
		d->pair[d->pairs++] = pair;
	}
	if (reason == DUPLICATE_NEAR && (pair->reasons & DUPLICATE_NAME))
		return;
	pair->reasons |= reason;
	if (near > pair->similarity)
		pair->similarity = near;
}

static int
compare_facts(const void *a, const void *b)
{
	const struct duplicate_fact *x = a, *y = b;
	int order = x->reason < y->reason ? -1 : x->reason > y->reason;

	if (order == 0)
		order = strcmp(x->text, y->text);
	if (order == 0)
		order = x->account->rank < y->account->rank ? -1 : x->account->rank > y->account->rank;
	return order ? order : strcmp(x->country, y->country);
}

static bool
same_country(const struct duplicate_fact *a, const struct duplicate_fact *b)
{
	return !*a->country || !*b->country || strcmp(a->country, b->country) == 0;
}

/* n facts that say the same */
static void
pair_facts(struct duplicates *d, const struct duplicate_fact *fact, size_t n)
{
	bool expected = true;
	size_t i, k;

	for (i = 0; n > DUPLICATE_SHARED && i < n && expected; i++)
		expected = fact[i].account == fact->account || is_related(fact[i].account, fact->account);
	if (n > DUPLICATE_SHARED && !expected) {
		d->common = vec_grow(d->common, &d->commons_cap, d->commons + 1, sizeof *d->common);
		d->common[d->commons++] = (struct duplicate_common){fact->reason, fact->text, n};
	}
	if (n > DUPLICATE_SHARED)
		return;
	for (i = 0; i < n; i++)
		for (k = i + 1; k < n; k++)
			if (same_country(&fact[i], &fact[k]))
				add_pair(d, fact[i].account, fact[k].account, fact->reason, 0);
}

/* facts are sorted */
static void
find_same(struct duplicates *d, unsigned which)
{
	size_t i, end;

	for (i = 0; i < d->facts; i = end) {
		for (end = i + 1; end < d->facts && d->fact[end].reason == d->fact[i].reason &&
				  strcmp(d->fact[end].text, d->fact[i].text) == 0;)
			end++;
		if (d->fact[i].reason & which)
			pair_facts(d, &d->fact[i], end - i);
	}
}

static int
compare_blocks(const void *a, const void *b)
{
	const struct block *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

static void
pair_names(struct duplicates *d, const struct block *block, size_t n)
{
	const struct duplicate_name *a, *b;
	size_t i, k;
	int near;

	for (i = 0; i < n; i++) {
		for (k = i + 1; k < n; k++) {
			a = &d->name[block[i].name];
			b = &d->name[block[k].name];
			near = a->account == b->account ? 0 : near_name_similarity(&a->name, &b->name);
			if (near)
				add_pair(d, a->account, b->account, DUPLICATE_NEAR, near);
		}
	}
}

/* sorted, and each once */
static struct block *
make_blocks(const struct duplicates *d, size_t *n)
{
	unsigned long long hash[NEAR_BLOCKS];
	struct block *block = NULL;
	size_t cap = 0, i, k, hashes;

	for (*n = 0, i = 0; i < d->names; i++) {
		hashes = near_name_blocks(&d->name[i].name, hash);
		block = vec_grow(block, &cap, *n + NEAR_BLOCKS, sizeof *block);
		for (k = 0; k < hashes; k++)
			block[(*n)++] = (struct block){hash[k], d->name[i].account->rank, i};
	}
	if (*n)
		qsort(block, *n, sizeof *block, compare_blocks);
	for (i = k = 0; i < *n; i++)
		if (i == 0 || compare_blocks(&block[i], &block[k - 1]) != 0)
			block[k++] = block[i];
	*n = k;
	return block;
}

static void
find_near(struct duplicates *d)
{
	size_t n, i, end;
	struct block *block = make_blocks(d, &n);

	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n && block[end].hash == block[i].hash;)
			end++;
		if (end - i > DUPLICATE_CROWD)
			d->crowds++;
		else
			pair_names(d, &block[i], end - i);
	}
	free(block);
}

/* until then it holds how near the names are */
static void
set_similarity(struct duplicate_pair *pair)
{
	long open = WHOLE;
	size_t i;

	for (i = 0; i < REASONS; i++) {
		long weight = reasons[i].weight * 100L;

		if (reasons[i].reason == DUPLICATE_NEAR)
			weight = reasons[i].weight * pair->similarity;
		if (pair->reasons & reasons[i].reason)
			open = (open * (10000 - weight) + 9999) / 10000;
	}
	pair->similarity = (int)((WHOLE - open) / (WHOLE / 100));
}

static int
compare_accounts(const void *a, const void *b)
{
	return strcmp((*(struct duplicate_account *const *)a)->id,
		      (*(struct duplicate_account *const *)b)->id);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct duplicate_pair *x = *(struct duplicate_pair *const *)a;
	const struct duplicate_pair *y = *(struct duplicate_pair *const *)b;

	if (x->similarity != y->similarity)
		return x->similarity > y->similarity ? -1 : 1;
	if (x->a != y->a)
		return x->a->rank < y->a->rank ? -1 : 1;
	return x->b->rank < y->b->rank ? -1 : x->b->rank > y->b->rank;
}

void
duplicates_find(struct duplicates *d)
{
	size_t i;

	if (d->n)
		qsort(d->account, d->n, sizeof *d->account, compare_accounts);
	for (i = 0; i < d->n; i++)
		d->account[i]->rank = i;
	if (d->facts)
		qsort(d->fact, d->facts, sizeof *d->fact, compare_facts);
	find_same(d, DUPLICATE_TAX | DUPLICATE_NAME);
	find_near(d);
	find_same(d, DUPLICATE_PHONE | DUPLICATE_EMAIL | DUPLICATE_DOMAIN);
	for (i = 0; i < d->pairs; i++)
		set_similarity(d->pair[i]);
	if (d->pairs)
		qsort(d->pair, d->pairs, sizeof *d->pair, compare_pairs);
}

const char *
duplicate_reason_text(enum duplicate_reason reason)
{
	size_t i;

	for (i = 0; i < REASONS - 1 && reasons[i].reason != reason;)
		i++;
	return reasons[i].text;
}

void
duplicate_reasons_add(const struct duplicate_pair *pair, struct buf *out)
{
	const char *between = "";
	size_t i;

	for (i = 0; i < REASONS; i++) {
		if (!(pair->reasons & reasons[i].reason))
			continue;
		buf_adds(out, between);
		buf_adds(out, reasons[i].text);
		between = ", ";
	}
}

void
duplicates_free(struct duplicates *d)
{
	free(d->account);
	free(d->fact);
	free(d->name);
	free(d->pair);
	free(d->common);
	hash_free(&d->by_id);
	hash_free(&d->seen);
	hash_free(&d->by_pair);
	arena_free(&d->arena);
}
