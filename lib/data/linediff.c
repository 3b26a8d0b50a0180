/*
 * Lines that stand once in both texts, and in the same order, are common;
 * between two of them the shortest way from one text to the other is looked
 * for, step by step, up to a number of steps.
 */
#include "data/linediff.h"

#include <stdlib.h>

#define STEPS_MAX 1000	       /* lines taken out or put in between two common ones */
#define WORK_MAX (100UL << 20) /* steps times lines */

static size_t
number_of(struct numbers *numbers, const char *text, size_t n)
{
	const char **stored;
	void **place = hash_put(&numbers->by_text, text, n, &stored);
	size_t *number = *place;

	if (!number) {
		*stored = arena_copy(&numbers->arena, text, n);
		number = *place = arena_alloc(&numbers->arena, sizeof *number);
		*number = numbers->n++;
	}
	return *number;
}

struct str
line_core(struct str line)
{
	size_t first = 0;

	while (first < line.n && (line.p[first] == ' ' || line.p[first] == '\t'))
		first++;
	for (size_t i = first + 1; i < line.n; i++) {
		if (line.p[i] == '#' && line.p[first] != '#' && line.p[i - 1] == ' ')
			return (struct str){line.p, i};
	}
	return line;
}

/* the line without blanks and its end */
static size_t
words_of(struct line_ids *ids, struct str line)
{
	buf_clear(&ids->scratch);
	buf_adds(&ids->scratch, "");
	for (size_t i = 0; i < line.n; i++) {
		if (!is_blank(line.p[i]))
			buf_addc(&ids->scratch, line.p[i]);
	}
	return number_of(&ids->words, ids->scratch.data, ids->scratch.len);
}

void
lines_split(struct lines *lines, struct str text, struct line_ids *ids)
{
	size_t count = 1;

	for (size_t i = 0; i < text.n; i++)
		count += text.p[i] == '\n';
	*lines = (struct lines){xcalloc(count, sizeof *lines->v), xcalloc(count, sizeof *lines->id),
				xcalloc(count, sizeof *lines->words), xcalloc(count, sizeof *lines->core), 0};
	words_of(ids, (struct str){"", 0});
	while (text.n > 0) {
		const char *nl = memchr(text.p, '\n', text.n);
		struct str line = {text.p, nl ? (size_t)(nl - text.p) + 1 : text.n};

		lines->id[lines->n] = number_of(&ids->lines, line.p, line.n);
		lines->words[lines->n] = words_of(ids, line);
		lines->core[lines->n] = words_of(ids, line_core(line));
		lines->v[lines->n++] = line;
		text.p += line.n;
		text.n -= line.n;
	}
}

void
lines_free(struct lines *lines)
{
	free(lines->v);
	free(lines->id);
	free(lines->words);
	free(lines->core);
}

struct lines
lines_part(const struct lines *lines, size_t start, size_t n)
{
	return (struct lines){lines->v + start, lines->id + start, lines->words + start, lines->core + start,
			      n};
}

static void
numbers_free(struct numbers *numbers)
{
	hash_free(&numbers->by_text);
	arena_free(&numbers->arena);
}

void
line_ids_free(struct line_ids *ids)
{
	numbers_free(&ids->lines);
	numbers_free(&ids->words);
	buf_free(&ids->scratch);
}

void
hunks_free(struct hunks *hunks)
{
	free(hunks->v);
}

/* n old lines from `old` on, m new ones from `new` on */
struct box {
	size_t old, n;
	size_t new, m;
};

struct diff {
	const size_t *old, *new; /* numbers of the lines */
	bool *gone, *come;	 /* of each old and new line */
};

/* sets aside the common lines at both ends */
static void
trim(const struct diff *d, struct box *box)
{
	while (box->n && box->m && d->old[box->old] == d->new[box->new]) {
		box->old++;
		box->new ++;
		box->n--;
		box->m--;
	}
	while (box->n && box->m && d->old[box->old + box->n - 1] == d->new[box->new + box->m - 1]) {
		box->n--;
		box->m--;
	}
}

static void
mark_all(struct diff *d, const struct box *box)
{
	memset(d->gone + box->old, true, box->n * sizeof *d->gone);
	memset(d->come + box->new, true, box->m * sizeof *d->come);
}

#define UNREACHED (-1)

/*
 * The shortest way by Myers' greedy method: in row d, at k from -d to d, the
 * furthest old line that is reached with d steps where k more old than new
 * lines were passed. All rows are kept for the way back.
 */
struct way {
	const size_t *old, *new;
	long n, m;
	long *row; /* rows of 1, 3, 5 … numbers, one behind another */
	size_t cap;
};

static long *
way_at(const struct way *w, long d, long k)
{
	return &w->row[d * d + d + k];
}

/* where step d begins to follow common lines; *gone: it passed an old line, else a new one */
static long
way_step(const struct way *w, long d, long k, bool *gone)
{
	long old = k > -d ? *way_at(w, d - 1, k - 1) : UNREACHED;
	long new = k < d ? *way_at(w, d - 1, k + 1) : UNREACHED;

	old = old != UNREACHED && old < w->n ? old + 1 : UNREACHED;
	if (new != UNREACHED &&new - k > w->m)
		new = UNREACHED;
	*gone = old > new;
	return old > new ? old : new;
}

/* fills in row d; is the end reached? */
static bool
way_row(struct way *w, long d)
{
	bool gone;

	w->row = vec_grow(w->row, &w->cap, (size_t)((d + 1) * (d + 1)), sizeof *w->row);
	for (long k = -d; k <= d; k++)
		*way_at(w, d, k) = UNREACHED;
	for (long k = -d; k <= d; k += 2) {
		long x = d ? way_step(w, d, k, &gone) : 0;

		if (x == UNREACHED)
			continue;
		while (x < w->n && x - k < w->m && w->old[x] == w->new[x - k])
			x++;
		*way_at(w, d, k) = x;
		if (x == w->n && x - k == w->m)
			return true;
	}
	return false;
}

/* marks the steps of the way back */
static void
way_mark(const struct way *w, long d, bool *gone, bool *come)
{
	long k = w->n - w->m;
	bool old;

	for (; d > 0; d--) {
		long x = way_step(w, d, k, &old);

		if (old)
			gone[x - 1] = true;
		else
			come[x - k - 1] = true;
		k += old ? -1 : 1;
	}
}

/* marks what differs between two common lines */
static void
diff_box(struct diff *d, struct box box)
{
	struct way w = {0};
	size_t most;
	long steps = 0;

	trim(d, &box);
	if (box.n == 0 || box.m == 0) {
		mark_all(d, &box);
		return;
	}
	w = (struct way){d->old + box.old, d->new + box.new, (long)box.n, (long)box.m, NULL, 0};
	most = WORK_MAX / (box.n + box.m);
	most = most < STEPS_MAX ? most : STEPS_MAX;
	while (!way_row(&w, steps)) {
		if ((size_t)++steps > most) {
			mark_all(d, &box);
			free(w.row);
			return;
		}
	}
	way_mark(&w, steps, d->gone + box.old, d->come + box.new);
	free(w.row);
}

/* a line that stands once in both texts */
struct anchor {
	size_t old, new;
	size_t before; /* 1 + number of the anchor before it in the longest chain that ends here; 0: none */
};

/* the anchors, in the order of the old text */
static struct anchor *
find_anchors(const struct diff *d, size_t n, size_t m, size_t numbers, size_t *anchors)
{
	/* how often each line stands in either, 2 for more than once; and where in the new */
	unsigned char *in_old = xcalloc(numbers, 1), *in_new = xcalloc(numbers, 1);
	size_t *place = xcalloc(numbers, sizeof *place);
	struct anchor *anchor = xcalloc(n, sizeof *anchor);

	for (size_t i = 0; i < n; i++)
		in_old[d->old[i]] = in_old[d->old[i]] ? 2 : 1;
	for (size_t j = 0; j < m; j++) {
		in_new[d->new[j]] = in_new[d->new[j]] ? 2 : 1;
		place[d->new[j]] = j;
	}
	*anchors = 0;
	for (size_t i = 0; i < n; i++) {
		size_t line = d->old[i];

		if (in_old[line] == 1 && in_new[line] == 1)
			anchor[(*anchors)++] = (struct anchor){i, place[line], 0};
	}
	free(in_old);
	free(in_new);
	free(place);
	return anchor;
}

/* Keeps the longest chain of anchors that stand in one order in both texts; returns how many. */
static size_t
keep_chain(struct anchor *anchor, size_t n)
{
	/* end[i]: the anchor that ends a chain of i + 1 soonest in the new text */
	size_t *end = xcalloc(n + 1, sizeof *end), length = 0, at, low, high;

	for (size_t i = 0; i < n; i++) {
		for (low = 0, high = length; low < high;) {
			size_t mid = low + (high - low) / 2;

			if (anchor[end[mid]].new < anchor[i].new)
				low = mid + 1;
			else
				high = mid;
		}
		anchor[i].before = low ? end[low - 1] + 1 : 0;
		end[low] = i;
		length += low == length;
	}
	at = length ? end[length - 1] + 1 : 0;
	for (size_t i = length; i-- > 0; at = anchor[at - 1].before)
		end[i] = at - 1;
	for (size_t i = 0; i < length; i++)
		anchor[i] = anchor[end[i]];
	free(end);
	return length;
}

static void
hunks_add(struct hunks *hunks, struct hunk h)
{
	hunks->v = vec_grow(hunks->v, &hunks->cap, hunks->n + 1, sizeof *hunks->v);
	hunks->v[hunks->n++] = h;
}

static void
collect(const struct diff *d, size_t n, size_t m, struct hunks *hunks)
{
	for (size_t i = 0, j = 0; i < n || j < m;) {
		struct hunk h = {i, i, j, j};

		while (h.old_end < n && d->gone[h.old_end])
			h.old_end++;
		while (h.new_end < m && d->come[h.new_end])
			h.new_end++;
		i = h.old_end;
		j = h.new_end;
		if (h.old == h.old_end && h.new == h.new_end) {
			i++;
			j++;
		} else {
			hunks_add(hunks, h);
		}
	}
}

/* numbers: how many numbers there are for a line */
static void
diff_numbers(struct diff *d, size_t n, size_t m, size_t numbers)
{
	struct anchor *anchor;
	struct box box = {0};
	size_t anchors = 0;

	/* a look at all numbers is too much for a few lines */
	anchor = (n + m) * 16 < numbers ? NULL : find_anchors(d, n, m, numbers, &anchors);
	anchors = anchors ? keep_chain(anchor, anchors) : 0;
	for (size_t i = 0; i <= anchors; i++) {
		box.n = (i < anchors ? anchor[i].old : n) - box.old;
		box.m = (i < anchors ? anchor[i].new : m) - box.new;
		diff_box(d, box);
		if (i < anchors)
			box = (struct box){anchor[i].old + 1, 0, anchor[i].new + 1, 0};
	}
	free(anchor);
}

static void
diff_begin(struct diff *d, const size_t *old, size_t n, const size_t *new, size_t m)
{
	*d = (struct diff){old, new, xcalloc(n, sizeof *d->gone), xcalloc(m, sizeof *d->come)};
}

static void
diff_end(struct diff *d)
{
	free(d->gone);
	free(d->come);
}

void
lines_diff(const struct lines *old, const struct lines *new, const struct line_ids *ids, struct hunks *hunks)
{
	struct diff d;

	diff_begin(&d, old->id, old->n, new->id, new->n);
	diff_numbers(&d, old->n, new->n, ids->lines.n);
	collect(&d, old->n, new->n, hunks);
	diff_end(&d);
}

/* the hunk's lines, those of the same core one by one */
static void
refine(struct hunks *fine, const struct hunk *h, const struct lines *old, const struct lines *new,
       const struct line_ids *ids)
{
	struct hunk next = {h->old, h->old, h->new, h->new};
	struct diff d;

	diff_begin(&d, old->core + h->old, h->old_end - h->old, new->core + h->new, h->new_end - h->new);
	diff_numbers(&d, h->old_end - h->old, h->new_end - h->new, ids->words.n);
	while (next.old < h->old_end || next.new < h->new_end) {
		while (next.old_end < h->old_end && d.gone[next.old_end - h->old])
			next.old_end++;
		while (next.new_end < h->new_end && d.come[next.new_end - h->new])
			next.new_end++;
		if (next.old == next.old_end && next.new == next.new_end) {
			next.old_end++;
			next.new_end++;
		}
		hunks_add(fine, next);
		next.old = next.old_end;
		next.new = next.new_end;
	}
	diff_end(&d);
}

void
hunks_refine(struct hunks *hunks, const struct lines *old, const struct lines *new,
	     const struct line_ids *ids)
{
	struct hunks fine = {0};

	for (size_t i = 0; i < hunks->n; i++)
		refine(&fine, &hunks->v[i], old, new, ids);
	hunks_free(hunks);
	*hunks = fine;
}
