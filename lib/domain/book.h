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
	const char *id;
	const char *name;		/* NULL: none known */
	struct code *codes, *last_code; /* in the order they came */
	bool known;			/* from the folder of dossiers */
	bool touched;			/* a row was about it */
	const char *file;		/* where it was first met */
	size_t line;
	size_t number;			 /* in the order of arrival */
	size_t sales_first, sales_count; /* its months among the sorted sales; set when all is read */
	struct node *fields;		 /* map of what rows say of it: name, manager, profile … */
	struct node *items;		 /* map: section → list of items */
	const char *currency;		 /* stated by the maps that brought money; NULL: none */
};

struct book {
	struct entry **entry;
	size_t n, cap;
	struct hash by_code; /* "system\0code" */
	struct hash by_name; /* folded names and aliases */
	struct hash by_id;
	struct arena arena;
};

/* an account of the folder; strings are copied. -1: its code or id is another's (the error names both) */
int book_add_known(struct book *, const struct account *, const char *file, struct error *);

enum book_result { BOOK_STOP = -1, BOOK_FOUND = 0, BOOK_REJECT = 1 };

/* Finds the account by its codes in order, then by name or alias, and only one that has no other code of the same
 * system; adds it when there is none, its id made from the name, else from the first code. Codes and name that it
 * lacked are added. codes: n pairs of system and code, empty codes are passed over.
 * BOOK_REJECT: no id can be made of what the row says; BOOK_STOP: the id that would come is another's (names both). */
enum book_result book_find(struct book *, const struct code *codes, size_t n, const char *name,
			   const char *file, size_t line, struct entry **, struct error *);
/* sorts the entries by id */
void book_sort(struct book *);
void book_free(struct book *);

#endif
