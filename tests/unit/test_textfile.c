#include <errno.h>
#include <pthread.h>

#include "hostile.h"
#include "reading.h"

#define BLOCK (256UL * 1024) /* of textfile.c */

/* bytes that a thread writes into a pipe, in pieces of all sizes */
struct feed {
	int fd;
	const char *p;
	size_t n;
	unsigned long long seed;
};

static void *
feed_write(void *data)
{
	struct feed *f = data;
	struct hostile chances = {.seed = f->seed};

	while (f->n > 0) {
		size_t most = 1UL << hostile_chance(&chances, 17), n = 1 + hostile_chance(&chances, most);
		ssize_t written = write(f->fd, f->p, n < f->n ? n : f->n);

		if (written <= 0)
			break;
		f->p += written;
		f->n -= (size_t)written;
	}
	close(f->fd);
	return NULL;
}

/* a file and all the blocks that it is given out in */
struct blocks {
	struct buf text;   /* one behind the other */
	struct buf ends;   /* size_t: where each ended in it */
	size_t n, longest; /* blocks, and bytes of the longest */
	bool cut;
	char eol;
	char encoding[32];
};

static void
blocks_read(struct blocks *b, int fd, const char *encoding, bool heed_quotes)
{
	struct textblock block = {0};
	struct textfile t;
	struct error err;
	bool last = false;

	*b = (struct blocks){0};
	buf_adds(&b->text, "");
	assert_int_equal(textfile_open(&t, fd, "t", encoding, &err), 0);
	b->eol = t.eol;
	snprintf(b->encoding, sizeof b->encoding, "%s", t.encoding);
	t.heed_quotes = heed_quotes;
	while (textfile_next(&t, &block, &err) > 0) {
		assert_false(last);
		assert_true(block.last || block.text.len > 0);
		if (!block.last && !block.cut)
			assert_int_equal(block.text.data[block.text.len - 1], t.eol);
		buf_add(&b->text, block.text.data, block.text.len);
		buf_add(&b->ends, (const char *)&b->text.len, sizeof b->text.len);
		b->longest = block.text.len > b->longest ? block.text.len : b->longest;
		b->cut = b->cut || block.cut;
		last = block.last;
		b->n++;
	}
	assert_true(last);
	assert_int_equal(textfile_next(&t, &block, &err), 0);
	buf_free(&block.text);
	textfile_close(&t);
}

static void
blocks_of(struct blocks *b, const char *p, size_t n, const char *encoding, bool heed_quotes)
{
	struct reading r;

	file_with(&r, p, n);
	blocks_read(b, fileno(r.file), encoding, heed_quotes);
	fclose(r.file);
}

static void
blocks_free(struct blocks *b)
{
	buf_free(&b->text);
	buf_free(&b->ends);
}

static void
blocks_together_are_the_text(void **state)
{
	struct hostile h = {.seed = 1};
	size_t size, i;

	(void)state;
	for (i = 0; i < 40; i++) {
		struct blocks b;

		hostile_begin(&h, i % 2, 100);
		hostile_ascii(&h, "a");
		hostile_ascii(&h, h.eol);
		for (size = hostile_chance(&h, 3 * BLOCK); h.out.len < size;)
			hostile_row(&h);
		blocks_of(&b, h.out.data, h.out.len, h.encoding->name, i % 3);
		assert_int_equal(b.text.len, h.out.len);
		assert_memory_equal(b.text.data, h.out.data, h.out.len);
		assert_true(b.n >= h.out.len / (2 * BLOCK));
		blocks_free(&b);
	}
	buf_free(&h.out);
}

static void
quotes_are_heeded_where_that_can_be(void **state)
{
	struct buf text = {0};
	struct blocks b;
	size_t i, k, from = 0;

	(void)state;
	for (i = 0; i < 60; i++) {
		buf_adds(&text, "x,\"");
		for (k = 0; k < 1000; k++)
			buf_adds(&text, "a \"\"line\"\"\n");
		buf_adds(&text, "\"\n");
	}
	blocks_of(&b, text.data, text.len, NULL, true);
	assert_true(b.n > 2);
	for (i = 0; i < b.n; i++) {
		size_t end, quotes = 0;

		memcpy(&end, b.ends.data + i * sizeof end, sizeof end);
		for (k = from; k < end; k++)
			quotes += b.text.data[k] == '"';
		assert_int_equal(quotes % 2, 0);
		from = end;
	}
	blocks_free(&b);
	buf_clear(&text);
	buf_adds(&text, "\"");
	for (i = 0; i < 100000; i++)
		buf_adds(&text, "a line\n");
	blocks_of(&b, text.data, text.len, NULL, true);
	assert_int_equal(b.text.len, text.len);
	assert_true(b.longest <= BLOCK + 8);
	blocks_free(&b);
	buf_free(&text);
}

static void
a_line_that_is_too_long_is_cut_and_passed_over(void **state)
{
	static const size_t sizes[] = {TEXTFILE_LINE_MAX + 1, TEXTFILE_LINE_MAX + BLOCK,
				       5 * TEXTFILE_LINE_MAX + 7};
	struct buf text = {0};
	size_t i, k;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct blocks b, open;

		buf_clear(&text);
		buf_adds(&text, "first\n");
		for (k = 0; k < sizes[i]; k++)
			buf_addc(&text, 'x');
		blocks_of(&open, text.data, text.len, NULL, false);
		buf_adds(&text, "\nlast\n");
		blocks_of(&b, text.data, text.len, NULL, false);
		assert_memory_equal(b.text.data, "first\nxx", 8);
		assert_memory_equal(b.text.data + b.text.len - 5, "last\n", 5);
		assert_int_equal(b.cut, i > 0);
		assert_true(b.longest < TEXTFILE_LINE_MAX + 2 * BLOCK);
		assert_memory_equal(open.text.data, "first\nxx", 8);
		assert_true(open.longest < TEXTFILE_LINE_MAX + 2 * BLOCK);
		blocks_free(&b);
		blocks_free(&open);
	}
	buf_free(&text);
}

static void
pieces_of_a_pipe_change_nothing(void **state)
{
	static const char *const encodings[] = {"utf-8", "utf-16le", "utf-16be", "utf-32le", "shift_jis"};
	struct hostile h = {.seed = 3};
	size_t i, k;

	(void)state;
	for (i = 0; i < 10; i++) {
		iconv_t cd = iconv_open(encodings[i % 5], "UTF-8");
		struct buf text = {0}, bytes = {0};
		struct feed feed = {.seed = i + 1};
		const char *p;
		struct blocks b;
		pthread_t thread;
		int way[2];
		size_t n;

		for (k = 0; k < 40000; k++)
			buf_adds(&text, hostile_chance(&h, 9) ? "a;Ж," : "株\"\n");
		p = text.data;
		n = text.len;
		assert_true(cd != (iconv_t)-1);
		assert_int_equal(textfile_convert(cd, &bytes, &p, &n), 0);
		iconv_close(cd);
		assert_int_equal(pipe(way), 0);
		feed.fd = way[1];
		feed.p = bytes.data;
		feed.n = bytes.len;
		assert_int_equal(pthread_create(&thread, NULL, feed_write, &feed), 0);
		blocks_read(&b, way[0], encodings[i % 5], i % 2);
		assert_int_equal(pthread_join(thread, NULL), 0);
		close(way[0]);
		assert_int_equal(b.text.len, text.len);
		assert_memory_equal(b.text.data, text.data, text.len);
		blocks_free(&b);
		buf_free(&text);
		buf_free(&bytes);
	}
	buf_free(&h.out);
}

static void
the_first_line_outside_quotes_tells_how_lines_end(void **state)
{
	static const struct {
		const char *text;
		char eol;
	} cases[] = {{"", '\n'},	 {"a", '\n'},	    {"a\n", '\n'},	   {"a\rb", '\r'},
		     {"a\r\nb\r", '\n'}, {"a\r\r\n", '\n'}, {"\"a\rb\"\nc", '\n'}, {"\"a\nb\"\rc", '\r'},
		     {"a\r", '\r'},	 {"\r\r", '\r'},    {"\"a\r", '\n'},	   {"\r\n", '\n'},
		     {"\n\r", '\n'}};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct blocks b;

		blocks_of(&b, cases[i].text, strlen(cases[i].text), NULL, false);
		assert_int_equal(b.eol, cases[i].eol);
		blocks_free(&b);
	}
}

static void
an_open_byte_order_is_found_by_the_text(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *declared, *encoding, *text;
	} cases[] = {
	    {"a\0,\0\x16\x04\n\0", 8, "utf-16", "UTF-16LE", "a,Ж\n"},
	    {"\0a\0,\x04\x16\0\n", 8, "utf-16", "UTF-16BE", "a,Ж\n"},
	    {"\0\0\0a\0\0\0\n", 8, "utf-32", "UTF-32BE", "a\n"},
	    {"a\0\0\0\n\0\0\0", 8, "UCS-4", "UTF-32LE", "a\n"},
	    {"", 0, "utf-16", "UTF-16LE", ""},
	    {"\xFE\xFF\0a", 4, NULL, "UTF-16BE", "a"},
	    {"\xFF\xFE"
	     "a\0",
	     4, "utf-16be", "UTF-16LE", "a"},
	    {"\xEF\xBB\xBF\xEF\xBB\xBF", 6, "utf-16", "utf-8", BOM},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct blocks b;

		blocks_of(&b, cases[i].bytes, cases[i].n, cases[i].declared, false);
		assert_string_equal(b.encoding, cases[i].encoding);
		assert_string_equal(b.text.data, cases[i].text);
		blocks_free(&b);
	}
}

static void
reading_that_fails_later_is_an_error(void **state)
{
	struct textblock block = {0};
	struct buf text = {0};
	struct textfile t;
	struct reading r;
	struct error err;

	(void)state;
	while (text.len < 2 * BLOCK)
		buf_adds(&text, "a line\n");
	file_with(&r, text.data, text.len);
	assert_int_equal(textfile_open(&t, fileno(r.file), "t", NULL, &err), 0);
	assert_int_equal(textfile_next(&t, &block, &err), 1);
	assert_true(t.bytes >= block.text.len);
	t.fd = -1;
	assert_int_equal(textfile_next(&t, &block, &err), -1);
	assert_string_equal(err.file, "t");
	assert_non_null(strstr(err.text, "cannot read: Bad file descriptor"));
	textfile_close(&t);
	buf_free(&block.text);
	buf_free(&text);
	fclose(r.file);
}

static void
only_decoded_text_is_repaired(void **state)
{
	struct textfile t = {.streamed = true};
	char text[] = "a" TEXTFILE_UNDECODED "Ж", same[] = "\xFF";

	(void)state;
	textfile_repair(&t, text, strlen(text));
	assert_string_equal(text, "a\xEF\xBF\xBDЖ");
	t.streamed = false;
	textfile_repair(&t, same, 1);
	assert_string_equal(same, "\xFF");
	textfile_repair(&t, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(blocks_together_are_the_text),
	    cmocka_unit_test(quotes_are_heeded_where_that_can_be),
	    cmocka_unit_test(a_line_that_is_too_long_is_cut_and_passed_over),
	    cmocka_unit_test(pieces_of_a_pipe_change_nothing),
	    cmocka_unit_test(the_first_line_outside_quotes_tells_how_lines_end),
	    cmocka_unit_test(an_open_byte_order_is_found_by_the_text),
	    cmocka_unit_test(reading_that_fails_later_is_an_error),
	    cmocka_unit_test(only_decoded_text_is_repaired),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
