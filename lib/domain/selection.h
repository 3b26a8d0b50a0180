/*
 * Selecting accounts: the names that an expression (select.h) can use, and
 * their values of an account that was judged, or that carries its score.
 *
 * Names are the measures (measure.h) and id, name, manager, tier, categories,
 * currency and flags.
 */
#ifndef KAM_SELECTION_H
#define KAM_SELECTION_H

#include "domain/portfolio.h"
#include "domain/select.h"

/* where expressions are explained, for the end of what is wrong with one */
#define SELECTION_MANUAL "see SELECTING in kam-score(1)"

/* NULL: the error says what is wrong; it lives in the arena */
struct select *selection_parse(const char *, struct arena *, struct error *);
/* does it hold for an account of a finished portfolio? */
bool selection_holds(const struct select *, const struct figures *, const struct judgement *);
/* Does it hold for the account as it was read, by the section score: that it carries? What holds for the account that was
 * judged holds for what was written of it. Without a score no measure is known. */
bool selection_holds_account(const struct select *, const struct account *);
/* does it name what is known of an account by its score alone: a measure, or flags? */
bool selection_needs_score(const struct select *);
/* does the account carry a score, whatever is in it? */
bool selection_is_scored(const struct account *);

/* What accounts are to be put in order by: a name; with '-' before it, the other way round. */
struct sort_by {
	size_t name;
	bool reversed;
};

/* 0, or -1: there is no such name, or it is a list */
int sort_by_parse(struct sort_by *, const char *, struct arena *, struct error *);
/* the account's value to be put in order by; texts live as long as the portfolio */
struct select_value sort_value(const struct sort_by *, const struct figures *, const struct judgement *);
/* <0: a comes first. Numbers and dates from the largest, words of measures by their table, texts from A; without a value
 * last, either way. */
int sort_compare(const struct sort_by *, const struct select_value *a, const struct select_value *b);
#endif
