/*
 * Changing dossiers by hand: the order of the work that the verbs share. The
 * folder is locked, the dossier read and judged, the verb makes its edits,
 * what comes of them is judged again, and only then takes the file's place, if
 * nobody saved another meanwhile; else all of it is done again.
 *
 * Whatever cannot be done is said and ends the program with status 2.
 */
#ifndef KAM_CHANGE_H
#define KAM_CHANGE_H

#include <sys/stat.h>

#include "base/atomic.h"
#include "data/edit.h"
#include "domain/path.h"
#include "dossier.h"

#define CHANGE_TRIES 3 /* a dossier that somebody saves meanwhile is read again so often */

struct change {
	const struct cli *cli;
	struct folder folder;
	bool dry;		 /* nothing is written, differences are shown */
	bool tells_changes_only; /* no word of dossiers that stay the same */
	bool in_steps;		 /* the verb changes several things; begun again, it goes on where it ended */
	const char *tells_rule;	 /* the verb tells itself what this rule of check would warn of; NULL: none */
	bool has_force;	     /* the verb has --force, which makes also what kam-dossier check would refuse */
	bool force;	     /* and it was given */
	bool compares;	     /* a new code or parent is held against the other dossiers of the folder */
	struct judge *judge; /* made when it is needed */
};

/* what is wrong with a document, without the numbers of items, which a change may move */
struct faults {
	char **text;
	size_t n, cap;
};

/* A dossier while it is changed: as it is, and as it will be. */
struct draft {
	const char *id;	  /* as its file is called */
	const char *name; /* of its file */
	const char *path; /* for messages */
	struct buf bytes;
	struct stat state; /* of the file when it was read */
	struct doc doc;
	struct account account;
	struct faults faults;	  /* of reading it */
	const struct draft *also; /* comes into it, with mistakes that are not new either; or NULL */
	struct edits edits;	  /* the verb's */
	struct buf result;
	struct arena arena; /* of all this */
};

/* makes the edits, or says why it cannot and exits */
typedef void change_fn(struct change *, struct draft *, void *data);

/* the folder, locked and listed */
void change_begin(struct change *, const struct cli *, const char *dir, bool dry);
void change_end(struct change *);

/* Changes the account's dossier; false: there is nothing to change in it. Says which, unless quiet. */
bool change_run(struct change *, const char *id, change_fn *fn, void *data);

/* the parts of it, for verbs that work on several files */

/* Reads the file of the id, which must say the id `says`; its mistakes are said, unless it is read again. */
void draft_read(struct change *, struct draft *, const char *id, const char *says, bool again);
/* Makes the result of the edits; false: it would be the same. Exits if it would have mistakes that were not there. */
bool draft_make(struct change *, struct draft *);
/* Puts the result in the file's place, or shows the difference; false: somebody saved another file meanwhile. */
bool draft_write(struct change *, struct draft *);
void draft_free(struct draft *);

/* is there a dossier of that id? Exits where it is no id. */
bool change_has(struct change *, const char *id);
/* there is none: says which could be meant */
_Noreturn void change_missing(struct change *, const char *id);
/* gives the file its new name, or only says so when dry; false: somebody saved another meanwhile */
bool draft_move(struct change *, struct draft *, int to, const char *to_name, const char *to_path);
/* somebody saves the file again and again */
_Noreturn void change_give_up(const struct change *, const char *path);

/* Judging (judge.c) */

void judge_free(struct judge *);
void faults_free(struct faults *);
/* reads the draft's document into its account and collects what is wrong with it; say: says it too */
void judge_draft(const struct change *, struct draft *, bool say);
/* Says what the result has against it that the draft had not: mistakes of reading, and what kam-dossier check finds.
 * Exits where there are errors, those of check unless forced. */
void judge_result(struct change *, struct draft *);
/* Exits where the draft claims a code that another dossier of the folder has, or would be in a circle of parents; unless
 * forced. */
void judge_claims(struct change *, struct draft *);

/* what a dossier of the folder claims, as others may not */
struct claimant {
	const char *name; /* of its file */
	const char *path;
	const char *id;	       /* its file's name without the suffix */
	const char *parent;    /* or NULL */
	struct claimant *next; /* with the same code */
	size_t line;	       /* of the code */
};

/* What the dossiers of a folder claim. */
struct claims {
	struct claimant **v;
	size_t n, cap;
	struct hash by_id;
	struct hash by_code; /* "system NUL code" to the claimants of it */
	size_t unread;	     /* files that cannot be read, as was said */
	const struct cli *cli;
	struct arena arena;
};
void claims_read(struct change *, struct claims *);
/* who claims the code, or NULL */
const struct claimant *claims_find(const struct claims *, const char *system, const char *code);
/* does the account roll up to the other, over any others, when its parent is this one? */
bool claims_reach(const struct claims *, const char *parent, const char *other);
void claims_free(struct claims *);

/* Accounts that roll up to the old id, and are to roll up to the new one. */
struct parents {
	const char *old;
	const char *new;
	const char **child; /* ids */
	size_t n;
	struct claims claims;
};
/* looks for them; exits where a dossier of the folder cannot be read */
void parents_find(struct change *, struct parents *, const char *old, const char *new);
/* Exits where one of the two rolls up to the other or to itself, over any others. */
void parents_refuse_circle(const struct change *, const struct parents *);
void parents_change(struct change *, struct parents *);
void parents_free(struct parents *);
/* does the dossier's file say that text in the field? 1, 0, or -1: it cannot be read, as was said */
int change_says(struct change *, const char *name, const char *field, const char *text);
/* sets a scalar to an id, in quotes if it was so */
void draft_put_id(struct draft *, const struct node *, const char *id);
/* says what happened to a file, unless quiet: "accounts/x.yaml: changed" */
void change_say(const struct change *, const char *path, const char *what, const char *would);
/* an error at a node of the dossier, then the end */
_Noreturn void draft_fail(const struct change *, const struct draft *, const struct node *, const char *fmt,
			  ...) __attribute__((format(printf, 4, 5)));

/* Refuses what people do not change by hand: what imports bring and scores compute, unless forced, and the id. */
void change_guard(const struct change *, const struct draft *, const struct place *, bool force);
/* Refuses a name that no table knows and that is not there yet, and names the nearest. */
void change_guard_name(const struct change *, const struct draft *, const struct place *, const char *path);
/* Refuses to drop what is not there under a name that no table knows: a slip of the pen. */
void change_guard_drop(const struct change *, const struct draft *, const struct place *, const char *path);
/* Adds the item to the list at the place, in order; an equal one that is there is left alone, another of the same key
 * refused. */
void change_add(struct change *, struct draft *, const struct place *, const char *path, struct node *item);
/* checks a made value, and exits if it is none of the field's */
void change_check(const struct change *, struct draft *, const struct place *, const char *path,
		  const struct node *value);

/* what a path names; wrong: exits */
void change_find(const struct change *, struct draft *, const char *path, struct place *);
/* a date, or as an offset how long after today: 3bd, 1w; wrong: exits */
struct date change_day(const struct cli *, const char *what, const char *text);
/* the day as a value, in the arena */
const char *change_day_text(struct arena *, struct date);
/* who changes: $KAM_USER, or NULL */
const char *change_user(void);

#endif
