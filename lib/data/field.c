#include "data/field.h"

#include <stdio.h>
#include <string.h>

#include "data/finding.h"

#define INT_DIGITS 9 /* of a FIELD_INT */
#define ID_MAX 100   /* bytes of a FIELD_ID */

/* maps nest as deep as tables do */
static void map_read(struct field_reading *, const struct node *, const struct fields *, void *,
		     const struct path *);

const struct field *
field_find_from(const struct fields *fields, const char *name, size_t from)
{
	for (size_t i = 0; i < fields->n; i++) {
		size_t at = from + i < fields->n ? from + i : from + i - fields->n;

		if (*fields->field[at].name == *name && strcmp(fields->field[at].name, name) == 0)
			return &fields->field[at];
	}
	return NULL;
}

const struct field *
field_find(const struct fields *fields, const char *name)
{
	return field_find_from(fields, name, 0);
}

static const struct field_limit limits[] = {
    {FIELD_POSITIVE, 0, -1, "0 or more"},
    {FIELD_PERCENT, 0, 100, "0 to 100"},
    {FIELD_SCALE, 1, 5, "1 to 5"},
};

const struct field_limit *
field_limit(const struct field *f)
{
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		if (f->flags & limits[i].flag)
			return &limits[i];
	}
	return NULL;
}

static int
compare_with(const struct decimal *d, int n)
{
	char text[16];
	struct decimal bound;

	snprintf(text, sizeof text, "%d", n);
	decimal_parse(text, strlen(text), &bound);
	return decimal_cmp(d, &bound);
}

bool
field_limit_holds(const struct field_limit *limit, const char *text)
{
	struct decimal number;

	if (decimal_parse(text, strlen(text), &number) < 0)
		return true;
	return compare_with(&number, limit->least) >= 0 &&
	       (limit->most < limit->least || compare_with(&number, limit->most) <= 0);
}

bool
field_id_is_valid(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	return n > 0 && n <= ID_MAX && s[n] == '\0' && !strchr("._-", s[0]);
}

bool
field_currency_is_valid(const char *s)
{
	return strlen(s) == 3 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* in a flow map, the key that is left over of {amount: 12,5}, and of any comma too many */
static bool
is_stray(const struct node *map, const struct node *n)
{
	return map->style == STYLE_FLOW && n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && n->len == 0;
}

/* Values that no table describes are kept as they are; yet a comma too many in them is seen. The parser bounds the
 * depth. */
static void
unknown_check(struct field_reading *r, const struct node *parent, const struct path *up)
{
	const struct node *before = NULL;
	size_t index = 0;

	for (const struct node *n = parent->first; n; before = n, n = n->next, index++) {
		struct path path = {up, parent->kind == NODE_MAP ? n->key : NULL, index};

		if (parent->kind == NODE_MAP && is_stray(parent, n))
			refuse_stray(r, NULL, before, n, &path);
		else if (n->kind != NODE_SCALAR)
			unknown_check(r, n, &path);
	}
}

static bool
word_is_one_of(const char *const *words, const char *text)
{
	for (; *words; words++) {
		if (strcmp(*words, text) == 0)
			return true;
	}
	return false;
}

static int
yesno_parse(const char *s, enum yesno *out)
{
	if (strcmp(s, "yes") != 0 && strcmp(s, "no") != 0)
		return -1;
	*out = s[0] == 'y' ? YESNO_YES : YESNO_NO;
	return 0;
}

static int
int_parse(const char *s, size_t n, int *out)
{
	int value = 0;

	while (n > 1 && *s == '0') {
		s++;
		n--;
	}
	if (n > INT_DIGITS || !text_is_digits(s, n))
		return -1;
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	*out = value;
	return 0;
}

static int
monthday_parse(const char *s, size_t n, struct date *out)
{
	char leap[] = "2000-MM-DD";

	if (n != 5)
		return date_parse(s, n, out);
	memcpy(leap + 5, s, 5);
	if (date_parse(leap, sizeof leap - 1, out) < 0)
		return -1;
	out->year = 0;
	return 0;
}

/* a scalar that has a text, into memory of its type; 0, or -1 if the text is not of the type */
static int
scalar_parse(enum field_type type, const struct node *n, void *at)
{
	switch (type) {
	case FIELD_ID:
		if (!field_id_is_valid(n->text))
			return -1;
		*(const char **)at = n->text;
		return 0;
	case FIELD_CURRENCY:
		if (!field_currency_is_valid(n->text))
			return -1;
		*(const char **)at = n->text;
		return 0;
	case FIELD_YESNO:
		return yesno_parse(n->text, at);
	case FIELD_INT:
		return int_parse(n->text, n->len, at);
	case FIELD_DECIMAL:
		return decimal_parse(n->text, n->len, at);
	case FIELD_DATE:
		return date_parse(n->text, n->len, at);
	case FIELD_MONTH:
		return month_parse(n->text, n->len, at);
	case FIELD_MONTHDAY:
		return monthday_parse(n->text, n->len, at);
	case FIELD_OFFSET:
		return offset_parse(n->text, n->len, at);
	default:
		*(const char **)at = n->text;
		return 0;
	}
}

/* `at` NULL: only checked */
static void
scalar_read(struct field_reading *r, const struct field *f, const struct node *n, void *at,
	    const struct path *path)
{
	if (n->kind != NODE_SCALAR)
		refuse_kind(r, f->type, n, path);
	else if (f->words && !word_is_one_of(f->words, n->text))
		refuse_word(r, f->words, n, path);
	else if (scalar_parse(f->type, n, at ? at : r->scratch) < 0)
		refuse_text(r, f->type, n, path);
}

/* an item of a list: of the kind asked for, and not empty; else says so */
static bool
item_is_kind(struct field_reading *r, const struct node *n, enum node_kind kind, const struct path *path)
{
	if (n->kind == NODE_SCALAR && n->len == 0)
		finding_put(r, "type", n->start, path, "an item without a value");
	else if (n->kind != kind)
		refuse_kind(r, kind == NODE_MAP ? FIELD_MAP : FIELD_TEXT, n, path);
	else
		return true;
	return false;
}

static void
words_read(struct field_reading *r, const struct field *f, const struct node *list, struct texts *out,
	   const struct path *up)
{
	struct path path = {up, NULL, 0};
	struct texts scratch = {0};

	if (!out)
		out = &scratch;
	out->n = 0;
	out->v = arena_alloc(r->arena, list->count * sizeof *out->v);
	for (const struct node *n = list->first; n; n = n->next, path.index++) {
		if (!item_is_kind(r, n, NODE_SCALAR, &path))
			continue;
		if (f->words && !word_is_one_of(f->words, n->text))
			refuse_word(r, f->words, n, &path);
		else
			out->v[out->n++] = n->text;
	}
}

static void
days_read(struct field_reading *r, const struct node *list, unsigned *out, const struct path *up)
{
	struct path path = {up, NULL, 0};
	unsigned days = 0;

	for (const struct node *n = list->first; n; n = n->next, path.index++) {
		int day = 0;

		if (!item_is_kind(r, n, NODE_SCALAR, &path))
			continue;
		if (int_parse(n->text, n->len, &day) == 0 && day >= 1 && day <= 31)
			days |= 1U << day;
		else
			refuse_value(r, "not a day of the month, 1 to 31", n, &path);
	}
	if (out)
		*out = days;
}

/* Is it an entry with a value? Its name is the user's, so the table cannot tell a comma too many from absent data. */
static bool
entry_has_value(struct field_reading *r, const struct node *map, const struct node *before,
		const struct node *n, const struct path *path)
{
	if (is_stray(map, n))
		refuse_stray(r, NULL, before, n, path);
	return n->kind != NODE_SCALAR || n->len > 0;
}

static void
pair_add(struct pairs *pairs, const char *name, const char *text)
{
	pairs->name[pairs->n] = name;
	pairs->text[pairs->n++] = text;
}

static void
pairs_read(struct field_reading *r, const struct field *f, const struct node *map, struct pairs *out,
	   const struct path *up)
{
	const struct node *before = NULL;
	struct pairs scratch = {0};

	if (!out)
		out = &scratch;
	out->n = 0;
	out->name = arena_alloc(r->arena, map->count * sizeof *out->name);
	out->text = arena_alloc(r->arena, map->count * sizeof *out->text);
	for (const struct node *n = map->first; n; before = n, n = n->next) {
		struct path path = {up, n->key, 0};

		if (!entry_has_value(r, map, before, n, &path))
			continue;
		if (n->kind != NODE_SCALAR) {
			refuse_kind(r, FIELD_TEXT, n, &path);
		} else if (f->words && !word_is_one_of(f->words, n->text)) {
			refuse_word(r, f->words, n, &path);
		} else {
			pair_add(out, n->key, n->text);
		}
	}
}

static size_t
codes_count(const struct node *map)
{
	size_t count = 0;

	for (const struct node *n = map->first; n; n = n->next)
		count += n->kind == NODE_LIST ? n->count : 1;
	return count;
}

static void
codes_read(struct field_reading *r, const struct node *map, struct pairs *out, const struct path *up)
{
	const struct node *before = NULL;
	struct pairs scratch = {0};

	if (!out)
		out = &scratch;
	out->n = 0;
	out->name = arena_alloc(r->arena, codes_count(map) * sizeof *out->name);
	out->text = arena_alloc(r->arena, codes_count(map) * sizeof *out->text);
	for (const struct node *n = map->first; n; before = n, n = n->next) {
		struct path path = {up, n->key, 0}, item_path = {&path, NULL, 0};

		if (!entry_has_value(r, map, before, n, &path))
			continue;
		if (n->kind == NODE_MAP)
			refuse_kind(r, FIELD_TEXT, n, &path);
		else if (n->kind == NODE_SCALAR)
			pair_add(out, n->key, n->text);
		for (const struct node *item = n->first; n->kind == NODE_LIST && item; item = item->next) {
			if (item_is_kind(r, item, NODE_SCALAR, &item_path))
				pair_add(out, n->key, item->text);
			item_path.index++;
		}
	}
}

static void
decimals_read(struct field_reading *r, const struct node *map, struct amounts *out, const struct path *up)
{
	const struct node *before = NULL;
	struct amounts scratch = {0};

	if (!out)
		out = &scratch;
	out->n = 0;
	out->name = arena_alloc(r->arena, map->count * sizeof *out->name);
	out->amount = arena_alloc(r->arena, map->count * sizeof *out->amount);
	for (const struct node *n = map->first; n; before = n, n = n->next) {
		struct path path = {up, n->key, 0};

		if (!entry_has_value(r, map, before, n, &path))
			continue;
		if (n->kind != NODE_SCALAR) {
			refuse_kind(r, FIELD_DECIMAL, n, &path);
		} else if (decimal_parse(n->text, n->len, &out->amount[out->n]) < 0) {
			refuse_text(r, FIELD_DECIMAL, n, &path);
		} else {
			out->name[out->n++] = n->key;
		}
	}
}

static size_t
maps_count(const struct node *list)
{
	size_t count = 0;

	for (const struct node *n = list->first; n; n = n->next)
		count += n->kind == NODE_MAP;
	return count;
}

static void
items_read(struct field_reading *r, const struct fields *sub, const struct node *list, struct items *out,
	   const struct path *up)
{
	struct path path = {up, NULL, 0};

	if (out) {
		out->v = arena_alloc(r->arena, maps_count(list) * sub->size);
		out->n = 0;
	}
	for (const struct node *n = list->first; n; n = n->next, path.index++) {
		if (item_is_kind(r, n, NODE_MAP, &path))
			map_read(r, n, sub, out ? (char *)out->v + out->n++ * sub->size : NULL, &path);
	}
}

static enum node_kind
type_kind(enum field_type type)
{
	switch (type) {
	case FIELD_WORDS:
	case FIELD_DAYS:
	case FIELD_LIST:
		return NODE_LIST;
	case FIELD_PAIRS:
	case FIELD_CODES:
	case FIELD_DECIMALS:
	case FIELD_MAP:
		return NODE_MAP;
	default:
		return NODE_SCALAR;
	}
}

static void
value_read(struct field_reading *r, const struct field *f, const struct node *n, void *out,
	   const struct path *path)
{
	void *at = out && f->offset != FIELD_UNREAD ? (char *)out + f->offset : NULL;

	if (f->type == FIELD_ANY) {
		if (at)
			*(const struct node **)at = n;
		return;
	}
	if (n->kind == NODE_SCALAR && n->len == 0)
		return;
	if (type_kind(f->type) != n->kind) {
		refuse_kind(r, f->type, n, path);
		return;
	}
	switch (f->type) {
	case FIELD_WORDS:
		words_read(r, f, n, at, path);
		break;
	case FIELD_DAYS:
		days_read(r, n, at, path);
		break;
	case FIELD_PAIRS:
		pairs_read(r, f, n, at, path);
		break;
	case FIELD_CODES:
		codes_read(r, n, at, path);
		break;
	case FIELD_DECIMALS:
		decimals_read(r, n, at, path);
		break;
	case FIELD_MAP:
		map_read(r, n, f->sub, at, path);
		break;
	case FIELD_LIST:
		items_read(r, f->sub, n, at, path);
		break;
	default:
		scalar_read(r, f, n, at, path);
	}
}

static void
required_check(struct field_reading *r, const struct node *map, const struct fields *fields,
	       const struct path *up)
{
	for (size_t i = 0; i < fields->n; i++) {
		struct path path = {up, fields->field[i].name, 0};
		const struct node *n;

		if (!(fields->field[i].flags & FIELD_REQUIRED))
			continue;
		n = node_get(map, fields->field[i].name);
		if (!n || (n->kind == NODE_SCALAR && n->len == 0))
			finding_put(r, "missing", n ? n->start : map->start, &path, "missing");
	}
}

static void
map_read(struct field_reading *r, const struct node *map, const struct fields *fields, void *out,
	 const struct path *up)
{
	const struct node *before = NULL;
	size_t next = 0;

	if (fields->size == 0)
		out = NULL;
	if (out)
		*(const struct node **)out = map;
	for (const struct node *n = map->first; n; before = n, n = n->next) {
		struct path path = {up, n->key, 0};
		const struct field *f = field_find_from(fields, n->key, next);

		if (f) {
			next = (size_t)(f - fields->field) + 1;
			value_read(r, f, n, out, &path);
		} else if (is_stray(map, n)) {
			refuse_stray(r, fields, before, n, &path);
		} else if (!fields->open) {
			refuse_name(r, fields, n, &path);
		} else if (n->kind != NODE_SCALAR) {
			unknown_check(r, n, &path);
		}
	}
	required_check(r, map, fields, up);
}

int
fields_read(const struct doc *doc, const struct node *map, const struct fields *fields, void *out,
	    struct arena *arena, struct sink *sink)
{
	struct field_reading r = {.doc = doc, .arena = arena, .sink = sink};

	/* the largest of the scalars' types */
	r.scratch = arena_alloc(arena, sizeof(struct decimal));
	if (map->kind == NODE_MAP)
		map_read(&r, map, fields, out, NULL);
	else
		refuse_kind(&r, FIELD_MAP, map, NULL);
	return r.failed ? -1 : 0;
}
