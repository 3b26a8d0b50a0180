/*
 * What datepattern.c compiles a format to and dateread.c reads cells by; no
 * others need it.
 */
#ifndef KAM_DATESTEPS_H
#define KAM_DATESTEPS_H

#include <stdbool.h>

/* the numbers that a date may be made of, or be checked with */
enum {
	YEAR,
	SHORT_YEAR,
	CENTURY,
	MONTH,
	DAY,
	YEAR_DAY,
	WEEK_YEAR,
	SHORT_WEEK_YEAR,
	ISO_WEEK,
	MONDAY_WEEK, /* of the year; days before its first Monday are in week 0 */
	SUNDAY_WEEK,
	WEEKDAY, /* 1 Monday … 7 Sunday */
	DROPPED, /* time of day */
	NUMBERS,
};

/* what a conversion tells; none may be told twice */
enum {
	PART_CENTURY = 1 << 0,
	PART_YEAR = 1 << 1, /* of the century */
	PART_MONTH = 1 << 2,
	PART_DAY = 1 << 3,
	PART_WEEK_YEAR = 1 << 4,
	PART_ISO_WEEK = 1 << 5,
	PART_MONDAY_WEEK = 1 << 6,
	PART_SUNDAY_WEEK = 1 << 7,
	PART_WEEKDAY = 1 << 8,
	PART_HOUR = 1 << 9,
	PART_MINUTE = 1 << 10,
	PART_SECOND = 1 << 11,
	PART_FRACTION = 1 << 12,
	PART_HALF_DAY = 1 << 13,
	PART_OFFSET = 1 << 14,
	PART_ZONE = 1 << 15,
};
#define PART_FULL_YEAR (PART_CENTURY | PART_YEAR)
#define PART_DATE (PART_YEAR | PART_MONTH | PART_DAY)
#define PART_ISO_DATE (PART_WEEK_YEAR | PART_ISO_WEEK | PART_WEEKDAY)
#define PART_MONDAY_DATE (PART_YEAR | PART_MONDAY_WEEK | PART_WEEKDAY)
#define PART_SUNDAY_DATE (PART_YEAR | PART_SUNDAY_WEEK | PART_WEEKDAY)
#define PART_TIME (PART_HOUR | PART_MINUTE | PART_SECOND)
/* what must agree with the date, however that is told */
#define PART_CHECKED (PART_WEEK_YEAR | PART_ISO_WEEK | PART_MONDAY_WEEK | PART_SUNDAY_WEEK | PART_WEEKDAY)

/* how a step is read */
enum how {
	READ_BYTE, /* the step's arg */
	READ_BLANKS,
	READ_NUMBER,	    /* its least digits are the step's arg */
	READ_PADDED_NUMBER, /* a blank may stand for its first digit */
	READ_SUNDAY_WEEKDAY,
	READ_MONTH_NAME, /* the step's arg: may an abbreviation take the dot behind it? */
	READ_WEEKDAY_NAME,
	READ_HALF_DAY,
	READ_FRACTION,
	READ_OFFSET,
	READ_ZONE,
	READ_EPOCH,
	READ_EXCEL,
	READ_EXCEL_1904,
};

/* the rows that no letter stands for */
enum { CONVERSION_BYTE, CONVERSION_BLANKS, CONVERSION_EXCEL, CONVERSION_EXCEL_1904 };

struct conversion {
	const char *letters; /* each of them may follow the % */
	enum how how;
	unsigned parts;	    /* told by it */
	int number;	    /* that it reads, if it reads one */
	signed char least;  /* digits of a number */
	signed char digits; /* at most; exactly these where it touches another number */
	short low;
	short high;
};

/* rows by the steps' conversion */
extern const struct conversion date_conversions[];

/* of formats and cells */
static inline bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
has_parts(unsigned parts, unsigned all)
{
	return (parts & all) == all;
}

#endif
