#include "domain/scoremoves.h"

#include <stdlib.h>
#include <string.h>

#include "domain/verdict.h"

/* NULL: it says nothing */
static const char *
said_text(const struct node *n, struct arena *arena)
{
	struct buf text = {0};
	const char *flow;

	if (!n || (n->kind == NODE_SCALAR && n->len == 0))
		return NULL;
	if (n->kind == NODE_SCALAR)
		return n->text;
	node_write_flow(&text, n);
	flow = arena_strdup(arena, text.data);
	buf_free(&text);
	return flow;
}

static flag_set
read_flags(const struct node *list)
{
	flag_set set = 0;

	for (const struct node *n = list && list->kind == NODE_LIST ? list->first : NULL; n; n = n->next) {
		for (size_t i = 0; n->kind == NODE_SCALAR && i < FLAGS; i++) {
			if (strcmp(flags[i].name, n->text) == 0)
				set |= 1ULL << i;
		}
	}
	return set;
}

/* The measure of that name, MEASURES if there is none. Sections have them in the order of the table, so that the one
 * that is looked for is mostly the next. */
static size_t
measure_from(size_t next, const char *name)
{
	size_t id;

	for (size_t i = 0; i < MEASURES; i++) {
		id = (next + i) % MEASURES;
		if (strcmp(measures[id].name, name) == 0)
			return id;
	}
	return MEASURES;
}

void
score_said_read(struct score_said *said, const struct node *score, struct arena *arena)
{
	size_t id, next = 0;

	*said = (struct score_said){.scored = score && score->kind == NODE_MAP};
	if (!said->scored)
		return;
	said->as_of = said_text(node_get(score, "as-of"), arena);
	said->model = said_text(node_get(score, "model"), arena);
	said->basis = said_text(node_get(score, "basis"), arena);
	said->rate = node_get_text(score, "rate");
	said->flags = read_flags(node_get(score, "flags"));
	for (const struct node *n = score->first; n; n = n->next) {
		id = measure_from(next, n->key);
		if (id == MEASURES)
			continue;
		said->text[id] =
		    said_text(id == MEASURE_BAND && n->kind == NODE_MAP ? node_get(n, "now") : n, arena);
		next = id + 1;
	}
}

/* where a packed score says its rate, before its measures by their numbers */
#define PACKED_RATE MEASURES
_Static_assert(PACKED_RATE <= 255, "numbers of measures are packed into a byte");

static char *
pack_text(char *to, size_t what, const char *text)
{
	size_t n = strlen(text) + 1;

	*to++ = (char)what;
	memcpy(to, text, n);
	return to + n;
}

static size_t
packed_size(const char *text)
{
	return text ? 1 + strlen(text) + 1 : 0;
}

struct str
score_said_pack(const struct score_said *said, struct arena *arena)
{
	size_t size = sizeof said->flags + packed_size(said->rate);
	char *packed, *to;

	if (!said->scored)
		return (struct str){0};
	for (size_t i = 0; i < MEASURES; i++)
		size += packed_size(said->text[i]);
	packed = arena_alloc(arena, size);
	memcpy(packed, &said->flags, sizeof said->flags);
	to = packed + sizeof said->flags;
	if (said->rate)
		to = pack_text(to, PACKED_RATE, said->rate);
	for (size_t i = 0; i < MEASURES; i++) {
		if (said->text[i])
			to = pack_text(to, i, said->text[i]);
	}
	return (struct str){packed, size};
}

void
score_said_unpack(struct score_said *said, struct str packed)
{
	const char *at, *end;
	size_t what;

	*said = (struct score_said){.scored = packed.n > 0};
	if (!said->scored)
		return;
	memcpy(&said->flags, packed.p, sizeof said->flags);
	at = packed.p + sizeof said->flags;
	end = packed.p + packed.n;
	while (at < end) {
		what = (unsigned char)*at++;
		*(what == PACKED_RATE ? &said->rate : &said->text[what]) = at;
		at += strlen(at) + 1;
	}
}

const enum measure_id score_verdicts[SCORE_VERDICTS] = {
    MEASURE_BAND,     MEASURE_HEALTH, MEASURE_KEY,  MEASURE_FIELD, MEASURE_ATTRACTIVENESS,
    MEASURE_STRENGTH, MEASURE_RISK,   MEASURE_SIZE, MEASURE_ABC,
};

bool
score_is_verdict(enum measure_id id)
{
	for (size_t i = 0; i < SCORE_VERDICTS; i++) {
		if (score_verdicts[i] == id)
			return true;
	}
	return false;
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool
score_is_comparable(const struct score_said *before, const struct score_said *now)
{
	return same_text(before->basis, now->basis) && same_text(before->model, now->model);
}

size_t
score_moved(enum measure_id moved[MEASURES], const struct score_said *before, const struct score_said *now)
{
	size_t n = 0;

	for (size_t i = 0; i < MEASURES; i++) {
		if (!same_text(before->text[i], now->text[i]))
			moved[n++] = (enum measure_id)i;
	}
	return n;
}

/* of a number or an amount that is written; else unknown */
static struct decimal
said_number(const struct score_said *said, enum measure_id id)
{
	const char *text = said->text[id];
	struct decimal number = {0};

	if (text && (measures[id].type == MEASURE_NUMBER || measures[id].type == MEASURE_MONEY))
		decimal_parse(text, strlen(text), &number);
	return number;
}

struct decimal
score_change(enum measure_id id, const struct score_said *before, const struct score_said *now)
{
	struct decimal a = said_number(before, id), b = said_number(now, id), change = {0};

	if (decimal_sub(&change, &b, &a) < 0)
		change.known = false;
	return change;
}

/* one score's side of a verdict */
struct side {
	struct decimal *points;	  /* by criteria */
	struct decimal *weighted; /* points × weight; 0 without data */
	struct decimal weights;	  /* of those with data */
};

/* false: the criteria do not come to the verdict that is written */
static bool
side_make(struct side *side, enum measure_id verdict, const struct items *criteria,
	  const struct score_said *said, struct arena *arena)
{
	const struct model_criterion *c = criteria->v;
	struct decimal sum = decimal_int(0), mean, written = said_number(said, verdict), rate;
	bool rated = said->rate && decimal_parse(said->rate, strlen(said->rate), &rate) == 0;
	int status = 0;

	side->points = arena_alloc(arena, (criteria->n + 1) * sizeof *side->points);
	side->weighted = arena_alloc(arena, (criteria->n + 1) * sizeof *side->weighted);
	side->weights = decimal_int(0);
	for (size_t i = 0; i < criteria->n; i++) {
		struct measured v = {.number = said_number(said, (enum measure_id)c[i].of)};

		if (measures[c[i].of].type == MEASURE_MONEY)
			status |= rate_apply(rated ? &rate : NULL, &v.number);
		status |= criterion_points(&c[i], &v, &side->points[i]);
		side->weighted[i] = decimal_int(0);
		if (status || !side->points[i].known)
			continue;
		status |= decimal_mul(&side->weighted[i], &side->points[i], &c[i].weight) |
			  decimal_add(&sum, &sum, &side->weighted[i]) |
			  decimal_add(&side->weights, &side->weights, &c[i].weight);
	}
	return status == 0 && written.known && decimal_div(&mean, &sum, &side->weights, 0) == 0 &&
	       mean.known && decimal_cmp(&mean, &written) == 0;
}

/* a part, and what it changed by, times the weights of both sides */
struct weighed {
	struct score_part part;
	struct decimal change;
	size_t criterion;
};

static struct decimal
magnitude(struct decimal d)
{
	return decimal_sign(&d) < 0 ? decimal_neg(d) : d;
}

static int
weighed_cmp(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;
	struct decimal x_size = magnitude(x->change), y_size = magnitude(y->change);
	int c = decimal_cmp(&y_size, &x_size);

	return c ? c : (x->criterion > y->criterion) - (x->criterion < y->criterion);
}

/* those that moved it; how many; -1 on overflow */
static int
weigh(struct weighed *out, const struct items *criteria, const struct side *before, const struct side *now)
{
	const struct model_criterion *c = criteria->v;
	struct decimal a, b, change;
	int n = 0;

	for (size_t i = 0; i < criteria->n; i++) {
		if (decimal_mul(&a, &before->weighted[i], &now->weights) < 0 ||
		    decimal_mul(&b, &now->weighted[i], &before->weights) < 0 ||
		    decimal_sub(&change, &b, &a) < 0)
			return -1;
		if (decimal_sign(&change) == 0)
			continue;
		out[n++] = (struct weighed){
		    {(enum measure_id)c[i].of, before->points[i], now->points[i], {0}}, change, i};
	}
	return n;
}

/* The sum so far is what is rounded, and a part is what it moves that by: so rounded parts add up. */
static int
share_out(struct score_move *move, const struct weighed *weighed, const struct decimal *both,
	  struct decimal *total)
{
	struct decimal sum = decimal_int(0), rounded;

	*total = decimal_int(0);
	for (size_t i = 0; i < move->n; i++) {
		move->part[i] = weighed[i].part;
		if (decimal_add(&sum, &sum, &weighed[i].change) < 0 ||
		    decimal_div(&rounded, &sum, both, 1) < 0 ||
		    decimal_sub(&move->part[i].change, &rounded, total) < 0)
			return -1;
		*total = rounded;
	}
	return 0;
}

bool
score_moved_by(struct score_move *move, enum measure_id verdict, const struct items *criteria,
	       const struct score_said *before, const struct score_said *now, struct arena *arena)
{
	struct decimal written = score_change(verdict, before, now), both, total;
	struct weighed *weighed;
	struct side was, is;
	int n;

	*move = (struct score_move){0};
	if (!side_make(&was, verdict, criteria, before, arena) ||
	    !side_make(&is, verdict, criteria, now, arena))
		return false;
	weighed = arena_alloc(arena, (criteria->n + 1) * sizeof *weighed);
	n = weigh(weighed, criteria, &was, &is);
	if (n < 0 || decimal_mul(&both, &was.weights, &is.weights) < 0)
		return false;
	qsort(weighed, (size_t)n, sizeof *weighed, weighed_cmp);
	move->n = (size_t)n;
	move->part = arena_alloc(arena, (move->n + 1) * sizeof *move->part);
	return share_out(move, weighed, &both, &total) == 0 &&
	       decimal_sub(&move->rounding, &written, &total) == 0;
}

/* what a word goes by, beside the model's marks; key goes by the model's lines */
static const struct word_cause {
	enum measure_id verdict, by;
} word_causes[] = {
    {MEASURE_SIZE, MEASURE_SHARE},	    {MEASURE_ABC, MEASURE_SHARE},
    {MEASURE_XYZ, MEASURE_VARIATION},	    {MEASURE_BAND, MEASURE_HEALTH},
    {MEASURE_BAND, MEASURE_RHYTHM},	    {MEASURE_FIELD, MEASURE_ATTRACTIVENESS},
    {MEASURE_FIELD, MEASURE_STRENGTH},	    {MEASURE_RISK, MEASURE_OVERDUE_SHARE},
    {MEASURE_RISK, MEASURE_OVERDUE_90},	    {MEASURE_RISK, MEASURE_OVERDUE_OLDER},
    {MEASURE_RISK, MEASURE_DAYS_LATE},	    {MEASURE_RISK, MEASURE_LATENESS_TREND},
    {MEASURE_RISK, MEASURE_EXPOSURE_SHARE}, {MEASURE_RISK, MEASURE_RETURN_RATE},
};

static bool
line_held(const struct model_key_line *line, const struct score_said *said)
{
	enum measure_id id = (enum measure_id)line->of;
	struct decimal number = said_number(said, id), rate = {0};

	if (!said->text[id] || (!line->is.n && !number.known))
		return false;
	if (said->rate && measures[id].type == MEASURE_MONEY &&
	    (decimal_parse(said->rate, strlen(said->rate), &rate) < 0 || rate_apply(&rate, &number) < 0))
		return false;
	return key_line_holds(line, &number, said->text[id]);
}

size_t
score_causes(enum measure_id by[MEASURES], enum measure_id verdict, const struct model *model,
	     const struct score_said *before, const struct score_said *now)
{
	const struct model_key_line *line = model->key.of.v;
	size_t n = 0;

	for (size_t i = 0; i < sizeof word_causes / sizeof *word_causes; i++) {
		enum measure_id id = word_causes[i].by;

		if (word_causes[i].verdict == verdict && !same_text(before->text[id], now->text[id]))
			by[n++] = id;
	}
	for (size_t i = 0; verdict == MEASURE_KEY && i < model->key.of.n && n < MEASURES; i++) {
		if (line[i].of != MODEL_OF_CATEGORY &&
		    line_held(&line[i], before) != line_held(&line[i], now))
			by[n++] = (enum measure_id)line[i].of;
	}
	return n;
}
