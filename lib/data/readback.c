#include "data/readback.h"

#include <string.h>

static bool
is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_word(const char *s)
{
	if (!is_alphanumeric(s[0]) && !(s[0] == '-' && s[1] >= '0' && s[1] <= '9'))
		return false;
	while (is_alphanumeric(*s) || (*s && strchr("._+-", *s)))
		s++;
	return *s == '\0';
}

/* passes over the text if it stands next */
static bool
take(struct str *rest, const char *text)
{
	size_t n = strlen(text);

	if (rest->n < n || memcmp(rest->p, text, n) != 0)
		return false;
	rest->p += n;
	rest->n -= n;
	return true;
}

static bool
take_word(struct str *rest, const char *word)
{
	return is_word(word) && take(rest, word);
}

static bool
take_value(struct str *rest, const struct node *value)
{
	const struct node *item;

	if (value->kind == NODE_SCALAR)
		return take_word(rest, value->text);
	if (value->kind != NODE_LIST || !value->count || !take(rest, "["))
		return false;
	for (item = value->first; item; item = item->next)
		if (item->kind != NODE_SCALAR || !take_word(rest, item->text) ||
		    !take(rest, item->next ? ", " : "]"))
			return false;
	return true;
}

bool
readback_section(struct str lines, const char *key, const struct node *value, const char *eol)
{
	const struct node *entry;

	if (value->kind != NODE_MAP || !value->count || !take_word(&lines, key) || !take(&lines, ":"))
		return false;
	for (entry = value->first; entry; entry = entry->next)
		if (!take(&lines, eol) || !take(&lines, "  ") || !take_word(&lines, entry->key) ||
		    !take(&lines, ": ") || !take_value(&lines, entry))
			return false;
	return lines.n == 0 || (take(&lines, eol) && lines.n == 0);
}
