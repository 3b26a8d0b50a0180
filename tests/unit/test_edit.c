/* Edits: what each does to the bytes, to the last blank. */
#include "docs.h"

#include "data/edit.h"

#define CHANGES 4

/* r replace, d drop, i insert before, a append; f append the entry "key: value"; s section "key: value" */
struct change {
	char op;
	const char *path;
	const char *value; /* YAML */
};

struct edit_case {
	const char *before;
	struct change change[CHANGES];
	const char *after; /* NULL: must be refused */
};

static const struct node *
value_of(struct arena *arena, const struct change *change)
{
	struct buf text = {0};
	struct doc doc = {0};
	const struct node *value;

	if (!change->value)
		return NULL;
	if (change->op != 'f' && change->op != 's')
		buf_adds(&text, "value: ");
	buf_adds(&text, change->value);
	doc_must_parse(&doc, (struct str){text.data, text.len});
	value = node_copy(arena, doc.root->first);
	if (change->op != 'f' && change->op != 's')
		((struct node *)(uintptr_t)value)->key = NULL;
	doc_free(&doc);
	buf_free(&text);
	return value;
}

static void
add_change(struct edits *edits, const struct doc *doc, struct arena *arena, const struct change *change)
{
	const struct node *value = value_of(arena, change);
	const struct node *target = change->op == 's' ? NULL : node_at(doc->root, change->path);

	switch (change->op) {
	case 'r':
		edit_replace(edits, arena, target, value);
		break;
	case 'd':
		edit_drop(edits, arena, target);
		break;
	case 'i':
		edit_insert(edits, arena, target, value);
		break;
	case 's':
		edit_section(edits, arena, doc, value->key, value);
		break;
	default:
		edit_append(edits, arena, target, value);
	}
}

static void
check_case(const struct edit_case *c, const char *before, const char *after)
{
	struct arena arena = {0};
	struct edits edits = {0};
	struct error err = {0};
	struct buf out = {0};
	struct doc doc = {0};
	int status;

	doc_must_parse(&doc, str_of(before));
	for (size_t i = 0; i < CHANGES && c->change[i].op; i++)
		add_change(&edits, &doc, &arena, &c->change[i]);
	buf_adds(&out, "kept");
	status = edits_apply(&doc, &edits, &out, &err);
	if (status == 0 && !after)
		fail_msg("was made: %s", out.data);
	if (status < 0 && after)
		fail_msg("%s\nof %s, to get %s", err.text, before, after);
	if (after && strcmp(out.data + 4, after) != 0)
		fail_msg("[%s], not [%s]", out.data + 4, after);
	if (!after)
		assert_int_equal(out.len, 4);
	assert_memory_equal(out.data, "kept", 4);
	doc_free(&doc);
	buf_free(&out);
	arena_free(&arena);
}

static void
with_line_ends(struct buf *out, const char *text)
{
	buf_clear(out);
	buf_adds(out, BOM);
	for (; *text; text++) {
		if (*text == '\n')
			buf_addc(out, '\r');
		buf_addc(out, *text);
	}
}

/* each case as it stands, and with CR LF and a byte order mark */
static void
check_cases(const struct edit_case *c, size_t n)
{
	struct buf before = {0}, after = {0};

	for (; n > 0; n--, c++) {
		check_case(c, c->before, c->after);
		if (!strchr(c->before, '\n'))
			continue;
		with_line_ends(&before, c->before);
		if (c->after)
			with_line_ends(&after, c->after);
		check_case(c, before.data, c->after ? after.data : NULL);
	}
	buf_free(&before);
	buf_free(&after);
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof *(cases))

static void
a_replaced_value_leaves_all_else(void **state)
{
	static const struct edit_case cases[] = {
	    {"a: 1\nb:   2   # c\nc: 3\n", {{'r', "b", "5"}}, "a: 1\nb:   5   # c\nc: 3\n"},
	    {"a: 'x' # c\n", {{'r', "a", "\"y z\""}}, "a: \"y z\" # c\n"},
	    {"a: x\n  y\n\n  z # c\nb: 1\n", {{'r', "a", "5"}}, "a: 5 # c\nb: 1\n"},
	    {"a: \"x\n  y\"   # c\n", {{'r', "a", "Ж"}}, "a: Ж   # c\n"},
	    {"a: | # c\n  x\n\n# d\nb: 1\n", {{'r', "a", "5"}}, "a: 5\n\n# d\nb: 1\n"},
	    {"a: |+\n  x\n\n\nb: 1\n", {{'r', "a", "5"}}, "a: 5\n\n\nb: 1\n"},
	    {"a: |\n  x", {{'r', "a", "5"}}, "a: 5"},
	    {"a: |", {{'r', "a", "5"}}, "a: 5"},
	    {"a:\nb: 1\n", {{'r', "a", "5"}}, "a: 5\nb: 1\n"},
	    {"a:   # c\nb: 1\n", {{'r', "a", "5"}}, "a: 5 # c\nb: 1\n"},
	    {"a: 5 # c\n", {{'r', "a", ""}}, "a:   # c\n"},
	    {"a: 5\n", {{'r', "a", "''"}}, "a: \"\"\n"},
	    {"a:", {{'r', "a", "5"}}, "a: 5"},
	    {"a: 1", {{'r', "a", "[1, 2]"}}, "a: [1, 2]"},
	    {"a: 1 # c\nb: 1\n", {{'r', "a", "{x: 1}"}}, "a: {x: 1}\nb: 1\n"},
	    {"a: [1,\n 2] # c\n# d\nb: 1\n", {{'r', "a", "5"}}, "a: 5\n# d\nb: 1\n"},
	    {"a:\n  - 1\n  - 2\n  # d\nb: 1\n",
	     {{'r', "a", "\n  - 5\n  - x: 6"}},
	     "a:\n  - 5\n  - {x: 6}\n  # d\nb: 1\n"},
	    {"a:\n- 1\nb: 1\n", {{'r', "a", "\n  x: 5\n  y: [6]"}}, "a:\n  x: 5\n  y: [6]\nb: 1\n"},
	    {"a:\n  - x: 1 # c\n    y: 2\n  - z\n",
	     {{'r', "a.0.x", "5"}},
	     "a:\n  - x: 5 # c\n    y: 2\n  - z\n"},
	    {"a:\n  - x: 1 # c\n    y: 2 # d\n  - z\n",
	     {{'r', "a.0", "{q: 1}"}},
	     "a:\n  - {q: 1} # d\n  - z\n"},
	    {"a:\n  - x\n  -\n  - z\n", {{'r', "a.1", "5"}}, "a:\n  - x\n  - 5\n  - z\n"},
	    {"a:\n  - x\n  - # c\n  - z\n", {{'r', "a.1", "[1]"}}, "a:\n  - x\n  - [1] # c\n  - z\n"},
	    {"a:\n  b:\n  - x\n  - y\n  c: 1\n", {{'r', "a.b", "[5]"}}, "a:\n  b:\n    [5]\n  c: 1\n"},
	    {"a:\n  b:\n    - x\n    - y\n", {{'r', "a.b", "5"}}, "a:\n  b:\n    5\n"},
	    {"a: {b: 1, c: 'x' , d: [y]} # c\n",
	     {{'r', "a.c", "\"8, 9\""}},
	     "a: {b: 1, c: \"8, 9\" , d: [y]} # c\n"},
	    {"a: {b: 1, c: , d}\n", {{'r', "a.c", "5"}, {'r', "a.d", "6"}}, "a: {b: 1, c: 5, d: 6}\n"},
	    {"a: {\"b\":1}\n", {{'r', "a.b", "x"}}, "a: {\"b\":x}\n"},
	    {"a: [x, y]\n", {{'r', "a.0", ""}}, "a: [\"\", y]\n"},
	    {"a: {b: x}\n", {{'r', "a.b", ""}}, "a: {b: }\n"},
	    {"a: [b: 1 , c]\n", {{'r', "a.0", "5"}}, "a: [5 , c]\n"},
	    {"имя: ё\nx: 😀 # ё\n", {{'r', "x", "Ж"}}, "имя: ё\nx: Ж # ё\n"},
	};

	(void)state;
	CHECK(cases);
}

/* what came and goes again leaves the bytes that were there, however often */
static void
filled_and_emptied_again_the_bytes_are_the_same(void **state)
{
	static const struct edit_case cases[] = {
	    {"a:\n", {{'r', "a", "five"}}, "a: five\n"},
	    {"a:", {{'r', "a", "5"}}, "a: 5"},
	    {"a:           # c\n", {{'r', "a", "five"}}, "a: five      # c\n"},
	    {"a:       # c\n", {{'r', "a", "five"}}, "a: five  # c\n"},
	    {"a:      # c\n", {{'r', "a", "five"}}, "a: five # c\n"},
	    {"a:        # c\n", {{'r', "a", "шесть"}}, "a: шесть  # c\n"},
	    {"a:\t# c\n", {{'r', "a", "five"}}, "a: five\t# c\n"},
	    {"a: #\n", {{'r', "a", ""}}, "a: #\n"},
	    {"a:\n  b:        # c\n", {{'r', "a.b", "five"}}, "a:\n  b: five   # c\n"},
	    {"a:\n  - x\n  -      # c\n", {{'r', "a.1", "5"}}, "a:\n  - x\n  - 5    # c\n"},
	    {"a: {b: , c: }\n", {{'r', "a.b", "5"}}, "a: {b: 5, c: }\n"},
	    {"a: {b: , c: }\n", {{'r', "a.c", "5"}}, "a: {b: , c: 5}\n"},
	    {"a: {b:  , c: 1}\n", {{'r', "a.b", "5"}}, "a: {b: 5 , c: 1}\n"},
	    {"a: {b:   # c\n }\n", {{'r', "a.b", "5"}}, "a: {b: 5  # c\n }\n"},
	};

	(void)state;
	CHECK(cases);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct edit_case back = {
		    cases[i].after, {{'r', cases[i].change[0].path, ""}}, cases[i].before};

		check_cases(&back, 1);
	}
}

static void
no_blank_is_left_where_a_line_ends(void **state)
{
	static const struct edit_case cases[] = {
	    {"a: 5\nb: 1\n", {{'r', "a", ""}}, "a:\nb: 1\n"},
	    {"a: 5  \nb: 1\n", {{'r', "a", ""}}, "a:\nb: 1\n"},
	    {"a:   \nb: 1\n", {{'r', "a", "5"}}, "a: 5\nb: 1\n"},
	    {"a:\n  5\nb: 1\n", {{'r', "a", ""}}, "a:\n\nb: 1\n"},
	    {"a: \"x\n  y\"  # c\n", {{'r', "a", ""}}, "a:  # c\n"},
	    {"a:  # c\n", {{'r', "a", "long value"}}, "a: long value # c\n"},
	    {"a: long value # c\n", {{'r', "a", ""}}, "a:            # c\n"},
	};

	(void)state;
	CHECK(cases);
}

static void
a_dropped_entry_takes_its_line_and_no_other(void **state)
{
	static const struct edit_case cases[] = {
	    {"a: 1\n# of b\nb: 2 # c\n\nc: 3\n", {{'d', "b", NULL}}, "a: 1\n# of b\n\nc: 3\n"},
	    {"# first\na: 1\nb: 2\n", {{'d', "a", NULL}}, "# first\nb: 2\n"},
	    {"a: 1\nb: 2", {{'d', "b", NULL}}, "a: 1\n"},
	    {"a: 1", {{'d', "a", NULL}}, ""},
	    {"---\na: 1\n...\n", {{'d', "a", NULL}}, "---\n...\n"},
	    {"a: |\n  x\n\n  y\n\n# c\nb: 2\n", {{'d', "a", NULL}}, "\n# c\nb: 2\n"},
	    {"a: |+\n  x\n\nb: 2\n", {{'d', "a", NULL}}, "b: 2\n"},
	    {"a: 'x\n\n  y' # c\nb: 2\n", {{'d', "a", NULL}}, "b: 2\n"},
	    {"a: [1,\n  2\n] # c\nb: 2\n", {{'d', "a", NULL}}, "b: 2\n"},
	    {"a:\n  - 1\n  # of 2\n  - 2 # c\n\n  - 3\n",
	     {{'d', "a.1", NULL}},
	     "a:\n  - 1\n  # of 2\n\n  - 3\n"},
	    {"a:\n  - 1\nb: 1\n", {{'d', "a.0", NULL}}, "a:\nb: 1\n"},
	    {"a:\n  - x: 1\n    y: 2\n  - z\n", {{'d', "a.0", NULL}}, "a:\n  - z\n"},
	    {"a:\n  - x: 1\n    y: 2 # c\n  - z\n", {{'d', "a.0.y", NULL}}, "a:\n  - x: 1\n  - z\n"},
	    {"a:\n  - x: 1 # c\n    y: 2\n  - z\n",
	     {{'d', "a.0.x", NULL}},
	     "a:\n  -  # c\n    y: 2\n  - z\n"},
	    {"a:\n  - x: 1 # c\n  - z\n", {{'d', "a.0.x", NULL}}, "a:\n  -  # c\n  - z\n"},
	    {"a:\n  - - x\n    - y\n  - z\n", {{'d', "a.0.0", NULL}}, "a:\n  - \n    - y\n  - z\n"},
	    {"a:\n  - - x\n    - y\n  - z\n",
	     {{'d', "a.0.0", NULL}, {'d', "a.0.1", NULL}},
	     "a:\n  - \n  - z\n"},
	    {"a:\n  - - |\n      x\n  - z\n", {{'d', "a.0.0", NULL}}, "a:\n  - \n  - z\n"},
	    {"a: [ x , y , z ] # c\n", {{'d', "a.0", NULL}}, "a: [ y , z ] # c\n"},
	    {"a: [ x , y , z ] # c\n", {{'d', "a.1", NULL}}, "a: [ x , z ] # c\n"},
	    {"a: [ x , y , z ] # c\n", {{'d', "a.2", NULL}}, "a: [ x , y ] # c\n"},
	    {"a: [ x , y , z ]\n", {{'d', "a.1", NULL}, {'d', "a.2", NULL}}, "a: [ x ]\n"},
	    {"a: [ x , y , z ]\n", {{'d', "a.0", NULL}, {'d', "a.1", NULL}}, "a: [ z ]\n"},
	    {"a: [x,y]\n", {{'d', "a.1", NULL}, {'d', "a.0", NULL}}, "a: []\n"},
	    {"a: [x, ]\n", {{'d', "a.0", NULL}}, "a: [ ]\n"},
	    {"a: [x # , c\n , ]\n", {{'d', "a.0", NULL}}, "a: [ ]\n"},
	    {"a: [x\n# , c\n, ]\n", {{'d', "a.0", NULL}}, "a: [ ]\n"},
	    {"a: [x # , c\n]\n", {{'d', "a.0", NULL}}, "a: [ # , c\n]\n"},
	    {"a: [x, y, ]\n", {{'d', "a.1", NULL}}, "a: [x, ]\n"},
	    {"a: [x,\n # of y\n y,\n # of z\n z]\n", {{'d', "a.1", NULL}}, "a: [x,\n # of y\n z]\n"},
	    {"a: {x: 1, \"y\": [2], z}\n", {{'d', "a.y", NULL}}, "a: {x: 1, z}\n"},
	    {"a: {x: 1, y: , z}\n", {{'d', "a.z", NULL}, {'d', "a.y", NULL}}, "a: {x: 1}\n"},
	    {"a: {x: 1, y}\n", {{'d', "a.x", NULL}}, "a: {y}\n"},
	};

	(void)state;
	CHECK(cases);
}

static void
new_items_stand_where_they_are_put(void **state)
{
	static const struct edit_case cases[] = {
	    {"a:\n  - x # c\n  # d\n\nb: 1\n", {{'a', "a", "y"}}, "a:\n  - x # c\n  - y\n  # d\n\nb: 1\n"},
	    {"a:\n  - x", {{'a', "a", "y"}, {'a', "a", "{z: 1}"}}, "a:\n  - x\n  - y\n  - {z: 1}"},
	    {"a:\n- x\nb: 1\n", {{'a', "a", "y"}}, "a:\n- x\n- y\nb: 1\n"},
	    {"a:\n     - x\nb: 1\n", {{'a', "a", "y"}}, "a:\n     - x\n     - y\nb: 1\n"},
	    {"a:\n  - |\n    x\n\n\nb: 1\n", {{'a', "a", "y"}}, "a:\n  - |\n    x\n  - y\n\n\nb: 1\n"},
	    {"a:\n  - |+\n    x\n\nb: 1\n", {{'a', "a", "y"}}, "a:\n  - |+\n    x\n\n  - y\nb: 1\n"},
	    {"a:\n  - |\n    x\n      \nb: 1\n",
	     {{'a', "a", "y"}},
	     "a:\n  - |\n    x\n      \n  - y\nb: 1\n"},
	    {"a:\n  - |\n    x", {{'a', "a", "y"}}, NULL},
	    {"a:\n  - |-\n    x", {{'a', "a", "y"}}, "a:\n  - |-\n    x\n  - y"},
	    {"a: [x]\nb: 1\n", {{'a', "a", "y"}, {'a', "a", "z"}}, "a: [x, y, z]\nb: 1\n"},
	    {"a: [ x # c\n ] # d\n", {{'a', "a", "y"}}, "a: [ x, y # c\n ] # d\n"},
	    {"a: [x, ]\n", {{'a', "a", "y"}}, "a: [x, y, ]\n"},
	    {"a: [] # c\nb: 1\n", {{'a', "a", "x"}, {'a', "a", "y"}}, "a:    # c\n  - x\n  - y\nb: 1\n"},
	    {"a: '' # c\nb: 1\n", {{'a', "a", "x"}}, "a:    # c\n  - x\nb: 1\n"},
	    {"a: # c\n\nb: 1\n", {{'a', "a", "x"}, {'a', "a", "y"}}, "a: # c\n  - x\n  - y\n\nb: 1\n"},
	    {"a:", {{'a', "a", "x"}}, "a:\n  - x"},
	    {"a: |\n\nb: 1\n", {{'a', "a", "x"}}, "a:\n  - x\n\nb: 1\n"},
	    {"a:\n  - b:\n    c: 1\n", {{'a', "a.0.b", "x"}}, "a:\n  - b:\n      - x\n    c: 1\n"},
	    {"a:\n  - b: []\n", {{'a', "a.0.b", "x"}, {'a', "a.0.b", "y"}}, "a:\n  - b: [x, y]\n"},
	    {"a:\n  -\n  - y\n", {{'a', "a.0", "x"}, {'a', "a.0", "z"}}, "a:\n  - [x, z]\n  - y\n"},
	    {"a: {b: , c}\n", {{'a', "a.b", "x"}, {'a', "a.c", "y"}}, "a: {b: [x], c: [y]}\n"},
	    {"a:\n  - x\n  # of y\n  - y\n",
	     {{'i', "a.1", "n"}, {'i', "a.1", "m"}},
	     "a:\n  - x\n  - n\n  - m\n  # of y\n  - y\n"},
	    {"a:\n  # of x\n  - x\n", {{'i', "a.0", "n"}}, "a:\n  - n\n  # of x\n  - x\n"},
	    {"a:\n  - x: 1\n    y: 2\n  - z", {{'i', "a.1", "n"}}, "a:\n  - x: 1\n    y: 2\n  - n\n  - z"},
	    {"a:\n  - - x\n    - y\n",
	     {{'i', "a.0.0", "n"}, {'i', "a.0.1", "m"}},
	     "a:\n  - - n\n    - x\n    - m\n    - y\n"},
	    {"a: [x, y]\n", {{'i', "a.0", "n"}, {'i', "a.1", "m"}}, "a: [n, x, m, y]\n"},
	    {"a:\n  - x\n  - y\n", {{'i', "a.1", "n"}, {'d', "a.1", NULL}}, "a:\n  - x\n  - n\n"},
	    {"a:\n  - x\n  - y\n", {{'d', "a.0", NULL}, {'i', "a.0", "n"}}, "a:\n  - n\n  - y\n"},
	    {"a:\n  - x\n  - y\n", {{'d', "a.0", NULL}, {'d', "a.1", NULL}, {'a', "a", "n"}}, "a:\n  - n\n"},
	    {"a: [x, y]\n",
	     {{'d', "a.0", NULL}, {'d', "a.1", NULL}, {'a', "a", "n"}, {'a', "a", "m"}},
	     "a: [n, m]\n"},
	    {"a: [x, y, z]\n",
	     {{'d', "a.1", NULL}, {'d', "a.2", NULL}, {'i', "a.2", "n"}, {'a', "a", "m"}},
	     "a: [x, n, m]\n"},
	    {"a: [x, y]\n",
	     {{'i', "a.1", "n"}, {'d', "a.1", NULL}, {'d', "a.0", NULL}, {'a', "a", "m"}},
	     "a: [n, m]\n"},
	    {"a: [x, y]\n", {{'r', "a.0", "n"}, {'i', "a.0", "m"}, {'d', "a.1", NULL}}, "a: [m, n]\n"},
	};

	(void)state;
	CHECK(cases);
}

static void
new_fields_stand_behind_the_others(void **state)
{
	static const struct edit_case cases[] = {
	    {"a:\n  x: 1 # c\n\n  # d\nb: 1\n",
	     {{'f', "a", "y: 2"}},
	     "a:\n  x: 1 # c\n  y: 2\n\n  # d\nb: 1\n"},
	    {"a:\n  - x: 1\n  - z\n",
	     {{'f', "a.0", "\"y y:\": [2]"}},
	     "a:\n  - x: 1\n    \"y y:\": [2]\n  - z\n"},
	    {"a: {x: 1} # c\n", {{'f', "a", "y: 2"}, {'f', "a", "z:"}}, "a: {x: 1, y: 2, z: } # c\n"},
	    {"a: {x: }\n", {{'f', "a", "y: 2"}}, "a: {x: , y: 2}\n"},
	    {"a: {x}\n", {{'f', "a", "y: 2"}}, "a: {x, y: 2}\n"},
	    {"a: {}\n", {{'f', "a", "y: 2"}, {'f', "a", "z: 3"}}, "a:\n  y: 2\n  z: 3\n"},
	    {"a: [{}]\n", {{'f', "a.0", "y: 2"}, {'f', "a.0", "z: 3"}}, "a: [{y: 2, z: 3}]\n"},
	    {"a:\n", {{'f', "a", "y: 2"}, {'f', "a", "z: 3"}}, "a:\n  y: 2\n  z: 3\n"},
	    {"a:\n  - x:\n", {{'f', "a.0.x", "y: 2"}}, "a:\n  - x:\n      y: 2\n"},
	    {"a:\n  x: 1\n", {{'f', "a", "x: 2"}}, NULL},
	    {"a: [x: 1]\n", {{'f', "a.0", "y: 2"}}, NULL},
	};

	(void)state;
	CHECK(cases);
}

static void
what_ends_at_one_byte_is_added_to_from_the_inside_out(void **state)
{
	static const struct edit_case cases[] = {
	    {"a:\n  - t:\n      - x\n",
	     {{'a', "a", "n"}, {'a', "a.0.t", "y"}, {'f', "a.0", "u: 1"}, {'f', "", "b: 2"}},
	     "a:\n  - t:\n      - x\n      - y\n    u: 1\n  - n\nb: 2\n"},
	    {"a:\n- t: [x]\nb: 1\n",
	     {{'f', "", "c: 2"}, {'i', "a.0", "n"}, {'a', "a.0.t", "y"}, {'r', "b", "3"}},
	     "a:\n- n\n- t: [x, y]\nb: 3\nc: 2\n"},
	    {"a:\n  - x:\n  - y\n",
	     {{'i', "a.1", "n"}, {'a', "a.0.x", "z"}},
	     "a:\n  - x:\n      - z\n  - n\n  - y\n"},
	};

	(void)state;
	CHECK(cases);
}

static void
new_sections_stand_at_the_end(void **state)
{
	static const struct edit_case cases[] = {
	    {"a: 1\n", {{'s', NULL, "n: 5"}}, "a: 1\nn: 5\n"},
	    {"a: 1", {{'s', NULL, "n: 5"}, {'s', NULL, "m: 6"}}, "a: 1\nn: 5\nm: 6"},
	    {"a: 1\n\n# c\n", {{'s', NULL, "n: 5"}}, "a: 1\n\n# c\nn: 5\n"},
	    {"a: 1\n# c", {{'s', NULL, "n: 5"}}, "a: 1\n# c\nn: 5"},
	    {"---\na: 1\n...\n# c\n",
	     {{'s', NULL, "n:\n  - 5\n  - x: 1"}},
	     "---\na: 1\nn:\n  - 5\n  - {x: 1}\n...\n# c\n"},
	    {"a: 1\n\n... # d", {{'s', NULL, "n: 5"}}, "a: 1\n\nn: 5\n... # d"},
	    {"a: |\n  x\n\n", {{'s', NULL, "n: 5"}}, "a: |\n  x\n\nn: 5\n"},
	    {"a: |+\n  x\n\n", {{'s', NULL, "n: 5"}}, "a: |+\n  x\n\nn: 5\n"},
	    {"b: 1\na: |\n  x", {{'s', NULL, "n: 5"}}, "b: 1\nn: 5\na: |\n  x"},
	    {"b: 1\na:\n  - >\n    x\n  ", {{'s', NULL, "n: 5"}}, "b: 1\nn: 5\na:\n  - >\n    x\n  "},
	    {"a: |\n  x", {{'s', NULL, "a: 5"}}, "a: 5"},
	    {"b: 1\na: |\n  x", {{'d', "a", NULL}, {'s', NULL, "n: 5"}}, "b: 1\nn: 5\n"},
	    {"a:", {{'s', NULL, "n:\n  x: 1\n  y: 2"}}, "a:\nn:\n  x: 1\n  y: 2"},
	    {"", {{'s', NULL, "n: 5"}}, "n: 5\n"},
	    {"---", {{'s', NULL, "n: 5"}}, "---\nn: 5"},
	    {"---\n# c\n", {{'s', NULL, "n: 5"}}, "---\n# c\nn: 5\n"},
	    {"--- # c", {{'s', NULL, "n: 5"}}, "--- # c\nn: 5"},
	    {"---\n...\n", {{'s', NULL, "n: 5"}}, "---\nn: 5\n...\n"},
	    {"a: 1\nb:\n  - 1\n# c\nd: 2\n", {{'s', NULL, "b:\n  - 5"}}, "a: 1\nb:\n  - 5\n# c\nd: 2\n"},
	    {"a: 1\nb: 2", {{'d', "b", NULL}, {'s', NULL, "n: 5"}}, "a: 1\n\nn: 5"},
	    {"a: x\n  y", {{'s', NULL, "n: 5"}}, "a: x\n  y\nn: 5"},
	    {"a: [x,\ny\n]", {{'s', NULL, "n: 5"}}, "a: [x,\ny\n]\nn: 5"},
	};

	(void)state;
	CHECK(cases);
}

/* what cannot be meant, or cannot be done without another change */
static void
impossible_edits_are_refused(void **state)
{
	static const struct edit_case cases[] = {
	    {"a: x\n", {{'a', "a", "y"}}, NULL},
	    {"a: x\n", {{'r', "", "5"}}, NULL},
	    {"a: x\n", {{'d', "", NULL}}, NULL},
	    {"a:\n  b: x\n", {{'d', "a", NULL}, {'r', "a.b", "5"}}, NULL},
	    {"a:\n  b: x\n", {{'r', "a", "5"}, {'r', "a.b", "5"}}, NULL},
	    {"a: x\nb: y\n", {{'r', "a", "5"}, {'r', "a", "6"}}, NULL},
	    {"a: x\nb: y\n", {{'r', "a", "5"}, {'d', "a", NULL}}, NULL},
	    {"a: [x: 1]\n", {{'d', "a.0.x", NULL}}, NULL},
	    {"a:\n  x: 1\n", {{'a', "a", "y"}}, NULL},
	    {"a:\n  - 1\n", {{'f', "a", "y: 1"}}, NULL},
	};

	(void)state;
	CHECK(cases);
}

static void
a_key_that_libyaml_could_not_read_is_refused(void **state)
{
	struct arena arena = {0};
	struct edits edits = {0};
	struct buf key = {0}, out = {0};
	struct error err = {0};
	struct doc doc = {0};

	(void)state;
	doc_must_parse(&doc, str_of("---\na: 1\n"));
	while (key.len < 1100)
		buf_addc(&key, 'k');
	edit_section(&edits, &arena, &doc, key.data, node_new_plain(&arena, "1"));
	assert_int_equal(edits_apply(&doc, &edits, &out, &err), -1);
	assert_string_equal(err.file, "a.yaml");
	assert_int_equal(out.len, 0);
	doc_free(&doc);
	buf_free(&out);
	buf_free(&key);
	arena_free(&arena);
}

static void
a_section_of_which_libyaml_could_not_read_a_key_is_refused(void **state)
{
	struct section_site site = {0, 0, "\n"};
	struct doc scratch = {0};
	struct buf key = {0}, out = {0};
	struct node *value;
	struct error err;

	(void)state;
	while (key.len < 1100)
		buf_addc(&key, 'k');
	value = node_new_map(&scratch.arena, STYLE_BLOCK);
	node_put_plain(&scratch.arena, value, key.data, "1");
	assert_int_equal(
	    section_splice(&site, &scratch, "a.yaml", 7, str_of("a: 1\n"), "score", value, &out, &err), -1);
	assert_int_equal(out.len, 0);
	assert_string_equal(err.file, "a.yaml");
	doc_free(&scratch);
	buf_free(&key);
	buf_free(&out);
}

static void
a_section_may_not_make_a_document_too_large(void **state)
{
	size_t n = DOC_SIZE_MAX - strlen("score: 1\n");
	struct section_site site = {n, n, "\n"};
	struct doc scratch = {0}, maker = {0};
	struct buf out = {0};
	char *bytes = malloc(n + 1);
	struct error err;

	(void)state;
	assert_non_null(bytes);
	memset(bytes, '\n', n + 1);
	for (size_t more = 0; more < 2; more++) {
		site.start = site.end = n + more;
		assert_int_equal(section_splice(&site, &scratch, "a.yaml", 1, (struct str){bytes, n + more},
						"score", node_new_plain(&maker.arena, "1"), &out, &err),
				 more ? -1 : 0);
		assert_int_equal(out.len, more ? 0 : DOC_SIZE_MAX);
		buf_clear(&out);
	}
	free(bytes);
	doc_free(&scratch);
	doc_free(&maker);
	buf_free(&out);
}

static void
edits_of_thousands_of_items_do_not_take_the_square(void **state)
{
	struct arena arena = {0};
	struct edits edits = {0};
	struct buf text = {0}, out = {0};
	struct doc doc = {0};
	const struct node *n;
	size_t count = 0;

	(void)state;
	for (int list = 0; list < 2; list++) {
		buf_adds(&text, list ? "b: [x" : "a:\n");
		for (int i = 0; i < 50000; i++)
			buf_adds(&text, list ? ", x" : "  - x\n");
	}
	buf_adds(&text, "]\n");
	doc_must_parse(&doc, (struct str){text.data, text.len});
	for (const struct node *list = doc.root->first; list; list = list->next) {
		for (n = list->first; n; n = n->next, count++) {
			if (count % 5 == 0)
				edit_insert(&edits, &arena, n, node_new_plain(&arena, "n"));
			if (count % 3 == 0)
				edit_drop(&edits, &arena, n);
			else if (count % 7 == 0)
				edit_replace(&edits, &arena, n, node_new_plain(&arena, "r"));
		}
		edit_append(&edits, &arena, list, node_new_plain(&arena, "e"));
	}
	assert_int_equal(edits_apply(&doc, &edits, &out, NULL), 0);
	doc_free(&doc);
	buf_free(&text);
	buf_free(&out);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_replaced_value_leaves_all_else),
	    cmocka_unit_test(filled_and_emptied_again_the_bytes_are_the_same),
	    cmocka_unit_test(no_blank_is_left_where_a_line_ends),
	    cmocka_unit_test(a_dropped_entry_takes_its_line_and_no_other),
	    cmocka_unit_test(new_items_stand_where_they_are_put),
	    cmocka_unit_test(new_fields_stand_behind_the_others),
	    cmocka_unit_test(what_ends_at_one_byte_is_added_to_from_the_inside_out),
	    cmocka_unit_test(new_sections_stand_at_the_end),
	    cmocka_unit_test(impossible_edits_are_refused),
	    cmocka_unit_test(a_key_that_libyaml_could_not_read_is_refused),
	    cmocka_unit_test(a_section_of_which_libyaml_could_not_read_a_key_is_refused),
	    cmocka_unit_test(a_section_may_not_make_a_document_too_large),
	    cmocka_unit_test(edits_of_thousands_of_items_do_not_take_the_square),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
