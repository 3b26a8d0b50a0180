/*
 * kam-score --explain: the arithmetic behind the score of one account, so that
 * a person can redo it by hand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/steps.h"
#include "domain/verdict.h"
#include "scoring.h"

#define VALUE_COLUMN 24

/* the account that is asked for, while all are read */
struct asked {
	const char *id;
	struct buf bytes; /* its document */
	char *file;
	size_t line;
	bool found;
	struct arena arena;
	const char **ids;
	size_t n, cap;
};

static void
look(void *data, const struct reading *reading)
{
	struct asked *asked = data;

	asked->ids = vec_grow(asked->ids, &asked->cap, asked->n + 1, sizeof *asked->ids);
	asked->ids[asked->n++] = arena_strdup(&asked->arena, reading->account.id);
	if (strcmp(reading->account.id, asked->id) != 0)
		return;
	asked->found = true;
	asked->file = arena_strdup(&asked->arena, reading->doc.file);
	asked->line = reading->doc.first_line;
	buf_add(&asked->bytes, reading->bytes.data, reading->bytes.len);
}

static void
print_line(const char *text)
{
	struct buf safe = {0};

	text_safe(&safe, text, strlen(text));
	puts(safe.len ? safe.data : "");
	buf_free(&safe);
}

/* of an account in another currency */
static void
print_rate(const struct portfolio *p, const struct figures *f, struct buf *text)
{
	if (!f->rate || !f->rate->known)
		return;
	buf_clear(text);
	buf_printf(text, "sums in %s: 1 %s = ", p->currency, f->currency);
	decimal_format_exact(text, *f->rate);
	buf_printf(text, " %s; its own money in %s", p->currency, f->currency);
	print_line(text->data);
}

static void
print_head(const struct portfolio *p, const struct figures *f, struct arena *arena)
{
	struct buf text = {0};

	print_line(strcmp(f->id, f->title) == 0 ? f->id : arena_printf(arena, "%s: %s", f->id, f->title));
	buf_adds(&text, "window ");
	month_format(&text, p->first);
	buf_adds(&text, " to ");
	month_format(&text, p->last);
	buf_printf(&text, ", basis %s, model %s", basis_name(p->basis), p->model->name);
	print_line(text.data);
	print_rate(p, f, &text);
	buf_free(&text);
}

static void
print_steps(const struct buf *steps)
{
	const char *at = steps->len ? steps->data : "";

	for (size_t n; *at; at += n + 1) {
		n = strcspn(at, "\n");
		printf("    %.*s\n", (int)n, at);
	}
}

static void
print_measure(const struct measure *m, const struct measured *v, const struct buf *steps)
{
	struct buf value = {0};

	if (!measured_known(v))
		return;
	measured_format(m, v, &value);
	printf("\n%s %s%s%s%s%s%s\n", m->name, value.data, m->unit ? " " : "", m->unit ? m->unit : "",
	       m->source ? " (" : "", m->source ? m->source : "", m->source ? ")" : "");
	fputs("    ", stdout);
	cli_print_wrapped(m->help, 4, 4);
	print_steps(steps);
	buf_free(&value);
}

static void
print_flags(flag_set raised, const struct steps *steps)
{
	for (size_t i = 0; i < FLAGS; i++) {
		if (!flag_is_in(raised, (enum flag_id)i))
			continue;
		printf("\nflag %s%s%s%s\n    ", flags[i].name, flags[i].source ? " (" : "",
		       flags[i].source ? flags[i].source : "", flags[i].source ? ")" : "");
		cli_print_wrapped(flags[i].help, 4, 4);
		print_steps(&steps->flag[i]);
	}
}

static void
print_proposals(const struct buf *steps)
{
	puts("\nproposes\n    what the data speak for; people's words stand");
	print_steps(steps);
}

static const char *
missing_reason(const struct judgement *j, size_t i)
{
	if (measured_known(&j->have[i]))
		return NULL;
	return j->have[i].missing ? j->have[i].missing : measures[i].needs;
}

/* the measures from that one on that are missing for its reason, unless one before it told them */
static void
print_missing_alike(const struct judgement *j, size_t first)
{
	const char *reason = missing_reason(j, first), *other;
	struct buf line = {0};
	bool named = false;

	for (size_t i = 0; i < first; i++) {
		other = missing_reason(j, i);
		if (other && strcmp(other, reason) == 0)
			return;
	}
	buf_printf(&line, "%s: ", reason);
	for (size_t i = first; i < MEASURES; i++) {
		other = missing_reason(j, i);
		if (!other || strcmp(other, reason) != 0)
			continue;
		buf_printf(&line, "%s%s", named ? ", " : "", measures[i].name);
		named = true;
	}
	fputs("    ", stdout);
	cli_print_wrapped(line.data, 4, 8);
	buf_free(&line);
}

static void
print_missing(const struct judgement *j)
{
	bool any = false;

	for (size_t i = 0; i < MEASURES; i++) {
		if (!missing_reason(j, i))
			continue;
		if (!any)
			puts("\nmissing, and counted neither way:");
		any = true;
		print_missing_alike(j, i);
	}
}

static void
explain(const struct cli *cli, const struct portfolio *p, struct asked *asked)
{
	struct doc doc = {0};
	struct account account;
	struct judgement judgement;
	struct steps steps = {0};
	struct sink sink = {0};
	const struct figures *f = p->account;
	struct error err;

	while (strcmp(f->id, asked->id) != 0)
		f++;
	/* it was read without a finding before */
	if (doc_parse(&doc, asked->file, asked->line, (struct str){asked->bytes.data, asked->bytes.len},
		      &err) < 0)
		cli_fail(cli, &err);
	account_read(&doc, &account, &doc.arena, &sink);
	if (portfolio_explain(p, f, &account, &doc.arena, &judgement, &steps, &err) < 0)
		cli_fail(cli, &err);
	print_head(p, f, &doc.arena);
	for (size_t i = 0; i < MEASURES; i++)
		print_measure(&measures[i], &judgement.have[i], &steps.of[i]);
	print_proposals(&steps.proposals);
	print_flags(judgement.flags, &steps);
	print_missing(&judgement);
	steps_free(&steps);
	doc_free(&doc);
}

/* that many words of an id from the one it points at, "romashka" of "ooo-romashka"; NULL: there are fewer */
static const char *
words_of(struct arena *arena, const char *from, size_t words)
{
	const char *end = from + strcspn(from, "-");

	for (; --words && *end; end += strcspn(end, "-"))
		end++;
	return words ? NULL : arena_copy(arena, from, (size_t)(end - from));
}

static size_t
count_words(const char *id)
{
	size_t n = 1;

	for (; *id; id++)
		n += *id == '-';
	return n;
}

/* the id of which as many words are nearest to what is asked for: nobody remembers in front of which name stands ooo- */
static const char *
nearest_in_part(struct asked *asked)
{
	size_t n = 0, cap = 0, owners = 0, words = count_words(asked->id);
	const char **part = NULL, **owner = NULL, *nearest;

	for (size_t i = 0; i < asked->n; i++) {
		for (const char *at = asked->ids[i]; at; at = strchr(at, '-') ? strchr(at, '-') + 1 : NULL) {
			const char *text = words_of(&asked->arena, at, words);

			if (!text)
				break;
			part = vec_grow(part, &cap, n + 1, sizeof *part);
			owner = vec_grow(owner, &owners, n + 1, sizeof *owner);
			part[n] = text;
			owner[n++] = asked->ids[i];
		}
	}
	nearest = text_nearest(asked->id, part, n);
	for (size_t i = 0; nearest && i < n; i++) {
		if (part[i] == nearest) {
			nearest = owner[i];
			break;
		}
	}
	free(part);
	free(owner);
	return nearest;
}

static _Noreturn void
refuse_unknown(const struct cli *cli, struct asked *asked)
{
	const char *nearest = text_nearest(asked->id, asked->ids, asked->n);

	if (!nearest)
		nearest = nearest_in_part(asked);
	cli_fatal(cli, "--explain: no account %s in the input%s%s", text_quoted(&asked->arena, asked->id),
		  nearest ? "; did you mean " : "", nearest ? nearest : "");
}

int
score_explain(const struct cli *cli, const struct score_options *options, const struct model *model,
	      const char *id, char *const *inputs, size_t n)
{
	struct asked asked = {.id = id};
	struct portfolio portfolio;
	int status;

	score_begin(cli, options, model, &portfolio);
	score_read_rates(cli, options, &portfolio, &asked.arena);
	status = score_read(cli, options, &portfolio, inputs, n, look, &asked);
	if (!asked.found)
		refuse_unknown(cli, &asked);
	score_warn_npv(cli, &portfolio);
	explain(cli, &portfolio, &asked);
	buf_free(&asked.bytes);
	free(asked.ids);
	arena_free(&asked.arena);
	portfolio_free(&portfolio);
	return status;
}
