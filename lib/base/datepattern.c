/*
 * Dates in a file's own format. A format is compiled to steps once, so that
 * reading a cell is a walk over a few of them.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/datesteps.h"
#include "base/error.h"
#include "base/text.h"

#define PIVOT_POSIX 68
#define EPOCH_DIGITS 12 /* of 9999-12-31 23:59:59 */

const struct conversion date_conversions[] = {
    [CONVERSION_BYTE] = {"", READ_BYTE, 0, 0, 0, 0, 0, 0},
    [CONVERSION_BLANKS] = {"nt", READ_BLANKS, 0, 0, 0, 0, 0, 0},
    [CONVERSION_EXCEL] = {"", READ_EXCEL, PART_DATE, 0, 0, 0, 0, 0},
    [CONVERSION_EXCEL_1904] = {"", READ_EXCEL_1904, PART_DATE, 0, 0, 0, 0, 0},
    {"Y", READ_NUMBER, PART_FULL_YEAR, YEAR, 4, 4, 1, 9999},
    {"y", READ_NUMBER, PART_YEAR, SHORT_YEAR, 2, 2, 0, 99},
    {"C", READ_NUMBER, PART_CENTURY, CENTURY, 2, 2, 0, 99},
    {"m", READ_NUMBER, PART_MONTH, MONTH, 1, 2, 1, 12},
    {"bBh", READ_MONTH_NAME, PART_MONTH, MONTH, 0, 0, 0, 0},
    {"d", READ_NUMBER, PART_DAY, DAY, 1, 2, 1, 31},
    {"e", READ_PADDED_NUMBER, PART_DAY, DAY, 1, 2, 1, 31},
    {"j", READ_NUMBER, PART_MONTH | PART_DAY, YEAR_DAY, 1, 3, 1, 366},
    {"G", READ_NUMBER, PART_WEEK_YEAR, WEEK_YEAR, 4, 4, 1, 9999},
    {"g", READ_NUMBER, PART_WEEK_YEAR, SHORT_WEEK_YEAR, 2, 2, 0, 99},
    {"V", READ_NUMBER, PART_ISO_WEEK, ISO_WEEK, 1, 2, 1, 53},
    {"W", READ_NUMBER, PART_MONDAY_WEEK, MONDAY_WEEK, 1, 2, 0, 53},
    {"U", READ_NUMBER, PART_SUNDAY_WEEK, SUNDAY_WEEK, 1, 2, 0, 53},
    {"u", READ_NUMBER, PART_WEEKDAY, WEEKDAY, 1, 1, 1, 7},
    {"w", READ_SUNDAY_WEEKDAY, PART_WEEKDAY, WEEKDAY, 1, 1, 0, 6},
    {"aA", READ_WEEKDAY_NAME, PART_WEEKDAY, WEEKDAY, 0, 0, 0, 0},
    {"H", READ_NUMBER, PART_HOUR, DROPPED, 1, 2, 0, 23},
    {"k", READ_PADDED_NUMBER, PART_HOUR, DROPPED, 1, 2, 0, 23},
    {"I", READ_NUMBER, PART_HOUR, DROPPED, 1, 2, 1, 12},
    {"l", READ_PADDED_NUMBER, PART_HOUR, DROPPED, 1, 2, 1, 12},
    {"M", READ_NUMBER, PART_MINUTE, DROPPED, 1, 2, 0, 59},
    {"S", READ_NUMBER, PART_SECOND, DROPPED, 1, 2, 0, 60},
    {"f", READ_FRACTION, PART_FRACTION, 0, 1, 9, 0, 0},
    {"pP", READ_HALF_DAY, PART_HALF_DAY, 0, 0, 0, 0, 0},
    {"z", READ_OFFSET, PART_OFFSET, 0, 0, 0, 0, 0},
    {"Z", READ_ZONE, PART_ZONE, 0, 0, 0, 0, 0},
    {"s", READ_EPOCH, PART_CENTURY | PART_DATE | PART_TIME, 0, 1, EPOCH_DIGITS, 0, 0},
};
#define N_CONVERSIONS (sizeof(date_conversions) / sizeof(date_conversions[0]))

static const struct {
	char letter;
	const char *format;
} shorthands[] = {
    {'F', "%Y-%m-%d"}, {'D', "%m/%d/%y"}, {'T', "%H:%M:%S"}, {'R', "%H:%M"}, {'r', "%I:%M:%S %p"},
};

/* conversions that mean what the locale says, and what such a format may look like when it says so itself */
static const struct {
	char letter;
	const char *instead;
} localised[] = {
    {'c', "%a %b %e %H:%M:%S %Y"},
    {'x', "%d.%m.%Y"},
    {'X', "%H:%M:%S"},
    {'+', "%a %b %e %H:%M:%S %Z %Y"},
};

/* Letters that may stand between % and the conversion, as POSIX and glibc have them. They ask for other eras,
 * digits, cases or paddings where there are some, and change nothing here. */
static const struct {
	char letter;
	const char *before;
} modifiers[] = {{'E', "CcXxYy"}, {'O', "BbdeHhIklMmSUuVWwy"}};
static const char flags[] = "-_0^#";

/* formats that are a word */
static const struct {
	const char *word;
	int conversion;
} words[] = {{"excel", CONVERSION_EXCEL}, {"excel-1904", CONVERSION_EXCEL_1904}};

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
	char reason[128]; /* what is wrong */
};

static bool
step_add(struct compiling *c, int conversion, char arg)
{
	struct date_pattern *p = c->pattern;

	if (conversion == CONVERSION_BLANKS && p->n_steps > 0 &&
	    p->step[p->n_steps - 1].conversion == CONVERSION_BLANKS)
		return true;
	if (p->n_steps == DATE_PATTERN_STEPS) {
		snprintf(c->reason, sizeof(c->reason), "too long");
		return false;
	}
	p->step[p->n_steps].conversion = (signed char)conversion;
	p->step[p->n_steps].arg = arg;
	p->n_steps++;
	return true;
}

static bool
conversion_unknown(struct compiling *c, char letter)
{
	for (size_t i = 0; i < sizeof(localised) / sizeof(localised[0]); i++) {
		if (localised[i].letter != letter)
			continue;
		snprintf(c->reason, sizeof(c->reason),
			 "%%%c depends on the locale; write what it stands for, as %s", letter,
			 localised[i].instead);
		return false;
	}
	if (letter == '\0')
		snprintf(c->reason, sizeof(c->reason), "ends in the middle of a conversion");
	else if (letter < ' ' || letter > '~')
		snprintf(c->reason, sizeof(c->reason), "a conversion that is not known");
	else
		snprintf(c->reason, sizeof(c->reason), "%%%c is not a conversion that is known", letter);
	return false;
}

static bool
conversion_add(struct compiling *c, char letter)
{
	size_t i = 0;

	while (i < N_CONVERSIONS && (letter == '\0' || strchr(date_conversions[i].letters, letter) == NULL))
		i++;
	if (i == N_CONVERSIONS)
		return conversion_unknown(c, letter);
	if ((c->pattern->parts & date_conversions[i].parts) != 0) {
		snprintf(c->reason, sizeof(c->reason), "%%%c tells again what another conversion told",
			 letter);
		return false;
	}
	c->pattern->parts |= date_conversions[i].parts;
	return step_add(c, (int)i, date_conversions[i].least);
}

/* behind a %, what leads to the conversion's letter */
static const char *
modifiers_skip(const char *p)
{
	while (*p != '\0' && strchr(flags, *p) != NULL)
		p++;
	for (size_t i = 0; i < sizeof(modifiers) / sizeof(modifiers[0]); i++)
		if (*p == modifiers[i].letter && p[1] != '\0' && strchr(modifiers[i].before, p[1]) != NULL)
			return p + 1;
	return p;
}

static const char *
shorthand_format(char letter)
{
	for (size_t i = 0; i < sizeof(shorthands) / sizeof(shorthands[0]); i++)
		if (shorthands[i].letter == letter)
			return shorthands[i].format;
	return NULL;
}

/* `full`: shorthands may stand in the format; their own formats have none */
static bool
format_add(struct compiling *c, const char *format, bool full)
{
	for (const char *p = format; *p != '\0'; p++) {
		const char *shorthand = NULL;
		bool added;

		if (*p == '%' && p[1] != '%') {
			p = modifiers_skip(p + 1);
			shorthand = full ? shorthand_format(*p) : NULL;
			added = shorthand != NULL ? format_add(c, shorthand, false) : conversion_add(c, *p);
		} else if (is_blank(*p)) {
			added = step_add(c, CONVERSION_BLANKS, 0);
		} else {
			p += *p == '%';
			added = step_add(c, CONVERSION_BYTE, *p);
		}
		if (!added)
			return false;
	}
	return true;
}

static bool
word_add(struct compiling *c, const char *format)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].word, format) != 0)
			continue;
		c->pattern->parts = date_conversions[words[i].conversion].parts;
		return step_add(c, words[i].conversion, 0);
	}
	return false;
}

/* what the parts lack of a whole date, or NULL */
static const char *
parts_lack(unsigned parts)
{
	if (has_parts(parts, PART_DATE) || has_parts(parts, PART_ISO_DATE) ||
	    has_parts(parts, PART_MONDAY_DATE) || has_parts(parts, PART_SUNDAY_DATE))
		return NULL;
	if ((parts & (PART_YEAR | PART_WEEK_YEAR)) == 0)
		return "lacks the year (%Y or %y)";
	if (has_parts(parts, PART_ISO_WEEK | PART_YEAR))
		return "lacks the year that weeks by %V belong to (%G instead of %Y)";
	if ((parts & (PART_WEEK_YEAR | PART_ISO_WEEK | PART_MONDAY_WEEK | PART_SUNDAY_WEEK)) != 0)
		return "lacks the weekday (%u) or its week (%V with %G; %W or %U with %Y)";
	return "lacks the month or the day (%m and %d, or %j)";
}

static bool
is_number(const struct date_step *step)
{
	enum how how = date_conversions[step->conversion].how;

	return how == READ_NUMBER || how == READ_PADDED_NUMBER || how == READ_SUNDAY_WEEKDAY ||
	       how == READ_EPOCH;
}

/* Where two numbers touch, the second must have all its digits, or 2026111 would have two readings. A dot behind a
 * name is the format's, if it has one there, and else an abbreviation's. */
static void
steps_settle(struct date_pattern *p)
{
	for (int i = 0; i < p->n_steps; i++) {
		struct date_step *step = &p->step[i];
		const struct conversion *c = &date_conversions[step->conversion];

		if (i > 0 && is_number(step) && is_number(step - 1))
			step->arg = c->digits;
		if (c->how == READ_MONTH_NAME || c->how == READ_WEEKDAY_NAME)
			step->arg = i + 1 == p->n_steps || step[1].conversion != CONVERSION_BYTE ||
				    step[1].arg != '.';
	}
}

int
date_pattern_init(struct date_pattern *p, const char *format, struct error *err)
{
	struct compiling c = {.pattern = p};
	const char *lack;

	*p = (struct date_pattern){.format = format, .pivot = PIVOT_POSIX};
	if (!word_add(&c, format) && !format_add(&c, format, true))
		return pattern_error(err, format, c.reason);
	lack = parts_lack(p->parts);
	if (lack != NULL)
		return pattern_error(err, format, lack);
	steps_settle(p);
	return 0;
}
