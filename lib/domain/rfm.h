/*
 * RFM: recency, frequency and monetary value of the accounts with sales, each
 * by the fifth of these accounts that it stands in.
 */
#ifndef KAM_RFM_H
#define KAM_RFM_H

#include "domain/portfolio.h"

/* Sets figures.rfm: a part of portfolio_finish, when amounts are known. Who takes part has sales in the window, and an
 * order, be it before the window. A digit is 1 + 5 × those with less ÷ all, rounded down: equals have the same. */
void rfm_judge(struct portfolio *);

#endif
