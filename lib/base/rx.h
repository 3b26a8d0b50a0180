/*
 * Regular expressions: PCRE2 with JIT, always UTF and UCP (so that \s knows
 * U+00A0 and \b knows Cyrillic), with a match limit and a cap on the subject,
 * because patterns meet other people's cells.
 */
#ifndef KAM_RX_H
#define KAM_RX_H

#include <stdbool.h>

#include "error.h"

#define RX_MATCH_LIMIT 100000	   /* backtracking steps before a match is given up */
#define RX_SUBJECT_MAX (64 * 1024) /* bytes of a subject */

struct rx;

enum rx_result { RX_LIMIT = -2, RX_ERROR = -1, RX_NO = 0, RX_YES = 1 };

/* compiles; NULL with the offset and PCRE2's reason in the error's text */
struct rx *rx_new(const char *pattern, struct error *);
/* the same pattern for another thread, as long as the first one lives */
struct rx *rx_share(const struct rx *, struct error *);
void rx_free(struct rx *);
/* RX_YES or RX_NO; RX_LIMIT when a limit stopped it (the caller rejects the text), with the error filled */
enum rx_result rx_match(struct rx *, const char *subject, size_t n, struct error *);
/* the same; *found is where in the subject the first match stands */
enum rx_result rx_find(struct rx *, const char *subject, size_t n, struct str *found, struct error *);
/* Could a match begin at the start of a text that begins with these bytes? True where that is not known. What stands
 * before the text is taken for nothing: lookbehinds that want something find it not. */
bool rx_can_begin(struct rx *, const char *start, size_t n);
/* every match replaced ($1 … as in PCRE2's extended-less syntax); appends to out the whole new subject.
 * RX_NO: no match, nothing was appended. */
enum rx_result rx_replace(struct rx *, const char *subject, size_t n, const char *replacement,
			  struct buf *out, struct error *);

/* Is the replacement one for this pattern: well formed, and naming no group that it has not? 0, or -1; a pattern that
 * opens with settings as (*LF) is not looked at, and rx_replace says it then. */
int rx_check_replacement(const char *pattern, const char *replacement, struct error *);

#endif
