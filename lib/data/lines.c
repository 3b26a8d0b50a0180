#include "data/lines.h"

#include <stdlib.h>

#include "data/linediff.h"

#define TAILS_MAX 100 /* lines of base among which a comment is looked for */

/* lines [start, end) of a text */
struct run {
	const struct lines *text;
	size_t start, end;
};

struct merge {
	struct lines base, ours, theirs;
	struct hunks by_ours, by_theirs; /* what each made of base */
	enum lines_nearness nearness;
	enum lines_conflict conflict;
	const char *eol;
	struct buf *out;
	size_t begun; /* where the result begins in out */
	struct line_ids ids;
	size_t *stamped, stamp; /* by words: the lines that are looked for bear this number */
	size_t conflicts;
};

static size_t
run_count(const struct run *run)
{
	return run->end - run->start;
}

static void
put(struct merge *m, struct str line)
{
	if (m->out->len > m->begun && m->out->data[m->out->len - 1] != '\n')
		buf_adds(m->out, m->eol);
	buf_add(m->out, line.p, line.n);
}

static void
put_run(struct merge *m, const struct run *run)
{
	for (size_t i = run->start; i < run->end; i++)
		put(m, run->text->v[i]);
}

static void
put_mark(struct merge *m, const char *mark)
{
	put(m, (struct str){mark, strlen(mark)});
	buf_adds(m->out, m->eol);
}

static void
put_marked(struct merge *m, const struct run *ours, const struct run *theirs)
{
	put_mark(m, "<<<<<<< ours");
	put_run(m, ours);
	put_mark(m, "=======");
	put_run(m, theirs);
	put_mark(m, ">>>>>>> theirs");
}

static bool
run_equal(const struct run *a, const struct run *b)
{
	if (run_count(a) != run_count(b))
		return false;
	for (size_t i = 0; i < run_count(a); i++) {
		if (a->text->id[a->start + i] != b->text->id[b->start + i])
			return false;
	}
	return true;
}

/* the same but for blanks and line ends? */
static bool
run_alike(const struct run *a, const struct run *b)
{
	size_t i = a->start, j = b->start;

	for (;; i++, j++) {
		while (i < a->end && a->text->words[i] == 0)
			i++;
		while (j < b->end && b->text->words[j] == 0)
			j++;
		if (i == a->end || j == b->end)
			return i == a->end && j == b->end;
		if (a->text->words[i] != b->text->words[j])
			return false;
	}
}

static char
first_byte(struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (!is_blank(line.p[i]))
			return line.p[i];
	}
	return '\0';
}

/* nothing but comments and blank lines? */
static bool
run_is_comment(const struct run *run)
{
	for (size_t i = run->start; i < run->end; i++) {
		if (run->text->words[i] && first_byte(run->text->v[i]) != '#')
			return false;
	}
	return true;
}

/* is there a line of nothing but a comment? */
static bool
has_comment(const struct run *run)
{
	for (size_t i = run->start; i < run->end; i++) {
		if (first_byte(run->text->v[i]) == '#')
			return true;
	}
	return false;
}

static void
put_conflict(struct merge *m, const struct run *ours, const struct run *theirs)
{
	m->conflicts++;
	if (m->conflict == LINES_MARK)
		put_marked(m, ours, theirs);
	else
		put_run(m, m->conflict == LINES_OURS ? ours : theirs);
}

static void
stamp(struct merge *m, const struct run *run)
{
	m->stamp++;
	for (size_t i = run->start; i < run->end; i++)
		m->stamped[run->text->words[i]] = m->stamp;
}

/* were all of them stamped? then base has them there, but for blanks */
static bool
is_old(const struct merge *m, const struct run *run)
{
	for (size_t i = run->start; i < run->end; i++) {
		if (m->stamped[run->text->words[i]] != m->stamp)
			return false;
	}
	return true;
}

/* Can what both added be kept, one behind the other? Comments can; one next to the line that follows belongs to it, so it
 * comes last. */
static bool
put_comments(struct merge *m, const struct run *base, const struct run *ours, const struct run *theirs)
{
	bool comment = run_is_comment(ours), comments = comment && run_is_comment(theirs);
	bool last = comment && !comments;

	if (comments ? has_comment(base) : run_count(base) || !(comment || run_is_comment(theirs)))
		return false;
	put_run(m, last ? theirs : ours);
	put_run(m, last ? ours : theirs);
	return true;
}

/* what stands behind the line's core: its comment and end */
static struct str
tail_of(struct str line)
{
	size_t n = line_core(line).n;

	while (line.n > n && is_blank(line.p[line.n - 1]))
		line.n--;
	return (struct str){line.p + n, line.n - n};
}

static bool
has_tail(const struct run *run, struct str tail)
{
	for (size_t i = run->start; i < run->end; i++) {
		if (str_equal(tail_of(run->text->v[i]), tail))
			return true;
	}
	return false;
}

/* Lines that differ in the comments behind them alone, while base has other lines there: the comment that base does not
 * have is the one that was changed. */
static bool
put_tails(struct merge *m, const struct run *base, const struct run *ours, const struct run *theirs)
{
	size_t n = run_count(ours);

	if (n != run_count(theirs) || run_count(base) > TAILS_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t a = ours->start + i, b = theirs->start + i;

		if (ours->text->core[a] != theirs->text->core[b] ||
		    has_tail(base, tail_of(ours->text->v[a])) == has_tail(base, tail_of(theirs->text->v[b])))
			return false;
	}
	for (size_t i = 0; i < n; i++) {
		struct str line = ours->text->v[ours->start + i];

		put(m, has_tail(base, tail_of(line)) ? theirs->text->v[theirs->start + i] : line);
	}
	return true;
}

/* A piece in which ours and theirs differ. A side that has nothing new there has left it alone, or taken something
 * out. */
static void
put_piece(struct merge *m, const struct run *base, const struct run *ours, const struct run *theirs)
{
	bool ours_old = is_old(m, ours), theirs_old = is_old(m, theirs);

	if (ours_old && theirs_old && run_count(ours) && run_count(theirs))
		put_conflict(m, ours, theirs);
	else if ((theirs_old && (!ours_old || !run_count(ours))) || run_alike(ours, theirs))
		put_run(m, ours);
	else if (ours_old)
		put_run(m, theirs);
	else if (!put_comments(m, base, ours, theirs) && !put_tails(m, base, ours, theirs))
		put_conflict(m, ours, theirs);
}

/* what ours and theirs have in common, and their pieces between that one by one */
static void
put_pieces(struct merge *m, const struct run *base, const struct run *ours, const struct run *theirs)
{
	struct lines a = lines_part(ours->text, ours->start, run_count(ours));
	struct lines b = lines_part(theirs->text, theirs->start, run_count(theirs));
	struct hunks hunks = {0};
	size_t at = 0;

	stamp(m, base);
	lines_diff(&a, &b, &m->ids, &hunks);
	for (size_t i = 0; i < hunks.n; i++) {
		const struct hunk *h = &hunks.v[i];

		put_run(m, &(struct run){&a, at, h->old});
		put_piece(m, base, &(struct run){&a, h->old, h->old_end},
			  &(struct run){&b, h->new, h->new_end});
		at = h->old_end;
	}
	put_run(m, &(struct run){&a, at, a.n});
	hunks_free(&hunks);
}

/* Both changed these lines. What they begin and end with alike is no matter of dispute. */
static void
put_both(struct merge *m, struct run ours, struct run theirs)
{
	struct run same = ours;

	while (run_count(&ours) && run_count(&theirs) &&
	       ours.text->id[ours.start] == theirs.text->id[theirs.start]) {
		put(m, ours.text->v[ours.start++]);
		theirs.start++;
	}
	while (run_count(&ours) && run_count(&theirs) &&
	       ours.text->id[ours.end - 1] == theirs.text->id[theirs.end - 1]) {
		ours.end--;
		theirs.end--;
	}
	put_conflict(m, &ours, &theirs);
	same.start = ours.end;
	put_run(m, &same);
}

static bool
is_before(const struct hunk *a, const struct hunk *b)
{
	return a->old < b->old || (a->old == b->old && a->old_end < b->old_end);
}

/* is one of the lines, blank ones aside, among those that were stamped? */
static bool
has_stamped(const struct merge *m, const struct run *run)
{
	for (size_t i = run->start; i < run->end; i++) {
		if (run->text->words[i] && m->stamped[run->text->words[i]] == m->stamp)
			return true;
	}
	return false;
}

/* did both put in the same line? */
static bool
put_same(struct merge *m, const struct hunk *ours, const struct hunk *theirs)
{
	stamp(m, &(struct run){&m->ours, ours->new, ours->new_end});
	return has_stamped(m, &(struct run){&m->theirs, theirs->new, theirs->new_end});
}

/* Does a hunk disturb what was made of lines [start, end) of base, which ends with the hunk `last` of the other side, if
 * any? by_ours: it is one of ours. */
static bool
disturbs(struct merge *m, const struct hunk *h, bool by_ours, const struct hunk *last, size_t start,
	 size_t end)
{
	if (h->old != end || m->nearness == LINES_APART)
		return h->old <= end;
	if (start == end && h->old_end == end)
		return true;
	return last && last->old_end == end && (by_ours ? put_same(m, h, last) : put_same(m, last, h));
}

/* the hunks that belong together, from i and j on, which move behind them; *end: where in base they end */
static void
gather(struct merge *m, size_t first_i, size_t *i, size_t first_j, size_t *j, size_t start, size_t *end)
{
	bool more = true;

	while (more) {
		const struct hunk *a = *i < m->by_ours.n ? &m->by_ours.v[*i] : NULL,
				  *b = *j < m->by_theirs.n ? &m->by_theirs.v[*j] : NULL;

		more = false;
		if (a && disturbs(m, a, true, *j > first_j ? &m->by_theirs.v[*j - 1] : NULL, start, *end)) {
			*end = a->old_end > *end ? a->old_end : *end;
			++*i;
			more = true;
		} else if (b &&
			   disturbs(m, b, false, *i > first_i ? &m->by_ours.v[*i - 1] : NULL, start, *end)) {
			*end = b->old_end > *end ? b->old_end : *end;
			++*j;
			more = true;
		}
	}
}

/* lines [start, end) of base as the other text has them; hunks [first, last) are those inside */
static struct run
run_of(const struct lines *text, const struct hunks *hunks, size_t first, size_t last, size_t start,
       size_t end)
{
	/* base's line `old` is the text's line `new` behind a hunk */
	size_t old = first ? hunks->v[first - 1].old_end : 0, new = first ? hunks->v[first - 1].new_end : 0;
	struct run run = {text, new + (start - old), 0};

	old = last ? hunks->v[last - 1].old_end : 0;
	new = last ? hunks->v[last - 1].new_end : 0;
	run.end = new + (end - old);
	return run;
}

static void
merge_hunks(struct merge *m, size_t i, size_t i_end, size_t j, size_t j_end, size_t start, size_t end)
{
	struct run base = {&m->base, start, end};
	struct run ours = run_of(&m->ours, &m->by_ours, i, i_end, start, end);
	struct run theirs = run_of(&m->theirs, &m->by_theirs, j, j_end, start, end);

	if (j == j_end || run_equal(&ours, &theirs))
		put_run(m, &ours);
	else if (i == i_end)
		put_run(m, &theirs);
	else if (m->nearness == LINES_APART)
		put_both(m, ours, theirs);
	else if (run_alike(&ours, &base))
		put_run(m, &theirs);
	else if (run_alike(&theirs, &base))
		put_run(m, &ours);
	else
		put_pieces(m, &base, &ours, &theirs);
}

static void
merge_lines(struct merge *m)
{
	size_t i = 0, j = 0, at = 0;

	while (i < m->by_ours.n || j < m->by_theirs.n) {
		const struct hunk *first = i < m->by_ours.n ? &m->by_ours.v[i] : NULL,
				  *other = j < m->by_theirs.n ? &m->by_theirs.v[j] : NULL;
		size_t i_end = i, j_end = j, end;

		if (!first || (other && is_before(other, first)))
			first = other;
		end = first->old_end;
		put_run(m, &(struct run){&m->base, at, first->old});
		/* the first of them is taken in any case */
		if (first == other)
			j_end++;
		else
			i_end++;
		gather(m, i, &i_end, j, &j_end, first->old, &end);
		merge_hunks(m, i, i_end, j, j_end, first->old, end);
		at = end;
		i = i_end;
		j = j_end;
	}
	put_run(m, &(struct run){&m->base, at, m->base.n});
}

size_t
lines_merge(struct str base, struct str ours, struct str theirs, enum lines_nearness nearness,
	    enum lines_conflict conflict, const char *eol, struct buf *out)
{
	struct merge m = {
	    .nearness = nearness, .conflict = conflict, .eol = eol, .out = out, .begun = out->len};

	lines_split(&m.base, base, &m.ids);
	lines_split(&m.ours, ours, &m.ids);
	lines_split(&m.theirs, theirs, &m.ids);
	lines_diff(&m.base, &m.ours, &m.ids, &m.by_ours);
	lines_diff(&m.base, &m.theirs, &m.ids, &m.by_theirs);
	if (nearness == LINES_NEAR) {
		hunks_refine(&m.by_ours, &m.base, &m.ours, &m.ids);
		hunks_refine(&m.by_theirs, &m.base, &m.theirs, &m.ids);
	}
	m.stamped = xcalloc(m.ids.words.n, sizeof *m.stamped);
	merge_lines(&m);
	free(m.stamped);
	line_ids_free(&m.ids);
	lines_free(&m.base);
	lines_free(&m.ours);
	lines_free(&m.theirs);
	hunks_free(&m.by_ours);
	hunks_free(&m.by_theirs);
	return m.conflicts;
}

size_t
lines_mark(struct str ours, struct str theirs, const char *eol, struct buf *out)
{
	struct merge m = {.eol = eol, .out = out, .begun = out->len};
	size_t at = 0;

	lines_split(&m.ours, ours, &m.ids);
	lines_split(&m.theirs, theirs, &m.ids);
	lines_diff(&m.ours, &m.theirs, &m.ids, &m.by_theirs);
	for (size_t i = 0; i < m.by_theirs.n; i++) {
		const struct hunk *h = &m.by_theirs.v[i];

		put_run(&m, &(struct run){&m.ours, at, h->old});
		put_marked(&m, &(struct run){&m.ours, h->old, h->old_end},
			   &(struct run){&m.theirs, h->new, h->new_end});
		at = h->old_end;
	}
	put_run(&m, &(struct run){&m.ours, at, m.ours.n});
	at = m.by_theirs.n;
	line_ids_free(&m.ids);
	lines_free(&m.ours);
	lines_free(&m.theirs);
	hunks_free(&m.by_theirs);
	return at;
}
