#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/reader.h"
#include "findings.h"

#define MANY 1000 /* documents: several batches */

/* a file that is being read, and what was found in it */
struct source {
	char path[64];
	char *input;
	struct reader *reader;
	struct reading *reading;
	struct findings found;
	struct error err;
};

static void
source_open(struct source *s, const char *text, int threads)
{
	FILE *file;
	int fd;

	memset(s, 0, sizeof *s);
	snprintf(s->path, sizeof s->path, "/tmp/kam-reader.XXXXXX");
	fd = mkstemp(s->path);
	assert_true(fd >= 0);
	file = fdopen(fd, "wb");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	findings_init(&s->found);
	s->input = s->path;
	s->reader = reader_open(&s->input, 1, threads);
}

static void
source_close(struct source *s)
{
	reader_free(s->reader);
	buf_free(&s->found.text);
	unlink(s->path);
}

static int
next(struct source *s)
{
	return reader_next(s->reader, &s->reading, &s->found.sink, &s->err);
}

/* the next document is a good one of this id */
static void
gives(struct source *s, const char *id)
{
	assert_int_equal(next(s), 1);
	assert_true(s->reading->usable);
	assert_string_equal(s->reading->account.id, id);
}

/* the text was found, of this file, and nothing else */
static void
found_is(const struct source *s, const char *expected)
{
	struct buf text = {0};

	for (; *expected; expected++) {
		if (*expected == '@')
			buf_adds(&text, s->path);
		else
			buf_addc(&text, *expected);
	}
	assert_string_equal(findings_text(&s->found), text.data ? text.data : "");
	buf_free(&text);
}

static void
documents_come_in_their_order_on_any_number_of_threads(void **state)
{
	static const int threads[] = {1, 2, 8};
	struct buf text = {0};
	struct source s;
	char id[32];
	size_t i, k;

	(void)state;
	for (i = 0; i < MANY; i++)
		buf_printf(&text, "---\nid: n%zu\nname: Name %zu\n", i, i);
	for (k = 0; k < sizeof threads / sizeof *threads; k++) {
		source_open(&s, text.data, threads[k]);
		for (i = 0; i < MANY; i++) {
			snprintf(id, sizeof id, "n%zu", i);
			gives(&s, id);
			assert_int_equal(s.reading->doc.first_line, 3 * i + 1);
		}
		assert_int_equal(next(&s), 0);
		assert_int_equal(next(&s), 0);
		found_is(&s, "");
		source_close(&s);
	}
	buf_free(&text);
}

static void
a_document_keeps_its_bytes(void **state)
{
	static const char first[] = "# before\n---\r\nid: a # x\r\n\r\n", second[] = "---\nid: b";
	struct source s;
	char text[128];

	(void)state;
	snprintf(text, sizeof text, "%s%s", first, second);
	source_open(&s, text, 2);
	gives(&s, "a");
	assert_int_equal(s.reading->bytes.len, strlen(first));
	assert_memory_equal(s.reading->bytes.data, first, strlen(first));
	gives(&s, "b");
	assert_int_equal(s.reading->bytes.len, strlen(second));
	assert_memory_equal(s.reading->bytes.data, second, strlen(second));
	assert_int_equal(next(&s), 0);
	source_close(&s);
}

static void
a_document_that_cannot_be_used_is_reported_and_the_next_is_read(void **state)
{
	struct source s;

	(void)state;
	source_open(&s,
		    "---\nid: a\n"
		    "---\nid: [b\n"
		    "---\nid: c\nsales: [{month: 2026-13, source: s}]\n"
		    "---\nname: nobody\n"
		    "---\nid: d\n",
		    1);
	gives(&s, "a");
	assert_int_equal(next(&s), 1);
	assert_false(s.reading->usable);
	assert_int_equal(s.found.sink.errors, 1);
	assert_int_equal(next(&s), 1);
	assert_false(s.reading->usable);
	assert_int_equal(next(&s), 1);
	assert_false(s.reading->usable);
	gives(&s, "d");
	assert_int_equal(next(&s), 0);
	assert_int_equal(s.found.sink.errors, 3);
	found_is(&s, "error yaml: @:5:1: while parsing a flow sequence, did not find expected ',' or ']'\n"
		     "error type: @:7:17: sales[0].month: not a month, as 2026-11: \"2026-13\"\n"
		     "error missing: @:9:1: id: missing\n");
	source_close(&s);
}

static void
what_was_found_comes_with_its_document(void **state)
{
	struct buf text = {0};
	struct source s;
	size_t i;

	(void)state;
	for (i = 0; i < MANY; i++)
		buf_printf(&text, "---\nid: n%zu\n%s", i, i % 7 ? "" : "tier: keyy\n");
	source_open(&s, text.data, 8);
	for (i = 0; i < MANY; i++) {
		assert_int_equal(next(&s), 1);
		assert_int_equal(s.reading->usable, i % 7 != 0);
		assert_int_equal(s.found.sink.errors, i / 7 + 1);
	}
	source_close(&s);
	buf_free(&text);
}

static void
a_document_full_of_mistakes_is_summed_up(void **state)
{
	struct buf text = {0};
	struct source s;
	int i;

	(void)state;
	buf_adds(&text, "---\nid: a\nsales:\n");
	for (i = 0; i < 5000; i++)
		buf_adds(&text, "  - {month: 2026-01, source: s, revenue: x}\n");
	source_open(&s, text.data, 1);
	assert_int_equal(next(&s), 1);
	assert_false(s.reading->usable);
	assert_int_equal(s.found.sink.errors, 101);
	assert_non_null(strstr(findings_text(&s.found), ":103:42: sales[99].revenue: "));
	assert_null(strstr(findings_text(&s.found), "sales[100].revenue"));
	assert_non_null(strstr(findings_text(&s.found), ":1: 4900 more findings in this document\n"));
	source_close(&s);
	buf_free(&text);
}

static void
a_stream_that_was_cut_is_a_failure(void **state)
{
	struct source s;

	(void)state;
	source_open(&s, "# kam-stream 1\n---\nid: a\n---\nid: b\n", 2);
	gives(&s, "a");
	assert_int_equal(next(&s), -1);
	assert_int_equal(next(&s), -1);
	assert_string_equal(s.err.file, s.path);
	assert_int_equal(s.err.line, 6);
	source_close(&s);
}

static void
a_file_that_is_not_there_is_a_failure(void **state)
{
	static char path[] = "/nowhere/at/all.yaml";
	struct source s = {.input = path};

	(void)state;
	findings_init(&s.found);
	s.reader = reader_open(&s.input, 1, 2);
	assert_int_equal(next(&s), -1);
	assert_string_equal(s.err.file, path);
	reader_free(s.reader);
}

static void
a_reader_may_be_left_in_the_middle(void **state)
{
	struct source s;

	(void)state;
	source_open(&s, "---\nid: a\n---\nid: b\ntier: x\n---\nid: c\n", 2);
	gives(&s, "a");
	source_close(&s);
	source_open(&s, "---\nid: a\n", 2);
	source_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(documents_come_in_their_order_on_any_number_of_threads),
	    cmocka_unit_test(a_document_keeps_its_bytes),
	    cmocka_unit_test(a_document_that_cannot_be_used_is_reported_and_the_next_is_read),
	    cmocka_unit_test(what_was_found_comes_with_its_document),
	    cmocka_unit_test(a_document_full_of_mistakes_is_summed_up),
	    cmocka_unit_test(a_stream_that_was_cut_is_a_failure),
	    cmocka_unit_test(a_file_that_is_not_there_is_a_failure),
	    cmocka_unit_test(a_reader_may_be_left_in_the_middle),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
