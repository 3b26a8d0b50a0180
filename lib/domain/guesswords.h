/*
 * The words that systems put above their columns, in Russian, Latvian and
 * English, and the fields that a column so titled is likely to be.
 */
#ifndef KAM_GUESSWORDS_H
#define KAM_GUESSWORDS_H

#include <stdbool.h>

#include "domain/map.h"

/*
 * What a title means. Targets are fields of a kind's table, the likelier
 * first; or "@client", the account's name; "@code", the account's code in the
 * system that was exported; "@" and a name, its code in that other system.
 * "-" is a column that is none of them, though part of its title says so.
 */
struct meaning {
	const char *words;   /* ways to say it, '|' between them; "x*": a word that begins so */
	const char *targets; /* names with a blank between */
	const char *kind;    /* the only one that it is meant for; NULL: any */
	int weight;	     /* 1 to 100: how far the words carry */
};

extern const struct meaning meanings[];
extern const size_t n_meanings;

/* the meanings' words as titles are compared with them */
struct words {
	const char **folded;
	struct arena *arena;
};

/* how well a title says one of a meaning's words, up to 130 */
struct match {
	const struct meaning *meaning;
	int score;
};

#define MATCHES_MAX 12 /* of one title, the best of them */

/* texts in the arena, which is used by words_match too */
void words_init(struct words *, struct arena *);
/* the meanings that a title may have, the likeliest first; their number */
size_t words_match(const struct words *, const char *title, struct match match[MATCHES_MAX]);
/* is the title the name of that field, "Expected close" for expected-close? its score, or 0 */
int words_match_field(const char *title, const char *field, struct arena *);
/* the currency that a title names, "Amount, EUR", "Сумма (руб.)"; NULL: none */
const char *words_currency(const char *title, struct arena *);
/* is the title in ASCII, as English is? */
bool words_are_english(const char *title);

#endif
