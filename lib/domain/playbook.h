/*
 * The playbook: rules that say what to do when, kam-playbook(5). A rule waits
 * for a trigger: something in the dossier that has a date. The built-in one
 * is playbook.yaml beside this file.
 *
 * When a follow-up is due
 *
 * The trigger's date, `after` later or `before` earlier, is the day; a rule
 * with neither is due on the date itself. Business days are those of the
 * account's manager: without a team or a calendar only weekends are off. An
 * event without a date (a client nobody ever spoke to) is due at once.
 *
 * A rule with `every` falls due again and again for as long as its event is
 * there and not settled; the one listed is the latest that is due by today, so
 * that a debt is one line however long it is open. Where that one is done, the
 * next.
 *
 * What is done, put off, or silent
 *
 * A follow-up's key is "rule:subject:date", the date being the day it fell due
 * ("undated" for an event without one), so that a mark in the dossier closes
 * one occurrence only. Where the subject is the account itself, the key is
 * "rule:date". Putting off one occurrence of a rule with `every` puts off the
 * following ones too, up to that day. Closing a follow-up of last-contact
 * counts as a contact: the rule waits again from the day it was done.
 *
 * What is snoozed until a day, or falls into the silence that the client asked
 * for (quiet-until, which debts break), is due on that day instead.
 */
#ifndef KAM_PLAYBOOK_H
#define KAM_PLAYBOOK_H

#include "domain/account.h"
#include "domain/team.h"

struct escalation {
	const struct node *node;
	struct offset after; /* after the trigger's date */
	const char *to;	     /* "head", or a manager's id */
};

struct rule {
	const struct node *node;
	const char *id;
	const char *on;	    /* name of a trigger */
	const char *unless; /* name of the condition that the trigger knows, or NULL */
	struct offset after;
	const char *before_given; /* before: as it stands, a span of time or "notice" */
	struct offset before;
	bool before_notice;   /* before: notice, the contract's own */
	struct offset every;  /* repeated as long as the condition does not hold */
	struct texts tier;    /* only accounts of these tiers; none: all */
	const char *action;   /* do: text with {fields}, see action.h */
	const char *priority; /* high normal low; NULL: normal */
	struct escalation escalate;
	const struct trigger *trigger; /* found by `on` */
};

struct playbook {
	const struct node *node;
	struct pairs holidays; /* calendar → file, relative to the playbook's folder */
	struct items rules;    /* struct rule; those that this version cannot follow are left out */
};

/* what a trigger found, and what it can say about it in an action */
struct event {
	struct date date;     /* unset: at once */
	const char *subject;  /* what tells it from others of the rule: a deal's id; NULL: the account */
	bool settled;	      /* the trigger's condition holds: nothing to do any more */
	struct offset notice; /* of a contract */
	const struct contact *contact; /* whom it is about; NULL: the main contact */
	const char *deal;	       /* title, or id */
	const char *invoice;
	const char *contract;
	struct decimal amount;
	const struct log_entry *entry; /* of the log */
	size_t contacts;	       /* how many the account has */
	const char *missing;	       /* functions that none of them has */
};

/* A trigger: finds its events in an account. The table of all of them is `triggers`. */
struct trigger {
	const char *name;
	const char *unless; /* the condition it knows, or NULL */
	/* calls `found` for each event, which holds for the call only; today bounds what counts as known */
	void (*each)(const struct account *, struct date today, struct arena *,
		     void (*found)(void *, const struct event *), void *);
	const char *const *says; /* fields of an action that its events fill beside the common ones */
	unsigned flags;
	const char *section; /* its events' subjects are keys of this list's items; NULL: they have none */
	const char *help;    /* one line for the manual */
};

enum trigger_flag {
	TRIGGER_DEBT = 1,     /* breaks a client's silence */
	TRIGGER_LAPSES = 2,   /* what is due before its date is void once that has passed */
	TRIGGER_RESTARTS = 4, /* a follow-up that was done counts as the event */
	TRIGGER_NOTICE = 8,   /* knows `before: notice` */
};

extern const struct trigger triggers[];
extern const size_t n_triggers;
const struct trigger *trigger_find(const char *name);
/* triggers of playbooks that this version does not watch yet, NULL-terminated */
extern const char *const triggers_unwatched[];

extern const struct fields playbook_fields;

/* 0, or -1 with findings in the sink: unknown triggers name the known ones and the nearest. A rule that this version
 * cannot follow (a trigger it does not watch, `if`) is left out with a warning; a playbook with no rule to follow is
 * an error. The arena owns the strings and nodes; the text need not outlive the call. */
int playbook_read(struct playbook *, struct str text, const char *file, struct arena *, struct sink *);
void playbook_builtin(struct playbook *, struct arena *);
/* the calendar's file, or NULL */
const char *playbook_holidays(const struct playbook *, const char *calendar);

/* one thing to do */
struct followup {
	struct date due;       /* the day it is to be done first; not after today: overdue by today − due */
	struct date since;     /* the trigger's own date, which no repetition moves; unset: it has none */
	const char *key;       /* rule:subject:date, stable from day to day until done */
	const char *account;   /* id */
	const char *title;     /* the account's name */
	const char *owner;     /* manager on duty that day, or today if later; NULL: the account has none */
	const char *escalated; /* to whom, or NULL */
	const char *priority;  /* high normal low */
	const char *rule;
	const char *text; /* the action, filled in */
};

struct followup_options {
	struct date today;
	struct date until;	 /* last due day that is listed */
	const struct team *team; /* or NULL */
	/* calendar of a manager, or NULL for weekends only; the function may be NULL too */
	const struct calendar *(*calendar)(void *, const char *manager);
	void *calendar_data;
};

struct followups {
	struct followup *v; /* to be freed */
	size_t n, cap;
};

/* Adds what the playbook asks for this account, which need not outlive the call: the strings go to the arena. */
void followups_collect(struct followups *, const struct playbook *, const struct account *,
		       const struct followup_options *, struct arena *);
/* by due date, priority, account, key */
void followups_sort(struct followups *);

#endif
