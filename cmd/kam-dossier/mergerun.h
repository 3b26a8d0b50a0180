/*
 * What the files of kam-dossier merge share.
 */
#ifndef KAM_MERGERUN_H
#define KAM_MERGERUN_H

#include <sys/stat.h>

#include "domain/merge.h"
#include "dossier.h"

/* what a dossier is to become by what comes in for it */
struct intake {
	struct buf result;   /* what the file is to say; empty: what it says */
	struct buf findings; /* texts, each behind its mark and ended by NUL */
	bool failed;
	struct error why; /* failed: with no text, where the findings say it */
	struct arena arena;
};

/* a dossier that something comes in for */
struct target {
	char *name; /* of its file */
	const struct incoming *in;
	size_t n;
	bool there;	   /* the file exists */
	bool planned;	   /* the plan is made */
	bool refused;	   /* it was reported why */
	struct stat state; /* of the file when it was read */
	struct intake plan;
};

struct run {
	struct cli cli;
	struct merge_options options;
	int threads;
	bool dry;
	struct inbox inbox;
	struct target *target;
	size_t targets;
	struct folder folder;
	const char *prefix;  /* of names of the folder, for messages: "accounts/" */
	size_t next;	     /* of the folder's names, to be read */
	struct hash by_name; /* targets */
	struct hash by_code; /* "system NUL code", or "NUL id": the file that holds it */
	struct hash twice;   /* the same: a second one of the folder that does */
	struct arena arena;
	size_t created, changed, same, refused;
	size_t errors, falls; /* found; the first of them are shown */
	int status;
};

enum mark { MARK_ERROR = 'e', MARK_FALL = 'f', MARK_KEPT = 'k' };

/* a dossier of the folder, read by any thread */
struct dossier {
	char *name;
	struct target *target; /* NULL: nothing comes in for it */
	const char *path;
	struct buf bytes;
	struct stat state;
	struct doc doc;
	bool good;	  /* it is a document with an account */
	bool same;	  /* good: it is what comes in, byte for byte, and was not parsed */
	struct error why; /* not good */
	bool own_id;	  /* it holds the account of its name */
	struct intake plan;
	struct arena arena;
};

/* Reads the dossier and plans what becomes of it; touches nothing else. What was in it before is forgotten. */
void dossier_read(const struct run *, struct dossier *, char *name);
void dossier_free(struct dossier *);
/* Plans what becomes of the target; into: what its file says now, or NULL. */
void intake_plan(const struct run *, const struct target *, const struct doc *into, struct intake *);
void intake_free(struct intake *);

/* The archive's dossiers hold their ids and codes too, where no other does; read only when an account without a dossier
 * comes in. */
void archive_claim(struct run *);
/* is the file that holds something one of the archive? Where it is, since when, and the way back; or NULL */
const char *archive_holds(struct run *, const char *holder);

/* of merge.c: what a document holds is that file's, unless another holds it; and an error, which gives status 1 */
void claim_all(struct run *, const struct doc *, char *name);
void show_error(struct run *, const struct error *);

#endif
