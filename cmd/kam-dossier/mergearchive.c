/*
 * What the archive says to a merge: a client that was given up and buys again
 * is news, and not a new client.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic.h"
#include "mergerun.h"

#define PREFIX DOSSIER_ARCHIVE "/"

static void
claim_file(struct run *run, int folder, const char *name)
{
	char *in_folder = arena_printf(&run->arena, PREFIX "%s", name);
	const char *path = folder_path(&run->folder, in_folder);
	struct buf bytes = {0};
	struct doc doc = {0};
	struct stat state;
	struct error err;
	int status = atomic_read(folder, name, DOC_SIZE_MAX, &bytes, &state, &err);

	err.file = path;
	if (status == 0)
		status =
		    doc_parse(&doc, path, 1, (struct str){bytes.data ? bytes.data : "", bytes.len}, &err);
	if (status == 0)
		claim_all(run, &doc, in_folder);
	else
		show_error(run, &err);
	doc_free(&doc);
	buf_free(&bytes);
}

static bool
has_new(const struct run *run)
{
	for (size_t i = 0; i < run->targets; i++) {
		if (!run->target[i].there && !run->target[i].refused)
			return true;
	}
	return false;
}

void
archive_claim(struct run *run)
{
	const char *path = folder_path(&run->folder, DOSSIER_ARCHIVE);
	struct folder archive = {.path = path, .fd = -1};
	struct error err;

	if (!has_new(run))
		return;
	archive.fd = openat(run->folder.fd, DOSSIER_ARCHIVE, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (archive.fd < 0 && errno == ENOENT)
		return;
	if (archive.fd < 0) {
		error_sys(&err, path, "cannot be opened as a folder");
		cli_fail(&run->cli, &err);
	}
	folder_list(&archive, &run->cli, false);
	for (size_t i = 0; i < archive.n; i++)
		claim_file(run, archive.fd, archive.name[i]);
	folder_end(&archive);
}

const char *
archive_holds(struct run *run, const char *holder)
{
	size_t prefix = strlen(PREFIX), n = strlen(holder), suffix = strlen(DOSSIER_SUFFIX);
	const char *id;

	if (strncmp(holder, PREFIX, prefix) != 0)
		return NULL;
	id = arena_copy(&run->arena, holder + prefix, n - prefix - suffix);
	return archived_say(&run->arena, run->folder.path, id);
}
