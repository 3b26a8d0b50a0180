#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/error.h"

static struct date
day(const char *s)
{
	struct date d = {0};

	if (s[0] != '\0' && date_parse(s, strlen(s), &d) < 0)
		fail_msg("not a date: %s", s);
	return d;
}

static void
assert_date(struct date d, const char *expected)
{
	struct buf b = {0};

	date_format(&b, d);
	assert_string_equal(b.data != NULL ? b.data : "", expected);
	assert_int_equal(b.len, strlen(expected));
	buf_free(&b);
}

static void
only_iso_dates_of_days_that_exist_are_read(void **state)
{
	static const char *const bad[] = {"",		"2026-11-2",  "2026-11-022", "2026/11/22",
					  "2026-13-01", "2026-00-01", "2026-11-00",  "2026-11-31",
					  "2025-02-29", "1900-02-29", "0000-01-01",  "-001-01-01",
					  "2026-1a-01", " 2026-1-01", "20261122",    "2026-11-22T",
					  "+026-01-01", "2026-0:-01", "2026-01-0:"};

	(void)state;
	assert_date(day("2026-11-22"), "2026-11-22");
	assert_date(day("2024-02-29"), "2024-02-29");
	assert_date(day("2000-02-29"), "2000-02-29");
	assert_date(day("0001-01-01"), "0001-01-01");
	assert_date(day("9999-12-31"), "9999-12-31");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct date d = {2020, 1, 2};

		assert_int_equal(date_parse(bad[i], strlen(bad[i]), &d), -1);
		assert_date(d, "2020-01-02");
	}
	assert_date((struct date){0}, "");
	assert_false(date_is_set((struct date){0}));
	assert_false(date_is_valid((struct date){2026, 2, 30}));
	assert_false(date_is_valid((struct date){2026, -1, 3}));
}

static void
known_days_have_their_numbers_and_weekdays(void **state)
{
	(void)state;
	assert_int_equal(date_days(day("1970-01-01")), 0);
	assert_int_equal(date_days(day("1969-12-31")), -1);
	assert_int_equal(date_days(day("2000-03-01")), 11017);
	assert_int_equal(date_days(day("0001-01-01")), -719162);
	assert_int_equal(date_days(day("9999-12-31")), 2932896);
	assert_int_equal(date_weekday(day("1970-01-01")), 3);
	assert_int_equal(date_weekday(day("2026-11-22")), 6);
	assert_int_equal(date_weekday(day("2024-02-29")), 3);
	assert_int_equal(date_weekday(day("0001-01-01")), 0);
	assert_int_equal(date_diff(day("2024-03-01"), day("2024-02-28")), 2);
	assert_int_equal(date_diff(day("2023-02-28"), day("2023-03-01")), -1);
}

/* every day of eight centuries against a calendar that only counts on */
static void
days_and_dates_lead_back_to_each_other(void **state)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year = 1600, m = 1, d = 1;

	(void)state;
	for (long n = date_days(day("1600-01-01")); year <= 2400; n++) {
		struct date read = date_from_days(n);
		int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

		if (read.year != year || read.month != m || read.day != d || date_days(read) != n)
			fail_msg("%ld is not %d-%d-%d", n, year, m, d);
		if (++d > length[m - 1] + (m == 2 && leap)) {
			d = 1;
			m++;
		}
		if (m > 12) {
			m = 1;
			year++;
		}
	}
	for (long n = -719162; n <= 2932896; n++)
		if (date_days(date_from_days(n)) != n)
			fail_msg("%ld", n);
}

static void
dates_outside_the_calendar_are_unset(void **state)
{
	(void)state;
	assert_date(date_from_days(-719163), "");
	assert_date(date_from_days(2932897), "");
	assert_date(date_add_days(day("9999-12-31"), 1), "");
	assert_date(date_add_days(day("0001-01-01"), -1), "");
	assert_date(date_add_days(day("2026-01-01"), __LONG_MAX__), "");
	assert_date(date_add_days(day("2026-01-01"), -__LONG_MAX__ - 1), "");
	assert_date(date_add_months(day("2026-01-01"), __LONG_MAX__), "");
	assert_date(date_add_months(day("2026-01-01"), -__LONG_MAX__ - 1), "");
	assert_date(date_add_months(day("9999-12-01"), 1), "");
	assert_date(date_add_months(day("0001-01-31"), -1), "");
	assert_date(date_add_days((struct date){0}, 1), "");
	assert_date(date_add_months((struct date){0}, 12000), "");
}

static void
adding_days_crosses_months_and_leap_days(void **state)
{
	(void)state;
	assert_date(date_add_days(day("2024-02-28"), 1), "2024-02-29");
	assert_date(date_add_days(day("2023-02-28"), 1), "2023-03-01");
	assert_date(date_add_days(day("2026-01-01"), -1), "2025-12-31");
	assert_date(date_add_days(day("2026-11-22"), 365), "2027-11-22");
	assert_date(date_add_days(day("2024-01-01"), 366), "2025-01-01");
}

static void
adding_months_stays_in_the_month(void **state)
{
	(void)state;
	assert_date(date_add_months(day("2026-01-31"), 1), "2026-02-28");
	assert_date(date_add_months(day("2024-01-31"), 1), "2024-02-29");
	assert_date(date_add_months(day("2024-02-29"), 12), "2025-02-28");
	assert_date(date_add_months(day("2024-02-29"), 48), "2028-02-29");
	assert_date(date_add_months(day("2026-03-31"), -1), "2026-02-28");
	assert_date(date_add_months(day("2026-01-15"), -1), "2025-12-15");
	assert_date(date_add_months(day("2026-12-31"), 6), "2027-06-30");
	assert_date(date_add_months(day("2026-12-30"), 0), "2026-12-30");
}

static void
dates_are_ordered(void **state)
{
	(void)state;
	assert_true(date_cmp(day("2025-12-31"), day("2026-01-01")) < 0);
	assert_true(date_cmp(day("2026-02-01"), day("2026-01-31")) > 0);
	assert_true(date_cmp(day("2026-02-02"), day("2026-02-01")) > 0);
	assert_int_equal(date_cmp(day("2026-02-01"), day("2026-02-01")), 0);
	assert_true(date_cmp((struct date){0}, day("0001-01-01")) < 0);
}

static void
months_subtract_and_know_their_ends(void **state)
{
	struct buf b = {0};
	month m = 5, n;

	(void)state;
	assert_int_equal(month_parse("2026-02", 7, &m), 0);
	assert_int_equal(month_parse("2024-11", 7, &n), 0);
	assert_int_equal(m - n, 15);
	assert_int_equal(month_of(day("2026-02-28")), m);
	assert_int_equal(month_of((struct date){0}), 0);
	assert_date(month_first(m), "2026-02-01");
	assert_date(month_last(m), "2026-02-28");
	assert_date(month_last(m - 24), "2024-02-29");
	assert_date(month_last(m - 2), "2025-12-31");
	assert_date(month_first(0), "");
	assert_date(month_first(10000 * 12), "");
	assert_date(month_last(10000 * 12 - 1), "9999-12-31");
	assert_date(month_first(12), "0001-01-01");
	assert_date(month_first(11), "");
	assert_int_equal(month_parse("2026-12", 7, &n), 0);
	assert_int_equal(n - m, 10);
	month_format(&b, m);
	month_format(&b, 0);
	assert_string_equal(b.data, "2026-02");
	assert_int_equal(b.len, 7);
	assert_int_equal(month_parse("2026-13", 7, &m), -1);
	assert_int_equal(month_parse("2026-00", 7, &m), -1);
	assert_int_equal(month_parse("0000-01", 7, &m), -1);
	assert_int_equal(month_parse("2026-1", 6, &m), -1);
	assert_int_equal(month_parse("2026-011", 8, &m), -1);
	assert_int_equal(month_parse("2026.01", 7, &m), -1);
	assert_int_equal(month_of(day("2026-02-01")), m);
	buf_free(&b);
}

static void
offsets_are_a_number_and_a_unit(void **state)
{
	static const char *const bad[] = {"",	  "d",	    "1",   "1x",  "1D",	  "-1d",
					  "1.5d", "10000d", "1 d", "1db", "1bdd", "bd"};
	struct offset o = {0};

	(void)state;
	assert_int_equal(offset_parse("1bd", 3, &o), 0);
	assert_true(o.n == 1 && o.unit == OFFSET_BUSINESS_DAY);
	assert_int_equal(offset_parse("90d", 3, &o), 0);
	assert_true(o.n == 90 && o.unit == OFFSET_DAY);
	assert_int_equal(offset_parse("2w", 2, &o), 0);
	assert_true(o.n == 2 && o.unit == OFFSET_WEEK);
	assert_int_equal(offset_parse("6m", 2, &o), 0);
	assert_true(o.n == 6 && o.unit == OFFSET_MONTH);
	assert_int_equal(offset_parse("9999y", 5, &o), 0);
	assert_true(o.n == 9999 && o.unit == OFFSET_YEAR);
	assert_int_equal(offset_parse("0d", 2, &o), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(offset_parse(bad[i], strlen(bad[i]), &o), -1);
}

static void
read_calendar(struct calendar *c, struct arena *a, const char *text)
{
	struct error err;

	*c = (struct calendar){0};
	if (calendar_read(c, text, strlen(text), "holidays-ru.txt", a, &err) < 0)
		fail_msg("%s", err.text);
}

static const char year_end[] = "\xEF\xBB\xBF# days off\r\n"
			       "2026-11-04  # Wednesday\r\n"
			       "\r\n"
			       "2027-01-01\n"
			       "\t2027-01-04\n"
			       "2027-01-02\n"
			       "2027-01-04\n"
			       "+2026-11-07 # a Saturday worked instead";

static void
offsets_move_by_days_weeks_months_and_years(void **state)
{
	(void)state;
	assert_date(date_add_offset(day("2026-01-31"), (struct offset){1, OFFSET_MONTH}, 1, NULL),
		    "2026-02-28");
	assert_date(date_add_offset(day("2024-02-29"), (struct offset){1, OFFSET_YEAR}, -1, NULL),
		    "2023-02-28");
	assert_date(date_add_offset(day("2026-11-22"), (struct offset){2, OFFSET_WEEK}, -1, NULL),
		    "2026-11-08");
	assert_date(date_add_offset(day("2026-11-22"), (struct offset){90, OFFSET_DAY}, 1, NULL),
		    "2027-02-20");
	assert_date(date_add_offset(day("2026-11-22"), (struct offset){5, OFFSET_NONE}, 1, NULL),
		    "2026-11-22");
	assert_date(date_add_offset(day("2026-11-22"), (struct offset){9999, OFFSET_YEAR}, 1, NULL), "");
	assert_date(date_add_offset((struct date){0}, (struct offset){1, OFFSET_BUSINESS_DAY}, 1, NULL), "");
}

static void
business_days_skip_weekends_and_holidays(void **state)
{
	const struct offset one = {1, OFFSET_BUSINESS_DAY}, five = {5, OFFSET_BUSINESS_DAY};
	struct arena a = {0};
	struct calendar c;

	(void)state;
	read_calendar(&c, &a, year_end);
	assert_date(date_add_offset(day("2026-11-20"), one, 1, NULL), "2026-11-23");
	assert_date(date_add_offset(day("2026-11-22"), one, 1, NULL), "2026-11-23");
	assert_date(date_add_offset(day("2026-11-22"), one, -1, NULL), "2026-11-20");
	assert_date(date_add_offset(day("2026-11-03"), one, 1, NULL), "2026-11-04");
	assert_date(date_add_offset(day("2026-11-03"), one, 1, &c), "2026-11-05");
	assert_date(date_add_offset(day("2026-11-05"), one, -1, &c), "2026-11-03");
	assert_date(date_add_offset(day("2026-11-06"), one, 1, &c), "2026-11-07");
	assert_date(date_add_offset(day("2026-11-07"), one, 1, &c), "2026-11-09");
	assert_date(date_add_offset(day("2026-12-31"), one, 1, &c), "2027-01-05");
	assert_date(date_add_offset(day("2026-11-03"), five, 1, &c), "2026-11-10");
	assert_date(date_add_offset(day("2026-11-22"), (struct offset){0, OFFSET_BUSINESS_DAY}, 1, &c),
		    "2026-11-22");
	assert_date(date_add_offset(day("9999-12-30"), five, 1, NULL), "");
	arena_free(&a);
}

static void
workdays_between_dates_agree_with_counting_them(void **state)
{
	struct arena a = {0};
	struct calendar c;
	const struct calendar *both[] = {NULL, &c};

	(void)state;
	read_calendar(&c, &a, year_end);
	assert_int_equal(date_business_days(day("2026-11-03"), day("2026-11-10"), &c), 5);
	assert_int_equal(date_business_days(day("2026-11-10"), day("2026-11-03"), &c), 0);
	assert_int_equal(date_business_days(day("2026-11-10"), day("2026-11-10"), &c), 0);
	assert_int_equal(date_business_days((struct date){0}, day("2026-11-10"), &c), 0);
	for (int i = 0; i < 2; i++) {
		for (long from = date_days(day("2026-10-25")); from < date_days(day("2027-01-20")); from++) {
			long count = 0;

			for (long to = from; to < from + 100; to++) {
				if (to > from)
					count += calendar_is_workday(both[i], date_from_days(to));
				assert_int_equal(
				    date_business_days(date_from_days(from), date_from_days(to), both[i]),
				    count);
			}
		}
	}
	arena_free(&a);
}

static void
workdays_are_weekdays_but_holidays_and_weekend_days_worked(void **state)
{
	struct arena a = {0};
	struct calendar c;

	(void)state;
	read_calendar(&c, &a, year_end);
	assert_int_equal(c.n_holidays, 4);
	assert_int_equal(c.n_working, 1);
	assert_true(calendar_is_workday(&c, day("2026-11-05")));
	assert_false(calendar_is_workday(&c, day("2026-11-04")));
	assert_true(calendar_is_workday(NULL, day("2026-11-04")));
	assert_true(calendar_is_workday(&c, day("2026-11-07")));
	assert_false(calendar_is_workday(&c, day("2026-11-08")));
	assert_false(calendar_is_workday(&c, day("2027-01-02")));
	read_calendar(&c, &a, "");
	assert_int_equal(c.n_holidays + c.n_working, 0);
	assert_false(calendar_is_workday(&c, day("2026-11-07")));
	arena_free(&a);
}

static void
assert_bad_calendar(const char *text, size_t line, size_t column, const char *reason)
{
	struct calendar c = {0};
	struct arena a = {0};
	struct error err = {0};

	assert_int_equal(calendar_read(&c, text, strlen(text), "holidays-ru.txt", &a, &err), -1);
	assert_string_equal(err.file, "holidays-ru.txt");
	assert_int_equal(err.line, line);
	assert_int_equal(err.column, column);
	if (strstr(err.text, reason) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, reason);
	arena_free(&a);
}

static void
a_bad_line_of_a_calendar_is_named(void **state)
{
	(void)state;
	assert_bad_calendar("2026-01-01\n\n  01.02.2026\n", 3, 3,
			    "not a date (2026-01-31, or +2026-01-31): \"01.02");
	assert_bad_calendar("2026-02-30", 1, 1, "not a date");
	assert_bad_calendar("+", 1, 1, "not a date");
	assert_bad_calendar("++2026-11-07", 1, 1, "not a date");
	assert_bad_calendar("2026-01-01 2026-01-02", 1, 1, "not a date");
	assert_bad_calendar("\n+2026-11-04", 2, 1, "neither Saturday nor Sunday");
	assert_bad_calendar("2026-11-07\n+2026-11-07\n", 0, 0, "2026-11-07 is both");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_iso_dates_of_days_that_exist_are_read),
	    cmocka_unit_test(known_days_have_their_numbers_and_weekdays),
	    cmocka_unit_test(days_and_dates_lead_back_to_each_other),
	    cmocka_unit_test(dates_outside_the_calendar_are_unset),
	    cmocka_unit_test(adding_days_crosses_months_and_leap_days),
	    cmocka_unit_test(adding_months_stays_in_the_month),
	    cmocka_unit_test(dates_are_ordered),
	    cmocka_unit_test(months_subtract_and_know_their_ends),
	    cmocka_unit_test(offsets_are_a_number_and_a_unit),
	    cmocka_unit_test(offsets_move_by_days_weeks_months_and_years),
	    cmocka_unit_test(business_days_skip_weekends_and_holidays),
	    cmocka_unit_test(workdays_between_dates_agree_with_counting_them),
	    cmocka_unit_test(workdays_are_weekdays_but_holidays_and_weekend_days_worked),
	    cmocka_unit_test(a_bad_line_of_a_calendar_is_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
