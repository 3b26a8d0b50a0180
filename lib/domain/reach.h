/*
 * Telephone numbers and e-mail addresses as people write them into one cell,
 * taken apart and brought to a form in which they can be compared.
 */
#ifndef KAM_REACH_H
#define KAM_REACH_H

#include <stdbool.h>

#include "base/mem.h"

#define PHONE_DIGITS 10 /* by which numbers are compared: the last ones */

/* Takes the next number from the text that *at points into: its last 10 digits, or the eight of a Latvian one with its
 * country in front. Numbers end at , ; / | and line ends, or where another + stands; letters end one too, as before an
 * extension. What has fewer than 7 digits or more than 15, or all of them the same, is passed over. false: no more. */
bool phone_next(const char **at, char key[PHONE_DIGITS + 1]);

struct email {
	const char *address; /* folded */
	const char *domain;
	bool is_public; /* the domain is a provider's where anybody has an address: it tells nothing */
};

/* takes the next address from the text; strings go to the arena. false: no more */
bool email_next(const char **at, struct email *, struct arena *);

#endif
