#include <string.h>

#include "data/readback.h"
#include "data/splice.h"

/* Before the last section, if that ends in a block scalar whose last line has no end: an end would add a character. */
size_t
section_new_place(const struct doc *doc, const struct node **before)
{
	const struct node *last = doc->root->last, *leaf = last;
	size_t at = doc->body_end;

	*before = NULL;
	while (leaf && leaf->last)
		leaf = leaf->last;
	if (at == 0 || doc->bytes.p[at - 1] == '\n' || !leaf || leaf->style != STYLE_LITERAL)
		return at;
	if (memchr(doc->bytes.p + leaf->end, '#', at - leaf->end))
		return at;
	*before = last;
	return last->key_start;
}

/* does a line without end stand before the byte? A byte order mark is none. */
static bool
is_behind_unended(struct str bytes, size_t at)
{
	if (at == 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0)
		return false;
	return at > 0 && bytes.p[at - 1] != '\n';
}

/* At the document's end, a last line without end gets one before the section, which then has none itself. */
void
section_write(struct buf *out, struct str bytes, size_t start, size_t end, const char *eol, const char *key,
	      const struct node *value)
{
	bool after_unended = start == end && is_behind_unended(bytes, start);
	bool unended = start < end && bytes.p[end - 1] != '\n';

	if (after_unended)
		buf_adds(out, eol);
	node_write_section(out, key, value, eol);
	if (after_unended || unended)
		out->len -= strlen(eol);
}

void
section_site(struct section_site *site, const struct doc *doc, const char *key)
{
	const struct node *old = node_get(doc->root, key), *before;

	site->start = old ? old->key_start : section_new_place(doc, &before);
	site->end = old ? line_after(doc, old->end) : site->start;
	site->eol = doc->eol;
}

/* does the section that was just written say what was meant? libyaml is asked where the plain case does not show it */
static int
judge_section(struct doc *scratch, const char *file, size_t first_line, struct str written, const char *key,
	      const struct node *value, const char *eol, struct error *err)
{
	const struct node *section;

	if (readback_section(written, key, value, eol))
		return 0;
	doc_reset(scratch);
	if (doc_parse(scratch, file, first_line, written, err) < 0)
		return -1;
	section = node_get(scratch->root, key);
	if (section && scratch->root->count == 1 && node_equal(section, value))
		return 0;
	return error_at(err, file, first_line, 0, "the section %s cannot be written", key);
}

int
section_splice(const struct section_site *site, struct doc *scratch, const char *file, size_t first_line,
	       struct str bytes, const char *key, const struct node *value, struct buf *out,
	       struct error *err)
{
	size_t before = out->len, start = before + site->start;
	int status;

	buf_add(out, bytes.p, site->start);
	section_write(out, bytes, site->start, site->end, site->eol, key, value);
	status = judge_section(scratch, file, first_line, (struct str){out->data + start, out->len - start},
			       key, value, site->eol, err);
	buf_add(out, bytes.p + site->end, bytes.n - site->end);
	if (status == 0 && out->len - before > DOC_SIZE_MAX)
		status = error_at(err, file, first_line, 0, "with the section %s more than %lu bytes", key,
				  DOC_SIZE_MAX);
	if (status < 0)
		out->len = before;
	return status;
}
