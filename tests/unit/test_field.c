#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/field.h"
#include "findings.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct box {
	const struct node *node;
	const char *label;
	int size;
};

struct shelf {
	const struct node *node;
	const char *id;
	const char *label;
	const char *colour;
	enum yesno full;
	int boxes;
	struct decimal weight;
	struct date built;
	month counted;
	struct date feast;
	struct offset every;
	struct texts tags;
	struct texts colours;
	unsigned days;
	struct pairs codes;
	struct pairs cards;
	struct pairs states;
	struct amounts prices;
	struct box top;
	struct items list;
	const struct node *any;
};

static const char *const colours[] = {"red", "green", "blue", NULL};

static const struct field box_table[] = {
    {"label", FIELD_TEXT, offsetof(struct box, label), NULL, NULL, FIELD_KEY | FIELD_REQUIRED, NULL, ""},
    {"size", FIELD_INT, offsetof(struct box, size), NULL, NULL, 0, NULL, ""},
};
static const struct fields box_fields = {"box", box_table, COUNT(box_table), sizeof(struct box), false};

static const struct field loose_table[] = {
    {"amount", FIELD_DECIMAL, FIELD_UNREAD, NULL, NULL, 0, NULL, ""},
    {"boxes", FIELD_LIST, FIELD_UNREAD, &box_fields, NULL, 0, NULL, ""},
    {"tags", FIELD_WORDS, FIELD_UNREAD, NULL, NULL, 0, NULL, ""},
    {"days", FIELD_DAYS, FIELD_UNREAD, NULL, NULL, 0, NULL, ""},
    {"codes", FIELD_PAIRS, FIELD_UNREAD, NULL, NULL, 0, NULL, ""},
    {"prices", FIELD_DECIMALS, FIELD_UNREAD, NULL, NULL, 0, NULL, ""},
};
static const struct fields loose_fields = {"loose", loose_table, COUNT(loose_table), 0, true};

static const struct field shelf_table[] = {
    {"id", FIELD_ID, offsetof(struct shelf, id), NULL, NULL, 0, NULL, ""},
    {"label", FIELD_TEXT, offsetof(struct shelf, label), NULL, NULL, 0, NULL, ""},
    {"colour", FIELD_WORD, offsetof(struct shelf, colour), NULL, colours, 0, NULL, ""},
    {"full", FIELD_YESNO, offsetof(struct shelf, full), NULL, NULL, 0, NULL, ""},
    {"boxes", FIELD_INT, offsetof(struct shelf, boxes), NULL, NULL, 0, NULL, ""},
    {"weight", FIELD_DECIMAL, offsetof(struct shelf, weight), NULL, NULL, 0, NULL, ""},
    {"built", FIELD_DATE, offsetof(struct shelf, built), NULL, NULL, 0, NULL, ""},
    {"counted", FIELD_MONTH, offsetof(struct shelf, counted), NULL, NULL, 0, NULL, ""},
    {"feast", FIELD_MONTHDAY, offsetof(struct shelf, feast), NULL, NULL, 0, NULL, ""},
    {"every", FIELD_OFFSET, offsetof(struct shelf, every), NULL, NULL, 0, NULL, ""},
    {"tags", FIELD_WORDS, offsetof(struct shelf, tags), NULL, NULL, 0, NULL, ""},
    {"colours", FIELD_WORDS, offsetof(struct shelf, colours), NULL, colours, 0, NULL, ""},
    {"days", FIELD_DAYS, offsetof(struct shelf, days), NULL, NULL, 0, NULL, ""},
    {"codes", FIELD_PAIRS, offsetof(struct shelf, codes), NULL, NULL, 0, NULL, ""},
    {"cards", FIELD_CODES, offsetof(struct shelf, cards), NULL, NULL, 0, NULL, ""},
    {"states", FIELD_PAIRS, offsetof(struct shelf, states), NULL, colours, 0, NULL, ""},
    {"prices", FIELD_DECIMALS, offsetof(struct shelf, prices), NULL, NULL, 0, NULL, ""},
    {"top", FIELD_MAP, offsetof(struct shelf, top), &box_fields, NULL, 0, NULL, ""},
    {"list", FIELD_LIST, offsetof(struct shelf, list), &box_fields, NULL, 0, NULL, ""},
    {"loose", FIELD_MAP, FIELD_UNREAD, &loose_fields, NULL, 0, NULL, ""},
    {"any", FIELD_ANY, offsetof(struct shelf, any), NULL, NULL, 0, NULL, ""},
};
static const struct fields shelf_fields = {"shelf", shelf_table, COUNT(shelf_table), sizeof(struct shelf),
					   true};

/* one reading of a text, with all that it left */
struct reading {
	struct doc doc;
	struct arena arena;
	struct findings found;
	struct shelf shelf;
	int result;
};

static void
read_from_line(struct reading *r, const char *text, size_t line, const struct fields *fields)
{
	struct error e = {0};

	memset(r, 0, sizeof *r);
	findings_init(&r->found);
	assert_int_equal(doc_parse(&r->doc, "f.yaml", line, (struct str){text, strlen(text)}, &e), 0);
	r->result = fields_read(&r->doc, r->doc.root, fields, &r->shelf, &r->arena, &r->found.sink);
}

static void
reading_free(struct reading *r)
{
	buf_free(&r->found.text);
	arena_free(&r->arena);
	doc_free(&r->doc);
}

static void
expect_findings(const char *text, const char *expected)
{
	struct reading r;

	read_from_line(&r, text, 1, &shelf_fields);
	assert_string_equal(findings_text(&r.found), expected);
	assert_int_equal(r.result, expected[0] ? -1 : 0);
	reading_free(&r);
}

static void
each_type_reads_its_value(void **state)
{
	struct reading r;
	struct buf b = {0};

	(void)state;
	read_from_line(
	    &r,
	    "id: a-1\nlabel: '12'\ncolour: green\nfull: no\nboxes: 0080\nweight: -12.50\nbuilt: 2024-02-29\n"
	    "counted: 2026-11\nfeast: 02-29\nevery: 90d\n",
	    1, &shelf_fields);
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.result, 0);
	assert_ptr_equal(r.shelf.node, r.doc.root);
	assert_string_equal(r.shelf.id, "a-1");
	assert_string_equal(r.shelf.label, "12");
	assert_string_equal(r.shelf.colour, "green");
	assert_int_equal(r.shelf.full, YESNO_NO);
	assert_int_equal(r.shelf.boxes, 80);
	decimal_format_exact(&b, r.shelf.weight);
	assert_string_equal(b.data, "-12.50");
	assert_int_equal(date_cmp(r.shelf.built, (struct date){2024, 2, 29}), 0);
	assert_int_equal(r.shelf.counted, 2026 * 12 + 10);
	assert_int_equal(date_cmp(r.shelf.feast, (struct date){0, 2, 29}), 0);
	assert_int_equal(r.shelf.every.n, 90);
	assert_int_equal(r.shelf.every.unit, OFFSET_DAY);
	buf_free(&b);
	reading_free(&r);
}

static void
lists_and_maps_read_all_their_values(void **state)
{
	struct reading r;
	const struct box *box;

	(void)state;
	read_from_line(
	    &r,
	    "tags: [Ромашка ООО, two]\ncolours:\n  - blue\n  - red\ndays: [4, 13, 31]\n"
	    "codes: {1c: \"000123\", inn: 77}\nstates: {left: red}\nprices: {oak: 12.5, elm: -3}\n"
	    "top: {label: t, size: 999999999}\nlist:\n  - {label: a, size: 1}\n  - label: b\n  - {label: c}\n"
	    "any: {x: , y: [1]}\nfeast: 1980-04-17\n",
	    1, &shelf_fields);
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.shelf.tags.n, 2);
	assert_string_equal(r.shelf.tags.v[0], "Ромашка ООО");
	assert_int_equal(r.shelf.colours.n, 2);
	assert_string_equal(r.shelf.colours.v[1], "red");
	assert_int_equal(r.shelf.days, 1U << 4 | 1U << 13 | 1U << 31);
	assert_int_equal(r.shelf.codes.n, 2);
	assert_string_equal(r.shelf.codes.name[0], "1c");
	assert_string_equal(r.shelf.codes.text[0], "000123");
	assert_string_equal(r.shelf.states.text[0], "red");
	assert_int_equal(r.shelf.prices.n, 2);
	assert_string_equal(r.shelf.prices.name[1], "elm");
	assert_true(decimal_double(r.shelf.prices.amount[0]) == 12.5);
	assert_true(decimal_double(r.shelf.prices.amount[1]) == -3);
	assert_int_equal(r.shelf.top.size, 999999999);
	assert_int_equal(r.shelf.list.n, 3);
	box = r.shelf.list.v;
	assert_string_equal(box[0].label, "a");
	assert_string_equal(box[1].label, "b");
	assert_ptr_equal(box[2].node, node_get(r.doc.root, "list")->last);
	assert_int_equal(date_cmp(r.shelf.feast, (struct date){1980, 4, 17}), 0);
	assert_ptr_equal(r.shelf.any, node_get(r.doc.root, "any"));
	reading_free(&r);
}

static void
absent_and_empty_values_leave_zeroed_memory(void **state)
{
	static const struct shelf zero;
	struct reading r;

	(void)state;
	read_from_line(
	    &r,
	    "id:\nlabel: \"\"\ncolour: ''\nfull:\nboxes:\nweight:\nbuilt:\ncounted:\nfeast:\nevery:\ntags:\n"
	    "colours:\ndays:\ncodes:\nprices:\nlist:\ntop:\nloose:\nnobody-knows:\n",
	    1, &shelf_fields);
	assert_string_equal(findings_text(&r.found), "");
	r.shelf.node = NULL;
	assert_memory_equal(&r.shelf, &zero, sizeof zero);
	reading_free(&r);
}

static void
texts_that_are_not_of_the_type_are_quoted(void **state)
{
	(void)state;
	expect_findings("weight: \"12.5O\"\n", "error type: f.yaml:1:9: weight: not a number: \"12.5O\"\n");
	expect_findings("boxes: -1\n", "error type: f.yaml:1:8: boxes: not a whole number: \"-1\"\n");
	expect_findings("boxes: 1000000000\n",
			"error type: f.yaml:1:8: boxes: not a whole number: \"1000000000\"\n");
	expect_findings("full: true\n", "error type: f.yaml:1:7: full: not yes or no: \"true\"\n");
	expect_findings("built: 2026-02-29\n",
			"error type: f.yaml:1:8: built: not a date, as 2026-11-22: \"2026-02-29\"\n");
	expect_findings("counted: 2026-13\n",
			"error type: f.yaml:1:10: counted: not a month, as 2026-11: \"2026-13\"\n");
	expect_findings("feast: 02-30\n",
			"error type: f.yaml:1:8: feast: not a day of the year, as 04-17, or a date, as "
			"1980-04-17: \"02-30\"\n");
	expect_findings("every: 90\n",
			"error type: f.yaml:1:8: every: not a span of time, as 1bd (a business day), 90d, "
			"2w, 3m, 1y: \"90\"\n");
	expect_findings(
	    "id: ../../etc/passwd\n",
	    "error type: f.yaml:1:5: id: not an identifier (a-z, 0-9, then also '.', '_', '-'; at most 100): "
	    "\"../../etc/passwd\"\n");
	expect_findings("days: [4, 32]\n",
			"error type: f.yaml:1:11: days[1]: not a day of the month, 1 to 31: \"32\"\n");
	expect_findings("prices: {oak: x}\n", "error type: f.yaml:1:15: prices.oak: not a number: \"x\"\n");
}

static void
a_decimal_comma_is_shown_as_a_point(void **state)
{
	(void)state;
	expect_findings(
	    "weight: 12,5\n",
	    "error type: f.yaml:1:9: weight: not a number: \"12,5\"; write it with a point: 12.5\n");
	expect_findings(
	    "weight: 1 200,50\n",
	    "error type: f.yaml:1:9: weight: not a number: \"1 200,50\"; write it with a point: 1200.50\n");
	expect_findings("weight: 1,200,50\n", "error type: f.yaml:1:9: weight: not a number: \"1,200,50\"\n");
}

static void
other_words_name_the_known_ones_and_the_nearest(void **state)
{
	(void)state;
	expect_findings("colour: gren\n",
			"error word: f.yaml:1:9: colour: not one of red, green, blue: \"gren\"; did you "
			"mean \"green\"?\n");
	expect_findings(
	    "colours: [red, ultramarine]\n",
	    "error word: f.yaml:1:16: colours[1]: not one of red, green, blue: \"ultramarine\"\n");
	expect_findings("states: {a: off}\n",
			"error word: f.yaml:1:13: states.a: not one of red, green, blue: \"off\"\n");
}

static void
a_name_can_have_several_codes(void **state)
{
	static const char *const name[] = {"1c", "1c", "inn"}, *const text[] = {"1", "02", "77"};
	struct reading r;

	(void)state;
	read_from_line(&r, "cards: {1c: [1, 02], inn: 77, crm: []}\n", 1, &shelf_fields);
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.shelf.cards.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(r.shelf.cards.name[i], name[i]);
		assert_string_equal(r.shelf.cards.text[i], text[i]);
	}
	reading_free(&r);
	expect_findings("cards: {a: [x, [y]], b: {c: d}}\n",
			"error type: f.yaml:1:16: cards.a[1]: not a text, but a list\n"
			"error type: f.yaml:1:25: cards.b: not a text, but a map\n");
	expect_findings("cards:\n  a:\n    - x\n    -\n",
			"error type: f.yaml:4:6: cards.a[1]: an item without a value\n");
}

static void
values_of_another_kind_are_errors(void **state)
{
	(void)state;
	expect_findings("boxes: [1]\n", "error type: f.yaml:1:8: boxes: not a whole number, but a list\n");
	expect_findings("label: {a: b}\n", "error type: f.yaml:1:8: label: not a text, but a map\n");
	expect_findings("colour: [red]\n", "error type: f.yaml:1:9: colour: not a word, but a list\n");
	expect_findings("tags: one\n",
			"error type: f.yaml:1:7: tags: not a list, as [one, two], but a text\n");
	expect_findings(
	    "days: 4\n",
	    "error type: f.yaml:1:7: days: not a list of days of the month, as [4, 13], but a text\n");
	expect_findings("codes: [a]\n",
			"error type: f.yaml:1:8: codes: not a map, as {name: text}, but a list\n");
	expect_findings("prices: 3\n",
			"error type: f.yaml:1:9: prices: not a map, as {name: 12.50}, but a text\n");
	expect_findings("top: x\n", "error type: f.yaml:1:6: top: not a map, as {name: value}, but a text\n");
	expect_findings("list: {label: a}\n", "error type: f.yaml:1:7: list: not a list, but a map\n");
	expect_findings("tags: [a, [b]]\n", "error type: f.yaml:1:11: tags[1]: not a text, but a list\n");
	expect_findings("codes: {a: [b]}\n", "error type: f.yaml:1:12: codes.a: not a text, but a list\n");
	expect_findings("prices: {a: {b: 1}}\n",
			"error type: f.yaml:1:13: prices.a: not a number, but a map\n");
}

static void
paths_count_list_items_from_0(void **state)
{
	(void)state;
	expect_findings("list:\n  - {label: a}\n  - {label: b, size: {}}\n",
			"error type: f.yaml:3:22: list[1].size: not a whole number, but a map\n");
	expect_findings("loose:\n  boxes:\n    - label: a\n      size: big\n",
			"error type: f.yaml:4:13: loose.boxes[0].size: not a whole number: \"big\"\n");
}

static void
items_that_are_no_maps_leave_no_structs(void **state)
{
	struct reading r;
	const struct box *box;

	(void)state;
	read_from_line(&r, "list:\n  - {label: a}\n  - x\n  -\n  - {label: b}\n", 1, &shelf_fields);
	assert_string_equal(findings_text(&r.found),
			    "error type: f.yaml:3:5: list[1]: not a map, as {name: value}, but a text\n"
			    "error type: f.yaml:4:4: list[2]: an item without a value\n");
	assert_int_equal(r.shelf.list.n, 2);
	box = r.shelf.list.v;
	assert_string_equal(box[1].label, "b");
	reading_free(&r);
}

static void
unknown_names_in_closed_tables_name_the_nearest(void **state)
{
	(void)state;
	expect_findings("top: {label: a, sise: 1}\n",
			"error name: f.yaml:1:17: top.sise: not a known name; did you mean \"size\"?\n");
	expect_findings("top:\n  label: a\n  Größe:\n    # far\n    - 1\n",
			"error name: f.yaml:3:3: top.Größe: not a known name\n");
}

static void
unknown_names_in_open_tables_are_kept(void **state)
{
	(void)state;
	expect_findings("mine: {a: 1, b: [x, {c: d}]}\nours:\n  empty:\n  deep: [[[]]]\n", "");
	expect_findings("loose:\n  5:\ncodes:\n  a:\n", "");
}

static void
a_comma_in_an_amount_is_a_name_without_a_value(void **state)
{
	(void)state;
	expect_findings("loose: {amount: 12,5}\n",
			"error name: f.yaml:1:20: loose.5: a name without a value; write amounts "
			"with a point: 12.5\n");
	expect_findings("loose: {amount: -12,05}\n",
			"error name: f.yaml:1:21: loose.05: a name without a value; write "
			"amounts with a point: -12.05\n");
	expect_findings("top: {label: a, size: 12,5}\n",
			"error name: f.yaml:1:26: top.5: a name without a value; write "
			"amounts with a point: 12.5\n");
	expect_findings("loose: {amount: 1,200}\n",
			"error name: f.yaml:1:19: loose.200: a name without a value; write "
			"amounts with a point: 1.200, or thousands together: 1200\n");
	expect_findings("prices: {oak: 12,5: }\n",
			"error name: f.yaml:1:18: prices.5: a name without a value; write "
			"amounts with a point: 12.5\n");
	expect_findings("mine: {deep: [{amount: 12,5}]}\n",
			"error name: f.yaml:1:27: mine.deep[0].5: a name without a "
			"value; write amounts with a point: 12.5\n");
}

static void
a_text_with_a_comma_needs_quotes(void **state)
{
	(void)state;
	expect_findings("codes: {a: one, two}\n",
			"error name: f.yaml:1:17: codes.two: a name without a value; a text with "
			"a comma needs quotes\n");
	expect_findings(
	    "codes: {a: , b: x}\n",
	    "error name: f.yaml:1:9: codes.a: a name without a value; give it one, or take it out\n");
	expect_findings("codes: {a: [x], 5}\n",
			"error type: f.yaml:1:12: codes.a: not a text, but a list\n"
			"error name: f.yaml:1:17: codes.5: a name without a value; a text with a "
			"comma needs quotes\n");
	expect_findings("top: {label: a, sizes}\n",
			"error name: f.yaml:1:17: top.sizes: a name without a value; did you "
			"mean \"size\"?\n");
}

static void
a_known_name_without_a_value_is_absent_data(void **state)
{
	struct reading r;

	(void)state;
	read_from_line(&r,
		       "top: {label: a, size: }\nloose: {amount: , tags}\ncodes: {a: \"\"}\nmine: {b: ''}\n",
		       1, &shelf_fields);
	assert_string_equal(findings_text(&r.found), "");
	assert_int_equal(r.shelf.top.size, 0);
	assert_int_equal(r.shelf.codes.n, 0);
	reading_free(&r);
}

static void
a_required_name_that_is_missing_is_an_error(void **state)
{
	(void)state;
	expect_findings("list:\n  - {label: a}\n  - {size: 3}\n  - label:\n    size: 4\n",
			"error missing: f.yaml:3:5: list[1].label: missing\n"
			"error missing: f.yaml:4:11: list[2].label: missing\n");
}

static void
sections_without_a_struct_are_checked_all_the_same(void **state)
{
	(void)state;
	expect_findings("loose: {amount: 1.5, boxes: [{label: a}], tags: [x], days: [1], codes: {a: b}, "
			"prices: {c: 1}}\n",
			"");
	expect_findings(
	    "loose: {amount: x, boxes: [{size: 1}], tags: x, days: [0], codes: {a: []}, prices: {c: y}}\n",
	    "error type: f.yaml:1:17: loose.amount: not a number: \"x\"\n"
	    "error missing: f.yaml:1:28: loose.boxes[0].label: missing\n"
	    "error type: f.yaml:1:46: loose.tags: not a list, as [one, two], but a text\n"
	    "error type: f.yaml:1:56: loose.days[0]: not a day of the month, 1 to 31: \"0\"\n"
	    "error type: f.yaml:1:71: loose.codes.a: not a text, but a list\n"
	    "error type: f.yaml:1:88: loose.prices.c: not a number: \"y\"\n");
}

static void
a_table_without_a_struct_needs_no_memory(void **state)
{
	struct findings found;
	struct arena arena = {0};
	struct doc doc = {0};
	struct error e = {0};
	const char *text = "amount: 1\nboxes: [{label: a}]\n";

	(void)state;
	findings_init(&found);
	assert_int_equal(doc_parse(&doc, "f.yaml", 1, (struct str){text, strlen(text)}, &e), 0);
	assert_int_equal(fields_read(&doc, doc.root, &loose_fields, NULL, &arena, &found.sink), 0);
	assert_int_equal(found.sink.errors, 0);
	arena_free(&arena);
	doc_free(&doc);
}

static void
a_second_reading_keeps_what_it_does_not_name(void **state)
{
	struct findings found;
	struct reading r;
	struct doc over = {0};
	struct error e = {0};
	const char *text = "top: {label: new}\nboxes: 7\nweight:\n";

	(void)state;
	read_from_line(&r, "top: {label: old, size: 3}\nboxes: 1\nweight: 2.5\nlabel: l\n", 1, &shelf_fields);
	findings_init(&found);
	assert_int_equal(doc_parse(&over, "g.yaml", 1, (struct str){text, strlen(text)}, &e), 0);
	assert_int_equal(fields_read(&over, over.root, &shelf_fields, &r.shelf, &r.arena, &found.sink), 0);
	assert_string_equal(r.shelf.top.label, "new");
	assert_int_equal(r.shelf.top.size, 3);
	assert_int_equal(r.shelf.boxes, 7);
	assert_true(decimal_double(r.shelf.weight) == 2.5);
	assert_string_equal(r.shelf.label, "l");
	doc_free(&over);
	reading_free(&r);
}

static void
places_count_characters_and_lines_of_the_file(void **state)
{
	struct reading r;

	(void)state;
	read_from_line(
	    &r,
	    "---\r\n# Ромашка\r\ncodes: {\"имя\": [], б: []}\r\nlist: [{label: ы, size: ю}, {size: я}]\r\n"
	    "boxes: x\r\n",
	    101, &shelf_fields);
	assert_string_equal(findings_text(&r.found),
			    "error type: f.yaml:103:16: codes.имя: not a text, but a list\n"
			    "error type: f.yaml:103:23: codes.б: not a text, but a list\n"
			    "error type: f.yaml:104:25: list[0].size: not a whole number: \"ю\"\n"
			    "error type: f.yaml:104:36: list[1].size: not a whole number: \"я\"\n"
			    "error missing: f.yaml:104:29: list[1].label: missing\n"
			    "error type: f.yaml:105:8: boxes: not a whole number: \"x\"\n");
	reading_free(&r);
}

/* the item's own place lies lines before its last finding */
static void
places_go_back_over_lines(void **state)
{
	(void)state;
	expect_findings("# one\nlist:\n  - size: x\n    # two\n\n    more: 1\ntop: 1\n",
			"error type: f.yaml:3:11: list[0].size: not a whole number: \"x\"\n"
			"error name: f.yaml:6:5: list[0].more: not a known name\n"
			"error missing: f.yaml:3:5: list[0].label: missing\n"
			"error type: f.yaml:7:6: top: not a map, as {name: value}, but a text\n");
}

static void
long_paths_leave_room_for_the_message(void **state)
{
	struct reading r;
	struct buf text = {0}, name = {0};

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_adds(&name, "ы");
	for (int i = 0; i < 40; i++)
		buf_printf(&text, "%*sa%d%s:\n", i, "", i, name.data);
	buf_printf(&text, "%*sx: {b: 1, c}\n", 40, "");
	read_from_line(&r, text.data, 1, &shelf_fields);
	assert_int_equal(r.found.sink.errors, 1);
	assert_non_null(strstr(findings_text(&r.found),
			       "ыы: a name without a value; a text with a comma needs quotes\n"));
	reading_free(&r);
	buf_free(&text);
	buf_free(&name);
}

/* 150,000 findings on one line of 2 MB: minutes, were each placed from the top */
static void
a_text_full_of_errors_takes_time_in_proportion(void **state)
{
	struct reading r;
	struct buf text = {0}, last = {0};

	(void)state;
	buf_adds(&text, "list: [");
	for (int i = 0; i < 150000; i++)
		buf_adds(&text, "{label: , a},");
	buf_adds(&text, "{label: x, size: y}]\n");
	read_from_line(&r, text.data, 1, &shelf_fields);
	assert_int_equal(r.found.sink.errors, 300001);
	buf_printf(&last, "error type: f.yaml:1:%d: list[150000].size: not a whole number: \"y\"\n",
		   7 + 13 * 150000 + 18);
	assert_string_equal(r.found.text.data + r.found.text.len - last.len, last.data);
	buf_free(&last);
	buf_free(&text);
	reading_free(&r);
}

static void
identifiers_are_safe_as_names_of_files(void **state)
{
	char longest[102];

	(void)state;
	memset(longest, 'a', 101);
	longest[101] = '\0';
	assert_false(field_id_is_valid(longest));
	assert_true(field_id_is_valid(longest + 1));
	assert_true(field_id_is_valid("0"));
	assert_true(field_id_is_valid("a..b"));
	assert_false(field_id_is_valid(""));
	assert_false(field_id_is_valid(".."));
	assert_false(field_id_is_valid("-a"));
	assert_false(field_id_is_valid("a/b"));
	assert_false(field_id_is_valid("A"));
	assert_false(field_id_is_valid("ромашка"));
	assert_false(field_id_is_valid("a\n"));
}

static void
fields_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(field_find(&box_fields, "size"), &box_table[1]);
	assert_null(field_find(&box_fields, "siz"));
	assert_string_equal(field_type_name(FIELD_DATE), "date, as 2026-11-22");
	for (int type = FIELD_TEXT; type <= FIELD_ANY; type++)
		assert_true(strlen(field_type_name((enum field_type)type)) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_type_reads_its_value),
	    cmocka_unit_test(lists_and_maps_read_all_their_values),
	    cmocka_unit_test(absent_and_empty_values_leave_zeroed_memory),
	    cmocka_unit_test(texts_that_are_not_of_the_type_are_quoted),
	    cmocka_unit_test(a_decimal_comma_is_shown_as_a_point),
	    cmocka_unit_test(other_words_name_the_known_ones_and_the_nearest),
	    cmocka_unit_test(a_name_can_have_several_codes),
	    cmocka_unit_test(values_of_another_kind_are_errors),
	    cmocka_unit_test(paths_count_list_items_from_0),
	    cmocka_unit_test(items_that_are_no_maps_leave_no_structs),
	    cmocka_unit_test(unknown_names_in_closed_tables_name_the_nearest),
	    cmocka_unit_test(unknown_names_in_open_tables_are_kept),
	    cmocka_unit_test(a_comma_in_an_amount_is_a_name_without_a_value),
	    cmocka_unit_test(a_text_with_a_comma_needs_quotes),
	    cmocka_unit_test(a_known_name_without_a_value_is_absent_data),
	    cmocka_unit_test(a_required_name_that_is_missing_is_an_error),
	    cmocka_unit_test(sections_without_a_struct_are_checked_all_the_same),
	    cmocka_unit_test(a_table_without_a_struct_needs_no_memory),
	    cmocka_unit_test(a_second_reading_keeps_what_it_does_not_name),
	    cmocka_unit_test(places_count_characters_and_lines_of_the_file),
	    cmocka_unit_test(places_go_back_over_lines),
	    cmocka_unit_test(long_paths_leave_room_for_the_message),
	    cmocka_unit_test(a_text_full_of_errors_takes_time_in_proportion),
	    cmocka_unit_test(identifiers_are_safe_as_names_of_files),
	    cmocka_unit_test(fields_are_found_by_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
