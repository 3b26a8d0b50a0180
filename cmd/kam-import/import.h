/*
 * What the files of kam-import share.
 */
#ifndef KAM_IMPORT_H
#define KAM_IMPORT_H

#include <sys/stat.h>

#include "cli.h"
#include "data/rejects.h"
#include "domain/duplicates.h"
#include "domain/importer.h"
#include "progress.h"

#define KINDS_MAX 32
#define REJECTS_SHOWN 10 /* in messages */

/* what is to come of the rows */
enum outcome { OUTCOME_ACCOUNTS, OUTCOME_DRY_RUN, OUTCOME_DUPLICATES, OUTCOME_MAP };

/* a map and the first of its files among the operands */
struct job {
	const char *path;
	size_t first;
	struct buf text;
	struct map map;
};

/* rejects by reason */
struct reject_kind {
	const char *kind;
	size_t n;
	char *example; /* the first one */
};

struct dry_run;

struct import {
	struct cli cli;
	enum outcome outcome;
	struct job *job;
	size_t jobs, jobs_cap;
	char **file; /* operands */
	size_t files;
	const struct job *now;	   /* the one at work */
	const char *path;	   /* and its export, as in messages */
	const struct job *mending; /* the one that rejected rows are of */
	const char *accounts;	   /* -a */
	const char *rejects_path;  /* --rejects */
	struct rejects *rejects;
	bool mendable; /* the rejects stand in a file of their own */
	struct importer importer;
	struct reject_kind kind[KINDS_MAX];
	size_t kinds;
	size_t written, added; /* accounts; those of them that no folder had */
	struct duplicates duplicates;
	struct dry_run *dry_run;
	struct table_options out;	   /* of tables */
	bool tables_asked, accounts_asked; /* by options */
	bool grown;			   /* an export was written while it was read */
	struct progress progress;
	unsigned long long bytes; /* of the files that are read through */
};

/* the files of a job stand among the operands up to those of the next */
size_t job_end(const struct import *, size_t job);

/* the status of a file that is read, "-" being standard input; false: it has none */
bool stat_input(const char *path, struct stat *);
/* reads and checks the maps; any error: exits 2 */
void read_maps(struct import *);
/* the dossiers of -a, which must be good all: exits 2 otherwise */
void read_accounts(struct import *);
/* an export that one map reads twice would count twice: exits 2 */
void check_inputs(const struct import *);

/* opens the file of --rejects, which must be none of those that are read: exits 2 otherwise */
void begin_rejects(struct import *);
/* whole: the import was done, and they stand in their file; else it stays as it was */
void end_rejects(struct import *, bool whole);
/* for the importer */
int on_header(void *import, const struct map *, const struct csvread *, const struct csv_row *,
	      struct error *);
int on_reject(void *import, const struct reject *, struct error *);
void on_repeat(void *import, const struct error *);

/* the closing line, and the command that imports mended rejects */
void summarise(struct import *);

/* --dry-run: samples are taken while rows are read, the tables are written at the end */
void dry_run_begin(struct import *);
void dry_run_sample(void *import, struct rowread *, struct rows *, size_t lines);
void dry_run_write(struct import *);

/* --duplicates: all accounts are known now */
void write_duplicates(struct import *);

/* --guess: a map for the files, on standard output; gives the exit status */
int write_map(struct import *);

#endif
