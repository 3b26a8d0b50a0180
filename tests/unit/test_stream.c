/* Framing: where documents begin and end in files, folders and streams, and that a cut stream is noticed. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "docs.h"

#include "data/stream.h"

static char folder[] = "/tmp/kam-stream.XXXXXX";

static int
make_folder(void **state)
{
	(void)state;
	return !mkdtemp(folder) || chdir(folder) < 0;
}

static int
remove_folder(void **state)
{
	static const char *const names[] = {"a",	   "b",		"c",	   "d/a.yaml", "d/b.yaml",
					    "d/B.yaml",	   "d/.x.yaml", "d/n.yml", "d/.yaml",  "d/link.yaml",
					    "d/pipe.yaml", "d/f.yaml",	"d/e"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(names[i]);
	rmdir("d/f.yaml");
	rmdir("d");
	return chdir("/") < 0 || rmdir(folder) < 0;
}

static void
make_file(const char *name, const char *bytes, size_t n)
{
	FILE *file = fopen(name, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

/* what is read: "<first line of the chunk> <its bytes>" each, joined by '|', and "!line text" for errors */
static void
read_inputs(struct buf *out, char *const *inputs, size_t n, bool names)
{
	struct stream *s = stream_open(inputs, n);
	struct chunk chunk;
	struct error err;
	int status;

	buf_clear(out);
	buf_adds(out, "");
	while ((status = stream_next(s, &chunk, &err)) != 0) {
		if (out->len)
			buf_addc(out, '|');
		if (names)
			buf_printf(out, "%s:", status > 0 ? chunk.file : err.file);
		if (status > 0)
			buf_printf(out, "%zu %.*s", chunk.first_line, (int)chunk.bytes.n, chunk.bytes.p);
		else
			buf_printf(out, "!%zu %.14s", err.line, err.text);
	}
	stream_free(s);
}

static void
reads(const char *text, const char *want)
{
	static char name[] = "a";
	char *const inputs[] = {name};
	struct buf got = {0};

	make_file("a", text, strlen(text));
	read_inputs(&got, inputs, 1, false);
	if (strcmp(got.data, want) != 0)
		fail_msg("%s\nis read as %s\nnot %s", text, got.data, want);
	buf_free(&got);
}

static void
documents_begin_with_three_hyphens(void **state)
{
	(void)state;
	reads("id: a", "1 id: a");
	reads("---\nid: a\n", "1 ---\nid: a\n");
	reads("---\nid: a\n---\nid: b\n", "1 ---\nid: a\n|3 ---\nid: b\n");
	reads("--- # x\nid: a\n---\t\nid: b\n---", "1 --- # x\nid: a\n|3 ---\t\nid: b\n|5 ---");
	reads("id: a\nx: |\n  ---\n ---\n---x: 1\n----\n---\nid: b",
	      "1 id: a\nx: |\n  ---\n ---\n---x: 1\n----\n|7 ---\nid: b");
	reads("---\r\nid: a\r\n---\r\nid: b\r\n", "1 ---\r\nid: a\r\n|3 ---\r\nid: b\r\n");
	reads("---\n---\n", "1 ---\n|2 ---\n");
}

static void
an_input_without_any_document_is_an_error(void **state)
{
	(void)state;
	reads("", "!0 holds no accou");
	reads("\n \n\t\n", "!0 holds no accou");
	reads("# c\n...\n", "!0 holds no accou");
	reads(BOM, "!0 holds no accou");
	reads("---", "1 ---");
	reads("# kam-stream 1\n...\n", "");
	reads("\n# c\n# kam-stream 1\n...\n# c\n", "");
}

static void
what_stands_before_the_first_hyphens_belongs_to_it(void **state)
{
	(void)state;
	reads("# p\n\n---\nid: a\n", "1 # p\n\n---\nid: a\n");
	reads(BOM "# p\n---\nid: a\n", "1 " BOM "# p\n---\nid: a\n");
	reads("id: a\n# c\n---\nid: b\n", "1 id: a\n# c\n|3 ---\nid: b\n");
	reads("id: a\n...\n# of b\n---\nid: b\n", "1 id: a\n...\n|3 # of b\n---\nid: b\n");
	reads("id: a\n...\n...\n---\nid: b\n", "1 id: a\n...\n...\n|4 ---\nid: b\n");
	reads("id: a\n... # over\n# after\n", "1 id: a\n... # over\n# after\n");
	reads("# p\n...\n---\nid: b\n", "3 ---\nid: b\n");
	reads("...\n---\nid: a\n...\n---\nid: b\n", "2 ---\nid: a\n...\n|5 ---\nid: b\n");
	reads("id: a\n...\nid: b\n---\nid: c\n", "1 id: a\n...\nid: b\n|4 ---\nid: c\n");
	reads("%YAML 1.2\n---\nid: a\n", "1 %YAML 1.2\n|2 ---\nid: a\n");
}

static void
concatenated_files_are_a_stream(void **state)
{
	(void)state;
	reads("---\nid: a\n" BOM "---\nid: b\n", "1 ---\nid: a\n|3 " BOM "---\nid: b\n");
	reads(BOM "id: a\n" BOM "--- # b\nid: b\n", "1 " BOM "id: a\n|2 " BOM "--- # b\nid: b\n");
	reads("id: a\n...\n# behind\n" BOM "---\nid: b\n", "1 id: a\n...\n# behind\n|4 " BOM "---\nid: b\n");
	reads("# nothing\n" BOM "# of b\n---\nid: b\n", "2 " BOM "# of b\n---\nid: b\n");
	reads("id: a\n" BOM "id: b\n" BOM "\n# c\n", "1 id: a\n|2 " BOM "id: b\n");
	reads("id: a\n" BOM "# kam-stream 1\n---\nid: b\n...\n", "1 id: a\n|3 ---\nid: b\n...\n");
	/* without "---" two files are one chunk, in which the second id is refused as a double key */
	reads("id: a\nx: 1\nid: b\n", "1 id: a\nx: 1\nid: b\n");
}

static void
a_written_stream_ends_with_its_closer(void **state)
{
	(void)state;
	reads("# kam-stream 1\n---\nid: a\n...\n", "2 ---\nid: a\n...\n");
	reads("# kam-stream 1\r\n---\r\nid: a\r\n...\r\n", "2 ---\r\nid: a\r\n...\r\n");
	reads(BOM "# kam-stream 1\n---\nid: a\n...", "2 ---\nid: a\n...");
	reads("# kam-stream 1\n---\nid: a\n...\n# kam-stream 1\n---\nid: b\n...\n",
	      "2 ---\nid: a\n...\n|6 ---\nid: b\n...\n");
	reads("# kam-stream 1\n---\nid: a\n...\n\n# c\n", "2 ---\nid: a\n...\n\n# c\n");
	reads("# kam-stream 1\n---\nid: a\n...\n---\nid: b\n", "2 ---\nid: a\n...\n|5 ---\nid: b\n");
	reads("id: x\n# kam-stream 1\n---\nid: a\n...\n", "1 id: x\n|3 ---\nid: a\n...\n");
	reads("# kam-stream 1\n---\nid: a\n---\nid: b\n...\n", "2 ---\nid: a\n|4 ---\nid: b\n...\n");
	reads("#kam-stream 1\n---\nid: a\n", "1 #kam-stream 1\n---\nid: a\n");
	reads("id: a\nb: |\n  # kam-stream 1\n", "1 id: a\nb: |\n  # kam-stream 1\n");
}

static void
a_cut_stream_is_an_error(void **state)
{
	(void)state;
	reads("# kam-stream 1", "!2 the stream was");
	reads("# kam-stream 1\n", "!2 the stream was");
	reads("# kam-stream 1\n---\nid: a\n", "!4 the stream was");
	reads("# kam-stream 1\n---\nid: a\n---\nid: b\n", "2 ---\nid: a\n|!6 the stream was");
	reads("# kam-stream 1\n---\nid: a\n# kam-stream 1\n---\nid: b\n...\n", "!4 the stream was");
	reads("# kam-stream 1\n---\nid: a\n ...\n", "!5 the stream was");
	reads("# kam-stream 1\n---\nid: a\n...x\n", "!5 the stream was");
}

static void
write_stream(struct buf *out, const char *const *docs, size_t n)
{
	char *data = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&data, &size);

	assert_non_null(file);
	stream_begin(file);
	for (size_t i = 0; i < n; i++)
		stream_write(file, str_of(docs[i]));
	stream_end(file);
	assert_int_equal(fclose(file), 0);
	buf_clear(out);
	buf_add(out, data, size);
	free(data);
}

static void
a_stream_cut_at_any_byte_is_noticed(void **state)
{
	static const char *const docs[] = {"id: a\nx: [1, 2]\n", "# c\n---\r\nid: ё\r\ny: |\r\n  t\r\n",
					   "---\nid: c"};
	static char name[] = "a", whole[] = "b", standard[] = "-";
	char *const inputs[] = {name}, *const with_another[] = {name, whole},
		    *const from_standard[] = {standard};
	struct buf text = {0}, got = {0};
	int keep = dup(STDIN_FILENO);

	(void)state;
	write_stream(&text, docs, 3);
	make_file("b", "id: b\n", 6);
	for (size_t n = 0; n <= text.len; n++) {
		bool cut = n + 1 < text.len;

		make_file("a", text.data, n);
		read_inputs(&got, inputs, 1, false);
		assert_int_equal(strchr(got.data, '!') != NULL, cut);
		read_inputs(&got, with_another, 2, false);
		assert_int_equal(strchr(got.data, '!') != NULL, cut);
		assert_string_equal(got.data + got.len - 8, "1 id: b\n");
		assert_non_null(freopen("a", "r", stdin));
		read_inputs(&got, from_standard, 1, false);
		assert_int_equal(strchr(got.data, '!') != NULL, cut);
	}
	buf_free(&got);
	buf_free(&text);
	assert_true(dup2(keep, STDIN_FILENO) >= 0);
	close(keep);
}

static void
a_whole_stream_behind_a_cut_one_does_not_heal_it(void **state)
{
	static const char *const docs[] = {"id: a\n", "---\nid: b\n"};
	static char name[] = "a";
	char *const inputs[] = {name};
	struct buf text = {0}, both = {0}, got = {0};

	(void)state;
	write_stream(&text, docs, 2);
	for (size_t n = 1; n < text.len; n++) {
		buf_clear(&both);
		buf_add(&both, text.data, n);
		buf_add(&both, text.data, text.len);
		make_file("a", both.data, both.len);
		read_inputs(&got, inputs, 1, false);
		assert_non_null(strchr(got.data, '!'));
	}
	buf_free(&both);
	buf_free(&got);
	buf_free(&text);
}

/* Writing */

static void
writes(const char *doc, const char *want)
{
	struct buf out = {0}, again = {0};
	struct doc one = {0}, two = {0};
	size_t begin = strlen(STREAM_OPENER) + 1, end = strlen(STREAM_CLOSER) + 1;
	char *copy;

	write_stream(&out, &doc, 1);
	copy = arena_copy(&one.arena, out.data + begin, out.len - begin - end);
	if (strcmp(copy, want) != 0)
		fail_msg("[%s] is written as [%s], not [%s]", doc, copy, want);
	doc_must_parse(&one, str_of(doc));
	doc_must_parse(&two, str_of(copy));
	assert_true(node_equal(one.root, two.root));
	write_stream(&again, (const char *const *)&copy, 1);
	assert_string_equal(again.data, out.data);
	doc_free(&one);
	doc_free(&two);
	buf_free(&out);
	buf_free(&again);
}

static void
documents_are_framed_and_say_the_same(void **state)
{
	(void)state;
	writes("id: a\n", "---\nid: a\n");
	writes("id: a", "---\nid: a\n");
	writes("---\nid: a\n", "---\nid: a\n");
	writes("---   \nid: a\n", "---\nid: a\n");
	writes("--- # c\nid: a\n", "---\n# c\nid: a\n");
	writes("# p\n\n---\nid: a", "---\n# p\n\nid: a\n");
	writes("# p\n--- # c", "---\n# p\n# c\n");
	writes("---", "---\n");
	writes("", "---\n");
	writes(BOM "id: a\n", "---\nid: a\n");
	writes(BOM "# p\n---\nid: a\n", "---\n# p\nid: a\n");
	writes("# p\nid: a\n", "---\n# p\nid: a\n");
	writes("id: a\n...\n", "---\nid: a\n");
	writes("id: a\n...", "---\nid: a\n");
	writes("id: a\n... # over\n# after", "---\nid: a\n# over\n# after\n");
	writes("id: a\n...\n\n...\n# after\n", "---\nid: a\n# after\n");
	writes("x: |+\n  t\n...\n\n   # after\n", "---\nx: |+\n  t\n# after\n");
	writes("---\r\nid: a\r\n...\r\n", "---\r\nid: a\r\n");
	writes("id: a\r\nb: 1", "---\r\nid: a\r\nb: 1\r\n");
	writes("x: |+\n  t\n\n", "---\nx: |+\n  t\n\n");
	writes("x: '---'\ny: |\n  ---\n  ...\n", "---\nx: '---'\ny: |\n  ---\n  ...\n");
}

static void
a_document_s_line_ends_are_kept(void **state)
{
	struct doc doc = {0};
	struct buf out = {0};
	const char *text = "id: a\r\nb: 1\r\n";

	(void)state;
	write_stream(&out, &text, 1);
	doc_must_parse(
	    &doc, (struct str){out.data + strlen(STREAM_OPENER) + 1, out.len - strlen(STREAM_OPENER) - 5});
	assert_string_equal(doc.eol, "\r\n");
	doc_free(&doc);
	buf_free(&out);
}

/* Inputs */

static void
a_folder_s_dossiers_come_in_the_order_of_their_names(void **state)
{
	static char name[] = "d/", bare[] = "d", first[] = "a", missing[] = "none";
	char *const inputs[] = {name}, *const three[] = {first, missing, bare, first};
	struct buf got = {0};

	(void)state;
	assert_int_equal(mkdir("d", 0700), 0);
	make_file("a", "id: x\n", 6);
	make_file("d/b.yaml", "id: b\n", 6);
	make_file("d/a.yaml", "id: a\n", 6);
	make_file("d/B.yaml", "id: B\n", 6);
	make_file("d/.x.yaml", "id: h\n", 6);
	make_file("d/.yaml", "id: h\n", 6);
	make_file("d/n.yml", "id: n\n", 6);
	make_file("d/e", "id: n\n", 6);
	read_inputs(&got, inputs, 1, true);
	assert_string_equal(got.data, "d/B.yaml:1 id: B\n|d/a.yaml:1 id: a\n|d/b.yaml:1 id: b\n");

	assert_int_equal(symlink("a.yaml", "d/link.yaml"), 0);
	assert_int_equal(mkfifo("d/pipe.yaml", 0600), 0);
	assert_int_equal(mkdir("d/f.yaml", 0700), 0);
	read_inputs(&got, three, 4, true);
	assert_string_equal(
	    got.data,
	    "a:1 id: x\n|none:!0 cannot be open|d/B.yaml:1 id: B\n|d/a.yaml:1 id: a\n|d/b.yaml:1 id: "
	    "b\n|d/f.yaml:!0 is not a file|d/link.yaml:!0 is a symbolic |d/pipe.yaml:!0 is not a file|a:1 "
	    "id: x\n");
	buf_free(&got);
}

static void
each_file_closes_its_own_stream(void **state)
{
	static char first[] = "a", second[] = "b", third[] = "c";
	char *const inputs[] = {first, second, third};
	struct buf got = {0};

	(void)state;
	make_file("a", "# kam-stream 1\n---\nid: a", 24);
	make_file("b", "...\n", 4);
	make_file("c", "id: c\n", 6);
	read_inputs(&got, inputs, 3, true);
	assert_string_equal(got.data, "a:!4 the stream was|b:!0 holds no accou|c:1 id: c\n");
	buf_free(&got);
}

static void
standard_input_is_a_file_like_others(void **state)
{
	static char standard[] = "-", name[] = "b";
	char *const inputs[] = {standard, name};
	struct buf got = {0};
	int keep = dup(STDIN_FILENO);

	(void)state;
	make_file("a", "id: a\n---\nid: a2\n", 17);
	make_file("b", "id: b\n", 6);
	assert_non_null(freopen("a", "r", stdin));
	read_inputs(&got, inputs, 2, true);
	assert_string_equal(got.data,
			    "(standard input):1 id: a\n|(standard input):2 ---\nid: a2\n|b:1 id: b\n");
	assert_non_null(freopen("a", "r", stdin));
	read_inputs(&got, NULL, 0, true);
	assert_string_equal(got.data, "(standard input):1 id: a\n|(standard input):2 ---\nid: a2\n");
	assert_true(dup2(keep, STDIN_FILENO) >= 0);
	close(keep);
	buf_free(&got);
}

/* long enough that documents lie across the ends of what is read at once */
static void
long_streams_are_read_in_pieces(void **state)
{
	static char name[] = "a";
	char *const inputs[] = {name};
	struct stream *s;
	struct chunk chunk;
	struct buf text = {0};
	struct error err;
	size_t line = 1, n = 0;

	(void)state;
	for (int i = 0; i < 3000; i++)
		buf_printf(&text, "---\nid: a%d\nlong: \"%0*d\"\n", i, i * 37 % 4000, i);
	make_file("a", text.data, text.len);
	s = stream_open(inputs, 1);
	for (int i = 0; stream_next(s, &chunk, &err) == 1; i++) {
		struct doc doc = {0};
		char id[16];

		assert_int_equal(chunk.first_line, line);
		assert_memory_equal(chunk.bytes.p, text.data + n, chunk.bytes.n);
		snprintf(id, sizeof id, "a%d", i);
		doc_must_parse(&doc, chunk.bytes);
		assert_string_equal(node_get_text(doc.root, "id"), id);
		doc_free(&doc);
		line += 3;
		n += chunk.bytes.n;
	}
	assert_int_equal(n, text.len);
	assert_int_equal(line, 9001);
	stream_free(s);
	buf_free(&text);
}

static void
a_document_that_never_ends_is_given_up(void **state)
{
	static char name[] = "a", next[] = "b";
	char *const inputs[] = {name, next};
	struct buf got = {0};
	FILE *file = fopen("a", "wb");

	(void)state;
	assert_non_null(file);
	fputs("---\nid: a\n---\n", file);
	assert_int_equal(fseek(file, (long)DOC_SIZE_MAX + (1L << 20), SEEK_CUR),
			 0); /* a hole, read as NUL bytes */
	fputs("x", file);
	fclose(file);
	make_file("b", "id: b\n", 6);
	read_inputs(&got, inputs, 2, true);
	assert_string_equal(got.data, "a:1 ---\nid: a\n|a:!3 a document of |b:1 id: b\n");
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(documents_begin_with_three_hyphens),
	    cmocka_unit_test(an_input_without_any_document_is_an_error),
	    cmocka_unit_test(what_stands_before_the_first_hyphens_belongs_to_it),
	    cmocka_unit_test(concatenated_files_are_a_stream),
	    cmocka_unit_test(a_written_stream_ends_with_its_closer),
	    cmocka_unit_test(a_cut_stream_is_an_error),
	    cmocka_unit_test(a_stream_cut_at_any_byte_is_noticed),
	    cmocka_unit_test(a_whole_stream_behind_a_cut_one_does_not_heal_it),
	    cmocka_unit_test(documents_are_framed_and_say_the_same),
	    cmocka_unit_test(a_document_s_line_ends_are_kept),
	    cmocka_unit_test(a_folder_s_dossiers_come_in_the_order_of_their_names),
	    cmocka_unit_test(each_file_closes_its_own_stream),
	    cmocka_unit_test(standard_input_is_a_file_like_others),
	    cmocka_unit_test(long_streams_are_read_in_pieces),
	    cmocka_unit_test(a_document_that_never_ends_is_given_up),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
