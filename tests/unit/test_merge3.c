#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/lines.h"
#include "domain/facts.h"
#include "domain/merge3.h"
#include "findings.h"

static struct str
str(const char *s)
{
	return (struct str){s, strlen(s)};
}

/* found: what is said, in the words of the findings; NULL: it merges without a word */
static void
gives(const char *base, const char *ours, const char *theirs, const char *wanted, const char *found)
{
	const struct str text[MERGE3_SIDES] = {str(base), str(ours), str(theirs)};
	struct findings f;
	struct buf out = {0};
	enum merge3_result result;

	findings_init(&f);
	buf_adds(&out, "");
	result = merge3("a.yaml", text, &out, &f.sink);
	assert_string_equal(out.data, wanted);
	assert_string_equal(findings_text(&f), found ? found : "");
	assert_int_equal(result, found ? MERGE3_CONFLICT : MERGE3_DONE);
	buf_free(&out);
	buf_free(&f.text);
}

static void
items_of_one_day_stand_ours_first(void **state)
{
	(void)state;
	gives("log:\n  - {date: 2026-11-01, about: a}\n",
	      "log:\n  - {date: 2026-11-01, about: a}\n  - {date: 2026-11-03, about: o}\n",
	      "log:\n  - {date: 2026-11-01, about: a}\n  - {date: 2026-11-02, about: t}\n"
	      "  - {date: 2026-11-03, about: u} # last\n",
	      "log:\n  - {date: 2026-11-01, about: a}\n  - {date: 2026-11-02, about: t}\n"
	      "  - {date: 2026-11-03, about: o}\n  - {date: 2026-11-03, about: u} # last\n",
	      NULL);
}

static void
items_without_dates_follow_what_they_followed(void **state)
{
	(void)state;
	gives("contacts:\n  - {id: a}\n  - {id: b}\n", "contacts:\n  - {id: a}\n  - {id: o}\n  - {id: b}\n",
	      "contacts:\n  - {id: t}\n  - {id: a}\n  - {id: u}\n  - {id: b}\n",
	      "contacts:\n  - {id: t}\n  - {id: a}\n  - {id: o}\n  - {id: u}\n  - {id: b}\n", NULL);
}

static void
plain_lists_are_sets(void **state)
{
	(void)state;
	gives("team: [a, b, c]\n", "team: [a, c, o]\n", "team: [t, a, b]\n", "team: [t, a, o]\n", NULL);
	/* with a value twice it is no set */
	gives("team: [a, a]\n", "team: [a, a, o]\n", "team: [a, a, t]\n",
	      "<<<<<<< ours\nteam: [a, a, o]\n=======\nteam: [a, a, t]\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: team: ours \"[a, a, o]\", theirs \"[a, a, t]\"\n");
}

static void
additions_and_removals_are_matched_by_key_and_not_by_place(void **state)
{
	(void)state;
	gives("team: [a, b]\n", "team: [a, o]\n", "team: [a, t]\n", "team: [a, o, t]\n", NULL);
	gives("sales:\n  - {month: 2026-08, source: s}\n  - {month: 2026-09, source: s}\n",
	      "sales:\n  - {month: 2026-08, source: s}\n",
	      "sales:\n  - {month: 2026-08, source: s}\n  - {month: 2026-10, source: s}\n",
	      "sales:\n  - {month: 2026-08, source: s}\n  - {month: 2026-10, source: s}\n", NULL);
	gives("contacts:\n  - {id: g, role: user}\n", "contacts:\n  - {id: n, role: user}\n",
	      "contacts:\n  - {id: o, role: user}\n",
	      "contacts:\n  - {id: n, role: user}\n  - {id: o, role: user}\n", NULL);
}

static void
two_new_keys_for_one_item_are_a_conflict(void **state)
{
	(void)state;
	gives("log:\n  - {date: 2026-11-01, by: x, about: a}\n",
	      "log:\n  - {date: 2026-11-01, by: x, about: o}\n",
	      "log:\n  - {date: 2026-11-01, by: x, about: t}\n",
	      "log:\n<<<<<<< ours\n  - {date: 2026-11-01, by: x, about: o}\n=======\n"
	      "  - {date: 2026-11-01, by: x, about: t}\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: log/2026-11-01//x/a/about: ours \"o\", theirs \"t\"\n");
}

static void
a_conflict_names_the_field_and_shows_where_the_values_differ(void **state)
{
	(void)state;
	gives("plan:\n  goals:\n    - {goal: more, measure: pieces, due: 2026-05-01}\n",
	      "plan:\n  goals:\n    - {goal: more, measure: pieces, due: 2026-05-02}\n",
	      "plan:\n  goals:\n    - {goal: more, measure: pieces, due: 2026-05-03}\n",
	      "plan:\n  goals:\n<<<<<<< ours\n    - {goal: more, measure: pieces, due: 2026-05-02}\n=======\n"
	      "    - {goal: more, measure: pieces, due: 2026-05-03}\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: plan/goals/1/due: ours \"2026-05-02\", theirs "
	      "\"2026-05-03\"\n");
	gives("name: a\n", "name: a long name of a company that has no end in sight, north\n",
	      "name: a long name of a company that has no end in sight, south\n",
	      "<<<<<<< ours\nname: a long name of a company that has no end in sight, north\n=======\n"
	      "name: a long name of a company that has no end in sight, south\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: name: ours \"…o end in sight, north\", theirs \"…o end in "
	      "sight, "
	      "south\"\n");
}

static void
figures_of_a_month_are_of_one_export(void **state)
{
	static const char base[] = "sales:\n  - {month: 2026-01, source: s, revenue: 1, margin: 1}\n";

	(void)state;
	gives(base, "sales:\n  - {month: 2026-01, source: s, revenue: 2, margin: 1}\n",
	      "sales:\n  - {month: 2026-01, source: s, revenue: 1, margin: 2}\n",
	      "sales:\n<<<<<<< ours\n  - {month: 2026-01, source: s, revenue: 2, margin: 1}\n=======\n"
	      "  - {month: 2026-01, source: s, revenue: 1, margin: 2}\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: sales/2026-01/s/revenue: ours \"2\", theirs \"1\"\n"
	      "error conflict: a.yaml: conflict: sales/2026-01/s/margin: ours \"1\", theirs \"2\"\n");
	/* its products may come from another */
	gives(base, "sales:\n  - {month: 2026-01, source: s, revenue: 2, margin: 1}\n",
	      "sales:\n  - {month: 2026-01, source: s, revenue: 1, margin: 1, products: {a: 1}}\n",
	      "sales:\n  - {month: 2026-01, source: s, revenue: 2, margin: 1, products: {a: 1}}\n", NULL);
}

static void
what_is_not_in_conflict_is_merged_on_both_sides_of_the_marks(void **state)
{
	(void)state;
	gives("contacts:\n  - {id: a, name: A, phone: 1, role: user}\n",
	      "contacts:\n  - {id: a, name: O, phone: 2, role: user}\n",
	      "contacts:\n  - {id: a, name: T, phone: 1, role: decider} # who\n",
	      "contacts:\n<<<<<<< ours\n  - {id: a, name: O, phone: 2, role: decider} # who\n=======\n"
	      "  - {id: a, name: T, phone: 2, role: decider} # who\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: contacts/a/name: ours \"O\", theirs \"T\"\n");
}

static void
dropped_here_and_changed_there_is_a_conflict(void **state)
{
	(void)state;
	gives("name: a\nprofile:\n  region: x\n  tasks: y\n", "name: a\n",
	      "name: a\nprofile:\n  region: z\n  tasks: y\n",
	      "name: a\n<<<<<<< ours\n=======\nprofile:\n  region: z\n  tasks: y\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: profile: ours dropped it, theirs changed profile/region: "
	      "\"x\" → \"z\"\n");
}

static void
comments_of_both_stay(void **state)
{
	(void)state;
	gives("# top\nname: a # n\ntier: key # t\n\nteam: [a] # m\n",
	      "# top\n# ours\nname: b # n\ntier: key # t\n\nteam: [a] # M\n",
	      "# TOP\nname: a # N\ntier: large # t\n\nteam: [a, t] # m\n",
	      "# TOP\n# ours\nname: b # N\ntier: large # t\n\nteam: [a, t] # M\n", NULL);
}

static void
comments_changed_differently_are_a_conflict(void **state)
{
	(void)state;
	gives("name: a # n\n", "name: a # o\n", "name: a # t\n",
	      "<<<<<<< ours\nname: a # o\n=======\nname: a # t\n>>>>>>> theirs\n",
	      "error comments: a.yaml: conflict: name: the comment: ours \"# o\", theirs \"# t\"\n");
}

static void
a_new_comment_is_never_dropped_with_its_item(void **state)
{
	static const char base[] = "contacts:\n  - {id: a}\n  - {id: g}\n  - {id: z}\n";

	(void)state;
	gives(
	    base, "contacts:\n  - {id: a}\n  - {id: g} # leaves in May\n  - {id: z}\n",
	    "contacts:\n  - {id: a}\n  - {id: z}\n",
	    "contacts:\n  - {id: a}\n<<<<<<< ours\n  - {id: g} # leaves in May\n=======\n>>>>>>> theirs\n"
	    "  - {id: z}\n",
	    "error conflict: a.yaml: conflict: contacts/g: theirs dropped it, ours wrote a comment about it: "
	    "\"# leaves in May\"\n");
	/* above it too: it is not about the next */
	gives(
	    base, "contacts:\n  - {id: a}\n  - {id: z}\n",
	    "contacts:\n  - {id: a}\n  # leaves in May\n  - {id: g}\n  - {id: z}\n",
	    "contacts:\n  - {id: a}\n<<<<<<< ours\n=======\n  # leaves in May\n  - {id: g}\n>>>>>>> theirs\n"
	    "  - {id: z}\n",
	    "error conflict: a.yaml: conflict: contacts/g: ours dropped it, theirs wrote a comment about it: "
	    "\"# leaves in May\"\n");
	/* an old one goes with it */
	gives("contacts:\n  - {id: a}\n  - {id: g} # old\n",
	      "contacts:\n  - {id: a}\n  - {id: g} # old\ntier: key\n", "contacts:\n  - {id: a}\n",
	      "contacts:\n  - {id: a}\ntier: key\n", NULL);
}

static void
a_comment_and_a_value_of_one_item_come_together(void **state)
{
	(void)state;
	gives("plan:\n  goals:\n    - {goal: g, due: 2026-05-01, milestone: m}\n    - {goal: h}\n",
	      "plan:\n  goals:\n    - {goal: g, due: 2026-05-01, milestone: m} # agreed\n    - {goal: h}\n",
	      "plan:\n  goals:\n    - {goal: g, due: 2026-05-01, milestone: n}\n    - {goal: h}\n",
	      "plan:\n  goals:\n    - {goal: g, due: 2026-05-01, milestone: n} # agreed\n    - {goal: h}\n",
	      NULL);
	gives("contacts:\n  - {id: a, name: A}   # old\n",
	      "contacts:\n  - {id: a, name: O}   # old\n  - {id: o}\n",
	      "contacts:\n  # above\n  - {id: a, name: A}   # new\n  - {id: t}\n",
	      "contacts:\n  # above\n  - {id: a, name: O}   # new\n  - {id: o}\n  - {id: t}\n", NULL);
}

static void
items_moved_here_and_added_there_come_together(void **state)
{
	(void)state;
	gives("reliability:\n  - {date: 2026-01-01, by: a} # one\n  - {date: 2026-02-01, by: b} # two\n",
	      "reliability:\n  - {date: 2026-01-01, by: a} # one\n  - {date: 2026-02-01, by: b} # two\n"
	      "  - {date: 2026-03-01, by: c}\n",
	      "reliability:\n  - {date: 2026-02-01, by: b} # two\n  - {date: 2026-01-01, by: a} # one\n",
	      "reliability:\n  - {date: 2026-01-01, by: a} # one\n  - {date: 2026-02-01, by: b} # two\n"
	      "  - {date: 2026-03-01, by: c}\n",
	      NULL);
}

static void
a_section_that_cannot_be_merged_is_in_conflict_as_a_whole_and_alone(void **state)
{
	(void)state;
	gives("tier: key\nteam:\n  - a\n  - b\nname: n\n",
	      "tier: large\nteam:\n  - a # the boss\n  - b\nname: n\n", "tier: key\nteam: c\nname: m\n",
	      "tier: large\n<<<<<<< ours\nteam:\n  - a # the boss\n  - b\n=======\nteam: c\n>>>>>>> theirs\n"
	      "name: m\n",
	      "error conflict: a.yaml: conflict: team: laid out so that it cannot be merged by keys, or only "
	      "with the loss of a comment; both are there whole, with their comments: take one and put in by "
	      "hand what the other has\n");
}

static void
a_new_layout_stays_where_the_other_side_changes_values(void **state)
{
	(void)state;
	gives("contacts:\n  - {id: a, name: A, phone: 1}\n  - {id: b}\n",
	      "contacts:\n\n  - {id: a, name: A, phone: 2}\n  - {id: b}\n",
	      "contacts:\n  - id: a\n    name: A   # the first\n    phone: 1\n  - {id: b}\n",
	      "contacts:\n\n  - id: a\n    name: A   # the first\n    phone: 2\n  - {id: b}\n", NULL);
}

static void
lines_of_block_texts_are_merged(void **state)
{
	(void)state;
	gives("note: |\n  a\n  b\n  c\nteam: [x]\n", "note: |\n  A\n  b\n  c\nteam: [x, o]\n",
	      "note: |\n  a\n  b\n  C\nteam: [x, t]\n", "note: |\n  A\n  b\n  C\nteam: [x, o, t]\n", NULL);
}

static void
line_ends_are_those_of_the_side_that_changed_them(void **state)
{
	(void)state;
	gives("a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\nb: 3\n", "a: 1\r\nb: 3\r\n", NULL);
	gives("a: 1\nb: 2\n", "a: 1\nb: 3\n", "a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", NULL);
	gives("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", "a: 1\nb: 4\n",
	      "a: 1\n<<<<<<< ours\nb: 3\n=======\nb: 4\n>>>>>>> theirs\n",
	      "error conflict: a.yaml: conflict: b: ours \"3\", theirs \"4\"\n");
}

static void
a_text_that_is_no_dossier_is_merged_by_lines(void **state)
{
	(void)state;
	gives("a: 1\nb: 2\nc: 3\n", "a: 1\na: 2\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 4\n",
	      "a: 1\na: 2\nb: 2\nc: 4\n",
	      "error syntax: a.yaml:2:1: ours: a second \"a\" in the same map; two documents joined without "
	      "a line \"---\"?; merged by lines alone\n");
}

static void
nothing_and_the_same_are_no_conflict(void **state)
{
	(void)state;
	gives("", "a: 1\n", "a: 1\n", "a: 1\n", NULL);
	gives("", "a: 1\n", "b: 1\n", "a: 1\nb: 1\n", NULL);
	gives("a: 1\n", "", "a: 1\nb: 2\n", "b: 2\n", NULL);
	gives("a: 1", "a: 1", "a: 2", "a: 2", NULL);
	gives("a: 1\nb: 1", "a: 2\nb: 1", "a: 1\nb: 1\nc: 1", "a: 2\nb: 1\nc: 1", NULL);
	gives("a: 1\n",
	      "\xEF\xBB\xBF"
	      "a: 1\n",
	      "a: 1\nb: 1\n",
	      "\xEF\xBB\xBF"
	      "a: 1\nb: 1\n",
	      NULL);
}

/* Merging by lines */

static void
lines_give(const char *base, const char *ours, const char *theirs, enum lines_nearness nearness,
	   const char *wanted)
{
	struct buf out = {0};

	buf_adds(&out, "");
	lines_merge(str(base), str(ours), str(theirs), nearness, LINES_MARK, "\n", &out);
	assert_string_equal(out.data, wanted);
	buf_free(&out);
}

static void
changes_apart_are_made_and_neighbours_are_in_conflict(void **state)
{
	(void)state;
	lines_give("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", LINES_APART, "A\nb\nC\n");
	lines_give("a\nb\n", "A\nb\n", "a\nB\n", LINES_APART,
		   "<<<<<<< ours\nA\nb\n=======\na\nB\n>>>>>>> theirs\n");
	lines_give("a\nb\n", "A\nb\n", "a\nB\n", LINES_NEAR, "A\nB\n");
	lines_give("a\n", "a\nx\nm\n", "a\nx\nn\n", LINES_APART,
		   "a\nx\n<<<<<<< ours\nm\n=======\nn\n>>>>>>> theirs\n");
	lines_give("a\nb\nc\n", "c\n", "a\nb\nc\n", LINES_APART, "c\n");
	lines_give("a", "a\nb", "a", LINES_APART, "a\nb");
	lines_give("a", "b", "c", LINES_APART, "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n");
}

/* Facts */

static void
facts_are(const char *text, const char *wanted)
{
	struct doc doc = {0};
	struct error err;
	struct buf out = {0};

	buf_adds(&out, "");
	assert_int_equal(doc_parse(&doc, "a.yaml", 1, str(text), &err), 0);
	facts_write(doc.root, &out);
	assert_string_equal(out.data, wanted);
	buf_free(&out);
	doc_free(&doc);
}

static void
facts_are_named_by_keys_and_safe(void **state)
{
	(void)state;
	facts_are("name:\nexternal: {a/b: \"1\"}\ncontacts:\n  - {id: \"#x/y\", phone: \"\\e[1m\\\"\\n\"}\n",
		  "external/a\\/b: \"1\"\ncontacts/\\#x\\/y/id: \"#x/y\"\n"
		  "contacts/\\#x\\/y/phone: \"\\x1B[1m\\\"\\n\"\n");
	facts_are("competitors: [{name: c, criteria: [{us: 1}, {us: 2}]}]\nsales: [{revenue: 1}]\n",
		  "competitors/c/name: \"c\"\ncompetitors/c/criteria/1/us: \"1\"\n"
		  "competitors/c/criteria/2/us: \"2\"\nsales/#1/revenue: \"1\"\n");
	facts_are("x: [[a, b], {c: d}]\n", "x/1: \"a\", \"b\"\nx/2/c: \"d\"\n");
}

static void
changes_of_facts_are_told_where_they_stand(void **state)
{
	struct doc old = {0}, new = {0};
	struct error err;
	struct buf out = {0};

	(void)state;
	doc_parse(&old, "a", 1, str("a: 1\nb: 2\nc: 3\nneeds: [{what: x, f: 1}, {what: x, f: 2}]\n"), &err);
	doc_parse(&new, "a", 1, str("a: 1\nc: 4\nd: 5\nneeds: [{what: x, f: 1}, {what: x, f: 3}]\n"), &err);
	assert_int_equal(facts_write_changes(old.root, new.root, &out), 4);
	assert_string_equal(out.data, "- b: \"2\"\nc: \"3\" → \"4\"\n+ d: \"5\"\nneeds/x/f: \"2\" → \"3\"\n");
	buf_free(&out);
	doc_free(&old);
	doc_free(&new);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(items_of_one_day_stand_ours_first),
	    cmocka_unit_test(items_without_dates_follow_what_they_followed),
	    cmocka_unit_test(plain_lists_are_sets),
	    cmocka_unit_test(additions_and_removals_are_matched_by_key_and_not_by_place),
	    cmocka_unit_test(two_new_keys_for_one_item_are_a_conflict),
	    cmocka_unit_test(a_conflict_names_the_field_and_shows_where_the_values_differ),
	    cmocka_unit_test(figures_of_a_month_are_of_one_export),
	    cmocka_unit_test(what_is_not_in_conflict_is_merged_on_both_sides_of_the_marks),
	    cmocka_unit_test(dropped_here_and_changed_there_is_a_conflict),
	    cmocka_unit_test(comments_of_both_stay),
	    cmocka_unit_test(comments_changed_differently_are_a_conflict),
	    cmocka_unit_test(a_new_comment_is_never_dropped_with_its_item),
	    cmocka_unit_test(a_comment_and_a_value_of_one_item_come_together),
	    cmocka_unit_test(items_moved_here_and_added_there_come_together),
	    cmocka_unit_test(a_section_that_cannot_be_merged_is_in_conflict_as_a_whole_and_alone),
	    cmocka_unit_test(a_new_layout_stays_where_the_other_side_changes_values),
	    cmocka_unit_test(lines_of_block_texts_are_merged),
	    cmocka_unit_test(line_ends_are_those_of_the_side_that_changed_them),
	    cmocka_unit_test(a_text_that_is_no_dossier_is_merged_by_lines),
	    cmocka_unit_test(nothing_and_the_same_are_no_conflict),
	    cmocka_unit_test(changes_apart_are_made_and_neighbours_are_in_conflict),
	    cmocka_unit_test(facts_are_named_by_keys_and_safe),
	    cmocka_unit_test(changes_of_facts_are_told_where_they_stand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
