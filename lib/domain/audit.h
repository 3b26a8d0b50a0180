/*
 * The audit of the work with key accounts (S2): 26 questions in seven groups,
 * each answered yes, partly ("could be better") or no, and an action for every
 * weak answer. Four groups are about the supplier and are asked once; three
 * make sense for each client as well.
 *
 * A client's audits stand in its account, the supplier's in a file of the
 * workspace whose only section is such a list:
 *
 *     audit:
 *       - {date: 2026-07-01, answers: {relations.decision: yes, status.rising: no},
 *          actions: [{answer: status.rising, what: quarterly review, owner: north, due: 2026-09-01, done: }]}
 */
#ifndef KAM_AUDIT_H
#define KAM_AUDIT_H

#include "data/field.h"

#define AUDIT_FILE "audit.yaml" /* the supplier's, beside the settings of the workspace */

enum audit_language { AUDIT_EN, AUDIT_RU, AUDIT_LV, AUDIT_LANGUAGES };

struct audit_question {
	const char *id; /* "relations.decision" */
	const char *text[AUDIT_LANGUAGES];
};

struct audit_group {
	const char *id; /* "relations", before the dot of its questions */
	const char *title[AUDIT_LANGUAGES];
	bool of_client; /* asked for each client; else once, of the supplier */
	const struct audit_question *question;
	size_t n;
};

extern const struct audit_group audit_groups[];
extern const size_t n_audit_groups;

/* what usually goes wrong with the organisation of the work, to be watched for beside the audit (S2) */
struct audit_hint {
	const char *text[AUDIT_LANGUAGES];
};
extern const struct audit_hint audit_hints[];
extern const size_t n_audit_hints;

/* "en", "ru", "lv"; 0, or -1 */
int audit_language_parse(const char *, enum audit_language *);
/* NULL: there is none; *group, where not NULL, is the one that it stands in */
const struct audit_question *audit_question_find(const char *id, const struct audit_group **group);
/* the id of a question nearest to one that does not exist, or NULL */
const char *audit_question_nearest(const char *id);

struct audit_action {
	const struct node *node;
	const char *answer; /* the question's id */
	const char *what;
	const char *owner;
	struct date due;
	struct date done;
};

struct audit {
	const struct node *node;
	struct date date;
	struct pairs answers; /* question → yes, partly, no */
	struct items actions; /* struct audit_action */
};

extern const struct fields audit_fields;

/* the answer to a question; NULL: none */
const char *audit_answer(const struct audit *, const char *question);
/* "partly" or "no" */
bool audit_answer_is_weak(const char *answer);

/* how a group, or several, are answered */
struct audit_tally {
	int yes, partly, no;
	int open; /* not answered */
};

/* adds the group's answers; a NULL audit has none */
void audit_count(const struct audit *, const struct audit_group *, struct audit_tally *);
/* Adds how each of two audits answers the questions of the group that both answer: scores of other sets of questions
 * cannot be compared. A NULL audit answers none. */
void audit_compare(const struct audit *now, const struct audit *before, const struct audit_group *,
		   struct audit_tally *now_tally, struct audit_tally *before_tally);
/* 0 … 100, a yes counting 1 and a partly ½ of the questions that were answered, rounded half up; -1: none was */
int audit_score(const struct audit_tally *);

/* the last of the audits by date, up to `today`; NULL: none */
const struct audit *audit_last(const struct items *audits, struct date today);
/* the last one before another */
const struct audit *audit_before(const struct items *audits, const struct audit *);
/* the last of the audits up to `today` that answers the question; NULL: none does */
const struct audit *audit_last_answering(const struct items *audits, const char *question, struct date today);
/* is it longer ago than check_ages allow, or was there none? */
bool audit_is_overdue(const struct audit *last, struct date today);

/* The supplier's audits, read from the text of that file. 0, or -1 with findings; the arena owns the strings and
 * nodes, and neither the text nor the file's name need outlive the call. */
int audit_read(struct items *audits, struct str text, const char *file, struct arena *, struct sink *);

/* A form that people fill in. */
struct audit_form {
	const struct node *node;
	const char *account; /* NULL: the supplier's */
	struct date date;
	struct pairs answers;
	struct items actions; /* struct audit_action */
};

/* Adds a form to be filled: for an account, or with a NULL id the supplier's; beside each question stands its last
 * answer in the audits up to `today`. */
void audit_form_write(struct buf *, enum audit_language, const char *id, const char *title, struct date today,
		      const struct items *audits);

/* Reads a filled form. id: the account that it has to be for, or NULL for what the form says itself. Errors: what is no
 * question or answer, a question of the other form, a date after today, no answer at all, an action without what is
 * to be done. Warnings: a weak answer without an action, an action without owner or day. A date that is absent is
 * today. *open: questions without an answer. 0, or -1 on any error; the strings are the document's. */
int audit_form_read(struct audit_form *, const struct doc *, const char *id, struct date today, size_t *open,
		    struct arena *, struct sink *);

/* the form as an item of a list of audits */
struct node *audit_form_item(struct arena *, const struct audit_form *);

#endif
