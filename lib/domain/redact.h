/*
 * Redacting: of an account, what an audience may read, and nothing else (S2:
 * information goes to those who need it for their decisions).
 *
 * What an audience may read is a list of names, in the account itself
 *
 *     access:
 *       logistics: [profile.region, contacts.name, contacts.phone, deliveries]
 *
 * or in a file of the workspace, a map as that of `access`, for the accounts
 * that say nothing of this audience. A name is a section, all of it, or a field
 * of a section, in all of its items, as deep as the table of fields goes.
 * What is not listed is not shown; there is no way to say "all but", so that
 * what is added to dossiers later is hidden until somebody lists it. A field
 * that no table knows cannot be listed, and is in no section that is.
 *
 * The account's id and name are always shown, and the id of an item of which
 * something is; `access` itself never. What else an item must have to be read
 * again, as the month of a sale, has to be listed beside its other fields.
 */
#ifndef KAM_REDACT_H
#define KAM_REDACT_H

#include "data/field.h"

/* Is it a map of audiences to lists of what can be shown? Findings "access": a name that no table knows, one that is
 * listed twice or is inside of another that is, an item's required field that is not listed, `access` itself. A value
 * that is absent is no list, so that nobody reads it as "all". 0, or -1 on any. */
int access_check(const struct doc *, const struct node *access, struct sink *);

/* The account with what the list shows; account_read found nothing wrong with it, and access_check with the list.
 * Nothing of the document's bytes is in it: what is absent, and comments, are not. *unknown: fields that no table
 * knows inside of what is listed, as "contacts.health", one for each time that one was left out. The arena owns all. */
struct node *redact(struct arena *, const struct node *account, const struct node *list,
		    struct texts *unknown);

/* Appends the tree as a document without "---". -1 when it would not say the same, read back; then nothing is added. */
int redact_write(struct buf *, const struct node *tree, const char *file, struct error *);

#endif
