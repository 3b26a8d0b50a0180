/*
 * Paths into an account, as people type and read them: names, and keys of
 * list items, with '/' between them:
 *
 *	profile/industry  contacts/volkov/phone  deals/D-88/proposal/sent
 *	sales/2026-08/1c/revenue  external/1c  plan/goals/2/due  aliases/1
 *
 * An item is named by its key (account_item_key), whose parts are joined by
 * '/' too; an item of a list that has no keys by its number, from 1, or by what
 * the first field of its table says: competitors/X/criteria/price/us. '#' and a
 * number name the item of any list. In a name or key a backslash makes '/',
 * '\' and a leading '#' mean themselves; a '/' needs none where the path can
 * mean nothing else, as in contracts/K-2025/117/end. Where one key begins
 * another the longer one is meant, and of several items of one key the first.
 */
#ifndef KAM_PATH_H
#define KAM_PATH_H

#include "domain/account.h"

/* The path of a node of an account's tree, in the arena; "" of the root. Looks at the keys of items on the way, and
 * counts them only where there are none. */
const char *path_of(const struct node *, struct arena *);
/* Appends a part of a path: a name of a map, or an item of a list. fields: of the items, or NULL. number: the item's, from
 * 1, which is told where nothing else names it; 0: it is counted then. */
void path_add_name(struct buf *, const char *name);
void path_add_item(struct buf *, const struct fields *, const struct node *item, size_t number,
		   struct arena *);
/* what an item with this key is called in a path; fields: of the items */
const char *path_item(const struct fields *, const struct node *item, struct arena *);

/*
 * Where a path leads. An item of a list is of a type of its own: a FIELD_MAP
 * called as its table calls it ("contact"), or the type of the list's words.
 */
struct place {
	const struct node *node;     /* what is there; NULL: nothing yet */
	const struct field *type;    /* NULL: no table knows it */
	const struct field *section; /* the top-level field that it is or is in; NULL: no table knows it */
	/* while there is nothing: */
	const struct node *parent; /* the innermost value on the way that is there; a map, a list, or empty */
	const struct fields *in;   /* the table of the parent's names; NULL: they are the user's own */
	const char **name;	   /* names from there on */
	size_t names;
	bool
	    append; /* it is to be one more item of a list of plain words, which bears the last name or is the parent */
};

/* Follows the path. 0: place tells what is there, or where it would stand. -1: it leads nowhere: no such item, a name
 * below what is no map; the error names the place, what is there, and the nearest key. Strings go to the arena. */
int path_find(const struct doc *, const char *path, struct arena *, struct place *, struct error *);

#endif
