/*
 * For tests of playbooks and of what follows from them: a playbook of one
 * rule, an account, and what is then to be done.
 */
#ifndef AGENDA_H
#define AGENDA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "domain/playbook.h"

/* November 2026: the 1st is a Sunday, so are the 8th, 15th, 22nd and 29th. */
#define TODAY "2026-11-22"

/* the findings of one reading, one to a line */
struct findings {
	struct sink sink;
	struct buf text;
};

/* a playbook, a team and an account, and what follows from them */
struct fixture {
	struct arena arena;
	struct findings findings;
	struct playbook playbook;
	struct team team;
	struct doc doc;
	struct account account;
	struct calendar calendar;
	struct followup_options options;
	struct followups list;
};

static inline void
finding_keep(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct findings *f = (struct findings *)sink;

	(void)rule;
	buf_adds(&f->text, severity == SEVERITY_WARNING ? "warning: " : "");
	error_format(err, &f->text);
	buf_addc(&f->text, '\n');
}

static inline struct date
day(const char *s)
{
	struct date d = {0};

	assert_int_equal(date_parse(s, strlen(s), &d), 0);
	return d;
}

static inline struct str
text(const char *s)
{
	return (struct str){s, strlen(s)};
}

static inline const struct calendar *
calendar_of(void *data, const char *manager)
{
	assert_non_null(manager);
	return data;
}

static inline int
setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof *f);

	f->findings.sink.put = finding_keep;
	f->options.today = f->options.until = day(TODAY);
	*state = f;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	buf_free(&f->findings.text);
	free(f->list.v);
	doc_free(&f->doc);
	arena_free(&f->arena);
	free(f);
	return 0;
}

static inline const char *
findings(const struct fixture *f)
{
	return f->findings.text.len > 0 ? f->findings.text.data : "";
}

/* reads a playbook of one rule, given in flow style */
static inline int
rule_read(struct fixture *f, const char *rule)
{
	const char *s = arena_printf(&f->arena, "rules:\n  - {%s}\n", rule);

	return playbook_read(&f->playbook, text(s), "p.yaml", &f->arena, &f->findings.sink);
}

static inline void
rule_is(struct fixture *f, const char *rule)
{
	if (rule_read(f, rule) != 0)
		fail_msg("%s", findings(f));
}

static inline void
team_is(struct fixture *f, const char *team)
{
	assert_int_equal(team_read(&f->team, text(team), "t.yaml", &f->arena, &f->findings.sink), 0);
	f->options.team = &f->team;
}

static inline void
holidays_are(struct fixture *f, const char *days)
{
	assert_int_equal(calendar_read(&f->calendar, days, strlen(days), "h.txt", &f->arena, NULL), 0);
	f->options.calendar = calendar_of;
	f->options.calendar_data = &f->calendar;
}

/* what is to be done for the account: "due key" of each item, one to a line */
static inline const char *
keys_for(struct fixture *f, const char *account)
{
	struct buf out = {0};
	const char *s = arena_printf(&f->arena, "id: a\n%s", account);

	doc_reset(&f->doc);
	assert_int_equal(doc_parse(&f->doc, "a.yaml", 1, text(s), NULL), 0);
	if (account_read(&f->doc, &f->account, &f->arena, &f->findings.sink) != 0)
		fail_msg("%s", findings(f));
	f->list.n = 0;
	followups_collect(&f->list, &f->playbook, &f->account, &f->options, &f->arena);
	followups_sort(&f->list);
	for (size_t i = 0; i < f->list.n; i++) {
		date_format(&out, f->list.v[i].due);
		buf_printf(&out, " %s\n", f->list.v[i].key);
	}
	s = arena_copy(&f->arena, out.len > 0 ? out.data : "", out.len);
	buf_free(&out);
	return s;
}

/* the one item that there is */
static inline const struct followup *
item_for(struct fixture *f, const char *account)
{
	keys_for(f, account);
	assert_int_equal(f->list.n, 1);
	return &f->list.v[0];
}

#endif
