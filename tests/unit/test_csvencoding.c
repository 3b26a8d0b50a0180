#include "reading.h"

#define FFFD "\xEF\xBF\xBD"

static void
what_is_not_utf8_costs_its_row(void **state)
{
	struct reading r = reading("имя\nЖук\xC3,1\n\"a\nб\xFF\nc\",2\nok\n\xED\xA0\x80\n");

	(void)state;
	gives(&r, 1, "имя");
	rejects(&r, 2, "Жук\xC3,1", 2, 4, "not utf-8");
	rejects(&r, 3, "\"a\nб\xFF\nc\",2", 4, 2, "not utf-8");
	gives(&r, 6, "ok");
	rejects(&r, 7, "\xED\xA0\x80", 7, 1, "not utf-8");
	assert_string_equal(csvread_raw_encoding(r.csv), "utf-8");
	ends(&r);
}

static void
a_byte_order_mark_wins_over_the_declared_encoding(void **state)
{
	struct reading r = reading_bytes(BOM "Ж,1\n", strlen(BOM "Ж,1\n"), "windows-1251");
	struct reading wide = reading_bytes("\xFF\xFE\x16\x04,\0x\0", 8, "windows-1251");

	(void)state;
	gives(&r, 1, "Ж|1");
	raw_is(&r, "Ж,1");
	assert_string_equal(csvread_raw_encoding(r.csv), "utf-8");
	ends(&r);
	gives(&wide, 1, "Ж|x");
	ends(&wide);
}

static void
single_byte_encodings_are_decoded(void **state)
{
	static const struct {
		const char *encoding, *bytes, *cells;
	} cases[] = {
	    {"windows-1251", "\xD0\xEE\xEC,1\n", "Ром|1"},
	    {"CP1251", "\"\xD0,\xEE\"\"\",1\n", "Р,о\"|1"},
	    {"koi8-r", "\xF2\xCF\xCD,1\n", "Ром|1"},
	    {"cp866", "\x90\xAE\xAC,1\n", "Ром|1"},
	    {"iso-8859-5", "\xC0\xDE\xDC,1\n", "Ром|1"},
	    {"windows-1257", "\xCDu\xEE\xE7\n", "Ķuīē"},
	    {"windows-1252",
	     "\x80"
	     "5,na\xEFve\n",
	     "€5|naïve"},
	    {"iso-8859-1", "\xE9\n", "é"},
	    {"shift_jis", "\x83\x7C,\x83\x5C,b\n", "ポ|ソ|b"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reading r = reading_bytes(cases[i].bytes, strlen(cases[i].bytes), cases[i].encoding);

		gives(&r, 1, cases[i].cells);
		ends(&r);
	}
}

static void
what_looks_like_ascii_between_escapes_is_decoded(void **state)
{
	/* 、 ， 。 and in between a comma */
	struct reading r = reading_bytes("\x1B$B!\"!$\x1B(B,\x1B$B!#\x1B(B\n", 20, "iso-2022-jp");

	(void)state;
	gives(&r, 1, "、，|。");
	ends(&r);
}

static void
raw_bytes_stay_in_their_encoding(void **state)
{
	static const char bytes[] = "n,\"\xD0\n\xEE\"\r\n\xEC\xEC\x98,2\r\n5\" \xD0\r\n\xD0,3\r\n";
	struct reading r = reading_bytes(bytes, sizeof bytes - 1, "windows-1251");

	(void)state;
	gives(&r, 1, "n|Р\nо");
	raw_is(&r, "n,\"\xD0\n\xEE\"");
	rejects(&r, 3, "\xEC\xEC\x98,2", 3, 3, "not windows-1251");
	rejects(&r, 4, "5\" \xD0", 4, 2, "stray quote");
	gives(&r, 5, "Р|3");
	assert_string_equal(csvread_raw_encoding(r.csv), "windows-1251");
	ends(&r);
}

static void
a_line_that_fails_leaves_nothing_to_the_next(void **state)
{
	/* a letter is held back, because a mark may follow, when the next byte fails */
	struct reading r = reading_bytes("a\x8A\n\xE9\n", 5, "windows-1258");

	(void)state;
	assert_int_equal(next(&r), CSV_READ_REJECT);
	raw_is(&r, "a\x8A");
	gives(&r, 2, "é");
	ends(&r);
}

static void
an_unknown_encoding_is_named(void **state)
{
	(void)state;
	refused((struct csv_dialect){.encoding = "windows-12511"}, "a\n",
		"unknown encoding \"windows-12511\"");
	refused((struct csv_dialect){.encoding = ""}, "a\n", "unknown encoding \"\"");
	refused((struct csv_dialect){.encoding = "latin1//IGNORE"}, "a\n",
		"unknown encoding \"latin1//IGNORE\"");
}

/* adds s, of UTF-8, in units of `unit` bytes */
static void
add_wide(struct buf *out, const char *s, size_t unit, int big)
{
	while (*s) {
		unsigned char c = (unsigned char)*s++;
		unsigned long point = c < 0x80 ? c : c < 0xE0 ? c & 0x1F : c < 0xF0 ? c & 0x0F : c & 0x07;
		unsigned long units[2] = {0, 0};
		size_t i, k, n = 1;

		while (((unsigned char)*s & 0xC0) == 0x80)
			point = point << 6 | ((unsigned char)*s++ & 0x3F);
		units[0] = point;
		if (unit == 2 && point > 0xFFFF) {
			units[0] = 0xD7C0 + (point >> 10);
			units[1] = 0xDC00 + (point & 0x3FF);
			n = 2;
		}
		for (i = 0; i < n; i++)
			for (k = 0; k < unit; k++)
				buf_addc(out, (char)(units[i] >> 8 * (big ? unit - 1 - k : k) & 0xFF));
	}
}

static void
utf16_and_utf32_are_decoded(void **state)
{
	static const struct {
		const char *encoding;
		size_t unit;
		int big, mark;
	} cases[] = {
	    {NULL, 2, 0, 1},	   {NULL, 2, 1, 1},	{NULL, 4, 0, 1},     {NULL, 4, 1, 1},
	    {"utf-16", 2, 0, 0},   {"UTF-16", 2, 1, 0}, {"utf-16", 2, 1, 1}, {"utf-16le", 2, 0, 0},
	    {"UTF-16BE", 2, 1, 0}, {"utf-32", 4, 0, 0}, {"utf-32", 4, 1, 0}, {"UTF-16LE", 2, 1, 1},
	    {"utf-32BE", 4, 1, 0}, {"ucs-2", 2, 0, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf text = {0};
		struct reading r;

		if (cases[i].mark)
			add_wide(&text, BOM, cases[i].unit, cases[i].big);
		add_wide(&text, "имя;n\r\nООО,\"«Ромашка\n»\"\r\n\r\n5\" x\r\n日本,1", cases[i].unit,
			 cases[i].big);
		r = reading_bytes(text.data, text.len, cases[i].encoding);
		gives(&r, 1, "имя;n");
		gives(&r, 2, "ООО|«Ромашка\n»");
		raw_is(&r, "ООО,\"«Ромашка\n»\"");
		rejects(&r, 5, "5\" x", 5, 2, "stray quote");
		gives(&r, 6, "日本|1");
		assert_string_equal(csvread_raw_encoding(r.csv), "utf-8");
		assert_int_equal(csvread_bytes(r.csv), text.len);
		ends(&r);
		buf_free(&text);
	}
}

static void
utf16_that_is_broken_costs_its_row(void **state)
{
	static const char bytes[] = "\xFF\xFE"
				    "a\0\n\0"
				    "b\0\x00\xD8"
				    "c\0\n\0"
				    "\"\0x\0\x01\xDC\n\0"
				    "d\0\n\0"
				    "e\0\0\0\n\0"
				    "f\0\n\0"
				    "g";
	struct reading r = reading_bytes(bytes, sizeof bytes - 1, NULL);

	(void)state;
	gives(&r, 1, "a");
	rejects(&r, 2, "b" FFFD "c", 2, 2, "not UTF-16LE");
	rejects(&r, 3, "\"x" FFFD, 3, 0, "never closed");
	gives(&r, 4, "d");
	assert_int_equal(next(&r), CSV_READ_REJECT);
	assert_string_equal(r.err.text, "a NUL byte");
	gives(&r, 6, "f");
	rejects(&r, 7, FFFD, 7, 1, "not UTF-16LE");
	ends(&r);
}

static void
a_stream_is_decoded_across_blocks(void **state)
{
	struct buf text = {0}, cell = {0};
	struct reading r;
	size_t i;

	(void)state;
	for (i = 0; i < 501; i++)
		buf_adds(&cell, i % 3 ? "𐍈" : "Ж");
	add_wide(&text, BOM, 2, 0);
	for (i = 0; i < 1000; i++) {
		add_wide(&text, cell.data, 2, 0);
		add_wide(&text, i % 2 ? "\n" : "\r\n", 2, 0);
	}
	r = reading_bytes(text.data, text.len, NULL);
	for (i = 1; i <= 1000; i++)
		gives(&r, i, cell.data);
	ends(&r);
	buf_free(&text);
	buf_free(&cell);
}

static void
an_encoding_without_ascii_is_decoded_before_it_is_split(void **state)
{
	/* EBCDIC: A , B line feed quote a line feed quote , 1 */
	struct reading r = reading_bytes("\xC1\x6B\xC2\x25\x7F\x81\x25\x7F\x6B\xF1", 10, "IBM037");

	(void)state;
	gives(&r, 1, "A|B");
	gives(&r, 2, "a\n|1");
	raw_is(&r, "\"a\n\",1");
	assert_string_equal(csvread_raw_encoding(r.csv), "utf-8");
	ends(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_not_utf8_costs_its_row),
	    cmocka_unit_test(a_byte_order_mark_wins_over_the_declared_encoding),
	    cmocka_unit_test(single_byte_encodings_are_decoded),
	    cmocka_unit_test(what_looks_like_ascii_between_escapes_is_decoded),
	    cmocka_unit_test(raw_bytes_stay_in_their_encoding),
	    cmocka_unit_test(a_line_that_fails_leaves_nothing_to_the_next),
	    cmocka_unit_test(an_unknown_encoding_is_named),
	    cmocka_unit_test(utf16_and_utf32_are_decoded),
	    cmocka_unit_test(utf16_that_is_broken_costs_its_row),
	    cmocka_unit_test(a_stream_is_decoded_across_blocks),
	    cmocka_unit_test(an_encoding_without_ascii_is_decoded_before_it_is_split),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
