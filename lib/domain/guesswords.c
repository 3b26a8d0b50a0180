#include "domain/guesswords.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

#define TITLE_MAX 300	/* bytes of a title that is looked at */
#define COVER 30	/* points for words that are the whole title */
#define FIELD_WEIGHT 84 /* of a field's own name */

/* words in titles that name a currency, folded */
static const struct {
	const char *word;
	const char *currency;
} currencies[] = {
    {"руб", "RUB"},  {"рублеи", "RUB"}, {"рубли", "RUB"}, {"rub", "RUB"}, {"₽", "RUB"}, {"eur", "EUR"},
    {"euro", "EUR"}, {"eiro", "EUR"},	{"евро", "EUR"},  {"€", "EUR"},	  {"usd", "USD"}, {"gbp", "GBP"},
    {"£", "GBP"},    {"chf", "CHF"},	{"sek", "SEK"},	  {"nok", "NOK"}, {"dkk", "DKK"}, {"pln", "PLN"},
    {"czk", "CZK"},  {"kzt", "KZT"},	{"тенге", "KZT"}, {"byn", "BYN"}, {"uah", "UAH"}, {"грн", "UAH"},
    {"cny", "CNY"},  {"jpy", "JPY"},	{"cad", "CAD"},	  {"aud", "AUD"},
};

/* a blank where a small letter or digit meets a capital, or two capitals a word: CustomerID, UnitPrice */
static void
words_part(struct buf *out, struct str title)
{
	utf8proc_int32_t c, before = ' ';

	while (title.n > 0) {
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)title.p, (utf8proc_ssize_t)title.n, &c);

		if (n <= 0)
			break;
		if (utf8proc_category(before) == UTF8PROC_CATEGORY_LL &&
		    utf8proc_category(c) == UTF8PROC_CATEGORY_LU)
			buf_addc(out, ' ');
		buf_add(out, title.p, (size_t)n);
		before = c;
		title.p += n;
		title.n -= (size_t)n;
	}
}

static bool
is_word_character(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_SC || c == '%';
}

/* small letters without marks, one blank between words, nothing else; `keep` stays as it is */
static char *
words_fold(struct str text, const char *keep, struct arena *arena)
{
	const utf8proc_option_t how = (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
							  UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
	struct buf parted = {0}, out = {0};
	utf8proc_int32_t points[TITLE_MAX * 4];
	utf8proc_ssize_t n;
	char *folded;

	while (text.n > TITLE_MAX)
		text.n--;
	words_part(&parted, text);
	n = utf8proc_decompose((const utf8proc_uint8_t *)(parted.data ? parted.data : ""),
			       (utf8proc_ssize_t)parted.len, points, TITLE_MAX * 4, how);
	for (utf8proc_ssize_t i = 0; i < n && n <= TITLE_MAX * 4; i++) {
		utf8proc_uint8_t bytes[4];
		bool kept = points[i] < 0x80 && points[i] > 0 && strchr(keep, (int)points[i]);

		if (kept || is_word_character(points[i]))
			buf_add(&out, (char *)bytes, (size_t)utf8proc_encode_char(points[i], bytes));
		else if (out.len > 0 && out.data[out.len - 1] != ' ')
			buf_addc(&out, ' ');
	}
	while (out.len > 0 && out.data[out.len - 1] == ' ')
		out.len--;
	folded = arena_copy(arena, out.data, out.len);
	buf_free(&parted);
	buf_free(&out);
	return folded;
}

static size_t
word_length(const char *p)
{
	return strcspn(p, " ");
}

static size_t
count_words(const char *text)
{
	size_t n = *text != '\0';

	for (; *text; text++)
		n += *text == ' ';
	return n;
}

static const char *
word_next(const char *p)
{
	p += word_length(p);
	return *p == ' ' ? p + 1 : p;
}

/* do the words of the phrase, of n bytes, stand at the front of the title? */
static bool
phrase_fits(const char *title, const char *phrase, size_t n)
{
	const char *end = phrase + n;

	while (phrase < end) {
		size_t word = word_length(title), wanted = strcspn(phrase, " |");

		if (wanted > 0 && phrase[wanted - 1] == '*') {
			if (word < wanted - 1 || memcmp(title, phrase, wanted - 1) != 0)
				return false;
		} else if (word != wanted || memcmp(title, phrase, wanted) != 0) {
			return false;
		}
		title = word_next(title);
		phrase += wanted + 1;
	}
	return true;
}

static const char *
currency_of(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
		if (strlen(currencies[i].word) == n && memcmp(currencies[i].word, word, n) == 0)
			return currencies[i].currency;
	return NULL;
}

/* the title's words but those for currencies */
static char *
title_fold(const char *title, struct arena *arena)
{
	char *folded = words_fold((struct str){title, strlen(title)}, "", arena), *to = folded;
	const char *p = folded;

	if (count_words(folded) < 2)
		return folded;
	while (*p) {
		size_t n = word_length(p);
		const char *next = word_next(p);

		if (!currency_of(p, n)) {
			if (to > folded)
				*to++ = ' ';
			memmove(to, p, n);
			to += n;
		}
		p = next;
	}
	*to = '\0';
	return folded;
}

/* points for a phrase of n bytes in a folded title, or 0 */
static int
phrase_score(const char *title, size_t title_words, const char *phrase, size_t n, int weight)
{
	size_t words = 1;

	for (size_t i = 0; i < n; i++)
		words += phrase[i] == ' ';
	for (const char *p = title; *p; p = word_next(p))
		if (phrase_fits(p, phrase, n))
			return weight + (int)(COVER * words / (title_words > words ? title_words : words));
	return 0;
}

static int
meaning_score(const char *title, const char *words, int weight)
{
	size_t title_words = count_words(title), n;
	int best = 0;

	for (; *words; words += n + (words[n] == '|')) {
		int score;

		n = strcspn(words, "|");
		score = phrase_score(title, title_words, words, n, weight);
		best = score > best ? score : best;
	}
	return best;
}

void
words_init(struct words *words, struct arena *arena)
{
	words->arena = arena;
	words->folded = arena_alloc(arena, n_meanings * sizeof *words->folded);
	for (size_t i = 0; i < n_meanings; i++) {
		const char *p = meanings[i].words;
		struct buf folded = {0};

		for (size_t n; *p; p += n + (p[n] == '|')) {
			n = strcspn(p, "|");
			buf_adds(&folded, folded.len > 0 ? "|" : "");
			buf_adds(&folded, words_fold((struct str){p, n}, "*", arena));
		}
		words->folded[i] = arena_copy(arena, folded.data, folded.len);
		buf_free(&folded);
	}
}

static void
match_put(struct match match[MATCHES_MAX], size_t *n, struct match new)
{
	size_t i = *n < MATCHES_MAX ? (*n)++ : MATCHES_MAX - 1;

	if (i == MATCHES_MAX - 1 && match[i].meaning && match[i].score >= new.score)
		return;
	for (; i > 0 && match[i - 1].score < new.score; i--)
		match[i] = match[i - 1];
	match[i] = new;
}

size_t
words_match(const struct words *words, const char *title, struct match match[MATCHES_MAX])
{
	const char *folded = title_fold(title, words->arena);
	size_t n = 0;

	memset(match, 0, MATCHES_MAX * sizeof *match);
	for (size_t i = 0; i < n_meanings && *folded; i++) {
		int score = meaning_score(folded, words->folded[i], meanings[i].weight);

		if (score > 0)
			match_put(match, &n, (struct match){&meanings[i], score});
	}
	return n;
}

int
words_match_field(const char *title, const char *field, struct arena *arena)
{
	const char *folded = title_fold(title, arena), *dot = strrchr(field, '.');
	const char *words = dot ? dot + 1 : field;

	words = words_fold((struct str){words, strlen(words)}, "", arena);
	return strcmp(folded, words) == 0 && *words ? FIELD_WEIGHT + COVER : 0;
}

const char *
words_currency(const char *title, struct arena *arena)
{
	const char *p = words_fold((struct str){title, strlen(title)}, "", arena), *found = NULL;

	for (; *p && !found; p = word_next(p))
		found = currency_of(p, word_length(p));
	return found;
}

bool
words_are_english(const char *title)
{
	for (; *title; title++)
		if (*title & 0x80)
			return false;
	return true;
}
