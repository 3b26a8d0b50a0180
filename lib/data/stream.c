#include "data/stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOM "\xEF\xBB\xBF"
#define READ_SIZE (256UL << 10)

/*
 * The framing walks over whole lines of one open file. A chunk runs from
 * `start` to the next line that begins a document; its bytes stay in buf
 * until the next one is asked for.
 */
struct stream {
	char *const *input; /* still to be opened, in turn */
	size_t inputs, next_input;
	char **name; /* files of the folder being read, sorted */
	size_t names, next_name, names_cap;
	const char *folder;

	int fd; /* -1: none open */
	const char *file;
	struct buf buf;
	size_t start;	   /* of the chunk */
	size_t start_line; /* its line in the file */
	size_t scan;	   /* next line to look at */
	size_t searched;   /* its end does not lie before this byte */
	size_t line;	   /* its number */
	size_t after;	   /* just after the chunk's "..." line; 0: none yet */
	size_t after_line;
	bool eof;
	bool marked;  /* the chunk has its "---" */
	bool content; /* the chunk has more than blanks and comments */
	bool open;    /* inside a written stream that has not closed yet */
	bool held;    /* the file held a document, or a written stream, which may be of none */
	struct arena arena;
};

enum line_kind { LINE_BLANK, LINE_CONTENT, LINE_BEGIN, LINE_END, LINE_OPENER };

struct stream *
stream_open(char *const *inputs, size_t n)
{
	static char standard[] = "-", *const standard_input[] = {standard};
	struct stream *s = xcalloc(1, sizeof *s);

	s->input = n ? inputs : standard_input;
	s->inputs = n ? n : 1;
	s->fd = -1;
	return s;
}

static void
forget_names(struct stream *s)
{
	size_t i;

	for (i = 0; i < s->names; i++)
		free(s->name[i]);
	s->names = s->next_name = 0;
}

static void
close_file(struct stream *s)
{
	if (s->fd > STDIN_FILENO)
		close(s->fd);
	s->fd = -1;
}

void
stream_free(struct stream *s)
{
	close_file(s);
	forget_names(s);
	free(s->name);
	buf_free(&s->buf);
	arena_free(&s->arena);
	free(s);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
list_folder(struct stream *s, const char *path, struct error *err)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	size_t n;

	if (!dir)
		return error_sys(err, path, "cannot be read");
	forget_names(s);
	s->folder = path;
	while ((errno = 0, entry = readdir(dir))) {
		n = strlen(entry->d_name);
		if (entry->d_name[0] == '.' || n < 6 || strcmp(entry->d_name + n - 5, ".yaml") != 0)
			continue;
		s->name = vec_grow(s->name, &s->names_cap, s->names + 1, sizeof *s->name);
		s->name[s->names++] = xstrdup(entry->d_name);
	}
	if (errno) {
		error_sys(err, path, "cannot be read");
		closedir(dir);
		return -1;
	}
	closedir(dir);
	if (s->names)
		qsort(s->name, s->names, sizeof *s->name, compare_names);
	return 0;
}

static void
begin_file(struct stream *s, int fd, const char *file)
{
	s->fd = fd;
	s->file = file;
	buf_clear(&s->buf);
	s->start = s->scan = s->searched = s->after = 0;
	s->start_line = s->line = 1;
	s->eof = s->marked = s->content = s->open = s->held = false;
}

static int
open_in_folder(struct stream *s, struct error *err)
{
	const char *path;
	struct stat st;
	int fd;

	path = arena_printf(&s->arena, "%s%s%s", s->folder,
			    s->folder[strlen(s->folder) - 1] == '/' ? "" : "/", s->name[s->next_name++]);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ELOOP)
		return error_at(err, path, 0, 0, "is a symbolic link, which is not followed");
	if (fd < 0 || fstat(fd, &st) < 0) {
		error_sys(err, path, "cannot be opened");
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		close(fd);
		return error_at(err, path, 0, 0, "is not a file");
	}
	begin_file(s, fd, path);
	return 0;
}

static bool
standard_comes_again(const struct stream *s)
{
	for (size_t i = s->next_input; i < s->inputs; i++) {
		if (strcmp(s->input[i], "-") == 0)
			return true;
	}
	return false;
}

/* 1: a file is open; 0: there is none left */
static int
open_next(struct stream *s, struct error *err)
{
	const char *path;
	struct stat st;
	int fd;

	while (s->next_name == s->names) {
		if (s->next_input == s->inputs)
			return 0;
		path = s->input[s->next_input++];
		if (strcmp(path, "-") == 0) {
			if (standard_comes_again(s))
				return error_at(err, STREAM_STDIN, 0, 0,
						"is named twice, and can be read once");
			begin_file(s, STDIN_FILENO, STREAM_STDIN);
			return 1;
		}
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return error_sys(err, path, "cannot be opened");
		if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
			close(fd);
			if (list_folder(s, path, err) < 0)
				return -1;
			continue;
		}
		begin_file(s, fd, path);
		return 1;
	}
	return open_in_folder(s, err) < 0 ? -1 : 1;
}

/* forgets what was handed out, so that buf holds the chunk alone */
static void
drop_handed_out(struct stream *s)
{
	if (s->start == 0)
		return;
	memmove(s->buf.data, s->buf.data + s->start, s->buf.len - s->start);
	s->buf.len -= s->start;
	s->scan -= s->start;
	s->searched -= s->start;
	if (s->after)
		s->after -= s->start;
	s->start = 0;
}

static int
fill(struct stream *s, struct error *err)
{
	ssize_t got;
	char *room;

	if (s->buf.len - s->start > DOC_SIZE_MAX)
		return error_at(err, s->file, s->start_line, 0, "a document of more than %lu bytes",
				DOC_SIZE_MAX);
	drop_handed_out(s);
	room = buf_room(&s->buf, READ_SIZE);
	do
		got = read(s->fd, room, READ_SIZE);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_sys(err, s->file, "cannot be read");
	s->buf.len += (size_t)got;
	s->eof = got == 0;
	return 0;
}

/* "---" or "..." and then a blank or the end of the line */
static bool
is_marker(const char *p, size_t n, const char *marker)
{
	return n >= 3 && memcmp(p, marker, 3) == 0 &&
	       (n == 3 || p[3] == ' ' || p[3] == '\t' || p[3] == '\n' || p[3] == '\r');
}

static bool
begins_with_bom(const char *p, size_t n)
{
	return n >= 3 && memcmp(p, BOM, 3) == 0;
}

static enum line_kind
classify(const char *p, size_t n)
{
	size_t opener = strlen(STREAM_OPENER);

	if (begins_with_bom(p, n)) {
		p += 3;
		n -= 3;
	}
	if (is_marker(p, n, "---"))
		return LINE_BEGIN;
	if (is_marker(p, n, "..."))
		return LINE_END;
	while (n && (p[n - 1] == '\n' || p[n - 1] == '\r'))
		n--;
	if (n == opener && memcmp(p, STREAM_OPENER, n) == 0)
		return LINE_OPENER;
	while (n && (*p == ' ' || *p == '\t')) {
		p++;
		n--;
	}
	return n == 0 || *p == '#' ? LINE_BLANK : LINE_CONTENT;
}

static int
cut_error(const struct stream *s, struct error *err)
{
	return error_at(err, s->file, s->line, 0,
			"the stream was cut: it opens with \"%s\" and does not close with \"%s\"",
			STREAM_OPENER, STREAM_CLOSER);
}

/* Does an opener stand where the stream before it was not closed? If that was cut within a line, it stands behind. */
static bool
shows_cut(const struct stream *s, const char *p, size_t n)
{
	size_t opener = strlen(STREAM_OPENER);

	while (n && (p[n - 1] == '\n' || p[n - 1] == '\r'))
		n--;
	if (n < opener || memcmp(p + n - opener, STREAM_OPENER, opener) != 0)
		return false;
	n -= opener;
	return s->open || (n > 0 && n <= opener && memcmp(p, STREAM_OPENER, n) == 0);
}

/* hands out [start, end) and begins the next chunk there; false if there is nothing but blanks in it */
static bool
take(struct stream *s, size_t end, size_t end_line, struct chunk *chunk)
{
	bool worth = s->content || s->marked;

	chunk->file = s->file;
	chunk->first_line = s->start_line;
	chunk->bytes.p = s->buf.data + s->start;
	chunk->bytes.n = end - s->start;
	s->start = end;
	s->start_line = end_line;
	s->after = 0;
	s->marked = s->content = false;
	s->held = s->held || worth;
	return worth;
}

/* a line "..."; before any document there is nothing that it could end */
static void
end_document(struct stream *s, size_t end)
{
	s->open = false;
	if (s->marked || s->content) {
		s->after = end;
		s->after_line = s->line;
	} else {
		s->start = end;
		s->start_line = s->line;
	}
}

/* Looks at the line [scan, end). 1: a chunk was taken; 0: go on; -1: the stream before was cut. */
static int
step(struct stream *s, size_t end, struct chunk *chunk, struct error *err)
{
	size_t at = s->scan, line = s->line;
	enum line_kind kind = classify(s->buf.data + at, end - at);
	bool taken = false;

	if (shows_cut(s, s->buf.data + at, end - at))
		return cut_error(s, err);
	if (at > s->start && begins_with_bom(s->buf.data + at, end - at))
		taken = take(s, at, line, chunk); /* another file was joined on */
	else if (kind == LINE_OPENER || (kind == LINE_BEGIN && (s->marked || s->content)))
		taken = s->after ? take(s, s->after, s->after_line, chunk) : take(s, at, line, chunk);
	s->scan = s->searched = end;
	s->line++;
	switch (kind) {
	case LINE_OPENER:
		s->open = s->held = true;
		s->start = end;
		s->start_line = s->line;
		break;
	case LINE_BEGIN:
		s->marked = true;
		break;
	case LINE_END:
		end_document(s, end);
		break;
	case LINE_CONTENT:
		s->content = true;
		s->after = 0;
		break;
	case LINE_BLANK:
		break;
	}
	return taken;
}

/* 1 with the next line's end; 0: there is none left */
static int
next_line(struct stream *s, size_t *end, struct error *err)
{
	const char *nl = NULL;

	for (;;) {
		if (s->searched < s->buf.len)
			nl = memchr(s->buf.data + s->searched, '\n', s->buf.len - s->searched);
		s->searched = s->buf.len;
		if (nl || s->eof)
			break;
		if (fill(s, err) < 0)
			return -1;
	}
	*end = nl ? (size_t)(nl - s->buf.data) + 1 : s->buf.len;
	return *end > s->scan;
}

/* the rest of the file */
static int
finish(struct stream *s, struct chunk *chunk, struct error *err)
{
	close_file(s);
	if (s->open)
		return cut_error(s, err);
	if (take(s, s->buf.len, s->line, chunk))
		return 1;
	if (s->held)
		return 0;
	if (strcmp(s->file, STREAM_STDIN) == 0)
		return error_at(err, s->file, 0, 0, "nothing came in; did the program before it fail?");
	return error_at(err, s->file, 0, 0, "holds no account: it is empty, or has comments alone");
}

int
stream_next(struct stream *s, struct chunk *chunk, struct error *err)
{
	size_t end;
	int status;

	for (;;) {
		if (s->fd < 0) {
			status = open_next(s, err);
			if (status <= 0)
				return status;
		}
		status = next_line(s, &end, err);
		if (status > 0)
			status = step(s, end, chunk, err);
		else if (status == 0)
			status = finish(s, chunk, err);
		if (status < 0)
			close_file(s);
		if (status != 0)
			return status;
	}
}

void
stream_begin(FILE *out)
{
	fputs(STREAM_OPENER "\n", out);
}

/* the last one gets an end if it has none */
static void
write_lines(FILE *out, const char *p, size_t n, const char *eol)
{
	if (n == 0)
		return;
	fwrite(p, 1, n, out);
	if (p[n - 1] != '\n')
		fputs(eol, out);
}

/* end of the line that begins at `at` */
static size_t
line_end(struct str bytes, size_t at)
{
	const char *nl = at < bytes.n ? memchr(bytes.p + at, '\n', bytes.n - at) : NULL;

	return nl ? (size_t)(nl - bytes.p) + 1 : bytes.n;
}

/* the document's first "..." line, which only blanks and comments may follow, and more of its kind; bytes.n if there is
 * none */
static size_t
find_end_marker(struct str bytes)
{
	size_t marker = bytes.n, at, to;
	enum line_kind kind;

	for (to = bytes.n; to > 0; to = at) {
		at = to - 1;
		while (at > 0 && bytes.p[at - 1] != '\n')
			at--;
		kind = classify(bytes.p + at, to - at);
		if (kind == LINE_END)
			marker = at;
		else if (kind != LINE_BLANK)
			break;
	}
	return marker;
}

/* what stands before the document's "---" line; its end if there is none */
static size_t
find_begin(struct str bytes, size_t at, bool *marked)
{
	enum line_kind kind;
	size_t end;

	*marked = false;
	for (; at < bytes.n; at = end) {
		end = line_end(bytes, at);
		kind = classify(bytes.p + at, end - at);
		*marked = kind == LINE_BEGIN;
		if (kind != LINE_BLANK)
			break;
	}
	return at;
}

/* what a line says in a comment, which goes to the first column, so that no block scalar takes it for its own */
static void
write_comment(FILE *out, const char *line, size_t n, const char *eol)
{
	const char *comment = memchr(line, '#', n);

	if (comment)
		write_lines(out, comment, (size_t)(line + n - comment), eol);
}

/* the lines from the first "..." on: comments alone, because to a block scalar before them blank lines may count */
static void
write_tail(FILE *out, struct str bytes, size_t at, const char *eol)
{
	size_t end;

	for (; at < bytes.n; at = end) {
		end = line_end(bytes, at);
		write_comment(out, bytes.p + at, end - at, eol);
	}
}

void
stream_write(FILE *out, struct str bytes)
{
	size_t start = begins_with_bom(bytes.p, bytes.n) ? 3 : 0, line = line_end(bytes, start);
	bool crlf = line >= start + 2 && memcmp(bytes.p + line - 2, "\r\n", 2) == 0, marked;
	const char *eol = crlf ? "\r\n" : "\n";
	size_t begin = find_begin(bytes, start, &marked), body = start, tail;

	fprintf(out, "---%s", eol);
	if (marked) {
		write_lines(out, bytes.p + start, begin - start, eol);
		body = line_end(bytes, begin);
		write_comment(out, bytes.p + begin, body - begin, eol);
	}
	tail = find_end_marker((struct str){bytes.p + body, bytes.n - body}) + body;
	write_lines(out, bytes.p + body, tail - body, eol);
	write_tail(out, bytes, tail, eol);
}

void
stream_end(FILE *out)
{
	fputs(STREAM_CLOSER "\n", out);
}
