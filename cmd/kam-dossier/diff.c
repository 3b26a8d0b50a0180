/*
 * A unified diff. Common lines at both ends are set aside; of what is left
 * the longest common subsequence is kept, unless it is too long to compare
 * line by line: then it is shown as taken out and put in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dossier.h"

#define CONTEXT 3
#define COMPARED_MAX (4UL << 20) /* pairs of lines */

struct lines {
	struct str *v; /* with their line ends */
	size_t n, cap;
};

struct diff {
	struct lines old, new;
	bool *gone, *come; /* of each old and new line */
	FILE *out;
	bool safe;
	struct buf line;
};

static void
lines_split(struct lines *lines, struct str text)
{
	while (text.n > 0) {
		const char *nl = memchr(text.p, '\n', text.n);
		size_t n = nl ? (size_t)(nl - text.p) + 1 : text.n;

		lines->v = vec_grow(lines->v, &lines->cap, lines->n + 1, sizeof *lines->v);
		lines->v[lines->n++] = (struct str){text.p, n};
		text.p += n;
		text.n -= n;
	}
}

static bool
is_same(struct str a, struct str b)
{
	return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

/* marks what differs in n old lines and m new ones from there on */
static void
mark(struct diff *d, size_t from, size_t n, size_t m)
{
	unsigned short *length = NULL; /* of what lines from (i, j) on have in common */
	size_t wide = m + 1, i = 0, j = 0;

	if (n > 0 && m > 0 && n <= COMPARED_MAX / m) {
		length = xcalloc((n + 1) * wide, sizeof *length);
		for (i = n; i-- > 0;) {
			for (j = m; j-- > 0;) {
				unsigned short *at = &length[i * wide + j];

				if (is_same(d->old.v[from + i], d->new.v[from + j]))
					*at = (unsigned short)(at[wide + 1] + 1);
				else
					*at = at[wide] > at[1] ? at[wide] : at[1];
			}
		}
	}
	for (i = j = 0; i < n || j < m;) {
		if (length && i < n && j < m && is_same(d->old.v[from + i], d->new.v[from + j])) {
			i++;
			j++;
		} else if (i < n &&
			   (j == m || !length || length[(i + 1) * wide + j] >= length[i * wide + j + 1])) {
			d->gone[from + i++] = true;
		} else {
			d->come[from + j++] = true;
		}
	}
	free(length);
}

static void
diff_mark(struct diff *d)
{
	size_t n = d->old.n, m = d->new.n, from = 0;

	while (from < n && from < m && is_same(d->old.v[from], d->new.v[from]))
		from++;
	while (n > from && m > from && is_same(d->old.v[n - 1], d->new.v[m - 1])) {
		n--;
		m--;
	}
	mark(d, from, n - from, m - from);
}

static void
line_write(struct diff *d, char sign, struct str line)
{
	bool ended = line.p[line.n - 1] == '\n';
	size_t n = ended ? line.n - 1 : line.n;

	buf_clear(&d->line);
	buf_addc(&d->line, sign);
	if (d->safe)
		text_safe(&d->line, line.p, n);
	else
		buf_add(&d->line, line.p, n);
	buf_adds(&d->line, ended ? "\n" : "\n\\ No newline at end of file\n");
	fwrite(d->line.data, 1, d->line.len, d->out);
}

/* is the next change within reach, so that it belongs to the same hunk? */
static bool
goes_on(const struct diff *d, size_t i, size_t j)
{
	for (size_t k = 0; k <= 2 * CONTEXT; k++) {
		if ((i + k < d->old.n && d->gone[i + k]) || (j + k < d->new.n && d->come[j + k]))
			return true;
	}
	return false;
}

static void
range_write(FILE *out, char sign, size_t first, size_t n)
{
	/* an empty range stands after the line it names */
	fprintf(out, "%c%zu,%zu", sign, n ? first + 1 : first, n);
}

/* writes the hunk whose first change is at old line i, new line j, and moves them behind it */
static void
hunk_write(struct diff *d, size_t *i, size_t *j)
{
	size_t before = *i < CONTEXT ? *i : CONTEXT, a = *i - before, b = *j - before, end = *i, end_new = *j,
	       after = 0;

	while (goes_on(d, end, end_new)) {
		if (end < d->old.n && d->gone[end]) {
			end++;
		} else if (end_new < d->new.n && d->come[end_new]) {
			end_new++;
		} else {
			end++;
			end_new++;
		}
	}
	while (after < CONTEXT && end + after < d->old.n)
		after++;
	end += after;
	end_new += after;
	fputs("@@ ", d->out);
	range_write(d->out, '-', a, end - a);
	fputc(' ', d->out);
	range_write(d->out, '+', b, end_new - b);
	fputs(" @@\n", d->out);
	while (a < end || b < end_new) {
		if (a < end && d->gone[a]) {
			line_write(d, '-', d->old.v[a++]);
		} else if (b < end_new && d->come[b]) {
			line_write(d, '+', d->new.v[b++]);
		} else {
			line_write(d, ' ', d->old.v[a++]);
			b++;
		}
	}
	*i = end;
	*j = end_new;
}

static void
name_write(struct diff *d, const char *sign, const char *name)
{
	buf_clear(&d->line);
	buf_adds(&d->line, sign);
	text_safe(&d->line, name, strlen(name));
	buf_addc(&d->line, '\n');
	fwrite(d->line.data, 1, d->line.len, d->out);
}

void
diff_write(FILE *out, const char *file, struct str old, struct str new, bool safe)
{
	struct diff d = {.out = out, .safe = safe};
	size_t i = 0, j = 0;

	lines_split(&d.old, old);
	lines_split(&d.new, new);
	d.gone = xcalloc(d.old.n, sizeof *d.gone);
	d.come = xcalloc(d.new.n, sizeof *d.come);
	diff_mark(&d);
	name_write(&d, "--- ", old.p ? file : "/dev/null");
	name_write(&d, "+++ ", new.p ? file : "/dev/null");
	while (i < d.old.n || j < d.new.n) {
		if ((i < d.old.n && d.gone[i]) || (j < d.new.n &&d.come[j])) {
			hunk_write(&d, &i, &j);
		} else {
			i++;
			j++;
		}
	}
	free(d.old.v);
	free(d.new.v);
	free(d.gone);
	free(d.come);
	buf_free(&d.line);
}
