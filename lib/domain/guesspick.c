/*
 * Which column is which field, and what a row is about. For every kind its
 * fields are given the columns whose titles say so and whose cells fit; the
 * kind of which most is there is taken.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/cell.h"
#include "domain/guessrun.h"

#define NEAR 25		 /* points by which a meaning may be behind the title's best, and still count */
#define EMPTY_COLUMN 40	 /* points that a title without cells is worth less */
#define CONTENT_SCORE 15 /* of what cells alone say */
#define MANY_PERCENT 80	 /* of the cells: the column is of that sort */
#define HALF_PERCENT 50

/* what shows a kind: fields that are there together, and how much they say; of several the greatest counts */
static const struct {
	const char *kind;
	const char *targets;
	int score;
} hallmarks[] = {
    {"sales", "date revenue", 50},
    {"sales", "date quantity price", 50},
    {"sales", "date revenue cost", 72},
    {"sales", "date revenue margin", 72},
    {"invoices", "id amount due", 70},
    {"invoices", "id amount paid", 66},
    {"invoices", "id amount settled", 66},
    {"contacts", "name email", 60},
    {"contacts", "name phone", 60},
    {"contacts", "name position", 60},
    {"deliveries", "id delivered promised", 68},
    {"deliveries", "id delivered in-full", 68},
    {"deliveries", "id ordered delivered", 66},
    {"deals", "id stage", 66},
    {"deals", "id probability", 66},
    {"deals", "id expected-close", 66},
    {"complaints", "id subject", 40},
    {"complaints", "id cause", 62},
    {"complaints", "id severity", 62},
    {"surveys", "date score", 62},
    {"voice", "date wish", 62},
    {"log", "date kind about", 58},
    {"contracts", "id end", 64},
    {"contracts", "id start end", 68},
    {"potential", "year amount", 52},
    {"competitors", "name share", 60},
    {"news", "date title url", 62},
    {"accounts", "", 10},
};

const struct pick *
guess_pick(const struct picks *picks, const char *target)
{
	for (size_t i = 0; i < picks->n; i++)
		if (strcmp(picks->pick[i].target, target) == 0)
			return &picks->pick[i];
	return NULL;
}

void
guess_drop(struct guess *g, const char *target)
{
	struct picks *picks = &g->picks, *to = &g->dropped;

	for (size_t i = 0; i < picks->n; i++) {
		if (strcmp(picks->pick[i].target, target) != 0)
			continue;
		to->pick[to->n++] = picks->pick[i];
		memmove(&picks->pick[i], &picks->pick[i + 1], (picks->n - i - 1) * sizeof *picks->pick);
		picks->n--;
		return;
	}
}

static bool
is_share(size_t part, size_t whole, size_t percent)
{
	return part > 0 && part * 100 >= whole * percent;
}

static bool
is_account_kind(const struct map_kind *kind)
{
	return !kind->section;
}

/* the few values of a column, each read as the field's type */
static bool
values_fit(const struct tally *t, const struct field *field)
{
	static const struct map plain;
	struct arena arena = {0};
	bool fit = !t->many;

	for (size_t i = 0; i < t->values && fit; i++) {
		struct node *node;
		const char *kind;
		struct error err;

		fit = cell_node(&plain, field, t->value[i], strlen(t->value[i]), &arena, &node, &kind,
				&err) == 0;
	}
	arena_free(&arena);
	return fit;
}

/* can the column's cells be the field's? */
static bool
field_fits(const struct guess *g, size_t column, const struct field *field, bool by_words)
{
	const struct tally *t = &g->column[column];
	const struct date_tally *dates;

	switch (field->type) {
	case FIELD_DATE:
	case FIELD_MONTHDAY:
		return guess_date_format(g, column, by_words, &dates) != NULL;
	case FIELD_DECIMAL:
		return is_share(t->sorts[SORT_NUMBER], t->cells, by_words ? HALF_PERCENT : MANY_PERCENT);
	case FIELD_INT:
		return field->words ? values_fit(t, field)
				    : t->whole == t->cells && !is_share(t->long_whole, t->cells, 1);
	case FIELD_TEXT:
		break;
	default:
		return values_fit(t, field);
	}
	if (strcmp(field->name, "email") == 0)
		return is_share(t->sorts[SORT_EMAIL], t->cells, HALF_PERCENT);
	if (strcmp(field->name, "phone") == 0)
		return is_share(t->sorts[SORT_PHONE] + t->long_whole + t->digits, t->cells, HALF_PERCENT);
	if (strcmp(field->name, "name") == 0 || strcmp(field->name, "title") == 0)
		return is_share(t->sorts[SORT_TEXT], t->cells, HALF_PERCENT);
	/* an amount or a day is no number of a document */
	return !is_share(t->sorts[SORT_DATE], t->cells, HALF_PERCENT) &&
	       !is_share(t->sorts[SORT_NUMBER] - t->whole - t->point_zeros, t->cells, HALF_PERCENT);
}

static bool
account_fits(const struct tally *t, const char *target)
{
	size_t others = t->sorts[SORT_DATE] + t->sorts[SORT_EMAIL];

	if (strcmp(target, "@client") == 0)
		return is_share(t->sorts[SORT_TEXT], t->cells, HALF_PERCENT) &&
		       !is_share(t->codes, t->cells, MANY_PERCENT);
	return !is_share(others + t->sorts[SORT_NUMBER] - t->whole - t->point_zeros, t->cells, HALF_PERCENT);
}

static bool
target_fits(const struct guess *g, const struct map_kind *kind, size_t column, const char *target,
	    const struct field **field, bool by_words)
{
	*field = NULL;
	if (*target == '@')
		return g->column[column].cells == 0 || account_fits(&g->column[column], target);
	*field = map_field(kind, target);
	if (!*field || !cell_fits((*field)->type))
		return false;
	if (is_account_kind(kind) && (strcmp(target, "id") == 0 || strcmp(target, "name") == 0))
		return false;
	return g->column[column].cells == 0 || field_fits(g, column, *field, by_words);
}

static int
by_score(const void *a, const void *b)
{
	const struct pick *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

/* what one meaning of a title makes of the column: the first of its targets that fits */
static void
meaning_offer(struct guess *g, const struct map_kind *kind, size_t column, const struct match *match,
	      struct picks *offers)
{
	const char *p = match->meaning->targets;

	for (size_t n; *p; p += n + (p[n] == ' ')) {
		const struct field *field;
		const char *target;

		n = strcspn(p, " ");
		target = arena_copy(&g->arena, p, n);
		if (!target_fits(g, kind, column, target, &field, true))
			continue;
		offers->pick[offers->n++] = (struct pick){
		    target, field, column, match->score - (g->column[column].cells == 0 ? EMPTY_COLUMN : 0),
		    true,   false,
		};
		return;
	}
}

/* the field that is called as the column is */
static void
name_offer(struct guess *g, const struct map_kind *kind, size_t column, struct picks *offers)
{
	for (size_t i = 0; i < kind->fields->n; i++) {
		const struct field *field = &kind->fields->field[i], *found;
		int score = words_match_field(g->column[column].title, field->name, &g->arena);

		if (score > 0 && target_fits(g, kind, column, field->name, &found, true))
			offers->pick[offers->n++] =
			    (struct pick){field->name, found, column, score, true, false};
	}
}

static void
title_offer(struct guess *g, const struct map_kind *kind, size_t column, struct picks *offers)
{
	const struct title *title = &g->title[column];
	int best = 0;

	for (size_t i = 0; i < title->matches; i++) {
		const struct match *match = &title->match[i];

		if (match->meaning->kind && strcmp(match->meaning->kind, kind->name) != 0)
			continue;
		if (best == 0)
			best = match->score;
		if (match->score < best - NEAR || strcmp(match->meaning->targets, "-") == 0)
			break;
		meaning_offer(g, kind, column, match, offers);
	}
	if (best < 90)
		name_offer(g, kind, column, offers);
}

static bool
is_taken(const struct picks *picks, size_t column)
{
	for (size_t i = 0; i < picks->n; i++)
		if (picks->pick[i].column == column)
			return true;
	return false;
}

/* each field and each column once, the best offers first */
static void
offers_take(struct picks *picks, struct picks *offers)
{
	qsort(offers->pick, offers->n, sizeof *offers->pick, by_score);
	for (size_t i = 0; i < offers->n; i++) {
		const struct pick *offer = &offers->pick[i];

		if (!guess_pick(picks, offer->target) && !is_taken(picks, offer->column))
			picks->pick[picks->n++] = *offer;
	}
}

static void
titles_take(struct guess *g, struct picks *picks)
{
	struct picks *offers = xcalloc(1, sizeof *offers);

	/* a few columns at a time would do; each has at most MATCHES_MAX offers */
	for (size_t i = 0; i < g->columns && offers->n + 2 * MATCHES_MAX < GUESS_COLUMNS; i++)
		title_offer(g, picks->kind, i, offers);
	offers_take(picks, offers);
	free(offers);
}

/* does its title say that it is none of the fields? */
static bool
is_other(const struct guess *g, size_t column)
{
	const struct title *title = &g->title[column];

	return title->matches > 0 && strcmp(title->match[0].meaning->targets, "-") == 0;
}

/* how much the cells alone speak for the target; 0: nothing does */
static size_t
cells_speak(const struct guess *g, const struct map_kind *kind, size_t column, const char *target)
{
	const struct tally *t = &g->column[column];
	const struct field *field;

	if (t->cells == 0 || !target_fits(g, kind, column, target, &field, false))
		return 0;
	if (strcmp(target, "@client") == 0)
		return 1 + t->companies * 100 / (t->names + 1) + (t->digits == 0 ? 5 : 0) +
		       (t->values > 1 ? 10 : 0);
	if (strcmp(target, "revenue") == 0)
		return g->header && t->whole == t->cells ? 0 : 1 + (t->cells - t->whole) * 100 / t->cells;
	if (strcmp(target, "name") == 0)
		return t->digits + t->companies == 0 ? 1 + tally_distinct(t) * 100 / t->cells : 0;
	if (strcmp(target, "document") == 0)
		return is_share(t->digits, t->cells, MANY_PERCENT) ? 1 + tally_distinct(t) * 100 / t->cells
								   : 0;
	return t->cells;
}

/* the column whose cells speak most for a target that has none */
static void
cells_take(struct guess *g, struct picks *picks, const char *target)
{
	size_t best = 0, speak;
	struct pick pick = {.target = target, .score = CONTENT_SCORE};

	if (guess_pick(picks, target))
		return;
	for (size_t i = 0; i < g->columns; i++) {
		if (is_taken(picks, i) || is_other(g, i))
			continue;
		speak = cells_speak(g, picks->kind, i, target);
		if (speak <= best)
			continue;
		best = speak;
		pick.column = i;
	}
	if (best == 0)
		return;
	pick.field = *target == '@' ? NULL : map_field(picks->kind, target);
	picks->pick[picks->n++] = pick;
}

static bool
has_account(const struct picks *picks)
{
	for (size_t i = 0; i < picks->n; i++)
		if (*picks->pick[i].target == '@')
			return true;
	return false;
}

static void
contents_take(struct guess *g, struct picks *picks)
{
	const struct map_kind *kind = picks->kind;

	if (kind->summed) {
		cells_take(g, picks, "date");
		if (!guess_pick(picks, "quantity") || !guess_pick(picks, "price"))
			cells_take(g, picks, "revenue");
	}
	if (strcmp(kind->name, "contacts") == 0) {
		cells_take(g, picks, "email");
		cells_take(g, picks, "phone");
	}
	if (!has_account(picks))
		cells_take(g, picks, "@client");
	if (!g->header && strcmp(kind->name, "contacts") == 0)
		cells_take(g, picks, "name");
	if (!g->header && kind->summed)
		cells_take(g, picks, "document");
}

/* some column must find the account */
static void
account_force(struct guess *g, struct picks *picks)
{
	struct pick pick = {.target = "@client", .forced = true};

	if (has_account(picks) || g->columns == 0)
		return;
	while (pick.column < g->columns && is_taken(picks, pick.column))
		pick.column++;
	if (pick.column == g->columns)
		pick.column = 0;
	picks->pick[picks->n++] = pick;
}

static bool
has_required(const struct picks *picks)
{
	const char *const *required;

	for (required = picks->kind->required; *required; required++)
		if (!guess_pick(picks, *required))
			return false;
	return !picks->kind->summed || guess_pick(picks, "revenue") ||
	       (guess_pick(picks, "quantity") && guess_pick(picks, "price"));
}

/* the picks' score for a hallmark; what cells alone said counts less */
static int
hallmark_score(const struct picks *picks, const char *targets, int score)
{
	char target[32];

	for (size_t n; *targets; targets += n + (targets[n] == ' ')) {
		const struct pick *pick;

		n = strcspn(targets, " ");
		memcpy(target, targets, n);
		target[n] = '\0';
		pick = guess_pick(picks, target);
		if (!pick)
			return 0;
		score -= pick->by_words ? 0 : 10;
	}
	return score;
}

static void
kind_try(struct guess *g, struct picks *picks)
{
	titles_take(g, picks);
	contents_take(g, picks);
	for (size_t i = 0; i < sizeof hallmarks / sizeof *hallmarks; i++) {
		int score;

		if (strcmp(hallmarks[i].kind, picks->kind->name) != 0)
			continue;
		score = hallmark_score(picks, hallmarks[i].targets, hallmarks[i].score);
		if (score > picks->score)
			picks->score = score;
	}
	if (!has_required(picks))
		picks->score = 0;
	if (!has_account(picks) && !is_account_kind(picks->kind))
		picks->score /= 2;
}

/* what a map may not have together */
static void
picks_settle(struct guess *g)
{
	const struct picks *picks = &g->picks;

	if (picks->kind->summed) {
		if (guess_pick(picks, "revenue")) {
			guess_drop(g, "quantity");
			guess_drop(g, "price");
		}
		if (guess_pick(picks, "cost"))
			guess_drop(g, "margin");
		if (!guess_pick(picks, "document"))
			guess_drop(g, "line");
		if (strcmp(picks->kind->name, "sales") == 0)
			guess_drop(g, "product");
	}
	account_force(g, &g->picks);
}

void
guess_kind(struct guess *g)
{
	struct picks *tried = xcalloc(1, sizeof *tried);

	for (size_t i = 0; i < n_map_kinds; i++) {
		memset(tried, 0, sizeof *tried);
		tried->kind = &map_kinds[i];
		kind_try(g, tried);
		if (!g->picks.kind || tried->score > g->picks.score)
			g->picks = *tried;
	}
	free(tried);
	picks_settle(g);
}
