/*
 * What the files of kam-followup share: what one run was asked for, what it
 * follows, and what came of it.
 *
 * In the order of the work: selecting_begin, rules_load, accounts_read,
 * input_judge, list_narrow, output_write.
 */
#ifndef KAM_FOLLOWUP_H
#define KAM_FOLLOWUP_H

#include "base/hash.h"
#include "cli.h"
#include "domain/playbook.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* names, each once, in the order in which they came; those that stand for nothing have the run as their mark */
struct names {
	const char **v;
	size_t n, cap;
	struct hash index; /* name → what it stands for, not NULL */
};

struct select;

/* the accounts that an expression is held against: those read and asked for */
struct selecting {
	struct select *expression; /* NULL: none, and every account is selected */
	bool needs_score;
	size_t accounts;
	size_t unscored; /* those of them that carry no score where it needs one: not selected */
	size_t stale;	 /* those whose score is of a window that ended before the last two full months */
	size_t selected;
};

/* what one run knows */
struct run {
	struct cli *cli;
	struct cli_sink sink;
	struct playbook playbook;
	struct team team;
	struct names calendar; /* → struct calendar, without a day where the playbook has no file */
	struct followup_options when;
	struct names account; /* only these; none: all */
	struct names manager; /* the same */
	struct names rule;    /* the same */
	struct selecting selecting;
	struct names seen;  /* ids of accounts → their file */
	struct names staff; /* who may be asked for as manager */
	struct followups list;
	struct arena arena; /* of all that lasts for the run */
	bool look;	    /* something needs a look */
	bool nobody;	    /* nothing was read that was asked for: that nothing is due cannot be said */
};

/* what the name stands for, or NULL: it is not there */
void *names_get(const struct names *, const char *name);
/* a name that is there already stays as it is; NULL adds nothing; the name is copied into the arena */
void names_add(struct names *, const char *name, const void *value, struct arena *);
void names_free(struct names *);
/* is the name one of those asked for? No names: everything was asked for. */
bool is_asked_for(const struct names *, const char *name);
/* ", did you mean north?" or nothing */
const char *names_meant(const struct names *known, const char *name, struct arena *);

/* takes the expression of --select, NULL: there is none; wrong: exits 2 */
void selecting_begin(struct run *, const char *);
/* is the account one of those selected? */
bool selecting_holds(struct run *, const struct account *);
/* Was an account selected, and could it be? Says what needs a look. */
void selecting_judge(struct run *);

/* The rules of the playbook, by default the built-in one; the team, by default none; the calendars that its managers go
 * by; who may be asked for as manager. What is wrong with them, or a rule asked for that is not there: exits 2. */
void rules_load(struct run *, const char *playbook, const char *team);

/* reads the accounts of the operands and collects what is to be done for those asked for; an input that cannot be
 * read: exits 2 */
void accounts_read(struct run *);
/* Was anything read, and is there what was asked for? Says what is not. */
void input_judge(struct run *);

/* keeps what was asked for: of rules, and of managers who have to do it or are told of it */
void list_narrow(struct run *);
/* the agenda, or one table for programs, on standard output */
void output_write(struct run *, const struct table_options *);

#endif
