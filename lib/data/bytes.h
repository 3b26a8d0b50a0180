/*
 * What a document's bytes show without a parser: places, blanks and comments,
 * and whether libyaml may see them at all. Shared by what parses and splices
 * documents.
 */
#ifndef KAM_BYTES_H
#define KAM_BYTES_H

#include "data/doc.h"

/* fills the error with the place of a byte; -1 */
int doc_error(struct error *, const struct doc *, size_t offset, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* UTF-8, within the limits, no NUL, no odd line breaks, no directives; *ascii: nothing but ASCII. 0, or -1 */
int bytes_check(const struct doc *, bool *ascii, struct error *);
/* Has valid UTF-8 control characters other than CR and LF, byte order marks or noncharacters of 16 bits? Those are what
 * libyaml refuses or takes for something else, and tabs. */
bool bytes_have_controls(struct str);
/* the first byte from i on that is neither blank nor in a comment, or end */
size_t bytes_skip_comments(const char *, size_t i, size_t end);
/* the same to the end, passing over lines "..." too */
size_t bytes_skip_nothing(struct str, size_t from);

#endif
