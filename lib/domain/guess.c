#include "domain/guess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "data/csvread.h"
#include "domain/guessrun.h"

#define PREFIXED 64	     /* first columns whose cells' beginnings are looked at */
#define TITLE_LONGEST 200    /* bytes of a title that a map names; a longer one goes by its number */
#define ODD_MAX (64UL << 10) /* bytes beyond ASCII behind the sample that are looked at */

/* one reading of all files */
struct pass {
	struct guess *g;
	size_t file;
	size_t *place; /* of the file's columns among those of the guess; -1: it has no part */
	size_t places;
	struct buf odd; /* lines that are not ASCII, though the sample was */
};

static struct str
row_cell(const struct csv_row *row, size_t i)
{
	return i < row->n ? row->cell[i] : (struct str){"", 0};
}

/* of the first `to` columns those of that title */
static size_t
titles_like(const struct guess *g, const char *title, size_t to)
{
	size_t n = 0;

	for (size_t i = 0; i < to; i++)
		n += strcmp(g->column[i].title, title) == 0;
	return n;
}

/* as a map names the column: by its title, counted where that stands there twice, or by its number */
static const char *
column_name(struct guess *g, size_t index)
{
	const char *title = g->column[index].title, *name = title;
	bool same = titles_like(g, title, g->columns) > 1;

	if (same)
		name = arena_printf(&g->arena, "%s#%zu", title, titles_like(g, title, index) + 1);
	/* there may be a title that says just that */
	if (*title == '\0' || *title == '#' || strlen(name) > TITLE_LONGEST ||
	    (same && titles_like(g, name, g->columns) > 0))
		name = arena_printf(&g->arena, "#%zu", index + 1);
	return name;
}

static void
columns_init(struct guess *g, const struct csv_row *row)
{
	g->columns = row->n < GUESS_COLUMNS ? row->n : GUESS_COLUMNS;
	g->unseen = row->n - g->columns;
	g->column = xcalloc(g->columns + 1, sizeof *g->column);
	g->title = xcalloc(g->columns + 1, sizeof *g->title);
	for (size_t i = 0; i < g->columns; i++) {
		struct str title = g->header ? cell_trim(row_cell(row, i)) : (struct str){"", 0};

		tally_init(&g->column[i], i < PREFIXED);
		g->column[i].title = arena_copy(&g->arena, title.p, title.n);
		g->title[i].matches = words_match(&g->words, g->column[i].title, g->title[i].match);
	}
	for (size_t i = 0; i < g->columns; i++)
		g->column[i].name = column_name(g, i);
}

static void
columns_free(struct guess *g)
{
	for (size_t i = 0; i < g->columns; i++)
		tally_free(&g->column[i]);
	free(g->column);
	free(g->title);
	g->column = NULL;
	g->title = NULL;
	g->columns = 0;
}

/* where the bytes do not tell a header from a row, titles that are known do */
static bool
is_header(const struct guess *g, const struct csv_row *row)
{
	size_t filled = 0, known = 0;

	for (size_t i = 0; i < row->n && i < GUESS_COLUMNS; i++) {
		struct str title = cell_trim(row_cell(row, i));
		struct match match[MATCHES_MAX];

		filled += title.n > 0;
		known += title.n > 0 &&
			 words_match(&g->words, arena_copy(g->words.arena, title.p, title.n), match) > 0;
	}
	return known > 0 && known * 3 >= filled;
}

/* the columns of a later file, by the titles of the first */
static int
columns_place(struct pass *pass, const struct csv_row *row, struct error *err)
{
	struct guess *g = pass->g;
	const char *file = g->file[pass->file].name;
	struct buf quoted = {0};
	size_t i, j;

	pass->places = row->n;
	pass->place = xcalloc(row->n + 1, sizeof *pass->place);
	for (j = 0; j < row->n; j++)
		pass->place[j] = (size_t)-1;
	for (i = 0; i < g->columns; i++) {
		const char *title = g->column[i].title;

		for (j = 0; j < row->n; j++) {
			struct str other = cell_trim(row_cell(row, j));

			if (pass->place[j] == (size_t)-1 &&
			    (g->header ? other.n == strlen(title) && memcmp(other.p, title, other.n) == 0
				       : i == j))
				break;
		}
		if (j < row->n) {
			pass->place[j] = i;
			continue;
		}
		text_quote(&quoted, g->column[i].name, strlen(g->column[i].name));
		error_at(
		    err, file, row->line, 0,
		    "there is no column %s, which %s has; what is written otherwise needs a map of its own",
		    quoted.data, g->file[0].name);
		buf_free(&quoted);
		return -1;
	}
	return 0;
}

/* the first row of a file, and whether there is one */
static int
first_row(struct pass *pass, const struct csv_row *row, struct error *err)
{
	struct guess *g = pass->g;

	if (pass->file > 0)
		return columns_place(pass, row, err);
	g->header = g->sniff.header == SNIFF_HEADER_YES;
	if (g->sniff.header == SNIFF_HEADER_UNSURE) {
		g->header = is_header(g, row);
		g->header_unsure = true;
	}
	columns_init(g, row);
	return 0;
}

static void
row_count(struct pass *pass, const struct csv_row *row)
{
	struct guess *g = pass->g;
	size_t i;

	g->rows++;
	if (!pass->place) {
		for (i = 0; i < g->columns; i++)
			tally_cell(&g->column[i], row_cell(row, i));
	} else {
		for (i = 0; i < pass->places; i++)
			if (pass->place[i] < g->columns)
				tally_cell(&g->column[pass->place[i]], row_cell(row, i));
	}
	tally_row(g->column, g->columns);
}

static void
row_reject(struct pass *pass, const struct csv_row *row, const struct error *why)
{
	struct guess *g = pass->g;

	if (g->rejected++ == 0)
		snprintf(g->reject, sizeof g->reject, "line %zu, %.200s", row->line, why->text);
	if (g->sniff.basis == SNIFF_ASCII && pass->odd.len < ODD_MAX &&
	    utf8_check(row->raw.p, row->raw.n) < row->raw.n) {
		buf_add(&pass->odd, row->raw.p, row->raw.n < ODD_MAX ? row->raw.n : ODD_MAX);
		buf_addc(&pass->odd, '\n');
	}
}

static int
file_read(struct pass *pass, struct csvread *reader, struct error *err)
{
	const struct guess *g = pass->g;
	enum csv_result result;
	struct csv_row row;
	bool first = true;

	while ((result = csvread_next(reader, &row, err)) > 0) {
		if (result == CSV_READ_REJECT && first && g->sniff.header != SNIFF_HEADER_NO)
			return -1;
		if (result == CSV_READ_REJECT) {
			row_reject(pass, &row, err);
			continue;
		}
		if (first && first_row(pass, &row, err) < 0)
			return -1;
		if (!first || !g->header)
			row_count(pass, &row);
		first = false;
	}
	if (result == CSV_READ_END && first)
		return error_at(err, g->file[pass->file].name, 0, 0,
				"no row can be read in it: there is nothing to guess from");
	return result == CSV_READ_END ? 0 : -1;
}

static int
pass_run(struct pass *pass, const off_t *start, struct error *err)
{
	struct guess *g = pass->g;
	struct csv_dialect dialect = {
	    .encoding = g->sniff.encoding, .delimiter = g->sniff.delimiter, .skip = g->sniff.skip};
	int status = 0;

	for (pass->file = 0; status == 0 && pass->file < g->files; pass->file++) {
		const struct guess_file *file = &g->file[pass->file];
		struct csvread *reader = NULL;

		if (lseek(file->fd, start[pass->file], SEEK_SET) < 0)
			status = error_sys(err, file->name, "cannot be read twice");
		if (status == 0)
			reader = csvread_open(file->fd, file->name, &dialect, err);
		status = reader ? file_read(pass, reader, err) : -1;
		csvread_close(reader);
		free(pass->place);
		pass->place = NULL;
	}
	return status;
}

/* Is a later file written as the first? A file that is plain ASCII fits most encodings. */
static int
sniff_agree(struct guess *g, const struct sniff *other, const char *file, struct error *err)
{
	struct sniff *s = &g->sniff;
	const char *first = g->file[0].name;

	if (s->delimiter != other->delimiter && other->width > 1)
		return error_at(
		    err, file, 0, 0,
		    "its delimiter is not that of %s; what is written otherwise needs a map of its own",
		    first);
	if (s->skip != other->skip)
		return error_at(
		    err, file, 0, 0,
		    "it has %zu lines before its header, and %s has %zu; what is written otherwise "
		    "needs a map of its own",
		    other->skip, first, s->skip);
	if (other->basis == SNIFF_ASCII || strcmp(s->encoding, other->encoding) == 0)
		return 0;
	if (s->basis == SNIFF_ASCII) {
		s->encoding = other->encoding;
		s->basis = other->basis;
		s->letters = other->letters;
		s->rival = other->rival;
		return 0;
	}
	if (other->rival && strcmp(other->rival, s->encoding) == 0)
		return 0;
	return error_at(
	    err, file, 0, 0,
	    "it seems to be in %s, and %s in %s; what is written otherwise needs a map of its own",
	    other->encoding, first, s->encoding);
}

static int
sniff_all(struct guess *g, off_t *start, struct error *err)
{
	struct sniff other;

	for (size_t i = 0; i < g->files; i++) {
		const struct guess_file *file = &g->file[i];

		start[i] = lseek(file->fd, 0, SEEK_CUR);
		if (start[i] < 0)
			return error_sys(err, file->name, "cannot be read twice");
		if (sniff_file(i == 0 ? &g->sniff : &other, file->fd, file->name, err) < 0)
			return -1;
		if ((i == 0 ? &g->sniff : &other)->width == 0)
			return error_at(err, file->name, 0, 0,
					"the file is empty: there is nothing to guess from");
		if (i > 0 && sniff_agree(g, &other, file->name, err) < 0)
			return -1;
	}
	return 0;
}

/* all rows; once more in another encoding if bytes behind the sample ask for one */
static int
read_all(struct guess *g, const off_t *start, struct error *err)
{
	struct pass pass = {.g = g};
	int status = pass_run(&pass, start, err);

	if (status == 0 && pass.odd.len > 0) {
		sniff_encoding(&g->sniff, (struct str){pass.odd.data, pass.odd.len});
		columns_free(g);
		g->rows = g->rejected = 0;
		status = pass_run(&pass, start, err);
	}
	buf_free(&pass.odd);
	return status;
}

int
guess_map(const struct guess_file *file, size_t n, struct buf *map, struct error *err)
{
	struct guess *g = xcalloc(1, sizeof *g);
	off_t *start = xcalloc(n, sizeof *start);
	int status;

	g->file = file;
	g->files = n;
	words_init(&g->words, &g->arena);
	status = sniff_all(g, start, err);
	if (status == 0)
		status = read_all(g, start, err);
	if (status == 0) {
		guess_kind(g);
		guess_formats(g);
		guess_write(g, map);
	}
	columns_free(g);
	arena_free(&g->arena);
	free(start);
	free(g);
	return status;
}
