#include "data/charset.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/textfile.h"

#define UTF8_MAX 4

struct charset {
	iconv_t cd;
	bool single; /* each byte is a character, whatever stands around it */
	char utf8[256][UTF8_MAX];
	unsigned char len[256]; /* 0: none */
};

/* fills the table's row of a byte; false: there can be none, as it is no whole character */
static bool
table_fill(struct charset *c, unsigned byte)
{
	char in = (char)byte, *p = &in, *out = c->utf8[byte];
	size_t n = 1, room = UTF8_MAX;

	iconv(c->cd, NULL, NULL, NULL, NULL);
	if (iconv(c->cd, &p, &n, &out, &room) == (size_t)-1)
		return errno == EILSEQ;
	c->len[byte] = (unsigned char)(UTF8_MAX - room);
	return c->len[byte] > 0;
}

struct charset *
charset_new(const char *encoding)
{
	struct charset *c = xcalloc(1, sizeof *c);
	unsigned byte;

	c->cd = iconv_open("UTF-8", encoding);
	c->single = c->cd != (iconv_t)-1;
	for (byte = 0; byte < 256 && c->single; byte++)
		c->single = table_fill(c, byte);
	return c;
}

void
charset_free(struct charset *c)
{
	if (!c)
		return;
	if (c->cd != (iconv_t)-1)
		iconv_close(c->cd);
	free(c);
}

static size_t
decode_single(const struct charset *c, struct str text, struct buf *utf8)
{
	char *out = buf_room(utf8, text.n * UTF8_MAX + UTF8_MAX), *begin = out;
	size_t i;

	for (i = 0; i < text.n; i++) {
		unsigned char byte = (unsigned char)text.p[i];

		if (c->len[byte] == 0)
			break;
		memcpy(out, c->utf8[byte], UTF8_MAX);
		out += c->len[byte];
	}
	*out = '\0';
	utf8->len += (size_t)(out - begin);
	return i;
}

size_t
charset_decode(struct charset *c, struct str text, struct buf *utf8)
{
	const char *p = text.p;
	size_t n = text.n;

	if (c->single)
		return decode_single(c, text, utf8);
	if (c->cd == (iconv_t)-1)
		return 0;
	iconv(c->cd, NULL, NULL, NULL, NULL);
	if (textfile_convert(c->cd, utf8, &p, &n) == 0)
		textfile_convert(c->cd, utf8, NULL, NULL);
	return text.n - n;
}
