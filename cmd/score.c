#include "score.h"

#include <stdlib.h>
#include <string.h>

void
score_read_model(const struct cli *cli, const struct score_options *options, struct model *model,
		 struct arena *arena)
{
	struct cli_sink sink;
	struct buf text = {0};
	int status;

	if (!options->model) {
		model_builtin(model, arena);
		return;
	}
	cli_sink_init(&sink, cli);
	cli_read_file(cli, options->model, &text);
	status = model_read(model, (struct str){text.data ? text.data : "", text.len}, options->model, arena,
			    &sink.sink);
	cli_sink_done(&sink);
	buf_free(&text);
	if (status < 0)
		exit(EXIT_FAILED);
}

static month
window_end(const struct cli *cli, const char *as_of)
{
	struct date day;
	month m;

	if (!as_of)
		return month_before(cli->today);
	if (month_parse(as_of, strlen(as_of), &m) == 0)
		return m;
	day = cli_date(cli, "--as-of", as_of);
	return date_cmp(day, month_last(month_of(day))) == 0 ? month_of(day) : month_before(day);
}

void
score_begin(const struct cli *cli, const struct score_options *options, const struct model *model,
	    struct portfolio *portfolio)
{
	portfolio_init(portfolio, model, window_end(cli, options->as_of), options->basis);
}

static void
warn_empty(const struct cli *cli, const struct portfolio *p)
{
	struct buf text = {0};

	if (cli->quiet)
		return;
	if (p->n == 0)
		cli_warn(cli, "there are no accounts in the input");
	if (!p->newest || p->newest >= p->first)
		return;
	buf_adds(&text, "no sales from ");
	month_format(&text, p->first);
	buf_adds(&text, " to ");
	month_format(&text, p->last);
	buf_adds(&text, "; the newest are of ");
	month_format(&text, p->newest);
	buf_adds(&text, ": try --as-of ");
	month_format(&text, p->newest);
	cli_warn(cli, "%s", text.data);
	buf_free(&text);
}

void
score_read(const struct cli *cli, const struct score_options *options, struct portfolio *portfolio,
	   char *const *inputs, size_t n, void (*each)(void *, const struct reading *), void *data)
{
	struct reader *reader = reader_open(inputs, n, options->threads);
	struct reading *reading;
	struct cli_sink sink;
	struct error err;
	int status;

	cli_sink_init(&sink, cli);
	while ((status = reader_next(reader, &reading, &sink.sink, &err)) > 0) {
		if (!reading->usable)
			continue;
		if (portfolio_add(portfolio, &reading->account, &err) < 0)
			cli_fail(cli, &err);
		if (each)
			each(data, reading);
	}
	if (status < 0)
		cli_fail(cli, &err);
	cli_sink_done(&sink);
	if (sink.sink.errors)
		cli_fatal(cli, "without these accounts every share would be wrong: nothing was written");
	if (portfolio_finish(portfolio, &err) < 0)
		cli_fail(cli, &err);
	warn_empty(cli, portfolio);
	reader_free(reader);
}
