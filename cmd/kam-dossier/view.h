/*
 * What the verbs that show an account for reading share: their options, the
 * accounts they are given, the pager, and the words for values.
 */
#ifndef KAM_DOSSIER_VIEW_H
#define KAM_DOSSIER_VIEW_H

#include "data/page.h"
#include "dossier.h"

struct people;

/* rows of the options that all of them have, handled by view_option */
#define VIEW_OPTIONS                                                             \
	{'d', "dir", "DIR", DOSSIER_DIR_HELP},                                   \
	    {'w', "width", "COLUMNS", "wrap text to this width; 0: not at all"}, \
	{                                                                        \
		0, "no-pager", NULL, "write straight to the terminal"            \
	}

/* one run of such a verb */
struct view {
	struct cli *cli;
	const char *dir;
	struct page_options page;
	bool no_pager;
	long pager;	    /* its process; 0: none */
	struct page **kept; /* HTML: all of them make one file */
	size_t n_kept, cap;
	struct arena arena; /* of the run */
	/* set for each account in turn */
	const struct account *account;
	const char *file;      /* it stands in; NULL: it came from standard input */
	struct arena *scratch; /* of the account */
	size_t shown;
};

/* the terminal's width and colour; cli_begin was called */
void view_begin(struct view *, struct cli *);
/* handles one of VIEW_OPTIONS; false: it is another's. Wrong: exits 2 */
bool view_option(struct view *, int option, const char *value);
/* Calls `show` for every account of the operands; goes on behind those that are not to be had, and inputs that hold no
 * account. The exit status. */
int view_run(struct view *, char **operands, size_t n, void (*show)(struct view *, void *), void *data);
/* writes the page, or keeps it until all are there, and frees it */
void view_put(struct view *, struct page *);
/* the page's title: the account's name and id */
const char *view_title(const struct view *);

/* Starts a pager for what is written on standard output: $KAM_PAGER, $PAGER, or less; 0: there is none. */
long pager_start(const struct cli *);
/* closes standard output and waits for the pager's end */
void pager_wait(long pager);

/* values as people read them, in the arena; NULL: no value */
const char *say_date(struct arena *, struct date);
const char *say_month(struct arena *, month);
const char *say_decimal(struct arena *, struct decimal, int places);
const char *say_texts(struct arena *, const struct texts *);
/* with the places that it has */
const char *say_exact(struct arena *, struct decimal);
/* digits grouped, and the currency, which may be NULL */
const char *say_money(struct arena *, struct decimal, const char *currency);
/* ": text", or "" where there is none: for the parts of a sentence */
const char *say_after(struct arena *, const char *mark, const char *text);
/* at most so many columns, … where cut; 0: all of it */
const char *say_clipped(struct arena *, const char *, size_t width);
/* part of whole in %, 1 place, or NULL */
const char *say_percent(struct arena *, struct decimal part, struct decimal whole);
/* the contact's name, or the id where there is no such contact or name */
const char *say_contact(const struct account *, const char *id);

/* Parts of a page about an account; each a section of its own, left out when there is nothing to say. */
struct part {
	const struct account *account;
	struct date today;
	struct page *page;
	struct arena *arena;
	size_t limit; /* rows of a table */
	size_t clip;  /* columns of long texts; 0: they are not cut */
	bool terse;   /* a line for each row, and no tables: one page has no room for their heads */
};

/* under a list of people of whom "*" marks the main contact; NULL: there is none */
void part_main_note(struct page *, const struct contact *main);
/* whether all hangs on one contact */
void part_dependence(const struct part *, const struct people *);
void part_facts(const struct part *);
void part_alerts(const struct part *); /* what must be known before anything else */
void part_silence(const struct part *);
void part_overdue(const struct part *);
void part_sales(const struct part *);
void part_contacts(const struct part *); /* who they are and how to reach them */
void part_people(const struct part *);	 /* who they are and what they care about */
void part_birthdays(const struct part *);
void part_log(const struct part *);
void part_needs(const struct part *);
void part_steps(const struct part *); /* actions, promises and the next contact */
void part_goals(const struct part *);
void part_projects(const struct part *); /* that are not done */
void part_deals(const struct part *);	 /* open ones, with their offers */
void part_debts(const struct part *);
void part_deliveries(const struct part *); /* late or not in full */
void part_complaints(const struct part *); /* open ones */
void part_contracts(const struct part *);  /* that have not ended */
void part_competitors(const struct part *);
/* The same in a line each, for one screen; NULL: there is nothing to say. Of several what is worst is named. */
const char *line_tier(const struct part *);
const char *line_manager(const struct part *);
const char *line_industry(const struct part *);
const char *line_main_contact(const struct part *);
const char *line_money(const struct part *);
const char *line_relations(const struct part *); /* how many are for us, and how they judge us */
const char *line_next_step(const struct part *);
const char *line_promises(const struct part *);
const char *line_complaints(const struct part *);
const char *line_debts(const struct part *); /* that are overdue */
const char *line_deliveries(const struct part *);
const char *line_deals(const struct part *);
const char *line_last_contact(const struct part *);
/* says how many rows were left out, and where they are */
void part_left_out(const struct part *, size_t rows, const char *section);

/* a whole section, all that stands in it; its name is one of the account's fields or of the document */
void section_show(struct view *, struct page *, const char *name);
/* sections that have something in them, "contacts 4, needs 2, …" */
const char *section_list(const struct account *, struct arena *);
/* the same but for plain lists of words, in so many columns and lines at most; columns 0: all in one line */
void section_list_put(struct page *, const struct account *, size_t columns, size_t lines, struct arena *);

/* One commit that changed a file. Its day is its author's: on it somebody learned what it says. The committer's day is
 * that of the last rebase or cherry-pick, at which nobody learned anything. */
struct commit {
	const char *hash;
	struct date written;
	const char *author;
	const char *subject;
	const char *path; /* of the file then, from the repository's top */
};

struct commits {
	struct commit *v; /* newest first; the arena's */
	size_t n, cap;
};

/* The commits that changed the file, also under older names. None where there is no git, no repository, or the file is
 * not in it. */
void history_read(const char *file, struct commits *, struct arena *);
/* the file's bytes as of that commit; 0, or -1 */
int history_file(const char *file, const struct commit *, struct buf *);

#endif
