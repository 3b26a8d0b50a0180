#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/rx.h"

#define JIT_STACK_LEAST ((size_t)32 * 1024)
#define JIT_STACK_MOST ((size_t)1024 * 1024)
#define HEAP_LIMIT (16 * 1024)			 /* KiB, for patterns that JIT leaves to the interpreter */
#define PATTERN_MAX ((size_t)16 * 1024)		 /* bytes */
#define RESULT_MAX ((size_t)16 * RX_SUBJECT_MAX) /* bytes of a subject with its matches replaced */

struct rx {
	pcre2_code *code;
	bool borrowed; /* the code is another's */
	pcre2_match_data *match;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack; /* NULL where there is none */
};

/* PCRE2's words for one of its codes */
static const char *
reason_of(int code, char reason[256])
{
	if (pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, 256) < 0)
		return "unknown error";
	return reason;
}

static pcre2_code *
code_new(const char *pattern, struct error *err)
{
	const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	size_t length = strlen(pattern), offset;
	pcre2_code *code;
	int number;

	if (length > PATTERN_MAX) {
		error_set(err, "the pattern is longer than %zu bytes", PATTERN_MAX);
		return NULL;
	}
	code = pcre2_compile((PCRE2_SPTR)pattern, length, options, &number, &offset, NULL);
	if (code == NULL) {
		char reason[256];

		error_set(err, "pattern, at offset %zu: %s", offset, reason_of(number, reason));
	}
	return code;
}

/* what matching with the code needs, for one thread */
static struct rx *
rx_make(pcre2_code *code, bool borrowed, struct error *err)
{
	struct rx *rx = xcalloc(1, sizeof(*rx));

	rx->code = code;
	rx->borrowed = borrowed;
	rx->match = pcre2_match_data_create_from_pattern(code, NULL);
	rx->limits = pcre2_match_context_create(NULL);
	if (rx->match == NULL || rx->limits == NULL) {
		rx_free(rx);
		error_set(err, "pattern: no memory to match it with");
		return NULL;
	}
	pcre2_set_match_limit(rx->limits, RX_MATCH_LIMIT);
	pcre2_set_heap_limit(rx->limits, HEAP_LIMIT);
	rx->stack = pcre2_jit_stack_create(JIT_STACK_LEAST, JIT_STACK_MOST, NULL);
	if (rx->stack != NULL)
		pcre2_jit_stack_assign(rx->limits, NULL, rx->stack);
	return rx;
}

struct rx *
rx_new(const char *pattern, struct error *err)
{
	pcre2_code *code = code_new(pattern, err);

	if (code == NULL)
		return NULL;
	/* without JIT, because the system allows none, everything works as well, but slower */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return rx_make(code, false, err);
}

struct rx *
rx_share(const struct rx *rx, struct error *err)
{
	return rx_make(rx->code, true, err);
}

void
rx_free(struct rx *rx)
{
	if (rx == NULL)
		return;
	pcre2_jit_stack_free(rx->stack);
	pcre2_match_context_free(rx->limits);
	pcre2_match_data_free(rx->match);
	if (!rx->borrowed)
		pcre2_code_free(rx->code);
	free(rx);
}

static enum rx_result
rx_failed(int code, struct error *err)
{
	char reason[256];

	switch (code) {
	case PCRE2_ERROR_MATCHLIMIT:
	case PCRE2_ERROR_DEPTHLIMIT:
	case PCRE2_ERROR_HEAPLIMIT:
	case PCRE2_ERROR_JIT_STACKLIMIT:
		error_set(err, "the pattern needs too many steps on this text: %s", reason_of(code, reason));
		return RX_LIMIT;
	default:
		error_set(err, "the pattern cannot be matched: %s", reason_of(code, reason));
		return RX_ERROR;
	}
}

enum rx_result
rx_match(struct rx *rx, const char *subject, size_t n, struct error *err)
{
	int found;

	if (n > RX_SUBJECT_MAX) {
		error_set(err, "a text of %zu bytes is too long for a pattern, %d is the most", n,
			  RX_SUBJECT_MAX);
		return RX_LIMIT;
	}
	found = pcre2_match(rx->code, (PCRE2_SPTR)subject, n, 0, 0, rx->match, rx->limits);
	if (found >= 0)
		return RX_YES;
	return found == PCRE2_ERROR_NOMATCH ? RX_NO : rx_failed(found, err);
}

enum rx_result
rx_find(struct rx *rx, const char *subject, size_t n, struct str *found, struct error *err)
{
	enum rx_result result = rx_match(rx, subject, n, err);
	const size_t *at;

	if (result != RX_YES)
		return result;
	at = pcre2_get_ovector_pointer(rx->match);
	found->p = subject + at[0];
	/* \K can put the beginning of a match behind its end */
	found->n = at[1] > at[0] ? at[1] - at[0] : 0;
	return RX_YES;
}

bool
rx_can_begin(struct rx *rx, const char *start, size_t n)
{
	/* a match that runs into the end is a partial one, whether more is needed or could follow */
	return pcre2_match(rx->code, (PCRE2_SPTR)start, n, 0, PCRE2_ANCHORED | PCRE2_PARTIAL_HARD, rx->match,
			   rx->limits) != PCRE2_ERROR_NOMATCH;
}

/* One try with room for *length bytes and a NUL; PCRE2_ERROR_NOMEMORY says in *length how much it takes. */
static int
substitute(struct rx *rx, struct str subject, const char *replacement, struct buf *out, size_t *length)
{
	/* the match that rx_match found is the first */
	const uint32_t options = PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_UNSET_EMPTY |
				 PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | PCRE2_SUBSTITUTE_MATCHED;
	PCRE2_UCHAR *room = (PCRE2_UCHAR *)buf_room(out, *length);

	*length += 1;
	return pcre2_substitute(rx->code, (PCRE2_SPTR)subject.p, subject.n, 0, options, rx->match, rx->limits,
				(PCRE2_SPTR)replacement, PCRE2_ZERO_TERMINATED, room, length);
}

static bool
is_bad_replacement(int code)
{
	return code == PCRE2_ERROR_BADREPLACEMENT || code == PCRE2_ERROR_REPMISSINGBRACE ||
	       code == PCRE2_ERROR_BADREPESCAPE || code == PCRE2_ERROR_NOSUBSTRING;
}

static enum rx_result
replace_failed(int code, const char *replacement, struct error *err)
{
	char reason[256];

	if (!is_bad_replacement(code))
		return rx_failed(code, err);
	error_set(err, "the replacement \"%.200s\" does not suit the pattern: %s", replacement,
		  reason_of(code, reason));
	return RX_ERROR;
}

enum rx_result
rx_replace(struct rx *rx, const char *subject, size_t n, const char *replacement, struct buf *out,
	   struct error *err)
{
	enum rx_result result = rx_match(rx, subject, n, err);
	size_t length = n + n / 2 + 64;
	int found;

	if (result != RX_YES)
		return result;
	found = substitute(rx, (struct str){subject, n}, replacement, out, &length);
	if (found == PCRE2_ERROR_NOMEMORY && length <= RESULT_MAX)
		found = substitute(rx, (struct str){subject, n}, replacement, out, &length);
	if (found < 0)
		out->data[out->len] = '\0';
	if (found == PCRE2_ERROR_NOMEMORY) {
		error_set(err, "the text would be longer than %zu bytes with its matches replaced",
			  RESULT_MAX);
		return RX_LIMIT;
	}
	if (found < 0)
		return replace_failed(found, replacement, err);
	out->len += length;
	return RX_YES;
}

int
rx_check_replacement(const char *pattern, const char *replacement, struct error *err)
{
	struct buf any = {0}, out = {0};
	enum rx_result result = RX_NO;
	struct error why;
	struct rx *rx;

	/* PCRE2 looks at a replacement only when there is a match: an empty alternative gives one, and no group */
	buf_printf(&any, "|%s", pattern);
	rx = rx_new(any.data, &why);
	if (rx != NULL)
		result = rx_replace(rx, "", 0, replacement, &out, err);
	rx_free(rx);
	buf_free(&any);
	buf_free(&out);
	return result == RX_ERROR ? -1 : 0;
}
