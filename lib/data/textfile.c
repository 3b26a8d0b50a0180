#include "data/textfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"

#define BLOCK (256UL * 1024) /* bytes asked of the file at once; a block has about as many */

/* reads once, up to size bytes; 1, 0 at the end of the file, -1 */
static int
block_read(struct textfile *t, struct buf *to, size_t size, struct error *err)
{
	char *p = buf_room(to, size);
	ssize_t n;

	do
		n = read(t->fd, p, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return error_sys(err, t->file, "cannot read");
	to->len += (size_t)n;
	t->bytes += (size_t)n;
	t->eof = n == 0;
	return n > 0;
}

int
textfile_convert(iconv_t cd, struct buf *out, const char **p, size_t *n)
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

/* moves what can be decoded from source to the text */
static void
stream_decode(struct textfile *t, struct buf *text)
{
	const char *p = t->source.data;
	size_t n = t->source.len;

	while (n > 0) {
		int reason = textfile_convert(t->cd, text, &p, &n);
		size_t skip = n < t->unit ? n : t->unit;

		if (reason == 0 || (reason == EINVAL && !t->eof))
			break;
		p += skip;
		n -= skip;
		buf_adds(text, TEXTFILE_UNDECODED);
	}
	if (t->eof)
		textfile_convert(t->cd, text, NULL, NULL);
	if (n > 0)
		memmove(t->source.data, p, n);
	t->source.len = n;
}

/* adds to the text until it has so many bytes, or the file is at its end; 0, or -1 */
static int
text_fill(struct textfile *t, struct buf *text, size_t least, struct error *err)
{
	while (text->len < least && !t->eof) {
		if (!t->streamed) {
			if (block_read(t, text, least - text->len, err) < 0)
				return -1;
			continue;
		}
		if (block_read(t, &t->source, BLOCK, err) < 0)
			return -1;
		stream_decode(t, text);
	}
	return 0;
}

static void
rest_drop(struct textfile *t, size_t n)
{
	t->rest.len -= n;
	memmove(t->rest.data, t->rest.data + n, t->rest.len);
}

/* the encoding that the text's first bytes name, which are passed over; NULL: none */
static const char *
bom_take(struct textfile *t)
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
		if (t->rest.len >= boms[i].n && memcmp(t->rest.data, boms[i].bytes, boms[i].n) == 0) {
			rest_drop(t, boms[i].n);
			return boms[i].encoding;
		}
	}
	return NULL;
}

/* Are the text's units big-endian? Most files have more ASCII, delimiters at least, than characters that end in a
 * zero byte, so the high bytes are zero the more often. */
static bool
text_is_big(const struct textfile *t)
{
	size_t i, big = 0, little = 0;

	for (i = 0; i + t->unit <= t->rest.len; i += t->unit) {
		big += t->rest.data[i] == '\0';
		little += t->rest.data[i + t->unit - 1] == '\0';
	}
	return big > little;
}

/* the encoding's name, the bytes of its smallest unit in t->unit, and its byte order, where left open, as found */
static char *
encoding_resolve(struct textfile *t, const char *name)
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

	t->unit = 1;
	for (i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		size_t n = strlen(wide[i].name);

		if (strncasecmp(name, wide[i].name, n) != 0)
			continue;
		t->unit = wide[i].unit;
		if (name[n] == '\0')
			name = text_is_big(t) ? wide[i].big : wide[i].little;
		break;
	}
	return xstrdup(name);
}

/* does every ASCII byte stand for itself? */
static bool
encoding_keeps_ascii(iconv_t cd)
{
	/* to ISO-2022-JP what stands between these is a character */
	static const char escape[] = "\x1B$B!!\x1B(B";
	char ascii[127 + sizeof escape - 1];
	const char *p = ascii;
	size_t i, n = sizeof ascii;
	struct buf out = {0};
	bool same;

	for (i = 0; i < 127; i++)
		ascii[i] = (char)(i + 1);
	memcpy(ascii + 127, escape, sizeof escape - 1);
	same = textfile_convert(cd, &out, &p, &n) == 0 && textfile_convert(cd, &out, NULL, NULL) == 0;
	same = same && out.len == sizeof ascii && memcmp(out.data, ascii, sizeof ascii) == 0;
	iconv(cd, NULL, NULL, NULL, NULL);
	buf_free(&out);
	return same;
}

/* decides on the encoding by the first block, and decodes that if it is a stream */
static int
encoding_open(struct textfile *t, const char *declared, struct error *err)
{
	const char *bom = bom_take(t);
	struct buf quoted = {0};

	t->encoding = encoding_resolve(t, bom ? bom : declared ? declared : "utf-8");
	if (strcasecmp(t->encoding, "utf-8") == 0 || strcasecmp(t->encoding, "utf8") == 0)
		return 0;
	/* to iconv an empty name is the locale's, and a slash begins its own options */
	if (t->encoding[0] != '\0' && !strchr(t->encoding, '/'))
		t->cd = iconv_open("UTF-8", t->encoding);
	if (t->cd == (iconv_t)-1) {
		text_quote(&quoted, t->encoding, strlen(t->encoding));
		error_at(err, t->file, 0, 0, "unknown encoding %s; iconv -l lists them", quoted.data);
		buf_free(&quoted);
		return -1;
	}
	t->streamed = t->unit > 1 || !encoding_keeps_ascii(t->cd);
	if (t->streamed) {
		buf_add(&t->source, t->rest.data, t->rest.len);
		buf_clear(&t->rest);
		stream_decode(t, &t->rest);
	}
	return 0;
}

/* '\r' if the first line outside quotes ends with it and no '\n' follows, else '\n' */
static char
text_eol(const struct textfile *t)
{
	const char *p = t->rest.data, *end = p + t->rest.len;
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
		return t->eof ? '\r' : '\n';
	return *p == '\n' ? '\n' : '\r';
}

int
textfile_open(struct textfile *t, int fd, const char *file, const char *encoding, struct error *err)
{
	*t = (struct textfile){.fd = fd, .file = file, .cd = (iconv_t)-1};
	buf_adds(&t->rest, "");
	if (text_fill(t, &t->rest, BLOCK, err) < 0 || encoding_open(t, encoding, err) < 0)
		return -1;
	t->eol = text_eol(t);
	return 0;
}

/* passes over the rest of a line that was cut */
static int
rest_pass(struct textfile *t, struct buf *text, struct error *err)
{
	for (;;) {
		const char *end = memchr(text->data, t->eol, text->len);
		size_t n = end ? (size_t)(end + 1 - text->data) : text->len;

		text->len -= n;
		memmove(text->data, text->data + n, text->len);
		if (end || t->eof)
			break;
		if (text_fill(t, text, BLOCK, err) < 0)
			return -1;
	}
	t->in_cut = false;
	return 0;
}

/* is the number of quotes odd? */
static bool
quotes_odd(const char *p, const char *end)
{
	bool odd = false;

	while (p < end && (p = memchr(p, '"', (size_t)(end - p)))) {
		odd = !odd;
		p++;
	}
	return odd;
}

static const char *
last_eol(const char *p, size_t n, char eol)
{
	while (n > 0)
		if (p[--n] == eol)
			return p + n;
	return NULL;
}

/* Bytes up to behind the last line end, where quotes are heeded the last one outside of them; 0 if there is none. */
static size_t
lines_size(const struct textfile *t, const struct buf *text)
{
	const char *p = text->data, *end = last_eol(p, text->len, t->eol), *at = end, *before;
	bool odd = end && t->heed_quotes && quotes_odd(p, end);

	for (; odd && at; at = before) {
		before = last_eol(p, (size_t)(at - p), t->eol);
		odd = before && !quotes_odd(before, at);
	}
	if (!at)
		at = end;
	return at ? (size_t)(at + 1 - p) : 0;
}

int
textfile_next(struct textfile *t, struct textblock *b, struct error *err)
{
	size_t size, least = BLOCK;

	b->last = b->cut = false;
	buf_clear(&b->text);
	if (t->done)
		return 0;
	buf_add(&b->text, t->rest.data, t->rest.len);
	buf_clear(&t->rest);
	if (t->in_cut && rest_pass(t, &b->text, err) < 0)
		return -1;
	for (;; least += BLOCK) {
		if (text_fill(t, &b->text, least, err) < 0)
			return -1;
		if (t->eof) {
			b->last = t->done = true;
			return 1;
		}
		size = lines_size(t, &b->text);
		if (size > 0 || b->text.len > TEXTFILE_LINE_MAX)
			break;
	}
	if (size == 0) {
		b->cut = t->in_cut = true;
		return 1;
	}
	buf_add(&t->rest, b->text.data + size, b->text.len - size);
	b->text.len = size;
	return 1;
}

void
textfile_repair(const struct textfile *t, char *p, size_t n)
{
	size_t i;

	for (i = 0; t->streamed && i < n; i++)
		if (p[i] == TEXTFILE_UNDECODED[0])
			p[i] = '\xEF';
}

void
textfile_close(struct textfile *t)
{
	if (t->cd != (iconv_t)-1)
		iconv_close(t->cd);
	free(t->encoding);
	buf_free(&t->source);
	buf_free(&t->rest);
}
