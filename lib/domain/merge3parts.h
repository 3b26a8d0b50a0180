/*
 * The parts of a merge by keys. Shared by merge3.c, merge3tree.c,
 * merge3edits.c and merge3entries.c only.
 */
#ifndef KAM_MERGE3PARTS_H
#define KAM_MERGE3PARTS_H

#include "base/hash.h"
#include "domain/merge3.h"

/* The entries of a map or list, found by what tells them apart. */
struct entry {
	const char *key;
	const struct node *node;
	size_t number; /* in the list, from 0 */
};

struct entries {
	struct entry *v;
	size_t n;
	struct hash by_key; /* of the entries */
	bool unique;	    /* no key stands twice */
	bool keyed;	    /* all have a name or a key of their table: their order tells nothing */
};

/* node: NULL or an empty text has no entries; fields: of the items of a list, or NULL */
void entries_index(struct entries *, const struct node *, const struct fields *, struct arena *);
const struct entry *entries_get(const struct entries *, const char *key);
void entries_free(struct entries *);

/* The table of an entry's own entries: of a map's names, or of a list's items; NULL: none. */
const struct fields *entry_fields(const struct fields *, const struct node *entry);

/* what an order by date goes by in a list with such a key, or NULL; key: the item's */
const char *item_order(const struct fields *, const struct node *item, const char *key);
/* is it a list that has such an order? */
bool is_ordered(const struct fields *);

/*
 * The account that base, ours and theirs give, in the arena; where they are in conflict it says what the preferred
 * side says. Conflicts are counted, and put to the sink if there is one.
 */
struct node *merge3_tree(const char *file, const struct node *const root[MERGE3_SIDES],
			 enum merge3_side prefer, struct arena *, struct sink *, size_t *conflicts);

/*
 * The document's bytes with edits made, so that it says the account, to out. leave_texts: texts in block style, on both
 * sides, stay as they are. -1: it cannot be done without loss of a comment, or safely.
 */
int merge3_apply(const struct doc *, const struct node *account, bool leave_texts, struct buf *out);

/* do both say the same? In maps, and lists with keys, in any order. */
bool merge3_says(const struct node *, const struct node *, struct arena *);

#endif
