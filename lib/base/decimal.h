/*
 * Exact decimals for money, quantities and percentages: an integer and a
 * number of decimal places. Sums and products are exact or fail; rounding
 * happens where it is asked for, half away from zero.
 */
#ifndef KAM_DECIMAL_H
#define KAM_DECIMAL_H

#include <stdbool.h>

#include "mem.h"

__extension__ typedef __int128 int128;

#define DECIMAL_PLACES_MAX 18 /* decimal places a value may have */

struct decimal {
	int128 units; /* value × 10^places; |units| < 10^36 */
	int places;   /* 0 … DECIMAL_PLACES_MAX */
	bool known;   /* false: no value at all (absent data), as in zeroed memory */
};

struct decimal decimal_int(long long);

/* -123.45: digits, one point, a leading minus or plus; no exponent, no blanks, no group marks.
 * Returns 0, or -1 if s is anything else, too long or too precise; *d is then untouched. */
int decimal_parse(const char *s, size_t n, struct decimal *d);

/* how a file writes numbers */
struct number_format {
	char decimal; /* '.' or ',' ; 0 means '.' */
	const char *
	    group; /* characters (UTF-8) that may stand between digits: " " also U+00A0 and U+202F; NULL: none */
};

/* as decimal_parse in the file's manner; group marks must stand between groups of three digits.
 * Blanks around it, trailing minus and accounting parentheses are understood, and a currency's sign or code, which
 * comes into *mark for the caller to judge; mark->n 0: there is none. */
int decimal_parse_format(const char *s, size_t n, const struct number_format *, struct decimal *,
			 struct str *mark);
/* can that mark stand for money in this currency (ISO 4217)? its code alone, or a sign that it shares with others */
bool currency_has_mark(const char *currency, struct str mark);
/* written with that many places, is it a number that decimal_parse reads? */
bool decimal_fits(struct decimal, int places);

/* exact; return 0, or -1 on overflow (result untouched). An unknown operand gives an unknown result and 0. */
int decimal_add(struct decimal *sum, const struct decimal *a, const struct decimal *b);
/* *sum += amount: an unknown sum begins with it, and an unknown amount adds nothing; 0, or -1 on overflow */
int decimal_gather(struct decimal *sum, const struct decimal *amount);
int decimal_sub(struct decimal *, const struct decimal *a, const struct decimal *b);
int decimal_mul(struct decimal *, const struct decimal *a, const struct decimal *b);

struct decimal decimal_neg(struct decimal);
/* half away from zero to that many places; fewer places are not padded */
struct decimal decimal_round(struct decimal, int places);
/* a / b to that many places, half away from zero; unknown when b is zero or either is unknown; -1 on overflow */
int decimal_div(struct decimal *, const struct decimal *a, const struct decimal *b, int places);
/* <0, 0, >0; exact; both must be known */
int decimal_cmp(const struct decimal *a, const struct decimal *b);
int decimal_sign(const struct decimal *);
/* nearest double; NAN when unknown */
double decimal_double(struct decimal);

/* text with exactly that many places (rounded, padded); -0.00 never appears; unknown adds nothing */
void decimal_format(struct buf *, struct decimal, int places);
/* text with the places it has */
void decimal_format_exact(struct buf *, struct decimal);

#endif
