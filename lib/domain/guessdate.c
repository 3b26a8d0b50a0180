/*
 * A date's format by one cell: its digits, month names and what stands
 * between them. Which of two short numbers is the day, the column tells.
 */
#include <string.h>
#include <utf8proc.h>

#include "domain/guesscolumn.h"

#define FORMAT_BYTES 48
#define NUMBERS 3

/* what stands for a number of one or two digits until all are seen; no byte of text is one */
#define SHORT_NUMBER '\001'

/* how names of months begin: English, Russian, Latvian; small, without marks */
static const char *const months[][12] = {
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
    {"янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"},
    {"jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
};

struct reading {
	const char *p;
	const char *end;
	char format[FORMAT_BYTES];
	size_t n;
	int number[NUMBERS]; /* short ones */
	int numbers;
	int year;	/* of four digits; 0: none yet */
	int year_after; /* short numbers before it */
	int month;	/* by name, or of eight digits */
	int day;	/* of eight digits */
	int clock;	/* parts of the time of day so far */
	bool half;	/* am or pm */
};

static bool
put(struct reading *r, const char *text, size_t n)
{
	if (r->n + n >= FORMAT_BYTES)
		return false;
	memcpy(r->format + r->n, text, n);
	r->n += n;
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* is the date told, so that what follows is the time? */
static bool
date_is_told(const struct reading *r)
{
	return r->numbers + (r->year > 0) + (r->month > 0) + (r->day > 0) == 3;
}

static bool
clock_read(struct reading *r, size_t digits, int value)
{
	static const char *const parts[] = {"%H", "%M", "%S", "%f"};
	static const int most[] = {24, 60, 61, 0};

	if (r->clock == 4 || (r->clock < 3 && (digits > 2 || value >= most[r->clock])))
		return false;
	/* 8:26, not 8.26 or 8-26 */
	if (r->clock > 0 && r->format[r->n - 1] != (r->clock < 3 ? ':' : '.'))
		return false;
	return put(r, parts[r->clock++], 2);
}

static bool
digits_read(struct reading *r)
{
	const char *start = r->p;
	char number = SHORT_NUMBER;
	size_t n;
	int value = 0;

	for (; r->p < r->end && is_digit(*r->p); r->p++)
		if (r->p - start < 8)
			value = value * 10 + (*r->p - '0');
	n = (size_t)(r->p - start);
	if (date_is_told(r))
		return n <= 9 && clock_read(r, n, value);
	if (n == 8 && r->n == 0 && value >= 19000101 && value < 21000000) {
		r->year = value / 10000;
		r->month = value / 100 % 100;
		r->day = value % 100;
		return r->month > 0 && put(r, "%Y%m%d", 6);
	}
	if (n == 4 && r->year == 0 && value > 1800 && value < 2200) {
		r->year = value;
		r->year_after = r->numbers;
		return put(r, "%Y", 2);
	}
	if (n > 2 || r->numbers == NUMBERS)
		return false;
	r->number[r->numbers++] = value;
	return put(r, &number, 1);
}

/* small letters without marks; false: more than the longest name of a month */
static bool
word_fold(struct str word, char folded[64])
{
	utf8proc_int32_t c, plain[4];
	utf8proc_ssize_t length;
	size_t n = 0;
	int boundary = 0;

	for (; word.n > 0; word.p += length, word.n -= (size_t)length) {
		length = utf8proc_iterate((const utf8proc_uint8_t *)word.p, (utf8proc_ssize_t)word.n, &c);
		if (length <= 0 || n > 40)
			return false;
		if (utf8proc_decompose_char(c, plain, 4,
					    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
					    &boundary) == 1)
			n += (size_t)utf8proc_encode_char(plain[0], (utf8proc_uint8_t *)folded + n);
	}
	folded[n] = '\0';
	return true;
}

static int
month_by_name(const char *folded)
{
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		for (int m = 0; m < 12; m++)
			if (strncmp(folded, months[i][m], strlen(months[i][m])) == 0)
				return m + 1;
	return 0;
}

static bool
word_read(struct reading *r)
{
	struct str word = {r->p, 0};
	char folded[64];

	while (r->p < r->end && is_letter(*r->p))
		r->p++;
	word.n = (size_t)(r->p - word.p);
	if (!word_fold(word, folded))
		return false;
	if (date_is_told(r) && (strcmp(folded, "am") == 0 || strcmp(folded, "pm") == 0)) {
		r->half = true;
		return put(r, "%p", 2);
	}
	if (date_is_told(r) && (strcmp(folded, "t") == 0 || strcmp(folded, "z") == 0))
		return put(r, word.p, 1);
	/* "of the year" */
	if (strcmp(folded, "г") == 0 || strcmp(folded, "года") == 0 || strcmp(folded, "gada") == 0)
		return put(r, word.p, word.n);
	if (r->month > 0)
		return false;
	r->month = month_by_name(folded);
	/* of "янв. 2026" and "мая 2026" the reader takes the dot with the name */
	if (r->end - r->p > 1 && r->p[0] == '.' && r->p[1] == ' ')
		r->p++;
	return r->month > 0 && put(r, "%b", 2);
}

/* the offset of a zone behind the time: +03:00 */
static bool
zone_read(struct reading *r)
{
	const char *p = r->p + 1;
	int digits = 0;

	for (; p < r->end && (is_digit(*p) || *p == ':'); p++)
		digits += is_digit(*p);
	r->p = p;
	return digits == 4 && put(r, "%z", 2);
}

static bool
cell_read(struct reading *r)
{
	bool good = true;

	while (good && r->p < r->end) {
		if (is_digit(*r->p)) {
			good = digits_read(r);
		} else if (is_letter(*r->p)) {
			good = word_read(r);
		} else if (r->clock > 1 && (*r->p == '+' || *r->p == '-')) {
			good = zone_read(r);
		} else if (strchr("./-, :", *r->p)) {
			good = put(r, r->p++, 1);
			while (r->p < r->end && r->p[-1] == ' ' && *r->p == ' ')
				r->p++;
		} else {
			good = false;
		}
	}
	return good && date_is_told(r) && r->clock != 1;
}

/* writes the letters of the short numbers where they stand */
static void
numbers_name(struct reading *r, const char *letters, char *format)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n && n + 2 < FORMAT_BYTES; i++) {
		if (r->format[i] != SHORT_NUMBER) {
			format[n++] = r->format[i];
			if (r->half && n > 1 && format[n - 2] == '%' && format[n - 1] == 'H')
				format[n - 1] = 'I';
			continue;
		}
		format[n++] = '%';
		format[n++] = *letters++;
	}
	format[n] = '\0';
}

static struct date
date_make(int year, int m, int day)
{
	int full = year < 69 ? year + 2000 : year < 100 ? year + 1900 : year;
	struct date d = {(short)full, (signed char)m, (signed char)day};

	return date_is_valid(d) ? d : (struct date){0};
}

bool
date_sort(struct str cell, char *format, bool *either, struct date day[2])
{
	struct reading r = {.p = cell.p, .end = cell.p + cell.n};
	const int *n = r.number;
	const char *letters = "dm";

	*either = false;
	if (!cell_read(&r))
		return false;
	if (r.day > 0) {
		day[0] = date_make(r.year, r.month, r.day);
	} else if (r.month > 0 && r.year > 0) {
		letters = "d";
		day[0] = date_make(r.year, r.month, n[0]);
	} else if (r.month > 0) {
		letters = n[0] > 31 ? "yd" : "dy";
		day[0] = n[0] > 31 ? date_make(n[0], r.month, n[1]) : date_make(n[1], r.month, n[0]);
	} else if (r.year > 0 && r.year_after == 0) {
		letters = "md";
		day[0] = date_make(r.year, n[0], n[1]);
	} else if (r.year == 0 && n[0] > 31) {
		letters = "ymd";
		day[0] = date_make(n[0], n[1], n[2]);
	} else {
		*either = true;
		letters = "dmy";
		day[0] = date_make(r.year ? r.year : n[2], n[1], n[0]);
		day[1] = date_make(r.year ? r.year : n[2], n[0], n[1]);
	}
	if (!*either)
		day[1] = day[0];
	numbers_name(&r, letters, format);
	return date_is_set(day[0]) || date_is_set(day[1]);
}
