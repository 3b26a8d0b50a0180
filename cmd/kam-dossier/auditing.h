/*
 * What the parts of kam-dossier audit share.
 */
#ifndef KAM_AUDITING_H
#define KAM_AUDITING_H

#include "domain/audit.h"
#include "dossier.h"

struct auditing {
	struct cli cli;
	const char *dir;      /* of the dossiers */
	const char *supplier; /* file of the supplier's own audits; NULL: there is no workspace */
	enum audit_language language;
	struct table_options table;
	bool replace; /* an audit of the same day is written over */
	struct cli_sink sink;
	struct arena arena;
};

/* one dossier, read and judged; what cannot be read ends the program */
struct audited {
	struct buf bytes;
	struct doc doc;
	struct account account;
};
void audited_read(struct auditing *, struct audited *, const char *id);
void audited_free(struct audited *);

/* the supplier's audits; none where there is no file yet; a wrong one ends the program */
void audit_read_supplier(struct auditing *, struct items *audits);

/* the filled form into the dossier, or the supplier's file; id: NULL, what the form says. The exit status. */
int audit_apply(struct auditing *, const char *form, const char *id);

/* the result of one account */
void audit_show(struct auditing *, const struct account *);
/* the supplier's result, and all accounts in a table; the exit status */
int audit_overview(struct auditing *);

#endif
