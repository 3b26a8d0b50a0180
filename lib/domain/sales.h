/*
 * Sales summed while they are read: by account, month and source, and within
 * these by product. Memory grows with these and with distinct documents, never
 * with rows.
 *
 * What is told of a month falls into two groups, which may come from two
 * exports: its figures (revenue, margin, returns, orders, on), and its
 * products.
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
	const char *product; /* never empty, no NUL in it; NULL: none */
	size_t product_len;
	bool products_only; /* adds to the product's revenue and to no figure; it has a product */
};

/* what was sold of one product in a month */
struct sales_product {
	const char *name; /* owned */
	size_t len;
	struct decimal revenue; /* exact */
	struct sales_product *next;
};

/* one account, month and source */
struct sales_month {
	size_t account; /* number in the book */
	month month;
	const char *source;			 /* owned */
	struct decimal revenue, margin, returns; /* exact; without a revenue only products are told */
	bool margin_missing;			 /* a row had none */
	unsigned documents;			 /* distinct ones, returns aside */
	unsigned days;		   /* bit d: rows without a document on day d, which are one order */
	unsigned on;		   /* bit d: an order on day d */
	const char *last_document; /* of the row before, which is very often the same */
	size_t last_document_len;
	struct sales_product *product; /* in no order */
	size_t products;
	struct sales_product *last_product; /* of the row before */
};

struct sales {
	struct sales_month **month;
	size_t n, cap;
	struct hash index;     /* account, source, month */
	struct hash documents; /* month's address and document */
	struct hash products;  /* month's address and product */
	struct sales_month *last;
	struct buf key; /* of the row, for the tables */
	struct arena arena;
};

/* -1: a sum would be too large to be written and read again, or the product's name too long, and nothing was added.
 * Months of equal sources are one. */
int sales_add(struct sales *, size_t account, const char *source, const struct sales_row *, struct error *);
/* of the month: documents, and days with rows without one */
unsigned sales_orders(const struct sales_month *);
/* by account, then month, then source */
void sales_sort(struct sales *);
/* {month: …, source: …, revenue: …, margin: …, returns: …, orders: …, on: […], products: {…}}, rounded here, once; a
 * group of which no row told is left out, products stand in the order of their bytes */
struct node *sales_item(const struct sales_month *, struct arena *);
/* What an account's item of a month says when an import brings one of the same month: of the two groups, those that
 * the import tells are its own, and one that it does not tell stays. One that tells no products tells the figures,
 * none as they may be. `from` itself where nothing stays. */
const struct node *sales_item_join(const struct node *into, const struct node *from, struct arena *);
/* is it a name of the group of figures? */
bool sales_is_figure(const char *name);
void sales_free(struct sales *);

#endif
