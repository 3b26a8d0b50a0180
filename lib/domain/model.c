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

/* a section that the file names; the built-in ones need no judging */
static const struct node *
section_named(const struct model_check *c, const char *name)
{
	const struct node *n = node_get(c->doc->root, name);

	return n && n->kind == NODE_MAP ? n : NULL;
}

/* two percentages of a section, the first not above the second */
static void
pair_check(struct model_check *c, const char *section, const char *low_name, const struct decimal *low,
	   const char *high_name, const struct decimal *high)
{
	const struct node *map = section_named(c, section);

	if (!map)
		return;
	model_check_percentage(c, map, low_name, low, "a percentage");
	model_check_percentage(c, map, high_name, high, "a percentage");
	model_check_order(c, map, low_name, low, high_name, high);
}

/* the band's two percentages, as the file has them; else those before it stay */
static void
band_read(struct model_check *c, struct model_volume *v, const struct node *list)
{
	struct decimal band[2] = {{0}, {0}};
	const struct node *n = list->first;

	if (list->count != 2) {
		model_refuse(c, list, NULL, "volume.key-band: not two percentages, as [30, 55]");
		return;
	}
	for (int i = 0; i < 2; i++, n = n->next) {
		if (n->kind == NODE_SCALAR && decimal_parse(n->text, n->len, &band[i]) == 0 &&
		    model_is_percentage(&band[i]))
			continue;
		model_refuse(c, n, NULL, "volume.key-band[%d]: not a percentage, 0 to 100", i);
		return;
	}
	if (decimal_cmp(&band[0], &band[1]) > 0) {
		model_refuse(c, list, NULL, "volume.key-band: its end lies below its beginning");
		return;
	}
	v->band_from = band[0];
	v->band_to = band[1];
}

/* the band lies below dependence */
static void
check_dependence(struct model_check *c, const struct node *map, const struct model_volume *v)
{
	const struct node *named = node_get(map, "dependence"), *list = node_get(map, "key-band");
	const char *built_in = named && list ? "" : " in the built-in model";
	struct buf than = {0};

	if (!v->dependence.known || decimal_cmp(&v->dependence, &v->band_to) >= 0)
		return;
	decimal_format_exact(&than, named ? v->band_to : v->dependence);
	if (named)
		model_refuse(c, named, NULL,
			     "volume.dependence: below the end of volume.key-band, which is %s%s", than.data,
			     built_in);
	else
		model_refuse(c, list, NULL,
			     "volume.key-band: its end lies above volume.dependence, which is %s%s",
			     than.data, built_in);
	buf_free(&than);
}

static void
volume_check(struct model_check *c, struct model_volume *v)
{
	const struct node *map = section_named(c, "volume"), *list = node_get(map, "key-band");

	if (!map)
		return;
	if (list && list->kind == NODE_LIST)
		band_read(c, v, list);
	model_check_percentage(c, map, "dependence", &v->dependence, "a percentage");
	check_dependence(c, map, v);
}

/* a variation can be more than 100 % */
static void
xyz_check(struct model_check *c, const struct model_xyz *xyz)
{
	const struct node *map = section_named(c, "xyz");

	if (map && decimal_sign(&xyz->x) < 0)
		model_refuse(c, model_place(map, "x"), NULL, "xyz.x: below 0");
	else if (map)
		model_check_order(c, map, "x", &xyz->x, "y", &xyz->y);
}

static void
retention_read(struct model_check *c, const struct node *map, struct model_npv *npv)
{
	npv->retained = (struct decimal){0};
	npv->by_alive = strcmp(npv->retention, "alive") == 0;
	if (npv->by_alive)
		return;
	if (decimal_parse(npv->retention, strlen(npv->retention), &npv->retained) == 0 &&
	    model_is_percentage(&npv->retained) && npv->retained.places <= RETENTION_PLACES)
		return;
	model_refuse(c, model_place(map, "retention"), NULL,
		     "npv.retention: not a percentage, 0 to 100 with at most %d places, nor the word alive",
		     RETENTION_PLACES);
}

static void
npv_check(struct model_check *c, struct model_npv *npv)
{
	const struct node *map = section_named(c, "npv");

	if (!map)
		return;
	model_check_percentage(c, map, "discount", &npv->discount, "a percentage");
	if (npv->retention)
		retention_read(c, map, npv);
	if (npv->years < 1 || npv->years > YEARS_MAX)
		model_refuse(c, model_place(map, "years"), NULL, "npv.years: not 1 to %d", YEARS_MAX);
}

static void
window_check(struct model_check *c, int window)
{
	if (window < 1 || window > WINDOW_MAX)
		model_refuse(c, model_place(c->doc->root, "window"), NULL, "window: not 1 to %d months",
			     WINDOW_MAX);
}

/* The text's model over the one that is there. The tree grows in the caller's arena, lent to the document, as the
 * model's strings lie in it. */
static int
text_read(struct model *m, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	struct doc doc = {.arena = *arena};
	struct model_check c = {&doc, sink, false};
	struct error e = {0};

	if (doc_parse(&doc, file, 1, text, &e) < 0) {
		sink_put(sink, SEVERITY_ERROR, "syntax", &e);
		c.failed = true;
	} else {
		if (!doc.root || doc.root->count == 0)
			model_warn(&c, doc.root, "the file names nothing, so that it is the built-in model");
		c.failed = fields_read(&doc, doc.root, &model_fields, m, &doc.arena, sink) < 0;
		model_check_digits(&c, &model_fields, m);
		window_check(&c, m->window);
		pair_check(&c, "share", "large", &m->share.large, "monopoly", &m->share.monopoly);
		volume_check(&c, &m->volume);
		pair_check(&c, "abc", "a", &m->abc.a, "b", &m->abc.b);
		xyz_check(&c, &m->xyz);
		npv_check(&c, &m->npv);
		model_criteria_check(m, &c);
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
