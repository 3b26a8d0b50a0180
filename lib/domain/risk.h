/*
 * Risk: the early signs of a problem client (S1, S4), each worth points. The
 * table of the grounds is in risk.c, and is where a rule is changed; a ground
 * that earns points raises the flag beside it.
 */
#ifndef KAM_RISK_H
#define KAM_RISK_H

#include "domain/flags.h"

/* does the ground that raises this flag earn points? */
bool risk_has(struct measuring *, enum flag_id);

#endif
