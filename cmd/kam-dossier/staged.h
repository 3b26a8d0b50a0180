/*
 * What is staged for a commit: the YAML files of git's index, in a private
 * folder that is the working folder while the program reads them. So every
 * relative path means what it means in the working tree, and messages name
 * files as people know them.
 */
#ifndef KAM_STAGED_H
#define KAM_STAGED_H

#include "cli.h"

struct staged {
	const struct cli *cli;
	int work;	    /* the working folder before */
	const char *folder; /* of the index's files */
	const char *top;    /* of the working tree */
	const char *prefix; /* from there to the working folder: "", or with a '/' at its end */
	struct arena arena;
};

/* Brings the files into the folder and goes into it. The caller goes on in a process of its own; the one that was
 * started waits for it, takes the folder away and ends as it ended. Cannot: exits 2. */
void staged_begin(struct staged *, const struct cli *);
/* reads the settings: those of the index, or where it has none those of the working tree */
void staged_settings(struct staged *, struct cli *);
/* The path of a file: as it stands in the index, or if git does not keep it that in the working tree. */
const char *staged_path(struct staged *, const char *path);
/* does the index have something of that path? */
bool staged_has(struct staged *, const char *path);
void staged_end(struct staged *);

#endif
