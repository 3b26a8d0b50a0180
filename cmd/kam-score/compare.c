/*
 * kam-score --compare: what moved between two scores of the same accounts, and
 * which measures moved the verdicts. Both sides are held, packed, until all is
 * read: what cannot be read cannot be compared, and nothing is written then.
 */
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/selection.h"
#include "moves.h"
#include "scoring.h"

enum side { SIDE_OLD, SIDE_NEW, SIDES };

/* an account, and what each side says of it */
struct pair {
	struct pair *next[SIDES]; /* in their order */
	const char *id;
	struct str said[SIDES]; /* packed; of no bytes: not scored */
	bool here[SIDES];	/* the side has the account */
	bool selected[SIDES];
};

struct compare {
	const struct cli *cli;
	const struct score_options *options;
	const struct model *model;
	const struct select *select;
	struct moves *moves;
	struct hash pairs; /* struct pair, by ids */
	struct pair *first[SIDES], **end[SIDES];
	struct score_said head[SIDES]; /* the first score of each side */
	size_t accounts, selected;
	struct arena arena;
};

/* what is made of a document, on any thread */
struct made {
	struct score_said said;
	struct str packed;
	bool selected;
};

static void *
make(const void *data, struct reading *reading, struct sink *sink)
{
	const struct compare *c = data;
	struct arena *arena = &reading->doc.arena;
	struct made *made = arena_alloc(arena, sizeof *made);

	(void)sink;
	score_said_read(&made->said, reading->account.score, arena);
	made->packed = score_said_pack(&made->said, arena);
	made->selected = !c->select || selection_holds_account(c->select, &reading->account);
	return made;
}

/* NULL, with a finding: an account that comes twice is two scores, of which nobody knows which counts */
static struct pair *
pair_of(struct compare *c, const struct reading *reading, enum side side, struct sink *sink)
{
	const char *id = reading->account.id, **stored;
	void **place = hash_put(&c->pairs, id, strlen(id), &stored);
	struct pair *pair = *place;
	struct error err;

	if (!pair) {
		pair = *place = arena_alloc(&c->arena, sizeof *pair);
		pair->id = *stored = arena_strdup(&c->arena, id);
	}
	if (!pair->here[side])
		return pair;
	node_error(&err, &reading->doc, node_get(reading->doc.root, "id"),
		   "account %s comes a second time; merge the two first, kam-dossier(1)", id);
	sink_put(sink, SEVERITY_ERROR, "duplicate", &err);
	return NULL;
}

static const char *
keep(struct compare *c, const char *text)
{
	return text ? arena_strdup(&c->arena, text) : NULL;
}

static void
keep_head(struct compare *c, enum side side, const struct score_said *said)
{
	if (c->head[side].scored || !said->scored)
		return;
	c->head[side].scored = true;
	c->head[side].as_of = keep(c, said->as_of);
	c->head[side].model = keep(c, said->model);
	c->head[side].basis = keep(c, said->basis);
}

static void
add(struct compare *c, enum side side, const struct reading *reading, struct sink *sink)
{
	const struct made *made = reading->made;
	struct pair *pair = pair_of(c, reading, side, sink);

	if (!pair)
		return;
	keep_head(c, side, &made->said);
	pair->here[side] = true;
	pair->selected[side] = made->selected;
	pair->said[side].n = made->packed.n;
	if (made->packed.n)
		pair->said[side].p = arena_copy(&c->arena, made->packed.p, made->packed.n);
	*c->end[side] = pair;
	c->end[side] = &pair->next[side];
	c->accounts++;
}

/* all accounts of one side */
static void
read_side(struct compare *c, char *const *input, enum side side)
{
	struct reader *reader = reader_open(input, 1, c->options->threads);
	struct reading *reading;
	struct cli_sink sink;
	struct error err;
	int status;

	c->end[side] = &c->first[side];
	cli_sink_init(&sink, c->cli);
	reader_work(reader, make, c);
	while ((status = reader_next(reader, &reading, &sink.sink, &err)) > 0) {
		if (reading->usable)
			add(c, side, reading, &sink.sink);
	}
	if (status < 0)
		cli_fail(c->cli, &err);
	cli_sink_done(&sink);
	if (sink.sink.errors)
		cli_fatal(c->cli, "what cannot be read cannot be compared: nothing was written");
	if (c->first[side] && !c->head[side].scored)
		cli_fatal(c->cli, "%s: none of its accounts carries a score, as kam-score writes it", *input);
	reader_free(reader);
}

static void
compare_pair(struct compare *c, const struct pair *pair)
{
	struct score_said before, now;

	if (!pair->here[SIDE_OLD]) {
		moves_add_word(c->moves, pair->id, MOVES_NEW);
		return;
	}
	score_said_unpack(&before, pair->said[SIDE_OLD]);
	score_said_unpack(&now, pair->said[SIDE_NEW]);
	moves_add(c->moves, pair->id, &before, &now);
}

static void
compare_all(struct compare *c)
{
	for (const struct pair *p = c->first[SIDE_NEW]; p; p = p->next[SIDE_NEW]) {
		if (!p->selected[SIDE_NEW])
			continue;
		c->selected++;
		compare_pair(c, p);
	}
	for (const struct pair *p = c->first[SIDE_OLD]; p; p = p->next[SIDE_OLD]) {
		if (p->here[SIDE_NEW] || !p->selected[SIDE_OLD])
			continue;
		c->selected++;
		moves_add_word(c->moves, p->id, MOVES_GONE);
	}
}

static const char *
or_unknown(const char *text)
{
	return text ? text : "not said";
}

static void
warn(struct compare *c)
{
	const struct score_said *head = c->head;

	if (head[SIDE_OLD].scored && head[SIDE_NEW].scored &&
	    !score_is_comparable(&head[SIDE_OLD], &head[SIDE_NEW]))
		cli_warn(c->cli, "warning: the scores were made by different models or bases, so that more "
				 "may have moved than the accounts");
	if (head[SIDE_OLD].as_of && head[SIDE_NEW].as_of &&
	    strcmp(head[SIDE_OLD].as_of, head[SIDE_NEW].as_of) > 0)
		cli_warn(c->cli,
			 "warning: the old scores are of %s, after the new ones of %s: are the inputs the "
			 "wrong way round?",
			 head[SIDE_OLD].as_of, head[SIDE_NEW].as_of);
	if (moves_unexplained(c->moves))
		cli_warn(
		    c->cli,
		    "warning: not what the model %s comes to: %s; what moved there is not told, and -m names "
		    "the model that the scores were made by",
		    c->model->name, text_count(&c->arena, moves_unexplained(c->moves), "verdict"));
}

static void
put_notes(struct compare *c)
{
	static const char *const names[] = {"Old", "New"};
	const struct score_said *head = c->head;

	if (moves_are_none(c->moves))
		moves_note(c->moves, "Nothing moved.");
	if (moves_hidden(c->moves))
		moves_note(
		    c->moves,
		    arena_printf(&c->arena,
				 "Otherwise: measures that moved no verdict, or points by less than %d; "
				 "-v shows these accounts too.",
				 MOVES_POINTS_LEAST));
	for (int side = 0; side < SIDES; side++) {
		if (head[side].scored)
			moves_note(c->moves,
				   arena_printf(&c->arena, "%s: as of %s, basis %s, model %s.", names[side],
						or_unknown(head[side].as_of), or_unknown(head[side].basis),
						or_unknown(head[side].model)));
	}
}

int
score_compare(const struct cli *cli, const struct score_options *options, const struct model *model,
	      const struct select *select, const struct table_options *out, char *const *inputs)
{
	struct compare c = {.cli = cli, .options = options, .model = model, .select = select};
	bool none;

	read_side(&c, inputs, SIDE_OLD);
	read_side(&c, inputs + 1, SIDE_NEW);
	c.moves = moves_new(model, out, cli->verbose);
	compare_all(&c);
	put_notes(&c);
	if (!cli->quiet)
		warn(&c);
	moves_end(c.moves);
	none = c.accounts && c.selected == 0;
	if (none && !cli->quiet)
		cli_warn(cli, "no account is selected");
	moves_free(c.moves);
	hash_free(&c.pairs);
	arena_free(&c.arena);
	return none ? EXIT_LOOK : EXIT_DONE;
}
