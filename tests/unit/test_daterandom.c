#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/error.h"
#include "dateforms.h"

/* Random dates: what a format writes, it reads back; and random bytes */

static unsigned long
chance(unsigned long long *seed, unsigned long n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned long)(*seed % n);
}

/* Formats that strftime writes and that are to be read back; `@` is a month's name, `~` a weekday's, of the tables above.
 * Of years before 1000 strftime writes fewer digits than four. */
static const struct {
	const char *format;
	const char *first;
	const char *last;
} written[] = {
    {"%Y-%m-%d %H:%M:%S", "1000-01-01", "9999-12-31"},
    {"%d.%m.%Y", "1000-01-01", "9999-12-31"},
    {"%Y%m%d%H%M%S", "1000-01-01", "9999-12-31"},
    {"%FT%TZ", "1000-01-01", "9999-12-31"},
    {"%D %r", "1969-01-01", "2068-12-31"},
    {"%d%m%y", "1969-01-01", "2068-12-31"},
    {"%C%y%j", "1000-01-01", "9999-12-31"},
    {"%a, %e %b %Y %R", "1000-01-01", "9999-12-31"},
    {"%A %B %d, %Y %I%p", "1000-01-01", "9999-12-31"},
    {"%s", "0001-01-01", "9999-12-31"},
    {"%j/%Y", "1000-01-01", "9999-12-31"},
    {"%G-W%V-%u", "1001-01-01", "9999-12-31"},
    {"%G%V%u", "1001-01-01", "9999-12-31"},
    {"%g %V %a", "1970-01-01", "2068-12-28"},
    {"%Y %W %w", "1000-01-01", "9999-12-31"},
    {"%Y %U %A", "1000-01-01", "9999-12-31"},
    {"%F %u%%%n%t%G %V %U %W", "1000-01-01", "9999-12-31"},
    {"%d @ %Y", "1000-01-01", "9999-12-31"},
    {"~ %d @ %Y %T", "1000-01-01", "9999-12-31"},
    {"~, @-%d, %y", "1969-01-01", "2068-12-31"},
};

static struct date
day(const char *s)
{
	struct date d = {0};

	assert_int_equal(date_parse(s, strlen(s), &d), 0);
	return d;
}

/* the format with names in place of their marks: as a format, `%b` or `%a`, or as a form of the tables */
static void
names_put(struct buf *out, const char *format, const char *month_name, const char *weekday_name)
{
	for (const char *p = format; *p != '\0'; p++) {
		if (*p == '@')
			buf_adds(out, month_name);
		else if (*p == '~')
			buf_adds(out, weekday_name);
		else
			buf_add(out, p, 1);
	}
	buf_add(out, "", 1);
}

/* writes the day in the format, at a random time, with names of a random language; terminated */
static void
day_write(struct buf *out, const char *format, struct date d, unsigned long long *seed)
{
	time_t seconds = (time_t)date_days(d) * 86400 + (time_t)chance(seed, 86400);
	struct buf named = {0};
	char text[256];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	/* mktime, which strftime's %s is made of, takes local time */
	if (strcmp(format, "%s") == 0) {
		snprintf(text, sizeof(text), "%lld", (long long)seconds);
	} else {
		names_put(&named, format, month_forms[chance(seed, LENGTH(month_forms))][tm.tm_mon],
			  weekday_forms[chance(seed, LENGTH(weekday_forms))][(tm.tm_wday + 6) % 7]);
		assert_true(strftime(text, sizeof(text), named.data, &tm) > 0);
	}
	buf_adds(out, text);
	buf_free(&named);
}

static void
what_the_format_writes_is_read_back(void **state)
{
	unsigned long long seed = 20261122;

	(void)state;
	for (size_t i = 0; i < LENGTH(written); i++) {
		long first = date_days(day(written[i].first)), last = date_days(day(written[i].last));
		struct buf format = {0};
		struct date_pattern p;
		struct error err;

		names_put(&format, written[i].format, "%b", "%a");
		if (date_pattern_init(&p, format.data, &err) < 0)
			fail_msg("%s", err.text);
		for (int round = 0; round < 5000; round++) {
			struct date d =
			    date_from_days(first + (long)chance(&seed, (unsigned long)(last - first + 1)));
			struct buf text = {0};
			struct date read = {0};

			day_write(&text, written[i].format, d, &seed);
			if (date_pattern_parse(&p, text.data, text.len, &read) < 0 || date_cmp(read, d) != 0)
				fail_msg("%s is not read back: %.*s", format.data, (int)text.len, text.data);
			buf_free(&text);
		}
		buf_free(&format);
	}
}

/* whether it is read; from a copy of the very size, so that a sanitizer sees a byte read behind it */
static bool
reads(const struct date_pattern *p, const char *s, size_t n)
{
	struct date d = {2020, 1, 2};
	char *copy = malloc(n > 0 ? n : 1);
	bool read;

	assert_non_null(copy);
	memcpy(copy, s, n);
	read = date_pattern_parse(p, copy, n, &d) == 0;
	if (read)
		assert_true(date_is_valid(d));
	else
		assert_true(d.year == 2020 && d.month == 1 && d.day == 2);
	free(copy);
	return read;
}

static void
damaged_dates_are_refused_or_are_dates(void **state)
{
	unsigned long long seed = 71;

	(void)state;
	for (size_t i = 0; i < LENGTH(written); i++) {
		struct buf format = {0};
		struct date_pattern p;

		names_put(&format, written[i].format, "%b", "%a");
		assert_int_equal(date_pattern_init(&p, format.data, NULL), 0);
		for (int round = 0; round < 5000; round++) {
			struct buf text = {0};
			size_t n;

			day_write(&text, written[i].format, day(written[i].last), &seed);
			n = text.len - (round % 4 == 0 ? chance(&seed, text.len + 1) : 0);
			for (unsigned long hits = chance(&seed, 4); hits > 0 && n > 0; hits--)
				text.data[chance(&seed, n)] =
				    (char)(round % 2 ? chance(&seed, 256) : '0' + chance(&seed, 10));
			reads(&p, text.data, n);
			buf_free(&text);
		}
		buf_free(&format);
	}
}

static void
random_formats_are_refused_or_read_dates(void **state)
{
	static const char letters[] = "YymdejbBhaACGgVWUuwHkIlMSfpPzZsFDTRrntcxX+EO-_%. /q";
	unsigned long long seed = 8;
	int compiled = 0;

	(void)state;
	for (int round = 0; round < 200000; round++) {
		struct date_pattern p;
		char format[32], cell[40];
		size_t n = 0, conversions = 1 + chance(&seed, 6), bytes = chance(&seed, sizeof(cell));

		for (size_t i = 0; i < conversions; i++) {
			format[n++] = '%';
			format[n++] = letters[chance(&seed, sizeof(letters) - 1)];
			if (chance(&seed, 2) == 0)
				format[n++] = letters[chance(&seed, sizeof(letters) - 1)];
		}
		format[n] = '\0';
		if (date_pattern_init(&p, format, NULL) < 0)
			continue;
		compiled++;
		for (size_t i = 0; i < bytes; i++)
			cell[i] = (char)(chance(&seed, 4) ? '0' + chance(&seed, 10) : chance(&seed, 256));
		reads(&p, cell, bytes);
	}
	assert_true(compiled > 100);
}

static void
cells_without_bytes_with_nul_or_of_a_megabyte_are_no_danger(void **state)
{
	const size_t n = 1 << 20;
	char *long_cell = malloc(n);
	struct date_pattern p;

	(void)state;
	assert_non_null(long_cell);
	assert_int_equal(date_pattern_init(&p, "%d %B %Y", NULL), 0);
	assert_false(reads(&p, "", 0));
	assert_false(reads(&p, "5 ma\0y 2026", 11));
	assert_true(reads(&p, "5 may 2026", 10));
	/* a letter under half a million marks */
	memcpy(long_cell, "5 m", 3);
	for (size_t i = 3; i < n; i++)
		long_cell[i] = i % 2 ? '\xCC' : '\x84';
	assert_false(reads(&p, long_cell, n));
	assert_int_equal(date_pattern_init(&p, "excel", NULL), 0);
	memset(long_cell, '1', n);
	memcpy(long_cell, "45658.", 6);
	assert_true(reads(&p, long_cell, n));
	free(long_cell);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_the_format_writes_is_read_back),
	    cmocka_unit_test(damaged_dates_are_refused_or_are_dates),
	    cmocka_unit_test(random_formats_are_refused_or_read_dates),
	    cmocka_unit_test(cells_without_bytes_with_nul_or_of_a_megabyte_are_no_danger),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
