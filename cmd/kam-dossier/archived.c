/*
 * Accounts that are asked for, and are in the archive.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/atomic.h"
#include "dossier.h"

/* " since 2026-11-22", or "" where the dossier does not say it */
static const char *
since(struct arena *arena, const char *path)
{
	struct buf bytes = {0};
	struct doc doc = {0};
	const char *day = NULL, *text;
	struct stat state;
	struct error err;

	if (atomic_read(AT_FDCWD, path, DOC_SIZE_MAX, &bytes, &state, &err) == 0 &&
	    doc_parse(&doc, path, 1, (struct str){bytes.data ? bytes.data : "", bytes.len}, &err) == 0)
		day = node_get_text(node_get(doc.root, "archived"), "date");
	text = day ? arena_printf(arena, " since %.40s", day) : "";
	doc_free(&doc);
	buf_free(&bytes);
	return text;
}

const char *
archived_say(struct arena *arena, const char *dir, const char *id)
{
	const char *path = arena_printf(arena, "%s/" DOSSIER_ARCHIVE "/%s" DOSSIER_SUFFIX, dir, id);

	if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
		return NULL;
	return arena_printf(arena, "%s: is archived%s; get it back: kam-dossier archive --back %s", path,
			    since(arena, path), id);
}
