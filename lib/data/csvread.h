/*
 * Reading a file of delimited text (CSV) in any encoding, record by record;
 * or its header so, and the rest in blocks that several threads split.
 */
#ifndef KAM_CSVREAD_H
#define KAM_CSVREAD_H

#include "data/csvsplit.h"

/* encoding is as iconv names it; NULL or "utf-8": checked, not converted. A byte order mark wins over it. */
struct csv_dialect {
	const char *encoding;
	char delimiter; /* ASCII; 0 means ',' */
	size_t skip;	/* lines before the header */
	bool headless;	/* there is no header: the first record is a row */
};

struct csvread;

/* fd is borrowed, file is the name for messages. Reads past `skip` lines. NULL with the error: unknown encoding,
 * unreadable. */
struct csvread *csvread_open(int fd, const char *file, const struct csv_dialect *, struct error *);
void csvread_close(struct csvread *);
/* The next record that is not blank; valid until the next call. CSV_READ_REJECT: row has line and raw only, and the
 * error says why. CSV_READ_FAIL: reading failed. */
enum csv_result csvread_next(struct csvread *, struct csv_row *, struct error *);
/* the record that came last comes again */
void csvread_back(struct csvread *);

/* Gives out what has not been read, block by block, for csvsplit_begin; the first takes what is left of the one at
 * hand. 1; 0: there is no more; -1: reading failed. */
int csvread_block(struct csvread *, struct textblock *, struct error *);
/* A block ended inside a record, of which it had these bytes: they go in front of the next block, which is to be split
 * (again) with them. */
void csvread_join(struct csvread *, struct str begun, struct textblock *next);
/* a splitter for the blocks, to be freed by csvsplit_free before the reader is closed */
struct csvsplit *csvread_splitter(const struct csvread *);
const struct textfile *csvread_file(const struct csvread *);
/* lines before the first block that csvread_block gives, or before the record that csvread_next would give */
size_t csvread_lines(const struct csvread *);

/* bytes taken from the file so far, for progress */
size_t csvread_bytes(const struct csvread *);
/* the lines that were skipped before the header, raw, with their ends */
struct str csvread_skipped(const struct csvread *);
/* encoding in which raw records stand: that of the file, or "utf-8" */
const char *csvread_raw_encoding(const struct csvread *);

#endif
