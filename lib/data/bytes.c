#include "data/bytes.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void
doc_place(const struct doc *doc, size_t offset, size_t *line, size_t *column)
{
	const char *p = doc->bytes.p + doc->bom, *end = doc->bytes.p + offset, *nl;

	*line = doc->first_line;
	while (p < end && (nl = memchr(p, '\n', (size_t)(end - p)))) {
		(*line)++;
		p = nl + 1;
	}
	*column = p < end ? utf8_count(p, (size_t)(end - p)) + 1 : 1;
}

static int
doc_verror(struct error *err, const struct doc *doc, size_t offset, const char *fmt, va_list ap)
{
	struct error said;
	size_t line, column;

	if (!err)
		return -1;
	doc_place(doc, offset, &line, &column);
	vsnprintf(said.text, sizeof said.text, fmt, ap);
	return error_at(err, doc->file, line, column, "%s", said.text);
}

int
doc_error(struct error *err, const struct doc *doc, size_t offset, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	doc_verror(err, doc, offset, fmt, ap);
	va_end(ap);
	return -1;
}

int
node_error(struct error *err, const struct doc *doc, const struct node *node, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	doc_verror(err, doc, node->start, fmt, ap);
	va_end(ap);
	return -1;
}

size_t
bytes_skip_comments(const char *s, size_t i, size_t end)
{
	while (i < end && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n' || s[i] == '#')) {
		if (s[i] == '#')
			while (i < end && s[i] != '\n')
				i++;
		else
			i++;
	}
	return i;
}

size_t
bytes_skip_nothing(struct str s, size_t from)
{
	size_t i = from;

	for (;;) {
		i = bytes_skip_comments(s.p, i, s.n);
		if (s.n - i < 3 || memcmp(s.p + i, "...", 3) != 0 || (i > from && s.p[i - 1] != '\n'))
			return i;
		if (s.n - i > 3 && !strchr(" \t\r\n", s.p[i + 3]))
			return i;
		i += 3;
	}
}

/* eight bytes at a time */
static bool
is_ascii(struct str s)
{
	uint64_t eight, high = 0;
	size_t i = 0;

	for (; high == 0 && s.n - i >= sizeof eight; i += sizeof eight) {
		memcpy(&eight, s.p + i, sizeof eight);
		high = eight & 0x8080808080808080U;
	}
	for (; high == 0 && i < s.n; i++)
		high = s.p[i] & 0x80;
	return high == 0;
}

/* The first character that libyaml takes for something of which lines here know nothing, or n: line breaks beside LF
 * and CR LF (CR alone, U+0085, U+2028, U+2029), and byte order marks that begin a line. */
static size_t
odd_character(const struct doc *doc, bool ascii)
{
	struct str s = doc->bytes;
	const char *p, *end = s.p + s.n, *first = end;

	for (p = s.p; p < first && (p = memchr(p, '\r', (size_t)(first - p))); p++)
		if (end - p < 2 || p[1] != '\n')
			first = p;
	if (ascii)
		return (size_t)(first - s.p);
	for (p = s.p; p < first && (p = memchr(p, 0xC2, (size_t)(first - p))); p++)
		if ((unsigned char)p[1] == 0x85)
			first = p;
	for (p = s.p; p < first && (p = memchr(p, 0xE2, (size_t)(first - p))); p++)
		if ((unsigned char)p[1] == 0x80 && ((unsigned char)p[2] & 0xFE) == 0xA8)
			first = p;
	for (p = s.p; p < first && (p = memchr(p, 0xEF, (size_t)(first - p))); p++)
		if (p > s.p && (p[-1] == '\n' || p == s.p + doc->bom) && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
			first = p;
	return (size_t)(first - s.p);
}

static int
odd_character_error(struct error *err, const struct doc *doc, size_t at)
{
	const unsigned char *s = (const unsigned char *)doc->bytes.p + at;
	unsigned code = s[0] == 0xC2 ? 0x85 : 0x2000 + (s[0] == 0xE2 ? s[2] & 0x3Fu : 0);

	if (s[0] == 0xEF)
		return doc_error(
		    err, doc, at,
		    "a byte order mark within the document; two files joined without a line \"---\"?");
	if (s[0] == '\r')
		return doc_error(err, doc, at, "a CR without LF; lines end with LF or CR LF");
	return doc_error(err, doc, at, "the line break U+%04X; in double quotes it is written \\u%04x", code,
			 code);
}

/* may one of the eight bytes begin something that is_control knows? */
static bool
may_be_control(const char *s)
{
	const uint64_t each = UINT64_MAX / 0xFF, high = 0x80 * each;
	uint64_t x, del, c2, ef;

	memcpy(&x, s, sizeof x);
	del = x ^ 0x7F * each;
	c2 = x ^ 0xC2 * each;
	ef = x ^ 0xEF * each;
	/* a byte less than the one taken from it borrows from bit 7 */
	return (((x - 0x20 * each) & ~x) | ((del - each) & ~del) | ((c2 - each) & ~c2) |
		((ef - each) & ~ef)) &
	       high;
}

static bool
is_control(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	if (*s < 0x20)
		return *s != '\n' && *s != '\r';
	if (*s == 0xC2)
		return s[1] < 0xA0;
	if (*s == 0xEF)
		return (s[1] == 0xBB && s[2] == 0xBF) || (s[1] == 0xBF && s[2] >= 0xBE);
	return *s == 0x7F;
}

bool
bytes_have_controls(struct str s)
{
	const size_t step = sizeof(uint64_t);

	for (size_t i = 0; i < s.n; i += step) {
		if (s.n - i >= step && !may_be_control(s.p + i))
			continue;
		for (size_t k = i; k < i + step && k < s.n; k++)
			if (is_control(s.p + k))
				return true;
	}
	return false;
}

int
bytes_check(const struct doc *doc, bool *ascii, struct error *err)
{
	struct str s = doc->bytes;
	const char *nul;
	size_t at;

	if (s.n > DOC_SIZE_MAX)
		return error_at(err, doc->file, doc->first_line, 0,
				"a document of %zu bytes; the limit is %lu", s.n, DOC_SIZE_MAX);
	if ((nul = memchr(s.p, '\0', s.n)))
		return doc_error(err, doc, (size_t)(nul - s.p), "a NUL byte: not a text file");
	at = utf8_check(s.p, s.n);
	if (at < s.n)
		return doc_error(err, doc, at, "not UTF-8: byte 0x%02x", (unsigned char)s.p[at]);
	*ascii = is_ascii(s);
	at = odd_character(doc, *ascii);
	if (at < s.n)
		return odd_character_error(err, doc, at);
	/* not left to libyaml: many directives take it the square of their number */
	at = bytes_skip_nothing(s, doc->bom);
	if (at < s.n && s.p[at] == '%')
		return doc_error(err, doc, at, "a YAML directive (%%…) is not understood; leave it out");
	return 0;
}
