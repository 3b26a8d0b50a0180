#include "domain/select.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

#define DEPTH_MAX 64
#define BYTES_MAX 4096 /* of an expression, so that walking over it cannot go too deep */

enum op { OP_AND, OP_OR, OP_NOT, OP_HAS, OP_EQUAL, OP_UNEQUAL, OP_LESS, OP_MOST, OP_MORE, OP_LEAST, OP_PART };

/* a value that an expression compares with */
struct literal {
	const char *text;
	struct decimal number;
	struct literal *next;
};

struct select {
	enum op op;
	struct select *left, *right; /* of and, or; left alone of not */
	size_t name;
	enum select_type type;
	struct literal *literal;
};

struct parsing {
	const char *text, *at;
	const struct select_name *name;
	size_t names;
	struct arena *arena;
	struct error *err;
	int depth;
};

static const struct {
	const char *sign;
	enum op op;
} signs[] = {{"<=", OP_MOST}, {">=", OP_LEAST}, {"!=", OP_UNEQUAL}, {"<", OP_LESS},
	     {">", OP_MORE},  {"=", OP_EQUAL},	{"~", OP_PART}};

static struct select *
refuse(struct parsing *p, const char *at, const char *text)
{
	error_at(p->err, NULL, 0, 0, "%s, at column %zu of %s", text,
		 utf8_count(p->text, (size_t)(at - p->text)) + 1, text_quoted(p->arena, p->text));
	return NULL;
}

/* what other languages write, and what is written here */
static const struct {
	const char *slip, *right;
} slips[] = {{"&&", "and"},  {"||", "or"}, {"==", "="},	 {"=>", ">="},	 {"=<", "<="},
	     {"<>", "!="},   {"&", "and"}, {"|", "or"},	 {"!", "not"},	 {"AND", "and"},
	     {"And", "and"}, {"OR", "or"}, {"Or", "or"}, {"NOT", "not"}, {"Not", "not"}};

static void
skip_blanks(struct parsing *p)
{
	while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n')
		p->at++;
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80 || (c && strchr("._-", c));
}

static size_t
word_length(const char *at)
{
	size_t n = 0;

	while (is_word_byte(at[n]))
		n++;
	return n;
}

/* the row of what stands there instead of what should; -1: none */
static int
find_slip(const char *at)
{
	size_t word = word_length(at);

	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		size_t n = strlen(slips[i].slip);

		if (strncmp(at, slips[i].slip, n) == 0 && (word == 0 || word == n))
			return (int)i;
	}
	return -1;
}

static struct select *
refuse_or_hint(struct parsing *p, const char *at, const char *text)
{
	int slip = find_slip(at);

	if (slip < 0)
		return refuse(p, at, text);
	return refuse(
	    p, at, arena_printf(p->arena, "write \"%s\", not \"%s\"", slips[slip].right, slips[slip].slip));
}

/* takes the keyword if it comes */
static bool
take_keyword(struct parsing *p, const char *keyword)
{
	size_t n = strlen(keyword);

	skip_blanks(p);
	if (word_length(p->at) != n || strncmp(p->at, keyword, n) != 0)
		return false;
	p->at += n;
	return true;
}

/* a word, or a text in quotes of either kind; NULL: none comes, or it does not end */
static const char *
take_text(struct parsing *p)
{
	const char *begin, *end;
	size_t n;

	skip_blanks(p);
	if (*p->at == '"' || *p->at == '\'') {
		begin = p->at + 1;
		end = strchr(begin, *p->at);
		if (!end)
			return NULL;
		p->at = end + 1;
		return arena_copy(p->arena, begin, (size_t)(end - begin));
	}
	n = word_length(p->at);
	if (n == 0)
		return NULL;
	p->at += n;
	return arena_copy(p->arena, p->at - n, n);
}

static struct select *
refuse_name(struct parsing *p, const char *at, const char *name)
{
	const char **names = arena_alloc(p->arena, p->names * sizeof *names), *nearest;

	for (size_t i = 0; i < p->names; i++)
		names[i] = p->name[i].name;
	nearest = text_nearest(name, names, p->names);
	return refuse_or_hint(p, at,
			      arena_printf(p->arena, "nothing is called %s%s%s", text_quoted(p->arena, name),
					   nearest ? "; did you mean " : "", nearest ? nearest : ""));
}

static bool
is_one_of(const char *const *words, const char *text)
{
	for (; *words; words++) {
		if (strcmp(*words, text) == 0)
			return true;
	}
	return false;
}

/* what the name's type makes of the text; false: it does not fit */
static bool
literal_fits(const struct select_name *name, struct literal *l, const char **wanted)
{
	struct date date;

	*wanted = NULL;
	if (name->type == SELECT_NUMBER) {
		*wanted = "a number, as 12.5";
		return decimal_parse(l->text, strlen(l->text), &l->number) == 0;
	}
	if (name->type == SELECT_DATE) {
		*wanted = "a date, as 2026-11-22";
		if (date_parse(l->text, strlen(l->text), &date) < 0)
			return false;
		l->number = decimal_int(date_days(date));
		return true;
	}
	return !name->words || is_one_of(name->words, l->text);
}

static const char *
words_text(struct parsing *p, const char *const *words)
{
	struct buf text = {0};
	const char *kept;

	for (size_t i = 0; words[i]; i++)
		buf_printf(&text, "%s%s", i ? ", " : "one of ", words[i]);
	kept = arena_strdup(p->arena, text.data);
	buf_free(&text);
	return kept;
}

static struct literal *
take_literal(struct parsing *p, const struct select_name *name, enum op op)
{
	struct literal *l = arena_alloc(p->arena, sizeof *l);
	const char *at, *wanted;

	skip_blanks(p);
	at = p->at;
	l->text = take_text(p);
	if (!l->text) {
		refuse(p, at, *at == '"' || *at == '\'' ? "a quote that does not end" : "a value is missing");
		return NULL;
	}
	if (op == OP_PART) {
		l->text = text_fold(p->arena, l->text, strlen(l->text));
		return l;
	}
	if (literal_fits(name, l, &wanted))
		return l;
	refuse(p, at,
	       arena_printf(p->arena, "%s is compared with %s, not %s", name->name,
			    wanted ? wanted : words_text(p, name->words), text_quoted(p->arena, l->text)));
	return NULL;
}

#define OP(op) (1U << (op))
#define OPS_OF_WORDS (OP(OP_EQUAL) | OP(OP_UNEQUAL))
#define OPS_OF_NUMBERS (OPS_OF_WORDS | OP(OP_LESS) | OP(OP_MOST) | OP(OP_MORE) | OP(OP_LEAST))

/* what each type can be compared by, and what a refusal says of it */
static const struct {
	unsigned ops;
	const char *can;
} comparisons[SELECT_TYPES] = {
    [SELECT_NUMBER] = {OPS_OF_NUMBERS, "is a number, and takes = != < <= > >="},
    [SELECT_DATE] = {OPS_OF_NUMBERS, "is a date, and takes = != < <= > >="},
    [SELECT_WORD] = {OPS_OF_WORDS, "is a word, and takes = and !="},
    [SELECT_TEXT] = {OPS_OF_WORDS | OP(OP_PART), "is a text, and takes = != ~"},
    [SELECT_WORDS] = {OPS_OF_WORDS, "is a list of words, and takes = and !="},
    [SELECT_MAP] = {OP(OP_PART), "is a map, which cannot be compared: ~ finds a name in it"},
};

static bool
can_be_compared(enum select_type type, enum op op)
{
	return comparisons[type].ops & OP(op);
}

static struct select *
parse_comparison(struct parsing *p)
{
	struct select *s = arena_alloc(p->arena, sizeof *s);
	struct literal **last = &s->literal;
	const char *at, *name;

	skip_blanks(p);
	at = p->at;
	name = take_text(p);
	if (!name)
		return refuse_or_hint(p, at, *at ? "a name is wanted" : "it ends where a name is wanted");
	while (s->name < p->names && strcmp(p->name[s->name].name, name) != 0)
		s->name++;
	if (s->name == p->names && (strcmp(name, "and") == 0 || strcmp(name, "or") == 0))
		return refuse(p, at, "a name is wanted");
	if (s->name == p->names)
		return refuse_name(p, at, name);
	s->type = p->name[s->name].type;
	s->op = OP_HAS;
	skip_blanks(p);
	at = p->at;
	if ((*at == '=' || *at == '<') && find_slip(at) >= 0)
		return refuse_or_hint(p, at, NULL);
	for (size_t i = 0; i < sizeof signs / sizeof *signs && s->op == OP_HAS; i++) {
		if (strncmp(p->at, signs[i].sign, strlen(signs[i].sign)) == 0) {
			s->op = signs[i].op;
			p->at += strlen(signs[i].sign);
		}
	}
	if (s->op == OP_HAS)
		return s;
	if (!can_be_compared(s->type, s->op))
		return refuse(p, at, arena_printf(p->arena, "%s %s", name, comparisons[s->type].can));
	do {
		*last = take_literal(p, &p->name[s->name], s->op);
		if (!*last)
			return NULL;
		last = &(*last)->next;
		skip_blanks(p);
	} while ((s->op == OP_EQUAL || s->op == OP_UNEQUAL) && *p->at == ',' && p->at++);
	return s;
}

static struct select *parse_or(struct parsing *);

static struct select *
parse_not(struct parsing *p)
{
	struct select *s;
	const char *at;

	if (p->depth == DEPTH_MAX)
		return refuse(p, p->at, "more than 64 brackets and nots in each other");
	skip_blanks(p);
	at = p->at;
	if (take_keyword(p, "not")) {
		s = arena_alloc(p->arena, sizeof *s);
		s->op = OP_NOT;
		p->depth++;
		s->left = parse_not(p);
		p->depth--;
		return s->left ? s : NULL;
	}
	if (*p->at != '(')
		return parse_comparison(p);
	p->at++;
	p->depth++;
	s = parse_or(p);
	p->depth--;
	skip_blanks(p);
	if (s && *p->at != ')')
		return refuse(p, at, "a bracket is not closed");
	if (s)
		p->at++;
	return s;
}

static struct select *
parse_chain(struct parsing *p, enum op op, const char *keyword, struct select *(*part)(struct parsing *))
{
	struct select *s = part(p), *chain;

	while (s && take_keyword(p, keyword)) {
		chain = arena_alloc(p->arena, sizeof *chain);
		chain->op = op;
		chain->left = s;
		chain->right = part(p);
		s = chain->right ? chain : NULL;
	}
	return s;
}

static struct select *
parse_and(struct parsing *p)
{
	return parse_chain(p, OP_AND, "and", parse_not);
}

static struct select *
parse_or(struct parsing *p)
{
	return parse_chain(p, OP_OR, "or", parse_and);
}

struct select *
select_parse(const char *text, const struct select_name *name, size_t names, struct arena *arena,
	     struct error *err)
{
	struct parsing *p = arena_alloc(arena, sizeof *p);
	struct select *s;

	if (utf8_check(text, strlen(text)) < strlen(text)) {
		error_set(err, "the expression is not UTF-8");
		return NULL;
	}
	if (strlen(text) > BYTES_MAX) {
		error_set(err, "the expression is longer than %d bytes", BYTES_MAX);
		return NULL;
	}
	*p = (struct parsing){text, text, name, names, arena, err, 0};
	s = parse_or(p);
	skip_blanks(p);
	return s && *p->at ? refuse_or_hint(p, p->at, "and, or, or the end is wanted") : s;
}

/* Judging */

static bool
is_missing(const struct select_value *v)
{
	return !v->number.known && !v->text && v->n == 0;
}

static bool
equals(const struct select *s, const struct select_value *v)
{
	for (const struct literal *l = s->literal; l; l = l->next) {
		if (v->number.known ? decimal_cmp(&v->number, &l->number) == 0
				    : v->text && strcmp(v->text, l->text) == 0)
			return true;
		for (size_t i = 0; i < v->n; i++) {
			if (strcmp(v->texts[i], l->text) == 0)
				return true;
		}
	}
	return false;
}

static bool
contains(const struct select *s, const struct select_value *v)
{
	struct arena scratch = {0};
	bool found = strstr(text_fold(&scratch, v->text, strlen(v->text)), s->literal->text);

	arena_free(&scratch);
	return found;
}

static bool
compares(const struct select *s, const struct select_value *v)
{
	int c;

	if (is_missing(v))
		return false;
	if (s->op == OP_HAS)
		return true;
	if (s->op == OP_EQUAL || s->op == OP_UNEQUAL)
		return equals(s, v) == (s->op == OP_EQUAL);
	if (s->op == OP_PART)
		return contains(s, v);
	c = decimal_cmp(&v->number, &s->literal->number);
	return s->op == OP_LESS ? c < 0 : s->op == OP_MOST ? c <= 0 : s->op == OP_MORE ? c > 0 : c >= 0;
}

bool
select_holds(const struct select *s, void (*get)(const void *data, size_t name, struct select_value *),
	     const void *data)
{
	struct select_value value = {0};

	switch (s->op) {
	case OP_AND:
		return select_holds(s->left, get, data) && select_holds(s->right, get, data);
	case OP_OR:
		return select_holds(s->left, get, data) || select_holds(s->right, get, data);
	case OP_NOT:
		return !select_holds(s->left, get, data);
	default:
		get(data, s->name, &value);
		return compares(s, &value);
	}
}

bool
select_names_any(const struct select *s, bool (*is)(size_t name))
{
	switch (s->op) {
	case OP_AND:
	case OP_OR:
		return select_names_any(s->left, is) || select_names_any(s->right, is);
	case OP_NOT:
		return select_names_any(s->left, is);
	default:
		return is(s->name);
	}
}
