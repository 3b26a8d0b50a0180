/*
 * kam-score: judges every account by its part in the whole portfolio and
 * writes the same documents again with the section `score:` in each.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "data/edit.h"
#include "domain/builtin.h"
#include "domain/selection.h"
#include "scoring.h"

/* documents that are spliced at once */
#define BATCH_DOCUMENTS 256
#define BATCH_BYTES (4UL << 20)
/* threads that may be asked for, as -j$(nproc); how many are used is parallel_run's affair */
#define THREADS_ASKED 9999

/* a document in the spool */
struct spooled {
	const char *file;
	size_t first_line;
	long long offset;
	size_t len;
	struct section_site site;
};

/* the splicing of one document, on any thread */
struct job {
	const struct spooled *spooled;
	const struct figures *figures;
	struct buf bytes;
	struct buf out;
	struct doc doc;
	struct arena arena;
	bool left_out; /* not selected */
	int status;
	struct error err;
};

struct score {
	struct cli cli;
	struct score_options options;
	const char *select; /* an expression; NULL: all */
	const char *sort;   /* a name; NULL: as they came */
	struct select *selection;
	size_t *order; /* of the accounts; NULL: as they came */
	bool compare;  /* two scores, instead of scoring */
	bool format_given;
	bool neutral;
	enum table_format format; /* of what is compared */
	const char *explain;	  /* an account; NULL: none is to be explained */
	struct model model;
	struct arena arena;
	struct portfolio portfolio;
	FILE *spool; /* unlinked: the documents' bytes, one after another */
	struct spooled *spooled;
	size_t n, cap;
	struct job job[BATCH_DOCUMENTS];
};

static const struct cli_option options[] = {
    {'m', "model", "MODEL",
     "the figures to judge by, kam-model(5) (default: the workspace's, or else the built-in ones)"},
    {0, "as-of", "DATE",
     "the window ends with the last full month up to DATE, or with the month DATE (default: up to today)"},
    {0, "basis", "BASIS", "margin or revenue (default: margin, or revenue where no account has a margin)"},
    {0, "currency", "CODE", "judge in this currency (default: the accounts' only one, or that of the rates)"},
    {0, "rates", "FILE", "rates by which accounts of other currencies are converted to it"},
    {'j', "threads", "N", "threads (default: one for each processor); the output is the same"},
    {'s', "select", "EXPR", "write only accounts for which it holds, as 'health<40 and tier=key'"},
    {0, "sort", "NAME", "write them by that measure, the largest first; -NAME: the smallest first"},
    {0, "explain", "ID", "print how each figure of that account is computed, instead of the accounts"},
    {0, "compare", NULL,
     "print what moved from the scores in the first INPUT to those in the second, and why"},
    {'f', "format", "FORMAT", "of --compare: text, csv, tsv, json or markdown (default: text)"},
    {0, "neutral", NULL, "csv and tsv: a ' before cells that a spreadsheet would take for formulas"},
    {'v', "verbose", NULL, "with --compare show every measure that moved; tell which settings are used"},
    {0, "print-model", NULL, "print the built-in model and exit"},
    {0, "list-measures", NULL, "print what is measured, and what each measure needs, and exit"},
};

static _Noreturn void
spool_failed(const struct score *score)
{
	cli_fatal(&score->cli, "the temporary file cannot be written: %s; TMPDIR names another folder for it",
		  strerror(errno));
}

static void
spool_document(void *data, const struct reading *reading)
{
	struct score *score = data;
	struct spooled *s;

	score->spooled = vec_grow(score->spooled, &score->cap, score->n + 1, sizeof *s);
	s = &score->spooled[score->n++];
	s->file = score->n > 1 && strcmp(s[-1].file, reading->doc.file) == 0
		      ? s[-1].file
		      : arena_strdup(&score->arena, reading->doc.file);
	s->first_line = reading->doc.first_line;
	s->offset = score->n > 1 ? s[-1].offset + (long long)s[-1].len : 0;
	s->len = reading->bytes.len;
	section_site(&s->site, &reading->doc, "score");
	if (fwrite(reading->bytes.data, 1, s->len, score->spool) != s->len)
		spool_failed(score);
}

static void
splice(void *data, size_t i)
{
	struct score *score = data;
	struct job *job = &score->job[i];
	const struct spooled *s = job->spooled;
	struct judgement judgement;
	struct node *section;

	arena_reset(&job->arena);
	buf_clear(&job->out);
	job->status = portfolio_judge(&score->portfolio, job->figures, &job->arena, &judgement, &job->err);
	if (job->status < 0) {
		job->err.file = s->file;
		job->err.line = s->first_line;
		return;
	}
	job->left_out = score->selection && !selection_holds(score->selection, job->figures, &judgement);
	if (job->left_out)
		return;
	section = score_section(&score->portfolio, job->figures, &judgement, &job->arena);
	job->status = section_splice(&s->site, &job->doc, s->file, s->first_line,
				     (struct str){job->bytes.data, job->bytes.len}, "score", section,
				     &job->out, &job->err);
}

static void
unspool(struct score *score, struct job *job, size_t account)
{
	job->spooled = &score->spooled[account];
	job->figures = &score->portfolio.account[account];
	buf_clear(&job->bytes);
	if ((score->order && fseeko(score->spool, (off_t)job->spooled->offset, SEEK_SET) != 0) ||
	    fread(buf_room(&job->bytes, job->spooled->len), 1, job->spooled->len, score->spool) !=
		job->spooled->len)
		cli_fatal(&score->cli, "the temporary file cannot be read");
	job->bytes.len = job->spooled->len;
}

/* takes the next documents from the spool; how many */
static size_t
fill_batch(struct score *score, size_t at)
{
	size_t n = 0, size = 0;

	while (n < BATCH_DOCUMENTS && at + n < score->n && size < BATCH_BYTES) {
		unspool(score, &score->job[n], score->order ? score->order[at + n] : at + n);
		size += score->job[n].bytes.len;
		n++;
	}
	return n;
}

/* how many accounts were written */
static size_t
write_scored(struct score *score)
{
	size_t at, i, n, written = 0;

	if (fseek(score->spool, 0, SEEK_SET) != 0)
		spool_failed(score);
	stream_begin(stdout);
	for (at = 0; at < score->n; at += n) {
		n = fill_batch(score, at);
		parallel_run(score->options.threads, n, splice, score);
		for (i = 0; i < n; i++) {
			if (score->job[i].status < 0)
				cli_fail(&score->cli, &score->job[i].err);
			if (score->job[i].left_out)
				continue;
			stream_write(stdout, (struct str){score->job[i].out.data, score->job[i].out.len});
			written++;
		}
	}
	stream_end(stdout);
	return written;
}

static void
parse_selection(struct score *score)
{
	struct error err;

	if (score->select && !(score->selection = selection_parse(score->select, &score->arena, &err)))
		cli_fatal(&score->cli, "--select: %s; " SELECTION_MANUAL, err.text);
}

/* the exit status */
static int
score_all(struct score *score, char **inputs, size_t n)
{
	int status;

	parse_selection(score);
	if (score->sort)
		score_check_sort(&score->cli, score->sort);
	score_begin(&score->cli, &score->options, &score->model, &score->portfolio);
	score_read_rates(&score->cli, &score->options, &score->portfolio, &score->arena);
	score->spool = cli_spool(&score->cli);
	status =
	    score_read(&score->cli, &score->options, &score->portfolio, inputs, n, spool_document, score);
	score_warn_npv(&score->cli, &score->portfolio);
	if (score->sort)
		score->order = score_order(&score->cli, &score->portfolio, score->sort);
	if (write_scored(score) == 0 && score->n) {
		if (!score->cli.quiet)
			cli_warn(&score->cli, "no account is selected");
		status = EXIT_LOOK;
	}
	free(score->order);
	fclose(score->spool);
	return status;
}

static void
list_measures(void)
{
	const struct measure *m;

	for (m = measures; m < measures + MEASURES; m++) {
		printf("%s%s%s%s%s%s\n    ", m->name, m->unit ? ", " : "", m->unit ? m->unit : "",
		       m->source ? " (" : "", m->source ? m->source : "", m->source ? ")" : "");
		cli_print_wrapped(m->help, 4, 4);
		printf("    needs ");
		cli_print_wrapped(m->needs, 10, 10);
	}
}

static void
print_model(void)
{
	fputs(builtin_model, stdout);
}

/* what is asked for instead of accounts; the status to end with */
static int
print_asked(struct cli *cli, const char *option, void (*print)(void))
{
	cli_need_no_operands(cli, option);
	print();
	return cli_end(cli, EXIT_DONE);
}

/* -1: go on; else the status to end with, an option having printed what was asked */
static int
read_options(struct score *score, int argc, char **argv)
{
	struct cli *cli = &score->cli;
	const char *value;
	struct error err;
	int option;
	bool model = false, measured = false;

	cli_begin(cli, argc, argv);
	score->options.threads = parallel_default();
	while ((option = cli_option(cli, &value)) >= 0) {
		if (option == 'm') {
			score->options.model = value;
		} else if (option == 'j') {
			score->options.threads = cli_number(cli, "--threads", value, 1, THREADS_ASKED);
		} else if (option == cli_option_id(cli, "as-of")) {
			score->options.as_of = value;
		} else if (option == cli_option_id(cli, "basis")) {
			if (basis_parse(value, &score->options.basis, &err) < 0)
				cli_usage(cli, "--basis: %s", err.text);
		} else if (option == cli_option_id(cli, "currency")) {
			score_set_currency(cli, &score->options, value);
		} else if (option == cli_option_id(cli, "rates")) {
			score->options.rates = value;
		} else if (option == cli_option_id(cli, "compare")) {
			score->compare = true;
		} else if (option == 'f') {
			score->format_given = true;
			if (table_format_parse(value, &score->format, &err) < 0)
				cli_usage(cli, "--format: %s", err.text);
		} else if (option == cli_option_id(cli, "neutral")) {
			score->neutral = true;
		} else if (option == 'v') {
			cli->verbose = true;
		} else if (option == 's') {
			score->select = value;
		} else if (option == cli_option_id(cli, "sort")) {
			score->sort = value;
		} else if (option == cli_option_id(cli, "explain")) {
			if (score->explain)
				cli_usage(cli, "--explain is given twice, and explains one account");
			score->explain = value;
		} else if (option == cli_option_id(cli, "print-model")) {
			model = true;
		} else {
			measured = true;
		}
	}
	if (model)
		return print_asked(cli, "--print-model", print_model);
	if (measured)
		return print_asked(cli, "--list-measures", list_measures);
	cli_read_settings(cli);
	return -1;
}

/* an option that says how accounts are judged; NULL: none was given */
static const char *
judging_option(const struct score_options *o)
{
	return o->as_of			? "--as-of"
	       : o->basis != BASIS_AUTO ? "--basis"
	       : o->currency		? "--currency"
	       : o->rates		? "--rates"
					: NULL;
}

static int
compare(struct score *score, char **inputs, size_t n)
{
	const struct cli *cli = &score->cli;
	const char *judging = judging_option(&score->options);
	struct table_options out;

	if (judging)
		cli_usage(cli, "--compare goes without %s: the scores were made before", judging);
	if (score->sort || score->explain)
		cli_usage(cli, "--compare goes without --sort and --explain");
	if (n != 2)
		cli_usage(cli, "--compare takes two inputs, the old scores and the new ones");
	if (strcmp(inputs[0], "-") == 0 && strcmp(inputs[1], "-") == 0)
		cli_usage(cli, "--compare: standard input cannot be both the old scores and the new ones");
	parse_selection(score);
	cli_table_options(&out);
	out.format = score->format;
	out.neutral = score->neutral;
	return score_compare(cli, &score->options, &score->model, score->selection, &out, inputs);
}

static void
score_free(struct score *score)
{
	size_t i;

	for (i = 0; i < BATCH_DOCUMENTS; i++) {
		buf_free(&score->job[i].bytes);
		buf_free(&score->job[i].out);
		doc_free(&score->job[i].doc);
		arena_free(&score->job[i].arena);
	}
	free(score->spooled);
	portfolio_free(&score->portfolio);
	arena_free(&score->arena);
	free(score);
}

int
main(int argc, char **argv)
{
	struct score *score = xcalloc(1, sizeof *score);
	char **inputs;
	size_t n;
	int status;

	score->cli = (struct cli){
	    .program = "kam-score",
	    .purpose =
		"Judges accounts by the whole portfolio; writes them again with a section score: in each.",
	    .usage = "[OPTION …] [INPUT …]",
	    .late_settings = true, /* what only prints needs none */
	    .option = options,
	    .options = sizeof options / sizeof *options};
	status = read_options(score, argc, argv);
	if (status < 0) {
		inputs = cli_operands(&score->cli, &n);
		score_check_inputs(&score->cli, &score->options, inputs, n);
		score_read_model(&score->cli, &score->options, &score->model, &score->arena);
		if ((score->format_given || score->neutral) && !score->compare)
			cli_usage(&score->cli, "%s is for --compare; accounts are written as they came",
				  score->format_given ? "--format" : "--neutral");
		if (score->compare)
			status = compare(score, inputs, n);
		else if (score->explain && (score->select || score->sort))
			cli_usage(&score->cli, "--explain goes without --select and --sort");
		else if (score->explain)
			status = score_explain(&score->cli, &score->options, &score->model, score->explain,
					       inputs, n);
		else
			status = score_all(score, inputs, n);
		status = cli_end(&score->cli, status);
	}
	score_free(score);
	return status;
}
