#include "data/finding.h"

#include <string.h>

#include "base/text.h"

#define PATH_MAX_BYTES 320 /* of a path in a message */
#define NAME_BYTES 200	   /* of one name in it */
#define NAME_WIDTH 60	   /* columns of one name in it */
#define NAMES_MAX 64	   /* of a table, compared with one that it does not know */
#define GUESS_MAX 64	   /* bytes of a name worth comparing */
#define NUMBER_MAX 40	   /* bytes of a number in a hint */

static const struct {
	const char *name;
	const char *refusal;
} types[] = {
    [FIELD_TEXT] = {"text", "not a text"},
    [FIELD_ID] = {"identifier: a-z, 0-9, '.', '_', '-'",
		  "not an identifier (a-z, 0-9, then also '.', '_', '-'; at most 100)"},
    [FIELD_CURRENCY] = {"currency, as EUR", "not a currency's code, as EUR"},
    [FIELD_YESNO] = {"yes or no", "not yes or no"},
    [FIELD_INT] = {"whole number", "not a whole number"},
    [FIELD_DECIMAL] = {"number", "not a number"},
    [FIELD_DATE] = {"date, as 2026-11-22", "not a date, as 2026-11-22"},
    [FIELD_MONTH] = {"month, as 2026-11", "not a month, as 2026-11"},
    [FIELD_MONTHDAY] = {"day of the year, as 04-17, or a date",
			"not a day of the year, as 04-17, or a date, as 1980-04-17"},
    [FIELD_OFFSET] = {"span of time, as 90d: bd d w m y",
		      "not a span of time, as 1bd (a business day), 90d, 2w, 3m, 1y"},
    [FIELD_WORD] = {"word", "not a word"},
    [FIELD_WORDS] = {"list of words, as [one, two]", "not a list, as [one, two]"},
    [FIELD_DAYS] = {"list of days of the month, as [4, 13]", "not a list of days of the month, as [4, 13]"},
    [FIELD_PAIRS] = {"map of names to texts", "not a map, as {name: text}"},
    [FIELD_CODES] = {"map of names to texts, or lists of them", "not a map, as {name: text}"},
    [FIELD_DECIMALS] = {"map of names to numbers", "not a map, as {name: 12.50}"},
    [FIELD_MAP] = {"map", "not a map, as {name: value}"},
    [FIELD_LIST] = {"list of maps", "not a list"},
    [FIELD_ANY] = {"anything", "not anything"},
};

static const char *const kind_names[] = {
    [NODE_SCALAR] = "a text", [NODE_MAP] = "a map", [NODE_LIST] = "a list"};

const char *
field_type_name(enum field_type type)
{
	return types[type].name;
}

bool
text_is_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return n > 0;
}

/* the longest beginning of at most `max` bytes that cuts no character */
static size_t
cut_at(const char *s, size_t n, size_t max)
{
	if (n <= max)
		return n;
	for (n = max; n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80; n--)
		;
	return n;
}

static void
path_format(struct buf *out, const struct path *p)
{
	if (p->up)
		path_format(out, p->up);
	if (!p->name) {
		buf_printf(out, "[%zu]", p->index);
		return;
	}
	if (out->len > 0)
		buf_addc(out, '.');
	buf_add(out, p->name, text_fit(p->name, cut_at(p->name, strlen(p->name), NAME_BYTES), NAME_WIDTH));
}

static size_t
line_count(const char *p, const char *end)
{
	size_t lines = 0;

	for (; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines++;
	return lines;
}

/* Findings come nearly in the order of the text: going from one to the next, rather than from the top, keeps a
 * document full of them from costing its length times their number. */
static void
place_move(struct field_reading *r, size_t offset)
{
	const char *text = r->doc->bytes.p, *line = text + offset;
	size_t from = offset < r->offset ? offset : r->offset;
	size_t to = offset < r->offset ? r->offset : offset;
	size_t lines = line_count(text + from, text + to);

	if (lines == 0) {
		size_t span = utf8_count(text + from, to - from);

		r->column = offset < r->offset ? r->column - span : r->column + span;
	} else {
		while (line > text && line[-1] != '\n')
			line--;
		r->column = utf8_count(line, (size_t)(text + offset - line)) + 1;
		r->line = offset < r->offset ? r->line - lines : r->line + lines;
	}
	r->offset = offset;
}

void
finding_put(struct field_reading *r, const char *rule, size_t offset, const struct path *path,
	    const char *text)
{
	struct error e = {0};
	struct buf where = {0};

	if (r->line == 0) {
		r->line = r->doc->first_line;
		r->column = 1;
	}
	if (offset <= r->doc->bytes.n)
		place_move(r, offset);
	if (path) {
		path_format(&where, path);
		where.data[cut_at(where.data, where.len, PATH_MAX_BYTES)] = '\0';
		error_at(&e, r->doc->file, r->line, r->column, "%s: %s", where.data, text);
	} else {
		error_at(&e, r->doc->file, r->line, r->column, "%s", text);
	}
	buf_free(&where);
	sink_put(r->sink, SEVERITY_ERROR, rule, &e);
	r->failed = true;
}

/* as finding_put, and frees the text */
static void
finding_put_buf(struct field_reading *r, const char *rule, size_t offset, const struct path *path,
		struct buf *text)
{
	finding_put(r, rule, offset, path, text->data);
	buf_free(text);
}

void
refuse_kind(struct field_reading *r, enum field_type type, const struct node *n, const struct path *path)
{
	struct buf text = {0};

	buf_printf(&text, "%s, but %s", types[type].refusal, kind_names[n->kind]);
	finding_put_buf(r, "type", n->start, path, &text);
}

/* "12,5" and "1 200,50" as they should be written, if the comma is what is wrong */
static void
add_number_with_point(struct buf *text, const char *s, size_t n)
{
	char number[NUMBER_MAX];
	struct decimal d;
	size_t used = 0;

	if (n > sizeof number || !memchr(s, ',', n))
		return;
	for (size_t i = 0; i < n; i++) {
		if (s[i] != ' ')
			number[used++] = s[i] == ',' ? '.' : s[i];
	}
	if (decimal_parse(number, used, &d) == 0)
		buf_printf(text, "; write it with a point: %.*s", (int)used, number);
}

void
refuse_value(struct field_reading *r, const char *refusal, const struct node *n, const struct path *path)
{
	struct buf text = {0};

	buf_printf(&text, "%s: ", refusal);
	text_quote(&text, n->text, n->len);
	finding_put_buf(r, "type", n->start, path, &text);
}

void
refuse_text(struct field_reading *r, enum field_type type, const struct node *n, const struct path *path)
{
	struct buf text = {0};

	buf_printf(&text, "%s: ", types[type].refusal);
	text_quote(&text, n->text, n->len);
	if (type == FIELD_DECIMAL)
		add_number_with_point(&text, n->text, n->len);
	finding_put_buf(r, "type", n->start, path, &text);
}

/* "did you mean …?", if one of the words is near */
static void
add_guess(struct buf *text, const char *s, const char *const *words, size_t n)
{
	const char *near = n > 0 && strlen(s) <= GUESS_MAX ? text_nearest(s, words, n) : NULL;

	if (near)
		buf_printf(text, "; did you mean \"%s\"?", near);
}

static void
add_guess_of_name(struct buf *text, const char *s, const struct fields *fields)
{
	const char *names[NAMES_MAX];
	size_t n;

	for (n = 0; n < fields->n && n < NAMES_MAX; n++)
		names[n] = fields->field[n].name;
	add_guess(text, s, names, n);
}

void
refuse_word(struct field_reading *r, const char *const *words, const struct node *n, const struct path *path)
{
	struct buf text = {0};
	size_t count;

	buf_adds(&text, "not one of ");
	for (count = 0; words[count]; count++)
		buf_printf(&text, "%s%s", count > 0 ? ", " : "", words[count]);
	buf_adds(&text, ": ");
	text_quote(&text, n->text, n->len);
	add_guess(&text, n->text, words, count);
	finding_put_buf(r, "word", n->start, path, &text);
}

void
refuse_name(struct field_reading *r, const struct fields *fields, const struct node *n,
	    const struct path *path)
{
	struct buf text = {0};

	buf_adds(&text, "not a known name");
	add_guess_of_name(&text, n->key, fields);
	finding_put_buf(r, "name", n->key_start, path, &text);
}

static bool
is_whole_number(const struct node *n)
{
	size_t sign;

	if (n->kind != NODE_SCALAR || n->len > NUMBER_MAX)
		return false;
	sign = n->text[0] == '-';
	return text_is_digits(n->text + sign, n->len - sign);
}

/* is it a name that was to have a value, and not a text that a comma cut off? */
static bool
has_colon(const struct doc *doc, const struct node *n)
{
	size_t end = n->key_start + strlen(n->key);

	return end < doc->bytes.n && doc->bytes.p[end] == ':';
}

void
refuse_stray(struct field_reading *r, const struct fields *fields, const struct node *before,
	     const struct node *n, const struct path *path)
{
	static const char what[] = "a name without a value";
	size_t digits = strlen(n->key);
	struct buf text = {0};

	buf_adds(&text, what);
	if (before && is_whole_number(before) && digits <= NUMBER_MAX && text_is_digits(n->key, digits)) {
		buf_printf(&text, "; write amounts with a point: %s.%s", before->text, n->key);
		if (digits == 3)
			buf_printf(&text, ", or thousands together: %s%s", before->text, n->key);
	} else if (fields) {
		add_guess_of_name(&text, n->key, fields);
	}
	if (text.len == sizeof what - 1)
		buf_adds(&text, has_colon(r->doc, n) ? "; give it one, or take it out"
						     : "; a text with a comma needs quotes");
	finding_put_buf(r, "name", n->key_start, path, &text);
}
