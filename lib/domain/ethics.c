#include "domain/ethics.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/rx.h"
#include "base/text.h"
#include "data/comments.h"
#include "domain/account.h"
#include "domain/builtin.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define FOUND_MAX 100	 /* of one document */
#define GROUP_MAX 15000	 /* bytes of patterns searched for at once; a pattern has a limit of its own */
#define BEGINNING 4	 /* characters of a word that are looked at first … */
#define BEGINNING_LONG 8 /* … and then, with what follows it */
#define BEGINNINGS 16384 /* that a reader remembers */
#define PIECE_MAX \
	16384 /* bytes of a text read at once; what stands across the cut of a longer one is missed */
#define COMMENT "comment" /* what stands for the path of one */
#define PASSED_OVER "\n"  /* what stands for an allowed phrase: no pattern's blank */

static const char *const severities[] = {"error", "warning", NULL};
static const char *const languages[] = {"ru", "lv", "en", NULL};

static const struct field pattern_table[] = {
    {"pattern", FIELD_TEXT, offsetof(struct ethics_pattern, pattern), NULL, NULL, FIELD_REQUIRED, NULL,
     "regular expression of whole words, whatever the case of letters"},
    {"severity", FIELD_WORD, offsetof(struct ethics_pattern, severity), NULL, severities, 0, NULL,
     "error for defamation; else warning"},
    {"what", FIELD_TEXT, offsetof(struct ethics_pattern, what), NULL, NULL, FIELD_REQUIRED, NULL,
     "what it is about, for the message"},
    {"language", FIELD_WORD, offsetof(struct ethics_pattern, language), NULL, languages, 0, NULL,
     "of its words, for people who read the file"},
};
static const struct fields pattern_fields = {"pattern", pattern_table, COUNT(pattern_table),
					     sizeof(struct ethics_pattern), false};

static const struct field allowance_table[] = {
    {"pattern", FIELD_TEXT, offsetof(struct ethics_allowance, pattern), NULL, NULL, 0, NULL,
     "a phrase in which no word counts, as healthy margin"},
    {"path", FIELD_TEXT, offsetof(struct ethics_allowance, path), NULL, NULL, 0, NULL,
     "a part of the dossier that is not read, as contacts.interests"},
};
static const struct fields allowance_fields = {"allowance", allowance_table, COUNT(allowance_table),
					       sizeof(struct ethics_allowance), false};

/* what a file says */
struct lists {
	const struct node *node;
	struct items add;   /* struct ethics_pattern */
	struct items allow; /* struct ethics_allowance */
};

static const struct field lists_table[] = {
    {"add", FIELD_LIST, offsetof(struct lists, add), &pattern_fields, NULL, 0, NULL,
     "patterns to look for, beside the built-in ones"},
    {"allow", FIELD_LIST, offsetof(struct lists, allow), &allowance_fields, NULL, 0, NULL,
     "phrases and parts of dossiers to pass over"},
};
const struct fields ethics_fields = {"ethics file", lists_table, COUNT(lists_table), sizeof(struct lists),
				     false};

/* Does a pattern look at what stands before it, or is it out of the ordinary otherwise? That there is something that is
 * not allowed before it rules nothing out. */
static bool
looks_back(const char *pattern)
{
	return strstr(pattern, "(?<=") || strstr(pattern, "(*") || strstr(pattern, "\\B") ||
	       strstr(pattern, "\\G");
}

/* a file being read */
struct reading {
	struct ethics *ethics;
	const struct doc *doc;
	struct sink *sink;
	bool failed;
};

static void
refuse(struct reading *r, const struct node *node, const char *why)
{
	struct error err;

	node_error(&err, r->doc, node, "%s", why);
	sink_put(r->sink, SEVERITY_ERROR, "value", &err);
	r->failed = true;
}

/* a pattern of whole words, the first of which begins it */
static struct rx *
compile(const char *patterns, struct error *err)
{
	struct buf text = {0};
	struct rx *rx;

	buf_printf(&text, "(?iJ)\\b(?=\\w)(?|%s)\\b", patterns);
	rx = rx_new(text.data, err);
	buf_free(&text);
	return rx;
}

/* Is it a pattern? Those built in are known to be, and compiling takes its time. */
static void
judge_pattern(struct reading *r, const struct node *node, const char *pattern)
{
	struct error err;
	struct rx *rx;

	if (!pattern)
		return;
	rx = rx_new(pattern, &err);
	if (!rx)
		refuse(r, node_get(node, "pattern"), err.text);
	else if (rx_match(rx, "", 0, NULL) == RX_YES)
		refuse(r, node_get(node, "pattern"), "a pattern that matches the empty text");
	rx_free(rx);
}

static void
take_patterns(struct reading *r, const struct items *add, bool judge)
{
	const struct ethics_pattern *p = add->v;
	struct ethics *e = r->ethics;

	for (size_t i = 0; i < add->n; i++) {
		if (!p[i].pattern || !p[i].what)
			continue;
		if (judge)
			judge_pattern(r, p[i].node, p[i].pattern);
		e->unforeseen = e->unforeseen || looks_back(p[i].pattern);
		e->pattern = vec_grow(e->pattern, &e->patterns_cap, e->patterns + 1, sizeof *e->pattern);
		e->pattern[e->patterns++] = p[i];
	}
}

static void
take_allowances(struct reading *r, const struct items *allow, bool judge)
{
	const struct ethics_allowance *a = allow->v;
	struct ethics *e = r->ethics;

	for (size_t i = 0; i < allow->n; i++) {
		if (!a[i].pattern && !a[i].path)
			refuse(r, a[i].node, "neither a pattern nor a path");
		if (judge)
			judge_pattern(r, a[i].node, a[i].pattern);
		if (a[i].pattern) {
			e->phrase = vec_grow(e->phrase, &e->phrases_cap, e->phrases + 1, sizeof *e->phrase);
			e->phrase[e->phrases++] = a[i].pattern;
		}
		if (a[i].path) {
			e->path = vec_grow(e->path, &e->paths_cap, e->paths + 1, sizeof *e->path);
			e->path[e->paths++] = a[i].path;
		}
	}
}

static int
read_file(struct ethics *e, struct str text, const char *file, bool judge, struct sink *sink)
{
	/* the tree grows in the ethics' arena, lent to the document, as the strings lie in it */
	struct doc doc = {.arena = e->arena};
	struct reading r = {e, &doc, sink, false};
	struct lists lists = {0};
	struct error err;

	if (doc_parse(&doc, file, 1, text, &err) < 0) {
		sink_put(sink, SEVERITY_ERROR, "syntax", &err);
		r.failed = true;
	} else if (fields_read(&doc, doc.root, &ethics_fields, &lists, &doc.arena, sink) < 0) {
		r.failed = true;
	} else {
		take_patterns(&r, &lists.add, judge);
		take_allowances(&r, &lists.allow, judge);
	}
	e->arena = doc.arena;
	return r.failed ? -1 : 0;
}

/* patterns that are right each by itself may still not stand beside each other */
static int
add_group(struct ethics *e, const struct buf *patterns, struct error *err)
{
	struct rx *rx = compile(patterns->data, err);

	if (!rx)
		return -1;
	e->group = vec_grow(e->group, &e->groups_cap, e->groups + 1, sizeof *e->group);
	e->group[e->groups++] = rx;
	return 0;
}

static int
group_patterns(struct ethics *e, struct error *err)
{
	struct buf patterns = {0};
	int status = 0;

	for (size_t i = 0; i < e->patterns && status == 0; i++) {
		const char *pattern = e->pattern[i].pattern;

		if (patterns.len && patterns.len + strlen(pattern) > GROUP_MAX) {
			status = add_group(e, &patterns, err);
			buf_clear(&patterns);
		}
		buf_printf(&patterns, "%s(?:%s)", patterns.len ? "|" : "", pattern);
	}
	if (status == 0 && patterns.len)
		status = add_group(e, &patterns, err);
	buf_clear(&patterns);
	for (size_t i = 0; i < e->phrases; i++)
		buf_printf(&patterns, "%s(?:%s)", i ? "|" : "", e->phrase[i]);
	if (status == 0 && patterns.len && !(e->allowed = compile(patterns.data, err)))
		status = -1;
	buf_free(&patterns);
	return status;
}

int
ethics_read(struct ethics *e, const struct str *text, const char *file, struct sink *sink)
{
	struct str builtin = {builtin_ethics, strlen(builtin_ethics)};
	struct error err = {0};

	*e = (struct ethics){0};
	if (read_file(e, builtin, "built-in", false, sink) < 0)
		return -1;
	if (text && read_file(e, *text, file, true, sink) < 0)
		return -1;
	if (group_patterns(e, &err) == 0)
		return 0;
	err.file = file;
	sink_put(sink, SEVERITY_ERROR, "value", &err);
	return -1;
}

void
ethics_free(struct ethics *e)
{
	for (size_t i = 0; i < e->groups; i++)
		rx_free(e->group[i]);
	rx_free(e->allowed);
	free(e->group);
	free(e->pattern);
	free(e->phrase);
	free(e->path);
	arena_free(&e->arena);
}

/* how a word begins, and whether a pattern can begin so */
struct beginning {
	unsigned char n; /* bytes; 0: free */
	bool can;
	char text[4 * BEGINNING_LONG + 1];
};

struct ethics_reader {
	const struct ethics *ethics;
	struct rx **group;
	struct rx **one; /* each pattern by itself, compiled when it is first needed */
	struct rx *allowed;
	struct beginning *beginning; /* by hash; a new one takes the place of an old one */
	struct buf text;	     /* being judged, its blanks squeezed */
	struct buf rest;	     /* the same without allowed phrases */
	struct buf path;
	/* the document */
	const struct doc *doc;
	struct sink *sink;
	size_t found;
};

struct ethics_reader *
ethics_reader_new(const struct ethics *e)
{
	struct ethics_reader *r = xcalloc(1, sizeof *r);

	r->ethics = e;
	r->group = xcalloc(e->groups + 1, sizeof *r->group);
	r->one = xcalloc(e->patterns + 1, sizeof *r->one);
	r->beginning = xcalloc(BEGINNINGS, sizeof *r->beginning);
	for (size_t i = 0; i < e->groups; i++)
		r->group[i] = rx_share(e->group[i], NULL);
	if (e->allowed)
		r->allowed = rx_share(e->allowed, NULL);
	return r;
}

void
ethics_reader_free(struct ethics_reader *r)
{
	for (size_t i = 0; i < r->ethics->groups; i++)
		rx_free(r->group[i]);
	for (size_t i = 0; i < r->ethics->patterns; i++)
		rx_free(r->one[i]);
	rx_free(r->allowed);
	free(r->group);
	free(r->one);
	free(r->beginning);
	buf_free(&r->text);
	buf_free(&r->rest);
	buf_free(&r->path);
	free(r);
}

/* "contacts.interests": names alone, without the numbers of items */
static void
path_of(struct buf *path, const struct node *node)
{
	if (node->parent)
		path_of(path, node->parent);
	if (node->key)
		buf_printf(path, "%s%s", path->len ? "." : "", node->key);
}

static bool
is_allowed(const struct ethics *e, const char *path)
{
	for (size_t i = 0; i < e->paths; i++) {
		size_t n = strlen(e->path[i]);

		if (*path == *e->path[i] && strncmp(path, e->path[i], n) == 0 &&
		    (path[n] == '\0' || path[n] == '.'))
			return true;
	}
	return false;
}

static void
put_finding(struct ethics_reader *r, const struct ethics_pattern *p, const struct node *node,
	    struct str found)
{
	bool defames = p->severity && strcmp(p->severity, "error") == 0;
	struct buf quoted = {0};
	struct error err;

	text_quote(&quoted, found.p, found.n);
	node_error(&err, r->doc, node, "%.200s: %s: %.100s%s (S2); an ethics file can allow it",
		   r->path.data ? r->path.data : "", quoted.data, p->what,
		   defames ? "" : ", no business of ours");
	sink_put(r->sink, defames ? SEVERITY_ERROR : SEVERITY_WARNING, defames ? "defamation" : "private",
		 &err);
	buf_free(&quoted);
	r->found++;
}

/* A pattern that needs too many steps is said to be found: somebody should look. */
static void
find_pattern(struct ethics_reader *r, size_t i, const struct node *node, struct str text)
{
	const struct ethics_pattern *p = &r->ethics->pattern[i];
	struct str found = text;

	if (!r->one[i])
		r->one[i] = compile(p->pattern, NULL);
	if (r->one[i] && rx_find(r->one[i], text.p, text.n, &found, NULL) != RX_NO)
		put_finding(r, p, node, found);
}

static bool
any_matches(struct ethics_reader *r, struct str text)
{
	for (size_t i = 0; i < r->ethics->groups; i++) {
		if (!r->group[i] || rx_match(r->group[i], text.p, text.n, NULL) != RX_NO)
			return true;
	}
	return false;
}

static void
judge_text(struct ethics_reader *r, const struct node *node)
{
	struct str text = {r->text.data, r->text.len};

	if (!any_matches(r, text))
		return;
	buf_clear(&r->path);
	path_of(&r->path, node);
	if (r->path.len && is_allowed(r->ethics, r->path.data))
		return;
	buf_clear(&r->rest);
	if (r->allowed && rx_replace(r->allowed, text.p, text.n, PASSED_OVER, &r->rest, NULL) == RX_YES)
		text = (struct str){r->rest.data, r->rest.len};
	for (size_t i = 0; i < r->ethics->patterns && r->found < FOUND_MAX; i++)
		find_pattern(r, i, node, text);
}

/* Can a pattern begin so? The answer is remembered. */
static bool
can_begin(struct ethics_reader *r, const char *s, size_t n)
{
	struct beginning *b = &r->beginning[text_hash(s, n) % BEGINNINGS];

	if (b->n == n && memcmp(b->text, s, n) == 0)
		return b->can;
	b->n = (unsigned char)n;
	memcpy(b->text, s, n);
	b->can = false;
	for (size_t i = 0; i < r->ethics->groups && !b->can; i++)
		b->can = !r->group[i] || rx_can_begin(r->group[i], s, n);
	return b->can;
}

/* The characters of which words of the three languages are made, and many others: letters of Latin, Greek and Cyrillic.
 * A word behind a character that is wrongly none of them is looked at, though it is the rest of one. */
static bool
ends_word(const char *s)
{
	unsigned char c = (unsigned char)*s;

	if (c < 0x80)
		return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			 c == '_');
	return c < 0xC3 || c > 0xD4 || (c == 0xC3 && ((unsigned char)s[1] & 0xDF) == 0x97);
}

/* the bytes of the first characters of a text, valid UTF-8 */
static size_t
beginning_size(const char *s, size_t n, int characters)
{
	size_t i = 0;

	for (int count = 0; count < characters && i < n; count++)
		do
			i++;
		while (i < n && ((unsigned char)s[i] & 0xC0) == 0x80);
	return i;
}

/* Few letters rule out most words, and are soon remembered of all; more of them the rest. A text that ends is not taken
 * for the beginning of a longer one. */
static bool
may_begin(struct ethics_reader *r, const char *s, size_t n)
{
	size_t some = beginning_size(s, n, BEGINNING), more = beginning_size(s, n, BEGINNING_LONG);
	char end[4 * BEGINNING_LONG + 1];

	if (!can_begin(r, s, some))
		return false;
	if (more < n)
		return can_begin(r, s, more);
	memcpy(end, s, n);
	end[n] = '\n';
	return can_begin(r, end, n + 1);
}

static bool
has_beginning(struct ethics_reader *r, const char *s, size_t n)
{
	bool between = true;

	if (r->ethics->unforeseen)
		return true;
	for (size_t i = 0; i < n; i++) {
		if (((unsigned char)s[i] & 0xC0) == 0x80)
			continue;
		if (ends_word(s + i) && (unsigned char)s[i] < 0x80) {
			between = true;
			continue;
		}
		if (between && may_begin(r, s + i, n - i))
			return true;
		between = ends_word(s + i);
	}
	return false;
}

/* bytes of a blank that begins here; U+00A0 is one */
static size_t
blank_size(const char *s, size_t n)
{
	if (*s == ' ' || *s == '\n' || *s == '\t' || *s == '\r')
		return 1;
	return n > 1 && s[0] == '\xC2' && s[1] == '\xA0' ? 2 : 0;
}

static void
add_squeezed(struct buf *out, const char *s, size_t n)
{
	char *to = buf_room(out, n), *start = to;
	bool blank = false;
	size_t step;

	for (; n > 0; s += step, n -= step) {
		step = blank_size(s, n);
		if (step == 0) {
			*to++ = *s;
			blank = false;
			step = 1;
		} else if (!blank) {
			*to++ = ' ';
			blank = true;
		}
	}
	out->len += (size_t)(to - start);
	*to = '\0';
}

/* where to cut a long text: behind a blank, at least not in a character */
static size_t
piece_end(const char *s, size_t n)
{
	size_t end;

	if (n <= PIECE_MAX)
		return n;
	for (end = PIECE_MAX; end > PIECE_MAX / 2; end--)
		if (s[end - 1] == ' ' || s[end - 1] == '\n')
			return end;
	for (end = PIECE_MAX; end > 1 && ((unsigned char)s[end] & 0xC0) == 0x80; end--)
		;
	return end;
}

/* dates and numbers, which are most values: blanks, digits and +,-./: */
static bool
is_number(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && (s[i] < '+' || s[i] > ':'))
			return false;
	return true;
}

static void
read_bytes(struct ethics_reader *r, const struct node *node, const char *s, size_t n)
{
	size_t piece;

	if (is_number(s, n))
		return;
	for (; n > 0 && r->found < FOUND_MAX; s += piece, n -= piece) {
		piece = piece_end(s, n);
		buf_clear(&r->text);
		add_squeezed(&r->text, s, piece);
		if (has_beginning(r, r->text.data, r->text.len))
			judge_text(r, node);
	}
}

static void
read_text(struct ethics_reader *r, const struct node *node)
{
	/* dates and numbers, which are most values */
	if (strspn(node->text, "0123456789-.,:/ +") < node->len)
		read_bytes(r, node, node->text, node->len);
}

/* what people say of a value stands beside it, and git keeps it as well */
static void
read_comment(void *data, struct str comment)
{
	struct ethics_reader *r = data;
	const struct node place = {.key = COMMENT, .start = (size_t)(comment.p - r->doc->bytes.p)};

	read_bytes(r, &place, comment.p, comment.n);
}

/* no deeper than a document is nested */
static void
read_node(struct ethics_reader *r, const struct node *node)
{
	if (node->kind == NODE_SCALAR)
		read_text(r, node);
	for (const struct node *n = node->first; n && r->found < FOUND_MAX; n = n->next)
		read_node(r, n);
}

void
ethics_check(struct ethics_reader *r, const struct doc *doc, struct sink *sink)
{
	size_t next = 0;

	r->doc = doc;
	r->sink = sink;
	r->found = 0;
	for (const struct node *n = doc->root->first; n; n = n->next) {
		const struct field *f = field_find_from(&account_fields, n->key, next);

		if (f)
			next = (size_t)(f - account_fields.field) + 1;
		if (f && (f->flags & (SECTION_IMPORTED | SECTION_COMPUTED)))
			continue;
		if (!is_allowed(r->ethics, n->key))
			read_node(r, n);
	}
	comments_each(doc, read_comment, r);
}
