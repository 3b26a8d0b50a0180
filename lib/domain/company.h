/*
 * Names of companies, and what is left of one when it is compared with
 * another: `ООО «Ромашка»`, `РОМАШКА, ООО` and `Ромашка` are one name.
 */
#ifndef KAM_COMPANY_H
#define KAM_COMPANY_H

#include "base/mem.h"

/* The normalised name, in the arena: folded as by text_fold; words of letters, digits and plus signs with one blank
 * between them; legal forms of Russian, Latvian, English and German companies left out at both ends, however many.
 * A form may have dots and slashes between its letters (О.О.О., A/S), but of two letters with dots only e.K.: these
 * are initials of persons. A name of nothing but forms stays whole, one without words stays as folded, so that only a
 * blank name has an empty key. */
const char *company_name_key(struct arena *, const char *name);

#endif
