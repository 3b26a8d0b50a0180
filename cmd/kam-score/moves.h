/*
 * What moved between two scores, as tables. Programs get a row for each thing
 * that moved. People first get the short of it, counts of accounts, and then
 * the accounts that are worth a look: those of which a class or a flag moved,
 * or a verdict by so many points; with all their verdicts that moved, and why.
 */
#ifndef KAM_MOVES_H
#define KAM_MOVES_H

#include "data/table.h"
#include "domain/scoremoves.h"

/* of health, attractiveness and strength, 0 to 100: what people are shown an account for */
#define MOVES_POINTS_LEAST 10

struct moves;

enum moves_word { MOVES_NEW, MOVES_GONE, MOVES_SCORED, MOVES_UNSCORED, MOVES_WORDS };

/* Rows for programs are written at once to standard output, those for people at the end. all: people too see every
 * measure. Model and options are borrowed. */
struct moves *moves_new(const struct model *, const struct table_options *, bool all);
/* an account of one input only; ids live as long as the moves */
void moves_add_word(struct moves *, const char *id, enum moves_word);
/* what moved of an account that is in both */
void moves_add(struct moves *, const char *id, const struct score_said *before, const struct score_said *now);
/* did nothing of what was added move? */
bool moves_are_none(const struct moves *);
/* accounts that moved, and that people are not shown */
size_t moves_hidden(const struct moves *);
/* a line under what people get, when all was added */
void moves_note(struct moves *, const char *text);
/* writes what is not written yet */
void moves_end(struct moves *);
/* verdicts that moved, and to which the model does not come, so that nothing is told of why */
size_t moves_unexplained(const struct moves *);
void moves_free(struct moves *);

#endif
