/*
 * The account: one client, one YAML document, one file. kam-account(5) is
 * made from the table of its fields, account_fields, which also says who owns
 * each section, and by what its list items are told apart.
 *
 * Owners. What people own, a merge only fills: items with new keys, fields
 * that are absent. What imports own is replaced by key. What kam-score
 * computes is never merged unless asked.
 */
#ifndef KAM_ACCOUNT_H
#define KAM_ACCOUNT_H

#include "data/field.h"

#define ACCOUNT_ID_MAX 100
#define ACCOUNT_CONTACTS_LEAST \
	4 /* people known at a client (S1); for judging a portfolio a model may say otherwise */

/* flags of the top-level fields of account_fields, beside enum field_flag */
enum section_flag {
	SECTION_IMPORTED = 16, /* kept from imports, replaced by key */
	SECTION_COMPUTED = 32, /* kam-score's */
	SECTION_OWN = 64,      /* kam-dossier's, which writes it when a dossier is archived or joined */
	SECTION_FACTS =
	    128, /* fields of its items hold each for itself: no state that they are of together */
	/* 256 to 2048: limits, field.h */
	SECTION_COUNTED = 4096, /* kam-score counts its items: one that stood twice would be two */
};

struct contact {
	const struct node *node;
	const char *id; /* unique inside the account */
	const char *name;
	const char *position;
	const char
	    *function;	  /* purchasing management finance logistics production technical legal clerical hr */
	int level;	  /* 1 clerk … 5 owner or CEO; 0: not known */
	const char *role; /* decider influencer approver user gatekeeper */
	const char *influence;
	const char *stance;
	enum yesno primary; /* the main contact, always told of every other contact (S2) */
	const char *reports_to;
	const char *email;
	const char *phone;
	struct date birthday;	/* year 0 when not given */
	const char *motivation; /* what the bonus depends on (S1) */
	const char *interests;
	const char *values;
	struct date left; /* when the person left the client */
};

/* what the client needs, and our answer (S0) */
struct need {
	const struct node *node;
	const char *what;
	const char *whose;   /* "business", or a contact's id */
	const char *measure; /* by what it is seen to be satisfied */
	const char *answer;
	const char *state; /* "met" or anything else; NULL counts as open */
	struct date asked; /* last */
};

/* one line of a comparison, as the client sees it; 0: not told (S1) */
struct criterion {
	const struct node *node;
	const char *criterion;
	int weight; /* 1 … 5 */
	int us;	    /* 1 … 5 */
	int them;   /* 1 … 5 */
};

struct competitor {
	const struct node *node;
	const char *name;
	struct decimal share;  /* % of the account's purchases, our estimate */
	struct items criteria; /* struct criterion */
};

/* what the client could buy of us in a year */
struct potential {
	const struct node *node;
	int year;
	const char *product;
	const char *division;
	struct decimal amount;
	const char *basis;
	struct date assessed;
};

struct contract {
	const struct node *node;
	const char *id;
	struct date start;
	struct date end;
	struct offset notice; /* before `end` */
	struct decimal value;
	struct decimal discount; /* % */
};

struct proposal {
	const struct node *node;
	struct date approved; /* by the head, before it goes out (S1) */
	struct date sent;
	struct date acknowledged;
	struct date valid_until;
};

struct deal {
	const struct node *node;
	const char *id;
	const char *title;
	const char *stage; /* lead qualified proposal negotiation won lost */
	const char *source;
	struct decimal amount;
	struct decimal probability; /* % */
	struct date opened;
	struct date expected_close;
	struct date closed;
	const char *reason; /* why it was won or lost */
	struct proposal proposal;
	struct date tender; /* when it is held */
};

/* special conditions, what they cost and brought (S0) */
struct programme {
	const struct node *node;
	const char *name;
	struct date start;
	struct date end;
	struct decimal cost;
	struct decimal effect; /* margin */
};

struct project {
	const struct node *node;
	const char *id;
	const char *title;
	struct date start;
	struct date due;
	const char *stage;
	struct date review; /* the next one */
	struct date done;
	const char *result;
};

struct promise {
	const struct node *node;
	const char *id;
	const char *what;
	const char *to; /* a contact's id */
	const char *by; /* who of us */
	struct date due;
	struct date kept; /* unset: not yet */
};

struct plan_goal {
	const struct node *node;
	const char *goal;
	const char *whose; /* ours, theirs */
	const char *measure;
	struct decimal target;
	const char *milestone;
	struct date due;
};

struct plan_action {
	const struct node *node;
	const char *id;
	const char *what;
	const char *owner;
	struct date due;
	struct date done;
};

/* what our work earned or saved the client (S0) */
struct plan_value {
	const struct node *node;
	const char *what;
	struct decimal amount;
	int year;
	enum yesno agreed;
};

struct account_plan {
	const struct node *node;
	int year;
	struct decimal revenue;
	struct decimal margin;
	struct amounts months;	      /* revenue by "2026-11" */
	struct amounts forecast;      /* the same */
	struct items goals;	      /* struct plan_goal */
	struct items actions;	      /* struct plan_action */
	struct items value_to_client; /* struct plan_value */
};

struct complaint {
	const struct node *node;
	const char *id;
	struct date opened;
	struct date answered;
	struct date closed;
	const char *severity; /* low medium high */
	const char *subject;
	const char *cause;
	const char *unit; /* ours, where it came from */
};

struct survey {
	const struct node *node;
	struct date date; /* of the answer, or of sending while there is none */
	const char *kind;
	const char *contact; /* id */
	struct date sent;
	struct decimal score; /* unknown: not answered */
	const char *comment;
};

/* what our people on site were told, and what they propose (S2) */
struct voice {
	const struct node *node;
	struct date date;
	const char *kind;
	const char *contact; /* id */
	const char *by;
	const char *wish;
	const char *proposal;
	struct decimal effect; /* money */
	const char *state;
	struct decimal reward; /* money */
};

struct referral {
	const struct node *node;
	struct date date;
	const char *to; /* the company we were recommended to */
	const char *by; /* a contact's id */
	const char *result;
};

struct news {
	const struct node *node;
	struct date date;
	const char *title;
	const char *about; /* a competitor; NULL: the client itself */
	const char *url;
	const char *source;
	const char *text;
};

/* figures of the client's own business year */
struct financials {
	const struct node *node;
	int year;
	struct decimal revenue;
	int employees;
	struct decimal budget; /* a year, for what we could supply */
};

struct profile {
	const struct node *node;
	const char *industry;
	int industry_rank; /* 1 the largest; 0: not known */
	const char *region;
	const char *goals;
	const char *tasks;
	const char *strategy;
	struct financials financials;
	const char *news_query;
};

/* a check of reputation, credit and payment discipline (S0) */
struct reliability_check {
	const struct node *node;
	struct date date;
	const char *by;
	const char *reputation;
	const char *finances;
	const char *source;
	struct decimal limit; /* of credit */
	struct date next;
};

/* an open or settled claim on the client; money in the account's currency */
struct invoice {
	const struct node *node;
	const char *id; /* unique inside the account */
	struct date date;
	struct date due;
	struct date settled; /* unset while open */
	struct decimal amount;
	struct decimal paid; /* 0 ≤ paid ≤ amount */
};

/* One month of one source. Where only its products were imported, revenue and margin are unknown: what it brought is
 * not told, and it counts as nothing sold. */
struct sale {
	const struct node *node;
	month month;
	const char *source;
	struct decimal revenue; /* net of returns */
	struct decimal margin;
	struct decimal returns; /* ≥ 0 */
	int orders;		/* distinct documents that are not returns */
	unsigned on;		/* bit d: an order on day d */
	struct amounts products;
};

/* an order that was taken */
struct delivery {
	const struct node *node;
	const char *id;
	struct date ordered;
	struct date promised;
	struct date delivered; /* unset while it is not */
	enum yesno in_full;
	const char *refused; /* what could not be supplied, and why */
};

/* one contact with the client */
struct log_entry {
	const struct node *node;
	const char *id; /* in another system; NULL: it comes from none */
	struct date date;
	const char *kind; /* meeting call visit e-mail proposal … */
	const char *by;
	struct texts with; /* ids of contacts */
	const char *about;
	struct date next;
	enum yesno told; /* the main contact knows */
};

/* a follow-up that a person closed or put off */
struct followup_mark {
	const struct node *node;
	const char *key;
	struct date done;
	struct date snoozed; /* until */
	const char *by;
};

struct account {
	const struct node *node;
	const char *id;
	const char *name; /* may be NULL: use account_title */
	struct texts aliases;
	struct pairs external; /* system → code; a system that has several stands several times */
	const char *parent;
	const char *division;
	struct texts key_for;
	const char *manager;
	struct texts team;
	const char *currency; /* ISO 4217; NULL: not stated */
	const char *tier;     /* key large standard prospect; a person's word wins over any proposal */
	struct texts categories;
	struct date quiet_until; /* the client asked for silence; only debts break it */
	struct pairs rules;	 /* rule id → on, off */
	struct profile profile;
	struct account_plan plan;
	struct items reliability; /* struct reliability_check */
	struct items needs;	  /* struct need */
	struct items competitors; /* struct competitor */
	struct items programmes;  /* struct programme */
	struct items projects;	  /* struct project */
	struct items promises;	  /* struct promise */
	struct items complaints;  /* struct complaint */
	struct items surveys;	  /* struct survey */
	struct items voice;	  /* struct voice */
	struct items referrals;	  /* struct referral */
	struct items news;	  /* struct news */
	struct items audit;	  /* struct audit */
	struct items deliveries;  /* struct delivery */
	const struct node *score; /* as kam-score wrote it, or NULL */
	struct items contacts;	  /* struct contact */
	struct items potential;	  /* struct potential */
	struct items contracts;	  /* struct contract */
	struct items deals;	  /* struct deal */
	struct items log;	  /* struct log_entry */
	struct items followups;	  /* struct followup_mark */
	struct items sales;	  /* struct sale */
	struct items invoices;	  /* struct invoice */
};

extern const struct fields account_fields;
/* items of the sections that are imported too */
extern const struct fields contact_fields, competitor_fields, potential_fields, contract_fields, deal_fields,
    complaint_fields, survey_fields, voice_fields, news_fields, log_entry_fields, delivery_fields,
    invoice_fields;

/* Reads the document's account. Findings go to the sink; a missing or bad id is an error. 0, or -1 on any error. */
int account_read(const struct doc *, struct account *, struct arena *, struct sink *);

/* [a-z0-9][a-z0-9._-]{0,99}, so that it is safe as a file's name */
bool account_id_is_valid(const char *);
/* the name, or the id where there is none */
const char *account_title(const struct account *);

/* has an item of this table, which may be NULL, a key? */
bool fields_have_keys(const struct fields *);

/* The key of a list item: its id where its table knows one and it has one, else the FIELD_KEY fields joined by '/',
 * as in "2026-08/1c"; a '/' inside one of several gets a backslash, trailing fields without a value leave no '/'.
 * Empty if the table has no keys or none has a value. */
const char *account_item_key(const struct fields *, const struct node *item, struct arena *);

/* is a survey of that kind, which may be NULL, about whether we would be recommended? */
bool survey_kind_is_nps(const char *kind);
/* the word that people give key accounts */
bool tier_is_key(const char *tier);
/* are its figures told, and not its products alone? */
bool sale_has_figures(const struct sale *);
/* was something ordered: it tells orders, or sold more than was taken back? */
bool sale_has_orders(const struct sale *);
/* bit d: something was ordered on day d; bit 0: something was ordered, and the days are not told. Those of several sources
 * join by |. */
unsigned sale_order_days(const struct sale *);
/* the month's order days, bit d; where no source tells one, its last day stands for them */
unsigned order_days_settled(unsigned joined, month);
/* days past due on `today`, counting a settled invoice to its settlement; 0 if in time or without a due date */
long invoice_days_late(const struct invoice *, struct date today);
/* amount − paid; unknown if the amount is */
struct decimal invoice_open_amount(const struct invoice *);
/* neither won nor lost, and without a day on which it was closed */
bool deal_is_open(const struct deal *);
bool contact_has_left(const struct contact *, struct date today);
/* the last contact made with the client, from the log, not after `today`; unset if there is none */
struct date account_last_contact(const struct account *, struct date today);
/* the main contact: primary, still there; else the first decider, else the first who has not left; or NULL */
const struct contact *account_main_contact(const struct account *, struct date today);
/* Does the main contact (NULL: there is none) know of that contact with the client, as it should of each (S2)? Who took
 * part knows, and who was told. Where the log does not say, nobody was told; yet then only a contact who is marked as
 * the main one is taken for it. */
bool log_entry_is_known(const struct log_entry *, const struct contact *main);
/* contacts that have not left by `today` */
size_t account_contact_count(const struct account *, struct date today);

#endif
