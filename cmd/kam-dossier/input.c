#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "dossier.h"

static bool
names_file(const char *operand)
{
	size_t n = strlen(operand), suffix = strlen(DOSSIER_SUFFIX);

	return strchr(operand, '/') || (n > suffix && strcmp(operand + n - suffix, DOSSIER_SUFFIX) == 0);
}

/* the dossier of an account of the folder */
static char *
find_dossier(const struct cli *cli, struct arena *arena, const char *dir, const char *id)
{
	const char *archived;
	struct stat st;
	char *path;

	if (!account_id_is_valid(id))
		cli_usage(cli, "neither an account's id nor a file: %s", text_quoted(arena, id));
	path = arena_printf(arena, "%s/%s" DOSSIER_SUFFIX, dir, id);
	folder_need(cli, dir);
	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		cli_fatal(cli, "%s: is a symbolic link, which is not followed", path);
	archived = access(path, F_OK) < 0 ? archived_say(arena, dir, id) : NULL;
	if (archived)
		cli_fatal(cli, "%s", archived);
	return path;
}

char *
dossier_input(const struct cli *cli, struct arena *arena, const char *dir, char *operand)
{
	struct error err;
	char *path;

	if (strcmp(operand, "-") == 0)
		return operand;
	path = names_file(operand) ? operand : find_dossier(cli, arena, dir, operand);
	if (access(path, R_OK) < 0) {
		error_sys(&err, path, "cannot be opened");
		cli_fail(cli, &err);
	}
	return path;
}
