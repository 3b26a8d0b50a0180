/*
 * What the parts of kam-dossier check share: findings on their way out,
 * documents on their way through threads, and what several documents say
 * against each other.
 */
#ifndef KAM_DOSSIER_CHECK_H
#define KAM_DOSSIER_CHECK_H

#include "base/hash.h"
#include "domain/check.h"
#include "domain/ethics.h"
#include "dossier.h"

/* one place of one file; strings live as long as their document is worked on */
struct finding {
	const struct check_rule *rule;
	size_t line, column;
	const char *text;
};

struct paper;

/* Where findings go: compilers' lines at once, else a table at the end. */
struct report {
	const struct cli *cli;
	bool *off;   /* by the rows of check_rules */
	bool strict; /* warnings are errors */
	bool lines;  /* no table */
	struct table *table;
	struct table_options table_options;
	size_t errors, warnings;
};

/* all rules, as lines */
void report_init(struct report *, const struct cli *);
/* format NULL: lines; none of the known: exits 2 */
void report_begin(struct report *, const char *format);
/* is it asked for, and shown? */
bool report_wants(const struct report *, const struct check_rule *);
bool report_is_warning(const struct report *, const struct check_rule *);
/* a finding, which counts if its rule is asked for */
void report_put(struct report *, const char *file, const struct finding *);
/* the same of an error */
void report_error(struct report *, const char *rule, const struct error *);
/* only the comma-separated rules, and those without which nothing can be checked; an unknown one: exits 2 */
void report_only(struct report *, const char *rules);
void report_without(struct report *, const char *rules);
/* the findings of a document, by their places */
void report_paper(struct report *, struct paper *);
void report_end(struct report *);

/* a code or id that an account claims for itself, or a parent that it names */
struct claim {
	const char *system; /* "" for the id */
	const char *code;
	size_t line, column;
};

/* what is left of a document once it was checked by itself */
struct paper {
	const char *file; /* lives as long as its stream */
	size_t first_line;
	size_t offset, n;     /* of its bytes, in those of the batch */
	struct error *unread; /* it is none, but an input that cannot be read */
	bool parsed;
	size_t root_line, root_column;
	struct claim id;     /* code NULL: it has none */
	struct claim parent; /* the same */
	struct claim *claim; /* codes in other systems */
	size_t claims;
	struct claim *joined; /* accounts that were joined into it */
	size_t joins;
	struct finding *finding;
	size_t findings, findings_cap;
	size_t listed[2], found[2];	      /* findings by severity */
	const struct check_rule *unlisted[2]; /* the first rule of those that are not listed */
};

/* documents that go through the threads together */
struct batch {
	struct buf bytes;
	struct paper *paper;
	size_t n, cap;
	struct arena arena; /* of the papers */
};

/* puts a finding into the paper, unless it has too many of its severity; text is copied */
void paper_put(struct paper *, struct arena *, const struct report *, const struct check_rule *, size_t line,
	       size_t column, const char *text);

/* reading, checking document by document, in threads; check.c takes the papers in their order */
struct check_run {
	const struct check_options *options;
	const struct ethics *ethics; /* NULL: not asked for */
	const struct report *report;
	int threads;
	bool claims_only; /* nothing is checked, but ids and codes are noted */
	void (*take)(void *data, struct paper *, struct arena *);
	void *data;
};
void check_documents(const struct check_run *, struct stream *);

/* the files that checks go by (checkfiles.c); one that cannot be used: exits 2 */
void check_load_team(const struct cli *, const char *file, struct team *, struct buf *text, struct arena *);
/* file: NULL for the built-in words alone */
void check_load_ethics(const struct cli *, const char *file, struct ethics *);

/* what several accounts say against each other */
struct across {
	const struct report *report;
	struct hash by_code; /* struct known, by "system NUL code" */
	struct hash by_id;   /* struct known */
	struct known **known;
	size_t n, cap;
	struct absorbed *absorbed; /* accounts that were joined into others */
	size_t n_absorbed, cap_absorbed;
	struct arena arena;
};

/* notes what the account claims, and what others claimed before it goes into its paper; silent: not an account that is
 * checked */
void across_add(struct across *, struct paper *, struct arena *, bool silent);
/* parents that are not there, and circles of them; whole: those that are not there can be told */
void across_parents(struct across *, struct report *, bool whole);
/* accounts that were joined into another, and are there */
void across_joined(struct across *, struct report *);
void across_free(struct across *);

#endif
