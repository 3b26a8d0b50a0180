#include "domain/named.h"

#include <stdlib.h>

static int
compare_names(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int
named_join(struct named *v, size_t *n)
{
	size_t joined = 0;
	int status = 0;

	if (*n > 1)
		qsort(v, *n, sizeof *v, compare_names);
	for (size_t i = 0; i < *n; i++) {
		if (joined && strcmp(v[joined - 1].name, v[i].name) == 0)
			status |= decimal_add(&v[joined - 1].amount, &v[joined - 1].amount, &v[i].amount);
		else
			v[joined++] = v[i];
	}
	*n = joined;
	return status;
}

const struct named *
named_find(const struct named *v, size_t n, const char *name)
{
	struct named wanted = {.name = name};

	return n ? bsearch(&wanted, v, n, sizeof *v, compare_names) : NULL;
}
