/*
 * The parts of a merge by keys. Shared by merge3*.c only.
 */
#ifndef KAM_MERGE3PARTS_H
#define KAM_MERGE3PARTS_H

#include "base/hash.h"
#include "domain/merge3.h"

/* a table by the address of nodes */
void *node_hash_get(const struct hash *, const struct node *);
void **node_hash_put(struct hash *, const struct node *, struct arena *);

/* Names of items without a key. Those that are not here are told by all they say: a name that begins with this byte, as
 * no key does. */
#define NAME_BY_CONTENT '\1'
struct names {
	struct hash by_node;
	struct arena *arena;
};

const char *names_get(const struct names *, const struct node *item);
/* Names the items of ours and theirs by those of base that they were, as far as what they say tells it. */
void names_pair(struct names *, const struct node *const root[MERGE3_SIDES]);
/* Names what is in a value as it is given for another that says the same (merge3_says). */
void names_follow(struct names *, const struct names *given, const struct fields *, const struct node *from,
		  const struct node *to);
void names_put(struct names *, const struct node *item, const char *name);
void names_free(struct names *);

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

/* node: NULL or an empty text has no entries; fields: of the items of a list, or NULL; names: or NULL */
void entries_index(struct entries *, const struct node *, const struct fields *, const struct names *,
		   struct arena *);
const struct entry *entries_get(const struct entries *, const char *key);
void entries_free(struct entries *);
/* all that a value says, and no other value says: what tells it where it has no key */
const char *content_key(const struct node *, struct arena *);

/* The table of an entry's own entries: of a map's names, or of a list's items; NULL: none. */
const struct fields *entry_fields(const struct fields *, const struct node *entry);

/* what an order by date goes by in a list with such a key, or NULL; key: the item's */
const char *item_order(const struct fields *, const struct node *item, const char *key);
/* is it a list that has such an order? */
bool is_ordered(const struct fields *);

/* Where in an account a comment stands. */
enum remark_place {
	REMARK_ABOVE,  /* on lines of its own above what it is about */
	REMARK_BEHIND, /* on the line that this begins on */
	REMARK_LAST,   /* behind the last entry of a map or list, which it is about */
};

struct remark {
	const struct node *node; /* what it is about; the root: the document */
	enum remark_place place;
	const char *about; /* names and keys from the top to the node, the same in all documents */
	const char *id;	   /* about and text in one */
	struct str text;   /* from '#' on, in the document's bytes */
	bool is_fresh;	   /* base has nothing like it */
	bool is_disputed;  /* fresh, and what the other side wrote there instead is fresh too */
};

/* The comments of a document, in its order. */
struct remark_list {
	const struct doc *doc;
	const struct names *names;
	struct remark *v;
	size_t n, cap;
	struct arena *arena;
};

/* How many of one id or text each side has. */
struct remark_count {
	size_t n[MERGE3_SIDES];
	size_t fresh[MERGE3_SIDES];    /* of these, fresh ones */
	size_t disputed[MERGE3_SIDES]; /* of these, disputed ones */
	size_t wanted;		       /* a sum over ids, of a text */
	size_t found;		       /* in the document that is looked at */
};

/* The comments of base, ours and theirs, and what is to become of them. */
struct remarks {
	struct remark_list side[MERGE3_SIDES];
	struct hash by_id, by_text; /* of counts */
	struct hash fresh;	    /* by the address of a value: the first fresh remark in it or about it */
	struct arena *arena;
};

void remark_list_read(struct remark_list *, const struct doc *, const struct names *, struct arena *);
void remark_list_free(struct remark_list *);
/* appends one name or key to such a way */
void remark_add_key(struct buf *about, const char *key);
/* the way of names and keys to a node, as in remark.about */
const char *remark_about(const struct node *, const struct names *, struct arena *);

void remarks_read(struct remarks *, const struct doc[MERGE3_SIDES], const struct names *, struct arena *);
void remarks_free(struct remarks *);
/* a comment of that side in the value, or about it, that base does not have; or NULL */
const struct remark *remarks_fresh(const struct remarks *, const struct node *);
/* Tells of comments that both sides changed, or wrote at one place, if there is a sink; returns how many. */
size_t remarks_disputes(const struct remarks *, const char *file, struct sink *);

/* what a document is to have of the comments */
struct remarks_want {
	struct remarks *of;
	enum merge3_side prefer; /* where both changed a comment */
	bool partial; /* values are in conflict: what this side does not have has its comments with it */
};

/* Are they there, each once, and at what it was written about? names: of the document. */
bool remarks_right(const struct remarks_want *, const struct doc *, const struct names *, struct arena *);
/* Puts what is missing in, and takes out what is too many; to out, which has to be judged. False: there is no place. */
bool remarks_put(const struct remarks_want *, const struct doc *, const struct names *, struct arena *,
		 const char *eol, struct buf *out);

/* the way from the top to a value, put in words only for a conflict */
struct way {
	const struct way *up;	     /* NULL at the top */
	const struct node *entry;    /* of any side */
	const struct fields *fields; /* of the items, if it is one */
	size_t number;		     /* of the item, from 1 */
};

/* three trees to be merged */
struct merge3_job {
	const char *file;
	const struct node *root[MERGE3_SIDES];
	const struct remarks *remarks;
	struct names *names;
	struct arena *arena;
};

/* A merge of three documents, or of one section of each. */
struct merge3_unit {
	const char *file;
	const char *eol;
	struct sink *sink; /* of conflicts, once it is certain that the merge is taken */
	size_t conflicts;  /* 0: all is in ours */
	struct buf ours;   /* the merged text, with what ours has where there is a conflict */
	struct buf theirs; /* the same with what theirs has; empty without conflicts */
};

/* False: it cannot be done so that both texts say the merged account and have all comments. */
bool merge3_unit(struct merge3_unit *, struct doc[MERGE3_SIDES]);
/* The same section by section, to out; those that cannot be merged are between marks as a whole. False: there are
 * conflicts. */
bool merge3_sections(const struct merge3_unit *, const struct doc[MERGE3_SIDES], struct buf *out);

/*
 * The account that base, ours and theirs give, in the arena; where they are in conflict it says what the preferred
 * side says. Conflicts are counted, and put to the sink if there is one. What was named is named in the account too.
 */
struct node *merge3_tree(const struct merge3_job *, enum merge3_side prefer, struct sink *,
			 size_t *conflicts);

/* Puts a conflict: the first field in which ours and theirs differ with both values, or what became of what one of them
 * dropped. v: what the three have there; remark: what the other wrote about what one dropped, or NULL. */
void merge3_report(const struct merge3_job *, struct sink *, const struct way *, const struct fields *,
		   const struct node *const v[MERGE3_SIDES], const struct remark *);
/* A remark's text in quotes. */
void remark_quote(struct buf *, const struct remark *);

/*
 * The document's bytes with edits made, so that it says the account, to out. leave_texts: texts in block style, on both
 * sides, stay as they are. -1: it cannot be done without loss of a comment, or safely.
 */
int merge3_apply(const struct doc *, const struct node *account, const struct names *, bool leave_texts,
		 struct buf *out);

/* do both say the same? In maps, and lists with keys, in any order. */
bool merge3_says(const struct node *, const struct node *, struct arena *);

#endif
