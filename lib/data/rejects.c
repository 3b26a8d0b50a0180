#include "data/rejects.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct rejects {
	const char *path;
	FILE *out;
	char *encoding; /* of the rows; NULL until the first header */
	char delimiter;
	size_t columns;
	struct buf header; /* the first, raw */
	iconv_t iconv;	   /* from UTF-8; (iconv_t)-1: none needed */
	struct buf text;   /* reason, quoted and converted */
};

struct rejects *
rejects_open(const char *path, struct error *err)
{
	struct rejects *r = xcalloc(1, sizeof *r);

	r->path = path;
	r->iconv = (iconv_t)-1;
	r->out = fopen(path, "wb");
	if (r->out)
		return r;
	error_sys(err, path, "cannot be written");
	free(r);
	return NULL;
}

bool
rejects_is_file(const struct rejects *r, int fd)
{
	struct stat a, b;

	return fstat(fileno(r->out), &a) == 0 && fstat(fd, &b) == 0 && S_ISREG(b.st_mode) &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* appends UTF-8 text in the file's encoding; what it lacks becomes '?' */
static void
convert(struct rejects *r, const char *text, size_t n)
{
	char *in = (char *)(uintptr_t)text, *out;
	size_t left;

	if (r->iconv == (iconv_t)-1) {
		buf_add(&r->text, text, n);
		return;
	}
	while (n) {
		left = n * 4 + 16;
		out = buf_room(&r->text, left);
		size_t room = left;
		size_t result = iconv(r->iconv, &in, &n, &out, &left);

		r->text.len += room - left;
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		buf_addc(&r->text, '?');
		do {
			in++;
			n--;
		} while (n && ((unsigned char)*in & 0xC0) == 0x80);
	}
}

static int
write_failed(const struct rejects *r, struct error *err)
{
	return error_sys(err, r->path, "cannot be written");
}

int
rejects_header(struct rejects *r, const struct csv_dialect *dialect, const struct csvread *reader,
	       const struct csv_row *header, struct error *err)
{
	const char *encoding = csvread_raw_encoding(reader);
	struct str titles = csvread_skipped(reader);

	if (r->encoding) {
		if (strcmp(r->encoding, encoding) == 0 && r->delimiter == dialect->delimiter &&
		    r->header.len == header->raw.n &&
		    memcmp(r->header.data, header->raw.p, r->header.len) == 0)
			return 0;
		return error_at(err, r->path, 0, 0,
				"the exports of this run differ in header, delimiter or encoding, so their "
				"rejected rows cannot stand "
				"in one file; import them one by one");
	}
	r->encoding = xstrdup(encoding);
	r->delimiter = dialect->delimiter;
	r->columns = header->n;
	buf_add(&r->header, header->raw.p, header->raw.n);
	if (strcmp(encoding, "utf-8") != 0)
		r->iconv = iconv_open(encoding, "UTF-8");
	if (titles.n)
		fwrite(titles.p, 1, titles.n, r->out);
	fwrite(header->raw.p, 1, header->raw.n, r->out);
	if (fprintf(r->out, "%c%s%c%s\n", r->delimiter, REJECTS_LINE_COLUMN, r->delimiter,
		    REJECTS_REASON_COLUMN) < 0)
		return write_failed(r, err);
	return 0;
}

int
rejects_row(struct rejects *r, const struct csv_row *row, const char *reason, struct error *err)
{
	const char *quote;
	size_t i;

	buf_clear(&r->text);
	buf_add(&r->text, row->raw.p, row->raw.n);
	for (i = row->n; row->n && i < r->columns; i++)
		buf_addc(&r->text, r->delimiter);
	buf_printf(&r->text, "%c%zu%c\"", r->delimiter, row->line, r->delimiter);
	while ((quote = strchr(reason, '"'))) {
		convert(r, reason, (size_t)(quote - reason));
		buf_adds(&r->text, "\"\"");
		reason = quote + 1;
	}
	convert(r, reason, strlen(reason));
	buf_adds(&r->text, "\"\n");
	if (fwrite(r->text.data, 1, r->text.len, r->out) != r->text.len)
		return write_failed(r, err);
	return 0;
}

int
rejects_close(struct rejects *r, struct error *err)
{
	int status = fclose(r->out) == 0 ? 0 : write_failed(r, err);

	if (r->iconv != (iconv_t)-1)
		iconv_close(r->iconv);
	free(r->encoding);
	buf_free(&r->header);
	buf_free(&r->text);
	free(r);
	return status;
}
