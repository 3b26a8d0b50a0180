#include "domain/modelcriteria.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/measure.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct field criterion_table[] = {
    {"measure", FIELD_TEXT, offsetof(struct model_criterion, measure), NULL, NULL, FIELD_REQUIRED, NULL,
     "one of those that kam-score(1) lists"},
    {"zero", FIELD_DECIMAL, offsetof(struct model_criterion, zero), NULL, NULL, FIELD_REQUIRED, NULL,
     "the value that earns 0 points; it may lie above full"},
    {"full", FIELD_DECIMAL, offsetof(struct model_criterion, full), NULL, NULL, FIELD_REQUIRED, NULL,
     "the value that earns 100 points"},
    {"weight", FIELD_DECIMAL, offsetof(struct model_criterion, weight), NULL, NULL, FIELD_REQUIRED, NULL,
     "of its points in the mean, above 0"},
};
const struct fields model_criterion_fields = {"criterion", criterion_table, COUNT(criterion_table),
					      sizeof(struct model_criterion), false};

static const struct field known_table[] = {
    {"least", FIELD_DECIMAL, offsetof(struct model_known, least), NULL, NULL, 0, "%",
     "of the weights of its criteria that must have data for a verdict to be given"},
};
const struct fields model_known_fields = {"known", known_table, COUNT(known_table),
					  sizeof(struct model_known), false};

static const struct field bands_table[] = {
    {"good", FIELD_DECIMAL, offsetof(struct model_bands, good), NULL, NULL, 0, NULL,
     "health from which on all is well"},
    {"watch", FIELD_DECIMAL, offsetof(struct model_bands, watch), NULL, NULL, 0, NULL,
     "health from which on an account is to be watched; below, it is at risk"},
};
const struct fields model_bands_fields = {"bands", bands_table, COUNT(bands_table),
					  sizeof(struct model_bands), false};

static const struct field field_table[] = {
    {"attractiveness", FIELD_DECIMAL, offsetof(struct model_field, attractiveness), NULL, NULL, 0, NULL,
     "0 to 100"},
    {"strength", FIELD_DECIMAL, offsetof(struct model_field, strength), NULL, NULL, 0, NULL, "0 to 100"},
};
const struct fields model_field_fields = {"field", field_table, COUNT(field_table),
					  sizeof(struct model_field), false};

static const struct field line_table[] = {
    {"measure", FIELD_TEXT, offsetof(struct model_key_line, measure), NULL, NULL, FIELD_REQUIRED, NULL,
     "one of those that kam-score(1) lists, or category"},
    {"at-least", FIELD_DECIMAL, offsetof(struct model_key_line, at_least), NULL, NULL, 0, NULL,
     "the value from which on the line holds"},
    {"at-most", FIELD_DECIMAL, offsetof(struct model_key_line, at_most), NULL, NULL, 0, NULL,
     "the value up to which the line holds"},
    {"is", FIELD_WORDS, offsetof(struct model_key_line, is), NULL, NULL, 0, NULL,
     "words, one of which it is to be"},
};
static const struct fields line_fields = {"line", line_table, COUNT(line_table),
					  sizeof(struct model_key_line), false};

static const struct field key_table[] = {
    {"least", FIELD_INT, offsetof(struct model_key, least), NULL, NULL, 0, "lines",
     "how many lines must hold; what speaks of size alone, or of a name alone, is never enough (S1)"},
    {"of", FIELD_LIST, offsetof(struct model_key, of), &line_fields, NULL, 0, NULL, "the lines"},
    {"most-per-manager", FIELD_INT, offsetof(struct model_key, most_per_manager), NULL, NULL, 0, "accounts",
     "key accounts that one manager can serve (S1)"},
};
const struct fields model_key_fields = {"key", key_table, COUNT(key_table), sizeof(struct model_key), false};

/* a judging, with where its findings go */
struct check {
	const struct doc *doc;
	struct sink *sink;
	int status;
};

static void __attribute__((format(printf, 3, 4)))
refuse(struct check *c, const struct node *at, const char *fmt, ...)
{
	char text[512];
	struct error e;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	node_error(&e, c->doc, at, "%s", text);
	sink_put(c->sink, SEVERITY_ERROR, "value", &e);
	c->status = -1;
}

/* the row of the measure; -1: there is none, or it is not of the kind that the line needs */
static int
measure_row(struct check *c, const struct node *node, const char *section, const char *name, bool number)
{
	const char *names[MEASURES], *nearest;
	const struct measure *m = measure_find(name);
	struct buf quoted = {0};

	if (m && (number ? m->type == MEASURE_NUMBER || m->type == MEASURE_MONEY : m->type == MEASURE_WORD))
		return (int)(m - measures);
	for (size_t i = 0; i < MEASURES; i++)
		names[i] = measures[i].name;
	nearest = text_nearest(name, names, MEASURES);
	text_quote(&quoted, name, strlen(name));
	if (m)
		refuse(c, node_get(node, "measure"), "%s: %s is no %s", section, name,
		       number ? "number" : "word");
	else
		refuse(c, node_get(node, "measure"), "%s: no measure is called %s%s%s", section, quoted.data,
		       nearest ? "; did you mean " : "", nearest ? nearest : "");
	buf_free(&quoted);
	return -1;
}

static bool
is_missing(const struct decimal *d)
{
	return !d->known;
}

/* A verdict cannot rest on itself, nor on one that is computed after it. */
static void
check_order(struct check *c, const struct node *node, const char *section, int row, enum measure_id verdict)
{
	if (row >= (int)verdict)
		refuse(c, node_get(node, "measure"), "%s: %s is not known yet when %s is judged", section,
		       measures[row].name, section);
}

static void
check_criteria(struct check *c, enum measure_id verdict, const struct items *items)
{
	const char *section = measures[verdict].name;
	struct model_criterion *line = items->v;

	for (size_t i = 0; i < items->n; i++) {
		/* what fields_read refused already */
		if (!line[i].measure || is_missing(&line[i].zero) || is_missing(&line[i].full) ||
		    is_missing(&line[i].weight)) {
			c->status = -1;
			continue;
		}
		line[i].of = measure_row(c, line[i].node, section, line[i].measure, true);
		check_order(c, line[i].node, section, line[i].of, verdict);
		if (decimal_cmp(&line[i].zero, &line[i].full) == 0)
			refuse(c, node_get(line[i].node, "full"), "%s: %s: zero and full are the same",
			       section, line[i].measure);
		if (decimal_sign(&line[i].weight) <= 0)
			refuse(c, node_get(line[i].node, "weight"), "%s: %s: a weight is above 0", section,
			       line[i].measure);
	}
}

static void
check_key_line(struct check *c, struct model_key_line *line)
{
	bool category = strcmp(line->measure, "category") == 0, words = line->is.n > 0;

	if (words == (line->at_least.known || line->at_most.known)) {
		refuse(c, line->node, "key: %s: give at-least or at-most, or words by is", line->measure);
		return;
	}
	if (category && !words)
		refuse(c, line->node, "key: category: give the words by is: [partner]");
	line->of = category ? MODEL_OF_CATEGORY : measure_row(c, line->node, "key", line->measure, !words);
	check_order(c, line->node, "key", line->of, MEASURE_KEY);
}

static void
check_key(struct check *c, struct model *m)
{
	struct model_key_line *line = m->key.of.v;
	const struct node *section = node_get(c->doc->root, "key");

	for (size_t i = 0; i < m->key.of.n; i++) {
		if (line[i].measure)
			check_key_line(c, &line[i]);
	}
	if (section && (m->key.least < 1 || (size_t)m->key.least > m->key.of.n))
		refuse(c, section, "key.least: not 1 to %zu, the number of lines", m->key.of.n);
}

static bool
is_score(const struct decimal *d)
{
	struct decimal most = decimal_int(100);

	return decimal_sign(d) >= 0 && decimal_cmp(d, &most) <= 0;
}

int
model_criteria_check(struct model *m, const struct doc *doc, struct sink *sink)
{
	struct check c = {doc, sink, 0};
	const struct node *bands = node_get(doc->root, "bands"), *field = node_get(doc->root, "field"),
			  *known = node_get(doc->root, "known");

	check_criteria(&c, MEASURE_HEALTH, &m->health);
	check_criteria(&c, MEASURE_ATTRACTIVENESS, &m->attractiveness);
	check_criteria(&c, MEASURE_STRENGTH, &m->strength);
	check_key(&c, m);
	if (bands && (!is_score(&m->bands.good) || !is_score(&m->bands.watch) ||
		      decimal_cmp(&m->bands.watch, &m->bands.good) > 0))
		refuse(&c, bands, "bands: not 0 to 100, watch up to good");
	if (known && !is_score(&m->known.least))
		refuse(&c, known, "known.least: not 0 to 100");
	if (field && (!is_score(&m->field.attractiveness) || !is_score(&m->field.strength)))
		refuse(&c, field, "field: not 0 to 100");
	return c.status;
}
