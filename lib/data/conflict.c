#include "data/conflict.h"

#include <string.h>

#define MARK_SIZE 7

/* a line of the character seven times, and then a blank or its end */
static bool
is_mark(const char *line, size_t n, char c)
{
	for (size_t i = 0; i < MARK_SIZE; i++) {
		if (i == n || line[i] != c)
			return false;
	}
	return n == MARK_SIZE || line[MARK_SIZE] == ' ' || line[MARK_SIZE] == '\r';
}

bool
conflict_find(struct str text, size_t *at)
{
	static const char marks[] = "<=>";
	size_t found = 0, n;

	for (size_t line = 0; line < text.n; line += n + 1) {
		const char *end = memchr(text.p + line, '\n', text.n - line);

		n = end ? (size_t)(end - text.p) - line : text.n - line;
		if (!is_mark(text.p + line, n, marks[found]))
			continue;
		if (found++ == 0)
			*at = line;
		if (!marks[found])
			return true;
	}
	return false;
}
