/*
 * What moved between two scores of an account, as their sections score: say,
 * and by which measures its verdicts were moved.
 *
 * A verdict is the mean of its criteria's points by their weights. Each
 * criterion's part of it is its points × its weight ÷ the weights of all that
 * have data; what the part changed by is what it moved. So the parts add up
 * to what the mean moved by, also where data came or went.
 */
#ifndef KAM_SCOREMOVES_H
#define KAM_SCOREMOVES_H

#include "domain/portfolio.h"

/* a section score: as it is written; the strings are borrowed. NULL: not said */
struct score_said {
	bool scored;
	const char *as_of, *model, *basis;
	const char *rate;	    /* from the account's currency to that of the sums */
	const char *text[MEASURES]; /* of the band the present one */
	flag_set flags;
};

/* The section, or NULL. Strings are those of its document, or of the arena. */
void score_said_read(struct score_said *, const struct node *score, struct arena *);
/* What moves by it, in a few hundred bytes of the arena: all but as_of, model and basis. */
struct str score_said_pack(const struct score_said *, struct arena *);
/* the strings are those of the packed bytes */
void score_said_unpack(struct score_said *, struct str packed);

/* the measures that judge an account or put it in a class, what matters most first */
#define SCORE_VERDICTS 9
extern const enum measure_id score_verdicts[SCORE_VERDICTS];
bool score_is_verdict(enum measure_id);
/* were both made by the same model and basis, by their names? */
bool score_is_comparable(const struct score_said *before, const struct score_said *now);
/* the measures that differ, in the order of their table; how many */
size_t score_moved(enum measure_id moved[MEASURES], const struct score_said *before,
		   const struct score_said *now);

/* one criterion of a verdict */
struct score_part {
	enum measure_id of;
	struct decimal before, now; /* points; unknown: the measure had no data */
	struct decimal change;	    /* of the verdict by it, 1 place */
};

struct score_move {
	struct score_part *part; /* those that moved it, the largest first, in the arena */
	size_t n;
	struct decimal rounding; /* what is left to the change of the verdict as it is written, 1 place */
};

/* Why a verdict moved that both scores know. false: the criteria do not give the values that are written, so they were
 * made by others. */
bool score_moved_by(struct score_move *, enum measure_id verdict, const struct items *criteria,
		    const struct score_said *before, const struct score_said *now, struct arena *);
/* What a word that moved goes by: of the measures that it is judged from those that differ, of key those whose line began
 * or ceased to hold. How many. */
size_t score_causes(enum measure_id by[MEASURES], enum measure_id verdict, const struct model *,
		    const struct score_said *before, const struct score_said *now);
/* now − before of a number or an amount; unknown: of another kind, or one is missing */
struct decimal score_change(enum measure_id, const struct score_said *before, const struct score_said *now);

#endif
