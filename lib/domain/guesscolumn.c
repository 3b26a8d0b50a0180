#include "domain/guesscolumn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/decimal.h"
#include "base/text.h"
#include "domain/company.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define NUMBER_MAX 40	     /* bytes of a number */
#define DATE_MAX 40	     /* and of a date */
#define COMPANY_NAME_MAX 200 /* bytes of a name that may have a legal form */
#define COMPANIES_MAX 500    /* texts of a column that are looked at for legal forms */
#define WAY_MAX 20000	     /* days from one cell to the next; a longer way counts as this */

const struct totals_word totals_words[] = {
    {"итого", false}, {"всего", false},	  {"итог", true},     {"общий итог", false},
    {"kopā", false},  {"pavisam", false}, {"kopsumma", true}, {"grand total", true},
    {"total", true},  {"totals", true},	  {"subtotal", true}, {"sub-total", true},
};
const size_t n_totals_words = COUNT(totals_words);

/* the bytes that stand between groups of digits, and the mark they are */
static const struct {
	const char *bytes;
	size_t n;
	enum mark mark;
} group_marks[] = {
    {".", 1, MARK_POINT},	    {",", 1, MARK_COMMA},      {" ", 1, MARK_BLANK},
    {"\u00A0", 2, MARK_BLANK},	    {"\u202F", 3, MARK_BLANK}, {"'", 1, MARK_APOSTROPHE},
    {"\u2019", 3, MARK_APOSTROPHE},
};

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

void
tally_init(struct tally *t, bool with_prefix)
{
	*t = (struct tally){.last = {.currency = -1, .date = -1, .prefix = -1}};
	if (!with_prefix)
		return;
	/* the first is the empty one */
	t->prefix = xcalloc(TALLY_PREFIXES, sizeof *t->prefix);
	t->prefixes = 1;
}

void
tally_free(struct tally *t)
{
	free(t->prefix);
	t->prefix = NULL;
}

/* bytes of a blank at s, 0 if there is none */
static size_t
blank_at(const char *s, size_t n)
{
	if (n > 0 && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n'))
		return 1;
	return n > 1 && s[0] == '\xC2' && s[1] == '\xA0' ? 2 : 0;
}

struct str
cell_trim(struct str s)
{
	size_t n;

	while ((n = blank_at(s.p, s.n)) > 0) {
		s.p += n;
		s.n -= n;
	}
	for (;;) {
		if (s.n > 0 && blank_at(s.p + s.n - 1, 1) == 1)
			s.n--;
		else if (s.n > 1 && blank_at(s.p + s.n - 2, 2) == 2)
			s.n -= 2;
		else
			return s;
	}
}

/* the mark at s and its bytes; MARK_NONE: there is none */
static enum mark
mark_at(const char *s, size_t n, size_t *length)
{
	for (size_t i = 0; i < COUNT(group_marks); i++) {
		*length = group_marks[i].n;
		if (*length <= n && memcmp(s, group_marks[i].bytes, *length) == 0)
			return group_marks[i].mark;
	}
	return MARK_NONE;
}

/* the runs of digits in a number, and the marks between them */
struct runs {
	size_t first;  /* digits of the first */
	size_t inner;  /* runs but the first and last that are not of three digits */
	size_t before; /* digits of the last but one */
	size_t last;   /* digits of the last */
	size_t n;
	enum mark mark;	  /* before the last */
	enum mark others; /* all before that, if they are one */
	bool mixed;	  /* they are not */
};

static bool
runs_read(struct runs *r, struct str s)
{
	size_t i = 0, length;

	*r = (struct runs){0};
	for (;;) {
		size_t start = i;

		while (i < s.n && is_digit(s.p[i]))
			i++;
		r->before = r->last;
		r->last = i - start;
		if (r->n == 0)
			r->first = r->last;
		if (r->n > 1 && r->before != 3)
			r->inner++;
		r->n++;
		if (i == s.n)
			return r->last > 0;
		if (r->n > 1) {
			r->mixed = r->mixed || (r->n > 2 && r->others != r->mark);
			r->others = r->mark;
		}
		r->mark = mark_at(s.p + i, s.n - i, &length);
		if (r->mark == MARK_NONE)
			return false;
		i += length;
	}
}

/* Sorts digits with marks between them, by the one way or the two in which they can be a number; false: none. */
static bool
number_shape(struct str s, struct cell *c)
{
	struct runs r;

	c->decimal = c->group = MARK_NONE;
	c->either = false;
	if (s.n > NUMBER_MAX || !runs_read(&r, s))
		return false;
	if (r.n == 1)
		return true;
	if (r.inner > 0 || r.mixed || (r.n > 2 && (r.first == 0 || r.first > 3)))
		return false;
	if (r.n > 2 && r.others == r.mark) {
		c->group = r.mark;
		return r.last == 3;
	}
	if (r.mark != MARK_POINT && r.mark != MARK_COMMA) {
		c->group = r.mark;
		return r.n == 2 && r.first > 0 && r.first <= 3 && r.last == 3;
	}
	c->decimal = r.mark;
	if (r.n > 2)
		c->group = r.others;
	else
		c->either = r.last == 3 && r.first > 0 && r.first <= 3 && *s.p != '0';
	return true;
}

static short
currency_place(struct tally *t, struct str mark)
{
	size_t i;

	if (mark.n == 0 || mark.n >= sizeof t->currency[0].mark)
		return -1;
	for (i = 0; i < t->currencies; i++)
		if (strlen(t->currency[i].mark) == mark.n && memcmp(t->currency[i].mark, mark.p, mark.n) == 0)
			return (short)i;
	if (i == TALLY_CURRENCIES)
		return -1;
	memcpy(t->currency[i].mark, mark.p, mark.n);
	t->currency[i].mark[mark.n] = '\0';
	return (short)t->currencies++;
}

/* a number with signs, blanks or a currency around it, as the reader of numbers has it */
static bool
number_affixed(struct tally *t, struct str s, struct cell *c)
{
	static const char *const groups[MARKS] = {NULL, ".", ",", " ", "'"};
	struct number_format format;
	struct decimal d;
	struct str body = s, mark;

	while (body.n > 0 && !is_digit(*body.p)) {
		body.p++;
		body.n--;
	}
	while (body.n > 0 && !is_digit(body.p[body.n - 1]))
		body.n--;
	if (s.n > 2 * NUMBER_MAX || body.n == 0 || !number_shape(body, c))
		return false;
	format = (struct number_format){c->decimal == MARK_COMMA ? ',' : '.', groups[c->group]};
	if (decimal_parse_format(s.p, s.n, &format, &d, &mark) < 0)
		return false;
	c->currency = currency_place(t, mark);
	c->sign = decimal_sign(&d);
	return true;
}

static void
number_sign(struct str s, struct cell *c, bool negative)
{
	for (size_t i = 0; i < s.n && c->sign == 0; i++)
		c->sign = s.p[i] >= '1' && s.p[i] <= '9';
	if (negative)
		c->sign = -c->sign;
}

/* digits with marks, and a sign before them at most */
static bool
number_plain(struct str s, struct cell *c)
{
	bool negative = *s.p == '-', zero;

	if (*s.p == '-' || *s.p == '+') {
		s.p++;
		s.n--;
	}
	if (s.n == 0 || !number_shape(s, c))
		return false;
	zero = s.n > 2 && s.p[s.n - 1] == '0' && s.p[s.n - 2] == '.';
	c->point_zero = zero && c->decimal == MARK_POINT && c->group == MARK_NONE;
	number_sign(s, c, negative);
	return true;
}

static void
whole_sort(struct str s, struct cell *c)
{
	int value = 0;

	c->sort = SORT_NUMBER;
	c->whole = true;
	number_sign(s, c, false);
	if (s.n != 5)
		return;
	for (size_t i = 0; i < s.n; i++)
		value = value * 10 + (s.p[i] - '0');
	c->serial = value >= 20000 && value < 60000;
}

static bool
is_email(struct str s)
{
	const char *at = memchr(s.p, '@', s.n);

	return at && at > s.p && memchr(at, '.', (size_t)(s.p + s.n - at)) &&
	       !memchr(s.p, ' ', (size_t)(at - s.p));
}

/* seven to fifteen digits, and what people put between them */
static bool
is_phone(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]) && !strchr("+()-. /", s.p[i]))
			return false;
		digits += is_digit(s.p[i]);
	}
	return digits >= 7 && digits <= 15;
}

/* the place of its format among the column's, made if there is room */
static bool
date_place(struct tally *t, struct str s, struct cell *c)
{
	struct date_tally *d = t->date;
	struct date day[2];
	char format[sizeof d->format];
	bool either;
	size_t i;

	if (s.n > DATE_MAX || !date_sort(s, format, &either, day))
		return false;
	c->sort = SORT_DATE;
	c->day_first = date_is_set(day[0]);
	c->month_first = date_is_set(day[1]);
	for (i = 0; i < t->dates && strcmp(d[i].format, format) != 0; i++)
		;
	if (i == TALLY_FORMATS)
		return true;
	if (i == t->dates) {
		t->dates++;
		memcpy(d[i].format, format, sizeof format);
		d[i].either = either;
		memcpy(d[i].sample, s.p, s.n);
	}
	c->date = (short)i;
	for (int way = 0; way < 2; way++) {
		long days = date_is_set(day[way]) ? date_diff(day[way], d[i].last[way]) : WAY_MAX;

		if (date_is_set(d[i].last[way]))
			d[i].way[way] += labs(days) < WAY_MAX ? labs(days) : WAY_MAX;
		if (date_is_set(day[way]))
			d[i].last[way] = day[way];
	}
	return true;
}

/* letter by letter, in any case: does s begin with the word? */
static bool
begins_with(struct str s, const char *word, size_t *length)
{
	utf8proc_int32_t a, b;
	size_t i = 0;

	while (*word) {
		utf8proc_ssize_t n;

		word += utf8proc_iterate((const utf8proc_uint8_t *)word, -1, &b);
		n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &a);
		if (n <= 0 || utf8proc_tolower(a) != b)
			return false;
		i += (size_t)n;
	}
	*length = i;
	return true;
}

static unsigned
totals_bit(struct str s)
{
	for (size_t i = 0; i < n_totals_words; i++) {
		size_t n;

		if (!begins_with(s, totals_words[i].word, &n))
			continue;
		if (n == s.n || (n + 1 == s.n && s.p[n] == ':') ||
		    (!totals_words[i].alone && !is_letter(s.p[n])))
			return 1u << i;
	}
	return 0;
}

static size_t
count_letters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += is_letter(*s);
	return n;
}

/* has it a legal form, which is left out where names are compared? */
static bool
is_company(struct str s)
{
	struct arena arena = {0};
	const char *name = arena_copy(&arena, s.p, s.n);
	bool is = count_letters(company_name_key(&arena, name)) < count_letters(text_fold(&arena, name, s.n));

	arena_free(&arena);
	return is;
}

static bool
has_blanks(struct str s)
{
	size_t before = 0, blank;

	for (size_t i = 0; i<s.n; i += blank> 0 ? blank : 1) {
		blank = blank_at(s.p + i, s.n - i);
		if (blank == 2 || (blank > 0 && before > 0))
			return true;
		before = blank;
	}
	return false;
}

/* the place of the letters that the cell begins with, made if there is room */
static short
prefix_place(struct tally *t, struct str s)
{
	size_t n = 0, i;

	if (!t->prefix)
		return -1;
	while (n < s.n && is_letter(s.p[n]) && blank_at(s.p + n, s.n - n) == 0)
		n++;
	for (i = 0; i < t->prefixes && n < TALLY_PREFIX; i++)
		if (strlen(t->prefix[i].text) == n && memcmp(t->prefix[i].text, s.p, n) == 0)
			return (short)i;
	if (i == TALLY_PREFIXES || n >= TALLY_PREFIX) {
		tally_free(t);
		return -1;
	}
	memcpy(t->prefix[i].text, s.p, n);
	return (short)t->prefixes++;
}

static void
text_sort(struct tally *t, struct str s, struct cell *c, size_t digits)
{
	c->sort = memchr(s.p, '@', s.n) && is_email(s) ? SORT_EMAIL : SORT_TEXT;
	c->digits = digits > 0;
	c->code = c->digits && !memchr(s.p, ' ', s.n);
	c->totals = totals_bit(s);
	c->company = t->sorts[SORT_TEXT] < COMPANIES_MAX && s.n <= COMPANY_NAME_MAX && is_company(s);
	c->blanks = has_blanks(s);
	c->prefix = prefix_place(t, s);
}

static void
cell_sort(struct tally *t, struct str s, struct cell *c)
{
	size_t digits = 0, letters = 0;

	*c = (struct cell){.sort = SORT_EMPTY, .currency = -1, .date = -1, .prefix = -1};
	if (s.n == 0)
		return;
	for (size_t i = 0; i < s.n; i++) {
		digits += is_digit(s.p[i]);
		letters += is_letter(s.p[i]);
	}
	if (digits == s.n) {
		/* 20261008 may be a day */
		if (s.n == 8)
			date_place(t, s, c);
		whole_sort(s, c);
		c->prefix = t->prefix ? 0 : -1;
	} else if (digits > 0 &&
		   (letters == 0 ? number_plain(s, c) || number_affixed(t, s, c) : number_affixed(t, s, c))) {
		c->sort = SORT_NUMBER;
	} else if (digits > 0 && date_place(t, s, c)) {
		c->sort = SORT_DATE;
	} else if (digits > 0 && letters == 0 && is_phone(s)) {
		c->sort = SORT_PHONE;
	} else {
		c->decimal = c->group = MARK_NONE;
		c->currency = -1;
		c->sign = 0;
		text_sort(t, s, c, digits);
	}
}

static void
value_keep(struct tally *t, struct str s)
{
	if (t->sample_length == 0) {
		t->sample_length = s.n < TALLY_SAMPLE ? s.n : TALLY_SAMPLE;
		while (t->sample_length < s.n && t->sample_length > 0 &&
		       (s.p[t->sample_length] & 0xC0) == 0x80)
			t->sample_length--;
		memcpy(t->sample, s.p, t->sample_length);
	}
	if (t->many)
		return;
	for (size_t i = 0; i < t->values; i++)
		if (strlen(t->value[i]) == s.n && memcmp(t->value[i], s.p, s.n) == 0)
			return;
	if (t->values == TALLY_VALUES || s.n >= TALLY_VALUE) {
		t->many = true;
		return;
	}
	memcpy(t->value[t->values], s.p, s.n);
	t->value[t->values++][s.n] = '\0';
}

static void
cell_new(struct tally *t, struct str s)
{
	size_t bit = text_hash(s.p, s.n) % (sizeof t->seen * 8);

	cell_sort(t, s, &t->last);
	/* what is short is remembered: rows repeat much */
	t->before_length = s.n <= TALLY_VALUE ? s.n : (size_t)-1;
	if (s.n <= TALLY_VALUE && s.n > 0)
		memcpy(t->before, s.p, s.n);
	if (s.n == 0)
		return;
	t->seen[bit / 8] |= (unsigned char)(1u << bit % 8);
	value_keep(t, s);
}

static void
number_count(struct tally *t, const struct cell *c, size_t bytes)
{
	if (c->either)
		t->either[c->decimal]++;
	else
		t->marks[c->decimal][c->group]++;
	t->below += c->sign < 0;
	t->above += c->sign > 0;
	t->whole += c->whole;
	t->serials += c->serial;
	t->point_zeros += c->point_zero;
	t->long_whole += c->whole && bytes >= 7 && bytes <= 15;
	if (c->currency >= 0)
		t->currency[c->currency].n++;
}

void
tally_cell(struct tally *t, struct str cell)
{
	struct str s = cell_trim(cell);
	const struct cell *c = &t->last;

	if (t->cells == 0 || s.n != t->before_length || memcmp(s.p, t->before, s.n) != 0)
		cell_new(t, s);
	if (c->sort == SORT_EMPTY)
		return;
	t->cells++;
	t->sorts[c->sort]++;
	if (c->sort == SORT_NUMBER)
		number_count(t, c, s.n);
	if (c->date >= 0) {
		t->date[c->date].n++;
		t->date[c->date].day_first += c->day_first;
		t->date[c->date].month_first += c->month_first;
	}
	t->digits += c->digits;
	t->codes += c->code;
	if (c->sort == SORT_TEXT && t->sorts[SORT_TEXT] <= COMPANIES_MAX) {
		t->names++;
		t->companies += c->company;
	}
	t->blanks += c->blanks;
}

void
tally_row(struct tally *t, size_t n)
{
	size_t i, j;
	bool dated = false;

	for (i = 0; i < n; i++)
		dated = dated || t[i].last.sort == SORT_DATE;
	for (i = 0; i < n; i++) {
		const struct cell *c = &t[i].last;
		struct prefix_tally *p = c->prefix >= 0 && t[i].prefix ? &t[i].prefix[c->prefix] : NULL;

		if (c->totals) {
			t[i].totals_words |= c->totals;
			t[i].totals += !dated;
			t[i].dated_totals += dated;
		}
		if (!p)
			continue;
		p->rows++;
		for (j = 0; j < n && j < TALLY_SIGNED; j++) {
			p->below[j] += t[j].last.sign < 0;
			p->above[j] += t[j].last.sign > 0;
		}
	}
}

size_t
tally_distinct(const struct tally *t)
{
	double bits = sizeof t->seen * 8, clear = 0, distinct;

	for (size_t i = 0; i < sizeof t->seen; i++)
		for (int bit = 0; bit < 8; bit++)
			clear += (t->seen[i] >> bit & 1) == 0;
	if (clear < 1)
		clear = 1;
	distinct = bits * log(bits / clear);
	return distinct < (double)t->cells ? (size_t)(distinct + 0.5) : t->cells;
}
