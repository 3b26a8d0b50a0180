/*
 * Reading a cell by the steps of its date pattern. Nothing is guessed: what
 * was told makes one date, and all that was told agrees with it.
 */
#include <string.h>

#include "base/date.h"
#include "base/datenames.h"
#include "base/datesteps.h"

#define SECONDS_A_DAY 86400

/* Excel's day 1 is 1900-01-01, and its day 60 is 1900-02-29, a day that never was */
#define EXCEL_FALSE_DAY 60
#define EXCEL_EPOCH (-25569L)	   /* 1899-12-30: from day 61 on, serials count from here */
#define EXCEL_1904_EPOCH (-24107L) /* 1904-01-01 */
#define EXCEL_DIGITS 7

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* a cell while it is read */
struct reading {
	const char *p;
	const char *end;
	short number[NUMBERS]; /* 0: not told, or 0 */
};

/* `least` to `digits` digits, at most 18; -1 if they are not there */
static long long
digits_read(struct reading *r, int least, int digits)
{
	const char *p = r->p;
	const char *last = r->end - p < digits ? r->end : p + digits;
	long long value = 0;

	for (; p < last && is_digit(*p); p++)
		value = value * 10 + *p - '0';
	least -= (int)(p - r->p);
	r->p = p;
	return least > 0 ? -1 : value;
}

static bool
number_read(struct reading *r, const struct conversion *c, int least, int digits)
{
	long long value = digits_read(r, least, digits);

	if (value < c->low || value > c->high)
		return false;
	r->number[c->number] = (short)value;
	return true;
}

static bool
padded_number_read(struct reading *r, const struct conversion *c, int least)
{
	if (r->p == r->end || *r->p != ' ')
		return number_read(r, c, least, c->digits);
	r->p++;
	return number_read(r, c, c->digits - 1, c->digits - 1);
}

static bool
sunday_weekday_read(struct reading *r, const struct conversion *c)
{
	if (!number_read(r, c, c->least, c->digits))
		return false;
	if (r->number[WEEKDAY] == 0)
		r->number[WEEKDAY] = 7;
	return true;
}

static bool
name_read(struct reading *r, const struct conversion *c, bool dot)
{
	size_t n = (size_t)(r->end - r->p);
	struct date_name name;
	bool found = c->number == MONTH ? month_name_find(r->p, n, &name) : weekday_name_find(r->p, n, &name);

	if (!found)
		return false;
	r->number[c->number] = (short)name.number;
	r->p += name.n;
	if (dot && name.abbreviated && r->p < r->end && *r->p == '.')
		r->p++;
	return true;
}

/* am or pm, in any case */
static bool
half_day_read(struct reading *r)
{
	char half, m;

	if (r->end - r->p < 2)
		return false;
	half = (char)(r->p[0] | 0x20);
	m = (char)(r->p[1] | 0x20);
	if ((half != 'a' && half != 'p') || m != 'm')
		return false;
	r->p += 2;
	return true;
}

/* bytes of the blank at hand, no-break ones too, as they stand before "г." and "AM"; 0: none */
static size_t
blank_length(const struct reading *r)
{
	static const char *const no_break[] = {"\u00A0", "\u202F"};
	size_t left = (size_t)(r->end - r->p);

	if (left == 0 || (unsigned char)*r->p < 0x80)
		return left > 0 && is_blank(*r->p);
	for (size_t i = 0; i < sizeof(no_break) / sizeof(no_break[0]); i++) {
		size_t n = strlen(no_break[i]);

		if (left >= n && memcmp(r->p, no_break[i], n) == 0)
			return n;
	}
	return 0;
}

static bool
blanks_read(struct reading *r)
{
	const char *start = r->p;
	size_t n;

	while ((n = blank_length(r)) > 0)
		r->p += n;
	return r->p > start;
}

/* Z, +03, +0300 or +03:00 */
static bool
offset_read(struct reading *r)
{
	long long hours, minutes = 0;

	if (r->p == r->end)
		return false;
	if (*r->p == 'Z') {
		r->p++;
		return true;
	}
	if (*r->p != '+' && *r->p != '-')
		return false;
	r->p++;
	hours = digits_read(r, 2, 2);
	if (r->end - r->p > 1 && *r->p == ':' && is_digit(r->p[1]))
		r->p++;
	if (r->p < r->end && is_digit(*r->p))
		minutes = digits_read(r, 2, 2);
	return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}

/* a zone's name: MSK, Europe/Riga, UTC+3, +04 */
static bool
zone_read(struct reading *r)
{
	const char *start = r->p;

	while (r->p < r->end && (is_letter(*r->p) || is_digit(*r->p) || memchr("+-/_:", *r->p, 5) != NULL))
		r->p++;
	return r->p > start;
}

/* the date by its number of days since 1970-01-01; one outside the calendar becomes no date */
static void
days_told(struct reading *r, long long days)
{
	struct date d = date_from_days((long)days);

	r->number[YEAR] = d.year;
	r->number[MONTH] = d.month;
	r->number[DAY] = d.day;
}

/* seconds since 1970 */
static bool
epoch_read(struct reading *r, const struct conversion *c, int least)
{
	bool before = r->p < r->end && *r->p == '-';
	long long seconds;

	r->p += before;
	seconds = digits_read(r, least, c->digits);
	if (seconds < 0)
		return false;
	days_told(r, before ? -((seconds + SECONDS_A_DAY - 1) / SECONDS_A_DAY) : seconds / SECONDS_A_DAY);
	return true;
}

/* a serial's time of day: the decimal places */
static bool
serial_time_read(struct reading *r)
{
	const char *start;

	if (r->p == r->end || (*r->p != '.' && *r->p != ','))
		return true;
	start = ++r->p;
	while (r->p < r->end && is_digit(*r->p))
		r->p++;
	return r->p > start;
}

static bool
excel_read(struct reading *r, enum how system)
{
	long long serial = digits_read(r, 1, EXCEL_DIGITS);

	if (serial < 0)
		return false;
	if (system == READ_EXCEL_1904)
		days_told(r, EXCEL_1904_EPOCH + serial);
	else if (serial == 0 || serial == EXCEL_FALSE_DAY)
		return false;
	else
		days_told(r, EXCEL_EPOCH + serial + (serial < EXCEL_FALSE_DAY));
	return serial_time_read(r);
}

/* a step of a kind that few formats have */
static bool
rare_step_read(struct reading *r, const struct conversion *c, const struct date_step *step)
{
	switch (c->how) {
	case READ_PADDED_NUMBER:
		return padded_number_read(r, c, step->arg);
	case READ_SUNDAY_WEEKDAY:
		return sunday_weekday_read(r, c);
	case READ_MONTH_NAME:
	case READ_WEEKDAY_NAME:
		return name_read(r, c, step->arg);
	case READ_HALF_DAY:
		return half_day_read(r);
	case READ_FRACTION:
		return digits_read(r, c->least, c->digits) >= 0;
	case READ_OFFSET:
		return offset_read(r);
	case READ_ZONE:
		return zone_read(r);
	case READ_EPOCH:
		return epoch_read(r, c, step->arg);
	case READ_EXCEL:
	case READ_EXCEL_1904:
		return excel_read(r, c->how);
	default:
		return false;
	}
}

/* What nearly all rows need is decided by branches that a processor foresees. */
static inline bool
step_read(struct reading *r, const struct date_step *step)
{
	const struct conversion *c = &date_conversions[step->conversion];

	if (c->how == READ_BYTE)
		return r->p < r->end && *r->p++ == step->arg;
	if (c->how == READ_NUMBER)
		return number_read(r, c, step->arg, c->digits);
	if (c->how == READ_BLANKS)
		return blanks_read(r);
	return rare_step_read(r, c, step);
}

static int
century_add(int short_year, int pivot)
{
	return short_year + (short_year <= pivot ? 2000 : 1900);
}

static int
year_told(const struct date_pattern *p, const struct reading *r)
{
	if (r->number[YEAR] > 0)
		return r->number[YEAR];
	if ((p->parts & PART_CENTURY) != 0)
		return r->number[CENTURY] * 100 + r->number[SHORT_YEAR];
	return century_add(r->number[SHORT_YEAR], p->pivot);
}

static int
week_year_told(const struct date_pattern *p, const struct reading *r)
{
	if (r->number[WEEK_YEAR] > 0)
		return r->number[WEEK_YEAR];
	return century_add(r->number[SHORT_WEEK_YEAR], p->pivot);
}

/* days since the first of January */
static int
year_day(struct date d)
{
	return (int)date_diff(d, (struct date){d.year, 1, 1});
}

/* week 1 of ISO 8601 has the 4th of January, and the year's first Thursday */
static struct date
iso_week_date(int year, int week, int weekday)
{
	struct date fourth = {(short)year, 1, 4};

	return date_add_days(fourth, 7 * (week - 1) + weekday - 1 - date_weekday(fourth));
}

/* Week 1 begins with the year's first `first`, a Monday (0) or Sunday (6). */
static struct date
year_week_date(int year, int week, int first, int weekday)
{
	struct date new_year = {(short)year, 1, 1};
	int start = (first + 7 - date_weekday(new_year)) % 7;

	return date_add_days(new_year, start + 7 * (week - 1) + (weekday - 1 + 7 - first) % 7);
}

static int
week_of_year(struct date d, int first)
{
	return (year_day(d) + 7 - (date_weekday(d) + 7 - first) % 7) / 7;
}

/* the date that the numbers make, not valid if there is no such day */
static struct date
reading_date(const struct date_pattern *p, const struct reading *r)
{
	const short *number = r->number;
	int year = year_told(p, r);

	if (has_parts(p->parts, PART_DATE) && number[YEAR_DAY] == 0)
		return (struct date){(short)year, (signed char)number[MONTH], (signed char)number[DAY]};
	if (has_parts(p->parts, PART_DATE)) {
		struct date d = date_add_days((struct date){(short)year, 1, 1}, number[YEAR_DAY] - 1);

		return d.year == year ? d : (struct date){0};
	}
	if (has_parts(p->parts, PART_ISO_DATE))
		return iso_week_date(week_year_told(p, r), number[ISO_WEEK], number[WEEKDAY]);
	if (has_parts(p->parts, PART_MONDAY_DATE))
		return year_week_date(year, number[MONDAY_WEEK], 0, number[WEEKDAY]);
	return year_week_date(year, number[SUNDAY_WEEK], 6, number[WEEKDAY]);
}

/* Do weekday and weeks say what the date says? Where they made it, a week that the year has not shows here. */
static bool
weeks_agree(const struct date_pattern *p, const struct reading *r, struct date d)
{
	const struct date thursday = date_add_days(d, 3 - date_weekday(d));
	const struct {
		unsigned part;
		int told;
		int is;
	} checks[] = {
	    {PART_WEEKDAY, r->number[WEEKDAY], date_weekday(d) + 1},
	    {PART_MONDAY_WEEK, r->number[MONDAY_WEEK], week_of_year(d, 0)},
	    {PART_SUNDAY_WEEK, r->number[SUNDAY_WEEK], week_of_year(d, 6)},
	    {PART_ISO_WEEK, r->number[ISO_WEEK], year_day(thursday) / 7 + 1},
	    {PART_WEEK_YEAR, week_year_told(p, r), thursday.year},
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if ((p->parts & checks[i].part) != 0 && checks[i].told != checks[i].is)
			return false;
	return true;
}

int
date_pattern_parse(const struct date_pattern *p, const char *s, size_t n, struct date *d)
{
	struct reading r = {s, s + n, {0}};
	struct date read;

	for (int i = 0; i < p->n_steps; i++)
		if (!step_read(&r, &p->step[i]))
			return -1;
	if (r.p < r.end)
		return -1;
	read = reading_date(p, &r);
	if (!date_is_valid(read) || ((p->parts & PART_CHECKED) != 0 && !weeks_agree(p, &r, read)))
		return -1;
	*d = read;
	return 0;
}
