/*
 * Random dossiers that two sides change at random, in places of their own or
 * in the same ones; what is to come of it is made beside them. Every value and
 * comment is there once, and each choice at the marks gives what its side wants.
 */
#include "randomdoc.h"

#include "base/text.h"
#include "domain/merge3.h"
#include "findings.h"

#define ROUNDS 2000
#define SEED 20261122

enum writer_of { BY_BASE, BY_OURS, BY_THEIRS };
/* the trees of the sides, and what should come of them */
enum { OF_BASE, OF_OURS, OF_THEIRS, GIVES_OURS, GIVES_THEIRS, TREES };

struct round {
	struct random random;
	unsigned long long seed;
	struct arena arena;
	struct node *tree[TREES];
	unsigned conflicts;
	bool whole; /* a section could not be merged by keys */
	bool may_conflict;
	unsigned names;
	bool twin;     /* what is made now both sides add: its comments are nobody's to change */
	bool indented; /* lists deeper than their names */
};

static const char *const key_names[] = {"id",	  "date", "kind", "by",	  "about",   "month",
					"source", "what", "name", "year", "product", "criterion"};

static bool
is_key(const char *name)
{
	for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
		if (strcmp(name, key_names[i]) == 0)
			return true;
	return false;
}

static struct node *
random_text(struct round *r)
{
	static const char *const texts[] = {"word", "two words", "no",	   "12.50", "a: b",	  "#x",
					    "ё",    "it's",	 "\"q\"",  "- x",   "2026-11-22", "a, b",
					    "",	    "€ 5",	 "tel +7", "x:"};

	/* the number keeps a change from being none */
	if (below(&r->random, 12) == 0)
		return node_new_text(&r->arena, arena_printf(&r->arena, "line %u\nmore\n  # and %u\n",
							     r->names++, below(&r->random, 9)));
	return node_new_text(&r->arena, arena_printf(&r->arena, "%s %u",
						     texts[below(&r->random, sizeof texts / sizeof *texts)],
						     r->names++));
}

static void
add_fields(struct round *r, struct node *map, unsigned most)
{
	unsigned n = below(&r->random, most + 1);

	for (unsigned i = 0; i < n; i++)
		node_put(&r->arena, map, arena_printf(&r->arena, "f%u", i), random_text(r));
}

/* a new item of the section; no two have the same key */
static struct node *
random_item(struct round *r, const char *section)
{
	unsigned n = r->names++;
	const char *twin = r->twin ? "twin" : "";
	struct arena *a = &r->arena;
	struct node *item = node_new_map(&r->arena, STYLE_FLOW), *map;

	if (strcmp(section, "aliases") == 0)
		return node_new_text(a, arena_printf(a, "alias %s%u", twin, n));
	if (strcmp(section, "contacts") == 0) {
		node_put_text(a, item, "id", arena_printf(a, "c%s%u/x", twin, n));
	} else if (strcmp(section, "log") == 0) {
		node_put_text(a, item, "about", arena_printf(a, "n %s%u", twin, n));
		node_put_plain(a, item, "date", arena_printf(a, "2026-11-%02u", 1 + below(&r->random, 28)));
		node_put_text(a, item, "by", "i.petrova");
	} else if (strcmp(section, "sales") == 0) {
		node_put_plain(a, item, "month",
			       arena_printf(a, "%04u-%02u%s", 1000 + n / 12, 1 + n % 12, twin));
		node_put_text(a, item, "source", "1c");
		node_put_plain(a, item, "revenue", arena_printf(a, "%u.00", n));
		map = node_put(a, item, "products", node_new_map(&r->arena, STYLE_FLOW));
		add_fields(r, map, 3);
		return item;
	} else if (strcmp(section, "criteria") == 0) {
		node_put_text(a, item, "criterion", arena_printf(a, "k %s%u", twin, n));
	} else if (strcmp(section, "competitors") == 0) {
		node_put_text(a, item, "name", arena_printf(a, "co %s%u", twin, n));
		map = node_put(a, item, "criteria", node_new_list(a, STYLE_FLOW));
		node_put(a, map, NULL, random_item(r, "criteria"));
		node_put(a, map, NULL, random_item(r, "criteria"));
	} else {
		node_put_text(a, item, "what", arena_printf(a, "w %s%u", twin, n));
	}
	add_fields(r, item, 4);
	return item;
}

static void
random_base(struct round *r)
{
	static const char *const lists[] = {"contacts", "log", "sales", "needs", "competitors", "aliases"};
	struct node *root = node_new_map(&r->arena, STYLE_BLOCK), *node;

	node_put_text(&r->arena, root, "id", "romashka");
	for (unsigned i = 0; i < sizeof lists / sizeof *lists; i++) {
		unsigned n = below(&r->random, 4);

		if (below(&r->random, 3) == 0)
			continue;
		node = node_put(&r->arena, root, lists[i], node_new_list(&r->arena, STYLE_BLOCK));
		while (n-- > 0)
			node_put(&r->arena, node, NULL, random_item(r, lists[i]));
		if (below(&r->random, 3) == 0)
			node_put(&r->arena, root, arena_printf(&r->arena, "note-%u", i), random_text(r));
	}
	add_fields(r, node_put(&r->arena, root, "external", node_new_map(&r->arena, STYLE_BLOCK)), 4);
	r->tree[OF_BASE] = root;
}

/* Changing */

/* a value in the trees of all that have it, a bit for each tree */
static void
put(struct round *r, struct node *const *into, unsigned which, const char *key, const struct node *value)
{
	for (int i = OF_OURS; i < TREES; i++)
		if (which & 1U << i)
			node_put(&r->arena, into[i], key, node_copy(&r->arena, value));
}

#define OURS (1U << OF_OURS | 1U << GIVES_OURS)
#define THEIRS (1U << OF_THEIRS | 1U << GIVES_THEIRS)
#define GIVEN (1U << GIVES_OURS | 1U << GIVES_THEIRS)
#define ALL (OURS | THEIRS)

static void vary(struct round *, struct node *const *into, const struct node *base, const char *section);

/* what becomes of a scalar, or of an item that is taken whole */
static void
vary_leaf(struct round *r, struct node *const *into, const struct node *n, const char *section)
{
	const struct node *a = n->key ? random_text(r) : random_item(r, section);
	const struct node *b = n->key ? random_text(r) : random_item(r, section);

	switch (below(&r->random, 12)) {
	case 0:
		put(r, into, OURS | GIVEN, n->key, a);
		put(r, into, 1U << OF_THEIRS, n->key, n);
		return;
	case 1:
		put(r, into, THEIRS | GIVEN, n->key, a);
		put(r, into, 1U << OF_OURS, n->key, n);
		return;
	case 2:
		put(r, into, ALL, n->key, a);
		return;
	case 3:
		if (!r->may_conflict || below(&r->random, 3))
			break;
		r->conflicts++;
		put(r, into, OURS, n->key, a);
		put(r, into, THEIRS, n->key, b);
		return;
	case 4:
		if (!r->may_conflict || below(&r->random, 3))
			break;
		/* dropped here, changed there */
		r->conflicts++;
		put(r, into, THEIRS, n->key, a);
		return;
	}
	put(r, into, ALL, n->key, n);
}

/* an entry, unless one side drops it */
static void
vary_entry(struct round *r, struct node *const *into, const struct node *n, const char *section)
{
	struct node *inner[TREES] = {0};
	bool whole = n->kind == NODE_SCALAR || strcmp(section, "criteria") == 0;

	if (n->key && is_key(n->key)) {
		put(r, into, ALL, n->key, n);
		return;
	}
	switch (below(&r->random, 14)) {
	case 0:
		put(r, into, 1U << OF_THEIRS, n->key, n);
		return;
	case 1:
		put(r, into, 1U << OF_OURS, n->key, n);
		return;
	}
	if (whole && !n->key) {
		put(r, into, ALL, NULL, n);
		return;
	}
	if (whole) {
		vary_leaf(r, into, n, section);
		return;
	}
	for (int i = OF_OURS; i < TREES; i++)
		inner[i] = node_put(&r->arena, into[i], n->key,
				    n->kind == NODE_MAP ? node_new_map(&r->arena, n->style)
							: node_new_list(&r->arena, n->style));
	vary(r, inner, n, n->key ? n->key : section);
}

static void
vary(struct round *r, struct node *const *into, const struct node *base, const char *section)
{
	for (const struct node *n = base->first; n; n = n->next)
		vary_entry(r, into, n, section);
	for (unsigned k = 0; k < 3; k++) {
		static const unsigned who[] = {OURS | GIVEN, THEIRS | GIVEN, ALL};
		const struct node *value;

		if (below(&r->random, 4))
			continue;
		r->twin = who[k] == ALL;
		if (base->kind == NODE_LIST)
			value = random_item(r, section);
		else
			value = random_text(r);
		put(r, into, who[k], base->kind == NODE_LIST ? NULL : arena_printf(&r->arena, "g%u", k),
		    value);
	}
}

/* Writing: how an entry looks depends on its path, so that what nobody changed looks the same in all texts */

static unsigned
luck(const struct round *r, const char *path, const char *what, unsigned n)
{
	char text[400];
	int length = snprintf(text, sizeof text, "%llu %s %s", r->seed, what, path);

	return (unsigned)(text_hash(text, (size_t)length) >> 20) % n;
}

/* did both sides add it? */
static bool
is_twin(const char *path)
{
	size_t n = strlen(path);

	return strstr(path, "twin") || (n >= 2 && strcmp(path + n - 2, "g2") == 0);
}

/* comments belong to one side, which may change them; each is told by its path and who wrote it */
static void
write_comment(const struct round *r, struct buf *out, const char *path, const char *where, enum writer_of by)
{
	enum writer_of owner = luck(r, path, where, 2) ? BY_OURS : BY_THEIRS;
	unsigned change = luck(r, path, "change", 6);
	bool had = luck(r, path, where, 5) < 2, changed = by == owner && change == 0 && !is_twin(path);

	if (had != (changed && luck(r, path, "flip", 2)))
		buf_printf(out, "#%s %s %s#", where, path, changed ? "new" : "old");
}

static void
write_above(const struct round *r, struct buf *out, const char *path, const char *indent, enum writer_of by)
{
	struct buf text = {0};

	write_comment(r, &text, path, "above", by);
	if (text.len)
		buf_printf(out, "%s%s\n", indent, text.data);
	buf_free(&text);
}

static void
write_behind(const struct round *r, struct buf *out, const char *path, enum writer_of by)
{
	struct buf text = {0};

	write_comment(r, &text, path, "behind", by);
	if (text.len)
		buf_printf(out, "%s%s", luck(r, path, "gap", 2) ? "   " : " ", text.data);
	buf_addc(out, '\n');
	buf_free(&text);
}

/* behind "name:" */
static void
write_value(const struct round *r, struct buf *out, const char *path, const struct node *n, unsigned column,
	    enum writer_of by)
{
	const char *line;

	if (n->kind == NODE_SCALAR && strchr(n->text, '\n') && luck(r, path, "literal", 4)) {
		buf_adds(out, " |");
		write_behind(r, out, path, by);
		for (line = n->text; *line; line = strchr(line, '\n') + 1)
			buf_printf(out, "%*s%.*s\n", (int)column + 2, "", (int)strcspn(line, "\n"), line);
		return;
	}
	buf_addc(out, ' ');
	if (n->kind == NODE_SCALAR || n->count)
		node_write_flow(out, n);
	else
		buf_adds(out, n->kind == NODE_MAP ? "{}" : "[]");
	write_behind(r, out, path, by);
}

static void
write_block_map(const struct round *r, struct buf *out, const char *path, const struct node *map,
		unsigned column, enum writer_of by)
{
	const char *indent = "        ";
	char inner[300];

	for (const struct node *n = map->first; n; n = n->next) {
		snprintf(inner, sizeof inner, "%s/%s", path, n->key);
		if (n != map->first || map->parent->kind == NODE_MAP) {
			write_above(r, out, inner, indent + 8 - column, by);
			buf_printf(out, "%*s", (int)column, "");
		}
		buf_printf(out, "%s:", n->key);
		write_value(r, out, inner, n, column, by);
	}
}

static void
write_list(const struct round *r, struct buf *out, const char *path, const struct node *list,
	   enum writer_of by)
{
	char inner[300];

	for (const struct node *n = list->first; n; n = n->next) {
		snprintf(inner, sizeof inner, "%s/%s", path, n->first ? n->first->text : n->text);
		write_above(r, out, inner, r->indented ? "  " : "", by);
		buf_adds(out, r->indented ? "  - " : "- ");
		if (n->kind == NODE_MAP && luck(r, inner, "block", 3) == 0) {
			write_block_map(r, out, inner, n, r->indented ? 4 : 2, by);
			continue;
		}
		node_write_flow(out, n);
		write_behind(r, out, inner, by);
	}
}

static void
write_tree(const struct round *r, struct buf *out, const struct node *root, enum writer_of by)
{
	buf_adds(out, luck(r, "", "start", 2) ? "---\n# the file\n" : "");
	for (const struct node *n = root->first; n; n = n->next) {
		write_above(r, out, n->key, "", by);
		buf_printf(out, "%s:", n->key);
		if (n->kind == NODE_SCALAR || n->count == 0) {
			write_value(r, out, n->key, n, 0, by);
		} else if (n->kind == NODE_LIST && luck(r, n->key, "flow", 4)) {
			write_behind(r, out, n->key, by);
			write_list(r, out, n->key, n, by);
		} else if (n->kind == NODE_MAP) {
			write_behind(r, out, n->key, by);
			write_block_map(r, out, n->key, n, 2, by);
		} else {
			buf_addc(out, ' ');
			node_write_flow(out, n);
			write_behind(r, out, n->key, by);
		}
		if (luck(r, n->key, "blank", 3) == 0)
			buf_addc(out, '\n');
	}
}

/* Judging */

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* all that a tree says, in an order of its own */
static char *
said(struct arena *arena, const struct node *node)
{
	const char **part = arena_alloc(arena, (node->count + 1) * sizeof *part);
	struct buf out = {0};
	char *text;
	size_t n = 0;

	if (node->kind == NODE_SCALAR || node->count == 0)
		return arena_printf(arena, "<%s>", node->text);
	for (const struct node *e = node->first; e; e = e->next)
		part[n++] = arena_printf(arena, "%s=%s", e->key ? e->key : "", said(arena, e));
	qsort(part, n, sizeof *part, compare_texts);
	buf_addc(&out, '{');
	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s;", part[i]);
	buf_addc(&out, '}');
	text = arena_strdup(arena, out.data);
	buf_free(&out);
	return text;
}

/* the text with one choice at all marks */
static void
choose(struct buf *out, const char *text, bool ours)
{
	bool in_ours = true, in_theirs = true;

	while (*text) {
		size_t n = strcspn(text, "\n");

		n += text[n] == '\n';
		if (strncmp(text, "<<<<<<< ours", 12) == 0)
			in_theirs = false;
		else if (strncmp(text, "=======", 7) == 0)
			in_theirs = !(in_ours = false);
		else if (strncmp(text, ">>>>>>> theirs", 14) == 0)
			in_ours = in_theirs = true;
		else if (ours ? in_ours : in_theirs)
			buf_add(out, text, n);
		text += n;
	}
	buf_adds(out, "");
}

struct texts3 {
	struct buf of[MERGE3_SIDES], out;
	struct findings found;
	enum merge3_result result;
};

static void
show(const struct round *r, const struct texts3 *t)
{
	fprintf(stderr, "seed %llu\nBASE\n%s\nOURS\n%s\nTHEIRS\n%s\nOUT\n%s\n%s\n", r->seed, t->of[0].data,
		t->of[1].data, t->of[2].data, t->out.data, findings_text(&t->found));
}

static void
says(struct round *r, const struct texts3 *t, bool ours)
{
	bool whole = strstr(findings_text(&t->found), "laid out");
	const struct node *wanted = r->tree[ours ? GIVES_OURS : GIVES_THEIRS];
	struct buf text = {0};
	struct error err;
	struct doc doc = {0};

	choose(&text, t->out.data, ours);
	if (doc_parse(&doc, "out", 1, (struct str){text.data, text.len}, &err) < 0) {
		show(r, t);
		fail_msg("%zu: %s", err.line, err.text);
	}
	if (!whole && strcmp(said(&r->arena, doc.root), said(&r->arena, wanted)) != 0) {
		show(r, t);
		fprintf(stderr, "says   %s\nwanted %s\n", said(&r->arena, doc.root), said(&r->arena, wanted));
		fail();
	}
	doc_free(&doc);
	buf_free(&text);
}

/* Is the comment to be there? What a side wrote anew, and what nobody touched at something that is left. */
static bool
is_wanted(const struct texts3 *t, const struct buf *left, const char *mark)
{
	for (int side = MERGE3_BASE; side < MERGE3_SIDES; side++) {
		if (!strstr(t->of[MERGE3_BASE].data, mark))
			return true;
		if (!strstr(t->of[side].data, mark) || !strstr(left[side].data, mark))
			return false;
	}
	return true;
}

/* Does it stand behind what it names, or above it? mark: "#above contacts/c1/x/f2 new#" */
static bool
is_in_place(const char *text, const char *at, const char *mark)
{
	const char *end = mark + strlen(mark) - 5, *name = end, *line = at;
	char core[2000], wanted[100];

	while (name[-1] != '/' && name[-1] != ' ')
		name--;
	while (line > text && line[-1] != '\n')
		line--;
	while (strncmp(mark, "#above", 6) == 0 && line[strspn(line, " ")] == '#')
		line = strchr(line, '\n') + 1;
	snprintf(core, sizeof core, "%.*s", (int)strcspn(line, "\n"), line);
	snprintf(wanted, sizeof wanted, "%.*s", (int)(end - name), name);
	if (line <= at && strstr(core, mark))
		*strstr(core, mark) = '\0';
	return strstr(core, wanted);
}

/* how often it is there, always in its place */
static unsigned
count_mark(struct round *r, const struct texts3 *t, const char *text, const char *mark)
{
	unsigned count = 0;

	for (const char *at = text; (at = strstr(at, mark)); at += strlen(mark)) {
		count++;
		if (is_in_place(text, at, mark))
			continue;
		show(r, t);
		fail_msg("out of place: %s", mark);
	}
	return count;
}

/* What is in conflict has its comments with it, and so in one of the choices only. */
static void
has_comments_of(struct round *r, const struct texts3 *t, const struct buf *left, const struct buf *choice,
		const char *where, int side)
{
	struct buf mark = {0};
	const char *at = t->of[side].data, *end;

	for (; (at = strstr(at, where)); at = end + 1) {
		unsigned ours, theirs;
		bool wanted;

		end = strchr(at + 1, '#');
		buf_clear(&mark);
		buf_add(&mark, at, (size_t)(end + 1 - at));
		wanted = is_wanted(t, left, mark.data) &&
			 (t->result == MERGE3_DONE || !strstr(t->of[MERGE3_BASE].data, mark.data));
		ours = count_mark(r, t, choice[0].data, mark.data);
		theirs = count_mark(r, t, choice[1].data, mark.data);
		if (ours <= 1 && theirs <= 1 && (ours + theirs || !wanted))
			continue;
		show(r, t);
		fail_msg("%s: %s", ours || theirs ? "twice" : "lost", mark.data);
	}
	buf_free(&mark);
}

/* each comment is there once */
static void
has_comments(struct round *r, const struct texts3 *t)
{
	struct buf left[MERGE3_SIDES] = {{0}}, choice[2] = {{0}};

	for (int side = 0; side < MERGE3_SIDES; side++)
		write_tree(r, &left[side], r->tree[GIVES_OURS], (enum writer_of)side);
	for (int i = 0; i < 2; i++)
		choose(&choice[i], t->out.data, i == 0);
	for (int side = 0; side < 2 * MERGE3_SIDES; side++)
		has_comments_of(r, t, left, choice, side % 2 ? "#above " : "#behind ", side / 2);
	for (int side = 0; side < MERGE3_SIDES; side++)
		buf_free(&left[side]);
	buf_free(&choice[0]);
	buf_free(&choice[1]);
}

static void
merge(struct texts3 *t, bool swapped)
{
	struct str text[MERGE3_SIDES];

	for (int i = 0; i < MERGE3_SIDES; i++)
		text[swapped && i ? MERGE3_SIDES - i : i] = (struct str){t->of[i].data, t->of[i].len};
	findings_init(&t->found);
	buf_clear(&t->out);
	t->result = merge3("a.yaml", text, &t->out, &t->found.sink);
}

static void
judge_findings(const struct round *r, const struct texts3 *t)
{
	const char *found = findings_text(&t->found);
	unsigned told = 0;

	if (strstr(found, "laid out"))
		return;
	for (const char *at = found; (at = strstr(at, "error conflict: ")); at++)
		told++;
	if (told == r->conflicts && t->found.sink.errors == told &&
	    (t->result == MERGE3_CONFLICT) == (told > 0))
		return;
	show(r, t);
	fail_msg("%u conflicts", r->conflicts);
}

/* did the writer of the text write a comment about it, or in it? */
static bool
is_written_about(const char *text, const char *path)
{
	static const char *const where[] = {"#above ", "#behind "};

	for (int i = 0; i < 2; i++) {
		for (const char *at = text; (at = strstr(at, where[i])); at++) {
			const char *rest = at + strlen(where[i]);

			if (strncmp(rest, path, strlen(path)) != 0)
				continue;
			rest += strlen(path);
			if ((*rest == '/' || *rest == ' ') && strncmp(strchr(rest, '#') - 4, " new", 4) == 0)
				return true;
		}
	}
	return false;
}

/* the entry of another tree with the same key; items are told by their first field, which nobody changes */
static struct node *
find_same(const struct node *in, const struct node *n)
{
	for (struct node *e = in ? in->first : NULL; e; e = e->next) {
		if (n->key ? strcmp(e->key, n->key) == 0
			   : strcmp(e->first ? e->first->text : e->text,
				    n->first ? n->first->text : n->text) == 0)
			return e;
	}
	return NULL;
}

/* What one side dropped and the other wrote about is in conflict; and so it stays with that side. */
static void
find_dropped(struct round *r, const struct texts3 *t, const struct node *base, struct node *const *in,
	     const char *path)
{
	for (const struct node *n = base->first; n; n = n->next) {
		struct node *of[TREES];
		const char *name = n->key ? n->key : n->first ? n->first->text : n->text;
		const char *way = arena_printf(&r->arena, "%s%s%s", path, *path ? "/" : "", name);

		for (int i = OF_OURS; i < TREES; i++)
			of[i] = find_same(in[i], n);
		for (int side = 0; side < 2; side++) {
			struct node *gives = in[GIVES_OURS + side];

			if (!of[OF_OURS + side] || of[OF_THEIRS - side] || of[GIVES_OURS + side] ||
			    !is_written_about(t->of[MERGE3_OURS + side].data, way))
				continue;
			r->conflicts++;
			node_put(&r->arena, gives, n->key, node_copy(&r->arena, n));
		}
		if (of[OF_OURS] && of[OF_THEIRS])
			find_dropped(r, t, n, of, way);
	}
}

static void
run_round(struct round *r)
{
	struct texts3 t = {0};

	r->indented = below(&r->random, 4);
	r->may_conflict = below(&r->random, 3) == 0;
	random_base(r);
	for (int i = OF_OURS; i < TREES; i++)
		r->tree[i] = node_new_map(&r->arena, STYLE_BLOCK);
	vary(r, r->tree, r->tree[OF_BASE], "");
	for (int i = 0; i < MERGE3_SIDES; i++)
		write_tree(r, &t.of[i], r->tree[i], (enum writer_of)i);
	find_dropped(r, &t, r->tree[OF_BASE], r->tree, "");
	merge(&t, false);
	r->whole = strstr(findings_text(&t.found), "laid out");
	judge_findings(r, &t);
	says(r, &t, true);
	says(r, &t, false);
	has_comments(r, &t);
	buf_free(&t.found.text);
	merge(&t, true);
	judge_findings(r, &t);
	if (r->conflicts == 0)
		says(r, &t, true);
	buf_free(&t.found.text);
	for (int i = 0; i < MERGE3_SIDES; i++)
		buf_free(&t.of[i]);
	buf_free(&t.out);
}

static void
both_sides_come_together_and_conflicts_are_told(void **state)
{
	const char *only = getenv("SEED");
	unsigned whole = 0;

	(void)state;
	for (unsigned long long i = 0; i < ROUNDS; i++) {
		struct round r = {.seed = SEED + i};

		if (only)
			r.seed = strtoull(only, NULL, 10);
		r.random.state = r.seed * 2654435761ULL;
		below(&r.random, 2);
		run_round(&r);
		whole += r.whole;
		arena_free(&r.arena);
		if (only)
			return;
	}
	if (whole > ROUNDS / 50)
		fail_msg("sections in conflict as a whole in %u of %d rounds", whole, ROUNDS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(both_sides_come_together_and_conflicts_are_told),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
