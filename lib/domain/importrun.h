/*
 * What the files of the importer share: the import of one export, row by row.
 */
#ifndef KAM_IMPORTRUN_H
#define KAM_IMPORTRUN_H

#include "domain/columns.h"
#include "domain/importer.h"

/* a field of the account or item, and the column it is read from */
struct source {
	const char *name; /* as in the map: "profile.region" */
	const struct field *field;
	struct column *column;
};

/* the import of one file */
struct run {
	struct importer *importer;
	const struct map *map;
	const char *file;
	struct columns columns;
	struct column **code; /* of map->account.external */
	struct code *codes;
	struct column *name;
	struct source *source;
	size_t sources;
	struct column *skip, *returns;
	/* kept from a row before, with the versions of the columns they were made of */
	struct entry *entry;
	size_t entry_version;
	struct date date;
	size_t date_version;
	struct arena arena;
	struct arena scratch; /* for one row */
};

/* each returns 1: the row is done with; or -1: the caller wants to stop, the error says why */
int run_reject(struct run *, const struct csv_row *, const char *kind, const struct error *why,
	       struct error *);
/* because of a column's cell */
int run_reject_cell(struct run *, const struct csv_row *, const struct column *, const char *kind,
		    const struct error *why, struct error *);

/* sets run->entry, when nothing else is wrong with the row. 0; 1: it was rejected; -1: stop */
int run_find_account(struct run *, const struct csv_row *, struct error *);

/* a row of the account's own fields; of one item of the section that the map's kind fills. 0; 1: rejected; -1: stop */
int run_import_account(struct run *, const struct csv_row *, struct error *);
int run_import_item(struct run *, const struct csv_row *, struct error *);

#endif
