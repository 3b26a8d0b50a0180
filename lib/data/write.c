/*
 * Writing nodes. A scalar is plain only where no reader of YAML 1.1 or 1.2, in
 * flow or block context, could see anything but the text; all else stands in
 * double quotes. libyaml's emitter is not used: it writes `no`, `08` and the
 * empty text plain.
 */
#include <string.h>

#include "base/text.h"
#include "data/doc.h"

/* libyaml reads no key of more than 1024 characters; those above this are quoted, and so looked at by it (readback.h) */
#define KEY_PLAIN_MAX 128

static bool
is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c & 0x80);
}

/* bytes of a character that must be escaped at p: controls, line and paragraph separators, byte order mark,
 * noncharacters; 0 if it may stand as it is */
static size_t
unprintable(const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;

	if (s[0] < 0x20 || s[0] == 0x7F)
		return 1;
	if (n >= 2 && s[0] == 0xC2 && s[1] < 0xA0)
		return 2;
	if (n >= 3 && s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9))
		return 3;
	if (n >= 3 && s[0] == 0xEF && ((s[1] == 0xBB && s[2] == 0xBF) || (s[1] == 0xBF && s[2] >= 0xBE)))
		return 3;
	return 0;
}

static bool
is_plain_safe(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || s[n - 1] == ' ')
		return false;
	if (!is_word_byte(s[0]) && !(n > 1 && s[0] == '-' && s[1] >= '0' && s[1] <= '9'))
		return false;
	for (i = 0; i < n; i++) {
		if (unprintable(s + i, n - i))
			return false;
		if (is_word_byte(s[i]) || strchr(" ./+-@%()=;'<>$^!?&*|~", s[i]))
			continue;
		if (s[i] == ':' && i + 1 < n && is_word_byte(s[i + 1]))
			continue;
		return false;
	}
	return true;
}

static void
write_quoted(struct buf *out, const char *s, size_t n)
{
	size_t i = 0, skip;
	unsigned code;

	buf_addc(out, '"');
	while (i < n) {
		if (s[i] == '"' || s[i] == '\\') {
			buf_addc(out, '\\');
			buf_addc(out, s[i++]);
			continue;
		}
		skip = unprintable(s + i, n - i);
		if (skip == 0) {
			buf_addc(out, s[i++]);
			continue;
		}
		code = (unsigned char)s[i];
		if (skip == 2)
			code = (unsigned char)s[i + 1];
		else if (skip == 3)
			code = (code & 0x0F) << 12 | ((unsigned)s[i + 1] & 0x3F) << 6 |
			       ((unsigned)s[i + 2] & 0x3F);
		if (code == '\n')
			buf_adds(out, "\\n");
		else if (code == '\t')
			buf_adds(out, "\\t");
		else
			buf_printf(out, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
		i += skip;
	}
	buf_addc(out, '"');
}

/* an absent value: "settled: " */
static bool
is_absent(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->len == 0 && node->style == STYLE_PLAIN;
}

static void
write_scalar(struct buf *out, const struct node *node)
{
	if (node->style == STYLE_PLAIN && is_plain_safe(node->text, node->len))
		buf_add(out, node->text, node->len);
	else
		write_quoted(out, node->text, node->len);
}

static void
write_key(struct buf *out, const char *key)
{
	size_t n = strlen(key);

	if (n <= KEY_PLAIN_MAX && is_plain_safe(key, n))
		buf_add(out, key, n);
	else
		write_quoted(out, key, n);
}

void
node_quote(struct buf *out, const struct node *node)
{
	struct buf flow = {0};

	if (node->kind == NODE_SCALAR) {
		text_quote(out, node->text, node->len);
		return;
	}
	node_write_flow(&flow, node);
	text_quote(out, flow.data, flow.len);
	buf_free(&flow);
}

void
node_write_entry(struct buf *out, const char *key, const struct node *value)
{
	write_key(out, key);
	buf_addc(out, ':');
	if (is_absent(value))
		return;
	buf_addc(out, ' ');
	node_write_flow(out, value);
}

void
node_write_flow(struct buf *out, const struct node *node)
{
	const struct node *entry;

	if (node->kind == NODE_SCALAR) {
		write_scalar(out, node);
		return;
	}
	buf_addc(out, node->kind == NODE_MAP ? '{' : '[');
	for (entry = node->first; entry; entry = entry->next) {
		if (node->kind == NODE_MAP)
			node_write_entry(out, entry->key, entry);
		else
			node_write_flow(out, entry);
		if (node->kind == NODE_MAP && is_absent(entry))
			buf_addc(out, ' ');
		if (entry->next)
			buf_adds(out, ", ");
	}
	buf_addc(out, node->kind == NODE_MAP ? '}' : ']');
}

void
node_write_section(struct buf *out, const char *key, const struct node *node, const char *eol)
{
	const struct node *entry;

	if (node->kind == NODE_SCALAR || node->style != STYLE_BLOCK || node->count == 0) {
		node_write_entry(out, key, node);
		buf_adds(out, eol);
		return;
	}
	write_key(out, key);
	buf_addc(out, ':');
	buf_adds(out, eol);
	for (entry = node->first; entry; entry = entry->next) {
		if (node->kind == NODE_MAP) {
			buf_adds(out, "  ");
			node_write_entry(out, entry->key, entry);
		} else {
			buf_adds(out, "  - ");
			node_write_flow(out, entry);
		}
		buf_adds(out, eol);
	}
}
