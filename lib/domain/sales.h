/*
 * Sales summed while they are read: by account, month and source. Memory
 * grows with these and with distinct documents, never with rows.
 */
#ifndef KAM_SALES_H
#define KAM_SALES_H

#include "base/hash.h"
#include "domain/account.h"

/* one row of an export */
struct sales_row {
	struct date date;
	const char *document; /* NULL: none; then the rows of a day are one order */
	size_t document_len;
	struct decimal revenue; /* net: negative in a return */
	struct decimal margin;	/* unknown: none given */
	bool is_return;
};

/* one account, month and source */
struct sales_month {
	size_t account; /* number in the book */
	month month;
	const char *source;			 /* owned */
	struct decimal revenue, margin, returns; /* exact, as long as the rows made them */
	bool margin_missing;			 /* a row had none */
	unsigned documents;			 /* distinct ones, returns aside */
	unsigned days;		   /* bit d: rows without a document on day d, which are one order */
	unsigned on;		   /* bit d: an order on day d */
	const char *last_document; /* of the row before, which is very often the same */
	size_t last_document_len;
};

struct sales {
	struct sales_month **month;
	size_t n, cap;
	struct hash index;     /* account, source, month */
	struct hash documents; /* month's address and document */
	struct sales_month *last;
	struct buf key; /* of the row, for the tables */
	struct arena arena;
};

/* -1: a sum would be too large to be written and read again, and nothing was added. Months of equal sources are one. */
int sales_add(struct sales *, size_t account, const char *source, const struct sales_row *, struct error *);
/* by account, then month, then source */
void sales_sort(struct sales *);
/* {month: …, source: …, revenue: …, margin: …, returns: …, orders: …, on: […]}, rounded here, once */
struct node *sales_item(const struct sales_month *, struct arena *);
void sales_free(struct sales *);

#endif
