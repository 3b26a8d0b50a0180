/* The quick reading back of plain sections against libyaml's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/readback.h"

static unsigned long long state = 20261122;

static unsigned
random_below(unsigned n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(state >> 33) % n;
}

/* mostly words, now and then bytes that make them something else */
static const char *
random_text(struct arena *arena)
{
	static const char *const odd[] = {
	    "",	  "-",	"--",	"- a",	"a: b", "a #b", "#",  "[",  "no", "~",	 "\"",	"a,b", "ё", "-x",
	    "x ", " x", "a\nb", "key:", "?",	"*a",	"&a", "!x", "%x", "---", "...", "x:",  "x]"};
	char text[12];
	size_t i, n = 1 + random_below(10);

	if (random_below(12) == 0)
		return odd[random_below(sizeof odd / sizeof *odd)];
	for (i = 0; i < n; i++)
		text[i] = "abzAZ019._+-"[random_below(i ? 12 : random_below(8) ? 8 : 12)];
	return arena_copy(arena, text, n);
}

static struct node *
random_section(struct arena *arena)
{
	struct node *map = node_new_map(arena, STYLE_BLOCK), *list;
	size_t i, k, entries = random_below(5), items;

	for (i = 0; i < entries; i++) {
		const char *key = arena_printf(arena, "%c%s", (char)('a' + i), random_text(arena));

		if (random_below(4)) {
			node_put(arena, map, key, node_new_plain(arena, random_text(arena)));
			continue;
		}
		list = node_put(arena, map, key, node_new_list(arena, STYLE_FLOW));
		items = random_below(4);
		for (k = 0; k < items; k++)
			node_put(arena, list, NULL, node_new_plain(arena, random_text(arena)));
	}
	return map;
}

/* what libyaml says of the same lines */
static bool
libyaml_agrees(struct str lines, const char *key, const struct node *value)
{
	struct doc doc = {0};
	struct node *section;
	bool agrees = false;

	if (doc_parse(&doc, "test", 1, lines, NULL) == 0) {
		section = node_get(doc.root, key);
		agrees = section && doc.root->count == 1 && node_equal(section, value);
	}
	doc_free(&doc);
	return agrees;
}

static void
whatever_it_accepts_libyaml_reads_the_same(void **unused)
{
	struct arena arena = {0};
	struct buf lines = {0};
	size_t round, accepted = 0;

	(void)unused;
	for (round = 0; round < 20000; round++) {
		const char *eol = round % 3 ? "\n" : "\r\n";
		struct node *value = random_section(&arena);
		struct str text;

		buf_clear(&lines);
		node_write_section(&lines, "score", value, eol);
		/* a byte changed, dropped or doubled, as a mistake of the writer could do */
		if (random_below(3) == 0)
			lines.data[random_below((unsigned)lines.len)] = ":,[]{}#- \n\"az0"[random_below(14)];
		if (random_below(8) == 0)
			lines.len -= 1 + random_below((unsigned)lines.len);
		text = (struct str){lines.data, lines.len};
		if (readback_section(text, "score", value, eol)) {
			accepted++;
			assert_true(libyaml_agrees(text, "score", value));
		}
		arena_reset(&arena);
	}
	assert_true(accepted > 4000);
	buf_free(&lines);
	arena_free(&arena);
}

static bool
reads(const char *lines, const struct node *value)
{
	return readback_section((struct str){lines, strlen(lines)}, "score", value, "\n");
}

static void
only_the_very_value_is_accepted(void **unused)
{
	struct arena arena = {0};
	struct node *value = node_new_map(&arena, STYLE_BLOCK), *list;

	(void)unused;
	node_put_plain(&arena, value, "share", "12.4");
	list = node_put(&arena, value, "flags", node_new_list(&arena, STYLE_FLOW));
	node_put(&arena, list, NULL, node_new_plain(&arena, "few-contacts"));
	assert_true(reads("score:\n  share: 12.4\n  flags: [few-contacts]\n", value));
	assert_true(reads("score:\n  share: 12.4\n  flags: [few-contacts]", value));
	assert_false(reads("score:\n  share: 12.5\n  flags: [few-contacts]\n", value));
	assert_false(reads("score:\n  share: 12.4\n", value));
	assert_false(reads("score:\n  share: 12.4\n  flags: [few-contacts]\n  more: 1\n", value));
	assert_false(reads("score:\n  share: 12.4\n  flags: [few-contacts]\n\n", value));
	assert_false(reads("score:\n share: 12.4\n flags: [few-contacts]\n", value));
	node_put_plain(&arena, value, "model", "my model");
	assert_false(reads("score:\n  share: 12.4\n  flags: [few-contacts]\n  model: my model\n", value));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whatever_it_accepts_libyaml_reads_the_same),
	    cmocka_unit_test(only_the_very_value_is_accepted),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
