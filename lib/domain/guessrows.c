/*
 * Rows that are no sales: those of totals, and those that are returns.
 */
#include <string.h>
#include <utf8proc.h>

#include "domain/guessrun.h"

#define RETURNS_PERCENT 80 /* of the rows below zero, that the words of returns must cover */

/* the words for totals, whose places are the bits of tally.totals_words */
static const struct {
	const char *word;
	bool alone; /* companies are called so too: it must be the whole cell */
} totals_words[] = {
    {"итого", false}, {"всего", false},	  {"итог", true},     {"общий итог", false},
    {"kopā", false},  {"pavisam", false}, {"kopsumma", true}, {"grand total", true},
    {"total", true},  {"totals", true},	  {"subtotal", true}, {"sub-total", true},
};
#define TOTALS_WORDS (sizeof totals_words / sizeof *totals_words)

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* letter by letter, in any case: does s begin with the word? */
static bool
begins_with(struct str s, const char *word, size_t *length)
{
	utf8proc_int32_t a, b;
	size_t i = 0;

	while (*word) {
		utf8proc_ssize_t n;

		word += utf8proc_iterate((const utf8proc_uint8_t *)word, -1, &b);
		n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &a);
		if (n <= 0 || utf8proc_tolower(a) != b)
			return false;
		i += (size_t)n;
	}
	*length = i;
	return true;
}

static unsigned
totals_bit(struct str s)
{
	if (s.n == 0 || !is_letter(*s.p))
		return 0;
	for (size_t i = 0; i < TOTALS_WORDS; i++) {
		size_t n;

		if (!begins_with(s, totals_words[i].word, &n))
			continue;
		if (n == s.n || (n + 1 == s.n && s.p[n] == ':') ||
		    (!totals_words[i].alone && !is_letter(s.p[n])))
			return 1u << i;
	}
	return 0;
}

static bool
is_date(struct str s)
{
	char format[sizeof((struct date_tally *)0)->format];
	struct date day[2];
	bool either;

	return s.n <= DATE_MAX && date_sort(s, format, &either, day);
}

bool
totals_count(struct tally *t, const struct str *cell, size_t n)
{
	bool some = false, dated = false;

	for (size_t i = 0; i < n && !some; i++)
		some = totals_bit(cell_trim(cell[i])) != 0;
	if (!some)
		return false;
	for (size_t i = 0; i < n && !dated; i++)
		dated = is_date(cell_trim(cell[i]));
	for (size_t i = 0; i < n; i++) {
		unsigned bit = totals_bit(cell_trim(cell[i]));

		t[i].totals_words |= bit;
		t[i].totals += bit && !dated;
		t[i].dated_totals += bit && dated;
	}
	return !dated;
}

/* those of the words, as a pattern without what sets its case */
static const char *
words_pattern(struct guess *g, unsigned words)
{
	struct buf begin = {0}, alone = {0};
	const char *pattern;

	for (size_t i = 0; i < TOTALS_WORDS; i++) {
		struct buf *to = totals_words[i].alone ? &alone : &begin;

		if (words & 1u << i)
			buf_printf(to, "%s%s", to->len > 0 ? "|" : "", totals_words[i].word);
	}
	if (begin.len > 0 && alone.len > 0)
		pattern = arena_printf(&g->arena, "^((%s)\\b|(%s)\\s*:?$)", begin.data, alone.data);
	else if (begin.len > 0)
		pattern = arena_printf(&g->arena, "^(%s)\\b", begin.data);
	else
		pattern = arena_printf(&g->arena, "^(%s)\\s*:?$", alone.data);
	buf_free(&begin);
	buf_free(&alone);
	return pattern;
}

const char *
guess_totals(struct guess *g, const struct tally **column)
{
	const struct tally *best = NULL;

	for (size_t i = 0; i < g->columns; i++) {
		const struct tally *t = &g->column[i];

		if (t->totals > 0 && t->dated_totals == 0 && (!best || t->totals > best->totals))
			best = t;
	}
	*column = best;
	return best ? arena_printf(&g->arena, "(?i)%s", words_pattern(g, best->totals_words)) : NULL;
}

size_t
guess_undated(const struct guess *g)
{
	const struct pick *date = guess_pick(&g->picks, "date");
	size_t dated, rows = g->rows - g->totals;

	if (!g->picks.kind->summed || !g->date || !date || date->column != g->date_column)
		return 0;
	dated = g->column[date->column].cells;
	return dated > 0 && dated < rows ? rows - dated : 0;
}

const char *
guess_undated_pattern(struct guess *g)
{
	const struct tally *t = &g->column[g->date_column];

	return t->totals > 0 && t->dated_totals == 0
		   ? arena_printf(&g->arena, "(?i)^$|%s", words_pattern(g, t->totals_words))
		   : "^$";
}

/* the column whose sign tells a return: the amount, or the quantity or price */
static const struct pick *
signed_pick(const struct guess *g)
{
	static const char *const targets[] = {"revenue", "quantity", "price"};
	const struct pick *best = NULL;

	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		const struct pick *pick = guess_pick(&g->picks, targets[i]);

		if (pick && pick->column < TALLY_SIGNED &&
		    (!best || g->column[pick->column].below > g->column[best->column].below))
			best = pick;
	}
	return best && g->column[best->column].below > 0 ? best : NULL;
}

/* Do all rows that begin with the word have a number below zero there, and none above? */
static bool
is_return(const struct prefix_tally *p, size_t amount)
{
	return *p->text && p->below[amount] > 0 && p->above[amount] == 0;
}

/* the words that returns begin with in a column, as a pattern; NULL: there is no rule in it */
static const char *
returns_pattern(struct guess *g, const struct tally *t, size_t amount, size_t *rows)
{
	struct buf words = {0};
	size_t below = 0, others = 0;
	const char *pattern = NULL;
	bool apart = true;

	*rows = 0;
	for (size_t i = 0; t->prefix && i < t->prefixes; i++) {
		const struct prefix_tally *p = &t->prefix[i];

		if (!is_return(p, amount)) {
			others += p->rows;
			continue;
		}
		below += p->below[amount];
		*rows += p->rows;
		buf_printf(&words, "%s%s", words.len > 0 ? "|" : "", p->text);
		for (size_t j = 0; j < t->prefixes; j++)
			if (j != i && strncmp(t->prefix[j].text, p->text, strlen(p->text)) == 0)
				apart = false;
	}
	if (words.len > 0 && others > 0 && below * 100 >= g->column[amount].below * RETURNS_PERCENT)
		pattern = arena_printf(&g->arena, strchr(words.data, '|') ? "^(%s)%s" : "^%s%s", words.data,
				       apart ? "" : "(?!\\pL)");
	buf_free(&words);
	return pattern;
}

void
guess_returns(struct guess *g, struct returns *r)
{
	const struct pick *amount = signed_pick(g), *document = guess_pick(&g->picks, "document");

	*r = (struct returns){0};
	if (!amount || !guess_pick(&g->picks, "date"))
		return;
	r->below = g->column[amount->column].below;
	if (document) {
		r->column = &g->column[document->column];
		r->pattern = returns_pattern(g, r->column, amount->column, &r->rows);
	}
	for (size_t i = 0; i < g->columns && !r->pattern; i++) {
		r->column = &g->column[i];
		r->pattern = returns_pattern(g, r->column, amount->column, &r->rows);
	}
}
