#include "domain/measure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/doc.h"
#include "domain/measuring.h"
#include "domain/steps.h"

#define NAME_SHOWN 100 /* bytes of a name in a step */

const struct measure *
measure_find(const char *name)
{
	for (size_t i = 0; i < MEASURES; i++) {
		if (strcmp(measures[i].name, name) == 0)
			return &measures[i];
	}
	return NULL;
}

bool
measured_known(const struct measured *v)
{
	return v->number.known || v->flow;
}

const char *
measured_word(const struct measure *m, const struct measured *v)
{
	return m->type == MEASURE_WORD && v->number.known ? m->words[v->number.units] : NULL;
}

void
measured_format(const struct measure *m, const struct measured *v, struct buf *out)
{
	if (!measured_known(v))
		return;
	switch (m->type) {
	case MEASURE_WORD:
		buf_adds(out, measured_word(m, v));
		break;
	case MEASURE_DATE:
		date_format(out, date_from_days((long)v->number.units));
		break;
	case MEASURE_FLOW:
		buf_adds(out, v->flow);
		break;
	default:
		decimal_format(out, v->number, m->places);
	}
}

/* What rows say */

const char *
record_lacking(unsigned records)
{
	if (records & RECORD_PEOPLE)
		return "no account of the portfolio tells of people";
	if (records & RECORD_LOG)
		return "no account of the portfolio logs contacts";
	if (records & RECORD_COMPLAINTS)
		return "no account of the portfolio has complaints";
	return "sales are not known as far back as the window before begins";
}

void
measured_number(struct measured *v, struct decimal number)
{
	*v = (struct measured){.number = number};
}

void
measured_int(struct measured *v, long long number)
{
	*v = (struct measured){.number = decimal_int(number)};
}

void
measured_double(struct measured *v, double number, int places)
{
	double units = round(number * pow(10, places));

	if (fabs(units) < 1e30)
		measured_number(v, (struct decimal){(int128)units, places, true});
	else
		measured_missing(v, "it cannot be computed from such figures");
}

void
measured_index(struct measured *v, int word)
{
	measured_int(v, word);
}

void
measured_date(struct measured *v, struct date date)
{
	measured_int(v, date_days(date));
}

void
measured_missing(struct measured *v, const char *why)
{
	*v = (struct measured){.missing = why};
}

void
sum_add(struct measuring *m, struct decimal *sum, const struct decimal *amount)
{
	m->overflow |= decimal_gather(sum, amount) < 0;
}

void
measured_percent(struct measuring *m, struct measured *v, const struct decimal *part,
		 const struct decimal *whole, int places, const char *why)
{
	struct decimal hundred = decimal_int(100), scaled, percent;

	if (!part->known || !whole->known || decimal_sign(whole) <= 0) {
		measured_missing(v, why);
		return;
	}
	if (decimal_mul(&scaled, part, &hundred) < 0 || decimal_div(&percent, &scaled, whole, places) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, percent);
	if (measuring_explains(m))
		measuring_step(m, "100 × %s ÷ %s = %s", measuring_text(m, *part, 2),
			       measuring_text(m, *whole, 2), measuring_text(m, percent, places));
}

void
measured_flow(const struct measuring *m, struct measured *v, const struct node *map)
{
	struct buf text = {0};

	node_write_flow(&text, map);
	*v = (struct measured){.flow = arena_strdup(m->arena, text.data)};
	buf_free(&text);
}

void
measured_counts(struct measuring *m, struct measured *v, int times, long long part, long long whole,
		const char *why)
{
	struct decimal scaled = decimal_int(times), parts = decimal_int(part), of = decimal_int(whole),
		       result;

	if (whole == 0) {
		measured_missing(v, why);
		return;
	}
	if (decimal_mul(&scaled, &scaled, &parts) < 0 || decimal_div(&result, &scaled, &of, 1) < 0) {
		m->overflow = true;
		return;
	}
	measured_number(v, result);
	if (!measuring_explains(m))
		return;
	if (times == 1)
		measuring_step(m, "%lld ÷ %lld = %s", part, whole, measuring_text(m, result, 1));
	else
		measuring_step(m, "%d × %lld ÷ %lld = %s", times, part, whole, measuring_text(m, result, 1));
}

bool
measuring_in_window(const struct measuring *m, struct date day)
{
	month of = date_is_set(day) ? month_of(day) : 0;

	return of >= m->first && of <= m->last;
}

/* Steps */

bool
measuring_explains(const struct measuring *m)
{
	return m->steps;
}

void
measuring_step(struct measuring *m, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	if (!m->steps)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	buf_adds(&m->steps->of[m->steps->now], line);
	buf_addc(&m->steps->of[m->steps->now], '\n');
}

const char *
measuring_text(const struct measuring *m, struct decimal d, int places)
{
	struct buf text = {0};
	const char *kept;

	decimal_format(&text, d, places);
	kept = arena_strdup(m->arena, text.len ? text.data : "unknown");
	buf_free(&text);
	return kept;
}

const char *
measuring_exact(const struct measuring *m, struct decimal d)
{
	return measuring_text(m, d, d.places);
}

const char *
measuring_name(const struct measuring *m, const char *name)
{
	struct buf text = {0};
	size_t n = strlen(name), most = NAME_SHOWN;
	const char *kept;

	while (n > NAME_SHOWN && most && ((unsigned char)name[most] & 0xC0) == 0x80)
		most--;
	text_safe(&text, name, n > NAME_SHOWN ? most : n);
	kept = arena_printf(m->arena, "%s%s", text.len ? text.data : "", n > NAME_SHOWN ? "…" : "");
	buf_free(&text);
	return kept;
}

const char *
measuring_date(const struct measuring *m, struct date day)
{
	return arena_printf(m->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

void
steps_free(struct steps *steps)
{
	for (size_t i = 0; i < MEASURES; i++)
		buf_free(&steps->of[i]);
}
