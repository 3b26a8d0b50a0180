/*
 * What refers to items of lists by their ids: fields that hold the id of a
 * contact, and the keys of follow-ups, rule:subject:date, whose subject is the
 * id of a deal, an invoice, a contract, a contact.
 */
#ifndef KAM_REFERENCES_H
#define KAM_REFERENCES_H

#include "base/hash.h"
#include "domain/account.h"

/* A field that holds the id of a contact, or a list of them. */
struct reference {
	const char *path; /* of the maps that have the field, as check_each takes it: "plan.actions" */
	const char *field;
	bool may; /* it can also name one of us, or something else */
};

extern const struct reference references[];
extern const size_t n_references;

/* a text that names an item, and what it is to say when the item is called otherwise */
typedef void reference_fn(void *data, struct node *value, const char *text);

/* Calls the function for all texts of the account that name items of the list, which is called so in paths ("contacts",
 * "plan/actions"); names: old id to new id. A field that may name others is passed over where it names one of the
 * account's own people; a follow-up where its subject is an item of another list too. */
void references_rename(const struct node *account, const char *list, const struct hash *names, struct arena *,
		       reference_fn *, void *data);

#endif
