/*
 * What the programs that judge a portfolio share: the model, the window, the
 * reading of all accounts.
 */
#ifndef KAM_SCORE_H
#define KAM_SCORE_H

#include "cli.h"
#include "domain/portfolio.h"
#include "domain/reader.h"

struct score_options {
	const char *model; /* a file; NULL: the built-in one */
	const char *as_of; /* 2026-10-31 or 2026-10; NULL: the last full month before today */
	enum basis basis;
	const char *currency; /* to judge in; NULL: that of the rates, or else of all accounts */
	const char *rates;    /* a file of rates to it; NULL: none */
	int threads;
};

/* Standard input can be read once: as the accounts, the model or the rates. Else exits 2. Before any of them is read. */
void score_check_inputs(const struct cli *, const struct score_options *, char *const *inputs, size_t n);
/* reads the model, of the file or built-in; wrong: exits 2 */
void score_read_model(const struct cli *, const struct score_options *, struct model *, struct arena *);
/* takes the value of --currency; no currency: exits 2 */
void score_set_currency(const struct cli *, struct score_options *, const char *value);
/* reads the rates that the options name, into the arena, for the portfolio begun; wrong, or to another currency: exits
 * 2 */
void score_read_rates(const struct cli *, const struct score_options *, struct portfolio *, struct arena *);
/* Warns, unless quiet, of an npv by measures alive of which there are none. Of a portfolio that was read. */
void score_warn_npv(const struct cli *, const struct portfolio *);
/* begins the portfolio with the window that the options say */
void score_begin(const struct cli *, const struct score_options *, const struct model *, struct portfolio *);
/* Reads every account into the portfolio and finishes it; `each`, if not NULL, sees every document. A document that
 * cannot be used would make every share wrong: all its errors are shown, then exits 2. EXIT_DONE, or EXIT_LOOK when
 * there is no account at all. */
int score_read(const struct cli *, const struct score_options *, struct portfolio *, char *const *inputs,
	       size_t n, void (*each)(void *, const struct reading *), void *data);

#endif
