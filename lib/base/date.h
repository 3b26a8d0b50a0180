/*
 * Civil dates, months, offsets and business days. No clock, no zone.
 */
#ifndef KAM_DATE_H
#define KAM_DATE_H

#include <stdbool.h>

#include "mem.h"

struct date {
	short year;	   /* 1 … 9999; 0: unset */
	signed char month; /* 1 … 12 */
	signed char day;   /* 1 … 31 */
};

bool date_is_set(struct date);
bool date_is_valid(struct date);
/* 2026-11-22 and nothing else; 0, or -1 */
int date_parse(const char *, size_t n, struct date *);
/* ISO 8601, 10 characters; unset adds nothing */
void date_format(struct buf *, struct date);
/* days since 1970-01-01, and back (proleptic Gregorian) */
long date_days(struct date);
struct date date_from_days(long);
/* days from b to a; negative if a is earlier */
long date_diff(struct date a, struct date b);
int date_cmp(struct date a, struct date b);
/* 0 Monday … 6 Sunday */
int date_weekday(struct date);
/* these give an unset date when they leave the years 1 … 9999 or start from an unset one */
struct date date_add_days(struct date, long);
/* same day of another month, or that month's last day */
struct date date_add_months(struct date, long);

/* A calendar month as a number, year × 12 + month − 1, so that months subtract; 0: unset. */
typedef int month;
#define MONTHS_A_YEAR 12
month month_of(struct date);
/* 2026-11; 0, or -1 */
int month_parse(const char *, size_t n, month *);
void month_format(struct buf *, month);
struct date month_first(month);
struct date month_last(month);

/* A strptime format, compiled once: the conversions of POSIX and glibc, %f as Python has it, blanks, other bytes as
 * themselves; and the words "excel" and "excel-1904" for serial days of spreadsheets. Names of months and weekdays
 * are those of datenames.h, any locale. Time of day is checked for its range and dropped, with its zone: the date is
 * the one that is written, of %s the one in UTC. */
#define DATE_PATTERN_STEPS 64
struct date_pattern {
	const char *format; /* borrowed */
	int pivot; /* two-digit years up to it are 20yy, above it 19yy; 68, as POSIX has it, after init */
	unsigned parts; /* what the format tells, of datepattern.c */
	int n_steps;
	struct date_step {
		signed char conversion; /* row of datepattern.c's table */
		char arg;
	} step[DATE_PATTERN_STEPS];
};
/* 0, or -1 with what is wrong with the format: it must give a whole date (by month and day, day of the year, or week
 * and weekday), no part of it twice, and nothing that a locale decides.
 * %Y has four digits and %y two; other numbers may lack leading zeros, but not right behind a number. */
struct error;
int date_pattern_init(struct date_pattern *, const char *format, struct error *);
/* The whole of s must fit, and a weekday or week beside the date must be its own; 0, or -1. */
int date_pattern_parse(const struct date_pattern *, const char *s, size_t n, struct date *);

enum offset_unit { OFFSET_NONE, OFFSET_BUSINESS_DAY, OFFSET_DAY, OFFSET_WEEK, OFFSET_MONTH, OFFSET_YEAR };

struct offset {
	int n; /* 0 … 9999 */
	enum offset_unit unit;
};

/* 1bd 1d 1w 1m 1y; 0, or -1 */
int offset_parse(const char *, size_t n, struct offset *);

/* Days that are not worked beside Saturday and Sunday, and weekend days that are. Zero-initialised: weekends only. */
struct calendar {
	long *holidays; /* sorted, date_days */
	size_t n_holidays;
	long *working; /* sorted weekend days worked */
	size_t n_working;
};

/* Fills the calendar: one date a line, "+date" a moved working day, # comments; 0, or -1 with the place. */
int calendar_read(struct calendar *, const char *text, size_t n, const char *file, struct arena *,
		  struct error *);
bool calendar_is_workday(const struct calendar *, struct date);
/* sign +1 or -1; business days count workdays after (before) the date; calendar may be NULL */
struct date date_add_offset(struct date, struct offset, int sign, const struct calendar *);
/* workdays in (from, to]; 0 if to is not later or either is unset */
long date_business_days(struct date from, struct date to, const struct calendar *);

#endif
