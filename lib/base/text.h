/*
 * UTF-8 text: validity, width on a terminal, folding for comparison, printing
 * that no control character survives.
 */
#ifndef KAM_TEXT_H
#define KAM_TEXT_H

#include <stdbool.h>

#include "mem.h"

/* offset of the first byte that is not UTF-8 (overlong forms and surrogates are not), or n */
size_t utf8_check(const char *, size_t n);
/* code points in n bytes of valid UTF-8; for columns in messages */
size_t utf8_count(const char *, size_t n);
/* columns on a terminal: wide characters 2, combining marks 0 */
size_t text_width(const char *, size_t n);
/* longest prefix, in bytes, that fits in `width` columns */
size_t text_fit(const char *, size_t n, size_t width);

/* add text fit for a terminal: C0, C1, DEL, bidirectional controls and invalid bytes become \xNN or \uNNNN */
void text_safe(struct buf *, const char *, size_t n);
/* add text in double quotes for a message: safe, at most 60 columns, … where cut */
void text_quote(struct buf *, const char *, size_t n);
/* the same in the arena */
const char *text_quoted(struct arena *, const char *);
/* "1 account", "3 accounts": so many of a noun whose plural ends in -s, in the arena */
const char *text_count(struct arena *, size_t n, const char *noun);

/* one form for names that people take for equal: NFKC, case folded, ё as е, blanks squeezed and trimmed */
char *text_fold(struct arena *, const char *, size_t n);

/* Latin letters for Cyrillic and for Latin with marks, lower case; runs of all else become one '-', none at the
 * ends: "ООО «Ромашка»" → "ooo-romashka", "SIA Ķeguma Koks" → "sia-keguma-koks". May be empty. */
char *text_translit(struct arena *, const char *, size_t n);

/* Of n words the one nearest to s by edit distance, in which two letters that changed places are one edit: at most 2, 1
 * for words below five letters, and less than its length; or NULL. For "did you mean". */
const char *text_nearest(const char *s, const char *const *words, size_t n);

/* 64-bit hash of bytes, the same on every machine and run */
unsigned long long text_hash(const char *, size_t n);

#endif
