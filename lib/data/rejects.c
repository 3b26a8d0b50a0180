/* realpath, of POSIX since 2008, is declared by glibc for this alone */
#define _XOPEN_SOURCE 700

#include "data/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/atomic.h"

#define BOM "\xEF\xBB\xBF"

struct rejects {
	const char *path;
	int old;      /* the file as it was; -1: there was none */
	bool through; /* it takes what comes: a pipe, a device, or what standard error goes to */
	FILE *spool;
	bool started;	 /* a row was written */
	struct buf form; /* encoding, delimiter and columns of the rows that were written */

	/* of the export that is read */
	struct buf now;	 /* as form */
	struct buf head; /* what stands before its rows: titles and header */
	const char *eol; /* its line end */
	size_t columns;	 /* its own ones */
	char *encoding;	 /* of its raw rows; NULL before the first export */
	char delimiter;	 /* between its cells */
	iconv_t iconv;	 /* from UTF-8 to it; (iconv_t)-1: none needed */
	struct buf line; /* a row as it is put together */
};

static int
write_failed(const struct rejects *r, struct error *err)
{
	return error_sys(err, r->path, "cannot be written");
}

/* the folder that a path's file stands in, and its name there in *name */
static char *
folder_of(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char *folder;

	*name = slash ? slash + 1 : path;
	if (!slash)
		return xstrdup(".");
	folder = xstrdup(path);
	folder[slash == path ? 1 : slash - path] = '\0';
	return folder;
}

/* can a file of that name be made? */
static bool
is_writable(const char *path)
{
	const char *name;
	char *folder = folder_of(path, &name);
	bool writable = *name && access(folder, W_OK | X_OK) == 0;

	if (!*name)
		errno = EISDIR;
	free(folder);
	return writable;
}

static bool
is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Messages stand in the file of standard error, before and after the rows: it is not replaced, and written from where
 * they end. */
static int
share_standard_error(struct rejects *r, const struct stat *state, struct error *err)
{
	struct stat messages;

	if (fstat(STDERR_FILENO, &messages) < 0 || !is_same_file(state, &messages))
		return 0;
	r->through = true;
	return dup2(STDERR_FILENO, r->old) < 0 ? write_failed(r, err) : 0;
}

struct rejects *
rejects_open(const char *path, FILE *spool, struct error *err)
{
	struct rejects *r;
	struct stat state;
	int old = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);

	if (old < 0 && (errno != ENOENT || !is_writable(path))) {
		error_sys(err, path, "cannot be written");
		return NULL;
	}
	r = xcalloc(1, sizeof *r);
	r->path = path;
	r->old = old;
	r->spool = spool;
	r->iconv = (iconv_t)-1;
	if (old < 0)
		return r;
	if (fstat(old, &state) < 0 ? write_failed(r, err) < 0 : share_standard_error(r, &state, err) < 0) {
		close(old);
		free(r);
		return NULL;
	}
	r->through = r->through || !S_ISREG(state.st_mode);
	return r;
}

bool
rejects_is_file(const struct rejects *r, const struct stat *other)
{
	struct stat own;

	return r->old >= 0 && fstat(r->old, &own) == 0 && (S_ISREG(own.st_mode) || S_ISFIFO(own.st_mode)) &&
	       is_same_file(&own, other);
}

bool
rejects_stay(const struct rejects *r)
{
	return !r->through;
}

/* appends UTF-8 text in the rows' encoding; what that lacks becomes '?' */
static void
convert(struct rejects *r, struct buf *to, const char *text, size_t n)
{
	char *in = (char *)(uintptr_t)text, *out;
	size_t room, left;

	if (r->iconv == (iconv_t)-1) {
		buf_add(to, text, n);
		return;
	}
	while (n) {
		room = left = n * 4 + 16;
		out = buf_room(to, room);
		if (iconv(r->iconv, &in, &n, &out, &left) != (size_t)-1 || errno == E2BIG) {
			to->len += room - left;
			continue;
		}
		to->len += room - left;
		buf_addc(to, '?');
		do {
			in++;
			n--;
		} while (n && ((unsigned char)*in & 0xC0) == 0x80);
	}
}

/* a cell in quotes */
static void
add_quoted(struct rejects *r, struct buf *to, const char *text)
{
	const char *quote;

	buf_addc(to, '"');
	for (; (quote = strchr(text, '"')); text = quote + 1) {
		convert(r, to, text, (size_t)(quote - text));
		buf_adds(to, "\"\"");
	}
	convert(r, to, text, strlen(text));
	buf_addc(to, '"');
}

static bool
is_cell(struct str cell, const char *text)
{
	return cell.n == strlen(text) && memcmp(cell.p, text, cell.n) == 0;
}

static bool
is_rejects_header(const struct csv_row *header)
{
	size_t n = header->n;

	return n > 2 && is_cell(header->cell[n - 2], REJECTS_LINE_COLUMN) &&
	       is_cell(header->cell[n - 1], REJECTS_REASON_COLUMN);
}

/* the line end of the titles, which is all that is known of it */
static const char *
titles_eol(struct str titles)
{
	if (titles.n && titles.p[titles.n - 1] == '\r')
		return "\r";
	if (titles.n > 1 && titles.p[titles.n - 1] == '\n' && titles.p[titles.n - 2] == '\r')
		return "\r\n";
	return "\n";
}

static void
set_encoding(struct rejects *r, const char *encoding)
{
	if (r->iconv != (iconv_t)-1)
		iconv_close(r->iconv);
	free(r->encoding);
	r->encoding = xstrdup(encoding);
	r->iconv = strcmp(encoding, "utf-8") == 0 ? (iconv_t)-1 : iconv_open(encoding, "UTF-8");
}

/* does the map tell another encoding than that in which the rows stand? then a byte order mark must tell this one */
static bool
needs_mark(const struct csv_dialect *dialect, const char *encoding)
{
	return strcmp(encoding, "utf-8") == 0 && dialect->encoding &&
	       strcasecmp(dialect->encoding, "utf-8") != 0 && strcasecmp(dialect->encoding, "utf8") != 0;
}

int
rejects_header(struct rejects *r, const struct csv_dialect *dialect, const struct csvread *reader,
	       const struct csv_row *header, struct error *err)
{
	const char *encoding = csvread_raw_encoding(reader);
	struct str titles = csvread_skipped(reader);
	size_t i;

	if (!dialect->headless && is_rejects_header(header))
		return error_set(err,
				 "is a file of rejects itself: mend it where it is and import it without "
				 "--rejects, or its rows would be counted twice");
	r->delimiter = dialect->delimiter;
	r->columns = header->n;
	r->eol = titles_eol(titles);
	set_encoding(r, encoding);
	buf_clear(&r->now);
	buf_printf(&r->now, "%s%c", encoding, r->delimiter);
	for (i = 0; i < r->columns; i++) {
		buf_add(&r->now, header->cell[i].p, header->cell[i].n);
		buf_addc(&r->now, '\0');
	}
	buf_clear(&r->head);
	buf_adds(&r->head, needs_mark(dialect, encoding) ? BOM : "");
	buf_add(&r->head, titles.n ? titles.p : "", titles.n);
	if (dialect->headless)
		return 0;
	buf_add(&r->head, header->raw.p, header->raw.n);
	buf_printf(&r->head, "%c%s%c%s%s", r->delimiter, REJECTS_LINE_COLUMN, r->delimiter,
		   REJECTS_REASON_COLUMN, r->eol);
	return 0;
}

/* writes what stands before the first row, or holds the export against that */
static int
start(struct rejects *r, struct error *err)
{
	if (r->started) {
		if (r->form.len == r->now.len && memcmp(r->form.data, r->now.data, r->now.len) == 0)
			return 0;
		return error_at(err, r->path, 0, 0,
				"the exports of this run differ in header, delimiter or encoding, so their "
				"rejected rows cannot stand in one file; import them one by one");
	}
	r->started = true;
	buf_add(&r->form, r->now.data, r->now.len);
	return fwrite(r->head.data, 1, r->head.len, r->spool) == r->head.len ? 0 : write_failed(r, err);
}

int
rejects_row(struct rejects *r, const struct csv_row *row, const char *reason, struct error *err)
{
	struct buf *line = &r->line;
	size_t n;

	if (start(r, err) < 0)
		return -1;
	buf_clear(line);
	buf_add(line, row->raw.p, row->raw.n);
	for (n = row->n; n > 0 && n < r->columns; n++)
		buf_addc(line, r->delimiter);
	buf_printf(line, "%c%zu%c", r->delimiter, row->line, r->delimiter);
	add_quoted(r, line, reason);
	buf_adds(line, r->eol);
	return fwrite(line->data, 1, line->len, r->spool) == line->len ? 0 : write_failed(r, err);
}

static void
rejects_free(struct rejects *r)
{
	if (r->iconv != (iconv_t)-1)
		iconv_close(r->iconv);
	if (r->old >= 0)
		close(r->old);
	fclose(r->spool);
	free(r->encoding);
	buf_free(&r->form);
	buf_free(&r->now);
	buf_free(&r->head);
	buf_free(&r->line);
	free(r);
}

/* a pipe or a device takes what comes */
static int
write_through(const struct rejects *r, struct error *err)
{
	char block[65536];
	size_t n;

	rewind(r->spool);
	while ((n = fread(block, 1, sizeof block, r->spool)) > 0)
		for (size_t done = 0; done < n;) {
			ssize_t written = write(r->old, block + done, n - done);

			if (written < 0 && errno != EINTR)
				return write_failed(r, err);
			done += written > 0 ? (size_t)written : 0;
		}
	return ferror(r->spool) ? write_failed(r, err) : 0;
}

/* in one step, under the name that links lead to */
static int
replace_file(const struct rejects *r, struct error *err)
{
	char *path = realpath(r->path, NULL), *folder;
	const char *name;
	int fd, status = -1;

	folder = folder_of(path ? path : r->path, &name);
	fd = folder_open(folder, err);
	if (fd >= 0) {
		status = atomic_copy(fd, name, fileno(r->spool), err);
		close(fd);
	}
	if (status < 0 && err)
		err->file = r->path;
	free(folder);
	free(path);
	return status;
}

int
rejects_close(struct rejects *r, struct error *err)
{
	int status = r->encoding && !r->started ? start(r, err) : 0;

	if (status == 0 && fflush(r->spool) != 0)
		status = write_failed(r, err);
	if (status == 0 && r->through)
		status = write_through(r, err);
	else if (status == 0)
		status = replace_file(r, err);
	rejects_free(r);
	return status;
}

void
rejects_discard(struct rejects *r)
{
	rejects_free(r);
}
