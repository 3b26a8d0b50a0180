/*
 * The workspace: the folder in which a team keeps its dossiers, with the
 * settings of kam.yaml at its top. Programs take from it what no option says.
 */
#ifndef KAM_WORKSPACE_H
#define KAM_WORKSPACE_H

#include "data/field.h"

#define WORKSPACE_FILE "kam.yaml"

/* paths are as the working folder sees them; NULL: not set */
struct workspace {
	const struct node *node;
	const char *currency; /* of maps that state none */
	const char *language; /* ru, lv, en */
	const char *accounts; /* folder of the dossiers */
	const char *model;
	const char *playbook;
	const char *team;
	const char *ethics;

	const char *file; /* the settings; NULL: there is no workspace */
	struct arena arena;
};

extern const struct fields workspace_fields;

/* The nearest kam.yaml, in the working folder or above it. 0, also if there is none; or -1 with findings. Free it
 * either way. */
int workspace_find(struct workspace *, struct sink *);
void workspace_free(struct workspace *);

#endif
