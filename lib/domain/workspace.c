#include "domain/workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/doc.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define FOLDERS_MAX 256		 /* above the working folder */
#define SETTINGS_MAX (64 * 1024) /* bytes */

static const char *const languages[] = {"ru", "lv", "en", NULL};

static const struct field table[] = {
    {"currency", FIELD_CURRENCY, offsetof(struct workspace, currency), NULL, NULL, 0, NULL,
     "of the money in exports whose map states none"},
    {"language", FIELD_WORD, offsetof(struct workspace, language), NULL, languages, 0, NULL,
     "of the questions of kam-dossier audit"},
    {"accounts", FIELD_TEXT, offsetof(struct workspace, accounts), NULL, NULL, 0, NULL,
     "folder of the dossiers"},
    {"model", FIELD_TEXT, offsetof(struct workspace, model), NULL, NULL, 0, NULL,
     "how accounts are judged, kam-model(5)"},
    {"playbook", FIELD_TEXT, offsetof(struct workspace, playbook), NULL, NULL, 0, NULL,
     "what is to be done when, kam-playbook(5)"},
    {"team", FIELD_TEXT, offsetof(struct workspace, team), NULL, NULL, 0, NULL,
     "managers and deputies, kam-team(5)"},
    {"ethics", FIELD_TEXT, offsetof(struct workspace, ethics), NULL, NULL, 0, NULL,
     "words that kam-dossier check finds or lets pass"},
    {"access", FIELD_TEXT, offsetof(struct workspace, access), NULL, NULL, 0, NULL,
     "what audiences may read of accounts that say nothing of them, kam-dossier(1)"},
};
const struct fields workspace_fields = {"setting", table, COUNT(table), sizeof(struct workspace), false};

/* "../../" for the second folder above */
static char *
above(struct arena *arena, size_t folders)
{
	char *path = arena_alloc(arena, folders * 3 + 1);

	for (size_t i = 0; i < folders; i++)
		memcpy(path + i * 3, "../", 3);
	return path;
}

/* The path to the nearest settings, without their name; NULL: there are none up to the root of the file system. */
static const char *
find_folder(struct arena *arena)
{
	struct stat file, folder, before = {0};

	for (size_t i = 0; i < FOLDERS_MAX; i++) {
		const char *path = above(arena, i);

		if (stat(arena_printf(arena, "%s" WORKSPACE_FILE, path), &file) == 0 && S_ISREG(file.st_mode))
			return path;
		if (stat(i ? path : ".", &folder) < 0 ||
		    (i && folder.st_ino == before.st_ino && folder.st_dev == before.st_dev))
			return NULL;
		before = folder;
	}
	return NULL;
}

static int
read_file(const char *path, struct buf *text, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (fd < 0)
		return error_sys(err, path, "cannot be opened");
	do {
		n = read(fd, buf_room(text, 4096), 4096);
		if (n > 0)
			text->len += (size_t)n;
	} while ((n > 0 && text->len <= SETTINGS_MAX) || (n < 0 && errno == EINTR));
	if (n < 0)
		error_sys(err, path, "cannot be read");
	close(fd);
	if (text->len > SETTINGS_MAX)
		return error_at(err, path, 0, 0, "more than %d bytes", SETTINGS_MAX);
	return n < 0 ? -1 : 0;
}

/* Paths are written as seen from the settings' folder. What is kept is copied: the document goes. */
static void
place_paths(struct workspace *w, const char *folder)
{
	const char **paths[] = {&w->accounts, &w->model, &w->playbook, &w->team, &w->ethics, &w->access};

	for (size_t i = 0; i < COUNT(paths); i++)
		if (*paths[i])
			*paths[i] =
			    arena_printf(&w->arena, "%s%s", **paths[i] == '/' ? "" : folder, *paths[i]);
}

int
workspace_find(struct workspace *w, struct sink *sink)
{
	struct arena arena = {0};
	const char *folder = find_folder(&arena), *path;
	struct buf text = {0};
	struct doc doc = {0};
	struct error err;
	int status;

	*w = (struct workspace){0};
	if (!folder) {
		arena_free(&arena);
		return 0;
	}
	path = arena_printf(&arena, "%s" WORKSPACE_FILE, folder);
	status = read_file(path, &text, &err);
	if (status == 0)
		status = doc_parse(&doc, path, 1, (struct str){text.data, text.len}, &err);
	if (status < 0)
		sink_put(sink, SEVERITY_ERROR, "settings", &err);
	else
		status = fields_read(&doc, doc.root, &workspace_fields, w, &arena, sink);
	w->arena = arena;
	w->file = path;
	place_paths(w, folder);
	w->currency = w->currency ? arena_strdup(&w->arena, w->currency) : NULL;
	w->language = w->language ? arena_strdup(&w->arena, w->language) : NULL;
	w->node = NULL;
	buf_free(&text);
	doc_free(&doc);
	return status;
}

void
workspace_free(struct workspace *w)
{
	arena_free(&w->arena);
}
