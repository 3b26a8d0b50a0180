/*
 * What the files of the importer share: the import of one export, whose rows
 * are taken one after another.
 */
#ifndef KAM_IMPORTRUN_H
#define KAM_IMPORTRUN_H

#include "domain/importer.h"

struct run {
	struct importer *importer;
	const struct map *map;
	const char *file;
	struct csvread *reader;
	struct csv_row header;	/* of a file without one, its first row */
	struct rowread *worker; /* one for each thread */
	int workers;
	struct buf begun; /* of a record that the last block did not end */
	/* the block at hand */
	struct rows *rows;
	size_t lines;	   /* before it */
	struct error *err; /* why the run stops */
	struct arena arena;
	struct arena scratch; /* for one row */
};

/* Rejects all that stand behind the row. 1; or -1: the caller wants to stop, run->err says why. */
int run_reject(struct run *, const struct row *, const char *kind, const char *text);
/* because of what its column said */
int run_reject_field(struct run *, const struct row *, const char *field, const char *kind, const char *text);

/* Takes fields of the account, or of one item of the section that the map's kind fills, into the entry. 0; 1: rejected;
 * -1: stop. */
int run_take_account(struct run *, const struct row *, struct entry *);
int run_take_item(struct run *, const struct row *, struct entry *);
/* the same for sales. 2: the sum of several rows would be too large, each must be looked at */
int run_take_sale(struct run *, const struct row *, struct entry *);

#endif
