/*
 * Files of a folder, replaced so that nobody ever meets half of one: the new
 * bytes go into a hidden file beside the old one, onto the disk, and then
 * under its name in one step. No link is followed. Signals wait for that step,
 * so that only a killed process or a dead machine leaves such a file behind;
 * atomic_is_leftover knows them by their names.
 *
 * Errors name the file as it is called in the folder; the caller may set a
 * longer name.
 */
#ifndef KAM_ATOMIC_H
#define KAM_ATOMIC_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/error.h"

/* a descriptor of the folder, or -1 */
int folder_open(const char *path, struct error *);

/* Adds the file's bytes to the buffer, *state tells its state then. -1: not there, no plain file (a link, a folder,
 * a pipe), larger than max, not to be read. */
int atomic_read(int folder, const char *name, size_t max, struct buf *, struct stat *state, struct error *);

enum atomic_result {
	ATOMIC_FAILED = -1, /* the error says why; the folder is as before */
	ATOMIC_DONE = 0,
	ATOMIC_CHANGED =
	    1, /* somebody else was faster: the file is not in that state any more, or there is one */
};

/* replaces the file if it is still in that state, keeping its mode and, where allowed, its owner */
enum atomic_result atomic_replace(int folder, const char *name, struct str, const struct stat *state,
				  struct error *);
/* a new file; never over another */
enum atomic_result atomic_create(int folder, const char *name, struct str, struct error *);
/* Gives the file that is in that state another name, in that folder or another of the same file system; never over
 * another file. At every moment it is there under one name or both; called again after a crash between, it goes on. The
 * folders are synchronised. */
enum atomic_result atomic_move(int folder, const char *name, const struct stat *state, int to,
			       const char *to_name, struct error *);
/* takes the file away if it is still in that state */
enum atomic_result atomic_remove(int folder, const char *name, const struct stat *state, struct error *);
/* The file with all that stands in the open file `from`, whatever was there; 0, or -1. */
int atomic_copy(int folder, const char *name, int from, struct error *);
/* the folder's names are on the disk after it; 0, or -1 */
int atomic_sync(int folder, struct error *);

/* is it the name of a file that a killed process left behind? */
bool atomic_is_leftover(const char *name);

#endif
