#include "domain/modelcheck.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* of any number: products of money with it have room for the rest */
#define NUMBER_PLACES 9
#define NUMBER_DIGITS 24

#define GUESS_MAX 64 /* bytes of a text for which a word may have been meant */

const struct node *
model_place(const struct node *section, const char *name)
{
	const struct node *n = node_get(section, name);

	return n ? n : section;
}

static size_t
words_count(const char *const *words)
{
	size_t n = 0;

	while (words && words[n])
		n++;
	return n;
}

void
model_refuse(struct model_check *c, const struct node *at, const char *const *words, const char *fmt, ...)
{
	bool has_text = at && at->kind == NODE_SCALAR && at->len;
	const char *nearest =
	    has_text && at->len <= GUESS_MAX ? text_nearest(at->text, words, words_count(words)) : NULL;
	struct buf quoted = {0};
	struct error e = {0};
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (has_text)
		text_quote(&quoted, at->text, at->len);
	node_error(&e, c->doc, at, "%s%s%s%s%s%s", text, has_text ? ": " : "", has_text ? quoted.data : "",
		   nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
	sink_put(c->sink, SEVERITY_ERROR, "value", &e);
	c->failed = true;
	buf_free(&quoted);
}

void
model_warn(struct model_check *c, const struct node *at, const char *text)
{
	struct error e = {0};

	node_error(&e, c->doc, at, "%s", text);
	sink_put(c->sink, SEVERITY_WARNING, "model", &e);
}

bool
model_is_percentage(const struct decimal *d)
{
	const struct decimal most = decimal_int(100);

	return decimal_sign(d) >= 0 && decimal_cmp(d, &most) <= 0;
}

void
model_check_percentage(struct model_check *c, const struct node *section, const char *name,
		       const struct decimal *value, const char *what)
{
	if (value->known && !model_is_percentage(value))
		model_refuse(c, model_place(section, name), NULL, "%s.%s: not %s, 0 to 100", section->key,
			     name, what);
}

void
model_check_order(struct model_check *c, const struct node *section, const char *low_name,
		  const struct decimal *low, const char *high_name, const struct decimal *high)
{
	bool has_low = !node_is_empty(node_get(section, low_name)),
	     has_high = !node_is_empty(node_get(section, high_name));
	struct buf than = {0};

	if (!low->known || !high->known || decimal_cmp(low, high) <= 0)
		return;
	decimal_format_exact(&than, has_low ? *high : *low);
	model_refuse(c, node_get(section, has_low ? low_name : high_name), NULL,
		     "%s.%s: %s %s.%s, which is %s%s", section->key, has_low ? low_name : high_name,
		     has_low ? "above" : "below", section->key, has_low ? high_name : low_name, than.data,
		     has_low && has_high ? "" : " in the built-in model");
	buf_free(&than);
}

static bool
has_too_many(const struct decimal *d)
{
	static const struct decimal most = {.units = (int128)1000000000000LL * 1000000000000LL,
					    .known = true};
	const struct decimal digits = {d->units < 0 ? -d->units : d->units, 0, true};

	return d->places > NUMBER_PLACES || decimal_cmp(&digits, &most) >= 0;
}

/* tables nest no deeper than the program has them */
void
model_check_digits(struct model_check *c, const struct fields *fields, const void *in)
{
	const struct node *map = *(const struct node *const *)in;

	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		const void *at = (const char *)in + f->offset;
		const struct items *items = at;

		if (f->type == FIELD_MAP)
			model_check_digits(c, f->sub, at);
		for (size_t k = 0; f->type == FIELD_LIST && k < items->n; k++)
			model_check_digits(c, f->sub, (const char *)items->v + k * f->sub->size);
		if (f->type == FIELD_DECIMAL && has_too_many(at))
			model_refuse(c, model_place(map, f->name), NULL,
				     "%s: more than %d digits, or %d decimal places", f->name, NUMBER_DIGITS,
				     NUMBER_PLACES);
	}
}
