#include "domain/audit.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "domain/check.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define QUESTIONS_MAX 64

static const char *const answers[] = {"yes", "partly", "no", NULL};

static const struct field action_table[] = {
    {"answer", FIELD_TEXT, offsetof(struct audit_action, answer), NULL, NULL, 0, NULL,
     "the weak answer it mends"},
    {"what", FIELD_TEXT, offsetof(struct audit_action, what), NULL, NULL, 0, NULL, "what is to be done"},
    {"owner", FIELD_TEXT, offsetof(struct audit_action, owner), NULL, NULL, 0, NULL, "who does it"},
    {"due", FIELD_DATE, offsetof(struct audit_action, due), NULL, NULL, 0, NULL, "by when"},
    {"done", FIELD_DATE, offsetof(struct audit_action, done), NULL, NULL, 0, NULL, "when it was done"},
};
static const struct fields action_fields = {"audit action", action_table, COUNT(action_table),
					    sizeof(struct audit_action), true};

static const struct field audit_table[] = {
    {"date", FIELD_DATE, offsetof(struct audit, date), NULL, NULL, FIELD_KEY | FIELD_REQUIRED, NULL,
     "when; at least every half-year or year (S2)"},
    {"answers", FIELD_PAIRS, offsetof(struct audit, answers), NULL, answers, 0, NULL,
     "group.question, as kam-dossier audit asks them, to yes, partly (could be better) or no (S2)"},
    {"actions", FIELD_LIST, offsetof(struct audit, actions), &action_fields, NULL, 0, NULL,
     "one for every weak answer (S2)"},
};
const struct fields audit_fields = {"audit", audit_table, COUNT(audit_table), sizeof(struct audit), true};

/* the supplier's file */
struct audit_file {
	const struct node *node;
	struct items audits;
};

static const struct field file_table[] = {
    {"audit", FIELD_LIST, offsetof(struct audit_file, audits), &audit_fields, NULL, 0, NULL,
     "reviews of the supplier's own part"},
};
static const struct fields file_fields = {"audit file", file_table, COUNT(file_table),
					  sizeof(struct audit_file), false};

static const struct field form_table[] = {
    {"account", FIELD_ID, offsetof(struct audit_form, account), NULL, NULL, 0, NULL, "whose audit it is"},
    {"date", FIELD_DATE, offsetof(struct audit_form, date), NULL, NULL, 0, NULL, "when"},
    {"answers", FIELD_PAIRS, offsetof(struct audit_form, answers), NULL, answers, 0, NULL,
     "yes, partly or no"},
    {"actions", FIELD_LIST, offsetof(struct audit_form, actions), &action_fields, NULL, 0, NULL,
     "one for every weak answer"},
};
static const struct fields form_fields = {"form", form_table, COUNT(form_table), sizeof(struct audit_form),
					  false};

int
audit_language_parse(const char *name, enum audit_language *language)
{
	static const char *const names[AUDIT_LANGUAGES] = {"en", "ru", "lv"};

	for (size_t i = 0; i < AUDIT_LANGUAGES; i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		*language = (enum audit_language)i;
		return 0;
	}
	return -1;
}

const struct audit_question *
audit_question_find(const char *id, const struct audit_group **group)
{
	for (size_t i = 0; i < n_audit_groups; i++) {
		for (size_t k = 0; k < audit_groups[i].n; k++) {
			if (strcmp(audit_groups[i].question[k].id, id) != 0)
				continue;
			if (group)
				*group = &audit_groups[i];
			return &audit_groups[i].question[k];
		}
	}
	return NULL;
}

const char *
audit_question_nearest(const char *id)
{
	const char *names[QUESTIONS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < n_audit_groups; i++) {
		for (size_t k = 0; k < audit_groups[i].n && n < QUESTIONS_MAX; k++)
			names[n++] = audit_groups[i].question[k].id;
	}
	return text_nearest(id, names, n);
}

const char *
audit_answer(const struct audit *audit, const char *question)
{
	for (size_t i = 0; audit && i < audit->answers.n; i++) {
		if (strcmp(audit->answers.name[i], question) == 0 && *audit->answers.text[i])
			return audit->answers.text[i];
	}
	return NULL;
}

bool
audit_answer_is_weak(const char *answer)
{
	return answer && (strcmp(answer, "partly") == 0 || strcmp(answer, "no") == 0);
}

static void
tally_add(struct audit_tally *tally, const char *answer)
{
	if (!answer)
		tally->open++;
	else if (strcmp(answer, "yes") == 0)
		tally->yes++;
	else if (strcmp(answer, "partly") == 0)
		tally->partly++;
	else
		tally->no++;
}

void
audit_count(const struct audit *audit, const struct audit_group *group, struct audit_tally *tally)
{
	for (size_t i = 0; i < group->n; i++)
		tally_add(tally, audit_answer(audit, group->question[i].id));
}

void
audit_compare(const struct audit *now, const struct audit *before, const struct audit_group *group,
	      struct audit_tally *now_tally, struct audit_tally *before_tally)
{
	for (size_t i = 0; i < group->n; i++) {
		const char *answer = audit_answer(now, group->question[i].id),
			   *then = audit_answer(before, group->question[i].id);

		if (!answer || !then)
			continue;
		tally_add(now_tally, answer);
		tally_add(before_tally, then);
	}
}

int
audit_score(const struct audit_tally *t)
{
	int n = t->yes + t->partly + t->no;

	return n == 0 ? -1 : (200 * t->yes + 100 * t->partly + n) / (2 * n);
}

const struct audit *
audit_last(const struct items *audits, struct date today)
{
	const struct audit *audit = audits->v, *last = NULL;

	for (size_t i = 0; i < audits->n; i++, audit++) {
		if (date_cmp(audit->date, today) <= 0 && (!last || date_cmp(audit->date, last->date) > 0))
			last = audit;
	}
	return last;
}

const struct audit *
audit_before(const struct items *audits, const struct audit *other)
{
	return other ? audit_last(audits, date_add_days(other->date, -1)) : NULL;
}

const struct audit *
audit_last_answering(const struct items *audits, const char *question, struct date today)
{
	const struct audit *audit = audits->v, *last = NULL;

	for (size_t i = 0; i < audits->n; i++, audit++) {
		if (date_cmp(audit->date, today) <= 0 && (!last || date_cmp(audit->date, last->date) > 0) &&
		    audit_answer(audit, question))
			last = audit;
	}
	return last;
}

bool
audit_is_overdue(const struct audit *last, struct date today)
{
	return !last || check_age_is_past("audit", last->date, today);
}

int
audit_read(struct items *audits, struct str text, const char *file, struct arena *arena, struct sink *sink)
{
	struct audit_file read = {0};
	/* the tree grows in the caller's arena, lent to the document, as the strings lie in it */
	struct doc doc = {.arena = *arena};
	struct error err;
	int status = doc_parse(&doc, file, 1, text, &err);

	if (status < 0)
		sink_put(sink, SEVERITY_ERROR, "syntax", &err);
	else
		status = fields_read(&doc, doc.root, &file_fields, &read, &doc.arena, sink);
	*arena = doc.arena;
	*audits = read.audits;
	return status;
}

/* The form filled in */

struct form_reading {
	const struct doc *doc;
	struct sink *sink;
	struct audit_form *form;
	bool failed;
};

static void
form_put(struct form_reading *r, enum severity severity, const struct node *node, const char *rule,
	 const char *text)
{
	struct error err;

	node_error(&err, r->doc, node, "%.1000s", text);
	sink_put(r->sink, severity, rule, &err);
	r->failed = r->failed || severity == SEVERITY_ERROR;
}

/* is it a question, and one of this form? */
static bool
check_question(struct form_reading *r, const struct node *node, const char *id, struct arena *arena)
{
	const struct audit_group *group = NULL;
	const char *nearest;

	if (audit_question_find(id, &group) && group->of_client == (r->form->account != NULL))
		return true;
	if (!group) {
		nearest = audit_question_nearest(id);
		form_put(r, SEVERITY_ERROR, node, "question",
			 arena_printf(arena, "no such question: %s%s%s%s", text_quoted(arena, id),
				      nearest ? ", did you mean " : "", nearest ? nearest : "",
				      nearest ? "?" : ""));
	} else if (group->of_client) {
		form_put(r, SEVERITY_ERROR, node, "question",
			 arena_printf(arena, "%s is asked for each client: which account is it?", id));
	} else {
		form_put(r, SEVERITY_ERROR, node, "question",
			 arena_printf(arena, "%s is asked of the supplier, not for each client", id));
	}
	return false;
}

static const char *
form_answer(const struct audit_form *form, const char *question)
{
	struct audit audit = {.answers = form->answers};

	return audit_answer(&audit, question);
}

static void
check_actions(struct form_reading *r, struct arena *arena)
{
	const struct audit_action *a = r->form->actions.v;

	for (size_t i = 0; i < r->form->actions.n; i++, a++) {
		if (!a->answer || !a->what) {
			form_put(r, SEVERITY_ERROR, a->node, "action",
				 a->answer ? "an action that does not say what is to be done"
					   : "an action that does not say which answer it mends");
			continue;
		}
		if (!check_question(r, a->node, a->answer, arena))
			continue;
		if (!audit_answer_is_weak(form_answer(r->form, a->answer)))
			form_put(r, SEVERITY_WARNING, a->node, "action",
				 arena_printf(arena, "an action for %s, which is no weak answer",
					      text_quoted(arena, a->answer)));
		if (!a->owner || !date_is_set(a->due))
			form_put(r, SEVERITY_WARNING, a->node, "action",
				 arena_printf(arena, "the action for %s has no %s",
					      text_quoted(arena, a->answer),
					      a->owner ? "day on which it is due" : "owner"));
	}
}

static bool
has_action(const struct audit_form *form, const char *question)
{
	const struct audit_action *a = form->actions.v;

	for (size_t i = 0; i < form->actions.n; i++) {
		if (a[i].answer && strcmp(a[i].answer, question) == 0)
			return true;
	}
	return false;
}

/* how many are answered */
static size_t
check_answers(struct form_reading *r, struct arena *arena)
{
	const struct node *map = node_get(r->form->node, "answers");
	size_t n = 0;

	for (const struct node *node = map ? map->first : NULL; node; node = node->next) {
		if (!check_question(r, node, node->key, arena))
			continue;
		n += node->len > 0;
		if (audit_answer_is_weak(node->text) && !has_action(r->form, node->key))
			form_put(r, SEVERITY_WARNING, node, "action",
				 arena_printf(arena, "%s is answered %s, and no action mends it", node->key,
					      node->text));
	}
	return n;
}

static size_t
form_questions(bool of_client)
{
	size_t n = 0;

	for (size_t i = 0; i < n_audit_groups; i++)
		n += audit_groups[i].of_client == of_client ? audit_groups[i].n : 0;
	return n;
}

int
audit_form_read(struct audit_form *form, const struct doc *doc, const char *id, struct date today,
		size_t *open, struct arena *arena, struct sink *sink)
{
	struct form_reading r = {.doc = doc, .sink = sink, .form = form};
	size_t answered;

	*form = (struct audit_form){.date = today};
	*open = 0;
	if (fields_read(doc, doc->root, &form_fields, form, arena, sink) < 0)
		return -1;
	form->node = doc->root;
	if (id && form->account && strcmp(id, form->account) != 0)
		form_put(&r, SEVERITY_ERROR, node_get(doc->root, "account"), "account",
			 arena_printf(arena, "the form is that of %s, not of %s", form->account, id));
	form->account = form->account ? form->account : id;
	if (date_cmp(form->date, today) > 0)
		form_put(&r, SEVERITY_ERROR, node_get(doc->root, "date"), "date",
			 "a day that is still to come");
	answered = check_answers(&r, arena);
	/* of the answers there are no more than questions now */
	if (!r.failed)
		check_actions(&r, arena);
	if (!r.failed && answered == 0)
		form_put(&r, SEVERITY_ERROR, doc->root, "answers", "no question is answered");
	if (r.failed)
		return -1;
	*open = form_questions(form->account != NULL) - answered;
	return 0;
}
