/*
 * The findings of kam-dossier check on their way out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "check.h"

#define NAMES_MAX 64 /* of rules, compared with one that is not known */
#define LISTED_MAX \
	200 /* of a severity and document; a file of nothing but mistakes is not listed to its end */

static const struct column columns[] = {
    {.name = "file"},
    {.name = "line", .type = COLUMN_NUMBER},
    {.name = "column", .type = COLUMN_NUMBER},
    {.name = "severity"},
    {.name = "rule"},
    {.name = "text"},
};

void
report_init(struct report *r, const struct cli *cli)
{
	*r = (struct report){.cli = cli, .lines = true};
	r->off = xcalloc(n_check_rules, sizeof *r->off);
}

void
report_begin(struct report *r, const char *format)
{
	struct error err;

	cli_table_options(&r->table_options);
	r->lines = !format || strcmp(format, "text") == 0;
	if (r->lines)
		return;
	if (table_format_parse(format, &r->table_options.format, &err) < 0)
		cli_usage(r->cli, "--format: %s", err.text);
	r->table = table_new("findings", NULL, columns, sizeof columns / sizeof *columns);
}

/* the row of the rule that is called so; none: exits 2 */
static size_t
rule_row(const struct cli *cli, const char *name)
{
	const struct check_rule *rule = check_rule_find(name);
	const char *names[NAMES_MAX], *nearest;
	size_t n = 0;
	struct buf quoted = {0};

	if (rule)
		return (size_t)(rule - check_rules);
	for (; n < n_check_rules && n < NAMES_MAX; n++)
		names[n] = check_rules[n].name;
	text_quote(&quoted, name, strlen(name));
	nearest = text_nearest(name, names, n);
	if (nearest)
		cli_usage(cli, "unknown rule %s, did you mean %s?", quoted.data, nearest);
	cli_usage(cli, "unknown rule %s; --list-rules lists them", quoted.data);
}

static void
switch_rules(struct report *r, const char *rules, bool off)
{
	char *list = xstrdup(rules);

	for (char *next = list, *end; next; next = end) {
		end = strchr(next, ',');
		if (end)
			*end++ = '\0';
		r->off[rule_row(r->cli, next)] = off;
	}
	free(list);
}

void
report_only(struct report *r, const char *rules)
{
	for (size_t i = 0; i < n_check_rules; i++)
		r->off[i] =
		    strcmp(check_rules[i].name, "read") != 0 && strcmp(check_rules[i].name, "syntax") != 0;
	switch_rules(r, rules, false);
}

void
report_without(struct report *r, const char *rules)
{
	switch_rules(r, rules, true);
}

bool
report_is_warning(const struct report *r, const struct check_rule *rule)
{
	return rule->severity == SEVERITY_WARNING && !r->strict;
}

bool
report_wants(const struct report *r, const struct check_rule *rule)
{
	/* what a reading finds beyond the table's rules is always said */
	if (rule < check_rules || rule >= check_rules + n_check_rules)
		return true;
	return !r->off[rule - check_rules] && !(r->cli->quiet && report_is_warning(r, rule));
}

static void
print_line(const char *file, const struct finding *f, bool warning)
{
	struct error e = {.file = file, .line = f->line, .column = f->column};
	struct buf line = {0};

	snprintf(e.text, sizeof e.text, "%s: %.900s [%s]", warning ? "warning" : "error", f->text,
		 f->rule->name);
	error_format(&e, &line);
	buf_addc(&line, '\n');
	fwrite(line.data, 1, line.len, stdout);
	buf_free(&line);
}

static void
number_cell(struct table *table, size_t n)
{
	if (n)
		table_cellf(table, "%zu", n);
	else
		table_cell(table, NULL);
}

static void
show(struct report *r, const char *file, const struct finding *f)
{
	bool warning = report_is_warning(r, f->rule);

	if (r->lines) {
		print_line(file, f, warning);
		return;
	}
	table_cell(r->table, file);
	number_cell(r->table, f->line);
	number_cell(r->table, f->column);
	table_cell(r->table, warning ? "warning" : "error");
	table_cell(r->table, f->rule->name);
	table_cell(r->table, f->text);
	table_row(r->table);
}

void
report_put(struct report *r, const char *file, const struct finding *f)
{
	if (!report_wants(r, f->rule))
		return;
	if (report_is_warning(r, f->rule))
		r->warnings++;
	else
		r->errors++;
	show(r, file, f);
}

void
report_error(struct report *r, const char *rule, const struct error *err)
{
	struct finding f = {check_rule_find(rule), err->line, err->column, err->text};

	report_put(r, err->file, &f);
}

static int
compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	/* of one place as they were found: the text tells which is which on every run */
	return strcmp(x->text, y->text);
}

void
report_paper(struct report *r, struct paper *p)
{
	char text[96];

	if (p->findings)
		qsort(p->finding, p->findings, sizeof *p->finding, compare_findings);
	for (size_t i = 0; i < p->findings; i++)
		report_put(r, p->file, &p->finding[i]);
	for (int s = SEVERITY_ERROR; s <= SEVERITY_WARNING; s++) {
		size_t more = p->found[s] - p->listed[s];
		struct finding f = {p->unlisted[s], p->first_line, 0, text};

		if (!more)
			continue;
		snprintf(text, sizeof text, "%zu more %s of this document, not listed", more,
			 s == SEVERITY_ERROR ? "errors" : "warnings");
		show(r, p->file, &f);
		*(s == SEVERITY_ERROR ? &r->errors : &r->warnings) += more;
	}
}

void
paper_put(struct paper *p, struct arena *arena, const struct report *r, const struct check_rule *rule,
	  size_t line, size_t column, const char *text)
{
	enum severity severity = report_is_warning(r, rule) ? SEVERITY_WARNING : SEVERITY_ERROR;
	struct finding *grown;

	if (!report_wants(r, rule))
		return;
	if (p->found[severity]++ >= LISTED_MAX) {
		if (!p->unlisted[severity])
			p->unlisted[severity] = rule;
		return;
	}
	p->listed[severity]++;
	if (p->findings == p->findings_cap) {
		p->findings_cap = p->findings_cap ? 2 * p->findings_cap : 8;
		grown = arena_alloc(arena, p->findings_cap * sizeof *grown);
		if (p->findings)
			memcpy(grown, p->finding, p->findings * sizeof *grown);
		p->finding = grown;
	}
	p->finding[p->findings++] = (struct finding){rule, line, column, arena_strdup(arena, text)};
}

void
report_end(struct report *r)
{
	if (r->table)
		tables_write(&r->table, 1, &r->table_options, stdout);
	if (r->table)
		table_free(r->table);
	free(r->off);
}
