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

/* the dossier of an account of the folder; NULL: there is none */
static char *
find_dossier(const struct cli *cli, struct arena *arena, const char *dir, const char *id, struct error *err)
{
	const char *archived;
	struct stat st;
	char *path;

	if (!account_id_is_valid(id)) {
		error_set(err, "neither an account's id nor a file: %.200s", text_quoted(arena, id));
		return NULL;
	}
	path = arena_printf(arena, "%s/%s" DOSSIER_SUFFIX, dir, id);
	folder_need(cli, dir);
	archived = access(path, F_OK) < 0 ? archived_say(arena, dir, id) : NULL;
	if (archived) {
		error_set(err, "%s", archived);
		return NULL;
	}
	if (lstat(path, &st) < 0 || S_ISREG(st.st_mode))
		return path;
	error_set(err, S_ISLNK(st.st_mode) ? "is a symbolic link, which is not followed" : "is not a file");
	err->file = path;
	return NULL;
}

char *
dossier_find(const struct cli *cli, struct arena *arena, const char *dir, char *operand, struct error *err)
{
	char *path;

	if (strcmp(operand, "-") == 0)
		return operand;
	path = names_file(operand) ? operand : find_dossier(cli, arena, dir, operand, err);
	if (!path || access(path, R_OK) == 0)
		return path;
	error_sys(err, path, "cannot be opened");
	return NULL;
}

char *
dossier_input(const struct cli *cli, struct arena *arena, const char *dir, char *operand)
{
	struct error err;
	char *path = dossier_find(cli, arena, dir, operand, &err);

	if (!path)
		cli_fail(cli, &err);
	return path;
}
