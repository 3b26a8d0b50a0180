#include "domain/measure.h"

#include <string.h>

#include "base/text.h"

static bool
decimal_text(struct decimal d, int places, struct buf *out)
{
	if (d.known)
		decimal_format(out, d, places);
	return d.known;
}

static bool
share_text(const struct figures *f, struct buf *out)
{
	return decimal_text(f->share, 1, out);
}

static bool
size_text(const struct figures *f, struct buf *out)
{
	const char *name = account_size_name(f->size);

	if (name)
		buf_adds(out, name);
	return name;
}

static bool
volume_text(const struct figures *f, struct buf *out)
{
	return decimal_text(f->volume, 1, out);
}

static bool
abc_text(const struct figures *f, struct buf *out)
{
	if (f->abc)
		buf_addc(out, f->abc);
	return f->abc;
}

static bool
growth_text(const struct figures *f, struct buf *out)
{
	return decimal_text(f->growth, 1, out);
}

static bool
trend_text(const struct figures *f, struct buf *out)
{
	return decimal_text(f->trend, 1, out);
}

static bool
penetration_text(const struct figures *f, struct buf *out)
{
	return decimal_text(f->penetration, 1, out);
}

static bool
headroom_text(const struct figures *f, struct buf *out)
{
	return decimal_text(f->headroom, 2, out);
}

static bool
contacts_text(const struct figures *f, struct buf *out)
{
	buf_printf(out, "%zu", f->contacts);
	return true;
}

static bool
functions_text(const struct figures *f, struct buf *out)
{
	buf_printf(out, "%d", figures_functions(f));
	return true;
}

const struct measure measures[] = {
    {"share", "%", "sales, of this or any other account",
     "part of the portfolio's margin, or by the basis of its revenue, in the window", "S1", share_text},
    {"size", NULL, "sales",
     "by share: standard; large from the model's mark, 10 %; monopoly above the other, 20 %", "S1",
     size_text},
    {"volume", "%", "sales", "part of the portfolio's sales volume, returns taken off, in the window", "S0",
     volume_text},
    {"abc", NULL, "sales",
     "A while all larger accounts together bring less than the model's mark, 80 %; B below the next, 95 %; "
     "then C; as much brings the same class",
     "S1", abc_text},
    {"growth", "%", "sales in the window before", "change against the window before", "S1", growth_text},
    {"trend", "% a month", "three months since the first sale",
     "median of the slopes between all pairs of the window's months, in per cent of the mean month", "S1",
     trend_text},
    {"penetration", "%", "potential of the year in which the window ends",
     "share of wallet: sales volume of the window as part of the potential", "S1", penetration_text},
    {"headroom", "money", "potential of the year in which the window ends",
     "white space: potential less sales volume", "S1", headroom_text},
    {"contacts", NULL, "nothing", "people known who have not left; the model wants four at the least", "S1",
     contacts_text},
    {"functions", NULL, "nothing", "how many functions of the client these people come from", "S1",
     functions_text},
};
const size_t n_measures = sizeof measures / sizeof *measures;

static void
put_flags(const struct portfolio *p, const struct figures *f, struct node *score, struct arena *arena)
{
	struct node *flags = node_new_list(arena, STYLE_FLOW);

	if (f->dependence)
		node_put(arena, flags, NULL, node_new_plain(arena, "dependence"));
	if (f->contacts < (size_t)p->model->contacts.least)
		node_put(arena, flags, NULL, node_new_plain(arena, "few-contacts"));
	if (flags->count)
		node_put(arena, score, "flags", flags);
}

struct node *
score_section(const struct portfolio *p, const struct figures *f, struct arena *arena)
{
	struct node *score = node_new_map(arena, STYLE_BLOCK), *missing = node_new_list(arena, STYLE_FLOW);
	struct buf text = {0};
	size_t i;

	date_format(&text, p->as_of);
	node_put_plain(arena, score, "as-of", text.data);
	/* a file's name can be any bytes */
	buf_clear(&text);
	text_safe(&text, p->model->name, strlen(p->model->name));
	node_put_text(arena, score, "model", text.data);
	node_put_plain(arena, score, "basis", basis_name(p->basis));
	for (i = 0; i < n_measures; i++) {
		buf_clear(&text);
		if (measures[i].text(f, &text))
			node_put_plain(arena, score, measures[i].name, text.data);
		else
			node_put(arena, missing, NULL, node_new_plain(arena, measures[i].name));
	}
	put_flags(p, f, score, arena);
	if (missing->count)
		node_put(arena, score, "missing", missing);
	buf_free(&text);
	return score;
}
