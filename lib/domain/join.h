/*
 * Joining: two dossiers of one company become one, and nothing that either of
 * them says is lost.
 *
 * All of the other dossier that this one does not have is added: sections,
 * items with new keys, fields that are absent or empty, words and items of
 * lists without keys. Where both say something and not the same, this one's
 * word stays, and the other's is kept in the section `joined`, in an item with
 * the other's id, under `differs`: its path to its value. The other's name
 * becomes an alias. Its comments are kept too, as texts. A score is computed
 * anew, and left out.
 *
 * Items of one id are two things where their titles (FIELD_TITLE) differ. Then
 * the other's comes in under an id of its own, O-1-b for O-1 of the dossier b,
 * and what refers to it in the other dossier goes along.
 *
 * Items are blended only where they contradict each other nowhere. If a deal
 * is open here and lost there, the other's goes to `differs` as a whole, and
 * nothing of it is filled in. So does what imports bring that is not the same:
 * no month is added up. Only of contacts each field is a fact by itself.
 */
#ifndef KAM_JOIN_H
#define KAM_JOIN_H

#include "data/edit.h"
#include "domain/account.h"

struct join_options {
	const char *date; /* of the joining; borrowed */
	const char *by;	  /* or NULL */
};

/* Adds the edits that bring `from` into `into`; both must outlive them, and have passed account_read and
 * item_keys_check. Findings: a warning "differs" for each value or item that both say and not the same, "renamed" for
 * each item that comes in under another id; errors "currency" where amounts of two currencies would meet, "parent" where
 * one rolls up to the other: then there are no edits. Joining again gives no edits. 0, or -1 on any error. */
int join_account(const struct doc *into, const struct doc *from, const struct join_options *, struct edits *,
		 struct arena *, struct sink *);

#endif
