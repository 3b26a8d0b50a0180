/*
 * The parts that filling the book and finding in it share: book.c and
 * bookfind.c only.
 */
#ifndef KAM_BOOKPARTS_H
#define KAM_BOOKPARTS_H

#include "domain/book.h"

/* whose code it is, of a system without tax numbers, or NULL */
struct entry *book_code(struct book *, const char *system, const char *code);
/* the account's own code of a system, or NULL */
const char *entry_code(const struct entry *, const char *system);
/* the code leads to the account from now on, unless it leads to one already */
void book_point_code(struct book *, struct entry *, const char *system, const char *code);
/* the account has no code of that system yet */
void book_add_code(struct book *, struct entry *, const char *system, const char *code);
void book_add_name(struct book *, struct entry *, const char *name, bool alias);
/* name: NULL or blank if there is none; file as in struct client */
struct entry *book_add_entry(struct book *, const char *name, const char *file, size_t line);

/* without blanks around it; NULL: there is nothing else. NULL is allowed. */
const char *name_trimmed(struct arena *, const char *name);
/* "Alpha" (code "17"): name and code for a message, each NULL if there is none */
const char *client_text(struct arena *, const char *name, const char *code);
/* Latin letters and digits of the text as an id has them; false if there are none */
bool id_make(const char *text, char id[ACCOUNT_ID_MAX + 1]);

#endif
