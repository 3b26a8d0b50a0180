/*
 * A merge section by section, where documents cannot be merged as a whole.
 */
#include <stdlib.h>

#include "data/lines.h"
#include "domain/merge3parts.h"

/* The lines of a section: from behind the one before it to its end, with comments of its own below it. */
struct chunk {
	const char *name; /* NULL: what stands before the first, or behind the last */
	struct str text;
};

struct chunks {
	struct chunk head, tail, *v;
	size_t n;
	struct hash by_name;
};

struct sections {
	const struct merge3_unit *of;
	struct chunks side[MERGE3_SIDES];
	struct buf *out;	 /* with marks */
	struct buf ours, theirs; /* the choices at the marks */
	size_t conflicts;
};

static size_t
next_line(const struct doc *doc, size_t at)
{
	const char *nl;

	if (at > 0 && doc->bytes.p[at - 1] == '\n')
		return at;
	nl = memchr(doc->bytes.p + at, '\n', doc->bytes.n - at);
	return nl ? (size_t)(nl - doc->bytes.p) + 1 : doc->bytes.n;
}

/* behind the indented comments that follow; blank lines go with what stands below them */
static size_t
pass_indented(const struct doc *doc, size_t at, size_t end)
{
	size_t passed = at;

	while (at < end) {
		size_t i = at;

		while (i < end &&
		       (doc->bytes.p[i] == ' ' || doc->bytes.p[i] == '\t' || doc->bytes.p[i] == '\r'))
			i++;
		if (i < end && doc->bytes.p[i] != '\n' && (doc->bytes.p[i] != '#' || i == at))
			break;
		at = next_line(doc, i == at ? at + 1 : i + 1);
		if (i < end && doc->bytes.p[i] == '#')
			passed = at;
	}
	return passed;
}

static void
chunks_cut(struct chunks *c, const struct doc *doc)
{
	size_t at = doc->body, i = 0;

	*c = (struct chunks){.head = {.text = {doc->bytes.p, doc->body}}};
	c->v = xcalloc(doc->root->count, sizeof *c->v);
	for (const struct node *n = doc->root->first; n; n = n->next) {
		size_t limit = n->next ? n->next->key_start : doc->body_end, end = next_line(doc, n->end);

		end = end < limit ? pass_indented(doc, end, limit) : limit;
		c->v[i] = (struct chunk){n->key, {doc->bytes.p + at, end - at}};
		*hash_put(&c->by_name, n->key, strlen(n->key), NULL) = &c->v[i];
		i++;
		at = end;
	}
	c->n = i;
	c->tail.text = (struct str){doc->bytes.p + at, doc->bytes.n - at};
}

static void
chunks_free(struct chunks *c)
{
	free(c->v);
	hash_free(&c->by_name);
}

static struct str
chunk_get(const struct chunks *c, const char *name)
{
	const struct chunk *chunk = hash_get(&c->by_name, name, strlen(name));

	return chunk ? chunk->text : (struct str){"", 0};
}

static void
add_lines(struct sections *s, struct buf *out, struct str text)
{
	if (text.n && out->len && out->data[out->len - 1] != '\n')
		buf_adds(out, s->of->eol);
	if (text.n)
		buf_add(out, text.p, text.n);
}

static void
add_all(struct sections *s, struct str text)
{
	add_lines(s, s->out, text);
	add_lines(s, &s->ours, text);
	add_lines(s, &s->theirs, text);
}

static void
add_mark(struct sections *s, const char *mark)
{
	add_lines(s, s->out, (struct str){mark, strlen(mark)});
	buf_adds(s->out, s->of->eol);
}

/* both as they are */
static void
add_whole(struct sections *s, struct str ours, struct str theirs)
{
	add_mark(s, "<<<<<<< ours");
	add_lines(s, s->out, ours);
	add_mark(s, "=======");
	add_lines(s, s->out, theirs);
	add_mark(s, ">>>>>>> theirs");
	add_lines(s, &s->ours, ours);
	add_lines(s, &s->theirs, theirs);
	s->conflicts++;
}

/* both, with marks only where they differ */
static void
add_marked(struct sections *s, struct str ours, struct str theirs)
{
	struct buf marked = {0};

	lines_mark(ours, theirs, s->of->eol, &marked);
	if (marked.len)
		add_lines(s, s->out, (struct str){marked.data, marked.len});
	add_lines(s, &s->ours, ours);
	add_lines(s, &s->theirs, theirs);
	s->conflicts++;
	buf_free(&marked);
}

static void
report(const struct merge3_unit *of, const char *what, const char *name)
{
	struct error err;

	error_at(&err, of->file, 0, 0,
		 "conflict: %.400s: %s; both are there whole, with their comments: take one and put in by "
		 "hand what the other has",
		 name, what);
	sink_put(of->sink, SEVERITY_ERROR, "conflict", &err);
}

/* three texts in the place of one: changed by one side alone? */
static bool
add_unchanged(struct sections *s, struct str base, struct str ours, struct str theirs)
{
	if (str_equal(ours, base))
		add_all(s, theirs);
	else if (str_equal(theirs, base) || str_equal(ours, theirs))
		add_all(s, ours);
	else
		return false;
	return true;
}

static void
merge_section(struct sections *s, const char *name)
{
	struct merge3_unit unit = {.file = s->of->file, .eol = s->of->eol, .sink = s->of->sink};
	struct doc doc[MERGE3_SIDES] = {{0}};
	struct str text[MERGE3_SIDES], ours, theirs;
	struct error err;
	bool done = true;

	for (int side = 0; side < MERGE3_SIDES; side++)
		text[side] = chunk_get(&s->side[side], name);
	if (add_unchanged(s, text[MERGE3_BASE], text[MERGE3_OURS], text[MERGE3_THEIRS]))
		return;
	for (int side = 0; side < MERGE3_SIDES; side++)
		done = done && doc_parse(&doc[side], unit.file, 1, text[side], &err) == 0;
	done = done && merge3_unit(&unit, doc);
	ours = (struct str){unit.ours.data, unit.ours.len};
	theirs = (struct str){unit.theirs.data, unit.theirs.len};
	if (!done) {
		report(s->of,
		       "laid out so that it cannot be merged by keys, or only with the loss of a comment",
		       name);
		add_whole(s, text[MERGE3_OURS], text[MERGE3_THEIRS]);
	} else if (unit.conflicts) {
		add_marked(s, ours, theirs);
	} else {
		add_all(s, ours);
	}
	for (int side = 0; side < MERGE3_SIDES; side++)
		doc_free(&doc[side]);
	buf_free(&unit.ours);
	buf_free(&unit.theirs);
}

/* what stands before all sections, or behind */
static void
merge_rest(struct sections *s, struct str base, struct str ours, struct str theirs)
{
	struct buf out = {0};

	if (add_unchanged(s, base, ours, theirs))
		return;
	buf_adds(&out, "");
	if (lines_merge(base, ours, theirs, LINES_NEAR, LINES_OURS, s->of->eol, &out) == 0) {
		add_all(s, (struct str){out.data, out.len});
	} else {
		report(s->of, "both changed it", "what stands before or behind all sections");
		add_whole(s, ours, theirs);
	}
	buf_free(&out);
}

/* the sections from there on that theirs alone has, up to one that ours has too */
static void
merge_theirs(struct sections *s, size_t at)
{
	const struct chunks *theirs = &s->side[MERGE3_THEIRS];

	for (; at < theirs->n && !chunk_get(&s->side[MERGE3_OURS], theirs->v[at].name).n; at++)
		merge_section(s, theirs->v[at].name);
}

/* The sections in the order of ours; those of theirs behind that which they follow there. */
static void
merge_all(struct sections *s)
{
	const struct chunks *ours = &s->side[MERGE3_OURS], *theirs = &s->side[MERGE3_THEIRS];

	merge_theirs(s, 0);
	for (size_t i = 0; i < ours->n; i++) {
		const char *name = ours->v[i].name;
		const struct chunk *chunk = hash_get(&theirs->by_name, name, strlen(name));

		merge_section(s, name);
		if (chunk)
			merge_theirs(s, (size_t)(chunk - theirs->v) + 1);
	}
}

/* all choices at the marks are dossiers */
static bool
is_sound(const struct sections *s)
{
	const struct buf *text[] = {&s->ours, &s->theirs};
	struct error err;
	bool sound = true;

	for (int i = 0; i < 2 && sound; i++) {
		struct doc doc = {0};

		sound = doc_parse(&doc, s->of->file, 1, (struct str){text[i]->data, text[i]->len}, &err) == 0;
		doc_free(&doc);
	}
	return sound;
}

bool
merge3_sections(const struct merge3_unit *of, const struct doc doc[MERGE3_SIDES], struct buf *out)
{
	struct sections s = {.of = of, .out = out};
	struct str rest[MERGE3_SIDES];

	buf_adds(&s.ours, "");
	buf_adds(&s.theirs, "");
	for (int side = 0; side < MERGE3_SIDES; side++) {
		chunks_cut(&s.side[side], &doc[side]);
		rest[side] = s.side[side].head.text;
	}
	merge_rest(&s, rest[MERGE3_BASE], rest[MERGE3_OURS], rest[MERGE3_THEIRS]);
	merge_all(&s);
	for (int side = 0; side < MERGE3_SIDES; side++)
		rest[side] = s.side[side].tail.text;
	merge_rest(&s, rest[MERGE3_BASE], rest[MERGE3_OURS], rest[MERGE3_THEIRS]);
	if (!is_sound(&s)) {
		buf_clear(out);
		report(of, "laid out so that no section of it can be merged by itself", "all");
		add_whole(&s, doc[MERGE3_OURS].bytes, doc[MERGE3_THEIRS].bytes);
	}
	for (int side = 0; side < MERGE3_SIDES; side++)
		chunks_free(&s.side[side]);
	buf_free(&s.ours);
	buf_free(&s.theirs);
	return s.conflicts == 0;
}
