/*
 * What the five programs share on their way in and out: options, today,
 * messages on standard error, and output that notices a full disk.
 *
 * Exit status: 0 done; 1 done, and something needs a look; 2 could not do it.
 */
#ifndef KAM_CLI_H
#define KAM_CLI_H

#include <stdbool.h>

#include "base/date.h"
#include "base/error.h"
#include "data/table.h"
#include "domain/workspace.h"
#include "progress.h"

enum { EXIT_DONE = 0, EXIT_LOOK = 1, EXIT_FAILED = 2 };

/* One option; a program's table of them is its parser, its --help and its completion. */
struct cli_option {
	char letter;	  /* as in -q; 0: none */
	const char *name; /* as in --quiet */
	const char *arg;  /* name of its value; NULL: it takes none */
	const char *help; /* one line */
};

/* One verb of a program that has several. */
struct cli_verb {
	const char *name;
	const char *args; /* as in "[-n] DIR [INPUT …]" */
	const char *help;
};

struct cli {
	const char *program; /* "kam-score", for every message */
	const char *purpose; /* one line, for --help */
	const char *
	    usage; /* "[OPTION …] [INPUT …]"; several ways, each on a line of its own; a verb's begins with its name */
	const struct cli_option *option;
	size_t options;
	const struct cli_verb *verb; /* NULL: none */
	size_t verbs;
	/* set while parsing */
	int argc;
	char **argv;
	int next;		   /* of argv */
	const char *bundle;	   /* rest of -abc */
	size_t operands;	   /* found so far, moved to the front of argv */
	struct date today;	   /* --today, KAM_TODAY, or the clock's; set by cli_begin */
	bool quiet;		   /* -q: warnings and summaries are not shown */
	bool no_config;		   /* --no-config: no workspace is looked for */
	bool late_settings;	   /* the program asks for them itself, by cli_read_settings */
	bool verbose;		   /* -v */
	struct workspace settings; /* of the nearest kam.yaml, once all options are read; else all NULL */
	struct progress *progress; /* the program's, taken away before anything is said; NULL: none */
};

/*
 * Options that every program has, handled here: --help, --version, --today DATE, -q, -v, --no-config. Their rows are
 * shown in --help after the program's own; a -v of its own counts as theirs too.
 */

/* Takes the command line and reads KAM_TODAY; wrong: exits 2. A limit on the size of files is from here on no signal, but
 * an error of writing. */
void cli_begin(struct cli *, int argc, char **argv);
/* The next option: its letter, or 256 + its row when it has none; *value is its value or NULL. -1 after the last, when
 * the settings of the workspace are read too: options and operands may be mixed, and all that follows "--" are
 * operands. An unknown option: one line that names the nearest and where to look, exit 2. */
int cli_option(struct cli *, const char **value);
/* what cli_option gives for the row with this name */
int cli_option_id(const struct cli *, const char *name);
/* the settings of the nearest kam.yaml, unless --no-config was given; wrong: exits 2 */
void cli_read_settings(struct cli *);
/* operands, in order, after cli_option gave -1 */
char **cli_operands(struct cli *, size_t *n);
/* after cli_option gave -1: the option only prints something, so that operands, which nobody would look at, exit 2 */
void cli_need_no_operands(const struct cli *, const char *option);

/* Text on standard output, its words wrapped to 80 columns; the lines after the first begin at `indent`, the first where
 * `column` says that the cursor stands. What is in brackets is one word. */
void cli_print_wrapped(const char *text, size_t column, size_t indent);

/* "kam-score: place: text" on standard error */
void cli_error(const struct cli *, const struct error *);
void cli_warn(const struct cli *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* the same, then exit 2 */
_Noreturn void cli_fail(const struct cli *, const struct error *);
_Noreturn void cli_fatal(const struct cli *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* wrong use: the message, "see 'kam-score --help'", of a verb "see 'kam-dossier set --help'", exit 2 */
_Noreturn void cli_usage(const struct cli *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A sink that prints findings as they come; warnings are marked "warning: " and not shown when quiet. */
struct cli_sink {
	struct sink sink;
	const struct cli *cli;
	size_t shown; /* errors after the 20th are counted only */
};
void cli_sink_init(struct cli_sink *, const struct cli *);
/* says how many more there were */
void cli_sink_done(struct cli_sink *);

/* Who gave no input at a terminal may be waiting for the program, which waits for them: says so, unless quiet. */
void cli_tell_terminal(const struct cli *, size_t inputs);

/* --today and other dates; wrong: exits 2 */
struct date cli_date(const struct cli *, const char *option, const char *value);
/* a whole number from min to max; wrong: exits 2 */
int cli_number(const struct cli *, const char *option, const char *value, int min, int max);
/* Exits 2 if something is there that is no file, or no folder: a pipe that a person names may be read, yet not one that
 * stands where a program looks by itself. */
void cli_need_file(const struct cli *, const char *path);
void cli_need_folder(const struct cli *, const char *path);
/* a whole file's bytes in the buffer; wrong, or of the settings and no file: exits 2 */
void cli_read_file(const struct cli *, const char *path, struct buf *);

/* a temporary file without a name, in $TMPDIR or /tmp; none to be had: exits 2 */
FILE *cli_spool(const struct cli *);

/* table options for standard output: width and colour when it is a terminal (NO_COLOR, COLUMNS, TERM=dumb heeded) */
void cli_table_options(struct table_options *);

/* Flushes standard output; a failing write is reported and exits 2, quietly when its reader went away. Every program
 * returns through it: return cli_end(&cli, status). */
int cli_end(const struct cli *, int status);

#endif
