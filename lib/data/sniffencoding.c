/*
 * The encoding of a text by its bytes. Byte order marks, NULs and valid UTF-8
 * settle it. What is left has one byte to a character: each encoding that
 * exports come in is tried with the languages written in it, and the one whose
 * letters stand there as often as in the language, and in sane case, is taken.
 */
#include <iconv.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"
#include "data/sniff.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define LETTERS_MAX 65536 /* characters beyond ASCII that are weighed */

/* bits that a character costs */
#define COST_SYMBOL 5.0	    /* a sign that any language has */
#define COST_STRANGE 10.0   /* a letter that the language has not, another sign */
#define COST_UNDEFINED 14.0 /* no character at all, or a control */
#define COST_CASE 5.0	    /* a capital behind a small letter */
#define COST_SCRIPT 4.0	    /* Cyrillic and Latin, or Cyrillic and digits, in one word */
#define RIVAL_BITS 6.0	    /* a lead of less, in all … */
#define RIVAL_SHARE 0.5	    /* … or to a character, is no certainty */

/* the letters beyond ASCII of languages, the frequent first; of equals the first wins */
static const struct profile {
	const char *encoding;
	const char *letters;
} profiles[] = {
    {"windows-1252", "üäöß"},
    {"windows-1252", "éèàêçôîûâùëïœ"},
    {"windows-1252", "óíáéñúü"},
    {"windows-1252", "äöå"},
    {"windows-1252", "øåæé"},
    {"windows-1252", "ãçéáõíóêâúà"},
    {"windows-1252", "àèòéùì"},
    {"windows-1257", "āīēšūņļžčķģō"},
    {"windows-1257", "ėšųžįąūčę"},
    {"windows-1257", "äõüöšž"},
    {"windows-1251", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"},
    {"windows-1251", "оаиніретвслкудмпязьбгчйхцжїюєшщфґ"},
    {"koi8-r", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"},
    {"cp866", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"},
};
static const char symbols[] = "\u00A0«»“”„‘’–—…€£№°§®™©±½²³·•";

static const struct {
	const char *bytes;
	size_t n;
	const char *encoding;
} marks[] = {
    {"\xEF\xBB\xBF", 3, "utf-8"}, {"\xFF\xFE\0\0", 4, "utf-32"}, {"\0\0\xFE\xFF", 4, "utf-32"},
    {"\xFF\xFE", 2, "utf-16"},	  {"\xFE\xFF", 2, "utf-16"},
};

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CYRILLIC };

/* a byte in one encoding, weighed for one language */
struct character {
	double cost;
	enum script script; /* of a letter */
	bool upper;
	bool lower;
	bool digit;
};

/* the place of a code point in a text, from 0; -1: it is not there */
static int
rank_of(const char *text, utf8proc_int32_t wanted)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t c;

	for (int rank = 0; *p; rank++) {
		p += utf8proc_iterate(p, -1, &c);
		if (c == wanted)
			return rank;
	}
	return -1;
}

/* of a language with n letters beyond ASCII the bits of the one at that rank, as Zipf's law has it */
static double
rank_cost(int rank, size_t n)
{
	double all = 0;

	for (size_t i = 0; i < n; i++)
		all += 1.0 / ((double)i + 3);
	return log2(all * (rank + 3));
}

static void
character_weigh(struct character *character, utf8proc_int32_t c, const char *letters)
{
	utf8proc_category_t category = utf8proc_category(c);
	utf8proc_int32_t low = utf8proc_tolower(c);
	int rank = rank_of(letters, low);

	character->upper = category == UTF8PROC_CATEGORY_LU;
	character->lower = category == UTF8PROC_CATEGORY_LL;
	if (character->upper || character->lower)
		character->script = c >= 0x400 && c < 0x530 ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
	if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CN)
		character->cost = COST_UNDEFINED;
	else if (rank >= 0)
		character->cost = rank_cost(rank, utf8_count(letters, strlen(letters)));
	else if (rank_of(symbols, c) >= 0)
		character->cost = COST_SYMBOL;
	else
		character->cost = COST_STRANGE;
}

/* what each byte is in the profile's encoding; false: iconv does not know it */
static bool
characters_init(struct character table[256], const struct profile *profile)
{
	iconv_t cd = iconv_open("UTF-8", profile->encoding);

	if (cd == (iconv_t)-1)
		return false;
	for (int byte = 0; byte < 256; byte++) {
		char in = (char)byte, out[8], *from = &in, *to = out;
		size_t n = 1, room = sizeof out;
		utf8proc_int32_t c;

		table[byte] = (struct character){.cost = COST_UNDEFINED};
		if (iconv(cd, &from, &n, &to, &room) == (size_t)-1 || to == out)
			continue;
		utf8proc_iterate((utf8proc_uint8_t *)out, to - out, &c);
		character_weigh(&table[byte], c, profile->letters);
		table[byte].digit = byte >= '0' && byte <= '9';
		if (byte < 0x80)
			table[byte].cost = 0;
	}
	iconv_close(cd);
	return true;
}

/* the bits that the text costs if it is in that encoding and language */
static double
text_cost(const struct character table[256], struct str text)
{
	const struct character *before = &table[' '];
	double cost = 0;
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < LETTERS_MAX; i++) {
		unsigned char byte = (unsigned char)text.p[i];
		const struct character *c = &table[byte];

		if (before->script != SCRIPT_NONE && c->script != SCRIPT_NONE) {
			if (before->lower && c->upper && c->script == SCRIPT_CYRILLIC)
				cost += COST_CASE;
			if (before->script != c->script)
				cost += COST_SCRIPT;
		}
		/* a sign stands beside an amount rather than a letter */
		if ((before->digit && c->script == SCRIPT_CYRILLIC) ||
		    (c->digit && before->script == SCRIPT_CYRILLIC))
			cost += COST_SCRIPT;
		cost += c->cost;
		n += byte >= 0x80;
		before = c;
	}
	return cost;
}

static void
sniff_letters(struct sniff *s, struct str text)
{
	double best = HUGE_VAL, second = HUGE_VAL;
	const char *rival = NULL;
	struct character table[256];

	s->basis = SNIFF_LETTERS;
	s->encoding = profiles[0].encoding;
	for (size_t i = 0; i < text.n && s->letters < LETTERS_MAX; i++)
		s->letters += (unsigned char)text.p[i] >= 0x80;
	for (size_t i = 0; i < COUNT(profiles); i++) {
		bool same = strcmp(profiles[i].encoding, s->encoding) == 0;
		double cost;

		if (!characters_init(table, &profiles[i]))
			continue;
		cost = text_cost(table, text);
		if (cost < best) {
			second = same ? second : best;
			rival = same ? rival : s->encoding;
			best = cost;
			s->encoding = profiles[i].encoding;
		} else if (!same && cost < second) {
			second = cost;
			rival = profiles[i].encoding;
		}
	}
	if (second - best < RIVAL_BITS || second - best < RIVAL_SHARE * (double)s->letters)
		s->rival = rival;
}

/* zero bytes in one half of the pairs alone, and many: ASCII in UTF-16 */
static bool
sniff_nuls(struct sniff *s, struct str text)
{
	size_t zeros[2] = {0, 0}, most, least;

	for (size_t i = 0; i < text.n; i++)
		zeros[i % 2] += text.p[i] == '\0';
	most = zeros[0] > zeros[1] ? zeros[0] : zeros[1];
	least = zeros[0] + zeros[1] - most;
	if (most == 0 || most * 16 < text.n || least * 16 > most)
		return false;
	s->encoding = zeros[0] > zeros[1] ? "utf-16be" : "utf-16le";
	s->basis = SNIFF_NULS;
	return true;
}

/* is it UTF-8, but for few bytes? a character that the end cuts is let pass */
static bool
sniff_utf8(struct sniff *s, struct str text)
{
	size_t good = 0, bad = 0;

	for (size_t i = 0; i < text.n;) {
		size_t n = utf8_check(text.p + i, text.n - i);

		good += n - utf8_count(text.p + i, n);
		i += n;
		if (text.n - i > 3)
			bad++;
		i++;
	}
	if (good == 0 || good < 20 * bad)
		return false;
	s->encoding = "utf-8";
	s->basis = SNIFF_UTF8;
	return true;
}

void
sniff_encoding(struct sniff *s, struct str text)
{
	size_t i;

	s->encoding = "utf-8";
	s->basis = SNIFF_ASCII;
	s->letters = 0;
	s->rival = NULL;
	for (i = 0; i < COUNT(marks); i++) {
		if (text.n < marks[i].n || memcmp(text.p, marks[i].bytes, marks[i].n) != 0)
			continue;
		s->encoding = marks[i].encoding;
		s->basis = SNIFF_BOM;
		return;
	}
	if (sniff_nuls(s, text))
		return;
	for (i = 0; i < text.n && (unsigned char)text.p[i] < 0x80; i++)
		;
	if (i < text.n && !sniff_utf8(s, text))
		sniff_letters(s, text);
}
