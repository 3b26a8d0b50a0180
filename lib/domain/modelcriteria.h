/*
 * The parts of a model that judge by measures: criteria, bands, the profile of
 * a key account. Used by model.c only.
 */
#ifndef KAM_MODELCRITERIA_H
#define KAM_MODELCRITERIA_H

#include "domain/modelcheck.h"

extern const struct fields model_criterion_fields, model_known_fields, model_bands_fields, model_field_fields,
    model_key_fields;

/* Finds the measures that the criteria name, and judges what the document says of them; the built-in parts need none. */
void model_criteria_check(struct model *, struct model_check *);

#endif
