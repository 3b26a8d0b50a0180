#include "domain/selection.h"

#include <string.h>

#include "base/text.h"
#include "domain/verdict.h"

/* names beside the measures */
enum own_name {
	NAME_ID,
	NAME_NAME,
	NAME_MANAGER,
	NAME_TIER,
	NAME_CATEGORIES,
	NAME_CURRENCY,
	NAME_FLAGS,
	OWN_NAMES
};

#define NAMES (MEASURES + OWN_NAMES)

static const char *const own_names[] = {"id", "name", "manager", "tier", "categories", "currency", "flags"};

static enum select_type
type_of(enum measure_type type)
{
	switch (type) {
	case MEASURE_WORD:
		return SELECT_WORD;
	case MEASURE_DATE:
		return SELECT_DATE;
	case MEASURE_FLOW:
		return SELECT_MAP;
	default:
		return SELECT_NUMBER;
	}
}

static const char *const *
flag_words(struct arena *arena)
{
	const char **words = arena_alloc(arena, (FLAGS + 1) * sizeof *words);

	for (size_t i = 0; i < FLAGS; i++)
		words[i] = flags[i].name;
	return words;
}

struct select *
selection_parse(const char *text, struct arena *arena, struct error *err)
{
	struct select_name *names = arena_alloc(arena, NAMES * sizeof *names);

	for (size_t i = 0; i < MEASURES; i++)
		names[i] =
		    (struct select_name){measures[i].name, type_of(measures[i].type), measures[i].words};
	for (size_t i = 0; i < OWN_NAMES; i++)
		names[MEASURES + i] = (struct select_name){own_names[i], SELECT_TEXT, NULL};
	names[MEASURES + NAME_TIER].type = SELECT_WORD;
	names[MEASURES + NAME_TIER].words = field_find(&account_fields, "tier")->words;
	names[MEASURES + NAME_CATEGORIES].type = SELECT_WORDS;
	names[MEASURES + NAME_CATEGORIES].words = category_words();
	names[MEASURES + NAME_FLAGS].type = SELECT_WORDS;
	names[MEASURES + NAME_FLAGS].words = flag_words(arena);
	return select_parse(text, names, NAMES, arena, err);
}

/* an account that was judged */
struct judged {
	const struct figures *figures;
	const struct judgement *judgement;
	const char **texts; /* room for words */
};

static void
get_measured(const struct measure *m, const struct measured *v, struct select_value *value)
{
	if (!measured_known(v))
		return;
	if (m->type == MEASURE_WORD)
		value->text = measured_word(m, v);
	else if (m->type == MEASURE_FLOW)
		value->text = v->flow;
	else
		value->number = v->number;
}

static void
get_bits(unsigned long long bits, const char *(*word)(size_t), size_t words, const char **texts,
	 struct select_value *value)
{
	value->texts = texts;
	for (size_t i = 0; i < words; i++) {
		if (bits >> i & 1)
			texts[value->n++] = word(i);
	}
}

static const char *
category_word(size_t i)
{
	return category_words()[i];
}

static const char *
flag_word(size_t i)
{
	return flags[i].name;
}

static size_t
categories(void)
{
	size_t n = 0;

	while (category_words()[n])
		n++;
	return n;
}

static void
get_judged(const void *data, size_t name, struct select_value *value)
{
	const struct judged *j = data;

	if (name < MEASURES) {
		get_measured(&measures[name], &j->judgement->have[name], value);
		return;
	}
	switch ((enum own_name)(name - MEASURES)) {
	case NAME_ID:
		value->text = j->figures->id;
		break;
	case NAME_NAME:
		value->text = j->figures->title;
		break;
	case NAME_MANAGER:
		value->text = j->figures->manager;
		break;
	case NAME_TIER:
		value->text = j->figures->tier;
		break;
	case NAME_CURRENCY:
		value->text = j->figures->currency;
		break;
	case NAME_CATEGORIES:
		get_bits(j->figures->categories, category_word, categories(), j->texts, value);
		break;
	default:
		get_bits(j->judgement->flags, flag_word, FLAGS, j->texts, value);
	}
}

bool
selection_holds(const struct select *select, const struct figures *f, const struct judgement *judgement)
{
	const char *texts[64];
	struct judged j = {f, judgement, texts};

	return select_holds(select, get_judged, &j);
}

int
sort_by_parse(struct sort_by *by, const char *text, struct arena *arena, struct error *err)
{
	const char *names[NAMES], *nearest;
	const char *name = *text == '-' ? text + 1 : text;

	by->reversed = name != text;
	for (by->name = 0; by->name < NAMES; by->name++) {
		names[by->name] =
		    by->name < MEASURES ? measures[by->name].name : own_names[by->name - MEASURES];
		if (strcmp(names[by->name], name) == 0)
			break;
	}
	if (by->name == MEASURES + NAME_CATEGORIES || by->name == MEASURES + NAME_FLAGS)
		return error_set(err, "%s is a list, which has no order", name);
	if (by->name < MEASURES && measures[by->name].type == MEASURE_FLOW)
		return error_set(err, "%s is a map, which has no order", name);
	if (by->name < NAMES)
		return 0;
	nearest = text_nearest(name, names, NAMES);
	return error_set(err, "nothing is called %s%s%s", text_quoted(arena, name),
			 nearest ? "; did you mean " : "", nearest ? nearest : "");
}

/* words by their order in the table, so that A, X and monopoly come first */
static struct select_value
word_order(const struct measure *m, const struct measured *v)
{
	struct select_value value = {.number = v->number};

	if (v->number.known && !m->rises)
		value.number = decimal_neg(v->number);
	return value;
}

struct select_value
sort_value(const struct sort_by *by, const struct figures *f, const struct judgement *judgement)
{
	struct judged j = {f, judgement, NULL};
	struct select_value value = {0};

	if (by->name < MEASURES && measures[by->name].type == MEASURE_WORD)
		return word_order(&measures[by->name], &judgement->have[by->name]);
	get_judged(&j, by->name, &value);
	return value;
}

int
sort_compare(const struct sort_by *by, const struct select_value *a, const struct select_value *b)
{
	bool has_a = a->number.known || a->text, has_b = b->number.known || b->text;
	int c;

	if (!has_a || !has_b)
		return has_b - has_a;
	c = a->number.known ? decimal_cmp(&b->number, &a->number) : strcmp(a->text, b->text);
	return by->reversed ? -c : c;
}

/* an account as it was read */
struct carried {
	const struct account *account;
	struct arena *arena;
};

/* a small map, as it was written when the account was judged */
static const char *
flow_text(const struct node *map, struct arena *arena)
{
	struct buf text = {0};
	const char *kept;

	node_write_flow(&text, map);
	kept = arena_strdup(arena, text.data);
	buf_free(&text);
	return kept;
}

/* what a section score: says; what is not of the measure's type says nothing */
static void
get_carried(const struct node *score, enum measure_id id, struct arena *arena, struct select_value *value)
{
	const struct measure *m = &measures[id];
	const struct node *n = node_get(score, m->name);
	const char *text;
	struct date date;

	if (m->type == MEASURE_FLOW) {
		if (n && n->kind == NODE_MAP)
			value->text = flow_text(n, arena);
		return;
	}
	/* with the band before, as {now: good, was: watch} */
	text = n && n->kind == NODE_MAP && id == MEASURE_BAND ? node_get_text(n, "now")
							      : node_get_text(score, m->name);
	if (!text)
		return;
	if (m->type == MEASURE_WORD)
		value->text = text;
	else if (m->type != MEASURE_DATE)
		decimal_parse(text, strlen(text), &value->number);
	else if (date_parse(text, strlen(text), &date) == 0)
		value->number = decimal_int(date_days(date));
}

static void
get_words(const struct node *list, struct arena *arena, struct select_value *value)
{
	const char **texts;

	if (!list || list->kind != NODE_LIST || list->count == 0)
		return;
	texts = arena_alloc(arena, list->count * sizeof *texts);
	for (const struct node *n = list->first; n; n = n->next) {
		if (n->kind == NODE_SCALAR)
			texts[value->n++] = n->text;
	}
	value->texts = texts;
}

static void
get_of_account(const void *data, size_t name, struct select_value *value)
{
	const struct carried *c = data;
	const struct account *account = c->account;

	if (name < MEASURES) {
		get_carried(account->score, (enum measure_id)name, c->arena, value);
		return;
	}
	switch ((enum own_name)(name - MEASURES)) {
	case NAME_ID:
		value->text = account->id;
		break;
	case NAME_NAME:
		value->text = account_title(account);
		break;
	case NAME_MANAGER:
		value->text = account->manager;
		break;
	case NAME_TIER:
		value->text = account->tier;
		break;
	case NAME_CURRENCY:
		value->text = account->currency;
		break;
	case NAME_CATEGORIES:
		value->texts = account->categories.v;
		value->n = account->categories.n;
		break;
	default:
		get_words(node_get(account->score, "flags"), c->arena, value);
	}
}

bool
selection_holds_account(const struct select *select, const struct account *account)
{
	struct arena arena = {0};
	struct carried c = {account, &arena};
	bool holds = select_holds(select, get_of_account, &c);

	arena_free(&arena);
	return holds;
}

static bool
is_of_score(size_t name)
{
	return name < MEASURES || name == MEASURES + NAME_FLAGS;
}

bool
selection_needs_score(const struct select *select)
{
	return select_names_any(select, is_of_score);
}

bool
selection_is_scored(const struct account *account)
{
	return account->score && account->score->kind == NODE_MAP;
}
