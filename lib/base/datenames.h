/*
 * Names of months and weekdays as exports write them in English, Russian and
 * Latvian, whatever the locale: in full, in the cases that dates put them in,
 * and abbreviated. Letter case and marks above or below letters do not count,
 * nor does how they are encoded: "JŪNIJS", "junijs".
 */
#ifndef KAM_DATENAMES_H
#define KAM_DATENAMES_H

#include <stdbool.h>
#include <stddef.h>

struct date_name {
	int number;	  /* month: 1 … 12; weekday: 1 Monday … 7 Sunday */
	size_t n;	  /* bytes of the text that are the name */
	bool abbreviated; /* a dot may follow */
};

/* the longest name that the n bytes begin with; false: none */
bool month_name_find(const char *, size_t n, struct date_name *);
bool weekday_name_find(const char *, size_t n, struct date_name *);

#endif
