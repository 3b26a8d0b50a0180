/*
 * Running git, without a shell.
 */
#ifndef KAM_GITRUN_H
#define KAM_GITRUN_H

#include "base/mem.h"

/* Runs git in the folder with these arguments, up to a NULL. It reads what stands in the open file `in`, or where that
 * is -1 nothing. Its standard output is added to out without the last line end, its messages are passed on or not. The
 * exit status; -1: there is no git, or it was killed. */
int git_run(int folder, const char *const *args, int in, struct buf *out, bool messages);

#endif
