/*
 * Rates of exchange: how many of one currency one of each other is. A YAML
 * document of a user,
 *
 *	currency: EUR
 *	rates: {USD: 0.92, RUB: 0.0102}
 *
 * by which accounts of several currencies are judged together. Rates are
 * exact decimals, and nothing is derived from them: no inverse, no way by a
 * third currency.
 */
#ifndef KAM_RATES_H
#define KAM_RATES_H

#include "data/field.h"

#define RATE_PLACES 10 /* decimal places a rate may have: products with money have no room for more */

struct rates {
	const struct node *node;
	const char *currency; /* that one of the others is worth so many of */
	struct amounts of;    /* by the codes of the others, sorted */
	const char *file;     /* as the user named it */
	size_t line, column;  /* where the currency stands in it */
};

extern const struct fields rates_fields;

/* Reads them. 0, or -1 with findings in the sink: a name that is no currency, a rate that is not above 0. The arena owns
 * the strings; neither the text nor the file's name need outlive the call. */
int rates_read(struct rates *, struct str text, const char *file, struct arena *, struct sink *);
/* how many of rates->currency one of that currency is; NULL: not stated */
const struct decimal *rates_find(const struct rates *, const char *currency);

#endif
