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
print_flags(flag_set raised)
{
	for (size_t i = 0; i < FLAGS; i++) {
		if (!flag_is_in(raised, (enum flag_id)i))
			continue;
		printf("\nflag %s%s%s%s\n    ", flags[i].name, flags[i].source ? " (" : "",
		       flags[i].source ? flags[i].source : "", flags[i].source ? ")" : "");
		cli_print_wrapped(flags[i].help, 4, 4);
	}
}

static void
print_missing(const struct judgement *j)
{
	bool any = false;

	for (size_t i = 0; i < MEASURES; i++) {
		if (measured_known(&j->have[i]))
			continue;
		if (!any)
			puts("\nmissing, and counted neither way:");
		any = true;
		printf("    %s: %s\n", measures[i].name,
		       j->have[i].missing ? j->have[i].missing : measures[i].needs);
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
	print_flags(judgement.flags);
	print_missing(&judgement);
	steps_free(&steps);
	doc_free(&doc);
}

int
score_explain(const struct cli *cli, const struct score_options *options, const struct model *model,
	      const char *id, char *const *inputs, size_t n)
{
	struct asked asked = {.id = id};
	struct portfolio portfolio;
	const char *nearest;
	int status;

	score_begin(cli, options, model, &portfolio);
	score_read_rates(cli, options, &portfolio, &asked.arena);
	status = score_read(cli, options, &portfolio, inputs, n, look, &asked);
	if (!asked.found) {
		nearest = text_nearest(id, asked.ids, asked.n);
		cli_fatal(cli, "--explain: no account %s in the input%s%s", text_quoted(&asked.arena, id),
			  nearest ? "; did you mean " : "", nearest ? nearest : "");
	}
	explain(cli, &portfolio, &asked);
	buf_free(&asked.bytes);
	free(asked.ids);
	arena_free(&asked.arena);
	portfolio_free(&portfolio);
	return status;
}
