#include "moves.h"

#include <stdlib.h>
#include <string.h>

/* words that a measure can have, at the most */
#define WORDS 8
/* the place of a value that is missing, or none of the words */
#define NO_WORD WORDS

/* in how many accounts */
struct tally {
	size_t word[MEASURES][WORDS + 1][WORDS + 1]; /* from one to the other */
	size_t lower[MEASURES], higher[MEASURES];
	size_t dropped[FLAGS], raised[FLAGS];
	size_t is[MOVES_WORDS];
	size_t otherwise; /* nothing moved that people are shown */
};

/* as enum moves_word */
static const char *const of_one[] = {"new", "gone", "not scored before", "no longer scored"};

struct moves {
	const struct model *model;
	const struct table_options *out;
	bool for_people, all;
	struct table *brief, *table;
	struct tally tally;
	const char *shown; /* the account that the row before was of */
	size_t unexplained;
	struct buf text;
	struct arena arena; /* of the account in hand */
};

static const struct column columns[] = {
    {.name = "account"},
    {.name = "what"},
    {.name = "measure"},
    {.name = "by"},
    {.name = "old", .type = COLUMN_VALUE},
    {.name = "new", .type = COLUMN_VALUE},
    {.name = "change", .type = COLUMN_NUMBER},
    {.name = "old-points", .title = "old points", .type = COLUMN_NUMBER},
    {.name = "new-points", .title = "new points", .type = COLUMN_NUMBER},
};

static const struct column brief_columns[] = {
    {.name = "what"},
    {.name = "old"},
    {.name = "new"},
    {.name = "accounts", .type = COLUMN_NUMBER},
};

struct moves *
moves_new(const struct model *model, const struct table_options *out, bool all)
{
	struct moves *m = xcalloc(1, sizeof *m);

	m->model = model;
	m->out = out;
	m->all = all;
	m->for_people = out->format == TABLE_TEXT || out->format == TABLE_MARKDOWN;
	m->brief =
	    table_new("brief", "In short", brief_columns, sizeof brief_columns / sizeof *brief_columns);
	m->table = table_new("moves", "What moved", columns, sizeof columns / sizeof *columns);
	if (!m->for_people)
		table_stream(m->table, out, stdout);
	return m;
}

/* people read the account's name once, and see by the cells what a row is */
static void
put_row_head(struct moves *m, const char *id, const char *what, const char *measure, const char *by)
{
	bool again = m->for_people && m->shown == id;
	bool plain = m->for_people &&
		     (strcmp(what, "moved") == 0 || strcmp(what, "part") == 0 || strcmp(what, "cause") == 0);

	table_cell(m->table, again ? NULL : id);
	table_cell(m->table, plain ? NULL : what);
	table_cell(m->table, m->for_people && by ? NULL : measure);
	table_cell(m->table, by);
	m->shown = id;
}

static void
put_part(struct moves *m, const char *id, enum measure_id verdict, const struct score_part *part,
	 const struct score_said *before, const struct score_said *now)
{
	put_row_head(m, id, "part", measures[verdict].name, measures[part->of].name);
	table_cell(m->table, before->text[part->of]);
	table_cell(m->table, now->text[part->of]);
	table_decimal(m->table, part->change, 1);
	table_decimal(m->table, part->before, 1);
	table_decimal(m->table, part->now, 1);
	table_row(m->table);
}

/* the criteria of a verdict that has them */
static const struct items *
criteria_of(const struct model *model, enum measure_id id)
{
	switch (id) {
	case MEASURE_HEALTH:
		return &model->health;
	case MEASURE_ATTRACTIVENESS:
		return &model->attractiveness;
	case MEASURE_STRENGTH:
		return &model->strength;
	default:
		return NULL;
	}
}

static void
put_parts(struct moves *m, const char *id, enum measure_id verdict, const struct score_said *before,
	  const struct score_said *now)
{
	const struct items *criteria = criteria_of(m->model, verdict);
	struct score_move move;

	if (!criteria || !before->text[verdict] || !now->text[verdict])
		return;
	if (!score_moved_by(&move, verdict, criteria, before, now, &m->arena)) {
		m->unexplained++;
		return;
	}
	for (size_t i = 0; i < move.n; i++)
		put_part(m, id, verdict, &move.part[i], before, now);
	if (decimal_sign(&move.rounding) == 0)
		return;
	put_row_head(m, id, "part", measures[verdict].name, "rounding");
	table_cell(m->table, NULL);
	table_cell(m->table, NULL);
	table_decimal(m->table, move.rounding, 1);
	table_row(m->table);
}

static void
put_causes(struct moves *m, const char *id, enum measure_id verdict, const struct score_said *before,
	   const struct score_said *now)
{
	enum measure_id by[MEASURES];
	size_t n = score_causes(by, verdict, m->model, before, now);

	for (size_t i = 0; i < n; i++) {
		put_row_head(m, id, "cause", measures[verdict].name, measures[by[i]].name);
		table_cell(m->table, before->text[by[i]]);
		table_cell(m->table, now->text[by[i]]);
		table_decimal(m->table, score_change(by[i], before, now), measures[by[i]].places);
		table_row(m->table);
	}
}

static void
put_moved(struct moves *m, const char *id, enum measure_id of, const struct score_said *before,
	  const struct score_said *now)
{
	put_row_head(m, id, "moved", measures[of].name, NULL);
	table_cell(m->table, before->text[of]);
	table_cell(m->table, now->text[of]);
	table_decimal(m->table, score_change(of, before, now), measures[of].places);
	table_row(m->table);
	put_parts(m, id, of, before, now);
	put_causes(m, id, of, before, now);
}

static void
put_flags(struct moves *m, flag_set set)
{
	buf_clear(&m->text);
	for (size_t i = 0; i < FLAGS; i++) {
		if (flag_is_in(set, (enum flag_id)i))
			buf_printf(&m->text, "%s%s", m->text.len ? ", " : "", flags[i].name);
	}
	table_cell(m->table, m->text.len ? m->text.data : NULL);
}

/* people see what was dropped and what was raised */
static void
put_moved_flags(struct moves *m, const char *id, flag_set before, flag_set now)
{
	flag_set both = m->for_people ? before & now : 0;

	put_row_head(m, id, "moved", "flags", NULL);
	put_flags(m, before & ~both);
	put_flags(m, now & ~both);
	table_row(m->table);
}

/* the place of a word among those of its measure */
static size_t
word_index(enum measure_id id, const char *text)
{
	const char *const *words = measures[id].words;

	for (size_t i = 0; text && words && words[i] && i < WORDS; i++) {
		if (strcmp(words[i], text) == 0)
			return i;
	}
	return NO_WORD;
}

static void
count_flags(struct tally *tally, flag_set before, flag_set now)
{
	for (size_t i = 0; i < FLAGS; i++) {
		tally->dropped[i] += flag_is_in(before & ~now, (enum flag_id)i);
		tally->raised[i] += flag_is_in(now & ~before, (enum flag_id)i);
	}
}

/* counts a verdict that moved; is it worth a look? */
static bool
count_verdict(struct tally *tally, enum measure_id id, const struct score_said *before,
	      const struct score_said *now)
{
	struct decimal change = score_change(id, before, now), least = decimal_int(MOVES_POINTS_LEAST);

	if (measures[id].type == MEASURE_WORD) {
		tally->word[id][word_index(id, before->text[id])][word_index(id, now->text[id])]++;
		return true;
	}
	if (!change.known)
		return true;
	if (decimal_sign(&change) < 0)
		tally->lower[id]++;
	else
		tally->higher[id]++;
	if (decimal_sign(&change) < 0)
		change = decimal_neg(change);
	return decimal_cmp(&change, &least) >= 0;
}

void
moves_add_word(struct moves *m, const char *id, enum moves_word word)
{
	m->tally.is[word]++;
	put_row_head(m, id, of_one[word], NULL, NULL);
	table_row(m->table);
}

static bool
is_shown(const struct moves *m, enum measure_id id)
{
	return m->all || !m->for_people || score_is_verdict(id);
}

void
moves_add(struct moves *m, const char *id, const struct score_said *before, const struct score_said *now)
{
	enum measure_id moved[MEASURES];
	bool look = m->all || !m->for_people || before->flags != now->flags;
	size_t n = score_moved(moved, before, now);

	if (before->scored != now->scored) {
		moves_add_word(m, id, now->scored ? MOVES_SCORED : MOVES_UNSCORED);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (score_is_verdict(moved[i]) && count_verdict(&m->tally, moved[i], before, now))
			look = true;
	}
	count_flags(&m->tally, before->flags, now->flags);
	m->tally.otherwise += n && !look;
	arena_reset(&m->arena);
	for (size_t i = 0; look && i < n; i++) {
		if (is_shown(m, moved[i]))
			put_moved(m, id, moved[i], before, now);
	}
	if (before->flags != now->flags)
		put_moved_flags(m, id, before->flags, now->flags);
}

static void
put_brief(struct moves *m, const char *what, const char *old, const char *new, size_t accounts)
{
	if (accounts == 0)
		return;
	table_cell(m->brief, what);
	table_cell(m->brief, old);
	table_cell(m->brief, new);
	table_cellf(m->brief, "%zu", accounts);
	table_row(m->brief);
}

static void
put_brief_words(struct moves *m, enum measure_id id)
{
	const struct measure *measure = &measures[id];
	size_t accounts;

	for (size_t i = 0; i <= WORDS; i++) {
		for (size_t k = 0; k <= WORDS; k++) {
			accounts = m->tally.word[id][i][k];
			if (accounts)
				put_brief(m, measure->name, i == NO_WORD ? NULL : measure->words[i],
					  k == NO_WORD ? NULL : measure->words[k], accounts);
		}
	}
}

/* the short of it */
static void
fill_brief(struct moves *m)
{
	const struct tally *tally = &m->tally;
	enum measure_id id;

	for (size_t i = 0; i < MOVES_WORDS; i++)
		put_brief(m, of_one[i], NULL, NULL, tally->is[i]);
	for (size_t i = 0; i < SCORE_VERDICTS; i++) {
		id = score_verdicts[i];
		if (measures[id].type == MEASURE_WORD)
			put_brief_words(m, id);
		put_brief(m, measures[id].name, NULL, "higher", tally->higher[id]);
		put_brief(m, measures[id].name, NULL, "lower", tally->lower[id]);
	}
	for (size_t i = 0; i < FLAGS; i++) {
		put_brief(m, flags[i].name, NULL, "raised", tally->raised[i]);
		put_brief(m, flags[i].name, NULL, "dropped", tally->dropped[i]);
	}
	put_brief(m, "otherwise", NULL, NULL, tally->otherwise);
}

bool
moves_are_none(const struct moves *m)
{
	return table_rows(m->table) == 0 && m->tally.otherwise == 0;
}

size_t
moves_hidden(const struct moves *m)
{
	return m->tally.otherwise;
}

/* the last one that people get */
static struct table *
last_table(const struct moves *m)
{
	return table_rows(m->table) || moves_are_none(m) ? m->table : m->brief;
}

void
moves_note(struct moves *m, const char *text)
{
	table_note(last_table(m), "%s", text);
}

static void
write_for_people(struct moves *m)
{
	struct table *const both[] = {m->brief, m->table};
	size_t from, end;

	fill_brief(m);
	table_hide_empty(m->brief);
	table_hide_empty(m->table);
	from = moves_are_none(m) ? 1 : 0;
	end = last_table(m) == m->table ? 2 : 1;
	tables_write(both + from, end - from, m->out, stdout);
}

void
moves_end(struct moves *m)
{
	if (m->for_people)
		write_for_people(m);
	else
		table_stream_end(m->table);
}

size_t
moves_unexplained(const struct moves *m)
{
	return m->unexplained;
}

void
moves_free(struct moves *m)
{
	table_free(m->brief);
	table_free(m->table);
	buf_free(&m->text);
	arena_free(&m->arena);
	free(m);
}
