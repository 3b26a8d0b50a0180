/*
 * Calendars of days off: a text of one date a line. "2026-11-04" is not
 * worked, "+2026-11-01" (a weekend day) is; a # begins a comment.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define WEEKEND 5 /* its first day as date_weekday counts */

static int
compare_days(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

/* sorted days while they are collected */
struct days {
	long *day;
	size_t n;
	size_t cap;
};

static void
days_add(struct days *days, long day)
{
	days->day = vec_grow(days->day, &days->cap, days->n + 1, sizeof(*days->day));
	days->day[days->n++] = day;
}

/* the days sorted, each once, in the arena */
static long *
days_settle(struct days *days, struct arena *a, size_t *n)
{
	long *settled;

	*n = 0;
	if (days->n == 0)
		return NULL;
	qsort(days->day, days->n, sizeof(*days->day), compare_days);
	settled = arena_alloc(a, days->n * sizeof(*settled));
	for (size_t i = 0; i < days->n; i++)
		if (i == 0 || days->day[i] != days->day[i - 1])
			settled[(*n)++] = days->day[i];
	return settled;
}

/* index of the first day that is not before `day` */
static size_t
days_from(const long *days, size_t n, long day)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (days[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
days_have(const long *days, size_t n, long day)
{
	size_t i = days_from(days, n, day);

	return i < n && days[i] == day;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* a line without its comment and the blanks around it */
static struct str
line_content(const char *line, size_t n)
{
	const char *comment = memchr(line, '#', n);
	struct str s = {line, comment != NULL ? (size_t)(comment - line) : n};

	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && is_blank(*s.p)) {
		s.p++;
		s.n--;
	}
	return s;
}

static int
line_error(struct error *err, const char *file, size_t line, size_t column, struct str s, const char *reason)
{
	struct buf quoted = {0};

	text_quote(&quoted, s.p, s.n);
	error_at(err, file, line, column, "%s: %s", reason, quoted.data);
	buf_free(&quoted);
	return -1;
}

/* where the lines of a calendar go */
struct reading {
	const char *file;
	size_t line;
	struct days holidays;
	struct days working;
};

static int
line_read(struct reading *r, const char *line, size_t n, struct error *err)
{
	struct str s = line_content(line, n);
	size_t column = utf8_count(line, (size_t)(s.p - line)) + 1;
	bool works = s.n > 0 && *s.p == '+';
	struct date d;

	if (s.n == 0)
		return 0;
	if (date_parse(s.p + works, s.n - works, &d) < 0)
		return line_error(err, r->file, r->line, column, s,
				  "not a date (2026-01-31, or +2026-01-31)");
	if (works && date_weekday(d) < WEEKEND)
		return line_error(err, r->file, r->line, column, s,
				  "neither Saturday nor Sunday, so + is wrong");
	days_add(works ? &r->working : &r->holidays, date_days(d));
	return 0;
}

static int
lines_read(struct reading *r, const char *text, size_t n, struct error *err)
{
	const char *end = text + n, *next;

	for (const char *line = text; line < end; line = next) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));

		r->line++;
		next = stop != NULL ? stop + 1 : end;
		if (line_read(r, line, (size_t)((stop != NULL ? stop : end) - line), err) < 0)
			return -1;
	}
	return 0;
}

static int
contradiction_find(const struct calendar *c, const char *file, struct error *err)
{
	for (size_t i = 0; i < c->n_working; i++) {
		struct buf day = {0};

		if (!days_have(c->holidays, c->n_holidays, c->working[i]))
			continue;
		date_format(&day, date_from_days(c->working[i]));
		error_at(err, file, 0, 0, "%s is both a day off and a working day (+)", day.data);
		buf_free(&day);
		return -1;
	}
	return 0;
}

int
calendar_read(struct calendar *c, const char *text, size_t n, const char *file, struct arena *a,
	      struct error *err)
{
	size_t mark = n >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
	struct reading r = {.file = file};
	int result = lines_read(&r, text + mark, n - mark, err);

	if (result == 0) {
		c->holidays = days_settle(&r.holidays, a, &c->n_holidays);
		c->working = days_settle(&r.working, a, &c->n_working);
		result = contradiction_find(c, file, err);
	}
	free(r.holidays.day);
	free(r.working.day);
	return result;
}

static bool
is_worked(const struct calendar *c, long day, bool weekend)
{
	if (c == NULL)
		return !weekend;
	if (weekend)
		return days_have(c->working, c->n_working, day);
	return !days_have(c->holidays, c->n_holidays, day);
}

bool
calendar_is_workday(const struct calendar *c, struct date d)
{
	return is_worked(c, date_days(d), date_weekday(d) >= WEEKEND);
}

static struct date
add_business_days(struct date d, int n, int sign, const struct calendar *c)
{
	while (n > 0 && date_is_set(d)) {
		d = date_add_days(d, sign);
		n -= date_is_set(d) && calendar_is_workday(c, d);
	}
	return d;
}

struct date
date_add_offset(struct date d, struct offset offset, int sign, const struct calendar *c)
{
	long n = (long)sign * offset.n;

	switch (offset.unit) {
	case OFFSET_BUSINESS_DAY:
		return add_business_days(d, offset.n, sign, c);
	case OFFSET_DAY:
		return date_add_days(d, n);
	case OFFSET_WEEK:
		return date_add_days(d, n * 7);
	case OFFSET_MONTH:
		return date_add_months(d, n);
	case OFFSET_YEAR:
		return date_add_months(d, n * 12);
	case OFFSET_NONE:
		break;
	}
	return d;
}

/* of the days in (from, to] those that are a weekend, or those that are not */
static long
days_count(const long *days, size_t n, long from, long to, bool weekend)
{
	long count = 0;

	for (size_t i = days_from(days, n, from + 1); i < n && days[i] <= to; i++)
		count += (date_weekday(date_from_days(days[i])) >= WEEKEND) == weekend;
	return count;
}

long
date_business_days(struct date from, struct date to, const struct calendar *c)
{
	long first = date_days(from), last = date_days(to), count;
	int weekday = date_weekday(from);

	if (!date_is_valid(from) || !date_is_valid(to) || last <= first)
		return 0;
	count = (last - first) / 7 * WEEKEND;
	for (long left = (last - first) % 7; left > 0; left--) {
		weekday = (weekday + 1) % 7;
		count += weekday < WEEKEND;
	}
	if (c == NULL)
		return count;
	return count - days_count(c->holidays, c->n_holidays, first, last, false) +
	       days_count(c->working, c->n_working, first, last, true);
}

int
offset_parse(const char *s, size_t n, struct offset *offset)
{
	static const struct {
		const char *name;
		enum offset_unit unit;
	} units[] = {{"bd", OFFSET_BUSINESS_DAY},
		     {"d", OFFSET_DAY},
		     {"w", OFFSET_WEEK},
		     {"m", OFFSET_MONTH},
		     {"y", OFFSET_YEAR}};
	size_t digits = 0;
	int value = 0;

	for (; digits < n && digits < 4 && s[digits] >= '0' && s[digits] <= '9'; digits++)
		value = value * 10 + s[digits] - '0';
	for (size_t i = 0; digits > 0 && i < sizeof(units) / sizeof(units[0]); i++) {
		if (strlen(units[i].name) != n - digits || memcmp(units[i].name, s + digits, n - digits) != 0)
			continue;
		*offset = (struct offset){value, units[i].unit};
		return 0;
	}
	return -1;
}
