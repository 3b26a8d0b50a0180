/*
 * What is wrong with a model beyond the types of its fields: each finding with
 * its place, the text there, and what it goes against, be that built in. Used
 * by model.c and modelcriteria.c only.
 */
#ifndef KAM_MODELCHECK_H
#define KAM_MODELCHECK_H

#include "domain/model.h"

/* a model being judged, with where its findings go */
struct model_check {
	const struct doc *doc;
	struct sink *sink;
	bool failed;
};

/* the entry, or its section where the file does not name the entry */
const struct node *model_place(const struct node *section, const char *name);
/* An error at the node, and the text that it has; where it is none of the words, NULL for no words, what was meant. */
void model_refuse(struct model_check *, const struct node *, const char *const *words, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* a warning at the node: the model can be judged by, and is hardly what was meant */
void model_warn(struct model_check *, const struct node *at, const char *text);
/* is it 0 to 100? */
bool model_is_percentage(const struct decimal *);
/* the entry of the section is 0 to 100, which is `what`: "a percentage" */
void model_check_percentage(struct model_check *, const struct node *section, const char *name,
			    const struct decimal *, const char *what);
/* The first entry of the section is not above the second. Else the error stands where the file names one of them. */
void model_check_order(struct model_check *, const struct node *section, const char *low_name,
		       const struct decimal *low, const char *high_name, const struct decimal *high);
/* no number of the struct, nor of those in it, has so many digits that sums with it would overflow */
void model_check_digits(struct model_check *, const struct fields *, const void *in);

#endif
