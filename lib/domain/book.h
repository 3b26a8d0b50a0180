/*
 * The book: the accounts of a run, found by what other systems call them.
 *
 * Where several accounts share a tax number or a name, as branches do, they
 * stand in one list. What a lookup has once passed over there it passes over
 * for good, since accounts only gain codes: so a list of any length is walked
 * once for each set of systems that rows name, not once for each row.
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

/* an account that has this tax number or is called so */
struct named {
	struct entry *entry;
	const char *country; /* that stands before the tax number, or "" */
	struct named *next;
};

/* all of them, in the order they came */
struct named_list {
	struct named first, *last;
	size_t n;
};

enum { BOOK_BY_TAX, BOOK_BY_ALIAS, BOOK_BY_NAME, BOOK_BY_FOLDED, BOOK_BY_KEY, BOOK_LISTS };

struct book {
	struct entry **entry;
	size_t n, cap;
	bool known_only;		 /* rows make no new accounts; the caller's */
	struct hash by_code;		 /* "system\0code" of systems without tax numbers */
	struct hash by_list[BOOK_LISTS]; /* struct named_list */
	struct hash walks;		 /* how far long lists are walked */
	struct hash by_id;
	struct buf key; /* that is looked up */
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
	BOOK_NO_ID = 1,	  /* no id could be made of what the row says */
	BOOK_UNSURE = 2,  /* several accounts are meant: by codes of different ones, or by what they share */
	BOOK_UNKNOWN = 3, /* none is meant, and known_only is set */
};

/* Finds the account, by the first of these that any account answers to:
 *   1. codes of systems without tax numbers, in their order; those known must be of one account;
 *   2. tax number (taxnumber.h): of several accounts that share it, the one without another code of a system that
 *      the client names, or the only one there is;
 *   3. an alias, 4. the name, blanks around it apart, 5. the name as text_fold has it, 6. names and aliases as
 *      company_name_key has them; in 3 to 6 never an account with another code of a system that the client names.
 * Where several answer, none is taken. Adds an account when there is none, unless known_only is set. Codes and name that
 * the account lacked are added; by tax number it is also found under the client's other codes from then on. */
enum book_result book_find(struct book *, const struct client *, struct entry **, struct error *);
/* what tells an account to people: its id, or a new one's name and code, quoted */
const char *book_title(const struct entry *, struct arena *);
/* All is read: gives new accounts that rows are about their ids, made from the name, else from the first code, and
 * sorts the entries by id, those without one first. Only now, because an early row may lack the name, or be rejected.
 * 0, or -1: several would have one id; the findings name both of each pair. */
int book_finish(struct book *, struct sink *);
void book_free(struct book *);

#endif
