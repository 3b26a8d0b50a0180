/*
 * Any bytes as a file of delimited text. Read record by record, and in blocks
 * that are cut at lines of any kind, it must give the same as libcsv does line
 * by line, tests/unit/records.h. The first three bytes choose:
 *
 *	0	delimiter; lines to skip; whether the first record is read again
 *	1	encoding
 *	2	records read before the blocks; how often these are cut
 *
 *	make fuzz && build-fuzz/fuzz_csv -max_len=4096 tests/fuzz/corpus/csv
 */
#include <stdint.h>
#include <unistd.h>

#include "../unit/records.h"

#define HEAD 3

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);
int LLVMFuzzerInitialize(int *, char ***);

static const char *const encodings[] = {
    NULL,    "windows-1251", "utf-16le",    "shift_jis",    "cp932",  "utf-16be", "utf-16", "utf-32le",
    "utf-7", "gb18030",	     "iso-2022-jp", "windows-1258", "ibm037", "koi8-r",	  "euc-jp", "utf-8",
};
#define ENCODINGS (sizeof encodings / sizeof *encodings)

static FILE *file;
/* open all along, so that the C library does not load them again for each run */
static iconv_t conversions[ENCODINGS];

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
	size_t i;

	(void)argc;
	(void)argv;
	file = tmpfile();
	must(file != NULL, "no file");
	for (i = 1; i < ENCODINGS; i++) {
		conversions[i] = iconv_open("UTF-8", encodings[i]);
		must(conversions[i] != (iconv_t)-1, encodings[i]);
	}
	return 0;
}

static struct csvread *
open_csv(const struct csv_dialect *dialect)
{
	struct csvread *csv;
	struct csv_row row;
	struct error err;

	must(lseek(fileno(file), 0, SEEK_SET) == 0, "seek");
	csv = csvread_open(fileno(file), "f", dialect, &err);
	must(csv != NULL, err.text);
	if (!dialect->headless)
		return csv;
	if (csvread_next(csv, &row, &err) == CSV_READ_ROW) {
		csvread_back(csv);
		return csv;
	}
	csvread_close(csv);
	must(lseek(fileno(file), 0, SEEK_SET) == 0, "seek");
	return csvread_open(fileno(file), "f", dialect, &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf want = {0}, turn = {0}, blocks = {0};
	struct csv_dialect dialect;
	struct csvread *csv;
	struct str bytes = {(const char *)data + HEAD, n - HEAD};

	if (n < HEAD)
		return 0;
	dialect = (struct csv_dialect){encodings[data[1] % ENCODINGS], ",;\t|"[data[0] & 3],
				       (data[0] >> 2) & 3, (data[0] & 16) != 0};
	must(ftruncate(fileno(file), 0) == 0 && pwrite(fileno(file), bytes.p, bytes.n, 0) == (ssize_t)bytes.n,
	     "write");
	csv = open_csv(&dialect);
	records_judged(bytes, &dialect, csvread_file(csv), &want);
	records_in_turn(csv, SIZE_MAX, &turn);
	csvread_close(csv);
	must(records_same(&turn, &want), "one by one");
	csv = open_csv(&dialect);
	records_in_turn(csv, data[2] & 3, &blocks);
	records_by_blocks(csv, data[2] >> 2 & 7, data[2], &blocks);
	csvread_close(csv);
	must(records_same(&blocks, &want), "by blocks");
	buf_free(&want);
	buf_free(&turn);
	buf_free(&blocks);
	return 0;
}
