/*
 * The book: the accounts of a run, found by what other systems call them.
 */
#ifndef KAM_BOOK_H
#define KAM_BOOK_H

#include "base/hash.h"
#include "domain/account.h"

struct code {
	const char *system; /* as in external: {1c: …} */
	const char *code;
	struct code *next;
};

struct entry {
	const char *id;			/* of a new one NULL until all is read */
	const char *name;		/* NULL: none known */
	struct code *codes, *last_code; /* in the order they came */
	bool known;			/* from the folder of dossiers */
	bool touched;			/* a row about it was used; the caller's */
	const char *file;		/* where it was first met */
	size_t line;
	size_t number;			 /* in the order of arrival */
	size_t sales_first, sales_count; /* its months among the sorted sales; set when all is read */
	struct node *fields;		 /* map of what rows say of it: name, manager, profile … */
	struct node *items;		 /* map: section → list of items */
	const char *currency;		 /* stated by the maps that brought money; NULL: none */
};

/* an account that is called so; accounts may share a name */
struct named {
	struct entry *entry;
	struct entry *also; /* of new accounts one stands in the list, and this for all others; NULL: none */
	bool alias;	    /* another name, not the account's own */
	struct named *next;
};

struct book {
	struct entry **entry;
	size_t n, cap;
	struct hash by_code; /* "system\0code" */
	struct hash by_name; /* folded names and aliases: struct named */
	struct hash by_id;
	struct buf key; /* of a code that is looked up */
	struct arena arena;
};

/* an account of the folder; strings are copied. -1: its code or id is another's (the error names both) */
int book_add_known(struct book *, const struct account *, const char *file, struct error *);

/* whom a row is about */
struct client {
	const struct code *codes; /* n pairs of system and code; empty codes are passed over */
	size_t n;
	const char *name; /* NULL or "": not given */
	const char *file; /* where the row stands; lives as long as the book */
	size_t line;
};

enum book_result {
	BOOK_FOUND = 0,
	BOOK_NO_ID = 1, /* no id could be made of what the row says */
	BOOK_UNSURE =
	    2, /* several accounts are meant: by codes of different ones, or by a name that they share */
};

/* Finds the account by its codes in order, then by name, then by alias, and by these only one that has no other code
 * of the same system; adds it when there is none. Codes and name that it lacked are added. */
enum book_result book_find(struct book *, const struct client *, struct entry **, struct error *);
/* what tells an account to people: its id, or a new one's name and code, quoted */
const char *book_title(const struct entry *, struct arena *);
/* All is read: gives new accounts that rows are about their ids, made from the name, else from the first code, and
 * sorts the entries by id, those without one first. Only now, because an early row may lack the name, or be rejected.
 * 0, or -1: several would have one id; the findings name both of each pair. */
int book_finish(struct book *, struct sink *);
void book_free(struct book *);

#endif
