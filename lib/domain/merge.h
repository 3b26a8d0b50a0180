/*
 * Merging: what an incoming account brings to a dossier, as edits of the
 * dossier's bytes. Merging the same account again gives no edits.
 *
 * Sections that imports own are replaced item by item, found by key; fields of
 * an item that no table knows are a person's, and stay. Sections
 * that people own are filled: items with new keys, fields that are absent or
 * empty; what a person wrote stays. Lists without keys, of plain words too,
 * are taken only where the dossier has none: what a person took out of them
 * does not come back. Sections that no table knows are added if absent.
 */
#ifndef KAM_MERGE_H
#define KAM_MERGE_H

#include "data/edit.h"
#include "domain/account.h"

/* findings of one document, each of which costs a walk to its line; more of them tell nobody more */
#define MERGE_FINDINGS_MAX 100

struct merge_options {
	const char *const *replace; /* sections taken whole from the incoming account */
	size_t n_replace;
	bool with_score; /* takes what kam-score computed; else it is left out */
	bool kept;	 /* reports where the dossier says something else and keeps it: warnings "kept" */
};

/* Adds the edits that bring `from` into `into`; both documents must outlive them. from has passed account_read and
 * item_keys_check. Findings: warnings "fell" where a month's revenue, or else its margin, falls by more than half, and "kept"; errors
 * "layout" where an imported section is no list; "currency" and "code" where the dossier says another currency, or
 * another code of the same system, unless that section is to be replaced: then there are no edits. 0, or -1 on any
 * error. */
int merge_account(const struct doc *into, const struct doc *from, const struct merge_options *,
		  struct edits *, struct arena *, struct sink *);

/* the edits that make a new dossier of an incoming account */
void merge_new(const struct doc *from, const struct merge_options *, struct edits *, struct arena *);

#endif
