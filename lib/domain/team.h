/*
 * The team: who manages, who stands in, whose calendar counts. kam-team(5).
 */
#ifndef KAM_TEAM_H
#define KAM_TEAM_H

#include "data/field.h"

struct absence {
	const struct node *node;
	struct date from;
	struct date to; /* inclusive; unset: not known yet */
};

struct manager {
	const struct node *node;
	const char *id;
	const char *name;
	const char *email;
	const char *deputy;   /* id of the manager who stands in (S1) */
	const char *calendar; /* a name in the playbook's holidays */
	struct items absent;  /* struct absence */
};

struct team {
	const struct node *node;
	const char *head;      /* id; where escalations go */
	struct items managers; /* struct manager */
	struct texts members;  /* ids of colleagues who manage no account */
};

extern const struct fields team_fields;

/* 0, or -1 with findings in the sink; a deputy who is no manager and an id given twice are errors. The arena owns
 * the strings and nodes; the text need not outlive the call. */
int team_read(struct team *, struct str text, const char *file, struct arena *, struct sink *);
const struct manager *team_find(const struct team *, const char *id);
/* is it the id of a manager, a member or the head? */
bool team_has(const struct team *, const char *id);
/* the manager's id, or on a day of absence the deputy's, along the chain; the manager's own when all are absent or
 * there is no such manager */
const char *team_on_duty(const struct team *, const char *id, struct date);

#endif
