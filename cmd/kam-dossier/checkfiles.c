/*
 * The files that checks go by: who is of the team, what is not to be written.
 * One that cannot be used ends the program, for what it should find would not
 * be found.
 */
#include <stdlib.h>

#include "check.h"

static void
need(const struct cli *cli, struct cli_sink *sink, int status)
{
	cli_sink_done(sink);
	if (status < 0)
		exit(cli_end(cli, EXIT_FAILED));
}

void
check_load_team(const struct cli *cli, const char *file, struct team *team, struct buf *text,
		struct arena *arena)
{
	struct cli_sink sink;

	cli_sink_init(&sink, cli);
	cli_read_file(cli, file, text);
	need(cli, &sink, team_read(team, (struct str){text->data, text->len}, file, arena, &sink.sink));
}

void
check_load_ethics(const struct cli *cli, const char *file, struct ethics *ethics)
{
	struct cli_sink sink;
	struct buf text = {0};
	struct str given;

	cli_sink_init(&sink, cli);
	if (file)
		cli_read_file(cli, file, &text);
	given = (struct str){text.data, text.len};
	need(cli, &sink, ethics_read(ethics, file ? &given : NULL, file ? file : "built-in", &sink.sink));
	buf_free(&text);
}
