#include "base/date.h"

#define EPOCH 719162L	   /* 1970-01-01 in days since 0001-01-01, a Monday */
#define DAYS_LAST 3652058L /* 9999-12-31, likewise */
#define YEAR_LAST 9999

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* days of the year before the first of a month; of month 13: its length */
static int
days_before_month(int year, int m)
{
	static const short before[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

	return before[m] + (m > 2 && is_leap(year));
}

/* days from 0001-01-01 to the first of a year */
static long
days_before_year(int year)
{
	int y = year - 1;

	return 365L * y + y / 4 - y / 100 + y / 400;
}

static int
month_length(int year, int m)
{
	return days_before_month(year, m + 1) - days_before_month(year, m);
}

bool
date_is_set(struct date d)
{
	return d.year != 0;
}

bool
date_is_valid(struct date d)
{
	return d.year >= 1 && d.year <= YEAR_LAST && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= month_length(d.year, d.month);
}

/* n digits as a number, or -1 */
static int
digits_read(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		value = value * 10 + s[i] - '0';
	}
	return value;
}

int
date_parse(const char *s, size_t n, struct date *d)
{
	struct date read;
	int year, m, day;

	if (n != 10 || s[4] != '-' || s[7] != '-')
		return -1;
	year = digits_read(s, 4);
	m = digits_read(s + 5, 2);
	day = digits_read(s + 8, 2);
	read = (struct date){(short)year, (signed char)m, (signed char)day};
	if (!date_is_valid(read))
		return -1;
	*d = read;
	return 0;
}

static void
digits_write(char *s, int n, int value)
{
	for (; n > 0; value /= 10)
		s[--n] = (char)('0' + value % 10);
}

void
date_format(struct buf *out, struct date d)
{
	char text[] = "yyyy-mm-dd";

	if (!date_is_valid(d))
		return;
	digits_write(text, 4, d.year);
	digits_write(text + 5, 2, d.month);
	digits_write(text + 8, 2, d.day);
	buf_add(out, text, sizeof(text) - 1);
}

long
date_days(struct date d)
{
	if (!date_is_valid(d))
		return 0;
	return days_before_year(d.year) + days_before_month(d.year, d.month) + d.day - 1 - EPOCH;
}

struct date
date_from_days(long days)
{
	int year, m, left;
	long n;

	if (days < -EPOCH || days > DAYS_LAST - EPOCH)
		return (struct date){0};
	/* the mean year of the Gregorian cycle leads to the year or to a neighbour, 32 days a month to it or the last */
	n = days + EPOCH;
	year = (int)(n * 400 / 146097) + 1;
	if (days_before_year(year) > n)
		year--;
	else if (days_before_year(year + 1) <= n)
		year++;
	left = (int)(n - days_before_year(year));
	m = left / 32 + 1;
	if (days_before_month(year, m + 1) <= left)
		m++;
	return (struct date){(short)year, (signed char)m,
			     (signed char)(left - days_before_month(year, m) + 1)};
}

long
date_diff(struct date a, struct date b)
{
	return date_days(a) - date_days(b);
}

int
date_cmp(struct date a, struct date b)
{
	int x = (a.year * 16 + a.month) * 32 + a.day;
	int y = (b.year * 16 + b.month) * 32 + b.day;

	return (x > y) - (x < y);
}

int
date_weekday(struct date d)
{
	return (int)((date_days(d) + EPOCH) % 7);
}

struct date
date_add_days(struct date d, long n)
{
	if (!date_is_valid(d) || n > DAYS_LAST || n < -DAYS_LAST)
		return (struct date){0};
	return date_from_days(date_days(d) + n);
}

struct date
date_add_months(struct date d, long n)
{
	long to = month_of(d) + (n > -12L * YEAR_LAST && n < 12L * YEAR_LAST ? n : 12L * YEAR_LAST);
	struct date last = month_last((month)to);

	if (!date_is_valid(d) || !date_is_valid(last))
		return (struct date){0};
	if (d.day < last.day)
		last.day = d.day;
	return last;
}

month
month_of(struct date d)
{
	return date_is_valid(d) ? d.year * 12 + d.month - 1 : 0;
}

int
month_parse(const char *s, size_t n, month *m)
{
	int year, number;

	if (n != 7 || s[4] != '-')
		return -1;
	year = digits_read(s, 4);
	number = digits_read(s + 5, 2);
	if (year < 1 || number < 1 || number > 12)
		return -1;
	*m = year * 12 + number - 1;
	return 0;
}

void
month_format(struct buf *out, month m)
{
	struct date first = month_first(m);
	char text[] = "yyyy-mm";

	if (!date_is_set(first))
		return;
	digits_write(text, 4, first.year);
	digits_write(text + 5, 2, first.month);
	buf_add(out, text, sizeof(text) - 1);
}

struct date
month_first(month m)
{
	if (m < 12 || m / 12 > YEAR_LAST)
		return (struct date){0};
	return (struct date){(short)(m / 12), (signed char)(m % 12 + 1), 1};
}

struct date
month_last(month m)
{
	struct date d = month_first(m);

	if (date_is_set(d))
		d.day = (signed char)month_length(d.year, d.month);
	return d;
}
