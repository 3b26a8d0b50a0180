/*
 * Relations: whom of the client's people we know.
 */
#include <string.h>

#include "domain/measuring.h"

void
measure_contacts(struct measuring *m, struct measured *v)
{
	measured_int(v, (long long)account_contact_count(m->account, m->as_of));
}

void
measure_functions(struct measuring *m, struct measured *v)
{
	const char *const *words = field_find(&contact_fields, "function")->words;
	const struct contact *c = m->account->contacts.v;
	unsigned covered = 0;
	int n = 0;

	for (size_t i = 0; i < m->account->contacts.n; i++) {
		if (!c[i].function || (date_is_set(c[i].left) && date_cmp(c[i].left, m->as_of) <= 0))
			continue;
		for (unsigned k = 0; words[k]; k++) {
			if (strcmp(words[k], c[i].function) == 0)
				covered |= 1U << k;
		}
	}
	for (; covered; covered &= covered - 1)
		n++;
	measured_int(v, n);
}

void
measure_industry_rank(struct measuring *m, struct measured *v)
{
	if (m->account->profile.industry_rank)
		measured_int(v, m->account->profile.industry_rank);
	else
		measured_missing(v, "no industry-rank in the profile");
}
