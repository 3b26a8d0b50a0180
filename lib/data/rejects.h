/*
 * The file of rejected rows: the original's titles, header and dialect, each
 * row as it stood, and two columns more, the line it came from and the reason.
 * Mended, it is imported together with the original; a reader that goes by
 * the names of columns overlooks the two.
 *
 * Rows are gathered in a spool, and stand in the file when all are known: an
 * import that fails or is broken off leaves it as it was.
 */
#ifndef KAM_REJECTS_H
#define KAM_REJECTS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#include "data/csvread.h"

#define REJECTS_LINE_COLUMN "kam-line"
#define REJECTS_REASON_COLUMN "kam-reason"

struct rejects;

/* The spool is an empty file, open to be read and written, which is the rejects' from now on, except where NULL comes
 * with the error: a file of that path cannot be written. */
struct rejects *rejects_open(const char *path, FILE *spool, struct error *);
/* leaves the file as it was */
void rejects_discard(struct rejects *);
/* is it this file or pipe? (it would eat its own input) */
bool rejects_is_file(const struct rejects *, const struct stat *);
/* will the rows stand in a file of their own? false: in a pipe, a device, or among the messages of standard error */
bool rejects_stay(const struct rejects *);
/* The next export begins, the rows that follow are of it. 0, or -1, also if the export
 * is a file of rejects: mended rows would stand in two files, and be counted twice. */
int rejects_header(struct rejects *, const struct csv_dialect *, const struct csvread *,
		   const struct csv_row *header, struct error *);
/* A row of it; cells that it lacks are added, so that the two columns stand in their place. -1: it cannot be written,
 * or the export has another encoding, delimiter or header than that of the rows before, so that it would not fit. */
int rejects_row(struct rejects *, const struct csv_row *, const char *reason, struct error *);
/* Replaces the file in one step; one without rows gets the last header. -1: it is as it was. A pipe, a device and the
 * file of standard error take what comes, and may be incomplete then. */
int rejects_close(struct rejects *, struct error *);

#endif
