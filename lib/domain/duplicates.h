/*
 * Accounts that are probably one company, for a person to decide: nothing is
 * merged by it.
 *
 * Each reason has a weight in %, how sure it makes one that the two are one:
 * same tax number 95, same normalised name or alias (company.h) 90, near names
 * (nearname.h) 85 times their similarity, same telephone (reach.h) 60, same
 * e-mail address at a public provider 60, same e-mail domain of others 40. The
 * similarity of a pair is 100 less the product of what its reasons leave open,
 * rounded down: telephone and domain leave 40 % of 60 %, which makes 76.
 *
 * Of two accounts of which one is the parent of the other, or that have one
 * parent, people know already that they are two: they are left out, whatever
 * they share. Contacts who have left do not count.
 *
 * Work and memory are bounded. What more than DUPLICATE_SHARED accounts have
 * in common (a provider's domain, a chain's name) makes no pairs, but is
 * listed; names of which more than DUPLICATE_CROWD begin or end alike are not
 * compared for that; and of pairs there are DUPLICATE_PAIRS at the most, the
 * weightiest reasons first. Counts tell all three.
 */
#ifndef KAM_DUPLICATES_H
#define KAM_DUPLICATES_H

#include "domain/account.h"
#include "domain/book.h"

#define DUPLICATE_SHARED 50
#define DUPLICATE_CROWD 32
#define DUPLICATE_PAIRS 200000

enum duplicate_reason {
	DUPLICATE_TAX = 1,
	DUPLICATE_NAME = 2,
	DUPLICATE_NEAR = 4, /* not beside DUPLICATE_NAME */
	DUPLICATE_PHONE = 8,
	DUPLICATE_EMAIL = 16,
	DUPLICATE_DOMAIN = 32,
};

struct duplicate_account {
	const char *id;
	const char *name;   /* NULL: none is known */
	const char *parent; /* id; NULL: none is known */
	size_t rank;	    /* by id; once pairs are made */
};

struct duplicate_pair {
	const struct duplicate_account *a, *b; /* a's id comes first */
	unsigned reasons;		       /* of enum duplicate_reason */
	int similarity;			       /* 1 to 99 */
};

/* what too many accounts have in common for pairs to be made of it */
struct duplicate_common {
	enum duplicate_reason reason;
	const char *text; /* the number, name or domain as it was compared */
	size_t accounts;
};

/* zero-initialised is empty; strings are copied */
struct duplicates {
	struct duplicate_account **account;
	size_t n, cap;
	struct hash by_id;
	struct hash seen; /* facts of accounts */
	struct duplicate_fact *fact;
	size_t facts, facts_cap;
	struct duplicate_name *name;
	size_t names, names_cap;
	struct hash by_pair; /* struct duplicate_pair */

	/* what duplicates_find makes */
	struct duplicate_pair **pair; /* by similarity, the greatest first, then by ids */
	size_t pairs;
	struct duplicate_common *common; /* by reason, then by text */
	size_t commons, commons_cap;
	size_t crowds; /* beginnings and ends of too many names */
	bool cut;      /* there are more pairs than DUPLICATE_PAIRS */
	size_t pairs_cap;

	struct arena arena;
};

/* The account of that id, added if need be; name and parent, NULL if not known, are taken where it has none. What is
 * said of one id is of one account, whoever says it. */
struct duplicate_account *duplicates_account(struct duplicates *, const char *id, const char *name,
					     const char *parent);
/* another name */
void duplicates_add_name(struct duplicates *, const struct duplicate_account *, const char *name);
void duplicates_add_tax(struct duplicates *, const struct duplicate_account *, const char *cell);
/* cells of a contact, each NULL or "" if there is none */
void duplicates_add_contact(struct duplicates *, const struct duplicate_account *, const char *phone,
			    const char *email);

/* an account of the run, with the contacts that rows brought; left out while it has no id */
void duplicates_add_entry(struct duplicates *, const struct entry *);
/* an account of the folder */
void duplicates_add_account(struct duplicates *, const struct account *);

/* All accounts are added: makes the pairs, once. Which they are does not depend on the order of adding. */
void duplicates_find(struct duplicates *);

/* "same tax number" */
const char *duplicate_reason_text(enum duplicate_reason);
/* adds the pair's reasons, the weightiest first: "same tax number, near names" */
void duplicate_reasons_add(const struct duplicate_pair *, struct buf *);

void duplicates_free(struct duplicates *);

#endif
