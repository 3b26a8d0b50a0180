#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

#define ERRORS_SHOWN 20
#define HELP_COLUMN 28 /* where what options do is told */
#define HELP_WIDTH 80

static const struct cli_option common[] = {
    {0, "today", "DATE", "the day to reckon from, as 2026-11-22 (default: $KAM_TODAY, or the clock's)"},
    {'q', "quiet", NULL, "errors only: no warnings, no summary"},
    {'v', "verbose", NULL, "tell which settings are used"},
    {0, "no-config", NULL, "use no settings of a workspace, " WORKSPACE_FILE},
    {'h', "help", NULL, "show this and exit"},
    {0, "version", NULL, "show the version and exit"},
};
#define COMMON (sizeof common / sizeof *common)

static void
print_line(const struct cli *cli, const char *text, size_t n)
{
	struct buf line = {0};

	if (cli->progress)
		progress_clear(cli->progress);
	buf_adds(&line, cli->program);
	buf_adds(&line, ": ");
	text_safe(&line, text, n);
	buf_addc(&line, '\n');
	fwrite(line.data, 1, line.len, stderr);
	buf_free(&line);
}

static void __attribute__((format(printf, 2, 0)))
print_formatted(const struct cli *cli, const char *fmt, va_list ap)
{
	char text[2048];

	vsnprintf(text, sizeof text, fmt, ap);
	print_line(cli, text, strlen(text));
}

void
cli_error(const struct cli *cli, const struct error *err)
{
	struct buf line = {0};

	error_format(err, &line);
	print_line(cli, line.data, line.len);
	buf_free(&line);
}

void
cli_warn(const struct cli *cli, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print_formatted(cli, fmt, ap);
	va_end(ap);
}

void
cli_fail(const struct cli *cli, const struct error *err)
{
	cli_error(cli, err);
	exit(EXIT_FAILED);
}

void
cli_fatal(const struct cli *cli, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print_formatted(cli, fmt, ap);
	va_end(ap);
	exit(EXIT_FAILED);
}

/* bytes of the verb's name, with which its usage begins; 0: it is a program's */
static size_t
verb_length(const struct cli *cli)
{
	if (cli->verbs || cli->usage[0] == '-')
		return 0;
	return strspn(cli->usage, "abcdefghijklmnopqrstuvwxyz-");
}

void
cli_usage(const struct cli *cli, const char *fmt, ...)
{
	size_t verb = verb_length(cli);
	struct buf line = {0};
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	buf_printf(&line, "%s; see '%s%s%.*s --help'", text, cli->program, verb ? " " : "", (int)verb,
		   cli->usage);
	print_line(cli, line.data, line.len);
	buf_free(&line);
	exit(EXIT_FAILED);
}

static const struct cli_option *
option_row(const struct cli *cli, size_t i)
{
	return i < cli->options ? &cli->option[i] : &common[i - cli->options];
}

static int
option_id(const struct cli *cli, size_t row)
{
	const struct cli_option *o = option_row(cli, row);

	return o->letter ? o->letter : 256 + (int)row;
}

/* the first row of that name */
static size_t
find_long(const struct cli *cli, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < cli->options + COMMON; i++)
		if (strlen(option_row(cli, i)->name) == len &&
		    memcmp(option_row(cli, i)->name, name, len) == 0)
			break;
	return i;
}

int
cli_option_id(const struct cli *cli, const char *name)
{
	size_t i;

	for (i = 0; i < cli->options + COMMON; i++)
		if (strcmp(option_row(cli, i)->name, name) == 0)
			return option_id(cli, i);
	return -1;
}

/* bytes to the next blank, or to the end; blanks in brackets do not count */
static size_t
word_length(const char *text)
{
	size_t n, depth = 0;

	for (n = 0; text[n] && (text[n] != ' ' || depth); n++) {
		if (text[n] == '[')
			depth++;
		else if (text[n] == ']' && depth)
			depth--;
	}
	return n;
}

void
cli_print_wrapped(const char *text, size_t column, size_t indent)
{
	size_t n, width;
	bool first = true;

	for (; *text; text += n + (text[n] == ' ')) {
		n = word_length(text);
		width = text_width(text, n);
		if (!first && column + 1 + width > HELP_WIDTH) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			putchar(' ');
			column++;
		}
		fwrite(text, 1, n, stdout);
		column += width;
		first = false;
	}
	putchar('\n');
}

static void
print_option(const struct cli_option *o)
{
	struct buf left = {0};
	size_t column;

	if (o->letter)
		buf_printf(&left, "  -%c, --%s", o->letter, o->name);
	else
		buf_printf(&left, "      --%s", o->name);
	if (o->arg)
		buf_printf(&left, " %s", o->arg);
	column = text_width(left.data, left.len);
	fwrite(left.data, 1, left.len, stdout);
	if (column + 2 > HELP_COLUMN) {
		putchar('\n');
		column = 0;
	}
	printf("%*s", (int)(HELP_COLUMN - column), "");
	cli_print_wrapped(o->help, HELP_COLUMN, HELP_COLUMN);
	buf_free(&left);
}

static void
print_verb(const struct cli_verb *verb)
{
	size_t column = strlen(verb->name) + 3;

	printf("  %s ", verb->name);
	cli_print_wrapped(verb->args, column, column);
	printf("%*s", 6, "");
	cli_print_wrapped(verb->help, 6, 6);
}

/* one line or more for each way to call the program */
static void
print_usage(const struct cli *cli)
{
	size_t n, column = strlen("usage: ") + strlen(cli->program) + 1;
	const char *way = cli->usage;
	struct buf text = {0};

	for (; *way; way += n + (way[n] == '\n')) {
		n = strcspn(way, "\n");
		buf_clear(&text);
		buf_add(&text, way, n);
		printf("%s %s ", way == cli->usage ? "usage:" : "      ", cli->program);
		cli_print_wrapped(text.data, column, column);
	}
	buf_free(&text);
}

static _Noreturn void
print_help(const struct cli *cli)
{
	size_t i;

	print_usage(cli);
	cli_print_wrapped(cli->purpose, 0, 0);
	if (cli->verbs)
		printf("\nVerbs\n");
	for (i = 0; i < cli->verbs; i++)
		print_verb(&cli->verb[i]);
	if (cli->verbs && !cli->options)
		printf("A verb's own options: %s VERB --help\n", cli->program);
	printf("\nOptions\n");
	/* a common option that the program has as its own, as -v, is shown once */
	for (i = 0; i < cli->options + COMMON; i++)
		if (find_long(cli, option_row(cli, i)->name, strlen(option_row(cli, i)->name)) == i)
			print_option(option_row(cli, i));
	printf("\nExit status: 0 done; 1 done, something needs a look; 2 could not do it.\n"
	       "Manual: %s(1), kam(7)\n",
	       cli->program);
	exit(cli_end(cli, EXIT_DONE));
}

struct date
cli_date(const struct cli *cli, const char *option, const char *value)
{
	struct buf quoted = {0};
	struct date d;

	if (date_parse(value, strlen(value), &d) == 0)
		return d;
	text_quote(&quoted, value, strlen(value));
	cli_usage(cli, "%s: not a date as 2026-11-22: %s", option, quoted.data);
}

int
cli_number(const struct cli *cli, const char *option, const char *value, int min, int max)
{
	struct buf quoted = {0};
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (*value >= '0' && *value <= '9' && *end == '\0' && errno == 0 && n >= min && n <= max)
		return (int)n;
	text_quote(&quoted, value, strlen(value));
	cli_usage(cli, "%s: not a whole number from %d to %d: %s", option, min, max, quoted.data);
}

/* The number of a standard stream that is closed would go to the next file that is opened, and messages into that
 * file. What is put there instead fails when it is used. */
static void
occupy_standard_streams(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			exit(EXIT_FAILED);
}

void
cli_begin(struct cli *cli, int argc, char **argv)
{
	const char *today = getenv("KAM_TODAY");
	struct tm tm;
	time_t now;

	occupy_standard_streams();
	mem_program(cli->program);
	/* a limit on the size of files is an error of writing, as a full disk is */
	signal(SIGXFSZ, SIG_IGN);
	cli->argc = argc;
	cli->argv = argv;
	cli->next = 1;
	if (today && *today) {
		cli->today = cli_date(cli, "KAM_TODAY", today);
		return;
	}
	now = time(NULL);
	if (localtime_r(&now, &tm)) {
		cli->today.year = (short)(tm.tm_year + 1900);
		cli->today.month = (signed char)(tm.tm_mon + 1);
		cli->today.day = (signed char)tm.tm_mday;
	}
}

/* -x, or --xyz without its value */
static _Noreturn void
unknown_option(const struct cli *cli, const char *option, size_t n)
{
	const char *names[64], *nearest = NULL;
	struct buf name = {0}, quoted = {0};
	size_t i, count = 0;

	for (i = 0; i < cli->options + COMMON && count < sizeof names / sizeof *names; i++)
		names[count++] = option_row(cli, i)->name;
	buf_add(&name, option, n);
	text_quote(&quoted, option, n);
	if (n > 2)
		nearest = text_nearest(name.data + strspn(name.data, "-"), names, count);
	if (nearest)
		cli_usage(cli, "unknown option %s, did you mean --%s?", quoted.data, nearest);
	cli_usage(cli, "unknown option %s", quoted.data);
}

/* the row of --name or --name=VALUE */
static size_t
take_long(struct cli *cli, const char **value)
{
	const char *arg = cli->argv[cli->next++];
	size_t n = strcspn(arg, "="), i = find_long(cli, arg + 2, n - 2);

	if (i == cli->options + COMMON)
		unknown_option(cli, arg, n);
	if (arg[n] == '=' && !option_row(cli, i)->arg)
		cli_usage(cli, "--%s takes no value", option_row(cli, i)->name);
	*value = arg[n] == '=' ? arg + n + 1 : NULL;
	return i;
}

/* the row of the next letter of -abc; what follows a letter that takes a value is its value */
static size_t
take_letter(struct cli *cli, const char **value)
{
	const char *arg = cli->argv[cli->next], *letter = cli->bundle ? cli->bundle : arg + 1;
	char option[] = {'-', *letter, '\0'};
	size_t i, rows = cli->options + COMMON;

	for (i = 0; i < rows && (!option_row(cli, i)->letter || option_row(cli, i)->letter != *letter); i++)
		;
	/* a word with one dash, as -version, is meant as a whole; so are letters that are not ASCII */
	if (i == rows &&
	    (letter == arg + 1 || (*letter & 0x80) || find_long(cli, arg + 1, strcspn(arg + 1, "=")) < rows))
		unknown_option(cli, arg, strcspn(arg, "="));
	if (i == rows)
		unknown_option(cli, option, 2);
	*value = letter[1] && option_row(cli, i)->arg ? letter + 1 : NULL;
	cli->bundle = letter[1] && !*value ? letter + 1 : NULL;
	if (!cli->bundle)
		cli->next++;
	return i;
}

/* the row of the option at argv[next], which is passed over */
static size_t
take_option(struct cli *cli, const char **value)
{
	bool is_long = !cli->bundle && cli->argv[cli->next][1] == '-';
	size_t i = is_long ? take_long(cli, value) : take_letter(cli, value);
	const struct cli_option *o = option_row(cli, i);

	if (o->arg && !*value) {
		if (cli->next >= cli->argc)
			cli_usage(cli, "--%s needs a value: %s", o->name, o->arg);
		*value = cli->argv[cli->next++];
	}
	return i;
}

/* moves an operand behind those found before it, to the front of argv, so that options may follow it */
static bool
at_option(struct cli *cli)
{
	const char *arg;

	if (cli->bundle)
		return true;
	while (cli->next < cli->argc) {
		arg = cli->argv[cli->next];
		if (arg[0] == '-' && arg[1] != '\0')
			return true;
		cli->argv[cli->operands++] = cli->argv[cli->next++];
	}
	return false;
}

/* what they say is used to the end of the program, when the struct cli may be gone */
static struct workspace found;

static void
forget_settings(void)
{
	workspace_free(&found);
}

void
cli_read_settings(struct cli *cli)
{
	struct cli_sink sink;

	if (cli->no_config || cli->settings.file)
		return;
	cli_sink_init(&sink, cli);
	if (workspace_find(&cli->settings, &sink.sink) < 0)
		cli_fatal(cli, "the settings of the workspace cannot be read; mend them, or use --no-config");
	found = cli->settings;
	atexit(forget_settings);
	if (cli->verbose && cli->settings.file)
		cli_warn(cli, "settings: %s", cli->settings.file);
}

int
cli_option(struct cli *cli, const char **value)
{
	const char *name;
	size_t row;

	while (at_option(cli)) {
		if (!cli->bundle && strcmp(cli->argv[cli->next], "--") == 0) {
			cli->next++;
			break;
		}
		row = take_option(cli, value);
		name = option_row(cli, row)->name;
		cli->verbose = cli->verbose || strcmp(name, "verbose") == 0;
		if (row < cli->options)
			return option_id(cli, row);
		if (strcmp(name, "help") == 0)
			print_help(cli);
		if (strcmp(name, "version") == 0) {
			printf("%s %s\n", cli->program, KAM_VERSION);
			exit(cli_end(cli, EXIT_DONE));
		}
		if (strcmp(name, "today") == 0)
			cli->today = cli_date(cli, "--today", *value);
		else if (strcmp(name, "no-config") == 0)
			cli->no_config = true;
		else if (strcmp(name, "quiet") == 0)
			cli->quiet = true;
	}
	while (cli->next < cli->argc)
		cli->argv[cli->operands++] = cli->argv[cli->next++];
	if (!cli->late_settings)
		cli_read_settings(cli);
	return -1;
}

char **
cli_operands(struct cli *cli, size_t *n)
{
	*n = cli->operands;
	return cli->argv;
}

void
cli_need_no_operands(const struct cli *cli, const char *option)
{
	struct buf quoted = {0};

	if (!cli->operands)
		return;
	text_quote(&quoted, cli->argv[0], strlen(cli->argv[0]));
	cli_usage(cli, "%s takes no input: %s", option, quoted.data);
}

static void
sink_print(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct cli_sink *s = (struct cli_sink *)sink;
	struct error marked;

	(void)rule;
	if (severity == SEVERITY_WARNING) {
		if (s->cli->quiet)
			return;
		marked = *err;
		snprintf(marked.text, sizeof marked.text, "warning: %.1000s", err->text);
		cli_error(s->cli, &marked);
		return;
	}
	if (s->shown++ < ERRORS_SHOWN)
		cli_error(s->cli, err);
}

void
cli_tell_terminal(const struct cli *cli, size_t inputs)
{
	const char *folder = cli->settings.accounts;

	if (inputs == 0 && !cli->quiet && isatty(STDIN_FILENO))
		cli_warn(
		    cli,
		    "accounts are read from the terminal, up to Ctrl-D; a folder of them can be named, as %s",
		    folder ? folder : "accounts");
}

void
cli_sink_init(struct cli_sink *s, const struct cli *cli)
{
	*s = (struct cli_sink){.sink = {.put = sink_print}, .cli = cli};
}

void
cli_sink_done(struct cli_sink *s)
{
	if (s->shown > ERRORS_SHOWN)
		cli_warn(s->cli, "%zu more error%s", s->shown - ERRORS_SHOWN,
			 s->shown - ERRORS_SHOWN == 1 ? "" : "s");
}

void
cli_table_options(struct table_options *options)
{
	const char *columns = getenv("COLUMNS"), *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
	struct winsize size;
	char *end;
	unsigned long n;

	*options = (struct table_options){.header = true};
	options->terminal = isatty(STDOUT_FILENO);
	if (!options->terminal)
		return;
	options->colour = !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		options->width = size.ws_col;
	n = columns ? strtoul(columns, &end, 10) : 0;
	if (n >= 20 && n < 10000 && *end == '\0')
		options->width = n;
}

int
cli_end(const struct cli *cli, int status)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
		return status;
	if (errno != EPIPE)
		cli_warn(cli, "standard output cannot be written: %s",
			 errno ? strerror(errno) : "a write before failed");
	return EXIT_FAILED;
}
