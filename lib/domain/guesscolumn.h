/*
 * What the cells of a column are like: how many are numbers, and by which
 * marks; dates, and in which formats; addresses, telephone numbers, names.
 * Rows are counted as they come, and none is kept.
 */
#ifndef KAM_GUESSCOLUMN_H
#define KAM_GUESSCOLUMN_H

#include <stdbool.h>

#include "base/date.h"
#include "base/mem.h"

#define TALLY_FORMATS 4	   /* of dates, in one column */
#define TALLY_VALUES 12	   /* different ones that are kept */
#define TALLY_VALUE 48	   /* bytes of one */
#define TALLY_PREFIXES 12  /* different words that cells begin with, the empty one included */
#define TALLY_PREFIX 40	   /* bytes of one */
#define TALLY_SIGNED 32	   /* first columns whose signs are kept for each prefix */
#define TALLY_CURRENCIES 3 /* marks beside numbers */
#define TALLY_SAMPLE 64	   /* bytes of a cell that is shown */

enum mark { MARK_NONE, MARK_POINT, MARK_COMMA, MARK_BLANK, MARK_APOSTROPHE, MARKS };

/* cells of one way to write dates */
struct date_tally {
	char format[48]; /* as for strptime, day before month where either may be first */
	bool either;	 /* two numbers of up to two digits, either of which may be the day */
	size_t n;
	size_t day_first;   /* that are days when read so … */
	size_t month_first; /* … and so */
	long way[2];	    /* days from each cell to the next, summed: day first, month first */
	struct date last[2];
	char sample[TALLY_VALUE];
};

struct prefix_tally {
	char text[TALLY_PREFIX];
	size_t rows;
	size_t below[TALLY_SIGNED]; /* rows in which that column has a number below zero */
	size_t above[TALLY_SIGNED];
};

enum cell_sort { SORT_EMPTY, SORT_TEXT, SORT_NUMBER, SORT_DATE, SORT_EMAIL, SORT_PHONE };

/* one cell, sorted: what is counted of it */
struct cell {
	enum cell_sort sort;
	enum mark decimal;
	enum mark group;
	bool either; /* one mark before three digits, "1,234": as decimal */
	int sign;
	bool whole;	 /* digits alone */
	bool serial;	 /* 20000 to 59999: a day of a spreadsheet */
	bool point_zero; /* "17.0" */
	bool digits;	 /* of a text: it has some */
	bool code;	 /* of a text: it has some, and no blank, as "K-17" */
	short currency;	 /* its place among the column's; -1 */
	short date;	 /* its format's place; -1 */
	bool day_first;
	bool month_first;
	short prefix;	 /* its place; -1 */
	bool company;	 /* a legal form in it */
	bool blanks;	 /* several together */
	unsigned totals; /* bit of the word for totals that it is, or begins with */
};

struct tally {
	const char *title; /* trimmed; "" where there is none */
	const char *name;  /* as a map names the column: "Date", "Date#2", "#4" */
	size_t cells;	   /* that are not empty, and of them: */
	size_t sorts[SORT_PHONE + 1];
	size_t marks[3][MARKS]; /* numbers by decimal mark (none, point, comma) and group mark */
	size_t either[3];	/* numbers with one point or comma before three digits */
	size_t below, above;	/* numbers by sign */
	size_t whole, serials, point_zeros, digits, codes, blanks;
	size_t names, companies;     /* texts looked at for legal forms, and those that have one */
	size_t long_whole;	     /* of 7 to 15 digits, as telephone numbers are */
	size_t totals, dated_totals; /* in rows without and with a date */
	unsigned totals_words;
	struct date_tally date[TALLY_FORMATS];
	size_t dates; /* formats */
	struct {
		char mark[16];
		size_t n;
	} currency[TALLY_CURRENCIES];
	size_t currencies;
	char value[TALLY_VALUES][TALLY_VALUE];
	size_t values;
	bool many;		     /* more values than are kept, or longer ones */
	struct prefix_tally *prefix; /* NULL: not looked at, or too many different ones */
	size_t prefixes;
	unsigned char seen[1024]; /* bits of the cells' hashes */
	char sample[TALLY_SAMPLE];
	size_t sample_length;
	struct cell last;
	char before[TALLY_VALUE]; /* the cell above, when it is short */
	size_t before_length;
};

/* the words for totals, whose bits are in `totals` */
struct totals_word {
	const char *word;
	bool alone; /* companies are called so too: it must be the whole cell */
};
extern const struct totals_word totals_words[];
extern const size_t n_totals_words;

/* with_prefix: look at the words that cells begin with */
void tally_init(struct tally *, bool with_prefix);
void tally_free(struct tally *);
/* counts a cell; what it is stays in ->last until the next */
void tally_cell(struct tally *, struct str);
/* when all cells of a row are counted: what they say together. n columns. */
void tally_row(struct tally *, size_t n);
/* about how many different cells there were */
size_t tally_distinct(const struct tally *);
/* the cell without blanks around it, no-break ones among them */
struct str cell_trim(struct str);
/* Sorts a text as a date; false: it is none. format has room for 48 bytes, of day[0] and day[1] that read with the day and
 * with the month first, each unset if there is no such day. */
bool date_sort(struct str, char *format, bool *either, struct date day[2]);

#endif
