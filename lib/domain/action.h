/*
 * Actions: what a rule of the playbook says to do, a text with {fields} that
 * the event fills in.
 */
#ifndef KAM_ACTION_H
#define KAM_ACTION_H

#include "base/hash.h"
#include "domain/playbook.h"

/* what an action is filled from */
struct filling {
	const struct account *account;
	const struct event *event;
	const struct contact *main;  /* the main contact, or NULL */
	const struct hash *contacts; /* id → struct contact */
	struct date today;
};

struct action_field {
	const char *name;
	bool common; /* every event fills it; else those whose trigger says so */
	void (*add)(struct buf *, const struct filling *);
	const char *help; /* one line for the manual */
};

extern const struct action_field action_fields[];
extern const size_t n_action_fields;

/* 0, or -1 with what is wrong: a brace without its pair, a field that the trigger's events do not fill */
int action_check(const char *action, const struct trigger *, struct error *);
/* adds the action, filled; it must have passed action_check */
void action_fill(struct buf *, const char *action, const struct filling *);

#endif
