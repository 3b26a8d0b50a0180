#include "score.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/itemkeys.h"

/* where an account stands */
struct place {
	const char *file;
	size_t line;
};

/* the accounts read so far, by their ids */
struct seen {
	struct hash places;
	struct arena arena;
};

void
score_check_inputs(const struct cli *cli, const struct score_options *options, char *const *inputs, size_t n)
{
	bool accounts = n == 0, model = options->model && strcmp(options->model, "-") == 0,
	     rates = options->rates && strcmp(options->rates, "-") == 0;

	for (size_t i = 0; i < n; i++)
		accounts |= strcmp(inputs[i], "-") == 0;
	if (accounts && (model || rates))
		cli_usage(cli, "standard input cannot be both the accounts and the %s",
			  model ? "model" : "rates");
	if (model && rates)
		cli_usage(cli, "standard input cannot be both the model and the rates");
}

static const char *
name_of(const char *file)
{
	return strcmp(file, "-") == 0 ? STREAM_STDIN : file;
}

void
score_read_model(const struct cli *cli, const struct score_options *options, struct model *model,
		 struct arena *arena)
{
	const char *file = options->model ? options->model : cli->settings.model;
	struct cli_sink sink;
	struct buf text = {0};
	int status;

	if (!file) {
		model_builtin(model, arena);
		return;
	}
	cli_sink_init(&sink, cli);
	cli_read_file(cli, file, &text);
	status = model_read(model, (struct str){text.data ? text.data : "", text.len}, name_of(file), arena,
			    &sink.sink);
	cli_sink_done(&sink);
	buf_free(&text);
	if (status < 0)
		exit(EXIT_FAILED);
}

void
score_set_currency(const struct cli *cli, struct score_options *options, const char *value)
{
	struct buf quoted = {0};

	options->currency = value;
	if (field_currency_is_valid(value))
		return;
	text_quote(&quoted, value, strlen(value));
	cli_usage(cli, "--currency: not a currency, as EUR: %s", quoted.data);
}

static _Noreturn void
refuse_rates(const struct cli *cli, const struct score_options *options, const struct rates *rates)
{
	struct error err;

	error_at(&err, rates->file, rates->line, rates->column,
		 "the rates are to %s, not to %s, which --currency asks for", rates->currency,
		 options->currency);
	cli_fail(cli, &err);
}

void
score_read_rates(const struct cli *cli, const struct score_options *options, struct portfolio *portfolio,
		 struct arena *arena)
{
	struct rates *rates;
	struct cli_sink sink;
	struct buf text = {0};
	int status;

	if (!options->rates) {
		portfolio_use_rates(portfolio, options->currency, NULL);
		return;
	}
	rates = arena_alloc(arena, sizeof *rates);
	cli_sink_init(&sink, cli);
	cli_read_file(cli, options->rates, &text);
	status = rates_read(rates, (struct str){text.data ? text.data : "", text.len},
			    name_of(options->rates), arena, &sink.sink);
	cli_sink_done(&sink);
	buf_free(&text);
	if (status < 0)
		exit(EXIT_FAILED);
	if (options->currency && strcmp(options->currency, rates->currency) != 0)
		refuse_rates(cli, options, rates);
	portfolio_use_rates(portfolio, rates->currency, rates);
}

static month
window_end(const struct cli *cli, const char *as_of)
{
	struct buf quoted = {0};
	struct date day;
	month m;

	if (!as_of)
		return month_before(cli->today);
	if (month_parse(as_of, strlen(as_of), &m) == 0)
		return m;
	if (date_parse(as_of, strlen(as_of), &day) < 0) {
		text_quote(&quoted, as_of, strlen(as_of));
		cli_usage(cli, "--as-of: not a month as 2026-10 or a date as 2026-10-31: %s", quoted.data);
	}
	return date_cmp(day, month_last(month_of(day))) == 0 ? month_of(day) : month_before(day);
}

void
score_begin(const struct cli *cli, const struct score_options *options, const struct model *model,
	    struct portfolio *portfolio)
{
	portfolio_init(portfolio, model, window_end(cli, options->as_of), options->basis);
	if (!date_is_set(month_first(portfolio->first)))
		cli_usage(cli, "the window of %d months would begin before the year 1", model->window);
}

/* sales that begin inside the window before are no base for growth */
static void
warn_short_base(const struct cli *cli, const struct portfolio *p)
{
	struct buf text = {0};

	if (p->oldest <= p->first - p->model->window || p->oldest >= p->first)
		return;
	buf_adds(&text, "the oldest sales are of ");
	month_format(&text, p->oldest);
	cli_warn(cli, "warning: %s, inside the window before, so that growth is not known", text.data);
	buf_free(&text);
}

static void
warn_empty(const struct cli *cli, const struct portfolio *p)
{
	struct buf text = {0};
	bool later;

	if (p->n == 0)
		cli_warn(cli, "warning: there are no accounts in the input");
	later = p->oldest > p->last;
	if (!p->newest || (p->newest >= p->first && !later))
		return;
	buf_adds(&text, "warning: no sales from ");
	month_format(&text, p->first);
	buf_adds(&text, " to ");
	month_format(&text, p->last);
	buf_printf(&text, "; the %s are of ", later ? "oldest" : "newest");
	month_format(&text, later ? p->oldest : p->newest);
	buf_adds(&text, ": try --as-of ");
	month_format(&text, p->newest);
	cli_warn(cli, "%s", text.data);
	buf_free(&text);
}

/* sales of the last months that were not imported yet look like clients who stopped buying */
static void
warn_unknown_end(const struct cli *cli, const struct portfolio *p)
{
	struct buf text = {0};

	if (p->newest < p->first || p->newest >= p->last)
		return;
	buf_adds(&text, "the newest sales are of ");
	month_format(&text, p->newest);
	buf_adds(&text, ", so that what follows up to ");
	month_format(&text, p->last);
	buf_adds(&text, " counts as sold nothing: try --as-of ");
	month_format(&text, p->newest);
	cli_warn(cli, "warning: %s", text.data);
	buf_free(&text);
}

/* accounts that were selected from a scored portfolio */
static void
warn_part(const struct cli *cli, const struct portfolio *p)
{
	struct buf together = {0};

	if (!portfolio_is_part(p))
		return;
	decimal_format(&together, p->shares, 1);
	cli_warn(
	    cli,
	    "warning: by the scores that they came with, these accounts are %s %% of a larger portfolio; "
	    "here they are judged as all of it: give this program all of them, and select with its -s",
	    together.data);
	buf_free(&together);
}

/* a month that is not over has not brought yet what it will */
static void
warn_unfinished(const struct cli *cli, const struct portfolio *p)
{
	struct buf text = {0};

	if (date_cmp(p->as_of, cli->today) < 0)
		return;
	month_format(&text, p->last);
	buf_adds(&text, " is not over on ");
	date_format(&text, cli->today);
	cli_warn(cli, "warning: the window ends with a month that is not over: %s", text.data);
	buf_free(&text);
}

void
score_warn_npv(const struct cli *cli, const struct portfolio *p)
{
	if (cli->quiet || !p->n || !p->model->npv.by_alive || !p->orders.missing)
		return;
	cli_warn(cli,
		 "warning: npv is missing of all accounts, for npv.retention is alive, which none has: %s",
		 p->orders.missing);
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 ||
	       (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

/* An account counts once. Two documents of it, as from two imports, would be two accounts with a part each. */
static bool
is_new(const struct cli *cli, struct seen *seen, const struct reading *reading, struct sink *sink)
{
	const char *id = reading->account.id, **stored;
	void **place = hash_put(&seen->places, id, strlen(id), &stored);
	const struct place *first = *place;
	struct place *here;
	struct error err;

	if (first && first->line == reading->doc.first_line && is_same_file(first->file, reading->doc.file)) {
		error_at(&err, reading->doc.file, 0, 0, "is read twice: the inputs name it twice");
		cli_fail(cli, &err);
	}
	if (first) {
		node_error(&err, &reading->doc, node_get(reading->doc.root, "id"),
			   "account %s stands in %s:%zu already; merge the two first, kam-dossier(1)", id,
			   first->file, first->line);
		sink_put(sink, SEVERITY_ERROR, "duplicate", &err);
		return false;
	}
	here = arena_alloc(&seen->arena, sizeof *here);
	here->file = reading->doc.file;
	here->line = reading->doc.first_line;
	*place = here;
	*stored = arena_strdup(&seen->arena, id);
	return true;
}

/* an account measured by itself; NULL: it cannot be */
static void *
measure(const void *portfolio, struct reading *reading, struct sink *sink)
{
	struct arena *arena = &reading->doc.arena;
	struct own *own = arena_alloc(arena, sizeof *own);
	struct error err, placed;

	if (item_keys_check(&reading->doc, SECTION_COUNTED, arena, sink) < 0)
		return NULL;
	if (portfolio_measure(portfolio, &reading->account, arena, own, &err) == 0)
		return own;
	node_error(&placed, &reading->doc, node_get(reading->doc.root, "id"), "%s", err.text);
	sink_put(sink, SEVERITY_ERROR, "sum", &placed);
	return NULL;
}

int
score_read(const struct cli *cli, const struct score_options *options, struct portfolio *portfolio,
	   char *const *inputs, size_t n, void (*each)(void *, const struct reading *), void *data)
{
	struct reader *reader;
	struct reading *reading;
	struct seen seen = {0};
	struct progress progress;
	struct cli showing = *cli;
	unsigned long long bytes = 0;
	struct cli_sink sink;
	struct error err;
	int status;

	showing.progress = &progress;
	cli_tell_terminal(cli, n);
	cli_sink_init(&sink, &showing);
	progress_begin(&progress, cli->program, "accounts", progress_inputs_size(inputs, n), cli->quiet);
	reader = reader_open(inputs, n, options->threads);
	reader_work(reader, measure, portfolio);
	while ((status = reader_next(reader, &reading, &sink.sink, &err)) > 0) {
		progress_at(&progress, bytes += reading->bytes.len, portfolio->n);
		if (!reading->usable || !is_new(&showing, &seen, reading, &sink.sink) || !reading->made)
			continue;
		portfolio_add(portfolio, reading->made);
		if (each)
			each(data, reading);
	}
	if (status < 0)
		cli_fail(&showing, &err);
	progress_clear(&progress);
	cli_sink_done(&sink);
	if (sink.sink.errors)
		cli_fatal(cli, "without these accounts every share would be wrong: nothing was written");
	if (portfolio_finish(portfolio, &err) < 0)
		cli_fail(cli, &err);
	if (!cli->quiet) {
		warn_empty(cli, portfolio);
		warn_short_base(cli, portfolio);
		warn_unknown_end(cli, portfolio);
		warn_part(cli, portfolio);
		warn_unfinished(cli, portfolio);
	}
	hash_free(&seen.places);
	arena_free(&seen.arena);
	reader_free(reader);
	return portfolio->n ? EXIT_DONE : EXIT_LOOK;
}
