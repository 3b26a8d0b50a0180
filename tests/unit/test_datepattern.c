#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/error.h"
#include "dateforms.h"

static void
assert_date(struct date d, const char *expected)
{
	struct buf b = {0};

	date_format(&b, d);
	assert_string_equal(b.data != NULL ? b.data : "", expected);
	buf_free(&b);
}

static void
assert_pattern(const char *format, const char *text, const char *expected)
{
	struct date_pattern p;
	struct date d = {0};
	struct error err;

	if (date_pattern_init(&p, format, &err) < 0)
		fail_msg("%s", err.text);
	if (date_pattern_parse(&p, text, strlen(text), &d) < 0)
		d = (struct date){0};
	if ((expected[0] == '\0') == date_is_set(d))
		fail_msg("%s as %s is %s", text, format, date_is_set(d) ? "read" : "refused");
	assert_date(d, expected);
}

static void
dates_are_read_in_the_format_of_the_file(void **state)
{
	(void)state;
	assert_pattern("%d.%m.%Y", "22.11.2026", "2026-11-22");
	assert_pattern("%d.%m.%Y", "1.2.2026", "2026-02-01");
	assert_pattern("%Y-%m-%d %H:%M:%S", "2010-12-01 08:26:00", "2010-12-01");
	assert_pattern("%F %T", "2010-12-01 08:26:00", "2010-12-01");
	assert_pattern("%F\t%R", "2010-12-01  8:26", "2010-12-01");
	assert_pattern("%D", "12/31/99", "1999-12-31");
	assert_pattern("%m/%d/%y %I:%M %p", "2/29/24 11:59 PM", "2024-02-29");
	assert_pattern("%I%p, %d.%m.%Y", "7am, 01.02.2026", "2026-02-01");
	assert_pattern("%Y%m%d", "20261122", "2026-11-22");
	assert_pattern("%d%m%y", "221126", "2026-11-22");
	assert_pattern("%Y%j", "2026032", "2026-02-01");
	assert_pattern("%e %B %Y", " 5 march 2026", "2026-03-05");
	assert_pattern("%d %b %Y", "05 MAR 2026", "2026-03-05");
	assert_pattern("%b %d, %Y", "September 3, 2026", "2026-09-03");
	assert_pattern("%h-%d-%Y", "May-03-2026", "2026-05-03");
	assert_pattern("%Y-%j", "2024-366", "2024-12-31");
	assert_pattern("%j/%Y", "60/2023", "2023-03-01");
	assert_pattern("%d%n%t%m%%%Y", "1 \t 2%2026", "2026-02-01");
	assert_pattern("%d июня %m %Y г.", "1 июня 6 2026 г.", "2026-06-01");
}

static void
what_does_not_fit_the_format_is_refused(void **state)
{
	(void)state;
	assert_pattern("%d.%m.%Y", "22.11.2026 ", "");
	assert_pattern("%d.%m.%Y", " 22.11.2026", "");
	assert_pattern("%d.%m.%Y", "22.11.26", "");
	assert_pattern("%d.%m.%Y", "22.11.20266", "");
	assert_pattern("%d.%m.%Y", "11.22.2026", "");
	assert_pattern("%d.%m.%Y", "31.04.2026", "");
	assert_pattern("%d.%m.%Y", "29.02.2026", "");
	assert_pattern("%d.%m.%Y", "022.1.2026", "");
	assert_pattern("%d.%m.%Y", "22.11.0000", "");
	assert_pattern("%d.%m.%Y", "-1.11.2026", "");
	assert_pattern("%d.%m.%Y", "", "");
	assert_pattern("%d.%m.%Y", "22.11.", "");
	assert_pattern("%d.%m.%y", "22.11.2026", "");
	assert_pattern("%Y%m%d", "2026111", "");
	assert_pattern("%H%d.%m.%Y", "122.11.2026", "");
	assert_pattern("%m.%Y.%d%H", "11.2026.221", "");
	assert_pattern("%F %T", "2026-11-2208:00:00", "");
	assert_pattern("%F %T", "2026-11-22 24:00:00", "");
	assert_pattern("%F %T", "2026-11-22 08:60:00", "");
	assert_pattern("%F %T", "2026-11-22 08:00:61", "");
	assert_pattern("%F %I:%M %p", "2026-11-22 13:00 pm", "");
	assert_pattern("%F %I:%M %p", "2026-11-22 0:00 am", "");
	assert_pattern("%F %I:%M %p", "2026-11-22 1:00 xm", "");
	assert_pattern("%Y-%j", "2023-366", "");
	assert_pattern("%Y-%j", "2023-0", "");
	assert_pattern("%d %b %Y", "05 Marc 2026", "");
	assert_pattern("%d %b %Y", "05 марзо 2026", "");
	assert_pattern("%d %b %Y", "05 March. 2026", "");
	assert_pattern("%d %b %Y", "05  2026", "");
	assert_pattern("%d %b %Y", "05 ", "");
	assert_pattern("%d %b %Y", "05 Ju", "");
}

static void
the_pivot_decides_the_century_of_short_years(void **state)
{
	struct date_pattern p;
	struct date d;

	(void)state;
	assert_int_equal(date_pattern_init(&p, "%d.%m.%y", NULL), 0);
	assert_int_equal(date_pattern_parse(&p, "01.02.68", 8, &d), 0);
	assert_date(d, "2068-02-01");
	assert_int_equal(date_pattern_parse(&p, "01.02.69", 8, &d), 0);
	assert_date(d, "1969-02-01");
	p.pivot = 30;
	assert_int_equal(date_pattern_parse(&p, "01.02.30", 8, &d), 0);
	assert_date(d, "2030-02-01");
	assert_int_equal(date_pattern_parse(&p, "01.02.31", 8, &d), 0);
	assert_date(d, "1931-02-01");
	assert_int_equal(date_pattern_parse(&p, "01.02.00", 8, &d), 0);
	assert_date(d, "2000-02-01");
}

static void
assert_bad_format(const char *format, const char *reason)
{
	struct date_pattern p;
	struct error err = {0};

	assert_int_equal(date_pattern_init(&p, format, &err), -1);
	if (strstr(err.text, reason) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, reason);
}

static void
a_format_that_gives_no_date_is_refused_with_its_reason(void **state)
{
	char format[200];

	(void)state;
	assert_bad_format("%d.%m", "lacks the year");
	assert_bad_format("%Y", "lacks the month or the day");
	assert_bad_format("%Y-%m", "lacks the month or the day");
	assert_bad_format("", "lacks the year");
	assert_bad_format("%d.%q.%Y", "%q is not a conversion");
	assert_bad_format("%d.%m.%Y%", "ends in the middle");
	assert_bad_format("%d.%m.%Y %я", "not known");
	assert_bad_format("%d.%m.%Y %F", "tells again");
	assert_bad_format("%d.%m.%Y %y", "%y tells again");
	assert_bad_format("%F %j", "%j tells again");
	assert_bad_format("%F %s", "%s tells again");
	assert_bad_format("%F %b", "%b tells again");
	assert_bad_format("%F %C", "%C tells again");
	assert_bad_format("%a %F %u", "%u tells again");
	assert_bad_format("%F %R %k", "%k tells again");
	assert_bad_format("%d.%m.%C", "lacks the year");
	assert_bad_format("%a %W", "lacks the year");
	assert_bad_format("%G-%V", "lacks the weekday");
	assert_bad_format("%G-%u", "lacks the weekday");
	assert_bad_format("%Y-%W", "lacks the weekday");
	assert_bad_format("%G-%W-%u", "lacks the weekday");
	assert_bad_format("%Y-%V-%u", "%G instead of %Y");
	assert_bad_format("%c", "%c depends on the locale; write what it stands for, as %a %b");
	assert_bad_format("%x", "as %d.%m.%Y");
	assert_bad_format("%F %X", "as %H:%M:%S");
	assert_bad_format("%Ec", "%c depends on the locale");
	assert_bad_format("%+", "%+ depends on the locale");
	assert_bad_format("%Ed.%m.%Y", "%E is not a conversion");
	assert_bad_format("%d.%m.%OY", "%O is not a conversion");
	assert_bad_format("%d.%m.%Y%-", "ends in the middle");
	assert_bad_format("%d.%m.%Y%E", "%E is not a conversion");
	assert_bad_format("Excel", "lacks the year");
	assert_bad_format("excel ", "lacks the year");
	assert_bad_format("excel-1900", "lacks the year");
	memset(format, 'x', sizeof(format));
	memcpy(format, "%F", 2);
	format[sizeof(format) - 1] = '\0';
	assert_bad_format(format, "too long");
}

static void
all_conversions_of_strptime_are_read(void **state)
{
	(void)state;
	assert_pattern("%C%y-%m-%d", "1826-11-22", "1826-11-22");
	assert_pattern("%y-%m-%d, %C", "69-11-22, 20", "2069-11-22");
	assert_pattern("%C%y-%m-%d", "0000-11-22", "");
	assert_pattern("%Ey-%Om-%Od %OH:%OM:%OS", "26-11-22 08:26:00", "2026-11-22");
	assert_pattern("%EY-%Ob-%Oe", "2026-Nov- 5", "2026-11-05");
	assert_pattern("%EC%y%m%d", "20261122", "2026-11-22");
	assert_pattern("%-d.%_m.%0Y %^a", "5.11.2026 THU", "2026-11-05");
	assert_pattern("%F %r", "2026-11-05 01:02:03 pm", "2026-11-05");
	assert_pattern("%F %l:%M %P", "2026-11-05  1:02 PM", "2026-11-05");
	assert_pattern("%F %k:%M", "2026-11-05  8:02", "2026-11-05");
	assert_pattern("%F%k", "2026-11-05 8", "2026-11-05");
	assert_pattern("%F%k", "2026-11-05 18", "");
	assert_pattern("%F %k:%M", "2026-11-05 24:02", "");
	assert_pattern("%F %l:%M %P", "2026-11-05 0:02 pm", "");
	assert_pattern("%F %I:%M %p", "2026-11-05 1:02 p", "");
	assert_pattern("%F %I%p", "2026-11-05 1Am", "2026-11-05");
	assert_pattern("%F %I%p", "2026-11-05 1aN", "");
	assert_pattern("%F %T.%f", "2026-11-05 08:26:00.5", "2026-11-05");
	assert_pattern("%Y%m%d%H%M%S%f", "20261105082600123", "2026-11-05");
	assert_pattern("%F %T.%f", "2026-11-05 08:26:00.123456789", "2026-11-05");
	assert_pattern("%F %T.%f", "2026-11-05 08:26:00.1234567890", "");
	assert_pattern("%F %T.%f", "2026-11-05 08:26:00.", "");
}

static void
the_date_that_is_written_is_taken_whatever_the_zone(void **state)
{
	static const char *const good[] = {"Z", "+03", "-0330", "+03:00", "+1400", "-23:59"};
	static const char *const bad[] = {
	    "", "+", "3", "+3", "+033", "+03:", "+03:0", "+2400", "+0360", "z", "+03:000"};
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		snprintf(text, sizeof(text), "2026-11-05T23:59:59%s", good[i]);
		assert_pattern("%FT%T%z", text, "2026-11-05");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), "2026-11-05T23:59:59%s", bad[i]);
		assert_pattern("%FT%T%z", text, "");
	}
	assert_pattern("%F %Z", "2026-11-05 MSK", "2026-11-05");
	assert_pattern("%F %T %Z", "2026-11-05 00:00:00 Europe/Riga", "2026-11-05");
	assert_pattern("%Z %F", "+04 2026-11-05", "2026-11-05");
	assert_pattern("%a %b %d %Y %T GMT%z (%Z)", "Thu Nov 05 2026 00:00:00 GMT+0300 (MSK)", "2026-11-05");
	assert_pattern("%F %Z", "2026-11-05 ", "");
	assert_pattern("%F %Z", "2026-11-05 M S K", "");
}

static void
seconds_since_1970_give_the_date_in_utc(void **state)
{
	(void)state;
	assert_pattern("%s", "0", "1970-01-01");
	assert_pattern("%s", "86399", "1970-01-01");
	assert_pattern("%s", "86400", "1970-01-02");
	assert_pattern("%s", "-1", "1969-12-31");
	assert_pattern("%s", "-86400", "1969-12-31");
	assert_pattern("%s", "-86401", "1969-12-30");
	assert_pattern("@%s.%f", "@1762300800.25", "2025-11-05");
	assert_pattern("%s", "253402300799", "9999-12-31");
	assert_pattern("%s", "253402300800", "");
	assert_pattern("%s", "-62135596800", "0001-01-01");
	assert_pattern("%s", "-62135596801", "");
	assert_pattern("%s", "1762300800000", "");
	assert_pattern("%s", "-", "");
	assert_pattern("%s", "--1", "");
	assert_pattern("%s", "+1", "");
	assert_pattern("%s", "", "");
}

static void
a_weekday_or_week_that_is_not_the_dates_is_a_misfit(void **state)
{
	(void)state;
	assert_pattern("%a %F", "Sun 2026-11-22", "2026-11-22");
	assert_pattern("%a %F", "Mon 2026-11-22", "");
	assert_pattern("%A, %d.%m.%Y", "воскресенье, 22.11.2026", "2026-11-22");
	assert_pattern("%A, %d.%m.%Y", "суббота, 22.11.2026", "");
	assert_pattern("%F %u", "2026-11-22 7", "2026-11-22");
	assert_pattern("%F %u", "2026-11-22 0", "");
	assert_pattern("%F %u", "2026-11-22 8", "");
	assert_pattern("%F %w", "2026-11-22 0", "2026-11-22");
	assert_pattern("%F %w", "2026-11-22 7", "");
	assert_pattern("%F %w", "2026-11-23 1", "2026-11-23");
	assert_pattern("%F %G %V %W %U", "2026-11-22 2026 47 46 47", "2026-11-22");
	assert_pattern("%F %G %V %W %U", "2026-11-22 2025 47 46 47", "");
	assert_pattern("%F %G %V %W %U", "2026-11-22 2026 46 46 47", "");
	assert_pattern("%F %G %V %W %U", "2026-11-22 2026 47 47 47", "");
	assert_pattern("%F %G %V %W %U", "2026-11-22 2026 47 46 46", "");
	assert_pattern("%F %V", "2027-01-03 53", "2027-01-03");
	assert_pattern("%a %s", "Thu 0", "1970-01-01");
	assert_pattern("%a %s", "Fri 0", "");
}

static void
weeks_and_weekdays_tell_dates(void **state)
{
	(void)state;
	assert_pattern("%G-W%V-%u", "2026-W47-7", "2026-11-22");
	assert_pattern("%G-W%V-%u", "2025-W01-1", "2024-12-30");
	assert_pattern("%G-W%V-%u", "2026-W53-7", "2027-01-03");
	assert_pattern("%G-W%V-%u", "2025-W53-1", "");
	assert_pattern("%G-W%V-%u", "2025-W0-1", "");
	assert_pattern("%GW%V%u", "2026W477", "2026-11-22");
	assert_pattern("%g/%V %a", "26/47 вс", "2026-11-22");
	assert_pattern("%g/%V %a", "69/1 Mon", "1968-12-30");
	assert_pattern("%Y-%W-%w", "2026-46-0", "2026-11-22");
	assert_pattern("%Y-%U-%w", "2026-47-0", "2026-11-22");
	assert_pattern("%Y-%W-%u", "2027-00-7", "2027-01-03");
	assert_pattern("%Y-%W-%u", "2027-00-4", "");
	assert_pattern("%Y-%W-%u", "2024-53-1", "2024-12-30");
	assert_pattern("%Y-%W-%u", "2026-53-1", "");
	assert_pattern("%Y-%U-%u", "2027-01-7", "2027-01-03");
	assert_pattern("%Y-%U-%u", "2027-00-5", "2027-01-01");
	assert_pattern("%Y-%W-%u", "0001-00-1", "");
	assert_pattern("%G-%V-%u", "9999-53-1", "");
	assert_pattern("%G-%V-%u", "9999-52-5", "9999-12-31");
	assert_pattern("%G-%V-%u", "9999-52-6", "");
	assert_pattern("%G-%V-%u", "0001-01-1", "0001-01-01");
}

static void
months_are_known_by_their_names_in_three_languages(void **state)
{
	char text[64], expected[32];

	(void)state;
	for (size_t language = 0; language < LENGTH(month_forms); language++)
		for (int m = 0; m < 12; m++) {
			snprintf(expected, sizeof(expected), "2026-%02d-05", m + 1);
			snprintf(text, sizeof(text), "5 %s 2026", month_forms[language][m]);
			assert_pattern("%d %B %Y", text, expected);
			snprintf(text, sizeof(text), "2026-05%s", month_forms[language][m]);
			assert_pattern("%Y-%d%h", text, expected);
		}
}

static void
weekdays_are_known_by_their_names_in_three_languages(void **state)
{
	char text[64], expected[32];

	(void)state;
	for (size_t language = 0; language < LENGTH(weekday_forms); language++)
		for (int i = 0; i < 7; i++) {
			snprintf(text, sizeof(text), "%s, %d.11.2026", weekday_forms[language][i], 16 + i);
			snprintf(expected, sizeof(expected), "2026-11-%d", 16 + i);
			assert_pattern("%A, %d.%m.%Y", text, expected);
			snprintf(text, sizeof(text), "%s, %d.11.2026", weekday_forms[language][i], 17 + i);
			assert_pattern("%a, %d.%m.%Y", text, "");
		}
}

static void
names_stand_as_dates_of_the_language_put_them(void **state)
{
	(void)state;
	assert_pattern("%e %B %Y г.", "5 ноября 2026 г.", "2026-11-05");
	assert_pattern("%e %B %Y г.", "5\u00A0ноября 2026\u00A0г.", "2026-11-05");
	assert_pattern("%F %I:%M %p", "2026-11-05 1:02\u202FPM", "2026-11-05");
	assert_pattern("%A, %e %B %Y г.", "Четверг, 5 Ноября 2026 г.", "2026-11-05");
	assert_pattern("%Y. gada %d. %B", "2026. gada 5. novembrī", "2026-11-05");
	assert_pattern("%d. %B, %Y", "5. novembris, 2026", "2026-11-05");
	assert_pattern("%d.%b.%Y", "05.ноя.2026", "2026-11-05");
	assert_pattern("%d.%b.%Y", "05.май.2026", "2026-05-05");
	assert_pattern("%d %b. %Y", "05 нояб. 2026", "2026-11-05");
	assert_pattern("%d %b. %Y", "05 нояб 2026", "");
	assert_pattern("%d-%b-%y", "05-Sept.-26", "2026-09-05");
	assert_pattern("%d-%b-%y", "05-Sept..-26", "");
	assert_pattern("%d %B %Y", "05 ноября. 2026", "");
	assert_pattern("%Y %d %b", "2026 05 нояб.", "2026-11-05");
	assert_pattern("%d%b%Y", "05NOV2026", "2026-11-05");
	assert_pattern("%d %b %Y", "05 Нояб. 2026", "2026-11-05");
	assert_pattern("%d %b %Y", "05 novem 2026", "");
	assert_pattern("%d %b %Y", "05 no 2026", "");
	assert_pattern("%d %b %Y", "05 11 2026", "");
	assert_pattern("%d %b %Y", "05 ноябрьский 2026", "");
	assert_pattern("%d %b %Y", "05 нoябрь 2026", ""); /* a Latin o */
}

static void
marks_of_letters_and_their_encoding_do_not_count(void **state)
{
	(void)state;
	assert_pattern("%d %B %Y", "5 май 2026", "2026-05-05");
	assert_pattern("%d %B %Y", "5 маи\u0306 2026", "2026-05-05");
	assert_pattern("%d %B %Y", "5 МАИ\u0306. 2026", "2026-05-05");
	assert_pattern("%d %B %Y", "5 ju\u0304nijs 2026", "2026-06-05");
	assert_pattern("%d %B %Y", "5 junijs 2026", "2026-06-05");
	assert_pattern("%d %B %Y", "5 apri\u0304l\u0327a 2026", "2026-04-05");
	assert_pattern("%d %B %Y", "5 novembri\u0304 2026", "2026-11-05");
	assert_pattern("%A %F", "tres\u030Cdiena 2026-11-04", "2026-11-04");
	assert_pattern("%d %B %Y", "5 \u0304jan 2026", "");
	assert_pattern("%d %B %Y", "5 ja\xCCn 2026", "");
	assert_pattern("%d %B %Y", "5 \xD0", "");
	assert_pattern("%Y %d %B", "2026 5 маи\u0306", "2026-05-05");
	assert_pattern("%Y %d %B", "2026 5 маи\xCC", "");
}

static void
serial_days_of_spreadsheets_are_dates(void **state)
{
	(void)state;
	assert_pattern("excel", "1", "1900-01-01");
	assert_pattern("excel", "31", "1900-01-31");
	assert_pattern("excel", "59", "1900-02-28");
	assert_pattern("excel", "60", "");
	assert_pattern("excel", "60.5", "");
	assert_pattern("excel", "61", "1900-03-01");
	assert_pattern("excel", "1462", "1904-01-01");
	assert_pattern("excel", "25569", "1970-01-01");
	assert_pattern("excel", "45658", "2025-01-01");
	assert_pattern("excel", "45658.999999", "2025-01-01");
	assert_pattern("excel", "45658,25", "2025-01-01");
	assert_pattern("excel", "2958465", "9999-12-31");
	assert_pattern("excel", "2958466", "");
	assert_pattern("excel", "9999999", "");
	assert_pattern("excel", "45658000", "");
	assert_pattern("excel-1904", "0", "1904-01-01");
	assert_pattern("excel-1904", "59", "1904-02-29");
	assert_pattern("excel-1904", "44196.5", "2025-01-01");
	assert_pattern("excel-1904", "2957003", "9999-12-31");
	assert_pattern("excel-1904", "2957004", "");
}

static void
what_is_no_serial_day_is_refused(void **state)
{
	static const char *const bad[] = {
	    "",	      "0",	  "0.5",      "-1", "+1",     ".5",	"45658.",     "45658,", "45658.5.5",
	    "45 658", "45,658.5", "4.5658E4", "x",  "45658 ", " 45658", "2025-01-01", "45658.x"};

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_pattern("excel", bad[i], "");
	assert_pattern("excel-1904", "-1", "");
	assert_pattern("excel-1904", "", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates_are_read_in_the_format_of_the_file),
	    cmocka_unit_test(what_does_not_fit_the_format_is_refused),
	    cmocka_unit_test(the_pivot_decides_the_century_of_short_years),
	    cmocka_unit_test(a_format_that_gives_no_date_is_refused_with_its_reason),
	    cmocka_unit_test(all_conversions_of_strptime_are_read),
	    cmocka_unit_test(the_date_that_is_written_is_taken_whatever_the_zone),
	    cmocka_unit_test(seconds_since_1970_give_the_date_in_utc),
	    cmocka_unit_test(a_weekday_or_week_that_is_not_the_dates_is_a_misfit),
	    cmocka_unit_test(weeks_and_weekdays_tell_dates),
	    cmocka_unit_test(months_are_known_by_their_names_in_three_languages),
	    cmocka_unit_test(weekdays_are_known_by_their_names_in_three_languages),
	    cmocka_unit_test(names_stand_as_dates_of_the_language_put_them),
	    cmocka_unit_test(marks_of_letters_and_their_encoding_do_not_count),
	    cmocka_unit_test(serial_days_of_spreadsheets_are_dates),
	    cmocka_unit_test(what_is_no_serial_day_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
