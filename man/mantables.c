/*
 * mantables NAME: the library's table of that name as mdoc, for the manual
 * pages. The tables say what names there are, so that a page cannot forget
 * one; the page says what they are for.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "domain/account.h"
#include "domain/cell.h"
#include "domain/check.h"
#include "domain/ethics.h"
#include "domain/flags.h"
#include "domain/map.h"
#include "domain/measure.h"
#include "domain/model.h"
#include "domain/playbook.h"
#include "domain/rates.h"
#include "domain/workspace.h"

static bool
is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* a code point of UTF-8 text that is known to be valid; its bytes */
static size_t
code_point(const unsigned char *s, unsigned long *c)
{
	size_t n = *s < 0xE0 ? 2 : *s < 0xF0 ? 3 : 4, i;

	*c = *s & (0xFFU >> (n + 1));
	for (i = 1; i < n; i++)
		*c = *c << 6 | (s[i] & 0x3F);
	return n;
}

/* what stands for a character that roff or a terminal's font would take for something else; NULL: itself */
static const char *
escape_find(char c)
{
	static const struct {
		char c;
		const char *roff;
	} escapes[] = {{'\\', "\\e"}, {'"', "\\(dq"}, {'^', "\\(ha"}, {'~', "\\(ti"}, {'`', "\\(ga"}};
	size_t i;

	for (i = 0; i < sizeof escapes / sizeof *escapes; i++)
		if (escapes[i].c == c)
			return escapes[i].roff;
	return NULL;
}

/* A hyphen between letters may be set as one; all others are the character that people type, as in a literal. */
static void
put_text(const char *text, bool literal)
{
	const unsigned char *start = (const unsigned char *)text, *p = start;
	const char *escape;
	unsigned long c;

	if (*p == '.' || *p == '\'')
		fputs("\\&", stdout);
	while (*p) {
		if (*p >= 0x80) {
			p += code_point(p, &c);
			printf("\\[u%04lX]", c);
			continue;
		}
		escape = escape_find((char)*p);
		if (*p == '-' && (literal || p == start || !is_letter(p[-1]) || !is_letter(p[1])))
			escape = "\\-";
		if (escape)
			fputs(escape, stdout);
		else
			putchar(*p);
		p++;
	}
}

/* the help as a sentence */
static void
put_sentence(const char *help)
{
	size_t n = strlen(help);
	unsigned char last = n > 0 ? (unsigned char)help[n - 1] : '\0';

	if (*help >= 'a' && *help <= 'z')
		putchar(*help++ - 'a' + 'A');
	put_text(help, false);
	puts(last == '.' || last >= 0x80 ? "" : "."); /* an ellipsis ends a sentence too */
}

/* "Before a , b or c ." */
static void
put_words(const char *before, const char *last, const char *const *words)
{
	size_t i;

	puts(before);
	for (i = 0; words[i]; i++) {
		if (i > 0 && !words[i + 1])
			puts(last);
		fputs(".Cm ", stdout);
		put_text(words[i], true);
		puts(!words[i + 1] ? " ." : words[i + 2] ? " ," : "");
	}
}

/* types are explained once where a table is long: then their names are enough */
static void
put_type(const struct field *f, bool brief)
{
	const char *name = field_type_name(f->type);
	char kept[64];

	snprintf(kept, sizeof kept, "%.*s", (int)(brief ? strcspn(name, ",:") : strlen(name)), name);
	fputs(" Pq ", stdout);
	putchar('"');
	put_text(kept, false);
	if (f->unit) {
		fputs(", ", stdout);
		put_text(f->unit, false);
	}
	if (field_limit(f))
		printf(", %s", field_limit(f)->text);
	if (f->flags & FIELD_REQUIRED)
		fputs("; required", stdout);
	if (f->flags & FIELD_KEY)
		fputs("; key", stdout);
	puts("\"");
}

static void
put_item(const char *name)
{
	fputs(".It Cm ", stdout);
	put_text(name, true);
}

static void
put_field(const struct field *f, bool brief)
{
	put_item(f->name);
	put_type(f, brief);
	put_sentence(f->help);
	if (f->words)
		put_words(f->type == FIELD_WORDS ? "Any of" : "One of", "or", f->words);
}

/* one below the other, what a map or list holds indented below its name */
static void
put_fields(const struct fields *fields, bool brief)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < fields->n; i++) {
		put_field(&fields->field[i], brief);
		if (fields->field[i].sub && fields->field[i].sub->n > 0)
			put_fields(fields->field[i].sub, brief);
	}
	puts(".El");
}

static void
put_owner(const struct field *f)
{
	if (f->flags & SECTION_IMPORTED)
		puts("Imports own it: a merge replaces items of the same key.");
	if (f->flags & SECTION_COMPUTED)
		puts(".Xr kam-score 1\nowns it: a merge leaves it out unless told.");
}

/* by what a merge tells the items of a list apart */
static void
put_keys(const struct fields *fields)
{
	size_t i, n = 0;

	fputs("Each item is one ", stdout);
	put_text(fields->what, false);
	for (i = 0; i < fields->n; i++) {
		if (!(fields->field[i].flags & FIELD_KEY))
			continue;
		puts(n++ ? " ," : ", told from others by");
		fputs(".Cm ", stdout);
		put_text(fields->field[i].name, true);
	}
	puts(n ? " ." : ".\nNothing tells items apart, so a merge fills the list only where there is none.");
}

/* the account is long: a list of its names, then a section for each map and list in it */
static void
put_account(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < account_fields.n; i++) {
		put_field(&account_fields.field[i], true);
		put_owner(&account_fields.field[i]);
	}
	puts(".El");
	for (i = 0; i < account_fields.n; i++) {
		const struct field *f = &account_fields.field[i];

		if (!f->sub || f->sub->n == 0)
			continue;
		fputs(".Ss ", stdout);
		put_text(f->name, true);
		putchar('\n');
		if (f->type == FIELD_LIST)
			put_keys(f->sub);
		put_fields(f->sub, true);
	}
}

static bool
is_needed(const struct map_kind *kind, const char *name)
{
	size_t i;

	for (i = 0; kind->required[i]; i++)
		if (strcmp(kind->required[i], name) == 0)
			return true;
	return false;
}

/* ".Cm name Pq type ,": a field that a column can fill; what stands inside another has its name and a dot before */
static void
put_column(const struct map_kind *kind, const char *outer, const struct field *f)
{
	const char *type = field_type_name(f->type);
	char name[64];

	snprintf(name, sizeof name, "%s%s%s", outer, *outer ? "." : "", f->name);
	fputs(".Cm ", stdout);
	put_text(name, true);
	printf(" Pq \"%.*s", (int)strcspn(type, ",:"), type);
	if (f->unit)
		printf(", %s", f->unit);
	if (is_needed(kind, name))
		fputs("; needed", stdout);
	if ((f->flags & FIELD_KEY) && !*outer)
		fputs("; key", stdout);
	if (kind->dated && strcmp(kind->dated, name) == 0)
		fputs("; month", stdout);
	puts("\" ,");
}

/* of an account, what finds it is no field of a row */
static bool
is_column(const struct map_kind *kind, const struct field *f)
{
	return cell_fits(f->type) &&
	       (kind->section || (strcmp(f->name, "id") != 0 && strcmp(f->name, "name") != 0));
}

static void
put_columns(const struct map_kind *kind)
{
	const struct fields *fields = kind->fields, *sub;
	char name[64];
	size_t i, k;

	puts("Fields:");
	for (i = 0; i < fields->n; i++) {
		if (is_column(kind, &fields->field[i]))
			put_column(kind, "", &fields->field[i]);
		sub = fields->field[i].sub;
		for (k = 0; sub && k < sub->n; k++) {
			snprintf(name, sizeof name, "%s.%s", fields->field[i].name, sub->field[k].name);
			if (map_field(kind, name) && cell_fits(sub->field[k].type))
				put_column(kind, fields->field[i].name, &sub->field[k]);
		}
	}
	puts("and no others.");
}

static void
put_map_kinds(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < n_map_kinds; i++) {
		put_item(map_kinds[i].name);
		putchar('\n');
		put_sentence(map_kinds[i].help);
		if (map_kinds[i].summed)
			puts("Its fields are described below.");
		else
			put_columns(&map_kinds[i]);
	}
	puts(".El");
}

static void
put_triggers(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < n_triggers; i++) {
		put_item(triggers[i].name);
		putchar('\n');
		put_sentence(triggers[i].help);
		if (!triggers[i].unless)
			continue;
		fputs("Condition:\n.Cm ", stdout);
		put_text(triggers[i].unless, true);
		puts(" .");
	}
	puts(".El");
}

static void
put_measures(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < MEASURES; i++) {
		const struct measure *m = &measures[i];
		char help[512];

		put_item(m->name);
		if (m->unit) {
			fputs(" Pq \"", stdout);
			put_text(m->unit, false);
			putchar('"');
		}
		putchar('\n');
		snprintf(help, sizeof help, "%s%s%s%s", m->help, m->source ? " (" : "",
			 m->source ? m->source : "", m->source ? ")" : "");
		put_sentence(help);
		if (strcmp(m->needs, "nothing") == 0)
			continue;
		fputs("Needs ", stdout);
		put_text(m->needs, false);
		puts(".");
	}
	puts(".El");
}

static void
put_flags(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < FLAGS; i++) {
		char help[512];

		put_item(flags[i].name);
		putchar('\n');
		snprintf(help, sizeof help, "%s%s%s%s", flags[i].help, flags[i].source ? " (" : "",
			 flags[i].source ? flags[i].source : "", flags[i].source ? ")" : "");
		put_sentence(help);
	}
	puts(".El");
}

static void
put_check_rules(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < n_check_rules; i++) {
		put_item(check_rules[i].name);
		puts(check_rules[i].severity == SEVERITY_WARNING ? " Pq warning" : " Pq error");
		put_sentence(check_rules[i].help);
	}
	puts(".El");
}

static void
put_check_ages(void)
{
	size_t i;

	puts(".Bl -tag -width Ds");
	for (i = 0; i < n_check_ages; i++) {
		const struct check_age *age = &check_ages[i];

		put_item(age->section);
		putchar('\n');
		if (age->field)
			printf("%s, counted from\n.Li %s\nof %s", age->age, age->field,
			       age->latest ? "the latest item" : "each item");
		else
			printf("%s, while which the\n.Li log\nhas to say so", age->age);
		if (age->until)
			printf(", or up to\n.Li %s\nwhere that is given", age->until);
		puts(".");
		put_sentence(age->help);
	}
	puts(".El");
}

/* a table of fields, or what has to be put in a way of its own */
static const struct {
	const char *name;
	const struct fields *fields;
	bool brief; /* types by their names alone */
	void (*put)(void);
} tables[] = {
    {"account", NULL, false, put_account},
    {"check-ages", NULL, false, put_check_ages},
    {"check-rules", NULL, false, put_check_rules},
    {"ethics", &ethics_fields, false, NULL},
    {"flags", NULL, false, put_flags},
    {"map", &map_fields, false, NULL},
    {"map-kinds", NULL, false, put_map_kinds},
    {"map-products", &product_columns, true, NULL},
    {"map-sales", &sales_columns, true, NULL},
    {"measures", NULL, false, put_measures},
    {"model", &model_fields, false, NULL},
    {"playbook", &playbook_fields, false, NULL},
    {"rates", &rates_fields, false, NULL},
    {"team", &team_fields, false, NULL},
    {"triggers", NULL, false, put_triggers},
    {"workspace", &workspace_fields, false, NULL},
};
#define TABLES (sizeof tables / sizeof *tables)

static int
refuse(const char *name)
{
	size_t i;

	if (name)
		fprintf(stderr, "mantables: no table is called \"%s\"; there are", name);
	else
		fputs("usage: mantables TABLE; there are", stderr);
	for (i = 0; i < TABLES; i++)
		fprintf(stderr, "%s %s", i ? "," : "", tables[i].name);
	fputc('\n', stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	size_t i;

	if (argc != 2)
		return refuse(NULL);
	for (i = 0; i < TABLES && strcmp(tables[i].name, argv[1]) != 0; i++)
		;
	if (i == TABLES)
		return refuse(argv[1]);
	if (tables[i].put)
		tables[i].put();
	else
		put_fields(tables[i].fields, tables[i].brief);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	fprintf(stderr, "mantables: standard output: %s\n", strerror(errno));
	return 2;
}
