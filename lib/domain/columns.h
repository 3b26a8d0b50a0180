/*
 * Columns: those of an export that its map names. A cell is cleaned and
 * trimmed when it differs from the one above it: rows of one document stand
 * together and repeat much.
 */
#ifndef KAM_COLUMNS_H
#define KAM_COLUMNS_H

#include "domain/map.h"

/* a replacement, and what one thread needs to do it */
struct column_clean {
	const struct map_clean *rule;
	struct rx *rx;
};

struct csv_column {
	const char *name;	    /* as in the map */
	size_t index;		    /* in the row */
	struct column_clean *clean; /* in order */
	size_t cleans;
	struct str raw;	  /* the cell as it stands in the row */
	struct str value; /* cleaned and trimmed; lives as long as the block that it was read in */
	size_t version;	  /* counts its changes: what was made of one stays good as long as this does */
};

/* for one thread */
struct columns {
	const struct map *map;
	const struct csv_row *header; /* of a file without one, its first row: columns are numbers then */
	struct csv_column *column;
	size_t n;
	/* names that the map has and the header has not, or has twice; quoted */
	struct buf missing, doubled;
	size_t lacks;
	struct buf cleaned, spare;
	struct arena arena;
};

/* map and header are borrowed */
void columns_init(struct columns *, const struct map *, const struct csv_row *header);
/* The column of that name, the same for the same cells: by its title, by title and number among those of one title
 * ("Sum#2"), by its place ("#4"). NULL, noted for columns_check, if there is not just one. */
struct csv_column *columns_find(struct columns *, const char *name);
/* -1 with all the names if some were not found */
int columns_check(const struct columns *, const char *file, struct error *);
/* a new block begins: nothing of the one before is kept */
void columns_begin(struct columns *);
/* Takes the row's cells; missing ones at its end are empty. What must outlive the row is copied to the arena of its
 * block. NULL, or the column that cannot be cleaned, with the reason. */
const struct csv_column *columns_take(struct columns *, const struct csv_row *, struct arena *,
				      struct error *);
void columns_free(struct columns *);

#endif
