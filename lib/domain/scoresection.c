/*
 * The section score: as kam-score writes it.
 */
#include <string.h>

#include "base/text.h"
#include "domain/portfolio.h"

static void
put_flags(const struct portfolio *p, const struct figures *f, const struct measured *have, struct node *score,
	  struct arena *arena)
{
	struct node *flags = node_new_list(arena, STYLE_FLOW);
	struct decimal least = decimal_int(p->model->contacts.least);

	if (f->dependence)
		node_put(arena, flags, NULL, node_new_plain(arena, "dependence"));
	if (decimal_cmp(&have[MEASURE_CONTACTS].number, &least) < 0)
		node_put(arena, flags, NULL, node_new_plain(arena, "few-contacts"));
	if (flags->count)
		node_put(arena, score, "flags", flags);
}

static void
put_head(const struct portfolio *p, struct node *score, struct buf *text, struct arena *arena)
{
	buf_clear(text);
	date_format(text, p->as_of);
	node_put_plain(arena, score, "as-of", text->data);
	/* a file's name can be any bytes */
	buf_clear(text);
	text_safe(text, p->model->name, strlen(p->model->name));
	node_put_text(arena, score, "model", text->data);
	node_put_plain(arena, score, "basis", basis_name(p->basis));
}

struct node *
score_section(const struct portfolio *p, const struct figures *f, const struct measured have[MEASURES],
	      struct arena *arena)
{
	struct node *score = node_new_map(arena, STYLE_BLOCK), *missing = node_new_list(arena, STYLE_FLOW);
	struct buf text = {0};

	put_head(p, score, &text, arena);
	for (size_t i = 0; i < MEASURES; i++) {
		buf_clear(&text);
		measured_format(&measures[i], &have[i], &text);
		if (measured_known(&have[i]))
			node_put_plain(arena, score, measures[i].name, text.data);
		else
			node_put(arena, missing, NULL, node_new_plain(arena, measures[i].name));
	}
	put_flags(p, f, have, score, arena);
	if (missing->count)
		node_put(arena, score, "missing", missing);
	buf_free(&text);
	return score;
}
