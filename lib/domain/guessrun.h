/*
 * What the parts of the guess share: the files' columns, and what was decided
 * of them. Used by guess*.c only.
 */
#ifndef KAM_GUESSRUN_H
#define KAM_GUESSRUN_H

#include "data/sniff.h"
#include "domain/guess.h"
#include "domain/guesscolumn.h"
#include "domain/guesswords.h"

#define GUESS_COLUMNS 512 /* looked at */

/* a column, and the field or the way to the account that it is taken for */
struct pick {
	const char *target;	   /* "date", "@client", "@code", "@inn" */
	const struct field *field; /* NULL: a way to the account */
	size_t column;
	int score;
	bool by_words; /* of its title; else by its cells alone */
	bool forced;   /* nothing speaks for it, but there must be one */
};

struct picks {
	const struct map_kind *kind;
	struct pick pick[GUESS_COLUMNS + 1];
	size_t n;
	int score;
};

/* the meanings of a column's title */
struct title {
	struct match match[MATCHES_MAX];
	size_t matches;
};

struct guess {
	const struct guess_file *file;
	size_t files;
	struct sniff sniff; /* of the first file */
	bool header;
	bool header_unsure;
	struct tally *column;
	struct title *title;
	size_t columns;
	bool last_names; /* a title is that of a last name, and none that of a first name */
	size_t unseen;	 /* columns beyond GUESS_COLUMNS */
	size_t rows;
	size_t totals; /* of them, rows of totals */
	size_t rejected;
	char reject[256]; /* why the first was */
	struct words words;
	struct arena arena;

	/* decided */
	struct picks picks;
	struct picks dropped; /* that the map may not have too, or that do not fit its formats */
	const char *date;     /* format; NULL: no column of dates is used */
	const struct date_tally *date_tally; /* by which day or month come first; NULL: no question */
	bool month_first;
	bool date_hint;	  /* the order of the rows told which of two is the day */
	bool date_unsure; /* nothing did */
	size_t date_column;
	char decimal; /* 0: all numbers are whole */
	char group[8];
	bool number_unsure;
	size_t marks[3][MARKS]; /* of the columns that decided it */
	size_t either[3];
	size_t number_others;
	const char *currency; /* or NULL */
	const char *currency_why;
	const struct tally *currencies; /* column in which rows have several of them, or NULL */
	const char *currency_others;	/* a pattern for its cells that are not in `currency` */
	size_t currency_cells;		/* and how many are */
};

/* the most likely kind and its columns, into g->picks */
void guess_kind(struct guess *);
/* formats of dates and numbers, and the currency; columns in other formats are dropped */
void guess_formats(struct guess *);
/* the format of a column's dates, day first where either may be; NULL: it is no column of dates. by_words: its title
 * says that it is one */
const char *guess_date_format(const struct guess *, size_t column, bool by_words, const struct date_tally **);
/* does its title say that the column is a part of a name? */
bool guess_is_name_part(const struct guess *, size_t column);
/* the pick for that target, or NULL */
const struct pick *guess_pick(const struct picks *, const char *target);
/* takes one from the picks to those dropped */
void guess_drop(struct guess *, const char *target);
/* a pattern for rows of totals, and the column that it tests; NULL: there are none */
const char *guess_totals(struct guess *, const struct tally **column);
/* rows of sales, those of totals aside, in which the column of dates is empty though it is not in others */
size_t guess_undated(const struct guess *);
/* a pattern for that column which they fit, and the totals in it */
const char *guess_undated_pattern(struct guess *);

/* rows of sales below zero, and how to tell them by a word */
struct returns {
	size_t below;
	const char *pattern; /* NULL: no word tells */
	const struct tally *column;
	size_t rows; /* that the pattern matches */
};
void guess_returns(struct guess *, struct returns *);
void guess_write(struct guess *, struct buf *map);

#endif
