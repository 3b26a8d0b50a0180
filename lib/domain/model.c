#include "domain/model.h"

#include <stddef.h>
#include <string.h>

#include "domain/builtin.h"
#include "domain/modelcriteria.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

#define WINDOW_MAX 120 /* months */
#define YEARS_MAX 50
#define RETENTION_PLACES 3 /* exact products of money with powers of a rate have no room for more */

static const struct field share_table[] = {
    {"large", FIELD_DECIMAL, offsetof(struct model_share, large), NULL, NULL, 0, "%",
     "of the portfolio's margin, from which on an account is large (S1)"},
    {"monopoly", FIELD_DECIMAL, offsetof(struct model_share, monopoly), NULL, NULL, 0, "%",
     "of the portfolio's margin, above which an account is a monopoly account (S1)"},
};
static const struct fields share_fields = {"share", share_table, COUNT(share_table),
					   sizeof(struct model_share), false};

static const struct field volume_table[] = {
    {"key-band", FIELD_WORDS, offsetof(struct model_volume, key_band), NULL, NULL, 0, "%",
     "of sales volume, two numbers between which key accounts together normally lie (S0)"},
    {"dependence", FIELD_DECIMAL, offsetof(struct model_volume, dependence), NULL, NULL, 0, "%",
     "of sales volume, above which the supplier depends on its key accounts (S0)"},
};
static const struct fields volume_fields = {"volume", volume_table, COUNT(volume_table),
					    sizeof(struct model_volume), false};

static const struct field abc_table[] = {
    {"a", FIELD_DECIMAL, offsetof(struct model_abc, a), NULL, NULL, 0, "%",
     "of margin, cumulative, up to which accounts are A (S1)"},
    {"b", FIELD_DECIMAL, offsetof(struct model_abc, b), NULL, NULL, 0, "%",
     "of margin, cumulative, up to which accounts are B"},
};
static const struct fields abc_fields = {"abc", abc_table, COUNT(abc_table), sizeof(struct model_abc), false};

static const struct field xyz_table[] = {
    {"x", FIELD_DECIMAL, offsetof(struct model_xyz, x), NULL, NULL, 0, "%",
     "variation of monthly revenue up to which accounts are X"},
    {"y", FIELD_DECIMAL, offsetof(struct model_xyz, y), NULL, NULL, 0, "%",
     "variation up to which accounts are Y"},
};
static const struct fields xyz_fields = {"xyz", xyz_table, COUNT(xyz_table), sizeof(struct model_xyz), false};

static const struct field npv_table[] = {
    {"discount", FIELD_DECIMAL, offsetof(struct model_npv, discount), NULL, NULL, 0, "%",
     "a year, by which money of a year later is worth less"},
    {"years", FIELD_INT, offsetof(struct model_npv, years), NULL, NULL, 0, "years",
     "that are looked ahead, 1 to 50"},
    {"retention", FIELD_TEXT, offsetof(struct model_npv, retention), NULL, NULL, 0, "%",
     "of clients that stay from year to year, with at most three places; or the word alive: each account's "
     "own "
     "chance, its measure of that name"},
};
static const struct fields npv_fields = {"npv", npv_table, COUNT(npv_table), sizeof(struct model_npv), false};

static const struct field contacts_table[] = {
    {"least", FIELD_INT, offsetof(struct model_contacts, least), NULL, NULL, 0, "people",
     "contacts an account should have at least (S1)"},
};
static const struct fields contacts_fields = {"contacts", contacts_table, COUNT(contacts_table),
					      sizeof(struct model_contacts), false};

static const struct field model_table[] = {
    {"currency", FIELD_CURRENCY, offsetof(struct model, currency), NULL, NULL, 0, NULL,
     "of the amounts that criteria and lines name; portfolios of another one are refused"},
    {"window", FIELD_INT, offsetof(struct model, window), NULL, NULL, 0, "months",
     "full months that count as now, 1 to 120; as many before them are the base for growth"},
    {"share", FIELD_MAP, offsetof(struct model, share), &share_fields, NULL, 0, NULL,
     "which accounts are large (S1)"},
    {"volume", FIELD_MAP, offsetof(struct model, volume), &volume_fields, NULL, 0, NULL,
     "how far the supplier depends on key accounts (S0)"},
    {"abc", FIELD_MAP, offsetof(struct model, abc), &abc_fields, NULL, 0, NULL, "Pareto classes (S1)"},
    {"xyz", FIELD_MAP, offsetof(struct model, xyz), &xyz_fields, NULL, 0, NULL,
     "classes by the steadiness of monthly revenue"},
    {"npv", FIELD_MAP, offsetof(struct model, npv), &npv_fields, NULL, 0, NULL,
     "net present value of the client (S2)"},
    {"contacts", FIELD_MAP, offsetof(struct model, contacts), &contacts_fields, NULL, 0, NULL,
     "coverage of the client's people (S1)"},
    {"known", FIELD_MAP, offsetof(struct model, known), &model_known_fields, NULL, 0, NULL,
     "how much has to be known for health, attractiveness and strength"},
    {"health", FIELD_LIST, offsetof(struct model, health), &model_criterion_fields, NULL, 0, NULL,
     "what makes a relationship a healthy one: weighted criteria"},
    {"bands", FIELD_MAP, offsetof(struct model, bands), &model_bands_fields, NULL, 0, NULL,
     "marks of health"},
    {"attractiveness", FIELD_LIST, offsetof(struct model, attractiveness), &model_criterion_fields, NULL, 0,
     NULL, "what the client could be worth: weighted criteria (S1)"},
    {"strength", FIELD_LIST, offsetof(struct model, strength), &model_criterion_fields, NULL, 0, NULL,
     "where we stand with it: weighted criteria"},
    {"field", FIELD_MAP, offsetof(struct model, field), &model_field_fields, NULL, 0, NULL,
     "from where on attractiveness and strength are high"},
    {"key", FIELD_MAP, offsetof(struct model, key), &model_key_fields, NULL, 0, NULL,
     "the profile of a key account (S1)"},
};
const struct fields model_fields = {"model", model_table, COUNT(model_table), sizeof(struct model), false};

/* a model being judged, with where its findings go */
struct check {
	const struct doc *doc;
	struct sink *sink;
	bool failed;
};

static void
check_put(struct check *c, const struct error *e)
{
	sink_put(c->sink, SEVERITY_ERROR, "value", e);
	c->failed = true;
}

/* a section that the file names; the built-in ones need no judging */
static const struct node *
section_named(const struct check *c, const char *name)
{
	const struct node *n = node_get(c->doc->root, name);

	return n && n->kind == NODE_MAP ? n : NULL;
}

/* the value, or its section when the value is built in */
static const struct node *
place_of(const struct node *section, const char *name)
{
	const struct node *n = node_get(section, name);

	return n ? n : section;
}

static bool
is_percentage(const struct decimal *d)
{
	struct decimal most = decimal_int(100);

	return decimal_sign(d) >= 0 && decimal_cmp(d, &most) <= 0;
}

static void
percentage_check(struct check *c, const struct node *section, const char *name, const struct decimal *value)
{
	struct error e = {0};

	if (is_percentage(value))
		return;
	node_error(&e, c->doc, place_of(section, name), "%s.%s: not a percentage, 0 to 100", section->key,
		   name);
	check_put(c, &e);
}

/* two percentages of a section, the first not above the second */
static void
pair_check(struct check *c, const char *section, const char *low_name, const struct decimal *low,
	   const char *high_name, const struct decimal *high)
{
	const struct node *map = section_named(c, section);
	struct error e = {0};

	if (!map)
		return;
	percentage_check(c, map, low_name, low);
	percentage_check(c, map, high_name, high);
	if (decimal_cmp(low, high) <= 0)
		return;
	node_error(&e, c->doc, place_of(map, low_name), "%s.%s: above %s.%s", section, low_name, section,
		   high_name);
	check_put(c, &e);
}

/* the band's two percentages, as the file has them; else those before it stay */
static void
band_read(struct check *c, struct model_volume *v, const struct node *list)
{
	struct decimal band[2] = {{0}, {0}};
	const struct node *n = list->first;
	struct error e = {0};

	if (list->count != 2) {
		node_error(&e, c->doc, list, "volume.key-band: not two percentages, as [30, 55]");
		check_put(c, &e);
		return;
	}
	for (int i = 0; i < 2; i++, n = n->next) {
		if (n->kind == NODE_SCALAR && decimal_parse(n->text, n->len, &band[i]) == 0 &&
		    is_percentage(&band[i]))
			continue;
		node_error(&e, c->doc, n, "volume.key-band[%d]: not a percentage, 0 to 100", i);
		check_put(c, &e);
		return;
	}
	if (decimal_cmp(&band[0], &band[1]) > 0) {
		node_error(&e, c->doc, list, "volume.key-band: its end lies below its beginning");
		check_put(c, &e);
		return;
	}
	v->band_from = band[0];
	v->band_to = band[1];
}

static void
volume_check(struct check *c, struct model_volume *v)
{
	const struct node *map = section_named(c, "volume"), *list = node_get(map, "key-band");
	struct error e = {0};

	if (!map)
		return;
	if (list && list->kind == NODE_LIST)
		band_read(c, v, list);
	percentage_check(c, map, "dependence", &v->dependence);
	if (decimal_cmp(&v->dependence, &v->band_to) >= 0)
		return;
	node_error(&e, c->doc, place_of(map, "dependence"),
		   "volume.dependence: below the end of volume.key-band");
	check_put(c, &e);
}

/* a variation can be more than 100 % */
static void
xyz_check(struct check *c, const struct model_xyz *xyz)
{
	const struct node *map = section_named(c, "xyz");
	struct error e = {0};

	if (!map || (decimal_sign(&xyz->x) >= 0 && decimal_cmp(&xyz->x, &xyz->y) <= 0))
		return;
	node_error(&e, c->doc, place_of(map, "x"), "xyz.x: %s",
		   decimal_sign(&xyz->x) < 0 ? "below 0" : "above xyz.y");
	check_put(c, &e);
}

static void
retention_read(struct check *c, const struct node *map, struct model_npv *npv)
{
	struct error e = {0};

	npv->retained = (struct decimal){0};
	npv->by_alive = strcmp(npv->retention, "alive") == 0;
	if (npv->by_alive)
		return;
	if (decimal_parse(npv->retention, strlen(npv->retention), &npv->retained) == 0 &&
	    is_percentage(&npv->retained) && npv->retained.places <= RETENTION_PLACES)
		return;
	node_error(&e, c->doc, place_of(map, "retention"),
		   "npv.retention: not a percentage, 0 to 100 with at most %d places, nor the word alive",
		   RETENTION_PLACES);
	check_put(c, &e);
}

static void
npv_check(struct check *c, struct model_npv *npv)
{
	const struct node *map = section_named(c, "npv");
	struct error e = {0};

	if (!map)
		return;
	percentage_check(c, map, "discount", &npv->discount);
	if (npv->retention)
		retention_read(c, map, npv);
	if (npv->years >= 1 && npv->years <= YEARS_MAX)
		return;
	node_error(&e, c->doc, place_of(map, "years"), "npv.years: not 1 to %d", YEARS_MAX);
	check_put(c, &e);
}

static void
window_check(struct check *c, int window)
{
	struct error e = {0};

	if (window >= 1 && window <= WINDOW_MAX)
		return;
	node_error(&e, c->doc, place_of(c->doc->root, "window"), "window: not 1 to %d months", WINDOW_MAX);
	check_put(c, &e);
}

/* The text's model over the one that is there. The tree grows in the caller's arena, lent to the document, as the
 * model's strings lie in it. */
static int
text_read(struct model *m, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	struct doc doc = {.arena = *arena};
	struct check c = {&doc, sink, false};
	struct error e = {0};

	if (doc_parse(&doc, file, 1, text, &e) < 0) {
		sink_put(sink, SEVERITY_ERROR, "syntax", &e);
		c.failed = true;
	} else {
		c.failed = fields_read(&doc, doc.root, &model_fields, m, &doc.arena, sink) < 0;
		window_check(&c, m->window);
		pair_check(&c, "share", "large", &m->share.large, "monopoly", &m->share.monopoly);
		volume_check(&c, &m->volume);
		pair_check(&c, "abc", "a", &m->abc.a, "b", &m->abc.b);
		xyz_check(&c, &m->xyz);
		npv_check(&c, &m->npv);
		c.failed |= model_criteria_check(m, &doc, sink) < 0;
	}
	*arena = doc.arena;
	return c.failed ? -1 : 0;
}

int
model_read(struct model *m, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	model_builtin(m, arena);
	/* without its folder: the same model gives the same bytes, wherever it lies */
	m->name = arena_strdup(arena, strrchr(file, '/') ? strrchr(file, '/') + 1 : file);
	return text_read(m, text, file, arena, sink);
}

void
model_builtin(struct model *m, struct arena *arena)
{
	/* a test sees to it that there is nothing to find */
	struct sink sink = {0};
	struct str text = {builtin_model, strlen(builtin_model)};

	memset(m, 0, sizeof *m);
	m->name = "built-in";
	text_read(m, text, m->name, arena, &sink);
}
