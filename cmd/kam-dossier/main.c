#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dossier.h"

static const struct cli_verb verbs[] = {
    {"init", "[--git] [--currency CODE] [--language LANGUAGE] DIR", "make a workspace"},
    {"new", "[-d DIR] ID [NAME]", "write an empty dossier with a comment for every section"},
    {"merge", "[-nv] [--replace SECTION,…] [--with-score] [DIR [INPUT …]]",
     "bring accounts into a folder of dossiers"},
    {"check", "[INPUT …]", "say what is wrong with dossiers, one finding to a line"},
    {"show", "[OPTION …] ID|FILE|- …", "an account on one screen, for reading; a section in depth"},
    {"brief", "[OPTION …] ID|FILE|- …", "one page before a meeting"},
    {"timeline", "[OPTION …] ID|FILE|- …", "all that happened, in order, with git's history of the file"},
    {"people", "[OPTION …] ID|FILE|- …", "who reports to whom, who is missing, the way to the decider"},
    {"audit", "[--form | --apply FILE | --hints] [-d DIR] [ID]",
     "how well the work with key accounts is done"},
    {"redact", "-a NAME [--access FILE] [-o DIR] [INPUT …]", "accounts as an audience may read them"},
    {"set", "[-n] [-d DIR] [--force] ID PATH VALUE", "change one value, as contacts/volkov/phone"},
    {"add", "[-n] [-d DIR] [--force] ID SECTION NAME=VALUE …", "add an item to a list, or words"},
    {"log", "[-n] [-d DIR] -k KIND [OPTION …] ID", "note a contact with the client"},
    {"done", "[-n] [-d DIR] [-b WHO] [--force] ID KEY …", "close follow-ups"},
    {"snooze", "[-n] [-d DIR] [-b WHO] [--force] ID KEY UNTIL", "put a follow-up off"},
    {"drop", "[-n] [-d DIR] -s SOURCE [-m MONTH] ID … | --all", "take out what an import of sales brought"},
    {"rename", "[-n] [-d DIR] OLD NEW", "give an account another id"},
    {"join", "[-n] [-d DIR] [-b WHO] ID OTHER", "make one dossier of two of the same company"},
    {"archive", "[-n] [-d DIR] [-r REASON] [--back] ID",
     "put the dossier of a lost client away, or get it back"},
    {"facts", "[-d DIR] [--diff] ID|FILE|- …", "what an account says, one fact to a line"},
    {"merge-driver", "BASE OURS THEIRS PATH", "merge three versions of a dossier, for git"},
};
#define VERBS (sizeof verbs / sizeof *verbs)

/* in the order of the verbs */
static int (*const runs[VERBS])(int, char **) = {
    dossier_init,     dossier_new,    dossier_merge,	    dossier_check,  dossier_show,   dossier_brief,
    dossier_timeline, dossier_people, dossier_audit,	    dossier_redact, dossier_set,    dossier_add,
    dossier_log,      dossier_done,   dossier_snooze,	    dossier_drop,   dossier_rename, dossier_join,
    dossier_archive,  dossier_facts,  dossier_merge_driver,
};

const char *
name_nearest(const struct fields *fields, const char *name)
{
	const char **names = xcalloc(fields->n, sizeof *names), *nearest;

	for (size_t i = 0; i < fields->n; i++)
		names[i] = fields->field[i].name;
	nearest = text_nearest(name, names, fields->n);
	free(names);
	return nearest;
}

static _Noreturn void
unknown_verb(const struct cli *cli, const char *name)
{
	const char *names[VERBS], *nearest;
	struct buf quoted = {0};

	for (size_t i = 0; i < VERBS; i++) {
		names[i] = verbs[i].name;
		if (strcmp(name, names[i]) == 0)
			cli_usage(cli, "the verb comes first: %s %s …", cli->program, name);
	}
	text_quote(&quoted, name, strlen(name));
	nearest = text_nearest(name, names, VERBS);
	if (nearest)
		cli_usage(cli, "unknown verb %s, did you mean %s?", quoted.data, nearest);
	cli_usage(cli, "unknown verb %s", quoted.data);
}

int
main(int argc, char **argv)
{
	struct cli cli = {
	    .program = "kam-dossier",
	    .purpose = "Keeps a folder of account dossiers: makes, merges, checks and shows them.",
	    .usage = "VERB [OPTION …] [ARGUMENT …]",
	    .verb = verbs,
	    .verbs = VERBS,
	};
	const char *value;
	char **operands;
	size_t n;

	for (size_t i = 0; argc > 1 && i < VERBS; i++) {
		if (strcmp(argv[1], verbs[i].name) == 0)
			return runs[i](argc - 1, argv + 1);
	}
	cli_begin(&cli, argc, argv);
	while (cli_option(&cli, &value) != -1)
		;
	operands = cli_operands(&cli, &n);
	if (n == 0)
		cli_usage(&cli, "no verb; --help lists them");
	unknown_verb(&cli, operands[0]);
}
