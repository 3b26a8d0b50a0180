/*
 * Texts line by line: what differs between two, and the merge of what two made
 * of a third. Knows nothing of what the lines say.
 *
 * Time and memory grow with the lines. Where two texts have too little in
 * common to be compared line by line, what lies between common lines that
 * stand once in both counts as replaced.
 */
#ifndef KAM_LINES_H
#define KAM_LINES_H

#include "base/mem.h"

/* What stands in the place of a conflict. */
enum lines_conflict {
	LINES_MARK, /* both, between git's marks: <<<<<<< ours, =======, >>>>>>> theirs */
	LINES_OURS,
	LINES_THEIRS,
};

/* Which changes do not disturb each other. */
enum lines_nearness {
	LINES_APART, /* those with an unchanged line between them, as git has it */
	/*
	 * Those of neighbouring lines too, for texts that are known to say the same and differ in comments and layout
	 * alone, and whose merge is read again: a change of blanks gives way to another of the same lines; of lines
	 * that both changed each is looked at by itself, and a side that has nothing new there gives way; comments that
	 * both add at one place are both kept, next to the line that follows.
	 */
	LINES_NEAR,
};

/* Appends the merge of what ours and theirs made of base. eol: what the marks' lines end with, and a last line
 * without an end that something follows. Returns the number of conflicts. */
size_t lines_merge(struct str base, struct str ours, struct str theirs, enum lines_nearness,
		   enum lines_conflict, const char *eol, struct buf *out);

/* Appends the lines that two texts have in common, and those that differ between marks. Returns the number of those
 * places. */
size_t lines_mark(struct str ours, struct str theirs, const char *eol, struct buf *out);

#endif
