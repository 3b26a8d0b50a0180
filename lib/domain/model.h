/*
 * The model: the figures by which accounts are judged, kam-model(5). The
 * built-in one is model.yaml beside this file.
 */
#ifndef KAM_MODEL_H
#define KAM_MODEL_H

#include "data/field.h"

struct model_share {
	const struct node *node;
	struct decimal large;	 /* % of the portfolio's margin, from: S1 */
	struct decimal monopoly; /* % of it, above: S1 */
};

struct model_volume {
	const struct node *node;
	struct texts
	    key_band; /* two percentages of sales volume between which key accounts together normally lie: S0 */
	struct decimal band_from;  /* % (derived from key_band) */
	struct decimal band_to;	   /* % (derived) */
	struct decimal dependence; /* %, above: the supplier is dependent: S0 */
};

struct model_abc {
	const struct node *node;
	struct decimal a; /* cumulative % of margin up to which accounts are A */
	struct decimal b; /* … and B */
};

/* marks of the variation of monthly revenue, % of its mean */
struct model_xyz {
	const struct node *node;
	struct decimal x; /* up to which an account is X */
	struct decimal y; /* … and Y */
};

/* net present value of a client: S2 */
struct model_npv {
	const struct node *node;
	struct decimal discount; /* % a year */
	int years;
	const char *retention;	 /* % a year, or "alive" */
	struct decimal retained; /* % (derived); unknown: by alive */
	bool by_alive;		 /* (derived) each account's own chance */
};

struct model_contacts {
	const struct node *node;
	int least; /* S1 */
};

/* A criterion turns a measure into points: `zero` earns 0, `full` 100, linear between them, no more and no less; zero
 * may lie above full. */
struct model_criterion {
	const struct node *node;
	const char *measure;
	struct decimal zero, full;
	struct decimal weight; /* above 0 */
	int of;		       /* (derived) row of the measures */
};

/* how much has to be known for a verdict */
struct model_known {
	const struct node *node;
	struct decimal least; /* % of the weights of its criteria that have data; below, it is not given */
};

struct model_bands {
	const struct node *node;
	struct decimal good;  /* health from which on an account is well */
	struct decimal watch; /* … and from which on it is to be watched; below, it is at risk */
};

/* from where on attractiveness and strength are high: the four fields that they span */
struct model_field {
	const struct node *node;
	struct decimal attractiveness;
	struct decimal strength;
};

#define MODEL_OF_CATEGORY (-1)

/* a line of the profile of a key account */
struct model_key_line {
	const struct node *node;
	const char *measure; /* or "category" */
	struct decimal at_least, at_most;
	struct texts is; /* words, one of which it is to be */
	int of;		 /* (derived) row of the measures, or MODEL_OF_CATEGORY */
};

/* who is key: share alone or a name alone is a known mistake (S1) */
struct model_key {
	const struct node *node;
	int least;	      /* so many lines must hold */
	struct items of;      /* struct model_key_line */
	int most_per_manager; /* key accounts that one manager can serve (S1) */
};

struct model {
	const struct node *node;
	const char *name;     /* "built-in", or the file's name */
	const char *currency; /* of its amounts; NULL: not stated */
	int window;	      /* months that count as now; as many before them are the base for growth */
	struct model_share share;
	struct model_volume volume;
	struct model_abc abc;
	struct model_xyz xyz;
	struct model_npv npv;
	struct model_contacts contacts;
	struct model_known known;
	struct items health;	     /* struct model_criterion */
	struct items attractiveness; /* the same */
	struct items strength;	     /* the same */
	struct model_bands bands;
	struct model_field field;
	struct model_key key;
};

extern const struct fields model_fields;

/* Reads a model (text as from a file) over the built-in one: what it does not name stays built-in. 0, or -1 with findings
 * in the sink. The arena owns the strings and nodes; neither the text nor the file's name need outlive the call. */
int model_read(struct model *, struct str text, const char *file, struct arena *, struct sink *);
/* the built-in model */
void model_builtin(struct model *, struct arena *);

#endif
