#include "docs.h"
#include "domain/ethics.h"
#include "findings.h"

#define ALLOW "; an ethics file can allow it"

/* what is found in the document's text by the built-in words and those of a file, NULL: none */
static char *
found_in(const char *text, const char *file)
{
	struct str words = {file, file ? strlen(file) : 0};
	struct ethics_reader *reader;
	struct findings f;
	struct ethics e;
	struct doc doc = {0};
	char *result;

	findings_init(&f);
	if (ethics_read(&e, file ? &words : NULL, "w.yaml", &f.sink) == 0) {
		doc_must_parse(&doc, str_of(text));
		reader = ethics_reader_new(&e);
		ethics_check(reader, &doc, &f.sink);
		ethics_reader_free(reader);
	}
	doc_free(&doc);
	ethics_free(&e);
	result = strdup(findings_text(&f));
	buf_free(&f.text);
	return result;
}

static void
assert_found(const char *text, const char *file, const char *expected)
{
	char *found = found_in(text, file);

	assert_string_equal(found, expected);
	free(found);
}

/* in a note of the log */
static void
assert_note(const char *note, bool wrong)
{
	struct buf text = {0};
	char *found;

	buf_printf(&text, "log:\n  - {about: \"%s\"}\n", note);
	found = found_in(text.data, NULL);
	if ((*found != '\0') != wrong)
		fail_msg("%s: %s", note, *found ? found : "not found");
	free(found);
	buf_free(&text);
}

static void
defamation_is_an_error_and_what_is_private_a_warning(void **state)
{
	(void)state;
	assert_found("log:\n  - {about: Он жулик}\n", NULL,
		     "error defamation: a.yaml:2:13: log.about: \"жулик\": defamation (S2)" ALLOW "\n");
	assert_found(
	    "contacts:\n  - {values: he is Catholic}\n", NULL,
	    "warning private: a.yaml:2:14: contacts.values: \"he is Catholic\": religion, no business of "
	    "ours (S2)" ALLOW "\n");
}

static void
inflected_words_are_found_in_three_languages(void **state)
{
	static const char *const notes[] = {
	    "обратились к мошенникам",
	    "это были мошенницы",
	    "ЖУЛИКАМ не платим",
	    "наворовали на складе",
	    "воровка",
	    "работает с уголовниками",
	    "вымогает откаты",
	    "алкоголичка",
	    "у неё рак",
	    "перенёс инфаркт",
	    "лежала в больнице",
	    "соблюдает рамадан",
	    "политические взгляды",
	    "по национальности",
	    "изменяет мужу",
	    "krāpniece",
	    "sarunā ar krāpniekiem",
	    "zagļi",
	    "prasa kukuļus",
	    "dzērājam",
	    "guļ slimnīcā",
	    "viņas slimība",
	    "ir pareizticīgs",
	    "ir partijas biedrs",
	    "krāpj sievu",
	    "two con men",
	    "He takes a bribe",
	    "an alcoholic",
	    "she was diagnosed with",
	    "a practising Hindu",
	    "of Roma descent",
	    "his political views",
	    "who is gay",
	};

	(void)state;
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		assert_note(notes[i], true);
}

static void
words_that_only_look_alike_are_let_pass(void **state)
{
	static const char *const notes[] = {
	    "здоровая конкуренция",
	    "healthy margin",
	    "veselīgs pieprasījums",
	    "Православная ул. 5",
	    "партийная поставка",
	    "партия товара",
	    "воротник, ворота, Воронеж",
	    "по ВОР",
	    "защита от мошенников",
	    "защита от дурака",
	    "пьяная вишня",
	    "болезненный вопрос",
	    "больничный комплекс",
	    "откат версии",
	    "член правления",
	    "голосовали за бюджет",
	    "католическое кладбище",
	    "национальный проект",
	    "мягкая сволочка",
	    "Katoļu iela",
	    "mīļākā krāsa",
	    "partijas numurs",
	    "partijas biedrs",
	    "uzticīgs klients",
	    "meliorācija",
	    "pret zagļiem",
	    "liability",
	    "cheat sheet",
	    "by hook or by crook",
	    "idiot-proof",
	    "alcoholic drinks",
	    "non-alcoholic",
	    "working party",
	    "is Christian Weber",
	    "goods of Arab countries",
	    "the health of the line",
	    "sick leave",
	};

	(void)state;
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		assert_note(notes[i], false);
}

static void
blanks_and_line_ends_are_one_blank(void **state)
{
	(void)state;
	assert_found("a: |\n  takes\n  \n  a\tbribe\n", NULL,
		     "error defamation: a.yaml:1:4: a: \"takes a bribe\": defamation (S2)" ALLOW "\n");
	assert_found("a: \"takes\u00A0 bribes\"\n", NULL,
		     "error defamation: a.yaml:1:4: a: \"takes bribes\": defamation (S2)" ALLOW "\n");
	assert_found("a: [takes, bribes]\n", NULL, "");
}

static void
comments_are_read_with_their_places(void **state)
{
	(void)state;
	assert_found(
	    "# он вор\n---\n# ok\nname: Вор # а он мошенник\nsales: # \"жулик\"\n  - {month: 2026-01}\n"
	    "a: \"# x\" #алкоголик\r\nb: |\n  # вор\n",
	    NULL,
	    "error defamation: a.yaml:8:4: b: \"вор\": defamation (S2)" ALLOW
	    "\nerror defamation: a.yaml:1:1: comment: \"вор\": defamation (S2)" ALLOW
	    "\nerror defamation: a.yaml:4:11: comment: \"мошенник\": defamation (S2)" ALLOW
	    "\nerror defamation: a.yaml:5:8: comment: \"жулик\": defamation (S2)" ALLOW
	    "\nerror defamation: a.yaml:7:10: comment: \"алкоголик\": defamation (S2)" ALLOW "\n");
	assert_found("a: 1 # вор\n", "allow: [{path: comment}]\n", "");
}

static void
names_and_what_programs_bring_are_not_read(void **state)
{
	(void)state;
	assert_found("name: Вор\nnews:\n  - {title: мошенник}\ncompetitors:\n  - {name: Жулик}\n"
		     "sales:\n  - {note: вор}\nscore: {x: вор}\n",
		     NULL, "");
}

static void
a_word_is_found_behind_any_mark(void **state)
{
	static const char *const notes[] = {"«вор»", "—вор", "(вор",  "2,вор",
					    "×вор",  "÷вор", "“вор”", "и…вор"};

	(void)state;
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		assert_note(notes[i], true);
	assert_note("авор", false);
	assert_note("_вор", false);
}

static void
a_file_adds_words(void **state)
{
	(void)state;
	assert_found("a: at the golf club\n", "add: [{pattern: golf club, what: golf}]\n",
		     "warning private: a.yaml:1:4: a: \"golf club\": golf, no business of ours (S2)" ALLOW
		     "\n");
	/* what looks at the text before it is found too */
	assert_found("a: at the golf club\n", "add: [{pattern: \"(?<=the )golf\", what: golf}]\n",
		     "warning private: a.yaml:1:4: a: \"golf\": golf, no business of ours (S2)" ALLOW "\n");
	/* each pattern has its own groups */
	assert_found("a: xyxy\n",
		     "add: [{pattern: \"(?<n>q)\", what: q}, {pattern: \"(?<n>xy)\\\\1\", what: x}]\n",
		     "warning private: a.yaml:1:4: a: \"xyxy\": x, no business of ours (S2)" ALLOW "\n");
}

static void
a_file_allows_phrases_and_paths(void **state)
{
	const char *words = "allow: [{pattern: вор сезона}, {path: contacts.values}]\n";

	(void)state;
	assert_found("log:\n  - {about: вор сезона}\n", words, "");
	assert_found("log:\n  - {about: вор сезона и вор}\n", words,
		     "error defamation: a.yaml:2:13: log.about: \"вор\": defamation (S2)" ALLOW "\n");
	assert_found("contacts:\n  - {values: вор, values-of: вор}\n", words,
		     "error defamation: a.yaml:2:30: contacts.values-of: \"вор\": defamation (S2)" ALLOW
		     "\n");
}

static void
a_wrong_file_is_refused_with_its_place(void **state)
{
	(void)state;
	assert_found("", "add: [{pattern: \"a(\", what: x}]\n",
		     "error value: w.yaml:1:17: pattern, at offset 2: missing closing parenthesis\n");
	assert_found("", "add: [{pattern: a*, what: x}]\n",
		     "error value: w.yaml:1:17: a pattern that matches the empty text\n");
	assert_found("", "allow: [{}]\n", "error value: w.yaml:1:9: neither a pattern nor a path\n");
}

static void
a_long_text_is_read_to_its_end(void **state)
{
	struct buf text = {0};
	char *found;

	(void)state;
	buf_adds(&text, "a: ");
	for (int i = 0; i < 20000; i++)
		buf_adds(&text, "слово ");
	buf_adds(&text, "вор\nb: ");
	for (int i = 0; i < 40000; i++)
		buf_adds(&text, "я");
	buf_adds(&text, " вор\n");
	found = found_in(text.data, NULL);
	assert_string_equal(found, "error defamation: a.yaml:1:4: a: \"вор\": defamation (S2)" ALLOW "\n"
				   "error defamation: a.yaml:2:4: b: \"вор\": defamation (S2)" ALLOW "\n");
	free(found);
	buf_free(&text);
}

static void
of_very_many_words_a_hundred_are_said(void **state)
{
	struct buf text = {0};
	size_t lines = 0;
	char *found;

	(void)state;
	buf_adds(&text, "a:\n");
	for (int i = 0; i < 500; i++)
		buf_adds(&text, "  - вор\n");
	found = found_in(text.data, NULL);
	for (const char *p = found; (p = strchr(p, '\n')); p++)
		lines++;
	assert_int_equal(lines, 100);
	free(found);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(defamation_is_an_error_and_what_is_private_a_warning),
	    cmocka_unit_test(inflected_words_are_found_in_three_languages),
	    cmocka_unit_test(words_that_only_look_alike_are_let_pass),
	    cmocka_unit_test(blanks_and_line_ends_are_one_blank),
	    cmocka_unit_test(comments_are_read_with_their_places),
	    cmocka_unit_test(names_and_what_programs_bring_are_not_read),
	    cmocka_unit_test(a_word_is_found_behind_any_mark),
	    cmocka_unit_test(a_file_adds_words),
	    cmocka_unit_test(a_file_allows_phrases_and_paths),
	    cmocka_unit_test(a_wrong_file_is_refused_with_its_place),
	    cmocka_unit_test(a_long_text_is_read_to_its_end),
	    cmocka_unit_test(of_very_many_words_a_hundred_are_said),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
