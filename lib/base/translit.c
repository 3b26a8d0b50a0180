/*
 * Transliteration for file names and ids. Cyrillic nearly as in BGN/PCGN, but
 * without marks and rules of position: one letter always gives the same
 * letters, so that an id can be foretold. ё counts as е, as in text_fold.
 */
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

#define CYRILLIC_FIRST 0x0430

/* U+0430 … U+045F in order */
static const char *const cyrillic[] = {
    "a",  "b",	  "v",	"g", "d",  "e",	 "zh", "z",
    "i",  "y",	  "k",	"l", "m",  "n",	 "o",  "p", /* а … п */
    "r",  "s",	  "t",	"u", "f",  "kh", "ts", "ch",
    "sh", "shch", "",	"y", "",   "e",	 "yu", "ya", /* р … я */
    "e",  "e",	  "dj", "g", "ye", "z",	 "i",  "yi",
    "j",  "lj",	  "nj", "c", "k",  "i",	 "u",  "dz", /* ѐ ё ђ … ў џ */
};

/* letters that no decomposition leads to ASCII */
static const struct letter {
	int32_t from;
	const char *to;
} letters[] = {
    {0x00DF, "ss"}, /* ß */
    {0x00E6, "ae"}, /* æ */
    {0x00F0, "d"},  /* ð */
    {0x00F8, "o"},  /* ø */
    {0x00FE, "th"}, /* þ */
    {0x0111, "d"},  /* đ */
    {0x0127, "h"},  /* ħ */
    {0x0131, "i"},  /* ı */
    {0x0138, "k"},  /* ĸ */
    {0x0142, "l"},  /* ł */
    {0x014B, "n"},  /* ŋ */
    {0x0153, "oe"}, /* œ */
    {0x0167, "t"},  /* ŧ */
    {0x0180, "b"},  /* ƀ */
    {0x0192, "f"},  /* ƒ */
    {0x01E5, "g"},  /* ǥ */
    {0x0259, "a"},  /* ə */
    {0x0463, "e"},  /* ѣ */
    {0x0491, "g"},  /* ґ */
    {0x0493, "g"},  /* ғ */
    {0x0497, "zh"}, /* җ */
    {0x049B, "k"},  /* қ */
    {0x04A3, "n"},  /* ң */
    {0x04AF, "u"},  /* ү */
    {0x04B1, "u"},  /* ұ */
    {0x04B3, "kh"}, /* ҳ */
    {0x04B7, "ch"}, /* ҷ */
    {0x04BB, "h"},  /* һ */
    {0x04D9, "a"},  /* ә */
    {0x04E9, "o"},  /* ө */
};

/* Latin for one lower-case letter, or NULL */
static const char *
letter_latin(int32_t c)
{
	size_t low = 0, high = sizeof(letters) / sizeof(letters[0]);

	if (c >= CYRILLIC_FIRST && c < CYRILLIC_FIRST + (int32_t)(sizeof(cyrillic) / sizeof(cyrillic[0])))
		return cyrillic[c - CYRILLIC_FIRST];
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (letters[middle].from == c)
			return letters[middle].to;
		if (letters[middle].from < c)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool
is_mark(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* a Latin text as it grows */
struct latin {
	struct buf out;
	bool gap; /* a '-' is due before the next letter */
};

static void
latin_add(struct latin *l, const char *s, size_t n)
{
	if (n > 0 && l->gap)
		buf_addc(&l->out, '-');
	if (n > 0)
		l->gap = false;
	buf_add(&l->out, s, n);
}

/* one character that cannot be taken apart any more */
static void
latin_add_simple(struct latin *l, int32_t c)
{
	const char *to = letter_latin(c);
	char ascii = (char)c;

	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		latin_add(l, &ascii, 1);
	else if (to != NULL)
		latin_add(l, to, strlen(to));
	else if (!is_mark(c))
		l->gap = l->out.len > 0;
}

/* й and ї have rows of their own, so a letter is looked up before it is taken apart */
static void
latin_add_character(struct latin *l, int32_t c)
{
	utf8proc_int32_t parts[8];
	utf8proc_ssize_t n;
	int boundary = 0;

	if (c < 0x80 || letter_latin(c) != NULL) {
		latin_add_simple(l, c);
		return;
	}
	n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
		latin_add_simple(l, parts[i]);
}

char *
text_translit(struct arena *a, const char *s, size_t n)
{
	struct latin l = {0};
	const char *folded = text_fold(a, s, n);
	utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(folded);
	utf8proc_int32_t c;
	char *latin;

	while (left > 0) {
		utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)folded, left, &c);

		if (length <= 0)
			break;
		latin_add_character(&l, c);
		folded += length;
		left -= length;
	}
	latin = arena_copy(a, l.out.data, l.out.len);
	buf_free(&l.out);
	return latin;
}
