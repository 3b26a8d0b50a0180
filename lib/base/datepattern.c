/*
 * Dates in a file's own format. A format is compiled to steps once, so that
 * reading a cell is a walk over a few of them.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

#define PIVOT_POSIX 68

/* the numbers that a date may be made of; also the kinds of steps that read them */
enum {
	NUMBER_YEAR,
	NUMBER_SHORT_YEAR,
	NUMBER_MONTH,
	NUMBER_DAY,
	NUMBER_PADDED_DAY,
	NUMBER_YEAR_DAY,
	NUMBER_HOUR,
	NUMBER_HALF_DAY_HOUR,
	NUMBER_MINUTE,
	NUMBER_SECOND,
	NUMBERS,
	STEP_MONTH_NAME = NUMBERS,
	STEP_HALF_DAY,
	STEP_BLANKS,
	STEP_BYTE, /* arg */
};

/* what a conversion tells; none may be told twice */
enum {
	PART_YEAR = 1,
	PART_MONTH = 2,
	PART_DAY = 4,
	PART_HOUR = 8,
	PART_MINUTE = 16,
	PART_SECOND = 32,
	PART_HALF_DAY = 64,
	PART_DATE = PART_YEAR | PART_MONTH | PART_DAY,
};

/* numbers come first, in the order of their kinds */
static const struct conversion {
	char letter;
	signed char kind;
	signed char least; /* digits; of a number that touches another: digits */
	signed char digits;
	short low;
	short high;
	unsigned char parts;
} conversions[] = {
    {'Y', NUMBER_YEAR, 4, 4, 1, 9999, PART_YEAR},
    {'y', NUMBER_SHORT_YEAR, 2, 2, 0, 99, PART_YEAR},
    {'m', NUMBER_MONTH, 1, 2, 1, 12, PART_MONTH},
    {'d', NUMBER_DAY, 1, 2, 1, 31, PART_DAY},
    {'e', NUMBER_PADDED_DAY, 1, 2, 1, 31, PART_DAY},
    {'j', NUMBER_YEAR_DAY, 1, 3, 1, 366, PART_MONTH | PART_DAY},
    {'H', NUMBER_HOUR, 1, 2, 0, 23, PART_HOUR},
    {'I', NUMBER_HALF_DAY_HOUR, 1, 2, 1, 12, PART_HOUR},
    {'M', NUMBER_MINUTE, 1, 2, 0, 59, PART_MINUTE},
    {'S', NUMBER_SECOND, 1, 2, 0, 60, PART_SECOND},
    {'b', STEP_MONTH_NAME, 0, 0, 0, 0, PART_MONTH},
    {'B', STEP_MONTH_NAME, 0, 0, 0, 0, PART_MONTH},
    {'h', STEP_MONTH_NAME, 0, 0, 0, 0, PART_MONTH},
    {'p', STEP_HALF_DAY, 0, 0, 0, 0, PART_HALF_DAY},
    {'n', STEP_BLANKS, 0, 0, 0, 0, 0},
    {'t', STEP_BLANKS, 0, 0, 0, 0, 0},
};

static const struct {
	char letter;
	const char *format;
} shorthands[] = {{'F', "%Y-%m-%d"}, {'D', "%m/%d/%y"}, {'T', "%H:%M:%S"}, {'R', "%H:%M"}};

static const char *const month_names[] = {
    "january", "february", "march",	"april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december",
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int
pattern_error(struct error *err, const char *format, const char *reason)
{
	struct buf quoted = {0};

	text_quote(&quoted, format, strlen(format));
	error_set(err, "date format %s: %s", quoted.data, reason);
	buf_free(&quoted);
	return -1;
}

/* a format while it is compiled */
struct compiling {
	struct date_pattern *pattern;
	unsigned parts;	 /* told so far */
	char reason[64]; /* what is wrong */
};

static bool
step_add(struct compiling *c, int kind, char arg)
{
	struct date_pattern *p = c->pattern;

	if (kind == STEP_BLANKS && p->n_steps > 0 && p->step[p->n_steps - 1].kind == STEP_BLANKS)
		return true;
	if (p->n_steps == DATE_PATTERN_STEPS) {
		snprintf(c->reason, sizeof(c->reason), "too long");
		return false;
	}
	p->step[p->n_steps].kind = (signed char)kind;
	p->step[p->n_steps].arg = arg;
	p->n_steps++;
	return true;
}

static bool
conversion_add(struct compiling *c, char letter)
{
	for (size_t i = 0; i < sizeof(conversions) / sizeof(conversions[0]); i++) {
		const struct conversion *conversion = &conversions[i];

		if (conversion->letter != letter)
			continue;
		if ((c->parts & conversion->parts) != 0) {
			snprintf(c->reason, sizeof(c->reason),
				 "%%%c tells again what another conversion told", letter);
			return false;
		}
		c->parts |= conversion->parts;
		return step_add(c, conversion->kind, conversion->least);
	}
	if (letter == '\0')
		snprintf(c->reason, sizeof(c->reason), "ends in the middle of a conversion");
	else if (letter < ' ' || letter > '~')
		snprintf(c->reason, sizeof(c->reason), "a conversion that is not known");
	else
		snprintf(c->reason, sizeof(c->reason), "%%%c is not a conversion that is known", letter);
	return false;
}

/* steps of a format without shorthands */
static bool
simple_add(struct compiling *c, const char *format, size_t n)
{
	for (const char *p = format; p < format + n; p++) {
		if (is_blank(*p)) {
			if (!step_add(c, STEP_BLANKS, 0))
				return false;
		} else if (*p != '%' || p[1] == '%') {
			p += *p == '%';
			if (!step_add(c, STEP_BYTE, *p))
				return false;
		} else if (!conversion_add(c, *++p)) {
			return false;
		}
	}
	return true;
}

static const char *
shorthand_format(char letter)
{
	for (size_t i = 0; i < sizeof(shorthands) / sizeof(shorthands[0]); i++)
		if (shorthands[i].letter == letter)
			return shorthands[i].format;
	return NULL;
}

static bool
format_add(struct compiling *c, const char *format)
{
	size_t n;

	for (const char *p = format; *p != '\0'; p += n) {
		const char *full = *p == '%' ? shorthand_format(p[1]) : NULL;

		n = *p == '%' && p[1] != '\0' ? 2 : 1;
		if (!simple_add(c, full != NULL ? full : p, full != NULL ? strlen(full) : n))
			return false;
	}
	return true;
}

static bool
is_number(const struct date_step *step)
{
	return step->kind < NUMBERS;
}

/* Where two numbers touch, the second must have all its digits, or 2026111 would have two readings. */
static void
touching_numbers_fix(struct date_pattern *p)
{
	for (int i = 1; i < p->n_steps; i++)
		if (is_number(&p->step[i - 1]) && is_number(&p->step[i]))
			p->step[i].arg = conversions[p->step[i].kind].digits;
}

int
date_pattern_init(struct date_pattern *p, const char *format, struct error *err)
{
	struct compiling c = {.pattern = p};

	*p = (struct date_pattern){.format = format, .pivot = PIVOT_POSIX};
	if (!format_add(&c, format))
		return pattern_error(err, format, c.reason);
	if ((c.parts & PART_YEAR) == 0)
		return pattern_error(err, format, "lacks the year (%Y or %y)");
	if ((c.parts & PART_DATE) != PART_DATE)
		return pattern_error(err, format, "lacks the month or the day (%m and %d, or %j)");
	touching_numbers_fix(p);
	return 0;
}

/* a cell while it is read */
struct reading {
	const char *p;
	const char *end;
	short number[NUMBERS];
};

/* `least` to `digits` digits; -1 if they are not there */
static int
digits_read(struct reading *r, int least, int digits)
{
	int value = 0, n = 0;

	for (; n < digits && r->p < r->end && *r->p >= '0' && *r->p <= '9'; n++)
		value = value * 10 + *r->p++ - '0';
	return n < least ? -1 : value;
}

static bool
number_read(struct reading *r, const struct date_step *step)
{
	const struct conversion *c = &conversions[step->kind];
	int digits = c->digits, least = step->arg, value;

	/* the blank of a padded day stands for a digit */
	if (step->kind == NUMBER_PADDED_DAY && r->p < r->end && *r->p == ' ') {
		r->p++;
		digits = 1;
		least = 1;
	}
	value = digits_read(r, least, digits);
	if (value < c->low || value > c->high)
		return false;
	r->number[step->kind] = (short)value;
	return true;
}

/* is it the word, in any case? moves behind it */
static bool
word_read(struct reading *r, const char *word, size_t n)
{
	if ((size_t)(r->end - r->p) < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = r->p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != word[i])
			return false;
	}
	r->p += n;
	return true;
}

static bool
month_name_read(struct reading *r)
{
	for (int i = 0; i < 12; i++) {
		const char *name = month_names[i];

		if (word_read(r, name, strlen(name)) || word_read(r, name, 3)) {
			r->number[NUMBER_MONTH] = (short)(i + 1);
			return true;
		}
	}
	return false;
}

static bool
blanks_read(struct reading *r)
{
	const char *start = r->p;

	while (r->p < r->end && is_blank(*r->p))
		r->p++;
	return r->p > start;
}

static bool
step_read(struct reading *r, const struct date_step *step)
{
	switch (step->kind) {
	case STEP_MONTH_NAME:
		return month_name_read(r);
	case STEP_HALF_DAY:
		return word_read(r, "am", 2) || word_read(r, "pm", 2);
	case STEP_BLANKS:
		return blanks_read(r);
	case STEP_BYTE:
		return r->p < r->end && *r->p++ == step->arg;
	default:
		return number_read(r, step);
	}
}

/* the date that the numbers make, unset if there is no such day */
static struct date
reading_date(const struct reading *r, int pivot)
{
	int year = r->number[NUMBER_YEAR], short_year = r->number[NUMBER_SHORT_YEAR];
	int day = r->number[NUMBER_DAY] + r->number[NUMBER_PADDED_DAY];
	struct date d;

	if (year == 0)
		year = short_year + (short_year <= pivot ? 2000 : 1900);
	d = (struct date){(short)year, (signed char)r->number[NUMBER_MONTH], (signed char)day};
	if (r->number[NUMBER_YEAR_DAY] > 0) {
		d = date_add_days((struct date){(short)year, 1, 1}, r->number[NUMBER_YEAR_DAY] - 1);
		if (d.year != year)
			d.year = 0;
	}
	return d;
}

int
date_pattern_parse(const struct date_pattern *p, const char *s, size_t n, struct date *d)
{
	struct reading r = {s, s + n, {0}};
	struct date read;

	for (int i = 0; i < p->n_steps; i++)
		if (!step_read(&r, &p->step[i]))
			return -1;
	read = reading_date(&r, p->pivot);
	if (r.p < r.end || !date_is_valid(read))
		return -1;
	*d = read;
	return 0;
}
