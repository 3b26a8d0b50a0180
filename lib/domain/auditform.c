/*
 * The form of an audit: what is to be filled in, and what is kept of it.
 */
#include <string.h>

#include "base/text.h"
#include "domain/audit.h"

enum phrase { OF_ACCOUNT, OF_SUPPLIER, HOW_TO_ANSWER, WHAT_IS_OPEN, HOW_TO_ACT, PHRASES };

static const char *const phrases[PHRASES][AUDIT_LANGUAGES] = {
    [OF_ACCOUNT] = {"Audit of the work with a client", "Аудит работы с клиентом", "Darba ar klientu audits"},
    [OF_SUPPLIER] = {"Audit of our own part, once for all clients",
		     "Аудит нашей стороны, один на всех клиентов",
		     "Mūsu pašu daļas audits, viens visiem klientiem"},
    [HOW_TO_ANSWER] = {"Behind each name: yes, partly (could be better) or no.",
		       "За каждым именем: yes – да, partly – можно лучше, no – нет.",
		       "Aiz katra nosaukuma: yes – jā, partly – varētu labāk, no – nē."},
    [WHAT_IS_OPEN] = {"What cannot be answered stays empty.", "Без ответа – оставьте пустым.",
		      "Ko nevar atbildēt, to atstāj tukšu."},
    [HOW_TO_ACT] = {"For each answer partly or no: what is to be done, who does it, and by when.",
		    "На каждый ответ partly или no: что сделать, кто делает и к какому сроку.",
		    "Katrai atbildei partly vai no: kas jādara, kas to dara un līdz kuram datumam."},
};

/* a comment of one line, whatever is in the text */
static void
add_comment(struct buf *out, size_t indent, const char *text)
{
	buf_printf(out, "%*s# ", (int)indent, "");
	text_safe(out, text, strlen(text));
	buf_addc(out, '\n');
}

static void
add_group(struct buf *out, enum audit_language language, size_t number, const struct items *audits,
	  struct date today)
{
	const struct audit_group *g = &audit_groups[number];

	buf_printf(out, "\n  # %zu. %s\n", number + 1, g->title[language]);
	for (size_t i = 0; i < g->n; i++) {
		const struct audit *last = audit_last_answering(audits, g->question[i].id, today);

		buf_addc(out, '\n');
		add_comment(out, 2, g->question[i].text[language]);
		if (last) {
			buf_adds(out, "  # ");
			date_format(out, last->date);
			buf_printf(out, ": %s\n", audit_answer(last, g->question[i].id));
		}
		buf_printf(out, "  %s:\n", g->question[i].id);
	}
}

void
audit_form_write(struct buf *out, enum audit_language language, const char *id, const char *title,
		 struct date today, const struct items *audits)
{
	const char *example = NULL;
	struct arena arena = {0};

	buf_adds(out, "---\n");
	add_comment(out, 0, phrases[id ? OF_ACCOUNT : OF_SUPPLIER][language]);
	if (id && title && strcmp(id, title) != 0)
		add_comment(out, 0, title);
	add_comment(out, 0, phrases[HOW_TO_ANSWER][language]);
	add_comment(out, 0, phrases[WHAT_IS_OPEN][language]);
	if (id) {
		buf_adds(out, "account: ");
		node_write_flow(out, node_new_text(&arena, id));
		buf_addc(out, '\n');
	}
	buf_adds(out, "date: ");
	date_format(out, today);
	buf_adds(out, "\n\nanswers:\n");
	for (size_t i = 0; i < n_audit_groups; i++) {
		if (audit_groups[i].of_client != (id != NULL))
			continue;
		add_group(out, language, i, audits, today);
		example = example ? example : audit_groups[i].question[0].id;
	}
	buf_addc(out, '\n');
	add_comment(out, 0, phrases[HOW_TO_ACT][language]);
	buf_printf(out, "actions:\n#  - {answer: %s, what: , owner: , due: ", example);
	date_format(out, date_add_months(today, 1));
	buf_adds(out, "}\n");
	arena_free(&arena);
}

static void
put_date(struct arena *arena, struct node *map, const char *key, struct date date)
{
	struct buf text = {0};

	buf_adds(&text, "");
	date_format(&text, date);
	node_put_plain(arena, map, key, text.data);
	buf_free(&text);
}

/* what a name keeps for later is there without a value */
static void
put_text_or_nothing(struct arena *arena, struct node *map, const char *key, const char *text)
{
	if (text)
		node_put_text(arena, map, key, text);
	else
		node_put_plain(arena, map, key, "");
}

struct node *
audit_form_item(struct arena *arena, const struct audit_form *form)
{
	struct node *item = node_new_map(arena, STYLE_FLOW), *map, *list;
	const struct audit_action *a = form->actions.v;

	put_date(arena, item, "date", form->date);
	map = node_put(arena, item, "answers", node_new_map(arena, STYLE_FLOW));
	for (size_t i = 0; i < form->answers.n; i++) {
		if (*form->answers.text[i])
			node_put_plain(arena, map, form->answers.name[i], form->answers.text[i]);
	}
	if (form->actions.n == 0)
		return item;
	list = node_put(arena, item, "actions", node_new_list(arena, STYLE_FLOW));
	for (size_t i = 0; i < form->actions.n; i++, a++) {
		map = node_put(arena, list, NULL, node_new_map(arena, STYLE_FLOW));
		node_put_text(arena, map, "answer", a->answer);
		node_put_text(arena, map, "what", a->what);
		put_text_or_nothing(arena, map, "owner", a->owner);
		put_date(arena, map, "due", a->due);
		put_date(arena, map, "done", a->done);
	}
	return item;
}
