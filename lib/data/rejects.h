/*
 * The file of rejected rows: the original's titles, header and dialect, each
 * row as it stood, and two columns more, the line it came from and the reason.
 * Mended, it is imported together with the original; a reader that goes by
 * the names of columns overlooks the two.
 */
#ifndef KAM_REJECTS_H
#define KAM_REJECTS_H

#include <stdbool.h>

#include "data/csvread.h"

#define REJECTS_LINE_COLUMN "kam-line"
#define REJECTS_REASON_COLUMN "kam-reason"

struct rejects;

/* creates or empties the file; NULL with the error */
struct rejects *rejects_open(const char *path, struct error *);
/* is it the same file as this descriptor's? (it would eat its own input) */
bool rejects_is_file(const struct rejects *, int fd);
/* the header of the next export; the first one's is written. -1: another encoding, delimiter or header than the
 * first: its rows would not fit */
int rejects_header(struct rejects *, const struct csv_dialect *, const struct csvread *,
		   const struct csv_row *header, struct error *);
/* a row of it; cells that it lacks are added, so that the two columns stand in their place */
int rejects_row(struct rejects *, const struct csv_row *, const char *reason, struct error *);
/* flushes; -1: what was written may be incomplete */
int rejects_close(struct rejects *, struct error *);

#endif
