/*
 * The people of a client and how they hang together: who reports to whom, who
 * is missing, whom all hangs on, and by whom we come to the decider.
 *
 * A relationship map with the shortest path to the decider is what key account
 * teams look at (S1). The links are `reports-to`, in both directions, and
 * meetings of the log with several of them.
 */
#ifndef KAM_PEOPLE_H
#define KAM_PEOPLE_H

#include "base/hash.h"
#include "domain/account.h"

#define PEOPLE_RECENT_MONTHS 6 /* contacts that count when we ask whom all hangs on */

struct person {
	const char *id;
	const struct contact *contact; /* NULL: somebody reports to this id, and no contact has it */
	struct person *boss;	       /* NULL: nobody */
	struct person *circle;	       /* the boss by the file, at whom a circle was cut open: boss is NULL */
	struct person *first, *last;   /* of those who report to this one, in the order of the file */
	struct person *next;	       /* of those who report to the same one */
	size_t depth;		       /* bosses above */
	bool gone;		       /* left the client */
};

struct people {
	struct person
	    *person; /* contacts in the order of the file, then those that only a reports-to names */
	size_t n;
	size_t contacts;
	struct hash by_id;
};

/* Of contacts without an id nothing can hang. What reports in a circle is cut open above its highest level. The account
 * must outlive it; memory but for by_id is the arena's. */
void people_read(struct people *, const struct account *, struct date today, struct arena *);
void people_free(struct people *);
/* NULL: nobody */
struct person *people_find(const struct people *, const char *id);
/* the name, or the id where there is none */
const char *person_name(const struct person *);
/* The next one of the tree, bosses before those who report to them; from NULL the first, NULL after the last. */
const struct person *people_next(const struct people *, const struct person *);

/* does this one speak for us? champions and supporters do, who have not left */
bool person_is_for_us(const struct person *);
bool person_is_against_us(const struct person *);

enum person_link { LINK_FIRST, LINK_REPORTS, LINK_LEADS, LINK_MET };

/* one person on the way, and how the one before comes to them */
struct route_step {
	const struct person *person;
	enum person_link
	    link; /* the one before reports to this one, leads this one, was at a meeting with this one */
	struct date met; /* LINK_MET: when, the last time */
};

struct route {
	const struct route_step *step; /* the last is whom it leads to */
	size_t n;		       /* 0: there is no way */
	bool friendly;		       /* the first one is for us; else only somebody whom we met */
	bool friends;		       /* somebody is for us, though perhaps linked with nobody on the way */
};

/* The way on which the weights of those passed are least, by their stance; of such the one with the fewest steps. It
 * begins with those who are for us, or where none of them comes there with those we met. Who has left is nobody's
 * way. */
void people_route(const struct people *, const struct account *, const struct person *to, struct date today,
		  struct route *, struct arena *);

/* what somebody in that function, or at the head, looks at when it comes to deciding (S0); "" when it is not told */
const char *contact_concern(const struct contact *);

/* functions and roles of the table of fields, and why each should be known */
struct wanted {
	const char *word;
	const char *why; /* NULL: good to know */
};
#define PEOPLE_FUNCTIONS 9
#define PEOPLE_ROLES 5
extern const struct wanted people_functions[PEOPLE_FUNCTIONS], people_roles[PEOPLE_ROLES];

/* who of those there should be is there */
struct coverage {
	size_t present; /* contacts who have not left */
	size_t function[PEOPLE_FUNCTIONS], role[PEOPLE_ROLES];
	int lowest, highest; /* levels; 0: none is told */
};
void people_coverage(const struct people *, struct coverage *);

/* whom all hangs on */
struct dependence {
	const struct person *only_met; /* all recent contacts were with this one alone; NULL: not so */
	size_t contacts;	       /* recent ones of which the log says with whom */
	struct date since;
	const struct person *only_friend; /* of several the only one who is not against us; NULL: not so */
	const struct person *only_one;	  /* nobody else is known there; NULL: not so */
};
void people_dependence(const struct people *, const struct account *, struct date today, struct dependence *);

/* what is different about one contact */
struct people_change {
	const char *id;
	const char *name;
	const char *field; /* NULL: the contact itself came or went */
	const char *old,
	    *now;	 /* values; NULL: none. Of a contact that came or went, one of them is its position */
	bool came, went; /* into the dossier, out of it */
};

struct people_changes {
	struct people_change *v; /* the arena's */
	size_t n;
};

/* by the order of the file, who went last */
void people_compare(const struct account *old, const struct account *now, struct people_changes *,
		    struct arena *);

#endif
