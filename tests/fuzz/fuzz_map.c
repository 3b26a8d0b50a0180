/*
 * Any bytes as a map, and, where it can be read, an import by it: of what
 * stands behind the first NUL, or of a few rows that suit many maps. What the
 * import writes must be accounts that can be read again.
 *
 *	make fuzz && build-fuzz/fuzz_map -max_len=4096 tests/fuzz/corpus/map
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/account.h"
#include "domain/importer.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);
int LLVMFuzzerInitialize(int *, char ***);

static const char rows[] = "date,document,code,client,net,#1,D\n"
			   "2026-01-02,1,007,Alpha,10.005,2026-01-02,1\n"
			   "2026-01-02,1,007,Alpha,10.005,2026-01-02,1\n"
			   "02.01.2026,C2,8,\"Beta, Ltd\",(1 234,50),x,2\n"
			   "2026-02-30,\"3\"x,,,-1,,\n"
			   "46000,4,9,\"ООО \"\"Ромашка\"\"\",5 EUR,yes,key\n"
			   ",,,,,,\n";
static FILE *file;

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	file = tmpfile();
	must(file != NULL, "no file");
	return 0;
}

static void
on_finding(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	struct buf text = {0};

	(void)sink;
	(void)severity;
	(void)rule;
	error_format(err, &text);
	buf_free(&text);
}

/* a finding where none may be */
static void
on_fault(struct sink *sink, enum severity severity, const char *rule, const struct error *err)
{
	(void)sink;
	fprintf(stderr, "%s: %s\n", rule, err->text);
	must(severity != SEVERITY_ERROR, "an account that was imported cannot be read");
}

static int
on_reject(void *data, const struct reject *reject, struct error *err)
{
	(void)err;
	must(reject->kind && reject->text && reject->row->line > 0, "a reject without a reason");
	*(size_t *)data += 1;
	return 0;
}

static int
on_header(void *data, const struct map *map, const struct csvread *reader, const struct csv_row *header,
	  struct error *err)
{
	(void)data;
	(void)map;
	(void)reader;
	(void)err;
	must(header->n > 0, "a header without cells");
	return 0;
}

static void
check_account(const struct importer *importer, const struct entry *entry, struct buf *out)
{
	struct sink sink = {.put = on_fault};
	struct account account = {0};
	struct doc doc = {0};
	struct error err;

	buf_clear(out);
	importer_write(importer, entry, out);
	if (doc_parse(&doc, "a", 1, (struct str){out->data, out->len}, &err) < 0)
		must(false, err.text);
	account_read(&doc, &account, &doc.arena, &sink);
	doc_free(&doc);
}

static void
import(const struct map *map, struct str csv)
{
	size_t i, rejects = 0;
	struct importer importer = {.reject = on_reject, .header = on_header, .threads = 1, .data = &rejects};
	struct sink sink = {.put = on_finding};
	struct buf out = {0};
	struct error err;

	must(ftruncate(fileno(file), 0) == 0 && pwrite(fileno(file), csv.p, csv.n, 0) == (ssize_t)csv.n &&
		 lseek(fileno(file), 0, SEEK_SET) == 0,
	     "write");
	if (importer_file(&importer, map, fileno(file), "f", &err) == 0) {
		must(rejects == importer.rejected, "rejects are miscounted");
		must(importer.rows == importer.imported + importer.rejected + importer.skipped +
					  importer.outside + importer.repeated,
		     "rows are lost");
		if (importer_finish(&importer, &sink) == 0)
			for (i = 0; i < importer.book.n; i++)
				if (importer.book.entry[i]->touched)
					check_account(&importer, importer.book.entry[i], &out);
	}
	importer_free(&importer);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *text = (const char *)data, *end = n ? memchr(text, '\0', n) : NULL;
	struct str csv = {rows, sizeof rows - 1};
	struct sink sink = {.put = on_finding};
	struct map map;

	if (end) {
		csv = (struct str){end + 1, n - (size_t)(end + 1 - text)};
		n = (size_t)(end - text);
	}
	if (map_read(&map, (struct str){n ? text : "", n}, "m", &sink) == 0)
		import(&map, csv);
	else
		must(sink.errors > 0, "a map is refused without a reason");
	map_free(&map);
	return 0;
}
