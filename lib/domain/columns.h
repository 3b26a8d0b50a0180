/*
 * Columns: those of an export that its map names. A cell is cleaned and
 * trimmed when it differs from the one above it: rows of one document stand
 * together and repeat much.
 */
#ifndef KAM_COLUMNS_H
#define KAM_COLUMNS_H

#include "domain/map.h"

struct column {
	const char *name;	  /* as in the map */
	size_t index;		  /* in the row */
	struct map_clean **clean; /* in order */
	size_t cleans;
	struct buf raw;	  /* the cell as it stands in the row */
	struct buf spare; /* for cleaning */
	struct buf value; /* cleaned and trimmed */
	size_t version;	  /* counts its changes: what was made of one stays good as long as this does */
};

struct columns {
	const struct map *map;
	struct csv_row header; /* copied */
	struct column *column;
	size_t n;
	/* names that the map has and the header has not, or has twice; quoted */
	struct buf missing, doubled;
	size_t lacks;
	struct arena arena;
};

void columns_init(struct columns *, const struct map *, const struct csv_row *header);
/* the column of that name, the same for the same cells; NULL, noted for columns_check, if there is not just one */
struct column *columns_find(struct columns *, const char *name);
/* -1 with all the names if some were not found */
int columns_check(const struct columns *, const char *file, struct error *);
/* Takes the row's cells; missing ones at its end are empty. NULL, or the column that cannot be cleaned, with the
 * reason. */
const struct column *columns_take(struct columns *, const struct csv_row *, struct error *);
void columns_free(struct columns *);

#endif
