#include "domain/modelcriteria.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "domain/measure.h"
#include "domain/verdict.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define CATEGORY "category" /* what a line of key can name that is no measure */

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

#define NAMES (MEASURES + 2) /* with "category", and the end */

/* The row of the measure; -1: there is none, or it is not of the kind that the line needs. What a line of words can name
 * besides is `also`, or NULL. */
static int
measure_row(struct model_check *c, const struct node *node, const char *section, bool number,
	    const char *also)
{
	const struct node *name = node_get(node, "measure");
	const struct measure *m = measure_find(name->text);
	const char *names[NAMES] = {NULL};

	if (m && (number ? m->type == MEASURE_NUMBER || m->type == MEASURE_MONEY : m->type == MEASURE_WORD))
		return (int)(m - measures);
	for (size_t i = 0; i < MEASURES; i++)
		names[i] = measures[i].name;
	names[MEASURES] = also;
	if (m)
		model_refuse(c, name, NULL, "%s: not a measure that is a %s", section,
			     number ? "number" : "word");
	else
		model_refuse(c, name, names, "%s: not the name of a measure", section);
	return -1;
}

/* A verdict cannot rest on itself, nor on one that is computed after it. */
static void
check_order(struct model_check *c, const struct node *node, const char *section, int row,
	    enum measure_id verdict)
{
	if (row >= (int)verdict)
		model_refuse(c, node_get(node, "measure"), NULL, "%s: not known yet when %s is judged",
			     section, section);
}

static void
check_criterion(struct model_check *c, enum measure_id verdict, struct model_criterion *line)
{
	const char *section = measures[verdict].name;

	line->of = measure_row(c, line->node, section, true, NULL);
	check_order(c, line->node, section, line->of, verdict);
	if (decimal_cmp(&line->zero, &line->full) == 0)
		model_refuse(c, node_get(line->node, "full"), NULL, "%s: %s: zero and full are the same",
			     section, line->measure);
	if (decimal_sign(&line->weight) <= 0)
		model_refuse(c, node_get(line->node, "weight"), NULL, "%s: %s: not a weight, above 0",
			     section, line->measure);
}

static void
check_criteria(struct model_check *c, enum measure_id verdict, const struct items *items)
{
	struct model_criterion *line = items->v;
	const char *section = measures[verdict].name;
	const struct node *list = node_get(c->doc->root, section);
	char text[128];

	if (list && list->kind == NODE_LIST && list->count == 0) {
		snprintf(text, sizeof text, "%s: no criteria, so that it is given to no account", section);
		model_warn(c, list, text);
	}
	for (size_t i = 0; i < items->n; i++) {
		/* else fields_read refused it already */
		if (line[i].measure && line[i].zero.known && line[i].full.known && line[i].weight.known)
			check_criterion(c, verdict, &line[i]);
		else
			c->failed = true;
	}
}

static bool
is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(*words, word) == 0)
			return true;
	}
	return false;
}

/* a word that the measure never is would hold never */
static void
check_words(struct model_check *c, const struct model_key_line *line, const char *const *words)
{
	const struct node *list = node_get(line->node, "is");
	struct buf all = {0};

	for (size_t i = 0; words[i]; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", words[i]);
	for (const struct node *n = list->first; n; n = n->next) {
		if (node_is_text(n) && !is_one_of(n->text, words))
			model_refuse(c, n, words, "key: %s: not one of %s", line->measure, all.data);
	}
	buf_free(&all);
}

static void
check_marks(struct model_check *c, const struct model_key_line *line)
{
	struct buf most = {0};

	if (!line->at_least.known || !line->at_most.known ||
	    decimal_cmp(&line->at_least, &line->at_most) <= 0)
		return;
	decimal_format_exact(&most, line->at_most);
	model_refuse(c, node_get(line->node, "at-least"), NULL, "key: %s: at-least is above at-most, %s",
		     line->measure, most.data);
	buf_free(&most);
}

static void
check_key_line(struct model_check *c, struct model_key_line *line)
{
	bool category = strcmp(line->measure, CATEGORY) == 0, words = line->is.n > 0;

	if (words == (line->at_least.known || line->at_most.known)) {
		model_refuse(c, line->node, NULL, "key: %s: give at-least or at-most, or words by is",
			     line->measure);
		return;
	}
	if (category && !words)
		model_refuse(c, line->node, NULL, "key: category: give the words by is: [partner]");
	line->of = category ? MODEL_OF_CATEGORY : measure_row(c, line->node, "key", !words, CATEGORY);
	check_order(c, line->node, "key", line->of, MEASURE_KEY);
	check_marks(c, line);
	if (words && category)
		check_words(c, line, category_words());
	else if (words && line->of >= 0)
		check_words(c, line, measures[line->of].words);
}

/* an entry that is there and has no value was refused when it was read */
static bool
line_was_refused(const struct model_key_line *line)
{
	return !line->measure ||
	       (!line->at_least.known && !node_is_empty(node_get(line->node, "at-least"))) ||
	       (!line->at_most.known && !node_is_empty(node_get(line->node, "at-most"))) ||
	       (!line->is.n && !node_is_empty(node_get(line->node, "is")));
}

/* so many lines there are; where one of them is faulty, that is said already */
static void
check_key_least(struct model_check *c, const struct model_key *key)
{
	const struct node *section = node_get(c->doc->root, "key"), *least = node_get(section, "least");

	if (!section || (key->least >= 1 && (size_t)key->least <= key->of.n))
		return;
	if (!node_is_empty(least))
		model_refuse(c, least, NULL, "key.least: not 1 to %zu, the number of lines", key->of.n);
	else
		model_refuse(c, node_get(section, "of"), NULL,
			     "key.of: fewer lines, %zu, than key.least, which is %d in the built-in model; "
			     "give key.least too",
			     key->of.n, key->least);
}

static void
check_key(struct model_check *c, struct model *m)
{
	struct model_key_line *line = m->key.of.v;
	const struct node *of = node_get(node_get(c->doc->root, "key"), "of");
	bool failed = c->failed, faulty = false;

	c->failed = false;
	for (size_t i = 0; i < m->key.of.n; i++) {
		if (line_was_refused(&line[i]))
			faulty = true;
		else
			check_key_line(c, &line[i]);
	}
	if (of && of->kind == NODE_LIST && m->key.of.n == 0)
		model_refuse(c, of, NULL, "key.of: no lines, so that no account could be key");
	else if (!faulty && !c->failed)
		check_key_least(c, &m->key);
	c->failed |= failed || faulty;
}

static void
check_bands(struct model_check *c, const struct model_bands *bands)
{
	const struct node *map = node_get(c->doc->root, "bands");

	if (node_is_empty(map))
		return;
	model_check_percentage(c, map, "good", &bands->good, "a mark of health");
	model_check_percentage(c, map, "watch", &bands->watch, "a mark of health");
	model_check_order(c, map, "watch", &bands->watch, "good", &bands->good);
}

void
model_criteria_check(struct model *m, struct model_check *c)
{
	const struct node *field = node_get(c->doc->root, "field"), *known = node_get(c->doc->root, "known");

	check_criteria(c, MEASURE_HEALTH, &m->health);
	check_criteria(c, MEASURE_ATTRACTIVENESS, &m->attractiveness);
	check_criteria(c, MEASURE_STRENGTH, &m->strength);
	check_key(c, m);
	check_bands(c, &m->bands);
	if (known)
		model_check_percentage(c, known, "least", &m->known.least, "a percentage");
	if (field) {
		model_check_percentage(c, field, "attractiveness", &m->field.attractiveness, "a mark");
		model_check_percentage(c, field, "strength", &m->field.strength, "a mark");
	}
}
