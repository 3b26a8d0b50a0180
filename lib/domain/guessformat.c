/*
 * In which format dates and numbers are written, decided by all cells of the
 * columns that are used; and the currency.
 */
#include <string.h>

#include "base/decimal.h"
#include "domain/guessrun.h"

#define MOST_PERCENT 80	  /* of a column's cells in one format, or they are not used */
#define SERIAL_PERCENT 90 /* of a column's cells, to be days of a spreadsheet */
#define ORDERED_ROWS 10	  /* whose order differs by the reading, before it tells which is right */
#define WAY_FACTOR 3	  /* by which one reading's steps from row to row must be shorter to tell */

/* the format with the month where the day stands and the other way round */
static const char *
format_swap(const char *format, struct arena *arena)
{
	char *swapped = arena_strdup(arena, format);

	for (char *p = swapped; *p; p++)
		if (p[0] == '%' && (p[1] == 'd' || p[1] == 'm'))
			p[1] = p[1] == 'd' ? 'm' : 'd';
	return swapped;
}

/* does the reader of dates know the format, as it is or with the month first? */
static bool
format_reads(const struct date_tally *t)
{
	struct date_pattern pattern;
	struct arena arena = {0};
	struct date day;
	bool reads;

	reads = date_pattern_init(&pattern, t->format, NULL) == 0;
	if (reads && date_pattern_parse(&pattern, t->sample, strlen(t->sample), &day) < 0)
		reads = t->either && date_pattern_init(&pattern, format_swap(t->format, &arena), NULL) == 0 &&
			date_pattern_parse(&pattern, t->sample, strlen(t->sample), &day) == 0;
	arena_free(&arena);
	return reads;
}

const char *
guess_date_format(const struct guess *g, size_t column, bool by_words, const struct date_tally **tally)
{
	const struct tally *t = &g->column[column];
	const struct date_tally *best = NULL;
	struct date_pattern pattern;

	for (size_t i = 0; i < t->dates; i++)
		if (!best || t->date[i].n > best->n)
			best = &t->date[i];
	*tally = best;
	if (best && best->n * 100 >= t->cells * MOST_PERCENT && (by_words || t->sorts[SORT_DATE] > 0) &&
	    format_reads(best))
		return best->format;
	*tally = NULL;
	if (by_words && t->serials > 0 && t->serials * 100 >= t->cells * SERIAL_PERCENT &&
	    date_pattern_init(&pattern, "excel", NULL) == 0)
		return "excel";
	return NULL;
}

static bool
is_date(const struct pick *pick)
{
	return pick->field && (pick->field->type == FIELD_DATE || pick->field->type == FIELD_MONTHDAY);
}

static bool
is_number(const struct pick *pick)
{
	return pick->field && (pick->field->type == FIELD_DECIMAL || pick->field->type == FIELD_INT);
}

static bool
titles_are_english(const struct guess *g)
{
	for (size_t i = 0; i < g->columns; i++)
		if (!words_are_english(g->column[i].title))
			return false;
	return g->header;
}

/* which of two short numbers is the day, by all columns in that format */
static void
day_decide(struct guess *g)
{
	size_t day = 0, other = 0, steps = 0;
	long way[2] = {0, 0};

	for (size_t i = 0; i < g->picks.n; i++) {
		const struct pick *pick = &g->picks.pick[i];
		const struct date_tally *t;
		const char *format;

		if (!is_date(pick))
			continue;
		format = guess_date_format(g, pick->column, pick->by_words, &t);
		if (!format || !t || strcmp(format, g->date) != 0)
			continue;
		day += t->day_first;
		other += t->month_first;
		way[0] += t->way[0];
		way[1] += t->way[1];
		steps += t->steps;
	}
	g->month_first = other > day;
	if (other != day)
		return;
	if (steps + 1 >= ORDERED_ROWS && (way[0] * WAY_FACTOR < way[1] || way[1] * WAY_FACTOR < way[0])) {
		g->month_first = way[1] < way[0];
		g->date_hint = true;
	} else {
		g->month_first = strchr(g->date, '/') && titles_are_english(g);
		g->date_unsure = true;
	}
}

/* the column whose dates count: that of the day, or else the first */
static const struct pick *
date_pick(const struct guess *g)
{
	const struct pick *pick = guess_pick(&g->picks, "date");

	for (size_t i = 0; i < g->picks.n && !pick; i++)
		if (is_date(&g->picks.pick[i]) && g->column[g->picks.pick[i].column].cells > 0)
			pick = &g->picks.pick[i];
	return pick && g->column[pick->column].cells > 0 ? pick : NULL;
}

static void
dates_decide(struct guess *g)
{
	const struct pick *pick = date_pick(g);
	const struct date_tally *t;

	if (!pick)
		return;
	g->date = guess_date_format(g, pick->column, pick->by_words, &g->date_tally);
	g->date_column = pick->column;
	for (size_t i = g->picks.n; i-- > 0;) {
		const struct pick *other = &g->picks.pick[i];

		if (!is_date(other) || g->column[other->column].cells == 0)
			continue;
		if (strcmp(guess_date_format(g, other->column, other->by_words, &t), g->date) != 0)
			guess_drop(g, other->target);
	}
	if (!g->date_tally || !g->date_tally->either)
		return;
	day_decide(g);
	if (g->month_first)
		g->date = format_swap(g->date, &g->arena);
}

/* adds what a column's numbers show; returns whether they have any mark */
static void
marks_add(struct guess *g, const struct tally *t)
{
	for (int d = 0; d < 3; d++) {
		for (int m = 0; m < MARKS; m++)
			g->marks[d][m] += t->marks[d][m];
		g->either[d] += t->either[d];
	}
}

static size_t
marks_with_decimal(const struct guess *g, enum mark decimal)
{
	size_t n = 0;

	for (int m = 0; m < MARKS; m++)
		n += g->marks[decimal][m];
	return n;
}

static size_t
marks_with_group(const struct guess *g, enum mark group)
{
	return g->marks[MARK_NONE][group] + g->marks[MARK_POINT][group] + g->marks[MARK_COMMA][group];
}

static bool
has_marks(const struct guess *g)
{
	size_t n = marks_with_decimal(g, MARK_POINT) + marks_with_decimal(g, MARK_COMMA);

	for (enum mark m = MARK_POINT; m < MARKS; m++)
		n += marks_with_group(g, m);
	return n > 0;
}

/* numbers of the columns that are used; if they tell nothing, those of all */
static void
marks_gather(struct guess *g)
{
	for (size_t i = 0; i < g->picks.n; i++)
		if (is_number(&g->picks.pick[i]))
			marks_add(g, &g->column[g->picks.pick[i].column]);
	if (has_marks(g) || g->either[MARK_POINT] + g->either[MARK_COMMA] == 0)
		return;
	for (size_t i = 0; i < g->columns; i++)
		if (g->column[i].sorts[SORT_NUMBER] * 100 >= g->column[i].cells * MOST_PERCENT)
			marks_add(g, &g->column[i]);
}

static void
numbers_decide(struct guess *g)
{
	size_t points, commas, groups = 0;

	marks_gather(g);
	points = marks_with_decimal(g, MARK_POINT) + marks_with_group(g, MARK_COMMA);
	commas = marks_with_decimal(g, MARK_COMMA) + marks_with_group(g, MARK_POINT);
	if (points + commas > 0) {
		g->decimal = commas > points ? ',' : '.';
	} else if (g->either[MARK_POINT] + g->either[MARK_COMMA] > 0) {
		g->number_unsure = true;
		g->decimal = g->sniff.delimiter == ';' || !titles_are_english(g) ? ',' : '.';
	}
	if (marks_with_group(g, MARK_BLANK) > 0)
		g->group[groups++] = ' ';
	if (marks_with_group(g, MARK_APOSTROPHE) > 0)
		g->group[groups++] = '\'';
	if (g->decimal == ',' && marks_with_group(g, MARK_POINT) + g->either[MARK_POINT] > 0)
		g->group[groups++] = '.';
	if (g->decimal == '.' && marks_with_group(g, MARK_COMMA) + g->either[MARK_COMMA] > 0)
		g->group[groups++] = ',';
}

static bool
has_group(const struct guess *g, enum mark mark)
{
	static const char groups[MARKS] = {0, '.', ',', ' ', '\''};

	return mark == MARK_NONE || strchr(g->group, groups[mark]);
}

/* the numbers of a column that the format reads */
static size_t
numbers_read(const struct guess *g, const struct tally *t)
{
	enum mark decimal = g->decimal == ',' ? MARK_COMMA : MARK_POINT;
	size_t n = 0;

	for (enum mark m = MARK_NONE; m < MARKS; m++)
		if (has_group(g, m))
			n += t->marks[MARK_NONE][m] + t->marks[decimal][m];
	for (enum mark m = MARK_POINT; m <= MARK_COMMA; m++)
		if (m == decimal || has_group(g, m))
			n += t->either[m];
	return n;
}

/* is it a field without which rows of the kind are none? */
static bool
is_needed(const struct picks *picks, const char *target)
{
	const char *const *required;

	for (required = picks->kind->required; *required; required++)
		if (strcmp(*required, target) == 0)
			return true;
	return strcmp(target, "revenue") == 0 || strcmp(target, "quantity") == 0 ||
	       strcmp(target, "price") == 0;
}

/* columns whose numbers are mostly written otherwise are left out; of the others those that are */
static void
numbers_check(struct guess *g)
{
	for (size_t i = g->picks.n; i-- > 0;) {
		const struct pick *pick = &g->picks.pick[i];
		const struct tally *t = &g->column[pick->column];
		size_t read = numbers_read(g, t);

		if (!is_number(pick) || pick->field->words)
			continue;
		if (read * 100 < t->cells * MOST_PERCENT && !is_needed(&g->picks, pick->target))
			guess_drop(g, pick->target);
		else
			g->number_others += t->cells - read;
	}
}

/* the currency that a sign beside a number most likely stands for */
static const char *
currency_of_mark(const char *mark)
{
	static const struct {
		const char *mark;
		const char *currency;
	} signs[] = {{"€", "EUR"},    {"$", "USD"},   {"£", "GBP"},  {"₽", "RUB"},
		     {"руб.", "RUB"}, {"руб", "RUB"}, {"р.", "RUB"}, {"¥", "JPY"}};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strcmp(signs[i].mark, mark) == 0)
			return signs[i].currency;
	return mark;
}

/* by the marks beside numbers, of which the commonest counts */
static void
currency_by_marks(struct guess *g)
{
	size_t most = 0;

	for (size_t i = 0; i < g->picks.n; i++) {
		const struct tally *t = &g->column[g->picks.pick[i].column];

		for (size_t j = 0; j < t->currencies && is_number(&g->picks.pick[i]); j++) {
			if (t->currency[j].n <= most)
				continue;
			most = t->currency[j].n;
			g->currency = currency_of_mark(t->currency[j].mark);
			g->currency_why = arena_printf(&g->arena, "%sby \"%s\" beside %zu amounts of %s",
						       strcmp(t->currency[j].mark, "$") == 0 ||
							       strcmp(t->currency[j].mark, "¥") == 0
							   ? "unsure: "
							   : "",
						       t->currency[j].mark, most, t->name);
		}
	}
}

/* the column that says each row's currency, or NULL */
static const struct tally *
currency_column(const struct guess *g)
{
	for (size_t i = 0; i < g->columns; i++)
		if (g->title[i].matches > 0 && g->column[i].cells > 0 &&
		    strcmp(g->title[i].match[0].meaning->targets, "currency") == 0)
			return &g->column[i];
	return NULL;
}

/* the currency that a cell stands for; if none is known, the cell itself */
static const char *
currency_of_cell(struct guess *g, const char *cell)
{
	const char *named = field_currency_is_valid(cell) ? NULL : words_currency(cell, &g->arena);

	return named ? named : cell;
}

static size_t
currency_cells(struct guess *g, const struct tally *t, const char *currency)
{
	size_t n = 0;

	for (size_t i = 0; i < t->values; i++)
		if (strcmp(currency_of_cell(g, t->value[i]), currency) == 0)
			n += t->value_cells[i];
	return n;
}

/* a text as a pattern that matches it alone */
static void
pattern_add(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\^$.|?*+()[]{}", *text))
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

/* cells of the column that are in another currency, and those of none, as a pattern */
static const char *
currency_others(struct guess *g, const struct tally *t, const char *currency)
{
	struct buf same = {0};
	const char *pattern;
	size_t n = 0;

	for (size_t i = 0; i < t->values; i++) {
		if (strcmp(currency_of_cell(g, t->value[i]), currency) != 0)
			continue;
		buf_adds(&same, n++ > 0 ? "|" : "");
		pattern_add(&same, t->value[i]);
	}
	pattern = arena_printf(&g->arena, n > 1 ? "^(?!(%s)$)" : "^(?!%s$)", same.data);
	buf_free(&same);
	return pattern;
}

/* by a column that says it; of several the commonest, as no others may be added to it */
static void
currency_by_column(struct guess *g, const struct tally *t)
{
	const char *best = NULL;

	for (size_t i = 0; i < t->values; i++) {
		const char *currency = currency_of_cell(g, t->value[i]);
		size_t n = currency_cells(g, t, currency);

		if (n <= g->currency_cells)
			continue;
		g->currency_cells = n;
		best = currency;
	}
	if (!best)
		return;
	if (field_currency_is_valid(best)) {
		g->currency = best;
		g->currency_why =
		    arena_printf(&g->arena, "%zu of %zu cells of %s", g->currency_cells, t->cells, t->name);
	}
	if (t->many || g->currency_cells < t->cells) {
		g->currencies = t;
		g->currency_others = currency_others(g, t, best);
	}
}

static bool
has_amounts(const struct picks *picks)
{
	for (size_t i = 0; i < picks->n; i++)
		if (picks->pick[i].field && picks->pick[i].field->type == FIELD_DECIMAL)
			return true;
	return false;
}

static void
currency_decide(struct guess *g)
{
	const struct tally *t = currency_column(g);

	currency_by_marks(g);
	for (size_t i = 0; i < g->picks.n && !g->currency; i++) {
		const struct tally *amount = &g->column[g->picks.pick[i].column];

		if (!is_number(&g->picks.pick[i]))
			continue;
		g->currency = words_currency(amount->title, &g->arena);
		if (g->currency)
			g->currency_why = arena_printf(&g->arena, "by the title of %s", amount->name);
	}
	if (!g->currency && t && has_amounts(&g->picks) && !guess_pick(&g->picks, "currency"))
		currency_by_column(g, t);
}

void
guess_formats(struct guess *g)
{
	dates_decide(g);
	numbers_decide(g);
	numbers_check(g);
	currency_decide(g);
}
