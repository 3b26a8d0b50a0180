/*
 * What a document's bytes show without a parser: places, blanks and comments,
 * and whether libyaml may see them at all. Shared by doc.c, splice.c
 * and bytes.c only.
 */
#ifndef KAM_BYTES_H
#define KAM_BYTES_H

#include "data/doc.h"

/* fills the error with the place of a byte; -1 */
int doc_error(struct error *, const struct doc *, size_t offset, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* UTF-8, within the limits, no NUL, no odd line breaks, no directives; *ascii: nothing but ASCII. 0, or -1 */
int bytes_check(const struct doc *, bool *ascii, struct error *);
/* the first byte from i on that is neither blank nor in a comment, or end */
size_t bytes_skip_comments(const char *, size_t i, size_t end);
/* the same to the end, passing over lines "..." too */
size_t bytes_skip_nothing(struct str, size_t from);

#endif
