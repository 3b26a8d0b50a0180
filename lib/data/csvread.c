#include "data/csvread.h"

#include <stdlib.h>
#include <string.h>

struct csvread {
	const char *file;
	char delimiter;
	struct textfile text;
	struct textblock block; /* at hand */
	struct csvsplit *split;
	size_t start, line; /* of the last record, in the block */
	struct buf skipped;
};

void
csvread_join(struct csvread *r, struct str begun, struct textblock *next)
{
	size_t n = next->text.len;

	r->text.heed_quotes = true;
	buf_room(&next->text, begun.n);
	memmove(next->text.data + begun.n, next->text.data, n);
	memcpy(next->text.data, begun.p, begun.n);
	next->text.len = begun.n + n;
}

/* the reason for people, and the row as they may see it */
static void
reject_show(struct csvread *r, const struct csv_row *row, const struct csv_fault *fault, struct error *err)
{
	textfile_repair(&r->text, r->block.text.data + (row->raw.p - r->block.text.data), row->raw.n);
	csv_fault_error(fault, &r->text, 0, err);
}

/* the next block takes the place of the one at hand, of which the record that was begun is kept; 1, 0, -1 */
static int
next_block(struct csvread *r, struct error *err)
{
	size_t offset = csvsplit_offset(r->split), line = csvsplit_line(r->split);
	struct textblock next = {0};
	int status = textfile_next(&r->text, &next, err);

	if (status > 0) {
		if (offset < r->block.text.len)
			csvread_join(r, (struct str){r->block.text.data + offset, r->block.text.len - offset},
				     &next);
		buf_free(&r->block.text);
		r->block = next;
		csvsplit_begin(r->split, &r->block, line);
	}
	return status;
}

enum csv_result
csvread_next(struct csvread *r, struct csv_row *row, struct error *err)
{
	enum csv_result result;
	struct csv_fault fault;
	int status;

	for (;;) {
		r->start = csvsplit_offset(r->split);
		r->line = csvsplit_line(r->split);
		result = csvsplit_next(r->split, row, &fault);
		if (result == CSV_READ_REJECT)
			reject_show(r, row, &fault, err);
		if (result == CSV_READ_ROW || result == CSV_READ_REJECT)
			return result;
		status = next_block(r, err);
		if (status <= 0)
			return status < 0 ? CSV_READ_FAIL : CSV_READ_END;
	}
}

void
csvread_back(struct csvread *r)
{
	csvsplit_back(r->split, r->start, r->line);
}

int
csvread_block(struct csvread *r, struct textblock *block, struct error *err)
{
	size_t offset = csvsplit_offset(r->split);

	if (offset == r->block.text.len && !r->block.last)
		return textfile_next(&r->text, block, err);
	if (offset == r->block.text.len)
		return 0;
	buf_clear(&block->text);
	buf_add(&block->text, r->block.text.data + offset, r->block.text.len - offset);
	block->last = r->block.last;
	block->cut = r->block.cut;
	/* the splitter stays where it is, so that the count of lines does */
	r->block.text.len = offset;
	return 1;
}

struct csvsplit *
csvread_splitter(const struct csvread *r)
{
	return csvsplit_new(&r->text, r->delimiter);
}

const struct textfile *
csvread_file(const struct csvread *r)
{
	return &r->text;
}

size_t
csvread_lines(const struct csvread *r)
{
	return csvsplit_line(r->split) - 1;
}

/* passes over the lines before the header, which are kept */
static int
lines_skip(struct csvread *r, size_t skip, struct error *err)
{
	struct str line;
	int status;

	while (skip > 0) {
		if (!csvsplit_skip(r->split, &line)) {
			status = next_block(r, err);
			if (status <= 0)
				return status;
			continue;
		}
		skip--;
		if (r->skipped.len + line.n > CSV_RECORD_MAX)
			return error_at(err, r->file, csvsplit_line(r->split) - 1, 0,
					"the lines to skip are more than %lu bytes", CSV_RECORD_MAX);
		buf_add(&r->skipped, line.p, line.n);
	}
	textfile_repair(&r->text, r->skipped.data, r->skipped.len);
	return 0;
}

static int
dialect_open(struct csvread *r, int fd, const struct csv_dialect *d, struct error *err)
{
	r->delimiter = d->delimiter ? d->delimiter : ',';
	if (textfile_open(&r->text, fd, r->file, d->encoding, err) < 0)
		return -1;
	if ((unsigned char)r->delimiter > 127 || strchr("\"\r\n", r->delimiter))
		return error_at(err, r->file, 0, 0, "the delimiter must be an ASCII character, and no quote");
	r->split = csvread_splitter(r);
	if (textfile_next(&r->text, &r->block, err) < 0)
		return -1;
	csvsplit_begin(r->split, &r->block, 1);
	return lines_skip(r, d->skip, err);
}

struct csvread *
csvread_open(int fd, const char *file, const struct csv_dialect *dialect, struct error *err)
{
	struct csvread *r = xcalloc(1, sizeof *r);

	r->file = file;
	if (dialect_open(r, fd, dialect, err) < 0) {
		csvread_close(r);
		return NULL;
	}
	return r;
}

size_t
csvread_bytes(const struct csvread *r)
{
	return r->text.bytes;
}

struct str
csvread_skipped(const struct csvread *r)
{
	return (struct str){r->skipped.data, r->skipped.len};
}

const char *
csvread_raw_encoding(const struct csvread *r)
{
	return r->text.streamed || r->text.cd == (iconv_t)-1 ? "utf-8" : r->text.encoding;
}

void
csvread_close(struct csvread *r)
{
	if (!r)
		return;
	csvsplit_free(r->split);
	textfile_close(&r->text);
	buf_free(&r->block.text);
	buf_free(&r->skipped);
	free(r);
}
