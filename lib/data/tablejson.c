#include <string.h>

#include "data/tablewrite.h"

static void
json_char(struct buf *out, unsigned char c)
{
	static const char special[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
	const char *found = strchr(special, c);

	if (found) {
		buf_addc(out, '\\');
		buf_addc(out, letter[found - special]);
	} else if (c < 0x20 || c == 0x7F) {
		buf_printf(out, "\\u%04x", c);
	} else {
		buf_addc(out, (char)c);
	}
}

/* U+2028 … U+202E and U+2066 … U+2069: line ends to some readers, and what turns the direction of text */
static bool
turns_text(const unsigned char *p)
{
	return p[0] == 0xE2 && ((p[1] == 0x80 && p[2] >= 0xA8 && p[2] <= 0xAE) ||
				(p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9));
}

static void
json_string(struct buf *out, struct buf *valid, const char *s)
{
	const unsigned char *p;

	buf_clear(valid);
	writer_valid(valid, s, strlen(s));
	buf_addc(out, '"');
	for (p = (const unsigned char *)valid->data; *p; p++) {
		/* U+0080 … U+009F are control characters too */
		if (p[0] == 0xC2 && p[1] < 0xA0) {
			buf_printf(out, "\\u%04x", *++p);
		} else if (turns_text(p)) {
			buf_printf(out, "\\u%04x", 0x2000U | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU));
			p += 2;
		} else {
			json_char(out, *p);
		}
	}
	buf_addc(out, '"');
}

/* -? digits without leading zero, fraction, exponent */
static bool
is_json_number(const char *s)
{
	const char *p = *s == '-' ? s + 1 : s, *end = writer_digits_end(p);

	if (end == p || (*p == '0' && end > p + 1))
		return false;
	p = end;
	if (*p == '.') {
		end = writer_digits_end(++p);
		if (end == p)
			return false;
		p = end;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '+' || *p == '-';
		end = writer_digits_end(p);
		if (end == p)
			return false;
		p = end;
	}
	return *p == '\0';
}

static void
json_value(struct writer *w, enum column_type type, const char *s)
{
	if (!s)
		buf_adds(&w->line, "null");
	else if ((type == COLUMN_NUMBER || type == COLUMN_VALUE) && is_json_number(s))
		buf_adds(&w->line, s);
	else if (type == COLUMN_YESNO && strcmp(s, "yes") == 0)
		buf_adds(&w->line, "true");
	else if (type == COLUMN_YESNO && strcmp(s, "no") == 0)
		buf_adds(&w->line, "false");
	else
		json_string(&w->line, &w->cell, s);
}

void
json_begin(struct writer *w)
{
	buf_addc(&w->line, '[');
}

void
json_row(struct writer *w, const struct table *t, size_t row, bool first)
{
	if (!first)
		buf_addc(&w->line, ',');
	writer_line(w);
	buf_addc(&w->line, '{');
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0)
			buf_addc(&w->line, ',');
		json_string(&w->line, &w->cell, t->column[i].name);
		buf_addc(&w->line, ':');
		json_value(w, t->column[i].type, table_at(t, row, i));
	}
	buf_addc(&w->line, '}');
}

void
json_end(struct writer *w, bool any)
{
	if (any)
		writer_line(w);
	buf_addc(&w->line, ']');
}

static void
json_array(struct writer *w, const struct table *t)
{
	json_begin(w);
	for (size_t row = 0; row < t->rows; row++)
		json_row(w, t, row, row == 0);
	json_end(w, t->rows > 0);
}

static void
json_notes(struct writer *w, struct table *const *t, size_t n)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (t[i]->notes == 0)
			continue;
		if (!any) {
			buf_addc(&w->line, ',');
			writer_line(w);
		}
		buf_adds(&w->line, any ? "," : "\"notes\":{");
		any = true;
		json_string(&w->line, &w->cell, t[i]->name);
		for (k = 0; k < t[i]->notes; k++) {
			buf_adds(&w->line, k == 0 ? ":[" : ",");
			json_string(&w->line, &w->cell, t[i]->note[k]);
		}
		buf_addc(&w->line, ']');
	}
	if (any)
		buf_addc(&w->line, '}');
}

void
tables_write_json(struct writer *w, struct table *const *t, size_t n)
{
	size_t i;

	if (n == 1) {
		json_array(w, t[0]);
		writer_line(w);
		return;
	}
	buf_addc(&w->line, '{');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(&w->line, ',');
		writer_line(w);
		json_string(&w->line, &w->cell, t[i]->name);
		buf_addc(&w->line, ':');
		json_array(w, t[i]);
	}
	json_notes(w, t, n);
	if (n > 0)
		writer_line(w);
	buf_addc(&w->line, '}');
	writer_line(w);
}
