/*
 * What the verbs of kam-dossier share.
 */
#ifndef KAM_DOSSIER_H
#define KAM_DOSSIER_H

#include "base/hash.h"
#include "cli.h"
#include "data/stream.h"
#include "domain/account.h"

#define DOSSIER_FOLDER "accounts"
#define DOSSIER_SUFFIX ".yaml"
/* of the option --dir; see dossier_folder */
#define DOSSIER_DIR_HELP "folder of the dossiers (default: that of " WORKSPACE_FILE ", or " DOSSIER_FOLDER ")"
#define DOSSIER_ARCHIVE "archive" /* a folder in that of the dossiers, which no program reads */

/* the verbs: each has its own options, and gives the exit status */
int dossier_new(int argc, char **argv);
int dossier_merge(int argc, char **argv);
int dossier_check(int argc, char **argv);
int dossier_show(int argc, char **argv);
int dossier_brief(int argc, char **argv);
int dossier_timeline(int argc, char **argv);
int dossier_people(int argc, char **argv);
int dossier_init(int argc, char **argv);
int dossier_audit(int argc, char **argv);
int dossier_redact(int argc, char **argv);
int dossier_set(int argc, char **argv);
int dossier_add(int argc, char **argv);
int dossier_log(int argc, char **argv);
int dossier_done(int argc, char **argv);
int dossier_snooze(int argc, char **argv);
int dossier_drop(int argc, char **argv);
int dossier_rename(int argc, char **argv);
int dossier_join(int argc, char **argv);
int dossier_archive(int argc, char **argv);
int dossier_merge_driver(int argc, char **argv);
int dossier_facts(int argc, char **argv);

/* the folder of dossiers: that of the option, NULL if not given, of the settings, or the one by default */
const char *dossier_folder(const struct cli *, const char *given);
/* exits where the folder by default is not there, and says how to get one */
void folder_need(const struct cli *, const char *path);
/* Is the account not in the folder but in its archive? "accounts/archive/koks.yaml: is archived since 2026-11-22; …", with
 * the way back, or NULL. Whether there is a dossier of that id in the folder too is not looked at. */
const char *archived_say(struct arena *, const char *dir, const char *id);
/* The input that the user named: "-", a file, or an account of the folder; not to be had: NULL. */
char *dossier_find(const struct cli *, struct arena *, const char *dir, char *operand, struct error *);
/* the same; not to be had: exits 2 */
char *dossier_input(const struct cli *, struct arena *, const char *dir, char *operand);

/* A folder of dossiers, locked against others that write to it. */
struct folder {
	int fd;
	const char *path; /* as the user named it, borrowed */
	char **name;	  /* of its *.yaml files, in the order of their bytes */
	size_t n, cap;
	struct arena arena;
};

/* Opens and locks the folder, waiting for others; writing: alone. Cannot: exits 2. */
void folder_begin(struct folder *, const struct cli *, const char *path, bool writing);
/* fills in the names, and when writing removes what killed runs left behind; cannot: exits 2 */
void folder_list(struct folder *, const struct cli *, bool writing);
/* "accounts/romashka.yaml", for messages; lives as long as the folder */
const char *folder_path(struct folder *, const char *name);
void folder_end(struct folder *);

/* a section of a document, its value as it is written */
struct section {
	const char *key;
	struct str value;
};

/* one document that comes in for a merge */
struct incoming {
	const char *id;
	struct chunk chunk; /* its bytes live as long as the inbox */
	struct section *section;
	size_t sections;
	struct pairs external;
	size_t number; /* in the stream */
};

struct inbox {
	struct incoming *in; /* by id, those of one id in the order of the stream */
	size_t n, cap;
	struct reader *reader;
	struct arena arena;
};

/* Reads and judges all that comes in; if anything is wrong with it, says so and exits 2. */
void inbox_read(struct inbox *, const struct cli *, char *const *inputs, size_t n, int threads);
void inbox_free(struct inbox *);

/* a unified diff of two texts; NULL bytes stand for no file; safe: fit for a terminal */
void diff_write(FILE *, const char *file, struct str old, struct str new, bool safe);

/* the name of the table nearest to one that it does not know, for "did you mean", or NULL */
const char *name_nearest(const struct fields *, const char *name);

#endif
