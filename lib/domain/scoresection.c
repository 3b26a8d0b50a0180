/*
 * The section score: as kam-score writes it.
 */
#include <string.h>

#include "base/text.h"
#include "data/doc.h"
#include "domain/verdict.h"

static void
put_flags(flag_set raised, struct node *score, struct arena *arena)
{
	struct node *list = node_new_list(arena, STYLE_FLOW);

	for (size_t i = 0; i < FLAGS; i++) {
		if (flag_is_in(raised, (enum flag_id)i))
			node_put(arena, list, NULL, node_new_plain(arena, flags[i].name));
	}
	if (list->count)
		node_put(arena, score, "flags", list);
}

static void
put_head(const struct portfolio *p, struct node *score, struct buf *text, struct arena *arena)
{
	buf_clear(text);
	date_format(text, p->as_of);
	node_put_plain(arena, score, "as-of", text->data);
	/* a file's name can be any bytes */
	buf_clear(text);
	text_safe(text, p->model->name, strlen(p->model->name));
	node_put_text(arena, score, "model", text->data);
	node_put_plain(arena, score, "basis", basis_name(p->basis));
}

/* of an account in another currency than the sums: what they are in, and the rate to it */
static void
put_rate(const struct portfolio *p, const struct figures *f, struct node *score, struct buf *text,
	 struct arena *arena)
{
	if (!f->rate || !f->rate->known)
		return;
	node_put_plain(arena, score, "portfolio-currency", p->currency);
	buf_clear(text);
	decimal_format_exact(text, *f->rate);
	node_put_plain(arena, score, "rate", text->data);
}

/* {now: good, was: watch, since: 2026-09-30} */
static void
put_band(const struct portfolio *p, const struct figures *f, const struct measured *band, struct node *score,
	 struct arena *arena)
{
	const struct measure *m = &measures[MEASURE_BAND];
	struct band_change change = band_changed(f, p->as_of, band);
	struct node *map = node_new_map(arena, STYLE_FLOW);
	struct buf since = {0};

	node_put_plain(arena, map, "now", measured_word(m, band));
	if (change.was >= 0)
		node_put_plain(arena, map, "was", m->words[change.was]);
	if (date_is_set(change.since)) {
		date_format(&since, change.since);
		node_put_plain(arena, map, "since", since.data);
	}
	node_put(arena, score, m->name, map);
	buf_free(&since);
}

static void
add_categories(struct buf *text, unsigned bits)
{
	const char *const *words = category_words();
	const char *between = "";

	for (unsigned i = 0; words[i]; i++) {
		if (!(bits >> i & 1))
			continue;
		buf_printf(text, "%s%s", between, words[i]);
		between = " ";
	}
}

/* a value as it was held against its mark: money in the portfolio's currency */
static void
put_held(const struct figures *f, enum measure_id id, const struct measured *v, struct buf *text)
{
	struct measured held = figures_measured(f, id, v);

	measured_format(&measures[id], &held, text);
}

/* the lines of the profile that hold: "share 12.4 of 10" */
static void
put_why(const struct portfolio *p, const struct figures *f, const struct judgement *j, struct node *score,
	struct arena *arena)
{
	struct node *why = node_new_list(arena, STYLE_FLOW);
	const struct model_key_line *line = p->model->key.of.v;
	struct buf text = {0};

	for (size_t i = 0; i < p->model->key.of.n; i++) {
		if (key_line_state(&line[i], f, j->have) != LINE_HOLDS)
			continue;
		buf_clear(&text);
		buf_printf(&text, "%s ", line[i].measure);
		if (line[i].of == MODEL_OF_CATEGORY)
			add_categories(&text, f->categories & category_bits(&line[i].is));
		else
			put_held(f, (enum measure_id)line[i].of, &j->have[line[i].of], &text);
		if (line[i].at_least.known || line[i].at_most.known) {
			buf_adds(&text, " of ");
			decimal_format_exact(&text,
					     line[i].at_least.known ? line[i].at_least : line[i].at_most);
		}
		node_put(arena, why, NULL, node_new_text(arena, text.data));
	}
	if (why->count)
		node_put(arena, score, "why", why);
	buf_free(&text);
}

static void
put_proposals(const struct portfolio *p, const struct figures *f, const struct judgement *j,
	      struct node *score, struct arena *arena)
{
	unsigned proposed = categories_proposed(p, f, j->have);
	const char *const *words = category_words();
	struct node *map = node_new_map(arena, STYLE_FLOW), *list = node_new_list(arena, STYLE_FLOW);

	node_put_plain(arena, map, "tier", tier_proposed(p, f, j->have));
	for (unsigned i = 0; words[i]; i++) {
		if (proposed >> i & 1)
			node_put(arena, list, NULL, node_new_plain(arena, words[i]));
	}
	if (list->count)
		node_put(arena, map, "categories", list);
	if (map->count)
		node_put(arena, score, "proposes", map);
}

/* A flow of the measures' own making is read, so that it is written as what it says. */
static void
put_flow(struct node *score, const char *name, const char *flow, struct arena *arena)
{
	struct doc doc = {0};
	struct error err;
	struct buf text = {0};

	buf_printf(&text, "%s: %s\n", name, flow);
	if (doc_parse(&doc, name, 1, (struct str){text.data, text.len}, &err) == 0)
		node_put(arena, score, name, node_copy(arena, doc.root->first));
	doc_free(&doc);
	buf_free(&text);
}

struct node *
score_section(const struct portfolio *p, const struct figures *f, const struct judgement *j,
	      struct arena *arena)
{
	struct node *score = node_new_map(arena, STYLE_BLOCK), *missing = node_new_list(arena, STYLE_FLOW);
	struct buf text = {0};

	put_head(p, score, &text, arena);
	put_rate(p, f, score, &text, arena);
	for (size_t i = 0; i < MEASURES; i++) {
		const struct measured *v = &j->have[i];

		buf_clear(&text);
		measured_format(&measures[i], v, &text);
		if (!measured_known(v))
			node_put(arena, missing, NULL, node_new_plain(arena, measures[i].name));
		else if (i == MEASURE_BAND)
			put_band(p, f, v, score, arena);
		else if (measures[i].type == MEASURE_FLOW)
			put_flow(score, measures[i].name, v->flow, arena);
		else
			node_put_plain(arena, score, measures[i].name, text.data);
	}
	put_why(p, f, j, score, arena);
	put_proposals(p, f, j, score, arena);
	put_flags(j->flags, score, arena);
	if (missing->count)
		node_put(arena, score, "missing", missing);
	buf_free(&text);
	return score;
}
