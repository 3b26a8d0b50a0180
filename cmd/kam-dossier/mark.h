/*
 * What the files of kam-dossier done and snooze share.
 */
#ifndef KAM_MARK_H
#define KAM_MARK_H

#include "change.h"
#include "domain/playbook.h"

struct marking {
	char *const *key;
	size_t keys;
	const char *field; /* done, snoozed */
	const char *day;
	const char *by;
	bool force; /* keys are taken as they are */
	struct playbook playbook;
};

/* the playbook of the workspace, or the built-in one; cannot: exits 2 */
void marking_load(struct marking *, const struct cli *, struct arena *);
/* Exits where the key's rule is not in the playbook, or what it names not in the dossier, with the nearest key. */
void marking_check(const struct change *, struct draft *, const struct marking *, const char *key);

#endif
