/* Comments of a document: all of them, and nothing that only looks like one. */
#include "docs.h"

#include "base/hash.h"
#include "data/comments.h"

/* the comments, joined by | */
static void
has_comments(const char *text, const char *comments)
{
	struct arena arena = {0};
	struct hash seen = {0};
	struct doc doc = {0};
	struct node *list = node_new_list(&arena, STYLE_FLOW);
	struct buf got = {0};

	doc_must_parse(&doc, str_of(text));
	comments_collect(&doc, list, &seen, &arena);
	buf_adds(&got, "");
	for (const struct node *n = list->first; n; n = n->next)
		buf_printf(&got, "%s%s", got.len ? "|" : "", n->text);
	assert_string_equal(got.data, comments);
	buf_free(&got);
	hash_free(&seen);
	doc_free(&doc);
	arena_free(&arena);
}

static void
comments_stand_anywhere_between_values(void **state)
{
	(void)state;
	has_comments(
	    "# top\n---\n# above\na: 1 # behind\n\n  # between\nb:   # empty\nc: # map\n  d: 2\n# end",
	    "top|above|behind|between|empty|map|end");
	has_comments(BOM "# bom\na: 1\r\n#dos\r\n", "bom|dos");
	has_comments("a: 1\n...\n# after\n", "after");
	has_comments("l: # list\n  - # item\n    k: v\n  - [x, # flow\n     y]\n", "list|item|flow");
}

static void
values_and_keys_are_no_comments(void **state)
{
	(void)state;
	has_comments("a: b#c\nd: \"x # y\"\ne: 'x # y'\n\"k # l\": 1\n'm # n': 2\n", "");
	has_comments("a: |\n  # text\n  more # text\nb: >\n  # folded\n", "");
	has_comments("a: {\"k # \\\" l\": 'it''s # x'}\n", "");
	has_comments("'it''s # k': 1 # z\n", "z");
	has_comments("a: plain\n  text # real\n", "real");
}

static void
a_block_text_has_a_comment_behind_its_sign(void **state)
{
	(void)state;
	has_comments("a: | # head\n  # text\nb: 1 # b\n", "head|b");
}

static void
each_is_told_once_and_empty_ones_not(void **state)
{
	(void)state;
	has_comments("a: 1 # x\nb: 2 #  x  \n#\n##\nc: 3 ### y\n", "x|y");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(comments_stand_anywhere_between_values),
	    cmocka_unit_test(values_and_keys_are_no_comments),
	    cmocka_unit_test(a_block_text_has_a_comment_behind_its_sign),
	    cmocka_unit_test(each_is_told_once_and_empty_ones_not),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
