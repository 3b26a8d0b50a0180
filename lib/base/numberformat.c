/*
 * Numbers as files write them. Nothing is guessed: a text either has one
 * reading in the given format or none.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/decimal.h"

#define NO_BREAK_SPACE 0x00A0
#define NARROW_NO_BREAK_SPACE 0x202F
#define RIGHT_QUOTE 0x2019
#define NUMBER_BYTES 64 /* more than the longest number has */

/* what may stand around the digits; each but blanks once */
enum affix {
	AFFIX_NONE = 0,
	AFFIX_BLANK = 1,
	AFFIX_PLUS = 2,
	AFFIX_MINUS = 4,
	AFFIX_CURRENCY = 8,
	AFFIX_OPEN = 16,
	AFFIX_CLOSE = 32,
};

#define AFFIX_BEFORE (AFFIX_BLANK | AFFIX_PLUS | AFFIX_MINUS | AFFIX_CURRENCY | AFFIX_OPEN)
#define AFFIX_AFTER (AFFIX_BLANK | AFFIX_MINUS | AFFIX_CURRENCY | AFFIX_CLOSE)

#define AFFIX(text, kind)                          \
	{                                          \
		text, sizeof(text) - 1, kind, NULL \
	}
#define SIGN(text, currencies)                                     \
	{                                                          \
		text, sizeof(text) - 1, AFFIX_CURRENCY, currencies \
	}

#define DOLLARS                                                                                \
	"USD CAD AUD NZD ARS BBD BMD BND BSD BZD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD " \
	"MXN NAD NIO SBD SGD SRD SVC TTD TWD UYU XCD ZWL"
#define POUNDS "GBP EGP FKP GIP LBP SDG SHP SSP SYP"
#define ROUBLES "RUB RUR"

static const struct {
	const char *text;
	size_t n;
	enum affix kind;
	const char *currencies; /* of a sign: those that it can stand for */
} affixes[] = {
    AFFIX("-", AFFIX_MINUS),
    AFFIX(" ", AFFIX_BLANK),
    AFFIX("\u00A0", AFFIX_BLANK),
    AFFIX("\u202F", AFFIX_BLANK),
    AFFIX("\t", AFFIX_BLANK),
    AFFIX("+", AFFIX_PLUS),
    AFFIX("\u2212", AFFIX_MINUS),
    AFFIX("(", AFFIX_OPEN),
    AFFIX(")", AFFIX_CLOSE),
    SIGN("€", "EUR"),
    SIGN("$", DOLLARS),
    SIGN("£", POUNDS),
    SIGN("₽", ROUBLES),
    SIGN("¥", "JPY CNY"),
    SIGN("руб.", ROUBLES " BYN BYR"),
    SIGN("руб", ROUBLES " BYN BYR"),
    SIGN("р.", ROUBLES " BYN BYR"),
};

/* ISO 4217, and codes that old exports still carry; a list, because "12 PCS" is not money */
static const char currencies[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL "
    "BSD BTN BWP BYN BYR BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD "
    "EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
    "LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
    "NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RUR RWF "
    "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP "
    "TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "
    "ZWL";

/* does the list, of codes with a blank between, hold the code's three letters? */
static bool
has_code(const char *list, const char *code)
{
	size_t n = strlen(list);

	for (size_t i = 0; i + 3 <= n; i += 4)
		if (memcmp(list + i, code, 3) == 0)
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* what stands at the front of s (at its end if `back`), and its bytes */
static enum affix
affix_find(struct str s, bool back, size_t *length)
{
	const char *code = back && s.n >= 3 ? s.p + s.n - 3 : s.p;

	for (size_t i = 0; i < sizeof(affixes) / sizeof(affixes[0]); i++) {
		const char *at;

		*length = affixes[i].n;
		if (*length > s.n)
			continue;
		at = back ? s.p + s.n - *length : s.p;
		if (*at == *affixes[i].text && memcmp(at, affixes[i].text, *length) == 0)
			return affixes[i].kind;
	}
	*length = 3;
	return s.n >= 3 && has_code(currencies, code) ? AFFIX_CURRENCY : AFFIX_NONE;
}

/* s without what stands around its digits; what that was into *seen, and a currency's into *mark; false if something
 * came twice */
static bool
affixes_strip(struct str *s, unsigned *seen, struct str *mark)
{
	size_t length = 0;

	while (s->n > 0) {
		bool back = is_digit(s->p[0]);
		unsigned kind = back ? AFFIX_NONE : affix_find(*s, false, &length) & AFFIX_BEFORE;

		if (kind == AFFIX_NONE && !is_digit(s->p[s->n - 1])) {
			back = true;
			kind = affix_find(*s, true, &length) & AFFIX_AFTER;
		}
		if (kind == AFFIX_NONE)
			break;
		if ((*seen & kind & ~(unsigned)AFFIX_BLANK) != 0)
			return false;
		*seen |= kind;
		if (kind == AFFIX_CURRENCY)
			*mark = (struct str){back ? s->p + s->n - length : s->p, length};
		s->p += back ? 0 : length;
		s->n -= length;
	}
	return true;
}

/* one sign, or both parentheses, or neither */
static bool
affixes_agree(unsigned seen)
{
	unsigned signs = seen & (AFFIX_PLUS | AFFIX_MINUS);
	unsigned parentheses = seen & (AFFIX_OPEN | AFFIX_CLOSE);

	if (parentheses != 0)
		return parentheses == (AFFIX_OPEN | AFFIX_CLOSE) && signs == 0;
	return signs != (AFFIX_PLUS | AFFIX_MINUS);
}

/* bytes of the group mark at s, 0 if it is none; all blanks are one mark, and both apostrophes */
static size_t
group_mark(const char *s, size_t n, const char *group, utf8proc_int32_t *mark)
{
	utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, mark);
	utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(group), step;
	utf8proc_int32_t c;

	if (length <= 0)
		return 0;
	if ((*mark == NO_BREAK_SPACE || *mark == NARROW_NO_BREAK_SPACE) && strchr(group, ' ') != NULL)
		*mark = ' ';
	if (*mark == RIGHT_QUOTE && strchr(group, '\'') != NULL)
		*mark = '\'';
	for (; left > 0; group += step, left -= step) {
		step = utf8proc_iterate((const utf8proc_uint8_t *)group, left, &c);
		if (step <= 0)
			return 0;
		if (c == *mark)
			return (size_t)length;
	}
	return 0;
}

/* s without group marks and with a point, into out; its length, or 0 if marks stand where none may */
static size_t
ungroup(struct str s, char point, const char *group, char out[NUMBER_BYTES])
{
	utf8proc_int32_t first = 0, mark;
	size_t n = 0, run = 0, length, i = 0;

	for (; i < s.n && s.p[i] != point; i += length) {
		length = 1;
		if (n == NUMBER_BYTES)
			return 0;
		if (is_digit(s.p[i])) {
			out[n++] = s.p[i];
			run++;
			continue;
		}
		length = group_mark(s.p + i, s.n - i, group, &mark);
		if (length == 0 || run == 0 || run > 3 || (first != 0 && (run < 3 || mark != first)))
			return 0;
		first = mark;
		run = 0;
	}
	if ((first != 0 && run != 3) || s.n - i > NUMBER_BYTES - n)
		return 0;
	if (i < s.n) {
		memcpy(out + n, s.p + i, s.n - i);
		out[n] = '.';
	}
	return n + s.n - i;
}

int
decimal_parse_format(const char *s, size_t n, const struct number_format *format, struct decimal *d,
		     struct str *mark)
{
	char point = format->decimal != 0 ? format->decimal : '.', digits[NUMBER_BYTES];
	struct str rest = {s, n};
	struct decimal value;
	unsigned seen = 0;

	*mark = (struct str){NULL, 0};
	if (point == '.' && decimal_parse(s, n, d) == 0)
		return 0;
	if (!affixes_strip(&rest, &seen, mark) || !affixes_agree(seen))
		return -1;
	if (rest.n == 0 || (!is_digit(*rest.p) && *rest.p != point))
		return -1;
	n = ungroup(rest, point, format->group != NULL ? format->group : "", digits);
	if (n == 0 || decimal_parse(digits, n, &value) < 0)
		return -1;
	*d = (seen & (AFFIX_MINUS | AFFIX_OPEN)) != 0 ? decimal_neg(value) : value;
	return 0;
}

bool
currency_has_mark(const char *currency, struct str mark)
{
	if (strlen(currency) != 3)
		return false;
	for (size_t i = 0; i < sizeof(affixes) / sizeof(affixes[0]); i++)
		if (affixes[i].currencies != NULL && affixes[i].n == mark.n &&
		    memcmp(affixes[i].text, mark.p, mark.n) == 0)
			return has_code(affixes[i].currencies, currency);
	return mark.n == 3 && memcmp(mark.p, currency, 3) == 0;
}

bool
decimal_fits(struct decimal d, int places)
{
	const struct decimal zero = {.places = places, .known = true};
	struct decimal rounded = decimal_round(d, places);

	return decimal_add(&rounded, &rounded, &zero) == 0;
}
