/*
 * kam-score --compare: what moved between two scores of the same accounts, and
 * which measures moved the verdicts.
 */
#include <string.h>

#include "base/hash.h"
#include "domain/scoremoves.h"
#include "scoring.h"

/* an account of the old scores */
struct kept {
	struct kept *next; /* in their order */
	const char *id;
	struct score_said said;
	bool found; /* among the new ones too */
};

struct compare {
	const struct cli *cli;
	const struct score_options *options;
	const struct model *model;
	bool for_people;
	struct table *table;
	struct hash old; /* struct kept, by ids */
	struct kept *first, **end;
	struct hash seen;	   /* ids of the new ones */
	struct score_said head[2]; /* the first score of each side */
	const char *shown;	   /* the account that the row before was of */
	size_t unexplained;	   /* verdicts that the model does not come to */
	struct arena arena;	   /* of all */
	struct arena scratch;	   /* of the account in hand */
};

static const struct column columns[] = {
    {.name = "account"},
    {.name = "what"},
    {.name = "measure"},
    {.name = "by"},
    {.name = "old"},
    {.name = "new"},
    {.name = "change", .type = COLUMN_NUMBER},
    {.name = "old-points", .title = "old points", .type = COLUMN_NUMBER},
    {.name = "new-points", .title = "new points", .type = COLUMN_NUMBER},
};

/* people read the account's name once, and see by the cells what a row is */
static void
put_row_head(struct compare *c, const char *id, const char *what, const char *measure, const char *by)
{
	bool again = c->for_people && c->shown && strcmp(c->shown, id) == 0;
	bool plain = c->for_people && (strcmp(what, "moved") == 0 || strcmp(what, "part") == 0);

	table_cell(c->table, again ? NULL : id);
	table_cell(c->table, plain ? NULL : what);
	table_cell(c->table, c->for_people && by ? NULL : measure);
	table_cell(c->table, by);
	if (!again)
		c->shown = arena_strdup(&c->arena, id);
}

static void
put_decimal(struct table *t, struct decimal d, int places)
{
	struct buf text = {0};

	decimal_format(&text, d, places);
	table_cell(t, text.data);
	buf_free(&text);
}

static void
put_part(struct compare *c, const char *id, enum measure_id verdict, const struct score_part *part,
	 const struct score_said *before, const struct score_said *now)
{
	put_row_head(c, id, "part", measures[verdict].name, measures[part->of].name);
	table_cell(c->table, before->text[part->of]);
	table_cell(c->table, now->text[part->of]);
	put_decimal(c->table, part->change, 1);
	put_decimal(c->table, part->before, 1);
	put_decimal(c->table, part->now, 1);
	table_row(c->table);
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
put_parts(struct compare *c, const char *id, enum measure_id verdict, const struct score_said *before,
	  const struct score_said *now)
{
	const struct items *criteria = criteria_of(c->model, verdict);
	struct score_move move;

	if (!criteria || !before->text[verdict] || !now->text[verdict])
		return;
	if (!score_moved_by(&move, verdict, criteria, before, now, &c->scratch)) {
		c->unexplained++;
		return;
	}
	for (size_t i = 0; i < move.n; i++)
		put_part(c, id, verdict, &move.part[i], before, now);
	if (decimal_sign(&move.rounding) == 0)
		return;
	put_row_head(c, id, "part", measures[verdict].name, "rounding");
	table_cell(c->table, NULL);
	table_cell(c->table, NULL);
	put_decimal(c->table, move.rounding, 1);
	table_row(c->table);
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void
put_moved(struct compare *c, const char *id, enum measure_id of, const struct score_said *before,
	  const struct score_said *now)
{
	if (same_text(before->text[of], now->text[of]))
		return;
	put_row_head(c, id, "moved", measures[of].name, NULL);
	table_cell(c->table, before->text[of]);
	table_cell(c->table, now->text[of]);
	put_decimal(c->table, score_change(of, before, now), measures[of].places);
	table_row(c->table);
	put_parts(c, id, of, before, now);
}

static void
put_flags(struct table *t, flag_set set)
{
	struct buf text = {0};

	for (size_t i = 0; i < FLAGS; i++) {
		if (flag_is_in(set, (enum flag_id)i))
			buf_printf(&text, "%s%s", text.len ? ", " : "", flags[i].name);
	}
	table_cell(t, text.data);
	buf_free(&text);
}

static void
put_word(struct compare *c, const char *id, const char *what)
{
	put_row_head(c, id, what, NULL, NULL);
	table_row(c->table);
}

static void
compare_account(struct compare *c, const char *id, const struct score_said *before,
		const struct score_said *now)
{
	if (before->scored != now->scored) {
		put_word(c, id, now->scored ? "not scored before" : "no longer scored");
		return;
	}
	for (size_t i = 0; i < MEASURES; i++)
		put_moved(c, id, (enum measure_id)i, before, now);
	if (before->flags == now->flags)
		return;
	put_row_head(c, id, "moved", "flags", NULL);
	put_flags(c->table, before->flags);
	put_flags(c->table, now->flags);
	table_row(c->table);
}

/* false, with a finding: an account that comes twice is two scores, of which nobody knows which counts */
static bool
is_first(struct hash *ids, const struct reading *reading, struct arena *arena, struct sink *sink,
	 void ***place)
{
	const char *id = reading->account.id, **stored;
	struct error err;

	*place = hash_put(ids, id, strlen(id), &stored);
	if (!**place) {
		*stored = arena_strdup(arena, id);
		return true;
	}
	node_error(&err, &reading->doc, node_get(reading->doc.root, "id"),
		   "account %s comes a second time; merge the two first, kam-dossier(1)", id);
	sink_put(sink, SEVERITY_ERROR, "duplicate", &err);
	return false;
}

static void
keep_old(struct compare *c, const struct reading *reading, struct sink *sink)
{
	struct kept *kept;
	void **place;

	if (!is_first(&c->old, reading, &c->arena, sink, &place))
		return;
	kept = arena_alloc(&c->arena, sizeof *kept);
	kept->id = arena_strdup(&c->arena, reading->account.id);
	score_said_read(&kept->said, reading->account.score, &c->arena);
	if (kept->said.scored && !c->head[0].scored)
		c->head[0] = kept->said;
	*place = kept;
	*c->end = kept;
	c->end = &kept->next;
}

static void
compare_new(struct compare *c, const struct reading *reading, struct sink *sink)
{
	const char *id = reading->account.id;
	struct score_said said;
	struct kept *kept;
	void **place;

	if (!is_first(&c->seen, reading, &c->arena, sink, &place))
		return;
	*place = c;
	arena_reset(&c->scratch);
	score_said_read(&said, reading->account.score, &c->scratch);
	if (said.scored && !c->head[1].scored)
		score_said_read(&c->head[1], reading->account.score, &c->arena);
	kept = hash_get(&c->old, id, strlen(id));
	if (!kept) {
		put_word(c, id, "new");
		return;
	}
	kept->found = true;
	compare_account(c, id, &kept->said, &said);
}

/* all accounts of one side */
static void
read_side(struct compare *c, char *const *input, int side)
{
	struct reader *reader = reader_open(input, 1, c->options->threads);
	struct reading *reading;
	struct cli_sink sink;
	struct error err;
	int status;
	size_t n = 0;

	cli_sink_init(&sink, c->cli);
	while ((status = reader_next(reader, &reading, &sink.sink, &err)) > 0) {
		if (!reading->usable)
			continue;
		n++;
		if (side == 0)
			keep_old(c, reading, &sink.sink);
		else
			compare_new(c, reading, &sink.sink);
	}
	if (status < 0)
		cli_fail(c->cli, &err);
	cli_sink_done(&sink);
	if (sink.sink.errors)
		cli_fatal(c->cli, "what cannot be read cannot be compared: nothing was written");
	if (n && !c->head[side].scored)
		cli_fatal(c->cli, "%s: none of its accounts carries a score, as kam-score writes it", *input);
	reader_free(reader);
}

static const char *
or_unknown(const char *text)
{
	return text ? text : "not said";
}

static void
warn(const struct compare *c)
{
	const struct score_said *head = c->head;

	if (head[0].scored && head[1].scored &&
	    (!same_text(head[0].basis, head[1].basis) || !same_text(head[0].model, head[1].model)))
		cli_warn(c->cli, "warning: the scores were made by different models or bases, so that more "
				 "may have moved than the accounts");
	if (c->unexplained)
		cli_warn(
		    c->cli,
		    "warning: %zu verdicts are not what the model %s comes to, so what moved them is not "
		    "told; -m names the model that they were made by",
		    c->unexplained, c->model->name);
}

static void
put_notes(struct compare *c)
{
	static const char *const names[] = {"Old", "New"};
	const struct score_said *head = c->head;

	if (table_rows(c->table) == 0)
		table_note(c->table, "Nothing moved.");
	for (int side = 0; side < 2; side++) {
		if (head[side].scored)
			table_note(c->table, "%s: as of %s, basis %s, model %s.", names[side],
				   or_unknown(head[side].as_of), or_unknown(head[side].basis),
				   or_unknown(head[side].model));
	}
}

int
score_compare(const struct cli *cli, const struct score_options *options, const struct model *model,
	      enum table_format format, char *const *inputs)
{
	struct compare c = {.cli = cli, .options = options, .model = model};
	struct table_options out;

	cli_table_options(&out);
	out.format = format;
	c.for_people = format == TABLE_TEXT || format == TABLE_MARKDOWN;
	c.end = &c.first;
	c.table = table_new("moves", "What moved", columns, sizeof columns / sizeof *columns);
	read_side(&c, inputs, 0);
	read_side(&c, inputs + 1, 1);
	for (const struct kept *kept = c.first; kept; kept = kept->next) {
		if (!kept->found)
			put_word(&c, kept->id, "gone");
	}
	put_notes(&c);
	if (!cli->quiet)
		warn(&c);
	table_hide_empty(c.table);
	tables_write(&c.table, 1, &out, stdout);
	table_free(c.table);
	hash_free(&c.old);
	hash_free(&c.seen);
	arena_free(&c.scratch);
	arena_free(&c.arena);
	return EXIT_DONE;
}
