#include "graph.h"

#include <string.h>

#include "base/text.h"

/* colours that are told apart without red and green; the stance stands in words as well */
static const struct {
	const char *stance;
	const char *fill;
} stances[] = {
    {"champion", "#6baed6"}, {"supporter", "#c6dbef"}, {"neutral", "#f0f0f0"},
    {"critic", "#fdd0a2"},   {"blocker", "#fd8d3c"},
};
#define STANCES (sizeof stances / sizeof *stances)
#define LABEL_LINES 3

/* the row of the table, or STANCES */
static size_t
stance_of(const struct person *p)
{
	size_t i = 0;

	if (!p->contact || !p->contact->stance)
		return STANCES;
	while (i < STANCES && strcmp(p->contact->stance, stances[i].stance) != 0)
		i++;
	return i;
}

/* what stands in a node: name, position, "decider, high influence, champion"; the lines there are */
static size_t
label_lines(struct arena *arena, const struct person *p, const char *lines[LABEL_LINES])
{
	const struct contact *c = p->contact;
	size_t n = 0;

	lines[n++] = person_name(p);
	if (!c) {
		lines[n++] = "not in the dossier";
		return n;
	}
	if (c->position)
		lines[n++] = c->position;
	lines[n++] =
	    arena_printf(arena, "%s%s%s%s%s%s", p->gone ? "has left, " : "", c->role ? c->role : "",
			 c->role ? ", " : "", c->influence ? c->influence : "",
			 c->influence ? " influence, " : "", c->stance ? c->stance : "stance unknown");
	return n;
}

/* on one line, and without control characters */
static void
add_line(struct buf *out, const char *text)
{
	const char *p = text;
	size_t n;

	for (; *p; p += n) {
		n = strcspn(p, "\n\t\r");
		text_safe(out, p, n);
		if (p[n]) {
			buf_addc(out, ' ');
			n++;
		}
	}
}

/* In a quoted string of DOT a quote ends it, a backslash begins an escape, and an ampersand an entity. */
static void
dot_add(struct buf *out, const char *text)
{
	struct buf safe = {0};

	add_line(&safe, text);
	for (size_t i = 0; i < safe.len; i++) {
		char c = safe.data[i];

		if (c == '&')
			buf_adds(out, "&amp;");
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else
			buf_addc(out, c);
	}
	buf_free(&safe);
}

static void
dot_node(struct buf *out, const struct people *people, const struct person *p, struct arena *arena)
{
	const char *lines[LABEL_LINES];
	size_t n = label_lines(arena, p, lines), stance = stance_of(p);

	buf_printf(out, "\tn%zu [label=\"", (size_t)(p - people->person));
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, i > 0 ? "\\n" : "");
		dot_add(out, lines[i]);
	}
	buf_adds(out, "\"");
	if (stance < STANCES)
		buf_printf(out, ", fillcolor=\"%s\"", stances[stance].fill);
	if (!p->contact || p->gone)
		buf_adds(out, ", style=\"filled,dashed\"");
	else if (p->contact->role && strcmp(p->contact->role, "decider") == 0)
		buf_adds(out, ", penwidth=3");
	buf_adds(out, "];\n");
}

/* from the boss down; what closes a circle is dashed */
static void
dot_edge(struct buf *out, const struct people *people, const struct person *p)
{
	const struct person *boss = p->boss ? p->boss : p->circle;

	if (boss)
		buf_printf(out, "\tn%zu -> n%zu%s;\n", (size_t)(boss - people->person),
			   (size_t)(p - people->person), p->circle ? " [style=dashed]" : "");
}

void
graph_write_dot(const struct people *people, const char *title, FILE *file)
{
	struct arena arena = {0};
	struct buf out = {0};

	buf_adds(&out, "digraph people {\n\tgraph [charset=\"UTF-8\", rankdir=TB, labelloc=t, label=\"");
	dot_add(&out, title);
	buf_adds(&out, "\"];\n\tnode [shape=box, style=filled, fillcolor=white];\n");
	for (size_t i = 0; i < people->n; i++)
		dot_node(&out, people, &people->person[i], &arena);
	for (size_t i = 0; i < people->n; i++)
		dot_edge(&out, people, &people->person[i]);
	buf_adds(&out, "}\n");
	fwrite(out.data, 1, out.len, file);
	buf_free(&out);
	arena_free(&arena);
}

/* All ASCII but letters, digits, blanks and a few marks as entities by number: so neither quotes, nor directives, nor
 * Markdown, nor HTML can begin. */
static void
mermaid_add(struct buf *out, const char *text)
{
	struct buf safe = {0};

	add_line(&safe, text);
	for (size_t i = 0; i < safe.len; i++) {
		unsigned char c = (unsigned char)safe.data[i];
		bool plain =
		    (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;

		if (plain || c == ' ' || c == ',' || c == '.')
			buf_addc(out, (char)c);
		else
			buf_printf(out, "#%u;", (unsigned)c);
	}
	buf_free(&safe);
}

static void
mermaid_node(struct buf *out, const struct people *people, const struct person *p, struct arena *arena)
{
	size_t number = (size_t)(p - people->person), stance = stance_of(p), n;
	const char *lines[LABEL_LINES];

	n = label_lines(arena, p, lines);
	buf_printf(out, "\tn%zu[\"", number);
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, i > 0 ? "<br/>" : "");
		mermaid_add(out, lines[i]);
	}
	buf_adds(out, "\"]\n");
	if (stance < STANCES)
		buf_printf(out, "\tclass n%zu %s\n", number, stances[stance].stance);
	if (!p->contact || p->gone)
		buf_printf(out, "\tclass n%zu absent\n", number);
}

void
graph_write_mermaid(const struct people *people, FILE *file)
{
	struct arena arena = {0};
	struct buf out = {0};

	buf_adds(&out, "flowchart TD\n");
	for (size_t i = 0; i < people->n; i++)
		mermaid_node(&out, people, &people->person[i], &arena);
	for (size_t i = 0; i < people->n; i++) {
		const struct person *p = &people->person[i], *boss = p->boss ? p->boss : p->circle;

		if (boss)
			buf_printf(&out, "\tn%zu %s n%zu\n", (size_t)(boss - people->person),
				   p->circle ? "-.->" : "-->", i);
	}
	for (size_t i = 0; i < STANCES; i++)
		buf_printf(&out, "\tclassDef %s fill:%s,stroke:#444,color:#000\n", stances[i].stance,
			   stances[i].fill);
	buf_adds(&out, "\tclassDef absent stroke-dasharray:4 3\n");
	fwrite(out.data, 1, out.len, file);
	buf_free(&out);
	arena_free(&arena);
}
