/*
 * The file of rejected rows: the original's titles, header and dialect, each
 * row as it stood, and two columns more, the line it came from and the reason.
 * Mended, it is imported together with the original; a reader that goes by
 * the names of columns overlooks the two.
 *
 * What stands in the file already is kept until the first header comes: by
 * then the caller knows that it is none of the inputs.
 */
#ifndef KAM_REJECTS_H
#define KAM_REJECTS_H

#include <stdbool.h>
#include <sys/stat.h>

#include "data/csvread.h"

#define REJECTS_LINE_COLUMN "kam-line"
#define REJECTS_REASON_COLUMN "kam-reason"

struct rejects;

/* opens or creates the file; NULL with the error */
struct rejects *rejects_open(const char *path, struct error *);
/* leaves the file as it was before rejects_open, which it removes if it made it; no row was written */
void rejects_discard(struct rejects *);
/* is it this file? (it would eat its own input) */
bool rejects_is_file(const struct rejects *, const struct stat *);
/* The next export begins, the rows that follow are of it. Empties the file the first time. 0, or -1, also if the export
 * is a file of rejects: mended rows would stand in two files, and be counted twice. */
int rejects_header(struct rejects *, const struct csv_dialect *, const struct csvread *,
		   const struct csv_row *header, struct error *);
/* A row of it; cells that it lacks are added, so that the two columns stand in their place. -1: it cannot be written,
 * or the export has another encoding, delimiter or header than that of the rows before, so that it would not fit. */
int rejects_row(struct rejects *, const struct csv_row *, const char *reason, struct error *);
/* Flushes; a file without rows gets the last header. -1: what was written may be incomplete. */
int rejects_close(struct rejects *, struct error *);

#endif
