/*
 * Reading delimited text (CSV) in any encoding: libcsv judges each record,
 * iconv decodes. A record that cannot be read (a stray quote, bytes that are
 * not of the encoding) is rejected alone; reading goes on at the line after
 * its first.
 */
#ifndef KAM_CSVREAD_H
#define KAM_CSVREAD_H

#include "base/error.h"

#define CSVREAD_RECORD_MAX (1UL << 20) /* bytes of one record, quoted line breaks included */
#define CSVREAD_CELLS_MAX 4096

/* encoding is as iconv names it; NULL or "utf-8": checked, not converted. A byte order mark wins over it. */
struct csv_dialect {
	const char *encoding;
	char delimiter; /* ASCII; 0 means ',' */
	size_t skip;	/* lines before the header */
};

/* raw is the record as it stands in the file, its line end left out, in UTF-8 where the encoding is UTF-16 or UTF-32;
 * a line of more than CSVREAD_RECORD_MAX bytes is cut there */
struct csv_row {
	size_t n;	   /* cells */
	const char **cell; /* UTF-8, NUL-terminated, blanks kept */
	size_t *len;	   /* bytes of each */
	size_t line;	   /* of the file, where it begins, from 1 */
	struct str raw;
};

enum csv_result { CSV_READ_FAIL = -1, CSV_READ_END = 0, CSV_READ_ROW = 1, CSV_READ_REJECT = 2 };

struct csvread;

/* fd is borrowed, file is the name for messages. Reads past `skip` lines. NULL with the error: unknown encoding,
 * unreadable. */
struct csvread *csvread_open(int fd, const char *file, const struct csv_dialect *, struct error *);
/* The next record that is not blank; valid until the next call. CSV_READ_REJECT: row has line and raw only, and the
 * error says why. CSV_READ_FAIL: reading failed. */
enum csv_result csvread_next(struct csvread *, struct csv_row *, struct error *);
/* bytes taken from the file so far, for progress */
size_t csvread_bytes(const struct csvread *);
/* the lines that were skipped before the header, raw, with their ends */
struct str csvread_skipped(const struct csvread *);
/* encoding in which raw records stand: that of the file, or "utf-8" */
const char *csvread_raw_encoding(const struct csvread *);
void csvread_close(struct csvread *);

#endif
