/*
 * The map, with what each line of it rests on. Texts of the export stand in
 * values as the project's writer has them, and in comments neutralised.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/guessrun.h"

#define COMMENT_WIDTH 96   /* columns of a line of comments */
#define SOURCE_MAX 40	   /* bytes of a source's name */
#define DISTINCT_MAX 50000 /* that are told apart */
#define UNUSED_MAX 40	   /* columns that are listed */

static const char *
quoted(struct guess *g, const char *text)
{
	return text_quoted(&g->arena, text);
}

/* may the character stand in a comment? the rest of those that YAML refuses */
static bool
is_odd(const char *p)
{
	const unsigned char *s = (const unsigned char *)p;

	return s[0] == 0xEF && ((s[1] == 0xBB && s[2] == 0xBF) || (s[1] == 0xBF && s[2] >= 0xBE));
}

static void
comment_add(struct buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (n - i >= 3 && is_odd(p + i)) {
			buf_addc(out, '?');
			i += 2;
		} else {
			buf_addc(out, p[i]);
		}
	}
}

/* a paragraph of comment, its lines broken at blanks */
static void __attribute__((format(printf, 2, 3))) comment(struct buf *out, const char *fmt, ...)
{
	struct buf text = {0};
	char line[4096];
	const char *p;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	text_safe(&text, line, strlen(line));
	for (p = text.data; p && *p;) {
		size_t n = strlen(p), fit = text_fit(p, n, COMMENT_WIDTH);

		if (fit < n)
			while (fit > 0 && p[fit] != ' ')
				fit--;
		if (fit == 0)
			fit = n;
		buf_adds(out, "# ");
		comment_add(out, p, fit);
		buf_addc(out, '\n');
		p += fit;
		p += strspn(p, " ");
	}
	buf_free(&text);
}

/* "  key: value  # why"; why NULL: without */
static void
entry(struct buf *out, const char *indent, const char *key, const struct node *value, const char *why)
{
	struct buf safe = {0};

	buf_adds(out, indent);
	node_write_entry(out, key, value);
	if (why) {
		text_safe(&safe, why, strlen(why));
		buf_adds(out, "  # ");
		comment_add(out, safe.data ? safe.data : "", safe.len);
		buf_free(&safe);
	}
	buf_addc(out, '\n');
}

static struct node *
text_node(struct guess *g, const char *text)
{
	return node_new_text(&g->arena, text);
}

static struct node *
quoted_node(struct guess *g, const char *text)
{
	struct node *node = node_new_text(&g->arena, text);

	node->style = STYLE_QUOTED;
	return node;
}

/* the file's name without folder and endings, fit for a source; months and numbers left out */
static const char *
source_name(struct guess *g)
{
	const char *file = g->file[0].name, *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file, *dot = strchr(base, '.');
	char *name = text_translit(&g->arena, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
	size_t n = 0;

	for (const char *p = name; *p;) {
		size_t word = strcspn(p, "-"), digits = strspn(p, "0123456789");

		if (digits < word && n + word + 1 < SOURCE_MAX) {
			if (n > 0)
				name[n++] = '-';
			memmove(name + n, p, word);
			n += word;
		}
		p += word + (p[word] == '-');
	}
	name[n] = '\0';
	return n > 0 ? name : "export";
}

static void
write_head(struct guess *g, struct buf *out)
{
	const char *name = quoted(g, strcmp(g->file[0].name, "-") == 0 ? "standard input" : g->file[0].name);

	if (g->files > 1)
		comment(out, "How exports like %s are read, guessed from all %zu rows of %zu of them.", name,
			g->rows, g->files);
	else
		comment(out, "How exports like %s are read, guessed from all its %zu rows.", name, g->rows);
	comment(out, "Look at what is called unsure before it is imported; kam-map(5) tells what else can be "
		     "said.");
	if (g->rejected > 0)
		comment(out, "Rows that cannot be read: %zu; the first: %s", g->rejected, g->reject);
	buf_addc(out, '\n');
}

static void
write_kind(struct guess *g, struct buf *out)
{
	struct buf fields = {0};

	for (size_t i = 0; i < g->picks.n; i++)
		if (g->picks.pick[i].field)
			buf_printf(&fields, "%s%s", fields.len > 0 ? ", " : "", g->picks.pick[i].target);
	if (fields.len > 0)
		comment(out, "What a row is, by the columns that look like %s.", fields.data);
	else
		comment(out, "What a row is: unsure, as no column looks like a field of another kind.");
	buf_free(&fields);
	entry(out, "", "kind", node_new_plain(&g->arena, g->picks.kind->name), NULL);
	comment(out,
		"The system that the export comes from, here by the file's name. Keep it for later exports "
		"of the same system: their months replace those of this name.");
	entry(out, "", "source", text_node(g, source_name(g)), NULL);
	if (g->currencies)
		comment(out, "Several currencies are in the column %s; they need a map each, with skip-rows.",
			quoted(g, g->currencies));
	if (g->currency)
		entry(out, "", "currency", node_new_plain(&g->arena, g->currency), g->currency_why);
	else
		buf_adds(out, "# Nothing tells the currency. If all amounts are in one, state it:\n"
			      "# currency: EUR\n");
	buf_addc(out, '\n');
}

static const char *
encoding_why(struct guess *g)
{
	const struct sniff *s = &g->sniff;

	switch (s->basis) {
	case SNIFF_ASCII:
		return "nothing beyond ASCII is in it";
	case SNIFF_BOM:
		return "by its byte order mark";
	case SNIFF_UTF8:
		return "its characters beyond ASCII are well formed";
	case SNIFF_NULS:
		return "every other byte is zero; there is no byte order mark";
	default:
		break;
	}
	if (s->rival)
		return arena_printf(&g->arena,
				    "unsure: by %zu characters beyond ASCII, which could be %s too",
				    s->letters, s->rival);
	return arena_printf(&g->arena, "by the letters, %zu characters beyond ASCII", s->letters);
}

static void
write_csv(struct guess *g, struct buf *out)
{
	const struct sniff *s = &g->sniff;
	char delimiter[] = {s->delimiter, '\0'};
	const char *why =
	    s->width > 1
		? arena_printf(&g->arena, "cuts %zu of the first %zu records into %zu cells", s->even,
			       s->records, g->unseen > 0 ? g->columns + g->unseen : s->width)
		: "unsure: none was found, there is one column";

	buf_adds(out, "csv:\n");
	entry(out, "  ", "encoding", node_new_plain(&g->arena, s->encoding), encoding_why(g));
	entry(out, "  ", "delimiter", s->delimiter == '\t' ? text_node(g, "tab") : quoted_node(g, delimiter),
	      why);
	if (s->skip > 0)
		entry(out, "  ", "skip", node_new_plain(&g->arena, arena_printf(&g->arena, "%zu", s->skip)),
		      "lines before the table");
	if (!g->header)
		entry(out, "  ", "header", node_new_plain(&g->arena, "no"),
		      g->header_unsure ? "unsure: the first row has no title that is known"
				       : "the first row is like those below it");
	else if (g->header_unsure)
		comment(out, "The header: unsure, known by its words alone.");
}

static void
write_number(struct guess *g, struct buf *out)
{
	struct node *number = node_new_map(&g->arena, STYLE_FLOW);
	char decimal[] = {g->decimal, '\0'};
	size_t shown = 0;

	if (!g->decimal && !*g->group) {
		comment(out, "Numbers: all are whole or there are none, so their marks are not known.");
		return;
	}
	for (int d = MARK_POINT; d <= MARK_COMMA; d++)
		for (int m = 0; m < MARKS; m++)
			shown += g->decimal == (d == MARK_COMMA ? ',' : '.') ? g->marks[d][m] : 0;
	if (g->number_unsure)
		comment(
		    out,
		    "Numbers: unsure. All that have a mark have one before three digits, as 1,234, which may "
		    "be a decimal mark or not. Here it was taken by the delimiter and the titles' language.");
	else
		comment(out, "Numbers: %zu have such a decimal mark.", shown);
	if (g->number_others > 0)
		comment(out, "Written otherwise are %zu cells; their rows will be rejected.",
			g->number_others);
	if (g->decimal)
		node_put(&g->arena, number, "decimal", quoted_node(g, decimal));
	if (*g->group)
		node_put(&g->arena, number, "group", quoted_node(g, g->group));
	entry(out, "", "number", number, NULL);
}

static void
write_date(struct guess *g, struct buf *out)
{
	const struct date_tally *t = g->date_tally;
	const struct tally *column = g->date ? &g->column[g->date_column] : NULL;
	const char *first = g->month_first ? "month" : "day", *second = g->month_first ? "day" : "month";
	size_t good, bad;

	if (!g->date)
		return;
	good = t ? (g->month_first ? t->month_first : t->day_first) : column->serials;
	bad = column->cells - good;
	if (!t)
		comment(out, "Dates: %zu of %zu cells are numbers as spreadsheets count days.", good,
			column->cells);
	else if (!t->either)
		comment(out, "Dates: %zu of %zu cells are such days.", good, column->cells);
	else if (g->date_unsure)
		comment(out,
			"Dates: unsure. No cell tells whether the %s comes first: all %zu can be read with "
			"the %s "
			"first too.",
			first, good, second);
	else if (g->date_hint)
		comment(
		    out,
		    "Dates: the %s first, as the rows are then in order; all %zu could be read with the %s "
		    "first too.",
		    first, good, second);
	else
		comment(out, "Dates: %zu of %zu cells are days with the %s first, %zu with the %s first.",
			good, column->cells, first, g->month_first ? t->day_first : t->month_first, second);
	if (bad > 0)
		comment(out, "Of the column %s %zu cells are none, in rows of totals perhaps.",
			quoted(g, column->name), bad);
	entry(out, "", "date", quoted_node(g, g->date), NULL);
}

static const char *
pick_why(struct guess *g, const struct pick *pick)
{
	const struct tally *t = &g->column[pick->column];
	size_t distinct = t->many ? tally_distinct(t) : t->values;
	const char *what, *about = distinct < DISTINCT_MAX ? "about " : "more than ";

	if (distinct > DISTINCT_MAX)
		distinct = DISTINCT_MAX;
	if (pick->forced)
		return "unsure: no column looks like a client";
	what =
	    arena_printf(&g->arena, "%zu cells, %s%zu different", t->cells, t->many ? about : "", distinct);
	if (t->cells == 0)
		what = "no cell is filled";
	if (*t->title && strcmp(t->title, t->name) != 0)
		what = arena_printf(&g->arena, "%s, %s", quoted(g, t->title), what);
	return pick->by_words ? what : arena_printf(&g->arena, "unsure: by its cells alone; %s", what);
}

/* what the account's code is called: as the source, unless that is the name of another */
static const char *
code_system(struct guess *g)
{
	const char *name = source_name(g);

	for (size_t i = 0; i < g->picks.n; i++)
		if (*g->picks.pick[i].target == '@' && strcmp(g->picks.pick[i].target + 1, name) == 0)
			return "code";
	return name;
}

static void
write_external(struct guess *g, struct buf *out)
{
	bool first = true;

	for (int others = 0; others < 2; others++) {
		for (size_t i = 0; i < g->picks.n; i++) {
			const struct pick *pick = &g->picks.pick[i];
			bool code = strcmp(pick->target, "@code") == 0;

			if (*pick->target != '@' || strcmp(pick->target, "@client") == 0 || code == others)
				continue;
			buf_adds(out, first ? "  external:\n" : "");
			first = false;
			entry(out, "    ", code ? code_system(g) : pick->target + 1,
			      text_node(g, g->column[pick->column].name), pick_why(g, pick));
		}
	}
}

static void
write_account(struct guess *g, struct buf *out)
{
	const struct pick *client = guess_pick(&g->picks, "@client");

	comment(out, "How a row finds its account.");
	buf_adds(out, "account:\n");
	write_external(g, out);
	if (client)
		entry(out, "  ", "name", text_node(g, g->column[client->column].name), pick_why(g, client));
}

static void
write_columns(struct guess *g, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < g->picks.kind->fields->n; i++) {
		for (size_t j = 0; j < g->picks.n; j++) {
			const struct pick *pick = &g->picks.pick[j];
			const char *dot = strchr(pick->target, '.');
			size_t n = dot ? (size_t)(dot - pick->target) : strlen(pick->target);
			const char *field = g->picks.kind->fields->field[i].name;

			if (!pick->field || strlen(field) != n || strncmp(field, pick->target, n) != 0)
				continue;
			buf_adds(out, first ? "columns:\n" : "");
			first = false;
			entry(out, "  ", pick->target, text_node(g, g->column[pick->column].name),
			      pick_why(g, pick));
		}
	}
	for (size_t i = 0; i < g->dropped.n; i++) {
		const struct pick *pick = &g->dropped.pick[i];
		struct buf line = {0};

		node_write_entry(&line, pick->target, text_node(g, g->column[pick->column].name));
		comment(out, "  %.400s", line.data);
		buf_free(&line);
	}
	if (g->dropped.n > 0)
		comment(out,
			"The columns above look like these fields, but are in another format, or a map does "
			"not have them beside those it has.");
}

/* are the column's decimals nothing but ".0"? */
static bool
is_spoilt_code(const struct tally *t)
{
	size_t decimals = t->either[MARK_POINT] + t->either[MARK_COMMA];

	for (int m = 0; m < MARKS; m++)
		decimals += t->marks[MARK_POINT][m] + t->marks[MARK_COMMA][m];
	return t->point_zeros > 0 && t->point_zeros == decimals && t->point_zeros * 2 >= t->cells;
}

static void
clean_rule(struct guess *g, struct buf *out, const char *column, const char *match, const char *replace,
	   const char *why)
{
	struct node *rule = node_new_map(&g->arena, STYLE_FLOW);
	struct buf line = {0};

	node_put(&g->arena, rule, "column", text_node(g, column));
	node_put(&g->arena, rule, "match", quoted_node(g, match));
	if (replace)
		node_put(&g->arena, rule, "replace", quoted_node(g, replace));
	node_write_flow(&line, rule);
	buf_printf(out, "  - %s  # %s\n", line.data, why);
	buf_free(&line);
}

static void
write_clean(struct guess *g, struct buf *out)
{
	struct buf rules = {0};

	for (size_t i = 0; i < g->picks.n; i++) {
		const struct pick *pick = &g->picks.pick[i];
		const struct tally *t = &g->column[pick->column];

		if (pick->field && pick->field->type != FIELD_TEXT)
			continue;
		if (is_spoilt_code(t))
			clean_rule(g, &rules, t->name, "\\.0$", NULL, "codes that were once read as numbers");
		if (strcmp(pick->target, "@client") == 0 && t->blanks > 0)
			clean_rule(g, &rules, t->name, "\\s+", " ",
				   "some names have several blanks together");
	}
	if (rules.len > 0)
		buf_printf(out, "clean:\n%s", rules.data);
	buf_free(&rules);
}

static void
write_test(struct guess *g, struct buf *out, const char *key, const char *column, const char *match)
{
	struct node *test = node_new_map(&g->arena, STYLE_FLOW);

	node_put(&g->arena, test, "column", text_node(g, column));
	node_put(&g->arena, test, "match", quoted_node(g, match));
	entry(out, "", key, test, NULL);
}

static void
write_skip(struct guess *g, struct buf *out)
{
	const struct tally *t;
	const char *pattern = guess_totals(g, &t);

	if (!pattern)
		return;
	comment(out, "Rows of totals: %zu.", t->totals);
	write_test(g, out, "skip-rows", t->name, pattern);
}

static void
write_returns(struct guess *g, struct buf *out)
{
	struct returns r;

	guess_returns(g, &r);
	if (r.below == 0)
		return;
	if (!r.pattern) {
		comment(out,
			"Returns are the %zu rows below zero: no word in a column tells them from others.",
			r.below);
		return;
	}
	comment(out, "Returns: the %zu rows that begin so are below zero, of %zu that are.", r.rows, r.below);
	write_test(g, out, "returns", r.column->name, r.pattern);
}

static bool
is_used(const struct picks *picks, size_t column)
{
	for (size_t i = 0; i < picks->n; i++)
		if (picks->pick[i].column == column)
			return true;
	return false;
}

static void
write_unused(struct guess *g, struct buf *out)
{
	size_t left = 0;

	for (size_t i = 0; i < g->columns; i++) {
		const struct tally *t = &g->column[i];

		if (is_used(&g->picks, i) || is_used(&g->dropped, i))
			continue;
		if (left++ == 0)
			buf_adds(out, "\n# Columns that are not used, each with one of its cells:\n");
		if (left <= UNUSED_MAX)
			comment(out, "  %s: %s", quoted(g, t->name),
				t->cells > 0 ? quoted(g, arena_copy(&g->arena, t->sample, t->sample_length))
					     : "empty");
	}
	left = left > UNUSED_MAX ? left - UNUSED_MAX : 0;
	if (left + g->unseen > 0)
		comment(out, "  and %zu more", left + g->unseen);
}

void
guess_write(struct guess *g, struct buf *out)
{
	write_head(g, out);
	write_kind(g, out);
	write_csv(g, out);
	write_number(g, out);
	write_date(g, out);
	buf_addc(out, '\n');
	write_account(g, out);
	write_columns(g, out);
	write_clean(g, out);
	write_skip(g, out);
	write_returns(g, out);
	write_unused(g, out);
}
