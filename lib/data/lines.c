#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "data/lines.h"

#define BLOCK (256UL * 1024) /* bytes asked of the file at once */

/* What stands in streamed text for bytes that could not be decoded: invalid, so that the line is found out, and one
 * byte away from U+FFFD, which it becomes where the line is shown. */
#define UNDECODED "\xFF\xBF\xBD"

/* reads once, up to size bytes; 1, 0 at the end of the file, -1 */
static int
block_read(struct lines *l, struct buf *to, size_t size, struct error *err)
{
	char *p = buf_room(to, size);
	ssize_t n;

	do
		n = read(l->fd, p, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return error_sys(err, l->file, "cannot read");
	to->len += (size_t)n;
	l->bytes += (size_t)n;
	l->eof = n == 0;
	return n > 0;
}

/* Adds to out what the n bytes at *p convert to and advances both; 0 when all are through, else iconv's errno.
 * A NULL p brings what the encoding's state still holds. */
static int
convert(iconv_t cd, struct buf *out, const char **p, size_t *n)
{
	char *in = p ? (char *)*p : NULL;
	int reason;

	do {
		size_t room = (p ? *n : 0) * 2 + 64;
		char *begin = buf_room(out, room), *end = begin;

		reason = iconv(cd, p ? &in : NULL, n, &end, &room) == (size_t)-1 ? errno : 0;
		out->len += (size_t)(end - begin);
	} while (reason == E2BIG);
	if (p)
		*p = in;
	return reason;
}

/* moves what can be decoded from source to text */
static void
stream_decode(struct lines *l)
{
	const char *p = l->source.data;
	size_t n = l->source.len;

	while (n > 0) {
		int reason = convert(l->cd, &l->text, &p, &n);
		size_t skip = n < l->unit ? n : l->unit;

		if (reason == 0 || (reason == EINVAL && !l->eof))
			break;
		p += skip;
		n -= skip;
		buf_adds(&l->text, UNDECODED);
	}
	if (l->eof)
		convert(l->cd, &l->text, NULL, NULL);
	if (n > 0)
		memmove(l->source.data, p, n);
	l->source.len = n;
}

/* more text behind the lines taken, which move to the front; 1, 0 at the end, -1 */
static int
text_fill(struct lines *l, struct error *err)
{
	size_t before;

	if (l->eof)
		return 0;
	l->text.len -= l->start;
	memmove(l->text.data, l->text.data + l->start, l->text.len);
	l->start = 0;
	if (!l->streamed)
		return block_read(l, &l->text, BLOCK, err);
	before = l->text.len;
	while (l->text.len == before && !l->eof) {
		if (block_read(l, &l->source, BLOCK, err) < 0)
			return -1;
		stream_decode(l);
	}
	return l->text.len > before;
}

/* the encoding that the text's first bytes name, which are passed over; NULL: none */
static const char *
bom_take(struct lines *l)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *encoding;
	} boms[] = {
	    {"\xEF\xBB\xBF", 3, "utf-8"}, {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
	    {"\xFF\xFE", 2, "UTF-16LE"},  {"\xFE\xFF", 2, "UTF-16BE"},
	};
	size_t i;

	for (i = 0; i < sizeof boms / sizeof boms[0]; i++) {
		if (l->text.len >= boms[i].n && memcmp(l->text.data, boms[i].bytes, boms[i].n) == 0) {
			l->start = boms[i].n;
			return boms[i].encoding;
		}
	}
	return NULL;
}

/* Are the text's units big-endian? Most files have more ASCII, delimiters at least, than characters that end in a
 * zero byte, so the high bytes are zero the more often. */
static bool
text_is_big(const struct lines *l)
{
	size_t i, big = 0, little = 0;

	for (i = 0; i + l->unit <= l->text.len; i += l->unit) {
		big += l->text.data[i] == '\0';
		little += l->text.data[i + l->unit - 1] == '\0';
	}
	return big > little;
}

/* the encoding's name, the bytes of its smallest unit in l->unit, and its byte order, where left open, as found */
static char *
encoding_resolve(struct lines *l, const char *name)
{
	static const struct {
		const char *name;
		size_t unit;
		const char *little, *big;
	} wide[] = {
	    {"utf-16", 2, "UTF-16LE", "UTF-16BE"}, {"utf16", 2, "UTF-16LE", "UTF-16BE"},
	    {"ucs-2", 2, "UTF-16LE", "UTF-16BE"},  {"utf-32", 4, "UTF-32LE", "UTF-32BE"},
	    {"utf32", 4, "UTF-32LE", "UTF-32BE"},  {"ucs-4", 4, "UTF-32LE", "UTF-32BE"},
	};
	size_t i;

	l->unit = 1;
	for (i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		size_t n = strlen(wide[i].name);

		if (strncasecmp(name, wide[i].name, n) != 0)
			continue;
		l->unit = wide[i].unit;
		if (name[n] == '\0')
			name = text_is_big(l) ? wide[i].big : wide[i].little;
		break;
	}
	return xstrdup(name);
}

/* does every ASCII byte stand for itself? */
static bool
encoding_keeps_ascii(iconv_t cd)
{
	char ascii[127];
	const char *p = ascii;
	size_t i, n = sizeof ascii;
	struct buf out = {0};
	bool same;

	for (i = 0; i < sizeof ascii; i++)
		ascii[i] = (char)(i + 1);
	same = convert(cd, &out, &p, &n) == 0 && convert(cd, &out, NULL, NULL) == 0;
	same = same && out.len == sizeof ascii && memcmp(out.data, ascii, sizeof ascii) == 0;
	iconv(cd, NULL, NULL, NULL, NULL);
	buf_free(&out);
	return same;
}

/* decides on the encoding by the first block, and decodes that if it is a stream */
static int
encoding_open(struct lines *l, const char *declared, struct error *err)
{
	const char *bom = bom_take(l);
	struct buf quoted = {0};

	l->encoding = encoding_resolve(l, bom ? bom : declared ? declared : "utf-8");
	if (strcasecmp(l->encoding, "utf-8") == 0 || strcasecmp(l->encoding, "utf8") == 0)
		return 0;
	/* to iconv an empty name is the locale's, and a slash begins its own options */
	if (l->encoding[0] != '\0' && !strchr(l->encoding, '/'))
		l->cd = iconv_open("UTF-8", l->encoding);
	if (l->cd == (iconv_t)-1) {
		text_quote(&quoted, l->encoding, strlen(l->encoding));
		error_at(err, l->file, 0, 0, "unknown encoding %s; iconv -l lists them", quoted.data);
		buf_free(&quoted);
		return -1;
	}
	l->streamed = l->unit > 1 || !encoding_keeps_ascii(l->cd);
	if (l->streamed) {
		buf_add(&l->source, l->text.data + l->start, l->text.len - l->start);
		buf_clear(&l->text);
		l->start = 0;
		stream_decode(l);
	}
	return 0;
}

/* '\r' if the first line outside quotes ends with it and no '\n' follows, else '\n' */
static char
text_eol(const struct lines *l)
{
	const char *p = l->text.data + l->start, *end = l->text.data + l->text.len;
	bool quoted = false;

	for (; p < end; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (!quoted && (*p == '\n' || *p == '\r'))
			break;
	}
	if (p == end || *p == '\n')
		return '\n';
	while (p < end && *p == '\r')
		p++;
	if (p == end)
		return l->eof ? '\r' : '\n';
	return *p == '\n' ? '\n' : '\r';
}

int
lines_open(struct lines *l, int fd, const char *file, const char *encoding, struct error *err)
{
	int more;

	*l = (struct lines){.fd = fd, .file = file, .cd = (iconv_t)-1, .line = 1};
	do
		more = block_read(l, &l->text, BLOCK - l->text.len, err);
	while (more > 0 && l->text.len < BLOCK);
	if (more < 0 || encoding_open(l, encoding, err) < 0)
		return -1;
	l->eol = text_eol(l);
	return 0;
}

void
lines_close(struct lines *l)
{
	if (l->cd != (iconv_t)-1)
		iconv_close(l->cd);
	free(l->encoding);
	buf_free(&l->source);
	buf_free(&l->decoded);
	buf_free(&l->text);
}

enum line_result
lines_take(struct lines *l, size_t max, struct error *err)
{
	size_t seen = l->size;

	for (;;) {
		const char *p = l->text.data + l->start, *end;
		size_t have = l->text.len - l->start;
		int more;

		end = memchr(p + seen, l->eol, have - seen);
		seen = end ? (size_t)(end - p) + 1 : have;
		if (seen > max)
			return LINE_LONG;
		if (end)
			break;
		more = text_fill(l, err);
		if (more < 0)
			return LINE_FAIL;
		if (more == 0)
			break;
	}
	if (seen == l->size)
		return LINE_END;
	if (l->n++ == 0)
		l->first = seen;
	l->size = seen;
	return LINE_TAKEN;
}

/* passes over the rest of a line that was cut */
static int
rest_pass(struct lines *l, struct error *err)
{
	for (;;) {
		const char *p = l->text.data + l->start, *end = memchr(p, l->eol, l->text.len - l->start);
		int more;

		l->start = end ? (size_t)(end + 1 - l->text.data) : l->text.len;
		if (end)
			break;
		more = text_fill(l, err);
		if (more < 0)
			return -1;
		if (more == 0)
			break;
	}
	l->cut = false;
	return 0;
}

int
lines_drop(struct lines *l, struct error *err)
{
	l->start += l->size;
	l->line += l->n;
	l->size = l->first = l->n = 0;
	return l->cut ? rest_pass(l, err) : 0;
}

void
lines_return(struct lines *l)
{
	l->size = l->first;
	l->n = 1;
}

void
lines_cut(struct lines *l, size_t max)
{
	const char *p = l->text.data + l->start;
	size_t least = max - 3;

	while (max > least && ((unsigned char)p[max] & 0xC0) == 0x80)
		max--;
	l->size = l->first = max;
	l->n = 1;
	l->cut = true;
}

struct str
lines_body(const struct lines *l, size_t from)
{
	const char *p = l->text.data + l->start + from;
	size_t n = l->size - from;

	while (n > 0 && (p[n - 1] == '\n' || p[n - 1] == '\r'))
		n--;
	return (struct str){p, n};
}

void
lines_repair(struct lines *l)
{
	char *p = l->text.data + l->start, *end = p + l->size;

	for (; l->streamed && p < end; p++) {
		if (*p == UNDECODED[0])
			*p = '\xEF';
	}
}

const char *
lines_encoding(const struct lines *l)
{
	return l->streamed || l->cd == (iconv_t)-1 ? "utf-8" : l->encoding;
}

/* no NUL and nothing beyond ASCII, eight bytes at a time */
static bool
is_plain(const char *p, size_t n)
{
	unsigned long long word, bad = 0;

	for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
		memcpy(&word, p, sizeof word);
		bad |= word | (word - 0x0101010101010101ULL);
	}
	for (; n > 0; p++, n--)
		bad |= *p == '\0' ? 0x80 : (unsigned char)*p;
	return (bad & 0x8080808080808080ULL) == 0;
}

enum decoded
lines_decode(struct lines *l, struct str line, struct str *utf8, size_t *column)
{
	const char *p = line.p;
	size_t n = line.n;

	*utf8 = line;
	*column = 0;
	if (is_plain(line.p, line.n))
		return DECODED_FINE;
	if (memchr(line.p, '\0', line.n))
		return DECODED_NUL;
	if (l->streamed || l->cd == (iconv_t)-1) {
		size_t valid = utf8_check(line.p, line.n);

		if (valid < line.n)
			*column = utf8_count(line.p, valid) + 1;
		return valid < line.n ? DECODED_INVALID : DECODED_FINE;
	}
	iconv(l->cd, NULL, NULL, NULL, NULL);
	buf_clear(&l->decoded);
	if (convert(l->cd, &l->decoded, &p, &n) != 0 || convert(l->cd, &l->decoded, NULL, NULL) != 0) {
		*column = utf8_count(l->decoded.data, l->decoded.len) + 1;
		return DECODED_INVALID;
	}
	*utf8 = (struct str){l->decoded.data, l->decoded.len};
	return DECODED_FINE;
}
