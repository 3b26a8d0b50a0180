#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/charset.h"
#include "data/textfile.h"

/* what iconv makes of the whole, and how much of it */
static size_t
by_iconv(const char *encoding, struct str text, struct buf *out)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	char *in = (char *)(uintptr_t)text.p, *to;
	size_t n = text.n, room = n * 8 + 64;

	assert_true(cd != (iconv_t)-1);
	to = buf_room(out, room);
	if (iconv(cd, &in, &n, &to, &room) != (size_t)-1)
		iconv(cd, NULL, NULL, &to, &room);
	out->len = (size_t)(to - out->data);
	iconv_close(cd);
	return text.n - n;
}

static void
decodes_as_iconv(struct charset *charset, const char *encoding, struct str text)
{
	struct buf got = {0}, want = {0};

	buf_adds(&got, "");
	buf_adds(&want, "");
	assert_int_equal(charset_decode(charset, text, &got), by_iconv(encoding, text, &want));
	assert_int_equal(got.len, want.len);
	assert_memory_equal(got.data, want.data, want.len);
	buf_free(&got);
	buf_free(&want);
}

static const char *const encodings[] = {"windows-1251", "windows-1252", "windows-1257", "koi8-r", "cp866",
					"iso-8859-5",	"windows-1258", "tcvn",		"cp932",  "euc-jp",
					"gbk",		"gb18030",	"big5",		"johab"};
#define ENCODINGS (sizeof encodings / sizeof *encodings)

static void
every_byte_and_pair_of_bytes_is_decoded_as_iconv_does(void **state)
{
	size_t i;
	unsigned a, b;

	(void)state;
	for (i = 0; i < ENCODINGS; i++) {
		struct charset *charset = charset_new(encodings[i]);

		for (a = 0; a < 256; a++) {
			char text[3] = {(char)a, 0, 'x'};

			decodes_as_iconv(charset, encodings[i], (struct str){text, 1});
			for (b = 0; b < 256; b += i < 6 ? 51 : 1) {
				text[1] = (char)b;
				decodes_as_iconv(charset, encodings[i], (struct str){text, 3});
			}
		}
		charset_free(charset);
	}
}

static void
any_text_is_decoded_as_iconv_does(void **state)
{
	unsigned long long seed = 9;
	size_t round, i, n;

	(void)state;
	for (i = 0; i < ENCODINGS; i++) {
		struct charset *charset = charset_new(encodings[i]);

		for (round = 0; round < 500; round++) {
			char text[400];

			for (n = 0; n < sizeof text; n++) {
				seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
				text[n] = (char)((seed >> 33) % 256);
			}
			decodes_as_iconv(charset, encodings[i], (struct str){text, (seed >> 20) % 400});
		}
		charset_free(charset);
	}
}

static void
decoded_text_is_added_to_what_there_is(void **state)
{
	struct charset *charset = charset_new("windows-1251");
	struct buf out = {0};

	(void)state;
	buf_adds(&out, "a");
	assert_int_equal(charset_decode(charset, (struct str){"\xC6\xB8", 2}, &out), 2);
	assert_int_equal(charset_decode(charset, (struct str){"", 0}, &out), 0);
	assert_int_equal(charset_decode(charset, (struct str){"x\x98y", 3}, &out), 1);
	assert_string_equal(out.data, "aЖёx");
	charset_free(charset);
	charset_free(NULL);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_byte_and_pair_of_bytes_is_decoded_as_iconv_does),
	    cmocka_unit_test(any_text_is_decoded_as_iconv_does),
	    cmocka_unit_test(decoded_text_is_added_to_what_there_is),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
