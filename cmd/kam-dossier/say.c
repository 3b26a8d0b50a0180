/*
 * Values as people read them.
 */
#include <string.h>

#include "base/text.h"
#include "data/tablewrite.h"
#include "view.h"

/* what is in the buffer, which is freed; NULL: nothing */
static const char *
take(struct arena *arena, struct buf *text)
{
	const char *copy = text->len ? arena_copy(arena, text->data, text->len) : NULL;

	buf_free(text);
	return copy;
}

const char *
say_date(struct arena *arena, struct date date)
{
	struct buf text = {0};

	date_format(&text, date);
	return take(arena, &text);
}

const char *
say_month(struct arena *arena, month m)
{
	struct buf text = {0};

	month_format(&text, m);
	return take(arena, &text);
}

const char *
say_decimal(struct arena *arena, struct decimal d, int places)
{
	struct buf text = {0};

	decimal_format(&text, d, places);
	return take(arena, &text);
}

const char *
say_exact(struct arena *arena, struct decimal d)
{
	struct buf text = {0};

	decimal_format_exact(&text, d);
	return take(arena, &text);
}

const char *
say_money(struct arena *arena, struct decimal d, const char *currency)
{
	const char *plain = say_decimal(arena, d, 2);
	struct buf text = {0};

	if (!plain)
		return NULL;
	if (!writer_add_grouped(&text, plain))
		buf_adds(&text, plain);
	buf_printf(&text, "%s%s", currency ? " " : "", currency ? currency : "");
	return take(arena, &text);
}

const char *
say_after(struct arena *arena, const char *mark, const char *text)
{
	return text ? arena_printf(arena, "%s%s", mark, text) : "";
}

const char *
say_texts(struct arena *arena, const struct texts *texts)
{
	struct buf text = {0};

	for (size_t i = 0; i < texts->n; i++)
		buf_printf(&text, "%s%s", i ? ", " : "", texts->v[i]);
	return take(arena, &text);
}

const char *
say_clipped(struct arena *arena, const char *text, size_t width)
{
	size_t n, fit;

	if (!text || width == 0)
		return text;
	n = strlen(text);
	fit = text_fit(text, n, width);
	if (fit == n)
		return text;
	fit = text_fit(text, n, width - 1);
	while (fit > 0 && text[fit - 1] == ' ')
		fit--;
	return arena_printf(arena, "%.*s\xE2\x80\xA6", (int)fit, text);
}

const char *
say_percent(struct arena *arena, struct decimal part, struct decimal whole)
{
	struct decimal hundred = decimal_int(100), times, share;

	if (decimal_mul(&times, &part, &hundred) < 0 || decimal_div(&share, &times, &whole, 1) < 0)
		return NULL;
	return say_decimal(arena, share, 1);
}

const char *
say_contact(const struct account *a, const char *id)
{
	const struct contact *c = a->contacts.v;

	for (size_t i = 0; id && i < a->contacts.n; i++)
		if (c[i].id && strcmp(c[i].id, id) == 0)
			return c[i].name ? c[i].name : id;
	return id;
}
