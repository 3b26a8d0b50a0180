/*
 * The section score: as kam-score writes it.
 */
#include <string.h>

#include "base/text.h"
#include "domain/portfolio.h"

static void
put_flags(flag_set raised, struct node *score, struct arena *arena)
{
	struct node *list = node_new_list(arena, STYLE_FLOW);

	for (size_t i = 0; i < FLAGS; i++) {
		if (flag_is_in(raised, (enum flag_id)i))
			node_put(arena, list, NULL, node_new_plain(arena, flags[i].name));
	}
	if (list->count)
		node_put(arena, score, "flags", list);
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
score_section(const struct portfolio *p, const struct judgement *j, struct arena *arena)
{
	struct node *score = node_new_map(arena, STYLE_BLOCK), *missing = node_new_list(arena, STYLE_FLOW);
	struct buf text = {0};

	put_head(p, score, &text, arena);
	for (size_t i = 0; i < MEASURES; i++) {
		buf_clear(&text);
		measured_format(&measures[i], &j->have[i], &text);
		if (measured_known(&j->have[i]))
			node_put_plain(arena, score, measures[i].name, text.data);
		else
			node_put(arena, missing, NULL, node_new_plain(arena, measures[i].name));
	}
	put_flags(j->flags, score, arena);
	if (missing->count)
		node_put(arena, score, "missing", missing);
	buf_free(&text);
	return score;
}
