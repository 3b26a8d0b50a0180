/*
 * Three-way merge of dossiers: what two sides made of a common base, brought
 * together by keys and not by lines.
 *
 * Names of maps and keys of list items (account_item_key) tell what is what.
 * Each entry is taken from the side that changed it, and where both did, its
 * own entries are looked at; so on down to single texts.
 *  - Both changed one text, and not to the same; one dropped what the other
 *    changed or wrote a comment about; both gave one item another key: a
 *    conflict. Additions and removals are matched by key, wherever they stand.
 *  - Items of lists without keys are told apart by all they say; such lists
 *    are sets. One that was changed is known again by its first text field, or
 *    by half of its fields; words never are.
 *  - A list in which something stands twice is one value, and so are the
 *    figures of a month, which come from one export (sales.h).
 *  - Texts of several lines, in block style in all three, are merged by lines.
 *  - Items are in the order of ours. Those that theirs adds stand by date or
 *    month in lists that have one in their key, behind those of the same date;
 *    else behind the item that they follow in theirs.
 *
 * A comment is about the entry on whose first line it stands, or above which,
 * or about the map or list that it ends. One that a side wrote or changed is in
 * the result once, at what it is about; what both wrote behind one line, or made
 * of one comment, is a conflict. Blank lines and layout are merged by lines,
 * between texts that say the same: base, ours and theirs, each with the merged
 * account spliced in; where that does not do, they are those of one side. The
 * result is read again, and says the merged account and has its comments, or it
 * is not taken: then each section is merged by itself, and those that cannot be
 * are in conflict as a whole.
 */
#ifndef KAM_MERGE3_H
#define KAM_MERGE3_H

#include "data/edit.h"
#include "domain/account.h"

enum merge3_side { MERGE3_BASE, MERGE3_OURS, MERGE3_THEIRS, MERGE3_SIDES };

enum merge3_result {
	MERGE3_DONE,	 /* everything of both is in the result */
	MERGE3_CONFLICT, /* marks as git's stand in the result, or it was merged without being understood */
};

/*
 * Appends the merge of three texts, of which base may be empty, to out. file: for messages. Findings, all errors:
 * "conflict" for each conflict, with its path and both values; "comments" where both changed the same
 * comments; "syntax" where a text is no dossier: then it is merged by lines alone. Between the marks stand as few whole
 * lines as possible, and taking all of either side gives a sound dossier, except after "syntax".
 */
enum merge3_result merge3(const char *file, const struct str text[MERGE3_SIDES], struct buf *out,
			  struct sink *);

#endif
