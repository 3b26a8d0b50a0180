/*
 * Cells: what stands in a column of an export, as the field's type has it in
 * an account. A cell that does not fit is never a zero and never a guess.
 */
#ifndef KAM_CELL_H
#define KAM_CELL_H

#include "domain/map.h"

/* can a field of this type be read from a column? */
bool cell_fits(enum field_type);
/* The cell's value for the field; *node NULL: the cell is empty. -1 with text and value in the error (no place) and a
 * short *kind of reason: "not a date". */
int cell_node(const struct map *, const struct field *, const char *cell, size_t n, struct arena *,
	      struct node **node, const char **kind, struct error *);
/* the same for a number and a date alone; an empty cell is an error */
int cell_decimal(const struct map *, const char *cell, size_t n, struct decimal *, const char **kind,
		 struct error *);
int cell_date(const struct map *, const char *cell, size_t n, struct date *, const char **kind,
	      struct error *);

#endif
