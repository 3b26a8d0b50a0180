/*
 * How doc_parse reads: first docplain.c, which takes most documents and is
 * several times as fast, then libyaml, which judges all others and says what
 * is wrong. For doc.c, docplain.c and tests that compare the two.
 */
#ifndef KAM_DOCPARSE_H
#define KAM_DOCPARSE_H

#include "data/doc.h"

/* fills in all but the tree, and looks at the bytes; *ascii: nothing else is in them. 0, or -1 with the place */
int doc_begin(struct doc *, const char *file, size_t first_line, struct str bytes, bool *ascii,
	      struct error *);
/* the tree of a doc that has begun, as libyaml has it; no root if it says nothing. 0, or -1 with the place */
int doc_parse_libyaml(struct doc *, bool ascii, struct error *);
/* The same tree without libyaml; false: this document is not for it, and no tree was made. */
bool doc_parse_plain(struct doc *);

/* an entry of the map whose key another one before it has, or NULL */
const struct node *node_repeated(const struct node *map);

#endif
