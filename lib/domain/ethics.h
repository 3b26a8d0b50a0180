/*
 * What a dossier must not say: nothing defamatory, nothing private that does
 * not concern the business (S2). The words are patterns in ethics.yaml, to
 * which a file of the user's can add, and from which it can allow.
 *
 * Patterns are matched as whole words, whatever the case of letters, and begin
 * with a letter or digit. Runs of blanks and line ends in a text are one blank;
 * of a text, one pattern is found once. What imports bring and what is computed
 * is not read; comments are, wherever they stand, each line by itself.
 *
 * Most words of most texts begin as no pattern can: a reader remembers which do,
 * and searches only in texts that have one.
 */
#ifndef KAM_ETHICS_H
#define KAM_ETHICS_H

#include "data/field.h"

struct ethics_pattern {
	const struct node *node;
	const char *pattern;
	const char *severity; /* "error": rule "defamation"; else rule "private" */
	const char *what;     /* "health", for the message */
	const char *language; /* "ru", for people who read the file */
};

/* at least one of both is given */
struct ethics_allowance {
	const struct node *node;
	const char *pattern; /* what it matches is passed over */
	const char *path;    /* "contacts.interests": neither this nor what stands in it is read */
};

extern const struct fields ethics_fields;

struct ethics {
	struct ethics_pattern *pattern;
	size_t patterns, patterns_cap;
	const char **phrase; /* patterns of allowances */
	size_t phrases, phrases_cap;
	const char **path;
	size_t paths, paths_cap;
	struct rx **group; /* all patterns, many in one */
	size_t groups, groups_cap;
	struct rx *allowed; /* all phrases; NULL: there is none */
	bool unforeseen;    /* a pattern looks at what stands before it, so that no word can be ruled out */
	struct arena arena;
};

/* The built-in ones, and those of the file's text, NULL if there is none; the text need not outlive the call. 0, or -1
 * with findings. Free it either way. */
int ethics_read(struct ethics *, const struct str *text, const char *file, struct sink *);
void ethics_free(struct ethics *);

/* one thread's means to read documents, as long as the ethics live */
struct ethics_reader;
struct ethics_reader *ethics_reader_new(const struct ethics *);
/* findings "defamation" and "private"; beyond the hundredth of a document they are not looked for */
void ethics_check(struct ethics_reader *, const struct doc *, struct sink *);
void ethics_reader_free(struct ethics_reader *);

#endif
